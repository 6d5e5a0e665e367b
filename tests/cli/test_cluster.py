"""A Dask scheduler and its workers, started here: the same bytes, whoever is lost on the way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from conftest import Cli

from dlnproof.cli import cluster
from dlnproof.errors import FAILED, OK, USAGE

Client = pytest.importorskip("distributed").Client
RUN = ["check", "volume-form", "recap", "--quick", "--width", "1..2"]
TRAIN = "train --observe 1,1=1 --observe 2,2=1 --depth 3 --runs 300 --scale 0.1 --stop-loss 1e-4"

Worker = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler of its own process, on this machine alone."""
    with scheduling(tmp_path) as address:
        yield address


@contextmanager
def scheduling(folder: Path, protocol: str = "tcp") -> Iterator[str]:
    """A scheduler of its own process; its address."""
    file = folder / "scheduler.json"
    words = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    with started(["scheduler", *words, "--protocol", protocol]):
        while not file.exists() or not file.read_text().strip().endswith("}"):
            time.sleep(0.05)
        yield str(json.loads(file.read_text())["address"])


@pytest.fixture
def worker(scheduler: str, tmp_path: Path) -> Iterator[Worker]:
    """Starts a worker, without a nanny that would start it again."""
    with ExitStack() as running:
        yield lambda: running.enter_context(working(scheduler, tmp_path))


def working(scheduler: str, folder: Path) -> AbstractContextManager["subprocess.Popen[bytes]"]:
    """A worker with one thread."""
    words = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
    return started(["worker", scheduler, *words])


