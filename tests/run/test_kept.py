"""What is finished of a run that is ended is kept, and the same run goes on from it."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Cli

from dlnproof.errors import InputError
from dlnproof.run import executors, kept
from dlnproof.run.grid import Grid
from dlnproof.run.jobs import Job, Result, run
from dlnproof.run.planning import plan
from dlnproof.run.runner import check, execute

NAMES = ["balancedness", "operator-trace", "svd-jacobian"]
GRID = Grid(depths=(2,), widths=(1, 2), points=1, runs=0, digits=30)
COMMAND = "dlnproof check"


class Ended(BaseException):
    """What ends a run from outside."""


@pytest.fixture(autouse=True)
def _from_the_first_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "AFTER", 0.0)


@pytest.fixture(scope="module")
def serial() -> str:
    return execute(plan(NAMES, GRID), COMMAND).record.dumps()


def ended_after(folder: Path, claim: str) -> None:
    """Run until a claim is begun, and end it there."""

    def see(job: Job) -> None:
        if job.claim == claim:
            raise Ended

    with pytest.raises(Ended):
        execute(plan(NAMES, GRID), COMMAND, keep=folder, progress=see)


def jobs_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[set[str], str]:
    """Return of which claims jobs are done by a run that goes on, and its record."""
    did: set[str] = set()

    def seen(job: Job) -> Result:
        did.add(job.claim)
        return run(job)

    with monkeypatch.context() as watched:
        watched.setattr(executors, "run", seen)
        return did, execute(plan(NAMES, GRID), COMMAND, keep=folder).record.dumps()


def test_it_goes_on_where_it_was_ended(
    tmp_path: Path, serial: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = [claim.id for claim in plan(NAMES, GRID).claims]
    ended_after(tmp_path / "kept", order[-1])
    assert jobs_done(tmp_path / "kept", monkeypatch) == ({order[-1]}, serial)
    assert jobs_done(tmp_path / "kept", monkeypatch) == (set(), serial)  # kept until it is removed


def test_other_runs_are_not_mixed(tmp_path: Path, serial: str) -> None:
    execute(plan(NAMES, GRID), COMMAND, keep=tmp_path)
    other = Grid(depths=(2,), widths=(1, 2), points=1, runs=0, digits=30, seed=1)
    assert execute(plan(NAMES, other), COMMAND, keep=tmp_path).record.seed == 1
    assert len(list(tmp_path.iterdir())) == 2
    assert execute(plan(NAMES, GRID), COMMAND, keep=tmp_path).record.dumps() == serial


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda text: text[:-40], "not understood|no JSON|JSON"),
        (lambda text: text.replace('"title": "', '"title": "Not ', 1), "changed after"),
        (lambda text: json.dumps({**json.loads(text), "record": 3}), "expected"),
        (lambda text: "", "JSON"),
    ],
)
def test_what_is_damaged_is_checked_again(
    tmp_path: Path, serial: str, damage: object, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute(plan(NAMES, GRID), COMMAND, keep=tmp_path)
    [folder] = tmp_path.iterdir()
    file = sorted(folder.iterdir())[1]
    file.write_text(damage(file.read_text()))  # type: ignore[operator]
    with pytest.warns(kept.DamagedClaimWarning, match=f"({said}).*; the claim is checked again"):
        did, record = jobs_done(tmp_path, monkeypatch)
    assert (did, record) == ({plan(NAMES, GRID).claims[1].id}, serial)


def test_a_claim_in_the_place_of_another_is_checked_again(tmp_path: Path, serial: str) -> None:
    execute(plan(NAMES, GRID), COMMAND, keep=tmp_path)
    [folder] = tmp_path.iterdir()
    first, second, _ = sorted(folder.iterdir())
    second.write_bytes(first.read_bytes())
    with pytest.warns(kept.DamagedClaimWarning, match="is of another run"):
        assert execute(plan(NAMES, GRID), COMMAND, keep=tmp_path).record.dumps() == serial


def test_where_nothing_can_be_kept_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot write"):
        execute(plan(NAMES, GRID), COMMAND, keep=tmp_path / "file")


def test_of_a_short_run_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "AFTER", 3600.0)
    assert check(NAMES, grid=GRID, keep=str(tmp_path / "kept")).holds
    assert not (tmp_path / "kept").exists()


def test_a_file_in_the_way_is_refused(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "r.json.partial").write_text("")
    said = cli.refused(["check", "svd-jacobian", "--json", str(tmp_path / "r.json")])
    assert "r.json.partial', where what is finished is kept, is a file" in said


@pytest.mark.long  # another process
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_command_goes_on_and_leaves_nothing(how: signal.Signals, tmp_path: Path) -> None:
    words = ["check", *NAMES, "--quick", "--width", "1..2", "--json"]
    code = "import sys, dlnproof.run.kept as k; from dlnproof.cli.main import main; k.AFTER = 0.0; "
    command = [sys.executable, "-c", f"{code}sys.exit(main(sys.argv[1:]))", *words]
    subprocess.run([*command, str(tmp_path / "whole")], check=True, capture_output=True)
    running = subprocess.Popen(
        [*command, str(tmp_path / "made")],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    while not list((tmp_path / "made.partial").glob("*/0000.json")):
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(how)
    _, said = running.communicate()
    assert not (tmp_path / "made").exists()
    if how is signal.SIGINT:
        assert "finished claims are kept; the same command goes on from them" in said
    subprocess.run([*command, str(tmp_path / "made")], check=True, capture_output=True)
    assert (tmp_path / "made").read_bytes() == (tmp_path / "whole").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "whole"]
