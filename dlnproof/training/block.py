"""Gradient descent on the factors of many runs at once: one iteration, as a list of ufunc calls.

Matrices are kept as arrays (rows, columns, lanes), one lane a run, so that every call is a long
contiguous loop whatever the width; numpy's batched ``matmul`` pays a call per small matrix instead.
Every entry is the same sequence of correctly rounded products and sums in every lane, so a run's
result does not depend on the lanes beside it, nor on how many there are.

With the prefix products P_j = W_j ... W_1 and D_j = (W_N ... W_{j+1})^T G, the gradient of the loss
is dl/dW_j = D_j P_{j-1}^T, P_j = W_j P_{j-1} and D_{j-1} = W_j^T D_j: three matrix products for
each of the N - 2 middle layers. The last prefix product is needed at the m observed entries only,
where G lives, which leaves 3 m r multiplications for the outer layers (r the hidden width).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.completion import Completion
from dlnproof.training.frames import rows, times

Step = tuple[Callable[..., Any], Any, Any, Any]
"""One call ``ufunc(a, b, out)``."""


class Iterate(NamedTuple):
    """Factors, W_1 first, each (rows, columns, lanes), and their losses, (lanes,)."""

    factors: list[FloatArray]
    loss: FloatArray

    @property
    def arrays(self) -> list[FloatArray]:
        """All of it."""
        return [*self.factors, self.loss]

    def rows(self, lanes: NDArray[np.int64]) -> list[FloatArray]:
        """Return the factors in these lanes, each (k, rows, columns)."""
        return [rows(factor[:, :, lanes]) for factor in self.factors]

    def product(self, lanes: NDArray[np.int64]) -> FloatArray:
        """Return W in these lanes, (k, d, d')."""
        return rows(end_to_end([factor[:, :, lanes] for factor in self.factors]))


class Block:
    """The factors of some runs, two iterates of them, and the calls that lead to the next.

    :meth:`evaluate` sets the current iterate's loss; :meth:`advance` takes one step from there and
    exchanges the two iterates.
    """

    def __init__(self, problem: Completion, widths: Sequence[int], lanes: int, lr: float) -> None:
        self._problem, self._lr, self.lanes = problem, lr, lanes
        self._widths, self._depth = tuple(widths), len(widths) - 1
        hidden = max(widths[:-1])  # the widest factor, prefix or gradient a buffer must hold
        shapes = [(b, a, lanes) for a, b in pairwise(widths)]
        self._iterates = [
            Iterate([np.zeros(shape) for shape in shapes], np.zeros(lanes)) for _ in range(2)
        ]
        self._prefixes = [np.zeros((b, widths[0], lanes)) for b in widths[2:-1]]
        self._backward = [np.zeros((b, widths[0], lanes)) for b in widths[1:-1]]
        self._update = [np.zeros(shape) for shape in shapes[1:]]
        self._residual = np.zeros((len(problem.observed), lanes))
        self._squares = np.zeros_like(self._residual)
        self._scratch = np.zeros((max(problem.shape[0], hidden), hidden, lanes))
        self._targets = np.ascontiguousarray(
            np.broadcast_to(problem.values[:, None], self._residual.shape)
        )
        self._evaluations = [list(self._evaluation(k)) for k in range(2)]
        self._steps = [list(self._step(k)) for k in range(2)]
        self._at = 0

    @property
    def now(self) -> Iterate:
        """The current iterate; its loss once it is evaluated."""
        return self._iterates[self._at]

    @property
    def before(self) -> Iterate:
        """The iterate before the current one."""
        return self._iterates[1 - self._at]

    def put(self, lanes: NDArray[np.int64], given: Sequence[FloatArray]) -> None:
        """Set the factors in these lanes, each given as (k, rows, columns)."""
        for mine, theirs in zip(self.now.factors, given, strict=True):
            mine[:, :, lanes] = np.moveaxis(theirs, 0, -1)

    def taken(self, lanes: NDArray[np.int64]) -> Block:
        """Return these lanes alone."""
        block = Block(self._problem, self._widths, len(lanes), self._lr)
        for new, old in ((block.now, self.now), (block.before, self.before)):
            for mine, theirs in zip(new.arrays, old.arrays, strict=True):
                mine[:] = theirs[..., lanes]
        return block

    def still(self) -> NDArray[np.bool_]:
        """Whether the last step moved a lane by no more than rounding, in every entry, (lanes,)."""
        eps = np.finfo(np.float64).eps
        still = np.ones(self.lanes, dtype=np.bool_)
        for now, before in zip(self.now.factors, self.before.factors, strict=True):
            still &= (np.abs(now - before) <= eps * np.abs(now)).all(axis=(0, 1))
        return still

    def count(self, *ufuncs: np.ufunc) -> int:
        """Return how many operations of these kinds one iteration costs in each lane."""
        calls = self._evaluations[0] + self._steps[0]
        return sum(int(call[3].size) for call in calls if call[0] in ufuncs) // self.lanes

    @property
    def bytes(self) -> int:
        """The size of all buffers."""
        iterates = [array for iterate in self._iterates for array in iterate.arrays]
        layers = (*iterates, *self._prefixes, *self._backward, *self._update)
        others = (self._residual, self._squares, self._targets, self._scratch)
        return sum(array.nbytes for array in (*layers, *others))

    def evaluate(self) -> None:
        """Compute the prefix products, the residuals and the loss of the current iterate."""
        for ufunc, a, b, out in self._evaluations[self._at]:
            ufunc(a, b, out)

    def advance(self) -> None:
        """Take the step W_j <- W_j - lr dl/dW_j from the iterate just evaluated."""
        for ufunc, a, b, out in self._steps[self._at]:
            ufunc(a, b, out)
        self._at = 1 - self._at

    def _evaluation(self, which: int) -> Iterator[Step]:
        (factors, loss), residual = self._iterates[which], self._residual
        prefix = factors[0]
        for factor, out in zip(factors[1:-1], self._prefixes, strict=True):
            yield from matrix_product(factor, prefix, out, self._scratch)
            prefix = out
        for e, (i, j) in enumerate(self._problem.observed):
            if self._depth == 1:
                yield np.subtract, prefix[i, j], self._targets[e], residual[e]
                continue
            for l, (a, b) in enumerate(zip(factors[-1][i], prefix[:, j], strict=True)):
                yield from _accumulate(a, b, residual[e], self._scratch[0, 0], first=l == 0)
        if self._depth > 1:
            yield np.subtract, residual, self._targets, residual
        yield np.multiply, residual, residual, self._squares
        total = self._squares[0]
        for square in self._squares[1:]:
            yield np.add, total, square, total
        yield np.multiply, total, 0.5, loss

    def _step(self, which: int) -> Iterator[Step]:
        factors, then = self._iterates[which].factors, self._iterates[1 - which].factors
        residual = self._residual
        yield np.multiply, residual, self._lr, residual
        if self._depth == 1:
            yield np.subtract, factors[0], 0.0, then[0]
            for e, (i, j) in enumerate(self._problem.observed):
                yield np.subtract, factors[0][i, j], residual[e], then[0][i, j]
            return
        prefixes = [factors[0], *self._prefixes]
        yield from self._outer(factors[-1], prefixes[-1])
        for j in range(self._depth - 1, 0, -1):
            if j < self._depth - 1:
                D = self._backward[j]
                yield from matrix_product(
                    D, prefixes[j - 1].swapaxes(0, 1), self._update[j - 1], self._scratch
                )
                yield from matrix_product(
                    factors[j].swapaxes(0, 1), D, self._backward[j - 1], self._scratch
                )
            yield np.subtract, factors[j], self._update[j - 1], then[j]
        yield np.subtract, factors[0], self._backward[0], then[0]

    def _outer(self, last: FloatArray, prefix: FloatArray) -> Iterator[Step]:
        """The last layer's update G P^T and D_{N-1} = W_N^T G, G being sparse.

        Rows and columns of W without an observed entry stay zero in the buffers.
        """
        update, backward, scratch = self._update[-1], self._backward[-1], self._scratch[0, 0]
        rows: set[int] = set()
        columns: set[int] = set()
        for e, (i, j) in enumerate(self._problem.observed):
            for l in range(len(prefix)):
                g = self._residual[e]
                yield from _accumulate(g, prefix[l, j], update[i, l], scratch, first=i not in rows)
                yield from _accumulate(
                    g, last[i, l], backward[l, j], scratch, first=j not in columns
                )
            rows.add(i)
            columns.add(j)


def end_to_end(factors: Sequence[FloatArray]) -> FloatArray:
    """Return W_N ... W_1 for factors (rows, columns, lanes), summed as the iteration sums."""
    return reduce(lambda W, factor: times(factor, W), factors)


def matrix_product(A: Any, B: Any, out: FloatArray, scratch: FloatArray) -> Iterator[Step]:
    """Yield the calls for ``out`` = A B, lane by lane; the sums run from the first index up."""
    rows, columns = out.shape[:2]
    for l in range(len(B)):
        yield from _accumulate(A[:, l, None], B[l], out, scratch[:rows, :columns], first=l == 0)


def _accumulate(a: Any, b: Any, out: Any, scratch: Any, *, first: bool) -> Iterator[Step]:
    """Yield the calls that set ``out`` to a b, or add it."""
    if first:
        yield np.multiply, a, b, out
    else:
        yield np.multiply, a, b, scratch
        yield np.add, out, scratch, out
