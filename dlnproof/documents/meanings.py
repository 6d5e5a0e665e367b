"""What the words of verdicts and of witnesses mean, as documents tell it."""

from typing import Final

from dlnproof.claims.schema import Witness
from dlnproof.core.verdict import Verdict

MEANINGS: Final = {
    Verdict.PROVED: "derived for the depths and widths stated from definitions, by rules that the "
    "software applied, and from theorems cited by name alone; nothing is taken as given in words, "
    "and every other route that was run agrees",
    Verdict.PROVED_WITH_COQ: "derived in the same way, but from premises in words, each of which "
    "is a theorem in Coq: its statement is made from the premise, and the run built its proof; "
    "every other route that was run agrees",
    Verdict.DERIVED: "derived for the depths and widths stated, but from premises, sentences that "
    "are taken as given in words; these are listed and counted, and every other route that was run "
    "agrees",
    Verdict.EXACT: "equal as rational numbers at every point tried",
    Verdict.ENCLOSED: "contained in balls of a stated radius",
    Verdict.SAMPLED: "equal to a stated tolerance, the error falling with the order of "
    "convergence stated",
    Verdict.OBSERVED: "seen in training runs under stated settings",
    Verdict.UNEXAMINED: "not looked at in this run; neither confirmed nor a failure",
    Verdict.NOT_OBSERVED: "looked for in training runs, and not seen",
    Verdict.REFUTED: "false, with a counterexample",
    Verdict.UNDECIDED: "tried, and neither confirmed nor refuted; this counts as a failure",
    Verdict.VACUOUS: "nothing was tested; this counts as a failure",
    Verdict.TIMEOUT: "not finished in the time allowed; this counts as a failure",
    Verdict.ERROR: "not examined, because software failed; this counts as a failure",
}

WITNESSES: Final = {
    Witness.PAPER: "the published paper",
    Witness.SOURCE_FILE: "the author's own source file",
    Witness.DUPLICATED: "two machine extractions that agree",
    Witness.SINGLE: "one machine extraction only, which may have misread it",
}
"""By what it is attested that a source prints a statement, the best first."""
