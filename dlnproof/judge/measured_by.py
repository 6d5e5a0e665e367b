"""The measures that targets are densities of: any other at the end of a formula is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dlnproof.errors import InputError
from dlnproof.files.fields import shortened
from dlnproof.language.authors import Notation
from dlnproof.language.measures import Measure, measure

_COORDINATES: Final = ("Sigma", "U", "V")
_LEBESGUE: Final = ("W",)
_OF: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "svd-jacobian": (_COORDINATES,),
    "volume-form": (_COORDINATES,),
    "volume-density": (_LEBESGUE,),
}
_WRITTEN: Final = {_COORDINATES: r"d\Sigma\,dU\,dV", _LEBESGUE: "dW"}


class OtherMeasureError(InputError):
    """A formula ends in a measure, which begins ``at`` a place, and is not that of its target."""

    def __init__(self, says: str, at: int) -> None:
        super().__init__(says)
        self.at = at


def measures_of(target: str) -> tuple[tuple[str, ...], ...]:
    """Return of what the measures are that may stand at the end of a target's formula."""
    name = target.removeprefix("submersion-").removeprefix("infinite-")
    return tuple(_WRITTEN) if target.startswith("=") else _OF.get(name, ())


def measure_of(target: str, text: str, notation: Notation) -> Measure | None:
    """Return the measure at the end of a formula in LaTeX, if it has one, which is the target's.

    Raises :class:`OtherMeasureError` for any other: what stands before it is another quantity.
    """
    found = measure(text, notation)
    known = measures_of(target)
    if found is None or tuple(sorted(found.of)) in known:
        return found
    wanted = " or ".join(_WRITTEN[x] for x in known) or "none: this target is no density"
    raise OtherMeasureError(
        f"the end '{shortened(text[found.start :].strip())}' is not a measure known here, expected "
        f"{wanted}; other letters are said with 'let', as in let X = W, P = U, Q = V",
        found.start,
    )
