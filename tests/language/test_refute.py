"""Refuting what the core leaves open: it may refute, and can prove nothing."""

import pytest

from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import Claim
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Letter
from dlnproof.core.identity import Decision, decide_identity, joint
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct, decide_product, over_all_pairs, van
from dlnproof.core.side import Side
from dlnproof.core.spectrum import I, L, N
from dlnproof.core.verdict import Verdict
from dlnproof.language.refute import examined, unequal

x, y = Letter("x", "x"), Letter("y", "y")
A, B, A_T = Letter("A", "A"), Letter("B", "B"), Letter("A'", "A", "T")
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


def test_a_product_is_refuted_by_the_factor_that_differs() -> None:
    decision = examined(decide_product(PairProduct(pair=I.sigma), PairProduct(pair=L.sigma)))
    assert decision.verdict is Verdict.REFUTED
    assert decision.why == "pair factor: different rational functions"
    assert decision.witness is not None


QUOTIENT = (I.sigma**2 - L.sigma**2) / (I.sigma - L.sigma)


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        (I.sigma, L.sigma, True),
        (I.sigma, I.root, True),  # at N = 2
        (QUOTIENT, I.sigma + L.sigma, False),
        (I.log, I.log * (1 + N - N), False),
        (x, x * y, True),
        (van(I.sigma), van(I.root), True),
        (van(I.sigma**2).over(van(I.sigma), 2 * I.sigma), PairProduct(pair=I.sigma + L.sigma), 0),
        (van(I.sigma**2).over(van(I.sigma), I.sigma), PairProduct(pair=I.sigma + L.sigma), 1),
        (over_all_pairs(x, QUOTIENT, I.sigma), over_all_pairs(x, QUOTIENT, 2 * I.sigma), True),
        (A * A_T, A_T * A, True),
        (A * B - B * A_T, A * B - B * A_T + 0, False),
        (Inequality(x, y), Inequality(x, x), False),
        (Inequality(x, x), Inequality(x, y), True),  # the variant is the one that is asked of
        (van(I.sigma), I.sigma, False),  # of other kinds: nothing to compare
    ],
)
def test_formulas_are_seen_to_differ(left: Side, right: Side, differ: bool) -> None:
    assert unequal(left, right) is bool(differ)


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_no_formula_of_a_claim_differs_from_itself(claim: Claim) -> None:
    for part in claim.parts.values():
        assert not unequal(part, part)
