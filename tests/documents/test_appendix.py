"""The appendix says what the record says: verdicts, numbers, dependences, and what fails."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import counted

from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import Witness
from dlnproof.claims.studies import known
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.appendix import short as short_module
from dlnproof.documents.appendix import tree as tree_module
from dlnproof.documents.appendix.short import short_body
from dlnproof.documents.appendix.tree import SUMS, appendix_files
from dlnproof.documents.content.common import common
from dlnproof.documents.content.evidence import sentences
from dlnproof.documents.content.statement import definitions_of, paragraphs_of
from dlnproof.documents.document import compile_pdf
from dlnproof.documents.entries import Entry, entries
from dlnproof.documents.figures import FIGURES
from dlnproof.documents.figures.catalogue import of_record
from dlnproof.documents.formulas import said
from dlnproof.documents.meanings import WITNESSES
from dlnproof.documents.model import Display
from dlnproof.documents.site.site import site
from dlnproof.documents.stated import in_latex as latex
from dlnproof.documents.status import ancestors, dependences, statuses
from dlnproof.documents.writers import latex as writer
from dlnproof.errors import InputError
from dlnproof.files.tree import write_among
from dlnproof.kernel.theorem import Named
from dlnproof.notation.texts import number
from dlnproof.record.evidence import Derivation, Evidence, Exact, Formal
from dlnproof.record.record import ClaimRecord, Environment, PrintedRecord, Record

ALL, MEASURED = len(CLAIMS), [claim for claim in CLAIMS.values() if claim.empirical]
SEEN = sum(Route.TRAINING in claim.routes for claim in MEASURED)

FIGURE = b"%PDF-1.4 a stand-in"


@pytest.fixture(scope="module")
def tree(whole_record: Record) -> dict[str, bytes]:
    return appendix_files(whole_record, {"outcomes": FIGURE, "norms": FIGURE})


def texts(tree: dict[str, bytes]) -> dict[str, str]:
    return {name: content.decode("ascii") for name, content in tree.items() if content != FIGURE}


def with_evidence(
    record: Record, claim: str, route: Route, change: Callable[[Evidence], Evidence]
) -> Record:
    """A record in which one piece of evidence is another."""

    def changed(found: ClaimRecord) -> ClaimRecord:
        if found.id != claim:
            return found
        evidence = tuple(change(e) if e.route is route else e for e in found.evidence)
        return replace(found, evidence=evidence)

    return replace(record, claims=tuple(changed(found) for found in record.claims))


def only(record: Record, *ids: str) -> Record:
    return replace(record, claims=tuple(claim for claim in record.claims if claim.id in ids))


def first_page(tree: dict[str, bytes]) -> str:
    """The first section and the paragraph in it, spaces and line breaks alike."""
    text = texts(tree)["appendix.tex"].split(r"\dlnsection{Conventions}")[0]
    return " ".join(text.split()) + " " + " ".join(texts(tree)["paragraph.tex"].split())


# --- the tree -------------------------------------------------------------------------------------


def test_the_tree(tree: dict[str, bytes], whole_record: Record) -> None:
    slugs = {f"claims/{known()[claim.id].slug}.tex" for claim in whole_record.claims}
    assert set(tree) == slugs | {
        *("appendix.tex", "main.tex", "paragraph.tex", "references.bib", "main.bbl"),
        *("anc/record.json", "anc/verify_record.py", "anc/README", "anc/trusted.txt", SUMS),
        *("figures/outcomes.pdf", "figures/norms.pdf"),
    }
    assert SUMS == "anc/SHA256SUMS"
    assert tree["anc/record.json"].decode() == whole_record.dumps()
    assert tree["figures/norms.pdf"] == FIGURE


@pytest.mark.long
def test_the_short_one_leaves_the_rest_to_its_page(whole_record: Record) -> None:
    short = appendix_files(whole_record, {}, short=True)
    page = site(whole_record, {})
    assert {f"anc/{name}" for name in page} < set(short)
    assert all(short[f"anc/{name}"] == content for name, content in page.items())
    assert not any(name.startswith("claims/") for name in short)


@pytest.fixture(scope="module")
def found(whole_record: Record) -> list[Entry]:
    return entries(whole_record)


def test_a_short_statement_says_all_that_it_is_under_and_counts_what_it_leaves_out(
    whole_record: Record, found: list[Entry]
) -> None:
    text = " ".join(short_body(whole_record, found, statuses(found)).split())
    before = text.partition("share are numbered. ")[2].partition(r". \dlnpoint")[0]
    shared = {x: int(n) for n, x in re.findall(r"H(\d+): (.*?)(?=; H\d+: |$)", before)}
    assert list(shared.values()) == list(range(1, before.count("; H") + 2))
    for k, entry in enumerate(found, 1):
        claim = entry.claim
        title = rf"{k}\. {re.escape(latex(claim.title))}"
        [part] = re.findall(rf"\\dlnpoint\{{{title}\}}(.*?)(?=\\dlnpoint|\\par\}})", text)
        written = [claim.placed(claim.stated.labelled(sentence)) for sentence in claim.sentences]
        inline = [" ".join(re.sub(r"\\\[(.*?)\\\]", r"$\1$", x).split()) for x in written]
        left = [x for x in inline if x not in part]
        assert len(left) < len(inline)
        counted_ = re.findall(r"\((\d+) more in anc/\.\)", part)
        assert counted_ == [f"{len(left)}"] * bool(left)
        numbers = re.findall(r"\d+", "".join(re.findall(r" Given: H([\d, ]+)", part)))
        for given in claim.hypotheses:
            assert (f"{shared[given]}" in numbers) if given in shared else (given in part)
        assert len(numbers) == sum(given in shared for given in claim.hypotheses)
        verdict = entry.record.verdict
        word = "in part" if verdict is Verdict.UNEXAMINED else verdict.value.replace("_", " ")
        assert part.startswith(rf" \textbf{{{word}}}")


def test_the_chief_sentences_of_a_claim_are_those_printed(
    whole_record: Record, found: list[Entry]
) -> None:
    [entry] = (entry for entry in found if entry.claim.id == "norm-conjecture")
    one = replace(entry, claim=replace(entry.claim, chief=("tilted",)))
    text = short_body(whole_record, [one], statuses(found))
    assert r"\tau(W_{-1})=2" in text
    assert r"\det(W)" not in text.partition("Given")[0].rpartition("dlnpoint")[2]
    assert "(13 more in anc/.)" in text


def test_theorems_that_are_cited_stand_by_their_books() -> None:
    named = [("b", "A book, 2nd ed., 3"), ("a", "A book, 2nd ed., 1.2"), ("c", "Alone")]
    proof = SimpleNamespace(named=[Named(*one) for one in named])
    entry: Any = SimpleNamespace(proof=proof)
    assert writer.blocks([short_module._assumed([entry])]) == (
        "The derivations take as given: A book, 2nd ed.: a (1.2), b (3); Alone: c."
    )


@pytest.mark.skipif(
    not (shutil.which("latexmk") and shutil.which("pdfinfo")), reason="needs latexmk and pdfinfo"
)
def test_the_short_one_has_six_pages_at_most(
    tmp_path: Path, whole_record: Record, found: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree_module, "entries", lambda _: found)
    monkeypatch.setattr(tree_module, "site", lambda *_: {"index.html": b""})
    files = appendix_files(whole_record, {}, short=True)
    read = {name: made for name, made in files.items() if not name.startswith("anc/")}
    write_among(tmp_path, read)
    pdf = compile_pdf(tmp_path, read)
    said = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    [pages] = re.findall(r"^Pages: +(\d+)$", said, re.MULTILINE)
    assert int(pages) <= 6


def test_what_arxiv_accepts(whole_record: Record) -> None:
    few = only(whole_record, "diagonal-3x3", "volume-form")
    flat = appendix_files(few, {"outcomes-3x3": FIGURE}, flat=True)
    for name in flat:
        assert re.fullmatch(r"(anc/)?[A-Za-z0-9_+-][A-Za-z0-9_.+-]*", name)
        assert not (name.startswith("anc/") and name.endswith((".tex", ".bib", ".bbl")))
        inside = r"\\(?:input|dlnfigure)\b[^\n]*/"
        assert not re.search(inside, texts(flat).get(name, "").split("\\begin{verbatim}")[0])
    assert {"outcomes-3x3.pdf", "main.bbl", "claim_volume_form.tex"} < set(flat)


def test_texts_are_ascii_with_unix_lines_and_the_same_again(
    tree: dict[str, bytes], whole_record: Record
) -> None:
    assert appendix_files(whole_record, {"outcomes": FIGURE, "norms": FIGURE}) == tree
    for text in texts(tree).values():
        assert "\r" not in text
        assert text.endswith("\n")


def test_macros_and_labels_have_our_prefix(tree: dict[str, bytes]) -> None:
    joined = "\n".join(text for name, text in texts(tree).items() if name.endswith(".tex"))
    labels = re.findall(r"\\label\{([^}]*)\}", joined)
    assert len(labels) == len(set(labels))
    assert all(label.startswith("dln:") for label in labels)
    shown = re.findall(r"\\(?:eq)?ref\{(dln:[^}#]*)\}|\\dlnsee\{([^}#]*)\}", joined)
    assert {a or b for a, b in shown} <= set(labels)
    names = re.findall(r"\\(?:providecommand|newcommand|def)\{?\\(\w+)", joined)
    assert all(name.startswith("dln") for name in names)
    assert set(re.findall(r"\\(dln[a-z]+)", joined)) <= set(names)


def test_only_what_is_cited_is_in_the_bibliography(whole_record: Record) -> None:
    made = texts(appendix_files(only(whole_record, "svd-jacobian"), {}))
    joined = "".join(text for name, text in made.items() if name.endswith(".tex"))
    cited = set(re.findall(r"\\cite(?:\[[^]]*\])?\{(\w+)\}", joined))
    assert "slides" in cited  # a printed statement's source
    assert set(re.findall(r"^@\w+\{(\w+)", made["references.bib"], re.MULTILINE)) == cited
    assert set(re.findall(r"\\bibitem\{(\w+)\}", made["main.bbl"])) == cited


# --- numbers --------------------------------------------------------------------------------------


def rows(tree: dict[str, bytes]) -> list[list[str]]:
    """The rows of the table of claims, cell by cell; a claim's heading is one cell."""
    table = texts(tree)["appendix.tex"].split(r"\bottomrule\endlastfoot")[1]
    table = table.split(r"\end{longtable}")[0]
    lines = re.split(r"\\\\(?:\*|\[\w+\])\n", table.strip() + "\n")
    return [[cell.strip() for cell in line.split("&")] for line in lines if line.strip()]


