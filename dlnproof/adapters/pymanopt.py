"""The geometry of the deep linear network as a manifold of pymanopt, for its optimisers.

import pymanopt
from dlnproof.adapters.pymanopt import DeepLinearNetwork

manifold = DeepLinearNetwork(3, depth=4)
problem = pymanopt.Problem(manifold, cost, euclidean_gradient=gradient)
pymanopt.optimizers.ConjugateGradient().run(problem, initial_point=W0).point
"""

import math
from typing import Any

import numpy as np
from pymanopt.manifolds.manifold import Manifold

from dlnproof.depth import Depth, show_depth
from dlnproof.limits import whole
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.geodesics import geodesic
from dlnproof.numeric.floats.metric import inner_product, operator
from dlnproof.numeric.floats.shooting import log_map
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale


class DeepLinearNetwork(Manifold):  # type: ignore[misc]  # pymanopt ships no types
    """Invertible d x d matrices with the metric g^N, N the depth, infinity included.

    The Riemannian gradient is A_{N,W} of the Euclidean one. The retraction is W + Z, of first
    order: f(W + t Z) = f(W) + t g^N(grad f, Z) + O(t^2). Invertible matrices are open in all
    matrices, so a tangent vector is any matrix, and projection and transport leave it as it is; a
    long step can leave the component of W, where det changes its sign: W is then singular between,
    which no flow of g^N with N >= 2 passes. The exponential map is of :func:`dlnproof.geodesic`,
    the logarithm of :func:`dlnproof.log_map`: of a geodesic that need not be the shortest, so that
    there is no distance here. Raises :class:`~dlnproof.errors.InputError` where W is singular
    (N >= 2).
    """

    def __init__(self, d: int, depth: Depth, *, normalization: Normalization = "mean") -> None:
        self._d = whole("d", d, 1)
        inverse_depth_and_scale(depth, normalization)
        self.depth, self.normalization = depth, normalization
        super().__init__(f"Deep linear network, width {d}, depth {show_depth(depth)}", d * d)

    @property
    def typical_dist(self) -> float:
        """The square root of the dimension: a scale for the radius of trust regions."""
        return math.sqrt(self.dim)

    def inner_product(self, point: Any, tangent_vector_a: Any, tangent_vector_b: Any) -> float:
        """Return g^N(Z1, Z2) at W."""
        found = inner_product(
            tangent_vector_a, tangent_vector_b, point, self.depth, normalization=self.normalization
        )
        return float(found)

    def norm(self, point: Any, tangent_vector: Any) -> float:
        """Return the length of Z at W."""
        return math.sqrt(self.inner_product(point, tangent_vector, tangent_vector))

    def projection(self, point: Any, vector: Any) -> Any:
        """Return the matrix: every one is tangent."""
        return vector

    to_tangent_space = projection
    embedding = projection

    def euclidean_to_riemannian_gradient(self, point: Any, euclidean_gradient: Any) -> Any:
        """Return A_{N,W} of the Euclidean gradient."""
        return operator(euclidean_gradient, point, self.depth, normalization=self.normalization)

    def retraction(self, point: Any, tangent_vector: Any) -> Any:
        """Return W + Z."""
        return point + tangent_vector

    def exp(self, point: Any, tangent_vector: Any) -> Any:
        """Return where the geodesic from W with the velocity Z is at time 1."""
        return geodesic(point, tangent_vector, 1, self.depth, normalization=self.normalization)

    def log(self, point_a: Any, point_b: Any) -> Any:
        """Return the velocity of a geodesic from one matrix that is at the other at time 1."""
        return log_map(point_a, point_b, self.depth, normalization=self.normalization)

    def transport(self, point_a: Any, point_b: Any, tangent_vector_a: Any) -> Any:
        """Return the matrix as a tangent vector at the other point."""
        return tangent_vector_a

    def random_point(self) -> FloatArray:
        """Return a Gaussian matrix, by numpy's global generator as pymanopt's manifolds do."""
        return np.random.standard_normal((self._d, self._d))

    def random_tangent_vector(self, point: Any) -> Any:
        """Return a Gaussian matrix, divided by its length."""
        vector = np.random.standard_normal((self._d, self._d))
        return vector / self.norm(point, vector)

    def zero_vector(self, point: Any) -> Any:
        """Return the matrix of zeros."""
        return np.zeros_like(point)
