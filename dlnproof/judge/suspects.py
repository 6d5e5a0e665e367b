"""Where factors in N and d alone give a formula away: far from the points at which it is tried.

A formula that is right but for a factor such as |N-20|/(20-N) agrees with the definition at all
small N and d. The factors themselves cost next to nothing, so they are evaluated at many pairs
(N, d); where they are not 1 the formula is compared with the definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import Final

from flint import fmpq

from dlnproof.core.verdict import Verdict
from dlnproof.depth import INFINITE
from dlnproof.errors import InputError
from dlnproof.judge.places import Place
from dlnproof.judge.targets import Target
from dlnproof.language import deciding
from dlnproof.language.arithmetic import UnclearError, UndefinedError
from dlnproof.language.exponents import NotReducibleError, constant
from dlnproof.language.radical import Radical, TooLargeError, rational
from dlnproof.language.scalars import chain, is_scalar, scalar
from dlnproof.language.tree import ONE, Node, Operation, times
from dlnproof.language.value import Allowance, value_at

DEEPEST: Final = 60
WIDEST: Final = 12
_MOST_SIZE: Final = 800
"""N d^2 where the definition is still measured in well under a second."""
_MOST_FACTORS: Final = 5
_MOST_STEPS: Final = 60_000
"""How many nodes are visited at all pairs together."""
_SEEN: Final = 4
"""At how many pairs a formula is compared: where the right value is 0 no factor shows."""

Factors = Sequence[tuple[Node, int]]


@cache
def pairs(finite: bool) -> tuple[tuple[int, int], ...]:
    """Return the pairs (N, d) that are looked at, the cheapest to measure first."""
    depths = range(1, DEEPEST + 1) if finite else (1,)
    found = [(n, d) for n in depths for d in range(1, WIDEST + 1)]
    return tuple(sorted(found, key=lambda pair: (pair[0] * pair[1] ** 3, pair)))


def hole(target: Target, formula: Node) -> tuple[int, int] | None:
    """Return a pair (N, d), N >= 2, at which a factor of a formula in N and d has no value."""
    finite = target.finite
    factors = [pair for pair in chain(formula) if is_scalar(pair[0]) and not _everywhere(*pair)]
    allowed = Allowance(_MOST_STEPS)
    for depth, width in pairs(finite) if factors else ():
        at = depth if finite else INFINITE
        if not target.where.admit_size(at, width):
            continue
        if (depth > 1 or not finite) and _off(factors, depth, width, allowed) is None:
            return depth, width
    return None


def _everywhere(node: Node, power: int) -> bool:
    """Whether a factor visibly has a value for all N and d."""
    try:
        scalar(node).raised(constant(power))
    except NotReducibleError:
        return False
    return True


def suspects(target: Target, formula: Node) -> list[Place]:
    """Return where a formula that is right but for factors in N and d alone is seen to be wrong."""
    for factors in _spurious(target, formula):
        found = []
        allowed = Allowance(_MOST_STEPS)
        for depth, width in pairs(target.finite):
            at = depth if target.finite else INFINITE
            if depth * width**2 > _MOST_SIZE or not target.where.admit_size(at, width):
                continue
            if _off(factors, depth, width, allowed) is not False:
                roots = tuple(str(width - k) for k in range(width))
                found.append(Place(at, roots))
                if len(found) == _SEEN:
                    break
        if found:
            return found
    return []


def _spurious(target: Target, formula: Node) -> Iterator[Factors]:
    """Yield sets of factors in N and d without which a formula is the target, smallest first."""
    factors = list(chain(formula))
    plain = [k for k, (node, _) in enumerate(factors) if is_scalar(node) and node != ONE]
    if len(plain) > _MOST_FACTORS:
        return
    for number in range(1, len(plain) + 1):
        for out in combinations(plain, number):
            kept = [pair for k, pair in enumerate(factors) if k not in out]
            above, below = (times(*(x for x, p in kept if p == power)) for power in (1, -1))
            rest = above if below == ONE else Operation("/", above, below)
            relative = target.relative(rest)
            if deciding.decide(target.closed, relative).verdict is Verdict.PROVED:
                yield [factors[k] for k in out]


def _off(factors: Factors, depth: int, width: int, allowed: Allowance) -> bool | None:
    """Whether a product is seen not to be 1 at a pair; None where it has no value there."""
    total = rational(1)
    for node, power in factors:
        try:
            value = value_at(node, depth, (fmpq(1),) * width, {}, allowed)
            if not isinstance(value, Radical):
                return False  # balls are not worth the time
            total = total * (value if power > 0 else value.inverse())
        except (UndefinedError, ZeroDivisionError):
            return None
        except (UnclearError, TooLargeError, InputError):
            return False
    return total.as_rational() != 1
