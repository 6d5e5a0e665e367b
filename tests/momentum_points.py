"""Points with geodesics and their momenta, and with paths that miss one of Hamilton's equations."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flint import fmpq
from geodesic_points import complex_number

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.paths import straight_point
from dlnproof.numeric.values import Value

ONE, TWO = fmpq(1), fmpq(2)
Curve = Callable[[Value], Value]


def momenta(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points of each stratum: geodesics that turn, and others whose values move."""
    for depth in (1, 2, 3):
        yield f"depth {depth}, turning", turning(Geometry(depth, (ONE, ONE), seed))
    for g in [*geometries(seed, (1, 2, 3), (1, 2)), *geometries(seed, (3,), (3,))]:
        if all(g.roots):
            yield f"{g.place}, straight", straight(g)


def acted(g: Geometry, point: Point, **curves: Callable[..., Value]) -> Point:
    """Return the point with orthogonal Q and R, and with these curves."""
    names = {"momentum": "P(t)", "force": "P'(t)", "left": "U(t)", "place": "W(t)"}
    turns = {"Q": g.frame(g.depth + 1), "R": g.frame(g.depth + 2)}
    values = {names.get(name, name): curve for name, curve in curves.items()}
    return point.with_values(**turns, **values).fixing("Q", "R")


def straight(g: Geometry) -> Point:
    """Return W = U L^N V^T and P = U x L^(1-N) V^T with L = Lambda + t x, x diagonal."""
    point = straight_point(g).with_values(t_0=-min(g.roots) / 2)
    speeds = point.values["W_j'(t)"](1, fmpq(0))
    inside = v.times(v.times(v.transpose(g.frame(1)), speeds), g.frame(0))
    x = [v.entry(inside, k, k) for k in range(g.width)]

    def between(power: int, factors: list[Value]) -> Curve:
        def at(time: Value) -> Value:
            roots = [v.plus(root, v.times(time, y)) for root, y in zip(g.roots, x, strict=True)]
            roots = [v.inverse_of(root) for root in roots] if power < 0 else roots
            powers = [v.integer_power(root, abs(power)) for root in roots]
            return g.whole([v.times(c, y) for c, y in zip(factors, powers, strict=True)])

        return at

    bent = [v.times(fmpq(1 - g.depth), v.times(y, y)) for y in x]
    return acted(
        g,
        point,
        place=between(g.depth, [ONE] * g.width),
        momentum=between(1 - g.depth, x),
        force=between(-g.depth, bent),
    )


def turning(g: Geometry) -> Point:
    """Return W = U z^N V^T and P = U i w^(1-N) V^T, for z = 1 + it and w = 1 - it."""

    def z(time: Value) -> Value:
        return complex_number(ONE, time)

    def between(j: int, k: int, inside: Curve) -> Curve:
        return lambda time: v.times(v.times(g.frame(j), inside(time)), v.transpose(g.frame(k)))

    def whole(inside: Curve) -> Curve:
        return between(g.depth, 0, inside)

    def size(time: Value) -> Value:
        return v.real_power(v.plus(ONE, v.times(time, time)), fmpq(g.depth, 2))

    def inverse(time: Value, count: int) -> Value:
        """Return w^(-n) = (z / |z|^2)^n."""
        square = v.plus(ONE, v.times(time, time))
        return v.integer_power(v.times(v.inverse_of(square), z(time)), count)

    turn, n = complex_number(fmpq(0), ONE), g.depth
    unit: Curve = lambda time: v.times(v.inverse_of(size(time)), v.integer_power(z(time), n))  # noqa: E731
    return acted(
        g,
        g.point(),
        place=whole(lambda time: v.integer_power(z(time), n)),
        momentum=whole(lambda time: v.times(turn, inverse(time, n - 1))),
        force=whole(lambda time: v.times(fmpq(1 - n), inverse(time, n))),
        left=lambda time: v.times(g.frame(n), unit(time)),
        **{
            "sigma(t)": lambda i, time: size(time) if i in (1, 2) else ONE,
            "W_j(t)": lambda j, time: between(j, j - 1, z)(time),
            "W_j'(t)": lambda j, time: between(j, j - 1, lambda _: turn)(time),
        },
    )


# --- with one condition missing -------------------------------------------------------------------


def not_of_hamilton() -> Iterator[Point]:
    """Yield paths of one factor, whose momentum moves by nothing, that miss one of the equations.

    W moves by I with another momentum; it moves by P, which has no derivative or force as it is to.
    """
    g = Geometry(1, (ONE, ONE), 0)
    null, eye = v.null((2, 2)), v.eye(2)
    some = v.matrix(2, 2, [ONE, TWO, fmpq(0), ONE])
    still = acted(g, g.point(), momentum=lambda time: some, force=lambda time: null)

    def grown(time: Value) -> Value:
        return v.plus(fmpq(3), time)

    yield still.with_values(
        **{
            "W(t)": lambda time: v.times(grown(time), eye),
            "U(t)": lambda time: eye,
            "V(t)": lambda time: eye,
            "sigma(t)": lambda i, time: grown(time),
        }
    )

    def bent(time: Value) -> Value:
        return complex_number(ONE, v.times(time, time))

    def size(time: Value) -> Value:
        square = v.times(time, time)
        return v.real_power(v.plus(ONE, v.times(square, square)), fmpq(1, 2))

    path = {
        "W(t)": bent,
        "P(t)": lambda time: complex_number(fmpq(0), v.times(TWO, time)),
        "U(t)": lambda time: v.times(v.inverse_of(size(time)), bent(time)),
        "V(t)": lambda time: eye,
        "sigma(t)": lambda i, time: size(time),
    }
    yield still.with_values(**path)
    yield still.with_values(**path, **{"P'(t)": lambda time: complex_number(fmpq(0), TWO)})


def without_frames() -> Iterator[Point]:
    """Yield straight geodesics between one factor's frames, one of which is another."""
    yield from (straight(Geometry(depth, (TWO, ONE), 1)) for depth in (1, 3))


def no_depth() -> Iterator[Point]:
    """Yield a point of depth 0, where nothing moves."""
    g = Geometry(1, (TWO, ONE), 1)
    point, null = g.point(), v.null((2, 2))
    some = v.matrix(2, 2, [ONE, TWO, fmpq(0), ONE])
    place, sizes = point.values["W"], (TWO, ONE)
    still = acted(
        g,
        point,
        place=lambda time: place,
        momentum=lambda time: some,
        force=lambda time: null,
    )
    yield still.with_values(
        **{"N": 0, "sigma(t)": lambda i, time: sizes[i - 1] if i in (1, 2) else ONE}
    )
