"""Pictures on the caller's axes show the runs' numbers, and change nothing else."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dlnproof import plots
from dlnproof.documents.figures import catalogue
from dlnproof.errors import InputError
from dlnproof.numeric.floats.volume import log_volume_density
from dlnproof.training import observables
from dlnproof.training.batches import train
from dlnproof.training.completion import Completion
from dlnproof.training.runs import Runs

LEVELS = [0.9, 0.5, 0.1, 1e-2, 1e-9]
PROBLEM = Completion((2, 2), {(0, 0): 1, (1, 1): 1})
ALL: dict[str, Callable[..., Axes]] = {
    "trajectories": plots.trajectories,
    "spectrum": plots.spectrum,
    "phase_plane": plots.phase_plane,
    "outcomes": plots.outcomes,
}


@pytest.fixture(scope="module")
def runs() -> Runs:
    return train(PROBLEM, depth=3, runs=8, scale=1e-1, stop_loss=1e-4, at_loss=LEVELS)


@pytest.fixture(scope="module")
def rectangular() -> Runs:
    return train(
        Completion((2, 3), {(0, 0): 1}), depth=2, runs=2, scale=0.5, stop_loss=1e-2, at_loss=[0.1]
    )


@pytest.fixture
def ax() -> Iterator[Axes]:
    before = dict(mpl.rcParams)
    yield Figure().subplots()
    assert dict(mpl.rcParams) == before


def drawn(ax: Axes) -> list[tuple[Any, Any, float]]:
    return [(line.get_xdata(), line.get_ydata(), line.get_linewidth()) for line in ax.lines]


def legend(ax: Axes) -> list[str]:
    found = ax.get_legend()
    assert found is not None
    return [text.get_text() for text in found.get_texts()]


@pytest.mark.parametrize("name", ALL)
def test_it_draws_on_the_axes_given_and_returns_them(name: str, runs: Runs, ax: Axes) -> None:
    assert ALL[name](runs, ax=ax) is ax
    assert ax.lines
    ax.figure.canvas.draw()  # whatever is wrong with a label or a limit shows here


def test_without_axes_it_draws_on_pyplots(runs: Runs) -> None:
    from matplotlib import pyplot as plt

    with mpl.rc_context({"backend": "agg"}):
        _, mine = plt.subplots()
        try:
            assert plots.spectrum(runs) is mine
        finally:
            plt.close("all")


def test_trajectories_are_a_line_for_each_run_and_bold_medians(runs: Runs, ax: Axes) -> None:
    plots.trajectories(runs, "nuclear", ax=ax)
    nuclear = observables.schatten(runs.W_at, 1)
    assert set(runs.det_sign) == {1, -1}
    for sign in (1, -1):
        its = nuclear[runs.det_sign == sign]
        for row in (*its, np.median(its, axis=0)):
            assert any(np.array_equal(y, row, equal_nan=True) for _, y, _ in drawn(ax))
    assert all(np.array_equal(x, LEVELS) for x, _, _ in drawn(ax))
    assert sum(width > 1 for *_, width in drawn(ax)) == 2
    assert legend(ax) == [r"$\det W>0$", r"$\det W<0$"]
    assert ax.get_ylabel() == "nuclear norm"
    assert ax.get_xscale() == "log"
    assert ax.xaxis_inverted()


def test_a_median_of_few_is_not_drawn(ax: Axes) -> None:
    W_at = np.ones((3, 3, 2, 2))
    W_at[:2, 2] = W_at[0, 1] = np.nan  # all come to the first level, two to the next, one on
    made = Runs.unknown(PROBLEM, {}, 3, (0.3, 0.2, 0.1))
    plots.trajectories(replace(made, W_at=W_at), lambda W: W[..., 0, 0], ax=ax)
    [bold] = [y for _, y, width in drawn(ax) if width > 1]
    np.testing.assert_array_equal(bold, [1, 1, np.nan])


def test_a_function_of_W_is_drawn(runs: Runs, ax: Axes) -> None:
    plots.trajectories(runs, lambda W: W[..., 0, 1], ax=ax)
    assert np.array_equal(
        drawn(ax)[0][1], runs.W_at[runs.det_sign == 1][0, :, 0, 1], equal_nan=True
    )
    plots.trajectories(runs, lambda W: W[..., 1, 0], ax=ax)
    assert ax.xaxis_inverted()  # twice on the same axes is not back again


def test_in_time_the_axis_is_the_time(runs: Runs, ax: Axes) -> None:
    timed = replace(runs, times=(1.0, 2.0, 3.0, 4.0, 500.0), W_at_time=runs.W_at)
    plots.trajectories(timed, along="time", ax=ax)
    assert (ax.get_xlabel(), ax.get_xscale()) == ("time $t$", "log")
    assert not ax.xaxis_inverted()
    assert np.array_equal(drawn(ax)[0][0], timed.times)


def test_the_spectrum_has_each_singular_value_and_no_rounding(ax: Axes) -> None:
    W = np.array([np.diag([3.0, 1.0, 1e-17]), np.diag([2.0, 2.0, 0.5])])
    made = Runs.unknown(Completion((3, 3), {(0, 0): 1}), {}, 2, (0.1,))
    plots.spectrum(replace(made, W_at=W[:, None]), ax=ax)
    values = [y for _, y, width in drawn(ax) if width < 1]
    np.testing.assert_array_equal(np.ravel(values), [3, 2, 1, 2, np.nan, 0.5])
    assert legend(ax) == [r"$\sigma_{1}$", r"$\sigma_{2}$", r"$\sigma_{3}$"]


def test_of_many_singular_values_the_first_and_the_last_are_named(ax: Axes) -> None:
    made = Runs.unknown(Completion((9, 9), {(0, 0): 1}), {}, 1, (0.1,))
    plots.spectrum(replace(made, W_at=np.diag(np.arange(1.0, 10))[None, None]), ax=ax)
    assert legend(ax) == [r"$\sigma_{1}$", r"$\sigma_{9}$"]


def test_the_phase_plane_leads_to_the_outcomes(runs: Runs, ax: Axes) -> None:
    plots.phase_plane(runs, (0, 1), (1, 0), ax=ax)
    first = np.flatnonzero(runs.det_sign == 1)[0]
    x, y, _ = drawn(ax)[0]
    reached = [runs.W_at[first, k] for k in range(4)]  # the last level is below where it stops
    np.testing.assert_array_equal(x, [W[0, 1] for W in (*reached, runs.W[first])])
    np.testing.assert_array_equal(y, [W[1, 0] for W in (*reached, runs.W[first])])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$w_{12}$", "$w_{21}$")


def test_the_phase_plane_of_singular_values(rectangular: Runs, ax: Axes) -> None:
    plots.phase_plane(rectangular, ax=ax)
    sigma = np.linalg.svd(rectangular.W, compute_uv=False)
    x, y, _ = drawn(ax)[-1]
    np.testing.assert_allclose([x, y], sigma.T, rtol=1e-12)
    assert legend(ax) == ["runs"]  # no det W


def test_outcomes_lie_on_the_density_of_their_depth(runs: Runs, ax: Axes) -> None:
    plots.outcomes(runs, ax=ax)
    [mesh] = ax.collections
    corners: Any = mesh.get_coordinates()  # type: ignore[attr-defined]
    values: Any = mesh.get_array()
    row, column = 17, 201
    w12, w21 = (corners[row, column] + corners[row + 1, column + 1]) / 2
    expected = log_volume_density([[1, w12], [w21, 1]], 3)
    assert values[row, column] == pytest.approx(min(expected, values.max()), rel=1e-9)
    assert np.isfinite(values).all()
    shown = np.concatenate([np.transpose([x, y]) for x, y, _ in drawn(ax)])
    order = np.argsort(-runs.det_sign, kind="stable")
    np.testing.assert_array_equal(shown, runs.W[order][:, [0, 1], [1, 0]])
    assert ax.get_title() == "$N=3$"


def test_outcomes_are_where_their_entries_are(ax: Axes) -> None:
    row = Completion((2, 2), {(1, 0): 1, (1, 1): 2})
    found = train(row, depth=2, runs=5, scale=0.5, stop_loss=1e-2)
    plots.outcomes(found, (0, 1), (0, 0), ax=ax)
    [mesh] = ax.collections
    corners: Any = mesh.get_coordinates()  # type: ignore[attr-defined]
    values: Any = mesh.get_array()
    w12, w11 = (corners[5, 230] + corners[6, 231]) / 2
    expected = log_volume_density([[w11, w12], [1, 2]], 2)
    assert values[5, 230] == pytest.approx(min(expected, values.max()), rel=1e-9)
    assert expected < values.max()
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$w_{12}$", "$w_{11}$")


def test_outcomes_at_infinite_and_at_first_depth(ax: Axes) -> None:
    for depth, title in ((math.inf, r"$N=\infty$"), (1, "$N=1$")):
        plots.outcomes(train(PROBLEM, depth=depth, runs=2, scale=1.0, stop_loss=1e-2), ax=ax)
        assert ax.get_title() == title


def test_entries_may_be_lists_and_are_drawn_in_their_order(runs: Runs, ax: Axes) -> None:
    ALL["outcomes"](runs, [1, 0], [0, 1], ax=ax)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$w_{21}$", "$w_{12}$")


def test_runs_of_which_nothing_is_known_are_drawn_as_nothing(ax: Axes) -> None:
    lost = Runs.unknown(PROBLEM, {"depth": 2}, 3, (0.1, 0.01))
    for name in ("trajectories", "spectrum", "phase_plane", "outcomes"):
        ALL[name](lost, ax=ax)
    ax.figure.canvas.draw()


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda r: plots.trajectories(r, "rank"), "what: got 'rank', expected one of effective_r"),
        (lambda r: plots.trajectories(r, np.mean), r"what: got values of shape \(\), expected"),
        (lambda r: plots.trajectories(r, along="time"), "these runs kept no W on the way"),
        (lambda r: plots.spectrum(r.take(slice(0))), "runs: got none"),
        (lambda r: plots.trajectories(r.take(slice(0))), "runs: got none"),
        (lambda r: plots.phase_plane(r, (0, 1)), r"x, y: got \(0, 1\) and None, expected two"),
        (lambda r: plots.phase_plane(r, (0, 2), (1, 0)), r"x: got \(0, 2\), expected an entry"),
        (lambda r: ALL["phase_plane"](r, (0, 1), 3), "y: got 3, expected an entry of W"),
        (lambda r: plots.outcomes(r, (0, 0), (0, 1)), r"x, y: got \(0, 0\) and \(0, 1\), expect"),
        (lambda r: plots.outcomes(r, (1, 0)), r"x, y: got \(1, 0\) and None, expected two"),
        (lambda r: plots.outcomes(r, None, (1, 0)), r"x, y: got None and \(1, 0\), expected two"),
        (lambda r: ALL["outcomes"](r, 1, 2), "x: got 1, expected an entry of W"),
        (lambda r: plots.trajectories(r, lambda W: 1j * W[..., 0, 0]), "values of what: got compl"),
        (lambda r: ALL["trajectories"](r, None), "what: got None, expected one of"),
        (lambda r: ALL["spectrum"]({}), "runs: got dict, expected Runs, such as those of train"),
        (
            lambda r: plots.outcomes(
                replace(r, problem=Completion((2, 2), {(0, 0): 0, (0, 1): 0}))
            ),
            "runs: got a problem whose minimisers are singular",
        ),
        (lambda r: plots.outcomes(replace(r, settings={})), "runs: got runs of several depths"),
        (
            lambda r: plots.outcomes(replace(r, problem=Completion((2, 2), {(0, 0): 1}))),
            r"shape \(2, 2\) with 3 entries not observed, expected a square one with two",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_line(runs: Runs, ask: Any, said: str) -> None:
    from matplotlib import pyplot as plt

    with pytest.raises(InputError, match=said):
        ask(runs)
    assert plt.get_fignums() == []


def test_without_matplotlib_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in plots.__all__:
        monkeypatch.delitem(vars(plots), name, raising=False)
    monkeypatch.setattr(catalogue, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"matplotlib.* is not installed; .*pip install"):
        _ = plots.spectrum
    with pytest.raises(AttributeError, match="has no attribute 'pie'"):
        _ = plots.pie
