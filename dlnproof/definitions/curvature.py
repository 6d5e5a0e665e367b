"""Sums over pairs and triples of singular values that curvature is made of."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import N, d, i, j, k, l, m, sigma
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    equal,
    every,
    number,
    total,
    within,
)

_I, _L, _M, _J, _K = (v.term for v in (i, l, m, j, k))

complete: Final = Symbol("h_k", REAL, (INT, INT, INT), r"h_{{0},{1},{2}}")
"""The complete homogeneous polynomial of degree k - 1 in sigma_i^(2/N) and sigma_l^(2/N)."""
of_pair: Final = Symbol("k_il", REAL, (INT, INT), r"\kappa_{{0},{1}}")
of_triple: Final = Symbol("k_ilm", REAL, (INT, INT, INT), r"\kappa_{{0},{1},{2}}")
"""What a pair of singular values, and a triple, adds to N times the scalar curvature of g^N."""
split: Final = Symbol("theta_il", REAL, (INT, INT), r"\theta_{{0},{1}}")
"""How far the sectional curvatures of a pair's planes with a diagonal direction are apart."""
radial: Final = Symbol("rho_il", REAL, (INT, INT), r"\rho_{{0},{1}}")
"""What a pair adds to N times the Ricci curvature of g^N along the singular values."""
of_values: Final = Symbol("p_ilm", REAL, (INT, INT, INT), r"p_{{0},{1},{2}}")
of_products: Final = Symbol("q_ilm", REAL, (INT, INT, INT), r"q_{{0},{1},{2}}")
"""The complete homogeneous polynomials of degree N - 2 in three x, and N - 1 in their products."""


def square(index: Term) -> Term:
    """Return sigma_i^(2/N)."""
    return sigma(index) ** (2 / N)


_PAIR: Final = (*within(i, 1, d), *within(l, 1, d))


COMPLETE: Final = (
    every(
        (k, i, l),
        (at_most(0, _K), *_PAIR),
        equal(
            complete(_K, _I, _L),
            total(j, 1, _K, square(_I) ** (_K - _J) * square(_L) ** (_J - 1)),
        ),
    ),
)
"""h_k = sum_j x_i^(k-j) x_l^(j-1), with x = sigma^(2/N)."""

_SHARES: Final = total(
    k,
    1,
    N - 1,
    number(N - _K) * (square(_I) * square(_L)) ** (N - 1 - _K) * complete(_K, _I, _L) ** 2,
)
PAIRS: Final = (
    every(
        (i, l),
        _PAIR,
        equal(
            of_pair(_I, _L),
            2 * (square(_I) + square(_L)) * _SHARES / (N * complete(N, _I, _L) ** 2),
        ),
    ),
)
"""k_il = 2 (x_i + x_l) sum_k (N - k) (x_i x_l)^(N-1-k) h_k^2 / (N h_N^2)."""

SPLITS: Final = (
    every(
        (i, l),
        _PAIR,
        equal(
            split(_I, _L),
            2
            * (sigma(_I) * sigma(_L))
            * (square(_I) + square(_L))
            * total(k, 1, N - 1, complete(_K, _I, _L) * complete(N - _K, _I, _L))
            / (square(_I) * square(_L) * complete(N, _I, _L) ** 2),
        ),
    ),
)
"""theta_il = 2 sigma_i sigma_l (x_i + x_l) sum_k h_k h_(N-k) / (x_i x_l h_N^2)."""

RADIAL: Final = (
    every(
        (i, l),
        _PAIR,
        equal(
            radial(_I, _L),
            square(_I) * square(_L) * of_pair(_I, _L) / (square(_I) + square(_L)),
        ),
    ),
)
"""rho_il = x_i x_l k_il / (x_i + x_l)."""

_LESS: Final = total(j, 1, N - 1, square(_L) ** (N - 1 - _J) * complete(_J, _I, _M))
_MORE: Final = total(
    j, 1, N, square(_I) ** (_J - 1) * (square(_L) * square(_M)) ** (N - _J) * complete(_J, _L, _M)
)
_TRIPLE: Final = (*_PAIR, *within(m, 1, d))
POLYNOMIALS: Final = (
    every((i, l, m), _TRIPLE, equal(of_values(_I, _L, _M), _LESS)),
    every((i, l, m), _TRIPLE, equal(of_products(_I, _L, _M), _MORE)),
)
"""h_{N-2}(x_i, x_l, x_m) and h_{N-1}(x_i x_l, x_l x_m, x_m x_i), as sums."""
TRIPLES: Final = (
    every(
        (i, l, m),
        _TRIPLE,
        equal(
            of_triple(_I, _L, _M),
            4
            * of_values(_I, _L, _M)
            * of_products(_I, _L, _M)
            / (complete(N, _I, _L) * complete(N, _L, _M) * complete(N, _I, _M)),
        ),
    ),
)
"""k_ilm = 4 h_{N-2}(x_i, x_l, x_m) h_{N-1}(x_i x_l, x_l x_m, x_m x_i) / (h_N h_N h_N)."""
