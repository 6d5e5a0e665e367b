"""Derivatives that hold where automatic differentiation through a decomposition does not.

The derivative of singular vectors has 1 / (sigma_i - sigma_l) in it, which cancels out of every
function of the geometry: what is left are divided differences, and they have no singularity where
singular values meet. A :class:`Primitive` is a function with such a derivative, itself made of
primitives; all else is composed of them. torch and jax each have a way to be told, in a module of
its own, loaded with the first array of theirs. Other libraries get values.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import Array, library, namespace


class Primitive(ABC):
    """A function of arrays that knows its derivatives in each of them.

    All arrays that enter together have one batch. A primitive has no state but numbers.
    """

    @abstractmethod
    def value(self, *arrays: Array) -> Array:
        """Return the function's value."""

    @abstractmethod
    def push(self, place: int, arrays: tuple[Array, ...], tangent: Array) -> Array:
        """Return the derivative along ``tangent``, a change of the argument at ``place``."""

    @abstractmethod
    def pull(self, place: int, arrays: tuple[Array, ...], cotangent: Array) -> Array:
        """Return the adjoint of :meth:`push`, at a cotangent of the value."""

    def __call__(self, *arrays: Array) -> Array:
        """Return the value, known to the arrays' library as differentiable."""
        name = library(arrays[0])
        if name == "torch":
            from dlnproof.numeric.floats.torch_rules import applied

            return applied(self, arrays)
        if name == "jax":
            from dlnproof.numeric.floats.jax_rules import applied

            return applied(self, arrays)
        return self.value(*arrays)


class ScalarPrimitive(Primitive):
    """A function of one matrix, whose gradient comes of the same decomposition as its value."""

    @abstractmethod
    def with_gradient(self, W: Array) -> tuple[Array, Array, Array]:
        """Return value, gradient, and what :meth:`check` tells from whether there is one."""

    @abstractmethod
    def check(self, told: Array) -> None:
        """Raise :class:`InputError` where it is known that there is no gradient."""

    @abstractmethod
    def gradient(self, *arrays: Array) -> Array:
        """Return the gradient at W, or its derivative along a second array, as a primitive."""

    def push(self, place: int, arrays: tuple[Array, ...], tangent: Array) -> Array:
        """Return Tr(gradient^T tangent)."""
        return namespace(tangent).sum(self.gradient(*arrays) * tangent, axis=(-2, -1))

    def pull(self, place: int, arrays: tuple[Array, ...], cotangent: Array) -> Array:
        """Return the gradient, times the cotangent."""
        return cotangent[..., None, None] * self.gradient(*arrays)

    def both(self, W: Array) -> tuple[Array, Array]:
        """Return value and gradient of one decomposition, both known as differentiable."""
        name = library(W)
        if name == "torch":
            from dlnproof.numeric.floats.torch_rules import both

            return both(self, W)
        if name == "jax":
            from dlnproof.numeric.floats.jax_rules import both

            return both(self, W)
        return self.checked(W)

    def checked(self, W: Array) -> tuple[Array, Array]:
        """Return value and gradient. Raises :class:`InputError` where there is none."""
        value, gradient, told = self.with_gradient(W)
        self.check(told)
        return value, gradient


Adjoint = Callable[[tuple[Array, ...], Array], Array]
"""(arrays, cotangent) -> the adjoint in one of them, which is not looked at."""


def differentiable(
    value: Callable[..., Array],
    expression: Callable[..., Array],
    *arrays: Array,
    adjoints: tuple[Adjoint, ...] = (),
) -> Array:
    """Return ``value(*arrays)``, with the derivatives of ``expression(*arrays)``.

    Both are the same function, linear in all arrays but the last: the first is the accurate one,
    which a library differentiates rightly in all but the last, the second is made of primitives.
    ``adjoints`` are those in all arrays but the last, if they are known better than from it.
    """
    name = library(arrays[0])
    if name == "torch":
        from dlnproof.numeric.floats import torch_rules

        return torch_rules.with_derivatives_of(value, expression, arrays)
    if name == "jax":
        from dlnproof.numeric.floats import jax_rules

        return jax_rules.with_derivatives_of(value, expression, arrays, adjoints)
    return value(*arrays)


def no_further(what: str) -> Any:
    """Raise :class:`InputError`: derivatives of this order are not offered."""
    raise InputError(
        f"gradient: asked for a derivative of {what}, which is not offered; detach the array, or "
        "take differences of the derivative below it"
    )


def constant(array: Array) -> Array:
    """Return the array as one that no derivative is taken in."""
    name = library(array)
    if name == "torch":
        return array.detach()
    if name == "jax":
        from jax.lax import stop_gradient

        return stop_gradient(array)
    return array


def size_of(W: Array) -> Array:
    """Return the largest entry of each matrix, (..., 1, 1), or 1 for zero: a constant to divide by.

    A homogeneous function is computed, and differentiated, of what is left.
    """
    xp = namespace(W)
    size = constant(xp.max(xp.abs(W), axis=(-2, -1), keepdims=True))
    return xp.where(size == 0, xp.ones_like(size), size)


@dataclass(frozen=True)
class _Undifferentiated(Primitive):
    what: str

    def value(self, *arrays: Array) -> Array:
        return 1 * arrays[0]  # torch wants a new one

    def push(self, place: int, arrays: tuple[Array, ...], tangent: Array) -> Array:
        return no_further(self.what)

    def pull(self, place: int, arrays: tuple[Array, ...], cotangent: Array) -> Array:
        return no_further(self.what)


def no_derivative(array: Array, what: str) -> Array:
    """Return the array; a derivative in it raises :class:`InputError`, which says ``what``."""
    return _Undifferentiated(what)(array)
