r"""Products inside products, and sums inside sums, as ones over pairs of indices."""

from __future__ import annotations

from dataclasses import replace

from dlnproof.language.rows import free_indices
from dlnproof.language.tree import ONE, TWO, Call, D, Node, Operation, Over, Symbol


def related(outer: Over) -> Over | None:
    r"""Return prod_i prod_{l>i} and the like as one product over pairs, or None.

    The range of i is 1..d, or leaves out only the i for which nothing is inside: i <= d - 1 where
    l > i, i >= 2 where l < i.
    """
    inner, [name] = outer.body, outer.indices
    if not isinstance(inner, Over) or inner.kind != outer.kind:
        return None
    if inner.relation in ("<", "<=", "!=") and name in inner.indices:
        pairs = inner
    elif inner.relation == "" and len(inner.indices) == 1:
        found = by_range(name, inner)
        if found is None:
            return None
        indices, relation = found
        pairs = Over(outer.kind, indices, relation, None, None, inner.body)
    else:
        return None
    enough: dict[tuple[Node | None, Node | None], bool] = {
        (None, None): True,
        (ONE, Operation("-", D, ONE)): pairs.relation == "<" and pairs.indices[0] == name,
        (TWO, D): pairs.relation == "<" and pairs.indices[1] == name,
    }
    return pairs if enough.get((outer.lower, outer.upper), False) else None


def by_range(name: str, inner: Over) -> tuple[tuple[str, str], str] | None:
    """Return how the index of a sum or product is related to another by its range, or None."""
    other, outside = inner.indices[0], Symbol(name)
    match inner.lower, inner.upper:
        case None, None:
            return (name, other), ","
        case Operation("+", first, tree_one), last if (first, tree_one, last) == (outside, ONE, D):
            return (name, other), "<"
        case first, last if (first, last) == (outside, D):
            return (name, other), "<="
        case first, Operation("-", last, tree_one) if (first, last, tree_one) == (
            ONE,
            outside,
            ONE,
        ):
            return (other, name), "<"
        case first, last if (first, last) == (ONE, outside):
            return (other, name), "<="
    return None


def distributed(outer: Over) -> tuple[str, tuple[Over, ...]]:
    """Return the sign "*" or "/" and the products that one with something nested is made of.

    The power of a product becomes the product of powers, its logarithm a sum of logarithms, and a
    multiple of a sum the sum of multiples. For factors > 0 these are the same; whether they are is
    seen when they are read. Nothing is returned where nothing is known.
    """
    body = outer.body
    if not any(isinstance(node, Over) for node in body.walk()):
        return "", ()
    is_sum = outer.kind == "sum"
    match body:
        case Operation(sign, left, right) if sign in (("+", "-") if is_sum else ("*", "/")):
            parts = (replace(outer, body=left), replace(outer, body=right))
            return "*" if sign in "+*" else "/", parts
        case Operation("**", Over("prod") as inner, by) if not is_sum and _apart(by, inner):
            body = replace(inner, body=Operation("**", inner.body, by))
        case Call("sqrt", Over("prod") as inner) if not is_sum:
            body = replace(inner, body=Call("sqrt", inner.body))
        case Operation("*" | "/" as sign, Over("sum") as inner, by) if is_sum and _apart(by, inner):
            body = replace(inner, body=Operation(sign, inner.body, by))
        case Operation("*", by, Over("sum") as inner) if is_sum and _apart(by, inner):
            body = replace(inner, body=Operation("*", by, inner.body))
        case Call("log", Over("prod") as inner) if is_sum:
            body = replace(inner, kind="sum", body=Call("log", inner.body))
        case _:
            return "", ()
    return "*", (replace(outer, body=body),)


def _apart(by: Node, inner: Over) -> bool:
    return not free_indices(by) & set(inner.indices)
