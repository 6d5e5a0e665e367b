"""``dlnproof check``: exit status, selections, the record, failures and interrupts."""

import json
import multiprocessing
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import pytest
from conftest import Cli

from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents import terminal
from dlnproof.documents.layout import Screen
from dlnproof.documents.terminal import progress_of
from dlnproof.documents.verdicts import record_text
from dlnproof.errors import FAILED, IN_PART, INTERRUPTED, NOTHING, OK, USAGE
from dlnproof.pool import processes
from dlnproof.record.counterexamples import COUNTEREXAMPLE_SCHEMA, Counterexample
from dlnproof.record.evidence import ROUTES, Evidence
from dlnproof.record.points import Coordinates
from dlnproof.record.record import AT_SCHEMA, ClaimRecord, Record
from dlnproof.run.grid import Grid
from dlnproof.run.planning import Plan
from dlnproof.version import __version__

SMALL = ["check", "svd-jacobian", "--width", "2", "--depth", "1..2", "--jobs", "1"]
HANGS = 600
"""Seconds after which a process is taken to do nothing any more, however busy the machine is."""


def names(directory: Path) -> list[str]:
    """Return what a directory holds, hidden files included."""
    return sorted(path.name for path in directory.iterdir())


@pytest.fixture
def false_claim(stating: Callable[[str], None]) -> None:
    """A catalogue in which svd-jacobian states van(Sigma) in place of van(Sigma^2)."""
    stating("svd-jacobian")


def test_a_claim_that_holds(cli: Cli) -> None:
    out, err = cli(SMALL)
    assert err == ""  # no progress where stderr is no terminal
    header, claim, *routes = out.splitlines()
    assert header.split() == ["route", "verdict", "scope", "points", "error", "order", "rejected"]
    assert claim == "svd-jacobian: proved"
    assert [line.split()[:2] for line in routes[:4]] == [
        ["derivation", "proved"],
        ["exact", "exact"],
        ["pullback", "sampled"],
        ["enclosure", "enclosed"],
    ]
    assert out.endswith("\nThe claim holds: proved.\n")


def test_the_record_on_standard_output_is_all_there_is(cli: Cli) -> None:
    out, err = cli([*SMALL, "-k", "exact", "--json", "-", "--durations", "2"])
    record = json.loads(out)
    assert record["schema"] == "dlnproof-record/4"
    assert {"version", "command", "seed", "environment", "claims"} < set(record)
    assert record["command"] == (
        "dlnproof check svd-jacobian -k exact --depth 1..2 --width 2 --points 1 --digits 50 "
        "--runs 500 --seed 0"
    )
    assert [line.split()[1:4] for line in err.splitlines()] == [["s", "svd-jacobian", "exact"]] * 2


QUICK_COMMAND = (
    "dlnproof check svd-jacobian -k exact --depth {} --width 1..2 --points 1 --digits 30 "
    "--runs 0 --seed 0 --quick"
)


@pytest.mark.parametrize(("words", "depth"), [([], "1..3,inf"), (["--depth", "2"], "2")])
def test_quick_is_a_smaller_grid_and_on_record(words: list[str], depth: str, cli: Cli) -> None:
    selection = ["check", "svd-jacobian", "-k", "exact", "--jobs", "1", "--json", "-"]
    quick = cli([*selection, "--quick", *words]).out
    record = json.loads(quick)
    assert record["command"] == QUICK_COMMAND.format(shlex.quote(depth))
    [evidence] = record["claims"][0]["evidence"]
    assert evidence["scope"] == ("N = 2; d = 1..2" if words else "N = 1..3; d = 1..2")
    assert cli([*shlex.split(record["command"])[1:], "--jobs", "1", "--json", "-"]).out == quick


def test_quick_fills_in_only_what_was_left_out(cli: Cli) -> None:
    assert "--depth: got ''" in cli(["check", "--quick", "--depth", ""], USAGE).err


def test_the_record_in_a_file_is_that_on_standard_output(tmp_path: Path, cli: Cli) -> None:
    selection = [*SMALL, "-k", "exact"]
    assert "The claim holds: exact." in cli([*selection, "--json", str(tmp_path / "r.json")]).out
    assert (tmp_path / "r.json").read_text() == cli([*selection, "--json", "-"]).out


