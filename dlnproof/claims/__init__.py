"""The catalogue: every claim, in order of dependence."""

from typing import Final

from dlnproof.claims.factors import BALANCEDNESS, END_TO_END_FLOW, RIEMANNIAN_SUBMERSION
from dlnproof.claims.orbit import COAREA, ORBIT_VOLUME, VOLUME_DIVERGENCE
from dlnproof.claims.spectrum import METRIC_DIAGONALIZATION, OPERATOR_SPECTRUM
from dlnproof.claims.volume import INFINITE_DEPTH, SVD_JACOBIAN, VOLUME_FORM
from dlnproof.core.claim import catalogue

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
)
"""Every claim by id."""

__all__ = [
    "BALANCEDNESS",
    "CLAIMS",
    "COAREA",
    "END_TO_END_FLOW",
    "INFINITE_DEPTH",
    "METRIC_DIAGONALIZATION",
    "OPERATOR_SPECTRUM",
    "ORBIT_VOLUME",
    "RIEMANNIAN_SUBMERSION",
    "SVD_JACOBIAN",
    "VOLUME_DIVERGENCE",
    "VOLUME_FORM",
]
