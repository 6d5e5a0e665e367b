"""The plain text that accompanies a record, for somebody without the paper."""

from __future__ import annotations

from collections.abc import Mapping

from dlnproof.record.record import Record


def readme(record: Record, sources: Mapping[str, str]) -> str:
    """Return what lies there, and how to check it and to make it again."""
    listed = "\n".join(f"    {name:18} {what}" for name, what in sources.items())
    own = "".join(f" --with {name}" for name in record.run.files)
    return f"""\
The record of a verification run of dlnproof {record.version} (commit {record.commit}).

{listed}

Digest (SHA-256 of the record's content): {record.digest}

With dlnproof installed, the whole run is made again and compared, verdict by verdict, and these
files and those of the appendix are made again and compared, byte by byte, by

    dlnproof verify record.json{own}

The exact evidence and the counterexamples are checked with nothing but Python 3.9 or newer by

    python3 -I verify_record.py record.json

The copy here came with the record, and is no better than its sender: read it, and run the one of
dlnproof itself, from its sources or where it is installed:

    python3 -P -m dlnproof.verify_record record.json

(With -I or -P Python imports nothing that lies in this folder.)

The run was made by

    {record.command}
"""
