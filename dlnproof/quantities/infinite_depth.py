"""The same at infinite depth, in balls, from the integral that defines the operator there."""

from math import prod
from typing import Final

from flint import arb, fmpq

from dlnproof.numeric.exact.limit_geometry import integrated_determinant, integrated_eigenvalues
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.quantities.operator import EIGENVECTOR
from dlnproof.quantities.quantity import MEASURE, Quantity, Root, W
from dlnproof.quantities.svd_jacobian import jacobian

_OPERATOR: Final = r"$\mathcal{A}_\infty\!(Z)=\int_0^1(W\,W^{T})^{1-s}$ $Z\,(W^{T}W)^{s}\,ds$"
_INVERSE: Final = rf"$g^{{\infty}}=\mathcal{{A}}_\infty^{{-1}}$, {_OPERATOR}"


def _determinant(point: ExactPoint) -> list[arb]:
    return [1 / integrated_determinant(point)]


def _form(point: ExactPoint) -> list[arb]:
    """|det J| sqrt(det g^inf), J the differential of (Sigma, U, V) -> U Sigma V^T."""
    return [jacobian(point) / integrated_determinant(point).sqrt()]


def _scale(point: ExactPoint) -> fmpq:
    return 1 / prod(point.sigma, start=fmpq(1))


INFINITE_EIGENVALUE: Final = Quantity(
    "infinite-eigenvalue",
    r"$\lambda_{il}$ at $N=\infty$",
    f"the eigenvalue at $u_iv_l^{{T}}$ of {_OPERATOR}",
    (W, EIGENVECTOR),
    indices=("i", "l"),
    finite=False,
    balls=integrated_eigenvalues,
    floats="operator_eigenvalues",
    sympy="eigenvalues",
)
INFINITE_TRACE: Final = Quantity(
    "infinite-operator-trace",
    r"$\operatorname{Tr}\mathcal{A}_\infty$",
    rf"the trace, over all $d\times d$ matrices $Z$, of {_OPERATOR}",
    finite=False,
    additive=True,
    balls=lambda point: [sum(integrated_eigenvalues(point), arb(0))],
)
INFINITE_METRIC_ENTRY: Final = Quantity(
    "infinite-metric-entry",
    r"$1/\lambda_{il}$ at $N=\infty$",
    r"the value of $g^{\infty}\!(Z1,\,Z2)=\operatorname{Tr}(Z1^{T}\mathcal{A}_\infty^{-1}\,Z2)$ at "
    f"$Z1=Z2=u_iv_l^{{T}}$, {_OPERATOR}",
    (W, EIGENVECTOR),
    indices=("i", "l"),
    finite=False,
    balls=lambda point: [1 / value for value in integrated_eigenvalues(point)],
)
INFINITE_METRIC_DETERMINANT: Final = Quantity(
    "infinite-metric-determinant",
    r"$\det g^{\infty}$",
    r"the determinant of $g^{\infty}\!(Z1,\,Z2)="
    rf"\operatorname{{Tr}}(Z1^{{T}}\mathcal{{A}}_\infty^{{-1}}\,Z2)$, {_OPERATOR}",
    finite=False,
    balls=_determinant,
    sympy="metric_determinant",
)
INFINITE_VOLUME_DENSITY: Final = Quantity(
    "infinite-volume-density",
    r"$\sqrt{\det g^{\infty}}$",
    rf"the density of the volume of $g^{{\infty}}$ with respect to $dW$; {_INVERSE}",
    finite=False,
    root=Root(INFINITE_METRIC_DETERMINANT, 2),
    floats="log_volume_density",
)
INFINITE_LOG_VOLUME_DENSITY: Final = Quantity(
    "infinite-log-volume-density",
    r"$\log\sqrt{\det g^{\infty}}$",
    "the natural logarithm of the density of the volume of $g^{\\infty}$ with respect to $dW$; "
    f"{_INVERSE}",
    finite=False,
    root=Root(INFINITE_METRIC_DETERMINANT, 2, log=True),
    floats="log_volume_density",
)
INFINITE_VOLUME_FORM: Final = Quantity(
    "infinite-volume-form",
    r"$\sqrt{\det g^{\infty}}\,dW / (d\Sigma\,dU\,dV)$",
    r"the density of the volume of $g^{\infty}$ with respect to $d\Sigma\,dU\,dV$; "
    f"{_INVERSE}",
    (W, MEASURE),
    finite=False,
    balls=_form,
    scale=_scale,
    floats="log_volume_form",
    sympy="volume_form",
)
