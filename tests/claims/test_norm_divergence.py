"""The claim norm-divergence: what its routes must notice, and the theorem by hand in floats."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from math import exp, inf, log
from typing import Any, cast

import numpy as np
import pytest
from flint import fmpq, fmpq_mat
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

from dlnproof import Grid, check, operator
from dlnproof.claims.check import TrainingCheck
from dlnproof.claims.completion.norm_divergence import CLAIM, W21, W22
from dlnproof.core.expression import Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.verdict import Route, Verdict
from dlnproof.depth import Depth
from dlnproof.numeric.exact.points import point
from dlnproof.numeric.exact.violation import HypothesisError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.record.record import ClaimRecord
from dlnproof.run.printed import examine
from dlnproof.training import divergence
from dlnproof.training.completion import Completion
from dlnproof.training.control import SignChange
from dlnproof.training.divergence import Descended, Flowed
from dlnproof.training.experiments import DIAGONAL
from dlnproof.training.flow import gradient_flow
from dlnproof.training.shares import Share

norm_divergence = import_module("dlnproof.checks.completion.norm_divergence")
EXACT, BALLS, TRAINED, MATRICES = (
    import_module(f"{norm_divergence.__name__}_{part}")
    for part in ("exact", "balls", "training", "matrices")
)
ID = "norm-divergence"
TRAINING: TrainingCheck = norm_divergence.CHECKS[2]
FLOWS, RATES, STARTS = ((inf, 1e-3), (3, 1e-1)), (6e-3,), 40


@pytest.fixture(scope="module")
def data() -> list[Any]:
    """Two kinds of flows, and one step size; the whole is in the record of the default grid."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(divergence, "RATES", RATES)
        patch.setattr(TRAINED, "FLOWS", FLOWS)
        return [TRAINING.train(experiment, STARTS, 0) for experiment in TRAINING.experiments]


def verdicts(data: list[Any]) -> dict[str, Verdict]:
    return {f.name: f.verdict for f in TRAINING.read(CLAIM.parts, data)}


def without_training() -> ClaimRecord:
    small = Grid(depths=(2,), widths=(2,))
    [claim] = check([ID], grid=small, expression="not training").claims
    return claim


# --- what is broken is found ----------------------------------------------------------------------


def test_a_flow_of_another_sign_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = EXACT.flow
    monkeypatch.setattr(EXACT, "flow", lambda at, G: -right(at, G))
    exact = without_training().evidence[1]
    assert (exact.route, exact.verdict) == (Route.EXACT, Verdict.REFUTED)
    assert "counterexample" in exact.details


def test_a_flow_in_the_factors_own_time_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = EXACT.flow
    monkeypatch.setattr(EXACT, "flow", lambda at, G: right(at, G) * int(at.depth))
    assert without_training().evidence[1].verdict is Verdict.REFUTED


def test_at_matrices_of_a_negative_determinant_the_hypotheses_are_false(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def wrong(point: Any) -> list[fmpq_mat]:
        rho = MATRICES.RESIDUALS[-1]
        return [fmpq_mat([[0, 1], [1, rho]])]

    for route in (EXACT, BALLS):
        monkeypatch.setattr(route, "matrices", wrong)
    claim = without_training()
    assert [e.verdict for e in claim.evidence] == [
        Verdict.PROVED,
        Verdict.ERROR,
        Verdict.ERROR,
    ]
    assert claim.verdict is Verdict.ERROR


def test_wrong_singular_values_are_not_enclosed(monkeypatch: pytest.MonkeyPatch) -> None:
    right = BALLS.singular_values
    monkeypatch.setattr(BALLS, "singular_values", lambda W: right(W)[::-1])
    enclosure = without_training().evidence[2]
    assert (enclosure.route, enclosure.verdict) == (Route.ENCLOSURE, Verdict.ERROR)
    assert "a hypothesis, is false" in str(enclosure.failure)


def test_a_norm_that_is_none_is_not_enclosed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BALLS, "norms", lambda a, b: [(b, 1)] * 4)  # sigma_2 alone
    assert without_training().evidence[2].verdict is Verdict.ERROR


