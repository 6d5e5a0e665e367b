"""The norm figure: while the loss falls, an entry that nobody observes grows without bound.

The experiment of Razin and Cohen, "Implicit Regularization in Deep Learning May Not Be Explainable
by Norms" (NeurIPS 2020): of a 2 x 2 matrix w12 = w21 = 1 and w22 = 0 are observed, w11 is free, and
matrix factorization of depth 2 or 3 descends from small factors with det W(0) > 0 to a mean squared
error of 1e-4. Their theorem is of balanced factors, under gradient flow: |w11| stays above
(1 - rho)^2 / rho, with rho the square root of the sum of squared residuals. Their published code
draws the factors with independent Gaussian entries, again until det W(0) > 0, which are not
balanced, and descends. Both are shown: the flow from balanced factors, and descent with the step of
that code. Balanced factors keep the sign of det W. Others do not: the last columns count the runs
that still have it, and of depth 2 none does, so that |w11| stays small.

Run: python examples/norm_figure.py (two minutes; --help for less). --plot FILE draws it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np

from dlnproof.training import Completion, Runs, gradient_descent, gradient_flow
from dlnproof.training.initial import starts

PROBLEM = Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0})
HALF = 3 / 2
"""The loss is so many times the mean squared error of three entries."""
EACH = 10
"""Levels of the loss for one that is printed."""


def start_of(depth: int, deviation: float, runs: int, seed: int) -> list[np.ndarray]:
    """Return factors with Gaussian entries of this deviation, those that give det W(0) > 0."""
    scale = deviation**depth * 2 ** ((depth - 1) / 2)  # then of the entries of W(0)
    [drawn] = starts(
        "unbalanced", (2, 2), [4 * runs], scale=scale, seed=seed, widths=[2] * (depth + 1)
    )
    assert isinstance(drawn, list)
    positive = np.prod([np.linalg.slogdet(factor).sign for factor in drawn], axis=0) > 0
    return [factor[positive][:runs] for factor in drawn]


def trained(depth: int, deviation: float, levels: Sequence[float], given: Any) -> tuple[Runs, Runs]:
    """Return the flow from balanced factors of W(0), and descent from the factors that give it."""
    factors = start_of(depth, deviation, given.runs, given.seed)
    W0 = reduce(lambda W, factor: factor @ W, factors)
    losses: dict[str, Any] = {"stop_loss": levels[-1], "at_loss": levels}
    flow = gradient_flow(PROBLEM, depth, W0, **losses)
    lr = given.step * 2 / 3  # of the mean squared error that code takes the gradient
    descent = gradient_descent(PROBLEM, factors, lr=lr, max_iterations=given.steps, **losses)
    return flow, descent


def entries(runs: Runs) -> np.ndarray:
    """Return the median of |w11| at each level, over the runs that came down to it."""
    there = np.abs(runs.W_at[:, :, 0, 0])
    return np.array(
        [np.median(w[np.isfinite(w)]) if np.isfinite(w).any() else np.nan for w in there.T]
    )


def main() -> None:
    """Print |w11| against the loss, for each depth and size of the start."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--depths", type=int, nargs="+", default=[2, 3])
    parser.add_argument("--deviations", type=float, nargs="+", default=[1e-1, 3e-2, 8e-3])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--error", type=float, default=1e-4, help="mean squared, where runs end")
    parser.add_argument("--step", type=float, default=5e-3)
    parser.add_argument("--steps", type=int, default=5_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--plot", metavar="FILE", help="draw the curves (needs matplotlib)")
    given = parser.parse_args()
    errors = np.geomspace(1e-1, given.error, 1 + 3 * EACH)
    levels = [float(HALF * error) for error in errors]
    print(f"|w11|, median of {given.runs} runs with det W(0) > 0, where the mean squared error is")
    print(f"depth  deviation  start           {_row(errors, '8.1e')}   det W > 0")
    print(f"                  bound           {_row(bound(errors), '8.2f')}")
    curves: dict[int, list[tuple[float, str, np.ndarray]]] = {depth: [] for depth in given.depths}
    for depth in given.depths:
        for deviation in given.deviations:
            found = trained(depth, deviation, levels, given)
            for how, runs in zip(("balanced, flow", "Gaussian"), found, strict=True):
                w11, kept = entries(runs), int((runs.det_sign > 0).sum())
                curves[depth].append((deviation, how, w11))
                shown = _row(w11, "8.2f")
                print(f"{depth:5}  {deviation:9.0e}  {how:14}  {shown}   {kept} of {len(runs)}")
    if given.plot:
        draw(given.plot, errors, curves)


def _row(values: np.ndarray, form: str) -> str:
    return "  ".join(format(value, form) for value in values[::EACH])


def bound(errors: np.ndarray) -> np.ndarray:
    """Return what |w11| exceeds where det W > 0, at mean squared errors below 1/3."""
    rho = np.sqrt(3 * errors)
    return np.asarray((1 - rho) ** 2 / rho)


def draw(file: str, errors: np.ndarray, curves: dict[int, list[Any]]) -> None:
    """Draw |w11| against the loss, a panel for each depth."""
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, len(curves), sharey=True, squeeze=False, figsize=(9, 4))
    for axes, (depth, drawn) in zip(panels[0], curves.items(), strict=True):
        axes.plot(errors, bound(errors), "k--", label=r"bound if $\det W>0$")
        for deviation, how, w11 in drawn:
            axes.plot(errors, w11, label=f"{how}, {deviation:.0e}")
        axes.set(xscale="log", yscale="log", title=f"depth {depth}", xlabel="mean squared error")
        axes.invert_xaxis()
    panels[0, 0].set_ylabel(r"$|w_{11}|$")
    panels[0, -1].legend(fontsize="small")
    figure.tight_layout()
    figure.savefig(file)


if __name__ == "__main__":
    main()
