"""Points for statements about 2 x 2 matrices of which some entries are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

from flint import fmpq

from dlnproof.language.precision import working_precision
from dlnproof.numeric import values as v
from dlnproof.numeric.completions import near_hyperbola
from dlnproof.numeric.geometric_points import TIMES, Geometry, frobenius
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.sentences import LIMIT_BITS
from dlnproof.numeric.values import Value

ONE: Final = fmpq(1)


def turn(t: fmpq) -> Value:
    """Return the rotation by the angle whose half has the tangent t."""
    over = 1 / (1 + t * t)
    c, s = (1 - t * t) * over, 2 * t * over
    return v.matrix(2, 2, [c, -s, s, c])


def diagonal(first: Value, second: Value) -> Value:
    """Return diag(first, second)."""
    return v.matrix(2, 2, [first, fmpq(0), fmpq(0), second])


def _values_at(*sizes: Value) -> dict[tuple[str, ...], Value]:
    return {("sigma", str(i)): size for i, size in enumerate(sizes, 1)}


# --- three entries of four ------------------------------------------------------------------------


def free_entry(seed: int) -> Iterator[Point]:
    """Yield points with W = [[x, 1], [1, 0]] and its SVD.

    The eigenvalues are a and -1/a, for x = a - 1/a, with vectors (a, 1) and (-1, a); these are
    rational multiples of unit vectors where a^2 + 1 is a square. For x = 0 the values coincide.
    """
    for k, (p, q) in enumerate(((3, 4), (4, 3), (12, 5), (-3, 4), (15, 8))):
        a, length = fmpq(p, q), fmpq(int((p * p + q * q) ** 0.5), q)
        right = v.matrix(2, 2, [a / length, -1 / length, 1 / length, a / length])
        sign = fmpq(1 if a > 0 else -1)
        left = right * diagonal(sign, -sign)
        yield _free(left, right, a - 1 / a, (abs(a), abs(1 / a)), seed * 100 + k)
    swapped = v.matrix(2, 2, [fmpq(0), fmpq(1), fmpq(1), fmpq(0)])
    yield _free(swapped, v.eye(2), fmpq(0), (fmpq(1), fmpq(1)), seed * 100 + 9)


def _free(left: Value, right: Value, x: Value, sizes: tuple[Value, Value], seed: int) -> Point:
    whole = v.matrix(2, 2, [x, fmpq(1), fmpq(1), fmpq(0)])
    values = {"N": 2, "d": 2, "x": x, "W": whole, "U": left, "V": right, "nu": frobenius}
    return Point(values, seed, entries=_values_at(*sizes), fixed=frozenset((*values, "sigma")))


def near_observed(seed: int) -> Iterator[Point]:
    """Yield points with a flow, and a W near the matrices with w_12 = w_21 = 1, w_22 = 0.

    It is R diag(s_1, s_2) R^T for a rotation R by a small angle, s_1 such that w_12 = 1.
    """
    for k, (t, small) in enumerate(((40, fmpq(1, 50)), (100, fmpq(1, 300)), (7, fmpq(1, 9)))):
        frame = turn(fmpq(1, t))
        c, s = v.entry(frame, 0, 0), v.entry(frame, 1, 0)
        first = 1 / (s * c) + small
        whole = frame * diagonal(first, small) * v.transpose(frame)
        yield _resting(whole, frame, first, small, seed * 100 + k)


def _resting(whole: Value, frame: Value, first: fmpq, small: fmpq, seed: int) -> Point:
    """Return the point with a flow that stands still at the matrix."""
    base = Geometry(2, (fmpq(2), fmpq(1)), seed).point()
    off = [v.entry(whole, *place) for place in ((0, 1), (1, 0), (1, 1))]
    squares = (off[0] - 1) ** 2 + (off[1] - 1) ** 2 + off[2] ** 2
    rho = v.real_power(squares, fmpq(1, 2))
    sizes = (first, small)
    point = base.with_values(
        **{
            "U": frame,
            "V": frame,
            "W": whole,
            "e": small / first,
            "W(t)": lambda time: whole,
            "G(t)": lambda time: v.null((2, 2)),
            "U(t)": lambda time: frame,
            "V(t)": lambda time: frame,
            "sigma(t)": lambda i, time: sizes[i - 1] if i in (1, 2) else fmpq(1),
        }
    )
    for i, size in enumerate(sizes, 1):
        point = point.with_entry("sigma", (i,), size)
    return replace(point, together=(*TIMES, (fmpq(1), 1 / (8 * rho) - 6, rho)))


def extremes(seed: int) -> Iterator[Point]:
    """Yield points where the ratio of the values is almost what the entries of W allow.

    The frame's angle has the tangent t, and the values are in the ratio t^2.
    """
    for k, half in enumerate((fmpq(1, 3), fmpq(1, 5), fmpq(1, 9))):
        frame, t = turn(half), 2 * half / (1 - half**2)
        first = (1 + t**2) / (t - t**3)
        whole = frame * diagonal(first, t**2 * first) * v.transpose(frame)
        last, near = v.entry(whole, 1, 1), fmpq(1, 10)
        data = [(ONE + gap, ONE, near, last) for gap in (-near, fmpq(0), near)]
        point = _resting(whole, frame, first, t**2 * first, seed * 100 + k)
        yield replace(point, together=((t,), *data))


# --- the diagonal ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Completed:
    """U diag(s_1, s_2) V^T, with U = R(a + b), V = R(b - a): s_2 < 0 stands for a reflection.

    The angles are given by the tangents of their halves. The diagonal has the sum
    (s_1 + s_2) cos 2a and the difference (s_1 - s_2) cos 2b; on the rays a = 0.
    """

    a: fmpq
    b: fmpq
    first: Value
    second: Value

    @property
    def left(self) -> Value:
        """U."""
        return turn(self.a) * turn(self.b)

    @property
    def right(self) -> Value:
        """V."""
        sign = fmpq(-1 if self.second < 0 else 1)
        return turn(self.b) * turn(-self.a) * diagonal(fmpq(1), sign)

    @property
    def sizes(self) -> tuple[Value, Value]:
        """The singular values."""
        return self.first, abs(self.second)

    @property
    def matrix(self) -> Value:
        """The matrix."""
        return v.times(v.times(self.left, diagonal(*self.sizes)), v.transpose(self.right))

    @property
    def free(self) -> tuple[Value, Value]:
        """The entries above and below the diagonal."""
        return v.entry(self.matrix, 0, 1), v.entry(self.matrix, 1, 0)


def twice(t: fmpq) -> fmpq:
    """Return cos 2a, for t = tan(a / 2)."""
    c = (1 - t * t) / (1 + t * t)
    return 2 * c * c - 1


def on_ray(of: Completed, b: fmpq) -> Completed:
    """Return the matrix on a ray with the diagonal of another, R(b) diag(r_1, r_2) R(b)^T."""
    total = (of.first + of.second) * twice(of.a)
    difference = (of.first - of.second) * (twice(of.b) / twice(b))
    return Completed(fmpq(0), b, (total + difference) / 2, (total - difference) / 2)


def with_second(a: fmpq, b: fmpq, ray: fmpq, second: fmpq) -> Completed:
    """Return a matrix whose second value is that of the one on the ray, too."""
    k, c = twice(b) / twice(ray), twice(a)
    return Completed(a, b, second * (2 - k - c) / (c - k), second)


def with_determinant(a: fmpq, b: fmpq, ray: fmpq) -> Completed:
    """Return a matrix, in balls, whose determinant is that of the one on the ray, too."""
    k, c = twice(b) / twice(ray), twice(a)
    ratio = v.real_power((1 - k * k) / (1 - c * c), fmpq(1, 2))
    return Completed(a, b, ratio + 1, ratio - 1)


def completed() -> dict[str, tuple[Completed, fmpq]]:
    """Return matrices by stratum, each with the angle of one on a ray with the same diagonal."""
    half = fmpq(1, 2)
    return {
        "inside": (with_second(fmpq(1, 8), fmpq(1, 3), fmpq(1, 4), half), fmpq(1, 4)),
        "outside": (with_second(fmpq(1, 4), fmpq(1, 6), fmpq(1, 7), -half), fmpq(1, 7)),
        "determinant": (with_determinant(fmpq(1, 8), fmpq(1, 3), fmpq(1, 4)), fmpq(1, 4)),
        "corner": (Completed(fmpq(0), fmpq(1, 3), fmpq(4), fmpq(0)), fmpq(1, 3)),
        "rank one": (Completed(fmpq(1, 5), fmpq(1, 3), fmpq(4), fmpq(0)), fmpq(1, 7)),
        "ray inside": (Completed(fmpq(0), fmpq(1, 5), fmpq(3), fmpq(1)), fmpq(1, 5)),
        "ray outside": (Completed(fmpq(0), fmpq(1, 5), fmpq(3), fmpq(-1, 10)), fmpq(1, 5)),
        "equal": (Completed(fmpq(0), fmpq(1, 5), fmpq(2), fmpq(2)), fmpq(1, 5)),
        "negative": (Completed(fmpq(1, 5), fmpq(1, 4), fmpq(3), fmpq(-2)), fmpq(1, 7)),
    }


SOME_VALUES: Final = tuple(
    tuple(fmpq(p, 2) for p in halves)
    for halves in (
        (2, 4, 1),
        (3, 5, 2),
        (4, 2, 1),
        (2, 4, 3),
        (2, 4, -1),
        (1, 2, 4),
        (0, 2, 1),
        (4, 2, 8, 1),
        (6, 2, 12, 1),
        (3, 3, 9, 1),
        (8, 1, 4, 2),
        (4, 2, 8, 2),
        (-4, -2, 8, 1),
        (4, 2, -8, -1),
        (2, 4, 8, 1),
    )
)
"""Three or four singular values, in order and not, with one product and not."""


def completions(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points with matrices of one diagonal, and curves that leave x y = b_11 b_22."""
    with working_precision(LIMIT_BITS):
        for k, (name, (one, angle)) in enumerate(completed().items()):
            yield name, completion(one, on_ray(one, angle), seed * 100 + k)


