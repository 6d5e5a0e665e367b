"""What a step of Langevin's equation is asked for, and what every way of taking it offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import FloatArray

LARGEST: Final = 1e100
"""A matrix W beyond has diverged: its squares would leave float64 soon."""


@dataclass(frozen=True)
class Noise:
    """dW = [kappa b + vertical A(grad S) - beta A(grad E)] dt + sqrt(2 kappa) A^{1/2} dB.

    "mean" normalisation. ``force`` gives beta grad E(W), (n, d, d'); None where there is no energy
    or beta = 0. ``step`` is the time of one step.
    """

    shape: tuple[int, int]
    depth: Depth
    kappa: float
    vertical: float
    step: float
    force: Callable[[FloatArray], FloatArray] | None

    @property
    def width(self) -> int:
        """How many singular values W has."""
        return min(self.shape)

    @property
    def largest_root(self) -> float:
        """N |W|^{1/N} where W has diverged."""
        return float(self.depth * LARGEST ** (1 / self.depth))


class Walk(Protocol):
    """A way to take steps. States are arrays whose first axis is the batch; runs do not mix."""

    @property
    def normals(self) -> int:
        """How many standard normal numbers one step of one run takes."""

    @property
    def bound(self) -> float:
        """Beyond which entries of a state are those of a W that has diverged."""

    def start(self, W: FloatArray) -> Any:
        """Return the states at W, (n, d, d)."""

    def step(self, state: Any, normals: FloatArray) -> tuple[Any, Any]:
        """Return the states one step later, from numbers (n, normals), and which steps count.

        A step across det W = 0 does not, where the walk ends there.
        """

    def matrices(self, state: Any) -> FloatArray:
        """Return W, (n, d, d)."""
