"""The record of a run: what was claimed, which evidence was found, by which means.

Everything that documents print comes from here. A record is data: it is written as JSON and read
back unchanged.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any, Final

from dlnproof.core.verdict import Route, Verdict, worst
from dlnproof.files.json import dumps
from dlnproof.version import commit

SCHEMA: Final = "dlnproof-record/2"
COUNTEREXAMPLE_SCHEMA: Final = "dlnproof-counterexample/2"
COUNTEREXAMPLE_SCHEMAS: Final = ("dlnproof-counterexample/1", COUNTEREXAMPLE_SCHEMA)
"""Those that are read: the first does not say what its two numbers are."""
ERRATA_SCHEMA: Final = "dlnproof-errata/1"
FORMULA_SCHEMA: Final = "dlnproof-formula/2"
REPLAY_SCHEMA: Final = "dlnproof-replay/1"
_PACKAGES: Final = ("sympy", "python-flint", "mpmath", "numpy")


def _environment() -> dict[str, Any]:
    """Return the versions that a run depends on; nothing that identifies the machine."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "packages": {name: metadata.version(name) for name in _PACKAGES},
    }


@dataclass(frozen=True)
class Evidence:
    """What one route found about one claim.

    ``details`` are the route's figures (scope, points, digits, worst error, order, ...);
    ``survivors`` the wrong variants that this run could not tell from the statement.
    """

    route: Route
    verdict: Verdict
    details: Mapping[str, Any] = field(default_factory=dict)
    tried: int = 0
    survivors: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the evidence as the record writes it."""
        mutants: dict[str, Any] = {
            "tried": self.tried,
            "rejected": self.tried - len(self.survivors),
        }
        if self.survivors:
            mutants["survivors"] = list(self.survivors)
        return {
            "route": self.route.value,
            "verdict": self.verdict.value,
            **self.details,
            "mutants": mutants,
        }


@dataclass(frozen=True)
class PrintedRecord:
    """What became of one printed statement: its verdict and, if refuted, a counterexample.

    ``route`` is how the verdict was reached: in rationals, by the derivation, or by training runs.
    """

    name: str
    source: str
    witness: str
    statement: str
    verdict: Verdict
    route: Route
    explanation: str
    counterexample: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the printed statement as the record writes it."""
        return {
            "name": self.name,
            "source": self.source,
            "witness": self.witness,
            "statement": self.statement,
            "verdict": self.verdict.value,
            "route": self.route.value,
            "explanation": self.explanation,
            "counterexample": self.counterexample,
        }


@dataclass(frozen=True)
class ClaimRecord:
    """What became of one claim.

    ``parts`` are the sentences of its statement, by the names of their formulas; those in
    ``measured`` are not derived but measured in training runs. ``formal`` are the theorems about it
    in the Coq development, which is built apart from a run.
    """

    id: str
    title: str
    source: str
    parts: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    as_printed: tuple[PrintedRecord, ...] = ()
    measured: tuple[str, ...] = ()
    formal: tuple[str, ...] = ()

    @property
    def sentences(self) -> dict[str, Verdict]:
        """The verdict on each sentence: by the training runs if it is measured, else by the rest.

        What no route of this run was about is unexamined.
        """
        trained = [e for e in self.evidence if e.route is Route.TRAINING] if self.measured else []
        others = [e for e in self.evidence if e not in trained]
        return {part: _verdict(trained if part in self.measured else others) for part in self.parts}

    @property
    def unexamined(self) -> tuple[str, ...]:
        """The sentences that this run did not examine."""
        return tuple(p for p, verdict in self.sentences.items() if verdict is Verdict.UNEXAMINED)

    @property
    def verdict(self) -> Verdict:
        """The weakest over its sentences: never stronger for what was not examined."""
        return worst(self.sentences.values())

    def as_json(self) -> dict[str, Any]:
        """Return the claim as the record writes it."""
        return {
            "id": self.id,
            "title": self.title,
            "source": self.source,
            "verdict": self.verdict.value,
            "sentences": {part: verdict.value for part, verdict in self.sentences.items()},
            **({"measured": list(self.measured)} if self.measured else {}),
            **({"formal": list(self.formal)} if self.formal else {}),
            "evidence": [evidence.as_json() for evidence in self.evidence],
            "as_printed": [printed.as_json() for printed in self.as_printed],
        }


def _verdict(evidence: Sequence[Evidence]) -> Verdict:
    """Return the derivation's verdict if every other route passes, otherwise the worst route's."""
    if not evidence:
        return Verdict.UNEXAMINED
    derivations = [e.verdict for e in evidence if e.route is Route.DERIVATION]
    if derivations and all(e.verdict.holds for e in evidence):
        return derivations[0]
    return worst(e.verdict for e in evidence)


@dataclass(frozen=True)
class Record:
    """What one run decided.

    ``command`` is what repeats it, ``run`` the same as data (claims, expression, depths, widths,
    points of each kind, digits, training runs). ``points`` are the exact points of the run, to
    which the evidence of exact routes refers by number (``at``).
    """

    version: str
    command: str
    seed: int
    claims: tuple[ClaimRecord, ...]
    run: Mapping[str, Any] = field(default_factory=dict)
    points: tuple[Mapping[str, Any], ...] = ()
    commit: str = field(default_factory=commit)
    environment: Mapping[str, Any] = field(default_factory=_environment)

    @property
    def holds(self) -> bool:
        """Whether every claim was confirmed, all of it; printed statements do not count."""
        return not self.failing and not self.in_part

    @property
    def failing(self) -> tuple[ClaimRecord, ...]:
        """The claims that were examined and not confirmed."""
        return tuple(c for c in self.claims if c.verdict.fails)

    @property
    def in_part(self) -> tuple[ClaimRecord, ...]:
        """The claims of which a sentence was not examined, and all others were confirmed."""
        return tuple(c for c in self.claims if c.verdict is Verdict.UNEXAMINED)

    @property
    def digest(self) -> str:
        """The SHA-256 of the content, as :func:`digest_of` takes it."""
        return digest_of(self._content())

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON data: its content, and the content's digest."""
        content = self._content()
        return {"schema": SCHEMA, "digest": digest_of(content), **content}

    def dumps(self) -> str:
        """Return the record as text: ASCII, deterministic, one line at the end."""
        return dumps(self.as_json())

    def _content(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "version": self.version,
            "commit": self.commit,
            "command": self.command,
            "seed": self.seed,
            "run": dict(self.run),
            "environment": dict(self.environment),
            "claims": [claim.as_json() for claim in self.claims],
            "points": [dict(point) for point in self.points],
        }


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record's content: of its JSON without the digest.

    The JSON is taken with sorted keys and without spaces, so that layout does not count.
    """
    data = {key: value for key, value in content.items() if key != "digest"}
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
