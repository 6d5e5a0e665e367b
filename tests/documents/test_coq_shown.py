"""The theorems in Coq as readers see them: with their sentences, word for word, in their width."""

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from conftest import built

from dlnproof.claims import CLAIMS
from dlnproof.documents.appendix.tree import appendix_files
from dlnproof.documents.content.dependences import Rests, rests_on
from dlnproof.documents.content.formal import stated_in_coq
from dlnproof.documents.entries import Entry, entries
from dlnproof.documents.explanation import explanation_text
from dlnproof.documents.layout import Screen
from dlnproof.documents.roads import roads_text
from dlnproof.documents.site.sentence_graph import sentence_graph
from dlnproof.documents.site.site import site
from dlnproof.errors import InputError
from dlnproof.record.record import Record
from dlnproof.run.formal_table import stating, theorems

FORMAL = Path(__file__).parents[2] / "formal"
DASHED = 'class="outline absent"'
SHOWN = ("operator-spectrum", "end-to-end-flow", "volume-divergence", "entropy-gradient")
"""Claims with theorems for each sentence, for most, and for none."""


def sections(page: bytes) -> dict[str, str]:
    """The parts of a claim's page that are about its sentences in Coq, as text, by sentence."""
    text = page.decode("ascii")
    found = re.findall(r'<section id="coq-([\w-]+)">(.*?)</section>', text, re.DOTALL)
    return {name: unescape(re.sub(r"<[^>]*>", "", part)) for name, part in found}


