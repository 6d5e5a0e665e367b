"""A formula as it was written: a tree that is printed, evaluated and proved, never rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from typing import Any, Final

from dlnproof.errors import InputError

MAX_DEPTH: Final = 120
"""How deep a formula may be nested: every walk over a tree recurses."""


@dataclass(frozen=True)
class Node:
    """A part of a formula; ``depth`` is how deep it is nested."""

    depth: int = field(default=0, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        deepest = 1 + max((part.depth for part in self.parts()), default=0)
        if deepest > MAX_DEPTH:
            raise InputError(f"nested more than {MAX_DEPTH} deep; expected a shorter formula")
        object.__setattr__(self, "depth", deepest)

    def parts(self) -> Iterator[Node]:
        """Yield the nodes directly below."""
        for name in _fields(type(self)):
            value = getattr(self, name)
            if isinstance(value, Node):
                yield value

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it."""
        yield self
        for part in self.parts():
            yield from part.walk()


def _fields(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.init)


def rebuilt(node: Node, parts: list[Node]) -> Node:
    """Return the node with its parts replaced, in the order of ``parts()``."""
    left = iter(parts)
    changed: dict[str, Any] = {
        name: next(left) for name in _fields(type(node)) if isinstance(getattr(node, name), Node)
    }
    return replace(node, **changed) if changed else node


@dataclass(frozen=True)
class Number(Node):
    """A number >= 0 as it is written, in digits with or without a decimal point."""

    value: Fraction


@dataclass(frozen=True)
class Symbol(Node):
    """N, d, pi, the matrix Sigma, or an index such as i."""

    name: str


@dataclass(frozen=True)
class Sigma(Node):
    """The singular value sigma[i]."""

    index: Node


@dataclass(frozen=True)
class Negative(Node):
    """The negative of something."""

    of: Node


@dataclass(frozen=True)
class Operation(Node):
    """Two nodes joined by one of ``+ - * / **``."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Call(Node):
    """A function of one argument: sqrt, exp, log, abs, Gamma, cos, det, tr, van or c."""

    name: str
    of: Node


@dataclass(frozen=True)
class Over(Node):
    """A sum or product (``kind``) over one index, or over two related by ``relation``.

    One index runs from ``lower`` to ``upper``, or over 1..d where they are None. The relation of
    two is "<", "<=" or "!=", or "," for all pairs.
    """

    kind: str
    indices: tuple[str, ...]
    relation: str
    lower: Node | None
    upper: Node | None
    body: Node


ONE: Final = Number(Fraction(1))
TWO: Final = Number(Fraction(2))
ZERO: Final = Number(Fraction(0))
N: Final = Symbol("N")
D: Final = Symbol("d")
SIGMA: Final = Symbol("Sigma")
PAIRS: Final = Operation("/", Operation("*", D, Operation("-", D, ONE)), TWO)
"""d(d-1)/2, the number of pairs i < l."""
FUNCTIONS: Final = ("sqrt", "exp", "log", "abs", "det", "tr", "van", "c", "Gamma", "cos")
ENTRYWISE: Final = frozenset({"sqrt", "exp", "log", "abs"})
OF_MATRICES: Final = frozenset({"det", "tr", "van"})
RESERVED: Final = frozenset({"N", "d", "e", "pi", "Sigma", "sigma", "sum", "prod", *FUNCTIONS})


def of_matrix(node: Node) -> bool:
    """Whether a node is a matrix: Sigma stands in it outside det, tr and van."""
    if isinstance(node, Call) and node.name in OF_MATRICES:
        return False
    return node == SIGMA or any(map(of_matrix, node.parts()))


def number(value: int) -> Number:
    """Return an integer >= 0 as a node."""
    return Number(Fraction(value))


def times(*factors: Node) -> Node:
    """Return a product, without factors 1."""
    kept = [factor for factor in factors if factor != ONE] or [ONE]
    product = kept[0]
    for factor in kept[1:]:
        product = Operation("*", product, factor)
    return product


def in_order(node: Node) -> Node:
    """Return a formula with the terms of sums and the factors of products in one order."""
    node = rebuilt(node, [in_order(part) for part in node.parts()])
    if not (isinstance(node, Operation) and node.sign in "+*"):
        return node
    first, *others = sorted(_joined(node, node.sign), key=repr)
    for other in others:
        first = Operation(node.sign, first, other)
    return first


def _joined(node: Node, sign: str) -> Iterator[Node]:
    if isinstance(node, Operation) and node.sign == sign:
        yield from _joined(node.left, sign)
        yield from _joined(node.right, sign)
    else:
        yield node
