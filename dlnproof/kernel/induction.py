"""Induction over an integer, from any start, without or with an upper end."""

from __future__ import annotations

from dlnproof.kernel.terms import INT, Symbol, Term, at_most, every, integer, substitute
from dlnproof.kernel.theorem import Refused, Theorem, mint


def induction(
    n: Symbol,
    sentence: Term,
    base: Theorem,
    step: Theorem,
    *,
    start: Term | int,
    end: Term | int | None = None,
) -> Theorem:
    """Return P(n) for all integers n >= start; with an end, for all n from start to end.

    ``sentence`` is P(n), ``base`` concludes P(start), and ``step`` concludes P(n + 1), from P(n),
    start <= n and, with an end, n + 1 <= end, which are discharged. In all other hypotheses, and in
    start and end, n is not free.
    """
    if n.sort != INT:
        raise Refused(f"induction is over an integer, which {n.name} is not")
    first = integer(start)
    ends = [first] if end is None else [first, integer(end)]
    if base.conclusion != substitute(sentence, {n: first}):
        raise Refused(f"the base concludes {base.conclusion}, not the sentence at {first}")
    if step.conclusion != substitute(sentence, {n: n.term + 1}):
        raise Refused(f"the step concludes {step.conclusion}, not the sentence at {n.name} + 1")
    conditions = [at_most(first, n.term)]
    known = [sentence, *conditions]
    for last in ends[1:]:
        conditions.append(at_most(n.term, last))
        known.append(at_most(n.term + 1, last))
    kept = base.hypotheses | (step.hypotheses - frozenset(known))
    if any(n in part.free for part in (*kept, *ends)):
        raise Refused(f"{n.name} is free in a hypothesis, or in an end")
    conclusion = every(n, conditions, sentence)
    return mint("induction", conclusion, [base, step], less=step.hypotheses - kept)
