"""The verb ``list``: the catalogue."""

from argparse import ArgumentParser, Namespace

from dlnproof.cli.shared import add_extra
from dlnproof.errors import OK


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``list``."""
    add_extra(parser)


def run(given: Namespace) -> int:
    """Print the catalogue."""
    from dlnproof.claims.studies import known
    from dlnproof.documents.layout import screen
    from dlnproof.documents.terminal import list_text
    from dlnproof.files.output import emit
    from dlnproof.run.select import claims_named

    claims_named(given.extra)
    emit(list_text(known().values(), screen()))
    return OK
