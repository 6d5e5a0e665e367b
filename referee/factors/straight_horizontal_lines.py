"""Straight lines W_j + s H_j of factors W_j = R_j P R_{j-1}^T, along lifts of R_N K R_0^T."""

from fractions import Fraction as F

from dlnproof.referee.geometry import adjoint, both, diag, end, generic, one, states, wrong


@states("straight-horizontal-lines", said="ccf46d02e905196f294b9021835b1e71")
@wrong("exchanged", lift=lambda P, K, a, b: end([P] * b, P) @ K @ end([P] * a, P))
@wrong("of-the-direction", defect=lambda M, K: K.T @ K - K @ K.T)
@wrong("opposite-defect", defect=lambda M, K: M @ M.T - M.T @ M)
@wrong("symmetric", square=lambda K: K @ K)
@wrong("transposed", commuted=lambda P, K: P @ K.T)
@wrong("without-power", speed=lambda P, K, N: K)
@wrong("one-power-more", speed=lambda P, K, N: end([P] * N, P) @ K)
@wrong("congruence", last=lambda K: K.T)
def straight_horizontal_lines(
    p,
    lift=lambda P, K, a, b: end([P] * a, P) @ K @ end([P] * b, P),
    defect=lambda M, K: M.T @ M - M @ M.T,
    square=lambda K: K @ K.T,
    commuted=lambda P, K: P @ K,
    speed=lambda P, K, N: end([P] * (N - 1), P) @ K,
    last=lambda K: K,
):
    """A generic K; one that is a multiple of I, or skew, on each space of P; and two factors."""
    Q, N, W, d = p.Q, p.N, p.factors, range(p.d)
    s, I, B = F(1, 3), one(p.U), generic(p.d)
    P, R = Q[0] @ diag(p.t) @ Q[0].T, [M @ Q[0].T for M in Q]
    C = [[(l - i or p.t.index(p.t[i]) + 2) if p.t[i] == p.t[l] else 0 for l in d] for i in d]
    C = Q[0] @ type(P)(C) @ Q[0].T
    ways = lambda K, W, R: adjoint(W, R[-1] @ K @ R[0].T)
    moved = lambda K, W, R: [M + s * H for M, H in zip(W, ways(K, W, R))]
    for j, H in enumerate(ways(B, W, R)):
        yield from both(H, R[j + 1] @ lift(P, B, N - 1 - j, j) @ R[j].T)
    X = moved(B, W, R)
    for j, (M, after) in enumerate(zip(X, X[1:])):
        joint = end([P] * (N - 2 - j), P) @ B @ end([P] * j, P)
        stated = R[j + 1] @ P @ defect(joint, B) @ P @ R[j + 1].T
        yield from both(after.T @ after - M @ M.T, s * s * stated)
    yield from both(C.T @ C, square(C))
    yield from both(C @ P, commuted(P, C))
    yield from both(end(moved(C, W, R), I), R[-1] @ end([P + s * speed(P, C, N)] * N, I) @ R[0].T)
    if N > 1:
        stated = (I + s * B) @ P @ P @ (I + s * last(B))
        yield from both(end(moved(B, W[:2], R[:3]), I), R[2] @ stated @ R[0].T)
