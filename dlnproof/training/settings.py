"""The settings of a training run, all that changes its result: each is written down here, once.

From the fields of :class:`Settings` follow the options of ``dlnproof train``, what
:func:`~dlnproof.training.train` takes and refuses, and what is stored with the runs. Only what is
needed to print the options is imported.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from math import isfinite, nan, prod
from typing import TYPE_CHECKING, Annotated, Any, Final, get_type_hints

from dlnproof import limits
from dlnproof.depth import INFINITE, Depth, as_depth, show_depth
from dlnproof.errors import InputError
from dlnproof.limits import (
    DESCENT_STEPS,
    HIDDEN,
    MOST_TRAINED,
    NOISY_STEPS,
    SEED,
    STEPS,
    TRAINED_RUNS,
)
from dlnproof.training import engines

if TYPE_CHECKING:
    from dlnproof.training.problem import Problem

MAX_STEPS: Final = {
    "flow": STEPS.usual,
    "descent": DESCENT_STEPS.usual,
    "langevin": NOISY_STEPS.usual,
}
METHODS: Final = tuple(MAX_STEPS)
DEFAULT_LR: Final = 0.01
NOISE: Final = {"beta": 1.0, "kappa": 1.0, "vertical": 1.0, "step": 1e-3}
"""What langevin has alone, and what it is where nothing is said."""
DEEPEST: Final = 2**63 - 1  # what a column of integers holds
INITS: Final = ("balanced", "unbalanced", "gaussian", "uniform", "orthogonal", "identity")
FLOW_INITS: Final = ("balanced", "orthogonal", "identity")  # balanced where all widths are equal


@dataclass(frozen=True)
class Kind:
    """What a setting may be; and how the command line asks for it.

    ``usual`` is what the command line takes, as text, where the library wants a value and none is
    given; None where it wants one too.
    """

    help: str = ""
    metavar: str | None = None
    usual: str | None = None

    def checked(self, name: str, value: Any) -> Any:
        """Return the value that is meant. Raises :class:`InputError`."""
        raise NotImplementedError


class Layers(Kind):
    """A depth."""

    def checked(self, name: str, value: Any) -> Depth:
        """Return an integer from 1 to :data:`DEEPEST`, or infinity."""
        depth = as_depth(value)
        if DEEPEST < depth < INFINITE:
            raise InputError(
                f"depth: got one above {DEEPEST}, expected at most that, or infinity, from which "
                "the flow of such a depth differs by less than rounding"
            )
        return depth


@dataclass(frozen=True)
class Whole(Kind):
    """An integer between bounds."""

    within: limits.Whole = field(kw_only=True)

    def checked(self, name: str, value: Any) -> int:
        """Return an integer between the bounds."""
        return self.within.checked(name, value)


@dataclass(frozen=True)
class Positive(Kind):
    """A finite number > 0, or >= 0 with ``zero``."""

    zero: bool = False

    def checked(self, name: str, value: Any) -> float:
        """Return a finite number of that sign."""
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            number = nan
        if not isfinite(number) or number < 0 or (number == 0 and not self.zero):
            raise InputError(
                f"{name}: got {value!r}, expected a finite number {'>=' if self.zero else '>'} 0"
            )
        return number


@dataclass(frozen=True)
class Several(Positive):
    """Such numbers, in any order; ``what`` they are."""

    what: str = field(kw_only=True)
    decreasing: bool = False

    def checked(self, name: str, value: Any) -> Any:
        """Return the numbers in their order along a run, each once."""
        try:
            listed = list(value)
        except TypeError:
            sign = ">=" if self.zero else ">"
            raise InputError(
                f"{name}: got {value!r}, expected a list of {self.what} {sign} 0"
            ) from None
        found = {super(Several, self).checked(name, x) for x in listed}
        return tuple(sorted(found, reverse=self.decreasing))


@dataclass(frozen=True)
class Widths(Kind):
    """Hidden widths: one for all hidden layers, or one for each."""

    def checked(self, name: str, value: Any) -> tuple[int, ...]:
        """Return the widths, at least one."""
        try:
            widths = list(value)
        except TypeError:
            widths = [value]
        if not widths:
            raise InputError(f"{name}: got none, expected a width, or one for each hidden layer")
        return tuple(HIDDEN.checked(name, width) for width in widths)


@dataclass(frozen=True)
class Choice(Kind):
    """One of some words."""

    among: tuple[str, ...] = ()

    def checked(self, name: str, value: Any) -> str:
        """Return one of the words."""
        if value not in self.among:
            raise InputError(f"{name}: got {value!r}, expected one of {', '.join(self.among)}")
        return str(value)


@dataclass(frozen=True)
class Settings:
    """How a batch of runs is trained, plain data. ``lr`` is None for the flow, which has none.

    The defaults are those of ``train``. Those that are None depend on the method, whose own depends
    on the problem's shape.
    """

    depth: Annotated[Depth, Layers("an integer >= 1, or inf", "N")]
    runs: Annotated[int, Whole("training runs", "R", str(TRAINED_RUNS.usual), within=TRAINED_RUNS)]
    scale: Annotated[float, Positive("W(0) = S times standard Gaussian entries", "S", "1e-3")]
    seed: Annotated[int, Whole("what W(0) is drawn from", "K", within=SEED)] = SEED.usual
    method: Annotated[
        str | None,
        Choice(
            "flow, descent, or langevin, the flow with noise (default: flow; descent if W is "
            "rectangular)",
            among=METHODS,
        ),
    ] = None
    init: Annotated[
        str,
        Choice(
            "where training starts: from balanced factors of W(0); or from independent factors, "
            "with descent: unbalanced (Gaussian, W(0) with entries of size S), gaussian, uniform "
            "(entries of W_j of size S^(1/N) over the root of its columns); or orthogonal, "
            "identity (factors S^(1/N) times such a matrix; with the flow W(0) is S times one)",
            among=INITS,
        ),
    ] = "balanced"
    hidden: Annotated[
        int | Sequence[int] | None,
        Widths(
            "hidden widths of descent and flow, one for all layers or one for each, e.g. 5 or 5,7 "
            "(default: the smaller of the rows and columns); the flow heeds the least alone, where "
            "it is smaller: the rank of W",
            "LIST",
        ),
    ] = None
    lr: Annotated[float | None, Positive(f"step of descent (default: {DEFAULT_LR})", "H")] = None
    beta: Annotated[
        float | None,
        Positive(
            f"inverse temperature of langevin, the factor of the loss (default: {NOISE['beta']:g})",
            "B",
            zero=True,
        ),
    ] = None
    kappa: Annotated[
        float | None,
        Positive(
            f"noise of langevin across the orbits, 2 K dt (default: {NOISE['kappa']:g})",
            "K",
            zero=True,
        ),
    ] = None
    vertical: Annotated[
        float | None,
        Positive(
            "noise of langevin along the orbits, 2 V dt, which moves W by V times the gradient of "
            f"the entropy (default: {NOISE['vertical']:g})",
            "V",
            zero=True,
        ),
    ] = None
    step: Annotated[
        float | None, Positive(f"time of a step of langevin (default: {NOISE['step']:g})", "DT")
    ] = None
    stop_loss: Annotated[float, Positive("end at this loss", "L", zero=True)] = 1e-12
    at_loss: Annotated[
        Sequence[float],
        Several(
            "keep W where the loss reaches these, e.g. 1e-1,1e-2",
            "LIST",
            what="losses",
            decreasing=True,
        ),
    ] = ()
    at_time: Annotated[
        Sequence[float],
        Several(
            "keep W at these times t, e.g. 1,10,100; an iteration of descent takes N H",
            "LIST",
            zero=True,
            what="times",
        ),
    ] = ()
    max_steps: Annotated[
        int | None,
        Whole(
            "the most steps of a run, of langevin all of them (default: "
            f"{MAX_STEPS['flow']} of the flow, {MAX_STEPS['descent']} of descent, "
            f"{MAX_STEPS['langevin']} of langevin)",
            "M",
            within=STEPS,
        ),
    ] = None

    engine: Annotated[
        str | None,
        Choice(
            "what computes: of the flow stiff, or explicit beyond 20 x 20; of descent lanes, or "
            "numpy's products of matrices beyond 4 x 4 (default: by size); of langevin power, "
            "euler (default at infinite depth) or factors",
            among=(*engines.FLOW, *engines.DESCENT, *engines.LANGEVIN),
        ),
    ] = None

    def entries(self, problem: "Problem") -> int:
        """Return how many entries of matrices are kept of the runs."""
        return self.runs * prod(problem.shape) * (1 + len(self.at_loss) + len(self.at_time))

    def as_json(self) -> dict[str, Any]:
        """Return the settings as JSON writes them: method first, what is kept along a run last."""
        plain = asdict(self) | {"depth": show_depth(self.depth)}
        along = {name: list(plain.pop(name)) for name in ("at_loss", "at_time")}
        if plain["hidden"] is not None:
            plain["hidden"] = list(plain["hidden"])
        return {"method": plain.pop("method"), **plain, **along}


KINDS: Final[dict[str, Kind]] = {
    name: hint.__metadata__[0]
    for name, hint in get_type_hints(Settings, include_extras=True).items()
}
"""Of every setting what it may be."""


def checked(name: str, value: Any) -> Any:
    """Return the value that is meant for a setting. Raises :class:`InputError`."""
    return KINDS[name].checked(name, value)


def check_problem(problem: Any) -> None:
    """Raise :class:`InputError` for what cannot be trained on."""
    if not all(hasattr(problem, name) for name in ("shape", "loss", "gradient")):
        raise InputError(
            f"problem: got {type(problem).__name__}, expected one with a loss and a gradient, such "
            "as Completion((2, 2), {(0, 1): 1}) or Sensing(A, y)"
        )


def check_known(problem: Any, what: str) -> None:
    """Raise :class:`InputError` for a problem of which no more than loss and gradient is known."""
    from dlnproof.training.completion import Completion
    from dlnproof.training.sensing import Sensing

    if not isinstance(problem, Completion | Sensing):
        raise InputError(
            f"problem: got {type(problem).__name__} {what}, expected a Completion or a Sensing; "
            "descent takes others, whose runs are not stored"
        )


def checked_settings(problem: "Problem", **given: Any) -> Settings:
    """Return the settings, with the defaults filled in. Raises :class:`InputError`."""
    check_problem(problem)
    asked = Settings(**given)
    if asked.method is None:
        square = problem.shape[0] == problem.shape[1]
        asked = replace(asked, method="flow" if square else "descent")
    found = {
        name: checked(name, value)
        for name, value in vars(asked).items()
        if value is not None or name not in ("lr", "max_steps", "hidden", "engine", *NOISE)
    }
    found.setdefault("max_steps", MAX_STEPS[found["method"]])
    if Settings(**found).entries(problem) > MOST_TRAINED:
        raise InputError(
            f"runs: got {found['runs']:,} of {problem.shape[0]}x{problem.shape[1]} matrices, which "
            f"no memory holds; expected at most {MOST_TRAINED:,} entries in all"
        )
    if found["method"] == "langevin":
        return _of_langevin(problem, asked, found)
    for name in NOISE:
        if name in found:
            raise InputError(
                f"{name}: got {found[name]!r} with {found['method']}, which has no noise; expected "
                "none, or the method langevin"
            )
    if found["method"] == "flow":
        check_known(problem, "with the flow")
        _check_balanced(asked, "flow")
        _check_layers(found)
        rank = rank_of(found.get("hidden"), problem.shape)
        engine = engines.of_flow(problem.shape, found["depth"], asked.engine, rank)
        return Settings(**found | {"engine": engine})
    if found["depth"] == INFINITE:
        raise InputError(
            "depth: got infinity with descent, which needs layers to descend on; expected an "
            "integer >= 1, or the method flow for a square problem"
        )
    if found["depth"] > engines.MOST_LAYERS:
        raise InputError(
            f"depth: got {found['depth']} with descent, expected at most {engines.MOST_LAYERS} "
            "layers; the flow takes any depth"
        )
    if "hidden" in found:
        _check_layers(found)
        if len(found["hidden"]) == 1:
            found["hidden"] *= int(found["depth"]) - 1
        _check_factors(problem, found)
    engine = asked.engine or engines.of_descent(problem, (*problem.shape, *found.get("hidden", ())))
    if engine not in engines.DESCENT:
        raise InputError(
            f"engine: got {engine!r} with descent, expected {' or '.join(engines.DESCENT)}"
        )
    return Settings(**{"lr": DEFAULT_LR} | found | {"engine": engine})


def rank_of(hidden: Sequence[int] | None, shape: tuple[int, int]) -> int | None:
    """Return the rank that hidden widths leave W in the flow, None where it may be full."""
    rank = min(*shape, *(hidden or ()))
    return None if rank == min(shape) else rank


def _check_layers(found: dict[str, Any]) -> None:
    """Raise :class:`InputError` unless hidden widths are one for all layers, or one for each."""
    hidden, depth = found.get("hidden"), found["depth"]
    if hidden is None:
        return
    if depth == 1:
        raise InputError(
            f"hidden: got {_listed(hidden)} at depth 1, which has no hidden layer; expected none, "
            "or a depth >= 2"
        )
    if len(hidden) not in (1, depth - 1):
        each = "" if depth == INFINITE else f", or one for each: {depth - 1}"
        raise InputError(
            f"hidden: got {len(hidden)} widths at depth {show_depth(depth)}, expected one for all "
            f"hidden layers{each}"
        )


def _listed(hidden: tuple[int, ...]) -> str:
    some = ",".join(map(str, hidden[:8]))
    return f"{some},... ({len(hidden)} of them)" if len(hidden) > 8 else some


def _check_factors(problem: "Problem", found: dict[str, Any]) -> None:
    """Raise :class:`InputError` where the factors of all runs are more than memory holds."""
    widths = (problem.shape[1], *found["hidden"], problem.shape[0])
    entries = found["runs"] * sum(a * b for a, b in pairwise(widths))
    if entries > MOST_TRAINED:
        raise InputError(
            f"hidden: got widths {_listed(found['hidden'])} for {found['runs']:,} runs, whose "
            f"factors no memory holds; expected at most {MOST_TRAINED:,} entries in all"
        )


def _check_balanced(asked: Settings, method: str) -> None:
    """Raise :class:`InputError` for what a method on the balanced manifold does not have."""
    named = "the flow" if method == "flow" else method
    if asked.init not in FLOW_INITS:
        raise InputError(
            f"init: got {asked.init!r} with {named}, which stays on the balanced manifold; "
            f"expected {' or '.join(FLOW_INITS)}, or the method descent"
        )
    if asked.lr is not None:
        own = "has the setting step" if method == "langevin" else "chooses its own steps"
        raise InputError(
            f"lr: got {asked.lr!r} with {named}, which {own}; expected none, or the method descent"
        )


def _of_langevin(problem: "Problem", asked: Settings, found: dict[str, Any]) -> Settings:
    """Return the settings of runs with noise. Raises :class:`InputError`."""
    _check_balanced(asked, "langevin")
    if asked.hidden is not None:
        raise InputError(
            f"hidden: got {asked.hidden!r} with langevin, whose hidden layers have the smaller of "
            "the rows and columns; expected none, or the methods flow or descent"
        )
    for name, usual in (("stop_loss", Settings.stop_loss), ("at_loss", ())):
        if found[name] != usual:
            raise InputError(
                f"{name}: got {found[name]!r} with langevin, whose loss comes and goes; expected "
                "none: use at_time, and max_steps"
            )
    engine = engines.of_langevin(problem.shape, found["depth"] != INFINITE, asked.engine)
    engines.check_noisy_depth(found["depth"], engine)
    return Settings(**{**NOISE, **found, "engine": engine})
