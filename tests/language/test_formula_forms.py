"""Right formulas, written as papers write them: each is proved for all N and d."""

import pytest

from dlnproof.core.verdict import Verdict
from dlnproof.errors import InputError
from dlnproof.judge.judgement import formula
from dlnproof.language.reading import read
from dlnproof.language.typeset import latex_text
from dlnproof.language.written import plain_text

POWER = r"\prod_{i=1}^d\sigma_i^{\frac1N-1}"
QUOTIENT = r"\frac{\sigma_i^{2/N}-\sigma_l^{2/N}}{\sigma_i^2-\sigma_l^2}"
MEAN = r"\frac1N\sum_{j=1}^N\sigma_i^{\frac{2(N-j)}N}\sigma_l^{\frac{2(j-1)}N}"
PAIRS = [
    r"\prod_{i=1}^{d-1}\prod_{j=i+1}^d (\sigma_i^2-\sigma_j^2)",
    r"\prod_{i=1}^d\prod_{j>i}(\sigma_i^2-\sigma_j^2)",
    r"\prod_{i=1}^d\prod_{j<i}(\sigma_j^2-\sigma_i^2)",
    r"\prod_{i=1}^d\prod_{j=1}^{i-1}(\sigma_j^2-\sigma_i^2)",
    r"\prod_{j=2}^d\prod_{i=1}^{j-1}(\sigma_i^2-\sigma_j^2)",
    r"\sqrt{\prod_{i=1}^d\prod_{j\neq i}|\sigma_i^2-\sigma_j^2|}",
    r"\prod_{i=1}^d\sqrt{\prod_{j\neq i}|\sigma_i^2-\sigma_j^2|}",
    r"\prod_{i=1}^d\Bigl(\prod_{j\neq i}|\sigma_i^2-\sigma_j^2|\Bigr)^{1/2}",
    r"\prod_{\substack{i,j=1\\ i<j}}^{d}(\sigma_i^2-\sigma_j^2)",
    r"\prod_{i,j=1,\,i<j}^{d}(\sigma_i^2-\sigma_j^2)",
    r"\prod_{1\le i,j\le d,\ i\ne j}\lvert\sigma_i^2-\sigma_j^2\rvert^{\frac12}",
    r"\prod_{i<j} \left\vert\sigma_i^2-\sigma_j^2\right\vert",
    r"\exp\Bigl(\sum_{i=1}^d\sum_{j>i}\log(\sigma_i^2-\sigma_j^2)\Bigr)",
    r"\exp\Bigl(\sum_{i=1}^d\log\prod_{j>i}(\sigma_i^2-\sigma_j^2)\Bigr)",
    r"\exp\Bigl(\sum_{i=1}^d\frac12\sum_{j\ne i}\log|\sigma_i^2-\sigma_j^2|\Bigr)",
    r"\mathrm{van}(\Sigma\Sigma^\top)",
    r"\mathrm{van}(\Sigma^T\Sigma)",
    r"{\rm van}(\boldsymbol{\Sigma}^2)",
    r"\mathop{\mathrm{van}}(\Sigma^2)",
    r"\begin{equation}\mathrm{van}(\Sigma^2).\end{equation}",
    "prod(i, 1, d-1, prod(l, i+1, d, sigma[i]**2 - sigma[l]**2))",
    "prod(i, prod(l>i, sigma_i^2 - sigma_l^2))",
    "prod(1<=i<j<=d, sigma_i**2 - sigma_j**2)",
    "det(Sigma)**(2*(d-1)) * van(-Sigma**(-2))",
    "det(Sigma)**(d-1) * prod(i<l, sigma[i]/sigma[l] - sigma[l]/sigma[i])",
]
OTHERS = [
    (
        "volume-form",
        rf"{POWER}\prod_{{i=1}}^{{d-1}}\prod_{{l=i+1}}^dN(\sigma_i^{{2/N}}-\sigma_l^{{2/N}})",
    ),
    ("volume-form", r"N^{\binom d2}|\Sigma|^{\frac{1}{N}-1}\mathrm{van}(\Sigma^{\frac 2N})"),
    (
        "volume-form",
        r"N^{d(d-1)/2}e^{\frac{1-N}{N}\mathrm{tr}\log\Sigma}\mathrm{van}(\Sigma^{2/N})",
    ),
    (
        "volume-form",
        rf"\mathrm{{van}}(\Sigma^2)\Bigl(\prod_{{i=1}}^d\prod_{{l=1}}^d{MEAN}\Bigr)^{{-1/2}}",
    ),
    (
        "metric-determinant",
        rf"\prod_{{i=1}}^d\left(\sigma_i^{{\frac2N-2}}\prod_{{l\neq i}}N{QUOTIENT}\right)",
    ),
    (
        "metric-determinant",
        rf"\exp\left(-\sum_{{i=1}}^d\sum_{{l=1}}^d\log\left({MEAN}\right)\right)",
    ),
    ("orbit-volume", "prod(k, 2, N, c(d)) * sqrt(van(Sigma**2)/van(Sigma**(2/N)))"),
    ("entropy", "sum(k, 1, N-1, log(c_d)) + log(van(Sigma**2)/van(Sigma**(2/N)))/2"),
    (
        "entropy",
        r"(N-1)\log c_d+\frac14\sum_{i=1}^{d}\sum_{l\ne i}\log"
        r"\frac{\sigma_i^2-\sigma_l^2}{\sigma_i^{2/N}-\sigma_l^{2/N}}",
    ),
    ("eigenvalue", r"\frac{1}{N}\sum_{1\le j\le N}\sigma_i^{2(N-j)/N}\sigma_l^{2(j-1)/N}"),
    (
        "infinite-volume-form",
        r"|\Sigma|^{-1}\prod_{i=1}^d\prod_{j>i}\log\frac{\sigma_i^2}{\sigma_j^2}",
    ),
]


@pytest.mark.parametrize(("target", "text"), [*(("svd-jacobian", x) for x in PAIRS), *OTHERS])
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
        (r"(\sigma_1\cdots\sigma_d)", "write sums and products with an index"),
        (r"\lambda_{il}=\sigma_1", "paste the right-hand side alone"),
        (r"\Delta(\Sigma)", r"write \operatorname{van}"),
        (r"\prod_{i<j<k} 2", "expected below it"),
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
