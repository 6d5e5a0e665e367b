"""Claims at a user's matrix: confirmed where they hold, refuted where they are wrong, or named."""

import math
import re
from dataclasses import replace

import pytest
from completion_points import near_observed
from conftest import few
from flint import arb, fmpq, fmpq_mat

from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Verdict
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.kernel.terms import PI, cosine, equal, number
from dlnproof.numeric import sentences
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.sentences import Answer, At
from dlnproof.run.own_matrix import AtMatrix, evaluated

OF_A_MATRIX = (
    "operator-spectrum",
    "riemannian-submersion",
    "metric-diagonalization",
    "svd-jacobian",
    "volume-form",
    "orbit-volume",
    "coarea",
    "power-map",
    "balanced-polar-tower",
)
ALONG = (
    "riemannian-cone",
    "straight-horizontal-lines",
    "balancedness",
    "gd-defect",
    "weight-decay-balances",
    "geodesic-cone-law",
    "end-to-end-flow",
    "balanced-is-flattest",
    "three-way-splitting",
    "jacobi-basis",
    "operator-derivative",
    "volume-gradient",
    "entropy-gradient",
    "volume-divergence",
    "norm-divergence",
)
"""Claims that speak of what is drawn: of directions, of paths, of flows."""
IDLE = {"norm-divergence": (9, 9), "straight-horizontal-lines": (2, 3)}
"""How many sentences say nothing there, of two factors and of three: it is far from observed, or
they speak of as many factors alone."""
GENERAL = fmpq_mat(
    [[fmpq(*x.as_integer_ratio()) for x in row] for row in ([0.3, -1.1], [0.7, 2.9])]
)
HADAMARD = fmpq_mat([[1, 1], [1, -1]])
RATIOS = fmpq_mat([[fmpq(p) / q for q in (1, 2, fmpq(-1, 2))] for p in (1, 2, fmpq(-1, 2))])
SINGULAR = fmpq_mat([[1, 2], [2, 4]])
COMPLETED = {
    "norm-conjecture": [fmpq_mat([[3, 1], [1, 0]]), fmpq_mat([[0, 1], [1, 0]])],
    "rank-one-minimizers": [SINGULAR],
    "volume-corners": [fmpq_mat([[3, 1], [fmpq(1, 2), 2]]), fmpq_mat([[3, 4], [5, 2]])],
    "diagonal-3x3": [
        RATIOS,
        fmpq_mat([[1, 1, 1]] * 3),
        fmpq_mat([[1, 2, 2], [0, 1, 2], [0, 0, 1]]),
    ],
}
"""Claims on matrices of a form, with matrices of it."""
NEAR = [*(p.values["W"] for p in near_observed(0)), fmpq_mat([[100, 1], [1, fmpq(1, 2)]])]
"""Positive determinants, less than 1 away from ones beside a zero."""
CONFIRMED = {Verdict.EXACT, Verdict.ENCLOSED, Verdict.SAMPLED}


def at(claim: str, W: fmpq_mat, depth: Depth) -> AtMatrix:
    [found] = evaluated([CLAIMS[claim]], W, depth)
    return found


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("claim", OF_A_MATRIX)
def test_claims_hold_at_a_matrix_of_doubles(claim: str, depth: int) -> None:
    found = at(claim, GENERAL, depth)
    assert found.verdict in CONFIRMED
    assert found.sentences.keys() | set(found.idle) == CLAIMS[claim].says().keys()
    assert not found.inapplicable


@pytest.mark.parametrize("depth", [2, 3])
@pytest.mark.parametrize("claim", few(ALONG))
def test_what_is_said_of_paths_and_directions_holds_at_a_matrix(claim: str, depth: int) -> None:
    found = at(claim, GENERAL, depth)
    assert not found.inapplicable
    assert found.verdict is Verdict.SAMPLED  # of all paths and directions, some
    assert found.drawn
    assert len(found.idle) == IDLE.get(claim, (0, 0))[depth - 2]


def test_near_a_completion_its_norms_are_compared() -> None:
    found = at("norm-divergence", NEAR[0], 2)
    assert found.verdict is Verdict.SAMPLED
    assert not found.idle
    assert found.sentences["rank"][0] is Verdict.EXACT  # it speaks of no flow and of no norm


def test_what_is_drawn_is_sampled_and_what_is_not_keeps_its_verdict() -> None:
    found = at("end-to-end-flow", GENERAL, 2)
    assert found.sentences["powers"][0] is Verdict.ENCLOSED
    assert found.sentences["differential"][0] is Verdict.SAMPLED  # equal, in directions drawn


