"""Numeric checks of the norms of W_x, the minimisers of one completion problem."""

from flint import arb, fmpq, fmpq_mat

from dlnproof.claims.check import (
    EnclosureCheck,
    ExactCheck,
    Groups,
    Parts,
    Readings,
    Sides,
    at_least_depth,
)
from dlnproof.claims.completion.letters import X
from dlnproof.claims.completion.norm_conjecture import POWER
from dlnproof.core.expression import Expression
from dlnproof.numeric.exact.exact_geometry import exact_root
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.violation import violation

COVERS = frozenset({"determinant", "frobenius", "nuclear", "schatten", "tilted"})
POWERS = (fmpq(1, 3), fmpq(1, 2), fmpq(3, 2))


def free_entries(point: ExactPoint) -> list[fmpq]:
    """Return x = t - 1/t for the numbers t of the point, and 0: W_x has singular values t, 1/t."""
    return [fmpq(0), *(t - 1 / t for t in point.roots)]


def minimiser(x: fmpq) -> fmpq_mat:
    """Return W_x."""
    return fmpq_mat([[x, fmpq(1)], [fmpq(1), fmpq(0)]])


def squares(x: fmpq) -> tuple[fmpq, fmpq]:
    """Return the trace and the determinant of W_x^T W_x."""
    gram = minimiser(x).transpose() * minimiser(x)
    return gram[0, 0] + gram[1, 1], gram.det()


def singular_values(x: fmpq) -> tuple[fmpq, fmpq]:
    """Return those of W_x, from the characteristic equation of W_x^T W_x."""
    trace, determinant = squares(x)
    gap = exact_root(trace * trace - 4 * determinant)
    return exact_root((trace + gap) / 2), exact_root((trace - gap) / 2)


def tilted(W: fmpq_mat) -> fmpq:
    """Return |w11 + w12| + |w12| + |w21| + |w22|."""
    entries = (W[0, 0] + W[0, 1], W[0, 1], W[1, 0], W[1, 1])
    return sum((abs(entry) for entry in entries), fmpq(0))


def measure_exact(point: ExactPoint) -> Groups:
    """For each x: the determinant, the squared norms, no violation; then the tilted norm."""
    groups: list[list[fmpq]] = [[tilted(minimiser(fmpq(-1)))]]
    for x in free_entries(point):
        W = minimiser(x)
        frobenius = sum((entry * entry for entry in W.entries()), fmpq(0))
        groups += [[W.det()], [frobenius], [sum(singular_values(x), fmpq(0)) ** 2], [fmpq(0)] * 3]
    return groups


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The closed forms; by how much sigma_1^p + sigma_2^p is too small for p = 1, 2, 3."""
    groups = [[_value(parts, "tilted", fmpq(0))]]
    for x in free_entries(point):
        largest, _ = singular_values(x)
        failing = [violation(parts["schatten"], {POWER: largest**p}) for p in (1, 2, 3)]
        forms = [[_value(parts, name, x)] for name in ("determinant", "frobenius", "nuclear")]
        groups += [*forms, failing]
    return groups


def _value(parts: Parts, name: str, x: fmpq) -> fmpq:
    part = parts[name]
    assert isinstance(part, Expression)
    value: fmpq = part.at({X: x})
    return value


def minimum(point: ExactPoint) -> Readings:
    """The tilted norm at x = 0 and x = -1; if the least were at 0, the second would not be less."""
    at_zero, elsewhere = (tilted(minimiser(fmpq(x))) for x in (0, -1))
    what = Sides(
        "the norm $|w_{11} + w_{12}| + |w_{12}| + |w_{21}| + |w_{22}|$ at $x=-1$",
        "the least that it may be if its minimum is at $x=0$",
        "$W_x$, with $w_{11}=x$, $w_{12}=w_{21}=1$, $w_{22}=0$",
    )
    return Readings([[elsewhere]], [[max(at_zero, elsewhere)]], what)


def nuclear_limit(point: ExactPoint) -> Readings:
    """The least |w11|, and so nuclear norm, with det W > 0 and rho = 1/200; that of a minimiser."""
    rho = fmpq(1, 200)
    bound = (1 - rho) ** 2 / rho
    least = 2 * singular_values(fmpq(0))[0]
    what = Sides(
        r"a lower bound of $|w_{11}|$, and so of the nuclear norm, where $\det W>0$",
        "the least nuclear norm of a minimiser",
        r"$w_{12}=w_{21}=1$, $w_{22}=0$ observed, $\rho=1/200$",
    )
    return Readings([[bound]], [[min(bound, least)]], what)


def measure_balls(point: ExactPoint) -> Groups:
    """For x = t: the squared norms from the singular values, and no violation."""
    groups: list[list[arb]] = []
    for x in point.roots:
        values = _balls(x)
        squared = sum((s * s for s in values), arb(0))
        groups += [[squared], [sum(values, arb(0)) ** 2], [arb(0)] * len(POWERS)]
    return groups


def _balls(x: fmpq) -> tuple[arb, arb]:
    trace, determinant = squares(x)
    gap = arb(trace * trace - 4 * determinant).sqrt()
    largest = ((trace + gap) / 2).sqrt()
    return largest, arb(determinant).sqrt() / largest


def predict_balls(parts: Parts, point: ExactPoint) -> Groups:
    """The closed forms, and the violations for fractional p."""
    groups: list[list[fmpq | arb]] = []
    for x in point.roots:
        largest, _ = _balls(x)
        failing = [violation(parts["schatten"], {POWER: largest**p}) for p in POWERS]
        groups += [[_value(parts, name, x)] for name in ("frobenius", "nuclear")]
        groups.append(failing)
    return groups


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict_exact,
        visits=at_least_depth,
        printed={"minimum-at-zero": minimum, "conjecture-1": nuclear_limit},
        scope="$x=t - 1/t$, $t$ rational",
    ),
    EnclosureCheck(
        frozenset({"frobenius", "nuclear", "schatten"}),
        measure_balls,
        predict_balls,
        visits=at_least_depth,
        scope="$x$ rational; $p=1/3$, $1/2$, $3/2$",
    ),
)
