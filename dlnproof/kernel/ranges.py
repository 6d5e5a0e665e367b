"""Sums and products over lo, ..., hi, and equations in the scope of binders.

A sum or product over a range with hi < lo - 1 has some value that no rule knows: each rule here has
``lo - 1 <= hi`` among its hypotheses, unless that is plain, as for 1, ..., 3. A product of matrices
has the highest index on the left.
"""

from __future__ import annotations

from dlnproof.kernel.indices import holds_plainly
from dlnproof.kernel.logic import negation, sides
from dlnproof.kernel.terms import (
    BUILDERS,
    REAL,
    Symbol,
    Term,
    at_most,
    different,
    each,
    equal,
    fresh_for,
    identity,
    integer,
    log,
    multiply,
    number,
    opened,
    positive,
    power,
    product,
    substitute,
    total,
    transpose,
    within,
    zero,
)
from dlnproof.kernel.theorem import Refused, Theorem, mint


def _needed(*conditions: Term) -> list[Term]:
    """Return the conditions of integers that are not plain: these become hypotheses."""
    return [c for c in conditions if not holds_plainly(c)]


class _Range:
    """A sum or product, taken apart: over ``v``, a new index, from lo to hi, of the body."""

    def __init__(self, term: Term, *kinds: str) -> None:
        if term.op not in ("sum", "prod"):
            raise Refused(f"{term} is no sum or product over a range")
        self.kind = "matrices" if term.op == "prod" and term.sort != REAL else term.op
        if kinds and self.kind not in kinds:
            raise Refused(f"the rule is about {' or '.join(kinds)}, not {term}")
        self.lo, self.hi = term.args[:2]
        [self.v] = fresh_for(term)
        [self.body] = opened(term, self.v.term)
        self.ordered = at_most(self.lo - 1, self.hi)

    def at(self, index: Term) -> Term:
        """Return what is added or multiplied at an index."""
        return substitute(self.body, {self.v: index})

    def over(self, lo: Term, hi: Term, body: Term | None = None) -> Term:
        """Return the sum or product over other indices, or of something else."""
        bind = total if self.kind == "sum" else product
        return bind(self.v, lo, hi, self.body if body is None else body)

    def join(self, first: Term, second: Term) -> Term:
        """Return the sum or product of the parts at lower and at higher indices."""
        if self.kind == "sum":
            return first + second
        return multiply(second, first) if self.kind == "matrices" else multiply(first, second)

    def nothing(self, lo: Term) -> Term:
        """Return the empty sum or product, that over lo, ..., lo - 1."""
        if self.kind == "prod":
            return number(1)
        if self.body.sort == REAL:
            return number(0)
        rows, cols = self.at(lo).sort.shape
        return zero(rows, cols) if self.kind == "sum" else identity(cols)


def empty(term: Term) -> Theorem:
    """Return: a sum over lo, ..., lo - 1 is 0, a product 1 or I."""
    r = _Range(term)
    if r.hi != r.lo - 1:
        raise Refused(f"the range {r.lo}, ..., {r.hi} is not empty")
    return mint("empty", equal(term, r.nothing(r.lo)))


def single(term: Term) -> Theorem:
    """Return: a sum or product over lo, ..., lo is what stands in it at lo."""
    r = _Range(term)
    if r.hi != r.lo:
        raise Refused(f"the range {r.lo}, ..., {r.hi} has not one index")
    return mint("single", equal(term, r.at(r.lo)))


def split(term: Term, middle: Term | int) -> Theorem:
    """Return: lo, ..., hi is lo, ..., m and m + 1, ..., hi, for lo - 1 <= m <= hi."""
    r, m = _Range(term), integer(middle)
    parts = r.join(r.over(r.lo, m), r.over(m + 1, r.hi))
    return mint("split", equal(term, parts), more=_needed(at_most(r.lo - 1, m), at_most(m, r.hi)))


def top(term: Term) -> Theorem:
    """Return: lo, ..., hi is lo, ..., hi - 1 and hi, for lo <= hi."""
    r = _Range(term)
    parts = r.join(r.over(r.lo, r.hi - 1), r.at(r.hi))
    return mint("top", equal(term, parts), more=_needed(at_most(r.lo, r.hi)))


def bottom(term: Term) -> Theorem:
    """Return: lo, ..., hi is lo and lo + 1, ..., hi, for lo <= hi."""
    r = _Range(term)
    parts = r.join(r.at(r.lo), r.over(r.lo + 1, r.hi))
    return mint("bottom", equal(term, parts), more=_needed(at_most(r.lo, r.hi)))


def shift(term: Term, by: Term | int) -> Theorem:
    """Return: over v = lo, ..., hi of f(v) is over v = lo + k, ..., hi + k of f(v - k)."""
    r, k = _Range(term), integer(by)
    moved = r.over(r.lo + k, r.hi + k, r.at(r.v.term - k))
    return mint("shift", equal(term, moved), more=_needed(r.ordered))


