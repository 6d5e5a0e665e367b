"""A claim of sentences: its texts are made from these, and read back."""

from __future__ import annotations

from typing import Any

import pytest

from dlnproof import formulas as f
from dlnproof.claims.deduction import Account, Deduction
from dlnproof.claims.schema import AT_POINTS, CatalogueError, Claim, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence, definitions_in
from dlnproof.core.expression import Letter
from dlnproof.core.product import van
from dlnproof.core.side import Side
from dlnproof.core.spectrum import I
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC, METRIC_DETERMINANT, OPERATOR, pair
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import N, W, d, i, l, sigma
from dlnproof.kernel.logic import assume
from dlnproof.kernel.terms import (
    INT,
    REAL,
    SortError,
    Term,
    at_most,
    different,
    equal,
    every,
    less,
    number,
    orthonormal,
    variable,
    within,
)
from dlnproof.language.sentences import Vocabulary, misnamed
from dlnproof.notation.tex import tex
from dlnproof.run.typesetting import misprints

PAIR = pair(i.term, l.term)
PLACE = (*within(i, 1, d), *within(l, 1, d))


def eigenvector(value: Term) -> Term:
    condition = different(sigma(i.term), sigma(l.term))
    return every((i, l), (*PLACE, condition), equal(OPERATOR(N, W, PAIR), value * PAIR))


SENTENCES = (
    Sentence("distinct", eigenvector(part("distinct", i, l)), "eigenvalues"),
    Sentence("basis", orthonormal(i, l, d, PAIR), "the basis"),
)


def made(**changes: Any) -> Claim:
    given: dict[str, Any] = {
        "title": "Spectrum",
        "source": Source("CMV2023", "Lemma 2.4"),
        "given": (*DEPTH, *WIDTH, *SVD, *POSITIVE),
        "sentences": SENTENCES,
        "parts": {"distinct": f.EIGENVALUE},
        "routes": AT_POINTS,
        "mutants": (Mutant("sum", "$N$ times", {"distinct": f.SUM_EIGENVALUE}),),
    }
    return claim("spectrum", **{**given, **changes})


def test_its_texts_are_made_from_its_sentences() -> None:
    spectrum = made()
    assert spectrum.statement == (
        r"Eigenvalues: for all $1\le i,l\le d$ with $\sigma_{i}\ne\sigma_{l}$: "
        r"\[\mathcal{A}_{N,W}(u_{i}v_{l}^{T})=<<distinct>>\,u_{i}v_{l}^{T}.\] The basis: the "
        r"matrices $u_{i}v_{l}^{T}$, $1\le i,l\le d$, are an orthonormal basis. By definition "
        r"\[\mathcal{A}_{N,W}(Z)=\frac{1}{N}\,\sum_{j=1}^{N}(WW^{T})^{(N-j)/N}"
        r"Z(W^{T}W)^{(j-1)/N}.\]"
    )
    assert spectrum.hypotheses[:3] == (r"$1\le N$", r"$1\le d$", r"$W=U\Sigma V^{T}$")


def test_its_sentences_have_the_formulas_of_its_parts_or_of_a_variant() -> None:
    spectrum = made()
    stated, variant = spectrum.says(), spectrum.says(spectrum.mutants[0].parts)
    assert stated["basis"] == variant["basis"] == SENTENCES[1].term
    assert stated["distinct"] != variant["distinct"]
    assert not any(s.name.startswith("<") for x in stated.values() for s in x.free)


def test_definitions_come_after_those_that_they_use() -> None:
    assert definitions_in([METRIC(N, W, W, W)]) == (OPERATOR, METRIC)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"statement": "so it is"}, "field 'statement' is written from terms; expected them in 's"),
        (
            {"hypotheses": ("none",)},
            "field 'hypotheses' is written from terms; expected them in 'g",
        ),
        ({"sentences": SENTENCES[1:]}, "the statement does not show the part 'distinct'"),
        ({"sentences": (*SENTENCES, SENTENCES[0])}, "two sentences are named 'distinct'"),
        (
            {"empirical": frozenset({"distinct"}), "routes": (*AT_POINTS, Route.TRAINING)},
            "the part 'distinct', which is measured, stands in a sentence",
        ),
        (
            {"parts": {"distinct": f.VOLUME_FORM, "more": number}},
            "does not show the part 'more'",
        ),
        (
            {"parts": {"distinct": Letter("x", "x")}},
            "a letter of a part stands for nothing",
        ),
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(CatalogueError, match=fault):
        made(**changes)


def test_a_sentence_is_a_sentence() -> None:
    with pytest.raises(SortError, match="the sentence value is a number"):
        Sentence("value", sigma(1))


# --- read back ------------------------------------------------------------------------------------

NOTHING = Account(Deduction("spectrum"), {}, ())


def test_what_is_printed_is_read_back() -> None:
    assert list(misprints(made(), NOTHING, tex)) == []
    measured = made(measured="Measured at the end.")
    assert list(misprints(measured, NOTHING, tex)) == []


@pytest.mark.parametrize(
    ("text", "other", "why"),
    [
        (r"u_{i}v_{l}^{T})", r"u_{l}v_{i}^{T})", "the sentence distinct is printed otherwise"),
        (r"\ne", "=", "the sentence distinct is printed otherwise"),
        (r"\[", r"\[2", "the sentence distinct is printed otherwise"),
        ("orthonormal", "orthogonal", "the statement is not read"),
        (r"Z(W^{T}W)", r"Z(WW^{T})", "the definition of A is printed otherwise"),
        (r"\frac{1}{N}\,\sum", r"\sum", "the definition of A is printed otherwise"),
        ("The basis: ", "The basis of all matrices: ", "the statement is not read"),
        (r"(j-1)/N}.\]", r"(j-1)/N}.\] Moreover $d=1$.", "the statement says more"),
        ("Eigenvalues: ", "Let $d=1$. Eigenvalues: ", "the statement is not read"),
    ],
)
def test_a_statement_that_is_printed_otherwise_is_an_error(text: str, other: str, why: str) -> None:
    spectrum = made()
    assert text in spectrum.statement
    vars(spectrum)["statement"] = spectrum.statement.replace(text, other, 1)
    assert next(misprints(spectrum, NOTHING, tex)).startswith(why)


