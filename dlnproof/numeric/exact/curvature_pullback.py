"""Curvature by finite differences in factor space, in coordinates of balanced factors.

The metric is that of the images of tangent vectors, for the inverse of dphi dphi^* at the moved
factors; all differences are central, so that the error is of order h^2. The chart is regular at
every spectrum, and its coordinates are not the entries of W.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations, product

from flint import arb, arb_mat, fmpq, fmpq_mat

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
        return _scalar(Lattice(point, step).metric, point.width**2, arb(step))


def sectional_curvature_pullback(
    point: ExactPoint, planes: Sequence[tuple[fmpq_mat, fmpq_mat]], step: fmpq, digits: int
) -> list[arb]:
    """Return the sectional curvatures of g^N at W, of planes of two columns each, up to O(h^2)."""
    with working_precision(bits_of(working_digits(point, 4 * digits))):
        return [_sectional(Lattice(point, step, plane)) for plane in planes]


class Lattice:
    """Factors, W and the metric at places of a lattice of coordinates, of width h.

    Its last directions are those in which W moves along ``ways``, columns, at some speed.
    """

    def __init__(self, point: ExactPoint, step: fmpq, ways: Sequence[fmpq_mat] = ()) -> None:
        self.chart, self.h = polar_chart(point), arb(step)
        self.size = len(self.chart.base)
        self.ways: list[list[arb]] = []
        if ways:
            back = self.moves((0,) * self.size).transpose()
            self.ways = [_of_size_one(back.solve(arb_mat(way)).entries()) for way in ways]

    @cache  # noqa: B019 - a lattice lives as long as what is measured on it
    def factors(self, place: Place) -> tuple[arb_mat, ...]:
        """Return the factors."""
        found = [self.h * k for k in place[: self.size]]
        for steps, way in zip(place[self.size :], self.ways, strict=False):
            found = [x + self.h * steps * part for x, part in zip(found, way, strict=True)]
        return self.chart.factors([*found, *[arb(0)] * len(self.chart.fibre)])

    @cache  # noqa: B019
    def image(self, place: Place) -> arb_mat:
        """Return W, as a column."""
        return arb_mat(self.size, 1, multiplied(self.factors(place)).transpose().entries())

    def moves(self, place: Place) -> arb_mat:
        """Return how W moves by each coordinate, as rows."""
        ends = (
            (self.image(moved(place, (k, 1))), self.image(moved(place, (k, -1))))
            for k in range(self.size)
        )
        return arb_mat([((after - before) / (2 * self.h)).entries() for after, before in ends])

    def metric(self, place: Place) -> arb_mat:
        """Return g^N in the coordinates."""
        rows = self.moves(place)
        return rows * _operator(self.factors(place)).solve(rows.transpose())


def _of_size_one(coordinates: list[arb]) -> list[arb]:
    """Return a multiple, of which a step is no longer than one of a single coordinate."""
    largest = max(abs(x.mid()) for x in coordinates)
    return [x / largest for x in coordinates]


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


def _sectional(lattice: Lattice) -> arb:
    """Return the curvature of the plane of a lattice's two further directions x and y.

    In coordinates, R(x, y, x, y) = d_x d_y g(x, y) - d_x d_x g(y, y)/2 - d_y d_y g(x, x)/2
    + g(G_xy, G_xy) - g(G_xx, G_yy), divided by the squared area.
    """
    size, h = lattice.size, lattice.h
    x, y = (arb_mat(size, 1, way) for way in lattice.ways)
    axes, rest = range(size + 2), (0,) * (size + 2)
    g = lattice.metric(rest)
    near = {(k, s): lattice.metric(moved(rest, (k, s))) for k in axes for s in (1, -1)}
    *first, by_x, by_y = [(near[k, 1] - near[k, -1]) / (2 * h) for k in axes]

    def form(of: arb_mat, one: arb_mat, other: arb_mat) -> arb:
        return (one.transpose() * of * other)[0, 0]

    def twice(k: int, along: arb_mat) -> arb:
        return form((near[k, 1] + near[k, -1] - 2 * g) / h**2, along, along)

    def lowered(one: arb_mat, other: arb_mat, by_one: arb_mat, by_other: arb_mat) -> arb_mat:
        slopes = arb_mat(size, 1, [form(m, one, other) for m in first])
        return (by_one * other + by_other * one - slopes) / 2

    corners = (lattice.metric(moved(rest, (size, s), (size + 1, t))) * (s * t) for s, t in SIGNS)
    crossed = form(sum(corners, 0 * g) / (4 * h**2), x, y)
    raised = g.inv()
    xx, xy, yy = (
        lowered(*some) for some in ((x, x, by_x, by_x), (x, y, by_x, by_y), (y, y, by_y, by_y))
    )
    bent = form(raised, xy, xy) - form(raised, xx, yy)
    area = form(g, x, x) * form(g, y, y) - form(g, x, y) ** 2
    return (crossed - (twice(size, y) + twice(size + 1, x)) / 2 + bent) / area


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
