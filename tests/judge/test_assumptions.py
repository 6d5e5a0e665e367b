"""What an author assumes and how: hypotheses, conventions, proportions, formulas against others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Cli

from dlnproof import formula
from dlnproof.core.verdict import Verdict
from dlnproof.errors import FAILED, IN_PART, NOTHING, InputError
from dlnproof.judge import proofs
from dlnproof.judge.hypotheses import VOCABULARY, hypotheses
from dlnproof.language.deciding import Outcome

MEAN = "sigma[i]**(2-2/N)"
VOLUME = "det(Sigma**2)**((1-N)/(2*N))*van(Sigma**(2/N))"


@pytest.mark.parametrize(
    ("target", "text", "where", "scope"),
    [
        ("eigenvalue", MEAN, "i = l", "all N, all d where i = l"),
        (
            "eigenvalue",
            MEAN,
            r"$\sigma_i=\sigma_l$, N >= 2",
            "N >= 2, all d where sigma_i = sigma_l",
        ),
        ("eigenvalue", MEAN, "d = 1", "all N, d = 1"),
        ("orbit-volume", "4", "N=3 and d = 1", "N = 3, d = 1"),
        ("eigenvalue", "(sigma[i] + sigma[l])/2", "N = 2", "N = 2, all d"),
        (
            "eigenvalue",
            "(sigma[i]**(4/3) + (sigma[i]*sigma[l])**(2/3) + sigma[l]**(4/3))/3",
            "N = 3, i < l",
            "N = 3, all d where i < l",
        ),
        (
            "eigenvalue",
            "abs(sigma[i]**2-sigma[l]**2)/(N*(sigma[i]**(2/N)-sigma[l]**(2/N)))",
            "i < l",
            "all N, all d where i < l",
        ),
        ("svd-jacobian", "1", "d = 1", "all N, d = 1"),
        ("orbit-volume", "2^(N-1)", "d = 1", "all N, d = 1"),
        ("orbit-volume", "c(d)^(N-1)", "d = 1", "all N, d = 1"),
        ("orbit-volume", "4", "d = 1, N = 3", "N = 3, d = 1"),
        ("entropy", "(N-1)*log(2)", "d = 1", "all N, d = 1"),
        ("entropy", "log(c(d)/2) + (N-1)*log(2)", "d = 1", "all N, d = 1"),
        ("svd-jacobian", "sigma_1^2 - sigma_2^2", "d = 2", "all N, d = 2"),
        ("svd-jacobian", "abs(sigma_2^2 - sigma_1^2)", "d = 2", "all N, d = 2"),
        ("svd-jacobian", "tr(Sigma) prod(i, prod(l>i, sigma_i-sigma_l))", "d = 2", "all N, d = 2"),
        (
            "volume-form",
            "N (sigma_1^(2/N)-sigma_2^(2/N)) (sigma_1 sigma_2)^(1/N-1)",
            "d = 2",
            "all N, d = 2",
        ),
        (
            "volume-form",
            "2 (sigma_1-sigma_2)/sqrt(sigma_1 sigma_2)",
            "d = 2, N = 2",
            "N = 2, d = 2",
        ),
        (
            "volume-density",
            "sqrt(prod(i, sigma_i^(2/N-2)) N^d"
            " ((sigma_1^(2/N)-sigma_2^(2/N))/(sigma_1^2-sigma_2^2))^2)",
            "d = 2",
            "all N, d = 2",
        ),
        (
            "orbit-squared",
            "sum(l, 1, N, sigma_1^(2(N-l)/N)*sigma_2^(2(l-1)/N))",
            "d = 2",
            "all N, d = 2",
        ),
        ("orbit-volume", "c(d)*sqrt(prod(i<l, sigma[i]+sigma[l]))", "N = 2", "N = 2, all d"),
        ("volume-form", "van(Sigma**2)", "N = 1", "N = 1, all d"),
        ("infinite-eigenvalue", "sigma[i]**2", "i = l", "all d where i = l"),
        # what holds anyway is not said to need them
        ("svd-jacobian", "van(Sigma**2)", "sigma distinct, d >= 2", "all N, all d"),
    ],
)
def test_what_is_decided_where(target: str, text: str, where: str, scope: str) -> None:
    found = formula(target, text, where=where)
    assert (found.decided, found.scope) == (True, scope)
    assert found.where
    if scope not in ("all N, all d", "all d"):
        assert not formula(target, text).holds


@pytest.mark.parametrize(
    ("target", "text", "where"),
    [
        ("eigenvalue", "sigma[i]**(2-1/N)", "i = l"),
        ("eigenvalue", MEAN, "i != l"),
        ("eigenvalue", MEAN, "sigma distinct, i < l"),
        ("eigenvalue", "(sigma[i] + sigma[l])/2", "N = 3"),
        ("eigenvalue", "(sigma[i] + sigma[l])/2", "N >= 2"),
        (
            "eigenvalue",
            "abs(sigma[i]**2-sigma[l]**2)/(N*(sigma[i]**(2/N)-sigma[l]**(2/N)))",
            "i != l",
        ),
        ("svd-jacobian", "1", "d = 2"),
        ("svd-jacobian", "sigma_2^2 - sigma_1^2", "d = 2"),
        ("svd-jacobian", "sigma_1^2 - sigma_2^2", "d >= 2"),
        ("svd-jacobian", "prod(i<=l, sigma_i^2 - sigma_l^2 + 1)", "d = 2"),
        ("volume-form", "2 (sigma_1-sigma_2)/sqrt(sigma_1)", "d = 2, N = 2"),
        ("volume-form", "(sigma_1^(2/N)-sigma_2^(2/N)) (sigma_1 sigma_2)^(1/N-1)", "d = 2"),
        ("orbit-volume", "c(d)*sqrt(prod(i<l, sigma[i]+sigma[l]))", "N = 4"),
        ("volume-form", VOLUME, "N = 7"),
    ],
)
def test_what_is_wrong_there_is_refuted_there(target: str, text: str, where: str) -> None:
    found = formula(target, text, where=where)
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample is not None
    free = tuple(found.counterexample.get("indices", {}).values())
    roots = tuple(found.counterexample["point"]["t"])
    given = hypotheses(where, ("i", "l") if free else ())
    assert given.admit(found.counterexample["N"], roots, free)


def test_points_are_only_those_where_it_is_stated() -> None:
    root = "sqrt((sigma_1^2-sigma_2^2)/(sigma_1^(2/N)-sigma_2^(2/N)))"
    found = formula("orbit-volume", f"c(d)^(N-1) {root}", where="d = 2")
    assert found.verdict is Verdict.EXACT
    assert found.scope == "N = 1..12, d = 2"


def test_what_holds_nowhere_is_vacuous() -> None:
    found = formula("eigenvalue", MEAN, where="i = l, i != l")
    assert found.verdict is Verdict.VACUOUS
    assert not found.holds


def test_one_depth_alone_proves_nothing_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the decision for one depth is wrong, the definition at points says so."""
    monkeypatch.setattr(proofs, "_where", lambda target, tree: Outcome(Verdict.PROVED))
    assert formula("eigenvalue", MEAN, where="i != l").verdict is Verdict.ERROR


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("svd-jacobian", "sigma"),
        ("svd-jacobian", "i = l"),
        ("svd-jacobian", "N = 0"),
        ("svd-jacobian", "N = 13"),
        ("svd-jacobian", "N <= 2"),
        ("svd-jacobian", "N = 2,"),
        ("infinite-eigenvalue", "N = 2"),
        ("eigenvalue", "l < i"),
    ],
)
def test_the_vocabulary_is_closed_and_listed(target: str, says: str) -> None:
    with pytest.raises(InputError, match="expected some of sigma distinct, ") as refused:
        formula(target, "1", where=says)
    listed = (
        str(refused.value)
        .partition("expected some of ")[2]
        .partition(", joined by ")[0]
        .split(", ")
    )
    assert set(listed) <= set(VOCABULARY)
    assert ("i = l" in listed) is (target in ("eigenvalue", "infinite-eigenvalue"))
    assert ("N = 2" in listed) is (target != "infinite-eigenvalue")


