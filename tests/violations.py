"""Points at which one hypothesis of a claim is false, and all its others hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from random import Random
from typing import NamedTuple

from flint import fmpq
from points_of_claims import Place, places
from special_points import special

from dlnproof.claims import CLAIMS
from dlnproof.definitions import letters as letters_
from dlnproof.kernel.terms import INT, PROP, REAL, Symbol, Term, apply
from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, adjoint, frobenius
from dlnproof.numeric.interpretation import Dependent, Point
from dlnproof.numeric.samples import satisfying
from dlnproof.numeric.sentences import Answer, answer, value
from dlnproof.numeric.values import Value

SOLVED = ("W", "R", "rho")
"""Letters that get their value from others, by a hypothesis."""


def violations(claim: str, hypothesis: Term, tries: int, seed: int = 0) -> Iterator[Point]:
    """Yield points at which a hypothesis of a claim is false, and all its others hold."""
    others = [h for h in CLAIMS[claim].given if h != hypothesis]
    rng = Random(f"{claim}/{hypothesis}/{seed}")
    letters = sorted(hypothesis.free, key=lambda x: x.name)
    for point in chain(special(claim), _points(claim, letters, rng, tries)):
        found = satisfying(others, point)
        if found is not None and answer(hypothesis, found).guess is False:
            yield found


def _points(claim: str, letters: Sequence[Symbol], rng: Random, tries: int) -> Iterator[Point]:
    """Yield points at which some of the letters have other values."""
    names = {x.name for x in letters}
    if names == {"d"}:
        yield from _no_width()
        return
    if names == {"N"}:
        yield from (_no_depth(width) for width in (1, 2))
    if names & {"W_j(t)", "W_j'(t)"}:
        yield from (
            curves(depth, 2, seed, flow=flow)
            for depth in (2, 3)
            for seed in range(2)
            for flow in (True, False)
        )
    for k in range(tries):
        place = rng.choice(places(claim))
        x = rng.choice(letters)
        point = _rescaled(place.point, names, rng) if k % 3 == 0 else changed(place, x, rng)
        if point is not None:
            yield point if x.name in SOLVED else replace(point, fixed=point.fixed - set(SOLVED))


def _rescaled(point: Point, names: set[str], rng: Random) -> Point | None:
    """Return the point with two values changed, so that a product of theirs stays."""
    if not {"N", "d"} <= point.values.keys():
        return None
    width, depth = int(point.values["d"]), int(point.values["N"])
    half, size = fmpq(1, 2), (width, width)
    if names & {"U", "V"} and width:
        name = rng.choice(sorted(names & {"U", "V"}))
        point = point.with_entry(name, (), v.times(fmpq(2), point.values[name]))
        for i in range(1, width + 1):
            value = point.of(letters_.sigma, (i,), None)
            point = point.with_entry("sigma", (i,), v.times(half, value))
        return point
    if "W_j" in names and depth > 1:
        j = rng.randint(1, depth - 1)
        for k, factor in ((j, fmpq(2)), (j + 1, half)):
            value = v.times(factor, point.of(letters_.factor, (k,), size))
            point = point.with_entry("W_j", (k,), value)
        return point
    return None


class Found(NamedTuple):
    """A sentence that is false where a hypothesis alone is, the point, and what was found there."""

    name: str
    point: Point
    answer: Answer


@cache
def needed(claim: str, hypothesis: Term, tries: int = 60) -> Found | None:
    """Return a sentence that is false where a hypothesis alone is, if a point is found."""
    for point in violations(claim, hypothesis, tries):
        for name, sentence in CLAIMS[claim].says().items():
            said = answer(sentence, point)
            if said.guess is False:
                return Found(name, point, said)
    return None


def curves(depth: int, width: int, seed: int, *, flow: bool) -> Point:
    """Return a point with factors A_j + t B_j and the loss Tr(C^T X).

    The velocities are those of the gradient flow (``flow``), which the factors do not follow, or
    the B_j, which are not those of the flow.
    """
    rng = Random(f"curves/{seed}")
    size = (width, width)

    def some() -> Value:
        return v.matrix(*size, [fmpq(rng.randint(-3, 3)) for _ in range(width**2)])

    starts, slopes, c = [some() for _ in range(depth)], [some() for _ in range(depth)], some()
    base = Point(seed=seed)

    def factors(time: Value) -> list[Value]:
        return [v.plus(a, v.times(time, b)) for a, b in zip(starts, slopes, strict=True)]

    def factor_at(j: int, time: Value) -> Value:
        if 1 <= j <= depth:
            return factors(time)[j - 1]
        return base.of(letters_.factor_at, (j, time), size)

    def velocity_at(j: int, time: Value) -> Value:
        if not 1 <= j <= depth:
            return base.of(letters_.velocity_at, (j, time), size)
        return v.negative(adjoint(factors(time), j, c)) if flow else slopes[j - 1]

    values = {
        "N": depth,
        "d": width,
        "loss": lambda x: v.trace(v.times(v.transpose(c), x)),
        "G(t)": lambda time: c,
        "t_0": fmpq(-2),
        "t_1": fmpq(2),
        "W_j(t)": factor_at,
        "W_j'(t)": velocity_at,
    }
    return Point(values, seed, fixed=frozenset(values))


def _no_depth(width: int) -> Point:
    """Return a point of depth 0, without a flow."""
    point = Geometry(0, (fmpq(1),) * width, width).point()
    left = {x: value for x, value in point.values.items() if "(t)" not in x and x != "loss"}
    return replace(point, values=left, fixed=point.fixed & {*left, "sigma"})


def _no_width() -> Iterator[Point]:
    """Yield points of width 0, and of a width that is none."""
    for depth in (1, 2, 3):
        for width in (0, -1, -2):
            for seed in range(3):
                empty = replace(Geometry(depth, (), seed).point(), seed=seed)
                point = empty.with_values(d=width)
                yield replace(point, fixed=point.fixed - set(SOLVED))


def changed(place: Place, x: Symbol, rng: Random) -> Point | None:
    """Return the point with another value of a symbol, which is fixed there."""
    point = replace(place.point, fixed=place.point.fixed | {x.name})
    if x.sort == PROP or x.name == "d":
        return None
    if all(s == INT for s in x.domain):
        return _other_entry(point, x, rng)
    if x.name not in point.values:
        return None
    return point.with_values(**{x.name: _other_family(point.values[x.name], x, rng)})


def _other_entry(point: Point, x: Symbol, rng: Random) -> Point:
    """Return the point with another value of a letter, or of a family at one of its indices."""
    if x.sort == INT:
        return point.with_entry(x.name, (), rng.choice((0, -1, 1, 2, 3)))
    last = int(point.values.get("d" if x.sort == REAL else "N", 1))
    args = tuple(rng.randint(1, max(last, 1)) for _ in x.domain)
    old = value(apply(x, *args), point)
    return point.with_entry(x.name, args, _other(old, rng))


def _other(old: Value, rng: Random) -> Value:
    if not v.is_matrix(old):
        small = [
            fmpq(0),
            fmpq(1),
            fmpq(-1),
            fmpq(-7),
            fmpq(1, 2),
            fmpq(2),
            v.negative(old),
            v.plus(old, fmpq(1)),
        ]
        return rng.choice(small)
    rows, cols = v.shape(old)
    entries = [fmpq(rng.randint(-2, 3), rng.randint(1, 2)) for _ in range(rows * cols)]
    other = v.matrix(rows, cols, entries)
    found = (other, v.times(fmpq(2), old), v.plus(old, v.eye(rows) if rows == cols else other))
    return rng.choice(found)


def _other_family(old: object, x: Symbol, rng: Random) -> object:
    """Return a family that differs: by a factor, by a constant, or by what it depends on."""
    make = old.value if isinstance(old, Dependent) else old
    assert callable(make)
    kind = rng.randrange(5)

    def other(value: Value) -> Value:
        if kind == 0:
            return v.times(fmpq(2), value)
        if kind == 1:
            return v.negative(value)
        if not v.is_matrix(value):
            return v.plus(value, fmpq(1)) if kind == 2 else v.times(value, value)
        rows, cols = v.shape(value)
        if kind == 2:
            return v.transpose(value)
        return v.plus(value, v.matrix(rows, cols, [fmpq(k + kind, 2) for k in range(rows * cols)]))

    if x.name == "nu" and kind > 2:
        return _other_norm
    if isinstance(old, Dependent):
        return Dependent(lambda *args: other(make(*args)))
    return lambda *args: other(make(*args))


def _other_norm(x: Value) -> Value:
    """Return |X| + |X_11|, which orthogonal matrices change."""
    corner = v.entry(x, 0, 0)
    return v.plus(frobenius(x), corner if v.sign(corner) == 1 else v.negative(corner))
