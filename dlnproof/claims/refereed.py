"""The referee's part of a claim "this quantity is this formula", written from its formula.

It is a text of Python: at a rational point it computes the quantity from its definition and the
formula from the singular values and their roots.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from dlnproof.claims.schema import Claim
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.product import PairProduct
from dlnproof.core.side import Side
from dlnproof.core.spectrum import DOUBLED, I, L, N

_NUMBERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "operator-trace": "sum(A(p).rows[k][k] for k in range(p.d**2))",
        "metric-determinant": "1 / A(p).det()",
        "volume-form": "density(p) * jacobian(p)",
        "svd-jacobian": "jacobian(p)",
        "orbit-squared": "gram(p.moves(range(1, p.N))) / 2 ** ((p.N - 1) * len(p.less))",
        "manifold-gram": "gram(p.moves(range(p.N + 1), stretch=True))",
        "squared-norm": "norm2(p.W)",
        "factors-squared-norm": "norm2(*p.factors)",
    }
)
"""Each as the checker measures it from its definition, of square matrices."""
_ENTRIES: Final[Mapping[str, str]] = MappingProxyType(
    {"eigenvalue": "form(p)", "metric-entry": "[1 / x for x in form(p)]"}
)
"""What of a formula stands in the operator's matrix in the basis u_i v_l^T."""

_TEXT: Final = """from fractions import Fraction as F
from math import prod

from dlnproof.referee.geometry import (
    A, both, density, diag, framed, gram, jacobian, norm2, states, wrong,
)


@states("{claim}")
{wrong}def own_{slug}(
    p, form=lambda p: {form}
):
    yield {pair}
"""


def part(claim: Claim) -> str:
    """Return the part; nothing where the quantity is none that the checker measures."""
    [(quantity, names)] = claim.quantities.items()
    if quantity in _NUMBERS:
        pair = f"{_NUMBERS[quantity]}, form(p)"
    elif quantity in _ENTRIES:
        pair = f"from both(framed(p), diag({_ENTRIES[quantity]}))"
    else:
        return ""
    wrong = "".join(
        f'@wrong("{mutant.name}", form=lambda p: {_form({**claim.parts, **mutant.parts}, names)})\n'
        for mutant in claim.mutants
    )
    form = _form(claim.parts, names)
    return _TEXT.format(claim=claim.id, slug=claim.slug, wrong=wrong, form=form, pair=pair)


def _form(parts: Mapping[str, Side], names: tuple[str, ...]) -> str:
    """Return the formula at a point: a product, a sum, or the list of entries by columns."""
    match [parts[name] for name in names]:
        case [PairProduct() as product]:
            pair = _either(product.pair, product.at_coincidence())
            found = f"prod({_text(product.index)} for i in range(p.d))"
            return f"{found} * prod({pair} for i, l in p.less)"
        case [Expression() as index]:
            return f"sum({_text(index)} for i in range(p.d))"
        case [Expression() as distinct, Expression() as coincident]:
            return f"[{_either(distinct, coincident)} for i, l in p.columns]"
        case [Expression() as index, Expression() as pair, Expression() as coincident]:
            pairs = f"sum({_either(pair, coincident)} for i, l in p.less)"
            return f"sum({_text(index)} for i in range(p.d)) + {pairs}"
        case found:
            raise TypeError(f"got {found}, expected a product, a sum or two expressions")


def _either(distinct: Expression, coincident: Expression) -> str:
    return f"({_text(distinct)} if p.t[i] != p.t[l] else {_text(coincident)})"


@dataclass(frozen=True)
class _Text:
    """A number as it is written in Python: whatever is computed with it is written, too."""

    code: str

    def __add__(self, other: _Text) -> _Text:
        return _Text(f"({self.code} + {other.code})")

    def __sub__(self, other: _Text) -> _Text:
        return _Text(f"({self.code} - {other.code})")

    def __mul__(self, other: _Text) -> _Text:
        return _Text(f"({self.code} * {other.code})")

    def __truediv__(self, other: _Text) -> _Text:
        return _Text(f"({self.code} / {other.code})")


_LETTERS: Final[Mapping[Letter, Any]] = MappingProxyType(
    {
        N: _Text("F(p.N)"),
        DOUBLED: _Text("F(2 ** (p.N - 1))"),
        **{x.sigma: _Text(f"p.s[{i}]") for x, i in ((I, "i"), (L, "l"))},
        **{x.root: _Text(f"p.t[{i}]") for x, i in ((I, "i"), (L, "l"))},
    }
)


def _text(expression: Expression) -> str:
    found: _Text = expression.at(_LETTERS, lambda value: _Text(f"F({Fraction(value)})"))
    return found.code
