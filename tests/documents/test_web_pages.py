"""The folder of a web page: whole, linked, escaped, the same each time, and honest."""

import dataclasses
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from conftest import counted

from dlnproof.claims import CLAIMS
from dlnproof.cli.main import main
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.content.reliance import not_shown
from dlnproof.documents.entries import entries
from dlnproof.documents.figures import FIGURES as FIGURE_NAMES
from dlnproof.documents.figures.captions import SHOWN
from dlnproof.documents.limits import limits
from dlnproof.documents.site.site import site
from dlnproof.documents.writers import latex as writer
from dlnproof.notation.plain import blocks
from dlnproof.record.counterexamples import Counterexample
from dlnproof.record.evidence import Evidence
from dlnproof.record.record import ClaimRecord, Environment, Record

ALL, SEEN = len(CLAIMS), sum(bool(claim.empirical) for claim in CLAIMS.values())

FIGURE = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
FIGURES = dict.fromkeys(("norms", "descent-versus-flow", "outcomes", "volume"), FIGURE)
PAGES = ["index.html", *(f"claims/{name}.html" for name in CLAIMS)]

FOUND = {
    "schema": "dlnproof-counterexample/1",
    "claim": "svd-jacobian",
    "statement": "the claim",
    "N": 2,
    "d": 2,
    "point": {"t": ["2", "1"], "Q": [[["1", "0"], ["0", "1"]]] * 3},
    "left": "3",
    "right": "5",
}


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(content.decode("ascii"))
        assert self.open == [], "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in ("meta", "link", "input", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "script":
            self.text += data

    def all(self, name: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag == name]


@pytest.fixture(scope="module")
def folder(whole_record: Record) -> dict[str, bytes]:
    return site(whole_record, FIGURES)


@pytest.fixture(scope="module")
def pages(folder: dict[str, bytes]) -> dict[str, Page]:
    return {name: Page(folder[name]) for name in folder if name.endswith(".html")}


def with_evidence(record: Record, name: str, route: Route, **changes: object) -> Record:
    def changed(evidence: Evidence) -> Evidence:
        if evidence.route is not route:
            return evidence
        return dataclasses.replace(evidence, **changes)  # type: ignore[arg-type]

    def claim_of(claim: ClaimRecord) -> ClaimRecord:
        if claim.id != name:
            return claim
        return dataclasses.replace(claim, evidence=tuple(map(changed, claim.evidence)))

    return dataclasses.replace(record, claims=tuple(map(claim_of, record.claims)))


def write(record: Record, path: Path) -> Path:
    path.write_text(record.dumps())
    return path


def test_there_is_a_page_for_each_claim(pages: dict[str, Page]) -> None:
    assert sorted(pages) == sorted(PAGES)


def test_every_link_leads_to_a_file_and_an_anchor(
    folder: dict[str, bytes], pages: dict[str, Page]
) -> None:
    count = 0
    for name, page in pages.items():
        for _, attributes in page.elements:
            for key in ("href", "src"):
                target = attributes.get(key)
                if target is None or target == "data:,":
                    continue
                count += 1
                assert not re.match(r"[a-z]+:|//|/", target), f"{name} leads away: {target}"
                file, _, anchor = target.partition("#")
                path = normpath(join(dirname(name), file)) if file else name
                assert path in folder, f"{name}: {target}"
                if anchor:
                    ids = [a["id"] for _, a in pages[path].elements if "id" in a]
                    assert anchor in ids, f"{name}: {target}"
    assert count > 400


def test_nothing_is_loaded_from_elsewhere(folder: dict[str, bytes]) -> None:
    for name, content in folder.items():
        if name.endswith((".html", ".css", ".svg")):
            text = content.decode("ascii")
            allowed = re.sub(r'xmlns(:\w+)?="[^"]*"', "", text)
            assert not re.search(r"""(src|href)=["']?\w+://|url\(["']?[^#]|@import""", allowed)
            assert not re.search(r"fetch\(|XMLHttpRequest|import\(|type=.module", text)


