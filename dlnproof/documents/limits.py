"""What a run in which every claim holds does not show: the same facts in every document."""

from __future__ import annotations

from collections.abc import Sequence

from dlnproof.core.verdict import Route
from dlnproof.documents.entries import Entry
from dlnproof.training.shares import CONFIDENCE


def limits(entries: Sequence[Entry]) -> list[str]:
    """Return, in plain text, what a pass of a record's claims does not show."""
    found = [
        "Theorems of the literature that a derivation uses are taken as given, and so are premises "
        "in words; they are listed with it.",
        "A derivation is a list of theorems: these and their hypotheses are what was decided. "
        "Titles, labels and what is said before a theorem are for readers, and decide nothing.",
        "That the statements say what the sources mean is for the reader to judge, and so are the "
        "definitions that they use. Each formula of a statement and of its proof is written from "
        "what was decided, read back from its LaTeX and found to say the same.",
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
    if any(entry.record.discharged for entry in entries):
        found.append(
            "That a premise and the statement made from it in Coq say the same is up to what "
            "writes it (dlnproof/notation/coq.py), which is tested at exact points."
        )
    return found
