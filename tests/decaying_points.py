"""Points with gradient flows of factors with weight decay, which are not balanced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.paths import decaying_point, log_2, with_decay
from dlnproof.numeric.values import Value


def decaying(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points with the loss log 2 Tr(U^T X V), and without one, of each stratum."""
    for roots in ((2, 1), (1,)):
        g = Geometry(2, tuple(map(fmpq, roots)), seed)
        yield f"{len(roots)} values, with a loss", with_loss(g, fmpq(1, 2))
    for g in [*geometries(seed, (2, 3, 1), (1, 2)), *geometries(seed, (2, 3), (3,))]:
        yield f"{g.place}, alone", alone(g)


def alone(g: Geometry) -> Point:
    """Return W_j(t) = j 2^(-t) W_j, of a constant loss."""
    return decaying_point(g, fmpq)


def with_loss(g: Geometry, strength: fmpq) -> Point:
    """Return W_1 = Q a V^T and W_2 = U b Q^T, with a' = -b log 2 - mu a and b' = -a log 2 - mu b.

    a and b are 2^(-mt) (x 2^(-t) + y 2^t) and 2^(-mt) (x 2^(-t) - y 2^t), with mu = m log 2.
    """
    both = v.times(g.frame(2), v.transpose(g.frame(0)))

    def aim() -> Value:
        return v.times(log_2(), both)

    def sizes(j: int, time: Value) -> list[Value]:
        shrinks, grows = (v.real_power(fmpq(2), v.times(c - strength, time)) for c in (-1, 1))
        sign = fmpq(1 if j == 1 else -1)
        pairs = [(fmpq(2 + i), sign * fmpq(1, 1 + i)) for i in range(g.width)]
        return [v.plus(v.times(x, shrinks), v.times(y, grows)) for x, y in pairs]

    def between(j: int, entries: Sequence[Value]) -> Value:
        d, none = range(g.width), fmpq(0)
        middle = v.matrix(len(d), len(d), [entries[i] if i == l else none for i in d for l in d])
        return v.times(v.times(g.frame(j), middle), v.transpose(g.frame(j - 1)))

    def velocity_at(j: int, time: Value) -> Value:
        pairs = zip(sizes(j, time), sizes(3 - j, time), strict=True)
        moves = [v.plus(v.times(strength, own), other) for own, other in pairs]
        return v.times(v.negative(log_2()), between(j, moves))

    return with_decay(
        g,
        strength,
        **{
            "loss": lambda x: v.trace(v.times(v.transpose(aim()), x)),
            "G(t)": lambda time: aim(),
            "W_j(t)": lambda j, time: between(j, sizes(j, time)),
            "W_j'(t)": velocity_at,
        },
    )
