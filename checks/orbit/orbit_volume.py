"""Numeric checks of the volume of the orbit of balanced factorizations."""

from collections.abc import Sequence
from itertools import combinations

from flint import arb, arb_poly, fmpq

from dlnproof.claims.check import EnclosureCheck, Groups, Parts, Readings, Sides, deeper_than_one
from dlnproof.claims.measured import exact, pullback
from dlnproof.claims.orbit.orbit_volume import CLAIM
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import COSINE, pair_values
from dlnproof.numeric.exact.exact_geometry import orbit_tangents
from dlnproof.numeric.exact.matrices import product
from dlnproof.numeric.exact.points import ExactPoint, PointKey
from dlnproof.numeric.exact.predictions import common
from dlnproof.numeric.exact.rotations import MOST, group_volume


def fibred(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points whose fibre has a dimension, of rank d - 1 at least."""
    return [key for key in deeper_than_one(keys) if key.width > 1 and key.rank >= key.width - 1]


# --- the Jacobi matrices' eigenvalues and the group's volume, in balls ---------------------------


def one_of_each(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return one point for each depth, width and stratum where the fibre has a dimension."""
    first = {(key.depth, key.width, key.stratum): key for key in reversed(fibred(keys))}
    return sorted(first.values(), key=lambda key: (key.depth, key.width, key.stratum))


def measure_spectrum(point: ExactPoint) -> Groups:
    """Half the orbit's Gram matrix by its characteristic polynomial; c_d / c_{d-1} for d <= 3."""
    rows = orbit_tangents(point)
    gram = rows * rows.transpose() / 2
    d = point.width
    return [gram.charpoly().coeffs(), [group_volume(d) / group_volume(d - 1)] if d <= MOST else []]


def predict_spectrum(parts: Parts, point: ExactPoint) -> Groups:
    """The product of x - mu over the eigenvalues; the length and the volume of the sphere."""
    eigenvalue, length = parts["eigenvalue"], parts["length"]
    assert isinstance(eigenvalue, Expression)
    assert isinstance(length, Expression)
    depth, width, shared = int(point.depth), point.width, common(point)
    polynomial = arb_poly([1])
    for i, l in combinations(point.levels(), 2):
        for m in range(1, depth):
            cosine = arb(fmpq(m, depth)).cos_pi()
            mu = eigenvalue.at(pair_values({**shared, COSINE: cosine}, i, l))
            polynomial *= arb_poly([-mu, 1])
    if width > MOST:
        return [polynomial.coeffs(), []]
    half = fmpq(width, 2)
    sphere = 2 * arb.pi() ** half / arb(half).gamma()
    return [polynomial.coeffs(), [arb(length.at(shared)) ** fmpq(width - 1, 2) * sphere]]


def whole_fibre(point: ExactPoint) -> Readings:
    """Another factorization: its product and that of the point; whether it is balanced."""
    first, second, *rest = point.factors
    factors = (first * 2, second / 2, *rest)
    after, this = factors[1], factors[0]
    defect = after.transpose() * after - this * this.transpose()
    measured = [product(factors).entries(), defect.entries()]
    balanced = [point.W.entries(), [fmpq(0)] * point.width**2]
    entry = (
        "an entry of $W_2^T W_2 - W_1 W_1^T$, with $2 W_1$ and $W_2/2$ in place of $W_1$ and $W_2$"
    )
    return Readings(measured, balanced, Sides(entry, "the same of balanced factors"))


def squared_volume(point: ExactPoint, group: int, number: int) -> Sides:
    """Say what the exact check compares."""
    what = r"the square of $\operatorname{vol}(O_W) / c_d^{N-1}$, from the definition"
    return Sides(what, "from the formula")


CHECKS = (
    exact(
        CLAIM.quantities, visits=fibred, printed={"whole-fibre": whole_fibre}, sides=squared_volume
    ),
    pullback(CLAIM.quantities, visits=fibred),
    EnclosureCheck(
        frozenset({"eigenvalue", "length"}), measure_spectrum, predict_spectrum, visits=one_of_each
    ),
)
