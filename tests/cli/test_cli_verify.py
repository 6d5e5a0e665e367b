"""verify: the same run made again, verdict by verdict; edited records and documents are found."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli, one_in

from dlnproof.claims.check import Finding
from dlnproof.claims.studies import CHECKER, known
from dlnproof.cli.main import main
from dlnproof.cli.selection import run_plan
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.appendix.tree import appendix_files
from dlnproof.documents.beside import made_again
from dlnproof.documents.site.site import site
from dlnproof.errors import FAILED, IN_PART, INTERRUPTED, OK, USAGE
from dlnproof.files.tree import SUMS, OutputTree
from dlnproof.notation.plain import plain
from dlnproof.record.difference import Change, Difference, differences, without
from dlnproof.record.evidence import Training
from dlnproof.record.reading import read_record
from dlnproof.record.record import PrintedRecord, Record, digest_of
from dlnproof.run.formal_build import FormalBuild
from dlnproof.run.formal_table import Theorem, theorems
from dlnproof.run.grid import Grid
from dlnproof.run.planning import Plan
from dlnproof.run.runner import Run, check, execute
from dlnproof.run.verification import Outcome, compare, plan_again
from dlnproof.selftest.editing import documents, edited, forged_checker, record_in, summed
from dlnproof.selftest.forgeries import FORGERIES, Forgery

CLAIMS = ["operator-spectrum", "orbit-volume"]


@pytest.fixture(scope="module")
def small() -> Record:
    return check(CLAIMS, grid=Grid(depths=(2, 3), widths=(1, 2), digits=20, runs=0, seed=4))


@pytest.fixture(scope="module", autouse=True)
def the_same_run_is_made_once() -> Iterator[None]:
    """A run follows from its plan: what these tests change is the record that stands beside it."""
    made: dict[Any, Run] = {}

    def once(chosen: Plan, command: str, count: int, **given: Any) -> Run:
        key = (chosen.ids, chosen.expression, chosen.grid, chosen.jobs, *given.items())
        if key not in made:
            made[key] = run_plan(chosen, command, count, **given)
        return replace(made[key], record=replace(made[key].record, command=command))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dlnproof.cli.selection.run_plan", once)
        yield


@pytest.fixture
def verified(tmp_path: Path, cli: Cli) -> Callable[..., tuple[int, str, str]]:
    def run(data: Any, *options: str) -> tuple[int, str, str]:
        path = tmp_path / "record.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data))
        status, said = cli.ended(["verify", str(path), "--jobs", "1", *options])
        return status, *said

    return run


def forged(record: Record, spoil: Callable[[Any], object]) -> Any:
    data = json.loads(record.dumps())
    spoil(data)
    return data | {"digest": digest_of(data)}


def test_a_record_is_confirmed(small: Record, verified: Any) -> None:
    status, out, err = verified(small.dumps())
    assert (status, err) == (0, "")
    assert "11 verdicts: 11 same, 0 changed, 0 missing, 0 new. The record is confirmed." in out
    assert "->" not in out  # no figure differs either


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system says no times")
def test_progress_from_the_first_second(whole_record: Record, tmp_path: Path) -> None:
    """Of processor time; documents are made again before the run, and this is said, too."""
    import pty

    (tmp_path / "record.json").write_text(whole_record.dumps())
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "dlnproof", "verify", "record.json", "--yes"]
    child = subprocess.Popen(
        command, cwd=tmp_path, stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs
    )
    os.close(theirs)
    first = os.read(ours, 1000)
    spent = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
    seen = first
    while not re.search(rb"documents.*starting", seen, re.DOTALL):
        seen += os.read(ours, 1000)
    child.send_signal(signal.SIGINT)
    while child.poll() is None:
        with suppress(OSError):
            os.read(ours, 1000)
    os.close(ours)
    assert child.returncode == INTERRUPTED
    assert first.startswith(b"\rstarting")
    assert seen.index(b"reading") < seen.index(b"documents")
    assert sum(map(int, spent[11:13])) < os.sysconf("SC_CLK_TCK")


BY_NAME = {forgery.name: forgery for forgery in FORGERIES}
COMPARED = "^(claim|derivation|without-root): changed|: (missing|new): "
"""What is no number, and not refused when it is read."""


def orbit(data: Any) -> Any:
    return data["claims"][1]


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.name)
def test_each_forgery_is_refused_or_named(small: Record, verified: Any, forgery: Forgery) -> None:
    status, out, err = verified(forgery.of(small))
    assert forgery.verify in " ".join((out + err).split())
    assert status in ((OK, IN_PART) if forgery.named else (FAILED, USAGE))


@pytest.mark.parametrize(
    "forgery",
    [f for f in FORGERIES if re.search(COMPARED, f.verify) and not f.named],
    ids=lambda forgery: forgery.name,
)
def test_a_quick_run_compares_what_is_no_number(
    small: Record, verified: Any, forgery: Forgery
) -> None:
    status, out, err = verified(forgery.of(small), "--quick")
    assert forgery.verify in " ".join((out + err).split())
    assert status in (FAILED, USAGE)


def test_another_version_may_put_its_words_otherwise(small: Record, verified: Any) -> None:
    def spoil(data: Any) -> None:
        data["version"] = "0.0.1"
        for name in ("title", "words of a printed statement", "explanation"):
            BY_NAME[name].spoil(data)
        orbit(data)["as_printed"][0]["counterexample"]["statement"] = "0 = 1"

    status, out, _ = verified(forged(small, spoil))
    assert status == IN_PART
    assert "orbit-volume, claim: title: Anything -> " in out
    assert "The record is of dlnproof 0.0.1" in out
    assert "not made again: what another version puts otherwise." in " ".join(out.split())
    forgery = forged(small, spoil)
    BY_NAME["left side"].spoil(forgery)
    status, out, _ = verified(forgery | {"digest": digest_of(forgery)})
    assert status == 1
    assert "counterexample.left: 7 -> " in out


def test_what_training_runs_said_is_a_figure_and_the_explanation_is_not(small: Record) -> None:
    [printed] = [p for p in known()["recap"].as_printed if p.name == "accelerated"]
    printed = replace(printed, explanation=plain(printed.explanation))
    said = PrintedRecord(
        "p", "s", "w", "x", Verdict.OBSERVED, Route.TRAINING, f"4 of 5. {printed.explanation}", None
    )
    claim = replace(small.claims[0], as_printed=(said,))

    def found(explanation: str) -> Difference:
        other = replace(claim, as_printed=(replace(said, explanation=explanation),))
        explained = {(claim.id, "as printed: p"): printed.explanation}
        before, after = (replace(small, claims=(c,)) for c in (claim, other))
        return differences(before, after, explained)[-1]

    assert found(f"3 of 5. {printed.explanation}").figures == ("observed: 4 of 5. -> 3 of 5.",)
    assert found(f"3 of 5. {printed.explanation}").change is Change.SAME
    assert found("4 of 5. It is fine.").change is Change.CHANGED
    for words in ("All of 5. ", "4 of 5, as stated. ", ""):
        assert found(f"{words}{printed.explanation}").change is Change.CHANGED


def test_findings_are_compared_and_their_texts_are_figures(small: Record) -> None:
    def record(text: str, verdict: str) -> Record:
        findings = (Finding("n", text, Verdict(verdict)),)
        evidence = (Training(Verdict.OBSERVED, scope="", findings=findings),)
        return replace(small, claims=(replace(small.claims[0], evidence=evidence),))

    before = record("4 of 5", "observed")
    [_, found, *_] = differences(before, record("3 of 5", "observed"))
    assert (found.change, found.figures) == (
        Change.SAME,
        ("findings.0.text: 4 of 5 -> 3 of 5",),
    )
    assert differences(before, record("4 of 5", "undecided"))[1].change is Change.CHANGED
    assert differences(before, record("nearly all of 5", "observed"))[1].change is Change.CHANGED


# --- the quick run --------------------------------------------------------------------------------


def of_another_route(given: Any, route: str = "enclosure", verdict: str = "enclosed") -> Any:
    """The same evidence as if by another route, without the figures that only its own has."""
    fields = ("scope", "points", "mutants")
    return {"route": route, "verdict": verdict} | {k: given[k] for k in fields if k in given}


def another_route(data: Any) -> None:
    extra = of_another_route(orbit(data)["evidence"][-1])
    data["claims"][0]["evidence"].append(extra)


def test_a_quick_run_names_what_it_leaves_out(verified: Any) -> None:
    """Of the depths 1 and 5 the first is left, where orbits are points."""
    grid = Grid(depths=(1, 5), widths=(1, 2), digits=20, runs=0)
    record = check([*CLAIMS, "norm-divergence"], grid=grid, expression="not pullback")
    status, out, _ = verified(record.dumps(), "--quick")
    left = " ".join(out.split()).partition("not made again: ")[2]
    assert status == IN_PART
    assert "beyond those of --quick." in left
    assert "The record is confirmed in part." in out
    assert left.startswith("orbit-volume exact, orbit-volume enclosure, norm-divergence derivation")
    assert "norm-divergence as printed: entry-grows" in left
    assert "operator-spectrum" not in left
    assert "norm-divergence" not in out.partition("not made again: ")[0]  # as a whole
    status, out, _ = verified(forged(record, another_route), "--quick")
    assert status == 1
    assert "operator-spectrum, enclosure: missing" in out


def test_a_quick_run_of_nothing_is_refused(verified: Any) -> None:
    grid = Grid(depths=(1, 5), widths=(2,), digits=20, runs=0)
    record = check(["orbit-volume"], grid=grid, expression="exact")
    status, out, err = verified(record.dumps(), "--quick")
    assert (status, out) == (4, "")
    assert "leave --quick out" in err


def test_training_is_left_out_of_a_quick_run(whole_record: Record) -> None:
    small = replace(
        whole_record,
        run=replace(whole_record.run, claims=("norm-divergence",)),
        claims=tuple(c for c in whole_record.claims if c.id == "norm-divergence"),
    )
    again = execute(plan_again(small, quick=True), "").record
    found = compare(small, again, quick=True)
    assert found.outcome is Outcome.IN_PART
    assert "norm-divergence training" in found.left_out
    assert "norm-divergence as printed: figure-1" in found.left_out
    [claim] = small.claims
    invented = replace(claim.as_printed[0], name="mine", route=Route.TRAINING)
    spoilt = replace(small, claims=(replace(claim, as_printed=(*claim.as_printed, invented)),))
    assert compare(spoilt, again, quick=True).outcome is Outcome.NOT_CONFIRMED


# --- what a stranger wrote ------------------------------------------------------------------------


def test_nothing_that_a_terminal_obeys_is_printed(small: Record, verified: Any) -> None:
    def spoil(data: Any) -> None:
        data["version"] = "\x1b[2J"
        orbit(data).update(id="evil\x1b]0;x\x07\u202e", title="\x9b")

    status, out, err = verified(forged(small, spoil))
    assert (status, out, err.count("\n")) == (4, "", 1)
    assert err.rstrip("\n").isprintable()
    assert err.isascii()
    assert "expected printable text on one line" in err


def test_the_run_is_the_one_that_the_record_says(small: Record) -> None:
    again = plan_again(small)
    assert (again.ids, again.expression) == (tuple(CLAIMS), "")
    assert again.grid == Grid(depths=(2, 3), widths=(1, 2), digits=20, runs=0, seed=4)
    quick = plan_again(small, quick=True)
    assert quick.grid == Grid(depths=(2, 3), widths=(1, 2), points=1, digits=20, runs=0, seed=4)


def test_a_quick_run_is_part_of_the_run(whole_record: Record) -> None:
    again = plan_again(whole_record, quick=True).grid
    assert again.depths == (1, 2, 3, float("inf"))
    assert (again.widths, again.digits, again.runs) == ((1, 2), 30, 0)
    deep = replace(whole_record, run=replace(whole_record.run, depths=(7, 9), widths=(5,)))
    assert (plan_again(deep, quick=True).grid.depths, plan_again(deep, quick=True).grid.widths) == (
        (7,),
        (5,),
    )


@pytest.mark.parametrize(
    ("verdict", "shown"), [("undecided", "changed: undecided -> exact"), ("refuted", "refuted ->")]
)
def test_a_verdict_that_changes(small: Record, verified: Any, verdict: str, shown: str) -> None:
    def spoil(data: Any) -> None:
        evidence = data["claims"][0]["evidence"][1]
        evidence["verdict"] = data["claims"][0]["verdict"] = verdict
        data["claims"][0]["sentences"].update(dict.fromkeys(evidence["covers"], verdict))

    status, out, _ = verified(forged(small, spoil))
    assert status == 1
    assert f"operator-spectrum, exact: {shown}" in " ".join(out.split()) or shown in out
    assert "9 same, 2 changed, 0 missing, 0 new. The record is not confirmed." in out


def test_what_the_record_lacks_is_new(small: Record, verified: Any) -> None:
    status, out, _ = verified(forged(small, lambda data: data["claims"].pop()))
    assert status == 1
    assert "4 same, 0 changed, 0 missing, 7 new" in out
    assert "orbit-volume, exact: new: nothing -> exact" in out


def test_what_is_not_made_now_is_missing(small: Record, verified: Any) -> None:
    def spoil(data: Any) -> None:
        data["claims"][0]["evidence"].append(of_another_route(data["claims"][0]["evidence"][-1]))

    status, out, _ = verified(forged(small, spoil))
    assert status == 1
    assert "operator-spectrum, enclosure: missing: enclosed -> nothing" in out


def test_an_unknown_claim_is_missing(small: Record, verified: Any) -> None:
    def spoil(data: Any) -> None:
        data["claims"][0]["id"] = "perpetual-motion"
        data["run"]["claims"][0] = "perpetual-motion"

    status, out, _ = verified(forged(small, spoil))
    assert status == 1
    assert "perpetual-motion, claim: missing: proved -> nothing" in out


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def by_command(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("command") / "record.json"
    words = ["svd-jacobian", "volume-form", "-k", "not pullback", "--depth", "1..2", "--width", "2"]
    assert main(["check", *words, "--runs", "0", "--jobs", "1", "--json", str(path)]) == 0
    return json.loads(path.read_text())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("--depth 1..2", "--depth 1..5"),
        ("--width 2", "--width 1,2"),
        ("--seed 0", "--seed 7"),
        ("--points 1", "--points 100"),
        ("--runs 0", "--runs 500"),
        ("--digits 50", "--digits 500"),
        ("svd-jacobian ", ""),
        ("volume-form", "volume-form; rm -rf ~"),
        ("--seed 0", "--seed 0 --json /etc/passwd"),
        ("--seed 0", "--seed 0 --formal"),
        ("-k 'not pullback'", ""),
        ("-k 'not pullback'", "-k 'not pullback"),
        ("--depth 1..2", ""),
        ("dlnproof", "evil"),
    ],
)
def test_a_command_of_another_run(by_command: Any, verified: Any, old: str, new: str) -> None:
    assert verified(by_command)[0] == 0
    data = by_command | {"command": by_command["command"].replace(old, new)}
    assert data["command"] != by_command["command"]
    status, out, _ = verified(data | {"digest": digest_of(data)})
    assert status == 1
    assert "The record's command is not that of its run: " in out


def test_a_call_of_another_run(small: Record, verified: Any) -> None:
    for old, new in (("depths=(2, 3)", "depths=(2, 300)"), ("'orbit-volume'", "'coarea'")):
        called = small.command.replace(old, new)
        status, out, _ = verified(replace(small, command=called).dumps())
        assert (status, "command is not that of its run" in out) == (1, True)


def test_an_edited_record_is_found(small: Record, verified: Any) -> None:
    status, out, _ = verified(small.dumps().replace('"digits": 20', '"digits": 21', 1))
    assert status == 1
    assert "The record was changed after it was written" in out
    assert "not confirmed" in out


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("depths", [], "depths: got none"),
        ("depths", [0], "depths[0]: got 0"),
        ("depths", [10**9], "depths: got 1000000000"),
        ("widths", ["2"], 'widths[0]: got "2"'),
        ("points", 10**9, "points: got"),
        ("digits", 3, "digits: got 3"),
        ("expression", "import os", "-k: got 'import os'"),
        ("expression", 4, "expression: got 4"),
        ("claims", ["perpetual-motion"], "is not known here"),
    ],
)
def test_settings_that_no_run_can_have(
    small: Record, verified: Any, setting: str, value: Any, message: str
) -> None:
    def spoil(data: Any) -> None:
        data["run"][setting] = value

    status, out, err = verified(forged(small, spoil))
    assert (status, out) == (4, "")
    assert message in err
    assert err.count("\n") == 1


def test_json(small: Record, verified: Any) -> None:
    status, out, _ = verified(small.dumps(), "--json", "-")
    data = json.loads(out)
    assert status == 0
    assert data["schema"] == "dlnproof-verification/2"
    assert data["digest"] == small.digest
    assert (data["outcome"], data["same"], data["changed"]) == ("confirmed", 11, 0)
    assert data["differences"][0] == {
        "claim": "operator-spectrum",
        "what": "claim",
        "change": "same",
        "before": "proved",
        "after": "proved",
    }


# --- documents beside a record --------------------------------------------------------------------


TREES = {
    "appendix": ["appendix", "--no-figures"],
    "arxiv": ["appendix", "--no-figures", "--arxiv"],
    "page": ["report", "--no-figures"],
}


@pytest.fixture(scope="module")
def trees(small: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of a record, a folder each."""
    root = tmp_path_factory.mktemp("trees")
    (root / "record.json").write_text(small.dumps())
    for name, (verb, *options) in TREES.items():
        record = ["--record", str(root / "record.json")]
        assert main([verb, *record, *options, "-o", str(root / name)]) == 0
    return root


