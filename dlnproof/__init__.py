"""dlnproof: symbolic-numeric verification of the Riemannian geometry of deep linear networks.

Importing the package loads neither sympy nor numpy: each public name is loaded on first use.
"""

import os
import sys

from dlnproof.version import __version__

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from dlnproof import plots, symbolic, training
    from dlnproof.claims.schema import Claim
    from dlnproof.claims.uses import dependencies
    from dlnproof.judge.judgement import formula
    from dlnproof.numeric.exact_input import evaluate
    from dlnproof.numeric.floats.connection import christoffel
    from dlnproof.numeric.floats.curvature import scalar_curvature
    from dlnproof.numeric.floats.distances import (
        distance_lower_bound,
        distance_to_rank,
        truncate,
    )
    from dlnproof.numeric.floats.drift import brownian_drift
    from dlnproof.numeric.floats.effective_rank import effective_rank
    from dlnproof.numeric.floats.factors import balanced_factors, product
    from dlnproof.numeric.floats.geodesics import geodesic
    from dlnproof.numeric.floats.gradients import (
        entropy,
        entropy_gradient,
        log_volume_density_gradient,
        riemannian_gradient,
    )
    from dlnproof.numeric.floats.metric import (
        inner_product,
        metric_matrix,
        operator,
        operator_eigenvalues,
    )
    from dlnproof.numeric.floats.riemann import ricci, sectional_curvature
    from dlnproof.numeric.floats.sampling import log_ball_volume, sample_volume
    from dlnproof.numeric.floats.shooting import log_map
    from dlnproof.numeric.floats.splitting import tangent_splitting
    from dlnproof.numeric.floats.submersion import horizontal_lift
    from dlnproof.numeric.floats.volume import log_orbit_volume, log_volume_density, log_volume_form
    from dlnproof.papers.judged import paper
    from dlnproof.run.grid import Grid
    from dlnproof.run.jobs import derive
    from dlnproof.run.runner import check

    CLAIMS: Mapping[str, Claim]
    """The claims built in, by id, in order of dependence. In a notebook one shows its statement."""

if not os.path.isdir(os.path.join(__path__[0], "derivations")):  # these are the sources,
    __path__.append(os.path.dirname(__path__[0]))  # where derivations/ stands beside the package

_HOME = {
    "CLAIMS": "dlnproof.claims",
    "check": "dlnproof.run.runner",
    "dependencies": "dlnproof.claims.uses",
    "derive": "dlnproof.run.jobs",
    "formula": "dlnproof.judge.judgement",
    "paper": "dlnproof.papers.judged",
    "Grid": "dlnproof.run.grid",
    "evaluate": "dlnproof.numeric.exact_input",
    "product": "dlnproof.numeric.floats.factors",
    "balanced_factors": "dlnproof.numeric.floats.factors",
    "brownian_drift": "dlnproof.numeric.floats.drift",
    "christoffel": "dlnproof.numeric.floats.connection",
    "geodesic": "dlnproof.numeric.floats.geodesics",
    "log_map": "dlnproof.numeric.floats.shooting",
    "ricci": "dlnproof.numeric.floats.riemann",
    "sectional_curvature": "dlnproof.numeric.floats.riemann",
    "distance_lower_bound": "dlnproof.numeric.floats.distances",
    "distance_to_rank": "dlnproof.numeric.floats.distances",
    "truncate": "dlnproof.numeric.floats.distances",
    "effective_rank": "dlnproof.numeric.floats.effective_rank",
    "entropy": "dlnproof.numeric.floats.gradients",
    "entropy_gradient": "dlnproof.numeric.floats.gradients",
    "log_volume_density_gradient": "dlnproof.numeric.floats.gradients",
    "riemannian_gradient": "dlnproof.numeric.floats.gradients",
    "operator": "dlnproof.numeric.floats.metric",
    "operator_eigenvalues": "dlnproof.numeric.floats.metric",
    "metric_matrix": "dlnproof.numeric.floats.metric",
    "inner_product": "dlnproof.numeric.floats.metric",
    "tangent_splitting": "dlnproof.numeric.floats.splitting",
    "horizontal_lift": "dlnproof.numeric.floats.submersion",
    "log_ball_volume": "dlnproof.numeric.floats.sampling",
    "scalar_curvature": "dlnproof.numeric.floats.curvature",
    "sample_volume": "dlnproof.numeric.floats.sampling",
    "log_orbit_volume": "dlnproof.numeric.floats.volume",
    "log_volume_density": "dlnproof.numeric.floats.volume",
    "log_volume_form": "dlnproof.numeric.floats.volume",
}

__all__ = [
    "CLAIMS",
    "Grid",
    "__version__",
    "balanced_factors",
    "brownian_drift",
    "check",
    "christoffel",
    "dependencies",
    "derive",
    "distance_lower_bound",
    "distance_to_rank",
    "effective_rank",
    "entropy",
    "entropy_gradient",
    "evaluate",
    "formula",
    "geodesic",
    "horizontal_lift",
    "inner_product",
    "log_ball_volume",
    "log_map",
    "log_orbit_volume",
    "log_volume_density",
    "log_volume_density_gradient",
    "log_volume_form",
    "metric_matrix",
    "operator",
    "operator_eigenvalues",
    "paper",
    "plots",
    "product",
    "ricci",
    "riemannian_gradient",
    "sample_volume",
    "scalar_curvature",
    "sectional_curvature",
    "symbolic",
    "tangent_splitting",
    "training",
    "truncate",
]


def __getattr__(name: str) -> "Any":
    from importlib import import_module

    if name in ("plots", "symbolic", "training"):
        return import_module(f"dlnproof.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'dlnproof' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


if "IPython" in sys.modules:  # perhaps a notebook: it is told how to show claims and records
    from dlnproof.documents.notebook import register

    register()
    del register
