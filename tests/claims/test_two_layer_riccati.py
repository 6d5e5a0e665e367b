"""Gradient flow of two factors as one Riccati equation: by hand, and its solution in time."""

from importlib import import_module

import numpy as np
import pytest
from flint import arb_mat, fmpq, fmpq_mat
from slopes_in_floats import floats

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.gradient import integrate
from dlnproof.numeric.exact.matrices import generic
from dlnproof.numeric.exact.points import PointKey, Stratum, point
from dlnproof.numeric.exact.unbalanced import unbalanced

riccati = import_module("dlnproof.checks.factors.two_layer_riccati")
PARTS = CLAIMS["two-layer-riccati"].parts


def test_of_two_numbers_by_hand() -> None:
    """a = 9/2, b = 15/2 and lambda = 36: a' = -b (a b - 1) = b - (36 + a^2 + b^2) a / 2."""
    one = fmpq_mat([[1]])
    pair = unbalanced(one, one, one, [fmpq(3)], 1)
    [first, second] = (move[0, 0] for move in riccati.moves(pair))
    a, b, off = fmpq(9, 2), fmpq(15, 2), fmpq(9, 2) * fmpq(15, 2) - 1
    assert (first, second) == (-b * off, -a * off)
    assert first == b - (36 + a**2 + b**2) * a / 2
    assert second == a - (-36 + a**2 + b**2) * b / 2
    assert riccati.stated(PARTS, "gap", pair) == 18


def exponential(symmetric: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Return a function of a symmetric matrix, by its eigenvalues and eigenvectors."""
    return np.asarray((symmetric * of) @ symmetric.T)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_square_is_the_solution_of_the_equation(sign: int) -> None:
    """Q Q^T(t) = e^(Ft) Q_0 (I + Q_0^T (int e^(2Fs)) Q_0)^(-1) Q_0^T e^(Ft)."""
    made = point(PointKey(2, 2, Stratum.SIMPLE, 1, 0, 0))
    pair = unbalanced(made.U, made.U, made.V, [fmpq(1, 2), fmpq(1, 4)], sign)
    time = fmpq(1, 2)
    end = integrate([arb_mat(pair.first), arb_mat(pair.second)], arb_mat(generic(2)), time, 64)
    after = floats(riccati.stacked(end[0].transpose(), end[1]).tolist())
    start = floats(riccati.stacked(pair.first.transpose(), pair.second).tolist())
    aim, one, gap = floats(generic(2).tolist()), np.eye(2), float(floats([pair.gap])[0]) / 2
    pull = np.block([[-gap * one, aim.T], [aim, gap * one]])
    values, vectors = np.linalg.eigh(pull)
    t = float(time)
    grown = exponential(vectors, np.exp(t * values)) @ start
    summed = exponential(vectors, np.expm1(2 * t * values) / (2 * values))
    inverse = np.linalg.inv(one + start.T @ summed @ start)
    assert after @ after.T == pytest.approx(grown @ inverse @ grown.T, abs=1e-6)
    assert np.abs(after - start).max() > 0.1
