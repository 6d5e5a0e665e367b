"""Claims in TOML: derived from the catalogue's theorems, checked, refused by their line."""

from __future__ import annotations

import json
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli

from dlnproof.claims.toml import studies
from dlnproof.errors import FAILED, InputError
from dlnproof.numeric.exact.points import PointKey, Stratum, point

EXAMPLE = Path(__file__).parents[2] / "examples" / "my_claims.toml"
GRID = ["--depth", "1..2,inf", "--width", "1..2", "--digits", "20", "--jobs", "1"]

RIGHT = {
    "volume-form": "N^(d(d-1)/2) det(Sigma^2)^((1-N)/(2N)) van(Sigma^(2/N))",
    "svd-jacobian": "prod_{i<l} (sigma_i-sigma_l)(sigma_i+sigma_l)",
    "manifold-gram": "2^((N-1) d(d-1)/2) N^(-d) det(Sigma)^(2/N-2) van(Sigma^2) van(Sigma^(2/N))",
    "infinite-volume-form": "van(2*log(Sigma))/det(Sigma)",
    "metric-determinant": "prod(i!=l, N/sum(j, 1, N, sigma[i]^(2(N-j)/N)*sigma[l]^(2(j-1)/N)))"
    "*det(Sigma)^(2/N-2)",
    "metric-entry": "N/sum(j, 1, N, sigma[i]^(2(N-j)/N)*sigma[l]^(2(j-1)/N))",
}


def written(*claims: tuple[str, str, str], more: str = "") -> str:
    return "\n".join(
        f"[{name}]\nquantity = '{quantity}'\nformula = '{formula}'\n{more}"
        for name, quantity, formula in claims
    )


def run(tmp_path: Path, cli: Cli, text: str, status: int = 0) -> dict[str, dict[str, str]]:
    """Return the verdicts by claim and route."""
    path = tmp_path / "mine.toml"
    path.write_text(text)
    _, said = cli.ended(["check", str(path), *GRID, "--json", "-"])
    assert said.out, said.err
    data = json.loads(said.out)
    assert data["run"]["claims"] == ["mine.toml"]
    return {
        claim["id"]: {
            "": claim["verdict"],
            **{each["route"]: each["verdict"] for each in claim["evidence"]},
        }
        for claim in data["claims"]
    }


@pytest.mark.long
def test_right_formulas_are_proved(tmp_path: Path, cli: Cli) -> None:
    text = written(*((f"my-{name}", name, formula) for name, formula in RIGHT.items()))
    text += written(
        ("quotient", "eigenvalue", "(sigma_i^2-sigma_l^2)/(N (sigma_i^(2/N)-sigma_l^(2/N)))"),
        more="coincident = 'sigma_i^(2-2/N)'\n",
    )
    text += written(
        ("logarithms", "infinite-eigenvalue", "(sigma_i^2-sigma_l^2)/(2*log(sigma_i/sigma_l))"),
        more="coincident = 'sigma_i^2'\n",
    )
    found = run(tmp_path, cli, text)
    assert {x[""] for x in found.values()} == {"proved"}, found
    assert {x["derivation"] for x in found.values()} == {"proved"}


MEASURED = {
    **{name: (formula, "") for name, formula in RIGHT.items() if not name.startswith("infinite")},
    "eigenvalue": (
        "(sigma_i^2-sigma_l^2)/(N (sigma_i^(2/N)-sigma_l^(2/N)))",
        "coincident = 'sigma_i^(2-2/N)'",
    ),
    "operator-trace": ("sum(i, l, sum(j, 1, N, sigma[i]^(2(N-j)/N)*sigma[l]^(2(j-1)/N)))/N", ""),
    "squared-norm": ("tr(Sigma^2)", ""),
    "factors-squared-norm": ("N*tr(Sigma^(2/N))", ""),
    "orbit-volume": (
        "c_d^(N-1)*prod(i<l, ((sigma_i^2-sigma_l^2)/(sigma_i^(2/N)-sigma_l^(2/N)))^(1/2))",
        "coincident = 'N^(1/2)*sigma_i^(1-1/N)'",
    ),
}


