"""How jax is told of derivatives: by one primitive of jax, which has push, pull and a batched form.

``jax.custom_jvp`` would not do: where reverse mode meets a function of a known W and of an unknown
tangent, it looks inside, and a second derivative would be one through the decomposition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
from jax.extend.core import Primitive as JaxPrimitive
from jax.interpreters import ad, batching, mlir

from dlnproof.numeric.floats.differentiation import Adjoint, Primitive, ScalarPrimitive


def applied(primitive: Primitive, arrays: tuple[Any, ...]) -> Any:
    """Return a primitive's value, with its derivatives."""
    return _bound.bind(*arrays, of=primitive)


def with_derivatives_of(
    value: Callable[..., Any],
    expression: Callable[..., Any],
    arrays: tuple[Any, ...],
    adjoints: tuple[Adjoint, ...],
) -> Any:
    """Return the value, whose derivatives in the last array are those of the expression."""
    return _bound.bind(*arrays, of=_Expressed(value, expression, adjoints))


@dataclass(frozen=True)
class _Expressed(Primitive):
    """A function linear in all arrays but the last, differentiated there by another expression."""

    computed: Callable[..., Any]
    expression: Callable[..., Any]
    adjoints: tuple[Adjoint, ...]

    def value(self, *arrays: Any) -> Any:
        return self.computed(*arrays)

    def push(self, place: int, arrays: tuple[Any, ...], tangent: Any) -> Any:
        if place < len(arrays) - 1:
            return self(*arrays[:place], tangent, *arrays[place + 1 :])

        def of_last(last: Any) -> Any:
            return self.expression(*arrays[:-1], last)

        return jax.jvp(of_last, arrays[-1:], (tangent,))[1]

    def pull(self, place: int, arrays: tuple[Any, ...], cotangent: Any) -> Any:
        if self.adjoints:
            return self.adjoints[place](arrays, cotangent)

        def of_one(array: Any) -> Any:
            return self.expression(*arrays[:place], array, *arrays[place + 1 :])

        return jax.linear_transpose(of_one, arrays[place])(cotangent)[0]


@dataclass(frozen=True)
class _Mapped(Primitive):
    """A primitive under ``vmap``, along an axis of each array (None: along none)."""

    of: Primitive
    axes: tuple[int | None, ...]

    def value(self, *arrays: Any) -> Any:
        return jax.vmap(self.of.value, self.axes)(*arrays)

    def push(self, place: int, arrays: tuple[Any, ...], tangent: Any) -> Any:
        def pushed(tangent: Any, *arrays: Any) -> Any:
            return self.of.push(place, arrays, tangent)

        return jax.vmap(pushed, (self.axes[place], *self.axes))(tangent, *arrays)

    def pull(self, place: int, arrays: tuple[Any, ...], cotangent: Any) -> Any:
        axis, shape = self.axes[place], list(arrays[place].shape)
        if axis is not None:
            del shape[axis]
        one = jax.ShapeDtypeStruct(tuple(shape), cotangent.dtype)

        def pulled(cotangent: Any, *others: Any) -> Any:
            return self.of.pull(place, (*others[:place], one, *others[place:]), cotangent)

        others = [k for k in range(len(arrays)) if k != place]
        axes = (0, *(self.axes[k] for k in others))
        found = jax.vmap(pulled, axes)(cotangent, *(arrays[k] for k in others))
        return found.sum(axis=0) if axis is None else jax.numpy.moveaxis(found, 0, axis)


@dataclass(frozen=True)
class _Batched(ScalarPrimitive):
    """The same of a function of one matrix, along the first axis: no value is looked at there."""

    of: ScalarPrimitive

    def value(self, *arrays: Any) -> Any:
        return jax.vmap(self.of.value)(*arrays)

    def with_gradient(self, W: Any) -> tuple[Any, Any, Any]:
        value, gradient, told = jax.vmap(self.of.with_gradient)(W)
        return value, gradient, told

    def check(self, told: Any) -> None:
        pass

    def gradient(self, *arrays: Any) -> Any:
        return jax.vmap(self.of.gradient)(*arrays)


