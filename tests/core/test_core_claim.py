"""The catalogue's records: what is malformed is refused by a message naming claim and field."""

from typing import Any

import pytest

from dlnproof.claims.schema import (
    AsPrinted,
    CatalogueError,
    Claim,
    Mutant,
    Source,
    Witness,
    catalogue,
    claim,
)
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import I, N
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import part
from dlnproof.definitions.letters import i, sigma
from dlnproof.kernel import terms

PRINTED = AsPrinted("slip", Source("slides", "p. 1"), Witness.SINGLE, "s = 2", "s=2", "It is 1.")
SENTENCES = (Sentence("value", terms.every(i, (), terms.equal(sigma(i.term), part("value", i)))),)
GOOD: dict[str, Any] = {
    "title": "A claim",
    "source": Source("CMV2023", "Lemma 2.4"),
    "given": (terms.positive(sigma(1)),),
    "sentences": SENTENCES,
    "parts": {"value": I.sigma},
    "routes": (Route.DERIVATION, Route.EXACT, Route.PULLBACK),
    "mutants": (Mutant("doubled", "twice", {"value": 2 * I.sigma}),),
    "as_printed": (PRINTED,),
}


def stated(**changes: Any) -> Claim:
    return claim("some-claim", **{**GOOD, **changes})


def test_a_claim_is_made_of_its_fields() -> None:
    made = stated()
    assert (made.slug, made.uses, made.finite, made.infinite) == ("some_claim", (), True, False)
    assert made.with_parts({"value": N}) == {"value": N}
    assert made.parts == {"value": I.sigma}
    assert str(made.source) == "CMV2023, Lemma 2.4"


def mutant(**parts: Any) -> tuple[Mutant, ...]:
    return (Mutant("wrong", "wrong", parts),)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"titel": "x"}, "unknown field 'titel'"),
        ({"title": ""}, "field 'title' is empty"),
        ({"given": ()}, "field 'given' is empty"),
        ({"sentences": ()}, "field 'sentences' is empty"),
        ({"parts": {}}, "field 'parts' is empty"),
        ({"routes": ()}, "field 'routes' is empty"),
        ({"mutants": ()}, "field 'mutants' is empty"),
        ({"statement": "It is $<<value>>$."}, "field 'statement' is written from terms; expected"),
        (
            {"hypotheses": ("N >= 1",)},
            "is written from terms; expected them in 'given'",
        ),
        (
            {"measured": "<<value>> <<other>>"},
            "field 'measured' refers to an unknown part 'other'",
        ),
        ({"measured": "<<value>> <<value"}, "field 'measured' does not close '<<value'"),
        ({"measured": "caf\u00e9"}, "field 'measured': expected ASCII"),
        ({"parts": {**GOOD["parts"], "more": N}}, "the statement does not show the part 'more'"),
        ({"empirical": frozenset({"other"})}, "field 'empirical' names an unknown part 'other'"),
        ({"chief": ("other",)}, "field 'chief' names an unknown sentence 'other'"),
        ({"quantities": {"volume-form": ("form",)}}, "field 'quantities' names an unknown part"),
        ({"quantities": ("volume-form",)}, "field 'quantities': expected names of quantities"),
        ({"mutants": mutant(other=N)}, "variant 'wrong' changes an unknown part 'other'"),
        ({"mutants": mutant(value=I.sigma)}, "variant 'wrong' does not change the part 'value'"),
        ({"mutants": mutant()}, "wrong variant 'wrong' changes nothing"),
        ({"mutants": 2 * GOOD["mutants"]}, "two variants are named 'doubled'"),
        ({"mutants": (Mutant("slip", "x", {"value": N}),)}, "two variants are named 'slip'"),
        ({"routes": (Route.EXACT, Route.PULLBACK, Route.ENCLOSURE)}, "field 'routes': expected"),
        ({"routes": (Route.DERIVATION,)}, "field 'routes': expected"),
        ({"routes": (Route.DERIVATION, Route.EXACT, Route.EXACT)}, "field 'routes': one occurs"),
    ],
)
def test_malformed_records_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(CatalogueError, match=r"^claim 'some-claim': ") as caught:
        stated(**changes)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "name", ["title", "source", "given", "sentences", "parts", "routes", "mutants"]
)
def test_a_missing_field_is_named(name: str) -> None:
    fields = {field: value for field, value in GOOD.items() if field != name}
    with pytest.raises(CatalogueError, match=f"^claim 'some-claim': missing field '{name}'$"):
        claim("some-claim", **fields)


def test_a_printed_statement_may_change_no_part() -> None:
    assert stated().as_printed[0].parts == {}


def test_the_catalogue_is_in_order_of_dependence() -> None:
    first, second = claim("first", **GOOD), claim("second", **GOOD, uses=("first",))
    assert list(catalogue(first, second)) == ["first", "second"]
    with pytest.raises(CatalogueError, match="claim 'second': uses 'first', which is not stated"):
        catalogue(second, first)
    with pytest.raises(CatalogueError, match="claim 'first': stated twice"):
        catalogue(first, first)
    with pytest.raises(CatalogueError, match="claim 'own': uses 'own'"):
        catalogue(claim("own", **GOOD, uses=("own",)))


@pytest.mark.parametrize(
    "name", ["", "Volume", "a b", "a|b", "a`b", "../a", "a-", "-a", "1a", "x" * 61]
)
def test_an_id_is_a_name_that_any_document_can_carry(name: str) -> None:
    with pytest.raises(CatalogueError, match="field 'id': expected lower-case words"):
        claim(name, **GOOD)
