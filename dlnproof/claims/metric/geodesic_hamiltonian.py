"""Geodesics by momenta: the Hamiltonian, its isometries, and what they conserve."""

from types import MappingProxyType
from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import MOMENTUM, MOMENTUM_T, PLACE, PLACE_T, I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.formulas import AT_TIME, part
from dlnproof.definitions.geometry import OPERATOR, framed
from dlnproof.definitions.hypotheses import (
    BALANCED_AT,
    DEPTH,
    DURING,
    FLOW,
    POSITIVE_AT,
    PRODUCT_AT,
    WIDTH,
)
from dlnproof.definitions.isometries import ORTHOGONAL, turned
from dlnproof.definitions.letters import (
    SQUARE,
    N,
    X,
    Y,
    Z,
    d,
    end_at,
    i,
    l,
    left_at,
    right_at,
    s,
    sigma_at,
    t,
)
from dlnproof.definitions.momenta import (
    HAMILTON,
    hamiltonian,
    momentum_at,
    on_the_left,
    on_the_right,
)
from dlnproof.kernel.terms import (
    Term,
    derivative,
    different,
    each,
    entry,
    equal,
    every,
    inner,
    number,
    total,
    transpose,
    zero,
)

_X, _Y, _Z, _I, _L, _S, _T = (v.term for v in (X, Y, Z, i, l, s, t))
_W: Final = end_at(_T)


def _kept(function: Term, value: Term, *conditions: Term) -> Term:
    return every(t, (*DURING, *conditions), derivative(s, function, _T, value))


def _turn(sign: int) -> Term:
    """Return the (i, l) entry of what turns the rows, with that of the columns added, or less."""
    rows = entry(transpose(left_at(_T)) * on_the_left(_W, _X) * left_at(_T), _I, _L)
    columns = entry(transpose(right_at(_T)) * on_the_right(_W, _X) * right_at(_T), _I, _L)
    return rows + columns if sign == 1 else rows - columns


def _over_pairs(name: str, sign: int) -> Term:
    return total(i, 1, d, total(l, _I + 1, d, part(name, i, l, t) * _turn(sign) ** 2))


_DISTINCT: Final = each(i, 1, d, each(l, _I + 1, d, different(sigma_at(_I, _T), sigma_at(_L, _T))))
_LESS, _MORE = I.sigma - L.sigma, I.sigma + L.sigma
_ROOTS: Final = I.root**2 - L.root**2
_LETTERS: Final = MappingProxyType(
    {
        **AT_TIME,
        PLACE: end_at(_T),
        PLACE_T: transpose(end_at(_T)),
        MOMENTUM: momentum_at(_T),
        MOMENTUM_T: transpose(momentum_at(_T)),
    }
)
_MOVING: Final = end_at(_S), momentum_at(_S)
_RADIAL: Final = total(i, 1, d, part("radial") * (part("root", i, t) * framed(_X, _I, _I)) ** 2)

CLAIM = claim(
    "geodesic-hamiltonian",
    title="The geodesic flow, by momenta",
    source=Source("M2024", "the metric; its geodesic flow is stated here"),
    given=(*DEPTH, *WIDTH, *ORTHOGONAL, *HAMILTON, *SVD_OF_END[:3], *POSITIVE_AT),
    chief=("left", "frame"),
    sentences=(
        Sentence(
            "velocity",
            every(
                (X, Y, Z),
                (),
                derivative(
                    s,
                    hamiltonian(_X, _Y + _S * _Z),
                    number(0),
                    part("speed") * inner(OPERATOR(N, _X, _Y), _Z),
                ),
            ),
            "the velocity",
        ),
        Sentence(
            "turned",
            every(
                (X, Y),
                (),
                equal(hamiltonian(turned(_X), turned(_Y)), hamiltonian(_X, _Y)),
            ),
            "orthogonal matrices on both sides",
        ),
        Sentence(
            "left",
            _kept(part("left", t=_S, sort=SQUARE), zero(d)),
            "turning of the rows",
        ),
        Sentence(
            "right",
            _kept(part("right", t=_S, sort=SQUARE), zero(d)),
            "turning of the columns",
        ),
        Sentence(
            "energy",
            _kept(hamiltonian(*_MOVING), number(0), FLOW[0], *BALANCED_AT, *PRODUCT_AT),
            "the Hamiltonian, along balanced factors",
        ),
        Sentence(
            "frame",
            every(
                (t, X),
                (*DURING, _DISTINCT),
                equal(
                    hamiltonian(_W, _X),
                    _RADIAL + (_over_pairs("together", -1) + _over_pairs("apart", 1)),
                ),
            ),
            "the Hamiltonian in the frame of the singular vectors",
        ),
    ),
    parts={
        "speed": 1 * DEPTH_LETTER,
        "left": MOMENTUM * PLACE_T - PLACE * MOMENTUM_T,
        "right": PLACE_T * MOMENTUM - MOMENTUM_T * PLACE,
        "root": DEPTH_LETTER * I.sigma / I.root,
        "radial": 1 / (2 * DEPTH_LETTER),
        "together": _MORE / (4 * _ROOTS * _LESS),
        "apart": _LESS / (4 * _ROOTS * _MORE),
    },
    letters=_LETTERS,
    routes=AT_POINTS,
    uses=("operator-spectrum",),
    mutants=(
        Mutant("mean", "$1$, as in the mean normalisation", {"speed": Number(1)}),
        Mutant(
            "half", "half of it, as of a square not differentiated", {"speed": DEPTH_LETTER / 2}
        ),
        Mutant(
            "general-linear",
            "the momenta of all invertible matrices",
            {"left": MOMENTUM * PLACE_T, "right": PLACE_T * MOMENTUM},
        ),
        Mutant(
            "symmetric",
            "the opposite sign",
            {
                "left": MOMENTUM * PLACE_T + PLACE * MOMENTUM_T,
                "right": PLACE_T * MOMENTUM + MOMENTUM_T * PLACE,
            },
        ),
        Mutant(
            "other-side",
            "the transposes paired on the other side",
            {
                "left": MOMENTUM_T * PLACE - PLACE * MOMENTUM_T,
                "right": PLACE * MOMENTUM_T - MOMENTUM_T * PLACE,
            },
        ),
        Mutant("undivided", "without the factor $1/N$", {"radial": Number(1) / 2}),
        Mutant("values", "the singular values in place of their roots", {"root": Number(1)}),
        Mutant(
            "exchanged",
            "turns in one sense and in the other exchanged",
            {
                "together": _LESS / (4 * _ROOTS * _MORE),
                "apart": _MORE / (4 * _ROOTS * _LESS),
            },
        ),
        Mutant(
            "doubled",
            "turns of rows and columns not halved where they are added",
            {
                "together": _MORE / (_ROOTS * _LESS),
                "apart": _LESS / (_ROOTS * _MORE),
            },
        ),
    ),
)
