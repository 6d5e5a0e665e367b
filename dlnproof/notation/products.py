"""Products over i and over pairs i < l as boxes: how they are written, with their factors."""

from typing import Final

from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.form import (
    AllPairs,
    Determinant,
    Factors,
    Form,
    Over,
    PerIndex,
    PerPair,
    PerPlace,
    Raised,
    Root,
    Times,
    Van,
)
from dlnproof.core.spectrum import I
from dlnproof.notation.boxes import Command, Row
from dlnproof.notation.expressions import bare, body, bracketed, scripted, total
from dlnproof.notation.latex import group, row
from dlnproof.notation.reading import as_written, written

_SIGMA: Final = {I.sigma: r"\Sigma", I.root: r"\Sigma", I.log: r"\log\Sigma^{2}"}
"""The diagonal matrices whose entries these are."""


def product(form: Form) -> Row:
    """Return a product as it is written."""
    match form:
        case Factors(index, pair):
            factors = ((r"\prod_{i}", bare(index)), (r"\prod_{i<l}", bare(pair)))
            shown = [written(over, body(x)) for over, x in factors if x != Number(1)]
            shown[1:1] = [as_written(r"\,")] if shown[1:] else []
            return row(*shown) if shown else total(Number(1))
        case Van(entry):
            return written(r"\operatorname{van}(", _diagonal(entry), ")")
        case Determinant(root, sigma):
            return as_written(_determinant(root, sigma))
        case PerPair(base):
            return _power(base, r"\frac{d(d-1)}{2}")
        case PerPlace(base):
            return _power(base, r"\frac{d(d+1)}{2}")
        case PerIndex(base):
            return _power(base, "d")
        case AllPairs(entry):
            return written(r"\prod_{i,l=1}^{d}", body(bare(entry)))
        case Times(left, right):
            return written(product(left), r"\,", product(right))
        case Over(above, below):
            return row(Command("frac", (group(product(above)), group(product(below)))))
        case Raised(base, exponent):
            return scripted(written(r"\Bigl(", product(base), r"\Bigr)"), str(exponent))
        case Root(of):
            return row(Command("sqrt", (group(product(of)),)))


def _diagonal(entry: Expression) -> Row:
    """Return a diagonal matrix by its entry, in which Sigma stands for sigma_i."""
    return total(entry.substitute({x: Letter(x.name, _SIGMA[x], x.exponent) for x in _SIGMA}))


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


def _power(base: Expression, exponent: str) -> Row:
    if isinstance(base, Letter) and base.exponent:
        return scripted(as_written(base.latex), f"({base.exponent}){exponent}")
    alone = isinstance(base, Letter) or (isinstance(base, Number) and base.value >= 0)
    return scripted(total(base) if alone else bracketed(base), exponent)
