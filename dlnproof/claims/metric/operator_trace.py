"""Trace of the operator."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import N
from dlnproof.definitions import letters
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import OPERATOR
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import W, d, i, l, sigma
from dlnproof.kernel.terms import choose, equal, inner, total, unit

_UNIT = unit(d, i.term, l.term)
_TRACE = total(i, 1, d, total(l, 1, d, inner(_UNIT, OPERATOR(letters.N, W, _UNIT))))
_SAME = equal(sigma(i.term), sigma(l.term))
_PAIR = choose(_SAME, part("coincident", i), part("pair", i, l))
_SUM = total(i, 1, d, part("index", i)) + total(i, 1, d, total(l, i.term + 1, d, _PAIR))

CLAIM = claim(
    "operator-trace",
    title="Trace of the operator",
    source=Source("CMV2023", "Lemma 2.4, summed here"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE),
    sentences=(Sentence("trace", equal(_TRACE, _SUM), "the sum of the eigenvalues"),),
    parts={
        "index": f.EIGENVALUE_COINCIDENT,
        "pair": 2 * f.EIGENVALUE,
        "coincident": 2 * f.EIGENVALUE_COINCIDENT,
    },
    quantities={"operator-trace": ("index", "pair", "coincident")},
    routes=AT_POINTS,
    mutants=(
        Mutant(
            "once",
            "each pair of indices comes once",
            {"pair": f.EIGENVALUE, "coincident": f.EIGENVALUE_COINCIDENT},
        ),
        Mutant(
            "sum-normalisation",
            "the factor $1/N$ is left out",
            {
                "index": N * f.EIGENVALUE_COINCIDENT,
                "pair": 2 * N * f.EIGENVALUE,
                "coincident": 2 * N * f.EIGENVALUE_COINCIDENT,
            },
        ),
        Mutant(
            "inverse",
            "the trace of the inverse",
            {
                "index": f.METRIC_ENTRY_COINCIDENT,
                "pair": 2 * f.METRIC_ENTRY,
                "coincident": 2 * f.METRIC_ENTRY_COINCIDENT,
            },
        ),
    ),
)
