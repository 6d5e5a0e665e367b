"""Inequalities: a certificate proves no more than it shows, and a refutation has a true witness."""

import random
from contextlib import suppress
from fractions import Fraction

import pytest
from dlnproof.core.proof import Proof, ProofError
from dlnproof.core.step import Rule
from flint import fmpq

from dlnproof.claims import CLAIMS
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality, Term, decide_certificate, sum_of
from dlnproof.core.spectrum import ORDERED, I, L, N
from dlnproof.core.verdict import Verdict
from dlnproof.language.refute import examined, refuted

x, y, z = (Letter(name, name) for name in "xyz")
ONE = Number(1)
POSITIVE = Domain(frozenset({x, y}))
TRUE = Inequality(x + 1 / x, Number(2), (), Domain(frozenset({x})))
SQUARE: tuple[Term, ...] = (((x - 1) ** 2,),)
INEQUALITIES = [
    (name, part, formula)
    for name, claim in CLAIMS.items()
    for part, formula in claim.parts.items()
    if isinstance(formula, Inequality)
]


def decided(
    stated: Inequality, *terms: Term, scale: Expression = ONE, domain: Domain | None = None
) -> Verdict:
    return examined(decide_certificate(stated, scale, terms, domain or stated.domain)).verdict


def proof_of(stated: Inequality) -> Proof:
    proof = Proof("c", {"f": stated})
    proof.argue("why", "")
    return proof


# --- what is true ---------------------------------------------------------------------------------


def test_an_inequality_is_proved_by_its_certificate() -> None:
    proof = proof_of(TRUE)
    step = proof.inequality("f", TRUE, scale=x, terms=SQUARE, prose="", uses=("why",))
    assert (proof.verdict, proof.established) == (Verdict.DERIVED, {"f": "f"})  # "why" is in words
    assert (step.rule, step.relation, step.domain) == (Rule.CERTIFICATE, r"\ge", TRUE.domain)
    [(left, right)] = step.lemmas
    for value in (fmpq(1, 3), fmpq(1), fmpq(7)):  # the identity that is printed is one
        assert left.at({x: value}) == right.at({x: value}) == (value - 1) ** 2


def test_the_same_with_the_inverse_as_a_factor_and_no_scale() -> None:
    assert decided(TRUE, ((x - 1) ** 2, 1 / x)) is Verdict.PROVED


@pytest.mark.parametrize(
    ("stated", "terms"),
    [
        (Inequality(x * y, Number(0), (x, y)), ((x, y),)),
        (Inequality(x**2, y**2, (x - y, y)), ((x - y, x - y), (Number(2), x - y, y))),
        (Inequality(x**2, y**2, (x - y, x + y)), ((x - y, x + y),)),
        (Inequality(x, y, (), Domain(ordered=((x, y),))), ((x - y,),)),
        (Inequality(x, x), ((Number(0),),)),
        (Inequality(x**4 + 1, Number(0)), ((x**4,), (ONE,))),
        (Inequality(x * (y + 1), Number(0), (x,), Domain(frozenset({y}))), ((x, y + 1),)),
    ],
)
def test_hypotheses_signs_and_even_powers_are_factors(
    stated: Inequality, terms: tuple[Term, ...]
) -> None:
    assert decided(stated, *terms) is Verdict.PROVED
    rng = random.Random(3)
    for _ in range(300):  # it is true, too
        values = {letter: fmpq(rng.randint(-9, 9), rng.randint(1, 4)) for letter in (x, y)}
        assert not stated.applies(values) or stated.excess(values) >= 0


# --- what is false, with a certificate that looks right -------------------------------------------

