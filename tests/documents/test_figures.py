"""The figures show what was trained, in the same bytes each time."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from math import inf
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
import pytest
from conftest import one_in
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from dlnproof import entropy as entropy_of
from dlnproof.depth import Depth
from dlnproof.documents.figures import (
    FIGURES,
    UNTRAINED,
    curvature,
    descent_versus_flow,
    entropy,
    geodesics,
    norms,
    outcomes,
    outcomes_3x3,
    volume,
)
from dlnproof.documents.figures.captions import CLIP, DRAWN, SHOWN, Noisy, Trained
from dlnproof.documents.figures.style import file_bytes, paper, power_label
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.volume import log_volume_density
from dlnproof.training import experiments, orbit_volume
from dlnproof.training.completion import Completion
from dlnproof.training.descent import gradient_descent
from dlnproof.training.flow import gradient_flow

FEW, SEED = 6, 5
LARGE_STEPS = (0.04, 0.03, 0.02, 0.015)
"""They leave the flow like the smaller ones, sooner."""


TRAINED = [name for name in FIGURES if name not in UNTRAINED]


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    few = replace(norms.SHOWN, scales=(1e-1, 1e-3), depths=(2, inf), stop_loss=1e-3)
    large = replace(descent_versus_flow.SHOWN, steps=LARGE_STEPS)
    monkeypatch.setattr(descent_versus_flow, "SHOWN", large)
    monkeypatch.setattr(norms, "SHOWN", few)
    monkeypatch.setattr(norms, "LEVELS", norms.LEVELS[1:60:6])
    monkeypatch.setattr(volume, "CELLS", 60)
    monkeypatch.setattr(entropy, "CELLS", 60)
    monkeypatch.setattr(curvature, "CELLS", 20)
    monkeypatch.setattr(geodesics, "AROUND", 1)
    monkeypatch.setattr(geodesics, "TIMES", geodesics.TIMES[::10])


def module_of(name: str) -> Any:
    return import_module(f"dlnproof.documents.figures.{name.replace('-', '_')}")


class Call(NamedTuple):
    """What the flow or descent was asked for."""

    problem: Completion
    depths: Sequence[Depth]
    start: FloatArray
    given: dict[str, Any]


@cache
def seen(name: str) -> tuple[Any, list[Call]]:
    """Return what a figure shows, and what was trained for it."""
    calls: list[Call] = []

    def flowing(problem: Any, listed: Any, start: Any, **given: Any) -> Any:
        calls.append(Call(problem, listed, start, given))
        return gradient_flow(problem, listed, start, **given)

    def descending(problem: Any, factors: Any, **given: Any) -> Any:
        calls.append(Call(problem, (), factors[1] @ factors[0], given))
        return gradient_descent(problem, factors, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiments, "gradient_flow", flowing)
        patch.setattr(experiments, "gradient_descent", descending)
        return module_of(name).trained(FEW, SEED), calls


def trained(name: str) -> Any:
    return seen(name)[0]


def drawn(name: str) -> Figure:
    figure = module_of(name).draw(trained(name), "")
    assert isinstance(figure, Figure)
    return figure


@cache
def as_file(name: str, extension: str) -> bytes:
    return file_bytes(lambda: drawn(name), extension)


@pytest.fixture
def style() -> Iterator[None]:
    with paper():
        yield


def panels(figure: Figure) -> dict[str, Axes]:
    """Return the panels of a figure by their titles."""
    return {axes.get_title(): axes for axes in figure.axes}


def scattered(axes: Axes) -> list[Any]:
    """Return the points of each scatter plot."""
    return [
        np.asarray(points.get_offsets())
        for points in axes.collections
        if isinstance(points, PathCollection)
    ]


@pytest.mark.long
@pytest.mark.parametrize("name", FIGURES)
def test_a_pdf_holds_no_date_and_leaves_no_trace(name: str) -> None:
    before = dict(mpl.rcParams)
    pdf = as_file(name, "pdf")
    assert pdf.startswith(b"%PDF-")
    assert b"CreationDate" not in pdf
    assert b"/Type3" not in pdf
    assert dict(mpl.rcParams) == before


@pytest.mark.long
def test_other_formats_hold_no_date() -> None:
    svg, png = (as_file("norms", extension) for extension in ("svg", "png"))
    assert svg.startswith(b"<?xml")
    assert png.startswith(b"\x89PNG")
    assert b"dc:date" not in svg


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "extension"),
    [("norms", "pdf"), ("volume", "pdf"), ("descent-versus-flow", "png")],
)
def test_the_same_bytes_whatever_the_users_settings(name: str, extension: str) -> None:
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "svg.hashsalt": "other"}):
        again = file_bytes(lambda: drawn(name), extension)
    assert again == as_file(name, extension)


@pytest.mark.long
def test_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys; from dlnproof.documents.figures import outcomes_3x3 as figure; "
        "from dlnproof.documents.figures.style import file_bytes; "
        f"data = figure.trained({FEW}, {SEED}); "
        "sys.stdout.buffer.write(file_bytes(lambda: figure.draw(data, ''), 'svg'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == as_file("outcomes-3x3", "svg")


@pytest.mark.long
@pytest.mark.usefixtures("style")
@pytest.mark.parametrize("name", TRAINED)
def test_settings_are_in_a_figure_that_stands_alone_and_no_text_is_tiny(name: str) -> None:
    figure = module_of(name).draw(trained(name), module_of(name).SHOWN.settings(FEW, 31))
    figure.draw_without_rendering()
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    assert all(text.get_fontsize() >= 7 for text in texts)
    [settings] = figure.texts
    assert "seed 31" in settings.get_text()
    assert " times standard Gaussian" in settings.get_text().replace("\n", " ")
    assert "\\%" not in settings.get_text()
    edges = settings.get_window_extent()
    assert edges.x0 >= 0
    assert edges.x1 <= figure.bbox.x1
    assert edges.y1 <= min(axes.get_tightbbox().y0 for axes in figure.axes)


@pytest.mark.usefixtures("style")
def test_below_a_caption_the_settings_are_not_said_twice() -> None:
    assert drawn("outcomes").texts == []


OBSERVED = {
    "$w_{12}=w_{21}=1$, $w_{22}=0$": {(0, 1): 1, (1, 0): 1, (1, 1): 0},
    "$w_{11}=w_{22}=1$": {(0, 0): 1, (1, 1): 1},
    "$w_{11}=w_{22}=w_{33}=1$": {(0, 0): 1, (1, 1): 1, (2, 2): 1},
}


NOISY = [name for name in FIGURES if isinstance(SHOWN[name], Noisy)]


@pytest.mark.parametrize("name", [name for name in TRAINED if name not in NOISY])
def test_what_a_caption_says_is_what_is_trained(name: str) -> None:
    """The problem, the depths, the scales, the loss, the steps and the starts, of every run."""
    scales, losses = set(), set()
    shown: Trained = module_of(name).SHOWN
    calls = seen(name)[1]
    for call in calls:
        assert dict(call.problem.observed) == OBSERVED[shown.observed]
        unit = np.random.default_rng(SEED).standard_normal((FEW, *call.problem.shape))
        starts = np.tile(unit, (len(call.start) // FEW, 1, 1))
        for W, first in zip(call.start, starts, strict=True):
            scales.add(round(float(W[0, 0] / first[0, 0]), 12))
            assert np.allclose(W * first[0, 0], first * W[0, 0], rtol=1e-6, atol=1e-12)
        losses.add(call.given["stop_loss"])
    assert {depth for call in calls for depth in call.depths} == set(shown.depths)
    assert scales == set(shown.scales)
    assert losses == {shown.stop_loss}
    assert {call.given["lr"] for call in calls if "lr" in call.given} == set(shown.steps)


@pytest.mark.parametrize("name", one_in(2, NOISY))
def test_what_a_caption_says_of_noise_is_what_is_run(name: str) -> None:
    shown = SHOWN[name]
    assert isinstance(shown, Noisy)
    asked = {(n, b, v) for n in shown.depths for b in shown.betas for v in shown.verticals}
    data = trained(name)
    assert set(data) == asked
    for (depth, beta, vertical), runs in data.items():
        given = runs.settings
        assert dict(runs.problem.observed) == OBSERVED[shown.observed]
        assert (given["depth"], given["beta"], given["vertical"]) == (depth, beta, vertical)
        assert (given["kappa"], given["step"], given["seed"]) == (1, shown.step, SEED)
        assert given["max_steps"] * shown.step == pytest.approx(shown.time)
        assert len(runs) == FEW
    said = shown.caption(500, 3)
    assert r"at $N=2$, $3$, $5$, $10$, $\beta=" in said
    assert "to the time 1 in steps of $5\\cdot10^{-4}$, from $W(0)=10^{-1}$ times standard" in said
    assert "500 starts (seed 3), the same for all." in said


@pytest.mark.usefixtures("style")
def test_noise_shows_every_run_and_the_gains() -> None:
    data, shown = trained("noise"), panels(drawn("noise"))
    for title, vertical in (("(a) without noise along", 0.0), ("(b) with noise along", 1.0)):
        W = data[*DRAWN, vertical].W
        points = np.concatenate(scattered(shown[title]))
        assert sorted(map(tuple, points)) == sorted(map(tuple, W[:, [0, 1], [1, 0]]))
    for bars, beta in zip(shown["(c)"].containers, orbit_volume.BETAS, strict=True):
        heights = np.asarray(bars[0].get_ydata())
        gains = [orbit_volume.Gain.by_noise(data, depth, beta) for depth in orbit_volume.DEPTHS]
        assert heights.tolist() == [gain.mean for gain in gains]


@pytest.mark.usefixtures("style")
def test_curvature_shows_the_scalar_curvature() -> None:
    """At depth 2 it is 1/2 over sigma_1 + sigma_2; in the limit 1/3 where the two are equal."""
    data, shown = trained("curvature"), panels(drawn("curvature"))
    assert list(data) == [2, 3, 10, inf]
    for axes, (_, values) in zip(shown.values(), data.values(), strict=False):
        [mesh] = [drawn for drawn in axes.collections if isinstance(drawn, QuadMesh)]
        assert np.asarray(mesh.get_array()) == pytest.approx(values)
    x, values = data[2]
    assert values == pytest.approx(0.5 / (x[:, None] + x[None, :]))
    assert data[inf][1].diagonal() == pytest.approx(1 / 3)


@pytest.mark.usefixtures("style")
def test_geodesics_end_where_the_roots_do_and_circles_are_as_far_as_is_said() -> None:
    """Along diagonal matrices the roots move along lines: of N = 2 to (sqrt(w) + t v)^2."""
    data = trained("geodesics")
    start = np.array([1.5, 1.0])
    for depth, (ways, circles) in data.items():
        roots = np.log(start) if depth == inf else depth * start ** (1 / depth)
        moved = np.log(np.abs(circles)) if depth == inf else depth * np.abs(circles) ** (1 / depth)
        inside = np.isfinite(circles).all(axis=-1) & (circles > 0).all(axis=-1)
        far = np.linalg.norm(moved - roots, axis=-1)
        radii = np.broadcast_to(geodesics.RADII, far.shape)
        assert far[inside] == pytest.approx(radii[inside], rel=1e-8)
        ended = np.isnan(ways).any(axis=(-2, -1)).any()
        assert ended == (depth == 2)  # 3 is less than the distance 4 of the next depth
    assert len(drawn("geodesics").axes) == 4


@pytest.mark.usefixtures("style")
def test_entropy_shows_the_orbit_volume_beside_the_corners_and_every_run() -> None:
    figure, data = drawn("entropy"), trained("entropy")
    for axes, ((depth, *_), runs) in zip(figure.axes, data.items(), strict=False):
        [mesh] = [drawn for drawn in axes.collections if isinstance(drawn, QuadMesh)]
        centres, values = entropy.beside_corner(depth)
        assert np.asarray(mesh.get_array()) == pytest.approx(values)
        W = [[1, centres[10]], [centres[40], 1]]
        ratio = float(entropy_of(W, depth) - entropy_of(np.ones((2, 2)), depth))
        assert values[40, 10] == pytest.approx(ratio)
        [points] = scattered(axes)
        assert sorted(map(tuple, points)) == sorted(map(tuple, runs.W[:, [0, 1], [1, 0]]))


def test_a_caption_has_all_settings_of_its_figure() -> None:
    norms, descent = (SHOWN[name].caption(500, 3) for name in ("norms", "descent-versus-flow"))
    assert norms.startswith("The unobserved entry, in absolute value, against the loss")
    assert norms.endswith(
        r". $w_{12}=w_{21}=1$, $w_{22}=0$ observed. Gradient flow of the end-to-end matrix at "
        r"$N=2$, $3$, $4$, $\infty$ to the loss $10^{-6}$, from $W(0)=s$ times standard Gaussian "
        "entries, $s=10^{-1}$, $10^{-3}$, $10^{-6}$: 20 starts (seed 3), the same at every depth "
        "and scale. Thin: runs, bold: their median."
    )
    steps = r"$6\cdot10^{-3}$, $3\cdot10^{-3}$, $1.5\cdot10^{-3}$, $7.5\cdot10^{-4}$"
    assert f"gradient descent on balanced factors with steps {steps}, at" in descent
    assert "at $N=2$ to the loss $10^{-4}$, from $W(0)=10^{-3}$ times" in descent
    assert r": of 20 starts (seed 3) those with $\det W(0)>0$. " in descent
    assert "100 starts (seed 3), the same at every depth. " in SHOWN["volume"].caption(100, 3)
    assert "500 starts (seed 3)" in SHOWN["volume"].caption(5000, 3)
    assert "the 99.9% interval (Wilson)" in SHOWN["outcomes"].caption(500, 3)


def test_the_bound() -> None:
    np.testing.assert_allclose(norms.bound(np.array([0.125, 0.5, 0.005])), [0.5, 0, 8.1])


@pytest.mark.usefixtures("style")
def test_norms_shows_every_run_and_the_flow_obeys_the_bound() -> None:
    data = trained("norms")
    figure = drawn("norms")
    shown = norms.SHOWN
    grid = np.array(figure.axes).reshape(len(shown.scales), len(shown.depths))
    for row, scale in zip(grid, shown.scales, strict=True):
        for axes, runs in zip(row, data[scale], strict=True):
            lines = axes.get_lines()
            positive, negative = ((runs.det_sign == sign).sum() for sign in (1, -1))
            assert positive + negative == FEW
            assert len(lines) == 1 + FEW + (positive > 0) + (negative > 0)
            loss, least = lines[0].get_data()
            np.testing.assert_array_equal(least, norms.bound(loss))
            for k, run in enumerate(np.flatnonzero(runs.det_sign > 0)):
                x, y = lines[1 + k].get_data()
                np.testing.assert_array_equal(x, runs.levels)
                np.testing.assert_array_equal(y, np.abs(runs.W_at[run, :, 0, 0]))
                below_half = np.array(x) < 0.5
                assert (y >= norms.bound(np.array(x)) * (1 - 1e-9))[below_half].all()


def test_the_median_is_of_the_runs_that_are_there() -> None:
    curves = np.array([[1, np.nan, np.nan], [2, 3, np.nan], [6, 5, np.nan]])
    np.testing.assert_array_equal(norms.median(curves), [2, 4, np.nan])


def test_the_hyperbola() -> None:
    x, y = outcomes.hyperbola(outcomes.REACH)
    np.testing.assert_allclose(x * y, 1, rtol=1e-15)
    assert (x.max(), y.max()) == (2, 2)


@pytest.mark.usefixtures("style")
def test_outcomes_shows_every_run_by_sign() -> None:
    data = trained("outcomes")
    shown = panels(drawn("outcomes"))
    for title, found in zip(
        ("(a) $N=2$", "(b) $N=5$", "(c) $N=10$", "(d) $N=20$", r"(e) $N=\infty$"),
        data[outcomes.SHOWN.scales[0]],
        strict=True,
    ):
        axes = shown[title]
        points = scattered(axes)
        assert sum(map(len, points)) == FEW
        for offsets, sign in zip(points, (1, -1), strict=True):
            np.testing.assert_array_equal(
                offsets, found.W[found.det_sign == sign][:, [0, 1], [1, 0]]
            )
        near = int(outcomes.CLAIM.near(found).sum())
        assert f"near: {near} of {FEW}" in [text.get_text() for text in axes.texts]
        for line in axes.get_lines():
            x, y = line.get_data()
            np.testing.assert_allclose(np.asarray(x) * np.asarray(y), 1, rtol=1e-15)


@pytest.mark.usefixtures("style")
def test_volume_shows_the_density_and_clips_it_only_above() -> None:
    figure = drawn("volume")
    for (title, axes), depth in zip(
        list(panels(figure).items())[:4], volume.SHOWN.depths, strict=True
    ):
        assert ("\\infty" in title) == (depth == inf)
        [mesh] = [drawn for drawn in axes.collections if isinstance(drawn, QuadMesh)]
        values = np.asarray(mesh.get_array())
        assert np.isfinite(values).all()
        assert values.min() > volume.LEAST
        assert mesh.get_clim() == (volume.LEAST, CLIP)
        centres, _ = volume.density(depth)
        row, column = 40, 10
        W = [[1, centres[column]], [centres[row], 1]]
        assert values[row, column] == pytest.approx(float(log_volume_density(W, depth)), rel=1e-12)
        assert sum(map(len, scattered(axes))) == FEW


@pytest.mark.usefixtures("style")
def test_outcomes_3x3_shows_every_run_by_rank() -> None:
    shown = panels(drawn("outcomes-3x3"))
    for title, found in zip(list(shown)[:5], trained("outcomes-3x3"), strict=True):
        points = scattered(shown[title])
        counts = [(outcomes_3x3.CLAIM.ranks(found) == rank).sum() for rank in (1, 2, 3)]
        assert [len(part) for part in points] == counts
        assert sum(counts) == FEW
        sigma = np.exp(found.log_singular_values[:, :2])
        drawn_points = np.concatenate(points)
        np.testing.assert_array_equal(np.sort(drawn_points, axis=0), np.sort(sigma, axis=0))
    heights = [bar.get_height() for bar in shown["(f)"].patches if isinstance(bar, Rectangle)]
    assert sum(heights) == pytest.approx(len(outcomes_3x3.SHOWN.depths))


@pytest.mark.usefixtures("style")
def test_only_descent_falls_below_the_bound() -> None:
    data = trained("descent-versus-flow")
    assert (data.flow.det_sign > 0).all()
    assert len(data.descents) == len(LARGE_STEPS)
    levels = np.array(descent_versus_flow.LEVELS)
    assert (np.diff(levels) < 0).all()
    for curve in norms.entry_curves(data.flow, 1):
        assert descent_versus_flow.departure(curve) is None
    for runs in data.descents:
        assert len(runs) == len(data.flow)
        for curve in np.abs(runs.W_at[:, :, 0, 0]):
            level = descent_versus_flow.departure(curve)
            assert level is not None
            assert curve[level] < norms.bound(levels[level])
            assert curve[level - 1] >= norms.bound(levels[level - 1])
    marks = [
        line.get_data()
        for line in drawn("descent-versus-flow").axes[0].get_lines()
        if len(np.atleast_1d(np.asarray(line.get_xdata()))) == 1
    ]
    assert len(marks) == len(LARGE_STEPS)


def test_no_start_with_a_positive_determinant_is_a_clear_error() -> None:
    seed = next(
        seed
        for seed in range(100)
        if np.linalg.det(np.random.default_rng(seed).standard_normal((2, 2))) < 0
    )
    with pytest.raises(InputError, match=r"no start has det W\(0\) > 0"):
        descent_versus_flow.trained(1, seed)


@pytest.mark.long
@pytest.mark.usefixtures("style")
@pytest.mark.parametrize("name", sorted(set(FIGURES) - {"descent-versus-flow"}))
def test_one_run_is_enough(name: str) -> None:
    module = module_of(name)
    assert isinstance(module.draw(module.trained(1, 0), ""), Figure)


def test_powers_of_ten() -> None:
    assert [power_label(value) for value in (1e-12, 1e-3, 10)] == ["10^{-12}", "10^{-3}", "10^{1}"]
