"""A formula to a power, or times a power, written without what cancels."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dlnproof.language import tree
from dlnproof.language.exponents import (
    HALF,
    UNIT,
    Exponent,
    NotReducibleError,
    constant,
    exponent,
    written,
)
from dlnproof.language.tree import Call, Negative, Node, Number, Operation, number


def raised(node: Node, power: Exponent) -> Node:
    """Return a power; of a product whose factors are all powers, factor by factor."""
    factors = list(powers_of(node))
    if all(e is not None and (e != UNIT or len(factors) == 1) for _, e in factors):
        made = _each_raised(node, power)
        if made != Operation("**", node, written(HALF)):
            return made
    if power == HALF:
        return Call("sqrt", node)
    return _power(node, power)


def _each_raised(node: Node, power: Exponent) -> Node:
    if isinstance(node, Operation) and node.sign in "*/":
        parts = (_each_raised(part, power) for part in (node.left, node.right))
        return Operation(node.sign, *parts)
    [(base, e)] = powers_of(node)
    assert e is not None
    return _power(base, e * power)


def powers_of(node: Node, sign: int = 1) -> Iterator[tuple[Node, Exponent | None]]:
    """Yield the factors of a product as bases and exponents (None: no polynomial in N, 1/N, d)."""
    match node:
        case Operation("*" | "/", left, right):
            yield from powers_of(left, sign)
            yield from powers_of(right, -sign if node.sign == "/" else sign)
        case Operation("**", base, power):
            yield base, _attempt(power, sign)
        case Call("sqrt", of):
            yield of, constant(sign) * HALF
        case _:
            yield node, constant(sign)


def _attempt(power: Node, sign: int) -> Exponent | None:
    try:
        return exponent(power, frozenset()) * constant(sign)
    except NotReducibleError:
        return None


def multiplied(node: Node, base: Node, power: Exponent) -> Node:
    """Return a product times a power, put together with a factor of the same base, if any."""
    found = _merged(node, base, power, 1)
    if found is not None:
        return found
    if not power.terms:
        return node
    if base == Negative(tree.ONE) and power in (UNIT, -UNIT):
        return Negative(node)
    below = _is_negative(power)
    factor = _power(base, -power if below else power)
    if below:
        return divided(node, factor)
    return factor if node == tree.ONE else _before(factor, node)


def _merged(node: Node, base: Node, power: Exponent, sign: int) -> Node | None:
    """Return the product with one factor changed; ``sign`` -1: it is divided by."""
    match node:
        case Operation("*" | "/", left, right):
            new = _merged(left, base, power, sign)
            if new is not None:
                return Operation(node.sign, new, right)
            new = _merged(right, base, power, -sign if node.sign == "/" else sign)
            if new is None:
                return None
            if new == tree.ONE:
                return left
            return Operation(node.sign, left, new)
        case Negative(of) if base == Negative(tree.ONE) and power in (UNIT, -UNIT):
            return of
        case Negative(of):
            new = _merged(of, base, power, sign)
            return None if new is None else Negative(new)
    if isinstance(node, Number) and isinstance(base, Number):
        return _of_numbers(node, base, power, sign)
    for own, e in powers_of(node):
        if own == base and e is not None:
            return _power(base, e + power * constant(sign))
    return None


def log_multiplied(node: Node, base: Node, power: Exponent) -> Node:
    """Return the logarithm of a product times a power, added to a multiple of log(base), if any."""
    found = _merged_log(node, base, power, 1)
    if found is not None or not power.terms:
        return node if found is None else found
    below = _is_negative(power)
    return Operation("-" if below else "+", node, _multiple(base, -power if below else power))


def _merged_log(node: Node, base: Node, power: Exponent, sign: int) -> Node | None:
    match node:
        case Operation("+" | "-" as joint, left, right):
            new = _merged_log(left, base, power, sign)
            if new is not None:
                if new != tree.ZERO:
                    return Operation(joint, new, right)
                return right if joint == "+" else Negative(right)
            new = _merged_log(right, base, power, sign if joint == "+" else -sign)
            if new is None:
                return None
            return left if new == tree.ZERO else Operation(joint, left, new)
        case Negative(of):
            new = _merged_log(of, base, power, -sign)
            return None if new is None else Negative(new)
        case Call("log", of) if of == base:
            return _multiple(base, UNIT + power * constant(sign))
        case Operation("*", by, Call("log", of)) if of == base:
            own = _attempt(by, 1)
            return None if own is None else _multiple(base, own + power * constant(sign))
    return None


def _multiple(base: Node, by: Exponent) -> Node:
    if not by.terms:
        return tree.ZERO
    return Call("log", base) if by == UNIT else Operation("*", written(by), Call("log", base))


def _of_numbers(node: Number, base: Number, power: Exponent, sign: int) -> Node | None:
    if set(power.terms) - {()} or power.constant().denominator != 1 or node.value == 0:
        return None
    whole = int(power.constant()) * sign
    if abs(whole) > 8:
        return None
    value: Fraction = node.value * base.value**whole
    return number(value.numerator) if value.denominator == 1 else None


def _power(base: Node, power: Exponent) -> Node:
    if not power.terms:
        return tree.ONE
    if power == constant(1):
        return base
    return Operation("**", base, written(power))


def divided(node: Node, by: Node) -> Node:
    """Return a quotient, in which no fraction stands above another.

    >>> from dlnproof.language.tree import ONE, TWO, D, N
    >>> divided(Operation("/", N, D), TWO) == Operation("/", N, Operation("*", TWO, D))
    True
    """
    match node:
        case Operation("/", above, below):
            return Operation("/", above, _before(by, below))
        case Operation("*", left, Operation("/", above, below)):
            return Operation("*", left, Operation("/", above, _before(by, below)))
    return Operation("/", node, by)


def _before(factor: Node, formula: Node) -> Node:
    """Return a product that starts with a factor."""
    if isinstance(formula, Operation) and formula.sign in "*/" and formula.left != tree.ONE:
        return Operation(formula.sign, _before(factor, formula.left), formula.right)
    return Operation("*", factor, formula)


def _is_negative(power: Exponent) -> bool:
    return all(c < 0 for c in power.terms.values())
