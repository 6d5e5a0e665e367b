"""Hypotheses that contradict one another, where rules can tell: anything would follow from them."""

from __future__ import annotations

from collections.abc import Sequence

from dlnproof.kernel.logic import absurd, assume, negation, specialise
from dlnproof.kernel.terms import INT, Term, integer
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.settle import proved, settle


def contradictory(given: Sequence[Term]) -> Theorem | None:
    """Return the theorem that hypotheses cannot all hold: that one is false where the others do.

    What is said of all indices is looked at for the first of them. None where it is not seen.
    """
    for hypothesis in given:
        others = [other for other in given if other != hypothesis]
        try:
            here = _first(assume(hypothesis))
            found = settle(absurd(here, proved(negation(here.conclusion), *others)), *given)
        except Refused:
            continue
        if found.hypotheses <= frozenset(given):
            return found
    return None


def _first(theorem: Theorem) -> Theorem:
    """Return what a theorem says of the indices 1, ..., 1, if it speaks of all."""
    whole = theorem.conclusion
    if whole.op != "every":
        return theorem
    if any(v.sort != INT for v in whole.variables):
        raise Refused("what is said of all numbers or matrices is not looked at")
    return _first(specialise(theorem, *(integer(1) for _ in whole.variables)))