FALSE: dict[str, tuple[Inequality, tuple[Term, ...], Expression]] = {
    "another identity": (Inequality(x + 1 / x, Number(3), (), POSITIVE), SQUARE, x),
    "the wrong sign": (Inequality(Number(2), x + 1 / x, (), POSITIVE), SQUARE, x),
    "no hypothesis": (Inequality(x, y), ((x - y,),), ONE),
    "a hypothesis turned round": (Inequality(y, x, (x - y,)), ((y - x,),), ONE),
    "a hypothesis with another constant": (Inequality(x, y, (x - y + 1,)), ((x - y,),), ONE),
    "an odd power": (Inequality(x**3, Number(0)), ((x**3,),), ONE),
    "an odd power of a square root": (Inequality(x, Number(0)), ((x**1,),), ONE),
    "a negative number": (Inequality(x, x + 1), ((Number(-1),),), ONE),
    "minus a square": (Inequality(Number(0), x**2), ((0 - x**2,),), ONE),
    "a product of unknown signs": (Inequality(x * y, Number(0)), ((x, y),), ONE),
    "a product, one sign known": (Inequality(x * y, Number(0), (x,)), ((x, y),), ONE),
    "a negative scale": (Inequality(0 - x**2, Number(0)), ((x**2,),), Number(-1)),
    "the scale 0": (Inequality(Number(0), ONE), ((Number(0),),), Number(0)),
    "a scale that vanishes": (Inequality(0 - x, Number(0)), ((Number(0), x),), 0 * x),
    "a scale that is a square": (Inequality(1 / x**2, x), (((1 - x**3) ** 2,),), x**2),
    "a scale of unknown sign": (Inequality(1 / x, Number(0)), ((ONE,),), x),
    "a scale that is a hypothesis": (Inequality(ONE / x, 2 / x, (0 - x,)), ((0 - x,),), x**2),
    "an inverse that changes sign": (Inequality(1 / x, Number(0), (1 / x + 1,)), ((1 / x,),), ONE),
    "0/0 on the left": (Inequality((x - y) / (x - y), Number(2)), (((x - y) ** 2,),), ONE),
    "the square of a pole": (Inequality((1 / x) ** 2, ONE), (((1 / x) ** 2,),), ONE),
    "a letter that is only >= 0": (
        Inequality(1 / x, Number(1), (), Domain(nonnegative=frozenset({x}))),
        ((1 / x,),),
        ONE,
    ),
    "an order without a sign": (
        Inequality(x**2, y**2, (), Domain(ordered=((x, y),))),
        ((x**2 - y**2,),),
        ONE,
    ),
    "distinct is not ordered": (
        Inequality(x, y, (), Domain(distinct=((x, y),))),
        ((x - y,),),
        ONE,
    ),
    "N is at least 1, not 2": (Inequality(N, Number(2)), ((N - 2,),), ONE),
    "singular values in no order": (Inequality(I.sigma, L.sigma), ((I.sigma - L.sigma,),), ONE),
}


@pytest.mark.parametrize("name", FALSE)
def test_nothing_false_is_proved(name: str) -> None:
    stated, terms, scale = FALSE[name]
    proof = proof_of(stated)
    step = proof.inequality("f", stated, scale=scale, terms=terms, prose="", uses=("why",))
    assert step.decision.verdict in (Verdict.UNDECIDED, Verdict.REFUTED, Verdict.VACUOUS)
    assert not proof.verdict.holds


@pytest.mark.parametrize("terms", [(), ((),), (SQUARE[0], ())])
def test_nothing_is_shown_by_no_terms(terms: tuple[Term, ...]) -> None:
    proof = proof_of(TRUE)
    with suppress(TypeError, ValueError):
        proof.inequality("f", TRUE, scale=x, terms=terms, prose="", uses=("why",))
    assert proof.verdict is not Verdict.PROVED


def test_random_false_inequalities_are_not_proved() -> None:
    """Whatever identity is true of left - right, its factors must be >= 0 for a reason."""
    rng = random.Random(5)
    pieces = [x, y, x - y, x + y, x - 1, 1 - y, x * y, x**2, (x - y) ** 2, Number(2), x**3]
    proved = false = 0
    for _ in range(400):
        given = tuple(rng.sample(pieces, rng.randint(0, 2)))
        terms = [tuple(rng.choices(pieces, k=rng.randint(1, 2))) for _ in range(rng.randint(1, 2))]
        domain = Domain(frozenset(rng.sample([x, y], rng.randint(0, 2))))
        stated = Inequality(sum_of(terms), Number(0), given, domain)  # the identity is trivial
        verdict = decided(stated, *terms)
        points = [
            {x: fmpq(rng.randint(-8, 8), 3), y: fmpq(rng.randint(-8, 8), 3)} for _ in range(60)
        ]
        violated = any(stated.applies(p) and stated.excess(p) < 0 for p in points)
        proved += verdict is Verdict.PROVED
        false += violated
        assert not (violated and verdict is Verdict.PROVED)
    assert min(proved, false) > 50


def test_a_divisor_must_not_vanish_anywhere_in_the_identity() -> None:
    given = (1 - x, 1 / x)
    stated = Inequality(2 / x, Number(0), given)
    assert decided(stated, (2 * ONE, 1 / x)) is Verdict.UNDECIDED  # though it is a hypothesis
    assert (
        decided(Inequality(2 / x, Number(0), given, POSITIVE), (2 * ONE, 1 / x)) is Verdict.PROVED
    )


