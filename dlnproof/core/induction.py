"""Statements for all N >= 1: base and symbolic step, instances, and signs."""

from collections.abc import Mapping
from dataclasses import replace

from dlnproof.core.domain import Domain
from dlnproof.core.engines import (
    equal_by_sympy,
    flint_ratio,
    letters_of,
    polynomial_expression,
    polynomial_ring,
)
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.identity import Decision, Equation, decide_identity, multiple_of
from dlnproof.core.verdict import Verdict


def decide_induction(
    left: Expression, right: Expression, domain: Domain
) -> tuple[Decision, tuple[Equation, ...]]:
    """Decide an equation for all N >= 1; also return its base and its step, for print.

    The base is the equation at N = 1, an identity. The step is the equation at N + 1, whose
    difference must be a polynomial multiple of the difference at N. Of the hypotheses on letters
    that depend on N only those are used that hold for every N. UNDECIDED where the logarithm of a
    sequence occurs: its value at N + 1 is not known.
    """
    domain = domain.shown()
    first, after = domain.at_first(), domain.at_next()
    base = (left.substitute(first), right.substitute(first))
    step = (left.substitute(after), right.substitute(after))
    for letter in domain.unknown_next(left, right):
        return _without_recurrence(letter), (base, step)
    at_one = decide_identity(*base, domain)
    if at_one.verdict is not Verdict.PROVED:
        return at_one, (base, step)
    decision = multiple_of(step, (left, right), domain)
    divisors = tuple(dict.fromkeys(decision.divisors + at_one.divisors))
    return replace(decision, divisors=divisors), (base, step)


def _without_recurrence(letter: Letter) -> Decision:
    return Decision(Verdict.UNDECIDED, f"{letter.name} depends on N by no recurrence")


def decide_instance(
    lemma: Equation, values: Mapping[Letter, Expression], domain: Domain
) -> Decision:
    """Decide whether ``values`` may be put into an equation proved by induction without division.

    ``domain`` has the recurrences of the equation and of ``values``. What is put for a letter that
    depends on N must obey the same recurrence (equal to the letter's first value at N = 1 and to
    its next value at N + 1), and what is put for any other letter must not depend on N.
    """
    sequences = domain.sequences
    for letter in sorted(letters_of(*lemma), key=lambda x: (x in sequences, x.name)):
        put = values.get(letter, letter)
        if letter not in sequences:
            if put.letters() & domain.varying():
                return Decision(Verdict.UNDECIDED, f"what is put for {letter.name} depends on N")
            continue
        for unknown in domain.unknown_next(put):
            return _without_recurrence(unknown)
        first, after = sequences[letter]
        obeys = [
            decide_identity(put.substitute(domain.at_first()), first.substitute(values), domain),
            decide_identity(put.substitute(domain.at_next()), after.substitute(values), domain),
        ]
        if any(decision.verdict is not Verdict.PROVED for decision in obeys):
            return Decision(Verdict.UNDECIDED, f"what is put for {letter.name} breaks a recurrence")
    return Decision(Verdict.PROVED, "every recurrence is obeyed")


def decide_sign(expression: Expression, domain: Domain, *, strict: bool) -> Decision:
    """Decide whether an expression is > 0 (``strict``) or >= 0 on the domain.

    Numerator and denominator must have coefficients of one sign in positive letters. A letter with
    a recurrence is treated by induction: its first value, and its next value given its sign.
    """
    if isinstance(expression, Letter) and expression in domain.sequences:
        domain = (domain | Domain(positive=frozenset({expression}))).shown()
    divisors = domain.divisors(expression)
    if isinstance(divisors, str):
        return Decision(Verdict.UNDECIDED, divisors)
    if not domain.shows(expression, strict=strict):
        return Decision(Verdict.UNDECIDED, "the sign is not visible in the coefficients")
    letters = expression.letters()
    ratio = flint_ratio(expression, polynomial_ring(letters))
    num, den = (polynomial_expression(part, letters) for part in (ratio.num, ratio.den))
    if equal_by_sympy(expression, num / den) is not True:
        return Decision(Verdict.ERROR, "engines disagree about numerator and denominator")
    return Decision(Verdict.PROVED, "coefficients of one sign")
