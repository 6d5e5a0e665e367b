"""Random terms and sentences of every kind, to attack rules with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random

from dlnproof.kernel.terms import (
    INT,
    REAL,
    SortError,
    Symbol,
    Term,
    at_most,
    choose,
    determinant,
    diagonal,
    different,
    divide,
    each,
    entry,
    equal,
    every,
    fresh,
    identity,
    integer,
    less,
    log,
    matrix_sort,
    multiply,
    number,
    positive,
    power,
    product,
    psd,
    total,
    trace,
    transpose,
    unit,
    variable,
    zero,
)

N, D, M, I, L, K = (variable(name) for name in "NdmilK")
X, Y, Z = (variable(name, REAL) for name in "xyz")
SIGMA = Symbol("sigma", REAL, (INT,))
TAU = Symbol("tau", REAL, (INT, INT))
CURVE = Symbol("f", REAL, (REAL,))
W = Symbol("W", matrix_sort(D.term), (INT,))
LETTERS = (N, D, M, I, L, K)


def matrix_letter(name: str, rows: Term, cols: Term) -> Term:
    """Return a matrix symbol of a shape, with a name for each shape."""
    return variable(f"{name}_{rows}_{cols}", matrix_sort(rows, cols)).term


class Terms:
    """A source of random terms."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def integer(self, depth: int = 1, scope: Sequence[Symbol] = ()) -> Term:
        """Return an integer; indices in scope are likely."""
        kind = self.rng.randrange(6)
        if depth <= 0 or kind < 3:
            if scope and self.rng.random() < 0.6:
                return self.rng.choice(scope).term
            if self.rng.random() < 0.3:
                return integer(self.rng.randint(-1, 3))
            return self.rng.choice(LETTERS).term
        a, b = self.integer(depth - 1, scope), self.integer(depth - 1, scope)
        if kind == 5:
            return a * b
        return a + b if kind == 4 else a + self.rng.choice((-2, -1, 1, 1, 2))

    def number(self, depth: int = 2, scope: Sequence[Symbol] = ()) -> Term:
        """Return a number."""
        rng = self.rng
        if depth <= 0:
            leaves = (
                lambda: rng.choice((X, Y, Z)).term,
                lambda: SIGMA(self.integer(1, scope)),
                lambda: TAU(self.integer(0, scope), self.integer(0, scope)),
                lambda: number(self.integer(1, scope)),
                lambda: number(Fraction(rng.randint(-3, 3), rng.randint(1, 2))),
            )
            return rng.choice(leaves)()
        again: Callable[[], Term] = lambda: self.number(depth - 1, scope)  # noqa: E731
        kinds = (
            again,
            lambda: again() + again(),
            lambda: again() - again(),
            lambda: again() * again(),
            lambda: divide(again(), again()),
            lambda: power(again(), rng.randint(-2, 3)),
            lambda: power(again(), self.integer(1, scope)),
            lambda: power(again(), Fraction(rng.choice((1, 3, -1)), rng.choice((2, 3)))),
            lambda: power(again(), divide(number(1), number(self.integer(0, scope)))),
            lambda: log(again()),
            lambda: CURVE(again()),
            lambda: trace(self.square(depth - 1, scope)),
            lambda: determinant(self.square(depth - 1, scope)),
            lambda: entry(self.square(depth - 1, scope), self.index(scope), self.index(scope)),
            lambda: self.range(depth, scope, total),
            lambda: self.range(depth, scope, product),
            lambda: choose(self.sentence(0, scope), again(), again()),
        )
        return rng.choice(kinds)()

    def index(self, scope: Sequence[Symbol] = ()) -> Term:
        """Return an integer that is mostly a letter alone."""
        return self.rng.choice((*scope, I, L)).term if self.rng.random() < 0.8 else self.integer(1)

    def ends(self, scope: Sequence[Symbol] = ()) -> tuple[Term, Term]:
        """Return the ends of a range."""
        low = self.rng.choice((integer(1), integer(0), I.term, self.integer(1, scope)))
        high = self.rng.choice((D.term, N.term, N.term - 1, self.integer(1, scope)))
        return low, high

    def range(self, depth: int, scope: Sequence[Symbol], bind: object) -> Term:
        """Return a sum or product of numbers."""
        v = fresh(INT)
        body = self.number(depth - 1, (*scope, v))
        return bind(v, *self.ends(scope), body)  # type: ignore[operator, no-any-return]

    def matrix(self, rows: Term, cols: Term, depth: int = 2, scope: Sequence[Symbol] = ()) -> Term:
        """Return a matrix of a shape."""
        rng = self.rng
        again: Callable[[], Term] = lambda: self.matrix(rows, cols, depth - 1, scope)  # noqa: E731
        square = rows == cols
        if depth <= 0:
            if square and rng.random() < 0.4:
                own = (
                    lambda: identity(rows),
                    lambda: unit(rows, self.index(scope), self.index(scope)),
                    lambda: self.diagonal(rows, 0, scope),
                    lambda: W(self.index(scope)) if rows == D.term else identity(rows),
                )
                return rng.choice(own)()
            if rng.random() < 0.1:
                return zero(rows, cols)
            return matrix_letter(rng.choice("ABC"), rows, cols)
        kinds: list[Callable[[], Term]] = [
            again,
            lambda: again() + again(),
            lambda: again() - again(),
            lambda: self.times(rows, cols, depth, scope),
            lambda: self.times(rows, cols, depth, scope),
            lambda: multiply(self.number(depth - 1, scope), again()),
            lambda: transpose(self.matrix(cols, rows, depth - 1, scope)),
            lambda: self.sum_of(rows, cols, depth, scope),
        ]
        if square:
            kinds += [
                lambda: power(again(), rng.randint(0, 2)),
                lambda: power(again(), self.index(scope)),
                lambda: self.diagonal(rows, depth - 1, scope),
                lambda: self.product_of(rows, depth, scope),
            ]
        return rng.choice(kinds)()

    def times(self, rows: Term, cols: Term, depth: int, scope: Sequence[Symbol]) -> Term:
        """Return a product of two matrices."""
        between = self.rng.choice((rows, cols, M.term))
        return self.matrix(rows, between, depth - 1, scope) * self.matrix(
            between, cols, depth - 1, scope
        )

    def diagonal(self, size: Term, depth: int, scope: Sequence[Symbol]) -> Term:
        """Return a diagonal matrix."""
        v = fresh(INT)
        return diagonal(v, size, self.number(depth, (*scope, v)))

    def sum_of(self, rows: Term, cols: Term, depth: int, scope: Sequence[Symbol]) -> Term:
        """Return a sum of matrices over a range."""
        v = fresh(INT)
        return total(v, *self.ends(scope), self.matrix(rows, cols, depth - 1, (*scope, v)))

    def product_of(self, size: Term, depth: int, scope: Sequence[Symbol]) -> Term:
        """Return an ordered product of matrices over a range."""
        v = fresh(INT)
        return product(v, *self.ends(scope), self.matrix(size, size, depth - 1, (*scope, v)))

    def square(self, depth: int = 2, scope: Sequence[Symbol] = ()) -> Term:
        """Return a d x d matrix."""
        return self.matrix(D.term, D.term, depth, scope)

    def sentence(self, depth: int = 1, scope: Sequence[Symbol] = ()) -> Term:
        """Return a sentence."""
        rng = self.rng
        while True:
            try:
                return rng.choice(
                    (
                        lambda: at_most(self.integer(1, scope), self.integer(1, scope)),
                        lambda: equal(self.integer(1, scope), self.integer(1, scope)),
                        lambda: different(self.integer(1, scope), self.integer(1, scope)),
                        lambda: at_most(self.number(depth, scope), self.number(depth, scope)),
                        lambda: equal(self.number(depth, scope), self.number(depth, scope)),
                        lambda: different(self.number(depth, scope), 0),
                        lambda: less(self.number(depth, scope), self.number(depth, scope)),
                        lambda: positive(self.number(depth, scope)),
                        lambda: equal(self.square(depth, scope), self.square(depth, scope)),
                        lambda: psd(self.square(depth, scope)),
                        lambda: self.about_all(depth, scope),
                    )
                )()
            except SortError:
                continue

    def about_all(self, depth: int, scope: Sequence[Symbol]) -> Term:
        """Return a sentence about all integers of a range, or about all numbers."""
        if self.rng.random() < 0.7:
            v = fresh(INT)
            return each(v, *self.ends(scope), self.sentence(depth - 1, (*scope, v)))
        v = fresh(REAL)
        body = self.number(depth, scope) + v.term * self.number(0, scope)
        return every(v, [positive(v.term)], at_most(v.term, body * body + 1))
