"""operator_pullback against the same algorithm in plain mpmath matrices: d = 4, N = 4, 50 digits.

Both take the polar chart, the same stencil and step, the same working precision and one solve with
the Gram matrix. Prints both times, the ratio, and the largest relative difference of the results.
They alternate within one run, and each is represented by its fastest round.
"""

import time
from collections.abc import Callable
from itertools import combinations, combinations_with_replacement, pairwise
from typing import Any

import mpmath
from flint import fmpq, fmpq_mat
from mpmath import mp

from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.numeric.exact.pullback import operator_pullback
from dlnproof.numeric.exact.stencil import fine_step, working_digits

DIGITS = 50
ROUNDS = 5
FLINT_CALLS = 20

Lines = Callable[[Any], tuple[Any, Any]]


def mp_number(x: fmpq) -> Any:
    """Return a rational as an mpf."""
    return mp.mpf(int(x.p)) / int(x.q)


def mp_matrix(matrix: fmpq_mat) -> Any:
    """Return a rational matrix as an mpmath matrix."""
    return mp.matrix([[mp_number(x) for x in row] for row in matrix.tolist()])


def mp_cayley(X: Any) -> Any:
    """Return (I - X/2)^{-1} (I + X/2)."""
    one = mp.eye(X.rows)
    return mp_solve(one - X / 2, one + X / 2)


def mp_solve(A: Any, B: Any) -> Any:
    """Return A^{-1} B, from one LU decomposition."""
    LU, pivots = mp.LU_decomp(A)
    solution = mp.matrix(B.rows, B.cols)
    for k in range(B.cols):
        solution[:, k] = mp.U_solve(LU, mp.L_solve(LU, B[:, k], pivots))
    return solution


def mp_chart(at: ExactPoint) -> Callable[[list[Any]], list[Any]]:
    """Return the polar chart: x -> [W_1, ..., W_N]."""
    d, frames = at.width, [mp_matrix(Q) for Q in at.frames]
    root = mp.diag([mp.sqrt(mp_number(t)) for t in at.roots])
    symmetric = list(combinations_with_replacement(range(d), 2))
    skew = list(combinations(range(d), 2))

    def factors(x: list[Any]) -> list[Any]:
        X = mp.matrix(d, d)
        for (i, j), entry in zip(symmetric, x, strict=False):
            X[i, j] = X[j, i] = entry
        middle = root * mp_cayley(X) * root
        turned = list(frames)
        for block, index in enumerate([len(frames) - 1, *range(1, len(frames) - 1)]):
            angles = x[len(symmetric) + block * len(skew) :][: len(skew)]
            if any(angles):
                S = mp.matrix(d, d)
                for (i, j), angle in zip(skew, angles, strict=True):
                    S[i, j], S[j, i] = angle, -angle
                turned[index] = frames[index] * mp_cayley(S)
        return [after * middle * before.T for before, after in pairwise(turned)]

    return factors


def mp_operator(at: ExactPoint, step: fmpq) -> Any:
    """Return dphi dphi^* as :func:`dlnproof.numeric.exact.pullback.operator_pullback` does."""
    d, depth = at.width, int(at.depth)
    dimension = d * d + (depth - 1) * d * (d - 1) // 2
    factors, h = mp_chart(at), mp_number(step)

    def lines(s: Any) -> tuple[Any, Any]:
        vectors, images = [], []
        for k in range(dimension):
            Ws = factors([s if k == index else mp.zero for index in range(dimension)])
            W = Ws[0]
            for factor in Ws[1:]:
                W = factor * W
            vectors.append([x for factor in Ws for x in factor.T])
            images.append(list(W.T))
        return mp.matrix(vectors), mp.matrix(images)

    values = zip(lines(h), lines(-h), lines(h / 2), lines(-h / 2), strict=True)
    vectors, images = ((8 * (c - e) - (a - b)) / (6 * h) for a, b, c, e in values)
    return images.T * mp_solve(vectors * vectors.T, images)


def seconds(call: Callable[[], object], calls: int) -> float:
    """Return how long one of several calls takes."""
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return (time.perf_counter() - start) / calls


def main() -> None:
    """Print times, ratio and difference."""
    at, step = point(PointKey(4, 4, Stratum.SIMPLE, -1, 0, 0)), fine_step(DIGITS)
    digits = working_digits(at, DIGITS)
    with mp.workdps(digits):
        rounds = [
            (
                seconds(lambda: operator_pullback(at, step, DIGITS), FLINT_CALLS),
                seconds(lambda: mp_operator(at, step), 1),
            )
            for _ in range(ROUNDS)
        ]
        balls, floats = operator_pullback(at, step, DIGITS), mp_operator(at, step)
        pairs = [
            (mp.mpf(x.mid().str(digits, radius=False)), y)
            for x, y in zip(balls.entries(), floats, strict=True)
        ]
        difference = max(abs(x - y) for x, y in pairs) / max(abs(y) for _, y in pairs)
    ball, plain = (min(times) for times in zip(*rounds, strict=True))
    print(f"operator_pullback, d = 4, N = 4, {DIGITS} digits ({digits} with guard digits)")
    print(f"  balls (python-flint)           {1e3 * ball:8.1f} ms")
    print(f"  plain mpmath ({mpmath.libmp.BACKEND + ' integers)':<18}{1e3 * plain:8.1f} ms")
    print(f"  ratio                          {plain / ball:8.1f}")
    print(f"  largest relative difference    {mp.nstr(difference, 2):>8}")
    if difference > mp.mpf(10) ** -DIGITS:
        raise SystemExit(f"expected agreement to {DIGITS} digits")


if __name__ == "__main__":
    main()
