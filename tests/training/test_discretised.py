"""Descent beside the flow: sharpness in closed form, and a loss modified otherwise."""

import numpy as np
import pytest

import dlnproof
from dlnproof.training import Completion, discretised

W = np.array([[1.5, -0.3], [0.4, 0.8]])


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_sharpness_of_balanced_factors_where_all_is_observed(depth: int) -> None:
    problem = Completion((2, 2), dict(np.ndenumerate(W)))
    factors = [factor[None] for factor in dlnproof.balanced_factors(W, depth)]
    first = np.linalg.svd(W, compute_uv=False)[0]
    [found] = discretised.sharpness(problem, factors)
    assert found == pytest.approx(depth * first ** (2 - 2 / depth), rel=1e-12)


def test_starts_are_balanced_with_a_positive_determinant() -> None:
    first, second = discretised.starts(8, 2, 0)
    assert (np.linalg.det(second @ first) > 0).all()
    assert second.mT @ second == pytest.approx(first @ first.mT, abs=1e-12)


def test_another_modification_is_of_order_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """With step / 2 in place of step / 4 it is as far off as the flow is, on the other side."""
    right = discretised.beside(2, 4, 0)
    modified = discretised._modified
    twice = lambda step, factors: modified(2 * step, factors)  # noqa: E731
    monkeypatch.setattr(discretised, "_modified", twice)
    wrong = discretised.beside(2, 4, 0)
    assert right.modified[-1] < right.flow[-1] / 20
    assert wrong.modified[-1] == pytest.approx(right.flow[-1], rel=0.1)


def test_the_longest_step_of_one_factor_is_2() -> None:
    assert discretised.longest_step(W, 1) == pytest.approx(2, rel=4e-3)
