"""The scalar curvature of g^N: a sum over pairs and triples of singular values."""

from itertools import combinations
from typing import Any

import sympy

from dlnproof import formulas as f
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import N, pair_values
from dlnproof.numeric.normalization import Normalization
from dlnproof.symbolic.arguments import Expr
from dlnproof.symbolic.spectrum import Spectrum, level


def scalar_curvature(
    depth: Any, width: Any, sigma: Any = None, *, normalization: Normalization = "mean"
) -> Expr:
    """Return the scalar curvature of g^N (times N for "sum").

    ``depth`` and ``sigma`` as for :func:`metric_matrix`; ``width`` is an integer. It is not
    simplified. Raises :class:`~dlnproof.errors.InputError`. Source: our proof; not found in the
    sources listed.

    >>> scalar_curvature(2, 2, sigma=[4, 1]), scalar_curvature(3, 3, sigma=[8, 8, 8])
    (1/10, 4/9)
    >>> sympy.factor(scalar_curvature(2, 2))
    1/(2*(sigma_1 + sigma_2))
    """
    spectrum = Spectrum.of(depth, width, sigma, normalization)
    M, values = spectrum.depth, spectrum.sigma
    infinite = sympy.oo == M
    pair, pair_same, share, twice, same = f.INFINITE_CURVATURE if infinite else f.CURVATURE

    def at(formula: Expression, s: Expr, t: Expr | None = None) -> Expr:
        second = None if t is None else level(t, M)
        return formula.at(pair_values({N: M}, level(s, M), second), sympy.Integer)

    def gap(s: Expr, t: Expr) -> Expr:
        one, other = level(s, M), level(t, M)
        return one[2] - other[2] if infinite else one[1] ** 2 - other[1] ** 2

    def of_triple(s: Expr, t: Expr, u: Expr) -> Expr:
        sides = ((s, t, u), (t, u, s), (u, s, t))
        if s == t == u:
            return at(same, s)
        for first, second, alone in sides:
            if first == second:
                return at(twice, first, alone)
        shares = [at(share, first, second) for first, second, _ in sides]
        return 2 * sympy.Add(*shares) / sympy.Mul(*(gap(*side[:2]) for side in sides))

    pairs = [at(pair_same, s) if s == t else at(pair, s, t) for s, t in combinations(values, 2)]
    triples = [of_triple(*some) for some in combinations(values, 3)]
    total = sympy.Add(*pairs, *triples)
    return total if infinite else total * spectrum.scale / M
