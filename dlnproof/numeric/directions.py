"""Directions of balanced factors: vertical and normal ones, lifts and what the balance allows."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from random import Random

from flint import fmpq

from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, adjoint, diagonal
from dlnproof.numeric.interpretation import Point, orthogonal
from dlnproof.numeric.values import Value


class Kind(IntEnum):
    """What the directions H_j are: a sum of two of three kinds, or vertical ones alone."""

    NORMAL = 0
    LIFTED = 1
    VERTICAL = 2


class Along(IntEnum):
    """What a tower moves along: any matrix, a normal one, or one that commutes with P as well."""

    ANY = 0
    NORMAL = 1
    COMMUTING = 2


def moving_point(g: Geometry, kind: Kind) -> Point:
    """Return the point with skew a_j, symmetric b_j, O at both ends, and directions H_j.

    These are vertical, or beside that a lift, or normal ones; E_j is the inverse of W_j ... W_1.
    """
    point, size = g.point(), (g.width, g.width)
    entries = dict(point.entries)
    factors = [g.factor(j) for j in range(1, g.depth + 1)]
    for j in range(g.depth + 1):
        for name, sign in (("a_j", -1), ("b_j", 1)):
            entries[name, str(j)] = _between(g, j, sign)
    product = v.eye(g.width)
    lifted = v.matrix(*size, [fmpq(k + 2, 3) for k in range(g.width**2)])
    if all(g.roots):
        entries["E_j", "0"] = product
    for j, W in enumerate(factors, 1):
        turns = [entries["a_j", str(k)] for k in (j, j - 1)]
        if kind == Kind.NORMAL:
            turns = [
                v.plus(a, entries["b_j", str(k)]) for a, k in zip(turns, (j, j - 1), strict=True)
            ]
        moves = v.minus(v.times(turns[0], W), v.times(W, turns[1]))
        if kind == Kind.LIFTED:
            moves = v.plus(moves, adjoint(factors, j, lifted))
        entries["H_j", str(j)], product = moves, v.times(W, product)
        if all(g.roots):
            entries["E_j", str(j)] = v.solved(product, v.eye(g.width))
    return replace(point, entries=entries, fixed=point.fixed | {"a_j", "b_j", "E_j"})


def towering_point(g: Geometry) -> Point:
    """Return the point with P, its inverse, V_j = Q_j Q_0^T, and R_j = Q_j G, with G orthogonal.

    Of a singular P there is no inverse: E is another matrix.
    """
    size, first = (g.width, g.width), g.frame(0)
    inverses = [v.inverse_of(t) if v.sign(t) == 1 else fmpq(0) for t in g.roots]
    values = {
        name: v.times(v.times(first, diagonal(entries)), v.transpose(first))
        for name, entries in (("P", g.roots), ("E", inverses))
    }
    choice = orthogonal(Random(f"{g.seed}/choice"), g.width)
    shared = v.times(v.times(v.transpose(choice), diagonal(g.roots)), choice)
    other = v.matrix(*size, [fmpq(k + l - 1, 2) for k in range(g.width) for l in range(g.width)])
    point = g.point().with_values(**values)
    entries = dict(point.entries)
    for j in range(g.depth + 1):
        entries["V_j", str(j)] = v.times(g.frame(j), v.transpose(first))
        entries["R_j", str(j)] = v.times(g.frame(j), choice)
    return replace(
        point,
        entries=entries,
        tried=(shared, other),
        together=(),
        fixed=point.fixed | {"P", "E", "V_j", "R_j"},
    )


def line_point(g: Geometry, along: Along) -> Point:
    """Return the point with R_j = Q_j G, G orthogonal, P and its inverse, K and its lift H_j."""
    choice, d = orthogonal(Random(f"{g.seed}/line"), g.width), range(g.width)
    back = v.transpose(choice)
    inverses = [v.inverse_of(t) if v.sign(t) == 1 else fmpq(0) for t in g.roots]
    P, E = (v.times(v.times(back, diagonal(x)), choice) for x in (g.roots, inverses))
    match along:
        case Along.ANY:
            K = v.matrix(g.width, g.width, [fmpq((3 * k) % 7 - 2, 2) for k in range(g.width**2)])
        case Along.NORMAL:
            K = v.matrix(g.width, g.width, [fmpq(2 if k == l else l - k) for k in d for l in d])
        case Along.COMMUTING:
            K = v.times(v.times(back, _on_each_space(g)), choice)
    point = g.point().with_values(P=P, E=E, K=K)
    entries = dict(point.entries)
    for j in range(g.depth + 1):
        entries["R_j", str(j)] = v.times(g.frame(j), choice)
    ends = entries["R_j", str(g.depth)], v.transpose(entries["R_j", "0"])
    whole = v.times(v.times(ends[0], K), ends[1])
    factors = [g.factor(j) for j in range(1, g.depth + 1)]
    for j in range(1, g.depth + 1):
        entries["H_j", str(j)] = adjoint(factors, j, whole)
    fixed = point.fixed | {"P", "E", "K", "R_j", "H_j"}
    return replace(point, entries=entries, together=(), fixed=fixed)


def _on_each_space(g: Geometry) -> Value:
    """Return a matrix that is skew, but for a multiple of I, where singular values are equal."""
    roots, d = g.roots, range(g.width)
    kinds = [next(k for k in d if roots[k] is t or roots[k] == t) for t in roots]
    entries = [
        fmpq((kinds[k] + 2 if k == l else l - k) if kinds[k] == kinds[l] else 0)
        for k in d
        for l in d
    ]
    return v.matrix(g.width, g.width, entries)


def _between(g: Geometry, j: int, sign: int) -> Value:
    """Return a skew (-1) or symmetric (1) matrix, and O at both ends."""
    d, inner = g.width, 0 < j < g.depth
    some = [fmpq(int(inner) * (2 * k + j * l + 1), l + 2) for k in range(d) for l in range(d)]
    matrix = v.matrix(d, d, some)
    return v.plus(matrix, v.times(fmpq(sign), v.transpose(matrix)))
