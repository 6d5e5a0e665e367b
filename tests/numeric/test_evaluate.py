"""Certified evaluation: enclosures against an independent mpmath route, exact rank decisions."""

import json
import math
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

import flint
import mpmath
import numpy as np
import pytest
import sympy
from flint import arb, fmpq, fmpq_mat
from hypothesis import given
from hypothesis import strategies as st

import dlnproof
from dlnproof import symbolic
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.language.precision import working_precision
from dlnproof.numeric.balls import certified_spectrum
from dlnproof.numeric.balls.certified_spectrum import certified_spectra
from dlnproof.numeric.balls.enclosure import ZERO, Enclosure, enclose
from dlnproof.numeric.balls.evaluate import Evaluation, evaluate

INFINITE = math.inf
DEPTHS = [1, 2, 3, 7, 10**6, INFINITE]


def exact(rows: Any) -> fmpq_mat:
    """An exact matrix; floats are the binary doubles they are, text is "p/q"."""
    fractions = [[Fraction(x) for x in row] for row in rows]
    return fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in fractions])


def diagonal(*values: Any) -> fmpq_mat:
    return exact([[v if i == j else 0 for j in range(len(values))] for i, v in enumerate(values)])


def rational_orthogonal(width: int, seed: int) -> fmpq_mat:
    """A Cayley transform: exactly orthogonal."""
    entries = np.random.default_rng(seed).integers(-4, 5, (width, width))
    skew = fmpq_mat(width, width, [int(x) for x in (entries - entries.T).flat])
    return (diagonal(*[1] * width) - skew) * (diagonal(*[1] * width) + skew).inv()


def doubles(width: int, seed: int) -> fmpq_mat:
    return exact(np.random.default_rng(seed).standard_normal((width, width)).tolist())


def mp_eigenvalue(a: Any, b: Any, depth: Depth) -> Any:
    """lambda_il from its definition, a sum (geometric where it is long) or an integral."""
    if a == b:
        return a if depth == INFINITE else a ** (1 - mpmath.mpf(1) / depth)
    if depth == INFINITE:
        return a * (1 - b / a) / mpmath.log(a / b)
    if depth > 100:
        ratio = mpmath.root(b / a, depth)
        first = a ** (1 - mpmath.mpf(1) / depth)
        return first * (1 - ratio**depth) / (1 - ratio) / depth
    n = mpmath.mpf(depth)
    return sum(a ** ((n - j) / n) * b ** ((j - 1) / n) for j in range(1, int(depth) + 1)) / n


def mp_group_volume(width: int) -> Any:
    """log c_d from the classical volume of SO(d) for |a|^2 / 2: prod of vol(S^k), 0 < k < d."""
    spheres = [
        2 * mpmath.pi ** (mpmath.mpf(k) / 2) / mpmath.gamma(mpmath.mpf(k) / 2)
        for k in range(2, width + 1)
    ]
    return mpmath.log(2 * mpmath.fprod(spheres)) + width * (width - 1) * mpmath.log(2) / 4


def mp_orbit(sigma: Any, depth: int) -> Any:
    """(N - 1) log c_d + 1/2 sum over i < l of log(N lambda_il), from the definitions."""
    pairs = [(max(a, b) ** 2, min(a, b) ** 2) for a, b in combinations(sigma, 2)]
    logs = [mpmath.log(depth * mp_eigenvalue(a, b, depth)) for a, b in pairs]
    return (depth - 1) * mp_group_volume(len(sigma)) + mpmath.fsum(logs) / 2


def mp_reference(matrix: fmpq_mat, depth: Depth, dps: int) -> tuple[list[Any], Any, Any]:
    """Singular values, log density over all d^2 pairs, log form through the SVD Jacobian."""
    with mpmath.workdps(dps + 60):
        rows = [[mpmath.mpf(int(x.p)) / int(x.q) for x in row] for row in matrix.tolist()]
        sigma = sorted(mpmath.svd_r(mpmath.matrix(rows), compute_uv=False), reverse=True)
        squares = [s**2 for s in sigma]
        density = -sum(
            mpmath.log(mp_eigenvalue(max(a, b), min(a, b), depth)) for a in squares for b in squares
        )
        jacobian = sum(mpmath.log(a - b) for a, b in combinations(squares, 2))
        return list(sigma), density / 2, density / 2 + jacobian


