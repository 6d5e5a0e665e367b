"""Records: the schema to the letter, the verdict rule, and nothing of the machine."""

import getpass
import json
import os
import platform
import re
import stat
import sys
from dataclasses import replace
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
from conftest import COMMAND

from dlnproof import __version__
from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Route, Verdict, worst
from dlnproof.errors import InputError
from dlnproof.files.atomic import write_text
from dlnproof.files.json import dumps
from dlnproof.record.evidence import ROUTES, Derivation, Exact, Training
from dlnproof.record.record import ClaimRecord, Record
from dlnproof.run.formal_table import theorems
from dlnproof.run.grid import Grid
from dlnproof.run.planning import Plan

SETTINGS = Plan((), "", (), Grid(), ()).settings


@pytest.fixture(scope="module")
def data(whole_record: Record) -> Any:
    return json.loads(whole_record.dumps())


def test_the_keys_of_a_record(data: Any) -> None:
    assert list(data) == [
        "schema", "digest", "version", "commit", "command", "seed", "run", "environment",
        "claims", "points",
    ]  # fmt: skip
    assert (data["schema"], data["version"]) == ("dlnproof-record/4", __version__)
    assert (data["command"], data["seed"]) == (COMMAND, 0)
    assert list(data["environment"]) == ["python", "system", "packages"]
    assert set(data["environment"]["packages"]) == {
        "sympy", "python-flint", "mpmath", "numpy"
    }  # fmt: skip
    assert [claim["id"] for claim in data["claims"]] == list(CLAIMS)


BY_ROUTE = {
    Route.TRAINING: Verdict.OBSERVED,
    Route.EXACT: Verdict.EXACT,
    Route.ENCLOSURE: Verdict.ENCLOSED,
}
"""What a part is that is not derived, by the first of these routes that its claim has."""


def test_the_keys_of_a_claim(data: Any) -> None:
    for claim in data["claims"]:
        assert [key for key in claim if key not in ("measured", "formal")] == [
            "id", "title", "source", "verdict", "sentences", "evidence", "as_printed"
        ]  # fmt: skip
        assert claim.get("formal", []) == [t.theorem for t in theorems(claim["id"])]
        assert claim.get("measured", []) == sorted(CLAIMS[claim["id"]].empirical)
        empirical = CLAIMS[claim["id"]].empirical
        measuring = ((r, v) for r, v in BY_ROUTE.items() if r in CLAIMS[claim["id"]].routes)
        measured = next(verdict for _, verdict in measuring)
        assert claim["verdict"] == (measured if empirical else Verdict.PROVED)
        assert claim["sentences"] == {
            name: measured if name in empirical else Verdict.PROVED
            for name in CLAIMS[claim["id"]].names
        }
        for evidence in claim["evidence"]:
            assert list(evidence)[:2] == ["route", "verdict"]
            assert list(evidence)[-1] == "mutants"
            tried, rejected, *left = evidence["mutants"].values()
            assert list(evidence["mutants"]) == ["tried", "rejected", *["survivors"] * len(left)]
            assert tried == rejected + sum(map(len, left)) >= 3
            assert evidence["scope"]


def test_the_keys_of_a_route(data: Any) -> None:
    extra = {
        "derivation": {"digest", "steps", "premises", "assumptions", "uses"},
        "exact": {"points", "strata", "at"},
        "pullback": {"points", "strata", "digits", "worst_error", "order", "order_points"},
        "enclosure": {"points", "strata", "digits", "worst_error"},
        "training": {"points", "findings"},
    }
    for claim in data["claims"]:
        for evidence in claim["evidence"]:
            given = set(evidence) - {"route", "verdict", "scope", "covers", "mutants"}
            assert set(evidence.get("covers", ["another"])) != set(claim["sentences"])
            # in words, of no points by N, d and kind
            worded = not re.match(r"N = .*; d = |all ", evidence["scope"])
            assert given | ({"strata"} if worded else set()) == extra[evidence["route"]] | (
                {"strata"} if worded else set()
            )


