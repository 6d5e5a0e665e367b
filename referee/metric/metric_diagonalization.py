"""The metric: g^N = K D K^T with K = V kron U, so that K^T A K = D^-1; det g^N."""

from math import prod

from dlnproof.referee.geometry import A, both, diag, framed, states, wrong


@states("metric-diagonalization", said="2284ba159c3874d7bc0169b16b3e244f")
@wrong("not-inverted", entry=lambda p, i, l: p.mu(i, l) / p.N)
@wrong("unordered-pairs", all_of=lambda p: [(i, l) for i, l in p.columns if i <= l])
@wrong("sum-normalisation", entry=lambda p, i, l: 1 / p.mu(i, l))
@wrong("diagonal-only", all_of=lambda p: [(i, i) for i in range(p.d)])
def metric_diagonalization(p, entry=lambda p, i, l: p.N / p.mu(i, l), all_of=lambda p: p.columns):
    """D has the entries 1 / lambda_il."""
    yield from both(framed(p), diag([1 / entry(p, i, l) for i, l in p.columns]))
    yield 1 / A(p).det(), prod(entry(p, i, l) for i, l in all_of(p))
