"""How fast |W - Y|^2 / 2 falls along the flow of W, where W - Y is u_i v_i^T, and elsewhere."""

from dlnproof.referee.geometry import F, flow, generic, norm2, states, unit, wrong


@states("deficiency-margin", said="0d00a5ea432371c81bf1e90b20bb5a0c")
@wrong("exponent", least=lambda p, i: p.N * p.s2[i] / p.t[i])
@wrong("mean", least=lambda p, i: p.s2[i] / p.t2[i])
@wrong("roots", least=lambda p, i: p.N * p.t2[i])
@wrong("squared", least=lambda p, i: p.N * p.s2[i])
@wrong("of-the-distance", scale=lambda p: p.N)
@wrong("mean-rate", scale=lambda p: 2)
@wrong("rate-of-roots", weight=lambda p: F(2, p.N))
@wrong("rate-exponent", weight=lambda p: 2 - F(1, p.N))
def deficiency_margin(
    p,
    least=lambda p, i: p.N * p.s2[i] / p.t2[i],
    scale=lambda p: 2 * p.N,
    weight=lambda p: 2 - F(2, p.N),
):
    """By |W - Y|^2, and by itself; never slower than at the last pair."""
    falls = lambda Z: -sum((Z.T @ flow(p, Z)).rows[k][k] for k in range(p.d))
    pairs = [p.U @ unit(p.d, i, i) @ p.V.T for i in range(p.d)]
    for i, Z in enumerate(pairs):
        yield falls(Z), least(p, i)
        yield falls(F(3) * Z) / (norm2(F(3) * Z) / 2), scale(p) * p.t[i] ** int(p.N * weight(p))
    for Z in (generic(p.d), p.U):
        yield falls(Z), max(falls(Z), norm2(Z) * falls(pairs[-1]))
