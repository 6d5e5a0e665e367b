"""Statements of Coq on lines: only spaces change, and lines end where a reader looks for it."""

import json
import re
from pathlib import Path

import pytest

from dlnproof.notation.coq_lines import laid_out

FORMAL = Path(__file__).parents[2] / "formal"
THEOREMS = json.loads((FORMAL / "theorems.json").read_text())
WRITTEN = sorted({text for t in THEOREMS for text in (*t["context"], t["statement"])})


def words(text: str) -> str:
    return re.sub(r"(?<=[([{]) | (?=[)\]}])", "", " ".join(text.split()))


@pytest.mark.parametrize("width", [48, 58, 78, 94])
def test_lines_fit_and_nothing_but_spaces_is_changed(width: int) -> None:
    for text in WRITTEN:
        made = laid_out(text, width)
        assert words(made) == words(text)
        assert max(map(len, made.splitlines())) <= width, made
        assert not re.search(r"^ *(->|<->|/\\|=|<=|<|\+|\*|,|&|:)(?= |$)", made, re.MULTILINE)


def test_a_statement_is_broken_from_without() -> None:
    text = (
        "Theorem t (R : rcfType) (d N : nat) (U V : 'M[R]_d) (s : 'I_d -> R) : (0 < N)%N -> "
        "(forall i l : 'I_d, (i < l)%N -> s l <= s i) -> exists q : {poly R}, [/\\ q.[0] != 0, "
        "q.[1] = 1 & forall e, 0 < e -> \\det (gram N U V s) = (if s 0 == s 1 then q.[e] else "
        "q.[0] * q.[e] ^+ 2 * q.[e + 1]) + e ^+ N - q.[0]]."
    )
    assert laid_out(text, 60).splitlines() == [
        "Theorem t (R : rcfType) (d N : nat) (U V : 'M[R]_d)",
        "  (s : 'I_d -> R) :",
        "  (0 < N)%N ->",
        "  (forall i l : 'I_d, (i < l)%N -> s l <= s i) ->",
        "  exists q : {poly R},",
        "  [/\\ q.[0] != 0,",
        "      q.[1] = 1 &",
        "      forall e, 0 < e ->",
        "      \\det (gram N U V s) =",
        "        (if s 0 == s 1",
        "         then q.[e]",
        "         else q.[0] * q.[e] ^+ 2 * q.[e + 1]) + e ^+ N -",
        "          q.[0]].",
    ]


@pytest.mark.parametrize("text", ["Theorem", "forall", "if a", "(((", "Lemma l : -> -> = ,"])
def test_what_is_no_statement_is_shown_as_it_is(text: str) -> None:
    for width in (1, 4, 80):
        assert "".join(laid_out(text, width).split()) == "".join(text.split())
