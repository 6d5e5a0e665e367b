"""The Jacobian of W = U Sigma V^T."""

from math import prod

from dlnproof.referee.geometry import jacobian, states, van, wrong


@states("svd-jacobian", said="af944827f03a5c2ea76292e30b3d73c8")
@wrong("unsquared", form=lambda p: van(p.s))
@wrong("squared", form=lambda p: van(p.s2) ** 2)
@wrong("sum-of-squares", form=lambda p: prod(p.s2[i] + p.s2[l] for i, l in p.less))
@wrong("rectangular", form=lambda p: prod(p.s) * van(p.s2))
def svd_jacobian(p, form=lambda p: van(p.s2)):
    """Its absolute value."""
    yield jacobian(p), form(p)
