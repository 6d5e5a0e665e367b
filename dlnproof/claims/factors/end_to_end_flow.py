"""Flow of the end-to-end matrix."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core import spectrum
from dlnproof.definitions.formulas import AT_TIME, part
from dlnproof.definitions.geometry import OPERATOR, framed
from dlnproof.definitions.hypotheses import (
    ADJOINT,
    BALANCED,
    BALANCED_START,
    DEPTH,
    DURING,
    FLOW,
    GRADIENT,
    INTERVAL,
    ORDERED_AT,
    PARTIAL,
    POSITIVE_AT,
    PRODUCT,
    SVD_AT,
)
from dlnproof.definitions.letters import (
    N,
    W,
    Z,
    adjoint,
    d,
    direction,
    factor,
    factor_at,
    gradient_at,
    i,
    j,
    k,
    l,
    partial,
    r,
    s,
    sigma_at,
    t,
    whole,
)
from dlnproof.kernel.terms import (
    Term,
    derivative,
    different,
    each,
    equal,
    every,
    number,
    product,
    psd_root,
    total,
    transpose,
    within,
)

_J, _T, _I, _L = j.term, t.term, sigma_at(i.term, t.term), sigma_at(l.term, t.term)
_PLACE: Final = (*within(i, 1, d), *within(l, 1, d))
_ABOVE, _BELOW = whole(factor, _J + 1, N), whole(factor, 1, _J - 1)
_LEFT = equal(_ABOVE * transpose(_ABOVE), psd_root(W * transpose(W), N) ** (N - _J))
_RIGHT = equal(transpose(_BELOW) * _BELOW, psd_root(transpose(W) * W, N) ** (_J - 1))
_DIFFERENTIAL = derivative(
    s,
    product(k, 1, N, factor(k.term) + s.term * direction(k.term)),
    number(0),
    total(j, 1, N, partial(_J, direction(_J))),
)
_COMPOSED = equal(
    total(j, 1, N, partial(_J, adjoint(_J, Z.term))), number(N) * OPERATOR(N, W, Z.term)
)


def _product(time: Term) -> Term:
    return whole(factor_at, 1, N, time)


_FLOW = derivative(
    s, _product(s.term), _T, -(number(N) * OPERATOR(N, _product(_T), gradient_at(_T)))
)


def _component(name: str) -> Term:
    moving = framed(_product(s.term), i.term, l.term)
    slope = framed(gradient_at(_T), i.term, l.term)
    return derivative(s, moving, _T, -(part(name, i, l, t) * slope))


_OTHERS = (*within(i, 1, d), different(i.term, r.term))
_SIMPLE = every(
    (r, t),
    (*within(r, 1, d), *DURING, every(i, _OTHERS, different(_I, sigma_at(r.term, _T)))),
    derivative(
        s,
        sigma_at(r.term, s.term),
        _T,
        -(part("coincident", i=r.term, l=r.term, t=_T) * framed(gradient_at(_T), r.term, r.term)),
    ),
)


CLAIM = claim(
    "end-to-end-flow",
    title="Flow of the end-to-end matrix",
    source=Source("CMV2023", "gradient flow on the balanced manifold"),
    given=(
        *DEPTH,
        *PRODUCT,
        *BALANCED,
        *PARTIAL,
        *ADJOINT,
        *INTERVAL,
        *GRADIENT,
        *FLOW,
        *BALANCED_START,
        *SVD_AT,
        *ORDERED_AT,
        *POSITIVE_AT,
    ),
    chief=("flow", "singular-value"),
    sentences=(
        Sentence("powers", each(j, 0, N, _LEFT), "products of the last factors"),
        Sentence("first-powers", each(j, 1, N, _RIGHT), "products of the first factors"),
        Sentence("differential", _DIFFERENTIAL, "the differential of the product"),
        Sentence("composition", every(Z, (), _COMPOSED), "the differential after its adjoint"),
        Sentence("flow", every(t, DURING, _FLOW), "gradient flow on the factors"),
        Sentence(
            "distinct",
            every((i, l, t), (*_PLACE, *DURING, different(_I, _L)), _component("distinct")),
            "components",
        ),
        Sentence(
            "coincident",
            every((i, l, t), (*_PLACE, *DURING, equal(_I, _L)), _component("coincident")),
            "components for equal singular values",
        ),
        Sentence("singular-value", _SIMPLE, "a simple singular value"),
    ),
    letters=AT_TIME,
    parts={"distinct": f.SUM_EIGENVALUE, "coincident": f.SUM_EIGENVALUE_COINCIDENT},
    quantities={"submersion-eigenvalue": ("distinct", "coincident")},
    routes=AT_POINTS,
    uses=("balancedness", "operator-spectrum"),
    mutants=(
        Mutant(
            "mean-normalisation",
            "the factor $N$ left out: another unit of time",
            {"distinct": f.EIGENVALUE, "coincident": f.EIGENVALUE_COINCIDENT},
        ),
        Mutant(
            "unsquared",
            r"$\sigma$ in place of $\sigma^2$ throughout",
            {
                "distinct": (spectrum.I.sigma - spectrum.L.sigma)
                / (spectrum.I.root - spectrum.L.root),
                "coincident": spectrum.N * (spectrum.I.sigma / spectrum.I.root),
            },
        ),
        Mutant(
            "coincident-exponent",
            r"$\sigma^{2 - 1/N}$ in place of $\sigma^{2 - 2/N}$ where the values coincide",
            {"coincident": spectrum.N * (spectrum.I.sigma**2 / spectrum.I.root)},
        ),
        Mutant(
            "inverse",
            "the metric in place of its inverse, the operator",
            {"distinct": 1 / f.SUM_EIGENVALUE, "coincident": 1 / f.SUM_EIGENVALUE_COINCIDENT},
        ),
    ),
)
