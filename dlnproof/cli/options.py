"""Reading the values of options: each value is refused with one line that says what to write."""

from __future__ import annotations

import os
import re
from math import inf

from dlnproof import limits
from dlnproof.depth import in_a_row
from dlnproof.errors import InputError
from dlnproof.limits import whole

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlnproof.depth import Depth
    from dlnproof.limits import Whole


def written(values: Iterable[Depth]) -> str:
    """Return depths or widths as ``--depth`` and ``--width`` take them.

    >>> written((1, 2, 3, 5, inf))
    '1..3,5,inf'
    """
    runs = in_a_row(values)
    return ",".join(f"{run[0]}..{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


USUAL = {"depth": written(limits.DEPTHS), "width": written(limits.WIDTHS)}
USUAL |= {name: str(of.usual) for name, of in limits.NUMBERS.items()}
"""What the options are that say where a run is made, if they are left out."""
QUICK = {"depth": written(limits.QUICK_DEPTHS), "width": written(limits.QUICK_WIDTHS)}
QUICK |= {name: str(of.quick) for name, of in limits.NUMBERS.items() if of.quick != of.usual}
"""And with ``--quick``."""


def field(option: str) -> str:
    """Return the name that argparse gives to a long option's value."""
    return option[2:].replace("-", "_")


def depth(text: str) -> Depth:
    """Return the one depth that ``--depth`` names."""
    if text.strip() == "inf":
        return inf
    if not re.fullmatch(rf"0*[1-9][0-9]{{0,{limits.MOST_DEPTH_LENGTH - 1}}}", text.strip()):
        raise InputError(
            f"--depth: got {text!r}, expected one integer >= 1 (the number of factors) or inf"
        )
    return int(text)


def integer(option: str, text: str, of: Whole) -> int:
    """Return an integer within bounds."""
    number = int(text) if re.fullmatch(r"[0-9]{1,20}", text.strip()) else None
    return whole(option, number, of.least, of.most, got=repr(text))


def processes(text: str | None) -> int:
    """Return how many processes ``--jobs`` asks for (left out: one per processor)."""
    if text is None:
        return min(processors(), limits.JOBS.most)
    return integer("--jobs", text, limits.JOBS)


def number(option: str, text: str) -> float:
    """Return the float64 nearest to a number such as ``0.5``, ``1e-3`` or ``1/3``."""
    from dlnproof.files.exact_number import float_number

    try:
        return float_number(text.strip())
    except InputError as error:
        why = str(error)
        if why.startswith("expected a "):  # what to do to a file with it is no advice here
            why = why.partition(";")[0]
        raise InputError(f"{option}: got {text!r}, {why}") from None


def depths(text: str) -> tuple[Depth, ...]:
    """Return the depths of a list such as ``1..4,8,inf``, ascending, without repetition."""
    infinite = "inf" in (piece.strip() for piece in text.split(","))
    return (*_listed("--depth", text, limits.MOST_DEPTH, infinite=True), *[inf] * infinite)


def widths(text: str) -> tuple[int, ...]:
    """Return the widths of a list such as ``1..4,8``, ascending, without repetition."""
    return tuple(_listed("--width", text, limits.MOST_WIDTH))


def _listed(option: str, text: str, most: int, *, infinite: bool = False) -> list[int]:
    example = "1..8,inf" if infinite else "1..4"

    def refuse(piece: str, why: str) -> InputError:
        within = f" in {text!r}" if piece != text else ""
        return InputError(
            f"{option}: got {piece!r}{within}, {why}; expected integers from 1 to {most}, ranges"
            f"{' and inf' if infinite else ''}, separated by commas, such as {example}"
        )

    found: set[int] = set()
    for piece in text.split(","):
        if infinite and piece.strip() == "inf":
            continue
        match = re.fullmatch(r"\s*([0-9]{1,9})(?:\s*\.\.\s*([0-9]{1,9}))?\s*", piece)
        if match is None:
            open_ended = infinite and "inf" in piece and ".." in piece
            raise refuse(piece, "a range without end" if open_ended else "not understood")
        first, last = int(match[1]), int(match[2] or match[1])
        if first < 1 or last > most:
            raise refuse(piece, "out of bounds")
        if first > last:
            raise refuse(piece, f"an empty range (did you mean {last}..{first}?)")
        found |= set(range(first, last + 1))
    return sorted(found)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
