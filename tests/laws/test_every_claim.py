"""Every claim over the default grid: what each route finds, and what becomes of what is printed.

The tables hold facts that no rule gives. What is peculiar to one claim stands in its own module.
"""

from math import inf
from typing import Any, Final, NamedTuple

import pytest

from dlnproof import Grid, check
from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import Claim
from dlnproof.core.verdict import Route, Verdict
from dlnproof.errors import NothingSelectedError
from dlnproof.record.counterexamples import COUNTEREXAMPLE_SCHEMA
from dlnproof.record.record import ClaimRecord, Record
from dlnproof.run.jobs import checks_of
from dlnproof.run.printed import examine

DERIVATION, EXACT, PULLBACK = Route.DERIVATION, Route.EXACT, Route.PULLBACK
ENCLOSURE, TRAINING = Route.ENCLOSURE, Route.TRAINING
DERIVED, REFUTED = Verdict.DERIVED, Verdict.REFUTED
OBSERVED, NOT_OBSERVED = Verdict.OBSERVED, Verdict.NOT_OBSERVED

CONFIRMED: Final = {
    DERIVATION: DERIVED,
    EXACT: Verdict.EXACT,
    PULLBACK: Verdict.SAMPLED,
    ENCLOSURE: Verdict.ENCLOSED,
    TRAINING: OBSERVED,
}

KINDS: Final = (
    "simple",
    "tiny sigma",
    "near-coincident",
    "coincident pair",
    "all equal",
    "rank deficient",
)
"""Of spectra; points are counted by kind, in this order."""

ONE_DEPTH: Final = (8, 8, 6, 6, 4)  # widths 1 to 4, both signs of det W
FROM_TWO: Final = (32, 32, 24, 24, 16)  # four depths
FROM_ONE: Final = (40, 40, 30, 30, 20)  # five


class Found(NamedTuple):
    """What one route finds: the wrong variants it tries and rejects, its scope, its points.

    ``order``: the least and the largest order of convergence, observed at ``order_points`` points.
    ``points`` of training are the runs.
    """

    route: Route
    tried: int
    scope: str = ""
    points: tuple[int, ...] = ()
    order: tuple[float, float] | None = None
    order_points: int | None = None


