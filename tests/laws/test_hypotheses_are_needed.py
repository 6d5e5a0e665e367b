"""Each hypothesis is needed: without it a sentence is false, and its derivation does not end."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from attack import Tally
from changed_sentences import establishes, lines
from changes import changes
from points_of_claims import SENTENCES
from violations import Found, needed

from dlnproof.claims import CLAIMS
from dlnproof.definitions.completion import QUASI, SVD_OF_END
from dlnproof.definitions.hypotheses import GRADIENT, WIDTH
from dlnproof.definitions.regression import SIZES
from dlnproof.definitions.small import NEAR
from dlnproof.kernel.terms import SortError, Term
from dlnproof.numeric.sentences import answer

each_claim = pytest.mark.parametrize("claim", SENTENCES)

MOST = 6
"""How many changes of a hypothesis are tried."""

_EMPTY = "where there is nothing, every sentence is true"
_ANY_FRAME = "of the same matrices, which have a decomposition, the sentences are true"
NO_POINT: dict[tuple[str, Term], str] = {
    ("balancedness", GRADIENT[0]): "the gradients in the factors balance whatever that of l is",
    ("riemannian-submersion", WIDTH[0]): _EMPTY,
    ("recap", SIZES[0]): _EMPTY,
    ("norm-divergence", SVD_OF_END[3]): "a sentence about these values assumes them positive",
    ("norm-divergence", QUASI[1]): "it follows from the next two: 0 = nu(X - X) <= 2 c nu(X)",
    **{("volume-corners", hypothesis): _ANY_FRAME for hypothesis in NEAR[4:]},
}
"""Hypotheses without which every sentence is true still, and why."""


@cache
def shown(claim: str, place: int) -> Found | None:
    """Return a sentence that is false where one hypothesis alone is, and a point."""
    return needed(claim, CLAIMS[claim].given[place])


@each_claim
def test_without_a_hypothesis_a_sentence_is_false(claim: str) -> None:
    given = CLAIMS[claim].given
    unshown = {h for place, h in enumerate(given) if shown(claim, place) is None}
    assert unshown == {h for c, h in NO_POINT if c == claim}


@each_claim
def test_without_a_hypothesis_the_derivation_does_not_end(claim: str) -> None:
    given, says = CLAIMS[claim].given, CLAIMS[claim].says()
    for place, hypothesis in enumerate(given):
        others = (*given[:place], *given[place + 1 :])
        ends = [establishes(claim, name, said, others) is not None for name, said in says.items()]
        assert not all(ends), hypothesis


def judged(claim: str, most: int, seed: int = 0) -> Tally:
    """Return what became of sentences under changed hypotheses, at points where these hold."""
    tally = Tally()
    given = CLAIMS[claim].given
    for place, hypothesis in enumerate(given):
        found = shown(claim, place)
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


@each_claim
def test_under_another_hypothesis_nothing_false_is_established(
    claim: str, record_property: Callable[[str, object], None]
) -> None:
    tally = judged(claim, MOST)
    record_property("changed hypotheses", lines(tally))
    assert not tally.false
    assert tally.counts
