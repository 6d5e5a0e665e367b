"""Expressions and products as LaTeX, in the author's order."""

import re
from typing import Final

from dlnproof.core.expression import Expression, Letter, Number, Operation, Power
from dlnproof.core.form import (
    AllPairs,
    Determinant,
    Factors,
    Form,
    Named,
    Over,
    PerPair,
    Raised,
    Root,
    Times,
    Van,
)
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import I
from dlnproof.core.step import Side

_SIGMA: Final = {I.sigma: r"\Sigma", I.root: r"\Sigma", I.log: r"\log\Sigma^{2}"}
"""The diagonal matrices whose entries these are."""


def tex(side: Side) -> str:
    """Return the LaTeX of one side of an equation."""
    if isinstance(side, PairProduct):
        return _form(side.written)
    if isinstance(side, Inequality):
        return rf"{_sum(side.left)}\ge {_sum(side.right)}"
    return _sum(side)


def _form(form: Form) -> str:
    match form:
        case Factors(index, pair):
            factors = ((r"\prod_{i}", index), (r"\prod_{i<l}", pair))
            shown = [over + _body(_bare(x)) for over, x in factors if _bare(x) != Number(1)]
            return r"\,".join(shown) or "1"
        case Van(entry):
            return rf"\operatorname{{van}}({_diagonal(entry)})"
        case Determinant(root, sigma):
            return _determinant(root, sigma)
        case PerPair(base):
            return _per_pair(base)
        case AllPairs(entry):
            return rf"\prod_{{i,l=1}}^{{d}}{_body(_bare(entry))}"
        case Named(letter):
            return letter.latex
        case Times(left, right):
            named = isinstance(left, Named) and isinstance(right, Named)
            return _form(left) + (r"\cdot" if named else r"\,") + _form(right)
        case Over(above, below):
            return rf"\frac{{{_form(above)}}}{{{_form(below)}}}"
        case Raised(Named(letter), exponent):
            return _power(letter, exponent)
        case Raised(base, exponent):
            return rf"\Bigl({_form(base)}\Bigr)^{{{exponent}}}"
        case Root(of):
            return rf"\sqrt{{{_form(of)}}}"


def _diagonal(entry: Expression) -> str:
    """Return a diagonal matrix by its entry, in which Sigma stands for sigma_i."""
    whole = entry.substitute({x: Letter(x.name, _SIGMA[x], x.exponent) for x in _SIGMA})
    return _sum(whole)


def _determinant(root: int, sigma: int) -> str:
    """Return det(Sigma)^(root/N + sigma), as a power of det(Sigma^2) where it is no whole one."""
    if root == 0 and sigma > 0:
        return r"\det\Sigma" if sigma == 1 else rf"\det(\Sigma)^{{{sigma}}}"
    if root == 0:
        return rf"\det(\Sigma^{{2}})^{{-\frac{{{-sigma}}}{{2}}}}"
    depth = {1: "N", -1: "-N"}.get(sigma, f"{sigma}N") if sigma else ""
    terms = [str(root), depth] if sigma <= 0 else [depth, str(root)]
    above = terms[0] + "".join(x if x.startswith("-") else f"+{x}" for x in terms[1:] if x)
    return rf"\det(\Sigma^{{2}})^{{\frac{{{above}}}{{2N}}}}"


def _per_pair(base: Expression) -> str:
    pairs = r"\frac{d(d-1)}{2}"
    if isinstance(base, Letter) and base.exponent:
        return rf"{base.latex}^{{({base.exponent}){pairs}}}"
    alone = isinstance(base, Letter) or (isinstance(base, Number) and base.value >= 0)
    return rf"{_sum(base) if alone else _bracketed(base)}^{{{pairs}}}"


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
