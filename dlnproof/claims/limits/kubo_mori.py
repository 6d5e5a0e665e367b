"""The inverse of the operator of infinite depth as the superoperator of Kubo and Mori."""

from typing import Final

from dlnproof.claims.schema import Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, L
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import INFINITE_OPERATOR, between_resolvents, pair
from dlnproof.definitions.hypotheses import POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import W, X, Z, d, i, l, n, s, sigma, t
from dlnproof.kernel.terms import (
    Term,
    different,
    equal,
    every,
    identity,
    integral,
    limit_at_infinity,
    map_inverse,
    number,
    psd,
    psd_power,
    within,
)

_I, _L, _S, _T, _X = sigma(i.term), sigma(l.term), s.term, t.term, X.term
_PLACE = (*within(i, 1, d), *within(l, 1, d))
_PAIR = pair(i.term, l.term)
_ZERO: Final = number(0)


def _inverse(value: Term) -> Term:
    return map_inverse(Z, INFINITE_OPERATOR(W, Z.term), value)


def _pairs(condition: Term, name: str) -> Term:
    return every((i, l), (*_PLACE, condition), equal(_inverse(_PAIR), part(name, i, l) * _PAIR))


def _tends(integrand: Term) -> Term:
    """Return: the integral from 0 to infinity is the inverse at X."""
    return limit_at_infinity(n, integral(t, _ZERO, number(n.term), integrand), _inverse(_X))


_LINE: Final = between_resolvents(_X, lambda m: _T * identity(d) + m)
_INTERVAL: Final = between_resolvents(_X, lambda m: (1 - _S) * identity(d) + _S * m)
_DENSITY: Final = psd_power(_T * identity(d) + W**2, -1)
_LOGS: Final = I.log - L.log

CLAIM = claim(
    "kubo-mori",
    title="The inverse at infinite depth, by resolvents",
    source=Source("CMV2023", "infinite-depth limit; the integrals are stated here"),
    given=(*WIDTH, *SVD, *POSITIVE),
    chief=("line", "distinct"),
    sentences=(
        Sentence("distinct", _pairs(different(_I, _L), "distinct"), "eigenvectors"),
        Sentence(
            "coincident",
            _pairs(equal(_I, _L), "coincident"),
            "eigenvectors for equal singular values",
        ),
        Sentence("line", every(X, (), _tends(_LINE)), "an integral over the half line"),
        Sentence(
            "definite",
            every(X, (psd(W),), _tends(_DENSITY * _X * _DENSITY)),
            "at positive definite matrices",
        ),
        Sentence(
            "interval",
            every(X, (), equal(_inverse(_X), integral(s, _ZERO, number(1), _INTERVAL))),
            "an integral over an interval",
        ),
    ),
    parts={
        "distinct": _LOGS / (I.sigma**2 - L.sigma**2),
        "coincident": 1 / I.sigma**2,
    },
    quantities={"infinite-metric-entry": ("distinct", "coincident")},
    routes=(Route.DERIVATION, Route.ENCLOSURE, Route.PULLBACK),
    uses=("infinite-depth",),
    finite=False,
    infinite=True,
    mutants=(
        Mutant(
            "at-the-matrix",
            r"$\sigma$ in place of $\sigma^2$: the metric of Kubo and Mori at $W$ itself",
            {"distinct": _LOGS / (2 * (I.sigma - L.sigma)), "coincident": 1 / I.sigma},
        ),
        Mutant(
            "pulled-back",
            r"the metric of Kubo and Mori pulled back by the square",
            {
                "distinct": _LOGS * (I.sigma + L.sigma) / (I.sigma - L.sigma),
                "coincident": Number(4),
            },
        ),
        Mutant(
            "wigner-yanase",
            "the kernel of Wigner and Yanase",
            {"distinct": 4 / (I.sigma + L.sigma) ** 2},
        ),
        Mutant(
            "arithmetic-mean",
            r"the arithmetic in place of the logarithmic mean of $\sigma_i^2$ and $\sigma_l^2$",
            {"distinct": 2 / (I.sigma**2 + L.sigma**2)},
        ),
    ),
)