def as_fraction(number: Any) -> Fraction:
    sign, mantissa, exponent, _ = mpmath.mpf(number)._mpf_
    size = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -size if sign else size


def exact_value(x: arb) -> Fraction:
    return Fraction(int(x.fmpq().p), int(x.fmpq().q))


def lower(ball: arb) -> Fraction:
    return exact_value(ball.mid()) - exact_value(ball.rad())


def upper(ball: arb) -> Fraction:
    return exact_value(ball.mid()) + exact_value(ball.rad())


def rational(decimal: str) -> Fraction:
    return Fraction(Decimal(decimal))  # Fraction(str) reads at most 4300 digits


def assert_encloses(enclosure: Enclosure, true: Any, dps: int, *, relative: bool = False) -> None:
    """The true value, known to ``dps`` + 30 digits, lies in the interval; the radius is met."""
    mid, rad = rational(enclosure.mid), rational(enclosure.rad)
    scale = max(Fraction(1), abs(mid))
    assert abs(as_fraction(true) - mid) <= rad + scale / 10 ** (dps + 30)
    assert rad * 10**dps <= (abs(mid) if relative else scale)


def assert_agrees(matrix: fmpq_mat, depth: Depth, digits: int) -> Evaluation:
    result = evaluate(matrix, depth, digits)
    with mpmath.workdps(digits + 60):
        sigma, density, form = mp_reference(matrix, depth, digits)
        for enclosure, true in zip(result.singular_values, sigma, strict=True):
            assert_encloses(enclosure, true, digits, relative=True)
        assert_encloses(result.log_volume_density, density, digits)
        assert_encloses(result.log_det_metric, 2 * density, digits)
        assert_encloses(result.log_volume_form, form, digits)
        if depth != INFINITE:
            with mpmath.workdps(digits + 80):
                orbit = mp_orbit(sigma, int(depth))
            assert_encloses(result.log_orbit_volume, orbit, digits)
    return result


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("digits", [1, 15, 50, 200])
def test_enclosures_hold_the_values_of_mpmath(depth: Depth, digits: int) -> None:
    assert_agrees(
        exact([["1/3", "2", "-1/7"], ["0", "5/2", "1"], ["4", "-1", "1/10"]]), depth, digits
    )


@pytest.mark.parametrize("depth", [2, 10**6, INFINITE])
def test_random_doubles_against_mpmath(depth: Depth) -> None:
    assert_agrees(doubles(7, seed=5), depth, 15)


@pytest.mark.parametrize("depth", [1, 3, INFINITE])
def test_width_one(depth: Depth) -> None:
    assert_agrees(exact([["-3/7"]]), depth, 30)


def test_running_example_by_hand() -> None:
    """d = 2, N = 2, W = diag(2, 1): lambda = 2, 3/2, 3/2, 1; form 2 (2 1)^{-1/2} (2 - 1)."""
    result = evaluate(diagonal(2, 1), 2)
    with mpmath.workdps(60):
        assert_encloses(result.log_volume_density, -mpmath.log(mpmath.mpf(9) / 2) / 2, 15)
        assert_encloses(result.log_volume_form, mpmath.log(2) / 2, 15)
        assert_encloses(result.log_det_metric, -mpmath.log(mpmath.mpf(9) / 2), 15)
        # a circle and its mirror image, at speed sqrt(2 (2 + 1))
        assert_encloses(result.log_orbit_volume, mpmath.log(4 * mpmath.pi * mpmath.sqrt(6)), 15)
    assert [rational(s.mid) for s in result.singular_values] == [2, 1]


def test_json_record() -> None:
    record = evaluate(diagonal(2, 0), INFINITE, 20).as_json()
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert list(record) == [
        "depth",
        "shape",
        "width",
        "rank",
        "digits",
        "entries",
        "singular_values",
        "log_volume_density",
        "log_volume_form",
        "log_det_metric",
        "log_orbit_volume",
        "scalar_curvature",
        "operator_trace",
        "metric_trace",
        "factors_squared_norm",
        "volume_gradient",
        "entropy_gradient",
        "brownian_drift",
        "warnings",
    ]
    assert (record["depth"], record["width"], record["digits"]) == ("inf", 2, 20)
    assert record["singular_values"][1] == {"mid": "0", "rad": "0"}
    assert record["log_det_metric"]["mid"] == "inf"
    assert record["log_det_metric"]["rad"] == "0"
    assert "rank 1 of 2" in record["log_det_metric"]["reason"]


