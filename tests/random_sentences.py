"""Random sentences in the letters of statements, of every kind that is printed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from random import Random

from dlnproof.definitions import geometry as g
from dlnproof.definitions.letters import (
    SIGMA,
    SQUARE,
    G,
    N,
    U,
    V,
    W,
    d,
    differential,
    factor,
    factor_at,
    loss,
    sigma,
    velocity_at,
    whole,
)
from dlnproof.kernel import terms as k
from dlnproof.kernel.terms import INT, REAL, Sort, Symbol, Term, fresh, integer, number

Made = Callable[[], Term]


class Sentences:
    """A source of random terms and sentences; ``scope`` are the variables bound around them."""

    def __init__(self, rng: Random, scope: tuple[Symbol, ...] = ()) -> None:
        self.rng, self.scope = rng, scope

    def bound(self, *sorts: Sort) -> tuple[tuple[Symbol, ...], Sentences]:
        """Return new variables, and the source of what stands in their scope."""
        new = tuple(fresh(sort) for sort in sorts)
        return new, Sentences(self.rng, (*self.scope, *new))

    def letters(self, sort: Sort) -> list[Made]:
        """The variables of a sort that are bound around."""
        return [lambda v=v: v.term for v in self.scope if v.sort == sort]  # type: ignore[misc]

    def _below(self, depth: int) -> tuple[Made, Made]:
        return partial(self.number, depth - 1), partial(self.matrix, depth - 1)

    def index(self, depth: int = 1) -> Term:
        """Return an integer."""
        small = integer(self.rng.randint(0, 3))

        def again() -> Term:
            return self.index(depth - 1)

        made: list[Made] = [lambda: N, lambda: d, lambda: small, *self.letters(INT)]
        if depth > 0:
            made += [lambda: again() + again(), lambda: again() - again(), lambda: again() * N]
        return self.rng.choice(made)()

    def number(self, depth: int = 2) -> Term:
        """Return a number."""
        rng, z = self.rng, self.index
        made: list[Made] = [
            lambda: number(z()),
            lambda: number(Fraction(rng.randint(-3, 3), rng.randint(1, 3))),
            lambda: sigma(z()),
            lambda: k.PI,
            *self.letters(REAL),
        ]
        if depth <= 0:
            return rng.choice(made)()
        n, m = self._below(depth)
        made += [
            *[lambda: n() + n(), lambda: n() - n(), lambda: n() * n(), lambda: n() * n()],
            *[lambda: n() / n(), lambda: n() ** z(), lambda: n() ** n(), lambda: -n()],
            *[lambda: k.root(n()), lambda: k.root(n() ** 2), lambda: k.log(n())],
            *[lambda: k.cosine(n()), lambda: k.gamma(n()), lambda: loss(m())],
            *[lambda: k.trace(m()), lambda: k.determinant(m()), lambda: k.entry(m(), z(), z())],
            *[lambda: g.coefficient(m(), z(), z()), lambda: g.METRIC(z(), m(), m(), m())],
            *[lambda: g.METRIC_DETERMINANT(z(), m()), lambda: k.orthogonal_volume(z())],
            *[lambda: k.sphere_volume(z()), lambda: self.over(k.total, depth)],
            lambda: self.over_pairs(self.rng.choice((k.total, k.product)), depth),
            *[lambda: self.over(k.product, depth), lambda: self.bound_number(depth)],
            lambda: k.choose(self.relation(depth - 1), n(), n()),
        ]
        return rng.choice(made)()

    def over(self, bind: Callable[[Symbol, Term, Term, Term], Term], depth: int) -> Term:
        """Return a sum or product over a range."""
        (v,), inside = self.bound(INT)
        return bind(v, self.index(), self.index(), inside.number(depth - 1))

    def over_pairs(self, bind: Callable[[Symbol, Term, Term, Term], Term], depth: int) -> Term:
        """Return a sum or product over two indices, the second perhaps after the first."""
        (v, w), inside = self.bound(INT, INT)
        low, high = self.index(0), self.index(0)
        start = self.rng.choice((low, v.term + 1, v.term))
        return bind(v, low, high, bind(w, start, high, inside.number(depth - 1)))

    def bound_number(self, depth: int) -> Term:
        """Return an integral, a determinant of a map, or a volume."""
        (s,), in_number = self.bound(REAL)
        (x, a, b), in_maps = self.bound(SQUARE, SQUARE, SQUARE)
        (z,), in_map = self.bound(SQUARE)
        (j,), in_range = self.bound(INT)
        pairs, in_pairs = self.bound(*[INT] * 6)
        made: list[Made] = [
            lambda: k.integral(s, self.number(0), self.number(0), in_number.number(depth - 1)),
            lambda: k.map_determinant(z, in_map.matrix(depth - 1)),
            lambda: k.frame_determinant(x, a, b, in_maps.matrix(depth - 1)),
            lambda: k.orbit_volume(j, self.index(), in_range.matrix(depth - 1)),
            lambda: k.pair_determinant(pairs, self.index(), d, in_pairs.number(depth - 1)),
        ]
        return self.rng.choice(made)()

    def matrix(self, depth: int = 2) -> Term:
        """Return a d x d matrix."""
        z = self.index
        made: list[Made] = [
            *[lambda: U, lambda: V, lambda: W, lambda: SIGMA, lambda: G, lambda: factor(z())],
            *[lambda: k.identity(d), lambda: k.zero(d), lambda: k.unit(d, z(), z())],
            lambda: g.pair(z(), z()),
            *self.letters(SQUARE),
        ]
        if depth <= 0:
            return self.rng.choice(made)()
        n, m = self._below(depth)
        made += [
            *[lambda: m() + m(), lambda: m() - m(), lambda: m() * m(), lambda: m() * m()],
            *[lambda: n() * m(), lambda: n() * m(), lambda: -m(), lambda: k.transpose(m())],
            *[lambda: m() ** z(), lambda: k.psd_root(m(), z()), lambda: k.psd_power(m(), n())],
            *[lambda: k.psd_root(m(), z()) ** z(), lambda: whole(factor, z(), z())],
            *[lambda: whole(factor_at, z(), z(), n()), lambda: factor_at(z(), n())],
            *[lambda: velocity_at(z(), n()), lambda: differential(m(), m(), m())],
            *[lambda: g.OPERATOR(z(), m(), m()), lambda: g.INFINITE_OPERATOR(m(), m())],
            lambda: self.bound_matrix(depth),
        ]
        return self.rng.choice(made)()

    def bound_matrix(self, depth: int) -> Term:
        """Return a sum, a product, a diagonal matrix, an array, or the value of an inverse map."""
        (v, w), in_range = self.bound(INT, INT)
        (x,), in_map = self.bound(SQUARE)
        body, low, high = in_range.matrix(depth - 1), self.index(), self.index()
        made: list[Made] = [
            lambda: k.total(w, low, high, k.substitute(body, {v: low})),
            lambda: k.product(w, low, high, k.substitute(body, {v: low})),
            lambda: k.diagonal(w, d, k.substitute(in_range.number(depth - 1), {v: low})),
            lambda: k.array(v, w, d, d, in_range.number(depth - 1)),
            lambda: k.map_inverse(x, in_map.matrix(depth - 1), self.matrix(depth - 1)),
            lambda: k.map_inverse(x, g.OPERATOR(N, W, x.term), self.matrix(depth - 1)),
        ]
        return self.rng.choice(made)()

    def relation(self, depth: int = 1) -> Term:
        """Return an equation or an inequality."""
        n, m = self._below(depth)
        made: list[Made] = [
            *[lambda: k.equal(n(), n()), lambda: k.equal(m(), m()), lambda: k.different(n(), n())],
            *[lambda: k.at_most(n(), n()), lambda: k.less(n(), n())],
            *[lambda: k.at_most(self.index(), self.index())],
            *[lambda: k.different(self.index(), self.index())],
        ]
        return self.rng.choice(made)()

    def sentence(self, depth: int = 2) -> Term:
        """Return a sentence."""
        kinds = (self.relation, self.limit, self.every, self.every, self.about_matrices)
        return self.rng.choice(kinds)(depth)

    def limit(self, depth: int) -> Term:
        """Return a sentence about a limit, a derivative, or a gradient."""
        (s,), in_number = self.bound(REAL)
        (n,), in_range = self.bound(INT)
        (x,), in_map = self.bound(SQUARE)
        low = depth - 1
        made: list[Made] = [
            lambda: k.limit_at_zero(s, in_number.number(low), self.number(low)),
            lambda: k.limit_at_infinity(n, in_range.number(low), self.number(low)),
            lambda: k.derivative(s, in_number.number(low), self.number(0), self.number(low)),
            lambda: k.derivative(s, in_number.matrix(low), self.number(0), self.matrix(low)),
            lambda: k.gradient(x, in_map.number(low), self.matrix(low), self.matrix(low)),
        ]
        return self.rng.choice(made)()

    def every(self, depth: int) -> Term:
        """Return a sentence about all of something, under conditions."""
        sorts = [self.rng.choice((INT, INT, REAL, SQUARE)) for _ in range(self.rng.randint(0, 3))]
        names: tuple[Symbol, ...] = ()
        inside = self
        conditions: list[Term] = []
        for sort in sorts:
            ends = inside.index(), inside.index()
            low, high = inside.number(1), inside.number(1)
            (v,), inside = inside.bound(sort)
            names = (*names, v)
            if sort == INT and self.rng.random() < 0.7:
                conditions += k.within(v, *ends)
            if sort == REAL and self.rng.random() < 0.7:
                conditions += (
                    self.rng.choice((k.less, k.at_most))(low, v.term),
                    k.less(v.term, high),
                )
        if depth > 0:
            conditions += [inside.sentence(depth - 1) for _ in range(self.rng.randint(0, 2))]
        body = inside.sentence(depth - 1) if depth > 0 else inside.relation(0)
        return k.every(names, conditions, body) if names or conditions else body

    def about_matrices(self, depth: int) -> Term:
        """Return that a matrix is psd, a map linear, a family a basis."""
        (x,), in_map = self.bound(SQUARE)
        (i, l), in_range = self.bound(INT, INT)
        made: list[Made] = [
            lambda: k.psd(self.matrix(depth - 1)),
            lambda: k.linear(x, in_map.matrix(depth - 1)),
            lambda: k.orthonormal(i, l, d, in_range.matrix(depth - 1)),
        ]
        return self.rng.choice(made)()

    def anything(self, depth: int = 2) -> Term:
        """Return a term, or a sentence."""
        kinds = (self.number, self.matrix, self.sentence, self.sentence)
        return self.rng.choice(kinds)(depth)
