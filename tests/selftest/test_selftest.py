"""The selftest has teeth: whatever it looks at, broken, is a case that does not hold."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli, MadeOnce

from dlnproof.claims import CLAIMS
from dlnproof.cli.main import main
from dlnproof.cli.verify import verified
from dlnproof.core.verdict import Route
from dlnproof.documents.layout import Screen
from dlnproof.errors import FAILED, OK, USAGE, NothingSelectedError
from dlnproof.files import changes
from dlnproof.record.record import Record
from dlnproof.run.runner import check
from dlnproof.selftest import (
    crashing,
    editing,
    forging,
    hostile,
    repeats,
    signalling,
    surroundings,
    teeth,
)
from dlnproof.selftest import run as sections
from dlnproof.selftest.bench import CLAIM, GRID, Bench, Verbs
from dlnproof.selftest.case import Case, Section
from dlnproof.selftest.child import Ended, bounded
from dlnproof.selftest.forgeries import FORGERIES
from dlnproof.selftest.run import SECTIONS, chosen, selftest
from dlnproof.selftest.surroundings import Surroundings
from dlnproof.selftest.table import selftest_text


@pytest.fixture
def fresh(made_once: MadeOnce) -> Record:
    return made_once("record of the selftest", lambda: check([CLAIM], grid=GRID))


@pytest.fixture
def bench(tmp_path: Path, fresh: Record) -> Bench:
    made = Bench(Verbs(main, verified), tmp_path)
    made.__dict__["record"] = fresh  # made once
    return made


def doing(bench: Bench, main: Callable[[Sequence[str]], int]) -> Bench:
    """Return the bench with another command line."""
    made = replace(bench, verbs=Verbs(main, bench.verbs.verified))
    made.__dict__["record"] = bench.record
    return made


def held(cases: Sequence[Case]) -> list[bool]:
    return [case.held for case in cases]


# --- wrong variants -------------------------------------------------------------------------------


def test_every_wrong_variant_of_a_run_is_accounted_for(fresh: Record) -> None:
    cases = list(teeth.of_record(fresh))
    assert {case.outcome for case in cases} == {teeth.REJECTED}
    assert len(cases) == sum(found.tried for found in fresh.claims[0].evidence)


def test_a_variant_that_is_not_rejected_is_told(fresh: Record) -> None:
    [exact] = (found for found in fresh.claims[0].evidence if found.route is Route.EXACT)
    name = teeth.variants(CLAIMS[CLAIM], Route.EXACT)[0].name
    *cases, _ = sorted(
        teeth.outcomes(CLAIMS[CLAIM], replace(exact, survivors=(name,))), key=lambda c: c.held
    )
    assert (cases[0].name, cases[0].outcome) == (f"{CLAIM}: {name}", teeth.NOT_REJECTED)
    assert held(cases).count(False) == 1
    less = list(teeth.outcomes(CLAIMS[CLAIM], replace(exact, tried=exact.tried - 1)))
    assert not less[0].held


def test_a_variant_that_is_proved_equal_is_equivalent(
    fresh: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = CLAIMS[CLAIM]
    [exact] = (found for found in fresh.claims[0].evidence if found.route is Route.EXACT)
    variant = teeth.variants(claim, Route.EXACT)[0]
    part = next(iter(variant.parts))
    same = replace(variant, parts={part: claim.parts[part]})
    stated = replace(claim, mutants=(same,))
    found = list(teeth.outcomes(stated, replace(exact, tried=1, survivors=(same.name,))))
    assert [(case.outcome, case.held) for case in found] == [(teeth.EQUIVALENT, True)]
    assert not teeth.same(claim.parts[part], variant.parts[part])


# --- forgeries and documents ----------------------------------------------------------------------


def some_forgeries(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("a claim twice", "steps", "number of points", "commit")
    monkeypatch.setattr(forging, "FORGERIES", [f for f in FORGERIES if f.name in names])


def test_forgeries_are_refused_or_named(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    some_forgeries(monkeypatch)
    cases = list(forging.SECTION.cases(bench))
    assert held(cases) == [True] * 10
    assert [case.outcome for case in cases[:2]] == ["confirmed", "confirmed"]


def test_a_forgery_that_is_accepted_or_refused_for_another_reason_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_forgeries(monkeypatch)

    def cases(status: int, said: str) -> list[bool]:
        answer = forging.Answer(status, said)
        monkeypatch.setattr(forging, "by_verify", lambda bench, record: answer)
        monkeypatch.setattr(forging, "by_checker", lambda record, program: answer)
        return held(list(forging.SECTION.cases(bench)))

    assert cases(OK, "confirmed")[:2] == [True, True]
    assert cases(OK, "confirmed")[2:] == [False, False, False, True, False, False, False, True]
    assert not any(cases(FAILED, "not confirmed, for no reason"))


@pytest.mark.long  # a tree of documents made again for each edit
def test_an_edited_document_that_is_confirmed_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "TREES", {"page": editing.TREES["page"]})
    monkeypatch.setattr("dlnproof.documents.beside._state", lambda path, content: _same())
    first, *edits = editing.SECTION.cases(bench)
    assert first.held
    assert len(edits) > 5
    assert not any(held(edits))


def _same() -> Any:
    from dlnproof.documents.beside import _State

    return _State.SAME


# --- crashes --------------------------------------------------------------------------------------


def crashes_of(bench: Bench, write: Callable[[Path, bytes], object]) -> list[Case]:
    """Return the cases of a verb that writes so."""

    def verb(words: Sequence[str]) -> int:
        write(Path(words[-1]), words[0].encode())
        return OK

    work = crashing.Work("write", ("old", "o"), ("new", "o"), 9)
    return list(crashing._crashes(doing(bench, verb), work, bench.new_folder("start")))


def test_whole_files_hold(bench: Bench) -> None:
    from dlnproof.files.atomic import write_bytes

    assert all(held(crashes_of(bench, write_bytes)))


def test_half_a_file_is_told(bench: Bench) -> None:
    def half(path: Path, content: bytes) -> None:
        path.write_bytes(content[:1])
        changes._about_to("write", path)
        path.write_bytes(content)
        changes._about_to("replace", path)

    assert "torn" in [case.outcome for case in crashes_of(bench, half)]


def test_what_is_left_there_is_told(bench: Bench) -> None:
    def untidy(path: Path, content: bytes) -> None:
        left = path.with_name(f"left-{os.urandom(4).hex()}")
        left.touch()
        changes._about_to("replace", path)
        path.write_bytes(content)
        left.unlink()

    found = crashes_of(bench, untidy)
    assert any("left there: left-" in case.said for case in found if not case.held)


def test_other_bytes_are_told(bench: Bench) -> None:
    def random(path: Path, content: bytes) -> None:
        changes._about_to("replace", path)
        path.write_bytes(content + os.urandom(8))

    assert "amiss" in [case.outcome for case in crashes_of(bench, random)]


def test_a_command_that_fails_after_a_crash_is_told(bench: Bench) -> None:
    def barred(path: Path, content: bytes) -> None:
        path.with_name("bar").touch(exist_ok=False)
        changes._about_to("replace", path)
        path.write_bytes(content)
        path.with_name("bar").unlink()

    assert any("FileExistsError" in case.said for case in crashes_of(bench, barred))


# --- signals --------------------------------------------------------------------------------------


PROGRAM = """\
import signal, sys, time
from pathlib import Path
def told(*_):
    {told}
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, told)
time.sleep(0.2)
Path("o").write_text("new")
"""
SAID = "print('dlnproof: interrupted', file=sys.stderr)"


@pytest.mark.parametrize(
    ("told", "outcomes"),
    [
        (f"{SAID}; sys.exit(2)", {"interrupted, old"}),
        (f"Path('o').write_text('new'); {SAID}; sys.exit(2)", {"interrupted, new"}),
        ("pass", {"done"}),
        (f"Path('o').write_text('n'); {SAID}; sys.exit(2)", {"amiss"}),
        (f"{SAID}; {SAID}; sys.exit(2)", {"amiss"}),
        (f"{SAID}; sys.exit(1)", {"amiss"}),
        (f"{SAID}; sys.exit(0)", {"amiss"}),
        ("raise KeyboardInterrupt", {"amiss"}),
    ],
)
def test_signals_end_a_command_as_documented(
    told: str, outcomes: set[str], bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def verb(words: Sequence[str]) -> int:
        Path("o").write_text(words[0])
        return OK

    work = crashing.Work("write", ("old",), ("new",), 2)
    program = [sys.executable, "-c", PROGRAM.format(told=told)]
    monkeypatch.setattr(signalling, "WORKS", [work])
    monkeypatch.setattr(signalling, "command", lambda words: program)
    early = [signalling.Told("SIGTERM", 0.1, 0), signalling.Told("Ctrl-C", 0.2, 0)]
    monkeypatch.setattr(signalling, "moments", lambda count, seed: early)
    cases = list(signalling.SECTION.cases(doing(bench, verb)))
    assert {case.outcome for case in cases if case.kind == "signals to write"} == outcomes
    assert held(cases) == [outcomes != {"amiss"}, True] * 2


def test_a_signal_after_which_a_command_fails_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Sequence[str]] = []

    def verb(words: Sequence[str]) -> int:
        done.append(words)
        Path("o").write_text(words[0])
        return USAGE if len(done) > 2 else OK

    monkeypatch.setattr(signalling, "WORKS", [crashing.Work("write", ("old",), ("new",), 1)])
    program = [sys.executable, "-c", PROGRAM.format(told="pass")]
    monkeypatch.setattr(signalling, "command", lambda words: program)
    early = [signalling.Told("SIGTERM", 0.1, 0)]  # a program that ends hears nothing any more
    monkeypatch.setattr(signalling, "moments", lambda count, seed: early)
    assert held(list(signalling.SECTION.cases(doing(bench, verb)))) == [True, False]


# --- surroundings and repeats ---------------------------------------------------------------------

USUAL: dict[tuple[str, ...], Ended] = {("list",): Ended(OK, "a\nb\n", "")}


@pytest.mark.parametrize(
    ("status", "shell", "expected"),
    [
        (OK, "printf 'a\\nb\\n'", True),
        (OK, "printf 'a\\nb\\n'; exit 3", False),
        (OK, "printf 'a\\n'", False),
        (OK, "printf 'a\\nb\\n'; echo more >&2", False),
        (USAGE, "echo dlnproof: no >&2; exit 4", True),
        (USAGE, "echo dlnproof: no >&2; exit 1", False),
        (USAGE, "echo Traceback >&2; exit 4", False),
        (USAGE, "echo dlnproof: no >&2; echo more >&2; exit 4", False),
        (USAGE, "echo x > left; echo dlnproof: no >&2; exit 4", False),
    ],
)
def test_what_is_not_as_documented_is_told(
    status: int, shell: str, expected: bool, tmp_path: Path
) -> None:
    each = Surroundings("kind", "name", ("list",), shell=shell, status=status)
    assert surroundings._tried(each, USUAL, tmp_path).held == expected


def test_other_bytes_of_a_repeat_are_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def written(content: Callable[[], bytes]) -> list[bool]:
        def ran(words: Sequence[str], folder: Path, **given: Any) -> Ended:
            (folder / "o").write_bytes(content())
            return Ended(OK, "", "")

        monkeypatch.setattr(repeats, "ran", ran)
        return held(list(repeats.SECTION.cases(bench)))

    assert written(lambda: b"same") == [True] * 10
    assert written(lambda: os.urandom(8)).count(True) == len(repeats.OUTPUTS)  # the first of each


# --- hostile input --------------------------------------------------------------------------------


def refusing(words: Sequence[str]) -> int:
    import sys

    print("dlnproof: no", file=sys.stderr)
    return USAGE


def test_what_is_no_refusal_is_told(bench: Bench) -> None:
    each = hostile.Hostile("options", "name", ("list",))

    def tried(main: Callable[[Sequence[str]], int]) -> bool:
        here = bench.new_folder("hostile")
        return hostile._case(each, bounded(lambda: main(()), here), here).held

    def prints(words: Sequence[str]) -> int:
        print("all is well")
        return refusing(words)

    def evaluates(words: Sequence[str]) -> int:
        Path("evaluated").touch()
        return refusing(words)

    def raises(words: Sequence[str]) -> int:
        raise TypeError("a traceback")

    assert tried(refusing)
    assert not any(map(tried, (prints, evaluates, raises, lambda words: OK)))


def test_time_and_memory_are_bounded(tmp_path: Path) -> None:
    def endless() -> int:
        while True:
            pass

    assert bounded(endless, tmp_path, seconds=1).status < 0
    assert "MemoryError" in bounded(lambda: len(bytearray(2**31)), tmp_path, memory=2**28).err


# --- the whole ------------------------------------------------------------------------------------


def section(*cases: Case, name: str = "mine") -> Section:
    return Section(name, "Mine", lambda bench: iter(cases))


GOOD, BAD = Case("kind", "good", "fine", True), Case("kind", "bad", "amiss", False, "seen\x1b\n")


def test_it_holds_where_all_cases_do_and_there_are_some() -> None:
    verbs = Verbs(main, verified)
    assert selftest(verbs, [section(GOOD)]).holds
    assert not selftest(verbs, [section(GOOD, BAD)]).holds
    assert not selftest(verbs, [section(GOOD), section()]).holds


def test_a_section_that_raises_does_not_hold() -> None:
    def broken(bench: Bench) -> Any:
        raise OSError("no room")
        yield

    found = selftest(Verbs(main, verified), [Section("mine", "Mine", broken)])
    assert not found.holds
    assert "no room" in found.tried[0].failures[0].said


def test_what_is_printed_and_written(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sections, "SECTIONS", (section(GOOD, BAD), section(GOOD, name="other")))
    path = tmp_path / "found.json"
    out = cli(["selftest", "--json", str(path)], FAILED).out
    assert "mine: kind: bad: seen\\x1b\n" in out
    assert "2 of 3 held. Not all held." in out
    found = json.loads(path.read_text())
    assert (found["schema"], found["long"]) == ("dlnproof-selftest/1", False)
    assert found["sections"][0]["rows"] == [
        {"kind": "kind", "tried": 2, "held": 1, "outcomes": {"fine": 1, "amiss": 1}}
    ]
    assert "All held." in cli(["selftest", "-k", "other"]).out
    cli.refused(["selftest", "-k", "neither"], 5)


def test_sections_are_chosen_by_name() -> None:
    assert chosen("") == SECTIONS
    assert [s.name for s in chosen("not (hostile or repeats)")] == [
        "teeth", "forgeries", "documents", "crashes", "signals", "surroundings",
    ]  # fmt: skip
    with pytest.raises(NothingSelectedError):
        chosen("nothing")


def test_a_table_fits_any_screen() -> None:
    found = selftest(Verbs(main, verified), [section(GOOD, BAD)])
    for width in (None, 20, 200):
        assert "Not all held." in selftest_text(found, Screen(width))