def test_coincidences_are_exact() -> None:
    result = evaluate(3 * rational_orthogonal(5, seed=1), 3)
    assert result.multiplicities == (5,)
    assert {rational(s.mid) for s in result.singular_values} == {3}
    with mpmath.workdps(60):  # all 25 eigenvalues are 9^{2/3}
        assert_encloses(result.log_volume_density, -25 * mpmath.log(9) / 3, 15)
    assert (result.log_volume_form.mid, result.log_volume_form.rad) == ("-inf", "0")


def test_mixed_multiplicities() -> None:
    spectrum = (5, 5, 5, 2, 2, 1)
    matrix = rational_orthogonal(6, 2) * diagonal(*spectrum) * rational_orthogonal(6, 3)
    result = evaluate(matrix, 2, 40)
    assert result.multiplicities == (3, 2, 1)
    assert [round(rational(s.mid)) for s in result.singular_values] == list(spectrum)
    with mpmath.workdps(100):  # at N = 2 lambda_il = (sigma_i + sigma_l)/2
        density = -sum(mpmath.log((mpmath.mpf(a) + b) / 2) for a in spectrum for b in spectrum) / 2
        assert_encloses(result.log_volume_density, density, 40)


@pytest.mark.parametrize("gap", [40, 400])
def test_near_coincidence_is_no_coincidence(gap: int) -> None:
    delta = Fraction(1, 10**gap)
    matrix = rational_orthogonal(3, 4) * diagonal(2, 2 + delta, 1) * rational_orthogonal(3, 5)
    result = evaluate(matrix, 2)
    assert result.multiplicities == (1, 1, 1)
    with mpmath.workdps(gap + 60):  # at N = 2 lambda_il = (sigma_i + sigma_l)/2
        sigma = [2 + mpmath.mpf(10) ** -gap, mpmath.mpf(2), mpmath.mpf(1)]
        density = -sum(mpmath.log((a + b) / 2) for a in sigma for b in sigma) / 2
        form = density + sum(mpmath.log(a**2 - b**2) for a, b in combinations(sigma, 2))
        assert_encloses(result.log_volume_density, density, 15)
        assert_encloses(result.log_volume_form, form, 15)


@pytest.mark.parametrize(
    "matrix",
    [
        diagonal(1e300, 5e-324, 1.0),
        exact([[1.0, 1e-300], [0.0, 1.0]]),
        exact([[1e300, 1e-300], [1e-300, -1e300]]),
    ],
)
@pytest.mark.parametrize("depth", [2, INFINITE])
def test_extreme_doubles(matrix: fmpq_mat, depth: Depth) -> None:
    assert_valid_everywhere(evaluate(matrix, depth))


def assert_valid_everywhere(result: Evaluation) -> None:
    values = [rational(s.mid) for s in result.singular_values]
    assert values == sorted(values, reverse=True)
    assert min(values) > 0
    assert result.rank == result.width
    assert math.isfinite(float(result.log_volume_density.mid))


def test_tiny_singular_values_have_relative_accuracy() -> None:
    result = evaluate(diagonal(1e300, 5e-324, 1.0), 2)
    smallest = result.singular_values[-1]
    true = Fraction(1, 2**1074)
    assert abs(rational(smallest.mid) - true) <= rational(smallest.rad) <= true / 10**14


# SINGULAR AND COINCIDENT MATRICES: (matrix, depth, density, form)
EXCEPTIONS = [
    (diagonal(2, 1, 0), 2, "inf", "inf"),
    (diagonal(2, 1, 0), INFINITE, "inf", "inf"),
    (diagonal(0), 2, "inf", "inf"),
    (exact([[1, 2], [2, 4]]), 3, "inf", "inf"),
    (diagonal(2, 0, 0), 2, "inf", "nan"),
    (diagonal(2, 0, 0), INFINITE, "inf", "nan"),
    (diagonal(0, 0), 5, "inf", "nan"),
    (diagonal(1, 1, 0), 2, "inf", "nan"),
    (diagonal(1, -1, 0), INFINITE, "inf", "nan"),
    (diagonal(1, -1), 2, None, "-inf"),
    (diagonal(1, -1), INFINITE, None, "-inf"),
    (diagonal(1, -1), 1, "0", "-inf"),
    (diagonal(1, 1, 0), 1, "0", "-inf"),
    (diagonal(2, 0, 0), 1, "0", "-inf"),
    (diagonal(0), 1, "0", "0"),
]