FOUND: Final = {
    "balancedness": [
        Found(DERIVATION, 4, "all N, all d"),
        Found(EXACT, 4, "N = 2..5; d = 1..4", FROM_TWO),  # a single factor is no test
        Found(PULLBACK, 4, "N = 2..5; d = 1..4", FROM_TWO, (3.99, 4.12), 128),  # an integrator's
    ],
    "operator-spectrum": [
        Found(DERIVATION, 5, "all N, all d"),
        Found(EXACT, 5, "N = 1..5; d = 1..4", FROM_ONE),
        Found(PULLBACK, 5, "N = 1..5; d = 1..4", FROM_ONE, (4.0, 4.0), 128),  # phi is not linear
    ],
    "end-to-end-flow": [
        Found(DERIVATION, 4, "all N, all d"),
        Found(EXACT, 4, "N = 1..5; d = 1..4", FROM_ONE),
        Found(PULLBACK, 4, "N = 1..5; d = 1..4", FROM_ONE, (4.0, 4.0), 160),
    ],
    "riemannian-submersion": [
        Found(DERIVATION, 4, "all N, all d"),
        Found(EXACT, 4, "N = 1..5; d = 1..4", (*FROM_ONE, 30)),
        # at N = 1 the operator is a projection
        Found(PULLBACK, 4, "N = 1..5; d = 1..4", (*FROM_ONE, 30), (4.0, 4.0), 152),
    ],
    "metric-diagonalization": [
        Found(DERIVATION, 4, "all N, all d"),
        Found(EXACT, 4, "N = 1..5; d = 1..4", FROM_ONE),
        Found(PULLBACK, 4, "N = 1..5; d = 1..4", FROM_ONE, (4.0, 4.0), 128),  # phi is not linear
    ],
    "svd-jacobian": [
        Found(DERIVATION, 4, "all N, all d"),
        Found(EXACT, 4, "N = 1..5; d = 1..4", FROM_ONE),
        # 110 have distinct values, 20 of them d = 1
        Found(PULLBACK, 4, "N = 1..5; d = 1..4", FROM_ONE, (4.0, 4.0), 90),
        Found(ENCLOSURE, 4, "N = 1; d = 1..3", (3,)),  # one integral for each width
    ],
    "volume-form": [
        Found(DERIVATION, 6, "all N, all d"),
        Found(EXACT, 6, "N = 1..5; d = 1..4", FROM_ONE),
        # 50 have values that coincide, 4 are 1 x 1 of depth 1: the density is constant
        Found(PULLBACK, 6, "N = 1..5; d = 1..4", FROM_ONE, (4.0, 4.0), 106),
    ],
    "infinite-depth": [
        Found(DERIVATION, 5, "all d"),
        Found(ENCLOSURE, 5, "N = inf; d = 1..4", ONE_DEPTH),
        # at two points W is orthogonal, or is to 24 digits: every depth has the same operator
        Found(PULLBACK, 3, "N = inf; d = 1..4", ONE_DEPTH, (3.97, 4.18), 30),
    ],
    "orbit-volume": [  # where the fibre has a dimension
        Found(DERIVATION, 9, "all N, all d"),
        Found(EXACT, 4, "N = 2..5; d = 2..4", (24, 24, 24, 24, 16, 16)),
        Found(PULLBACK, 4, "N = 2..5; d = 2..4", (24, 24, 24, 24, 16, 16), (4.0, 4.0), 128),
        Found(ENCLOSURE, 5, "N = 2..5; d = 2..4", (12, 12, 12, 12, 8, 12)),
    ],
    "coarea": [
        Found(DERIVATION, 4, "all N, all d"),
        Found(EXACT, 4, "N = 1..5; d = 1..4", FROM_ONE),
        # where the determinant is not constant: as for the volume form
        Found(PULLBACK, 4, "N = 1..5; d = 1..4", FROM_ONE, (4.0, 4.0), 106),
    ],
    "volume-divergence": [  # four wrong variants of finite depth, three of infinite depth
        Found(DERIVATION, 7, "all N, all d"),
        Found(EXACT, 4, "N = 1..5; d = 1..4", (40,)),
        Found(PULLBACK, 4, "N = 1..5; d = 1..4", (40,), (2.0, 2.0), 30),  # d > 1: a value stays
        Found(ENCLOSURE, 3, "N = inf; d = 1..4", (8,)),
    ],
    "norm-divergence": [
        Found(DERIVATION, 8, "N >= 2"),
        Found(EXACT, 4, "N = 2..5; d = 1..4", FROM_TWO),
        Found(ENCLOSURE, 6, "det W > 0; rho = 1/2, 1/10, 1/200", ONE_DEPTH),
        Found(TRAINING, 5, points=(450,)),  # a tenth of 500 in 6 flows and 3 descents
    ],
    "norm-conjecture": [  # the points are of one depth, as none speaks of it
        Found(DERIVATION, 5, "all x"),
        Found(EXACT, 5, "x = t - 1/t, t rational", ONE_DEPTH),
        Found(ENCLOSURE, 3, "x rational; p = 1/3, 1/2, 3/2", ONE_DEPTH),
    ],
    "rank-one-minimizers": [
        Found(DERIVATION, 3, "all b, x, y"),
        Found(EXACT, 3, "b, x, y rational", ONE_DEPTH),
        Found(TRAINING, 5, points=(7500,)),
    ],
    "volume-corners": [  # distinct singular values only
        Found(DERIVATION, 7, "all N"),
        Found(EXACT, 4, "N = 1..5; d = 2", (10, 10, 10)),
        Found(PULLBACK, 3, "N = 2..5; d = 2", (8, 8, 8), (2.0, 2.0), 24),
    ],
    "diagonal-3x3": [
        Found(DERIVATION, 3, "all u, v"),
        Found(EXACT, 3, "u, v rational squares", ONE_DEPTH),
        Found(TRAINING, 6, points=(4500,)),
    ],
    "recap": [
        Found(DERIVATION, 5, "all N"),
        Found(EXACT, 5, "N = 1..5; d = 1..4", FROM_ONE),
        Found(TRAINING, 3, points=(4,)),
    ],
}

MEASURED: Final = {
    "rank-one-minimizers": ("near_10", "near_2", "near_20", "near_5", "near_infinite"),
    "diagonal-3x3": (
        "corner_10",
        "corner_2",
        "corner_3",
        "corner_5",
        "corner_infinite",
        "rank_two_2",
    ),
}
"""What is not derived: these claims are observed at best."""