@contextmanager
def started(words: list[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A process of dask's command line, which is killed in the end."""
    code = "import sys; from distributed.cli import dask_{0}; dask_{0}.main()".format(words[0])
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words[1:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.long  # other processes
@pytest.mark.parametrize(
    ("words", "output"), [(RUN, "--json"), (TRAIN.split(), "-o")], ids=["check", "train"]
)
def test_the_same_bytes_though_a_worker_is_killed(
    words: list[str], output: str, *, scheduler: str, worker: Worker, tmp_path: Path, cli: Cli
) -> None:
    for folder in ("serial", "made"):
        (tmp_path / folder).mkdir()
    cli([*words, output, str(tmp_path / "serial" / "written.npz")])
    lost, _ = worker(), worker()
    running = subprocess.Popen(
        [sys.executable, "-m", "dlnproof", *words, "--scheduler", scheduler, output, "written.npz"],
        cwd=tmp_path / "made",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        text=True,
    )
    with Client(scheduler) as client:
        while len(busy := client.processing()) < 2 or not all(busy.values()):
            assert running.poll() is None, "it ended before both workers had work"
            time.sleep(0.05)
    lost.send_signal(signal.SIGKILL)
    said, _ = running.communicate()
    assert running.returncode == 0, said
    names = sorted(file.name for file in (tmp_path / "serial").iterdir())
    assert sorted(file.name for file in (tmp_path / "made").iterdir()) == names
    for name in names:
        made, serial = (tmp_path / folder / name for folder in ("made", "serial"))
        assert made.read_bytes() == serial.read_bytes()


class Lost:
    """A future whose worker was lost just after its result was fetched, or that lost it."""

    status = "lost"

    def __init__(self, outcome: object) -> None:
        self.outcome = outcome
        self.given_up = False
        self.fetch: Callable[[], None] = lambda: None

    def add_done_callback(self, fetch: Callable[["Lost"], None]) -> None:
        self.fetch = lambda: fetch(self)

    def result(self) -> object:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def cancel(self) -> None:
        self.given_up = True


class Submitting:
    def submit(self, fn: Callable[..., object], *args: object, pure: bool) -> Lost:
        self.last = Lost(fn(*args))
        return self.last


def test_a_result_counts_though_its_worker_was_lost_since() -> None:
    client = Submitting()
    workers = cluster._Workers(client)
    workers.submit(lambda: 1).cancel()
    assert client.last.given_up
    client.last.fetch()  # says nothing more
    done, there = workers.submit(lambda: 7), client.last
    there.fetch()
    assert done.result() == 7
    failed, there = workers.submit(lambda: OSError("gone")), client.last
    there.fetch()
    assert isinstance(failed.exception(), OSError)


def test_a_worker_that_leaves_while_it_is_asked_its_version_is_passed_over() -> None:
    class Leaving:
        def run(self, asked: Callable[[], object], on_error: str) -> dict[str, object]:
            return {"one": OSError("gone"), "two": asked()}

    cluster._refuse_other_versions(Leaving())


@pytest.mark.long  # other processes
def test_one_worker_verifies_and_judges(
    scheduler: str, worker: Worker, tmp_path: Path, cli: Cli
) -> None:
    worker()
    record, there = str(tmp_path / "record"), ["--scheduler", scheduler]
    cli([*RUN, "--json", record])
    assert "confirmed" in cli(["verify", record, *there]).out
    example = str(Path(__file__).parents[2] / "examples" / "paper" / "main.tex")
    for words, status in (
        (["formula", "svd-jacobian", "van(Sigma)", "--json", "-"], FAILED),
        (["paper", example, "--fresh", "--format", "json"], OK),
    ):
        assert cli([*words, *there], status) == cli(words, status)


@pytest.mark.long  # other processes
def test_certificates_are_those_of_dasks_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    made = f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout {key} -out {certificate}"
    subprocess.run(made.split(), check=True, capture_output=True)
    command = [sys.executable, "-m", "dlnproof", "formula", "svd-jacobian", "van(Sigma**2)"]
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    settings = {"CA_FILE": certificate}
    for who in ("SCHEDULER", "WORKER", "CLIENT"):
        settings |= {f"{who}__CERT": certificate, f"{who}__KEY": key}
    with monkeypatch.context() as told:
        for name, value in settings.items():
            told.setenv(f"DASK_DISTRIBUTED__COMM__TLS__{name}", value)
        with scheduling(tmp_path, "tls") as address, working(address, tmp_path):
            assert address.startswith("tls://")
            command += ["--scheduler", address]
            found = subprocess.run(command, capture_output=True, text=True, check=False)
            assert (found.returncode, found.stderr) == (OK, "")
            told.undo()
            refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == USAGE
    assert refused.stderr.count("\n") == 1
    assert "--scheduler: got 'tls://" in refused.stderr


@pytest.mark.long  # other processes
def test_without_a_worker_it_waits_and_says_so(
    scheduler: str, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.setattr(cluster, "SILENCE", 0.2)
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    status, (_, err) = cli.ended([*RUN, "--scheduler", scheduler])
    *waiting, last = err.splitlines()
    assert status == 4
    assert set(waiting) == {f"dlnproof: no worker is connected to {scheduler}: waiting"}
    assert f"no worker has come to {scheduler}" in last


@pytest.mark.long  # other processes
def test_another_version_on_a_worker(
    scheduler: str, worker: Worker, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    worker()
    monkeypatch.setattr(cluster, "installed", lambda: ("0.1", f"process {os.getpid()}"))
    said = cli.refused([*RUN, "--scheduler", scheduler])
    assert f"expected 0.1 at process {os.getpid()}; install the same there" in said
    assert "has another dlnproof: got 0.1 at process" in said


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("here", "got 'here', expected an address such as tcp://HOST:8786"),
        ("tcp://127.0.0.1:1", "got 'tcp://127.0.0.1:1', which does not answer"),
        ("smoke://127.0.0.1:1", "which does not answer"),
    ],
)
def test_no_scheduler(address: str, said: str, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 0.5)
    assert said in cli.refused([*RUN, "--scheduler", address])


def test_without_dask(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = cli.refused([*RUN, "--scheduler", "tcp://127.0.0.1:1"])
    assert "pip install 'dlnproof[cluster]'" in said
