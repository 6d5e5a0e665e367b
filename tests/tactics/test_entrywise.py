"""Matrices with two rows, and absolute values: what is found, and what is not."""

from __future__ import annotations

import pytest

from dlnproof.kernel import terms as t
from dlnproof.kernel.determinants import determinant_of_two
from dlnproof.kernel.logic import assume
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    at_most,
    determinant,
    diagonal,
    entry,
    equal,
    identity,
    number,
    positive,
    trace,
    transpose,
    unit,
    variable,
)
from dlnproof.kernel.theorem import Refused
from dlnproof.tactics import absolute as size
from dlnproof.tactics.settle import settle
from dlnproof.tactics.entrywise import (
    same_matrices,
    same_numbers,
    square_of_product,
    squares_of_values,
)

d = variable("d").term
x, a, b = (variable(name, REAL).term for name in "xab")
A, B = (variable(name, t.matrix_sort(d)).term for name in "AB")
TWO = equal(d, 2)
W = x * unit(d, 1, 1) + unit(d, 1, 2) + unit(d, 2, 1)
SWAP = unit(d, 1, 2) + unit(d, 2, 1)


def test_the_determinant_of_two_rows() -> None:
    theorem = determinant_of_two(A)
    assert theorem.hypotheses == {TWO}
    first, second = entry(A, 1, 1) * entry(A, 2, 2), entry(A, 1, 2) * entry(A, 2, 1)
    assert theorem.conclusion == equal(determinant(A), first - second)
    small, large = (variable("M", t.matrix_sort(n)).term for n in (2, 3))
    assert not determinant_of_two(small).hypotheses
    for wrong in (large, variable("M", t.matrix_sort(2, 3)).term):
        with pytest.raises(Refused):
            determinant_of_two(wrong)


def test_numbers_and_matrices_written_out() -> None:
    for left, right in (
        (determinant(W), number(-1)),
        (trace(transpose(W) * W), x**2 + 2),
        (determinant(A * B), determinant(A) * determinant(B)),
        (trace(A * B), trace(B * A)),
    ):
        theorem = settle(same_numbers(left, right), TWO)
        assert theorem.conclusion == equal(left, right)
        assert theorem.hypotheses == {TWO}
    theorem = same_matrices(SWAP * SWAP, identity(d))
    assert theorem.conclusion == equal(SWAP * SWAP, identity(d))
    assert theorem.hypotheses == {TWO}


def test_other_numbers_and_matrices_are_not_the_same() -> None:
    with pytest.raises(Refused):
        same_numbers(determinant(W), number(1))
    with pytest.raises(Refused):
        same_numbers(trace(A * B), trace(A) * trace(B))
    for wrong in (SWAP, transpose(unit(d, 1, 2)), identity(d) + unit(d, 1, 2)):
        with pytest.raises(Refused):
            same_matrices(wrong, identity(d))


def test_absolute_values() -> None:
    assert not size.triangle(a, b).hypotheses
    found = size.triangle(a, b).conclusion
    assert found == at_most(size.absolute(a + b), size.absolute(a) + size.absolute(b))
    assert not size.absolute_of_product(a, b).hypotheses
    assert not size.absolute_squared(a).hypotheses
    assert not size.below_absolute(a, -1).hypotheses
    above, below = assume(at_most(0, x)), assume(at_most(x, number(0)))
    assert size.absolute_of_nonnegative(above).conclusion == equal(size.absolute(x), x)
    assert size.absolute_of_negative(below).conclusion == equal(size.absolute(x), -x)
    with pytest.raises(Refused):
        size.absolute_of_nonnegative(assume(at_most(-1, x)))


def test_lengths() -> None:
    found = size.triangle_of_lengths((a, b), (x, a))
    assert not found.hypotheses
    assert found.conclusion == at_most(
        size.length(a + x, b + a), size.length(a, b) + size.length(x, a)
    )
    above = assume(at_most(0, b))
    below = size.below_by_squares(assume(at_most(a**2, b**2)), above)
    assert below.conclusion == at_most(a, b)
    assert below.hypotheses == {at_most(a**2, b**2), at_most(0, b)}
    with pytest.raises(Refused):
        size.below_by_squares(assume(at_most(a**2, b**2)), assume(at_most(0, a)))


def test_what_squares_and_products_say() -> None:
    zero = size.zero_of_square(assume(equal(x**2, 0)))
    assert zero.conclusion == equal(x, 0)
    with pytest.raises(Refused):
        size.zero_of_square(assume(equal(x**2, 1)))
    whole = assume(positive(x * a))
    assert size.positive_factor(assume(at_most(0, x)), whole).conclusion == positive(x)
    assert size.positive_factor(assume(at_most(0, a)), whole).conclusion == positive(a)
    with pytest.raises(Refused):
        size.positive_factor(assume(at_most(0, x)), assume(at_most(0, x * a)))


def test_singular_values_of_two_rows() -> None:
    sigma, k = Symbol("sigma", REAL, (INT,)), variable("k")
    values = diagonal(k, d, sigma(k.term))
    svd = equal(A, B * values * transpose(B))
    orthogonal = equal(transpose(B) * B, identity(d))
    given = [assume(s) for s in (svd, orthogonal, orthogonal)]
    found = settle(squares_of_values(*given), TWO)
    assert found.conclusion == equal(trace(transpose(A) * A), sigma(1) ** 2 + sigma(2) ** 2)
    found = settle(square_of_product(*given), TWO)
    assert found.conclusion == equal((sigma(1) * sigma(2)) ** 2, determinant(A) ** 2)
    assert found.hypotheses == {svd, orthogonal, TWO}
