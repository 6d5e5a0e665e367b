"""The operator at one row, for every N and d."""

from __future__ import annotations

from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, k
from dlnproof.definitions.rows import ROW_SVD, VALUE, G, moves, projected, row, unit
from dlnproof.kernel.entries import diagonals, identity_is_diagonal
from dlnproof.kernel.logic import assume, generalise, sides, symmetric, transitive
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import bottom, constant
from dlnproof.kernel.terms import Term, diagonal, identity, integer, transpose
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import settle
from dlnproof.tactics.spectra import conjugate, conjugate_power, root_of, thin_power

GIVEN = (*DEPTH, *ROW_SVD)
svd, normed = map(assume, ROW_SVD[:2])
ONE = identity(1)
ROOT = VALUE ** (2 / N)
LENGTHS = diagonal(k, 1, ROOT)


@cache
def scalar(value: Term) -> Theorem:
    """diag(x) = x I, of one entry."""
    told = changed(value * ONE, identity_is_diagonal(1))
    told = then(told, diagonals(sides(told)[1]))
    return symmetric(then(told, inside(sides(told)[1], lambda v: field(value * 1, value))))


def square(frame: Term, whole: Term) -> Theorem:
    """M = Q diag(sigma^2) Q^T, for M = w w^T and Q = I, or M = w^T w and Q = v."""
    opened = changed(whole, svd)
    middle = diagonal(k, 1, VALUE**2)
    turned = (VALUE**2) * ONE
    plain = words(
        sides(opened)[1],
        conjugate(frame, turned),
        *(((VALUE**2) * ONE, normed, None),) * (frame == ONE),
    )
    back = changed(conjugate(frame, middle), scalar(VALUE**2))
    return transitive(opened, plain, symmetric(back))


@cache
def root_left() -> Theorem:
    """(w w^T)^(1/N) = I diag(sigma^(2/N)) I."""
    given = words(transpose(ONE) * ONE, ONE)
    return settle(root_of(given, square(ONE, row * transpose(row)), LENGTHS, N), *GIVEN)


@cache
def root_right() -> Theorem:
    """(w^T w)^(1/N) = v diag(sigma^(2/N)) v^T."""
    found = square(unit, transpose(row) * row)
    return settle(root_of(normed, found, LENGTHS, N, power_of=thin_power), *GIVEN)


@cache
def left_power(exponent: Term) -> Theorem:
    """((w w^T)^(1/N))^n = sigma^(2n/N) I."""
    found = changed(sides(root_left())[0] ** exponent, root_left())
    given = words(transpose(ONE) * ONE, ONE)
    found = then(found, conjugate_power(given, LENGTHS, exponent), diagonals(LENGTHS**exponent))
    found = then(found, scalar(ROOT**exponent))
    return then(found, words(sides(found)[1], (ROOT**exponent) * ONE))


@cache
def right_power(exponent: Term) -> Theorem:
    """((w^T w)^(1/N))^n = sigma^(2n/N) v v^T, for 1 <= n."""
    found = changed(sides(root_right())[0] ** exponent, root_right())
    found = then(found, thin_power(normed, LENGTHS, exponent), diagonals(LENGTHS**exponent))
    found = then(found, scalar(ROOT**exponent))
    return then(found, words(sides(found)[1], (ROOT**exponent) * (unit * transpose(unit))))


SPEED = VALUE ** (2 - 2 / N)


@cache
def operator() -> Theorem:
    """N A_{N,w}(G) = sigma^(2-2/N) (G + (N - 1) G v v^T)."""
    gradient = G.term
    first = bottom(moves(N, row, gradient))
    start, rest = sides(first)[1].args
    one = integer(1)
    told = changed(start, left_power(N - one))
    start_ = transitive(told, words(sides(told)[1], SPEED * gradient))

    def summand(index: Term) -> Theorem:
        here = changed(body(rest, index), left_power(N - index), right_power(index - 1))
        return transitive(here, words(sides(here)[1], SPEED * projected(gradient)))

    others = inside(rest, summand, *GIVEN)
    others = then(others, constant(sides(others)[1]))
    found = then(first, start_, others)
    target = SPEED * gradient + ((N - 1) * SPEED) * projected(gradient)
    found = transitive(found, words(sides(found)[1], target))
    return settle(found, *GIVEN)


@cache
def derive() -> Deduction:
    """Return the theorems about one row, for all N and d."""
    proof = Deduction("single-output")
    proof.show("root-left", root_left(), "One entry is its own root:")
    proof.show("root-right", root_right(), "and of the matrix of rank one it is, as it is unique,")
    found = generalise(operator(), G)
    proof.conclude(
        "operator", found, "The first summand leaves the row, each of the others projects it:"
    )
    return proof
