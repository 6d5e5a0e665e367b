"""The inverse of the operator as an integral of two resolvents."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import OPERATOR, between_resolvents
from dlnproof.definitions.hypotheses import POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import N, W, X, Z, d, i, l, n, sigma, t
from dlnproof.kernel.terms import (
    PI,
    Term,
    at_most,
    cosine,
    different,
    equal,
    every,
    identity,
    integral,
    limit_at_infinity,
    map_inverse,
    number,
    within,
)

_I, _L, _T, _X = sigma(i.term), sigma(l.term), t.term, X.term
_PLACE = (*within(i, 1, d), *within(l, 1, d))
_SINE: Final = cosine((number(1) / 2 - 1 / N) * PI)
"""sin(pi / N)."""
_WEIGHT: Final = part("factor") * _SINE / PI * _T**N


def _tends(integrand: Term, value: Term) -> Term:
    """Return: the integral from 0 to infinity is a value."""
    return limit_at_infinity(n, integral(t, number(0), number(n.term), integrand), value)


def _pairs(condition: Term, name: str) -> Term:
    curve = _WEIGHT / ((_T**N + _I**2) * (_T**N + _L**2))
    return every((i, l), (*_PLACE, condition), _tends(curve, part(name, i, l)))


_INTEGRAND: Final = _WEIGHT * between_resolvents(_X, lambda m: _T**N * identity(d) + m)
_BY_ROOT: Final = DEPTH_LETTER * (I.root - L.root) / (I.sigma**2 - L.sigma**2)

CLAIM = claim(
    "inverse-operator-integral",
    title="The inverse of the operator, by resolvents",
    source=Source("CMV2023", "the operator of finite depth; the integral is stated here"),
    given=(at_most(2, N), *WIDTH, *SVD, *POSITIVE),
    chief=("inverse",),
    sentences=(
        Sentence(
            "inverse",
            every(X, (), _tends(_INTEGRAND, map_inverse(Z, OPERATOR(N, W, Z.term), _X))),
            "the inverse",
        ),
        Sentence("distinct", _pairs(different(_I, _L), "distinct"), "a pair of singular values"),
        Sentence("coincident", _pairs(equal(_I, _L), "coincident"), "equal singular values"),
    ),
    parts={
        "factor": DEPTH_LETTER**2,
        "distinct": f.METRIC_ENTRY,
        "coincident": f.METRIC_ENTRY_COINCIDENT,
    },
    routes=(Route.DERIVATION, Route.ENCLOSURE, Route.PULLBACK),
    uses=("metric-diagonalization", "operator-spectrum"),
    least_depth=2,
    scope=r"all $N\ge2$, all $d$",
    mutants=(
        Mutant(
            "sum-normalisation",
            "the factor $N$, of $N\\mathcal{A}$ in the sum normalisation",
            {"factor": DEPTH_LETTER},
        ),
        Mutant(
            "infinite-depth",
            "the factor $1$, as at infinite depth",
            {"factor": DEPTH_LETTER / DEPTH_LETTER},
        ),
        Mutant(
            "single-roots",
            r"$\sigma^{1/N}$ in place of $\sigma^{2/N}$",
            {"distinct": _BY_ROOT, "coincident": I.root / I.sigma**2},
        ),
        Mutant(
            "without-depth",
            "the metric of the submersion, without the factor $N$",
            {"distinct": f.SUM_METRIC_ENTRY, "coincident": f.SUM_METRIC_ENTRY_COINCIDENT},
        ),
    ),
)
