"""Points at which the hypotheses of claims hold, of every stratum that they allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain, pairwise

from bending_points import bending
from closing_points import closing
from completion_points import completions, extremes, free_entry, near_observed
from decaying_points import decaying
from diagonal_points import unit_diagonals
from equilibrium_points import equilibria
from field_points import field_points
from flint import fmpq
from free_entry_points import lines
from geodesic_points import geodesics
from momentum_points import momenta
from moving_points import acting, counting, framing, lining, moving, shrinking, towering
from rectangular_points import rectangular_points
from regression_points import regressions
from strata_points import strata_points
from turning_points import descending, limited, turning
from two_value_points import two_values
from unbalanced_points import in_blocks, two_layers
from vanishing_points import vanishing

from dlnproof.claims import CLAIMS
from dlnproof.definitions import letters
from dlnproof.numeric import values as v
from dlnproof.numeric.geometric_points import Geometry, diagonal, geometries
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.samples import satisfying
from dlnproof.numeric.sentences import Known
from dlnproof.numeric.shaped_points import shaped
from dlnproof.numeric.values import Value

DEPTHS, WIDTHS = (1, 2, 3), (1, 2)
SENTENCES = [claim.id for claim in CLAIMS.values() if claim.sentences]
"""The claims whose statements are made of sentences."""
STEEP = frozenset({"inverse-operator-integral", "kubo-mori"})
"""Those with integrals over growing intervals, whose values at a point take long."""
DEAR = STEEP | {
    "completeness",
    "volume-divergence",
    "deficiency-margin",
    "norm-divergence",
    "scalar-curvature",
}
"""Those of which much is evaluated at a point."""


@dataclass(frozen=True)
class Place:
    """A point, what it is, and what is known there."""

    name: str
    point: Point
    known: Known = field(default_factory=dict, compare=False)


def _geometric(*, mean: bool = False) -> Iterator[tuple[str, Point]]:
    """Yield points with factors, their SVD and a flow, the middle ones first.

    Where ``mean``, the product moves by -A(G), and not by -N A(G).
    """
    found = list(geometries(0, DEPTHS, WIDTHS)) + list(geometries(0, (2, 3), (3,)))
    for g in sorted(found, key=lambda g: (g.width == 1, g.width, abs(g.depth - 2))):
        yield g.place, g.point(mean=mean)


def _definite() -> Iterator[tuple[str, Point]]:
    """Yield points with U = V, so that W is positive semidefinite."""
    for g in [*geometries(0, DEPTHS, WIDTHS), *geometries(0, (2, 3), (3,))]:
        frame, sizes = g.frame(0), [g.sigma(i) for i in range(1, g.width + 1)]
        W = v.times(v.times(frame, diagonal(sizes)), v.transpose(frame))
        yield f"{g.place}, definite", g.point().with_values(U=frame, W=W)


def _near_identity() -> Iterator[tuple[str, Point]]:
    """Yield a definite point whose values are near 1: integrals there are told to many digits."""
    g = Geometry(1, (fmpq(11, 10), fmpq(1)), 0)
    W = v.times(v.times(g.frame(0), diagonal(g.roots)), v.transpose(g.frame(0)))
    yield f"{g.place}, definite", g.point().with_values(U=g.frame(0), W=W)


def _unbalanced() -> Iterator[tuple[str, Point]]:
    """Yield points with factors of the same product, the first doubled and the next halved."""
    for g in geometries(0, (2, 3), (2,)):
        point = g.point()
        for j, share in ((1, fmpq(2)), (2, fmpq(1, 2))):
            moved = v.times(share, point.of(letters.factor, (j,), (g.width, g.width)))
            point = point.with_entry("W_j", (j,), moved)
        yield f"{g.place}, unbalanced", point


def _rows() -> Iterator[tuple[str, Point]]:
    """Yield geometric points with a row, and a column of its direction.

    With a row c, one across it of the same length, and |w| <c, w>, its potential for two factors.
    """
    for g in [*geometries(0, DEPTHS, WIDTHS), *geometries(0, (2, 3), (3,))]:
        column = v.times(g.frame(0), v.unit(g.width, 1, 0, 0))
        row = v.times(g.sigma(1), v.transpose(column))
        pull = v.matrix(1, g.width, [fmpq(2), fmpq(1), fmpq(0)][: g.width])
        across = v.matrix(1, g.width, [fmpq(1), fmpq(-2), fmpq(0)][: g.width])

        def grows(at: Value, pull: Value = pull) -> Value:
            square, along = (v.trace(v.times(at, v.transpose(x))) for x in (at, pull))
            return v.times(v.real_power(square, fmpq(1, 2)), along)

        point = g.point().with_values(v=column, w=row, c_w=pull, loss_w=grows)
        yield f"{g.place}, a row", replace(point, together=((across,),))


def _two_values() -> Iterator[tuple[str, Point]]:
    """Yield points with balanced factors for any two singular values, between the same frames."""
    yield from ((f"{g.place}, two values", two_values(g)) for g in geometries(0, DEPTHS, (2,)))


def _named(make: Callable[[int], Iterator[Point]]) -> Iterator[tuple[str, Point]]:
    return ((f"{make.__name__} {k}", point) for k, point in enumerate(make(0)))


@cache
def _all(kind: str) -> tuple[tuple[str, Point], ...]:
    return tuple(KINDS[kind]())


KINDS: dict[str, Callable[[], Iterator[tuple[str, Point]]]] = {
    "geometric": _geometric,
    "mean": lambda: _geometric(mean=True),
    "vanishing": lambda: vanishing(0),
    "free entry": lambda: _named(free_entry),
    "near what is observed": lambda: _named(near_observed),
    "extremes": lambda: _named(extremes),
    "completions": lambda: completions(0),
    "unit diagonals": unit_diagonals,
    "definite": _definite,
    "near the identity": _near_identity,
    "unbalanced": _unbalanced,
    "rows": _rows,
    "two values": _two_values,
    "turning": lambda: turning(0),
    "descending": lambda: descending(0),
    "limited": lambda: limited(0),
    "decaying": lambda: decaying(0),
    "closing": lambda: closing(0),
    "two layers": lambda: two_layers(0),
    "in blocks": lambda: in_blocks(0),
    "geodesics": lambda: geodesics(0),
    "momenta": lambda: momenta(0),
    "moving": lambda: moving(0),
    "counting": lambda: counting(0),
    "framing": lambda: framing(0),
    "acting": lambda: acting(0),
    "shrinking": lambda: shrinking(0),
    "towering": lambda: towering(0),
    "lining": lambda: lining(0),
    "regressions": lambda: regressions(0),
    "strata": strata_points,
    "rectangular": rectangular_points,
    "fields": field_points,
    "equilibria": equilibria,
    "bending": bending,
    "lines": lambda: lines(0),
    "shaped": lambda: chain(shaped(0, (2, 1, 3), (2, 1)), shaped(0, (2,), (3,))),
}

OF_CLAIM = {
    "weight-decay-balances": ("decaying",),
    "deficiency-margin": ("closing",),
    "lambda-balanced": ("two layers",),
    "two-layer-riccati": ("in blocks",),
    "geodesic-cone-law": ("geodesics",),
    "geodesic-hamiltonian": ("momenta",),
    "three-way-splitting": ("moving",),
    "balanced-polar-tower": ("towering",),
    "balanced-dimension": ("counting",),
    "straight-horizontal-lines": ("lining",),
    "balanced-is-flattest": ("geometric", "unbalanced"),
    "regulariser-minimised-on-balanced": ("geometric", "unbalanced"),
    "gd-backward-error": ("geometric", "unbalanced"),
    "single-output": ("rows",),
    "entropy-shape": ("two values",),
    "entropy-concavity": ("two values",),
    "mean-curvature-orbits": ("bending",),
    "free-energy-equilibria": ("equilibria",),
    "no-free-energy-minimiser": ("lines",),
    "not-a-gradient": ("rows",),
    "metric-svd-frame": ("framing",),
    "distance-lower-bound": ("framing",),
    "polar-action": ("acting",),
    "eckart-young": ("shrinking",),
    "completeness": ("limited",),
    "bures-wasserstein": ("definite",),
    "kubo-mori": ("geometric", "near the identity"),
    "operator-derivative": ("turning",),
    "laplacian-of-matrix": ("turning",),
    "singular-vector-dynamics": ("descending",),
    "volume-divergence": ("vanishing",),
    "norm-divergence": ("near what is observed", "mean"),
    "rc2020-constants": ("near what is observed", "extremes"),
    "norm-conjecture": ("free entry",),
    "rank-one-minimizers": ("completions",),
    "volume-corners": ("completions",),
    "diagonal-3x3": ("unit diagonals",),
    "recap": ("regressions",),
    "factor-norms": ("shaped",),
    "orbit-volume-strata": ("strata",),
    "rectangular-flow": ("rectangular",),
    "volume-form-strata": ("rectangular",),
    "entropy-fields": ("fields",),
}
"""The kinds of points for each claim that needs others than the geometric ones."""

STRATA: dict[str, Callable[[Point], bool]] = {
    "N = 1": lambda p: p.values.get("N") == 1,
    "N = 3": lambda p: p.values.get("N", 0) >= 3,
    "d = 1": lambda p: p.values.get("d") == 1,
    "d = 3": lambda p: p.values.get("d", 0) >= 3,
    "two values coincide": lambda p: len({*map(str, _sizes(p))}) < len(_sizes(p)),
    "a value is 0": lambda p: any(v.exact(x) and x == 0 for x in _sizes(p)),
    "in no order": lambda p: any(v.sign(v.minus(x, y)) == -1 for x, y in pairwise(_sizes(p))),
}
"""What may be special about a point."""


def _sizes(point: Point) -> list[Value]:
    width = int(point.values.get("d", 0))
    return [point.of(letters.sigma, (i,), None) for i in range(1, width + 1)]


def strata(point: Point) -> frozenset[str]:
    """Return what is special about a point."""
    return frozenset(name for name, met in STRATA.items() if met(point))


@cache
def places(claim: str) -> tuple[Place, ...]:
    """Return points at which the hypotheses of a claim hold, as far as can be seen.

    Of the geometric ones, the first, and each that adds a stratum.
    """
    found: list[Place] = []
    for kind in OF_CLAIM.get(claim, ("geometric",)):
        seen: set[str] = set()
        for name, candidate in _all(kind):
            met = strata(candidate)
            if kind in ("geometric", "mean") and seen and met <= seen:
                continue
            known: Known = {}
            point = satisfying(CLAIMS[claim].given, candidate, known)
            if point is not None:
                seen |= met | {"any"}
                found.append(Place(name, point, known))
    return tuple(found)
