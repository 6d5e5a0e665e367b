"""Derivatives at a point, and gradients: the rules of differentiation.

A derivative is a sentence about a function at a point; both may have letters. What holds at one
point holds at all points, or in an interval, only where the point is a letter free in no
hypothesis but those that place it there, and the function does not have that letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from dlnproof.kernel.logic import sides
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    constant_of,
    derivative,
    determinant,
    diagonal,
    different,
    divide,
    each,
    entry,
    equal,
    every,
    fresh,
    gradient,
    identity,
    inner,
    integer,
    less,
    log,
    multiply,
    number,
    opened,
    positive,
    power,
    product,
    substitute,
    total,
    trace,
    transpose,
    within,
    zero,
)
from dlnproof.kernel.theorem import Named, Refused, Theorem, mint

MEAN_VALUE: Final = Named(
    "mean value theorem", "Rudin, Principles of Mathematical Analysis, Theorem 5.11"
)
RIESZ: Final = Named("Riesz representation", "Axler, Linear Algebra Done Right, 3rd ed., 6.42")
JACOBI: Final = Named("Jacobi's formula", "Horn and Johnson, Matrix Analysis, 2nd ed., 0.8.10")
INTERMEDIATE_VALUE: Final = Named(
    "intermediate value theorem", "Rudin, Principles of Mathematical Analysis, Theorem 4.23"
)
SINGULAR_VALUE: Final = Named(
    "first-order perturbation of a simple singular value",
    "Stewart and Sun, Matrix Perturbation Theory, Theorem IV.2.3",
)


# --- hypotheses on a letter -----------------------------------------------------------------------


def kept(theorem: Theorem, v: Symbol, *conditions: Term) -> frozenset[Term]:
    """Return the hypotheses of a theorem but the conditions on v, which is free in none of them."""
    if v.domain:
        raise Refused(f"{v.name} has arguments: it is no variable")
    found = theorem.hypotheses - frozenset(conditions)
    for hypothesis in found:
        if v in hypothesis.free:
            raise Refused(f"{v.name} is free in the hypothesis {hypothesis}")
    return found


def minted(
    rule: str,
    conclusion: Term,
    parents: Sequence[Theorem],
    hypotheses: Iterable[Term],
    named: Named | None = None,
) -> Theorem:
    """Make a theorem with exactly these hypotheses, where those of some parents are discharged."""
    everything = frozenset[Term]().union(*(parent.hypotheses for parent in parents))
    return mint(rule, conclusion, parents, less=everything, more=hypotheses, named=named)


def outside(v: Symbol, *terms: Term) -> None:
    """Refuse terms with the letter v."""
    for term in terms:
        if v in term.free:
            raise Refused(f"{v.name} is free in {term}")


# --- reading --------------------------------------------------------------------------------------


def read(theorem: Theorem, op: str, v: Symbol) -> tuple[Term, ...]:
    """Return the outer arguments of a binder, and its function at a letter that it does not have.

    For a derivative or gradient: point, value, function; for a limit: value, function.
    """
    term = theorem.conclusion
    if term.op != op:
        raise Refused(f"{term} is no {op}")
    outside(v, term)
    return (*term.args[: term.data], *opened(term, v.term))


def at_point(theorem: Theorem) -> Term:
    """Return the value of the function of a derivative, or gradient, at the point."""
    if theorem.conclusion.op not in ("derivative", "gradient"):
        raise Refused(f"{theorem.conclusion} is no derivative")
    [value] = opened(theorem.conclusion, theorem.conclusion.args[0])
    return value


def _read(*theorems: Theorem) -> tuple[Symbol, Term, list[tuple[Term, Term]]]:
    """Return a variable, the point, and for each theorem the function and its derivative."""
    s = fresh(REAL)
    read_ = [read(theorem, "derivative", s) for theorem in theorems]
    [point, *others] = [found[0] for found in read_]
    if any(other != point for other in others):
        raise Refused("the derivatives are at different points")
    return s, point, [(function, value) for _, value, function in read_]


# --- sums, products, powers -----------------------------------------------------------------------


def derivative_constant(value: Term, point: Term) -> Theorem:
    """A constant has the derivative 0 at each point."""
    nothing = number(0) if value.sort == REAL else zero(*value.sort.shape)
    return mint("derivative_constant", derivative(fresh(REAL), value, point, nothing))


def derivative_identity(point: Term) -> Theorem:
    """The function s has the derivative 1 at each point."""
    s = fresh(REAL)
    return mint("derivative_identity", derivative(s, s.term, point, number(1)))


def derivative_sum(left: Theorem, right: Theorem) -> Theorem:
    """(f + g)' = f' + g', of numbers or matrices."""
    s, point, [(f, df), (g, dg)] = _read(left, right)
    return mint("derivative_sum", derivative(s, f + g, point, df + dg), [left, right])


