"""Checks of the inverse of the operator as an integral: in balls, and from factor space."""

from collections.abc import Sequence
from functools import lru_cache

import flint
from flint import acb, arb, arb_mat, fmpq

from dlnproof.claims.check import ConvergentCheck, EnclosureCheck, Groups, Number
from dlnproof.core.expression import Expression
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import kronecker
from dlnproof.numeric.exact.matrices import generic
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum
from dlnproof.numeric.exact.predictions import Parts, common, over_pairs
from dlnproof.numeric.exact.pullback import metric_pullback
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.operator import mean_operator

from .riemannian_cone import column

COVERS = frozenset({"factor", "distinct", "coincident"})
Table = Sequence[Sequence[Number]]


def one_of_each(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return one point of each depth and stratum, of width 2 or 3: an integral takes long."""
    found: dict[tuple[object, Stratum], PointKey] = {}
    for key in sorted(keys, key=lambda key: abs(key.width - 2 - key.depth % 2)):
        found.setdefault((key.depth, key.stratum), key)
    return [key for key in keys if key in found.values()]


def integrals(point: ExactPoint) -> Table:
    """Enclose (sin(pi/N) / pi) int_0^oo t^N / ((t^N + sigma_i^2) (t^N + sigma_l^2)) dt, by i, l."""
    return _integrals(point.sigma, int(point.depth), flint.ctx.prec)


@lru_cache(256)
def _integrals(sigma: tuple[fmpq, ...], depth: int, _bits: int) -> Table:
    share = arb(fmpq(1, depth)).sin_pi() / arb.pi()
    squares = [x * x for x in sigma]
    found = {(p, q): share * _integral(p, q, depth) for p in squares for q in squares if p >= q}
    return [[found[max(p, q), min(p, q)] for q in squares] for p in squares]


def _integral(p: fmpq, q: fmpq, depth: int) -> arb:
    """Enclose the integral from 0 to 1, and that from 1 on, over 1/t."""

    def near(t: acb, _: bool) -> acb:
        return t**depth / ((t**depth + p) * (t**depth + q))

    def far(t: acb, _: bool) -> acb:
        return t ** (depth - 2) / ((1 + p * t**depth) * (1 + q * t**depth))

    return (acb.integral(near, 0, 1) + acb.integral(far, 0, 1)).real


def factor_of(parts: Parts, point: ExactPoint) -> Number:
    """Return the factor before the integral, as it is stated."""
    factor = parts["factor"]
    assert isinstance(factor, Expression)
    found: Number = factor.at(common(point))
    return found


def stated(parts: Parts, point: ExactPoint) -> Table:
    """Return what is stated of the integral of each pair, with its factor."""
    return over_pairs(parts["distinct"], parts["coincident"], point)


def in_frames(point: ExactPoint, table: Table) -> arb_mat:
    """Return the matrix of the map that multiplies u_i v_l^T by the numbers of a table."""
    basis = arb_mat(kronecker(point.V, point.U))
    size = point.width**2
    values = [arb(table[i][l]) for l in range(point.width) for i in range(point.width)]
    middle = arb_mat([[values[r] if r == c else 0 for c in range(size)] for r in range(size)])
    return basis * middle * basis.transpose()


def measure_enclosed(point: ExactPoint) -> Groups:
    """The inverse of A at a matrix, solved for; the integrals of pairs, without a factor."""
    inverse = mean_operator(point).solve(column(generic(point.width)))
    return [inverse.entries(), [x for row in integrals(point) for x in row]]


def predict_enclosed(parts: Parts, point: ExactPoint) -> Groups:
    """The integral of the resolvents at that matrix; what is stated of pairs."""
    factor = factor_of(parts, point)
    whole = in_frames(point, integrals(point)) * arb_mat(column(generic(point.width)))
    pairs = [arb(x) / factor for row in stated(parts, point) for x in row]
    return [[x * factor for x in whole.entries()], pairs]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The metric, by finite differences in factor space: against integrals, and against values."""
    with working_precision(bits_of(working_digits(point, digits))):
        g = metric_pullback(point, step, digits).entries()
    return [g, g]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The same, from integrals and as it is stated."""
    factor = factor_of(parts, point)
    whole = in_frames(point, integrals(point))
    return [[x * factor for x in whole.entries()], in_frames(point, stated(parts, point)).entries()]


CHECKS = (
    EnclosureCheck(COVERS, measure_enclosed, predict_enclosed, visits=one_of_each),
    ConvergentCheck(COVERS, measure_pullback, predict_pullback, visits=one_of_each),
)
