"""The claim operator-spectrum: small eigenvalues are seen."""

from typing import Any

import pytest
from flint import arb_mat

from dlnproof import Grid, check
from dlnproof.numeric.exact.exact_geometry import eigenvectors
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.pullback import operator_pullback
from dlnproof.quantities import operator

ID = "operator-spectrum"


def test_a_small_eigenvalue_is_not_hidden_by_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    # lambda_dd relative to lambda_11 is 1e-37 or less on this grid's tiny spectra
    right = operator_pullback
    relative = arb_mat([[0] * 4] * 3 + [[0, 0, 0, 1]])

    def wrong(at: ExactPoint, step: Any, digits: int) -> Any:
        K = arb_mat(eigenvectors(at))
        smallest = at.roots[-1] ** (2 * int(at.depth) - 2)
        return right(at, step, digits) + K * relative * K.transpose() * smallest / 10**20

    monkeypatch.setattr(operator, "operator_pullback", wrong)
    [claim] = check([ID], grid=Grid(depths=(5,), widths=(2,)), expression="pullback").claims
    assert claim.verdict.fails
