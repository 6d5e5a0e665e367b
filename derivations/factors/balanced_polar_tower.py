"""Balanced factors as a tower of polar decompositions, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import BALANCED, DEPTH
from dlnproof.definitions.letters import N, X, d, factor, j, whole
from dlnproof.definitions.orbits import TURNED
from dlnproof.definitions.orbits import turned as frames
from dlnproof.definitions.tower import FRAMES, INVERSE, POLAR, E, P, frame
from dlnproof.kernel import ranges
from dlnproof.kernel.induction import induction
from dlnproof.kernel.logic import (
    assume,
    generalise,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.spectral import other_inverse, psd_congruence, root_unique, symmetric_of
from dlnproof.kernel.terms import (
    INT,
    Term,
    at_most,
    each,
    equal,
    fresh,
    identity,
    integer,
    product,
    psd,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.settle import settle

from .end_to_end_flow import turned

J: Final = j.term
Y: Final = X.term
GIVEN: Final = (*DEPTH, *BALANCED, *POLAR, *INVERSE, *FRAMES)
definite, square, after = map(assume, (*POLAR, *INVERSE))
before: Final = other_inverse(after)
"""E P = I."""
level: Final = symmetric_of(definite)
"""P^T = P."""


def for_each(sentence: Term, base: Theorem, step: Theorem, last: Term) -> Theorem:
    """Return a sentence for j = 0, ..., last, by induction."""
    known = (*GIVEN, sentence, at_most(0, J), at_most(J + 1, last))
    start = settle(base, *GIVEN)
    return settle(induction(j, sentence, start, settle(step, *known), start=0, end=last), *GIVEN)


# --- P and its inverse ----------------------------------------------------------------------------


@cache
def inverse_symmetric() -> Theorem:
    """E^T = E."""
    return words(
        transpose(E),
        E,
        (-transpose(E), after, None),
        (-transpose(E), level, E),
        (None, turned(after), E),
    )


@cache
def squared() -> tuple[Theorem, Theorem]:
    """P^2 E = P, and E P^2 = P."""
    return words(P**2 * E, P, (P, after, None)), words(E * P**2, P, (None, before, P))


@cache
def powers() -> Theorem:
    """E^j P^j = I."""
    sentence = equal(E**J * P**J, identity(d))
    base = words(E ** integer(0) * P ** integer(0), identity(d))
    parts = ((E**J, before, P**J), (None, assume(sentence), None))
    step = words(E ** (J + 1) * P ** (J + 1), identity(d), *parts)
    return for_each(sentence, base, step, N)


# --- the frames -----------------------------------------------------------------------------------


def at(index: Term) -> Theorem:
    """V_j = W_j ... W_1 E^j."""
    return specialise(assume(FRAMES[0]), index)


@cache
def first() -> Theorem:
    """V_0 = I."""
    none = ranges.empty(whole(factor, 1, integer(0)))
    parts = ((None, at(integer(0)), None), (None, none, E ** integer(0)))
    return words(frame(0), identity(d), *parts)


def grows(index: Term) -> Theorem:
    """V_{j+1} = W_{j+1} V_j E."""
    upper = factor(index + 1)
    return words(
        frame(index + 1),
        upper * frame(index) * E,
        (None, at(index + 1), None),
        (None, ranges.top(whole(factor, 1, index + 1)), E ** (index + 1)),
        (-upper, at(index), E),
    )


@cache
def passes() -> Theorem:
    """W_{j+1}^T W_{j+1} V_j = V_j P^2 for j < N: by balance, from one factor to the next."""

    def sides_at(index: Term) -> tuple[Term, Term]:
        upper = factor(index + 1)
        return transpose(upper) * upper * frame(index), frame(index) * P**2

    sentence = equal(*sides_at(J))
    base = same_words(*sides_at(integer(0)), first(), symmetric(square))
    balance = specialise(assume(BALANCED[0]), J + 1)
    step = same_words(*sides_at(J + 1), balance, grows(J), assume(sentence), *squared())
    return for_each(sentence, base, step, N - 1)


@cache
def orthogonal() -> Theorem:
    """V_j^T V_j = I."""

    def gram(index: Term) -> Term:
        return transpose(frame(index)) * frame(index)

    sentence = equal(gram(J), identity(d))
    base = same_words(gram(integer(0)), identity(d), first(), turned(first()))
    moves = grows(J)
    told = (moves, turned(moves), specialise(passes(), J), assume(sentence), inverse_symmetric())
    step = same_words(gram(J + 1), identity(d), *told, *squared(), before)
    return for_each(sentence, base, step, N)


@cache
def factors() -> Theorem:
    """W_j = V_j P V_{j-1}^T."""
    made = frame(J) * P * transpose(frame(J - 1))
    other = other_inverse(specialise(orthogonal(), J - 1))
    found = symmetric(same_words(made, factor(J), grows(J - 1), before, other))
    ends = within(j, 1, N)
    return generalise(settle(found, *GIVEN, *ends), j, *ends)


@cache
def end_to_end() -> Theorem:
    """W_N ... W_1 = V_N P^N."""
    product_ = whole(factor, 1, N)
    parts = ((-identity(d), at(N), P**N), (-product_, specialise(powers(), N), None))
    return settle(words(product_, frame(N) * P**N, *parts), *GIVEN)


# --- other towers ---------------------------------------------------------------------------------


def tower(index: Term) -> Term:
    """Return R_j X R_{j-1}^T."""
    return frames(index) * Y * transpose(frames(index - 1))


def own(index: Term | int) -> Theorem:
    """R_j^T R_j = I."""
    return specialise(assume(TURNED), integer(index))


@cache
def converse() -> Theorem:
    """(R_j X R_{j-1}^T) balance, for a symmetric X."""
    upper, lower, alike = tower(J + 1), tower(J), equal(transpose(Y), Y)
    left, right = transpose(upper) * upper, lower * transpose(lower)
    found = same_words(left, right, own(J + 1), own(J - 1), assume(alike))
    ends = within(j, 1, N - 1)
    found = generalise(settle(found, TURNED, alike, *ends), j, *ends)
    return generalise(found, X, alike)


@cache
def converse_product() -> Theorem:
    """Their product is R_N X^N R_0^T."""

    def both(index: Term) -> tuple[Term, Term]:
        k = fresh(INT)
        made = frames(index) * Y**index * transpose(frames(0))
        return product(k, 1, index, tower(k.term)), made

    sentence = equal(*both(J))
    whole_, made = both(integer(0))
    none = words(
        whole_, made, (None, ranges.empty(whole_), None), (-identity(d), other_own(), None)
    )
    whole_, made = both(J + 1)
    middle = frames(J + 1) * Y
    step = words(
        whole_,
        made,
        (None, ranges.top(whole_), None),
        (tower(J + 1), assume(sentence), None),
        (middle, own(J), Y**J * transpose(frames(0))),
    )
    known = (*DEPTH, TURNED)
    step = settle(step, *known, sentence, at_most(0, J), at_most(J + 1, N))
    found = induction(j, sentence, settle(none, *known), step, start=0, end=N)
    return generalise(settle(specialise(found, N), *known), X)


@cache
def other_own() -> Theorem:
    """R_0 R_0^T = I."""
    return other_inverse(own(0))


SO_MADE: Final = (psd(Y), each(j, 1, N, equal(factor(J), tower(J))))


@cache
def unique() -> Theorem:
    """P = R_0 X R_0^T."""
    definite_, made = map(assume, SO_MADE)
    conjugate = frames(0) * Y * transpose(frames(0))
    first_ = specialise(made, integer(1))
    level_ = symmetric_of(definite_)
    used = (first_, turned(first_), own(1), own(0), level_)
    gram = same_words(conjugate * conjugate, transpose(factor(1)) * factor(1), *used)
    gram = transitive(words(conjugate**2, conjugate * conjugate), gram)
    found = root_unique(psd_congruence(definite_, frames(0)), gram)
    found = transitive(symmetric(root_unique(definite, square)), found)
    return settle(found, *DEPTH, *POLAR, TURNED, *SO_MADE)


@cache
def unique_frames() -> Theorem:
    """R_j = V_j R_0."""
    sentence = equal(frames(J), frame(J) * frames(0))
    base = words(frames(0), frame(0) * frames(0), (-identity(d), first(), frames(0)))
    back = transpose(frames(0))
    here = words(
        frame(J),
        frames(J) * back,
        (-identity(d), assume(sentence), back),
        (-frame(J), other_own(), None),
    )
    past = words(Y * back, back * P, (-back, unique(), None), (-identity(d), own(0), Y * back))
    made = specialise(assume(SO_MADE[1]), J + 1)
    target = frame(J + 1) * frames(0)
    step = same_words(target, frames(J + 1), grows(J), here, made, own(J), past, after, own(0))
    known = (*GIVEN, TURNED, *SO_MADE)
    step = settle(symmetric(step), *known, sentence, at_most(0, J), at_most(J + 1, N))
    return settle(induction(j, sentence, settle(base, *known), step, start=0, end=N), *known)


@cache
def derive() -> Deduction:
    """Return the theorems about towers of polar decompositions, for all N and d."""
    proof = Deduction("balanced-polar-tower")
    proof.show("passes", passes(), "By balance, from one factor to the next,")
    proof.conclude("orthogonal", orthogonal(), "As $V_{j+1}=W_{j+1}V_jE$, so")
    proof.conclude("factors", factors(), "and, as $EP=I$ too,")
    proof.show("powers", powers(), "Powers of $E$ and of $P$ cancel,")
    proof.conclude("product", end_to_end(), "so the product is")
    proof.conclude("converse", converse(), "In other towers the frames between cancel:")
    proof.conclude("converse-product", converse_product(), "and in their product:")
    found = generalise(unique(), X, *SO_MADE)
    proof.conclude("unique", found, "A positive semidefinite root is unique, so")
    found = generalise(unique_frames(), X, *SO_MADE)
    proof.conclude("unique-frames", found, "and the frames follow one after the other:")
    return proof
