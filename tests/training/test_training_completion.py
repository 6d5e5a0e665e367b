"""Matrix completion problems: loss, gradient, and what is refused."""

import math
import pickle
from typing import Any

import numpy as np
import pytest

from dlnproof.errors import InputError
from dlnproof.training import Completion


def test_the_loss_is_half_the_squared_residuals() -> None:
    problem = Completion((2, 3), {(0, 2): 2, (1, 0): -1})
    W = np.array([[[5.0, 5, 4], [1, 5, 5]], [[0, 0, 2], [-1, 0, 0]]])
    assert problem.loss(W).tolist() == [4.0, 0.0]


def test_the_gradient_is_that_of_the_loss() -> None:
    problem = Completion((2, 3), {(0, 2): 2, (1, 0): -1, (1, 1): 0.25})
    W = np.random.default_rng(0).standard_normal((4, 2, 3))
    found = problem.gradient(W)
    for i in range(2):
        for j in range(3):
            step = np.zeros((2, 3))
            step[i, j] = 0.5  # the loss is quadratic: central differences are exact
            differences = problem.loss(W + step) - problem.loss(W - step)
            np.testing.assert_allclose(found[:, i, j], differences, atol=1e-14)


def test_a_problem_travels_to_other_processes() -> None:
    problem = Completion((1, 1), {(0, 0): 0.1})
    assert problem.values.tolist() == [0.1]
    assert pickle.loads(pickle.dumps(problem)) == problem


@pytest.mark.parametrize(
    ("shape", "observed", "fragment"),
    [
        ((0, 2), {(0, 0): 1}, "shape: got (0, 2)"),
        ((2,), {(0, 0): 1}, "pair of integers"),
        ((2, 2), {}, "at least one entry"),
        ((2, 2), [((0, 0), 1)], "as a mapping"),
        ((2, 2), {(0, 2): 1}, "(0, 2)"),
        ((2, 2), {(-1, 0): 1}, "count from zero"),
        ((2, 2), {(0, 0.5): 1}, "pair of integers"),
        ((2, 2), {(0, 0): math.nan}, "observed[0, 0]: got nan"),
        ((2, 2), {(0, 0): "1"}, "expected real numbers"),
    ],
)
def test_impossible_problems_are_refused(shape: Any, observed: Any, fragment: str) -> None:
    with pytest.raises(InputError) as refused:
        Completion(shape, observed)
    assert fragment in str(refused.value)
    assert "\n" not in str(refused.value)
