"""What a check is: a measurement from the definition, and a prediction from the formulas.

The two share nothing but the point. A measurement is made once, and compared with the statement,
with every wrong variant and with every printed variant. Both return groups of numbers; the numbers
of one group are of one kind and are compared on one scale.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from flint import arb, fmpq

from dlnproof.core.side import Side
from dlnproof.core.verdict import Route, Verdict
from dlnproof.files.typed import Printable, Said, Typed
from dlnproof.notation.plain import plain
from dlnproof.numeric.exact import stencil
from dlnproof.numeric.exact.points import ExactPoint, PointKey

Parts = Mapping[str, Side]
Number = fmpq | arb
Groups = Sequence[Sequence[Number]]
Measured = TypeVar("Measured")
Predict = Callable[[Parts, ExactPoint], Groups]
Visit = Callable[[Sequence[PointKey]], Sequence[PointKey]]


ORDER_TOLERANCE: Final = 0.5
"""How far an observed order of convergence may be from the one expected."""


def everywhere(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return all points: where a check is made unless it says otherwise (its ``visits``)."""
    return keys


def at_least_depth(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points of the least depth: for what does not depend on the depth."""
    least = min((key.depth for key in keys), default=0)
    return [key for key in keys if key.depth == least]


def deeper_than_one(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points of two factors or more: for what one factor says nothing of."""
    return [key for key in keys if key.depth > 1]


def narrow(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points of three values at most: for differences that are dear with four."""
    return [key for key in keys if key.width <= 3]


def deep_and_narrow(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points of two factors or more and three values at most."""
    return narrow(deeper_than_one(keys))


def always(point: ExactPoint) -> bool:
    """Whether anything is truncated at the point: it is, unless a check says otherwise."""
    return True


def half_of(digits: int) -> Sequence[fmpq]:
    """Return the radius that leaves half of the digits: allowed unless a check says otherwise."""
    return [fmpq(1, 10 ** (digits // 2))]


def halving(first: int) -> Callable[[ExactPoint], Sequence[fmpq]]:
    """Return a ladder of three steps, from 1/first on, the same at every point."""
    return lambda point: [fmpq(1, first * 2**k) for k in range(3)]


def step_of(digits: int) -> fmpq:
    """Return a step whose square is beyond the digits: for what has an error of order 2."""
    return fmpq(1, 10 ** ((digits + 1) // 2))


def most_of(digits: int) -> fmpq:
    """Return the error that leaves four fifths of the digits: what :func:`step_of` reaches."""
    return fmpq(1, 10 ** (4 * digits // 5))


def as_measured(parts: Parts, data: Groups) -> Groups:
    """Return the groups that were measured: most measurements know nothing of the statement."""
    return data


@dataclass(frozen=True)
class Sides:
    """What the two numbers of a counterexample are, in words.

    ``where`` says at what they are taken, if it is not the point as it is.
    """

    left: str = "from the definition"
    right: str = "from the formula"
    where: str = ""

    def in_plain_text(self) -> Sides:
        """Return the same as records say it, without dollars."""
        return Sides(plain(self.left), plain(self.right), plain(self.where))


TWICE: Final = Sides()
"""One quantity twice, at the point."""


@dataclass(frozen=True)
class Readings:
    """What a printed statement is about, measured and as printed; none where it has no meaning.

    ``sides`` says what the two are.
    """

    measured: Groups = ()
    printed: Groups = ()
    sides: Sides = TWICE


@dataclass(frozen=True)
class Question(Generic[Measured]):
    """Something that has to be so of what is measured, and of which the statement has no formula.

    ``of(point)`` is measured from the definition; the answer is yes where all the rationals
    ``defect(found)`` vanish. No wrong variant of the statement can make it no, so the question
    brings what does: ``foils(found)`` are objects of the same kind, each of them made wrong, of
    which the answer has to be no (none at a point where nothing of the kind could be). A question
    that is answered yes of one of them, or asked of the same object at all points of several
    depths, could not have failed: the check is vacuous. ``what`` names the defect (formulas in
    dollars), as counterexamples show it.
    """

    what: str
    of: Callable[[ExactPoint], Measured]
    defect: Callable[[Measured], Sequence[fmpq]]
    foils: Callable[[Measured], Sequence[Measured]]


@dataclass(frozen=True)
class ExactCheck:
    """A measurement in rationals, from the definition. ``covers`` names the parts it tests.

    Some wrong variant has to change each group that is predicted; what the statement has no formula
    of is asked, in ``questions``. ``printed`` evaluates the printed variants that no part
    expresses. ``sides`` says, of a number of a group, what is compared. ``scope`` says in words
    what is visited where depths, widths and kinds of spectra would not.
    """

    covers: frozenset[str]
    measure: Callable[[ExactPoint], Groups]
    predict: Predict
    visits: Visit = everywhere
    questions: tuple[Question[Any], ...] = ()
    printed: Mapping[str, Callable[[ExactPoint], Readings]] = field(default_factory=dict)
    sides: Callable[[ExactPoint, int, int], Sides] = lambda point, group, number: TWICE
    scope: str = ""
    route: Route = Route.EXACT


@dataclass(frozen=True)
class EnclosureCheck:
    """A measurement in balls, from the definition, in the working precision.

    ``reach(digits)`` gives, for each group, the radius allowed, relative to its largest number; the
    last is that of all further groups.
    """

    covers: frozenset[str]
    measure: Callable[[ExactPoint], Groups]
    predict: Predict
    reach: Callable[[int], Sequence[fmpq]] = half_of
    visits: Visit = everywhere
    scope: str = ""
    route: Route = Route.ENCLOSURE


@dataclass(frozen=True)
class ConvergentCheck:
    """A measurement that converges as a step h -> 0, in factor space.

    ``measure(point, h, digits)`` has an error of order h^``order`` wherever ``truncates(point)``,
    where the order is observed on the ``ladder`` of the point, steps that halve; elsewhere no
    error but rounding. The step ``fine(digits)`` reaches an error of ``reach(digits)``, relative
    to the largest number predicted in a group: what the precision allows. Where what is measured
    is itself an expression of the statement (an invariant along a trajectory), ``measure`` returns
    the data and ``read(parts, data)`` the groups. Without order, steps and reach it is a
    measurement by the finite differences of :mod:`dlnproof.numeric.exact.stencil`. ``scope`` is
    that of an exact check.
    """

    covers: frozenset[str]
    measure: Callable[[ExactPoint, fmpq, int], Any]
    predict: Predict
    truncates: Callable[[ExactPoint], bool] = always
    order: int = stencil.ORDER
    ladder: Callable[[ExactPoint], Sequence[fmpq]] = stencil.steps_of
    fine: Callable[[int], fmpq] = stencil.fine_step
    reach: Callable[[int], fmpq] = stencil.reach
    read: Callable[[Parts, Any], Groups] = as_measured
    visits: Visit = everywhere
    scope: str = ""
    route: Route = Route.PULLBACK


RUNGE_KUTTA: Final[Mapping[str, Any]] = {
    "order": 4,
    "ladder": halving(64),
    "fine": lambda digits: fmpq(1, 512),
    "reach": lambda digits: fmpq(1, 10**6),
}
"""Settings of a measurement along an ordinary differential equation, solved by their method."""
SECOND_DIFFERENCES: Final[Mapping[str, Any]] = {
    "order": 2,
    "ladder": halving(256),
    "fine": lambda digits: fmpq(1, 10**digits),  # beside a tiny value 1/h^2 is no large number
    "reach": most_of,
}
"""Settings of a measurement by second differences of the metric, or of functions of W."""


@dataclass(frozen=True)
class Finding(Typed):
    """One thing looked for in training runs: what was seen, in numbers, and whether it was it."""

    name: Printable
    text: Said
    verdict: Verdict


@dataclass(frozen=True)
class TrainingCheck:
    """Training runs, and what is read from them.

    ``train(experiment, runs, seed)`` makes the runs of one of the ``experiments`` and returns plain
    data; ``read(parts, data)`` the findings, from the data of all experiments in order; ``printed``
    what they say about printed statements. ``settings`` states how the runs were made, and
    ``trained(runs)`` counts them.
    """

    covers: frozenset[str]
    experiments: tuple[Any, ...]
    train: Callable[[Any, int, int], Any]
    read: Callable[[Parts, Sequence[Any]], Sequence[Finding]]
    settings: str
    trained: Callable[[int], int]
    printed: Mapping[str, Callable[[Sequence[Any]], Finding]] = field(default_factory=dict)
    route: Route = Route.TRAINING


PointCheck = ExactCheck | EnclosureCheck | ConvergentCheck
Check = PointCheck | TrainingCheck
