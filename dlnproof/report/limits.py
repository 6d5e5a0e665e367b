"""What a run in which every claim holds does not show: the same facts in every document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Route
from dlnproof.report.entries import Entry
from dlnproof.training.shares import CONFIDENCE

TYPESET: Final = (
    "How a formula of a claim that is not built in is typeset may be its author's word: where the "
    "author gives LaTeX for a product, that is printed, and the factors are what is decided. "
    "Whoever relies on such a formula reads the file that states the claim."
)


def typeset_by_author(claims: Iterable[str]) -> bool:
    """Whether among claims is one that is not built in, the LaTeX of which is its author's."""
    return any(claim not in CLAIMS for claim in claims)


def limits(entries: Sequence[Entry]) -> list[str]:
    """Return, in plain text, what a pass of a record's claims does not show."""
    found = [
        "Theorems that a derivation cites by name are taken as given; they are listed with it.",
        "The words between the equations of a derivation were read by no machine. At the end of "
        "each proof its equations are listed by the rule that decided them; an equation that is "
        "not listed is a definition, a cited theorem or part of an argument in words.",
        "That the statements say what the sources mean is for the reader to judge, and so is the "
        "correspondence between a formula and the words around it.",
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
