"""Checks of the ratio of singular values of 2 x 2 completions, and of what other data bound."""

from collections.abc import Iterator
from itertools import product
from typing import Any, Final

from flint import arb, fmpq, fmpq_mat

from dlnproof.claims.check import EnclosureCheck, ExactCheck, Groups, Parts, at_least_depth
from dlnproof.claims.completion.norm_divergence import RHO
from dlnproof.claims.completion.rc2020_constants import ABOVE, BELOW, NOISE
from dlnproof.core.expression import Expression
from dlnproof.numeric.exact.exact_geometry import exact_root
from dlnproof.numeric.exact.points import ExactPoint

from .norm_divergence_balls import singular_values
from .norm_divergence_matrices import entries, matrices, residual

_SHARES: Final = (fmpq(1, 4), fmpq(1, 20), fmpq(1, 400))
"""Roots of ratios of singular values."""
_NOISE: Final = (fmpq(1, 1000), fmpq(1, 3))
_LAST: Final = (fmpq(1, 10), fmpq(3))
"""Entries next to the free one's opposite."""


def extreme(share: fmpq) -> fmpq_mat:
    """Return a matrix whose ratio of singular values is almost the most that its entries allow.

    It is symmetric, and an angle whose tangent is this share turns it to a diagonal matrix.
    """
    return fmpq_mat([[(1 + share**4) / (share - share**3), 1], [1, 2 * share / (1 - share**2)]])


def ratio(W: fmpq_mat) -> fmpq:
    """Return sigma_2 / sigma_1, of which the sum and the difference are rational."""
    squares = sum((entry * entry for entry in W.entries()), fmpq(0))
    total, gap = (exact_root(squares + 2 * sign * W.det()) for sign in (1, -1))
    return (total - gap) / (total + gap)


def data(last: fmpq, noise: fmpq) -> Iterator[tuple[fmpq, fmpq, fmpq]]:
    """Yield (p, t, x) which (1, 1, w_22) is as far from as the noise."""
    yield 1 + noise, fmpq(1), last
    yield 1 - noise, fmpq(1), last
    yield fmpq(1), fmpq(1), last - noise
    yield fmpq(1), fmpq(1), last + noise


def of_ratio(parts: Parts, W: fmpq_mat, found: Any) -> list[Any]:
    """Return by how much the ratio exceeds its two bounds."""
    quarter, loss = parts["quarter"], parts["loss"]
    assert isinstance(quarter, Expression)
    assert isinstance(loss, Expression)
    at = entries(W, exact_root(residual(W)))
    return [found - quarter.at(at), (1 - at[RHO]) ** 2 * found - loss.at(at)]


def of_data(parts: Parts) -> Iterator[fmpq]:
    """Yield by how much the bound with other data fails, where det W is almost 0."""
    robust = parts["robust"]
    assert isinstance(robust, Expression)
    for last, noise in product(_LAST, _NOISE):
        free = fmpq(1001, 1000) / last
        for p, t, x in data(last, noise):
            yield robust.at({ABOVE: p, BELOW: t, NOISE: noise}) - free * (abs(x) + noise)


def failing(number: Any) -> Any:
    """Return a number, or a ball, where it may be positive, else 0."""
    return number * 0 if number <= 0 else number


def measure_exact(point: ExactPoint) -> Groups:
    """No inequality fails."""
    return [[fmpq(0)] * 2 * len(_SHARES), [fmpq(0)] * 4 * len(_LAST) * len(_NOISE)]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """By how much the inequalities fail at extreme matrices, and with other data."""
    ratios = (of_ratio(parts, W, ratio(W)) for W in map(extreme, _SHARES))
    return [[failing(x) for found in ratios for x in found], [*map(failing, of_data(parts))]]


def measure_balls(point: ExactPoint) -> Groups:
    """The same where W has any singular values, in balls."""
    return [[arb(0)] * 2 * len(matrices(point))]


def predict_balls(parts: Parts, point: ExactPoint) -> Groups:
    """By how much the ratio exceeds its bounds: the singular values are enclosed."""
    failing_ = []
    for W in matrices(point):
        first, second = singular_values(W)
        failing_ += [failing(x) for x in of_ratio(parts, W, second / first)]
    return [failing_]


CHECKS = (
    ExactCheck(
        frozenset({"quarter", "loss", "robust"}),
        measure_exact,
        predict_exact,
        visits=at_least_depth,
        scope="completions near the extremes",
    ),
    EnclosureCheck(
        frozenset({"quarter", "loss"}),
        measure_balls,
        predict_balls,
        visits=at_least_depth,
        scope=r"$\det W>0$; $\rho=1/2$, $1/10$, $1/200$",
    ),
)
"""By how much each inequality fails: where the ratio is exact, and where it is enclosed."""