def completion(one: Completed, other: Completed, seed: int) -> Point:
    """Return the point with a matrix, another with the same diagonal, and a curve beside both."""
    x, y = one.free
    corner = v.entry(one.matrix, 0, 0), v.entry(one.matrix, 1, 1)
    values: dict[str, Any] = {
        "N": (2, 3, 2, 1, 2, 4)[seed % 6],
        "d": 2,
        "U": one.left,
        "V": one.right,
        "U'": other.left,
        "V'": other.right,
        "W": one.matrix,
        "x": x,
        "y": y,
        "s_1": one.first,
        "s_2": abs(one.second),
        **_curve(Random(seed), *corner),
    }
    root = v.real_power(abs(v.times(*corner)), fmpq(1, 2))
    side = fmpq(v.sign(v.times(*corner)) or 1)
    together = (
        (*one.sizes, *other.sizes, *one.free, *other.free),
        (*one.sizes, *one.free),
        (*one.sizes, one.sizes[1], *one.free),
        (one.first, *one.free),
        (values["x_0"], values["y_0"], root, v.times(side, root)),
        *SOME_VALUES,
    )
    fixed = frozenset((*values, "sigma"))
    entries = _values_at(*one.sizes)
    return Point(values, seed, entries=entries, together=together, fixed=fixed)


def _curve(rng: Random, b: Value, c: Value) -> dict[str, Any]:
    x = fmpq(rng.choice((-2, -1, 1, 3)), rng.choice((1, 2)))
    return near_hyperbola(b, c, x, fmpq(rng.choice((-1, 1))))
