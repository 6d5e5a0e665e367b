"""The Jacobian of the singular value decomposition, for every d (CMV2023 Lemma 2.7)."""

from __future__ import annotations

from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import FRAME, ORDERED, ORTHOGONAL, POSITIVE, WIDTH
from dlnproof.definitions.letters import SIGMA, D, U, V, a, b, d, differential, i, l, s, sigma
from dlnproof.kernel.calculus import one_value
from dlnproof.kernel.determinants import frame, frame_by_pairs
from dlnproof.kernel.entries import entry_of
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    reflexive,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import constant
from dlnproof.kernel.signs import unique_root
from dlnproof.kernel.terms import (
    Term,
    at_most,
    entry,
    equal,
    frame_determinant,
    fresh,
    number,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, transport
from dlnproof.tactics.settle import proved, settle

GIVEN = (*WIDTH, *ORTHOGONAL, *FRAME, *POSITIVE, *ORDERED)
left, right = map(assume, ORTHOGONAL)
DW = differential(D.term, a.term, b.term)
DIAGONAL, SKEW_A, SKEW_B = frame(D, a, b)
FRAMES = (DIAGONAL, SKEW_A, SKEW_B)
PAIRS = (at_most(1, i.term), at_most(i.term + 1, l.term), at_most(l.term, d))
s_i, s_l = sigma(i.term), sigma(l.term)


@cache
def value() -> Theorem:
    """Return dW(D, a, b) = U a Sigma V^T + U D V^T + U Sigma (V b)^T: the product rule."""
    given = specialise(assume(FRAME[0]), D.term, a.term, b.term)
    [function] = [body(given.conclusion, s.term)]
    found = one_value(given, differentiate(function, s, number(0)))
    parts = U * a.term * SIGMA * transpose(V) + U * D.term * transpose(V)
    told = parts + U * SIGMA * transpose(b.term) * transpose(V)
    return settle(transitive(found, words(sides(found)[1], told)), *GIVEN)


@cache
def turned() -> Theorem:
    """Return U^T dW V = D + a Sigma - Sigma b."""
    around = changed(transpose(U) * DW * V, value())
    at_b = SIGMA * transpose(b.term)
    found = words(
        sides(around)[1],
        D.term + (a.term * SIGMA - SIGMA * b.term),
        (None, left, (a.term * SIGMA + D.term + at_b) * transpose(V) * V),
        (a.term * SIGMA + D.term + at_b, right, None),
        (SIGMA, assume(SKEW_B), None),
    )
    return transitive(around, found)


def entry_at(row: Term, col: Term) -> Theorem:
    """Return (U^T dW V)_il = D_il + (a_il sigma_l - sigma_i b_il)."""
    whole = changed(entry(transpose(U) * DW * V, row, col), turned())
    one, two = a.term * SIGMA, SIGMA * b.term
    return then(
        whole,
        entry_of(D.term + (one - two), row, col),
        entry_of(one - two, row, col),
        entry_of(one, row, col),
        entry_of(two, row, col),
    )


def skew(sentence: Term, row: Term, col: Term) -> Theorem:
    """Return X_li = -X_il, of a skew X."""
    given = assume(sentence)
    x = sentence.args[0].args[0]
    flipped = entry_of(transpose(x), row, col)
    told = transitive(symmetric(flipped), changed(entry(transpose(x), row, col), given))
    return then(told, entry_of(-x, row, col))


@cache
def on_diagonal() -> Theorem:
    """Return (U^T dW V)_ii = D_ii."""
    told = entry_at(i.term, i.term)
    parts = [(skew(c, i.term, i.term), f) for c, f in ((SKEW_A, s_i), (SKEW_B, -s_i))]
    target = number(1) * entry(D.term, i.term, i.term)
    half = [(f / 2, theorem) for theorem, f in parts]
    found = transitive(told, field(sides(told)[1], target, *half))
    ends = within(i, 1, d)
    return generalise(settle(found, *GIVEN, *ends), (D, a, b, i), *FRAMES, *ends)


def off_diagonal(*, lower: bool) -> Theorem:
    """Return (U^T dW V)_il = sigma_l a_il - sigma_i b_il, or _li, for i < l."""
    row, col = (l.term, i.term) if lower else (i.term, l.term)
    told = entry_at(row, col)
    diagonal = sides(assume(DIAGONAL))[1]
    zero_ = transitive(_entry_of_d(row, col), entry_of(diagonal, row, col))
    equations = [(number(1), zero_)]
    p, q = (-s_i, s_l) if lower else (s_l, -s_i)
    if lower:
        equations += [(s_i, skew(SKEW_A, i.term, l.term)), (-s_l, skew(SKEW_B, i.term, l.term))]
    target = p * entry(a.term, i.term, l.term) + q * entry(b.term, i.term, l.term)
    found = transitive(told, field(sides(told)[1], target, *equations))
    return generalise(settle(found, *GIVEN, *PAIRS), (D, a, b, i, l), *FRAMES, *PAIRS)


def _entry_of_d(row: Term, col: Term) -> Theorem:
    """Return D_il = diag(D_kk)_il: the equation is used once, not in itself."""
    x, start = fresh(D.sort), entry(D.term, row, col)
    begun = equal(start, entry(x.term, row, col))
    return transport(reflexive(start), x, begun, assume(DIAGONAL))


@cache
def split() -> Theorem:
    """Return |det| = prod_i |1| prod_{i<l} |sigma_l^2 - sigma_i^2|."""
    whole = frame_determinant(D, a, b, DW)
    pairs = [off_diagonal(lower=flag) for flag in (False, True)]
    return settle(frame_by_pairs(left, right, whole, on_diagonal(), *pairs), *GIVEN)


def absolute(value_: Term, positive: Term) -> Theorem:
    """Return root(x^2) = y for y = x or y = -x, which is >= 0."""
    above = proved(at_most(number(0), positive), *GIVEN, *PAIRS)
    squared = field(positive**2, value_.args[0])
    return unique_root(above, squared)


@cache
def differences() -> Theorem:
    """Return prod_{i<l} |sigma_l^2 - sigma_i^2| = prod_{i<l} (sigma_i^2 - sigma_l^2)."""
    pairs = sides(split())[1].args[1]

    def pair(v: Term, w: Term) -> Theorem:
        found = absolute(body(body(pairs, i.term), l.term), s_i**2 - s_l**2)
        return instance(found, {i: v, l: w})

    def row(v: Term) -> Theorem:
        return inside(body(pairs, v), lambda w: pair(v, w), *GIVEN, *within(v.data, 1, d))

    return inside(pairs, row, *GIVEN)


@cache
def jacobian() -> Theorem:
    """Return |det| = prod_{i<l} (sigma_i^2 - sigma_l^2), for sigma_1 >= ... >= sigma_d."""
    one = sides(split())[1].args[0]
    ones = inside(one, lambda v: field(body(one, v), number(1)))
    unit_ = then(ones, constant(sides(ones)[1]))
    unit_ = transitive(unit_, field(sides(unit_)[1], number(1)))
    found = then(split(), unit_, differences())
    rest = sides(found)[1].args[1]
    return settle(transitive(found, field(sides(found)[1], rest)), *GIVEN)


@cache
def derive() -> Deduction:
    """Return the theorems about the differential, for all d."""
    proof = Deduction("svd-jacobian")
    proof.show("differential", value(), "By the product rule, at $s=0$,")
    proof.show("turned", turned(), "Between $U^T$ and $V$, for a skew $b$, this is")
    proof.show("on-diagonal", on_diagonal(), "On the diagonal $a$ and $b$ drop out:")
    proof.show("above", off_diagonal(lower=False), "For a pair $i<l$, above the diagonal")
    proof.show("below", off_diagonal(lower=True), "and below it")
    proof.show("split", split(), "So the determinant splits into those of the pairs.")
    proof.conclude("jacobian", jacobian(), "As the singular values are ordered,")
    return proof
