"""Linear arithmetic of indices: what follows from equations and inequalities of integers.

A goal follows if its negation contradicts the hypotheses. They become lines
``c1 m1 + c2 m2 + ... + c >= 0`` with integers c in monomials m, which count as letters; a new line
is a sum of positive multiples of two lines, and a line is divided by what divides c1, c2, ..., its
constant rounded down: all terms here are integers. A line that says ``c >= 0`` for a negative c is
a contradiction. Which sums are made is the elimination of Fourier and Motzkin; it may give up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import gcd
from typing import Final

from dlnproof.kernel.terms import FALSE, INT, Monomial, Term, constant_of, monomials, show
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


@dataclass(frozen=True, slots=True)
class _Line:
    """A sum of multiples of monomials, and a constant: it is >= 0 by the hypotheses ``used``."""

    coefficients: tuple[tuple[Monomial, int], ...]
    constant: int
    used: frozenset[int]

    def of(self, letter: Monomial) -> int:
        return dict(self.coefficients).get(letter, 0)


def _line(coefficients: dict[Monomial, int], constant: int, used: frozenset[int]) -> _Line:
    """Return a line divided by what divides its coefficients, the constant rounded down."""
    left = {m: c for m, c in coefficients.items() if c}
    by = gcd(*left.values()) or 1
    ordered = sorted(left.items(), key=lambda item: [(show(a), e) for a, e in item[0]])
    return _Line(tuple((m, c // by) for m, c in ordered), constant // by, used)


def _at_least(value: Term, used: frozenset[int]) -> _Line:
    """Return the line value >= 0."""
    found = dict(monomials(value))
    return _line(found, found.pop((), 0), used)


def _added(one: _Line, times: int, other: _Line, other_times: int) -> _Line:
    """Return the sum of positive multiples of two lines."""
    if times <= 0 or other_times <= 0:
        raise Refused("an inequality is multiplied by positive integers")
    found = {m: times * c for m, c in one.coefficients}
    for m, c in other.coefficients:
        found[m] = found.get(m, 0) + other_times * c
    constant = times * one.constant + other_times * other.constant
    return _line(found, constant, one.used | other.used)


def _contradiction(given: Sequence[tuple[Term, frozenset[int]]]) -> frozenset[int] | None:
    """Return the hypotheses that contradict one another, or None if this is not seen."""
    lines: list[_Line] = []
    differ: list[tuple[Term, frozenset[int]]] = []
    for sentence, used in given:
        op, a, b = _compared(sentence)
        if op == "!=":
            differ.append((b - a, used))
        else:
            lines.append(_at_least(b - a, used))
        if op == "=":
            lines.append(_at_least(a - b, used))
    return _closed(lines, differ, _MOST_SPLITS)


def _closed(
    lines: list[_Line], differ: list[tuple[Term, frozenset[int]]], splits: int
) -> frozenset[int] | None:
    """Return what contradicts: without, then with what differs, which is less or greater."""
    found = _eliminated(lines)
    if found is not None or not splits:
        return found
    for k, (value, used) in enumerate(differ):
        rest = differ[k + 1 :]
        below = _closed([*lines, _at_least(-value - 1, used)], rest, splits - 1)
        if below is None:
            continue
        above = _closed([*lines, _at_least(value - 1, used)], rest, splits - 1)
        if above is not None:
            return below | above
    return None


def _eliminated(lines: Iterable[_Line]) -> frozenset[int] | None:
    """Return what the contradiction rests on that the elimination of all letters ends in."""
    left = _strongest(lines)
    while True:
        for line in left:
            if not line.coefficients and line.constant < 0:
                return line.used
        letters = {m for line in left for m, _ in line.coefficients}
        if not letters or len(left) > _MOST_LINES:
            return None
        letter = min(letters, key=lambda m: (_cost(left, m), [(show(a), e) for a, e in m]))
        above = [line for line in left if line.of(letter) > 0]
        below = [line for line in left if line.of(letter) < 0]
        made = [_added(a, -b.of(letter), b, a.of(letter)) for a in above for b in below]
        left = _strongest([*(line for line in left if not line.of(letter)), *made])


def _cost(lines: Sequence[_Line], letter: Monomial) -> int:
    above = sum(line.of(letter) > 0 for line in lines)
    below = sum(line.of(letter) < 0 for line in lines)
    return above * below - above - below


def _strongest(lines: Iterable[_Line]) -> list[_Line]:
    """Return for each sum the line with the least constant, and none that says 1 >= 0."""
    best: dict[tuple[tuple[Monomial, int], ...], _Line] = {}
    for line in lines:
        if not line.coefficients and line.constant >= 0:
            continue
        known = best.get(line.coefficients)
        if known is None or line.constant < known.constant:
            best[line.coefficients] = line
    return list(best.values())
