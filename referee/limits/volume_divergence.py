"""Powers of epsilon, where the k least singular values vanish like it."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Point, density, gram, jacobian, states, wrong

PRIME = 2**31 - 1  # in place of epsilon^(1/N) -> 0: its power in a rational is exact


def order(n):
    """Return the power of PRIME in n."""
    return 0 if n % PRIME else 1 + order(n // PRIME)


def vanishing(p):
    """Yield k and the powers of the density for ds dU dV, of that for dW, and of the orbit."""
    for k in range(1, p.d + 1):
        q = Point(p.N, [*p.t[: p.d - k], *(PRIME * x for x in p.t[p.d - k :])], p.Q)
        squares = (density(q) * jacobian(q)) ** 2, density(q) ** 2, gram(q.moves(range(1, p.N)))
        yield k, [F(order(x.numerator) - order(x.denominator), 2 * p.N) for x in squares]


of_form = lambda N, k: F(k * (k - N), N)
of_density = lambda N, k: F(-(k**2) * (N - 1), N)
of_orbit = lambda N, k: F(k * (k - 1) * (N - 1), 2 * N)
twice_orbit = lambda N, k: 2 * of_orbit(N, k)


@states("volume-divergence", said="bb262674e5edd65df9695e552c9e83dc")
@wrong("one-at-a-time", form=lambda N, k: F(k * (1 - N), N))
@wrong("doubled-pairs", form=lambda N, k: F(k * (2 * k - 1 - N), N), orbit=twice_orbit)
@wrong("infinite", form=lambda N, k: -k, density=lambda N, k: -(k**2))
@wrong("unrooted-orbit", orbit=twice_orbit)
def volume_divergence(p, form=of_form, density=of_density, orbit=of_orbit):
    """All three."""
    for k, powers in vanishing(p):
        yield from zip(powers, (of(p.N, k) for of in (form, density, orbit)))


@states("volume-divergence: any-singular-value")
def any_singular_value(p):
    """The first, as for one value k times."""
    yield from ((powers[0], k * F(1 - p.N, p.N)) for k, powers in vanishing(p) if p.N > 1)


@states("volume-divergence: orbit-diverges")
def orbit_diverges(p):
    """The last, as if it were negative."""
    yield from ((powers[2], min(powers[2], 0)) for _, powers in vanishing(p) if p.N > 1)