def derivative_difference(left: Theorem, right: Theorem) -> Theorem:
    """(f - g)' = f' - g', of numbers or matrices."""
    s, point, [(f, df), (g, dg)] = _read(left, right)
    return mint("derivative_difference", derivative(s, f - g, point, df - dg), [left, right])


def derivative_product(left: Theorem, right: Theorem) -> Theorem:
    """(f g)' = f' g + f g', of numbers, a number and a matrix, or matrices in this order."""
    s, point, [(f, df), (g, dg)] = _read(left, right)
    value = multiply(df, at_point(right)) + multiply(at_point(left), dg)
    return mint("derivative_product", derivative(s, multiply(f, g), point, value), [left, right])


def derivative_quotient(left: Theorem, right: Theorem) -> Theorem:
    """(f / g)' = (f' g - f g') / g^2 where g != 0 at the point."""
    s, point, [(f, df), (g, dg)] = _read(left, right)
    at_f, at_g = at_point(left), at_point(right)
    value = divide(df * at_g - at_f * dg, at_g**2)
    conclusion = derivative(s, divide(f, g), point, value)
    return mint("derivative_quotient", conclusion, [left, right], more=[different(at_g, 0)])


def derivative_power(base: Theorem, exponent: Term, *, nonzero: bool = False) -> Theorem:
    """(f^e)' = e f^(e-1) f' with e constant.

    Where f > 0 at the point; for an integer e it is enough that 0 <= e, or f != 0 (``nonzero``).
    """
    s, point, [(f, df)] = _read(base)
    if f.sort != REAL:
        raise Refused("the power of a matrix is differentiated as a product")
    at_f = at_point(base)
    if exponent.sort != INT:
        condition = positive(at_f)
    else:
        condition = different(at_f, 0) if nonzero else at_most(0, exponent)
    known = constant_of(exponent) if exponent.sort == INT else None
    value = number(exponent) * power(at_f, exponent - 1) * df
    return mint(
        "derivative_power",
        derivative(s, power(f, exponent), point, value),
        [base],
        more=[] if known is not None and known >= 0 and not nonzero else [condition],
    )


def derivative_exponential(base: Term, exponent: Theorem) -> Theorem:
    """(b^f)' = log(b) b^f f' with b > 0 constant."""
    s, point, [(f, df)] = _read(exponent)
    if base.sort != REAL:
        raise Refused("a power of a number was expected")
    value = log(base) * power(base, at_point(exponent)) * df
    conclusion = derivative(s, power(base, f), point, value)
    return mint("derivative_exponential", conclusion, [exponent], more=[positive(base)])


def derivative_log(theorem: Theorem) -> Theorem:
    """(log f)' = f' / f where f > 0 at the point."""
    s, point, [(f, df)] = _read(theorem)
    conclusion = derivative(s, log(f), point, divide(df, at_point(theorem)))
    return mint("derivative_log", conclusion, [theorem], more=[positive(at_point(theorem))])


# --- linear maps ----------------------------------------------------------------------------------


