"""Random proofs: what is true is decided, and one false step at the end is never proved."""

from collections.abc import Callable
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number, Operation, Power
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import STATED, N
from dlnproof.core.verdict import Verdict
from dlnproof.language.refute import refuted

x, y, z, X, S = (Letter(name, name) for name in ("x", "y", "z", "X", "S"))
A, B, U = (Letter(name, name) for name in "ABU")
U_T = Letter("U'", "U", "T")
POSITIVE = Domain(frozenset({x, y}))
ONE, ZERO = Number(1), Number(0)

few = settings(deadline=None, max_examples=25)
letters = st.sampled_from([x, y, z])
expressions = st.recursive(
    letters | st.integers(-2, 3).map(Number),
    lambda inner: (
        st.builds(Operation, st.sampled_from("+-*"), inner, inner)
        | st.builds(Power, inner, st.integers(0, 2))
    ),
    max_leaves=6,
)
Rewrite = Callable[[Expression, Expression], Expression]


def _turned(e: Expression, _: Expression) -> Expression:
    match e:
        case Operation("+" | "*" as sign, left, right):
            return Operation(sign, right, left)
        case Operation("-", left, right):
            return ZERO - (right - left)
        case Power(base, 2):
            return base * base
    return e * 1


def _expanded(e: Expression, other: Expression) -> Expression:
    match e:
        case Operation("*", Operation("+" | "-" as sign, a, b), c):
            return Operation(sign, a * c, b * c)
        case Operation("*", c, Operation("+" | "-" as sign, a, b)):
            return Operation(sign, c * a, c * b)
    return (e - other) * (e + other) / ONE + other**2 - e * (e - 1)


TRUE: list[Rewrite] = [
    _turned,
    _expanded,
    lambda e, other: e + other - other,
    lambda e, other: e * x / x,
    lambda e, other: (e * y - other) / (x + y) - ((e * y - other) / (x + y) - e),
    lambda e, other: (2 * e + other * (x - x)) / 2,
]
FALSE: list[Rewrite] = [
    lambda e, other: e + 1,
    lambda e, other: e + other,
    lambda e, other: ZERO - e,
    lambda e, other: e * x,
    lambda e, other: e.substitute({x: y}),
    lambda e, other: e.substitute({z: z + 1}),
    lambda e, other: e / y,
    lambda e, other: e + (x - y) * (x - 2) * (z - 1) * other,
]
rewrites = st.lists(st.tuples(st.sampled_from(TRUE), expressions), min_size=1, max_size=4)


def _chain(start: Expression, steps: list[tuple[Rewrite, Expression]]) -> list[Expression]:
    chain = [start]
    for rewrite, other in steps:
        chain.append(rewrite(chain[-1], other))
    return chain


def _differ(left: Expression, right: Expression) -> bool:
    """Whether two sides differ at a point: one engine of its own, of Python's fractions."""
    points = [("3", "5", "7"), ("2", "9", "-1/3"), ("5/7", "11", "0")]
    values = (dict(zip((x, y, z), map(Fraction, point), strict=True)) for point in points)
    return any(left.at(at, Fraction) != right.at(at, Fraction) for at in values)


def _proof(chain: list[Expression], last: Expression, *, linked: bool) -> Proof:
    """Prove that X, the first of the chain, is the last: at once, or from link to link."""
    proof = Proof("c", {"f": last}, STATED | POSITIVE)
    proof.define("X", X, chain[0], "")
    if not linked:
        proof.identity("f", X, *chain[1:], last, domain=POSITIVE, prose="", uses=("X",))
        return proof
    before = "X"
    for k, link in enumerate(chain[1:]):
        proof.identity(f"{k}", X, link, domain=POSITIVE, prose="", uses=(before,))
        proof.follows(f"2-{k}", 2 * X, 2 * link, of=f"{k}", domain=POSITIVE, prose="")
        before = f"{k}"
    proof.identity("f", X, last, domain=POSITIVE, prose="", uses=("X",))
    return proof