def test_every_number_of_the_table_is_the_records(
    tree: dict[str, bytes], whole_record: Record
) -> None:
    expected: list[list[str]] = []
    for claim in whole_record.claims:
        expected.append([claim.id, claim.verdict.value])
        for evidence in claim.evidence:
            details = evidence.details
            trained = evidence.route is Route.TRAINING
            low, high = details.get("order", ("", ""))
            error = details.get("worst_error", "")
            expected.append(
                [
                    evidence.route.value,
                    evidence.verdict.value,
                    "" if trained else latex(details["scope"]),
                    str(details.get("points") or ""),
                    f"${number(error)}$" if error else "",
                    f"{low}" if low == high else f"{low}--{high}",
                    f"{evidence.tried - len(evidence.survivors)}/{evidence.tried}",
                ]
            )
    found = []
    for cells in rows(tree):
        if len(cells) == 1:
            heading = re.search(r"\\dlnsee\{dln:([\w-]+)\}.*\\textbf\{([\w ]+)\}", cells[0])
            assert heading is not None, cells
            found.append([heading[1], heading[2].replace(" ", "_")])
        else:
            found.append([cells[0], cells[1].replace(" ", "_"), *cells[2:]])
            found[-1][2] = found[-1][2].removeprefix(r"\raggedright ")
    assert found == expected


