"""The catalogue: the names of all claims, and the claims.

A claim is a module of its chapter, here and in the same chapter of ``derivations/``, ``checks/``
and ``referee/``: all else follows from its name.
"""

from importlib import import_module
from typing import Final

from dlnproof.claims.schema import Claim, catalogue

CATALOGUE: Final = (
    "factors.balancedness",
    "factors.gd_defect",
    "factors.weight_decay_balances",
    "metric.operator_spectrum",
    "metric.operator_trace",
    "factors.end_to_end_flow",
    "factors.balanced_is_flattest",
    "factors.gd_backward_error",
    "factors.factor_norms",
    "factors.regulariser_minimised_on_balanced",
    "factors.single_output",
    "factors.not_a_gradient",
    "factors.riemannian_submersion",
    "factors.three_way_splitting",
    "factors.balanced_polar_tower",
    "factors.balanced_dimension",
    "factors.straight_horizontal_lines",
    "factors.geodesic_cone_law",
    "metric.metric_diagonalization",
    "factors.deficiency_margin",
    "factors.lambda_balanced",
    "factors.two_layer_riccati",
    "metric.inverse_operator_integral",
    "metric.operator_derivative",
    "factors.singular_vector_dynamics",
    "factors.rectangular_flow",
    "metric.bures_wasserstein",
    "metric.scalar_curvature",
    "metric.curvature_sign",
    "metric.ricci_sectional",
    "volume.svd_jacobian",
    "metric.metric_svd_frame",
    "metric.distance_lower_bound",
    "volume.volume_form",
    "volume.power_map",
    "volume.volume_form_strata",
    "volume.volume_gradient",
    "volume.radial_laplacian",
    "volume.laplacian_of_matrix",
    "limits.infinite_depth",
    "limits.kubo_mori",
    "limits.dyson_at_infinite_depth",
    "metric.riemannian_cone",
    "metric.polar_action",
    "metric.geodesic_hamiltonian",
    "metric.eckart_young",
    "metric.completeness",
    "orbit.orbit_volume",
    "orbit.orbit_volume_strata",
    "orbit.entropy_fields",
    "orbit.entropy_gradient",
    "orbit.entropy_shape",
    "orbit.entropy_concavity",
    "orbit.free_energy_equilibria",
    "orbit.coarea",
    "orbit.mean_curvature_orbits",
    "completion.no_free_energy_minimiser",
    "orbit.jacobi_basis",
    "limits.volume_divergence",
    "completion.norm_divergence",
    "completion.rc2020_constants",
    "completion.norm_conjecture",
    "completion.rank_one_minimizers",
    "completion.volume_corners",
    "completion.diagonal_3x3",
    "convergence.recap",
)
"""Chapter and module of every claim, in order of dependence."""


def _stated(name: str) -> Claim:
    made: Claim = import_module(f"{__name__}.{name}").CLAIM
    return made


CLAIMS: Final = catalogue(*map(_stated, CATALOGUE))
"""Every claim by id, in the same order."""

_NAMES: Final = dict(zip(CLAIMS, CATALOGUE, strict=True))


def module_of(claim: str, room: str) -> str:
    """Return the full name of a claim's module in a room: "derivations", "checks" or "referee".

    >>> module_of("volume-form", "derivations")
    'dlnproof.derivations.volume.volume_form'
    """
    return f"dlnproof.{room}.{_NAMES[claim]}"
