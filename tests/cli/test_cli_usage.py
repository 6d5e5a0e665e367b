"""Usage errors: one line on stderr, nothing on stdout, exit status 4; 3 for our own mistakes."""

import os
import subprocess
import sys
from importlib import import_module

import pytest
from conftest import Cli

from dlnproof.cli.main import VERBS
from dlnproof.errors import INTERNAL, INTERRUPTED, USAGE, InputError


@pytest.mark.parametrize(
    ("words", "fragments"),
    [
        ([], ["got no verb", "list, check, merge, derive, explain, errata, replay", "--help"]),
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
def test_usage_errors_are_one_line(words: list[str], fragments: list[str], cli: Cli) -> None:
    err = cli.refused(words)
    assert len(err) < 1000
    for fragment in fragments:
        assert fragment in err


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--version"], ["check", "--help"]])
def test_help_and_version(words: list[str], cli: Cli) -> None:
    out, err = cli(words)
    assert "dlnproof" in out
    assert err == ""


def test_help_names_every_verb_and_each_is_a_module(cli: Cli) -> None:
    out = cli(["--help"]).out
    for verb in VERBS:
        assert f"\n    {verb}" in out
        module = import_module(f"dlnproof.cli.{verb}")
        assert callable(module.declare)
        assert callable(module.run)


def test_an_internal_error_is_status_3_and_asks_for_a_report(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(given: object) -> int:
        raise RuntimeError("the lemma\nis false")

    monkeypatch.setattr("dlnproof.cli.list.run", fail)
    err = cli(["list"], INTERNAL).err
    assert "Traceback" in err
    assert err.splitlines()[-1].startswith("dlnproof list: internal error, please report it")


def test_out_of_memory_is_status_3_in_one_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(given: object) -> int:
        raise MemoryError

    monkeypatch.setattr("dlnproof.cli.list.run", fail)
    assert cli(["list"], INTERNAL).err.count("\n") == 1


def test_an_interrupt_is_status_2_in_one_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(given: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("dlnproof.cli.list.run", interrupt)
    assert "interrupted" in cli.refused(["list"], INTERRUPTED)


def test_whatever_a_message_holds_it_is_one_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(given: object) -> int:
        raise InputError("two\nlines")

    monkeypatch.setattr("dlnproof.cli.list.run", refuse)
    assert cli(["list"], USAGE).err == "dlnproof list: two lines\n"


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
