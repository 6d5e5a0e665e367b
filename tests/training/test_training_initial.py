"""Where training starts: each law, what it promises of W(0), and what it draws."""

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise

import numpy as np
import pytest

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training import Completion, gradient_descent, train
from dlnproof.training.initial import network_factors, network_widths, starts
from dlnproof.training.settings import INITS, checked_settings

INDEPENDENT = [init for init in INITS if init != "balanced"]
SQUARE = Completion((3, 3), {(0, 0): 1, (1, 2): 0.5})
WIDE = Completion((2, 4), {(0, 0): 1, (1, 2): 0.5})


def drawn(
    init: str, widths: Sequence[int], runs: int, scale: float = 0.01, seed: int = 0
) -> list[FloatArray]:
    [factors] = starts(init, (widths[-1], widths[0]), [runs], scale=scale, seed=seed, widths=widths)
    assert isinstance(factors, list)
    assert [f.shape for f in factors] == [(runs, b, a) for a, b in pairwise(widths)]
    return factors


def end_to_end(factors: Sequence[FloatArray]) -> FloatArray:
    return reduce(lambda W, factor: factor @ W, factors)


@pytest.mark.parametrize("init", INDEPENDENT)
def test_runs_are_drawn_one_after_another(init: str) -> None:
    widths = [4, 3, 5, 2]
    whole = drawn(init, widths, 7)
    parts = list(starts(init, (2, 4), [3, 4], scale=0.01, seed=0, widths=widths))
    for j, factor in enumerate(whole):
        np.testing.assert_array_equal(factor, np.concatenate([part[j] for part in parts]))
    other = drawn(init, widths, 7, seed=1)
    assert (init == "identity") == all(map(np.array_equal, whole, other))


@pytest.mark.parametrize("widths", [[2, 2], [3, 3, 3, 3, 3], [4, 2, 2, 2], [3, 5, 2]])
def test_unbalanced_factors_have_one_size_and_give_entries_of_the_scale(widths: list[int]) -> None:
    factors = drawn("unbalanced", widths, 20_000)
    assert float(end_to_end(factors).std()) == pytest.approx(0.01, rel=0.05)
    sizes = [float(factor.std()) for factor in factors]
    np.testing.assert_allclose(sizes, sizes[0], rtol=0.03)


@pytest.mark.parametrize("init", ["gaussian", "uniform"])
@pytest.mark.parametrize("widths", [[2, 2], [3, 3, 3, 3], [4, 6, 2]])
def test_gaussian_and_uniform_factors_have_the_variances_of_the_paper(
    init: str, widths: list[int]
) -> None:
    factors, depth = drawn(init, widths, 20_000), len(widths) - 1
    for factor, width in zip(factors, widths, strict=False):
        assert float(factor.std()) == pytest.approx(0.01 ** (1 / depth) / width**0.5, rel=0.03)
        assert abs(float(factor.mean())) < 0.03 * float(factor.std())
    assert float(end_to_end(factors).std()) == pytest.approx(0.01 / widths[0] ** 0.5, rel=0.06)


def test_uniform_entries_fill_their_interval() -> None:
    [W] = drawn("uniform", [4, 2], 20_000, scale=2.0)
    bound = 3**0.5 * 2 / 2
    assert -bound <= W.min() < -0.999 * bound
    assert 0.999 * bound < W.max() <= bound
    counts, _ = np.histogram(W, 10, (-bound, bound))
    np.testing.assert_allclose(counts / W.size, 0.1, atol=0.004)


@pytest.mark.parametrize("widths", [[3, 3, 3, 3], [3, 5, 2]])
def test_orthogonal_factors_are_orthonormal_and_invariant(widths: list[int]) -> None:
    factors = drawn("orthogonal", widths, 20_000, scale=8.0)
    size = 8 ** (1 / (len(widths) - 1))
    for factor in factors:
        sigma = np.linalg.svd(factor, compute_uv=False)
        np.testing.assert_allclose(sigma, size, rtol=1e-12)
        # of the Haar law the entries have mean zero and one second moment, products none
        entry, other = factor[:, 0, 0] / size, factor[:, 1, 0] / size
        long = max(factor.shape[1:])
        assert abs(entry.mean()) < 0.02
        assert (entry**2).mean() == pytest.approx(1 / long, rel=0.04)
        assert (other**2).mean() == pytest.approx(1 / long, rel=0.04)
        # without the signs of R the first column would never change its sign
        assert abs((entry > 0).mean() - 0.5) < 0.02