def test_the_keys_of_a_printed_statement(data: Any) -> None:
    printed = [p for claim in data["claims"] for p in claim["as_printed"]]
    assert len(printed) == sum(len(claim.as_printed) for claim in CLAIMS.values())
    for entry in printed:
        assert list(entry) == [
            "name", "source", "witness", "statement", "verdict", "route", "explanation",
            "counterexample",
        ]  # fmt: skip
        assert (entry["counterexample"] is not None) == (entry["verdict"] == "refuted")
        if entry["counterexample"]:
            assert [key for key in entry["counterexample"] if key != "where"] == [
                "schema", "claim", "statement", "N", "d", "point", "left", "left_is", "right",
                "right_is",
            ]  # fmt: skip


def test_survivors_are_named() -> None:
    evidence = Exact(Verdict.EXACT, scope="here", tried=3, survivors=("a", "b"))
    assert evidence.as_json() == {
        "route": "exact",
        "verdict": "exact",
        "scope": "here",
        "mutants": {"tried": 3, "rejected": 1, "survivors": ["a", "b"]},
    }


def test_a_record_names_no_machine(whole_record: Record) -> None:
    """Nor its process: its number could be part of another, and others make the same bytes."""
    text = whole_record.dumps()
    assert text.isascii()
    for private in (
        str(Path.cwd()), str(Path.home()), sys.prefix, sys.executable, platform.node(),
        f'"{getpass.getuser()}"', platform.release(),
    ):  # fmt: skip
        assert private not in text
    assert "0x" not in text


def test_a_record_is_shown_in_a_line(whole_record: Record) -> None:
    first, *_ = whole_record.claims
    digest = whole_record.digest[:12]
    counts = [
        f"{sum(claim.verdict is v for claim in whole_record.claims)} {v}"
        for v in (Verdict.PROVED, Verdict.EXACT, Verdict.ENCLOSED, Verdict.OBSERVED)
    ]
    found = repr(whole_record)
    assert (
        found == f"<record of {len(CLAIMS)} claims: {', '.join(counts)}; seed 0, digest {digest}>"
    )
    assert repr(first) == f"<{first.id}: {first.verdict}>"
    alone = replace(
        whole_record, claims=(replace(first, parts=(*first.parts, "more"), evidence=()),)
    )
    assert repr(alone).startswith(f"<record of {first.id}: in part; seed 0, digest ")


def test_a_record_is_text_of_one_form(whole_record: Record) -> None:
    text = whole_record.dumps()
    assert text.endswith("}\n")
    assert dumps(json.loads(text)) == text
    for forbidden in ("NaN", "Infinity"):
        assert forbidden not in text


# --- the verdict rule -----------------------------------------------------------------------------


def verdict(**routes: Verdict) -> Verdict:
    evidence = tuple(ROUTES[Route(name)](found, scope="") for name, found in routes.items())
    return ClaimRecord("x", "X", "here", ("f",), evidence).verdict


def test_a_claim_has_its_derivations_verdict_if_all_other_routes_pass() -> None:
    assert verdict(derivation=Verdict.PROVED) is Verdict.PROVED
    assert verdict(pullback=Verdict.SAMPLED, derivation=Verdict.PROVED) is Verdict.PROVED
    assert (
        verdict(derivation=Verdict.PROVED, exact=Verdict.EXACT, training=Verdict.OBSERVED)
        is Verdict.PROVED
    )


def test_without_a_derivation_a_claim_has_the_best_verdict_if_all_hold() -> None:
    assert verdict(exact=Verdict.EXACT, pullback=Verdict.SAMPLED) is Verdict.EXACT
    assert verdict(exact=Verdict.EXACT) is Verdict.EXACT
    assert verdict() is Verdict.UNEXAMINED


@pytest.mark.parametrize("bad", [v for v in Verdict if not v.holds and v is not Verdict.UNEXAMINED])
def test_one_route_that_fails_is_the_claims_verdict(bad: Verdict) -> None:
    assert verdict(derivation=Verdict.PROVED, exact=bad, pullback=Verdict.SAMPLED) is bad
    assert verdict(derivation=bad, exact=Verdict.EXACT) is bad
    claim = ClaimRecord("x", "X", "here", ("f",), (Exact(bad, scope=""),))
    assert not Record("1", "c", 0, (claim,), SETTINGS).holds


