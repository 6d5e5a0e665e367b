"""What settles: it follows from what is known; what does not follow stays."""

from __future__ import annotations

import pytest

from dlnproof.kernel import terms as t
from dlnproof.kernel.logic import assume, specialise, weaken
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    different,
    each,
    equal,
    every,
    less,
    log,
    number,
    positive,
    power,
    product,
    root,
    total,
    trace,
    transpose,
    variable,
)
from dlnproof.kernel.theorem import Refused
from dlnproof.tactics.matching import instances, matched
from dlnproof.tactics.settle import proved, settle

x, y = (variable(name, REAL).term for name in "xy")
N, d, i, j, l = (variable(name).term for name in ("N", "d", "i", "j", "l"))
k, m = variable("k"), variable("m")
s = Symbol("sigma", REAL, (INT,))
M = variable("M", t.matrix_sort(d)).term
R = number
DEPTH = (at_most(1, N), at_most(1, j), at_most(j, N))
PAIR = (at_most(1, i), less(i, l), at_most(l, d))
POSITIVE = each(k, 1, d, positive(s(k.term)))
STRICT = every((k, m), (at_most(1, k.term), less(k.term, m.term), at_most(m.term, d)),
               less(s(m.term), s(k.term)))  # fmt: skip
KNOWN = (*DEPTH, *PAIR, POSITIVE, STRICT)


@pytest.mark.parametrize(
    "goal",
    [
        different(N, 0), different(R(N), 0), positive(R(N)), at_most(0, N - j), at_most(1, N * d),
        different(N * d, 0), at_most(1, R(N)), positive(2 * R(N) * R(d)), at_most(R(j), R(N)),
        positive(s(i)), at_most(0, s(l)), different(s(l), 0), different(R(0), s(l)),
        less(s(l), s(i)), at_most(s(l), s(i)), different(s(l), s(i)), different(s(l) - s(i), 0),
        different(s(i) ** 2 - s(l) ** 2, 0), different(s(i) * s(i) - s(l) * s(l), 0),
        different(root(s(i)), root(s(l))), positive(s(i) - s(l)), positive(-(s(l) - s(i))),
        less(s(l) - s(i), R(0)), less(-s(i), R(0)), positive(s(i) / (s(i) + s(l)) + 1),
        positive(power(s(i), R(N - j) / R(N)) * s(l)), positive((s(l) - s(i)) ** 2),
        positive((s(l) - s(i)) / (-s(i))), positive(total(k, 1, N, s(i) ** k.term)),
        positive(product(k, 1, d, s(k.term))), different(product(k, 1, d, 1 / s(k.term)), 0),
        positive(product(k, 1, d, product(m, k.term + 1, d, s(k.term) - s(m.term)))),
        at_most(0, total(k, 1, d, root(s(k.term)))), at_most(0, x**2 + (x * y) ** 4),
        at_most(0, x * x), at_most(0, trace(transpose(M) * M)), positive(t.PI),
        positive(t.gamma(R(d) / 2)), less(log(s(l)), log(s(i))), equal(x + y, y + x),
        each(m, 1, d, positive(root(s(m.term)))), less(s(l) ** N, s(i) ** N),
        different(power(s(i), R(1) / R(N)), power(s(l), R(1) / R(N))),
    ],
    ids=repr,
)  # fmt: skip
def test_what_follows_plainly(goal: Term) -> None:
    theorem = proved(goal, *KNOWN)
    assert theorem.conclusion == goal
    assert theorem.hypotheses <= set(KNOWN)


@pytest.mark.parametrize(
    "goal",
    [
        different(N, 1), at_most(2, N), at_most(1, N - j), different(N - j, 0), positive(s(j)),
        positive(s(l) - s(i)), at_most(0, x), positive(x**2), positive(x * x), different(x, 0),
        positive(s(l + 1)), positive(total(k, 1, d, s(k.term + 1))), equal(x, y),
        positive(product(k, 0, d, s(k.term))), positive(total(k, 1, N - 1, s(i) ** k.term)),
        each(m, 0, d, positive(s(m.term))), positive(R(N - j)), at_most(0, x**3),
        less(s(i), s(l)), positive(s(i) / x), at_most(0, root(x)), positive(log(s(i))),
        different(x**2, y**2), less(x**2, y**2), at_most(0, power(x, y)), at_most(0, trace(M * M)),
    ],
    ids=repr,
)  # fmt: skip
def test_what_does_not_follow(goal: Term) -> None:
    with pytest.raises(Refused):
        proved(goal, *KNOWN)


def test_hypotheses_that_follow_are_discharged_and_others_stay() -> None:
    theorem = field(x / s(i) + y / x, (x * x + y * s(i)) / (s(i) * x))
    left = settle(theorem, *KNOWN)
    assert left.conclusion == theorem.conclusion
    assert {h for h in left.hypotheses if h not in KNOWN} == {different(x, 0)}


def test_a_hypothesis_that_follows_from_the_others_goes() -> None:
    theorem = weaken(assume(equal(x, y)), different(x, 0), at_most(0, x), positive(x))
    assert settle(theorem).hypotheses == {equal(x, y), positive(x)}
    both = weaken(assume(equal(x, y)), at_most(x, y), less(x, y))
    assert settle(both).hypotheses == {equal(x, y), less(x, y)}


def test_the_hypotheses_of_what_is_used_stay() -> None:
    lemma = weaken(assume(positive(x)), at_most(7, d))
    theorem = settle(field(x / x, R(1)), lemma)
    assert theorem.hypotheses == {positive(x), at_most(7, d)}


def test_a_theorem_without_conditions_settles_too() -> None:
    nothing = specialise(assume(each(k, 1, d, positive(s(k.term)))), i)
    assert settle(nothing, *PAIR).hypotheses == {POSITIVE, at_most(1, i), less(i, l), at_most(l, d)}


def test_matching() -> None:
    f = Symbol("f", REAL, (INT, INT))
    a, b = k.term, m.term
    both = frozenset((k, m))
    assert matched(f(a, b), f(i, 3), both) == {k: i, m: t.integer(3)}
    assert matched(f(a + 1, b), f(i, 3), both) == {k: i - 1, m: t.integer(3)}
    assert matched(f(a + b, b), f(i, 3), both) == {k: i - 3, m: t.integer(3)}
    assert matched(f(a, a), f(i, l), both) is None
    assert matched(f(2 * a, b), f(i, l), both) is None
    assert matched(f(a, b), s(i), both) is None
    # a bound variable is no value of a variable outside
    general = assume(every(k, (), positive(total(m, 1, d, f(k.term, m.term)))))
    assert not list(instances(general, positive(total(m, 1, d, f(m.term, m.term)))))
    [found] = instances(general, positive(total(m, 1, d, f(i, m.term))))
    assert found.conclusion == positive(total(m, 1, d, f(i, m.term)))
