"""Descent on factors of torch and jax: the runs of numpy, up to rounding, from where they live."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training import Completion, Ending, gradient_descent
from dlnproof.training.runs import ARRAYS

LIBRARIES = ["torch", "jax"]
Made = Callable[[FloatArray, str], Any]


@pytest.fixture(params=LIBRARIES)
def library(request: pytest.FixtureRequest) -> Any:
    """Return the name of a library, and what makes its arrays of a dtype."""
    name: str = request.param
    module = pytest.importorskip(name)
    if name == "torch":
        yield name, lambda array, dtype: module.tensor(array, dtype=getattr(module, dtype))
        return
    before = module.config.jax_enable_x64
    module.config.update("jax_enable_x64", True)
    yield name, lambda array, dtype: module.numpy.asarray(array, dtype=dtype)
    module.config.update("jax_enable_x64", before)


def factors(widths: list[int], n: int) -> list[FloatArray]:
    rng = np.random.default_rng(0)
    return [rng.standard_normal((n, b, a)) / (1 + a) ** 0.5 for a, b in pairwise(widths)]


def completion(d: int, columns: int) -> Completion:
    entries = [(i, j) for i in range(d) for j in range(columns) if (i + 2 * j) % 3 != 1]
    return Completion((d, columns), {(i, j): ((i - j) % 5) / 4 - 0.5 for i, j in entries})


class Sensing:
    """Linear measurements, with the data that other libraries are given; ``hidden``, without."""

    def __init__(self, shape: tuple[int, int], m: int, *, hidden: bool = False) -> None:
        rng = np.random.default_rng(1)
        self.shape, self._A, self._y = shape, rng.standard_normal((m, *shape)) / 4, np.arange(m) / m
        if not hidden:
            self.matrices, self.values = self._A, self._y

    def _residual(self, W: FloatArray) -> FloatArray:
        return np.asarray((self._A * W[..., None, :, :]).sum(axis=(-2, -1)) - self._y)

    def loss(self, W: FloatArray) -> FloatArray:
        """Return l(W)."""
        return np.asarray((self._residual(W) ** 2).sum(axis=-1) / 2)

    def gradient(self, W: FloatArray) -> FloatArray:
        """Return grad l(W)."""
        return np.asarray((self._residual(W)[..., None, None] * self._A).sum(axis=-3))


PROBLEMS = [
    (completion(2, 2), [2, 2, 2]),
    (completion(6, 7), [7, 5, 6]),
    (completion(1, 1), [1, 1, 1]),
    (Sensing((3, 2), 4), [2, 3, 3]),
    (Sensing((3, 2), 4, hidden=True), [2, 3, 3]),
]


@pytest.mark.parametrize(("problem", "widths"), PROBLEMS)
def test_the_runs_are_those_of_numpy(
    library: tuple[str, Made], problem: Any, widths: list[int]
) -> None:
    name, made = library
    start = factors(widths, 9)
    start[0][4] *= 1e4  # one that diverges
    options: dict[str, Any] = {
        "lr": 0.05, "stop_loss": 1e-3, "max_iterations": 150,
        "at_loss": [1.0, 0.1], "at_time": [0, 0.03, 1.0, 1e9],
    }  # fmt: skip
    runs = gradient_descent(problem, [made(F, "float64") for F in start], **options)
    expected = gradient_descent(problem, start, engine="numpy", **options)
    assert runs.settings == {**expected.settings, "engine": name}
    for field in ARRAYS:
        found, there = getattr(runs, field), getattr(expected, field)
        assert isinstance(found, np.ndarray)
        assert (found.dtype, found.shape) == (there.dtype, there.shape)
        if field == "log_singular_values":  # what the hidden width makes zero is rounding
            np.testing.assert_allclose(np.exp(found), np.exp(there), rtol=1e-8, atol=1e-10)
        elif field not in ("ending", "steps", "det_sign"):
            np.testing.assert_allclose(found, there, rtol=1e-8, atol=1e-10, err_msg=field)
        else:
            np.testing.assert_array_equal(found, there, err_msg=field)
    assert Ending.DIVERGED in runs.ending


def test_float32_stays_what_it_is(library: tuple[str, Made]) -> None:
    _, made = library
    problem, start = completion(5, 5), factors([5, 5, 5], 4)
    runs = gradient_descent(
        problem, [made(F, "float32") for F in start], lr=0.05, max_iterations=100, stop_loss=1e-2
    )
    expected = gradient_descent(problem, start, lr=0.05, max_iterations=100, stop_loss=1e-2)
    assert runs.W.dtype == np.float64
    difference = np.abs(runs.W - expected.W).max()
    assert 1e-9 < difference < 1e-4


def test_what_waits_takes_the_lanes_of_what_has_ended(
    library: tuple[str, Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dlnproof.training import lanes

    _, made = library
    problem, start = completion(3, 3), factors([3, 3, 3], 10)
    options: dict[str, Any] = {"lr": 0.1, "stop_loss": 1e-2, "max_iterations": 500}
    whole = gradient_descent(problem, [made(F, "float64") for F in start], **options)
    monkeypatch.setattr(lanes, "CACHE", 0)
    monkeypatch.setattr(lanes, "LANES", 3)
    few = gradient_descent(problem, [made(F, "float64") for F in start], **options)
    np.testing.assert_array_equal(few.steps, whole.steps)
    np.testing.assert_allclose(few.W, whole.W, atol=1e-12)


def test_tensors_that_are_differentiated_are_read() -> None:
    torch = pytest.importorskip("torch")
    start = [torch.tensor(F, requires_grad=True) for F in factors([3, 3, 3], 2)]
    runs = gradient_descent(completion(3, 3), start, lr=0.1, max_iterations=3)
    assert runs.settings["engine"] == "torch"
    assert all(F.grad is None for F in start)


def test_what_does_not_go_together_is_refused_in_one_line(library: tuple[str, Made]) -> None:
    name, made = library
    problem, (first, second) = completion(3, 3), factors([3, 3, 3], 2)
    with pytest.raises(InputError, match=rf"^engine: got 'numpy', expected {name} for factors"):
        gradient_descent(
            problem, [made(F, "float64") for F in (first, second)], lr=0.1, engine="numpy"
        )
    with pytest.raises(InputError, match=r"^factors: got shapes \[\(2, 3, 3\)\], expected W_1"):
        gradient_descent(completion(2, 3), [made(first, "float64")], lr=0.1)
    first[0, 1, 2] = np.nan
    with pytest.raises(InputError, match=r"^factors\[0\]: got nan at index \(0, 1, 2\)"):
        gradient_descent(problem, [made(F, "float64") for F in (first, second)], lr=0.1)