def test_the_settings_and_the_digest(tree: dict[str, bytes], whole_record: Record) -> None:
    page = first_page(tree)
    assert "$N=1, 2, 3, \\infty$" in page
    assert "50 digits" in page
    assert f"at most {whole_record.run.runs} training runs" in page
    assert whole_record.digest in texts(tree)["appendix.tex"]  # where 'verify' looks for it
    for text in (page, texts(tree)["appendix.tex"]):
        assert whole_record.digest in text.replace(r"\allowbreak{}", "")
    assert whole_record.digest in texts(tree)["anc/README"]


def test_what_each_route_found_stands_with_the_claim(
    tree: dict[str, bytes], whole_record: Record
) -> None:
    for claim in whole_record.claims:
        text = " ".join(texts(tree)[f"claims/{CLAIMS[claim.id].slug}.tex"].split())
        for evidence in claim.evidence:
            assert rf"\emph{{{evidence.route.value.capitalize()}:}}" in text
            if "worst_error" in evidence.details:
                assert f"${number(evidence.details['worst_error'])}$" in text
            for finding in evidence.details.get("findings", ()):
                assert latex(finding["text"]).split("$")[0].strip() in text
        for mutant in CLAIMS[claim.id].mutants:
            assert mutant.name in text.replace(r"\allowbreak{}", "")
        for name in claim.formal:
            assert name.replace("_", r"\_") in text.replace(r"\allowbreak{}", "")