@pytest.fixture
def again(
    trees: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Record
) -> Callable[..., Path]:
    """Copy a tree. What is made of its record is known: these tests are of what lies beside it."""
    monkeypatch.setattr("dlnproof.cli.selection.run_plan", lambda *given, **also: Run(small))

    def copied(name: str) -> Path:
        return shutil.copytree(trees / name, tmp_path / name)

    return copied


DIFFERS = "{}: is not what is made again from the record"


def told(record: Path, cli: Cli) -> tuple[int, str]:
    status, (out, err) = cli.ended(["verify", str(record), "--jobs", "1"])
    assert err == ""
    return status, " ".join(out.split())


@pytest.mark.parametrize(("name", "count"), [("appendix", 11), ("arxiv", 11), ("page", 8)])
def test_documents_are_made_again(again: Any, name: str, count: int, cli: Cli) -> None:
    tree = again(name)
    status, out = told(record_in(tree), cli)
    assert status == 0
    assert f"Files beside the record, made again: {count} of {count} are the same." in out
    assert ("Not compared, figures and what LaTeX writes: main.bbl." in out) == (name != "page")
    assert "Not compared, sums of the files as they lie here: sha256sum -c SHA256SUMS does." in out


@pytest.mark.long
@pytest.mark.parametrize("name", TREES)
def test_every_edited_file_is_found_though_the_checksums_were_made_again(
    again: Any, name: str, cli: Cli
) -> None:
    tree = again(name)
    for path in documents(tree):
        shown = path.relative_to(tree).as_posix().removeprefix("anc/")
        before = path.read_bytes()
        path.write_bytes(edited(before))
        summed(tree)
        status, out = told(record_in(tree), cli)
        assert status == (0 if path.suffix == ".bbl" else 1)
        line = before.partition(b"e")[0].count(b"\n") + 1
        first = f"{DIFFERS.format(shown)}: line {line} is the first that differs (the file was ed"
        found = f"{shown}: is not the checker" if path.name == CHECKER else first
        assert path.suffix == ".bbl" or found in out
        path.write_bytes(before)
    summed(tree)
    assert told(record_in(tree), cli)[0] == 0


