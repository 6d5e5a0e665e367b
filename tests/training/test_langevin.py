"""Steps of Langevin's equation: their generator, their bits, where they end, what is refused."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dlnproof import brownian_drift, entropy_gradient, operator
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training import (
    Averages,
    Completion,
    Ending,
    Sensing,
    diffusion,
    langevin,
    load,
    save,
    train,
)
from dlnproof.training.diffusion import Visit
from dlnproof.training.noise import Noise, Walk
from dlnproof.training.walk_euler import Euler
from dlnproof.training.walk_factors import Factors
from dlnproof.training.walk_planar import Planar
from dlnproof.training.walk_power import Power

SQUARE = Completion((2, 2), {(0, 0): 1, (1, 1): -0.5})
WIDE = Completion((1, 2), {(0, 0): 1})
WALKS: tuple[Any, ...] = (Planar, Power, Euler, Factors)


def problem(width: int) -> Completion:
    rng = np.random.default_rng(width)
    return Completion((width, width), {(0, 0): 1.0, (width - 1, 0): float(rng.normal())})


def matrix(width: int, kind: str) -> FloatArray:
    """Return a matrix with det W > 0 or < 0, or with nearly equal singular values."""
    rng = np.random.default_rng(3)
    U, V = (np.linalg.qr(rng.standard_normal((width, width)))[0] for _ in range(2))
    sigma = np.linspace(1.5, 0.6, width) if kind != "near" else 1 + 1e-9 * np.arange(width)
    W: FloatArray = (U * sigma) @ V.T
    if (np.linalg.det(W) < 0) is not (kind == "negative"):
        W = W[::-1].copy()
    return W


def generator_by_steps(of: Any, noise: Noise, W: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return (f(W') - f(W)) / h in the mean, of W and of products of its entries.

    The mean over +-sqrt(k) e_j is that over k normals for polynomials of degree 3: no chance here.
    """
    walk: Walk = of(noise)
    k = walk.normals
    nodes = math.sqrt(k) * np.concatenate([np.eye(k), -np.eye(k)])
    state = walk.start(np.repeat(W[None], len(nodes), axis=0))
    after = walk.matrices(walk.step(state, nodes)[0]).reshape(len(nodes), -1)
    before = W.reshape(-1)
    products = (after[:, :, None] * after[:, None, :]).mean(axis=0) - np.outer(before, before)
    return (after.mean(axis=0) - before) / noise.step, products / noise.step


def generator_by_formulas(
    depth: Depth, W: FloatArray, *, beta: float, kappa: float, vertical: float
) -> tuple[FloatArray, FloatArray]:
    """Return the same of the generator, from the functions of the geometry."""
    width = len(W)
    pulls = vertical * entropy_gradient(W, depth) - beta * problem(width).gradient(W)
    drift = (kappa * brownian_drift(W, depth) + operator(pulls, W, depth)).reshape(-1)
    units = np.eye(width * width).reshape(-1, width, width)
    A = np.asarray(operator(units, np.broadcast_to(W, units.shape), depth)).reshape(len(units), -1)
    flat = W.reshape(-1)
    return drift, np.outer(drift, flat) + np.outer(flat, drift) + 2 * kappa * A


CASES = [
    (of, width, depth, kind)
    for of in WALKS
    for width in ((2,) if of is Planar else (1, 3) if of is Euler else (1, 2, 3))
    for depth in ((1, 2, 3, 6) if of is not Euler else (1, 2, 5, math.inf))
    for kind in ("positive", "negative", "near")
]


@pytest.mark.parametrize(("of", "width", "depth", "kind"), CASES)
def test_a_step_has_the_generator_to_first_order(
    of: Any, width: int, depth: Depth, kind: str
) -> None:
    """For noise and forces together: halving the step halves the error, and it is small."""
    W, force = matrix(width, kind), problem(width).gradient
    expected = generator_by_formulas(depth, W, beta=0.7, kappa=0.5, vertical=1.3)
    errors = []
    for h in (2e-4, 1e-4):
        noise = Noise((width, width), depth, 0.5, 1.3, h, lambda W: 0.7 * force(W))
        found = generator_by_steps(of, noise, W)
        errors.append([np.abs(f - e).max() for f, e in zip(found, expected, strict=True)])
    size = max(np.abs(part).max() for part in expected)
    assert np.max(errors) < 0.02 * size
    for first, second in zip(*errors, strict=True):
        assert second < 1e-9 * size or 1.8 < first / second < 2.2