def test_every_page_has_its_landmarks_and_headings_in_order(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        names = [tag for tag, _ in page.elements]
        for landmark in ("header", "nav", "main", "footer"):
            assert landmark in names, (name, landmark)
        assert page.all("html") == [{"lang": "en"}]
        assert names.index("a") < names.index("header")
        assert page.all("a")[0] == {"href": "#main", "class": "skip"}
        levels = [int(tag[1]) for tag in names if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b <= a + 1 for a, b in pairwise(levels)), (name, levels)
        ids = [a["id"] for _, a in page.elements if "id" in a]
        assert len(ids) == len(set(ids)), name
        assert all("scope" in th for th in page.all("th"))
        assert all(image.get("alt", "").startswith("Figure: ") for image in page.all("img"))


def test_the_mathematics_is_mathml(pages: dict[str, Page], folder: dict[str, bytes]) -> None:
    count = 0
    for name, page in pages.items():
        count += len(page.all("math"))
        assert b'class="latex"' not in folder[name]
        without_code = re.sub(rb"<(pre|code).*?</\1>", b"", folder[name], flags=re.DOTALL)
        text = re.sub(rb"<script.*?</script>|<[^>]*>", b"", without_code, flags=re.DOTALL)
        assert b"\\" not in text, name
        assert b"$" not in text, name
    assert count > 1500


def test_the_first_page_says_whose_the_printed_statements_are_and_how_well_attested(
    pages: dict[str, Page],
) -> None:
    text = " ".join(pages["index.html"].text.split())
    assert "related statements as extracted from Karmakar, " in text
    assert " attested by the author's own source file, " in text
    assert "Nothing is said of the wording of Cohen, Menon and Veraszto (2023), " in text
    assert "single extraction (one machine extraction only, which may have misread it)" in text
    assert "sources print" not in text


def test_a_claim_page_shows_what_the_record_says(
    whole_record: Record, pages: dict[str, Page]
) -> None:
    for claim in whole_record.claims:
        page = pages[f"claims/{claim.id}.html"]
        text = " ".join(page.text.split())
        assert claim.title in text
        for evidence in claim.evidence:
            assert evidence.verdict.value in text
            rejected = evidence.tried - len(evidence.survivors)
            assert f"{rejected} of {evidence.tried}" in text
        for finding in (f for e in claim.evidence for f in e.details.get("findings", ())):
            name = str(finding["name"])
            assert name in text or not re.fullmatch(r"[a-z_-]+", name)  # formulas are set
        for printed in claim.as_printed:
            assert printed.name in text
            assert printed.verdict.value.replace("_", " ") in text
        for mutant in CLAIMS[claim.id].mutants:
            assert mutant.name in text
        for name in claim.formal:
            assert name in text
        assert {"statement", "evidence", "derivation"} <= {
            a.get("id", "") for _, a in page.elements
        }


def test_who_uses_whom_is_said_on_both_sides(pages: dict[str, Page]) -> None:
    def linked(name: str) -> set[str]:
        return {a["href"].partition("#")[0] for a in pages[f"claims/{name}.html"].all("a")}

    assert "volume-form.html" in linked("infinite-depth")
    assert "infinite-depth.html" in linked("volume-form")
    assert "norm-conjecture.html" not in linked("volume-form")


def test_the_first_page_says_what_holds_and_which_run(
    whole_record: Record, pages: dict[str, Page]
) -> None:
    text = pages["index.html"].text
    assert f"All {ALL} claims hold: {counted(whole_record.claims)}." in text
    for said in (whole_record.version, whole_record.commit, whole_record.digest):
        assert said in text
    assert whole_record.command in text
    assert not re.search(r"20\d\d-\d\d-\d\d", text)


def test_statements_are_searched_by_their_words(pages: dict[str, Page]) -> None:
    words = {
        a["data-claim"]: a["data-words"]
        for a in pages["index.html"].all("li")
        if a.get("data-words")
    }
    assert list(words) == list(CLAIMS)
    for name, claim in CLAIMS.items():
        shown = " ".join(text for _, text in blocks(claim.written))
        assert " ".join(shown.lower().split()) in words[name]
    assert "proved" in words["volume-form"]
    assert "vandermonde" not in words["recap"]


def test_counterexamples_are_files_that_replay_takes(
    folder: dict[str, bytes], whole_record: Record, tmp_path: Path
) -> None:
    found = [name for name in folder if name.startswith("counterexamples/")]
    expected = [p for c in whole_record.claims for p in c.as_printed if p.counterexample]
    assert len(found) == len(expected) >= 13
    for name in found:
        file = tmp_path / "one.json"
        file.write_bytes(folder[name])
        assert main(["replay", str(file)]) == 0, name


def test_figures_stand_on_their_claims_pages(pages: dict[str, Page]) -> None:
    shown = {name: [a["src"] for a in page.all("img")] for name, page in pages.items()}
    assert shown["claims/norm-divergence.html"] == [
        "../figures/norms.svg",
        "../figures/descent-versus-flow.svg",
    ]
    assert shown["claims/diagonal-3x3.html"] == []  # not among those that were drawn


def test_every_figure_has_a_caption(pages: dict[str, Page]) -> None:
    assert set(SHOWN) == set(FIGURE_NAMES)
    [image] = pages["claims/volume-corners.html"].all("img")
    assert image["alt"] == f"Figure: {SHOWN['volume'].shows}."
    shown = pages["claims/volume-corners.html"].text
    assert SHOWN["volume"].shows in shown
    assert "500 starts (seed 0), the same at every depth." in shown


def test_claims_that_an_explanation_names_are_linked(pages: dict[str, Page]) -> None:
    links = [a["href"] for a in pages["claims/norm-conjecture.html"].all("a")]
    assert "norm-divergence.html" in links


@pytest.mark.long
def test_a_run_that_was_stopped_says_so(whole_record: Record) -> None:
    record = dataclasses.replace(
        whole_record, run=dataclasses.replace(whole_record.run, stopped=True)
    )
    said = "The run was stopped at its first failure: the evidence is incomplete."
    assert said in Page(site(record, {})["index.html"]).text
    assert said not in Page(site(whole_record, {})["index.html"]).text


@pytest.mark.long
@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_record_gives_the_same_bytes(
    seed: str, whole_record: Record, tmp_path: Path
) -> None:
    record = write(whole_record, tmp_path / "r.json")
    command = [sys.executable, "-m", "dlnproof", "report", "--no-figures"]
    command += ["--record", str(record), "-o", str(tmp_path / "o")]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    found = {
        p.relative_to(tmp_path / "o").as_posix(): p.read_bytes()
        for p in (tmp_path / "o").rglob("*")
        if p.is_file()
    }
    sums = found.pop("SHA256SUMS").decode("ascii")
    assert found == site(whole_record, {})
    assert sums.count("\n") == len(found)
    assert found["record.json"] == record.read_bytes()
    for name, content in found.items():
        assert content.isascii(), name
        assert str(tmp_path).encode() not in content


def test_a_failing_claim_is_shown_and_the_status_is_1(
    whole_record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = ("operator-spectrum", "metric-diagonalization", "svd-jacobian", "volume-form", "coarea")
    changed = with_evidence(
        dataclasses.replace(
            whole_record, claims=tuple(c for c in whole_record.claims if c.id in few)
        ),
        "svd-jacobian",
        Route.EXACT,
        verdict=Verdict.REFUTED,
        counterexample=Counterexample.from_json(FOUND),
    )
    record = write(changed, tmp_path / "r.json")
    output = tmp_path / "site"
    status = main(["report", "--record", str(record), "--no-figures", "-o", str(output)])
    assert status == 1
    assert capsys.readouterr().err == ""
    first = Page((output / "index.html").read_bytes())
    holding = counted(claim for claim in changed.claims if claim.verdict.holds)
    said = f"{len(few) - 1} of {len(few)} claims hold: {holding}."
    assert said in first.text
    assert "Not confirmed: Jacobian of the singular value decomposition: refuted." in first.text
    assert "Not all was established that derivations rest on. The derivations of" in first.text
    own = Page((output / "claims" / "svd-jacobian.html").read_bytes())
    assert "This claim does not hold in this run" in own.text
    assert "Exact: \u2717 refuted; " in own.text
    assert "Reason: counterexample: N=2, d=2" in own.text
    file = "counterexamples/svd-jacobian--route-exact.json"
    assert f"../{file}" in [link["href"] for link in own.all("a")]
    assert json.loads((output / file).read_text()) == FOUND
    dependent = Page((output / "claims" / "coarea.html").read_bytes())
    used = "Jacobian of the singular value decomposition, which this run did not establish"
    assert f"it stands given {used}" in dependent.text


@pytest.mark.long
def test_wrong_variants_that_were_let_through_are_named(whole_record: Record) -> None:
    record = with_evidence(whole_record, "coarea", Route.EXACT, survivors=("metric-times-N",))
    text = Page(site(record, {})["claims/coarea.html"]).text
    assert "not told apart here: metric-times-N" in text
    assert "3 of 4" in text
    assert "3 of 4" not in Page(site(whole_record, {})["claims/coarea.html"]).text


def test_unexamined_measured_parts_are_named(whole_record: Record) -> None:
    claims = tuple(
        dataclasses.replace(
            claim, evidence=tuple(e for e in claim.evidence if e.route is not Route.TRAINING)
        )
        for claim in whole_record.claims
        if claim.id in ("rank-one-minimizers", "volume-form")
    )
    record = dataclasses.replace(whole_record, claims=claims)
    made = site(record, {})
    part = "In part: this run did not examine every sentence of Minimisers of rank one"
    assert part in Page(made["index.html"]).text
    [claim] = (claim for claim in claims if claim.id == "rank-one-minimizers")
    seen = [verdict for verdict in claim.sentences.values() if verdict is not Verdict.UNEXAMINED]
    number, left = len(claim.sentences), len(CLAIMS[claim.id].empirical)
    assert len(seen) == number - left
    said = f"of {number} sentences {len(seen)} {seen[0]}, {left} not examined"
    assert said in Page(made["index.html"]).text
    assert b"Statement: in part." in made["index.html"]
    own = Page(made["claims/rank-one-minimizers.html"]).text
    assert "was not examined in this run" in own
    assert "near_infinite" in own


def test_an_edited_record_is_refused(
    whole_record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = whole_record.as_json()
    data["claims"][0]["title"] = "Something else"
    (tmp_path / "r.json").write_text(json.dumps(data))
    output = tmp_path / "site"
    given = ["report", "--record", str(tmp_path / "r.json"), "--no-figures", "-o", str(output)]
    assert main(given) == 4
    assert "was changed after it was written" in capsys.readouterr().err
    assert not output.exists()


@pytest.mark.long
def test_a_file_that_the_folder_does_not_have_is_no_link(whole_record: Record) -> None:
    files = {"mine.py": "0", "javascript:alert(1)": "1"}
    record = dataclasses.replace(
        whole_record, run=dataclasses.replace(whole_record.run, files=files)
    )
    page = Page(site(record, {})["index.html"])
    for name in files:
        assert name in page.text
        assert name not in [link["href"] for link in page.all("a")]


def test_a_users_file_is_a_link(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "my_claims.py"
    given = [str(example), "--quick", "--depth", "2", "--width", "2", "--no-figures"]
    assert main(["report", *given, "-o", str(tmp_path / "site")]) == 0
    page = Page((tmp_path / "site" / "index.html").read_bytes())
    assert "my_claims.py" in [link["href"] for link in page.all("a")]


def test_what_a_pass_does_not_show_is_what_the_appendix_says(
    whole_record: Record, pages: dict[str, Page]
) -> None:
    found = entries(whole_record)
    said = limits(found)
    assert len(said) == 7
    shown = pages["index.html"].text
    tex = writer.blocks([not_shown(found)])
    assert tex.count(r"\item") == len(said)
    for text in said:
        assert text in shown
        assert text in " ".join(tex.split())


def test_text_of_a_record_is_no_markup(whole_record: Record) -> None:
    evil = "</title><script>alert(1)</script><b title='\">"
    claim = dataclasses.replace(whole_record.claims[0], title=evil, source=evil)
    record = dataclasses.replace(
        whole_record,
        claims=(claim, *whole_record.claims[1:3]),
        command=evil,
        commit=evil,
        environment=Environment(evil, evil, {evil: evil}),
    )
    for name, content in site(record, {}).items():
        if name.endswith(".html"):
            assert b"<script>alert" not in content
            assert b"<b title" not in content
            Page(content)


def test_a_selection_is_reported_and_a_foreign_folder_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["report", "svd-jacobian", "--depth", "2", "--width", "2", "--runs", "0", "-o"]
    assert main([*given, str(tmp_path / "new" / "site")]) == 0
    assert "Written: " in capsys.readouterr().out
    text = Page((tmp_path / "new" / "site" / "index.html").read_bytes()).text
    assert "The claim holds: proved." in text
    (tmp_path / "mine.txt").write_text("mine")
    assert main([*given, str(tmp_path)]) == 4
    assert "mine.txt" in capsys.readouterr().err
    assert main([*given, str(tmp_path), "--force"]) == 0
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert (tmp_path / "index.html").exists()


def test_an_unknown_claim_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "nothing", "-o", str(tmp_path / "site")]) == 4
    assert capsys.readouterr().err.startswith("dlnproof report: ")
    assert not (tmp_path / "site").exists()


def luminance(colour: str) -> float:
    channels = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def schemes() -> Iterator[dict[str, str]]:
    css = (files("dlnproof.documents.site") / "style.css").read_text("ascii")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    assert len(blocks) == 2
    found: dict[str, str] = {}
    for block in blocks:
        found = found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        yield found


@pytest.mark.parametrize("scheme", list(schemes()), ids=["light", "dark"])
def test_text_and_marks_stand_out(scheme: dict[str, str]) -> None:
    for text in ("ink", "quiet", "link", "holds", "observed", "fails"):
        for ground in ("paper", "panel"):
            assert contrast(scheme[text], scheme[ground]) >= 4.5, (text, ground)
    for mark in ("holds-mark", "observed-mark", "fails-mark", "edge"):
        assert contrast(scheme[mark], scheme["paper"]) >= 3, mark


def test_colours_are_only_named_once() -> None:
    css = (files("dlnproof.documents.site") / "style.css").read_text("ascii")
    rules = re.sub(r":root \{.*?\}", "", css, flags=re.DOTALL)
    assert set(re.findall(r"#[0-9a-f]{3,8}\b(?! \{)", rules)) <= {"#ffffff"}  # behind figures
