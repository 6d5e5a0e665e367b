"""What proofs rest on that a run did not establish, in words of LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dlnproof.claims.studies import known
from dlnproof.documents.stated import in_latex
from dlnproof.documents.status import Status, Support
from dlnproof.documents.wording import see
from dlnproof.documents.words import listed


def given(statuses: Iterable[Status], *, named: Callable[[str], str] = see) -> str:
    """Return "given A, which this run did not examine, and B, ..." for derivations that hold.

    Nothing where all that they rest on was established. ``named`` makes a name of a claim's id.
    """
    resting = [status for status in statuses if status.support is Support.RESTS]
    groups = {
        "examine": [name for status in resting for name in status.absent],
        "establish": [name for status in resting for name in status.doubtful],
    }
    parts = [
        f"{listed(named(name) for name in dict.fromkeys(names))}, which this run did not {verb}"
        for verb, names in groups.items()
        if names
    ]
    return f"given {', and '.join(parts)}" if parts else ""


def title(claim: str) -> str:
    """Return a claim's title, which needs no macro of the appendix."""
    return rf"\emph{{{in_latex(known()[claim].title)}}}"