@pytest.mark.parametrize("of", WALKS)
@pytest.mark.parametrize("what", ["kappa", "vertical", "beta"])
def test_a_step_that_forgets_a_term_has_not(of: Any, what: str) -> None:
    W, given = matrix(2, "positive"), {"beta": 0.7, "kappa": 0.5, "vertical": 1.3}
    expected, _ = generator_by_formulas(3, W, **given)
    wrong = {**given, what: 0.0}
    force = problem(2).gradient
    noise = Noise(
        (2, 2), 3, wrong["kappa"], wrong["vertical"], 1e-4,
        (lambda W: 0.7 * force(W)) if wrong["beta"] else None,
    )  # fmt: skip
    found, _ = generator_by_steps(of, noise, W)
    assert np.abs(found - expected).max() > 0.05 * np.abs(expected).max()


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_two_by_two_is_the_step_of_any_width(depth: int) -> None:
    """Without rotations both are one map; beyond det W = 0 too."""
    rng = np.random.default_rng(1)
    W = rng.standard_normal((40, 2, 2))
    walks: list[Any] = [
        of(Noise((2, 2), depth, 0.5, 1.3, 1e-3, SQUARE.gradient)) for of in (Planar, Power)
    ]
    found = []
    noise = rng.standard_normal((40, 4))
    for walk in walks:
        numbers = np.zeros((40, 6))
        z, w = noise[:, 0] + 1j * noise[:, 1], noise[:, 2] + 1j * noise[:, 3]
        if isinstance(walk, Planar):
            numbers[:, :4] = np.stack([z.real, w.real, z.imag, w.imag], axis=1)
        else:
            entries = [(z + w).real, (w - z).imag, (z + w).imag, (z - w).real]
            numbers[:, :4] = np.stack(entries, axis=1) / math.sqrt(2)
        found.append(walk.matrices(walk.step(walk.start(W), numbers)[0]))
    assert (np.sign(np.linalg.det(W)) == -1).any()
    assert np.abs(found[0] - found[1]).max() < 1e-11


@pytest.mark.parametrize("width", [2, 3])
@pytest.mark.parametrize("engine", ["power", "euler", "factors"])
def test_the_bits_of_a_run_do_not_depend_on_its_batch(engine: str, width: int) -> None:
    W = np.random.default_rng(5).standard_normal((9, width, width))
    how: dict[str, Any] = {"beta": 2.0, "steps": 70, "step": 1e-3, "seed": 3, "engine": engine}
    every = langevin(problem(width), 3, W, **how)
    for k in (0, 4, 8):
        alone = langevin(problem(width), 3, W[k], first_run=k, **how)
        assert (alone.W[0] == every.W[k]).all()
        assert alone.ending[0] == every.ending[k]
    other = langevin(problem(width), 3, W, **{**how, "seed": 4})
    assert not (other.W == every.W).all(axis=(1, 2)).any()


def test_nor_on_how_many_numbers_are_drawn_together(monkeypatch: pytest.MonkeyPatch) -> None:
    W = np.random.default_rng(6).standard_normal((5, 3, 3))
    found = langevin(problem(3), 3, W, steps=70)
    monkeypatch.setattr(diffusion, "_NUMBERS", 200)
    assert (langevin(problem(3), 3, W, steps=70).W == found.W).all()


TRAINED: dict[str, Any] = {
    "depth": 3, "scale": 0.5, "method": "langevin", "beta": 3, "max_steps": 40, "at_time": [0.02],
}  # fmt: skip


