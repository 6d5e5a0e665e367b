"""Gradient descent on two 2 x 2 factors at any precision: what is discretisation, what rounding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb

from dlnproof.language.precision import bits_of, working_precision

Entries = tuple[Any, Any, Any, Any]
"""A 2 x 2 matrix, row after row."""


@dataclass(frozen=True)
class SignChange:
    """The first iterate at which det W has another sign than at the start."""

    iteration: int
    loss: float
    entry: float
    """|w11| there."""


def first_sign_change(
    start: Sequence[float], lr: float, *, most: int, digits: int | None = None
) -> SignChange | None:
    """Descend on W = W_2 W_1 with w12 = w21 = 1, w22 = 0 observed; say where det W changes sign.

    ``start``: the entries of an invertible W(0), row after row, and ``lr``, exact binary doubles;
    the factors are balanced, W_1 = (W^T W)^(1/4), and all is done in float64 without ``digits``,
    else with that many decimal digits. None when the sign is kept for ``most`` iterations. Raises
    ``ArithmeticError`` where the precision does not decide the sign.
    """
    if digits is None:
        return _descend(start, lr, most, float, lambda x: x)
    with working_precision(bits_of(digits)):
        return _descend(start, lr, most, arb, lambda x: x.mid())


def _descend(
    start: Sequence[float],
    lr: float,
    most: int,
    number: Callable[[float], Any],
    rounded: Callable[[Any], Any],
) -> SignChange | None:
    a, b, c, d = (number(x) for x in start)
    W: Entries = (a, b, c, d)
    first = _root(_root(_times(_transposed(W), W)))
    second = _times(W, _inverse(first))
    step, one = number(lr), number(1)
    negative = _is_negative(_determinant(first) * _determinant(second))
    for iteration in range(1, most + 1):
        gradient = (number(0), W[1] - one, W[2] - one, W[3])
        by_first = _times(_transposed(second), gradient)
        by_second = _times(gradient, _transposed(first))
        first = tuple(rounded(x - step * g) for x, g in zip(first, by_first, strict=True))
        second = tuple(rounded(x - step * g) for x, g in zip(second, by_second, strict=True))
        W = _times(second, first)
        # each factor's determinant is far from zero where their product is not
        if _is_negative(_determinant(first) * _determinant(second)) is not negative:
            loss = ((W[1] - one) ** 2 + (W[2] - one) ** 2 + W[3] ** 2) / 2
            return SignChange(iteration, float(loss), abs(float(W[0])))
    return None


def _is_negative(x: Any) -> bool:
    if not (x < 0 or x > 0):
        raise ArithmeticError("the sign of det W cannot be decided; more digits are needed")
    return bool(x < 0)


def _times(a: Entries, b: Entries) -> Entries:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
    )


def _root(a: Entries) -> Entries:
    """Return the square root of a positive definite matrix, by Cayley and Hamilton."""
    root = _determinant(a) ** 0.5
    scale = (a[0] + a[3] + 2 * root) ** 0.5
    return ((a[0] + root) / scale, a[1] / scale, a[2] / scale, (a[3] + root) / scale)


def _inverse(a: Entries) -> Entries:
    determinant = _determinant(a)
    return (a[3] / determinant, -a[1] / determinant, -a[2] / determinant, a[0] / determinant)


def _transposed(a: Entries) -> Entries:
    return (a[0], a[2], a[1], a[3])


def _determinant(a: Entries) -> Any:
    return a[0] * a[3] - a[1] * a[2]
