"""Whether what a claim's theorem establishes can be a sentence that is false.

A sentence of a claim with one change is evaluated at points where the claim's hypotheses hold, and
handed to what compares theorems with statements; so is a sentence under one hypothesis less, or
another one, at a point where it is false. Run as a script, it tries every change there is.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, partial
from random import Random

from attack import Tally
from changes import Change, changes
from conftest import derivation_of
from points_of_claims import SENTENCES, places
from violations import needed

from dlnproof.claims import CLAIMS
from dlnproof.claims.deduction import Account
from dlnproof.kernel.terms import SortError, Term
from dlnproof.kernel.theorem import Theorem
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.sentences import answer

FEW = 4
"""At how many points a changed sentence is evaluated; half of them for claims about limits."""


def establishes(claim: str, name: str, sentence: Term, given: Sequence[Term]) -> Theorem | None:
    """Return the theorem by which a claim's derivation would establish another sentence."""
    deduction = derivation_of(claim).deduction
    return Account(deduction, {name: sentence}, tuple(given)).established.get(name)


def found_at(sentence: Term, points: Sequence[Point]) -> bool | None:
    """Return False where a sentence is false at a point; None where it speaks of no case."""
    seen = None
    for point in points:
        said = answer(sentence, point)
        if said.guess is False:
            return False
        if said.guess and not said.vacuous:
            seen = True
    return seen


@cache
def points_of(claim: str) -> tuple[Point, ...]:
    """Return points for the changed sentences of a claim, those of small matrices first."""
    found = sorted((p.point for p in places(claim)), key=lambda p: _rank(int(p.values["d"])))
    dear = any(
        x.op in ("limit", "limit0") for s in CLAIMS[claim].says().values() for x in s.parts()
    )
    return tuple(found[: FEW // 2 if dear else FEW])


def _rank(width: int) -> int:
    """Return how early a point of a width is tried: 2, then 1, then 3."""
    return (width - 2) % 3


def outcome(claim: str, name: str, sentence: Term) -> str:
    """Return what became of a changed sentence; ``false`` where a false one is established."""
    established = establishes(claim, name, sentence, CLAIMS[claim].given) is not None
    true = found_at(sentence, points_of(claim))
    if true is False:
        return "false" if established else "false and refused"
    word = "still true" if true else "not decided at points"
    return f"{word}, {'established' if established else 'not established'}"


def sample(claim: str, most: int, seed: int) -> Iterator[tuple[str, str, Term]]:
    """Yield kinds, names and changed sentences of a claim: at most so many of a kind."""
    by_kind: dict[str, list[tuple[str, Change]]] = defaultdict(list)
    says = CLAIMS[claim].says()
    for name, sentence in says.items():
        for change in changes(sentence):
            by_kind[change[0]].append((name, change))
    for kind, found in by_kind.items():
        rng = Random(f"{seed}/{claim}/{kind}")
        rng.shuffle(found)
        seen = set(says.values())
        for name, (_, make) in found:
            if len(seen) == most + len(says):
                break
            try:
                other = make()
            except SortError:
                continue
            if other not in seen:
                seen.add(other)
                yield kind, name, other


def judged(claim: str, most: int, seed: int = 0) -> Tally:
    """Return what became of changed sentences, by the kind of the change."""
    tally = Tally()
    for kind, name, other in sample(claim, most, seed):
        tally.add(kind, outcome(claim, name, other), f"{claim}, {name}: {other}")
    return tally


def under_other_hypotheses(claim: str, most: int, seed: int = 0) -> Tally:
    """Return what became of sentences under changed hypotheses, at points where these hold."""
    tally = Tally()
    given = CLAIMS[claim].given
    for place, hypothesis in enumerate(given):
        found = needed(claim, hypothesis)
        if found is None:
            continue
        others = (*given[:place], *given[place + 1 :])
        sentence = CLAIMS[claim].says()[found.name]
        tried = list(changes(hypothesis))
        Random(f"{seed}/{claim}/{place}").shuffle(tried)
        assumed: list[tuple[str, tuple[Term, ...]]] = [("left out", ())]
        for kind, make in tried:
            if len(assumed) > most:
                break
            try:
                other = make()
            except SortError:
                continue
            if answer(other, found.point).guess:
                assumed.append((kind, (other,)))
        for kind, more in assumed:
            established = establishes(claim, found.name, sentence, (*others, *more))
            tally.add(
                f"hypothesis, {kind}",
                "false" if established else "false and refused",
                f"{claim}, {found.name}, with {more} for {hypothesis}",
            )
    return tally


def lines(tally: Tally) -> dict[str, int]:
    """Return counts by what a line of print says: the kind of a change, and what became of it."""
    return {f"{kind}: {what}": n for (kind, what), n in tally.counts.items()}


def of_claim(claim: str, most: int) -> tuple[Tally, Tally]:
    """Return what became of the changes of a claim's sentences, and of its hypotheses."""
    return judged(claim, most), under_other_hypotheses(claim, most)


def main(most: int = 10**9) -> int:
    """Try the changes, so many of a kind; print what became of them; 1 where there is a hole."""
    counts: Counter[str] = Counter()
    holes: list[str] = []
    with multiprocessing.Pool() as processes:
        found = processes.imap(partial(of_claim, most=most), SENTENCES)
        for claim, tallies in zip(SENTENCES, found, strict=True):
            for tally in tallies:
                counts.update(lines(tally))
                holes += tally.false
            done = f"{sum(counts.values())} changes until here, {len(holes)} holes"
            print(f"{claim}: {done}", flush=True)
    print("\n".join([*(f"{n:6d} {line}" for line, n in sorted(counts.items())), *holes]))
    return int(bool(holes))


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
