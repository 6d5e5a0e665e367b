"""2 x 2 matrices of one diagonal: on the rays from the corners, and beside x y = b_11 b_22."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.own_points import OwnGeometry
from dlnproof.numeric.values import Value


def near_hyperbola(b: Value, c: Value, x: fmpq, tau: fmpq) -> dict[str, Any]:
    """Return the letters of a curve that leaves x y = b c, on a side tau, from (x, b c/x)."""
    y = v.times(v.times(b, c), 1 / x)
    letters = {"b_11": b, "b_22": c, "x_0": x, "y_0": y, "tau": tau}
    return {**letters, "W(e)": partial(beside, b, c, (x, y), tau)}


def beside(b: Value, c: Value, at: Sequence[Value], tau: fmpq, e: Value) -> Value:
    """Return the matrix at the distance e from a point of the hyperbola, on a side."""
    radius = v.balls(v.plus(at[0] ** 2, at[1] ** 2)).sqrt()
    above, below = (
        v.plus(one, v.times(v.times(tau, e), other / radius)) for one, other in (at, at[::-1])
    )
    return v.matrix(2, 2, [b, above, below, c])


@dataclass(frozen=True)
class _Completed:
    """A matrix by its SVD and by its free entries, x above the diagonal and y below."""

    left: Value
    sizes: tuple[Value, Value]
    right: Value
    free: tuple[Value, Value]


def completions_of(g: OwnGeometry) -> Iterator[Point]:
    """Yield points with the matrix W = ((b, x), (y, c)), and another of its diagonal on a ray.

    That is on the side of W, and has its second singular value, its determinant, or rank one, a
    corner; each, if there is one, comes first and second. Where b c = 0 no claim says anything.
    """
    b, x, y, c = v.flat(g.W)
    own = _Completed(g.left, (g.sizes[0], g.sizes[1]), g.right, (x, y))
    if b * c == 0:
        yield _with(g, own, own, near_hyperbola(b, c, fmpq(1), fmpq(1)))
        return
    sign = fmpq(v.sign(b * c) or 1)
    outside = v.sign(sign * (b * c - x * y)) == -1
    ends = [v.plus(abs(z), g.sizes[1] if outside else v.negative(g.sizes[1])) for z in (b, c)]
    squares = [v.times(*ends), sign * x * y, abs(b * c)]
    others = [_on_ray(b, c, square, sign) for square in squares if v.sign(square) in (0, 1)]
    for k, other in enumerate(others):
        for one, second in ((own, other), (other, own)):
            yield _with(g, one, second, near_hyperbola(b, c, fmpq(3, 2), fmpq(1 - 2 * (k % 2))))


def _with(g: OwnGeometry, one: _Completed, other: _Completed, curve: dict[str, Any]) -> Point:
    """Return the point with two matrices of one diagonal, and a curve beside both."""
    first, second = one.sizes
    twice, half = v.times(fmpq(2), first), v.times(fmpq(1, 2), second)
    bc = v.times(curve["b_11"], curve["b_22"])
    root = v.real_power(abs(bc), fmpq(1, 2)) if bc else bc
    together = (
        (*one.sizes, *other.sizes, *one.free, *other.free),
        (*one.sizes, *one.free),
        (*one.sizes, second, *one.free),
        (first, *one.free),
        (first, twice, second),
        (first, second, twice, half),
        (curve["x_0"], curve["y_0"], root, v.times(fmpq(v.sign(bc) or 1), root)),
    )
    letters = {
        "U": one.left,
        "V": one.right,
        "U'": other.left,
        "V'": other.right,
        "x": one.free[0],
        "y": one.free[1],
        "s_1": first,
        "s_2": second,
    }
    return replace(g.point(), together=together).with_values(**letters, **curve)


def _on_ray(b: fmpq, c: fmpq, square: Value, sign: fmpq) -> _Completed:
    """Return ((b, q), (sign q, c)), sign that of b c, for a square q^2.

    It is a diagonal matrix of signs, times ((|b|, p), (p, |c|)) for p = q or -q: this has the
    eigenvalues m + h and m - h, with m and h the means of |b| + |c| and of the root of
    (|b| - |c|)^2 + 4 p^2.
    """
    q = v.real_power(square, fmpq(1, 2)) if v.sign(square) else fmpq(0)
    first = fmpq(v.sign(b) or 1)
    large, small, p = abs(b), abs(c), v.times(first, q)
    apart = v.times(fmpq(1, 4), v.plus((large - small) ** 2, v.times(fmpq(4), v.times(p, p))))
    h = v.real_power(apart, fmpq(1, 2)) if v.sign(apart) else fmpq(0)
    top, bottom = (v.plus((large + small) / 2, x) for x in (h, v.negative(h)))
    if v.is_zero(q):
        along: tuple[Value, Value] = (fmpq(1), fmpq(0)) if large >= small else (fmpq(0), fmpq(1))
    elif large >= small:
        along = (v.minus(top, small), p)
    else:
        along = (p, v.minus(top, large))
    length = v.real_power(
        v.plus(v.times(along[0], along[0]), v.times(along[1], along[1])), fmpq(1, 2)
    )
    i, l = (v.times(v.inverse_of(length), z) for z in along)
    turn = v.matrix(2, 2, [i, v.negative(l), l, i])
    below = fmpq(-1 if v.sign(bottom) == -1 else 1)
    signs = v.matrix(2, 2, [first, 0, 0, v.times(first, sign)])
    left = v.times(v.times(signs, turn), v.matrix(2, 2, [1, 0, 0, below]))
    return _Completed(left, (top, v.times(below, bottom)), turn, (q, v.times(sign, q)))
