"""Volumes of orbits of the orthogonal group, and of the group, from Gram matrices."""

from __future__ import annotations

from typing import Final

from dlnproof.kernel.calculus import outside
from dlnproof.kernel.numbers import obligation
from dlnproof.kernel.terms import (
    INT,
    PI,
    Symbol,
    Term,
    at_most,
    choose,
    different,
    each,
    equal,
    fresh,
    fresh_for,
    gamma,
    identity,
    inner,
    integer,
    number,
    opened,
    orthogonal_volume,
    pair_determinant,
    positive,
    power,
    root,
    sphere_volume,
    substitute,
    total,
    transpose,
    unit,
)
from dlnproof.kernel.theorem import Named, Refused, Theorem, mint
from dlnproof.kernel.words import needed

AREA: Final = Named(
    "Area formula for the orbit of a compact group that acts by isometries",
    "Chavel, Riemannian Geometry, 2nd ed., III.3; Federer, Geometric Measure Theory, 3.2.3",
)
SPHERES: Final = Named(
    "Volume of the orthogonal group over the sphere",
    "Muirhead, Multivariate Statistical Theory, 2.1.4",
)

SURFACE: Final = Named("Surface of the unit sphere", "Folland, Real Analysis, 2nd ed., 2.54")


def skew(size: Term, i: Term, l: Term) -> Term:
    """Return E_il - E_li."""
    return unit(size, i, l) - unit(size, l, i)


def moved(place: Term, factor: Term, j: Term, turn: Term) -> Term:
    """Return how the factor at a place moves where the frame Q_j turns, I + s ``turn``.

    The derivative at s = 0 of (I + s b) W_j, of W_{j+1} (I + s b)^T, and of the other factors, for
    a skew b: b W_j, -W_{j+1} b, and O.
    """
    at, after = (choose(equal(place, x), number(1), number(0)) for x in (j, j + 1))
    return at * (turn * factor) - after * (factor * turn)


def gram(term: Term, frame: Symbol, frames: Term, names: tuple[Symbol, ...]) -> Term:
    """Return inner products of tangents of an orbit, at names j, i, l and k, m, n.

    Of those where the frame Q_j, in which ``frames`` at the symbol ``frame`` is, turns by
    Q_j (E_il - E_li) Q_j^T / root(2): for Tr(a^T a) these skew matrices are orthonormal.
    """
    [depth] = term.args[: term.data]
    place = fresh(INT)
    [factor] = opened(term, place.term)
    size = factor.sort.shape[0]

    def tangent(j: Symbol, i: Symbol, l: Symbol) -> Term:
        q = substitute(frames, {frame: j.term})
        turn = q * skew(size, i.term, l.term) * transpose(q)
        return moved(place.term, factor, j.term, turn)

    both = inner(tangent(*names[:3]), tangent(*names[3:]))
    return number(1) / 2 * total(place, 1, depth, both)


def gram_determinant(term: Term, frame: Symbol, frames: Term) -> Term:
    """Return the Gram determinant of an orbit, at its point W_N, ..., W_1."""
    names = tuple(fresh(INT) for _ in range(6))
    [depth] = term.args[: term.data]
    size = frames.sort.shape[0]
    return pair_determinant(names, depth - 1, size, gram(term, frame, frames, names))


def _orbit(term: Term, j: Symbol) -> tuple[Term, Term]:
    """Return the depth of an orbit, and its factor W_j at a letter j that it does not have."""
    if term.op != "orbit":
        raise Refused(f"{term} is no volume of an orbit")
    outside(j, term)
    [depth], [factor] = term.args[: term.data], opened(term, j.term)
    return depth, factor


def _orthogonal(theorem: Theorem, frame: Symbol, frames: Term, first: int, last: Term) -> Term:
    """Return the size of frames Q_j of which a theorem says Q_j^T Q_j = I, j = first, ..., last."""
    size = frames.sort.shape[0]
    wanted = equal(transpose(frames) * frames, identity(size))
    if theorem.conclusion != each(frame, first, last, wanted):
        raise Refused(f"expected that the frames {first}, ..., {last} are orthogonal")
    return size


def _volume(term: Term, frame: Symbol, frames: Term) -> Term:
    [depth] = term.args[: term.data]
    group = power(orthogonal_volume(frames.sort.shape[0]), depth - 1)
    return group * root(gram_determinant(term, frame, frames))


def volume_of_orbit(
    term: Term, frame: Symbol, frames: Term, orthogonal: Theorem, free: Theorem
) -> Theorem:
    """Return: an orbit has the volume of the group times the root of the Gram determinant.

    ``orthogonal``: frames Q_j^T Q_j = I for 1 <= j <= N - 1. ``free``: W_j R_j = I for these j,
    with some R_j: only Q_1 = ... = Q_{N-1} = I leave all factors as they are. The group acts by
    isometries, so that the density is the same at all its elements. For 1 <= N and 1 <= d.
    """
    depth, factor = _orbit(term, frame)
    size = _orthogonal(orthogonal, frame, frames, 1, depth - 1)
    sentence = _each(free, frame, depth - 1)
    if sentence.op != "=" or sentence.args[1] != identity(size):
        raise Refused("expected that factors are invertible: W_j R_j = I")
    product = sentence.args[0]
    if product.op != "*" or product.args[0] != factor:
        raise Refused(f"{product} is no product of {factor} and another matrix")
    return mint(
        "volume of an orbit",
        equal(term, _volume(term, frame, frames)),
        [orthogonal, free],
        more=needed(at_most(1, depth), at_most(1, size)),
        named=AREA,
    )


