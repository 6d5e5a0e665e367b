"""Two records compared, verdict by verdict: what a run says again, and what it does not."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from dlnproof.core.verdict import Route
from dlnproof.files.fields import shortened
from dlnproof.files.typed import SAID, Typed, kind_at
from dlnproof.record.evidence import Evidence
from dlnproof.record.record import ClaimRecord, PrintedRecord, Record

THE_RUN: Final = "the run"
_OBSERVED: Final = "observed"
"""What training runs said of a printed statement, apart from what the catalogue explains."""
_PARTS: Final = frozenset({"id", "verdict", "evidence", "as_printed"})


class Change(StrEnum):
    """What became of one verdict of a record."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    """The record has it; the run made now has not."""
    NEW = "new"
    """The run made now has it; the record has not."""


@dataclass(frozen=True)
class Difference:
    """One verdict in two records: of a claim, of one of its routes, of a printed statement.

    ``content`` is what else differs and what the same run gives back, exactly or as nearly as
    another machine does: then the verdict is of something else, and has changed. ``figures`` differ
    by what machines do; they are reported, and change no verdict.
    """

    claim: str
    what: str
    before: str
    after: str
    figures: tuple[str, ...] = ()
    content: tuple[str, ...] = ()

    @property
    def change(self) -> Change:
        """Whether the verdicts are the same, and of the same."""
        if not self.before:
            return Change.NEW
        if not self.after:
            return Change.MISSING
        same = self.before == self.after and not self.content
        return Change.SAME if same else Change.CHANGED

    def as_json(self) -> dict[str, Any]:
        """Return the difference as JSON data."""
        return {
            "claim": self.claim,
            "what": self.what,
            "change": self.change.value,
            "before": self.before or None,
            "after": self.after or None,
            **({"content": list(self.content)} if self.content else {}),
            **({"figures": list(self.figures)} if self.figures else {}),
        }


def differences(
    before: Record, after: Record, explained: Mapping[tuple[str, str], str] | None = None
) -> list[Difference]:
    """Return every verdict of two records side by side, in the order of the first.

    Points that differ are a change of their own. ``explained`` has what the catalogue explains of
    printed statements about training: the explanation after it is what the training runs said.
    """
    old = {claim.id: claim for claim in before.claims}
    new = {claim.id: claim for claim in after.claims}
    loose = (before.version, before.commit) != (after.version, after.commit)
    found = [
        difference
        for claim in dict.fromkeys((*old, *new))
        for difference in _of_claim(claim, old.get(claim), new.get(claim), explained or {}, loose)
    ]
    return found + list(_of_points(before, after))


def without(record: Record, left: Collection[tuple[str, str]]) -> Record:
    """Return the record without some routes and printed statements, and verdicts by the rest.

    ``left`` names them as a :class:`Difference` does, by claim and ``what``. A claim of which no
    evidence is left goes altogether.
    """
    claims = []
    for claim in record.claims:
        evidence = tuple(e for e in claim.evidence if (claim.id, e.route.value) not in left)
        printed = tuple(p for p in claim.as_printed if (claim.id, as_printed(p.name)) not in left)
        if evidence or not claim.evidence:
            claims.append(replace(claim, evidence=evidence, as_printed=printed))
    return replace(record, claims=tuple(claims))


def as_printed(name: str) -> str:
    """Return what a printed statement is called beside the routes of its claim."""
    return f"as printed: {name}"


def _of_claim(
    name: str,
    old: ClaimRecord | None,
    new: ClaimRecord | None,
    explained: Mapping[tuple[str, str], str],
    loose: bool,
) -> Iterator[Difference]:
    verdicts = (old.verdict if old else "", new.verdict if new else "")
    same: tuple[tuple[str, ...], tuple[str, ...]] = (), ()
    figures, content = _sorted(ClaimRecord, _own(old), _own(new), loose) if old and new else same
    yield Difference(name, "claim", *verdicts, figures, content)
    before: dict[str, Evidence | PrintedRecord] = _parts(old) if old else {}
    after: dict[str, Evidence | PrintedRecord] = _parts(new) if new else {}
    for what in dict.fromkeys((*before, *after)):
        one, other = before.get(what), after.get(what)
        verdicts = (one.verdict if one else "", other.verdict if other else "")
        figures, content = same
        if one and other:
            said = explained.get((name, what), "")
            fields = _fields(one, said), _fields(other, said)
            figures, content = _sorted(type(other), *fields, loose)
        yield Difference(name, what, *verdicts, figures, content)


def _of_points(before: Record, after: Record) -> Iterator[Difference]:
    one, other = (
        [json.dumps(p.as_json(), sort_keys=True) for p in r.points] for r in (before, after)
    )
    if one != other:
        first = next((n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), None)
        content = () if first is None else (_arrow(f"point {first}", one[first], other[first]),)
        counts = (f"{len(one)} points", f"{len(other)} points")
        yield Difference(THE_RUN, "points", *counts, (), content)


def _parts(claim: ClaimRecord) -> dict[str, Evidence | PrintedRecord]:
    return {found.route.value: found for found in claim.evidence} | {
        as_printed(printed.name): printed for printed in claim.as_printed
    }


def _own(claim: ClaimRecord) -> dict[str, Any]:
    """Return what a claim states beside its evidence and its printed statements."""
    return {key: value for key, value in claim.as_json().items() if key not in _PARTS}


def _fields(part: Evidence | PrintedRecord, explanation: str) -> dict[str, Any]:
    """Return the fields of a part, those of its objects and lists of objects by names of their own.

    What training runs said of a printed statement stands before its ``explanation``.
    """
    fields: dict[str, Any] = {}
    for key, value in part.as_json().items():
        if isinstance(value, dict):
            fields |= {f"{key}.{name}": inner for name, inner in value.items()}
        elif isinstance(value, list) and value and all(isinstance(e, dict) for e in value):
            for number, entry in enumerate(value):
                fields |= {f"{key}.{number}.{name}": inner for name, inner in entry.items()}
        else:
            fields[key] = value
    told = part.explanation if isinstance(part, PrintedRecord) else ""
    if part.route is Route.TRAINING and explanation and told.endswith(explanation):
        fields[_OBSERVED] = told.removesuffix(explanation).strip()
        fields["explanation"] = explanation
    del fields["verdict"]
    return fields


def _sorted(
    of: type[Typed], before: Mapping[str, Any], after: Mapping[str, Any], loose: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields that differ: those that may, and those that the same run gives back.

    ``loose``: the two are of different versions, which may put their words otherwise.
    """
    figures: list[str] = []
    content: list[str] = []
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True):
            kind = SAID if key == _OBSERVED else kind_at(of, key)
            both = key in before and key in after
            may = kind and ((loose and kind.words) or (both and kind.near(one, other)))
            (figures if may else content).append(_arrow(key, one, other))
    return tuple(figures), tuple(content)


def _arrow(key: str, before: Any, after: Any) -> str:
    one, other = _short(before), _short(after)
    return f"{key}: {one} -> {other}" if one != other else f"{key} differs"


def _short(value: Any) -> str:
    return shortened("nothing" if value is None else str(value))
