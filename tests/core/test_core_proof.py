"""Proofs: when a statement counts as proved, and how a proof may be put together."""

import pytest

from dlnproof.core import identity
from dlnproof.core.alphabet import MeaningError
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.identity import Decision
from dlnproof.core.proof import Proof, ProofError
from dlnproof.core.spectrum import DISTINCT, ONE_INDEX, ORDERED, I, L, N
from dlnproof.core.step import TAKEN, Rule, Side, Step
from dlnproof.core.verdict import Verdict
from dlnproof.language.refute import refuted

A, B, S, X, Y, a, n = (Letter(name, name) for name in ("A", "B", "S", "X", "Y", "a", "n"))
ANY = Domain()
COUNT = Domain(positive=frozenset({n, S}), sequences={n: (Number(1), n + 1), S: (a, S + a)})
HALF = I.sigma / 2
TRIANGULAR = Domain(sequences={n: (Number(1), n + 1), S: (Number(1), S + n + 1)})
TRAP = I.sigma * L.root - I.root * L.sigma


def proof_of(formula: Side = HALF, domain: Domain = ANY) -> Proof:
    return Proof("c", {"f": formula}, domain) if domain != ANY else Proof("c", {"f": formula})


def defined() -> Proof:
    proof = proof_of()
    proof.define("X", X, I.sigma, "")
    return proof


def test_a_part_is_established_by_an_equation_that_builds_on_the_proof() -> None:
    proof = defined()
    assert proof.verdict is Verdict.UNDECIDED
    proof.identity("half", X / 2, HALF, domain=ONE_INDEX, prose="", uses=("X",))
    assert (proof.verdict, proof.established) == (Verdict.DERIVED, {"f": "half"})
    assert proof.rewritten == ("f",)  # the definition of X is all that enters
    assert proof["half"].rule is Rule.SUBSTITUTION
    assert proof.identity("plain", X, X, domain=ANY, prose="").rule is Rule.IDENTITY
    assert proof.failure is None


def test_a_proof_shows_itself_in_one_line() -> None:
    assert repr(defined()) == "<proof of c: undecided, 1 step>"
    assert repr(proof_of()) == "<proof of c: undecided, 0 steps>"


def test_other_equations_establish_nothing() -> None:
    proof = defined()
    proof.positive("positive", HALF, domain=ONE_INDEX, prose="", uses=("X",))
    proof.identity("rewritten", 1 * HALF, HALF, domain=ONE_INDEX, prose="")
    proof.identity("itself", HALF, HALF, domain=ONE_INDEX, prose="", uses=("X",))
    proof.define("definition", Y, HALF, "")
    proof.identity("elsewhere", 2 * X, I.sigma + X, domain=ONE_INDEX, prose="", uses=("X",))
    assert all(step.decision.verdict is Verdict.PROVED for step in proof.steps)
    assert (proof.verdict, proof.established) == (Verdict.UNDECIDED, {})


@pytest.mark.parametrize(
    ("domain", "formula", "verdict"),
    [
        (DISTINCT, I.sigma * L.sigma, Verdict.DERIVED),
        (ORDERED, I.sigma * L.sigma, Verdict.UNDECIDED),  # half of the statement's domain
        (DISTINCT, HALF, Verdict.UNDECIDED),  # a statement on one index knows no other
        (Domain(distinct=((I.sigma, L.sigma),)), HALF, Verdict.UNDECIDED),
        (Domain(positive=frozenset({I.log})), HALF, Verdict.UNDECIDED),
        (ONE_INDEX, HALF, Verdict.DERIVED),
    ],
)
def test_it_must_hold_wherever_the_statement_does(
    domain: Domain, formula: Expression, verdict: Verdict
) -> None:
    proof = proof_of(formula)
    proof.define("X", X, 2 * formula, "")
    proof.identity("f", X / 2, formula, domain=domain, prose="", uses=("X",))
    assert proof["f"].decision.verdict is Verdict.PROVED
    assert proof.verdict is verdict


