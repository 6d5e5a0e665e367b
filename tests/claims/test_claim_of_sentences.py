"""A claim of sentences: its texts are made from these, and read back."""

from __future__ import annotations

from typing import Any

import pytest

from dlnproof import formulas as f
from dlnproof.claims.deduction import Account, Deduction
from dlnproof.claims.schema import AT_POINTS, CatalogueError, Claim, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence, definitions_in
from dlnproof.core.expression import Letter
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC, OPERATOR, pair
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import N, W, d, i, l, sigma
from dlnproof.kernel.logic import assume
from dlnproof.kernel.terms import (
    SortError,
    Term,
    different,
    equal,
    every,
    number,
    orthonormal,
    within,
)
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


def test_theorems_that_are_shown_are_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    deduction = Deduction("spectrum")
    deduction.show("basis", assume(SENTENCES[1].term))
    account, spectrum = Account(deduction, {}, ()), made()
    assert list(misprints(spectrum, account, tex)) == []
    monkeypatch.setattr("dlnproof.notation.terms.Writer.formula", lambda *_: "I")
    assert [*misprints(spectrum, account, tex)][-1].startswith("the theorem basis is printed as ")