def both(function: ScalarPrimitive, W: Any) -> tuple[Any, Any]:
    """Return value and gradient, with their derivatives."""
    value, gradient = _both.bind(W, of=function)
    return value, gradient


def _shapes(*arrays: Any) -> tuple[Any, ...]:
    return tuple(jax.ShapeDtypeStruct(a.shape, a.dtype) for a in arrays)


def _abstract(*arrays: Any, of: Primitive) -> Any:
    found = jax.eval_shape(of.value, *_shapes(*arrays))
    return jax.core.ShapedArray(found.shape, found.dtype)


def _pushed(primals: tuple[Any, ...], tangents: tuple[Any, ...], *, of: Primitive) -> Any:
    if isinstance(of, ScalarPrimitive):
        value, gradient = both(of, *primals)
        return value, jax.numpy.sum(gradient * tangents[0], axis=(-2, -1))
    found = _bound.bind(*primals, of=of)
    places = [k for k, tangent in enumerate(tangents) if not isinstance(tangent, ad.Zero)]
    pushed = [of.push(k, primals, ad.instantiate_zeros(tangents[k])) for k in places]
    return found, sum(pushed[1:], pushed[0]) if pushed else ad.Zero.from_primal_value(found)


def _pulled(cotangent: Any, *arrays: Any, of: Primitive) -> list[Any]:
    unknown = [ad.is_undefined_primal(a) for a in arrays]
    if isinstance(cotangent, ad.Zero):
        return [ad.Zero(a.aval) if u else None for a, u in zip(arrays, unknown, strict=True)]
    given = tuple(
        jax.ShapeDtypeStruct(a.aval.shape, a.aval.dtype) if u else a
        for a, u in zip(arrays, unknown, strict=True)
    )
    return [of.pull(k, given, cotangent) if u else None for k, u in enumerate(unknown)]


def _batched(arrays: tuple[Any, ...], dims: tuple[Any, ...], *, of: Primitive) -> tuple[Any, int]:
    if isinstance(of, ScalarPrimitive):
        return _bound.bind(jax.numpy.moveaxis(arrays[0], dims[0], 0), of=_Batched(of)), 0
    return _bound.bind(*arrays, of=_Mapped(of, tuple(dims))), 0


def _both_abstract(W: Any, *, of: ScalarPrimitive) -> list[Any]:
    found = jax.eval_shape(of.checked, *_shapes(W))
    return [jax.core.ShapedArray(x.shape, x.dtype) for x in found]


def _both_pushed(primals: tuple[Any, ...], tangents: tuple[Any, ...], *, of: Any) -> Any:
    value, gradient = both(of, *primals)
    along = jax.numpy.sum(gradient * tangents[0], axis=(-2, -1))
    return (value, gradient), (along, of.gradient(*primals, tangents[0]))


def _both_batched(arrays: tuple[Any, ...], dims: tuple[Any, ...], *, of: Any) -> Any:
    return both(_Batched(of), jax.numpy.moveaxis(arrays[0], dims[0], 0)), (0, 0)


_bound = JaxPrimitive("dlnproof")
_bound.def_impl(lambda *arrays, of: of.value(*arrays))
_bound.def_abstract_eval(_abstract)
ad.primitive_jvps[_bound] = _pushed
ad.primitive_transposes[_bound] = _pulled
batching.primitive_batchers[_bound] = _batched
mlir.register_lowering(
    _bound, mlir.lower_fun(lambda *arrays, of: of.value(*arrays), multiple_results=False)
)

_both = JaxPrimitive("dlnproof_with_gradient")
_both.multiple_results = True
_both.def_impl(lambda W, of: list(of.checked(W)))
_both.def_abstract_eval(_both_abstract)
ad.primitive_jvps[_both] = _both_pushed
batching.primitive_batchers[_both] = _both_batched
mlir.register_lowering(_both, mlir.lower_fun(lambda W, of: of.checked(W), multiple_results=True))
