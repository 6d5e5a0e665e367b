"""The experiment on orbit volumes under noise: how its outcomes are read."""

import numpy as np
import pytest

from dlnproof import entropy
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training import Runs, orbit_volume
from dlnproof.training.experiments import DIAGONAL
from dlnproof.training.orbit_volume import WITH, WITHOUT, Gain, findings


def runs(W: FloatArray) -> Runs:
    """Return runs that ended at W."""
    found = Runs.unknown(DIAGONAL, {}, len(W), ())
    found.W[:] = W
    found.ending[:] = "sampled"
    return found


def of(values: FloatArray) -> FloatArray:
    """Return diag(1, 1) with both other entries alike."""
    W = np.ones((len(values), 2, 2))
    W[:, 0, 1] = W[:, 1, 0] = values
    return W


def test_a_gain_is_over_pairs_and_what_diverged_is_left_out() -> None:
    x = np.linspace(1.1, 1.9, 50)
    pair = {(3, 1.0, WITHOUT): runs(of(x)), (3, 1.0, WITH): runs(of(1.01 * x))}
    gain = Gain.by_noise(pair, 3, 1.0)
    gained = np.asarray(entropy(of(1.01 * x), 3)) - np.asarray(entropy(of(x), 3))
    assert gain.mean == pytest.approx(gained.mean())
    assert gain.half == pytest.approx(3.2905 * gained.std() / np.sqrt(50), rel=1e-4)
    assert gain.half < gain.mean  # far less than the spread of either
    assert gain.verdict is Verdict.OBSERVED
    pair[3, 1.0, WITH].ending[:25] = "diverged"
    pair[3, 1.0, WITH].W[:25] = 1e90
    assert Gain.by_noise(pair, 3, 1.0).mean == pytest.approx(gained[25:].mean())


def test_the_other_way_round_it_is_not_observed_and_by_chance_undecided() -> None:
    x = np.linspace(1.1, 1.9, 50)
    pair = {(3, 1.0, WITHOUT): runs(of(1.01 * x)), (3, 1.0, WITH): runs(of(x))}
    assert Gain.by_noise(pair, 3, 1.0).verdict is Verdict.NOT_OBSERVED
    assert Gain.of_samples(np.array([1.0, -1.0, 0.5, -0.4])).verdict is Verdict.UNDECIDED
    pair[3, 1.0, WITH].ending[:] = "diverged"
    assert Gain.by_noise(pair, 3, 1.0).verdict is Verdict.VACUOUS


def test_outcomes_are_compared_with_the_whole_window() -> None:
    rng = np.random.default_rng(0)
    every = np.ones((4000, 2, 2))
    every[:, 0, 1], every[:, 1, 0] = rng.uniform(-2, 2, (2, 4000))
    spread = Gain.beside_minimisers({(5, 1.0, WITH): runs(every)}, 5, 1.0)
    assert spread.verdict is Verdict.UNDECIDED
    assert spread.half < 0.02
    outside = np.concatenate([every, of(np.full(4000, 3.0))])
    found = Gain.beside_minimisers({(5, 1.0, WITH): runs(outside)}, 5, 1.0)
    assert found.mean == spread.mean
    corner = of(np.linspace(0.9, 1.1, 50))
    assert Gain.beside_minimisers({(5, 1.0, WITH): runs(corner)}, 5, 1.0).verdict is (
        Verdict.NOT_OBSERVED
    )
    far = of(np.linspace(-2, -1.9, 50)) * [[1, 1], [-1, 1]]  # w12 w21 < 0
    assert Gain.beside_minimisers({(5, 1.0, WITH): runs(far)}, 5, 1.0).verdict is Verdict.OBSERVED


def test_every_depth_and_temperature_has_all_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orbit_volume, "DEPTHS", (3,))
    monkeypatch.setattr(orbit_volume, "STEP", 5e-3)
    found = findings(orbit_volume.outcomes(300, 0))
    assert [f.name for f in found] == 3 * [r"$N=3$, $\beta=5$", r"$N=3$, $\beta=20$"]
    assert [f.verdict for f in found] == [
        *2 * [Verdict.OBSERVED], *2 * [Verdict.NOT_OBSERVED], *2 * [Verdict.OBSERVED],
    ]  # fmt: skip
