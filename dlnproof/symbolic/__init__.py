"""The operator, the metric, the SVD Jacobian and the volume form as sympy objects.

They are built, at once and without expanding anything, from the closed forms that are derived and
checked elsewhere in the package. W = U Sigma V^T enters through sigma, U and V; indices i, l are
one-based; matrices of maps on R^{d x d} are in the column-major basis, in which
vec(U Z V^T) = (V kron U) vec Z.
"""

from dlnproof.symbolic.connection import christoffel, sectional_curvature
from dlnproof.symbolic.curvature import scalar_curvature
from dlnproof.symbolic.drift import brownian_drift
from dlnproof.symbolic.metric import (
    diagonal_metric,
    metric_matrix,
    operator,
    operator_matrix,
)
from dlnproof.symbolic.ricci import ricci
from dlnproof.symbolic.spectrum import eigenvalue, eigenvalues
from dlnproof.symbolic.svd import (
    rotation,
    singular_values,
    singular_vectors,
    svd_jacobian_matrix,
)
from dlnproof.symbolic.volume import metric_determinant, svd_jacobian, volume_form

__all__ = [
    "brownian_drift",
    "christoffel",
    "diagonal_metric",
    "eigenvalue",
    "eigenvalues",
    "metric_determinant",
    "metric_matrix",
    "operator",
    "operator_matrix",
    "ricci",
    "rotation",
    "scalar_curvature",
    "sectional_curvature",
    "singular_values",
    "singular_vectors",
    "svd_jacobian",
    "svd_jacobian_matrix",
    "volume_form",
]
