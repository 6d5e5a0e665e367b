"""By which factor a formula is off, decided for all N and d: a monomial in N, 2, c_d, sigma."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from dlnproof.core.expression import Expression, Number
from dlnproof.core.spectrum import ONE_INDEX, ORDERED, SWAP, I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.judge.powers import log_multiplied, multiplied, powers_of
from dlnproof.judge.targets import Target
from dlnproof.language import tree
from dlnproof.language.deciding import AtTwo, Eigenvalues, Rooted
from dlnproof.language.exponents import Exponent, NotReducibleError, constant
from dlnproof.language.factors import NoValueError, of_expression
from dlnproof.language.forms import form_of
from dlnproof.language.monomials import Powers, quotient
from dlnproof.language.reduction import factor_of
from dlnproof.language.slopes import Sloped, sloped
from dlnproof.language.sums import NOTHING, Summed, summed, vanishes
from dlnproof.language.tree import (
    Call,
    D,
    N,
    Node,
    Operation,
    Sigma,
    Symbol,
    number,
)
from dlnproof.language.tree import (
    Number as Literal,
)
from dlnproof.language.unit_ball import without_ball


@dataclass(frozen=True)
class Offset:
    """The factor ``extra`` should not be in a formula, and ``missing`` is missing.

    ``constant``: neither depends on the singular values. ``text`` names it as people write it.
    """

    extra: Node
    missing: Node
    constant: bool
    text: str


def offset(target: Target, formula: Node) -> Offset | None:
    """Return the factor by which a formula is off, where it is off by a monomial."""
    closed, relative = target.closed, target.relative(formula)
    if isinstance(closed, AtTwo):
        return None
    try:
        if isinstance(closed, Eigenvalues):
            cases = target.where.cases(target.free)
            alike = not (cases.before or cases.after)
            return _of_equal(closed, relative) if alike else _of_eigenvalue(closed, relative)
        if isinstance(closed, Summed):
            found = summed(relative)
            terms = [(found.index, closed.index), (found.pair, closed.pair)]
            return _of_terms(terms) if vanishes(found.constant) else None
        if isinstance(closed, Sloped):
            slope = sloped(relative)
            names = ("own", "before", "after")
            return _of_terms([(getattr(slope, x), getattr(closed, x)) for x in names])
        return _of_product(closed, relative)
    except (NotReducibleError, NoValueError, ZeroDivisionError):
        return None


def without(target: Target, formula: Node, by: Offset) -> Node:
    """Return a formula without the factor by which it is off."""
    corrected = formula
    for factors, sign in ((by.missing, 1), (by.extra, -1)):
        for base, power in powers_of(factors) if factors != tree.ONE else ():
            assert power is not None
            made = log_multiplied if target.log else multiplied
            corrected = made(corrected, base, power * constant(sign))
    return corrected


def _of_eigenvalue(closed: Eigenvalues, formula: Node) -> Offset | None:
    i_l = quotient(factor_of(formula, {"i": I, "l": L}, ORDERED), closed.distinct, 1)
    swapped = factor_of(formula, {"i": L, "l": I}, ORDERED)
    if i_l is None or quotient(swapped, closed.distinct.substitute(SWAP), 1) is None:
        return None
    return _offset(
        [_Tier(i_l, "")], {I.sigma.name: Sigma(Symbol("i")), L.sigma.name: Sigma(Symbol("l"))}
    )


def _of_equal(closed: Eigenvalues, formula: Node) -> Offset | None:
    """Return the factor by which a formula for i = l is off."""
    found = quotient(factor_of(formula, {"i": I, "l": I}, ONE_INDEX), closed.coincident, 1)
    return (
        None if found is None else _offset([_Tier(found, "")], {I.sigma.name: Sigma(Symbol("i"))})
    )


def _of_terms(terms: Sequence[tuple[Expression, Expression]]) -> Offset | None:
    """Return the factor, without a singular value, by which all terms are off."""
    found = [(x, right) for x, right in terms if right != NOTHING]
    if not found or any(right == NOTHING and not vanishes(x) for x, right in terms):
        return None
    first, *others = (quotient(of_expression(x), right, 1) for x, right in found)
    if first is None or any(other != first for other in others):
        return None
    return _offset([_Tier(first, "")], {})


def _of_product(closed: Rooted, formula: Node) -> Offset | None:
    form = form_of(without_ball(formula) if closed.ball else formula, log=closed.log)
    expected = closed.product
    tiers = []
    for factor, right, kind in (
        (form.constant, Number(1), ""),
        (form.index, expected.index, "d"),
        (form.pair, expected.pair, "pairs"),
    ):
        degree = 1 if kind == "" else closed.degree
        found = quotient(factor, right, degree)
        if found is None:
            return None
        tiers.append(_Tier(found, kind))
    group = form.group - closed.power_of_group
    return _offset(tiers, {I.sigma.name: Call("det", tree.SIGMA)}, group)


@dataclass(frozen=True)
class _Tier:
    powers: Powers
    kind: str


@dataclass(frozen=True)
class _Side:
    """What should not be there, or what is missing: nodes, and how people write them."""

    nodes: list[Node] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def add(self, node: Node, text: str) -> None:
        self.nodes.append(node)
        self.texts.append(text)


def _offset(
    tiers: list[_Tier], bases: Mapping[str, Node], group: Exponent | None = None
) -> Offset | None:
    extra, missing, constant = _Side(), _Side(), True
    for tier in _with_squares(tiers):
        exponent = _EXPONENTS[tier.kind]
        for base, shown, power in _constants(tier.powers):
            above, below = abs(power).numerator, abs(power).denominator
            raised = _raised(base, exponent[0], above, below)
            (extra if power > 0 else missing).add(raised, _shown(shown, exponent[1], above, below))
        for level in (I, L):
            whole, over = (tier.powers.get(x.name, Fraction(0)) for x in (level.sigma, level.root))
            if not (whole or over):
                continue
            if tier.kind == "pairs" or level.sigma.name not in bases:
                return None
            constant, of = False, bases[level.sigma.name]
            sign = 1 if (whole or over) > 0 else -1
            node, text = _over_depth(sign * whole, sign * over)
            shown = "det(Sigma)" if isinstance(of, Call) else level.sigma.latex.removeprefix("\\")
            shown = shown if text == "1" else f"{shown}^{{{text}}}"
            (extra if sign > 0 else missing).add(_power(of, node), shown)
    if group is not None and group.terms:
        sign, node, shown = _of_group(group)
        (extra if sign > 0 else missing).add(node, shown)
    if not (extra.nodes or missing.nodes):
        return None
    sides = (" ".join(side.texts) for side in (extra, missing) if side.texts)
    text = " / ".join(side.replace("(-1) ", "-") for side in sides)
    return Offset(tree.times(*extra.nodes), tree.times(*missing.nodes), constant, text)


_EXPONENTS: Final = {
    "": (tree.ONE, ""),
    "d": (D, "d"),
    "d^2": (Operation("**", D, tree.TWO), "d^2"),
    "pairs": (tree.PAIRS, "d(d-1)/2"),
}


def _with_squares(tiers: list[_Tier]) -> list[_Tier]:
    """Return the factors with a^d (a^2)^(d(d-1)/2) as a^(d^2)."""
    kinds = {tier.kind: dict(tier.powers) for tier in tiers}
    each, pairs = kinds.get("d", {}), kinds.get("pairs", {})
    letters = {*(x.name for x in I), *(x.name for x in L)}
    both = {a: p for a, p in each.items() if a not in letters and pairs.get(a) == 2 * p}
    if "-1" in both or not both:
        return tiers
    rest = [_Tier({a: p for a, p in t.powers.items() if a not in both}, t.kind) for t in tiers]
    return [*rest, _Tier(both, "d^2")]


def _constants(powers: Powers) -> list[tuple[Node, str, Fraction]]:
    """Return the integers (primes of one power multiplied), the sign and N with their powers."""
    merged: dict[Fraction, int] = {}
    for name, power in powers.items():
        if name.isdigit():
            merged[power] = merged.get(power, 1) * int(name)
    found: list[tuple[Node, str, Fraction]] = [
        (number(value), str(value), power) for power, value in sorted(merged.items())
    ]
    if "-1" in powers:
        found.insert(0, (tree.Negative(tree.ONE), "(-1)", powers["-1"]))
    if DEPTH_LETTER.name in powers:
        found.append((N, "N", powers[DEPTH_LETTER.name]))
    return found


def _over_depth(whole: Fraction, over: Fraction) -> tuple[Node, str]:
    """Return a + b/N, of which the first that is not 0 is positive."""
    first, text = _fraction(whole), str(whole)
    if not over:
        return first, text
    size = abs(over)
    below: Node = N if size.denominator == 1 else Operation("*", number(size.denominator), N)
    part: Node = Operation("/", number(size.numerator), below)
    shown = f"{size.numerator}/" + ("N" if size.denominator == 1 else f"({size.denominator}N)")
    if not whole:
        return part, shown
    sign = "+" if over > 0 else "-"
    return Operation(sign, first, part), f"{text}{sign}{shown}"


def _fraction(value: Fraction) -> Node:
    above, below = number(value.numerator), number(value.denominator)
    return above if value.denominator == 1 else Operation("/", above, below)


def _power(base: Node, exponent: Node) -> Node:
    return base if exponent == tree.ONE else Operation("**", base, exponent)


def _of_group(group: Exponent) -> tuple[int, Node, str]:
    """Return c_d to a power a + b N: its sign, and the rest as a node and as text."""
    rest, slope = group.affine()
    sign = 1 if (slope or rest) > 0 else -1
    rest, slope = sign * rest, sign * slope
    if rest.denominator != 1 or slope.denominator != 1:
        raise NotReducibleError("a power of c_d that is not whole")
    node: Node = number(abs(int(rest)))
    text = str(abs(int(rest)))
    if slope:
        line = N if slope == 1 else Operation("*", number(int(slope)), N)
        shown = "N" if slope == 1 else f"{slope}N"
        node = Operation("+" if rest > 0 else "-", line, node) if rest else line
        text = f"{shown}{'+' if rest > 0 else '-'}{text}" if rest else shown
    return sign, _power(Call("c", D), node), "c_d" if text == "1" else f"c_d^{{{text}}}"


def _raised(base: Node, exponent: Node, above: int, below: int) -> Node:
    """Return base^(exponent * above / below)."""
    top = exponent
    if isinstance(top, Operation) and top.sign == "/" and isinstance(top.right, Literal):
        scale = Fraction(above, below * int(top.right.value))
        above, below, top = scale.numerator, scale.denominator, top.left
    power = tree.times(*([number(above)] if above != 1 else []), top)
    if below != 1:
        power = Operation("/", power, number(below))
    return _power(base, power)


def _shown(base: str, exponent: str, above: int, below: int) -> str:
    scale = Fraction(above, below)
    if exponent == "d(d-1)/2":
        scale, exponent = scale / 2, "d(d-1)"
    head = "" if scale.numerator == 1 and exponent else str(scale.numerator)
    power = head + exponent + (f"/{scale.denominator}" if scale.denominator != 1 else "")
    return base if power == "1" else f"{base}^{{{power}}}" if len(power) > 1 else f"{base}^{power}"
