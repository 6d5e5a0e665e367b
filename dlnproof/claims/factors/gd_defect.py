"""What one step of gradient descent does to balancedness."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import NEXT_MOVES, NEXT_MOVES_T, THIS_MOVES, THIS_MOVES_T
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DURING, FLOW, GRADIENT
from dlnproof.definitions.letters import SQUARE, N, e, factor_at, j, t, velocity_at
from dlnproof.kernel.terms import Term, each, equal, every, transpose

_J, _T, _E = j.term, t.term, e.term


def _stepped(index: Term) -> Term:
    """Return W_j after a step: W_j minus epsilon times the gradient in it."""
    return factor_at(index, _T) + _E * velocity_at(index, _T)


def _defect(above: Term, below: Term) -> Term:
    return transpose(above) * above - below * transpose(below)


_STEP: Final = equal(
    _defect(_stepped(_J + 1), _stepped(_J)),
    _defect(factor_at(_J + 1, _T), factor_at(_J, _T)) + _E**2 * part("drift", j, t, sort=SQUARE),
)

CLAIM = claim(
    "gd-defect",
    title="Balancedness after a step of gradient descent",
    source=Source("slides", "closing question on discretization; stated here"),
    given=(*GRADIENT, FLOW[1]),
    sentences=(
        Sentence(
            "step",
            each(j, 1, N - 1, every((t, e), DURING, _STEP)),
            "after a step",
        ),
    ),
    parts={"drift": NEXT_MOVES_T * NEXT_MOVES - THIS_MOVES * THIS_MOVES_T},
    routes=AT_POINTS,
    mutants=(
        Mutant("first-term", "the first term alone", {"drift": NEXT_MOVES_T * NEXT_MOVES}),
        Mutant(
            "sum",
            "the sum in place of the difference",
            {"drift": NEXT_MOVES_T * NEXT_MOVES + THIS_MOVES * THIS_MOVES_T},
        ),
        Mutant(
            "transposed",
            "the first product transposed the wrong way",
            {"drift": NEXT_MOVES * NEXT_MOVES_T - THIS_MOVES * THIS_MOVES_T},
        ),
        Mutant(
            "doubled",
            "twice the change",
            {"drift": 2 * (NEXT_MOVES_T * NEXT_MOVES) - 2 * (THIS_MOVES * THIS_MOVES_T)},
        ),
    ),
)
