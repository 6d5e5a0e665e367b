"""The minimisers of rank one of a 2 x 2 diagonal completion problem (CMV2023)."""

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.completion import DIAGONAL_OBSERVED, LOG_RANK, TWO
from dlnproof.definitions.hypotheses import NONNEGATIVE, ORDERED, SVD
from dlnproof.definitions.letters import W, sigma, x, y
from dlnproof.definitions.small import OBSERVED, b_11, b_22
from dlnproof.kernel.logic import (
    absurd,
    assume,
    contradiction,
    generalise,
    sides,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field, log_of_one
from dlnproof.kernel.signs import certificate, decided, stricter, turned
from dlnproof.kernel.terms import (
    Term,
    at_most,
    determinant,
    different,
    equal,
    less,
    log,
    number,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.absolute import zero_of_square
from dlnproof.tactics.entrywise import (
    same_numbers,
    square_of_product,
    squares_of_values,
    written_out,
)
from dlnproof.tactics.equations import changed
from dlnproof.tactics.settle import proved, settle

ONE, ZERO = number(1), number(0)
FIRST, SECOND = sigma(1), sigma(2)
X, Y = x.term, y.term
KNOWN: Final = (*TWO, *NONNEGATIVE, *ORDERED, *OBSERVED)
HYPERBOLA: Final = equal(X * Y, b_11 * b_22)


def of_matrix(left: Term, right: Term) -> Theorem:
    """Return left = right for a number made of W, written out in its entries."""
    plain = changed(left, assume(DIAGONAL_OBSERVED[0]))
    return settle(transitive(plain, same_numbers(sides(plain)[1], right)), *KNOWN)


@cache
def size() -> Theorem:
    """det W = b_11 b_22 - x y."""
    return of_matrix(determinant(W), b_11 * b_22 - X * Y)


@cache
def squares() -> Theorem:
    """sigma_1^2 + sigma_2^2 = b_11^2 + x^2 + y^2 + b_22^2."""
    values = squares_of_values(*map(assume, SVD))
    entries = of_matrix(sides(values)[0], b_11**2 + X**2 + Y**2 + b_22**2)
    return settle(transitive(symmetric(values), entries), *KNOWN)


@cache
def largest() -> Theorem:
    """0 < sigma_1: else W would be zero, and b_11 b_22 is not."""
    is_zero = assume(equal(FIRST, 0))
    diagonal_ = assume(different(b_11, 0))
    below = certificate(at_most(SECOND, ZERO), [[proved(at_most(SECOND, FIRST), *KNOWN)]],
                        [(-ONE, is_zero)])  # fmt: skip
    above = proved(at_most(ZERO, SECOND), *KNOWN)
    wrong = certificate(
        less(ZERO, ZERO),
        [[diagonal_], [X], [Y], [b_22], [above, above], [2, above, below]],
        [(ONE, squares()), (-FIRST, is_zero)],
    )
    false = settle(absurd(wrong, decided(at_most(ZERO, ZERO))), nonzero())
    return settle(
        stricter(
            proved(at_most(ZERO, FIRST), *KNOWN),
            turned(contradiction(false, different(FIRST, 0))),
        ),
        *KNOWN,
    )


def nonzero() -> Theorem:
    """b_11 != 0, from b_11 b_22 != 0."""
    is_zero = assume(equal(b_11, 0))
    product = field(b_11 * b_22, ZERO, (b_22, is_zero))
    return contradiction(absurd(product, assume(OBSERVED[0])), different(b_11, 0))


@cache
def squared() -> Theorem:
    """(sigma_1 sigma_2)^2 = (det W)^2."""
    return settle(square_of_product(*map(assume, SVD)), *KNOWN)


@cache
def second() -> Theorem:
    """sigma_2 = 0 where x y = b_11 b_22."""
    on_it = assume(HYPERBOLA)
    whole = determinant(W)
    none = field(
        SECOND**2,
        ZERO,
        (1 / FIRST**2, squared()),
        (whole / FIRST**2, size()),
        (-whole / FIRST**2, on_it),
    )
    return settle(zero_of_square(settle(none, largest())), *KNOWN)


def on_hyperbola() -> Theorem:
    """x y = b_11 b_22 where sigma_2 = 0."""
    is_zero = assume(equal(SECOND, 0))
    whole = determinant(W)
    none = field(whole**2, ZERO, (-ONE, squared()), (FIRST**2 * SECOND, is_zero))
    found = field(X * Y, b_11 * b_22, (ONE, size()), (-ONE, zero_of_square(none)))
    return generalise(settle(found, *KNOWN), (), is_zero.conclusion)


def rank() -> Theorem:
    """log erank = 0 where sigma_2 = 0: the shares are 1 and 0."""
    opened = unfold(LOG_RANK())
    plain = settle(transitive(opened, written_out(sides(opened)[1])), *KNOWN)
    none, whole = second(), FIRST + SECOND
    share = field(FIRST / whole, ONE, (-1 / whole, none))
    logarithm = transitive(changed(log(FIRST / whole), share), log_of_one())
    found = field(
        LOG_RANK(),
        ZERO,
        (ONE, plain),
        (-FIRST / whole, logarithm),
        (-log(SECOND / whole) / whole, none),
    )
    found = settle(found, largest(), *KNOWN)
    return generalise(found, (), HYPERBOLA)


def derive() -> Deduction:
    """Return the derivation of what is not measured: rank one is a hyperbola."""
    proof = Deduction("rank-one-minimizers")
    proof.conclude("determinant", size(), "Written out, the determinant is")
    proof.show("squares", squares(), "and the squares of the entries add up to")
    proof.conclude("positive", largest(), "As the diagonal does not vanish,")
    proof.show("squared", squared(), "and up to its sign the determinant is the product:")
    proof.conclude("hyperbola", generalise(second(), (), HYPERBOLA), "so that")
    proof.conclude("only", on_hyperbola(), "and conversely.")
    proof.conclude("erank", rank(), "Then one share is all:")
    return proof
