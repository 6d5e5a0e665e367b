"""The point of a user's own matrix: its SVD, and balanced factors of it, at which claims are read.

W is rational. Its singular values and vectors are rational where they can be, and enclosed in balls
elsewhere; how often a value occurs, and the rank, are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from flint import arb, fmpq, fmpq_mat

from dlnproof.depth import INFINITE, Depth
from dlnproof.language.precision import working_precision
from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, power_or_zero
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.values import Unknown, Value

BITS: Final = 720
"""How many bits of singular values and vectors are known: what they are made into keeps 40 digits.
"""
_MOST_BITS: Final = 2**14
_UNTOLD: Final = Unknown("singular vectors that no precision tried tells apart")


@dataclass(frozen=True, eq=False)
class OwnGeometry(Geometry):
    """A geometry whose W is given, with sigma_1 >= ... >= sigma_d and frames V and U of its SVD."""

    W: fmpq_mat
    sizes: tuple[Value, ...]
    left: Value
    right: Value
    reach: fmpq
    """How far values that are not zero move on a path: less than half of the way to the next."""

    __hash__ = object.__hash__  # of balls there is none
    __eq__ = object.__eq__

    @cache  # noqa: B019 - as in what it is a case of
    def frame(self, j: int) -> Value:
        """Return Q_j: V, then rational ones, then U."""
        if j == self.depth:
            return self.left
        return self.right if j == 0 else super().frame(j)

    def point(self, *, mean: bool = False) -> Point:
        """Return the point, with W as it is given."""
        with working_precision(BITS):
            return super().point(mean=mean).with_values(W=self.W)

    def sigma(self, i: int) -> Value:
        """Return sigma_i."""
        return self.sizes[i - 1]

    @cache  # noqa: B019
    def factor(self, j: int) -> Value:
        """Return W_j."""
        return self.W if self.depth == 1 else super().factor(j)

    def _bounds(self, i: int) -> tuple[Value, Value]:
        size = self.sizes[i - 1]
        return v.minus(size, self.reach), v.plus(size, self.reach)

    def sigma_at(self, i: int, time: Value) -> Value:
        """Return sigma_i(t), which is sigma_i at t = 0; what is zero stays so."""
        return fmpq(0) if v.is_zero(self.sizes[i - 1]) else super().sigma_at(i, time)

    def _speed(self, i: int, sigma: Value) -> Value:
        return fmpq(0) if v.is_zero(self.sizes[i - 1]) else super()._speed(i, sigma)

    def in_kernel(self) -> list[Value]:
        """Return X W_1, -W_2 X, 0, ...: with them as directions the product does not move."""
        d = self.width
        still = [v.null((d, d))] * self.depth
        if self.depth > 1:
            x = v.matrix(d, d, [fmpq((3 * k) % 7 - 2, 2) for k in range(d * d)])
            still[0] = v.times(x, self.factor(1))
            still[1] = v.negative(v.times(self.factor(2), x))
        return still


def own_geometry(W: fmpq_mat, depth: Depth) -> OwnGeometry:
    """Return the geometry of a square W: its factors are balanced, those between are drawn.

    At infinite depth there are none: no sentence that speaks of N is to be read there.
    """
    layers = 1 if depth == INFINITE else int(depth)
    sizes, left, right = _svd(W)
    with working_precision(BITS):
        power = fmpq(1, layers)
        shared: dict[
            int, Value
        ] = {}  # equal values have one root: the same object, the same number
        for size in sizes:
            shared.setdefault(id(size), power_or_zero(size, power))
        roots = tuple(shared[id(size)] for size in sizes)
        return OwnGeometry(layers, roots, 0, W, sizes, left, right, _reach(sizes))


def _reach(sizes: Sequence[Value]) -> fmpq:
    """Return a power of two, less than half of each gap between distinct values, and to zero."""
    gaps = [v.balls(x) - v.balls(y) for x, y in pairwise((*sizes, fmpq(0))) if x is not y]
    least = min((gap.lower() for gap in gaps if gap > 0), key=lambda x: x, default=arb(1))
    digits, shift = least.man_exp()
    return fmpq(2) ** (int(shift) + int(digits).bit_length() - 3)


def _svd(W: fmpq_mat) -> tuple[tuple[Value, ...], Value, Value]:
    """Return the singular values, U and V, as closely as is wanted. Raises :class:`Unknown`."""
    bits = 2 * BITS
    while bits <= _MOST_BITS:
        with working_precision(bits), suppress(Unknown):
            sizes, right = _right(W)
            left = _left(W, sizes, right)
            entries = [v.balls(x) for x in (*v.flat(left), *v.flat(right))]
            close = all(x.rad() < arb(2) ** -BITS for x in entries)
            if close and all(v.balls(x).rel_accuracy_bits() >= BITS for x in sizes):
                return sizes, left, right
        bits *= 2
    raise _UNTOLD


def _right(W: fmpq_mat) -> tuple[tuple[Value, ...], Value]:
    """Return the singular values, descending, and V."""
    found = [(_root(square), space) for square, space in v.eigenspaces(W.transpose() * W)]
    found.sort(key=lambda pair: v.balls(pair[0]).mid(), reverse=True)
    sizes: list[Value] = []
    columns: list[Value] = []
    for size, space in found:
        basis = _basis(space)
        columns += basis
        sizes += [size] * len(basis)
    return tuple(sizes), _side_by_side(columns)


def _root(square: Value) -> Value:
    return fmpq(0) if v.sign(square) == 0 else v.real_power(square, fmpq(1, 2))


def _left(W: fmpq_mat, sizes: tuple[Value, ...], right: Value) -> Value:
    """Return U: W v_i / sigma_i, and a basis of the kernel of W^T where sigma_i = 0."""
    d = len(sizes)
    images = v.times(W, right)
    columns = [
        v.times(v.inverse_of(size), _column(images, i))
        for i, size in enumerate(sizes)
        if not v.is_zero(size)
    ]
    if len(columns) < d:
        [kernel] = [space for r, space in v.eigenspaces(W * W.transpose()) if v.sign(r) == 0]
        columns += _basis(kernel)
    return _side_by_side(columns)


def _basis(projection: Value) -> list[Value]:
    """Return an orthonormal basis of the space that a projection leaves, by Gram and Schmidt.

    There are as many as its trace says; the longest column comes first.
    """
    d, _ = v.shape(projection)
    rank = v.balls(v.trace(projection)).unique_fmpz()
    if rank is None:
        raise _UNTOLD
    rest, found = projection, []
    for _ in range(int(rank)):
        columns = [_column(rest, k) for k in range(d)]
        squares = [v.trace(v.times(v.transpose(c), c)) for c in columns]
        longest = max(range(d), key=lambda k: v.balls(squares[k]).mid())
        if v.sign(squares[longest]) != 1:
            raise _UNTOLD
        length = v.real_power(squares[longest], fmpq(1, 2))
        unit = v.times(v.inverse_of(length), columns[longest])
        found.append(unit)
        rest = v.minus(rest, v.times(unit, v.times(v.transpose(unit), rest)))
    return found


def _column(x: Value, k: int) -> Value:
    rows, _ = v.shape(x)
    return v.matrix(rows, 1, [v.entry(x, i, k) for i in range(rows)])


def _side_by_side(columns: list[Value]) -> Value:
    d = len(columns)
    return v.matrix(d, d, [v.entry(columns[k], i, 0) for i in range(d) for k in range(d)])
