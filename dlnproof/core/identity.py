"""Identities between rational functions over QQ, decided by two engines that must agree.

One engine is sympy's field of fractions (its own gcd and cancellation), the other FLINT's
polynomials with numerator and denominator kept apart and compared by cross multiplication.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, fmpq_mpoly, fmpq_mpoly_ctx

from dlnproof.core.domain import Domain, polynomial_ring
from dlnproof.core.expression import Expression, Letter, as_expression
from dlnproof.core.precision import working_precision
from dlnproof.core.verdict import Verdict


@dataclass(frozen=True)
class Decision:
    """The outcome for one equation: the verdict, why, what was divided by, and a witness if false.

    ``divisors`` are the irreducible polynomials that both sides divide by, all shown to be nonzero
    on the domain when the verdict is PROVED. ``witness`` is a point of the domain where the two
    sides differ, with both values. ``multiple`` is the factor by which a hypothesis was multiplied.
    """

    verdict: Verdict
    why: str
    divisors: tuple[Expression, ...] = ()
    witness: dict[str, str] | None = None
    multiple: Expression | None = None


@dataclass(frozen=True)
class Ratio:
    """A numerator over a denominator, never reduced: FLINT's side of every decision."""

    num: fmpq_mpoly
    den: fmpq_mpoly

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.num * other.den + other.num * self.den, self.den * other.den)

    def __sub__(self, other: Ratio) -> Ratio:
        return Ratio(self.num * other.den - other.num * self.den, self.den * other.den)

    def __mul__(self, other: Ratio) -> Ratio:
        return Ratio(self.num * other.num, self.den * other.den)

    def __truediv__(self, other: Ratio) -> Ratio:
        if not other.num:
            raise ZeroDivisionError
        return Ratio(self.num * other.den, self.den * other.num)


def flint_ratio(expression: Expression, context: fmpq_mpoly_ctx) -> Ratio:
    """Return the expression as a numerator and a denominator in FLINT's polynomial ring."""
    one = context.constant(1)
    values = {name: Ratio(x, one) for name, x in zip(context.names(), context.gens(), strict=True)}
    ratio: Ratio = expression.at(
        {letter: values[letter.name] for letter in expression.letters()},
        lambda constant: Ratio(context.constant(constant), one),
    )
    return ratio


def _equal_by_sympy(left: Expression, right: Expression, names: list[str]) -> bool:
    from sympy import QQ
    from sympy.polys.fields import field

    if not names:  # sympy has no field in no letters
        names = ["unused"]
    domain, *generators = field(names, QQ)
    values: dict[str, Any] = dict(zip(names, generators, strict=True))

    def element(side: Expression) -> Any:
        return side.at({letter: values[letter.name] for letter in side.letters()}, domain)

    return bool(element(left) == element(right))


def decide_identity(left: Expression, right: Expression, domain: Domain) -> Decision:
    """Decide whether ``left == right`` wherever the domain's hypotheses hold, for every N >= 1.

    PROVED: both engines find the same rational function, and every polynomial divided by is
    nonzero on the domain; where sequences occur the instance N = 1 is decided once more apart.
    REFUTED: both engines find different functions, and a point of the domain is attached.
    UNDECIDED: a divisor may vanish, or no such point was found. ERROR: the engines disagree.
    """
    decision = _decide(left, right, domain)
    first = domain.at_first()
    if decision.verdict is Verdict.PROVED and letters_of(left, right) & set(first):
        at_one = _decide(left.substitute(first), right.substitute(first), domain)
        if at_one.verdict is not Verdict.PROVED:
            return Decision(Verdict.UNDECIDED, f"at N = 1: {at_one.why}", decision.divisors)
    return decision


def _decide(left: Expression, right: Expression, domain: Domain) -> Decision:
    context = polynomial_ring(letters_of(left, right))
    try:
        a, b = flint_ratio(left, context), flint_ratio(right, context)
        by_flint = a.num * b.den == b.num * a.den
        by_sympy = _equal_by_sympy(left, right, list(context.names()))
        divisors = nonzero_divisors((left, right), domain, context)
    except ZeroDivisionError:
        return Decision(Verdict.UNDECIDED, "a denominator is identically zero")
    if by_flint != by_sympy:
        return Decision(Verdict.ERROR, f"engines disagree: FLINT {by_flint}, sympy {by_sympy}")
    if by_flint:
        if isinstance(divisors, str):
            return Decision(Verdict.UNDECIDED, divisors)
        return Decision(Verdict.PROVED, "equal as rational functions", divisors)
    witness = _witness(left, right, domain)
    if witness is None:
        return Decision(Verdict.UNDECIDED, "different functions, but no counterexample found")
    return Decision(Verdict.REFUTED, "different rational functions", witness=witness)


