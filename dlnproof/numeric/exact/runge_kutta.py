"""The classical Runge-Kutta method of order 4, of matrices of balls."""

from collections.abc import Callable, Sequence

from flint import arb_mat, fmpq

State = Sequence[arb_mat]


def integrated(
    slope: Callable[[State], State], start: State, time: fmpq, steps: int
) -> list[arb_mat]:
    """Return where matrices are that move as ``slope`` says.

    Midpoints only: the error of the method is what is observed, not the rounding.
    """
    h = time / steps
    state = list(start)

    def moved(by: State, share: fmpq) -> list[arb_mat]:
        return [(W + V * (h * share)).mid() for W, V in zip(state, by, strict=True)]

    for _ in range(steps):
        a = slope(state)
        b = slope(moved(a, fmpq(1, 2)))
        c = slope(moved(b, fmpq(1, 2)))
        d = slope(moved(c, fmpq(1)))
        slopes = [p + 2 * q + 2 * r + s for p, q, r, s in zip(a, b, c, d, strict=True)]
        state = moved(slopes, fmpq(1, 6))
    return state
