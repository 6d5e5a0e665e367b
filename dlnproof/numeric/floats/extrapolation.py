"""One step of Gragg, Bulirsch and Stoer: the midpoint rule, extrapolated to substeps of length 0.

Source: E. Hairer, S. P. Norsett, G. Wanner, "Solving ordinary differential equations I", II.9. Its
error has even powers of the substep only, so that six sequences make a method of order 12.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray

_SUBSTEPS: Final = (2, 4, 6, 8, 10, 12)
ERROR_ORDER: Final = 2 * len(_SUBSTEPS) - 1
"""The error estimate is O(h^11); the step itself is correct to O(h^13)."""


def extrapolated_step(
    field: Callable[[FloatArray], FloatArray], y: FloatArray, h: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return where a step of y' = field(y) leads to, and an estimate of its error.

    ``h`` broadcasts with y. The sequences take their substeps together, along a first axis that
    ``field`` sees.
    """
    each = np.reshape(np.array([1.0 / n for n in _SUBSTEPS]), (-1, *[1] * y.ndim)) * h
    before = np.broadcast_to(y, (len(_SUBSTEPS), *y.shape))
    here = y + each * field(y)
    ends: list[FloatArray] = []
    for m in range(1, _SUBSTEPS[-1] + 1):
        if m == _SUBSTEPS[len(ends)]:
            ends.append(here[0])
            before, here, each = before[1:], here[1:], each[1:]
        if len(here):
            before, here = here, before + 2 * each * field(here)
    row = ends
    for k in range(1, len(ends)):
        ratios = [(n / few) ** 2 for n, few in zip(_SUBSTEPS[k:], _SUBSTEPS, strict=False)]
        last = row[-1]
        row = [b + (b - a) / (r - 1) for (a, b), r in zip(pairwise(row), ratios, strict=True)]
    return row[-1], row[-1] - last
