"""A product over indices and pairs, and a formula, at d = 2: in sigma_1 and sigma_2 alone.

There sigma_1 and sigma_2 are the singular values of two indices i and l with sigma_i >= sigma_l, so
that what is decided of eigenvalues decides it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import reduce
from itertools import combinations, combinations_with_replacement, permutations, product
from typing import Final

from dlnproof.core.spectrum import MERGE, SWAP
from dlnproof.language import tree
from dlnproof.language.deciding import AtTwo, Closed, Eigenvalues
from dlnproof.language.exponents import NotReducibleError
from dlnproof.language.slopes import Sloped
from dlnproof.language.sums import Summed
from dlnproof.language.tree import (
    Call,
    Node,
    Number,
    Operation,
    Over,
    Sigma,
    Symbol,
    number,
    rebuilt,
)

_BOTH: Final = (1, 2)
_INDEX: Final = {1: Symbol("i"), 2: Symbol("l")}


def closed_at_two(closed: Closed) -> Eigenvalues:
    """Return a product or sum at d = 2, where sigma_1 > sigma_2 and where they are equal."""
    assert not isinstance(closed, Eigenvalues)
    if isinstance(closed, AtTwo):
        return closed.pair
    if isinstance(closed, Sloped):
        raise NotReducibleError("at one width a sum over the other indices")
    if isinstance(closed, Summed):
        assert closed.coincident is not None
        both = closed.index + closed.index.substitute(SWAP)
        equal = (2 * closed.index + closed.coincident).substitute(MERGE)
        return Eigenvalues(closed.constant + both + closed.pair, closed.constant + equal)
    if closed.group or closed.log:
        raise NotReducibleError("at one width a power of c_d, or a logarithm")
    index = closed.product.index
    distinct = index * index.substitute(SWAP) * closed.product.pair
    equal = index**2 * closed.product.at_coincidence()
    return Eigenvalues(distinct, equal.substitute(MERGE), closed.degree)


def formula_at_two(node: Node) -> Node:
    """Return a formula at d = 2, with sigma_i for sigma_1 and sigma_l for sigma_2.

    Raises :class:`NotReducibleError` for what is not written out there.
    """
    return _at(node, {}, None)


def _at(node: Node, known: Mapping[str, int], entry: int | None) -> Node:
    """Return a formula whose bound indices are known; ``entry`` is that of Sigma."""
    match node:
        case Symbol("d"):
            return tree.TWO
        case Symbol("Sigma"):
            assert entry is not None
            return Sigma(_INDEX[entry])
        case Symbol(name) if name in known:
            return number(known[name])
        case Sigma(index):
            position = _value(_at(index, known, entry))
            if position not in _BOTH:
                raise NotReducibleError("sigma has no such entry at d = 2")
            return Sigma(_INDEX[int(position)])
        case Call("c"):
            raise NotReducibleError("a power of c_d at one width")
        case Call("det" | "tr" as name, of):
            return _joined("*" if name == "det" else "+", (_at(of, known, k) for k in _BOTH))
        case Call("van", of):
            return Operation("-", *(_at(of, known, k) for k in _BOTH))
        case Over():
            return _over(node, known, entry)
    return rebuilt(node, [_at(part, known, entry) for part in node.parts()])


def _joined(sign: str, parts: Iterator[Node]) -> Node:
    found = list(parts)
    empty = tree.ONE if sign == "*" else tree.ZERO
    return reduce(lambda a, b: Operation(sign, a, b), found) if found else empty


def _over(node: Over, known: Mapping[str, int], entry: int | None) -> Node:
    inside = {name: k for name, k in known.items() if name not in node.indices}
    if node.lower is not None and node.upper is not None:
        ends = [_at(end, known, entry) for end in (node.lower, node.upper)]
        try:
            first, last = map(_value, ends)
        except NotReducibleError:  # such as j = 1..N: the index is none of sigma
            body = _at(node.body, inside, entry)
            return Over(node.kind, node.indices, "", ends[0], ends[1], body)
        if first.denominator != 1 or last.denominator != 1 or last - first > len(_BOTH) ** 3:
            raise NotReducibleError("a sum or product over many terms")
        chosen: list[tuple[int, ...]] = [(k,) for k in range(int(first), int(last) + 1)]
    else:
        chosen = list(_choices(node, known))
    parts = (_at(node.body, {**inside, **_put(node, pair)}, entry) for pair in chosen)
    return _joined("*" if node.kind == "prod" else "+", parts)


def _put(node: Over, chosen: tuple[int, ...]) -> dict[str, int]:
    return dict(zip(node.indices, chosen, strict=True))


def _choices(node: Over, known: Mapping[str, int]) -> Iterator[tuple[int, ...]]:
    """Yield what the indices run through; one that is bound outside stays as it is."""
    match node.relation:
        case "":
            found: Iterator[tuple[int, ...]] = ((k,) for k in _BOTH)
        case "<":
            found = combinations(_BOTH, 2)
        case "<=":
            found = combinations_with_replacement(_BOTH, 2)
        case "!=":
            found = permutations(_BOTH, 2)
        case _:
            return product(_BOTH, repeat=2)
    outside = [name for name in node.indices if name in known]
    if len(outside) != 1 or not node.relation:
        return found
    at = node.indices.index(outside[0])
    return (pair for pair in found if pair[at] == known[outside[0]])


def _value(node: Node) -> Fraction:
    """Return a number that sums, differences and products of numbers are."""
    match node:
        case Number(value):
            return value
        case Operation("+" | "-" | "*" as sign, left, right):
            first, second = _value(left), _value(right)
            if sign == "*":
                return first * second
            return first + second if sign == "+" else first - second
    raise NotReducibleError("a bound that depends on N")
