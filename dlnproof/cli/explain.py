"""The verb ``explain``: one claim, what it says, where it is from, what a pass relies on."""

from argparse import ArgumentParser, Namespace

from dlnproof.cli.shared import add_extra
from dlnproof.errors import OK


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``explain``."""
    parser.add_argument("claim", metavar="CLAIM", help="its id, as 'dlnproof list' shows it")
    parser.add_argument("--trusted", action="store_true", help="list the files to trust, too")
    add_extra(parser)


def run(given: Namespace) -> int:
    """Print one claim."""
    from dlnproof.documents.explanation import explanation_text
    from dlnproof.documents.layout import screen
    from dlnproof.files.output import emit
    from dlnproof.run.select import claims_named

    claims_named(given.extra)
    [claim] = claims_named([given.claim])
    emit(explanation_text(claim, screen(), trusted=given.trusted))
    return OK
