"""The mean curvature of orbits of balanced factors, and the gradient of their volume."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, WIDTH
from dlnproof.definitions.letters import N, d, i, j, k, l, m, r, s, sigma
from dlnproof.definitions.orbits import BENDING, GRAM_INVERSE, INVERTED, TURNED, turned
from dlnproof.kernel import signs
from dlnproof.kernel.calculus import (
    derivative_congruence,
    derivative_constant,
    derivative_determinant,
    derivative_power,
    derivative_product,
    one_value,
)
from dlnproof.kernel.determinants import determinant_of
from dlnproof.kernel.entries import entry_of, identity_is_diagonal, trace_of_entries
from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    generalise,
    instance,
    negation,
    reflexive,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, log_of_power, log_of_product, power_of_one
from dlnproof.kernel.orbits import group_positive
from dlnproof.kernel.ranges import chosen, constant, linear_image
from dlnproof.kernel.terms import (
    REAL,
    Family,
    Term,
    array,
    determinant,
    entry,
    equal,
    fresh,
    identity,
    less,
    log,
    number,
    positive,
    substitute,
    total,
    trace,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, transport, valued
from dlnproof.tactics.settle import proved, settle

from ..volume.paths import log_of_pairs, of_pairs
from . import bending as bends
from . import frames, jacobi
from .bending import (
    BESIDES,
    COUNT,
    GIVEN,
    PLACE,
    ROOT_I,
    ROOT_L,
    WHERE,
    ZERO,
    I,
    J,
    L,
    M,
    banded,
    bending,
    delta,
    gram,
    in_bands,
    moves,
)
from .tangents import PAIR, Q, value

S: Final = s.term
VALUE: Final = within(m, 1, d)

# --- determinants, where a value moves ------------------------------------------------------------


def moved_value(at: Term) -> Term:
    """Return sigma_i where sigma_m moves by s."""
    return sigma(at) + S * delta(at, M)


def moved_root(at: Term) -> Term:
    """Return its N-th root."""
    return moved_value(at) ** (1 / N)


@cache
def still(at: Term) -> Theorem:
    """At s = 0 that is sigma_i^(1/N)."""
    told = field(substitute(moved_value(at), {s: ZERO}), sigma(at))
    return changed(substitute(moved_root(at), {s: ZERO}), told)


@cache
def root_moves() -> Theorem:
    """Each sigma_i^(1/N) moves with sigma_m, for i = m alone."""
    here, known = moved_value(I), within(i, 1, d)
    plain = field(substitute(here, {s: ZERO}), sigma(I))
    above = rewrite(proved(positive(sigma(I)), *POSITIVE, *known), symmetric(plain))
    told = cut(derivative_power(differentiate(here, s, ZERO), 1 / N), above)
    value = told.conclusion.args[1]
    last = changed(value, plain)
    last = transitive(last, field(sides(last)[1], moves(I)))
    found = settle(valued(told, last), *DEPTH, *POSITIVE, *known)
    return generalise(found, i, *known)


def bands_of(one: Term, other: Term) -> tuple[Term, Term]:
    """Return what stands on the diagonal of half the Gram matrix of a pair, and beside it."""
    return one * one + other * other, -(one * other)


def block(one: Term, other: Term) -> Term:
    """Return half the Gram matrix of a pair, by the roots."""
    return array(j, k, COUNT, COUNT, jacobi.beside(J, k.term, *bands_of(one, other)))


MOVING: Final = block(moved_root(I), moved_root(L))
BLOCK: Final = block(ROOT_I, ROOT_L)
X: Final = GRAM_INVERSE(I, L)
TRACE: Final = trace(X * BENDING)


def inverse() -> Theorem:
    """X_il times the Gram matrix of the pair is I."""
    return specialise(specialise(assume(INVERTED), I), L)


def one_in_all(product_: Term) -> Theorem:
    """A product of 1 is 1."""
    told = constant(product_)
    return transitive(told, power_of_one(sides(told)[1].args[1]))


@cache
def at_identity() -> Theorem:
    """det(2 X B) moves by -2 Tr(X K), for half the Gram matrix B: 2 X B is I."""
    moving = 2 * X * banded(*bands_of(moved_root(I), moved_root(L)))
    told = differentiate(moving, s, ZERO, root_moves())
    start = changed(substitute(moving, {s: ZERO}), still(I), still(L))
    one = words(sides(start)[1], identity(COUNT), (None, inverse(), None), (-X, gram(), None))
    plain = changed(told.conclusion.args[1], still(I), still(L))
    bent = -2 * (X * BENDING)
    told = valued(told, transitive(plain, words(sides(plain)[1], bent, (2 * X, bending(), None))))
    found = derivative_determinant(told, transitive(start, one, identity_is_diagonal(COUNT)))
    summed = found.conclusion.args[1]

    def row(at: Term) -> Theorem:
        others = [part for part in body(summed, at).parts() if part.op == "prod"]
        told = changed(body(summed, at), *map(one_in_all, others))
        return transitive(told, field(sides(told)[1], entry(bent, at, at)))

    last = transitive(inside(summed, row, *DEPTH), symmetric(trace_of_entries(bent)))
    return valued(found, transitive(last, traces(trace(bent), -2 * TRACE)))


@cache
def determinant_moves() -> Theorem:
    """det B moves by -2 Tr(X K) det B."""
    found, rest, moving = at_identity(), determinant(BLOCK), determinant(MOVING)
    here, now = (bands_of(*x) for x in ((ROOT_I, ROOT_L), (moved_root(I), moved_root(L))))
    split = then(determinant_of(determinant(2 * X * banded(*now))), symmetric(in_bands(*now)))
    parts = ((None, inverse(), None), (-X, gram(), None), (2 * X, in_bands(*here), None))
    whole = determinant(2 * X * BLOCK)
    one = changed(whole, words(2 * X * BLOCK, identity(COUNT), *parts))
    one = transitive(symmetric(determinant_of(whole)), one, determinant_of(sides(one)[1]))
    found = derivative_product(
        derivative_constant(rest, ZERO), derivative_congruence(found, split, s)
    )
    found = derivative_congruence(found, field(rest * sides(split)[1], moving, (moving, one)), s)
    found = valued(found, field(found.conclusion.args[1], -2 * TRACE * rest))
    return settle(found, *GIVEN, INVERTED, *PLACE)


# --- the volume, where a value moves --------------------------------------------------------------

LEAST: Final = -sigma(M)
OPEN: Final = less(LEAST, S)


@cache
def values_stay() -> Theorem:
    """The values stay positive, for s > -sigma_m."""
    same, here = equal(I, M), moved_value(I)
    on = changed(moved_value(M), chosen(delta(M, M), reflexive(M)))
    on = rewrite(signs.certificate(positive(sides(on)[1]), [[assume(OPEN)]]), symmetric(on))
    on = transport(on, i, positive(here), symmetric(assume(same)))
    known = within(i, 1, d)
    off = field(here, sigma(I), (S, chosen(delta(I, M), assume(negation(same)))))
    off = rewrite(proved(positive(sigma(I)), *POSITIVE, *known), symmetric(off))
    found = settle(cases(on, off, on=[same, negation(same)]), *POSITIVE, OPEN, *known)
    return generalise(found, i, *known)


@cache
def determinants() -> Theorem:
    """The determinants of pairs are positive."""
    one, other = moved_root(I), moved_root(L)
    letters = {jacobi.a.data: one * one, jacobi.b.data: other * other, jacobi.r.data: one * other}
    found = instance(specialise(jacobi.positive_determinants(), COUNT), letters)
    found = cut(found, field(one * other * (one * other), one * one * (other * other)))
    for root, at in ((one, I), (other, L)):
        above = signs.power_positive(specialise(values_stay(), at), 1 / N)
        found = cut(found, signs.certificate(positive(root * root), [[above, above]]))
    return generalise(settle(found, *DEPTH, *PAIR, values_stay()), (i, l), *PAIR)


@cache
def positive_at_rest() -> tuple[Theorem, Theorem]:
    """The same where s is 0, in both forms."""
    above = proved(positive(sigma(M)), *POSITIVE, *VALUE)
    found = cut(
        instance(determinants(), {s: ZERO}), signs.certificate(less(LEAST, ZERO), [[above]])
    )
    found = settle(found, *DEPTH, *POSITIVE, *VALUE)
    plain = rewrite(specialise(found, I, L), still(I), still(L))
    return found, generalise(settle(plain, *PAIR), (i, l), *PAIR)


@cache
def logarithm() -> Theorem:
    """log vol(O_W) = (N - 1) log c_d + 1/2 sum_{i<l} log of the determinants of pairs."""
    found = instance(
        frames.volume(), {Q: Family((j,), turned(J)), value: Family((i,), moved_root(I))}
    )
    told = changed(log(sides(found)[0]), found)
    group, root = sides(found)[1].args
    told = then(
        told,
        log_of_product(group, root),
        log_of_power(*group.args),
        log_of_power(*root.args),
        log_of_pairs(root.args[0]),
    )
    known = (*DEPTH, *WIDTH, values_stay(), determinants(), group_positive(d), assume(TURNED))
    return settle(told, *known)


@cache
def variation() -> Theorem:
    """log vol(O_W) moves with sigma_m by minus the sum of Tr(X K) over pairs."""
    known = (*GIVEN, INVERTED, *VALUE, *positive_at_rest())
    told = logarithm()
    each_pair = generalise(determinant_moves(), (i, l), *PAIR)
    found = differentiate(sides(told)[1], s, ZERO, each_pair)
    moved = found.conclusion.args[1]
    pairs = moved.args[1].args[1].args[1]

    def pair(one: Term, other: Term) -> Theorem:
        put = {i: one, l: other}
        plain = changed(body(body(pairs, one), other), *(instance(still(v), put) for v in (I, L)))
        return transitive(plain, field(sides(plain)[1], substitute(-2 * TRACE, put)))

    summed, x = total(i, 1, d, total(l, I + 1, d, TRACE)), fresh(REAL)
    out = linear_image(summed, x, -2 * x.term)
    rows = inside(
        sides(out)[1], lambda one: linear_image(body(summed, one), x, -2 * x.term), *known
    )
    last = transitive(of_pairs(pairs, pair, *known), symmetric(then(out, rows)))
    found = settle(valued(found, field(moved, -summed, (number(1) / 2, last))), *known)
    same = settle(symmetric(told), *known)
    found = settle(derivative_congruence(found, same, s, LEAST), *known)
    return generalise(found, m, *VALUE)


# --- in closed form -------------------------------------------------------------------------------

SAME: Final = equal(sigma(I), sigma(L))
UNLIKE: Final = negation(SAME)


def moved_by(at: Term, theorem: Theorem) -> Theorem:
    """Return what a theorem about sigma_m says of sigma_i, or of sigma_l: one of the two moves."""
    other = L if at == I else I
    apart = proved(negation(equal(other, at)), *PAIR)
    choices = (chosen(delta(at, at), reflexive(at)), chosen(delta(other, at), apart))
    return settle(rewrite(instance(theorem, {m: at}), *choices), *PAIR)


@cache
def telescoped() -> tuple[Theorem, Theorem]:
    """(a - b) det B = a^N - b^N, and the derivative of that in sigma_m."""
    product_, _, square = frames.pair_determinants()
    whole = cut(specialise(product_, COUNT), square)
    whole = instance(whole, {value: Family((i,), moved_root(I))})
    known = (determinant_moves(), root_moves())
    left, right = (differentiate(side, s, ZERO, *known) for side in sides(whole))
    moved = one_value(derivative_congruence(left, whole, s), right)
    both = (rewrite(x, still(I), still(L)) for x in (instance(whole, {s: ZERO}), moved))
    closed, moved = (settle(x, *GIVEN, INVERTED, *PLACE) for x in both)
    return closed, moved


def of_different(at: Term) -> Theorem:
    """Tr(X K) for sigma_i, or for sigma_l, where these differ."""
    closed, moved = telescoped()
    gap, det = sigma(I) ** (2 / N) - sigma(L) ** (2 / N), determinant(BLOCK)
    squares, own = sigma(I) ** 2 - sigma(L) ** 2, sigma(at)
    sign = number(1 if at == I else -1)
    stated = -(sign * (own / squares - 1 / N * own ** (2 / N - 1) / gap))
    parts = (
        (-1 / (2 * gap * det), moved_by(at, moved)),
        (sign * own / (squares * gap * det), closed),
    )
    found = field(substitute(TRACE, {m: at}), stated, *parts)
    known = (*GIVEN, INVERTED, *PAIR, UNLIKE)
    at_rest = instance(positive_at_rest()[1], {m: at})
    found = settle(found, *known, settle(at_rest, *known))
    return for_pairs(generalise(found, (), UNLIKE))


def of_equal(at: Term) -> Theorem:
    """Tr(X K) for two equal values: K is a multiple of the Gram matrix."""
    times, same = -1 / (2 * N * sigma(at)), assume(SAME)
    alike = symmetric(same) if at == I else same
    bent, gram_ = (then(x, alike) for x in (moved_by(at, bending()), gram()))
    whole, plain = X * substitute(BENDING, {m: at}), times * identity(COUNT)
    parts = ((X, bent, None), (-times * X, gram_, None), (plain, inverse(), None))
    one = trace_of_entries(identity(COUNT))
    ones = inside(sides(one)[1], lambda v: entry_of(identity(COUNT), v, v))
    one = transitive(one, ones, constant(sides(ones)[1]))
    found = changed(trace(whole), words(whole, plain, *parts))
    found = transitive(found, traces(trace(plain), times * trace(identity(COUNT))))
    found = then(found, one)
    if at == L:
        found = then(found, symmetric(same))
    found = transitive(found, field(sides(found)[1], -(COUNT / (2 * N * sigma(I)))))
    found = settle(found, *GIVEN, INVERTED, *PAIR, SAME)
    return for_pairs(generalise(found, (), SAME))


def for_pairs(theorem: Theorem) -> Theorem:
    """Return a theorem for each pair of indices."""
    known = (*within(i, 1, d), *within(l, I + 1, d))
    found = generalise(settle(theorem, *known), l, *known[2:])
    return generalise(settle(found, *known[:2]), i, *known[:2])


# --- the sentences --------------------------------------------------------------------------------


@cache
def derive() -> Deduction:
    """Return the theorems about how orbits bend, for all N and d."""
    proof = Deduction("mean-curvature-orbits")
    known = (*WHERE, *VALUE)
    found = generalise(bends.sideways(), (k, j, r, m), *known)
    proof.conclude(
        "sideways", for_pairs(found), "The frames cancel, and squares of $E_{il}-E_{li}$ remain:"
    )
    proof.show("bending", bending(), "Along the values this matrix is tridiagonal,")
    proof.show("gram", gram(), "as the Gram matrix is:")
    found = generalise(bends.others(), m, *VALUE, *BESIDES)
    proof.conclude("others", for_pairs(found), "So")
    proof.conclude(
        "variation",
        variation(),
        "The volume is made of determinants of half these matrices, which are so differentiated:",
    )
    for name, at in (("first", I), ("second", L)):
        said = "The determinant in closed form, differentiated and solved for the trace:"
        proof.conclude(name, of_different(at), said)
    for name, at in (("first-coincident", I), ("second-coincident", L)):
        proof.conclude(name, of_equal(at), "Of equal values one matrix is a multiple of the other:")
    return proof
