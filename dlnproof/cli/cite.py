"""The verb ``cite``: how this software, and a record it wrote, are cited."""

from argparse import ArgumentParser, Namespace

from dlnproof.errors import OK, InputError


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``cite``."""
    parser.description = (
        "Print BibTeX of this software, or of the version that wrote a record, with "
        "the record's digest. A record that was changed after it was written is refused."
    )
    parser.add_argument(
        "record", nargs="?", metavar="RECORD", help="JSON of 'check'; - reads standard input"
    )


def run(given: Namespace) -> int:
    """Print BibTeX of the software, or of a record as its version wrote it."""
    from dlnproof.documents.citation import citation_text
    from dlnproof.files.json import shown
    from dlnproof.files.output import emit
    from dlnproof.record.reading import intact_record

    if given.record is None:
        emit(citation_text())
        return OK
    record = intact_record(given.record)
    try:
        emit(citation_text(record))
    except InputError as error:
        raise InputError(f"{shown(given.record)}: {error}") from None
    return OK
