"""The operator at a matrix of rank r, of any shape: between singular vectors, and across."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.definitions.geometry import OPERATOR
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, U, V, W, d, j, k, sigma
from dlnproof.definitions.letters import Z as SQUARE_Z
from dlnproof.definitions.rectangular import (
    BEYOND,
    INNER,
    LEFT_ACROSS,
    MOVING,
    RIGHT_ACROSS,
    X,
    Y,
    Z,
    operator,
)
from dlnproof.definitions.shapes import LEFT, POSITIVE, RANK, RIGHT, THIN_SVD, VALUES
from dlnproof.kernel import ranges
from dlnproof.kernel.entries import diagonals
from dlnproof.kernel.logic import assume, instance, sides, symmetric, transitive
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import (
    Symbol,
    Term,
    at_most,
    diagonal,
    equal,
    fresh,
    identity,
    inner,
    substitute,
    transpose,
    variable,
    within,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import slide, traces, words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import settle
from dlnproof.tactics.spectra import thin_power

from ..metric import operator_spectrum
from .end_to_end_flow import turned
from .factor_norms import ROOTS, left, right, roots_by_values

J, K = j.term, k.term
GIVEN: Final = (*DEPTH, *THIN_SVD, *POSITIVE)
RANGE: Final = within(j, 1, N)
ONE: Final = identity(RANK)
M: Final = variable("M", INNER)
"""Any r x r matrix."""
EDGE: Final = diagonal(k, RANK, sigma(K) ** (2 - 2 / N))
PLAIN: Final = {d.data: RANK, U.data: ONE, V.data: ONE, W.data: VALUES}
"""Sigma itself, whose singular vectors are those of I."""
OUTSIDE: Final = (
    equal(transpose(LEFT) * X.term, zero(RANK)),
    equal(transpose(RIGHT) * Y.term, zero(RANK)),
)
"""The columns of X are orthogonal to those of U, and those of Y to those of V."""


def of_values(theorem: Theorem) -> Theorem:
    """Return a theorem about invertible matrices at Sigma, with M in place of Z."""
    svd = words(VALUES, ONE * VALUES * transpose(ONE))
    found = instance(theorem, {**PLAIN, SQUARE_Z: M.term})
    return settle(found, svd, words(transpose(ONE) * ONE, ONE), *GIVEN)


def at_values(matrix: Term) -> Term:
    """Return N A_Sigma(M)."""
    return N * substitute(OPERATOR(N, W, SQUARE_Z.term), {**PLAIN, SQUARE_Z: matrix})


def passing(exponent: Term, *, rows: bool) -> Theorem:
    """(W W^T)^(n/N) U = U Sigma^(2n/N), or the same of W^T W and V."""
    frame, own = (LEFT, left) if rows else (RIGHT, right)
    root = sides(roots_by_values()[0 if rows else 1])[1]
    moved = slide(frame, ROOTS * transpose(frame), exponent)
    at = sides(moved)[1].args[1].args[0]
    moved = then(moved, words(at, ROOTS, (ROOTS, own, None)))
    return transitive(words(root**exponent * frame, sides(moved)[0]), moved)


def passed(exponent: Term, *, rows: bool) -> Theorem:
    """U^T (W W^T)^(n/N) = Sigma^(2n/N) U^T, or the same of W^T W and V."""
    told = passing(exponent, rows=rows)
    root, frame = sides(told)[0].args
    return words(
        transpose(frame) * root,
        ROOTS**exponent * transpose(frame),
        (None, turned(told), None),
    )


def opened(matrix: Term) -> Theorem:
    """N A(Z), with the roots of W W^T and W^T W by singular values."""
    return changed(operator(matrix), *roots_by_values())


@cache
def of_sigma() -> Theorem:
    """N A_Sigma(M) = sum_j Sigma^(2(N-j)/N) M Sigma^(2(j-1)/N)."""
    roots = map(of_values, (operator_spectrum.root_left(), operator_spectrum.root_right()))
    told = changed(at_values(M.term), *roots)
    scope = sides(told)[1].args[1].args[1]
    each = words(body(scope, J), ROOTS ** (N - J) * M.term * ROOTS ** (J - 1))
    told = then(told, ranges.congruence(scope, settle(each, *RANGE), j))
    value = sides(told)[1].args[1].args[1]
    return settle(transitive(told, words(sides(told)[1], value)), *GIVEN)


@cache
def within_frames() -> Theorem:
    """N A_W(U M V^T) = U N A_Sigma(M) V^T."""
    told, x = opened(LEFT * M.term * transpose(RIGHT)), fresh(INNER)
    scope = sides(told)[1]
    passes = passing(N - J, rows=True), passed(J - 1, rows=False)
    whole = sides(of_sigma())[1]
    each = same_words(body(scope, J), LEFT * body(whole, J) * transpose(RIGHT), *passes)
    told = then(told, ranges.congruence(scope, settle(each, *RANGE), j))
    out = ranges.linear_image(whole, x, LEFT * x.term * transpose(RIGHT))
    back = changed(LEFT * at_values(M.term) * transpose(RIGHT), of_sigma())
    return settle(transitive(told, symmetric(out), symmetric(back)), *GIVEN)


def entrywise(whole: Term, value: Term) -> Theorem:
    """What is made of diagonal matrices is another one, entry by entry."""
    found = diagonals(whole)
    scope = sides(found)[1]
    return then(found, inside(scope, lambda at: field(body(scope, at), body(value, at)), *GIVEN))


def multiplied(one: Term, other: Term, value: Term) -> Theorem:
    """The product of two diagonal matrices."""
    return entrywise(one * other, value)


@cache
def last_power() -> Theorem:
    """(Sigma^(2/N))^(N-1) = Sigma^(2-2/N)."""
    return entrywise(ROOTS ** (N - 1), EDGE)


def about(equation: Theorem) -> Theorem:
    """B^T A = C^T from A^T B = C, in words."""
    (first, last), value = sides(equation)[0].args, sides(equation)[1]
    product = transpose(last) * transpose(first)
    return words(product, transpose(value), (None, turned(equation), None))


def alone(told: Theorem, *used: Theorem, last: bool) -> Theorem:
    """A sum over factors is its last summand, or its first, as by equations all others are O."""
    told = then(told, (ranges.top if last else ranges.bottom)(sides(told)[1]))
    others = sides(told)[1].args[0 if last else 1]
    nothing = same_words(body(others, J), zero(*others.sort.shape), *used)
    nothing = settle(nothing, *(within(j, 1, N - 1) if last else within(j, 2, N)))
    nothing = ranges.congruence(others, nothing, j)
    return settle(then(told, nothing, ranges.constant(sides(nothing)[1])), *GIVEN)


def power_before() -> Theorem:
    """(W W^T)^((N-j)/N) has the columns of U, for j < N."""
    return thin_power(left, ROOTS, N - J)


def power_after() -> Theorem:
    """(W^T W)^((j-1)/N) has those of V, for 1 < j."""
    return thin_power(right, ROOTS, J - 1)


def plainly(told: Theorem, value: Term, *used: Theorem) -> Theorem:
    """Return a = c from a = b, where the equations in the words of b make it c."""
    return settle(transitive(told, same_words(sides(told)[1], value, *used)), *GIVEN)


@cache
def rows_across() -> Theorem:
    """N A(X V^T) = X Sigma^(2-2/N) V^T, where U^T X = O."""
    told = opened(X.term * transpose(RIGHT))
    told = alone(told, power_before(), assume(OUTSIDE[0]), last=True)
    value = X.term * EDGE * transpose(RIGHT)
    return plainly(told, value, passed(N - 1, rows=False), last_power())


@cache
def columns_across() -> Theorem:
    """N A(U Y^T) = U Sigma^(2-2/N) Y^T, where V^T Y = O."""
    told = opened(LEFT * transpose(Y.term))
    told = alone(told, power_after(), about(assume(OUTSIDE[1])), last=False)
    value = LEFT * EDGE * transpose(Y.term)
    return plainly(told, value, passing(N - 1, rows=True), last_power())


def across(matrix: Term, *, rows: bool) -> Theorem:
    """N A(Z_N M V^T) = Z_N M Sigma^(2-2/N) V^T, or that of U (Z_0 M)^T."""
    whole, frame, column = (
        (rows_across(), X, LEFT_ACROSS) if rows else (columns_across(), Y, RIGHT_ACROSS)
    )
    outside = assume(MOVING[2 if rows else 3])
    (flat, _), none = sides(outside)[0].args, sides(outside)[1]
    here = words(flat * (column * matrix), none, (None, outside, matrix))
    return settle(instance(whole, {frame: column * matrix}), here)


@cache
def beyond() -> Theorem:
    """N A(Z) = O, where U^T Z = O and Z V = O, and 2 <= N."""
    told = alone(opened(Z.term), power_before(), assume(BEYOND[0]), last=True)
    power = thin_power(right, ROOTS, N - 1)
    found = plainly(told, zero(*Z.sort.shape), power, assume(BEYOND[1]))
    return settle(found, at_most(2, N))


@cache
def self_adjoint(other: Symbol) -> Theorem:
    """Tr(Z^T N A(Z')) = Tr((N A(Z))^T Z'): each summand is symmetric."""
    x, roots = fresh(Z.sort), roots_by_values()
    one = ranges.linear_image(operator(other.term), x, inner(Z.term, x.term))
    two = ranges.linear_image(operator(Z.term), x, inner(x.term, other.term))
    first, second = sides(one)[1], sides(two)[1]

    def each(at: Term) -> Theorem:
        here, there = (changed(body(scope, at), *roots) for scope in (first, second))
        return transitive(here, traces(sides(here)[1], sides(there)[1]), symmetric(there))

    told = transitive(one, inside(first, each, *GIVEN), symmetric(two))
    return settle(told, *GIVEN)


@cache
def framed() -> Theorem:
    """U^T N A_W(Z) V = N A_Sigma(U^T Z V)."""
    whole, x = transpose(LEFT) * operator(Z.term) * RIGHT, fresh(Z.sort)
    told = changed(whole, opened(Z.term))
    scope = sides(told)[1].args[0].args[1]
    out = ranges.linear_image(scope, x, transpose(LEFT) * x.term * RIGHT)
    told = transitive(told, out)
    passes = passed(N - J, rows=True), passing(J - 1, rows=False)
    middle = transpose(LEFT) * Z.term * RIGHT
    own = instance(of_sigma(), {M: middle})
    each = same_words(body(sides(out)[1], J), body(sides(own)[1], J), *passes)
    told = then(told, ranges.congruence(sides(told)[1], settle(each, *RANGE), j))
    return settle(transitive(told, symmetric(own)), *GIVEN)


def outwards(matrix: Term, *, rows: bool) -> Term:
    """Return (I - U U^T) Z V, or (I - V V^T) Z^T U."""
    frame, other = (LEFT, RIGHT) if rows else (RIGHT, LEFT)
    image = (matrix if rows else transpose(matrix)) * other
    return image - frame * (transpose(frame) * image)


@cache
def out_of_frames(*, rows: bool) -> Theorem:
    """(I - U U^T) N A(Z) V = (I - U U^T) Z V Sigma^(2-2/N), or the same of Z^T with V and U."""
    x = fresh(Z.sort)
    told = changed(outwards(operator(Z.term), rows=rows), opened(Z.term))
    summed = sides(opened(Z.term))[1]
    told = transitive(told, ranges.linear_image(summed, x, outwards(x.term, rows=rows)))
    used = (power_before(), left) if rows else (turned(power_after()), right)
    told = alone(told, *used, last=rows)
    passes = passing(N - 1, rows=False) if rows else turned(passed(N - 1, rows=True))
    value = outwards(Z.term, rows=rows) * EDGE
    return plainly(told, value, passes, last_power(), turned(last_power()))
