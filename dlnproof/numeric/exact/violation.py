"""By how much an inequality fails: zero where it holds."""

from collections.abc import Mapping
from operator import ge, gt, ne
from typing import Any, Final

from flint import arb, fmpq

from dlnproof.core.expression import Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.side import Side
from dlnproof.notation.plain import plain
from dlnproof.notation.tex import tex

_HOLDS: Final = {">": gt, ">=": ge, "!=": ne}
_SIGN: Final = {">": ">", ">=": r"\ge", "!=": r"\ne"}


class HypothesisError(ArithmeticError):
    """A hypothesis of an inequality is false where the inequality was to be evaluated."""


def violation(stated: Side, values: Mapping[Letter, Any]) -> Any:
    """Return max(0, right - left) at exact values, or a ball that contains it.

    Raises :class:`HypothesisError` where a hypothesis of the inequality is false: it says nothing
    there, and what derives it from that hypothesis says nothing of the point either.
    """
    assert isinstance(stated, Inequality)
    require(stated, values)
    excess = stated.excess(values)
    if isinstance(excess, arb):
        return arb(0) if excess >= 0 else -excess
    return max(fmpq(0), -excess)


def require(stated: Inequality, values: Mapping[Letter, Any]) -> None:
    """Refuse values at which a hypothesis of an inequality is false: all its letters have values.

    A ball that contains zero does not show that it is.
    """
    for expression in stated.given:
        if _false(found := expression.at(values), ">="):
            raise _error(f"{tex(expression)}\\ge0", found)
    for left, sign, right in stated.domain.hypotheses:
        other = fmpq(0) if isinstance(right, Number) else values[right]
        if _false(found := values[left] - other, sign):
            raise _error(f"{tex(left)}{_SIGN[sign]}{tex(right)}", found)


def _false(found: Any, sign: str) -> bool:
    if isinstance(found, arb):
        certain = {">": found <= 0, ">=": found < 0, "!=": found == 0}
        return bool(certain[sign]) or not found.is_finite()
    return not _HOLDS[sign](found, 0)


def _error(hypothesis: str, found: Any) -> HypothesisError:
    return HypothesisError(f"{plain(f'${hypothesis}$')}, a hypothesis, is false: off by {found}")
