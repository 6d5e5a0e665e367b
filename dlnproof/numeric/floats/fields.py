"""The fields whose matrices have closed forms: the real and complex numbers, the quaternions."""

from typing import Any, Final, Literal

import numpy as np

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import Array
from dlnproof.numeric.floats.decomposition import singular_values

Field = Literal["real", "complex", "quaternion"]
"""What the entries of W are."""

_DIMENSIONS: Final = {"real": 1, "complex": 2, "quaternion": 4}


def dimension(field: object, **others: Any) -> int:
    """Return Dyson's beta: 1, 2 or 4. Raises :class:`InputError`.

    ``others`` are options that matrices of another field than the real numbers do not have.
    """
    if not isinstance(field, str) or field not in _DIMENSIONS:
        raise InputError(f"field: got {field!r}, expected 'real', 'complex' or 'quaternion'")
    for name, value in others.items():
        if field != "real" and value is not None:
            raise InputError(
                f"{name}: got {value!r} beside field={field!r}, expected it of real matrices only; "
                "those of another field are square, of full rank, with layers of one width"
            )
    return _DIMENSIONS[field]


def complex_values(W: Any, field: Field) -> Array:
    """Return the resolved singular values of complex d x d matrices, decreasing, (..., d).

    Raises :class:`InputError`.
    """
    if field == "quaternion":
        raise InputError(
            "field: got 'quaternion' beside a matrix, expected 'real' or 'complex'; of quaternions "
            "log_orbit_volume takes the singular values"
        )
    try:
        matrices = np.asarray(W if isinstance(W, np.ndarray) else _plain(W), dtype=complex)
    except (TypeError, ValueError):
        raise InputError("W: got entries that are no complex numbers, expected these") from None
    if matrices.ndim < 2 or matrices.shape[-1] != matrices.shape[-2] or matrices.shape[-1] < 1:
        raise InputError(
            f"W: got shape {matrices.shape}, expected (..., d, d) with d >= 1; complex matrices "
            "are square"
        )
    if not np.isfinite(matrices).all():
        raise InputError("W: got an entry that is not finite, expected finite numbers")
    return singular_values(matrices)


def _plain(W: Any) -> Any:
    """Return lists of numbers. Raises :class:`InputError` for arrays of torch and jax."""
    if hasattr(W, "__array_namespace__") or hasattr(W, "detach"):
        raise InputError(
            "W: got an array of another library beside field='complex', expected one of numpy; "
            "log_orbit_volume takes singular values of torch and jax, too"
        )
    return W
