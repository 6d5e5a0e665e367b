"""A formula as a product: a factor for each index, one for each pair of indices, a power of c_d."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from dlnproof.core.domain import Domain
from dlnproof.core.spectrum import ONE_INDEX, ORDERED, I, L, Level
from dlnproof.language import factors
from dlnproof.language.exponents import (
    DEPTH,
    HALF,
    UNIT,
    ZERO,
    Exponent,
    NotReducibleError,
    exponent,
)
from dlnproof.language.factors import Factor, NoValueError, of_expression, of_rational
from dlnproof.language.nested import distributed, related
from dlnproof.language.reduction import (
    ALONE,
    Setting,
    absolute,
    entry,
    factor_in,
    log_factor_in,
    number_of_terms,
    positive,
)
from dlnproof.language.rows import free_indices
from dlnproof.language.tree import Call, Negative, Node, Operation, Over


@dataclass(frozen=True)
class Form:
    """constant * prod_i index * prod_{i<l} pair * c_d^group.

    ``coincident`` is the pair factor where sigma_i = sigma_l, None where it has no value there.
    """

    constant: Factor = factors.ONE
    index: Factor = factors.ONE
    pair: Factor = factors.ONE
    coincident: Factor | None = factors.ONE
    group: Exponent = ZERO

    def __mul__(self, other: Form) -> Form:
        both = None
        if self.coincident is not None and other.coincident is not None:
            both = self.coincident * other.coincident
        return Form(
            self.constant * other.constant,
            self.index * other.index,
            self.pair * other.pair,
            both,
            self.group + other.group,
        )

    def raised(self, power: Exponent) -> Form:
        """Return a power. One that depends on d is shared out between indices and pairs."""
        by_width = power.by("d")
        if set(by_width) - {0, 1, 2}:
            raise NotReducibleError("an exponent of degree 3 or more in d")
        rest, linear, square = (by_width.get(k, ZERO) for k in (0, 1, 2))
        group = self.group * power  # c_d > 0: any power
        if not (linear.terms or square.terms):
            return Form(
                self.constant.raised(rest, ONE_INDEX),
                self.index.raised(rest, ONE_INDEX),
                self.pair.raised(rest, ORDERED),
                _attempt(self.coincident, lambda x: x.raised(rest, ONE_INDEX)),
                group,
            )
        if (self.pair, self.coincident) != (factors.ONE,) * 2 or (
            square.terms and self.index != factors.ONE
        ):
            raise NotReducibleError("a power of a product that depends on d")
        # d^2 = d + 2 * d(d-1)/2, and d = 1 + the number of pairs that an index is in
        once = self.constant.raised(linear + square, ONE_INDEX)
        twice = self.constant.raised(square + square, ONE_INDEX)
        each = self.index.raised(linear, ONE_INDEX)
        return Form(
            self.constant.raised(rest, ONE_INDEX),
            once * self.index.raised(rest + linear, ONE_INDEX),
            twice * each * each.of_other_index(),
            twice * each * each,
            group,
        )


def _attempt(given: Factor | None, made: Callable[[Factor], Factor]) -> Factor | None:
    try:
        return None if given is None else made(given)
    except NoValueError:
        return None


def form_of(node: Node, *, log: bool = False) -> Form:
    """Return a formula as a product, or (``log``) the product whose logarithm it is.

    Raises :class:`NotReducibleError` where it is none, :class:`NoValueError` where it divides by
    zero everywhere.
    """
    return _log_form(node) if log else _form(node)


def _form(node: Node) -> Form:
    match node:
        case Negative(of):
            return Form(of_rational(Fraction(-1))) * _form(of)
        case Operation("*", left, right):
            return _form(left) * _form(right)
        case Operation("/", left, right):
            return _form(left) * _form(right).raised(-UNIT)
        case Operation("**", base, power):
            return _form(base).raised(exponent(power, frozenset()))
        case Call("sqrt", of):
            return _form(of).raised(HALF)
        case Call("abs", of):
            return _each(_form(of), absolute)
        case Call("c"):
            return Form(group=UNIT)
        case Call("exp", of):
            return _log_form(of)
        case Call("det", of):
            return Form(index=factor_in(of, entry(I, ONE_INDEX)))
        case Call("van", of):
            return _van(of)
        case Over("prod"):
            return _product(node, factor_in)
    return Form(factor_in(node, ALONE))


def _log_form(node: Node) -> Form:
    match node:
        case Call("log", of):
            return _each(_form(of), positive)
        case Negative(of):
            return _log_form(of).raised(-UNIT)
        case Operation("+", left, right):
            return _log_form(left) * _log_form(right)
        case Operation("-", left, right):
            return _log_form(left) * _log_form(right).raised(-UNIT)
        case Operation("/", left, right):
            return _log_form(left).raised(exponent(right, frozenset()).inverse())
        case Operation("*", left, right):
            try:
                return _log_form(right).raised(exponent(left, frozenset()))
            except NotReducibleError:
                return _log_form(left).raised(exponent(right, frozenset()))
        case Call("tr", of):
            return Form(index=log_factor_in(of, entry(I, ONE_INDEX)))
        case Over("sum"):
            return _product(node, log_factor_in)
    raise NotReducibleError("it is not a sum of logarithms")


def _each(form: Form, made: Callable[[Factor, Domain], Factor]) -> Form:
    return Form(
        made(form.constant, ONE_INDEX),
        made(form.index, ONE_INDEX),
        made(form.pair, ORDERED),
        _attempt(form.coincident, lambda x: made(x, ONE_INDEX)),
        form.group,
    )


def _van(of: Node) -> Form:
    first, second = (factor_in(of, entry(level, ORDERED)) for level in (I, L))
    return Form(
        pair=of_expression(first.expression() - second.expression()),
        coincident=Factor({}, zero=True),
    )


def _product(node: Over, factor: Callable[[Node, Setting], Factor]) -> Form:
    """Return a product, or the product whose logarithm a sum is; ``factor`` reads its body."""
    if node.relation == "":
        pairs = related(node)
        if pairs is not None:
            return _pairs(pairs, factor)
        sign, parts = distributed(node)
        if parts:
            first, *others = (_product(part, factor) for part in parts)
            return first if not others else first * others[0].raised(UNIT if sign == "*" else -UNIT)
        if node.lower is None or node.upper is None:
            return Form(index=factor(node.body, Setting({node.indices[0]: I}, ONE_INDEX)))
        if node.indices[0] in free_indices(node.body):
            raise NotReducibleError("a product over a range other than 1..d")
        once = _form(node.body) if node.kind == "prod" else _log_form(node.body)
        return once.raised(number_of_terms(node.lower, node.upper, frozenset()))
    return _pairs(node, factor)


def _pairs(node: Over, factor: Callable[[Node, Setting], Factor]) -> Form:
    body, indices, relation = node.body, node.indices, node.relation

    def at(*levels: Level) -> Factor:
        domain = ORDERED if len(set(levels)) == 2 else ONE_INDEX
        return factor(body, Setting(dict(zip(indices, levels, strict=True)), domain))

    pair, coincident = at(I, L), _attempt(factors.ONE, lambda _: at(I, I))
    if relation in ("!=", ","):
        pair = pair * at(L, I)
        coincident = _attempt(coincident, lambda x: x * x)
    return Form(
        index=at(I, I) if relation in ("<=", ",") else factors.ONE, pair=pair, coincident=coincident
    )


def depth_minus_one() -> Exponent:
    """Return N - 1."""
    return DEPTH - UNIT
