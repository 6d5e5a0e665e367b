"""Gradients by singular values: right formulas as papers write them are proved, wrong refuted."""

import json
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from dlnproof import entropy_gradient, formula, log_volume_density_gradient
from dlnproof.cli.main import main
from dlnproof.core.verdict import Verdict
from dlnproof.errors import OK, InputError
from dlnproof.language.arithmetic import ball
from dlnproof.numeric.exact.points import PointKey, Stratum, point
from dlnproof.quantities.catalogue import QUANTITIES

ROOTS: Final = r"\frac{\sigma_k^{2/N-1}}{\sigma_k^{2/N}-\sigma_l^{2/N}}"
VALUES: Final = r"\frac{\sigma_k}{\sigma_k^2-\sigma_l^2}"
DENSITY: Final = (
    rf"\frac{{1-N}}{{N\sigma_k}}+\sum_{{l\ne k}}\left(\frac{{2}}{{N}}{ROOTS}-2{VALUES}\right)"
)
ENTROPY: Final = rf"\sum_{{l\ne k}}\left({VALUES}-\frac1N{ROOTS}\right)"
BOTH: Final = r"\sum_{l>k}\frac{1}{\sigma_k+\sigma_l}+\sum_{l<k}\frac{1}{\sigma_k+\sigma_l}"


@pytest.mark.parametrize(
    ("target", "text", "where", "scope"),
    [
        ("volume-gradient", DENSITY, "", "all N, all d"),
        ("volume-gradient", DENSITY.replace("k", "i").replace("l}", "j}"), "", "all N, all d"),
        (
            "volume-gradient",
            rf"\frac{{1-N}}{{N\sigma_k}}-2\sum_{{l=1,\ l\ne k}}^d({VALUES}-\frac1N{ROOTS})",
            "",
            "all N, all d",
        ),
        ("volume-gradient", r"\frac{1-N}{N\sigma_i}", "d = 1", "all N, d = 1"),
        ("volume-gradient", rf"-\frac{{1}}{{2\sigma_k}}-({BOTH})", "N = 2", "N = 2, all d"),
        ("entropy-gradient", ENTROPY, "", "all N, all d"),
        (
            "entropy-gradient",
            rf"\frac{{1}}{{2}}\sum_{{l\ne k}}\left(2{VALUES}-\frac{{2}}{{N}}{ROOTS}\right)",
            "sigma distinct",
            "all N, all d",
        ),
        ("entropy-gradient", r"\frac12\sum_{l\ne k}\frac{1}{\sigma_k+\sigma_l}", "N = 2", "N = 2"),
        ("entropy-gradient", ENTROPY, r"\sigma_k\ne\sigma_l", "all N, all d"),
        ("volume-gradient", DENSITY, "l != k, N >= 2", "all N, all d"),
        ("entropy-gradient", "0", "N = 1", "N = 1, all d"),
    ],
)
def test_what_is_right_is_proved(target: str, text: str, where: str, scope: str) -> None:
    found = formula(target, text, where=where)
    assert found.verdict is Verdict.PROVED
    assert found.scope.startswith(scope)
    assert found.rests_on == (target,)


@pytest.mark.parametrize(
    ("target", "text", "diagnosis"),
    [
        ("volume-gradient", DENSITY.replace(r"\frac{1-N}{N\sigma_k}+", ""), ""),
        ("volume-gradient", DENSITY.replace("2/N-1", "2/N"), ""),
        ("volume-gradient", DENSITY.replace("1-N", "N-1"), "a difference in the wrong order"),
        ("volume-gradient", DENSITY.replace(r"+\sum", r"-\sum"), "a wrong sign"),
        ("volume-gradient", DENSITY.replace(r"l\ne k", "l>k"), "another range of the indices"),
        ("volume-gradient", f"-({DENSITY})", "the negative of the right value"),
        ("entropy-gradient", ENTROPY.replace(r"\frac1N", r"\frac2N"), ""),
        ("entropy-gradient", ENTROPY.replace(r"\sum", r"2\sum"), "off by a factor 2"),
        ("entropy-gradient", DENSITY, ""),
        ("entropy-gradient", "0", ""),
    ],
)
def test_what_is_wrong_is_refuted_with_a_point_at_which_it_is(
    target: str, text: str, diagnosis: str, tmp_path: Path
) -> None:
    found = formula(target, text)
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample is not None
    assert set(found.counterexample["indices"]) == {"i"}
    (tmp_path / "at.json").write_text(json.dumps(found.counterexample))
    assert main(["replay", str(tmp_path / "at.json")]) == OK
    assert (found.diagnosis or "").startswith(diagnosis)
    if diagnosis:
        assert found.correction is not None
        assert found.correction.verdict is Verdict.PROVED
        again = formula(target, found.correction.formula.latex)
        assert again.verdict is Verdict.PROVED  # what --fix puts there is read as it was meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (r"\sum_{l\ne k}\sigma_k+\sum_{l\ne m}\sigma_m", "the free indices k, m, expected one"),
        (r"\sigma_i+\sigma_l", "the free indices i, l, expected one"),
    ],
)
def test_one_index_is_free(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        formula("volume-gradient", text)


def test_an_index_left_out_of_a_range_is_bound_outside() -> None:
    with pytest.raises(InputError, match="the index k is not bound"):
        formula("svd-jacobian", r"\sum_{l=1,\ l\ne k}^d \sigma_l")


def test_two_formulas_in_one_index_are_compared_by_their_terms() -> None:
    first = r"= \sum_{l\ne i}\frac{\sigma_i-\sigma_l}{\sigma_i}"
    assert formula(first, r"d-\operatorname{tr}(\Sigma)/\sigma_i").verdict is Verdict.PROVED
    assert formula(first, r"d-1-\operatorname{tr}(\Sigma)/\sigma_i").verdict is Verdict.REFUTED


@pytest.mark.parametrize("stratum", [Stratum.SIMPLE, Stratum.PAIR])
@pytest.mark.parametrize("depth", [1, 3])
def test_they_are_measured_as_the_entries_of_the_gradients(depth: int, stratum: Stratum) -> None:
    here = point(PointKey(depth, 3, stratum, 1, 0, 0))
    matrix = np.diag([float(s) for s in here.sigma])
    for name, gradient in (
        ("volume-gradient", log_volume_density_gradient),
        ("entropy-gradient", entropy_gradient),
    ):
        found = [float(ball(x)) for x in QUANTITIES[name].values(here).values()]
        assert found == pytest.approx(np.diag(gradient(matrix, depth)), rel=1e-10, abs=1e-12)
