"""The trace of A over all matrices is the sum of its eigenvalues."""

from dlnproof.referee.geometry import A, states, wrong


@states("operator-trace", said="0ceada646c24d47647ee3a2434b6b1d7")
@wrong("once", pair=lambda p, i, l: p.mu(i, l) / p.N)
@wrong("sum-normalisation", value=lambda p, i: p.mu(i, i), pair=lambda p, i, l: 2 * p.mu(i, l))
@wrong("inverse", value=lambda p, i: p.N / p.mu(i, i), pair=lambda p, i, l: 2 * p.N / p.mu(i, l))
def operator_trace(
    p, value=lambda p, i: p.mu(i, i) / p.N, pair=lambda p, i, l: 2 * p.mu(i, l) / p.N
):
    """By indices and by pairs."""
    stated = sum(value(p, i) for i in range(p.d)) + sum(pair(p, i, l) for i, l in p.less)
    yield sum(A(p).rows[k][k] for k in range(p.d**2)), stated
