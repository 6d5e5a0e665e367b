"""The drift of Brownian motion for g^N: the Laplacian of the entries of W."""

from typing import Any

import sympy

from dlnproof import formulas as f
from dlnproof.core.spectrum import N, pair_values
from dlnproof.numeric.normalization import Normalization
from dlnproof.symbolic.spectrum import Spectrum, level
from dlnproof.symbolic.svd import as_frames


def brownian_drift(
    depth: Any,
    width: Any,
    sigma: Any = None,
    U: Any = None,
    V: Any = None,
    *,
    normalization: Normalization = "mean",
) -> Any:
    """Return the Laplacian of g^N of each entry of W: (1 - 1/N) U Sigma^{1-2/N} V^T.

    At infinite depth it is W; for "sum" N times that. Arguments and errors as for
    :func:`metric_matrix`. Source: our proof, of what is not measured; not found in the sources
    listed.

    >>> brownian_drift(3, 2, U=sympy.eye(2), V=sympy.eye(2)).diagonal()
    Matrix([[2*sigma_1**(1/3)/3, 2*sigma_2**(1/3)/3]])
    """
    spectrum = Spectrum.of(depth, width, sigma, normalization)
    M, values = spectrum.depth, spectrum.sigma
    if sympy.oo != M:
        values = tuple(
            spectrum.scale * f.DRIFT.at(pair_values({N: M}, level(s, M), None), sympy.Integer)
            for s in values
        )
    left, right = as_frames(len(values), U, V)
    return left * sympy.diag(*values) * right.T
