"""Checks of the geodesic flow by momenta: half the squared length of lifts, and its derivatives."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import mul
from typing import Any, NamedTuple

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question, narrow
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import MOMENTUM, MOMENTUM_T, PLACE, PLACE_T
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import Dual, skew_units, symmetric_units
from dlnproof.numeric.exact.gradient import lift
from dlnproof.numeric.exact.matrices import Matrix, generic, product, trace
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, cayley, diagonal, identity
from dlnproof.numeric.exact.predictions import Parts, over_index, over_pairs
from dlnproof.numeric.exact.pullback import operator_pullback
from dlnproof.numeric.exact.stencil import derivative, working_digits
from dlnproof.numeric.values import unit
from dlnproof.quantities.operator import deep

from .riemannian_cone import column, value

COVERS = frozenset({"speed", "left", "right", "root", "radial", "together", "apart"})


def momentum(point: ExactPoint) -> fmpq_mat:
    """Return P, without symmetry."""
    return generic(point.width)


def squared(factors: Sequence[Matrix], P: Matrix) -> Any:
    """Return the squared length of the lift of P: Tr(P^T N A(P))."""
    lengths = (trace(H.transpose() * H) for H in lift(factors, P))
    first, *others = lengths
    return sum(others, first)


# --- the gradient in W, by towers that move -------------------------------------------------------


def ways(point: ExactPoint) -> Iterator[list[fmpq_mat]]:
    """Yield how the factors move with the P of their tower, and with a turn of the last frame."""
    still = fmpq_mat(point.width, point.width)
    frames = [Q * point.V.transpose() for Q in point.frames]
    for S in symmetric_units(point.width):
        yield [after * S * R.transpose() for R, after in pairwise(frames)]
    for a in skew_units(point.width):
        yield [*[still] * (int(point.depth) - 1), a * point.factors[-1]]


def lengths(factors: Sequence[Dual], P: Dual) -> Dual:
    """Return the sum of the L_j^T L_j of the lift of P."""
    size = P.value.nrows()
    none = fmpq_mat(size, size)
    one = Dual(identity(size), none)
    below = [one, *accumulate(factors, lambda made, W: W * made)]
    above = [*accumulate(reversed(factors), mul, initial=one)][::-1]
    found = Dual(none, none)
    for j in range(len(factors)):
        L = above[j + 1].transpose() * P * below[j].transpose()
        found = found + L.transpose() * L
    return found


class State(NamedTuple):
    """What W and P move by, along the flow."""

    speed: fmpq_mat
    force: fmpq_mat


@lru_cache(maxsize=1)
def state(point: ExactPoint) -> State:
    """Return the image of the lift of P; and minus the gradient of half its squared length in W."""
    P, size = momentum(point), point.width
    still = fmpq_mat(size, size)
    images, slopes = [], []
    for way in ways(point):
        moving = [Dual(W, X) for W, X in zip(point.factors, way, strict=True)]
        *_, W = accumulate(moving, lambda made, W: W * made)
        images.append(W.derivative.entries())
        slopes.append(trace(lengths(moving, Dual(P, still)).derivative) / 2)
    force = fmpq_mat(images).solve(fmpq_mat([[-x] for x in slopes]))
    lifted = zip(point.factors, lift(point.factors, P), strict=True)
    *_, W = accumulate((Dual(*pair) for pair in lifted), lambda made, W: W * made)
    return State(W.derivative, fmpq_mat(size, size, force.entries()))


def halves(point: ExactPoint, at: State) -> list[fmpq_mat]:
    """Return how P W^T and W^T P move."""
    P, W = momentum(point), point.W
    left = at.force * W.transpose() + P * at.speed.transpose()
    return [left, W.transpose() * at.force + at.speed.transpose() * P]


def apart(point: ExactPoint) -> bool:
    """Whether no two singular values coincide."""
    return len(set(point.roots)) == point.width


def measure_exact(point: ExactPoint) -> Groups:
    """The derivative of half the squared length in P; how momenta of turns move; that half."""
    P, d = momentum(point), point.width
    units = [lift(point.factors, unit(d, d, *divmod(place, d))) for place in range(d * d)]
    own = lift(point.factors, P)
    pairs = (zip(own, other, strict=True) for other in units)
    slopes = [sum((trace(A.transpose() * B) for A, B in pair), fmpq(0)) for pair in pairs]
    left, right = halves(point, state(point))
    half = [squared(point.factors, P) / 2] if apart(point) else []
    return [slopes, left.entries(), right.entries(), half]


# --- what is stated -------------------------------------------------------------------------------


def operator(point: ExactPoint, Z: fmpq_mat) -> fmpq_mat:
    """Return A(Z), by the roots of W W^T and W^T W."""
    squares = diagonal(tuple(t**2 for t in point.roots))
    left, right = (Q * squares * Q.transpose() for Q in (point.U, point.V))
    depth, found = int(point.depth), Z * 0
    for j in range(1, depth + 1):
        found = found + left ** (depth - j) * Z * right ** (j - 1)
    return found / depth


def stated_half(parts: Parts, point: ExactPoint) -> fmpq:
    """Return the Hamiltonian by the momenta of the values, and of turns."""
    P, W, d = momentum(point), point.W, range(point.width)
    rows = point.U.transpose() * (P * W.transpose() - W * P.transpose()) * point.U
    columns = point.V.transpose() * (W.transpose() * P - P.transpose() * W) * point.V
    own = point.U.transpose() * P * point.V
    roots = over_index(parts["root"], point)
    radial = value(parts, "radial", point)
    found = sum((radial * (roots[i] * own[i, i]) ** 2 for i in d), fmpq(0))
    for name, sign in (("together", -1), ("apart", 1)):
        table = over_pairs(parts[name], parts["radial"], point)
        turns = rows + columns * sign
        found = found + sum(
            (table[i][l] * turns[i, l] ** 2 for i in d for l in d if i < l), fmpq(0)
        )
    return found


def drift(parts: Parts, name: str, point: ExactPoint) -> fmpq_mat:
    """Return how what is stated moves along the flow: not at all."""
    at, part = state(point), parts[name]
    W, P = Dual(point.W, at.speed), Dual(momentum(point), at.force)
    assert isinstance(part, Expression)
    found = part.at({PLACE: W, PLACE_T: W.transpose(), MOMENTUM: P, MOMENTUM_T: P.transpose()})
    assert isinstance(found, Dual)
    return found.derivative


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """Return the same as it is stated: what moves, less what is stated of it, which does not."""
    speed = operator(point, momentum(point)) * value(parts, "speed", point)
    sides = zip(("left", "right"), halves(point, state(point)), strict=True)
    kept = [(half - drift(parts, name, point)).entries() for name, half in sides]
    half = [stated_half(parts, point)] if apart(point) else []
    return [speed.entries(), *kept, half]


# --- by finite differences ------------------------------------------------------------------------


def moved(point: ExactPoint, h: arb) -> list[arb_mat]:
    """Return W, and half the squared length, along each of those ways.

    What is added to the factors is no polynomial in the step.
    """
    factors, P = [arb_mat(W) for W in point.factors], arb_mat(momentum(point))
    found = []
    for way in ways(point):
        moving = [W + arb_mat(X) * (h / (1 - h)) for W, X in zip(factors, way, strict=True)]
        found += [product(moving), arb_mat([[squared(moving, P) / 2]])]
    return found


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same, of the operator by finite differences, and of the gradient in W."""
    size, guarded = point.width, working_digits(point, digits)
    with working_precision(bits_of(guarded)):
        P = arb_mat(momentum(point))
        vector = arb_mat(column(momentum(point)))
        image = operator_pullback(point, step, guarded) * vector
        speed = arb_mat(size, size, image.entries()).transpose()
        slopes = derivative(lambda h: moved(point, h), step)
        images = arb_mat([W.entries() for W in slopes[::2]])
        force = images.solve(arb_mat([[-x[0, 0]] for x in slopes[1::2]]))
        at = arb_mat(size, size, force.entries())
        W, half = arb_mat(point.W), (vector.transpose() * image).entries()
        left = at * W.transpose() + P * speed.transpose()
        right = W.transpose() * at + speed.transpose() * P
        own = [half[0] / 2] if apart(point) else []
        return [speed.entries(), left.entries(), right.entries(), own]


