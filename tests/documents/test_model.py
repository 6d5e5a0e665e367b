"""The model of documents: few kinds of nodes, and text that is never a command or markup."""

from typing import Any, get_args

import pytest

from dlnproof import Grid, check
from dlnproof.claims.deduction import Account, Deduction
from dlnproof.core.verdict import Verdict
from dlnproof.documents import entries, model
from dlnproof.documents.content.overview import overview
from dlnproof.documents.writers import latex, markdown
from dlnproof.documents.writers.html import Html

HOSTILE = "\\input{x} $ & < > | `*_# % ^ ~ {"
STYLES = list(model.Style)


def kinds(union: str) -> set[str]:
    return {name.strip() for name in union.split("|")}


def test_there_are_at_most_eight_kinds_of_blocks_and_references() -> None:
    blocks = kinds(str(get_args(model.Block) or model.Block))
    assert len(blocks | {"Link"}) <= 8
    assert all(hasattr(model, name) for name in blocks)


def nodes() -> list[model.Block]:
    """Each kind of node that holds words of others, with hostile ones."""
    link = model.Link(model.To.TITLE, "svd-jacobian", (HOSTILE,))
    text: model.Text = (HOSTILE, model.Word(Verdict.REFUTED, HOSTILE), link)
    text += tuple(model.Mark(style, HOSTILE) for style in STYLES)
    inside: list[model.Block] = [
        model.Paragraph(text),
        model.Items([text, text], [HOSTILE, HOSTILE]),
        model.Table((HOSTILE, "x"), "lp", [(text, text)]),
        model.Table((HOSTILE, "x"), "lp", [(text,), (text, text)]),
    ]
    return [*inside, model.Section(text, inside), model.Section(text, inside, folded=True)]


def test_words_are_no_commands() -> None:
    made = latex.blocks(nodes())
    assert made.isascii()
    assert r"\input{" not in made
    assert made.count("{") - made.count(r"\{") == made.count("}") - made.count(r"\}")


def test_words_are_no_markup() -> None:
    made = Html("", frozenset({"svd-jacobian"})).blocks(nodes())
    assert "< >" not in made
    assert "&lt; &gt;" in made


def test_characters_that_latex_does_not_read_are_refused() -> None:
    with pytest.raises(ValueError, match="not printable ASCII"):
        latex.blocks([model.paragraph("caf\u00e9")])


def test_lists_in_words() -> None:
    link = model.Link(model.To.CLAIM, "coarea")
    assert model.listed([(link,), ("b",)]) == (link, " and ", "b")
    assert model.listed([]) == ("none",)


@pytest.fixture(scope="module")
def record() -> Any:
    grid = Grid((2,), (1,), runs=0)
    return check(["svd-jacobian", "operator-spectrum"], grid=grid, expression="derivation")


def test_a_proof_is_derived_once_in_a_process(record: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    derived: list[str] = []

    def derive(claim: Any) -> Account:
        derived.append(claim.id)
        return Account(Deduction(claim.id), {}, ())

    entries._proof.cache_clear()
    monkeypatch.setattr(entries, "derive_claim", derive)
    for _ in range(2):
        assert [entry.claim.id for entry in entries.entries(record)] == [
            c.id for c in record.claims
        ]
    entries._proof.cache_clear()
    assert derived == [claim.id for claim in record.claims]


def test_a_notebook_and_a_readme_say_the_same(record: Any) -> None:
    table = overview(record.claims, figures=False)
    shown = Html("", frozenset()).blocks([table])
    written = markdown.claims_table(record)
    assert len(table.rows) == len(written.splitlines()) - 2 == len(record.claims)
    for claim in record.claims:
        assert claim.title in shown
        assert claim.title in written
