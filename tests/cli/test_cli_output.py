"""Standard output and output files: what is unwritable is one line and status 4."""

import io
import os
import re
import resource
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from conftest import Cli

from dlnproof.cli import main
from dlnproof.errors import INTERNAL, InputError
from dlnproof.files.output import emit, output_file, write_output

BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
"""Only what is buffered can fail again at the interpreter's end."""


def names(directory: Path) -> list[str]:
    """Return what a directory holds, hidden files included."""
    return sorted(path.name for path in directory.iterdir())


def test_a_reader_that_leaves_is_no_error() -> None:
    code = (
        "import sys\nfrom dlnproof.files.output import emit\nfor k in range(9999): emit('x' * 999)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=BUFFERED,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [["list"], ["--help"]])
def test_full_standard_output_is_status_4(words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dlnproof", *words],
            stdout=full,
            env=BUFFERED,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 4
    assert "standard output: cannot write" in done.stderr
    assert done.stderr.count("\n") == 1


CHECK = ["check", "svd-jacobian", "--depth", "1", "--width", "1", "-k", "exact", "--jobs", "1"]


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX")
@pytest.mark.parametrize(
    ("words", "status"),
    [
        ([*CHECK, "--json", "-"], 0),
        ([*CHECK[:-1], "2"], 0),
        ([*CHECK, "--durations", "3"], 0),
        (["list"], 0),
        (["--help"], 0),
        (["evaluate", "nowhere", "--depth", "2"], 4),
        (["nonsense \udcff"], 4),
    ],
)
def test_closed_standard_error_changes_nothing_else(words: list[str], status: int) -> None:
    command = [sys.executable, "-m", "dlnproof", *words]
    said = {}
    for how in ("2>&-", "2>/dev/null"):
        done = subprocess.run(
            ["sh", "-c", f'exec "$@" {how}', "sh", *command], capture_output=True, check=False
        )
        assert done.returncode == status
        said[how] = done.stdout
    assert said["2>&-"] == said["2>/dev/null"]
    assert bool(said["2>&-"]) == (status == 0)


def test_closed_standard_output_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(InputError, match="standard output: it is closed"):
        emit("x")


def test_characters_that_the_encoding_lacks_are_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    emit("sigma: \u03c3, lone: \udcff\n")
    assert raw.getvalue() == b"sigma: \\u03c3, lone: \\udcff\n"


def test_no_file_and_standard_output() -> None:
    assert output_file("--json", None) is None
    assert output_file("--json", "-") is None


@pytest.mark.parametrize(
    ("name", "fragment"),
    [
        ("", "names no file"),
        (" ", "names no file"),
        (".", "is a directory"),
        ("nowhere/x.json", "'nowhere' is not a directory"),
        ("file/x.json", "'file' is not a directory"),
        ("x" * 300, "File name too long"),
        ("a\0b", "names no file"),
        ("circle", "Too many levels of symbolic links"),
        ("away", "a link into"),
    ],
)
def test_unwritable_files_are_refused_before_the_work(
    name: str, fragment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    Path("circle").symlink_to("circle")
    Path("away").symlink_to("nowhere/x.json")
    with pytest.raises(InputError) as refused:
        output_file("--json", name)
    assert str(refused.value).startswith(f"--json: got {name!r}, ")
    assert fragment in str(refused.value)
    assert names(Path()) == ["away", "circle", "file"]


@pytest.mark.parametrize(
    "words",
    [
        ["evaluate", "x.npz", "--depth", "2", "--json", "x.npz"],
        ["evaluate", "x.npz:W", "--depth", "2", "--json", "./x.npz"],
        ["check", "--at", "x.npz", "--depth", "2", "--json", "link"],
        ["check", "x.npz", "--junit", "x.npz"],
        ["replay", "x.npz", "--json", "x.npz"],
        ["verify", "x.npz", "--json", "link"],
        ["errata", "--record", "x.npz", "--json", "x.npz"],
        ["formula", "--file", "x.npz", "--json", "x.npz"],
        ["train", "--observe-file", "x.npz", "--depth", "2", "-o", "x.npz"],
    ],
)
def test_a_file_that_is_read_is_not_written(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.chdir(tmp_path)
    np.savez("x.npz", W=[[1, np.nan], [np.nan, 1]])
    before = Path("x.npz").read_bytes()
    Path("link").symlink_to("x.npz")
    said = cli.refused(words)
    assert re.search(r"-\w+: got '.*', which is read: it would be lost; expected a file", said), (
        said
    )
    assert Path("x.npz").read_bytes() == before


@pytest.fixture
def gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A current directory that somebody has removed."""
    here = tmp_path / "gone"
    here.mkdir()
    monkeypatch.chdir(here)
    here.rmdir()


@pytest.mark.usefixtures("gone")
def test_a_current_directory_that_is_gone_is_one_line_before_the_work(
    tmp_path: Path, cli: Cli
) -> None:
    with pytest.raises(InputError, match="but the current directory is gone"):
        output_file("--json", "x.json")
    assert output_file("--json", str(tmp_path / "x.json")) == tmp_path / "x.json"
    check = ["check", "svd-jacobian", "--depth", "1", "--width", "1", "--jobs"]
    assert "current directory: it is gone" in cli.refused([*check, "2"])  # processes start there
    cli([*check, "1"])


def test_read_only_directories_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    with pytest.raises(InputError, match="is read-only"):
        output_file("--json", str(tmp_path / "x.json"))


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    write_output(tmp_path / "link", "text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "text"


def test_pipes_and_devices_are_written_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_text()), daemon=True)
    reader.start()
    path = output_file("--json", str(pipe))
    assert path is not None
    write_output(path, "text")
    reader.join(timeout=600)
    assert found == ["text"]
    assert pipe.is_fifo()


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("old")
    code = (
        "import resource, sys; from pathlib import Path; from dlnproof.errors import InputError\n"
        "from dlnproof.files.output import write_output\n"
        "import dlnproof.files.atomic\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"  # as a full disk
        "try: write_output(Path(sys.argv[1]), 'x' * 9999)\n"
        "except InputError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "x.json")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "cannot write (File too large)" in done.stdout
    assert (tmp_path / "x.json").read_text() == "old"
    assert names(tmp_path) == ["x.json"]


def _caused(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        ImportError("libflint.so: failed to map segment from shared object"),
        _caused(ImportError("IMPORTANT:\nread this\n"), ImportError("x: Cannot allocate memory")),
        _caused(RuntimeError("x"), MemoryError()),
    ],
)
def test_want_of_memory_is_one_line_however_it_is_said(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    def starve(given: list[str]) -> int:
        raise error

    monkeypatch.setattr(main, "_run", starve)
    assert cli.refused(["list"], INTERNAL).startswith("dlnproof list: out of memory; ")


def test_another_error_in_a_library_is_not_for_want_of_memory(
    monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    def fail(given: list[str]) -> int:
        raise ImportError("no such thing")

    monkeypatch.setattr(main, "_run", fail)
    assert "internal error, please report" in cli(["list"], INTERNAL).err


@pytest.mark.parametrize("megabytes", [100, 150, 200])
def test_too_little_memory_for_its_libraries_is_one_line(megabytes: int, tmp_path: Path) -> None:
    """OpenBLAS would end the process with a line of its own, and status 1."""
    limit = megabytes * 2**20
    words = ["train", "--observe", "1,1=1", "--depth", "2", "--runs", "1", "-o", "runs.npz"]
    done = subprocess.run(
        [sys.executable, "-m", "dlnproof", *words],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, names(tmp_path)) == (INTERNAL, "", [])
    assert done.stderr.startswith("dlnproof train: out of memory; ")
    assert done.stderr.count("\n") == 1