def derivative_transpose(theorem: Theorem) -> Theorem:
    """(F^T)' = (F')^T."""
    s, point, [(f, df)] = _read(theorem)
    conclusion = derivative(s, transpose(f), point, transpose(df))
    return mint("derivative_transpose", conclusion, [theorem])


def derivative_trace(theorem: Theorem) -> Theorem:
    """(Tr F)' = Tr F'."""
    s, point, [(f, df)] = _read(theorem)
    return mint("derivative_trace", derivative(s, trace(f), point, trace(df)), [theorem])


def derivative_entry(theorem: Theorem, i: Term, l: Term) -> Theorem:
    """(F_il)' = (F')_il, for an entry that F has."""
    s, point, [(f, df)] = _read(theorem)
    rows, cols = f.sort.shape
    more = [at_most(1, i), at_most(i, rows), at_most(1, l), at_most(l, cols)]
    conclusion = derivative(s, entry(f, i, l), point, entry(df, i, l))
    return mint("derivative_entry", conclusion, [theorem], more=more)


def derivative_linear(map_: Theorem, theorem: Theorem) -> Theorem:
    """L(F)' = L(F') for a linear map L."""
    if map_.conclusion.op != "linear":
        raise Refused(f"{map_.conclusion} does not say that a map is linear")
    s, point, [(f, df)] = _read(theorem)
    [image], [value] = opened(map_.conclusion, f), opened(map_.conclusion, df)
    return mint("derivative_linear", derivative(s, image, point, value), [map_, theorem])


def derivative_determinant(theorem: Theorem, at: Theorem) -> Theorem:
    """(det F)' = sum_i f_1 ... f_(i-1) f_(i+1) ... f_d F'_ii where F = diag(f) at the point."""
    s, point, [(f, df)] = _read(theorem)
    here, diagonal_ = sides(at)
    if here != at_point(theorem) or diagonal_.op != "diag":
        raise Refused(f"{at.conclusion} does not say that {at_point(theorem)} is diagonal")
    size, i, k = diagonal_.args[0], fresh(INT), fresh(INT)
    [entry_] = opened(diagonal_, k.term)
    others = product(k, 1, i.term - 1, entry_) * product(k, i.term + 1, size, entry_)
    value = total(i, 1, size, others * entry(df, i.term, i.term))
    conclusion = derivative(s, determinant(f), point, value)
    more = [at_most(0, size)]
    return mint("derivative_determinant", conclusion, [theorem, at], more=more, named=JACOBI)


# --- ranges ---------------------------------------------------------------------------------------


def _over_range(
    theorem: Theorem, k: Symbol, lo: Term, hi: Term
) -> tuple[Symbol, Term, Term, Term, frozenset[Term]]:
    """Return variable, point, function and derivative at k = lo, ..., hi, and the hypotheses."""
    s, point, [(f, df)] = _read(theorem)
    if k.sort != INT:
        raise Refused(f"{k.name} is no index")
    outside(k, point, lo, hi)
    return s, point, f, df, kept(theorem, k, *within(k, lo, hi))


def derivative_total(theorem: Theorem, k: Symbol, lo: Term | int, hi: Term | int) -> Theorem:
    """(sum of F_k)' = sum of F_k', for k = lo, ..., hi.

    From the derivative of F_k with lo <= k <= hi; k is free in no other hypothesis, nor the point.
    """
    lo, hi = integer(lo), integer(hi)
    s, point, f, df, hypotheses = _over_range(theorem, k, lo, hi)
    conclusion = derivative(s, total(k, lo, hi, f), point, total(k, lo, hi, df))
    return minted("derivative_total", conclusion, [theorem], [*hypotheses, at_most(lo - 1, hi)])


