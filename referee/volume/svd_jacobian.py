"""The Jacobian of W = U Sigma V^T."""

from dlnproof.referee.geometry import jacobian, states, van


@states("svd-jacobian")
def svd_jacobian(p):
    """Its absolute value."""
    yield jacobian(p), van(p.s2)
