"""Rules about derivatives, gradients, limits and integrals, applied to random functions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attack import Rule
from random_terms import CURVE, D, I, Terms, X, matrix_letter
from rules_of_algebra import ZERO, a_map, about, given, same_number

from dlnproof.kernel import calculus, determinants, integrals, limits, logic
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    derivative,
    equal,
    every,
    fresh,
    gradient,
    inner,
    integer,
    less,
    limit_at_zero,
    linear,
    number,
    opened,
    positive,
    substitute,
    trace,
    transpose,
    variable,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import valued


def slope(t: Terms, at: Term, depth: int = 2, *, of_matrices: bool = False) -> Theorem:
    """Return a derivative of a random function at a point, by the rules."""
    rng = t.rng
    if of_matrices:
        return slope_of_matrices(t, at, depth)
    if depth <= 0:
        return rng.choice(
            (
                lambda: calculus.derivative_identity(at),
                lambda: calculus.derivative_identity(at),
                lambda: calculus.derivative_constant(t.number(0), at),
                lambda: assumed_slope(t, at),
            )
        )()
    again: Callable[[], Theorem] = lambda: slope(t, at, depth - 1)  # noqa: E731
    matrices: Callable[[], Theorem] = lambda: slope_of_matrices(t, at, depth - 1)  # noqa: E731
    k = fresh(INT)
    low, high = t.ends()
    exponent = rng.choice(
        (
            t.integer(1),
            t.integer(0),
            integer(rng.randint(-1, 3)),
            t.number(0),
            number(Fraction(1, 2)),
        )
    )
    ways: list[Callable[[], Theorem]] = [
        lambda: calculus.derivative_sum(again(), again()),
        lambda: calculus.derivative_difference(again(), again()),
        lambda: calculus.derivative_product(again(), again()),
        lambda: calculus.derivative_quotient(again(), again()),
        lambda: calculus.derivative_power(again(), exponent, nonzero=rng.random() < 0.3),
        lambda: calculus.derivative_exponential(t.number(0), again()),
        lambda: calculus.derivative_log(again()),
        lambda: calculus.derivative_trace(matrices()),
        lambda: calculus.derivative_entry(matrices(), t.index(), t.index()),
        lambda: in_range(t, at, calculus.derivative_total, low, high, k, depth),
        lambda: in_range(t, at, calculus.derivative_range_product, low, high, k, depth),
        lambda: chained(t, at, depth),
        lambda: gradients(t, at, depth),
        lambda: congruent(t, again()),
    ]
    return rng.choice(ways)()


def assumed_slope(t: Terms, at: Term) -> Theorem:
    """Return a derivative that is assumed, with a letter for it."""
    s = fresh(REAL)
    function = t.number(1) + CURVE(s.term) * t.number(0)
    return given(t, derivative(s, function, at, variable("slope", REAL).term))


def slope_of_matrices(t: Terms, at: Term, depth: int) -> Theorem:
    """Return a derivative of a random d x d matrix at a point, by the rules."""
    rng = t.rng
    a = t.square(0)
    if depth <= 0:
        return rng.choice(
            (
                lambda: calculus.derivative_constant(a, at),
                lambda: calculus.derivative_product(
                    calculus.derivative_identity(at), calculus.derivative_constant(a, at)
                ),
            )
        )()
    again: Callable[[], Theorem] = lambda: slope_of_matrices(t, at, depth - 1)  # noqa: E731
    k = fresh(INT)
    low, high = t.ends()
    x = variable("H", a.sort)
    ways: list[Callable[[], Theorem]] = [
        lambda: calculus.derivative_sum(again(), again()),
        lambda: calculus.derivative_difference(again(), again()),
        lambda: calculus.derivative_product(again(), again()),
        lambda: calculus.derivative_product(slope(t, at, depth - 1), again()),
        lambda: calculus.derivative_transpose(again()),
        lambda: calculus.derivative_linear(given(t, linear(x, a_map(t, x))), again()),
        lambda: in_range(t, at, calculus.derivative_total, low, high, k, depth, of_matrices=True),
        lambda: in_range(
            t, at, calculus.derivative_range_product, low, high, k, depth, of_matrices=True
        ),
        lambda: calculus.derivative_diagonal(slope_in(t, at, k, depth), k, D.term),
    ]
    return rng.choice(ways)()


def slope_in(t: Terms, at: Term, k: Symbol, depth: int) -> Theorem:
    """Return a derivative of a function with an index in it."""
    constant = calculus.derivative_constant(t.number(0, (k,)), at)
    moving = slope(t, at, depth - 1)
    return t.rng.choice((calculus.derivative_product, calculus.derivative_sum))(moving, constant)


def in_range(  # noqa: PLR0917 - a rule, its range, and of what
    t: Terms,
    at: Term,
    rule: Callable[..., Theorem],
    low: Term,
    high: Term,
    k: Symbol,
    depth: int,
    *,
    of_matrices: bool = False,
) -> Theorem:
    """Return a derivative of a sum or product over a range."""
    if of_matrices:
        constant = calculus.derivative_constant(t.square(0, (k,)), at)
        theorem = calculus.derivative_product(constant, slope_of_matrices(t, at, depth - 1))
    else:
        theorem = slope_in(t, at, k, depth)
    if t.rng.random() < 0.4:
        # by another derivative, known for indices in the range alone
        s, point, [(f, df)] = calculus._read(theorem)
        theorem = about(t, k, within(k, low, high), derivative(s, f, point, df))
    return rule(theorem, k if t.rng.random() < 0.9 else I, low, high)


def chained(t: Terms, at: Term, depth: int) -> Theorem:
    """Return a derivative of a composition."""
    inside = slope(t, at, depth - 1)
    outer = slope(t, calculus.at_point(inside), depth - 1)
    if t.rng.random() < 0.3:
        where = t.number(0)
        outer = slope(t, where, depth - 1)
        known = given(t, equal(calculus.at_point(inside), where))
        return calculus.derivative_chain(outer, inside, known)
    return calculus.derivative_chain(outer, inside)


def congruent(t: Terms, theorem: Theorem) -> Theorem:
    """Return a derivative of a function that is the same, everywhere or nearby."""
    rng = t.rng
    s = fresh(REAL)
    _, _, f = calculus.read(theorem, "derivative", s)
    other = rng.choice((same_number(t, f, 1), f + s.term * t.number(0), f))
    after, before = rng.choice((None, t.number(0))), rng.choice((None, t.number(0)))
    conditions = [less(after, s.term)] if after is not None else []
    conditions += [less(s.term, before)] if before is not None else []
    known = about(t, s, conditions, equal(f, other))
    return calculus.derivative_congruence(theorem, known, s, after, before)


def gradient_of(t: Terms, at: Term, depth: int) -> Theorem:
    """Return a gradient of a random function of a matrix, by the rules."""
    rng = t.rng
    x = variable("H", at.sort)
    if depth <= 0:
        y = fresh(at.sort)
        function = trace(transpose(y.term) * y.term * t.square(0))
        return rng.choice(
            (
                lambda: calculus.gradient_constant(t.number(0), at),
                lambda: calculus.gradient_inner(t.square(0), at),
                lambda: given(t, gradient(y, function, at, matrix_letter("grad", D.term, D.term))),
            )
        )()
    again: Callable[[], Theorem] = lambda: gradient_of(t, at, depth - 1)  # noqa: E731
    ways: list[Callable[[], Theorem]] = [
        lambda: calculus.gradient_sum(again(), again()),
        lambda: calculus.gradient_product(again(), again()),
        lambda: of_function(t, again(), depth),
        lambda: through_map(t, at, x, depth),
    ]
    return rng.choice(ways)()


def of_function(t: Terms, inside: Theorem, depth: int) -> Theorem:
    """Return the gradient of a function of a function."""
    return calculus.derivative_chain(slope(t, calculus.at_point(inside), depth - 1), inside)


def through_map(t: Terms, at: Term, x: Symbol, depth: int) -> Theorem:
    """Return the gradient of a function of A x B, or of another map."""
    rng = t.rng
    a, b = t.square(0), t.square(0)
    body = a * x.term * b
    map_ = determinants.linear_by_form(x, body)
    outer = gradient_of(t, a * at * b, depth - 1)
    value = outer.conclusion.args[1]
    represented = transpose(a) * value * transpose(b)
    if rng.random() < 0.3:
        represented = t.square(1)
    adjoint = equal(inner(value, body), inner(represented, x.term))
    known = about(t, x, (), adjoint)
    return calculus.gradient_linear(outer, map_, known, x, at)


def gradients(t: Terms, at: Term, depth: int) -> Theorem:
    """Return a derivative along a curve of matrices, by a gradient."""
    inside = slope_of_matrices(t, at, depth - 1)
    return calculus.gradient_chain(gradient_of(t, calculus.at_point(inside), depth - 1), inside)


def global_rule(t: Terms) -> Theorem:
    """Mean value, uniqueness, Riesz."""
    rng = t.rng
    time = fresh(REAL)
    between = rng.choice((None, (t.number(0), t.number(0))))
    conditions = calculus.interval(time, between)
    theorem = slope(t, time.term, rng.randint(1, 2))
    _, value, _ = theorem.conclusion.args
    first, last = t.number(0), t.number(0)
    x = variable("H", t.square(0).sort)
    a, b = t.square(1), matrix_letter("B", D.term, D.term)
    if rng.random() < 0.3:
        theorem = about(t, time, conditions, theorem.conclusion)
    return rng.choice(
        (
            lambda: calculus.constant(
                valued(theorem, about(t, time, conditions, equal(value, 0))),
                time,
                first,
                last,
                between=between,
            ),
            lambda: calculus.monotone(
                theorem,
                about(t, time, conditions, rng.choice((at_most, less))(ZERO, value)),
                time,
                first,
                last,
                between=between,
            ),
            lambda: calculus.monotone(
                theorem, given(t, rng.choice((at_most, less))(ZERO, value)), time, first, last
            ),
            lambda: calculus.riesz(about(t, x, (), equal(inner(a, x.term), inner(b, x.term))), x),
            lambda: calculus.one_value(theorem, assumed_same(t, theorem)),
        )
    )()


def assumed_same(t: Terms, theorem: Theorem) -> Theorem:
    """Return the derivative of the same function with a letter for it."""
    s, point, [(f, _)] = calculus._read(theorem)
    return given(t, derivative(s, f, point, variable("slope", REAL).term))


# --- limits ---------------------------------------------------------------------------------------


def tending(t: Terms, kind: str, depth: int = 2) -> Theorem:
    """Return a limit of a random function, by the rules."""
    rng = t.rng
    if depth <= 0:
        a = rng.choice((t.number(0), t.integer(0), number(Fraction(1, 2))))
        start: list[Callable[[], Theorem]] = [lambda: limits.limit_constant(kind, t.number(0))]
        if kind == limits.ZERO:
            start += [
                limits.limit_identity,
                lambda: limits.limit_power(a),
                lambda: limits.limit_power_log(a, rng.choice((t.integer(0), t.number(0)))),
                lambda: limits.limit_quotient_at_zero(slope(t, t.number(0), 1)),
                lambda: assumed_limit(t),
            ]
        else:
            start.append(limits.limit_reciprocal)
        return rng.choice(start)()
    again: Callable[[], Theorem] = lambda: tending(t, kind, depth - 1)  # noqa: E731
    ways: list[Callable[[], Theorem]] = [
        lambda: limits.limit_sum(again(), again()),
        lambda: limits.limit_difference(again(), again()),
        lambda: limits.limit_product(again(), again()),
        lambda: limits.limit_quotient(again(), again()),
        lambda: through(t, again()),
        lambda: ranged(t, kind, depth),
        lambda: congruent_limit(t, kind, again()),
        lambda: after(t, kind, depth),
        lambda: squeezed(t, kind, depth),
    ]
    return rng.choice(ways)()


def assumed_limit(t: Terms) -> Theorem:
    """Return a limit that is assumed, with a letter for it."""
    e = fresh(REAL)
    function = t.number(0) * e.term + t.number(0) + CURVE(e.term)
    return given(t, limit_at_zero(e, function, variable("limit", REAL).term))


def through(t: Terms, inside: Theorem) -> Theorem:
    """Return a limit of a continuous function of what tends."""
    value = inside.conclusion.args[0]
    return limits.limit_through(slope(t, value, 1), inside)


def ranged(t: Terms, kind: str, depth: int) -> Theorem:
    """Return a limit of a sum or product over a range."""
    k = fresh(INT)
    constant = limits.limit_constant(kind, t.number(0, (k,)))
    theorem = limits.limit_product(constant, tending(t, kind, depth - 1))
    low, high = t.ends()
    rule = t.rng.choice((limits.limit_total, limits.limit_range_product))
    return rule(theorem, k if t.rng.random() < 0.9 else I, low, high)


def near(t: Terms, kind: str, v: Symbol, start: Term, sentence: Term) -> Theorem:
    """Return what is known near a limit."""
    conditions, _ = limits._near(kind, v, start)
    return about(t, v, conditions, sentence)


def a_start(t: Terms, kind: str) -> Term:
    """Return where it begins to be near a limit."""
    return t.number(0) if kind == limits.ZERO else t.integer(0)


def congruent_limit(t: Terms, kind: str, theorem: Theorem) -> Theorem:
    """Return the limit of a function that is the same near the limit."""
    v = fresh(REAL if kind == limits.ZERO else INT)
    _, f = calculus.read(theorem, kind, v)
    start = a_start(t, kind)
    other = t.rng.choice((same_number(t, f, 1), f, f + number(v.term) * t.number(0)))
    return limits.limit_congruence(theorem, near(t, kind, v, start, equal(f, other)), v, start)


def after(t: Terms, kind: str, depth: int) -> Theorem:
    """Return the limit of a function of what tends to 0 from above."""
    outer = tending(t, limits.ZERO, depth - 1)
    v = fresh(REAL if kind == limits.ZERO else INT)
    inside = tending(t, kind, 0)
    value, u = calculus.read(inside, kind, v)
    if value != ZERO:
        inside = valued(inside, given(t, equal(value, 0)))
    start = a_start(t, kind)
    return limits.limit_after(outer, inside, near(t, kind, v, start, positive(u)), v, start)


def squeezed(t: Terms, kind: str, depth: int) -> Theorem:
    """Return the limit of what is between two functions with one limit, or an order of limits."""
    v = fresh(REAL if kind == limits.ZERO else INT)
    left, right = tending(t, kind, depth - 1), tending(t, kind, depth - 1)
    (a, f), (b, g) = calculus.read(left, kind, v), calculus.read(right, kind, v)
    start = a_start(t, kind)
    order = t.rng.choice((at_most, less))
    if t.rng.random() < 0.4:
        # a sentence about limits in place of one
        ordered = limits.limit_ordered(left, right, near(t, kind, v, start, order(f, g)), v, start)
        return given(t, ordered.conclusion) if t.rng.random() < 0.01 else ordered
    if a != b:
        right = valued(right, given(t, equal(b, a)))
    middle = t.rng.choice((f, (f + g) / 2, t.number(0)))
    return limits.squeeze(
        near(t, kind, v, start, order(f, middle)),
        near(t, kind, v, start, order(middle, g)),
        (left, right),
        v,
        start,
    )


# --- integrals ------------------------------------------------------------------------------------


def smooth(t: Terms, time: Symbol) -> Theorem:
    """Return a derivative at a letter."""
    return slope(t, time.term, t.rng.randint(0, 2))


def integral_rule(t: Terms) -> Theorem:
    """One of the rules about integrals."""
    rng = t.rng
    time = fresh(REAL)
    lo, hi = t.number(0), rng.choice((t.number(0), number(1)))
    if rng.random() < 0.3:
        lo = ZERO
    primitive = smooth(t, time)
    _, value, _ = primitive.conclusion.args
    s = fresh(REAL)
    conditions = calculus.interval(time, (lo, hi))
    continuous = given(
        t,
        every(
            time,
            conditions if rng.random() < 0.9 else (),
            derivative(
                s,
                substitute(value, {time: s.term}),
                time.term,
                calculus.at_point(smooth(t, time)),
            ),
        ),
    )
    one, two = smooth(t, time), smooth(t, time)
    matrix = slope_of_matrices(t, time.term, 1)
    x = variable("H", t.square(0).sort)
    f = opened(one.conclusion, time.term)[0]
    return rng.choice(
        (
            lambda: integrals.fundamental(
                polynomial(t, time), polynomial(t, time, order=1), time, lo, hi
            ),
            lambda: integrals.fundamental(
                primitive, logic.specialise(continuous, time.term), time, lo, hi
            ),
            lambda: integrals.integral_sum(one, two, time, lo, hi),
            lambda: integrals.integral_multiple(
                t.number(0), rng.choice((one, matrix)), time, lo, hi
            ),
            lambda: integrals.euler(rng.choice((2, 3, t.integer(0))), t.number(0)),
            lambda: integrals.integral_linear(
                given(t, linear(x, a_map(t, x))), matrix, time, lo, hi
            ),
            lambda: integrals.integral_congruence(
                about(
                    t,
                    time,
                    conditions,
                    equal(f, rng.choice((same_number(t, f, 1), f + time.term * t.number(0)))),
                ),
                time,
                lo,
                hi,
            ),
        )
    )()


def polynomial(t: Terms, time: Symbol, order: int = 0) -> Theorem:
    """Return the derivative of c s^2, or of 2 c s, with the value written as a primitive wants."""
    del order
    return calculus.derivative_product(
        calculus.derivative_constant(X.term, time.term), calculus.derivative_identity(time.term)
    )


def point(t: Terms) -> Term:
    """Return where a derivative is taken."""
    return t.rng.choice((t.number(0), X.term, number(0), number(1)))


ANALYSIS: dict[str, Rule] = {
    "derivatives": lambda t: slope(t, point(t), t.rng.randint(1, 3)),
    "derivatives of matrices": lambda t: slope_of_matrices(t, point(t), t.rng.randint(1, 2)),
    "gradients": lambda t: gradient_of(t, t.square(0), t.rng.randint(1, 2)),
    "mean value": global_rule,
    "limits at zero": lambda t: tending(t, limits.ZERO, t.rng.randint(0, 2)),
    "limits at infinity": lambda t: tending(t, limits.INFINITY, t.rng.randint(0, 2)),
    "integrals": integral_rule,
}
