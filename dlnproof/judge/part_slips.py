"""Slips in one factor of a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from dlnproof.judge import tree
from dlnproof.judge.rescaling import SCALES, scaled, tidy
from dlnproof.judge.tree import (
    TWO,
    Call,
    Negative,
    Node,
    Operation,
    Over,
)
from dlnproof.judge.written import plain_text


@dataclass(frozen=True)
class Slip:
    """What may be wrong, in words, and the formula without it; ``sign``: nothing but its sign."""

    what: str
    corrected: Node
    sign: bool = False


@dataclass(frozen=True)
class Part:
    """A factor of a formula, and the formula with another in its place."""

    node: Node
    with_other: Callable[[Node], Node]


def factors_in(node: Node, put: Callable[[Node], Node]) -> Iterator[Part]:
    """Yield the factors of a product, those below roots and logarithms too."""
    match node:
        case Operation("*" | "/" as sign, left, right):
            yield from factors_in(left, lambda x: put(Operation(sign, x, right)))
            yield from factors_in(right, lambda x: put(Operation(sign, left, x)))
        case Call("sqrt" | "log" as name, of) if not isinstance(of, Call | Over):
            yield Part(node, put)
            yield from factors_in(of, lambda x: put(Call(name, x)))
        case Operation("+" | "-" as sign, left, right):
            yield Part(node, put)
            yield from factors_in(left, lambda x: put(Operation(sign, x, right)))
            yield from factors_in(right, lambda x: put(Operation(sign, left, x)))
        case Negative(of):
            yield from factors_in(of, lambda x: put(Negative(x)))
        case Over(kind, indices, relation, lower, upper, body):
            yield Part(node, put)
            ends = (lower, upper)
            yield from factors_in(body, lambda x: put(Over(kind, indices, relation, *ends, x)))
        case _:
            yield Part(node, put)


def of_part(part: Part) -> Iterator[Slip]:
    """Yield candidates that change one factor."""
    node, shown = part.node, plain_text(part.node)

    def slip(what: str, other: Node) -> Slip:
        return Slip(f"{what}: {shown} should be {plain_text(tidy(other))}", part.with_other(other))

    def rescaled(scales: Iterable[tuple[tuple[Node, Node], str]]) -> Iterator[Slip]:
        for scale, what in scales:
            other = scaled(node, scale)
            if other != node:
                yield slip(what, other)

    yield from rescaled(SCALES[:1])
    inverse: Node = Operation("/", tree.ONE, node)
    if isinstance(node, Operation) and node.sign == "**":
        inverse = Operation("**", node.left, Negative(node.right))
    yield slip("an inverted factor", inverse)
    yield slip("a missing root", Call("sqrt", node))
    yield from rescaled(SCALES[1:])
    yield slip("a missing square", Operation("**", node, TWO))
    if isinstance(node, Call) and node.name == "sqrt":
        yield slip("a root too much", node.of)
    if isinstance(node, Operation) and node.sign in _TURNED:
        yield slip("a wrong sign", Operation(_TURNED[node.sign], node.left, node.right))
    if isinstance(node, Over) and len(node.indices) == 2:
        for relation in ("<", "<=", "!=", ","):
            if relation != node.relation:
                other = Over(node.kind, node.indices, relation, None, None, node.body)
                yield slip("another range of the indices", other)
    if node != tree.ONE:
        yield Slip(f"a factor too much: {shown}", part.with_other(tree.ONE))


_TURNED: Final = {"+": "-", "-": "+"}
