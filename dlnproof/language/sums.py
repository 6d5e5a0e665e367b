"""A formula as a sum: a constant, a term for each index, one for each pair of indices.

The terms are formulas; how they depend on an index is seen when they become expressions. Products
of sums are multiplied out, sums over j = 1..N are taken inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import product as pairs_of
from typing import Final

from dlnproof.core.domain import Domain
from dlnproof.core.engines import equal_by_flint
from dlnproof.core.expression import Expression, Number
from dlnproof.core.spectrum import ONE_INDEX, ORDERED, I, L, Level
from dlnproof.language import tree
from dlnproof.language.exponents import NotReducibleError
from dlnproof.language.factors import NoValueError
from dlnproof.language.nested import related
from dlnproof.language.reduction import factor_of
from dlnproof.language.renaming import renamed
from dlnproof.language.tree import Call, D, Negative, Node, Operation, Over, Sigma, Symbol, rebuilt

Terms = tuple[Node, ...]

NOTHING: Final = Number(0)
_MOST_TERMS: Final = 200
_MOST_POWER: Final = 4
_ONE, _OTHER = "1", "2"
"""The names of the indices i and l in terms: no formula has them."""


@dataclass(frozen=True)
class Sum:
    """The sum of ``constant``, over i of ``index``, and over i < l of ``pair``."""

    constant: Terms = ()
    index: Terms = ()
    pair: Terms = ()

    def __post_init__(self) -> None:
        if len(self.constant) + len(self.index) + len(self.pair) > _MOST_TERMS:
            raise NotReducibleError("a sum of too many terms")

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.constant + other.constant, self.index + other.index, self.pair + other.pair)

    def __mul__(self, other: Sum) -> Sum:
        one, two = (Sum((), x.index, x.pair) for x in (self, other))
        if (one.pair and (two.index or two.pair)) or (two.pair and one.index):
            raise NotReducibleError("a sum over three indices")
        found = Sum(multiplied(self.constant, other.constant))
        for scale, whole in ((self.constant, two), (other.constant, one)):
            for factor in scale:
                found = found + whole.each(partial(tree.times, factor))
        for a, b in pairs_of(one.index, two.index):
            found = found + _of_pair(",", Operation("*", a, renamed(b, {_ONE: _OTHER})))
        return found

    def each(self, made: Callable[[Node], Node]) -> Sum:
        """Return the sum with all terms changed."""
        return Sum(*(tuple(map(made, x)) for x in (self.constant, self.index, self.pair)))


@dataclass(frozen=True)
class Summed:
    """The sum over i of ``index`` and over i < l of ``pair``, expressions in the letters.

    ``coincident`` is the pair's where sigma_i = sigma_l, None where it has no value there.
    """

    index: Expression = NOTHING
    pair: Expression = NOTHING
    coincident: Expression | None = NOTHING
    constant: Expression = NOTHING


def summed(node: Node) -> Summed:
    """Return a formula as a sum of expressions.

    Raises :class:`NotReducibleError` where it is none, :class:`NoValueError` where a term divides
    by what is identically zero.
    """
    found = sum_of(node)
    try:
        coincident = expression_of(found.pair, {_ONE: I, _OTHER: I}, ONE_INDEX)
    except NoValueError:
        coincident = None
    return Summed(
        expression_of(found.index, {_ONE: I}, ONE_INDEX),
        expression_of(found.pair, {_ONE: I, _OTHER: L}, ORDERED),
        coincident,
        expression_of(found.constant, {}, ONE_INDEX),
    )


def vanishes(expression: Expression) -> bool:
    """Whether an expression is identically zero."""
    return equal_by_flint(expression, NOTHING) is True


def expression_of(terms: Terms, levels: Mapping[str, Level], domain: Domain) -> Expression:
    """Return a sum of terms in one or two indices as an expression."""
    whole: Expression = NOTHING
    for term in terms:
        found = factor_of(term, levels, domain).expression()
        whole = found if whole == NOTHING else whole + found
    return whole


def sum_of(node: Node) -> Sum:
    """Return a formula as a sum. Raises :class:`NotReducibleError`."""
    match node:
        case Symbol("d"):
            return Sum(index=(tree.ONE,))
        case Negative(of):
            return sum_of(of).each(Negative)
        case Operation("+", left, right):
            return sum_of(left) + sum_of(right)
        case Operation("-", left, right):
            return sum_of(left) + sum_of(right).each(Negative)
        case Operation("*", left, right):
            return sum_of(left) * sum_of(right)
        case Operation("/", left, right) if plain(right):
            return sum_of(left).each(lambda term: Operation("/", term, right))
        case Operation("**", base, tree.Number(power)) if not plain(base):
            return _power(base, power)
        case Call("tr", of):
            return Sum(index=(at_entry(of, _ONE),))
        case Over("sum"):
            return _over(node)
    return Sum(constant=(node,))


def plain(node: Node) -> bool:
    """Whether no sum over indices, trace or d stands in a formula."""
    return not any(
        part == D
        or (isinstance(part, Call) and part.name == "tr")
        or (isinstance(part, Over) and part.kind == "sum" and part.lower is None)
        for part in node.walk()
    )


def _power(base: Node, power: object) -> Sum:
    if power not in range(2, _MOST_POWER + 1):
        raise NotReducibleError("a power of a sum that is not small and whole")
    found = once = sum_of(base)
    for _ in range(int(power) - 1):  # type: ignore[call-overload]
        found = found * once
    return found


def at_entry(node: Node, index: str) -> Node:
    """Return what of a diagonal matrix stands at an index."""
    if node == tree.SIGMA:
        return Sigma(Symbol(index))
    if isinstance(node, Call) and node.name in tree.OF_MATRICES:
        return node
    return rebuilt(node, [at_entry(part, index) for part in node.parts()])


def _over(node: Over) -> Sum:
    if node.relation:
        one, other = node.indices
        return _of_pair(node.relation, renamed(node.body, {one: _ONE, other: _OTHER}))
    parts = list(_addends(node.body))
    if len(parts) > 1:
        found = Sum()
        for part, sign in parts:
            term = _over(replace(node, body=part))
            found = found + (term if sign > 0 else term.each(Negative))
        return found
    if (by_pairs := related(_inward(node))) is not None:
        return _over(by_pairs)
    if node.lower is not None and node.upper is not None:
        ends = Operation("+", node.lower, node.upper)
        if not plain(ends):
            raise NotReducibleError("a sum over a range other than 1..d")
        return sum_of(node.body).each(lambda term: replace(node, body=term))
    [name] = node.indices
    inside = sum_of(node.body)
    if inside.pair:
        raise NotReducibleError("a sum over three indices")
    whole = Sum(index=tuple(renamed(term, {name: _ONE}) for term in inside.constant))
    for each in inside.index:
        both = renamed(renamed(each, {_ONE: _OTHER}), {name: _ONE})
        whole = whole + _of_pair(",", both)
    return whole


def _inward(node: Over) -> Over:
    """Return sum_i a_i sum_l b_il as sum_i sum_l a_i b_il, for any range of l."""
    match node.body:
        case Operation("*" | "/" as sign, Over("sum") as inner, by):
            body = Operation(sign, inner.body, by)
        case Operation("*", by, Over("sum") as inner):
            body = Operation("*", by, inner.body)
        case _:
            return node
    running = set(inner.indices) - set(node.indices)
    if running & {part.name for part in by.walk() if isinstance(part, Symbol)}:
        return node
    return replace(node, body=replace(inner, body=body))


def _addends(node: Node) -> Iterator[tuple[Node, int]]:
    match node:
        case Negative(of):
            yield from ((part, -sign) for part, sign in _addends(of))
        case Operation("+", left, right):
            yield from (*_addends(left), *_addends(right))
        case Operation("-", left, right):
            yield from (*_addends(left), *((part, -sign) for part, sign in _addends(right)))
        case _:
            yield node, 1


def _of_pair(relation: str, term: Node) -> Sum:
    """Return the sum over two indices with a relation."""
    index = (renamed(term, {_OTHER: _ONE}),) if relation in (",", "<=") else ()
    both = relation in (",", "!=")
    pair = (term, renamed(term, {_ONE: _OTHER, _OTHER: _ONE})) if both else (term,)
    return Sum((), index, pair)


def multiplied(first: Terms, second: Terms) -> Terms:
    """Return a product of sums as a sum."""
    return tuple(tree.times(a, b) for a, b in pairs_of(first, second))
