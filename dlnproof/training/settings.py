"""The settings of a training run: everything that changes its result, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from dlnproof.depth import INFINITE, Depth, as_depth, show_depth
from dlnproof.errors import InputError
from dlnproof.training.completion import Completion
from dlnproof.training.descent import MAX_ITERATIONS, loss_levels, positive
from dlnproof.training.flow import MAX_STEPS
from dlnproof.training.initial import INITS

METHODS: Final = ("flow", "descent")
DEFAULT_LR: Final = 0.01
MOST_LAYERS: Final = 1000  # of descent: the flow takes any depth
MOST_RUNS: Final = 10**7


@dataclass(frozen=True)
class Settings:
    """How a batch of runs is trained, plain data. ``lr`` is None for the flow, which has none."""

    method: str
    depth: Depth
    runs: int
    scale: float
    seed: int
    init: str
    lr: float | None
    stop_loss: float
    max_steps: int
    at_loss: tuple[float, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the settings as JSON writes them."""
        return {
            **asdict(self),
            "depth": show_depth(self.depth),
            "at_loss": list(self.at_loss),
        }


def checked_settings(
    problem: Completion,
    *,
    depth: Depth,
    runs: int,
    scale: float,
    seed: int = 0,
    method: str | None = None,
    init: str = "balanced",
    lr: float | None = None,
    stop_loss: float = 1e-12,
    max_steps: int | None = None,
    at_loss: Sequence[float] = (),
) -> Settings:
    """Return the settings, with the defaults filled in. Raises :class:`InputError`."""
    square = problem.shape[0] == problem.shape[1]
    depth = as_depth(depth)
    if method is None:
        method = "flow" if square else "descent"
    if method not in METHODS:
        raise InputError(f"method: got {method!r}, expected one of {', '.join(METHODS)}")
    if init not in INITS:
        raise InputError(f"init: got {init!r}, expected one of {', '.join(INITS)}")
    if method == "flow":
        _check_flow(problem, init, lr)
    elif depth == INFINITE:
        raise InputError(
            "depth: got infinity with descent, which needs layers to descend on; expected an "
            "integer >= 1, or the method flow for a square problem"
        )
    elif depth > MOST_LAYERS:
        raise InputError(
            f"depth: got {depth} with descent, expected at most {MOST_LAYERS} layers; the flow "
            "takes any depth"
        )
    return Settings(
        method=method,
        depth=depth,
        runs=_whole("runs", runs, 1, MOST_RUNS),
        scale=positive("scale", scale),
        seed=_whole("seed", seed, 0, 2**63 - 1),
        init=init,
        lr=None if method == "flow" else positive("lr", DEFAULT_LR if lr is None else lr),
        stop_loss=positive("stop_loss", stop_loss, zero=True),
        max_steps=_most_steps(method, max_steps),
        at_loss=loss_levels(at_loss),
    )


def _check_flow(problem: Completion, init: str, lr: float | None) -> None:
    if problem.shape[0] != problem.shape[1]:
        raise InputError(
            f"method: got flow for the shape {problem.shape}, expected a square problem; the flow "
            "of the end-to-end matrix is on the balanced manifold of square layers; use descent"
        )
    if init != "balanced":
        raise InputError(
            f"init: got {init!r} with the flow, which stays on the balanced manifold; expected "
            "balanced, or the method descent"
        )
    if lr is not None:
        raise InputError(
            f"lr: got {lr!r} with the flow, which chooses its own steps; expected none, or the "
            "method descent"
        )


def _most_steps(method: str, given: int | None) -> int:
    if given is None:
        return MAX_ITERATIONS if method == "descent" else MAX_STEPS
    return _whole("max_steps", given, 1, 10**12)


def _whole(name: str, value: Any, least: int, most: int) -> int:
    try:
        number = None if isinstance(value, bool) else int(value.__index__())
    except (AttributeError, TypeError):
        number = None
    if number is None or not least <= number <= most:
        raise InputError(f"{name}: got {value!r}, expected an integer from {least} to {most}")
    return number
