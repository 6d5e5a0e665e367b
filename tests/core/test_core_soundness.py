"""False statements from true premises: each of these was proved once, and none is any more."""

from collections.abc import Callable
from typing import Any

import pytest
from flint import arb

from dlnproof.core.alphabet import MeaningError
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.identity import decide_identity
from dlnproof.core.inequality import Inequality
from dlnproof.core.proof import Proof, ProofError
from dlnproof.core.spectrum import DISTINCT, ONE_INDEX, ORDERED, I, L, N
from dlnproof.core.verdict import Verdict
from dlnproof.language.refute import examined, points

A, B, C, S, T, X, a, n, x, y = (Letter(name, name) for name in "ABCSTXanxy")
A_t, B_t = Letter("A'", "A", "T"), Letter("B'", "B", "T")
A_RATE, B_RATE = Letter("dA", r"\dot A"), Letter("dB", r"\dot B")
F = N * I.sigma + I.sigma


def proof_of(formula: Any = F, domain: Domain | None = None) -> Proof:
    proof = Proof("c", {"f": formula}) if domain is None else Proof("c", {"f": formula}, domain)
    proof.argue("why", "")
    return proof


# --- what is conserved, or equal as a matrix, is no value of a number -----------------------------


def test_what_is_constant_is_not_zero() -> None:
    proof = proof_of()
    proof.argue("rest", "$<<1>>$", equations=((A_RATE, Number(0)),))
    proof.constant("c", A, {A: A_RATE}, rules=((A_RATE, Number(0)),), uses=("rest",), prose="")
    with pytest.raises(MeaningError, match="as a number and as a matrix"):
        proof.identity("so", A, Number(0), domain=ONE_INDEX, uses=("c",), prose="")
    with pytest.raises(ProofError, match="'c' is no equation between two numbers"):
        proof.follows("so", 2 * A, Number(0), of="c", domain=ONE_INDEX, prose="")
    with pytest.raises(ProofError, match="'c' is no induction"):
        proof.instance("so", "c", {}, ONE_INDEX, "")


def test_a_number_is_not_conserved_as_a_matrix_is() -> None:
    proof = proof_of()
    proof.identity("number", N, N + 0, domain=ONE_INDEX, prose="")
    with pytest.raises(MeaningError, match="'N' is used as a number and as a matrix"):
        proof.constant("c", N, {N: A_RATE}, rules=(), uses=("why",), prose="")


def test_words_are_no_values_of_numbers() -> None:
    """Else a matrix would be put for a number, and commute."""
    proof = proof_of()
    proof.argue("rule", "$<<1>>$", equations=((B, a * 1),))
    words = ((B, a * 1),)
    proof.words("w", a, B, rules=words, scalars=frozenset({a}), uses=("rule",), prose="")
    step = proof.identity("f", a, a + 0, domain=ONE_INDEX, uses=("w",), prose="")
    assert (step.decision.verdict, step.draws_on) == (Verdict.PROVED, frozenset())
    with pytest.raises(ProofError, match="'w' is no equation between two numbers"):
        proof.follows("g", 2 * a, 2 * a, of="w", domain=ONE_INDEX, prose="")


# --- logarithms -----------------------------------------------------------------------------------

COUNT = Domain(sequences={S: (Number(0), S + I.log), T: (Number(0), T + I.log)}) | ONE_INDEX


def test_the_logarithm_of_a_sequence_depends_on_n() -> None:
    proof = proof_of(F, COUNT)
    step = proof.induction("i", S, (N - 1) * I.log, domain=COUNT, prose="")
    assert (step.decision.verdict, step.decision.why) == (
        Verdict.UNDECIDED,
        "g_i depends on N by no recurrence",
    )
    # a sum of what is unknown is the same sum
    assert proof.induction("s", S, T, domain=COUNT, prose="").decision.verdict is Verdict.PROVED


