"""The claim operator-spectrum: small eigenvalues are seen, and its printed variant by hand."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from dlnproof import Grid, check
from dlnproof.numeric.points import ExactPoint

operator_spectrum = import_module("dlnproof.checks.operator_spectrum")
ID = "operator-spectrum"


def test_a_small_eigenvalue_is_not_hidden_by_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    # lambda_dd relative to lambda_11 is 1e-37 or less on this grid's tiny spectra
    right = operator_spectrum.operator_pullback
    relative = operator_spectrum.arb_mat([[0] * 4] * 3 + [[0, 0, 0, 1]])

    def wrong(at: ExactPoint, step: Any, digits: int) -> Any:
        K = operator_spectrum.arb_mat(operator_spectrum.eigenvectors(at))
        smallest = at.roots[-1] ** (2 * int(at.depth) - 2)
        return right(at, step, digits) + K * relative * K.transpose() * smallest / 10**20

    monkeypatch.setattr(operator_spectrum, "operator_pullback", wrong)
    [claim] = check([ID], grid=Grid(depths=(5,), widths=(2,)), expression="pullback").claims
    assert not claim.verdict.holds


# --- as printed: the sum over i -------------------------------------------------------------------


def test_the_sum_over_i_is_refuted_for_every_j(refuted: Callable[[str, str], Any]) -> None:
    found = refuted(ID, "summed-over-i")
    depth, size, t = found.N, found.d, found.t
    assert depth == size == 2

    # the eigenvalues from the definition: (1/N) sum_j (W_N..W_{j+1})(..)^T Z (W_{j-1}..W_1)^T (..)
    V, middle, U = found.Q
    W1, W2 = middle @ np.diag(t) @ V.T, U @ np.diag(t) @ middle.T
    true = {}
    for i in range(size):
        for l in range(size):
            Z = np.outer(U[:, i], V[:, l])
            AZ = (W2 @ W2.T @ Z + Z @ W1.T @ W1) / 2
            [true[i, l]] = {a / z for a, z in zip(AZ.flat, Z.flat, strict=True) if z}
            assert not (AZ - true[i, l] * Z).any()  # an eigenvector
    for j in (1, 2):
        mean = sum(x ** (2 * (depth - j)) for x in t) / depth
        printed_values = {(i, l): mean * t[l] ** (2 * (j - 1)) for i, l in true}
        assert printed_values != true
    assert found.left == true[0, 0] == t[0] ** 2
    assert found.right == (t[0] ** 2 + t[1] ** 2) / 2  # at i = l = 1, read with j = 1
