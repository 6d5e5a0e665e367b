"""The metric: g^N = K D K^T with K = V kron U, so that K^T A K D = 1; det g^N."""

from math import prod

from dlnproof.referee.geometry import A, both, diag, framed, one, states


@states("metric-diagonalization")
def metric_diagonalization(p):
    """D has the entries 1 / lambda_il."""
    D = [p.N / p.mu(i, l) for i, l in p.columns]
    yield from both(framed(p) @ diag(D), one(framed(p)))
    yield 1 / A(p).det(), prod(D)
