"""The rules of a proof: each accepts what is true, and refuses what is false."""

import pytest

from dlnproof.core.alphabet import MeaningError
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.product import PairProduct
from dlnproof.core.proof import Proof, ProofError
from dlnproof.core.spectrum import DISTINCT, ONE_INDEX, I, L, N
from dlnproof.core.step import UNDER_TRACE, Side
from dlnproof.core.verdict import Verdict
from dlnproof.language.refute import refuted

A, B, S, X, Y, a, n = (Letter(name, name) for name in ("A", "B", "S", "X", "Y", "a", "n"))
ANY = Domain()
COUNT = Domain(positive=frozenset({n, S}), sequences={n: (Number(1), n + 1), S: (a, S + a)})
HALF = I.sigma / 2


def proof_of(formula: Side = HALF) -> Proof:
    return Proof("c", {"f": formula})


def test_a_refuted_step_may_be_used_but_the_proof_is_not_proved() -> None:
    proof = proof_of()
    proof.define("X", X, I.sigma, "")
    proof.identity("false", X, HALF, domain=ONE_INDEX, prose="")
    proof.identity("f", X, HALF, domain=ONE_INDEX, prose="", uses=("false",))
    proof.follows("g", 2 * X, 2 * HALF, of="false", domain=ONE_INDEX, prose="")
    assert proof["f"].decision.verdict is Verdict.PROVED
    assert refuted(proof)["g"].decision.verdict is proof.verdict is Verdict.REFUTED


def test_a_conclusion_is_no_better_than_its_step() -> None:
    proof = proof_of()
    proof.define("X", X, I.sigma, "")
    right = proof.follows("right", 2 * X, 2 * I.sigma, of="X", domain=ONE_INDEX, prose="")
    wrong = proof.follows("wrong", X, 2 * I.sigma, of="X", domain=ONE_INDEX, prose="")
    assert [step.decision.verdict for step in (right, wrong)] == ["proved", "undecided"]


def test_only_equations_of_a_letter_replace_it() -> None:
    proof = proof_of()
    proof.argue("words", "")
    proof.positive("sign", N, domain=ONE_INDEX, prose="")
    proof.product("product", PairProduct(), PairProduct(), prose="", uses=())
    proof.identity("apart", 2 * I.sigma, I.sigma + I.sigma, domain=DISTINCT, prose="")
    uses = ("words", "sign", "product", "apart")
    proof.identity("f", N, N + 0, domain=ONE_INDEX, prose="", uses=uses)
    proof.identity("g", N, Number(0), domain=ONE_INDEX, prose="", uses=uses)  # N > 0 is not N = 0
    assert [refuted(proof)[name].decision.verdict for name in "fg"] == ["proved", "refuted"]


def test_a_step_is_used_only_where_it_holds() -> None:
    proof = proof_of()
    proof.define("X", X, I.sigma * ((I.root - L.root) / (I.root - L.root)), "")
    proof.identity("apart", X, I.sigma, domain=DISTINCT, prose="", uses=("X",))
    with pytest.raises(ProofError, match="'apart' needs hypotheses not made here"):
        proof.identity("f", X, I.sigma, domain=ONE_INDEX, prose="", uses=("apart",))
    with pytest.raises(ProofError, match="'apart' needs hypotheses not made here"):
        proof.follows("f", X, I.sigma, of="apart", domain=ONE_INDEX, prose="")
    found = proof.product(
        "f", PairProduct(coincident=X), PairProduct(coincident=I.sigma), prose="", uses=("apart",)
    )
    assert found.decision.verdict is Verdict.UNDECIDED  # X is 0/0 at a coincidence
    found = proof.product(
        "g", PairProduct(pair=X), PairProduct(pair=I.sigma, coincident=X), prose="", uses=("apart",)
    )
    assert found.decision.verdict is Verdict.UNDECIDED


def test_products_use_what_is_known_of_their_factors() -> None:
    proof = proof_of(PairProduct(pair=I.sigma).named("p"))
    proof.define("X", X, I.sigma, "")
    proof.product(
        "f", PairProduct(pair=X), PairProduct(pair=I.sigma).named("p"), prose="", uses=("X",)
    )
    assert (proof.verdict, proof.rewritten) == (Verdict.DERIVED, ("f",))


@pytest.mark.parametrize("of", ["positive", "words", "product"])
def test_nothing_follows_from_what_is_no_equation_of_numbers(of: str) -> None:
    proof = proof_of()
    proof.positive("positive", N, domain=ONE_INDEX, prose="")
    proof.argue("rules", "$<<1>>$", equations=((A * B, Number(1)),))
    proof.words("words", A * B, Number(1), rules=((A * B, Number(1)),), prose="", uses=("rules",))
    proof.product("product", PairProduct(), PairProduct(), prose="", uses=())
    with pytest.raises(ProofError, match=f"'{of}' is no equation between two numbers"):
        proof.follows("f", N, Number(0), of=of, domain=ONE_INDEX, prose="")