@pytest.mark.parametrize(("matrix", "depth", "density", "form"), EXCEPTIONS)
def test_singular_and_coincident(
    matrix: fmpq_mat, depth: Depth, density: str | None, form: str
) -> None:
    result = evaluate(matrix, depth)
    if density is not None:
        assert result.log_volume_density.mid == result.log_det_metric.mid == density
    assert result.log_volume_form.mid == form
    for enclosure in (result.log_volume_density, result.log_volume_form, result.log_det_metric):
        assert (enclosure.mid in {"inf", "-inf", "nan"}) == (enclosure.reason != "")
        assert enclosure.rad == "0" or not enclosure.reason


def test_euclidean_depth_with_one_zero_is_finite() -> None:
    result = evaluate(diagonal(2, 1, 0), 1)
    assert result.log_volume_density == result.log_det_metric == ZERO
    with mpmath.workdps(60):  # van(4, 1, 0) = 3 4 1
        assert_encloses(result.log_volume_form, mpmath.log(12), 15)


ORBIT_EXCEPTIONS = [
    (diagonal(2, 1, 0), 1, "0", ""),
    (diagonal(0, 0), 1, "0", ""),
    (diagonal(2, 0, 0), 2, "-inf", "2 singular values are zero"),
    (diagonal(0, 0), 5, "-inf", "2 singular values are zero"),
    (diagonal(2, 1), INFINITE, "nan", "no factor space"),
    (diagonal(0, 0), INFINITE, "nan", "no factor space"),
]


@pytest.mark.parametrize(("matrix", "depth", "mid", "reason"), ORBIT_EXCEPTIONS)
def test_orbit_volume_is_zero_or_there_is_no_orbit(
    matrix: fmpq_mat, depth: Depth, mid: str, reason: str
) -> None:
    orbit = evaluate(matrix, depth).log_orbit_volume
    assert (orbit.mid, orbit.rad) == (mid, "0")
    assert reason in orbit.reason
    assert bool(reason) == bool(orbit.reason)


@pytest.mark.parametrize(
    "sigma", [(3,), (0,), (2, 2), (3, 0), (2, 2, 0), (5, 5, 5, 2, 2, 1), (4, 3, 3, 0)]
)
@pytest.mark.parametrize("depth", [2, 3, 7])
def test_orbit_volume_at_coincidences_and_one_zero(sigma: tuple[int, ...], depth: int) -> None:
    result = evaluate(rational_orthogonal(len(sigma), 2) * diagonal(*sigma), depth, 40)
    with mpmath.workdps(100):
        true = mp_orbit([mpmath.mpf(s) for s in sigma], depth)
        assert_encloses(result.log_orbit_volume, true, 40)
    assert result.log_orbit_volume.reason == ""


def test_orbit_volume_is_the_limit_at_one_zero() -> None:
    limit, near = (
        rational(evaluate(diagonal(3, 2, e), 2, 30).log_orbit_volume.mid)
        for e in (0, Fraction(1, 10**20))
    )  # N lambda = sigma_i + sigma_l
    assert float(near - limit) == pytest.approx(1e-20 * (1 / 3 + 1 / 2) / 2, rel=1e-8)


def test_no_limit_at_two_zeros() -> None:
    """Why "nan": at k = N = 2 the form along diag(r eps, eps) tends to 2 (r - 1)/sqrt(r)."""
    limits = {}
    for ratio in (2, 4):
        along = [
            evaluate(diagonal(ratio * e, e), 2) for e in (Fraction(1, 10**9), Fraction(1, 10**30))
        ]
        assert len({value.log_volume_form.mid[:12] for value in along}) == 1
        limits[ratio] = float(along[0].log_volume_form.mid)
    assert limits[2] == pytest.approx(math.log(2 / math.sqrt(2)))
    assert limits[4] == pytest.approx(math.log(3))


def test_rank_of_an_exactly_singular_matrix_with_noise_below_double() -> None:
    almost = exact([["1/3", "1/7"], ["7/3", "1"]])
    assert evaluate(almost, 2).rank == 1
    assert evaluate(almost + diagonal(0, Fraction(1, 10**60)), 2).rank == 2


