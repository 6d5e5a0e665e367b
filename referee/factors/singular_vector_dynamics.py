"""How singular values and vectors move along the flow of W, for the gradient of |W - B|^2 / 2."""

from dlnproof.referee.geometry import F, Matrix, diag, flow, generic, inner, states, wrong

fast = lambda p, i: p.N * p.s2[i] / p.t2[i]
held = lambda p, i, l: p.s[l] / (p.t2[i] - p.t2[l])  # U with u_i^T G v_l, V with u_l^T G v_i
drawn = lambda p, i, l: p.s[i] / (p.t2[i] - p.t2[l])  # U with u_l^T G v_i, V with u_i^T G v_l


@states("singular-vector-dynamics", said="1fa0b0b3110db1025982778a34f35197")
@wrong("exponent", speed=lambda p, i: p.N * p.s2[i] / p.t[i])
@wrong("exchanged", own=drawn, other=held)
@wrong("turned-back", own=lambda *x: -held(*x), other=lambda *x: -drawn(*x))
@wrong(
    "squares",
    own=lambda p, i, l: p.s[l] / (p.s2[i] - p.s2[l]),
    other=lambda p, i, l: p.s[i] / (p.s2[i] - p.s2[l]),
)
@wrong("all-factors", excess=lambda p: p.N)
@wrong("mean", own=lambda p, i, l: p.N * held(p, i, l))
def singular_vector_dynamics(p, speed=fast, own=held, other=drawn, excess=lambda p: p.N - 2):
    """The velocity of W is U (a S + S' - S b) V^T, with the skew a and b, and S', as stated."""
    G, d = p.W - generic(p.d), range(p.d)
    if len(set(p.t)) < p.d:
        return
    g, S = inner(p, G), diag(p.s)
    turn = lambda x, y: Matrix(
        [x(p, i, l) * g[i][l] + y(p, i, l) * g[l][i] if i != l else 0 for l in d] for i in d
    )
    a, b, moves = turn(own, other), turn(other, own), diag([-speed(p, i) * g[i][i] for i in d])
    for i in d:
        slope = (F(2, p.N) - 1) * p.t2[i] / p.s2[i]  # of s^(2/N - 1)
        yield slope * inner(p, flow(p, G))[i][i], excess(p) * g[i][i]
    yield from zip((0 * a).entries, (a + a.T).entries)
    yield from zip((p.U.T @ flow(p, G) @ p.V).entries, (a @ S + moves - S @ b).entries)
