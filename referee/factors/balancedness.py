"""Balancedness: 0 = d/dt (W_{j+1}^T W_{j+1} - W_j W_j^T), of factors that are not balanced."""

from fractions import Fraction as F

from dlnproof.referee.geometry import adjoint, both, diag, end, generic, states


def drift(p, this):
    """Pair zero with the change of W_{j+1}^T W_{j+1} less that of the other term."""
    W = tuple(1 / p.t[0] * M + F(1, 2 + j) * generic(p.d) for j, M in enumerate(p.factors))
    X = adjoint(W, generic(p.d) - end(W, p.U))
    for M, dM, after, dafter in zip(W, X, W[1:], X[1:]):
        change = dafter.T @ after + after.T @ dafter
        yield from both(diag([0] * p.d), change - this(M, dM))


@states("balancedness")
def balancedness(p):
    """W_j W_j^T."""
    return drift(p, lambda M, dM: dM @ M.T + M @ dM.T)


@states("balancedness: transposed")
def transposed(p):
    """W_j^T W_j."""
    return drift(p, lambda M, dM: dM.T @ M + M.T @ dM)
