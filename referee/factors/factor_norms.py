"""Norms of balanced factors P_j W_j P_{j-1}^T of rank d, with more rows and columns than that."""

from dlnproof.referee.geometry import columns, norm2, states, wrong


@states("factor-norms", said="3cb8408c2f2d371a4e76261382cd3824")
@wrong("not-squared", value=lambda p, i: p.s[i])
@wrong("mean", share=lambda p, i: p.t2[i])
@wrong("root", share=lambda p, i: p.N * p.t[i])
def factor_norms(p, value=lambda p, i: p.s2[i], share=lambda p, i: p.N * p.t2[i]):
    """Of the product, and of the factors together."""
    P = [columns(p.d + 1 + j % 2, p.d) for j in range(p.N + 1)]
    W = [after @ M @ before.T for before, M, after in zip(P, p.factors, P[1:])]
    whole = P[0] @ P[0].T
    for M in W:
        whole = M @ whole
    yield norm2(whole), sum(value(p, i) for i in range(p.d))
    yield norm2(*W), sum(share(p, i) for i in range(p.d))
