"""The derivative of A(Z), where singular values move and the frames U and V turn."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, diag, dphi, generic, inner, kron, moved, states


def skew(d, q):
    """Return a skew matrix, without a 0 beside the diagonal."""
    return Matrix([F((r - c) * (r + c + 1), q) for c in range(d)] for r in range(d))


def path(p, left, right):
    """Return how the factors move: t_i by (i + 1) t_i, U by U a, and V by V b."""
    L, dL, Q = diag(p.t), diag([(i + 1) * t for i, t in enumerate(p.t)]), p.Q
    dQ = [Q[0] @ right, *(0 * M for M in Q[1:-1]), Q[-1] @ left]
    return [
        dQ[j] @ L @ Q[j - 1].T + Q[j] @ (dL @ Q[j - 1].T + L @ dQ[j - 1].T)
        for j in range(1, p.N + 1)
    ]


def log_slope(p, i, l):
    """Return the derivative of log lambda_il in s_i; for i = l in both of them."""
    if i == l:
        return (2 - F(2, p.N)) / p.s[i]
    return 2 * p.s[i] / (p.s2[i] - p.s2[l]) - F(2, p.N) * p.t2[i] / p.s[i] / (p.t2[i] - p.t2[l])


@states("operator-derivative")
def operator_derivative(p):
    """How the frames turn, and how A(Z) moves, in terms of W' and of the eigenvalues."""
    if len(set(p.t)) < p.d:
        return
    left, right = skew(p.d, 3), skew(p.d, 2)
    X, E, d = path(p, left, right), kron(p.V, p.U), range(p.d)
    H, Z = inner(p, dphi(p.factors, X)), inner(p, generic(p.d))
    a, b = [[0] * p.d for _ in d], [[0] * p.d for _ in d]
    for i, l in ((i, l) for i in d for l in d if i != l):
        gap = p.s2[l] - p.s2[i]
        a[i][l] = (p.s[l] * H[i][l] + p.s[i] * H[l][i]) / gap
        b[i][l] = (p.s[i] * H[i][l] + p.s[l] * H[l][i]) / gap
        yield from ((left.rows[i][l], a[i][l]), (right.rows[i][l], b[i][l]))
    image = E.T @ moved(p, X) @ E @ Matrix([Z[i][l]] for i, l in p.columns)
    for (i, l), entry in zip(p.columns, image.entries):
        own = p.mu(i, l)
        rate = log_slope(p, i, l) * H[i][i] + (log_slope(p, l, i) * H[l][l] if i != l else 0)
        total = own * rate * Z[i][l]
        total += sum((own - p.mu(i, m)) * Z[i][m] * b[m][l] for m in d)
        total -= sum((own - p.mu(m, l)) * a[i][m] * Z[m][l] for m in d)
        yield entry, total / p.N
