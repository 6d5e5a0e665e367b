"""Eigenvalues of a Gram matrix: in decisions the cosine of a free index is a letter."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli
from flint import arb, arb_mat, fmpq

from dlnproof import formula
from dlnproof.core.verdict import Verdict
from dlnproof.errors import InputError
from dlnproof.language.arithmetic import ball
from dlnproof.numeric.exact.points import PointKey, Stratum, point
from dlnproof.quantities.catalogue import QUANTITIES
from dlnproof.quantities.orbit import pair_gram
from dlnproof.run.jobs import alone

EIGENVALUE = r"\sigma_{A}^{2/N}+\sigma_{B}^{2/N}-2(\sigma_{A}\sigma_{B})^{1/N}\cos\frac{C\pi}{N}"


@pytest.mark.parametrize("names", ["ilm", "ijk", "kmj", "jki", "mlk"])
def test_the_letter_in_the_cosine_is_the_wave(names: str) -> None:
    text = EIGENVALUE.translate(str.maketrans("ABC", names))
    found = formula("gram-eigenvalue", text)
    assert (found.verdict, found.scope) == (Verdict.PROVED, "all N, all d")
    assert found.rests_on == ("orbit-volume",)
    apart = rf"\sigma_{names[0]}\ne\sigma_{names[1]}"
    assert formula("gram-eigenvalue", text, where=apart).verdict is Verdict.PROVED


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (r"\sigma_i+\cos(m\pi/N)+\cos(k\pi/N)", "got cosines of k, m, expected one free index"),
        (r"\sigma_i\sigma_j\sigma_k\cos(m\pi/N)", "the free indices i, j, k, expected two"),
    ],
)
def test_more_indices_than_there_are(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        formula("gram-eigenvalue", text)


@pytest.mark.parametrize(
    ("target", "text", "verdict"),
    [
        ("= 0 - 1", "sum(m, 1, N, cos(m*pi/N))", Verdict.ENCLOSED),
        ("= N - 1", "sum(m, 1, N-1, cos(m*pi/N))/cos(pi/N)", Verdict.REFUTED),
        ("svd-jacobian", "van(Sigma^2)*(N-1)*cos(pi/N)/sum(m, 1, N-1, cos(m*pi/N))", None),
        (
            "submersion-eigenvalue",
            "prod(m, 1, N-1, sigma_i^(2/N)+sigma_l^(2/N)-2*(sigma_i*sigma_l)^(1/N)*cos(m*pi/N))",
            Verdict.ENCLOSED,
        ),
    ],
)
def test_of_a_bound_index_nothing_is_decided(
    target: str, text: str, verdict: Verdict | None
) -> None:
    found = formula(target, text).verdict
    assert found is verdict or (verdict is None and found not in (Verdict.PROVED, Verdict.DERIVED))


@pytest.mark.parametrize("stratum", [Stratum.SIMPLE, Stratum.PAIR])
def test_it_is_an_eigenvalue(stratum: Stratum) -> None:
    here = point(PointKey(4, 3, stratum, 1, 0, 0))
    with alone(50):
        found = QUANTITIES["gram-eigenvalue"].values(here)
        assert len(found) == 6 * 3
        for (i, l, m), value in found.items():
            wave = arb_mat([[arb(fmpq(k * m, 4)).sin_pi()] for k in (1, 2, 3)])
            left, right = arb_mat(pair_gram(here, i - 1, l - 1)) * wave, wave * ball(value)
            assert all(a.overlaps(b) for a, b in zip(left.entries(), right.entries(), strict=True))


def test_a_counterexample_is_of_two_indices_and_a_wave(tmp_path: Path, cli: Cli) -> None:
    found = formula("gram-eigenvalue", "sigma[i]**(2/N) + sigma[l]**(2/N)")
    data: dict[str, Any] = dict(found.counterexample or {})
    assert set(data["indices"]) == {"i", "l", "m"}
    path = tmp_path / "at.json"
    path.write_text(json.dumps(data))
    cli(["replay", str(path)])
    for wrong in ({"i": 1, "l": 1, "m": 1}, {"i": 1, "l": 2, "m": data["N"]}):
        path.write_text(json.dumps(data | {"indices": wrong}))
        cli.refused(["replay", str(path)])
