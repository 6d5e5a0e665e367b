"""The least sum of squared norms: by hand, by descent over gauges, of factors of equal norms."""

from importlib import import_module

import numpy as np
from flint import fmpq, fmpq_mat
from numpy.typing import NDArray

from dlnproof import balanced_factors
from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

Factors = list[NDArray[np.float64]]
least = import_module("dlnproof.checks.factors.regulariser_minimised_on_balanced")
PARTS = CLAIMS["regulariser-minimised-on-balanced"].parts


def norms(W: Factors) -> float:
    return float(sum((M**2).sum() for M in W))


def stated(W: NDArray[np.float64], depth: int) -> float:
    return float(depth * (np.linalg.svd(W)[1] ** (2 / depth)).sum())


def test_of_one_number_by_hand() -> None:
    """a^2 + b^2 + c^2 with the product w is least where all three are w^(1/3)."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    assert least.measure_exact(made) == [[3 * t**2]] == least.predict(PARTS, made)
    others = [fmpq_mat([[x * t]]) for x in (2, fmpq(1, 2), 1)]
    assert least.square(others) == t**2 * (4 + fmpq(1, 4) + 1) > 3 * t**2


def test_descent_over_factors_of_one_product_ends_at_the_stated_sum() -> None:
    """Along g_j -> g_j exp(-h D_j), with the defects D_j of balance, which are the gradient."""
    rng = np.random.default_rng(0)
    W = [np.eye(3) + 0.4 * rng.normal(size=(3, 3)) for _ in range(3)]
    whole, start = W[2] @ W[1] @ W[0], norms(W)
    for _ in range(4000):
        for j in range(2):
            defect = W[j] @ W[j].T - W[j + 1].T @ W[j + 1]
            move = np.eye(3) - 0.05 * defect
            W[j], W[j + 1] = move @ W[j], W[j + 1] @ np.linalg.inv(move)
    np.testing.assert_allclose(W[2] @ W[1] @ W[0], whole, atol=1e-10)
    np.testing.assert_allclose(W[1].T @ W[1], W[0] @ W[0].T, atol=1e-8)
    np.testing.assert_allclose(norms(W), stated(whole, 3), rtol=1e-12)
    assert start > stated(whole, 3) * 1.01


def test_factors_of_equal_norms_need_not_have_the_least_sum() -> None:
    W = np.diag([2.0, 0.5])
    turn = np.array([[1.0, 0.6], [0.0, 1.0]])
    first, second = balanced_factors(W, 2)
    first, second = turn @ first, second @ np.linalg.inv(turn)
    size = np.sqrt(np.linalg.norm(second) / np.linalg.norm(first))
    made = [first * size, second / size]
    np.testing.assert_allclose(np.linalg.norm(made[0]), np.linalg.norm(made[1]))
    np.testing.assert_allclose(made[1] @ made[0], W, atol=1e-14)
    assert norms(made) > stated(W, 2) * 1.01


def test_it_is_twice_the_nuclear_norm_for_two_factors_alone() -> None:
    W = np.diag([2.0, 0.5])
    np.testing.assert_allclose([stated(W, 1), stated(W, 2)], [4.25, 5.0])
    assert abs(stated(W, 3) - 3 * 2.5) > 0.1


def test_an_answer_can_be_no() -> None:
    """Of balanced factors with another sum, and of unbalanced ones with the least."""
    made = point(PointKey(2, 2, Stratum.SIMPLE, 1, 0, 0))
    found = least.some(made)
    assert not any(least.mistaken(found))
    foils = least.otherwise(found)
    assert [any(least.mistaken(foil)) for foil in foils] == [True, True]
    single = point(PointKey(1, 2, Stratum.SIMPLE, 1, 0, 0))
    assert len(least.otherwise(least.some(single))) == 1