def test_orthogonal_invariance_and_scaling() -> None:
    """sigma(Q W R) = sigma(W); W -> c W adds -d^2 (N-1)/N log c to the log density."""
    matrix, q, r = doubles(6, 1), rational_orthogonal(6, 6), rational_orthogonal(6, 7)
    plain, rotated, scaled = (evaluate(m, 3, 25) for m in (matrix, q * matrix * r, 10 * matrix))
    assert overlap(plain.log_volume_density, rotated.log_volume_density)
    assert all(map(overlap, plain.singular_values, rotated.singular_values))
    with mpmath.workdps(60):
        shift = as_fraction(-24 * mpmath.log(10))
    difference = rational(scaled.log_volume_density.mid) - rational(plain.log_volume_density.mid)
    assert abs(difference - shift) < Fraction(1, 10**21)


def overlap(a: Enclosure, b: Enclosure) -> bool:
    return abs(rational(a.mid) - rational(b.mid)) <= rational(a.rad) + rational(b.rad)


def test_infinite_depth_is_the_limit() -> None:
    matrix = diagonal(3, 2, "7/10")
    limit = float(evaluate(matrix, INFINITE).log_volume_form.mid)
    errors = [float(evaluate(matrix, 10**k).log_volume_form.mid) - limit for k in (3, 4, 5)]
    assert errors[0] / errors[1] == pytest.approx(10, rel=1e-2)
    assert errors[1] / errors[2] == pytest.approx(10, rel=1e-3)


def test_digits_of_exact_input_differ_from_doubles() -> None:
    decimal, double = (evaluate(exact([[x]]), 2, 30).singular_values[0] for x in ("0.1", 0.1))
    assert rational(decimal.mid) == Fraction(1, 10)
    assert decimal.mid != double.mid


def test_width_fifty() -> None:
    result = evaluate(doubles(50, 9), 3)
    entries = np.random.default_rng(9).standard_normal((50, 50))
    floats = np.linalg.svd(entries, compute_uv=False)
    assert [float(s.mid) for s in result.singular_values] == pytest.approx(floats, rel=1e-11)


def test_huge_depth_and_many_digits() -> None:
    limit, deep = (evaluate(diagonal(2, 1), n, 50) for n in (INFINITE, 10**400))
    assert overlap(limit.log_volume_form, deep.log_volume_form)
    root = evaluate(exact([[1, 1], [0, 1]]), 2, 5000).singular_values[0]
    with mpmath.workdps(5100):
        golden = (1 + mpmath.sqrt(5)) / 2
        assert_encloses(root, golden, 5000, relative=True)


def test_precision_is_restored_and_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    before = flint.ctx.prec
    evaluate(doubles(4, 3), 2, 100)
    assert flint.ctx.prec == before
    monkeypatch.setattr(certified_spectrum, "LAST_BITS", 256)
    with pytest.raises(InputError, match="1000 digits are out of reach"):
        evaluate(doubles(4, 3), 2, 1000)
    assert flint.ctx.prec == before


def test_spectra_are_nested_in_truth() -> None:
    """Every precision's balls hold the exact values, here sigma^2 = 9/4, 1/9 behind a rotation."""
    matrix = rational_orthogonal(2, 8) * diagonal("3/2", "1/3") * rational_orthogonal(2, 9)
    spectra = certified_spectra(matrix)
    for spectrum, _ in zip(spectra, range(6), strict=False):
        for square, true in zip(spectrum.squares, (Fraction(9, 4), Fraction(1, 9)), strict=True):
            assert lower(square) <= true <= upper(square)


@pytest.mark.parametrize("digits", [0, -1, 10_001, 1.5, True, "15", None])
def test_digits_out_of_range(digits: Any) -> None:
    with pytest.raises(InputError, match="digits: got"):
        evaluate(diagonal(1), 2, digits)


@pytest.mark.parametrize("depth", [0, -1, 1.5, True, math.nan, "2"])
def test_no_depth(depth: Any) -> None:
    with pytest.raises(InputError, match="depth: got"):
        evaluate(diagonal(1), depth)


@pytest.mark.parametrize("shape", [(0, 0), (2, 0)])
def test_no_matrix(shape: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="expected rows and columns"):
        evaluate(fmpq_mat(*shape), 2)


@pytest.mark.parametrize("rank", [0, 3, 1, True, 2.0])
def test_the_rank_is_that_of_the_matrix(rank: Any) -> None:
    with pytest.raises(InputError, match="rank: got"):
        evaluate(exact([[1, 0, 0], [0, 1, 0]]), 2, rank=rank)


