"""What leaves the metric as it is, and its flat section, for every N and d."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import METRIC, OPERATOR, infinite_metric
from dlnproof.definitions.hypotheses import SVD
from dlnproof.definitions.isometries import INVERSE, ORTHOGONAL, moved, turned
from dlnproof.definitions.letters import (
    SIGMA,
    D,
    N,
    Q,
    R,
    U,
    V,
    W,
    X,
    Y,
    a,
    b,
    c,
    d,
    i,
    k,
    l,
    sigma,
)
from dlnproof.definitions.tower import E
from dlnproof.kernel.determinants import frame, inverse_linear, inverse_value, linear_multiple
from dlnproof.kernel.entries import diagonals, entry_of, unit_scaled
from dlnproof.kernel.logic import (
    absurd,
    assume,
    cases,
    contradiction,
    cut,
    generalise,
    instance,
    sides,
    specialise,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field, log_of_one, log_of_quotient
from dlnproof.kernel.ranges import chosen, constant, exchange
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Family,
    Symbol,
    Term,
    diagonal,
    different,
    each,
    entry,
    equal,
    inner,
    log,
    number,
    positive,
    substitute,
    trace,
    transpose,
    unit,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.agreement import same
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import proved, settle

from ..limits import infinite_depth, kubo_mori
from .metric_diagonalization import (
    ENTRY,
    inverse_at_pair,
    linear_operator,
    of_turned_pair,
    product_with_pair,
    regular,
    summands,
    traced,
)
from .metric_diagonalization import derive as diagonalization
from .operator_spectrum import (
    DIFFERENT,
    GIVEN,
    PAIR,
    PLACE,
    SAME,
    left,
    right,
    root_left,
    root_power,
    root_right,
)
from .riemannian_cone import INVERSE as OF_SVD
from .riemannian_cone import inverse as inverse_of_svd

C, I, K, L = c.term, i.term, k.term, l.term
x, y = X.term, Y.term
Form = Callable[[], Theorem]
Known = tuple[Theorem | Term, ...]
Put = dict[Symbol, Term | Family]


@cache
def finite() -> Theorem:
    """g(X, Y) = sum_i sum_l (1 / lambda_il) (u_i^T X v_l) (u_i^T Y v_l)."""
    return diagonalization().concluded["form"]


@cache
def infinite() -> Theorem:
    """The same at infinite depth."""
    inverse = instance(kubo_mori.inverse(), {X: y})

    def plain(term: Term, v: Term, w: Term) -> Theorem:
        factor, (reciprocal, own) = term.args[0], term.args[1].args
        return words(term, (factor * reciprocal) * own)

    inverse = then(inverse, summands(sides(inverse)[1], plain))
    found = specialise(traced(changed(infinite_metric(W, x, y), inverse), inverse), x, y)
    return generalise(settle(found, *GIVEN, infinite_depth.value_positive()), (X, Y))


def elsewhere(
    form: Theorem,
    put: Put,
    images: tuple[Term, Term],
    summand: Callable[..., Theorem],
    *known: Term,
) -> Theorem:
    """Return the metric at another matrix, with its summands changed: an equation for each."""
    told = specialise(instance(form, put), *images)
    return settle(then(told, summands(sides(told)[1], summand)), *known, *GIVEN)


# --- orthogonal matrices, and transposition -------------------------------------------------------

TURNED: Final[Put] = {U.data: Q.term * U, V.data: R * V, W.data: turned(W)}
CROSSED: Final[Put] = {U.data: V, V.data: U, W.data: transpose(W)}


def component(matrix: Term, target: Term, *used: Theorem) -> Theorem:
    """An entry is that of another matrix, equal as a word."""
    return changed(matrix, same_words(matrix.args[0], target, *used))


@cache
def turns(form: Form) -> Theorem:
    """g at Q W R^T of Q X R^T and Q Y R^T is that at W of X and Y: so are all components."""
    orthogonal = tuple(map(assume, ORTHOGONAL))
    own = [substitute(part, TURNED) for part in SVD]

    def summand(term: Term, v: Term, w: Term) -> Theorem:
        parts = (
            component(
                entry(transpose(Q.term * U) * turned(m) * (R * V), v, w),
                transpose(U) * m * V,
                *orthogonal,
            )
            for m in (x, y)
        )
        return changed(term, *parts)

    decomposed = [
        same_words(*sides(assume(own[0])), assume(SVD[0])),
        *(same_words(*sides(assume(one)), *orthogonal, left, right) for one in own[1:]),
    ]
    told = elsewhere(form(), TURNED, (turned(x), turned(y)), summand, *ORTHOGONAL)
    told = transitive(told, symmetric(specialise(form(), x, y)))
    found = settle(told, *decomposed, *ORTHOGONAL, *GIVEN)
    return generalise(found, (X, Y))


@cache
def reciprocal_of_turned_pair() -> Theorem:
    """1 / lambda_li = 1 / lambda_il at infinite depth."""
    value = 1 / infinite_depth.VALUE
    swapped = substitute(value, {i: L, l: I})
    known: Known = (*GIVEN, *PLACE, infinite_depth.divisors(), infinite_depth.value_positive())
    return settle(same(swapped, value, *known), *known)


@cache
def crosses(form: Form, symmetry: Form) -> Theorem:
    """g at W^T of X^T and Y^T is that at W of X and Y: u_i and v_l change places."""

    def summand(term: Term, v: Term, w: Term) -> Theorem:
        parts = []
        for m in (x, y):
            whole = transpose(V) * transpose(m) * U
            back = transpose(transpose(U) * m * V)
            parts.append(component(entry(whole, v, w), back))
            parts.append(entry_of(back, v, w))
        return changed(term, *parts, instance(symmetry(), {i: w, l: v}))

    decomposed = transitive(
        changed(transpose(W), assume(SVD[0])),
        same_words(transpose(U * SIGMA * transpose(V)), V * SIGMA * transpose(U)),
    )
    told = elsewhere(form(), CROSSED, (transpose(x), transpose(y)), summand)
    told = then(told, exchange(sides(told)[1]))
    told = transitive(told, symmetric(specialise(form(), x, y)))
    return generalise(settle(told, decomposed, *GIVEN), (X, Y))


# --- inversion ------------------------------------------------------------------------------------

OPPOSITE: Final[Put] = {
    U.data: V,
    V.data: U,
    W.data: E,
    sigma: Family((i,), 1 / sigma(I)),
}
SCALED: Final = diagonal(k, d, 1 / sigma(K))
"""Sigma^(-1)."""


@cache
def decomposed() -> Theorem:
    """E = V Sigma^(-1) U^T."""
    back = other_inverse(inverse_of_svd())
    found = words(E, OF_SVD, (-1 * E, back, None), (None, assume(INVERSE[0]), OF_SVD))
    return settle(found, *INVERSE, *GIVEN)


def scaled_component(matrix: Term, row: Term, column: Term) -> Theorem:
    """v_i^T (E X E) u_l = (1 / sigma_i) (u_i^T X v_l) (1 / sigma_l)."""
    inside_ = transpose(U) * matrix * V
    whole = transpose(V) * moved(matrix) * U
    told = changed(whole, decomposed())
    told = transitive(told, same_words(sides(told)[1], SCALED * inside_ * SCALED, left, right))
    told = changed(entry(whole, row, column), told)
    one = entry_of(SCALED * inside_ * SCALED, row, column)
    return then(told, one, entry_of(SCALED * inside_, row, column))


def unequal(one: Term, other: Term, factor: Term, told: Theorem) -> Theorem:
    """Return a != b from c != e, where c - e is a multiple of a - b."""
    c, e = told.conclusion.args
    back = field(c, e, (factor, assume(equal(one, other))))
    return settle(contradiction(absurd(back, told), different(one, other)), *GIVEN, *PLACE)


@cache
def differences() -> tuple[Theorem, ...]:
    """The reciprocals of different values differ, and so do their squares, and the logarithms."""
    square = sigma(I) ** 2, sigma(L) ** 2
    logs = [-log(value) for value in square]
    differ = proved(different(square[0] - square[1], 0), *GIVEN, *PLACE, DIFFERENT)
    apart = specialise(infinite_depth.divisors(), I, L)
    zero, product = number(0), sigma(I) * sigma(L)
    inverse = (1 / sigma(I)) ** 2 - (1 / sigma(L)) ** 2
    return (
        unequal(1 / sigma(I), 1 / sigma(L), -product, assume(DIFFERENT)),
        unequal(inverse, zero, -(product**2), differ),
        unequal(logs[0] - logs[1], zero, number(-1), apart),
    )


def log_of_reciprocal(index: Term) -> Theorem:
    """log sigma_i^(-2) = -log sigma_i^2."""
    square, one = sigma(index) ** 2, number(1)
    told = changed(log((1 / sigma(index)) ** 2), field((1 / sigma(index)) ** 2, one / square))
    told = then(told, log_of_quotient(one, square), log_of_one())
    return transitive(told, field(sides(told)[1], -log(square)))


@cache
def over_values(weighted: bool) -> Theorem:
    """1 / lambda_il of the reciprocal values is a multiple of that of the values.

    By sigma_i^2 sigma_l^2, or (``weighted``) by that and (sigma_i sigma_l)^(-2/N), at finite depth.
    """
    value = ENTRY if weighted else 1 / infinite_depth.VALUE
    weight = sigma(I) ** 2 * sigma(L) ** 2
    weight = weight / (sigma(I) ** (2 / N) * sigma(L) ** (2 / N)) if weighted else weight
    other, whole = substitute(value, {sigma: OPPOSITE[sigma]}), weight * value
    given: Known = (*GIVEN, *PLACE, infinite_depth.divisors())
    found = []
    for case in (SAME, DIFFERENT):
        told = field(1 / sigma(I), 1 / sigma(L), (-1 / (sigma(I) * sigma(L)), assume(SAME)))
        told = settle(told, *given, SAME) if case == SAME else differences()[0]
        one, two = (
            changed(term, chosen(next(p for p in term.parts() if p.op == "if"), at))
            for term, at in ((other, told), (whole, assume(case)))
        )
        if case == SAME:
            two = then(two, symmetric(assume(SAME)))
        elif not weighted:
            one = then(one, log_of_reciprocal(I), log_of_reciprocal(L))
        middle = field(sides(one)[1], sides(two)[1])
        known = (*given, case, *(() if case == SAME else differences()))
        found.append(settle(transitive(one, middle, symmetric(two)), *known))
    return cases(*found, on=(SAME, DIFFERENT))


@cache
def decompositions() -> tuple[Theorem, ...]:
    """E = V diag(1 / sigma_i) U^T is its decomposition, of positive values."""
    return decomposed(), proved(each(i, 1, d, positive(1 / sigma(I))), *GIVEN)


@cache
def of_pair() -> Theorem:
    """g(X, c u_i v_l^T) = c (1 / lambda_il) (u_i^T X v_l)."""
    told = unfold(METRIC(N, W, x, C * PAIR))
    map_ = cut(inverse_linear(linear_operator()), regular())
    told = then(told, linear_multiple(map_, C, PAIR), inverse_at_pair())
    plain = traces(sides(told)[1], inner(x, (C * ENTRY) * PAIR))
    found = transitive(told, plain, product_with_pair(C * ENTRY, I, L))
    return settle(found, *GIVEN, *PLACE)


@cache
def inverts() -> Theorem:
    """g at E of E X E and E u_i v_l^T E is (sigma_i sigma_l)^(-2/N) times that at W."""
    own = instance(of_pair(), {C.data: number(1)})
    plain = changed(METRIC(N, W, x, PAIR), words(PAIR, number(1) * PAIR))
    own = transitive(plain, own)
    multiple = 1 / (sigma(I) * sigma(L))
    there = instance(of_pair(), {**OPPOSITE, X: moved(x), C.data: multiple})
    there = settle(there, *decompositions(), *GIVEN, *PLACE)
    crossed = V * unit(d, I, L) * transpose(U)
    at_i = unit_scaled(SCALED * unit(d, I, L))
    at_l = unit_scaled(unit(d, I, L) * SCALED)
    image = changed(moved(PAIR), decomposed())
    image = transitive(
        image,
        same_words(sides(image)[1], multiple * crossed, left, right, at_i, at_l),
    )
    told = transitive(changed(METRIC(N, E, moved(x), moved(PAIR)), image), there)
    told = then(told, over_values(weighted=True), scaled_component(x, I, L))
    weight = 1 / (sigma(I) ** (2 / N) * sigma(L) ** (2 / N))
    last = field(sides(told)[1], weight * sides(own)[1])
    last = then(transitive(told, last), symmetric(own))
    found = settle(last, *decompositions(), *GIVEN, *PLACE, *INVERSE)
    return generalise(found, (X, i, l), *PLACE)


@cache
def infinite_inverts() -> Theorem:
    """g_inf at E of E X E and E Y E is that at W of X and Y."""
    double = sides(specialise(infinite(), x, y))[1]

    def summand(term: Term, v: Term, w: Term) -> Theorem:
        parts = (scaled_component(m, v, w) for m in (x, y))
        found = changed(term, instance(over_values(weighted=False), {i: v, l: w}), *parts)
        return transitive(found, field(sides(found)[1], body(body(double, v), w)))

    told = elsewhere(infinite(), OPPOSITE, (moved(x), moved(y)), summand, *INVERSE)
    told = transitive(told, symmetric(specialise(infinite(), x, y)))
    found = settle(told, *decompositions(), *GIVEN, infinite_depth.value_positive(), *INVERSE)
    return generalise(found, (X, Y))


# --- diagonal matrices ----------------------------------------------------------------------------


def in_frames(middle: Term) -> Term:
    """Return U M V^T."""
    return U * middle * transpose(V)


def spread(factor: Term, matrix: Term) -> Term:
    """Return the diagonal matrix of multiples of the diagonal entries of a matrix."""
    return diagonal(k, d, factor * entry(matrix, K, K))


def image(factor: Term, matrix: Term, target: Term) -> Theorem:
    """A(U T V^T) = U T' V^T for diagonal T and T', where each entry is sigma_k^(2-2/N) times it."""
    T = spread(factor, matrix)
    told = then(unfold(OPERATOR(N, W, in_frames(T))), root_left(), root_right())
    whole = sides(told)[1].args[1]

    def summand(j: Term) -> Theorem:
        one, two = root_power(left, N - j), root_power(right, j - 1)
        here = changed(body(whole, j), one, two)
        P, O = (sides(found)[1].args[0].args[1] for found in (one, two))
        alike = diagonals(P * T)
        alike = transitive(changed(P * T * O, alike), diagonals(sides(alike)[1] * O))
        scope = sides(alike)[1]
        alike = then(alike, inside(scope, lambda v: field(body(scope, v), body(target, v)), *GIVEN))
        return transitive(here, same_words(sides(here)[1], in_frames(target), left, right, alike))

    told = then(told, inside(whole, summand, *GIVEN))
    told = then(told, constant(sides(told)[1].args[1]))
    return settle(transitive(told, words(sides(told)[1], in_frames(target))), *GIVEN)


def inverse_of(target: Term, factor: Term, matrix: Term) -> Theorem:
    """A^-1(U T' V^T) = U T V^T, for such matrices."""
    at = in_frames(spread(factor, matrix))
    found = inverse_value(linear_operator(), image(factor, matrix, target), at)
    return settle(cut(found, regular()), *GIVEN)


STRETCH: Final = diagonal(k, d, N * sigma(K) ** (1 - 1 / N))
"""How singular values move with their roots."""


@cache
def section() -> Theorem:
    """g(U S D V^T, U S X V^T) = N^2 Tr(D^T X), for diagonal D and X."""
    flat = [assume(frame(m, a, b)[0]) for m in (D, X)]
    other = sides(flat[1])[1]
    along = changed(in_frames(STRETCH * x), flat[1])
    out = diagonals(STRETCH * other)
    along = then(along, out)
    target = sides(out)[1]
    solved = inverse_of(target, N * sigma(K) ** (1 / N - 1), x)
    metric = METRIC(N, W, in_frames(STRETCH * D.term), in_frames(STRETCH * x))
    told = changed(metric, along)
    told = then(told, unfold(sides(told)[1]), solved)
    product = diagonals(STRETCH * sides(solved)[1].args[0].args[1])
    scope, whole = sides(product)[1], N**2 * other
    pulled = diagonals(whole)
    plain = inside(scope, lambda v: field(body(scope, v), body(sides(pulled)[1], v)), *GIVEN)
    product = transitive(product, plain, symmetric(pulled), changed(whole, symmetric(flat[1])))
    last = same_traces(sides(told)[1], N**2 * inner(D.term, x), left, right, product)
    conditions = tuple(one.conclusion for one in flat)
    return generalise(settle(transitive(told, last), *GIVEN, *conditions), (D, X), *conditions)


def no_trace(skew: Theorem, frame_: Term, middle: Term) -> Theorem:
    """Tr(a Q M Q^T) = 0, for a skew a and a diagonal M."""
    whole = frame_ * middle * transpose(frame_)
    turn = sides(skew)[0].args[0]
    value = trace(turn * whole)
    return field(value, number(0), (number(1) / 2, traces(value, -value, (whole, skew, None))))


@cache
def orthogonal() -> Theorem:
    """g(a W - W b, U D V^T) = 0, for D diagonal, a and b skew: the trace of skew by symmetric."""
    conditions = frame(D, a, b)
    flat, *skew = map(assume, conditions)
    own = sides(flat)[1]
    solved = inverse_of(own, sigma(K) ** (2 / N - 2), D.term)
    metric = METRIC(N, W, a.term * W - W * b.term, in_frames(D.term))
    told = changed(metric, flat)
    told = then(told, unfold(sides(told)[1]), solved, assume(SVD[0]))
    middle = sides(solved)[1].args[0].args[1]
    products = diagonals(middle * SIGMA), diagonals(SIGMA * middle)
    ends = [sides(product)[1] for product in products]
    none = [no_trace(*each_) for each_ in zip(skew, (U, V), ends, strict=True)]
    one, other = (sides(found)[0] for found in none)
    plain = same_traces(sides(told)[1], other - one, left, right, *products, *skew)
    last = field(other - one, number(0), (number(-1), none[0]), (number(1), none[1]))
    found = settle(transitive(told, plain, last), *GIVEN, *conditions)
    return generalise(found, (D, a, b), *conditions)


@cache
def derive() -> Deduction:
    """Return the theorems about isometries and the section, for all N and d."""
    proof = Deduction("polar-action")
    proof.show("infinite", infinite(), "At infinite depth the metric has the same form.")
    proof.conclude("turned", turns(finite), "Components are those of turned matrices, so")
    proof.conclude("infinite-turned", turns(infinite), "and")
    proof.conclude(
        "transposed",
        crosses(finite, of_turned_pair),
        "The coefficient of $u_iv_l^T$ is that of $u_lv_i^T$, so",
    )
    found = crosses(infinite, reciprocal_of_turned_pair)
    proof.conclude("infinite-transposed", found, "and")
    proof.show("inverse", decomposed(), "The inverse has the reciprocal values,")
    proof.show("reciprocals", over_values(weighted=True), "of which the coefficients are multiples")
    proof.conclude("inverted", inverts(), "So")
    proof.show("logarithms", over_values(weighted=False), "At infinite depth the powers drop out,")
    proof.conclude("infinite-inverted", infinite_inverts(), "so")
    proof.conclude("section", section(), "Diagonal matrices commute with the powers of others:")
    proof.conclude("orthogonal", orthogonal(), "and the trace of skew by symmetric is zero:")
    return proof
