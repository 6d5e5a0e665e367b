"""One step of a proof: the equation, the rule, and how it was decided."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression
from dlnproof.core.identity import Decision, Equation
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct
from dlnproof.core.verdict import Verdict

Side = Expression | PairProduct | Inequality
Equations = tuple[Equation, ...]
Names = tuple[str, ...]

TAKEN: Final = Decision(Verdict.PROVED, "taken as given")
OPEN: Final = Decision(Verdict.UNDECIDED, "not decided yet")


class Rule(StrEnum):
    """How a step is justified. The first four are not decided here, and are listed as such."""

    CITATION = "cited theorem"
    DEFINITION = "definition"
    ARGUMENT = "argument in words"
    CLAIM = "another claim"
    IDENTITY = "identity of rational functions"
    SUBSTITUTION = "substitution into a proved step"
    INDUCTION = "induction"
    PRODUCT = "factor by factor"
    WORDS = "normal form of words"
    POSITIVITY = "coefficients of one sign"
    CONSTANT = "derivative of words"
    CERTIFICATE = "sum of nonnegative terms"


GIVEN: Final = frozenset({Rule.CITATION, Rule.DEFINITION, Rule.ARGUMENT, Rule.CLAIM})
"""The rules that take a step as given."""

OF_NUMBERS: Final = frozenset({Rule.DEFINITION, Rule.IDENTITY, Rule.SUBSTITUTION, Rule.INDUCTION})
"""The rules whose equations are between numbers: matrices have theirs, and only words use those."""

UNDER_TRACE: Final = r"\overset{\operatorname{Tr}}{=}"
"""The relation between two words that are equal up to rotation: only their traces agree."""


@dataclass(frozen=True)
class Step:
    """A step that has been decided; :class:`dlnproof.core.proof.Proof` makes them.

    ``sides`` are joined by ``relation``. ``prose`` says in words what is shown, ``[[name]]``
    standing for the number of another step. ``lemmas`` are auxiliary equations decided with the
    step (the base and the step of an induction, the identity behind an inequality), ``rules`` the
    rewriting rules of a word identity, ``asserted`` the equations of an argument in words, with
    ``<<k>>`` for the k-th of them in its prose. ``draws_on`` names the earlier steps whose
    equations entered when this one was decided, which ``uses`` alone does not say.
    """

    name: str
    rule: Rule
    prose: str
    sides: tuple[Side, ...] = ()
    relation: str = "="
    uses: Names = ()
    decision: Decision = TAKEN
    domain: Domain = field(default_factory=Domain)
    lemmas: Equations = ()
    rules: Equations = ()
    source: str = ""
    asserted: Equations = ()
    draws_on: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if (self.rule in GIVEN) is not (self.decision is TAKEN):
            raise ValueError(f"step '{self.name}': '{self.rule}' needs a decision of its own")

    @property
    def equations(self) -> Equations:
        """The equations that later steps may draw on: an argument's own, or first = last side."""
        if not self.sides or self.relation != "=" or self.rule is Rule.CONSTANT:
            return self.asserted
        first, last = self.sides[0], self.sides[-1]
        if isinstance(first, Expression) and isinstance(last, Expression):
            return ((first, last),)
        return ()