def reverse(term: Term) -> Theorem:
    """Return: over v = lo, ..., hi of f(v) is that of f(lo + hi - v); not of matrix products."""
    r = _Range(term, "sum", "prod")
    turned = r.over(r.lo, r.hi, r.at(r.lo + r.hi - r.v.term))
    return mint("reverse", equal(term, turned), more=_needed(r.ordered))


# --- what is the same in the scope of a binder ----------------------------------------------------


def _scope(binder: Term, names: tuple[Symbol, ...]) -> tuple[list[Term], list[Term]]:
    """Return what holds of the variables of a binder in its scope, and what that needs."""
    known: list[Term] = []
    needed: list[Term] = []
    v = names[0]
    match binder.op:
        case "sum" | "prod":
            lo, hi = binder.args[:2]
            known, needed = list(within(v, lo, hi)), _needed(at_most(lo - 1, hi))
        case "diag" | "orthonormal" | "array":
            sizes = binder.args[:2] if binder.op == "array" else [binder.args[0]] * len(names)
            ends = zip(names, sizes, strict=True)
            known = [c for name, size in ends for c in within(name, 1, size)]
        case "orbit":
            known = list(within(v, 1, binder.args[0]))
        case "integral":
            lo, hi = binder.args[:2]
            known, needed = [at_most(lo, v.term), at_most(v.term, hi)], [at_most(lo, hi)]
        case "limit0":
            known = [positive(v.term)]
    return known, needed


def _replaced(
    binder: Term, equation: Theorem, names: tuple[Symbol, ...]
) -> tuple[Term, set[Term], list[Term]]:
    """Return a binder with an equation used in its scope; what of it is discharged; and needed.

    The equation is about the names, which are put for the variables of the binder: free neither in
    it, nor in a hypothesis of the equation, but in what the binder says of its variables.
    """
    left, right = sides(equation)
    if not binder.variables:
        raise Refused(f"{binder} is no binder")
    if len(names) != len(binder.variables):
        raise Refused("a name is needed for each variable of the binder")
    if any(name in binder.free for name in names):
        raise Refused(f"a name for a bound variable is free in {binder}")
    if opened(binder, *(name.term for name in names)) != (left,):
        raise Refused(f"{left} is not what stands in the scope of {binder}")
    known, needed = _scope(binder, names)
    used = equation.hypotheses & set(known)
    for h in equation.hypotheses - used:
        if any(name in h.free for name in names):
            raise Refused(f"a bound variable is free in the hypothesis {h}")
    changed = BUILDERS[binder.op](binder.args[: binder.data], names, (right,))
    return changed, set(used), needed if used else []


def congruence(binder: Term, equation: Theorem, *names: Symbol) -> Theorem:
    """Return: sums, products, diagonal matrices, integrals, ... of what is equal are equal.

    From hypotheses |- f(k) = g(k), for a name k of the bound variable. What holds in the scope is
    discharged: lo <= k and k <= hi, 1 <= k and k <= size of a diagonal matrix.
    """
    changed, used, needed = _replaced(binder, equation, names)
    return mint(
        "congruence", equal(binder, changed), [equation], less=used - set(needed), more=needed
    )


def within_scope(theorem: Theorem, equation: Theorem, *names: Symbol) -> Theorem:
    """Return a sentence about a function with an equal function in it.

    A derivative, a gradient, a limit, a basis, a linear map; of a limit as e -> 0, 0 < e is
    discharged.
    """
    changed, used, _ = _replaced(theorem.conclusion, equation, names)
    return mint("within scope", changed, [theorem, equation], less=used - theorem.hypotheses)


# --- sums and products of sums and products -------------------------------------------------------


def sum_of_sums(term: Term) -> Theorem:
    """Return: the sum of f(k) + g(k) is that of f and that of g; of a difference likewise."""
    r = _Range(term, "sum")
    if r.body.op not in ("+", "-"):
        raise Refused(f"{r.body} is no sum or difference")
    f, g = (r.over(r.lo, r.hi, part) for part in r.body.args)
    both = f + g if r.body.op == "+" else f - g
    return mint("sum of sums", equal(term, both), more=_needed(r.ordered))


def linear_image(term: Term, x: Symbol, image: Term) -> Theorem:
    """Return: L(sum of f(k)) = sum of L(f(k)), for L : x -> image, which is linear by its form.

    By its form: made of x by sums, differences, multiples and products by what is free of x,
    transposes, traces and entries in range.
    """
    r = _Range(term, "sum")
    if x.sort != term.sort:
        raise Refused(f"{x.name} is no letter for {term}")
    ranges = _linear(image, x)
    whole = substitute(image, {x: term})
    parts = r.over(r.lo, r.hi, substitute(image, {x: r.body}))
    return mint("linear image", equal(whole, parts), more=_needed(r.ordered, *ranges))


