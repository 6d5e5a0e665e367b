"""The catalogue: every claim, in order of dependence."""

from typing import Final

from dlnproof.claims.completion import NORM_CONJECTURE, NORM_DIVERGENCE
from dlnproof.claims.factors import BALANCEDNESS, END_TO_END_FLOW, RIEMANNIAN_SUBMERSION
from dlnproof.claims.minimisers import DIAGONAL_3X3, RANK_ONE_MINIMIZERS, VOLUME_CORNERS
from dlnproof.claims.orbit import COAREA, ORBIT_VOLUME, VOLUME_DIVERGENCE
from dlnproof.claims.recap import RECAP
from dlnproof.claims.schema import catalogue
from dlnproof.claims.spectrum import METRIC_DIAGONALIZATION, OPERATOR_SPECTRUM
from dlnproof.claims.volume import INFINITE_DEPTH, SVD_JACOBIAN, VOLUME_FORM

CLAIMS: Final = catalogue(
    BALANCEDNESS,
    OPERATOR_SPECTRUM,
    END_TO_END_FLOW,
    RIEMANNIAN_SUBMERSION,
    METRIC_DIAGONALIZATION,
    SVD_JACOBIAN,
    VOLUME_FORM,
    INFINITE_DEPTH,
    ORBIT_VOLUME,
    COAREA,
    VOLUME_DIVERGENCE,
    NORM_DIVERGENCE,
    NORM_CONJECTURE,
    RANK_ONE_MINIMIZERS,
    VOLUME_CORNERS,
    DIAGONAL_3X3,
    RECAP,
)
"""Every claim by id."""

__all__ = [
    "BALANCEDNESS",
    "CLAIMS",
    "COAREA",
    "DIAGONAL_3X3",
    "END_TO_END_FLOW",
    "INFINITE_DEPTH",
    "METRIC_DIAGONALIZATION",
    "NORM_CONJECTURE",
    "NORM_DIVERGENCE",
    "OPERATOR_SPECTRUM",
    "ORBIT_VOLUME",
    "RANK_ONE_MINIMIZERS",
    "RECAP",
    "RIEMANNIAN_SUBMERSION",
    "SVD_JACOBIAN",
    "VOLUME_CORNERS",
    "VOLUME_DIVERGENCE",
    "VOLUME_FORM",
]
