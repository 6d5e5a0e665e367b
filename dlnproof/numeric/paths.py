"""Paths through a point, which are known for all times: of matrices, and of factors."""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, fmpq

from dlnproof.definitions import letters
from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, adjoint, diagonal, moved
from dlnproof.numeric.interpretation import Dependent, Point
from dlnproof.numeric.values import Value

Curve = Callable[[Value], Value]


def turning_point(g: Geometry, speed: int = 1) -> Point:
    """Return the point with U R(ct) and V R(-2ct) in place of U and V, as its singular values move.

    W_1(t), ..., W_N(t) are balanced factors of that path.
    """
    left, left_turns = _turned(g, g.depth, fmpq(speed))
    right, right_turns = _turned(g, 0, fmpq(-2 * speed))

    def path(time: Value) -> Value:
        return v.times(v.times(left(time), g.spread_at(time)), v.transpose(right(time)))

    def stretch(time: Value) -> Value:
        """Return Sigma' - alpha^T Sigma - Sigma beta."""
        one = v.times(v.transpose(left_turns(time)), g.spread_at(time))
        other = v.times(g.spread_at(time), right_turns(time))
        return v.minus(v.minus(g.stretch_at(time), one), other)

    def velocity(time: Value) -> Value:
        return v.times(v.times(left(time), stretch(time)), v.transpose(right(time)))

    point = g.point()
    resting = point.values["W_j(t)"]

    def factor(j: int, time: Value) -> Value:
        """Return W_j(t) between turned frames: R and R^T are put around the ends."""
        found = resting(j, time)
        if j == g.depth:
            found = v.times(v.times(left(time), v.transpose(g.frame(j))), found)
        if j == 1:
            found = v.times(v.times(found, g.frame(0)), v.transpose(right(time)))
        return found

    families = {
        "U(t)": left,
        "V(t)": right,
        "alpha(t)": left_turns,
        "beta(t)": right_turns,
        "W(t)": path,
        "W'(t)": velocity,
        "H(t)": stretch,
        "W_j(t)": factor,
    }
    return point.with_values(**families)


def _turned(g: Geometry, frame: int, speed: fmpq) -> tuple[Curve, Curve]:
    """Return Q R(ct), for R(t) = (I - tS)^-1 (I + tS) with S skew, and R^T R'."""
    d = g.width
    entries = [fmpq((k - l) * (k + l + 1), 4) for k in range(d) for l in range(d)]
    skew, one = v.times(speed, v.matrix(d, d, entries)), v.eye(d)

    def turn(time: Value) -> Value:
        step = v.times(time, skew)
        return v.solved(v.minus(one, step), v.plus(one, step))

    def turned(time: Value) -> Value:
        return v.times(g.frame(frame), turn(time))

    def turns(time: Value) -> Value:
        before = v.minus(one, v.times(time, skew))
        moves = v.solved(before, v.times(skew, v.plus(one, turn(time))))
        return v.times(v.transpose(turn(time)), moves)

    return turned, turns


def stepping_point(g: Geometry) -> Point:
    """Return factors that stay where they are, and minus the gradient of Tr(C^T X) in each.

    That they have the velocity of a flow is not so: what is said of one step needs it not.
    """
    size, factors = (g.width, g.width), [g.factor(j) for j in range(1, g.depth + 1)]
    point = g.point()
    aim = v.matrix(*size, [fmpq(3 * k % 5 - 1, 2) for k in range(g.width**2)])

    def inside(name: str, family: Callable[[int], Value]) -> Callable[..., Value]:
        elsewhere = point.values[name]
        return lambda j, time: family(j) if 1 <= j <= g.depth else elsewhere(j, time)

    return point.with_values(
        **{
            "loss": lambda x: v.trace(v.times(v.transpose(aim), x)),
            "G(t)": lambda time: aim,
            "W_j(t)": inside("W_j(t)", g.factor),
            "W_j'(t)": inside("W_j'(t)", lambda j: v.negative(adjoint(factors, j, aim))),
        }
    )


def straight_point(g: Geometry) -> Point:
    """Return W_j(t) = Q_j (Lambda + t D) Q_{j-1}^T, D diagonal: a geodesic that is a line."""
    size = (g.width, g.width)
    speed = [fmpq(k + 2, 3 * (k + 1)) for k in range(g.width)]

    def between(j: int, entries: list[Value]) -> Value:
        return v.times(v.times(g.frame(j), diagonal(entries)), v.transpose(g.frame(j - 1)))

    def factor_at(j: int, time: Value) -> Value:
        here = zip(g.roots, speed, strict=True)
        return between(j, [v.plus(root, v.times(time, x)) for root, x in here])

    def size_at(i: int, time: Value) -> Value:
        if not 1 <= i <= g.width:
            return fmpq(1)
        return v.integer_power(v.plus(g.roots[i - 1], v.times(time, speed[i - 1])), g.depth)

    return g.point().with_values(
        **{
            "W_j(t)": factor_at,
            "W_j'(t)": lambda j, time: between(j, list(speed)),
            "b_j(t)": lambda j, time: v.null(size),
            "U(t)": lambda time: g.frame(g.depth),
            "V(t)": lambda time: g.frame(0),
            "sigma(t)": size_at,
        }
    )


def log_2() -> Value:
    """Return log 2, in the working precision."""
    return arb(2).log()


def with_decay(g: Geometry, strength: fmpq, **families: object) -> Point:
    """Return the point with mu = strength log 2, the base of the logarithm, and a flow."""
    values = {
        "mu": Dependent(lambda point: v.times(strength, log_2())),
        "euler": Dependent(lambda point: arb(1).exp()),
    }
    return g.point().with_values(**values, **families).fixing(*values)


def decaying_point(g: Geometry, weights: Callable[[int], fmpq]) -> Point:
    """Return W_j(t) = w_j 2^(-t) W_j: of a constant loss all factors decay, with mu = log 2."""
    size = (g.width, g.width)

    def factor_at(j: int, time: Value) -> Value:
        left = v.real_power(fmpq(2), v.negative(time))
        return v.times(v.times(weights(j), left), g.factor(j))

    return with_decay(
        g,
        fmpq(1),
        **{
            "loss": lambda x: fmpq(0),
            "G(t)": lambda time: v.null(size),
            "W_j(t)": factor_at,
            "W_j'(t)": lambda j, time: v.times(v.negative(log_2()), factor_at(j, time)),
        },
    )


def vanishing_point(g: Geometry, last: int) -> Point:
    """Return the point where the last k values are multiples of e, which tends to zero."""
    values = {"k": last, "dW(e)": Dependent(_differential)}
    return g.point().with_values(**values).fixing(*values)


def _differential(point: Point, e: Value, d: Value, a: Value, b: Value) -> Value:
    """Return U (a Sigma(e) + D + Sigma(e) b^T) V^T."""
    width, last = point.values["d"], point.of(letters.k, (), None)
    sizes = [point.of(letters.sigma, (i,), None) for i in range(1, width + 1)]
    moving = [v.times(e, s) if i > width - last else s for i, s in enumerate(sizes, 1)]
    return moved(point, moving, d, a, b)
