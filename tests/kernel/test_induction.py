"""Induction: from any start, with an end, and each of its conditions left out."""

from __future__ import annotations

import pytest

from dlnproof.kernel import terms as t
from dlnproof.kernel.induction import induction
from dlnproof.kernel.logic import assume, instance, specialise, weaken
from dlnproof.kernel.terms import at_most, equal, every, integer, number, substitute, variable
from dlnproof.kernel.theorem import Refused, Theorem

n, b, N = (variable(name) for name in ("n", "b", "N"))
F = t.Symbol("F", t.REAL, (t.INT,))


def holds(k: t.Term | int) -> t.Term:
    return equal(F(k), number(0))


def step(*more: t.Term) -> Theorem:
    """F(n) = 0, ... |- F(n + 1) = 0: assumed for all n, as it stands here for any F."""
    rule = every(n, [holds(n.term)], holds(n.term + 1))
    return weaken(specialise(assume(rule), n.term), *more)


RULE = every(n, [holds(n.term)], holds(n.term + 1))
BASE = assume(holds(1))


def test_from_a_start() -> None:
    theorem = induction(n, holds(n.term), BASE, step(at_most(1, n.term)), start=1)
    assert theorem.conclusion == every(n, [at_most(1, n.term)], holds(n.term))
    assert theorem.hypotheses == {RULE, holds(1)}


def test_to_an_end() -> None:
    known = (at_most(1, n.term), at_most(n.term + 1, b.term))
    theorem = induction(n, holds(n.term), BASE, step(*known), start=1, end=b.term)
    assert theorem.conclusion == t.each(n, 1, b.term, holds(n.term))
    assert theorem.hypotheses == {RULE, holds(1)}


def test_without_an_end_a_step_that_needs_one_is_refused() -> None:
    with pytest.raises(Refused, match="free"):
        induction(n, holds(n.term), BASE, step(at_most(n.term + 1, b.term)), start=1)


def test_a_step_from_another_start_is_refused() -> None:
    with pytest.raises(Refused, match="free"):  # it needs 2 <= n, and the base is at 1
        induction(n, holds(n.term), BASE, step(at_most(2, n.term)), start=1)


def test_a_step_that_holds_at_the_end_alone_is_refused() -> None:
    with pytest.raises(Refused, match="free"):
        induction(n, holds(n.term), BASE, step(at_most(b.term, n.term)), start=1, end=b.term)


def test_a_base_elsewhere_is_refused() -> None:
    with pytest.raises(Refused, match="base"):
        induction(n, holds(n.term), assume(holds(2)), step(), start=1)


def test_a_step_to_the_same_is_refused() -> None:
    with pytest.raises(Refused, match="step"):
        induction(n, holds(n.term), BASE, assume(holds(n.term)), start=1)


def test_the_variable_in_a_hypothesis_is_refused() -> None:
    with pytest.raises(Refused, match="free"):  # in one of the step: F(n + 1) = 0 as an assumption
        induction(n, holds(n.term), BASE, assume(holds(n.term + 1)), start=1)
    lemma = weaken(BASE, at_most(n.term, 0))
    with pytest.raises(Refused, match="free"):  # in one of the base
        induction(n, holds(n.term), lemma, step(), start=1)


def test_the_variable_in_an_end_is_refused() -> None:
    with pytest.raises(Refused, match="free"):
        induction(n, holds(n.term), BASE, step(), start=1, end=n.term + 5)
    base = assume(holds(n.term))
    with pytest.raises(Refused, match="free"):
        induction(n, holds(n.term), base, step(), start=n.term)


def test_the_variable_inside_a_shape_is_seen() -> None:
    M = t.Symbol("M", t.matrix_sort(n.term))
    sized = weaken(step(), equal(t.trace(M.term), number(1)))
    with pytest.raises(Refused, match="free"):
        induction(n, holds(n.term), BASE, sized, start=1)


def test_the_sentence_is_changed_inside_atoms_and_bounds() -> None:
    k = variable("k")
    P = equal(t.total(k, 1, n.term, F(k.term * n.term)), number(0))
    base, after = (assume(substitute(P, {n: x})) for x in (integer(1), n.term + 1))
    with pytest.raises(Refused, match="free"):
        induction(n, P, base, after, start=1)
    wrong = equal(t.total(k, 1, n.term + 1, F(k.term * n.term)), number(0))  # n left inside F
    with pytest.raises(Refused, match="step"):
        induction(n, P, base, assume(wrong), start=1)


def test_a_family_or_a_number_is_no_variable() -> None:
    x = variable("x", t.REAL)
    with pytest.raises(Refused, match="integer"):
        induction(x, equal(x.term, number(0)), BASE, BASE, start=1)


def test_the_hypotheses_of_base_and_step_stay() -> None:
    lost = equal(F(N.term), number(7))
    one = induction(n, holds(n.term), weaken(BASE, lost), step(), start=1)
    two = induction(n, holds(n.term), BASE, weaken(step(), lost), start=1)
    assert lost in one.hypotheses
    assert lost in two.hypotheses
    assert instance(one, {N: integer(4)}).hypotheses >= {equal(F(4), number(7))}


def test_a_sentence_without_the_variable_keeps_its_assumption_in_the_base() -> None:
    same = holds(5)
    theorem = induction(n, same, assume(same), assume(same), start=1)
    assert same in theorem.hypotheses