RECTANGULAR: dict[str, tuple[list[list[Any]], int | None]] = {
    "3 x 2": ([[1, 2], [0, "1/3"], [3, -1]], None),
    "2 x 3": ([[1, 0, 3], [2, "1/3", -1]], None),
    "4 x 3 of rank 2": ([[1, 0, 1], [2, 1, 3], [0, 1, 1], [-1, 1, 0]], 2),
    "3 x 3 of rank 2": ([[1, 0, 1], [2, 1, 3], [0, 1, 1]], 2),
    "3 x 2 of rank 1": ([[2, 4], [1, 2], [0, 0]], 1),
    "1 x 3": ([[3, 0, 4]], None),
}


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("name", RECTANGULAR)
def test_every_shape_and_rank_agrees_with_floats(name: str, depth: int) -> None:
    """The other route: singular vectors in floats, tables of eigenvalues, and logarithms there."""
    rows, rank = RECTANGULAR[name]
    result = evaluate(exact(rows), depth, 12, rank=rank)
    W = np.array([[float(Fraction(x)) for x in row] for row in rows])
    assert result.shape == W.shape
    r, d = rank or min(W.shape), min(W.shape)
    sigma = np.linalg.svd(W, compute_uv=False)[:r]
    table = dlnproof.operator_eigenvalues(sigma, depth, shape=W.shape)
    tangent = table[(np.arange(W.shape[0])[:, None] < r) | (np.arange(W.shape[1]) < r)]
    volume = dlnproof.log_volume_density(W, depth, rank=rank)
    U, _, Vt = np.linalg.svd(W)
    slopes, forces = (
        np.diagonal(U.T @ of(W, depth, rank=rank) @ Vt.T)[:r]
        for of in (dlnproof.log_volume_density_gradient, dlnproof.entropy_gradient)
    )
    expected = {
        "log_volume_density": volume,
        "log_det_metric": 2 * volume,
        "log_volume_form": dlnproof.log_volume_form(sigma, depth, shape=W.shape),
        "log_orbit_volume": dlnproof.log_orbit_volume(sigma, depth, widths=d),
        "operator_trace": tangent.sum(),
        "metric_trace": (1 / tangent).sum(),
        "factors_squared_norm": (depth * sigma ** (2 / depth)).sum(),
    }
    for field, value in expected.items():
        assert float(getattr(result, field).mid) == pytest.approx(value, abs=1e-10), field
    for found, values in ((result.volume_gradient, slopes), (result.entropy_gradient, forces)):
        np.testing.assert_allclose([float(x.mid) for x in found], values, atol=1e-10)
    drift = np.diagonal(U.T @ dlnproof.brownian_drift(W, depth, rank=rank) @ Vt.T)[:r]
    np.testing.assert_allclose([float(x.mid) for x in result.brownian_drift], drift, atol=1e-10)
    assert (result.scalar_curvature.mid == "nan") == (depth > 1 or rank is not None)
    assert ("among matrices of that rank" in str(result)) == (r < d)
    assert result.as_json()["shape"] == list(W.shape)


def test_of_a_lower_rank_unnamed_and_at_infinite_depth_it_says_why() -> None:
    flat = exact([[2, 4], [1, 2], [0, 0]])
    result = evaluate(flat, 2)
    assert result.log_volume_density.mid == "inf"
    assert "name the rank" in str(result.log_volume_form.reason)
    deep = evaluate(exact([[1, 0, 0], [0, 2, 0]]), INFINITE)
    assert deep.log_volume_density.mid == deep.log_volume_form.mid == "nan"
    assert deep.metric_trace.mid == "inf"
    assert "2 x 3 matrices of rank 2" in str(deep.log_volume_density.reason)
    assert float(deep.operator_trace.mid) == pytest.approx(1 + 4 + 2 * 3 / math.log(4))


rationals = st.fractions(max_denominator=10**40).map(lambda q: fmpq(q.numerator, q.denominator))


