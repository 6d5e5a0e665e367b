"""A formula written in plain text, which is read as the same tree."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from dlnproof.language.tree import (
    Call,
    Negative,
    Node,
    Number,
    Operation,
    Over,
    Sigma,
    Symbol,
)

_SUM, _PRODUCT, _SIGNED, _POWER, _ATOM = range(5)

_LEVEL: Final = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}


def plain_text(tree: Node) -> str:
    """Return the formula in plain text, which is read as the same tree.

    >>> from dlnproof.language.tree import ONE, TWO, N
    >>> plain_text(Operation("**", N, Operation("/", ONE, TWO)))
    'N**(1/2)'
    """
    return _text(tree, _SUM)


def _text(node: Node, level: int) -> str:
    text, own = _parts(node)
    return text if own >= level else f"({text})"


def _parts(node: Node) -> tuple[str, int]:
    match node:
        case Number(value):
            return decimal(value), _ATOM
        case Symbol(name):
            return name, _ATOM
        case Sigma(index):
            return f"sigma[{_text(index, _SUM)}]", _ATOM
        case Negative(of):
            return f"-{_text(of, _SIGNED)}", _SIGNED
        case Operation("**", base, exponent):
            # x**y**z is read as x**(y**z), but not by everybody
            least = _ATOM if isinstance(exponent, Operation) else _SIGNED
            return f"{_text(base, _ATOM)}**{_text(exponent, least)}", _POWER
        case Operation(sign, left, right):
            own = _LEVEL[sign]
            gap = " " if own == _SUM else ""
            return f"{_text(left, own)}{gap}{sign}{gap}{_text(right, own + 1)}", own
        case Call(name, of):
            return f"{name}({_text(of, _SUM)})", _ATOM
        case Over(kind, indices, relation, lower, upper, body):
            if lower is not None and upper is not None:
                head = f"{indices[0]}, {_text(lower, _SUM)}, {_text(upper, _SUM)}"
            else:
                head = (", " if relation in ("", ",") else relation).join(indices)
            return f"{kind}({head}, {_text(body, _SUM)})", _ATOM
    raise TypeError(f"unexpected {node!r}")


def decimal(value: Fraction) -> str:
    """Return a number as it was written: an integer or a finite decimal."""
    if value.denominator == 1:
        return str(value.numerator)
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole = str(int(value * 10**digits)).zfill(digits + 1)
    return f"{whole[:-digits]}.{whole[-digits:]}"
