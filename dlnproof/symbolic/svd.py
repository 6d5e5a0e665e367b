"""The coordinates (Sigma, U, V) of W = U Sigma V^T, and the differential of this map."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

import sympy

from dlnproof.errors import InputError
from dlnproof.symbolic.arguments import Expr, as_exact, as_orthogonal, as_width, is_natural


def singular_values(width: Any) -> Any:
    """Return the positive symbols (sigma_1, ..., sigma_d), meant in descending order.

    For a symbol d it is the indexed base sigma, whose elements are sigma[1], ..., sigma[d].
    Raises :class:`~dlnproof.errors.InputError`.

    >>> singular_values(2)
    (sigma_1, sigma_2)
    """
    d = as_width(width, symbol=True)
    if is_natural(d):
        return sympy.IndexedBase("sigma", positive=True)
    return tuple(sympy.Symbol(f"sigma_{i}", positive=True) for i in range(1, int(d) + 1))


def singular_vectors(width: Any) -> tuple[Any, Any]:
    """Return (U, V), two d x d matrices of symbols that stand for orthogonal matrices.

    The symbols do not know that U^T U = V^T V = I: substitute orthogonal matrices for them.
    Raises :class:`~dlnproof.errors.InputError`.

    >>> singular_vectors(2)[0]
    Matrix([
    [u_11, u_12],
    [u_21, u_22]])
    """
    d = int(as_width(width))
    between = "" if d < 10 else "_"

    def symbols(letter: str) -> Any:
        names = (f"{letter}_{i}{between}{k}" for i in range(1, d + 1) for k in range(1, d + 1))
        return sympy.Matrix(d, d, [sympy.Symbol(name, real=True) for name in names])

    return symbols("u"), symbols("v")


def rotation(angle: Any) -> Any:
    """Return the rotation of the plane by an angle, for U and V at d = 2.

    Raises :class:`~dlnproof.errors.InputError`.

    >>> rotation(sympy.pi / 2)
    Matrix([
    [0, -1],
    [1,  0]])
    """
    theta = as_exact(angle, "angle")
    c, s = sympy.cos(theta), sympy.sin(theta)
    return sympy.Matrix([[c, -s], [s, c]])


def as_sigma(value: Any, width: int) -> tuple[Expr, ...]:
    """Return d singular values, of which equal ones are identical expressions.

    ``None``: symbols. An ``IndexedBase``: its elements 1..d. Raises :class:`InputError`.
    """
    if value is None:
        return tuple(singular_values(width))
    if isinstance(value, sympy.IndexedBase):
        return tuple(value[i] for i in range(1, width + 1))
    if not isinstance(value, Iterable):
        raise InputError(f"sigma: got {value!r}, expected a sequence of {width} values")
    given = [as_exact(s, "sigma") for s in value]
    if len(given) != width:
        raise InputError(f"sigma: got {len(given)} values, expected {width}, the width")
    merged: list[Expr] = []
    for s in given:
        if s.is_positive is False:
            raise InputError(
                f"sigma: got {s}, expected positive values; these closed forms are for invertible W"
            )
        merged.append(next((t for t in merged if _equal(s, t)), s))
    return tuple(merged)


def _equal(s: Expr, t: Expr) -> bool:
    """Whether two singular values are equal: a closed form is 0/0 where this is overlooked."""
    if s == t or (s.is_Rational and t.is_Rational) or (s.is_symbol and t.is_symbol):
        return bool(s == t)
    equal = s.equals(t)
    if equal is None:
        raise InputError(
            f"sigma: got {s} and {t}, expected values that sympy can tell equal or different; "
            "simplify them, or substitute them for symbols at the end"
        )
    return bool(equal)


def as_frames(width: int, U: Any, V: Any) -> tuple[Any, Any]:
    """Return the caller's U and V, and symbols for what is not given. Raises InputError."""
    symbols = singular_vectors(width)
    return (
        symbols[0] if U is None else as_orthogonal(U, "U", width),
        symbols[1] if V is None else as_orthogonal(V, "V", width),
    )


def svd_jacobian_matrix(width: Any, sigma: Any = None, U: Any = None, V: Any = None) -> Any:
    """Return the d^2 x d^2 matrix of the differential of (Sigma, U, V) -> W = U Sigma V^T.

    dW = U (dSigma + omega_U Sigma - Sigma omega_V) V^T, omega_U = U^T dU, omega_V = V^T dV. Rows:
    vec dW, column-major. Columns: dsigma_1, ..., dsigma_d, then (omega_U)_il over i < l (12, 13,
    ..., 23, ...), then (omega_V)_il. ``sigma``, ``U``, ``V`` as for :func:`metric_matrix`. Its
    determinant is, up to its sign, ``svd_jacobian``. Raises :class:`~dlnproof.errors.InputError`.
    Source: CMV2023, Lemma 2.7.

    >>> svd_jacobian_matrix(2, U=sympy.eye(2), V=sympy.eye(2))
    Matrix([
    [1, 0,        0,        0],
    [0, 0, -sigma_1,  sigma_2],
    [0, 0,  sigma_2, -sigma_1],
    [0, 1,        0,        0]])
    """
    d = int(as_width(width))
    values = as_sigma(sigma, d)
    left, right = as_frames(d, U, V)
    Sigma = sympy.diag(*values)

    def unit(row: int, column: int) -> Any:
        return sympy.Matrix(d, d, lambda *position: int(position == (row, column)))

    turns = [unit(*pair) - unit(*reversed(pair)) for pair in combinations(range(d), 2)]
    images = [unit(i, i) for i in range(d)]
    images += [omega * Sigma for omega in turns]
    images += [-Sigma * omega for omega in turns]
    return sympy.Matrix.hstack(*((left * image * right.T).vec() for image in images))