def test_no_sequence_starts_at_the_logarithm_of_one() -> None:
    with pytest.raises(ValueError, match="at N = 1 must not refer to a sequence"):
        Domain(sequences={S: (I.log, S + I.log)}) | ONE_INDEX
    with pytest.raises(ValueError, match="nor that of a logarithm"):
        Domain(logs={x: y, y: a})


def test_what_is_put_for_a_constant_is_no_logarithm_of_a_sequence() -> None:
    sums = Domain(sequences={n: (Number(1), n + 1), S: (a, S + a)})
    proof = proof_of(F, ONE_INDEX)
    proof.induction("i", S, n * a, domain=sums, prose="")
    put: dict[Letter, Expression] = {n: N, a: I.log, S: N * I.log}
    assert proof.instance("at", "i", put, ONE_INDEX, "").decision.verdict is Verdict.UNDECIDED


def test_a_letter_becomes_no_logarithm_after_its_use() -> None:
    sums = Domain(sequences={n: (Number(1), n + 1), S: (Number(1), S + x)})
    proof = proof_of(X, Domain())
    proof.induction("i", S, 1 + (n - 1) * x, domain=sums, prose="")
    logs = Domain(sequences={y: (a, a * y)}, logs={x: y})
    with pytest.raises(MeaningError, match="'x' is in use before"):
        proof.identity("j", x, x + 0, domain=logs, prose="")


def test_hypotheses_on_logarithms_are_shown_by_those_on_their_arguments() -> None:
    assert ORDERED.shown() == ORDERED
    alone = Domain(
        ordered=((I.log, L.log),),
        positive=frozenset({I.log}),
        sequences=ORDERED.sequences,
        logs=ORDERED.logs,
    )
    assert (alone.shown().ordered, alone.shown().positive) == ((), frozenset())
    assert DISTINCT.shown().distinct == ((I.root, L.root),)


def test_logarithms_are_ordered_where_their_arguments_are_and_positive() -> None:
    constant: dict[Letter, tuple[Expression, Expression]] = {n: (a, n), S: (X, S)}
    logs = {x: n, y: S}
    above, of_logs = ((n, S), (a, X)), ((x, y),)
    positive = frozenset({n, S, a, X})
    whole = Domain(positive, ordered=above + of_logs, sequences=constant, logs=logs)
    assert whole.shown() == whole
    negative = Domain(ordered=above + of_logs, sequences=constant, logs=logs)  # log S says nothing
    assert set(negative.shown().ordered) == set(above)
    unordered = Domain(positive, ordered=of_logs, sequences=constant, logs=logs)
    assert unordered.shown().ordered == ()


def test_points_have_the_true_logarithms_of_every_depth() -> None:
    seen = set()
    for point in points(COUNT, frozenset({S, I.sigma, N})):
        seen.add(depth := int(point[N].p))  # type: ignore[union-attr]
        assert point[I.sigma] == point[I.root] ** depth
        total = 2 * sum(range(1, depth)) * arb(point[I.root]).log()
        assert arb(point[S]).overlaps(total)
    assert seen == {1, 2, 3}


# --- names ----------------------------------------------------------------------------------------


def test_a_divisor_is_not_hidden_by_a_letter_of_its_name() -> None:
    named = Letter("x - y", "z")
    domain = Domain(positive=frozenset({named}))
    quotient = ((x - y) / (x - y)) * (named / named)
    decision = decide_identity(Number(1), quotient, domain)
    assert decision.verdict is Verdict.UNDECIDED
    assert "may vanish" in decision.why
    apart = domain | Domain(distinct=((x, y),))
    assert len(decide_identity(Number(1), quotient, apart).divisors) == 2


# --- transposes and velocities --------------------------------------------------------------------

MOVES = ((A_RATE, A * B),)


def conserved(
    velocities: dict[Letter, Letter], expression: Expression = A_t * A, rules: Any = MOVES
) -> Proof:
    proof = proof_of(expression, Domain())
    proof.argue("flow", "$<<1>>$", equations=MOVES)
    proof.constant("f", expression, velocities, rules=rules, uses=("flow",), prose="")
    return proof


