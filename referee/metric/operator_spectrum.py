"""The operator's spectrum: A u_i v_l^T = lambda_il u_i v_l^T, and so A = A^T > 0."""

from dlnproof.referee.geometry import both, diag, framed, states, wrong


@states("operator-spectrum", said="c44758a2dd20cc414c5c1aecf26dfa0e")
@wrong("sum-normalisation", value=lambda p, i, l: p.mu(i, l))
@wrong("shifted-index", value=lambda p, i, l: p.mu(i, l) / p.N * p.t2[l])
@wrong("unsquared", value=lambda p, i, l: p.mu(i, l, 1) / p.N)
@wrong(
    "unsquared-root",
    value=lambda p, i, l: p.mu(i, l) / p.N * (p.t[i] + p.t[l] if p.t[i] - p.t[l] else 1),
)
@wrong("coincident-limit", value=lambda p, i, l: p.mu(i, l) / p.N if p.t[i] - p.t[l] else p.s2[i])
def operator_spectrum(p, value=lambda p, i, l: p.mu(i, l) / p.N):
    """A in the basis u_i v_l^T."""
    yield from both(framed(p), diag([value(p, i, l) for i, l in p.columns]))
