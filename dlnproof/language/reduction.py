"""From a formula in one index, or in a pair of indices, to one factor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Number, as_expression
from dlnproof.core.spectrum import COSINE, ONE_INDEX, Level
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.language import factors, tree
from dlnproof.language.exponents import (
    HALF,
    UNIT,
    Exponent,
    NotReducibleError,
    exponent,
)
from dlnproof.language.factors import Factor, NoValueError, of_expression, of_rational
from dlnproof.language.scalars import chain
from dlnproof.language.tree import Call, Negative, Node, Operation, Over, Sigma, Symbol


@dataclass(frozen=True)
class Setting:
    """What indices stand for while one factor is made, and what is known of the letters.

    ``counting`` are indices of sums, which occur in exponents only. "Sigma" stands for an entry.
    """

    levels: Mapping[str, Level]
    domain: Domain
    counting: frozenset[str] = frozenset()


ALONE: Final = Setting({}, ONE_INDEX)
"""The setting in which no index stands for anything."""


def entry(level: Level, domain: Domain) -> Setting:
    """Return the setting in which Sigma stands for its entry at an index."""
    return Setting({"Sigma": level}, domain)


def factor_of(node: Node, levels: Mapping[str, Level], domain: Domain) -> Factor:
    """Return a formula in free indices as one factor. Raises like :func:`form_of`."""
    return factor_in(node, Setting(levels, domain))


def factor_in(node: Node, at: Setting) -> Factor:
    """Return a formula as one factor. Raises :class:`NotReducibleError`, :class:`NoValueError`."""
    match node:
        case tree.Number(value):
            return of_rational(value)
        case Symbol("N"):
            return factors.of_depth()
        case Symbol("Sigma"):
            return factors.of_level(at.levels["Sigma"])
        case Sigma(Symbol(name)) if name in at.levels:
            return factors.of_level(at.levels[name])
        case Negative(of):
            return of_rational(Fraction(-1)) * factor_in(of, at)
        case Operation("*", left, right):
            return factor_in(left, at) * factor_in(right, at)
        case Operation("/", left, right):
            return factor_in(left, at) * factor_in(right, at).inverse()
        case Operation("**", base, power):
            return factor_in(base, at).raised(exponent(power, at.counting), at.domain)
        case Operation(sign, left, right):
            first, second = factor_in(left, at).expression(), factor_in(right, at).expression()
            return of_expression(first + second if sign == "+" else first - second)
        case Call("sqrt", of):
            return factor_in(of, at).raised(HALF, at.domain)
        case Call("abs", of):
            return absolute(factor_in(of, at), at.domain)
        case Call("log", of):
            return of_expression(factor_in(of, at).logarithm())
        case Call("exp", of):
            return log_factor_in(of, at)
        case Over("sum") if node.lower is not None and node.upper is not None:
            return _geometric(node, at)
        case Call("cos", of) if _is_wave(of) and "m" not in {*at.counting, *at.levels}:
            return of_expression(COSINE)  # of a free index m: a letter, of which no rule is used
        case Call("Gamma") | Symbol("pi"):
            raise NotReducibleError(
                "pi and Gamma are compared at points alone; for the volume of O_d write c_d"
            )
    raise NotReducibleError("it is not a product of factors in one index or a pair of indices")


def _is_wave(node: Node) -> bool:
    """Whether a formula is m pi / N."""
    parts = {tree.N: -1, Symbol("m"): 1, Symbol("pi"): 1}
    found = list(chain(node))
    return len(found) == len(parts) and dict(found) == parts


def log_factor_in(node: Node, at: Setting) -> Factor:
    """Return the factor whose logarithm a node is."""
    match node:
        case Call("log", of):
            return positive(factor_in(of, at), at.domain)
        case Negative(of):
            return log_factor_in(of, at).inverse()
        case Operation("+", left, right):
            return log_factor_in(left, at) * log_factor_in(right, at)
        case Operation("-", left, right):
            return log_factor_in(left, at) * log_factor_in(right, at).inverse()
        case Operation("/", left, right):
            power = exponent(right, at.counting).inverse()
            return log_factor_in(left, at).raised(power, at.domain)
        case Operation("*", left, right):
            try:
                return log_factor_in(right, at).raised(exponent(left, at.counting), at.domain)
            except NotReducibleError:
                return log_factor_in(left, at).raised(exponent(right, at.counting), at.domain)
    raise NotReducibleError("it is not a sum of logarithms")


def absolute(factor: Factor, domain: Domain) -> Factor:
    """Return the absolute value of a factor that has one sign on a domain."""
    if factor.zero:
        return factor
    sign, size = factor.signed(domain)
    if sign == 0:
        raise NotReducibleError("an absolute value of what has no visible sign")
    return size


def positive(factor: Factor, domain: Domain) -> Factor:
    """Return a factor that is positive on a domain: what has a logarithm."""
    if factor.zero:
        raise NoValueError
    if factor.signed(domain)[0] < 1:
        raise NotReducibleError("a logarithm of what is not seen to be positive")
    return factor


def _geometric(node: Over, at: Setting) -> Factor:
    """Return sum_{j=a}^{b} C R^j = C (R^(b+1) - R^a) / (R - 1), or C (b - a + 1) where R = 1."""
    assert node.lower is not None
    assert node.upper is not None
    if isinstance(node.body, Operation) and node.body.sign in "+-":
        first, second = (
            _geometric(replace(node, body=part), at).expression()
            for part in (node.body.left, node.body.right)
        )
        return of_expression(first + second if node.body.sign == "+" else first - second)
    [name] = node.indices
    inside = replace(at, counting=at.counting | {name})
    scale, ratio = factor_in(node.body, inside).split(name)
    lower, upper = (exponent(end, at.counting) for end in (node.lower, node.upper))
    count, slope = number_of_terms(node.lower, node.upper, at.counting).affine()
    below = of_expression(ratio.expression() - Number(1))
    if below.zero:
        terms: Expression = as_expression(count)
        if slope:
            terms = terms + as_expression(slope) * DEPTH_LETTER
        return scale * of_expression(terms)
    ends = [ratio.raised(e, at.domain).expression() for e in (upper + UNIT, lower)]
    return scale * of_expression(ends[0] - ends[1]) * below.inverse()


def number_of_terms(lower: Node, upper: Node, counting: frozenset[str]) -> Exponent:
    """Return the number of terms a + b N of a sum or product over a range of integers.

    Raises :class:`NotReducibleError` where it may be negative: no closed form sees an empty range.
    """
    first, last = (exponent(end, counting) for end in (lower, upper))
    number = last - first + UNIT
    count, slope = number.affine()
    if slope < 0 or slope + count < 0:
        raise NotReducibleError("a sum or product over a range that may be empty")
    if any(c.denominator != 1 for c in (count, slope, *first.affine())):
        raise NotReducibleError("a sum or product with bounds that may not be integers")
    return number
