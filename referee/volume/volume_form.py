"""Theorem 1.1: sqrt(det g^N) with respect to dSigma dU dV."""

from math import prod

from dlnproof.referee.geometry import density, jacobian, states, van, wrong


def volume(p, x, n=1, k=1):
    """Return N^(n d(d-1)/2) det(Sigma^2)^(k (1-N)/(2N)) van(x)."""
    return p.N ** (n * len(p.less)) * (prod(p.t) / prod(p.s)) ** k * van(x)


@states("volume-form", said="f7f020d7e9f7716a2b81d6a435498f0f")
@wrong("ordered-pairs", form=lambda p: volume(p, p.t2, n=2))
@wrong("sum-normalisation", form=lambda p: volume(p, p.t2, n=0))
@wrong("inverted-determinant", form=lambda p: volume(p, p.t2, k=-1))
@wrong("dropped-root", form=lambda p: volume(p, p.t2, k=2))
@wrong("unsquared-root", form=lambda p: volume(p, p.t))
@wrong("jacobian-only", form=lambda p: volume(p, p.s2))
def volume_form(p, form=lambda p: volume(p, p.t2)):
    """With van(Sigma^(2/N))."""
    yield density(p) * jacobian(p), form(p)


@states("volume-form: van-reversed")
def van_reversed(p):
    """With the other sign of each difference."""
    return volume_form(p, lambda p: volume(p, [-x for x in p.t2]))
