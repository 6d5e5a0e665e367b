"""Rewrite the README's table of claims from a run. Run: python docs/update_readme.py"""

from pathlib import Path

import dlnproof
from dlnproof.documents.writers.markdown import claims_table
from dlnproof.record.record import Record

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"


def updated(text: str, record: Record) -> str:
    """Return the README's text with its table replaced."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return before + BEGIN + claims_table(record) + END + after


if __name__ == "__main__":
    README.write_text(updated(README.read_text(), dlnproof.check(jobs=2)))