def _linear(image: Term, x: Symbol) -> list[Term]:
    """Return the conditions, on integers, under which a term is linear in x."""
    if image.op == "symbol" and image.data == x:
        return []
    own = [arg for arg in image.args if x in arg.free]
    match image.op:
        case "+" | "-" if len(own) == 2:
            return [*_linear(image.args[0], x), *_linear(image.args[1], x)]
        case "*" | "scale" if len(own) == 1:
            return _linear(own[0], x)
        case "T" | "trace" if own:
            return _linear(own[0], x)
        case "entry" if own == [image.args[0]]:
            rows, cols = image.args[0].sort.shape
            _, i, l = image.args
            inside = (at_most(1, i), at_most(i, rows), at_most(1, l), at_most(l, cols))
            return [*inside, *_linear(own[0], x)]
    raise Refused(f"{image} is not linear in {x.name} by its form")


def product_of_products(term: Term) -> Theorem:
    """Return: the product of f(k) g(k) is that of f times that of g.

    Of a quotient f(k) / g(k) likewise, where no g(k) is 0. Of numbers, not of matrices.
    """
    r = _Range(term, "prod")
    if r.body.op not in ("*", "/"):
        raise Refused(f"{r.body} is no product or quotient")
    f, g = (r.over(r.lo, r.hi, part) for part in r.body.args)
    if r.body.op == "*":
        return mint("product of products", equal(term, f * g), more=_needed(r.ordered))
    whole = each(r.v, r.lo, r.hi, different(r.body.args[1], 0))
    return mint("product of products", equal(term, f / g), more=[*_needed(r.ordered), whole])


def product_of_powers(term: Term, *, natural: bool = False) -> Theorem:
    """Return: the product of f(k)^e is (the product of f)^e, for an exponent free of k.

    Where 0 < f(k) for all k; or, for an exponent that is an integer, where 0 <= e (``natural``).
    """
    r = _Range(term, "prod")
    if r.body.op != "^" or r.v in r.body.args[1].free:
        raise Refused(f"{r.body} is no power with an exponent that is the same for all indices")
    base, exponent = r.body.args
    conditions = _needed(r.ordered)
    if natural:
        conditions += _needed(at_most(0, integer(exponent)))
    else:
        conditions.append(each(r.v, r.lo, r.hi, positive(base)))
    whole = power(r.over(r.lo, r.hi, base), exponent)
    return mint("product of powers", equal(term, whole), more=conditions)


def power_of_sum(term: Term) -> Theorem:
    """Return: the product of c^e(k) is c^(the sum of e), for 0 < c free of k."""
    r = _Range(term, "prod")
    if r.body.op != "^" or r.v in r.body.args[0].free:
        raise Refused(f"{r.body} is no power with a base that is the same for all indices")
    base, exponent = r.body.args
    whole = power(base, total(r.v, r.lo, r.hi, number(exponent)))
    return mint("power of a sum", equal(term, whole), more=[*_needed(r.ordered), positive(base)])


def log_of_product(term: Term) -> Theorem:
    """Return: the logarithm of the product of f(k) is the sum of their logarithms, all 0 < f(k)."""
    r = _Range(term, "prod")
    added = total(r.v, r.lo, r.hi, log(r.body))
    conditions = [*_needed(r.ordered), each(r.v, r.lo, r.hi, positive(r.body))]
    return mint("log of a product", equal(log(term), added), more=conditions)


def constant(term: Term) -> Theorem:
    """Return: a sum of equal things is (hi - lo + 1) times one, a product its power."""
    r = _Range(term)
    if r.v in r.body.free:
        raise Refused(f"{r.body} is not the same for all indices")
    times = r.hi - r.lo + 1
    whole = multiply(number(times), r.body) if r.kind == "sum" else power(r.body, times)
    return mint("constant", equal(term, whole), more=_needed(r.ordered))


def transposed(term: Term) -> Theorem:
    """Return: (M(hi) ... M(lo))^T = M(lo)^T ... M(hi)^T, the product of M(lo + hi - k)^T."""
    r = _Range(term, "matrices")
    turned = r.over(r.lo, r.hi, transpose(r.at(r.lo + r.hi - r.v.term)))
    return mint("transposed", equal(transpose(term), turned), more=_needed(r.ordered))


