"""Numeric checks that the defect of balance decays with weight decay."""

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import (
    RUNGE_KUTTA,
    ConvergentCheck,
    ExactCheck,
    Groups,
    Parts,
    deep_and_narrow,
    deeper_than_one,
)
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import DECAY
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import Dual
from dlnproof.numeric.exact.gradient import decaying, integrate, unbalanced
from dlnproof.numeric.exact.matrices import generic, product
from dlnproof.numeric.exact.points import ExactPoint

from .gd_defect import defects

COVERS = frozenset({"rate"})
STRENGTHS, TIME = (fmpq(1, 3), fmpq(2)), fmpq(1, 8)
"""Of one strength of weight decay a power could not be told."""


def rate(parts: Parts, strength: fmpq) -> fmpq:
    """Return the rate of the decay that is stated."""
    stated = parts["rate"]
    assert isinstance(stated, Expression)
    found: fmpq = stated.at({DECAY: strength})
    return found


def measure_exact(point: ExactPoint) -> Groups:
    """The derivative of each defect of balance, by dual numbers, for |W - B|^2 / 2."""
    factors, found = unbalanced(point), []
    for strength in STRENGTHS:
        moves = decaying(factors, product(factors) - generic(point.width), strength)
        moving = [Dual(W, V) for W, V in zip(factors, moves, strict=True)]
        found += [change.derivative.entries() for change in defects(moving)]
    return found


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """Each defect times the rate."""
    here: list[fmpq_mat] = defects(unbalanced(point))
    return [(D * -rate(parts, x)).entries() for x in STRENGTHS for D in here]


def measure_flow(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The defects after some time, by a method of order 4 with the given step."""
    with working_precision(bits_of(digits)):
        start, aim = [arb_mat(W) for W in unbalanced(point)], arb_mat(generic(point.width))
        ends = (integrate(start, aim, TIME, int(TIME / step), x) for x in STRENGTHS)
        return [D.entries() for end in ends for D in defects(end)]


def predict_flow(parts: Parts, point: ExactPoint) -> Groups:
    """Those at the start times what is left of them."""
    here: list[arb_mat] = defects([arb_mat(W) for W in unbalanced(point)])
    left = [arb(-rate(parts, x) * TIME).exp() for x in STRENGTHS]
    return [(D * share).entries() for share in left for D in here]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact, visits=deeper_than_one),
    ConvergentCheck(
        COVERS,
        measure_flow,
        predict_flow,
        **RUNGE_KUTTA,
        visits=deep_and_narrow,
    ),
)
