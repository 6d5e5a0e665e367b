r"""The letters of statements: depth, width, singular values, factors, flows.

``N`` and ``d`` are terms; indices such as ``i`` are symbols, to bind, and ``i.term`` to use.
"""

from __future__ import annotations

from typing import Final

from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    diagonal,
    fresh,
    matrix_sort,
    product,
    variable,
)

N: Final = variable("N").term
"""The depth."""
d: Final = variable("d").term
"""The width."""
SQUARE: Final = matrix_sort(d)
"""The sort of d x d matrices."""

i, l, j, k, m, n, r = (variable(name) for name in "iljkmnr")
s, t = (variable(name, REAL) for name in "st")
"""Numbers: s of a curve, t is time."""
t_0, t_1 = (variable(name, REAL).term for name in ("t_0", "t_1"))
"""The ends of the interval of time in which a flow is given."""
p, x, y = (variable(name, REAL) for name in "pxy")
"""Numbers: p of a Schatten norm, x an entry that is not observed, y a bound."""
e: Final = variable("e", REAL, r"\varepsilon")
mu: Final = variable("mu", REAL, r"\mu").term
"""The strength of weight decay."""
unbalance: Final = variable("lambda_0", REAL, r"\lambda").term
"""By how much two factors are out of balance."""
euler: Final = variable("euler", REAL, r"\mathrm{e}").term
"""The base of the natural logarithm."""
X, Y, Z, D, Q = (variable(name, SQUARE) for name in "XYZDQ")
a, b = (variable(name, SQUARE) for name in "ab")
"""Matrices, most to bind: D stands for a diagonal one, Q for an orthogonal one, a and b for skew
ones."""

sigma: Final = Symbol("sigma", REAL, (INT,), r"\sigma_{0}")
U: Final = variable("U", SQUARE).term
V: Final = variable("V", SQUARE).term
W: Final = variable("W", SQUARE).term
SIGMA: Final = diagonal(i, d, sigma(i.term))
"""The diagonal matrix of the singular values."""
R: Final = variable("R", SQUARE).term
"""U Sigma^(1/N) V^T, of which W is the image under the power map."""
G: Final = variable("G", SQUARE).term
"""The gradient of the loss."""

factor: Final = Symbol("W_j", SQUARE, (INT,), r"W_{0}")
"""The factors W_1, ..., W_N."""
direction: Final = Symbol("H_j", SQUARE, (INT,), r"H_{0}")
"""A direction for each factor."""
skewed: Final = Symbol("a_j", SQUARE, (INT,), r"a_{0}")
stretched: Final = Symbol("b_j", SQUARE, (INT,), r"b_{0}")
"""Skew and symmetric matrices between the factors, from a_0 to a_N: W_j moves by a_j W_j - W_j
a_{j-1}."""
inverse_below: Final = Symbol("E_j", SQUARE, (INT,), r"E_{0}")
"""The inverse of W_j ... W_1, if there is one."""
factor_at: Final = Symbol("W_j(t)", SQUARE, (INT, REAL), r"W_{0}({1})")
"""The factors along a flow."""
velocity_at: Final = Symbol("W_j'(t)", SQUARE, (INT, REAL), r"\dot W_{0}({1})")
stretched_at: Final = Symbol("b_j(t)", SQUARE, (INT, REAL), r"b_{0}({1})")
"""Symmetric matrices b_j along a path of factors."""
gradient_at: Final = Symbol("G(t)", SQUARE, (REAL,), r"G({0})")
"""The gradient of the loss along a flow."""
loss: Final = Symbol("loss", REAL, (SQUARE,), r"\ell({0})")
"""Any function of a matrix."""
differential: Final = Symbol("dW", SQUARE, (SQUARE, SQUARE, SQUARE), r"dW({0},{1},{2})")
"""The differential of (Sigma, U, V) -> U Sigma V^T in the directions D, U a and V b."""
root_differential: Final = Symbol("dR", SQUARE, (SQUARE, SQUARE, SQUARE), r"dR({0},{1},{2})")
image_differential: Final = Symbol("df", SQUARE, (SQUARE, SQUARE, SQUARE), r"df({0},{1},{2})")
"""The differentials of (Sigma^(1/N), U, V) -> U Sigma^(1/N) V^T, and -> U Sigma V^T."""
partial: Final = Symbol("dphi_j", SQUARE, (INT, SQUARE), r"d\phi_{0}({1})")
"""The derivative of the product of the factors in one of them, in a direction."""
adjoint: Final = Symbol("dphi_j*", SQUARE, (INT, SQUARE), r"d\phi_{0}^{*}({1})")
"""The adjoint of that, for the inner product Tr(X^T Y)."""
left_at: Final = Symbol("U(t)", SQUARE, (REAL,), r"U({0})")
right_at: Final = Symbol("V(t)", SQUARE, (REAL,), r"V({0})")
sigma_at: Final = Symbol("sigma(t)", REAL, (INT, REAL), r"\sigma_{0}({1})")
"""Singular vectors and values along a flow."""

end_at: Final = Symbol("W(t)", SQUARE, (REAL,), r"W({0})")
"""The end-to-end matrix along a flow."""
end_velocity_at: Final = Symbol("W'(t)", SQUARE, (REAL,), r"\dot W({0})")
left_turn_at: Final = Symbol("alpha(t)", SQUARE, (REAL,), r"\alpha({0})")
right_turn_at: Final = Symbol("beta(t)", SQUARE, (REAL,), r"\beta({0})")
"""How singular vectors turn along a path: U' = U alpha, V' = V beta."""
stretch_at: Final = Symbol("H(t)", SQUARE, (REAL,), r"H({0})")
"""The velocity of a path in its singular vectors: W' = U H V^T."""
eigenvalue_at: Final = Symbol("lambda(t)", REAL, (INT, INT, REAL), r"\lambda_{{0},{1}}({2})")
"""Eigenvalues of the operator along a path."""
rho: Final = variable("rho", REAL, r"\rho")
"""The distance to what is observed, the root of twice the loss."""
c: Final = variable("c", REAL)
"""The constant of a quasi-norm."""


def whole(family: Symbol, lo: Term | int, hi: Term | int, *at: Term) -> Term:
    """Return the product of factors from hi down to lo, all at a time if one is given."""
    index = fresh(INT)
    return product(index, lo, hi, family(index.term, *at))
