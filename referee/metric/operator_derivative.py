"""The derivative of A(Z), where singular values move and the frames U and V turn."""

from fractions import Fraction as F

from dlnproof.referee.geometry import (
    Matrix,
    dphi,
    factors,
    generic,
    inner,
    kron,
    moved,
    one,
    states,
)


@states("operator-derivative")
def operator_derivative(p):
    """How the frames turn, and how A(Z) moves, in terms of W' and of the eigenvalues."""
    t, Q, s, t2, s2, mu, d = p.t, p.Q, p.s, p.t2, p.s2, p.mu, range(p.d)
    K = Matrix([F((r - c) * (r + c + 1), 3) for c in d] for r in d)
    R = one(K) + K  # V moves by V K, and U by 2 U K; W_j is affine in Lambda, in U and in V
    ways = ([x * x for x in t], Q), (t, [Q[0] @ R, *Q[1:]]), (t, [*Q[:-1], Q[-1] @ (R + K)])
    X = [B + C + D - 3 * W for W, B, C, D in zip(p.factors, *(factors(*way) for way in ways))]
    H, Z, E = inner(p, dphi(p.factors, X)), inner(p, generic(p.d)), kron(p.V, p.U)
    a = lambda i, l: (s[l] * H[i][l] + s[i] * H[l][i]) / (s2[l] - s2[i])
    b = lambda i, l: (s[i] * H[i][l] + s[l] * H[l][i]) / (s2[l] - s2[i])
    apart = lambda i, l: 2 * s[i] / (s2[i] - s2[l]) - F(2, p.N) * t2[i] / s[i] / (t2[i] - t2[l])
    slope = lambda i, l: apart(i, l) if i != l else (1 - F(1, p.N)) / s[i]  # of log lambda_il
    image = E.T @ moved(p, X) @ E @ Matrix([Z[i][l]] for i, l in p.columns)
    for (i, l), entry in zip(p.columns, image.entries if len(set(t)) == p.d else ()):
        yield from ((2 * K.rows[i][l], a(i, l)), (K.rows[i][l], b(i, l))) if i != l else ()
        total = mu(i, l) * (slope(i, l) * H[i][i] + slope(l, i) * H[l][l]) * Z[i][l]
        total -= sum((mu(i, l) - mu(m, l)) * a(i, m) * Z[m][l] for m in d if m != i)
        total += sum((mu(i, l) - mu(i, m)) * b(m, l) * Z[i][m] for m in d if m != l)
        yield entry, total / p.N