def derivative_range_product(
    theorem: Theorem, k: Symbol, lo: Term | int, hi: Term | int
) -> Theorem:
    """(F_hi ... F_lo)' = sum over j of F_hi ... F_(j+1) F_j' F_(j-1) ... F_lo.

    From the derivative of F_k with lo <= k <= hi; k is free in no other hypothesis, nor the point.
    """
    lo, hi = integer(lo), integer(hi)
    s, point, f, df, hypotheses = _over_range(theorem, k, lo, hi)
    j, here = fresh(INT), at_point(theorem)
    above = product(k, j.term + 1, hi, here)
    below = product(k, lo, j.term - 1, here)
    value = total(j, lo, hi, multiply(multiply(above, substitute(df, {k: j.term})), below))
    conclusion = derivative(s, product(k, lo, hi, f), point, value)
    return minted(
        "derivative_range_product", conclusion, [theorem], [*hypotheses, at_most(lo - 1, hi)]
    )


def derivative_diagonal(theorem: Theorem, k: Symbol, size: Term | int) -> Theorem:
    """diag(f_k)' = diag(f_k'), from the derivative of f_k with 1 <= k <= size."""
    size = integer(size)
    s, point, f, df, hypotheses = _over_range(theorem, k, integer(1), size)
    conclusion = derivative(s, diagonal(k, size, f), point, diagonal(k, size, df))
    return minted("derivative_diagonal", conclusion, [theorem], [*hypotheses, at_most(0, size)])


# --- composition, uniqueness, congruence ----------------------------------------------------------


def _same(value: Term, point: Term, at: Theorem | None) -> list[Theorem]:
    """Check that a value is a point, literally or by a theorem; return what was used."""
    if value == point:
        return []
    if at is None or sides(at) != (value, point):
        raise Refused(f"the outer function is needed at {value}, and known at {point}")
    return [at]


def derivative_chain(outer: Theorem, inside: Theorem, at: Theorem | None = None) -> Theorem:
    """(f(g))' = g' f'(g), with f a number or a matrix; the gradient of f(g) is f'(g) grad g.

    f' is known where g is (``at``).
    """
    if outer.conclusion.op != "derivative":
        raise Refused(f"{outer.conclusion} is no derivative")
    where, df, _ = outer.conclusion.args
    used = _same(at_point(inside), where, at)
    v = fresh(inside.conclusion.variables[0].sort)
    point, dg, g = read(inside, inside.conclusion.op, v)
    [f] = opened(outer.conclusion, g)
    if inside.conclusion.op == "derivative":
        conclusion = derivative(v, f, point, multiply(dg, df))
    else:
        conclusion = gradient(v, f, point, multiply(df, dg))
    return mint("derivative_chain", conclusion, [outer, inside, *used])


def one_value(left: Theorem, right: Theorem) -> Theorem:
    """A function has one derivative, or gradient, at a point, and one limit."""
    one, other = left.conclusion, right.conclusion
    if one.op not in ("derivative", "gradient", "limit", "limit0"):
        raise Refused(f"{one} is no derivative, gradient or limit")
    k = one.data - 1
    if _apart(one, k) != _apart(other, k):
        raise Refused(f"{one} and {other} are of different functions, or at different points")
    return mint("one value", equal(one.args[k], other.args[k]), [left, right])


def _apart(term: Term, place: int) -> tuple[Any, ...]:
    """Return all that a term is but its argument in a place."""
    return term.op, term.args[:place], term.args[place + 1 :]


def derivative_congruence(
    theorem: Theorem,
    equation: Theorem,
    s: Symbol,
    after: Term | None = None,
    before: Term | None = None,
) -> Theorem:
    """From f' at p, and f(s) = g(s) for all s, or all with after < s < before: g' at p.

    Then after < p < before are hypotheses. The letter s is free in no other hypothesis.
    """
    point, value, f = read(theorem, "derivative", s)
    left, right = sides(equation)
    if left != f:
        raise Refused(f"{left} is not the function {f}")
    conditions, places = [], []
    if after is not None:
        outside(s, after)
        conditions.append(less(after, s.term))
        places.append(less(after, point))
    if before is not None:
        outside(s, before)
        conditions.append(less(s.term, before))
        places.append(less(point, before))
    hypotheses = theorem.hypotheses | kept(equation, s, *conditions)
    conclusion = derivative(s, right, point, value)
    return minted("derivative_congruence", conclusion, [theorem, equation], [*hypotheses, *places])


