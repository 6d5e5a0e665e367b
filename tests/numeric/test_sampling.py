"""Samples of the volume: their law, beside the density that is computed of the metric."""

import math
import re
from typing import Any

import numpy as np
import pytest
from flint import fmpq, fmpq_mat
from numpy.typing import NDArray

from dlnproof import log_ball_volume, log_volume_density, log_volume_form, sample_volume
from dlnproof.errors import InputError
from dlnproof.numeric.floats.sampling import power_map, uniform

COUNT = 40_000


def lebesgue(
    found: NDArray[np.float64], radius: float, depth: int, **kind: Any
) -> tuple[float, float]:
    """Return the Euclidean volume of {|W| <= 1}, from the mean of 1 / density; and its error."""
    width = found.shape[-1]
    inside = np.linalg.norm(found, axis=(-2, -1)) <= 1
    weights = np.exp(-log_volume_density(found, depth, **kind)) * inside
    volume = math.exp(log_ball_volume(width, depth, radius, **kind))
    return volume * weights.mean(), volume * weights.std() / math.sqrt(len(found))


def radius_around(width: int, depth: int) -> float:
    """Return the radius of the least ball with {|W| <= 1} in it: there all sigma_i are equal."""
    return math.sqrt(width * (1 / width) ** (1 / depth))


@pytest.mark.parametrize("normalization", ["mean", "sum"])
@pytest.mark.parametrize(
    ("width", "depth"), [(1, 5), (2, 5), *((d, n) for d in (1, 2, 3) for n in (1, 2, 3))]
)
def test_by_the_density_of_the_metric_they_measure_euclidean_volumes(
    width: int, depth: int, normalization: Any
) -> None:
    radius = radius_around(width, depth)
    found = sample_volume(COUNT, width, depth, radius=radius, seed=width + depth)
    value, error = lebesgue(found, radius, depth, normalization=normalization)
    size = width**2
    ball = math.pi ** (size / 2) / math.gamma(size / 2 + 1)
    assert abs(value - ball) <= 5 * error + 1e-12
    assert error < ball / 20


@pytest.mark.parametrize("wrong", [-1, 1])
@pytest.mark.parametrize("depth", [2, 3])
def test_samples_of_another_power_do_not(depth: int, wrong: int) -> None:
    radius = radius_around(2, depth)
    found = sample_volume(COUNT, 2, depth + wrong, radius=radius, seed=0)
    value, error = lebesgue(found, radius, depth)
    assert abs(value - math.pi**2 / 2) > 10 * error


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_the_volume_of_the_ball_is_the_integral_of_the_form(depth: int) -> None:
    """In t_i = sigma_i^(1/N) = r cos, r sin; U and V pass over each W four times."""
    radius = 1.3
    nodes, weights = np.polynomial.legendre.leggauss(60)
    r, angle = radius * (nodes + 1) / 2, math.pi / 8 * (nodes + 1)
    t = r[:, None, None] * np.stack((np.cos(angle), np.sin(angle)), axis=-1)
    slopes = np.prod(depth * t ** (depth - 1), axis=-1) * r[:, None]
    values = np.exp(log_volume_form(t**depth, depth)) * slopes
    chamber = radius / 2 * math.pi / 8 * weights @ values @ weights
    frames = (4 * math.pi) ** 2 / 4
    expected = math.exp(log_ball_volume(2, depth, radius))
    assert chamber * frames == pytest.approx(expected, rel=1e-10)


def test_they_are_uniform_before_the_power() -> None:
    radius = 0.7
    found = sample_volume(COUNT, 3, 1, radius=radius, seed=4)
    lengths = np.sum(found**2, axis=(-2, -1))
    assert lengths.max() <= radius**2
    spread = np.quantile((lengths / radius**2) ** (9 / 2), [0.1, 0.5, 0.9])
    assert np.abs(spread - [0.1, 0.5, 0.9]).max() < 0.01
    assert abs(np.mean(np.linalg.det(found) > 0) - 0.5) < 0.015


@pytest.mark.parametrize("depth", [2, 7])
def test_they_lie_in_the_ball(depth: int) -> None:
    found = sample_volume(1000, 3, depth, radius=1.4, seed=2)
    roots = np.linalg.svd(found, compute_uv=False) ** (1 / depth)
    norms = np.linalg.norm(roots, axis=-1)
    assert 1.2 < norms.max() <= 1.4 * (1 + 1e-12)


@pytest.mark.parametrize("depth", [1, 3, 5, 9, 31])
@pytest.mark.parametrize("width", [1, 2, 4])
def test_the_power_map_is_that_of_exact_matrices(width: int, depth: int) -> None:
    R = uniform(20, width, 3)
    for one, found in zip(R, power_map(R, depth), strict=True):
        exact = fmpq_mat([[fmpq(*x.as_integer_ratio()) for x in row] for row in one.tolist()])
        image = exact * (exact.transpose() * exact) ** ((depth - 1) // 2)
        stated = np.array([[float(x) for x in row] for row in image.tolist()])
        size = np.linalg.norm(stated, 2)
        allowed = 30 * depth * width * np.finfo(float).eps * size
        assert np.linalg.norm(found - stated) <= allowed


def test_a_seed_gives_one_sample_and_more_of_it() -> None:
    few, many = (sample_volume(n, 2, 3, seed=5) for n in (4, 9))
    assert np.array_equal(few, many[:4])
    assert not np.array_equal(few, sample_volume(4, 2, 3, seed=6))
    assert sample_volume(0, 2, 3).shape == (0, 2, 2)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"count": -1}, "count: got -1, expected an integer from 0 to 25000000 at width 2"),
        ({"count": True}, "count: got True, expected an integer"),
        ({"width": 0}, "width: got 0, expected an integer from 1 to 16"),
        ({"depth": math.inf}, "depth: got infinity, but the ball of finite volume exists at"),
        ({"depth": 0}, "depth: got 0, expected an integer >= 1"),
        ({"radius": 0}, "radius: got 0, expected a number > 0 and finite"),
        ({"radius": math.nan}, "radius: got nan, expected a number > 0 and finite"),
        ({"radius": "1"}, "radius: got '1', expected a number > 0 and finite"),
        ({"radius": [1, 2]}, "radius: got [1, 2], expected a number > 0 and finite"),
        ({"radius": 10.0, "depth": 400}, "singular values up to radius^N are beyond the range"),
        ({"radius": 0.1, "depth": 400}, "radius: got 0.1 at depth 400"),
        ({"seed": -1}, "seed: got -1, expected an integer from 0 to"),
    ],
)
def test_what_is_no_ball_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        sample_volume(**{"count": 3, "width": 2, "depth": 2, **given})


def test_a_volume_of_no_normalisation_is_refused() -> None:
    with pytest.raises(InputError, match="normalization: got 'other'"):
        log_ball_volume(2, 2, normalization="other")  # type: ignore[arg-type]
