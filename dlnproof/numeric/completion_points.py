"""Points for statements about 2 x 2 matrices of which some entries are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from random import Random

from flint import arb, fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import frobenius
from dlnproof.numeric.interpretation import Point, orthogonal
from dlnproof.numeric.values import Value


def free_entry(seed: int) -> Iterator[Point]:
    """Yield points with W = [[x, 1], [1, 0]] and its SVD.

    The eigenvalues are a and -1/a, for x = a - 1/a, with vectors (a, 1) and (-1, a); these are
    rational multiples of unit vectors where a^2 + 1 is a square.
    """
    for k, (p, q) in enumerate(((3, 4), (4, 3), (12, 5), (-3, 4), (15, 8))):
        a, length = fmpq(p, q), fmpq(int((p * p + q * q) ** 0.5), q)
        c, s = a / length, 1 / length
        right = v.matrix(2, 2, [c, -s, s, c])
        signs = v.matrix(
            2, 2, [fmpq(1 if a > 0 else -1), fmpq(0), fmpq(0), fmpq(-1 if a > 0 else 1)]
        )
        sizes = [abs(a), abs(1 / a)]
        values = {
            "N": 2,
            "d": 2,
            "x": a - 1 / a,
            "W": v.matrix(2, 2, [a - 1 / a, fmpq(1), fmpq(1), fmpq(0)]),
            "U": right * signs,
            "V": right,
            "nu": frobenius,
        }
        entries: dict[tuple[str, ...], Value] = {
            ("sigma", str(i)): size for i, size in enumerate(sizes, 1)
        }
        fixed = frozenset((*values, "sigma"))
        yield Point(values, seed * 100 + k, entries=entries, fixed=fixed)


def singular_values(m: Value) -> tuple[Value, Value, Value, Value]:
    """Return U, s_1, s_2 and V with M = U diag(s_1, s_2) V^T, of a 2 x 2 matrix, s_1 > s_2 > 0."""
    square = v.trace(v.times(v.transpose(m), m))
    volume = v.determinant(m)
    twice = v.times(fmpq(2 * (v.sign(volume) or 1)), volume)
    plus, minus = (v.balls(v.plus(square, sign * twice)).sqrt() for sign in (1, -1))
    first, second = (plus + minus) / 2, abs(v.balls(volume)) / ((plus + minus) / 2)
    gram = v.times(v.transpose(m), m)
    p, q, r = (v.balls(v.entry(gram, *place)) for place in ((0, 0), (0, 1), (1, 1)))
    x, y = (first**2 - r, q) if p >= r else (q, first**2 - p)
    length = (x * x + y * y).sqrt()
    right = v.matrix(2, 2, [x / length, -y / length, y / length, x / length])
    over = v.matrix(2, 2, [1 / first, fmpq(0), fmpq(0), 1 / second])
    return v.times(v.times(m, right), over), first, second, right


@dataclass(frozen=True)
class _Near:
    """The SVD of the matrix at the distance e from a point (x, y) of the hyperbola, on a side."""

    b: fmpq
    c: fmpq
    x: fmpq
    y: fmpq
    tau: fmpq

    def __call__(self, place: int, e: Value) -> Value:
        """Return U, s_1, s_2 or V."""
        radius = arb(self.x**2 + self.y**2).sqrt()
        above, below = (
            v.plus(one, v.times(v.times(self.tau, e), other / radius))
            for one, other in ((self.x, self.y), (self.y, self.x))
        )
        return singular_values(v.matrix(2, 2, [self.b, above, below, self.c]))[place]


def near_hyperbola(seed: int) -> Iterator[Point]:
    """Yield points with curves of matrices that leave the hyperbola x y = b_11 b_22."""
    rng = Random(f"hyperbola/{seed}")
    for k in range(6):
        b, c = (fmpq(rng.choice((-3, -2, 1, 2, 3)), rng.choice((1, 2))) for _ in range(2))
        x = fmpq(rng.choice((-2, -1, 1, 3)), rng.choice((1, 2)))
        y, tau = b * c / x, fmpq(rng.choice((-1, 1)))

        at = _Near(b, c, x, y, tau)
        values = {
            "N": rng.randint(1, 4),
            "b_11": b,
            "b_22": c,
            "x_0": x,
            "y_0": y,
            "tau": tau,
            "e_0": fmpq(1, 20),
            "U(e)": partial(at, 0),
            "s_1(e)": partial(at, 1),
            "s_2(e)": partial(at, 2),
            "V(e)": partial(at, 3),
            **{
                name: orthogonal(Random(f"{seed}/{k}/{name}"), 2) for name in ("U", "V", "U'", "V'")
            },
        }
        yield Point(values, seed * 100 + k, fixed=frozenset(values))
