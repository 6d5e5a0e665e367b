"""Verdicts: what was decided, and by which kind of evidence."""

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """The closed list of outcomes, from the strongest evidence to the worst failure."""

    PROVED = "proved"
    """Each sentence is a theorem, made by rules and from theorems cited by name."""
    PROVED_WITH_COQ = "proved_with_Coq"
    """The same, but from premises, of which Coq theorems that were built in the run say each."""
    DERIVED = "derived"
    """The same, but from premises that are taken as given in words."""
    EXACT = "exact"
    """Equal as rationals at every point tried."""
    ENCLOSED = "enclosed"
    """Contained in balls of a stated radius."""
    SAMPLED = "sampled"
    """Equal to a stated tolerance, at the stated order of convergence."""
    OBSERVED = "observed"
    """Seen in training runs, under stated settings."""
    UNEXAMINED = "unexamined"
    """Not looked at in this run: neither confirmed nor a failure."""
    VACUOUS = "vacuous"
    """Nothing was tested: no point met the hypotheses, or no wrong variant was told apart."""
    NOT_OBSERVED = "not_observed"
    """Looked for in training runs and not seen."""
    UNDECIDED = "undecided"
    """Tried, and neither confirmed nor refuted."""
    TIMEOUT = "timeout"
    """Not finished in the time allowed."""
    ERROR = "error"
    """The software failed, or its two engines disagree."""
    REFUTED = "refuted"
    """False, with a counterexample."""

    @property
    def holds(self) -> bool:
        """Whether the statement was confirmed. Undecided and vacuous are failures."""
        return self in _HOLDING

    @property
    def fails(self) -> bool:
        """Whether the statement was examined and not confirmed."""
        return not self.holds and self is not Verdict.UNEXAMINED


_HOLDING = frozenset(
    {
        Verdict.PROVED,
        Verdict.PROVED_WITH_COQ,
        Verdict.DERIVED,
        Verdict.EXACT,
        Verdict.ENCLOSED,
        Verdict.SAMPLED,
        Verdict.OBSERVED,
    }
)
_RANK = {verdict: rank for rank, verdict in enumerate(Verdict)}


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst of several verdicts; of none at all, ``VACUOUS``.

    >>> worst([Verdict.PROVED, Verdict.UNDECIDED, Verdict.EXACT]).value
    'undecided'
    """
    return max(verdicts, key=_RANK.__getitem__, default=Verdict.VACUOUS)


class Route(StrEnum):
    """The independent ways in which a claim is examined."""

    DERIVATION = "derivation"
    EXACT = "exact"
    ENCLOSURE = "enclosure"
    PULLBACK = "pullback"
    TRAINING = "training"
    FORMAL = "formal"
