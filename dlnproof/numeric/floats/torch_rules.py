"""How torch is told of derivatives: by one function of autograd for all primitives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from dlnproof.errors import InputError
from dlnproof.numeric.floats.differentiation import Primitive, ScalarPrimitive


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


class _Both(torch.autograd.Function):  # type: ignore[misc]
    """Value and gradient of one decomposition; backward takes the gradient that forward found."""

    generate_vmap_rule = True

    @staticmethod
    def forward(function: ScalarPrimitive, W: Any) -> Any:
        return function.with_gradient(W)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        ctx.function, W = inputs
        _, gradient, told = output
        ctx.mark_non_differentiable(told)
        ctx.set_materialize_grads(False)  # a zero would cost a second derivative
        ctx.save_for_backward(W, gradient, told)

    @staticmethod
    def backward(ctx: Any, of_value: Any, of_gradient: Any, _: Any) -> Any:
        W, gradient, told = ctx.saved_tensors
        ctx.function.check(told)
        parts = []
        if of_value is not None:
            parts.append(of_value[..., None, None] * gradient)
        if of_gradient is not None:
            parts.append(ctx.function.gradient(W, of_gradient))
        return None, sum(parts[1:], parts[0]) if parts else None


def _watched(array: Any) -> bool:
    """Return whether autograd, forward mode or a transform follows a tensor."""
    return (
        (array.requires_grad and torch.is_grad_enabled())
        or torch._C._functorch.is_functorch_wrapped_tensor(array)
        or torch.autograd.forward_ad.unpack_dual(array).tangent is not None
    )


def _followed_backwards(array: Any) -> bool:
    """Return whether reverse mode follows a tensor, and no forward mode is about."""
    kinds = torch._C._functorch.TransformType
    stack = [level.key() for level in torch._C._functorch.get_interpreter_stack() or []]
    if kinds.Jvp in stack or torch.autograd.forward_ad.unpack_dual(array).tangent is not None:
        return False
    return (array.requires_grad and torch.is_grad_enabled()) or kinds.Grad in stack


def both(function: ScalarPrimitive, W: Any) -> tuple[Any, Any]:
    """Return value and gradient, with their derivatives."""
    if _followed_backwards(W):
        value, gradient, told = _Both.apply(function, W)
        function.check(told)
        return value, gradient
    if _watched(W):
        return function(W), function.gradient(W)
    return function.checked(W)


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
    if isinstance(primitive, ScalarPrimitive) and _followed_backwards(*arrays):
        value, _, _ = _Both.apply(primitive, *arrays)
        return value
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
