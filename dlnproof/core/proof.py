"""Proofs: lists of decided steps, and the verdict that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.identity import Decision, decide_identity, multiple_of
from dlnproof.core.induction import decide_induction, decide_instance, decide_sign
from dlnproof.core.product import PairProduct, decide_product
from dlnproof.core.spectrum import ORDERED
from dlnproof.core.step import TAKEN, Rule, Side, Step
from dlnproof.core.verdict import Verdict, worst
from dlnproof.core.words import Equation, decide_words


class ProofError(ValueError):
    """A proof is put together wrongly: a name used twice, or a step that does not exist."""


class Proof:
    """A proof of one claim, built step by step; each step is decided when it is added.

    A letter that has been defined, or that a used step equates to a value, is replaced by that
    value before later steps are decided. The verdict is the worst of all steps, and UNDECIDED as
    long as some part of the claim's statement is not a side of a decided equation.
    """

    def __init__(self, claim: str, parts: Mapping[str, Side]) -> None:
        self.claim = claim
        self.steps: list[Step] = []
        self.display: Callable[[Proof], str] | None = None
        self._parts = dict(parts)
        self._definitions: dict[Letter, Expression] = {}

    def __getitem__(self, name: str) -> Step:
        for step in self.steps:
            if step.name == name:
                return step
        raise ProofError(f"claim '{self.claim}': no earlier step '{name}'")

    @property
    def established(self) -> dict[str, str]:
        """Map each part of the statement to the step with it on one side of an equation."""
        return {
            part: step.name
            for part, formula in self._parts.items()
            for step in reversed(self.steps)
            if any(side == formula for side in step.sides)
            and step.rule not in (Rule.DEFINITION, Rule.ARGUMENT, Rule.CITATION, Rule.CLAIM)
        }

    @property
    def verdict(self) -> Verdict:
        """PROVED when every step is and every part of the statement is established."""
        missing = set(self._parts) - set(self.established)
        whole = Verdict.UNDECIDED if missing else Verdict.PROVED
        return worst([whole, *(step.decision.verdict for step in self.steps)])

    @property
    def failure(self) -> Step | None:
        """The first step that is not proved."""
        return next((s for s in self.steps if s.decision.verdict is not Verdict.PROVED), None)

    @property
    def assumptions(self) -> list[Step]:
        """The theorems that are cited, not proved."""
        return [step for step in self.steps if step.rule is Rule.CITATION]

    @property
    def claims_used(self) -> list[str]:
        """The ids of the claims whose proofs this one builds on."""
        return [step.source for step in self.steps if step.rule is Rule.CLAIM]

    def _repr_latex_(self) -> str | None:
        # whoever shows proofs says how: the core knows no renderer
        return None if self.display is None else self.display(self)

    def _add(self, step: Step) -> Step:
        if any(step.name == earlier.name for earlier in self.steps):
            raise ProofError(f"claim '{self.claim}': two steps are named '{step.name}'")
        for name in step.uses:
            self[name]
        self.steps.append(step)
        return step

    def _values(self, uses: tuple[str, ...], domain: Domain) -> dict[Letter, Expression]:
        """Return what letters stand for: definitions, and the equations of the steps used."""
        solved: dict[Letter, Expression] = {}
        for step in (self[name] for name in uses):
            if step.relation == "=" and len(step.sides) >= 2 and step.rule is not Rule.WORDS:
                left, right = step.sides[0], step.sides[-1]
                if isinstance(left, Letter) and isinstance(right, Expression):
                    self._require(step, domain)
                    solved[left] = right.substitute(solved)
        return {x: value.substitute(solved) for x, value in self._definitions.items()} | solved

    def _require(self, step: Step, domain: Domain) -> None:
        if not domain.implies(step.domain):
            raise ProofError(f"claim '{self.claim}': '{step.name}' needs hypotheses not made here")

    # --- taken as given -----------------------------------------------------------------------

    def cite(self, name: str, prose: str, source: str) -> Step:
        """Take a named theorem as given; it is listed among the assumptions."""
        return self._add(Step(name, Rule.CITATION, prose, source=source))

    def use(self, name: str, claim: str, prose: str) -> Step:
        """Build on another claim of the catalogue."""
        return self._add(Step(name, Rule.CLAIM, prose, source=claim))

    def define(self, name: str, letter: Letter, value: Expression, prose: str) -> Step:
        """Let a letter stand for an expression."""
        self._definitions[letter] = value.substitute(self._definitions)
        return self._add(Step(name, Rule.DEFINITION, prose, (letter, value)))

    def argue(self, name: str, prose: str, *, uses: tuple[str, ...] = ()) -> Step:
        """Fix notation or draw a conclusion in words; documents list it as not decided by us."""
        return self._add(Step(name, Rule.ARGUMENT, prose, uses=uses))

    # --- decided ------------------------------------------------------------------------------

    def identity(
        self, name: str, *sides: Expression, domain: Domain, prose: str, uses: tuple[str, ...] = ()
    ) -> Step:
        """Show that consecutive sides are equal as rational functions wherever ``domain`` says."""
        values = self._values(uses, domain)
        decisions = [
            decide_identity(a.substitute(values), b.substitute(values), domain)
            for a, b in pairwise(sides)
        ]
        rule = Rule.SUBSTITUTION if uses else Rule.IDENTITY
        return self._add(Step(name, rule, prose, sides, "=", uses, _joint(decisions), domain))

    def induction(
        self, name: str, left: Expression, right: Expression, *, domain: Domain, prose: str
    ) -> Step:
        """Show an equation for all N >= 1: at N = 1, and at N + 1 as a multiple of that at N."""
        decision, lemmas = decide_induction(left, right, domain)
        return self._add(
            Step(name, Rule.INDUCTION, prose, (left, right), "=", (), decision, domain, lemmas)
        )

    def instance(
        self, name: str, of: str, values: Mapping[Letter, Expression], domain: Domain, prose: str
    ) -> Step:
        """Put expressions for the letters of an equation proved by induction without division."""
        lemma = self[of]
        sides = tuple(s.substitute(values) for s in lemma.sides if isinstance(s, Expression))
        decision = decide_instance(lemma, values, domain)
        return self._add(Step(name, Rule.SUBSTITUTION, prose, sides, "=", (of,), decision, domain))

    def follows(
        self, name: str, left: Expression, right: Expression, *, of: str, domain: Domain, prose: str
    ) -> Step:
        """Show an equation whose difference is a multiple of that of an earlier equation."""
        given = self[of]
        self._require(given, domain)
        a, b = (side for side in given.sides if isinstance(side, Expression))
        decision = multiple_of((left, right), (a, b), domain)
        if given.decision.verdict is not Verdict.PROVED:
            decision = given.decision
        return self._add(
            Step(name, Rule.SUBSTITUTION, prose, (left, right), "=", (of,), decision, domain)
        )

    def product(self, name: str, *sides: PairProduct, prose: str, uses: tuple[str, ...]) -> Step:
        """Show that products over i and i < l are equal for every d."""
        values = self._values(uses, ORDERED)
        decision = _joint(
            [decide_product(a.substitute(values), b.substitute(values)) for a, b in pairwise(sides)]
        )
        return self._add(Step(name, Rule.PRODUCT, prose, sides, "=", uses, decision))

    def words(
        self,
        name: str,
        left: Expression,
        right: Expression,
        *,
        rules: tuple[Equation, ...],
        prose: str,
        uses: tuple[str, ...],
        scalars: frozenset[Letter] = frozenset(),
        trace: bool = False,
    ) -> Step:
        """Show that two matrix expressions (with ``trace``: their traces) are equal."""
        decision = decide_words(left, right, rules, scalars, cyclic=trace)
        return self._add(
            Step(name, Rule.WORDS, prose, (left, right), "=", uses, decision, rules=rules)
        )

    def positive(
        self,
        name: str,
        *expressions: Expression,
        domain: Domain,
        prose: str,
        uses: tuple[str, ...] = (),
        strict: bool = True,
    ) -> Step:
        """Show that expressions are > 0 (or >= 0) on the domain; sequences by induction on N."""
        values = self._values(uses, domain)
        decision = _joint(
            [decide_sign(e.substitute(values), domain, strict=strict) for e in expressions]
        )
        relation = ">" if strict else r"\ge"
        sides = (*expressions, Number(0))
        return self._add(
            Step(name, Rule.POSITIVITY, prose, sides, relation, uses, decision, domain)
        )


def _joint(decisions: list[Decision]) -> Decision:
    """Return one decision for several: the worst one, or PROVED with all divisors."""
    verdict = worst(decision.verdict for decision in decisions)
    if verdict is Verdict.PROVED:
        divisors = dict.fromkeys(x for decision in decisions for x in decision.divisors)
        return replace(decisions[0], divisors=tuple(divisors))
    return next((d for d in decisions if d.verdict is verdict), replace(TAKEN, verdict=verdict))
