"""What a derivation by theorems establishes of a statement, and what documents show of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Final

from dlnproof.core.verdict import Verdict, worst
from dlnproof.kernel.logic import weaken
from dlnproof.kernel.terms import Term
from dlnproof.kernel.theorem import Named, Premise, Refused, Theorem
from dlnproof.notation.plain import plain
from dlnproof.notation.terms import Writer
from dlnproof.tactics.finish import finish


@dataclass(frozen=True)
class Shown:
    """A theorem in print: its name, what is said of it, and the theorem.

    What is said is for readers; what is decided is the theorem.
    """

    name: str
    theorem: Theorem
    said: str


@dataclass
class Deduction:
    """Theorems about one claim: those that conclude its sentences, and those shown on the way.

    It is made without the claim's formulas: what it concludes is compared with the statement after.
    """

    claim: str
    shown: list[Shown] = field(default_factory=list)
    concluded: dict[str, Theorem] = field(default_factory=dict)

    def show(self, name: str, theorem: Theorem, said: str = "") -> Theorem:
        """Show a theorem under a name, in order; return it."""
        if any(name == other.name for other in self.shown):
            raise Refused(f"claim '{self.claim}': two theorems are shown as '{name}'")
        self.shown.append(Shown(name, theorem, said))
        return theorem

    def conclude(self, sentence: str, theorem: Theorem, said: str = "") -> Theorem:
        """Show a theorem as the conclusion about one of the statement's sentences; return it."""
        self.concluded[sentence] = self.show(sentence, theorem, said)
        _CONCLUDED.setdefault(id(theorem), (self.claim, theorem))
        return theorem

    def theorem(self, name: str) -> Theorem:
        """Return the theorem that is shown under a name."""
        for shown in self.shown:
            if shown.name == name:
                return shown.theorem
        names = ", ".join(shown.name for shown in self.shown)
        raise Refused(f"claim '{self.claim}' shows no theorem '{name}'; it shows {names}")


@dataclass(frozen=True)
class Short:
    """Why a sentence is not established: what the theorem says, or what it needs beyond.

    What a premise says already is not established by it, even if a theorem was made of it.
    """

    concluded: Theorem | None = None
    beyond: frozenset[Term] = frozenset()

    def __str__(self) -> str:
        if self.concluded is None:
            return "no theorem concludes it"
        if self.concluded.rule == "premise":
            return f"it is taken as given, by the premise {told(self.concluded.conclusion)}"
        if self.beyond:
            needed = "; ".join(sorted(map(told, self.beyond)))
            return f"the theorem needs what the claim does not assume: {needed}"
        return f"the theorem says otherwise: {told(self.concluded.conclusion)}"


def told(sentence: Term) -> str:
    """Return a sentence in plain text."""
    return plain(Writer().sentence(sentence))


def lent(claim: str, theorem: Theorem) -> Theorem:
    """Return a theorem of a claim as another one builds on it, which thereby uses that claim."""
    made = weaken(theorem)
    _CONCLUDED[id(made)] = (claim, made)
    return made


_CONCLUDED: Final[dict[int, tuple[str, Theorem]]] = {}
"""What claims conclude, by identity: a derivation that rests on it uses that claim."""


