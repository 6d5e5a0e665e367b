"""How fast the squared distance to a matrix falls, and with what margin, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.end_flow import END_FLOW, MARGIN, TARGET, TO_TARGET, form, misfit
from dlnproof.definitions.geometry import METRIC, OPERATOR
from dlnproof.definitions.hypotheses import (
    DEPTH,
    DURING,
    EULER,
    INTERVAL,
    LATER,
    ORDERED,
    POSITIVE,
    SVD,
    WIDTH,
    during,
)
from dlnproof.definitions.letters import (
    SIGMA,
    N,
    U,
    V,
    W,
    Z,
    c,
    d,
    end_at,
    euler,
    i,
    j,
    l,
    left_at,
    right_at,
    s,
    sigma,
    sigma_at,
    t,
    t_1,
    x,
    y,
)
from dlnproof.definitions.sharpness import square
from dlnproof.kernel import ranges
from dlnproof.kernel.calculus import monotone
from dlnproof.kernel.determinants import inverse_value, linear_multiple
from dlnproof.kernel.entries import trace_of_unit, unit_product, unit_scaled
from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import (
    assume,
    cases,
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
from dlnproof.kernel.signs import (
    certificate,
    chain,
    gram_trace_nonnegative,
    power_monotone,
    sum_monotone,
    sum_nonnegative,
    weaker,
)
from dlnproof.kernel.spectral import (
    psd_form,
    psd_gram,
    psd_power,
    root_power,
    root_psd,
    symmetric_of,
)
from dlnproof.kernel.terms import (
    REAL,
    Family,
    Put,
    Term,
    at_most,
    each,
    equal,
    fresh,
    identity,
    inner,
    less,
    number,
    positive,
    power,
    root,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.absolute import below_by_squares
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import changed, then, valued
from dlnproof.tactics.settle import proved, settle

from ..metric.metric_diagonalization import linear_operator, regular
from ..metric.operator_spectrum import as_powers, coincident, eigenvector, left, right
from .balanced_is_flattest import (
    PART,
    TIMES,
    double,
    in_parts,
    of_length_one,
    operated_part,
    parts_of,
    taken_in,
)
from .end_to_end_flow import operator, rooted
from .interval import from_to
from .lifted_vectors import PAIR, PLACE, RANGE, UNIT

I, J, L, S, T, C, X = (letter.term for letter in (i, j, l, s, t, c, x))
ZERO, ONE = number(0), number(1)
GIVEN: Final = (*DEPTH, *WIDTH, *SVD, *POSITIVE)
BOTH: Final = (*PLACE, *within(l, 1, d))
CLEAR: Final = (positive(C), each(i, 1, d, at_most(C, sigma(I))))
"""No singular value is less than c > 0."""
PER: Final = N * C ** (2 - 2 / N)


# --- the form of N A ------------------------------------------------------------------------------


@cache
def gradient() -> Theorem:
    """(1/N) g(N A(Z), N A(Z)) = N Tr(Z^T A(Z))."""
    z = Z.term
    whole = N * OPERATOR(N, W, z)
    inverse = inverse_value(linear_operator(), linear_multiple(linear_operator(), N, z), N * z)
    inverse = cut(inverse, regular())
    told = changed((1 / N) * METRIC(N, W, whole, whole), unfold(METRIC(N, W, whole, whole)))
    told = then(told, inverse)
    last = traces(sides(told)[1].args[1], number(N) ** 2 * inner(z, OPERATOR(N, W, z)))
    told = then(told, last)
    return settle(transitive(told, field(sides(told)[1], form(W, z))), *GIVEN)


@cache
def least() -> Theorem:
    """N c^(2-2/N) <= N lambda_il, where no singular value is less than c > 0."""
    ends = (*GIVEN, *CLEAR, *BOTH, *RANGE)

    def raised(index: Term, exponent: Term) -> tuple[Theorem, Theorem]:
        over = proved(at_most(C, sigma(index)), *ends)
        rooted_ = power_monotone(proved(at_most(ZERO, C), *ends), over, 2 / N)
        above = proved(at_most(ZERO, C ** (2 / N)), *ends)
        return power_monotone(above, rooted_, exponent), above

    one, other = raised(I, N - J)[0], raised(L, J - 1)[0]
    (p, a), (q, b) = one.conclusion.args, other.conclusion.args
    signs = [proved(at_most(ZERO, value), *ends) for value in (b, p)]
    equation = field(p * q, C ** (2 - 2 / N))
    goal = at_most(C ** (2 - 2 / N), a * b)
    summand = certificate(goal, [[one, signs[0]], [signs[1], other]], [(ONE, equation)])
    whole = sum_monotone(settle(summand, *ends), j, 1, N)
    many = ranges.constant(whole.conclusion.args[0])
    found = certificate(at_most(PER, TIMES), [[whole]], [(ONE, as_powers()), (ONE, many)])
    return settle(found, *GIVEN, *CLEAR, *BOTH)


@cache
def bound() -> Theorem:
    """N c^(2-2/N) |Z|^2 <= N Tr(Z^T A(Z)), where no singular value is less than c > 0."""
    z = Z.term
    image = N * OPERATOR(N, W, z)
    begun = transitive(traces(form(W, z), inner(z, image)), parts_of(z, image))
    begun = then(begun, in_parts(sides(begun)[1], operated_part()))
    ended = changed(PER * square(z), parts_of(z, z))
    ended = transitive(ended, taken_in(*sides(ended)[1].args))
    goal = at_most(PER * (PART * PART), PART * (TIMES * PART))
    summand = certificate(goal, [[least(), PART]])
    found = rewrite(double(summand), symmetric(ended), symmetric(begun))
    return settle(found, *GIVEN, *CLEAR)


@cache
def last_is_least() -> Theorem:
    """sigma_d <= sigma_i."""
    alone, others = at_most(d, I), less(I, d)
    same = indices(equal(I, d), at_most(I, d), alone)
    found = cases(
        weaker(symmetric(changed(sigma(I), same))),
        proved(at_most(sigma(d), sigma(I)), *ORDERED, *WIDTH, *PLACE, others),
        on=(alone, others),
    )
    return generalise(settle(found, *PLACE), i, *PLACE)


@cache
def at_last() -> Theorem:
    """N sigma_d^(2-2/N) |Z|^2 <= N Tr(Z^T A(Z))."""
    found = instance(bound(), {c: sigma(d)})
    return settle(found, last_is_least(), *GIVEN)


@cache
def attained() -> Theorem:
    """Equality at Z = u_i v_i^T."""
    here = instance(eigenvector(), {l: I})
    told = then(changed(form(W, PAIR), here), instance(coincident(), {l: I}))
    value = N * sigma(I) ** (2 - 2 / N)
    last = traces(sides(told)[1].args[1], sigma(I) ** (2 - 2 / N) * square(PAIR))
    told = then(told, last)
    found = transitive(told, field(sides(told)[1], value * square(PAIR)))
    return settle(instance(settle(found, *GIVEN, *PLACE), {i: d}), *WIDTH)


@cache
def definite() -> Theorem:
    """0 <= N Tr(Z^T A(Z)), whatever the rank of W is: of roots of Gram matrices."""
    z, x_ = Z.term, fresh(W.sort)
    rows = psd_gram(transpose(W))
    rows = rewrite(rows, words(rows.conclusion.args[0], W * transpose(W)))
    first = psd_power(root_psd(rows, N), N - J)
    last = psd_power(root_psd(psd_gram(W), N), J - 1)
    half = root_psd(last, 2)
    squared, straight = root_power(last, 2), symmetric_of(half)
    k = half.conclusion.args[0]
    one = psd_form(first, z * k)
    p = first.conclusion.args[0]
    told = traces(
        one.conclusion.args[1],
        inner(z, rooted(z)),
        (None, straight, transpose(z) * p * z * k),
        (transpose(z) * p * z, squared, None),
    )
    summand = settle(rewrite(one, told), *DEPTH, *RANGE)
    found = sum_nonnegative(summand, j, 1, N)
    whole = changed(inner(z, N * OPERATOR(N, W, z)), operator())
    whole = transitive(whole, ranges.linear_image(sides(operator())[1], x_, inner(z, x_.term)))
    whole = transitive(traces(form(W, z), sides(whole)[0]), whole)
    return settle(rewrite(found, symmetric(whole)), *DEPTH)


# --- the loss along the flow ----------------------------------------------------------------------


def off(time: Term) -> Term:
    """Return W(t) - Y."""
    return end_at(time) - TARGET


def falling(time: Term) -> Term:
    """Return N Tr((W - Y)^T A(W - Y)), at a time."""
    return form(end_at(time), off(time))


@cache
def velocity() -> Theorem:
    """W' = -N A(W - Y)."""
    moves = specialise(assume(END_FLOW[0]), T)
    return rewrite(moves, specialise(assume(TO_TARGET[0]), T))


