"""The metric is a cone, whose apex is the zero matrix, for every N and d."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import METRIC, OPERATOR
from dlnproof.definitions.hypotheses import (
    BALANCED,
    DEPTH,
    PARTIAL,
    POSITIVE,
    PRODUCT,
    SVD,
    WIDTH,
)
from dlnproof.definitions.letters import (
    SIGMA,
    SQUARE,
    N,
    U,
    V,
    W,
    X,
    Y,
    Z,
    c,
    d,
    direction,
    factor,
    i,
    j,
    k,
    l,
    partial,
    s,
    sigma,
    t,
)
from dlnproof.kernel import integrals, ranges
from dlnproof.kernel.calculus import derivative_congruence
from dlnproof.kernel.determinants import inverse_solves, inverse_value, linear_multiple
from dlnproof.kernel.entries import diagonals, entry_of, identity_is_diagonal, trace_of_entries
from dlnproof.kernel.logic import (
    absurd,
    assume,
    cases,
    contradiction,
    cut,
    generalise,
    instance,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import chosen, linear_image
from dlnproof.kernel.signs import certificate
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    REAL,
    Family,
    Term,
    diagonal,
    different,
    entry,
    equal,
    fresh,
    identity,
    inner,
    less,
    map_inverse,
    number,
    positive,
    substitute,
    total,
    trace,
    transpose,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.settle import proved, settle

from ..factors.end_to_end_flow import (
    FIRST,
    RANGE,
    above,
    below,
    first_passes,
    left_powers,
    operator,
    partial_value,
    right_powers,
    right_root,
    rooted,
    turned,
)
from ..limits import infinite_depth
from . import operator_spectrum
from .metric_diagonalization import A_OF_Z, ENTRY, form, linear_operator, regular, summands
from .operator_spectrum import DIFFERENT, PLACE, ROOTS, SAME, left, right, root_right

GIVEN: Final = (*DEPTH, *WIDTH, *SVD, *POSITIVE)
KNOWN: Final = (*GIVEN, *PRODUCT, *BALANCED, *PARTIAL)
C, I, J, K, L, S, T = (letter.term for letter in (c, i, j, k, l, s, t))
LARGER: Final = positive(C)
ZERO, ONE = number(0), number(1)


# --- multiples ------------------------------------------------------------------------------------


@cache
def multiple() -> Theorem:
    """C W = U diag(c sigma_i) V^T."""
    scaled = diagonals(C * SIGMA)
    found = changed(C * W, assume(SVD[0]))
    target = U * sides(scaled)[1] * transpose(V)
    return transitive(found, words(sides(found)[1], target, (U, scaled, transpose(V))))


CASES: Final = (SAME, DIFFERENT)
LARGER_PAIR: Final = C * sigma(I), C * sigma(L)


@cache
def still_different() -> Theorem:
    """c sigma_i != c sigma_l for sigma_i != sigma_l."""
    wrong = assume(equal(*LARGER_PAIR))
    back = field(sigma(I), sigma(L), (1 / C, wrong))
    against = absurd(back, assume(DIFFERENT))
    return settle(contradiction(against, different(*LARGER_PAIR)), LARGER, DIFFERENT)


@cache
def entries() -> Theorem:
    """1 / lambda_il is c^(2/N - 2) times what it was."""
    scaled_ = substitute(ENTRY, {sigma: Family((i,), C * sigma(I))})
    whole = C ** (2 / N - 2) * ENTRY
    found = []
    for case in CASES:
        told = still_different() if case == DIFFERENT else field(*LARGER_PAIR, (C, assume(case)))
        one = changed(scaled_, chosen(scaled_, told))
        other = changed(whole, chosen(ENTRY, assume(case)))
        middle = field(sides(one)[1], sides(other)[1])
        found.append(
            settle(transitive(one, middle, symmetric(other)), *GIVEN, LARGER, *PLACE, case, told)
        )
    return cases(*found, on=CASES)


def component(matrix: Term, row: Term, column: Term) -> Theorem:
    """u_i^T (c M) v_l = c u_i^T M v_l."""
    at = transpose(U) * matrix * V
    told = changed(
        entry(transpose(U) * (C * matrix) * V, row, column),
        words(transpose(U) * (C * matrix) * V, C * at),
    )
    return then(told, entry_of(C * at, row, column))


@cache
def scaled() -> Theorem:
    """g_{c W}(c X, c Y) = c^(2/N) g_W(X, Y)."""
    whole = specialise(larger(form()), C * X.term, C * Y.term)
    told = specialise(form(), X.term, Y.term)
    double = sides(told)[1]
    weight = C ** (2 / N)

    def summand(term: Term, v: Term, w: Term) -> Theorem:
        parts = (component(M.term, v, w) for M in (X, Y))
        found = changed(term, instance(entries(), {i: v, l: w}), *parts)
        return transitive(found, field(sides(found)[1], weight * body(body(double, v), w)))

    found = then(whole, summands(sides(whole)[1], summand))
    x = fresh(REAL)
    rows = sides(found)[1]
    inner_ = inside(rows, lambda v: symmetric(linear_image(body(double, v), x, weight * x.term)))
    outer = symmetric(linear_image(double, x, weight * x.term))
    found = then(found, inner_, outer, symmetric(told))
    return generalise(settle(found, *GIVEN, LARGER), (c, X, Y), LARGER)


@cache
def growth() -> Theorem:
    """g at (1 + 2 N s) W of such multiples of X and Y has at s = 0 the derivative 4 g(X, Y)."""
    factor = ONE + S * (2 * number(N))
    own = METRIC(N, W, X.term, Y.term)
    low = -1 / (2 * number(N))
    above = certificate(
        positive(factor),
        [[proved(positive(2 * number(N)), *DEPTH), assume(less(low, S))]],
    )
    same = settle(specialise(scaled(), factor, X.term, Y.term), above, *GIVEN)
    found = differentiate(sides(same)[1], s, ZERO)
    slope = found.conclusion.args[1]
    told = changed(slope, field(ONE + ZERO * (2 * number(N)), ONE))
    told = transitive(told, field(sides(told)[1], 4 * own))
    sign = rewrite(proved(positive(ONE)), symmetric(field(ONE + ZERO * (2 * number(N)), ONE)))
    found = settle(valued(found, told), *GIVEN)
    around = proved(less(low, ZERO), *DEPTH), proved(less(ZERO, ONE))
    found = derivative_congruence(found, symmetric(same), s, low, ONE)
    return generalise(settle(found, sign, *around, *GIVEN), (X, Y))


# --- multiples, at infinite depth -----------------------------------------------------------------

ALWAYS: Final = (*WIDTH, *SVD, *POSITIVE)
"""What is assumed where there is no depth."""


def larger(theorem: Theorem) -> Theorem:
    """Return what holds of W, of c W."""
    found = instance(theorem, {W.data: C * W, sigma: Family((i,), C * sigma(I))})
    return settle(found, multiple(), *ALWAYS, LARGER)


def diagonals_in(term: Term) -> list[Term]:
    """Return the diagonal matrices that a product has."""
    return [part for part in term.parts() if part.op == "diag"]


def pulled_out(of_larger: Term, own: Term) -> Theorem:
    """diag(((c sigma_k)^2)^x) = c^(2 x) diag((sigma_k^2)^x)."""
    out = diagonals(C ** (2 * body(own, K).args[1]) * own)
    whole = sides(out)[1]

    def same(v: Term) -> Theorem:
        return field(body(of_larger, v), body(whole, v))

    return transitive(inside(of_larger, same, *ALWAYS, LARGER), symmetric(out))


@cache
def operator_larger() -> Theorem:
    """A_inf of c W is c^2 times that of W: so are the values of the integrand."""
    told, plain = larger(infinite_depth.integrand()), infinite_depth.integrand()
    one, other = (body(sides(found)[1], T) for found in (told, plain))
    parts = (pulled_out(*pair) for pair in zip(*map(diagonals_in, (one, other)), strict=True))
    inner_ = changed(one, *parts)
    inner_ = transitive(inner_, words(sides(inner_)[1], C**2 * other))
    known = (*ALWAYS, LARGER, *infinite_depth.UNIT_INTERVAL)
    same_ = integrals.integral_congruence(settle(inner_, *known), t, ZERO, ONE)
    moving = differentiate(body(sides(plain)[1], S), s, T)
    out = integrals.integral_multiple(C**2, settle(moving, *known), t, ZERO, ONE)
    found = then(transitive(told, same_, out), symmetric(plain))
    return settle(found, *ALWAYS, LARGER)


@cache
def infinite() -> Theorem:
    """g_inf at c W of c X and c Y is that at W of X and Y."""
    map_, regular_ = infinite_depth.linear_operator(), infinite_depth.regular()
    inverse_ = map_inverse(Z, infinite_depth.A_OF_Z, Y.term)
    at = (1 / C) * inverse_
    solves = cut(inverse_solves(map_, Y.term), regular_)
    image = linear_multiple(larger(map_), 1 / C, inverse_)
    image = then(image, instance(operator_larger(), {Z: inverse_}), solves)
    image = transitive(image, words(sides(image)[1], C * Y.term))
    value = cut(inverse_value(larger(map_), image, at), larger(regular_))
    told = changed(inner(C * X.term, sides(value)[0]), value)
    found = transitive(told, traces(sides(told)[1], inner(X.term, inverse_)))
    return generalise(settle(found, *ALWAYS, LARGER), (c, X, Y), LARGER)


# --- the lift of W --------------------------------------------------------------------------------

STRETCH: Final = diagonal(k, d, sigma(K) ** (2 / N - 1))
GRADIENT: Final = U * STRETCH * transpose(V)
"""U Sigma^(2/N - 1) V^T."""
INVERSE: Final = V * diagonal(k, d, 1 / sigma(K)) * transpose(U)
"""W^(-1)."""


def multiplied(one: Term, other: Term, target: Term) -> Theorem:
    """The product of two diagonal matrices, entry by entry."""
    found = diagonals(one * other)
    whole = sides(found)[1]
    return then(found, inside(whole, lambda v: field(body(whole, v), body(target, v)), *GIVEN))


@cache
def inverse() -> Theorem:
    """W^(-1) W = I."""
    ones = diagonals(INVERSE.args[0].args[1] * SIGMA)
    whole = sides(ones)[1]
    ones = then(ones, inside(whole, lambda v: field(body(whole, v), number(1)), *GIVEN))
    ones = transitive(ones, symmetric(identity_is_diagonal(d)))
    told = changed(INVERSE * W, assume(SVD[0]))
    last = same_words(sides(told)[1], identity(d), left, ones, other_inverse(right))
    return settle(transitive(told, last), *GIVEN)


@cache
def beneath() -> Theorem:
    """(W_j ... W_1) W^(-1) (W_N ... W_{j+1}) = I: it is an inverse on the other side, too."""
    made = transitive(assume(PRODUCT[0]), ranges.split(sides(assume(PRODUCT[0]))[1], J))
    whole = INVERSE * above(J) * below(J + 1)
    found = transitive(same_words(whole, INVERSE * W, symmetric(made)), inverse())
    return settle(other_inverse(found), *KNOWN, *RANGE)


@cache
def lift() -> Theorem:
    """(W_{j-1} ... W_1) G^T (W_N ... W_{j+1}) = W_j^T, for G = U Sigma^(2/N - 1) V^T."""
    first = transitive(symmetric(right_root()), root_right())
    stretch = multiplied(ROOTS, INVERSE.args[0].args[1], STRETCH)
    back = V * STRETCH * transpose(U)
    inner_ = same_words(FIRST * INVERSE, back, first, right, stretch)
    passes = specialise(first_passes(), J - 1)
    top = ranges.top(below(J + 1))
    around = below(J) * FIRST * INVERSE * above(J)
    found = same_words(around, transpose(factor(J)), symmetric(passes), symmetric(top), beneath())
    told = words(below(J) * back * above(J), around, (-below(J), inner_, above(J)))
    return settle(transitive(told, found), *KNOWN, *RANGE)


@cache
def solved() -> Theorem:
    """A(G) = W: each summand is (W_N ... W_{j+1}) W_j (W_{j-1} ... W_1)."""
    made = instance(operator(), {Z: GRADIENT})
    summed = sides(made)[1]
    one = assume(PRODUCT[0])
    parts = transitive(one, ranges.split(sides(one)[1], J))
    used = (symmetric(left_powers()), symmetric(right_powers()), turned(lift()))
    target = above(J) * factor(J) * below(J)
    each_ = same_words(rooted(GRADIENT), target, *used)
    each_ = transitive(each_, same_words(target, W, parts, ranges.top(below(J + 1))))
    each_ = settle(each_, *KNOWN, *RANGE)
    told = transitive(made, ranges.congruence(summed, each_, j))
    told = then(told, ranges.constant(sides(told)[1]))
    value = OPERATOR(N, W, GRADIENT)
    return settle(words(value, W, ((1 / N) * identity(d), told, None)), *KNOWN)


@cache
def with_radial() -> Theorem:
    """g(c W, Y) = c Tr(G^T Y)."""
    inverse_ = map_inverse(Z, A_OF_Z, Y.term)
    solves = settle(cut(inverse_solves(linear_operator(), Y.term), regular()), *GIVEN)
    adjoint_ = specialise(operator_spectrum.derive().concluded["self-adjoint"], GRADIENT, inverse_)
    told = unfold(METRIC(N, W, C * W, Y.term))
    plain = same_traces(sides(told)[1], C * inner(W, inverse_))
    back = changed(inner(OPERATOR(N, W, GRADIENT), inverse_), solved())
    parts = transitive(symmetric(back), symmetric(adjoint_), changed(sides(adjoint_)[0], solves))
    return settle(then(told, plain, parts), *KNOWN)


def paired(at: Callable[[Term], Term]) -> Theorem:
    """The sum of Tr(W_j^T H_j) is Tr(G^T sum of dphi_j(H_j))."""
    moved = instance(partial_value(), {X: at(J)})
    pairs = same_traces(inner(factor(J), at(J)), inner(GRADIENT, partial(J, at(J))), moved, lift())
    summed = total(j, 1, N, inner(factor(J), at(J)))
    told = ranges.congruence(summed, settle(pairs, *KNOWN, *RANGE), j)
    x = fresh(SQUARE)
    images = total(j, 1, N, partial(J, at(J)))
    out = ranges.linear_image(images, x, inner(GRADIENT, x.term))
    return settle(transitive(told, symmetric(out)), *KNOWN)


# --- the square of the distance from the apex -----------------------------------------------------


@cache
def euler() -> Theorem:
    """The sum of |W_j|^2 is N Tr(G^T W): dphi(W_1, ..., W_N) = N W."""
    told = paired(factor)
    made = transitive(assume(PRODUCT[0]), ranges.split(sides(assume(PRODUCT[0]))[1], J))
    own = instance(partial_value(), {X: factor(J)})
    each_ = same_words(partial(J, factor(J)), W, own, made, ranges.top(below(J + 1)))
    images = sides(told)[1].args[0].args[1]
    whole = ranges.congruence(images, settle(each_, *KNOWN, *RANGE), j)
    whole = then(whole, ranges.constant(sides(whole)[1]))
    found = then(told, whole)
    return settle(transitive(found, traces(sides(found)[1], N * inner(GRADIENT, W))), *KNOWN)


@cache
def radius() -> Theorem:
    """N Tr(G^T W) = sum of N sigma_i^(2/N)."""
    product = multiplied(STRETCH, SIGMA, ROOTS)
    told = changed(inner(GRADIENT, W), assume(SVD[0]))
    told = transitive(told, same_traces(sides(told)[1], trace(ROOTS), left, right, product))
    told = then(told, trace_of_entries(ROOTS))
    whole = sides(told)[1]
    told = then(told, inside(whole, lambda v: entry_of(ROOTS, v, v), *GIVEN))
    x = fresh(REAL)
    out = ranges.linear_image(sides(told)[1], x, N * x.term)
    return settle(transitive(changed(N * inner(GRADIENT, W), told), out), *KNOWN)


@cache
def gradient() -> Theorem:
    """The derivative of the sum of |W_j + s H_j|^2 is g(2 N W, dphi(H)) / N."""
    moving = factor(J) + S * direction(J)
    found = differentiate(total(j, 1, N, inner(moving, moving)), s, ZERO)
    summed = found.conclusion.args[1]
    one = inner(factor(J), direction(J))
    plain = ranges.congruence(summed, traces(body(summed, J), 2 * one), j)
    x = fresh(REAL)
    out = ranges.linear_image(total(j, 1, N, one), x, 2 * x.term)
    told = transitive(plain, symmetric(out))
    told = then(told, paired(direction))
    images = sides(told)[1].args[1].args[0].args[1]
    target = (1 / N) * METRIC(N, W, (2 * number(N)) * W, images)
    radial = instance(with_radial(), {c: 2 * number(N), Y: images})
    last = field(sides(told)[1], target, (-1 / N, radial))
    return settle(valued(found, transitive(told, last)), *KNOWN)


@cache
def length() -> Theorem:
    """g(2 N W, 2 N W) / N is 4 times the sum of |W_j|^2."""
    field_ = (2 * number(N)) * W
    radial = instance(with_radial(), {c: 2 * number(N), Y: field_})
    plain = traces(inner(GRADIENT, field_), 2 * number(N) * inner(GRADIENT, W))
    left_ = (1 / N) * METRIC(N, W, field_, field_)
    whole = 4 * sides(euler())[0]
    last = field(left_, whole, (1 / N, radial), (number(2), plain), (number(-4), euler()))
    return settle(last, *KNOWN)


@cache
def derive() -> Deduction:
    """Return the theorems about the cone, for all N and d."""
    proof = Deduction("riemannian-cone")
    proof.show("entries", entries(), "The coefficients of the metric scale by a power of $c$,")
    proof.conclude("scaled", scaled(), "while $u_i$ and $v_l$ stay, so")
    proof.conclude("growth", growth(), "Differentiated along $2NW$,")
    proof.show("operator", operator_larger(), "At infinite depth the integrand scales by $c^2$,")
    proof.conclude("infinite", infinite(), "so its inverse by $c^{-2}$, and")
    proof.show("lift", lift(), "By balance $W_j^TW_j$ passes the factors below it; so")
    proof.show("solved", solved(), "and, with the powers of the products of neighbours,")
    proof.show("radial", with_radial(), "As the operator is symmetric,")
    proof.show("euler", euler(), "By the lift, and as each factor contributes $W$,")
    proof.conclude("radius", transitive(euler(), radius()), "This trace is a sum over $i$:")
    proof.conclude("gradient", gradient(), "In any direction the lift gives")
    proof.conclude("length", length(), "and in that of $W$ itself")
    return proof
