"""Checks of the path on which the last value is lost; and of one value that moves alone."""

from collections.abc import Sequence

from flint import arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import (
    ConvergentCheck,
    EnclosureCheck,
    ExactCheck,
    Groups,
    Question,
    narrow,
)
from dlnproof.numeric.exact.limit_geometry import integrated_operator
from dlnproof.numeric.exact.points import ExactPoint, PointKey, diagonal
from dlnproof.numeric.exact.predictions import Parts, over_index
from dlnproof.quantities.operator import deep

from .eckart_young import COVERS, TIME, of_rank, pulled_back, shrunk, stated


def last(point: ExactPoint) -> int:
    """Return the rank at the end of the path."""
    return point.width - 1


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """Return the velocity and the squared speed as they are stated."""
    return stated(parts, point, last(point))


Sizes = tuple[fmpq, fmpq]


def sizes(point: ExactPoint) -> Sizes:
    """The determinant on the path, and that of W times (1 - t)^N."""
    there = shrunk(point, last(point))
    whole = there.U * diagonal(there.sigma) * there.V.transpose()
    return whole.det(), (1 - TIME) ** int(point.depth) * point.W.det()


def of_depth_two(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points with such values: at infinite depth it does not matter whose they are."""
    return [key for key in keys if key.depth == 2 and key.width <= 3]


def alone(point: ExactPoint) -> list[fmpq_mat]:
    """Return E_ii / sigma_i^2 for each i."""
    squares = [s * s for s in point.sigma]
    return [
        diagonal(tuple(1 / x if k == i else fmpq(0) for k in range(point.width)))
        for i, x in enumerate(squares)
    ]


def measure_enclosed(point: ExactPoint) -> Groups:
    """U^T A_inf(u_i v_i^T / sigma_i^2) V for each i, from which g_inf(u_i v_i^T, u_i v_i^T) is."""
    U, V, d, found = arb_mat(point.U), arb_mat(point.V), point.width, []
    for unit in alone(point):
        image = integrated_operator(point, point.U * unit * point.V.transpose())
        found.append((U.transpose() * arb_mat(d, d, image) * V).entries())
    return found


def predict_enclosed(parts: Parts, point: ExactPoint) -> Groups:
    """Return the same as it is stated: multiples, by the reciprocals."""
    squares = over_index(parts["square"], point)
    return [(unit / x).entries() for unit, x in zip(alone(point), squares, strict=True)]


CHECKS = (
    ExactCheck(
        COVERS,
        lambda point: of_rank(point, last(point)),
        predict,
        visits=narrow,
        questions=(
            Question(
                r"$\det W(t)-(1-t)^N\det W$",
                sizes,
                lambda found: [found[0] - found[1]],
                lambda found: [(found[0], found[1] * (1 - TIME))],
            ),
        ),
    ),
    ConvergentCheck(
        COVERS,
        lambda point, step, digits: pulled_back(point, last(point), step, digits),
        predict,
        visits=narrow,
        truncates=deep,
    ),
    EnclosureCheck(frozenset({"square"}), measure_enclosed, predict_enclosed, visits=of_depth_two),
)
"""The path at a third of its time; the operator at infinite depth from its integral."""
