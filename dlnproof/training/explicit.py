"""The end-to-end flow on balanced factors, one run at a time, for matrices too wide to be stiff on.

The factors' gradient flow from balanced factors of W(0), dW_j/dt = -(1/N) dl/dW_j, moves W by
dW/dt = -A_{N,W}(G), and a slope of it costs no more than a step of gradient descent. What the small
singular values lose in the entries of W the factors keep: theirs are sigma_r^{1/N}.

Of rectangular W, or of a rank r, hidden layers of width r are enough: wider ones have the same flow
with zeros added, up to rotations between the layers, and A_{N,W} does not know them.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """Where one run is: its factors, W_1 first, in one vector, their slopes, and the loss."""

    factors: FloatArray
    slopes: FloatArray
    loss: float
    time: float = 0.0
    steps: int = 0


def follow(
    runs: Runs,
    where: NDArray[np.int64],
    depths: FloatArray,
    control: Control,
    on_step: Hook | None,
) -> None:
    """Enter the outcomes of the runs ``where``, which stand at W(0), of finite ``depths``.

    Of a lower rank are those some of whose ``log_singular_values`` are -inf.
    """
    for run, depth in zip(where, depths, strict=True):
        _Run(runs, int(run), int(depth), control, on_step).follow()


class _Run:
    def __init__(
        self, runs: Runs, run: int, depth: int, control: Control, on_step: Hook | None
    ) -> None:
        self._runs, self._run, self._control, self._hook = runs, run, control, on_step
        self._problem: Any = runs.problem
        self._constant = self._problem.gradient(np.zeros(self._problem.shape))
        kept = np.isfinite(runs.log_singular_values[run])
        hidden = None if kept.all() else [int(kept.sum())] * (depth - 1)
        factors = [F[0] for F in network_factors(runs.W[run][None], depth, hidden)]
        self._shapes = [F.shape for F in factors]
        self._ends = np.cumsum([F.size for F in factors])[:-1]
        self._signs = _volumes(factors)[0]
        start = np.concatenate([F.ravel() for F in factors])
        self._at = _State(start, self._field(start), self._loss(start))

    def _each(self, flat: FloatArray) -> list[FloatArray]:
        """Return the factors, or what belongs to each, W_1 first."""
        pieces = np.split(flat, self._ends)
        return [x.reshape(shape) for x, shape in zip(pieces, self._shapes, strict=True)]

    def _W(self, flat: FloatArray) -> FloatArray:
        return np.asarray(end_to_end(self._each(flat)))

    def _norms(self, flat: FloatArray) -> FloatArray:
        """Return the Frobenius norm of each."""
        return np.array([frobenius(x) for x in self._each(flat)])

    def _rate(self) -> float:
        """Return the largest relative rate at which a factor moves."""
        return float((self._norms(self._at.slopes) / self._norms(self._at.factors)).max())

    def follow(self) -> None:
        """Take steps until the run has ended, and enter how."""
        at, stop = self._at, self._control.stop_loss
        rate = self._rate()
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
        size = float((self._norms(error) / self._norms(there)).max()) / control.rtol
        W = self._W(there)
        loss, noise = float(self._problem.loss(W)), self._noise(W)
        # where the loss stagnates, rounding may hide that it falls
        accepted = size <= 1 and loss <= at.loss + 2 * np.sqrt(at.loss * noise)
        at.steps += 1
        last = Ending.UNFINISHED if at.steps >= control.max_steps else None
        if not accepted:
            shrunk = h * min(_factor(size), 0.5)
            return shrunk, Ending.IMPRECISE if h * self._rate() < SMALLEST_STEP else last
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
                    runs.W_at[run, number] = self._W(self._after(length))
        for number, t in enumerate(runs.times):
            if at.time < t <= at.time + h:
                runs.W_at_time[run, number] = self._W(self._after(t - at.time))

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

    def _field(self, flat: FloatArray) -> FloatArray:
        factors = self._each(flat)
        prefixes = prefix_products(factors)
        moves = slopes(factors, prefixes, self._problem.gradient(prefixes[-1]))
        return np.concatenate([move.ravel() for move in moves]) / -len(factors)

    def _loss(self, flat: FloatArray) -> float:
        return float(self._problem.loss(self._W(flat)))

    def _noise(self, W: FloatArray) -> float:
        """Bound the rounding of the residuals: half the square of its norm.

        The gradient is affine in W: that less its constant is H W, and <H W, W> the square of what
        is measured of W, whose rounding is that of N products.
        """
        measured = float(((self._problem.gradient(W) - self._constant) * W).sum())
        return (len(self._shapes) * ROUNDING) ** 2 * max(measured, 0.0) / 2

    def _balanced(self, flat: FloatArray) -> bool:
        """Whether rounding leaves a statement on the least singular values.

        Balanced factors have one product of singular values, |det W_j| of square ones. What they
        lost of a direction grows as it likes: det W might change its sign, which the flow keeps.
        """
        signs, logs = _volumes(self._each(flat))
        return bool((signs == self._signs).all() and np.ptp(logs) <= TRUSTED)

    def _stationary(self) -> bool:
        """Whether nothing is left for the flow to do, to rounding: a saddle or a local minimum."""
        at = self._at
        N = len(self._shapes)
        largest = N * float(self._norms(at.slopes).max())
        scale = VANISHED * np.sqrt(2 * at.loss)
        if largest > scale * float(self._norms(at.factors).max()) ** (N - 1):
            return False  # without a singular value being found
        first = self._each(at.factors)[0]
        return bool(largest <= scale * float(np.linalg.norm(first, 2)) ** (N - 1))

    def _report(self, hook: Hook, flat: FloatArray, time: float, loss: float) -> None:
        W, run = self._W(flat)[None], np.array([self._run])
        sign, logs = self._runs.det_sign[run], self._log_singular_values(flat)[None]
        hook(AcceptedStep(run, np.array([time]), np.array([loss]), W, logs, sign))

    def _enter_end(self) -> None:
        at, runs, run = self._at, self._runs, self._run
        runs.W[run], runs.loss[run], runs.time[run] = self._W(at.factors), at.loss, at.time
        runs.log_singular_values[run] = self._log_singular_values(at.factors)

    def _log_singular_values(self, flat: FloatArray) -> FloatArray:
        """Return those of W for balanced factors, whose singular values are its N-th roots.

        The mean over the factors makes their sum log |det W|, balanced or not. Those beyond the
        rank are -inf.
        """
        found = np.full(min(self._problem.shape), -np.inf)
        with np.errstate(divide="ignore"):
            logs = [np.log(np.linalg.svd(F, compute_uv=False)) for F in self._each(flat)]
        found[: len(logs[0])] = np.sum(logs, axis=0)
        return found


def _volumes(factors: Sequence[FloatArray]) -> tuple[FloatArray, FloatArray]:
    """Return the sign of each det W_j, and the logarithm of the product of its singular values.

    The sign is 1 where W_j is not square.
    """
    found = []
    for F in factors:
        rows, columns = F.shape
        if rows == columns:
            found.append(tuple(np.linalg.slogdet(F)))
        else:
            R = np.linalg.qr(F if rows > columns else F.T, mode="r")
            found.append((1.0, np.linalg.slogdet(R).logabsdet))
    signs, logs = np.array(found).T
    return signs, logs


def _factor(size: float) -> float:
    """Return by what the next step is longer, for an error of this size over its tolerance."""
    best = 0.9 * max(size, 1e-10) ** (-1 / ERROR_ORDER) if np.isfinite(size) else 0.2
    return min(max(best, 0.2), 5.0)