@few
@given(expressions, rewrites, st.booleans())
def test_a_true_chain_is_decided(
    start: Expression, steps: list[tuple[Rewrite, Expression]], linked: bool
) -> None:
    chain = _chain(start, steps)
    assume(chain[-1] != X and start != chain[-1])
    proof = _proof(chain[:-1], chain[-1], linked=linked)
    assert proof["f"].decision.verdict is Verdict.PROVED
    assert proof.failure is None
    assert (proof.established, proof.missing) == ({"f": "f"}, [])


@few
@given(expressions, rewrites, st.tuples(st.sampled_from(FALSE), expressions), st.booleans())
def test_a_chain_with_a_false_last_step_is_never_proved(
    start: Expression,
    steps: list[tuple[Rewrite, Expression]],
    slip: tuple[Rewrite, Expression],
    linked: bool,
) -> None:
    chain = _chain(start, steps)
    [_, false] = _chain(chain[-1], [slip])
    assume(_differ(start, false))
    proof = _proof(chain, false, linked=linked)
    assert not proof.verdict.holds
    assert not proof["f"].decision.verdict.holds
    assert refuted(proof).verdict is Verdict.REFUTED
    assert not proof.verdict.holds


@few
@given(expressions, rewrites, st.sampled_from([z, x - y, z**2 - 2, x - 1]))
def test_what_is_divided_by_what_may_vanish_is_not_proved(
    start: Expression, steps: list[tuple[Rewrite, Expression]], divisor: Expression
) -> None:
    chain = _chain(start, steps)
    proof = _proof(chain, chain[-1] * divisor / divisor, linked=False)
    assert refuted(proof).verdict is Verdict.UNDECIDED


@few
@given(st.fractions(-3, 3), st.fractions(-3, 3), st.integers(-3, 3), st.integers(-2, 2))
def test_random_recurrences(first: Fraction, rate: Fraction, drift: int, off: int) -> None:
    """S_1 = p, S_{N+1} = S_N + q N + r: its closed form is proved, and what is off by a term not.

    A term that vanishes at N = 1, and one that the step leaves alone, are each found.
    """
    p, q = (Number(0) + value for value in (first, rate))
    sums = Domain({N}, sequences={**STATED.sequences, S: (p, S + q * N + drift)})
    closed = p + q * N * (N - 1) / 2 + drift * (N - 1)
    for wrong in (ZERO, ONE, N - 1, (N - 1) * (N - 2)):
        proof = Proof("c", {"f": S}, sums)
        proof.induction("f", S, closed + off * wrong, domain=sums, prose="")
        true = off == 0 or wrong == ZERO
        assert proof.verdict.holds is true
        assert refuted(proof).verdict.holds is true


words = st.lists(st.sampled_from([A, B, U, U_T]), min_size=1, max_size=5)


def _product(word: list[Letter]) -> Expression:
    product: Expression = word[0]
    for letter in word[1:]:
        product = product * letter
    return product


@few
@given(words, st.lists(st.integers(0, 8), max_size=3), st.data())
def test_random_words(word: list[Letter], places: list[int], data: st.DataObject) -> None:
    """U' U = 1 may be put anywhere; with a letter more, less or moved it is another word."""
    rule = (U_T * U, ONE)
    longer = list(word)
    for place in places:
        longer[place:place] = [U_T, U]
    slips: list[list[Letter]] = [[*word, A], [B, *word], word[::-1], [*word, *word]]
    other = data.draw(st.sampled_from(slips))

    def reduced(letters: list[Letter]) -> str:
        text = "".join(letter.name if letter != U_T else "V" for letter in letters)
        while "VU" in text:
            text = text.replace("VU", "")
        return text

    assume(reduced(other) != reduced(word))
    for end, true in ((longer, True), (other, False)):
        proof = Proof("c", {"f": _product(end) * A}, Domain())
        proof.argue("U", "$<<1>>$", equations=(rule,))
        sides = (_product(word) * A, _product(end) * A)
        step = proof.words("f", *sides, rules=(rule,), prose="", uses=("U",))
        assert (step.decision.verdict is Verdict.PROVED) is true
        assert refuted(proof)["f"].decision.verdict.holds is true
