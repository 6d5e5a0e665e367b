"""Which figures belong to which claim, and all of a record's figures at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

from dlnproof.core.verdict import Route
from dlnproof.documents.figures import of_claim
from dlnproof.errors import InputError
from dlnproof.record.record import Record


def require_matplotlib(otherwise: str = "") -> None:
    """Raise :class:`InputError` where figures cannot be drawn; ``otherwise`` names a way out."""
    if find_spec("matplotlib") is None:
        raise InputError(
            "matplotlib, which draws the figures, is not installed; "
            f"install it with: pip install 'dlnproof[figures]'{otherwise}"
        )


def figure_bytes(name: str, extension: str, runs: int | None, seed: int) -> bytes:
    """Train what a figure shows (``runs`` None: as many as it is meant for), draw it.

    A file that stands alone has its settings in it.
    """
    from dlnproof.documents.figures.captions import SHOWN

    shown = SHOWN[name]
    count = shown.runs if runs is None else runs
    return _drawn(name, extension, count, seed, replace(shown, runs=count).settings(count, seed))


def _drawn(name: str, extension: str, runs: int, seed: int, note: str = "") -> bytes:
    from dlnproof.documents.figures.style import file_bytes

    figure = import_module(f"dlnproof.documents.figures.{name.replace('-', '_')}")
    data = figure.trained(runs, seed)
    return file_bytes(lambda: figure.draw(data, note), extension)


def trained(record: Record) -> bool:
    """Whether a record made training runs: its settings say only how many it would have made."""
    return any(found.route is Route.TRAINING for claim in record.claims for found in claim.evidence)


def of_record(record: Record) -> list[str]:
    """Return the names of a record's figures: of its claims, if it made training runs at all."""
    ids = [claim.id for claim in record.claims] if trained(record) else []
    return [name for claim in ids for name in of_claim(claim)]


def drawn(
    record: Record,
    extension: str,
    executor: Executor | None,
    progress: Callable[[str], None] = lambda name: None,
) -> dict[str, bytes]:
    """Return a record's figures by name, made from its seed and at most its number of runs.

    Their settings are for their captions to say.
    """
    names = of_record(record)
    found = (executor.map if executor else map)(
        _one, [(name, extension, record.run.runs, record.seed) for name in names]
    )
    made = {}
    for name, content in zip(names, found, strict=True):
        made[name] = content
        progress(name)
    return made


def _one(asked: tuple[str, str, int, int]) -> bytes:
    from dlnproof.documents.figures.captions import SHOWN

    name, extension, runs, seed = asked
    return _drawn(name, extension, min(runs, SHOWN[name].runs), seed)