@dataclass(frozen=True, repr=False)
class Account:
    """What a deduction establishes of sentences under hypotheses: those of a claim, or a variant.

    A sentence is established by a theorem that is that sentence, and whose hypotheses are among
    those given.
    """

    deduction: Deduction
    sentences: Mapping[str, Term]
    given: tuple[Term, ...]

    def __repr__(self) -> str:
        return f"<proof of {self.claim}: {self.verdict}>"

    @property
    def claim(self) -> str:
        """The claim's id."""
        return self.deduction.claim

    @cached_property
    def outcome(self) -> dict[str, Theorem | Short]:
        """For each sentence the theorem that establishes it, or why there is none."""
        return {name: self._met(name, sentence) for name, sentence in self.sentences.items()}

    def _met(self, name: str, sentence: Term) -> Theorem | Short:
        if name not in self.deduction.concluded:
            return Short()
        found = _established(self.deduction.concluded[name], sentence, self.given)
        if isinstance(found, Theorem):
            for premise in _premises(found):
                if isinstance(_established(premise, sentence, self.given), Theorem):
                    return Short(premise)
        return found

    @cached_property
    def claims_used(self) -> list[str]:
        """The ids of the claims whose conclusions this one rests on, not through another claim."""
        below = (_claims_below(theorem, self.claim) for theorem in self.established.values())
        return sorted(frozenset[str]().union(*below))

    @property
    def established(self) -> dict[str, Theorem]:
        """The theorems that are sentences of the statement."""
        return {name: t for name, t in self.outcome.items() if isinstance(t, Theorem)}

    @property
    def missing(self) -> dict[str, str]:
        """The sentences that no theorem establishes, and why."""
        return {name: str(why) for name, why in self.outcome.items() if isinstance(why, Short)}

    @property
    def premises(self) -> tuple[Premise, ...]:
        """What is taken as given, in words, below any sentence."""
        found = {p: None for t in self.established.values() for p in _ordered(t)}
        return tuple(found)

    @property
    def named(self) -> tuple[Named, ...]:
        """The theorems of the literature below any sentence, by name."""
        found = {n for t in self.established.values() for n in t.named}
        return tuple(sorted(found, key=lambda n: (n.name, n.book)))

    @cached_property
    def steps(self) -> int:
        """How many applications of rules the sentences rest on."""
        seen: set[Theorem] = set()
        stack = [*self.established.values()]
        while stack:
            if (theorem := stack.pop()) not in seen:
                seen.add(theorem)
                stack.extend(theorem.parents)
        return len(seen)

    @property
    def verdict(self) -> Verdict:
        """PROVED where every sentence is established without a premise, DERIVED with some."""
        if not self.sentences:
            return Verdict.VACUOUS
        found = [Verdict.PROVED]
        if len(self.established) < len(self.sentences):
            found.append(Verdict.UNDECIDED)
        if self.premises:
            found.append(Verdict.DERIVED)
        return worst(found)

    def made_from(self, shown: Shown) -> Made:
        """Return what a shown theorem was made from, up to what was shown or concluded before."""
        names = {id(s.theorem): s.name for s in self.deduction.shown if s is not shown}
        found: set[str] = set()
        claims: set[str] = set()
        between: dict[int, Theorem] = {id(shown.theorem): shown.theorem}
        stack = list(shown.theorem.parents)
        owner, _ = _CONCLUDED.get(id(shown.theorem), (self.claim, None))
        if owner != self.claim:  # it was lent as it is
            return Made((), (owner,), (shown.theorem,))
        while stack:
            theorem = stack.pop()
            claim, _ = _CONCLUDED.get(id(theorem), (self.claim, None))
            if id(theorem) in names:
                found.add(names[id(theorem)])
            elif claim != self.claim:
                claims.add(claim)
            elif id(theorem) not in between:
                between[id(theorem)] = theorem
                stack.extend(theorem.parents)
        earlier = tuple(s.name for s in self.deduction.shown if s.name in found)
        return Made(earlier, tuple(sorted(claims)), tuple(between.values()))


@dataclass(frozen=True)
class Made:
    """What a theorem was made from: those shown earlier, other claims, and the theorems between."""

    earlier: tuple[str, ...]
    claims: tuple[str, ...]
    theorems: tuple[Theorem, ...]


@cache
def _established(concluded: Theorem, sentence: Term, given: tuple[Term, ...]) -> Theorem | Short:
    """Return the theorem that is the sentence, or why there is none.

    It is found once: a variant of a statement shares all sentences but those that it changes.
    """
    try:
        theorem = finish(concluded, sentence, given)
    except (Refused, TypeError):
        return Short(concluded)
    if theorem.conclusion != sentence:
        return Short(theorem)
    return Short(theorem, beyond) if (beyond := theorem.hypotheses - frozenset(given)) else theorem


@lru_cache(1024)
def _claims_below(theorem: Theorem, own: str) -> frozenset[str]:
    """Return the claims whose conclusions a theorem of a claim rests on, not through another."""
    found: set[str] = set()
    seen: set[Theorem] = set()
    stack = [theorem]
    while stack:
        theorem = stack.pop()
        claim, _ = _CONCLUDED.get(id(theorem), (own, None))
        if claim != own:
            found.add(claim)
        elif theorem not in seen:
            seen.add(theorem)
            stack.extend(theorem.parents)
    return frozenset(found)


def _premises(theorem: Theorem) -> list[Theorem]:
    """Return the premises that a theorem was made from, in order."""
    return [t for t in theorem.origins() if t.rule == "premise"] if theorem.premises else []


def _ordered(theorem: Theorem) -> list[Premise]:
    made = (t.conclusion for t in _premises(theorem))
    by_sentence = {p.sentence: p for p in theorem.premises}
    return [by_sentence[s] for s in made if s in by_sentence]
