"""Limits at 0 by the form of a function. Nothing here is trusted: every step is a rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dlnproof.kernel import limits
from dlnproof.kernel.calculus import derivative_identity, derivative_power
from dlnproof.kernel.terms import Symbol, Term, opened
from dlnproof.kernel.theorem import Refused, Theorem

_TWO: Final[dict[str, Callable[[Theorem, Theorem], Theorem]]] = {
    "+": limits.limit_sum,
    "-": limits.limit_difference,
    "*": limits.limit_product,
    "/": limits.limit_quotient,
}


def tends(function: Term, e: Symbol, *known: Theorem) -> Theorem:
    """Return the limit of a number as e -> 0, by its form; ``known`` are limits of parts."""
    for theorem in known:
        if opened(theorem.conclusion, e.term) == (function,):
            return theorem
    if e not in function.free:
        return limits.limit_constant(limits.ZERO, function)
    if function == e.term:
        return limits.limit_identity()
    if function.op in _TWO:
        return _TWO[function.op](*(tends(arg, e, *known) for arg in function.args))
    if function.op == "^" and e not in function.args[1].free:
        base, exponent = function.args
        if base == e.term:
            return limits.limit_power(exponent)
        inside = tends(base, e, *known)
        value = inside.conclusion.args[0]
        return limits.limit_through(derivative_power(derivative_identity(value), exponent), inside)
    raise Refused(f"the limit of {function} is not known")
