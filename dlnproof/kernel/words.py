"""Identities of matrices, and of traces, decided as noncommutative polynomials.

The normal form of a matrix is a combination of words in letters and transposed letters, with
numbers as coefficients. A second engine evaluates everything at random matrices; where the two
disagree, an error is raised.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from dlnproof.kernel.indices import holds_plainly
from dlnproof.kernel.logic import sides
from dlnproof.kernel.numbers import field
from dlnproof.kernel.samples import PRIME, Sample
from dlnproof.kernel.terms import (
    Term,
    add,
    at_most,
    constant_of,
    equal,
    identity,
    integer,
    multiply,
    number,
    power,
    show,
    subtract,
    trace,
    transpose,
    unit,
    zero,
)
from dlnproof.kernel.theorem import Refused, Theorem, mint

Factor = tuple[Term, bool, Term]
"""A letter, or a base put together of letters; whether it is transposed; the exponent."""
Word = tuple[Factor, ...]
Scalar = dict[tuple[Term, ...], Fraction]
"""A polynomial in numbers that are letters."""
Polynomial = dict[Word, Scalar]
Part = tuple[Term | None, Theorem, Term | None]

_ONE = integer(1)
_UNIT: Scalar = {(): Fraction(1)}


def words(left: Term, right: Term, *combination: Part) -> Theorem:
    """Return left = right for matrices with left - right = sum of a (l - r) b.

    Each part is (a, theorem l = r, b), with None for an identity; an equation of numbers l = r
    gives (l - r) a b. Transposes are pushed to the letters, where diagonal matrices are symmetric
    and unit(i, k)^T = unit(k, i) for indices in range (hypotheses); M^a M^b = M^(a+b) for a, b >= 0
    (hypotheses), M^0 = I. A coefficient that is not 0 at sight has to be 0 by ``field``.
    """
    if left.sort != right.sort or left.sort.kind != "matrix":
        raise Refused(f"{left} and {right} are not matrices of one shape")
    goal = subtract(left, right)
    for a, theorem, b in combination:
        goal = subtract(goal, _between(a, theorem, b, left))
    reader = _Reader()
    rest = reader.polynomial(goal)
    _compare(goal, _matrix_of(rest, *left.sort.shape))
    zeros = [field(_number_of(c), number(0)) for c in rest.values()]
    parents = (*(theorem for _, theorem, _ in combination), *zeros)
    return mint("words", equal(left, right), parents, more=reader.conditions)


def traces(left: Term, right: Term, *combination: Part) -> Theorem:
    """Return left = right for numbers with left - right = sum of Tr(a (l - r) b).

    Traces are those of cyclic words, equal to their transposes; an equation of numbers l = r
    gives a (l - r) b, with numbers a and b.
    """
    left, right = number(left), number(right)
    goal = subtract(left, right)
    for a, theorem, b in combination:
        l, r = sides(theorem)
        part = _around(a, subtract(l, r), b)
        goal = subtract(goal, number(part) if part.sort.kind != "matrix" else trace(part))
    reader = _Reader()
    rest = _number_of(reader.scalar(goal))
    _compare(goal, rest)
    parents = [theorem for _, theorem, _ in combination]
    if rest != number(0):
        parents.append(field(rest, number(0)))
    return mint("traces", equal(left, right), parents, more=reader.conditions)


def slide(a: Term, b: Term, exponent: Term | int) -> Theorem:
    """Return (A B)^n A = A (B A)^n, for n >= 0."""
    n = integer(exponent)
    left = multiply(power(multiply(a, b), n), a)
    right = multiply(a, power(multiply(b, a), n))
    return mint("slide", equal(left, right), more=nonnegative(n))


def _around(a: Term | None, inside: Term, b: Term | None) -> Term:
    inside = inside if a is None else multiply(a, inside)
    return inside if b is None else multiply(inside, b)


def _between(a: Term | None, theorem: Theorem, b: Term | None, like: Term) -> Term:
    """Return a (l - r) b; for numbers l and r it is (l - r) a b."""
    l, r = sides(theorem)
    if l.sort.kind == "matrix":
        return _around(a, subtract(l, r), b)
    around = b if a is None else a if b is None else multiply(a, b)
    around = identity(like.sort.shape[0]) if around is None else around
    return multiply(number(subtract(l, r)), around)


def nonnegative(exponent: Term) -> list[Term]:
    """Return the condition 0 <= exponent, unless it is plain."""
    return needed(at_most(0, exponent))


def in_range(size: Term, *indices: Term) -> list[Term]:
    """Return the conditions 1 <= i <= size for indices i, without those that are plain."""
    return needed(*(c for i in indices for c in (at_most(1, i), at_most(i, size))))


def needed(*conditions: Term) -> list[Term]:
    """Return the conditions on integers that are not plain."""
    return [c for c in conditions if not holds_plainly(c)]


def _compare(goal: Term, rest: Term) -> None:
    """Raise unless the goal and its normal form agree at random matrices."""
    for seed in (1, 2):
        sample = Sample((goal, rest), seed)
        if goal.sort.kind == "matrix":
            same = sample.matrix(goal) == sample.matrix(rest)
        else:
            same = (sample.number(goal) - sample.number(rest)) % PRIME == 0
        if not same:
            raise AssertionError(f"two engines disagree about {goal}")


class _Reader:
    """The normal form of matrices, with the conditions under which it is right."""

    def __init__(self) -> None:
        self.conditions: set[Term] = set()

    def scalar(self, term: Term) -> Scalar:
        """Return a number as a polynomial in numbers; traces are those of cyclic words."""
        match term.op:
            case "number":
                return {(): term.data} if term.data else {}
            case "+" | "-":
                found = dict(self.scalar(term.args[0]))
                _join(found, self.scalar(term.args[1]), 1 if term.op == "+" else -1)
                return found
            case "*":
                return _scalar_product(self.scalar(term.args[0]), self.scalar(term.args[1]))
            case "trace":
                found = {}
                size = term.args[0].sort.shape[0]
                for word, c in self.polynomial(term.args[0]).items():
                    cyclic = trace(_word_term(self.cyclic(word), size))
                    _join(found, _scalar_product(c, {(cyclic,): Fraction(1)}))
                return found
        return {(term,): Fraction(1)}

    def polynomial(self, term: Term) -> Polynomial:
        """Return a matrix as a combination of words."""
        match term.op:
            case "+" | "-":
                found = dict(self.polynomial(term.args[0]))
                sign: Scalar = {(): Fraction(1 if term.op == "+" else -1)}
                _join_words(found, self.polynomial(term.args[1]), sign)
                return found
            case "scale":
                found = {}
                _join_words(found, self.polynomial(term.args[1]), self.scalar(term.args[0]))
                return found
            case "*":
                return self.product(*(self.polynomial(arg) for arg in term.args))
            case "T":
                found = {}
                for word, c in self.polynomial(term.args[0]).items():
                    _join_words(found, {self.transposed(word): c}, _UNIT)
                return found
            case "I":
                return {(): _UNIT}
            case "O":
                return {}
            case "^":
                return self.power(term)
        return {((term, False, _ONE),): _UNIT}

    def product(self, left: Polynomial, right: Polynomial) -> Polynomial:
        found: Polynomial = {}
        for w, c in left.items():
            for v, e in right.items():
                _join_words(found, {self.merged((*w, *v)): _scalar_product(c, e)}, _UNIT)
        return found

    def power(self, term: Term) -> Polynomial:
        base, exponent = term.args
        known = constant_of(exponent)
        if known is not None and known < 0:
            return {((term, False, _ONE),): _UNIT}
        read = self.polynomial(base)
        if known is not None and known <= 12:
            found: Polynomial = {(): _UNIT}
            for _ in range(known):
                found = self.product(found, read)
            return found
        [(word, c), *others] = read.items() or [((), {})]
        if not others and c == _UNIT and len(word) <= 1:
            if not word:
                self.conditions.update(nonnegative(exponent))
                return read
            letter, turned, own = word[0]
            if own != _ONE:
                self.conditions.update((*nonnegative(own), *nonnegative(exponent)))
            return {((letter, turned, own * exponent),): _UNIT}
        return {((_matrix_of(read, *base.sort.shape), False, exponent),): _UNIT}

    def transposed(self, word: Word) -> Word:
        """Return the transposed word: (X^e)^T = (X^T)^e for e >= 0."""
        found: list[Factor] = []
        for letter, turned, exponent in reversed(word):
            self.conditions.update(nonnegative(exponent))
            if letter.op == "unit":
                size, i, k = letter.args
                self.conditions.update(in_range(size, i, k))
                found.append((unit(size, k, i), False, exponent))
            elif letter.op == "diag":
                found.append((letter, False, exponent))
            elif letter.op in ("+", "-", "*", "scale"):
                cols, rows = letter.sort.shape
                turn = _matrix_of(self.polynomial(transpose(letter)), rows, cols)
                found.append((turn, False, exponent))
            else:
                found.append((letter, not turned, exponent))
        return self.merged(found)

    def merged(self, word: Iterable[Factor]) -> Word:
        """Return a word in which neighbours with one base are a power."""
        found: list[Factor] = []
        for letter, turned, own in word:
            exponent = own
            if found and found[-1][:2] == (letter, turned):
                exponent = found.pop()[2] + own
                self.conditions.update((*nonnegative(exponent - own), *nonnegative(own)))
            if exponent != integer(0):
                found.append((letter, turned, exponent))
        return self.absorbed(found)

    def absorbed(self, word: list[Factor]) -> Word:
        """Return a word in which (A B)^e A B, or A B (A B)^e, is (A B)^(e+1)."""
        for k, (base, turned, exponent) in enumerate(word):
            if base.op != "*":
                continue
            [inner] = self.polynomial(base)
            size = len(inner)
            for start in (k + 1, k - size):
                if start >= 0 and tuple(word[start : start + size]) == inner:
                    self.conditions.update(nonnegative(exponent))
                    block = (base, turned, exponent + 1)
                    rest = [*word[: min(k, start)], block, *word[max(k + 1, start + size) :]]
                    return self.merged(rest)
        return tuple(word)

    def cyclic(self, word: Word) -> Word:
        """Return one word for all its rotations, and the rotations of its transpose."""
        turned = self.transposed(word)
        found = [
            self.merged((*w[k:], *w[:k])) for w in (word, turned) for k in range(max(1, len(w)))
        ]
        return min(found, key=lambda w: (len(w), [(show(x), t, show(e)) for x, t, e in w]))


def _join(found: Scalar, more: Scalar, sign: int = 1) -> None:
    for letters, c in more.items():
        found[letters] = found.get(letters, Fraction(0)) + sign * c
        if not found[letters]:
            del found[letters]


def _join_words(found: Polynomial, more: Polynomial, factor: Scalar) -> None:
    for word, c in more.items():
        own = dict(found.get(word, {}))
        _join(own, _scalar_product(factor, c))
        found[word] = own
        if not own:
            del found[word]


def _scalar_product(left: Scalar, right: Scalar) -> Scalar:
    found: Scalar = {}
    for a, c in left.items():
        for b, e in right.items():
            _join(found, {tuple(sorted((*a, *b), key=show)): c * e})
    return found


def _number_of(value: Scalar) -> Term:
    """Return a polynomial in numbers as a term."""
    total: Term | None = None
    for letters, c in sorted(value.items(), key=lambda item: [show(x) for x in item[0]]):
        term = number(c)
        for letter in letters:
            term = letter if term == number(1) else multiply(term, letter)
        total = term if total is None else add(total, term)
    return number(0) if total is None else total


def _word_term(word: Word, size: Term) -> Term:
    """Return a word as a matrix; the empty one is the identity of the size."""
    found: Term | None = None
    for letter, turned, exponent in word:
        factor = transpose(letter) if turned else letter
        factor = factor if exponent == _ONE else power(factor, exponent)
        found = factor if found is None else multiply(found, factor)
    return identity(size) if found is None else found


def _matrix_of(value: Polynomial, rows: Term, cols: Term) -> Term:
    """Return a combination of words as a matrix of a shape."""
    total: Term | None = None
    terms = [(_word_term(w, rows), c) for w, c in value.items()]
    for word, c in sorted(terms, key=lambda item: show(item[0])):
        term = word if c == _UNIT else multiply(_number_of(c), word)
        total = term if total is None else add(total, term)
    return zero(rows, cols) if total is None else total
