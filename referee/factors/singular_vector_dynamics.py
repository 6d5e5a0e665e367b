"""How singular values and vectors move along the flow of W, for the gradient of |W - B|^2 / 2."""

from dlnproof.referee.geometry import Matrix, diag, flow, generic, inner, states, wrong

fast = lambda p, i: p.N * p.s2[i] / p.t2[i]
held = lambda p, i, l: p.s[l] / (p.t2[i] - p.t2[l])  # U with u_i^T G v_l, V with u_l^T G v_i
drawn = lambda p, i, l: p.s[i] / (p.t2[i] - p.t2[l])  # U with u_l^T G v_i, V with u_i^T G v_l


@states("singular-vector-dynamics", said="d455273f2800c5e003271ec9e8f6ff5f")
@wrong("exponent", speed=lambda p, i: p.N * p.s2[i] / p.t[i])
@wrong("exchanged", own=drawn, other=held)
@wrong("turned-back", own=lambda *x: -held(*x), other=lambda *x: -drawn(*x))
@wrong(
    "squares",
    own=lambda p, i, l: p.s[l] / (p.s2[i] - p.s2[l]),
    other=lambda p, i, l: p.s[i] / (p.s2[i] - p.s2[l]),
)
@wrong("mean", own=lambda p, i, l: p.N * held(p, i, l))
def singular_vector_dynamics(p, speed=fast, own=held, other=drawn):
    """The velocity of W is U (a S + S' - S b) V^T, with the skew a and b, and S', as stated."""
    G, d = p.W - generic(p.d), range(p.d)
    if len(set(p.t)) < p.d:
        return
    g, S = inner(p, G), diag(p.s)
    turn = lambda x, y: Matrix(
        [x(p, i, l) * g[i][l] + y(p, i, l) * g[l][i] if i != l else 0 for l in d] for i in d
    )
    a, b, moves = turn(own, other), turn(other, own), diag([-speed(p, i) * g[i][i] for i in d])
    yield from zip((0 * a).entries, (a + a.T).entries)
    yield from zip((p.U.T @ flow(p, G) @ p.V).entries, (a @ S + moves - S @ b).entries)
