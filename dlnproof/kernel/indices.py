"""Linear arithmetic of indices: what follows from equations and inequalities of integers.

A goal follows if its negation contradicts the hypotheses. They become lines
``c1 m1 + c2 m2 + ... + c >= 0`` with integers c in monomials m, which count as letters; a new line
is a sum of positive multiples of two lines, and a line is divided by what divides c1, c2, ..., its
constant rounded down: all terms here are integers. A line that says ``c >= 0`` for a negative c is
a contradiction. Which sums are made is the elimination of Fourier and Motzkin; it may give up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import gcd
from typing import Final, NamedTuple

from dlnproof.kernel.terms import FALSE, INT, Term, constant_of, monomials, show
from dlnproof.kernel.theorem import Refused, Theorem, mint

_MOST_LINES: Final = 3000
_MOST_SPLITS: Final = 6


def indices(goal: Term, *hypotheses: Term) -> Theorem:
    """Return the goal from those of the hypotheses that it needs; only those of integers are used.

    The goal is an equation, an inequality, a ``!=``, or what is false.
    """
    given = [(h, frozenset((k,))) for k, h in enumerate(hypotheses) if _of_integers(h)]
    wrong = [] if goal == FALSE else [(_negated(goal), frozenset[int]())]
    used = _contradiction([*given, *wrong])
    if used is None:
        raise Refused(f"{goal} does not follow from {list(hypotheses)} by linear arithmetic")
    return mint("indices", goal, more=[hypotheses[k] for k in sorted(used)])


def holds_plainly(goal: Term) -> bool:
    """Return whether a sentence about integers holds whatever its letters are, as n <= n + 1."""
    op, a, b = _compared(goal)
    difference = constant_of(b - a)
    if difference is None:
        return False
    return {"=": difference == 0, "!=": difference != 0, "<=": difference >= 0}[op]


def _of_integers(sentence: Term) -> bool:
    return sentence.op in ("=", "!=", "<=") and sentence.args[0].sort == INT


def _compared(sentence: Term) -> tuple[str, Term, Term]:
    """Return a sentence about two integers: its relation, and both."""
    if not _of_integers(sentence):
        raise Refused(f"{sentence} is no equation or inequality of integers")
    return sentence.op, sentence.args[0], sentence.args[1]


def _negated(sentence: Term) -> Term:
    op, a, b = _compared(sentence)
    if op == "<=":
        return Term("<=", (b + 1, a), sentence.sort)
    return Term("!=" if op == "=" else "=", (a, b), sentence.sort)


class _Line(NamedTuple):
    """A sum of multiples of monomials, and a constant: it is >= 0 by the hypotheses ``used``."""

    coefficients: tuple[int, ...]
    constant: int
    used: frozenset[int]


class _Reader:
    """Reads integers as lines, with a coefficient for each of the monomials that occur."""

    def __init__(self, values: Iterable[Term]) -> None:
        found = {m for value in values for m in monomials(value)} - {()}
        self.letters = sorted(found, key=lambda m: [(show(a), e) for a, e in m])

    def at_least(self, value: Term, least: int, used: frozenset[int]) -> _Line:
        """Return the line value >= least."""
        found = monomials(value)
        coefficients = tuple(found.get(m, 0) for m in self.letters)
        return _line(coefficients, found.get((), 0) - least, used)

    def at_most(self, value: Term, most: int, used: frozenset[int]) -> _Line:
        """Return the line value <= most."""
        found = monomials(value)
        coefficients = tuple(-found.get(m, 0) for m in self.letters)
        return _line(coefficients, most - found.get((), 0), used)


def _line(coefficients: tuple[int, ...], constant: int, used: frozenset[int]) -> _Line:
    """Return a line divided by what divides its coefficients, the constant rounded down."""
    by = gcd(*coefficients)
    if by > 1:
        coefficients, constant = tuple(c // by for c in coefficients), constant // by
    return _Line(coefficients, constant, used)


def _added(one: _Line, times: int, other: _Line, other_times: int) -> _Line:
    """Return the sum of positive multiples of two lines."""
    if times <= 0 or other_times <= 0:
        raise Refused("an inequality is multiplied by positive integers")
    both = zip(one.coefficients, other.coefficients, strict=True)
    constant = times * one.constant + other_times * other.constant
    coefficients = tuple([times * c + other_times * e for c, e in both])
    return _line(coefficients, constant, one.used | other.used)


_Differs = tuple[Term, frozenset[int]]
"""An integer that is not zero, by hypotheses."""


def _contradiction(given: Sequence[tuple[Term, frozenset[int]]]) -> frozenset[int] | None:
    """Return the hypotheses that contradict one another, or None if this is not seen."""
    read = [(op, b - a, used) for s, used in given for op, a, b in (_compared(s),)]
    reader = _Reader(value for _, value, _ in read)
    lines = [reader.at_least(value, 0, used) for op, value, used in read if op != "!="]
    lines += [reader.at_most(value, 0, used) for op, value, used in read if op == "="]
    differ = [(value, used) for op, value, used in read if op == "!="]
    return _closed(reader, lines, differ, _MOST_SPLITS)


def _closed(
    reader: _Reader, lines: list[_Line], differ: list[_Differs], splits: int
) -> frozenset[int] | None:
    """Return what contradicts: without, then with what differs, which is less or greater."""
    found = _eliminated(lines)
    if found is not None or not splits:
        return found
    for k, (value, used) in enumerate(differ):
        rest = differ[k + 1 :]
        below = _closed(reader, [*lines, reader.at_most(value, -1, used)], rest, splits - 1)
        if below is None:
            continue
        above = _closed(reader, [*lines, reader.at_least(value, 1, used)], rest, splits - 1)
        if above is not None:
            return below | above
    return None


def _eliminated(lines: Iterable[_Line]) -> frozenset[int] | None:
    """Return what the contradiction rests on that the elimination of all letters ends in."""
    left = _strongest(lines)
    while True:
        for line in left:
            if line.constant < 0 and not any(line.coefficients):
                return line.used
        costs = [
            _cost(column) for column in zip(*(line.coefficients for line in left), strict=True)
        ]
        found = [(cost, k) for k, cost in enumerate(costs) if cost is not None]
        if not found or len(left) > _MOST_LINES:
            return None
        _, k = min(found)
        above = [line for line in left if line.coefficients[k] > 0]
        below = [line for line in left if line.coefficients[k] < 0]
        made = [_added(a, -b.coefficients[k], b, a.coefficients[k]) for a in above for b in below]
        left = _strongest([*(line for line in left if not line.coefficients[k]), *made])


def _cost(column: Sequence[int]) -> int | None:
    """Return how many more lines there are without a letter, or None if it is in none."""
    above, below = sum(c > 0 for c in column), sum(c < 0 for c in column)
    return above * below - above - below if above or below else None


def _strongest(lines: Iterable[_Line]) -> list[_Line]:
    """Return for each sum the line with the least constant, and none that says 1 >= 0."""
    best: dict[tuple[int, ...], _Line] = {}
    for line in lines:
        if line.constant >= 0 and not any(line.coefficients):
            continue
        known = best.get(line.coefficients)
        if known is None or line.constant < known.constant:
            best[line.coefficients] = line
    return list(best.values())
