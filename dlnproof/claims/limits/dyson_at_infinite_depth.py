"""The Laplacian at infinite depth of functions of the singular values, and of the entries of W."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, L
from dlnproof.core.verdict import Route
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.formulas import AT_TIME, part
from dlnproof.definitions.geometry import framed, infinite_metric
from dlnproof.definitions.hypotheses import DURING, PATH, POSITIVE_AT, STRICT_AT, WIDTH
from dlnproof.definitions.letters import X, d, end_at, i, l, n, s, sigma_at, t
from dlnproof.definitions.radial import along_log, infinite_density, log_rate
from dlnproof.kernel.terms import (
    derivative,
    different,
    equal,
    every,
    limit_at_infinity,
    log,
    number,
    total,
    within,
)

_T, _I, _L, _N = t.term, i.term, l.term, number(n.term)
_PAIR: Final = (*within(i, 1, d), *within(l, 1, d), *DURING, different(_I, _L))
_AT_I, _AT_L = sigma_at(_I, _T), sigma_at(_L, _T)
_RADIAL: Final = equal(
    infinite_metric(end_at(_T), X.term, along_log(_I)),
    part("length", i, t) * framed(X.term, _I, _I),
)
_SHARES: Final = part("first", i, l, t) * log_rate(_I) + part("second", i, l, t) * log_rate(_L)
_VOLUME: Final = derivative(
    s, log(infinite_density(s.term)), _T, total(i, 1, d, total(l, _I + 1, d, _SHARES))
)
_BESIDE: Final = 2 / (_N * (_AT_I ** (2 / _N) - _AT_L ** (2 / _N)))
_ALONE: Final = (1 - 1 / _N) * _AT_I ** (1 - 2 / _N)

CLAIM = claim(
    "dyson-at-infinite-depth",
    title="The Laplacian at infinite depth",
    source=Source("CMV2023", "infinite-depth limit; the Laplacian is stated here"),
    given=(*WIDTH, *PATH, *SVD_OF_END[:3], *POSITIVE_AT, *STRICT_AT),
    chief=("volume", "pair"),
    sentences=(
        Sentence(
            "radial",
            every((i, t, X), (*within(i, 1, d), *DURING), _RADIAL),
            "where the logarithm of one value grows",
        ),
        Sentence(
            "volume", every(t, DURING, _VOLUME), "the volume along logarithms, values and vectors"
        ),
        Sentence(
            "opposite",
            every((i, l, t), _PAIR, equal(part("first", i, l, t) + part("second", i, l, t), 0)),
            "both values of a pair",
        ),
        Sentence(
            "pair",
            every((i, l, t), _PAIR, limit_at_infinity(n, _BESIDE, part("first", i, l, t))),
            "the drift of logarithms at finite depth",
        ),
        Sentence(
            "value",
            every(
                (i, t),
                (*within(i, 1, d), *DURING),
                limit_at_infinity(n, _ALONE, part("value", i, t)),
            ),
            "the Laplacian of the entries at finite depth",
        ),
    ),
    letters=AT_TIME,
    parts={
        "length": 1 / I.sigma,
        "first": f.INFINITE_DRIFT,
        "second": f.INFINITE_DRIFT_L,
        "value": I.sigma,
        "drift": f.INFINITE_DRIFT,
        "laplacian": I.sigma,
    },
    measured=(
        r"Enclosed in balls, from the derivatives of the metric: where $f$ is the trace of a power "
        r"of $W^TW$, or $\log|\det W|$, the Laplacian of $g^{\infty}$ takes it to the sum of "
        r"$\partial_i^2f+\sum_{l\ne i}<<drift>>\,\partial_if$ over $i$, with $\partial_i$ the "
        r"derivative in $\log\sigma_i$; and $W=U\Sigma V^T$, entry by entry, to $U\Delta V^T$ with "
        r"the diagonal matrix $\Delta$ of the $<<laplacian>>$."
    ),
    empirical=frozenset({"drift", "laplacian"}),
    routes=(Route.DERIVATION, Route.ENCLOSURE, Route.PULLBACK),
    uses=("infinite-depth",),
    finite=False,
    infinite=True,
    mutants=(
        Mutant(
            "doubled",
            "twice the drift, as of complex matrices",
            dict.fromkeys(("first", "drift"), 4 / (I.log - L.log)),
        ),
        Mutant(
            "singular-values",
            r"$\sigma_i$ in place of $\log\sigma_i$",
            dict.fromkeys(("first", "drift"), 1 / (I.sigma - L.sigma)),
        ),
        Mutant(
            "without-pairs",
            "no drift, as of independent values",
            {name: Number(0) for name in ("first", "second", "drift")},
        ),
        Mutant("one-sign", "both values of a pair alike", {"second": f.INFINITE_DRIFT}),
        Mutant("unscaled", "the length of singular values", {"length": 1 / I.sigma**2}),
        Mutant(
            "squared",
            r"$\sigma_i^2$ in place of $\sigma_i$",
            dict.fromkeys(("value", "laplacian"), I.sigma**2),
        ),
        Mutant("harmonic", "entries of Laplacian zero", {"laplacian": Number(0)}),
    ),
)
