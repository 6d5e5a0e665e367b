"""What a caller may give as a depth, a width, an index or a matrix; one clear line otherwise."""

from typing import Any

import sympy

from dlnproof.depth import INFINITE, as_depth
from dlnproof.errors import InputError
from dlnproof.limits import whole

Expr = Any  # sympy ships no types


def as_exact(value: Any, name: str) -> Expr:
    """Return ``value`` as an exact scalar expression. Raises :class:`InputError`."""
    try:
        expression = sympy.sympify(value, strict=True)
    except (sympy.SympifyError, TypeError) as error:
        raise InputError(
            f"{name}: got {value!r}, expected an integer, a Fraction or a sympy expression"
        ) from error
    if not isinstance(expression, sympy.Expr):
        raise InputError(f"{name}: got {value!r}, expected a scalar, not a {type(value).__name__}")
    if expression.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo):
        raise InputError(f"{name}: got {value!r}, expected a finite number")
    if expression.has(sympy.Float):
        raise InputError(
            f"{name}: got {value!r}, expected an exact number: a float such as 0.1 is a nearby "
            "binary fraction; give sympy.Rational('0.1') or put floats in later, with subs"
        )
    return expression


def is_natural(value: Any) -> bool:
    """Whether ``value`` is a sympy expression with letters, known to be an integer >= 1."""
    return (
        isinstance(value, sympy.Expr)
        and bool(value.free_symbols)
        and bool(value.is_integer and value.is_positive)
    )


def as_width(value: Any, *, symbol: bool = False) -> Expr:
    """Return the width d as a sympy integer or, if ``symbol``, also a positive integer symbol."""
    if symbol and is_natural(value):
        return value
    more = " or Symbol('d', integer=True, positive=True)" if symbol else ""
    return sympy.Integer(whole("width", value, 1, expected=f"an integer >= 1{more}"))


def depth_and_scale(depth: Any, normalization: object) -> tuple[Expr, Expr]:
    """Return N (an integer, a symbol or oo), and the factor of A_{N,W}: 1 ("mean") or N ("sum")."""
    if not isinstance(normalization, str) or normalization not in ("mean", "sum"):
        raise InputError(
            f"normalization: got {normalization!r}, expected 'mean' (CMV2023, with the factor 1/N) "
            "or 'sum' (MY2025, without)"
        )
    summed = normalization == "sum"
    if not is_natural(depth):
        if isinstance(depth, sympy.Expr) and depth != sympy.oo and not depth.is_Integer:
            raise InputError(
                f"depth: got {depth}, expected an integer >= 1, oo, "
                "or Symbol('N', integer=True, positive=True)"
            )
        finite_for = "the 'sum' normalisation" if summed else ""
        depth = as_depth(INFINITE if depth == sympy.oo else depth, finite_for=finite_for)
    N = sympy.sympify(depth)
    return N, N if summed else sympy.Integer(1)


def as_index(value: Any, name: str, last: int | None = None) -> int:
    """Return a one-based index as a position, counted from 0. Raises :class:`InputError`."""
    expected = "an integer >= 1" if last is None else f"an integer in 1..{last}"
    return whole(name, value, 1, last, expected=f"{expected}; indices start at 1") - 1


def as_square(value: Any, name: str, width: int | None = None) -> Any:
    """Return a square sympy matrix of exact entries, d x d. Raises :class:`InputError`."""
    try:
        matrix = sympy.Matrix(value)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"{name}: got {type(value).__name__}, expected a sympy Matrix or rows of equal length"
        ) from error
    d = matrix.rows if width is None else width
    if matrix.shape != (d, d) or d < 1:
        size = "d x d with d >= 1" if width is None else f"{d} x {d}"
        raise InputError(f"{name}: got {matrix.rows} x {matrix.cols}, expected {size}")
    return matrix.applyfunc(lambda entry: as_exact(entry, name))


def as_orthogonal(value: Any, name: str, width: int) -> Any:
    """Return a matrix that is orthogonal wherever its entries are numbers, as far as is decidable.

    Entries with letters are taken at the caller's word. Raises :class:`InputError`.
    """
    Q = as_square(value, name, width)
    for entry in Q.T * Q - sympy.eye(width):
        if entry.is_number and entry.equals(0) is False:
            raise InputError(
                f"{name}: got {name}^T {name} different from I, expected an orthogonal matrix; "
                "for an angle use symbolic.rotation(theta)"
            )
    return Q
