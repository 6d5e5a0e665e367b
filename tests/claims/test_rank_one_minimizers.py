"""The claim rank-one-minimizers: its findings, and its runs by another integrator."""

from dataclasses import replace
from importlib import import_module
from math import inf
from typing import Any

import numpy as np
import pytest
from flint import fmpq
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from dlnproof import Grid, check, operator
from dlnproof.claims.check import TrainingCheck
from dlnproof.claims.completion.rank_one_minimizers import CLAIM
from dlnproof.core.verdict import Verdict
from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training import runs
from dlnproof.training.experiments import DIAGONAL
from dlnproof.training.flow import gradient_flow
from dlnproof.training.runs import Ending, Runs
from dlnproof.training.shares import Share

rank_one = import_module("dlnproof.checks.completion.rank_one_minimizers")
ID = "rank-one-minimizers"
GRID = Grid(depths=(1, 2), widths=(1, 2, 3), runs=60)
TRAINING: TrainingCheck = rank_one.CHECKS[1]
Data = list[list[Runs]]


@pytest.fixture(scope="module")
def data() -> Data:
    return [TRAINING.train(scale, 60, 0) for scale in rank_one.SCALES]


def lost(data: Data, parts: Any = CLAIM.parts) -> set[str]:
    found = TRAINING.read(parts, data)
    assert {f.verdict for f in found} <= {Verdict.OBSERVED, Verdict.NOT_OBSERVED}
    return {f.name for f in found if f.verdict is Verdict.NOT_OBSERVED}


def outcomes(n: int, near: int, det_sign: int = 1) -> Runs:
    """Return n outcomes on the hyperbola, the first of them at a corner, the others far from it."""
    x = np.where(np.arange(n) < near, 1.0, 5.0)
    W = np.stack([np.ones(n), x, 1 / x, np.ones(n)], axis=1).reshape(n, 2, 2)
    logs = np.stack([np.log(np.linalg.norm(W, axis=(1, 2))), np.full(n, -40.0)], axis=1)
    sign = np.full(n, det_sign, dtype=np.int8)
    return Runs(
        problem=DIAGONAL,
        settings={},
        W=W,
        loss=np.zeros(n),
        log_singular_values=logs,
        det_sign=sign,
        ending=np.full(n, Ending.REACHED, dtype="<U16"),
        steps=np.ones(n, dtype=np.int64),
        time=np.zeros(n),
        W_at=np.empty((n, 0, *DIAGONAL.shape)),
    )


def joined(a: Runs, b: Runs) -> Runs:
    return runs.joined(DIAGONAL, {}, [a, b])


def made(*near: int) -> Data:
    """Return data of 500 runs with these numbers near a corner: at N = 2 from det W(0) > 0 on."""
    two, *deeper = near
    depths = [joined(outcomes(240, two), outcomes(260, 260, -1))]
    depths += [outcomes(500, k) for k in deeper]
    fewer = [depths[0], *(outcomes(500, max(k - 60, 0)) for k in deeper)]
    more = [depths[0], *(outcomes(500, min(k + 1, 500)) for k in deeper)]
    return [depths, fewer, more]  # at the scales 1e-3, 1e-2, 1e-4


SETTLED = (12, 498, 463, 395, 320)
"""What 500 runs with the seed 0 give."""


def test_matrices_beside_the_hyperbola_are_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = rank_one.measure_exact

    def wrong(at: Any) -> Any:
        determinants, ranks = right(at)
        return [determinants, [fmpq(2) for _ in ranks]]

    checks = (replace(rank_one.CHECKS[0], measure=wrong), TRAINING)
    monkeypatch.setattr(rank_one, "CHECKS", checks)
    [claim] = check([ID], grid=GRID, expression="exact").claims
    assert claim.verdict is Verdict.REFUTED


# --- training -------------------------------------------------------------------------------------


def test_all_is_observed(data: Data) -> None:
    assert lost(data) == set()
    assert lost(made(*SETTLED)) == set()


