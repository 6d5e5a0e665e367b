"""The operator's spectrum: A u_i v_l^T = lambda_il u_i v_l^T, and so A = A^T > 0."""

from dlnproof.referee.geometry import both, diag, framed, states


@states("operator-spectrum")
def operator_spectrum(p):
    """A in the basis u_i v_l^T."""
    yield from both(framed(p), diag([p.mu(i, l) / p.N for i, l in p.columns]))