@pytest.mark.parametrize(
    ("claim", "closed", "of_reals"),
    [("svd-jacobian", True, False), ("balancedness", True, True), ("infinite-depth", False, True)],
)
def test_what_coq_rests_on_is_said_once(
    whole_record: Record, claim: str, closed: bool, of_reals: bool
) -> None:
    made = texts(appendix_files(only(whole_record, claim), {}))
    text = " ".join(made["appendix.tex"].split())
    assert ("that each states, without axioms" in text) is closed
    assert ("is about Coq's real numbers and rests on their axioms" in text) is of_reals
    assert text.count("are machine-checked") == 1
    assert "machine-checked" not in "".join(made[name] for name in made if "claims/" in name)


def test_what_claims_share_is_said_once(tree: dict[str, bytes], whole_record: Record) -> None:
    told = texts(tree)
    claims = {
        claim.id: told[f"claims/{CLAIMS[claim.id].slug}.tex"] for claim in whole_record.claims
    }
    before = told["appendix.tex"].partition(r"\dlnsection{The claims and their evidence}")[0]
    times = Counter(made for name in claims for made in definitions_of(CLAIMS[name]))
    assert max(times.values()) >= 10
    for name, text in claims.items():
        for made in definitions_of(CLAIMS[name]):
            [shown] = (
                " ".join(x.wide.split()) for x in paragraphs_of(made) if isinstance(x, Display)
            )
            shared = times[made] >= 3
            assert (shown in " ".join(before.split())) is shared, name
            assert (shown in " ".join(text.split())) is not shared, name
    every = "".join(claims.values())
    usual = r"2 simple, 2 tiny $\sigma$, 1 coincident pair and 1 near-coincident"
    assert usual in " ".join(before.split())
    assert "12 simple, 12 tiny $\\sigma$, 6 coincident" not in every
    assert ", of these " in every
    assert "uses no other claim" not in every
    assert "wrong variants rejected" in every  # where a route has no part in some of them


def test_a_route_that_met_no_wrong_variant_says_so(whole_record: Record) -> None:
    def none_tried(evidence: Evidence) -> Evidence:
        return replace(evidence, tried=0, survivors=())

    made = with_evidence(whole_record, "coarea", Route.EXACT, none_tried)
    found = {entry.claim.id: entry for entry in entries(made)}
    shared = common([*found.values()])
    for name, times in (("coarea", 1), ("svd-jacobian", 0)):
        told = writer.blocks([sentences(found[name], shared)])
        assert told.count("no wrong variant tried") == times


def test_an_appendix_of_one_claim_says_all_of_it_there(whole_record: Record) -> None:
    made = texts(appendix_files(only(whole_record, "operator-spectrum"), {}))
    text = " ".join(made["claims/operator_spectrum.tex"].split())
    for told in ("By definition", "simple, ", "wrong variants rejected", "uses no other claim"):
        assert told in text


