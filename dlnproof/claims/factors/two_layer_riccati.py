"""Gradient flow of two factors as one equation, out of balance by a multiple of I."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import UNBALANCE
from dlnproof.definitions.formulas import part
from dlnproof.definitions.letters import s
from dlnproof.definitions.two_layers import (
    BLOCKS,
    FIRST,
    SECOND,
    UNBALANCED,
    descended,
    pulling,
    stacked,
)
from dlnproof.kernel.terms import derivative, number, transpose

_Q: Final = stacked(FIRST, SECOND)
_P: Final = _Q * transpose(_Q)
_MOVED: Final = stacked(*descended())
_PULL: Final = pulling(part("gap"))

CLAIM = claim(
    "two-layer-riccati",
    title="Two factors as one matrix",
    source=Source("CMV2023", "gradient flow of two factors; the equation is stated here"),
    given=(*UNBALANCED, *BLOCKS),
    sentences=(
        Sentence(
            "flow",
            derivative(
                s, _MOVED, number(0), _PULL * _Q - part("cubic") * (_Q * transpose(_Q) * _Q)
            ),
            "the velocity of that matrix",
        ),
        Sentence(
            "square",
            derivative(
                s,
                _MOVED * transpose(_MOVED),
                number(0),
                _PULL * _P + _P * _PULL - _P * _P,
            ),
            "a Riccati equation",
        ),
    ),
    parts={
        "gap": UNBALANCE / 2,
        "cubic": Number(1) / 2,
    },
    routes=AT_POINTS,
    scope="$N=2$, all $d$",
    mutants=(
        Mutant("whole-gap", r"$\lambda$ in place of its half", {"gap": 1 * UNBALANCE}),
        Mutant("opposite", "the blocks exchanged", {"gap": 0 - UNBALANCE / 2}),
        Mutant("whole", "without the half", {"cubic": Number(1)}),
        Mutant("growing", "the opposite sign", {"cubic": Number(-1) / 2}),
    ),
)
"""Q' = F Q - Q Q^T Q / 2 along gradient flow, and what follows for Q Q^T."""
