"""How the entropy grows with the determinant, and that with each entry."""

from dlnproof.referee.geometry import (
    F,
    diag,
    entropy_slope,
    gram,
    mul,
    place,
    prod,
    states,
    unit,
    wrong,
)


@states("no-free-energy-minimiser", said="9f3d1980b4699f21b2e3a78af9e8fb97")
@wrong("unhalved", rate=lambda p: 2 * place(p))
@wrong("all-indices", rate=lambda p: F(p.d * (p.N - 1), 2 * p.N))
@wrong("all-frames", rate=lambda p: F(p.d - 1, 2))
@wrong("bounded", rate=lambda p: 0)
@wrong("other-sign", slope=lambda x: 1 - x)
@wrong("squared", slope=lambda x: (1 + x) ** 2)
@wrong("linear", slope=lambda x: x)
def no_free_energy_minimiser(p, rate=place, slope=lambda x: 1 + x):
    """Where all values grow; where an entry moves by 2; and against equal values, by the volume."""
    yield sum(map(mul, p.s, (entropy_slope(p, i) for i in range(p.d)))) / p.d, rate(p)
    inverse = (p.V @ diag([1 / s for s in p.s]) @ p.U.T).rows
    for i, l in p.columns:
        moved = p.W + 2 * unit(p.d, i, l)
        yield moved.det(), p.W.det() * slope(2 * inverse[l][i])
    pairs, depth = len(p.less), p.N - 1
    more = gram(p.moves(range(1, p.N))) / 2 ** (depth * pairs)
    more -= p.N**pairs * prod(p.t) ** (depth * (p.d - 1))
    yield more, abs(more)