def nonzero_divisors(
    sides: tuple[Expression, ...], domain: Domain, context: fmpq_mpoly_ctx
) -> tuple[Expression, ...] | str:
    """Return the irreducible factors of all divisors, or the reason why one may vanish."""
    letters = {letter.name: letter for letter in letters_of(*sides)}
    factors: dict[str, fmpq_mpoly] = {}
    for side in sides:
        for divisor in side.divisors():
            _, found = flint_ratio(divisor, context).num.factor()
            factors |= {str(factor): factor for factor, _ in found}
    for name, factor in factors.items():
        if not domain.is_nonzero(factor):
            return f"the denominator {name} may vanish on the domain"
    return tuple(_as_expression(factors[name], letters) for name in sorted(factors))


def _witness(left: Expression, right: Expression, domain: Domain) -> dict[str, str] | None:
    with working_precision(128):
        for point in domain.points(letters_of(left, right)):
            try:
                a, b = left.at(point), right.at(point)
            except ZeroDivisionError:
                continue
            # exact unless a logarithm occurs; balls that do not overlap hold different numbers
            exact = not (isinstance(a, arb) or isinstance(b, arb))
            if a != b if exact else not arb(a).overlaps(arb(b)):
                named = {letter.name: str(value) for letter, value in point.items()}
                return {**named, "left": str(a), "right": str(b)}
    return None


def multiple_of(
    goal: tuple[Expression, Expression], given: tuple[Expression, Expression], domain: Domain
) -> Decision:
    """Decide whether ``goal`` follows from ``given`` (pairs of sides) by a polynomial multiple.

    PROVED: over a common denominator the goal's difference is a polynomial times the given one,
    found by exact division in FLINT and confirmed by sympy, and no divisor of the goal vanishes.
    """
    context = polynomial_ring(letters_of(*goal, *given))
    wanted = (flint_ratio(goal[0], context) - flint_ratio(goal[1], context)).num
    known = flint_ratio(given[0], context) - flint_ratio(given[1], context)
    quotient, remainder = divmod(wanted, known.num)
    divisors = nonzero_divisors((*goal, *given), domain, context)
    if remainder:
        return Decision(Verdict.UNDECIDED, "not a polynomial multiple of the hypothesis")
    if isinstance(divisors, str):
        return Decision(Verdict.UNDECIDED, divisors)
    if not _confirmed_by_sympy(wanted, quotient, known.num):
        return Decision(Verdict.ERROR, "engines disagree about the multiple")
    names = {letter.name: letter for letter in letters_of(*goal, *given)}
    multiple = _as_expression(quotient, names)
    return Decision(Verdict.PROVED, "a multiple of the hypothesis", divisors, multiple=multiple)


def _confirmed_by_sympy(wanted: fmpq_mpoly, quotient: fmpq_mpoly, known: fmpq_mpoly) -> bool:
    from sympy import QQ, ring

    names = [str(name) for name in wanted.context().names()] or ["unused"]
    polynomials, *_ = ring(names, QQ)

    def copy(p: fmpq_mpoly) -> Any:
        terms = {tuple(map(int, m)) or (0,): QQ(int(c.p), int(c.q)) for m, c in p.terms()}
        return polynomials.from_dict(terms)

    return bool(copy(wanted) == copy(quotient) * copy(known))


def _as_expression(polynomial: fmpq_mpoly, names: dict[str, Letter]) -> Expression:
    """Return a polynomial as an expression, for print."""
    total: Expression | None = None
    for exponents, coefficient in polynomial.terms():
        term: Expression | None = None
        for name, exponent in zip(polynomial.context().names(), map(int, exponents), strict=True):
            if exponent:
                power = names[name] if exponent == 1 else names[name] ** exponent
                term = power if term is None else term * power
        scalar = Fraction(int(coefficient.p), int(coefficient.q))
        size = as_expression(abs(scalar))
        term = size if term is None else term if abs(scalar) == 1 else size * term
        if total is None:
            total = term if scalar > 0 else 0 - term
        else:
            total = total + term if scalar > 0 else total - term
    return as_expression(0) if total is None else total


def letters_of(*sides: Expression) -> frozenset[Letter]:
    """Return the letters that occur on any of the sides."""
    return frozenset().union(*(side.letters() for side in sides))