def test_dependences_are_the_records(whole_record: Record) -> None:
    def without(evidence: Evidence) -> Evidence:
        assert isinstance(evidence, Derivation)
        return replace(evidence, uses=("recap",))

    changed = with_evidence(whole_record, "volume-form", Route.DERIVATION, without)
    text = texts(appendix_files(changed, {}))["claims/volume_form.tex"]
    verdict = text.split(r"\dlnpoint{Verdict}")[1].split(r"\dlnpoint")[0]
    assert re.findall(r"\\dlnsee\{dln:([\w-]+)\}", verdict) == ["recap"]


def of_the_third_session(record: Record) -> list[PrintedRecord]:
    """Return what became of the printed statements of the slides that most claims are of."""
    printed = (p for claim in record.claims for p in claim.as_printed)
    return [p for p in printed if p.source.startswith("slides,")]


def test_printed_statements_come_with_verdict_and_point(
    tree: dict[str, bytes], whole_record: Record
) -> None:
    text = texts(tree)["appendix.tex"].split(r"\label{dln:errata}")[1]
    printed = [p for claim in whole_record.claims for p in claim.as_printed]
    verdicts = re.findall(r"\\dlnpoint\{\\texttt.* \\textbf\{([a-z ]+)\};", text)
    assert verdicts == [p.verdict.value.replace("_", " ") for p in printed]
    text = " ".join(text.split())
    for found in (p.counterexample for p in printed if p.counterexample is not None):
        left = f"${found.left}$ ({writer.text(said(str(found.left_is)))})"
        right = f"${found.right}$ ({writer.text(said(str(found.right_is)))})"
        assert f"{left} against {right}" in text
    refuted = sum(p.verdict is Verdict.REFUTED for p in of_the_third_session(whole_record))
    assert f"{refuted} are refuted as they stand" in first_page(tree)


def test_the_paragraph_names_the_slides_and_the_witnesses_and_accuses_no_paper(
    tree: dict[str, bytes], whole_record: Record
) -> None:
    text = " ".join(texts(tree)["paragraph.tex"].split())
    printed = of_the_third_session(whole_record)
    refuted = Counter(p.witness for p in printed if p.verdict is Verdict.REFUTED)
    assert set(refuted) == {"source file", "duplicated", "single extraction"}
    assert (
        f"Of {len(printed)} related statements as extracted from Karmakar, ``Deep Linear Networks, "
        "Session 3: Characterizing the Minimizer'' (lecture slides), "
        f"{refuted.total()} are refuted as they stand"
    ) in text
    for witness, times in refuted.items():
        assert f"{times} attested by {WITNESSES[Witness(witness)]}" in text
    accusing, _, wording = text.partition("Nothing is said of the wording of ")
    assert not re.search("Cohen|Menon|Razin|Gunasekar|the sources", accusing)
    assert "Cohen, Menon and Veraszto (2023)" in wording
    errata = " ".join(texts(tree)["appendix.tex"].split(r"\label{dln:errata}")[1].split())
    assert "single extraction (one machine extraction only, which may have misread it)" in errata


# --- what fails -----------------------------------------------------------------------------------


def test_all_is_well(tree: dict[str, bytes], whole_record: Record) -> None:
    page = first_page(tree)
    assert rf"\textbf{{All {ALL} claims hold: {counted(whole_record.claims)}.}}" in page
    assert f"All {len(whole_record.claims)} statements of" in page
    assert "ot confirmed" not in page
    assert "ot examined" not in page
    short = any(found.verdict is Verdict.DERIVED for found in derivations(whole_record))
    assert ("Their derivations rest on" in page) is short


def derivations(record: Record) -> list[Derivation]:
    return [found for claim in record.claims if (found := claim.derivation)]


def test_what_is_not_decided_of_derivations_is_counted(whole_record: Record) -> None:
    def in_words(evidence: Evidence) -> Evidence:
        assert isinstance(evidence, Derivation)
        return replace(evidence, verdict=Verdict.DERIVED, premises=("0 < 1: so", "0 < 2: so"))

    changed = with_evidence(whole_record, "recap", Route.DERIVATION, in_words)
    page = first_page(appendix_files(only(changed, "recap", "svd-jacobian"), {}))
    assert "Their derivations rest on 2 premises in words." in page


FAILING = [v for v in Verdict if not v.holds and v is not Verdict.UNEXAMINED]


