"""Two factors with W_2^T W_2 - W_1 W_1^T = lambda I, of either sign, at singular vectors of W."""

from dlnproof.referee.geometry import (
    adjoint,
    both,
    diag,
    dphi,
    generic,
    root,
    spread,
    states,
    wrong,
)

raised = lambda x, s, r: (r + x) / 2  # r is the root of lambda^2 + 4 sigma^2
lowered = lambda x, s, r: (r - x) / 2


@states("lambda-balanced", said="d0e5fad7251b03dab6d326520929f7b1", scope="N = 2, both signs")
@wrong("exchanged", last=lowered)
@wrong("balanced", last=lambda x, s, r: s)
@wrong("whole", last=lambda x, s, r: r / 2 + x)
@wrong("of-the-last", first=raised)
@wrong("doubled", speed=lambda r, q: r + q)
def lambda_balanced(p, last=raised, first=lowered, speed=lambda r, q: (r + q) / 2):
    """W_2 W_2^T, W_1^T W_1, and the velocity of W_2 W_1."""
    for W, x, s in spread(p):
        at = [(x, u, root(x * x + 4 * u * u)) for u in s]
        yield from both(p.U.T @ W[1] @ W[1].T @ p.U, diag([last(*y) for y in at]))
        yield from both(p.V.T @ W[0].T @ W[0] @ p.V, diag([first(*y) for y in at]))
        ways = generic(p.d), dphi(W, adjoint(W, generic(p.d)))
        along, moves = ((p.U.T @ M @ p.V).rows for M in ways)
        yield from ((moves[i][l], speed(at[i][2], at[l][2]) * along[i][l]) for i, l in p.columns)
