"""The scalar curvature of g^N, from Christoffel symbols."""

from typing import Final

from flint import fmpq

from dlnproof.numeric.exact.curvature import scalar_curvature
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.quantities.metric import METRIC
from dlnproof.quantities.operator import OPERATOR
from dlnproof.quantities.quantity import Quantity


def _scale(point: ExactPoint) -> fmpq:
    """Return 1 / sigma_d^(2/N): it goes as the square of an inverse length."""
    return 1 / point.roots[-1] ** 2


SCALAR_CURVATURE: Final = Quantity(
    "scalar-curvature",
    r"$\operatorname{Scal}$",
    f"the scalar curvature, from Christoffel symbols, of {METRIC}, with {OPERATOR}",
    additive=True,
    exact=scalar_curvature,
    scale=_scale,
    floats="scalar_curvature",
    sympy="scalar_curvature",
)
