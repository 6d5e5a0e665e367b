"""Checks of the basis of directions of balanced factors: exact weights, and waves in balls."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import (
    ConvergentCheck,
    EnclosureCheck,
    ExactCheck,
    Groups,
    deeper_than_one,
    narrow,
)
from dlnproof.core.expression import Expression
from dlnproof.core.side import Side
from dlnproof.core.spectrum import COSINE, pair_values
from dlnproof.numeric.exact.exact_geometry import gauge_direction
from dlnproof.numeric.exact.gradient import lift
from dlnproof.numeric.exact.points import ExactPoint, PointKey, identity
from dlnproof.numeric.exact.predictions import Parts, common, over_pairs

WEIGHTED = frozenset({"above", "below", "beside"})
LIFTED = frozenset({"distinct", "coincident"})
WAVING = frozenset({"norm", "length", "pair"})
Weights = Callable[[int], fmpq]


def entries(point: ExactPoint) -> list[tuple[int, int]]:
    """Return the places of the entries of a d x d matrix."""
    return [(i, l) for i in range(point.width) for l in range(point.width)]


def ordered(point: ExactPoint) -> list[tuple[int, int]]:
    """Return those above the diagonal."""
    return [(i, l) for i, l in entries(point) if i < l]


def unit(point: ExactPoint, row: int, column: int) -> fmpq_mat:
    """Return E_il."""
    found = fmpq_mat(point.width, point.width)
    found[row, column] = fmpq(1)
    return found


def first(k: int) -> fmpq:
    """Return the numbers y_k: none is 0, and they are in no order."""
    return fmpq((-1) ** k * (k + 2), k + 1)


def second(k: int) -> fmpq:
    """Return the numbers z_k."""
    return fmpq(2 * k - 7, k + 2)


def turning(point: ExactPoint, weights: Weights, place: tuple[int, int]) -> list[fmpq_mat]:
    """Return y_k R_k E_il R_k^T for k = 0, ..., N."""
    e = unit(point, *place)
    return [frame * e * frame.transpose() * weights(k) for k, frame in enumerate(point.frames)]


def rows(moves: Sequence[Sequence[fmpq_mat]]) -> fmpq_mat:
    """Return tuples of matrices as rows."""
    return fmpq_mat([[x for matrix in move for x in matrix.entries()] for move in moves])


# --- measured -------------------------------------------------------------------------------------


def measure_exact(point: ExactPoint) -> Groups:
    """The inner products of directions of frames, by dual numbers; and of lifts."""
    places = entries(point)
    one, other = (
        rows([gauge_direction(point, turning(point, weights, place)) for place in places])
        for weights in (first, second)
    )
    U, V = point.U, point.V
    lifted = rows([lift(point.factors, U * unit(point, *p) * V.transpose()) for p in places])
    return [(one * other.transpose()).entries(), (lifted * lifted.transpose()).entries()]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The inner products of directions of frames, by finite differences."""
    one_, half = identity(point.width), fmpq(1, 2)

    def acted(weights: Weights, place: tuple[int, int], h: fmpq) -> list[fmpq_mat]:
        moves = [c * h for c in turning(point, weights, place)]
        group = [(one_ - c * half).solve(one_ + c * half) for c in moves]
        pairs = zip(point.factors, pairwise(group), strict=True)
        return [after * W * before.inv() for W, (before, after) in pairs]

    def slopes(weights: Weights, place: tuple[int, int]) -> list[fmpq_mat]:
        curves = (acted(weights, place, step * k) for k in (1, -1, half, -half))
        return [((r - s) * 8 - (p - q)) / (6 * step) for p, q, r, s in zip(*curves, strict=True)]

    one, other = (
        rows([slopes(weights, place) for place in entries(point)]) for weights in (first, second)
    )
    return [(one * other.transpose()).entries()]


