"""Laws that are known of Langevin's equation, and samplers that do not have them.

Every law is tested once, with the seed 20 that was chosen before the first run, at the level 1e-4,
shared among what it says. A sampler that lacks a term is beyond it by so much that one like it is
rejected with probability 0.99 at least.
"""

import math
from collections.abc import Callable, Mapping
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from conftest import one_in

from dlnproof import log_ball_volume
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.drift import drift_values
from dlnproof.training import Completion, Ending, Runs, langevin, walk_euler

SEED = 20
LEVEL = 1e-4
POWER = 0.99
FREE = Completion((2, 2), {(0, 0): 0})
"""Of which only the shape matters, where beta = 0."""


def confined(width: int) -> Completion:
    """Return the problem whose loss is |W|^2 / 2."""
    return Completion((width, width), {(i, l): 0 for i in range(width) for l in range(width)})


def critical(count: int) -> float:
    """Return what none of ``count`` standard normal numbers exceeds, but at the level of a law."""
    return -NormalDist().inv_cdf(LEVEL / (2 * count))


def beyond(count: int) -> float:
    """Return where the mean of one of them has to be for a rejection with that power."""
    return critical(count) + NormalDist().inv_cdf(POWER)


def scores(samples: Mapping[str, FloatArray], means: Mapping[str, float]) -> dict[str, float]:
    """Return, in standard errors, how far the means of samples are from what they should be."""
    return {
        name: float((samples[name].mean() - mean) * math.sqrt(len(samples[name])))
        / float(samples[name].std())
        for name, mean in means.items()
    }


def has(found: Mapping[str, float]) -> bool:
    """Whether a law is not rejected."""
    return max(map(abs, found.values())) < critical(len(found))


def lacks(found: Mapping[str, float]) -> bool:
    """Whether a law is rejected, and that with the power asked for."""
    return max(map(abs, found.values())) > beyond(len(found))


# --- singular values do not know the depth --------------------------------------------------------


def roots(runs: Runs) -> FloatArray:
    """Return s_i = N sigma_i^(1/N)."""
    N = int(runs.settings["depth"])
    return np.asarray(N * np.exp(runs.log_singular_values / N))


def statistics(runs: Runs) -> dict[str, FloatArray]:
    """Return sum s_i^2, prod s_i with the sign of det W, and the squares of both."""
    s = roots(runs)
    size, det = (s * s).sum(axis=1), s.prod(axis=1) * runs.det_sign
    return {"size": size, "det": det, "size^2": size**2, "det^2": det**2}


def of_a_walk(s: tuple[float, float], time: float) -> dict[str, float]:
    """Return their means for diag(s) + sqrt(2 time) times a Gaussian 2 x 2 matrix."""
    v, (a, b) = 2 * time, s
    size = a * a + b * b
    return {
        "size": size + 4 * v,
        "det": a * b,
        "size^2": (size + 4 * v) ** 2 + 4 * v * size + 8 * v * v,
        "det^2": (a * a + v) * (b * b + v) + v * v,
    }


def walked(s: tuple[float, float], depth: int, time: float, **how: Any) -> Runs:
    """Return runs from roots s on the diagonal, without energy, for a time."""
    W = np.diag((np.array(s) / depth) ** depth)
    given = {"beta": 0, "vertical": 0, "seed": SEED, **how}
    return langevin(
        FREE, depth, np.broadcast_to(W, (6000, 2, 2)), **given, step=time / how["steps"]
    )


DEPTH, START, TIME = 4, (8.0, 5.0), 0.15
"""In that time det W = 0 is 9 standard deviations away."""


def far(engine: str, **how: Any) -> Runs:
    """Return runs that do not come to det W = 0."""
    return walked(START, DEPTH, TIME, steps=40, engine=engine, **how)


@pytest.mark.parametrize("engine", ["power", "euler", "factors"])
def test_singular_values_walk_as_those_of_a_gaussian_matrix(engine: str) -> None:
    runs = far(engine)
    assert (runs.ending == Ending.SAMPLED).all()
    assert has(scores(statistics(runs), of_a_walk(START, TIME)))


@pytest.mark.parametrize("depth", [1, 2, 3, 8])
def test_for_every_depth_and_beyond_det_0_with_no_flux(depth: int) -> None:
    runs = walked((2.0, 0.5), depth, 1.0, steps=20)
    assert 0.2 < np.mean(runs.det_sign < 0) < 0.5
    assert has(scores(statistics(runs), of_a_walk((2.0, 0.5), 1.0)))


