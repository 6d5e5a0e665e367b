"""The spectrum of A_{N,W}, for every N and d (CMV2023 Lemma 2.4)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import OPERATOR, pair
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import SIGMA, N, U, V, W, X, Y, d, i, k, l, sigma
from dlnproof.kernel.determinants import square
from dlnproof.kernel.entries import diagonals, identity_is_diagonal, unit_scaled
from dlnproof.kernel.logic import (
    absurd,
    assume,
    contradiction,
    generalise,
    rewrite,
    sides,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import bottom, constant, linear_image
from dlnproof.kernel.signs import (
    antisymmetric,
    certificate,
    gram_trace_nonnegative,
    gram_trace_zero,
)
from dlnproof.kernel.spectral import (
    orthonormal_units,
    other_inverse,
    psd_gram,
    psd_power,
    root_psd,
    symmetric_of,
)
from dlnproof.kernel.terms import (
    Term,
    at_most,
    diagonal,
    different,
    equal,
    fresh,
    identity,
    inner,
    integer,
    number,
    positive,
    transpose,
    unfolded,
    unit,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.spectra import conjugate, conjugate_power, geometric, pulled_out, root_of

GIVEN = (*DEPTH, *WIDTH, *SVD, *POSITIVE)
PLACE = square(i, l, d)
svd, left, right = map(assume, SVD)
SQUARES = diagonal(k, d, sigma(k.term) ** 2)
ROOTS = diagonal(k, d, sigma(k.term) ** (2 / N))
PAIR = pair(i.term, l.term)
A_I, A_L = sigma(i.term) ** (2 / N), sigma(l.term) ** (2 / N)
SAME = equal(sigma(i.term), sigma(l.term))
DIFFERENT = different(sigma(i.term), sigma(l.term))
ZERO = number(0)


# --- the roots of W W^T and W^T W -----------------------------------------------------------------


@cache
def squares() -> Theorem:
    """Return Sigma Sigma^T = diag(sigma_i^2)."""
    turned = changed(SIGMA * transpose(SIGMA), diagonals(transpose(SIGMA)))
    found = then(turned, diagonals(SIGMA * SIGMA))
    return then(found, inside(sides(found)[1], lambda k: field(sigma(k) * sigma(k), sigma(k) ** 2)))


@cache
def root_left() -> Theorem:
    """Return (W W^T)^(1/N) = U diag(sigma_i^(2/N)) U^T."""
    both = changed(W * transpose(W), svd)
    whole = words(
        sides(both)[1],
        conjugate(U, SQUARES),
        (U * SIGMA, right, SIGMA * transpose(U)),
        (U, squares(), transpose(U)),
    )
    return settle(root_of(left, transitive(both, whole), ROOTS, N), *GIVEN)


@cache
def root_right() -> Theorem:
    """Return (W^T W)^(1/N) = V diag(sigma_i^(2/N)) V^T."""
    both = changed(transpose(W) * W, svd)
    whole = words(
        sides(both)[1],
        conjugate(V, SQUARES),
        (V * SIGMA, left, SIGMA * transpose(V)),
        (V, squares(), transpose(V)),
    )
    return settle(root_of(right, transitive(both, whole), ROOTS, N), *GIVEN)


def root_power(given: Theorem, exponent: Term) -> Theorem:
    """Return (Q diag(sigma^(2/N)) Q^T)^n = Q diag((sigma^(2/N))^n) Q^T."""
    return then(conjugate_power(given, ROOTS, exponent), diagonals(ROOTS**exponent))


# --- eigenvectors ---------------------------------------------------------------------------------


def summand(term: Term, j: Term) -> Theorem:
    """Return: (W W^T)^((N-j)/N) u_i v_l^T (W^T W)^((j-1)/N) is a multiple of u_i v_l^T."""
    one, two = root_power(left, N - j), root_power(right, j - 1)
    here = changed(term, one, two)
    first, second = (sides(x)[1].args[0].args[1] for x in (one, two))
    e, turned = unit(d, i.term, l.term), transpose(V)
    at_i, at_l = unit_scaled(first * e), unit_scaled(e * second)
    value = (sigma(i.term) ** 2) ** ((N - j) / N) * (sigma(l.term) ** 2) ** ((j - 1) / N)
    found = words(
        sides(here)[1],
        value * PAIR,
        (U * first, left, e * turned * V * second * turned),
        (U * first * e, right, second * turned),
        (U, at_i, second * turned),
        (sides(at_i)[1].args[0] * U, at_l, turned),
    )
    return transitive(here, found)


@cache
def eigenvector() -> Theorem:
    """Return A(u_i v_l^T) = (1/N) sum_j (sigma_i^2)^((N-j)/N) (sigma_l^2)^((j-1)/N) u_i v_l^T."""
    opened = then(unfold(OPERATOR(N, W, PAIR)), root_left(), root_right())
    whole = sides(opened)[1].args[1]
    summed = inside(whole, lambda j: summand(body(whole, j), j), *GIVEN, *PLACE)
    told = then(opened, summed, pulled_out(sides(summed)[1]))
    factor, multiple = sides(told)[1].args
    last = words(sides(told)[1], (factor * multiple.args[0]) * PAIR)
    return settle(transitive(told, last), *GIVEN, *PLACE)


def valued(coefficient: Theorem, *conditions: Term) -> Theorem:
    """Return A(u_i v_l^T) = c u_i v_l^T for all i, l with conditions, from what c is."""
    found = settle(then(eigenvector(), coefficient), *GIVEN, *PLACE, *conditions)
    return generalise(found, (i, l), *PLACE, *conditions)


def value() -> Term:
    """Return the eigenvalue (1/N) sum_j (sigma_i^2)^((N-j)/N) (sigma_l^2)^((j-1)/N)."""
    return sides(eigenvector())[1].args[0]


@cache
def as_powers() -> Theorem:
    """Return sum_j (sigma_i^2)^((N-j)/N) (sigma_l^2)^((j-1)/N) = sum_j a^(N-j) b^(j-1)."""
    whole = value().args[1]
    return inside(
        whole,
        lambda j: field(body(whole, j), A_I ** (N - j) * A_L ** (j - 1)),
        *GIVEN,
        *PLACE,
    )


@cache
def distinct() -> Theorem:
    """Return what the eigenvalue is where sigma_i != sigma_l: a geometric sum."""
    told = changed(value(), as_powers())
    closed = (sigma(i.term) ** 2 - sigma(l.term) ** 2) / (N * (A_I - A_L))
    last = field(sides(told)[1], closed, (1 / (N * (A_I - A_L)), geometric(A_I, A_L, N)))
    return settle(transitive(told, last), *GIVEN, *PLACE, DIFFERENT)


@cache
def coincident() -> Theorem:
    """Return what the eigenvalue is where sigma_i = sigma_l: all summands are equal."""
    told = changed(value(), symmetric(assume(SAME)))
    whole = sides(told)[1].args[1]
    power = sigma(i.term) ** (2 - 2 / N)
    summed = inside(whole, lambda j: field(body(whole, j), power), *GIVEN, *PLACE)
    told = then(told, summed, constant(sides(summed)[1]))
    return settle(transitive(told, field(sides(told)[1], power)), *GIVEN, *PLACE)


# --- self-adjoint, and positive definite ----------------------------------------------------------


def traces_of_summands(term: Term, at: Term, form: Callable[[Term], Term]) -> Theorem:
    """Return: a linear form of A(Z) is the sum of its values at the summands of A(Z)."""
    opened = changed(term, unfold(OPERATOR(N, W, at)))
    x = fresh(W.sort)
    whole = unfolded(OPERATOR(N, W, at)).args[1]
    return transitive(opened, linear_image(whole, x, form((1 / N) * x.term)))


def symmetric_root(definite: Theorem, exponent: Term) -> Theorem:
    """Return that (M^(1/N))^n is symmetric, for a positive semidefinite M."""
    return symmetric_of(psd_power(root_psd(definite, N), exponent))


def self_adjoint() -> Theorem:
    """Return Tr(X^T A(Y)) = Tr(A(X)^T Y): each summand is symmetric."""
    x, y = X.term, Y.term
    one = traces_of_summands(inner(x, OPERATOR(N, W, y)), y, lambda z: inner(x, z))
    two = traces_of_summands(inner(OPERATOR(N, W, x), y), x, lambda z: inner(z, y))
    first, second = sides(one)[1], sides(two)[1]
    gram = psd_gram(transpose(W))
    rows = rewrite(gram, words(gram.conclusion.args[0], W * transpose(W)))
    columns = psd_gram(W)

    def summands(j: Term) -> Theorem:
        p, q = symmetric_root(rows, N - j), symmetric_root(columns, j - 1)
        (pt, _), (_, q0) = sides(p), sides(q)
        scale = (-1 / N) * identity(d)
        return traces(
            body(first, j),
            body(second, j),
            (scale * q0 * transpose(x), p, y),
            (scale, q, transpose(x) * pt * y),
        )

    found = then(one, inside(first, summands, *GIVEN))
    return generalise(settle(transitive(found, symmetric(two)), *GIVEN), (X, Y))


def half(exponent: Term) -> Term:
    """Return diag(sigma^(n/N))."""
    return diagonal(k, d, sigma(k.term) ** (exponent / N))


def half_squared(exponent: Term) -> Theorem:
    """Return diag(sigma^(n/N)) diag(sigma^(n/N)) = diag((sigma^(2/N))^n)."""
    found = diagonals(half(exponent) * half(exponent))
    whole = sides(found)[1]
    return then(found, inside(whole, lambda v: field(body(whole, v), body(ROOTS, v) ** exponent)))


def half_inverse(exponent: Term) -> Theorem:
    """Return diag(sigma^(-n/N)) diag(sigma^(n/N)) = I."""
    found = diagonals(half(-exponent) * half(exponent))
    whole = sides(found)[1]
    ones = inside(whole, lambda v: field(body(whole, v), number(1)))
    return transitive(then(found, ones), symmetric(identity_is_diagonal(d)))


def middle(j: Term) -> Term:
    """Return M_j = diag(sigma^((N-j)/N)) U^T X V diag(sigma^((j-1)/N))."""
    return half(N - j) * transpose(U) * X.term * V * half(j - 1)


def form_of_squares() -> Theorem:
    """Return Tr(X^T A(X)) = sum_j (1/N) Tr(M_j^T M_j)."""
    x, xt, ut, vt = X.term, transpose(X.term), transpose(U), transpose(V)
    one = traces_of_summands(inner(x, OPERATOR(N, W, x)), x, lambda z: inner(x, z))
    whole = sides(one)[1]

    def summands(j: Term) -> Theorem:
        p, q = root_power(left, N - j), root_power(right, j - 1)
        here = changed(body(whole, j), root_left(), root_right(), p, q)
        c, e = half_squared(N - j), half_squared(j - 1)
        (cc, _), (_, power) = sides(c), sides(e)
        scale = (-1 / N) * xt * U
        last = traces(
            sides(here)[1],
            (1 / N) * inner(middle(j), middle(j)),
            (scale, c, ut * x * V * power * vt),
            (scale * cc * ut * x * V, e, vt),
        )
        return transitive(here, last)

    return then(one, inside(whole, summands, *GIVEN))


def vanishing(last: Theorem) -> Theorem:
    """Return X = O from M_1 = O: what stands around X in M_1 has inverses."""
    x, ut, vt, one = X.term, transpose(U), transpose(V), integer(1)
    c, e = half_inverse(N - one), half_inverse(one - one)
    minus, inside_ = -1 * identity(d), ut * x * V
    return words(
        x,
        zero(d),
        (minus, other_inverse(left), x),
        (-1 * (U * ut * x), other_inverse(right), None),
        (-1 * U, c, inside_ * vt),
        (-1 * (U * sides(c)[0] * inside_), e, vt),
        (U * half(one - N), last, half(one - one) * vt),
    )


def positive_definite() -> Theorem:
    """Return 0 < Tr(X^T A(X)) for X != O: a sum of Tr(M_j^T M_j), and M_1 = O makes X = O."""
    told = form_of_squares()
    told = then(told, bottom(sides(told)[1]))
    form, (first, rest) = sides(told)[0], sides(told)[1].args
    square_of = first.args[1]
    depth = proved(positive(number(N)), *GIVEN)
    wrong = assume(at_most(form, ZERO))
    low = certificate(
        at_most(square_of, ZERO),
        [[depth, wrong], [depth, proved(at_most(ZERO, rest), *GIVEN)]],
        [(number(N), told)],
    )
    none = antisymmetric(low, gram_trace_nonnegative(square_of.args[0].args[1]))
    distinct_ = assume(different(X.term, zero(d)))
    against = settle(absurd(vanishing(gram_trace_zero(none)), distinct_), *GIVEN)
    return generalise(contradiction(against, positive(form)), X, distinct_.conclusion)


@cache
def derive() -> Deduction:
    """Return the theorems about the spectrum, for all N and d."""
    proof = Deduction("operator-spectrum")
    proof.show("squares", squares(), "Diagonal matrices are multiplied entry by entry.")
    proof.show("root-left", root_left(), "So, as a positive semidefinite root is unique,")
    proof.show("root-right", root_right(), "and, on the other side,")
    found = generalise(eigenvector(), (i, l), *PLACE)
    proof.conclude("sum", found, "Each summand of the operator multiplies $u_iv_l^T$ by a number.")
    proof.show("geometric", geometric(A_I, A_L, N), "The sum of these numbers telescopes,")
    unequal = valued(distinct(), DIFFERENT)
    proof.conclude("distinct", unequal, "which leaves, where the singular values differ,")
    proof.conclude("coincident", valued(coincident(), SAME), "and where they are equal")
    proof.conclude("basis", orthonormal_units(left, right), "With orthogonal $U$ and $V$")
    proof.conclude("self-adjoint", self_adjoint(), "Powers of a symmetric matrix are symmetric:")
    proof.show("squares-of-lengths", form_of_squares(), "With $M_j$ as in")
    proof.conclude("positive", positive_definite(), "If this is not positive, $M_1$ is zero; so")
    return proof
