"""The least sum of the squared norms of factors of one matrix, and where it is attained."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import I, N
from dlnproof.definitions import letters
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import BALANCED, DEPTH, POSITIVE, PRODUCT, SVD, WIDTH
from dlnproof.definitions.letters import d, factor, i, k
from dlnproof.definitions.sharpness import square
from dlnproof.kernel.terms import at_most, equal, every, total

_NORMS: Final = total(k, 1, letters.N, square(factor(k.term)))
_LEAST: Final = total(i, 1, d, part("share", i))

CLAIM = claim(
    "regulariser-minimised-on-balanced",
    title="Squared norms of factors of a matrix",
    source=Source("slides", "opening assumptions; stated here"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE, *PRODUCT),
    sentences=(
        Sentence("bound", at_most(_LEAST, _NORMS), "the norms of factors"),
        Sentence(
            "attained", every((), BALANCED, equal(_NORMS, _LEAST)), "the norms of balanced factors"
        ),
        Sentence("only", every((), (equal(_NORMS, _LEAST),), *BALANCED), "factors of least norms"),
    ),
    parts={"share": N * I.root**2},
    routes=AT_POINTS,
    uses=("factor-norms",),
    mutants=(
        Mutant("nuclear", "the singular values, as for two factors", {"share": N * I.sigma}),
        Mutant("root", r"$\sigma^{1/N}$ in place of $\sigma^{2/N}$", {"share": N * I.root}),
        Mutant("mean", "the factor $N$ is left out", {"share": I.root**2}),
    ),
)