# --- conventions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "text", "let", "right"),
    [
        ("svd-jacobian", "van(Sigma**2)", "van = j-i", False),
        ("svd-jacobian", "(-1)**(d*(d-1)/2)*van(Sigma**2)", "van = j-i", True),
        ("svd-jacobian", "abs(van(Sigma**2))", "van = j - i", True),
        ("svd-jacobian", "van(Sigma**2)", "van = i-j", True),
        (
            "metric-determinant",
            "N**(d*(d-1))*det(Sigma)**(2/N-2)*(V(Sigma**(2/N))/V(Sigma**2))**2",
            "V = van; van = j-i",
            True,
        ),
        (
            "eigenvalue",
            "(sigma[i]**2-sigma[l]**2)/(sigma[i]**(2/N)-sigma[l]**(2/N))",
            "normalization = sum",
            True,
        ),
        (
            "eigenvalue",
            "(sigma[i]**2-sigma[l]**2)/(sigma[i]**(2/N)-sigma[l]**(2/N))/N",
            "normalisation = sum",
            False,
        ),
        ("volume-form", f"N**(-d/2)*{VOLUME}", "normalization = sum", True),
        ("volume-form", f"N**(d*(d-1)/2)*{VOLUME}", "normalization = sum", False),
        ("volume-density", f"N**(-d/2)*{VOLUME}/van(Sigma**2)", "normalization = sum", True),
        (
            "orbit-volume",
            "c(d)**(N-1)*sqrt(van(Sigma**2)/van(Sigma**(2/N)))",
            "normalization = sum",
            True,
        ),
        ("eigenvalue", "(s_k**2-s_m**2)/(s_k**(2/H)-s_m**(2/H))/H", "H = N, s = sigma", True),
    ],
)
def test_an_authors_conventions(target: str, text: str, let: str, right: bool) -> None:
    found = formula(target, text, let=let)
    assert found.decided is right
    assert (found.verdict is Verdict.REFUTED) is not right
    if found.correction is not None:  # it is the author's again
        assert formula(target, found.correction.formula.plain, let=let).decided
        assert formula(target, f"${found.correction.formula.latex}$", let=let).decided


