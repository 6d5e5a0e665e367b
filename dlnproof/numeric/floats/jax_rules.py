"""How jax is told of derivatives: forward mode, which it transposes itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import jax
from jax.custom_derivatives import SymbolicZero

if TYPE_CHECKING:
    from dlnproof.numeric.floats.differentiation import Primitive


def applied(primitive: Primitive, arrays: tuple[Any, ...]) -> Any:
    """Return a primitive's value, with its derivatives."""
    function = jax.custom_jvp(primitive.value)

    def rule(primals: tuple[Any, ...], tangents: tuple[Any, ...]) -> tuple[Any, Any]:
        found = function(*primals)
        pushed = [
            primitive.push(place, primals, tangent)
            for place, tangent in enumerate(tangents)
            if not isinstance(tangent, SymbolicZero)
        ]
        return found, sum(pushed[1:], pushed[0]) if pushed else jax.numpy.zeros_like(found)

    function.defjvp(rule, symbolic_zeros=True)
    return function(*arrays)


def with_derivatives_of(
    value: Callable[..., Any], expression: Callable[..., Any], arrays: tuple[Any, ...]
) -> Any:
    """Return the value, whose derivatives are those of the expression."""
    function = jax.custom_jvp(value)

    def rule(primals: tuple[Any, ...], tangents: tuple[Any, ...]) -> tuple[Any, Any]:
        found, zero = function(*primals), [isinstance(t, SymbolicZero) for t in tangents]
        if all(zero):
            return found, jax.numpy.zeros_like(found)
        whole = value if zero[-1] else expression

        def of_changing(*changing: Any) -> Any:
            rest = iter(changing)
            given = (x if still else next(rest) for x, still in zip(primals, zero, strict=True))
            return whole(*given)

        places = [place for place, still in enumerate(zero) if not still]
        changing, changes = ([of[place] for place in places] for of in (primals, tangents))
        return found, jax.jvp(of_changing, changing, changes)[1]

    function.defjvp(rule, symbolic_zeros=True)
    return function(*arrays)
