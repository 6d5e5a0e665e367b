"""The dimension of the balanced manifold: by hand, at low rank, in floats, and where it fails."""

from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from flint import fmpq

from dlnproof import formulas as f
from dlnproof.claims import CLAIMS
from dlnproof.core.spectrum import FIRST_ROWS, LAST_ROWS, RANK, ROWS, WIDTH, N
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.run.jobs import derive_claim

checks = import_module("dlnproof.checks.factors.balanced_dimension")
CLAIM = CLAIMS["balanced-dimension"]


def made(depth: int, rank: int, stratum: Stratum = Stratum.SIMPLE) -> ExactPoint:
    return point(PointKey(depth, rank, stratum, 1, 0, 0))


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_of_numbers_there_is_one_direction(depth: int) -> None:
    """All factors are t or -t: t alone moves."""
    tower = checks.Tower(made(depth, 1), 0)
    assert checks.rank(tower.tangents()) == tower.kept() == 1


def test_of_one_row_between_columns_by_hand() -> None:
    """W_1 = t q and W_2 = u t q^T, u and q unit vectors with three and two entries: t, u and q."""
    tower = checks.Tower(made(2, 1), 0, 1)
    assert tower.sizes == [1, 2, 1]
    assert checks.rank(tower.tangents()) == tower.kept() == 2
    tower = checks.Tower(made(1, 1), 1, 2)
    assert checks.rank(tower.tangents()) == tower.kept() == 4


def test_full_rank_is_a_rank() -> None:
    """Where all widths are r, the manifold of rank r is the manifold."""
    for depth in (1, 2, 5):
        for width in (1, 2, 4):
            d = fmpq(width)
            same = {RANK: d, ROWS: d, FIRST_ROWS: d, LAST_ROWS: d, WIDTH: d, N: fmpq(depth)}
            by_rank = f.PRODUCT_DIMENSION.at(same) + (depth - 1) * f.FRAME_DIMENSION.at(same)
            assert f.MANIFOLD_DIMENSION.at(same) == by_rank


def test_at_a_lower_rank_there_are_fewer_directions() -> None:
    """3 x 3 factors of rank 2: 8 of the product and 3 of the frame between, and not 9 and 3."""
    tower = checks.Tower(made(2, 2), 1)
    assert tower.sizes == [3, 3, 3]
    assert checks.rank(tower.tangents()) == tower.kept() == 11


@pytest.mark.parametrize(("depth", "width"), [(2, 2), (3, 3)])
def test_it_is_the_rank_of_a_jacobian_in_floats(depth: int, width: int) -> None:
    rng = np.random.default_rng(depth)
    Q = [np.linalg.qr(rng.normal(size=(width, width)))[0] for _ in range(depth + 1)]
    factors = np.array([Q[j + 1] @ np.diag(range(1, width + 1)) @ Q[j].T for j in range(depth)])

    def defects(flat: np.ndarray) -> np.ndarray:
        W = flat.reshape(factors.shape)
        return np.array([b.T @ b - a @ a.T for a, b in pairwise(W)]).ravel()

    base, h = factors.ravel(), 1e-4
    columns = [(defects(base + h * e) - defects(base - h * e)) / (2 * h) for e in np.eye(base.size)]
    kept = base.size - np.linalg.matrix_rank(np.array(columns), tol=1e-6)
    assert kept == width**2 + (depth - 1) * width * (width - 1) // 2


def test_what_is_measured_is_not_called_proved() -> None:
    """How many directions there are is counted; that they are a manifold's is measured."""
    assert CLAIM.empirical == {"dimension"}
    proof = derive_claim(CLAIM)
    assert proof.verdict is Verdict.PROVED
    assert "dimension" not in proof.established
