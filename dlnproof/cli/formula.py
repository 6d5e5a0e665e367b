"""The verb ``formula``: is a closed form right?"""

import sys
from argparse import ArgumentParser, Namespace

from dlnproof.cli.shared import add_json
from dlnproof.errors import FAILED, IN_PART, INTERNAL, OK, InputError
from dlnproof.limits import MOST_FORMULA_BYTES


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``formula``."""
    parser.description = (
        "Compare a formula, in plain text or LaTeX, with the definition of what it is "
        "a formula of: decided for all N and d where it is a product over indices and pairs of "
        "indices, else exact agreement at points, else the smallest counterexample found and, "
        "where it is a usual slip, the correction. Exit status 0 if it holds for all N and d, 6 if "
        "it is equal at all pairs (N, d) tried, which are printed, and no more is known, 1 if it "
        "does not hold, 4 if it is no formula."
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
        "--list", action="store_true", help="the targets: definition, symbols, conventions"
    )
    add_json(parser)


def run(given: Namespace) -> int:
    """Judge one formula, or list what a formula can be a formula of."""
    from dlnproof.documents.layout import screen
    from dlnproof.files.output import Results, emit

    if given.list:
        if given.target is not None or given.json is not None:
            raise InputError("--list: got more beside it, expected it alone")
        from dlnproof.documents.judgements import targets_text
        from dlnproof.judge.targets import TARGETS

        emit(targets_text(TARGETS.values(), screen()))
        return OK
    if given.target is None or given.text is None:
        raise InputError(
            "got no formula, expected TARGET TEXT, such as svd-jacobian 'van(Sigma**2)'; "
            "'dlnproof formula --list' shows the targets"
        )
    results = Results(given.json)
    from dlnproof.core.verdict import Verdict
    from dlnproof.documents.judgements import judgement_text
    from dlnproof.judge.judgement import formula

    found = formula(given.target, _text() if given.text == "-" else given.text)
    results.deliver(found.as_json(), lambda: judgement_text(found, screen()))
    if found.verdict is Verdict.ERROR:
        return INTERNAL
    if found.decided:
        return OK
    return IN_PART if found.holds else FAILED


def _text() -> str:
    """Return the formula on standard input, of bounded length."""
    if sys.stdin is None:
        raise InputError("standard input: is closed; give the formula itself")
    try:
        content = sys.stdin.buffer.read(MOST_FORMULA_BYTES + 1)
        if len(content) > MOST_FORMULA_BYTES:
            raise InputError(
                f"standard input: more than {MOST_FORMULA_BYTES} bytes, expected a formula"
            )
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"standard input: cannot be read as text ({error})") from None
