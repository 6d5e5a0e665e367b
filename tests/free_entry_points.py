"""Points with a free entry, along which one singular value grows, and a loss that misses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from flint import fmpq

from dlnproof.definitions.letters import d, i, l
from dlnproof.kernel.terms import unit
from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, diagonal
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.sentences import value
from dlnproof.numeric.values import Value

ZERO, ONE = fmpq(0), fmpq(1)
HOT = fmpq(1, 10)
"""So hot that the free energy is below all numbers that are tried."""


def lined(g: Geometry, *, share: fmpq = ONE, weight: fmpq = ZERO, sign: int = 1) -> Point:
    """Return the point of W + t E_d1, of which t is added to the first singular value.

    ``share`` stands before each factor, ``weight`` before the free entry in the loss; with the
    other ``sign`` t is taken from the value.
    """
    size, n = g.width, g.depth
    places = [(j, k) for j in range(size) for k in range(size)]
    entries = [(j == size - 1 - k) * (1 if k else sign) for j, k in places]
    left = v.matrix(size, size, list(map(fmpq, entries)))
    sizes = [g.sigma(k) for k in range(1, size + 1)]
    inverses = [1 / x for x in sizes]

    def frame(j: int) -> Value:
        return left if j >= n else v.eye(size) if j <= 0 else g.frame(j)

    def factor(j: int, time: Value) -> Value:
        moved = [v.plus(sizes[0], v.times(fmpq(sign), time)), *sizes[1:]]
        flipped = v.sign(moved[0]) == -1
        roots = [v.real_power(v.negative(x) if v.sign(x) == -1 else x, fmpq(1, n)) for x in moved]
        if flipped and j == n:
            roots[0] = v.negative(roots[0])
        between = v.times(v.times(frame(j), diagonal(roots)), v.transpose(frame(j - 1)))
        return v.times(share, between)

    def seen(k: int, m: int) -> fmpq:
        return weight if (k, m) == (size, 1) else fmpq(k + m, 3)

    def loss(at: Value) -> Value:
        found: Value = fmpq(0)
        for k in range(size):
            for m in range(size):
                away = v.minus(v.entry(at, k, m), fmpq(k - 2 * m, 2))  # b_kl, counted from 1
                found = v.plus(found, v.times(seen(k + 1, m + 1) / 2, v.times(away, away)))
        return found

    return g.point().with_values(
        **{
            "W": v.times(left, diagonal(sizes)),
            "X": v.times(diagonal(inverses), v.transpose(left)),
            "i": size,
            "l": 1,
            "beta": HOT,
            "omega": seen,
            "b_kl": lambda k, m: fmpq((k - 1) - 2 * (m - 1), 2),
            "loss": loss,
            "W_j(t)": factor,
        }
    )


def lines(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points of several depths and widths, equal values among them."""
    for depth in (1, 2, 3):
        for roots in ((1,), (2, 1), (1, 1), (1, 2), (2, 1, 1)):
            g = Geometry(depth, tuple(map(fmpq, roots)), seed)
            yield f"{g.place}, a free entry", lined(g)


def off_line() -> Iterator[Point]:
    """Yield points whose product is another, whose entry counts, or moves to det W = 0."""
    g = Geometry(2, (fmpq(2), ONE), 0)
    yield lined(g, share=fmpq(1, 2))
    yield lined(g, weight=ONE)
    yield lined(Geometry(2, (fmpq(1, 2), ONE), 0), sign=-1)
    yield from _outside()


def _outside() -> Iterator[Point]:
    """Yield numbers that move by an entry that is none: some other number."""
    one = lined(Geometry(1, (fmpq(2),), 0))
    one = one.with_values(omega=lambda k, m: ZERO, loss=lambda at: ZERO)
    for name, place, seed in product("il", (0, 2), range(4)):
        point = replace(one, seed=seed).with_values(**{name: place})
        step = value(unit(d, i.term, l.term), point)

        def factor(j: int, time: Value, step: Value = step) -> Value:
            return v.plus(one.values["W"], v.times(time, step))

        yield point.with_values(**{"W_j(t)": factor})
