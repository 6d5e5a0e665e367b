"""The record of a run: what was claimed, which evidence was found, by which means.

Everything that documents print comes from here. A record is data: it is written as JSON and read
back unchanged.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from typing import Annotated, Any, Final, Self

from dlnproof.core.verdict import Route, Verdict, worst
from dlnproof.errors import InputError
from dlnproof.files.fields import mapping, show
from dlnproof.files.json import dumps
from dlnproof.files.typed import (
    TEXT,
    AnyDepth,
    Count,
    Printable,
    Size,
    Typed,
    Wording,
    inside,
    matching,
)
from dlnproof.record.counterexamples import Counterexample
from dlnproof.record.evidence import Derivation, Evidence, Formal
from dlnproof.record.points import Place
from dlnproof.version import commit

SCHEMA: Final = "dlnproof-record/4"
ERRATA_SCHEMA: Final = "dlnproof-errata/1"
FORMULA_SCHEMA: Final = "dlnproof-formula/3"
FORMULA_SCHEMAS: Final = (FORMULA_SCHEMA, "dlnproof-formula/2")
"""Those that are read: the second did not say what was guessed."""
REPLAY_SCHEMA: Final = "dlnproof-replay/1"
AT_SCHEMA: Final = "dlnproof-at/1"
"""Of what claims say at a user's own matrix."""
_PACKAGES: Final = ("sympy", "python-flint", "mpmath", "numpy")
FileName = Annotated[str, matching(r"[A-Za-z0-9_-]+\.(py|toml)", "the plain name of a file")]
Digest = Annotated[str, matching("[0-9a-f]{64}", "a SHA-256")]


@dataclass(frozen=True, kw_only=True)
class Settings(Typed):
    """What a run was asked for: claims or files of claims by name, ``-k``'s expression, the grid.

    ``files`` are the user's files that it loaded, with their SHA-256; ``formal`` says that it built
    the Coq development, ``stopped`` that it ended at its first failure.
    """

    claims: tuple[Printable, ...]
    files: Mapping[FileName, Digest] = field(default_factory=dict)
    expression: Printable
    depths: tuple[AnyDepth, ...]
    widths: tuple[Size, ...]
    points: Count
    digits: Count
    runs: Count
    formal: bool = False
    stopped: bool = False


@dataclass(frozen=True)
class Environment(Typed):
    """The versions that a run depends on; nothing that identifies the machine."""

    python: Printable
    system: Printable
    packages: Mapping[Printable, Printable]

    @classmethod
    def here(cls) -> Environment:
        """Return the versions at work now."""
        packages = {name: metadata.version(name) for name in _PACKAGES}
        return cls(platform.python_version(), platform.system(), packages)


@dataclass(frozen=True)
class PrintedRecord(Typed):
    """What became of one printed statement: its verdict and, if refuted, a counterexample.

    ``route`` is how the verdict was reached: in rationals, by the derivation, or by training runs.
    """

    name: str
    source: Wording
    witness: str
    statement: Wording
    verdict: Verdict
    route: Route
    explanation: Wording
    counterexample: Counterexample | None


