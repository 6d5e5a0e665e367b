"""Identities between rational functions. Both engines decide, and must agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dlnproof.core.domain import Domain
from dlnproof.core.engines import (
    equal_by_flint,
    equal_by_sympy,
    letters_of,
)
from dlnproof.core.expression import Expression
from dlnproof.core.verdict import Verdict, worst


@dataclass(frozen=True)
class Decision:
    """The outcome for one equation: the verdict, why, what was divided by, and what is left open.

    ``divisors`` are the irreducible polynomials that both sides divide by, all shown to be nonzero
    on the domain when the verdict is PROVED. ``question`` is what is left open and a counterexample
    may refute (the core looks for none, since no search proves anything), ``parts`` the decisions
    of which this is the worst. ``witness`` is a point of the domain where the two sides differ,
    with both values.
    """

    verdict: Verdict
    why: str
    divisors: tuple[Expression, ...] = ()
    question: Any = None
    parts: tuple[Decision, ...] = ()
    witness: dict[str, str] | None = None


@dataclass(frozen=True)
class Difference:
    """Two sides not seen to be equal: at a point of a domain, or, without one, of matrices."""

    left: Expression
    right: Expression
    under: Domain | None


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
