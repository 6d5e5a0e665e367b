"""What computes a training run, where its caller leaves that open: measured on both sides."""

from collections.abc import Sequence
from typing import Any, Final

from dlnproof.depth import INFINITE, Depth
from dlnproof.errors import InputError

DESCENT: Final = ("lanes", "numpy")
FLOW: Final = ("stiff", "explicit")
LANGEVIN: Final = ("power", "euler", "factors")
MOST_LAYERS: Final = 1000
"""Of what follows factors: descent, the explicit flow, and Langevin's equation upstairs."""

WIDEST_OF_LANES: Final = 4
"""The widest layer up to which descent is faster entry by entry than by products of a BLAS."""


def of_descent(problem: Any, widths: Sequence[int]) -> str:
    """Return the engine of numpy that descent with layers of these widths runs on.

    That depends on nothing else, so that a run's bits do not: not on how many runs there are.
    """
    entries = hasattr(problem, "observed")  # lanes know the loss of a completion alone
    return "lanes" if entries and max(widths) <= WIDEST_OF_LANES else "numpy"


WIDEST_STIFF: Final = 20
"""The widest matrix of the stiff method: its Jacobian has d^4 entries, and a step takes 0.04 s."""


def of_flow(
    shape: tuple[int, ...], depth: float, asked: str | None = None, rank: int | None = None
) -> str:
    """Return the engine of a flow of d x d' matrices of a depth, or of several up to it.

    Of a ``rank``, the largest by default: of matrices that are not invertible it follows factors.
    Raises :class:`InputError` where none can, or not the one that is asked for.
    """
    if asked not in (None, *FLOW):
        raise InputError(f"engine: got {asked!r} for the flow, expected {' or '.join(FLOW)}")
    d, columns = shape[-2:]
    if not d == columns == (rank or d):
        which = f"{d} x {columns} matrices of rank {rank or min(d, columns)}"
        if asked == "stiff":
            raise InputError(
                f"engine: got stiff for {which}, expected explicit: its frames are those of "
                "invertible matrices"
            )
        if depth == INFINITE:
            raise InputError(
                f"depth: got infinity for {which}, expected a finite depth: their metric has no "
                "limit, and image and kernel of W rest at infinite depth"
            )
        asked = "explicit"
    found = asked or ("stiff" if d <= WIDEST_STIFF else "explicit")
    if found == "stiff" and d > WIDEST_STIFF:
        raise InputError(
            f"engine: got stiff for {d} x {d} matrices, expected at most {WIDEST_STIFF} rows: the "
            f"Jacobian of its steps has d^4 = {d**4:,} entries; the engine explicit has none"
        )
    if found == "explicit" and depth == INFINITE:
        raise InputError(
            f"depth: got infinity for {d} x {d} matrices with the engine explicit, which follows "
            f"N factors; expected a finite depth, or at most {WIDEST_STIFF} rows and the engine "
            "stiff; a depth of some hundreds is near infinity"
        )
    if found == "explicit" and depth > MOST_LAYERS:
        raise InputError(
            f"depth: got {depth:.0f} with the engine explicit, expected at most {MOST_LAYERS} "
            "layers, each of which it follows"
        )
    return found


def of_langevin(shape: tuple[int, int], finite: bool, asked: str | None = None) -> str:
    """Return the engine of Langevin's equation of d x d' matrices, of ``finite`` depth or not.

    Raises :class:`InputError` where none can, or not the one that is asked for.
    """
    if asked not in (None, *LANGEVIN):
        raise InputError(
            f"engine: got {asked!r} with langevin, expected {', '.join(LANGEVIN[:-1])} or "
            f"{LANGEVIN[-1]}"
        )
    d, columns = shape
    found = asked or ("power" if finite and d == columns else "euler")
    if found != "euler" and d != columns:
        raise InputError(
            f"engine: got {found} with langevin for {d} x {columns} matrices, expected euler, or a "
            "square problem"
        )
    if d != columns and not finite:
        raise InputError(
            f"depth: got infinity with langevin for {d} x {columns} matrices, whose metric has no "
            "limit; expected a finite depth"
        )
    if found != "euler" and not finite:
        raise InputError(
            f"depth: got infinity with the engine {found}, which takes N-th roots of W; expected a "
            "finite depth, or the engine euler"
        )
    return found


DEEPEST_POWER: Final = 10**6
"""Of R -> W: beyond, rounding in its N-th powers is seen, and infinite depth is as near."""


def check_noisy_depth(depth: Depth, engine: str) -> None:
    """Raise :class:`InputError` for a depth that an engine of Langevin's equation cannot have."""
    most = {"power": DEEPEST_POWER, "factors": MOST_LAYERS}.get(engine, INFINITE)
    if depth > most:
        raise InputError(
            f"depth: got {depth} with the engine {engine}, expected at most {most}; the engine "
            "euler takes any depth"
        )
