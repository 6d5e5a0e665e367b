"""Riemannian Langevin dynamics of W: gradient flow with the noise of its metric, and of orbits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.depth import INFINITE, Depth, show_depth
from dlnproof.errors import InputError
from dlnproof.limits import SEED, STEPS, TRAINED_RUNS, whole
from dlnproof.numeric.floats.arrays import FloatArray, in_range
from dlnproof.training import engines
from dlnproof.training.flow_input import checked_matrices, refuse_lower_rank
from dlnproof.training.initial import gaussian_matrices
from dlnproof.training.noise import Noise, Walk
from dlnproof.training.problem import Problem
from dlnproof.training.runs import Ending, Runs
from dlnproof.training.settings import MAX_STEPS, NOISE, check_problem, checked
from dlnproof.training.spectra import determinant, log_singular_values
from dlnproof.training.spectral_point import spectrum
from dlnproof.training.walk_euler import Euler
from dlnproof.training.walk_factors import Factors
from dlnproof.training.walk_planar import Planar
from dlnproof.training.walk_power import Power

_AT_ONCE: Final = 2**14
"""Entries of matrices that are moved together: they stay in a cache."""
_DRAWN: Final = 64
_NUMBERS: Final = 2**22
"""So many steps have their random numbers drawn together, fewer where these are more than that."""


@dataclass(frozen=True)
class Visit:
    """Where some runs are at a time: what ``watch`` is called with.

    ``runs``: (m,), which of the batch; ``W``: (m, d, d). A run that has ended is not among them.
    """

    runs: NDArray[np.int64]
    time: float
    W: FloatArray


@np.errstate(all="ignore")  # what overflows has diverged, and is said to have
def langevin(
    problem: Problem,
    depth: Depth,
    W0: Any = None,
    *,
    beta: float = NOISE["beta"],
    kappa: float = NOISE["kappa"],
    vertical: float = NOISE["vertical"],
    step: float = NOISE["step"],
    steps: int = MAX_STEPS["langevin"],
    runs: int = TRAINED_RUNS.usual,
    seed: int = SEED.usual,
    scale: float = 1.0,
    at_time: Iterable[float] = (),
    engine: str | None = None,
    watch: Callable[[Visit], None] | None = None,
    every: int = 1,
    first_run: int = 0,
) -> Runs:
    """Follow dW = [kappa b + vertical A(grad S) - beta A(grad E)] dt + sqrt(2 kappa) A^{1/2} dB.

    A = A_{N,W} ("mean"), E the loss of ``problem`` (anything with ``shape`` (d, d'), ``loss`` and
    ``gradient``), S = log vol(O_W), b = :func:`dlnproof.brownian_drift`:
    the generator is kappa Delta_g + vertical <grad S, grad> - beta <grad E, grad>. Upstairs, on
    balanced factors, that is noise sqrt(2 kappa / N) across the orbits O_W and
    sqrt(2 vertical / N) along them. Its reversible density is
    exp(-beta E / kappa) vol(O_W)^{vertical / kappa} dvol_g, which need not be finite. With
    ``beta`` -> infinity, in the time beta t, it is the gradient flow. kappa = 0 is a flow without
    noise, vertical = 0 has no entropy. At infinite depth S is the limit of its differences.

    Rectangular W, of full rank, have a finite depth and hidden layers of min(d, d').

    It starts from W0, (n, d, d') or (d, d'), or from ``runs`` matrices of ``scale`` times standard
    Gaussian entries, of full rank where N >= 2, and takes ``steps`` steps of the time ``step``.
    All engines are of weak order 1 in ``step``:

    - "power", by default at finite depth: in R = N U Sigma^{1/N} V^T, through det W = 0 with no
      flux there: R crosses det R = 0 as it crosses any other surface. Without energy and entropy
      the singular values of R have the law of those of a Gaussian matrix walk for every ``step``.
      2 x 2 matrices need no decomposition.
    - "euler", by default at infinite depth, and the only one of rectangular W: the equation as it
      stands, by Euler's method.
    - "factors": upstairs, with no formula for b or grad S: W' is a product of moved factors.

    The last two stop where a step would cross det W = 0 (N >= 2, square W), and the run ends
    SINGULAR, with the state before; a run whose W leaves all bounds ends DIVERGED; all others end
    SAMPLED. There is no loss at which a run ends. ``at_time``: times at which W is kept, after the
    first step that is not before; NaN after a run's end. ``watch`` is called with a :class:`Visit`
    of some runs at the start and after every ``every`` steps, and nothing is kept:
    :class:`Averages` is one.

    Run k draws from ``seed`` and ``first_run`` + k alone: its bits do not depend on the batch it is
    in. :func:`~dlnproof.training.train` with ``method="langevin"`` shares runs out to processes,
    shows progress and goes on from what is finished.
    Raises :class:`~dlnproof.errors.InputError`. Source: MY2025; M2024; the process, not its law, is
    what is computed.

    >>> from dlnproof.training import Completion
    >>> problem = Completion((2, 2), {(0, 0): 1, (1, 1): 1})
    >>> found = langevin(problem, 3, beta=10, runs=2, steps=100)
    >>> [str(ending) for ending in found.ending], found.time.round(9).tolist()
    (['sampled', 'sampled'], [0.1, 0.1])
    """
    check_problem(problem)
    N = checked("depth", depth)
    given = {"beta": beta, "kappa": kappa, "vertical": vertical, "step": step}
    how = {name: checked(name, value) for name, value in given.items()}
    count, most = whole("every", every, 1), whole("steps", steps, STEPS.least, STEPS.most)
    seed, first = checked("seed", seed), whole("first_run", first_run, 0)
    times: tuple[float, ...] = checked("at_time", at_time)
    if W0 is None:
        drawn = gaussian_matrices(
            problem.shape, [first, checked("runs", runs)], checked("scale", scale), seed
        )
        [_, W0] = drawn
    W0 = checked_matrices(problem, W0)
    engine = engines.of_langevin(W0.shape[1:], N != INFINITE, engine)
    engines.check_noisy_depth(N, engine)
    refuse_lower_rank(spectrum(W0)[0], W0.shape, min(W0.shape[1:]), np.full(len(W0), float(N)))
    _check_gradient(problem, W0[:1])
    settings = {
        "method": "langevin", "depth": show_depth(N), **how, "max_steps": most, "seed": seed,
        "first_run": first, "at_time": list(times), "engine": engine,
    }  # fmt: skip
    found = replace(Runs.unknown(problem, settings, len(W0), (), times), W=W0.copy())
    force = (lambda W: how["beta"] * problem.gradient(W)) if how["beta"] else None
    noise = Noise(W0.shape[1:], N, how["kappa"], how["vertical"], how["step"], force)
    course = _Course(found, _walk(noise, engine), seed, first, noise.step, most, watch, count)
    size = max(1, _AT_ONCE // W0[0].size)
    for start in range(0, len(W0), size):
        course.follow(np.arange(start, min(start + size, len(W0))))
    sign, logs = determinant([found.W])
    return replace(
        found,
        loss=in_range(np.asarray(problem.loss(found.W)), "loss"),
        log_singular_values=log_singular_values(found.W, logs),
        det_sign=sign,
        time=found.steps.astype(np.float64) * noise.step,
    )


class Averages:
    """Averages over time of functions of W, run by run, in memory that does not grow: a ``watch``.

    ``functions``: names and functions of W, (m, d, d), with values (m,). ``after``: the time from
    which on they count. ``means`` are arrays (n,), NaN for runs that were not seen.

    >>> from dlnproof.training import Completion
    >>> size = Averages({"w11": lambda W: W[:, 0, 0]}, after=0.5)
    >>> problem = Completion((1, 1), {(0, 0): 1})
    >>> _ = langevin(problem, 1, beta=4, runs=3, steps=1000, watch=size, every=10)
    >>> size.means["w11"].shape, size.counts.tolist()
    ((3,), [51, 51, 51])
    """

    def __init__(
        self, functions: dict[str, Callable[[FloatArray], Any]], *, after: float = 0.0
    ) -> None:
        self._functions, self._after = functions, after
        self.counts = np.zeros(0, dtype=np.int64)
        self._sums = {name: np.zeros(0) for name in functions}

    def __repr__(self) -> str:
        seen = np.count_nonzero(self.counts)
        return f"<averages of {', '.join(self._functions)} from time {self._after:g}: {seen} runs>"

    def __call__(self, visit: Visit) -> None:
        """Take in where some runs are."""
        if visit.time < self._after * (1 - 1e-12) or not len(visit.runs):
            return
        more = int(visit.runs.max()) + 1 - len(self.counts)
        if more > 0:
            self.counts = np.pad(self.counts, (0, more))
            self._sums = {name: np.pad(sums, (0, more)) for name, sums in self._sums.items()}
        self.counts[visit.runs] += 1
        for name, function in self._functions.items():
            self._sums[name][visit.runs] += np.asarray(function(visit.W))

    @property
    def means(self) -> dict[str, FloatArray]:
        """The averages by name."""
        with np.errstate(invalid="ignore"):
            return {name: sums / self.counts for name, sums in self._sums.items()}


def _check_gradient(problem: Problem, W: FloatArray) -> None:
    """Raise :class:`InputError` where the gradient is not that of a function of matrices."""
    slope = np.asarray(problem.gradient(W))
    if slope.shape != W.shape or not np.isfinite(slope).all():
        raise InputError(
            f"problem: got a gradient of shape {slope.shape} at W of shape {W.shape}, expected "
            "finite entries of the same shape, a batch of matrices at once"
        )


def _walk(noise: Noise, engine: str) -> Walk:
    if engine == "power":
        return Planar(noise) if noise.width == 2 else Power(noise)
    return Euler(noise) if engine == "euler" else Factors(noise)


@dataclass(frozen=True)
class _Course:
    """What all runs of a batch share, and where their outcomes are entered."""

    found: Runs
    walk: Walk
    seed: int
    first: int
    step: float
    most: int
    watch: Callable[[Visit], None] | None
    every: int

    def follow(self, part: NDArray[np.int64]) -> None:
        """Take the steps of some runs."""
        found, walk = self.found, self.walk
        drawn = [_generator(self.seed, self.first + int(run)) for run in part]
        state = walk.start(found.W[part])
        moving = np.ones(len(part), dtype=np.bool_)
        found.ending[part] = Ending.SAMPLED
        self._visit(0, part, state)
        together = max(1, min(_DRAWN, _NUMBERS // (len(part) * walk.normals)))
        for begin in range(0, self.most, together):
            count = min(together, self.most - begin)
            normals = np.zeros((count, len(part), walk.normals))
            for row in np.flatnonzero(moving):
                normals[:, row] = drawn[row].standard_normal((count, walk.normals))
            for number in range(count):
                new, counts = walk.step(state, normals[number])
                bounded = (np.abs(new) < walk.bound).reshape(len(part), -1).all(axis=1)
                goes = moving & bounded & counts
                if not goes.all():
                    found.ending[part[moving & ~goes]] = Ending.SINGULAR
                    found.ending[part[moving & ~bounded]] = Ending.DIVERGED
                    new[~goes] = state[~goes]
                    moving = goes
                state = new
                found.steps[part[moving]] += 1
                self._visit(begin + number + 1, part[moving], state[moving])
            if not moving.any():
                break
        started = found.steps[part] > 0
        found.W[part[started]] = walk.matrices(state[started])

    def _visit(self, number: int, runs: NDArray[np.int64], state: Any) -> None:
        """Keep W at the times asked for, and show it."""
        told = self.watch is not None and number % self.every == 0
        places = self._marks.get(number, [])
        if not told and not places:
            return
        W = self.walk.matrices(state)
        for place in places:
            self.found.W_at_time[runs, place] = W
        if told and self.watch and len(runs):
            self.watch(Visit(runs, number * self.step, W))

    @cached_property
    def _marks(self) -> dict[int, list[int]]:
        """The steps after which W is kept, and as which of the times."""
        found: dict[int, list[int]] = {}
        for place, time in enumerate(self.found.times):
            if time <= self.most * self.step * (1 + 1e-12):
                found.setdefault(ceil(time / self.step * (1 - 1e-12)), []).append(place)
        return found


def _generator(seed: int, run: int) -> np.random.Generator:
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(run,))))
