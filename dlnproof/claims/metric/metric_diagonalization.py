"""Diagonal form and determinant of the metric."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.product import PairProduct, over_all_pairs, per_index
from dlnproof.core.spectrum import N
from dlnproof.definitions import letters
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC, METRIC_DETERMINANT, coefficient
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import W, X, Y, d, i, l, sigma
from dlnproof.kernel.terms import choose, equal, every, total

_ENTRY = choose(
    equal(sigma(i.term), sigma(l.term)), part("entry_coincident", i), part("entry", i, l)
)
_PRODUCT = coefficient(X.term, i.term, l.term) * coefficient(Y.term, i.term, l.term)
_SUM = total(i, 1, d, total(l, 1, d, _ENTRY * _PRODUCT))

CLAIM = claim(
    "metric-diagonalization",
    title="Diagonal form and determinant of the metric",
    source=Source("CMV2023", "proof of Theorem 1.1"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE),
    sentences=(
        Sentence(
            "form",
            every((X, Y), (), equal(METRIC(letters.N, W, X.term, Y.term), _SUM)),
            "diagonal form",
        ),
        Sentence(
            "determinant",
            equal(METRIC_DETERMINANT(letters.N, W), part("determinant")),
            "the determinant",
        ),
    ),
    parts={
        "entry": f.METRIC_ENTRY,
        "entry_coincident": f.METRIC_ENTRY_COINCIDENT,
        "determinant": f.METRIC_DETERMINANT,
    },
    quantities={
        "metric-entry": ("entry", "entry_coincident"),
        "metric-determinant": ("determinant",),
    },
    routes=AT_POINTS,
    uses=("operator-spectrum",),
    mutants=(
        Mutant(
            "not-inverted",
            "the eigenvalues themselves in place of their reciprocals",
            {
                "entry": f.EIGENVALUE,
                "entry_coincident": f.EIGENVALUE_COINCIDENT,
                "determinant": over_all_pairs(f.LAMBDA, f.EIGENVALUE, f.EIGENVALUE_COINCIDENT),
            },
        ),
        Mutant(
            "unordered-pairs",
            r"the product over $i\le l$ only",
            {
                "determinant": PairProduct(
                    f.METRIC_ENTRY_COINCIDENT, f.METRIC_ENTRY, f.METRIC_ENTRY_COINCIDENT
                )
            },
        ),
        Mutant(
            "sum-normalisation",
            "the factor $1/N$ left out of the eigenvalues",
            {
                "entry": f.METRIC_ENTRY / N,
                "entry_coincident": f.METRIC_ENTRY_COINCIDENT / N,
                "determinant": over_all_pairs(
                    1 / (N * f.LAMBDA), f.METRIC_ENTRY / N, f.METRIC_ENTRY_COINCIDENT / N
                ),
            },
        ),
        Mutant(
            "diagonal-only",
            "the product over $i=l$ only",
            {"determinant": per_index(f.METRIC_ENTRY_COINCIDENT)},
        ),
    ),
    as_printed=(
        AsPrinted(
            "diagonal-form",
            Source("slides", "derivation of the form, step 1"),
            Witness.SINGLE,
            r"$g^N=(V \otimes U) D^N (V \otimes U)^T$ with $V \otimes U$ orthogonal, $\det "
            r"g^N=\det D^N$",
            r"g^{N}=(V\otimes U)\,D^{N}(\Sigma)\,(V\otimes U)^{T}",
            "Holds as extracted, in the basis of column-major vectorisation.",
            as_stated=True,
        ),
        AsPrinted(
            "determinant",
            Source("slides", "derivation of the form, step 1"),
            Witness.SINGLE,
            r"$\det g^N=\prod_{i,l=1}^d 1 / \lambda_{il}$",
            r"\det g^{N}=\prod_{i,l=1}^{d}\frac{1}{\lambda_{il}^{N}}",
            r"Holds as extracted; $N$ is an upper index of $\lambda$ there, no exponent.",
            {"determinant": r"\prod_{i,l=1}^{d}\frac{1}{\lambda_{il}}"},
        ),
    ),
)
