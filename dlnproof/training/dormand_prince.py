"""One step of the explicit Runge-Kutta method of Dormand and Prince, of order 5(4).

Source: J. R. Dormand, P. J. Prince, "A family of embedded Runge-Kutta formulae", J. Comput. Appl.
Math. 6 (1980), 19-26. The last stage is the slope at the step's end, the first of the next.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray

STAGES: Final = (
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
ERROR: Final = (
    71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40,
)  # fmt: skip
ERROR_ORDER: Final = 5
"""The error estimate is O(h^5); the step itself is correct to O(h^6)."""


STABLE: Final = 2.5
"""Steps of so much over the largest rate damp what decays at it; from 3.3 on it grows."""


class Step(NamedTuple):
    """Where a step ends, the slope there, the estimate of its error, and the stiffest rate.

    The last is the slope's change over that of its argument, between the last two stages: Hairer,
    Norsett, Wanner, "Solving ordinary differential equations" II, IV.2, detect stiffness by it.
    """

    there: FloatArray
    slope: FloatArray
    error: FloatArray
    rate: float


def dormand_prince_step(
    field: Callable[[FloatArray], FloatArray], y: FloatArray, slope: FloatArray, h: float
) -> Step:
    """Return what a step of length h leads to; ``slope`` is ``field(y)`` before it.

    Where a stage overflows, the result is not finite.
    """
    slopes = [slope]
    there = y
    for weights in STAGES:
        before, there = there, y + h * _combination(weights, slopes)
        slopes.append(field(there))
    moved, turned = there - before, slopes[-1] - slopes[-2]  # both arguments are at the step's end
    apart = float((moved * moved).sum())
    rate = float(np.sqrt((turned * turned).sum() / apart)) if apart > 0 else 0.0
    return Step(there, slopes[-1], h * _combination(ERROR, slopes), rate)


def _combination(weights: Sequence[float], slopes: Sequence[FloatArray]) -> FloatArray:
    total = weights[0] * slopes[0]
    for weight, slope in zip(weights[1:], slopes[1:], strict=True):
        if weight:
            total += weight * slope
    return total