def test_a_transpose_moves_with_its_matrix() -> None:
    """With A' at rest, A' A would be constant where A moves to the right of it by 0."""
    step = conserved({A: A_RATE})["f"]
    moved = Letter("dA'", r"\dot A", "T")
    assert step.sides[1] == moved * A + A_t * A_RATE
    assert step.decision.verdict is not Verdict.PROVED
    with pytest.raises(ProofError, match="'A'' moves as the transpose"):
        conserved({A: A_RATE, A_t: B_RATE})
    with pytest.raises(ProofError, match="'A'' has no velocity"):
        conserved({})
    with pytest.raises(ProofError, match="'B' has no velocity"):
        conserved({A: A_RATE}, A * B)


def test_rules_may_be_transposed() -> None:
    transpose = (Letter("dA'", r"\dot A", "T"), B_t * A_t)
    skew = (B_t, 0 - B)
    proof = proof_of(A * A_t, Domain())
    proof.argue("flow", "$<<1>>$, $<<2>>$", equations=(*MOVES, skew))
    step = proof.constant(
        "f", A * A_t, {A: A_RATE}, rules=(*MOVES, transpose, skew), uses=("flow",), prose=""
    )
    assert (step.decision.verdict, step.draws_on) == (Verdict.PROVED, frozenset({"flow"}))


@pytest.mark.parametrize("velocities", [{A: A}, {A: B, B: B}, {A: X, B: B_RATE}])
def test_velocities_have_no_other_meaning(velocities: dict[Letter, Letter]) -> None:
    proof = proof_of(A * B, Domain())
    proof.define("X", X, Number(0) * C, "")
    with pytest.raises(ProofError, match="velocities with another meaning"):
        proof.constant("f", A * B, velocities, rules=(), uses=("why",), prose="")


# --- rules ----------------------------------------------------------------------------------------


def test_a_rule_is_stated_by_a_step_that_is_used() -> None:
    commute = ((A * B, B * A),)

    def words(proof: Proof, *uses: str) -> Proof:
        proof.words("w", A * B * C, B * A * C, rules=commute, uses=uses, prose="")
        return proof

    for uses in ((), ("why",)):
        with pytest.raises(ProofError, match=r"a rule \(in A, B\) that no step which it uses"):
            words(proof_of(), *uses)
    with pytest.raises(ProofError, match="does not print <<1>>"):
        proof_of().argue("said", "clearly", equations=commute)
    stated = proof_of()
    stated.argue("said", "clearly $<<1>>$", equations=commute)
    assert words(stated, "said")["w"].draws_on == {"said"}
    # in either direction, and a decided equation of words as well
    back = proof_of()
    back.argue("said", "$<<1>>$", equations=((B * A, A * B),))
    back.words("first", A * B, B * A, rules=commute, uses=("said",), prose="")
    assert words(back, "first")["w"].draws_on == {"first"}
    # what has the same trace is not equal
    traced = proof_of()
    traced.words("trace", A * B, B * A, rules=(), uses=(), prose="", trace=True)
    with pytest.raises(ProofError, match="no step which it uses states"):
        words(traced, "trace")


def test_letters_of_equations_in_words_are_those_of_the_proof() -> None:
    with pytest.raises(MeaningError, match="two letters are named 'N'"):
        proof_of().argue("said", "$<<1>>$", equations=((Letter("N", "M"), A),))


# --- hypotheses that nothing satisfies ------------------------------------------------------------


def test_contradictory_hypotheses_are_noticed_where_recurrences_occur() -> None:
    never = Domain(ordered=((x, y),), sequences={x: (Number(0), x), y: (Number(1), y)})
    with pytest.raises(ProofError, match="no point is seen to satisfy"):
        Proof("c", {"f": Inequality(x, y)}, never)
    stated = Inequality(Number(0), Number(1), given=(0 - N,), domain=ONE_INDEX)
    proof = proof_of(stated)
    step = proof.inequality("v", stated, terms=[(stated.given[0], 1 / N)], uses=("why",), prose="")
    assert step.decision.verdict is proof.verdict is Verdict.VACUOUS


