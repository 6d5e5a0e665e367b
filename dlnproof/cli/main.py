"""The command line. Parsing only: what a verb does is in its module or :mod:`dlnproof.cli.verbs`.

Nothing beyond argparse is imported before a verb runs, so that ``--help`` is immediate.
Exit status: 0 ok, 1 a claim does not hold or a training run diverged, 2 interrupted,
3 internal error, 4 usage, 5 nothing selected, 6 nothing failed but not all was decided or examined.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from dlnproof.errors import InputError, NothingSelectedError
from dlnproof.version import __version__

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from typing import Any, NoReturn

OK, FAILED, INTERRUPTED, INTERNAL, USAGE, NOTHING, IN_PART = range(7)

VERBS = (
    "list",
    "check",
    "derive",
    "explain",
    "errata",
    "replay",
    "evaluate",
    "formula",
    "train",
    "figure",
    "appendix",
    "report",
    "verify",
    "cite",
)
_HOMES = {"errata": "printed", "replay": "printed"}
_HOMES |= {
    verb: verb for verb in ("appendix", "cite", "figure", "formula", "report", "train", "verify")
}
"""The modules of verbs that need more than the others: each is loaded for its own verb alone."""
FIGURES = ("norms", "outcomes", "volume", "outcomes-3x3", "descent-versus-flow")

USUAL = {
    "depth": "1..5,inf",
    "width": "1..4",
    "points": "1",
    "digits": "50",
    "runs": "500",
    "seed": "0",
}
QUICK = {"depth": "1..3,inf", "width": "1..3", "digits": "30", "runs": "0"}


_CLAIMS = "claim ids, or FILE.py with your own (default: all)"


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


def parser(verb: str) -> argparse.ArgumentParser:
    """Return the parser of all verbs, of which this one is going to be read."""
    top = _Parser(
        prog="dlnproof",
        description="Verify the Riemannian geometry of deep linear networks: exact derivations, "
        "independent numeric checks, and the volume of your own matrix.",
    )
    top.add_argument("--version", action="version", version=f"dlnproof {__version__}")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)

    listed = verbs.add_parser("list", help="the claims: id, title, source, depths, routes")
    _add_extra(listed)

    check = verbs.add_parser(
        "check",
        help="derive the claims and check them numerically; print the verdicts",
        description="Derive each claim, check it by independent numeric routes over a grid of "
        "exact points, and show that every wrong variant is rejected.",
    )
    _add_selection(check)
    check.add_argument(
        "--json", metavar="FILE", help="also write the record as JSON; - prints it instead"
    )
    check.add_argument(
        "--junit", metavar="FILE", help="also write JUnit XML, for CI services; - prints it instead"
    )
    check.add_argument(
        "--summary-markdown",
        metavar="FILE",
        help="also write a summary in Markdown, as GitHub shows it; - prints it instead",
    )
    check.add_argument("-x", dest="stop", action="store_true", help="stop at the first failure")
    check.add_argument("--durations", default="0", metavar="N", help="show the N slowest pieces")

    derive = verbs.add_parser("derive", help="write the derivations as LaTeX")
    derive.add_argument("claims", nargs="*", metavar="CLAIM", help=_CLAIMS)
    derive.add_argument(
        "-o",
        dest="output",
        metavar="DIR",
        help="write fragments and a standalone main.tex here (default: print)",
    )
    derive.add_argument("--pdf", action="store_true", help="compile main.tex with latexmk")

    explain = verbs.add_parser(
        "explain", help="a claim: statement, hypotheses, source, routes, files to trust"
    )
    explain.add_argument("claim", metavar="CLAIM")
    _add_extra(explain)

    errata = verbs.add_parser(
        "errata",
        help="statements as they are printed elsewhere, checked as they stand",
        description="Examine every statement on record as a source prints it: its verdict, how "
        "well the printing is attested, and the smallest counterexample in rationals where it "
        "fails. What is printed of training is examined by training runs, which take minutes; "
        "--record takes the verdicts of a run of 'check' instead. They do not change the exit "
        "status.",
    )
    errata.add_argument("claims", nargs="*", metavar="CLAIM", help=_CLAIMS)
    errata.add_argument("--json", metavar="FILE", help="also write JSON; - prints it instead")
    errata.add_argument("--tex", action="store_true", help="print a LaTeX fragment instead")
    errata.add_argument(
        "--record",
        metavar="FILE",
        help="print the verdicts of this record of 'check --json FILE' instead of examining now",
    )
    _add_extra(errata)

    replay = verbs.add_parser(
        "replay",
        help="compute counterexamples again, from the statement and the point alone",
        description="Read counterexamples from a record of 'check', from the JSON of 'errata' or "
        "'formula', or one alone, and compute both sides again at the exact point in the file. "
        "Exit status 1 if one is not confirmed.",
    )
    replay.add_argument("file", metavar="FILE", help="JSON; - reads standard input")
    replay.add_argument("--claim", metavar="ID", help="only this claim's")
    replay.add_argument(
        "--as-printed", metavar="K", help="only that of the claim's K-th printed statement, from 1"
    )
    _add_extra(replay)
    replay.add_argument("--json", metavar="FILE", help="also write JSON; - prints it instead")

    evaluate = verbs.add_parser(
        "evaluate",
        help="certified singular values and volume densities of your own matrix",
        description="Read a square matrix and print its singular values, log sqrt(det g^N), "
        "log det g^N, the log density of Theorem 1.1 and the log volume of the orbit of balanced "
        "factorizations, each with a certified radius. Entries of JSON, CSV and text files are "
        "exact decimals or fractions such as 7/3; floats of .npy are taken as the exact numbers "
        "they are. What may be rounding of the entries is said.",
    )
    evaluate.add_argument("file", metavar="FILE", help=".npy, .json, .csv or whitespace text")
    evaluate.add_argument("--depth", required=True, metavar="N", help="an integer >= 1, or inf")
    evaluate.add_argument(
        "--digits", default="15", metavar="D", help="decimal digits (default: %(default)s)"
    )
    evaluate.add_argument("--json", metavar="FILE", help="also write JSON; - prints it instead")
    _add_formula(verbs)
    _add_appendix(verbs)
    report = verbs.add_parser(
        "report",
        help="write the web page of a run: one folder that works from disk",
        description="Run the checks that are selected, or take their record, and write a static "
        "web page of them: statements, evidence, derivations, printed statements with their "
        "counterexamples, the graph of dependences. Exit status 1 if some claim does not hold; the "
        "page is written all the same, and says so.",
    )
    _add_document(report)
    _add_verify(verbs)
    _add_train(verbs, verb)
    _add_figure(verbs)
    cite = verbs.add_parser(
        "cite",
        help="BibTeX of this software: version, commit, digest of a record",
        description="Print BibTeX of this software, or of the version that wrote a record, with "
        "the record's digest. A record that was changed after it was written is refused.",
    )
    cite.add_argument(
        "record", nargs="?", metavar="RECORD", help="JSON of 'check'; - reads standard input"
    )
    return top


def _add_selection(verb: _Parser) -> None:
    """Add what chooses claims, routes and the grid: the same for every verb that runs checks."""
    verb.add_argument("claims", nargs="*", metavar="CLAIM", help=_CLAIMS)
    verb.add_argument(
        "-k",
        dest="expression",
        default="",
        metavar="EXPR",
        help="only claims and routes that match, e.g. 'volume and not pullback'",
    )
    verb.add_argument(
        "--depth",
        metavar="LIST",
        help=f"depths, e.g. 1..8,inf (default: {USUAL['depth']})",
    )
    verb.add_argument(
        "--width", metavar="LIST", help=f"widths, e.g. 1..4 (default: {USUAL['width']})"
    )
    verb.add_argument(
        "--points", metavar="K", help=f"points of each kind (default: {USUAL['points']})"
    )
    verb.add_argument(
        "--digits",
        metavar="D",
        help=f"digits of finite differences and balls (default: {USUAL['digits']})",
    )
    verb.add_argument(
        "--runs",
        metavar="R",
        help=f"training runs of one experiment, 0 for none (default: {USUAL['runs']})",
    )
    verb.add_argument(
        "--seed",
        metavar="S",
        help=f"what points and runs are drawn from (default: {USUAL['seed']})",
    )
    verb.add_argument(
        "--quick",
        action="store_true",
        help="a smaller grid: " + ", ".join(f"--{name} {value}" for name, value in QUICK.items()),
    )
    verb.add_argument(
        "--jobs",
        metavar="J",
        help="processes (default: one per processor); never changes the result",
    )
    verb.add_argument(
        "--formal",
        action="store_true",
        help="also build the Coq development (two minutes; needs coqc) and count it as evidence",
    )


def _add_extra(verb: _Parser) -> None:
    """Add what makes a user's own claims known where a verb names no claims, or only one."""
    verb.add_argument(
        "--with",
        dest="extra",
        action="append",
        default=[],
        metavar="FILE.py",
        help="know the claims of this file, too",
    )


