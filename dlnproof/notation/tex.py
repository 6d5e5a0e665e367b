"""Expressions and products as LaTeX, in the author's order."""

import re

from dlnproof.core.expression import Expression, Letter, Number, Operation, Power
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct
from dlnproof.core.step import Side


def tex(side: Side) -> str:
    """Return the LaTeX of one side of an equation."""
    if isinstance(side, PairProduct):
        return side.latex or _over_pairs(side)
    if isinstance(side, Inequality):
        return rf"{_sum(side.left)}\ge {_sum(side.right)}"
    return _sum(side)


def _over_pairs(product: PairProduct) -> str:
    r"""Return a product by its factors, as \\prod_i and \\prod_{i<l} of them."""
    factors = ((r"\prod_{i}", product.index), (r"\prod_{i<l}", product.pair))
    shown = [over + _body(_bare(x)) for over, x in factors if _bare(x) != Number(1)]
    return r"\,".join(shown) or "1"


def _body(x: Expression) -> str:
    """Return what a product sign stands before: in brackets where it could end too early."""
    alone = isinstance(x, Letter | Power) or (isinstance(x, Operation) and x.sign == "/")
    return _sum(x) if alone else _bracketed(x)


def _bare(x: Expression) -> Expression:
    """Return the expression without factors 1, summands 0 and first powers around it."""
    if isinstance(x, Power):
        return _bare(x.base) if x.exponent == 1 else x
    if not isinstance(x, Operation):
        return x
    left, right = _bare(x.left), _bare(x.right)
    neutral = Number(1) if x.sign in "*/" else Number(0)
    if right == neutral:
        return left
    if left == neutral and x.sign in "*+":
        return right
    return x


def _sum(x: Expression) -> str:
    match _bare(x):
        case Operation("-", Number(0), right):
            return "-" + _factor(right)
        case Operation("+", left, right):
            return f"{_sum(left)}+{_factor(right)}"
        case Operation("-", left, right):
            return f"{_sum(left)}-{_factor(right)}"
        case other:
            return _product(other)


def _product(x: Expression) -> str:
    match x:
        case Number(value):
            return str(value)
        case Letter():
            return _power(x, 1)
        case Power(base, exponent):
            return _raised(_bare(base), exponent)
        case Operation("/", left, right):
            return rf"\frac{{{_sum(left)}}}{{{_sum(right)}}}"
        case Operation("*", left, right):
            return _factor(left) + _between(_bare(left), _bare(right)) + _factor(right)
    raise TypeError(f"no LaTeX for {x!r}")


def _raised(base: Expression, exponent: int) -> str:
    if isinstance(base, Letter):
        return _power(base, exponent)
    bare = isinstance(base, Number) and base.value >= 0
    return f"{_sum(base) if bare else _bracketed(base)}^{{{exponent}}}"


def _factor(x: Expression) -> str:
    inner = _bare(x)
    is_sum = isinstance(inner, Operation) and inner.sign in "+-"
    is_negative = isinstance(inner, Number) and inner.value < 0
    return _bracketed(inner) if is_sum or is_negative else _sum(inner)


def _bracketed(x: Expression) -> str:
    tall = any(isinstance(part, Operation) and part.sign == "/" for part in x.parts())
    left, right = (r"\left(", r"\right)") if tall else ("(", ")")
    return f"{left}{_sum(x)}{right}"


def _power(letter: Letter, exponent: int) -> str:
    if not letter.exponent and exponent == 1:
        return letter.latex
    if not letter.exponent:
        composite = " " in letter.latex
        return (
            rf"({letter.latex})^{{{exponent}}}" if composite else f"{letter.latex}^{{{exponent}}}"
        )
    if exponent == 1:
        return f"{letter.latex}^{{{letter.exponent}}}"
    carried = letter.exponent.removeprefix("1")  # sigma^{1/N} squared is sigma^{2/N}
    if re.search("[+-]|T", carried):  # a sum, or a transpose
        return rf"({letter.latex}^{{{letter.exponent}}})^{{{exponent}}}"
    return f"{letter.latex}^{{{exponent}{carried}}}"


def _between(left: Expression, right: Expression) -> str:
    """Return what stands between two factors: a dot before digits or the same base again."""
    first, last = _end(right, "left"), _end(left, "right")
    if isinstance(first, Number):
        return r"\cdot "
    if (
        isinstance(first, Letter)
        and isinstance(last, Letter)
        and first.latex == last.latex
        and "T" not in (first.exponent, last.exponent)
    ):
        return r"\cdot "
    fractions = [isinstance(y, Operation) and y.sign == "/" for y in (left, right)]
    return r"\," if any(fractions) else " "


def _end(x: Expression, side: str) -> Expression:
    """Return the first or last factor of a product, without its exponent."""
    while True:
        x = _bare(x)
        if isinstance(x, Power):
            x = x.base
        elif isinstance(x, Operation) and x.sign == "*":
            x = x.left if side == "left" else x.right
        else:
            return x
