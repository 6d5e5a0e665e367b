"""Evidence: what one route found about one claim, a type for each route.

A field stands once, with its name, its type and bounds, and how a difference in it counts: records
are read, written and compared by these types. A figure that a run did not come to is absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import isfinite
from typing import Annotated, Any, ClassVar, Final, Self, cast

from dlnproof.claims.check import ORDER_TOLERANCE, Finding
from dlnproof.core.verdict import Route, Verdict
from dlnproof.errors import InputError
from dlnproof.files.fields import mapping, show, sized
from dlnproof.files.typed import (
    Count,
    Kind,
    Printable,
    Reason,
    Typed,
    between,
    inside,
    matching,
    slots,
    word,
)
from dlnproof.record.counterexamples import Counterexample

_FACTOR: Final = 10
"""How far apart two machines may find an error or a radius.

Both take the same exact points in the same number of digits. What differs is FLINT, of which
python-flint's version says nothing: it may round otherwise. That moves an error that is all
rounding by a small factor, and an error of truncation, or its order, not at all.
"""


def _one_size(one: str, other: str) -> bool:
    a, b = Decimal(one), Decimal(other)
    return a <= _FACTOR * b and b <= _FACTOR * a


def _ends(value: Any, where: str) -> tuple[float, float]:
    for end in sized(value, where, 2):
        if not isinstance(end, float | int) or isinstance(end, bool) or not isfinite(end):
            raise InputError(f"{where}: got {show(end)}, expected a number")
    return value[0], value[1]


def _close(one: list[float], other: list[float]) -> bool:
    return all(abs(a - b) <= ORDER_TOLERANCE for a, b in zip(one, other, strict=True))


_ERROR = matching(r"0|[0-9]\.[0-9]e[+-][0-9]{1,6}", "a number such as 1.5e-47")
Error = Annotated[str, replace(_ERROR, near=_one_size)]
Order = Annotated[tuple[float, float], Kind(_ends, list, near=_close)]
Names = tuple[Printable, ...]
Kinds = Mapping[Printable, Count]


class _Figures:
    """The figures that documents ask of every route; None where a route has none."""

    points: int | None = None
    strata: Mapping[str, int] | None = None
    digits: int | None = None
    worst_error: str | None = None
    order: tuple[float, float] | None = None
    counterexample: Counterexample | None = None
    failure: str | None = None
    undecided: int | None = None


@dataclass(frozen=True, kw_only=True)
class Trials(Typed):
    """Of the wrong variants ``tried``, a run could not tell the ``survivors`` from the claim."""

    tried: Annotated[int, between(0, 10**6)] = 0
    survivors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Evidence(Trials, _Figures):
    """What one route found about one claim: a verdict, where it holds, and the route's figures.

    ``covers`` names the sentences that the route is about; absent, it is about all of them.
    """

    route: ClassVar[Route]
    verdict: Verdict = field(kw_only=False)
    scope: Printable
    covers: Names | None = None

    def about(self, sentence: str) -> bool:
        """Whether the evidence is about a sentence of its claim."""
        return self.covers is None or sentence in self.covers

    @property
    def details(self) -> dict[str, Any]:
        """The route's figures, as the record writes them."""
        beside = ("verdict", *slots(Trials))
        return {name: value for name, value in super().as_json().items() if name not in beside}

    def as_json(self) -> dict[str, Any]:
        """Return the evidence as the record writes it."""
        rejected = self.tried - len(self.survivors)
        survivors = {"survivors": list(self.survivors)} if self.survivors else {}
        return {
            "route": self.route.value,
            "verdict": self.verdict.value,
            **self.details,
            "mutants": {"tried": self.tried, "rejected": rejected, **survivors},
        }

    @classmethod
    def from_json(cls, data: Any, where: str = "") -> Self:
        """Return the evidence that JSON data holds, of the type of its route."""
        given = mapping(data, where)
        route = word(ROUTES).read(given.get("route"), inside(where, "route"))
        mutants = Trials.from_json(given.get("mutants"), inside(where, "mutants"))
        return cast(Self, ROUTES[Route(route)].read(given, where, **vars(mutants)))


@dataclass(frozen=True, kw_only=True)
class Derivation(Evidence):
    """A derivation: how many applications of rules it takes, and what it assumes and uses.

    ``digest`` is that of the statement as it is printed, with its hypotheses and definitions.
    ``premises`` are the sentences that it takes as given, with the arguments for them,
    ``assumptions`` the theorems of the literature.
    """

    route = Route.DERIVATION
    digest: Printable | None = None
    steps: Count | None = None
    premises: Names | None = None
    assumptions: Names | None = None
    uses: Names | None = None
    failure: Printable | None = None


@dataclass(frozen=True, kw_only=True)
class Exact(Evidence):
    """Both sides in rationals at so many points of some kinds; ``at`` are their numbers."""

    route = Route.EXACT
    points: Count | None = None
    strata: Kinds | None = None
    counterexample: Counterexample | None = None
    failure: Printable | None = None
    undecided: Count | None = None
    at: tuple[Count, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Enclosure(Evidence):
    """Both sides in balls, in so many digits; ``worst_error`` is the largest relative radius."""

    route = Route.ENCLOSURE
    points: Count | None = None
    strata: Kinds | None = None
    digits: Count | None = None
    worst_error: Error | None = None
    counterexample: Counterexample | None = None
    failure: Reason | None = None
    undecided: Count | None = None


@dataclass(frozen=True, kw_only=True)
class Pullback(Evidence):
    """Finite differences; ``order`` is the observed one, least and largest, at ``order_points``."""

    route = Route.PULLBACK
    points: Count | None = None
    strata: Kinds | None = None
    digits: Count | None = None
    worst_error: Error | None = None
    order: Order | None = None
    order_points: Count | None = None
    counterexample: Counterexample | None = None
    failure: Reason | None = None
    undecided: Count | None = None


@dataclass(frozen=True, kw_only=True)
class Training(Evidence):
    """Training runs, ``points`` of them, made as ``scope`` says, and what was seen in them."""

    route = Route.TRAINING
    points: Count | None = None
    findings: tuple[Finding, ...] | None = None
    failure: Reason | None = None


@dataclass(frozen=True, kw_only=True)
class Formal(Evidence):
    """The Coq development, built in the run, and what its gate said.

    ``discharges`` are the premises of the claim's derivation, as this lists them, each with the
    theorem that says it: all of them, those of the claims that it uses included, or the field is
    absent. ``refused`` are theorems that were to discharge a premise and do not, with the reason.
    """

    route = Route.FORMAL
    says: Reason | None = None
    discharges: Mapping[Printable, Printable] | None = None
    refused: Names | None = None


ROUTES: Final[Mapping[Route, type[Evidence]]] = {
    made.route: made for made in (Derivation, Exact, Enclosure, Pullback, Training, Formal)
}
"""The type of evidence of each route."""
