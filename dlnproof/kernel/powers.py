"""Real powers of symmetric positive definite matrices, through their eigenvalues."""

from __future__ import annotations

from typing import Final

from dlnproof.kernel import spectral
from dlnproof.kernel.calculus import kept, minted
from dlnproof.kernel.terms import (
    Symbol,
    Term,
    diagonal,
    equal,
    number,
    positive,
    power,
    psd_power,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Named, Refused, Theorem

SPECTRAL: Final = Named(
    "functions of a symmetric matrix",
    "Horn and Johnson, Topics in Matrix Analysis, 6.2.3 and 6.2.4",
)


def psd_power_by_eigenvalues(
    orthogonal: Theorem, sign: Theorem, k: Symbol, exponent: Term
) -> Theorem:
    """(U diag(f_k) U^T)^x = U diag(f_k^x) U^T for orthogonal U, f_k > 0, and a number x.

    ``orthogonal`` is U^T U = I, and ``sign`` is 0 < f_k for 1 <= k <= size.
    """
    u = spectral.orthogonal(orthogonal)
    size, f = u.sort.shape[0], sign.conclusion.args[-1]
    if sign.conclusion != positive(f):
        raise Refused(f"{sign.conclusion} does not say that eigenvalues are positive")
    if k in u.free | number(exponent).free | size.free:
        raise Refused(f"{k.name} is not an index of the eigenvalues alone")
    matrix = u * diagonal(k, size, f) * transpose(u)
    found = u * diagonal(k, size, power(f, number(exponent))) * transpose(u)
    hypotheses = orthogonal.hypotheses | kept(sign, k, *within(k, 1, size))
    conclusion = equal(psd_power(matrix, exponent), found)
    return minted("psd_power_by_eigenvalues", conclusion, [orthogonal, sign], hypotheses, SPECTRAL)
