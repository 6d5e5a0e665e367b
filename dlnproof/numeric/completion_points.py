"""Points for statements about 2 x 2 matrices of which some entries are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def near_hyperbola(seed: int) -> Iterator[Point]:
    """Yield points with curves of matrices that leave the hyperbola x y = b_11 b_22."""
    rng = Random(f"hyperbola/{seed}")

    def beside(b: fmpq, c: fmpq, at: Sequence[fmpq], tau: fmpq, e: Value) -> Value:
        """Return the matrix at the distance e from a point of the hyperbola, on a side."""
        radius = arb(at[0] ** 2 + at[1] ** 2).sqrt()
        above, below = (
            v.plus(one, v.times(v.times(tau, e), other / radius)) for one, other in (at, at[::-1])
        )
        return v.matrix(2, 2, [b, above, below, c])

    for k in range(6):
        b, c = (fmpq(rng.choice((-3, -2, 1, 2, 3)), rng.choice((1, 2))) for _ in range(2))
        x = fmpq(rng.choice((-2, -1, 1, 3)), rng.choice((1, 2)))
        y, tau = b * c / x, fmpq(rng.choice((-1, 1)))
        values = {
            "N": rng.randint(1, 4),
            "b_11": b,
            "b_22": c,
            "x_0": x,
            "y_0": y,
            "tau": tau,
            "W(e)": partial(beside, b, c, (x, y), tau),
            **{
                name: orthogonal(Random(f"{seed}/{k}/{name}"), 2) for name in ("U", "V", "U'", "V'")
            },
        }
        yield Point(values, seed * 100 + k, fixed=frozenset(values))
