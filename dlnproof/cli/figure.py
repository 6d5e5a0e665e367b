"""The verb ``figure``: one figure of the training experiments, as a file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Final

from dlnproof.cli import options
from dlnproof.cli.main import FIGURES, OK
from dlnproof.documents.figures.catalogue import figure_bytes, require_matplotlib
from dlnproof.errors import InputError
from dlnproof.files.output import emit, output_file

EXTENSIONS: Final = ("pdf", "png", "svg")


def run_figure(given: Namespace) -> int:
    """Train what the figure shows, draw it, write the file."""
    if given.name not in FIGURES:
        raise InputError(f"figure: got {given.name!r}, expected one of {', '.join(FIGURES)}")
    seed = options.integer("--seed", given.seed, 0, 2**63 - 1)
    asked = None if given.runs is None else options.integer("--runs", given.runs, 1, 10**5)
    path, extension = _file(f"{given.name}.pdf" if given.output is None else given.output)
    require_matplotlib()
    from dlnproof.documents.terminal import progress_of

    with progress_of(1) as progress:
        progress(given.name, 0)
        from dlnproof.training.store import write_bytes

        drawn = figure_bytes(given.name, extension, asked, seed)
    write_bytes(path.resolve(), drawn)
    emit(f"Written: {path}\n")
    return OK


def _file(name: str) -> tuple[Path, str]:
    """Return where the figure goes and in which format, refused now if it cannot be written."""
    path = output_file("-o", name)
    extension = "" if path is None else path.suffix.lower().removeprefix(".")
    if path is None or extension not in EXTENSIONS:
        raise InputError(
            f"-o: got {name!r}, expected a file name that ends in "
            f"{', '.join(f'.{known}' for known in EXTENSIONS)}"
        )
    if path.exists() and not path.is_file():  # a device or a pipe must not be replaced by a file
        raise InputError(f"-o: got {name!r}, which is no regular file")
    return path, extension
