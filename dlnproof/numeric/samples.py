"""Points at which given sentences hold, found by setting letters and by trying.

An equation with a letter alone on one side gives that letter its value; X^T X = I is solved by an
orthogonal X, psd(X) by a square; in an inequality a letter is drawn again. What cannot be met so is
given up: then there is no point, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from flint import fmpq

from dlnproof.kernel.terms import INT, REAL, Term
from dlnproof.numeric import values as v
from dlnproof.numeric.interpretation import POSITIVE, Point, orthogonal
from dlnproof.numeric.sentences import At, Cases, Env, Known, remembered
from dlnproof.numeric.values import Unknown, Value

MOST_CHANGES = 30


def satisfying(sentences: Sequence[Term], point: Point, known: Known | None = None) -> Point | None:
    """Return a point like the one given at which all sentences hold, as far as can be seen."""
    rng = point.random("satisfying", *map(repr, sentences))
    ordered = sorted(sentences, key=lambda s: s.height)
    for _ in range(MOST_CHANGES):
        wrong = []
        for sentence in ordered:
            if not remembered(sentence, point, known).guess:
                if all(x.name in point.fixed for x in sentence.free):
                    return None
                wrong.append(sentence)
        if not wrong:
            return point
        changed = _changed(rng.choice(wrong), point, {}, rng)
        if changed is None:
            return None
        point = changed
    return None


def _changed(sentence: Term, point: Point, env: Env, rng: Random) -> Point | None:
    """Return a point at which a sentence is more likely to hold."""
    try:
        if sentence.op == "every":
            return _changed_in_all(sentence, point, env, rng)
        if sentence.op in ("=", "psd", "derivative", "gradient", "limit0"):
            return _solved(sentence, point, env, rng) or _redrawn(sentence, point, env, rng)
        return _redrawn(sentence, point, env, rng)
    except Unknown:
        return None


def _changed_in_all(sentence: Term, point: Point, env: Env, rng: Random) -> Point | None:
    """Return a point at which what is said of all is more likely to hold, in each case."""
    *conditions, claim = sentence.args
    changed: Point | None = None
    for inside in Cases(At(point), sentence.variables, conditions).of(env):
        at = At(changed or point)
        met = all(at.truth(c, inside).guess for c in conditions)
        if met and not at.truth(claim, inside).guess:
            found = _changed(claim, changed or point, inside, rng)
            if found is None or any(isinstance(x, int) for x in found.entries.values()):
                return found  # with other integers there are other cases
            changed = found
    return changed


def _solved(sentence: Term, point: Point, env: Env, rng: Random) -> Point | None:
    """Return a point at which an equation, or psd(X), holds: by the value of one letter."""
    at = At(point)
    if sentence.op == "psd":
        [x] = sentence.args
        if not _is_letter(x, point, env):
            return None
        size = at.size(x, env)
        root = _entries(size, point, rng)
        return _set(x, root * root.transpose(), point, env)
    if sentence.op in ("derivative", "gradient", "limit0"):
        x = sentence.args[1 if sentence.op != "limit0" else 0]
        found = at.observed(sentence, env)
        solvable = _is_letter(x, point, env) and x.data not in sentence.args[-1].free
        return _set(x, found, point, env) if solvable and found is not None else None
    for x, other in (sentence.args, sentence.args[::-1]):
        if _is_letter(x, point, env) and x.data not in other.free:
            found = at.value(other, env)
            return _set(x, found, point, env)
        if other.op == "I" and x.op == "*" and x.args[0].op != x.args[1].op:
            turned = [part for part in x.args if _is_letter(part, point, env)]
            if turned and x.sort == turned[0].sort:
                return _set(turned[0], orthogonal(rng, at.size(x, env)[0]), point, env)
    return None


def _redrawn(sentence: Term, point: Point, env: Env, rng: Random) -> Point | None:
    """Return a point with another value of one letter of a sentence."""
    letters = [x for x in _inside(sentence) if _is_letter(x, point, env)]
    if not letters:
        return None
    x = rng.choice(letters)
    if x.sort == INT:
        return _set(x, rng.choice(list(point.integers)), point, env)
    if x.sort == REAL:
        numbers = list(rng.choice((point.numbers, POSITIVE)))
        return _set(x, rng.choice(numbers), point, env)
    if x.sort.rows is None:
        return _set(x, rng.random() < 0.5, point, env)
    return _set(x, _entries(At(point).size(x, env), point, rng), point, env)


def _inside(term: Term) -> Iterator[Term]:
    """Yield the letters in a term that stand in no scope."""
    if term.op == "symbol":
        yield term
    for arg in term.args[: term.data] if term.variables else term.args:
        yield from _inside(arg)


def _is_letter(x: Term, point: Point, env: Env) -> bool:
    """Return whether a term is a free symbol that may change, with integers as its arguments."""
    if x.op != "symbol" or x.data in env or x.data.name in point.fixed:
        return False
    return all(s == INT for s in x.data.domain)


def _set(x: Term, value: Value, point: Point, env: Env) -> Point:
    args = [At(point).value(arg, env) for arg in x.args]
    return point.with_entry(x.data.name, args, value)


def _entries(size: tuple[int, int], point: Point, rng: Random) -> Value:
    rows, cols = size
    return v.matrix(rows, cols, [rng.choice(list(point.numbers)) for _ in range(rows * cols)])


def points(seed: int, count: int, **values: int) -> Iterator[Point]:
    """Yield points with small integers, and numbers that are general, positive, or few."""
    rng = Random(seed)
    for k in range(count):
        numbers = rng.choice((None, POSITIVE, (fmpq(0), fmpq(1), fmpq(2), fmpq(-1))))
        point = Point(values, seed=seed * 1000 + k, fixed=frozenset(values))
        yield point if numbers is None else replace(point, numbers=numbers)
