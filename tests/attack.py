"""Theorems at points: a rule at random terms, and what it says where its hypotheses hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from random_terms import Terms

from dlnproof.kernel.terms import SortError
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.numeric.samples import points, satisfying
from dlnproof.numeric.sentences import holds

Rule = Callable[[Terms], Theorem]


@dataclass
class Tally:
    """What became of many theorems: counts by rule and outcome, and those found false.

    One is doubtful where a hypothesis was tried in a sample of its cases only.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)

    def add(self, name: str, outcome: str, detail: str = "") -> None:
        """Count an outcome."""
        self.counts[name, outcome] += 1
        if outcome in ("false", "doubtful"):
            self.false.append(f"{outcome}: {name}: {detail}")

    def of(self, outcome: str) -> dict[str, int]:
        """Return how often each rule had an outcome."""
        return {name: n for (name, what), n in self.counts.items() if what == outcome}

    def table(self) -> str:
        """Return the counts for print."""
        names = sorted({name for name, _ in self.counts})
        outcomes = sorted({what for _, what in self.counts})
        rows = [
            f"{name}: " + ", ".join(f"{self.counts[name, what]} {what}" for what in outcomes)
            for name in names
        ]
        return "\n".join(rows)


def judged(theorem: Theorem, seed: int, tries: int = 4) -> tuple[str, str]:
    """Return ``false``, ``true``, ``unknown`` or, where no point is found, ``unmet``."""
    best = ("unmet", "")
    for point in points(seed, tries):
        found = satisfying(sorted(theorem.hypotheses, key=repr), point)
        if found is None:
            continue
        answer = holds(theorem, found)
        if answer.guess is False:
            return (
                "doubtful" if answer.sampled else "false",
                f"{theorem!r}\n  at {found}\n  {answer.shown}",
            )
        best = ("true", "") if answer.guess or best[0] == "true" else ("unknown", answer.shown)
    return best


def attack(rules: Mapping[str, Rule], count: int, seed: int = 0, tries: int = 4) -> Tally:
    """Apply each rule many times to random terms, and evaluate what it says."""
    tally = Tally()
    for name, rule in rules.items():
        for k in range(count):
            rng = Random(f"{seed}/{name}/{k}")
            try:
                theorem = rule(Terms(rng))
            except Refused:
                tally.add(name, "refused")
                continue
            except SortError:
                tally.add(name, "ill-sorted")
                continue
            tally.add(name, *judged(theorem, rng.randrange(10**6), tries))
    return tally


def theorems(pool: Mapping[str, Rule], rng: Random, count: int) -> Iterator[Theorem]:
    """Yield theorems from rules at random."""
    names = list(pool)
    while count:
        try:
            yield pool[rng.choice(names)](Terms(rng))
            count -= 1
        except (Refused, SortError):
            continue
