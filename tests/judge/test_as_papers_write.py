"""Formulas as papers write them: other letters, other spellings, what terminals print."""

from __future__ import annotations

import pytest
from formulas_of_targets import ROOT_TEX, WRITTEN

from dlnproof import formula
from dlnproof.claims import CLAIMS
from dlnproof.core.inequality import Inequality
from dlnproof.core.verdict import Verdict
from dlnproof.errors import InputError
from dlnproof.judge.replay import replay_formula, resolved
from dlnproof.language.lettered import Lettered
from dlnproof.language.meant import KNOWN
from dlnproof.language.readback import _compared
from dlnproof.language.reading import read
from dlnproof.language.written import plain_text
from dlnproof.notation.plain import plain
from dlnproof.notation.tex import tex
from dlnproof.record.counterexamples import FormulaCounterexample
from dlnproof.run.typesetting import _stated


@pytest.mark.parametrize(("target", "right", "wrong"), WRITTEN)
def test_what_papers_write_is_read(target: str, right: str, wrong: str) -> None:
    found = formula(target, right)
    assert found.decided, (found.understood.plain, found.notes)
    other = formula(target, wrong)
    assert other.verdict is Verdict.REFUTED
    if other.correction is not None:  # in the author's letters
        assert formula(target, other.correction.formula.plain).decided
        assert formula(target, f"${other.correction.formula.latex}$").decided


def test_what_was_guessed_is_said() -> None:
    found = formula("svd-jacobian", r"\prod_{i<j}^{n}(s_i^2-s_j^2)")
    assert found.notes[:2] == (
        "n is read as d: the width",
        "s is read as sigma: the singular values",
    )
    # a letter that means something already is not guessed
    with pytest.raises(InputError, match=r"got the name 'L'"):
        formula("svd-jacobian", "N*L*van(Sigma**2)")
    # nor one that the author has explained
    with pytest.raises(InputError):
        formula("svd-jacobian", "V(Sigma**2)", let="V = Sigma")


@pytest.mark.parametrize(
    ("target", "let", "right"),
    [
        ("metric-determinant", "", True),
        ("metric-determinant", "normalization = sum", True),
        ("submersion-metric-determinant", "normalization = sum", True),
        ("submersion-metric-determinant", "", False),  # it is N lambda_il there
    ],
)
def test_the_eigenvalue_is_the_mean_unless_the_author_says_sum(
    target: str, let: str, right: bool
) -> None:
    found = formula(target, r"\prod_{i,l}\lambda_{il}^{-1}", let=let)
    assert found.decided is right
    wrong = formula(target, r"\prod_{i,l}\lambda_{il}^{-2}", let=let)
    assert wrong.counterexample is not None
    given = resolved(FormulaCounterexample.from_json(wrong.counterexample))
    assert not replay_formula(given).why  # what was meant is in the file


GROUP = (
    r"2^{d(d-1)/4}\prod_{k=1}^d\frac{2\pi^{k/2}}{\Gamma(k/2)}",
    r"\frac{2^{d(d+3)/4}\pi^{d(d+1)/4}}{\prod_{k=1}^d\Gamma(k/2)}",
    r"\prod_{k=0}^{d-1}\frac{2^{k/2+1}\pi^{(k+1)/2}}{\Gamma((k+1)/2)}",
    r"\prod_{k=1}^d\frac{\sqrt2^{k-1}\cdot2\pi^{k/2}}{\Gamma(k/2)}",
)


@pytest.mark.parametrize("group", GROUP)
def test_the_volume_of_the_group_written_out_is_decided(group: str) -> None:
    assert formula("= c_d", group).verdict is Verdict.PROVED
    right = formula("orbit-volume", rf"\left({group}\right)^{{N-1}}{ROOT_TEX}")
    assert right.verdict is Verdict.PROVED
    for wrong in (f"2{group}", rf"\Bigl({group}\Bigr)^2", group.replace("k/2", "(k+1)/2")):
        assert formula("= c_d", wrong).verdict is Verdict.REFUTED
    logarithms = rf"(N-1)\log\left({group}\right)+\log{ROOT_TEX}"
    assert formula("entropy", logarithms).verdict is Verdict.PROVED


def test_logarithms_of_gamma_are_those_of_products() -> None:
    each = r"\log2+\frac k2\log\pi-\log\Gamma(\frac k2)"
    terms = rf"(N-1)\Bigl(\frac{{d(d-1)}}4\log2+\sum_{{k=1}}^d({each})\Bigr)"
    found = formula("entropy", rf"{terms}+\log{ROOT_TEX}")
    assert found.verdict is Verdict.PROVED
    assert not formula("entropy", rf"{terms.replace('d(d-1)', 'd(d+1)')}+\log{ROOT_TEX}").holds


@pytest.mark.parametrize(
    "text",
    [
        # a root of a square is an absolute value: the first factor is positive, the second is not
        rf"\sqrt{{(\sigma_d-\sigma_1-1)^2}}\,{GROUP[0]}/(\sigma_d-\sigma_1-1)",
        rf"(-1)\,{GROUP[0]}",
        rf"\prod_{{k=1}}^d(-1)^{{k-1}}\cdot{GROUP[0]}",
    ],
)
def test_signs_beside_gamma_are_kept(text: str) -> None:
    assert formula("= c_d", text).verdict is Verdict.REFUTED


