"""Finite differences in factor space against exact rational values: size and order of the error."""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import combinations, pairwise

import flint
import pytest
from flint import arb, arb_mat, fmpq, fmpq_mat
from inertia import Inertia, inertia

from dlnproof.errors import InputError
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.charts import Chart, cayley, polar_chart, svd_chart
from dlnproof.numeric.exact.matrices import product
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, identity, point
from dlnproof.numeric.exact.pullback import (
    Volume,
    density_pullback,
    jacobian_pullback,
    metric_pullback,
    operator_pullback,
)
from dlnproof.numeric.exact.stencil import (
    ORDER,
    coarse_steps,
    derivative,
    fine_step,
    tangents,
    working_digits,
)

DIGITS = 50
REACHED = arb("1e-45")
"""Four fifths of the digits would be 1e-40. Seen up to N = 4: 2e-47 and better."""

KEYS = [
    PointKey(depth, width, stratum, sign, index=0, seed=0)
    for depth, width in [(1, 1), (1, 3), (2, 1), (2, 2), (2, 3), (3, 2), (3, 3), (4, 1), (4, 2)]
    for stratum in Stratum
    if stratum is not Stratum.DEFICIENT
    if stratum.exists(width)
    for sign in (-1, 1)
] + [
    PointKey(4, 4, stratum, -1, index=0, seed=0)
    for stratum in Stratum
    if stratum is not Stratum.DEFICIENT
]


def name(key: PointKey) -> str:
    return f"N{key.depth}-d{key.width}-{key.stratum}-{'+' if key.sign > 0 else '-'}"


every_key = pytest.mark.parametrize("key", KEYS, ids=name)
every_chart = pytest.mark.parametrize("chart", [polar_chart, svd_chart], ids=["polar", "svd"])


@pytest.fixture(autouse=True)
def precise() -> Iterator[None]:
    """The tests' own ball arithmetic, beyond every precision used by what they test."""
    with working_precision(bits_of(300)):
        yield


def near_point(depth: int, width: int, gap: fmpq) -> ExactPoint:
    """A point with t_2 = t_1 (1 - gap)."""
    at = point(PointKey(depth, width, Stratum.SIMPLE, 1, 0, 0))
    return replace(at, roots=(at.roots[0], at.roots[0] * (1 - gap), *at.roots[2:]))


def exact_operator(at: ExactPoint) -> fmpq_mat:
    """Z -> sum_j L_j L_j^T Z R_j^T R_j, with L_j = W_N ... W_{j+1} and R_j = W_{j-1} ... W_1."""
    d, factors = at.width, at.factors
    total = [fmpq(0)] * d**4
    for j in range(len(factors)):
        after: fmpq_mat = reduce(lambda P, W: W * P, factors[j + 1 :], identity(d))
        before: fmpq_mat = reduce(lambda P, W: W * P, factors[:j], identity(d))
        left = (after * after.transpose()).tolist()
        right = (before.transpose() * before).tolist()
        kron = [
            left[a][c] * right[e][b]
            for b in range(d)
            for a in range(d)
            for e in range(d)
            for c in range(d)
        ]
        total = [x + y for x, y in zip(total, kron, strict=True)]
    return fmpq_mat(d * d, d * d, total)


def van(x: Sequence[fmpq]) -> fmpq:
    return math.prod((a - b for a, b in combinations(x, 2)), start=fmpq(1))


