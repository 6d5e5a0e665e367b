"""Two factors out of balance by a multiple of the identity, for every d."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.completion import absolute
from dlnproof.definitions.geometry import coefficient
from dlnproof.definitions.hypotheses import SVD
from dlnproof.definitions.letters import SIGMA, U, V, W, X, Y, Z, d, i, l, s, sigma, unbalance
from dlnproof.definitions.two_layers import (
    FIRST,
    PRODUCT_OF_TWO,
    SECOND,
    UNBALANCED,
    pulled,
    spread,
)
from dlnproof.kernel.calculus import derivative_entry
from dlnproof.kernel.entries import diagonals, entry_of, identity_is_diagonal
from dlnproof.kernel.logic import (
    assume,
    cases,
    generalise,
    instance,
    sides,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import certificate, power_monotone
from dlnproof.kernel.spectral import (
    other_inverse,
    psd_congruence,
    psd_diagonal,
    psd_gram,
    psd_identity,
    psd_multiple,
    psd_sum,
    root_unique,
)
from dlnproof.kernel.terms import (
    Term,
    at_most,
    diagonal,
    entry,
    equal,
    identity,
    less,
    number,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.settle import proved, settle

I, L, LAM = i.term, l.term, unbalance
ZERO: Final = number(0)
GIVEN: Final = (*UNBALANCED, *PRODUCT_OF_TWO, *SVD)
A, B = X.term, Y.term
"""The first factor, and the last."""
OUT: Final = equal(transpose(B) * B - A * transpose(A), LAM * identity(d))
MADE: Final = equal(W, B * A)
NOT_BELOW: Final = at_most(ZERO, LAM)
ABOVE: Final = less(ZERO, LAM)
KNOWN: Final = (OUT, MADE, *SVD)
svd, left, right = map(assume, SVD)
ONES: Final = sides(identity_is_diagonal(d))[1]


def entries(of: Term) -> Term:
    """Return the diagonal matrix of what is given for the index i."""
    return diagonal(i, d, of)


HALF: Final = entries(spread(I) / 2)
LOW: Final = entries((spread(I) - LAM) / 2)
HIGH: Final = entries((spread(I) + LAM) / 2)
INVERSE: Final = entries(2 / (spread(I) + LAM))


def made_of(term: Term, target: Term, *known: Term) -> Theorem:
    """A sum, product or multiple of diagonal matrices is another one, entry by entry."""
    found = diagonals(term)
    whole = sides(found)[1]
    return then(found, inside(whole, lambda v: field(body(whole, v), body(target, v)), *known))


def times_one(scale: Term) -> Theorem:
    """Return c I = c diag(1)."""
    return words(
        scale * identity(d), scale * ONES, (scale * identity(d), identity_is_diagonal(d), None)
    )


ROOT: Final = V * HALF * transpose(V)
QUARTER: Final = LAM**2 / 4


@cache
def squares() -> Theorem:
    """W^T W + lambda^2/4 I = (V diag(s_i/2) V^T)^2."""
    square, turned = diagonals(SIGMA * SIGMA), diagonals(transpose(SIGMA))
    one = times_one(QUARTER)
    whole = diagonals(sides(one)[1])
    own = made_of(HALF * HALF, sides(diagonals(sides(square)[1] + sides(whole)[1]))[1])
    sum_ = diagonals(sides(square)[1] + sides(whole)[1])
    told = changed(transpose(W) * W + QUARTER * identity(d), svd)
    last = words(
        sides(told)[1],
        ROOT**2,
        (V * transpose(SIGMA), left, SIGMA * transpose(V)),
        (V, turned, SIGMA * transpose(V)),
        (V, square, transpose(V)),
        (-QUARTER * identity(d), other_inverse(right), None),
        (V, one, transpose(V)),
        (V, whole, transpose(V)),
        (V, sum_, transpose(V)),
        (-1 * V, own, transpose(V)),
        (-1 * (V * HALF), right, HALF * transpose(V)),
    )
    return transitive(told, last)


@cache
def low() -> Theorem:
    """A^T A = V diag((s_i - lambda)/2) V^T: A^T A + lambda/2 I is a root, where 0 <= lambda."""
    half = LAM / 2
    own = transpose(A) * A + half * identity(d)
    out, made = assume(OUT), assume(MADE)
    plain = changed(transpose(W) * W + QUARTER * identity(d), made)
    squared = words(own**2, sides(plain)[1], (-1 * transpose(A), out, A))
    squared = transitive(squared, symmetric(plain), squares())
    sign = proved(at_most(ZERO, half), NOT_BELOW)
    definite = psd_sum(psd_gram(A), psd_multiple(sign, psd_identity(d)))
    entry_ = proved(at_most(ZERO, spread(I) / 2))
    other = psd_congruence(psd_diagonal(entry_, i, d), V)
    same = transitive(symmetric(root_unique(definite, squared)), alone(other))
    one, whole = times_one(half), diagonals(half * ONES)
    lower = made_of(HALF - sides(whole)[1], LOW)
    found = words(
        transpose(A) * A,
        V * LOW * transpose(V),
        (None, same, None),
        (half * identity(d), other_inverse(right), None),
        (-1 * V, one, transpose(V)),
        (-1 * V, whole, transpose(V)),
        (V, lower, transpose(V)),
    )
    return settle(found, *KNOWN, NOT_BELOW)


def alone(definite: Theorem) -> Theorem:
    """Return: the root of the square of a positive semidefinite matrix is that matrix."""
    matrix = definite.conclusion.args[0]
    return root_unique(definite, words(matrix**2, ROOT**2))


@cache
def high() -> Theorem:
    """B B^T = U diag((s_i + lambda)/2) U^T: B has an inverse, where 0 < lambda."""
    scaled, whole = times_one(LAM), diagonals(LAM * ONES)
    raised = made_of(LOW + sides(whole)[1], HIGH)
    ones = transitive(made_of(INVERSE * HIGH, ONES, ABOVE), symmetric(identity_is_diagonal(d)))
    before = identity(d) - A * V * INVERSE * transpose(V) * transpose(A)
    back = (1 / LAM) * (before * transpose(B))
    inside_ = A * V * INVERSE
    to = transpose(V) * transpose(A)
    share = -1 / LAM
    found = words(
        back * B,
        identity(d),
        ((1 / LAM) * before, assume(OUT), None),
        (share * (inside_ * transpose(V)), low(), transpose(A)),
        (share * inside_, right, LOW * to),
        (share * inside_, raised, to),
        (share * inside_, scaled, to),
        (share * inside_, whole, to),
        (share * (A * V), ones, to),
        (share * A, other_inverse(right), transpose(A)),
    )
    behind = other_inverse(settle(found, *KNOWN, ABOVE))
    middle = LAM * identity(d) + W * V * INVERSE * transpose(V) * transpose(W)
    product = changed(middle, assume(MADE))
    told = words(B * transpose(B), sides(product)[1], (LAM * identity(d), behind, None))
    told = transitive(told, symmetric(product), changed(middle, svd))
    flat = diagonals(SIGMA * INVERSE)
    square = diagonals(sides(flat)[1] * SIGMA)
    sum_ = made_of(sides(square)[1] + sides(whole)[1], HIGH, ABOVE)
    turned_ = diagonals(transpose(SIGMA))
    last_ = words(
        sides(told)[1],
        U * HIGH * transpose(U),
        (U * SIGMA, right, INVERSE * transpose(V) * V * transpose(SIGMA) * transpose(U)),
        (U * SIGMA * INVERSE, right, transpose(SIGMA) * transpose(U)),
        (U * SIGMA * INVERSE, turned_, transpose(U)),
        (U, flat, SIGMA * transpose(U)),
        (U, square, transpose(U)),
        (-LAM * identity(d), other_inverse(left), None),
        (U, scaled, transpose(U)),
        (U, whole, transpose(U)),
        (U, sum_, transpose(U)),
    )
    return settle(transitive(told, last_), *KNOWN, ABOVE)


# --- both signs -----------------------------------------------------------------------------------

AS_GIVEN: Final = {X: FIRST, Y: SECOND}
TURNED: Final = {
    X: transpose(SECOND),
    Y: transpose(FIRST),
    U.data: V,
    V.data: U,
    W.data: transpose(W),
    LAM.data: -LAM,
}
"""The transposed factors are out of balance by -lambda."""


@cache
def turned_given() -> tuple[Theorem, ...]:
    """Return what is given, of the transposed factors."""
    minus = -1 * identity(d)
    first, second = transpose(FIRST), transpose(SECOND)
    out, made = assume(UNBALANCED[0]), assume(PRODUCT_OF_TWO[0])
    of_made = changed(transpose(W), made)
    of_svd = changed(transpose(W), svd)
    return (
        words(
            transpose(first) * first - second * transpose(second),
            -LAM * identity(d),
            (minus, out, None),
        ),
        transitive(of_made, words(sides(of_made)[1], first * second)),
        transitive(
            of_svd,
            words(
                sides(of_svd)[1],
                V * SIGMA * transpose(U),
                (V, diagonals(transpose(SIGMA)), transpose(U)),
            ),
        ),
    )


def turned(theorem: Theorem, frame: Term, entries_: Term, goal: Term) -> Theorem:
    """Return what the transposed factors give, where -lambda is of that sign."""
    found = settle(instance(theorem, TURNED), *turned_given(), *GIVEN)
    middle = sides(found)[1].args[0].args[1]

    def same(v: Term) -> Theorem:
        base = field((-LAM) ** 2 + 4 * sigma(v) ** 2, LAM**2 + 4 * sigma(v) ** 2)
        told = changed(body(middle, v), base)
        return transitive(told, field(sides(told)[1], body(entries_, v)))

    own = inside(middle, same)
    plain = frame * entries_ * transpose(frame)
    last_ = words(sides(found)[1], plain, (frame, own, transpose(frame)))
    return transitive(words(goal, sides(found)[0]), found, last_)


@cache
def last() -> Theorem:
    """W_2 W_2^T = U diag((s_i + lambda)/2) U^T: of factors, or of their transposes."""
    below = at_most(LAM, ZERO)
    other = turned(low(), U, HIGH, SECOND * transpose(SECOND))
    other = settle(other, proved(at_most(ZERO, -LAM), below))
    return settle(cases(instance(high(), AS_GIVEN), other, on=(ABOVE, below)), *GIVEN)


@cache
def first() -> Theorem:
    """W_1^T W_1 = V diag((s_i - lambda)/2) V^T, in the same way."""
    below = less(LAM, ZERO)
    other = turned(high(), V, LOW, transpose(FIRST) * FIRST)
    other = settle(other, proved(less(ZERO, -LAM), below))
    return settle(cases(instance(low(), AS_GIVEN), other, on=(NOT_BELOW, below)), *GIVEN)


# --- how the product moves ------------------------------------------------------------------------

PLACE: Final = (*within(i, 1, d), *within(l, 1, d))
SPEED: Final = (spread(I) + spread(L)) / 2


@cache
def flow() -> Theorem:
    """U^T (W_2 - s Z W_1^T)(W_1 - s W_2^T Z) V moves at i, l by -(s_i + s_l)/2 u_i^T Z v_l."""
    z = Z.term
    moving = differentiate(pulled(), s, ZERO)
    inner_ = transpose(U) * z * V
    value = -1 * (HIGH * inner_) - inner_ * LOW
    plain = words(
        moving.conclusion.args[1],
        value,
        (-1 * transpose(U), last(), z * V),
        (-1 * (transpose(U) * z), first(), V),
        (-1 * identity(d), left, HIGH * inner_),
        (-1 * (inner_ * LOW), right, None),
    )
    found = derivative_entry(valued(moving, plain), I, L)
    told = changed(entry(value, I, L), entry_of(value, I, L))
    for part in (-1 * (HIGH * inner_), HIGH * inner_, inner_ * LOW):
        told = then(told, entry_of(part, I, L))
    goal = -(SPEED * coefficient(z, I, L))
    found = valued(found, transitive(told, field(sides(told)[1], goal)))
    return settle(found, *GIVEN, *PLACE)


@cache
def slowest() -> Theorem:
    """|lambda| <= (s_i + s_l)/2."""

    def one(index: Term) -> Theorem:
        below = certificate(at_most(LAM**2, spread(index).args[0]), [[4, sigma(index)]])
        return power_monotone(proved(at_most(ZERO, LAM**2)), below, spread(index).args[1])

    size = absolute(LAM)
    found = certificate(
        at_most(size, SPEED),
        [[Fraction(1, 2), one(I)], [Fraction(1, 2), one(L)]],
        (),
        [size, spread(I), spread(L)],
    )
    return settle(found, *PLACE)


@cache
def derive() -> Deduction:
    """Return the theorems about such factors, for all d."""
    proof = Deduction("lambda-balanced")
    proof.show("squares", squares(), "By the decomposition of $W$,")
    proof.show("low", low(), "As a positive semidefinite root is unique,")
    proof.show("high", high(), "and so the last factor has an inverse, by which")
    proof.conclude("last", last(), "For the other sign of $\\lambda$ the factors are transposed:")
    proof.conclude("first", first(), "and in the same way")
    found = generalise(flow(), (i, l, Z), *PLACE)
    proof.conclude("flow", found, "Along the flow both stand beside $Z$,")
    found = generalise(slowest(), (i, l), *PLACE)
    proof.conclude("slowest", found, "As the root is increasing,")
    return proof
