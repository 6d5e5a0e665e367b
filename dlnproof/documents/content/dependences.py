"""What each sentence of a claim rests on: other sentences, claims, premises; and Coq's theorems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dlnproof.claims.deduction import Account, told
from dlnproof.documents.content.formal import stated_in_coq
from dlnproof.documents.entries import Entry


@dataclass(frozen=True)
class Rests:
    """What the derivation of one sentence uses, and the theorems in Coq that state the sentence.

    ``sentences`` are those of the same claim, ``premises`` what is taken as given, in words.
    """

    sentences: tuple[str, ...]
    claims: tuple[str, ...]
    premises: tuple[str, ...]
    theorems: tuple[str, ...]


def rests_on(entry: Entry) -> Mapping[str, Rests]:
    """Return what each sentence rests on, without what follows from others of these."""
    in_coq = stated_in_coq(entry)
    return {
        name: Rests(
            *_below(entry.proof, name),
            tuple(theorem.theorem for theorem in in_coq.get(name, ())),
        )
        for name in entry.claim.names
    }


def _below(
    account: Account, sentence: str
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the sentences, claims and premises below a sentence, up to the next sentences."""
    if sentence not in account.established:
        return (), (), ()
    sentences, claims = dict[str, None](), dict[str, None]()
    shown = {each.name: each for each in account.deduction.shown}
    waiting, seen = [sentence], {sentence}
    while waiting:
        made = account.made_from(shown[waiting.pop()])
        claims |= dict.fromkeys(made.claims)
        for name in made.earlier:
            if name in account.established:
                sentences[name] = None
            elif name not in seen:
                waiting.append(name)
            seen.add(name)
    premises = account.established[sentence].premises
    theirs = {p for name in sentences for p in account.established[name].premises}
    mine = tuple(sorted(told(premise.sentence) for premise in premises - theirs))
    return tuple(n for n in account.sentences if n in sentences), tuple(claims), mine
