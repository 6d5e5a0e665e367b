"""Where the volume density is largest on the plane of minimisers, for every N (CMV2023)."""

from __future__ import annotations

from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N
from dlnproof.definitions.small import (
    LEFT,
    OBSERVED,
    ORTHOGONAL_2,
    OTHER_LEFT,
    OTHER_RIGHT,
    RIGHT,
    density,
    r_1,
    r_2,
    s_1,
    s_2,
    w,
    x,
    y,
    z,
)
from dlnproof.kernel.logic import (
    assume,
    cases,
    generalise,
    instance,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import certificate, stricter, turned
from dlnproof.kernel.terms import Term, at_most, different, equal, less, number
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import changed
from dlnproof.tactics.settle import settle

from . import corners, entries

S, T, R, Q = (v.term for v in (s_1, s_2, r_1, r_2))
VALUES = (s_1, s_2, r_1, r_2)
DEEP = at_most(2, N)
MATRICES = (*VALUES, x, y, z, w)
GIVEN = (*DEPTH, *ORTHOGONAL_2, *OBSERVED)


def elsewhere() -> Theorem:
    """Return: the density depends on the singular values alone."""
    here = instance(corners.density_by_powers(), {s_1: R, s_2: Q})
    there = instance(here, {LEFT.data: OTHER_LEFT, RIGHT.data: OTHER_RIGHT})
    return transitive(here, symmetric(there))


def compared(order: Theorem, falls: Theorem, second: Theorem, *known: Term) -> Theorem:
    """Return density(s) <= density(r) from r_1 <= s_1, and from what it is where r_1 < s_1.

    ``second`` is s_2 = r_2 where s_1 = r_1.
    """
    on = (equal(S, R), different(S, R))
    goal = at_most(density(S, T), density(R, Q, OTHER_LEFT, OTHER_RIGHT))
    below = settle(falls, stricter(order, turned(assume(on[1]))), *known)
    strict = certificate(goal, [[below]], [(number(-1), elsewhere())])
    same = changed(density(S, T), assume(on[0]), second)
    flat = certificate(goal, [], [(number(-1), same), (number(-1), elsewhere())])
    return settle(cases(flat, strict, on=on), *known)


def fixed_second() -> Theorem:
    """Return density(s) <= density(r) at r_2 = s_2, for the second matrix on the ray."""
    same = equal(Q, T)
    known = (*entries.BOTH, same, *GIVEN, DEEP)
    falls = instance(corners.decreasing(), {s_1: R, r_1: S})
    falls = certificate(
        less(density(S, T), density(R, Q)),
        [[falls]],
        [(number(1), changed(density(R, Q), assume(same)))],
    )
    found = compared(entries.smaller_first(), falls, symmetric(assume(same)), *known)
    return generalise(found, MATRICES, *_ordered(found, same))


def fixed_determinant() -> Theorem:
    """Return density(s) <= density(r) at r_1 r_2 = s_1 s_2, for the second matrix on the ray."""
    same = equal(S * T, R * Q)
    known = (*entries.BOTH, same, *GIVEN, DEEP)
    falls = instance(corners.fixed_product(), {s_1: R, s_2: Q, r_1: S, r_2: T})
    falls = settle(falls, symmetric(assume(same)), *known)
    equal_ = assume(equal(S, R))
    second = field(T, Q, (1 / S, assume(same)), (Q / S * -1, equal_))
    found = compared(entries.smaller_product(), falls, second, *known)
    return generalise(found, MATRICES, *_ordered(found, same))


def _ordered(theorem: Theorem, *more: Term) -> list[Term]:
    """Return the hypotheses of a theorem that are about the two matrices, in order."""
    return [h for h in (DEEP, *entries.BOTH, *more) if h in theorem.hypotheses and h not in GIVEN]
