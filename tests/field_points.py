"""Points with balanced factors over the real and complex numbers and quaternions, and others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from itertools import product

from flint import fmpq, fmpq_mat

from dlnproof.definitions.fields import ROOTED
from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.sentences import value

times = import_module("dlnproof.checks.orbit.entropy_fields").times
ONE, TWO = fmpq(1), fmpq(2)
Unit = Callable[[int, int, int], fmpq_mat]


def unit(beta: int, d: int, r: int, i: int, l: int) -> fmpq_mat:
    """Return e_r E_il, as it multiplies from the left."""
    found = fmpq_mat(beta * d, beta * d)
    for column in range(beta):
        sign, row = times(r - 1, column)
        found[row * d + i - 1, column * d + l - 1] = fmpq(sign)
    return found


def field_point(
    g: Geometry, beta: int, units: Unit | None = None, last: fmpq | None = None, twice: str = ""
) -> Point:
    """Return the point; with other units, another last value, or a letter twice what it is."""
    d, point, by = g.width, g.point().with_values(beta_F=beta), {twice: TWO}
    units, places = units or partial(unit, beta, d), range(1, d + 1)
    if last:
        point = point.with_entry("sigma", (d,), last)
    A = {}
    for r, i, l in product(range(1, beta + 1), places, places):
        E = units(r, i, l)
        A[r, i, l] = v.times(by.get("A", ONE), v.minus(E, v.transpose(E)))
        point = point.with_entry("E_ril", (r, i, l), E)
        point = point.with_entry("A_ril", (r, i, l), A[r, i, l])
    P = v.times(by.get("P", ONE), value(ROOTED.args[1], point))
    R = [v.times(by.get("R", ONE), _frame(g, beta, j)) for j in range(g.depth + 1)]
    for j, frame in enumerate(R):
        point = point.with_entry("R_j", (j,), frame)
    for at, k in product(A, range(1, g.depth + 1)):
        for j in range(g.depth + 1):
            here, after = v.times(A[at], P), v.negative(v.times(P, A[at]))
            middle = here if j == k else after if j == k - 1 else v.null((beta * d, beta * d))
            moved = v.times(v.times(R[k], middle), v.transpose(R[k - 1]))
            moved = v.times(by.get("T", ONE), moved)
            point = point.with_entry("T_qjril", (k, j, *at), moved)
    point = point.with_values(P_beta=P)
    return point.fixing("R_j", "E_ril", "A_ril", "T_qjril", "P_beta", "beta_F")


def _frame(g: Geometry, beta: int, j: int) -> fmpq_mat:
    """Return Q_j; of odd j times a number of the field, of length one, that is not real."""
    found, d = fmpq_mat(beta * g.width, beta * g.width), g.width
    last = beta if j % 2 else 1
    for i, l in product(range(d), range(d)):
        for r, share in ((1, fmpq(3, 5)), (last, fmpq(4, 5))) if last > 1 else ((1, ONE),):
            found += unit(beta, d, r, i + 1, l + 1) * (share * g.frame(j)[i, l])
    return found


def field_points() -> Iterator[tuple[str, Point]]:
    """Yield points of all strata, of each field."""
    for g in [*geometries(0, (1, 2, 3), (1, 2)), *geometries(0, (2,), (3,))]:
        for beta in (1, 2, 4) if g.depth == 2 and g.width < 3 else (2,):
            yield f"{g.place}, dimension {beta}", field_point(g, beta)


def _rotated(r: int, i: int, l: int) -> fmpq_mat:
    """Return real units, with two of them turned into one another."""
    one, other = unit(1, 2, 1, 1, 1), unit(1, 2, 1, 2, 2)
    if i != l:
        return unit(1, 2, r, i, l)
    a, b = fmpq(3, 5), fmpq(4, 5)
    return one * a + other * b if i == 1 else other * a - one * b


def _split(r: int, i: int, l: int) -> fmpq_mat:
    """Return complex units, of which one is in the wrong row, and symmetric."""
    if (r, i, l) != (2, 1, 2):
        return unit(2, 2, r, i, l)
    found = fmpq_mat(4, 4)
    found[1, 1], found[3, 3] = ONE, -ONE
    return found


def _longer(r: int, i: int, l: int) -> fmpq_mat:
    """Return complex units of which the imaginary one is longer."""
    return unit(2, 1, r, i, l) * fmpq(r)


def unlike_fields() -> Iterator[Point]:
    """Yield points where one thing is wrong: the units, a multiple, a sign, or a size."""
    two, three = (Geometry(depth, (TWO, ONE), 1) for depth in (2, 3))
    yield field_point(three, 1, units=_rotated)
    yield field_point(two, 2, units=_split)
    yield field_point(Geometry(2, (TWO,), 1), 2, units=_longer)
    for letter in "RPAT":
        yield field_point(two, 2, twice=letter)
    yield field_point(Geometry(1, (ONE, ONE), 1), 1, last=-ONE)
    yield field_point(Geometry(1, (ONE,), 1), 2).with_values(N=0)
    yield field_point(two, 0)
