"""Arrays of the caller's namespace in, or one clear line about what is wrong with the input.

Numpy arrays and whatever numpy makes an array of are computed with in float64. Arrays of torch, of
jax and of other libraries that follow the array API stay in their library, of their dtype, on
their device; a library is met with an array of it, and never imported before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.errors import InputError
from dlnproof.limits import whole

FloatArray = NDArray[np.float64]
Array = Any
"""Of numpy, torch, jax: whatever its caller works with."""

_ADVICE: Final = {
    "c": "if the imaginary parts are rounding noise, pass the real part",
    "O": "convert Fraction, Decimal or sympy entries with numpy.array(..., dtype=float), or take "
    "dlnproof.evaluate, which computes with what they are",
}
_PLAIN: Final = (np.ndarray, np.generic, list, tuple, int, float, str, type(None))
_OF_NUMPY: Final = (np.ndarray, np.generic)
_PRECISIONS: Final = ("float32", "float64")  # what a singular value decomposition is made in


def namespace(array: Array) -> Any:
    """Return the functions of the library an array is of."""
    if isinstance(array, _OF_NUMPY):
        return np
    from array_api_compat import array_namespace

    return array_namespace(array)


def like(array: Array, values: Any) -> Array:
    """Return numbers as an array beside another: of its library and dtype, on its device."""
    return _placed(namespace(array), values, array.dtype, array)


def indices_like(array: Array, values: Any) -> Array:
    """Return integers as an array beside another."""
    return _placed(namespace(array), values, None, array)


def _placed(xp: Any, values: Any, dtype: Any, beside: Array) -> Array:
    if _library(xp) == "torch":  # of others a constant goes where it is needed
        return xp.asarray(values, dtype=dtype, device=beside.device)
    return xp.asarray(values, dtype=dtype)


def _library(xp: Any) -> str:
    """Return the name of the library whose functions these are."""
    return str(xp.__name__).removeprefix("array_api_compat.").partition(".")[0]


def library(array: Array) -> str:
    """Return the name of the library an array is of: numpy, torch, jax."""
    return _library(namespace(array))


def known(condition: Any) -> bool | None:
    """Return whether a condition holds, or None where values are traced and cannot be looked at."""
    try:
        return bool(condition)
    except (TypeError, RuntimeError):  # jax under jit or vmap; torch under vmap
        return None


def first(mask: Array) -> tuple[int, ...]:
    """Return the index of the first entry that is true."""
    xp = namespace(mask)
    flat = int(xp.argmax(xp.astype(xp.reshape(mask, (-1,)), xp.int32)))
    return tuple(int(k) for k in np.unravel_index(flat, tuple(mask.shape)))


@dataclass(frozen=True)
class Home:
    """Where a call's arrays live: the library, and the dtype its computation is made in."""

    xp: Any
    dtype: Any

    def accepts(self, value: Any, name: str) -> Array:
        """Return an array of real numbers of this home. Raises :class:`InputError`."""
        if self.xp is np or not _is_foreign(value):
            array = _numpy_real(value, name)
            return array if self.xp is np else self.xp.asarray(array, dtype=self.dtype)
        return self.xp.astype(value, self.dtype, copy=False)


_NUMPY: Final = Home(np, np.float64)


def home_of(**values: Any) -> Home:
    """Return where all of these belong. Lists and numbers go where the arrays are.

    Raises :class:`InputError` for arrays of two libraries or devices, and for entries that no
    singular value decomposition is made of.
    """
    if all(isinstance(v, np.ndarray) for v in values.values()):
        return _NUMPY
    arrays = [pair for name, v in values.items() for pair in _arrays(name, v)]
    foreign = [(name, v) for name, v in arrays if _is_foreign(v)]
    if not foreign:
        return _NUMPY
    libraries = _first_of_each((library(v), name) for name, v in arrays)
    if len(libraries) > 1:
        got = ", ".join(f"{name} of {where}" for where, name in libraries.items())
        raise InputError(f"arrays: got {got}, expected arrays of one library; convert the others")
    xp = namespace(foreign[0][1])
    if _library(xp) == "torch":
        devices = _first_of_each((str(v.device), name) for name, v in foreign)
        if len(devices) > 1:
            got = ", ".join(f"{name} on {where}" for where, name in devices.items())
            raise InputError(f"devices: got {got}, expected one device; move them together")
    dtypes = {_precision(xp, v, name) for name, v in foreign}
    return Home(xp, xp.result_type(*dtypes))


def _precision(xp: Any, array: Array, name: str) -> Any:
    """Return the dtype an array is computed with in: its own, of integers the library's usual."""
    if xp.isdtype(array.dtype, ("bool", "integral")):
        return xp.asarray(0.0).dtype
    shown = str(array.dtype).rpartition(".")[2]
    if shown not in _PRECISIONS:
        advice = _ADVICE["c"] if "complex" in shown else "convert to float32 or float64"
        raise InputError(f"{name}: got {shown} entries, expected real numbers; {advice}")
    return array.dtype