@pytest.mark.parametrize("W", [SINGULAR, HADAMARD, fmpq_mat([[0, 0], [0, 0]])])
@pytest.mark.parametrize("claim", ["balancedness", "gd-defect", "weight-decay-balances"])
def test_a_flow_of_factors_that_are_special_keeps_what_is_said(claim: str, W: fmpq_mat) -> None:
    assert at(claim, W, 3).verdict is Verdict.SAMPLED


@pytest.mark.parametrize(
    ("claim", "W", "idle"),
    [
        ("norm-conjecture", fmpq_mat([[3, 1], [1, 0]]), {"indefinite", "only", "attained"}),
        ("rank-one-minimizers", SINGULAR, set()),
        ("volume-corners", fmpq_mat([[-3, 1], [-2, 2]]), {"ray-outside"}),
        ("volume-corners", fmpq_mat([[3, 4], [5, 2]]), {"ray-inside"}),
        ("diagonal-3x3", RATIOS, {"signs", "attained", "orbit", "sign-change"}),
        ("diagonal-3x3", fmpq_mat([[1, 1, 1]] * 3), set()),
    ],
)
def test_claims_on_completions_hold_at_a_matrix_of_their_form(
    claim: str, W: fmpq_mat, idle: set[str]
) -> None:
    found = at(claim, W, 2)
    assert found.verdict in CONFIRMED
    assert set(found.idle) == idle


def test_progress_is_told_claim_by_claim() -> None:
    told = []
    claims = [CLAIMS[name] for name in ("svd-jacobian", "recap")]
    evaluated(claims, SINGULAR, 2, lambda what, pieces: told.append((what, pieces)))
    assert told == [("svd-jacobian", 1), ("recap", 1)]


TRAINED = fmpq_mat(
    [
        [fmpq(x, 10**4) for x in row]
        for row in ([97, -121, 172], [-1105, 1190, -1267], [77, -69, 25])
    ]
)
"""As a trained network leaves it: singular values 0.2, 0.01 and 0.004."""


@pytest.mark.parametrize("depth", [2, 4])
def test_integrals_are_known_closely_enough_where_singular_values_are_small(depth: int) -> None:
    """An inverse of integrals loses as many digits as W^T W is ill conditioned."""
    assert at("riemannian-cone", TRAINED, depth).verdict is Verdict.SAMPLED


def test_an_integral_is_taken_in_parts_where_it_is_steep() -> None:
    found = at("inverse-operator-integral", fmpq_mat([[fmpq(1, 500)]]), 2)
    assert found.verdict is Verdict.SAMPLED


def test_what_is_undecided_says_how_near_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = equal(cosine(PI), number(-1))
    assert sentences.answer(sentence, Point({})).guess
    monkeypatch.setattr(sentences, "CLOSE", arb(10) ** -400)  # closer than any ball
    found = sentences.answer(sentence, Point({}))
    assert found.guess is None
    assert re.search(r"equal to \d.*e-\d+ of the largest number, where 1.0e-400", found.shown)


def test_what_is_rational_is_exact_and_what_is_drawn_is_sampled() -> None:
    assert at("volume-form", fmpq_mat([[4, 0], [0, 1]]), 2).verdict is Verdict.EXACT
    assert at("volume-form", GENERAL, 2).verdict is Verdict.ENCLOSED
    assert at("operator-spectrum", GENERAL, 2).sentences["positive"][0] is Verdict.SAMPLED


UNTRIED = {"half-step", "depth-free-step"}
"""Too short as longest steps: no step is tried that is longer than these and no longest one."""


@pytest.mark.parametrize(
    "claim", few((*OF_A_MATRIX, *ALONG, *COMPLETED), dear={"volume-divergence"})
)
def test_every_wrong_variant_that_speaks_of_the_matrix_is_refuted_there(claim: str) -> None:
    stated = CLAIMS[claim]
    tried = 0
    for mutant in stated.mutants:
        wrong = replace(stated, parts=stated.with_parts(mutant.parts))
        if wrong.says() == stated.says():
            continue
        matrices = (GENERAL, fmpq_mat([[2, 0], [0, 2]]), SINGULAR, *NEAR, *COMPLETED.get(claim, ()))
        depths = (3, 2) if claim in IDLE else (3,)
        seen = (x.verdict for N in depths for W in matrices for x in evaluated([wrong], W, N))
        refuted = any(verdict is Verdict.REFUTED for verdict in seen)
        assert refuted is (mutant.name not in UNTRIED), mutant.name
        tried += 1
    assert tried


