"""The command line. Parsing only: what a verb does is in :mod:`dlnproof.verbs`.

Nothing beyond argparse is imported before a verb runs, so that ``--help`` is immediate.
Exit status: 0 ok, 1 a claim does not hold, 2 interrupted, 3 internal error, 4 usage,
5 nothing selected.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from dlnproof import __version__

OK, FAILED, INTERRUPTED, INTERNAL, USAGE, NOTHING = range(6)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}; see '{self.prog} --help'\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs."""
    top = _Parser(
        prog="dlnproof",
        description="Verify the Riemannian geometry of deep linear networks: exact derivations, "
        "independent numeric checks, and the volume of your own matrix.",
    )
    top.add_argument("--version", action="version", version=f"dlnproof {__version__}")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)

    verbs.add_parser("list", help="the claims: id, title, source, depths, routes")

    check = verbs.add_parser(
        "check",
        help="derive the claims and check them numerically; print the verdicts",
        description="Derive each claim, check it by independent numeric routes over a grid of "
        "exact points, and show that every wrong variant is rejected.",
    )
    check.add_argument("claims", nargs="*", metavar="CLAIM", help="claim ids (default: all)")
    check.add_argument(
        "-k",
        dest="expression",
        default="",
        metavar="EXPR",
        help="only claims and routes that match, e.g. 'volume and not pullback'",
    )
    check.add_argument(
        "--depth",
        default="1..5,inf",
        metavar="LIST",
        help="depths, e.g. 1..8,inf (default: %(default)s)",
    )
    check.add_argument(
        "--width", default="1..4", metavar="LIST", help="widths, e.g. 1..4 (default: %(default)s)"
    )
    check.add_argument(
        "--points", default="1", metavar="K", help="points of each kind (default: %(default)s)"
    )
    check.add_argument(
        "--digits",
        default="50",
        metavar="D",
        help="digits of finite differences and balls (default: %(default)s)",
    )
    check.add_argument(
        "--seed",
        default="0",
        metavar="S",
        help="what the points are drawn from (default: %(default)s)",
    )
    check.add_argument(
        "--jobs",
        default="",
        metavar="J",
        help="processes (default: one per processor); never changes the result",
    )
    check.add_argument("--json", default="", metavar="FILE", help="write the record; - for stdout")
    check.add_argument("-x", dest="stop", action="store_true", help="stop at the first failure")
    check.add_argument("--durations", default="0", metavar="N", help="show the N slowest pieces")

    derive = verbs.add_parser("derive", help="write the derivations as LaTeX")
    derive.add_argument("claims", nargs="*", metavar="CLAIM", help="claim ids (default: all)")
    derive.add_argument(
        "-o",
        dest="output",
        default="",
        metavar="DIR",
        help="write fragments and a standalone main.tex here (default: print)",
    )
    derive.add_argument("--pdf", action="store_true", help="compile main.tex with latexmk")

    explain = verbs.add_parser(
        "explain", help="a claim: statement, hypotheses, source, routes, files to trust"
    )
    explain.add_argument("claim", metavar="CLAIM")

    evaluate = verbs.add_parser(
        "evaluate",
        help="certified singular values and volume densities of your own matrix",
        description="Read a square matrix and print its singular values, log sqrt(det g^N), "
        "log det g^N and the log density of Theorem 1.1, each with a certified radius. Entries of "
        "JSON, CSV and text files are exact decimals or fractions such as 7/3; .npy holds binary "
        "doubles.",
    )
    evaluate.add_argument("file", metavar="FILE", help=".npy, .json, .csv or whitespace text")
    evaluate.add_argument("--depth", required=True, metavar="N", help="an integer >= 1, or inf")
    evaluate.add_argument(
        "--digits", default="15", metavar="D", help="decimal digits (default: %(default)s)"
    )
    evaluate.add_argument("--json", default="", metavar="FILE", help="write JSON; - for stdout")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status; errors of the user are one line on stderr."""
    top = parser()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        top.print_help(sys.stderr)
        return USAGE
    options = top.parse_args(given)
    from dlnproof.errors import InputError, NothingSelectedError

    try:
        return _run(options)
    except InputError as error:
        print(f"dlnproof {options.verb}: {error}", file=sys.stderr)
        return NOTHING if isinstance(error, NothingSelectedError) else USAGE
    except KeyboardInterrupt:
        print(f"dlnproof {options.verb}: interrupted; nothing was written", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:  # whatever else goes wrong is our mistake
        import traceback

        traceback.print_exc()
        print(f"dlnproof {options.verb}: internal error, please report: {error!r}", file=sys.stderr)
        return INTERNAL


def _run(options: argparse.Namespace) -> int:
    from dlnproof import verbs

    try:
        status: int = getattr(verbs, f"run_{options.verb}")(options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has gone, as in 'dlnproof list | head -1'
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return status