def _add_document(verb: _Parser) -> None:
    """Add what the verbs share that make a folder of documents from a run."""
    _add_selection(verb)
    verb.add_argument(
        "-o", dest="output", required=True, metavar="DIR", help="the folder, written whole"
    )
    verb.add_argument(
        "--record",
        metavar="FILE",
        help="take this record of 'check --json FILE' instead of running the checks",
    )
    _add_extra(verb)
    verb.add_argument("--no-figures", action="store_true", help="leave the training figures out")
    verb.add_argument(
        "--force",
        action="store_true",
        help="write into a folder that holds other files; those of other names are kept",
    )


def _add_appendix(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    appendix = verbs.add_parser(
        "appendix",
        help="write the verification appendix of a run: LaTeX to cite, submit and re-run",
        description="Run the checks that are selected, or take their record, and write a LaTeX "
        "appendix of them: statements, derivations, evidence, printed statements, figures, "
        "and in anc/ the record with a checker. appendix.tex is for a paper, main.tex stands "
        "alone. Exit status 1 if some claim does not hold; the appendix is written all the same, "
        "and says so on its first page.",
    )
    _add_document(appendix)
    appendix.add_argument(
        "--arxiv", action="store_true", help="all files in one folder, but for anc/: as arXiv asks"
    )
    appendix.add_argument(
        "--pdf",
        action="store_true",
        help="compile main.tex with latexmk (arXiv makes its own: leave main.pdf out there)",
    )


def _add_verify(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    verify = verbs.add_parser(
        "verify",
        help="run again what a record says, and compare verdict by verdict",
        description="Read a record of 'check --json', 'appendix' or 'report', make the same run "
        "again (claims, points, digits, training runs, seed) and print which verdicts are the "
        "same, changed, missing or new; make the documents beside it again, and compare them byte "
        "by byte. A record that was edited is found by its digest. Exit status 1 if anything "
        "differs by more than machines do, 6 if not all was made again.",
    )
    verify.add_argument("record", metavar="RECORD", help="JSON; - reads standard input")
    verify.add_argument(
        "--quick",
        action="store_true",
        help="a smaller run: depths up to 3 and inf, widths up to 3, one point of each kind, 30 "
        "digits, no training runs; what is left out is named (exit status 6)",
    )
    verify.add_argument(
        "--formal",
        action="store_true",
        help="also build the Coq development again (two minutes; needs coqc)",
    )
    _add_extra(verify)
    verify.add_argument("--jobs", metavar="J", help="processes (default: one per processor)")
    verify.add_argument("--json", metavar="FILE", help="also write JSON; - prints it instead")


def _add_formula(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    formula = verbs.add_parser(
        "formula",
        help="is a closed form right? decided for all N and d, or the smallest counterexample",
        description="Compare a formula, in plain text or LaTeX, with the definition of what it is "
        "a formula of: decided for all N and d where it is a product over indices and pairs of "
        "indices, else exact agreement at points, else the smallest counterexample found and, "
        "where it is a usual slip, the correction. Exit status 0 if it holds for all N and d, 6 if "
        "it is equal at all pairs (N, d) tried, which are printed, and no more is known, 1 if it "
        "does not hold, 4 if it is no formula.",
    )
    formula.add_argument(
        "target", nargs="?", metavar="TARGET", help="what it is a formula of, see --list"
    )
    formula.add_argument(
        "text",
        nargs="?",
        metavar="TEXT",
        help="the formula; - reads standard input; write -- before one that begins with a minus",
    )
    formula.add_argument(
        "--list", action="store_true", help="the targets: definition, symbols, conventions"
    )
    formula.add_argument("--json", metavar="FILE", help="also write JSON; - prints it instead")


def _add_train(verbs: "argparse._SubParsersAction[_Parser]", verb: str) -> None:
    train = verbs.add_parser(
        "train",
        help="train deep linear networks on your own matrix completion problem",
        description="Minimise l(W) = 1/2 sum of (W_ij - b_ij)^2 over the observed entries, from "
        "many small random W(0), by the gradient flow of the end-to-end matrix or by gradient "
        "descent on its factors. Numbers may be decimals or fractions such as 1/3; logarithms are "
        "natural. Results go to FILE.npz, settings to FILE.json. Finished runs are kept in "
        "FILE.npz.partial, from which the same command goes on if it is interrupted. Exit status 1 "
        "if a run diverged or was lost; the others are written all the same.",
    )
    if verb == "train":  # its options are the fields of a dataclass, which is slow to load
        from dlnproof.cli.train import declare

        declare(train)


def _add_figure(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    figure = verbs.add_parser(
        "figure",
        help="draw a figure of the training experiments",
        description="Train and draw one of: norms, |w11| against the loss and its bound; "
        "outcomes, where the 2 x 2 completion with unit diagonal ends, beside the hyperbola of "
        "rank one; volume, the same over the density of the volume; outcomes-3x3, ranks and "
        "clusters with three rows; descent-versus-flow, what step sizes do to norms at depth 2. "
        "The file is the same, byte for byte, for the same options and versions.",
    )
    figure.add_argument("name", metavar="FIGURE", help=", ".join(FIGURES))
    figure.add_argument(
        "-o",
        dest="output",
        metavar="FILE",
        help="ends in .pdf, .png or .svg (default: FIGURE.pdf in this directory)",
    )
    figure.add_argument(
        "--runs",
        metavar="R",
        help="training runs of one setting (default: 500; 20 for norms and descent-versus-flow)",
    )
    figure.add_argument(
        "--seed", default="0", metavar="S", help="what W(0) is drawn from (default: %(default)s)"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status; errors of the user are one line on stderr."""
    if arguments is None:
        _interrupt_on_sigterm()
    if sys.stderr is None:  # closed, as in 'dlnproof check 2>&-': print would use standard output
        null = os.open(os.devnull, os.O_WRONLY)
        sys.stderr = os.fdopen(null, "w", errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = f"dlnproof {given[0]}" if given and given[0] in VERBS else "dlnproof"
    try:
        return _run(given)
    except InputError as error:
        _say(f"{name}: {error}")
        return NOTHING if isinstance(error, NothingSelectedError) else USAGE
    except KeyboardInterrupt as stopped:
        left = str(stopped) or "no unfinished file is left behind"
        _say(f"{name}: interrupted; {left}")
        return INTERRUPTED
    except MemoryError:
        _say(f"{name}: out of memory; try a smaller width or fewer digits")
        return INTERNAL
    except Exception as error:  # whatever else goes wrong is our mistake
        import traceback

        traceback.print_exc()
        _say(f"{name}: internal error, please report it with the lines above: {error!r}")
        return INTERNAL


def _interrupt_on_sigterm() -> None:
    """Let SIGTERM end the program as Ctrl-C does: what is unfinished is cleared away."""
    import signal

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


def _run(given: list[str]) -> int:
    try:
        options = _parsed(given)
    except SystemExit:  # argparse has printed help or the version
        from dlnproof.files.output import emit

        emit("")
        return OK
    status: int = run_of(options.verb)(options)
    return status


def run_of(verb: str) -> "Any":
    """Return the function that does a verb, from its module, which is loaded now."""
    from importlib import import_module

    home = import_module(f"dlnproof.cli.{_HOMES.get(verb, 'verbs')}")
    return getattr(home, f"run_{verb}")


def _parsed(given: list[str]) -> argparse.Namespace:
    first = given[0] if given else ""
    if first not in (*VERBS, "-h", "--help", "--version"):
        raise InputError(
            f"got {repr(first) if given else 'no verb'}, expected one of "
            f"{', '.join(VERBS)}{_nearest(first)}; see 'dlnproof --help'"
        )
    options, unknown = parser(first).parse_known_args(given)
    if unknown:
        raise InputError(
            f"got {unknown[0]!r}, which '{options.verb}' does not take; "
            f"see 'dlnproof {options.verb} --help'"
        )
    return options


def _nearest(word: str) -> str:
    import difflib

    near = difflib.get_close_matches(word, VERBS, n=1)
    return f" (did you mean {near[0]}?)" if near else ""


def _say(message: str) -> None:
    """Print one line on stderr, whatever the user's input holds."""
    line = " ".join(message.splitlines())
    if len(line) > 1000:
        line = f"{line[:300]} ... {line[-300:]}"
    print(line, file=sys.stderr)
