"""Hyperbolic functions, which are exponentials."""

from __future__ import annotations

from typing import Final

from dlnproof.language.tree import TWO, Call, Negative, Node, Operation

HYPERBOLIC: Final = ("sinh", "cosh", "tanh", "coth", "sech", "csch")


def hyperbolic(name: str, of: Node) -> Node:
    """Return sinh(x) = (e^x - e^-x) / 2, and the others made of it and of cosh."""
    above, below = Call("exp", of), Call("exp", Negative(of))
    sinh, cosh = (Operation(sign, above, below) for sign in "-+")
    match name:
        case "sinh":
            return Operation("/", sinh, TWO)
        case "cosh":
            return Operation("/", cosh, TWO)
        case "tanh":
            return Operation("/", sinh, cosh)
        case "coth":
            return Operation("/", cosh, sinh)
        case "sech":
            return Operation("/", TWO, cosh)
    return Operation("/", TWO, sinh)
