"""Refuting what the core leaves open: it may refute, and can prove nothing."""

from dataclasses import replace

import pytest

from dlnproof.core.domain import Domain
from dlnproof.core.expression import Letter
from dlnproof.core.identity import Decision, decide_identity, joint
from dlnproof.core.product import PairProduct
from dlnproof.core.proof import Proof, ProofError
from dlnproof.core.spectrum import ONE_INDEX, I, L
from dlnproof.core.verdict import Verdict
from dlnproof.core.words import decide_words, transpose_of
from dlnproof.language.refute import examined, refuted

x, y = Letter("x", "x"), Letter("y", "y")
SQUARE = I.sigma**2
ANY, POSITIVE = Domain(), Domain(frozenset({x, y}))


def test_the_core_refutes_nothing_itself() -> None:
    decision = decide_identity(x, y, ANY)
    assert (decision.verdict, decision.witness) == (Verdict.UNDECIDED, None)
    assert examined(decision) == Decision(
        Verdict.REFUTED,
        "different rational functions",
        witness={"x": "3", "y": "2", "left": "3", "right": "2"},
    )


def test_what_has_been_examined_stays_as_it_is() -> None:
    found = examined(decide_identity(x, y, ANY))
    proved = decide_identity(x / y * y, x, POSITIVE)
    open_ = examined(decide_identity(x, y, Domain(sequences={x: (1 / (y - y), x)})))
    assert "no counterexample found" in open_.why
    for decision in (found, proved, open_):
        assert examined(decision) is decision


def test_every_part_of_a_joint_decision_is_examined() -> None:
    vanishing = decide_identity(x / y, x / y, ANY)
    chain = joint([decide_identity(x, x + 0, ANY), vanishing, decide_identity(x, y, ANY)])
    assert (chain.verdict, chain.why) == (Verdict.UNDECIDED, vanishing.why)
    nested = joint([joint([chain]), vanishing])
    for decision in (chain, nested):
        assert examined(decision).verdict is Verdict.REFUTED
        assert not examined(decision).parts


def test_an_error_is_not_examined_away() -> None:
    broken = Decision(Verdict.ERROR, "engines disagree")
    assert examined(broken) is broken
    assert examined(joint([broken, decide_identity(x / y, x / y, ANY)])).verdict is Verdict.ERROR


def test_steps_of_a_product_are_refuted_by_the_factor_that_differs() -> None:
    proof = Proof("c", {"f": PairProduct()})
    proof.product("p", PairProduct(pair=I.sigma), PairProduct(pair=L.sigma), prose="", uses=())
    decision = refuted(proof)["p"].decision
    assert decision.verdict is Verdict.REFUTED
    assert decision.why == "pair factor: different rational functions"
    assert decision.witness is not None


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict.holds])
def test_no_search_makes_a_step_hold(verdict: Verdict) -> None:
    proof = Proof("c", {"f": x}, ANY)
    proof.identity("f", x, y, domain=ANY, prose="")
    with pytest.raises(ProofError, match="'f' holds by a search"):
        proof.search(lambda decision: replace(decision, verdict=verdict))
    assert proof["f"].decision.verdict is Verdict.UNDECIDED


def test_no_search_is_asked_about_what_is_proved() -> None:
    proof = Proof("c", {"f": SQUARE}, ONE_INDEX)
    proof.identity("f", SQUARE, SQUARE * 1, domain=ONE_INDEX, prose="")
    proof.search(lambda decision: pytest.fail(decision.why))


def test_matrices_that_stand_for_others_are_evaluated_as_these() -> None:
    A, B, X = (Letter(name, name) for name in "ABX")
    A_T, B_T, X_T = map(transpose_of, (A, B, X))
    meaning = ((X, A * B),)
    assert examined(decide_words(X_T, B_T * A_T, meaning)).verdict is Verdict.UNDECIDED  # true
    assert examined(decide_words(X_T, A_T * B_T, meaning)).verdict is Verdict.REFUTED
    nested = (*meaning, (B, A * A))
    assert examined(decide_words(X * A, A * A * A, nested)).verdict is Verdict.UNDECIDED
