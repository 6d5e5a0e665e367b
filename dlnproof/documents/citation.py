"""How this software is cited: BibTeX with version and commit, and the digest of a record."""

from __future__ import annotations

import re
from typing import Final

from dlnproof.errors import InputError
from dlnproof.files.fields import show
from dlnproof.record.record import Record
from dlnproof.version import __version__, commit

AUTHOR: Final = "The dlnproof authors"
TITLE: Final = (
    "{dlnproof}: symbolic-numeric verification of the {Riemannian} geometry of deep linear networks"
)
YEAR: Final = "2026"
"""When this version was made."""

_ENTRY: Final = """@software{{dlnproof,
{fields}
}}
"""


def citation_text(record: Record | None = None) -> str:
    """Return BibTeX of this software, or of the version that wrote a record, with its digest.

    What is said beside the entry stands in lines that BibTeX skips. Raises :class:`InputError` for
    a record whose version or commit is none.
    """
    if record is None:
        baked = commit()
        remarks = [f"dlnproof {__version__}, commit {baked}"]
        if baked == "unknown":
            remarks.append("The commit is unknown in a source tree used in place, or without git.")
        remarks.append("To cite a record of a run, give its file: dlnproof cite RECORD")
        return _text(remarks, __version__, baked)
    version = _plain(record.version, "version", r"[0-9][0-9A-Za-z.+-]{0,40}")
    made_from = _plain(record.commit, "commit", r"unknown|[0-9a-f]{7,64}(-modified)?")
    remarks = [
        f"Record written by dlnproof {version}, commit {made_from}",
        f"SHA-256 of its content: {record.digest}",
    ]
    return _text(remarks, version, made_from, record.digest)


def _text(remarks: list[str], version: str, made_from: str, digest: str = "") -> str:
    note = f"Version {version}, commit {re.sub('(?<=[0-9a-f]{12})[0-9a-f]+', '', made_from)}"
    if digest:  # in groups, between which a line can break
        note += f", record with SHA-256 digest {' '.join(re.findall('.{16}', digest))}"
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": TITLE,
        "version": version,
        # of another version than this one the year is not known here
        **({"year": YEAR} if version == __version__ else {}),
        "note": note,
    }
    listed = ",\n".join(f"  {name:7} = {{{value}}}" for name, value in fields.items())
    return "".join(f"% {line}\n" for line in remarks) + _ENTRY.format(fields=listed)


def _plain(value: str, name: str, pattern: str) -> str:
    """Return a field of a record that is put into BibTeX as it stands."""
    if not re.fullmatch(pattern, value):
        raise InputError(f"{name}: got {show(value)}, which no run of dlnproof writes")
    return value
