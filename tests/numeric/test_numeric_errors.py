"""What the float64 functions refuse, and that the line they raise says why."""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import pytest

from dlnproof import (
    balanced_factors,
    inner_product,
    log_volume_density,
    log_volume_form,
    metric_matrix,
    operator,
    operator_eigenvalues,
    product,
)
from dlnproof.errors import InputError

EYE = np.eye(2)
OF_W: list[Callable[..., Any]] = [
    balanced_factors,
    log_volume_density,
    metric_matrix,
    lambda W, N, **options: operator(W, W, N, **options),
    lambda W, N, **options: inner_product(W, W, W, N, **options),
]
OF_SIGMA: list[Callable[..., Any]] = [operator_eigenvalues, log_volume_form]


def refusal(call: Callable[[], Any]) -> str:
    """The line a call is refused with."""
    with pytest.raises(InputError) as caught:
        call()
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("function", OF_W)
@pytest.mark.parametrize(
    ("W", "fragments"),
    [
        ([[1.0, math.nan], [0.0, math.inf]], ["got nan at index (0, 1)", "finite"]),
        ([EYE, [[1.0, 0.0], [-math.inf, 1.0]]], ["got -inf at index (1, 1, 0)"]),
        (1j * EYE, ["got complex128 entries", "real part"]),
        ([1.0, 2.0], ["got shape (2,)", "batch"]),
        (3.0, ["got shape ()"]),
        (np.ones((0, 0)), ["got shape (0, 0)", "m, n >= 1"]),
        ("W", ["got <U1 entries", "text"]),
        (None, ["got object entries"]),
        ([[Fraction(1, 2), 0], [0, 1]], ["got object entries", "dtype=float"]),
        ([[1.0, 2.0], [3.0]], ["unequal lengths", "same shape"]),
    ],
)
def test_matrices(function: Callable[..., Any], W: Any, fragments: list[str]) -> None:
    line = refusal(lambda: function(W, 2))
    assert line.startswith(("W: ", "Z: ", "Z1: "))
    assert all(fragment in line for fragment in fragments), line


@pytest.mark.parametrize("function", OF_SIGMA)
@pytest.mark.parametrize(
    ("sigma", "fragments"),
    [
        ([2.0, -1.0, -3.0], ["got -1.0 at index (1,)", ">= 0", "numpy.linalg.svd"]),
        ([[1.0, 2.0], [math.inf, 1.0]], ["got inf at index (1, 0)"]),
        (2.0, ["got shape ()", "[s]"]),
        ([], ["got shape (0,)", "d >= 1"]),
        ([1j], ["got complex128"]),
        ("12", ["got <U2"]),
    ],
)
def test_singular_values(function: Callable[..., Any], sigma: Any, fragments: list[str]) -> None:
    line = refusal(lambda: function(sigma, 2))
    assert line.startswith("sigma: ")
    assert all(fragment in line for fragment in fragments), line


@pytest.mark.parametrize("depth", [0, -1, 2.0, 2.5, math.nan, -math.inf, True, "2", None])
def test_depth(depth: Any) -> None:
    for function in OF_W:
        assert refusal(partial(function, EYE, depth)).startswith("depth: got ")
    for function in OF_SIGMA:
        assert refusal(partial(function, [2.0, 1.0], depth)).startswith("depth: got ")


@pytest.mark.parametrize("function", [*OF_W[1:], *OF_SIGMA])
def test_depth_beyond_float64_and_normalization(function: Callable[..., Any]) -> None:
    assert "math.inf" in refusal(lambda: function(EYE, 10**400))
    assert "'sum' normalisation" in refusal(lambda: function(EYE, math.inf, normalization="sum"))
    for unknown in ("Sum", 1, None, np.ones(2)):
        line = refusal(partial(function, EYE, 2, normalization=unknown))
        assert line.startswith("normalization: got ")
        assert "'mean'" in line
        assert "'sum'" in line


def test_infinite_depth_has_no_factors() -> None:
    assert "factors" in refusal(lambda: balanced_factors(EYE, math.inf))


@pytest.mark.parametrize("factors", [EYE, np.ones((0, 2, 2))])
def test_product_needs_a_list_of_layers(factors: Any) -> None:
    assert "(N, ..., d, d) with N >= 1, W_1 first" in refusal(lambda: product(factors))


def test_layers_of_different_widths() -> None:
    line = refusal(lambda: product([np.eye(2), np.eye(3)]))
    assert line.startswith("factors: got W_2 of shape (3, 3) after W_1 of shape (2, 2), expected")
    assert "unequal lengths" in refusal(lambda: product([[[1.0, 2.0], [3.0]]]))


@pytest.mark.parametrize("other", [np.ones((1, 1)), np.eye(3)])
def test_width_is_never_broadcast(other: Any) -> None:
    assert "same width d" in refusal(lambda: operator(other, EYE, 2))
    assert "same width d" in refusal(lambda: inner_product(EYE, other, EYE, 2))


def test_batches_that_do_not_broadcast() -> None:
    line = refusal(lambda: operator(np.ones((3, 2, 2)), np.ones((4, 2, 2)), 2))
    assert "Z (3, 2, 2), W (4, 2, 2)" in line
    assert "broadcast" in line


@pytest.mark.parametrize("W", [[[1, 2], [2, 4]], [[1, 0], [0, 0]], np.zeros((2, 2))])
@pytest.mark.parametrize("N", [2, 3, math.inf])
def test_no_metric_at_singular_W(W: Any, N: Any) -> None:
    for call in (lambda: metric_matrix(W, N), lambda: inner_product(EYE, EYE, W, N)):
        line = refusal(call)
        assert line.startswith("W: got singular values ")
        assert "expected an invertible matrix" in line


def test_the_singular_matrix_of_a_batch_is_named() -> None:
    batch = np.stack([EYE, EYE, np.diag([1.0, 0.0]), 0 * EYE]).reshape(2, 2, 2, 2)
    assert refusal(lambda: metric_matrix(batch, 2)).startswith("W[1, 0]: ")


def test_results_beyond_float64() -> None:
    for call in (
        lambda: operator_eigenvalues([1e200], 1000),
        lambda: operator(EYE, 1e200 * EYE, math.inf),
        lambda: operator(1e300 * EYE, 1e100 * EYE, 2),
        lambda: product([1e200 * EYE, 1e200 * EYE]),
        lambda: inner_product(1e200 * EYE, 1e200 * EYE, EYE, 2),
        lambda: log_volume_density(1.7e308 * np.ones((2, 2)), 2),
    ):
        assert "beyond float64" in refusal(call)
    assert "underflows" in refusal(lambda: metric_matrix(1e-200 * EYE, math.inf))
    assert "beyond float64" in refusal(lambda: metric_matrix(1e-155 * EYE, math.inf))


@pytest.mark.parametrize("W", [[[1e-300, 0], [0, 1e-310]], [[1, 2], [2, 4]], [[1e-150, 0], [0, 1]]])
def test_the_caller_s_floating_point_state_does_not_matter(W: list[list[float]]) -> None:
    with np.errstate(all="raise"):
        for N in (2, 10**6):
            product(balanced_factors(W, 3))
            operator(W, W, N)
            log_volume_density(W, N)
            for row in W:
                operator_eigenvalues(row, N)
                log_volume_form(row, N)
        metric_matrix(W, 1)
        inner_product(W, W, W, 1)
        metric_matrix([[1e-150, 0], [0, 1e-140]], 2)
