"""What letters and names of a proof stand for, as trees."""

from __future__ import annotations

from typing import Final

from dlnproof.core.expression import Expression, Letter, Number, Operation, Power
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import DOUBLED, WIDTH, I, L, N
from dlnproof.language import tree
from dlnproof.language.tree import Call, Negative, Node, Over, Sigma, Symbol, number

_ROOT: Final = tree.Operation("/", tree.ONE, tree.N)

KNOWN: Final[dict[Letter, Node]] = {
    N: tree.N,
    WIDTH: tree.D,
    DOUBLED: tree.Operation("**", tree.TWO, tree.Operation("-", tree.N, tree.ONE)),
}
for _index, _level in (("i", I), ("l", L)):
    _sigma = Sigma(Symbol(_index))
    KNOWN[_level.sigma] = _sigma
    KNOWN[_level.root] = tree.Operation("**", _sigma, _ROOT)
    KNOWN[_level.log] = Call("log", tree.Operation("**", _sigma, tree.TWO))
"""The letters that the grammar knows."""


def symbol(letter: Letter) -> Symbol:
    """Return the symbol for a letter that the grammar does not know."""
    return Symbol(f"[{letter.name}]")


def tree_of(value: Expression | PairProduct) -> Node:
    """Return a value as a tree; of a product, where the singular values differ."""
    match value:
        case PairProduct(index, pair):
            return tree.Operation(
                "*",
                Over("prod", ("i",), "", None, None, tree_of(index)),
                Over("prod", ("i", "l"), "<", None, None, tree_of(pair)),
            )
        case Number(n):
            return number(n) if n >= 0 else Negative(number(-n))
        case Letter():
            return KNOWN.get(value) or symbol(value)
        case Power(base, exponent):
            return tree.Operation("**", tree_of(base), number(exponent))
        case Operation(sign, left, right):
            return tree.Operation(sign, tree_of(left), tree_of(right))
    raise TypeError(f"no tree for {value!r}")
