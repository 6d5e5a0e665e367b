"""Worker processes import nothing from the current folder, which may be a stranger's."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from dlnproof import pool
from dlnproof.errors import InputError
from dlnproof.pool import processes, shared

HOSTILE = ("signal", "pickle", "struct", "socket", "threading", "selectors", "copyreg", "reprlib")
RUN = """\
import sys
from dlnproof.cli.main import main
if __name__ == "__main__":
    sys.exit(main())
"""
LIBRARY = """\
from dlnproof import Grid, check
if __name__ == "__main__":
    check(["svd-jacobian"], grid=Grid((2,), (1, 2)), expression="exact or pullback", jobs=2)
"""
SMALL = ["--depth", "2", "--width", "1..2", "-k", "exact or pullback", "--digits", "20"]
TRAIN = ["--observe", "1,1=1", "--depth", "1", "--runs", "400", "--stop-loss", "1e-2", "-o"]


@pytest.mark.long
@pytest.mark.parametrize("verb", ["check", "verify", "appendix", "report", "train", "library"])
def test_a_module_of_the_standard_librarys_name_beside_a_record_is_not_run(
    verb: str, tmp_path: Path
) -> None:
    elsewhere, stranger = tmp_path / "elsewhere", tmp_path / "stranger"
    elsewhere.mkdir()
    stranger.mkdir()
    script = elsewhere / "run.py"  # it is in this folder that Python looks first
    script.write_text(LIBRARY if verb == "library" else RUN)
    record = str(stranger / "record.json")
    words = {
        "check": ["check", "svd-jacobian", *SMALL, "--json", record],
        "verify": ["verify", record],
        "train": ["train", *TRAIN, str(elsewhere / "runs.npz")],
        "library": [],
        "appendix": ["appendix", "svd-jacobian", *SMALL, "-o", str(elsewhere / "appendix")],
        "report": ["report", "svd-jacobian", *SMALL, "-o", str(elsewhere / "report")],
    }
    jobs = [] if verb == "library" else ["--jobs", "2"]
    if verb == "verify":
        command = [sys.executable, str(script), *words["check"], *jobs]
        subprocess.run(command, cwd=elsewhere, check=True, capture_output=True)
    for name in HOSTILE:
        (stranger / f"{name}.py").write_text("open('PWNED', 'a').write(__name__)\n")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONSAFEPATH"}
    command = [sys.executable, str(script), *words[verb], *jobs]
    done = subprocess.run(
        command, cwd=stranger, env=environment, capture_output=True, text=True, check=False
    )
    assert not (stranger / "PWNED").exists()
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
@pytest.mark.parametrize("files", [8, 12, 16])
def test_no_room_for_processes_is_one_line(files: int, tmp_path: Path) -> None:
    words = ["check", "svd-jacobian", *SMALL, "--jobs", "2", "--json", str(tmp_path / "x.json")]
    limited = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", sys.executable, "-m", "dlnproof"]
    done = subprocess.run([*limited, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (4, "", 1)
    assert "processes: cannot be started (Too many open files)" in done.stderr
    assert not list(tmp_path.iterdir())


def test_where_the_first_cannot_be_started_nothing_is_lost_instead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A job that was never begun for want of room is no job whose process died."""

    def full(*given: Any) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(ProcessPoolExecutor, "submit", full)
    why = "processes: cannot be started .Resource temporarily unavailable"
    with pytest.raises(InputError, match=why), shared(half, [2, 4], 2) as done:
        list(done)


@pytest.mark.parametrize("before", [None, "", "1"])
def test_the_environment_is_left_as_it_was(
    before: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    if before is not None:
        monkeypatch.setenv("PYTHONSAFEPATH", before)
    with processes(2) as pool:
        assert os.environ.get("PYTHONSAFEPATH") == before
        assert pool is not None
        assert pool.submit(os.getenv, "PYTHONSAFEPATH").result() == "1"
        assert os.environ.get("PYTHONSAFEPATH") == before


def half(number: int) -> int:
    """Return the half of an even number."""
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number // 2


@pytest.mark.parametrize("count", [1, 2])
def test_pieces_come_with_what_is_made_of_them_in_order(count: int) -> None:
    with shared(half, [4, 2, 8, 6], count) as done:
        assert list(done) == [(4, 2), (2, 1), (8, 4), (6, 3)]
    none: list[int] = []
    with shared(half, none, count) as nothing:
        assert not list(nothing)


def test_what_is_raised_here_is_raised_and_elsewhere_comes_in_place_of_the_result() -> None:
    with shared(half, [4, 3], 1) as done, pytest.raises(ValueError, match="3 is odd"):
        list(done)
    with shared(half, [4, 3, 6], 2) as done:
        found = dict(done)
    assert (found[4], found[6]) == (2, 3)
    assert repr(found[3]) == "ValueError('3 is odd')"


def test_pieces_come_as_they_end_where_order_does_not_matter() -> None:
    late = threading.Event()

    def wait(number: int) -> int:
        if number == 0:
            assert late.wait(60)
        return number

    with ThreadPoolExecutor(2) as threads, shared(wait, [0, 1], 1, threads, ordered=False) as done:
        assert next(done) == (1, 1)
        late.set()
        assert list(done) == [(0, 0)]


class Breaking(ThreadPoolExecutor):
    """An executor that takes two pieces of work and breaks."""

    taken = 0

    def submit(self, *given: Any, **more: Any) -> Future[Any]:
        self.taken += 1
        if self.taken > 2:
            raise RuntimeError("broken")
        return super().submit(*given, **more)


@pytest.mark.parametrize("ordered", [True, False])
def test_a_broken_executor_loses_what_it_does_not_take(ordered: bool) -> None:
    with Breaking(1) as threads, shared(half, [2, 4, 6, 8], 1, threads, ordered=ordered) as done:
        found = dict(done)
    assert (found[2], found[4]) == (1, 2)
    assert [repr(found[k]) for k in (6, 8)] == ["RuntimeError('broken')"] * 2


def test_what_is_not_begun_is_given_up() -> None:
    begun, go = [], threading.Event()

    def work(number: int) -> None:
        begun.append(number)
        assert go.wait(60)

    with ThreadPoolExecutor(1) as threads:
        with pytest.raises(KeyboardInterrupt), shared(work, [1, 2, 3], 1, threads):
            raise KeyboardInterrupt
        go.set()
    assert begun in ([], [1])


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="needs masks of signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_another_thread_takes_waits_until_a_process_is_started(number: int) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    begun, sent, before = threading.Event(), threading.Event(), signal.signal(number, interrupt)

    def send() -> None:  # not masked: it is there before the block
        begun.wait()
        os.kill(os.getpid(), number)
        sent.set()

    def start() -> None:
        with pool._deaf():
            begun.set()
            sent.wait()
            started.append(sum(range(100_000)))  # long enough for Python to call a handler

    other = threading.Thread(target=send)
    other.start()
    started = list[int]()
    try:
        with pytest.raises(KeyboardInterrupt):
            start()
    finally:
        signal.signal(number, before)
        other.join()
    assert started
