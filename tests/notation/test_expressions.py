"""Expressions as LaTeX: as mathematicians write them, and still what was decided."""

from __future__ import annotations

import pytest

from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import I, L, N
from dlnproof.core.verdict import Verdict
from dlnproof.language.readback import read_back
from dlnproof.notation.tex import tex


@pytest.mark.parametrize(
    ("formula", "printed", "other"),
    [
        (I.sigma**2 / I.root**2, r"\sigma_i^{2-2/N}", r"\sigma_i^{2/N-2}"),
        (I.root**2 / I.sigma**2, r"\sigma_i^{2/N-2}", r"\sigma_i^{2-2/N}"),
        (I.sigma / I.root, r"\sigma_i^{1-1/N}", r"\sigma_i^{1-2/N}"),
        (N * (I.sigma / I.root) ** 2, r"N \sigma_i^{2-2/N}", r"N \sigma_i^{1-1/N}"),
        (1 / (L.sigma**3 / L.root), r"\frac{1}{\sigma_l^{3-1/N}}", r"\frac{1}{\sigma_l^{1/N-3}}"),
    ],
)
def test_powers_of_a_value_and_its_root_are_one_power(
    formula: Expression, printed: str, other: str
) -> None:
    assert tex(formula) == printed
    assert read_back(formula, printed).verdict is Verdict.PROVED
    assert read_back(formula, other).verdict is Verdict.ERROR


@pytest.mark.parametrize("formula", [I.sigma / L.root, I.sigma / I.sigma, (I.sigma + 1) / I.root])
def test_other_fractions_stay_fractions(formula: Expression) -> None:
    assert tex(formula).startswith(r"\frac{")
