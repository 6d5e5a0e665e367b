"""What a formula can be a formula of: each target by its definition, not by a closed form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dlnproof import formulas as f
from dlnproof.errors import InputError
from dlnproof.judge import definitions
from dlnproof.judge.definitions import Measured
from dlnproof.language.deciding import Eigenvalues, Rooted
from dlnproof.numeric.exact.points import ExactPoint

_W: Final = "W = U Sigma V^T in GL(d), sigma_1 >= ... >= sigma_d > 0"
_OPERATOR: Final = (
    "A_{N,W}(Z) = (1/N) sum_{j=1}^N (W W^T)^((N-j)/N) Z (W^T W)^((j-1)/N), which is "
    "dphi dphi^* / N on balanced factors"
)
_INFINITE_OPERATOR: Final = "A_inf(Z) = int_0^1 (W W^T)^(1-s) Z (W^T W)^s ds"
_MEASURE: Final = "dU, dV: the wedge products over i < l of the entries of U^T dU and V^T dV"
_ORBIT: Final = (
    "the volume, for the Frobenius metric of the factors, of the set of balanced factorizations "
    "of W"
)
_GROUP: Final = "c(d): the volume of O_d for the metric Tr(a^T a) on skew-symmetric matrices"


@dataclass(frozen=True)
class Target:
    """A quantity: its definition in words and at exact points.

    ``closed`` is its closed form, which ``claims`` prove; it decides for all N and d, and is never
    what a formula is compared with at points.
    """

    name: str
    quantity: str
    definition: str
    conventions: tuple[str, ...]
    measure: Callable[[ExactPoint], Measured]
    closed: Eigenvalues | Rooted
    claims: tuple[str, ...]
    free: tuple[str, ...] = ()
    finite: bool = True


_EIGENVECTOR: Final = "i, l: free indices; u_i, v_l: columns of U and V"

TARGETS: Final = {
    target.name: target
    for target in (
        Target(
            "eigenvalue",
            "lambda_il",
            f"the eigenvalue at u_i v_l^T of {_OPERATOR}",
            (_W, _EIGENVECTOR),
            definitions.eigenvalues,
            Eigenvalues(f.EIGENVALUE, f.EIGENVALUE_COINCIDENT),
            ("operator-spectrum",),
            free=("i", "l"),
        ),
        Target(
            "metric-determinant",
            "det g^N",
            f"the determinant of g^N(Z1, Z2) = Tr(Z1^T A_{{N,W}}^(-1) Z2) on d x d matrices, with "
            f"{_OPERATOR}",
            (_W,),
            definitions.metric_determinant,
            Rooted(f.METRIC_DETERMINANT),
            ("metric-diagonalization",),
        ),
        Target(
            "volume-density",
            "sqrt(det g^N)",
            "the density of the volume of g^N with respect to dW; "
            f"g^N = A_{{N,W}}^(-1), {_OPERATOR}",
            (_W,),
            definitions.volume_density,
            Rooted(f.METRIC_DETERMINANT, 2),
            ("metric-diagonalization",),
        ),
        Target(
            "volume-form",
            "sqrt(det g^N) dW / (dSigma dU dV)",
            "the density of the volume of g^N with respect to dSigma dU dV, in the coordinates "
            f"W = U Sigma V^T; g^N = A_{{N,W}}^(-1), {_OPERATOR}",
            (_W, _MEASURE),
            definitions.volume_form,
            Rooted(f.VOLUME_FORM),
            ("volume-form",),
        ),
        Target(
            "svd-jacobian",
            "dW / (dSigma dU dV)",
            "the absolute value of the Jacobian of (Sigma, U, V) -> W = U Sigma V^T",
            (_W, _MEASURE),
            definitions.svd_jacobian,
            Rooted(f.SVD_JACOBIAN),
            ("svd-jacobian",),
        ),
        Target(
            "orbit-volume",
            "vol(O_W)",
            _ORBIT,
            (_W, _GROUP),
            definitions.orbit_volume,
            Rooted(f.ORBIT_SQUARED, 2, group=True),
            ("orbit-volume",),
        ),
        Target(
            "entropy",
            "S(W) = log vol(O_W)",
            f"the natural logarithm of {_ORBIT}",
            (_W, _GROUP),
            definitions.entropy,
            Rooted(f.ORBIT_SQUARED, 2, group=True, log=True),
            ("orbit-volume",),
        ),
        Target(
            "submersion-eigenvalue",
            "N lambda_il",
            'the eigenvalue at u_i v_l^T of dphi dphi^* = N A_{N,W} (the "sum" normalisation), '
            "dphi the differential of the product at balanced factors",
            (_W, _EIGENVECTOR),
            definitions.sum_eigenvalues,
            Eigenvalues(f.SUM_EIGENVALUE, f.SUM_EIGENVALUE_COINCIDENT),
            ("operator-spectrum", "end-to-end-flow"),
            free=("i", "l"),
        ),
        Target(
            "infinite-eigenvalue",
            "lambda_il at N = inf",
            f"the eigenvalue at u_i v_l^T of {_INFINITE_OPERATOR}",
            (_W, _EIGENVECTOR),
            definitions.infinite_eigenvalues,
            Eigenvalues(f.INFINITE_EIGENVALUE, f.INFINITE_EIGENVALUE_COINCIDENT),
            ("infinite-depth",),
            free=("i", "l"),
            finite=False,
        ),
        Target(
            "infinite-metric-determinant",
            "det g^inf",
            f"the determinant of g^inf(Z1, Z2) = Tr(Z1^T A_inf^(-1) Z2), {_INFINITE_OPERATOR}",
            (_W,),
            definitions.infinite_metric_determinant,
            Rooted(f.INFINITE_METRIC_DETERMINANT),
            ("infinite-depth", "metric-diagonalization"),
            finite=False,
        ),
        Target(
            "infinite-volume-density",
            "sqrt(det g^inf)",
            "the density of the volume of g^inf with respect to dW; g^inf = A_inf^(-1), "
            f"{_INFINITE_OPERATOR}",
            (_W,),
            definitions.infinite_volume_density,
            Rooted(f.INFINITE_METRIC_DETERMINANT, 2),
            ("infinite-depth", "metric-diagonalization"),
            finite=False,
        ),
        Target(
            "infinite-volume-form",
            "sqrt(det g^inf) dW / (dSigma dU dV)",
            "the density of the volume of g^inf with respect to dSigma dU dV; g^inf = A_inf^(-1), "
            f"{_INFINITE_OPERATOR}",
            (_W, _MEASURE),
            definitions.infinite_volume_form,
            Rooted(f.INFINITE_VOLUME_FORM),
            ("infinite-depth",),
            finite=False,
        ),
    )
}


def target_named(name: str) -> Target:
    """Return the target of this name. Raises :class:`InputError`."""
    if name in TARGETS:
        return TARGETS[name]
    from difflib import get_close_matches

    near = get_close_matches(name, TARGETS, n=1)
    hint = f" (did you mean {near[0]}?)" if near else ""
    shown = name if len(name) <= 60 else f"{name[:57]}..."
    raise InputError(f"target: got {shown!r}, expected one of {', '.join(TARGETS)}{hint}")
