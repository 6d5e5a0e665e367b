"""Terms and sentences as LaTeX: as a mathematician would write them."""

from __future__ import annotations

import pytest

from dlnproof import formulas as f
from dlnproof.core.spectrum import I
from dlnproof.definitions import geometry as g
from dlnproof.definitions import hypotheses as h
from dlnproof.definitions.formulas import part
from dlnproof.definitions.letters import (
    N,
    U,
    V,
    W,
    X,
    Z,
    d,
    e,
    factor,
    i,
    j,
    l,
    loss,
    n,
    s,
    sigma,
    t,
    velocity_at,
    whole,
)
from dlnproof.kernel import terms as k
from dlnproof.kernel.terms import Term, number
from dlnproof.notation.terms import Writer

SIGMA_I, SIGMA_L = sigma(i.term), sigma(l.term)

FORMULAS = {
    r"N-j+1": N - j.term + 1,
    r"1-j": 1 - j.term,
    r"(2N)^{-1}": (2 * number(N)) ** -1,
    r"2N^{-1}": 2 * number(N) ** -1,
    r"\sigma_{i}^{2/N}": SIGMA_I ** (number(2) / N),
    r"\sigma_{i}^{2/N-2}": SIGMA_I ** (2 / number(N) - 2),
    r"\sigma_{i}^{-1+1/N}": SIGMA_I ** -(1 - 1 / number(N)),
    r"\sigma_{i}^{1-(N-1)/N}": SIGMA_I ** (1 - number(N - 1) / N),
    r"\sigma_{i}^{2-(N-1)}": SIGMA_I ** (2 - number(N - 1)),
    r"\sigma_{i}^{2-\frac{-j}{N}}": SIGMA_I ** (2 - number(-j.term) / N),
    r"(\sigma_{i}^{2})^{(N-j)/N}": (SIGMA_I**2) ** (number(N - j.term) / N),
    r"-\sigma_{i}^{2}": -(SIGMA_I**2),
    r"(-\sigma_{i})^{2}": (-SIGMA_I) ** 2,
    r"\sigma_{i}-\sigma_{l}+1": SIGMA_I - (SIGMA_L - 1),
    r"\sigma_{i}\cdot 2": SIGMA_I * number(2),
    r"\sqrt{\sigma_{i}}": k.root(SIGMA_I),
    r"\left|\sigma_{i}\right|": k.root(SIGMA_I**2),
    r"(WW^{T})^{(N-j)/N}": k.psd_root(W * k.transpose(W), N) ** (N - j.term),
    r"(WW^{T})^{1/N}": k.psd_root(W * k.transpose(W), N),
    r"(WW^{T})^{1-s}": k.psd_power(W * k.transpose(W), 1 - s.term),
    r"W_{N}\cdots W_{j+1}": whole(factor, j.term + 1, N),
    r"\prod_{j=N}^{1}(U+W_{j})": k.product(j, 1, N, U + factor(j.term)),
    r"\prod_{i=1}^{d}\sigma_{i}": k.product(i, 1, d, SIGMA_I),
    r"\sum_{i=1}^{d}\Bigl(\sum_{l=i+1}^{d}\sigma_{l}\Bigr)\sigma_{i}": k.total(
        i, 1, d, k.total(l, i.term + 1, d, SIGMA_L) * SIGMA_I
    ),
    r"\sum_{i,l=1}^{d}\sigma_{i}\sigma_{l}": k.total(i, 1, d, k.total(l, 1, d, SIGMA_I * SIGMA_L)),
    r"\prod_{1\le i<l\le d}(\sigma_{i}-\sigma_{l})": k.product(
        i, 1, d, k.product(l, i.term + 1, d, SIGMA_I - SIGMA_L)
    ),
    r"(u_{i}^{T}Wv_{i})u_{l}^{T}Wv_{l}": g.coefficient(W, i.term, i.term)
    * g.coefficient(W, l.term, l.term),
    r"(U+V)^{T}": k.transpose(U + V),
    r"U^{T}V^{T}": k.transpose(U) * k.transpose(V),
    r"u_{i}v_{l}^{T}": g.pair(i.term, l.term),
    r"u_{i}^{T}Wv_{l}": g.coefficient(W, i.term, l.term),
    r"(W)_{i,l}": k.entry(W, i.term, l.term),
    r"E_{i,l}": k.unit(d, i.term, l.term),
    r"\operatorname{Tr}(U^{T}V)": k.inner(U, V),
    r"U\Sigma V^{T}": g.product_of_svd(),
    r"\mathcal{A}_{N,W}^{-1}(V)": k.map_inverse(Z, g.OPERATOR(N, W, Z.term), V),
    r"(Z\mapsto UZ)^{-1}(V)": k.map_inverse(X, U * X.term, V),
    r"\det(Z\mapsto UZ)": k.map_determinant(X, U * X.term),
    r"\operatorname{vol}(S^{d-1})": k.sphere_volume(d),
    r"0\le\sigma_{i}": k.at_most(number(0), SIGMA_I),
    r"i<l": k.less(i.term, l.term),
    r"j<N": k.at_most(j.term, N - 1),
    r"\frac{\mathrm{d}}{\mathrm{d}t}W_{j}=0": k.derivative(s, factor(j.term), t.term, k.zero(d)),
    r"\frac{\mathrm{d}}{\mathrm{d}s}\Bigr|_{s=0}[s^{2}]=0": k.derivative(
        s, s.term**2, number(0), number(0)
    ),
    r"\nabla_{Z=W}\ell(Z)=\dot W_{1}(t)": k.gradient(X, loss(X.term), W, velocity_at(1, t.term)),
    r"\lim_{\varepsilon\to 0+}\varepsilon=0": k.limit_at_zero(e, e.term, number(0)),
    r"\lim_{n\to\infty}[\frac{1}{n}]=0": k.limit_at_infinity(n, 1 / n.term, number(0)),
}


