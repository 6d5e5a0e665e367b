"""Points for statements about least squares, descent on it, and flows of width one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from random import Random

from flint import arb, fmpq

from dlnproof.definitions import letters
from dlnproof.definitions.regression import iterate
from dlnproof.kernel.terms import Symbol
from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry
from dlnproof.numeric.interpretation import Point, orthogonal
from dlnproof.numeric.values import Value


def regressions(seed: int) -> Iterator[tuple[str, Point]]:
    """Yield points with data of several shapes and ranks, beside flows of several depths."""
    half = fmpq(1, 2)
    flows = (
        ("flow to -1", to_minus_one(fmpq(1))),
        ("flow to -1, below 0", to_minus_one(fmpq(-1, 2))),
        ("stationary", to_minus_one(fmpq(0))),
        *((f"depth {n}", _positive(n, seed).point()) for n in (1, 2, 3)),
        ("width 2", Geometry(2, (fmpq(2), fmpq(1)), seed).point()),
    )
    shapes = (
        (2, 2, (fmpq(1), half)),
        (1, 2, (half, fmpq(0))),
        (3, 2, (half, fmpq(3, 4))),
        (1, 1, (half,)),
        (2, 2, (fmpq(1), fmpq(0))),
        (2, 3, (half, fmpq(1), fmpq(0))),
        (2, 1, (fmpq(1),)),
    )
    for k, ((name, flow), (rows, cols, roots)) in enumerate(zip(flows, shapes, strict=True)):
        yield f"{name}, {rows} x {cols}", with_data(flow, rows, cols, roots, k)


def _positive(depth: int, seed: int) -> Geometry:
    """Return a flow of width one whose product is positive."""
    found = (Geometry(depth, (fmpq(1),), seed + k) for k in count())
    return next(g for g in found if g.frame(depth) == g.frame(0))


def with_data(flow: Point, rows: int, cols: int, roots: Sequence[fmpq], seed: int) -> Point:
    """Return the flow's point with data P diag(r) Q^T; what is fitted is in its image, or not."""
    rng = Random(f"data/{seed}")
    left, right = orthogonal(rng, rows), orthogonal(rng, cols)
    middle = v.matrix(
        rows, cols, [roots[i] if i == l else fmpq(0) for i in range(rows) for l in range(cols)]
    )
    data = left * middle * v.transpose(right)
    z = v.matrix(rows, 1, [fmpq(rng.randint(1, 4)) for _ in range(rows)])
    kernel = v.matrix(cols, 1, [right[i, cols - 1] for i in range(cols)])
    if roots[-1] != 0:
        kernel = v.null((cols, 1))
    best = v.transpose(data) * z
    target = data * best if seed != 2 else z
    steps = [v.null((cols, 1))]

    def after(k: int) -> Value:
        if k < 0:
            return Point().of(iterate, (k,), (cols, 1))
        while len(steps) <= k:
            here = steps[-1]
            steps.append(here - v.transpose(data) * (data * here - target))
        return steps[k]

    values = {
        **flow.values,
        "m": rows,
        "n": cols,
        "data": data,
        "target": target,
        "z": z,
        "Q": right,
        "w(k)": after,
    }
    entries = {**flow.entries} | {
        ("lambda", str(i)): root * root for i, root in enumerate(roots, 1)
    }
    tried = (best, best + kernel, kernel, z, *flow.tried)
    fixed = flow.fixed | {*values, "lambda"}
    return Point(values, flow.seed, entries=entries, tried=tried, fixed=fixed)


def to_minus_one(start: fmpq) -> Point:
    """Return the flow of (w_2 w_1 + 1)^2 / 2 from w_1 = w_2 = start: w' = -(w^2 + 1) w.

    Then w^2 / (w^2 + 1) is c e^(-2t), c < 1: the flow exists for c < e^(2t) alone.
    """
    c = start**2 / (start**2 + 1)

    def square(time: Value) -> Value:
        if c == 0:
            return c
        grown = v.real_power(arb(1).exp(), v.times(fmpq(2), time))
        return v.times(c, v.inverse_of(v.minus(grown, c)))

    def factor(time: Value) -> Value:
        if c == 0:
            return c
        return v.times(fmpq(-1 if start < 0 else 1), v.real_power(square(time), fmpq(1, 2)))

    def matrix(x: Value) -> Value:
        return v.matrix(1, 1, [x])

    def of_factors(family: Symbol, make: Callable[[Value], Value], j: int, time: Value) -> Value:
        """Return a value for j = 1, 2, and another elsewhere."""
        return matrix(make(time)) if j in (1, 2) else Point().of(family, (j, time), (1, 1))

    def velocity(time: Value) -> Value:
        return v.negative(v.times(v.plus(square(time), fmpq(1)), factor(time)))

    def gradient(time: Value) -> Value:
        return matrix(v.plus(v.times(factor(time), factor(time)), fmpq(1)))

    def loss(x: Value) -> Value:
        off = v.plus(v.entry(x, 0, 0), fmpq(1))
        return v.times(fmpq(1, 2), v.times(off, off))

    def sigma(i: int, time: Value) -> Value:
        return v.times(factor(time), factor(time))

    values = {
        "N": 2,
        "d": 1,
        "loss": loss,
        "t_0": fmpq(-1, 4),
        "t_1": fmpq(3),
        "w": start,
        "W_j(t)": partial(of_factors, letters.factor_at, factor),
        "W_j'(t)": partial(of_factors, letters.velocity_at, velocity),
        "G(t)": gradient,
        "sigma(t)": sigma,
    }
    return Point(values, fixed=frozenset(values))
