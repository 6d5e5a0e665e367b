"""Numeric checks of how the entropy of 2 x 2 matrices grows with their singular values."""

from collections.abc import Sequence
from typing import NamedTuple

from flint import fmpq

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question, Readings, Sides
from dlnproof.numeric.exact.points import ExactPoint, PointKey
from dlnproof.numeric.exact.predictions import Parts
from dlnproof.quantities.gradients import entropy_slope, fibred
from dlnproof.quantities.orbit import squared

from ..completion.volume_corners import closed, moved, planar
from ..volume.volume_gradient import narrow
from .entropy_gradient import measure_exact, measure_pullback

COVERS = frozenset({"first", "second"})


def few(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return some points of width 2."""
    return narrow(planar(keys))


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The two slopes as they are stated."""
    return [[closed(parts[name], point) for name in ("first", "second")]]


class Slopes(NamedTuple):
    """The slopes of the entropy, and what they are times sigma^(1-2/N)."""

    depth: int
    plain: tuple[fmpq, ...]
    relative: tuple[fmpq, ...]


def slopes(point: ExactPoint) -> Slopes:
    """Return them."""
    plain = tuple(entropy_slope(point, i) for i in range(2))
    scales = (s / t**2 for s, t in zip(point.sigma, point.roots, strict=True))
    relative = tuple(x * y for x, y in zip(plain, scales, strict=True))
    return Slopes(int(point.depth), plain, relative)


def amiss(found: Slopes) -> list[fmpq]:
    """Return what is negative of what is not to be, and what two factors make equal."""
    (first, second), (one, other) = found.plain, found.relative
    signs = [first, second, second - first, one - other]
    same = [one - other] if found.depth == 2 else []
    return [*(min(x, fmpq(0)) for x in signs), *same]


def exchanged(found: Slopes) -> list[Slopes]:
    """The same with the two values exchanged, or the sign, where the slopes differ."""
    depth, plain, relative = found
    turned = Slopes(depth, plain[::-1], relative[::-1])
    less = Slopes(depth, tuple(-x for x in plain), relative)
    return [turned, less] if depth > 2 else [less] if depth == 2 else []


def at_low_rank(point: ExactPoint) -> Readings:
    """The squared volume of the orbit where sigma = (4, 1/4), and where it is (4, 1); N = 2."""
    if point.depth != 2:
        return Readings()
    low, high = (squared(moved(point, *at)) for at in ((fmpq(2), fmpq(1, 2)), (fmpq(2), fmpq(1))))
    what = Sides(
        r"the squared volume where $\sigma=(4,1/4)$",
        r"that where $\sigma=(4,1)$",
        "$N=2$, $d=2$",
    )
    return Readings([[low]], [[max(low, high)]], what)


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict,
        visits=planar,
        questions=(
            Question(
                "a slope that is negative, or a difference of slopes that is",
                slopes,
                amiss,
                exchanged,
            ),
        ),
        printed={"low-rank": at_low_rank},
    ),
    ConvergentCheck(COVERS, measure_pullback, predict, truncates=fibred, visits=few),
)