def test_no_inequality_is_its_own_hypothesis() -> None:
    stated = Inequality(x, Number(7), (x - 7,))
    assert decided(stated, (x - 7,)) is Verdict.UNDECIDED


def test_contradictory_hypotheses_prove_nothing() -> None:
    assert decided(Inequality(Number(0), ONE, (x, -1 - x)), (x,), (-1 - x,)) is Verdict.VACUOUS


def test_a_certificate_needs_terms() -> None:
    for terms in ((), ((),)):
        with pytest.raises(ProofError, match="no terms, or an empty one"):
            proof_of(Inequality(x, x)).inequality(
                "f", Inequality(x, x), terms=terms, prose="", uses=("why",)
            )


def test_two_letters_of_one_name_are_refused() -> None:
    other = Letter("x", "x'")
    stated = Inequality(x, Number(0), (), Domain(frozenset({other})))
    with pytest.raises(ValueError, match="two letters are named 'x'"):
        proof_of(stated).inequality("f", stated, terms=((x,),), prose="", uses=("why",))


def test_a_matrix_is_no_number() -> None:
    stated = Inequality(y**2, Number(0))
    proof = proof_of(stated)
    proof.words("word", y * z, y * z, rules=(), prose="", uses=())
    with pytest.raises(ValueError, match="'y' is used as a number and as a matrix"):
        proof.inequality("f", stated, terms=((y**2,),), prose="", uses=("why",))


# --- refutations ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stated",
    [
        Inequality(x + 1 / x, Number(3), (), POSITIVE),
        Inequality(x * y, Number(2), (x - 1, y - 1)),
        Inequality(x, y**2, (x - y,), POSITIVE),
        Inequality(x, 2 * y, (), Domain(ordered=((x, y),), positive=frozenset({y}))),
    ],
)
def test_a_witness_satisfies_the_hypotheses_and_violates_the_inequality(
    stated: Inequality,
) -> None:
    decision = examined(decide_certificate(stated, ONE, (((x - y) ** 2,),), stated.domain))
    assert (decision.verdict, decision.why) == (Verdict.REFUTED, "a point violates it")
    assert decision.witness is not None
    named = {name: Fraction(value) for name, value in decision.witness.items()}
    values = {k: fmpq(*named[k.name].as_integer_ratio()) for k in stated.letters()}
    assert stated.domain.allows(values)
    assert all(hypothesis.at(values) >= 0 for hypothesis in stated.given)
    left, right = stated.left.at(values), stated.right.at(values)
    assert left < right
    assert (str(left), str(right)) == (decision.witness["left"], decision.witness["right"])


def test_a_wrong_certificate_of_something_true_is_undecided() -> None:
    assert decided(TRUE, ((x - 2) ** 2,), scale=x) is Verdict.UNDECIDED
    assert decided(TRUE, *SQUARE) is Verdict.UNDECIDED  # the scale left out
    assert decided(TRUE, *SQUARE, scale=x, domain=Domain()) is Verdict.UNDECIDED


def test_without_its_hypotheses_it_is_refuted() -> None:
    stated = Inequality(x * y, Number(1), (x - 1, y - 1))
    terms: tuple[Term, ...] = ((x - 1, y - 1), (x - 1,), (y - 1,))
    assert decided(stated, *terms) is Verdict.PROVED
    fewer = Inequality(x * y, Number(1), (x - 1,))
    assert decided(fewer, *terms) is Verdict.UNDECIDED  # a factor is no hypothesis
    assert decided(fewer, (x - 1, x - 1), (x - 1,)) is Verdict.REFUTED
    more = Inequality(x * y, Number(1), (x - 1, y - 1, z))  # one that is not used
    assert decided(more, *terms) is Verdict.PROVED


# --- in a proof -----------------------------------------------------------------------------------


def test_a_certificate_must_build_on_the_proof() -> None:
    proof = proof_of(TRUE)
    step = proof.inequality("f", TRUE, scale=x, terms=SQUARE, prose="", uses=())
    assert step.decision.verdict is Verdict.PROVED
    assert (proof.verdict, proof.missing) == (Verdict.UNDECIDED, ["f"])


