"""Tangents of the orbit of balanced factors over the real and complex numbers and quaternions."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.product import PairProduct, per_index
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.fields import (
    DIMENSION,
    FRAMED,
    INDEX_GRAM,
    MOVING,
    PAIR_GRAM,
    UNITS,
    beta,
    curve,
    h,
    products,
    tangent,
)
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, WIDTH
from dlnproof.definitions.letters import N, d, i, j, k, l, m, n, r, s, sigma
from dlnproof.kernel.terms import (
    Term,
    derivative,
    determinant,
    different,
    equal,
    every,
    number,
    power,
    product,
    within,
)

_I, _J, _K, _L, _M, _N, _R, _H = (v.term for v in (i, j, k, l, m, n, r, h))
_UNIT: Final = within(r, 1, beta)
_PLACES: Final = (*within(i, 1, d), *within(l, _I, d))
_OTHER: Final = (*within(h, 1, beta), *within(m, 1, d), *within(n, _M, d))
_FRAMES: Final = (*within(j, 0, N), *within(k, 0, N))


def _of_pair(name: str, case: Term) -> Term:
    """Return the determinant of the Gram matrix of each unit and pair in a case."""
    places = (*_UNIT, *within(i, 1, d), *within(l, _I + 1, d), case)
    return every((r, i, l), places, equal(determinant(PAIR_GRAM), part(name, i, l)))


def _orthogonal(condition: Term) -> Term:
    """Return that tangents of two units and places are, which are different."""
    both = products((_J, _R, _I, _L), (_K, _H, _M, _N))
    known = (*_FRAMES, *_UNIT, *_PLACES, *_OTHER, condition)
    return every((j, k, r, i, l, h, m, n), known, equal(both, number(0)))


_SAME: Final = equal(sigma(_I), sigma(_L))
_PAIRS: Final = product(r, 1, beta, product(i, 1, d, product(l, _I + 1, d, determinant(PAIR_GRAM))))
_INDICES: Final = product(r, 2, beta, product(i, 1, d, determinant(INDEX_GRAM)))

CLAIM = claim(
    "entropy-fields",
    title="Tangents of the orbit, by fields",
    source=Source("MY2025", "entropy formula; complex and quaternionic factors are added here"),
    given=(*DEPTH, *WIDTH, *DIMENSION, *POSITIVE, FRAMED, *UNITS, *MOVING),
    chief=("distinct", "index"),
    sentences=(
        Sentence(
            "moves",
            every(
                (k, j, r, i, l),
                (*within(k, 1, N), *within(j, 0, N), *_UNIT, *_PLACES),
                derivative(s, curve(_K, _J, s.term), number(0), tangent(_K, _J, _R, _I, _L)),
            ),
            "how factors move with frames",
        ),
        Sentence("distinct", _of_pair("distinct", different(*_SAME.args)), "pairs of indices"),
        Sentence("coincident", _of_pair("coincident", _SAME), "pairs of equal values"),
        Sentence(
            "index",
            every(
                (r, i),
                (*within(r, 2, beta), *within(i, 1, d)),
                equal(determinant(INDEX_GRAM), part("index", i)),
            ),
            "imaginary units",
        ),
        Sentence("units", _orthogonal(different(_R, _H)), "different units"),
        Sentence("rows", _orthogonal(different(_I, _M)), "different places"),
        Sentence("columns", _orthogonal(different(_L, _N)), "different second places"),
        Sentence(
            "volume",
            equal(
                _PAIRS * _INDICES,
                power(part("pairs"), beta) * power(part("indices"), beta - 1),
            ),
            "pairs and imaginary units together",
        ),
    ),
    parts={
        "distinct": f.SUM_EIGENVALUE,
        "coincident": f.SUM_EIGENVALUE_COINCIDENT,
        "index": f.SUM_EIGENVALUE_COINCIDENT,
        "pairs": f.ORBIT_SQUARED,
        "indices": f.ORBIT_INDICES,
    },
    scope="all $N$, $d$ and $\\beta$",
    routes=AT_POINTS,
    mutants=(
        Mutant(
            "exponent",
            r"the exponent $2\beta$ in place of $\beta$ for pairs",
            {"pairs": f.ORBIT_SQUARED**2},
        ),
        Mutant(
            "squared-depth",
            r"$N^{2d(\beta-1)}$ in place of $N^{d(\beta-1)}$",
            {"indices": f.N_PER_INDEX * f.ORBIT_INDICES},
        ),
        Mutant(
            "no-depth",
            "imaginary units without the factor $N$",
            {"index": I.sigma**2 / I.root**2, "indices": per_index(I.sigma**2 / I.root**2)},
        ),
        Mutant(
            "one-frame",
            r"$\sigma_i^{2/N}$ for imaginary units, as of one frame",
            {"index": DEPTH_LETTER * I.root**2, "indices": per_index(DEPTH_LETTER * I.root**2)},
        ),
        Mutant(
            "mean-normalisation",
            "an extra factor $1/N$ for each pair",
            {
                "distinct": f.EIGENVALUE,
                "coincident": f.EIGENVALUE_COINCIDENT,
                "pairs": PairProduct(pair=f.EIGENVALUE, coincident=f.EIGENVALUE_COINCIDENT),
            },
        ),
        Mutant(
            "unsquared",
            r"$\sigma$ in place of $\sigma^2$ throughout",
            {
                "distinct": (I.sigma - L.sigma) / (I.root - L.root),
                "coincident": DEPTH_LETTER * (I.sigma / I.root),
                "index": DEPTH_LETTER * (I.sigma / I.root),
                "pairs": PairProduct(
                    pair=(I.sigma - L.sigma) / (I.root - L.root),
                    coincident=DEPTH_LETTER * (I.sigma / I.root),
                ),
                "indices": per_index(DEPTH_LETTER * (I.sigma / I.root)),
            },
        ),
    ),
)
"""The Gram determinants of the orbit of factors over the real numbers, complex ones and
quaternions, for every N and d."""
