r"""Primitive definitions about the orbit of balanced factors: their frames, and its tangents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dlnproof.definitions import hypotheses
from dlnproof.definitions.geometry import sum_metric_determinant
from dlnproof.definitions.letters import (
    SIGMA,
    SQUARE,
    N,
    U,
    V,
    d,
    factor,
    i,
    j,
    k,
    l,
    m,
    n,
    r,
    sigma,
    whole,
)
from dlnproof.kernel.orbits import gram, moved, skew
from dlnproof.kernel.terms import (
    INT,
    PI,
    Definition,
    Symbol,
    Term,
    array,
    choose,
    cosine,
    diagonal,
    each,
    equal,
    identity,
    inner,
    matrix_sort,
    number,
    orbit_volume,
    pair_determinant,
    positive,
    substitute,
    total,
    transpose,
    unit,
    variable,
)

_J = j.term
q: Final = variable("q")

FRAME: Final = Definition(
    "Q",
    (j,),
    whole(factor, 1, _J) * V * diagonal(i, d, sigma(i.term) ** (-_J / N)),
    r"Q_{0}",
)
"""Q_j = W_j ... W_1 V Sigma^(-j/N), for an invertible W."""

ROOTS: Final = diagonal(i, d, sigma(i.term) ** (1 / N))
"""Sigma^(1/N)."""

ORBIT: Final = orbit_volume(j, N, factor(_J))
"""The volume of the orbit of W_N, ..., W_1."""

turned: Final = Symbol("R_j", SQUARE, (INT,), r"R_{0}")
"""Frames R_0, ..., R_N, any orthogonal matrices."""

TURNED: Final = each(j, 0, N, equal(transpose(turned(_J)) * turned(_J), identity(d)))
"""R_0, ..., R_N are orthogonal."""


def from_frames(frames: Symbol | Definition, at: Term) -> Term:
    """Return Q_j Sigma^(1/N) Q_{j-1}^T."""
    return frames(at) * ROOTS * transpose(frames(at - 1))


TURNED_ORBIT: Final = orbit_volume(j, N, from_frames(turned, _J))
"""The volume of the orbit of R_j Sigma^(1/N) R_{j-1}^T."""

SINGULAR: Final = (each(i, 1, d - 1, positive(sigma(i.term))), equal(sigma(d), number(0)))
"""Only sigma_d is 0."""


GRAM: Final = Definition(
    "G",
    (i, l),
    array(j, k, N - 1, N - 1, gram(ORBIT, j, FRAME(_J), (j, i, l, k, i, l))),
    r"G_{{0},{1}}",
)
"""The inner products of tangents of a pair i < l, where the frames j and k turn in its plane."""


def angle(at: Term, mode: Term) -> Term:
    """Return (j m / N - 1/2) pi, whose cosine is sin(j m pi / N)."""
    return (at * mode / N - number(1) / 2) * PI


def wave(mode: Term) -> Term:
    """Return the column with the entries sin(j m pi / N), written as cosines."""
    return array(j, k, N - 1, 1, cosine(angle(_J, mode)))


# --- the balanced manifold: where a value, or a frame R_j, moves ----------------------------------

_M: Final = m.term


def turned_factor(at: Term) -> Term:
    """Return W_q = R_q Sigma^(1/N) R_{q-1}^T."""
    return from_frames(turned, at)


def _chosen(at: Term, other: Term) -> Term:
    return choose(equal(at, other), number(1), number(0))


def value_curve(at: Term, which: Term, by: Term) -> Term:
    """Return W_q where sigma_m moves by s."""
    moving = diagonal(i, d, (sigma(i.term) + by * _chosen(i.term, which)) ** (1 / N))
    return turned(at) * moving * transpose(turned(at - 1))


VALUE_TANGENT: Final = Definition(
    "S",
    (k, m),
    turned(k.term)
    * ((sigma(_M) ** (1 / N) / (N * sigma(_M))) * unit(d, _M, _M))
    * transpose(turned(k.term - 1)),
    r"S_{{0},{1}}",
)
"""How W_k moves with sigma_m."""


def frame_curve(at: Term, which: Term, row: Term, column: Term, by: Term) -> Term:
    """Return W_q where the frame R_j moves by s R_j (E_il - E_li)."""
    skewed = skew(d, row, column)
    upper = turned(at) + (by * _chosen(at, which)) * (turned(at) * skewed)
    lower = turned(at - 1) + (by * _chosen(at, which + 1)) * (turned(at - 1) * skewed)
    return upper * ROOTS * transpose(lower)


FRAME_TANGENT: Final = Definition(
    "T",
    (k, j, i, l),
    moved(
        k.term,
        turned_factor(k.term),
        _J,
        turned(_J) * skew(d, i.term, l.term) * transpose(turned(_J)),
    ),
    r"T_{{0},{1},{2},{3}}",
)
"""How W_k moves where R_j turns by R_j (E_il - E_li)."""


def inner_sum(one: Callable[[Term], Term], other: Callable[[Term], Term]) -> Term:
    """Return the inner product of two tuples of matrices, for k = 1, ..., N."""
    return total(k, 1, N, inner(one(k.term), other(k.term)))


def _frames_inner(first: Term, second: Term) -> Term:
    """Return the inner product where R_j turns for (i, l), and R_k for (m, n)."""
    return inner_sum(
        lambda at: FRAME_TANGENT(at, first, i.term, l.term),
        lambda at: FRAME_TANGENT(at, second, _M, n.term),
    )


VALUES_GRAM: Final = array(
    m, n, d, d, inner_sum(lambda at: VALUE_TANGENT(at, _M), lambda at: VALUE_TANGENT(at, n.term))
)
"""The inner products of the tangents of sigma_1, ..., sigma_d."""


# --- how orbits bend ------------------------------------------------------------------------------


def turned_twice(at: Term, first: Term, second: Term) -> Term:
    """Return how a tangent of W_q, of the frame R_r, moves where R_j turns in the same plane."""
    turn = turned(first) * skew(d, i.term, l.term) * transpose(turned(first))
    return moved(at, FRAME_TANGENT(at, second, i.term, l.term), first, turn)


def _of_pair(entry: Callable[[Term], Term]) -> Term:
    return array(j, k, N - 1, N - 1, total(q, 1, N, entry(q.term)))


TURNED_GRAM: Final = _of_pair(
    lambda at: inner(*(FRAME_TANGENT(at, x.term, i.term, l.term) for x in (j, k)))
)
"""The inner products of tangents of the orbit where R_j, and R_k, turn in the plane of a pair."""
BENDING: Final = _of_pair(lambda at: inner(turned_twice(at, _J, k.term), VALUE_TANGENT(at, _M)))
"""The second derivatives of the factors where these turn, along how the factors move with sigma_m.

