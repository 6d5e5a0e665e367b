"""How sharp the loss is at factors of one matrix, and how long steps may be, for every N and d."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import OPERATOR, coefficient
from dlnproof.definitions.hypotheses import (
    ADJOINT,
    BALANCED,
    DEPTH,
    ORDERED,
    POSITIVE,
    PRODUCT,
    SVD,
    WIDTH,
)
from dlnproof.definitions.letters import (
    N,
    U,
    V,
    W,
    X,
    Y,
    Z,
    adjoint,
    d,
    direction,
    e,
    factor,
    i,
    j,
    k,
    l,
    partial,
    sigma,
)
from dlnproof.definitions.sharpness import curvature, image, square
from dlnproof.kernel import limits, ranges
from dlnproof.kernel.calculus import derivative_entry
from dlnproof.kernel.determinants import linear_by_form
from dlnproof.kernel.entries import entry_of, trace_of_entries, trace_of_unit, unit_product
from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import (
    assume,
    cases,
    generalise,
    instance,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import (
    certificate,
    chain,
    gram_trace_nonnegative,
    power_monotone,
    sum_monotone,
    weaker,
)
from dlnproof.kernel.terms import (
    REAL,
    Term,
    at_most,
    entry,
    equal,
    fresh,
    inner,
    less,
    number,
    opened,
    positive,
    product,
    substitute,
    total,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.rewriting import by, converted, repeated, rules
from dlnproof.tactics.settle import proved, settle

from ..metric import operator_spectrum
from ..metric.metric_diagonalization import expansion, product_with_pair, summands, through
from ..metric.operator_spectrum import A_I, as_powers, coincident, left, right, value
from .end_to_end_flow import coefficient_of, composed, differential
from .lifted_vectors import (
    MEAN,
    ONE,
    PAIR,
    PLACE,
    RANGE,
    SHARP,
    UNIT,
    between,
    bound,
    lifted,
    neighbours,
    one_size,
    outermost,
)

I, J, K, L, E = i.term, j.term, k.term, l.term, e.term
ZERO: Final = number(0)
GIVEN: Final = (*DEPTH, *WIDTH, *SVD, *POSITIVE, *ORDERED, *PRODUCT)


# --- dphi after its adjoint -----------------------------------------------------------------------


@cache
def paired() -> Theorem:
    """|dphi^*(Z)|^2 = Tr(Z^T dphi(dphi^*(Z)))."""
    one = specialise(specialise(assume(ADJOINT[0]), J), adjoint(J, Z.term), Z.term)
    found = ranges.congruence(curvature(Z.term), settle(one, *RANGE), j)
    x = fresh(W.sort)
    outside = ranges.linear_image(image(Z.term), x, inner(Z.term, x.term))
    return settle(transitive(found, symmetric(outside)), *DEPTH)


@cache
def of_length_one() -> Theorem:
    """|u_i v_i^T|^2 = 1."""
    twice = unit_product(UNIT * UNIT)
    found = traces(
        square(PAIR),
        number(1),
        (V * transpose(UNIT), left, UNIT * transpose(V)),
        (transpose(UNIT) * UNIT, right, None),
        (None, twice, None),
        (number(1), trace_of_unit(UNIT), None),
    )
    return settle(found, *PLACE)


@cache
def attained() -> Theorem:
    """|dphi^*(u_i v_i^T)|^2 = N sigma_i^(2-2/N), for balanced factors."""
    told = then(instance(paired(), {Z: PAIR}), instance(composed(), {Z: PAIR}))
    here = instance(operator_spectrum.eigenvector(), {l: I})
    told = then(told, here, instance(coincident(), {l: I}))
    last = traces(sides(told)[1], N * MEAN, (N * MEAN, of_length_one(), None))
    found = transitive(told, last)
    found = transitive(found, field(sides(found)[1], SHARP))
    return settle(found, *GIVEN, *BALANCED, *PLACE)


# --- in singular vectors --------------------------------------------------------------------------

BOTH: Final = (*PLACE, *within(l, 1, d))
PART: Final = coefficient(Z.term, I, L)
TIMES: Final = N * value()
"""The eigenvalue of dphi dphi^* at u_i v_l^T, at balanced factors."""
FIRST: Final = {i: ONE}
SHARPEST: Final = substitute(SHARP, FIRST)


@cache
def by_parts() -> Theorem:
    """Tr(X^T Y) = sum_i sum_l (u_i^T X v_l) (u_i^T Y v_l)."""
    map_ = linear_by_form(Z, inner(X.term, Z.term))
    opened = changed(inner(X.term, Y.term), expansion())
    found = transitive(opened, through(map_, expansion()))

    def summand(term: Term, v: Term, w: Term) -> Theorem:
        factor_ = term.args[0].args[1].args[0]
        told = product_with_pair(factor_, v, w)
        return transitive(told, field(sides(told)[1], coefficient(X.term, v, w) * factor_))

    return settle(then(found, summands(sides(found)[1], summand)), *GIVEN)


@cache
def operated_part() -> Theorem:
    """u_i^T N A(Z) v_l is a multiple of u_i^T Z v_l."""
    spectrum = operator_spectrum.derive().concluded["sum"]
    one = coefficient_of(specialise(spectrum, I, L))
    whole, out = N * OPERATOR(N, W, Z.term), transpose(U) * OPERATOR(N, W, Z.term) * V
    told = changed(coefficient(whole, I, L), words(transpose(U) * whole * V, N * out))
    told = then(told, entry_of(N * out, I, L), one)
    found = transitive(told, field(sides(told)[1], TIMES * PART))
    return settle(found, *GIVEN, *BOTH)


@cache
def image_part() -> Theorem:
    """u_i^T dphi(dphi^*(Z)) v_l is a multiple of u_i^T Z v_l, for balanced factors."""
    told = changed(coefficient(image(Z.term), I, L), composed())
    return settle(transitive(told, operated_part()), *GIVEN, *BALANCED, *BOTH)


@cache
def below_first() -> Theorem:
    """sigma_i <= sigma_1."""
    alone, others = at_most(I, 1), less(1, I)
    same = indices(equal(I, ONE), at_most(1, I), alone)
    found = cases(
        weaker(changed(sigma(I), same)),
        proved(at_most(sigma(I), sigma(ONE)), *ORDERED, *WIDTH, *PLACE, others),
        on=(alone, others),
    )
    return settle(found, *PLACE)


@cache
def least_and_most() -> tuple[Theorem, Theorem]:
    """0 < N lambda_il <= N sigma_1^(2-2/N)."""
    ends = (*GIVEN, *BOTH, *RANGE)
    low = proved(positive(TIMES), *GIVEN, *BOTH)

    def raised(index: Term, exponent: Term) -> tuple[Theorem, Theorem]:
        under = instance(below_first(), {i: index})
        above_ = proved(at_most(ZERO, sigma(index)), *ends)
        root = power_monotone(above_, under, 2 / N)
        root_above = proved(at_most(ZERO, root.conclusion.args[0]), *ends)
        return root, power_monotone(root_above, root, exponent)

    (_, one), (_, other) = raised(I, N - J), raised(L, J - 1)
    (a, p), (b, q) = one.conclusion.args, other.conclusion.args
    goal = at_most(a * b, substitute(MEAN, FIRST))
    signs = [proved(at_most(ZERO, x), *ends) for x in (b, p)]
    equation = field(p * q, substitute(MEAN, FIRST))
    summand = certificate(goal, [[one, signs[0]], [signs[1], other]], [(number(-1), equation)])
    whole = sum_monotone(settle(summand, *ends), j, 1, N)
    minus, many = number(-1), ranges.constant(whole.conclusion.args[1])
    equations = [(minus, as_powers()), (minus, many)]
    high = certificate(at_most(TIMES, SHARPEST), [[whole]], equations)
    return settle(low, *GIVEN, *BOTH), settle(high, *GIVEN, *BOTH)


def parts_of(one: Term, other: Term) -> Theorem:
    """The inner product of two matrices, by their parts."""
    return instance(by_parts(), {X: one, Y: other})


def in_parts(double: Term, equation: Theorem) -> Theorem:
    """A double sum changed by what a part of a matrix is, at each i and l."""
    return summands(double, lambda term, v, w: changed(term, instance(equation, {i: v, l: w})))


def taken_in(scale: Term, double: Term) -> Theorem:
    """c sum_i sum_l f(i, l) = sum_i sum_l c f(i, l)."""
    x = fresh(REAL)
    found = ranges.linear_image(double, x, scale * x.term)
    row = inside(sides(found)[1], lambda v: ranges.linear_image(body(double, v), x, scale * x.term))
    return transitive(found, row)


def double(summand: Theorem) -> Theorem:
    """A double sum is at most another, as its summands are."""
    row = settle(sum_monotone(summand, l, 1, d), *GIVEN, *PLACE)
    return sum_monotone(row, i, 1, d)


@cache
def largest() -> Theorem:
    """|dphi^*(Z)|^2 <= N sigma_1^(2-2/N) |Z|^2, for balanced factors."""
    z, (_, high) = Z.term, least_and_most()
    begun = transitive(paired(), parts_of(z, image(z)))
    begun = then(begun, in_parts(sides(begun)[1], image_part()))
    ended = changed(SHARPEST * square(z), parts_of(z, z))
    ended = transitive(ended, taken_in(*sides(ended)[1].args))
    summand = certificate(at_most(PART * (TIMES * PART), SHARPEST * (PART * PART)), [[high, PART]])
    found = rewrite(double(summand), symmetric(begun), symmetric(ended))
    return settle(found, *GIVEN, *BALANCED)


# --- steps ----------------------------------------------------------------------------------------

LONGEST: Final = substitute(2 * A_I / (N * sigma(I) ** 2), FIRST)
SHORT: Final = (at_most(ZERO, E), at_most(E, LONGEST))
LONG: Final = (less(LONGEST, E),)
TOP: Final = substitute(PAIR, FIRST)


def stepped(residual: Term) -> Term:
    """Return what a step leaves of a residual."""
    return residual - E * image(residual)


@cache
def short_step() -> Theorem:
    """|Z - t dphi(dphi^*(Z))|^2 <= |Z|^2, part by part, for balanced factors."""
    z, (low, high) = Z.term, least_and_most()
    rest = transpose(U) * z * V - E * (transpose(U) * image(z) * V)
    part = changed(coefficient(stepped(z), I, L), words(transpose(U) * stepped(z) * V, rest))
    part = then(part, repeated(sides(part)[1], rules(outermost)), image_part())
    begun, ended = parts_of(stepped(z), stepped(z)), parts_of(z, z)
    begun = then(begun, in_parts(sides(begun)[1], part))
    ends = (*GIVEN, *SHORT)
    sharp = proved(positive(SHARPEST), *ends)
    first, second = map(assume, SHORT)
    small = certificate(at_most(E * TIMES, number(2)), [[sharp, second], [first, high]])
    left_ = PART - E * (TIMES * PART)
    summand = certificate(at_most(left_ * left_, PART * PART), [[PART, first, low, small]])
    found = rewrite(double(summand), symmetric(begun), symmetric(ended))
    return settle(found, *ends, *BALANCED)


@cache
def long_step() -> Theorem:
    """1 < |Z - t dphi(dphi^*(Z))|^2 at Z = u_1 v_1^T, by the part along Z of what is left."""
    sharp = settle(instance(bound(), FIRST), *WIDTH)
    form, length = instance(paired(), {Z: TOP}), settle(instance(of_length_one(), FIRST), *WIDTH)
    whole, moved = curvature(TOP), image(TOP)
    cross = sides(form)[1]
    apart = gram_trace_nonnegative(moved - whole * TOP)
    spread = traces(
        apart.conclusion.args[1], square(moved) - 2 * whole * cross + whole**2 * square(TOP)
    )
    rest = traces(square(stepped(TOP)), square(TOP) - 2 * E * cross + E**2 * square(moved))
    long = assume(*LONG)
    ends = (*GIVEN, *LONG)
    size = proved(positive(SHARPEST), *ends)
    start = chain(proved(positive(LONGEST), *ends), long)
    big = chain(size, sharp)
    beyond = certificate(less(number(2), E * whole), [[start, sharp], [size, long]])
    found = certificate(
        less(number(1), square(stepped(TOP))),
        [[start, big, beyond], [E, apart]],
        [
            (number(1), rest),
            (-(E**2), spread),
            (-2 * E + 2 * E**2 * whole, symmetric(form)),
            (1 - E**2 * whole**2, length),
        ],
    )
    return settle(found, *ends)


# --- the loss near its zeros ----------------------------------------------------------------------

MOVED: Final = product(k, 1, N, factor(k.term) + E * direction(k.term)) - W
IMAGE: Final = total(j, 1, N, partial(J, direction(J)))


def squares(matrix: Term) -> Theorem:
    """|M|^2 = sum_i sum_k (M_ki)^2."""
    return repeated(square(matrix), rules(_of_squares), *WIDTH)


def _of_squares(term: Term) -> Theorem | None:
    """Return what a trace, or an entry of a product, is."""
    if term.op == "trace":
        return trace_of_entries(term.args[0])
    return entry_of(*term.args) if term.op == "entry" and term.args[0].op in ("*", "T") else None


@cache
def rate() -> Theorem:
    """(W_N(e) ... W_1(e) - W)_il / e -> (sum of dphi_j(H_j))_il, W_j(e) = W_j + e H_j."""
    found = limits.limit_quotient_at_zero(derivative_entry(differential(), I, L))
    [quotient] = opened(found.conclusion, E)
    w, h = factor(K), direction(K)
    plain = by(
        generalise(words(w + (ZERO + E) * h, w + E * h), k), generalise(words(w + ZERO * h, w), k)
    )
    told = then(converted(quotient, plain), symmetric(assume(PRODUCT[0])))
    apart = entry_of(MOVED, I, L)
    told = then(told, symmetric(apart))
    return settle(limits.limit_congruence(found, told, e, 1), *DEPTH, *BOTH)


@cache
def near_zero() -> Theorem:
    """|W_N(e) ... W_1(e) - W|^2 / (2 e^2) -> |sum of dphi_j(H_j)|^2 / 2."""
    found = limits.limit_product(rate(), rate())
    found = limits.limit_total(found, i, 1, d)
    found = settle(limits.limit_total(settle(found, *WIDTH, *within(l, 1, d)), l, 1, d), *WIDTH)
    half = number(Fraction(1, 2))
    found = limits.limit_product(limits.limit_constant(limits.ZERO, half), found)
    [whole] = opened(found.conclusion, E)
    scale, alone = 1 / E**2, squares(MOVED)
    told = summands(
        whole.args[1],
        lambda term, v, w: field(term, scale * (entry(MOVED, w, v) * entry(MOVED, w, v))),
    )
    back = taken_in(scale, sides(alone)[1])
    told = then(changed(whole, told, symmetric(back)), symmetric(alone))
    told = transitive(told, field(sides(told)[1], square(MOVED) / (2 * E**2)))
    near = (positive(E), less(E, number(1)))
    found = limits.limit_congruence(found, settle(told, *WIDTH, *near), e, 1)
    value_ = changed(found.conclusion.args[0], symmetric(squares(IMAGE)))
    value_ = transitive(value_, field(sides(value_)[1], square(IMAGE) / 2))
    return settle(valued(found, value_), *DEPTH, *WIDTH)


@cache
def derive() -> Deduction:
    """Return the theorems about the sharpness of the loss, for all N and d."""
    proof = Deduction("balanced-is-flattest")
    proof.show("rate", rate(), "Entry by entry, the product of the factors moves at the rate")
    proof.conclude("hessian", near_zero(), "so its distance from $W$ does:")
    proof.show(
        "lifted", lifted(), "At $u_iv_i^T$ the trace parts, as $E_{ii}ME_{ii}=M_{ii}E_{ii}$:"
    )
    proof.show("between", between(), "Between the two vectors stands $W$,")
    proof.show("cauchy", neighbours(), "so by Cauchy and Schwarz")
    proof.show("size", one_size(), "As $\\log x\\le x-1$,")
    found = generalise(bound(), i, *PLACE)
    proof.conclude("bound", found, "The sum of these over $j$ telescopes:")
    proof.show("paired", paired(), "As the adjoint is one,")
    found = generalise(generalise(attained(), i, *PLACE), (), *BALANCED)
    proof.conclude(
        "attained", found, "so balanced factors have there an eigenvalue of $N\\mathcal{A}$:"
    )
    proof.show("parts", image_part(), "In singular vectors $N\\mathcal{A}$ is diagonal,")
    proof.show("eigenvalues", least_and_most()[1], "with eigenvalues that are sums of powers:")
    proof.conclude("largest", generalise(largest(), Z, *BALANCED), "Summed over $i$ and $l$,")
    found = generalise(long_step(), e, *LONG)
    proof.conclude(
        "long-step", found, "A matrix is as long as its part along $u_1v_1^T$, or longer:"
    )
    found = generalise(short_step(), (e, Z), *BALANCED, *SHORT)
    proof.conclude("short-step", found, "Each part of $Z$ is multiplied by $1-tN\\lambda_{il}$:")
    return proof
