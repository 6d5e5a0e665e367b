"""Isometries of the metric, and its flat section of diagonal matrices."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC, infinite_metric, pair
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, SVD, WIDTH
from dlnproof.definitions.isometries import INVERSE, ORTHOGONAL, moved, turned
from dlnproof.definitions.letters import D, N, U, V, W, X, Y, a, b, d, i, l
from dlnproof.definitions.tower import E
from dlnproof.kernel.determinants import frame
from dlnproof.kernel.terms import (
    Term,
    diagonal,
    equal,
    every,
    inner,
    transpose,
    within,
)

_D, _X, _Y = D.term, X.term, Y.term
_PAIR: Final = pair(i.term, l.term)
_PLACE: Final = (*within(i, 1, d), *within(l, 1, d))
_STRETCH: Final = diagonal(i, d, part("stretch", i))
"""How the singular values move with their roots."""


def _along(roots: Term) -> Term:
    """Return U S D V^T, by which W moves when the roots of its singular values move by D."""
    return U * (_STRETCH * roots) * transpose(V)


CLAIM = claim(
    "polar-action",
    title="Isometries and a flat section",
    source=Source("CMV2023", "the metric; its isometries are stated here"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE, *ORTHOGONAL, *INVERSE),
    chief=("turned", "infinite-inverted"),
    sentences=(
        Sentence(
            "turned",
            every(
                (X, Y),
                (),
                equal(
                    METRIC(N, turned(W), turned(_X), turned(_Y)),
                    METRIC(N, W, _X, _Y),
                ),
            ),
            "orthogonal matrices on both sides",
        ),
        Sentence(
            "transposed",
            every(
                (X, Y),
                (),
                equal(
                    METRIC(N, transpose(W), transpose(_X), transpose(_Y)),
                    METRIC(N, W, _X, _Y),
                ),
            ),
            "transposition",
        ),
        Sentence(
            "inverted",
            every(
                (X, i, l),
                _PLACE,
                equal(
                    METRIC(N, E, moved(_X), moved(_PAIR)),
                    part("inverted", i, l) * METRIC(N, W, _X, _PAIR),
                ),
            ),
            "inversion",
        ),
        Sentence(
            "infinite-turned",
            every(
                (X, Y),
                (),
                equal(
                    infinite_metric(turned(W), turned(_X), turned(_Y)),
                    infinite_metric(W, _X, _Y),
                ),
            ),
            "orthogonal matrices at infinite depth",
        ),
        Sentence(
            "infinite-transposed",
            every(
                (X, Y),
                (),
                equal(
                    infinite_metric(transpose(W), transpose(_X), transpose(_Y)),
                    infinite_metric(W, _X, _Y),
                ),
            ),
            "transposition at infinite depth",
        ),
        Sentence(
            "infinite-inverted",
            every(
                (X, Y),
                (),
                equal(infinite_metric(E, moved(_X), moved(_Y)), infinite_metric(W, _X, _Y)),
            ),
            "inversion at infinite depth",
        ),
        Sentence(
            "section",
            every(
                (D, X),
                tuple(frame(x, a, b)[0] for x in (D, X)),
                equal(METRIC(N, W, _along(_D), _along(_X)), part("flat") * inner(_D, _X)),
            ),
            "the roots of singular values as coordinates",
        ),
        Sentence(
            "orthogonal",
            every(
                (D, a, b),
                frame(D, a, b),
                equal(METRIC(N, W, a.term * W - W * b.term, U * _D * transpose(V)), 0),
            ),
            "orbits of the orthogonal matrices",
        ),
    ),
    parts={
        "inverted": 1 / (I.root**2 * L.root**2),
        "stretch": DEPTH_LETTER * I.sigma / I.root,
        "flat": DEPTH_LETTER**2,
    },
    routes=AT_POINTS,
    uses=("operator-spectrum", "metric-diagonalization", "infinite-depth"),
    mutants=(
        Mutant("isometry", "$1$: inversion as an isometry", {"inverted": Number(1)}),
        Mutant("other-way", "the reciprocal of that factor", {"inverted": I.root**2 * L.root**2}),
        Mutant("unsquared", "the roots unsquared", {"inverted": 1 / (I.root * L.root)}),
        Mutant(
            "sum-normalisation",
            "$N$, as for the metric of the submersion",
            {"flat": 1 * DEPTH_LETTER},
        ),
        Mutant("undivided", "without the factor $N$", {"stretch": I.sigma / I.root}),
        Mutant(
            "logarithms",
            r"the singular values themselves, as for their logarithms",
            {"stretch": DEPTH_LETTER * I.sigma},
        ),
    ),
)