Of frames R_j exp(s_j (E_il - E_li)): what the second fundamental form of the orbit is along a
direction that is normal to the orbit.
"""
GRAM_INVERSE: Final = Symbol("X_il", matrix_sort(N - 1), (INT, INT), "X_{{0},{1}}")
INVERTED: Final = each(
    i,
    1,
    d,
    each(l, i.term + 1, d, equal(GRAM_INVERSE(i.term, l.term) * TURNED_GRAM, identity(N - 1))),
)
"""X_il is the inverse of that Gram matrix, for each pair."""

_ROWS: Final = (j, i, l, r, m, n)
FRAMES_GRAM: Final = pair_determinant(_ROWS, N + 1, d, _frames_inner(_J - 1, r.term - 1))
"""The Gram determinant of the tangents of all frames R_0, ..., R_N."""
INNER_GRAM: Final = pair_determinant(_ROWS, N - 1, d, _frames_inner(_J, r.term))
"""The Gram determinant of the tangents of R_1, ..., R_{N-1}: those of the orbit."""

TURNED_PRODUCT: Final = turned(N) * SIGMA * transpose(turned(0))
"""W = R_N Sigma R_0^T."""
SUBMERSED: Final = sum_metric_determinant(TURNED_PRODUCT)
"""The determinant of g^N / N at W = R_N Sigma R_0^T."""
TURNED_FRAME: Final = tuple(
    substitute(h, {U.data: turned(N), V.data: turned(0)}) for h in hypotheses.FRAME
)
"""dW(D, a, b) is the derivative of (R_N + s R_N a)(Sigma + s D)(R_0 + s R_0 b)^T."""