@pytest.mark.long
@pytest.mark.parametrize("verdict", FAILING)
def test_a_failing_claim_is_named_on_the_first_page(verdict: Verdict, whole_record: Record) -> None:
    def fail(evidence: Evidence) -> Evidence:
        assert isinstance(evidence, Exact)
        return replace(evidence, verdict=verdict, failure="1/2 is not 1/3_4")

    failing = with_evidence(whole_record, "volume-form", Route.EXACT, fail)
    made = appendix_files(failing, {})
    page = first_page(made)
    holding = counted(claim for claim in failing.claims if claim.verdict.holds)
    said = rf"\textbf{{{ALL - 1} of {ALL} claims hold: {holding}.}}"
    assert said in page
    assert r"\textbf{Not confirmed:}" in page
    assert f"Volume form of the metric}}: {verdict.value.replace('_', ' ')}" in page
    assert rf"\textbf{{1 of {ALL} is not confirmed.}}" in page
    assert f"All {ALL}" not in page
    text = " ".join(texts(made)["claims/volume_form.tex"].split())
    assert r"\textbf{Reason:} 1/2 is not 1/3\_4" in text or "is not $1/3" in text
    user = " ".join(texts(made)["claims/infinite_depth.tex"].split())
    used = r"\dlnsee{dln:volume-form}{Volume form of the metric}"
    assert rf"\textbf{{it stands}} given {used}, which this run did not establish" in user


def test_a_proof_that_the_record_does_not_have_is_not_printed_as_one(
    whole_record: Record,
) -> None:
    def undecided(evidence: Evidence) -> Evidence:
        return replace(evidence, verdict=Verdict.UNDECIDED)

    two = only(whole_record, "coarea", "volume-form")
    text = texts(appendix_files(with_evidence(two, "coarea", Route.DERIVATION, undecided), {}))
    assert "This proof is not complete: undecided" in text["claims/coarea.tex"]
    assert "not complete" not in text["claims/volume_form.tex"]


def test_coq_counts_where_the_run_built_it(whole_record: Record) -> None:
    one = only(whole_record, "volume-form")
    [claim] = one.claims
    scope, says = "as its theorems state", "121 theorems, 0 axioms"
    built = Formal(Verdict.PROVED, scope=scope, says=says)
    made = appendix_files(
        replace(one, claims=(replace(claim, evidence=(*claim.evidence, built)),)), {}
    )
    text = " ".join(texts(made)["claims/volume_form.tex"].split())
    assert "built in this run: 121 theorems, 0 axioms" in text.replace("$", "")
    assert "0 of 0" not in text
    assert rows(made)[-1][-1] == ""
    apart = "not built in this run"
    assert apart not in texts(made)["appendix.tex"]
    assert apart in texts(appendix_files(one, {}))["appendix.tex"]


def test_survivors_are_named(whole_record: Record) -> None:
    def kept(evidence: Evidence) -> Evidence:
        return replace(evidence, survivors=("unsquared",))

    two = only(whole_record, "coarea", "volume-form")
    made = appendix_files(with_evidence(two, "coarea", Route.EXACT, kept), {})
    text = " ".join(texts(made)["claims/coarea.tex"].split())
    assert r"not told apart here: \texttt{unsquared}" in text
    [tried] = [
        evidence.tried
        for claim in whole_record.claims
        for evidence in claim.evidence
        if (claim.id, evidence.route) == ("coarea", Route.EXACT)
    ]
    assert f"{tried - 1}/{tried}" in [row[-1] for row in rows(made)]
    assert "all ended in its rejection" not in first_page(made)


def test_measured_parts_that_were_not_examined_are_named(whole_record: Record) -> None:
    made = appendix_files(untrained(whole_record), {})
    page = first_page(made)
    assert r"\textbf{In part:} this run did not examine every sentence of" in page
    assert f"{ALL - len(MEASURED)} are proved" in page
    assert f"{SEEN} are confirmed in part, with sentences that the run did not examine" in page
    assert not re.search(r"\d (is|are)? ?observed", page)
    text = texts(made)["claims/diagonal_3x3.tex"].replace(r"\allowbreak{}", "")
    assert r"\dlnpoint{Not examined}" in text
    assert r"corner\_2" in text