def test_instances_are_of_inductions_and_inherit_their_verdict() -> None:
    proof = proof_of()
    proof.induction("count", S, n * a, domain=COUNT, prose="")
    proof.induction("false", S, n, domain=COUNT, prose="")
    proof.induction("divided", S / n, a, domain=COUNT, prose="")
    put: dict[Letter, Expression] = {n: N, S: N * I.root, a: I.root}
    step = proof.instance("at", "count", put, ONE_INDEX, "")
    assert (step.sides, step.decision.verdict) == ((N * I.root, N * I.root), Verdict.PROVED)
    proof.instance("no", "false", put, ONE_INDEX, "")
    assert refuted(proof)["no"].decision.verdict is Verdict.REFUTED
    for of in ("at", "divided"):
        with pytest.raises(ProofError, match=f"'{of}' is no induction free of division"):
            proof.instance("again", of, put, ONE_INDEX, "")
    proof.define("Y", Y, N, "")
    hidden = proof.instance("hidden", "count", put | {a: Y, S: N * Y}, ONE_INDEX, "")
    assert hidden.decision.why == "what is put for a depends on N"


def test_an_induction_spells_out_what_is_defined() -> None:
    proof = proof_of()
    proof.define("X", X, a, "")
    assert (
        proof.induction("count", S, n * X, domain=COUNT, prose="").decision.verdict
        is Verdict.PROVED
    )
    assert proof.instance("at", "count", {a: I.root, n: N, S: N * I.root}, ONE_INDEX, "").sides == (
        N * I.root,
        N * I.root,
    )
    proof.define("Y", Y, n, "")
    assert (
        proof.induction("no", S - S, Y - 1, domain=COUNT, prose="").decision.verdict
        is Verdict.UNDECIDED
    )


def test_hypotheses_on_sequences_have_to_be_shown() -> None:
    falls = Domain(positive=frozenset({S}), sequences={S: (Number(-1), S)})
    step = proof_of().positive("p", 2 * S, domain=falls, prose="")
    assert step.decision.verdict is Verdict.UNDECIDED
    assert (
        proof_of()
        .positive("p", S * S, domain=COUNT | Domain(positive=frozenset({a})), prose="")
        .decision.verdict
        is Verdict.PROVED
    )


def test_words() -> None:
    proof = proof_of(A * B)
    proof.argue("why", "")
    with pytest.raises(ProofError, match=r"'w' has a rule \(in A, B\) that no step .* states"):
        proof.words("w", A * B, B * A, rules=((A, B),), prose="", uses=("why",))
    step = proof.words("trace", A * B, B * A, rules=(), prose="", uses=("why",), trace=True)
    assert (step.decision.verdict, step.relation) == (Verdict.PROVED, UNDER_TRACE)
    assert proof.verdict is Verdict.UNDECIDED  # the traces are equal, not the matrices
    assert proof.words("plain", A, A, rules=(), prose="", uses=()).relation == "="


@pytest.mark.parametrize("rule", ["identity", "defined", "follows", "product", "positive"])
def test_matrices_do_not_become_numbers(rule: str) -> None:
    proof = proof_of()
    scalars = frozenset({a})
    proof.words("w", a * A * B, A * a * B, rules=(), prose="", uses=(), scalars=scalars)
    proof.define("X", X, A * B, "")
    proof.define("Y", Y, a, "")
    tries = {
        "identity": lambda: proof.identity("f", A * B, B * A, domain=ANY, prose=""),
        "defined": lambda: proof.identity("f", X, X, domain=ANY, prose=""),
        "follows": lambda: proof.follows("f", A * B, B * A, of="Y", domain=ANY, prose=""),
        "product": lambda: proof.product(
            "f", PairProduct(pair=A), PairProduct(pair=A), prose="", uses=()
        ),
        "positive": lambda: proof.positive("f", A, domain=ANY, prose=""),
    }
    with pytest.raises(MeaningError, match="as a number and as a matrix"):
        tries[rule]()
    with pytest.raises(MeaningError, match="'a' is used as a number and as a matrix"):
        proof.words("v", a, a, rules=(), prose="", uses=())


def test_the_relation_of_a_sign() -> None:
    proof = proof_of()
    assert proof.positive("p", N, domain=ONE_INDEX, prose="").relation == ">"
    assert proof.positive("q", N, domain=ONE_INDEX, prose="", strict=False).relation == r"\ge"
