"""The gradient flow of the end-to-end matrix: references, laws, endings and bad input."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from conftest import one_in
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from dlnproof import balanced_factors, operator, product
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.completion import Completion
from dlnproof.training.flow import AcceptedStep, gradient_flow
from dlnproof.training.runs import ARRAYS, Runs

NORM = Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0})
DIAGONAL = Completion((2, 2), {(0, 0): 1, (1, 1): 1})
DIAGONAL3 = Completion((3, 3), {(i, i): 1 for i in range(3)})
FULL = Completion((2, 2), {(0, 0): 1, (0, 1): 0.3, (1, 0): 0.2, (1, 1): -1.5})
DEPTHS: list[Depth] = [2, 3, 4, 10, math.inf]


def gaussian(n: int, d: int, scale: float, det_sign: int = 0) -> FloatArray:
    W = scale * np.random.default_rng(d).standard_normal((n, d, d))
    if det_sign:
        W[np.sign(np.linalg.det(W)) != det_sign, 0] *= -1
    return W


def reference(
    problem: Completion, N: Depth, W0: FloatArray, time: float, method: str = "DOP853"
) -> FloatArray:
    """Integrate in entries: the factors' flow, or the operator's at infinite depth and by Radau."""
    d, rtol = len(W0), 1e-11 if method == "DOP853" else 1e-8
    end_to_end = math.isinf(N) or method == "Radau"
    if end_to_end:

        def velocity(t: float, y: FloatArray) -> FloatArray:
            W = y.reshape(d, d)
            return np.asarray(-operator(problem.gradient(W), W, N).ravel())

        y0 = W0
    else:
        y0 = balanced_factors(W0, N)

        def velocity(t: float, y: FloatArray) -> FloatArray:
            factors = y.reshape(int(N), d, d)
            before = [np.eye(d)]  # W_{j-1} .. W_1
            for factor in factors:
                before.append(factor @ before[-1])
            G = problem.gradient(before.pop())
            slopes = np.empty_like(factors)
            for j in reversed(range(int(N))):  # dl/dW_j = (W_N .. W_{j+1})^T G (W_{j-1} .. W_1)^T
                slopes[j] = -G @ before[j].T / int(N)
                G = factors[j].T @ G
            return slopes.ravel()

    solution = solve_ivp(velocity, (0, time), y0.ravel(), method=method, rtol=rtol, atol=rtol / 100)
    end = solution.y[:, -1]
    return np.asarray(end.reshape(d, d) if end_to_end else product(end.reshape(int(N), d, d)))


@pytest.mark.parametrize("N", one_in(3, [2, 3, 5, math.inf]))
@pytest.mark.parametrize("det_sign", [-1, 1])
@pytest.mark.parametrize(
    ("problem", "stop_loss"), [(NORM, 1e-2), (DIAGONAL, 1e-8), (DIAGONAL3, 1e-8)]
)
def test_against_an_independent_integrator(
    problem: Completion, stop_loss: float, det_sign: int, N: Depth
) -> None:
    [W0] = gaussian(1, problem.shape[0], 0.5, det_sign)
    runs = gradient_flow(problem, N, W0, stop_loss=stop_loss, rtol=1e-9)
    assert list(runs.ending) == ["reached"]
    assert runs.loss[0] == pytest.approx(stop_loss, rel=1e-8)
    assert list(runs.det_sign) == [det_sign]
    expected = reference(problem, N, W0, float(runs.time[0]))
    np.testing.assert_allclose(runs.W[0], expected, atol=2e-8)
    sigma = np.linalg.svd(expected, compute_uv=False)
    np.testing.assert_allclose(np.exp(runs.log_singular_values[0]), sigma, atol=2e-8)
    held = sigma > 1e-3  # the reference's entries do not hold what is much smaller
    np.testing.assert_allclose(runs.log_singular_values[0, held], np.log(sigma[held]), atol=1e-6)


@pytest.mark.parametrize("N", [3, math.inf])
def test_against_a_stiff_integrator(N: Depth) -> None:
    """From a small start: long near the saddle at zero, then fast."""
    [W0] = gaussian(1, 2, 0.1)
    runs = gradient_flow(DIAGONAL, N, W0, stop_loss=1e-4, rtol=1e-9)
    expected = reference(DIAGONAL, N, W0, float(runs.time[0]), "Radau")
    np.testing.assert_allclose(runs.W[0], expected, atol=2e-7)


def test_tolerance_is_what_the_result_keeps() -> None:
    W0, depths = gaussian(10, 3, 0.1), DEPTHS * 2
    exact = gradient_flow(DIAGONAL3, depths, W0, rtol=1e-10).W
    errors = [
        abs(gradient_flow(DIAGONAL3, depths, W0, rtol=rtol).W - exact).max()
        for rtol in (1e-5, 1e-7, 1e-9)
    ]
    assert errors[0] < 1e-3
    assert errors[1] < 1e-5
    assert errors[2] < 1e-7


def test_orthogonal_covariance_and_transposition() -> None:
    """W -> P W Q^T maps solutions to solutions when P and Q permute and flip rows and columns."""
    W0 = gaussian(5, 3, 0.3)
    problem = Completion((3, 3), {(0, 0): 1, (0, 2): 0.5, (1, 1): -0.7, (2, 0): 0.2})
    P, Q = np.eye(3)[[2, 0, 1]] * [1, -1, 1], np.eye(3)[[1, 0, 2]] * [-1, 1, -1]

    def mapped(move: Callable[[FloatArray], FloatArray]) -> None:
        B, mask = np.zeros((3, 3)), np.zeros((3, 3))
        B[problem.indices], mask[problem.indices] = problem.values, 1
        entries = np.argwhere(move(mask) != 0)
        values = {(int(i), int(j)): float(move(B)[i, j]) for i, j in entries}
        other = gradient_flow(
            Completion((3, 3), values), DEPTHS, np.array([move(W) for W in W0]), rtol=1e-8
        )
        for W, image in zip(ours.W, other.W, strict=True):
            np.testing.assert_allclose(move(W), image, atol=1e-6)
        np.testing.assert_allclose(ours.time, other.time, rtol=1e-4)

    ours = gradient_flow(problem, DEPTHS, W0, rtol=1e-8)
    mapped(lambda W: P @ W @ Q.T)
    mapped(lambda W: W.T)


class Path:
    """Every accepted step of every run."""

    def __init__(self) -> None:
        self.steps: list[AcceptedStep] = []

    def __call__(self, step: AcceptedStep) -> None:
        self.steps.append(step)

    def of(self, run: int) -> dict[str, FloatArray]:
        names = ("time", "loss", "W", "log_sigma", "det_sign")
        rows = [(step, step.runs == run) for step in self.steps if run in step.runs]
        return {name: np.concatenate([getattr(s, name)[at] for s, at in rows]) for name in names}


def test_the_loss_falls_and_the_determinant_keeps_its_sign_and_law() -> None:
    """d log |det W| / dt = -sum_r sigma_r^{1 - 2/N} <G, u_r v_r^T>, by differences."""
    W0, path = gaussian(5, 2, 0.3), Path()
    runs = gradient_flow(DIAGONAL, DEPTHS, W0, stop_loss=1e-3, rtol=1e-10, on_step=path)
    for run, N in enumerate(DEPTHS):
        steps = path.of(run)
        assert (np.diff(steps["loss"]) < 0).all()
        assert (steps["det_sign"] == np.sign(np.linalg.det(W0[run]))).all()
        assert (np.sign(np.linalg.det(steps["W"])) == steps["det_sign"]).all()
        U, sigma, Vt = np.linalg.svd(steps["W"])
        M = np.einsum("nir,nij,nrj->nr", U, DIAGONAL.gradient(steps["W"]), Vt)
        law = -(sigma ** (1 - 2 / N) * M).sum(axis=1)
        slope = np.gradient(steps["log_sigma"].sum(axis=1), steps["time"], edge_order=2)
        np.testing.assert_allclose(slope[5:-5], law[5:-5], rtol=0.02, atol=1e-3)
        assert runs.time[run] <= steps["time"][-1]


def test_the_loss_falls_whatever_the_tolerance() -> None:
    path = Path()
    gradient_flow(NORM, DEPTHS * 4, gaussian(20, 2, 1.0), stop_loss=1e-4, rtol=0.9, on_step=path)
    for run in range(20):
        loss = path.of(run)["loss"]
        assert (np.diff(loss) < 0).all()


@pytest.mark.parametrize("scale", [1e-2, 1.0])
def test_the_bound_of_norm_divergence_holds_at_every_step(scale: float) -> None:
    """det W > 0 and rho = sqrt(2 l) < 1: |w11| >= (1 - rho)^2 / rho and sigma_2 <= rho (RC2020)."""
    path = Path()
    runs = gradient_flow(NORM, DEPTHS, gaussian(5, 2, scale, 1), stop_loss=1e-6, on_step=path)
    assert set(runs.ending) == {"reached"}
    seen = 0
    for run in range(5):
        steps = path.of(run)
        rho = np.sqrt(2 * steps["loss"])
        bound = rho < 1
        w11, sigma_2 = abs(steps["W"][bound, 0, 0]), np.exp(steps["log_sigma"][bound, 1])
        rho = rho[bound]
        assert (w11 >= (1 - rho) ** 2 / rho * (1 - 1e-12)).all()
        assert (sigma_2 <= rho).all()
        seen += len(rho)
    assert seen > 1000
    assert runs.log_singular_values[0, 1] < -10_000  # depth 2: far below float64, and kept
    assert (runs.effective_rank < 1.01).all()


def test_the_other_sign_stays_bounded() -> None:
    runs = gradient_flow(NORM, DEPTHS, gaussian(5, 2, 0.1, -1), stop_loss=1e-12)
    assert set(runs.ending) == {"reached"}
    assert abs(runs.W).max() < 3


def test_levels() -> None:
    W0 = gaussian(6, 2, 0.1)
    W0[5] = [[1.0, 0.3], [0.2, 1.01]]  # its loss is below the first two levels
    levels = [1e-1, 1e-2, 1e-5, 1e-9, 1e-14]
    runs = gradient_flow(DIAGONAL, [*DEPTHS, 2], W0, at_loss=levels, stop_loss=1e-12)
    assert runs.levels == tuple(levels)
    assert runs.W_at.shape == (6, 5, 2, 2)
    np.testing.assert_allclose(
        DIAGONAL.loss(runs.W_at[:5, :4]), np.tile(levels[:4], (5, 1)), rtol=1e-6
    )
    assert np.isnan(runs.W_at[:, 4]).all()  # beyond the stop loss
    assert np.isnan(runs.W_at[5, :2]).all()
    assert not np.isnan(runs.W_at[5, 2:4]).any()
    for k, level in enumerate(levels[:3]):  # a level is where a run to it ends
        ends = gradient_flow(DIAGONAL, DEPTHS, W0[:5], stop_loss=level)
        np.testing.assert_array_equal(ends.W, runs.W_at[:5, k])


def test_w_at_a_time_is_where_the_flow_is_then() -> None:
    W0 = gaussian(6, 2, 0.3)
    depths, h = [*DEPTHS, 1], 1e-4
    times = [0.0, 0.3, *(1 + k * h for k in (-1, 0, 1)), 3.0, 1e6]
    runs = gradient_flow(DIAGONAL, depths, W0, at_time=times, stop_loss=1e-9)
    assert (runs.times, runs.W_at_time.shape) == (tuple(times), (6, 7, 2, 2))
    np.testing.assert_array_equal(runs.W_at_time[:, 0], W0)
    assert np.isnan(runs.W_at_time[:, -1]).all()  # all have ended
    known = runs.W_at_time[:, :-1]
    tight = gradient_flow(DIAGONAL, depths, W0, at_time=times, stop_loss=1e-9, rtol=1e-11)
    np.testing.assert_allclose(known, tight.W_at_time[:, :-1], atol=1e-6)
    before, there, after = (tight.W_at_time[:, k] for k in (2, 3, 4))
    slope = (after - before) / (2 * h)
    for run, depth in enumerate(depths):
        velocity = -operator(DIAGONAL.gradient(there[run]), there[run], depth)
        np.testing.assert_allclose(slope[run], velocity, atol=1e-6)


def test_w_at_the_time_of_the_end_is_the_end_and_then_nothing() -> None:
    W0 = gaussian(4, 2, 0.3)
    depths = [1, 2, 3, math.inf]
    ends = gradient_flow(DIAGONAL, depths, W0, stop_loss=1e-4)
    assert ends.reached.all()
    times = [t for end in ends.time for t in (end * (1 - 1e-9), end * (1 + 1e-9))]
    runs = gradient_flow(DIAGONAL, depths, W0, stop_loss=1e-4, at_time=times)
    for run, end in enumerate(ends.time):
        at = [runs.times.index(t) for t in (end * (1 - 1e-9), end * (1 + 1e-9))]
        np.testing.assert_allclose(runs.W_at_time[run, at[0]], runs.W[run], atol=1e-7)
        assert np.isnan(runs.W_at_time[run, at[1]]).all()


def bits(runs: Runs, where: Any) -> list[bytes]:
    return [np.ascontiguousarray(getattr(runs, name)[where]).tobytes() for name in ARRAYS]


@pytest.mark.parametrize(
    ("problem", "n"), [(NORM, 40), (DIAGONAL3, 40), (Completion((4, 4), {(0, 0): 1, (1, 3): 2}), 7)]
)
def test_a_run_does_not_depend_on_its_batch(problem: Completion, n: int) -> None:
    W0 = gaussian(n, problem.shape[0], 0.3)
    depths = [DEPTHS[k % 5] for k in range(n)]
    options: dict[str, Any] = {"stop_loss": 1e-3, "at_loss": [1e-1, 1e-2], "at_time": [1.0, 5.0]}
    together = gradient_flow(problem, depths, W0, **options)
    for part in ([0], [n - 1, 3], list(range(1, 7))):
        alone = gradient_flow(problem, [depths[k] for k in part], W0[part], **options)
        assert bits(alone, slice(None)) == bits(together, part)


def test_small_and_large_starts() -> None:
    for scale in (1e-20, 1e-6, 1e6):
        N = 2 if scale < 1e-6 else math.inf
        runs = gradient_flow(DIAGONAL, N, gaussian(5, 2, scale), stop_loss=1e-20)
        assert set(runs.ending) == {"reached"}
        np.testing.assert_allclose(runs.loss, 1e-20, rtol=1e-4)


def test_a_determinant_of_the_wrong_sign_ends_stationary() -> None:
    """The nearest matrix of rank one is what is left: half the squared second singular value."""
    runs = gradient_flow(FULL, DEPTHS, gaussian(5, 2, 0.5, 1))
    B = np.array([[1, 0.3], [0.2, -1.5]])
    assert set(runs.ending) == {"stationary"}
    least = np.linalg.svd(B, compute_uv=False)[1] ** 2 / 2
    np.testing.assert_allclose(runs.loss, least, rtol=1e-9)
    right = gradient_flow(FULL, DEPTHS, gaussian(5, 2, 0.5, -1))
    assert set(right.ending) == {"reached"}
    np.testing.assert_allclose(right.W, np.tile(B, (5, 1, 1)), atol=2e-6)


def test_one_number() -> None:
    """d = 1: w never changes its sign, and w' = -w^{2 - 2/N} (w - b) is solved by quadrature."""
    problem = Completion((1, 1), {(0, 0): 1})
    runs = gradient_flow(problem, [2, 3, math.inf], 0.1 * np.ones((3, 1, 1)), stop_loss=0.005)
    w = np.exp(np.linspace(np.log(0.1), np.log(0.9), 200_001))
    for N, time in zip([2, 3, math.inf], runs.time, strict=True):
        integrand = 1 / (w ** (2 - 2 / N) * (1 - w))
        assert time == pytest.approx(np.trapezoid(integrand, w), rel=1e-6)
    stuck = gradient_flow(problem, DEPTHS, -np.ones((5, 1, 1)))
    assert set(stuck.ending) == {"stationary"}
    np.testing.assert_allclose(stuck.loss, 0.5, rtol=1e-10)


