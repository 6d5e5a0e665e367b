"""Numeric checks of how singular values and vectors move along the flow of the product."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from flint import arb_mat, fmpq

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups
from dlnproof.core.expression import Number
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import svd_differential
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import Parts, common, over_pairs
from dlnproof.numeric.exact.stencil import working_digits

from ..volume.volume_gradient import distinct, narrow
from . import end_to_end_flow
from .deficiency_margin import expression

COVERS = frozenset({"speed", "excess", "own", "other"})


def parted(point: ExactPoint, entries: Any, frames: tuple[Any, Any], jacobian: Any) -> Groups:
    """Return sigma_i', U^T U' and V^T V', by the entries of U^T W' V, and (sigma_i^(2/N - 1))'.

    The last is times sigma_i^(2-2/N), which frees it of the size of tiny values.
    """
    d, pairs = point.width, len(list(combinations(range(point.width), 2)))
    kind = type(jacobian)
    velocity = frames[0] * kind(d, d, list(entries)) * frames[1].transpose()
    column = kind(d * d, 1, velocity.transpose().entries())
    found = jacobian.solve(column).entries()
    turns = found[d : d + pairs], found[d + pairs :]
    powers = [(fmpq(2, int(point.depth)) - 1) * x for x in found[:d]]
    return [found[:d], *(list(part) for part in turns), powers]


def measure_exact(point: ExactPoint) -> Groups:
    """Those of the flow of the factors, by dual numbers and linear equations."""
    [entries] = end_to_end_flow.measure_exact(point)
    return parted(point, entries, (point.U, point.V), svd_differential(point))


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """Those of the velocity by finite differences in factor space."""
    guarded = working_digits(point, digits)
    [entries] = end_to_end_flow.measure_pullback(point, step, guarded)
    with working_precision(bits_of(2 * guarded)):
        frames = arb_mat(point.U), arb_mat(point.V)
        return parted(point, entries, frames, arb_mat(svd_differential(point)))


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """What is stated of each, by the entries of U^T G V."""
    inner = (point.U.transpose() * end_to_end_flow.gradient(point) * point.V).tolist()
    speed, own, other = (
        over_pairs(*((parts[n],) * 2 if n == "speed" else (parts[n], Number(0))), point)
        for n in ("speed", "own", "other")
    )
    pairs = list(combinations(range(point.width), 2))

    def turns(one: Sequence[Sequence[fmpq]], two: Sequence[Sequence[fmpq]]) -> list[fmpq]:
        return [one[i][l] * inner[i][l] + two[i][l] * inner[l][i] for i, l in pairs]

    rates = [-speed[i][i] * inner[i][i] for i in range(point.width)]
    excess = expression(parts["excess"]).at(common(point))
    sizes = [(s / t) ** 2 for s, t in zip(point.sigma, point.roots, strict=True)]
    powers = [excess * inner[i][i] * sizes[i] for i in range(point.width)]
    return [rates, turns(own, other), turns(other, own), powers]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=distinct),
    ConvergentCheck(COVERS, measure_pullback, predict, visits=narrow),
)