def test_a_hypothesis_that_is_printed_otherwise_is_an_error() -> None:
    spectrum = made()
    vars(spectrum)["hypotheses"] = (r"$2\le N$", *spectrum.hypotheses[1:])
    assert next(misprints(spectrum, NOTHING, tex)).startswith(
        r"the hypothesis $2\le N$: it is read as"
    )


def with_a_limit() -> Claim:
    """A product over pairs of what is 0/0 where sigma_i = sigma_l."""
    quotient = van(I.sigma**2).over(van(I.root**2), I.sigma**2 / I.root**2)
    return made(
        sentences=(Sentence("product", equal(METRIC_DETERMINANT(N, W), part("product"))),),
        parts={"product": quotient, "distinct": quotient**2},
        mutants=(Mutant("root", "the factors", {"product": van(I.sigma)}),),
        measured="Measured: $<<distinct>>$.",
        empirical=frozenset({"distinct"}),
        routes=(*AT_POINTS, Route.TRAINING),
    )


def test_what_a_factor_of_a_pair_is_at_equal_values_stands_in_the_statement() -> None:
    stated = with_a_limit()
    assert set(stated.stated.limits) == {"product", "distinct"}
    said = (
        r"Where $\sigma_i=\sigma_l$, the factor of the pair in $<<product>>$ is its limit, "
        r"$\sigma_i^{2-2/N}$."
    )
    assert stated.stated.coincidences.startswith(said)
    assert stated.statement.endswith(f"{stated.stated.coincidences} {stated.measured}")
    assert made().stated.coincidences == ""
    assert list(misprints(stated, NOTHING, tex)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r", $\sigma_i^{2-2/N}$", r", $\sigma_i^{2/N-2}$"),
        ("is its limit", "is not its limit"),
        (r"Where $\sigma_i=\sigma_l$, the", "The"),
        ("$<<product>>$ is its", "$<<distinct>>$ is its"),
        ("*", ""),
    ],
)
def test_a_limit_that_is_printed_otherwise_is_an_error(old: str, new: str) -> None:
    wrong = with_a_limit()
    old = wrong.stated.coincidences if old == "*" else old
    assert old in wrong.statement
    vars(wrong)["statement"] = wrong.statement.replace(old, new, 1)
    [found] = misprints(wrong, NOTHING, tex)
    assert found.startswith("the statement says more than is decided: ")


def test_a_limit_that_is_typeset_otherwise_is_an_error() -> None:
    """The formula in the sentence comes from what typesets: it is read back like the parts."""

    def slips(side: Side) -> str:
        return tex(side).replace(r"\sigma_i^{2-2/N}", r"\sigma_i^{2-1/N}")

    found = [*misprints(with_a_limit(), NOTHING, slips)]
    assert any(
        x.startswith("the factor of a pair of the part product is printed as ") for x in found
    )


def test_theorems_that_are_shown_are_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    deduction = Deduction("spectrum")
    deduction.show("basis", assume(SENTENCES[1].term))
    account, spectrum = Account(deduction, {}, ()), made()
    assert list(misprints(spectrum, account, tex)) == []
    monkeypatch.setattr("dlnproof.notation.terms.Writer.formula", lambda *_: "I")
    assert [*misprints(spectrum, account, tex)][-1].startswith("the theorem basis is printed as ")


# --- the names of letters -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latex", "why"),
    [
        ("2", "which means 2"),
        (r"\pi", "which means pi"),
        ("I", "which means I"),
        (r"\sigma_{1}", "which means sigma(1)"),
        ("x^2", "which means (x ^ 2)"),
        ("2x", "which means (2 * x)"),
        ("(x)", "which means x"),
        (r"\frac{1}{2}", "which means (1 / 2)"),
        ("a+b", "which is not a name"),
        ("-a", "which is not a name"),
        ("a=b", "which is not a name"),
        ("a<b", "which is not a name"),
        (r"\log x", "which is not a name"),
        (r"\Gamma", "which is not a name"),
    ],
)
def test_a_letter_that_is_printed_as_something_else_is_an_error(latex: str, why: str) -> None:
    letter, x = (variable(*given).term for given in (("c", REAL, latex), ("x", REAL)))
    spectrum = made(given=(*made().given, less(letter, x)))
    found = next(misprints(spectrum, NOTHING, tex))
    assert found.startswith("c is printed as ")
    assert why in found


@pytest.mark.parametrize(
    "latex", ["c", r"\rho", "t_0", r"\varepsilon_0", "b_{11}", "U'", r"\dot W", "x_{i+1}", "f(a+b)"]
)
def test_a_name_of_its_own_is_none(latex: str) -> None:
    letter, x = (variable(*given).term for given in (("c", REAL, latex), ("x", REAL)))
    assert list(misnamed(Vocabulary.of(less(letter, x), *made().given))) == []


def test_two_letters_that_are_printed_alike_are_an_error() -> None:
    """One in a hypothesis, the other in a sentence."""
    depth = variable("depth", INT, "N").term
    spectrum = made(given=(*made().given, at_most(0, depth)))
    assert "two letters are printed as N" in next(misprints(spectrum, NOTHING, tex))