def test_processes_do_not_change_the_record(cli: Cli) -> None:
    selection = ["check", "svd-jacobian", "--width", "2", "-k", "exact", "--json", "-"]
    alone = cli([*selection, "--jobs", "1"]).out
    assert cli([*selection, "--jobs", "2"]).out == alone


@pytest.mark.usefixtures("false_claim")
def test_a_false_claim_is_status_1_with_its_counterexample(tmp_path: Path, cli: Cli) -> None:
    out = " ".join(cli([*SMALL, "--json", str(tmp_path / "r.json")], FAILED).out.split())
    assert "The claim does not hold: refuted." in out
    assert "svd-jacobian: refuted" in out
    assert "svd-jacobian, exact: refuted; " in out
    assert "counterexample: N = 1, d = 2, sigma^(1/N) = (" in out
    assert "from the definition" in out
    [claim] = json.loads((tmp_path / "r.json").read_text())["claims"]
    assert claim["verdict"] == "refuted"


@pytest.mark.usefixtures("false_claim")
def test_x_stops_at_the_first_failure(cli: Cli) -> None:
    out = cli([*SMALL, "-x"], FAILED).out
    assert "Stopped at the first failure" in out
    assert "pullback" not in out.partition("error:")[0]


@pytest.mark.parametrize(
    ("selection", "status"),
    [
        (["operator-spectrum", "--depth", "inf"], NOTHING),
        (["infinite-depth", "--depth", "1..3"], NOTHING),
        (["-k", "nothing-is-called-so"], NOTHING),
        (
            ["-k", "not derivation and not (exact or enclosure or pullback or training)"],
            NOTHING,
        ),
        (["-k", "("], USAGE),
        (["-k", "exact and"], USAGE),
        (["-k", "a b"], USAGE),
        (["-k", " "], USAGE),
        (["-k", "__import__('os')"], USAGE),
        (["-k", "(" * 5000], USAGE),
    ],
)
def test_selections_that_leave_nothing_or_cannot_be_read(
    selection: list[str], status: int, tmp_path: Path, cli: Cli
) -> None:
    err = cli.refused(["check", *selection, "--json", str(tmp_path / "r.json")], status)
    assert err.startswith("dlnproof check: " + ("nothing selected" if status == 5 else "-k: got "))
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("option", "value", "fragment"),
    [
        ("--depth", "0", "'0', out of bounds"),
        ("--depth", "-1", "'-1', not understood"),
        ("--depth", "2.5", "'2.5', not understood"),
        ("--depth", "two", "'two', not understood"),
        ("--depth", "", "'', not understood"),
        ("--depth", "1,,2", "'' in '1,,2', not understood"),
        ("--depth", "1..x", "'1..x', not understood"),
        ("--depth", "8..1", "did you mean 1..8?"),
        ("--depth", "inf..3", "a range without end"),
        ("--depth", "1..inf", "a range without end"),
        ("--depth", "257", "from 1 to 256"),
        ("--depth", "1..999999999", "out of bounds"),
        ("--depth", "9" * 5000, "not understood"),
        ("--depth", "\u0663", "not understood"),
        ("--width", "0", "out of bounds"),
        ("--width", "17", "from 1 to 16"),
        ("--width", "inf", "not understood"),
        ("--width", "4..1", "did you mean 1..4?"),
        ("--width", "", "not understood"),
        ("--points", "0", "an integer from 1 to 1000"),
        ("--digits", "19", "an integer from 20 to 1000"),
        ("--digits", "9" * 5000, "an integer from 20 to 1000"),
        ("--seed", "-1", "an integer from 0"),
        ("--seed", "1.5", "an integer from 0"),
        ("--jobs", "0", "an integer from 1 to 256"),
        ("--jobs", "", "an integer from 1 to 256"),
        ("--durations", "x", "an integer from 0"),
        ("--json", "", "names no file"),
        ("--json", "nowhere/r.json", "'nowhere' is not a directory"),
        ("--json", ".", "is a directory"),
    ],
)
def test_values_that_cannot_be_used(option: str, value: str, fragment: str, cli: Cli) -> None:
    err = cli.refused(["check", f"{option}={value}"])
    assert err.startswith(f"dlnproof check: {option}: got '")
    assert fragment in err