@cache
def speed() -> Theorem:
    """The loss moves by -N Tr((W - Y)^T A(W - Y))."""
    found = differentiate(misfit(end_at(S)), s, T, velocity())
    value = found.conclusion.args[1]
    slope = value.args[1].args[1] if value.op == "+" else value
    told = traces(slope, -2 * falling(T))
    told = changed(value, told)
    found = valued(found, transitive(told, field(sides(told)[1], -falling(T))))
    return settle(found, *DURING)


TWO_TIMES: Final = (*during(S), *during(X), at_most(S, X))


@cache
def falls() -> Theorem:
    """The loss at a later time is not larger."""
    found = differentiate(-1 * misfit(end_at(S)), s, T, speed())
    sign = instance(definite(), {W.data: end_at(T), Z: off(T)})
    found = valued(found, field(found.conclusion.args[1], falling(T)))
    found = monotone(
        from_to(found, S, X), from_to(settle(sign, *DEPTH), S, X), t, S, X, between=(S, X)
    )
    found = certificate(at_most(misfit(end_at(X)), misfit(end_at(S))), [[found]])
    return settle(found, *DEPTH, *TWO_TIMES)


# --- the margin -----------------------------------------------------------------------------------

OFF: Final = W - TARGET
SIZE: Final = root(square(OFF))
COLUMN: Final = V * UNIT


