r"""What stands below and above \\sum and \\prod, as one of the forms that a tree has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from dlnproof.errors import InputError
from dlnproof.judge.plain import over
from dlnproof.judge.tree import ONE, D, Node, Over, Symbol

Range = tuple[Any, ...]
"""Lists of nodes, and between them relations."""

_RELATIONS: Final = {
    "<": "<",
    r"\lt": "<",
    ">": ">",
    r"\gt": ">",
    "=": "=",
    **dict.fromkeys((r"\le", r"\leq", r"\leqslant"), "<="),
    **dict.fromkeys((r"\ge", r"\geq", r"\geqslant"), ">="),
    **dict.fromkeys((r"\ne", r"\neq"), "!="),
}


def over_range(kind: str, under: Any, upper: Node | None) -> Callable[[Node], Over]:
    """Return what makes the sum or product of a body."""
    lists, signs = _split(under)
    if len(lists) > 2 and lists[0] == (ONE,) and signs[0] == "<=":  # 1 <= i ...
        lists, signs = lists[1:], signs[1:]
    if len(lists) > 1 and lists[-1] == (D,) and signs[-1] == "<=":  # ... <= d
        lists, signs = lists[:-1], signs[:-1]
    lower = None
    if signs == ["="]:
        if len(lists[1]) != 1 or upper is None:
            raise _refused(kind)
        lower = lists.pop()[0]
        signs = []
    elif upper not in (None, D):
        raise _refused(kind)
    names = [node.name for nodes in lists for node in nodes if isinstance(node, Symbol)]
    if len(names) != sum(map(len, lists)):
        raise _refused(kind)
    if lower is not None and upper is not None and len(names) == 1:
        ends = (lower, upper)
        return lambda body: over(kind, (names[0],), "", body, ends)
    if lower is not None and (lower, upper) != (ONE, D):
        raise _refused(kind)
    if not signs and len(names) in (1, 2):
        relation = "," if len(names) == 2 else ""
        return lambda body: over(kind, tuple(names), relation, body)
    if len(signs) == 1 and [len(nodes) for nodes in lists] == [1, 1] and signs != ["="]:
        return lambda body: over(kind, (names[0], names[1]), signs[0], body)
    raise _refused(kind)


def _split(under: Any) -> tuple[list[tuple[Node, ...]], list[str]]:
    if not isinstance(under, tuple):
        node = under if isinstance(under, Node) else under.base
        return [(node,)], []
    return list(under[::2]), [_RELATIONS[str(sign)] for sign in under[1::2]]


def _refused(kind: str) -> InputError:
    return InputError(
        rf"\{kind}: expected below it i, i=1 (with d above), j=1 (with N above), i<l, "
        r"1\le i<l\le d, i\ne l or i,l"
    )
