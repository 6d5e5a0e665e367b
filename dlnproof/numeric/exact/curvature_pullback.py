"""The scalar curvature by finite differences in factor space, in coordinates of balanced factors.

The metric is that of the images of tangent vectors, for the inverse of dphi dphi^* at the moved
factors; all differences are central, so that the error is of order h^2. The chart is regular at
every spectrum, and its coordinates are not the entries of W.
"""

from collections.abc import Callable
from functools import cache
from itertools import combinations, product

from flint import arb, arb_mat, fmpq

from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.charts import polar_chart
from dlnproof.numeric.exact.matrices import product as multiplied
from dlnproof.numeric.exact.matrices import trace
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.stencil import working_digits

Place = tuple[int, ...]
"""How many steps each coordinate is moved by."""


def scalar_curvature_pullback(point: ExactPoint, step: fmpq, digits: int) -> arb:
    """Return the scalar curvature of g^N at an invertible W, of finite depth, up to O(h^2).

    Steps down to 10^-digits leave the digits: three are divided by, one after the other.
    """
    with working_precision(bits_of(working_digits(point, 4 * digits))):
        _, metric = lattice(point, step)
        return _scalar(metric, point.width**2, arb(step))


def lattice(
    point: ExactPoint, step: fmpq
) -> tuple[Callable[[Place], arb_mat], Callable[[Place], arb_mat]]:
    """Return W, as a column, and the metric at places of a lattice of coordinates, of width h."""
    chart, h = polar_chart(point), arb(step)
    size = len(chart.base)
    fibre = [arb(0)] * len(chart.fibre)

    @cache
    def factors(place: Place) -> tuple[arb_mat, ...]:
        return chart.factors([*(h * k for k in place), *fibre])

    @cache
    def image(place: Place) -> arb_mat:
        """Return W, as a column."""
        return arb_mat(size, 1, multiplied(factors(place)).transpose().entries())

    def metric(place: Place) -> arb_mat:
        moves = [
            ((image(moved(place, (k, 1))) - image(moved(place, (k, -1)))) / (2 * h)).entries()
            for k in range(size)
        ]
        rows = arb_mat(moves)
        return rows * _operator(factors(place)).solve(rows.transpose())

    return image, metric


def _operator(factors: tuple[arb_mat, ...]) -> arb_mat:
    """Return dphi dphi^* / N."""
    depth, size = len(factors), factors[0].nrows()
    images = []
    for j, row, column in product(range(depth), range(size), range(size)):
        unit = arb_mat(size, size)
        unit[row, column] = arb(1)
        images.append(multiplied([*factors[:j], unit, *factors[j + 1 :]]).transpose().entries())
    rows = arb_mat(images)
    return rows.transpose() * rows / depth


def moved(place: Place, *by: tuple[int, int]) -> Place:
    """Return a place moved along axes, each by a number of steps."""
    found = list(place)
    for axis, steps in by:
        found[axis] += steps
    return tuple(found)


def _scalar(metric: Callable[[Place], arb_mat], size: int, h: arb) -> arb:
    """Return g^ab (d_c G^c_ab - d_b G^c_ac + G^c_ab G^e_ec - G^c_ae G^e_bc)."""
    rest, axes = (0,) * size, range(size)
    g = metric(rest)
    near = {(k, s): metric(moved(rest, (k, s))) for k in axes for s in (1, -1)}
    first = [(near[k, 1] - near[k, -1]) / (2 * h) for k in axes]
    second = {(k, k): (near[k, 1] + near[k, -1] - 2 * g) / h**2 for k in axes}
    for a, b in combinations(axes, 2):
        corners = [metric(moved(rest, (a, s), (b, t))) * (s * t) for s, t in SIGNS]
        second[a, b] = second[b, a] = sum(corners[1:], corners[0]) / (4 * h**2)
    raised = g.inv()
    lower = [_christoffel(first, k) for k in axes]
    slopes = [raised * x for x in first]
    trace_of = [trace(x) / 2 for x in slopes]  # G^c_ac
    upper = [_combined([raised[c, e] for e in axes], lower) for c in axes]
    total = arb(0)
    for c, e in product(axes, axes):
        # d_c of g^ce [ab, e]
        turned = -raised * first[c] * raised
        total += turned[c, e] * _paired(raised, lower[e])
        by = [second[c, k] for k in axes]
        total += raised[c, e] * _paired(raised, _christoffel(by, e))
        # d_e of G^b_cb
        own = trace(raised * second[c, e]) - trace(slopes[e] * slopes[c])
        total -= raised[c, e] * own / 2
    for c in axes:
        total += _paired(raised, upper[c]) * trace_of[c]
        for e in axes:
            total -= _paired(raised, _crossed(upper, c, e))
    return total


SIGNS = tuple(product((1, -1), repeat=2))
"""The corners of a square."""


def _christoffel(slopes: list[arb_mat], lowered: int) -> arb_mat:
    """Return (d_a g_be + d_b g_ae - d_e g_ab) / 2 by a and b."""
    size = len(slopes)
    found = arb_mat([[slopes[a][b, lowered] for b in range(size)] for a in range(size)])
    return (found + found.transpose() - slopes[lowered]) / 2


def _combined(weights: list[arb], matrices: list[arb_mat]) -> arb_mat:
    first, *others = (m * w for w, m in zip(weights, matrices, strict=True))
    return sum(others, first)


def _crossed(upper: list[arb_mat], c: int, e: int) -> arb_mat:
    """Return G^c_ae G^e_bc by a and b."""
    size = len(upper)
    left = arb_mat(size, 1, [upper[c][a, e] for a in range(size)])
    right = arb_mat(1, size, [upper[e][b, c] for b in range(size)])
    return left * right


def _paired(one: arb_mat, other: arb_mat) -> arb:
    """Return the sum of the products of the entries."""
    pairs = zip(one.entries(), other.entries(), strict=True)
    return sum((x * y for x, y in pairs), arb(0))