# --- gradients ------------------------------------------------------------------------------------


def gradient_chain(outer: Theorem, inside: Theorem, at: Theorem | None = None) -> Theorem:
    """f(X)' = Tr(G^T X'), with G the gradient of f where X is (``at``)."""
    if outer.conclusion.op != "gradient":
        raise Refused(f"{outer.conclusion} is no gradient")
    s, point, [(x, dx)] = _read(inside)
    where, value, _ = outer.conclusion.args
    used = _same(at_point(inside), where, at)
    [f] = opened(outer.conclusion, x)
    conclusion = derivative(s, f, point, inner(value, dx))
    return mint("gradient_chain", conclusion, [outer, inside, *used])


def gradient_linear(
    outer: Theorem,
    map_: Theorem,
    adjoint: Theorem,
    h: Symbol,
    point: Term,
    *,
    at: Theorem | None = None,
) -> Theorem:
    """The gradient of x -> f(L(x)), L linear, is L*(G) with G the gradient of f at L(point).

    ``adjoint`` is Tr(G^T L(h)) = Tr(V^T h), with h free in no hypothesis: V is L*(G).
    """
    if outer.conclusion.op != "gradient" or map_.conclusion.op != "linear":
        raise Refused("a gradient, and a linear map, were expected")
    where, value, _ = outer.conclusion.args
    [image] = opened(map_.conclusion, point)
    used = _same(image, where, at)
    outside(h, value, map_.conclusion)
    left, right = sides(adjoint)
    [moved] = opened(map_.conclusion, h.term)
    if left != inner(value, moved):
        raise Refused(f"{left} is not {inner(value, moved)}")
    found = _represented(right, h)
    x = fresh(h.sort)
    [inside] = opened(map_.conclusion, x.term)
    [f] = opened(outer.conclusion, inside)
    parents = [outer, map_, adjoint, *used]
    hypotheses = frozenset[Term]().union(
        outer.hypotheses, map_.hypotheses, kept(adjoint, h), *(t.hypotheses for t in used)
    )
    return minted("gradient_linear", gradient(x, f, point, found), parents, hypotheses)


def _represented(value: Term, h: Symbol) -> Term:
    """Return V from Tr(V^T h), V without h."""
    if value.op == "trace" and value.args[0].op == "*":
        left, right = value.args[0].args
        if left.op == "T" and right == h.term:
            outside(h, left)
            return left.args[0]
    raise Refused(f"{value} is not Tr(V^T {h.name})")


def _read_gradients(*theorems: Theorem) -> tuple[Symbol, Term, list[tuple[Term, Term]]]:
    """Return a variable, the point, and for each theorem the function and its gradient."""
    if any(theorem.conclusion.op != "gradient" for theorem in theorems):
        raise Refused("gradients were expected")
    x = fresh(theorems[0].conclusion.variables[0].sort)
    read_ = [read(theorem, "gradient", x) for theorem in theorems]
    [point, *others] = [found[0] for found in read_]
    if any(other != point for other in others):
        raise Refused("the gradients are at different points")
    return x, point, [(function, value) for _, value, function in read_]


def gradient_constant(value: Term, point: Term) -> Theorem:
    """A constant has the gradient 0."""
    x = fresh(point.sort)
    return mint("gradient_constant", gradient(x, value, point, zero(*point.sort.shape)))


def gradient_inner(a: Term, point: Term) -> Theorem:
    """The function x -> Tr(A^T x) has the gradient A."""
    x = fresh(point.sort)
    return mint("gradient_inner", gradient(x, inner(a, x.term), point, a))


