"""dlnproof: symbolic-numeric verification of the Riemannian geometry of deep linear networks.

Importing the package loads neither sympy nor numpy: each public name is loaded on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dlnproof.numeric.factors import balanced_factors, product
    from dlnproof.numeric.metric import (
        inner_product,
        log_volume_density,
        log_volume_form,
        metric_matrix,
        operator,
        operator_eigenvalues,
    )

__version__: Final = "0.1.0"

_HOME: Final = {
    "product": "dlnproof.numeric.factors",
    "balanced_factors": "dlnproof.numeric.factors",
    "operator": "dlnproof.numeric.metric",
    "operator_eigenvalues": "dlnproof.numeric.metric",
    "metric_matrix": "dlnproof.numeric.metric",
    "inner_product": "dlnproof.numeric.metric",
    "log_volume_density": "dlnproof.numeric.volume",
    "log_volume_form": "dlnproof.numeric.volume",
}

__all__ = [
    "__version__",
    "balanced_factors",
    "inner_product",
    "log_volume_density",
    "log_volume_form",
    "metric_matrix",
    "operator",
    "operator_eigenvalues",
    "product",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'dlnproof' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
