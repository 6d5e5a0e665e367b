"""The command line: which verbs there are, and how any of them ends.

A verb is a module of this name, with ``declare(parser)`` for its options and ``run(options)``,
which returns the exit status; it is imported for its own verb alone. Nothing beyond argparse is
imported before, so that ``--help`` is immediate.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from dlnproof.cli import scarce, signals
from dlnproof.errors import (
    INTERNAL,
    INTERRUPTED,
    NOTHING,
    OK,
    USAGE,
    InputError,
    NothingSelectedError,
    nearest,
)
from dlnproof.version import __version__

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from typing import Any, NoReturn

argparse._ = str  # type: ignore[attr-defined]
"""Its words stay English, as ours are; asking gettext for each is a fifth of the start-up."""

VERBS = {
    "list": "the claims: id, title, source, depths, routes",
    "check": "derive the claims and check them numerically; print the verdicts",
    "merge": "make the record of a run from its shards, made apart by 'check --shard'",
    "derive": "write the derivations as LaTeX",
    "explain": "a claim: statement, hypotheses, source, routes, files to trust",
    "errata": "statements as they are printed elsewhere, checked as they stand",
    "replay": "compute counterexamples again, from the statement and the point alone",
    "evaluate": "certified singular values and volume densities of your own matrix",
    "formula": "is a closed form right? decided for all N and d, or the smallest counterexample",
    "paper": "judge the marked formulas of a LaTeX paper, line by line",
    "appendix": "write the verification appendix of a run: LaTeX to cite, submit and re-run",
    "report": "write the web page of a run: one folder that works from disk",
    "verify": "run again what a record says, and compare verdict by verdict",
    "train": "train deep linear networks on your own matrix completion problem",
    "figure": "draw a figure of the training experiments",
    "selftest": "try the software: forgeries, crashes, hostile input; print what held",
    "cite": "BibTeX of this software: version, commit, digest of a record",
}


class _Format(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        # given a width, argparse imports no shutil (and with it bz2 and lzma)
        super().__init__(prog, width=_width() - 2)


def _width() -> int:
    try:
        return max(os.get_terminal_size().columns, 40)
    except (OSError, ValueError, AttributeError):  # stdout is no terminal, or closed
        return 80


class _Parser(argparse.ArgumentParser):
    def __init__(self, **given: "Any") -> None:
        super().__init__(formatter_class=_Format, allow_abbrev=False, **given)

    def error(self, message: str) -> "NoReturn":
        raise InputError(f"{message}; see '{self.prog} --help'")


def parser(verb: str = "") -> argparse.ArgumentParser:
    """Return the parser of a verb's options; without one, that of the program, which lists them."""
    if verb:
        line = VERBS[verb]
        its = _Parser(prog=f"dlnproof {verb}", description=f"{line[0].upper()}{line[1:]}.")
        _module(verb).declare(its)
        return its
    top = _Parser(
        prog="dlnproof",
        description="Verify the Riemannian geometry of deep linear networks: exact derivations, "
        "independent numeric checks, and the volume of your own matrix.",
    )
    top.add_argument("--version", action="version", version=f"dlnproof {__version__}")
    verbs = top.add_subparsers(metavar="VERB", required=True)
    for name, line in VERBS.items():
        verbs.add_parser(name, help=line, add_help=False)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status; errors of the user are one line on stderr."""
    if sys.stderr is None:  # closed, as in 'dlnproof check 2>&-': print would use standard output
        null = os.open(os.devnull, os.O_WRONLY)
        sys.stderr = os.fdopen(null, "w", errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = f"dlnproof {given[0]}" if given and given[0] in VERBS else "dlnproof"
    try:
        scarce.watch()
        return _run(given)
    except BaseException as error:
        return _ended(name, error)


def _ended(name: str, error: BaseException) -> int:
    """Say in one line how a verb ended that raised, and return the exit status."""
    if isinstance(error, KeyboardInterrupt) or signals.stopping():
        left = str(error) if isinstance(error, KeyboardInterrupt) else ""
        _say(f"{name}: interrupted; {left or 'no unfinished file is left behind'}")
        return INTERRUPTED
    if isinstance(error, InputError):
        _say(f"{name}: {error}")
        return NOTHING if isinstance(error, NothingSelectedError) else USAGE
    if _starved(error):
        _say(f"{name}: out of memory; try a smaller width or fewer digits")
        return INTERNAL
    import traceback  # whatever else goes wrong is our mistake

    traceback.print_exception(error)
    _say(f"{name}: internal error, please report it with the lines above: {error!r}")
    return INTERNAL


def _starved(error: "BaseException | None") -> bool:
    """Whether an error is for want of memory, of which the loader of libraries speaks in words."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        wants = ("failed to map segment", "cannot allocate memory")
        if isinstance(error, ImportError) and any(w in str(error).lower() for w in wants):
            return True
        error = error.__cause__ or error.__context__
    return False


def _run(given: list[str]) -> int:
    """Read what is given and do it."""
    first = given[0] if given else ""
    if first not in (*VERBS, "-h", "--help", "--version"):
        raise InputError(
            f"got {repr(first) if given else 'no verb'}, expected one of "
            f"{', '.join(VERBS)}{nearest(first, VERBS)}; see 'dlnproof --help'"
        )
    verb = first if first in VERBS else ""
    try:
        options, unknown = parser(verb).parse_known_args(given[1:] if verb else given)
    except SystemExit:  # argparse has printed help or the version
        from dlnproof.files.output import emit

        emit("")
        return OK
    if unknown:
        raise InputError(
            f"got {unknown[0]!r}, which '{verb}' does not take; see 'dlnproof {verb} --help'"
        )
    status: int = _module(verb).run(options)
    return status


def _module(verb: str) -> "Any":
    from importlib import import_module

    return import_module(f"dlnproof.cli.{verb}")


def _say(message: str) -> None:
    """Print one line on stderr, whatever the user's input holds."""
    line = " ".join(message.splitlines())
    line = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)  # none is obeyed
    if len(line) > 1000:
        line = f"{line[:300]} ... {line[-300:]}"
    print(line, file=sys.stderr)
