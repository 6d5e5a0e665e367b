"""The Laplacian of the entries of W: the drift of Brownian motion."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.formulas import AT_TIME, part
from dlnproof.definitions.geometry import METRIC_DETERMINANT, OPERATOR, framed
from dlnproof.definitions.hypotheses import (
    DEPTH,
    DURING,
    POSITIVE_AT,
    STRETCHING,
    STRICT_AT,
    TURNING,
    WIDTH,
)
from dlnproof.definitions.letters import (
    N,
    d,
    end_at,
    i,
    l,
    left_at,
    right_at,
    s,
    stretch_at,
    t,
)
from dlnproof.kernel.terms import (
    Term,
    derivative,
    different,
    entry,
    equal,
    every,
    log,
    root,
    total,
    transpose,
    unit,
    within,
)

_T, _I, _L = t.term, i.term, l.term
_ROW: Final = (*within(i, 1, d), *DURING)
_UNLIKE: Final = (*within(i, 1, d), *within(l, 1, d), *DURING, different(_I, _L))
_IMAGE: Final = OPERATOR(N, end_at(s.term), left_at(_T) * unit(d, _I, _I) * transpose(right_at(_T)))


def _moves(row: Term, column: Term, slope: Term) -> Term:
    """Return how the component at u_k v_m^T of A(u_i v_i^T) moves, where the frames do not."""
    return derivative(s, framed(_IMAGE, row, column), _T, slope)


def _h(row: Term, column: Term) -> Term:
    """Return H_il = u_i^T W' v_l."""
    return entry(stretch_at(_T), row, column)


def _turned(row: Term, column: Term) -> Term:
    slope = part("turn", i, l, t) * _h(row, column) + part("crossed", i, l, t) * _h(column, row)
    return every((i, l, t), _UNLIKE, _moves(row, column, slope))


_VALUE: Final = part("value", i, t)
_SHARES: Final = part("pair", i, l, t) * _h(_I, _I) + part("other", i, l, t) * _h(_L, _L)
_DENSITY: Final = derivative(
    s,
    log(root(METRIC_DETERMINANT(N, end_at(s.term)))),
    _T,
    total(i, 1, d, part("density", i, t) * _h(_I, _I))
    + total(i, 1, d, total(l, _I + 1, d, _SHARES)),
)
_PAIR: Final = 2 * part("turn", i, l, t) + _VALUE * part("pair", i, l, t)
_ALONE: Final = part("own", i, t) + _VALUE * part("density", i, t)
"""What the divergence of the operator, and its image of the density's gradient, have of no pair."""

CLAIM = claim(
    "laplacian-of-matrix",
    title="The Laplacian of the entries of the end-to-end matrix",
    source=Source("MY2025", "Brownian motion; the closed form is stated here"),
    given=(
        *DEPTH,
        *WIDTH,
        *STRETCHING,
        *SVD_OF_END[:3],
        *POSITIVE_AT,
        *STRICT_AT,
        *TURNING,
    ),
    sentences=(
        Sentence(
            "own",
            every((i, t), _ROW, _moves(_I, _I, part("own", i, t) * _h(_I, _I))),
            "the operator along a singular value",
        ),
        Sentence("rows", _turned(_L, _I), "along a turn of left singular vectors"),
        Sentence("columns", _turned(_I, _L), "along a turn of right singular vectors"),
        Sentence("density", every(t, DURING, _DENSITY), "the density"),
        Sentence("pair", every((i, l, t), _UNLIKE, equal(_PAIR, 0)), "a pair"),
        Sentence(
            "no-pair",
            every((i, t), _ROW, equal(_ALONE, part("drift", i, t))),
            "the part of no pair",
        ),
    ),
    letters=AT_TIME,
    chief=("no-pair",),
    parts={
        "own": f.DIVERGENCE_OWN,
        "turn": f.DIVERGENCE_TURN,
        "crossed": f.DIVERGENCE_CROSSED,
        "value": f.EIGENVALUE_COINCIDENT,
        "pair": f.DENSITY_PAIR_SLOPE,
        "other": f.DENSITY_PAIR_SLOPE_L,
        "density": f.DENSITY_SLOPE,
        "drift": f.DRIFT,
        "laplacian": f.DRIFT,
    },
    measured=(
        r"Measured at rational points, from the derivatives of the metric: the Laplacian of "
        r"$g^{N}$ takes $W=U\Sigma V^T$, entry by entry, to $U\Delta V^T$ with the diagonal matrix "
        r"$\Delta$ of the $<<laplacian>>$."
    ),
    empirical=frozenset({"laplacian"}),
    routes=AT_POINTS,
    uses=("operator-spectrum", "operator-derivative", "volume-gradient"),
    mutants=(
        Mutant(
            "whole-power",
            r"$\sigma_i^{2-2/N}$ in place of $\sigma_i^{1-2/N}$",
            {"laplacian": (1 - 1 / DEPTH_LETTER) * (I.sigma**2 / I.root**2)},
        ),
        Mutant("without-one", "$1$ in place of $1-1/N$", {"laplacian": I.sigma / I.root**2}),
        Mutant("doubled", "twice the drift", {"laplacian": 2 * f.DRIFT}),
        Mutant(
            "of-the-operator", "the divergence of the operator alone", {"drift": f.DIVERGENCE_OWN}
        ),
        Mutant(
            "exchanged",
            "the two turns exchanged",
            {"turn": f.DIVERGENCE_CROSSED, "crossed": f.DIVERGENCE_TURN},
        ),
        Mutant("eigenvalues-at-rest", "an eigenvalue that does not move", {"own": Number(0)}),
        Mutant("reciprocal", "the reciprocal eigenvalue", {"value": f.METRIC_ENTRY_COINCIDENT}),
        Mutant(
            "pair-of-values",
            "of a pair the values alone",
            {
                "pair": 0 - 2 * I.sigma / (I.sigma**2 - L.sigma**2),
                "other": 0 - 2 * L.sigma / (L.sigma**2 - I.sigma**2),
            },
        ),
        Mutant(
            "density-of-roots",
            "$1/N$ in place of $1/N-1$",
            {"density": (1 / DEPTH_LETTER) / I.sigma},
        ),
    ),
)
