"""The hypotheses that statements have: depth, width, singular values, balance, flow."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.geometry import OPERATOR, product_of_svd
from dlnproof.definitions.letters import (
    SIGMA,
    D,
    N,
    U,
    V,
    W,
    X,
    Z,
    a,
    adjoint,
    b,
    d,
    differential,
    eigenvalue_at,
    end_at,
    end_velocity_at,
    euler,
    factor,
    factor_at,
    gradient_at,
    i,
    j,
    l,
    left_at,
    left_turn_at,
    loss,
    mu,
    partial,
    right_at,
    right_turn_at,
    s,
    sigma,
    sigma_at,
    stretch_at,
    stretched_at,
    t,
    t_0,
    t_1,
    velocity_at,
    whole,
)
from dlnproof.kernel.terms import (
    Symbol,
    Term,
    at_most,
    derivative,
    diagonal,
    different,
    each,
    equal,
    every,
    gradient,
    identity,
    inner,
    less,
    log,
    number,
    positive,
    transpose,
    unit,
    within,
    zero,
)

DEPTH: Final = (at_most(1, N),)
"""1 <= N."""
WIDTH: Final = (at_most(1, d),)
"""1 <= d."""
ORTHOGONAL: Final = (
    equal(transpose(U) * U, identity(d)),
    equal(transpose(V) * V, identity(d)),
)
SVD: Final = (equal(W, product_of_svd()), *ORTHOGONAL)
"""W = U Sigma V^T with U, V orthogonal."""
POSITIVE: Final = (each(i, 1, d, positive(sigma(i.term))),)
"""All singular values are positive: W is invertible."""
NONNEGATIVE: Final = (each(i, 1, d, at_most(number(0), sigma(i.term))),)


def _pairs(sentence: Term) -> Term:
    return each(i, 1, d, each(l, i.term + 1, d, sentence))


ORDERED: Final = (_pairs(at_most(sigma(l.term), sigma(i.term))),)
"""sigma_1 >= ... >= sigma_d."""
STRICT: Final = (_pairs(less(sigma(l.term), sigma(i.term))),)
"""sigma_1 > ... > sigma_d."""
DISTINCT: Final = (_pairs(different(sigma(i.term), sigma(l.term))),)


def _balanced(family: Symbol, *at: Term) -> Term:
    upper, lower = (family(index, *at) for index in (j.term + 1, j.term))
    return each(j, 1, N - 1, equal(transpose(upper) * upper, lower * transpose(lower)))


BALANCED: Final = (_balanced(factor),)
"""W_{j+1}^T W_{j+1} = W_j W_j^T for 1 <= j < N."""
PRODUCT: Final = (equal(W, whole(factor, 1, N)),)
"""W = W_N ... W_1."""

_T, _J = t.term, j.term


def during(time: Term) -> tuple[Term, Term]:
    """Return t_0 < t < t_1: a gradient flow need not exist before or after."""
    return less(t_0, time), less(time, t_1)


def later(time: Term) -> tuple[Term, Term]:
    """Return 0 <= t < t_1: from the start of a flow on."""
    return at_most(number(0), time), less(time, t_1)


DURING: Final = during(_T)
LATER: Final = later(_T)
INTERVAL: Final = during(number(0))
"""Time 0, where a flow starts, lies between t_0 and t_1."""
GRADIENT: Final = (
    every(t, DURING, gradient(X, loss(X.term), whole(factor_at, 1, N, _T), gradient_at(_T))),
)
"""G(t) is the gradient of the loss at W_N(t) ... W_1(t)."""
_PARTIAL: Final = loss(whole(factor_at, _J + 1, N, _T) * X.term * whole(factor_at, 1, _J - 1, _T))
FLOW: Final = (
    each(j, 1, N, every(t, DURING, derivative(s, factor_at(_J, s.term), _T, velocity_at(_J, _T)))),
    each(j, 1, N, every(t, DURING, gradient(X, _PARTIAL, factor_at(_J, _T), -velocity_at(_J, _T)))),
)
"""Each factor moves by minus the gradient of the loss of the product, in that factor."""
DECAY: Final = (
    FLOW[0],
    each(
        j,
        1,
        N,
        every(
            t,
            DURING,
            gradient(X, _PARTIAL, factor_at(_J, _T), -velocity_at(_J, _T) - mu * factor_at(_J, _T)),
        ),
    ),
)
"""Each factor moves by that, and by -mu W_j: weight decay."""
EULER: Final = (positive(euler), equal(log(euler), 1))
"""0 < e and log e = 1."""
BALANCED_START: Final = (_balanced(factor_at, number(0)),)
"""The factors along the flow are balanced at time 0."""

_S = s.term
PARTIAL: Final = (
    each(
        j,
        1,
        N,
        every(
            X,
            (),
            derivative(
                s,
                whole(factor, _J + 1, N) * (factor(_J) + _S * X.term) * whole(factor, 1, _J - 1),
                number(0),
                partial(_J, X.term),
            ),
        ),
    ),
)
"""dphi_j is the derivative of W_N ... W_1 in its factor W_j."""
ADJOINT: Final = (
    each(
        j,
        1,
        N,
        every(
            (X, Z),
            (),
            equal(inner(adjoint(_J, Z.term), X.term), inner(Z.term, partial(_J, X.term))),
        ),
    ),
)
"""dphi_j^* is the adjoint of dphi_j."""

_WHOLE_AT: Final = whole(factor_at, 1, N, _T)
SVD_THEN: Final = (
    equal(_WHOLE_AT, left_at(_T) * diagonal(i, d, sigma_at(i.term, _T)) * transpose(right_at(_T))),
    equal(transpose(left_at(_T)) * left_at(_T), identity(d)),
    equal(transpose(right_at(_T)) * right_at(_T), identity(d)),
)
"""W_N(t) ... W_1(t) = U(t) Sigma(t) V(t)^T with U(t), V(t) orthogonal, at one time t."""
SVD_AT: Final = tuple(every(t, DURING, sentence) for sentence in SVD_THEN)
"""The same at all times."""
POSITIVE_THEN: Final = (each(i, 1, d, positive(sigma_at(i.term, _T))),)
POSITIVE_AT: Final = tuple(every(t, DURING, sentence) for sentence in POSITIVE_THEN)
ORDERED_AT: Final = (every(t, DURING, _pairs(at_most(sigma_at(l.term, _T), sigma_at(i.term, _T)))),)
STRICT_AT: Final = (every(t, DURING, _pairs(less(sigma_at(l.term, _T), sigma_at(i.term, _T)))),)

PATH: Final = (every(t, DURING, derivative(s, end_at(s.term), _T, end_velocity_at(_T))),)
"""W(t) is differentiable, whatever it follows."""
TURNING: Final = (
    every(t, DURING, derivative(s, left_at(_S), _T, left_at(_T) * left_turn_at(_T))),
    every(t, DURING, derivative(s, right_at(_S), _T, right_at(_T) * right_turn_at(_T))),
)
"""The singular vectors are differentiable: U' = U alpha and V' = V beta."""
_FRAMED: Final = left_at(_T) * stretch_at(_T) * transpose(right_at(_T))
STRETCHING: Final = (every(t, DURING, derivative(s, end_at(_S), _T, _FRAMED)),)
"""W(t) is differentiable: W' = U H V^T, that is, H = U^T W' V."""
_PAIR: Final = left_at(_T) * unit(d, i.term, l.term) * transpose(right_at(_T))
EIGENVALUES_AT: Final = (
    every(
        (i, l, t),
        (*within(i, 1, d), *within(l, 1, d), *DURING),
        equal(OPERATOR(N, end_at(_T), _PAIR), eigenvalue_at(i.term, l.term, _T) * _PAIR),
    ),
)
"""lambda_il(t) is the eigenvalue of A_{N,W(t)} at u_i v_l^T."""
BALANCED_AT: Final = (every(t, DURING, _balanced(factor_at, _T)),)
"""The factors W_1(t), ..., W_N(t) are balanced at all times."""
_NORMAL = stretched_at(_J, _T) * factor_at(_J, _T) - factor_at(_J, _T) * stretched_at(_J - 1, _T)
GEODESIC: Final = (
    FLOW[0],
    each(j, 1, N, every(t, DURING, derivative(s, velocity_at(_J, s.term), _T, _NORMAL))),
    every(t, DURING, each(j, 0, N, equal(transpose(stretched_at(_J, _T)), stretched_at(_J, _T)))),
    every(t, DURING, equal(stretched_at(0, _T), zero(d))),
    every(t, DURING, equal(stretched_at(N, _T), zero(d))),
)
"""The acceleration of the factors is normal: W_j'' = b_j W_j - W_j b_{j-1} with symmetric b_j,
b_0 = b_N = O."""
PRODUCT_AT: Final = (every(t, DURING, equal(end_at(_T), _WHOLE_AT)),)
"""W(t) = W_N(t) ... W_1(t)."""

FRAME: Final = (
    every(
        (D, a, b),
        (),
        derivative(
            s,
            (U + _S * (U * a.term)) * (SIGMA + _S * D.term) * transpose(V + _S * (V * b.term)),
            number(0),
            differential(D.term, a.term, b.term),
        ),
    ),
)
"""dW(D, a, b) is the derivative at s = 0 of (U + s U a)(Sigma + s D)(V + s V b)^T."""