@pytest.mark.parametrize(
    ("let", "why"),
    [
        ("normalization = both", "expected mean or sum"),
        ("van = l-i", "expected i-j or j-i"),
        ("x", "expected X = NAME"),
    ],
)
def test_no_convention(let: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        formula("svd-jacobian", "1", let=let)


# --- up to a constant -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "text", "constant"),
    [
        ("volume-form", r"\rho\propto\det(\Sigma^2)^{\frac{1-N}{2N}}"
         r"\operatorname{van}(\Sigma^{2/N})",
         "N**(d*(d - 1)/2)"),
        ("svd-jacobian", r"\propto 6\operatorname{van}(\Sigma^2)", "1/6"),
        ("svd-jacobian", r"J \propto \operatorname{van}(\Sigma^2)", "1"),
        ("orbit-volume", r"\propto\sqrt{\frac{\operatorname{van}(\Sigma^2)}"
         r"{\operatorname{van}(\Sigma^{2/N})}}", "c(d)**(N - 1)"),
        ("eigenvalue", r"\lambda_{ij}\propto"
         r"\frac{\sigma_i^2-\sigma_j^2}{\sigma_i^{2/N}-\sigma_j^{2/N}}", "1/N"),
    ],
)  # fmt: skip
def test_the_constant_is_named(target: str, text: str, constant: str) -> None:
    found = formula(target, text)
    assert found.decided
    assert found.scope == f"all N, all d, up to a constant: it is {constant} times the formula"
    # what is meant up to a constant is judged no further than that
    assert formula(target, text.partition(r"\propto")[2]).decided is (constant == "1")
    assert "up to a constant" not in formula(target, text.partition(r"\propto")[2]).scope


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("svd-jacobian", r"\propto\operatorname{van}(\Sigma)"),
        ("svd-jacobian", r"\propto\det(\Sigma)\operatorname{van}(\Sigma^2)"),
        ("volume-form", r"\propto\det(\Sigma)^{\frac{1-N}{2N}}\operatorname{van}(\Sigma^{2/N})"),
        ("eigenvalue", r"\propto\sigma_i^2"),
        ("svd-jacobian", r"\propto 1+\operatorname{van}(\Sigma^2)"),
    ],
)
def test_what_is_not_proportional_is_refuted_by_two_points(target: str, text: str) -> None:
    found = formula(target, text)
    assert found.verdict is Verdict.REFUTED
    assert found.notes[0].count("times the right value at sigma^(1/N) = (") == 2


