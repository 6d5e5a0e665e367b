"""The Levi-Civita connection of g^N: how the metric bends lines of matrices.

With g = A^{-1} and the momenta P_k = A^{-1}(Z_k), derivatives of the metric are those of A, which
are sums of positive terms (:mod:`dlnproof.numeric.floats.operator_power`):

    2 Gamma(Z_1, Z_2) = A(grad_W Tr(P_1^T A_W(P_2))) - DA[Z_1](P_2) - DA[Z_2](P_1).
"""

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import Array, as_matrices, check_together, home_of, in_range
from dlnproof.numeric.floats.differentiation import no_derivative, size_of
from dlnproof.numeric.floats.operator_power import OperatorPower
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale


@np.errstate(all="ignore")
def christoffel(
    Z1: ArrayLike,
    Z2: ArrayLike,
    W: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
) -> Array:
    """Return Gamma(Z1, Z2), the Christoffel symbols of g^N in the entries of W: geodesics have
    W'' = -Gamma(W', W').

    Symmetric and linear in Z1 and Z2; the covariant derivative of a field X along Z is
    DX[Z] + Gamma(Z, X). The three arrays have shapes (..., d, d) that broadcast. It is the same for
    both normalisations, which differ by a constant, and 0 for N = 1. Guaranteed: error
    (1e-12 + 100 d eps (sigma_1/sigma_d)^3) |Z1| |Z2| / sigma_d, coincidences included. Raises
    :class:`~dlnproof.errors.InputError`, also for singular W (N >= 2). Source: the definition, by
    derivatives of A_{N,W}.
    Arrays of torch and jax come back as what they are, without derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> W = np.diag([4.0, 1.0])
    >>> christoffel(W, W, W, 2).round(12) + 0.0  # W(t) = (1 + t)^2 W(0) has W' = 2 W, W'' = 2 W
    array([[-2. ,  0. ],
           [ 0. , -0.5]])
    """
    q, _ = inverse_depth_and_scale(depth, normalization)
    home = home_of(Z1=Z1, Z2=Z2, W=W)
    first, second = as_matrices(Z1, "Z1", home), as_matrices(Z2, "Z2", home)
    base = as_matrices(W, "W", home)
    check_together(Z1=first, Z2=second, W=base)
    first, second, base = (no_derivative(x, "a connection") for x in (first, second, base))
    if q == 1:
        return 0 * (first + second + base)
    size = size_of(base)
    found = connection(first, second, base / size, q) / size  # of degree -1 in W
    return in_range(found, "christoffel")


def connection(Z1: Array, Z2: Array, W: Array, q: float) -> Array:
    """Return Gamma(Z1, Z2) at an invertible W, for q < 1."""
    A, inverse = OperatorPower(q, 1.0), OperatorPower(q, 1.0, -1)
    P1, P2 = inverse(Z1, W), inverse(Z2, W)
    straight = A.change(P2, Z1, W) + A.change(P1, Z2, W)
    return (A(A.adjoint(P1, P2, W), W) - straight) / 2
