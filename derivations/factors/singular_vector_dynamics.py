"""How singular values and vectors move along the flow of the product, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction, lent
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.end_flow import END_FLOW, end_velocity
from dlnproof.definitions.geometry import framed
from dlnproof.definitions.hypotheses import (
    DEPTH,
    DURING,
    POSITIVE_AT,
    STRICT_AT,
    TURNING,
    during,
)
from dlnproof.definitions.letters import (
    N,
    Z,
    c,
    d,
    gradient_at,
    i,
    l,
    left_at,
    left_turn_at,
    right_at,
    right_turn_at,
    s,
    sigma_at,
    stretch_at,
    t,
    x,
)
from dlnproof.kernel.calculus import monotone
from dlnproof.kernel.entries import entry_of
from dlnproof.kernel.logic import assume, generalise, instance, sides, specialise, transitive
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import certificate
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Family,
    Term,
    at_most,
    different,
    entry,
    equal,
    every,
    identity,
    number,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import changed, then, valued
from dlnproof.tactics.settle import settle

from ..metric import operator_derivative, operator_spectrum
from ..volume.paths import at, in_either_order
from .end_to_end_flow import coefficient_of
from .interval import from_to

T, I, L, S, X, C = t.term, i.term, l.term, s.term, x.term, c.term
GIVEN = (*DEPTH, *END_FLOW, *SVD_OF_END[:3], *POSITIVE_AT, *STRICT_AT, *TURNING)
ROW = (*within(i, 1, d), *DURING)
PLACE = (*within(i, 1, d), *within(l, 1, d), *DURING)
UNLIKE = (*PLACE, different(I, L))


def turned(time: Term) -> Term:
    """Return U^T W' V."""
    return transpose(left_at(time)) * end_velocity(time) * right_at(time)


@cache
def in_frames() -> Theorem:
    """W' = U (U^T W' V) V^T."""
    given = [specialise(assume(sentence), T) for sentence in (*END_FLOW, *SVD_OF_END[1:3])]
    u, v = (other_inverse(settle(x, *DURING)) for x in given[1:])
    moves, (left, right) = end_velocity(T), (left_at(T), right_at(T))
    back = words(
        moves,
        left * turned(T) * transpose(right),
        (-1 * identity(d), u, moves),
        (-1 * (left * transpose(left) * moves), v, None),
    )
    return generalise(settle(valued(given[0], back), *DURING), t, *DURING)


@cache
def rate(row: Term, column: Term, kind: str) -> Theorem:
    """u_i^T W' v_l = -N lambda_il u_i^T G v_l."""
    spectrum = operator_spectrum.derive().concluded[kind]
    static = coefficient_of(specialise(lent("operator-spectrum", spectrum), I, L))
    static = instance(static, {i: row, l: column})
    static = instance(static, {**at(T), Z: gradient_at(T)})
    image, right = sides(static)
    plain = words(turned(T), -number(N) * image.args[0])
    out = entry_of(sides(plain)[1], row, column)
    value = -(number(N) * right.args[0] * right.args[1])
    last = field(sides(out)[1], value, (-number(N), static))
    found = transitive(changed(entry(turned(T), row, column), plain), out, last)
    return settle(found, *GIVEN)


UNEQUAL = different(sigma_at(I, T), sigma_at(L, T))


def of_pair(row: Term, column: Term) -> Theorem:
    """The same for two values that differ."""
    unlike = in_either_order(different(sigma_at(row, T), sigma_at(column, T)), row, column)
    return settle(rate(row, column, "distinct"), unlike, *GIVEN, *UNLIKE)


def of_motion(name: str) -> Theorem:
    """Return what is known of singular values, or vectors, of W' = U H V^T, for this velocity."""
    found = lent("operator-derivative", operator_derivative.derive().concluded[name])
    found = instance(found, {stretch_at: Family((t,), turned(T))})
    return settle(found, in_frames(), *GIVEN)


def slopes(*, left: bool) -> tuple[Term, Term]:
    """Return the factors of u_i^T G v_l and of u_l^T G v_i in a turn."""
    one, other = sigma_at(I, T), sigma_at(L, T)
    gap = one ** (2 / N) - other ** (2 / N)
    return (other / gap, one / gap) if left else (one / gap, other / gap)


def apart(theorem: Theorem) -> Theorem:
    """Return a theorem about a pair, of which squares and roots differ."""
    one, other = sigma_at(I, T), sigma_at(L, T)
    gaps = (other**2 - one**2, one ** (2 / N) - other ** (2 / N))
    unlike = (in_either_order(different(gap, 0), I, L) for gap in gaps)
    return settle(theorem, *unlike, *GIVEN, *UNLIKE)


