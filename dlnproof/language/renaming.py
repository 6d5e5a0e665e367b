"""Indices of an author's: free ones by our names, with no index bound to a name that is free."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dlnproof.language.tree import RESERVED, Call, Node, Over, Sigma, Symbol, rebuilt

_SPARE = "jkmpqrtuvwxyzabfghnosil"


def free_indices_of_sigma(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the letters that are an index of sigma and not bound."""
    if isinstance(node, Sigma) and isinstance(node.index, Symbol):
        name = node.index.name
        if name not in bound and name not in RESERVED and re.fullmatch("[a-z]", name):
            yield name
    inside = bound | set(node.indices) if isinstance(node, Over) else bound
    for part in node.parts():
        yield from free_indices_of_sigma(part, inside)


def free_indices(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the free indices of sigma, and i and l wherever they stand and are not bound."""
    if isinstance(node, Symbol) and node.name in ("i", "l") and node.name not in bound:
        yield node.name
    yield from free_indices_of_sigma(node, bound) if isinstance(node, Sigma) else ()
    inside = bound | set(node.indices) if isinstance(node, Over) else bound
    for part in node.parts():
        yield from free_indices(part, inside)


def held_indices(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the k of sums and products over l != k outside of which neither index is bound.

    In a formula with one free index k is that.
    """
    inside = bound
    if isinstance(node, Over):
        if node.relation == "!=" and not bound & {*node.indices}:
            yield node.indices[1]
        inside = bound | set(node.indices)
    for part in node.parts():
        yield from held_indices(part, inside)


def waves(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the letters that are no index of sums and stand in a cosine."""
    if isinstance(node, Call) and node.name == "cos":
        letters = {part.name for part in node.walk() if isinstance(part, Symbol)}
        yield from letters - bound - RESERVED
    inside = bound | set(node.indices) if isinstance(node, Over) else bound
    for part in node.parts():
        yield from waves(part, inside)


def free_names(letters: Iterable[str], free: tuple[str, ...]) -> Mapping[str, str]:
    """Return the names of ours for the free indices of a formula, where they are others.

    In the order of the alphabet the first is i and the second l, but i and l are themselves: every
    quantity with two indices is symmetric in them.
    """
    used = sorted(set(letters))
    others = [name for name in used if name not in free]
    if not others or len(used) > len(free):
        return {}
    left = [name for name in free if name not in used]
    return dict(zip(others, left, strict=False))


def renamed(node: Node, names: Mapping[str, str]) -> Node:
    """Return a formula with free indices renamed; a bound one in the way gets a new name."""
    if not names:
        return node
    if isinstance(node, Symbol):
        return Symbol(names.get(node.name, node.name))
    if not isinstance(node, Over):
        return rebuilt(node, [renamed(part, names) for part in node.parts()])
    ends = [None if end is None else renamed(end, names) for end in (node.lower, node.upper)]
    related = node.relation and len(names.keys() & {*node.indices}) == 1  # the other one runs
    inside = {old: new for old, new in names.items() if related or old not in node.indices}
    taken = {*inside, *inside.values(), *node.indices}
    taken |= {part.name for part in node.body.walk() if isinstance(part, Symbol)}
    taken |= {name for part in node.body.walk() if isinstance(part, Over) for name in part.indices}
    for index in node.indices:
        if index in inside.values():
            inside[index] = next(x for x in _SPARE if x not in taken)
            taken.add(inside[index])
    indices = tuple(inside.get(index, index) for index in node.indices)
    body = renamed(node.body, inside)
    return replace(node, indices=indices, lower=ends[0], upper=ends[1], body=body)
