"""What the slides' opening and closing sentences say, made precise."""

from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import OPERATOR
from dlnproof.definitions.hypotheses import DEPTH, DURING, FLOW, GRADIENT, LATER
from dlnproof.definitions.letters import (
    G,
    N,
    U,
    V,
    W,
    X,
    d,
    factor_at,
    gradient_at,
    i,
    j,
    loss,
    s,
    sigma,
    sigma_at,
    t,
    velocity_at,
    whole,
    x,
)
from dlnproof.definitions.regression import SCALAR, TARGET_MINUS_ONE, common, scalar
from dlnproof.kernel import ranges
from dlnproof.kernel.calculus import (
    derivative_chain,
    derivative_entry,
    gradient_congruence,
    gradient_inner,
    monotone,
    one_value,
)
from dlnproof.kernel.entries import entry_of, trace_with_unit
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, field_in, log_of_one
from dlnproof.kernel.signs import (
    antisymmetric,
    certificate,
    decided,
    log_monotone,
    positive_integer,
    power_monotone,
    power_positive,
)
from dlnproof.kernel.terms import (
    Family,
    Symbol,
    Term,
    at_most,
    diagonal,
    entry,
    equal,
    identity,
    integer,
    less,
    log,
    number,
    positive,
    trace,
    transpose,
    unit,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.absolute import square_nonnegative, zero_of_square
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.entrywise import at_each, matrices_with, same_numbers
from dlnproof.tactics.equations import changed, then, valued
from dlnproof.tactics.rewriting import repeated, rules
from dlnproof.tactics.settle import proved, settle

from ..completion import determinant_flow
from ..factors import balancedness, end_to_end_flow
from ..factors.interval import from_to
from . import regression

ONE, ZERO, HALF = number(1), number(0), Fraction(1, 2)
S, T, STOP = s.term, t.term, x.term
LAYERS: Final = equal(N, 2)
SAME_START: Final = equal(factor_at(1, ZERO), factor_at(2, ZERO))
KNOWN: Final = (*SCALAR, *DEPTH, LAYERS, *TARGET_MINUS_ONE, SAME_START)
END: Final = whole(factor_at, 1, N, T)
FIRST, SECOND = scalar(1, T), scalar(2, T)


# --- two equal factors ----------------------------------------------------------------------------


def of_two(term: Term) -> Theorem:
    """Return a term = what it is for N = 2, its products written out."""
    here = changed(term, assume(LAYERS))
    rest = repeated(sides(here)[1], rules(ranges.empty, ranges.single, ranges.top))
    return transitive(here, rest)


def product() -> Theorem:
    """W_2 W_1 = w_1 w_2, as numbers."""
    here = changed(entry(END, 1, 1), of_two(END))
    return settle(transitive(here, same_numbers(sides(here)[1], FIRST * SECOND, rows=1)), *KNOWN)


@cache
def slope() -> Theorem:
    """The gradient at W_2 W_1 is w_1 w_2 + 1."""
    e = unit(d, 1, 1)
    u = trace(transpose(e) * X.term)
    read = transitive(traces(u, trace(e * X.term)), trace_with_unit(e, X.term))
    outer = differentiate((ONE / 2) * (S + 1) ** 2, s, trace(transpose(e) * END))
    found = derivative_chain(outer, gradient_inner(e, END))
    in_entries = changed((ONE / 2) * (u + 1) ** 2, read)
    stated = symmetric(specialise(assume(TARGET_MINUS_ONE[0]), X.term))
    found = gradient_congruence(found, transitive(in_entries, stated), X)
    same = one_value(specialise(assume(GRADIENT[0]), T), found)
    here = changed(entry(gradient_at(T), 1, 1), same)
    plain = same_numbers(sides(here)[1], entry(END, 1, 1) + 1, rows=1)
    told = field(
        entry(gradient_at(T), 1, 1), FIRST * SECOND + 1, (ONE, here), (ONE, plain), (ONE, product())
    )
    return settle(told, *KNOWN)


@cache
def moves() -> tuple[Theorem, Theorem]:
    """w_1' = -w_2 (w_1 w_2 + 1) and w_2' = -w_1 (w_1 w_2 + 1)."""
    found = []
    for k, other in ((1, SECOND), (2, FIRST)):
        moving = specialise(specialise(assume(FLOW[0]), integer(k)), T)
        moving = derivative_entry(moving, integer(1), integer(1))
        velocity = instance(balancedness.velocity(), {j: integer(k)})
        here = changed(entry(velocity_at(k, T), 1, 1), velocity)
        here = then(here, of_two(sides(velocity)[1]))
        gradient = entry(gradient_at(T), 1, 1)
        plain = same_numbers(sides(here)[1], -(other * gradient), rows=1)
        value = field(
            sides(here)[0],
            -(other * (FIRST * SECOND + 1)),
            (ONE, here),
            (ONE, plain),
            (-other, slope()),
        )
        found.append(settle(valued(moving, value), *KNOWN))
    return found[0], found[1]


def sizes_bounded() -> Theorem:
    """w_1^2 + w_2^2 at time t is at most t more than at time 0."""

    def sizes(time: Term) -> Term:
        return scalar(1, time) ** 2 + scalar(2, time) ** 2

    grown = differentiate(S - sizes(S), s, T, *moves())
    square = (2 * (FIRST * SECOND) + 1) ** 2
    grown = valued(grown, field(grown.conclusion.args[1], square))
    grown = from_to(grown, ZERO, STOP)
    sign = square_nonnegative(2 * (FIRST * SECOND) + 1)
    found = monotone(grown, sign, t, ZERO, STOP, between=(ZERO, STOP))
    found = certificate(at_most(sizes(STOP), sizes(ZERO) + STOP), [[found]])
    return settle(instance(found, {x: T}), *KNOWN)


@cache
def equal_factors() -> Theorem:
    """w_1 = w_2 for t >= 0: (w_1 - w_2)^2 2^(-ct) does not grow, and is 0 at the start."""
    start = scalar(1, ZERO) ** 2 + scalar(2, ZERO) ** 2
    most = 1 + (start + STOP) / 2
    place = (at_most(ZERO, T), at_most(T, STOP))
    slope_ = FIRST * SECOND + 1
    low = certificate(
        at_most(slope_, most),
        [[HALF, FIRST - SECOND], [HALF, sizes_bounded()], [HALF, assume(place[1])]],
    )
    rate = 2 * most / log(number(2))
    weight = number(2) ** (-rate * S)
    shrinking = differentiate(-((scalar(1, S) - scalar(2, S)) ** 2 * weight), s, T, *moves())
    here, apart = number(2) ** (-rate * T), FIRST - SECOND
    plain = field_in(
        [here], shrinking.conclusion.args[1], 2 * (here * (apart**2 * (most - slope_)))
    )
    logarithm = rewrite(
        log_monotone(decided(less(ZERO, ONE)), decided(less(ONE, number(2)))), log_of_one()
    )
    shrinking = settle(valued(shrinking, plain), logarithm, *KNOWN)
    two = decided(less(ZERO, number(2)))
    sign = certificate(
        at_most(ZERO, sides(plain)[1]),
        [[2, power_positive(two, -rate * T), apart, low]],
        [],
        [here, FIRST, SECOND],
    )
    shrinking, sign = (from_to(theorem, ZERO, STOP) for theorem in (shrinking, sign))
    found = monotone(shrinking, settle(sign, *place, *KNOWN), t, ZERO, STOP, between=(ZERO, STOP))

    same = changed(scalar(1, ZERO), assume(SAME_START))
    gone = scalar(1, STOP) - scalar(2, STOP)
    first, last = (number(2) ** (-rate * time) for time in (ZERO, STOP))
    inverse = power_positive(power_positive(two, -rate * STOP), -1)
    below = certificate(
        at_most(gone**2, ZERO),
        [[found, inverse]],
        [(-first / last * (scalar(1, ZERO) - scalar(2, ZERO)), same)],
        [first, last, scalar(1, ZERO), scalar(2, ZERO), scalar(1, STOP), scalar(2, STOP)],
    )
    none = zero_of_square(antisymmetric(below, square_nonnegative(gone)))
    told = field(scalar(1, STOP), scalar(2, STOP), (ONE, none))
    return settle(told, power_positive(two, -rate * STOP), *KNOWN)


EQUAL_START: Final = (*LATER, *SCALAR, LAYERS, *TARGET_MINUS_ONE, SAME_START)


def least_loss(proof: Deduction) -> None:
    """The loss of two equal factors is (w^2 + 1)^2 / 2, at least 1/2."""
    same = settle(instance(equal_factors(), {x: T}), *EQUAL_START)
    proof.conclude("equal", generalise(same, t, *EQUAL_START), "so that two factors stay equal.")
    value = assume(equal(common, FIRST))
    stated = specialise(assume(TARGET_MINUS_ONE[0]), END)
    told = field(
        loss(END),
        (common**2 + 1) ** 2 / 2,
        (ONE, stated),
        ((entry(END, 1, 1) + common**2 + 2) / 2, product()),
        (-(entry(END, 1, 1) + common**2 + 2) / 2 * FIRST, same),
        (-(entry(END, 1, 1) + common**2 + 2) / 2 * (common + FIRST), value),
    )
    conditions = (*EQUAL_START, value.conclusion)
    proof.conclude(
        "loss", generalise(settle(told, *KNOWN, *DURING), t, *conditions), "Their loss is then"
    )
    least = certificate(at_most(ONE / 2, (common**2 + 1) ** 2 / 2), [[HALF, common**2], [common]])
    proof.conclude("stuck", generalise(least, t, *conditions), "and not small:")


# --- the rate at width one ------------------------------------------------------------------------

VALUE = sigma_at(1, T)
IS_VALUE: Final = equal(VALUE, entry(END, 1, 1))
ONE_WIDE: Final = (*DURING, *SCALAR, IS_VALUE, positive(VALUE))
SPEED: Final = number(N) * VALUE ** (2 - 2 / N)


def operator() -> Theorem:
    """A(G)_11 = sigma^(2-2/N) G_11 at width one: W is I diag(sigma) I."""
    one = identity(d)
    put: dict[Symbol, Term | Family] = {
        W.data: END,
        U.data: one,
        V.data: one,
        G.data: gradient_at(T),
        sigma: Family((i,), sigma_at(i.term, T)),
        i: integer(1),
    }
    found = instance(determinant_flow.slope(), put)
    values = diagonal(i, d, sigma_at(i.term, T))
    through = one * values * transpose(one)
    here = same_numbers(entry(through, 1, 1), VALUE, rows=1)
    entries = field(entry(END, 1, 1), entry(through, 1, 1), (-ONE, assume(IS_VALUE)), (-ONE, here))
    svd = matrices_with({(1, 1): entries}, rows=1)
    above = at_each([assume(positive(VALUE))], i, positive(sigma_at(i.term, T)), d)
    above = generalise(above, i, at_most(1, i.term), at_most(i.term, d))
    orthogonal = words(transpose(one) * one, one)
    found = settle(found, svd, above, orthogonal, *DEPTH, *ONE_WIDE)
    for matrix in (OPERATOR(N, END, gradient_at(T)), gradient_at(T)):
        found = rewrite(found, words(transpose(one) * matrix * one, matrix))
    return found


def rate() -> Theorem:
    """The product moves by -N sigma^(2-2/N) times the derivative of the loss."""
    flow = specialise(end_to_end_flow.derive().concluded["flow"], T)
    moving = derivative_entry(flow, integer(1), integer(1))
    value = moving.conclusion.args[1]
    outer = entry_of(value.args[0], 1, 1)
    here = then(outer, entry_of(value.args[0].args[1], 1, 1))
    slope_ = entry(gradient_at(T), 1, 1)
    told = field(value, -(SPEED * slope_), (ONE, here), (-number(N), operator()))
    found = settle(valued(moving, told), *DEPTH, *ONE_WIDE)
    return generalise(found, t, *ONE_WIDE)


def at_depth_one() -> Theorem:
    """The rate is 1 at N = 1."""
    here = changed(SPEED, assume(equal(N, 1)))
    found = transitive(here, field(sides(here)[1], ONE))
    conditions = (*ONE_WIDE, equal(N, 1))
    return generalise(settle(found, *conditions), t, *conditions)


THRESHOLD: Final = number(N) ** (-number(N) / (2 * N - 2))
DEEP: Final = at_most(2, N)


def at_threshold() -> Theorem:
    """The power 2 - 2/N of N^(-N/(2N-2)) is 1/N."""
    exponent = -number(N) / (2 * N - 2) * (2 - 2 / N)
    power = field(THRESHOLD ** (2 - 2 / N), number(N) ** exponent)
    power = then(power, field(exponent, number(-1)))
    return settle(transitive(power, field(sides(power)[1], 1 / N)), DEEP)


def compared(*, above: bool) -> Theorem:
    """The rate is more than 1 above the threshold, and less below."""
    exponent, root = 2 - 2 / N, VALUE ** (2 - 2 / N)
    order = assume(less(THRESHOLD, VALUE) if above else less(VALUE, THRESHOLD))
    low = proved(at_most(ZERO, THRESHOLD if above else VALUE), positive(VALUE), DEEP)
    powers = power_monotone(low, order, exponent)
    depth = proved(positive(number(N)), DEEP)
    goal = less(ONE, SPEED) if above else less(SPEED, ONE)
    sign = number(1 if above else -1)
    found = certificate(
        goal,
        [[depth, powers]],
        [(sign * N, at_threshold())],
        [THRESHOLD**exponent, root],
    )
    more = positive_integer(assume(DEEP))
    positive_ = certificate(less(ZERO, exponent), [[2, more, inverse()]])
    conditions = (*ONE_WIDE, DEEP, order.conclusion)
    return generalise(settle(found, positive_, *conditions), t, *conditions)


def inverse() -> Theorem:
    """0 < 1/N."""
    return power_positive(proved(positive(number(N)), DEEP), -1)


@cache
def derive() -> Deduction:
    """Return the derivations of the three statements."""
    proof = Deduction("recap")
    proof.show("slope", slope(), "At width one, for the target $-1$,")
    proof.show("moves", moves()[0], "and the first factor moves with")
    proof.show("factors", equal_factors(), "The square of the difference cannot grow from zero,")
    least_loss(proof)
    proof.show("operator", operator(), "At width one the operator is a number:")
    proof.conclude("rate", rate(), "so that the product moves with")
    proof.conclude("one", at_depth_one(), "For one factor the rate is")
    proof.show("threshold", at_threshold(), "A power of the threshold is")
    proof.conclude("faster", compared(above=True), "so that it is more above,")
    proof.conclude("slower", compared(above=False), "and less below.")
    proof.conclude("iterate", regression.descent(), "A step of descent from the row space leads to")
    proof.conclude("row-space", regression.row_space(), "By induction")
    proof.conclude("unique", regression.unique(), "A solution in the row space is the only one,")
    proof.conclude("least-norm", regression.least_norm(), "and shortest, by Pythagoras:")
    proof.show("iterates", regression.iterates(), "In the eigenvectors of $X^TX$")
    proof.conclude("convergence", regression.convergence(), "so that")
    return proof
