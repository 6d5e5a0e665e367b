"""The runs of a gradient descent, led through a block of lanes until each has ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import Array, FloatArray
from dlnproof.training.block import Block
from dlnproof.training.runs import Ending, Runs
from dlnproof.training.stack import Stack

CACHE: Final = 2 << 20  # bytes of a block: about a core's L2; measured, and flat around it
LANES: Final = 2048  # but so many lanes at least: below, a call of numpy outweighs its arithmetic
MEMORY: Final = 64 << 20  # bytes of a block where even that is more
PERIOD: Final = 64  # iterations between looks at what has ended; starts are multiples of it
GROWTH: Final = 1e12  # beyond this many times the loss at the start or at 0, a run has diverged

NEVER: Final = 2**62  # an iteration that no run comes to

Integers = NDArray[np.int64]


class Moments:
    """The times at which W is wanted, counted in iterations; which is next of each of n runs."""

    def __init__(self, times: Sequence[float], time_of_one: float, n: int) -> None:
        when = np.minimum(np.array([*times, np.inf]) / time_of_one, float(NEVER))
        whole = np.rint(when)
        # N lr k over N lr is k up to rounding
        self._when = np.where(np.abs(when - whole) <= 2.0**-48 * whole, whole, when)
        self._due = np.ceil(self._when).astype(np.int64)
        self.next = np.zeros(n, dtype=np.int64)

    def due(self, runs: Integers) -> Integers:
        """Return the iteration of each run, from its start, by which its next time has passed."""
        return self._due[self.next[runs]]

    def share(self, runs: Integers) -> FloatArray:
        """Return what part of an iteration before that the time is."""
        which = self.next[runs]
        return np.asarray(self._due[which] - self._when[which])


class Lanes:
    """Runs in a block; a lane whose run has ended is given the next run that waits.

    ``block`` makes a block of so many lanes, which computes; an iteration takes ``time_of_one``.
    When none waits any more, the lanes still at work are moved together. Lanes are given out only
    every ``PERIOD`` iterations, and runs are tested for a vanishing update then, so the iteration
    at which a run is tested is its own, whichever lane and block it is in.
    """

    def __init__(
        self,
        problem: Any,
        factors: Sequence[Array],
        block: Callable[[int], Block | Stack],
        *,
        stop_loss: float,
        most: int,
        levels: Sequence[float],
        times: Sequence[float],
        time_of_one: float,
    ) -> None:
        n = len(factors[0])
        self._given, self._new_block = factors, block
        self._stop, self._most = stop_loss, most
        self._levels = np.array([*levels, -np.inf])  # decreasing; the last is never reached
        self._moments = Moments(times, time_of_one, n)
        self._done = Runs.unknown(problem, {}, n, tuple(levels), tuple(times))
        self._done.ending[:] = Ending.UNFINISHED
        self._last = [np.empty(tuple(factor.shape)) for factor in factors]
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
            self._keep_moments(iteration)
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
        self._block = self._new_block(lanes)
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
        self._run[lanes], self._start[lanes], self._idle[lanes] = runs, iteration, False
        self._set_thresholds(lanes)
        if len(lanes):
            self._block.put(lanes, [given[runs[0] : runs[-1] + 1] for given in self._given])
            # the loss at the start is part of a run's bound
            self._block.evaluate()
            begun = GROWTH * self._block.now.loss[lanes]
            limit = np.finfo(np.float64).max
            self._bounds[runs] = np.minimum(np.maximum(self._bounds[runs], begun), limit)
            self._bound[lanes] = self._bounds[runs]
        self._find_limit()

    def _room(self) -> int:
        lane = self._new_block(1).bytes
        return max(CACHE // lane, min(LANES, MEMORY // lane), 1)

    def _close_gaps(self) -> None:
        kept = np.flatnonzero(~self._idle)
        self._block = self._block.taken(kept)
        self._run, self._start, self._idle = self._run[kept], self._start[kept], self._idle[kept]
        self._threshold, self._bound = self._threshold[kept], self._bound[kept]

    def _set_thresholds(self, lanes: Integers) -> None:
        """Set the loss at which each lane is looked at next: a level, or the last."""
        level = self._levels[self._next_level[self._run[lanes]]]
        self._threshold[lanes] = np.maximum(level, self._stop)

    def _find_limit(self) -> None:
        busy = self._start[~self._idle]
        self._first_limit = (int(busy.min()) if len(busy) else 0) + self._most
        self._find_moment()

    def _find_moment(self) -> None:
        """Find the first iteration at which W is wanted of a lane."""
        due = (self._start + self._moments.due(self._run))[~self._idle]
        self._first_moment = int(due.min(initial=NEVER))

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
            loss, loss_before = self._block.now.loss[now], self._block.before.loss[now]
            share = (level - loss) / (loss_before - loss)
            share[iteration == self._start[now]] = np.nan  # it starts below, and crosses nothing
            self._done.W_at[run[passed], level_index] = self._between(now, share)
            self._next_level[run[passed]] = level_index + 1

    def _between(self, lanes: Integers, share: FloatArray) -> FloatArray:
        """Return W that ``share`` of the last step before the current iterate, (k, d, d')."""
        W, part = self._block.now.product(lanes), share[:, None, None]
        # of a run that has just been given a lane there is no iterate before
        return np.where(part == 0, W, W + part * (self._block.before.product(lanes) - W))

    def _keep_moments(self, iteration: int) -> None:
        """Store W at the times just passed, linear in time between the two iterates."""
        while iteration >= self._first_moment:
            due = ~self._idle & (self._start + self._moments.due(self._run) <= iteration)
            bounded = self._block.now.loss <= self._bound  # what has diverged ended an iterate ago
            lanes = np.flatnonzero(due & bounded)
            run = self._run[lanes]
            W = self._between(lanes, self._moments.share(run))
            self._done.W_at_time[run, self._moments.next[run]] = W
            self._moments.next[self._run[due]] += 1
            self._find_moment()

    def _end_the_stationary(self, iteration: int) -> None:
        """End the runs that the last step moved by no more than rounding, in every entry."""
        if not len(self._idle):
            return
        still = ~self._idle & (self._start < iteration) & self._block.still()
        if still.any():
            self._block.evaluate()
            self._keep_moments(iteration)
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
        iterate = block.before if ending is Ending.DIVERGED else block.now
        for last, factor in zip(self._last, iterate.rows(lanes), strict=True):
            last[run] = factor
        self._done.loss[run] = iterate.loss[lanes]
        self._done.ending[run] = ending
        self._done.steps[run] = iteration - self._start[lanes]
        self._idle[lanes] = True
