"""Worker processes import nothing from the current folder, which may be a stranger's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dlnproof.pool import processes

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
    check(["svd-jacobian"], grid=Grid((2,), (1, 2)), jobs=2)
"""
SMALL = ["--depth", "2", "--width", "1..2", "--digits", "20", "--runs", "0"]
TRAIN = ["--observe", "1,1=1", "--depth", "1", "--runs", "400", "--stop-loss", "1e-2", "-o"]


@pytest.mark.parametrize("verb", ["check", "verify", "train", "library"])
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
