"""The metric along singular values and singular vectors."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, L, N
from dlnproof.definitions import letters
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC
from dlnproof.definitions.hypotheses import DEPTH, FRAME, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import D, W, a, b, d, differential, i, l, sigma
from dlnproof.kernel.determinants import frame
from dlnproof.kernel.terms import Term, choose, entry, equal, every, total

_I, _L = i.term, l.term
_DW = differential(D.term, a.term, b.term)
_SAME = equal(sigma(_I), sigma(_L))
_TOGETHER = part("together", i, l)
_APART = choose(_SAME, part("coincident", i), part("apart", i, l))


def _turns(sign: int) -> Term:
    one, other = (entry(turn.term, _I, _L) for turn in (a, b))
    return one + other if sign == 1 else one - other


_RADIAL = total(i, 1, d, part("radial", i) * entry(D.term, _I, _I) ** 2)
_ANGULAR = tuple(
    total(i, 1, d, total(l, _I + 1, d, factor * _turns(sign) ** 2))
    for factor, sign in ((_TOGETHER, 1), (_APART, -1))
)
_ROOTS: Final = N * (I.root**2 - L.root**2) / 2

CLAIM = claim(
    "metric-svd-frame",
    title="The metric along singular values and vectors",
    source=Source("CMV2023", "implicit there; stated here"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE, *FRAME),
    sentences=(
        Sentence(
            "frame",
            every(
                (D, a, b),
                frame(D, a, b),
                equal(METRIC(letters.N, W, _DW, _DW), _RADIAL + (_ANGULAR[0] + _ANGULAR[1])),
            ),
            "squared length",
        ),
    ),
    parts={
        "radial": f.METRIC_ENTRY_COINCIDENT,
        "together": f.METRIC_TOGETHER,
        "apart": f.METRIC_APART,
        "coincident": f.METRIC_APART_COINCIDENT,
    },
    routes=AT_POINTS,
    uses=("metric-diagonalization",),
    mutants=(
        Mutant(
            "exchanged",
            "turns in one sense and in the other exchanged",
            {"together": f.METRIC_APART, "apart": f.METRIC_TOGETHER, "coincident": Number(0)},
        ),
        Mutant(
            "sum-normalisation",
            "the factor $1/N$ of the sum",
            {"radial": f.METRIC_ENTRY_COINCIDENT / N},
        ),
        Mutant(
            "roots",
            r"$\sigma^{1/N}$ in place of $\sigma$ in the quotient",
            {
                "together": _ROOTS * ((I.root - L.root) / (I.root + L.root)),
                "apart": _ROOTS * ((I.root + L.root) / (I.root - L.root)),
                "coincident": N * f.METRIC_APART_COINCIDENT,
            },
        ),
        Mutant(
            "doubled",
            "the factor $1/2$ left out",
            {
                "together": 2 * f.METRIC_TOGETHER,
                "apart": 2 * f.METRIC_APART,
                "coincident": 2 * f.METRIC_APART_COINCIDENT,
            },
        ),
    ),
)
