r"""The range of a sum or product, as \\sum and sum(...) are written, in the forms of a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from dlnproof.language.tree import ONE, D, Node, Number, Operation, Over, Symbol

Range = tuple[tuple[Node, ...] | str, ...]
"""Lists of nodes, and between them relations."""

_RELATIONS: Final = {
    **{sign: sign for sign in ("<", ">", "=", "<=", ">=", "!=")},
    r"\lt": "<",
    r"\gt": ">",
    **dict.fromkeys((r"\le", r"\leq", r"\leqslant"), "<="),
    **dict.fromkeys((r"\ge", r"\geq", r"\geqslant"), ">="),
    **dict.fromkeys((r"\ne", r"\neq"), "!="),
}
_TURNED: Final = {">": "<", ">=": "<="}


def over(
    kind: str,
    indices: tuple[str, ...],
    relation: str,
    body: Node,
    ends: tuple[Node, Node] | None = None,
) -> Over:
    """Return a sum or product in its one form: 1..d is no range, and no relation is ``>``."""
    if relation in _TURNED:
        indices, relation = indices[::-1], _TURNED[relation]
    lower, upper = (None, None) if ends in (None, (ONE, D)) else ends
    return Over(kind, indices, relation, lower, upper, body)


def over_range(kind: str, under: Range, upper: Node | None = None) -> Callable[[Node], Node] | None:
    """Return what makes the sum or product of a body, or None where the range is not known.

    ``under`` stands below the sign: a condition such as 1 <= i < l <= d, or two, of which the first
    says what the indices of the second run over (i, l = 1, i != l; where it names one alone, the
    other is held). i < l < m is one over i < l of one over m > l. ``upper`` stands above it.
    """
    first, *others = (_Condition(*_split(chain)) for chain in _chains(under))
    if len(others) > 1:
        return None
    three = first.ascending()
    if three and not others and first.ends(upper) == (ONE, D):
        return lambda body: over(kind, three[:2], "<", over(kind, three[1:], "<", body))
    declared, ends, relation = first.names(), first.ends(upper), first.relation()
    if declared is None or ends is None or relation is None:
        return None
    if others:
        related, within = others[0].names(), others[0].ends(None)
        if related is None or within != (ONE, D) or relation > ",":
            return None
        if len(declared) == 1 and ends == (ONE, D):
            return _apart_from(kind, declared[0], related, others[0].relation())
        if set(related) != set(declared):
            return None
        declared, relation = related, others[0].relation()
    if relation is None or (ends != (ONE, D) and len(declared) > 1):
        return None
    return lambda body: over(kind, declared, relation, body, ends)


def _apart_from(
    kind: str, running: str, related: tuple[str, ...], relation: str | None
) -> Callable[[Node], Node] | None:
    """Return what makes the sum or product over l = 1..d, l != k, of a body: k is held outside."""
    held = [name for name in related if name != running]
    if relation != "!=" or len(held) != 1 or running not in related:
        return None
    at, sign = Symbol(held[0]), "+" if kind == "sum" else "*"
    before, after = (ONE, Operation("-", at, ONE)), (Operation("+", at, ONE), D)
    return lambda body: Operation(
        sign, *(over(kind, (running,), "", body, ends) for ends in (before, after))
    )


def _chains(under: Range) -> Iterator[list[tuple[Node, ...] | str]]:
    """Yield the conditions: a comma behind a number or d ends one."""
    chain: list[tuple[Node, ...] | str] = []
    for part in under:
        if chain and not isinstance(part, str) and len(part) > 1 and part[0] in (ONE, D):
            yield [*chain, part[:1]]
            chain = [part[1:]]
        else:
            chain.append(part)
    yield chain


def _split(chain: list[tuple[Node, ...] | str]) -> tuple[list[tuple[Node, ...]], list[str]]:
    lists = [part for part in chain if not isinstance(part, str)]
    return lists, [_RELATIONS[part] for part in chain if isinstance(part, str)]


class _Condition:
    """A chain such as 1 <= i < l <= d: the relation in its middle, and bounds around it."""

    def __init__(self, lists: list[tuple[Node, ...]], signs: list[str]) -> None:
        self._lower: Node | None = None
        self._upper: Node | None = None
        if signs == ["="] and len(lists[1]) == 1:
            self._lower = lists.pop()[0]
            signs = []
        if signs[:1] == ["<="] and len(lists) > 2 and len(lists[0]) == 1:
            self._lower, lists, signs = lists[0][0], lists[1:], signs[1:]
        if signs[-1:] == ["<="] and len(lists[-1]) == 1 and _is_end(lists[-1][0], self._lower):
            self._upper, lists, signs = lists[-1][0], lists[:-1], signs[:-1]
        self._lists, self._signs = lists, signs

    def names(self) -> tuple[str, ...] | None:
        nodes = [node for nodes in self._lists for node in nodes]
        names = tuple(node.name for node in nodes if isinstance(node, Symbol))
        return names if len(names) == len(nodes) <= 2 else None

    def ascending(self) -> tuple[str, ...] | None:
        """Return i, l, m where it is i < l < m (or m > l > i), else None."""
        names = tuple(x.name for nodes in self._lists for x in nodes if isinstance(x, Symbol))
        if [len(nodes) for nodes in self._lists] != [1, 1, 1] or len(set(names)) < 3:
            return None
        return {"<<": names, ">>": names[::-1]}.get("".join(self._signs))

    def relation(self) -> str | None:
        """Return "" or "," (all pairs) where nothing relates the indices; None: not known."""
        if not self._signs:
            return "," if len(self._lists[0]) == 2 else ""
        related = len(self._signs) == 1 and [len(nodes) for nodes in self._lists] == [1, 1]
        return self._signs[0] if related and self._signs != ["="] else None

    def ends(self, above: Node | None) -> tuple[Node, Node] | None:
        if self._lower is not None and self._upper is None and above is None and not self._signs:
            return None  # i = 1, and nothing above
        if self._upper is not None and above not in (None, self._upper):
            return None
        return self._lower or ONE, self._upper or above or D


def _is_end(node: Node, lower: Node | None) -> bool:
    """Whether the last node of a chain is a bound, not an index."""
    return lower is not None or node == D or isinstance(node, Number)
