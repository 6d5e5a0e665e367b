"""Equations between numbers: true ones, false ones, and each condition looked for where it fails.

The strongest test evaluates: whatever is proved of a pool of powers, roots and quotients holds at
all points of a grid with zeros, negatives and N = 0 at which the hypotheses hold; what is not
specified (x/0, negative numbers to real exponents, ...) has odd values there.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product as grid

import mpmath
import pytest

from dlnproof.kernel import numbers
from dlnproof.kernel import terms as t
from dlnproof.kernel.logic import assume, instance
from dlnproof.kernel.numbers import field, field_in
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Family,
    Symbol,
    Term,
    at_most,
    different,
    equal,
    integer,
    log,
    number,
    positive,
    power,
    root,
    total,
    trace,
    variable,
)
from dlnproof.kernel.theorem import Refused, Theorem

x, y, z, e = (variable(name, REAL).term for name in ("x", "y", "z", "e"))
N, j, d = (variable(name).term for name in "Njd")
k = variable("k")
sigma = Symbol("sigma", REAL, (INT,))
M = variable("M", t.matrix_sort(3)).term
R = number


def given(theorem: Theorem) -> set[Term]:
    return set(theorem.hypotheses)


# --- true and false -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "needed"),
    [
        (x * (y + z), x * y + x * z, set()),
        ((x + y) ** 3, x**3 + 3 * x**2 * y + 3 * x * y**2 + y**3, set()),
        (R(1) / 3 + R(1) / 6, R(1) / 2, set()),
        (R(N * N - 1), (R(N) - 1) * (R(N) + 1), set()),
        (x / y, x * z / (y * z), {different(y, 0), different(y * z, 0)}),
        (x**-2 * x**3, x, {different(x, 0)}),
        (trace(M) * 2, trace(M) + trace(M), set()),
        (log(x) * y + log(x) * z, log(x) * (y + z), set()),
        (x**N * x**N, (x**N) ** 2, set()),
        (x ** (N - j) * x**j, x**N, {different(x, 0)}),
        ((x * y) ** N, x**N * y**N, {different(x, 0), different(y, 0)}),
        ((x**N) ** j, x ** (N * j), {different(x, 0)}),
        (power(x, e) * power(x, 1 - e), x, {positive(x)}),
        (power(power(x, e), 1 / e), x, {positive(x), different(e, 0)}),
        (power(x, R(2) / R(N) * R(N - j)), x**2 * power(x, -2 * R(j) / R(N)),
         {positive(x), different(N, 0)}),
        (power(R(N), N * (N - 1)), power(R(N), N * N) / power(R(N), N),
         {different(N, 0), different(power(R(N), N), 0)}),
        (power(R(4), N), power(R(2), 2 * N), set()),
        (power(R(1), e), R(1), set()),
        (power(R(N * d), e), power(R(N), e) * power(R(d), e), {at_most(1, N), at_most(1, d)}),
        (root(R(12)), 2 * root(R(3)), set()),
        (root(x) * root(x), x, {at_most(0, x)}),
        (root(x * y), root(x) * root(y), {at_most(0, x), at_most(0, y)}),
        (root(x + y) * root(x + y), y + x, {at_most(0, x + y)}),
        (root(x**2), x, {at_most(0, x)}),
        (root(1 + root(x)) ** 4 - 2 * root(1 + root(x)) ** 2 + 1, x,
         {at_most(0, x), at_most(0, 1 + root(x))}),
    ],
)  # fmt: skip
def test_what_is_true_is_proved_on_its_conditions(
    left: Term, right: Term, needed: set[Term]
) -> None:
    theorem = field(left, right)
    assert theorem.conclusion == equal(left, right)
    assert given(theorem) == needed


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (x * y, x + y),
        (x / y, y / x),
        (root(x + y), root(x) + root(y)),
        (x**N, x),
        (x**N * x**N, x ** (N * N)),
        ((x**N) ** j, x ** (N + j)),
        (power(x, e) * power(x, e), x),
        (power(power(x, e), e), power(x, 2 * e)),
        (sigma(1), sigma(2)),
        (power(R(2), N), power(R(3), N)),
        (log(x * y), log(x) + log(y)),
        (R(N), R(N + 1)),
        (trace(M), trace(M * M)),
        (power(number(-1), N), number(1)),
        (root(x), -root(x)),
    ],
)
def test_what_is_false_is_refused(left: Term, right: Term) -> None:
    with pytest.raises(Refused, match="no identity"):
        field(left, right)


def test_a_combination_of_theorems() -> None:
    one, other = assume(equal(x**2, y)), assume(equal(y, z))
    theorem = field(x**4, z**2, (x**2 + y, one), (y + z, other))
    assert given(theorem) == {one.conclusion, other.conclusion}
    with pytest.raises(Refused):
        field(x**4, z**2, (x**2 - y, one), (y + z, other))


def test_an_equation_of_integers_counts_as_one_of_numbers() -> None:
    theorem = field(R(N) * x, R(j) * x, (x, assume(equal(N, j + 0))))
    assert given(theorem) == {equal(N, j)}


def test_coefficients_and_equations_have_conditions_too() -> None:
    equation = assume(equal(x / z, y / z))
    assert given(field(x, y, (z, equation))) == {equation.conclusion, different(z, 0)}
    assert given(field(x / y, R(1), (1 / y, assume(equal(x, y))))) == {
        equal(x, y),
        different(y, 0),
    }


def test_an_equation_of_matrices_or_sentences_does_not_count() -> None:
    with pytest.raises((Refused, t.SortError)):
        field(x, y, (x, assume(equal(M, M))))
    with pytest.raises(Refused):
        field(x, y, (x, assume(at_most(x, y))))
    with pytest.raises(Refused, match="no number"):
        field(M, M)
    with pytest.raises(Refused, match="no number"):
        field(N, N)


# --- conditions -----------------------------------------------------------------------------------


def test_what_is_divided_by_inside_a_base_is_not_lost() -> None:
    inner, less = root(x / y + 1), 1 / (e + 1)
    assert different(y, 0) in field(inner * inner, x / y + 1).hypotheses
    assert different(y, 0) in field((x / y) ** N, x**N * y ** (-N)).hypotheses
    opaque = (x / y + 1) ** N
    assert different(y, 0) in field(opaque**2, opaque * opaque).hypotheses
    assert different(z, 0) in field(power(x, y / z) ** 2, power(x, 2 * y / z)).hypotheses
    assert different(e + 1, 0) in field(power(x, less) ** 2, power(x, 2 * less)).hypotheses
    assert different(e, 0) in field(power(x, e**-2) ** 2, power(x, 2 * e**-2)).hypotheses


def test_a_constant_decides_or_refuses() -> None:
    assert not given(field(x / 2 + x / 2, x))
    assert not given(field(root(R(2)) * root(R(2)), R(2)))
    for left in (x / 0, x / (R(1) - 1), power(number(0), -1), power(number(-1), e) ** 2):
        with pytest.raises(Refused):
            field(left, left)
    with pytest.raises(Refused):
        field(power(number(0), 2 * N), power(number(0), N) ** 2)
    with pytest.raises(Refused):
        field(root(number(-4)), 2 * root(number(-1)))


def test_division_by_what_is_zero_is_refused_or_a_false_hypothesis() -> None:
    with pytest.raises(Refused):
        field(y / (x - x), y / (x - x))


def test_an_opaque_power_has_no_conditions_and_others_have() -> None:
    assert not given(field(x**N + 1, 1 + x**N))
    assert given(field(x ** (2 * N), (x**N) ** 2)) == {different(x, 0)}
    assert given(field(power(x, e) + 1, 1 + power(x, e))) == {positive(x)}
    assert not given(field_in([power(x, e)], power(x, e) + 1, 1 + power(x, e)))
    third = power(x, R(1) / R(N))
    assert not given(field_in([third], (third + 1) ** 2, third**2 + 2 * third + 1))


def test_a_letter_is_what_it_is() -> None:
    with pytest.raises(Refused):  # the letter x^N does not know that it is a power of x
        field_in([x**N], x**N * x ** (-N), R(1))
    assert not given(field_in([number(2)], R(2) * 2, R(4)))  # a rational number is no letter
    s = total(k, 1, N, sigma(k.term))
    assert not given(field((s + 1) * (s - 1), s * s - 1))


def test_symbols_of_one_name_and_two_sorts_are_two_letters() -> None:
    one, other = variable("a", REAL).term, variable("a").term
    with pytest.raises(Refused):
        field(one, number(other))


def test_huge_exponents_are_refused() -> None:
    for term in (x ** (10**6), power(x, number(Fraction(1, 10**6))), x ** (-(10**6))):
        with pytest.raises(Refused, match="not multiplied out"):
            field(term, term)


def test_a_wrong_engine_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    for engine, answer in (("zero_by_flint", True), ("zero_by_sympy", True)):
        with monkeypatch.context() as patch:
            patch.setattr(numbers, engine, lambda *_, answer=answer: answer)
            with pytest.raises(numbers.EnginesDisagree):
                field(x, y)


def test_rules_of_logarithms() -> None:
    assert given(numbers.log_of_product(x, y)) == {positive(x), positive(y)}
    assert given(numbers.log_of_quotient(x, number(2))) == {positive(x)}
    assert given(numbers.log_of_power(x, N)) == {positive(x)}
    assert numbers.log_of_power(x, e).conclusion == equal(log(power(x, e)), e * log(x))
    assert numbers.log_of_one().conclusion == equal(log(number(1)), number(0))
    with pytest.raises(Refused):
        numbers.log_of_product(number(-1), number(-1))
    with pytest.raises(Refused):
        numbers.log_of_power(number(-2), 2)
    with pytest.raises(Refused):
        numbers.log_of_quotient(x, number(0))


def test_powers_of_what_may_be_zero_want_natural_exponents() -> None:
    assert given(numbers.power_of_sum(x, N, j)) == {at_most(0, N), at_most(0, j)}
    assert given(numbers.power_of_sum(x, N, 2)) == {at_most(0, N)}
    assert given(numbers.power_of_product(x, y, N)) == {at_most(0, N)}
    assert given(numbers.power_of_power(x, N, j)) == {at_most(0, N), at_most(0, j)}
    with pytest.raises(Refused):
        numbers.power_of_sum(x, 2, -1)
    with pytest.raises(t.SortError):
        numbers.power_of_sum(x, e, e)
    assert given(numbers.power_of_zero(N)) == {at_most(1, N)}
    assert given(numbers.power_of_zero(e)) == {positive(e)}
    for exponent in (0, -1):
        with pytest.raises(Refused):
            numbers.power_of_zero(exponent)
    assert not given(numbers.sign_squared(N))


# --- whatever is proved holds at points -----------------------------------------------------------


class Point:
    """Values of letters; what is not specified has odd values."""

    def __init__(self, letters: dict[str, mpmath.mpf]) -> None:
        self.letters = letters

    def odd(self, *what: object) -> mpmath.mpf:
        return mpmath.mpf(random.Random(repr(what)).randint(1000, 9999)) / 7

    def value(self, term: Term) -> mpmath.mpf:  # noqa: PLR0911 - a case for each term
        if term.op == "number":
            return mpmath.mpf(term.data.numerator) / term.data.denominator
        if term.op == "symbol":
            return self.letters[term.data.name]
        if term.op == "polynomial":
            parts = t.monomials(term).items()
            return sum(
                (c * mpmath.fprod(self.value(a) ** n for a, n in m) for m, c in parts),
                mpmath.mpf(0),
            )
        args = [self.value(arg) for arg in term.args]
        if term.op == "real":
            return args[0]
        a, b = args
        if term.op == "/":
            return a / b if b else self.odd("/", a)
        if term.op == "^":
            return self.power(a, b, term.args[1].sort == INT)
        return {"+": a + b, "-": a - b, "*": a * b}[term.op]

    def power(self, a: mpmath.mpf, b: mpmath.mpf, whole: bool) -> mpmath.mpf:
        if whole:
            return a ** int(b) if a or b >= 0 else self.odd("0^", b)
        if a > 0:
            return mpmath.power(a, b)
        return mpmath.mpf(0) if a == 0 and b > 0 else self.odd("real", a, b)

    def holds(self, sentence: Term) -> bool:
        a, b = (self.value(arg) for arg in sentence.args)
        near = bool(abs(a - b) <= mpmath.mpf(10) ** -20 * (1 + abs(a) + abs(b)))
        return {"=": near, "!=": not near, "<=": a < b or near, "<": a < b and not near}[
            sentence.op
        ]


def points() -> Iterator[Point]:
    values = [-2, -1, 0, 0.5, 1, 3]
    for a, b, n, m, real in grid(values, values, (-2, 0, 1, 3), (-1, 0, 2), (-0.5, 0, 0.5, 2)):
        letters = {"x": a, "y": b, "N": n, "j": m, "e": real}
        yield Point({name: mpmath.mpf(value) for name, value in letters.items()})


BASES = [
    *(x, y, x * y, x / y, x**2, x**-1, x * x * y, -x, x + y, y + x),
    *(x**N, power(x, e), root(x), R(N), R(N * j), number(2), number(1), number(0), number(-1)),
]
EXPONENTS = [
    *(N, j, N + j, N - j, 2 * N, N * j, integer(2), integer(-1), integer(0)),
    *(e, 2 * e, e / 2, 1 - e, R(N), R(1) / R(N)),
    *(number(Fraction(1, 2)), number(Fraction(-1, 2)), number(2)),
]


def pool(source: random.Random) -> Term:
    """Return a random product of powers, roots and quotients."""
    one = power(source.choice(BASES), source.choice(EXPONENTS))
    match source.randint(0, 4):
        case 0:
            return one
        case 1:
            return power(one, source.choice(EXPONENTS))
        case 2:
            return one * power(source.choice(BASES), source.choice(EXPONENTS))
        case 3:
            return one / power(source.choice(BASES), source.choice(EXPONENTS))
    return source.choice(BASES) * one


def relatives(term: Term) -> Iterator[Term]:
    """Yield what careless rules would make of a term."""
    yield term
    if term.op in ("*", "/"):
        a, b = term.args
        yield b * a if term.op == "*" else a * power(b, -1)
        for other in relatives(a):
            yield other * b if term.op == "*" else other / b
        for other in relatives(b):
            yield a * other if term.op == "*" else a / other
    if term.op == "^":
        base, exponent = term.args
        if base.op in ("*", "/"):
            one, other = (power(arg, exponent) for arg in base.args)
            yield one * other if base.op == "*" else one / other
        if base.op == "^":
            a, b = base.args[1], exponent
            yield power(base.args[0], a * b if a.sort == b.sort else R(a) * R(b))
            yield power(power(base.args[0], b), a)
        if exponent.sort == INT:
            yield power(base, exponent - 1) * base
            yield power(base, R(exponent))
        else:
            yield power(base, exponent - 1) * base
            yield power(power(base, exponent / 2), 2)
        for other in relatives(base):
            yield power(other, exponent)
    yield power(root(term), 2)
    yield root(term * term)


def attack(source: random.Random, rounds: int) -> tuple[int, int]:
    """Return how many equations were proved, and tried; raise where one does not hold."""
    proved = tried = 0
    places = list(points())
    with mpmath.workdps(30):
        for _ in range(rounds):
            term = pool(source)
            for other in dict.fromkeys((*relatives(term), pool(source))):
                tried += 1
                try:
                    theorem = field(term, other)
                except Refused:
                    continue
                proved += 1
                for place in source.sample(places, 30):
                    if all(place.holds(h) for h in theorem.hypotheses):
                        assert place.holds(theorem.conclusion), (theorem, place.letters)
    return proved, tried


def test_what_is_proved_of_random_powers_holds_wherever_its_hypotheses_do() -> None:
    proved, tried = attack(random.Random(20), 15)
    assert proved > 40
    assert tried - proved > 10


@pytest.mark.parametrize("op", ["nonzero", "positive", "nonnegative"])
def test_without_a_condition_something_false_is_proved(
    op: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = numbers.Reader.need
    monkeypatch.setattr(
        numbers.Reader,
        "need",
        lambda self, kind, term: None if kind == op else need(self, kind, term),
    )
    with pytest.raises(AssertionError):
        attack(random.Random(20), 70)


def test_an_instance_keeps_the_conditions() -> None:
    theorem = field(x ** (N - j) * x**j, x**N)
    zero = instance(theorem, {variable("x", REAL): number(0)})
    assert different(number(0), 0) in zero.hypotheses
    family = field(sigma(1) ** N * sigma(1) ** (-N), R(1))
    put = instance(family, {sigma: Family((k,), number(k.term) - 1)})
    assert different(number(1) - 1, 0) in put.hypotheses
