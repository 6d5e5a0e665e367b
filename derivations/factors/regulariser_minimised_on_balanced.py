"""The least sum of squared norms of factors of W, for every N and d.

Factors of an invertible W are W_j = K_j D K_{j-1}^{-1} for D = Sigma^(1/N) and K_j = W_j ... W_1 V
D^{-j}, of which the first and the last are orthogonal. By K_j = A_j diag(kappa_j) C_j^T the matrix
A_j^T W_j A_{j-1} has an entry kappa_aj m / kappa_bj' for each entry m of C_j^T D C_j', j' = j - 1.
By log x <= x - 1

    m^2 kappa_aj / kappa_bj' >= m^2 (1 + log kappa_aj - log kappa_bj'),

which telescopes over j: a norm is convex along orbits of a group (Kempf and Ness).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions import shapes
from dlnproof.definitions.hypotheses import BALANCED, DEPTH, POSITIVE, PRODUCT, SVD, WIDTH
from dlnproof.definitions.letters import (
    SIGMA,
    SQUARE,
    N,
    U,
    V,
    W,
    X,
    d,
    factor,
    i,
    j,
    k,
    l,
    m,
    r,
    sigma,
)
from dlnproof.definitions.sharpness import square
from dlnproof.kernel import ranges
from dlnproof.kernel.entries import (
    diagonals,
    entry_of,
    identity_is_diagonal,
    trace_of_entries,
    zero_is_diagonal,
)
from dlnproof.kernel.existence import decomposed
from dlnproof.kernel.limits import log_below
from dlnproof.kernel.logic import (
    absurd,
    assume,
    contradiction,
    generalise,
    instance,
    negation,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, log_of_one, log_of_power, log_of_quotient
from dlnproof.kernel.signs import (
    antisymmetric,
    certificate,
    gram_trace_nonnegative,
    gram_trace_zero,
    stricter,
    sum_monotone,
    sum_nonnegative,
)
from dlnproof.kernel.signs import turned as turned_round
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Family,
    Symbol,
    Term,
    at_most,
    diagonal,
    different,
    each,
    entry,
    equal,
    every,
    fresh,
    identity,
    integer,
    log,
    number,
    total,
    trace,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.rewriting import repeated, rules
from dlnproof.tactics.settle import proved, settle

from ..metric.operator_spectrum import left, right
from .end_to_end_flow import above, below, holds, turned
from .factor_norms import derive as factor_norms
from .factor_norms import trace_of_diagonal
from .lifted_vectors import outermost

I, J, K, L, M = (letter.term for letter in (i, j, k, l, m))
GIVEN: Final = (*DEPTH, *WIDTH, *SVD, *POSITIVE)
RANGE: Final = within(j, 1, N)
BETWEEN: Final = within(j, 0, N)
"""0 <= j <= N: what stands between the factors."""


def powers(exponent: Term) -> Term:
    """Return the diagonal matrix of powers of the singular values."""
    return diagonal(k, d, sigma(K) ** exponent)


ROOTS: Final = powers(1 / N)
"""D = Sigma^(1/N)."""


def turned_on(index: Term) -> Term:
    """Return K_j = W_j ... W_1 V D^{-j}."""
    return below(index + 1) * V * powers(-(index / N))


def turned_back(index: Term) -> Term:
    """Return D^{j-N} U^T W_N ... W_{j+1}, the inverse of K_j."""
    return powers(index / N - 1) * transpose(U) * above(index)


outer: Final = Symbol("A_j", SQUARE, (INT,), r"A_{0}")
inner_: Final = Symbol("C_j", SQUARE, (INT,), r"C_{0}")
kappa: Final = Symbol("kappa_ij", REAL, (INT, INT), r"\kappa_{{0},{1}}")


def stretch(index: Term) -> Term:
    """Return diag(kappa_j)."""
    return diagonal(k, d, kappa(K, index))


def logs(index: Term) -> Term:
    """Return diag(log kappa_j)."""
    return diagonal(k, d, log(kappa(K, index)))


def reciprocal(index: Term) -> Term:
    """Return diag(1 / kappa_j)."""
    return diagonal(k, d, 1 / kappa(K, index))


DECOMPOSED: Final = tuple(
    every(j, BETWEEN, sentence)
    for sentence in (
        equal(turned_on(J), outer(J) * stretch(J) * transpose(inner_(J))),
        equal(transpose(outer(J)) * outer(J), identity(d)),
        equal(transpose(inner_(J)) * inner_(J), identity(d)),
        each(i, 1, d, each(l, I + 1, d, at_most(kappa(L, J), kappa(I, J)))),
        each(i, 1, d, at_most(number(0), kappa(I, J))),
    )
)
"""K_j = A_j diag(kappa_j) C_j^T: there are such decompositions."""
KNOWN: Final = (*GIVEN, *PRODUCT, *DECOMPOSED)


def said(place: int, index: Term) -> Theorem:
    """What is said of a decomposition, at an index."""
    return specialise(assume(DECOMPOSED[place]), index)


def own(index: Term) -> tuple[Theorem, Theorem, Theorem, Theorem]:
    """A^T A = I, A A^T = I, C^T C = I and C C^T = I."""
    a, c = said(1, index), said(2, index)
    return a, other_inverse(a), c, other_inverse(c)


def alike(middle: Term, value: Term, *known: Theorem) -> Theorem:
    """Two diagonal matrices have the same entries."""
    same = inside(middle, lambda v: field(body(middle, v), body(value, v)), *GIVEN, *known)
    return settle(same, *GIVEN)


def of_powers(product: Term, value: Term, *known: Theorem) -> Theorem:
    """A product of two diagonal matrices is another."""
    found = diagonals(product)
    return transitive(found, alike(sides(found)[1], value, *known))


ONES: Final = identity_is_diagonal(d)


def to_identity(equation: Theorem) -> Theorem:
    """Return a = I from a = diag(1)."""
    return transitive(equation, symmetric(ONES))


# --- the inverse of K_j -----------------------------------------------------------------------


@cache
def inverse() -> Theorem:
    """D^{j-N} U^T (W_N ... W_{j+1}) (W_j ... W_1) V D^{-j} = I."""
    parted = ranges.split(PRODUCT[0].args[1], J)
    svd = transitive(symmetric(assume(PRODUCT[0])), assume(SVD[0]))
    svd = transitive(symmetric(parted), svd)
    first = of_powers(powers(J / N - 1) * SIGMA, powers(J / N))
    whole = to_identity(of_powers(powers(J / N) * powers(-(J / N)), sides(ONES)[1]))
    found = same_words(turned_back(J) * turned_on(J), identity(d), svd, left, right, first, whole)
    return settle(found, *GIVEN, *PRODUCT, *BETWEEN)


@cache
def kappa_positive() -> Theorem:
    """0 < kappa_ij, as K_j is invertible: x kappa_ij = 1 for an entry x of C^T K^{-1} A."""
    (a, c), at = (outer(J), inner_(J)), (*BETWEEN, *within(i, 1, d))
    scaled = transpose(c) * turned_back(J) * a
    whole = transpose(c) * (turned_back(J) * (a * stretch(J) * transpose(c))) * c
    told = symmetric(same_words(whole, scaled * stretch(J), said(2, J)))
    told = then(told, symmetric(said(0, J)), inverse())
    told = transitive(told, same_words(sides(told)[1], identity(d), said(2, J)))
    here = changed(entry(scaled * stretch(J), I, I), told, entry_of(identity(d), I, I))
    here = transitive(symmetric(entry_of(scaled * stretch(J), I, I)), here)
    vanishes = equal(kappa(I, J), number(0))
    none = changed(sides(here)[0], assume(vanishes))
    none = transitive(none, field(sides(none)[1], number(0)))
    wrong = absurd(transitive(symmetric(none), here), proved(different(number(0), 1)))
    differs = contradiction(wrong, negation(vanishes))
    found = stricter(specialise(said(4, J), I), turned_round(differs))
    return settle(found, *KNOWN, *at)


# --- one factor -------------------------------------------------------------------------------


def framed(index: Term) -> Term:
    """Return C_j^T D C_{j-1}."""
    return transpose(inner_(index)) * ROOTS * inner_(index - 1)


def near(index: Term) -> Term:
    """Return A_j C_j^T D C_{j-1} A_{j-1}^T: these are balanced factors of W."""
    return outer(index) * framed(index) * transpose(outer(index - 1))


def potential(index: Term) -> Term:
    """Return 2 Tr(D C_j diag(log kappa_j) C_j^T D)."""
    c = inner_(index)
    return 2 * trace(ROOTS * c * logs(index) * transpose(c) * ROOTS)


@cache
def passed() -> Theorem:
    """W_j K_{j-1} = K_j D."""
    longer = ranges.top(below(J + 1))
    step = of_powers(powers(-(J / N)) * ROOTS, powers(-((J - 1) / N)))
    found = same_words(factor(J) * turned_on(J - 1), turned_on(J) * ROOTS, longer, step)
    return settle(found, *GIVEN, *RANGE)


@cache
def stretched() -> Theorem:
    """A_j^T W_j A_{j-1} = diag(kappa_j) C_j^T D C_{j-1} diag(1 / kappa_{j-1})."""
    a, b, e = outer(J), outer(J - 1), inner_(J - 1)
    size = stretch(J - 1) * reciprocal(J - 1)
    sign = instance(kappa_positive(), {j: J - 1})
    sign = generalise(sign, i, *within(i, 1, d))
    one = to_identity(of_powers(size, sides(ONES)[1], sign))
    parts = b * stretch(J - 1) * transpose(e)
    whole = transpose(a) * (factor(J) * parts) * e * reciprocal(J - 1)
    told = symmetric(same_words(whole, transpose(a) * factor(J) * b, said(2, J - 1), one))
    told = then(told, symmetric(said(0, J - 1)), passed(), said(0, J))
    target = stretch(J) * framed(J) * reciprocal(J - 1)
    found = transitive(told, same_words(sides(told)[1], target, said(1, J)))
    return settle(found, *KNOWN, *RANGE)


def by_entries(one: Term, other: Term) -> Theorem:
    """Tr(X^T Y) = sum_b sum_a X_ab Y_ab."""
    found = trace_of_entries(transpose(one) * other)
    found = then(found, inside(sides(found)[1], lambda v: entry_of(transpose(one) * other, v, v)))
    return transitive(found, repeated(sides(found)[1], rules(outermost, of_scaled)))


def of_scaled(term: Term) -> Theorem | None:
    """Return what an entry of a product with a diagonal matrix is."""
    if term.op != "entry" or all(x.op != "diag" for x in term.args[0].args):
        return None
    return entry_of(*term.args)


@cache
def by_logarithms() -> Theorem:
    """Tr(M^T (M + L M - M L')) <= Tr(M^T K M K'^{-1}), of logarithms L, L' of K, K'."""
    x = X.term
    low = by_entries(x, x + logs(J) * x - x * logs(J - 1))
    high = by_entries(x, stretch(J) * x * reciprocal(J - 1))
    at = (*RANGE, *within(i, 1, d), *within(l, 1, d))
    a, b, own = kappa(I, J), kappa(L, J - 1), entry(x, I, L)
    signs = [kappa_positive(), instance(kappa_positive(), {i: L, j: J - 1})]
    goal = at_most(own * (own + log(a) * own - own * log(b)), own * (a * own * (1 / b)))
    found = certificate(goal, [[log_below(a / b), own]], [(own**2, log_of_quotient(a, b))])
    found = settle(found, *signs, *KNOWN, *at)
    found = settle(sum_monotone(found, i, 1, d), *WIDTH)
    found = settle(sum_monotone(found, l, 1, d), *WIDTH)
    return settle(rewrite(found, symmetric(low), symmetric(high)), *KNOWN, *RANGE)


@cache
def one_factor() -> Theorem:
    """Tr(D^2) + |W_j - B_j|^2 + 2 (f_j - f_{j-1}) <= |W_j|^2, of balanced factors B_j."""
    w, middle, b = factor(J), framed(J), outer(J - 1)
    both = (*own(J), *own(J - 1))
    logarithms = instance(by_logarithms(), {X: middle})
    told = changed(trace(transpose(middle) * (transpose(outer(J)) * w * b)), stretched())
    off, flat = square(w - near(J)), trace(ROOTS * ROOTS)
    split_ = same_traces(square(w), off + 2 * sides(told)[0] - flat, *both)
    again = same_traces(
        2 * logarithms.conclusion.args[0], 2 * flat + (potential(J) - potential(J - 1)), *both
    )
    goal = at_most(flat + off + (potential(J) - potential(J - 1)), square(w))
    equations = [(number(1), split_), (number(2), told), (number(1), again)]
    found = certificate(goal, [[logarithms, 2]], equations)
    return settle(found, *KNOWN, *RANGE)


# --- all factors ------------------------------------------------------------------------------


def no_logarithms(index: Term, one: Theorem) -> Theorem:
    """f_j = 0 where K_j is orthogonal: there the kappa_ij are 1."""
    c, size = inner_(index), stretch(index)
    svd = said(0, index)
    gram = transpose(c) * (transpose(turned_on(index)) * turned_on(index)) * c
    told = same_words(gram, identity(d), one, said(2, index))
    other = changed(gram, svd)
    flat = same_words(sides(other)[1], size * size, said(1, index), said(2, index))
    told = transitive(symmetric(flat), symmetric(other), told)
    here = changed(entry(size * size, I, I), told, entry_of(identity(d), I, I))
    spread = then(entry_of(size * size, I, I), entry_of(size, I, I))
    value = kappa(I, index)
    squared = transitive(field(value**2, sides(spread)[1]), symmetric(spread), here)
    nothing = changed(log(value**2), squared, log_of_one())
    half = Fraction(1, 2)
    found = field(
        log(value), number(0), (-number(half), log_of_power(value, 2)), (number(half), nothing)
    )
    sign = instance(kappa_positive(), {j: index})
    found = settle(found, sign, *KNOWN, *within(i, 1, d))
    none = inside(logs(index), lambda v: instance(found, {i: v}))
    none = transitive(none, symmetric(zero_is_diagonal(d)))
    return settle(same_traces(potential(index), number(0), none), *KNOWN)


@cache
def ends() -> tuple[Theorem, Theorem]:
    """f_0 = 0 and f_N = 0, as K_0 = V and K_N = U."""
    first, last = turned_on(integer(0)), turned_on(N)
    none = ranges.empty(below(integer(1)))
    plain = to_identity(alike(first.args[1], sides(ONES)[1]))
    start = same_words(transpose(first) * first, identity(d), none, turned(none), plain, right)
    whole = transitive(symmetric(assume(PRODUCT[0])), assume(SVD[0]))
    one = to_identity(of_powers(SIGMA * last.args[1], sides(ONES)[1]))
    end = same_words(last, U, whole, right, one)
    end = transitive(changed(transpose(last) * last, end), left)
    known = (*GIVEN, *PRODUCT)
    return (
        no_logarithms(integer(0), settle(start, *known)),
        no_logarithms(N, settle(end, *known)),
    )


FACTORS: Final = total(j, 1, N, square(factor(J)))
OFF: Final = total(j, 1, N, square(factor(J) - near(J)))
SHARES: Final = total(i, 1, d, N * sigma(I) ** (2 / N))


@cache
def shares() -> Theorem:
    """N Tr(D^2) = sum_i N sigma_i^(2/N)."""
    squares = powers(2 / N)
    told = changed(trace(ROOTS * ROOTS), of_powers(ROOTS * ROOTS, squares))
    told = then(told, trace_of_diagonal(squares))
    x = fresh(REAL)
    pulled = ranges.linear_image(sides(told)[1], x, N * x.term)
    return settle(then(changed(N * sides(told)[0], told), pulled), *GIVEN)


@cache
def excess() -> Theorem:
    """sum_i N sigma_i^(2/N) + sum_j |W_j - B_j|^2 <= sum_j |W_j|^2: the sum telescopes."""
    summed = settle(sum_monotone(one_factor(), j, 1, N), *KNOWN)
    told = ranges.sum_of_sums(summed.conclusion.args[0])
    steady, moving = sides(told)[1].args
    flat = ranges.sum_of_sums(steady)
    flat = then(flat, ranges.constant(sides(flat)[1].args[0]), shares())
    told = then(told, flat, ranges.telescope(moving), *ends())
    goal = at_most(SHARES + OFF, FACTORS)
    return settle(certificate(goal, [[summed]], [(number(1), told)]), *KNOWN)


def without(theorem: Theorem) -> Theorem:
    """What follows from decompositions follows, as there are some."""
    return decomposed(theorem, turned_on(J), outer, kappa, inner_, at=(j,), conditions=BETWEEN)


@cache
def bound() -> Theorem:
    """sum_i N sigma_i^(2/N) <= sum_j |W_j|^2."""
    off = sum_nonnegative(gram_trace_nonnegative(factor(J) - near(J)), j, 1, N)
    found = settle(certificate(at_most(SHARES, FACTORS), [[excess()], [off]]), *KNOWN)
    return without(found)


@cache
def attained() -> Theorem:
    """sum_j |W_j|^2 = sum_i N sigma_i^(2/N) of balanced factors, as of factors of any shapes."""
    put: dict[Symbol, Term | Family] = {
        shapes.size: Family((j,), d),
        shapes.factor: Family((j,), factor(J)),
        r: d,
        shapes.LEFT.data: U,
        shapes.RIGHT.data: V,
        shapes.WHOLE.data: W,
    }
    found = instance(specialise(factor_norms().concluded["factors"]), put)
    return settle(found, *GIVEN, *PRODUCT, *BALANCED)


LEAST: Final = (equal(FACTORS, SHARES),)


@cache
def nearest() -> Theorem:
    """W_j = B_j where the sum is least."""
    parts = ranges.split(OFF, M)
    first, last = sides(parts)[1].args
    parts = then(parts, ranges.top(first))
    low = sides(parts)[1].args[0].args[0]
    off = gram_trace_nonnegative(factor(J) - near(J))
    others = [[sum_nonnegative(off, j, *part.args[:2])] for part in (low, last)]
    own = gram_trace_nonnegative(factor(M) - near(M))
    none, square_ = own.conclusion.args
    equations = [(number(-1), assume(LEAST[0])), (number(1), parts)]
    below_ = certificate(at_most(square_, none), [[excess()], *others], equations)
    same = gram_trace_zero(antisymmetric(below_, own))
    found = words(factor(M), near(M), (None, same, None))
    return settle(found, *KNOWN, *within(m, 1, N))


@cache
def only() -> Theorem:
    """W_{j+1}^T W_{j+1} = W_j W_j^T where the sum is least: the B_j are balanced."""
    here, after = (instance(nearest(), {m: index}) for index in (J, J + 1))
    goal = equal(transpose(factor(J + 1)) * factor(J + 1), factor(J) * transpose(factor(J)))
    known = (*own(J - 1), *own(J), *own(J + 1))
    at = within(j, 1, N - 1)
    found = generalise(settle(holds(goal, here, after, *known), *KNOWN, *at), j, *at)
    return generalise(without(found), (), *LEAST)


@cache
def derive() -> Deduction:
    """Return the derivation."""
    proof = Deduction("regulariser-minimised-on-balanced")
    proof.show(
        "stretched",
        stretched(),
        "With decompositions of the matrices $W_j\\cdots W_1V\\Sigma^{-j/N}$",
    )
    proof.show("logarithms", by_logarithms(), "As $\\log x\\le x-1$, applied to entries,")
    proof.show(
        "excess",
        excess(),
        "Both for $X=C_j^TDC_{j-1}$ with $D=\\Sigma^{1/N}$; the sum of the logarithms telescopes:",
    )
    proof.conclude("bound", bound(), "Such decompositions exist, and squares are not negative. So")
    proof.conclude(
        "attained", generalise(attained(), (), *BALANCED), "Balanced factors all have one norm,"
    )
    proof.conclude(
        "only", only(), "Where the squares vanish, the factors are those others, and these balance:"
    )
    return proof
