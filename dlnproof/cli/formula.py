"""The verb ``formula``: is a closed form right?"""

from argparse import ArgumentParser, Namespace

from dlnproof.cli.shared import add_json, add_scheduler
from dlnproof.errors import FAILED, IN_PART, INTERNAL, OK, InputError
from dlnproof.limits import MOST_FORMULA_BYTES

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from dlnproof.language.authors import Notation


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``formula``."""
    parser.description = (
        "Compare a formula, in plain text or LaTeX, with the definition of the quantity "
        "that it is for: decided for all N and d where it is a product over indices and pairs of "
        "indices, else exact agreement at points, else the smallest counterexample found and, "
        "where it is a usual slip, the correction. Exit status 0 if it holds for all N and d, 6 if "
        "it is equal at all pairs (N, d) tried, which are printed, and no more is known, 1 if it "
        "does not hold, 4 if it cannot be read as a formula."
    )
    parser.add_argument(
        "target", nargs="?", metavar="TARGET", help="what it is a formula of, see --list"
    )
    parser.add_argument(
        "text",
        nargs="?",
        metavar="TEXT",
        help="the formula; - reads standard input; write -- before one that begins with a minus",
    )
    parser.add_argument(
        "--equal",
        action="store_true",
        help="TARGET is a formula, too: are both equal, wherever both have a value?",
    )
    parser.add_argument(
        "--where",
        default="",
        metavar="HYPOTHESES",
        help="what is assumed, e.g. 'N >= 2, sigma distinct' or 'i = l'",
    )
    parser.add_argument(
        "--let",
        default="",
        metavar="NOTATION",
        help="what letters stand for, e.g. 'L = N, s = sigma; normalization = sum; van = j-i'",
    )
    parser.add_argument(
        "--file",
        metavar="FILE",
        help="judge many: a line is 'TARGET: FORMULA' or 'TARGET where HYPOTHESES: FORMULA'; "
        "'formula -' reads them from standard input",
    )
    parser.add_argument(
        "--list", action="store_true", help="the targets: definition, symbols, conventions"
    )
    add_scheduler(parser, "this process")
    add_json(parser)


def run(given: Namespace) -> int:
    """Judge one formula, or list what a formula can be a formula of."""
    from dlnproof.documents.layout import screen
    from dlnproof.files.output import Results, emit

    if given.list:
        if {given.target, given.json, given.scheduler} != {None}:
            raise InputError("--list: got other arguments, expected none beside it")
        from dlnproof.documents.judgements import targets_text
        from dlnproof.quantities.catalogue import QUANTITIES

        emit(targets_text(QUANTITIES.values(), screen()))
        return OK
    from dlnproof.language.authors import Notation

    notation = Notation().let(given.let) if given.let else Notation()
    if given.file is not None or (given.target == "-" and given.text is None):
        return _many(given, notation)
    if given.target is None or given.text is None:
        raise InputError(
            "got no formula, expected TARGET TEXT, such as svd-jacobian 'van(Sigma**2)'; "
            "'dlnproof formula --list' shows the targets"
        )
    results = Results(given.json)
    from dlnproof.cli.cluster import executor_of
    from dlnproof.core.verdict import Verdict
    from dlnproof.documents.judgements import judgement_text
    from dlnproof.judge.judgement import formula
    from dlnproof.papers.elsewhere import answered

    target = f"= {given.target}" if given.equal else given.target
    text = _text() if given.text == "-" else given.text
    with executor_of(given.scheduler, 1) as executor:
        [found] = answered(
            lambda judge: [judge(target, text, where=given.where, let=notation)], formula, executor
        )
    results.deliver(found.as_json(), lambda: judgement_text(found, screen()))
    if found.verdict is Verdict.ERROR:
        return INTERNAL
    if found.decided:
        return OK
    return IN_PART if found.holds else FAILED


def _many(given: Namespace, notation: "Notation") -> int:
    """Judge the formulas of a file, a line each."""
    from dlnproof.cli.cluster import executor_of
    from dlnproof.documents.layout import screen
    from dlnproof.documents.papers import paper_text
    from dlnproof.documents.terminal import progress_of
    from dlnproof.files.output import Results
    from dlnproof.papers.listed import listed

    if (given.file is not None and given.target is not None) or given.equal or given.where:
        raise InputError(
            "--file: got a formula, --equal or --where beside it, expected them in the file's lines"
        )
    results = Results(given.json, given.file)
    name = given.file or "-"
    with executor_of(given.scheduler, 1) as executor, progress_of(1) as progress:
        progress(name, 0)
        found = listed(name, notation, executor)
    results.deliver(found.as_json(), lambda: paper_text(found, screen()))
    return found.status


def _text() -> str:
    """Return the formula on standard input, of bounded length."""
    from dlnproof.files.bounded import text
    from dlnproof.files.json import named

    with named("-"):
        return text("-", MOST_FORMULA_BYTES, "a formula")
