"""Values for the free symbols of sentences: those that are given, and for all others some values.

Every symbol has a value at every argument, the same one whenever it is asked for: numbers and
matrices are made from a hash of the name and the arguments, functions of numbers and of matrices
are polynomials with such coefficients. What has *some* value (1/0, an entry outside a matrix) gets
one in the same way, so a rule that uses such a value will sooner or later say what is false.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flint import fmpq, fmpq_mat

from dlnproof.kernel.terms import INT, PROP, Sort, Symbol
from dlnproof.numeric.values import (
    Unknown,
    Value,
    eye,
    flat,
    integer_power,
    is_matrix,
    matrix,
    plus,
    shape,
    times,
)

SMALL = tuple(fmpq(n, m) for m in (1, 2, 3) for n in range(-5, 6) if n % m or m == 1)
POSITIVE = tuple(x for x in SMALL if x > 0)


def key(value: Value) -> str:
    """Return a text for a value that is known exactly; balls and jets have none."""
    if isinstance(value, (bool, int, fmpq, str)):
        return str(value)
    if isinstance(value, fmpq_mat):
        return f"{value.nrows()}x{value.ncols()}{[str(x) for x in value.entries()]}"
    raise Unknown("what depends on a number that is known in a ball alone")


@dataclass
class Work:
    """How many values may be computed yet: what takes more cannot be told."""

    left: int

    def spend(self) -> None:
        """Count one value. Raises :class:`Unknown` where that is one too many."""
        self.left -= 1
        if self.left < 0:
            raise Unknown("a value that takes too much work")


@dataclass(frozen=True)
class Dependent:
    """A value that is made of those of other symbols at a point, which is its first argument."""

    value: Callable[..., Value]


@dataclass(frozen=True)
class Point:
    """Values of symbols by name: constants, or callables for those with arguments.

    ``entries`` are values of symbols at integer arguments, by name and arguments. What is in
    neither is taken from ``numbers`` and ``integers``. ``tried`` are matrices to try first where
    something is said of all; ``together`` are numbers or matrices to try at a time, numbers alone.
    Symbols that are ``fixed`` keep their values. Where only what is ``defined`` has a value, 1/0
    has none. What was evaluated at the point is ``kept``. Points made of one another share their
    ``work``, if it is bounded.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    numbers: Sequence[fmpq] = SMALL
    integers: Sequence[int] = tuple(range(-1, 5))
    entries: Mapping[tuple[str, ...], Value] = field(default_factory=dict)
    tried: Sequence[Value] = ()
    together: Sequence[tuple[Value, ...]] = ()
    fixed: frozenset[str] = frozenset()
    defined: bool = False
    work: Work | None = field(default=None, repr=False, compare=False)
    kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def with_values(self, **values: Any) -> Point:
        """Return the point with other values of some symbols."""
        return replace(self, values={**self.values, **values})

    def fixing(self, *names: str) -> Point:
        """Return the point with more symbols that keep their values."""
        return replace(self, fixed=self.fixed | set(names))

    def with_entry(self, name: str, args: Sequence[Value], value: Value) -> Point:
        """Return the point with another value of a symbol at arguments."""
        return replace(self, entries={**self.entries, (name, *map(key, args)): value})

    def random(self, *what: Any) -> random.Random:
        """Return a generator seeded by a hash of what is asked for."""
        text = "/".join([str(self.seed), *map(str, what)])
        return random.Random(hashlib.sha256(text.encode()).digest())

    def some(self, op: str, size: tuple[int, int] | None, *args: Value) -> Value:
        """Return the value of what has some value: a number, or a matrix of a size."""
        if self.defined:
            raise Unknown(f"a value of '{op}' that is not defined")
        rng = self.random("some", op, size, *map(key, args))
        if size is None:
            return rng.choice(SMALL)
        return matrix(*size, [rng.choice(SMALL) for _ in range(size[0] * size[1])])

    def of(self, symbol: Symbol, args: Sequence[Value], size: tuple[int, int] | None) -> Value:
        """Return the value of a symbol at arguments; ``size`` is the shape of a matrix."""
        if self.entries and (at := _place(symbol, args)) in self.entries:
            return checked(symbol, self.entries[at], size)
        if symbol.name in self.values:
            given = self.values[symbol.name]
            if isinstance(given, Dependent):
                found = given.value(self, *args)
            else:
                found = given(*args) if symbol.domain else given
            return checked(symbol, found, size)
        if symbol.sort in (INT, PROP):
            rng = self.random("letter", symbol.name, *map(key, args))
            return rng.choice(self.integers) if symbol.sort == INT else rng.random() < 0.5
        whole = [key(x) for x, s in zip(args, symbol.domain, strict=True) if s == INT]
        variables = [x for x, s in zip(args, symbol.domain, strict=True) if s != INT]
        name = (symbol.name, size, *whole)
        found = self._constant(*name, size=size)
        for place, variable in enumerate(variables):
            for k, unknown in enumerate(flat(variable) if is_matrix(variable) else [variable]):
                for degree in (1, 2):
                    factor = self._constant(*name, place, k, degree, size=size)
                    found = plus(found, times(integer_power(unknown, degree), factor))
        return found

    def _constant(self, *name: Any, size: tuple[int, int] | None) -> Value:
        rng = self.random("letter", *name)
        if size is None:
            return rng.choice(list(self.numbers))
        rows, cols = size
        found = matrix(rows, cols, [rng.choice(list(self.numbers)) for _ in range(rows * cols)])
        kind = rng.randrange(8)
        if rows == cols and kind == 0:
            return found * found.transpose()
        if rows == cols and kind == 1:
            return orthogonal(rng, rows)
        return found


def _place(symbol: Symbol, args: Sequence[Value]) -> tuple[str, ...]:
    """Return where the value of a symbol at arguments is kept; nowhere, for what is no key."""
    try:
        return (symbol.name, *map(key, args))
    except Unknown:
        return ()


def checked(symbol: Symbol, value: Value, size: tuple[int, int] | None) -> Value:
    """Return a given value as one of the symbol's sort."""
    if symbol.sort == PROP:
        return bool(value)
    if symbol.sort == INT:
        return int(value)
    if size is None:
        return fmpq(value) if isinstance(value, int) else value
    if not is_matrix(value) or shape(value) != size:
        raise Unknown(f"{symbol.name} is no {size[0]} x {size[1]} matrix at this point")
    return value


def orthogonal(rng: random.Random, size: int) -> fmpq_mat:
    """Return a rational orthogonal matrix: the Cayley transform of a skew one, with signs."""
    skew = fmpq_mat(size, size)
    for i in range(size):
        for l in range(i):
            skew[i, l] = fmpq(rng.choice((-3, -1, 0, 1, 2)), rng.choice((1, 2)))
            skew[l, i] = -skew[i, l]
    found = (eye(size) - skew).solve(eye(size) + skew) if size else eye(0)
    for l in range(size):
        if rng.random() < 0.5:
            for i in range(size):
                found[i, l] = -found[i, l]
    return found


def table(entries: Mapping[Any, Value], otherwise: Callable[..., Value]) -> Callable[..., Value]:
    """Return a family with values in a table, and others outside of it."""

    def value(*args: Any) -> Value:
        index = args[0] if len(args) == 1 else tuple(args)
        return entries[index] if index in entries else otherwise(*args)

    return value


def sort_size(sort: Sort, size_of: Callable[[Any], int]) -> tuple[int, int] | None:
    """Return the shape of a sort in numbers; None of what is no matrix."""
    if sort.rows is None:
        return None
    rows, cols = sort.shape
    return max(size_of(rows), 0), max(size_of(cols), 0)
