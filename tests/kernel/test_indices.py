"""Linear arithmetic of integers: what follows, what does not, and what is used."""

from __future__ import annotations

import random
from itertools import product as grid

import pytest

from dlnproof.kernel import terms as t
from dlnproof.kernel.indices import _added, _Line, holds_plainly, indices
from dlnproof.kernel.terms import at_most, different, equal, integer, less, variable
from dlnproof.kernel.theorem import Refused

i, l, m, N = (variable(name).term for name in "ilmN")


@pytest.mark.parametrize(
    ("goal", "hypotheses"),
    [
        (at_most(i, l), [less(i, l)]),
        (at_most(i, N), [at_most(i, l), at_most(l, N)]),
        (at_most(i + 1, l), [at_most(i, l), different(i, l)]),
        (equal(i, l), [at_most(i, l), at_most(l, i)]),
        (equal(i, l), [equal(i + i, l + l)]),
        (different(i, l), [less(l, i)]),
        (different(i, integer(0)), [at_most(1, i)]),
        (different(i + i, l + l + 1), []),  # parity: integers are sharpened
        (at_most(2, i), [at_most(3, i + i)]),
        (t.FALSE, [at_most(N, i), less(i, N)]),
        (t.FALSE, [equal(i, integer(3)), at_most(i, 2)]),
        (at_most(i * l, N), [at_most(i * l, m), at_most(m, N)]),  # a product is a letter
        (at_most(l - i - 1, N - i), [at_most(l, N)]),
    ],
)
def test_what_follows(goal: t.Term, hypotheses: list[t.Term]) -> None:
    theorem = indices(goal, *hypotheses)
    assert theorem.conclusion == goal
    assert theorem.hypotheses <= set(hypotheses)


@pytest.mark.parametrize(
    ("goal", "hypotheses"),
    [
        (less(i, l), [at_most(i, l)]),
        (at_most(i, N), [at_most(i, l)]),
        (at_most(i, l), [different(i, l)]),
        (equal(i, l), [at_most(i, l)]),
        (different(i, l), [at_most(i, l)]),
        (t.FALSE, []),
        (t.FALSE, [at_most(i, l), at_most(l, i)]),
        (at_most(0, i * i), [at_most(0, -i)]),  # true, but no linear fact; and never of i * l
        (at_most(0, i * l), [at_most(0, i)]),
        (at_most(i, i * N), [at_most(1, N)]),  # false for i < 0
        (at_most(1, N), []),
        (at_most(2, i), [at_most(2, i + i)]),
    ],
)
def test_what_does_not_follow(goal: t.Term, hypotheses: list[t.Term]) -> None:
    with pytest.raises(Refused):
        indices(goal, *hypotheses)


def test_hypotheses_that_are_used_are_kept_and_no_others() -> None:
    theorem = indices(at_most(i, N), at_most(i, l), at_most(l, N), at_most(0, m))
    assert theorem.hypotheses == {at_most(i, l), at_most(l, N)}
    theorem = indices(less(i, l), different(l, i), at_most(i, l), at_most(0, m))
    assert theorem.hypotheses == {different(l, i), at_most(i, l)}
    assert indices(at_most(i, i + 1), t.FALSE).hypotheses == set()


def test_numbers_and_matrices_are_no_integers() -> None:
    x, y = (variable(name, t.REAL).term for name in "xy")
    for sentence in (at_most(x, y), less(x, y), equal(x, y), different(x, y)):
        with pytest.raises(Refused):
            indices(sentence, sentence)
    with pytest.raises(Refused):  # between 0 and 1 there is a number, but no integer
        indices(t.FALSE, less(integer(0), x), less(x, t.number(1)))
    with pytest.raises(Refused):
        indices(t.psd(t.identity(2)))


def test_what_is_plain() -> None:
    assert holds_plainly(at_most(i, i + 1))
    assert not holds_plainly(at_most(i + 1, i))
    assert not holds_plainly(at_most(0, N))


def test_random_consequences_hold_at_all_small_integers() -> None:
    dice = random.Random(5)
    letters = (i, l, m)

    def sentence() -> t.Term:
        value = sum((dice.randint(-2, 2) * x for x in letters), integer(dice.randint(-3, 3)))
        bind = dice.choice([at_most, at_most, equal, different])
        return bind(integer(0), value) if bind is at_most else bind(value, integer(0))

    def true(one: t.Term, at: dict[t.Symbol, t.Term]) -> bool:
        a, b = (t.constant_of(t.substitute(arg, at)) for arg in one.args)
        assert a is not None
        assert b is not None
        return {"<=": a <= b, "=": a == b, "!=": a != b}[one.op]

    followed = 0
    for _ in range(75):
        hypotheses, goal = [sentence() for _ in range(3)], sentence()
        try:
            theorem = indices(goal, *hypotheses)
        except Refused:
            continue
        followed += 1
        for values in grid(range(-3, 4), repeat=3):
            at = {x.data: integer(v) for x, v in zip(letters, values, strict=True)}
            if all(true(h, at) for h in theorem.hypotheses):
                assert true(goal, at), (hypotheses, goal, values)
    assert followed > 5


def test_inequalities_are_added_with_positive_multiples_alone() -> None:
    line = _Line((1,), 0, frozenset({0}))
    assert _added(line, 2, line, 1) == _Line((1,), 0, frozenset({0}))
    for times, other in ((-1, 1), (1, -1), (0, 1), (1, 0)):
        with pytest.raises(Refused):
            _added(line, times, line, other)
