"""Limits: of a function of a number e > 0 that tends to 0, of an integer n that tends to infinity.

Both kinds have the same rules. What is to hold near the limit is asked for 0 < e < start, or for
n >= start; there e, or n, is free in no other hypothesis, and not in ``start``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dlnproof.kernel.calculus import at_point, kept, minted, outside, read
from dlnproof.kernel.logic import sides
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    different,
    divide,
    fresh,
    integer,
    less,
    limit_at_infinity,
    limit_at_zero,
    log,
    multiply,
    number,
    opened,
    positive,
    power,
    product,
    subtract,
    total,
    within,
)
from dlnproof.kernel.theorem import Named, Refused, Theorem, mint

SQUEEZE: Final = Named("squeeze theorem", "Rudin, Principles of Mathematical Analysis, 3.19")
LOGARITHM: Final = Named(
    "logarithms grow more slowly than powers",
    "Rudin, Principles of Mathematical Analysis, Theorem 8.6 (f)",
)

ZERO: Final = "limit0"
INFINITY: Final = "limit"


def _limit(kind: str, v: Symbol, function: Term, value: Term) -> Term:
    return (limit_at_zero if kind == ZERO else limit_at_infinity)(v, function, value)


def _read(*theorems: Theorem) -> tuple[str, Symbol, list[tuple[Term, Term]]]:
    """Return the kind, a variable, and for each theorem the function and its limit."""
    kind = theorems[0].conclusion.op
    if kind not in (ZERO, INFINITY):
        raise Refused(f"{theorems[0].conclusion} is no limit")
    v = fresh(REAL if kind == ZERO else INT)
    found = [read(theorem, kind, v) for theorem in theorems]
    return kind, v, [(function, value) for value, function in found]


def _near(kind: str, v: Symbol, start: Term) -> tuple[tuple[Term, ...], list[Term]]:
    """Return the conditions that v is near the limit, and what makes them possible."""
    outside(v, start)
    if kind == ZERO:
        return (positive(v.term), less(v.term, start)), [positive(start)]
    return (at_most(integer(start), v.term),), []


# --- functions ------------------------------------------------------------------------------------


def limit_constant(kind: str, value: Term) -> Theorem:
    """A constant tends to itself, as e -> 0 (``ZERO``) or n -> infinity (``INFINITY``)."""
    if kind not in (ZERO, INFINITY):
        raise Refused(f"{kind} is no kind of limit")
    v = fresh(REAL if kind == ZERO else INT)
    return mint("limit_constant", _limit(kind, v, value, value))


def limit_identity() -> Theorem:
    """e -> 0 as e -> 0."""
    e = fresh(REAL)
    return mint("limit_identity", limit_at_zero(e, e.term, number(0)))


def limit_reciprocal() -> Theorem:
    """1 / n -> 0 as n -> infinity."""
    n = fresh(INT)
    return mint("limit_reciprocal", limit_at_infinity(n, divide(number(1), n.term), number(0)))


def limit_power(a: Term) -> Theorem:
    """e^a -> 0 as e -> 0, for a > 0."""
    e = fresh(REAL)
    conclusion = limit_at_zero(e, power(e.term, a), number(0))
    return mint("limit_power", conclusion, more=[positive(a)])


def limit_power_log(a: Term, b: Term) -> Theorem:
    """e^a (log(1/e))^b -> 0 as e -> 0, for a > 0."""
    e = fresh(REAL)
    function = power(e.term, a) * power(log(divide(number(1), e.term)), b)
    conclusion = limit_at_zero(e, function, number(0))
    return mint("limit_power_log", conclusion, more=[positive(a)], named=LOGARITHM)


def limit_reciprocal_log() -> Theorem:
    """1 / log(1/e) -> 0 as e -> 0."""
    e = fresh(REAL)
    function = divide(number(1), log(divide(number(1), e.term)))
    return mint("limit_reciprocal_log", limit_at_zero(e, function, number(0)))


def limit_quotient_at_zero(theorem: Theorem) -> Theorem:
    """(f(p + e) - f(p)) / e -> f'(p) as e -> 0, for a number f."""
    e = fresh(REAL)
    point, value, _ = read(theorem, "derivative", e)
    [moved] = opened(theorem.conclusion, point + e.term)
    function = divide(subtract(moved, at_point(theorem)), e.term)
    return mint("limit_quotient_at_zero", limit_at_zero(e, function, value), [theorem])


