"""What is tried, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlnproof.selftest.bench import Bench


@dataclass(frozen=True)
class Case:
    """One thing that was tried: of which kind, its name, and what became of it in a word.

    ``held`` says that this is as it should be; where it is not, ``said`` is what was seen.
    """

    kind: str
    name: str
    outcome: str
    held: bool
    said: str = ""


@dataclass(frozen=True)
class Section:
    """Cases that belong together; they are tried one after another, as they are asked for."""

    name: str
    title: str
    cases: Callable[[Bench], Iterator[Case]]
