"""How a matrix moves with the roots of its singular values, and the volume along these."""

from __future__ import annotations

from dlnproof.definitions.geometry import METRIC_DETERMINANT, framed, rate
from dlnproof.definitions.letters import N, d, end_at, i, l, left_at, right_at, sigma_at, t
from dlnproof.kernel.terms import Term, number, product, root, transpose, unit

_T = t.term


def along_root(index: Term) -> Term:
    """Return N sigma_i^(1-1/N) u_i v_i^T: how W moves where sigma_i^(1/N) alone grows."""
    speed = N * sigma_at(index, _T) ** (1 - 1 / N)
    return speed * (left_at(_T) * unit(d, index, index) * transpose(right_at(_T)))


def _root(index: Term, slope: Term) -> Term:
    """Return how sigma_i^(1/N) moves with sigma_i."""
    return 1 / N * sigma_at(index, _T) ** (1 / N - 1) * slope


def root_moves(matrix: Term, index: Term) -> Term:
    """Return how sigma_i^(1/N) moves where W moves by a matrix."""
    return _root(index, framed(matrix, index, index))


def root_rate(index: Term) -> Term:
    """Return the derivative of sigma_i^(1/N) along a path, at time t."""
    return _root(index, rate(index))


def density(time: Term) -> Term:
    """Return sqrt(det g^N) times the Jacobians of the roots and of the decomposition.

    That is the volume with respect to the roots, the left and the right singular vectors.
    """
    a, b = sigma_at(i.term, time), sigma_at(l.term, time)
    powers = product(i, 1, d, number(N) * a ** (1 - 1 / N))
    pairs = product(i, 1, d, product(l, i.term + 1, d, a**2 - b**2))
    return root(METRIC_DETERMINANT(N, end_at(time))) * (powers * pairs)
