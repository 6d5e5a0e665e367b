"""The runs of a gradient descent, led through a block of lanes until each has ended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.block import Block
from dlnproof.training.completion import Completion
from dlnproof.training.frames import times
from dlnproof.training.runs import Ending, Runs

CACHE: Final = 2 << 20  # bytes of a block: about a core's L2; measured, and flat around it
LANES: Final = 2048  # but so many lanes at least: below, a call of numpy outweighs its arithmetic
MEMORY: Final = 64 << 20  # bytes of a block where even that is more
PERIOD: Final = 64  # iterations between looks at what has ended; starts are multiples of it
GROWTH: Final = 1e12  # beyond this many times the loss at the start or at 0, a run has diverged

Integers = NDArray[np.int64]


class Lanes:
    """Runs in a block; a lane whose run has ended is given the next run that waits.

    When none waits any more, the lanes still at work are moved together. Lanes are given out only
    every ``PERIOD`` iterations, and runs are tested for a vanishing update then, so the iteration
    at which a run is tested is its own, whichever lane and block it is in.
    """

    def __init__(
        self,
        problem: Completion,
        factors: Sequence[FloatArray],
        *,
        lr: float,
        stop_loss: float,
        most: int,
        levels: Sequence[float],
    ) -> None:
        n = len(factors[0])
        self._problem, self._given, self._lr = problem, factors, lr
        self._stop, self._most = stop_loss, most
        self._levels = np.array([*levels, -np.inf])  # decreasing; the last is never reached
        self._widths = [factors[0].shape[2], *(factor.shape[1] for factor in factors)]
        self._done = Runs.unknown(problem, {}, n, tuple(levels))
        self._done.ending[:] = Ending.UNFINISHED
        self._last = [np.empty_like(factor) for factor in factors]
        zero = float(problem.loss(np.zeros(problem.shape)))
        self._bounds = np.full(n, GROWTH * zero)
        self._next_level = np.zeros(n, dtype=np.int64)
        self._given_out = 0
        self._fit(0)

    def descend(self) -> tuple[Runs, list[FloatArray]]:
        """Lead every run to its end: return the loss, ending, steps and W at the levels of each,
        and the iterates to keep, W_1 first, (n, d_j, d_{j-1}).
        """
        iteration = 0
        while True:
            if iteration % PERIOD == 0:
                self._end_the_stationary(iteration)
                self._give_out(iteration)
                if self._idle.all():
                    return self._done, self._last
            block = self._block
            block.evaluate()
            going = self._going() | self._idle
            if not going.all():
                self._see(np.flatnonzero(~going), iteration)
            if iteration >= self._first_limit:
                self._end_the_unfinished(iteration)
            if self._idle.all():
                iteration += PERIOD - iteration % PERIOD
                continue
            block.advance()
            iteration += 1

    def _fit(self, lanes: int) -> None:
        """Set up an idle block of so many lanes."""
        self._block = Block(self._problem, self._widths, lanes, self._lr)
        self._run, self._start = np.zeros((2, lanes), dtype=np.int64)
        self._threshold, self._bound = np.zeros((2, lanes))
        self._idle = np.ones(lanes, dtype=np.bool_)

    def _give_out(self, iteration: int) -> None:
        """Give idle lanes to the runs that wait; with none waiting, close the gaps."""
        waiting = len(self._given[0]) - self._given_out
        if waiting and not len(self._idle):
            self._fit(min(self._room(), waiting))
        if not waiting and 8 * np.count_nonzero(self._idle) >= len(self._idle) > 0:
            self._close_gaps()
        lanes = np.flatnonzero(self._idle)[:waiting]
        runs = np.arange(self._given_out, self._given_out + len(lanes))
        self._given_out += len(lanes)
        for mine, given in zip(self._block.now.factors, self._given, strict=True):
            mine[:, :, lanes] = np.moveaxis(given[runs], 0, -1)
        self._run[lanes], self._start[lanes], self._idle[lanes] = runs, iteration, False
        self._set_thresholds(lanes)
        if len(lanes):
            # the loss at the start is part of a run's bound
            self._block.evaluate()
            begun = GROWTH * self._block.now.loss[lanes]
            limit = np.finfo(np.float64).max
            self._bounds[runs] = np.minimum(np.maximum(self._bounds[runs], begun), limit)
            self._bound[lanes] = self._bounds[runs]
        self._find_limit()

    def _room(self) -> int:
        lane = Block(self._problem, self._widths, 1, self._lr).bytes
        return max(CACHE // lane, min(LANES, MEMORY // lane), 1)

    def _close_gaps(self) -> None:
        old, kept = self._block, np.flatnonzero(~self._idle)
        run, start = self._run[kept], self._start[kept]
        self._fit(len(kept))
        for new, iterate in ((self._block.now, old.now), (self._block.before, old.before)):
            for mine, theirs in zip(new.arrays, iterate.arrays, strict=True):
                mine[:] = theirs[..., kept]
        self._run, self._start = run, start
        self._idle[:] = False
        self._bound[:] = self._bounds[run]
        self._set_thresholds(np.arange(len(kept)))

    def _set_thresholds(self, lanes: Integers) -> None:
        """Set the loss at which each lane is looked at next: a level, or the last."""
        level = self._levels[self._next_level[self._run[lanes]]]
        self._threshold[lanes] = np.maximum(level, self._stop)

    def _find_limit(self) -> None:
        busy = self._start[~self._idle]
        self._first_limit = (int(busy.min()) if len(busy) else 0) + self._most

    def _see(self, lanes: Integers, iteration: int) -> None:
        """Deal with lanes whose loss fell to what was waited for, or left every bound."""
        loss = self._block.now.loss[lanes]
        diverged = ~(loss <= self._bound[lanes])
        self._end(lanes[diverged], Ending.DIVERGED, iteration - 1)
        lanes, loss = lanes[~diverged], loss[~diverged]
        self._keep_levels(lanes, iteration)
        self._end(lanes[loss <= self._stop], Ending.REACHED, iteration)
        self._set_thresholds(lanes)

    def _keep_levels(self, lanes: Integers, iteration: int) -> None:
        """Store W at the levels just passed, linear in the loss between the two iterates."""
        for level_index, level in enumerate(self._levels[:-1]):
            run = self._run[lanes]
            passed = (self._block.now.loss[lanes] <= level) & (self._next_level[run] <= level_index)
            now = lanes[passed]
            if not len(now):
                continue
            (W, loss), (before, loss_before) = (
                (end_to_end([factor[:, :, now] for factor in factors]), losses[now])
                for factors, losses in (self._block.now, self._block.before)
            )
            share = (level - loss) / (loss_before - loss)
            share[iteration == self._start[now]] = np.nan  # it starts below, and crosses nothing
            W = W + share * (before - W)
            self._done.W_at[run[passed], level_index] = np.moveaxis(W, -1, 0)
            self._next_level[run[passed]] = level_index + 1

    def _end_the_stationary(self, iteration: int) -> None:
        """End the runs that the last step moved by no more than rounding, in every entry."""
        if not len(self._idle):
            return
        eps = np.finfo(np.float64).eps
        still = ~self._idle & (self._start < iteration)
        for now, before in zip(self._block.now.factors, self._block.before.factors, strict=True):
            still &= (np.abs(now - before) <= eps * np.abs(now)).all(axis=(0, 1))
        if still.any():
            self._block.evaluate()
            # what its loss says about a run comes first: it is seen in the iteration that follows
            self._end(np.flatnonzero(still & self._going()), Ending.STATIONARY, iteration)

    def _going(self) -> NDArray[np.bool_]:
        """Whether the loss is between what is waited for and the bound."""
        loss = self._block.now.loss
        return (loss > self._threshold) & (loss <= self._bound)

    def _end_the_unfinished(self, iteration: int) -> None:
        spent = ~self._idle & (iteration - self._start >= self._most)
        self._end(np.flatnonzero(spent), Ending.UNFINISHED, iteration)
        self._find_limit()

    def _end(self, lanes: Integers, ending: Ending, iteration: int) -> None:
        """Store what has become of the runs in these lanes, and make the lanes idle.

        Of a diverged run the iterate before is stored. What an idle lane holds goes on, unread.
        """
        if not len(lanes):
            return
        block, run = self._block, self._run[lanes]
        factors, loss = block.before if ending is Ending.DIVERGED else block.now
        for last, factor in zip(self._last, factors, strict=True):
            last[run] = np.moveaxis(factor[:, :, lanes], -1, 0)
        self._done.loss[run] = loss[lanes]
        self._done.ending[run] = ending
        self._done.steps[run] = iteration - self._start[lanes]
        self._idle[lanes] = True


def end_to_end(factors: Sequence[FloatArray]) -> FloatArray:
    """Return W_N ... W_1 for factors (rows, columns, lanes), summed as the iteration sums."""
    return reduce(lambda W, factor: times(factor, W), factors)