@cache
def moved_column() -> Theorem:
    """W v_i = sigma_i u_i, in column i."""
    here = unit_scaled(SIGMA * UNIT)
    told = changed(W * COLUMN, assume(SVD[0]))
    last = words(sides(told)[1], sigma(I) * (U * UNIT), (U * SIGMA, right, UNIT), (U, here, None))
    return settle(transitive(told, last), *PLACE, *SVD)


@cache
def size_squared() -> Theorem:
    """(|W - Y|^2)^(1/2) is a root of that."""
    return settle(field(SIZE**2, square(OFF)), gram_trace_nonnegative(OFF))


@cache
def across() -> Theorem:
    """-u_i^T (W - Y) v_i <= |W - Y|: of Cauchy and Schwarz."""
    met, p = inner(PAIR, OFF), fresh(REAL)
    spread = gram_trace_nonnegative(OFF - p.term * PAIR)
    told = traces(
        spread.conclusion.args[1], square(OFF) - 2 * p.term * met + p.term**2 * square(PAIR)
    )
    spread, told = (instance(found, {p: met}) for found in (spread, told))
    squares = certificate(
        at_most((-met) ** 2, SIZE**2),
        [[spread]],
        [(ONE, size_squared()), (-ONE, told), (-(met**2), of_length_one())],
        [met, SIZE, square(OFF), square(PAIR)],
    )
    above = proved(at_most(ZERO, SIZE), gram_trace_nonnegative(OFF))
    return settle(below_by_squares(squares, above), *GIVEN, *PLACE)


@cache
def shorter() -> Theorem:
    """|(W - Y) v_i|^2 <= |W - Y|^2."""
    flat = COLUMN * transpose(V)
    spread = gram_trace_nonnegative(OFF - OFF * flat)
    twice = unit_product(UNIT * UNIT)
    back = transpose(OFF) * OFF
    told = traces(
        spread.conclusion.args[1],
        square(OFF) - square(OFF * COLUMN),
        (back * V * UNIT, right, UNIT * transpose(V)),
        (2 * (back * V), twice, transpose(V)),
    )
    found = certificate(at_most(square(OFF * COLUMN), square(OFF)), [[spread]], [(-ONE, told)])
    return settle(found, *PLACE, *SVD)


@cache
def weyl() -> Theorem:
    """Return y <= sigma_i + |W - Y|, where Y^T Y - y^2 I is positive semidefinite."""
    form_ = psd_form(assume(MARGIN[1]), COLUMN)
    twice, met, column = unit_product(UNIT * UNIT), inner(PAIR, OFF), moved_column()
    size, least_ = sigma(I), y.term
    moved, rest = size * (U * UNIT), OFF * COLUMN
    aim = words(TARGET * COLUMN, moved - rest, (identity(d), column, None))
    squared = traces(
        form_.conclusion.args[1],
        inner(TARGET * COLUMN, TARGET * COLUMN) - least_**2,
        (-(least_**2) * UNIT, right, UNIT),
        (-(least_**2) * identity(d), twice, None),
        (-(least_**2), trace_of_unit(UNIT), None),
    )
    squared = then(squared, aim)
    last = traces(
        sides(squared)[1],
        size**2 - 2 * size * met + square(rest) - least_**2,
        (size**2 * UNIT, left, UNIT),
        (size**2 * identity(d), twice, None),
        (size**2, trace_of_unit(UNIT), None),
        (-2 * size * (transpose(OFF) * U), twice, transpose(V)),
    )
    squared = transitive(squared, last)
    above = proved(at_most(ZERO, SIZE), gram_trace_nonnegative(OFF))
    positive_ = assume(at_most(ZERO, size))
    squares = certificate(
        at_most(least_**2, (size + SIZE) ** 2),
        [[form_], [shorter()], [2, positive_, across()]],
        [(-ONE, squared), (ONE, size_squared())],
        [met, SIZE, square(OFF), square(rest)],
    )
    whole = certificate(at_most(ZERO, size + SIZE), [[positive_], [above]], (), [SIZE])
    return settle(below_by_squares(squares, whole), *SVD, *PLACE)


# --- along the flow -------------------------------------------------------------------------------