PRINTED: Final = {
    "balancedness": {"transposed": REFUTED},
    "riemannian-submersion": {"theorem-13": REFUTED},
    "metric-diagonalization": {"diagonal-form": DERIVED, "determinant": DERIVED},
    "svd-jacobian": {"lemma-2.7": DERIVED},
    "volume-form": {
        "theorem-1.1": DERIVED,
        "van-reversed": REFUTED,
        "assembled": DERIVED,
        "det-product": DERIVED,
    },
    "orbit-volume": {"without-root": REFUTED, "whole-fibre": REFUTED},
    "volume-divergence": {"any-singular-value": REFUTED, "orbit-diverges": REFUTED},
    "norm-divergence": {
        "theorem-1": DERIVED,
        "unconditioned": NOT_OBSERVED,
        "entry-grows": REFUTED,
        "figure-1": NOT_OBSERVED,
        "descent-drives": NOT_OBSERVED,
        "norms-grow": REFUTED,
    },
    "norm-conjecture": {"minimum-at-zero": REFUTED, "conjecture-1": REFUTED},
    "rank-one-minimizers": {
        "rank-one-curve": DERIVED,
        "cluster-at-corners": OBSERVED,
        "erank-near-one": OBSERVED,
    },
    "volume-corners": {"highest-at-corners": REFUTED, "near-low-rank": DERIVED},
    "diagonal-3x3": {"one-rank-two": NOT_OBSERVED},
    "recap": {"convergence": REFUTED, "accelerated": DERIVED, "least-norm": DERIVED},
}

each_claim = pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))


@pytest.fixture
def record(claim: Claim, default_record: Record) -> ClaimRecord:
    return next(found for found in default_record.claims if found.id == claim.id)


def test_every_claim_is_checked_and_tabled(default_record: Record) -> None:
    assert [found.id for found in default_record.claims] == list(FOUND) == list(CLAIMS)
    assert MEASURED.keys() | PRINTED.keys() <= CLAIMS.keys()


@each_claim
def test_every_route_confirms_it(claim: Claim, record: ClaimRecord) -> None:
    assert [(e.route, e.verdict) for e in record.evidence] == [
        (row.route, CONFIRMED[row.route]) for row in FOUND[claim.id]
    ]
    measured = MEASURED.get(claim.id, ())
    assert record.measured == measured == tuple(sorted(claim.empirical))
    assert record.verdict is (OBSERVED if measured else DERIVED)


@each_claim
def test_every_route_rejects_every_wrong_variant(claim: Claim, record: ClaimRecord) -> None:
    covers: dict[Route, Any] = {check.route: check.covers for check in checks_of(claim)}
    covers[DERIVATION] = claim.derived
    for evidence, row in zip(record.evidence, FOUND[claim.id], strict=True):
        assert (evidence.tried, evidence.survivors) == (row.tried, ())
        assert row.tried == sum(bool(set(m.parts) & set(covers[row.route])) for m in claim.mutants)


@each_claim
def test_every_route_has_its_scope_and_points(claim: Claim, record: ClaimRecord) -> None:
    for evidence, row in zip(record.evidence, FOUND[claim.id], strict=True):
        details = evidence.details
        assert row.route is TRAINING or details["scope"] == row.scope
        assert details.get("points", 0) == sum(row.points)
        if "strata" in details:
            counted = zip(KINDS, row.points, strict=False)  # those of later kinds are none
            assert details["strata"] == {kind: count for kind, count in counted if count}


@each_claim
def test_the_order_of_convergence_is_observed(claim: Claim, record: ClaimRecord) -> None:
    for evidence, row in zip(record.evidence, FOUND[claim.id], strict=True):
        order = evidence.details.get("order")
        assert (order and tuple(order)) == row.order
        assert evidence.details.get("order_points") == row.order_points
        assert (order is not None) is (row.route is PULLBACK)


@each_claim
def test_what_becomes_of_what_is_printed(claim: Claim, record: ClaimRecord) -> None:
    assert {p.name: p.verdict for p in record.as_printed} == PRINTED.get(claim.id, {})
    for stated, printed in zip(claim.as_printed, record.as_printed, strict=True):
        assert printed.name == stated.name
        assert printed.explanation.endswith(stated.explanation)
        found = printed.counterexample
        if printed.verdict is REFUTED:
            assert printed == examine(claim, stated)  # whatever the grid is
            assert found is not None
            assert (found.schema, found.claim) == (COUNTEREXAMPLE_SCHEMA, claim.id)
        else:
            assert found is None


@each_claim
def test_it_speaks_of_no_other_depth(claim: Claim) -> None:
    others = [*([] if claim.finite else [1, 2, 3]), *([] if claim.infinite else [inf])]
    others += range(1, claim.least_depth)
    for depth in others:
        with pytest.raises(NothingSelectedError):
            check([claim.id], grid=Grid(depths=(depth,)))