@pytest.mark.parametrize("problem", [FULL, NORM, DIAGONAL])
def test_coincident_singular_values(problem: Completion) -> None:
    """W0 = c I and c times a rotation are what nearby starts tend to."""
    turn = np.array([[0.8, -0.6], [0.6, 0.8]])
    exact = np.array([c * W for c in (1e-3, 3) for W in (np.eye(2), turn) for _ in "23i"])
    depths = [2, 3, math.inf] * 4
    near = exact * (1 + 1e-9 * gaussian(12, 2, 1))
    runs = gradient_flow(problem, depths, exact, stop_loss=1e-2)
    close = gradient_flow(problem, depths, near, stop_loss=1e-2)
    assert list(runs.ending) == list(close.ending)
    np.testing.assert_allclose(runs.W, close.W, atol=1e-4)
    assert runs.steps.max() < 500


def test_imprecise_where_rounding_hides_the_residuals() -> None:
    runs = gradient_flow(DIAGONAL, DEPTHS, gaussian(5, 2, 0.5), stop_loss=1e-30)
    assert set(runs.ending) == {"imprecise"}
    assert (runs.loss < 1e-22).all()
    assert (runs.loss > 1e-26).all()  # |residuals| > 100 times their rounding, 2^-49 times 3


def test_imprecise_at_the_scale_of_the_observations() -> None:
    """W = 1e8 hides residuals of 1e-6: the runs end, and soon, instead of fighting rounding."""
    problem = Completion((2, 2), {(0, 0): 1e8, (1, 1): 1e-8})
    runs = gradient_flow(problem, DEPTHS, gaussian(5, 2, 1.0))
    assert set(runs.ending) == {"imprecise"}
    assert runs.steps.max() < 1000
    assert (runs.loss < 1e-6).all()


