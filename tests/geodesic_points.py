"""Points with geodesics of balanced factors, and with paths that miss one condition of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flint import arb, fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.paths import log_2, straight_point
from dlnproof.numeric.values import Jet, Value

ONE, TWO = fmpq(1), fmpq(2)
Path = tuple[Callable[[int, Value], Value], Callable[[int, Value], Value]]


def geodesics(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points of each stratum: a geodesic that bends, and straight ones."""
    yield "four factors that turn", turning_factors(Geometry(4, (ONE, ONE), seed))
    for g in [*geometries(seed, (2, 3, 1), (2, 1)), *geometries(seed, (2,), (3,))]:
        yield f"{g.place}, straight", straight_point(g)


def complex_number(re: Value, im: Value) -> Value:
    """Return the matrix that multiplies by re + i im."""
    return v.matrix(2, 2, [re, v.negative(im), im, re])


def turning_factors(g: Geometry) -> Point:
    """Return W_1 = w^2/|w| and W_2 = W_3 = W_4 = |w| of w = 1 + it, between frames.

    On this cone over a circle that is a line: four equal sizes, of which one turns.
    """

    def size(time: Value) -> Value:
        return v.real_power(v.plus(ONE, v.times(time, time)), fmpq(1, 2))

    def between(j: int, middle: Value) -> Value:
        return v.times(v.times(g.frame(j), middle), v.transpose(g.frame(j - 1)))

    def factor(j: int, time: Value) -> Value:
        if j != 1:
            return between(j, v.times(size(time), v.eye(2)))
        w = complex_number(ONE, time)
        return between(j, v.times(v.inverse_of(size(time)), v.times(w, w)))

    def velocity(j: int, time: Value) -> Value:
        left = v.inverse_of(size(time))
        grown = v.times(time, left)
        if j != 1:
            return between(j, v.times(grown, v.eye(2)))
        w, turned = complex_number(ONE, time), complex_number(fmpq(0), TWO)
        cubed = v.times(v.integer_power(left, 2), grown)
        moves = v.minus(v.times(left, v.times(turned, w)), v.times(cubed, v.times(w, w)))
        return between(j, moves)

    def stretched(j: int, time: Value) -> Value:
        share = fmpq(j - 4 if 0 < j < 4 else 0)
        return v.times(v.times(share, v.integer_power(v.inverse_of(size(time)), 4)), v.eye(2))

    return with_path(g, factor, velocity, stretched)


def with_path(g: Geometry, *families: Any) -> Point:
    """Return the point with factors, velocities and b_j along a path."""
    return g.point().with_values(
        **dict(zip(("W_j(t)", "W_j'(t)", "b_j(t)"), families, strict=True))
    )


# --- with one condition missing -------------------------------------------------------------------


def no_geodesics() -> Iterator[Point]:
    """Yield points at which one hypothesis fails, in the order of these."""
    yield no_factors()
    point = straight_point(Geometry(2, (TWO, ONE), 1))
    moves = point.values["W_j'(t)"]
    yield point.with_values(**{"W_j'(t)": lambda j, time: v.times(TWO, moves(j, time))})
    for last in (None, 0, 1):  # b_0 = b_1 = 0, b_0 = -c^2, b_1 = c^2
        yield growing(last)
    yield spiral()
    yield unbalanced()


def growing(place: int | None) -> Point:
    """Return W_1 = 2^t: its acceleration c^2 W_1, c = log 2, is by b_0, by b_1, or by none."""

    def grown(times: int) -> Callable[[int, Value], Value]:
        return lambda j, time: _one(
            v.times(v.integer_power(log_2(), times), v.real_power(TWO, time))
        )

    def stretched(j: int, time: Value) -> Value:
        square = v.integer_power(log_2(), 2)
        return _one(v.times(fmpq(2 * j - 1), square) if j == place else fmpq(0))

    return with_path(Geometry(1, (ONE,), 0), grown(0), grown(1), stretched)


def unbalanced() -> Point:
    """Return W_1 = x^(6/5) and W_2 = x^(3/5), x = 3 + t: W_1''/W_1 = -W_2''/W_2 = 6/(25 x^2)."""
    exponents = {1: fmpq(6, 5), 2: fmpq(3, 5)}

    def power(time: Value, e: fmpq) -> Value:
        return v.real_power(v.plus(fmpq(3), time), e)

    def factor(j: int, time: Value) -> Value:
        return _one(power(time, exponents.get(j, fmpq(0))))

    def velocity(j: int, time: Value) -> Value:
        e = exponents.get(j, fmpq(0))
        return _one(v.times(e, power(time, e - 1)))

    def stretched(j: int, time: Value) -> Value:
        return _one(v.times(fmpq(6 * (j == 1), 25), power(time, fmpq(-2))))

    return with_path(Geometry(2, (ONE,), 0), factor, velocity, stretched)


def spiral() -> Point:
    """Return W_1 = z and W_2 its conjugate, z = e^(c(1 + i)t): W_1'' = 2ic^2 W_1, which is skew."""

    def factor(j: int, time: Value) -> Value:
        angle, size = v.times(log_2(), time), v.real_power(TWO, time)
        sign = fmpq(1 if j == 1 else -1)
        cosine, sine = _turn(angle)
        return complex_number(v.times(size, cosine), v.times(v.times(sign, size), sine))

    def velocity(j: int, time: Value) -> Value:
        rate = complex_number(log_2(), v.times(fmpq(1 if j == 1 else -1), log_2()))
        return v.times(rate, factor(j, time))

    def stretched(j: int, time: Value) -> Value:
        square = v.times(fmpq(2 * (j == 1)), v.integer_power(log_2(), 2))
        return complex_number(fmpq(0), square)

    return with_path(Geometry(2, (ONE, ONE), 0), factor, velocity, stretched)


def no_factors() -> Point:
    """Return a point of depth 0, where W_0 = (1, 0; t^2, 1) is no factor."""

    def factor(j: int, time: Value) -> Value:
        return v.matrix(2, 2, [ONE, fmpq(0), v.times(time, time), ONE])

    def velocity(j: int, time: Value) -> Value:
        return v.matrix(2, 2, [fmpq(0), fmpq(0), v.times(TWO, time), fmpq(0)])

    point = with_path(Geometry(1, (ONE, ONE), 0), factor, velocity, lambda j, t: v.null((2, 2)))
    return point.with_values(N=0)


def _one(x: Value) -> Value:
    return v.matrix(1, 1, [x])


def _turn(angle: Value) -> tuple[Value, Value]:
    """Return cosine and sine."""
    if isinstance(angle, Jet):
        cosine, sine = _turn(angle.a)
        slopes = v.times(v.negative(sine), angle.b), v.times(cosine, angle.b)
        return Jet(cosine, slopes[0]), Jet(sine, slopes[1])
    return arb(angle).cos(), arb(angle).sin()