@dataclass(frozen=True, repr=False)
class ClaimRecord(Typed):
    """What became of one claim.

    ``parts`` are the sentences of its statement, by the names of their formulas; those in
    ``measured`` are not derived but measured, in training runs or at points. ``formal`` are the
    theorems about it in the Coq development, which is built apart from a run.
    """

    id: str
    title: Wording
    source: Wording
    parts: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    as_printed: tuple[PrintedRecord, ...] = ()
    measured: tuple[str, ...] = ()
    formal: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<{self.id}: {_word(self.verdict)}>"

    @property
    def sentences(self) -> dict[str, Verdict]:
        """The verdict on each sentence, by the routes that are about it.

        What no route of this run was about is unexamined.
        """
        found = [(e, e.verdict) for e in self.evidence]
        if self.discharged:
            found = [(e, Verdict.PROVED_WITH_COQ if e is self.derivation else v) for e, v in found]
        return {p: _verdict([(e.route, v) for e, v in found if e.about(p)]) for p in self.parts}

    @property
    def unexamined(self) -> tuple[str, ...]:
        """The sentences that this run did not examine."""
        return tuple(p for p, verdict in self.sentences.items() if verdict is Verdict.UNEXAMINED)

    @property
    def verdict(self) -> Verdict:
        """The weakest over its sentences: never stronger for what was not examined."""
        return worst(self.sentences.values())

    @property
    def derivation(self) -> Derivation | None:
        """What the derivation found, if it was run."""
        return next((found for found in self.evidence if isinstance(found, Derivation)), None)

    @property
    def discharged(self) -> bool:
        """Whether Coq theorems that were built in the run say every premise of the derivation."""
        derived = self.derivation
        if derived is None or derived.verdict is not Verdict.DERIVED:
            return False
        built = next((e for e in self.evidence if isinstance(e, Formal)), None)
        if built is None or not built.verdict.holds or built.discharges is None:
            return False
        return set(built.discharges) == set(derived.premises or ())

    def as_json(self) -> dict[str, Any]:
        """Return the claim as the record writes it."""
        own = super().as_json()
        return {
            **{name: own[name] for name in ("id", "title", "source")},
            "verdict": self.verdict.value,
            "sentences": {part: verdict.value for part, verdict in self.sentences.items()},
            **{name: own[name] for name in ("measured", "formal") if name in own},
            "evidence": own["evidence"],
            "as_printed": own.get("as_printed", []),
        }

    @classmethod
    def from_json(cls, data: Any, where: str = "") -> Self:
        """Return the claim that JSON data holds: no route, and no printed statement, twice."""
        given = mapping(data, where)
        stated = inside(where, "sentences")
        parts = tuple(TEXT.read(part, stated) for part in mapping(given.get("sentences"), stated))
        claim = cls.read(given, where, parts=parts)
        for found in claim.evidence:
            if odd := sorted(set(found.covers or ()) - set(parts)):
                raise InputError(f"{found.route} covers {show(odd[0])}, which is not a sentence")
        once("route", [found.route for found in claim.evidence])
        once("printed statement", [found.name for found in claim.as_printed])
        return claim


def _verdict(found: Sequence[tuple[Route, Verdict]]) -> Verdict:
    """Return the strongest of the verdicts if all routes confirm a sentence, otherwise the worst.

    So a route that confirms it and is left out never makes it stronger. The Coq development does
    not say by itself what a sentence says: alone it leaves it unexamined.
    """
    if not all(verdict.holds for _, verdict in found):
        return worst(verdict for _, verdict in found)
    strength = list(Verdict).index
    return min(
        (verdict for route, verdict in found if route is not Route.FORMAL),
        key=strength,
        default=Verdict.UNEXAMINED,
    )


def _word(verdict: Verdict) -> str:
    """Return the verdict on a claim: one of which a sentence is unexamined is so in part."""
    return "in part" if verdict is Verdict.UNEXAMINED else verdict.replace("_", " ")


@dataclass(frozen=True, repr=False)
class Record(Typed):
    """What one run decided.

    ``command`` is what repeats it, ``run`` the same as data. ``points`` are the exact points of the
    run, to which the evidence of exact routes refers by number (``at``).
    """

    version: str
    command: str
    seed: int
    claims: tuple[ClaimRecord, ...]
    run: Settings
    points: tuple[Place, ...] = ()
    commit: str = field(default_factory=commit)
    environment: Environment = field(default_factory=Environment.here)

    def __repr__(self) -> str:
        found = Counter(claim.verdict for claim in self.claims)
        said = ", ".join(f"{found[v]} {_word(v)}" for v in Verdict if found[v])
        what = f"{len(self.claims)} claims: {said}"
        if len(self.claims) == 1:
            what = repr(self.claims[0])[1:-1]
        return f"<record of {what}; seed {self.seed}, digest {self.digest[:12]}>"

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

    @classmethod
    def from_json(cls, data: Any, where: str = "") -> Self:
        """Return the record that JSON data holds: no claim twice."""
        record = super().from_json(data, where)
        once("claim", [claim.id for claim in record.claims])
        return record

    def _content(self) -> dict[str, Any]:
        own = super().as_json()
        order = ("version", "commit", "command", "seed", "run", "environment", "claims")
        content = {name: own[name] for name in order}
        return {"schema": SCHEMA, **content, "points": own.get("points", [])}


def once(what: str, names: Sequence[Hashable]) -> None:
    """Refuse names of which one stands twice."""
    seen: set[Hashable] = set()
    for name in names:
        if name in seen:
            raise InputError(f"{what} {show(name)} stands twice")
        seen.add(name)


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record's content: of its JSON without the digest.

    The JSON is taken with sorted keys and without spaces, so that layout does not count.
    """
    data = {key: value for key, value in content.items() if key != "digest"}
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
