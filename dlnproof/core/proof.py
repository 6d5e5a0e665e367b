"""Proofs: lists of decided steps, and the verdict that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from operator import or_

from dlnproof.core.alphabet import Alphabet
from dlnproof.core.domain import Domain
from dlnproof.core.engines import letters_of
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.identity import Equation, decide_identity, joint, multiple_of
from dlnproof.core.induction import decide_induction, decide_instance, decide_sign
from dlnproof.core.inequality import Inequality, Term, decide_certificate, sum_of
from dlnproof.core.product import PairProduct, decide_product
from dlnproof.core.spectrum import ONE_INDEX, ORDERED, STATED
from dlnproof.core.step import UNDER_TRACE, Rule, Side, Step
from dlnproof.core.verdict import Verdict, worst
from dlnproof.core.words import decide_words, derivative


class ProofError(ValueError):
    """A proof is put together wrongly: a name used twice, or a step that cannot be used so."""


class Proof:
    """A proof of one claim, built step by step; each step is decided when it is added.

    A letter that has been defined, or that a used step equates to a value, is replaced by that
    value before later steps are decided. Of the hypotheses of a step's domain on letters that
    depend on N those count that hold for every N, and those that ``domain`` makes, which is what
    the claim's statement assumes. The verdict is the worst of all steps, and UNDECIDED as long as
    some part of the statement is not established.
    """

    def __init__(self, claim: str, parts: Mapping[str, Side], domain: Domain = STATED) -> None:
        self.claim = claim
        self.display: Callable[[Proof], str] | None = None
        self._parts = dict(parts)
        # what an inequality of the statement assumes of free letters, the statement assumes
        inequalities = (part for part in self._parts.values() if isinstance(part, Inequality))
        self._domain = reduce(or_, (part.domain.free() for part in inequalities), domain)
        self._steps: list[Step] = []
        stated = frozenset().union(*(part.letters() for part in self._parts.values()))
        self._alphabet = Alphabet(stated, domain)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps, in order."""
        return tuple(self._steps)

    def __getitem__(self, name: str) -> Step:
        for step in self._steps:
            if step.name == name:
                return step
        raise ProofError(f"claim '{self.claim}': no earlier step '{name}'")

    @property
    def established(self) -> dict[str, str]:
        """Map each part of the statement to the step that equates it to something else."""
        return {
            part: step.name
            for part, formula in self._parts.items()
            for step in reversed(self._steps)
            if self._establishes(step, formula)
        }

    def _establishes(self, step: Step, formula: Side) -> bool:
        """Whether a step is a decided equation about a formula, wherever the statement holds.

        An equation that uses no earlier step only rewrites the formula, and one between the
        formula and itself says nothing. The step's hypotheses must be the statement's, or be shown
        for the letters that depend on N.
        """
        if step.rule is Rule.CONSTANT:
            return step.sides[0] == formula and bool(step.uses)
        if step.rule is Rule.CERTIFICATE:
            return step.sides == (formula,) and bool(step.uses)
        if step.relation != "=" or not (step.uses or step.rule is Rule.INDUCTION):
            return False
        if formula not in step.sides or all(side == formula for side in step.sides):
            return False
        assumed, whole = self._domain.about(formula.letters()), self._alphabet.over(step.domain)
        stated = whole.within(self._domain)
        return assumed.implies(whole.free()) and any(
            domain.implies(stated) for domain in (assumed, whole.shown())
        )

    @property
    def missing(self) -> list[str]:
        """The parts of the statement that no step establishes."""
        return [part for part in self._parts if part not in self.established]

    @property
    def verdict(self) -> Verdict:
        """PROVED when every step is and every part of the statement is established."""
        if not self._parts:
            return Verdict.VACUOUS
        whole = Verdict.UNDECIDED if self.missing else Verdict.PROVED
        return worst([whole, *(step.decision.verdict for step in self._steps)])

    @property
    def failure(self) -> Step | None:
        """The first step that is not proved."""
        return next((s for s in self._steps if s.decision.verdict is not Verdict.PROVED), None)

    @property
    def assumptions(self) -> list[Step]:
        """The theorems that are cited, not proved."""
        return [step for step in self._steps if step.rule is Rule.CITATION]

    @property
    def claims_used(self) -> list[str]:
        """The ids of the claims whose proofs this one builds on."""
        return [step.source for step in self._steps if step.rule is Rule.CLAIM]

    def __repr__(self) -> str:
        steps = f"{len(self._steps)} step{'s' * (len(self._steps) != 1)}"
        return f"<proof of {self.claim}: {self.verdict}, {steps}>"

    def _repr_latex_(self) -> str | None:
        # whoever shows proofs says how: the core knows no renderer
        return None if self.display is None else self.display(self)

    def _add(self, step: Step) -> Step:
        if any(step.name == earlier.name for earlier in self._steps):
            raise ProofError(f"claim '{self.claim}': two steps are named '{step.name}'")
        for name in step.uses:
            self[name]
        self._steps.append(step)
        return step

    def _over(self, domain: Domain) -> Domain:
        """Return the domain with the hypotheses that count and all recurrences of the proof."""
        whole = self._alphabet.over(domain)
        return whole.shown() | whole.within(self._domain)

    def _values(self, uses: tuple[str, ...], domain: Domain) -> dict[Letter, Expression]:
        """Return what letters stand for: definitions, and the equations of the steps used."""
        defined = self._alphabet.definitions
        solved: dict[Letter, Expression] = {}
        for step in (self[name] for name in uses):
            if step.relation == "=" and step.sides:
                left, right = step.sides[0], step.sides[-1]
                if isinstance(left, Letter) and isinstance(right, Expression):
                    self._require(step, domain)
                    solved[left] = right.substitute(defined | solved)
        return {x: value.substitute(solved) for x, value in defined.items()} | solved

    def _require(self, step: Step, domain: Domain) -> None:
        if not domain.implies(step.domain):
            raise ProofError(f"claim '{self.claim}': '{step.name}' needs hypotheses not made here")

    def _spelled_out(
        self, sides: tuple[Expression, ...], values: Mapping[Letter, Expression]
    ) -> tuple[Expression, ...]:
        """Return the sides with letters replaced by what they stand for; all commute."""
        self._alphabet.numbers(letters_of(*sides))
        return tuple(side.substitute(values) for side in sides)

    # --- taken as given -----------------------------------------------------------------------

    def cite(self, name: str, prose: str, source: str) -> Step:
        """Take a named theorem as given; it is listed among the assumptions."""
        return self._add(Step(name, Rule.CITATION, prose, source=source))

    def use(self, name: str, claim: str, prose: str) -> Step:
        """Build on another claim of the catalogue."""
        if claim == self.claim:
            raise ProofError(f"claim '{self.claim}': '{name}' uses the claim itself")
        return self._add(Step(name, Rule.CLAIM, prose, source=claim))

    def define(self, name: str, letter: Letter, value: Expression, prose: str) -> Step:
        """Let a letter that has no meaning so far stand for an expression."""
        self._alphabet.define(letter, value)
        return self._add(Step(name, Rule.DEFINITION, prose, (letter, value)))

    def argue(self, name: str, prose: str, *, uses: tuple[str, ...] = ()) -> Step:
        """Fix notation or draw a conclusion in words; documents list it as not decided by us."""
        return self._add(Step(name, Rule.ARGUMENT, prose, uses=uses))

    # --- decided ------------------------------------------------------------------------------

    def identity(
        self, name: str, *sides: Expression, domain: Domain, prose: str, uses: tuple[str, ...] = ()
    ) -> Step:
        """Show that consecutive sides are equal as rational functions wherever ``domain`` says."""
        over = self._over(domain)
        replaced = self._spelled_out(sides, self._values(uses, domain))
        decision = joint([decide_identity(a, b, over) for a, b in pairwise(replaced)])
        rule = Rule.SUBSTITUTION if uses else Rule.IDENTITY
        return self._add(Step(name, rule, prose, sides, "=", uses, decision, domain))

    def induction(
        self, name: str, left: Expression, right: Expression, *, domain: Domain, prose: str
    ) -> Step:
        """Show an equation for all N >= 1: at N = 1, and at N + 1 as a multiple of that at N."""
        over = self._alphabet.over(domain)
        a, b = self._spelled_out((left, right), self._alphabet.definitions)
        decision, lemmas = decide_induction(a, b, over)
        return self._add(
            Step(name, Rule.INDUCTION, prose, (left, right), "=", (), decision, domain, lemmas)
        )

    def instance(
        self, name: str, of: str, values: Mapping[Letter, Expression], domain: Domain, prose: str
    ) -> Step:
        """Put expressions for the letters of an equation proved by induction without division."""
        lemma = self[of]
        if lemma.rule is not Rule.INDUCTION or lemma.decision.divisors:
            raise ProofError(f"claim '{self.claim}': '{of}' is no induction free of division")
        over, defined = self._over(domain), self._alphabet.definitions
        left, right = (s.substitute(defined) for s in lemma.sides if isinstance(s, Expression))
        put = dict(zip(values, self._spelled_out(tuple(values.values()), defined), strict=True))
        decision = decide_instance((left, right), put, over)
        if lemma.decision.verdict is not Verdict.PROVED:
            decision = lemma.decision
        sides = (left.substitute(values), right.substitute(values))
        return self._add(Step(name, Rule.SUBSTITUTION, prose, sides, "=", (of,), decision, domain))

    def follows(
        self, name: str, left: Expression, right: Expression, *, of: str, domain: Domain, prose: str
    ) -> Step:
        """Show an equation whose difference is a multiple of that of an earlier equation."""
        given = self[of]
        equation = tuple(side for side in given.sides if isinstance(side, Expression))
        if given.relation != "=" or given.rule is Rule.WORDS or len(equation) != 2:
            raise ProofError(f"claim '{self.claim}': '{of}' is no equation between two numbers")
        self._require(given, domain)
        over = self._over(domain)
        self._spelled_out((left, right), {})
        decision = multiple_of((left, right), (equation[0], equation[1]), over)
        if given.decision.verdict is not Verdict.PROVED:
            decision = given.decision
        return self._add(
            Step(name, Rule.SUBSTITUTION, prose, (left, right), "=", (of,), decision, domain)
        )

    def inequality(
        self,
        name: str,
        stated: Inequality,
        *,
        terms: Sequence[Term],
        scale: Expression | None = None,
        prose: str,
        uses: tuple[str, ...],
    ) -> Step:
        """Show an inequality: ``scale`` > 0 times its difference is a sum of terms >= 0.

        Each term is a product of hypotheses of the inequality and of what is visibly >= 0; the
        hypotheses themselves are the statement's, or follow from the steps used.
        """
        if not all(terms) or not terms:
            raise ProofError(f"claim '{self.claim}': '{name}' has no terms, or an empty one")
        scale, over = scale or Number(1), self._over(stated.domain)
        sides = (scale * (stated.left - stated.right), sum_of(terms))
        self._spelled_out((*sides, *stated.given), {})
        put = self._alphabet.definitions
        decision = decide_certificate(
            stated.substitute(put),
            scale.substitute(put),
            [tuple(factor.substitute(put) for factor in term) for term in terms],
            over,
        )
        return self._add(
            Step(
                name,
                Rule.CERTIFICATE,
                prose,
                (stated,),
                r"\ge",
                uses,
                decision,
                stated.domain,
                lemmas=(sides,),
            )
        )

    def product(self, name: str, *sides: PairProduct, prose: str, uses: tuple[str, ...]) -> Step:
        """Show that products over i and i < l are equal for every d."""
        pair = self._values(uses, ORDERED)
        alone = self._values(
            tuple(used for used in uses if ONE_INDEX.implies(self[used].domain)), ONE_INDEX
        )
        self._alphabet.numbers(frozenset().union(*(side.letters() for side in sides)))
        replaced = [side.substitute(pair, alone) for side in sides]
        decision = joint([decide_product(a, b) for a, b in pairwise(replaced)])
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
        """Show that two matrix expressions (with ``trace``: their traces) are equal.

        The rules are taken from the steps used, which say in words why they hold.
        """
        if rules and not uses:
            raise ProofError(f"claim '{self.claim}': '{name}' has rules from no earlier step")
        letters = letters_of(left, right, *(side for rule in rules for side in rule))
        self._alphabet.matrices(letters - scalars)
        self._alphabet.numbers(letters & scalars)
        decision = decide_words(left, right, rules, scalars, cyclic=trace)
        relation = UNDER_TRACE if trace else "="
        return self._add(
            Step(name, Rule.WORDS, prose, (left, right), relation, uses, decision, rules=rules)
        )

    def constant(
        self,
        name: str,
        expression: Expression,
        velocities: Mapping[Letter, Expression],
        *,
        rules: tuple[Equation, ...],
        prose: str,
        uses: tuple[str, ...],
    ) -> Step:
        """Show that a matrix expression is constant when its letters move with given velocities.

        Its derivative, by the product rule, has the normal form 0.
        """
        rate = derivative(expression, velocities)
        words = self.words(f"{name}'", rate, Number(0), rules=rules, prose=prose, uses=uses)
        self._steps.pop()
        sides = (expression, *words.sides)
        return self._add(replace(words, name=name, rule=Rule.CONSTANT, sides=sides))

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
        over = self._over(domain)
        replaced = self._spelled_out(expressions, self._values(uses, domain))
        decision = joint([decide_sign(e, over, strict=strict) for e in replaced])
        relation = ">" if strict else r"\ge"
        sides = (*expressions, Number(0))
        return self._add(
            Step(name, Rule.POSITIVITY, prose, sides, relation, uses, decision, domain)
        )
