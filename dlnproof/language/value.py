"""The value of a formula at a spectrum: exact where it can be, otherwise a ball."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, permutations, product
from operator import le, lt, ne
from typing import Final

from flint import fmpq

from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.language.arithmetic import (
    UndefinedError,
    Value,
    ball,
    gamma,
    integer,
    joined,
    logarithm,
    power,
    times,
)
from dlnproof.language.radical import (
    ONE,
    PI,
    Radical,
    group_volume,
    rational,
)
from dlnproof.language.tree import Call, Negative, Node, Number, Operation, Over, Sigma, Symbol

MAX_TERMS: Final = 1_000


@dataclass
class Allowance:
    """How many more nodes may be visited: what a formula costs is bounded, whatever it says."""

    left: int

    def spend(self) -> None:
        """Count one node. Raises :class:`InputError` where none is left."""
        self.left -= 1
        if self.left < 0:
            raise InputError("evaluating it takes too many steps; expected a shorter formula")


@dataclass(frozen=True)
class _Place:
    """Where a formula is evaluated."""

    depth: Depth
    sigma: Sequence[fmpq]
    allowance: Allowance


def value_at(
    tree: Node, depth: Depth, sigma: Sequence[fmpq], indices: Mapping[str, int], allowed: Allowance
) -> Value:
    """Return the value at depth N and sigma_1 >= ... >= sigma_d, free indices from 1.

    Balls have the working precision. Raises :class:`UndefinedError`, :class:`UnclearError`, and
    :class:`InputError` where a sum is too long to be computed.
    """
    values = {name: rational(index) for name, index in indices.items()}
    try:
        return _value(tree, values, None, _Place(depth, sigma, allowed))
    except ZeroDivisionError:
        raise UndefinedError("it divides by zero") from None


def _value(node: Node, known: Mapping[str, Radical], entry: fmpq | None, at: _Place) -> Value:
    """Return a value; ``entry`` is what Sigma stands for inside det, van and tr."""
    at.allowance.spend()
    match node:
        case Number(value):
            return rational(value)
        case Symbol("N"):
            return rational(int(at.depth))
        case Symbol("d"):
            return rational(len(at.sigma))
        case Symbol("pi"):
            return PI
        case Symbol("Sigma"):
            assert entry is not None
            return rational(entry)
        case Symbol(name):
            return known[name]
        case Sigma(index):
            return rational(at.sigma[_position(_value(index, known, entry, at), at) - 1])
        case Negative(of):
            return times(rational(-1), _value(of, known, entry, at))
        case Operation(sign, left, right):
            first = _value(left, known, entry, at)
            second = _value(right, known, entry, at)
            return joined(sign, first, second)
        case Call(name, of):
            return _called(name, of, known, entry, at)
        case Over():
            return _over(node, known, entry, at)
    raise TypeError(f"unexpected {node!r}")


def _position(index: Value, at: _Place) -> int:
    number = integer(index, "an index of sigma")
    if not 1 <= number <= len(at.sigma):
        raise UndefinedError(f"sigma has no entry {number} for d = {len(at.sigma)}")
    return number


def _called(
    name: str, of: Node, known: Mapping[str, Radical], entry: fmpq | None, at: _Place
) -> Value:
    match name:
        case "c":
            return group_volume(len(at.sigma))
        case "det" | "tr":
            entries = [_value(of, known, sigma, at) for sigma in at.sigma]
            return _total("prod" if name == "det" else "sum", iter(entries))
        case "van":
            entries = [_value(of, known, sigma, at) for sigma in at.sigma]
            return _total("prod", (joined("-", a, b) for a, b in combinations(entries, 2)))
    value = _value(of, known, entry, at)
    match name:
        case "sqrt":
            return power(value, rational(Fraction(1, 2)))
        case "log":
            return logarithm(value)
        case "Gamma":
            return gamma(value)
        case "cos":
            return ball(value).cos()
        case "exp":
            if isinstance(value, Radical) and value.rational == 0:
                return ONE
            return ball(value).exp()
    assert name == "abs"
    if isinstance(value, Radical):
        return value if value.rational >= 0 else times(rational(-1), value)
    return abs(value)


def _total(kind: str, values: Iterator[Value]) -> Value:
    total: Value = ONE if kind == "prod" else rational(0)
    for value in values:
        total = times(total, value) if kind == "prod" else joined("+", total, value)
    return total


def _over(node: Over, known: Mapping[str, Radical], entry: fmpq | None, at: _Place) -> Value:
    def body(chosen: tuple[int, ...]) -> Value:
        bound = dict(zip(node.indices, map(rational, chosen), strict=True))
        return _value(node.body, {**known, **bound}, entry, at)

    return _total(node.kind, map(body, _choices(node, known, entry, at)))


_RELATED: Final = {"<": lt, "<=": le, "!=": ne}


def _choices(
    node: Over, known: Mapping[str, Radical], entry: fmpq | None, at: _Place
) -> Iterator[tuple[int, ...]]:
    width = range(1, len(at.sigma) + 1)
    if node.lower is not None and node.upper is not None:
        ends = [
            integer(_value(end, known, entry, at), "a bound") for end in (node.lower, node.upper)
        ]
        if ends[1] - ends[0] >= MAX_TERMS:
            raise InputError(f"{node.kind}: more than {MAX_TERMS} terms; expected fewer")
        return iter((j,) for j in range(ends[0], ends[1] + 1))
    outside = [name for name in node.indices if name in known]
    if len(outside) == 1 and node.relation in _RELATED:  # the other one runs
        value = integer(known[outside[0]], "an index")
        first = node.indices[0] == outside[0]
        pairs = ((value, i) if first else (i, value) for i in width)
        return (pair for pair in pairs if _RELATED[node.relation](*pair))
    match node.relation:
        case "":
            return iter((i,) for i in width)
        case "<":
            return combinations(width, 2)
        case "<=":
            return combinations_with_replacement(width, 2)
        case "!=":
            return permutations(width, 2)
    return product(width, repeat=2)