def test_a_range_that_may_be_empty_is_seen_at_points() -> None:
    beside = r"\prod_{k=2}^{d}\pi^{1/2}\cdot\pi^{-(d-1)/2}"
    found = formula("= c_d", rf"{beside}\cdot{GROUP[0]}")
    assert found.holds
    assert not found.decided


def test_pi_and_gamma_elsewhere_are_seen_at_points() -> None:
    assert formula("svd-jacobian", "Gamma(d+1) van(Sigma^2)/prod(i, 1, d, i)").holds
    assert formula("svd-jacobian", "Gamma(1/3) van(Sigma^2)/Gamma(1/3)").holds
    assert not formula("svd-jacobian", "Gamma(0) van(Sigma^2)").holds


def test_what_is_zero_over_zero_at_equal_indices_is_named_and_corrected() -> None:
    quotient = r"N\frac{\sigma_i^{2/N}-\sigma_l^{2/N}}{\sigma_i^2-\sigma_l^2}"
    found = formula("metric-determinant", rf"\prod_{{i,l=1}}^d {quotient}")
    assert found.verdict is Verdict.VACUOUS
    assert found.diagnosis is not None
    assert found.diagnosis.startswith("0/0 at i = l: ")
    assert found.correction is not None
    assert found.correction.verdict is Verdict.PROVED
    assert "prod(i!=l, " in found.correction.formula.plain
    assert "write it over i != l" in found.notes[1]


@pytest.mark.parametrize(
    ("target", "limit"),
    [
        ("eigenvalue", "sigma[i]**(2 - 2/N)"),
        ("submersion-metric-entry", "sigma[i]**(2/N)/(N*sigma[i]**2)"),
        ("infinite-eigenvalue", "sigma[i]**2"),
    ],
)
def test_what_has_no_value_where_it_is_assumed_is_told_its_limit(target: str, limit: str) -> None:
    quotient = r"\frac{\sigma_i^2-\sigma_l^2}{\sigma_i-\sigma_l}"
    found = formula(target, quotient, where="i = l")
    assert found.verdict is Verdict.VACUOUS
    assert found.diagnosis == "it has no value at i = l (0/0), where the quantity has its limit"
    assert found.correction is not None
    assert (found.correction.formula.plain, found.correction.verdict.holds) == (limit, True)
    other = formula(target, "abs(sigma_i)-2*sigma_l", where="i = l")  # it has a value there
    assert "no value" not in (other.diagnosis or "")


def test_what_every_quantity_has_may_be_said_with_what_is_assumed() -> None:
    standing = r"W = U\Sigma V^\top, \sigma_1 \ge \dots \ge \sigma_d > 0"
    found = formula("svd-jacobian", r"\operatorname{van}(\Sigma^2)", where=standing)
    assert (found.verdict, found.where) == (Verdict.PROVED, "")
    distinct = formula("svd-jacobian", "van(Sigma^2)", where=r"N = 2, \sigma_1>\cdots>\sigma_d>0")
    assert distinct.where == "N = 2, sigma distinct"
    for other in (r"W = V\Sigma U^\top", "sigma_1 > sigma_d > 0", r"W = U\Sigma^2 V^\top"):
        with pytest.raises(InputError, match="expected some of"):
            formula("svd-jacobian", "van(Sigma^2)", where=other)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1/2N", "a/b c may mean (a/b) c or a/(b c)"),
        ("N^d(d-1)", "brackets around the exponent"),
        ("2^2N", "brackets around the exponent"),
        ("N 2", "expected * between them"),
        ("N 2^d", "expected * between them"),
        ("(i<l) (sigma_1)", "write prod(i<l, ...)"),
        (r"\int_0^1 \sigma_1", "write the integral out"),
        (r"\int_0^1 \sigma_i^{2s}\,ds", "write the integral out"),
        (r"\det(\mathsf S)", "let S = Sigma"),
        (r"N\|W\|_1", "write a norm in singular values"),
        (r"\sum_{i=1}^{\min(m,n)}\sigma_i", "is d, or r"),
        (r"\sigma_i \\ 1", "give one formula, without rows"),
        (r"\lambda_1", r"let \lambda = sigma"),
        (r"\foo(\Sigma)", r'--let "\foo = N"'),
        (r"\begin{matrix}1\end{matrix}", "give one formula"),
        (r"\det W", "write |det W|, or W W^T"),
        (r"\det(\Lambda)", r"write \Sigma^{1/N}"),
        ("a = b = c", "judge each side of a chain by itself"),
        ("S(W) =", "got nothing after the relation"),
    ],
)
def test_a_refusal_says_what_to_write_instead(text: str, why: str) -> None:
    with pytest.raises(InputError) as refused:
        formula("volume-form", text)
    assert why in str(refused.value)


PRINTED = [
    pytest.param(side, tex(side), id=f"{claim.id} {what}")
    for claim in CLAIMS.values()
    for what, side in _stated(claim)
    if not isinstance(side, Inequality) and set(side.letters()) <= set(KNOWN)
    if r"\lambda" not in tex(side)
]


def test_many_formulas_are_printed() -> None:
    assert len(PRINTED) > 120


@pytest.mark.parametrize(("side", "latex"), PRINTED)
def test_what_a_terminal_prints_is_read_back(side: object, latex: str) -> None:
    """As ``explain`` prints them: the tree is the formula that was decided, for all N and d."""
    tree = read(plain(f"${latex}$"))
    assert _compared(side, Lettered(tree, {})).verdict is Verdict.PROVED  # type: ignore[arg-type]
    assert read(plain_text(tree)) == tree
