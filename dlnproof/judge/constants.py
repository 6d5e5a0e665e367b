"""By which factor c N^k a formula is off where no closed form is proved: what its values show.

It is a guess, made of ratios at few points; what is corrected by it is tried like any other.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from dlnproof.judge.comparison import findings, ratio
from dlnproof.judge.offsets import Offset, offset
from dlnproof.judge.places import Place
from dlnproof.judge.targets import Target
from dlnproof.language import tree
from dlnproof.language.radical import Radical
from dlnproof.language.tree import N, Node, Operation, number
from dlnproof.language.value import Allowance
from dlnproof.language.written import plain_text

_SPECTRA: Final = (
    (("3", "2"), ("5/2", "1/3")),
    (("3", "2", "1"), ("4", "3/2", "2/3")),
)
_DEPTHS: Final = (2, 3)
_MOST_POWER: Final = 3


def factor_off(target: Target, formula: Node, allowed: Allowance) -> Offset | None:
    """Return the factor by which a formula is off: decided, or else as its values show it."""
    return offset(target, formula) if target.provable else _seen(target, formula, allowed)


def _seen(target: Target, formula: Node, allowed: Allowance) -> Offset | None:
    """Return c N^k if it is formula / target at some depths, c > 0, each time at two spectra."""
    depth = target.where.fixed("N")
    depths = _DEPTHS if depth is None else (depth,)
    for spectra in _SPECTRA:
        if not all(target.where.admit_size(n, len(spectra[0])) for n in depths):
            continue
        found = [_ratio(target, formula, n, spectra, allowed) for n in depths]
        for power in sorted(range(-_MOST_POWER, _MOST_POWER + 1), key=abs):
            rests = {r and r / Fraction(n) ** power for r, n in zip(found, depths, strict=True)}
            if len(rests) == 1 and (constant := rests.pop()) and constant > 0:
                return _offset(constant, power)
        return None
    return None


def _ratio(
    target: Target,
    formula: Node,
    depth: int,
    spectra: tuple[tuple[str, ...], ...],
    allowed: Allowance,
) -> Fraction | None:
    """Return formula / target at a depth, if it is one rational number at all spectra."""
    places = [Place(depth, roots) for roots in spectra]
    ratios = [ratio(x) for place in places for x in findings(target, formula, place, allowed)]
    numbers = {x.as_rational() if isinstance(x, Radical) else None for x in ratios}
    found = numbers.pop() if len(numbers) == 1 else None
    return None if found is None else Fraction(int(found.p), int(found.q))


def _offset(constant: Fraction, power: int) -> Offset | None:
    above, below = (
        tree.times(number(value), *([_power(size)] if size > 0 else []))
        for value, size in ((constant.numerator, power), (constant.denominator, -power))
    )
    if above == below == tree.ONE:
        return None
    text = " / ".join(plain_text(side) for side in (above, below) if side != tree.ONE)
    return Offset(above, below, True, text)


def _power(exponent: int) -> Node:
    return N if exponent == 1 else Operation("**", N, number(exponent))
