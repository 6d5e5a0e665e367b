"""Usage errors: one line on stderr, nothing on stdout, exit status 4; 3 for our own mistakes."""

import os
import subprocess
import sys

import pytest

from dlnproof.cli import main as cli
from dlnproof.cli import verbs
from dlnproof.cli.main import main
from dlnproof.errors import InputError


@pytest.mark.parametrize(
    ("words", "fragments"),
    [
        ([], ["got no verb", "list, check, derive, explain, errata, replay", "--help"]),
        (["chekc"], ["got 'chekc'", "did you mean check?"]),
        (["frobnicate"], ["got 'frobnicate'", "expected one of"]),
        ([""], ["got ''", "expected one of"]),
        (["a\nb"], [r"got 'a\nb'"]),
        (["--bogus"], ["got '--bogus'", "expected one of"]),
        (["list", "extra"], ["dlnproof list: got 'extra'", "dlnproof list --help"]),
        (["list", "--bogus"], ["got '--bogus'"]),
        (
            ["check", "--dep", "3"],
            ["got '--dep'"],
        ),  # no abbreviations: they would become a contract
        (["explain"], ["CLAIM", "dlnproof explain --help"]),
        (["explain", "volume-form", "b"], ["got 'b'"]),
        (["evaluate", "w.txt"], ["--depth"]),
        (["evaluate", "w.txt", "--depth"], ["--depth", "expected one argument"]),
        (["list", "x" * 5000], ["got 'xxx", " ... "]),
    ],
)
def test_usage_errors_are_one_line(
    words: list[str], fragments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == cli.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("dlnproof")
    assert err.count("\n") == 1
    assert len(err) < 1000
    for fragment in fragments:
        assert fragment in err


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--version"], ["check", "--help"]])
def test_help_and_version(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == cli.OK
    out, err = capsys.readouterr()
    assert "dlnproof" in out
    assert err == ""


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    out = capsys.readouterr().out
    for verb in cli.VERBS:
        assert f"\n    {verb}" in out
        assert callable(cli.run_of(verb))


def test_an_internal_error_is_status_3_and_asks_for_a_report(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(given: object) -> int:
        raise RuntimeError("the lemma\nis false")

    monkeypatch.setattr(verbs, "run_list", fail)
    assert main(["list"]) == cli.INTERNAL
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert err.splitlines()[-1].startswith("dlnproof list: internal error, please report it")


def test_out_of_memory_is_status_3_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(given: object) -> int:
        raise MemoryError

    monkeypatch.setattr(verbs, "run_list", fail)
    assert main(["list"]) == cli.INTERNAL
    assert capsys.readouterr().err.count("\n") == 1


def test_an_interrupt_is_status_2_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(given: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(verbs, "run_list", interrupt)
    assert main(["list"]) == cli.INTERRUPTED
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "interrupted" in err


def test_whatever_a_message_holds_it_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(given: object) -> int:
        raise InputError("two\nlines")

    monkeypatch.setattr(verbs, "run_list", refuse)
    assert main(["list"]) == cli.USAGE
    assert capsys.readouterr().err == "dlnproof list: two lines\n"


def test_module_and_process_status() -> None:
    for words, status in ((["list"], 0), (["frobnicate"], 4)):
        done = subprocess.run(
            [sys.executable, "-m", "dlnproof", *words], capture_output=True, check=False
        )
        assert done.returncode == status


def test_the_locale_does_not_matter() -> None:
    command = [sys.executable, "-m", "dlnproof", "list"]
    plain = subprocess.run(command, capture_output=True, check=True).stdout
    for settings in ({"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}):
        environment = {**os.environ, **settings}
        done = subprocess.run(command, capture_output=True, check=True, env=environment)
        assert done.stdout == plain
        assert done.stderr == b""
