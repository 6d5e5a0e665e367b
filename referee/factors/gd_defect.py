"""Balancedness after a step of gradient descent: the change has the square of the step alone."""

from fractions import Fraction as F

from dlnproof.referee.geometry import adjoint, both, end, generic, states, wrong


@states("gd-defect", said="0b0efd61e52bcc1005fd7feda6bd056d")
@wrong("first-term", drift=lambda b, a: b.T @ b)
@wrong("sum", drift=lambda b, a: b.T @ b + a @ a.T)
@wrong("transposed", drift=lambda b, a: b @ b.T - a @ a.T)
@wrong("doubled", drift=lambda b, a: 2 * (b.T @ b - a @ a.T))
def gd_defect(p, drift=lambda b, a: b.T @ b - a @ a.T):
    """Of factors that are not balanced, for the loss |W - B|^2 / 2, and two steps."""
    W = tuple(1 / p.t[0] * M + F(1, 2 + j) * generic(p.d) for j, M in enumerate(p.factors))
    V = adjoint(W, generic(p.d) - end(W, p.U))
    for step in (F(1, 7), F(2, 5)):
        moved = [M + step * X for M, X in zip(W, V)]
        for k in range(p.N - 1):
            old, new = (x[k + 1].T @ x[k + 1] - x[k] @ x[k].T for x in (W, moved))
            yield from both(new - old, step**2 * drift(V[k + 1], V[k]))
