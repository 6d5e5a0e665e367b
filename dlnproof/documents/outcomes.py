"""What ``train`` prints: the problem, how its runs ended, and how they are spread."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.documents.layout import Screen, columns, paragraph
from dlnproof.training.completion import Completion
from dlnproof.training.runs import Ending, Runs

_SHOWN: Final = {"smallest": 0.0, "5 %": 0.05, "median": 0.5, "95 %": 0.95, "largest": 1.0}
_MOST_ENTRIES: Final = 12
_ERRORS: Final = {"error_unobserved": "error, unobserved", "error_all": "error, all entries"}


def outcomes_text(runs: Runs, on: Screen) -> str:
    """Return a summary of runs trained by :func:`dlnproof.training.train`."""
    text = paragraph(_problem(runs), on, then="  ") + paragraph(_settings(runs), on, then="  ")
    counts = {ending: int((runs.ending == ending).sum()) for ending in Ending}
    rows = [(ending.value, str(count)) for ending, count in counts.items() if count]
    text += f"\n{columns(('ending', 'runs'), rows, Screen())}\n"
    known = runs.ending != Ending.LOST
    if known.any():
        text += f"{_quantiles(runs, known, on)}\n"
        text += paragraph(_signs(runs, known), on, then="  ")
        if runs.errors:
            said = "Errors are half the mean of (W_ij - T_ij)^2 over these entries, T the truth."
            text += paragraph(said, on, then="  ")
    for what, places, W in (("Loss", runs.levels, runs.W_at), ("Time", runs.times, runs.W_at_time)):
        for place, here in zip(places, np.moveaxis(W, 1, 0), strict=True):
            reached = int(np.isfinite(here).all(axis=(1, 2)).sum())
            text += paragraph(f"{what} {place:.6g} reached by {reached} of {len(runs)} runs.", on)
    for advice in _advice(runs, counts):
        text += paragraph(advice, on, then="  ")
    return text


def _problem(runs: Runs) -> str:
    rows, columns_ = runs.problem.shape
    if not isinstance(runs.problem, Completion):
        return f"{rows} x {columns_}: {runs.problem.observations} measurements <A_k, W> = y_k"
    observed = list(runs.problem.observed.items())
    wide = max(runs.problem.shape) > 9  # W_111 would be ambiguous
    shown = [
        f"W_{i + 1}{',' * wide}{j + 1} = {value:.6g}" for (i, j), value in observed[:_MOST_ENTRIES]
    ]
    more = len(observed) - len(shown)
    return f"{rows} x {columns_}: {', '.join(shown)}{f' and {more} more' if more else ''}"


def _settings(runs: Runs) -> str:
    settings = runs.settings
    how = "gradient flow of the end-to-end matrix"
    init, hidden = settings["init"], settings.get("hidden")
    start = "" if init == "balanced" else f"{init} "
    if settings["method"] == "descent":
        widths = f" of hidden widths {','.join(map(str, hidden))}" if hidden else ""
        how = f"gradient descent on {init} factors{widths}, lr {settings['lr']:.6g}"
        start = ""
    end = f"to loss {settings['stop_loss']:.6g}"
    if settings["method"] == "langevin":
        told = ", ".join(f"{name} {settings[name]:.6g}" for name in ("beta", "kappa", "vertical"))
        how = f"Langevin's equation, {told}, engine {settings['engine']}"
        end = f"{settings['max_steps']} steps of {settings['step']:.6g}"
    depth = "infinity" if settings["depth"] == "inf" else settings["depth"]
    return (
        f"{how}, depth {depth}, {len(runs)} runs from {start}W(0) of scale "
        f"{settings['scale']:.6g}, seed {settings['seed']}, {end}"
    )


def _quantiles(runs: Runs, known: NDArray[np.bool_], on: Screen) -> str:
    quantities = {
        "loss": runs.loss,
        **{_ERRORS[name]: values for name, values in runs.errors.items()},
        "effective rank": runs.effective_rank,
        "log smallest sigma": runs.log_singular_values[:, -1],
        "largest |W_ij|": np.abs(runs.W).max(axis=(1, 2)),
        "steps": runs.steps,
    }
    rows = []
    for name, values in quantities.items():
        sorted_values = np.sort(values[known])
        last = len(sorted_values) - 1
        shown = [sorted_values[round(q * last)] for q in _SHOWN.values()]
        rows.append((name, *(str(x) if values is runs.steps else f"{x:.4g}" for x in shown)))
    table = columns(("quantity", *_SHOWN), rows, on)
    if table is not None:
        return table
    return "".join(
        paragraph(f"{row[0]}: median {row[3]}, from {row[1]} to {row[5]}", on, then="  ")
        for row in rows
    )


def _signs(runs: Runs, known: NDArray[np.bool_]) -> str:
    if runs.problem.shape[0] != runs.problem.shape[1]:
        return "W is rectangular: no determinant."
    signs = runs.det_sign[known]
    counts = [int((signs == sign).sum()) for sign in (1, -1, 0)]
    zero = f", = 0 in {counts[2]}" if counts[2] else ""
    return f"det W > 0 in {counts[0]} runs, < 0 in {counts[1]}{zero}."


def _advice(runs: Runs, counts: dict[Ending, int]) -> list[str]:
    n = len(runs)
    advice = []
    if counts[Ending.DIVERGED]:
        steps = {name: runs.settings.get(name) for name in ("lr", "step")}
        smaller = "".join(
            f" with {name} {size:.6g}; try a smaller --{name}"
            for name, size in steps.items()
            if size is not None
        )
        advice.append(f"{counts[Ending.DIVERGED]} of {n} runs diverged{smaller}.")
    if counts[Ending.UNFINISHED]:
        advice.append(
            f"{counts[Ending.UNFINISHED]} of {n} runs were not finished within the steps allowed; "
            "try a larger --max-steps or --stop-loss."
        )
    if counts[Ending.SINGULAR]:
        advice.append(
            f"{counts[Ending.SINGULAR]} of {n} runs came to det W = 0, where the engine "
            f"{runs.settings['engine']} stops; --engine power goes on."
        )
    if counts[Ending.LOST]:
        advice.append(
            f"{counts[Ending.LOST]} of {n} runs were lost; the same command tries them again."
        )
    return advice