@pytest.mark.parametrize(
    ("near", "gone"),
    [
        ((100, 498, 463, 395, 320), {"near_2"}),
        ((12, 470, 463, 395, 320), {"near_5"}),
        ((12, 498, 497, 395, 320), {"near_10"}),
        ((12, 498, 463, 340, 320), {"near_20"}),
        ((12, 498, 463, 395, 250), {"near_infinite"}),
        ((12, 498, 463, 395, 395), {"near_infinite"}),
        ((12, 0, 0, 0, 0), {"near_5", "near_10", "near_20", "near_infinite"}),
    ],
)
def test_other_shares_are_not_observed(near: tuple[int, ...], gone: set[str]) -> None:
    assert lost(made(*near)) == gone


def test_one_run_from_a_negative_determinant_elsewhere_is_seen() -> None:
    false = made(*SETTLED)
    false[0][0] = joined(outcomes(240, 12), outcomes(260, 259, -1))
    assert lost(false) == {r"$N=2$, $\det W(0)<0$"}


def test_one_run_that_did_not_end_is_seen() -> None:
    false = made(*SETTLED)
    ending = false[2][3].ending.copy()
    ending[77] = Ending.UNFINISHED
    false[2][3] = replace(false[2][3], ending=ending)
    assert lost(false) == {"endings"}


def test_a_trend_that_turns_is_seen() -> None:
    scale_1e3, scale_1e2, scale_1e4 = made(*SETTLED)
    assert lost([scale_1e3, scale_1e4, scale_1e2]) == {"trend"}  # the scales exchanged
    turned = [scale_1e2[0], *(outcomes(500, k) for k in (440, 400, 100, 101))]
    assert lost([scale_1e3, turned, scale_1e4]) == {"trend"}