def test_a_forgers_appendix_and_checker(again: Any, cli: Cli) -> None:
    tree = again("appendix")
    for path in (tree / "appendix.tex", *tree.glob("claims/*.tex")):
        path.write_text(path.read_text().replace("refuted", "proved"))
    forged_checker(tree)
    summed(tree)
    status, out = told(record_in(tree), cli)
    assert (status, "The record is not confirmed." in out) == (1, True)
    assert DIFFERS.format("appendix.tex") in out
    assert "verify_record.py: is not the checker of dlnproof" in out
    assert "do not run it, take the package's: python3 -P -m dlnproof.verify_record" in out


def test_anc_by_itself(again: Any, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("appendix", "arxiv"):
        tree = again(name)
        alone = shutil.move(tree / "anc", tree.parent / f"downloaded {name}")
        monkeypatch.chdir(alone)
        status, out = told(Path("record.json"), cli)
        assert (status, "The record is confirmed." in out) == (0, True)
        assert "The appendix, one folder up from its anc/, is not here: not compared." in out
        assert "sha256sum" not in out
        Path("README").unlink()
        status, out = told(Path("record.json"), cli)
        assert (status, "Not here, and not compared: README." in out) == (0, True)
        Path("README").write_text("All is well.")
        status, out = told(Path("record.json"), cli)
        assert (status, f"{DIFFERS.format('README')}: line 1 is the first" in out) == (1, True)


def test_checksums_are_checked_where_they_lie(again: Any) -> None:
    for name in TREES:
        tree = again(name)
        for folder in {tree, record_in(tree).parent}:
            lines = (folder / SUMS).read_text("ascii").splitlines()
            listed = dict(line.split("  ")[::-1] for line in lines)
            found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
            assert set(listed) == found - {SUMS}
            for path, digest in listed.items():
                assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest


def test_what_is_not_there_is_named_and_no_failure(again: Any, cli: Cli) -> None:
    tree = again("appendix")
    (tree / "paragraph.tex").unlink()
    (tree / "claims/orbit_volume.tex").unlink()
    status, out = told(record_in(tree), cli)
    assert status == 0
    assert "Not here, and not compared: paragraph.tex, claims/orbit_volume.tex." in out
    shutil.rmtree(tree / "claims")
    assert told(record_in(tree), cli)[0] == 0


def test_documents_of_another_record(again: Any, small: Record, cli: Cli) -> None:
    for name, document in (("appendix", "appendix.tex"), ("page", "index.html")):
        tree = again(name)
        other = replace(small, environment=replace(small.environment, system="Elsewhere"))
        record_in(tree).write_text(other.dumps())
        status, out = told(record_in(tree), cli)
        assert (status, DIFFERS.format(document) in out) == (1, True)


def test_documents_of_another_version_are_not_compared(again: Any, small: Record, cli: Cli) -> None:
    tree = again("appendix")
    record_in(tree).write_text(replace(small, version="0.0.9").dumps())
    status, out = told(record_in(tree), cli)
    assert (status, "The record is confirmed in part." in out) == (IN_PART, True)
    assert "are of another version of dlnproof, which alone can make them again" in out
    assert "not made again: the documents beside the record." in out


def test_a_pdf_is_named_as_not_compared(again: Any, cli: Cli) -> None:
    tree = again("appendix")
    (tree / "main.pdf").write_bytes(b"%PDF")
    status, out = told(record_in(tree), cli)
    assert (status, "what LaTeX writes: main.bbl, main.pdf." in out) == (0, True)


@pytest.mark.parametrize("options", one_in(2, TREES.values()))
@pytest.mark.parametrize("figures", [True, False])
def test_figures_were_drawn_or_not_as_the_documents_say(
    whole_record: Record, tmp_path: Path, options: list[str], figures: bool
) -> None:
    run = replace(whole_record.run, claims=("rank-one-minimizers",), expression="")
    claims = tuple(c for c in whole_record.claims if c.id == "rank-one-minimizers")
    record = replace(whole_record, run=run, claims=claims)
    drawn = {"outcomes": b"a figure"} if figures else {}
    tree = OutputTree(tmp_path / "o")
    flat = "--arxiv" in options
    made = appendix_files(record, drawn, flat=flat) if options[0] == "appendix" else None
    tree.write(made or site(record, drawn))
    path = str(record_in(tree.target))
    beside = made_again(path, read_record(path))
    assert beside.amiss == ()
    assert any("outcomes." in note for note in beside.notes) == figures
    assert not any("Not here" in note for note in beside.notes)
    assert any("outcomes." in left for left in beside.left_out) == figures
    for content, why in (
        (b"a figure", ""),
        (b"a figurf", "figures, which are others where they are drawn now ("),
        (b"", "figures, for want of matplotlib ("),
    ):

        def draw(record: Record, extension: str, content: bytes = content) -> dict[str, bytes]:
            return {"outcomes": content} if content else {}

        found = made_again(path, read_record(path), draw)
        assert found.amiss == ()
        assert bool(found.left_out) == bool(figures and why)
        assert all(left.startswith(why) for left in found.left_out)
        assert any("outcomes." in note for note in found.notes) == bool(figures and why)


@pytest.mark.long  # an experiment, three times
def test_figures_are_drawn_again(tmp_path: Path, cli: Cli) -> None:
    run = ["rank-one-minimizers", "--depth", "2", "--width", "2", "--runs", "1", "-k", "training"]
    cli(["appendix", *run, "--jobs", "1", "-o", str(tmp_path / "o")], FAILED)  # one run shows less
    verify = ["verify", str(tmp_path / "o/anc/record.json"), "--jobs", "1"]
    assert "The record is confirmed." in cli(verify).out
    figure = tmp_path / "o/figures/outcomes.pdf"
    figure.write_bytes(edited(figure.read_bytes()))
    out = " ".join(cli(verify, IN_PART).out.split())
    assert "not made again: figures, which are others where they are drawn now (figures/outc" in out
    assert "The record is confirmed in part." in out


def test_whatever_lies_there_is_answered_in_a_line(again: Any, cli: Cli) -> None:
    """Links in a circle, pipes, files without end, and names that lead elsewhere."""
    tree = again("appendix")
    digest = hashlib.sha256(b"").hexdigest()
    names = ("../../../../etc/passwd", "/proc/kmsg", "/proc/self/mem", "x" * 5000)
    for folder in (tree, tree / "anc"):
        lines = "".join(f"{digest}  {name}\n" for name in names) * 10**4
        (folder / SUMS).write_text(lines)
    for name in ("appendix.tex", "main.tex", "paragraph.tex", "anc/README"):
        (tree / name).unlink()
    (tree / "appendix.tex").symlink_to("appendix.tex")
    os.mkfifo(tree / "main.tex")
    (tree / "paragraph.tex").touch()
    os.truncate(tree / "paragraph.tex", 2**40)
    (tree / "anc/README").symlink_to("/proc/kmsg" if Path("/proc/kmsg").exists() else "/")
    status, out = told(record_in(tree), cli)
    assert status == 1
    for name in ("appendix.tex", "main.tex"):
        assert f"{name}: is not a file that can be compared." in out
    for name in ("paragraph.tex", "README", SUMS):
        assert f"{DIFFERS.format(name)}: line 1 is the first that differs" in out
    assert "passwd" not in out


def test_a_page_of_anothers_hand(small: Record, verified: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"digest {small.digest}; all is proved, and more")
    status, out, _ = verified(small.dumps())
    assert status == 1
    assert f"{DIFFERS.format('index.html')}: line 1 is the first" in out


# --- the Coq development --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("build", "shown"),
    [
        (FormalBuild(Verdict.PROVED, "21 files build"), "was built: 21 files build."),
        (FormalBuild(Verdict.ERROR, "Orbit.v fails"), "was built: Orbit.v fails."),
        (FormalBuild(Verdict.UNDECIDED, "no coqc"), "was not built: no coqc"),
    ],
)
def test_formal(
    small: Record,
    verified: Any,
    monkeypatch: pytest.MonkeyPatch,
    build: FormalBuild,
    shown: str,
) -> None:
    monkeypatch.setattr("dlnproof.run.formal_build.build_formal", lambda *_: build)
    found, out, _ = verified(small.dumps(), "--formal")
    assert found == (0 if build.verdict is Verdict.PROVED else 1)
    assert shown in out


