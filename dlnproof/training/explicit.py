"""The end-to-end flow on balanced factors, one run at a time, for matrices too wide to be stiff on.

The factors' gradient flow from balanced factors of W(0), dW_j/dt = -(1/N) dl/dW_j, moves W by
dW/dt = -A_{N,W}(G), and a slope of it costs no more than a step of gradient descent. What the small
singular values lose in the entries of W the factors keep: theirs are sigma_r^{1/N}.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.crossing import LOCATED, step_length
from dlnproof.training.dormand_prince import ERROR_ORDER, STABLE, dormand_prince_step
from dlnproof.training.initial import network_factors
from dlnproof.training.observables import frobenius
from dlnproof.training.runs import Ending, Runs
from dlnproof.training.spectral_point import ROUNDING
from dlnproof.training.stack import end_to_end, prefix_products, slopes
from dlnproof.training.stepping import (
    SMALLEST_STEP,
    TRUSTED,
    VANISHED,
    AcceptedStep,
    Control,
    Hook,
)

_FIRST: Final = 0.01
"""The first step changes the factors by about this part."""


@dataclass
class _State:
    """Where one run is: its factors, W_1 first, (N, d, d), their slopes and the loss."""

    factors: FloatArray
    slopes: FloatArray
    loss: float
    time: float = 0.0
    steps: int = 0

    @property
    def rate(self) -> float:
        """The largest relative rate at which a factor moves."""
        return float((frobenius(self.slopes) / frobenius(self.factors)).max())


def follow(
    runs: Runs,
    where: NDArray[np.int64],
    depths: FloatArray,
    control: Control,
    on_step: Hook | None,
) -> None:
    """Enter the outcomes of the runs ``where``, which stand at W(0), of finite ``depths``."""
    for run, depth in zip(where, depths, strict=True):
        _Run(runs, int(run), int(depth), control, on_step).follow()


class _Run:
    def __init__(
        self, runs: Runs, run: int, depth: int, control: Control, on_step: Hook | None
    ) -> None:
        self._runs, self._run, self._control, self._hook = runs, run, control, on_step
        self._problem: Any = runs.problem
        self._constant = self._problem.gradient(np.zeros(self._problem.shape))
        factors = np.stack([F[0] for F in network_factors(runs.W[run][None], depth)])
        self._signs = np.linalg.slogdet(factors).sign
        self._at = _State(factors, self._field(factors), self._loss(factors))

    def follow(self) -> None:
        """Take steps until the run has ended, and enter how."""
        at, stop = self._at, self._control.stop_loss
        rate = at.rate
        h = _FIRST / rate if rate > 0 else 1.0
        ending = Ending.REACHED if at.loss <= stop else None
        while ending is None:
            h, ending = self._advance(h)
        self._runs.ending[self._run] = ending
        self._runs.steps[self._run] = at.steps
        if at.time > 0:
            self._enter_end()

    def _advance(self, h: float) -> tuple[float, Ending | None]:
        """Try one step; return the length of the next, and how the run ended if it has."""
        at, control = self._at, self._control
        if self._stationary():
            return h, Ending.STATIONARY
        step = dormand_prince_step(self._field, at.factors, at.slopes, h)
        there, slope, error, stiffest = step
        size = float((frobenius(error) / frobenius(there)).max()) / control.rtol
        W = end_to_end(there)
        loss, noise = float(self._problem.loss(W)), self._noise(W)
        # where the loss stagnates, rounding may hide that it falls
        accepted = size <= 1 and loss <= at.loss + 2 * np.sqrt(at.loss * noise)
        at.steps += 1
        last = Ending.UNFINISHED if at.steps >= control.max_steps else None
        if not accepted:
            shrunk = h * min(_factor(size), 0.5)
            return shrunk, Ending.IMPRECISE if h * at.rate < SMALLEST_STEP else last
        if noise > TRUSTED**2 * loss or not self._balanced(there):
            return h, Ending.IMPRECISE
        self._keep(h, loss)
        if self._hook is not None:
            self._report(self._hook, there, at.time + h, loss)
        if loss <= control.stop_loss:
            return h, self._end_at(h, loss)
        at.factors, at.slopes, at.loss, at.time = there, slope, loss, at.time + h
        longest = STABLE / stiffest if stiffest > 0 else np.inf
        return max(min(h * _factor(size), longest), h / 5), last

    def _keep(self, h: float, loss: float) -> None:
        """Enter W at the levels and times that a step of length h passes."""
        at, runs, run = self._at, self._runs, self._run
        for number, level in enumerate(runs.levels):
            if at.loss > level >= loss:
                length, found = self._length(level, h, loss)
                if abs(found / level - 1) <= LOCATED:
                    runs.W_at[run, number] = end_to_end(self._after(length))
        for number, t in enumerate(runs.times):
            if at.time < t <= at.time + h:
                runs.W_at_time[run, number] = end_to_end(self._after(t - at.time))

    def _end_at(self, h: float, loss: float) -> Ending:
        """Go to where the loss is the one to stop at; stay where that cannot be found."""
        at = self._at
        length, found = self._length(self._control.stop_loss, h, loss)
        if abs(found / self._control.stop_loss - 1) > LOCATED:
            return Ending.IMPRECISE
        at.factors, at.loss, at.time = self._after(length), found, at.time + length
        return Ending.REACHED

    def _length(self, level: float, h: float, loss: float) -> tuple[float, float]:
        """Return the length of the step that ends at a level, and the loss there."""

        def losses(length: FloatArray) -> FloatArray:
            return np.array([self._loss(self._after(float(length[0])))])

        one = (np.array([x]) for x in (level, self._at.loss, h, loss))
        length, found = step_length(losses, *one)
        return float(length[0]), float(found[0])

    def _after(self, h: float) -> FloatArray:
        return dormand_prince_step(self._field, self._at.factors, self._at.slopes, h).there

    def _field(self, factors: FloatArray) -> FloatArray:
        prefixes = prefix_products(factors)
        moves = slopes(factors, prefixes, self._problem.gradient(prefixes[-1]))
        return np.stack(moves) / -len(factors)

    def _loss(self, factors: FloatArray) -> float:
        return float(self._problem.loss(end_to_end(factors)))

    def _noise(self, W: FloatArray) -> float:
        """Bound the rounding of the residuals: half the square of its norm.

        The gradient is affine in W: that less its constant is H W, and <H W, W> the square of what
        is measured of W, whose rounding is that of N products.
        """
        measured = float(((self._problem.gradient(W) - self._constant) * W).sum())
        return (len(self._at.factors) * ROUNDING) ** 2 * max(measured, 0.0) / 2

    def _balanced(self, factors: FloatArray) -> bool:
        """Whether rounding leaves a statement on the least singular values.

        Balanced factors have one |det W_j|. What they lost of a direction grows as it likes: det W
        might change its sign, which the flow keeps.
        """
        signs, logs = np.linalg.slogdet(factors)
        return bool((signs == self._signs).all() and np.ptp(logs) <= TRUSTED)

    def _stationary(self) -> bool:
        """Whether nothing is left for the flow to do, to rounding: a saddle or a local minimum."""
        at = self._at
        N = len(at.factors)
        largest = N * float(frobenius(at.slopes).max())
        scale = VANISHED * np.sqrt(2 * at.loss)
        if largest > scale * float(frobenius(at.factors).max()) ** (N - 1):
            return False  # without a singular value being found
        return bool(largest <= scale * float(np.linalg.norm(at.factors[0], 2)) ** (N - 1))

    def _report(self, hook: Hook, factors: FloatArray, time: float, loss: float) -> None:
        W, run = end_to_end(factors)[None], np.array([self._run])
        sign, logs = self._runs.det_sign[run], _log_singular_values(factors)[None]
        hook(AcceptedStep(run, np.array([time]), np.array([loss]), W, logs, sign))

    def _enter_end(self) -> None:
        at, runs, run = self._at, self._runs, self._run
        runs.W[run], runs.loss[run], runs.time[run] = end_to_end(at.factors), at.loss, at.time
        runs.log_singular_values[run] = _log_singular_values(at.factors)


def _log_singular_values(factors: FloatArray) -> FloatArray:
    """Return those of W for balanced factors, whose singular values are its N-th roots, (d,).

    The mean over the factors makes their sum log |det W|, balanced or not.
    """
    with np.errstate(divide="ignore"):
        logs: FloatArray = np.log(np.linalg.svd(factors, compute_uv=False)).sum(axis=0)
    return logs


def _factor(size: float) -> float:
    """Return by what the next step is longer, for an error of this size over its tolerance."""
    best = 0.9 * max(size, 1e-10) ** (-1 / ERROR_ORDER) if np.isfinite(size) else 0.2
    return min(max(best, 0.2), 5.0)
