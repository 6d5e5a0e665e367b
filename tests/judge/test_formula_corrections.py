"""Diagnoses say what is wrong in words, and corrections are as an author would write them."""

import pytest

from dlnproof.core.verdict import Verdict
from dlnproof.judge.judgement import formula
from dlnproof.language.deciding import DECIDED

FORM = "N**(d*(d - 1)/2)*det(Sigma**2)**((1 - N)/(2*N))*van(Sigma**(2/N))"
QUOTIENT = "(sigma[i]**2 - sigma[l]**2)/(sigma[i]**(2/N) - sigma[l]**(2/N))"
ORBIT = "c(d)**(N - 1)*sqrt(van(Sigma**2)/van(Sigma**(2/N)))"
ENTROPY = "(N - 1)*log(c(d)) + 1/2*log(van(Sigma**2)/van(Sigma**(2/N)))"
INFINITE = "(sigma[i]**2 - sigma[l]**2)/(log(sigma[i]) - log(sigma[l]))"


@pytest.mark.parametrize(
    ("target", "text", "diagnosis", "corrected"),
    [
        ("volume-form", f"-6*{FORM}", "off by a factor -6, which should not be there", FORM),
        ("volume-form", FORM.replace("(d - 1)/2", "(d - 1)"), "N^{d(d-1)/2}, which ", FORM),
        ("volume-form", FORM.replace("d*(d - 1)/2", "d**2/2"), "N^{d/2}, which ", FORM),
        ("volume-form", FORM.replace("d*(d - 1)/2", "d"), "N^d / N^{d(d-1)/2}", FORM),
        ("volume-form", FORM.replace("(2*N)", "N"), "a missing root", FORM),
        ("volume-form", FORM.replace("(1 - N)", "(N - 1)"), "an inverted factor", None),
        ("volume-form", f"{FORM}**2", "a missing root", FORM),
        (
            "volume-form",
            FORM.replace("van(Sigma**(2/N))", "sqrt(van(Sigma**(2/N)))"),
            "a superfluous root",
            FORM,
        ),
        (
            "volume-form",
            FORM.replace("van(Sigma**(2/N))", "van(Sigma**2)**(1/N)"),
            "a power outside van",
            FORM,
        ),
        ("volume-form", f"{FORM}/van(Sigma**2)", "the density with respect to dW", FORM),
        (
            "volume-density",
            FORM,
            "the density with respect to dSigma dU dV",
            f"{FORM}/van(Sigma**2)",
        ),
        ("orbit-volume", ORBIT.replace("N - 1", "N"), "off by a factor c_d, which ", ORBIT),
        (
            "orbit-volume",
            "c(d)**(N-1)*sqrt(van(Sigma**(2/N))/van(Sigma**2))",
            "the inverse of the right value, c_d apart",
            ORBIT,
        ),
        ("orbit-volume", ENTROPY, "the logarithm of the right value", f"exp({ENTROPY})"),
        (
            "entropy",
            ENTROPY.replace("N - 1", "N"),
            "off by log(c_d), which should not be there",
            ENTROPY,
        ),
        ("entropy", ENTROPY.replace("(N - 1)*", ""), "off by log(c_d^{N-2})", ENTROPY),
        ("entropy", f"log(c(d))+{ENTROPY}", "off by log(c_d)", None),
        ("entropy", ORBIT, "the logarithm is missing", f"log({ORBIT})"),
        (
            "eigenvalue",
            QUOTIENT,
            'which should not be there: the "sum" normalisation in place of the "mean" one',
            "(sigma[i]**2 - sigma[l]**2)/(N*(sigma[i]**(2/N) - sigma[l]**(2/N)))",
        ),
        (
            "submersion-eigenvalue",
            f"1/N*{QUOTIENT}",
            'which is missing: the "mean" normalisation in place of the "sum" one',
            QUOTIENT,
        ),
        (
            "metric-entry",
            f"1/({QUOTIENT})",
            'which is missing: the "sum" normalisation in place of the "mean" one',
            None,
        ),
        ("eigenvalue", f"N/({QUOTIENT})", "the inverse of the right value", None),
        (
            "eigenvalue",
            "1/N*sum(j, 0, N - 1, sigma[i]**(2*(N - j)/N)*sigma[l]**(2*(j - 1)/N))",
            "another range of the index",
            "1/N*sum(j, 1, N, sigma[i]**(2*(N - j)/N)*sigma[l]**(2*(j - 1)/N))",
        ),
        (
            "infinite-eigenvalue",
            INFINITE,
            "off by a factor 2, which should not be there",
            "(sigma[i]**2 - sigma[l]**2)/(2*(log(sigma[i]) - log(sigma[l])))",
        ),
        (
            "infinite-eigenvalue",
            "(sigma[i]-sigma[l])/(log(sigma[i])-log(sigma[l]))",
            "sigma in place of sigma^2 throughout",
            None,
        ),
        ("svd-jacobian", "van(Sigma**2)/2", "off by a factor 2, which is missing", "van(Sigma**2)"),
        ("svd-jacobian", "2**d*van(Sigma**2)", "off by a factor 2^d, which", "van(Sigma**2)"),
        ("svd-jacobian", "van(Sigma**2)**2", "the square of the right value", "van(Sigma**2)"),
        ("svd-jacobian", "van(-Sigma**2)", "the order in van", "van(Sigma**2)"),
        (
            "svd-jacobian",
            "(-1)**(d*(d-1)/2)*van(Sigma**2)",
            "wrong sign for d = 2, 3 mod 4",
            "van(Sigma**2)",
        ),
        (
            "svd-jacobian",
            "prod(i<l, sigma[l]**2 - sigma[i]**2)",
            "wrong sign for d = 2, 3 mod 4",
            "prod(i<l, sigma[i]**2 - sigma[l]**2)",
        ),
        (
            "svd-jacobian",
            "prod(i<l, (sigma[i] - sigma[l])**2)",
            "a power outside a difference",
            "prod(i<l, sigma[i]**2 - sigma[l]**2)",
        ),
        (
            "metric-determinant",
            "prod(i, l, 1/sum(j, 1, N, sigma[i]**(2*(N-j)/N)*sigma[l]**(2*(j-1)/N)))",
            "off by a factor N^{d^2}, which is missing",
            None,
        ),
    ],
)
def test_a_slip_is_named_and_corrected_simply(
    target: str, text: str, diagnosis: str, corrected: str | None
) -> None:
    found = formula(target, text)
    assert found.verdict is Verdict.REFUTED
    assert found.diagnosis is not None
    assert diagnosis in found.diagnosis
    assert found.correction is not None
    assert found.correction.verdict in DECIDED
    assert corrected in (None, found.correction.formula.plain)
    assert formula(target, found.correction.formula.latex).decided


