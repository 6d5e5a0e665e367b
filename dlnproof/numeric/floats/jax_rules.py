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

    @jax.custom_jvp
    def function(*arrays: Any) -> Any:
        return primitive.value(*arrays)

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

    @jax.custom_jvp
    def function(*arrays: Any) -> Any:
        return value(*arrays)

    @function.defjvp
    def _(primals: tuple[Any, ...], tangents: tuple[Any, ...]) -> tuple[Any, Any]:
        return function(*primals), jax.jvp(expression, primals, tangents)[1]

    return function(*arrays)
