"""What ``cite`` does: print how this software, and a record it wrote, are cited."""

from __future__ import annotations

from argparse import Namespace

from dlnproof.cli.main import OK
from dlnproof.errors import InputError
from dlnproof.files.output import emit


def run_cite(given: Namespace) -> int:
    """Print BibTeX of the software, or of a record as its version wrote it."""
    from dlnproof.documents.citation import citation_text
    from dlnproof.files.json import shown
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