@pytest.mark.parametrize(
    "other",
    [
        Inequality(x + 1 / x, ONE, (), TRUE.domain),
        Inequality(x + 1 / x, Number(2), (x - 1,), TRUE.domain),
        Inequality(x + 1 / x, Number(2), (), Domain(frozenset({x, y}))),
        Inequality(1 / x + x, Number(2), (), TRUE.domain),
    ],
)
def test_a_certificate_of_another_inequality_establishes_nothing(other: Inequality) -> None:
    proof = proof_of(TRUE)
    terms = SQUARE if other.right == Number(2) else (*SQUARE, (x,))
    step = proof.inequality("f", other, scale=x, terms=terms, prose="", uses=("why",))
    assert step.decision.verdict is Verdict.PROVED
    assert (proof.verdict, proof.missing) == (Verdict.UNDECIDED, ["f"])


def test_an_inequality_is_not_established_by_an_equation() -> None:
    proof = proof_of(TRUE)
    proof.identity("sides", TRUE.left, TRUE.left + 0, domain=TRUE.domain, prose="", uses=("why",))
    proof.positive("sign", TRUE.left, domain=TRUE.domain, prose="", uses=("why",))
    assert (proof.verdict, proof.missing) == (Verdict.UNDECIDED, ["f"])
    for given in ((TRUE, TRUE), (TRUE.left, TRUE)):
        with pytest.raises((AttributeError, TypeError)):
            proof.identity("f", *given, domain=TRUE.domain, prose="")


def test_an_inequality_replaces_no_letter() -> None:
    proof = proof_of(Inequality(x, Number(0), (x,)))
    proof.inequality("f", Inequality(x, Number(0), (x,)), terms=((x,),), prose="", uses=("why",))
    proof.identity("wrong", x, Number(0), domain=Domain(), prose="", uses=("f",))
    assert refuted(proof)["wrong"].decision.verdict is Verdict.REFUTED
    with pytest.raises(ValueError, match="'f' is no equation between two numbers"):
        proof.follows("g", 2 * x, Number(0), of="f", domain=Domain(), prose="")


def test_a_defined_letter_does_not_lend_its_value_to_a_false_inequality() -> None:
    stated = Inequality(y, Number(0))
    proof = Proof("c", {"f": Inequality(x, x)})
    proof.define("y", y, 0 - x**2, "")
    proof.inequality("g", stated, terms=((x**2,),), prose="", uses=("y",))
    assert proof["g"].decision.verdict is not Verdict.PROVED
    proof.inequality("h", stated, terms=((y,),), prose="", uses=("y",))
    assert proof["h"].decision.verdict is not Verdict.PROVED


def test_letters_that_depend_on_the_depth() -> None:
    """The identity is decided at N = 1 once more: a divisor may vanish there."""
    n = N * (N - 1)
    stated = Inequality(n / n, Number(0), (), Domain(frozenset({N})))
    proof = proof_of(stated)
    proof.inequality("f", stated, terms=((ONE,),), prose="", uses=("why",))
    assert proof.verdict is Verdict.UNDECIDED
    ordered = Inequality(I.sigma**2, L.sigma**2, (), ORDERED)
    proof = Proof("c", {"f": ordered}, ORDERED)
    proof.argue("why", "")
    proof.inequality("f", ordered, terms=((I.sigma**2 - L.sigma**2,),), prose="", uses=("why",))
    assert proof["f"].decision.verdict is Verdict.PROVED


# --- the inequalities of the catalogue ------------------------------------------------------------


def test_there_are_inequalities() -> None:
    assert len(INEQUALITIES) == 8


@pytest.mark.parametrize(("claim", "part", "stated"), INEQUALITIES)
def test_their_hypotheses_can_be_met(claim: str, part: str, stated: Inequality) -> None:
    """Otherwise they would say nothing: contradictory hypotheses prove everything."""
    rng = random.Random(0)
    letters = sorted(stated.letters(), key=lambda letter: letter.name)
    met = 0
    for _ in range(8_000):
        choices = (0, 1, 2, 4, 8, 16, 32, 64, 256)
        values = {letter: fmpq(rng.choice(choices), 8) for letter in letters}
        if stated.applies(values):
            met += 1
            assert stated.excess(values) >= 0
    assert met >= 3, (claim, part)


@pytest.mark.parametrize(("claim", "part", "stated"), INEQUALITIES)
def test_none_of_them_is_its_own_hypothesis(claim: str, part: str, stated: Inequality) -> None:
    rng = random.Random(1)
    letters = sorted(stated.letters(), key=lambda letter: letter.name)
    excess = stated.left - stated.right
    points = [{letter: fmpq(rng.randint(1, 50), 7) for letter in letters} for _ in range(3)]
    for hypothesis in stated.given:
        assert any(hypothesis.at(point) != excess.at(point) for point in points), (claim, part)
