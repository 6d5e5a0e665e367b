"""How far the Jacobian of the flow of a row is from symmetric; two factors."""

from fractions import Fraction as F
from functools import reduce
from operator import add

from dlnproof.referee.geometry import Matrix, both, changes, flow, generic, states, wrong

bend = lambda p: F((p.N - 1) * (2 - p.N), p.N) / p.t2[0]


@states("not-a-gradient", said="f36b970d99906cd8a282c801faa99050")
@wrong("squared", curl=lambda p: F((p.N - 1) ** 2, p.N) / p.t2[0])
@wrong("always", curl=lambda p: 0)
@wrong("exponent", curl=lambda p: bend(p) * p.t[0])
@wrong("turned", curl=lambda p: -bend(p))
def not_a_gradient(p, curl=bend):
    """Balanced factors of w + x Z, Z a row of the identity: all but the first are multiplied."""
    q, u, v = p.row()
    W, c, w, rows = q.factors, Matrix(generic(p.d).rows[:1]), p.s[0] * v.T, []
    for k, x in enumerate(w.entries):
        rate, Z = x / (p.N * p.s2[0]), Matrix([[int(i == k) for i in range(p.d)]])
        first = F(1) / p.s[0] * W[0] @ v @ (Z - (p.N - 1) * rate * w)
        X = (first, *(rate * M for M in W[1:]))
        rows.append(
            reduce(add, (dS @ u @ c @ T + S @ u @ c @ dT for S, dS, T, dT in changes(W, X)))
        )
    J = Matrix((u.T @ M).entries for M in rows)
    yield from both(J.T - J, curl(p) * (c.T @ w - w.T @ c))
    if p.N == 2:  # the gradient of |w| <c, w>
        yield from both(-1 * u.T @ flow(q, u @ c), p.s[0] * c + c @ v @ w)