AT_TIME: Final[Put] = {
    W.data: end_at(T),
    U.data: left_at(T),
    V.data: right_at(T),
    sigma: Family((i,), sigma_at(I, T)),
}
FLOW: Final = (*DEPTH, *END_FLOW, *TO_TARGET, *SVD_OF_END, INTERVAL[0])
START: Final = number(0)


def along(theorem: Theorem, *known: Theorem | Term) -> Theorem:
    """Return what holds of a matrix for the one along the flow, at a time."""
    found = instance(theorem, AT_TIME)
    return settle(found, *(specialise(assume(h), T) for h in SVD_OF_END), *DURING, *known)


def distance(time: Term) -> Term:
    """Return |W(t) - Y|."""
    return root(square(off(time)))


@cache
def later() -> Theorem:
    """|W(t) - Y| <= |W(0) - Y| for 0 <= t."""
    found = instance(falls(), {s: START, x: T})
    squares = certificate(at_most(square(off(T)), square(off(START))), [[2, found]])
    found = power_monotone(gram_trace_nonnegative(off(T)), squares, distance(T).args[1])
    return settle(found, *FLOW, *LATER)


@cache
def margin() -> Theorem:
    """Return c <= sigma_i(t)."""
    here = along(weyl(), *PLACE)
    goal = at_most(C, sigma_at(I, T))
    letters = [distance(T), distance(START)]
    found = certificate(goal, [[assume(MARGIN[2])], [here], [later()]], (), letters)
    return settle(found, *FLOW, *LATER, *MARGIN, *PLACE)


RATE: Final = 2 * PER


def grown(time: Term) -> Term:
    """Return e^(r t)."""
    return power(euler, RATE * time)


@cache
def steep() -> Theorem:
    """The form at W - Y is at least r times the loss, along the flow."""
    clear = generalise(margin(), i, *PLACE)
    sign = settle(chain(assume(positive(C)), margin()), *FLOW, *LATER, *MARGIN, *PLACE)
    found = along(instance(bound(), {Z: off(T)}), clear, generalise(sign, i, *PLACE))
    found = settle(found, *WIDTH, *FLOW, *LATER, *MARGIN)
    return settle(certificate(at_most(RATE * misfit(end_at(T)), falling(T)), [[found]]), *DEPTH)


@cache
def decay() -> Theorem:
    """e^(r t) times the loss does not grow."""
    found = differentiate(-1 * (grown(S) * misfit(end_at(S))), s, T, speed())
    told = changed(found.conclusion.args[1], assume(EULER[1]))
    value = grown(T) * (falling(T) - RATE * misfit(end_at(T)))
    found = valued(found, transitive(told, field(sides(told)[1], value)))
    larger = proved(positive(grown(T)), *EULER, *DEPTH, positive(C))
    sign = certificate(at_most(ZERO, value), [[larger, steep()]])
    known = (*FLOW, *WIDTH, *MARGIN, *EULER)
    always = (*known, at_most(START, T), less(T, t_1))
    found, sign = (from_to(settle(theorem, *always), START, X) for theorem in (found, sign))
    found = monotone(found, sign, t, START, X, between=(START, X))
    end = power(euler, -(RATE * X))
    sign = proved(positive(end), *EULER, *DEPTH, positive(C))
    goal = at_most(misfit(end_at(X)), end * misfit(end_at(START)))
    found = certificate(goal, [[found, sign]])
    return settle(found, *known, at_most(START, X), less(X, t_1))


@cache
def derive() -> Deduction:
    """Return the theorems about descent to a matrix, for all N and d."""
    proof = Deduction("deficiency-margin")
    found = generalise(gradient(), Z)
    proof.conclude("gradient", found, "As the metric is the inverse of the operator,")
    proof.show("least", least(), "The eigenvalues are sums of powers,")
    proof.conclude("bound", generalise(at_last(), Z), "so, summed over $i$ and $l$,")
    proof.conclude("attained", attained(), "with equality at the last pair:")
    found = generalise(speed(), t, *DURING)
    proof.conclude("speed", found, "By the chain rule")
    proof.show("definite", definite(), "At every rank, by the roots of Gram matrices,")
    found = generalise(falls(), (s, x), *TWO_TIMES)
    proof.conclude("falls", found, "so")
    proof.show("across", across(), "By Cauchy and Schwarz")
    proof.show("weyl", weyl(), "and so, as Weyl has it,")
    found = generalise(margin(), (i, t), *PLACE, *LATER, *MARGIN)
    proof.conclude("margin", found, "With the loss falling, the distance is at most what it was:")
    proof.show("steep", steep(), "With this margin the loss falls at a rate,")
    found = generalise(decay(), x, at_most(START, X), less(X, t_1), *MARGIN)
    proof.conclude("decay", found, "and what it is multiplied by does not grow:")
    return proof