def test_a_constant_that_is_not_known_is_not_claimed() -> None:
    found = formula("svd-jacobian", r"\propto (1+N+d)\operatorname{van}(\Sigma^2)")
    assert found.verdict is Verdict.UNDECIDED
    with pytest.raises(InputError, match="is a logarithm"):
        formula("entropy", r"S\propto\log\det\Sigma")


# --- one formula against another ------------------------------------------------------------------

EQUAL = [
    ("van(Sigma)**2", "prod(i!=l, abs(sigma[i]-sigma[l]))"),
    ("log(det(Sigma))", "sum(i, log(sigma[i]))"),
    ("sigma[i]**2-sigma[k]**2", "(sigma[i]-sigma[k])*(sigma[i]+sigma[k])"),
    (r"\frac{\sigma_i^2-\sigma_l^2}{\sigma_i^{2/N}-\sigma_l^{2/N}}",
     r"\sum_{j=1}^N\sigma_i^{2(N-j)/N}\sigma_l^{2(j-1)/N}"),
    ("c(d)**N/c(d)", "prod(k, 2, N, c(d))"),
]  # fmt: skip
DIFFERENT = [
    ("van(Sigma)**2", "prod(i!=l, sigma[i]+sigma[l])"),
    ("log(det(Sigma))", "2*sum(i, log(sigma[i]))"),
    ("sigma[i]**2-sigma[k]**2", "(sigma[i]-sigma[k])**2"),
    ("N**d", "N**(d+1)"),
    ("van(Sigma)", "van(Sigma)+prod(i<l, 1+0**abs(sigma[i]-sigma[l]))-1"),
]


@pytest.mark.parametrize(("first", "second"), EQUAL)
def test_equal_formulas(first: str, second: str, cli: Cli) -> None:
    assert formula(f"= {first}", second).verdict is Verdict.PROVED
    assert formula(f"= {second}", first).verdict is Verdict.PROVED
    assert "\nproved (all N, all d)\n" in cli(["formula", "--equal", first, second]).out


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_different_formulas(first: str, second: str, tmp_path: Path, cli: Cli) -> None:
    path = tmp_path / "out.json"
    said = cli(["formula", "--equal", first, second, "--json", str(path)], FAILED)
    data = json.loads(path.read_text())
    assert data["verdict"] == "refuted", said
    assert data["counterexample"]["left"] != data["counterexample"]["right"]
    again = cli(["replay", str(path)]).out
    assert data["counterexample"]["left"] in again


def test_formulas_that_are_no_products_are_compared_at_points() -> None:
    found = formula("= tr(Sigma)**3", "tr(Sigma)*tr(Sigma)**2")
    assert (found.verdict, found.rests_on) == (Verdict.EXACT, ())
    assert formula("= tr(Sigma)**2", "tr(Sigma)*tr(Sigma)").verdict is Verdict.PROVED
    assert formula("= sqrt(-det(Sigma))", "1").verdict is Verdict.VACUOUS
    assert formula("= sigma[1]", "sigma[2]", where="d = 1").holds is False
    with pytest.raises(InputError, match="the first formula: "):
        formula("= van(", "1")


