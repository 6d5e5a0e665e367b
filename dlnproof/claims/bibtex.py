"""BibTeX, read into its entries: the sources of this package, and those of a user's claims."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # what is wrong, we say

_EXAMPLE: Final = "@misc{Key2026, author = {...}, title = {...}, year = {2026}}"
_KEY: Final = re.compile(r"""[^\s"#%'(),={}\\~]+""")


class BibTexError(ValueError):
    """A text is no BibTeX; the message says where and why."""


@dataclass(frozen=True)
class BibEntry:
    """One entry: its text, after the abbreviations (@string) that it may use, and its fields.

    The fields are without delimiters, their names in lower case; a line break is a space.
    """

    text: str
    fields: Mapping[str, str]


@cache
def read_bibtex(text: str) -> Mapping[str, BibEntry]:
    """Return the entries of a text by key, in its order.

    Abbreviations (@string) are put in; values that are joined by ``#`` stay as they are written.
    Raises :class:`BibTexError`.
    """
    if not text.strip():
        return {}
    from bibtexparser.entrypoint import parse_string

    found = parse_string(text)
    for failed in found.failed_blocks:
        why = getattr(failed.error, "abort_reason", "") or str(failed.error)
        raise _refused(failed.start_line, " ".join(why.split()))
    for entry in found.entries:
        if not _KEY.fullmatch(entry.key):
            raise _refused(entry.start_line, f"got {entry.key!r}, which is not a key")
    if not found.entries:
        raise BibTexError(f"got no entry, expected BibTeX such as {_EXAMPLE}")
    strings = "".join(f"{string.raw}\n" for string in found.strings)
    return {
        entry.key: BibEntry(
            f"{strings}{entry.raw}",
            {field.key.lower(): " ".join(str(field.value).split()) for field in entry.fields},
        )
        for entry in found.entries
    }


def _refused(line: int | None, why: str) -> BibTexError:
    return BibTexError(f"line {(line or 0) + 1}: {why}; expected BibTeX such as {_EXAMPLE}")
