"""Matrices of width two that agree with what is observed, and norms of matrices."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.geometry import OPERATOR
from dlnproof.definitions.hypotheses import DURING
from dlnproof.definitions.letters import (
    SQUARE,
    N,
    W,
    X,
    Y,
    Z,
    c,
    d,
    e,
    end_at,
    gradient_at,
    i,
    l,
    left_at,
    p,
    rho,
    right_at,
    s,
    sigma,
    sigma_at,
    t,
    x,
    y,
)
from dlnproof.definitions.small import b_11, b_22
from dlnproof.kernel.terms import (
    REAL,
    Definition,
    Symbol,
    Term,
    at_most,
    derivative,
    determinant,
    diagonal,
    each,
    entry,
    equal,
    every,
    identity,
    less,
    limit_at_zero,
    log,
    multiply,
    number,
    positive,
    power,
    root,
    total,
    transpose,
    unit,
)

TWO: Final = (equal(d, 2),)
"""Matrices are 2 x 2."""


def absolute(value: Term) -> Term:
    """Return |x|, which is the root of x^2."""
    return root(power(value, 2))


FREE: Final = Definition(
    "W_x", (x,), multiply(x.term, unit(d, 1, 1)) + unit(d, 1, 2) + unit(d, 2, 1), r"W_{0}"
)
"""The 2 x 2 matrices with w_12 = w_21 = 1 and w_22 = 0: w_11 = x is free."""

DIAGONAL_OBSERVED: Final = (
    equal(
        W,
        multiply(b_11, unit(d, 1, 1))
        + multiply(x.term, unit(d, 1, 2))
        + multiply(y.term, unit(d, 2, 1))
        + multiply(b_22, unit(d, 2, 2)),
    ),
)
"""W has the observed diagonal, x above it and y below it."""

_X: Final = X.term
TILTED: Final = Definition(
    "tau",
    (X,),
    absolute(entry(_X, 1, 1) + entry(_X, 1, 2))
    + absolute(entry(_X, 1, 2))
    + absolute(entry(_X, 2, 1))
    + absolute(entry(_X, 2, 2)),
    r"\tau({0})",
)
"""|w_11 + w_12| + |w_12| + |w_21| + |w_22|."""

nu: Final = Symbol("nu", REAL, (SQUARE,), r"\nu({0})")
"""Any norm of d x d matrices."""


def is_norm(size: Symbol | Definition) -> tuple[Term, Term]:
    """Return that the triangle inequality holds, and that |c| comes out."""
    return (
        every((X, Y), (), at_most(size(_X + Y.term), size(_X) + size(Y.term))),
        every((t, X), (), equal(size(multiply(t.term, _X)), absolute(t.term) * size(_X))),
    )


def _orthogonal(value: Symbol) -> Term:
    return equal(transpose(value.term) * value.term, identity(d))


INVARIANT: Final = (
    *is_norm(nu),
    every(
        (X, Y, Z),
        (_orthogonal(X), _orthogonal(Z)),
        equal(nu(_X * Y.term * Z.term), nu(Y.term)),
    ),
)
"""A norm that does not change with orthogonal matrices on both sides."""
QUASI: Final = (
    positive(c.term),
    every(X, (), at_most(number(0), nu(_X))),
    every((X, Y), (), at_most(nu(_X + Y.term), c.term * (nu(_X) + nu(Y.term)))),
    is_norm(nu)[1],
)
"""A quasi-norm: a factor c stands in the triangle inequality."""


def distance(matrix: Term) -> Term:
    """Return how far W is from the matrices with w_12 = w_21 = 1 and w_22 = 0."""
    w_12, w_21, w_22 = (entry(matrix, *place) for place in ((1, 2), (2, 1), (2, 2)))
    return root((w_12 - 1) ** 2 + (w_21 - 1) ** 2 + w_22**2)


RHO: Final = (equal(rho.term, distance(W)),)
"""rho is the distance of W."""

_11, _12, _21, _22 = (entry(W, r, k) for r in (1, 2) for k in (1, 2))
BETWEEN: Final = (positive(t.term), less(t.term, 1))
EXTREME: Final = (
    equal(_11, (1 + t.term**4) / (t.term - t.term**3)),
    equal(_12, 1),
    equal(_21, 1),
    equal(_22, 2 * t.term / (1 - t.term**2)),
)
"""Completions whose singular values have the ratio t^2; their entries allow t^2 / (1 - t^2)^2."""
DATA: Final = (
    positive(determinant(W)),
    at_most(number(0), s.term),
    less(s.term, p.term),
    less(s.term, t.term),
    at_most((_12 - p.term) ** 2 + (_21 - t.term) ** 2 + (_22 - x.term) ** 2, s.term**2),
)
"""det W > 0, and (w_12, w_21, w_22) within s of (p, t, x), with p and t greater than s."""

_SHARE: Final = sigma(i.term) / total(l, 1, d, sigma(l.term))
LOG_RANK: Final = Definition(
    "log erank", (), -total(i, 1, d, _SHARE * log(_SHARE)), r"\log\operatorname{erank}(W)"
)
"""The entropy of the singular values' shares of their sum."""

_T: Final = t.term
END_FLOW: Final = (
    every(t, DURING, derivative(s, end_at(s.term), _T, -OPERATOR(N, end_at(_T), gradient_at(_T)))),
)
"""W' = -A_{N,W}(G)."""
_NEXT: Final = gradient_at(_T + multiply(s.term, e.term))
_TENDS: Final = limit_at_zero(
    e, entry(_NEXT, i.term, l.term), entry(gradient_at(_T), i.term, l.term)
)
CONTINUOUS: Final = (each(i, 1, d, each(l, 1, d, every((t, s), DURING, _TENDS))),)
"""G(t) is continuous, as it is where the loss has a continuous gradient: G(t + s e) -> G(t)."""
SVD_OF_END: Final = (
    every(
        t,
        DURING,
        equal(
            end_at(_T), left_at(_T) * diagonal(i, d, sigma_at(i.term, _T)) * transpose(right_at(_T))
        ),
    ),
    every(t, DURING, equal(transpose(left_at(_T)) * left_at(_T), identity(d))),
    every(t, DURING, equal(transpose(right_at(_T)) * right_at(_T), identity(d))),
    every(t, DURING, each(i, 1, d, at_most(number(0), sigma_at(i.term, _T)))),
)
"""W(t) = U(t) Sigma(t) V(t)^T with U(t), V(t) orthogonal, Sigma(t) >= 0."""
