"""Gradient descent on the factors of many runs at once: one iteration, as products of matrices.

Matrices are kept as stacks (lanes, rows, columns), and multiplied by their library's ``matmul``,
which calls a BLAS for each: above a width of about four that is faster than
:mod:`~dlnproof.training.block`, whose calls grow with the cube of the width, in numpy too, and some
thousand times at a width of 100. The arrays are of any library of the array API. Of the problem
nothing is asked but its shape, loss and gradient.

In what order a BLAS sums depends on its kernels and on its threads, so bits are those of one kind
of processor and one number of threads. With these, and OpenBLAS, which numpy comes with, a run's do
not depend on the lanes beside it, see :func:`times`; of other libraries nothing is promised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import accumulate
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import (
    Array,
    FloatArray,
    as_numpy,
    epsilon,
    indices_like,
    like,
    namespace,
)

Factors = Sequence[Array] | NDArray[np.float64]
"""W_1, ..., W_N, each of any leading axes; of one shape, they may be one array."""


def times(A: Array, B: Array) -> Array:
    """Return the products A B of stacks of matrices, (n, a, b) and (n, b, c).

    A row times a column is done twice over: of two vectors a BLAS has another routine, and with
    OpenBLAS's for some processors the order of summation depends on where in memory they lie.
    """
    if A.shape[-2] == B.shape[-1] == 1:
        return (namespace(A).concat([A, A], axis=-2) @ B)[..., :1, :]
    return A @ B


def end_to_end(factors: Factors) -> Array:
    """Return W_N ... W_1 for stacks of factors, W_1 first, summed as the iteration sums."""
    return reduce(lambda W, factor: times(factor, W), factors)


def slopes(factors: Factors, prefixes: Sequence[Array], G: Array) -> list[Array]:
    """Return dl/dW_j = (W_N ... W_{j+1})^T G (W_{j-1} ... W_1)^T for every j, W_1 first.

    ``prefixes``: the products W_j ... W_1 for every j.
    """
    found = []
    for factor, prefix in zip(reversed(factors[1:]), reversed(prefixes[:-1]), strict=True):
        found.append(times(G, prefix.mT))
        G = times(factor.mT, G)
    return [G, *reversed(found)]


def prefix_products(factors: Factors) -> list[Array]:
    """Return W_j ... W_1 for every j; the last is W."""
    return list(accumulate(factors, lambda W, factor: times(factor, W)))


class Iterate(NamedTuple):
    """Factors, W_1 first, each (lanes, rows, columns), and their losses, (lanes,)."""

    factors: list[Array]
    loss: FloatArray

    def taken(self, lanes: NDArray[np.int64]) -> Iterate:
        """Return these lanes."""
        return Iterate([_taken(factor, lanes) for factor in self.factors], self.loss[lanes])

    def rows(self, lanes: NDArray[np.int64]) -> list[FloatArray]:
        """Return the factors in these lanes, each (k, rows, columns)."""
        return [as_numpy(factor) for factor in self.taken(lanes).factors]

    def product(self, lanes: NDArray[np.int64]) -> FloatArray:
        """Return W in these lanes, (k, d, d')."""
        return as_numpy(end_to_end(self.taken(lanes).factors))


class Iteration:
    """What one iteration computes, for any number of lanes."""

    def __init__(self, problem: Any, lr: float, compiled: Callable[..., Any]) -> None:
        def evaluate(factors: list[Array]) -> tuple[list[Array], Array]:
            prefixes = prefix_products(factors)
            return prefixes, problem.loss(prefixes[-1])

        def advance(factors: list[Array], prefixes: list[Array]) -> list[Array]:
            moves = slopes(factors, prefixes, lr * problem.gradient(prefixes[-1]))
            return [factor - move for factor, move in zip(factors, moves, strict=True)]

        self.evaluate, self.advance = compiled(evaluate), compiled(advance)


class Stack:
    """The factors of some runs, two iterates of them, and the iteration that leads to the next.

    :meth:`evaluate` sets the current iterate's loss; :meth:`advance` takes one step from there and
    exchanges the two iterates.
    """

    def __init__(self, iteration: Iteration, now: Iterate, before: Iterate) -> None:
        self._iteration, self.now, self.before = iteration, now, before
        self._prefixes: list[Array] = []

    @classmethod
    def idle(cls, iteration: Iteration, factors: Sequence[Array], lanes: int) -> Stack:
        """Return so many lanes, of zeros, for runs with factors like these, W_1 first."""
        zeros = [like(factor, np.zeros((lanes, *factor.shape[1:]))) for factor in factors]
        return cls(iteration, Iterate(zeros, np.zeros(lanes)), Iterate(zeros, np.zeros(lanes)))

    @property
    def bytes(self) -> int:
        """About the size of all that an iteration holds: iterates, prefixes, gradients."""
        entries: int = sum(prod(factor.shape) for factor in self.now.factors)
        return 6 * 8 * entries

    def put(self, lanes: NDArray[np.int64], given: Sequence[Array]) -> None:
        """Set the factors in these lanes."""
        count = len(self.now.loss)
        index = np.arange(count)
        index[lanes] = count + np.arange(len(lanes))
        for j, (mine, theirs) in enumerate(zip(self.now.factors, given, strict=True)):
            self.now.factors[j] = _taken(namespace(mine).concat([mine, theirs]), index)

    def taken(self, lanes: NDArray[np.int64]) -> Stack:
        """Return these lanes alone."""
        return Stack(self._iteration, self.now.taken(lanes), self.before.taken(lanes))

    def still(self) -> NDArray[np.bool_]:
        """Whether the last step moved a lane by no more than rounding, in every entry, (lanes,)."""
        moved = np.zeros(len(self.now.loss), dtype=np.bool_)
        for now, before in zip(self.now.factors, self.before.factors, strict=True):
            xp = namespace(now)
            beyond = xp.abs(now - before) > epsilon(now) * xp.abs(now)
            moved |= as_numpy(xp.any(beyond, axis=(1, 2))).astype(np.bool_)
        return ~moved

    def evaluate(self) -> None:
        """Compute the prefix products and the loss of the current iterate."""
        self._prefixes, loss = self._iteration.evaluate(self.now.factors)
        self.now = Iterate(self.now.factors, as_numpy(loss))

    def advance(self) -> None:
        """Take the step W_j <- W_j - lr dl/dW_j from the iterate just evaluated."""
        factors = self._iteration.advance(self.now.factors, self._prefixes)
        self.now, self.before = Iterate(factors, self.now.loss), self.now


def _taken(array: Array, lanes: NDArray[np.int64]) -> Array:
    return namespace(array).take(array, indices_like(array, lanes), axis=0)
