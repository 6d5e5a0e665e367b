"""The volume of the metric as an image of Lebesgue measure, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DEPTH, FRAME, ORDERED, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import (
    SIGMA,
    D,
    N,
    R,
    U,
    V,
    a,
    b,
    d,
    differential,
    i,
    image_differential,
    k,
    l,
    root_differential,
    s,
    sigma,
)
from dlnproof.definitions.orbits import ROOTS
from dlnproof.definitions.power_map import POWERS, ROOT, ROOT_FRAME
from dlnproof.kernel.calculus import derivative_diagonal, derivative_power, one_value
from dlnproof.kernel.determinants import frame_by_pairs
from dlnproof.kernel.entries import diagonals, entry_of
from dlnproof.kernel.logic import (
    assume,
    cut,
    generalise,
    instance,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.powers import psd_power_by_eigenvalues
from dlnproof.kernel.signs import unique_root
from dlnproof.kernel.terms import (
    Family,
    Term,
    at_most,
    diagonal,
    entry,
    frame_determinant,
    number,
    positive,
    product,
    psd_power,
    substitute,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.agreement import joined, same, squared
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.settle import proved, settle

from ..metric import metric_diagonalization
from ..metric.operator_spectrum import left, right
from . import svd_jacobian, volume_form
from .svd_jacobian import FRAMES, PAIRS
from .volume_form import OFF_DIAGONAL, ON_DIAGONAL

GIVEN: Final = (*DEPTH, *WIDTH, *SVD, *POSITIVE, *ORDERED)
KNOWN: Final = (*GIVEN, *ROOT, *ROOT_FRAME)
I, L, K = i.term, l.term, k.term
ZERO: Final = number(0)
ROOT_I, ROOT_L = sigma(I) ** (1 / N), sigma(L) ** (1 / N)
DR: Final = root_differential(D.term, a.term, b.term)
RATE: Final = N * sigma(I) ** (1 - 1 / N)
"""How sigma_i moves with its root."""
MOVES: Final = diagonal(i, d, RATE * entry(D.term, I, I))
"""How Sigma moves with its root."""


# --- the image ------------------------------------------------------------------------------------


@cache
def image() -> Theorem:
    """R (R^T R)^((N-1)/2) = W."""
    squares = diagonal(k, d, (sigma(K) ** (1 / N)) ** 2)
    gram = changed(transpose(R) * R, assume(ROOT[0]))
    products = diagonals(ROOTS * ROOTS)
    products = then(
        products,
        inside(sides(products)[1], lambda v: field(body(sides(products)[1], v), body(squares, v))),
    )
    gram = transitive(gram, same_words(sides(gram)[1], V * squares * transpose(V), left, products))
    exponent = (N - number(1)) / 2
    sign = proved(positive(body(squares, K)), *POSITIVE, *DEPTH, *within(k, 1, d))
    spread = psd_power_by_eigenvalues(right, sign, k, exponent)
    power_ = transitive(changed(psd_power(transpose(R) * R, exponent), gram), spread)
    powers = sides(power_)[1].args[0].args[1]
    whole = diagonals(ROOTS * powers)
    whole = then(
        whole, inside(sides(whole)[1], lambda v: field(body(sides(whole)[1], v), sigma(v)))
    )
    told = changed(R * psd_power(transpose(R) * R, exponent), power_, assume(ROOT[0]))
    told = transitive(told, same_words(sides(told)[1], U * SIGMA * transpose(V), right, whole))
    return settle(transitive(told, symmetric(assume(SVD[0]))), *KNOWN)


# --- how it moves ---------------------------------------------------------------------------------


@cache
def powers_move() -> Theorem:
    """(Sigma^(1/N) + s D)^N moves by N sigma_i^(1 - 1/N) D_ii on the diagonal."""
    base = differentiate(body(POWERS, I).args[0], s, ZERO)
    rate = derivative_power(base, N)
    found = derivative_diagonal(rate, i, d)
    value = found.conclusion.args[1]

    def plain(v: Term) -> Theorem:
        moved = body(value, v).args[0].args[1].args[0]
        told = changed(body(value, v), field(moved, sigma(v) ** (1 / N)))
        return transitive(told, field(sides(told)[1], body(MOVES, v)))

    return settle(valued(found, inside(value, plain, *GIVEN)), *GIVEN)


@cache
def still() -> Theorem:
    """(Sigma^(1/N) + 0 D)^N = Sigma."""
    at_zero = substitute(POWERS, {s: ZERO})

    def plain(v: Term) -> Theorem:
        power_ = body(at_zero, v)
        told = changed(power_, field(power_.args[0], sigma(v) ** (1 / N)))
        return transitive(told, field(sides(told)[1], sigma(v)))

    return settle(inside(at_zero, plain, *GIVEN), *GIVEN)


def of_frames(middle: Term) -> Term:
    """Return how U Sigma V^T moves where Sigma moves by a matrix, and the frames by a and b."""
    return U * (a.term * SIGMA + middle + SIGMA * transpose(b.term)) * transpose(V)


@cache
def value() -> Theorem:
    """df(D, a, b) is how U Sigma V^T moves where Sigma moves by N Sigma^(1-1/N) D."""
    given = specialise(assume(ROOT_FRAME[1]), D.term, a.term, b.term)
    function = body(given.conclusion, s.term)
    found = one_value(given, differentiate(function, s, ZERO, powers_move()))
    found = then(found, still())
    return settle(transitive(found, words(sides(found)[1], of_frames(MOVES))), *KNOWN)


@cache
def smooth() -> Theorem:
    """U Sigma V^T moves so where Sigma moves by any D: what dW is, in its Jacobian."""
    function = body(specialise(assume(FRAME[0]), D.term, a.term, b.term).conclusion, s.term)
    found = differentiate(function, s, ZERO)
    plain = words(found.conclusion.args[1], of_frames(D.term))
    return generalise(valued(found, plain), (D, a, b))


@cache
def diagonal_moves() -> Theorem:
    """What Sigma moves by is diagonal."""
    return settle(inside(MOVES, lambda v: symmetric(entry_of(MOVES, v, v)), *WIDTH))


def entry_at(theorem: Theorem, row: Term, col: Term) -> Theorem:
    """Return what an entry of U^T df V is, from what that of U^T dW V is."""
    found = cut(instance(theorem, {differential: Family((D, a, b), of_frames(D.term))}), smooth())
    at = (I,) if row == col else (I, L)
    found = specialise(found, MOVES, a.term, b.term, *at)
    moves = image_differential(D.term, a.term, b.term)
    return transitive(changed(entry(transpose(U) * moves * V, row, col), value()), found)


@cache
def on_diagonal() -> Theorem:
    """(U^T df V)_ii = N sigma_i^(1-1/N) D_ii."""
    found = entry_at(svd_jacobian.on_diagonal(), I, I)
    found = then(found, entry_of(MOVES, I, I))
    ends = within(i, 1, d)
    found = transitive(found, field(sides(found)[1], RATE * entry(D.term, I, I)))
    found = settle(found, *KNOWN, diagonal_moves(), *FRAMES, *ends)
    return generalise(found, (D, a, b, i), *FRAMES, *ends)


def off_diagonal(*, lower: bool) -> Theorem:
    """(U^T df V)_il = sigma_l a_il - sigma_i b_il, or _li, for i < l."""
    row, col = (L, I) if lower else (I, L)
    found = entry_at(svd_jacobian.off_diagonal(lower=lower), row, col)
    found = settle(found, *KNOWN, diagonal_moves(), *FRAMES, *PAIRS)
    return generalise(found, (D, a, b, i, l), *FRAMES, *PAIRS)


@cache
def jacobian() -> Theorem:
    """|det df| = prod_i N sigma_i^(1-1/N) prod_{i<l} (sigma_i^2 - sigma_l^2)."""
    whole = frame_determinant(D, a, b, image_differential(D.term, a.term, b.term))
    pairs = [off_diagonal(lower=flag) for flag in (False, True)]
    found = settle(frame_by_pairs(left, right, whole, on_diagonal(), *pairs), *KNOWN)
    values = sides(found)[1].args[0]

    def absolute(v: Term) -> Theorem:
        rate = substitute(RATE, {i: v})
        above = proved(at_most(ZERO, rate), *GIVEN, *within(v.data, 1, d))
        return unique_root(above, field(rate**2, body(values, v).args[0]))

    found = then(found, inside(values, absolute, *GIVEN), svd_jacobian.differences())
    return settle(found, *KNOWN)


# --- the volume -----------------------------------------------------------------------------------

OF_N: Final = product(i, 1, d, number(N))
OF_PAIRS: Final = product(i, 1, d, product(l, I + 1, d, N * (ROOT_I**2 - ROOT_L**2)))


@cache
def density() -> Theorem:
    """sqrt(det g) |det df| = prod_i N prod_{i<l} N (sigma_i^(2/N) - sigma_l^(2/N))."""
    whole = volume_form.metric_root()
    told = changed(sides(whole)[0] * sides(jacobian())[0], whole, jacobian())
    rates, pairs = sides(jacobian())[1].args
    apart = field(sides(told)[1], (ON_DIAGONAL * rates) * (OFF_DIAGONAL * pairs))
    told = transitive(told, apart)
    told = then(told, joined(ON_DIAGONAL, rates, *GIVEN), joined(OFF_DIAGONAL, pairs, *GIVEN))
    return settle(transitive(told, same(sides(told)[1], OF_N * OF_PAIRS, *GIVEN)), *KNOWN)


@cache
def of_roots() -> Theorem:
    """|det dR| = prod_{i<l} (sigma_i^(2/N) - sigma_l^(2/N))."""
    roots = {sigma: Family((i,), ROOT_I), differential: Family((D, a, b), DR)}
    return settle(instance(svd_jacobian.derive().concluded["jacobian"], roots), *KNOWN)


@cache
def volume() -> Theorem:
    """sqrt(det g) |det df| = prod_i N prod_{i<l} N |det dR|."""
    each_pair = product(i, 1, d, product(l, I + 1, d, number(N)))
    told = changed(OF_N * each_pair * sides(of_roots())[0], of_roots())
    differences = sides(of_roots())[1]
    apart = field(sides(told)[1], OF_N * (each_pair * differences))
    told = then(transitive(told, apart), joined(each_pair, differences, *GIVEN))
    told = settle(told, *KNOWN)
    both = same(sides(density())[1], sides(told)[1], *GIVEN)
    return settle(transitive(density(), both, symmetric(told)), *KNOWN)


@cache
def submersion() -> Theorem:
    """det(g / N) |det df|^2 = prod_i N |det dR|^2."""
    whole = metric_diagonalization.sum_determinant()
    told = changed(sides(whole)[0] * sides(jacobian())[0] ** 2, whole, jacobian())
    (values, off), (rates, pairs) = sides(whole)[1].args, sides(jacobian())[1].args
    apart = field(sides(told)[1], (values * rates**2) * (off * pairs**2))
    told = then(transitive(told, apart), squared(rates, *GIVEN), squared(pairs, *GIVEN))
    (_, rates), (_, pairs) = (part.args for part in sides(told)[1].args)
    told = then(told, joined(values, rates, *GIVEN), joined(off, pairs, *GIVEN))
    target = changed(OF_N * sides(of_roots())[0] ** 2, of_roots())
    target = then(target, squared(sides(of_roots())[1], *GIVEN))
    middle = same(sides(told)[1], sides(target)[1], *GIVEN)
    return settle(transitive(told, middle, symmetric(target)), *KNOWN)


@cache
def derive() -> Deduction:
    """Return the theorems about the power map, for all N and d."""
    proof = Deduction("power-map")
    proof.conclude("image", image(), "As $R^TR=V\\Sigma^{2/N}V^T$,")
    proof.show("moves", value(), "Along singular values and singular vectors, $R$ moves to")
    proof.show("jacobian", jacobian(), "Pair by pair, as $U\\Sigma V^T$ does, this has")
    proof.conclude("density", density(), "Times the density of the metric,")
    proof.show("roots", of_roots(), "And, as $R=U\\Sigma^{1/N}V^T$,")
    proof.conclude("volume", volume(), "So")
    proof.conclude("submersion", submersion(), "The same with the determinant of $g^N/N$ is")
    return proof
