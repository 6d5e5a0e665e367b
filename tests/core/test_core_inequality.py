"""Inequalities: where they apply, what they say there, and what is refuted is false."""

import random
from itertools import islice

import pytest
from flint import fmpq

from dlnproof.claims import CLAIMS
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.language.refute import unequal

x, y, z = (Letter(name, name) for name in "xyz")
POSITIVE = Domain(frozenset({x, y}))
INEQUALITIES = [
    (name, part, formula)
    for name, claim in CLAIMS.items()
    for part, formula in claim.parts.items()
    if isinstance(formula, Inequality)
]


def at(**values: int) -> dict[Letter, fmpq]:
    return {Letter(name, name): fmpq(value) for name, value in values.items()}


def test_it_applies_where_its_hypotheses_and_its_domain_hold() -> None:
    stated = Inequality(x * y, Number(1), (x - 1, y - 1), POSITIVE)
    assert stated.letters() == {x, y}
    assert stated.applies(at(x=1, y=2))
    assert not stated.applies(at(x=1, y=0))
    assert not stated.applies(at(x=-2, y=-2))
    assert not Inequality(x, y, (), POSITIVE).applies(at(x=0, y=1))
    assert stated.excess(at(x=2, y=3)) == 5
    assert Inequality(Number(0), z, (x,)).letters() == {x, z}


def test_its_points_meet_the_hypotheses_and_have_both_sides() -> None:
    stated = Inequality(1 / (x - 1), y, (x - y,), POSITIVE)
    found = list(islice(stated.points(), 50))
    assert len(found) == 50
    for point in found:
        assert point[x] >= point[y] > 0
        assert point[x] != 1
    assert not list(Inequality(x, x, (x, -1 - x)).points())


@pytest.mark.parametrize(
    ("stated", "false"),
    [
        (Inequality(x + 1 / x, Number(2), (), POSITIVE), False),
        (Inequality(x + 1 / x, Number(3), (), POSITIVE), True),
        (Inequality(x * y, Number(1), (x - 1, y - 1)), False),
        (Inequality(x * y, Number(1), (x - 1,)), True),
        (Inequality(x * y, Number(2), (x - 1, y - 1)), True),
        (Inequality(x, y**2, (x - y,), POSITIVE), True),
        (Inequality(x, 2 * y, (), Domain(ordered=((x, y),), positive=frozenset({y}))), True),
        (Inequality(x, y, (), Domain(ordered=((x, y),))), False),
        (Inequality(1 / x, Number(0), (), Domain(nonnegative=frozenset({x}))), False),
        (Inequality(Number(0), Number(1), (x, -1 - x)), False),  # of no point it is false
    ],
)
def test_it_is_refuted_at_a_point_where_it_applies(stated: Inequality, false: bool) -> None:
    """Whatever it is compared with: it is a variant that is looked at, not the two of them."""
    assert unequal(Inequality(x, x), stated) is false


def test_what_follows_from_its_hypotheses_is_never_refuted() -> None:
    rng = random.Random(7)
    pieces: list[Expression] = [x, y, x - y, x * y, (x - y) ** 2, 1 - x, Number(1), x + y]
    refuted = 0
    for _ in range(15):
        given = tuple(rng.sample(pieces, 2))
        above = given[0] * given[1]
        assert not unequal(Inequality(x, x), Inequality(above, Number(0), given))
        refuted += unequal(Inequality(x, x), Inequality(above, Number(2), given))
    assert refuted > 9


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