def test_an_entry_in_place_of_another_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither side of the first inequality has w21: its hypotheses do."""
    right = MATRICES.entries

    def wrong(W: fmpq_mat, rho: fmpq) -> dict[Any, Any]:
        found = right(W, rho)
        return {**found, W21: found[W22]}

    for route in (EXACT, BALLS):
        monkeypatch.setattr(route, "entries", wrong)
    _, exact, enclosure = without_training().evidence
    assert (exact.verdict, enclosure.verdict) == (Verdict.ERROR, Verdict.ERROR)


HYPOTHESES = [
    (name, k)
    for name in MATRICES.INEQUALITIES
    for k in range(len(cast(Inequality, CLAIM.parts[name]).given))
]


@pytest.mark.parametrize(("name", "k"), HYPOTHESES)
def test_every_hypothesis_is_evaluated_by_balls_and_at_the_steps_of_flows(
    name: str, k: int, data: list[Any]
) -> None:
    stated = CLAIM.parts[name]
    assert isinstance(stated, Inequality)
    given = list(stated.given)
    given[k] = 0 - given[k] - Number(1) / 10**9  # false wherever the right one holds
    parts = CLAIM.with_parts({name: replace(stated, given=tuple(given))})
    at = next(iter(point(key) for key in Grid(depths=(2,), widths=(2,)).keys(CLAIM)))
    BALLS.predict_balls(CLAIM.parts, at)
    with pytest.raises(HypothesisError):
        BALLS.predict_balls(parts, at)
    found = {finding.name: finding for finding in TRAINING.read(parts, data)}
    assert found[name].verdict is Verdict.NOT_OBSERVED
    assert "a hypothesis of it is false" in found[name].text


# --- training -------------------------------------------------------------------------------------


def test_all_is_observed(data: list[Any]) -> None:
    names = {*MATRICES.INEQUALITIES, "divergence", "sign", "not-monotone", "discretisation"}
    assert verdicts(data) == dict.fromkeys(names, Verdict.OBSERVED)


def with_flow(flow: Flowed, data: list[Any]) -> list[Any]:
    """Return the data with other flows in place of the first."""
    return [[flow, *data[0][1:]], *data[1:]]


def lost(verdict_of: dict[str, Verdict]) -> set[str]:
    return {name for name, verdict in verdict_of.items() if verdict is Verdict.NOT_OBSERVED}


@pytest.mark.parametrize(
    ("column", "factor", "gone"),
    [
        (0, 0.9, {"entry"}),
        (5, 5, {"small", "ratio"}),
        (4, 0, {"norm"}),
        (6, 1e-2, {"entry", "norm"}),
    ],
)
def test_one_step_that_violates_an_inequality_is_seen(
    column: int, factor: float, gone: set[str], data: list[Any]
) -> None:
    first: Flowed = data[0][0]
    steps = first.steps.copy()
    smallest = int(steps[:, 6].argmin())
    if column in (4, 5):  # logarithms: sigma_1 = 1, or sigma_2 above rho
        steps[smallest, column] = factor
    else:
        steps[smallest, column] *= factor
    false = replace(first, steps=steps)
    assert (
        gone
        <= lost(verdicts(with_flow(false, data)))
        <= {"entry", "small", "ratio", "entropy", "norm"}
    )


def test_a_wrong_bound_on_the_entropy_is_not_observed(data: list[Any]) -> None:
    parts = CLAIM.with_parts(next(m for m in CLAIM.mutants if m.name == "log-only").parts)
    found = {f.name: f.verdict for f in TRAINING.read(parts, data)}
    assert lost(found) == {"entropy"}


@pytest.mark.parametrize("what", ["bounded", "not reached"])
def test_an_entry_that_stays_bounded_is_no_divergence(what: str, data: list[Any]) -> None:
    first: Flowed = data[0][0]
    entry = first.entry.copy()
    entry[np.flatnonzero(first.positive)[-1]] = 690.0
    false = replace(first, entry=entry) if what == "bounded" else replace(first, reached=False)
    assert lost(verdicts(with_flow(false, data))) == {"divergence"}


def test_starts_of_one_sign_are_not_half(data: list[Any]) -> None:
    assert lost(verdicts([*data[:2], Share(399, 400)])) == {"sign"}


def test_signs_are_counted_on_all_starts(data: list[Any]) -> None:
    """Those of the flows among them: the first tenth, sixteen at least."""
    signs = TRAINING.train("signs", 400, 0)
    W = np.random.default_rng(0).standard_normal((400, 2, 2))
    assert signs == Share(int((np.linalg.det(W) > 0).sum()), 400)
    first: Flowed = data[0][0]
    _, positive = divergence.starts(400, 0)
    assert (first.positive == positive[: len(first.positive)]).all()
    found = {f.name: f.text for f in TRAINING.read(CLAIM.parts, [*data[:2], signs])}
    assert rf"$\det W(0)>0$: {signs.seen} of 400 (" in found["sign"]


def test_runs_are_counted_as_they_are_made(
    monkeypatch: pytest.MonkeyPatch, data: list[Any]
) -> None:
    monkeypatch.setattr(TRAINED, "FLOWS", FLOWS)
    monkeypatch.setattr(TRAINED, "RATES", RATES)
    starts = len(data[0][0].positive)
    assert TRAINING.trained(STARTS) == sum(len(f.positive) for f in data[0]) + starts * len(data[1])
    assert TRAINING.trained(500) == 50 * (len(FLOWS) + len(RATES))


def test_entries_that_never_fell_are_seen(data: list[Any]) -> None:
    false = [replace(found, fell=found.fell & ~found.positive) for found in data[0]]
    assert lost(verdicts([false, *data[1:]])) == {"not-monotone"}


def test_descent_that_follows_the_flow_shows_no_discretisation(data: list[Any]) -> None:
    runs: list[Descended] = data[1]
    first = runs[0]
    plain, precise = first.changes
    assert plain is not None
    assert precise is not None
    other = SignChange(precise.iteration + 1, precise.loss, precise.entry)
    one, unknown = first.entry.copy(), first.entry.copy()
    one[-1, -1] *= 1.2
    unknown[0, -1] = np.nan
    for false in (
        replace(first, entry=along_the_bound(first)),
        replace(first, entry=one),  # that does not level off
        replace(first, entry=unknown),  # the level was never reached
        replace(first, kept_sign=1),
        replace(first, changes=(None, None)),
        replace(first, changes=(plain, other)),  # rounding has a part in it
    ):
        assert lost(verdicts([data[0], [false, *runs[1:]], data[2]])) == {"discretisation"}


def along_the_bound(run: Descended) -> FloatArray:
    """Return the least |w11| that the flow could have at each loss."""
    least = [1.0001 * bound((2 * level) ** 0.5) for level in divergence.LEVELS]
    return np.tile(least, (len(run.entry), 1))


@pytest.mark.parametrize("name", ["figure-1", "descent-drives"])
def test_what_is_printed_of_descent_is_seen_where_it_obeys_the_bound(
    name: str, data: list[Any]
) -> None:
    find = TRAINING.printed[name]
    assert find(data).verdict is Verdict.NOT_OBSERVED
    obeying = [replace(run, entry=along_the_bound(run)) for run in data[1]]
    assert find([data[0], obeying]).verdict is Verdict.OBSERVED


def test_flows_of_another_problem_are_seen(
    monkeypatch: pytest.MonkeyPatch, data: list[Any]
) -> None:
    """With the diagonal observed |w11| tends to 1."""
    monkeypatch.setattr(divergence, "NORMS", DIAGONAL)
    monkeypatch.setattr(TRAINED, "FLOWS", ((3, 1e-1),))
    false = TRAINING.train("flow", 16, 0)
    assert {"entry", "norm", "divergence"} <= lost(verdicts([false, *data[1:]]))


def test_the_printed_sentence_without_a_condition_is_seen_where_all_diverge(
    data: list[Any],
) -> None:
    find = TRAINING.printed["unconditioned"]
    assert find(data).verdict is Verdict.NOT_OBSERVED
    large = [replace(found, entry=np.maximum(found.entry, 800)) for found in data[0]]
    assert find([large, data[1]]).verdict is Verdict.OBSERVED
    one = replace(large[0], entry=large[0].entry.copy())
    one.entry[np.flatnonzero(~one.positive)[0]] = 20.0
    assert find([[one, *large[1:]], data[1]]).verdict is Verdict.NOT_OBSERVED


def test_descent_was_far_from_the_bound(data: list[Any]) -> None:
    [run] = data[1]
    assert (run.entry[:, -1] < 8).all()
    assert (run.entry[:, -1] > 5).all()
    assert run.kept_sign == 0


# --- as printed -----------------------------------------------------------------------------------


def velocity(found: Any) -> tuple[Any, Any, Any, Any]:
    """Return W, dW/dt by finite sums, and U, V, all in fractions: W = U Sigma V^T, two factors."""
    assert (found.N, found.d) == (2, 2)
    (V, Q, U), zero, one = found.Q, Fraction(0), Fraction(1)
    first, second = Q @ np.diag(found.t) @ V.T, U @ np.diag(found.t) @ Q.T
    W = second @ first
    assert W[0, 0] * W[1, 1] - W[0, 1] * W[1, 0] > 0
    G = np.array([[zero, W[0, 1] - one], [W[1, 0] - one, W[1, 1]]])
    moved = -(second @ second.T @ G + G @ first.T @ first)  # the factors' own time
    return W, moved / 2, U, V


def test_at_the_counterexample_the_unobserved_entry_decreases(
    refuted: Callable[[str, str], Any],
) -> None:
    found = refuted(ID, "entry-grows")
    W, moved, _, _ = velocity(found)
    rate = moved[0, 0] * (1 if W[0, 0] > 0 else -1)
    assert found.left == rate < 0
    assert found.right == 0


def test_at_the_other_the_entry_grows_and_the_nuclear_norm_decreases(
    refuted: Callable[[str, str], Any],
) -> None:
    found = refuted(ID, "norms-grow")
    W, moved, U, V = velocity(found)
    assert moved[0, 0] * (1 if W[0, 0] > 0 else -1) > 0
    turned = U.T @ moved @ V
    assert found.left == turned[0, 0] + turned[1, 1] < 0
    start, after = (
        np.linalg.svd((W + h * moved).astype(float), compute_uv=False).sum()
        for h in (Fraction(0), Fraction(1, 10**6))
    )
    assert (after - start) * 1e6 == pytest.approx(float(found.left), rel=1e-3)


def test_a_flow_of_the_wrong_sign_has_other_counterexamples(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stated = next(p for p in CLAIM.as_printed if p.name == "entry-grows")
    known = examine(CLAIM, stated).counterexample
    assert known is not None
    right = EXACT.completion_flow
    monkeypatch.setattr(EXACT, "completion_flow", lambda at: -right(at))
    found = examine(CLAIM, stated).counterexample
    assert found is None or found.point != known.point


# --- independently, in floats ---------------------------------------------------------------------


def bound(rho: Any) -> Any:
    return (1 - rho) ** 2 / rho


def samples(n: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """Return matrices with det W > 0 and rho < 1, many of them at its ends, and rho."""
    rng = np.random.default_rng(seed)
    rho = np.concatenate([rng.uniform(0, 1, n), 1 - 10 ** rng.uniform(-6, 0, n)])
    rho = np.concatenate([rho, 10 ** rng.uniform(-5, 0, n)])
    residual = rng.standard_normal((len(rho), 3))
    residual *= (rho / np.linalg.norm(residual, axis=1))[:, None]
    w12, w21, w22 = 1 + residual[:, 0], 1 + residual[:, 1], residual[:, 2]
    edge = w12 * w21 / w22  # where the determinant vanishes
    w11 = edge + np.sign(w22) * 10 ** rng.uniform(-4, 3, len(rho))
    W = np.stack([w11, w12, w21, w22], axis=1).reshape(-1, 2, 2)
    kept = w11 * w22 - w12 * w21 > 0
    assert kept.mean() > 0.99
    return W[kept], rho[kept]


def test_the_inequalities_on_random_matrices() -> None:
    W, rho = samples(3000, 0)
    sigma = np.linalg.svd(W, compute_uv=False)
    w11 = np.abs(W[:, 0, 0])
    assert (w11 >= bound(rho) * (1 - 1e-9)).all()
    assert (sigma[:, 1] <= rho * (1 + 1e-9)).all()
    ratio = sigma[:, 1] / sigma[:, 0]
    assert (ratio <= rho**2 / (1 - rho) ** 2 * (1 + 1e-8)).all()
    p = sigma / sigma.sum(axis=1, keepdims=True)
    entropy = -(p * np.log(p)).sum(axis=1)
    assert (entropy <= ratio * (1 + np.log(1 / ratio)) + 1e-14).all()
    assert (rho < 1e-3).any()
    assert (rho > 1 - 1e-4).any()


def test_they_are_sharp() -> None:
    """To leading order in rho: w12 = w21 = 1 and w22 = rho, with a determinant next to 0."""
    for rho in (1e-1, 1e-2, 1e-3):
        W = np.array([[(1 + 1e-9) / rho, 1.0], [1.0, rho]])
        assert np.linalg.det(W) > 0
        assert 1 < W[0, 0] / bound(rho) < 1 + 3 * rho
        W[0, 0] = 1e9 / rho  # and sigma_2 -> rho as w11 -> infinity
        assert np.linalg.svd(W, compute_uv=False)[1] == pytest.approx(rho, rel=1e-6)


def test_rho_below_one_is_needed() -> None:
    """Beyond it the bound is positive, and w11 = 0 is possible with det W > 0."""
    W = np.array([[0.0, 1.0], [-1.0, 0.0]])
    assert np.linalg.det(W) == pytest.approx(1)
    rho = np.hypot(np.hypot(W[0, 1] - 1, W[1, 0] - 1), W[1, 1])
    assert rho == 2
    assert abs(W[0, 0]) < bound(rho)
    for rho in (1.05, 1.5):  # w21 < 0 as soon as rho > 1: w11 = 0 is possible, and any sigma_2
        W = np.array([[0.0, 1.0], [1 - rho, 0.0]])
        assert np.linalg.det(W) > 0
        assert abs(W[0, 0]) < bound(rho)


@pytest.mark.parametrize("p", [0.5, 1.0, 2.0, inf])
def test_quasi_norms_are_bounded_below(p: float) -> None:
    c = 2 ** max(0.0, 1 / p - 1)

    def size(W: FloatArray) -> Any:
        sigma = np.linalg.svd(W, compute_uv=False)
        return sigma.max(axis=-1) if p == inf else (sigma**p).sum(axis=-1) ** (1 / p)

    rng = np.random.default_rng(4)
    A, B = rng.standard_normal((2, 4000, 2, 2)) * 10 ** rng.uniform(-2, 2, (2, 4000, 1, 1))
    assert (size(A + B) <= c * (size(A) + size(B)) * (1 + 1e-12)).all()
    if p == 0.5:  # c = 2 is needed
        assert c == 2
        E = np.zeros((2, 2, 2))
        E[0, 0, 0] = E[1, 1, 1] = 1
        assert size(E[0] + E[1]) == pytest.approx(2 * (size(E[0]) + size(E[1])))
    W, rho = samples(1500, 1)
    rest = c * (1 + rho) + c**2 * ((1 + rho) + rho)
    assert (c * (size(W) + rest) >= bound(rho) * (1 - 1e-9)).all()


def test_a_quasi_norm_that_is_not_invariant() -> None:
    """The weighted sum of square roots of entries, squared: c = 2, ||E_ij|| the weights."""
    weights = np.array([[0.01, 3.0], [7.0, 0.5]])

    def size(W: FloatArray) -> Any:
        return (np.sqrt(weights * np.abs(W))).sum(axis=(-2, -1)) ** 2

    rng = np.random.default_rng(5)
    A, B = rng.standard_normal((2, 4000, 2, 2)) ** 5
    quotient = size(A + B) / (size(A) + size(B))
    assert 1 < quotient.max() <= 2
    W, rho = samples(1500, 2)
    rest = 2 * (1 + rho) * 3.0 + 4 * ((1 + rho) * 7.0 + rho * 0.5)
    assert (2 * (size(W) + rest) >= bound(rho) * 0.01 * (1 - 1e-9)).all()


def slope(depth: Depth, W: FloatArray, G: FloatArray) -> FloatArray:
    """Return -A_{N,W}(G) by its definition: powers from the spectral theorem."""
    U, sigma, Vt = np.linalg.svd(W)
    if depth == inf:
        nodes, weights = np.polynomial.legendre.leggauss(20)
        parts = [
            w / 2 * (U * sigma ** (1 - s)) @ (U.T @ G @ Vt.T) @ np.diag(sigma ** (1 + s)) @ Vt
            for s, w in zip(nodes, weights, strict=True)  # s from -1 to 1
        ]
        return np.asarray(-np.sum(parts, axis=0))
    n = int(depth)
    parts = [
        U
        @ np.diag(sigma ** (2 * (n - j) / n))
        @ (U.T @ G @ Vt.T)
        @ np.diag(sigma ** (2 * (j - 1) / n))
        @ Vt
        for j in range(1, n + 1)
    ]
    return np.asarray(-np.sum(parts, axis=0) / n)


def completion_gradient(W: FloatArray) -> FloatArray:
    return np.array([[0.0, W[0, 1] - 1], [W[1, 0] - 1, W[1, 1]]])


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("depth", [2, 3, 5, inf])
def test_the_rate_of_the_determinant_along_an_integrated_flow(depth: Depth, sign: int) -> None:
    rng = np.random.default_rng(11)
    W0 = 0.7 * rng.standard_normal((2, 2))
    W0[0] *= sign * np.sign(np.linalg.det(W0))

    def right(t: float, y: FloatArray) -> FloatArray:
        W = y.reshape(2, 2)
        return slope(depth, W, completion_gradient(W)).ravel()

    W = W0
    assert np.allclose(
        slope(depth, W, completion_gradient(W)), -operator(completion_gradient(W), W, depth)
    )
    run = solve_ivp(right, (0, 3), W0.ravel(), rtol=1e-11, atol=1e-13, dense_output=True)
    for time in (0.3, 1.1, 2.6):
        h = 1e-3
        before, after = (run.sol(time + k * h).reshape(2, 2) for k in (-1, 1))
        measured = log(np.linalg.det(after) / np.linalg.det(before)) / (2 * h)
        W = run.sol(time).reshape(2, 2)
        U, sigma, Vt = np.linalg.svd(W)
        inner = [U[:, r] @ completion_gradient(W) @ Vt[r] for r in range(2)]
        power = 1.0 if depth == inf else 1 - 2 / depth
        expected = -sum(s**power * g for s, g in zip(sigma, inner, strict=True))
        assert measured == pytest.approx(expected, rel=1e-5)
        assert np.sign(np.linalg.det(W)) == sign


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_along_the_flow_the_norm_exceeds_its_bound(depth: int) -> None:
    """For the Frobenius norm c = 1, and the units have norm 1: |W(t)| >= 1 / (4 rho) - 6."""
    problem = Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0})
    starts = np.random.default_rng(3).standard_normal((6, 2, 2))
    starts[np.linalg.det(starts) < 0, 0] *= -1
    for loss in (1e-3, 1e-4):
        done = gradient_flow(problem, depth, starts, stop_loss=loss, max_steps=4000)
        assert done.reached.any()
        W = done.W[done.reached]
        rho = np.sqrt((W[:, 0, 1] - 1) ** 2 + (W[:, 1, 0] - 1) ** 2 + W[:, 1, 1] ** 2)
        assert (rho <= np.sqrt(2 * loss) * (1 + 1e-6)).all()
        assert (np.linalg.norm(W, axis=(1, 2)) >= 1 / (4 * rho) - 6).all()
    assert (1 / (4 * rho) > 17).all()  # it says something


def test_one_factor_does_not_keep_the_sign() -> None:
    """From the identity: w12 = w21 = 1 - s, w22 = s, w11 = 1, with s = e^-t."""
    for time, sign in ((0.0, 1), (0.2, 1), (2.0, -1), (9.0, -1)):
        s = exp(-time)
        run = solve_ivp(
            lambda t, y: -completion_gradient(y.reshape(2, 2)).ravel(),
            (0, max(time, 1e-9)),
            np.eye(2).ravel(),
            rtol=1e-10,
            atol=1e-12,
        )
        W = run.y[:, -1].reshape(2, 2)
        assert np.allclose(W, [[1, 1 - s], [1 - s, s]], atol=1e-7)
        assert np.linalg.det(W) == pytest.approx(3 * s - 1 - s**2, abs=1e-6)
        assert np.sign(3 * s - 1 - s**2) == sign


def test_half_of_all_starts_have_a_positive_determinant() -> None:
    """Exactly, where the sign of a row is as likely as its opposite: they come in pairs."""
    W = np.random.default_rng(8).standard_normal((5000, 2, 2))
    turned = W * np.array([[[-1.0], [1.0]]])
    assert (np.sign(np.linalg.det(W)) == -np.sign(np.linalg.det(turned))).all()
