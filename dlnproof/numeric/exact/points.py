"""Exact rational points of the balanced manifold, from plain data.

With sigma_i = t_i^N and t_i rational, and with rational orthogonal frames, every factor
W_j = Q_j Lambda Q_{j-1}^T, every fractional power of W W^T and every Gram matrix is rational.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from math import inf
from typing import Any

from flint import arb, fmpq, fmpq_mat

from dlnproof.depth import Depth, show_depth


class Stratum(StrEnum):
    """Where in the space of spectra a point lies: closed forms have branches and limits there."""

    SIMPLE = "simple"
    PAIR = "coincident pair"
    EQUAL = "all equal"
    NEAR = "near-coincident"
    TINY = "tiny sigma"
    DEFICIENT = "rank deficient"

    def exists(self, width: int) -> bool:
        """Whether width d has such a spectrum, different from the strata before."""
        least = {self.PAIR: 2, self.EQUAL: 3, self.NEAR: 2, self.DEFICIENT: 2}
        return width >= least.get(self, 1)


@dataclass(frozen=True, order=True)
class PointKey:
    """What a point is made from: plain data, so that any process anywhere makes the same one.

    ``sign`` is that of det W, or of det U det V where W is singular; ``index`` counts the points of
    one kind.
    """

    depth: Depth
    width: int
    stratum: Stratum
    sign: int
    index: int
    seed: int

    @property
    def rank(self) -> int:
        """The rank of W there: at rank deficient points the highest and the lowest below d."""
        if self.stratum is not Stratum.DEFICIENT:
            return self.width
        return self.width - 1 if self.sign == 1 else 1

    def __str__(self) -> str:
        """Return it in words, as where time went."""
        kind = f"{self.stratum}{', det < 0' * (self.sign < 0)}, {self.index + 1}"
        return f"N = {show_depth(self.depth)}, d = {self.width}, {kind}"

    def random(self) -> random.Random:
        """Return a generator seeded by a hash of the key."""
        text = f"{self.depth}/{self.width}/{self.stratum}/{self.sign}/{self.index}/{self.seed}"
        return random.Random(hashlib.sha256(text.encode()).digest())


@dataclass(frozen=True, eq=False)
class ExactPoint:
    """A rational point of the balanced manifold and the W below it.

    ``roots``: t_1 >= ... >= t_d >= 0, the N-th roots of the singular values (at infinite depth the
    singular values themselves). ``frames``: Q_0 = V, Q_1, ..., Q_N = U, rational orthogonal d x d
    matrices (at infinite depth V and U only). It equals itself alone, and may be a key.
    """

    depth: Depth
    roots: tuple[fmpq, ...]
    frames: tuple[fmpq_mat, ...]

    @property
    def rank(self) -> int:
        """The rank of W."""
        return sum(t > 0 for t in self.roots)

    @property
    def width(self) -> int:
        """The width d."""
        return len(self.roots)

    @cached_property
    def sigma(self) -> tuple[fmpq, ...]:
        """The singular values sigma_i = t_i^N, descending."""
        return tuple(t if self.depth == inf else t ** int(self.depth) for t in self.roots)

    @property
    def U(self) -> fmpq_mat:
        """The left singular vectors, as columns."""
        return self.frames[-1]

    @property
    def V(self) -> fmpq_mat:
        """The right singular vectors, as columns."""
        return self.frames[0]

    @property
    def distinct(self) -> bool:
        """Whether the singular values are."""
        return len(set(self.roots)) == self.width

    @cached_property
    def factors(self) -> tuple[fmpq_mat, ...]:
        """The balanced factors W_1, ..., W_N (finite depth)."""
        middle = diagonal(self.roots)
        return tuple(
            after * middle * before.transpose()
            for before, after in zip(self.frames, self.frames[1:], strict=False)
        )

    @cached_property
    def W(self) -> fmpq_mat:
        """The end-to-end matrix U Sigma V^T."""
        return self.U * diagonal(self.sigma) * self.V.transpose()

    def coordinates(self) -> dict[str, Any]:
        """Return t and Q as files write them: rationals as text, matrices by rows."""
        return {
            "t": [str(t) for t in self.roots],
            "Q": [[[str(x) for x in row] for row in frame.tolist()] for frame in self.frames],
        }

    def levels(self) -> list[tuple[fmpq, fmpq, arb]]:
        """Return (sigma_i, sigma_i^(1/N), log sigma_i^2) for each i; the log is a ball."""
        one = fmpq(1)
        return [
            (s, one if self.depth == inf else t, 2 * arb(s).log())
            for s, t in zip(self.sigma, self.roots, strict=True)
        ]


def unturned(point: ExactPoint) -> ExactPoint:
    """Return the point of Sigma: the same roots, all frames I."""
    return replace(point, frames=(identity(point.width),) * len(point.frames))


def diagonal(entries: tuple[fmpq, ...]) -> fmpq_mat:
    """Return the diagonal matrix with the given entries."""
    size = len(entries)
    matrix = fmpq_mat(size, size)
    for k, entry in enumerate(entries):
        matrix[k, k] = entry
    return matrix


def identity(size: int) -> fmpq_mat:
    """Return the identity matrix."""
    return diagonal((fmpq(1),) * size)


def cayley(skew: fmpq_mat) -> fmpq_mat:
    """Return (I - S/2)^(-1) (I + S/2), the Cayley transform: orthogonal for a skew-symmetric S."""
    one, half = identity(skew.nrows()), fmpq(1, 2)
    return (one - skew * half).solve(one + skew * half)


def point(key: PointKey) -> ExactPoint:
    """Return the point that the key describes."""
    rng = key.random()
    count = 2 if key.depth == inf else int(key.depth) + 1
    frames = [_orthogonal(rng, key.width) for _ in range(count)]
    # det W = det U det V (Sigma > 0): reflect U's last column if the sign is not the one wanted
    if frames[0].det() * frames[-1].det() != key.sign:
        reflection = diagonal((fmpq(1),) * (key.width - 1) + (fmpq(-1),))
        frames[-1] = frames[-1] * reflection
    return ExactPoint(key.depth, _roots(rng, key), tuple(frames))


def _roots(rng: random.Random, key: PointKey) -> tuple[fmpq, ...]:
    """Return t_1 >= ... >= t_d > 0 in the key's stratum."""
    denominator = rng.choice((2, 3, 4, 5))
    numerators = sorted(rng.sample(range(2, 3 * key.width + 4), key.width), reverse=True)
    roots = [fmpq(n, denominator) for n in numerators]
    match key.stratum:
        case Stratum.PAIR:
            roots[1] = roots[0]
        case Stratum.EQUAL:
            roots = [roots[0]] * key.width
        case Stratum.NEAR:
            roots[1] = roots[0] * (1 - fmpq(1, 10 ** rng.choice((6, 12, 24))))
            roots[2:] = [t * roots[1] / roots[0] for t in roots[2:]]
        case Stratum.TINY:
            roots[-1] = roots[-1] / 10**4
        case Stratum.DEFICIENT:
            roots[key.rank :] = [fmpq(0)] * (key.width - key.rank)
        case Stratum.SIMPLE:
            pass
    return tuple(roots)


def _orthogonal(rng: random.Random, size: int) -> fmpq_mat:
    """Return a rational orthogonal matrix of either determinant, with small entries."""
    skew = fmpq_mat(size, size)
    for row in range(size):
        for column in range(row):
            # neither 0 nor 2, which turn by nothing and by a right angle
            skew[row, column] = fmpq(rng.choice((-3, -1, 1, 3)), rng.choice((1, 2)))
            skew[column, row] = -skew[row, column]
    signs = tuple(fmpq(rng.choice((-1, 1))) for _ in range(size))
    return cayley(skew) * diagonal(signs)
