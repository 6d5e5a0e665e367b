"""The infinite-depth limit."""

from dlnproof import formulas as f
from dlnproof.claims.schema import Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.product import van
from dlnproof.core.spectrum import I, L
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import (
    INFINITE_METRIC_DETERMINANT,
    INFINITE_OPERATOR,
    METRIC_DETERMINANT,
    OPERATOR,
    pair,
)
from dlnproof.definitions.hypotheses import FRAME, ORDERED, POSITIVE, STRICT, SVD, WIDTH
from dlnproof.definitions.letters import D, W, a, b, d, differential, i, l, n, sigma
from dlnproof.kernel.terms import (
    Term,
    at_most,
    different,
    equal,
    every,
    frame_determinant,
    limit_at_infinity,
    log,
    number,
    root,
    total,
    within,
)

_I, _L = sigma(i.term), sigma(l.term)
_PLACE = (*within(i, 1, d), *within(l, 1, d))
_PAIR = pair(i.term, l.term)


def _eigenvector(name: str) -> Term:
    return equal(INFINITE_OPERATOR(W, _PAIR), part(name, i, l) * _PAIR)


_OPERATORS = limit_at_infinity(n, OPERATOR(n.term, W, _PAIR), INFINITE_OPERATOR(W, _PAIR))
_JACOBIAN = frame_determinant(D, a, b, differential(D.term, a.term, b.term))
_FINITE = root(METRIC_DETERMINANT(n.term, W)) * _JACOBIAN
_INFINITE = root(INFINITE_METRIC_DETERMINANT(W)) * _JACOBIAN
_CONDITIONS = (at_most(1, n.term), *STRICT)
_FIRST = (1 / number(n.term)) * total(i, 1, d, part("rate", i))
_SQUARE = (log(_I**2) - log(_L**2)) ** 2
_SECOND = (1 / (24 * number(n.term) ** 2)) * total(i, 1, d, total(l, i.term + 1, d, _SQUARE))

CLAIM = claim(
    "infinite-depth",
    title="The infinite-depth limit",
    source=Source("CMV2023", "infinite-depth limit"),
    given=(*WIDTH, *SVD, *POSITIVE, *ORDERED, *FRAME),
    chief=("operator-limit", "form"),
    sentences=(
        Sentence(
            "distinct",
            every((i, l), (*_PLACE, different(_I, _L)), _eigenvector("distinct")),
            "eigenvectors",
        ),
        Sentence(
            "coincident",
            every((i, l), (*_PLACE, equal(_I, _L)), _eigenvector("coincident")),
            "eigenvectors for equal singular values",
        ),
        Sentence("form", equal(_INFINITE, part("form")), "the volume form"),
        Sentence("operator-limit", every((i, l), _PLACE, _OPERATORS), "the limit of the operator"),
        Sentence("limit", limit_at_infinity(n, _FINITE, part("form")), "the limit of the form"),
        Sentence(
            "lower",
            every(n, _CONDITIONS, at_most(_FIRST, log(_FINITE / _INFINITE))),
            "the rate, from below",
        ),
        Sentence(
            "upper",
            every(n, _CONDITIONS, at_most(log(_FINITE / _INFINITE), _FIRST + _SECOND)),
            "the rate, from above",
        ),
    ),
    parts={
        "distinct": f.INFINITE_EIGENVALUE,
        "coincident": f.INFINITE_EIGENVALUE_COINCIDENT,
        "form": f.INFINITE_VOLUME_FORM,
        "rate": f.INFINITE_RATE,
    },
    quantities={
        "infinite-eigenvalue": ("distinct", "coincident"),
        "infinite-volume-form": ("form",),
    },
    routes=(Route.DERIVATION, Route.ENCLOSURE, Route.PULLBACK),
    uses=("operator-spectrum", "svd-jacobian", "volume-form"),
    finite=False,
    infinite=True,
    mutants=(
        Mutant(
            "unsquared-log",
            r"$\log\sigma$ in place of $\log\sigma^2$",
            {
                "distinct": 2 * f.INFINITE_EIGENVALUE,
                "form": f.INFINITE_DET_POWER * van(I.log / 2),
            },
        ),
        Mutant(
            "arithmetic-mean",
            r"the arithmetic in place of the logarithmic mean of $\sigma_i^2$ and $\sigma_l^2$",
            {"distinct": (I.sigma**2 + L.sigma**2) / 2},
        ),
        Mutant(
            "coincident-root",
            r"$\sigma$ in place of $\sigma^2$ where the values coincide",
            {"coincident": I.sigma},
        ),
        Mutant(
            "dropped-root",
            r"$\det(\Sigma^2)^{-1}$ in place of $\det(\Sigma^2)^{-1/2}$",
            {"form": f.INFINITE_DET_POWER * f.INFINITE_DET_POWER * f.VAN_LOG},
        ),
        Mutant(
            "rate-without-width",
            "the first-order coefficient without the factor $d$",
            {"rate": I.log / 2},
        ),
    ),
)
