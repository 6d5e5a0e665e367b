"""What a pair of singular values adds to Langevin's step, in coordinates where they walk freely.

With s_i = N sigma_i^{1/N} and R = U diag(s) V^T ("mean" normalisation) the Laplacian of g^N is that
of R's entries plus, for each pair s_i > s_l, rotations of the singular vectors alone:

    Delta_g = Delta_R + p X_p^2 + m X_m^2,     p, m >= 0, both 0 at N = 1,

X_p turning (u_i, u_l) and (v_i, v_l) by +1/sqrt(2) each, X_m by +1/sqrt(2) and -1/sqrt(2). So the
singular values of R move as those of a Gaussian matrix walk whatever N is. With r = s_l / s_i,
1 - r^N = -expm1(N log r): nothing here is singular where the two meet.
"""

from typing import Final, NamedTuple

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.log_shc import psi_series

_NEAR: Final = 0.05
"""Where a difference of two hyperbolic cotangents is summed as a series."""
_LEAST: Final = 1e-300
"""In place of a zero singular value, which a walk meets with probability zero."""


class Pair(NamedTuple):
    """Of pairs of values, all arrays of their shape."""

    p: FloatArray
    """The rate of the rotations in which both frames turn together."""
    m: FloatArray
    """The rate of those in which they turn against each other."""
    plus: FloatArray
    """(sigma_i + sigma_l) / (sigma_i^{1/N} + sigma_l^{1/N})."""
    minus: FloatArray
    """(sigma_i - sigma_l) / (sigma_i^{1/N} - sigma_l^{1/N})."""
    push_large: FloatArray
    """The derivative of log(lambda_il) / 2, the pair's part of the entropy, in s_i."""
    push_small: FloatArray
    """The same in s_l."""


@np.errstate(all="ignore")
def pair(large: FloatArray, small: FloatArray, depth: int) -> Pair:
    """Return these for s_i >= s_l >= 0, arrays of one shape."""
    N, q = depth, 1 / depth
    small = np.maximum(small, _LEAST)
    gap, both = np.maximum(large - small, 1e-30 * large), large + small
    x = np.log1p(gap / small)  # log(s_i / s_l), whose N-th multiple is log(sigma_i / sigma_l)
    lost = -np.expm1(-N * x)
    power, area = 1 - lost, gap * both  # r^N, s_i^2 - s_l^2
    # p (s_i - s_l)^2 = N tanh(x/2) coth(N x/2) - 1, and psi(N x) = coth(N x) - q coth(x)
    p = (N * (1 + power) / lost - both / gap) / area
    psi = 1 - q + 2 * power * power / (lost * (1 + power)) - 2 * q * small * small / area
    pull = small / area - N * power * (power / small) / (lost * (1 + power))
    near = N * x < _NEAR  # where these differences cancel: a series
    if near.any():
        t = N * x[near]
        p[near] = N * t / gap[near] / 2 * psi_series(t * t / 4, q) / both[near]
        psi[near] = t * psi_series(t * t, q)
        pull[near] = N * (1 - q - psi[near]) / (2 * small[near])
    p = np.maximum(p, 0)  # rounding beside 0 at N = 1
    m = np.maximum((N * N / (1 + p * gap * gap) - 1) / (both * both), 0)
    size = (large / N) ** (N - 1)
    push = N * (1 - q + psi) / (2 * large)
    return Pair(p, m, size * (1 + power) * large / both, size * lost * large / gap, push, pull)
