"""Numeric checks of the operator and its flow at a product of rank r, of any shape."""

from __future__ import annotations

from typing import TypeVar

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, deeper_than_one
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.gradient import product_velocity, velocities
from dlnproof.numeric.exact.matrices import generic, product
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import Parts, over_index, over_pairs
from dlnproof.numeric.exact.stencil import derivative

from ..orbit.orbit_volume_strata import Orbit, Turn

COVERS = frozenset({"distinct", "coincident", "edge", "speed", "out"})
Matrix = TypeVar("Matrix", fmpq_mat, arb_mat)


def gradient(orbit: Orbit) -> fmpq_mat:
    """A matrix of the product's shape with no zero entry."""
    rows, cols = (orbit.frames[end].nrows() for end in (-1, 0))
    whole = generic(max(rows, cols))
    return fmpq_mat([[whole[i, l] for l in range(cols)] for i in range(rows)])


def outwards(orbit: Orbit) -> list[Turn]:
    """The turns by which the frames at the ends leave the span of their first r columns."""
    return [
        Turn(end, i, c)
        for end in (orbit.depth, 0)
        for i in range(orbit.rank)
        for c in range(orbit.rank, orbit.frames[end].nrows())
    ]


def coordinates(orbit: Orbit) -> fmpq_mat:
    """How the product moves: inside its singular vectors, entry by entry, and with these turns."""
    U, V = orbit.frames[-1], orbit.frames[0]
    moves = []
    for i in range(orbit.rank):
        for l in range(orbit.rank):
            inside = fmpq_mat(U.nrows(), V.nrows())
            inside[i, l] = fmpq(1)
            moves.append(U * inside * V.transpose())
    W = product(list(orbit.factors(orbit.frames)))
    for turn in outwards(orbit):
        frames = list(orbit.frames)
        frames[turn.frame] = frames[turn.frame] + frames[turn.frame] * orbit.skew(turn)
        moves.append(product(list(orbit.factors(frames))) - W)
    return fmpq_mat([move.entries() for move in moves])


def parted(orbit: Orbit, rate: Matrix) -> Groups:
    """How the product moves, in frames; its singular values; and its vectors, out of their span.

    The last are times the singular values, which frees them of the size of tiny ones.
    """
    kind = type(rate)
    U, V, J = (kind(x) for x in (orbit.frames[-1], orbit.frames[0], coordinates(orbit)))
    column = kind(len(rate.entries()), 1, rate.entries())
    found = (J * J.transpose()).solve(J * column).entries()
    inner = orbit.rank**2
    framed = (U.transpose() * rate * V).entries()
    sizes = [orbit.middle[turn.first, turn.first] ** orbit.depth for turn in outwards(orbit)]
    vectors = [x * size for x, size in zip(found[inner:], sizes, strict=True)]
    return [framed, found[: inner : orbit.rank + 1], vectors]


def measure_exact(point: ExactPoint) -> Groups:
    """The flow of the factors, by dual numbers and linear equations."""
    orbit = Orbit(point)
    return parted(orbit, product_velocity(list(orbit.factors(orbit.frames)), gradient(orbit)))


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The derivative of the product along the factors' flow, by finite differences."""
    with working_precision(bits_of(2 * digits)):
        orbit = Orbit(point)
        start = list(orbit.factors(orbit.frames))
        flow = [arb_mat(V) for V in velocities(start, gradient(orbit))]
        still = [arb_mat(W) for W in start]

        def moved(h: arb) -> list[arb_mat]:
            # any curve with this velocity: sin h, so that there is a truncation error to observe
            return [product([W + V * h.sin() for W, V in zip(still, flow, strict=True)])]

        speed = max(float(abs(x).upper()) for V in flow for x in V.entries())
        [rate] = derivative(moved, step / fmpq(max(1, int(speed))))
        return parted(orbit, rate)


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """Eigenvalues times the entries of the gradient, edges included; speeds; and what moves out."""
    orbit = Orbit(point)
    U, V, rank = orbit.frames[-1], orbit.frames[0], orbit.rank
    pull = (U.transpose() * gradient(orbit) * V).tolist()
    inside = over_pairs(parts["distinct"], parts["coincident"], point)
    edge, speed, out = (over_index(parts[name], point) for name in ("edge", "speed", "out"))

    def eigenvalue(i: int, l: int) -> fmpq:
        if max(i, l) < rank:
            return inside[i][l]
        return edge[min(i, l)] if min(i, l) < rank else fmpq(0)

    framed = [-eigenvalue(i, l) * x for i, row in enumerate(pull) for l, x in enumerate(row)]
    values = [-speed[i] * pull[i][i] for i in range(rank)]
    vectors = []
    for end, i, c in outwards(orbit):
        vectors.append(out[i] * point.sigma[i] * (pull[c][i] if end else pull[i][c]))
    return [framed, values, vectors]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=deeper_than_one),
    ConvergentCheck(COVERS, measure_pullback, predict, visits=deeper_than_one),
)