@cache
def turn(*, left: bool) -> Theorem:
    """(U^T U')_il, or (V^T V')_il."""
    told = specialise(of_motion("left" if left else "right"), I, L, T)
    told = then(told, of_pair(I, L), of_pair(L, I))
    own, other = slopes(left=left)
    pull = gradient_at(T)
    value = own * framed(pull, I, L) + other * framed(pull, L, I)
    found = transitive(told, field(sides(told)[1], value))
    return apart(found)


@cache
def value_moves() -> Theorem:
    """sigma_i' = -N sigma_i^(2-2/N) u_i^T G v_i."""
    found = specialise(of_motion("values"), I, T)
    return settle(valued(found, rate(I, I, "coincident")), *GIVEN, *ROW)


PULL: Final = framed(gradient_at(T), I, I)
BETWEEN: Final = (*within(i, 1, d), *during(S), *during(X), at_most(S, X))
PULLED: Final = (at_most(2, N), every(t, (at_most(S, T), at_most(T, X)), at_most(PULL, C)))
"""From s to x, u_i^T G v_i is at most c; and there are two factors or more."""


def inverse(time: Term) -> Term:
    """Return sigma_i^(2/N - 1)."""
    return sigma_at(I, time) ** (2 / N - 1)


@cache
def power_moves() -> Theorem:
    """sigma_i^(2/N - 1) moves by (N - 2) u_i^T G v_i."""
    found = differentiate(inverse(S), s, T, value_moves())
    found = valued(found, field(found.conclusion.args[1], (N - 2) * PULL))
    return settle(found, *GIVEN, *ROW)


@cache
def kept() -> Theorem:
    """sigma_i^(2/N - 1) grows no faster than (N - 2) c t: (N - 2) c t less it does not fall."""
    found = differentiate((N - 2) * C * S - inverse(S), s, T, power_moves())
    value = (N - 2) * (C - PULL)
    found = valued(found, field(found.conclusion.args[1], value))
    sign = certificate(at_most(0, value), [[assume(PULLED[0]), specialise(assume(PULLED[1]), T)]])
    found = monotone(from_to(found, S, X), from_to(sign, S, X), t, S, X, between=(S, X))
    goal = at_most(inverse(X), inverse(S) + (N - 2) * C * (X - S))
    return settle(certificate(goal, [[found]]), *GIVEN, *BETWEEN, *PULLED)


def at_rest() -> Theorem:
    """u_i^T G v_l = 0, where neither (U^T U')_il nor (V^T V')_il moves."""
    pull = framed(gradient_at(T), I, L)
    a, b = sigma_at(I, T), sigma_at(L, T)
    share = (a ** (2 / N) - b ** (2 / N)) / (b**2 - a**2)
    parts = []
    for told, none, factor in (
        (turn(left=True), RESTING[0], b * share),
        (turn(left=False), RESTING[1], -(a * share)),
    ):
        parts += [(factor, assume(none)), (-factor, told)]
    return apart(field(pull, number(0), *parts))


def at_rest_if(*, left: bool) -> Theorem:
    """(U^T U')_il = 0, or (V^T V')_il = 0, where u_i^T G v_l and u_l^T G v_i are."""
    told = turn(left=left)
    own, other = slopes(left=left)
    parts = zip((own, other), map(assume, DIAGONAL), strict=True)
    return apart(field(sides(told)[0], number(0), (number(1), told), *parts))


TURNS = tuple(entry(frame(T), I, L) for frame in (left_turn_at, right_turn_at))
RESTING = tuple(equal(x, number(0)) for x in TURNS)
DIAGONAL = tuple(equal(framed(gradient_at(T), *at_), number(0)) for at_ in ((I, L), (L, I)))


@cache
def derive() -> Deduction:
    """Return the theorems about singular values and vectors along the flow, for all N and d."""
    proof = Deduction("singular-vector-dynamics")
    rate_ = generalise(of_pair(I, L), (i, l, t), *UNLIKE)
    proof.show("velocity", rate_, "By the spectrum of the operator,")
    values = generalise(value_moves(), (i, t), *ROW)
    proof.conclude("values", values, "and so on the diagonal; with what turns the frames")
    found = generalise(power_moves(), (i, t), *ROW)
    proof.conclude("powers", found, "By the chain rule")
    found = generalise(kept(), (i, s, x, c), *BETWEEN, *PULLED)
    proof.conclude("kept", found, "and so, as a function whose derivative is nowhere negative,")
    for name, flag, said in (("left", True, "this gives"), ("right", False, "and")):
        found = generalise(turn(left=flag), (i, l, t), *UNLIKE)
        proof.conclude(name, found, said)
    found = generalise(at_rest(), (i, l, t), *UNLIKE, *RESTING)
    proof.conclude("resting", found, "The two have a determinant that is not zero:")
    for name, flag in (("left-rest", True), ("right-rest", False)):
        found = generalise(at_rest_if(left=flag), (i, l, t), *UNLIKE, *DIAGONAL)
        proof.conclude(name, found, "Conversely" if flag else "and")
    return proof