def test_a_statement_may_assume_more() -> None:
    proof = proof_of(I.sigma * L.sigma, ORDERED)
    proof.define("X", X, I.sigma, "")
    proof.identity("f", X * L.sigma, I.sigma * L.sigma, domain=ORDERED, prose="", uses=("X",))
    assert proof.verdict is Verdict.DERIVED


def test_a_statement_may_be_proved_by_induction_alone() -> None:
    proof = proof_of(n * (n + 1) / 2, TRIANGULAR)
    proof.induction("f", S, n * (n + 1) / 2, domain=TRIANGULAR, prose="")
    assert proof.verdict is Verdict.PROVED


def test_a_statement_about_matrices() -> None:
    proof = proof_of(A * B)
    proof.argue("why", "$<<1>>$", equations=((A * A, A),))
    proof.words("f", A * A * B, A * B, rules=((A * A, A),), prose="", uses=("why",))
    assert (proof.verdict, proof.premises, proof.loose) == ("derived", (proof["why"],), ())


def test_what_is_constant_by_no_step_establishes_nothing() -> None:
    proof = proof_of(A - A)
    proof.constant("f", A - A, {A: B}, rules=(), prose="", uses=())
    assert proof["f"].decision.verdict is Verdict.PROVED
    assert proof.missing == ["f"]


def test_what_is_constant_is_the_expression_and_neither_its_rate_nor_zero() -> None:
    for part, missing in ((A * A, []), (B * A + A * B, ["f"]), (Number(0), ["f"])):
        proof = Proof("c", {"f": part})
        proof.argue("rest", "$<<1>>$", equations=((B, Number(0)),))
        proof.constant("f", A * A, {A: B}, rules=((B, Number(0)),), prose="", uses=("rest",))
        assert proof["f"].sides == (A * A, B * A + A * B, Number(0))
        assert proof.missing == missing


def test_the_verdict_is_the_worst() -> None:
    assert Proof("c", {}).verdict is Verdict.VACUOUS
    proof = defined()
    proof.identity("f", X / 2, HALF, domain=ONE_INDEX, prose="", uses=("X",))
    proof.identity("one side", X, domain=ANY, prose="")
    verdicts = [proof.verdict]
    proof.identity("trap", TRAP / TRAP, Number(1), domain=DISTINCT, prose="")
    verdicts.append(proof.verdict)
    proof.identity("false", X, 2 * X, domain=ONE_INDEX, prose="")
    verdicts.append(refuted(proof).verdict)
    assert verdicts == [Verdict.VACUOUS, Verdict.UNDECIDED, Verdict.REFUTED]
    assert proof.failure == proof["one side"]


def test_engines_that_disagree_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "equal_by_flint", lambda left, right: True)
    proof = defined()
    proof.identity("f", X, HALF, domain=ONE_INDEX, prose="", uses=("X",))
    assert proof.verdict is Verdict.ERROR


def test_a_proof_is_put_together_rightly() -> None:
    proof = defined()
    with pytest.raises(ProofError, match="two steps are named 'X'"):
        proof.argue("X", "")
    with pytest.raises(ProofError, match="no earlier step 'later'"):
        proof.argue("now", "", uses=("later",))
    with pytest.raises(ProofError, match="uses the claim itself"):
        proof.use("circle", "c", "")
    with pytest.raises(MeaningError):
        proof.define("depth", N, Number(1), "")


def test_steps_cannot_be_smuggled_in() -> None:
    assert not hasattr(proof_of().steps, "append")
    for rule in (Rule.IDENTITY, Rule.WORDS):
        with pytest.raises(ValueError, match="needs a decision of its own"):
            Step("s", rule, "", (X, Y))
    with pytest.raises(ValueError, match="needs a decision of its own"):
        Step("s", Rule.CITATION, "", decision=Decision(Verdict.PROVED, "no"))
    assert Step("s", Rule.CITATION, "").decision is TAKEN


def test_what_is_taken_as_given_is_listed() -> None:
    proof = proof_of()
    proof.cite("svd", "", "singular value decomposition")
    proof.use("other", "operator-spectrum", "")
    assert [step.source for step in proof.assumptions] == ["singular value decomposition"]
    assert proof.claims_used == ["operator-spectrum"]
