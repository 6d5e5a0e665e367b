"""The report on a trained linear network: against definitions, and what is no such network."""

import math
from typing import Any

import numpy as np
import pytest

import dlnproof
from dlnproof.adapters.networks import balancedness_report
from dlnproof.errors import InputError

RNG = np.random.default_rng(3)
W = RNG.standard_normal((3, 3))


@pytest.mark.parametrize("N", [1, 2, 5])
def test_balanced_factors_are_balanced(N: int) -> None:
    found = balancedness_report(list(dlnproof.balanced_factors(W, N)))
    assert found.depth == N
    assert found.defects.shape == (N - 1,)
    assert found.imbalance < 1e-14
    np.testing.assert_allclose(found.W, W, atol=1e-13)
    assert found.log_volume_density == pytest.approx(dlnproof.log_volume_density(W, N), abs=1e-12)
    assert found.entropy == pytest.approx(dlnproof.entropy(W, N), abs=1e-12)
    assert found.effective_rank == pytest.approx(dlnproof.effective_rank(W))
    np.testing.assert_allclose(found.singular_values, np.linalg.svd(W, compute_uv=False))


def test_defects_are_those_of_each_pair_of_layers() -> None:
    layers = [RNG.standard_normal(shape) for shape in ((4, 2), (3, 4), (5, 3))]
    found = balancedness_report(layers)
    for j in range(2):
        right, left = layers[j + 1].T @ layers[j + 1], layers[j] @ layers[j].T
        norm = np.linalg.norm(right - left)
        assert found.defects[j] == pytest.approx(norm, rel=1e-14)
        larger = max(np.linalg.norm(right), np.linalg.norm(left))
        assert found.relative[j] == pytest.approx(norm / larger, rel=1e-14)
    np.testing.assert_allclose(found.W, layers[2] @ layers[1] @ layers[0], rtol=1e-13)
    assert found.widths == (2, 4, 3, 5)


def test_moving_a_scale_from_a_layer_to_the_next_changes_the_defects_alone() -> None:
    first, second = dlnproof.balanced_factors(W, 2)
    found = balancedness_report([4 * first, second / 4])
    balanced = balancedness_report([first, second])
    assert found.imbalance == pytest.approx(1 - 4**-4, rel=1e-12)
    assert found.entropy == pytest.approx(balanced.entropy, abs=1e-12)


@pytest.mark.parametrize(
    ("shapes", "note", "density"),
    [
        ([(3, 2), (4, 3)], "no volume: W is 4 x 2", False),
        ([(1, 2), (2, 1)], "no volume: a layer of width 1", False),
        ([(5, 2), (2, 5)], "no entropy: it is that of layers of width 2", True),
    ],
)
def test_what_has_no_volume_or_entropy_says_why(
    shapes: list[tuple[int, int]], note: str, density: bool
) -> None:
    found = balancedness_report([RNG.standard_normal(shape) for shape in shapes])
    assert found.entropy is None
    assert (found.log_volume_density is not None) is density
    [said] = found.notes
    assert said.startswith(note)
    assert said in repr(found)


def test_a_singular_network_has_infinite_density_and_no_entropy() -> None:
    found = balancedness_report([np.diag([1.0, 0.0]), np.eye(2)])
    assert (found.log_volume_density, found.entropy) == (math.inf, None)
    assert found.notes == ("no entropy: W is singular to rounding",)


def test_a_network_of_zeros_is_balanced() -> None:
    found = balancedness_report([np.zeros((2, 2))] * 2)
    assert found.imbalance == 0
    assert math.isnan(found.effective_rank)


@pytest.mark.parametrize("size", [1e-150, 1e150])
def test_what_is_relative_is_known_where_squares_leave_the_range_of_floats(size: float) -> None:
    layers = [np.diag([3.0, 1.0]), np.diag([2.0, 1.0])]
    found = balancedness_report([size * layer for layer in layers])
    assert found.imbalance == pytest.approx(balancedness_report(layers).imbalance, rel=1e-14)
    assert found.defects[0] == pytest.approx(5 * size * size, rel=1e-12)


def test_it_is_shown_in_a_few_lines() -> None:
    lines = repr(balancedness_report(list(dlnproof.balanced_factors([[2, 0], [0, 1]], 2))))
    assert lines.startswith("<linear network 2 -> 2 -> 2, N = 2:\n from balanced: at most ")
    assert "\n log volume density -" in lines


@pytest.mark.parametrize(
    ("network", "said"),
    [
        ([], "network: got no layers"),
        (3, "network: got int, expected a list of weights"),
        ([np.eye(2), np.eye(3)], r"got W_1 of shape \(2, 2\) and W_2 of shape \(3, 3\)"),
        ([np.ones(3)], r"W_1: got shape \(3,\), expected a matrix"),
        ([np.eye(2), np.full((2, 2), np.nan)], "W_2: got nan at index"),
        ([[["a"]]], "W_1: got <U1 entries"),
        ([1j * np.eye(2)], "W_1: got complex128 entries"),
        ([1e-200 * np.eye(2)] * 2, "network: got layers whose product is below float64"),
        ([1e200 * np.eye(2)] * 2, r"W_N \.\.\. W_1: got inf"),
        ({"0.weight": np.eye(2), "0.bias": np.ones(2)}, "got '0.bias', which is not the weight"),
    ],
)
def test_what_is_no_linear_network_is_refused_in_a_line(network: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        balancedness_report(network)
    assert "\n" not in str(caught.value)


def test_networks_of_torch() -> None:
    torch: Any = pytest.importorskip("torch")
    nn = torch.nn
    inner = nn.Sequential(nn.Linear(3, 3, bias=False), nn.Identity())
    net = nn.Sequential(nn.Linear(3, 3, bias=False), inner)
    expected = (net[1][0].weight.double() @ net[0].weight.double()).detach().numpy()
    for network in (net, net.state_dict(), [net[0].weight, inner[0].weight]):
        np.testing.assert_allclose(balancedness_report(network).W, expected, rtol=1e-14)
    half = balancedness_report(net.to(torch.bfloat16))
    np.testing.assert_allclose(half.W, expected, atol=0.05)
    twice = balancedness_report(nn.Sequential(inner[0], inner[0]))  # one module, two layers
    assert twice.depth == 2
    one = inner[0].weight.detach().double().numpy()
    np.testing.assert_allclose(twice.W, one @ one, rtol=1e-14)

    class Residual(nn.Sequential):  # type: ignore[misc, name-defined]
        def forward(self, x: Any) -> Any:
            return x + super().forward(x)

    convolution = nn.Conv2d(1, 1, 1, bias=False)
    refused = {
        "got '0.bias', a bias": nn.Sequential(nn.Linear(2, 2)),
        "got '1', whose forward is its own": nn.Sequential(net[0], Residual(net[0])),
        "got '1', a ReLU": nn.Sequential(nn.Linear(2, 2, bias=False), nn.ReLU()),
        "got 'Conv2d', a Conv2d": convolution,
        r"0\.weight: got shape \(1, 1, 1, 1\)": convolution.state_dict(prefix="0."),
        r"1\.weight: got shape \(2,\)": nn.BatchNorm1d(2).state_dict(prefix="1."),
    }
    for said, network in refused.items():
        with pytest.raises(InputError, match=said):
            balancedness_report(network)
