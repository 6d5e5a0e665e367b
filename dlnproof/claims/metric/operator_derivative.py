"""Derivative of the operator."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, L, N
from dlnproof.definitions import letters
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.formulas import AT_TIME, part
from dlnproof.definitions.geometry import OPERATOR
from dlnproof.definitions.hypotheses import (
    DEPTH,
    DURING,
    EIGENVALUES_AT,
    POSITIVE_AT,
    STRETCHING,
    STRICT_AT,
    TURNING,
)
from dlnproof.definitions.letters import (
    Z,
    d,
    eigenvalue_at,
    end_at,
    i,
    l,
    left_at,
    left_turn_at,
    m,
    right_at,
    right_turn_at,
    s,
    sigma_at,
    stretch_at,
    t,
)
from dlnproof.kernel.terms import (
    Term,
    choose,
    derivative,
    different,
    entry,
    equal,
    every,
    number,
    total,
    transpose,
    within,
)

_T, _I, _L, _M = t.term, i.term, l.term, m.term
_ROW: Final = (*within(i, 1, d), *DURING)
_PLACE: Final = (*within(i, 1, d), *within(l, 1, d), *DURING)
_UNLIKE: Final = (*_PLACE, different(_I, _L))


def _value(index: Term) -> Term:
    return sigma_at(index, _T)


def _h(row: Term, column: Term) -> Term:
    """Return H_il = u_i^T W' v_l."""
    return entry(stretch_at(_T), row, column)


def _moves(row: Term, column: Term, slope: Term) -> tuple[Term, Term]:
    """Return how lambda_il moves, and how u_i^T A(U Z V^T) v_l does where the frames do not."""
    own = eigenvalue_at(row, column, _T) * slope
    image = OPERATOR(letters.N, end_at(s.term), left_at(_T) * Z.term * transpose(right_at(_T)))
    still = entry(transpose(left_at(_T)) * image * right_at(_T), row, column)
    whole = own * entry(Z.term, row, column) + _over(row, column, 0) + _over(row, column, 1)
    return (
        derivative(s, eigenvalue_at(row, column, s.term), _T, own),
        derivative(s, still, _T, whole),
    )


def _over(row: Term, column: Term, place: int) -> Term:
    """Return the sum of divided differences of lambda_il in i, or in l, and what stands there."""
    end, first, last = ((row, row, _M), (column, _M, column))[place]
    at = ((_M, column), (row, _M))[place]
    gap = _value(end) ** 2 - _value(_M) ** 2
    difference = eigenvalue_at(row, column, _T) - eigenvalue_at(*at, _T)
    slope = choose(equal(_M, end), number(0), difference / gap)
    rates = _value(_M) * _h(first, last) + _value(end) * _h(last, first)
    return total(m, 1, d, slope * rates * entry(Z.term, *at))


def _turn(turn: Term, own: str, other: str) -> Term:
    value = part(own, i, l, t) * _h(_I, _L) + part(other, i, l, t) * _h(_L, _I)
    return every((i, l, t), _UNLIKE, equal(entry(turn, _I, _L), value))


_FIRST: Final = part("first", i, l, t) * _h(_I, _I) + part("second", i, l, t) * _h(_L, _L)
_DISTINCT: Final = _moves(_I, _L, _FIRST)
_COINCIDENT: Final = _moves(_I, _I, part("own", i, t) * _h(_I, _I))

CLAIM = claim(
    "operator-derivative",
    title="Derivative of the operator",
    source=Source("CMV2023", "Lemma 2.4, differentiated here"),
    given=(
        *DEPTH,
        *STRETCHING,
        *SVD_OF_END[:3],
        *POSITIVE_AT,
        *STRICT_AT,
        *TURNING,
        *EIGENVALUES_AT,
    ),
    chief=("eigenvalue",),
    sentences=(
        Sentence(
            "values",
            every((i, t), _ROW, derivative(s, sigma_at(_I, s.term), _T, _h(_I, _I))),
            "singular values",
        ),
        Sentence("left", _turn(left_turn_at(_T), "turn", "crossed"), "left singular vectors"),
        Sentence("right", _turn(right_turn_at(_T), "crossed", "turn"), "right singular vectors"),
        Sentence("eigenvalue", every((i, l, t), _UNLIKE, _DISTINCT[0]), "eigenvalues"),
        Sentence(
            "eigenvalue-coincident",
            every((i, t), _ROW, _COINCIDENT[0]),
            "eigenvalues on the diagonal",
        ),
        Sentence("distinct", every((i, l, t, Z), _UNLIKE, _DISTINCT[1]), "components"),
        Sentence(
            "coincident",
            every((i, t, Z), _ROW, _COINCIDENT[1]),
            "components on the diagonal",
        ),
    ),
    letters=AT_TIME,
    parts={
        "turn": f.TURN,
        "crossed": f.TURN_CROSSED,
        "first": f.EIGENVALUE_SLOPE,
        "second": f.EIGENVALUE_SLOPE_L,
        "own": f.EIGENVALUE_SLOPE_COINCIDENT,
    },
    routes=AT_POINTS,
    uses=("operator-spectrum",),
    mutants=(
        Mutant(
            "frames-at-rest",
            "singular vectors that do not turn: the derivative of the eigenvalues alone",
            {"turn": Number(0), "crossed": Number(0)},
        ),
        Mutant(
            "eigenvalues-at-rest",
            "eigenvalues that do not move",
            {"first": Number(0), "second": Number(0), "own": Number(0)},
        ),
        Mutant(
            "exchanged",
            "the two singular values of a pair exchanged in the turns",
            {"turn": f.TURN_CROSSED, "crossed": f.TURN},
        ),
        Mutant(
            "turned-back",
            "the turns of both frames with the opposite sign",
            {"turn": 0 - f.TURN, "crossed": 0 - f.TURN_CROSSED},
        ),
        Mutant(
            "one-sign",
            r"the derivative in $\sigma_l$ with the sign of that in $\sigma_i$",
            {"second": 0 - f.EIGENVALUE_SLOPE_L},
        ),
        Mutant(
            "one-value",
            r"on the diagonal the derivative in one of two equal values alone",
            {"own": (1 - Number(1) / N) / I.sigma},
        ),
        Mutant(
            "squares-alone",
            r"of an eigenvalue the derivative of $\sigma_i^2-\sigma_l^2$ alone",
            {"first": 2 * I.sigma / (I.sigma**2 - L.sigma**2)},
        ),
    ),
)
