"""The verb ``figure``: one figure of the training experiments, as a file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from dlnproof.cli import options
from dlnproof.documents.figures import FIGURES, RUNS, UNTRAINED
from dlnproof.errors import OK, InputError
from dlnproof.limits import FIGURE_RUNS, SEED

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = ("pdf", "png", "svg")


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``figure``."""
    parser.description = (
        "Train and draw one of: norms, |w11| against the loss and its bound; "
        "outcomes, where the 2 x 2 completion with unit diagonal ends, beside the hyperbola of "
        "rank one; volume, the same over the density of the volume; outcomes-3x3, ranks and "
        "clusters with three rows; descent-versus-flow, what step sizes do to norms at depth 2; "
        "noise, what noise along the orbits does to outcomes and to their orbit volume; entropy, "
        "log vol(O_W) over the plane of minimisers, and outcomes with noise on it; curvature, the "
        "scalar curvature over the singular values of 2 x 2 matrices; geodesics, of diagonal "
        "matrices, beside straight lines (the last two train nothing). "
        "The file is the same, byte for byte, for the same options and versions."
    )
    parser.add_argument("name", metavar="FIGURE", help=", ".join(FIGURES))
    parser.add_argument(
        "-o",
        dest="output",
        metavar="FILE",
        help="ends in .pdf, .png or .svg (default: FIGURE.pdf in this directory)",
    )
    few = [name for name, runs in RUNS.items() if 0 < runs < FIGURE_RUNS.usual]
    parser.add_argument(
        "--runs",
        metavar="R",
        help=f"training runs of one setting (default: {FIGURE_RUNS.usual}; {RUNS[few[0]]} for "
        f"{' and '.join(few)})",
    )
    parser.add_argument(
        "--seed",
        metavar="S",
        help=f"what W(0) is drawn from (default: {SEED.usual})",
    )


def run(given: Namespace) -> int:
    """Train what the figure shows, draw it, write the file."""
    from dlnproof.documents.figures.catalogue import figure_bytes, require_matplotlib
    from dlnproof.files.atomic import write_bytes
    from dlnproof.files.output import emit

    if given.name not in FIGURES:
        raise InputError(f"figure: got {given.name!r}, expected one of {', '.join(FIGURES)}")
    for option, value in (("--runs", given.runs), ("--seed", given.seed)):
        if given.name in UNTRAINED and value is not None:
            raise InputError(
                f"{option}: got {value!r} for {given.name}, which trains nothing; leave it out"
            )
    seed = SEED.usual if given.seed is None else options.integer("--seed", given.seed, SEED)
    asked = None if given.runs is None else options.integer("--runs", given.runs, FIGURE_RUNS)
    path, extension = _file(f"{given.name}.pdf" if given.output is None else given.output)
    require_matplotlib()
    from dlnproof.documents.terminal import progress_of

    with progress_of(1) as progress:
        progress(given.name, 0)
        drawn = figure_bytes(given.name, extension, asked, seed)
    write_bytes(path.resolve(), drawn)
    emit(f"Written: {path}\n")
    return OK


def _file(name: str) -> tuple[Path, str]:
    """Return where the figure goes and in which format, refused now if it cannot be written."""
    from dlnproof.files.output import output_file

    path = output_file("-o", name)
    extension = "" if path is None else path.suffix.lower().removeprefix(".")
    if path is None or extension not in EXTENSIONS:
        raise InputError(
            f"-o: got {name!r}, expected a file name that ends in "
            f"{', '.join(f'.{known}' for known in EXTENSIONS)}"
        )
    if path.exists() and not path.is_file():  # a device or a pipe must not be replaced by a file
        raise InputError(f"-o: got {name!r}, which is not a regular file")
    return path, extension
