"""Selections: claims by name, -k expressions, grids."""

import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from math import inf
from typing import Any

import numpy as np
import pytest

from dlnproof import Grid
from dlnproof.claims import CLAIMS
from dlnproof.claims.check import TrainingCheck
from dlnproof.claims.limits.infinite_depth import CLAIM as INFINITE_DEPTH
from dlnproof.claims.volume.volume_form import CLAIM as VOLUME_FORM
from dlnproof.core.verdict import Route
from dlnproof.errors import InputError, NothingSelectedError
from dlnproof.numeric.exact.points import Stratum
from dlnproof.run.jobs import checks_of
from dlnproof.run.planning import plan
from dlnproof.run.runner import check
from dlnproof.run.select import claims_named, matcher

TEXTS = (
    "volume-form exact",
    "volume-form pullback",
    "svd-jacobian exact",
    "infinite-depth enclosure",
)


def kept(expression: str) -> list[str]:
    return [text for text in TEXTS if matcher(expression)(text)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("volume", TEXTS[:2]),
        ("VOLUME", TEXTS[:2]),
        ("exact", (TEXTS[0], TEXTS[2])),
        ("not exact", (TEXTS[1], TEXTS[3])),
        ("volume and not pullback", TEXTS[:1]),
        ("volume or svd", TEXTS[:3]),
        ("svd or volume and exact", (TEXTS[0], TEXTS[2])),
        ("(svd or volume) and exact", (TEXTS[0], TEXTS[2])),
        ("not (svd or volume)", TEXTS[3:]),
        ("not not exact", (TEXTS[0], TEXTS[2])),
        ("not svd and exact", TEXTS[:1]),
        ("volume-form", TEXTS[:2]),
        ("nowhere", ()),
        ("  exact\t", (TEXTS[0], TEXTS[2])),
        ("android", ()),
    ],
)
def test_expressions(expression: str, expected: tuple[str, ...]) -> None:
    assert kept(expression) == list(expected)


