"""Gradient of the entropy: the logarithm of the orbit's volume."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.formulas import AT_TIME, part
from dlnproof.definitions.geometry import rate
from dlnproof.definitions.hypotheses import (
    BALANCED_AT,
    DEPTH,
    DURING,
    PATH,
    POSITIVE_AT,
    PRODUCT_AT,
    STRICT_AT,
    WIDTH,
)
from dlnproof.definitions.letters import (
    N,
    d,
    factor_at,
    i,
    j,
    l,
    s,
    t,
)
from dlnproof.kernel.terms import (
    derivative,
    every,
    log,
    orbit_volume,
    total,
)

_T, _I, _L = t.term, i.term, l.term


_PAIR: Final = part("first", i, l, t) * rate(_I) + part("second", i, l, t) * rate(_L)
_GRADIENT: Final = derivative(
    s,
    log(orbit_volume(j, N, factor_at(j.term, s.term))),
    _T,
    total(i, 1, d, total(l, _I + 1, d, _PAIR)),
)
_ROOTS, _SQUARES = I.root**2 - L.root**2, I.sigma**2 - L.sigma**2

CLAIM = claim(
    "entropy-gradient",
    title="Gradient of the entropy",
    source=Source("MY2025", "entropy formula, differentiated here"),
    given=(
        *DEPTH,
        *WIDTH,
        *PATH,
        *PRODUCT_AT,
        *BALANCED_AT,
        *SVD_OF_END[:3],
        *POSITIVE_AT,
        *STRICT_AT,
    ),
    sentences=(Sentence("gradient", every(t, DURING, _GRADIENT), "the entropy along a path"),),
    letters=AT_TIME,
    parts={"first": f.ENTROPY_SLOPE, "second": f.ENTROPY_SLOPE_L},
    routes=AT_POINTS,
    uses=("orbit-volume",),
    mutants=(
        Mutant(
            "unhalved",
            r"that of $\log\lambda_{il}$, without the root of the volume",
            {"first": 0 - f.DENSITY_PAIR_SLOPE, "second": 0 - f.DENSITY_PAIR_SLOPE_L},
        ),
        Mutant(
            "of-the-density",
            "the opposite sign: what a pair adds to the logarithm of the density, halved",
            {"first": 0 - f.ENTROPY_SLOPE, "second": 0 - f.ENTROPY_SLOPE_L},
        ),
        Mutant(
            "undivided",
            "$1$ in place of $1/N$",
            {
                "first": I.sigma / _SQUARES - (I.root**2 / I.sigma) / _ROOTS,
                "second": (L.root**2 / L.sigma) / _ROOTS - L.sigma / _SQUARES,
            },
        ),
        Mutant(
            "values-alone",
            r"the roots left out: half of the derivative of $\log\operatorname{van}(\Sigma^2)$",
            {"first": I.sigma / _SQUARES},
        ),
        Mutant(
            "roots-unsquared",
            r"$\sigma_i^{1/N}$ in place of $\sigma_i^{2/N}$",
            {
                "first": I.sigma / _SQUARES
                - (1 / DEPTH_LETTER) * (I.root / I.sigma) / (I.root - L.root)
            },
        ),
    ),
)
