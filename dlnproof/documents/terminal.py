"""What ``list`` and ``evaluate`` print, and the progress of long runs on stderr."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final, TextIO

from dlnproof.documents.layout import Screen, columns, paragraph
from dlnproof.numeric.rounding import EXACT
from dlnproof.quantities.catalogue import QUANTITIES

if TYPE_CHECKING:
    from dlnproof.claims.schema import Claim
    from dlnproof.numeric.balls.evaluate import Evaluation

_BAR: Final = 40
_TELLING: Final = 10
"""One piece in so many has to be done before the time that is left is told."""
EVERY = 60.0
"""Seconds between two lines on progress, where it is not seen on a terminal."""


def list_text(claims: Iterable[Claim], on: Screen) -> str:
    """Return the catalogue: a line for each claim, or two where the screen is narrow."""
    rows = []
    for claim in claims:
        depths = ", ".join(
            [f"N >= {claim.least_depth}"] * claim.finite + ["N = inf"] * claim.infinite
        )
        routes = ", ".join(route.value for route in claim.routes)
        rows.append((claim.id, claim.title, str(claim.source), depths, routes))
    table = columns(("claim", "title", "source", "depths", "routes"), rows, on)
    if table is not None:
        return table
    first = max(len(row[0]) for row in rows)
    text = ""
    for name, title, *more in rows:
        text += paragraph(title, on, first=f"{name:{first}}  ")
        text += paragraph("; ".join(more), on, first=" " * (first + 2))
    return text


def evaluation_text(result: Evaluation, on: Screen, gradients: bool = False) -> str:
    """Return certified quantities: each number lies within its radius of the value."""
    infinite = result.as_json()["depth"] == "inf"
    depth = "infinite-" if infinite else ""
    density, determinant, trace, orbit, factors = (
        QUANTITIES[name].plain
        for name in (
            f"{depth}volume-density",
            f"{depth}metric-determinant",
            f"{depth}operator-trace",
            "orbit-volume",
            "factors-squared-norm",
        )
    )
    numbers = (
        (f"log {density}", result.log_volume_density),
        ("log volume form", result.log_volume_form),
        (f"log {determinant}", result.log_det_metric),
        (f"log {orbit}", result.log_orbit_volume),
        ("scalar curvature", result.scalar_curvature),
        (trace, result.operator_trace),
        (f"{trace}^(-1)", result.metric_trace),
        (factors, result.factors_squared_norm),
    )
    slopes = [
        (f"d log {of} / d sigma_{k}", value)
        for of, values in ((density, result.volume_gradient), (orbit, result.entropy_gradient))
        for k, value in enumerate(values if gradients else (), start=1)
    ]
    drift = [
        (f"u_{k}^T (Delta W) v_{k}", value)
        for k, value in enumerate(result.brownian_drift if gradients else (), start=1)
    ]
    singular = ((f"sigma_{k}", value) for k, value in enumerate(result.singular_values, start=1))
    rows = [(name, value.mid, value.rad) for name, value in (*singular, *numbers, *slopes, *drift)]
    text = f"depth {'infinity' if infinite else result.depth}, {result.size}\n\n"
    table = columns(("quantity", "value", "radius"), rows, on)
    if table is None:  # many digits: a number is never broken by us
        table = "".join(f"{name}\n  {mid}\n  radius {rad}\n" for name, mid, rad in rows)
    text += f"{table}\n"
    several = [("each derivative", value) for _, value in slopes[:1]]
    several += [("each entry of Delta W", value) for _, value in drift[:1]]
    for name, value in (*numbers, *several):
        if value.reason:
            text += paragraph(f"{name} is {value.mid}: {value.reason}.", on, then="  ")
    if slopes and infinite:
        text += paragraph(
            f"The derivatives of log {orbit} are limits of those at finite depth.", on
        )
    if result.entries != EXACT:
        text += paragraph(
            f"The entries are {result.entries}, taken as the exact binary numbers they are.", on
        )
    for warning in result.warnings:
        text += paragraph(f"warning: {warning}", on, then="  ")
    measure = "the volume of the Frobenius norm on these matrices" if result.along_rank else "dW"
    text += paragraph(
        "Each number is within its radius of the value shown. Logarithms are natural; "
        f"{density} is the density of {measure}, the volume form is that of dSigma dU dV, "
        "O_W is the orbit of balanced factorizations, the W_j are balanced factors.",
        on,
    )
    return text


@contextmanager
def progress_of(total: int) -> Iterator[Callable[[str, int], None]]:
    """Show progress on stderr while ``total`` pieces are done.

    Yields what is told, after each, what it was and how many pieces it counts for. On a terminal it
    is one line, written over itself without escape codes, and gone in the end; in a log a line once
    a minute.
    """
    stream = sys.stderr
    if stream is None:
        yield lambda done, pieces: None
        return
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        with _lines_of(stream, total) as tell:
            yield tell
        return
    full, empty = "\u2501\u2500" if "utf" in (stream.encoding or "").lower() else "#-"
    done = shown = 0

    def advance(what: str, pieces: int) -> None:
        nonlocal done, shown
        done += pieces
        name = _printable(what)
        filled = _BAR * done // max(total, 1)
        bar, count = f" {full * filled}{empty * (_BAR - filled)}", f" {done}/{total}"
        most = _width() - 1  # the end of a line would begin another
        line = name + bar + count
        if len(line) > most:
            line = (name[: max(most - len(count), 0)] + count)[:most]
        stream.write(f"\r{line:{shown}}")
        stream.flush()
        shown = len(line)

    advance("starting", 0)
    try:
        yield advance
    finally:
        stream.write(f"\r{'':{shown}}\r")
        stream.flush()


@contextmanager
def _lines_of(stream: TextIO, total: int) -> Iterator[Callable[[str, int], None]]:
    """Say once a minute, in a line, how many pieces are done and how long the others may take."""
    began, ended = monotonic(), Event()
    done, last = 0, ""

    def advance(what: str, pieces: int) -> None:
        nonlocal done, last
        done, last = done + pieces, _printable(what)

    def tell() -> None:
        if hasattr(signal, "pthread_sigmask"):  # signals are the main thread's
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while not ended.wait(EVERY):
            passed = monotonic() - began
            # the longest pieces come first: a few of them say nothing of the others
            going = total <= _TELLING * done and 0 < done < total
            left = f", about {_time(passed * (total - done) / done)} left" if going else ""
            name = f"; last {last}" if last else ""
            with suppress(OSError, ValueError):  # nobody reads, or it is closed
                stream.write(f"dlnproof: {done} of {total} in {_time(passed)}{left}{name}\n")
                stream.flush()

    Thread(target=tell, daemon=True).start()
    try:
        yield advance
    finally:
        ended.set()


def _printable(what: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in what)


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{max(minutes, 1)} min"


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError, AttributeError):  # none, or one that does not say
        return 80
