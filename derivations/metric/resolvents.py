r"""Integrals of (a + b W W^T)^-1 X (a + b W^T W)^-1: their values in the basis u_i v_l^T."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from dlnproof.definitions.geometry import between_resolvents, coefficient, pair
from dlnproof.definitions.hypotheses import POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import U, V, W, X, Y, Z, d, i, k, l, n, s, sigma, t
from dlnproof.kernel import integrals, limits
from dlnproof.kernel.determinants import linear_by_form, linear_multiple
from dlnproof.kernel.entries import (
    diagonals,
    entry_of,
    identity_is_diagonal,
    same_entries,
    unit_scaled,
)
from dlnproof.kernel.logic import (
    instance,
    sides,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.powers import psd_power_by_eigenvalues
from dlnproof.kernel.ranges import within_scope
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    INT,
    Term,
    at_most,
    diagonal,
    entry,
    fresh,
    identity,
    integral,
    number,
    opened,
    positive,
    psd_power,
    transpose,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import proved, settle

from .metric_diagonalization import expansion, summands, through
from .operator_spectrum import PLACE, left, right, squares, svd

GIVEN: Final = (*WIDTH, *SVD, *POSITIVE)
I, K, L, S, T = i.term, k.term, l.term, s.term, t.term
ZERO, ONE = number(0), number(1)
PAIR: Final = pair(I, L)
LARGE: Final = at_most(1, n.term)
GRAMS: Final = (W * transpose(W), transpose(W) * W)


def square(index: Term) -> Term:
    """Return sigma_i^2."""
    return sigma(index) ** 2


@cache
def grams() -> tuple[Theorem, Theorem]:
    """W W^T = U diag(sigma_i^2) U^T, and W^T W = V diag(sigma_i^2) V^T."""
    found = []
    for whole, q, other in zip(GRAMS, (U, V), (right, left), strict=True):
        both = changed(whole, svd)
        target = q * diagonal(k, d, square(K)) * transpose(q)
        found.append(transitive(both, same_words(sides(both)[1], target, other, squares())))
    return found[0], found[1]


@dataclass(frozen=True, eq=False)
class Integrand:
    """w(t) (a I + b W W^T)^-1 X (a I + b W^T W)^-1, with numbers w, a and b that depend on t.

    From t = 0 to ``end``; ``known`` is what makes a + b sigma_i^2 positive there, beside that.
    Without them, w and b are 1.
    """

    a: Callable[[Term], Term]
    end: Term
    b: Callable[[Term], Term] | None = None
    weight: Callable[[Term], Term] | None = None
    known: tuple[Term | Theorem, ...] = ()

    @property
    def given(self) -> tuple[Term | Theorem, ...]:
        """What is known of t, and of the singular values."""
        return (at_most(ZERO, T), at_most(T, self.end), *self.known, *GIVEN)

    def weighed(self, value: Term, at: Term) -> Term:
        """Return w times a number or a matrix."""
        if self.weight is None:
            return value
        return self.weight(at) if value == ONE else self.weight(at) * value

    def multiple(self, value: Term, at: Term) -> Term:
        """Return b times a number or a matrix."""
        return value if self.b is None else self.b(at) * value

    def shifted(self, gram: Term, at: Term) -> Term:
        """Return a I + b M."""
        return self.a(at) * identity(d) + self.multiple(gram, at)

    def of(self, x: Term, at: Term) -> Term:
        """Return the integrand."""
        return self.weighed(between_resolvents(x, lambda m: self.shifted(m, at)), at)

    def integrated(self, x: Term) -> Term:
        """Return the integral."""
        return integral(t, ZERO, self.end, self.of(x, T))

    def value(self, index: Term, at: Term) -> Term:
        """Return a + b sigma_i^2."""
        return self.a(at) + self.multiple(square(index), at)

    def curve(self, at: Term) -> Term:
        """Return w / ((a + b sigma_i^2) (a + b sigma_l^2))."""
        return self.weighed(ONE, at) / (self.value(I, at) * self.value(L, at))

    def framed(self, place: int) -> Theorem:
        """Return (a I + b M)^-1 = Q diag(1 / (a + b sigma_i^2)) Q^T, for M = W W^T or W^T W."""
        gram, own = grams()[place], (left, right)[place]
        q, middle = (U, V)[place], diagonal(k, d, square(K))
        one = identity_is_diagonal(d)
        scaled = self.a(T) * sides(one)[1]
        other = self.multiple(middle, T)
        steps = [diagonals(scaled)] + ([diagonals(other)] if self.b else [])
        spread = changed(scaled + other, *steps)
        spread = then(spread, diagonals(sides(spread)[1]))
        plain = inside(
            sides(spread)[1], lambda v: field(body(sides(spread)[1], v), self.value(v, T))
        )
        spread = transitive(spread, plain)
        target = q * sides(spread)[1] * transpose(q)
        whole = changed(self.shifted(GRAMS[place], T), gram)
        turned = words(
            sides(whole)[1],
            target,
            (-self.a(T) * identity(d), other_inverse(own), None),
            (self.a(T) * q, one, transpose(q)),
            (q, spread, transpose(q)),
        )
        whole = transitive(whole, turned)
        sign = proved(positive(self.value(K, T)), *self.given, *within(k, 1, d))
        told = psd_power_by_eigenvalues(own, sign, k, number(-1))
        told = transitive(changed(psd_power(self.shifted(GRAMS[place], T), -1), whole), told)
        powers = sides(told)[1].args[0].args[1]
        plain = inside(powers, lambda v: field(body(powers, v), 1 / self.value(v, T)), *self.given)
        return settle(then(told, plain), *self.given)

    @cached_property
    def at_pair(self) -> Theorem:
        """The integral at X = u_i v_l^T is that of the curve, times u_i v_l^T."""
        one, two = self.framed(0), self.framed(1)
        here = changed(self.of(PAIR, T), one, two)
        first, second = (sides(x)[1].args[0].args[1] for x in (one, two))
        e, turn = unit(d, I, L), transpose(V)
        at_i, at_l = unit_scaled(first * e), unit_scaled(e * second)
        w = self.weighed(ONE, T)
        told = words(
            sides(here)[1],
            self.curve(T) * PAIR,
            (w * U * first, left, e * turn * V * second * turn),
            (w * U * first * e, right, second * turn),
            (w * U, at_i, second * turn),
            (w * sides(at_i)[1].args[0] * U, at_l, turn),
        )
        known = (*self.given, *PLACE)
        same_ = settle(transitive(here, told), *known)
        found = integrals.integral_congruence(same_, t, ZERO, self.end)
        return settle(then(found, self.out_of(PAIR)), *self.known, *GIVEN, *PLACE, LARGE)

    def out_of(self, matrix: Term) -> Theorem:
        """Return: the integral of the curve times a matrix is that of the curve, times it."""
        p, q, x = fresh(INT), fresh(INT), fresh(matrix.sort)
        known = (*self.given, *PLACE, *within(p, 1, d), *within(q, 1, d))
        scalar = integral(t, ZERO, self.end, self.curve(T))
        moving = settle(differentiate(self.curve(S) * matrix, s, T), *known)
        part = linear_by_form(x, entry(x.term, p.term, q.term))
        inside_ = integrals.integral_linear(part, moving, t, ZERO, self.end)
        single = entry(matrix, p.term, q.term)
        plain = then(entry_of(self.curve(T) * matrix, p.term, q.term))
        plain = transitive(plain, field(sides(plain)[1], single * self.curve(T)))
        plain = settle(plain, *known)
        curve = settle(differentiate(self.curve(S), s, T), *known)
        multiple = integrals.integral_multiple(single, curve, t, ZERO, self.end)
        told = transitive(
            symmetric(inside_),
            integrals.integral_congruence(plain, t, ZERO, self.end),
            multiple,
        )
        last = entry_of(scalar * matrix, p.term, q.term)
        told = transitive(told, field(sides(told)[1], sides(last)[1]), symmetric(last))
        told = settle(told, *self.known, *GIVEN, *PLACE, LARGE, *within(p, 1, d), *within(q, 1, d))
        return settle(same_entries(told, p, q), *self.known, *GIVEN, *PLACE, LARGE)

    @cached_property
    def by_frames(self) -> Theorem:
        """The integral at Z, with what the inverses are."""
        same_ = changed(self.of(Z.term, T), self.framed(0), self.framed(1))
        found = integrals.integral_congruence(same_, t, ZERO, self.end)
        return settle(found, *self.known, *GIVEN, LARGE)

    @cached_property
    def linear(self) -> Theorem:
        """The integral is linear: so is each value of the integrand, which is continuous."""
        whole = sides(self.by_frames)[1]
        map_ = settle(linear_by_form(Z, body(whole, T)), *self.given)
        moving = settle(differentiate(body(whole, S), s, T), *self.given)
        found = integrals.linear_integral(map_, moving, Z, t, (ZERO, self.end))
        found = within_scope(found, symmetric(self.by_frames), Z)
        return settle(found, *self.known, *GIVEN, LARGE)

    @cached_property
    def whole(self) -> Theorem:
        """The integral at X is sum_i sum_l (u_i^T X v_l) (that of the curve) u_i v_l^T."""
        return expanded(self.linear, self.at_pair, *self.known, LARGE)

    def tends(self, value: Theorem) -> Theorem:
        """Return what the integral at X tends to for large ends, from what the curve's does."""
        fixed = limits.limit_constant(limits.INFINITY, PAIR)
        factor = limits.limit_constant(limits.INFINITY, coefficient(X.term, I, L))
        found = limits.limit_product(factor, limits.limit_product(value, fixed))
        found = settle(found, *self.known, *GIVEN, *PLACE)
        for index in (l, i):
            found = settle(limits.limit_total(found, index, 1, d), *self.known, *GIVEN, *PLACE)
        whole = limits.limit_congruence(found, symmetric(self.whole), n, 1)
        return settle(whole, *self.known, *GIVEN)


def expanded(map_: Theorem, at_pair: Theorem, *known: Theorem | Term) -> Theorem:
    """Return L(X) = sum_i sum_l (u_i^T X v_l) L(u_i v_l^T), for a linear L, from L(u_i v_l^T)."""
    apart = instance(expansion(), {Y: X.term})
    [value] = opened(map_.conclusion, X.term)
    told = transitive(changed(value, apart), through(map_, apart))

    def multiple(term: Term, v: Term, w: Term) -> Theorem:
        told = linear_multiple(map_, coefficient(X.term, v, w), pair(v, w))
        return then(told, instance(at_pair, {i: v, l: w}))

    return settle(then(told, summands(sides(told)[1], multiple)), *known, *GIVEN)
