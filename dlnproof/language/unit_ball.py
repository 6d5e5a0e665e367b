r"""The volume of the unit ball of R^(d x d) in a formula: pi^(d^2/2) / Gamma(d^2/2 + 1).

In decisions pi and Gamma have no rules; where they make this factor and no other, the rest is
decided.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from dlnproof.language.arithmetic import gamma
from dlnproof.language.exponents import ZERO, Exponent, NotReducibleError, constant, exponent
from dlnproof.language.radical import PI, Radical, rational
from dlnproof.language.scalars import chain, simplified
from dlnproof.language.tree import ONE, TWO, Call, D, Node, Operation, Symbol, times

_HALF_SIZE: Final = Operation("/", Operation("**", D, TWO), TWO)
_ARGUMENT: Final = Operation("+", _HALF_SIZE, ONE)
_WHY: Final = "its pi and Gamma are not seen to be pi^(d^2/2)/Gamma(d^2/2+1)"


def unit_ball(width: int) -> Radical:
    """Return the volume of the unit ball in d^2 dimensions, exactly."""
    half = Fraction(width * width, 2)
    below = gamma(rational(half + 1))
    assert isinstance(below, Radical)
    return PI.raised(half) * below.inverse()


def without_ball(node: Node) -> Node:
    """Return a product without that factor. Raises :class:`NotReducibleError` where it has none."""
    turns, gammas = ZERO, 0
    rest: dict[int, list[Node]] = {1: [ONE], -1: [ONE]}
    half, whole = (exponent(x, frozenset()) for x in (_HALF_SIZE, _ARGUMENT))
    for factor, power in chain(node):
        match factor:
            case Symbol("pi"):
                turns = turns + constant(power)
            case Operation("**", Symbol("pi"), raised):
                turns = turns + _polynomial(raised) * constant(power)
            case Call("Gamma", of):
                argument = _polynomial(of)
                if argument == half:  # Gamma(x + 1) = x Gamma(x)
                    rest[-power].append(_HALF_SIZE)
                elif argument != whole:
                    raise NotReducibleError(_WHY)
                gammas += power
            case _:
                rest[power].append(factor)
    if turns != half or gammas != -1:
        raise NotReducibleError(_WHY)
    return simplified(Operation("/", times(*rest[1]), times(*rest[-1])))


def _polynomial(node: Node) -> Exponent:
    return exponent(node, frozenset())
