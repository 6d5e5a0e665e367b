"""Gradient flow of two factors as one Riccati equation, for every d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.letters import s, unbalance
from dlnproof.definitions.two_layers import (
    AIM,
    BLOCKS,
    FIRST,
    LOWER,
    SECOND,
    UNBALANCED,
    UPPER,
    descended,
    pulling,
    stacked,
)
from dlnproof.kernel.logic import assume
from dlnproof.kernel.terms import number, transpose
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import valued

from .end_to_end_flow import turned

Q: Final = stacked(FIRST, SECOND)
P: Final = Q * transpose(Q)
PULL: Final = pulling(unbalance / 2)
HALF: Final = number(1) / 2
MOVED: Final = stacked(*descended())


@cache
def flow() -> Theorem:
    """Q moves by F Q - Q Q^T Q / 2: half of what is out of balance is added on each side."""
    found = differentiate(MOVED, s, number(0))
    out, *blocks = map(assume, (*UNBALANCED, *BLOCKS))
    upper, lower, apart = blocks
    at = {(0, 0): upper, (1, 1): lower, (0, 1): apart, (1, 0): turned(apart)}
    columns, rows = (UPPER, LOWER), (transpose(FIRST), SECOND)
    gap, across = unbalance / 2, (LOWER * AIM, UPPER * transpose(AIM))
    parts = []
    for (i, k), equation in at.items():
        pulled = across[i] - (1 - 2 * i) * gap * columns[i]
        parts.append((HALF * (Q * transpose(rows[i])) - pulled, equation, rows[k]))
    left = HALF * (LOWER * SECOND - UPPER * transpose(FIRST))
    plain = words(
        found.conclusion.args[1],
        PULL * Q - HALF * (Q * transpose(Q) * Q),
        (left, out, None),
        *parts,
    )
    return valued(found, plain)


@cache
def square() -> Theorem:
    """Q Q^T moves by F Q Q^T + Q Q^T F - (Q Q^T)^2."""
    found = differentiate(MOVED * transpose(MOVED), s, number(0), flow())
    return valued(found, words(found.conclusion.args[1], PULL * P + P * PULL - P * P))


@cache
def derive() -> Deduction:
    """Return the theorems about both factors as one matrix, for all d."""
    proof = Deduction("two-layer-riccati")
    proof.conclude("flow", flow(), "With half of what is out of balance on each side,")
    proof.conclude("square", square(), "so, by the product rule,")
    return proof
