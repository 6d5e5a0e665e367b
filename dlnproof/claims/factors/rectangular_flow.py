"""The operator and its flow at matrices of any shape and rank."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import I, N
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N as DEPTH_TERM
from dlnproof.definitions.letters import i, l, s, sigma
from dlnproof.definitions.rectangular import (
    BEYOND,
    FLOWING,
    LEFT_ACROSS,
    RIGHT_ACROSS,
    D,
    G,
    Z,
    curve,
    operator,
    tangent,
)
from dlnproof.definitions.shapes import LEFT, POSITIVE, RANK, RIGHT, THIN_SVD, VALUES, size
from dlnproof.kernel.terms import (
    Symbol,
    Term,
    at_most,
    derivative,
    diagonal,
    different,
    entry,
    equal,
    every,
    number,
    transpose,
    unit,
    within,
    zero,
)

_I, _L = i.term, l.term
_ROW: Final = within(i, 1, RANK)
_PLACE: Final = (*_ROW, *within(l, 1, RANK))
_SAME: Final = equal(sigma(_I), sigma(_L))
_OWN: Final = unit(RANK, _I, _I)


def _eigenvector(name: str, vector: Term, *letters: Symbol) -> Term:
    return equal(operator(vector), part(name, *letters) * vector)


def _of_pair(name: str, case: Term) -> Term:
    vector = LEFT * unit(RANK, _I, _L) * transpose(RIGHT)
    return every((i, l), (*_PLACE, case), _eigenvector(name, vector, i, l))


def _across(frame: Term, other: Term, image: Term) -> Term:
    """Return: the columns of a frame move out of it by a multiple of what the gradient does."""
    rates = diagonal(i, RANK, part("out", i))
    outside = image - other * (transpose(other) * image)
    return equal(frame, -(outside * rates))


_COLUMNS: Final = (LEFT_ACROSS * _OWN, RIGHT_ACROSS * _OWN)
_PULL: Final = entry(transpose(LEFT) * G * RIGHT, _I, _I)

CLAIM = claim(
    "rectangular-flow",
    title="The operator and its flow, by rank and widths",
    source=Source("MY2025", "submersion at every rank; widths are added here"),
    given=(*DEPTH, *THIN_SVD, *POSITIVE, *FLOWING),
    chief=("distinct", "left-edge", "values"),
    sentences=(
        Sentence("distinct", _of_pair("distinct", different(*_SAME.args)), "eigenvectors"),
        Sentence("coincident", _of_pair("coincident", _SAME), "equal singular values"),
        Sentence(
            "left-edge",
            every(
                i,
                _ROW,
                _eigenvector("edge", _COLUMNS[0] * transpose(RIGHT), i),
            ),
            "columns orthogonal to the left singular vectors",
        ),
        Sentence(
            "right-edge",
            every(
                i,
                _ROW,
                _eigenvector("edge", LEFT * transpose(_COLUMNS[1]), i),
            ),
            "columns orthogonal to the right ones",
        ),
        Sentence(
            "beyond",
            every(
                (),
                (*BEYOND, at_most(2, DEPTH_TERM)),
                equal(operator(Z.term), zero(size(DEPTH_TERM), size(0))),
            ),
            "beyond both",
        ),
        Sentence(
            "moves",
            derivative(s, curve(VALUES + s.term * D), number(0), tangent(D)),
            "how the matrix moves with values and vectors",
        ),
        Sentence(
            "values",
            every(i, _ROW, equal(entry(D, _I, _I), -(part("speed", i) * _PULL))),
            "singular values along the flow",
        ),
        Sentence(
            "left",
            _across(LEFT_ACROSS, LEFT, G * RIGHT),
            "left singular vectors, out of their span",
        ),
        Sentence(
            "right",
            _across(RIGHT_ACROSS, RIGHT, transpose(G) * LEFT),
            "right singular vectors, out of their span",
        ),
    ),
    parts={
        "distinct": f.SUM_EIGENVALUE,
        "coincident": f.SUM_EIGENVALUE_COINCIDENT,
        "edge": f.SUM_EIGENVALUE_EDGE,
        "speed": f.SUM_EIGENVALUE_COINCIDENT,
        "out": I.sigma / I.root**2,
    },
    scope="all $N$, $d_j$ and $r$",
    routes=AT_POINTS,
    uses=("operator-spectrum",),
    mutants=(
        Mutant(
            "all-summands",
            "the factor $N$ for edges too, as for equal values",
            {"edge": f.SUM_EIGENVALUE_COINCIDENT},
        ),
        Mutant(
            "exponent",
            r"$\sigma^{2-1/N}$ in place of $\sigma^{2-2/N}$",
            {"edge": I.sigma**2 / I.root, "speed": N * (I.sigma**2 / I.root)},
        ),
        Mutant(
            "mean",
            "the factor $1/N$ of the mean",
            {"distinct": f.EIGENVALUE, "speed": f.SUM_EIGENVALUE_EDGE},
        ),
        Mutant(
            "whole-edge",
            r"$\Sigma^{2-2/N}$ in place of $\Sigma^{1-2/N}$",
            {"out": f.SUM_EIGENVALUE_EDGE},
        ),
        Mutant(
            "coincident-limit",
            r"$\sigma^2$ in place of $N\sigma^{2-2/N}$",
            {"coincident": I.sigma**2},
        ),
    ),
)
"""N A at a matrix of rank r of any shape, and W' = -N A(G), for every N."""