def wide(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return such points of one sign of the determinant, and of no small value."""
    return [key for key in narrow(keys) if key.sign == 1 and key.stratum is not Stratum.TINY]


# --- what no formula says -------------------------------------------------------------------------


class Half(NamedTuple):
    """The squared length at a point, at turned ones, and how it moves along the flow."""

    here: fmpq
    turned: list[fmpq]
    drift: fmpq


def kept(point: ExactPoint) -> list[Half]:
    """Return these, with P turned as W is."""
    P, some = momentum(point), generic(point.width)
    skew = some - some.transpose()
    Q, R = cayley(skew), cayley(skew * fmpq(-1, 3))
    first, *between, last = point.frames
    images = [
        (replace(point, frames=(first, *between, Q * last)), Q * P),
        (replace(point, frames=(R * first, *between, last)), P * R.transpose()),
    ]
    turned = [squared(there.factors, image) for there, image in images]
    lifted = zip(point.factors, lift(point.factors, P), strict=True)
    moving = lengths([Dual(*pair) for pair in lifted], Dual(P, state(point).force))
    return [Half(squared(point.factors, P), turned, trace(moving.derivative))]


def lost(found: Sequence[Half]) -> list[fmpq]:
    """Return by how much it changes."""
    return [x for one in found for x in (*(t - one.here for t in one.turned), one.drift)]


def changed(found: Sequence[Half]) -> list[list[Half]]:
    """The same where one of them is more by one."""
    [one] = found
    ways = [[t + (k == m) for m, t in enumerate(one.turned)] for k in range(len(one.turned))]
    return [*([one._replace(turned=way)] for way in ways), [one._replace(drift=one.drift + 1)]]


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict,
        visits=narrow,
        questions=(
            Question(
                "by how much the squared length of the momentum changes with turns, and along "
                "the flow",
                kept,
                lost,
                changed,
            ),
        ),
    ),
    ConvergentCheck(COVERS, measure_pullback, predict, visits=wide, truncates=deep),
)