@pytest.mark.parametrize("name", MEASURED)
def test_the_checker_recomputes_them_without_the_package(name: str) -> None:
    formula, more = MEASURED[name]
    [study] = studies(written((f"my-{name}", name, formula), more=more))
    names: dict[str, Any] = {"__name__": "checker"}
    assembled = import_module("dlnproof.referee.assemble").assembled
    exec(assembled(own=[(study.claim.id, study.referee)]), names)
    pairs = names["PAIRS"][study.claim.id]
    wrong = names["WRONG"][pairs]
    assert set(wrong) == {mutant.name for mutant in study.claim.mutants}
    for width, stratum in ((1, Stratum.SIMPLE), (2, Stratum.SIMPLE), (3, Stratum.PAIR)):
        here = point(PointKey(3, width, stratum, 1, 0, 0))
        frames = [
            names["Matrix"]([Fraction(str(x)) for x in row] for row in Q.tolist())
            for Q in here.frames
        ]
        at = names["Point"](3, [Fraction(str(t)) for t in here.roots], frames)
        assert at.legal
        for measured, stated in pairs(at):
            assert type(stated) in (int, Fraction)  # nothing is a float
            assert measured == stated
        if width == 2:  # elsewhere what is stated may be 0 or 1
            for stated_ in wrong.values():
                assert any(left != right for left, right in pairs(at, **stated_))


def test_of_what_it_does_not_measure_it_has_no_part() -> None:
    [study] = studies(written(("mine", "infinite-volume-form", RIGHT["infinite-volume-form"])))
    assert study.referee == ""


@pytest.mark.long
def test_wrong_formulas_are_refuted(tmp_path: Path, cli: Cli) -> None:
    text = written(
        *(
            (
                f"wrong-{name}",
                name,
                f"{'2' if name == 'metric-entry' else 'det(Sigma)'}*({formula})",
            )
            for name, formula in RIGHT.items()
        )
    ) + written(
        ("quotient", "eigenvalue", "(sigma_i^2-sigma_l^2)/(N (sigma_i^(2/N)-sigma_l^(2/N)))"),
        more="coincident = 'sigma_i^(2-1/N)'\n",
    )
    found = run(tmp_path, cli, text)
    assert {x[""] for x in found.values()} == {"refuted"}, found
    assert "proved" not in {x["derivation"] for x in found.values()}


def test_what_is_refuted_points_to_the_diagnosis(tmp_path: Path, cli: Cli) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(written(("mine", "svd-jacobian", "van(Sigma)"), ("right", *JACOBIAN)))
    told = cli(["check", str(path), "--depth", "1", "--width", "2"], FAILED).out
    pointer = "mine: 'dlnproof formula QUANTITY FORMULA' looks for what is wrong with it"
    assert told.count(pointer) == told.count("dlnproof formula") == 1


def test_the_example_is_proved_recorded_and_verified(tmp_path: Path, cli: Cli) -> None:
    record = tmp_path / "record.json"
    cli(["check", str(EXAMPLE), *GRID, "--json", str(record)])
    assert (
        "The record is confirmed."
        in cli(["verify", str(record), "--with", str(EXAMPLE), "--jobs", "1"]).out
    )
    data = json.loads(record.read_text())
    assert [claim["verdict"] for claim in data["claims"]] == ["proved"] * 3
    assert list(data["run"]["files"]) == ["my_claims.toml"]
    shown = cli(["explain", "mean-of-powers", "--with", str(EXAMPLE)]).out
    assert "builds on   operator-spectrum" in shown


JACOBIAN = ("svd-jacobian", "van(Sigma^2)")
LAMBDA = "sum(j, 1, N, sigma_i^(2(N-j)/N)*sigma_l^(2(j-1)/N))"
OF_ROOTS = {
    "orbit-volume": f"c(d)^(N-1)*prod(i<l, {LAMBDA})^(1/2)",
    "entropy": f"(N-1)*log(c(d)) + sum(i<l, log({LAMBDA}))/2",
    "volume-density": f"det(Sigma)^(1/N-1)*prod(i<l, N/{LAMBDA})",
}