def exact_density(at: ExactPoint) -> fmpq:
    """The square of N^{d(d-1)/2} det(Sigma^2)^{(1-N)/(2N)} van(Sigma^{2/N}) (Theorem 1.1)."""
    N, d, det = int(at.depth), at.width, math.prod(at.roots, start=fmpq(1))
    return (fmpq(N) ** (d * (d - 1) // 2) * det ** (1 - N) * van([t**2 for t in at.roots])) ** 2


def exact_jacobian(at: ExactPoint) -> fmpq:
    """The square of van(Sigma^2) (Lemma 2.7)."""
    return van([s**2 for s in at.sigma]) ** 2


def matrix_error(found: arb_mat, exact: fmpq_mat) -> arb:
    """An upper bound of the largest error, relative to the largest entry."""
    errors = [(a - b).abs_upper() for a, b in zip(found.entries(), exact.entries(), strict=True)]
    return arb(max(errors) / max(abs(x) for x in exact.entries()))


def volume_error(found: Volume, exact: fmpq) -> arb:
    """An upper bound of the error; relative, unless the volume is zero: then to its scale."""
    error = (found.squared - exact).abs_upper()
    return error / found.bound if exact == 0 else error / exact


@every_key
def test_operator_is_the_sum_over_the_factors(key: PointKey) -> None:
    at = point(key)
    found = operator_pullback(at, fine_step(DIGITS), DIGITS)
    assert matrix_error(found, exact_operator(at)) < REACHED


@every_key
def test_metric_is_the_inverse_of_the_mean(key: PointKey) -> None:
    at = point(key)
    found = metric_pullback(at, fine_step(DIGITS), DIGITS)
    assert matrix_error(found, exact_operator(at).inv() * int(key.depth)) < REACHED


@every_key
def test_density_is_theorem_1_1(key: PointKey) -> None:
    at = point(key)
    found = density_pullback(at, fine_step(DIGITS), DIGITS)
    assert found.bound > 0
    assert volume_error(found, exact_density(at)) < REACHED


@every_key
def test_jacobian_is_lemma_2_7(key: PointKey) -> None:
    at = point(key)
    found = jacobian_pullback(at, fine_step(DIGITS), DIGITS)
    assert found.bound > 0
    assert volume_error(found, exact_jacobian(at)) < REACHED


@pytest.mark.parametrize("k", [6, 12, 24])
@pytest.mark.parametrize(("depth", "width"), [(1, 2), (2, 2), (3, 3)])
def test_near_coincidences_lose_no_digit(depth: int, width: int, k: int) -> None:
    at, step = near_point(depth, width, fmpq(1, 10**k)), fine_step(DIGITS)
    assert volume_error(density_pullback(at, step, DIGITS), exact_density(at)) < REACHED
    assert volume_error(jacobian_pullback(at, step, DIGITS), exact_jacobian(at)) < REACHED
    found = operator_pullback(at, step, DIGITS)
    assert matrix_error(found, exact_operator(at)) < REACHED


def test_two_tiny_singular_values_lose_no_digit() -> None:
    at = point(PointKey(4, 3, Stratum.SIMPLE, -1, 0, 0))
    at = replace(at, roots=(at.roots[0], at.roots[1] / 10**4, at.roots[2] / 10**4))
    step = fine_step(DIGITS)
    inverse = exact_operator(at).inv() * 4
    assert matrix_error(metric_pullback(at, step, DIGITS), inverse) < REACHED
    assert volume_error(density_pullback(at, step, DIGITS), exact_density(at)) < REACHED


def assert_order(errors: Sequence[arb]) -> None:
    for coarse, fine in pairwise(errors):
        assert abs(coarse / fine - 2**ORDER) < 0.1


@every_key
def test_errors_are_of_order_four(key: PointKey) -> None:
    at, steps = point(key), coarse_steps(int(key.depth))
    if key.depth > 1:
        exact = exact_operator(at)
        inverse = exact.inv() * int(key.depth)
        assert_order([matrix_error(operator_pullback(at, h, DIGITS), exact) for h in steps])
        assert_order([matrix_error(metric_pullback(at, h, DIGITS), inverse) for h in steps])
    density, jacobian = exact_density(at), exact_jacobian(at)
    if density != 0 and (key.depth > 1 or key.width > 1):
        assert_order([volume_error(density_pullback(at, h, DIGITS), density) for h in steps])
    if jacobian != 0 and key.width > 1:
        assert_order([volume_error(jacobian_pullback(at, h, DIGITS), jacobian) for h in steps])


def test_the_order_holds_down_to_the_precision_floor() -> None:
    digits = 15
    at, step = point(PointKey(3, 2, Stratum.SIMPLE, 1, 0, 0)), coarse_steps(3)[0]
    exact = exact_operator(at)
    largest = max(abs(x) for x in exact.entries())
    errors = []
    while True:
        found = operator_pullback(at, step, digits)
        floor = max(x.rad() for x in found.entries()) / largest
        error = matrix_error(found, exact)
        if error < 1000 * floor:
            break
        errors.append(error)
        step /= 2
    assert_order(errors)
    assert len(errors) >= 8
    assert error < arb("1e-15")


@pytest.mark.parametrize("digits", [20, 50, 100])
def test_the_fine_step_reaches_four_fifths_of_the_digits(digits: int) -> None:
    at = point(PointKey(3, 3, Stratum.SIMPLE, -1, 0, 0))
    exact, step = exact_operator(at), fine_step(digits)
    best = matrix_error(operator_pullback(at, step, digits), exact)
    assert best < arb(10) ** -math.ceil(digits * 4 / 5)
    for other in (step * 10, fmpq(1, 10 ** (digits + 5))):  # truncation, rounding
        assert matrix_error(operator_pullback(at, other, digits), exact) > 1000 * best


def test_one_factor_leaves_no_truncation() -> None:
    at = point(PointKey(1, 3, Stratum.PAIR, -1, 0, 0))
    assert operator_pullback(at, coarse_steps(1)[0], DIGITS).contains(arb_mat(identity(9)))


@every_chart
@every_key
def test_charts_stay_on_the_balanced_manifold(
    chart: Callable[[ExactPoint], Chart], key: PointKey
) -> None:
    at, rng = point(key), random.Random(0)
    coordinates = chart(at)
    x = [arb(fmpq(rng.randint(-9, 9), 20)) for _ in range(coordinates.dimension)]
    factors = coordinates.factors(x)
    for before, after in pairwise(factors):
        gap = after.transpose() * after - before * before.transpose()
        assert gap.contains(arb_mat(key.width, key.width))
        assert max(entry.rad() for entry in gap.entries()) < REACHED
    for found, exact in zip(coordinates.factors([arb(0)] * len(x)), at.factors, strict=True):
        assert found.contains(exact)
    fibre = [arb(0)] * len(coordinates.base) + x[len(coordinates.base) :]
    assert product(coordinates.factors(fibre)).contains(at.W)
    assert len(coordinates.fibre) == 0 or not factors[0].overlaps(arb_mat(at.factors[0]))


@every_key
def test_the_polar_chart_is_regular_at_every_spectrum(key: PointKey) -> None:
    chart = polar_chart(point(key))
    N, d = int(key.depth), key.width
    vectors, images = tangents(chart, range(chart.dimension), fine_step(DIGITS))
    assert chart.dimension == d * d + (N - 1) * d * (d - 1) // 2
    assert inertia(vectors * vectors.transpose()) == Inertia(chart.dimension, 0, 0)
    assert (vectors.nrows(), vectors.ncols()) == (chart.dimension, N * d * d)
    assert (images.nrows(), images.ncols()) == (chart.dimension, d * d)


def test_the_svd_chart_degenerates_at_coincidences() -> None:
    chart = svd_chart(point(PointKey(3, 2, Stratum.PAIR, 1, 0, 0)))
    vectors, _ = tangents(chart, range(chart.dimension), fine_step(DIGITS))
    assert inertia(vectors * vectors.transpose()) is None


def test_svd_coordinates_are_those_of_the_theorem() -> None:
    at = point(PointKey(2, 2, Stratum.SIMPLE, -1, 0, 0))
    chart, turn = svd_chart(at), fmpq_mat(2, 2, [0, 1, -1, 0])
    _, images = tangents(chart, chart.base, fine_step(DIGITS))
    sigma = at.U.transpose() * at.W * at.V
    expected = [  # U^T dW V for dsigma_1 / sigma_1, dsigma_2 / sigma_2, dU_12, dV_12
        fmpq_mat(2, 2, [at.sigma[0], 0, 0, 0]),
        fmpq_mat(2, 2, [0, 0, 0, at.sigma[1]]),
        turn * sigma,
        -sigma * turn,
    ]
    columns = [(at.U * Z * at.V.transpose()).transpose().entries() for Z in expected]
    rows = fmpq_mat(4, 4, [x for column in columns for x in column])
    assert matrix_error(images, rows) < REACHED


def test_cayley_is_orthogonal_or_positive_and_agrees_with_exp() -> None:
    skew, symmetric = arb_mat([[0, 0.25], [-0.25, 0]]), arb_mat([[0.25, 0.5], [0.5, -1]])
    turn = cayley(skew)
    assert (turn * turn.transpose()).contains(arb_mat(identity(2)))
    assert inertia(cayley(symmetric)) == Inertia(2, 0, 0)
    step = arb("1e-20")
    gap = max(abs(x) for x in (cayley(symmetric * step) - (symmetric * step).exp()).entries())
    assert gap < arb("1e-60")
    assert gap > arb("1e-62")


def test_the_derivative_is_exact_on_quartics_and_of_order_four_on_quintics() -> None:
    h = fmpq(1, 8)
    (quartic,) = derivative(lambda s: [arb_mat([[3 * s + s**2 - 5 * s**3 + s**4]])], h)
    (quintic,) = derivative(lambda s: [arb_mat([[s**5]])], h)
    assert quartic.contains(arb_mat([[3]]))
    assert quintic.contains(arb_mat([[-(arb(h) ** 4) / 4]]))


@pytest.mark.parametrize("digits", [20, 50])
def test_the_precision_is_restored_and_follows_the_digits(digits: int) -> None:
    at, before = point(PointKey(2, 2, Stratum.TINY, 1, 0, 0)), flint.ctx.prec
    step = fine_step(digits)
    for pullback in (operator_pullback, metric_pullback, density_pullback, jacobian_pullback):
        pullback(at, step, digits)
        assert flint.ctx.prec == before
    assert working_digits(at, digits) - digits == working_digits(at, 0)
    assert working_digits(at, 0) >= 10 + 4 * 4  # (t_1 / t_2)^{2N} >= 10^16


def test_infinite_depth_has_a_jacobian_and_no_factors() -> None:
    at, step = point(PointKey(math.inf, 2, Stratum.SIMPLE, -1, 0, 0)), fine_step(DIGITS)
    found = jacobian_pullback(at, step, DIGITS)
    assert volume_error(found, exact_jacobian(at)) < REACHED
    for pullback in (operator_pullback, metric_pullback, density_pullback):
        with pytest.raises(InputError, match="finite depth only"):
            pullback(at, step, DIGITS)
    with pytest.raises(InputError, match="finite depth only"):
        svd_chart(at)


def test_what_is_wrong_is_seen() -> None:
    at, step = point(PointKey(3, 2, Stratum.SIMPLE, 1, 0, 0)), fine_step(DIGITS)
    exact = exact_operator(at)
    bent = at.frames[1] * fmpq(1001, 1000)  # not orthogonal: W_1, W_2 are off by 1/1000
    broken = replace(at, frames=(at.frames[0], bent, *at.frames[2:]))
    assert matrix_error(operator_pullback(broken, step, DIGITS), exact) > arb("1e-4")
    assert matrix_error(operator_pullback(at, step, DIGITS), exact * fmpq(1, 3)) > 1
    density = density_pullback(at, step, DIGITS)
    assert volume_error(density, exact_density(at) / 3**4) > 1  # without N^{d(d-1)/2}
    assert volume_error(density, exact_jacobian(at)) > arb("1e-4")  # N = 1 in place of N = 3


def test_the_bound_is_the_product_of_the_squared_edges() -> None:
    at = point(PointKey(2, 2, Stratum.PAIR, 1, 0, 0))
    step, edge = fine_step(DIGITS), at.sigma[0] ** 2 + at.sigma[1] ** 2  # |dW / dU_12|^2
    assert abs(jacobian_pullback(at, step, DIGITS).bound / edge**2 - 1) < REACHED
    single = density_pullback(point(PointKey(3, 1, Stratum.TINY, 1, 0, 0)), step, DIGITS)
    assert single.squared.overlaps(single.bound)
