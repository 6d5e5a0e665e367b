"""The selftest: sections of cases, tried one after another; what was tried, and what held."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dlnproof.errors import NothingSelectedError
from dlnproof.record.record import Environment
from dlnproof.run.point import described
from dlnproof.run.select import matcher
from dlnproof.selftest import (
    crashing,
    editing,
    forging,
    hostile,
    repeats,
    signalling,
    surroundings,
    teeth,
)
from dlnproof.selftest.bench import Bench, Verbs
from dlnproof.selftest.case import Case, Section
from dlnproof.version import __version__, commit

SCHEMA: Final = "dlnproof-selftest/1"
SECTIONS: Final = (
    teeth.SECTION,
    forging.SECTION,
    editing.SECTION,
    crashing.SECTION,
    signalling.SECTION,
    surroundings.SECTION,
    repeats.SECTION,
    hostile.SECTION,
)


@dataclass(frozen=True)
class Tried:
    """A section, its cases, and how many seconds they took."""

    section: Section
    cases: tuple[Case, ...]
    seconds: float

    @property
    def failures(self) -> tuple[Case, ...]:
        """The cases that are not as they should be."""
        return tuple(case for case in self.cases if not case.held)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """By kind: how many were tried and held, and how many came out how."""
        kinds = dict.fromkeys(case.kind for case in self.cases)
        return [_row(kind, [case for case in self.cases if case.kind == kind]) for kind in kinds]

    def as_json(self) -> dict[str, Any]:
        """Return the section as JSON data."""
        failures = [{"kind": c.kind, "name": c.name, "said": c.said} for c in self.failures]
        return {
            "name": self.section.name,
            "title": self.section.title,
            "seconds": round(self.seconds, 1),
            "rows": self.rows,
            "failures": failures,
        }


def _row(kind: str, cases: Sequence[Case]) -> dict[str, Any]:
    return {
        "kind": kind,
        "tried": len(cases),
        "held": sum(case.held for case in cases),
        "outcomes": dict(Counter(case.outcome for case in cases)),
    }


@dataclass(frozen=True)
class Selftest:
    """What became of all sections that were asked for."""

    tried: tuple[Tried, ...]
    long: bool

    @property
    def holds(self) -> bool:
        """Whether every case is as it should be, and each section had some."""
        return all(each.cases and not each.failures for each in self.tried)

    def as_json(self) -> dict[str, Any]:
        """Return the result as JSON data."""
        return {
            "schema": SCHEMA,
            "version": __version__,
            "commit": commit(),
            "environment": Environment.here().as_json(),
            "long": self.long,
            "sections": [each.as_json() for each in self.tried],
        }


def chosen(expression: str) -> tuple[Section, ...]:
    """Return the sections that an expression names, as those of ``check -k`` are written.

    Raises :class:`NothingSelectedError` where there is none.

    >>> [section.name for section in chosen("teeth or crashes")]
    ['teeth', 'crashes']
    """
    matches = matcher(expression) if expression else lambda text: True
    found = tuple(section for section in SECTIONS if matches(section.name))
    if not found:
        names = ", ".join(section.name for section in SECTIONS)
        raise NothingSelectedError(f"-k: got {expression!r}, expected some of {names}")
    return found


def selftest(
    verbs: Verbs,
    sections: Sequence[Section] = SECTIONS,
    *,
    long: bool = False,
    progress: Callable[[str, int], None] = lambda name, sections: None,
) -> Selftest:
    """Try the sections, in a folder that is gone afterwards; ``progress`` is told each case,
    and when a section is done.
    """
    tried = []
    with tempfile.TemporaryDirectory(prefix="dlnproof-selftest-") as folder:
        bench = Bench(verbs, Path(folder), long)
        for section in sections:
            start = time.perf_counter()
            cases = []
            for case in _all(section, bench):
                cases.append(case)
                progress(f"{section.name} {case.name}", 0)
            tried.append(Tried(section, tuple(cases), time.perf_counter() - start))
            progress(section.name, 1)
    return Selftest(tuple(tried), long)


def _all(section: Section, bench: Bench) -> Iterator[Case]:
    """Yield the cases of a section; one that raises is a case that does not hold."""
    try:
        yield from section.cases(bench)
    except Exception as error:
        yield Case("the section itself", section.name, "error", False, described(error))