# --- algebra --------------------------------------------------------------------------------------


def limit_sum(left: Theorem, right: Theorem) -> Theorem:
    """lim (f + g) = lim f + lim g."""
    kind, v, [(f, a), (g, b)] = _read(left, right)
    return mint("limit_sum", _limit(kind, v, f + g, a + b), [left, right])


def limit_difference(left: Theorem, right: Theorem) -> Theorem:
    """lim (f - g) = lim f - lim g."""
    kind, v, [(f, a), (g, b)] = _read(left, right)
    return mint("limit_difference", _limit(kind, v, f - g, a - b), [left, right])


def limit_product(left: Theorem, right: Theorem) -> Theorem:
    """lim f g = lim f lim g, of numbers, a number and a matrix, or matrices."""
    kind, v, [(f, a), (g, b)] = _read(left, right)
    conclusion = _limit(kind, v, multiply(f, g), multiply(a, b))
    return mint("limit_product", conclusion, [left, right])


def limit_quotient(left: Theorem, right: Theorem) -> Theorem:
    """lim f / g = lim f / lim g where lim g != 0."""
    kind, v, [(f, a), (g, b)] = _read(left, right)
    conclusion = _limit(kind, v, divide(f, g), divide(a, b))
    return mint("limit_quotient", conclusion, [left, right], more=[different(b, 0)])


def limit_through(outer: Theorem, inside: Theorem, at: Theorem | None = None) -> Theorem:
    """lim F(f) = F(lim f), F being differentiable (``outer``), hence continuous, at lim f."""
    kind, v, [(f, a)] = _read(inside)
    value = at_point(outer)  # refuses what is no derivative
    where = outer.conclusion.args[0]
    used = [] if a == where else [at]
    if used and (at is None or sides(at) != (a, where)):
        raise Refused(f"{outer.conclusion.args[2]} is differentiable at {where}, not at {a}")
    [function] = opened(outer.conclusion, number(f))
    conclusion = _limit(kind, v, function, value)
    return mint("limit_through", conclusion, [outer, inside, *(t for t in used if t is not None)])


def limit_after(
    outer: Theorem, inside: Theorem, sign: Theorem, v: Symbol, start: Term | int
) -> Theorem:
    """f(e) -> L as e -> 0, u -> 0, and u > 0 near the limit: f(u) -> L.

    ``sign`` is 0 < u(v), for 0 < v < start, or v >= start.
    """
    kind = inside.conclusion.op
    if kind not in (ZERO, INFINITY) or outer.conclusion.op != ZERO:
        raise Refused("the limit of a function at 0, and of what is put in it, were expected")
    value, u = read(inside, kind, v)
    if value != number(0):
        raise Refused(f"{u} tends to {value}, not to 0")
    if sign.conclusion != positive(u):
        raise Refused(f"{sign.conclusion} does not say that {u} > 0")
    conditions, more = _near(kind, v, _start(kind, start))
    outside(v, outer.conclusion)
    [f] = opened(outer.conclusion, u)
    hypotheses = outer.hypotheses | inside.hypotheses | kept(sign, v, *conditions)
    conclusion = _limit(kind, v, f, outer.conclusion.args[0])
    return minted("limit_after", conclusion, [outer, inside, sign], [*hypotheses, *more])


def _start(kind: str, start: Term | int) -> Term:
    return number(start) if kind == ZERO else integer(start)


# --- ranges ---------------------------------------------------------------------------------------


def _over_range(
    theorem: Theorem, k: Symbol, lo: Term, hi: Term
) -> tuple[str, Symbol, Term, Term, list[Term]]:
    kind, v, [(f, a)] = _read(theorem)
    if k.sort != INT:
        raise Refused(f"{k.name} is no index")
    return kind, v, f, a, [*kept(theorem, k, *within(k, lo, hi)), at_most(lo - 1, hi)]


