"""The path to det = 0, and what moves no faster along any path, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction, lent
from dlnproof.definitions.completeness import INFINITELY_SLOW, LAST, SLOW, SPEED, TIMES
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.geometry import infinite_metric
from dlnproof.definitions.hypotheses import (
    DEPTH,
    DURING,
    EULER,
    PATH,
    POSITIVE,
    POSITIVE_AT,
    SVD,
    TURNING,
    WIDTH,
)
from dlnproof.definitions.letters import (
    N,
    W,
    c,
    d,
    end_at,
    end_velocity_at,
    euler,
    i,
    left_at,
    r,
    right_at,
    s,
    sigma,
    sigma_at,
    stretch_at,
    t,
    x,
)
from dlnproof.definitions.truncation import BEFORE, left, moves, path
from dlnproof.kernel import ranges
from dlnproof.kernel.calculus import monotone
from dlnproof.kernel.determinants import determinant_of
from dlnproof.kernel.logic import (
    absurd,
    assume,
    contradiction,
    generalise,
    instance,
    reflexive,
    sides,
    specialise,
    transitive,
)
from dlnproof.kernel.numbers import field, log_of_power, log_of_product
from dlnproof.kernel.signs import certificate, chain, decided, log_monotone
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Family,
    Term,
    at_most,
    determinant,
    identity,
    less,
    log,
    number,
    opened,
    positive,
    product,
    root,
    substitute,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.absolute import below_by_squares
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import changed, inside, then, valued
from dlnproof.tactics.rewriting import repeated, rules
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.summands import one_of

from ..factors.balanced_is_flattest import of_length_one
from ..factors.interval import from_to
from ..factors.lifted_vectors import PAIR
from ..limits import kubo_mori
from ..volume.paths import at
from . import eckart_young, operator_derivative

I, S, T, C, X_ = (letter.term for letter in (i, s, t, c, x))
ZERO, ONE = number(0), number(1)
LAST_ROW: Final = at_most(I, d - 1)
STATIC: Final = (*DEPTH, *WIDTH, *SVD, *POSITIVE, *LAST)
ALONG: Final = (*PATH, *SVD_OF_END[:3], *POSITIVE_AT, *TURNING)
PLACE: Final = within(i, 1, d)


# --- the path to det = 0 --------------------------------------------------------------------------


@cache
def moving() -> Theorem:
    """The path to rank d - 1 is that of a truncated decomposition."""
    return settle(
        instance(lent("eckart-young", eckart_young.moving()), {r: d - 1}), *STATIC, *BEFORE
    )


@cache
def speed() -> Theorem:
    """Its squared speed in g^N / N is N sigma_d^(2/N)."""
    told = lent("eckart-young", eckart_young.derive().concluded["speed"])
    curve = {
        end_at: Family((s,), path(S)),
        end_velocity_at: Family((t,), moves(T, eckart_young.RATE)),
    }
    there = generalise(reflexive(path(T)), t)
    told = settle(
        instance(told, {**curve, r: d - 1}), there, generalise(moving(), t, *BEFORE), *STATIC
    )
    told = specialise(told, T)
    alone = ranges.single(sides(told)[1].args[1])
    return settle(then(told, alone), *STATIC, *BEFORE)


@cache
def remaining() -> Theorem:
    """The product of 1 - t e_i is 1 - t."""
    whole = product(i, 1, d, left(I, T))
    parted = ranges.top(whole)
    before = sides(parted)[1].args[0]

    def at_index(index: Term, case: Term, value: Term) -> Theorem:
        told = specialise(assume(LAST[0]), index)
        told = transitive(told, ranges.chosen(sides(told)[1], assume(case)))
        told = changed(left(index, T), told)
        return transitive(told, field(sides(told)[1], value))

    ones = inside(before, lambda v: at_index(v, at_most(v, d - 1), ONE), *WIDTH, *LAST)
    ones = then(ones, ranges.constant(sides(ones)[1]))
    last = at_index(d, less(d - 1, d), ONE - T)
    parted = then(parted, ones, last)
    return settle(transitive(parted, field(sides(parted)[1], ONE - T)), *WIDTH, *LAST)


@cache
def size() -> Theorem:
    """det W(t) = (1 - t)^N det W."""
    by_form = rules(determinant_of)
    start = changed(determinant(W), assume(SVD[0]))
    start = transitive(start, repeated(sides(start)[1], by_form))
    told = repeated(determinant(path(T)), by_form)
    whole = sides(told)[1].args[0].args[1]
    apart = ranges.product_of_products(whole)
    apart = then(apart, ranges.product_of_powers(sides(apart)[1].args[1], natural=True))
    told = then(told, apart, remaining())
    share = (ONE - T) ** N
    found = field(sides(told)[1], share * determinant(W), (-share, start))
    return settle(transitive(told, found), *STATIC)


# --- no path is faster ----------------------------------------------------------------------------


@cache
def values_move() -> Theorem:
    """sigma_i' = u_i^T W' v_i, also where values coincide, as the frames are differentiable."""
    framed = transpose(left_at(T)) * end_velocity_at(T) * right_at(T)
    u, v = (other_inverse(specialise(assume(h), T)) for h in SVD_OF_END[1:3])
    moves_, (one, other) = end_velocity_at(T), (left_at(T), right_at(T))
    back = words(
        moves_,
        one * framed * transpose(other),
        (-1 * identity(d), u, moves_),
        (-1 * (one * transpose(one) * moves_), v, None),
    )
    velocity = valued(specialise(assume(PATH[0]), T), back)
    velocity = generalise(settle(velocity, *ALONG, *DURING), t, *DURING)
    told = lent("operator-derivative", operator_derivative.derive().concluded["values"])
    found = instance(told, {stretch_at: Family((t,), framed)})
    return specialise(settle(found, velocity, *ALONG), I, T)


def limited(bound: Theorem, slow: tuple[Term, ...], share: Term, value: Term) -> Theorem:
    """The square of the change of a value is at most (c (t - s))^2, as that of its velocity is.

    ``bound`` tells of a sum of squares that it is at most the metric, of which the square of the
    velocity of W is that ``share``.
    """
    along = settle(specialise(instance(bound, at(T)), end_velocity_at(T)), *ALONG, *DURING)
    row = (*ALONG, *DEPTH, *DURING, *PLACE)
    many = along.conclusion.args[0]
    one = one_of(many, I, *row)
    moves_ = differentiate(substitute(value, {t: S}), s, T, values_move())
    slope = moves_.conclusion.args[1]
    most = specialise(assume(slow[0]), T)
    scale = proved(at_most(ZERO, share), *DEPTH)
    squares = certificate(at_most(slope**2, C**2), [[most], [scale, along], [scale, one]])
    known = (*row, *slow, *SPEED)
    ways = [change(moves_, settle(squares, *known), sign, known) for sign in (1, -1)]
    then_ = substitute(value, {t: S})
    gap = substitute(value, {t: X_}) - then_
    goal = at_most(gap**2, (C * (X_ - S)) ** 2)
    letters = [then_, substitute(value, {t: X_})]
    return settle(certificate(goal, [ways], (), letters), *known, *INSIDE, *BETWEEN)


BETWEEN: Final = tuple(substitute(sentence, {t: X_}) for sentence in TIMES)
INSIDE: Final[tuple[Theorem, ...]] = (
    chain(assume(BETWEEN[0]), assume(BETWEEN[1])),
    chain(assume(BETWEEN[1]), assume(BETWEEN[2])),
)
"""Both times lie in the interval."""


def change(moves_: Theorem, squares: Theorem, sign: int, known: tuple[Term, ...]) -> Theorem:
    """c t - f(t), or c t + f(t), does not fall."""
    slope = moves_.conclusion.args[1]
    [function] = opened(moves_.conclusion, S)
    if sign < 0:
        squares = certificate(at_most((-slope) ** 2, C**2), [[squares]], (), [slope])
    steep = below_by_squares(squares, assume(at_most(ZERO, C)))
    found = differentiate(C * S - sign * function, s, T, moves_)
    found = valued(found, field(found.conclusion.args[1], C - sign * slope))
    rises = certificate(at_most(ZERO, C - sign * slope), [[steep]], (), [slope])
    found, rises = (from_to(settle(x, *known), S, X_) for x in (found, rises))
    return monotone(found, rises, t, S, X_, between=(S, X_))


@cache
def roots() -> Theorem:
    """N (sigma_i(t)^(1/N) - sigma_i(s)^(1/N))^2 <= c^2 (t - s)^2."""
    bound = lent("eckart-young", eckart_young.derive().concluded["bound"])
    scaled = root(number(N))
    value = sigma_at(I, T) ** (1 / N)
    found = limited(bound, SLOW, 1 / N, scaled * value)
    gap = substitute(value, {t: X_}) - substitute(value, {t: S})
    goal = at_most(N * gap**2, found.conclusion.args[1])
    return settle(certificate(goal, [[found]]), *DEPTH, *ALONG, *SLOW, *PLACE, *BETWEEN, *INSIDE)


@cache
def logarithms() -> Theorem:
    """(log sigma_i(t) - log sigma_i(s))^2 <= c^2 (t - s)^2."""
    bound = lent("eckart-young", eckart_young.derive().concluded["infinite-bound"])
    return limited(bound, INFINITELY_SLOW, ONE, log(sigma_at(I, T)))


GROWN: Final = euler ** (C * (X_ - S))
KNOWN: Final[tuple[Theorem | Term, ...]] = (
    *ALONG,
    *EULER,
    *SPEED,
    *INFINITELY_SLOW,
    *PLACE,
    *BETWEEN,
    *INSIDE,
)


def raised(logs: Theorem, one: Term, other: Term) -> Theorem:
    """Return a <= e^y b from log a - log b <= y: otherwise the logarithms were in other order."""
    size = C * (X_ - S)
    goal = at_most(one, GROWN * other)
    signs = [proved(positive(value), *KNOWN) for value in (one, other, GROWN)]
    product_ = proved(positive(GROWN * other), signs[1], signs[2])
    larger = log_monotone(product_, assume(less(GROWN * other, one)))
    told = then(log_of_product(GROWN, other), log_of_power(euler, size))
    told = then(told, assume(EULER[1]))
    letters = [log(one), log(other), log(GROWN * other), size]
    wrong = certificate(less(ZERO, ZERO), [[larger], [logs]], [(ONE, told)], letters)
    wrong = absurd(wrong, decided(at_most(ZERO, ZERO)))
    return settle(contradiction(wrong, goal), *signs, *KNOWN)


@cache
def between(*, above: bool) -> Theorem:
    """sigma_i(t) <= e^(c (t - s)) sigma_i(s), or sigma_i(s) <= e^(c (t - s)) sigma_i(t)."""
    ends = sigma_at(I, X_), sigma_at(I, S)
    one, other = ends if above else ends[::-1]
    gap, size = log(one) - log(other), C * (X_ - S)
    squares = certificate(at_most(gap**2, size**2), [[logarithms()]], (), [log(one), log(other)])
    positive_ = certificate(at_most(ZERO, size), [[assume(at_most(ZERO, C)), assume(less(S, X_))]])
    return raised(below_by_squares(squares, positive_), one, other)


@cache
def radial() -> Theorem:
    """g_inf(u_i v_i^T, u_i v_i^T) = 1 / sigma_i^2."""
    inverse = lent("kubo-mori", kubo_mori.derive().concluded["coincident"])
    inverse = settle(specialise(inverse, I, I), reflexive(sigma(I)))
    told = changed(infinite_metric(W, PAIR, PAIR), inverse)
    value = 1 / sigma(I) ** 2
    last = traces(sides(told)[1], value, (value, of_length_one(), None))
    return settle(transitive(told, last), *WIDTH, *SVD, *POSITIVE, *PLACE)


@cache
def derive() -> Deduction:
    """Return the theorems about distances to det = 0, at each depth and at infinity, for all d."""
    proof = Deduction("completeness")
    found = generalise(moving(), t, *BEFORE)
    proof.conclude("velocity", found, "One value alone is lost, and")
    found = generalise(speed(), t, *BEFORE)
    proof.conclude("speed", found, "With one summand,")
    proof.show("remaining", remaining(), "Of the roots all but one stay:")
    proof.conclude("determinant", generalise(size(), t), "So, of the product of the values,")
    found = generalise(values_move(), (i, t), *PLACE, *DURING)
    proof.show("values", found, "Where frames are differentiable,")
    found = generalise(roots(), (i, x, s), *PLACE, *BETWEEN, *SLOW)
    proof.conclude("roots", found, "With the bound of each velocity, by the mean value theorem,")
    found = generalise(logarithms(), (i, x, s), *PLACE, *BETWEEN, *INFINITELY_SLOW)
    proof.conclude("logarithms", found, "At infinite depth likewise")
    for name, flag in (("above", True), ("below", False)):
        found = generalise(between(above=flag), (i, x, s), *PLACE, *BETWEEN, *INFINITELY_SLOW)
        proof.conclude(name, found, "so" if flag else "and")
    found = generalise(radial(), i, *PLACE)
    proof.conclude("radial", found, "Where one value moves alone, nothing is added:")
    return proof
