"""Every quantity by name, in the order in which ``formula --list`` shows them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dlnproof.quantities import (
    curvature,
    drift,
    gradients,
    infinite_depth,
    metric,
    norms,
    operator,
    orbit,
    power_map,
    ricci,
    svd_jacobian,
    volume_form,
)
from dlnproof.quantities.quantity import Quantity

QUANTITIES: Final[Mapping[str, Quantity]] = MappingProxyType(
    {
        quantity.name: quantity
        for quantity in (
            operator.EIGENVALUE,
            operator.TRACE,
            metric.METRIC_ENTRY,
            metric.METRIC_DETERMINANT,
            metric.METRIC_TRACE,
            metric.VOLUME_DENSITY,
            metric.LOG_VOLUME_DENSITY,
            volume_form.VOLUME_FORM,
            power_map.BALL_VOLUME,
            svd_jacobian.SVD_JACOBIAN,
            orbit.ORBIT_SQUARED,
            orbit.ORBIT_VOLUME,
            orbit.ENTROPY,
            orbit.GRAM_EIGENVALUE,
            orbit.MANIFOLD_GRAM,
            gradients.VOLUME_GRADIENT,
            gradients.ENTROPY_GRADIENT,
            curvature.SCALAR_CURVATURE,
            ricci.RICCI_DIAGONAL,
            ricci.RICCI_MIXED,
            ricci.RICCI_SYMMETRIC,
            ricci.RICCI_SKEW,
            ricci.SECTIONAL_SYMMETRIC,
            ricci.SECTIONAL_SKEW,
            ricci.SECTIONAL_TURNS,
            drift.BROWNIAN_DRIFT,
            norms.SQUARED_NORM,
            norms.FACTORS_SQUARED_NORM,
            operator.SUM_EIGENVALUE,
            operator.SUM_TRACE,
            metric.SUM_METRIC_ENTRY,
            metric.SUM_METRIC_DETERMINANT,
            metric.SUM_METRIC_TRACE,
            metric.SUM_VOLUME_DENSITY,
            metric.SUM_LOG_VOLUME_DENSITY,
            volume_form.SUM_VOLUME_FORM,
            power_map.SUM_BALL_VOLUME,
            curvature.SUM_SCALAR_CURVATURE,
            ricci.SUM_RICCI_SYMMETRIC,
            ricci.SUM_RICCI_SKEW,
            ricci.SUM_SECTIONAL_SYMMETRIC,
            ricci.SUM_SECTIONAL_SKEW,
            ricci.SUM_SECTIONAL_TURNS,
            drift.SUM_BROWNIAN_DRIFT,
            infinite_depth.INFINITE_EIGENVALUE,
            infinite_depth.INFINITE_TRACE,
            infinite_depth.INFINITE_METRIC_ENTRY,
            infinite_depth.INFINITE_METRIC_DETERMINANT,
            infinite_depth.INFINITE_VOLUME_DENSITY,
            infinite_depth.INFINITE_LOG_VOLUME_DENSITY,
            infinite_depth.INFINITE_VOLUME_FORM,
        )
    }
)


def quantity_named(given: Quantity | str) -> Quantity:
    """Return a quantity by name; one of the user's own is given as it is. Raises ``KeyError``."""
    return given if isinstance(given, Quantity) else QUANTITIES[given]
