"""Balanced factors as V_j P V_{j-1}^T: their tower of polar decompositions."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import SQUARE, N, d, direction, factor, j, whole
from dlnproof.definitions.orbits import turned
from dlnproof.kernel.terms import INT, Symbol, each, equal, identity, psd, transpose, variable

P: Final = variable("P", SQUARE).term
E: Final = variable("E", SQUARE).term
frame: Final = Symbol("V_j", SQUARE, (INT,), r"V_{0}")

POLAR: Final = (psd(P), equal(P**2, transpose(factor(1)) * factor(1)))
"""P = (W_1^T W_1)^(1/2)."""
INVERSE: Final = (equal(P * E, identity(d)),)
"""E is the inverse of P."""
FRAMES: Final = (each(j, 0, N, equal(frame(j.term), whole(factor, 1, j.term) * E**j.term)),)
"""V_j = W_j ... W_1 P^(-j) for 0 <= j <= N."""

K: Final = variable("K", SQUARE).term
"""Along which a tower moves."""
TOWER: Final = (
    each(j, 1, N, equal(factor(j.term), turned(j.term) * P * transpose(turned(j.term - 1)))),
)
"""W_j = R_j P R_{j-1}^T for 1 <= j <= N."""
_ABOVE, _BELOW = whole(factor, j.term + 1, N), whole(factor, 1, j.term - 1)
_MIDDLE: Final = turned(N) * K * transpose(turned(0))
HORIZONTAL: Final = (
    each(j, 1, N, equal(direction(j.term), transpose(_ABOVE) * _MIDDLE * transpose(_BELOW))),
)
"""H_j = (W_N ... W_{j+1})^T R_N K R_0^T (W_{j-1} ... W_1)^T for 1 <= j <= N."""
