"""Slips in one factor of a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from dlnproof.judge.powers import raised
from dlnproof.judge.rescaling import SCALES, scaled, tidy
from dlnproof.language import tree
from dlnproof.language.exponents import HALF, TWICE, UNIT, NotReducibleError, exponent
from dlnproof.language.tree import (
    TWO,
    Call,
    N,
    Negative,
    Node,
    Operation,
    Over,
)
from dlnproof.language.written import plain_text


@dataclass(frozen=True)
class Slip:
    """What may be wrong, and the formula without it; ``sign``: nothing but its sign.

    ``what`` is words, and formulas of ours between dollars.

    ``simpler`` are other ways to correct it: where one is right, it is shown.
    """

    what: str
    corrected: Node
    sign: bool = False
    simpler: tuple[Node, ...] = ()


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
        case Call("sqrt" | "log" | "exp" as name, of) if not isinstance(of, Call):
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


def of_part(part: Part, free: tuple[str, ...] = ()) -> Iterator[Slip]:
    """Yield candidates that change one factor of a formula with these free indices."""
    node, shown = part.node, plain_text(part.node)

    def slip(what: str, other: Node) -> Slip:
        return Slip(
            f"{what}: ${shown}$ should be ${plain_text(tidy(other))}$", part.with_other(other)
        )

    def rescaled(scales: Iterable[tuple[tuple[Node, Node], str]]) -> Iterator[Slip]:
        for scale, what in scales:
            other = scaled(node, scale)
            if other != node:
                yield slip(what, other)

    yield from rescaled(SCALES[:1])
    inverse: Node = Operation("/", tree.ONE, node)
    if isinstance(node, Operation) and node.sign == "**":
        inverse = raised(node, -UNIT)
    yield slip("an inverted factor", inverse)
    yield slip("a missing root", raised(node, HALF))
    yield from rescaled(SCALES[1:])
    root = isinstance(node, Call) and node.name == "sqrt"
    yield slip("a superfluous root" if root else "a missing square", raised(node, TWICE))
    match node:
        case Operation("+" | "-" as sign, left, right):
            yield slip("a wrong sign", Operation(_TURNED[sign], left, right))
            if sign == "-":
                yield slip("a difference in the wrong order", Operation("-", right, left))
                yield slip("a missing absolute value", Call("abs", node))
        case Operation("**", Operation("-" as sign, left, right), power):
            sides = (_powered(side, power) for side in (left, right))
            yield slip("a power outside a difference", Operation(sign, *sides))
        case Operation("**", Call("van", of), power):
            yield slip("a power outside van", Call("van", _powered(of, power)))
    if isinstance(node, Over) and node.lower is not None:
        for ends in _ENDS:
            if ends != (node.lower, node.upper):
                other = replace(node, lower=ends[0], upper=ends[1])
                yield slip("another range of the index", other)
    if isinstance(node, Over) and len(node.indices) == 2:
        for relation in ("<", "<=", "!=", ","):
            if relation != node.relation:
                held = relation == "!=" and node.indices[:1] == free  # is named last
                indices = node.indices[::-1] if held else node.indices
                other = Over(node.kind, indices, relation, None, None, node.body)
                yield slip("another range of the indices", other)
    if node != tree.ONE:
        yield Slip(f"a superfluous factor: ${shown}$", part.with_other(tree.ONE))


def _powered(node: Node, power: Node) -> Node:
    try:
        return raised(node, exponent(power, frozenset()))
    except NotReducibleError:
        return Operation("**", node, power)


_LAST: Final = Operation("-", N, tree.ONE)
_ENDS: Final = ((tree.ONE, N), (tree.ZERO, _LAST), (tree.ONE, _LAST), (TWO, N))
"""What sums over factors run over."""

_TURNED: Final = {"+": "-", "-": "+"}