def test_true_recurrences_refute_a_false_inequality() -> None:
    stated = Inequality(I.root, I.sigma, domain=ONE_INDEX)
    step = proof_of(stated).inequality("v", stated, terms=[(I.root,)], uses=("why",), prose="")
    assert examined(step.decision).verdict is Verdict.REFUTED


def test_one_part_lends_no_hypothesis_to_another() -> None:
    """x / x = 1 where x > 0, which the inequality assumes, and the equation does not."""
    positive = Domain(positive=frozenset({x}))
    stated = Inequality(x, Number(0), domain=positive)
    proof = Proof("c", {"f": x / x, "g": stated}, Domain())
    proof.define("X", X, Number(1), "")
    proof.identity("f", X, x / x, domain=positive, uses=("X",), prose="")
    proof.inequality("g", stated, terms=[(x,)], uses=("X",), prose="")
    assert proof.missing == ["f"]


# --- derived, not proved --------------------------------------------------------------------------


def drawn(build: Callable[[Proof], Any]) -> Proof:
    proof = Proof("c", {"f": F})
    proof.define("X", X, I.sigma, "")
    build(proof)
    return proof


def test_an_argument_makes_it_derived() -> None:
    def build(proof: Proof) -> None:
        proof.identity("f", (N + 1) * X, F, domain=ONE_INDEX, uses=("X",), prose="")

    proof = drawn(build)
    assert (proof.rewritten, proof.premises, proof.loose) == (("f",), (), ())
    proof.argue("aside", "clearly")
    assert (proof.verdict, proof.premises) == (Verdict.DERIVED, (proof["aside"],))


@pytest.mark.parametrize("rule", ["identity", "positive", "words", "follows"])
def test_a_decided_step_that_enters_no_part_makes_it_derived(rule: str) -> None:
    def build(proof: Proof) -> None:
        sides = (2 * X, 2 * I.sigma)
        {
            "identity": lambda: proof.identity("l", N, N + 0, domain=ONE_INDEX, prose=""),
            "positive": lambda: proof.positive("l", N, domain=ONE_INDEX, prose=""),
            "words": lambda: proof.words("l", A, A, rules=(), uses=(), prose=""),
            "follows": lambda: proof.follows("l", *sides, of="X", domain=ONE_INDEX, prose=""),
        }[rule]()
        uses = ("X",) if rule == "identity" else ("X", "l")  # to be named is not to enter
        proof.identity("f", (N + 1) * X, F, domain=ONE_INDEX, uses=uses, prose="")

    proof = drawn(build)
    assert (proof.verdict, proof.loose) == (Verdict.DERIVED, (proof["l"],))


def test_steps_enter_by_the_letters_that_they_solve() -> None:
    proof = Proof("c", {"f": F})
    sums = Domain(sequences={S: (Number(1), S + 1)}) | ONE_INDEX
    proof.induction("count", S, N, domain=sums, prose="")
    proof.define("X", X, S * I.sigma, "")
    proof.identity("f", X + I.sigma, F, domain=sums, uses=("count",), prose="")
    assert (proof["f"].draws_on, proof.loose, proof.verdict) == (
        frozenset({"count"}),
        (),
        Verdict.PROVED,
    )


def test_an_instance_and_what_follows_from_it_enter() -> None:
    sums = Domain(sequences={n: (Number(1), n + 1), S: (a, S + a)})
    at = Domain(sequences={T: (I.root, T + I.root)}) | ONE_INDEX
    proof = Proof("c", {"f": N * I.root * 2}, ONE_INDEX)
    proof.induction("sum", S, n * a, domain=sums, prose="")
    proof.instance("at", "sum", {n: N, a: I.root, S: T}, at, "")
    proof.follows("two", T * 2, N * I.root * 2, of="at", domain=at, prose="")
    assert (proof.verdict, proof.loose) == (Verdict.PROVED, ())


