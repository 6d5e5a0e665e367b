"""What is drawn at a user's own matrix: directions of its factors, and paths through it.

A matrix and a depth give a value to some letters of statements. For others, points are made at
which they have one too; where the hypotheses of a claim do not hold at one of these, it says
nothing there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from flint import fmpq

from dlnproof.definitions.completion import distance
from dlnproof.definitions.letters import W
from dlnproof.language.precision import working_precision
from dlnproof.numeric import values as v
from dlnproof.numeric.completions import completions_of
from dlnproof.numeric.directions import Along, Kind, line_point, moving_point, towering_point
from dlnproof.numeric.geometric_points import frobenius
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.own_points import BITS, OwnGeometry
from dlnproof.numeric.paths import (
    decaying_point,
    stepping_point,
    straight_point,
    turning_point,
    vanishing_point,
)
from dlnproof.numeric.sentences import At
from dlnproof.numeric.values import Value

DETERMINED: Final = frozenset(
    {"N", "d", "W", "U", "V", "sigma", "W_j", "R_j", "dW", "dphi_j", "dphi_j*", "R", "dR", "df"}
)
"""The letters that a matrix and a depth give a value: frames up to the choices an SVD leaves, and
those between factors."""
_ENDS: Final = frozenset({"t_0", "t_1"})
_FRAMES: Final = frozenset({"U(t)", "V(t)", "sigma(t)"})
_FLOW: Final = frozenset({"W_j(t)", "W_j'(t)", "G(t)", "loss"}) | _ENDS


BETWEEN: Final = "the orthogonal Q_j between the factors W_j = Q_j Sigma^(1/N) Q_{j-1}^T"
"""What is drawn for all claims: Q_0 = V and Q_N = U are of the SVD."""


@dataclass(frozen=True)
class Drawing:
    """The letters that are drawn together, what they are in words, and points where they are.

    ``determined`` are those of the letters that have one value, by W and the others; ``width`` is
    the one width of matrices of which claims on them speak, if there is one.
    """

    what: str
    letters: frozenset[str]
    points: Callable[[OwnGeometry], Iterator[Point]]
    determined: frozenset[str] = frozenset()
    width: int | None = None

    def at(self, g: OwnGeometry) -> Iterator[Point]:
        """Yield the points, with values of letters in as many bits as those of the geometry."""
        points = self.points(g)
        while True:
            with working_precision(BITS):
                point = next(points, None)
            if point is None:
                return
            yield point

    @property
    def free(self) -> frozenset[str]:
        """The letters whose values are some of many: a sentence about these is sampled."""
        return self.letters - self.determined


def drawing_of(letters: frozenset[str]) -> Drawing | None:
    """Return what gives all of these letters values, or nothing does."""
    return next((drawn for drawn in DRAWINGS if letters - DETERMINED <= drawn.letters), None)


def _directions(g: OwnGeometry) -> Iterator[Point]:
    yield g.point()
    for kind in Kind:
        yield moving_point(g, kind)


def _towers(g: OwnGeometry) -> Iterator[Point]:
    yield towering_point(g)


def _lines(g: OwnGeometry) -> Iterator[Point]:
    for along in Along:
        yield line_point(g, along)


def _numbers(g: OwnGeometry) -> Iterator[Point]:
    yield g.point()


def _paths(g: OwnGeometry) -> Iterator[Point]:
    yield turning_point(g)


def _geodesics(g: OwnGeometry) -> Iterator[Point]:
    yield straight_point(g)


def _flows(g: OwnGeometry) -> Iterator[Point]:
    yield g.point()
    yield stepping_point(g)


def _norms(g: OwnGeometry) -> Iterator[Point]:
    """Yield a flow in the time of A, with the Frobenius norm and the distance to a completion."""
    point = g.point(mean=True)
    rho = At(point, BITS).value(distance(W), {})
    letters = {"nu": frobenius, "c": fmpq(1), "rho": rho}
    if g.width >= 2 and not v.is_zero(g.sizes[0]):
        letters["e"] = v.times(g.sizes[1], v.inverse_of(g.sizes[0]))
    if not v.is_zero(rho):  # a bound on the norm that W is to have, by its distance
        bound = v.plus(v.inverse_of(v.times(fmpq(8), rho)), fmpq(-6))
        point = replace(point, together=(*point.together, (fmpq(0), bound, rho)))
    yield point.with_values(**letters)


def _weights(depth: int) -> Callable[[int], fmpq]:
    """Return powers of two, w_1, ..., w_N, with the product 1."""
    return lambda j: fmpq(2) ** (depth + 1 - 2 * j)


def _decays(g: OwnGeometry) -> Iterator[Point]:
    yield decaying_point(g, _weights(g.depth))


def _vanishing(g: OwnGeometry) -> Iterator[Point]:
    for last in sorted({1, min(2, g.width), g.width}):
        yield vanishing_point(g, last)


def _entry(g: OwnGeometry, i: int, l: int) -> Value:
    """Return an entry of W; 0 where there is none, and no claim says anything."""
    return g.W[i, l] if max(i, l) < g.width else fmpq(0)


def _free_entry(g: OwnGeometry) -> Iterator[Point]:
    yield g.point().with_values(x=_entry(g, 0, 0), nu=frobenius)


def _completion(g: OwnGeometry) -> Iterator[Point]:
    entries = {"b_11": (0, 0), "x": (0, 1), "y": (1, 0), "b_22": (1, 1)}
    yield g.point().with_values(**{name: _entry(g, *place) for name, place in entries.items()})


def _ratios(g: OwnGeometry) -> Iterator[Point]:
    """Yield the point with p_i = w_i1, which w_il = p_i/p_l has if w_11 = 1."""
    p = [_entry(g, i, 0) for i in range(3)]
    if any(x == 0 for x in p):
        p = [fmpq(1), fmpq(2), fmpq(-1)]
    point = g.point()
    for i, weight in enumerate(p, 1):
        point = point.with_entry("p_i", (i,), weight)
    swap = v.matrix(3, 3, [fmpq(x) for x in (0, -1, 0, 1, 0, 0, 0, 0, -1)])
    point = replace(point, tried=(swap, *point.tried))
    yield point.with_values(u=(p[0] / p[1]) ** 2, v=(p[1] / p[2]) ** 2).fixing("p_i")


DRAWINGS: Final = (
    Drawing(
        "directions H_j of the factors: some in the kernel of the differential of the product, "
        "vertical ones, and these with normal ones (b_j) or with a lift",
        frozenset({"H_j", "a_j", "b_j", "E_j"}),
        _directions,
        frozenset({"E_j"}),
    ),
    Drawing(
        "other frames R_j = Q_j G, with G orthogonal",
        frozenset({"P", "E", "V_j"}),
        _towers,
        frozenset({"P", "E", "V_j"}),
    ),
    Drawing(
        "other frames R_j = Q_j G, with G orthogonal; a matrix K: any one, a normal one, and one "
        "that commutes with P too",
        frozenset({"P", "E", "K", "H_j"}),
        _lines,
        frozenset({"P", "E", "H_j"}),
    ),
    Drawing("numbers y_j and z_j", frozenset({"y_j", "z_j"}), _numbers),
    Drawing(
        "a path W(t) with W(0) = W, on which singular values move and singular vectors turn, and "
        "balanced factors of it",
        _ENDS | _FRAMES | {"W(t)", "W'(t)", "W_j(t)", "H(t)", "alpha(t)", "beta(t)", "lambda(t)"},
        _paths,
    ),
    Drawing(
        "a geodesic on which singular vectors stay: its factors move along lines, with b_j = O",
        _ENDS | _FRAMES | {"W_j(t)", "W_j'(t)", "b_j(t)"},
        _geodesics,
    ),
    Drawing(
        "a loss, and its gradient flow of the factors, on which the singular vectors stay; for one "
        "step, a linear loss",
        _FLOW | _FRAMES | {"H_j"},
        _flows,
    ),
    Drawing(
        "a loss, and its gradient flow, on which the singular vectors stay; the Frobenius norm",
        _FRAMES | _ENDS | {"G(t)", "W(t)", "nu", "c", "rho", "e"},
        _norms,
        frozenset({"rho", "e"}),
    ),
    Drawing(
        "factors c_j W_j, which are not balanced, with c_1 ... c_N = 1: they decay with a constant "
        "loss",
        _FLOW | {"mu", "euler"},
        _decays,
        frozenset({"euler"}),
    ),
    Drawing(
        "how many of the last singular values of W vanish, each as e sigma_i: k = 1, 2 and d",
        frozenset({"k", "dW(e)"}),
        _vanishing,
    ),
    Drawing("the Frobenius norm", frozenset({"x", "nu"}), _free_entry, frozenset({"x"})),
    Drawing(
        "",
        frozenset({"b_11", "x", "y", "b_22"}),
        _completion,
        frozenset({"b_11", "x", "y", "b_22"}),
    ),
    Drawing(
        "other matrices with the diagonal of W and free entries of one size: with the second "
        "singular value of W, with its determinant, and of rank one; a point of x y = b_11 b_22",
        frozenset(
            {"b_11", "b_22", "x", "y", "s_1", "s_2", "U'", "V'", "x_0", "y_0", "tau", "W(e)"}
        ),
        completions_of,
        frozenset({"b_11", "b_22"}),
        2,
    ),
    Drawing(
        "p_i: the first column of W, or others if it has a zero",
        frozenset({"p_i", "u", "v"}),
        _ratios,
    ),
)
"""In this order: a claim's letters are drawn by the first that has all of them."""
EVER_DRAWN: Final = frozenset[str]().union(*(drawing.letters for drawing in DRAWINGS))
