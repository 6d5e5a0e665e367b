"""Signals: one line and status 2, whenever they come; after the work they change nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dlnproof.errors import INTERRUPTED, OK

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")

PROGRAM = """\
import os, sys
from dlnproof import __main__ as entry
from dlnproof.cli import main, signals

def sent(*numbers):
    for number in numbers:
        os.kill(os.getpid(), number)

def program(work, *, early=None):
    signals.listen()
    if early:
        sent(early)
    sys.exit(signals.heeding(work))
"""


def ended(code: str, *, ignored: int | None = None) -> tuple[int, str]:
    """Run code after :data:`PROGRAM`; return how it ended and what it wrote on standard error."""
    ignoring = None if ignored is None else (lambda: signal.signal(ignored, signal.SIG_IGN))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM + code],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=ignoring,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


HEARD = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.mark.parametrize("number", HEARD)
def test_before_the_work(number: int) -> None:
    said = ended(f"program(lambda: 0, early={number})")
    assert said == (INTERRUPTED, "dlnproof: interrupted\n")


@pytest.mark.parametrize("number", HEARD)
@pytest.mark.parametrize(
    "raises", ["pass", "raise ImportError('numpy failed to import')", "raise MemoryError"]
)
def test_in_the_work_whatever_is_raised_for_it(number: int, raises: str) -> None:
    """What is written in C may raise something else in place of KeyboardInterrupt."""
    code = f"""
def work(given):
    try:
        sent({number})
    except KeyboardInterrupt:
        {raises}
        raise
main._run = work
program(main.main)
"""
    line = "dlnproof: interrupted; no unfinished file is left behind\n"
    assert ended(code) == (INTERRUPTED, line)


@pytest.mark.parametrize("number", HEARD)
def test_where_nothing_can_be_raised(number: signal.Signals) -> None:
    code = f"""
import time
class Last:
    def __del__(self):
        sent({number:d})
def work(given):
    Last()
    time.sleep(60)
    print("never")
main._run = work
program(main.main)
"""
    line = "dlnproof: interrupted; no unfinished file is left behind\n"
    assert ended(code, ignored=HEARD[HEARD.index(number) - 1]) == (INTERRUPTED, line)


def test_what_else_cannot_be_raised_is_shown() -> None:
    code = """
class Last:
    def __del__(self):
        raise ValueError("of ours")
program(lambda: Last() and 0)
"""
    status, said = ended(code)
    assert status == OK
    assert "ValueError: of ours" in said


def test_in_code_that_is_executed_from_text(tmp_path: Path) -> None:
    """As dataclasses and sympy do: ``python -m`` would end by a signal that was answered."""
    code = f"""
def work(given):
    exec("sent({signal.SIGTERM:d})")
main._run = work
program(main.main)
"""
    (tmp_path / "script.py").write_text(PROGRAM + code)
    done = subprocess.run(
        [sys.executable, "-m", "script"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    line = "dlnproof: interrupted; no unfinished file is left behind\n"
    assert (done.returncode, done.stderr) == (INTERRUPTED, line)


def test_a_second_one_does_not_wait() -> None:
    code = f"""
def work(given):
    try:
        sent({signal.SIGINT:d})
    finally:
        sent({signal.SIGTERM:d})
        print("never")
main._run = work
program(main.main)
"""
    assert ended(code) == (INTERRUPTED, "dlnproof: interrupted again, ends at once\n")


@pytest.mark.parametrize("status", [OK, 1])
def test_after_the_work(status: int) -> None:
    code = f"""
import atexit
for number in {list(map(int, HEARD))}:
    atexit.register(sent, number)
class Last:
    def __del__(self, kill=os.kill, me=os.getpid()):
        kill(me, {signal.SIGINT:d})
        kill(me, {signal.SIGTERM:d})
sys.last_of_all = Last()
program(lambda: {status})
"""
    assert ended(code) == (status, "")


def test_what_the_caller_ignores_stays_ignored() -> None:
    code = f"program(lambda: sent({signal.SIGHUP:d}) or 0)"
    assert ended(code, ignored=signal.SIGHUP) == (OK, "")


def test_a_second_one_with_processes_at_work(tmp_path: Path) -> None:
    """Nobody complains of what is left, and nothing is: the processes end with the run."""
    code = """
from dlnproof.pool import processes
def work(given):
    with processes(2) as pool:
        pids = list(pool.map(os.getpgid, [0, 0]))
        try:
            sent(2)
        finally:
            sent(15)
main._run = work
if __name__ == "__main__":
    program(main.main)
"""
    script = tmp_path / "x.py"
    script.write_text(PROGRAM + code)
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False
    )
    assert done.returncode == INTERRUPTED
    assert done.stderr == "dlnproof: interrupted again, ends at once\n"


def test_the_program_is_what_is_installed() -> None:
    code = "sys.argv[1:] = ['--version']; sys.stdout = sys.stderr; sys.exit(entry.program())"
    status, said = ended(code)
    assert (status, said.split()[0]) == (OK, "dlnproof")
