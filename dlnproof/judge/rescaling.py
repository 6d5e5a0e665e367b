"""Formulas with other powers of sigma, and without what cancels."""

from __future__ import annotations

from typing import Final

from dlnproof.language import tree
from dlnproof.language.exponents import NotReducibleError, exponent, written
from dlnproof.language.tree import (
    SIGMA,
    TWO,
    N,
    Negative,
    Node,
    Operation,
    Over,
    Sigma,
    rebuilt,
)

SCALES: Final = (
    ((TWO, tree.ONE), "$sigma$ in place of $sigma^2$"),
    ((tree.ONE, TWO), "$sigma^2$ in place of $sigma$"),
    ((tree.ONE, N), "$sigma$ in place of $sigma^(1/N)$"),
    ((N, tree.ONE), "$sigma^(1/N)$ in place of $sigma$"),
    ((TWO, N), "$sigma$ in place of $sigma^(2/N)$"),
    ((N, TWO), "$sigma^(2/N)$ in place of $sigma$"),
)


def scaled(node: Node, scale: tuple[Node, Node]) -> Node:
    """Return a formula with every singular value to the power above / below."""
    above, below = scale
    if isinstance(node, Sigma) or node == SIGMA:
        power = _simple(tidy(Operation("/", above, below)))
        return Operation("**", node, power)
    if isinstance(node, Operation) and node.sign == "**":
        base = node.left
        if isinstance(base, Sigma) or base == SIGMA:
            power = _simple(tidy(Operation("/", tree.times(above, node.right), below)))
            return base if power == tree.ONE else Operation("**", base, power)
    if isinstance(node, Over):
        return Over(
            node.kind, node.indices, node.relation, node.lower, node.upper, scaled(node.body, scale)
        )
    return rebuilt(node, [scaled(part, scale) for part in node.parts()])


def _simple(power: Node) -> Node:
    """Return an exponent as a number, or a number over N, where it is one."""
    try:
        found = exponent(power, frozenset())
    except NotReducibleError:
        return power
    return written(found) if len(found.terms) == 1 else power


def tidy(node: Node) -> Node:
    """Return a formula without factors and divisors 1 and signs that cancel."""
    parts = [tidy(part) for part in node.parts()]
    node = rebuilt(node, parts)
    match node:
        case Operation("*", tree.ONE, other) | Operation("*" | "/" | "**", other, tree.ONE):
            return other
        case Operation("*" | "/", other, Negative(tree.ONE)):
            return other.of if isinstance(other, Negative) else Negative(other)
        case Negative(Negative(other)):
            return other
        case Operation("+", left, Negative(other)):
            return Operation("-", left, other)
        case Operation("/", above, Operation("/", tree.ONE, below)):
            return Operation("*", above, below)
        case Operation("*", left, Operation("/", tree.ONE, below)):
            return Operation("/", left, below)
    return node