def _is_foreign(value: Any) -> bool:
    """Return whether a value is an array of another library than numpy."""
    if isinstance(value, _PLAIN):
        return False
    import array_api_compat as compat

    if compat.is_dask_array(value) or compat.is_pydata_sparse_array(value):
        return False  # numpy makes arrays of them
    return bool(compat.is_array_api_obj(value))


def _arrays(name: str, value: Any) -> Iterator[tuple[str, Array]]:
    """Yield the arrays in a value, a list of them or of lists too, each with its name."""
    if isinstance(value, list | tuple):
        for k, entry in enumerate(value):
            yield from _arrays(f"{name}[{k}]", entry)
    elif isinstance(value, np.ndarray) or _is_foreign(value):
        yield name, value


def _first_of_each(places: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the first name that goes with each place."""
    found: dict[str, str] = {}
    for where, name in places:
        found.setdefault(where, name)
    return found


def _stacked(value: Any, home: Home, name: str) -> Any:
    """Return a list that holds arrays of another library as one array, along the first axis."""
    if not isinstance(value, list | tuple) or not any(True for _ in _arrays(name, value)):
        return value
    arrays = [home.accepts(_stacked(v, home, f"{name}[{k}]"), name) for k, v in enumerate(value)]
    if len({tuple(a.shape) for a in arrays}) > 1:
        raise InputError(
            f"{name}: got arrays of shapes {', '.join(str(tuple(a.shape)) for a in arrays)}, "
            "expected one shape; check that every row and every matrix has the same shape"
        )
    return home.xp.stack(arrays)


def _numpy_real(value: Any, name: str) -> FloatArray:
    if isinstance(value, np.ma.MaskedArray) and np.any(value.mask):  # whose mask asarray drops
        raise InputError(
            f"{name}: got an array with masked entries, expected all of them known; fill them in"
        )
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise InputError(
            f"{name}: got nested sequences of unequal lengths, expected one array; "
            "check that every row and every matrix has the same shape"
        ) from error
    if array.dtype.kind not in "biuf":
        advice = _ADVICE.get(array.dtype.kind, "pass numbers, not text or records")
        raise InputError(f"{name}: got {array.dtype} entries, expected real numbers; {advice}")
    with np.errstate(all="ignore"):  # a long double may exceed float64: it is refused below
        return array.astype(np.float64, copy=False)


def as_real(value: Any, name: str, home: Home | None = None) -> Array:
    """Return ``value`` as an array of finite numbers, float64 if of numpy.

    ``home`` is where it belongs, if together with others. Raises :class:`InputError`; where values
    are traced, none are looked at.
    """
    home = home or (_NUMPY if isinstance(value, np.ndarray) else home_of(**{name: value}))
    xp = home.xp
    numbers = home.accepts(value if xp is np else _stacked(value, home, name), name)
    finite = xp.isfinite(numbers)
    if known(xp.all(finite)) is False:
        where = first(~finite)
        raise InputError(
            f"{name}: got {float(numbers[where])} at index {where}, expected finite numbers; "
            "a diverged run or a missing entry? Leave it out of the batch"
        )
    return numbers


def as_matrices(value: Any, name: str, home: Home | None = None) -> Array:
    """Return square matrices, shape (..., d, d) with d >= 1. Raises :class:`InputError`."""
    matrices = as_real(value, name, home)
    if matrices.ndim < 2 or matrices.shape[-1] != matrices.shape[-2] or matrices.shape[-1] < 1:
        raise InputError(
            f"{name}: got shape {tuple(matrices.shape)}, expected (..., d, d) with d >= 1, a batch "
            "in the leading axes; this function is for square matrices, of rectangular ones there "
            "are operator, inner_product, log_volume_density and entropy"
        )
    return matrices


def as_rectangular(value: Any, name: str, home: Home | None = None) -> Array:
    """Return matrices, shape (..., m, n) with m, n >= 1. Raises :class:`InputError`."""
    matrices = as_real(value, name, home)
    if matrices.ndim < 2 or min(matrices.shape[-2:]) < 1:
        raise InputError(
            f"{name}: got shape {tuple(matrices.shape)}, expected (..., m, n) with m, n >= 1; "
            "a batch goes in the leading axes"
        )
    return matrices


def as_factors(value: Any, home: Home | None = None) -> Array:
    """Return layers, shape (N, ..., d, d) with N, d >= 1, W_1 first. Raises :class:`InputError`."""
    factors = as_matrices(value, "factors", home)
    if factors.ndim < 3 or factors.shape[0] < 1:
        raise InputError(
            f"factors: got shape {tuple(factors.shape)}, expected (N, ..., d, d) with N >= 1, W_1 "
            "first; a network of one layer is [W]"
        )
    return factors


def as_layers(value: Any, home: Home | None = None) -> list[Array]:
    """Return layers W_1, ..., W_N, shapes (..., d_j, d_{j-1}), N >= 1. Raises :class:`InputError`.

    They are in a list, or in one array (N, ..., d, d).
    """
    home = home or home_of(factors=value)
    if isinstance(value, list | tuple) and len(_shapes_of(value)) > 1:
        each = [as_rectangular(W, f"factors[{j}]", home) for j, W in enumerate(value)]
    else:
        layers = as_real(value, "factors", home)
        if layers.ndim < 3 or layers.shape[0] < 1 or min(layers.shape[-2:]) < 1:
            raise InputError(
                f"factors: got shape {tuple(layers.shape)}, expected (N, ..., d, d) with N >= 1, "
                "W_1 first, or a list of matrices; a network of one layer is [W]"
            )
        each = [layers[j, ...] for j in range(layers.shape[0])]
    shapes = [tuple(W.shape) for W in each]
    for j, (below, above) in enumerate(pairwise(shapes), 1):
        if above[-1] != below[-2]:
            raise InputError(
                f"factors: got W_{j + 1} of shape {above} after W_{j} of shape {below}, expected "
                "as many columns as the layer before has rows; W_1, applied first, comes first"
            )
    check_batches({f"W_{j}": shape for j, shape in enumerate(shapes, 1)})
    return each


def _shapes_of(layers: list[Any] | tuple[Any, ...]) -> set[tuple[int, ...]]:
    """Return the shapes of layers in a list; none where one is no array, nor numbers in rows."""
    try:
        return {tuple(W.shape) if _is_array(W) else np.shape(W) for W in layers}
    except (ValueError, TypeError, RuntimeError):  # what it is, is said where it is read
        return set()


def _is_array(value: Any) -> bool:
    return isinstance(value, _OF_NUMPY) or _is_foreign(value)


def as_singular_values(value: Any) -> Array:
    """Return singular values, shape (..., d) with d >= 1, all >= 0. Raises :class:`InputError`."""
    sigma = as_real(value, "sigma")
    if sigma.ndim < 1 or sigma.shape[-1] < 1:
        raise InputError(
            f"sigma: got shape {tuple(sigma.shape)}, expected (..., d) with d >= 1; "
            "a single singular value is [s]"
        )
    if known(namespace(sigma).any(sigma < 0)):
        where = first(sigma < 0)
        raise InputError(
            f"sigma: got {float(sigma[where])} at index {where}, expected singular values >= 0; "
            "eigenvalues or logarithms? Use numpy.linalg.svd(W, compute_uv=False)"
        )
    return sigma


def as_shape(shape: Any, count: int) -> tuple[int, int]:
    """Return the shape of matrices with so many given singular values. Raises
    :class:`InputError`.
    """
    if shape is None:
        return count, count
    if not isinstance(shape, tuple | list) or len(shape) != 2:
        raise InputError(f"shape: got {shape!r}, expected (m, n), the rows and columns of W")
    m, n = (whole("shape", size, 1) for size in shape)
    if min(m, n) < count:
        raise InputError(
            f"shape: got ({m}, {n}) beside {count} singular values, expected at least as many rows "
            "and columns; leave out values that are zero"
        )
    return m, n


def check_together(**matrices: Array) -> None:
    """Raise :class:`InputError` unless all have one size and their batches broadcast."""
    shapes = {name: tuple(array.shape) for name, array in matrices.items()}
    if len({shape[-2:] for shape in shapes.values()}) > 1:
        raise InputError(
            f"shapes: got {_listed(shapes)}, expected the same width d of all, or the same m x n; "
            "check the last two axes"
        )
    check_batches(shapes)


def check_batches(shapes: dict[str, tuple[int, ...]]) -> None:
    """Raise :class:`InputError` unless the leading axes of matrices broadcast."""
    try:
        np.broadcast_shapes(*(shape[:-2] for shape in shapes.values()))
    except ValueError as error:
        raise InputError(
            f"shapes: got {_listed(shapes)}, expected leading axes that broadcast; "
            "insert axes of length 1 where one matrix meets many"
        ) from error


def _listed(shapes: dict[str, tuple[int, ...]]) -> str:
    return ", ".join(f"{name} {shape}" for name, shape in shapes.items())


def in_range(result: Array, what: str) -> Array:
    """Return ``result`` if its dtype holds it. Raises :class:`InputError`."""
    xp = namespace(result)
    if known(xp.all(xp.isfinite(result))) is False:
        dtype = str(result.dtype).rpartition(".")[2]
        largest = "1.8e308" if dtype == "float64" else f"{float(xp.finfo(result.dtype).max):.1e}"
        raise InputError(
            f"{what}: got a result beyond {dtype}, expected entries below {largest}; "
            "the input is scaled too far from 1: divide it by its norm first"
        )
    return result


def number(values: Array) -> Array:
    """Return values of a batch; of numpy a number, where there is no batch."""
    return values[()] if isinstance(values, np.ndarray) else values


def as_numpy(array: Array) -> FloatArray:
    """Return an array of any library as one of numpy, float64; the same where it is one."""
    here = array.detach().cpu() if hasattr(array, "detach") else array  # of torch, on any device
    return np.asarray(here, dtype=np.float64)


def epsilon(array: Array) -> float:
    """Return the distance from 1 to the next number of an array's dtype."""
    if isinstance(array, np.ndarray):
        return 2.0**-52
    return float(namespace(array).finfo(array.dtype).eps)