# --- many -----------------------------------------------------------------------------------------

LIST = """# the volume, and where it is made of
let L = N
volume-form:  L**(d*(d-1)/2)*det(Sigma**2)**((1-L)/(2*L))*van(Sigma**(2/L))
eigenvalue where i = l: sigma[i]**(2-2/L)   # alone

= van(Sigma**2): prod(i<l, sigma[i]**2-sigma[l]**2)
"""


def test_many_formulas_at_once(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list").write_text(LIST)
    *lines, counts = cli(["formula", "--file", "list"]).out.splitlines()
    assert [line.split(" ")[:2] for line in lines] == [
        ["list:3:15:", "proved"],
        ["list:4:25:", "proved"],
        ["list:6:18:", "proved"],
    ]
    assert counts == "3 formulas: 3 proved."
    for more, status in (
        ("svd-jacobian: van(Sigma)", FAILED),
        ("svd-jacobian: van(", IN_PART),
        ("svd-jacobian", IN_PART),
        ("svd: 1", IN_PART),
        ("svd-jacobian: van(Sigma**2)*abs(N-70)/(70-N)", IN_PART),
    ):
        Path("list").write_text(LIST + more)
        said = cli(["formula", "--file", "list"], status).out.splitlines()
        assert said[3].startswith("list:7:")
        data = json.loads(cli(["formula", "--file", "list", "--json", "-"], status).out)
        assert [each["line"] for each in data["formulas"]] == [3, 4, 6, 7]
    for wrong, right in (
        (r"\operatorname{van}(\Sigma)", r"\operatorname{van}(\Sigma^{2})"),
        ("van(Sigma)", "van(Sigma**2)"),
    ):
        Path("list").write_text(f"{LIST}svd-jacobian: {wrong}")
        *_, line, _ = cli(["formula", "--file", "list"], FAILED).out.splitlines()
        assert line.endswith(f"; write {right} (proved: all N, all d)")
    Path("list").write_text("# nothing\n")
    assert "got no formula" in cli.refused(["formula", "--file", "list"], NOTHING)
    assert "no such" in cli.refused(["formula", "--file", "none"]).lower()
    cli.refused(["formula", "--file", "list", "svd-jacobian", "1"])


def test_many_formulas_from_standard_input(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    assert cli(["formula", "-"]).out.endswith("3 formulas: 3 proved.\n")


WRONG_AS_ASKED: list[tuple[str, str, dict[str, str]]] = [
    ("svd-jacobian", "van(Sigma^2)", {"let": "van = j-i"}),
    ("eigenvalue", "(sigma_i^2-sigma_l^2)/(sigma_i^(2/N)-sigma_l^(2/N))", {}),
    (
        "eigenvalue",
        "(sigma_i^2-sigma_l^2)/(N(sigma_i^(2/N)-sigma_l^(2/N)))",
        {"let": "normalization = sum"},
    ),
    ("metric-determinant", r"\prod_{i,j}\lambda_{ij}", {}),
    ("metric-determinant", r"\prod_{i\ne j}\lambda_{ij}^{-1}", {}),
    ("metric-determinant", r"\prod_{i<j}\lambda_{ij}^{-2}", {}),
    ("volume-form", r"N^{d(d-1)/2}\det(WW^T)^{\frac{1-N}{N}}\operatorname{van}(\Sigma^{2/N})", {}),
    ("volume-form", r"N^{d(d-1)/2}|\det W|^{\frac{1-N}{2N}}\operatorname{van}(\Sigma^{2/N})", {}),
    ("orbit-volume", r"\operatorname{vol}(O_d)^{N}\sqrt{V(\Sigma^2)/V(\Sigma^{2/N})}", {}),
    ("eigenvalue", "sigma_i^(2-2/N)", {"where": "i != l"}),
    ("eigenvalue", "sigma_i^(2-2/N)", {"where": "N >= 2"}),
    ("eigenvalue", "sigma_i^2", {"where": "i = l"}),
    ("eigenvalue", "(sigma_i+sigma_l)/2", {"where": "N >= 2"}),
    ("eigenvalue", "sigma_i*sigma_l", {"where": "N = 2"}),
    ("svd-jacobian", "sigma_1^2-sigma_2^2", {"where": "d >= 2"}),
    ("svd-jacobian", "(sigma_1-sigma_2)^2", {"where": "d = 2"}),
    ("svd-jacobian", "(sigma_1^2-sigma_2^2)*(N-1)^0", {"where": "d = 3"}),
    ("svd-jacobian", "2", {"where": "d = 1"}),
    ("volume-form", "det(Sigma)^(1/N-1)", {"where": "d = 2"}),
    ("volume-form", r"\propto \det(\Sigma)^{\frac1N}\operatorname{van}(\Sigma^{2/N})", {}),
    ("eigenvalue", r"\propto \sigma_i^2-\sigma_l^2", {}),
    (
        "infinite-eigenvalue",
        r"\sigma_i\sigma_l"
        r"\frac{\cosh(\log\frac{\sigma_i}{\sigma_l})}{\log\frac{\sigma_i}{\sigma_l}}",
        {},
    ),
    ("svd-jacobian", "abs(sigma_1^2-sigma_2^2)+0^(d-2)", {"where": "d = 2"}),
    ("= van(Sigma)", "abs(van(-Sigma))*(-1)^(d(d-1)/2)", {}),
    ("= N", "d", {}),
    ("= det(Sigma)", "prod(i, 1, d-1, sigma_i)", {}),
    ("= sqrt(det(Sigma)^2)", "-det(Sigma)", {}),
    ("= log(det(Sigma))", "log(det(Sigma))+1-N", {}),
    ("= sigma_i/sigma_l", "sigma_l/sigma_i", {}),
    ("= sigma_k/sigma_m", "sigma_m/sigma_k", {}),
    ("svd-jacobian", r"\Delta(\sigma_1,\dots,\sigma_d)^2", {}),
    ("svd-jacobian", "N^d (d-1) van(Sigma^2)", {}),
    ("svd-jacobian", "Gamma(d) van(Sigma^2)", {}),
    ("svd-jacobian", "Gamma(d+1)/Gamma(d)/d^2 * van(Sigma^2)", {}),
    ("svd-jacobian", r"\sigma_1\cdots\sigma_d\prod_{i<j}(\sigma_i-\sigma_j)", {}),
    (
        "entropy",
        r"S = (N-1)\log\operatorname{vol}(O_d) + "
        r"\sum_{i<j}\log\frac{s_i^2-s_j^2}{s_i^{2/N}-s_j^{2/N}}",
        {},
    ),
]


@pytest.mark.parametrize(("target", "text", "asked"), WRONG_AS_ASKED)
def test_nothing_wrong_is_proved_however_it_is_asked(
    target: str, text: str, asked: dict[str, str]
) -> None:
    where, let = asked.get("where", ""), asked.get("let", "")
    assert formula(target, text, where=where, let=let).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("first", "second", "where"),
    [
        ("sigma_k", "sigma_m", ""),
        ("sigma_k", "sigma_m", "k < m"),
        (r"\sigma_k", r"\sigma_m", ""),
        ("1", "sigma_k/sigma_m", ""),
    ],
)
def test_different_indices_of_two_formulas_are_different(
    first: str, second: str, where: str
) -> None:
    assert formula(f"= {first}", second, where=where).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("first", "second", "where"),
    [
        ("sigma_m", "sigma_m*sigma_k/sigma_k", ""),
        ("sigma_k/sigma_m", "sigma_k^2/(sigma_k*sigma_m)", ""),
        ("sigma_k", "sigma_m", "k = m"),
        ("tr(Sigma)+1", "1+tr(Sigma)", ""),
        ("Gamma(d/2)*(tr(Sigma)+N)", "(N+tr(Sigma))*Gamma(d/2)", ""),
        ("sigma_l", "sigma_k", "k = l"),
        ("sigma_l", "sigma_l*sigma_k/sigma_k", "k < l"),
    ],
)
def test_one_index_of_two_formulas_is_one(first: str, second: str, where: str) -> None:
    assert formula(f"= {first}", second, where=where).verdict is Verdict.PROVED


