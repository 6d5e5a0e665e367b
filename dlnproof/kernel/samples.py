"""The second engine for words: both sides at random matrices over a large prime field.

It shares no code with the normal form of ``words``. A letter gets a random matrix, a size one of a
few small sizes, an exponent the value of its polynomial at random integers; every value is exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod
from random import Random

from dlnproof.kernel.terms import Term, constant_of
from dlnproof.kernel.theorem import Refused

PRIME = 2**61 - 1
Matrix = list[list[int]]


class Sample:
    """Values of all letters of some terms, drawn once each."""

    def __init__(self, terms: Iterable[Term], seed: int) -> None:
        self._random = Random(seed)
        self._drawn: dict[tuple[str, Term, int], int] = {}
        self._letters: dict[Term, Matrix] = {}
        self._integers: dict[Term, int] = {}
        self._choose_exponents([e for term in terms for e in _exponents(term)])

    def _choose_exponents(self, exponents: list[Term]) -> None:
        """Draw integers at which no exponent is negative."""
        letters = {x for e in exponents for x in (e.args if e.op == "polynomial" else (e,))}
        for attempt in range(3000):
            bound = 3 + attempt // 150
            self._integers = {x: self._random.randint(0, bound) for x in letters}
            if all(0 <= self._integer(e) <= 60 for e in exponents):
                return
        raise Refused("no integers were found at which all exponents are >= 0")

    def _integer(self, value: Term) -> int:
        if value.op != "polynomial":
            return self._integers[value]
        total = 0
        for powers, coefficient in value.data:
            drawn = [self._integers[value.args[place]] ** exponent for place, exponent in powers]
            total += int(coefficient) * prod(drawn)
        return total

    def _draw(self, kind: str, term: Term, place: int, below: int) -> int:
        key = (kind, term, place)
        if key not in self._drawn:
            self._drawn[key] = self._random.randrange(below)
        return self._drawn[key]

    def _size(self, size: Term) -> int:
        return 2 + self._draw("size", size, 0, 2)

    def number(self, term: Term) -> int:
        """Return the value of a number; what is no sum, product or trace is drawn."""
        match term.op:
            case "number":
                return int(term.data.numerator * pow(term.data.denominator, -1, PRIME) % PRIME)
            case "+" | "-" | "*":
                a, b = (self.number(arg) for arg in term.args)
                return (a + b if term.op == "+" else a - b if term.op == "-" else a * b) % PRIME
            case "trace":
                value = self.matrix(term.args[0])
                return sum(value[k][k] for k in range(len(value))) % PRIME
        return self._draw("number", term, 0, PRIME)

    def matrix(self, term: Term) -> Matrix:
        """Return the value of a matrix; what is not put together from others is drawn."""
        rows, cols = (self._size(size) for size in term.sort.shape)
        match term.op:
            case "+" | "-":
                a, b = self.matrix(term.args[0]), self.matrix(term.args[1])
                sign = 1 if term.op == "+" else -1
                return [
                    [(x + sign * y) % PRIME for x, y in zip(r, s, strict=True)]
                    for r, s in zip(a, b, strict=True)
                ]
            case "*":
                return _times(self.matrix(term.args[0]), self.matrix(term.args[1]))
            case "scale":
                factor, a = self.number(term.args[0]), self.matrix(term.args[1])
                return [[factor * x % PRIME for x in row] for row in a]
            case "T":
                return [list(column) for column in zip(*self.matrix(term.args[0]), strict=True)]
            case "I":
                return [[int(i == k) for k in range(cols)] for i in range(rows)]
            case "O":
                return [[0] * cols for _ in range(rows)]
            case "unit":
                _, i, k = term.args
                at = self._draw("index", i, rows, rows), self._draw("index", k, rows, rows)
                return [[int((r, c) == at) for c in range(cols)] for r in range(rows)]
            case "^" if (constant_of(term.args[1]) or 0) >= 0:
                a = self.matrix(term.args[0])
                value = [[int(i == k) for k in range(cols)] for i in range(rows)]
                for _ in range(self._integer(term.args[1])):
                    value = _times(value, a)
                return value
        if term not in self._letters:
            only = term.op == "diag"
            self._letters[term] = [
                [self._random.randrange(PRIME) if i == k or not only else 0 for k in range(cols)]
                for i in range(rows)
            ]
        return self._letters[term]


def _times(a: Matrix, b: Matrix) -> Matrix:
    columns = list(zip(*b, strict=True))
    return [[sum(x * y for x, y in zip(row, c, strict=True)) % PRIME for c in columns] for row in a]


def _exponents(term: Term) -> Iterable[Term]:
    """Yield the exponents of the matrix powers that are evaluated in a term."""
    if term.op == "^" and term.sort.kind == "matrix":
        if (constant_of(term.args[1]) or 0) >= 0:
            yield term.args[1]
            yield from _exponents(term.args[0])
    elif term.op in ("+", "-", "*", "scale", "T", "trace"):
        for arg in term.args:
            yield from _exponents(arg)
