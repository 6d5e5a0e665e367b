"""The operator and its flow at a matrix of any shape and rank, for every N."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction, lent
from dlnproof.definitions.letters import N, i, j, k, l, s, sigma
from dlnproof.definitions.rectangular import (
    BEYOND,
    FLOWING,
    LEFT_ACROSS,
    MOVING,
    RIGHT_ACROSS,
    D,
    G,
    Z,
    curve,
    inside,
    operator,
    tangent,
)
from dlnproof.definitions.shapes import LEFT, RANK, RIGHT, VALUES
from dlnproof.kernel.entries import entry_of, identity_is_diagonal, unit_scaled
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import (
    Term,
    at_most,
    diagonal,
    different,
    entry,
    equal,
    number,
    transpose,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import changed, then, valued
from dlnproof.tactics.settle import settle

from ..metric import operator_spectrum
from ..metric.operator_derivative import entries
from ..volume.svd_jacobian import skew
from .end_to_end_flow import coefficient_of
from .factor_norms import left, right
from .rectangular import (
    EDGE,
    GIVEN,
    M,
    about,
    at_values,
    beyond,
    framed,
    multiplied,
    of_values,
    out_of_frames,
    outwards,
    passing,
    rows_across,
    within_frames,
)
from .rectangular import across as outside

I, J, L = i.term, j.term, l.term
PLACE: Final = (*within(i, 1, RANK), *within(l, 1, RANK))
ROW: Final = within(i, 1, RANK)
SAME, DIFFERENT = (f(sigma(I), sigma(L)) for f in (equal, different))
EDGE_AT: Final = sigma(I) ** (2 - 2 / N)
PAIR: Final = unit(RANK, I, L)
OWN: Final = unit(RANK, I, I)


# --- the spectrum ---------------------------------------------------------------------------------


def eigenvector(kind: str, case: Term, value: Term) -> Theorem:
    """N A(u_i v_l^T) is a multiple of u_i v_l^T."""
    spectrum = operator_spectrum.derive().concluded[kind]
    own = of_values(specialise(lent("operator-spectrum", spectrum), I, L))
    told = instance(within_frames(), {M: PAIR})
    turned_ = sides(own)[1].args[1]
    plain = changed(at_values(PAIR), words(PAIR, turned_))
    plain = then(plain, own)
    told = then(told, plain)
    found = transitive(told, words(sides(told)[1], value * (LEFT * PAIR * transpose(RIGHT))))
    return generalise(settle(found, *GIVEN, *PLACE, case), (i, l), *PLACE, case)


DISTINCT: Final = (sigma(I) ** 2 - sigma(L) ** 2) / (sigma(I) ** (2 / N) - sigma(L) ** (2 / N))
COINCIDENT: Final = N * EDGE_AT


def at_edge(*, rows: bool) -> Theorem:
    """N A(x v_i^T), or of u_i y^T, is a multiple of that, for a column x or y across the frame."""
    told = outside(OWN, rows=rows)
    vector = LEFT_ACROSS * OWN * transpose(RIGHT) if rows else LEFT * transpose(RIGHT_ACROSS * OWN)
    scaled = unit_scaled(OWN * EDGE if rows else EDGE * OWN)
    first, last = (LEFT_ACROSS, RIGHT) if rows else (LEFT, RIGHT_ACROSS)
    plain = words(sides(told)[1], EDGE_AT * vector, (first, scaled, transpose(last)))
    found = settle(transitive(told, plain), *GIVEN, *ROW, MOVING[2 if rows else 3])
    return generalise(found, i, *ROW)


# --- how W moves ----------------------------------------------------------------------------------

FLOWS: Final = assume(FLOWING[-1])


@cache
def moves() -> Theorem:
    """The derivative of U Sigma V^T where Sigma and the frames move."""
    found = differentiate(curve(VALUES + s.term * D), s, number(0))
    return settle(valued(found, words(found.conclusion.args[1], tangent(D))), *GIVEN)


@cache
def between() -> Theorem:
    """a_N Sigma + D + Sigma a_0^T = -N A_Sigma(U^T G V)."""
    whole = transpose(LEFT) * tangent(D) * RIGHT
    used = left, right, assume(MOVING[2]), about(assume(MOVING[3]))
    told = then(same_words(inside(D), whole, *used), FLOWS)
    out = transpose(LEFT) * operator(G) * RIGHT
    told = transitive(told, words(sides(told)[1], -out))
    return settle(then(told, instance(framed(), {Z: G})), *GIVEN)


@cache
def coefficient() -> Theorem:
    """N A_Sigma(M)_ii = N sigma_i^(2-2/N) M_ii."""
    spectrum = operator_spectrum.derive().concluded["coincident"]
    told = of_values(coefficient_of(specialise(lent("operator-spectrum", spectrum), I, L)))
    told = instance(told, {l: I})
    image, value = sides(told)[0].args[0], sides(told)[1].args[1].args[0]
    own = image.args[0].args[1]
    told = transitive(changed(entry(own, I, I), words(own, image)), told)
    told = then(told, words(value, M.term))
    whole = at_values(M.term)
    out = entry_of(whole, I, I)
    return transitive(
        out, field(sides(out)[1], COINCIDENT * entry(M.term, I, I), (number(N), told))
    )


PULL: Final = transpose(LEFT) * G * RIGHT


@cache
def values() -> Theorem:
    """D_ii = -N sigma_i^(2-2/N) u_i^T G v_i."""
    moved = entry(inside(D), I, I)
    own, told = entries(moved), changed(moved, between())
    told = then(told, entry_of(sides(told)[1].args[0], I, I), instance(coefficient(), {M: PULL}))
    half = sigma(I) / 2
    turns = ((-half, skew(sentence, I, I)) for sentence in MOVING[:2])
    value = -(COINCIDENT * entry(PULL, I, I))
    parts = ((number(-1), own), (number(1), told), *turns)
    found = field(entry(D, I, I), value, *parts)
    return generalise(settle(found, *GIVEN, *FLOWING, *ROW), i, *ROW)


INVERSE: Final = diagonal(k, RANK, 1 / sigma(k.term))
SPEED: Final = diagonal(k, RANK, sigma(k.term) ** (1 - 2 / N))


@cache
def across(*, rows: bool) -> Theorem:
    """Z_N = -(I - U U^T) G V Sigma^(1-2/N), or the same of Z_0, V and G^T."""
    frame = LEFT_ACROSS if rows else RIGHT_ACROSS
    used = [left, right]
    for sentence in MOVING[2:]:
        used += [assume(sentence), about(assume(sentence))]
    told = same_words(frame * VALUES, outwards(tangent(D), rows=rows), *used)
    told = then(told, FLOWS)
    told = transitive(told, words(sides(told)[1], -outwards(operator(G), rows=rows)))
    told = then(told, instance(out_of_frames(rows=rows), {Z: G}))
    units = identity_is_diagonal(RANK)
    one = transitive(multiplied(VALUES, INVERSE, sides(units)[1]), symmetric(units))
    other, image = multiplied(EDGE, INVERSE, SPEED), outwards(G, rows=rows)
    parts = (-frame, one, None), (None, told, INVERSE), (-image, other, None)
    return settle(words(frame, -(image * SPEED), *parts), *GIVEN, *FLOWING)


@cache
def derive() -> Deduction:
    """Return the theorems about the operator and its flow at any shape and rank, for all N."""
    proof = Deduction("rectangular-flow")
    proof.show("passing", passing(J, rows=True), "As $U^TU=I$, also where $U$ is not square,")
    proof.show("within", within_frames(), "and so the operator acts between $U$ and $V^T$ as at")
    for name, case, value, said in (
        ("distinct", DIFFERENT, DISTINCT, "By the spectrum of the operator at $\\Sigma$"),
        ("coincident", SAME, COINCIDENT, "and"),
    ):
        proof.conclude(name, eigenvector(name, case, value), said)
    proof.show("across", rows_across(), "Across the frame all summands but one vanish:")
    proof.conclude("left-edge", at_edge(rows=True), "so, column by column,")
    proof.conclude("right-edge", at_edge(rows=False), "and on the other side")
    found = generalise(beyond(), (), *BEYOND, at_most(2, N))
    proof.conclude("beyond", found, "Where both vanish")
    proof.conclude("moves", moves(), "By the product rule, at $s=0$,")
    proof.show("between", between(), "Between $U^T$ and $V$ this and the velocity give")
    proof.conclude("values", values(), "and, as $a_N$ and $a_0$ are skew,")
    proof.show("out", out_of_frames(rows=True), "What moves out of the frame is")
    proof.conclude("left", across(rows=True), "and so")
    proof.conclude("right", across(rows=False), "and likewise")
    return proof
