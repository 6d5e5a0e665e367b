"""How a matrix moves with the roots of its singular values, and the volume along these."""

from __future__ import annotations

from dlnproof.definitions.geometry import (
    INFINITE_METRIC_DETERMINANT,
    METRIC_DETERMINANT,
    framed,
    rate,
)
from dlnproof.definitions.letters import N, d, end_at, i, l, left_at, right_at, sigma_at, t
from dlnproof.kernel.terms import Term, number, product, root, transpose, unit

_T = t.term


def _pair(index: Term) -> Term:
    """Return u_i v_i^T."""
    return left_at(_T) * unit(d, index, index) * transpose(right_at(_T))


def along_root(index: Term) -> Term:
    """Return N sigma_i^(1-1/N) u_i v_i^T: how W moves where sigma_i^(1/N) alone grows."""
    return N * sigma_at(index, _T) ** (1 - 1 / N) * _pair(index)


def _root(index: Term, slope: Term) -> Term:
    """Return how sigma_i^(1/N) moves with sigma_i."""
    return 1 / N * sigma_at(index, _T) ** (1 / N - 1) * slope


def root_moves(matrix: Term, index: Term) -> Term:
    """Return how sigma_i^(1/N) moves where W moves by a matrix."""
    return _root(index, framed(matrix, index, index))


def root_rate(index: Term) -> Term:
    """Return the derivative of sigma_i^(1/N) along a path, at time t."""
    return _root(index, rate(index))


def _pairs(time: Term) -> Term:
    """Return the Jacobian of the decomposition: the product of sigma_i^2 - sigma_l^2, i < l."""
    a, b = sigma_at(i.term, time), sigma_at(l.term, time)
    return product(i, 1, d, product(l, i.term + 1, d, a**2 - b**2))


def density(time: Term) -> Term:
    """Return sqrt(det g^N) times the Jacobians of the roots and of the decomposition.

    That is the volume with respect to the roots, the left and the right singular vectors.
    """
    powers = product(i, 1, d, number(N) * sigma_at(i.term, time) ** (1 - 1 / N))
    return root(METRIC_DETERMINANT(N, end_at(time))) * (powers * _pairs(time))


# --- at infinite depth ----------------------------------------------------------------------------


def along_log(index: Term) -> Term:
    """Return sigma_i u_i v_i^T: how W moves where log sigma_i alone grows."""
    return sigma_at(index, _T) * _pair(index)


def log_rate(index: Term) -> Term:
    """Return the derivative of log sigma_i along a path, at time t."""
    return 1 / sigma_at(index, _T) * rate(index)


def infinite_density(time: Term) -> Term:
    """Return the volume at infinite depth with respect to the log sigma_i and both frames."""
    values = product(i, 1, d, sigma_at(i.term, time))
    return root(INFINITE_METRIC_DETERMINANT(end_at(time))) * (values * _pairs(time))
