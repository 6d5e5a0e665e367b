"""Checks of the Ricci curvature along singular values and of turns: the Riemann tensor."""

from collections.abc import Sequence
from itertools import combinations, product

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import SECOND_DIFFERENCES, ConvergentCheck, ExactCheck, Groups, Question
from dlnproof.numeric.exact.curvature import metric, ricci_of
from dlnproof.numeric.exact.curvature_pullback import sectional_curvature_pullback
from dlnproof.numeric.exact.points import ExactPoint, unturned
from dlnproof.numeric.exact.predictions import Parts, over_pairs

from .curvature_sign import framed, places, planar, planes, with_pairs
from .scalar_curvature import of_pair, unit, value

DIFFERENCES = frozenset({"apart", "coincident", "radial", "turning", "together"})
COVERS = DIFFERENCES | {"others", "slope", "alike"}


def speeds(point: ExactPoint) -> list[fmpq]:
    """Return the entries of some D."""
    return [fmpq(k * k + 2, k + 1) for k in range(point.width)]


def added(point: ExactPoint, i: int, l: int) -> fmpq:
    """Return rho_il by the sum of kappa_il."""
    x, y = point.roots[i] ** 2, point.roots[l] ** 2
    return x * y * of_pair(int(point.depth), x, y) / (x + y)


def basis(point: ExactPoint) -> list[fmpq_mat]:
    """Return u_i v_i^T for each i, then S and K of each pair, as columns."""
    diagonals = [framed(point, {(k, k): fmpq(1)}) for k in range(point.width)]
    return [*diagonals, *(z for pair in places(point) for z in planes(point, *pair)[0])]


def in_basis(point: ExactPoint, form: fmpq_mat) -> fmpq_mat:
    """Return a form in that basis."""
    columns = basis(point)
    joined = fmpq_mat([column.entries() for column in columns])
    return joined * form * joined.transpose()


def ricci(point: ExactPoint) -> tuple[fmpq_mat, list[fmpq]]:
    """Return the Ricci curvature in that basis, and the squared lengths of the basis.

    At Sigma, where few entries are not zero: W -> U^T W V is an isometry.
    """
    at = unturned(point)
    g = metric(at)
    lengths = in_basis(at, g.value)
    return in_basis(at, ricci_of(g)), [lengths[k, k] for k in range(lengths.nrows())]


def of_turns(found: tuple[fmpq_mat, list[fmpq]], width: int) -> list[tuple[fmpq, fmpq]]:
    """Return the Ricci curvatures of unit vectors along S and along K, for each pair."""
    form, lengths = found
    unit_ones = [form[k, k] / lengths[k] for k in range(form.nrows())]
    return list(zip(unit_ones[width::2], unit_ones[width + 1 :: 2], strict=True))


def measure_exact(point: ExactPoint) -> Groups:
    """The sums; Ric(D, D); for each pair how S and K differ, and their sum."""
    found, speed = ricci(point), speeds(point)
    along = sum(
        (found[0][i, l] * speed[i] * speed[l] for i, l in product(range(point.width), repeat=2)),
        fmpq(0),
    )
    turns = of_turns(found, point.width)
    return [
        [added(point, *pair) for pair in places(point)],
        [along],
        [one - other for one, other in turns],
        [one + other for one, other in turns],
    ]


Form = tuple[int, fmpq_mat]
"""The width, the Ricci curvature in the basis."""


def crossed(found: Form) -> list[fmpq]:
    """Return Ric(u_k v_k^T, S), Ric(u_k v_k^T, K) and Ric(S, K)."""
    width, form = found
    size = form.nrows()
    mixed = [form[k, at] for k in range(width) for at in range(width, size)]
    turns = [form[at, at + 1] for at in range(width, size, 2)]
    return [*mixed, *turns]


def spoilt(found: Form) -> list[Form]:
    """Return forms with an entry that should not be there."""
    width, form = found
    others = []
    for place in ((0, width), (0, width + 1), (width, width + 1)):
        other = fmpq_mat(form)
        other[place] += 1
        others.append((width, other))
    return others


BLOCKS = Question(
    "the Ricci curvature of diagonal directions with turns, and of the two turns of a pair",
    lambda point: (point.width, ricci(point)[0]),
    crossed,
    spoilt,
)


def stated(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    pairs, speed, s = places(point), speeds(point), point.sigma
    table = over_pairs(parts["apart"], parts["coincident"], point)
    differ = over_pairs(parts["turning"], parts["together"], point)
    whole = sum((table[i][l] * (speed[i] / s[i] - speed[l] / s[l]) ** 2 for i, l in pairs), fmpq(0))
    return [
        [table[i][l] for i, l in pairs],
        [value(parts["radial"], point, 0) * whole],
        [differ[i][l] for i, l in pairs],
        [of_others(parts, point, table, *pair) for pair in pairs],
    ]


def of_others(
    parts: Parts, point: ExactPoint, table: Sequence[Sequence[fmpq]], i: int, l: int
) -> fmpq:
    """Return what the sum for S and K is stated to be, of the other singular values."""
    t, others = point.roots, [m for m in range(point.width) if m not in {i, l}]
    if t[i] == t[l]:
        return value(parts["alike"], point, i) * sum((table[i][m] for m in others), fmpq(0))

    def slope(k: int, m: int) -> fmpq:
        return fmpq(0) if t[k] == t[m] else value(parts["slope"], point, k, m)

    whole = sum((slope(i, m) - slope(l, m) for m in others), fmpq(0))
    return value(parts["others"], point, i, l) * whole


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """Of width 2: Ricci curvatures as sums of sectional ones, by finite differences.

    D is across W, and both are across S and K.
    """
    (S, K), (D, _), _ = planes(point, 0, 1)
    W = framed(point, {(k, k): s for k, s in enumerate(point.sigma)})
    pairs = list(combinations((D, W, S, K), 2))
    found = sectional_curvature_pullback(point, pairs, step, digits)
    dw, ds, dk, ws, wk, sk = (x / unit(point) for x in found)
    return [[dw + ds + dk, ds + ws + sk, dk + wk + sk]]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    (rho,), _, (differ,), _ = stated(parts, point)
    size = sum((1 / t**2 for t in point.roots), fmpq(0))  # g(D, D), and D_11/s_1 - D_22/s_2
    along = value(parts["radial"], point, 0) * rho * size / unit(point)
    half = differ / 2 / unit(point)
    return [[along, half, -half]]


CHECKS = (
    ExactCheck(COVERS, measure_exact, stated, visits=with_pairs, questions=(BLOCKS,)),
    ConvergentCheck(
        DIFFERENCES,
        measure_pullback,
        predict_pullback,
        **SECOND_DIFFERENCES,
        visits=planar,
    ),
)
"""Sums of pairs, and the Ricci curvature of the Riemann tensor."""
