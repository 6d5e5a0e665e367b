"""Points for statements about 3 x 3 matrices with ones on the diagonal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from random import Random

from flint import fmpq

from dlnproof.language.precision import working_precision
from dlnproof.numeric import values as v
from dlnproof.numeric.interpretation import Point, orthogonal
from dlnproof.numeric.sentences import BITS
from dlnproof.numeric.values import Value


def _column(entries: Sequence[Value]) -> Value:
    return v.matrix(len(entries), 1, entries)


def _length(entries: Sequence[Value]) -> Value:
    square = sum((x * x for x in entries), fmpq(0))
    return v.real_power(square, fmpq(1, 2))


def reflection(entries: Sequence[Value]) -> Value:
    """Return an orthogonal matrix whose first column has the direction of the entries."""
    over = v.inverse_of(_length(entries))
    first = [v.times(over, x) for x in entries]
    w = [v.plus(first[0], fmpq(-1)), *first[1:]]
    square = v.times(fmpq(2), v.plus(fmpq(1), v.negative(first[0])))
    column = _column(w)
    part = v.times(v.times(column, v.transpose(column)), v.times(fmpq(2), v.inverse_of(square)))
    return v.minus(v.eye(len(w)), part)


def rank_one(weights: Sequence[int]) -> Point:
    """Return the point with w_il = p_i / p_l: it is p q^T for q_l = 1 / p_l."""
    p = [fmpq(x) for x in weights]
    q = [1 / x for x in p]
    with working_precision(BITS):
        first = v.times(_length(p), _length(q))
        left, right = reflection(p), reflection(q)
    whole = v.times(_column(p), v.transpose(_column(q)))
    return point_of(left, (first, fmpq(0), fmpq(0)), right, whole, p)


def of_frames(seed: int) -> Point:
    """Return a point of full rank: rational frames, and values such that the diagonal is ones.

    sum_k sigma_k u_ik v_ik = 1 is a linear system; the signs and the order are put into U and V.
    """
    rng = Random(f"diagonal/{seed}")
    while True:
        left, right = orthogonal(rng, 3), orthogonal(rng, 3)
        products = [left[i, k] * right[i, k] for i in range(3) for k in range(3)]
        system = v.matrix(3, 3, products)
        if v.determinant(system) != 0:
            break
    values = v.flat(v.solved(system, v.matrix(3, 1, [fmpq(1)] * 3)))
    order = sorted(range(3), key=lambda k: -abs(values[k]))
    signs = [fmpq(-1 if values[k] < 0 else 1) for k in order]
    left = v.matrix(
        3, 3, [left[i, k] * s for i in range(3) for k, s in zip(order, signs, strict=True)]
    )
    right = v.matrix(3, 3, [right[i, k] for i in range(3) for k in order])
    sizes = [abs(values[k]) for k in order]
    return point_of(left, sizes, right, None, [fmpq(rng.randint(1, 4)) for _ in range(3)])


def point_of(
    left: Value, sizes: Sequence[Value], right: Value, whole: Value | None, p: Sequence[fmpq]
) -> Point:
    """Return the point with U, the singular values, V, the matrix if it is exact, and the p_i."""
    middle = v.matrix(3, 3, [sizes[i] if i == l else fmpq(0) for i in range(3) for l in range(3)])
    found = v.times(v.times(left, middle), v.transpose(right))
    values = {
        "d": 3,
        "U": left,
        "V": right,
        "W": found if whole is None else whole,
        "u": (p[0] / p[1]) ** 2,
        "v": (p[1] / p[2]) ** 2,
    }
    entries: dict[tuple[str, ...], Value] = {
        ("sigma", str(i)): size for i, size in enumerate(sizes, 1)
    }
    entries |= {("p_i", str(i)): weight for i, weight in enumerate(p, 1)}
    fixed = frozenset((*values, "sigma", "p_i"))
    return Point(values, entries=entries, tried=_permutations(), fixed=fixed)


def _permutations() -> tuple[Value, ...]:
    """Return some signed permutation matrices."""
    found = []
    for k, order in enumerate(permutations(range(3))):
        signs = [fmpq(-1 if k >> i & 1 else 1) for i in range(3)]
        found.append(
            v.matrix(3, 3, [signs[i] * int(order[i] == l) for i in range(3) for l in range(3)])
        )
    return tuple(found)


WEIGHTS = {
    "exact": (35, 72, 96),
    "ones": (1, 1, 1),
    "signs": (1, -1, 1),
    "mixed": (2, -1, 3),
}
"""Weights p_i; those of the first are such that both lengths are rational."""


def unit_diagonals() -> Iterator[tuple[str, Point]]:
    """Yield points of rank one and of full rank."""
    for name, weights in WEIGHTS.items():
        yield f"rank one, {name}", rank_one(weights)
    for seed in range(2):
        yield f"full rank {seed}", of_frames(seed)
    turned = orthogonal(Random("identity"), 3)
    yield "identity", point_of(turned, [fmpq(1)] * 3, turned, None, [fmpq(1), fmpq(2), fmpq(-1)])
