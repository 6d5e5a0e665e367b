"""Balanced factors share one symmetric matrix."""

from types import MappingProxyType
from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import (
    FIRST,
    FIRST_T,
    LAST,
    POLAR_BEFORE,
    POLAR_POWER,
    SHARED,
    SYMMETRIC,
    TURN,
    TURN_BEFORE,
    TURN_BEFORE_T,
    TURN_T,
)
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import BALANCED, DEPTH
from dlnproof.definitions.letters import SQUARE, N, X, d, factor, j, whole
from dlnproof.definitions.orbits import TURNED, turned
from dlnproof.definitions.tower import FRAMES, INVERSE, POLAR, P, frame
from dlnproof.kernel.terms import (
    INT,
    Term,
    each,
    equal,
    every,
    fresh,
    identity,
    product,
    psd,
    psd_root,
    transpose,
)

_J, _X = j.term, X.term
_LETTERS: Final = MappingProxyType(
    {
        TURN: frame(_J),
        TURN_T: transpose(frame(_J)),
        TURN_BEFORE: frame(_J - 1),
        TURN_BEFORE_T: transpose(frame(_J - 1)),
        SHARED: P,
        POLAR_BEFORE: psd_root(transpose(factor(_J)) * factor(_J), 2),
        POLAR_POWER: P**N,
        LAST: frame(N),
        SYMMETRIC: _X,
        FIRST: turned(0),
        FIRST_T: transpose(turned(0)),
    }
)


def _tower(at: Term) -> Term:
    """Return R_j X R_{j-1}^T."""
    return turned(at) * _X * transpose(turned(at - 1))


_UPPER, _LOWER, _K = _tower(_J + 1), _tower(_J), fresh(INT)
_SO_MADE = (psd(_X), each(j, 1, N, equal(factor(_J), _tower(_J))))

CLAIM = claim(
    "balanced-polar-tower",
    title="Balanced factors as a tower of polar decompositions",
    source=Source("MY2025", "parametrisation of balanced factors; the form is stated here"),
    given=(*DEPTH, *BALANCED, *POLAR, *INVERSE, *FRAMES, TURNED),
    chief=("factors", "product", "unique"),
    sentences=(
        Sentence(
            "orthogonal",
            each(j, 0, N, equal(transpose(frame(_J)) * frame(_J), identity(d))),
            "the frames",
        ),
        Sentence(
            "factors",
            each(j, 1, N, equal(factor(_J), part("factor", j, sort=SQUARE))),
            "the factors",
        ),
        Sentence(
            "product", equal(whole(factor, 1, N), part("product", sort=SQUARE)), "their product"
        ),
        Sentence(
            "converse",
            every(
                X,
                (equal(transpose(_X), _X),),
                each(j, 1, N - 1, equal(transpose(_UPPER) * _UPPER, _LOWER * transpose(_LOWER))),
            ),
            "other factors of this form",
        ),
        Sentence(
            "converse-product",
            every(
                X,
                (),
                equal(product(_K, 1, N, _tower(_K.term)), turned(N) * _X**N * transpose(turned(0))),
            ),
            "the product of these",
        ),
        Sentence(
            "unique",
            every(X, _SO_MADE, equal(P, part("polar", X, sort=SQUARE))),
            "uniqueness: the matrix",
        ),
        Sentence(
            "unique-frames",
            every(X, _SO_MADE, each(j, 0, N, equal(turned(_J), frame(_J) * turned(0)))),
            "uniqueness: the frames",
        ),
    ),
    parts={
        "factor": TURN * SHARED * TURN_BEFORE_T,
        "product": LAST * POLAR_POWER,
        "polar": FIRST * SYMMETRIC * FIRST_T,
    },
    letters=_LETTERS,
    routes=AT_POINTS,
    mutants=(
        Mutant(
            "untransposed",
            "$V_{j-1}$ in place of its transpose",
            {"factor": TURN * SHARED * TURN_BEFORE},
        ),
        Mutant(
            "own-polar-factor",
            "$(W_j^TW_j)^{1/2}$ in place of $P$",
            {"factor": TURN * POLAR_BEFORE * TURN_BEFORE_T},
        ),
        Mutant(
            "one-frame",
            "$V_j$ on both sides, as if all factors had the same singular vectors",
            {"factor": TURN * SHARED * TURN_T},
        ),
        Mutant(
            "both-ends",
            "$P^N$, as if both ends could be chosen to be $I$",
            {"product": POLAR_POWER},
        ),
        Mutant(
            "turned-back",
            "$R_0$ and its transpose exchanged",
            {"polar": FIRST_T * SYMMETRIC * FIRST},
        ),
    ),
)