@pytest.mark.parametrize("latex", FORMULAS)
def test_formulas_are_written_as_by_a_mathematician(latex: str) -> None:
    assert Writer().formula(FORMULAS[latex]) == latex


def _pairs(*conditions: Term, then: Term) -> Term:
    return k.each(i, 1, d, k.each(l, 1, d, k.every((), conditions, then)))


TEXTS = {
    r"for all $1\le i\le d$ and $i<l\le d$: $\sigma_{l}<\sigma_{i}$": h.STRICT[0],
    r"for all $1\le i,l\le d$ with $\sigma_{i}\ne\sigma_{l}$: $0<\sigma_{i}$": _pairs(
        k.different(SIGMA_I, SIGMA_L), then=k.positive(SIGMA_I)
    ),
    r"for all $1\le j<N$: $W_{j+1}^{T}W_{j+1}=W_{j}W_{j}^{T}$": h.BALANCED[0],
    r"if $1\le N$: $1\le d$": k.every((), h.DEPTH, h.WIDTH[0]),
    r"for all $t\in\mathbb{R}$: $0\le t$": k.every(t, (), k.at_most(number(0), t.term)),
    r"for all $Z\in\mathbb{R}^{d\times d}$ with $Z\ne0$: $0<\operatorname{Tr}(Z^{T}Z)$": k.every(
        X, (k.different(X.term, k.zero(d)),), k.positive(k.inner(X.term, X.term))
    ),
    r"for all $t_0<t,s<t_1$: $t=s$": k.every(
        (s, t), (*h.during(s.term), *h.during(t.term)), k.equal(s.term, t.term)
    ),
    r"for all $t\in\mathbb{R}$ with $0<t$ and $t\le1$: $t=0$": k.every(
        t, (k.positive(t.term), k.at_most(t.term, number(1))), k.equal(t.term, 0)
    ),
    r"$WW^{T}$ is positive semidefinite": k.psd(W * k.transpose(W)),
    r"$Z\mapsto UZ$ is linear": k.linear(X, U * X.term),
    r"the matrices $u_{i}v_{l}^{T}$, $1\le i,l\le d$, are an orthonormal basis": k.orthonormal(
        i, l, d, g.pair(i.term, l.term)
    ),
}


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_are_written_as_by_a_mathematician(text: str) -> None:
    assert Writer().sentence(TEXTS[text]) == text


def test_a_sentence_may_end_with_a_display() -> None:
    found = Writer().sentence(h.POSITIVE[0], display=True)
    assert found == r"for all $1\le i\le d$: \[0<\sigma_{i}\]"


_I, _J, _L, _T = i.term, j.term, l.term, t.term
_FIRST, _PAIR, _LAST = k.at_most(1, _I), k.less(_I, _L), k.at_most(_L, d)


@pytest.mark.parametrize(
    ("conditions", "written"),
    [
        ([k.less(_J, N), k.at_most(1, _J)], r"$1\le j<N$"),
        ([_FIRST, k.at_most(_I, d), k.at_most(1, _L), _LAST], r"$1\le i,l\le d$"),
        ([_FIRST, _PAIR, _LAST], r"$1\le i<l\le d$"),
        ([_FIRST, k.at_most(0, _I), k.at_most(_I, d)], r"$0\le i\le d$ and $1\le i$"),
        ([_PAIR, k.less(number(0), SIGMA_I)], r"$0<\sigma_{i}$ and $i<l$"),
        ([_FIRST, _LAST], r"$1\le i$ and $l\le d$"),
        ([k.equal(Z.term, W), k.at_most(1, N)], r"$1\le N$ and $Z=W$"),
        (
            [k.at_most(1, _J), k.less(_J, N), k.every(i, [_FIRST], k.less(number(0), SIGMA_I))],
            r"$1\le j<N$; for all $i\in\mathbb{Z}$ with $1\le i$: $0<\sigma_{i}$",
        ),
        ([], ""),
    ],
)
def test_conditions_are_ranges_where_they_bound_a_letter(
    conditions: list[Term], written: str
) -> None:
    assert Writer().conditions(frozenset(conditions)) == written


def test_parts_stand_as_such_and_in_brackets_where_they_are_sums() -> None:
    writer = Writer({"value": I.sigma + 1, "ratio": f.EIGENVALUE})
    value = part("value", i) * W
    ratio = part("ratio", i, l) * W
    assert writer.formula(value) == "(<<value>>)W"
    assert writer.formula(ratio) == r"<<ratio>>\,W"
    assert writer.formula(part("ratio", i=1, l=2) * W) == r"\bigl[<<ratio>>\bigr]_{i=1,l=2}W"


def test_the_variables_of_parts_have_the_names_of_their_letters() -> None:
    found = Writer().formula(k.total(n, 1, d, part("value", l=n.term)))
    assert found == r"\sum_{l=1}^{d}(<<value>>)"


def test_a_definition_is_what_it_stands_for() -> None:
    assert Writer().definition(g.METRIC_DETERMINANT) == (
        r"\det g^{N}_{W}=\det(Z\mapsto \mathcal{A}_{N,W}^{-1}(Z))"
    )


def test_what_has_no_name_is_refused() -> None:
    strange = Term("strange", (), k.REAL)
    with pytest.raises(TypeError, match="no LaTeX for strange"):
        Writer().formula(strange)