def test_lists_of_depths_and_widths(cli: Cli) -> None:
    words = ["check", "svd-jacobian", "-k", "exact", "--jobs", "1"]
    assert (
        "N = 1..3; d = 1..2" in cli([*words, "--depth", " 3, 1 .. 2,2,inf", "--width", "2,1"]).out
    )


def _evidence(route: Route, verdict: Verdict, **figures: Any) -> Evidence:
    scope = "N = 1..5, inf; d = 1..4"
    return ROUTES[route](verdict, scope=scope, tried=3, survivors=("unsquared",), **figures)


@pytest.mark.parametrize("width", [80, 120, None])
def test_what_went_wrong_is_said(width: int | None) -> None:
    counterexample = Counterexample(
        schema=COUNTEREXAMPLE_SCHEMA,
        claim="metric-diagonalization",
        statement="title",
        N=2,
        d=1,
        point=Coordinates(("3/2",), ()),
        left="1" * 99,
        right="-1/2",
    )
    evidence = (
        _evidence(Route.DERIVATION, Verdict.UNDECIDED, failure="block: no common denominator"),
        _evidence(Route.EXACT, Verdict.REFUTED, points=7, counterexample=counterexample),
        _evidence(Route.PULLBACK, Verdict.UNDECIDED, points=160, undecided=5, order=(-0.0, 4.25)),
    )
    claim = ClaimRecord("metric-diagonalization", "title", "source", ("f",), evidence)
    text = record_text(
        Record("1", "command", 0, (claim,), Plan((), "", (), Grid(), ()).settings),
        Screen(width),
        stopped=True,
    )
    joined = " ".join(text.split())
    assert "block: no common denominator" in joined
    left = "111111111111111111...111111111111111111 (from the definition)"
    assert f"(3/2): {left} against -1/2 (from the formula)" in joined
    assert "5 of 160 points undecided" in joined
    assert " 0.0 to 4.25 " in joined
    assert "wrong variants not told apart: unsquared" in joined
    assert "The claim does not hold: refuted. Stopped at the first failure" in joined
    assert "metric-diagonalization: refuted\n" in text
    assert max(len(line) for line in text.splitlines()) <= (width or 100)


def test_progress_only_on_a_terminal_that_can_show_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    with progress_of(3):
        pass
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("TERM", "xterm")
    with progress_of(3) as progress:
        progress("a\x1b[2J claim", 2)
    out, err = capsys.readouterr()
    assert out == ""
    assert "\x1b" not in err
    assert "\n" not in err
    start, step, blank, end = err.split("\r")[1:]
    assert "0/3" in start
    assert step.startswith("a [2J claim ")
    assert step.rstrip().endswith(" 2/3")
    assert blank == " " * len(step.rstrip())
    assert end == ""


@pytest.mark.parametrize("width", [80, 20, 5])
def test_progress_is_one_line_of_any_terminal(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "fileno", lambda: 2)
    monkeypatch.setattr(os, "get_terminal_size", lambda fd: os.terminal_size((width, 24)))
    with progress_of(0) as progress, progress_of(1000):
        progress("volume-form pullback", 7)
    lines = capsys.readouterr().err.split("\r")
    assert any("7/0" in line for line in lines)
    assert max(map(len, lines)) < width


