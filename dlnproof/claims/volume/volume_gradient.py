"""Gradient of the volume density."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as N_
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.formulas import AT_TIME, part
from dlnproof.definitions.geometry import METRIC_DETERMINANT, rate
from dlnproof.definitions.hypotheses import DEPTH, DURING, PATH, POSITIVE_AT, STRICT_AT, WIDTH
from dlnproof.definitions.letters import (
    N,
    d,
    end_at,
    i,
    l,
    s,
    t,
)
from dlnproof.kernel.terms import derivative, every, log, root, total

_T, _I, _L = t.term, i.term, l.term


_PAIR: Final = part("first", i, l, t) * rate(_I) + part("second", i, l, t) * rate(_L)
_GRADIENT: Final = derivative(
    s,
    log(root(METRIC_DETERMINANT(N, end_at(s.term)))),
    _T,
    total(i, 1, d, part("own", i, t) * rate(_I)) + total(i, 1, d, total(l, _I + 1, d, _PAIR)),
)

_ROOTS, _SQUARES = I.root**2 - L.root**2, I.sigma**2 - L.sigma**2

CLAIM = claim(
    "volume-gradient",
    title="Gradient of the volume density",
    source=Source("CMV2023", "Theorem 1.1, differentiated here"),
    given=(*DEPTH, *WIDTH, *PATH, *SVD_OF_END[:3], *POSITIVE_AT, *STRICT_AT),
    sentences=(Sentence("gradient", every(t, DURING, _GRADIENT), "the density along a path"),),
    letters=AT_TIME,
    parts={
        "own": f.DENSITY_SLOPE,
        "first": f.DENSITY_PAIR_SLOPE,
        "second": f.DENSITY_PAIR_SLOPE_L,
    },
    routes=AT_POINTS,
    uses=("metric-diagonalization",),
    mutants=(
        Mutant(
            "pairs-alone",
            "the sum over pairs alone",
            {"own": Number(0)},
        ),
        Mutant(
            "undivided",
            r"$2$ in place of $2/N$",
            {
                "first": 2 * (I.root**2 / I.sigma) / _ROOTS - 2 * I.sigma / _SQUARES,
                "second": 2 * L.sigma / _SQUARES - 2 * (L.root**2 / L.sigma) / _ROOTS,
            },
        ),
        Mutant(
            "roots-alone",
            r"of a pair the derivative of $\log\operatorname{van}(\Sigma^{2/N})$ alone",
            {"first": (2 / N_) * (I.root**2 / I.sigma) / _ROOTS},
        ),
        Mutant(
            "one-sign",
            "both values of a pair alike",
            {"second": 0 - f.DENSITY_PAIR_SLOPE_L},
        ),
        Mutant(
            "of-the-operator",
            "the opposite of all: half the logarithm of the determinant of the operator",
            {
                "own": 0 - f.DENSITY_SLOPE,
                "first": 0 - f.DENSITY_PAIR_SLOPE,
                "second": 0 - f.DENSITY_PAIR_SLOPE_L,
            },
        ),
    ),
)
