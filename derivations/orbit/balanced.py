"""Balanced factors of an invertible W are W_j = Q_j Sigma^(1/N) Q_{j-1}^T, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.definitions.hypotheses import BALANCED, DEPTH, POSITIVE, PRODUCT, SVD, WIDTH
from dlnproof.definitions.letters import SIGMA, N, U, V, d, factor, j, whole
from dlnproof.definitions.orbits import FRAME, ROOTS
from dlnproof.kernel.entries import diagonals, identity_is_diagonal
from dlnproof.kernel.logic import (
    assume,
    instance,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.ranges import empty, top
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Term,
    at_most,
    identity,
    integer,
    transpose,
    unfolded,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.agreement import same
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import settle

from ..factors.end_to_end_flow import first_powers, right_root
from ..metric.operator_spectrum import root_power, root_right

GIVEN: Final = (*DEPTH, *WIDTH, *SVD, *BALANCED, *PRODUCT)
ALL: Final = (*GIVEN, *POSITIVE)
J: Final = j.term
FROM_ZERO: Final = (at_most(0, J), at_most(J, N))
FROM_ONE: Final = (at_most(1, J), at_most(J, N))
svd, left, right = map(assume, SVD)


def scaled(at: Term) -> Term:
    """Return Sigma^(-j/N)."""
    return unfolded(FRAME(at)).args[1]


def frame(at: Term) -> Term:
    """Return W_j ... W_1 V Sigma^(-j/N)."""
    return unfolded(FRAME(at))


def diagonal_product(*matrices: Term, goal: Term) -> Theorem:
    """Return that a product of diagonal matrices is another one, by their entries."""
    product = matrices[0]
    for other in matrices[1:]:
        product = product * other
    found = changed(product * identity(d), identity_is_diagonal(d))
    found = transitive(same_words(product, product * identity(d)), found)
    for _ in matrices:
        pair = next(t for t in sides(found)[1].parts() if _is_product(t))
        found = then(found, diagonals(pair))
    scope = sides(found)[1]
    target = goal
    last = None
    if goal.op == "I":
        last = symmetric(identity_is_diagonal(d))
        target = sides(last)[0]
    found = then(
        found,
        inside(scope, lambda v: same(body(scope, v), body(target, v), *ALL, *_range(v)), *ALL),
    )
    return found if last is None else transitive(found, last)


def _range(v: Term) -> tuple[Term, Term]:
    return at_most(1, v), at_most(v, d)


def _is_product(term: Term) -> bool:
    return term.op == "*" and term.sort.kind == "matrix" and all(a.op == "diag" for a in term.args)


@cache
def frames_orthogonal() -> Theorem:
    """Return Q_j^T Q_j = I, 0 <= j <= N."""
    gram = specialise(first_powers(), J)
    roots = transitive(symmetric(right_root()), root_right())
    powers = then(gram, roots, root_power(right, J))
    middle = sides(powers)[1].args[0].args[1]
    ones = diagonal_product(scaled(J), middle, scaled(J), goal=identity(d))
    whole_ = transpose(frame(J)) * frame(J)
    found = same_words(whole_, identity(d), powers, right, ones)
    return settle(found, *ALL, *FROM_ZERO)


@cache
def factors() -> Theorem:
    """Return W_j = Q_j Sigma^(1/N) Q_{j-1}^T, 1 <= j <= N."""
    longer = top(whole(factor, 1, J))
    before = other_inverse(instance(frames_orthogonal(), {j: J - 1}))
    ones = diagonal_product(scaled(J), ROOTS, goal=scaled(J - 1))
    goal = frame(J) * ROOTS * transpose(frame(J - 1))
    found = same_words(factor(J), goal, longer, ones, before)
    return settle(found, *ALL, *FROM_ONE)


@cache
def first_frame() -> Theorem:
    """Return Q_0 = V."""
    one = diagonal_product(scaled(integer(0)), goal=identity(d))
    return settle(same_words(frame(integer(0)), V, empty(whole(factor, 1, 0)), one), *ALL)


@cache
def last_frame() -> Theorem:
    """Return Q_N = U."""
    one = diagonal_product(SIGMA, scaled(N), goal=identity(d))
    product = symmetric(assume(PRODUCT[0]))
    return settle(same_words(frame(N), U, product, svd, right, one), *ALL)


def named(theorem: Theorem, *at: Term) -> Theorem:
    """Return a theorem with Q_j in place of what it stands for."""
    return rewrite(theorem, *(symmetric(unfold(FRAME(place))) for place in at))
