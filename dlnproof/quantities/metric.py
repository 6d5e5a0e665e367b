"""The metric g^N = A_{N,W}^(-1): its entries at the u_i v_l^T, its determinant, its density."""

from typing import Final

from flint import arb_mat, fmpq, fmpq_mat

from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import (
    eigenvalue_sizes,
    eigenvectors,
    exact_root,
    sum_operator,
)
from dlnproof.numeric.exact.matrices import trace
from dlnproof.numeric.exact.points import ExactPoint, diagonal
from dlnproof.numeric.exact.pullback import determinant_pullback, metric_pullback
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.operator import EIGENVECTOR, OPERATOR, deep, mean_operator
from dlnproof.quantities.quantity import Pullback, Quantity, Root, W

METRIC: Final = r"$g^{N}\!(Z1,\,Z2)=\operatorname{Tr}(Z1^{T}\mathcal{A}_{N,W}^{-1}Z2)$"
INVERSE: Final = rf"$g^{{N}}=\mathcal{{A}}_{{N,W}}^{{-1}}$, {OPERATOR}"


def _in_basis(point: ExactPoint) -> fmpq_mat:
    K = eigenvectors(point)
    return K.transpose() * mean_operator(point).inv() * K


def _differences(point: ExactPoint, step: fmpq, digits: int) -> arb_mat:
    guarded = working_digits(point, digits)  # small entries are what is left of large ones
    with working_precision(bits_of(guarded)):
        basis = arb_mat(eigenvectors(point) * diagonal(tuple(eigenvalue_sizes(point))))
        return basis.transpose() * metric_pullback(point, step, guarded) * basis


def _units(point: ExactPoint) -> list[fmpq]:
    return [1 / size**2 for size in eigenvalue_sizes(point)]


def _sum_in_basis(point: ExactPoint) -> fmpq_mat:
    K = eigenvectors(point)
    return K.transpose() * sum_operator(point).inv() * K


def sum_determinant(point: ExactPoint) -> fmpq:
    """Return the determinant of the metric that is the inverse of dphi dphi^*."""
    return 1 / sum_operator(point).det()


def _determinant(point: ExactPoint) -> fmpq:
    return 1 / mean_operator(point).det()


def density(point: ExactPoint) -> fmpq:
    """Return sqrt(det g^N), the density of the volume of g^N with respect to dW."""
    return exact_root(_determinant(point))


METRIC_ENTRY: Final = Quantity(
    "metric-entry",
    r"$1/\lambda_{il}$",
    rf"the value of {METRIC} at $Z1=Z2=u_iv_l^{{T}}$, with {OPERATOR}",
    (W, EIGENVECTOR),
    indices=("i", "l"),
    exact=_in_basis,
    pullback=Pullback(_differences, deep, _units),
)
METRIC_DETERMINANT: Final = Quantity(
    "metric-determinant",
    r"$\det g^{N}$",
    rf"the determinant of {METRIC} on $d\times d$ matrices, with {OPERATOR}",
    exact=_determinant,
    pullback=Pullback(determinant_pullback, deep),
    sympy="metric_determinant",
)
METRIC_TRACE: Final = Quantity(
    "metric-trace",
    r"$\operatorname{Tr}\mathcal{A}_{N,W}^{-1}$",
    r"the trace, over all $d\times d$ matrices $Z$, of $\mathcal{A}_{N,W}^{-1}$, the metric in an "
    f"orthonormal basis; {OPERATOR}",
    additive=True,
    exact=lambda point: trace(mean_operator(point).inv()),
)
VOLUME_DENSITY: Final = Quantity(
    "volume-density",
    r"$\sqrt{\det g^{N}}$",
    f"the density of the volume of $g^{{N}}$ with respect to $dW$; {INVERSE}",
    exact=density,
    pullback=Pullback(determinant_pullback, deep, power=2),
    root=Root(METRIC_DETERMINANT, 2),
    floats="log_volume_density",
)
LOG_VOLUME_DENSITY: Final = Quantity(
    "log-volume-density",
    r"$\log\sqrt{\det g^{N}}$",
    "the natural logarithm of the density of the volume of $g^{N}$ with respect to $dW$; "
    f"{INVERSE}",
    root=Root(METRIC_DETERMINANT, 2, log=True),
    floats="log_volume_density",
)

SUM_INVERSE: Final = (
    r"the inverse of $d\phi\,d\phi^{*}=N\,\mathcal{A}_{N,W}$, $d\phi$ the differential of the "
    "product at balanced factors"
)
SUM_METRIC_ENTRY: Final = Quantity(
    "submersion-metric-entry",
    r"$1 / (N\lambda_{il})$",
    f"the value at $Z1=Z2=u_iv_l^{{T}}$ of the metric that is {SUM_INVERSE}",
    (W, EIGENVECTOR),
    indices=("i", "l"),
    exact=_sum_in_basis,
)
SUM_METRIC_DETERMINANT: Final = Quantity(
    "submersion-metric-determinant",
    r"$\det g$, $g=(d\phi\,d\phi^{*})^{-1}$",
    rf"the determinant, on $d\times d$ matrices, of the metric that is {SUM_INVERSE}",
    exact=sum_determinant,
)
SUM_VOLUME_DENSITY: Final = Quantity(
    "submersion-volume-density",
    r"$\sqrt{\det g}$, $g=(d\phi\,d\phi^{*})^{-1}$",
    f"the density with respect to $dW$ of the volume of the metric that is {SUM_INVERSE}",
    root=Root(SUM_METRIC_DETERMINANT, 2),
)
SUM_METRIC_TRACE: Final = Quantity(
    "submersion-metric-trace",
    r"$\operatorname{Tr}(d\phi\,d\phi^{*})^{-1}$",
    rf"the trace, over all $d\times d$ matrices $Z$, of {SUM_INVERSE}",
    additive=True,
    exact=lambda point: trace(sum_operator(point).inv()),
)
SUM_LOG_VOLUME_DENSITY: Final = Quantity(
    "submersion-log-volume-density",
    r"$\log\sqrt{\det g}$, $g=(d\phi\,d\phi^{*})^{-1}$",
    "the natural logarithm of the density with respect to $dW$ of the volume of the metric that "
    f"is {SUM_INVERSE}",
    root=Root(SUM_METRIC_DETERMINANT, 2, log=True),
)