def test_identity_is_the_identity() -> None:
    factors = drawn("identity", [3, 3, 3], 2, scale=0.25)
    np.testing.assert_array_equal(factors, np.broadcast_to(0.5 * np.eye(3), (2, 2, 3, 3)))
    assert drawn("identity", [3, 2], 1, scale=0.25)[0].tolist() == [[[0.25, 0, 0], [0, 0.25, 0]]]


def test_the_flow_starts_where_such_factors_multiply_to() -> None:
    [Q] = starts("orthogonal", (3, 3), [50], scale=0.1, seed=0, widths=None)
    np.testing.assert_allclose(
        Q @ np.swapaxes(Q, 1, 2), np.tile(0.01 * np.eye(3), (50, 1, 1)), atol=1e-15
    )
    [one] = starts("identity", (3, 3), [1], scale=0.1, seed=0, widths=None)
    np.testing.assert_array_equal(one, [0.1 * np.eye(3)])
    runs = train(SQUARE, depth=2, runs=3, scale=0.1, init="orthogonal")
    assert runs.settings["init"] == "orthogonal"
    assert runs.reached.all()


@pytest.mark.parametrize("shape", [(3, 3), (2, 4), (4, 2)])
@pytest.mark.parametrize("hidden", [(3,), (5, 4), (2, 1, 7)])
def test_balanced_factors_of_any_widths_multiply_to_the_nearest_matrix_of_their_rank(
    shape: tuple[int, int], hidden: tuple[int, ...]
) -> None:
    W, depth = np.random.default_rng(0).standard_normal((6, *shape)), len(hidden) + 1
    factors = network_factors(W, depth, hidden)
    assert [f.shape[1] for f in factors] == [*hidden, shape[0]]
    for before, after in pairwise(factors):
        gram = after.swapaxes(1, 2) @ after
        np.testing.assert_allclose(gram, before @ before.swapaxes(1, 2), atol=1e-13)
    U, sigma, Vt = np.linalg.svd(W, full_matrices=False)
    sigma[:, min(hidden) :] = 0
    np.testing.assert_allclose(end_to_end(factors), (U * sigma[:, None, :]) @ Vt, atol=1e-13)


def test_hidden_widths_are_those_of_the_network_that_descends() -> None:
    widths = network_widths((2, 4), 3, (5, 7))
    assert widths == [4, 5, 7, 2]
    [factors] = starts("unbalanced", (2, 4), [3], scale=0.1, seed=4, widths=widths)
    expected = gradient_descent(WIDE, factors, lr=0.1, stop_loss=1e-3)
    told = {"depth": 3, "runs": 3, "scale": 0.1, "seed": 4, "lr": 0.1, "stop_loss": 1e-3}
    runs = train(WIDE, **told, init="unbalanced", hidden=[5, 7])  # type: ignore[arg-type]
    np.testing.assert_array_equal(runs.W, expected.W)
    assert runs.settings["hidden"] == [5, 7]
    one = train(WIDE, **told, hidden=1)  # type: ignore[arg-type]
    assert one.settings["hidden"] == [1, 1]
    assert (np.linalg.svd(one.W, compute_uv=False)[:, 1] < 1e-15).all()


@pytest.mark.parametrize(
    ("given", "fragment"),
    [
        ({"hidden": 0}, "hidden: got 0, expected an integer from 1 to 10000"),
        ({"hidden": [3, -1]}, "hidden: got -1"),
        ({"hidden": []}, "hidden: got none"),
        ({"hidden": [2.5]}, "hidden: got 2.5"),
        ({"hidden": [3, 4, 5]}, "hidden: got 3 widths at depth 3, expected one for all"),
        ({"hidden": 3, "depth": 1}, "hidden: got 3 at depth 1, which has no hidden layer"),
        ({"hidden": 10_000, "runs": 10_000}, "whose factors no memory holds"),
        ({"hidden": 10_000, "depth": 900}, "10000,10000,... (899 of them) for 1 runs"),
        ({"hidden": [3, 4, 5], "method": "flow"}, "hidden: got 3 widths at depth 3, expected one"),
        ({"hidden": 3, "depth": 1, "method": "flow"}, "hidden: got 3 at depth 1, which has no"),
        ({"init": "gaussian", "method": "flow"}, "expected balanced or orthogonal or identity"),
        ({"init": "normal"}, "init: got 'normal', expected one of balanced, unbalanced, gaussian"),
    ],
)
def test_impossible_starts_are_refused(given: dict[str, object], fragment: str) -> None:
    with pytest.raises(InputError) as refused:
        checked_settings(
            SQUARE, **{"depth": 3, "runs": 1, "scale": 0.1, "method": "descent", **given}
        )
    assert fragment in str(refused.value)
    assert "\n" not in str(refused.value)