def test_at_infinite_depth_the_limits_are_seen() -> None:
    found = at("infinite-depth", GENERAL, math.inf)
    assert found.verdict in CONFIRMED
    assert found.sentences["form"][0] is Verdict.ENCLOSED
    assert at("svd-jacobian", GENERAL, math.inf).verdict is Verdict.ENCLOSED


def test_where_values_coincide_what_needs_distinct_ones_has_no_case() -> None:
    found = at("operator-spectrum", HADAMARD, 3)
    assert found.idle == ("distinct",)
    assert found.sentences["coincident"][0] is Verdict.ENCLOSED
    assert at("volume-form", HADAMARD, 3).verdict in CONFIRMED  # both sides vanish


@pytest.mark.parametrize(
    ("claim", "W", "depth", "why"),
    [
        ("volume-form", SINGULAR, 2, "its hypothesis does not hold: for all 1 <= i <= d: 0 < sig"),
        ("coarea", fmpq_mat(2, 2), 2, "its hypothesis does not hold: for all 1 <= i <= d: 0 < sig"),
        ("recap", GENERAL, 2, "it speaks of Q, data, lambda, m, n, target, w, w(k), z, which"),
        ("balancedness", GENERAL, 1, "none of its sentences has a case here"),
        ("volume-gradient", HADAMARD, 2, "its hypothesis does not hold: for all t_0 < t < t_1 and"),
        ("norm-conjecture", GENERAL, 2, "its hypothesis does not hold: W = W_x"),
        ("norm-divergence", fmpq_mat([[3]]), 1, "its hypothesis does not hold: 2 <= N"),
        ("volume-corners", fmpq_mat([[1] * 3] * 3), 2, "it speaks of width 2"),
        (
            "volume-corners",
            fmpq_mat([[0, 1], [1, 2]]),
            2,
            "hypothesis does not hold: b11 b22 !=",
        ),
        ("infinite-depth", GENERAL, 2, "it speaks of infinite depth (--depth inf)"),
        ("volume-form", GENERAL, math.inf, "it speaks of finite depth"),
    ],
)
def test_what_says_nothing_there_says_why(claim: str, W: fmpq_mat, depth: Depth, why: str) -> None:
    found = at(claim, W, depth)
    assert why in found.inapplicable
    assert found.verdict is Verdict.UNEXAMINED
    assert not found.sentences


def test_a_hypothesis_that_cannot_be_told_is_not_taken_to_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(At, "truth", lambda *given: Answer(None, "balls overlap"))
    found = at("volume-form", GENERAL, 2)
    assert found.inapplicable == "its hypothesis cannot be told: 1 <= N"


def test_a_singular_matrix_has_what_is_said_of_it() -> None:
    found = at("riemannian-submersion", SINGULAR, 2)
    assert {"kernel", "beyond", "lift-edge"} <= found.sentences.keys()
    assert found.verdict in CONFIRMED
    rational = at("orbit-volume", fmpq_mat([[4, 0], [0, 0]]), 2)
    assert rational.sentences["corank-one"][0] in CONFIRMED


def test_a_corank_that_balls_do_not_tell_is_undecided_and_not_refuted() -> None:
    found = at("orbit-volume", SINGULAR, 2)
    verdict, shown = found.sentences["corank-one"]
    assert (verdict, found.verdict) == (Verdict.UNDECIDED, Verdict.UNDECIDED)
    assert "corank" in shown


@pytest.mark.parametrize(("d", "depth"), [(7, 2), (2, 13)])
def test_what_would_take_too_long_is_refused(d: int, depth: int) -> None:
    W = fmpq_mat(d, d, [1 if i % (d + 1) == 0 else 0 for i in range(d * d)])
    with pytest.raises(InputError, match=f"--at: got width {d} at depth {depth}, expected at most"):
        evaluated([CLAIMS["volume-form"]], W, depth)


@pytest.mark.parametrize("depth", [1, 2, math.inf])
def test_values_that_balls_take_to_coincide_are_refused(depth: Depth) -> None:
    """They are distinct: what is said of distinct ones would be passed over as without a case."""
    near = fmpq_mat([[1, fmpq(1, 10**250)], [0, 1]])
    with pytest.raises(InputError, match=r"--at: got singular values that differ by 1.00e-250 alo"):
        evaluated([CLAIMS["operator-spectrum"]], near, depth)
    apart = fmpq_mat([[1, fmpq(1, 10**150)], [0, 1]])
    [found] = evaluated([CLAIMS["svd-jacobian"]], apart, depth)
    assert found.verdict in CONFIRMED