def test_processes_chunks_and_what_is_kept_change_no_bit(tmp_path: Path) -> None:
    many = train(SQUARE, runs=600, **TRAINED)
    few = train(SQUARE, runs=300, jobs=2, keep=tmp_path, **TRAINED)
    assert (many.W[:300] == few.W).all()
    assert (many.W_at_time[:300] == few.W_at_time).all()
    seen: list[int] = []
    again = train(SQUARE, runs=300, keep=tmp_path, progress=seen.append, **TRAINED)
    assert (again.W == few.W).all()
    assert sum(seen) == 300
    plain = langevin(
        SQUARE, 3, beta=3, steps=40, runs=100, scale=0.5, at_time=[0.02], first_run=200
    )
    assert (few.W[200:] == plain.W).all()


def test_runs_with_noise_are_stored_and_read(tmp_path: Path) -> None:
    runs = train(SQUARE, runs=3, **TRAINED)
    save(runs, tmp_path / "runs.npz")
    again = load(tmp_path / "runs.npz")
    assert (again.W_at_time == runs.W_at_time).all()
    assert again.settings == runs.settings
    assert (again.ending == Ending.SAMPLED).all()


def test_the_times_kept_are_those_after_the_first_step_not_before() -> None:
    W = np.array([[1.0, 0.2], [0.0, 1.0]])
    visits: list[Visit] = []
    found = langevin(
        SQUARE, 2, W, steps=10, step=0.1, at_time=[0, 0.25, 0.3, 1.0, 1.01], watch=visits.append
    )
    assert [round(v.time, 9) for v in visits] == [round(0.1 * k, 9) for k in range(11)]
    for place, number in enumerate((0, 3, 3, 10)):
        assert (found.W_at_time[0, place] == visits[number].W[0]).all()
    assert np.abs(found.W_at_time[0, 0] - W).max() < 1e-12
    assert np.isnan(found.W_at_time[0, 4]).all()
    assert (found.W[0] == visits[-1].W[0]).all()
    assert found.loss[0] == SQUARE.loss(found.W)[0]


def test_averages_over_time_are_those_of_what_was_seen() -> None:
    visits: list[Visit] = []
    means = Averages({"loss": SQUARE.loss, "one": lambda W: np.ones(len(W))}, after=0.005)
    how: dict[str, Any] = {"runs": 3, "steps": 20, "every": 2}
    langevin(SQUARE, 2, watch=visits.append, **how)
    langevin(SQUARE, 2, watch=means, **how)
    kept = [SQUARE.loss(v.W) for v in visits if v.time > 0.0059]
    assert means.counts.tolist() == [8, 8, 8]
    assert means.means["loss"] == pytest.approx(np.mean(kept, axis=0))
    assert (means.means["one"] == 1).all()
    assert repr(means) == "<averages of loss, one from time 0.005: 3 runs>"


@pytest.mark.parametrize("engine", ["euler", "factors"])
def test_an_engine_that_does_not_cross_stops_and_says_so(engine: str) -> None:
    W = np.broadcast_to(np.diag([1.0, 1e-3]), (20, 2, 2))
    seen: list[Visit] = []
    found = langevin(SQUARE, 2, W, beta=0, steps=50, engine=engine, watch=seen.append)
    stopped = found.ending == Ending.SINGULAR
    assert stopped.sum() > 10
    assert (found.det_sign == 1).all()
    assert (found.steps[stopped] < 50).all()
    assert (found.steps[~stopped] == 50).all()
    last = {int(run): v.W[k] for v in seen for k, run in enumerate(v.runs)}
    assert all((last[k] == found.W[k]).all() for k in range(20) if found.steps[k])


def test_the_power_engine_crosses_in_small_steps() -> None:
    W = np.broadcast_to(np.diag([1.0, 1e-3]), (20, 2, 2))
    seen: list[FloatArray] = []
    found = langevin(SQUARE, 2, W, steps=400, step=1e-4, watch=lambda v: seen.append(v.W))
    assert set(found.det_sign) == {-1, 1}
    assert (found.ending == Ending.SAMPLED).all()
    assert np.abs(np.diff(seen, axis=0)).max() < 0.15


def test_what_leaves_all_bounds_has_diverged() -> None:
    W = np.diag([30.0, 20.0])
    found = langevin(SQUARE, 3, np.stack([W, np.eye(2)]), beta=50.0, step=1e-2, steps=60)
    assert found.ending.tolist() == ["diverged", "sampled"]
    assert np.isfinite(found.W).all()
    assert found.steps[0] < 60


