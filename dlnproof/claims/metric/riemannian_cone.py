"""The metric is a cone: how it scales, and the square of the distance from the apex."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC, infinite_metric
from dlnproof.definitions.hypotheses import (
    BALANCED,
    DEPTH,
    PARTIAL,
    POSITIVE,
    PRODUCT,
    SVD,
    WIDTH,
)
from dlnproof.definitions.letters import N, W, X, Y, c, d, direction, factor, i, j, partial, s
from dlnproof.kernel.terms import (
    Term,
    derivative,
    equal,
    every,
    inner,
    number,
    positive,
    total,
)

_C, _J, _S = c.term, j.term, s.term
_MOVED = factor(_J) + _S * direction(_J)


def _square(one: Term) -> Term:
    """Return |M_1|^2 + ... + |M_N|^2, of matrices with the index j."""
    return total(j, 1, N, inner(one, one))


def _submersed(one: Term, other: Term) -> Term:
    """Return the inner product in the metric of the submersion, g^N / N."""
    return (1 / N) * METRIC(N, W, one, other)


_FIELD: Final = part("field") * W
_GROWN: Final = 1 + _S * part("field")
"""The flow of that multiplies by the exponential of s times it: to first order by this."""
_IMAGE: Final = total(j, 1, N, partial(_J, direction(_J)))

CLAIM = claim(
    "riemannian-cone",
    title="The metric as a cone",
    source=Source("MY2025", "Riemannian submersion; the form is stated here"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE, *PRODUCT, *BALANCED, *PARTIAL),
    chief=("scaled", "length"),
    sentences=(
        Sentence(
            "scaled",
            every(
                (c, X, Y),
                (positive(_C),),
                equal(
                    METRIC(N, _C * W, _C * X.term, _C * Y.term),
                    _C ** part("weight") * METRIC(N, W, X.term, Y.term),
                ),
            ),
            "multiples of $W$",
        ),
        Sentence(
            "infinite",
            every(
                (c, X, Y),
                (positive(_C),),
                equal(
                    infinite_metric(_C * W, _C * X.term, _C * Y.term),
                    infinite_metric(W, X.term, Y.term),
                ),
            ),
            "multiples of $W$ at infinite depth",
        ),
        Sentence(
            "growth",
            every(
                (X, Y),
                (),
                derivative(
                    s,
                    METRIC(N, _GROWN * W, _GROWN * X.term, _GROWN * Y.term),
                    number(0),
                    part("growth") * METRIC(N, W, X.term, Y.term),
                ),
            ),
            "the metric along the gradient below",
        ),
        Sentence(
            "radius",
            equal(_square(factor(_J)), total(i, 1, d, part("radius", i))),
            "the square of the radius",
        ),
        Sentence(
            "gradient",
            derivative(s, _square(_MOVED), number(0), _submersed(_FIELD, _IMAGE)),
            "the gradient of that",
        ),
        Sentence(
            "length",
            equal(_submersed(_FIELD, _FIELD), part("length") * _square(factor(_J))),
            "the squared length of the gradient",
        ),
    ),
    parts={
        "weight": Number(2) / DEPTH_LETTER,
        "radius": DEPTH_LETTER * I.root**2,
        "field": 2 * DEPTH_LETTER,
        "length": Number(4),
        "growth": Number(4),
    },
    routes=AT_POINTS,
    uses=("operator-spectrum", "metric-diagonalization"),
    mutants=(
        Mutant("half-weight", "the weight $1/N$", {"weight": 1 / DEPTH_LETTER}),
        Mutant(
            "of-the-operator",
            "the weight $2-2/N$ of the operator",
            {"weight": 2 - Number(2) / DEPTH_LETTER},
        ),
        Mutant("euclidean", "the weight 2, as if lengths were Euclidean", {"weight": Number(2)}),
        Mutant(
            "frobenius",
            r"$\sigma_i$ in place of its root: the Frobenius norm of $W$",
            {"radius": DEPTH_LETTER * I.sigma**2},
        ),
        Mutant(
            "unsquared",
            r"$\sigma_i^{1/N}$ in place of $\sigma_i^{2/N}$",
            {"radius": DEPTH_LETTER * I.root},
        ),
        Mutant("one-factor", "that of one factor alone", {"radius": I.root**2}),
        Mutant("half-field", "half the gradient: the radial field", {"field": DEPTH_LETTER}),
        Mutant("without-depth", "$2W$, as for one factor", {"field": Number(2)}),
        Mutant(
            "half-growth",
            "$2$: how lengths grow, for their squares",
            {"growth": Number(2)},
        ),
        Mutant(
            "of-multiples",
            "$2/N$, as along $W$ itself",
            {"growth": Number(2) / DEPTH_LETTER},
        ),
        Mutant(
            "unit",
            "$1$ in place of $4$: as if the radius itself were meant",
            {"length": Number(1)},
        ),
    ),
)
