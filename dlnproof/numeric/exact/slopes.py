"""Derivatives by singular values, the frames at rest, of what is a number at each point."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from flint import arb, fmpq

from dlnproof.numeric.exact.points import ExactPoint


def slopes(of: Callable[[ExactPoint], arb], point: ExactPoint, step: fmpq) -> Iterator[arb]:
    """Yield the derivative by each sigma_i = t_i^N, up to O(h^4), at distinct t_i > 0.

    Central differences with one Richardson step, by a step relative to the least gap of the t_i:
    their order is kept.
    """
    gaps = [1 - b / a for a, b in pairwise(point.roots)]
    h = step * min([*gaps, fmpq(1)]) / 4

    def at(i: int, by: fmpq) -> arb:
        roots = tuple(t * (1 + by) if k == i else t for k, t in enumerate(point.roots))
        return of(replace(point, roots=roots))

    for i, sigma in enumerate(point.sigma):
        a, b, c, d = (at(i, h * k / 2) for k in (2, -2, 1, -1))
        yield (8 * (c - d) - (a - b)) / (6 * arb(h)) / (int(point.depth) * sigma)
