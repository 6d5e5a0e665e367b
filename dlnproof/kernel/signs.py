"""Inequalities between numbers: certificates, powers, sums and products over ranges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from dlnproof.kernel.logic import sides
from dlnproof.kernel.numbers import field_in, obligation, plain
from dlnproof.kernel.terms import (
    INT,
    PI,
    REAL,
    Symbol,
    Term,
    at_most,
    constant_of,
    different,
    divide,
    equal,
    gamma,
    integer,
    less,
    log,
    multiply,
    number,
    power,
    product,
    total,
    trace,
    transpose,
    zero,
)
from dlnproof.kernel.theorem import Refused, Theorem, mint

Factor = Theorem | Term | Fraction | int
"""x <= y, x < y: the number y - x; x != y, or a term: a square; or a positive rational."""


def ordered(theorem: Theorem, *ops: str) -> tuple[Term, Term]:
    """Return the two sides of a theorem with one of the relations."""
    if theorem.conclusion.op not in ops:
        raise Refused(f"{theorem.conclusion} has none of the signs {', '.join(ops)}")
    left, right = theorem.conclusion.args
    return left, right


def inequality(theorem: Theorem) -> tuple[Term, Term, bool]:
    """Return the numbers a and b of a <= b or a < b, and whether it is strict."""
    a, b = ordered(theorem, "<=", "<")
    if a.sort != REAL:
        raise Refused(f"{theorem.conclusion} is no inequality of numbers")
    return a, b, theorem.conclusion.op == "<"


def _compared(strict: bool, left: Term, right: Term) -> Term:
    return less(left, right) if strict else at_most(left, right)


# --- certificates ---------------------------------------------------------------------------------


def certificate(
    goal: Term,
    terms: Iterable[Sequence[Factor]],
    combination: Sequence[tuple[Term, Theorem]] = (),
    letters: Iterable[Term] = (),
) -> Theorem:
    """Return a <= b, or a < b, of numbers: b - a is a sum of products of nonnegative factors.

    A factor is y - x for a theorem x <= y or x < y; (y - x)^2 for a theorem x != y; t^2 for a
    term; or a positive rational. a < b wants a product in which all factors are positive: no square
    of a term, no x <= y. That b - a is the sum, modulo the equations, is decided by
    :func:`field_in`, whose hypotheses join those of the theorems.
    """
    if goal.op not in ("<=", "<") or goal.args[0].sort != REAL:
        raise Refused(f"{goal} is no inequality of numbers")
    whole, strict = number(0), False
    parents: list[Theorem] = []
    for factors in terms:
        part, positive = number(1), True
        for factor in factors:
            value, above = _factor(factor)
            part, positive = part * value, positive and above
            parents += [factor] if isinstance(factor, Theorem) else []
        whole, strict = whole + part, strict or positive
    if goal.op == "<" and not strict:
        raise Refused(f"no term shows that {goal} is strict")
    a, b = goal.args
    identity = field_in(letters, b - a, whole, *combination)
    return mint("certificate", goal, [identity, *parents])


def nonzero_certificate(
    goal: Term,
    factors: Iterable[Theorem | Fraction | int],
    combination: Sequence[tuple[Term, Theorem]] = (),
    letters: Iterable[Term] = (),
) -> Theorem:
    """Return a != b, of numbers: b - a is a product of factors that are not zero.

    A factor is y - x for a theorem x != y or x < y, or a rational that is not zero.
    """
    if goal.op != "!=" or goal.args[0].sort != REAL:
        raise Refused(f"{goal} does not say of numbers that they differ")
    whole = number(1)
    parents: list[Theorem] = []
    for factor in factors:
        if isinstance(factor, Theorem):
            x, y = (number(side) for side in ordered(factor, "!=", "<"))
            whole, parents = whole * (y - x), [*parents, factor]
        elif factor == 0:
            raise Refused("a factor is zero")
        else:
            whole = whole * number(factor)
    a, b = goal.args
    identity = field_in(letters, b - a, whole, *combination)
    return mint("nonzero certificate", goal, [identity, *parents])


def _factor(factor: Factor) -> tuple[Term, bool]:
    """Return the nonnegative number that a factor is, and whether it is positive."""
    if isinstance(factor, Theorem):
        x, y = (number(side) for side in ordered(factor, "<=", "<", "!="))
        if factor.conclusion.op == "!=":
            return power(y - x, 2), True
        return y - x, factor.conclusion.op == "<"
    if isinstance(factor, Term):
        return power(number(factor), 2), False
    if not factor > 0:
        raise Refused(f"{factor} is not positive")
    return number(factor), True


def decided(sentence: Term) -> Theorem:
    """Return a sentence a <= b, a < b, a = b, or a != b about rational constants."""
    a, b = (_constant(side) for side in sentence.args) if len(sentence.args) == 2 else (None, None)
    if a is None or b is None:
        raise Refused(f"{sentence} is not about rational constants")
    holds = {"<=": a <= b, "<": a < b, "=": a == b, "!=": a != b}.get(sentence.op, False)
    if not holds:
        raise Refused(f"{sentence} is not so")
    return mint("decided", sentence)


def _constant(term: Term) -> Fraction | None:
    if term.sort == INT:
        value = constant_of(term)
        return None if value is None else Fraction(value)
    return plain(term) if term.sort == REAL else None


# --- from one relation to another -----------------------------------------------------------------


def weaker(theorem: Theorem) -> Theorem:
    """Return a <= b from a < b, or from a = b."""
    a, b = ordered(theorem, "<", "=")
    return mint("weaker", at_most(a, b), [theorem])


def apart(theorem: Theorem) -> Theorem:
    """Return b != a from a < b, as 0 < x is x != 0; of integers b != a - 1 from a <= b."""
    a, b = ordered(theorem, "<", "<=")
    if theorem.conclusion.op == "<=":
        if a.sort != INT:
            raise Refused(f"{theorem.conclusion} is not strict")
        a = a - 1
    return mint("apart", different(b, a), [theorem])


def turned(theorem: Theorem) -> Theorem:
    """Return b != a from a != b."""
    a, b = ordered(theorem, "!=")
    return mint("turned", different(b, a), [theorem])


def antisymmetric(theorem: Theorem, back: Theorem) -> Theorem:
    """Return a = b from a <= b and b <= a."""
    a, b = ordered(theorem, "<=")
    if ordered(back, "<=") != (b, a):
        raise Refused(f"{back.conclusion} is not {b} <= {a}")
    return mint("antisymmetric", equal(a, b), [theorem, back])


def stricter(theorem: Theorem, distinct: Theorem) -> Theorem:
    """Return a < b from a <= b and a != b, or b != a."""
    a, b = ordered(theorem, "<=")
    if set(ordered(distinct, "!=")) != {a, b}:
        raise Refused(f"{distinct.conclusion} is not {a} != {b}")
    return mint("stricter", less(a, b), [theorem, distinct])


def chain(theorem: Theorem, *others: Theorem) -> Theorem:
    """Return a <= c from a <= b and b <= c, and so on; a < c if one of them is strict."""
    left, right = ordered(theorem, "<=", "<", "=")
    strict = theorem.conclusion.op == "<"
    for other in others:
        a, b = ordered(other, "<=", "<", "=")
        if a != right:
            raise Refused(f"{other.conclusion} does not begin with {right}")
        right, strict = b, strict or other.conclusion.op == "<"
    return mint("chain", _compared(strict, left, right), [theorem, *others])


def as_numbers(theorem: Theorem) -> Theorem:
    """Return a relation of integers as one of numbers; 1 <= n gives 1 <= n, not 0 < n."""
    a, b = ordered(theorem, "=", "!=", "<=")
    if a.sort != INT:
        raise Refused(f"{theorem.conclusion} is not about integers")
    return mint("as numbers", _RELATION[theorem.conclusion.op](number(a), number(b)), [theorem])


def as_integers(theorem: Theorem) -> Theorem:
    """Return a relation of numbers that are integers as one of integers."""
    a, b = (_integer(side) for side in ordered(theorem, "=", "!=", "<=", "<"))
    return mint("as integers", _RELATION[theorem.conclusion.op](a, b), [theorem])


_RELATION: Final = {"=": equal, "!=": different, "<=": at_most, "<": less}


def _integer(term: Term) -> Term:
    if term.op == "real":
        return term.args[0]
    if term.op == "number" and term.data.denominator == 1:
        return integer(term.data.numerator)
    raise Refused(f"{term} is no integer as a number")


def positive_integer(theorem: Theorem) -> Theorem:
    """Return 0 < b - a + 1, as a number, from a <= b of integers: 0 < n from 1 <= n."""
    a, b = ordered(theorem, "<=")
    if a.sort != INT:
        raise Refused(f"{theorem.conclusion} is not about integers")
    return mint("positive integer", less(number(0), number(b - a + 1)), [theorem])


# --- powers, roots and logarithms -----------------------------------------------------------------


def _raised(base: Term, exponent: Term | int | Fraction) -> tuple[Term, Term]:
    """Return a power of a number, and its exponent as a term."""
    if base.sort != REAL:
        raise Refused(f"{base} is no number")
    raised = power(base, exponent)
    return raised, raised.args[1]


def _exponent(op: str, exponent: Term) -> list[Term]:
    """Return the condition that an exponent is ``positive`` or ``nonnegative``."""
    return obligation(op, number(exponent))


def _is_zero(term: Term) -> bool:
    return plain(term) == 0


def power_positive(theorem: Theorem, exponent: Term | int | Fraction) -> Theorem:
    """Return 0 < x^e from 0 < x."""
    zero_, x, strict = inequality(theorem)
    if not (_is_zero(zero_) and strict):
        raise Refused(f"{theorem.conclusion} is not 0 < x")
    return mint("power positive", less(number(0), _raised(x, exponent)[0]), [theorem])


def power_nonnegative(theorem: Theorem, exponent: Term | int | Fraction) -> Theorem:
    """Return 0 <= x^e from 0 <= x, for 0 <= e if e is an integer, 0 < e if it is a number."""
    zero_, x, _ = inequality(theorem)
    if not _is_zero(zero_):
        raise Refused(f"{theorem.conclusion} is not 0 <= x")
    raised, e = _raised(x, exponent)
    needed = _exponent("nonnegative" if e.sort == INT else "positive", e)
    return mint("power nonnegative", at_most(number(0), raised), [theorem], more=needed)


def power_nonzero(theorem: Theorem, exponent: Term | int) -> Theorem:
    """Return x^n != 0 from x != 0, for an integer n."""
    x, zero_ = ordered(theorem, "!=")
    if not _is_zero(zero_):
        raise Refused(f"{theorem.conclusion} is not x != 0")
    return mint("power nonzero", different(power(x, integer(exponent)), number(0)), [theorem])


def even_power_nonnegative(x: Term, half: Term | int) -> Theorem:
    """Return 0 <= x^(2n), for an integer 0 <= n and any number x."""
    raised, _ = _raised(x, integer(half) * 2)
    needed = _exponent("nonnegative", integer(half))
    return mint("even power", at_most(number(0), raised), more=needed)


def power_monotone(above: Theorem, theorem: Theorem, exponent: Term | int | Fraction) -> Theorem:
    """Return x^e <= y^e from 0 <= x and x <= y, x^e < y^e from 0 <= x and x < y.

    For 0 < e; for x <= y and an integer e, 0 <= e.
    """
    x, y, strict = inequality(theorem)
    zero_, same, _ = inequality(above)
    if not _is_zero(zero_) or same != x:
        raise Refused(f"{above.conclusion} is not 0 <= {x}")
    left, e = _raised(x, exponent)
    natural = e.sort == INT and not strict
    needed = _exponent("nonnegative" if natural else "positive", e)
    sentence = _compared(strict, left, _raised(y, exponent)[0])
    return mint("power monotone", sentence, [above, theorem], more=needed)


def power_antitone(above: Theorem, theorem: Theorem, exponent: Term | int | Fraction) -> Theorem:
    """Return y^(-e) <= x^(-e) from 0 < x and x <= y, for 0 <= e; strict for x < y and 0 < e."""
    x, y, strict = inequality(theorem)
    zero_, same, positive = inequality(above)
    if not (_is_zero(zero_) and positive) or same != x:
        raise Refused(f"{above.conclusion} is not 0 < {x}")
    e = _raised(x, exponent)[1]
    needed = _exponent("positive" if strict else "nonnegative", e)
    sentence = _compared(strict, power(y, -e), power(x, -e))
    return mint("power antitone", sentence, [above, theorem], more=needed)


def exponent_monotone(base: Theorem, exponents: Theorem) -> Theorem:
    """Return x^a <= x^b from 1 <= x and a <= b; strict if both are. Integers a, b or numbers."""
    one, x, above = inequality(base)
    a, b = ordered(exponents, "<=", "<")
    if plain(one) != 1:
        raise Refused(f"{base.conclusion} is not 1 <= x")
    strict = above and exponents.conclusion.op == "<"
    sentence = _compared(strict, power(x, a), power(x, b))
    return mint("exponent monotone", sentence, [base, exponents])


def exponent_antitone(above: Theorem, base: Theorem, exponents: Theorem) -> Theorem:
    """Return x^b <= x^a from 0 < x, x <= 1 and a <= b; strict if the last two are."""
    zero_, same, positive = inequality(above)
    x, one, below = inequality(base)
    a, b = ordered(exponents, "<=", "<")
    if plain(one) != 1 or same != x or not (_is_zero(zero_) and positive):
        raise Refused(f"{above.conclusion} and {base.conclusion} are not 0 < x and x <= 1")
    strict = below and exponents.conclusion.op == "<"
    sentence = _compared(strict, power(x, b), power(x, a))
    return mint("exponent antitone", sentence, [above, base, exponents])


def power_injective(x_above: Theorem, y_above: Theorem, powers: Theorem) -> Theorem:
    """Return x = y from 0 <= x, 0 <= y and x^e = y^e, for 0 < e."""
    left, right = sides(powers)
    if not (left.op == right.op == "^") or left.args[1] != right.args[1]:
        raise Refused(f"{powers.conclusion} does not equate two powers with one exponent")
    for theorem, base in ((x_above, left.args[0]), (y_above, right.args[0])):
        zero_, value, _ = inequality(theorem)
        if not _is_zero(zero_) or value != base:
            raise Refused(f"{theorem.conclusion} is not 0 <= {base}")
    needed = _exponent("positive", left.args[1])
    sentence = equal(left.args[0], right.args[0])
    return mint("power injective", sentence, [x_above, y_above, powers], more=needed)


def unique_root(above: Theorem, powers: Theorem) -> Theorem:
    """Return x^(1/e) = y from 0 <= y and y^e = x, for 0 < e: the root is the one that is >= 0.

    For e = 2 it is root(x); for an e that is no constant the exponent is 1/e.
    """
    raised, x = sides(powers)
    zero_, y, _ = inequality(above)
    if raised.op != "^" or raised.args[0] != y or not _is_zero(zero_):
        raise Refused(f"{above.conclusion} and {powers.conclusion} are not 0 <= y and y^e = x")
    e = raised.args[1]
    needed = _exponent("positive", e)
    value = plain(number(e))
    inverse = divide(number(1), number(e)) if value is None else number(1 / value)
    return mint("unique root", equal(power(x, inverse), y), [above, powers], more=needed)


def log_monotone(above: Theorem, theorem: Theorem) -> Theorem:
    """Return log x <= log y from 0 < x and x <= y; strict if x < y."""
    zero_, same, positive = inequality(above)
    x, y, strict = inequality(theorem)
    if not (_is_zero(zero_) and positive) or same != x:
        raise Refused(f"{above.conclusion} is not 0 < {x}")
    return mint("log monotone", _compared(strict, log(x), log(y)), [above, theorem])


def log_injective(theorem: Theorem) -> Theorem:
    """Return x = y from log x = log y, for 0 < x and 0 < y."""
    left, right = sides(theorem)
    if not left.op == right.op == "log":
        raise Refused(f"{theorem.conclusion} does not equate two logarithms")
    x, y = left.args[0], right.args[0]
    needed = obligation("positive", x) + obligation("positive", y)
    return mint("log injective", equal(x, y), [theorem], more=needed)


def pi_positive() -> Theorem:
    """Return 0 < pi."""
    return mint("pi positive", less(number(0), PI))


def gamma_positive(theorem: Theorem) -> Theorem:
    """Return 0 < Gamma(x) from 0 < x."""
    zero_, x, strict = inequality(theorem)
    if not (_is_zero(zero_) and strict):
        raise Refused(f"{theorem.conclusion} is not 0 < x")
    return mint("gamma positive", less(number(0), gamma(x)), [theorem])


# --- products of factors --------------------------------------------------------------------------


def product_nonzero(theorem: Theorem, other: Theorem) -> Theorem:
    """Return x y != 0 from x != 0 and y != 0, of two integers, or two numbers."""
    x, y = (_nonzero(t) for t in (theorem, other))
    if x.sort != y.sort:
        raise Refused(f"{x} is a {x.sort.kind}, {y} a {y.sort.kind}")
    return mint("product nonzero", different(multiply(x, y), 0), [theorem, other])


def product_of_integers(theorem: Theorem, other: Theorem) -> Theorem:
    """Return 0 <= (b - a)(d - c) from a <= b and c <= d, of integers."""
    (a, b), (c, d) = ordered(theorem, "<="), ordered(other, "<=")
    if a.sort != INT or c.sort != INT:
        raise Refused(f"{theorem.conclusion} and {other.conclusion} are not both about integers")
    return mint("product of integers", at_most(0, (b - a) * (d - c)), [theorem, other])


def _nonzero(theorem: Theorem) -> Term:
    x, zero_ = ordered(theorem, "!=")
    if _constant(zero_) != 0:
        raise Refused(f"{theorem.conclusion} is not x != 0")
    return x


# --- over ranges ----------------------------------------------------------------------------------


def _discharged(theorem: Theorem, k: Symbol, lo: Term, hi: Term) -> frozenset[Term]:
    """Return lo <= k and k <= hi, which alone may have the index k among the hypotheses."""
    conditions = frozenset((at_most(lo, k.term), at_most(k.term, hi)))
    if k.sort != INT:
        raise Refused(f"{k.name} is no index")
    for sentence in theorem.hypotheses - conditions:
        if k in sentence.free:
            raise Refused(f"{k.name} is free in {sentence}")
    return conditions


def _range(lo: Term | int, hi: Term | int, least: int) -> tuple[Term, Term, list[Term]]:
    """Return the ends, and that there are at least so many (0 or 1) indices between them."""
    lo, hi = integer(lo), integer(hi)
    length = constant_of(hi - lo)
    if length is not None and length < least - 1:
        raise Refused(f"there are fewer than {least} indices from {lo} to {hi}")
    return lo, hi, [at_most(lo + (least - 1), hi)] if length is None else []


def sum_monotone(theorem: Theorem, k: Symbol, lo: Term | int, hi: Term | int) -> Theorem:
    """Return sum f <= sum g over k = lo..hi from f(k) <= g(k), for lo - 1 <= hi.

    From f(k) < g(k) the sums are strictly ordered, for lo <= hi. The index k is free in no
    hypothesis but lo <= k and k <= hi, which are discharged.
    """
    f, g, strict = inequality(theorem)
    lo, hi, needed = _range(lo, hi, 1 if strict else 0)
    less_ = _discharged(theorem, k, lo, hi)
    sentence = _compared(strict, total(k, lo, hi, f), total(k, lo, hi, g))
    return mint("sum monotone", sentence, [theorem], less=less_, more=needed)


def sum_nonnegative(theorem: Theorem, k: Symbol, lo: Term | int, hi: Term | int) -> Theorem:
    """Return 0 <= sum f from 0 <= f(k), for lo - 1 <= hi; 0 < sum f from 0 < f(k), lo <= hi.

    The index k is free in no hypothesis but lo <= k and k <= hi, which are discharged.
    """
    zero_, f, strict = inequality(theorem)
    if not _is_zero(zero_):
        raise Refused(f"{theorem.conclusion} is not 0 <= f")
    lo, hi, needed = _range(lo, hi, 1 if strict else 0)
    less_ = _discharged(theorem, k, lo, hi)
    sentence = _compared(strict, number(0), total(k, lo, hi, f))
    return mint("sum nonnegative", sentence, [theorem], less=less_, more=needed)


def product_nonnegative(theorem: Theorem, k: Symbol, lo: Term | int, hi: Term | int) -> Theorem:
    """Return 0 <= prod f from 0 <= f(k), 0 < prod f from 0 < f(k), for lo - 1 <= hi.

    The index k is free in no hypothesis but lo <= k and k <= hi, which are discharged.
    """
    zero_, f, strict = inequality(theorem)
    if not _is_zero(zero_):
        raise Refused(f"{theorem.conclusion} is not 0 <= f")
    lo, hi, needed = _range(lo, hi, 0)
    less_ = _discharged(theorem, k, lo, hi)
    sentence = _compared(strict, number(0), product(k, lo, hi, f))
    return mint("product nonnegative", sentence, [theorem], less=less_, more=needed)


def product_over_nonzero(theorem: Theorem, k: Symbol, lo: Term | int, hi: Term | int) -> Theorem:
    """Return prod f != 0 from f(k) != 0, for lo - 1 <= hi.

    The index k is free in no hypothesis but lo <= k and k <= hi, which are discharged.
    """
    f = number(_nonzero(theorem))
    lo, hi, needed = _range(lo, hi, 0)
    less_ = _discharged(theorem, k, lo, hi)
    sentence = different(product(k, lo, hi, f), number(0))
    return mint("product over nonzero", sentence, [theorem], less=less_, more=needed)


def product_monotone(
    above: Theorem, theorem: Theorem, k: Symbol, lo: Term | int, hi: Term | int
) -> Theorem:
    """Return prod f <= prod g from 0 <= f(k) and f(k) <= g(k), for lo - 1 <= hi.

    The index k is free in no hypothesis but lo <= k and k <= hi, which are discharged.
    """
    f, g, _ = inequality(theorem)
    zero_, same, _ = inequality(above)
    if not _is_zero(zero_) or same != f:
        raise Refused(f"{above.conclusion} is not 0 <= {f}")
    lo, hi, needed = _range(lo, hi, 0)
    less_ = _discharged(theorem, k, lo, hi) | _discharged(above, k, lo, hi)
    sentence = at_most(product(k, lo, hi, f), product(k, lo, hi, g))
    return mint("product monotone", sentence, [above, theorem], less=less_, more=needed)


# --- matrices -------------------------------------------------------------------------------------


def gram_trace_nonnegative(matrix: Term) -> Theorem:
    """Return 0 <= Tr(M^T M)."""
    return mint("gram trace", at_most(number(0), trace(transpose(matrix) * matrix)))


def gram_trace_zero(theorem: Theorem) -> Theorem:
    """Return M = O from Tr(M^T M) = 0."""
    left, right = sides(theorem)
    inside = left.args[0] if left.op == "trace" else left
    if inside.op != "*" or inside.args[0] != transpose(inside.args[1]) or not _is_zero(right):
        raise Refused(f"{theorem.conclusion} is not Tr(M^T M) = 0")
    matrix = inside.args[1]
    return mint("gram trace zero", equal(matrix, zero(*matrix.sort.shape)), [theorem])
