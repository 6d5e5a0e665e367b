"""Numeric checks of the operator at one row, from balanced factors with one output."""

from collections.abc import Sequence
from typing import Any

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Parts
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import pair_values
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.gradient import lift
from dlnproof.numeric.exact.matrices import generic, product
from dlnproof.numeric.exact.points import ExactPoint, identity
from dlnproof.numeric.exact.predictions import common
from dlnproof.numeric.exact.stencil import derivative

COVERS = frozenset({"gradient", "projection"})


def units(point: ExactPoint) -> list[fmpq_mat]:
    """Return a column of norm 1 for the row, and one for each layer between, of its frame."""
    return [fmpq_mat([row[:1] for row in Q.tolist()]) for Q in point.frames[:-1]]


def layers(point: ExactPoint) -> list[fmpq_mat]:
    """Return balanced factors of the row w = sigma_1 v^T."""
    columns = units(point)
    rows = [*columns[1:], fmpq_mat([[1]])]
    return [u * v.transpose() * point.roots[0] for u, v in zip(rows, columns, strict=True)]


def pull(point: ExactPoint) -> fmpq_mat:
    """Return a row of which no two entries are equal: a gradient."""
    return fmpq_mat(generic(point.width).tolist()[:1])


def pushed(factors: Sequence[Any], gradient: Any) -> Any:
    """Return dphi(dphi^*(G)), of matrices of any kind: the sum of P_j P_j^T G R_j^T R_j."""
    found = None
    for j in range(len(factors)):
        term = gradient
        if j:
            below = product(factors[:j])
            term = term * (below.transpose() * below)
        if j + 1 < len(factors):
            above = product(factors[j + 1 :])
            term = (above * above.transpose()) * term
        found = term if found is None else found + term
    return found


def measure_exact(point: ExactPoint) -> Groups:
    """It, of each row of the identity."""
    rows = (fmpq_mat([row]) for row in identity(point.width).tolist())
    return [[x for row in rows for x in pushed(layers(point), row).entries()]]


def stated(parts: Parts, name: str, point: ExactPoint) -> fmpq:
    """Return a formula at the singular value of the row."""
    formula = parts[name]
    assert isinstance(formula, Expression)
    found: fmpq = formula.at(pair_values(common(point), point.levels()[0]))
    return found


def operator(parts: Parts, point: ExactPoint) -> fmpq_mat:
    """Return what a row is multiplied by, as it is stated."""
    v = units(point)[0]
    whole: fmpq_mat = v * v.transpose() * stated(parts, "projection", point)
    return whole + identity(point.width) * stated(parts, "gradient", point)


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """Return its entries."""
    return [operator(parts, point).entries()]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The derivative of the product along the lift of one row, by finite differences."""
    with working_precision(bits_of(2 * digits)):
        start = [arb_mat(W) for W in layers(point)]
        flow = [arb_mat(V) for V in lift(layers(point), pull(point))]

        def moved(h: arb) -> list[arb_mat]:
            # any curve with this velocity: sin h, so that there is a truncation error to observe
            return [product([W + V * h.sin() for W, V in zip(start, flow, strict=True)])]

        speed = max(float(abs(x).upper()) for V in flow for x in V.entries())
        [rate] = derivative(moved, step / fmpq(max(1, int(speed))))
        return [rate.entries()]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """Return that row, multiplied."""
    return [(pull(point) * operator(parts, point)).entries()]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact),
    ConvergentCheck(COVERS, measure_pullback, predict_pullback),
)