def gradient_sum(left: Theorem, right: Theorem) -> Theorem:
    """The gradient of f + g is the sum of the gradients."""
    x, point, [(f, df), (g, dg)] = _read_gradients(left, right)
    return mint("gradient_sum", gradient(x, f + g, point, df + dg), [left, right])


def gradient_product(left: Theorem, right: Theorem) -> Theorem:
    """The gradient of f g is g grad f + f grad g."""
    x, point, [(f, df), (g, dg)] = _read_gradients(left, right)
    value = multiply(at_point(right), df) + multiply(at_point(left), dg)
    return mint("gradient_product", gradient(x, f * g, point, value), [left, right])


def gradient_congruence(theorem: Theorem, equation: Theorem, x: Symbol) -> Theorem:
    """From grad f at P, and f(x) = g(x) for all x: grad g at P. x is free in no hypothesis."""
    point, value, f = read(theorem, "gradient", x)
    left, right = sides(equation)
    if left != f:
        raise Refused(f"{left} is not the function {f}")
    hypotheses = theorem.hypotheses | kept(equation, x)
    conclusion = gradient(x, right, point, value)
    return minted("gradient_congruence", conclusion, [theorem, equation], hypotheses)


def riesz(theorem: Theorem, h: Symbol) -> Theorem:
    """From Tr(V^T h) = Tr(G^T h) for all h: V = G."""
    left, right = sides(theorem)
    conclusion = equal(_represented(left, h), _represented(right, h))
    return minted("riesz", conclusion, [theorem], kept(theorem, h), RIESZ)


# --- mean value -----------------------------------------------------------------------------------


def _everywhere(
    theorem: Theorem, t: Symbol, between: tuple[Term, Term] | None
) -> tuple[Term, tuple[Term, ...]]:
    """Return the derivative at t of a function that does not depend on t, and where t is."""
    if theorem.conclusion.op != "derivative":
        raise Refused(f"{theorem.conclusion} is no derivative")
    point, value, function = theorem.conclusion.args
    if point != t.term:
        raise Refused(f"the derivative is at {point}, not at {t.name}")
    outside(t, function)
    return value, interval(t, between)


def interval(t: Symbol, between: tuple[Term, Term] | None) -> tuple[Term, ...]:
    """Return the conditions that t lies in an interval, whose ends do not depend on t."""
    if between is None:
        return ()
    outside(t, *between)
    return at_most(between[0], t.term), at_most(t.term, between[1])


def _places(points: Sequence[Term], between: tuple[Term, Term] | None) -> list[Term]:
    if between is None:
        return []
    a, b = between
    return [s for p in points for s in (at_most(a, p), at_most(p, b))]


def constant(
    theorem: Theorem,
    t: Symbol,
    first: Term,
    last: Term,
    *,
    between: tuple[Term, Term] | None = None,
) -> Theorem:
    """From f'(t) = 0 for all t (from a to b): f(first) = f(last) (where both are from a to b)."""
    value, conditions = _everywhere(theorem, t, between)
    if value != (number(0) if value.sort == REAL else zero(*value.sort.shape)):
        raise Refused(f"the derivative {value} is not written as 0")
    [start], [end] = opened(theorem.conclusion, first), opened(theorem.conclusion, last)
    hypotheses = [*kept(theorem, t, *conditions), *_places((first, last), between)]
    return minted("constant", equal(start, end), [theorem], hypotheses, MEAN_VALUE)


def monotone(
    theorem: Theorem,
    sign: Theorem,
    t: Symbol,
    first: Term,
    last: Term,
    *,
    between: tuple[Term, Term] | None = None,
) -> Theorem:
    """From f'(t) >= 0 for all t (from a to b): f(first) <= f(last) where first <= last.

    From f'(t) > 0: f(first) < f(last) where first < last.
    """
    value, conditions = _everywhere(theorem, t, between)
    nonnegative, strictly = at_most(0, value), less(0, value)
    if sign.conclusion not in (nonnegative, strictly):
        raise Refused(f"{sign.conclusion} does not say the sign of {value}")
    [start], [end] = opened(theorem.conclusion, first), opened(theorem.conclusion, last)
    order = less if sign.conclusion == strictly else at_most
    hypotheses = [
        *kept(theorem, t, *conditions),
        *kept(sign, t, *conditions),
        *_places((first, last), between),
        order(first, last),
    ]
    return minted("monotone", order(start, end), [theorem, sign], hypotheses, MEAN_VALUE)


