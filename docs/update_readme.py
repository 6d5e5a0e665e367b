"""Rewrite the README's table of claims, from a record or a run, or draw its picture.

python docs/update_readme.py [RECORD | --picture]
"""

import io
import sys
from pathlib import Path

import dlnproof
from dlnproof.documents.writers.markdown import claims_table
from dlnproof.record.reading import intact_record
from dlnproof.record.record import Record

DOCS = Path(__file__).parent
README, PICTURE = DOCS.parent / "README.md", DOCS / "volume.png"
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"


def updated(text: str, record: Record) -> str:
    """Return the README's text with its table replaced."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return before + BEGIN + claims_table(record) + END + after


def draw() -> None:
    """Write the figure of the volume, small enough for a page."""
    from PIL import Image

    from dlnproof.documents.figures.catalogue import figure_bytes

    with Image.open(io.BytesIO(figure_bytes("volume", "png", None, 0))) as whole:
        size = (1050, round(1050 * whole.height / whole.width))
        whole.convert("RGB").resize(size).quantize(256).save(PICTURE, optimize=True)


if __name__ == "__main__":
    [given] = sys.argv[1:] or [""]
    if given == "--picture":
        draw()
    else:
        record = intact_record(given) if given else dlnproof.check(jobs=2)
        README.write_text(updated(README.read_text(), record))