def test_another_problem_is_not_observed(data: Data) -> None:
    """Outcomes of the diagonal (2, 1): its corners are elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        other = replace(DIAGONAL, observed={(0, 0): 2, (1, 1): 1})
        patch.setattr(rank_one, "DIAGONAL", other)
        false = [TRAINING.train(1e-3, 60, 0), *data[1:]]
    assert {"near_5", "near_10"} <= lost(false)


def test_the_depths_exchanged_are_not_observed(data: Data) -> None:
    false = [[depths[0], *depths[:0:-1]] for depths in data]
    assert {"near_5", "near_infinite", "trend"} <= lost(false)


@pytest.mark.parametrize("name", ["no-trend", "unbiased", "either-sign", "rarer", "fewer"])
def test_wrong_shares_are_rejected_by_the_settled_runs(name: str) -> None:
    mutant = next(m for m in CLAIM.mutants if m.name == name)
    assert lost(made(*SETTLED), CLAIM.with_parts(mutant.parts)) == set(mutant.parts)


def test_near_is_a_tenth_from_either_corner() -> None:
    x = np.array([1.0, -1.0, 1.07, 1.08, 1.0, -0.9, 0.95])
    y = np.array([1.0, -1.0, 1.07, 1.08, -1.0, -1.0, 1.11])
    W = np.stack([np.ones(7), x, y, np.ones(7)], axis=1).reshape(7, 2, 2)
    found = replace(outcomes(7, 0), W=W)
    assert rank_one.near(found).tolist() == [True, True, True, False, False, True, False]


# --- as printed -----------------------------------------------------------------------------------


def test_the_printed_statements_of_the_settled_runs() -> None:
    settled = made(*SETTLED)
    cluster, erank = (TRAINING.printed[k] for k in ("cluster-at-corners", "erank-near-one"))
    assert cluster(settled).verdict is Verdict.OBSERVED
    assert erank(settled).verdict is Verdict.OBSERVED
    assert "100%, 93%, 79%, 64%" in cluster(settled).text


def test_no_majority_is_no_cluster() -> None:
    cluster = TRAINING.printed["cluster-at-corners"]
    assert cluster(made(12, 498, 463, 395, 200)).verdict is Verdict.NOT_OBSERVED
    assert not cluster(made(12, 498, 463, 395, 255)).verdict.holds  # it may be half
    assert cluster(made(12, 498, 463, 395, 290)).verdict is Verdict.OBSERVED


def test_effective_ranks_of_two_are_not_near_one() -> None:
    erank = TRAINING.printed["erank-near-one"]
    false = made(*SETTLED)
    false[0][4] = replace(false[0][4], log_singular_values=np.full((500, 2), [0.0, -3.0]))
    assert erank(false).verdict is Verdict.NOT_OBSERVED
    assert r"median at $N=2$, $\det W(0)>0$: 1.000" in erank(false).text


# --- independently, in floats ---------------------------------------------------------------------


def test_rank_and_effective_rank_are_one_on_the_hyperbola_only() -> None:
    rng = np.random.default_rng(1)
    for b, c, x, off in rng.standard_normal((200, 4)):
        on = np.array([[b, x], [b * c / x, c]])
        sigma = np.linalg.svd(on, compute_uv=False)
        assert sigma[1] <= 1e-14 * sigma[0]
        beside = on + np.array([[0, 0], [off, 0]])
        assert np.linalg.det(beside) == pytest.approx(-x * off, rel=1e-6, abs=1e-12)


def follow(depth: Depth, W0: FloatArray, time: float) -> FloatArray:
    """Integrate dW/dt = -A(G) in the entries of W: good enough where sigma_2 is not tiny."""

    def velocity(t: float, y: FloatArray) -> FloatArray:
        W = y.reshape(2, 2)
        return -np.asarray(operator(np.diag(np.diag(W) - 1), W, depth)).ravel()

    run = solve_ivp(velocity, (0, time), W0.ravel(), method="LSODA", rtol=1e-9, atol=1e-12)
    return np.asarray(run.y[:, -1]).reshape(2, 2)


@pytest.mark.parametrize("depth", [2, 5, inf])
def test_outcomes_by_another_integrator(depth: Depth) -> None:
    W0 = 0.05 * np.random.default_rng(3).standard_normal((2, 2, 2))
    ours = gradient_flow(DIAGONAL, depth, W0, stop_loss=1e-8)
    for start, end, time in zip(W0, ours.W, ours.time, strict=True):
        assert np.allclose(follow(depth, start, float(time)), end, atol=2e-5)


def test_the_flow_commutes_with_the_symmetries() -> None:
    """W -> W^T, conjugation by the exchange of the indices, and by a sign."""
    W0 = 1e-2 * np.random.default_rng(7).standard_normal((3, 2, 2))
    exchange, sign = np.array([[0.0, 1.0], [1.0, 0.0]]), np.diag([1.0, -1.0])
    for depth in (2, 5, inf):
        plain = gradient_flow(DIAGONAL, depth, W0, stop_loss=1e-8).W
        images = [W0.swapaxes(1, 2), *(Q @ W0 @ Q.T for Q in (exchange, sign))]
        ended = gradient_flow(DIAGONAL, depth, np.concatenate(images), stop_loss=1e-8).W
        expected = [plain.swapaxes(1, 2), *(Q @ plain @ Q.T for Q in (exchange, sign))]
        assert np.allclose(ended, np.concatenate(expected), atol=1e-4)


def test_at_depth_two_the_sign_of_the_determinant_decides_the_rank(data: Data) -> None:
    two = data[0][0]
    sigma = np.linalg.svd(two.W, compute_uv=False)
    positive = two.det_sign > 0
    assert (sigma[~positive, 1] < 0.1 * sigma[~positive, 0]).all()
    assert np.median(sigma[positive, 1] / sigma[positive, 0]) > 0.1
    assert (np.sign(np.linalg.det(two.W[positive])) > 0).all()


def test_the_measured_shares_agree_with_the_settled_ones(data: Data) -> None:
    two, *deeper = data[0]
    counts = [int(rank_one.near(found).sum()) for found in deeper]
    assert counts == sorted(counts, reverse=True)
    for count, settled in zip(counts, SETTLED[1:], strict=True):
        assert Share(count, 60).agrees(settled / 500)
    assert int((two.det_sign > 0).sum()) == Share.where(two.det_sign > 0).seen
