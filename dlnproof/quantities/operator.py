"""The eigenvalues of A_{N,W}, and of dphi dphi^*: the same operator in another normalisation."""

from dataclasses import replace
from typing import Final

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import eigenvalue_sizes, eigenvectors, sum_operator
from dlnproof.numeric.exact.matrices import trace
from dlnproof.numeric.exact.points import ExactPoint, diagonal
from dlnproof.numeric.exact.pullback import operator_pullback
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.quantity import Pullback, Quantity, W

EIGENVECTOR: Final = "$i$, $l$: free indices; $u_i$, $v_l$: columns of $U$ and $V$"
OPERATOR: Final = (
    r"$\mathcal{A}_{N,W}(Z)=\frac{1}{N}\sum_{j=1}^{N}(W\,W^{T})^{(N-j)/N}$ "  # a column's line ends
    r"$Z\,(W^{T}W)^{(j-1)/N}$, which is $d\phi\,d\phi^{*} / N$ on balanced factors"
)


def mean_operator(point: ExactPoint) -> fmpq_mat:
    """Return the matrix of A_{N,W} = dphi dphi^* / N, dphi from the factors."""
    return sum_operator(point) * fmpq(1, int(point.depth))


def deep(point: ExactPoint) -> bool:
    """Whether phi is anything but the identity, so that its differences are truncated."""
    return point.depth > 1


def _sum_in_basis(point: ExactPoint) -> fmpq_mat:
    K = eigenvectors(point)
    return K.transpose() * sum_operator(point) * K


def _mean_in_basis(point: ExactPoint) -> fmpq_mat:
    K = eigenvectors(point)
    return K.transpose() * mean_operator(point) * K


def _differences(point: ExactPoint, step: fmpq, digits: int) -> arb_mat:
    """Return dphi dphi^* in units of the sizes of its eigenvalues."""
    operator = operator_pullback(point, step, digits)
    # small eigenvalues are what is left of large ones
    with working_precision(bits_of(working_digits(point, digits))):
        sizes = diagonal(tuple(1 / size for size in eigenvalue_sizes(point)))
        basis = arb_mat(eigenvectors(point) * sizes)
        return basis.transpose() * operator * basis


def _sum_units(point: ExactPoint) -> list[fmpq]:
    return [size**2 for size in eigenvalue_sizes(point)]


def _mean_units(point: ExactPoint) -> list[fmpq]:
    return [unit / int(point.depth) for unit in _sum_units(point)]


EIGENVALUE: Final = Quantity(
    "eigenvalue",
    r"$\lambda_{il}$",
    f"the eigenvalue at $u_iv_l^{{T}}$ of {OPERATOR}",
    (W, EIGENVECTOR),
    indices=("i", "l"),
    exact=_mean_in_basis,
    pullback=Pullback(_differences, deep, _mean_units),
    floats="operator_eigenvalues",
    sympy="eigenvalues",
)
SUM_EIGENVALUE: Final = replace(
    EIGENVALUE,
    name="submersion-eigenvalue",
    symbol=r"$N\lambda_{il}$",
    definition=r"the eigenvalue at $u_iv_l^{T}$ of $d\phi\,d\phi^{*}=N\,\mathcal{A}_{N,W}$ (the "
    r'"sum" normalisation), $d\phi$ the differential of the product at balanced factors',
    exact=_sum_in_basis,
    pullback=Pullback(_differences, deep, _sum_units),
)


def _trace(point: ExactPoint) -> fmpq:
    return trace(mean_operator(point))


def _sum_trace(point: ExactPoint) -> fmpq:
    return trace(sum_operator(point))


def _trace_scale(point: ExactPoint) -> fmpq:
    """Return the sum of the sizes of the eigenvalues."""
    return sum(_mean_units(point), fmpq(0))


def _trace_differences(point: ExactPoint, step: fmpq, digits: int) -> arb:
    operator = operator_pullback(point, step, digits)
    with working_precision(bits_of(working_digits(point, digits))):
        return trace(operator) / (int(point.depth) * arb(_trace_scale(point)))


TRACE: Final = Quantity(
    "operator-trace",
    r"$\operatorname{Tr}\mathcal{A}_{N,W}$",
    rf"the trace, over all $d\times d$ matrices $Z$, of {OPERATOR}",
    additive=True,
    exact=_trace,
    pullback=Pullback(_trace_differences, deep),
    scale=_trace_scale,
)
SUM_TRACE: Final = Quantity(
    "submersion-operator-trace",
    r"$N\operatorname{Tr}\mathcal{A}_{N,W}$",
    r"the trace of $d\phi\,d\phi^{*}=N\,\mathcal{A}_{N,W}$ "
    r'(the "sum" normalisation), $d\phi$ the differential of the product at balanced factors',
    additive=True,
    exact=_sum_trace,
)