@pytest.mark.parametrize("depth", [2, 5])
def test_of_three_rows_too(depth: int) -> None:
    start, time = (2.5, 1.5, 0.5), 0.6
    W = np.broadcast_to(np.diag((np.array(start) / depth) ** depth), (4000, 3, 3))
    how: dict[str, Any] = {"beta": 0, "vertical": 0, "seed": SEED, "step": time / 10, "steps": 10}
    found = statistics(langevin(confined(3), depth, W, **how))
    size, v = sum(s * s for s in start), 2 * time
    means = {
        "size": size + 9 * v,
        "det": math.prod(start),
        "size^2": (size + 9 * v) ** 2 + 4 * v * size + 18 * v * v,
    }
    assert has(scores(found, means))


ROWS = 5
"""Of rectangular matrices of two columns."""


def tall() -> dict[str, FloatArray]:
    """Return sum s_i^2 and its square at the end, of rectangular matrices."""
    W = np.eye(ROWS, 2) * (np.array(START) / DEPTH) ** DEPTH
    how: dict[str, Any] = {"beta": 0, "vertical": 0, "seed": SEED, "step": TIME / 15, "steps": 15}
    shape = Completion((ROWS, 2), {(0, 0): 0})
    runs = langevin(shape, DEPTH, np.broadcast_to(W, (2500, ROWS, 2)), **how)
    assert runs.settings["engine"] == "euler"
    assert (runs.ending == Ending.SAMPLED).all()
    size = (roots(runs) ** 2).sum(axis=1)
    return {"size": size, "size^2": size**2}


