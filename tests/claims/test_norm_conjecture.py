"""The claim norm-conjecture: what its routes must notice, and norms by numpy."""

from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from itertools import product
from typing import Any

import numpy as np
import pytest
from flint import fmpq

from dlnproof import Grid, check
from dlnproof.claims.completion.norm_conjecture import CLAIM
from dlnproof.claims.deduction import Account
from dlnproof.core.expression import Number
from dlnproof.core.verdict import Route, Verdict
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.run.jobs import derive_claim

norm_conjecture = import_module("dlnproof.checks.completion.norm_conjecture")
ID = "norm-conjecture"
GRID = Grid(depths=(1, 2, 3), widths=(1, 2, 3))
LINE = np.linspace(-30, 30, 2001)


def checked() -> dict[Route, Verdict]:
    [claim] = check([ID], grid=GRID, expression="not derivation").claims
    return {evidence.route: evidence.verdict for evidence in claim.evidence}


def account(part: str, formula: Any) -> Account:
    return derive_claim(CLAIM, CLAIM.with_parts({part: formula}))


# --- what is broken is found ----------------------------------------------------------------------


@pytest.mark.parametrize("part", ["determinant", "frobenius", "nuclear", "tilted"])
def test_a_part_that_is_off_by_a_billionth_is_refuted(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    formula: Any = CLAIM.parts[part]
    wrong = formula + Number(1) / Number(10**9)
    assert set(account(part=part, formula=wrong).missing) == {part}
    monkeypatch.setitem(CLAIM.parts, part, wrong)
    seen = checked()
    assert seen[Route.EXACT] is Verdict.REFUTED
    balls = part in ("frobenius", "nuclear")
    assert seen[Route.ENCLOSURE] is (Verdict.REFUTED if balls else Verdict.ENCLOSED)


def test_another_family_of_matrices_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = norm_conjecture.minimiser
    monkeypatch.setattr(norm_conjecture, "minimiser", lambda x: right(x) * 2)
    seen = checked()
    assert (seen[Route.EXACT], seen[Route.ENCLOSURE]) == (Verdict.REFUTED, Verdict.REFUTED)


def test_a_wrong_singular_value_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = norm_conjecture.singular_values
    monkeypatch.setattr(norm_conjecture, "singular_values", lambda x: (right(x)[0], fmpq(1)))
    assert checked()[Route.EXACT] is Verdict.REFUTED


def test_balls_of_wrong_singular_values_are_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = norm_conjecture._balls
    monkeypatch.setattr(
        norm_conjecture, "_balls", lambda x: (right(x)[0] * fmpq(3, 2), right(x)[1])
    )
    assert checked()[Route.ENCLOSURE] is Verdict.REFUTED


def test_another_norm_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(norm_conjecture, "tilted", lambda W: sum(map(abs, W.entries()), fmpq(0)))
    assert checked()[Route.EXACT] is Verdict.REFUTED


# --- as printed -----------------------------------------------------------------------------------


def test_the_counterexample_to_the_minimum(refuted: Callable[[str, str], Any]) -> None:
    found = refuted(ID, "minimum-at-zero")

    def tilted(x: Fraction) -> Fraction:
        return abs(x + 1) + 1 + 1 + 0

    assert found.left == tilted(Fraction(-1)) == 2
    assert found.right == tilted(Fraction(0)) == 3


def test_the_counterexample_to_the_conjecture(refuted: Callable[[str, str], Any]) -> None:
    found = refuted(ID, "conjecture-1")
    rho = Fraction(1, 200)
    assert found.left >= (1 - rho) ** 2 / rho
    assert found.right == 2 < found.left  # the nuclear norm of W_0


# --- independently, in floats ---------------------------------------------------------------------


def family(x: FloatArray) -> FloatArray:
    W = np.zeros((*x.shape, 2, 2))
    W[..., 0, 0], W[..., 0, 1], W[..., 1, 0] = x, 1, 1
    return W


def test_the_norms_by_singular_values() -> None:
    W = family(LINE)
    sigma = np.linalg.svd(W, compute_uv=False)
    assert np.allclose(np.linalg.det(W), -1)
    assert np.allclose(np.linalg.norm(W, axis=(1, 2)) ** 2, LINE**2 + 2)
    assert np.allclose(sigma.sum(axis=1) ** 2, LINE**2 + 4)
    assert (np.linalg.eigvalsh(W)[:, 0] < 0).all()  # none is positive semidefinite


@pytest.mark.parametrize("p", [0.1, 1 / 3, 0.5, 1, 1.5, 2, 7])
def test_schatten_norms_are_least_at_zero_only(p: float) -> None:
    sigma = np.linalg.svd(family(LINE), compute_uv=False)
    size = (sigma**p).sum(axis=1)
    middle = len(LINE) // 2
    assert LINE[middle] == 0
    assert size[middle] == pytest.approx(2)
    assert (np.delete(size, middle) > 2).all()
    assert (np.diff(size[middle:]) > 0).all()  # and grow with |x|
    assert (np.diff(size[: middle + 1]) < 0).all()


def test_unitarily_invariant_norms_are_least_at_zero() -> None:
    """Symmetric gauge functions: a s_1 + b s_2 with a >= b >= 0, and maxima of these."""
    sigma = np.linalg.svd(family(LINE), compute_uv=False)
    rng = np.random.default_rng(2)
    for _ in range(50):
        weights = np.sort(rng.uniform(0, 1, (3, 2)), axis=1)[:, ::-1]
        size = (sigma @ weights.T).max(axis=1)
        assert size.min() == pytest.approx(size[len(LINE) // 2], rel=1e-12)


def tilted(W: FloatArray) -> Any:
    first = np.abs(W[..., 0, 0] + W[..., 0, 1])
    return first + np.abs(W[..., 0, 1]) + np.abs(W[..., 1, 0]) + np.abs(W[..., 1, 1])


def test_the_tilted_norm_is_a_norm() -> None:
    rng = np.random.default_rng(3)
    A, B = rng.standard_normal((2, 5000, 2, 2))
    A[:100, 0, 0] = -A[:100, 0, 1]  # where one of its forms vanishes
    assert (tilted(A + B) <= tilted(A) + tilted(B) + 1e-12).all()
    assert np.allclose(tilted(-3 * A), 3 * tilted(A))
    forms = np.array([[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    assert np.linalg.matrix_rank(forms) == 4  # so that it vanishes at 0 only
    for corner in product((-1.0, 0.0, 1.0), repeat=4):
        W = np.array(corner).reshape(2, 2)
        assert bool(tilted(W) == 0) is not bool(W.any())


def test_its_least_value_is_not_at_zero() -> None:
    size = tilted(family(LINE))
    at = np.argmin(size)
    assert LINE[at] == pytest.approx(-1, abs=0.02)
    assert tilted(family(np.array(-1.0))) == 2
    assert tilted(family(np.array(0.0))) == 3
    assert size[0] > 10  # it forces x to be bounded, like every norm
    assert size[-1] > 10


def test_it_is_not_unitarily_invariant() -> None:
    turned = np.array([[0.0, 1.0], [1.0, 0.0]]) @ family(np.array(-1.0))
    assert tilted(turned) != tilted(family(np.array(-1.0)))


def test_the_loss_does_not_see_x() -> None:
    W = family(LINE)
    assert ((W[:, 0, 1] - 1) ** 2 + (W[:, 1, 0] - 1) ** 2 + W[:, 1, 1] ** 2 == 0).all()
