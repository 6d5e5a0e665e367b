"""The tangent space of the matrices of one rank: derivatives of curves through W.

They are (I + s X) W (I + s Y), which have the rank of W while both factors are invertible.
"""

from __future__ import annotations

from dlnproof.definitions.geometry import coefficient, pair
from dlnproof.definitions.hypotheses import SVD
from dlnproof.definitions.letters import SIGMA, U, V, W, X, Y, Z, d, i, l, s, sigma
from dlnproof.kernel.calculus import one_value
from dlnproof.kernel.entries import entry_of, unit_scaled
from dlnproof.kernel.logic import assume, generalise, sides, transitive
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import (
    derivative,
    equal,
    identity,
    number,
    positive,
    transpose,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import changed, then, valued
from dlnproof.tactics.settle import settle

from ..metric.operator_spectrum import left, right, svd

I, L, S, ZERO = i.term, l.term, s.term, number(0)
PLACE = (*within(i, 1, d), *within(l, 1, d))
BEYOND = (equal(sigma(I), ZERO), equal(sigma(L), ZERO))
ONE = identity(d)


def tangents() -> Theorem:
    """u_i^T Z v_l = 0 for the derivative Z of such a curve, where sigma_i = sigma_l = 0."""
    moving = (ONE + S * X.term) * W * (ONE + S * Y.term)
    given = derivative(s, moving, ZERO, Z.term)
    found = differentiate(moving, s, ZERO)
    found = valued(found, words(found.conclusion.args[1], X.term * W + W * Y.term))
    same = one_value(assume(given), found)
    one, other = transpose(U) * X.term * U, transpose(V) * Y.term * V
    turned = changed(transpose(U) * Z.term * V, same, svd)
    plain = one * SIGMA + SIGMA * other
    turned = transitive(turned, same_words(sides(turned)[1], plain, left, right))
    here = changed(coefficient(Z.term, I, L), turned)
    here = then(here, entry_of(plain, I, L), *(entry_of(part, I, L) for part in plain.args))
    (x, _), (_, y) = (part.args for part in sides(here)[1].args)
    none = field(sides(here)[1], ZERO, (y, assume(BEYOND[0])), (x, assume(BEYOND[1])))
    conditions = (*PLACE, given, *BEYOND)
    return generalise(settle(transitive(here, none), *PLACE), (X, Y, Z, i, l), *conditions)


def spanned(*, by_row: bool) -> Theorem:
    """u_i v_l^T is the derivative of W (I + s v_i v_l^T / sigma_i), where 0 < sigma_i.

    And of (I + s u_i u_l^T / sigma_l) W, where 0 < sigma_l.
    """
    e, frame, value = unit(d, I, L), V if by_row else U, sigma(I) if by_row else sigma(L)
    turn = ONE + S * ((1 / value) * (frame * e * transpose(frame)))
    moving = W * turn if by_row else turn * W
    found = differentiate(moving, s, ZERO)
    scaled = unit_scaled(SIGMA * e if by_row else e * SIGMA)
    used = (svd, right, scaled) if by_row else (svd, left, scaled)
    found = valued(found, same_words(found.conclusion.args[1], pair(I, L), *used))
    conditions = (*PLACE, positive(value))
    return generalise(settle(found, *SVD, *conditions), (i, l), *conditions)
