"""The geometry of the deep linear network as a manifold of geoopt, for its optimisers in torch.

import geoopt
from dlnproof.adapters.geoopt import DeepLinearNetwork

W = geoopt.ManifoldParameter(W0, manifold=DeepLinearNetwork(depth=4))
optimizer = geoopt.optim.RiemannianSGD([W], lr=1e-2)
"""

from typing import Any

import torch
from geoopt.manifolds.base import Manifold

from dlnproof.depth import Depth
from dlnproof.numeric.floats.geodesics import geodesic
from dlnproof.numeric.floats.metric import inner_product, operator
from dlnproof.numeric.floats.shooting import log_map
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale


class DeepLinearNetwork(Manifold):  # type: ignore[misc]  # geoopt ships no types
    """Invertible square matrices (..., d, d) with the metric g^N, N the depth, infinity included.

    The Riemannian gradient is A_{N,W} of the Euclidean one, the retraction W + Z, of first order;
    every matrix is tangent. What is said of :class:`dlnproof.adapters.pymanopt.DeepLinearNetwork`
    holds of this one: a long step can pass det W = 0, and exponential map and logarithm have no
    derivatives. Tensors keep dtype and device.
    """

    name = "Deep linear network"
    ndim = 2
    reversible = False

    def __init__(self, depth: Depth, *, normalization: Normalization = "mean") -> None:
        super().__init__()
        inverse_depth_and_scale(depth, normalization)
        self.depth, self.normalization = depth, normalization

    def inner(self, x: Any, u: Any, v: Any = None, *, keepdim: bool = False) -> Any:
        """Return g^N(u, v) at x, v = u if it is not given."""
        v = u if v is None else v
        found = inner_product(u, v, x, self.depth, normalization=self.normalization)
        return found[..., None, None] if keepdim else found

    def egrad2rgrad(self, x: Any, u: Any) -> Any:
        """Return A_{N,W} of the Euclidean gradient."""
        return operator(u, x, self.depth, normalization=self.normalization)

    def retr(self, x: Any, u: Any) -> Any:
        """Return x + u."""
        return x + u

    def expmap(self, x: Any, u: Any) -> Any:
        """Return where the geodesic from x with the velocity u is at time 1."""
        return geodesic(x, u, 1, self.depth, normalization=self.normalization)

    def logmap(self, x: Any, y: Any) -> Any:
        """Return the velocity of a geodesic from x to y, in time 1; NaN for none in a batch."""
        found = log_map(x, y, self.depth, normalization=self.normalization)
        return found[0] if isinstance(found, tuple) else found

    def transp(self, x: Any, y: Any, v: Any) -> Any:
        """Return v as a tangent vector at the other point."""
        return torch.broadcast_to(v, torch.broadcast_shapes(y.shape, v.shape))

    def proju(self, x: Any, u: Any) -> Any:
        """Return the matrix: every one is tangent."""
        return u

    def projx(self, x: Any) -> Any:
        """Return the matrix: a singular one has no nearest invertible one."""
        return x

    def random(self, *size: int, **options: Any) -> Any:
        """Return Gaussian matrices of this size."""
        return torch.randn(*size, **options)

    def _check_point_on_manifold(
        self, x: Any, *, atol: float = 1e-5, rtol: float = 1e-5
    ) -> tuple[bool, str | None]:
        square = x.shape[-1] == x.shape[-2]
        if not square or not bool((torch.linalg.matrix_rank(x) == x.shape[-1]).all()):
            return False, "expected invertible square matrices"
        return True, None

    def _check_vector_on_tangent(
        self, x: Any, u: Any, *, ok_point: bool = True, atol: float = 1e-5, rtol: float = 1e-5
    ) -> tuple[bool, str | None]:
        if x.shape[-2:] != u.shape[-2:]:
            return False, "expected matrices of the same width"
        return True, None
