"""The volume of the matrices of any shape and rank along singular values and vectors."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction, lent
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import D as SQUARE_D
from dlnproof.definitions.letters import N, a, b, d, differential, i, j, k, l, s, sigma
from dlnproof.definitions.letters import X as SQUARE_X
from dlnproof.definitions.rectangular import (
    BY_ROOTS,
    INNER,
    LEFT_ACROSS,
    LEFT_TURN,
    LIFTED,
    MOVING,
    RANKED,
    RATES,
    RIGHT_ACROSS,
    RIGHT_TURN,
    D,
    H,
    Z,
    curve,
    inside,
    operator,
    tangent,
)
from dlnproof.definitions.shapes import LEFT, POSITIVE, RANK, RIGHT, THIN_SVD, VALUES, WIDE, size
from dlnproof.definitions.strata import ROOTS
from dlnproof.kernel import ranges
from dlnproof.kernel.determinants import (
    inverse_solves,
    linear_by_form,
    linear_multiple,
    linear_sum,
)
from dlnproof.kernel.entries import entry_of
from dlnproof.kernel.logic import (
    assume,
    cut,
    generalise,
    instance,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import (
    REAL,
    Family,
    Symbol,
    Term,
    choose,
    diagonal,
    different,
    each,
    entry,
    equal,
    fresh,
    inner,
    integer,
    number,
    product,
    substitute,
    total,
    transpose,
    variable,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.agreement import same
from dlnproof.tactics.agreement import squared as squared_product
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, then, valued
from dlnproof.tactics.equations import inside as in_scope
from dlnproof.tactics.settle import settle

from ..factors.factor_norms import ROOTS as SQUARES
from ..factors.factor_norms import left, right
from ..factors.rectangular import (
    EDGE,
    ONE,
    PLAIN,
    M,
    about,
    across,
    multiplied,
    rows_across,
    self_adjoint,
    within_frames,
)
from ..metric import metric_diagonalization, metric_svd_frame
from ..orbit.orbit_volume_strata import beyond, by_entries, squared
from . import power_map

I, J, K, L, S = (v.term for v in (i, j, k, l, s))
GIVEN: Final = (*DEPTH, *RANKED, *THIN_SVD, *POSITIVE)
KNOWN: Final = (*GIVEN, *MOVING, *LIFTED)
ZERO: Final = number(0)
ENDS: Final = (N, integer(0))
RANKS: Final = {d.data: RANK, SQUARE_D: D}
SAME: Final = equal(sigma(I), sigma(L))
DW: Final = inside(RATES)
"""U^T dW V."""


# --- how W moves ----------------------------------------------------------------------------------


@cache
def moves() -> Theorem:
    """The derivative of U Sigma V^T where roots and frames move."""
    rates = instance(power_map.powers_move(), RANKS)
    found = differentiate(curve(BY_ROOTS), s, ZERO, rates)
    found = valued(found, changed(found.conclusion.args[1], instance(power_map.still(), RANKS)))
    return settle(valued(found, words(found.conclusion.args[1], tangent(RATES))), *GIVEN)


# --- between the frames ---------------------------------------------------------------------------

STRETCH, TURN, BACK = (variable(x.name, INNER) for x in (SQUARE_D, a, b))
"""r x r matrices to bind, as those of svd-jacobian."""
TURNED: Final = TURN.term * VALUES + STRETCH.term + VALUES * transpose(BACK.term)


def at_sigma(theorem: Theorem, *known: Theorem) -> Theorem:
    """Return a theorem about invertible matrices at Sigma, which moves by U^T dW V."""
    put: dict[Symbol, Term | Family] = {
        **PLAIN,
        SQUARE_X: DW,
        SQUARE_D: RATES,
        a: LEFT_TURN,
        b: RIGHT_TURN,
        differential: Family((STRETCH, TURN, BACK), TURNED),
    }
    svd = words(VALUES, ONE * VALUES * transpose(ONE)), words(transpose(ONE) * ONE, ONE)
    return settle(instance(theorem, put), *svd, *known, *GIVEN, *MOVING)


@cache
def between_frames() -> Theorem:
    """The squared length at Sigma, along its singular values and vectors."""
    frames = (ONE + S * (ONE * turn.term) for turn in (TURN, BACK))
    path = next(frames) * (VALUES + S * STRETCH.term) * transpose(next(frames))
    found = differentiate(path, s, ZERO)
    found = valued(found, words(found.conclusion.args[1], TURNED))
    found = generalise(found, (STRETCH, TURN, BACK))
    flat = instance(power_map.diagonal_moves(), RANKS)
    return at_sigma(lent("metric-svd-frame", metric_svd_frame.frame()), found, flat)


def solved() -> Term:
    """Return A_Sigma^-1(U^T dW V)."""
    return sides(between_frames())[0].args[0].args[1]


@cache
def solves() -> Theorem:
    """A_Sigma(A_Sigma^-1(U^T dW V)) = U^T dW V."""
    linear = metric_diagonalization.linear_operator()
    found = inverse_solves(linear, SQUARE_X.term)
    return at_sigma(cut(found, metric_diagonalization.regular()))


# --- a lift ---------------------------------------------------------------------------------------

SHARES: Final = diagonal(k, RANK, sigma(K) ** (2 / N - 1))


def parts() -> tuple[Term, Term, Term]:
    """Return what N A takes to how W moves, between the frames and across them."""
    return (
        (1 / N) * (LEFT * solved() * transpose(RIGHT)),
        LEFT_ACROSS * SHARES * transpose(RIGHT),
        LEFT * transpose(RIGHT_ACROSS * SHARES),
    )


@cache
def lift() -> Theorem:
    """N A takes their sum to how W moves."""
    linear, (own, left_, right_) = linear_by_form(Z, operator(Z.term)), parts()
    told = linear_sum(linear, own + left_, right_)
    told = then(told, linear_sum(linear, own, left_), linear_multiple(linear, *own.args))
    told = then(told, instance(within_frames(), {M: solved()}), solves())
    told = then(told, *(across(SHARES, rows=rows) for rows in (True, False)))
    values = multiplied(SHARES, EDGE, VALUES), multiplied(EDGE, SHARES, VALUES)
    found = same_words(sides(told)[1], tangent(RATES), *values)
    return settle(transitive(told, found), *GIVEN, *MOVING)


# --- the metric -----------------------------------------------------------------------------------


@cache
def paired() -> Theorem:
    """Tr(dW^T H) is that with the lift, as the operator is self-adjoint: by frames."""
    own = parts()
    whole, other = own[0] + own[1] + own[2], fresh(Z.sort)
    adjoint = instance(self_adjoint(other), {Z: whole, other: H})
    told = changed(inner(tangent(RATES), H), symmetric(lift()))
    told = transitive(told, symmetric(adjoint))
    told = then(told, assume(LIFTED[0]))
    used = [left, right, multiplied(SHARES, VALUES, SQUARES), multiplied(ROOTS, ROOTS, SQUARES)]
    used += [multiplied(VALUES, SHARES, SQUARES)]
    for sentence in MOVING[2:]:
        used += [assume(sentence), about(assume(sentence))]
    value = (1 / N) * inner(DW, solved()) + beyond(ENDS[0]) + beyond(ENDS[1])
    return settle(transitive(told, same_traces(sides(told)[1], value, *used)), *KNOWN)


X_I, X_L = sigma(I) ** (2 / N), sigma(L) ** (2 / N)
GAP: Final = X_I - X_L
LESS, MORE = sigma(I) - sigma(L), sigma(I) + sigma(L)
TOGETHER: Final = GAP * LESS / (2 * MORE)
APART: Final = choose(SAME, 2 * X_I / N, GAP * MORE / (2 * LESS))


def over_pairs(value: Term) -> Term:
    """Return the sum over pairs i < l."""
    return total(i, 1, RANK, total(l, I + 1, RANK, value))


def squared_turn(sign: int) -> Term:
    """Return ((a_N)_il + (a_0)_il)^2, or that of the difference."""
    one, other = (entry(turn, I, L) for turn in (LEFT_TURN, RIGHT_TURN))
    return (one + other if sign == 1 else one - other) ** 2


ACROSS: Final = tuple(entry(squared(at), I, I) for at in ENDS)
"""(Z_N^T Z_N)_ii and (Z_0^T Z_0)_ii."""
RADIAL: Final = total(i, 1, RANK, N * entry(D, I, I) ** 2)


def shared(whole: Term) -> Theorem:
    """A sum, times 1/N, is that of its summands."""
    x = fresh(REAL)
    return ranges.linear_image(whole, x, (1 / N) * x.term)


def by_values(whole: Term) -> Theorem:
    """The share of the values."""
    told = shared(whole)
    scope = sides(told)[1]

    def each(at: Term) -> Theorem:
        here = changed(body(scope, at), entry_of(RATES, at, at))
        return transitive(here, field(sides(here)[1], body(RADIAL, at)))

    return then(told, in_scope(scope, each, *GIVEN))


def by_pairs(whole: Term, value: Term) -> Theorem:
    """The share of the pairs, of one sign."""
    told = shared(whole)
    rows = sides(told)[1]

    def row(at: Term) -> Theorem:
        here = shared(body(rows, at).args[1])
        scope, aim = sides(here)[1], body(value, at)
        known = (*GIVEN, *within(at.data, 1, RANK))

        def each(other: Term) -> Theorem:
            ends = within(other.data, at + 1, RANK)
            return same(body(scope, other), body(aim, other), *known, *ends)

        return then(here, in_scope(scope, each, *known))

    return then(told, in_scope(rows, row, *GIVEN))


@cache
def metric() -> Theorem:
    """Tr(dW^T H) by values, pairs of values, and what the frames move out of themselves."""
    told = then(paired(), between_frames(), *(instance(by_entries(), {j: at}) for at in ENDS))
    (inner_, left_), right_ = sides(told)[1].args[0].args, sides(told)[1].args[1]
    radial, (more, less) = inner_.args[1].args[0], inner_.args[1].args[1].args
    share = 1 / N
    apart = share * radial + (share * more + share * less) + (left_ + right_)
    told = transitive(told, field(sides(told)[1], apart))
    turns = (more, TOGETHER * squared_turn(1)), (less, APART * squared_turn(-1))
    edges = ranges.sum_of_sums(total(i, 1, RANK, X_I * ACROSS[0] + X_I * ACROSS[1]))
    both, last = sides(edges)[0], total(i, 1, RANK, X_I * (ACROSS[0] + ACROSS[1]))
    joined = in_scope(both, lambda at: field(body(both, at), body(last, at)))
    pairs = (by_pairs(whole, over_pairs(value)) for whole, value in turns)
    told = then(told, by_values(radial), *pairs, symmetric(edges), joined)
    return settle(told, *KNOWN)


# --- the density ----------------------------------------------------------------------------------

PAIRS: Final = (*within(i, 1, RANK), *within(l, I + 1, RANK))
UNLIKE: Final = different(sigma(I), sigma(L))
DISTINCT: Final = each(i, 1, RANK, each(l, I + 1, RANK, UNLIKE))
AREA: Final = 4 * (TOGETHER * APART.args[2])


@cache
def pair() -> Theorem:
    """The squared area of the turns of a pair."""
    return settle(field(AREA, GAP**2), *GIVEN, *PAIRS, UNLIKE)


EDGES: Final = tuple(product(l, RANK + 1, size(at), X_I) for at in ENDS)
"""Each value counts once for each row, and for each column, beyond r."""
BEYOND: Final = number(size(N)) - number(RANK) + (number(size(0)) - number(RANK))
"""(d_N - r) + (d_0 - r)."""
VALUE: Final = N * (sigma(I) ** (1 / N)) ** (2 * BEYOND)


@cache
def density() -> Theorem:
    """All together."""
    values = product(i, 1, RANK, N * (EDGES[0] * EDGES[1]))
    areas, gaps = (product(i, 1, RANK, product(l, I + 1, RANK, value)) for value in (AREA, GAP))

    def each_value(at: Term) -> Theorem:
        both = body(values, at).args[1].args
        told = changed(body(values, at), *map(ranges.constant, both))
        return transitive(told, field(sides(told)[1], substitute(VALUE, {i: at})))

    def row(at: Term) -> Theorem:
        scope, known = body(areas, at), within(at.data, 1, RANK)
        return in_scope(scope, lambda m: instance(pair(), {i: at, l: m}), *GIVEN, DISTINCT, *known)

    wide = [specialise(assume(WIDE[0]), at) for at in ENDS]
    told = changed(values * areas, in_scope(values, each_value, *GIVEN, *wide))
    told = then(told, in_scope(areas, row, *GIVEN, DISTINCT), symmetric(squared_product(gaps)))
    return settle(told, *GIVEN, *WIDE, DISTINCT)


@cache
def derive() -> Deduction:
    """Return the theorems about the volume at any shape and rank, for all N."""
    proof = Deduction("volume-form-strata")
    proof.conclude("moves", moves(), "The derivative of a product:")
    proof.show("within", within_frames(), "Between the frames the operator acts as at $\\Sigma$,")
    proof.show("across", rows_across(), "and across them")
    proof.show("pairing", self_adjoint(H.data), "It is self-adjoint,")
    proof.conclude("metric", metric(), "and so, with a matrix that it takes to $dW$,")
    found = generalise(pair(), (i, l), *PAIRS, UNLIKE)
    proof.conclude("pair", found, "The two squares of a pair have the determinant")
    found = generalise(density(), (), *WIDE, DISTINCT)
    proof.conclude("density", found, "With as many edges as there are rows and columns beyond $r$,")
    return proof
