"""verify: the same run made again, verdict by verdict; edited records and documents are found."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dlnproof.cli import main
from dlnproof.core.verdict import Route, Verdict
from dlnproof.formal_build import FormalBuild
from dlnproof.output_tree import OutputTree
from dlnproof.record import Record, digest_of
from dlnproof.run.difference import Change, differences, with_routes
from dlnproof.run.grid import Grid
from dlnproof.run.runner import check
from dlnproof.run.verification import plan_again

CLAIMS = ["operator-spectrum", "orbit-volume"]


@pytest.fixture(scope="module")
def small() -> Record:
    return check(CLAIMS, grid=Grid(depths=(2, 3), widths=(1, 2), digits=20, runs=0, seed=4))


@pytest.fixture
def verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    def run(data: Any, *options: str) -> tuple[int, str, str]:
        path = tmp_path / "record.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data))
        status = main(["verify", str(path), "--jobs", "1", *options])
        return status, *capsys.readouterr()

    return run


def forged(record: Record, spoil: Callable[[Any], None]) -> Any:
    data = json.loads(record.dumps())
    spoil(data)
    return data | {"digest": digest_of(data)}


def test_a_record_is_confirmed(small: Record, verified: Any) -> None:
    status, out, err = verified(small.dumps())
    assert (status, err) == (0, "")
    assert "12 verdicts: 12 same, 0 changed, 0 missing, 0 new. The record is confirmed." in out
    assert "->" not in out  # no figure differs either


def test_the_run_is_the_one_that_the_record_says(small: Record) -> None:
    again = plan_again(small)
    assert (again.ids, again.expression) == (tuple(CLAIMS), "")
    assert again.grid == Grid(depths=(2, 3), widths=(1, 2), digits=20, runs=0, seed=4)
    quick = plan_again(small, quick=True)
    assert quick.grid == Grid(depths=(2, 3), widths=(1, 2), points=1, digits=20, runs=0, seed=4)


def test_a_quick_run_is_part_of_the_run(default_record: Record) -> None:
    again = plan_again(default_record, quick=True).grid
    assert again.depths == (1, 2, 3, float("inf"))
    assert (again.widths, again.digits, again.runs) == ((1, 2, 3), 30, 0)
    deep = replace(default_record, run={**default_record.run, "depths": [7, 9], "widths": [5]})
    assert (plan_again(deep, quick=True).grid.depths, plan_again(deep, quick=True).grid.widths) == (
        (7,),
        (5,),
    )


@pytest.mark.parametrize(
    ("verdict", "shown"), [("undecided", "changed: undecided -> exact"), ("refuted", "refuted ->")]
)
def test_a_verdict_that_changes(small: Record, verified: Any, verdict: str, shown: str) -> None:
    def spoil(data: Any) -> None:
        data["claims"][0]["evidence"][1]["verdict"] = verdict
        data["claims"][0]["verdict"] = verdict

    status, out, _ = verified(forged(small, spoil))
    assert status == 1
    assert f"operator-spectrum, exact: {shown}" in " ".join(out.split()) or shown in out
    assert "10 same, 2 changed, 0 missing, 0 new. The record is not confirmed." in out


def test_what_the_record_lacks_is_new(small: Record, verified: Any) -> None:
    status, out, _ = verified(forged(small, lambda data: data["claims"].pop()))
    assert status == 1
    assert "5 same, 0 changed, 0 missing, 7 new" in out
    assert "orbit-volume, exact: new: nothing -> exact" in out


def test_what_is_not_made_now_is_missing(small: Record, verified: Any) -> None:
    def spoil(data: Any) -> None:
        data["claims"][0]["evidence"].append(
            data["claims"][0]["evidence"][-1] | {"route": "enclosure", "verdict": "enclosed"}
        )

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


def test_numbers_that_differ_are_reported_and_change_no_verdict(
    small: Record, verified: Any
) -> None:
    def spoil(data: Any) -> None:
        data["claims"][0]["evidence"][2]["worst_error"] = "7.7e-77"

    status, out, _ = verified(forged(small, spoil))
    assert status == 0
    assert "operator-spectrum, pullback: worst_error: 7.7e-77 -> " in out


def test_an_edited_record_is_found(small: Record, verified: Any) -> None:
    status, out, _ = verified(small.dumps().replace('"digits": 20', '"digits": 21', 1))
    assert status == 1
    assert "The record was changed after it was written" in out
    assert "not confirmed" in out


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("depths", [], "depths: got none"),
        ("depths", [0], "depths: got 0"),
        ("depths", [10**9], "depths: got 1000000000"),
        ("widths", ["2"], 'widths: got "2"'),
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
    assert data["schema"] == "dlnproof-verification/1"
    assert data["digest"] == small.digest
    assert (data["confirmed"], data["same"], data["changed"]) == (True, 12, 0)
    assert data["differences"][0] == {
        "claim": "operator-spectrum",
        "what": "claim",
        "change": "same",
        "before": "proved",
        "after": "proved",
    }


# --- documents beside a record --------------------------------------------------------------------


def test_documents_of_another_record_and_edited_files(
    small: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = OutputTree(tmp_path / "appendix", "anc/SHA256SUMS")
    tree.write(
        {
            "anc/record.json": small.dumps().encode(),
            "appendix.tex": f"digest {small.digest}".encode(),
            "main.tex": b"main",
        }
    )
    record = str(tmp_path / "appendix/anc/record.json")
    assert main(["verify", record, "--jobs", "1"]) == 0
    assert "3 of 3 are as they were." in capsys.readouterr().out
    (tmp_path / "appendix/main.tex").write_text("house style")
    assert main(["verify", record, "--jobs", "1"]) == 0
    assert "2 of 3 are as they were; not as written: main.tex." in capsys.readouterr().out
    (tmp_path / "appendix/appendix.tex").write_text("digest 0000")
    assert main(["verify", record, "--jobs", "1"]) == 1
    assert "appendix.tex, beside the record, does not carry its digest" in capsys.readouterr().out


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
    monkeypatch.setattr("dlnproof.formal_build.build_formal", lambda: build)
    found, out, _ = verified(small.dumps(), "--formal")
    assert found == (0 if build.verdict is Verdict.PROVED else 1)
    assert shown in out


def test_formal_evidence_in_a_record(
    verified: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    proved = FormalBuild(Verdict.PROVED, "21 files build")
    monkeypatch.setattr("dlnproof.selected.build_formal", lambda: proved)
    selection = ["operator-spectrum", "norm-conjecture", "--depth", "2", "--width", "2"]
    assert main(["check", *selection, "--runs", "0", "--formal", "--json", "-"]) == 0
    record = capsys.readouterr().out
    spectrum, conjecture = json.loads(record)["claims"]
    assert spectrum["evidence"][-1]["route"] == "formal"
    assert spectrum["evidence"][-1]["verdict"] == spectrum["verdict"] == "proved"
    assert all(evidence["route"] != "formal" for evidence in conjecture["evidence"])

    status, out, _ = verified(record)
    assert status == 0
    assert "not made again: operator-spectrum formal." in out
    monkeypatch.setattr("dlnproof.formal_build.build_formal", lambda: proved)
    status, out, _ = verified(record, "--formal")
    assert status == 0
    assert "not made again" not in out
    failing = FormalBuild(Verdict.ERROR, "Orbit.v fails")
    monkeypatch.setattr("dlnproof.formal_build.build_formal", lambda: failing)
    status, out, _ = verified(record, "--formal")
    assert status == 1
    assert "operator-spectrum, formal: changed: proved -> error" in out


def test_a_coq_build_that_fails_is_the_claims_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    built = FormalBuild(Verdict.ERROR, "Orbit.v fails")
    monkeypatch.setattr("dlnproof.selected.build_formal", lambda: built)
    selection = ["operator-spectrum", "--depth", "2", "--width", "2", "--formal"]
    assert main(["check", *selection]) == 1
    assert "operator-spectrum: error" in capsys.readouterr().out
    missing = FormalBuild(Verdict.UNDECIDED, "coqc is not installed")
    monkeypatch.setattr("dlnproof.selected.build_formal", lambda: missing)
    assert main(["check", *selection]) == 4
    assert "--formal: coqc is not installed" in capsys.readouterr().err


def test_without_coq_the_build_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from dlnproof.formal_build import build_formal

    monkeypatch.setenv("PATH", str(tmp_path))
    built = build_formal()
    assert built.verdict is Verdict.UNDECIDED
    assert "coqc is not installed" in built.says
    assert "apt-get install" in built.says


# --- the comparison -------------------------------------------------------------------------------


def test_a_record_differs_from_itself_in_nothing(default_record: Record) -> None:
    found = differences(default_record, default_record)
    assert {d.change for d in found} == {Change.SAME}
    assert all(d.figures == () for d in found)
    claims = default_record.claims
    assert len(found) == sum(1 + len(c.evidence) + len(c.as_printed) for c in claims)


def test_routes_left_out_take_their_printed_statements_with_them(default_record: Record) -> None:
    kept = with_routes(default_record, {"norm-divergence": frozenset({Route.EXACT})})
    [claim] = kept.claims
    assert [e.route for e in claim.evidence] == [Route.EXACT]
    assert claim.verdict is Verdict.EXACT
    assert claim.as_printed
    assert all(p.route is not Route.TRAINING for p in claim.as_printed)