def test_a_log_has_a_line_a_minute(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress_of(3) as progress:  # no minute
        progress("volume-form exact", 1)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(terminal, "EVERY", 0.01)
    hours = iter(range(10**6))
    monkeypatch.setattr(terminal, "monotonic", lambda: 3600.0 * next(hours))
    told: list[re.Match[str]] = []
    line = r"dlnproof: 1 of 3 in (\d+) h 0 min, about (\d+) h 0 min left; last volume-form  exact\n"
    with progress_of(3) as progress:
        progress("volume-form\n exact", 1)
        while len(told) < 2:
            told += re.finditer(line, capsys.readouterr().err)
    assert all(int(found[2]) == 2 * int(found[1]) > 0 for found in told)
    said = ""
    with progress_of(31) as progress:  # the longest come first
        progress("volume-form", 3)
        while not said.startswith("dlnproof: 3 of 31"):
            said = capsys.readouterr().err
    assert "left" not in said
    said = ""
    with progress_of(3) as progress:
        progress("volume-form", 3)
        while not said.startswith("dlnproof: 3 of 3 "):
            said = capsys.readouterr().err
    assert re.match(r"dlnproof: 3 of 3 in \d+ h 0 min; last volume-form\n", said)
    capsys.readouterr()
    ended = next(hours)
    time.sleep(0.05)
    assert next(hours) == ended + 1  # nobody asks for the time any more


def test_one_process_is_this_one() -> None:
    with processes(1) as executor:
        assert executor is None


def test_processes_do_not_hear_an_interrupt() -> None:
    with processes(2) as executor:
        assert executor is not None
        os.kill(executor.submit(os.getpid).result(), signal.SIGINT)
        time.sleep(0.2)
        assert executor.submit(abs, -1).result() == 1


def test_processes_end_with_the_block_whatever_they_do(tmp_path: Path) -> None:
    code = f"import time, pathlib; time.sleep(60); pathlib.Path({str(tmp_path / 'x')!r}).touch()"

    def leave() -> None:
        with processes(2) as executor:
            assert executor is not None
            long = executor.submit(exec, code)
            while not long.running():
                time.sleep(0.01)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        leave()
    assert names(tmp_path) == []  # nobody waited for it
    assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupt_ends_every_process(number: signal.Signals, tmp_path: Path) -> None:
    record = tmp_path / "r.json"
    command = [sys.executable, "-m", "dlnproof", "check", "operator-spectrum", "--jobs", "2"]
    command += ["--json", str(record), "--width", "5..6", "--digits", "1000", "--points", "50"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        group = _wait_for(lambda: _members(run.pid), at_least=3)
        time.sleep(0.5)
        if number is signal.SIGKILL:
            run.kill()
        elif number is signal.SIGTERM:
            run.terminate()
        else:
            os.killpg(run.pid, number)  # as a terminal does: to all of them
        out, err = run.communicate(timeout=HANGS)
        assert run.returncode == (-number if number is signal.SIGKILL else INTERRUPTED)
    assert out == ""
    if number is not signal.SIGKILL:
        assert err == "dlnproof check: interrupted; no unfinished file is left behind\n"
    assert len(group) >= 3
    deadline = time.monotonic() + HANGS
    while _members(run.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert _members(run.pid) == []
    assert names(tmp_path) == []


def _members(session: int) -> list[int]:
    """Return the living processes of a session (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] not in "ZX":
            found.append(int(stat.parent.name))
    return found


def _wait_for(probe: Callable[[], list[int]], at_least: int) -> list[int]:
    deadline = time.monotonic() + HANGS
    while time.monotonic() < deadline:
        found = probe()
        if len(found) >= at_least:
            return found
        time.sleep(0.1)
    raise TimeoutError


# --- at a matrix of the user's own ----------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "W.npy"
    numpy.save(path, numpy.array([[0.3, -1.1], [0.7, 2.9]]))
    return path


def test_at_a_matrix_claims_are_evaluated_and_never_proved(own: Path, cli: Cli) -> None:
    out, err = cli(["check", "--at", str(own), "--depth", "3"])
    assert err == ""
    first, second, _, *rest = out.splitlines()
    assert first == "depth 3, width 2, rank 2 (exact)"
    assert second == "The entries are float64, taken as the exact binary numbers they are."
    assert "volume-form: enclosed (1 sentence: 1 enclosed)" in rest
    assert "proved" not in out
    assert "\n  recap: it speaks of Q, data, lambda, m, n, target, w, w(k), z, which a " in out
    assert "\n  a path W(t) with W(0) = W, on which singular values move" in out
    assert "\n  infinite-depth: it speaks of infinite depth (--depth inf)" in out


def test_what_is_said_at_a_matrix_is_written_as_data(own: Path, cli: Cli, tmp_path: Path) -> None:
    claims = ["volume-form", "volume-gradient", "orbit-volume", "diagonal-3x3"]
    words = ["check", *claims, "--at", str(own), "--depth", "3"]
    out, _ = cli([*words, "--json", str(tmp_path / "at.json")])
    data = json.loads((tmp_path / "at.json").read_text())
    assert cli([*words, "--json", "-"]).out == (tmp_path / "at.json").read_text()
    assert (data.pop("schema"), data.pop("version")) == (AT_SCHEMA, __version__)
    found = data.pop("claims")
    assert data == {"depth": 3, "width": 2, "rank": 2, "entries": "float64"}
    assert [claim["id"] for claim in found] == list(claims)
    said = {claim["id"]: claim for claim in found}
    for name in claims[:3]:
        claim = said[name]
        seen = {sentence["name"] for sentence in claim["sentences"]}
        assert seen.isdisjoint(claim["without_a_case"])
        assert seen | {*claim["without_a_case"]} == CLAIMS[name].says().keys()
        assert f"\n{name}: {claim['verdict']} (" in out
        assert claim["not_evaluated"] is None
    assert said["volume-gradient"]["drawn"] in " ".join(out.split())
    assert said["volume-form"]["drawn"] is None
    last = said["diagonal-3x3"]
    assert (last["verdict"], last["sentences"]) == ("unexamined", [])
    assert f"  diagonal-3x3: {last['not_evaluated']}\n" in out


def test_at_a_matrix_progress_is_shown_on_a_terminal(
    own: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    _, err = cli(["check", "volume-form", "coarea", "--at", str(own), "--depth", "2"])
    steps = [line.split()[0] for line in err.split("\r") if line.strip()]
    assert steps == ["starting", "volume-form", "coarea"]
    assert "2/2" in err


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        (("2 0\n0 1", "volume-form"), OK, "volume-form: enclosed"),
        (("1 2\n2 4", "volume-form"), NOTHING, "  volume-form: its hypothesis does not hold: for"),
        (("1 2\n2 4", "orbit-volume"), IN_PART, "  corank-one: undecided: the corank of a factor"),
    ],
)
def test_the_status_at_a_matrix(
    given: tuple[str, str], status: int, said: str, tmp_path: Path, cli: Cli
) -> None:
    text, claim = given
    (tmp_path / "W.txt").write_text(text)
    out, _ = cli(["check", claim, "--at", str(tmp_path / "W.txt"), "--depth", "3"], status)
    assert said in out


def test_a_claim_that_is_false_at_a_matrix_is_refuted(
    own: Path, cli: Cli, false_claim: None
) -> None:
    out, _ = cli(["check", "svd-jacobian", "--at", str(own), "--depth", "2"], FAILED)
    assert "svd-jacobian: refuted (1 sentence: 1 refuted)" in out
    assert "  jacobian: refuted: " in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--at: got no --depth, expected one"),
        (["--depth", "1..3"], "--depth: got '1..3', expected one integer"),
        (
            ["--depth", "2", "--width", "3"],
            "--at: got --width too, expected claims, --depth",
        ),
        (["--depth", "2", "--junit", "-"], "--at: got --junit too"),
        (["--depth", "2", "--json", "no folder/x"], "--json: "),
        (["--depth", "2", "-k", "volume"], "--at: got -k too"),
        (["--depth", "2", "--durations", "3"], "--at: got --durations too"),
        (["--depth", "99"], "--at: got width 2 at depth 99, expected at most"),
        (["--depth", "2", "nonsense"], "claim: got 'nonsense'"),
    ],
)
def test_what_has_no_meaning_at_a_matrix_is_refused(
    words: list[str], said: str, own: Path, cli: Cli
) -> None:
    out, err = cli(["check", "--at", str(own), *words], USAGE)
    assert out == ""
    assert said in err
    assert len(err.splitlines()) == 1