def telescope(term: Term) -> Theorem:
    """Return: the sum of F(k + 1) - F(k) is F(hi + 1) - F(lo); of F(k) - F(k + 1) likewise."""
    r = _Range(term, "sum")
    if r.body.op != "-":
        raise Refused(f"{r.body} is no difference")
    a, b = r.body.args
    follows = {r.v: r.v.term + 1}
    ends = {r.v: r.lo}, {r.v: r.hi + 1}
    if a == substitute(b, follows):
        left = substitute(b, ends[1]) - substitute(b, ends[0])
    elif b == substitute(a, follows):
        left = substitute(a, ends[0]) - substitute(a, ends[1])
    else:
        raise Refused(f"{r.body} is no difference of neighbours")
    return mint("telescope", equal(term, left), more=_needed(r.ordered))


def picked(term: Term) -> Theorem:
    """Return: the sum of f(k), for k = a alone, and of 0 f(k) for the others, is f(a).

    What is added is ``choose(k = a, 1, 0)`` times f(k), for lo <= a <= hi free of k.
    """
    r = _Range(term, "sum")
    if r.body.op not in ("*", "scale") or r.body.args[0].op != "if":
        raise Refused(f"{r.body} is no multiple of a choice")
    condition, one, none = r.body.args[0].args
    if (one, none) != (number(1), number(0)) or condition.op != "=":
        raise Refused(f"{r.body} is not picked by its index")
    own, place = condition.args
    if own != r.v.term or r.v in place.free:
        raise Refused(f"{condition} does not say what the index is")
    found = substitute(r.body.args[1], {r.v: place})
    more = _needed(at_most(r.lo, place), at_most(place, r.hi))
    return mint("picked", equal(term, found), more=more)


# --- double sums and products -----------------------------------------------------------


def _double(term: Term) -> tuple[_Range, _Range]:
    """Return a double sum of numbers or matrices, or a double product of numbers, taken apart."""
    outer = _Range(term, "sum", "prod")
    if outer.body.op != term.op:
        raise Refused(f"{term} is no double sum or product")
    return outer, _Range(outer.body, "sum", "prod")


def exchange(term: Term) -> Theorem:
    """Return: over i, of that over l, is over l, of that over i.

    For l from lo' to hi', free of i; for l = i, ..., hi it is over i = lo, ..., l, and for
    l = i + 1, ..., hi over i = lo, ..., l - 1.
    """
    r, s = _double(term)
    i, l = r.v.term, s.v.term
    if r.v not in s.lo.free | s.hi.free:
        turned = s.over(s.lo, s.hi, r.over(r.lo, r.hi, s.body))
        return mint("exchange", equal(term, turned), more=_needed(r.ordered, s.ordered))
    if s.lo not in (i, i + 1) or s.hi != r.hi:
        raise Refused(f"the range {s.lo}, ..., {s.hi} is no part of {r.lo}, ..., {r.hi}")
    turned = s.over(r.lo, r.hi, r.over(r.lo, l - (s.lo - i), s.body))
    return mint("exchange", equal(term, turned), more=_needed(r.ordered))


def pairs(term: Term) -> Theorem:
    """Return: over i, l = lo, ..., hi is over i = l, and over i < l of f(i, l) and f(l, i)."""
    r, s = _double(term)
    if (s.lo, s.hi) != (r.lo, r.hi):
        raise Refused(f"{term} is not over a square of indices")
    i, l = r.v, s.v
    one = r.over(r.lo, r.hi, substitute(s.body, {l: i.term}))
    crossed = substitute(s.body, {i: l.term, l: i.term})
    two = r.over(r.lo, r.hi, s.over(i.term + 1, r.hi, s.join(s.body, crossed)))
    return mint("pairs", equal(term, r.join(one, two)), more=_needed(r.ordered))


def split_pairs(term: Term, middle: Term | int) -> Theorem:
    """Return: over lo <= i < l <= hi is over those up to m, those with i <= m < l, those above m.

    For lo - 1 <= m <= hi.
    """
    r, s = _double(term)
    m, i = integer(middle), r.v.term
    if s.lo != i + 1 or s.hi != r.hi:
        raise Refused(f"{term} is not over pairs i < l of indices")
    below = r.over(r.lo, m, s.over(i + 1, m))
    across = r.over(r.lo, m, s.over(m + 1, r.hi))
    above = r.over(m + 1, r.hi)
    parts = r.join(r.join(below, across), above)
    return mint(
        "split pairs", equal(term, parts), more=_needed(at_most(r.lo - 1, m), at_most(m, r.hi))
    )


# --- cases ----------------------------------------------------------------------------------------


def chosen(term: Term, theorem: Theorem) -> Theorem:
    """Return which of its two values a choice has, by a theorem for or against its condition."""
    if term.op != "if":
        raise Refused(f"{term} is no choice")
    condition, then, otherwise = term.args
    if theorem.conclusion == condition:
        return mint("chosen", equal(term, then), [theorem])
    if theorem.conclusion == negation(condition):
        return mint("chosen", equal(term, otherwise), [theorem])
    raise Refused(f"{theorem.conclusion} does not decide {condition}")