def test_without_noise_it_is_the_flow_in_the_time_beta_t() -> None:
    from dlnproof.training import gradient_flow

    W = np.array([[0.4, 0.1], [-0.2, 0.5]])
    flow = gradient_flow(SQUARE, 3, W, at_time=[1.0]).W_at_time[0, 0]
    gaps = []
    for steps in (200, 400):
        found = langevin(SQUARE, 3, W, beta=2, kappa=0, vertical=0, step=0.5 / steps, steps=steps)
        gaps.append(float(np.abs(found.W[0] - flow).max()))
    assert gaps[1] < 2e-3
    assert 1.8 < gaps[0] / gaps[1] < 2.2


class Energy:
    """A loss that is no completion."""

    shape = (2, 2)

    def loss(self, W: FloatArray) -> FloatArray:
        """Return |W|^4 / 4."""
        return np.asarray((W * W).sum(axis=(-2, -1)) ** 2 / 4)

    def gradient(self, W: FloatArray) -> FloatArray:
        """Return its gradient."""
        return np.asarray((W * W).sum(axis=(-2, -1))[..., None, None] * W)


def test_an_energy_of_ones_own_serves() -> None:
    energy: Any = Energy()
    found = langevin(energy, 2, beta=2, runs=4, steps=5)
    assert found.loss == pytest.approx(energy.loss(found.W))
    sensing = Sensing(np.ones((1, 2, 2)), [1.0])
    assert len(langevin(sensing, 2, runs=2, steps=2)) == 2


class Slopeless:
    """An energy without gradient."""

    shape = (2, 2)

    def loss(self, W: FloatArray) -> FloatArray:
        """Return the sum of entries."""
        return np.asarray(W.sum(axis=(-2, -1)))


class Flat(Energy):
    """One whose gradient has another shape."""

    def gradient(self, W: FloatArray) -> FloatArray:
        """Return a number for each matrix."""
        return self.loss(W)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"problem": Slopeless()}, "problem: got Slopeless, expected one with a loss and a grad"),
        ({"problem": Flat()}, r"problem: got a gradient of shape \(1,\) at W of shape \(1, 2, 2\)"),
        ({"problem": WIDE, "engine": "power"}, "engine: got power with langevin for 1 x 2 matr"),
        ({"problem": WIDE, "engine": "factors"}, "engine: got factors with langevin for 1 x 2 "),
        ({"problem": WIDE, "depth": math.inf}, "depth: got infinity with langevin for 1 x 2 mat"),
        ({"beta": -1}, "beta: got -1, expected a finite number >= 0"),
        ({"kappa": "hot"}, "kappa: got 'hot', expected a finite number >= 0"),
        ({"vertical": -2}, "vertical: got -2, expected a finite number >= 0"),
        ({"step": 0}, "step: got 0, expected a finite number > 0"),
        ({"steps": 0}, "steps: got 0, expected an integer from 1"),
        ({"seed": -1}, "seed: got -1, expected an integer from 0"),
        ({"every": 0}, "every: got 0, expected an integer >= 1"),
        ({"W0": [[1, 2], [2, 4]]}, "W0: got a matrix singular to rounding in run 0"),
        ({"W0": [[0.1, 0.2], [0.3, 0.6]]}, "W0: got a matrix singular to rounding in run 0"),
        ({"W0": np.ones((2, 3))}, r"W0: got shape \(2, 3\), expected \(n, 2, 2\)"),
        ({"depth": math.inf, "engine": "factors"}, "depth: got infinity with the engine factors"),
        ({"engine": "stiff"}, "engine: got 'stiff' with langevin, expected power, euler or fac"),
    ],
)
def test_what_cannot_be_followed_is_refused_in_one_line(given: dict[str, Any], said: str) -> None:
    asked: dict[str, Any] = {"problem": SQUARE, "depth": 2, "runs": 1, "steps": 1, **given}
    with pytest.raises(InputError, match=f"^{said}") as refused:
        langevin(**asked)
    assert "\n" not in str(refused.value)