def test_unfinished_after_the_steps_allowed() -> None:
    runs = gradient_flow(DIAGONAL, DEPTHS, gaussian(5, 2, 0.5), max_steps=7)
    assert set(runs.ending) == {"unfinished"}
    assert list(runs.steps) == [7] * 5
    assert (runs.time > 0).all()
    np.testing.assert_allclose(DIAGONAL.loss(runs.W), runs.loss)


def test_a_run_that_starts_below_stays() -> None:
    W0 = np.array([[1.0, 0.3], [0.2, 1.0]])
    runs = gradient_flow(DIAGONAL, 3, W0)
    assert (list(runs.ending), list(runs.steps), list(runs.time)) == (["reached"], [0], [0.0])
    np.testing.assert_array_equal(runs.W[0], W0)


def test_depth_one_is_the_closed_form() -> None:
    W0, path = np.array([[[0.5, 2.0], [3.0, 0.1]], [[0.0, 0.0], [0.0, 0.0]]]), Path()
    runs = gradient_flow(DIAGONAL, 1, W0, stop_loss=1e-6, at_loss=[10, 1e-2, 1e-7], on_step=path)
    start = DIAGONAL.loss(W0)
    np.testing.assert_allclose(runs.time, np.log(start / 1e-6) / 2)
    decayed = np.exp(-runs.time)[:, None] * (W0[:, [0, 1], [0, 1]] - 1) + 1
    np.testing.assert_allclose(runs.W[:, [0, 1], [0, 1]], decayed)
    np.testing.assert_array_equal(runs.W[:, 0, 1], W0[:, 0, 1])
    np.testing.assert_allclose(DIAGONAL.loss(runs.W_at[:, 1]), 1e-2)
    assert np.isnan(runs.W_at[:, [0, 2]]).all()
    assert list(runs.det_sign) == [-1, 1]
    assert len(path.steps) == 1
    mixed = gradient_flow(DIAGONAL, [1, 2], [W0[0], W0[0]], stop_loss=1e-6)
    np.testing.assert_array_equal(mixed.W[0], runs.W[0])
    assert mixed.settings["depth"] == [1, 2]
    deep = gradient_flow(DIAGONAL, 1, W0, stop_loss=1e-40)
    assert set(deep.ending) == {"imprecise"}


