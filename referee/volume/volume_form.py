"""Theorem 1.1: sqrt(det g^N) with respect to dSigma dU dV."""

from math import prod
from operator import truediv

from dlnproof.referee.geometry import density, jacobian, states, van


def with_van(p, x):
    """Pair the density with N^(d(d-1)/2) det(Sigma^2)^((1-N)/(2N)) van(x)."""
    yield density(p) * jacobian(p), p.N ** len(p.less) * prod(map(truediv, p.t, p.s)) * van(x)


@states("volume-form")
def volume_form(p):
    """With van(Sigma^(2/N))."""
    return with_van(p, p.t2)


@states("volume-form: van-reversed")
def van_reversed(p):
    """With the other sign of each difference."""
    return with_van(p, [-x for x in p.t2])