@pytest.mark.parametrize(
    ("target", "text", "where", "why"),
    [
        ("= sigma_k+sigma_m", "sigma_k+sigma_p", "", "free indices k, m, p in the two formulas"),
        ("= sigma_k", "sigma_k", "i = l", "where: got i, l, expected the free indices .*: k"),
        ("= sigma_k", "sigma_m", "k < p", "where: got p, expected the free indices .*: k, m"),
        ("eigenvalue", "sigma_k^(2-2/N)", "i < l", "where: got i, l, expected .*: k"),
        ("eigenvalue", "sigma_k^(2-2/N)", "i = l", "where the quantity's two are one, write k = l"),
        ("eigenvalue", "(sigma_k+sigma_m)/2", "N = 2, i = l", "where: got i, l, expected"),
    ],
)
def test_what_is_said_of_other_indices_is_refused(
    target: str, text: str, where: str, why: str
) -> None:
    with pytest.raises(InputError, match=why):
        formula(target, text, where=where)


def test_the_one_index_of_a_quantity_may_have_another_name() -> None:
    found = formula("eigenvalue", "sigma_k^(2-2/N)", where="k = l")
    assert found.verdict is Verdict.PROVED
    assert found.where == "i = l"


def test_what_two_formulas_cost_together_is_bounded() -> None:
    long = "sigma_1"
    for name in "abfgh":
        long = f"sum({name}, 1, N, {long})"
    with pytest.raises(InputError, match="evaluating it takes too many steps"):
        formula("= N^5*sigma_1", long)