def untrained(record: Record) -> Record:
    """The record without what was seen in training, its settings the same."""
    claims = (
        replace(c, evidence=tuple(e for e in c.evidence if e.route is not Route.TRAINING))
        for c in record.claims
    )
    return replace(record, claims=tuple(claims))


def test_training_runs_are_those_that_were_made(whole_record: Record) -> None:
    drawn = [name for name, claim in FIGURES.items() if claim]
    assert sorted(of_record(whole_record)) == sorted(drawn)
    few = only(whole_record, "recap", "svd-jacobian", "volume-corners")
    for record in (only(whole_record, "svd-jacobian"), untrained(few)):
        assert record.run.runs > 0  # the setting alone says nothing
        assert of_record(record) == []
        assert "no training runs, and the seed" in first_page(appendix_files(record, {}))
    # it has no training route of its own
    assert of_record(only(whole_record, "volume-corners", "diagonal-3x3")) == [
        "volume",
        "outcomes-3x3",
    ]


def test_what_a_proof_rests_on_and_the_run_did_not_examine_is_said(whole_record: Record) -> None:
    made = appendix_files(only(whole_record, "metric-diagonalization"), {})
    given = r"given \dlnsee{dln:operator-spectrum}"
    text = " ".join(texts(made)["claims/metric_diagonalization.tex"].split())
    assert rf"\textbf{{it stands}} {given}" in text
    page = first_page(made)
    assert f"stands {given}" in page
    paragraph = " ".join(texts(made)["paragraph.tex"].split())
    assert r"\textbf{Its derivation stands} given \emph{" in paragraph
    assert "which this run did not examine" in paragraph
    assert "dlnsee" not in paragraph  # it may stand where the macro is not known
    assert "given what was not established" in texts(made)["appendix.tex"]
    whole = appendix_files(only(whole_record, "operator-spectrum", "svd-jacobian"), {})
    assert not re.search(r"given|Not all was", first_page(whole))


def test_what_a_proof_rests_on_indirectly_counts(whole_record: Record) -> None:
    def refuted(evidence: Evidence) -> Evidence:
        return replace(evidence, verdict=Verdict.REFUTED)

    made = appendix_files(with_evidence(whole_record, "svd-jacobian", Route.EXACT, refuted), {})
    resting = 0
    for claim in whole_record.claims:
        text = " ".join(texts(made)[f"claims/{CLAIMS[claim.id].slug}.tex"].split())
        resting += r"\textbf{it stands} given \dlnsee{dln:svd-jacobian}" in text
    uses = dependences(entries(whole_record))
    using = sum("svd-jacobian" in ancestors(name, uses) for name in uses)
    assert resting == using > 2
    paragraph = " ".join(texts(made)["paragraph.tex"].split())
    assert (
        rf"\textbf{{The derivations of {using} of them stand}} given \emph{{Jacobian" in paragraph
    )
    assert "which this run did not establish" in paragraph


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict.ERROR, "It is without a verdict (it could not be examined: the software failed"),
        (Verdict.TIMEOUT, "It is without a verdict (it could not be examined in the time"),
        (Verdict.VACUOUS, "It is not tested (no point met"),
        (Verdict.UNDECIDED, "It is undecided (neither confirmed nor refuted)"),
        (Verdict.REFUTED, "It is refuted."),
    ],
)
def test_a_verdict_reads_as_a_sentence(verdict: Verdict, said: str, whole_record: Record) -> None:
    one = only(whole_record, "svd-jacobian")
    failed = with_evidence(one, "svd-jacobian", Route.EXACT, lambda e: replace(e, verdict=verdict))
    assert said in " ".join(texts(appendix_files(failed, {}))["paragraph.tex"].split())


def test_a_derivation_that_was_not_run_is_printed_as_that(whole_record: Record) -> None:
    def dropped(claim: ClaimRecord) -> ClaimRecord:
        return replace(claim, evidence=tuple(e for e in claim.evidence if e.route is Route.EXACT))

    one = only(whole_record, "svd-jacobian")
    made = appendix_files(replace(one, claims=tuple(map(dropped, one.claims))), {})
    assert "was no part of the run" in " ".join(texts(made)["claims/svd_jacobian.tex"].split())
    assert "It is confirmed in rational numbers at points only" in first_page(made)
    assert "proved (" not in first_page(made)


