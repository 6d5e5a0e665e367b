"""Reading the values of options: each value is refused with one line that says what to write."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from math import inf
from typing import TYPE_CHECKING, Final

from dlnproof.cli.main import QUICK, USUAL
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.limits import MOST_DEPTH, MOST_WIDTH

if TYPE_CHECKING:
    from dlnproof.run.grid import Grid

_MOST_DEPTH_DIGITS: Final = 100


def fill(options: Namespace) -> None:
    """Give the options of ``check`` that were left out their values, with ``--quick`` or not."""
    for name, usual in {**USUAL, **(QUICK if options.quick else {})}.items():
        if getattr(options, name) is None:
            setattr(options, name, usual)


def grid(options: Namespace) -> Grid:
    """Return the grid that the options of ``check`` describe."""
    from dlnproof.run.grid import Grid

    depths = listed("--depth", options.depth, MOST_DEPTH, infinite=True)
    widths = listed("--width", options.width, MOST_WIDTH)
    return Grid(
        depths=(*depths, inf) if inf_among(options.depth) else tuple(depths),
        widths=tuple(widths),
        points=integer("--points", options.points, 1, 1000),
        digits=integer("--digits", options.digits, 20, 1000),
        seed=integer("--seed", options.seed, 0, 2**63 - 1),
        runs=integer("--runs", options.runs, 0, 10**6),
    )


def depth(text: str) -> Depth:
    """Return the one depth that ``--depth`` names."""
    if text.strip() == "inf":
        return inf
    if not re.fullmatch(rf"0*[1-9][0-9]{{0,{_MOST_DEPTH_DIGITS - 1}}}", text.strip()):
        raise InputError(
            f"--depth: got {text!r}, expected one integer >= 1 (the number of factors) or inf"
        )
    return int(text)


def integer(option: str, text: str, least: int, most: int) -> int:
    """Return an integer within bounds."""
    if not re.fullmatch(r"[0-9]{1,20}", text.strip()) or not least <= int(text) <= most:
        raise InputError(f"{option}: got {text!r}, expected an integer from {least} to {most}")
    return int(text)


def number(option: str, text: str) -> float:
    """Return the float64 nearest to a number such as ``0.5``, ``1e-3`` or ``1/3``."""
    from dlnproof.exact_number import exact_number

    try:
        exact = exact_number(text.strip())
        return int(exact.p) / int(exact.q)
    except InputError as error:
        raise InputError(f"{option}: got {text!r}, {error}") from None
    except OverflowError:
        raise InputError(f"{option}: got {text!r}, expected a number below 1.8e308") from None


def inf_among(text: str) -> bool:
    """Return whether a list such as ``1..4,inf`` names infinity."""
    return "inf" in (piece.strip() for piece in text.split(","))


def listed(option: str, text: str, most: int, *, infinite: bool = False) -> list[int]:
    """Return the integers of a list such as ``1..4,8,inf``, ascending, without repetition."""
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
