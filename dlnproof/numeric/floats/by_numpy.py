"""What only numpy computes, since values decide about the way: into float64 and back."""

import numpy as np

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import (
    Array,
    FloatArray,
    as_numpy,
    known,
    like,
    namespace,
    number,
)
from dlnproof.numeric.floats.differentiation import constant, no_derivative


def to_numpy(array: Array, what: str) -> FloatArray:
    """Return an array's values. Raises :class:`InputError` where they are traced."""
    if known(namespace(array).all(array <= 0)) is None:
        raise InputError(
            f"{what}: got an array without values, under jit or vmap, expected values: they decide "
            "about the steps; call it outside, with a batch axis in front"
        )
    return as_numpy(constant(array))


def back(values: FloatArray, what: str, *given: Array) -> Array:
    """Return values as an array of the caller's, which knows that it has no derivative."""
    if isinstance(given[0], np.ndarray):
        return number(values)
    found = like(given[0], values)
    for one in given:  # 0 of each, as a number
        found = found + namespace(one).sum(0 * no_derivative(one, what))
    return found