def test_a_run_that_was_stopped_says_so(whole_record: Record) -> None:
    one = only(whole_record, "svd-jacobian")
    stopped = replace(one, run=replace(one.run, stopped=True))
    assert "stopped at its first failure" in first_page(appendix_files(stopped, {}))


# --- selections and records of another make -------------------------------------------------------


def test_a_selection(whole_record: Record) -> None:
    made = appendix_files(only(whole_record, "svd-jacobian", "volume-form"), {})
    assert {n for n in made if n.startswith("claims/")} == {
        "claims/svd_jacobian.tex",
        "claims/volume_form.tex",
    }
    assert f"covers 2 of the {ALL} claims" in first_page(made)
    joined = "".join(texts(made).values())
    labels = set(re.findall(r"\\label\{([^}]*)\}", joined))
    assert set(re.findall(r"\\ref\{(dln:[^}#]*)\}", joined)) <= labels
    # a claim that is used, but not in the selection, has no number: LaTeX sees that it has none
    assert r"\dlnsee{dln:metric-diagonalization}" in joined
    assert r"\ifcsname r@#1\endcsname" in texts(made)["appendix.tex"]


def test_an_unknown_claim_is_refused(whole_record: Record) -> None:
    [claim] = only(whole_record, "svd-jacobian").claims
    record = replace(whole_record, claims=(replace(claim, id="svd-jacobain"),))
    with pytest.raises(InputError, match="did you mean svd-jacobian"):
        appendix_files(record, {})


def test_a_claim_that_uses_what_nobody_knows_is_refused(whole_record: Record) -> None:
    def using(evidence: Evidence) -> Evidence:
        assert isinstance(evidence, Derivation)
        return replace(evidence, uses=("nonsense",))

    one = only(whole_record, "diagonal-3x3")
    with pytest.raises(InputError) as why:
        appendix_files(with_evidence(one, "diagonal-3x3", Route.DERIVATION, using), {})
    assert "\n" not in str(why.value)


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0c", "\x1c", "\x7f"])
def test_characters_that_latex_does_not_read_are_refused(
    character: str, whole_record: Record
) -> None:
    one = only(whole_record, "svd-jacobian")
    for record in (
        replace(one, command=f"dlnproof {character}"),
        replace(one, claims=(replace(one.claims[0], formal=()),), commit=character),
    ):
        with pytest.raises(InputError, match="not printable ASCII"):
            appendix_files(record, {})


def test_two_files_of_one_name_are_refused(
    whole_record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = only(whole_record, "svd-jacobian")
    monkeypatch.setattr(tree_module, "contents", lambda claims: {"Verify_Record.py": b""})
    with pytest.raises(InputError, match=r"two files named 'anc/verify_record\.py'"):
        appendix_files(one, {})
    monkeypatch.setattr(tree_module, "contents", lambda claims: {"mine.py": b""})
    assert "anc/mine.py" in appendix_files(one, {})


def test_text_of_a_record_is_never_a_command(whole_record: Record) -> None:
    evil = "\\input{/etc/passwd} $ % # ~ ^ } { \\end{document}"
    one = only(whole_record, "volume-form")
    [claim] = one.claims
    printed = tuple(replace(p, explanation=evil) for p in claim.as_printed)
    record = replace(
        one,
        version=evil,
        commit=evil,
        command=evil,
        environment=Environment(evil, evil, {evil: evil}),
        claims=(replace(claim, as_printed=printed, title=evil, source=evil),),
    )

    def spoilt(evidence: Evidence) -> Evidence:
        assert isinstance(evidence, Exact)
        return replace(
            evidence,
            verdict=Verdict.REFUTED,
            survivors=(evil,),
            scope=evil,
            failure=evil,
            strata={evil: 1},
        )

    record = with_evidence(record, "volume-form", Route.EXACT, spoilt)
    for name, text in texts(appendix_files(record, {})).items():
        if name.endswith((".tex", ".bbl", ".bib")):
            assert "\\input{/etc" not in text
            assert text.count(r"\end{document}") == (name == "main.tex")
