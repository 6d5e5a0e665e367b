"""The outcomes of a batch of training runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.effective_rank import of_logarithms
from dlnproof.training.problem import Problem


class Ending(StrEnum):
    """How one training run ended."""

    REACHED = "reached"
    """The loss fell to the level asked for."""
    STATIONARY = "stationary"
    """The gradient vanished to rounding above that level: a saddle or a local minimum."""
    UNFINISHED = "unfinished"
    """The steps allowed were spent before."""
    DIVERGED = "diverged"
    """The iterates left every bound; what is stored is the last finite one."""
    IMPRECISE = "imprecise"
    """Rounding no longer allows a statement; what is stored is the last trusted state."""
    SAMPLED = "sampled"
    """The steps asked for were taken: a run with noise has no other end."""
    SINGULAR = "singular"
    """The next step would have crossed det W = 0; what is stored is the state before."""
    LOST = "lost"
    """The process that trained it ended; nothing is known of it, and its numbers are NaN."""


@dataclass(frozen=True, repr=False)
class Runs:
    """The outcomes of ``n`` training runs of one problem, one row a run.

    ``W``: (n, d, d'), end-to-end matrices; ``loss``: (n,); ``log_singular_values``:
    (n, min(d, d')), natural logarithms, decreasing, kept beyond what the entries of W can hold
    wherever the method knows them, -inf for zero; ``det_sign``: (n,) of -1, 0, 1, zero for
    rectangular W; ``ending``: (n,) of :class:`Ending`; ``steps``: (n,), steps or iterations taken;
    ``time``: (n,), the time t of dW/dt = -A_{N,W}(G), G = grad l(W). The factors' own gradient flow
    dW_j/dtau = -dl/dW_j moves W by dW/dtau = -N A_{N,W}(G), N times faster: t = N tau, and so
    ``steps`` iterations of gradient descent with step lr have the time N lr ``steps``; of
    :func:`~dlnproof.training.langevin` it is the time of its equation;
    ``levels``: decreasing losses, and ``W_at``: (n, levels, d, d'), the matrix where the loss first
    reached each, NaN where it never did; ``times``: increasing, of the same t, and ``W_at_time``:
    (n, times, d, d'), the matrix at each, NaN after a run's end. ``settings`` are the plain data
    that repeat the run.
    """

    problem: Problem
    settings: Mapping[str, Any]
    W: FloatArray
    loss: FloatArray
    log_singular_values: FloatArray
    det_sign: NDArray[np.int8]
    ending: NDArray[np.str_]
    steps: NDArray[np.int64]
    time: FloatArray
    levels: tuple[float, ...] = ()
    W_at: FloatArray = field(default_factory=lambda: np.empty((0, 0, 0, 0)))
    times: tuple[float, ...] = ()
    W_at_time: FloatArray = field(default_factory=lambda: np.empty((0, 0, 0, 0)))

    @classmethod
    def unknown(
        cls,
        problem: Problem,
        settings: Mapping[str, Any],
        n: int,
        levels: tuple[float, ...],
        times: tuple[float, ...] = (),
    ) -> Runs:
        """Return n runs of which nothing is known."""
        shape = problem.shape
        trajectories = ((len(levels), *shape), (len(times), *shape))
        rows: Any = (shape, (), (min(shape),), (), *trajectories)
        W, loss, log_sigma, time, W_at, W_at_time = (np.full((n, *row), np.nan) for row in rows)
        ending = np.full(n, Ending.LOST, dtype=f"<U{max(map(len, Ending))}")
        sign, steps = np.zeros(n, dtype=np.int8), np.zeros(n, dtype=np.int64)
        ended = (W, loss, log_sigma, sign, ending, steps, time)
        return cls(problem, settings, *ended, levels, W_at, times, W_at_time)

    def __len__(self) -> int:
        return len(self.W)

    def take(self, which: Any) -> Runs:
        """Return the selected runs; ``which`` is any index of the first axis."""
        arrays = {name: getattr(self, name)[which] for name in ARRAYS}
        return replace(self, **arrays)

    def __repr__(self) -> str:
        from dlnproof.training.tables import endings, median

        shape = " x ".join(map(str, self.problem.shape))
        told = {k: self.settings.get(k) for k in ("method", "depth", "scale")}
        how = "".join(f", {k} {v}" for k, v in told.items() if isinstance(v, str | int | float))
        return (
            f"<{len(self)} runs of {type(self.problem).__name__} {shape}{how}:\n"
            f" {endings(self.ending) or 'none'}; median loss {median(self.loss)}>"
        )

    def columns(self, *, along: str | None = None, entries: bool = False) -> dict[str, Any]:
        """Return what a table of the runs has: arrays of shape (rows,) by plain names.

        One row a run: ``ending``, ``loss``, ``steps``, ``time``, ``det_sign``, ``effective_rank``,
        the norms ``frobenius``, ``nuclear``, ``spectral``, the ``errors`` if there are, and the
        logarithms ``log_sigma_1``, ...
        of the singular values. With ``along="level"``, or ``"time"``, one row for each run and each
        level, or time: ``run``, ``level``, ``effective_rank``, the norms, ``sigma_1``, ...; NaN
        where the run never came there. ``entries`` adds those of W: ``W_1_1``, ..., counted from
        one. pandas, polars, pyarrow take it. Where these numbers are those of the runs' own arrays
        they are views: no data is copied. Raises :class:`~dlnproof.errors.InputError`.
        """
        from dlnproof.training import tables

        if along is None:
            return tables.of_runs(self, entries=entries)
        return tables.along(self, along, entries=entries)

    def to_frame(self, *, along: str | None = None, entries: bool = False) -> Any:
        """Return :meth:`columns` as a ``pandas.DataFrame``.

        Raises :class:`~dlnproof.errors.InputError` where pandas is not installed.
        """
        from dlnproof.training.tables import frame

        return frame(self.columns(along=along, entries=entries))

    def to_xarray(self) -> Any:
        """Return the runs as an ``xarray.Dataset``, with named axes.

        ``run`` counts from zero, ``row``, ``column`` and ``index`` (of singular values) from one;
        ``level`` are the losses and ``time`` the times where W was kept, if it was. What a run has
        at its end is called as in :meth:`columns`, but ``end_time``; ``W_at`` (run, level, row,
        column) and ``W_at_time`` are the trajectories, with ``singular_values_at_level``,
        ``effective_rank_at_level``, ..., and the same at times. The arrays are the runs' own, not
        copies. Raises :class:`~dlnproof.errors.InputError` where xarray is not installed.
        """
        from dlnproof.training.tables import dataset

        return dataset(self)

    @property
    def reached(self) -> NDArray[np.bool_]:
        """Which runs ended at the loss asked for."""
        return np.asarray(self.ending == Ending.REACHED)

    @property
    def effective_rank(self) -> FloatArray:
        """Return exp of the Shannon entropy (natural log) of sigma / sum sigma, shape (n,)."""
        return np.asarray(of_logarithms(self.log_singular_values))

    @property
    def errors(self) -> dict[str, FloatArray]:
        """Half the mean squared errors against the problem's truth, each of shape (n,).

        ``error_all`` and, of a completion, ``error_unobserved``, the test error: see
        :class:`~dlnproof.training.problem.Problem`. Empty where no truth is known.
        """
        of = getattr(self.problem, "errors", None)  # of a problem of one's own there need be none
        return of(self.W) if of else {}

    @property
    def norms(self) -> dict[str, FloatArray]:
        """The Frobenius, nuclear and spectral norms, each of shape (n,)."""
        sigma = np.exp(self.log_singular_values)
        return {
            "frobenius": np.sqrt((sigma * sigma).sum(axis=-1)),
            "nuclear": sigma.sum(axis=-1),
            "spectral": sigma.max(axis=-1),
        }


ARRAYS: Final = tuple(
    f.name for f in fields(Runs) if f.name not in ("problem", "settings", "levels", "times")
)
"""The fields of :class:`Runs` with a row for each run."""


def joined(problem: Problem, settings: Mapping[str, Any], parts: Sequence[Runs]) -> Runs:
    """Return the runs of all parts, in order, as one batch with these settings."""
    arrays = {name: np.concatenate([getattr(part, name) for part in parts]) for name in ARRAYS}
    return Runs(problem, settings, levels=parts[0].levels, times=parts[0].times, **arrays)