@pytest.mark.parametrize(
    "expression",
    [
        "and", "not", "or exact", "exact or", "exact and and exact", "(exact", "exact)", "()", " ",
        "exact volume", "exact; import os", "__import__('os')", "a == b", "exact\x00", "a'b", "-k",
        "exact,volume", "a" * 5 + "*", "lambda: 1", "(" * 250 + "a" + ")" * 250, "not " * 300 + "a",
        "\N{SNOWMAN}",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_one_line(expression: str) -> None:
    if expression == "-k":
        assert kept(expression) == []  # a name like any other
        return
    with pytest.raises(InputError) as refused:
        matcher(expression)
    assert "\n" not in str(refused.value)
    assert "expected names joined by" in str(refused.value)


def test_long_hostile_text_is_refused_at_once() -> None:
    text = " " * 2_000_000 + ";"  # what is not linear takes hours
    script = "from dlnproof.run.select import matcher; matcher(input())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=text,
        text=True,
        capture_output=True,
        timeout=600,
        check=False,
    )
    assert "InputError" in done.stderr
    assert len(done.stderr.splitlines()[-1]) < 400


def test_claims_by_name_come_in_the_catalogues_order_once() -> None:
    assert claims_named([]) == list(CLAIMS.values())
    named = claims_named(["volume-form", "operator-spectrum", "volume-form"])
    assert [claim.id for claim in named] == ["operator-spectrum", "volume-form"]


@pytest.mark.parametrize(
    ("name", "hint"), [("volume_form", "'?volume-form'?"), ("xyzzy", "dlnproof list")]
)
def test_an_unknown_claim_is_refused_with_a_hint(name: str, hint: str) -> None:
    with pytest.raises(InputError, match=hint):
        claims_named([name])
    with pytest.raises(InputError):
        check([name])


@pytest.mark.parametrize("select", [check, claims_named])
def test_one_name_in_no_list_is_told_apart_from_its_letters(
    select: Callable[[Any], object],
) -> None:
    with pytest.raises(InputError, match=r"expected a list of names, as in \['volume-form'\]"):
        select("volume-form")
    with pytest.raises(InputError, match="got Claim, expected a name such as"):
        select([VOLUME_FORM])


# --- grids and plans ------------------------------------------------------------------------------


def test_the_default_grid_is_counted() -> None:
    keys = list(Grid().keys(VOLUME_FORM))
    # widths 1, 2, 3, 4 have 2, 4, 5, 5 strata; two signs; five finite depths
    assert len(keys) == len(set(keys)) == 2 * 5 * (2 + 4 + 5 + 5)
    assert {key.depth for key in keys} == {1, 2, 3, 4, 5}
    assert {key.sign for key in keys} == {1, -1}
    assert {key.stratum for key in keys} == set(Stratum) - {Stratum.DEFICIENT}
    assert len(list(Grid().keys(INFINITE_DEPTH))) == 2 * (2 + 4 + 5 + 5)
    assert len(list(Grid(points=3).keys(VOLUME_FORM))) == 3 * len(keys)


def test_a_plan_has_every_point_that_a_check_visits_once() -> None:
    chosen, grid = plan([], Grid()), Grid()
    per_claim = {c: [j for j in chosen.jobs if j.claim == c] for c in CLAIMS}
    for claim in CLAIMS.values():
        for made in checks_of(claim):
            planned = [k for j in per_claim[claim.id] if j.route is made.route for k in j.keys]
            if isinstance(made, TrainingCheck):
                assert planned == []
            else:
                assert sorted(planned) == sorted(made.visits(list(grid.keys(claim)))) != []
    for claim in chosen.claims:
        assert {job.route for job in per_claim[claim.id]} == set(claim.routes)
    assert len(set(chosen.jobs)) == len(chosen.jobs)


def test_a_plan_follows_the_expression() -> None:
    chosen = plan(["volume-form", "svd-jacobian"], Grid(), "exact or (svd and derivation)")
    assert [(j.claim, j.route) for j in chosen.jobs if not j.keys] == [
        ("svd-jacobian", Route.DERIVATION)
    ]
    assert {j.route for j in chosen.jobs if j.keys} == {Route.EXACT}


@pytest.mark.parametrize(
    ("claims", "grid", "expression"),
    [
        (["volume-form"], Grid(depths=(inf,)), ""),
        (["infinite-depth"], Grid(depths=(1, 2)), ""),
        ([], Grid(), "nowhere"),
        ([], Grid(depths=()), ""),
        ([], Grid(widths=()), ""),
        (["svd-jacobian"], Grid(widths=(4,)), "enclosure"),
    ],
)
def test_a_selection_that_leaves_nothing(claims: list[str], grid: Grid, expression: str) -> None:
    with pytest.raises(NothingSelectedError):
        plan(claims, grid, expression)


def test_a_grid_has_one_form() -> None:
    grid = Grid(depths=(np.int64(2), 2, inf), widths=(3, 3, np.int8(1)), points=np.int64(1))  # type: ignore[arg-type]
    assert grid == Grid(depths=(2, inf), widths=(3, 1))
    assert repr(grid) == repr(Grid(depths=(2, inf), widths=(3, 1)))
    assert hash(grid) == hash(Grid(depths=(2, inf), widths=(3, 1)))


@pytest.mark.parametrize(
    "given",
    [
        {"depths": (0,)},
        {"depths": (2.0,)},
        {"depths": (float("nan"),)},
        {"depths": (True,)},
        {"widths": (0,)},
        {"widths": (inf,)},
        {"widths": (2.0,)},
        {"points": 0},
        {"points": True},
        {"points": Fraction(1)},
        {"digits": 19},
        {"digits": 50.0},
        {"seed": -1},
        {"seed": None},
    ],
)
def test_a_grid_refuses_what_is_no_grid(given: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="got"):
        Grid(**given)
