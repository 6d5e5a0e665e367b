"""Where the free energy of singular values is stationary: the slopes of the entropy."""

from dlnproof.referee.geometry import F, adds, adds_too, entropy_slope, place, states, wrong


@states("free-energy-equilibria", said="67d54f4f0d60bafb533061860a9fd673")
@wrong(
    "unhalved",
    first=lambda p: 2 * adds(p, 0, 1),
    second=lambda p: 2 * adds_too(p, 0, 1),
    rest=lambda p: 2 * place(p),
)
@wrong(
    "other-sign",
    first=lambda p: -adds(p, 0, 1),
    second=lambda p: -adds_too(p, 0, 1),
    rest=lambda p: -place(p),
)
@wrong("exchanged", first=lambda p: adds_too(p, 0, 1), second=lambda p: adds(p, 0, 1))
@wrong("all-indices", rest=lambda p: F(p.d * (p.N - 1), 2 * p.N))
@wrong("all-frames", rest=lambda p: F(p.d - 1, 2))
def free_energy_equilibria(
    p, first=lambda p: adds(p, 0, 1), second=lambda p: adds_too(p, 0, 1), rest=place
):
    """Of equal values, times the value; of two others, and that of e(x) = x^2 / 2 without them."""
    if len(set(p.t)) == 1:
        yield p.s[0] * entropy_slope(p, 0), rest(p)
        return
    x, y = (entropy_slope(p, i) for i in (0, 1))
    yield from ((x, first(p)), (y, second(p)))
    for heat in (1, 10) if p.N > 1 else ():
        more = p.s[0] - heat * x - (p.s[1] - heat * y)
        yield more, abs(more)
