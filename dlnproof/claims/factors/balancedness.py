"""Conservation of balancedness."""

from dlnproof.claims.schema import AT_POINTS, AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import NEXT, NEXT_T, THIS, THIS_T
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DURING, FLOW, GRADIENT, during
from dlnproof.definitions.letters import SQUARE, N, d, j, s, t
from dlnproof.kernel.terms import Term, derivative, each, equal, every, zero


def _invariant(time: Term) -> Term:
    return part("invariant", j=j.term, t=time, sort=SQUARE)


_RATE = derivative(s, _invariant(s.term), t.term, zero(d))
_SAME = equal(_invariant(s.term), _invariant(t.term))

CLAIM = claim(
    "balancedness",
    title="Conservation of balancedness",
    source=Source("slides", "opening assumptions"),
    given=(*GRADIENT, *FLOW),
    sentences=(
        Sentence(
            "derivative",
            each(j, 1, N - 1, every(t, DURING, _RATE)),
            "the derivative in time",
        ),
        Sentence(
            "constant",
            each(j, 1, N - 1, every((s, t), (*during(s.term), *DURING), _SAME)),
            "two times",
        ),
    ),
    parts={"invariant": NEXT_T * NEXT - THIS * THIS_T},
    routes=AT_POINTS,
    mutants=(
        Mutant(
            "transposed-next",
            "$W_{j+1} W_{j+1}^T$ in place of $W_{j+1}^T W_{j+1}$",
            {"invariant": NEXT * NEXT_T - THIS * THIS_T},
        ),
        Mutant(
            "sum",
            "the sum in place of the difference",
            {"invariant": NEXT_T * NEXT + THIS * THIS_T},
        ),
        Mutant(
            "exchanged",
            "the two factors exchanged",
            {"invariant": THIS_T * THIS - NEXT * NEXT_T},
        ),
        Mutant(
            "doubled",
            "one of the two terms taken twice",
            {"invariant": NEXT_T * NEXT - 2 * (THIS * THIS_T)},
        ),
    ),
    as_printed=(
        AsPrinted(
            "transposed",
            Source("slides", "opening assumptions"),
            Witness.SOURCE_FILE,
            "$W_{l+1}^T W_{l+1}=W_l^T W_l$, as the condition that the flow keeps",
            r"W_{l+1}^{T}(0)W_{l+1}(0)=W_l^{T}(0)W_l(0)",
            "The second factor is transposed the wrong way; that difference is not conserved. "
            "It should be $W_l W_l^T$.",
            {"invariant": "W_{j+1}^{T}W_{j+1}-W_{j}^{T}W_{j}"},
        ),
    ),
)
