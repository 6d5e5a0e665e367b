"""Formulas in plain text, in the arithmetic of Python: the grammar, and how a tree is written."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import Any, Final

from lark import Lark, Token, Transformer, v_args

from dlnproof.errors import InputError
from dlnproof.language.hyperbolic import HYPERBOLIC, hyperbolic
from dlnproof.language.ranges import over, over_range
from dlnproof.language.tree import (
    FUNCTIONS,
    Call,
    D,
    Negative,
    Node,
    Number,
    Operation,
    Sigma,
    Symbol,
)

GRAMMAR: Final = r"""
start: sum
?sum: product
    | sum "+" product -> add
    | sum "-" product -> subtract
?product: run
    | product "*" run -> multiply
    | product "/" signed -> divide
?run: signed
    | run power -> beside
?signed: power
    | "-" signed -> negative
    | "+" signed
?power: atom
    | atom ("**" | "^") signed -> power
?atom: NUMBER -> number
    | NAME -> symbol
    | NAME "[" sum "]" -> entry
    | FUNCTION "(" argument ("," argument)* ")" -> call
    | "(" sum ")"
argument: sum (RELATION sum)*
NUMBER: /[0-9]+(\.[0-9]*)?|\.[0-9]+/
FUNCTION.2: /(?:FUNCTIONS)(?=\s*\()/
NAME: /[A-Za-z_][A-Za-z0-9_]*/
RELATION: "<=" | ">=" | "!=" | "<" | ">"
%ignore /[ \t\r\n]+/
""".replace("FUNCTIONS", "|".join((*FUNCTIONS, *HYPERBOLIC, "sum", "prod")))
_TWO_READINGS: Final = re.compile(
    r"(?:\^|\*\*)\s*[-+]?(?:[0-9.]+(?=[A-Za-z])|(?P<name>[A-Za-z_]\w*)(?=\())"
)

_OVER_EXPECTED: Final = (
    "expected {0}(i, ...) over 1..d, {0}(j, 1, N, ...), {0}(i<l, ...), {0}(i<=l, ...), "
    "{0}(i!=l, ...), {0}(i<l<m, ...), {0}(1<=i<l<=d, ...) or {0}(i, l, ...) over all pairs"
)


@v_args(inline=True)
class _Trees(Transformer[Token, Node]):
    """Builds the tree while the text is parsed."""

    def start(self, tree: Node) -> Node:
        return tree

    def add(self, left: Node, right: Node) -> Node:
        return Operation("+", left, right)

    def subtract(self, left: Node, right: Node) -> Node:
        return Operation("-", left, right)

    def multiply(self, left: Node, right: Node) -> Node:
        return Operation("*", left, right)

    def beside(self, left: Node, right: Node) -> Node:
        base = right.left if isinstance(right, Operation) and right.sign == "**" else right
        if isinstance(base, Number):
            raise InputError("got a number after a factor, expected * between them")
        return Operation("*", left, right)

    def divide(self, left: Node, right: Node) -> Node:
        return Operation("/", left, right)

    def negative(self, of: Node) -> Node:
        return Negative(of)

    def power(self, base: Node, exponent: Node) -> Node:
        return Operation("**", base, exponent)

    def number(self, digits: Token) -> Node:
        return literal(str(digits))

    def symbol(self, name: Token) -> Node:
        if str(name) in (*FUNCTIONS, "sum", "prod", "sigma"):
            shown = "sigma[i]" if name == "sigma" else f"{name}(...)"
            raise InputError(f"got {str(name)!r} alone, expected {shown}")
        entry = re.fullmatch("sigma_([a-z]|[0-9]{1,9})", name)
        if entry:
            index = entry[1]
            return Sigma(literal(index) if index.isdigit() else Symbol(index))
        if name == "c_d":
            return Call("c", D)
        return Symbol(str(name))

    def entry(self, name: Token, index: Node) -> Node:
        if name != "sigma":
            raise InputError(f"got {str(name)[:40]!r} with an index, expected sigma[...]")
        return Sigma(index)

    def argument(self, *given: Any) -> tuple[Any, ...]:
        return given

    def call(self, name: Token, *given: tuple[Any, ...]) -> Node:
        if name in ("sum", "prod"):
            return _over(str(name), given)
        if len(given) != 1 or len(given[0]) != 1:
            raise InputError(f"{name}: got {len(given)} arguments or a relation, expected one")
        if name in HYPERBOLIC:
            return hyperbolic(str(name), given[0][0])
        return Call(str(name), given[0][0])


def check_exponents(text: str) -> None:
    """Refuse ``N^d(d-1)`` and ``2^2N``: an exponent without brackets that something follows."""
    for found in _TWO_READINGS.finditer(text):
        if found["name"] not in (*FUNCTIONS, *HYPERBOLIC, "sum", "prod"):
            raise InputError(
                f"got {text[found.start() :][:40]!r}, which can be read in two ways; expected "
                "brackets around the exponent, such as N^(d(d-1)/2)"
            )


def literal(digits: str) -> Number:
    """Return a number of bounded length as it is written."""
    if len(digits) > 40:
        raise InputError(f"got a number of {len(digits)} characters, expected at most 40")
    return Number(Fraction(digits if digits[-1] != "." else digits[:-1]))


def _over(kind: str, given: tuple[tuple[Any, ...], ...]) -> Node:
    *heads, last = given
    wrong = InputError(f"{kind}: {_OVER_EXPECTED.format(kind)}")
    if len(last) != 1:
        raise wrong
    plain = [head[0] for head in heads if len(head) == 1]
    match heads:
        case [(Symbol(a),)]:
            return over(kind, (a,), "", last[0])
        case [(Symbol(a),), (Symbol(b),)]:
            return over(kind, (a, b), ",", last[0])
        case [(Symbol(a),), _, _] if len(plain) == 3:
            return over(kind, (a,), "", last[0], (plain[1], plain[2]))
        case [chain] if len(chain) > 1:
            made = over_range(kind, tuple(str(x) if k % 2 else (x,) for k, x in enumerate(chain)))
            if made is not None:
                return made(last[0])
    raise wrong


@cache
def parser() -> Lark:
    """Return the parser, made once."""
    return Lark(GRAMMAR, parser="lalr", transformer=_Trees(), start="start")
