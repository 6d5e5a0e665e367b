"""The fuzzer has teeth: what is not borne is told, and the input that did it."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import fuzz
import pytest
from fuzz import COMMANDS, Findings, Target, by_command, tried

from dlnproof.errors import InputError
from dlnproof.selftest.child import MOST_BYTES, Ended

GOOD, BAD = b"1", b"2"


def refuse() -> None:
    raise InputError("got 2, expected 1")


def refuse_at_length() -> None:
    raise InputError("got 2,\nexpected 1")


def fail() -> None:
    raise ValueError("of ours")


def leave_a_file() -> None:
    Path("canary").touch()


def take_memory() -> None:
    bytearray(2 * MOST_BYTES)


def take_time() -> None:
    while True:
        time.process_time()


def end() -> None:
    os._exit(0)


@pytest.mark.parametrize(
    ("does", "told"),
    [
        (refuse, None),
        (refuse_at_length, "AssertionError"),
        (fail, "ValueError: of ours"),
        (leave_a_file, "wrote ['canary']"),
        (take_memory, "MemoryError"),
        (take_time, "TooSlowError"),
        (end, "ended: status 0"),
    ],
)
def test_what_is_not_borne_is_told(
    does: Callable[[], None], told: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = Target(lambda: [GOOD], lambda data: does() if data == BAD else None, ())
    monkeypatch.setattr(fuzz, "TARGETS", {"some": target})
    monkeypatch.setattr(fuzz, "MOST_SECONDS", 1)
    findings = Findings()
    done = tried("some", [GOOD, BAD, GOOD], findings)
    assert findings.tried == {"some": 3}
    assert [how is None for how in done] == [False, told is not None, False]
    assert [(name, data) for name, data, _ in findings.found] == [("some", BAD)] * bool(told)
    assert all(str(told) in why for *_, why in findings.found)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_bears_what_is_no_input(name: str) -> None:
    assert by_command(*COMMANDS[name](b"\xff{")) == ""


@pytest.mark.parametrize(
    ("ended", "left", "told"),
    [
        (Ended(0, "", ""), "", ""),
        (Ended(4, "", "dlnproof: got 2\n"), "", ""),
        (Ended(4, "", "dlnproof: got 2\nexpected 1\n"), "", "status 4"),
        (Ended(3, "", "dlnproof: internal error\n"), "", "status 3"),
        (Ended(-9, "", ""), "", "ended by SIGKILL"),
        (Ended(0, "", ""), "canary", "files: ['canary', 'x']"),
    ],
)
def test_what_the_command_does_not_bear(
    ended: Ended, left: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ran(words: list[str], folder: Path, *, shell: str) -> Ended:
        if left:
            (folder / left).touch()
        return ended

    monkeypatch.setattr(fuzz, "ran", ran)
    said = by_command([], {"x": b""})
    assert said.startswith(told) if told else not said


def test_a_command_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "MOST_SECONDS", -fuzz.START_SECONDS)
    assert by_command(["--version"], {}).startswith("took ")
