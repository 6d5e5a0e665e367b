"""Balanced factors as V_j P V_{j-1}^T, with P^2 = W_1^T W_1 and V_j = W_j ... W_1 P^(-j)."""

from fractions import Fraction as F

from dlnproof.referee.geometry import both, diag, end, generic, one, states, unit, wrong

factored = lambda V, P, last, own: V @ P @ last.T  # own: (W_j^T W_j)^(1/2)
ending = lambda V, power: V @ power
shared = lambda R, S: R @ S @ R.T


@states("balanced-polar-tower", said="8192cc7b033714b80f073117f3b2bb98")
@wrong("untransposed", factor=lambda V, P, last, own: V @ P @ last)
@wrong("own-polar-factor", factor=lambda V, P, last, own: V @ own @ last.T)
@wrong("one-frame", factor=lambda V, P, last, own: V @ P @ V.T)
@wrong("both-ends", product=lambda V, power: power)
@wrong("turned-back", polar=lambda R, S: R.T @ S @ R)
def balanced_polar_tower(p, factor=factored, product=ending, polar=shared):
    """The frames and the factors; and another tower, which balances."""
    W, Q, S, I = p.factors, p.Q, generic(p.d), one(p.U)
    P, E = (Q[0] @ diag(x) @ Q[0].T for x in (p.t, [1 / t for t in p.t]))
    V = [end(W[:j], I) @ end([E] * j, I) for j in range(p.N + 1)]
    O = I
    for i, l in p.less[:1]:  # another choice of frames: all turn in a plane, by (119, 120, 169)
        flips, turn = unit(p.d, i, i) + unit(p.d, l, l), unit(p.d, i, l) - unit(p.d, l, i)
        O += F(-50, 169) * flips + F(120, 169) * turn
    first = polar(Q[0] @ O, O.T @ diag(p.t) @ O)
    yield from both(W[0].T @ W[0], first @ first)
    yield from (pair for M in V for pair in both(M.T @ M, I))
    for j, M in enumerate(W):
        yield from both(M, factor(V[j + 1], P, V[j], Q[j] @ diag(p.t) @ Q[j].T))
    yield from both(p.W, product(V[-1], end([P] * p.N, I)))
    X = [after @ (S + S.T) @ before.T for before, after in zip(Q, Q[1:])]
    yield from (pair for A, B in zip(X, X[1:]) for pair in both(B.T @ B, A @ A.T))
    yield from both(end(X, I), Q[-1] @ end([S + S.T] * p.N, I) @ Q[0].T)
