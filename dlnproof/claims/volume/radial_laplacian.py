"""The Laplacian of functions of the singular values alone."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.formulas import AT_TIME, part
from dlnproof.definitions.geometry import METRIC
from dlnproof.definitions.hypotheses import DEPTH, DURING, PATH, POSITIVE_AT, STRICT_AT, WIDTH
from dlnproof.definitions.letters import N, X, d, end_at, i, l, s, t
from dlnproof.definitions.radial import along_root, density, root_moves, root_rate
from dlnproof.kernel.terms import derivative, equal, every, log, total, within

_T, _I, _L = t.term, i.term, l.term

_RADIAL: Final = equal(
    METRIC(N, end_at(_T), X.term, along_root(_I)), part("length") * root_moves(X.term, _I)
)
_PAIR: Final = part("first", i, l, t) * root_rate(_I) + part("second", i, l, t) * root_rate(_L)
_VOLUME: Final = derivative(s, log(density(s.term)), _T, total(i, 1, d, total(l, _I + 1, d, _PAIR)))

CLAIM = claim(
    "radial-laplacian",
    title="The Laplacian of functions of the singular values",
    source=Source("CMV2023", "Theorem 1.1; the Laplacian is stated here"),
    given=(*DEPTH, *WIDTH, *PATH, *SVD_OF_END[:3], *POSITIVE_AT, *STRICT_AT),
    sentences=(
        Sentence(
            "radial",
            every((i, t, X), (*within(i, 1, d), *DURING), _RADIAL),
            "where the root of one value grows",
        ),
        Sentence("volume", every(t, DURING, _VOLUME), "the volume along roots, values and vectors"),
    ),
    letters=AT_TIME,
    parts={
        "length": f.RADIAL_LENGTH,
        "first": f.RADIAL_DRIFT,
        "second": f.RADIAL_DRIFT_L,
        "scale": f.RADIAL_SCALE,
    },
    measured=(
        r"Measured at rational points, from the derivatives of the metric: where $f$ is the trace "
        r"of a power of $W^TW$, the Laplacian of $g^{N}$ takes it to $<<scale>>$ times the sum of "
        r"$\partial_i^2f+\sum_{l\ne i}<<first>>\,\partial_if$ over $i$, with $\partial_i$ the "
        r"derivative in $\sigma_i^{1/N}$."
    ),
    empirical=frozenset({"scale"}),
    routes=AT_POINTS,
    uses=("operator-spectrum", "metric-diagonalization"),
    mutants=(
        Mutant("halved", "half the drift", {"first": f.RADIAL_DRIFT / 2}),
        Mutant(
            "singular-values",
            r"$\sigma_i$ in place of $\sigma_i^{1/N}$",
            {"first": 2 * I.sigma / (I.sigma**2 - L.sigma**2)},
        ),
        Mutant(
            "one-sign",
            "both values of a pair alike",
            {"second": 2 * L.root / (I.root**2 - L.root**2)},
        ),
        Mutant("without-depth", "the scale left out", {"scale": Number(1)}),
        Mutant("sum-normalisation", "the length in $g^{N}/N$", {"length": DEPTH_LETTER}),
    ),
)