def one_of_each(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return one point for each depth beyond 1, width and stratum."""
    found = {(key.depth, key.width, key.stratum): key for key in reversed(deeper_than_one(keys))}
    return sorted(found.values(), key=lambda key: (key.depth, key.width, key.stratum))


def sine(point: ExactPoint, k: int, mode: int) -> arb:
    """Return sin(k m pi / N)."""
    return arb(fmpq(k * mode, int(point.depth))).sin_pi()


def waving(point: ExactPoint, middle: fmpq_mat, mode: int) -> list[arb]:
    """Return the direction whose frames turn by R_k X R_k^T times a wave."""
    turns = [arb_mat(frame * middle * frame.transpose()) for frame in point.frames]
    parts = (
        turns[k] * arb_mat(W) * sine(point, k, mode)
        - arb_mat(W) * turns[k - 1] * sine(point, k - 1, mode)
        for k, W in enumerate(point.factors, 1)
    )
    return [x for part in parts for x in part.entries()]


def measure_waves(point: ExactPoint) -> Groups:
    """The inner products of waves; of directions by waves; of vertical and of normal ones."""
    depth, modes = int(point.depth), range(1, int(point.depth))
    waves = arb_mat([[sine(point, k, m) for k in range(1, depth + 1)] for m in modes])
    units = [unit(point, *place) for place in entries(point)]
    pairs = [
        unit(point, i, l) + unit(point, l, i) * sign for sign in (-1, 1) for i, l in ordered(point)
    ]
    rows = [waves]
    for middles in (units, pairs):
        moves = [waving(point, X, m) for X in middles for m in modes]
        rows.append(arb_mat(moves) if moves else arb_mat(0, 0))
    return [(row * row.transpose()).entries() for row in rows]


# --- stated ---------------------------------------------------------------------------------------


def at(side: Side, point: ExactPoint, place: tuple[int, int], **more: arb) -> fmpq | arb:
    """Return what a formula is for sigma_i and sigma_l."""
    assert isinstance(side, Expression)
    levels, shared = point.levels(), common(point)
    values = {**shared, **({COSINE: more["cosine"]} if more else {})}
    found: fmpq | arb = side.at(pair_values(values, levels[place[0]], levels[place[1]]))
    return found


def diagonal(values: Sequence[fmpq | arb]) -> list[fmpq | arb]:
    """Return the entries of a diagonal matrix."""
    return [x if k == n else fmpq(0) for n in range(len(values)) for k, x in enumerate(values)]


def weighed(parts: Parts, point: ExactPoint) -> list[fmpq | arb]:
    """Return the inner products of directions of frames, as they are stated."""
    found = []
    for place in entries(point):
        above, below, beside = (at(parts[n], point, place) for n in ("above", "below", "beside"))
        total: fmpq | arb = fmpq(0)
        for k in range(1, int(point.depth) + 1):
            y, z, y_, z_ = first(k), second(k), first(k - 1), second(k - 1)
            total += above * y * z + below * y_ * z_ - beside * (y * z_ + y_ * z)
        found.append(total)
    return diagonal(found)


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """Return them, and the squared lengths of lifts."""
    table = over_pairs(parts["distinct"], parts["coincident"], point)
    return [weighed(parts, point), diagonal([table[i][l] for i, l in entries(point)])]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """Return the former."""
    return [weighed(parts, point)]


def predict_waves(parts: Parts, point: ExactPoint) -> Groups:
    """Return what is stated of waves, and of directions by waves."""
    depth, modes, norm = int(point.depth), range(1, int(point.depth)), parts["norm"]
    assert isinstance(norm, Expression)

    def lengths(name: str, places: Sequence[tuple[int, int]]) -> list[fmpq | arb]:
        cosines = [arb(fmpq(m, depth)).cos_pi() for m in modes]
        return [at(parts[name], point, place, cosine=c) for place in places for c in cosines]

    own = [norm.at(common(point))] * len(modes)
    pairs = lengths("pair", ordered(point)) * 2
    return [diagonal(x) for x in (own, lengths("length", entries(point)), pairs)]


CHECKS = (
    ExactCheck(WEIGHTED | LIFTED, measure_exact, predict_exact),
    ConvergentCheck(WEIGHTED, measure_pullback, predict_pullback, visits=narrow),
    EnclosureCheck(WAVING, measure_waves, predict_waves, visits=one_of_each),
)
