"""The rate of log |det W| along the flow, and the bound on |w11|, in rationals."""

from math import comb

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import ExactCheck, Groups, Parts, Readings, Sides
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import pair_values
from dlnproof.numeric.exact.gradient import product_velocity
from dlnproof.numeric.exact.matrices import generic
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import common
from dlnproof.numeric.exact.violation import violation

from .norm_divergence_matrices import RESIDUALS, entries, matrices, residual


def flow(point: ExactPoint, gradient: fmpq_mat) -> fmpq_mat:
    """Return dW/dt from the factors' gradient flow, by dual numbers, in the flow's own time."""
    return product_velocity(point.factors, gradient) / int(point.depth)


def determinant_rate(W: fmpq_mat, velocity: fmpq_mat) -> fmpq:
    """Return the derivative of log |det|: det(W + h V) is a polynomial of degree d in h.

    Its derivative at 0 is found from its values at h = 0, ..., d.
    """
    d = W.nrows()
    values = [(W + velocity * h).det() for h in range(d + 1)]
    first = -sum((fmpq(1, h) for h in range(1, d + 1)), fmpq(0)) * values[0]
    rest = (fmpq((-1) ** (h + 1) * comb(d, h), h) * values[h] for h in range(1, d + 1))
    return sum(rest, first) / values[0]


def measure_exact(point: ExactPoint) -> Groups:
    """The rate of log |det W| along the flow for |W - B|^2 / 2; then no violation."""
    gradient = point.W - generic(point.width)
    return [[determinant_rate(point.W, flow(point, gradient))], [fmpq(0)] * len(matrices(point))]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The sum over r; by how much the bound on |w11| fails."""
    rate = parts["rate"]
    assert isinstance(rate, Expression)
    inner = point.U.transpose() * (point.W - generic(point.width)) * point.V
    shared = common(point)
    terms = [
        rate.at(pair_values(shared, level)) * inner[r, r] for r, level in enumerate(point.levels())
    ]
    failing = []
    for W in matrices(point):
        [rho] = (r for r in RESIDUALS if r * r == residual(W))
        failing.append(violation(parts["entry"], entries(W, rho)))
    return [[-sum(terms, fmpq(0))], failing]


def completion_flow(point: ExactPoint) -> fmpq_mat:
    """Return dW/dt for the completion problem at a 2 x 2 point."""
    W = point.W
    gradient = fmpq_mat([[fmpq(0), W[0, 1] - 1], [W[1, 0] - 1, W[1, 1]]])
    return flow(point, gradient)


def entry_growing(point: ExactPoint) -> Readings:
    """The derivative of |w11| where det W > 0; what increases has none below zero."""
    if point.width != 2 or point.W.det() < 0:
        return Readings()
    rate = completion_flow(point)[0, 0] * (1 if point.W[0, 0] > 0 else -1)
    what = Sides(
        r"the derivative of $|w_{11}|$ along the flow, where $\det W>0$",
        "the least that does not decrease it",
    )
    return Readings([[rate]], [[max(rate, fmpq(0))]], what)


def norms_growing(point: ExactPoint) -> Readings:
    """The derivative of the nuclear norm where det W > 0 and |w11| grows."""
    entry = entry_growing(point).measured
    if not entry or entry[0][0] <= 0:
        return Readings()
    frames = point.U.transpose() * completion_flow(point) * point.V
    rate = frames[0, 0] + frames[1, 1]
    what = Sides(
        r"the derivative of the nuclear norm along the flow, where $\det W>0$ and $|w_{11}|$ "
        "increases",
        "the least that does not decrease it",
    )
    return Readings([[rate]], [[max(rate, fmpq(0))]], what)


CHECK = ExactCheck(
    frozenset({"rate", "entry"}),
    measure_exact,
    predict_exact,
    printed={"entry-grows": entry_growing, "norms-grow": norms_growing},
)
