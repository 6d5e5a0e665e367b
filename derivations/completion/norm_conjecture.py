"""The norms of the minimisers of one completion problem (G2017, Conjecture 1)."""

from fractions import Fraction
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.completion import FREE, INVARIANT, TILTED, TWO, nu
from dlnproof.definitions.hypotheses import NONNEGATIVE, SVD
from dlnproof.definitions.letters import SIGMA, U, V, W, X, Y, d, i, p, sigma, t, x
from dlnproof.kernel.entries import entry_of
from dlnproof.kernel.logic import (
    absurd,
    assume,
    generalise,
    sides,
    specialise,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field, field_in
from dlnproof.kernel.signs import (
    antisymmetric,
    certificate,
    chain,
    decided,
    power_injective,
    power_positive,
    weaker,
)
from dlnproof.kernel.spectral import other_inverse, psd_form
from dlnproof.kernel.terms import (
    Term,
    at_most,
    determinant,
    entry,
    equal,
    identity,
    less,
    multiply,
    number,
    positive,
    psd,
    total,
    trace,
    transpose,
    unit,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.absolute import (
    absolute,
    absolute_nonnegative,
    absolute_of_nonnegative,
    absolute_of_product,
    absolute_squared,
    positive_factor,
    triangle,
    zero_of_square,
)
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.entrywise import (
    matrices_with,
    same_matrices,
    same_numbers,
    square_of_product,
    squares_of_values,
    written_out,
)
from dlnproof.tactics.rewriting import by, converted
from dlnproof.tactics.settle import proved, settle

ONE, ZERO = number(1), number(0)
FIRST, SECOND = sigma(1), sigma(2)
P, ENTRY = p.term, x.term
KNOWN: Final = (*TWO, *NONNEGATIVE)
SWAP: Final = unit(d, 1, 2) + unit(d, 2, 1)
"""W_0 exchanges the two basis vectors."""
RIGHT: Final = U * SIGMA * transpose(V)


def form() -> Theorem:
    """W = x E_11 + E_12 + E_21."""
    return transitive(assume(equal(W, FREE(ENTRY))), unfold(FREE(ENTRY)))


def of_matrix(left: Term, right: Term) -> Theorem:
    """Return left = right for a number made of W, written out in its entries."""
    plain = converted(left, by(form()))
    return settle(transitive(plain, same_numbers(sides(plain)[1], right)), *TWO)


def indefinite() -> Theorem:
    """W is not positive semidefinite: v^T W v = -1 for v = e_1 - (x+1)/2 e_2."""
    v = unit(d, 1, 1) - multiply((ENTRY + 1) / 2, unit(d, 2, 1))
    above = psd_form(assume(psd(W)), v)
    value = above.conclusion.args[1]
    minus = (number(-1), of_matrix(value, number(-1)))
    wrong = certificate(at_most(ZERO, number(-1)), [[above]], [minus], [value])
    return generalise(absurd(wrong, decided(less(number(-1), ZERO))), (), psd(W))


# --- singular values ------------------------------------------------------------------------------


def squares() -> Theorem:
    """sigma_1^2 + sigma_2^2 = x^2 + 2, which both are Tr(W^T W)."""
    values = squares_of_values(*map(assume, SVD))
    return settle(transitive(symmetric(values), of_matrix(sides(values)[0], ENTRY**2 + 2)), *KNOWN)


def one() -> Theorem:
    """sigma_1 sigma_2 = 1: it is not negative, and has the square (det W)^2 = 1."""
    size, both = determinant(W), FIRST * SECOND
    squared = field(
        both**2,
        ONE**2,
        (ONE, square_of_product(*map(assume, SVD))),
        (size - 1, of_matrix(size, number(-1))),
    )
    above = proved(at_most(ZERO, both), *KNOWN)
    found = power_injective(above, weaker(decided(less(ZERO, ONE))), squared)
    return settle(found, *KNOWN)


def second(both: Theorem) -> Theorem:
    """0 < sigma_2, from sigma_1 sigma_2 = 1."""
    return positive_factor(proved(at_most(ZERO, SECOND), *KNOWN), product_positive(both))


def product_positive(both: Theorem) -> Theorem:
    """0 < sigma_1 sigma_2, from sigma_1 sigma_2 = 1."""
    return certificate(less(ZERO, FIRST * SECOND), [[1]], [(ONE, both)])


def inverse(both: Theorem, first: Theorem) -> Theorem:
    """sigma_2^p = 1 / sigma_1^p, from sigma_1 sigma_2 = 1."""
    value = field(SECOND, 1 / FIRST, (1 / FIRST, both))
    power_ = converted(SECOND**P, by(value))
    return settle(transitive(power_, field(sides(power_)[1], 1 / FIRST**P)), first)


def only(both: Theorem, first: Theorem, squared: Theorem) -> Theorem:
    """If sigma_1^p + sigma_2^p = 2, then x = 0: sigma_1^p = 1, so that both values are 1."""
    s = FIRST**P
    sum_ = total(i, 1, d, sigma(i.term) ** P)
    two = assume(equal(sum_, 2))
    square = field(
        (s - 1) ** 2, ZERO, (s, two), (-s, written_out(sum_)), (-s, inverse(both, first))
    )
    is_one = field(s, ONE**P, (ONE, zero_of_square(settle(square, first, second(both), *KNOWN))))
    above = weaker(first)
    first_one = power_injective(above, weaker(decided(less(ZERO, ONE))), is_one)
    second_one = field(SECOND, ONE, (ONE, both), (-SECOND, first_one))
    entry_ = field(
        ENTRY**2, ZERO, (-ONE, squared), (FIRST + 1, first_one), (SECOND + 1, second_one)
    )
    found = settle(zero_of_square(entry_), first, second(both), *KNOWN, positive(P))
    return generalise(found, p, positive(P), two.conclusion)


def attained(both: Theorem, first: Theorem, squared: Theorem) -> Theorem:
    """If x = 0, both values are 1."""
    is_zero = assume(equal(ENTRY, 0))
    gap = field((FIRST - SECOND) ** 2, ZERO, (ONE, squared), (-2 * ONE, both), (ENTRY, is_zero))
    same = zero_of_square(gap)
    square = field(FIRST**2, ONE**2, (ONE, both), (FIRST, same))
    first_one = power_injective(weaker(first), weaker(decided(less(ZERO, ONE))), square)
    second_one = field(SECOND, ONE, (ONE, first_one), (-ONE, same))
    sum_ = total(i, 1, d, sigma(i.term) ** P)
    powers = [converted(s**P, by(e)) for s, e in ((FIRST, first_one), (SECOND, second_one))]
    found = field(sum_, number(2), (ONE, written_out(sum_)), *((ONE, e) for e in powers))
    found = settle(found, first, second(both), *KNOWN)
    return generalise(found, p, positive(P), is_zero.conclusion)


# --- norms ----------------------------------------------------------------------------------------


def invariant(both: Theorem, squared: Theorem) -> Theorem:
    """A unitarily invariant norm of W_0 is at most that of W.

    (sigma_1 + sigma_2) I is Sigma + J Sigma J, with the norm of Sigma at most twice; and
    sigma_1 + sigma_2 >= 2.
    """
    svd, left, right = (assume(s) for s in SVD)
    less_, scaled, turned = (assume(s) for s in INVARIANT)
    one_, sum_ = identity(d), FIRST + SECOND
    involution = same_matrices(transpose(SWAP) * SWAP, one_)
    back = same_words(transpose(transpose(V)) * transpose(V), one_, other_inverse(right))
    size_one, size = nu(one_), nu(SIGMA)

    of_w = converted(nu(W), by(svd))
    of_w = transitive(of_w, settle(specialise(turned, U, SIGMA, transpose(V)), left, back))
    exchanged = settle(specialise(turned, SWAP, SIGMA, SWAP), involution)
    of_swap = settle(
        specialise(turned, SWAP, one_, one_), involution, same_words(transpose(one_) * one_, one_)
    )
    body = unfold(FREE(0))
    plain = transitive(body, same_matrices(sides(body)[1], SWAP * one_ * one_))
    of_free = transitive(converted(nu(FREE(0)), by(plain)), of_swap)

    halves = same_matrices(multiply(sum_, one_), SIGMA + SWAP * SIGMA * SWAP)
    above = proved(at_most(ZERO, sum_), *KNOWN)
    multiple = field(
        sum_ * size_one,
        nu(SIGMA + SWAP * SIGMA * SWAP),
        (-ONE, specialise(scaled, sum_, one_)),
        (-size_one, absolute_of_nonnegative(above)),
        (ONE, converted(nu(multiply(sum_, one_)), by(halves))),
    )
    twice = certificate(
        at_most(sum_ * size_one, 2 * size),
        [[specialise(less_, SIGMA, SWAP * SIGMA * SWAP)]],
        [(-ONE, multiple), (-ONE, exchanged)],
    )
    inverse_ = power_positive(proved(less(ZERO, sum_ + 2), *KNOWN), -1)
    nuclear = field(sum_**2, ENTRY**2 + 4, (ONE, squared), (2 * ONE, both))
    two = certificate(at_most(number(2), sum_), [[ENTRY, inverse_]], [((sum_ + 2) ** -1, nuclear)])
    smaller = certificate(
        at_most(size_one, size),
        [[Fraction(1, 2), twice], [Fraction(1, 2), two, nonnegative(one_)]],
    )
    return settle(chain(of_free, smaller, symmetric(of_w)), *KNOWN)


def nonnegative(value: Term) -> Theorem:
    """A norm is not negative: 0 = |X - X| <= 2 |X|."""
    less_, scaled, _ = (assume(s) for s in INVARIANT)
    minus = multiply(number(-1), value)
    none = same_words(value + minus, multiply(ZERO, value))
    is_zero = field(
        nu(value + minus),
        ZERO,
        (ONE, converted(nu(value + minus), by(none))),
        (ONE, specialise(scaled, ZERO, value)),
    )
    is_same = field(nu(minus), nu(value), (ONE, specialise(scaled, number(-1), value)))
    return certificate(
        at_most(ZERO, nu(value)),
        [[Fraction(1, 2), specialise(less_, value, minus)]],
        [(ONE / 2, is_zero), (-ONE / 2, is_same)],
    )


def derive() -> Deduction:
    """Return the derivation of the norms of W_x and of where they are least."""
    proof = Deduction("norm-conjecture")
    proof.show("matrix", form(), "The minimisers are the matrices")
    proof.conclude("determinant", of_matrix(determinant(W), number(-1)), "The determinant is")
    proof.conclude("indefinite", indefinite(), "A vector shows that none is semidefinite:")
    size = of_matrix(trace(transpose(W) * W), ENTRY**2 + 2)
    proof.conclude("frobenius", size, "The squares of the entries add up to")
    squared = proof.show("squares", squares(), "and so do those of the singular values,")
    both = proof.show("one", one(), "whose product is that of the determinants.")
    first = positive_factor(proved(at_most(ZERO, FIRST), *KNOWN), product_positive(both))
    sum_ = total(i, 1, d, sigma(i.term))
    added = written_out(sum_)
    nuclear = field(
        sum_**2,
        ENTRY**2 + 4,
        (sum_ + FIRST + SECOND, added),
        (ONE, squared),
        (2 * ONE, both),
    )
    proof.conclude("nuclear", settle(nuclear, *KNOWN), "Therefore")
    powers = inverse(both, first)
    proof.conclude("inverse", generalise(powers, p, positive(P)), "One value is the inverse")
    s = FIRST**P
    above = power_positive(power_positive(first, P), -1)
    least = certificate(at_most(number(2), s + 1 / s), [[s - 1, above]], (), [s])
    least = settle(least, first)
    proof.conclude("schatten", generalise(least, p, positive(P)), "and a square is not negative:")
    proof.conclude("only", only(both, first, squared), "Where it vanishes both values are 1,")
    proof.conclude("attained", attained(both, first, squared), "and conversely.")
    proof.conclude("invariant", invariant(both, squared), "By the triangle inequality")
    _tilted(proof)
    return proof


# --- a norm that is not unitarily invariant -------------------------------------------------------


def _tilted(proof: Deduction) -> None:
    at, zero_ = TILTED(FREE(-1)), TILTED(FREE(0))
    value = settle(same_numbers(at, number(2)), *TWO)
    proof.conclude("tilted", value, "Written out, the other norm is")
    other = settle(same_numbers(zero_, number(3)), *TWO)
    proof.show("at-zero", other, "and at $x=0$")
    less_ = certificate(less(at, zero_), [[1]], [(ONE, other), (-ONE, value)], [at, zero_])
    proof.conclude("less", less_, "which is more.")
    proof.conclude("triangle", _triangle(), "It is a norm:")
    proof.conclude("multiples", _multiples())
    proof.conclude("definite", _definite())


def forms(value: Term) -> list[Term]:
    """Return the linear forms whose absolute values are added up."""
    w = {(i, l): entry(value, i, l) for i in (1, 2) for l in (1, 2)}
    return [w[1, 1] + w[1, 2], w[1, 2], w[2, 1], w[2, 2]]


def opened_out(value: Term, expected: list[Term]) -> Theorem:
    """Return tau(X) = |a| + |b| + |c| + |d|, for what the forms at X are."""
    found = unfold(TILTED(value))
    for form_, term in zip(forms(value), expected, strict=True):
        same = same_numbers(form_, term)
        found = transitive(found, converted(sides(found)[1], by(same))) if form_ != term else found
    return settle(found, *TWO)


def _triangle() -> Theorem:
    one_, other = forms(X.term), forms(Y.term)
    whole = opened_out(X.term + Y.term, [a + b for a, b in zip(one_, other, strict=True)])
    pairs = list(zip(one_, other, strict=True))
    sizes = [absolute(f) for a, b in pairs for f in (a, b, a + b)]
    found = certificate(
        at_most(TILTED(X.term + Y.term), TILTED(X.term) + TILTED(Y.term)),
        [[triangle(a, b)] for a, b in pairs],
        [(-ONE, whole), (ONE, unfold(TILTED(X.term))), (ONE, unfold(TILTED(Y.term)))],
        sizes,
    )
    return generalise(found, (X, Y))


def _multiples() -> Theorem:
    number_ = t.term
    inside = forms(X.term)
    scaled = multiply(number_, X.term)
    found = field_in(
        [absolute(f) for a in inside for f in (a, number_ * a)] + [absolute(number_)],
        TILTED(scaled),
        absolute(number_) * TILTED(X.term),
        (ONE, opened_out(scaled, [number_ * a for a in inside])),
        *((ONE, absolute_of_product(number_, a)) for a in inside),
        (-absolute(number_), unfold(TILTED(X.term))),
    )
    return generalise(found, (t, X))


def _definite() -> Theorem:
    inside = forms(X.term)
    is_zero = assume(equal(TILTED(X.term), 0))
    sizes = [absolute(a) for a in inside]
    zeros = []
    for k, (a, size) in enumerate(zip(inside, sizes, strict=True)):
        others = [[absolute_nonnegative(b)] for n, b in enumerate(inside) if n != k]
        below = certificate(
            at_most(size, ZERO),
            others,
            [(ONE, unfold(TILTED(X.term))), (-ONE, is_zero)],
            sizes,
        )
        none = antisymmetric(below, absolute_nonnegative(a))
        square = field_in([size, a], a**2, ZERO, (-ONE, absolute_squared(a)), (size, none))
        zeros.append(zero_of_square(square))
    first = field(entry(X.term, 1, 1), ZERO, (ONE, zeros[0]), (-ONE, zeros[1]))
    four = dict(zip(((1, 1), (1, 2), (2, 1), (2, 2)), (first, *zeros[1:]), strict=True))
    entries = {
        (i, l): transitive(e, symmetric(entry_of(zero(d), i, l))) for (i, l), e in four.items()
    }
    return generalise(settle(matrices_with(entries), *TWO), X, is_zero.conclusion)