def limit_total(theorem: Theorem, k: Symbol, lo: Term | int, hi: Term | int) -> Theorem:
    """lim of a sum = sum of the limits, for k = lo, ..., hi, which do not move.

    From the limit for lo <= k <= hi; k is free in no other hypothesis.
    """
    lo, hi = integer(lo), integer(hi)
    kind, v, f, a, hypotheses = _over_range(theorem, k, lo, hi)
    conclusion = _limit(kind, v, total(k, lo, hi, f), total(k, lo, hi, a))
    return minted("limit_total", conclusion, [theorem], hypotheses)


def limit_range_product(theorem: Theorem, k: Symbol, lo: Term | int, hi: Term | int) -> Theorem:
    """lim of a product = product of the limits, for k = lo, ..., hi, which do not move.

    From the limit for lo <= k <= hi; k is free in no other hypothesis.
    """
    lo, hi = integer(lo), integer(hi)
    kind, v, f, a, hypotheses = _over_range(theorem, k, lo, hi)
    conclusion = _limit(kind, v, product(k, lo, hi, f), product(k, lo, hi, a))
    return minted("limit_range_product", conclusion, [theorem], hypotheses)


# --- comparison -----------------------------------------------------------------------------------


def _inequality(theorem: Theorem) -> tuple[Term, Term]:
    if theorem.conclusion.op not in ("<=", "<"):
        raise Refused(f"{theorem.conclusion} is no inequality")
    left, right = theorem.conclusion.args
    return left, right


def squeeze(
    lower: Theorem,
    upper: Theorem,
    bounds: Sequence[Theorem],
    v: Symbol,
    start: Term | int,
) -> Theorem:
    """g <= f <= h near the limit, g -> L and h -> L (``bounds``): f -> L."""
    kind, _, _ = _read(*bounds)
    [(low, g), (high, h)] = [read(bound, kind, v) for bound in bounds]
    if low != high:
        raise Refused(f"the bounds tend to {low} and to {high}")
    f = _inequality(lower)[1]
    if _inequality(lower)[0] != g or _inequality(upper) != (f, h):
        raise Refused("the inequalities are not g <= f and f <= h, with the limits of g and h")
    conditions, more = _near(kind, v, _start(kind, start))
    hypotheses = frozenset[Term]().union(
        *(bound.hypotheses for bound in bounds),
        *(kept(theorem, v, *conditions) for theorem in (lower, upper)),
    )
    conclusion = _limit(kind, v, f, low)
    return minted("squeeze", conclusion, [lower, upper, *bounds], [*hypotheses, *more], SQUEEZE)


def limit_ordered(
    left: Theorem, right: Theorem, order: Theorem, v: Symbol, start: Term | int
) -> Theorem:
    """f <= g near the limit: lim f <= lim g."""
    kind, _, _ = _read(left, right)
    (a, f), (b, g) = read(left, kind, v), read(right, kind, v)
    if _inequality(order) != (f, g):
        raise Refused(f"{order.conclusion} is not {f} <= {g}")
    conditions, more = _near(kind, v, _start(kind, start))
    hypotheses = left.hypotheses | right.hypotheses | kept(order, v, *conditions)
    conclusion = at_most(a, b)
    return minted("limit_ordered", conclusion, [left, right, order], [*hypotheses, *more])


def limit_congruence(theorem: Theorem, equation: Theorem, v: Symbol, start: Term | int) -> Theorem:
    """f = g near the limit: lim g = lim f."""
    kind, _, _ = _read(theorem)
    value, f = read(theorem, kind, v)
    left, right = sides(equation)
    if left != f:
        raise Refused(f"{left} is not the function {f}")
    conditions, more = _near(kind, v, _start(kind, start))
    hypotheses = theorem.hypotheses | kept(equation, v, *conditions)
    conclusion = _limit(kind, v, right, value)
    return minted("limit_congruence", conclusion, [theorem, equation], [*hypotheses, *more])


# --- the logarithm --------------------------------------------------------------------------------


def log_below(x: Term) -> Theorem:
    """log x <= x - 1 for x > 0."""
    return mint("log_below", at_most(log(x), x - 1), more=[positive(x)])