def test_a_factor_n_is_that_of_a_normalisation_only_where_it_is() -> None:
    found = formula("submersion-eigenvalue", f"N*({QUOTIENT})")  # N^2 times the mean
    assert found.diagnosis == "off by a factor N, which should not be there"


def test_what_has_no_value_for_some_d_does_not_hold_and_is_diagnosed() -> None:
    # real for d = 1, 4, 5 only, and right there
    found = formula("orbit-volume", ORBIT.replace("van(Sigma**2)", "van(-Sigma**2)"))
    assert found.verdict is Verdict.UNDECIDED
    assert "it has no value where the definition has one, as at N = 2, d = 2" in found.notes[0]
    turned = formula("svd-jacobian", "exp(sum(i<l, log(sigma[l]**2 - sigma[i]**2)))")
    assert not turned.holds
    assert turned.correction is not None
    assert turned.correction.formula.plain == "exp(sum(i<l, log(sigma[i]**2 - sigma[l]**2)))"


def test_where_a_product_over_all_pairs_is_0_over_0_it_is_said() -> None:
    found = formula("metric-determinant", f"prod(i, l, N/({QUOTIENT}))")
    assert found.verdict is Verdict.VACUOUS
    assert "has 0/0 there: write it over i != l" in found.notes[1]


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("eigenvalue", f"{QUOTIENT}/N/N*sum(j, 1, N, 0)"),  # a sum of zeros is 0
        (
            "svd-jacobian",
            "prod(i<l, sqrt(abs(sigma[l]-sigma[i])*(sigma[l]-sigma[i])**2)*(sigma[i]+sigma[l]))",
        ),
        ("svd-jacobian", "van(Sigma**2)*prod(j, 6, N, 2)"),  # an empty range up to N = 5
        ("svd-jacobian", "van(Sigma**2)*(abs(d-5)+d)/5"),
    ],
)
def test_what_looks_right_is_refuted(target: str, text: str) -> None:
    assert formula(target, text).verdict is Verdict.REFUTED


def test_a_slip_is_told_in_the_letters_of_the_author() -> None:
    let = r"L = N, n = d, s = sigma, \Lambda = Sigma, k = i"
    found = formula(
        "volume-form", r"$\det(\Lambda)^{1/L-1}\operatorname{van}(\Lambda^{2/L})$", let=let
    )
    assert found.diagnosis_latex == r"off by a factor $L^{\frac{n(n-1)}{2}}$, which is missing"
    found = formula("eigenvalue", r"$s_k$", where="k = l", let=let)
    assert found.diagnosis_latex == r"off by a factor $s_{k}^{1-\frac{2}{L}}$, which is missing"
    found = formula(
        "entropy",
        r"$(L-1)\log c_n+\frac12\log\frac{\operatorname{van}(\Lambda^2)}"
        r"{\operatorname{van}(\Lambda)}$",
        let=let,
    )
    assert found.diagnosis == "s in place of s^(2/L): van(Sigma) should be van(Sigma**(2/L))"
    assert found.diagnosis_latex is not None
    assert found.diagnosis_latex.startswith(
        r"$s$ in place of $s^{2/L}$: $\operatorname{van}(\Lambda)$"
    )
