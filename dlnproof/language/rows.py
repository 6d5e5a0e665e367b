r"""Rows of items as LaTeX writes products: what belongs to a \\log, a \\prod, a slash.

The body of a \\sum is the rest of its term. The body of a \\prod ends with the last factor that
has its index: in "\\prod_i a_i \\prod_{i<l} b_{il}" the second product stands outside the first.
What readers would read in two ways is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dlnproof.errors import InputError
from dlnproof.language.hyperbolic import HYPERBOLIC, hyperbolic
from dlnproof.language.tree import (
    OF_MATRICES,
    ONE,
    Call,
    Negative,
    Node,
    Number,
    Operation,
    Over,
    Symbol,
)


@dataclass(frozen=True)
class Raised:
    """Something with an exponent, or without; ``bracketed``: it stands in brackets."""

    base: Node
    power: Node | None = None
    bracketed: bool = False

    def node(self) -> Node:
        """Return it as one node."""
        return self.base if self.power is None else Operation("**", self.base, self.power)


@dataclass(frozen=True)
class Function:
    """A function's name, whose argument follows; an exponent on it is one of its value."""

    name: str
    power: Node | None


@dataclass(frozen=True)
class Big:
    """A sum or product sign with its range, whose body follows."""

    of: Callable[[Node], Node]

    @property
    def sign(self) -> Over:
        """It over a body that says nothing; the first of two, l < k and l > k."""
        made = self.of(Symbol("N"))
        found = made.left if isinstance(made, Operation) else made
        assert isinstance(found, Over)
        return found

    @property
    def indices(self) -> frozenset[str]:
        """The indices that it binds; over i < l < m it is two signs."""
        signs = (part for part in self.of(Symbol("N")).walk() if isinstance(part, Over))
        return frozenset(name for sign in signs for name in sign.indices)


@dataclass(frozen=True)
class Sign:
    """An explicit sign of multiplication or division."""

    sign: str


Item = Raised | Function | Big | Sign


def row(items: Sequence[Item]) -> Node:
    """Return the product that a row of items means. Raises :class:`InputError`."""
    value: Node | None = None
    at, sign, divided = 0, "", False
    while at < len(items):
        item = items[at]
        if isinstance(item, Sign):
            if value is None or sign:
                raise InputError(f"got {item.sign!r}, expected a factor before it")
            sign, at = item.sign, at + 1
            continue
        if divided and not sign:
            raise InputError(
                r"a/b c may mean (a/b) c or a/(b c); expected \frac{..}{..}, brackets, or \cdot"
            )
        if at and _is_number(item) and _is_number(items[at - 1]):
            raise InputError(
                r"got two numbers beside one another, as in 1\,000, which are printed as one; "
                r"expected \cdot between them, or one number without spaces"
            )
        factor, at = _factor(items, at)
        value = factor if value is None else Operation(sign or "*", value, factor)
        sign, divided = "", sign == "/"
    if value is None or sign:
        raise InputError("got a sign at the end of a product, expected a factor after it")
    return value


def _is_number(item: Item) -> bool:
    """Whether an item is printed as digits: what groups them in LaTeX is not printed."""
    return isinstance(item, Raised) and isinstance(item.base, Number)


def _factor(items: Sequence[Item], at: int) -> tuple[Node, int]:
    item = items[at]
    if isinstance(item, Raised):
        return item.node(), at + 1
    if isinstance(item, Big):
        end = _body_end(item, items, at + 1)
        return item.of(row(items[at + 1 : end])), end
    assert isinstance(item, Function)
    of, power, end = _argument(item, items, at + 1)
    named = hyperbolic if item.name in HYPERBOLIC else Call
    called: Node = named(item.name, of)
    if item.power is not None and power is not None:
        raise InputError(f"{item.name}: got two exponents, expected one")
    if item.power == Negative(ONE) and item.name not in OF_MATRICES:
        raise InputError(
            f"{item.name}^{{-1}} may mean the inverse function, or 1/{item.name}; write the latter"
        )
    power = power or item.power
    return (called if power is None else Operation("**", called, power)), end


def _argument(item: Function, items: Sequence[Item], at: int) -> tuple[Node, Node | None, int]:
    """Return a function's argument, the exponent of its value, and where the argument ends."""
    following = items[at] if at < len(items) else None
    if following is None or isinstance(following, Sign):
        raise InputError(f"{item.name}: got nothing after it, expected its argument")
    if isinstance(following, Raised):
        if not following.bracketed:
            _refuse_more(item, items, at + 1)
        if not following.bracketed or following.power is None:
            return following.node(), None, at + 1
        if item.name in OF_MATRICES:  # det(X)^a is a power of the determinant
            return following.base, following.power, at + 1
        raise InputError(
            f"{item.name}(x)^a may mean ({item.name} x)^a or {item.name}(x^a); expected brackets "
            "around one of them"
        )
    of, end = _factor(items, at)
    return of, None, end


def _refuse_more(item: Function, items: Sequence[Item], at: int) -> None:
    if item.name not in OF_MATRICES and at < len(items) and isinstance(items[at], Raised):
        raise InputError(
            f"{item.name} a b may mean {item.name}(a) b or {item.name}(a b); expected brackets "
            r"around its argument, or \cdot"
        )


def _body_end(big: Big, items: Sequence[Item], start: int) -> int:
    """Return where the body of a sum or product ends."""
    if start == len(items) or isinstance(items[start], Sign):
        raise InputError("a sum or product: got nothing after it, expected its body")
    if big.sign.kind == "sum":
        return len(items)
    end, bound = start + 1, big.indices
    # an argument or body belongs to what it follows
    while end < len(items) and not isinstance(items[end - 1], Raised):
        end += 1
    for at in range(start, len(items)):
        item = items[at]
        if isinstance(item, Big) and at > start and item.indices & bound:
            break
        if isinstance(item, Raised) and free_indices(item.node()) & bound:
            end = max(end, at + 1)
    at = start
    while at < end:  # what is inside ends inside, each once
        item = items[at]
        at = _body_end(item, items, at + 1) if isinstance(item, Big) else at + 1
        end = max(end, at)
    return end


def free_indices(node: Node) -> frozenset[str]:
    """Return the symbols that are not bound inside."""
    if isinstance(node, Symbol):
        return frozenset({node.name})
    found = frozenset(name for part in node.parts() for name in free_indices(part))
    if isinstance(node, Over):
        ends = [end for end in (node.lower, node.upper) if end is not None]
        outside = frozenset(name for end in ends for name in free_indices(end))
        return (found - frozenset(node.indices)) | outside
    return found
