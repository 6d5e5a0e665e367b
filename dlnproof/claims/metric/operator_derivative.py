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
from dlnproof.definitions.geometry import OPERATOR, framed, rate
from dlnproof.definitions.hypotheses import (
    DEPTH,
    DURING,
    EIGENVALUES_AT,
    FRAMES_MOVE,
    PATH,
    POSITIVE_AT,
    STRICT_AT,
)
from dlnproof.definitions.letters import (
    Z,
    d,
    eigenvalue_at,
    end_at,
    end_velocity_at,
    i,
    l,
    left_at,
    left_velocity_at,
    m,
    right_at,
    right_velocity_at,
    s,
    sigma_at,
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
_LEFT: Final = transpose(left_at(_T)) * left_velocity_at(_T)
_RIGHT: Final = transpose(right_at(_T)) * right_velocity_at(_T)


def _lambda(row: Term, column: Term, time: Term = _T) -> Term:
    return eigenvalue_at(row, column, time)


def _w(row: Term, column: Term) -> Term:
    """Return u_i^T W' v_l."""
    return framed(end_velocity_at(_T), row, column)


def _z(row: Term, column: Term) -> Term:
    return framed(Z.term, row, column)


def _moves(row: Term, column: Term, value: Term) -> Term:
    """Return the sentence that u_i^T A(Z) v_l moves so, with the singular vectors at rest."""
    image = OPERATOR(letters.N, end_at(s.term), Z.term)
    return derivative(s, framed(image, row, column), _T, value)


def _turning(row: Term, column: Term) -> Term:
    """Return what the singular vectors add."""
    own = _lambda(row, column)
    right = (own - _lambda(row, _M)) * _z(row, _M) * entry(_RIGHT, _M, column)
    left = (own - _lambda(_M, column)) * entry(_LEFT, row, _M) * _z(_M, column)
    return total(m, 1, d, right - left)


def _divided(row: Term, column: Term, end: Term, other: Term) -> Term:
    """Return a divided difference of lambda_il, 0 where m is the ``end``, times what W' adds."""
    gap = sigma_at(end, _T) ** 2 - sigma_at(_M, _T) ** 2
    slope = choose(equal(_M, end), number(0), (_lambda(_I, _L) - other) / gap)
    return slope * (sigma_at(_M, _T) * _w(row, column) + sigma_at(end, _T) * _w(column, row))


_FIRST: Final = _lambda(_I, _L) * (
    part("first", i, l, t) * rate(_I) + part("second", i, l, t) * rate(_L)
)
_OWN: Final = _lambda(_I, _I) * (part("own", i, t) * rate(_I))
_DIVIDED: Final = total(
    m,
    1,
    d,
    _divided(_M, _L, _L, _lambda(_I, _M)) * _z(_I, _M)
    + _divided(_I, _M, _I, _lambda(_M, _L)) * _z(_M, _L),
)


def _turn(frame: Term, own: str, other: str) -> Term:
    value = part(own, i, l, t) * _w(_I, _L) + part(other, i, l, t) * _w(_L, _I)
    return every((i, l, t), _UNLIKE, equal(entry(frame, _I, _L), value))


def _value_moves(row: Term, column: Term, slope: Term) -> Term:
    return derivative(s, _lambda(row, column, s.term), _T, slope)


CLAIM = claim(
    "operator-derivative",
    title="Derivative of the operator",
    source=Source("CMV2023", "Lemma 2.4, differentiated here"),
    given=(
        *DEPTH,
        *PATH,
        *SVD_OF_END[:3],
        *POSITIVE_AT,
        *STRICT_AT,
        *FRAMES_MOVE,
        *EIGENVALUES_AT,
    ),
    sentences=(
        Sentence(
            "values",
            every((i, t), _ROW, derivative(s, sigma_at(_I, s.term), _T, rate(_I))),
            "singular values",
        ),
        Sentence("left", _turn(_LEFT, "turn", "crossed"), "left singular vectors"),
        Sentence("right", _turn(_RIGHT, "crossed", "turn"), "right singular vectors"),
        Sentence(
            "eigenvalue",
            every((i, l, t), _UNLIKE, _value_moves(_I, _L, _FIRST)),
            "eigenvalues",
        ),
        Sentence(
            "eigenvalue-coincident",
            every((i, t), _ROW, _value_moves(_I, _I, _OWN)),
            "eigenvalues on the diagonal",
        ),
        Sentence(
            "distinct",
            every((i, l, t, Z), _UNLIKE, _moves(_I, _L, _FIRST * _z(_I, _L) + _turning(_I, _L))),
            "components",
        ),
        Sentence(
            "coincident",
            every((i, t, Z), _ROW, _moves(_I, _I, _OWN * _z(_I, _I) + _turning(_I, _I))),
            "components on the diagonal",
        ),
        Sentence(
            "divided",
            every((i, l, t, Z), _PLACE, equal(_turning(_I, _L), _DIVIDED)),
            "divided differences in place of singular vectors",
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
