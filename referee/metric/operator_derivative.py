"""The derivative of A(Z), where singular values move and the frames U and V turn."""

from fractions import Fraction as F

from dlnproof.referee.geometry import (
    Matrix,
    by_root,
    by_value,
    dphi,
    factors,
    generic,
    inner,
    kron,
    moved,
    one,
    states,
    wrong,
)

turns = lambda p, i, l: p.s[l] / (p.s2[l] - p.s2[i])  # U with u_i^T W' v_l, V with u_l^T W' v_i
crosses = lambda p, i, l: p.s[i] / (p.s2[l] - p.s2[i])  # U with u_l^T W' v_i, V with u_i^T W' v_l
# the derivative of log lambda_il by s_i, by s_l, and by both where i = l
climbs = lambda p, i, l: 2 * by_value(p, i, l) - 2 * by_root(p, i, l)
follows = lambda p, i, l: climbs(p, l, i)
doubles = lambda p, i: 2 * (1 - F(1, p.N)) / p.s[i]


@states("operator-derivative", said="547b046918a91d5719257e76ab1430b1")
@wrong("frames-at-rest", turn=lambda *x: 0, crossed=lambda *x: 0)
@wrong("eigenvalues-at-rest", first=lambda *x: 0, second=lambda *x: 0, own=lambda *x: 0)
@wrong("exchanged", turn=crosses, crossed=turns)
@wrong("turned-back", turn=lambda *x: -turns(*x), crossed=lambda *x: -crosses(*x))
@wrong("one-sign", second=lambda *x: -follows(*x))
@wrong("one-value", own=lambda *x: doubles(*x) / 2)
@wrong("squares-alone", first=lambda *x: 2 * by_value(*x))
def operator_derivative(p, turn=turns, crossed=crosses, first=climbs, second=follows, own=doubles):
    """How the frames turn, and how A(Z) moves, in terms of W' and of the eigenvalues."""
    t, Q, mu, d = p.t, p.Q, p.mu, range(p.d)
    K = Matrix([F((r - c) * (r + c + 1), 3) for c in d] for r in d)
    R = one(K) + K  # V moves by V K, and U by 2 U K; W_j is affine in Lambda, in U and in V
    ways = (
        ([(k + 2) * x for k, x in enumerate(t)], Q),
        (t, [Q[0] @ R, *Q[1:]]),
        (t, [*Q[:-1], Q[-1] @ (R + K)]),
    )
    X = [B + C + D - 3 * W for W, B, C, D in zip(p.factors, *(factors(*way) for way in ways))]
    H, Z, E = inner(p, dphi(p.factors, X)), inner(p, generic(p.d)), kron(p.V, p.U)
    a = lambda i, l: turn(p, i, l) * H[i][l] + crossed(p, i, l) * H[l][i]  # U^T U'
    b = lambda i, l: crossed(p, i, l) * H[i][l] + turn(p, i, l) * H[l][i]  # V^T V'
    apart = lambda i, l: first(p, i, l) * H[i][i] + second(p, i, l) * H[l][l]
    slope = lambda i, l: apart(i, l) if i != l else own(p, i) * H[i][i]  # of log lambda_il
    image = E.T @ moved(p, X) @ E @ Matrix([Z[i][l]] for i, l in p.columns)
    for (i, l), entry in zip(p.columns, image.entries if len(set(t)) == p.d else ()):
        yield from ((2 * K.rows[i][l], a(i, l)), (K.rows[i][l], b(i, l))) if i != l else ()
        total = mu(i, l) * slope(i, l) * Z[i][l]
        total -= sum((mu(i, l) - mu(m, l)) * a(i, m) * Z[m][l] for m in d if m != i)
        total += sum((mu(i, l) - mu(i, m)) * b(m, l) * Z[i][m] for m in d if m != l)
        yield entry, total / p.N