def test_the_correction_says_that_its_van_is_the_author_s() -> None:
    found = formula("svd-jacobian", "van(Sigma^2)", let="van = j-i")
    assert found.correction is not None
    assert found.correction.formula.plain == found.understood.plain == "van(-Sigma**2)"
    assert found.notes[-1].endswith("and the author's, of x_j - x_i, in the correction")
    usual = formula("svd-jacobian", "van(-Sigma^2)")
    assert usual.correction is not None
    assert not any("the author's" in note for note in usual.notes)


@pytest.mark.parametrize(
    "let",
    ["x = N, x = d", "x = N; x = N", "van = j-i, van = i-j", "L = N, normalization = sum; L = d"],
)
def test_a_letter_is_said_once(let: str) -> None:
    with pytest.raises(InputError, match="twice, expected it once"):
        formula("svd-jacobian", "van(Sigma^2)", let=let)


def test_one_point_is_one_point() -> None:
    pairs = "prod(i!=l, abs(sigma[i]-sigma[l]))"
    found = formula("= van(Sigma)^2", pairs, where="d = 2, N = 2")
    assert found.notes[-1] == "coincident singular values: holds at the one point tried"
    found = formula("svd-jacobian", "abs(van(Sigma^2))+log(1)*sigma_1", where="d = 6, N = 3")
    assert found.notes[0] == "equal exactly at one point; nothing is claimed elsewhere"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"\operatorname{van}(\Sigma^2)^{1,2}", "expected a closing brace"),
        (r"\frac{1,2}{3}", "expected a closing brace"),
        (r"\sqrt[2,3]{d}", "expected a closing bracket"),
    ],
)
def test_what_is_expected_is_never_left_out(text: str, wanted: str) -> None:
    with pytest.raises(InputError, match=wanted):
        formula("svd-jacobian", text)
