"""What a run in which every claim holds does not show: the same facts in every document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import Claim
from dlnproof.core.verdict import Route
from dlnproof.documents.entries import Entry
from dlnproof.training.shares import CONFIDENCE

_PART: Final = re.compile(r"<<(\w+)>>")
_MATHEMATICS: Final = re.compile(r"\\\[(.*?)\\\]|\$(.*?)\$", re.DOTALL)
_BESIDE: Final = re.compile(
    r"=|(?<!<)<(?!<)|(?<!>)>(?!>)|\\(?:le|ge|leq|geq|ne|neq|sim|approx|to|qquad|quad)(?![A-Za-z])"
    r"|[,.:;](?=\s*(?:\\q|$))"
)
"""Relations, and what separates formulas in a display."""

_NOTHING: Final = re.compile(r"(?:\s|\\[,;!]|\\wedge(?![A-Za-z])|d(?:\\[A-Z][a-z]+|[A-Z]))*")
"""Spaces, and the differentials that a density is a density of."""


def surrounded(claim: Claim) -> tuple[str, ...]:
    """Return the parts beside which the statement has signs, factors, sums or powers of its own.

    They stand on the same side of a relation as the part, and are what no run decides; of a
    statement that is made of sentences all is decided.
    """
    if claim.sentences:
        return ()
    alone: Counter[str] = Counter()
    for display, inline in _MATHEMATICS.findall(claim.statement):
        for side in _BESIDE.split(display or inline):
            before, *found = _PART.split(side)
            if len(found) == 2 and _NOTHING.fullmatch(before) and _NOTHING.fullmatch(found[1]):
                alone[found[0]] += 1
    shown = Counter(_PART.findall(claim.statement))
    return tuple(part for part in shown if alone[part] < shown[part])


def beside(claim: Claim, shown: Callable[[str], str]) -> str:
    """Return which formulas have more mathematics beside them than the verdict is about, if any.

    ``shown`` writes a part of the statement. Of claims that are not built in it is said of all, of
    those that are made of sentences of none.
    """
    if claim.sentences:
        return ""
    if claim.id not in CLAIMS:
        return (
            "The verdict is about the formulas of the statement and about nothing else in it: what "
            "they are equal to, the signs, factors and sums around them, and the words are its "
            "author's, and were read by no machine."
        )
    parts = [shown(part) for part in surrounded(claim)]
    if not parts:
        return ""
    formulas, them = ("formula", "it") if len(parts) == 1 else ("formulas", "them")
    *first, last = parts
    named = f"{', '.join(first)} and {last}" if first else last
    return (
        f"Of what the statement says with {named} the verdict is about the {formulas} alone: the "
        f"signs, factors, sums and powers around {them} are not decided."
    )


_BY_THEOREMS: Final = (
    "Of a derivation that is a list of theorems, these and their hypotheses are what was decided. "
    "Titles, labels and what is said before a theorem are for readers, and decide nothing."
)
_BY_STEPS: Final = (
    "The words between the equations of a derivation by steps were read by no machine. At the end "
    "of each such proof its equations are listed by the rule that decided them; an equation that "
    "is not listed is a definition, a cited theorem or part of an argument in words."
)


def limits(entries: Sequence[Entry]) -> list[str]:
    """Return, in plain text, what a pass of a record's claims does not show."""
    by_steps = any(not entry.claim.sentences for entry in entries)
    found = [
        "Theorems that a derivation cites by name are taken as given; they are listed with it.",
        *[_BY_THEOREMS] * any(entry.claim.sentences for entry in entries),
        *[_BY_STEPS] * by_steps,
        "That the statements say what the sources mean is for the reader to judge, and so "
        f"{'is the correspondence between a formula and the words around it' * by_steps}"
        f"{'are the definitions that they use' * (not by_steps)}. Each formula of a statement "
        "and of its proof is written from what was decided, read back from its LaTeX and found to "
        "say the same; what its letters stand for is said in words.",
        "The files to trust, which are listed with their lengths, could be wrong.",
        "The numeric routes speak of the points at which they were taken. They would show a wrong "
        "formula, as they do with the wrong variants; they prove nothing.",
    ]
    if any(entry.evidence(Route.TRAINING) for entry in entries):
        found.append(
            "Training was done in floating point, from the stated starts, to the stated loss. What "
            "was observed holds for those runs. A share agrees with what is stated if that is in "
            f"its interval of {100 * CONFIDENCE:g} per cent, which is printed; shares at different "
            "depths are of the same starts, and err alike."
        )
    if any(entry.record.formal for entry in entries):
        built = any(entry.evidence(Route.FORMAL) for entry in entries)
        apart = "" if built else "were not built in this run, but apart from it. They "
        found.append(
            f"The Coq theorems {apart}concern the algebra of the claims; formal/README.md in the "
            "sources of dlnproof says how far. That they state the same formulas is tested at "
            "exact points."
        )
    return found
