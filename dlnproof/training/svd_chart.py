"""The gradient flow around a point, in d^2 coordinates: a vector field with its exact Jacobian."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.frames import (
    cayley,
    half_square,
    pairs,
    skew,
    times,
    transposed,
    turns_left,
    turns_right,
)
from dlnproof.training.observed import Observed
from dlnproof.training.spectral_point import Point
from dlnproof.training.svd_velocity import VelocityWeights


@dataclass(frozen=True)
class Chart:
    """The flow around a point, in the coordinates y = (change of x, a, b) of length d^2.

    y stands for (x + dx, U cay(A), V cay(B)), with a and b the entries of the skew-symmetric A and
    B above their diagonals; cay is the Cayley transform, whose inverse differential is the
    polynomial omega -> (I + A/2) omega (I - A/2).
    """

    point: Point
    observed: Observed

    def move(self, y: FloatArray) -> Point:
        """Return the point with coordinates y."""
        d, here = len(self.point.x), self.point
        return Point(here.q, here.x + y[:d], times(here.frames, cayley(_turns(y, d))))

    def field(self, y: FloatArray) -> FloatArray:
        """Return dy/dt at y."""
        there = self.move(y)
        G = self.observed.gradient(self.observed.residuals(there))
        M = times(transposed(there.U), times(G, there.V))
        velocity = VelocityWeights(there).velocity(M)
        d = len(M)
        A, omega = _turns(y, d), _turns(velocity, d)
        omega += times(A, omega) / 2
        omega -= times(omega, A) / 2
        velocity[d:] = omega[pairs(d)].swapaxes(0, 1).reshape(velocity[d:].shape)
        return velocity

    @cached_property
    def residuals(self) -> FloatArray:
        """The residuals, whose half square is the loss."""
        return self.observed.residuals(self.point)

    @cached_property
    def G(self) -> FloatArray:
        """The gradient of the loss, shape (d, d, batch)."""
        return self.observed.gradient(self.residuals)

    @cached_property
    def loss(self) -> FloatArray:
        """The loss, shape (batch,)."""
        return half_square(self.residuals)

    @cached_property
    def M(self) -> FloatArray:
        """U^T G V."""
        return times(transposed(self.point.U), times(self.G, self.point.V))

    @cached_property
    def _weights(self) -> VelocityWeights:
        return VelocityWeights(self.point)

    @cached_property
    def start(self) -> FloatArray:
        """dy/dt at y = 0."""
        return self._weights.velocity(self.M)

    @cached_property
    def residual_slopes(self) -> FloatArray:
        """The derivatives of the observations in y, shape (m, d^2, batch)."""
        return self.observed.slopes(self.point)

    def jacobian(self) -> FloatArray:
        """Return the derivative of ``field`` at y = 0, shape (d^2, d^2, batch)."""
        here, weights = self.point, self._weights
        d = len(here.x)
        # the velocity is linear in M, hence in the residuals: first these vary ...
        responses = weights.velocity(self.observed.images(here))
        slopes = self.residual_slopes
        J: FloatArray = responses[:, 0, None] * slopes[None, 0]
        for k in range(1, len(slopes)):
            J += responses[:, k, None] * slopes[None, k]
        # ... then the singular values, at fixed M ...
        J[:, :d] += weights.slopes(self.M, self.start)
        if d > 1:
            # ... then the frames, d(U^T G V) = -A M + M B, and the chart's bracket [A, omega] / 2
            i, l = pairs(d)
            p = len(i)
            J[:, d : d + p] -= weights.velocity(turns_left(self.M))
            J[:, d + p :] += weights.velocity(turns_right(self.M))
            for part in (slice(d, d + p), slice(d + p, d + 2 * p)):
                omega = skew(self.start[part], d)
                J[part, part] += (turns_left(omega) - turns_right(omega))[i, l] / 2
        return J


def _turns(y: FloatArray, d: int) -> FloatArray:
    """Return the skew-symmetric A and B of a coordinate vector, shape (d, d, 2, batch)."""
    return skew(y[d:].reshape(2, len(pairs(d)[0]), y.shape[-1]).swapaxes(0, 1), d)
