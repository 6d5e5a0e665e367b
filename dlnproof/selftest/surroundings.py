"""The section of surroundings: closed streams, full disks, locales, flags of the interpreter."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dlnproof.errors import OK, USAGE
from dlnproof.selftest.bench import Bench
from dlnproof.selftest.case import Case, Section
from dlnproof.selftest.child import Ended, ran

_CHECK: Final = (
    "check", "svd-jacobian", "-k", "exact", "--depth", "1", "--width", "1", "--jobs", "1",
)  # fmt: skip
SHOWN: Final = (*_CHECK, "--json", "-")
"""A record on standard output."""
_LIST: Final = ("list",)
_PLAIN: Final = 'exec "$@"'
_NO_ROOM: Final = 'ulimit -f 1; exec "$@"'
_PLACELESS: Final = 'mkdir gone; cd gone; rmdir ../gone; exec "$@"'
_PIPED: Final = '{{ "$@" || echo "status $?" >&2; }} | {}'
_NO_UTF8: Final = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@dataclass(frozen=True)
class Surroundings:
    """Where words are done: flags of the interpreter, the environment, how the shell starts them.

    What is documented is the ``status``; with status 0 the output is that of ordinary surroundings
    (``first``: its first line, ``silent``: nothing), and else one line on standard error says why.
    """

    kind: str
    name: str
    words: tuple[str, ...] = SHOWN
    flags: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    shell: str = _PLAIN
    status: int = OK
    first: bool = False
    silent: bool = False
    long: bool = False


_STREAMS: Final = tuple(
    Surroundings(kind, words[0], words, shell=shell, long=words == SHOWN, **more)
    for kind, shell, more in (
        ("stdin closed", 'exec "$@" <&-', {}),
        ("stderr closed", 'exec "$@" 2>&-', {}),
        ("stdout closed", 'exec "$@" >&-', {"status": USAGE}),
        ("all three closed", 'exec "$@" <&- >&- 2>&-', {"status": USAGE, "silent": True}),
        ("stdout on a full disk", 'exec "$@" >/dev/full', {"status": USAGE}),
        ("head -1", _PIPED.format("head -1"), {"first": True}),
        ("a reader that is gone", _PIPED.format("true"), {"silent": True}),
    )
    for words in (_LIST, SHOWN)
)
_LOCALES: Final = (
    Surroundings("locale C", "check", environment={"LC_ALL": "C", **_NO_UTF8}),
    Surroundings("locale C.UTF-8", "check", environment={"LC_ALL": "C.UTF-8"}),
    Surroundings("streams of ASCII", "check", environment={"PYTHONIOENCODING": "ascii"}, long=True),
)
_FLAGS: Final = tuple(
    Surroundings(f"python {flag}", "check", flags=flag.split(), long=flag not in ("-O", "-W error"))
    for flag in ("-O", "-W error", "-OO", "-bb", "-X dev")
)
_ENVIRONMENTS: Final = tuple(
    Surroundings(f"{name}={value}", "check", environment={name: value}, long=True)
    for name, value in (
        ("HOME", "/nowhere"),
        ("TERM", "dumb"),
        ("COLUMNS", "1"),
        ("TMPDIR", "/nowhere"),
        ("NO_COLOR", "1"),
        ("PATH", "/nowhere"),
    )
)
_FILES: Final = tuple(
    Surroundings(kind, words[0], words, shell=shell, status=USAGE, long=words[0] != "check")
    for kind, words, shell in (
        ("a read-only folder", (*_CHECK, "--json", "locked/x.json"), _PLAIN),
        ("a folder that is not there", (*_CHECK, "--json", "no/x.json"), _PLAIN),
        ("a file on a full disk", (*_CHECK, "--json", "/dev/full"), _PLAIN),
        ("no room for a file", (*_CHECK, "--json", "x.json"), _NO_ROOM),
        ("no room for a folder", ("derive", "svd-jacobian", "-o", "o"), _NO_ROOM),
    )
)
_GONE: Final = Surroundings("a current folder that is gone", "check", shell=_PLACELESS)
EVERY: Final = (*_STREAMS, *_FILES, _GONE, *_LOCALES, *_FLAGS, *_ENVIRONMENTS)


def _cases(bench: Bench) -> Iterator[Case]:
    every: tuple[tuple[str, ...], ...] = (SHOWN, _LIST)
    usual = {words: ran(words, bench.new_folder("surroundings")) for words in every}
    for words, ended in usual.items():
        held = ended.status == OK and bool(ended.out) and not ended.err
        outcome = f"status {ended.status}"
        yield Case("ordinary surroundings", words[0], outcome, held, ended.shown)
    for each in EVERY:
        if bench.long or not each.long:
            yield _tried(each, usual, bench.new_folder("surroundings"))


def _tried(each: Surroundings, usual: Mapping[tuple[str, ...], Ended], here: Path) -> Case:
    with _read_only(here / "locked"):
        ended = ran(
            each.words, here, flags=each.flags, environment=each.environment, shell=each.shell
        )
        stray = [path.name for path in here.iterdir() if path.name != "locked"]
    held, said = _as_documented(each, ended, usual.get(each.words)), ended.shown
    if stray:  # none of them writes a file that stays
        held, said = False, f"left there: {', '.join(sorted(stray))}"
    return Case(each.kind, each.name, f"status {ended.status}", held, said)


def _as_documented(each: Surroundings, ended: Ended, usual: Ended | None) -> bool:
    if each.silent:
        return ended == Ended(each.status, "", "")
    if each.status:
        return ended.status == each.status and ended.one_line
    expected = usual.out if usual else ""
    if each.first:
        expected = expected.splitlines(keepends=True)[0]
    return ended == Ended(OK, expected, "")


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """Let a folder be there in which nothing can be written, by anybody."""
    if os.geteuid() == 0:  # who may write anywhere but there
        folder.symlink_to("/proc", target_is_directory=True)
        yield
        return
    folder.mkdir(mode=0o500)
    try:
        yield
    finally:
        folder.chmod(0o700)


SECTION: Final = Section("surroundings", "Streams, disks, locales, flags", _cases)
