"""Balancedness: 0 = d/dt (W_{j+1}^T W_{j+1} - W_j W_j^T), of factors that are not balanced."""

from fractions import Fraction as F

from dlnproof.referee.geometry import adjoint, both, end, generic, states, wrong


def drift(p, of):
    """Pair zero with the change of what is quadratic in a = W_j and b = W_{j+1}: a difference."""
    W = tuple(1 / p.t[0] * M + F(1, 2 + j) * generic(p.d) for j, M in enumerate(p.factors))
    X = adjoint(W, generic(p.d) - end(W, p.U))
    for a, da, b, db in zip(W, X, W[1:], X[1:]):
        yield from both(0 * a, F(1, 2) * (of(b + db, a + da) - of(b - db, a - da)))


@states("balancedness", said="ecf00dcc290ece5956256e49debbb26b")
@wrong("transposed-next", of=lambda b, a: b @ b.T - a @ a.T)
@wrong("sum", of=lambda b, a: b.T @ b + a @ a.T)
@wrong("exchanged", of=lambda b, a: a.T @ a - b @ b.T)
@wrong("doubled", of=lambda b, a: b.T @ b - 2 * a @ a.T)
def balancedness(p, of=lambda b, a: b.T @ b - a @ a.T):
    """As stated."""
    return drift(p, of)


@states("balancedness: transposed")
def transposed(p):
    """W_j^T W_j in place of W_j W_j^T."""
    return drift(p, lambda b, a: b.T @ b - a.T @ a)