def test_roots_and_logarithms_are_stated_by_what_is_under_them(tmp_path: Path, cli: Cli) -> None:
    right = written(*((f"my-{name}", name, formula) for name, formula in OF_ROOTS.items()))
    right += written(
        ("quotient", "orbit-volume", "c(d)^(N-1)*sqrt(van(Sigma^2)/van(Sigma^(2/N)))"),
        more="coincident = 'sqrt(N)*sigma_i^(1-1/N)'\n",
    )
    wrong = written(
        ("not-halved", "entropy", OF_ROOTS["entropy"].replace("/2", "")),
        ("no-root", "orbit-volume", OF_ROOTS["orbit-volume"].replace("^(1/2)", "")),
        ("inverse", "volume-density", OF_ROOTS["volume-density"].replace("N/sum", "1/sum")),
    )
    found = run(tmp_path, cli, right + wrong, FAILED)
    assert [x[""] for x in found.values()] == ["proved"] * 4 + ["refuted"] * 3, found
    [study, *_] = studies(right)
    assert study.claim.title == "A formula for the quantity orbit-volume, stated of orbit-squared"


SUMS = {
    "squared-norm": r"\sum_{i=1}^r \sigma_i^2",
    "factors-squared-norm": r"N \operatorname{tr}((W^T W)^{1/N})",
    "operator-trace": r"\sum_{j=1}^N\frac1N\operatorname{tr}(\Sigma^{2(N-j)/N})"
    r"\operatorname{tr}(\Sigma^{2(j-1)/N})",
    "log-volume-density": f"(1/N-1)*sum(i, log(sigma_i)) + sum(i<l, log(N/{LAMBDA}))",
}


