"""How torch is told of derivatives: by one function of autograd for all primitives."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import torch

from dlnproof.errors import InputError

if TYPE_CHECKING:
    from dlnproof.numeric.floats.differentiation import Primitive


class _Applied(torch.autograd.Function):  # type: ignore[misc]
    """A primitive's value; its push and pull as forward and reverse mode."""

    generate_vmap_rule = True

    @staticmethod
    def forward(primitive: Primitive, *arrays: Any) -> Any:
        return primitive.value(*arrays)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        ctx.primitive, *arrays = inputs
        ctx.save_for_backward(*arrays)
        ctx.save_for_forward(*arrays)

    @staticmethod
    def backward(ctx: Any, cotangent: Any) -> Any:
        arrays = ctx.saved_tensors
        needed = ctx.needs_input_grad[1:]
        pulled = (
            ctx.primitive.pull(place, arrays, cotangent) if asked else None
            for place, asked in enumerate(needed)
        )
        return None, *pulled

    @staticmethod
    def jvp(ctx: Any, _: None, *tangents: Any) -> Any:
        arrays = ctx.saved_tensors
        pushed = [
            ctx.primitive.push(place, arrays, tangent)
            for place, tangent in enumerate(tangents)
            if tangent is not None
        ]
        return sum(pushed[1:], pushed[0])


def _watched(array: Any) -> bool:
    """Return whether autograd, forward mode or a transform follows a tensor."""
    return (
        (array.requires_grad and torch.is_grad_enabled())
        or torch._C._functorch.is_functorch_wrapped_tensor(array)
        or torch.autograd.forward_ad.unpack_dual(array).tangent is not None
    )


def applied(primitive: Primitive, arrays: tuple[Any, ...]) -> Any:
    """Return a primitive's value, with its derivatives. Raises :class:`InputError`.

    In forward mode over forward mode torch takes the inner derivative for a constant: refused.
    """
    stack = torch._C._functorch.get_interpreter_stack() or []
    forward = torch._C._functorch.TransformType.Jvp
    if sum(interpreter.key() == forward for interpreter in stack) > 1:
        raise InputError(
            "gradient: asked for forward mode over forward mode, which torch does not offer for "
            "functions with derivatives of their own; use torch.func.hessian, or jacrev twice"
        )
    return _Applied.apply(primitive, *arrays)


def with_derivatives_of(
    value: Callable[..., Any], expression: Callable[..., Any], arrays: tuple[Any, ...]
) -> Any:
    """Return the value, whose derivatives are those of the expression."""
    if not _watched(arrays[-1]):
        return value(*arrays)
    found = value(*(array.detach() for array in arrays))
    # the expression may be NaN or infinite where the value is not: there the difference is zero
    # too, and a derivative that is NaN or infinite stays so
    same = torch.nan_to_num(expression(*arrays))
    return found + (same - same.detach())  # found, to the bit
