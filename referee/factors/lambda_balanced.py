"""Two factors with W_2^T W_2 - W_1 W_1^T = lambda I, of either sign, at singular vectors of W."""

from dlnproof.referee.geometry import (
    adjoint,
    both,
    diag,
    dphi,
    generic,
    one,
    root,
    spread,
    states,
    wrong,
)


@states(
    "lambda-balanced", said="716e090f8092c29e33f53dd0b3488ebb", scope="N = 2; lambda of both signs"
)
@wrong("exchanged", last=lambda x, s, r: (r - x) / 2)
@wrong("balanced", last=lambda x, s, r: s)
@wrong("whole", last=lambda x, s, r: r / 2 + x)
@wrong("of-the-last", first=lambda x, s, r: (r + x) / 2)
@wrong("doubled", speed=lambda r, q: r + q)
@wrong("multiplied", speed=lambda r, q: r * q)
@wrong("squared", speed=lambda r, q: (r * r + q * q) / 2)
def lambda_balanced(
    p,
    last=lambda x, s, r: (r + x) / 2,
    first=lambda x, s, r: (r - x) / 2,
    speed=lambda r, q: (r + q) / 2,
):
    """W_2 W_2^T, W_1^T W_1, and the velocity of W_2 W_1; r is the root of lambda^2 + 4 sigma^2."""
    G = generic(p.d)
    for W, x, s in spread(p):
        r = [root(x * x + 4 * u * u) for u in s]
        here = list(zip([x] * p.d, s, r))
        yield from both(W[1].T @ W[1] - W[0] @ W[0].T, x * one(G))
        yield from both(p.U.T @ W[1] @ W[1].T @ p.U, diag([last(*y) for y in here]))
        yield from both(p.V.T @ W[0].T @ W[0] @ p.V, diag([first(*y) for y in here]))
        moves = (p.U.T @ dphi(W, adjoint(W, -1 * G)) @ p.V).rows
        along = (p.U.T @ G @ p.V).rows
        for i in range(p.d):
            for l in range(p.d):
                yield moves[i][l], -speed(r[i], r[l]) * along[i][l]
