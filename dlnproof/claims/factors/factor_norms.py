"""Norms of balanced factors, of every shape and rank."""

from dlnproof.claims.schema import Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import I, N
from dlnproof.core.verdict import Route
from dlnproof.definitions import letters
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import i, j
from dlnproof.definitions.shapes import (
    BALANCED,
    POSITIVE,
    PRODUCT,
    RANK,
    SOME_RANK,
    THIN_SVD,
    WHOLE,
    factor,
)
from dlnproof.kernel.terms import equal, every, inner, total

_W_J = factor(j.term)
_FACTORS = total(j, 1, letters.N, inner(_W_J, _W_J))

CLAIM = claim(
    "factor-norms",
    title="Norms of balanced factors and of their product",
    source=Source("slides", "opening assumptions; stated here"),
    given=(*DEPTH, *SOME_RANK, *THIN_SVD, *POSITIVE),
    sentences=(
        Sentence(
            "product",
            equal(inner(WHOLE, WHOLE), total(i, 1, RANK, part("value", i))),
            "the norm of the product",
        ),
        Sentence(
            "factors",
            every((), (*BALANCED, *PRODUCT), equal(_FACTORS, total(i, 1, RANK, part("share", i)))),
            "the norms of the factors",
        ),
    ),
    parts={"value": I.sigma**2, "share": N * I.root**2},
    quantities={"squared-norm": ("value",), "factors-squared-norm": ("share",)},
    routes=(Route.DERIVATION, Route.EXACT, Route.ENCLOSURE),
    mutants=(
        Mutant("not-squared", "the singular values, not their squares", {"value": I.sigma}),
        Mutant("mean", "the factor $N$ is left out", {"share": I.root**2}),
        Mutant("root", r"$\sigma^{1/N}$ in place of $\sigma^{2/N}$", {"share": N * I.root}),
    ),
)
