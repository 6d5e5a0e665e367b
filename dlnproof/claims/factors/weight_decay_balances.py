"""Balance under weight decay."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import DECAY as MU
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DECAY, DURING, EULER, GRADIENT, during
from dlnproof.definitions.letters import N, euler, factor_at, j, s, t
from dlnproof.kernel.terms import Term, derivative, each, equal, every, power, transpose

_S, _T = s.term, t.term


def _defect(time: Term) -> Term:
    """Return W_{j+1}^T W_{j+1} - W_j W_j^T."""
    above, below = factor_at(j.term + 1, time), factor_at(j.term, time)
    return transpose(above) * above - below * transpose(below)


_RATE: Final = derivative(s, _defect(_S), _T, -(part("rate") * _defect(_T)))
_DECAY: Final = equal(_defect(_T), power(euler, -(part("rate") * (_T - _S))) * _defect(_S))

CLAIM = claim(
    "weight-decay-balances",
    title="Balance under weight decay",
    source=Source("slides", "opening assumptions; weight decay added here"),
    given=(*GRADIENT, *DECAY, *EULER),
    sentences=(
        Sentence(
            "derivative", each(j, 1, N - 1, every(t, DURING, _RATE)), "the derivative in time"
        ),
        Sentence(
            "decay", each(j, 1, N - 1, every((s, t), (*during(_S), *DURING), _DECAY)), "two times"
        ),
    ),
    parts={"rate": 2 * MU},
    routes=AT_POINTS,
    mutants=(
        Mutant("half", r"the rate $\mu$, that of the factors", {"rate": 1 * MU}),
        Mutant("twice", r"the rate $4\mu$, that of a product of two", {"rate": 4 * MU}),
        Mutant("growing", "growth in place of decay", {"rate": 0 - 2 * MU}),
        Mutant("conserved", "what holds without weight decay", {"rate": Number(0)}),
    ),
)
