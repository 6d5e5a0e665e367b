r"""The volume of O_d written out: prod_{k=1}^d 2 pi^(k/2) / Gamma(k/2) is 2^(-d(d-1)/4) c_d.

So a product with Gamma functions becomes one with c_d, if no pi is left: in decisions pi and Gamma
have no rules. That c_d is this product is a theorem of ``orbit-volume``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce

from dlnproof.language import tree
from dlnproof.language.exponents import (
    HALF,
    UNIT,
    ZERO,
    Exponent,
    NotReducibleError,
    constant,
    exponent,
    written,
)
from dlnproof.language.scalars import is_whole
from dlnproof.language.tree import Call, D, Negative, Node, Number, Operation, Over, Symbol, rebuilt

_WIDTH = Exponent({(("d", 1),): Fraction(1)})
_QUARTER = constant(Fraction(1, 4))
CLAIM = "orbit-volume"
"""The claim that states it."""


@dataclass(frozen=True)
class _Parts:
    """pi^pi * (prod_{k=1}^d Gamma(k/2))^gammas * rest."""

    pi: Exponent = ZERO
    gammas: Exponent = ZERO
    rest: tuple[tuple[Node, Exponent], ...] = ()

    def __mul__(self, other: _Parts) -> _Parts:
        return _Parts(self.pi + other.pi, self.gammas + other.gammas, self.rest + other.rest)

    def raised(self, power: Exponent) -> _Parts:
        rest = tuple((base, e * power) for base, e in self.rest)
        if not is_whole(power) and self.rest:  # (x^2)^(1/2) is no x
            rest = ((_product(self.rest), power),)
        return _Parts(self.pi * power, self.gammas * power, rest)


def with_group(node: Node) -> Node:
    """Return a formula with c_d in place of what it is written out, wherever that is seen."""
    if not any(map(_is_gamma, node.walk())):
        return node
    try:
        if isinstance(node, Over) and node.kind == "sum":
            return Call("log", with_group(replace(node, kind="prod", body=_antilog(node.body))))
        found = _parts(node)
        return _joined(found) if found.gammas.terms else _inside(node)
    except NotReducibleError:
        return _inside(node)


def _inside(node: Node) -> Node:
    return rebuilt(node, [with_group(part) for part in node.parts()])


def _antilog(node: Node) -> Node:
    """Return the product whose logarithm a sum of multiples of logarithms is."""
    match node:
        case Call("log", of):
            return of
        case Negative(of):
            return Operation("/", tree.ONE, _antilog(of))
        case Operation("+" | "-" as sign, left, right):
            return Operation("*" if sign == "+" else "/", _antilog(left), _antilog(right))
        case Operation("/", of, by):
            return Operation("**", _antilog(of), Operation("/", tree.ONE, by))
        case Operation("*", by, of) if any(
            isinstance(x, Call) and x.name == "log" for x in of.walk()
        ):
            return Operation("**", _antilog(of), by)
    raise NotReducibleError("it is not a sum of logarithms")


def _joined(found: _Parts) -> Node:
    """Return the product with prod_k Gamma(k/2) = 2^(d(d+3)/4) pi^(d(d+1)/4) / c_d."""
    left = found.pi + found.gammas * _QUARTER * _WIDTH * (_WIDTH + UNIT)
    if left.terms:
        raise NotReducibleError("a power of pi is left")
    twos = found.gammas * _QUARTER * _WIDTH * (_WIDTH + constant(3))
    return _product([*found.rest, (tree.TWO, twos), (Call("c", D), -found.gammas)])


def _product(factors: Iterable[tuple[Node, Exponent]]) -> Node:
    made = [_power(base, e) for base, e in factors if e.terms]
    return reduce(lambda a, b: Operation("*", a, b), made) if made else tree.ONE


def _power(base: Node, power: Exponent) -> Node:
    return base if power == UNIT else Operation("**", base, written(power))


def _parts(node: Node) -> _Parts:
    match node:
        case Symbol("pi"):
            return _Parts(pi=UNIT)
        case Operation("*", left, right):
            return _parts(left) * _parts(right)
        case Operation("/", left, right):
            return _parts(left) * _parts(right).raised(-UNIT)
        case Operation("**", base, power):
            return _parts(base).raised(exponent(power, frozenset()))
        case Call("sqrt", of):
            return _parts(of).raised(HALF)
        case Over("prod") if node.relation == "" and _has_pi_or_gamma(node.body):
            return _over(node)
    if _has_pi_or_gamma(node):
        raise NotReducibleError("Gamma outside of a product")
    return _Parts(rest=((node, UNIT),))


def _has_pi_or_gamma(node: Node) -> bool:
    return any(part == Symbol("pi") or _is_gamma(part) for part in node.walk())


def _is_gamma(node: Node) -> bool:
    return isinstance(node, Call) and node.name == "Gamma"


def _over(node: Over) -> _Parts:
    """Return a product over k of pi^(a k + b), of Gamma((k + s)/2), and of numbers to such."""
    [name] = node.indices
    lower = UNIT if node.lower is None else exponent(node.lower, frozenset())
    upper = _WIDTH if node.upper is None else exponent(node.upper, frozenset())
    if upper - lower + UNIT != _WIDTH:
        raise NotReducibleError("a range of other than d numbers, which may be empty")
    found = _Parts()
    for base, power in _chain(node.body, UNIT, name):
        by = power.by(name)
        if set(by) - {0, 1}:
            raise NotReducibleError("a power that is not a k + b")
        slope, rest = by.get(1, ZERO), by.get(0, ZERO)
        total = HALF * _WIDTH * (lower + upper) * slope + _WIDTH * rest
        match base:
            case Symbol("pi"):
                found = found * _Parts(pi=total)
            case Call("Gamma", of) if not slope.terms:
                found = found * _Parts(gammas=rest * _gammas(of, name, lower, upper))
            case Number() | Symbol("N" | "d"):  # positive: to any power
                found = found * _Parts(rest=((base, total),))
            case _:
                raise NotReducibleError("a factor that is not seen to be positive")
    return found


def _gammas(of: Node, name: str, lower: Exponent, upper: Exponent) -> Exponent:
    """Return 1 for Gamma(1/2), Gamma(1), ..., Gamma(d/2) over the range."""
    by = exponent(of, frozenset({name})).by(name)
    slope, rest = by.get(1, ZERO), by.get(0, ZERO)
    ends = [slope * end + rest for end in (lower, upper)]
    if set(by) - {0, 1} or slope != HALF or ends != [HALF, HALF * _WIDTH]:
        raise NotReducibleError("other Gamma functions than those of k/2")
    return UNIT


def _chain(node: Node, power: Exponent, name: str) -> Iterator[tuple[Node, Exponent]]:
    """Yield the factors of what a product runs over, each with its power."""
    match node:
        case Operation("*", left, right):
            yield from (*_chain(left, power, name), *_chain(right, power, name))
        case Operation("/", left, right):
            yield from (*_chain(left, power, name), *_chain(right, -power, name))
        case Operation("**", base, by):
            yield from _chain(base, power * exponent(by, frozenset({name})), name)
        case Call("sqrt", of):
            yield from _chain(of, power * HALF, name)
        case Number(value) if value == 0:
            raise NotReducibleError("a factor that is zero")
        case _:
            yield node, power
