"""The flow's velocity in logarithmic singular values and frames, linear in M = U^T G V.

With q = 1/N, the frame velocities omega_U = U^T dU/dt and omega_V = V^T dV/dt (skew-symmetric) and
the operator's eigenvalues lambda_il, dW/dt = -A_{N,W}(G) reads

    U^T (dW/dt) V = omega_U Sigma + dSigma/dt - Sigma omega_V = -(lambda_il M_il).

The diagonal and the off-diagonal pairs i < l of it give, with x = log sigma,

    dx_r/dt = -sigma_r^{1 - 2q} M_rr,
    (omega_U)_il = c_il (sigma_l M_il + sigma_i M_li),
    (omega_V)_il = c_il (sigma_i M_il + sigma_l M_li),   c_il = q / (sigma_i^{2q} - sigma_l^{2q}),

since lambda_il / (sigma_i^2 - sigma_l^2) = c_il: nothing is singular but c_il at sigma_i = sigma_l,
as polar coordinates are at their origin. Neither the sign of det W nor its rank can change.
Source: CMV2023 (operator, infinite depth); slides (dsigma_r/dt).
"""

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.frames import pairs
from dlnproof.training.spectral_point import Point


class VelocityWeights:
    """The velocity as a linear function of M, with all powers relative to the larger of a pair.

    With m = max(x_i, x_l) and g = x_i - x_l, c_il sigma_i = exp((1 - 2q) m) exp(x_i - m) / E_q(g)
    with E_q(g) = (1 - exp(-2 q g)) / q for g > 0, as in :mod:`dlnproof.numeric.floats.kernels`.
    """

    def __init__(self, point: Point) -> None:
        x, q = point.x, point.q
        i, l = pairs(len(x))
        self.q = q
        self.power = np.exp((1 - 2 * q) * x)
        gap = x[i] - x[l]
        signed = np.sign(gap)
        self.distance = distance = np.abs(gap)
        fall = np.exp(-distance)
        self.scaled_gap = -signed * np.expm1(-2 * q * distance) / q
        scale = np.maximum(self.power[i], self.power[l]) / self.scaled_gap
        first = signed > 0
        self.c_i = scale * np.where(first, 1.0, fall)  # c_il sigma_i
        self.c_l = scale * np.where(first, fall, 1.0)  # c_il sigma_l

    def velocity(self, M: FloatArray) -> FloatArray:
        """Return (dx, omega_U, omega_V) for M of shape (d, d, ..., batch)."""
        d = len(M)
        i, l = pairs(d)
        r = np.arange(d)
        power, c_i, c_l = self.power, self.c_i, self.c_l
        if M.ndim > 3:
            power, c_i, c_l = power[:, None], c_i[:, None], c_l[:, None]
        above, below = M[i, l], M[l, i]
        return np.concatenate(
            [-power * M[r, r], c_l * above + c_i * below, c_i * above + c_l * below]
        )

    def slopes(self, M: FloatArray, velocity: FloatArray) -> FloatArray:
        """Return the velocity's derivatives in x at fixed M, shape (d^2, d, batch), x decreasing.

        dc_il/dx_i = -2 sigma_i^{2q} c_il^2 and sigma_i^{2q} c_il = 1 / E_q(g).
        """
        d = len(M)
        i, l = pairs(d)
        p, r, k = len(i), np.arange(d), np.arange(len(i))
        result = np.zeros((len(velocity), d, M.shape[-1]))
        result[r, r] = (1 - 2 * self.q) * velocity[:d]
        above, below = M[i, l], M[l, i]
        upper = 2 / self.scaled_gap
        lower = upper * np.exp(-2 * self.q * self.distance)
        for part, with_i, with_l in ((d, below, above), (d + p, above, below)):
            omega = velocity[part : part + p]
            result[part + k, i] = self.c_i * with_i - upper * omega
            result[part + k, l] = self.c_l * with_l + lower * omega
        return result
