"""A formula in one free index i: a term of its own, and a sum over the other indices l.

So gradients by singular values are written. The sum comes apart into the l behind i and those
before it, whose singular values are smaller and larger; how terms depend on an index is seen when
they become expressions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import ONE_INDEX, ORDERED, SWAP, I, L
from dlnproof.language import tree
from dlnproof.language.exponents import NotReducibleError
from dlnproof.language.nested import by_range
from dlnproof.language.renaming import renamed
from dlnproof.language.sums import NOTHING, Terms, at_entry, expression_of, multiplied, plain
from dlnproof.language.tree import Call, Negative, Node, Operation, Over, Symbol

_FREE, _OTHER = "i", "2"
"""The names of the indices i and l in terms: of the second no formula has it."""
_THREE: Final = "a sum over three indices"


@dataclass(frozen=True)
class Sloped:
    """A term ``own`` in sigma_i, and the sum over l != i of one in sigma_i and sigma_l.

    In expressions the larger of these two is that of ``I``: ``before`` where it is sigma_i, and
    ``after`` where it is sigma_l.
    """

    own: Expression = NOTHING
    before: Expression = NOTHING
    after: Expression = NOTHING

    @classmethod
    def alike(cls, own: Expression, pair: Expression) -> Sloped:
        """Return that whose terms are one expression in sigma_i and sigma_l in either order."""
        return cls(own, pair, pair.substitute(SWAP))

    def each(self, made: Callable[[Expression], Expression]) -> Sloped:
        """Return it with all terms changed."""
        return Sloped(made(self.own), made(self.before), made(self.after))


@dataclass(frozen=True)
class _Slope:
    own: Terms = ()
    before: Terms = ()
    after: Terms = ()

    def __add__(self, other: _Slope) -> _Slope:
        return _Slope(self.own + other.own, self.before + other.before, self.after + other.after)

    def __mul__(self, other: _Slope) -> _Slope:
        first, second = (self, other) if other.sums else (other, self)
        if first.sums:
            raise NotReducibleError(_THREE)
        return _Slope(
            *(multiplied(first.own, x) for x in (second.own, second.before, second.after))
        )

    @property
    def sums(self) -> bool:
        return bool(self.before or self.after)

    def each(self, made: Callable[[Node], Node]) -> _Slope:
        return _Slope(*(tuple(map(made, x)) for x in (self.own, self.before, self.after)))


def sloped(node: Node) -> Sloped:
    """Return a formula in the free index i as its terms.

    Raises :class:`NotReducibleError` where it is none, :class:`NoValueError` where a term divides
    by what is identically zero.
    """
    found = _slope_of(node)
    return Sloped(
        expression_of(found.own, {_FREE: I}, ONE_INDEX),
        expression_of(found.before, {_FREE: I, _OTHER: L}, ORDERED),
        expression_of(found.after, {_FREE: L, _OTHER: I}, ORDERED),
    )


def _slope_of(node: Node) -> _Slope:
    match node:
        case Symbol("d"):
            return _everywhere(tree.ONE)
        case Negative(of):
            return _slope_of(of).each(Negative)
        case Operation("+", left, right):
            return _slope_of(left) + _slope_of(right)
        case Operation("-", left, right):
            return _slope_of(left) + _slope_of(right).each(Negative)
        case Operation("*", left, right):
            return _slope_of(left) * _slope_of(right)
        case Operation("/", left, right) if plain(right):
            return _slope_of(left).each(lambda term: Operation("/", term, right))
        case Call("tr", of):
            return _everywhere(at_entry(of, _OTHER))
        case Over("sum"):
            return _over(node)
    return _Slope((node,))


def _everywhere(term: Node, relation: str = ",") -> _Slope:
    """Return the sum over the l that have a relation to i of a term in both."""
    own = (renamed(term, {_OTHER: _FREE}),) if relation in (",", "<=", ">=") else ()
    before = (term,) if relation in (",", "!=", "<", "<=") else ()
    after = (term,) if relation in (",", "!=", ">", ">=") else ()
    return _Slope(own, before, after)


def _over(node: Over) -> _Slope:
    if node.relation:
        pair = node.indices, node.relation
    elif (found := by_range(_FREE, node)) is not None:
        pair = found
    else:  # such as j = 1..N
        assert node.lower is not None
        assert node.upper is not None
        if not (plain(node.lower) and plain(node.upper)):
            raise NotReducibleError("a sum over a range other than 1..d")
        return _slope_of(node.body).each(lambda term: replace(node, body=term))
    (first, second), relation = pair
    if _FREE not in (first, second) or not plain(node.body):
        raise NotReducibleError(_THREE)
    other = second if first == _FREE else first
    if first != _FREE:
        relation = {"<": ">", "<=": ">="}.get(relation, relation)
    return _everywhere(renamed(node.body, {other: _OTHER}), relation)
