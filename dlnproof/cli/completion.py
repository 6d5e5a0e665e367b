"""What the shell may write after a part of a command: verbs, options, claims, targets, figures.

argcomplete asks the program for it, with ``eval "$(register-python-argcomplete dlnproof)"`` in the
shell; only then is this module loaded.
"""

import argparse
from collections.abc import Callable, Iterable

from dlnproof.cli.main import VERBS, parser


def claims() -> Iterable[str]:
    """Return the ids of the claims."""
    from dlnproof.claims import CLAIMS

    return CLAIMS


def targets() -> Iterable[str]:
    """Return what formulas are judged for."""
    from dlnproof.quantities.catalogue import QUANTITIES

    return QUANTITIES


def figures() -> Iterable[str]:
    """Return the figures of experiments."""
    from dlnproof.documents.figures import FIGURES

    return FIGURES


NAMES: dict[str, Callable[[], Iterable[str]]] = {
    "CLAIM": claims,
    "TARGET": targets,
    "FIGURE": figures,
}
"""By what help calls an argument; any other is completed as the name of a file."""


def whole_parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs with their options; each argument knows what completes it."""
    top = argparse.ArgumentParser(prog="dlnproof")
    top.add_argument("--version", action="store_true")
    verbs = top.add_subparsers()
    for name, line in VERBS.items():
        its = verbs.add_parser(name, help=line, parents=[parser(name)], add_help=False)
        for action in its._actions:
            if action.metavar in NAMES:
                found = NAMES[str(action.metavar)]
                action.completer = lambda found=found, **_: found()  # type: ignore[attr-defined]
    return top


def complete() -> None:
    """Answer the shell, and end the process. Without argcomplete there is no answer."""
    try:
        import argcomplete
    except ImportError:
        return
    argcomplete.autocomplete(whole_parser())