def test_sums_are_stated_by_their_terms(tmp_path: Path, cli: Cli) -> None:
    right = written(*((f"my-{name}", name, formula) for name, formula in SUMS.items()))
    right += written(
        (
            "by-pairs",
            "operator-trace",
            "sum(i, sigma_i^(2-2/N)) + sum(i!=l, (sigma_i^2-sigma_l^2)"
            "/(sigma_i^(2/N)-sigma_l^(2/N)))/N",
        ),
        more="coincident = '2*sigma_i^(2-2/N)'\n",
    )
    right += written(
        ("in-letters", "factors-squared-norm", r"L\sum_{i=1}^k s_i^{2/L}"),
        more="let = 'L = N, s = sigma, k = d'\n",
    )
    wrong = written(
        ("no-depth", "factors-squared-norm", r"\sum_{i=1}^r \sigma_i^{2/N}"),
        ("no-squares", "squared-norm", "3*tr(Sigma)"),
        ("once", "operator-trace", f"sum(i<=l, {LAMBDA})/N"),
    )
    found = run(tmp_path, cli, right + wrong, FAILED)
    assert [x[""] for x in found.values()] == ["proved"] * 6 + ["refuted"] * 3, found
    assert {x["derivation"] for x in found.values()} == {"proved", "refuted"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (written(("a", "squared-norm", "tr(Sigma)^2")), "has a sum over pairs"),
        (written(("a", "squared-norm", "1+tr(Sigma^2)")), "a term that is in no sum over i"),
        (written(("a", "squared-norm", "van(Sigma)")), "line 3: a: formula: it is not a product"),
        (written(("a", "squared-norm", "tr(Sigma)^3")), "a sum over three indices"),
        (
            written(("a", "operator-trace", "sum(i<l, (sigma_i^2-sigma_l^2)/(sigma_i-sigma_l))")),
            "the term of a pair has no value at sigma_i = sigma_l; give the limit",
        ),
        (
            written(("a", "operator-trace", "sum(i, l, sigma_i)"), more="coincident = 'sigma_i'"),
            "the term of a pair has another value at sigma_i = sigma_l than",
        ),
        (
            written(("a", "operator-trace", "1"), more="let = 'normalization = sum'"),
            "line 4: a: let: got normalization = sum",
        ),
        (
            written(("a", "svd-jacobian", "1"), more="let = 'q'"),
            "line 4: a: let: got 'q', expected",
        ),
        ("", "states no claim"),
        (
            '[a]\nquantity = "svd-jacobian"\nformula = "\\prod_{i<l} 1"',
            r"is no TOML: .*line 3.*; LaTeX goes in single quotes, as in formula = '\\prod",
        ),
        (
            '[a]\nquantity = "svd-jacobian"\nformula = "\\frac{1}{2}"',
            "line 3: a: formula: got a control character; LaTeX goes in single quotes",
        ),
        (written(("a", "volumeform", "1")), r"got 'volumeform' \(did you mean volume-form\?\)"),
        (
            written(("a", "svd-jacobian", "1+van(Sigma)")),
            r"not a product.*; expected products over i .*; 'dlnproof formula svd-jacobian",
        ),
        ("\n[a\n", r"is no TOML: .*line 2"),
        ("\na = 1", r"line 2: a: got a value, expected a table \[a\]"),
        ("[a]\n\n[b]\nquantity = 'entropi'\nformula = '1'", "line 1: a: the field 'quantity'"),
        ("# [a]\n[a]\nquantity = 'rank'\nformula = '1'", "line 3: a: quantity: got 'rank'"),
        (written(("a", "svd-jacobian", "2*van(Sigma^2)")), "depends on neither i nor l"),
        (written(("a", "orbit-volume", "det(Sigma)")), "another power of c_d"),
        (
            written(("a", "volume-density", "van(-Sigma)")),
            "has a factor that is not seen to be positive",
        ),
        (written(("a", "svd-jacobian", "1")) + "colour = 'red'", "line 1: a: got the field 'col"),
        (written(("a", "svd-jacobian", "van(")), "line 3: a: formula: it ends too early"),
        (written(("a", "svd-jacobian", "sigma_i")), "line 3: a: formula: the index i is not"),
        (written(("a", "svd-jacobian", "van(sqrt(Sigma))")), "line 3: a: formula: a root"),
        (
            written(("a", "svd-jacobian", "sqrt(van(Sigma))"), more="coincident = '0'"),
            "line 3: a: formula: it has a root",
        ),
        (
            written(("a", "orbit-squared", "van(Sigma^2)/van(Sigma^(2/N))")),
            "no value at sigma_i = sigma_l; give the limit there",
        ),
        (
            written(("a", "volume-form", RIGHT["volume-form"]), more="coincident = '17*sigma_i'"),
            "line 3: a: formula: the factor of a pair has another value at sigma_i = sigma_l",
        ),
        (
            written(("a", "svd-jacobian", RIGHT["svd-jacobian"]), more="coincident = 'sigma_i'"),
            "than the field 'coincident' says; leave that field out",
        ),
        ("[A]\nquantity = 'svd-jacobian'\nformula = '1'", "line 1: claim 'A': field 'id'"),
        ("[a]\nquantity = 'svd-jacobian'\nformula = 1", "line 3: a: formula: got 1, expected"),
    ],
)
def test_what_is_no_claim_is_refused_by_its_line(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        studies(text)


def test_what_a_formula_says_at_equal_singular_values_may_be_said_again() -> None:
    formula = RIGHT["svd-jacobian"]
    [study] = studies(written(("a", "svd-jacobian", formula), more="coincident = '0'"))
    [alone] = studies(written(("a", "svd-jacobian", formula)))
    assert study.claim.parts == alone.claim.parts


def test_free_indices_may_have_any_two_names() -> None:
    quotient = "(sigma_{0}^2-sigma_{1}^2)/(N (sigma_{0}^(2/N)-sigma_{1}^(2/N)))"
    [usual] = studies(
        written(
            ("a", "eigenvalue", quotient.format("i", "l")), more="coincident = 'sigma_i^(2-2/N)'"
        )
    )
    for own in "km":
        [study] = studies(
            written(
                ("a", "eigenvalue", quotient.format("k", "m")),
                more=f"coincident = 'sigma_{own}^(2-2/N)'",
            )
        )
        assert study.claim.parts == usual.claim.parts
    with pytest.raises(InputError, match="the index p is not bound"):
        studies(
            written(("a", "eigenvalue", quotient.format("k", "m")), more="coincident = 'sigma_p'")
        )


def test_a_file_of_claims_is_refused_by_its_name(tmp_path: Path, cli: Cli) -> None:
    for content, why in ((b"\xff", "is no UTF-8 text"), (b"[a]", "line 1: a: the field")):
        path = tmp_path / "mine.toml"
        path.write_bytes(content)
        assert f"mine.toml': {why}" in cli.refused(["check", str(path)])
