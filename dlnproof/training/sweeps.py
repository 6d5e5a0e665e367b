"""Training over depths, scales and seeds: one table of all runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final

import numpy as np

from dlnproof.depth import Depth, show_depth
from dlnproof.errors import InputError
from dlnproof.limits import JOBS, MOST_TRAINED, whole
from dlnproof.training.batches import train_all
from dlnproof.training.problem import Problem
from dlnproof.training.runs import Runs
from dlnproof.training.settings import KINDS, checked, checked_settings
from dlnproof.training.tables import endings, frame, joined, median, save_columns

LABELS: Final = ("depth", "scale", "seed")


@dataclass(frozen=True, repr=False)
class Sweep:
    """The runs of every depth, scale and seed: ``runs[depth, scale, seed]``, in that order."""

    runs: Mapping[tuple[Depth, float, int], Runs]

    def columns(self, *, along: str | None = None, entries: bool = False) -> dict[str, Any]:
        """Return the columns of all runs, labelled by ``depth``, ``scale``, ``seed``, ``run``.

        ``depth`` is of floats where one is infinite; ``run`` counts from zero for each of them. The
        others are those of :meth:`Runs.columns`, which says what ``along`` and ``entries`` do.
        """
        depths = [depth for depth, _, _ in self.runs]
        parts = []
        for label, runs in self.runs.items():
            found = runs.columns(along=along, entries=entries)
            rows = len(found["effective_rank"])
            labels = {
                name: np.full(rows, value, np.result_type(*map(type, depths)) if k == 0 else None)
                for k, (name, value) in enumerate(zip(LABELS, label, strict=True))
            }
            parts.append({**labels, "run": np.arange(rows), **found})
        return joined(parts)

    def to_frame(self, *, along: str | None = None, entries: bool = False) -> Any:
        """Return :meth:`columns` as a ``pandas.DataFrame``.

        Raises :class:`~dlnproof.errors.InputError` where pandas is not installed.
        """
        return frame(self.columns(along=along, entries=entries))

    def save(self, path: str | Path, *, along: str | None = None, entries: bool = False) -> None:
        """Write :meth:`columns` to a file that ends in .csv, or in .parquet (by pyarrow).

        Numbers are written in full. Raises :class:`~dlnproof.errors.InputError`.
        """
        save_columns(self.columns(along=along, entries=entries), path)

    def __len__(self) -> int:
        return sum(map(len, self.runs.values()))

    def __repr__(self) -> str:
        shown = [(show_depth(depth), scale, seed) for depth, scale, seed in self.runs]
        what = "; ".join(
            f"{name}{'s' * (len(its) > 1)} {', '.join(its)}"
            for name, values in zip(LABELS, zip(*shown, strict=True), strict=True)
            for its in [dict.fromkeys(map(str, values))]
        )
        all_runs = self.runs.values()
        return (
            f"<{len(self)} runs: {what}:\n {endings(np.concatenate([r.ending for r in all_runs]))};"
            f" median loss {median(np.concatenate([r.loss for r in all_runs]))}>"
        )


def sweep(
    problem: Problem,
    *,
    depths: Iterable[Depth],
    scales: Iterable[float],
    seeds: Iterable[int] = (0,),
    runs: int = 1,
    jobs: int = JOBS.usual,
    executor: Executor | None = None,
    progress: Callable[[int], None] = lambda runs: None,
    keep: str | Path | None = None,
    **settings: Any,
) -> Sweep:
    """Train ``runs`` networks from each seed, at each depth and scale: one table of them all.

    The starts of one seed are the same at every depth, and the same up to their size at every
    scale. Many runs of few seeds take less time than few of many. All else, ``jobs``, ``executor``,
    ``progress``, ``keep`` and further ``settings`` (``method``, ``lr``, ``at_loss``, ...), is as
    :func:`~dlnproof.training.train` takes it, and the runs are the same to the bit. With ``keep``,
    what is finished of a sweep that was interrupted, or that had fewer depths, scales or seeds, is
    not trained again. Raises :class:`~dlnproof.errors.InputError` before anything is trained.

    >>> from dlnproof.training import Completion
    >>> problem = Completion((1, 2), {(0, 0): 1, (0, 1): 2})
    >>> table = sweep(problem, depths=[2, 3], scales=[0.1], runs=2, lr=0.1)
    >>> columns = table.columns()
    >>> columns["depth"].tolist(), columns["run"].tolist()
    ([2, 2, 3, 3], [0, 1, 0, 1])
    """
    for name in settings:
        if name in LABELS or name not in KINDS:
            others = ", ".join(k for k in KINDS if k not in (*LABELS, "runs"))
            raise InputError(f"sweep: got {name}=, expected depths, scales, seeds, runs, {others}")
    whole("jobs", jobs, JOBS.least)
    asked = (_listed("depth", depths), _listed("scale", scales), _listed("seed", seeds))
    labels = list(product(*asked))
    every = [
        checked_settings(problem, runs=runs, **dict(zip(LABELS, label, strict=True)), **settings)
        for label in labels
    ]
    if len(labels) * every[0].entries(problem) > MOST_TRAINED:
        raise InputError(
            f"sweep: got {len(labels):,} times {runs:,} runs of "
            f"{problem.shape[0]}x{problem.shape[1]} matrices, which no memory holds; expected at "
            f"most {MOST_TRAINED:,} entries in all"
        )
    found = train_all(problem, every, jobs=jobs, executor=executor, progress=progress, keep=keep)
    return Sweep(dict(zip(labels, found, strict=True)))


def _listed(name: str, values: Any) -> list[Any]:
    """Return the values of a setting, each once. Raises :class:`InputError`."""
    try:
        found = list(dict.fromkeys(checked(name, value) for value in values))
    except TypeError:
        raise InputError(
            f"{name}s: got {values!r}, expected a list, such as [{values!r}]"
        ) from None
    if not found or isinstance(values, str):
        raise InputError(f"{name}s: got {values!r}, expected a list of at least one {name}")
    return found
