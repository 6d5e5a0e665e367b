"""Balanced factors as V_j P V_{j-1}^T: their tower of polar decompositions."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import SQUARE, N, d, factor, j, whole
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