@given(rationals, st.integers(1, 400), st.integers(-900, 900), st.integers(1, 30), st.booleans())
def test_printed_interval_contains_the_ball(
    mid: fmpq, bits: int, scale: int, digits: int, relative: bool
) -> None:
    with working_precision(200):
        ball = arb(mid * fmpq(2) ** scale) + arb(0, 1) * arb(mid) * arb(2) ** (scale - bits)
    shown = enclose(ball, digits, relative=relative)
    low, high = lower(ball), upper(ball)
    if shown is None:
        assert high - low > abs(high + low) * Fraction(1, 10 ** (digits + 1))
        return
    shown_mid, shown_rad = rational(shown.mid), rational(shown.rad)
    assert shown_mid - shown_rad <= low
    assert high <= shown_mid + shown_rad
    assert shown_rad * 10**digits <= (abs(shown_mid) if relative else max(1, abs(shown_mid)))


def test_a_wide_or_infinite_ball_is_not_printed() -> None:
    assert enclose(arb(1, "1e-10"), 15, relative=False) is None
    assert enclose(arb("inf"), 5, relative=False) is None
    assert enclose(arb("1e-9", "1e-17"), 15, relative=False) is not None
    assert enclose(arb("1e-9", "1e-17"), 15, relative=True) is None


# --- the drift ------------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [2, 3, 20, 10**21, INFINITE])
def test_the_drift_of_each_singular_value(depth: Depth) -> None:
    result = evaluate(diagonal(5, 3, 3), depth, 25)
    with mpmath.workdps(60):
        part = 1 / mpmath.mpf(depth)
        for found, sigma in zip(result.brownian_drift, (5, 3, 3), strict=True):
            assert_encloses(found, (1 - part) * mpmath.mpf(sigma) ** (1 - 2 * part), 25)


def test_the_drift_where_a_singular_value_vanishes() -> None:
    flat = diagonal(3, 0)
    assert evaluate(flat, 1).brownian_drift == (ZERO, ZERO)
    deeper, vanishing = evaluate(flat, 3).brownian_drift
    assert float(deeper.mid) == pytest.approx(2 / 3 * 3 ** (1 / 3))
    assert vanishing == ZERO
    for depth, said in ((2, "jumps there"), (INFINITE, "no g^N there")):
        assert all(
            x.mid == "nan" and x.reason.endswith(said) for x in evaluate(flat, depth).brownian_drift
        )
    deep = evaluate(exact([[1, 0, 0], [0, 2, 0]]), INFINITE).brownian_drift
    assert all(x.mid == "nan" and "finite depth only" in x.reason for x in deep)
    named = evaluate(flat, 2, rank=1).brownian_drift
    assert [float(x.mid) for x in named] == [0.5]


# --- the scalar curvature -------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [2, 3, 20, INFINITE])
@pytest.mark.parametrize(
    "values", [(3, 2, 1), (3, 3, 1), (3, 1, 1), (2, 2, 2), (5, 3, 3, 2), (4, 1)]
)
def test_the_scalar_curvature_is_that_of_sympy(depth: Depth, values: tuple[int, ...]) -> None:
    found = evaluate(diagonal(*values), depth, 25).scalar_curvature
    made = symbolic.scalar_curvature(
        sympy.oo if depth == INFINITE else depth, len(values), sigma=values
    )
    with mpmath.workdps(60):
        assert_encloses(found, mpmath.mpf(str(made.evalf(60))), 25)


def test_the_scalar_curvature_where_it_needs_no_ball() -> None:
    assert evaluate(diagonal(3, 2), 1).scalar_curvature == ZERO
    assert evaluate(diagonal(3), INFINITE).scalar_curvature == ZERO
    singular = evaluate(diagonal(3, 0), 2).scalar_curvature
    assert (singular.mid, "singular" in singular.reason) == ("nan", True)
    near = evaluate(exact([[1, 0], [0, "1.0000000000000000000000000001"]]), 2, 30)
    assert near.scalar_curvature.mid.startswith("0.24999999999999")


def test_a_result_is_printed_by_the_names_of_its_fields() -> None:
    result = evaluate(fmpq_mat(2, 2, [0, 0, 0, 3]), 2, 6)
    first, *lines = str(result).splitlines()
    assert first == "depth 2, width 2, rank 1 (exact)"
    told = dict(line.split(maxsplit=1) for line in lines)
    assert told["singular_values[0]"] == "3.000000 +/- 0"
    assert told["scalar_curvature"] == str(result.scalar_curvature)
    assert told["log_volume_density"].startswith("inf: ")
    enclosed = sum(isinstance(x, Enclosure) for x in vars(result).values())
    assert len(told) == enclosed + 4 * 2
    assert all(len(line) < 120 for line in lines)