def keeps_sign(
    theorem: Theorem, distinct: Theorem, above: Theorem, t: Symbol, between: tuple[Term, Term]
) -> Theorem:
    """From f'(t), and f(t) != 0, for all t from first to last, and 0 < f(first): 0 < f(last).

    Where first <= last: f is differentiable, so continuous.
    """
    _, conditions = _everywhere(theorem, t, between)
    first, last = between
    [here] = opened(theorem.conclusion, t.term)
    [start], [end] = opened(theorem.conclusion, first), opened(theorem.conclusion, last)
    if distinct.conclusion != different(here, 0):
        raise Refused(f"{distinct.conclusion} is not {here} != 0")
    if above.conclusion != positive(start):
        raise Refused(f"{above.conclusion} is not 0 < {start}")
    hypotheses = [
        *kept(theorem, t, *conditions),
        *kept(distinct, t, *conditions),
        *above.hypotheses,
        at_most(first, last),
    ]
    parents = [theorem, distinct, above]
    return minted("keeps_sign", positive(end), parents, hypotheses, INTERMEDIATE_VALUE)


# --- singular values ------------------------------------------------------------------------------


def singular_value(  # noqa: PLR0917 - the three parts of a singular value decomposition
    moving: Theorem,
    s: Symbol,
    left: Term,
    k: Symbol,
    value: Term,
    right: Term,
    r: Term,
    near: tuple[Term, Term],
) -> Theorem:
    """sigma_r' = u_r^T W' v_r at a point, for a simple positive singular value of W.

    ``moving`` is the derivative of W at the point; ``left``, ``value`` and ``right`` are U(s),
    sigma_k(s) and V(s). Hypotheses: W(s) = U(s) diag(sigma(s)) V(s)^T with U(s) and V(s) orthogonal
    and sigma_1(s) >= ... >= sigma_d(s) >= 0, for all s in an open interval around the point
    (``near``, its ends); at the point sigma_r > 0, which no other sigma_i equals; 1 <= r <= d.
    """
    point, change, w = read(moving, "derivative", s)
    rows, cols = w.sort.shape
    if rows != cols:
        raise Refused(f"{w} is not square")
    outside(k, left, right, r)
    outside(s, r, *near)
    after, before = near
    i, l = fresh(INT), fresh(INT)
    at_i, at_l = substitute(value, {k: i.term}), substitute(value, {k: l.term})

    def here(term: Term) -> Term:
        return substitute(term, {s: point})

    at_r = substitute(value, {k: r})
    sentences = (
        equal(w, left * diagonal(k, rows, value) * transpose(right)),
        equal(multiply(transpose(left), left), identity(rows)),
        equal(multiply(transpose(right), right), identity(rows)),
        each(i, 1, rows, each(l, i.term + 1, rows, at_most(at_l, at_i))),
        each(i, 1, rows, at_most(0, at_i)),
    )
    others = (*within(i, 1, rows), different(i.term, r))
    simple = every(i, others, different(here(at_i), here(at_r)))
    conclusion = derivative(
        s, at_r, point, entry(transpose(here(left)) * change * here(right), r, r)
    )
    return mint(
        "singular_value",
        conclusion,
        [moving],
        more=[
            *(every(s, (less(after, s.term), less(s.term, before)), x) for x in sentences),
            less(after, point),
            less(point, before),
            simple,
            positive(here(at_r)),
            at_most(1, r),
            at_most(r, rows),
        ],
        named=SINGULAR_VALUE,
    )
