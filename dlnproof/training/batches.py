"""Training a batch of runs: in chunks that any process can do, with the same result to the bit."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any, Final

from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.limits import JOBS, whole
from dlnproof.pool import shared
from dlnproof.training.descent import gradient_descent
from dlnproof.training.diffusion import langevin
from dlnproof.training.flow import gradient_flow
from dlnproof.training.initial import Start, network_factors, network_widths, starts
from dlnproof.training.problem import Problem
from dlnproof.training.runs import Runs, joined
from dlnproof.training.settings import KINDS, NOISE, Settings, checked_settings, rank_of
from dlnproof.training.store import Kept

FEWEST: Final = 256  # runs in a chunk: below, a call of numpy costs more than its arithmetic
SMALL: Final = 16  # entries of a matrix of which that is so: of larger ones fewer are enough
MOST: Final = 4096
CHUNKS: Final = 16  # as many as that, in between: something to share out and to show progress with


class LostRunsWarning(RuntimeWarning):
    """Runs were lost with the process that trained them."""


@dataclass(frozen=True)
class Chunk:
    """Consecutive runs, plain data: ``start`` is W(0), (k, d, d'), or a list of factors.

    ``first`` is the number of its first run, ``number`` says of which settings, where there are
    several.
    """

    index: int
    problem: Problem
    settings: Settings
    start: Start
    first: int
    number: int = 0

    def __len__(self) -> int:
        return len(self.start[0] if isinstance(self.start, list) else self.start)


def train(
    problem: Problem,
    *,
    depth: Depth,
    runs: int,
    scale: float,
    seed: int = 0,
    method: str | None = None,
    init: str = "balanced",
    hidden: int | Sequence[int] | None = None,
    lr: float | None = None,
    beta: float | None = None,
    kappa: float | None = None,
    vertical: float | None = None,
    step: float | None = None,
    stop_loss: float = 1e-12,
    at_loss: Sequence[float] = (),
    at_time: Sequence[float] = (),
    max_steps: int | None = None,
    engine: str | None = None,
    jobs: int = JOBS.usual,
    executor: Executor | None = None,
    progress: Callable[[int], None] = lambda runs: None,
    keep: str | Path | None = None,
) -> Runs:
    """Train ``runs`` deep linear networks on a problem, from small random W(0).

    W(0) is ``scale`` times standard Gaussian entries, drawn from ``seed`` run after run: the first
    100 of 500 runs are the runs of a run of 100. ``method``: "flow" (the end-to-end flow on the
    balanced manifold, any depth; the default for square problems), "descent" (gradient descent on
    the factors with step ``lr``, 0.01 by default) or "langevin" (the flow with noise:
    :func:`~dlnproof.training.langevin` says what ``beta``, ``kappa``, ``vertical`` and ``step``
    are; it takes all of ``max_steps``). ``problem`` is a :class:`~dlnproof.training.Completion` or
    a :class:`~dlnproof.training.Sensing`.

    ``init``: "balanced" factors of W(0), or of descent independent factors, whose product has
    entries of size ``scale`` ("unbalanced") or scale / sqrt(d') ("gaussian", "uniform"), or is
    ``scale`` times a matrix with equal singular values ("orthogonal", "identity"; of the flow,
    too): :func:`~dlnproof.training.initial.starts` says the laws. ``hidden``: the hidden widths of
    descent and flow, one for all layers or one for each, min(d, d') by default; the flow, whose W
    keeps a rank, heeds the least of them where it is lower.
    ``at_loss`` and ``at_time``: where along each run W is wanted, see :class:`Runs`. ``engine``:
    what computes, by default by the matrices' size, see :func:`gradient_flow` and
    :func:`gradient_descent`.

    ``jobs`` processes, or the given ``executor`` (anything with the interface of
    ``concurrent.futures``, such as a Dask client's), train chunks of runs; who did them changes no
    bit of the result, if processors and the number of BLAS threads are the same. Runs whose process
    dies twice end LOST, with a warning; the others are kept. ``progress`` is called with the number
    of runs in each chunk as it ends. With the directory ``keep`` finished chunks are kept there,
    and a run with the same settings goes on from them.
    Raises :class:`~dlnproof.errors.InputError`.

    >>> from dlnproof.training import Completion
    >>> problem = Completion((1, 2), {(0, 0): 1, (0, 1): 2})
    >>> runs = train(problem, depth=2, runs=3, scale=0.1, lr=0.1)
    >>> runs.W.shape, [str(ending) for ending in runs.ending]
    ((3, 1, 2), ['reached', 'reached', 'reached'])
    """
    given = locals()  # the signature names the settings once more: a test compares them
    whole("jobs", jobs, JOBS.least)
    settings = checked_settings(problem, **{name: given[name] for name in KINDS})
    [found] = train_all(
        problem, [settings], jobs=jobs, executor=executor, progress=progress, keep=keep
    )
    return found


def train_all(
    problem: Problem,
    all_settings: Sequence[Settings],
    *,
    jobs: int,
    executor: Executor | None,
    progress: Callable[[int], None],
    keep: str | Path | None,
) -> list[Runs]:
    """Train with each of some settings: their chunks are shared out together."""
    kept = [None if keep is None else Kept(Path(keep), problem, s) for s in all_settings]
    found: list[dict[int, Runs]] = [{} for _ in all_settings]
    waiting: list[Chunk] = []
    for number, settings in enumerate(all_settings):
        keeping = kept[number]
        for chunk in chunks(problem, settings, number):
            done = keeping.load(chunk.index, len(chunk)) if keeping else None
            if done is None:
                waiting.append(chunk)
            else:
                found[number][chunk.index] = done
                progress(len(chunk))

    def finish(chunk: Chunk, outcome: Runs) -> None:
        if keeping := kept[chunk.number]:
            keeping.save(chunk.index, outcome)
        found[chunk.number][chunk.index] = outcome
        progress(len(chunk))

    for chunk, _ in _attempt(waiting, min(jobs, len(waiting)) or 1, executor, finish):
        # alone this time: a chunk that ends its process takes no other with it
        for _, error in _attempt([chunk], 2, executor, finish):
            warnings.warn(
                f"{len(chunk)} runs are lost, their chunk failed twice: {error!r}",
                LostRunsWarning,
                stacklevel=3,
            )
            along = tuple(chunk.settings.at_loss), tuple(chunk.settings.at_time)
            found[chunk.number][chunk.index] = Runs.unknown(problem, {}, len(chunk), *along)
            progress(len(chunk))
    return [
        joined(problem, settings.as_json(), [its[k] for k in sorted(its)])
        for settings, its in zip(all_settings, found, strict=True)
    ]


def chunks(problem: Problem, settings: Settings, number: int = 0) -> Iterator[Chunk]:
    """Yield the chunks of a run; they depend on its settings only, not on who does them."""
    fewest = max(FEWEST * SMALL // max(prod(problem.shape), SMALL), 1)
    size = min(max(-(-settings.runs // CHUNKS), fewest), MOST)
    counts = [min(size, settings.runs - first) for first in range(0, settings.runs, size)]
    widths = None
    if settings.method == "descent":
        widths = network_widths(problem.shape, int(settings.depth), _hidden(settings))
    drawn = starts(
        settings.init,
        problem.shape,
        counts,
        scale=settings.scale,
        seed=settings.seed,
        widths=widths,
    )
    for index, start in enumerate(drawn):
        yield Chunk(index, problem, settings, start, index * size, number)


def run_chunk(chunk: Chunk) -> Runs:
    """Train one chunk."""
    problem, start = chunk.problem, chunk.start
    settings: Any = chunk.settings  # checked: what its method needs is not None
    if settings.method == "langevin":
        names = (*NOISE, "seed", "at_time", "engine")
        given = {name: getattr(settings, name) for name in names}
        return langevin(
            problem,
            settings.depth,
            start,
            steps=settings.max_steps,
            first_run=chunk.first,
            **given,
        )
    common = {
        name: getattr(settings, name) for name in ("stop_loss", "at_loss", "at_time", "engine")
    }
    if settings.method == "flow":
        common |= {"max_steps": settings.max_steps, "rank": rank_of(settings.hidden, problem.shape)}
        return gradient_flow(problem, settings.depth, start, **common)
    if not isinstance(start, list):
        start = network_factors(start, settings.depth, _hidden(settings))
    return gradient_descent(
        problem, start, lr=settings.lr, max_iterations=settings.max_steps, **common
    )


def _hidden(settings: Any) -> tuple[int, ...] | None:
    hidden: tuple[int, ...] | None = settings.hidden  # checked: one for each layer
    return hidden


def _attempt(
    waiting: Sequence[Chunk],
    count: int,
    executor: Executor | None,
    finish: Callable[[Chunk, Runs], None],
) -> list[tuple[Chunk, Exception]]:
    """Train the chunks and return those that were lost, with what was raised in their place."""
    lost: list[tuple[Chunk, Exception]] = []
    with shared(run_chunk, waiting, count, executor, ordered=False) as done:
        for chunk, outcome in done:
            if isinstance(outcome, InputError):  # it holds for every chunk
                raise outcome
            if isinstance(outcome, Exception):
                lost.append((chunk, outcome))
            else:
                finish(chunk, outcome)
    return lost
