"""Statements for all N >= 1: base and symbolic step, instances, and signs."""

from collections.abc import Mapping

from dlnproof.core.domain import Domain, polynomial_ring
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.identity import (
    Decision,
    decide_identity,
    flint_ratio,
    letters_of,
    multiple_of,
    nonzero_divisors,
)
from dlnproof.core.step import Rule, Step
from dlnproof.core.verdict import Verdict
from dlnproof.core.words import Equation


def decide_induction(
    left: Expression, right: Expression, domain: Domain
) -> tuple[Decision, tuple[Equation, ...]]:
    """Decide an equation for all N >= 1; also return its base and its step, for print.

    The base is the equation at N = 1, an identity. The step is the equation at N + 1, whose
    difference must be a polynomial multiple of the difference at N.
    """
    first, after = domain.at_first(), domain.at_next()
    base = (left.substitute(first), right.substitute(first))
    step = (left.substitute(after), right.substitute(after))
    at_one = decide_identity(*base, domain)
    if at_one.verdict is not Verdict.PROVED:
        return at_one, (base, step)
    return multiple_of(step, (left, right), domain), (base, step)


def decide_instance(lemma: Step, values: Mapping[Letter, Expression], domain: Domain) -> Decision:
    """Decide whether ``values`` may be put into an equation proved by induction.

    The equation must not divide. What is put for a letter that depends on N must obey the same
    recurrence (equal to the letter's first value at N = 1 and to its next value at N + 1), and what
    is put for any other letter must not depend on N.
    """
    if lemma.rule is not Rule.INDUCTION or lemma.decision.divisors:
        return Decision(Verdict.UNDECIDED, f"'{lemma.name}' is no induction free of division")
    letters = letters_of(*(side for side in lemma.sides if isinstance(side, Expression)))
    for letter in letters - set(lemma.domain.sequences):
        if values.get(letter, letter).letters() & set(domain.sequences):
            return Decision(Verdict.UNDECIDED, f"what is put for {letter.name} depends on N")
    for letter in letters & set(lemma.domain.sequences):
        first, after = lemma.domain.sequences[letter]
        put = values.get(letter, letter)
        obeys = [
            decide_identity(put.substitute(domain.at_first()), first.substitute(values), domain),
            decide_identity(put.substitute(domain.at_next()), after.substitute(values), domain),
        ]
        if any(decision.verdict is not Verdict.PROVED for decision in obeys):
            return Decision(Verdict.UNDECIDED, f"what is put for {letter.name} breaks a recurrence")
    return Decision(lemma.decision.verdict, f"instance of {lemma.name}")


def decide_sign(expression: Expression, domain: Domain, *, strict: bool) -> Decision:
    """Decide whether an expression is > 0 (``strict``) or >= 0 on the domain.

    Numerator and denominator must have coefficients of one sign in positive letters. A letter with
    a recurrence is treated by induction: its first value, and its next value given its sign.
    """
    cases = [expression]
    if isinstance(expression, Letter) and expression in domain.sequences:
        cases = list(domain.sequences[expression])
    for case in cases:
        context = polynomial_ring(letters_of(case))
        ratio = flint_ratio(case, context)
        divisors = nonzero_divisors((case,), domain, context)
        if isinstance(divisors, str):
            return Decision(Verdict.UNDECIDED, divisors)
        above = domain.is_positive(ratio.num) or (not strict and not ratio.num)
        if not (above and domain.is_positive(ratio.den)):
            return Decision(Verdict.UNDECIDED, "the sign is not visible in the coefficients")
    return Decision(Verdict.PROVED, "coefficients of one sign")
