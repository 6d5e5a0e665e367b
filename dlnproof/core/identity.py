"""Identities between rational functions, and equations that follow from one another.

Both engines decide, and must agree.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dlnproof.core.domain import Domain
from dlnproof.core.engines import (
    equal_by_flint,
    equal_by_sympy,
    flint_ratio,
    letters_of,
    polynomial_expression,
    polynomial_ring,
)
from dlnproof.core.expression import Expression
from dlnproof.core.verdict import Verdict, worst

Equation = tuple[Expression, Expression]


@dataclass(frozen=True)
class Decision:
    """The outcome for one equation: the verdict, why, what was divided by, and what is left open.

    ``divisors`` are the irreducible polynomials that both sides divide by, all shown to be nonzero
    on the domain when the verdict is PROVED. ``multiple`` is the factor by which a hypothesis was
    multiplied. ``question`` is what is left open and a counterexample may refute (the core looks
    for none, since no search proves anything), ``parts`` the decisions of which this is the worst.
    ``witness`` is a point of the domain where the two sides differ, with both values.
    """

    verdict: Verdict
    why: str
    divisors: tuple[Expression, ...] = ()
    multiple: Expression | None = None
    question: Any = None
    parts: tuple[Decision, ...] = ()
    witness: dict[str, str] | None = None


@dataclass(frozen=True)
class Difference:
    """Two sides not seen to be equal: at a point of a domain, or of matrices that obey rules."""

    left: Expression
    right: Expression
    under: Domain | tuple[Equation, ...]


def decide_identity(left: Expression, right: Expression, domain: Domain) -> Decision:
    """Decide whether ``left == right`` wherever the domain's hypotheses hold, for every N >= 1.

    PROVED: both engines find the same rational function, and every polynomial divided by is
    nonzero on the domain; where sequences occur the instance N = 1 is decided once more apart.
    UNDECIDED: a divisor may vanish, or the functions differ, so that points of the domain may
    refute it. ERROR: the engines disagree.
    """
    decision = _decide(left, right, domain)
    first = domain.at_first()
    if decision.verdict is Verdict.PROVED and letters_of(left, right) & set(first):
        at_one = _decide(left.substitute(first), right.substitute(first), domain)
        if at_one.verdict is not Verdict.PROVED:
            verdict = Verdict.ERROR if at_one.verdict is Verdict.ERROR else Verdict.UNDECIDED
            return Decision(verdict, f"at N = 1: {at_one.why}", decision.divisors)
    return decision


def _decide(left: Expression, right: Expression, domain: Domain) -> Decision:
    by_flint, by_sympy = equal_by_flint(left, right), equal_by_sympy(left, right)
    if by_flint is not by_sympy:
        return Decision(Verdict.ERROR, f"engines disagree: FLINT {by_flint}, sympy {by_sympy}")
    if by_flint is None:
        return Decision(Verdict.UNDECIDED, "a denominator is identically zero")
    if by_flint:
        divisors = domain.divisors(left, right)
        if isinstance(divisors, str):
            return Decision(Verdict.UNDECIDED, divisors)
        return Decision(Verdict.PROVED, "equal as rational functions", divisors)
    question = Difference(left, right, domain)
    return Decision(Verdict.UNDECIDED, "different rational functions", question=question)


def multiple_of(goal: Equation, given: Equation, domain: Domain) -> Decision:
    """Decide whether one equation follows from another by a multiple of its difference.

    PROVED: over a common denominator the goal's difference is a polynomial times the given one,
    found by exact division in FLINT and confirmed by sympy from the four sides, and no divisor of
    either equation vanishes.
    """
    divisors = domain.divisors(*goal, *given)
    if isinstance(divisors, str):
        return Decision(Verdict.UNDECIDED, divisors)
    letters = letters_of(*goal, *given)
    context = polynomial_ring(letters)
    wanted, known = (flint_ratio(left - right, context) for left, right in (goal, given))
    quotient, remainder = divmod(wanted.num, known.num) if known.num else (known.num, wanted.num)
    if remainder:
        return Decision(Verdict.UNDECIDED, "not a polynomial multiple of the hypothesis")
    multiple = polynomial_expression(quotient, letters)
    if wanted.den != known.den:
        above, below = (polynomial_expression(r.den, letters) for r in (known, wanted))
        multiple = multiple * above / below
    if equal_by_sympy(goal[0] - goal[1], multiple * (given[0] - given[1])) is not True:
        return Decision(Verdict.ERROR, "engines disagree about the multiple")
    return Decision(Verdict.PROVED, "a multiple of the hypothesis", divisors, multiple=multiple)


def joint(decisions: list[Decision]) -> Decision:
    """Return one decision for several: the worst one, with all as parts.

    Or PROVED with all divisors; of none at all VACUOUS.
    """
    if not decisions:
        return Decision(Verdict.VACUOUS, "nothing to decide")
    verdict = worst(decision.verdict for decision in decisions)
    if verdict is Verdict.PROVED:
        divisors = dict.fromkeys(x for decision in decisions for x in decision.divisors)
        return replace(decisions[0], divisors=tuple(divisors))
    found = next(decision for decision in decisions if decision.verdict is verdict)
    if any(decision.question or decision.parts for decision in decisions):
        return replace(found, question=None, parts=tuple(decisions))
    return found
