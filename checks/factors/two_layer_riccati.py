"""Numeric checks of gradient flow of two factors as one Riccati equation."""

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import UNBALANCE
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import Dual
from dlnproof.numeric.exact.gradient import velocities
from dlnproof.numeric.exact.matrices import Matrix, generic
from dlnproof.numeric.exact.points import ExactPoint, identity
from dlnproof.numeric.exact.predictions import Parts
from dlnproof.numeric.exact.unbalanced import Unbalanced

from .lambda_balanced import SCOPE, differenced, of_two, pairs

COVERS = frozenset({"gap", "cubic"})


def stacked(above: Matrix, below: Matrix) -> Matrix:
    """Return one matrix over another."""
    size = above.ncols()
    return type(above)(2 * size, size, [*above.entries(), *below.entries()])


def moves(pair: Unbalanced) -> list[fmpq_mat]:
    """Return the velocities of both factors, for the loss |W_2 W_1 - B|^2 / 2."""
    factors = pair.first, pair.second
    return velocities(factors, pair.second * pair.first - generic(pair.first.nrows()))


def measure_exact(point: ExactPoint) -> Groups:
    """The velocity of Q from those of the factors, and that of Q Q^T by dual numbers."""
    flow, square = [], []
    for pair in pairs(point):
        first, second = moves(pair)
        Q = Dual(stacked(pair.first.transpose(), pair.second), stacked(first.transpose(), second))
        flow += Q.derivative.entries()
        square += (Q * Q.transpose()).derivative.entries()
    return [flow, square]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    flow, square = [], []
    aim, one = generic(point.width), identity(point.width)
    for pair in pairs(point):
        gap, cubic = (stated(parts, name, pair) for name in ("gap", "cubic"))
        Q = stacked(pair.first.transpose(), pair.second)
        upper, lower = (stacked(one * k, one * (1 - k)) for k in (1, 0))
        across = lower * aim * upper.transpose()
        inside = lower * lower.transpose() - upper * upper.transpose()
        pull = across + across.transpose() + inside * gap
        P = Q * Q.transpose()
        flow += (pull * Q - P * Q * cubic).entries()
        square += (pull * P + P * pull - P * P).entries()
    return [flow, square]


def stated(parts: Parts, name: str, pair: Unbalanced) -> fmpq:
    """Return a part of the statement."""
    formula = parts[name]
    assert isinstance(formula, Expression)
    found: fmpq = formula.at({UNBALANCE: pair.gap})
    return found


def measure_flow(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same by finite differences."""
    flow, square = [], []
    with working_precision(bits_of(2 * digits)):
        for pair in pairs(point):
            first, second = moves(pair)
            start = [stacked(pair.first.transpose(), pair.second)]
            pushed = [stacked(first.transpose(), second)]
            rates = differenced(start, pushed, lambda Q: [*Q, Q[0] * Q[0].transpose()], step)
            flow += rates[0].entries()
            square += rates[1].entries()
    return [flow, square]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=of_two, scope=SCOPE),
    ConvergentCheck(COVERS, measure_flow, predict, visits=of_two, scope=SCOPE),
)
