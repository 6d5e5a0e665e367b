"""Formulas as plain text: nothing of the mathematics is lost on the way."""

import pytest

from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import Claim
from dlnproof.notation.plain import blocks, plain


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{1-N}{2N}", "(1-N)/(2N)"),
        (r"\frac{d(d-1)}{2}", "d(d-1)/2"),
        (r"\frac{1}{N}\,\frac{a-b}{c}", "(1/N) (a-b)/c"),
        (r"\frac1N\sum_{j=1}^{N}x_j", "(1/N) sum_{j=1}^N x_j"),
        (r"\frac{\log\sigma^{2}}{2}", "(log sigma^2)/2"),
        (r"\frac{1}{\lambda_{il}}", "1/lambda_il"),
        (r"\frac{1}{N\lambda}", "1/(N lambda)"),
        (r"\frac{1}{\frac{a}{b}}", "1/(a/b)"),
        (r"\frac{\frac{a}{b}}{c}", "a/b/c"),
        (r"\det(\Sigma^{2})^{-\frac{1}{2}}", "det(Sigma^2)^(-1/2)"),
        (r"u_iv_l^{T}", "u_i v_l^T"),
        (r"W^{T}W", "W^T W"),
        (r"(WW^{T})^{1-s}Z(W^{T}W)^{s}", "(WW^T)^(1-s) Z (W^T W)^s"),
        (r"\mathcal{A}_{\infty,W}(Z)", "A_{inf,W}(Z)"),
        (r"g^{\infty}", "g^inf"),
        (r"\lambda_{il}x", "lambda_il x"),
        (r"V\otimes U", "V kron U"),
        (r"\sigma_i\ne\sigma_l", "sigma_i != sigma_l"),
        (r"1\le i<l\le d", "1 <= i < l <= d"),
        (r"\sqrt{\det g^{N}}\,dW", "sqrt(det g^N) dW"),
        (r"a+O(N^{-2})", "a+O(N^(-2))"),
    ],
)
def test_formulas(latex: str, text: str) -> None:
    assert plain(f"${latex}$") == text


def test_displays_and_their_conditions() -> None:
    latex = r"Let \[x=<a>\quad(a\ne b),\qquad y=1\] hold."
    assert blocks(latex) == [
        (False, "Let"),
        (True, "x = < a > if a != b,"),
        (True, "y = 1"),
        (False, "hold."),
    ]


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_statements_leave_no_latex(claim: Claim) -> None:
    for _, text in blocks(claim.written):
        assert not set(text) & set("\\$\0~&")
        assert text.count("(") == text.count(")")
        assert "  " not in text


def test_what_cannot_be_read_is_shown_as_it_stands() -> None:
    assert plain(r"a $\frac{1$ b") == r"a $\frac{1$ b"
    assert blocks(r"So \[\mine{x}.\]") == [(False, "So"), (True, r"\mine{x}.")]