def spaced(text: str) -> str:
    return re.sub(r"(?<=[([{]) | (?=[)\]}])", "", " ".join(text.split()))


Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Change a file of a copy of the development, which is read instead."""
    folder = tmp_path / "formal"
    shutil.copytree(FORMAL, folder, ignore=shutil.ignore_patterns("*.vo*", "*.glob", "__pycache__"))
    monkeypatch.setattr("dlnproof.run.formal_table.files", lambda _: folder)

    def edited(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text()
        assert text.count(old) == 1
        (folder / name).write_text(text.replace(old, new))

    return edited


@pytest.fixture(scope="module")
def folder(whole_record: Record) -> dict[str, bytes]:
    return site(built(whole_record, *SHOWN), {})


def test_each_sentence_stands_on_the_page_with_its_theorems(folder: dict[str, bytes]) -> None:
    for claim in SHOWN:
        page = folder[f"claims/{claim}.html"]
        parts = sections(page)
        stated = stating(claim)
        for name, those in stated.items():  # what the same theorems state stands together
            group = next(x for x in stated if stated[x] == those)
            assert all(theorem.theorem in parts[group] for theorem in those), name
        assert len(parts) == len({tuple(t.theorem for t in those) for those in stated.values()})
        whole = spaced(unescape(re.sub(r"<[^>]*>", "", page.decode("ascii"))))
        for theorem in theorems(claim):
            assert whole.count(spaced(theorem.statement)) == 1
        missing = [name for name in CLAIMS[claim].names if name not in stated]
        assert ("No theorem states " in whole) is bool(missing and theorems(claim))
        assert ("No theorem is about this claim." in whole) is not bool(theorems(claim))
    both = sections(folder["claims/end-to-end-flow.html"])["flow"]
    assert all(f"{name}: " in both for name in ("end_to_end_flow", "end_to_end_solution"))
    assert "Together with operator_spectrum, above." in sections(
        folder["claims/operator-spectrum.html"]
    )["coincident"].replace("\n", " ")


def test_what_no_theorem_states_is_said_once(folder: dict[str, bytes]) -> None:
    text = unescape(re.sub(r"<[^>]*>", "", folder["claims/volume-divergence.html"].decode("ascii")))
    assert text.count("No theorem states orbit and orbit-positive.") == 1


@pytest.mark.parametrize("columns", [1, 2])
def test_an_appendix_of_a_run_that_built_them_has_them_with_their_sentences(
    whole_record: Record, columns: int
) -> None:
    record = built(whole_record, *SHOWN)
    text = appendix_files(record, {}, columns=columns)["claims/operator_spectrum.tex"].decode()
    listings = re.findall(r"\\begin\{verbatim\}\n(.*?)\n\\end\{verbatim\}", text, re.DOTALL)
    stated = {t.theorem: t for those in stating("operator-spectrum").values() for t in those}
    assert len(listings) == len(stated)
    for theorem in stated.values():
        assert sum(spaced(shown).endswith(spaced(theorem.statement)) for shown in listings) == 1
    lines = [line for shown in listings for line in shown.splitlines()]
    assert max(map(len, lines)) <= (58 if columns == 2 else 78)
    assert text.count(r"\begin{minipage}{\linewidth}\scriptsize") == len(stated)  # on one page
    parts = re.split(r"\\dlnpoint\{\\texttt\{", text)[1:]
    assert [part.split("}")[0] for part in parts] == [
        "sum", "distinct", "coincident", "basis", "self-\\allowbreak{", "positive",
    ]  # fmt: skip
    for part in parts:
        assert re.search(r"\\\[|\\begin\{equation|orthonormal", part)  # the sentence itself


def test_other_appendices_name_them_and_have_the_headline_alone(whole_record: Record) -> None:
    names = ("operator-spectrum", "volume-divergence")
    claims = tuple(claim for claim in whole_record.claims if claim.id in names)
    made = appendix_files(replace(whole_record, claims=claims), {})
    for name in ("operator_spectrum", "volume_divergence"):
        text = made[f"claims/{name}.tex"].decode()
        assert text.count(r"\begin{verbatim}") == 1
        assert "Each sentence with the theorems" not in text
    assert r"No theorem states \texttt{orbit} and \texttt{orbit-\allowbreak{}positive}." in text


def test_a_statement_altered_in_its_file_is_altered_everywhere(
    whole_record: Record, edit: Edit
) -> None:
    edit("Operator.v", "= lambda N t i l *: (col i U", "= lambda N t l i *: (col i U")
    record = built(whole_record, "operator-spectrum")
    page = sections(site(record, {})["claims/operator-spectrum.html"])["sum"]
    fragment = appendix_files(record, {})["claims/operator_spectrum.tex"].decode()
    for text in (page, fragment):
        assert "lambda N t l i *: (col i U" in spaced(text)
        assert "lambda N t i l *: (col i U" not in spaced(text)


def test_a_theorem_paired_with_another_sentence_stands_there(
    whole_record: Record, edit: Edit
) -> None:
    table = json.loads((FORMAL / "theorems.json").read_text())
    at = next(k for k, entry in enumerate(table) if entry["theorem"] == "operator_positive")
    old = json.dumps(table)
    edit("theorems.json", (FORMAL / "theorems.json").read_text(), old)
    table[at]["sentences"] = ["self-adjoint"]
    edit("theorems.json", old, json.dumps(table))
    record = built(whole_record, "operator-spectrum")
    page = site(record, {})["claims/operator-spectrum.html"]
    parts = sections(page)
    assert "operator_positive" in parts["self-adjoint"]
    assert "positive" not in parts
    assert b"No theorem states <code>positive</code>." in page
    [entry] = entries(record)
    assert rests_on(entry)["self-adjoint"].theorems == (
        "operator_positive", "operator_self_adjoint",
    )[::-1]  # fmt: skip
    said = explanation_text(CLAIMS["operator-spectrum"], Screen(80))
    assert "  no theorem states: positive\n" in said
    assert "operator-spectrum: 5 of 6 in Coq\n" in roads_text(record, Screen(80))


def test_a_theorem_that_its_file_has_not_is_told(edit: Edit) -> None:
    edit("Operator.v", "Theorem operator_spectrum ", "Theorem operators_spectrum ")
    [theorem] = (t for t in theorems("operator-spectrum") if t.theorem == "operator_spectrum")
    with pytest.raises(InputError, match=r"Operator\.v: got no theorem operator_spectrum,"):
        assert theorem.statement


def test_the_table_is_what_the_files_say() -> None:
    table: list[dict[str, Any]] = json.loads((FORMAL / "theorems.json").read_text())
    written = {entry["theorem"]: entry["statement"] for entry in table}
    for claim in CLAIMS:
        for theorem in theorems(claim):
            assert theorem.statement == written[theorem.theorem]


# --- the two roads in a terminal ------------------------------------------------------------------


def test_both_roads_fit_a_terminal_and_say_what_is_missing(whole_record: Record) -> None:
    record = built(whole_record)
    lines = roads_text(record, Screen(80)).splitlines()
    assert max(map(len, lines)) <= 80
    for claim in record.claims:
        begin = next(k for k, line in enumerate(lines) if line.startswith(f"{claim.id}: "))
        found = stating(claim.id)
        number = f"{len(found)} of {len(claim.parts)} in Coq"
        none = ", where no theorem is about it"
        assert lines[begin] == f"{claim.id}: {number}{'' if claim.formal else none}"
        for name in claim.parts:
            line = next(x for x in lines[begin:] if x.split()[:1] == [name])
            road = "measured" if name in claim.measured else "proved"
            assert line.split()[1] == road
            assert (line.split()[2] == "missing") is (name not in found)
    stated = sum(len(stating(claim.id)) for claim in record.claims)
    whole = sum(len(claim.parts) for claim in record.claims)
    assert f"{stated} of {whole} sentences are stated there." in " ".join(" ".join(lines).split())
    assert roads_text(whole_record, Screen(80)) == ""


# --- what rests on what ---------------------------------------------------------------------------


def graph_of(entry: Entry) -> ET.Element:
    return ET.fromstring(sentence_graph(entry, CLAIMS))


def test_the_graph_has_each_sentence_claim_and_theorem_and_an_arrow_for_each_use(
    whole_record: Record,
) -> None:
    for entry in entries(whole_record):
        rests = rests_on(entry)
        assert sorted({c for x in rests.values() for c in x.claims}) == entry.proof.claims_used
        root = graph_of(entry)
        edges = [e for e in root.iter() if e.get("class") == "edge"]
        uses = [(*x.sentences, *x.claims, *x.premises, *x.theorems) for x in rests.values()]
        assert len(edges) == sum(map(len, uses))
        texts = [e.text for e in root.iter() if e.get("class") == "code"]
        beside = [{name for used in x for name in used} for x in (
            (found.claims for found in rests.values()),
            (found.theorems for found in rests.values()),
        )]  # fmt: skip
        assert sorted(filter(None, texts)) == sorted((*rests, *beside[0], *beside[1]))
        links = [e.get("href") for e in root.iter() if e.tag.endswith("}a")]
        assert sorted(filter(None, links)) == [f"{c}.html" for c in entry.proof.claims_used]


def test_boxes_of_the_graph_stand_apart_within_it(whole_record: Record) -> None:
    for entry in entries(whole_record):
        root = graph_of(entry)
        high, wide = float(root.get("height", 0)), float(root.get("width", 0))
        boxes = []
        for group in root.iter():
            if moved := re.match(r"translate\((\S+) (\S+)\)", group.get("transform", "")):
                x, y = map(float, moved.groups())
                [shape] = (e for e in group.iter() if "outline" in e.get("class", ""))
                boxes.append((x, y, float(shape.get("width", 0))))
        for k, (x, y, width) in enumerate(boxes):
            assert 0 <= x <= x + width <= wide
            assert 0 <= y <= y + 22 <= high
            assert all(abs(y - b) >= 22 or x >= a + w or a >= x + width for a, b, w in boxes[:k])


def test_theorems_are_dashed_where_the_run_did_not_build_them(whole_record: Record) -> None:
    [plain] = entries(replace(whole_record, claims=whole_record.claims[3:4]))
    [checked] = entries(built(whole_record, plain.claim.id))
    number = len({t.theorem for those in stated_in_coq(plain).values() for t in those})
    assert sentence_graph(plain, CLAIMS).count(DASHED) == number
    assert DASHED not in sentence_graph(checked, CLAIMS)


def test_a_claim_that_is_not_in_the_record_is_no_link(whole_record: Record) -> None:
    [entry] = (x for x in entries(whole_record) if x.claim.id == "volume-form")
    made = sentence_graph(entry, ["svd-jacobian"])
    assert re.findall(r'href="([^"]*)"', made) == ["svd-jacobian.html"]
    assert ", which is not in this record</title>" in made


def test_premises_are_drawn_and_told_whole(
    whole_record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    [entry] = (x for x in entries(whole_record) if x.claim.id == "svd-jacobian")
    premise = "the sum of the squares of all singular values is positive"
    given = {"jacobian": Rests((), (), (premise,), ())}
    monkeypatch.setattr("dlnproof.documents.site.sentence_graph.rests_on", lambda _: given)
    made = sentence_graph(entry, CLAIMS)
    assert f"<title>taken as given: {premise}</title>" in made
    assert ">the sum of the squares of all si ...<" in made
