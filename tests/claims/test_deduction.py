"""What a deduction shows, concludes and establishes, and why it does not."""

import pytest

from dlnproof.claims.deduction import Account, Deduction, Short, told
from dlnproof.claims.studies import theorem
from dlnproof.core.verdict import Verdict
from dlnproof.definitions.letters import x, y
from dlnproof.kernel.logic import assume, cut, weaken
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import Term, equal, less, number
from dlnproof.kernel.theorem import Refused, Theorem, premise

SQUARE = equal((x.term + 1) ** 2, x.term**2 + 2 * x.term + 1)
POSITIVE, ABOVE = less(0, x.term), less(1, y.term)


def square() -> Theorem:
    return field(SQUARE.args[0], SQUARE.args[1])


def account(concluded: Theorem | None, sentence: Term = SQUARE, *given: Term) -> Account:
    """What one theorem, concluded, establishes of a sentence."""
    proof = Deduction("mine")
    if concluded is not None:
        proof.conclude("s", concluded)
    return Account(proof, {"s": sentence}, given)


def test_a_theorem_is_found_by_its_name() -> None:
    proof = Deduction("mine")
    first = proof.show("first", square(), "So")
    last = proof.conclude("last", assume(POSITIVE))
    assert (proof.theorem("first"), proof.theorem("last")) == (first, last)
    with pytest.raises(Refused, match=r"^claim 'mine' shows no theorem 'x'; it shows first, last$"):
        proof.theorem("x")
    for again in (proof.show, proof.conclude):
        with pytest.raises(Refused, match="two theorems are shown as 'first'"):
            again("first", square())


def test_a_sentence_is_established_by_its_theorem() -> None:
    found = account(square())
    assert (found.verdict, found.missing, found.premises) == (Verdict.PROVED, {}, ())
    under = account(weaken(square(), POSITIVE), SQUARE, POSITIVE)
    assert under.verdict is Verdict.PROVED
    assert Account(Deduction("mine"), {}, ()).verdict is Verdict.VACUOUS


def test_why_a_sentence_is_not_established() -> None:
    for found, why in (
        (account(None), "no theorem concludes it"),
        (account(square(), POSITIVE), f"the theorem says otherwise: {told(SQUARE)}"),
        (
            account(weaken(square(), POSITIVE, ABOVE), SQUARE, ABOVE),
            "the theorem needs what the claim does not assume: 0 < x",
        ),
        (
            account(weaken(square(), POSITIVE, ABOVE)),
            "the theorem needs what the claim does not assume: 0 < x; 1 < y",
        ),
        (
            account(premise(SQUARE, "by hand")),
            f"it is taken as given, by the premise {told(SQUARE)}",
        ),
    ):
        assert found.missing == {"s": why}
        assert found.verdict is Verdict.UNDECIDED
        assert found.established == {}
        assert isinstance(found.outcome["s"], Short)


def test_a_reason_is_in_plain_text() -> None:
    [why] = account(square(), POSITIVE).missing.values()
    assert why.isascii()
    assert not {*"$\\"} & {*why}


def test_a_premise_below_a_sentence_makes_it_derived() -> None:
    taken = premise(POSITIVE, "clear", "a book", [ABOVE])
    assert account(taken, POSITIVE, ABOVE).missing  # it is the premise itself
    found = account(cut(weaken(square(), POSITIVE), taken), SQUARE, ABOVE)
    assert found.verdict is Verdict.DERIVED
    assert [(p.argument, p.source, p.given) for p in found.premises] == [
        ("clear", "a book", frozenset({ABOVE}))
    ]


def test_what_is_lent_by_a_claim_is_a_use_of_it() -> None:
    """Of what it shows on the way as well; and concluding it again does not make it one's own."""
    lent = theorem("metric-diagonalization", "entries-positive")
    mine, other = Deduction("mine"), Deduction("other")
    for proof in (mine, other):
        proof.conclude("s", theorem("metric-diagonalization", "entries-positive"))
        found = Account(proof, {"s": lent.conclusion}, tuple(lent.hypotheses))
        assert found.verdict is Verdict.PROVED
        assert found.claims_used == ["metric-diagonalization"]
    again = Account(mine, {"s": lent.conclusion}, tuple(lent.hypotheses))
    assert again.claims_used == ["metric-diagonalization"]


def test_a_theorem_belongs_to_the_claim_that_concluded_it_first() -> None:
    shared = square()
    first, second = Deduction("first"), Deduction("second")
    first.conclude("s", shared)
    second.conclude("s", shared)
    assert Account(first, {"s": SQUARE}, ()).claims_used == []
    assert Account(second, {"s": SQUARE}, ()).claims_used == ["first"]


@pytest.mark.parametrize(
    ("claim", "name", "why"),
    [
        ("nothing", "form", "no claim 'nothing' is known"),
        ("metric-diagonalization", "forms", "'metric-diagonalization' shows no theorem 'forms'"),
    ],
)
def test_a_theorem_that_is_not_there_is_refused(claim: str, name: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        theorem(claim, name)


def test_numbers_stand_for_themselves() -> None:
    assert told(equal(y.term, number(2))) == "y = 2"
