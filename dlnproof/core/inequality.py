"""Inequalities under hypotheses, decided by a certificate: a sum of products of what is >= 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add, mul
from typing import Any

from dlnproof.core.domain import Domain
from dlnproof.core.engines import letters_of
from dlnproof.core.expression import Expression, Letter, Power
from dlnproof.core.identity import Decision, decide_identity
from dlnproof.core.verdict import Verdict

Term = tuple[Expression, ...]
"""A product of factors, each of them a hypothesis or visibly >= 0."""


@dataclass(frozen=True)
class Inequality:
    """left >= right, wherever every expression of ``given`` is >= 0 and ``domain`` holds.

    Where some of its letters obey recurrences, nothing is assumed of these but what holds for
    every N.
    """

    left: Expression
    right: Expression
    given: tuple[Expression, ...] = ()
    domain: Domain = field(default_factory=Domain)

    def letters(self) -> frozenset[Letter]:
        """Return the letters of both sides and of the hypotheses."""
        return letters_of(self.left, self.right, *self.given)

    def applies(self, values: Mapping[Letter, Any]) -> bool:
        """Whether the hypotheses hold for these numbers, exactly known."""
        return self.domain.allows(values) and all(bool(h.at(values) >= 0) for h in self.given)

    def points(self) -> Iterator[dict[Letter, Any]]:
        """Yield small points that satisfy the hypotheses, where both sides have a meaning."""
        for point in self.domain.samples(self.letters()):
            try:
                if self.applies(point):
                    self.excess(point)
                    yield point
            except ZeroDivisionError:
                continue

    def substitute(self, values: Mapping[Letter, Expression]) -> Inequality:
        """Return the inequality with letters replaced by what they stand for."""
        left, right, *given = (
            side.substitute(values) for side in (self.left, self.right, *self.given)
        )
        return replace(self, left=left, right=right, given=tuple(given))

    def excess(self, values: Mapping[Letter, Any]) -> Any:
        """Return left - right for these numbers."""
        return self.left.at(values) - self.right.at(values)


def decide_certificate(
    stated: Inequality, scale: Expression, terms: Sequence[Term], domain: Domain
) -> Decision:
    """Decide left >= right by an identity: scale (left - right) is the sum of the terms.

    PROVED: both engines confirm it, ``scale`` is visibly > 0 on the domain, and each factor of each
    term is a hypothesis of the inequality or visibly >= 0. UNDECIDED: not so, or the inequality is
    one of its own hypotheses; where the identity fails, points may refute the inequality. VACUOUS:
    no small rational point is seen to satisfy the hypotheses.
    """
    stated = replace(stated, domain=stated.domain | domain)
    refused = _refused(stated, scale, terms, domain)
    if refused is not None:
        return refused
    difference = stated.left - stated.right
    decision = decide_identity(scale * difference, sum_of(terms), domain)
    if decision.verdict in (Verdict.PROVED, Verdict.ERROR):
        return decision
    why = f"the certificate fails ({decision.why})"
    return Decision(Verdict.UNDECIDED, why, question=stated)


def _refused(
    stated: Inequality, scale: Expression, terms: Sequence[Term], domain: Domain
) -> Decision | None:
    """Return why a certificate is not admitted, if it is not."""
    for h in stated.given:
        if decide_identity(h, stated.left - stated.right, domain).verdict is Verdict.PROVED:
            return Decision(Verdict.UNDECIDED, "the inequality is one of its own hypotheses")
    if next(stated.points(), None) is None:
        return Decision(Verdict.VACUOUS, "no point is seen to satisfy the hypotheses")
    for factor in (factor for term in terms for factor in term):
        if factor not in stated.given and not _is_visible(factor, domain):
            return Decision(Verdict.UNDECIDED, "a factor is no hypothesis, nor visibly >= 0")
    if not domain.shows(scale):
        return Decision(Verdict.UNDECIDED, "the scale is not visibly positive")
    return None


def _is_visible(factor: Expression, domain: Domain) -> bool:
    """Whether a factor is an even power, or >= 0 by the signs of its coefficients."""
    if isinstance(factor, Power) and factor.exponent % 2 == 0:
        return not isinstance(domain.divisors(factor), str)
    return domain.shows(factor, strict=False)


def sum_of(terms: Sequence[Term]) -> Expression:
    """Return the sum of the products, in the author's order."""
    first, *rest = (reduce(mul, term) for term in terms)
    return reduce(add, rest, first)