def test_what_only_rewrites_the_formula_is_not_proved() -> None:
    proof = Proof("c", {"f": F})
    proof.cite("theorem", "det g is", "determinants")
    proof.identity("f", 1 * F, F, domain=ONE_INDEX, uses=("theorem",), prose="")
    assert proof.verdict is Verdict.DERIVED


def test_what_words_are_rewritten_by_enters() -> None:
    proof = Proof("c", {"f": A * C}, Domain())
    proof.define("X", X, B * C, "")
    proof.argue("rule", "$<<1>>$", equations=((A * B, A),))
    rules = ((X, B * C), (A * B, A))
    proof.words("f", A * X, A * C, rules=rules, uses=("X", "rule"), prose="")
    assert (proof["f"].draws_on, proof.loose) == (frozenset({"X", "rule"}), ())


# --- a transpose has no meaning of its own, a velocity is that of one letter ----------------------


def test_a_transpose_is_not_defined_apart_from_its_letter() -> None:
    """Else X' = A' = X by A := X and A' := X: every matrix would be symmetric."""
    proof = Proof("c", {"f": X}, Domain())
    proof.define("a", A, X, "")
    with pytest.raises(MeaningError, match="'A'' is a transpose"):
        proof.define("b", A_t, X, "")


def test_what_is_at_rest_is_not_said_by_the_transpose_of_its_velocity() -> None:
    proof = Proof("c", {"f": A}, Domain())
    with pytest.raises(MeaningError, match="is a transpose"):
        proof.define("rest", Letter("dA'", r"\dot A", "T"), Number(0), "")


def test_numbers_that_commute_are_no_matrices_by_another_name() -> None:
    """Else x' y' = y' x' by x y = y x, whatever x' is printed as."""
    x_t, y_t = Letter("x'", "x", "T"), Letter("y'", "y", "T")
    proof = Proof("c", {"f": x_t * y_t}, Domain())
    proof.identity("i", x * y, y * x, domain=Domain(), prose="")
    with pytest.raises(MeaningError, match="as a number and as a matrix"):
        proof.words("w", x_t * y_t, y_t * x_t, rules=((x * y, y * x),), uses=("i",), prose="")
    with pytest.raises(MeaningError, match="named as a transpose and not printed as one"):
        Proof("c", {"f": Letter("x'", "P") * 1}, Domain())


def test_a_velocity_is_that_of_one_letter() -> None:
    """Else B is constant because A is."""
    rules = ((A_RATE, Number(0)),)
    proof = Proof("c", {"a": A, "b": B}, Domain())
    proof.argue("rest", "$<<1>>$", equations=rules)
    proof.constant("one", A, {A: A_RATE}, rules=rules, uses=("rest",), prose="")
    with pytest.raises(MeaningError, match="'dA' is not the velocity of 'B' alone"):
        proof.constant("two", B, {B: A_RATE}, rules=rules, uses=("rest",), prose="")
    with pytest.raises(MeaningError, match="is not the velocity of"):
        proof.constant("two", A, {A: B_RATE}, rules=(), uses=("rest",), prose="")


def test_a_definition_alone_proves_no_formula() -> None:
    """1 f = f by c := 1 says nothing of any f."""
    proof = Proof("c", {"f": F})
    proof.define("one", a, Number(1), "")
    proof.identity("f", a * F, F, domain=ONE_INDEX, uses=("one",), prose="")
    assert (proof.rewritten, proof.verdict) == (("f",), Verdict.DERIVED)


def test_a_sign_that_is_assumed_of_a_sequence_holds_for_every_n() -> None:
    """Else z >= 0 and z / z = 1 for z = 3, 2, 1, 0, -1."""
    falling = Domain(
        positive=frozenset({x, N}), sequences={x: (Number(3), x - 1), N: (Number(1), N + 1)}
    )
    with pytest.raises(ProofError, match="'x' > 0 is not seen to hold for every N"):
        Proof("c", {"f": x / x}, falling)
