"""The volume of the orbit of factors W_j = Q_j Lambda Q_{j-1}^T, by pairs of indices."""

from __future__ import annotations

from functools import cache

from dlnproof.definitions.letters import N, d, i, j, k, l, m, n
from dlnproof.kernel.arrays import apart, by_pairs
from dlnproof.kernel.entries import diagonals, identity_is_diagonal
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    reflexive,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.orbits import gram_determinant, volume_of_orbit, volume_of_orbit_at_corank_one
from dlnproof.kernel.ranges import congruence
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Term,
    array,
    at_most,
    determinant,
    diagonal,
    different,
    each,
    equal,
    identity,
    number,
    opened,
    orbit_volume,
    substitute,
    transpose,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.rewriting import by, decided, repeated, rules
from dlnproof.tactics.settle import proved, settle

from .jacobi import a, b, beside, closed_form, coincident, r
from .tangents import (
    APART,
    FACTS,
    FRAMES,
    LAMBDA,
    OTHER,
    PAIR,
    SIZES,
    I,
    J,
    K,
    L,
    M,
    Q,
    R,
    by_distance,
    factor,
    inner_products,
    one_pair,
    products,
    two_pairs,
    value,
)

ORBIT = orbit_volume(j, N, factor(J))
INNER = (at_most(1, J), at_most(J, N - 1), at_most(1, K), at_most(K, N - 1))
A, B, BETWEEN = value(I) * value(I), value(L) * value(L), value(I) * value(L)


@cache
def blocks() -> Theorem:
    """Return: the Gram determinant of the orbit is a product over pairs of Jacobi determinants."""
    whole = gram_determinant(ORBIT, j, Q(J))
    half = number(1) / 2
    zeros = []
    for sentence in apart(whole):
        condition = _condition(sentence)
        goal = equal(products(J, K), number(0))
        found = inner_products()
        parts = [
            two_pairs(t, condition) for t in (found.same, found.after, found.before, found.far)
        ]
        zero = by_distance(goal, *parts)
        zero = field(half * products(J, K), number(0), (half, zero))
        zero = settle(zero, FRAMES, *SIZES, *INNER, *FACTS, condition)
        names = (j, i, l, k, m, n)
        zeros.append(generalise(zero, names, *INNER[:2], *PAIR, *INNER[2:], *OTHER, condition))
    split = by_pairs(whole, *zeros)
    inner = determinant(array(j, k, N - 1, N - 1, half * substitute(products(J, K), {m: I, n: L})))
    entries = pair_entries()
    matrix = congruence(inner.args[0], entries, j, k)
    inside = repeated(inner, by(matrix))
    each_pair = generalise(settle(inside, FRAMES, *SIZES, *PAIR), (i, l), *PAIR)
    found = repeated(sides(split)[1], by(each_pair))
    return settle(transitive(split, found), FRAMES, *SIZES)


def _condition(sentence: Term) -> Term:
    return opened(sentence, J, I, L, K, M, R)[-2]


@cache
def pair_entries() -> Theorem:
    """Return the entries of the block of a pair."""
    half, found = number(1) / 2, inner_products()
    entry = beside(J, K, A + B, -BETWEEN)
    goal = equal(half * substitute(products(J, K), {m: I, n: L}), entry)
    parts = []
    for theorem, put in (
        (found.same, {k: J}),
        (found.after, {k: J + 1}),
        (found.before, {k: J - 1}),
        (found.far, {}),
    ):
        left, right = (substitute(side, put) for side in goal.args)
        one = one_pair(theorem)
        choice = repeated(right, decided, *(APART if not put else ()))
        parts.append(field(left, right, (half, one), (number(-1), choice)))
    return settle(by_distance(goal, *parts), FRAMES, *SIZES, *INNER, *PAIR)


@cache
def pair_determinants() -> tuple[Theorem, Theorem, Theorem]:
    """Return the Jacobi determinant of a pair: its product with a - b; for b = a; and r^2 = a b."""
    letters = {a.data: A, b.data: B, r.data: BETWEEN}
    equal_ = {a.data: A, r.data: A}
    square = field(BETWEEN * BETWEEN, A * B)
    return instance(closed_form(), letters), instance(coincident(), equal_), square


@cache
def volume() -> Theorem:
    """Return vol(orbit) = c_d^(N-1) root(prod of Jacobi determinants), for all lambda_i != 0."""
    regular = each(i, 1, d, different(value(I), 0))
    orthogonal = proved(each(j, 1, N - 1, equal(transpose(Q(J)) * Q(J), identity(d))), FRAMES)
    inverse = diagonal(i, d, 1 / value(I))
    free = generalise(_inverse(inverse), j, at_most(1, J), at_most(J, N - 1))
    found = volume_of_orbit(ORBIT, j, Q(J), orthogonal, free)
    return settle(
        transitive(found, repeated(sides(found)[1], by(blocks()))), FRAMES, regular, *SIZES
    )


def _inverse(inverse: Term) -> Theorem:
    """Return W_j Q_{j-1} Lambda^-1 Q_j^T = I."""
    known = (at_most(1, J), at_most(J, N - 1))
    regular = each(i, 1, d, different(value(I), 0))
    lower, upper = (specialise(assume(FRAMES), at) for at in (J - 1, J))
    other = other_inverse(upper)
    ones = repeated(LAMBDA * inverse, rules(diagonals))
    one = field(value(I) * (1 / value(I)), number(1))
    one = congruence(sides(ones)[1], settle(one, regular, at_most(1, I), at_most(I, d)), i)
    unit_ = transitive(ones, one, symmetric(identity_is_diagonal(d)))
    whole = factor(J) * (Q(J - 1) * inverse * transpose(Q(J)))
    found = same_words(whole, identity(d), lower, unit_, other)
    return settle(found, FRAMES, regular, *SIZES, *known)


@cache
def volume_at_corank_one() -> Theorem:
    """Return 2^(N-1) vol(orbit) = c_d^(N-1) root(prod ...), for lambda_d = 0 alone."""
    regular = each(i, 1, d - 1, different(value(I), 0))
    singular = equal(value(d), number(0))
    factors = generalise(reflexive(factor(J)), j, at_most(1, J), at_most(J, N))
    known = (assume(FRAMES), factors, assume(regular), assume(singular))
    found = volume_of_orbit_at_corank_one(ORBIT, j, Q(J), *known)
    return settle(transitive(found, repeated(sides(found)[1], by(blocks()))), FRAMES, *SIZES)
