"""Tangents of the orbit of balanced factors, for all widths and every rank."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, i, j, k, l, m, n, s, sigma
from dlnproof.definitions.shapes import POSITIVE, RANK, SOME_RANK
from dlnproof.definitions.strata import (
    ACROSS,
    FRAMED,
    PAIR_GRAM,
    across_frame,
    curve,
    inside,
    pair_products,
    tangent,
)
from dlnproof.kernel.terms import (
    Term,
    derivative,
    determinant,
    different,
    each,
    entry,
    equal,
    every,
    inner,
    number,
    product,
    total,
    transpose,
    within,
)

_I, _J, _K, _L, _M, _N = (v.term for v in (i, j, k, l, m, n))
_PLACES: Final = (*within(i, 1, RANK), *within(l, _I + 1, RANK))
_OTHER: Final = (*within(m, 1, RANK), *within(n, _M + 1, RANK))
_FRAMES: Final = (*within(j, 0, N), *within(k, 0, N))
_MOVED: Final = across_frame(_J)
_LENGTH: Final = total(j, 1, N - 1, entry(transpose(_MOVED) * _MOVED, _I, _I))
_BEYOND: Final = total(i, 1, RANK, part("edge", i) * _LENGTH)


def _lengths(move: Term) -> Term:
    """Return the sum of the squared lengths of what factors move by."""
    return total(k, 1, N, inner(move, move))


def _of_pair(name: str, case: Term) -> Term:
    """Return the determinant of the Gram matrix of each pair in a case."""
    return every((i, l), (*_PLACES, case), equal(determinant(PAIR_GRAM), part(name, i, l)))


def _orthogonal(condition: Term) -> Term:
    """Return that tangents of two pairs are, which are different."""
    both = pair_products((_J, _I, _L), (_K, _M, _N))
    known = (*_FRAMES, *_PLACES, *_OTHER, condition)
    return every((j, k, i, l, m, n), known, equal(both, number(0)))


_SAME: Final = equal(sigma(_I), sigma(_L))

CLAIM = claim(
    "orbit-volume-strata",
    title="Tangents of the orbit, by rank and widths",
    source=Source("MY2025", "entropy formula; widths and ranks are added here"),
    given=(*DEPTH, *SOME_RANK, *POSITIVE, *FRAMED, *ACROSS),
    chief=("distinct",),
    sentences=(
        Sentence(
            "moves",
            each(k, 1, N, derivative(s, curve(_K, s.term), number(0), tangent(_K))),
            "how factors move with frames",
        ),
        Sentence(
            "splits",
            equal(_lengths(tangent(_K)), _lengths(inside(_K)) + 2 * _BEYOND),
            "the squared length of a tangent",
        ),
        Sentence("distinct", _of_pair("distinct", different(*_SAME.args)), "pairs of indices"),
        Sentence("coincident", _of_pair("coincident", _SAME), "pairs of equal values"),
        Sentence("rows", _orthogonal(different(_I, _M)), "different pairs"),
        Sentence("columns", _orthogonal(different(_L, _N)), "different pairs, by the second index"),
        Sentence(
            "vanishing",
            each(i, 1, RANK, equal(product(j, 1, N - 1, part("edge", i)), part("last", i))),
            "pairs with a vanishing value",
        ),
    ),
    parts={
        "edge": I.root**2,
        "distinct": f.SUM_EIGENVALUE,
        "coincident": f.SUM_EIGENVALUE_COINCIDENT,
        "last": f.SUM_EIGENVALUE_EDGE,
    },
    scope="all $N$, $d_j$ and $r$",
    routes=AT_POINTS,
    mutants=(
        Mutant(
            "root",
            r"$\sigma_i^{1/N}$ in place of $\sigma_i^{2/N}$ for an edge",
            {"edge": I.root, "last": I.sigma / I.root},
        ),
        Mutant(
            "both-frames",
            r"$2\sigma_i^{2/N}$ for an edge, as if its two factors were two frames",
            {"edge": 2 * I.root**2},
        ),
        Mutant("no-edges", "edges as if they had the length of values", {"edge": I.sigma**2}),
        Mutant(
            "mean-normalisation",
            "an extra factor $1/N$ for each pair",
            {"distinct": f.EIGENVALUE, "coincident": f.EIGENVALUE_COINCIDENT},
        ),
        Mutant(
            "unsquared",
            r"$\sigma$ in place of $\sigma^2$ throughout",
            {
                "distinct": (I.sigma - L.sigma) / (I.root - L.root),
                "coincident": DEPTH_LETTER * (I.sigma / I.root),
            },
        ),
        Mutant(
            "coincident-limit",
            r"$\sigma^2$ in place of $N\sigma^{2-2/N}$ where the values coincide",
            {"coincident": I.sigma**2},
        ),
    ),
)
"""The Gram determinants of the orbit of factors of a product of any rank, for every N."""
