"""The volume form of the metric, for every N and d (CMV2023 Theorem 1.1)."""

from __future__ import annotations

from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DEPTH, FRAME, ORDERED, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import N, d, i, l, sigma
from dlnproof.kernel.logic import sides, transitive
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import unique_root
from dlnproof.kernel.terms import Term, at_most, number, product, root
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.agreement import joined, same, squared
from dlnproof.tactics.equations import changed, then
from dlnproof.tactics.settle import proved, settle

from ..metric import metric_diagonalization
from ..metric.metric_diagonalization import ENTRY
from . import svd_jacobian

GIVEN = (*DEPTH, *WIDTH, *SVD, *POSITIVE, *ORDERED, *FRAME)
s_i, s_l = sigma(i.term), sigma(l.term)
ON_DIAGONAL = product(i, 1, d, s_i ** (1 / N - 1))
OFF_DIAGONAL = product(i, 1, d, product(l, i.term + 1, d, ENTRY))


@cache
def metric_root() -> Theorem:
    """Return sqrt(det g) = prod_i D_ii^(1/2) prod_{i<l} D_il: it is positive, with this square."""
    told = metric_diagonalization.derive().concluded["determinant"]
    found = ON_DIAGONAL * OFF_DIAGONAL
    apart = field(found**2, ON_DIAGONAL**2 * OFF_DIAGONAL**2)
    squares = then(apart, squared(ON_DIAGONAL, *GIVEN), squared(OFF_DIAGONAL, *GIVEN))
    square = transitive(squares, same(sides(squares)[1], sides(told)[1], *GIVEN))
    above = proved(at_most(number(0), found), *GIVEN, metric_diagonalization.entries_positive())
    whole = unique_root(above, square)
    return settle(transitive(changed(root(sides(told)[0]), told), whole), *GIVEN)


@cache
def form() -> Theorem:
    """Return sqrt(det g) |det dW| = N^(d(d-1)/2) prod_i ... prod_{i<l} (a_i - a_l)."""
    jacobian = svd_jacobian.derive().concluded["jacobian"]
    told = changed(root_of_metric() * sides(jacobian)[0], metric_root(), jacobian)
    pairs = sides(jacobian)[1]
    apart = field(sides(told)[1], ON_DIAGONAL * (OFF_DIAGONAL * pairs))
    told = then(transitive(told, apart), joined(OFF_DIAGONAL, pairs, *GIVEN))
    value = N * (s_i ** (2 / N) - s_l ** (2 / N))
    closed = ON_DIAGONAL * product(i, 1, d, product(l, i.term + 1, d, value))
    return settle(transitive(told, same(sides(told)[1], closed, *GIVEN)), *GIVEN)


def root_of_metric() -> Term:
    """Return sqrt(det g)."""
    return sides(metric_root())[0]


@cache
def derive() -> Deduction:
    """Return the theorems about the volume form, for all N and d."""
    proof = Deduction("volume-form")
    proof.show("root", metric_root(), "Both orders of each pair occur in the determinant, so")
    proof.conclude("form", form(), "Times the Jacobian, pair by pair,")
    return proof
