"""Tangent vectors of the balanced manifold by finite differences: stencil, steps, precision.

The stencil is the central difference with one Richardson step, of order 4:

    D(h) = (F(h) - F(-h)) / 2h,   (4 D(h/2) - D(h)) / 3 = F'(0) + O(h^4).

Balls enclose what rounding does, not the O(h^4). So containment is not the test: the error's
order at coarse steps is, and its size at the fine step.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import ceil, log10
from typing import Final

from flint import arb, arb_mat, fmpq

from dlnproof.depth import as_finite_depth
from dlnproof.numeric.exact.charts import Chart
from dlnproof.numeric.exact.matrices import product
from dlnproof.numeric.exact.points import ExactPoint

ORDER: Final = 4
"""Halving the step divides the truncation error by 2^4."""

_GUARD: Final = 10


def coarse_steps(depth: int) -> tuple[fmpq, fmpq, fmpq]:
    """Return h, h/2, h/4 in the truncation regime, where the order is observed."""
    # W is of degree N in the factors: the expansion is one in N h
    h = fmpq(1, 32 * depth)
    return h, h / 2, h / 4


def steps_of(point: ExactPoint) -> Sequence[fmpq]:
    """Return the steps at which the order of finite differences in factor space is observed."""
    return coarse_steps(int(point.depth))


def fine_step(digits: int) -> fmpq:
    """Return the step that balances truncation h^4 against rounding 10^-P / h, P = digits + 10.

    The error is then about 10^(-4P/5), times a constant that grows with the depth.
    """
    return fmpq(1, 10 ** ceil((digits + _GUARD) / (ORDER + 1)))


def reach(digits: int) -> fmpq:
    """Return the relative error that the fine step must reach: 4/5 of the digits."""
    return fmpq(1, 10 ** (ORDER * digits // (ORDER + 1)))


def working_digits(point: ExactPoint, digits: int) -> int:
    """Return ``digits``, plus 10 + d^2, plus the digits of (t_1/t_d)^{2N} and of (least gap)^-2.

    Balls lose up to a digit with each of the d^2 rows they eliminate. The spread of the spectrum
    is lost in small eigenvalues; the least relative gap between distinct t_i, in coordinates that
    degenerate at coincidences. With these guard digits the rounding stays at or below the fine
    step's truncation. Raises :class:`~dlnproof.errors.InputError` at infinite depth.
    """
    t = point.roots[: point.rank]
    gaps = [1 - b / a for a, b in pairwise(t) if a != b]
    spread = as_finite_depth(point.depth, "a pullback from factor space") * _log10(t[0] / t[-1])
    closeness = -_log10(min(gaps, default=fmpq(1)))
    return digits + _GUARD + point.width**2 + ceil(2 * (spread + closeness))


def derivative(F: Callable[[arb], Sequence[arb_mat]], step: fmpq) -> list[arb_mat]:
    """Return F'(0) up to O(h^4), by the stencil above, for each matrix that F returns."""
    h = arb(step)
    values = zip(F(h), F(-h), F(h / 2), F(-h / 2), strict=True)
    return [(8 * (c - d) - (a - b)) / (6 * h) for a, b, c, d in values]


def tangents(chart: Chart, coordinates: Sequence[int], step: fmpq) -> tuple[arb_mat, arb_mat]:
    """Return the tangent vectors d(W_1, ..., W_N)/dx_k and their images d phi / dx_k, as rows.

    One row for each of the ``coordinates`` k. A tangent vector has N d^2 entries, W_1 to W_N, and
    its image d^2, each matrix in column-major order: T T^T is a Gram matrix of the Frobenius
    metric. Error O(h^4), at the working precision of the caller.
    """

    def lines(s: arb) -> tuple[arb_mat, arb_mat]:
        upstairs: list[arb] = []
        downstairs: list[arb] = []
        for k in coordinates:
            x = [arb(0)] * chart.dimension
            x[k] = s
            factors = chart.factors(x)
            for factor in factors:
                upstairs += factor.transpose().entries()
            downstairs += product(factors).transpose().entries()
        rows, size = len(coordinates), chart.width**2
        return arb_mat(rows, chart.depth * size, upstairs), arb_mat(rows, size, downstairs)

    vectors, images = derivative(lines, step)
    return vectors, images


def _log10(x: fmpq) -> float:
    return log10(int(x.p)) - log10(int(x.q))
