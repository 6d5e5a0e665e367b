r"""Formulas in LaTeX as papers write it: the grammar, and tokens that depend on their context.

A term is parsed as a row of items; what a row means (products without a sign, how far the body of
a \\prod extends) is decided in :mod:`dlnproof.language.rows`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from lark import Lark, Token, Transformer, v_args

from dlnproof.errors import InputError
from dlnproof.language.hyperbolic import HYPERBOLIC
from dlnproof.language.latex_grammar import GRAMMAR, Bars
from dlnproof.language.plain import literal
from dlnproof.language.ranges import Range, over_range
from dlnproof.language.rows import Big, Function, Item, Raised, Sign, row
from dlnproof.language.tree import (
    ONE,
    SIGMA,
    TWO,
    Call,
    D,
    Negative,
    Node,
    Operation,
    Sigma,
    Symbol,
    number,
    of_matrix,
)

_NAMES: Final = {
    "ln": "log",
    "Tr": "tr",
    "trace": "tr",
    "Van": "van",
    "abs": "abs",
    **{
        name: name
        for name in ("det", "log", "exp", "tr", "van", "sqrt", "Gamma", "cos", *HYPERBOLIC)
    },
}


@v_args(inline=True)
class _Trees(Transformer[Token, Any]):
    """Builds the tree while the text is parsed."""

    def start(self, tree: Node) -> Node:
        return tree

    def sum(self, *given: Node | Token) -> Node:
        tokens = list(given)
        sign = tokens.pop(0) if isinstance(tokens[0], Token) else None
        tree = tokens.pop(0)
        assert isinstance(tree, Node)
        if sign == "-":
            tree = Negative(tree)
        for mark, term in zip(tokens[::2], tokens[1::2], strict=True):
            assert isinstance(term, Node)
            tree = Operation(str(mark), tree, term)
        return tree

    def term(self, *items: Item) -> Node:
        return row(items)

    def item(self, given: Item) -> Item:
        return given

    def times(self, _: Token) -> Item:
        return Sign("*")

    def slash(self, _: Token) -> Item:
        return Sign("/")

    def function(self, name: Token, *scripts: tuple[str, Any]) -> Item:
        found = re.sub(
            r"\\(operatorname\*?|mathrm|mathop|mathsf|textrm|text|rm)|[\\{}\s]", "", name
        )
        if found not in _NAMES:
            raise InputError(
                f"got the function {found[:40]!r}, expected one of {', '.join(sorted(set(_NAMES)))}"
            )
        under, power = _scripts(scripts)
        if under is not None:
            raise InputError(f"{found}: got a subscript, expected none (log is natural)")
        return Function(_NAMES[found], power)

    def big(self, kind: Token, *scripts: tuple[str, Any]) -> Item:
        under, upper = _scripts(scripts)
        if under is None:
            raise InputError(f"{kind}: got no index, expected for example {kind}_{{i<l}}")
        if not isinstance(under, tuple):
            under = ((_index(under),),)
        given = tuple(x if isinstance(x, tuple) else str(x) for x in under)
        made = over_range(str(kind)[1:], given, upper)
        if made is None:
            raise InputError(
                rf"{kind}: expected below it i, i=1 (with d above), j=1 (with N above), i<l, "
                r"i<l<m, 1\le i<l\le d, i\ne l, i,l or 1\le j\le N"
            )
        return Big(made)

    def scripted(self, atom: Raised | str, *scripts: tuple[str, Any]) -> Item:
        under, power = _scripts(scripts)
        if atom == "sigma":
            if under is None:
                raise InputError(r"got \sigma without an index, expected \sigma_i, or \Sigma")
            return Raised(Sigma(_index(under)), power)
        assert isinstance(atom, Raised)
        if atom.base == Symbol("c"):
            if under is None or _index(under) != D:
                raise InputError("got c without the index d, expected c_d, the volume of O_d")
            return Raised(Call("c", D), power)
        if under is not None:
            raise InputError(r"got a subscript, expected one on \sigma, c, \sum and \prod only")
        if atom.base == Symbol("e") and power is not None:
            return Raised(Call("exp", power))
        if atom.base == SIGMA and power == Symbol("T"):  # it is diagonal
            return atom
        return Raised(atom.base, power, atom.bracketed)

    def script(self, mark: Token, given: Any) -> tuple[str, Any]:
        return str(mark), given

    def range(self, *given: Any) -> Range:
        return given

    def list(self, *given: Node) -> tuple[Node, ...]:
        return given

    def number(self, digits: Token) -> Raised:
        return Raised(literal(str(digits)))

    def digit(self, digits: Token) -> Node:
        if len(digits) > 1:
            raise InputError(
                f"got {str(digits)[:40]!r} without braces, of which LaTeX takes the first digit; "
                f"expected {{{str(digits)[:40]}}}"
            )
        return literal(str(digits))

    def single(self, given: Node | Raised) -> Node:
        return given.base if isinstance(given, Raised) else given

    def symbol(self, name: Token) -> Raised:
        return Raised(Symbol(str(name)))

    def pi(self, _: Token) -> Raised:
        return Raised(Symbol("pi"))

    def sigma(self, _: Token) -> str:
        return "sigma"

    def transposed(self, _: Token) -> Raised:
        return Raised(Symbol("T"))

    def matrix(self, _: Token) -> Raised:
        return Raised(Symbol("Sigma"))

    def bracketed(self, *given: Any) -> Raised:
        [tree] = [x for x in given if isinstance(x, Node)]
        return Raised(tree, bracketed=True)

    def group(self, tree: Node) -> Raised:
        return Raised(tree, bracketed=True)

    def absolute(self, given: Node | Raised) -> Raised:
        tree = self.argument(given)
        return Raised(Call("det" if of_matrix(tree) else "abs", tree))

    def argument(self, given: Node | Raised) -> Node:
        return given.base if isinstance(given, Raised) else given

    def fraction(self, _: Token, above: Any, below: Any) -> Raised:
        return Raised(Operation("/", self.argument(above), self.argument(below)), bracketed=True)

    def pairs(self, _: Token, above: Any, below: Any) -> Raised:
        many = self.argument(above)
        if self.argument(below) != TWO:
            raise InputError(r"got a \binom, expected \binom{d}{2} or another with 2 below")
        ordered = Operation("*", many, Operation("-", many, ONE))
        return Raised(Operation("/", ordered, TWO), bracketed=True)

    def digits(self, text: Token) -> Raised:
        above, below = list(re.sub(r"\\[dt]?frac|\s", "", text))
        under = number(int(below)) if below.isdigit() else Symbol(below)
        return Raised(Operation("/", number(int(above)), under), bracketed=True)

    def root(self, _: Token, *given: Any) -> Raised:
        *degree, of = given
        radicand = self.argument(of)
        if not degree:
            return Raised(Call("sqrt", radicand))
        return Raised(Operation("**", radicand, Operation("/", number(1), degree[0])), None, True)


def _scripts(given: tuple[tuple[str, Any], ...]) -> tuple[Any, Node | None]:
    found: dict[str, Any] = {}
    for mark, value in given:
        if mark in found:
            raise InputError(f"got {mark} twice on one symbol; expected braces around one of them")
        found[mark] = value
    power = found.get("^")
    return found.get("_"), power.base if isinstance(power, Raised) else power


def _index(under: Any) -> Node:
    """Return a subscript that is one index."""
    if isinstance(under, Raised):
        return under.base
    if isinstance(under, Node):
        return under
    if len(under) == 1 and len(under[0]) == 1:
        only: Node = under[0][0]
        return only
    raise InputError("a subscript: expected one index, such as i")


@cache
def parser() -> Lark:
    """Return the parser, made once."""
    return Lark(
        GRAMMAR, parser="lalr", lexer="basic", transformer=_Trees(), postlex=Bars(), start="start"
    )
