"""Right formulas, written as papers write them: each is proved for all N and d."""

import pytest
from formulas_of_targets import FORMS

from dlnproof.core.verdict import Verdict
from dlnproof.errors import InputError
from dlnproof.judge.judgement import formula
from dlnproof.language.reading import read
from dlnproof.language.typeset import latex_text
from dlnproof.language.written import plain_text


@pytest.mark.parametrize(("target", "text"), FORMS)
def test_a_right_formula_is_proved_however_it_is_written(target: str, text: str) -> None:
    found = formula(target, text)
    assert found.decided, found.notes
    for written in (found.understood.plain, found.understood.latex):
        assert formula(target, written).understood == found.understood


@pytest.mark.parametrize(
    "text",
    [
        "prod(i, 1, d-1, prod(l, i, d, sigma[i]**2 - sigma[l]**2))",  # i = l too
        "prod(i, 1, d-1, prod(l, 1, i-1, sigma[l]**2 - sigma[i]**2))",  # i = d is left out
        "prod(i, 2, d, prod(l>i, sigma[i]**2 - sigma[l]**2))",  # i = 1 is left out
        "prod(i, prod(l!=i, sigma[i]**2 - sigma[l]**2))",
        "prod(i, sigma[i]*prod(l>i, sigma[i]**2 - sigma[l]**2))",
        "prod(i, 1 + prod(l>i, sigma[i]**2 - sigma[l]**2))",
        "det(Sigma)**(2*d) * van(-Sigma**(-2))",
    ],
)
def test_a_wrong_range_is_refuted(text: str) -> None:
    assert formula("svd-jacobian", text).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\prod_{i=1}^d\prod_{j>i}\sigma_j", "prod(i, prod(i<j, sigma[j]))"),
        (r"\prod_{i,j=1,\,i\ne j}^{d}\sigma_i", "prod(i!=j, sigma[i])"),
        (r"\prod_{i<l\le d}\sigma_i", "prod(i<l, sigma[i])"),
        (r"\sum_{0\le j\le N-1}j", "sum(j, 0, N - 1, j)"),
        (r"|\Sigma|", "det(Sigma)"),
        (r"|\log\det\Sigma|", "abs(log(det(Sigma)))"),
        (r"\operatorname{van}(\operatorname{abs}(\Sigma))", "van(abs(Sigma))"),
        (r"e^{\sigma_1}", "exp(sigma[1])"),
        ("N**(d**2)", "N**(d**2)"),
        ("sigma_1*c_d", "sigma[1]*c(d)"),
        (r"\frac{1}{\sigma_1^2+\dots+\sigma_d^2}", "1/tr(Sigma**2)"),
        (r"\left(\sigma_1+\cdots+\sigma_d\right)^2+1", "tr(Sigma)**2 + 1"),
    ],
)
def test_what_is_understood(text: str, expected: str) -> None:
    tree = read(text)
    assert plain_text(tree) == expected
    assert read(expected) == tree == read(latex_text(tree))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (r"\det(\Lambda)", r"write \Sigma^{1/N}"),
        (r"(\sigma_1\cdots\sigma_2)", "write sums and products with an index"),
        *(
            (text, "write sums and products with an index")
            for text in (
                r"\sigma_1+\dots+\sigma_d\det(\Sigma)",
                r"2\sigma_1+\dots+\sigma_d",
                r"-\sigma_1+\dots+\sigma_d",
                r"\sigma_1+\dots+\sigma_d ^2",
                r"\sigma_1\cdots\sigma_d ^2",
                r"1/ \sigma_1\cdots\sigma_d",
            )
        ),
        *(
            (text, r"which are printed as one")
            for text in (r"1\,000", r"1 0\pi", r"{2}3\pi", r"2\ 3^{d}", r"N 1. 5\pi")
        ),
        (r"\sinh^{-1}(N)", "may mean the inverse function"),
        (r"\log^{-1}(N)", "may mean the inverse function"),
        (r"\sigma_1=\lambda_{il}", "expected a sum or product over it"),
        (r"\Delta\lambda", r"write \operatorname{van}"),
        (r"\prod_{i<j\le k} 2", "expected below it"),
        (r"\prod_{i=1} 2", "expected below it"),
        ("prod(1<=i, 2)", "prod: expected"),
        ("prod(e, 2)", "other than d, c and e"),
        ("e**2", "did you mean exp(...)?"),
        ("prod(i, prod(l, prod(i<l, 2)))", "runs over i, which is also bound outside"),
    ],
)
def test_a_refusal_says_what_to_write(text: str, why: str) -> None:
    with pytest.raises(InputError) as refused:
        formula("volume-form", text)
    assert why in str(refused.value)
