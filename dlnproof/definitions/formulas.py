r"""Formulas of the core as terms: sigma_i is sigma(i), and a product over pairs is one.

Their letters are those of an index i, of a second index l, and others; a part of a statement stands
at these or others: ``part("distinct", i, l)``, ``part("density", i=1, l=2)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from operator import mul
from types import MappingProxyType
from typing import Final

from dlnproof.core import spectrum
from dlnproof.core.expression import Expression, Letter, Number, Operation, Power
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct
from dlnproof.core.side import Side
from dlnproof.definitions.letters import (
    N,
    X,
    d,
    factor_at,
    i,
    j,
    k,
    l,
    m,
    mu,
    p,
    s,
    sigma,
    sigma_at,
    t,
    unbalance,
    velocity_at,
)
from dlnproof.definitions.two_layers import spread
from dlnproof.kernel.terms import (
    PI,
    PROP,
    REAL,
    Family,
    Sort,
    SortError,
    Symbol,
    Term,
    at_most,
    choose,
    cosine,
    divide,
    equal,
    integer,
    log,
    multiply,
    number,
    power,
    product,
    substitute,
    transpose,
)


def _level(level: spectrum.Level, value: Term) -> dict[Letter, Term]:
    return {level.sigma: value, level.root: value ** (1 / N), level.log: log(value**2)}


LETTERS: Final[Mapping[Letter, Term]] = MappingProxyType(
    {
        **_level(spectrum.I, sigma(i.term)),
        **_level(spectrum.L, sigma(l.term)),
        spectrum.N: number(N),
        spectrum.WIDTH: number(d),
        spectrum.VANISHING: number(k.term),
        spectrum.DECAY: mu,
        spectrum.UNBALANCE: unbalance,
        spectrum.SPREAD_I: spread(i.term),
        spectrum.SPREAD_L: spread(l.term),
        spectrum.DOUBLED: power(number(2), N - 1),
        spectrum.COSINE: cosine(multiply(number(m.term), PI) / N),
        spectrum.NEXT: factor_at(j.term + 1, t.term),
        spectrum.NEXT_T: transpose(factor_at(j.term + 1, t.term)),
        spectrum.THIS: factor_at(j.term, t.term),
        spectrum.THIS_T: transpose(factor_at(j.term, t.term)),
        spectrum.NEXT_MOVES: velocity_at(j.term + 1, t.term),
        spectrum.NEXT_MOVES_T: transpose(velocity_at(j.term + 1, t.term)),
        spectrum.THIS_MOVES: velocity_at(j.term, t.term),
        spectrum.THIS_MOVES_T: transpose(velocity_at(j.term, t.term)),
    }
)
"""What letters stand for."""

AT_TIME: Final[Mapping[Letter, Term]] = MappingProxyType(
    {
        **LETTERS,
        **_level(spectrum.I, sigma_at(i.term, t.term)),
        **_level(spectrum.L, sigma_at(l.term, t.term)),
    }
)
"""The same, with the singular values at time t."""

_ROOTS: Final = {level.root: level.sigma for level in (spectrum.I, spectrum.L)}


def term_of(side: Side, letters: Mapping[Letter, Term] = LETTERS) -> Term:
    """Return a formula as a term, or an inequality as a sentence.

    Raises :class:`KeyError` for a letter that stands for nothing.
    """
    if isinstance(side, Inequality):
        return at_most(term_of(side.right, letters), term_of(side.left, letters))
    if isinstance(side, PairProduct):
        return _product(side, letters)
    return _expression(side, letters)


def _expression(x: Expression, letters: Mapping[Letter, Term]) -> Term:
    if isinstance(x, Number):
        return number(x.value)
    if isinstance(x, Letter):
        return letters[x]
    if isinstance(x, Power):
        if isinstance(x.base, Letter) and x.base in _ROOTS and x.base in letters:
            return power(letters[_ROOTS[x.base]], divide(number(x.exponent), N))
        return power(_expression(x.base, letters), x.exponent)
    if isinstance(x, Operation):
        return _operation(x, letters)
    raise TypeError(f"{x!r} is no term")


def _operation(x: Operation, letters: Mapping[Letter, Term]) -> Term:
    left, right = _expression(x.left, letters), _expression(x.right, letters)
    match x.sign:
        case "+":
            return left + right
        case "-":
            return -right if x.left == Number(0) else left - right
        case "*" if x.left == Number(1) or x.right == Number(1):
            return right if x.left == Number(1) else left
        case "*":
            return left * right
    return left / right


def _product(x: PairProduct, letters: Mapping[Letter, Term]) -> Term:
    """Return prod_i index(i) prod_{i<l} pair(i, l); where sigma_i = sigma_l, its coincident one."""
    index, pair = _expression(x.index, letters), _expression(x.pair, letters)
    if x.at_coincidence() != x.pair.substitute(spectrum.MERGE):
        coincident = _expression(x.at_coincidence(), letters)
        pair = choose(equal(sigma(i.term), sigma(l.term)), coincident, pair)
    found = []
    if x.index != Number(1):
        found.append(product(i, 1, d, index))
    if x.pair != Number(1):
        found.append(product(i, 1, d, product(l, i.term + 1, d, pair)))
    return reduce(mul, found) if found else number(1)


# --- parts of a statement -------------------------------------------------------------------------


def part(name: str, *variables: Symbol, sort: Sort = REAL, **at: Term | int | Fraction) -> Term:
    """Return what stands for a part of a statement: at variables of its letters' names, or others.

    ``part("distinct", i, l)`` has the letters as they are, ``part("density", i=1, l=2)`` others.
    """
    values: dict[str, Term] = {v.name: v.term for v in variables}
    for letter, value in at.items():
        values[letter] = value if isinstance(value, Term) else integer(value)  # type: ignore[arg-type]
    domain = tuple(value.sort for value in values.values())
    return Symbol(f"<{name}>", sort, domain, ",".join(values))(*values.values())


def sentence_part(name: str, *variables: Symbol, **at: Term | int) -> Term:
    """Return what stands for a part that is an inequality."""
    return part(name, *variables, sort=PROP, **at)


def is_part(symbol: Symbol) -> bool:
    """Whether a symbol stands for a part of a statement."""
    return symbol.name.startswith("<") and symbol.name.endswith(">")


def parts_of(term: Term) -> dict[str, Symbol]:
    """Return the symbols that stand for parts in a term, by the names of the parts."""
    return {s.name[1:-1]: s for s in term.free if is_part(s)}


_INDICES: Final = {v.name: v for v in (i, l, j, k, m, s, t, p, X)}


def with_formulas(
    sentence: Term, parts: Mapping[str, Side], letters: Mapping[Letter, Term] = LETTERS
) -> Term:
    """Return a sentence with the formulas of parts in place of what stands for them."""
    put: dict[Symbol, Term | Family] = {}
    for name, symbol in parts_of(sentence).items():
        formula = term_of(parts[name], letters)
        if formula.sort != symbol.sort:
            raise SortError(f"the part {name} is a {formula.sort}, not a {symbol.sort}")
        names = symbol.latex.split(",") if symbol.latex else []
        parameters = tuple(_INDICES[x] for x in names)
        put[symbol] = Family(parameters, formula) if parameters else formula
    return substitute(sentence, put)