def test_the_worst_of_two_failures() -> None:
    assert verdict(derivation=Verdict.UNDECIDED, exact=Verdict.REFUTED) is Verdict.REFUTED
    assert verdict(derivation=Verdict.ERROR, exact=Verdict.UNDECIDED) is Verdict.ERROR


MEASURED = ClaimRecord(
    "x",
    "X",
    "here",
    ("f", "g", "share"),
    (Derivation(Verdict.PROVED, scope="", covers=("f", "g")),),
    (),
    ("share",),
)


def test_evidence_is_about_sentences_of_the_claim() -> None:
    data = MEASURED.as_json()
    assert ClaimRecord.from_json(data).evidence[0].covers == ("f", "g")
    data["evidence"][0]["covers"] = ["f", "other"]
    with pytest.raises(InputError, match=r"covers .other., which is not a sentence"):
        ClaimRecord.from_json(data)


def test_less_examination_is_never_a_stronger_verdict() -> None:
    """Whatever evidence is taken away, no sentence and no claim gets a stronger word for it."""
    evidence = (
        Derivation(Verdict.DERIVED, scope="", covers=("f", "g")),
        Exact(Verdict.EXACT, scope="", covers=("f",)),
        Training(Verdict.OBSERVED, scope="", covers=("share",)),
    )
    whole = replace(MEASURED, evidence=evidence)
    assert whole.verdict is Verdict.OBSERVED
    for kept in chain.from_iterable(combinations(evidence, k) for k in range(3)):
        less = replace(MEASURED, evidence=kept)
        assert worst([less.verdict, whole.verdict]) is less.verdict
        for part, verdict in less.sentences.items():
            assert worst([verdict, whole.sentences[part]]) is verdict
            assert (verdict is Verdict.UNEXAMINED) is (part in less.unexamined)


def test_a_claim_in_part_does_not_hold_and_does_not_fail() -> None:
    record = Record("1", "c", 0, (MEASURED,), SETTINGS)
    assert MEASURED.verdict is Verdict.UNEXAMINED
    assert MEASURED.unexamined == ("share",)
    assert (record.holds, record.failing, record.in_part) == (False, (), (MEASURED,))
    # a sentence that fails is worse than one that was not examined
    failing = replace(MEASURED, evidence=(Derivation(Verdict.UNDECIDED, scope=""),))
    assert failing.verdict is Verdict.UNDECIDED
    assert Record("1", "c", 0, (failing,), SETTINGS).failing == (failing,)


def test_printed_statements_do_not_count(whole_record: Record) -> None:
    assert any(p.verdict is Verdict.REFUTED for c in whole_record.claims for p in c.as_printed)
    assert whole_record.holds


# --- files ----------------------------------------------------------------------------------------


def test_a_file_is_written_whole_and_over_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text("old and longer than what comes")
    write_text(path, "new\n")
    assert path.read_bytes() == b"new\n"
    assert list(tmp_path.iterdir()) == [path]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record.json"
    path.write_text("old")

    def full(temporary: Path, target: Path) -> None:
        # on one file system: replaced in one go
        assert temporary.parent.parent.parent == target.parent
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="No space left on device") as refused:
        write_text(path, "new")
    assert "\n" not in str(refused.value)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected a file in a directory that exists"):
        write_text(tmp_path / "nowhere" / "record.json", "x")


def test_nothing_is_discharged_without_a_build_or_a_premise(whole_record: Record) -> None:
    first, *_ = whole_record.claims
    assert first.verdict is Verdict.PROVED
    assert not first.discharged
    derivation = first.derivation
    assert derivation is not None
    assumes = replace(derivation, verdict=Verdict.DERIVED, premises=("a premise",))
    others = tuple(e for e in first.evidence if e is not derivation)
    assert not replace(first, evidence=(assumes, *others)).discharged