def test_of_rectangular_matrices_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The drift is the same in every shape; without noise along edges it is another law."""
    size, v, entries = sum(s * s for s in START), 2 * TIME, 2 * ROWS
    mean = size + entries * v
    means = {"size": mean, "size^2": mean**2 + 4 * v * size + 2 * entries * v * v}
    assert has(scores(tall(), means))
    monkeypatch.setattr(walk_euler, "edge_eigenvalues", lambda sigma, q: 0 * sigma)
    assert lacks(scores(tall(), means))


def test_of_one_layer_it_is_the_gaussian_walk_itself() -> None:
    """Entry by entry, with what was drawn."""
    shape = Completion((2, 3), {(0, 0): 0})
    W = np.random.default_rng(0).standard_normal((500, 2, 3))
    runs = langevin(shape, 1, W, beta=0, kappa=0.5, seed=SEED, step=0.02, steps=50)
    gone = (runs.W - W).reshape(-1)
    found = {"mean": gone, "square": gone**2}
    assert has(scores(found, {"mean": 0.0, "square": 1.0}))


def deep() -> dict[str, FloatArray]:
    """Return log |det W| and its square at infinite depth, after the time 0.1."""
    W = np.broadcast_to([[1.5, 0.2], [-0.1, 0.9]], (6000, 2, 2))
    how: dict[str, Any] = {"beta": 0, "vertical": 0, "seed": SEED, "step": 0.0025, "steps": 40}
    logs = langevin(FREE, math.inf, W, **how).log_singular_values.sum(axis=1)
    return {"log det": logs, "log det^2": logs**2}


def test_at_infinite_depth_log_det_is_a_brownian_motion(monkeypatch: pytest.MonkeyPatch) -> None:
    mean = math.log(1.5 * 0.9 + 0.02)
    law = {"log det": mean, "log det^2": mean**2 + 2 * 2 * 0.1}
    assert has(scores(deep(), law))
    monkeypatch.setattr(walk_euler, "drift_values", lambda sigma, q: 0 * sigma)
    assert lacks(scores(deep(), law))


def test_without_the_drift_they_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk_euler, "drift_values", lambda sigma, q: 0 * sigma)
    assert lacks(scores(statistics(far("euler")), of_a_walk(START, TIME)))


def test_with_the_drift_of_another_depth_they_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    right = drift_values
    monkeypatch.setattr(walk_euler, "drift_values", lambda sigma, q: right(sigma, 2 * q))
    assert lacks(scores(statistics(far("euler")), of_a_walk(START, TIME)))


# --- the entropy is what noise along the orbits does ----------------------------------------------


@pytest.mark.parametrize("engine", one_in(3, ["power", "euler", "factors"], first=2))
def test_noise_along_orbits_moves_the_size_by_the_degree_of_their_volume(engine: str) -> None:
    """S = log vol(O_W) is homogeneous: the mean of sum s_i^2 grows by (N-1) d (d-1) a time."""
    grown = TIME * (2 * 0.5 * 4 + 1.5 * 2 * (DEPTH - 1))
    size = {"size": sum(s * s for s in START) + grown}
    runs = far(engine, kappa=0.5, vertical=1.5)
    assert (runs.ending == Ending.SAMPLED).all()
    assert has(scores(statistics(runs), size))
    wrong = {"power": 3.0, "euler": 3.0, "factors": 0.0}[engine]
    assert lacks(scores(statistics(far(engine, kappa=0.5, vertical=wrong)), size))


# --- the volumes of balls -------------------------------------------------------------------------


def in_balls(radii: FloatArray, depth: int, time: float) -> FloatArray:
    """Return the shares of balls {sum sigma_i^(2/N) <= rho^2} of a walk from 0.

    Its density is exp(-N^2 rho^2 / 4t) beside the volume, on both sides of det W = 0.
    """
    rho = np.linspace(0, 12 * math.sqrt(time) / depth, 4001)[1:]
    volumes = np.exp([log_ball_volume(2, depth, float(x)) for x in rho])
    shells = np.diff(volumes, prepend=0.0)
    middle = rho - rho[0] / 2
    mass = np.cumsum(shells * np.exp(-((depth * middle) ** 2) / (4 * time)))
    return np.asarray(np.interp(radii, rho, mass / mass[-1]))


@pytest.mark.parametrize("depth", [2, 3])
def test_from_zero_the_walk_fills_balls_by_their_volume(depth: int) -> None:
    runs = walked((1e-4, 1e-4), depth, 1.0, steps=20)
    reach = np.sqrt((np.exp(2 / depth * runs.log_singular_values)).sum(axis=1))
    radii = np.array([1.2, 2.0, 2.6, 3.4]) / depth
    inside = {str(rho): (reach <= rho).astype(float) for rho in radii}
    shares = dict(zip(inside, map(float, in_balls(radii, depth, 1.0)), strict=True))
    assert has(scores(inside, shares))
    other = dict(zip(inside, map(float, in_balls(radii, depth, 1.2)), strict=True))
    assert lacks(scores(inside, other))


# --- stationary densities -------------------------------------------------------------------------


def stationary(
    of: Callable[[FloatArray], Any], depth: int, *, beta: float, kappa: float, vertical: float
) -> FloatArray:
    """Return the means of functions of (s_1, s_2) under exp(-beta E / kappa) vol^(v/kappa) dvol.

    E = |W|^2 / 2, and dvol_g is (s_1^2 - s_2^2) ds_1 ds_2 for every depth: Theorem 1.1 in roots.
    """
    nodes, weights = np.polynomial.legendre.leggauss(120)
    r = 2.5 * depth * (nodes + 1)
    angle = math.pi / 8 * (nodes + 1)
    s = r[:, None, None] * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    sigma = (s / depth) ** depth
    energy = (sigma**2).sum(axis=-1) / 2
    with np.errstate(divide="ignore"):
        entropy = np.log(sigma[..., 0] ** 2 - sigma[..., 1] ** 2) / 2
        entropy -= np.log(s[..., 0] ** 2 - s[..., 1] ** 2) / 2
    density = np.exp(vertical / kappa * entropy - beta / kappa * energy)
    mass = density * (s[..., 0] ** 2 - s[..., 1] ** 2) * r[:, None] * np.outer(weights, weights)
    return np.array([(value * mass).sum() / mass.sum() for value in of(s)])


def looked_at(s: FloatArray) -> list[Any]:
    """Return the nearer and the farther of both values, and their ratio."""
    return [s[..., 0], s[..., 1], s[..., 1] / s[..., 0]]


def settled(depth: int, **how: Any) -> dict[str, FloatArray]:
    """Return these of runs that have forgotten their start."""
    given: dict[str, Any] = {"runs": 4000, "seed": SEED, "scale": 0.3, "step": 0.01, "steps": 600}
    runs = langevin(confined(2), depth, **given, **how)
    return dict(zip("abc", looked_at(roots(runs)), strict=True))


@pytest.mark.parametrize(
    ("depth", "how"),
    [
        (2, {"beta": 8, "kappa": 1, "vertical": 1}),
        (3, {"beta": 8, "kappa": 0.5, "vertical": 1}),
        pytest.param(4, {"beta": 8, "kappa": 1, "vertical": 0}, marks=pytest.mark.long),
    ],
)
def test_where_the_energy_confines_the_law_becomes_gibbs(depth: int, how: dict[str, float]) -> None:
    found = settled(depth, **how)
    means = stationary(looked_at, depth, **how)
    assert has(scores(found, dict(zip("abc", map(float, means), strict=True))))
    for name in ("vertical", "kappa"):
        wrong = {**how, name: how[name] + 1}
        means = stationary(looked_at, depth, **wrong)
        assert lacks(scores(found, dict(zip("abc", map(float, means), strict=True))))
