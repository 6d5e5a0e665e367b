"""N A_{N,w} of a row w: what a row is multiplied by."""

from dlnproof.referee.geometry import Matrix, both, flow, generic, states, wrong

speed = lambda p: p.s2[0] / p.t2[0]
further = lambda p: (p.N - 1) * speed(p)


@states("single-output", said="d0eba7b2ec5b4de070b9de10ec2cb0fd")
@wrong(
    "exponent",
    gradient=lambda p: p.s2[0] / p.t[0],
    projection=lambda p: (p.N - 1) * p.s2[0] / p.t[0],
)
@wrong("all", projection=lambda p: p.N * speed(p))
@wrong("mean", gradient=lambda p: speed(p) / p.N)
@wrong("plain", projection=lambda p: 0)
def single_output(p, gradient=speed, projection=further):
    """Of one row without symmetry, with one output direction."""
    q, u, v = p.row()
    c = Matrix(generic(p.d).rows[:1])
    stated = gradient(p) * c + projection(p) * (c @ v @ v.T)
    yield from both(-1 * u.T @ flow(q, u @ c), stated)


@states("single-output: discrete-update")
def discrete_update(p):
    """With the norm at the first term alone: two factors."""
    if p.N == 2:
        yield from single_output(p, projection=lambda p: 1)
