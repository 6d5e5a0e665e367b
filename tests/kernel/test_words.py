"""Words and traces: what the rules prove, and what they must not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dlnproof.kernel import words as words_module
from dlnproof.kernel.logic import assume
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    diagonal,
    equal,
    identity,
    inner,
    integer,
    matrix_sort,
    number,
    product,
    psd,
    psd_root,
    total,
    trace,
    transpose,
    unit,
    variable,
    zero,
)
from dlnproof.kernel.theorem import Refused
from dlnproof.kernel.words import slide, traces, words

d, m, n, k, i, l = (variable(x) for x in "dmnkil")
SQUARE = matrix_sort(d.term)
A, B, C, X = (variable(x, SQUARE).term for x in "ABCX")
R = variable("R", matrix_sort(d.term, m.term)).term
x, y = (variable(z, REAL).term for z in "xy")
I = identity(d.term)
T = transpose
f = Symbol("f", REAL, (INT,))
D = diagonal(k, d.term, f(k.term))


def ranges(*indices: Term) -> set[Term]:
    return {s for index in indices for s in (at_most(1, index), at_most(index, d.term))}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (T(A * B), T(B) * T(A)),
        (T(T(A)), A),
        ((A + B) * (A - B), A * A - A * B + B * A - B * B),
        (x * (A * (y * B)), (x * y) * (A * B)),
        ((x + y) ** 2 * A, (x * x + 2 * x * y + y * y) * A),
        (I * A * I, A),
        (zero(d.term) * A + B, B),
        (A * A * A, A**3),
        (A**0, I),
        (A**1, A),
        (T(D * A), T(A) * D),
        (T(x * A + I), x * T(A) + I),
        (T(R * T(R)), R * T(R)),
        (trace(A * B) * C, trace(T(B * A)) * C),
        ((A * T(A)) ** 2, A * T(A) * A * T(A)),
        (1 * A, A),
        (-A, 0 * A - A),
    ],
)
def test_equal(left: Term, right: Term) -> None:
    theorem = words(left, right)
    assert theorem.conclusion == equal(left, right)
    assert not theorem.hypotheses


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (A * B, B * A),
        (T(A), A),
        (T(A * B), T(A) * T(B)),
        (A + B, A - B),
        (x * A, A),
        (A * A, A),
        (A**2, A**3),
        (R * T(R), I),
        (T(D) * A, A * D),
        (A**n.term, A**k.term),
        ((A * B) ** n.term, A**n.term * B**n.term),
        ((A + B) ** n.term, A**n.term + B**n.term),
        (A**n.term, I),
        (psd_root(A, 2) ** 2, A),
        (T(psd_root(A, 2)), psd_root(A, 2)),
        (A ** (-1) * A, I),
        (A ** (-1 * n.term) * A, A ** (n.term + 1)),
        (trace(A * B * C) * X, trace(A * C * B) * X),
    ],
)
def test_unequal(left: Term, right: Term) -> None:
    with pytest.raises(Refused):
        words(left, right)


def test_powers_leave_conditions() -> None:
    theorem = words(A**n.term * A**k.term, A ** (n.term + k.term))
    assert theorem.hypotheses == {at_most(0, n.term), at_most(0, k.term)}
    assert words(A**n.term * A, A ** (n.term + 1)).hypotheses == {at_most(0, n.term)}
    assert words(T(A**n.term), T(A) ** n.term).hypotheses == {at_most(0, n.term)}
    both = words((A**n.term) ** k.term, A ** (n.term * k.term))
    assert both.hypotheses == {at_most(0, n.term), at_most(0, k.term)}
    assert words(I**n.term, I).hypotheses == {at_most(0, n.term)}
    back = words(A**n.term * A ** (1 - n.term), A)
    assert at_most(0, 1 - n.term) in back.hypotheses
    block = words((A * T(A)) ** n.term * A * T(A), A * T(A) * (A * T(A)) ** n.term)
    assert block.hypotheses == {at_most(0, n.term)}
    among = words(C * (A * B) ** n.term * (A * B * D), C * (A * B) ** (n.term + 1) * D)
    assert among.hypotheses == {at_most(0, n.term)}
    among = words(C * A * B * (A * B) ** n.term * D, C * (A * B) ** (n.term + 1) * D)
    assert among.hypotheses == {at_most(0, n.term)}
    assert at_most(0, n.term) in words(T((A * B) ** n.term), (T(B) * T(A)) ** n.term).hypotheses
    assert words((A * B) ** n.term, (A * B) ** n.term).conclusion.op == "="


def test_negative_exponents_are_unknown() -> None:
    assert words(A ** (-1), A ** (-1)).conclusion.op == "="
    for left, right in (
        (T(A ** (-1)), T(A) ** (-1)),
        (A ** (-1) * A ** (-1), A ** (-2)),
        (I ** (-1), I),
        ((A ** (-1)) ** 2, A ** (-2)),
    ):
        with pytest.raises(Refused):
            words(left, right)


def test_units_leave_their_ranges() -> None:
    theorem = words(T(unit(d.term, i.term, l.term)), unit(d.term, l.term, i.term))
    assert theorem.hypotheses == ranges(i.term, l.term)
    assert words(T(unit(3, 1, 2)), unit(3, 2, 1)).hypotheses == set()
    assert words(T(unit(3, 4, 2)), unit(3, 2, 4)).hypotheses == {at_most(integer(4), 3)}


def test_combination() -> None:
    orthogonal = assume(equal(T(A) * A, I))
    theorem = words(B * T(A) * A * C, B * C, (B, orthogonal, C))
    assert theorem.hypotheses == orthogonal.hypotheses
    scaled = words(x * (T(A) * A), x * I, (x * I, orthogonal, None))
    assert scaled.conclusion == equal(x * (T(A) * A), x * I)
    with pytest.raises(Refused):
        words(A * T(A), I, (None, orthogonal, None))
    with pytest.raises(Refused):
        words(B * T(A) * A * C, B * C, (C, orthogonal, B))
    with pytest.raises(Refused):
        words(B * T(A) * A * C, B * C, (B, assume(psd(A)), C))
    numbers = assume(equal(x, y * y))
    assert words(x * A, y * y * A, (A, numbers, None)).hypotheses == numbers.hypotheses
    assert words(x * R, y * y * R, (None, numbers, R)).hypotheses == numbers.hypotheses
    with pytest.raises(Refused):
        words(x * A, y * A, (A, numbers, None))


def test_coefficients_leave_what_they_divide_by() -> None:
    theorem = words((x / y * y) * A, x * A)
    assert theorem.hypotheses, "y != 0"
    assert words(x / y * A, x / y * A).hypotheses == set()
    with pytest.raises(Refused):
        words((x / y) * A, (y / x) * A)


def test_shapes() -> None:
    with pytest.raises(Refused):
        words(R, T(R))
    with pytest.raises(Refused):
        words(x, x)


def test_sums_and_products_are_letters() -> None:
    W = Symbol("W", SQUARE, (INT,))
    s = total(k, 1, n.term, W(k.term))
    p = product(k, 1, n.term, W(k.term))
    assert words(T(s * p), T(p) * T(s)).hypotheses == set()
    with pytest.raises(Refused):
        words(s * p, p * s)


def test_traces() -> None:
    assert traces(trace(A * B), trace(B * A)).hypotheses == set()
    assert traces(trace(A), trace(T(A))).hypotheses == set()
    assert traces(inner(A, B), inner(B, A)).hypotheses == set()
    assert traces(trace(A * B * C), trace(T(B) * T(A) * T(C))).hypotheses == set()
    assert traces(trace(x * A + B), x * trace(A) + trace(B)).hypotheses == set()
    assert traces(trace(R * T(R)), trace(T(R) * R)).hypotheses == set()
    assert traces(trace(A) * trace(T(B)), trace(B) * trace(A)).hypotheses == set()
    merged = traces(trace(A**n.term * B * A), trace(B * A ** (n.term + 1)))
    assert at_most(0, n.term) in merged.hypotheses
    for left, right in (
        (trace(A * B), trace(A) * trace(B)),
        (trace(A * B * C), trace(A * C * B)),
        (trace(A * T(B)), trace(A * B)),
        (trace(R * T(R)), number(0)),
        (trace(A), trace(B)),
        (trace(I), number(1)),
        (trace(x * A), trace(A)),
    ):
        with pytest.raises(Refused):
            traces(left, right)


def test_skew() -> None:
    skew = assume(equal(T(A), number(-1) * A))
    theorem = traces(trace(A), number(0), (Fraction(1, 2) * I, skew, None))
    assert theorem.hypotheses == skew.hypotheses
    with pytest.raises(Refused):
        traces(trace(A * A), number(0), (A, skew, None))
    weight = assume(equal(x, y))
    assert traces(x * trace(A), y * trace(A), (trace(A), weight, None)).hypotheses


def test_slide() -> None:
    theorem = slide(R, T(R), n.term)
    assert theorem.hypotheses == {at_most(0, n.term)}
    assert slide(A, B, 2).hypotheses == set()
    left, right = slide(A, B, 2).conclusion.args
    assert words(left, right).conclusion == slide(A, B, 2).conclusion
    assert slide(A, B, -1).hypotheses == {at_most(0, integer(-1))}


def test_the_second_engine_sees_a_wrong_normal_form(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgets(self: object, word: list[object]) -> tuple[object, ...]:
        return tuple(sorted(word, key=repr))

    monkeypatch.setattr(words_module._Reader, "absorbed", forgets)
    with pytest.raises(AssertionError, match="disagree"):
        words(A * B, B * A)