def _each(theorem: Theorem, v: Symbol, last: Term) -> Term:
    """Return what is said for each v = 1, ..., last."""
    if len(theorem.conclusion.variables) != 1:
        raise Refused(f"{theorem.conclusion} says nothing of each {v.name}")
    sentence = opened(theorem.conclusion, v.term)[-1]
    if theorem.conclusion != each(v, 1, last, sentence):
        raise Refused(f"expected what is said for each {v.name} = 1, ..., {last}")
    return sentence


def volume_of_orbit_at_corank_one(  # noqa: PLR0917 - what is known of the orbit
    term: Term,
    frame: Symbol,
    frames: Term,
    orthogonal: Theorem,
    factors: Theorem,
    regular: Theorem,
    singular: Theorem,
) -> Theorem:
    """Return: 2^(N-1) times the volume is that of the group times the root of the Gram determinant.

    For factors W_j = Q_j Lambda Q_{j-1}^T, 1 <= j <= N, with orthogonal Q_0, ..., Q_N, and Lambda
    diagonal, Lambda_ii != 0 for 1 <= i <= d - 1, Lambda_dd = 0. What leaves all factors as they are
    is Q_j diag(1, ..., 1, +-1) Q_j^T for each 1 <= j <= N - 1: these are 2^(N-1) elements.
    """
    depth, factor = _orbit(term, frame)
    size = _orthogonal(orthogonal, frame, frames, 0, depth)
    left, right = _sides(_each(factors, frame, depth))
    before = substitute(frames, {frame: frame.term - 1})
    middle = right.args[0].args[1] if right.op == "*" and right.args[0].op == "*" else right
    if left != factor or right != frames * middle * transpose(before) or middle.op != "diag":
        raise Refused("expected W_j = Q_j Lambda Q_{j-1}^T")
    if frame in middle.free:
        raise Refused("the diagonal matrix is one for all factors")
    [i] = fresh_for(middle)
    [value] = opened(middle, i.term)
    if regular.conclusion != each(i, 1, size - 1, different(value, 0)):
        raise Refused("expected that all values but the last are not 0")
    if singular.conclusion != equal(substitute(value, {i: size}), number(0)):
        raise Refused("expected that the last value is 0")
    return mint(
        "volume of an orbit at corank one",
        equal(power(number(2), depth - 1) * term, _volume(term, frame, frames)),
        [orthogonal, factors, regular, singular],
        more=needed(at_most(1, depth), at_most(1, size)),
        named=AREA,
    )


def _sides(sentence: Term) -> tuple[Term, Term]:
    """Return the sides of an equation."""
    if sentence.op != "=":
        raise Refused(f"{sentence} is no equation")
    return sentence.args[0], sentence.args[1]


def volume_of_group(size: Term | int, length: Theorem) -> Theorem:
    """Return c_d = c_{d-1} L^((d-1)/2) vol(S^{d-1}), for 1 <= d.

    ``length``: Tr(a^T a) = L for a = E_di - E_id and each 1 <= i <= d - 1, L free of i, 0 < L. The
    group lies over the sphere, on which the last column is: where this moves by a unit vector, the
    skew matrix orthogonal to those of the fibre, a group of size d - 1, has the square length L.
    """
    d = integer(size)
    i = fresh(INT)
    left, value = _sides(_each(length, i, d - 1))
    a = skew(d, d, i.term)
    if left != inner(a, a) or i in value.free:
        raise Refused("expected the length of E_di - E_id")
    exponent = number(d - 1) / 2
    found = orthogonal_volume(d - 1) * power(value, exponent) * sphere_volume(d)
    more = [*needed(at_most(1, d)), *obligation("positive", value)]
    return mint(
        "volume of the group",
        equal(orthogonal_volume(d), found),
        [length],
        more=more,
        named=SPHERES,
    )


def volume_of_no_group() -> Theorem:
    """Return c_0 = 1."""
    return mint("volume of no group", equal(orthogonal_volume(0), number(1)), named=SPHERES)


def volume_of_sphere(size: Term | int) -> Theorem:
    """Return vol(S^{d-1}) = 2 pi^(d/2) / Gamma(d/2), for 1 <= d."""
    d = integer(size)
    half = number(d) / 2
    return mint(
        "volume of the sphere",
        equal(sphere_volume(d), number(2) * power(PI, half) / gamma(half)),
        more=needed(at_most(1, d)),
        named=SURFACE,
    )


def group_positive(size: Term | int) -> Theorem:
    """Return 0 < vol(O_d), for 0 <= d."""
    d = integer(size)
    return mint("volume positive", positive(orthogonal_volume(d)), more=needed(at_most(0, d)))
