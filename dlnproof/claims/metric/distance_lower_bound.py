"""The speed at which roots of singular values move, beside that of the matrix."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC
from dlnproof.definitions.hypotheses import DEPTH, FRAME, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import D, N, W, a, b, d, differential, i, s, sigma
from dlnproof.kernel.determinants import frame
from dlnproof.kernel.terms import (
    Term,
    at_most,
    derivative,
    each,
    entry,
    equal,
    every,
    number,
    total,
    zero,
)

_I, _S = i.term, s.term
_OWN: Final = entry(D.term, _I, _I)
_RATE: Final = part("rate", i) * _OWN
_RADIAL: Final = part("scale") * total(i, 1, d, _RATE**2)


def _speed(*turns: Term) -> Term:
    """Return the squared length of dW in the metric of the submersion, g^N / N."""
    moves = differential(D.term, *turns)
    return (1 / N) * METRIC(N, W, moves, moves)


CLAIM = claim(
    "distance-lower-bound",
    title="The speed of the roots of singular values",
    source=Source("MY2025", "Riemannian submersion; the bound is stated here"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE, *FRAME),
    chief=("bound",),
    sentences=(
        Sentence(
            "rate",
            each(
                i,
                1,
                d,
                every(D, (), derivative(s, (sigma(_I) + _S * _OWN) ** (1 / N), number(0), _RATE)),
            ),
            "the roots",
        ),
        Sentence(
            "bound",
            every((D, a, b), frame(D, a, b), at_most(_RADIAL, _speed(a.term, b.term))),
            "their speed and that of $W$",
        ),
        Sentence(
            "attained",
            every(D, frame(D, a, b)[:1], equal(_speed(zero(d), zero(d)), _RADIAL)),
            "fixed singular vectors",
        ),
    ),
    parts={
        "rate": I.root / (DEPTH_LETTER * I.sigma),
        "scale": DEPTH_LETTER + 0,
    },
    routes=AT_POINTS,
    uses=("metric-svd-frame",),
    mutants=(
        Mutant("unscaled", "without the factor $N$", {"scale": Number(1)}),
        Mutant("squared-depth", "$N^2$, as in the mean normalisation", {"scale": DEPTH_LETTER**2}),
        Mutant(
            "squares",
            r"the squares $\sigma_i^{2/N}$ of the roots",
            {"rate": 2 * I.root**2 / (DEPTH_LETTER * I.sigma)},
        ),
        Mutant("values", r"$\sigma_i$ in place of its root", {"rate": I.sigma / I.sigma}),
        Mutant("undivided", "without the factor $1/N$", {"rate": I.root / I.sigma}),
    ),
)