@pytest.fixture
def one_without_theorems(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no Coq theorem were about norm-conjecture."""

    def others(claim: str) -> list[Theorem]:
        return [] if claim == "norm-conjecture" else theorems(claim)

    for module in ("runner", "verification"):
        monkeypatch.setattr(f"dlnproof.run.{module}.theorems", others)


@pytest.mark.usefixtures("one_without_theorems")
def test_formal_evidence_in_a_record(
    verified: Any, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    proved = FormalBuild(Verdict.PROVED, "21 files build")
    monkeypatch.setattr("dlnproof.cli.selection.build_formal", lambda *_: proved)
    selection = ["operator-spectrum", "norm-conjecture", "--depth", "2", "--width", "2"]
    record = cli(["check", *selection, "--runs", "0", "--formal", "--json", "-"]).out
    spectrum, conjecture = json.loads(record)["claims"]
    assert spectrum["evidence"][-1]["route"] == "formal"
    assert (spectrum["evidence"][-1]["verdict"], spectrum["verdict"]) == ("proved", "proved")
    assert all(evidence["route"] != "formal" for evidence in conjecture["evidence"])

    status, out, _ = verified(record)
    assert status == IN_PART
    assert "not made again: operator-spectrum formal." in out
    assert "The record is confirmed in part." in out
    monkeypatch.setattr("dlnproof.run.formal_build.build_formal", lambda *_: proved)
    status, out, _ = verified(record, "--formal")
    assert status == 0
    assert "not made again" not in out
    failing = FormalBuild(Verdict.ERROR, "Orbit.v fails")
    monkeypatch.setattr("dlnproof.run.formal_build.build_formal", lambda *_: failing)
    status, out, _ = verified(record, "--formal")
    assert status == 1
    assert "operator-spectrum, formal: changed: proved -> error" in out


def formal(data: Any, name: str) -> None:
    [claim] = [c for c in data["claims"] if c["id"] == name]
    claim["evidence"].append(
        {
            "route": "formal",
            "verdict": "proved",
            "scope": "as its theorems state",
            "says": "21 files build",
            "mutants": {"tried": 0, "rejected": 0},
        }
    )


@pytest.mark.usefixtures("one_without_theorems")
def test_formal_evidence_that_no_run_gives(
    small: Record, verified: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    proved = FormalBuild(Verdict.PROVED, "21 files build")
    monkeypatch.setattr("dlnproof.run.formal_build.build_formal", lambda *_: proved)
    forgery = forged(small, lambda data: formal(data, "operator-spectrum"))
    for options in ([], ["--quick"], ["--formal"]):
        status, out, _ = verified(forgery, *options)
        assert status == 1
        said = "operator-spectrum: has formal evidence, but its run did not build the Coq files."
        assert said in out
    assert "operator-spectrum formal" not in out  # compared with the build
    assert "orbit-volume, formal: new" in out

    def without_theorems(data: Any) -> None:
        data["run"]["formal"] = True
        formal(data, "operator-spectrum")
        data["claims"][1]["id"] = "norm-conjecture"
        formal(data, "norm-conjecture")

    _, out, _ = verified(forged(small, without_theorems))
    assert "norm-conjecture: has formal evidence, but no theorem of the Coq files" in out
    assert "operator-spectrum: has" not in out
    _, out, _ = verified(forged(small, lambda data: data["run"].update(formal=True)))
    assert "operator-spectrum: has no formal evidence, though its run built the Coq files." in out


def test_invented_formal_evidence_is_never_confirmed(
    small: Record, verified: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been made elsewhere: without Coq there is no telling."""

    def invent(data: Any) -> None:
        data["run"]["formal"] = True
        for name in CLAIMS:
            formal(data, name)

    forgery = forged(small, invent)
    for options in ([], ["--quick"]):
        status, out, _ = verified(forgery, *options)
        assert (status, "The record is confirmed in part." in out) == (IN_PART, True)
        said = "not made again: operator-spectrum formal, orbit-volume formal."
        assert said in " ".join(out.split())
    status, out, _ = verified(forgery, "--json", "-")
    assert (status, json.loads(out)["outcome"]) == (IN_PART, "confirmed in part")


def test_a_coq_build_that_fails_is_the_claims_verdict(
    monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    built = FormalBuild(Verdict.ERROR, "Orbit.v fails")
    monkeypatch.setattr("dlnproof.cli.selection.build_formal", lambda *_: built)
    selection = ["operator-spectrum", "--depth", "2", "--width", "2", "--formal"]
    assert "operator-spectrum: error" in cli(["check", *selection], 1).out
    missing = FormalBuild(Verdict.UNDECIDED, "coqc is not installed")
    monkeypatch.setattr("dlnproof.cli.selection.build_formal", lambda *_: missing)
    assert "--formal: coqc is not installed" in cli(["check", *selection], 4).err


def test_without_coq_the_build_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from dlnproof.run.formal_build import build_formal

    monkeypatch.setenv("PATH", str(tmp_path))
    built = build_formal()
    assert built.verdict is Verdict.UNDECIDED
    assert "not installed: coq, libcoq-mathcomp-algebra, " in built.says
    assert "apt-get install" in built.says


# --- the comparison -------------------------------------------------------------------------------


def test_a_record_differs_from_itself_in_nothing(whole_record: Record) -> None:
    found = differences(whole_record, whole_record)
    assert {d.change for d in found} == {Change.SAME}
    assert all(d.figures == () for d in found)
    claims = whole_record.claims
    assert len(found) == sum(1 + len(c.evidence) + len(c.as_printed) for c in claims)


def test_what_is_left_out_leaves_verdicts_by_the_rest(whole_record: Record) -> None:
    left = {
        (c.id, r.value) for c in whole_record.claims for r in Route if c.id != "norm-divergence"
    }
    left |= {("norm-divergence", "training"), ("norm-divergence", "derivation")}
    left |= {("norm-divergence", "enclosure"), ("norm-divergence", "as printed: figure-1")}
    [claim] = without(whole_record, left).claims
    assert [e.route for e in claim.evidence] == [Route.EXACT]
    assert claim.verdict is Verdict.UNEXAMINED  # of the other sentences
    assert set(claim.sentences.values()) == {Verdict.EXACT, Verdict.UNEXAMINED}
    assert "figure-1" not in [p.name for p in claim.as_printed]
    assert "entry-grows" in [p.name for p in claim.as_printed]


def test_the_digest_that_a_paper_prints_tells_its_record_from_another(
    small: Record, verified: Any
) -> None:
    digest = small.digest
    printed = " ".join(digest[k : k + 16] for k in range(0, 64, 16))
    for same in (digest, digest.upper(), printed):
        assert verified(small.dumps(), "--digest", same)[0] == 0
    other = replace(small, seed=small.seed + 1)
    status, out, _ = verified(other.dumps(), "--digest", digest)
    assert status == 1
    assert "The record is another one: its digest is" in out
    for wrong in ("", digest[1:], "x" + digest[1:]):
        status, out, err = verified(small.dumps(), "--digest", wrong)
        assert (status, out, err.count("\n")) == (4, "", 1)
        assert "expected the 64 hexadecimal digits of a SHA-256" in err


@pytest.mark.parametrize("options", [["--short"], ["--columns", "2"]])
def test_other_forms_of_an_appendix_are_made_again(
    options: list[str], tmp_path: Path, cli: Cli
) -> None:
    run = ["svd-jacobian", "--quick", "--depth", "2", "--width", "2", "--jobs", "1"]
    folder = tmp_path / "out"
    cli(["appendix", *run, "--no-figures", "-o", str(folder), *options])
    verify = ["verify", str(folder / "anc" / "record.json"), "--jobs", "1"]
    assert "The record is confirmed." in cli(verify).out
    edited = folder / ("anc/index.html" if options == ["--short"] else "claims/svd_jacobian.tex")
    edited.write_bytes(edited.read_bytes() + b" ")
    assert (
        f"{edited.relative_to(folder).as_posix().removeprefix('anc/')}: is not what is made again"
        in cli(verify, FAILED).out
    )
