"""The SVD of a user's matrix in balls: it is one, coincidences and the rank are exact."""

import math
from itertools import pairwise

import pytest
from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.definitions import letters
from dlnproof.depth import Depth
from dlnproof.language.precision import working_precision
from dlnproof.numeric import values as v
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.own_points import BITS, own_geometry
from dlnproof.numeric.paths import turning_point
from dlnproof.numeric.values import Value

SMALL = arb(10) ** -200

MATRICES = {
    "rational": fmpq_mat([[3, 4], [-4, 3]]),
    "irrational": fmpq_mat([[1, 2], [3, 5]]),
    "coincident, irrational": fmpq_mat([[1, 1], [1, -1]]),
    "two of three coincide": fmpq_mat([[1, 1, 0], [1, -1, 0], [0, 0, 5]]),
    "corank one": fmpq_mat([[1, 2], [2, 4]]),
    "rank one of three": fmpq_mat([[1, 2, 3], [2, 4, 6], [1, 2, 3]]),
    "zero": fmpq_mat(2, 2),
    "a double beside a tiny one": fmpq_mat(
        [[fmpq(*(0.1).as_integer_ratio()), 1], [0, fmpq(*(1e-300).as_integer_ratio())]]
    ),
    "gaps of rounding": fmpq_mat([[1, 0], [0, 1 + fmpq(1, 2**52)]]),
    "width one": fmpq_mat([[-7]]),
}


def near(x: Value, y: Value, scale: Value) -> bool:
    """Whether matrices agree in 200 digits of a scale, as balls that overlap."""
    off = v.minus(x, y)
    return all(
        v.balls(z).contains(0) and abs(v.balls(z)).upper() <= SMALL * scale for z in v.flat(off)
    )


def sizes(point: Point) -> list[Value]:
    return [point.of(letters.sigma, (i,), None) for i in range(1, point.values["d"] + 1)]


@pytest.mark.parametrize("name", MATRICES)
@pytest.mark.parametrize("depth", [1, 2, 5])
def test_it_is_an_svd_and_the_factors_are_balanced(name: str, depth: int) -> None:
    W = MATRICES[name]
    point = own_geometry(W, depth).point()
    d = W.nrows()
    with working_precision(BITS):
        sigma = sizes(point)
        scale = max([abs(v.balls(x)).upper() for x in W.entries()] + [arb(1)])
        U, V = point.values["U"], point.values["V"]
        assert near(v.times(v.transpose(U), U), v.eye(d), 1)
        assert near(v.times(v.transpose(V), V), v.eye(d), 1)
        middle = v.matrix(
            d, d, [sigma[i] if i == l else fmpq(0) for i in range(d) for l in range(d)]
        )
        assert near(v.times(v.times(U, middle), v.transpose(V)), W, scale)
        factors = [point.of(letters.factor, (j,), (d, d)) for j in range(1, depth + 1)]
        whole: Value = v.eye(d)
        for factor in factors:
            whole = v.times(factor, whole)
        assert near(whole, W, scale)
        for before, after in pairwise(factors):
            left = v.times(v.transpose(after), after)
            assert near(left, v.times(before, v.transpose(before)), scale)
    assert point.values["W"] == W


@pytest.mark.parametrize("name", MATRICES)
def test_values_descend_and_rank_and_coincidences_are_exact(name: str) -> None:
    W = MATRICES[name]
    with working_precision(BITS):
        sigma = sizes(own_geometry(W, 2).point())
        assert sum(not (v.exact(x) and x == 0) for x in sigma) == W.rank()
        for x, y in pairwise(sigma):
            assert v.balls(y).rel_accuracy_bits() >= BITS
            assert x is y or v.sign(v.minus(x, y)) == 1 or (v.exact(x) and x == y)
    coincide = {"coincident, irrational": 1, "two of three coincide": 1}.get(name, 0)
    pairs = pairwise(sigma)
    assert sum(x is y and not v.exact(x) for x, y in pairs) == coincide


def test_what_is_rational_stays_so() -> None:
    assert sizes(own_geometry(MATRICES["rational"], 3).point()) == [5, 5]
    point = own_geometry(fmpq_mat([[4, 0], [0, 1]]), 2).point()
    assert point.of(letters.factor, (1,), (2, 2)).nrows() == 2
    assert not isinstance(point.of(letters.factor, (1,), (2, 2)), arb_mat)


@pytest.mark.parametrize("depth", [2, 3])
def test_directions_of_the_kernel_leave_the_product(depth: int) -> None:
    W = MATRICES["irrational"]
    point = own_geometry(W, depth).point()
    with working_precision(BITS):
        factors = [point.of(letters.factor, (j,), (2, 2)) for j in range(1, depth + 1)]
        moved: Value = fmpq_mat(2, 2)
        for j in range(depth):
            part = point.entries["H_j", str(j + 1)]
            lifted = v.eye(2)
            for k, factor in enumerate(factors):
                lifted = v.times(part if k == j else factor, lifted)
            moved = v.plus(moved, lifted)
        assert near(moved, fmpq_mat(2, 2), 100)


def test_at_infinite_depth_the_svd_is_the_same() -> None:
    depths: tuple[Depth, ...] = (2, math.inf)
    first, second = (own_geometry(MATRICES["irrational"], depth).point() for depth in depths)
    with working_precision(BITS):
        assert near(first.values["U"], second.values["U"], 1)


@pytest.mark.parametrize("name", MATRICES)
@pytest.mark.parametrize("depth", [1, 2])
def test_a_path_starts_at_the_matrix_and_keeps_order_and_rank(name: str, depth: int) -> None:
    g = own_geometry(MATRICES[name], depth)
    d = g.width
    with working_precision(BITS):
        assert near(g.product_at(fmpq(0)), MATRICES[name], 10)
        assert near(turning_point(g).values["W(t)"](fmpq(0)), MATRICES[name], 10)
        for time in (fmpq(-2), fmpq(1), fmpq(5, 2)):
            moved = [g.sigma_at(i, time) for i in range(1, d + 1)]
            for (x, y), (a, b) in zip(pairwise(moved), pairwise(g.sizes), strict=True):
                assert v.sign(v.minus(x, y)) == 1 if a is not b and a != b else near_by(x, y)
            for x, a in zip(moved, g.sizes, strict=True):
                assert x == 0 if v.is_zero(a) else v.sign(x) == 1
                assert v.is_zero(a) or v.sign(v.minus(x, a)) != 0


def near_by(x: Value, y: Value) -> bool:
    return near(v.matrix(1, 1, [x]), v.matrix(1, 1, [y]), 10)
