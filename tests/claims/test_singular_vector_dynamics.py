"""Singular vectors along the flow: at rest where U^T G V is diagonal, and beside a step of it."""

from importlib import import_module

import numpy as np
import pytest

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.points import PointKey, Stratum, point

dynamics = import_module("dlnproof.checks.factors.singular_vector_dynamics")
PARTS = CLAIMS["singular-vector-dynamics"].parts


def test_of_one_value_nothing_turns() -> None:
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    speeds, *turns, powers = dynamics.measure_exact(made)
    assert turns == [[], []]
    pull = dynamics.end_to_end_flow.gradient(made) * made.U * made.V
    assert speeds == [-3 * t**4 * pull[0, 0]]
    assert powers == [t**4 * pull[0, 0]]


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_it_is_how_the_svd_of_floats_moves(depth: int) -> None:
    made = point(PointKey(depth, 2, Stratum.SIMPLE, 1, 0, 0))
    U, V = (np.array(Q.tolist(), dtype=float) for Q in (made.U, made.V))
    speeds, [left], *_ = ([float(x) for x in group] for group in dynamics.predict(PARTS, made))
    turn, step = np.array([[0, left], [-left, 0]]), 1e-7
    [entries] = dynamics.end_to_end_flow.measure_exact(made)
    W = np.array(made.W.tolist(), dtype=float)
    moved = W + step * U @ np.array([float(x) for x in entries]).reshape(2, 2) @ V.T
    found, values, _ = np.linalg.svd(moved)
    assert (values - np.linalg.svd(W)[1]) / step == pytest.approx(speeds, rel=1e-4)
    aligned = found * np.sign(np.sum(found * U, axis=0))
    assert (aligned - U) / step == pytest.approx(U @ turn, abs=1e-4 * (1 + abs(left)))
