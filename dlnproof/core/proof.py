"""Proofs: lists of decided steps, and the verdict that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from dlnproof.core.alphabet import Alphabet
from dlnproof.core.domain import Domain
from dlnproof.core.engines import letters_of
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.identity import Decision, Equation, decide_identity, joint, multiple_of
from dlnproof.core.induction import decide_induction, decide_instance, decide_sign
from dlnproof.core.inequality import Inequality, Term, decide_certificate, sum_of
from dlnproof.core.product import PairProduct, decide_product
from dlnproof.core.spectrum import ONE_INDEX, ORDERED, STATED
from dlnproof.core.step import (
    GIVEN,
    OF_NUMBERS,
    OPEN,
    UNDER_TRACE,
    Equations,
    Names,
    Rule,
    Side,
    Step,
)
from dlnproof.core.verdict import Verdict, worst
from dlnproof.core.words import decide_words, derivative, says

_REWRITING = (Rule.DEFINITION, Rule.IDENTITY, Rule.SUBSTITUTION, Rule.PRODUCT)


class ProofError(ValueError):
    """A proof is put together wrongly: a name used twice, or a step that cannot be used so."""


@dataclass(frozen=True)
class _Values:
    """What letters stand for, and the names of the steps from which each has its value."""

    of: Mapping[Letter, Expression]
    origins: Mapping[Letter, frozenset[str]]

    def behind(self, *sides: Expression) -> frozenset[str]:
        """Return the steps whose equations enter where the letters of the sides are replaced."""
        found = (self.origins.get(letter, frozenset()) for letter in letters_of(*sides))
        return frozenset().union(*found)


class Proof:
    """A proof of one claim, built step by step; each step is decided when it is added.

    A letter that has been defined, or that a used step equates to a value, is replaced by that
    value before later steps are decided. Of the hypotheses of a step's domain on letters that
    depend on N those count that hold for every N, and those that ``domain`` makes, which is what
    the claim's statement assumes. The verdict is the worst of all steps, UNDECIDED as long as some
    part of the statement is not established, and DERIVED, not PROVED, where an argument stands in
    words or a decided step enters no part.
    """

    def __init__(self, claim: str, parts: Mapping[str, Side], domain: Domain = STATED) -> None:
        self.claim = claim
        self._parts = dict(parts)
        self._domain = domain
        if next(domain.samples(domain.letters()), None) is None:
            raise self._error("no point is seen to satisfy the statement's domain")
        for letter in domain.positive - domain.shown().positive:
            raise self._error(f"'{letter.name}' > 0 is not seen to hold for every N")
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
        raise self._error(f"no earlier step '{name}'")

    @property
    def values(self) -> dict[Letter, Expression | PairProduct]:
        """What letters and names stand for in print, in letters that stand for nothing."""
        known = self._alphabet.definitions
        names = {x: named.substitute(known, known) for x, named in self._alphabet.names.items()}
        return {**known, **names}

    @property
    def established(self) -> dict[str, str]:
        """Map each part of the statement to the step that equates it to something else."""
        return {part: steps[0].name for part, steps in self._establishing().items() if steps}

    def _establishing(self) -> dict[str, list[Step]]:
        """Map each part of the statement to the steps that establish it, in order."""
        return {
            part: [step for step in self._steps if self._establishes(step, formula)]
            for part, formula in self._parts.items()
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
        return [part for part, steps in self._establishing().items() if not steps]

    @property
    def rewritten(self) -> Names:
        """The parts that are established by rewriting alone: definitions, put in and expanded.

        Whatever else enters (an induction, words, a certificate, an argument) says more.
        """
        more: set[str] = set()
        for step in self._steps:
            if step.rule not in _REWRITING or step.draws_on & more:
                more.add(step.name)
        return tuple(
            part
            for part, steps in self._establishing().items()
            if steps and not more & {step.name for step in steps}
        )

    @property
    def premises(self) -> tuple[Step, ...]:
        """The arguments in words, which nothing decides."""
        return tuple(step for step in self._steps if step.rule is Rule.ARGUMENT)

    @property
    def loose(self) -> tuple[Step, ...]:
        """The decided steps whose equations enter no part of the statement.

        A step enters when it establishes a part, or when one that enters draws on it.
        """
        entering = {step.name for steps in self._establishing().values() for step in steps}
        for step in reversed(self._steps):
            if step.name in entering:
                entering |= step.draws_on
        return tuple(s for s in self._steps if s.rule not in GIVEN and s.name not in entering)

    @property
    def verdict(self) -> Verdict:
        """PROVED when every step is and every part is established, with nothing short of that."""
        if not self._parts:
            return Verdict.VACUOUS
        short = self.premises or self.loose or self.rewritten
        whole = Verdict.DERIVED if short else Verdict.PROVED
        whole = Verdict.UNDECIDED if self.missing else whole
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

    def search(self, examine: Callable[[Decision], Decision]) -> None:
        """Let a search for counterexamples have its say on the steps that are not proved.

        It may refute them, and name a witness; it cannot make anything hold.
        """
        for k, step in enumerate(self._steps):
            if not step.decision.verdict.holds:
                found = examine(step.decision)
                if found.verdict.holds:
                    raise self._error(f"'{step.name}' holds by a search: expected a decision")
                self._steps[k] = replace(step, decision=found)

    def _error(self, what: str) -> ProofError:
        return ProofError(f"claim '{self.claim}': {what}")

    def _add(self, step: Step, draws_on: frozenset[str] = frozenset()) -> Step:
        """Add a step under a name of its own, which uses and draws on earlier steps only."""
        if any(step.name == earlier.name for earlier in self._steps):
            raise self._error(f"two steps are named '{step.name}'")
        for used in step.uses:
            self[used]
        self._steps.append(replace(step, draws_on=draws_on))
        return self._steps[-1]

    def _over(self, domain: Domain) -> Domain:
        """Return the domain with the hypotheses that count and all recurrences of the proof."""
        whole = self._alphabet.over(domain)
        return whole.shown() | whole.within(self._domain)

    def _values(self, uses: Names, domain: Domain) -> _Values:
        """Return what letters stand for: definitions, and the equations of the steps used."""
        known, origins = dict(self._alphabet.definitions), dict[Letter, frozenset[str]]()
        solved = _Values(known, origins)
        for step in (self[name] for name in uses):
            for left, right in step.equations if step.rule in OF_NUMBERS else ():
                if isinstance(left, Letter):
                    self._require(step, domain)
                    origins[left] = solved.behind(right) | {step.name}
                    known[left] = right.substitute(known)
        for letter, value in self._alphabet.definitions.items():
            if letter not in origins:  # what it stands for may be in letters that were solved
                origins[letter] = solved.behind(value)
                known[letter] = value.substitute(known)
        return solved

    def _require(self, step: Step, domain: Domain) -> None:
        if not domain.implies(step.domain):
            raise self._error(f"'{step.name}' needs hypotheses not made here")

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
            raise self._error(f"'{name}' uses the claim itself")
        return self._add(Step(name, Rule.CLAIM, prose, source=claim))

    def define(self, name: str, letter: Letter, value: Expression, prose: str) -> Step:
        """Let a letter that has no meaning so far stand for an expression."""
        self._alphabet.define(letter, value)
        return self._add(Step(name, Rule.DEFINITION, prose, (letter, value)))

    def let(self, latex: str, product: PairProduct) -> PairProduct:
        """Let a new name stand for a product, in what is typed in steps; return it so written."""
        self._alphabet.let(latex, product)
        return product.named(latex)

    def argue(self, name: str, prose: str, *, equations: Equations = (), uses: Names = ()) -> Step:
        """Fix notation or draw a conclusion in words; documents list it as not decided by us.

        What it asserts of matrices, and words are later rewritten by, it states as ``equations``;
        its prose has ``<<k>>`` where the k-th of them is printed.
        """
        for k in range(1, 1 + len(equations)):
            if f"<<{k}>>" not in prose:
                raise self._error(f"'{name}' does not print <<{k}>>")
        self._alphabet.meet(letters_of(*chain.from_iterable(equations)))
        return self._add(Step(name, Rule.ARGUMENT, prose, uses=uses, asserted=equations))

    # --- decided: numbers ---------------------------------------------------------------------

    def identity(
        self, name: str, *sides: Expression, domain: Domain, prose: str, uses: Names = ()
    ) -> Step:
        """Show that consecutive sides are equal as rational functions wherever ``domain`` says."""
        over, values = self._over(domain), self._values(uses, domain)
        replaced = self._spelled_out(sides, values.of)
        decision = joint([decide_identity(a, b, over) for a, b in pairwise(replaced)])
        rule = Rule.SUBSTITUTION if uses else Rule.IDENTITY
        step = Step(name, rule, prose, sides, "=", uses, decision, domain)
        return self._add(step, values.behind(*sides))

    def positive(
        self,
        name: str,
        *expressions: Expression,
        domain: Domain,
        prose: str,
        uses: Names = (),
        strict: bool = True,
    ) -> Step:
        """Show that expressions are > 0 (or >= 0) on the domain; sequences by induction on N."""
        over, values = self._over(domain), self._values(uses, domain)
        replaced = self._spelled_out(expressions, values.of)
        decision = joint([decide_sign(e, over, strict=strict) for e in replaced])
        sides, relation = (*expressions, Number(0)), ">" if strict else r"\ge"
        step = Step(name, Rule.POSITIVITY, prose, sides, relation, uses, decision, domain)
        return self._add(step, values.behind(*expressions))

    def induction(
        self, name: str, left: Expression, right: Expression, *, domain: Domain, prose: str
    ) -> Step:
        """Show an equation for all N >= 1: at N = 1, and at N + 1 as a multiple of that at N."""
        over, sides = self._alphabet.over(domain), (left, right)
        a, b = self._spelled_out(sides, self._alphabet.definitions)
        decision, lemmas = decide_induction(a, b, over)
        step = Step(name, Rule.INDUCTION, prose, sides, "=", (), decision, domain, lemmas)
        return self._add(step)

    def instance(
        self, name: str, of: str, values: Mapping[Letter, Expression], domain: Domain, prose: str
    ) -> Step:
        """Put expressions for the letters of an equation proved by induction without division."""
        lemma = self[of]
        if lemma.rule is not Rule.INDUCTION or lemma.decision.divisors:
            raise self._error(f"'{of}' is no induction free of division")
        over, defined = self._over(domain), self._alphabet.definitions
        [(a, b)] = lemma.equations
        left, right = a.substitute(defined), b.substitute(defined)
        put = dict(zip(values, self._spelled_out(tuple(values.values()), defined), strict=True))
        decision = decide_instance((left, right), put, over)
        sides = (left.substitute(values), right.substitute(values))
        step = Step(name, Rule.SUBSTITUTION, prose, sides, "=", (of,), decision, domain)
        return self._from(lemma, step)

    def follows(
        self, name: str, left: Expression, right: Expression, *, of: str, domain: Domain, prose: str
    ) -> Step:
        """Show an equation whose difference is a multiple of that of an earlier equation."""
        given, sides = self[of], (left, right)
        if given.rule not in OF_NUMBERS or not given.equations:
            raise self._error(f"'{of}' is no equation between two numbers")
        [equation] = given.equations
        self._require(given, domain)
        over = self._over(domain)
        self._spelled_out(sides, {})
        decision = multiple_of(sides, equation, over)
        step = Step(name, Rule.SUBSTITUTION, prose, sides, "=", (of,), decision, domain)
        return self._from(given, step)

    def _from(self, given: Step, step: Step) -> Step:
        """Add an equation that follows from an earlier one: no better decided than that."""
        if given.decision.verdict is not Verdict.PROVED:
            step = replace(step, decision=given.decision)
        return self._add(step, frozenset({given.name}))

    def inequality(
        self,
        name: str,
        stated: Inequality,
        *,
        terms: Sequence[Term],
        scale: Expression | None = None,
        prose: str,
        uses: Names,
    ) -> Step:
        """Show an inequality: ``scale`` > 0 times its difference is a sum of terms >= 0.

        Each term is a product of hypotheses of the inequality and of what is visibly >= 0; the
        hypotheses themselves are the statement's, or follow from the steps used.
        """
        if not all(terms) or not terms:
            raise self._error(f"'{name}' has no terms, or an empty one")
        scale, over = scale or Number(1), self._over(stated.domain)
        sides = (scale * (stated.left - stated.right), sum_of(terms))
        self._spelled_out((*sides, *stated.given), {})
        put = self._alphabet.definitions
        spelled = [tuple(factor.substitute(put) for factor in term) for term in terms]
        decision = decide_certificate(stated.substitute(put), scale.substitute(put), spelled, over)
        step = Step(name, Rule.CERTIFICATE, prose, (stated,), r"\ge", uses, decision, stated.domain)
        return self._add(replace(step, lemmas=(sides,)))

    def product(self, name: str, *sides: PairProduct, prose: str, uses: Names) -> Step:
        """Show that products over i and i < l are equal for every d."""
        pair = self._values(uses, ORDERED)
        alone = self._values(
            tuple(used for used in uses if ONE_INDEX.implies(self[used].domain)), ONE_INDEX
        )
        self._alphabet.numbers(frozenset().union(*(side.letters() for side in sides)))
        replaced = [side.substitute(pair.of, alone.of) for side in sides]
        decision = joint([decide_product(a, b) for a, b in pairwise(replaced)])
        drawn = pair.behind(*(side.pair for side in sides)) | alone.behind(
            *(factor for side in sides for factor in (side.index, side.at_coincidence()))
        )
        return self._add(Step(name, Rule.PRODUCT, prose, sides, "=", uses, decision), drawn)

    # --- decided: matrices --------------------------------------------------------------------

    def words(
        self,
        name: str,
        left: Expression,
        right: Expression,
        *,
        rules: Equations,
        prose: str,
        uses: Names,
        scalars: frozenset[Letter] = frozenset(),
        trace: bool = False,
    ) -> Step:
        """Show that two matrix expressions (with ``trace``: their traces) are equal.

        Each rule, or its transpose, is an equation of a step used, read in either direction.
        """
        sides, relation = (left, right), UNDER_TRACE if trace else "="
        step = Step(name, Rule.WORDS, prose, sides, relation, uses, OPEN)
        return self._rewritten(step, sides, rules, scalars)

    def constant(
        self,
        name: str,
        expression: Expression,
        velocities: Mapping[Letter, Letter],
        *,
        rules: Equations,
        prose: str,
        uses: Names,
    ) -> Step:
        """Show that a matrix expression is constant: its derivative has the normal form 0.

        ``velocities`` gives each of its letters a letter of its own for the velocity, which has no
        other meaning: what it is equal to, be it 0, is a rule. A transpose moves as the transpose.
        """
        letters, moving = expression.letters(), set(velocities.values())
        if len(moving) < len(velocities) or moving & (letters | set(self._alphabet.definitions)):
            raise self._error(f"'{name}' has velocities with another meaning")
        try:
            rate = (derivative(expression, velocities), Number(0))
        except ValueError as error:
            raise self._error(f"'{name}': {error}") from None
        self._alphabet.matrices(letters)
        self._alphabet.move(velocities)
        step = Step(name, Rule.CONSTANT, prose, (expression, *rate), "=", uses, OPEN)
        return self._rewritten(step, rate, rules, frozenset())

    def _rewritten(
        self, step: Step, sides: Equation, rules: Equations, scalars: frozenset[Letter]
    ) -> Step:
        """Add a step that rewrites words by rules, each of them stated by a step used."""
        letters = letters_of(*sides, *chain.from_iterable(rules))
        self._alphabet.matrices(letters - scalars)
        self._alphabet.numbers(letters & scalars)
        drawn = frozenset(self._stating(rule, step, scalars) for rule in rules)
        decision = decide_words(*sides, rules, scalars, cyclic=step.relation == UNDER_TRACE)
        return self._add(replace(step, decision=decision, rules=rules), drawn)

    def _stating(self, rule: Equation, step: Step, scalars: frozenset[Letter]) -> str:
        """Return the first of the steps used that states a rewriting rule."""
        for used in step.uses:
            if any(says(stated, rule, scalars) for stated in self[used].equations):
                return used
        letters = ", ".join(sorted(letter.name for letter in letters_of(*rule)))
        raise self._error(
            f"'{step.name}' has a rule (in {letters}) that no step which it uses states; expected "
            "a definition, an equation of words, or an argument's equation"
        )
