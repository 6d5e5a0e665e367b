"""Linear maps by their form, their inverses, and determinants."""

from __future__ import annotations

from typing import Final

from dlnproof.kernel.logic import sides
from dlnproof.kernel.spectral import orthogonal
from dlnproof.kernel.terms import (
    INT,
    Symbol,
    Term,
    add,
    at_most,
    constant_of,
    determinant,
    diagonal,
    different,
    each,
    entry,
    equal,
    fresh,
    fresh_for,
    integer,
    linear,
    map_determinant,
    map_inverse,
    multiply,
    number,
    opened,
    power,
    product,
    root,
    substitute,
    total,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Named, Refused, Theorem, mint
from dlnproof.kernel.words import in_range, needed, nonnegative

LAPLACE: Final = Named(
    "Determinant of a tridiagonal matrix", "Horn and Johnson, Matrix Analysis, 2nd ed., 0.9.10"
)
EIGENBASIS: Final = Named(
    "Determinant of a diagonalisable map", "Horn and Johnson, Matrix Analysis, 2nd ed., 1.2.17"
)
BLOCKS: Final = Named(
    "Determinant of a block diagonal matrix", "Horn and Johnson, Matrix Analysis, 2nd ed., 0.9.2"
)


# --- linear maps ----------------------------------------------------------------------------------


def linear_by_form(x: Symbol, body: Term) -> Theorem:
    """Return: the map x -> body is linear, by its form.

    Made of x by sums, differences, multiples, products with what is free of x, quotients by numbers
    (!= 0), transposes, traces, entries in range, diagonal matrices and sums over ranges. Conditions
    that speak of the index of a sum are wanted for all its values.
    """
    return mint("linear", linear(x, body), more=_linear(body, x))


def _linear(body: Term, x: Symbol) -> set[Term]:
    """Return the conditions under which a term is linear in x."""
    own = [arg for arg in body.args if x in arg.free]
    match body.op:
        case "symbol" if body.data == x:
            return set()
        case "O":
            return set()
        case "number" if body.data == 0:
            return set()
        case "+" | "-":
            return _linear(body.args[0], x) | _linear(body.args[1], x)
        case "*" | "scale" if len(own) == 1:
            return _linear(own[0], x)
        case "/" if own == [body.args[0]] and x not in body.args[1].free:
            return {different(body.args[1], 0)} | _linear(own[0], x)
        case "T" | "trace" if own:
            return _linear(own[0], x)
        case "entry" if own == [body.args[0]]:
            rows, cols = body.args[0].sort.shape
            found = {*in_range(rows, body.args[1]), *in_range(cols, body.args[2])}
            return found | _linear(own[0], x)
        case "sum" | "diag" if own == [body.args[-1]]:
            return _linear_under(body, x)
    raise Refused(f"{body} is not linear in {x.name} by its form")


def _linear_under(body: Term, x: Symbol) -> set[Term]:
    """Return the conditions for a sum over a range, or a diagonal matrix, of what is linear."""
    [v] = fresh_for(body)
    [inside] = opened(body, v.term)
    lo, hi = body.args[:2] if body.op == "sum" else (integer(1), body.args[0])
    found = set(needed(at_most(lo - 1, hi))) if body.op == "sum" else set()
    for condition in _linear(inside, x):
        found.add(each(v, lo, hi, condition) if v in condition.free else condition)
    return found


def _map(theorem: Theorem) -> tuple[Symbol, Term]:
    """Return a linear map: its variable, a new one, and its value at it."""
    if theorem.conclusion.op != "linear":
        raise Refused(f"{theorem.conclusion} does not say that a map is linear")
    [x] = fresh_for(theorem.conclusion)
    return x, opened(theorem.conclusion, x.term)[0]


def linear_sum(theorem: Theorem, a: Term, b: Term) -> Theorem:
    """Return L(A + B) = L(A) + L(B), for a linear L."""
    x, body = _map(theorem)
    at = [substitute(body, {x: value}) for value in (a, b, add(a, b))]
    return mint("linear sum", equal(at[2], at[0] + at[1]), [theorem])


def linear_multiple(theorem: Theorem, factor: Term, a: Term) -> Theorem:
    """Return L(c A) = c L(A), for a linear L."""
    x, body = _map(theorem)
    whole = substitute(body, {x: multiply(factor, a)})
    return mint("linear multiple", equal(whole, factor * substitute(body, {x: a})), [theorem])


def linear_after(outer: Theorem, inner: Theorem) -> Theorem:
    """Return: x -> g(f(x)) is linear, for a linear f and a linear g of its values."""
    x, f = _map(inner)
    y, g = _map(outer)
    if y.sort != f.sort:
        raise Refused("the maps do not fit")
    return mint("linear after", linear(x, substitute(g, {y: f})), [outer, inner])


def linear_total(theorem: Theorem, whole: Term) -> Theorem:
    """Return L(sum of f(k)) = sum of L(f(k)), for a linear L and a sum of matrices over a range."""
    x, body = _map(theorem)
    if whole.op != "sum" or whole.sort != x.sort:
        raise Refused(f"{whole} is no sum that the map is of")
    lo, hi = whole.args[:2]
    [v] = fresh_for(whole)
    [part] = opened(whole, v.term)
    parts = total(v, lo, hi, substitute(body, {x: part}))
    sentence = equal(substitute(body, {x: whole}), parts)
    return mint("linear total", sentence, [theorem], more=needed(at_most(lo - 1, hi)))


# --- inverses of linear maps ----------------------------------------------------------------------


def _invertible(theorem: Theorem) -> tuple[Symbol, Term, Term]:
    """Return a linear map from matrices to such of the same shape; and that det L != 0."""
    x, body = _map(theorem)
    if body.sort != x.sort:
        raise Refused("an inverse is of a map from matrices to such of the same shape")
    return x, body, different(map_determinant(x, body), 0)


def inverse_value(theorem: Theorem, equation: Theorem, at: Term) -> Theorem:
    """Return L^-1(Y) = X from L(X) = Y, for a linear L with det L != 0."""
    x, body, regular = _invertible(theorem)
    left, y = sides(equation)
    if left != substitute(body, {x: at}):
        raise Refused(f"{left} is not the value of the map at {at}")
    sentence = equal(map_inverse(x, body, y), at)
    return mint("inverse value", sentence, [theorem, equation], more=[regular])


def inverse_solves(theorem: Theorem, point: Term) -> Theorem:
    """Return L(L^-1(Y)) = Y, for a linear L with det L != 0."""
    x, body, regular = _invertible(theorem)
    value = substitute(body, {x: map_inverse(x, body, point)})
    return mint("inverse solves", equal(value, point), [theorem], more=[regular])


def inverse_linear(theorem: Theorem) -> Theorem:
    """Return: L^-1 is linear, for a linear L with det L != 0."""
    x, body, regular = _invertible(theorem)
    y = fresh(x.sort)
    sentence = linear(y, map_inverse(x, body, y.term))
    return mint("inverse linear", sentence, [theorem], more=[regular])


def inverse_determinant(theorem: Theorem) -> Theorem:
    """Return det L^-1 = 1 / det L, for a linear L with det L != 0."""
    x, body, regular = _invertible(theorem)
    y = fresh(x.sort)
    whole = map_determinant(y, map_inverse(x, body, y.term))
    sentence = equal(whole, 1 / map_determinant(x, body))
    return mint("inverse determinant", sentence, [theorem], more=[regular])


# --- determinants of maps -------------------------------------------------------------------------


def square(i: Symbol, l: Symbol, size: Term | int) -> tuple[Term, ...]:
    """Return the conditions 1 <= i <= size and 1 <= l <= size."""
    return (*within(i, 1, size), *within(l, 1, size))


def eigenbasis_determinant(basis: Theorem, images: Theorem, x: Symbol, body: Term) -> Theorem:
    """Return det L = prod_i prod_l mu_il, for L(B_il) = mu_il B_il in an orthonormal basis B_il.

    ``images`` says: for all i, l with 1 <= i <= d and 1 <= l <= d (as ``square`` puts it), L(B_il)
    is mu_il B_il; L : x -> body has to be linear, which becomes a hypothesis, as 0 <= d does.
    """
    if basis.conclusion.op != "orthonormal" or images.conclusion.op != "every":
        raise Refused("a basis is needed, and what becomes of all of it")
    size = basis.conclusion.args[0]
    i, l = fresh_for(basis.conclusion)
    [b] = opened(basis.conclusion, i.term, l.term)
    if x.sort != b.sort or body.sort != x.sort:
        raise Refused("the map is not one of the matrices of the basis")
    if [v.sort for v in images.conclusion.variables] != [INT, INT]:
        raise Refused(f"{images.conclusion} does not speak of two indices")
    *conditions, image = opened(images.conclusion, i.term, l.term)
    value = image.args[1] if image.op == "=" else image
    if tuple(conditions) != square(i, l, size) or value.op != "scale" or value.args[1] != b:
        raise Refused(f"{images.conclusion} does not give multiples of the whole basis")
    mu = value.args[0]
    if image != equal(substitute(body, {x: b}), multiply(mu, b)):
        raise Refused(f"{image} is not about the map")
    whole = product(i, 1, size, product(l, 1, size, mu))
    sentence = equal(map_determinant(x, body), whole)
    more = [linear(x, body), *nonnegative(size)]
    return mint("eigenbasis", sentence, [basis, images], more=more, named=EIGENBASIS)


def frame(d: Symbol, a: Symbol, b: Symbol) -> tuple[Term, ...]:
    """Return the conditions: d is diagonal, a and b are skew."""
    i, (size, _) = fresh(INT), d.sort.shape
    return (
        equal(d.term, diagonal(i, size, entry(d.term, i.term, i.term))),
        equal(transpose(a.term), -a.term),
        equal(transpose(b.term), -b.term),
    )


def frame_by_pairs(
    left: Theorem,
    right: Theorem,
    whole: Term,
    on_diagonal: Theorem,
    *off_diagonal: Theorem,
) -> Theorem:
    """Return the determinant of a map of D diagonal, a, b skew that splits into pairs i < l.

    For orthogonal U, V and M = U^T body V, where ``whole`` is the determinant of (D, a, b) -> body,
    and three theorems for all D, a, b as in ``frame`` (the conditions first), and for all i with
    1 <= i <= d: M_ii = alpha_i D_ii; for all i < l (1 <= i, i + 1 <= l, l <= d):
    M_il = p a_il + q b_il, and M_li = r a_il + s b_il, with coefficients free of D, a, b.
    It is prod_i |alpha_i| prod_{i < l} |p s - q r|, where |x| is the root of x^2, for 0 <= d.
    """
    if whole.op != "framedet" or len(off_diagonal) != 2:
        raise Refused("the determinant of a frame is needed, and three theorems")
    u, v = orthogonal(left), orthogonal(right)
    frames = fresh_for(whole)
    [body] = opened(whole, *(x.term for x in frames))
    if not u.sort == v.sort == body.sort:
        raise Refused("the orthogonal matrices do not fit")
    size, i, l = body.sort.shape[0], fresh(INT), fresh(INT)
    value = transpose(u) * body * v
    d, a, b = (x.term for x in frames)
    skew = entry(a, i.term, l.term), entry(b, i.term, l.term)
    ends = within(i, 1, size)
    pairs = (at_most(1, i.term), at_most(i.term + 1, l.term), at_most(l.term, size))
    alpha = _said(on_diagonal, (*frames, i), ends, entry(value, i.term, i.term))
    upper = _said(off_diagonal[0], (*frames, i, l), pairs, entry(value, i.term, l.term))
    lower = _said(off_diagonal[1], (*frames, i, l), pairs, entry(value, l.term, i.term))
    if alpha.op != "*" or alpha.args[1] != entry(d, i.term, i.term):
        raise Refused(f"{alpha} is no multiple of D_ii")
    matrix = [_coefficients(x, *skew) for x in (upper, lower)]
    if any(x in c.free for c in (alpha.args[0], *matrix[0], *matrix[1]) for x in frames):
        raise Refused("a coefficient depends on D, a or b")
    (p, q), (r, s) = matrix
    one = product(i, 1, size, _absolute(alpha.args[0]))
    two = product(i, 1, size, product(l, i.term + 1, size, _absolute(p * s - q * r)))
    parents = [left, right, on_diagonal, *off_diagonal]
    more = nonnegative(size)
    return mint("frame by pairs", equal(whole, one * two), parents, more=more, named=BLOCKS)


def _absolute(value: Term) -> Term:
    return root(value**2)


def _said(
    theorem: Theorem, names: tuple[Symbol, ...], conditions: tuple[Term, ...], left: Term
) -> Term:
    """Return what the left side is by a theorem for all of a frame, and indices."""
    found = theorem.conclusion
    if [v.sort for v in found.variables] != [v.sort for v in names]:
        raise Refused(f"{found} does not speak of all D, a, b and indices")
    *given, sentence = opened(found, *(name.term for name in names))
    if tuple(given) != (*frame(names[0], names[1], names[2]), *conditions):
        raise Refused(f"{found} has other conditions than a frame and a range")
    if sentence.op != "=" or sentence.args[0] != left:
        raise Refused(f"{sentence} does not say what {left} is")
    return sentence.args[1]


def _coefficients(value: Term, a: Term, b: Term) -> tuple[Term, Term]:
    """Return p and q of p a + q b."""
    if value.op == "+":
        one, two = value.args
        if one.op == two.op == "*" and (one.args[1], two.args[1]) == (a, b):
            return one.args[0], two.args[0]
    raise Refused(f"{value} does not have the form p {a} + q {b}")


# --- determinants of matrices ---------------------------------------------------------------------


def determinant_of(term: Term) -> Theorem:
    """Return what a determinant is by the form of the matrix.

    det(A B) = det A det B for square A and B, det A^T = det A, det(c A) = c^d det A, det I = 1,
    det diag(f) = prod_i f(i), det A^n = (det A)^n for n >= 0; sizes are >= 0 where they are used.
    """
    if term.op != "det":
        raise Refused(f"{term} is no determinant")
    [value] = term.args
    size, args, more = value.sort.shape[0], value.args, list[Term]()
    match value.op:
        case "*" if args[0].sort == args[1].sort:
            found = determinant(args[0]) * determinant(args[1])
        case "T":
            found = determinant(args[0])
        case "scale":
            found = power(args[0], size) * determinant(args[1])
            more = nonnegative(size)
        case "^":
            found, more = power(determinant(args[0]), args[1]), nonnegative(args[1])
        case "I":
            found, more = number(1), nonnegative(size)
        case "diag":
            [v] = fresh_for(value)
            found = product(v, 1, size, opened(value, v.term)[0])
            more = nonnegative(size)
        case _:
            raise Refused(f"the form of {value} does not give its determinant")
    return mint("determinant", equal(term, found), more=more)


def orthogonal_determinant(theorem: Theorem) -> Theorem:
    """Return (det Q)^2 = 1, from Q^T Q = I."""
    q = orthogonal(theorem)
    return mint("orthogonal determinant", equal(determinant(q) ** 2, number(1)), [theorem])


def determinant_of_two(value: Term) -> Theorem:
    """Return det M = M_11 M_22 - M_12 M_21, for a square matrix of size 2."""
    rows, cols = value.sort.shape
    if rows != cols:
        raise Refused(f"{value} is not square")
    known = constant_of(rows)
    if known not in (None, 2):
        raise Refused(f"{value} has {known} rows")
    first, second = (entry(value, 1, k) * entry(value, 2, 3 - k) for k in (1, 2))
    more = [equal(rows, 2)] if known is None else []
    return mint("two rows", equal(determinant(value), first - second), more=more)