def test_the_sign_of_the_determinant_is_depth_ones_to_lose() -> None:
    W0 = np.diag([-0.1, 0.1])
    assert list(gradient_flow(DIAGONAL, [1, 2], [W0, W0]).det_sign) == [1, -1]


def test_settings_are_plain_and_repeat_the_run() -> None:
    W0 = gaussian(2, 2, 0.1)
    runs = gradient_flow(DIAGONAL, math.inf, W0, at_loss=[0.1])
    assert runs.settings == {
        "method": "flow",
        "depth": "inf",
        "stop_loss": 1e-12,
        "at_loss": [0.1],
        "at_time": [],
        "rtol": 1e-7,
        "engine": "stiff",
        "max_steps": 20_000,
    }


I2 = np.eye(2)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"problem": Completion((2, 3), {(0, 0): 1})}, r"W0: got .*, expected \(n, 2, 3\)"),
        ({"W0": [I2, 0 * I2]}, "W0: got a matrix singular to rounding in run 1 "),
        ({"W0": [[1, 2], [2, 4]]}, "W0: got a matrix singular to rounding in run 0 "),
        ({"W0": [[1, math.nan], [2, 4]]}, "W0: got nan at index \\(0, 1\\)"),
        ({"W0": 1e200 * np.eye(2)}, "loss of W0: got a result beyond float64"),
        ({"W0": np.eye(3)}, "W0: got shape \\(3, 3\\)"),
        ({"W0": np.empty((0, 2, 2))}, "W0: got shape \\(0, 2, 2\\)"),
        ({"depth": 0}, "depth: got 0"),
        ({"depth": 2.0}, "depth: got 2.0"),
        ({"depth": 10**400}, "depth: got one above 9223372036854775807"),
        ({"problem": None}, "problem: got NoneType with the flow, expected a Completion or"),
        ({"depth": [2, 3]}, "depth: got 2 depths, expected one, or one a run: 1"),
        ({"at_loss": [1e-3, 1e-2]}, "at_loss: got .*decreasing"),
        ({"at_loss": [1e-3, 1e-3]}, "at_loss: got .*decreasing"),
        ({"at_loss": [0.0]}, "at_loss: got 0.0"),
        ({"stop_loss": -1}, "stop_loss: got -1"),
        ({"rtol": 1}, "rtol: got 1"),
        ({"max_steps": 0}, "max_steps: got 0"),
        ({"max_steps": True}, "max_steps: got True"),
    ],
)
def test_bad_input_is_one_clear_line(change: dict[str, Any], line: str) -> None:
    given: dict[str, Any] = {"problem": DIAGONAL, "depth": 2, "W0": [I2]}
    with pytest.raises(InputError, match=f"^{line}") as error:
        gradient_flow(**(given | change))
    assert "\n" not in str(error.value)
