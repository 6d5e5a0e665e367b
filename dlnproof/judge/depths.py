"""A closed form, and a formula, at one depth: there sigma is the N-th power of its root."""

from __future__ import annotations

from dataclasses import replace

from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import DOUBLED, I, L, N
from dlnproof.language import tree
from dlnproof.language.deciding import AtTwo, Closed, Eigenvalues
from dlnproof.language.slopes import Sloped
from dlnproof.language.sums import Summed
from dlnproof.language.tree import Node, Operation, Sigma, number, rebuilt


def closed_at(closed: Closed, depth: int) -> Closed:
    """Return a closed form in which the letters sigma stand for sigma^(1/N)."""
    letters: dict[Letter, Expression] = {N: Number(depth), DOUBLED: Number(2 ** (depth - 1))}
    for level in (I, L):
        letters |= {level.root: level.sigma, level.sigma: level.sigma**depth}

    def at(expression: Expression) -> Expression:
        return expression.substitute(letters)

    if isinstance(closed, Eigenvalues):
        return Eigenvalues(at(closed.distinct), at(closed.coincident))
    if isinstance(closed, AtTwo):
        return AtTwo(Eigenvalues(at(closed.pair.distinct), at(closed.pair.coincident)))
    if isinstance(closed, Sloped):
        return closed.each(at)
    if isinstance(closed, Summed):
        assert closed.coincident is not None
        return Summed(*map(at, (closed.index, closed.pair, closed.coincident, closed.constant)))
    product = closed.product
    made = PairProduct(at(product.index), at(product.pair), at(product.at_coincidence()))
    return replace(closed, product=made, depth=depth)


def formula_at(node: Node, depth: int) -> Node:
    """Return a formula in which N is a number and sigma stands for sigma^(1/N)."""
    if node == tree.N:
        return number(depth)
    parts = [formula_at(part, depth) for part in node.parts()]
    made = rebuilt(node, parts)
    if isinstance(made, Sigma) or made == tree.SIGMA:
        return Operation("**", made, number(depth))
    return made
