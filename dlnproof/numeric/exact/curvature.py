"""Curvature at rational points, from the definition of the metric: its Taylor series of order two.

No closed form enters: the operator is a sum of powers of (W W^T)^(1/N) and (W^T W)^(1/N), whose
derivatives solve the differentiated equation root^N = W W^T; the metric is its inverse; and the
Riemann tensor is made of Christoffel symbols.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, combinations_with_replacement, product
from operator import add, mul

from flint import fmpq, fmpq_mat

from dlnproof.numeric.exact.exact_geometry import kronecker
from dlnproof.numeric.exact.matrices import trace
from dlnproof.numeric.exact.points import ExactPoint, diagonal, identity

Pair = tuple[int, int]


@dataclass(frozen=True)
class Series:
    """A matrix with its first derivatives, and its second ones for a <= b, in some coordinates."""

    value: fmpq_mat
    first: Sequence[fmpq_mat]
    second: Mapping[Pair, fmpq_mat]

    def at(self, a: int, b: int) -> fmpq_mat:
        """Return the second derivative in two coordinates."""
        return self.second[min(a, b), max(a, b)]

    def joined(self, other: Series, times: Callable[[fmpq_mat, fmpq_mat], fmpq_mat]) -> Series:
        """Return a product, of whatever kind, by the product rule."""
        f, g = self, other
        return Series(
            times(f.value, g.value),
            [times(f.value, y) + times(x, g.value) for x, y in zip(f.first, g.first, strict=True)],
            {
                (a, b): times(f.value, g.second[a, b])
                + times(f.first[a], g.first[b])
                + times(f.first[b], g.first[a])
                + times(f.second[a, b], g.value)
                for a, b in f.second
            },
        )

    def __mul__(self, other: Series) -> Series:
        return self.joined(other, mul)

    def __add__(self, other: Series) -> Series:
        return Series(
            self.value + other.value,
            list(map(add, self.first, other.first)),
            {place: x + other.second[place] for place, x in self.second.items()},
        )

    def mapped(self, change: Callable[[fmpq_mat], fmpq_mat]) -> Series:
        """Return a linear image."""
        second = {place: change(x) for place, x in self.second.items()}
        return Series(change(self.value), [change(x) for x in self.first], second)

    def power(self, exponent: int) -> Series:
        """Return a power, of an exponent >= 0."""
        one = identity(self.value.nrows())
        unit = self.mapped(lambda x: x * 0)
        return reduce(mul, [self] * exponent, Series(one, unit.first, unit.second))

    def inverse(self) -> Series:
        """Return the inverse matrix."""
        found = self.value.inv()
        first = [-found * x * found for x in self.first]
        second = {
            (a, b): -found * (x * found + self.first[a] * first[b] + self.first[b] * first[a])
            for (a, b), x in self.second.items()
        }
        return Series(found, first, second)


def coordinates(W: fmpq_mat, order: int = 2) -> Series:
    """Return W with its entries as coordinates, in the order of column-major vec.

    Of order 1 it has no second derivatives, nor has what is made of it.
    """
    size = W.nrows()
    units = []
    for column, row in product(range(size), range(size)):
        unit = fmpq_mat(size, size)
        unit[row, column] = fmpq(1)
        units.append(unit)
    pairs = combinations_with_replacement(range(size**2), 2) if order == 2 else ()
    return Series(W, units, dict.fromkeys(pairs, fmpq_mat(size, size)))


def root(whole: Series, depth: int, frame: fmpq_mat, squares: Sequence[fmpq]) -> Series:
    """Return the N-th root, which is Q diag(x) Q^T, of a positive definite matrix.

    Its derivatives X solve sum_a root^a X root^(N-1-a) = Y, each in the basis of the columns of Q.
    """
    back, powers = frame.transpose(), [[x**n for n in range(depth)] for x in squares]

    def solved(target: fmpq_mat) -> fmpq_mat:
        found = back * target * frame
        for i, l in product(range(len(squares)), repeat=2):
            pairs = zip(powers[i], reversed(powers[l]), strict=True)
            found[i, l] = found[i, l] / sum((x * y for x, y in pairs), fmpq(0))
        return frame * found * back

    value = frame * diagonal(tuple(squares)) * back
    first = [solved(x) for x in whole.first]
    none = {place: x * 0 for place, x in whole.second.items()}
    straight = Series(value, first, none).power(depth)
    second = {place: solved(x - straight.second[place]) for place, x in whole.second.items()}
    return Series(value, first, second)


def metric(point: ExactPoint, order: int = 2) -> Series:
    """Return the matrix of g^N, of finite depth, column-major vec, in the entries of W."""
    depth, W = int(point.depth), coordinates(point.W, order)
    turned = W.mapped(fmpq_mat.transpose)
    squares = [t * t for t in point.roots]
    rows = root(W * turned, depth, point.U, squares)
    columns = root(turned * W, depth, point.V, squares)
    # column-major vec takes P Z R, R symmetric, to R kron P
    terms = (
        columns.power(j - 1).joined(rows.power(depth - j), kronecker) for j in range(1, depth + 1)
    )
    return reduce(add, terms).mapped(lambda x: x * fmpq(1, depth)).inverse()


def scalar_curvature(point: ExactPoint) -> fmpq:
    """Return the scalar curvature of g^N at an invertible W, of finite depth, exactly."""
    return scalar_curvature_of(metric(point))


def scalar_curvature_of(g: Series) -> fmpq:
    """Return the scalar curvature of a metric, from its matrix and the derivatives of that.

    With R_ijkl = (d_j d_k g_il + d_i d_l g_jk - d_i d_k g_jl - d_j d_l g_ik)/2 + g(G_jk, G_il)
    - g(G_jl, G_ik), G the Christoffel symbols, it is the sum of g^ik g^jl R_ijkl.
    """
    raised, axes = g.value.inv(), range(g.value.nrows())
    straight = fmpq(0)  # g^ik g^jl (d_j d_k g_il - d_i d_k g_jl)
    for i, k in product(axes, axes):
        if raised[i, k] != 0:
            for j, l in product(axes, axes):
                twice = g.at(j, k)[i, l] - g.at(i, k)[j, l]
                straight += raised[i, k] * raised[j, l] * twice
    half = fmpq(1, 2)
    lower = [  # [m][j, k]: g of d_m and G_jk
        fmpq_mat(
            [
                [(g.first[j][m, k] + g.first[k][m, j] - g.first[m][j, k]) * half for k in axes]
                for j in axes
            ]
        )
        for m in axes
    ]
    both = [raised * x * raised for x in lower]
    traces = [sum((x[j, j] for j in axes), fmpq(0)) for x in (raised * y for y in lower)]
    bent = fmpq(0)
    for m, n in product(axes, axes):
        if raised[m, n] != 0:
            pairs = zip(both[m].entries(), lower[n].entries(), strict=True)
            bent += raised[m, n] * (sum((x * y for x, y in pairs), fmpq(0)) - traces[m] * traces[n])
    return straight + bent


def jacobi(g: Series, along: fmpq_mat) -> fmpq_mat:
    """Return the symmetric form R(x, a, x, b) of a metric, x = ``along``, a column.

    R is that of :func:`scalar_curvature_of`: R(x, y, x, y) is the curvature of the plane of x and
    y, for orthonormal ones, and the trace of the form by g is Ric(x, x).
    """
    x, axes, half = along.entries(), range(g.value.nrows()), fmpq(1, 2)

    def directed(weights: Sequence[fmpq], matrices: Sequence[fmpq_mat]) -> fmpq_mat:
        none = g.value * 0
        return sum((m * w for w, m in zip(weights, matrices, strict=True) if w != 0), none)

    def applied(matrices: Sequence[fmpq_mat], column: fmpq_mat) -> fmpq_mat:
        """Return the matrices times a column, as rows."""
        return fmpq_mat([(m * column).entries() for m in matrices])

    twice = [directed(x, [g.at(a, k) for k in axes]) for a in axes]  # d_a d_x
    mixed = applied(twice, along)
    bent = fmpq_mat([[(along.transpose() * g.at(a, b) * along)[0, 0] for b in axes] for a in axes])
    straight = mixed + mixed.transpose() - directed(x, twice) - bent
    slopes = applied(g.first, along).transpose()  # [m, a]: d_a g(m, x)
    lower = (directed(x, g.first) + slopes - slopes.transpose()) * half  # g of d_m and G_xa
    raised = g.value.inv()
    own = raised * (lower * along)
    turned = applied(g.first, own)
    others = (turned + turned.transpose() - directed(own.entries(), g.first)) * half
    return straight * half + lower.transpose() * raised * lower - others


def sectional_curvature_of(g: Series, x: fmpq_mat, y: fmpq_mat) -> fmpq:
    """Return the sectional curvature of a metric, of the plane of two columns."""

    def form(of: fmpq_mat, one: fmpq_mat, other: fmpq_mat) -> fmpq:
        return (one.transpose() * of * other)[0, 0]

    square = form(g.value, x, x) * form(g.value, y, y) - form(g.value, x, y) ** 2
    return form(jacobi(g, x), y, y) / square


def ricci_of(g: Series) -> fmpq_mat:
    """Return the Ricci curvature of a metric, as a form: the trace of :func:`jacobi` by g."""
    axes = range(g.value.nrows())
    return ricci_on(g, [fmpq_mat(len(axes), 1, [fmpq(a == b) for b in axes]) for a in axes])


def ricci_on(g: Series, columns: Sequence[fmpq_mat]) -> fmpq_mat:
    """Return the Ricci curvature of a metric at each two of some columns."""
    own = [ricci_along(g, x) for x in columns]
    found = diagonal(tuple(own))
    for a, b in combinations(range(len(columns)), 2):
        both = ricci_along(g, columns[a] + columns[b])
        found[a, b] = found[b, a] = (both - own[a] - own[b]) / 2
    return found


def ricci_along(g: Series, x: fmpq_mat) -> fmpq:
    """Return Ric(x, x) of a metric, x a column."""
    return trace(g.value.solve(jacobi(g, x)))
