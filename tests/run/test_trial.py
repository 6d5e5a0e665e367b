"""Sentences tried at points: what is false somewhere is found there, and nothing is proved."""

import re

import pytest

from dlnproof.definitions.geometry import OPERATOR, pair
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import N, U, V, W, d, i, l, sigma, x, y
from dlnproof.kernel import terms
from dlnproof.kernel.terms import Term, at_most, determinant, equal, every, less, transpose, within
from dlnproof.numeric.interpretation import Work
from dlnproof.run import trial
from dlnproof.run.trial import Trial, tried

GIVEN = (*DEPTH, *WIDTH, *SVD, *POSITIVE)
SUM = terms.total(i, 1, d, sigma(i.term))
TRACE = terms.trace(transpose(U) * W * V)
ABOVE = every(i, within(i, 1, d), less(0, sigma(i.term)))


@pytest.mark.parametrize(
    "sentence",
    [
        equal(TRACE, SUM),
        equal(determinant(W * transpose(W)), terms.product(i, 1, d, sigma(i.term) ** 2)),
        at_most(1, N),
        ABOVE,
    ],
)
def test_what_is_true_is_false_at_no_point(sentence: Term) -> None:
    found = tried(sentence, GIVEN)
    assert found.points > 20
    assert found.false == ""


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        (equal(TRACE, 2 * SUM), r"\S+ and \S+"),
        (equal(TRACE, SUM + 1), r"\S+ and \S+"),
        (less(terms.number(N), terms.number(2)), "2 and 2"),  # at N = 2
        (less(terms.number(d), terms.number(2)), "2 and 2"),
        (every(i, within(i, 1, d), less(sigma(i.term), 0)), r".*"),
    ],
)
def test_what_is_false_is_shown_at_a_point_with_its_values(sentence: Term, values: str) -> None:
    found = tried(sentence, GIVEN)
    point = r"false at N = \d, d = \d, sigma = \(\d+(/\d+)?(, \d+(/\d+)?)*\): "
    assert re.fullmatch(point + values, found.false), found.false


def test_bound_variables_are_shown_by_their_letters() -> None:
    place = (*within(i, 1, d), *within(l, 1, d))
    below = every((i, l), place, less(sigma(i.term), sigma(l.term)))
    assert re.search(r": at i = \d, l = \d: ", tried(below, GIVEN).false)
    inside = every(l, within(l, 1, d), less(sigma(i.term), sigma(l.term)))
    found = tried(every(i, within(i, 1, d), inside), GIVEN).false
    assert re.search(r": at [a-z] = \d: at [a-z] = \d: ", found), found


def test_what_needs_a_hypothesis_is_tried_where_it_holds() -> None:
    """0 < x is false of some x, and of none where 1 < x."""
    assert tried(less(0, x.term)).false.startswith("false at ")
    held = tried(less(0, x.term), [less(1, x.term)])
    assert (held.points > 0, held.false) == (True, "")


def test_other_letters_are_drawn_at_random_too() -> None:
    assert tried(equal(x.term * y.term, y.term * x.term)).false == ""
    found = tried(equal(x.term - y.term, y.term - x.term)).false
    assert found.startswith("false at ")


def test_what_has_no_value_anywhere_is_tried_nowhere() -> None:
    """1/0, and hypotheses that nothing satisfies."""
    zero = terms.number(1) - 1
    assert tried(less(0, 1 / (x.term - x.term + zero))) == Trial()
    assert tried(less(0, x.term), [less(x.term, 0), less(0, x.term)]) == Trial()


def test_equations_of_matrices_are_tried() -> None:
    unit = pair(i.term, l.term)
    place = (*within(i, 1, d), *within(l, 1, d))
    image = OPERATOR(N, W, unit)
    assert tried(every((i, l), place, equal(image, image)), GIVEN).points > 20
    assert tried(every((i, l), place, equal(image, 2 * image)), GIVEN).false != ""


def test_a_trial_ends_after_so_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    indices = (i, l, *(terms.fresh(terms.INT) for _ in range(3)))
    many = sigma(sum((index.term for index in indices), terms.integer(0)))
    for index in indices:
        many = terms.total(index, 1, 64 * d, many)
    asked: list[int] = []

    class Counted(Work):
        def spend(self) -> None:
            asked.append(self.left)
            super().spend()

    monkeypatch.setattr(trial, "Work", Counted)
    monkeypatch.setattr(trial, "_WORK", 3000)
    assert tried(less(0, many), WIDTH) == Trial()
    assert 3000 < len(asked) < 4000


def test_matrices_that_are_too_large_are_not_made() -> None:
    assert tried(equal(determinant(terms.identity(101 * d)), 1), WIDTH) == Trial()
    assert tried(equal(determinant(terms.identity(10 * d)), 1), WIDTH).points > 20
