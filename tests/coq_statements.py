"""A reader of statements in Coq that knows nothing of how they are written: whether one is true.

It reads MathComp's notations as MathComp's manual says them, in exact numbers: an index of ``'I_n``
runs through 0, ..., n - 1, natural numbers are subtracted down to 0 at least.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from math import isqrt, prod
from operator import add, eq, le, lt, mul, ne
from typing import Any

from flint import fmpq, fmpq_mat

TOKEN = re.compile(
    r"\s*(\\[a-z]+_?|%:[RM]|%N|\.\+1|\^\+|\^T|:>|->|<=|!=|==|\*m|\*:|'[IM]_?|Num\.sqrt|[A-Za-z]\w*"
    r"|[0-9]+|[-+*/(),:|<=\[\]_])"
)
RELATIONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": eq, "==": eq, "!=": ne, "<=": le, "<": lt,
}  # fmt: skip
Env = Mapping[str, Any]
Meaning = Callable[[Env], Any]


def tokens(text: str) -> list[str]:
    """Return the tokens of a statement; nothing else may stand in it."""
    found, place = [], 0
    while place < len(text.rstrip()):
        match = TOKEN.match(text, place)
        assert match, text[place:]
        found.append(match[1])
        place = match.end()
    return found


def true(text: str, env: Env) -> bool:
    """Return whether a statement is true of the values of its letters.

    The letters that stand before its first comma, or whose values are given, are not quantified.
    """
    reader = Reader(tokens(text))
    opened = reader.opening() if reader.next() == "forall" else []
    assert {name for name, _ in opened} == set(env)
    meaning = reader.sentence()
    assert reader.next() == ""
    return bool(meaning(env))


class Reader:
    """Reads tokens from the left; what it returns says the value in given letters."""

    def __init__(self, found: list[str]) -> None:
        self.found, self.at, self.natural = found, 0, False

    def next(self) -> str:
        """The token that comes next."""
        return self.found[self.at] if self.at < len(self.found) else ""

    def take(self, *expected: str) -> str:
        """Read a token."""
        token = self.next()
        assert not expected or token in expected, (expected, self.found[self.at :][:12])
        self.at += 1
        return token

    def opening(self) -> list[tuple[str, Any]]:
        """Read ``forall (i : 'I_n) ...,``."""
        self.take("forall")
        found = []
        while self.next() == "(":
            self.take()
            name = self.take()
            self.take(":")
            found.append((name, self.kind()))
            self.take(")")
        self.take(",")
        return found

    def kind(self) -> Any:
        """Read a type; of indices it is their number."""
        if (token := self.take("nat", "F", "'I_", "'M")) == "'I_":
            size = self.atom()
            if self.next() == "->":
                self.take()
                self.kind()
            return size
        if token == "'M":
            for part in "[F]_":
                self.take(part)
            self.atom()
        return token

    def sentence(self) -> Meaning:
        """Read implications, from the right."""
        if self.next() == "forall":
            bound = self.opening()
            inside = self.sentence()
            return lambda env: all(inside(case) for case in cases(bound, env))
        left = self.relation()
        if self.next() != "->":
            return left
        self.take()
        right = self.sentence()
        return lambda env: not left(env) or right(env)

    def relation(self) -> Meaning:
        left = self.sum()
        if self.next() not in RELATIONS:
            return left
        said = RELATIONS[self.take()]
        right = self.sum()
        return lambda env: said(left(env), right(env))

    def _chain(self, below: Callable[[], Meaning], signs: Mapping[str, Any]) -> Meaning:
        found = below()
        while self.next() in signs:
            found = both(signs[self.take()], found, below())
        return found

    def sum(self) -> Meaning:
        return self._chain(self.product, {"+": add, "-": self.minus})

    def product(self) -> Meaning:
        if self.next() == "-":
            self.take()
            inside = self.product()
            return lambda env: -inside(env)
        signs = {"*": mul, "*m": mul, "/": divided, "*:": lambda c, m: m * c}
        return self._chain(self.power, signs)

    def power(self) -> Meaning:
        return self._chain(self.application, {"^+": lambda x, n: x**n})

    def minus(self, a: Any, b: Any) -> Any:
        """Natural numbers, which alone are ints here, are subtracted down to 0."""
        return max(a - b, 0) if isinstance(a, int) and isinstance(b, int) else a - b

    def application(self) -> Meaning:
        token = self.next()
        if token in ("\\sum_", "\\prod_", "\\row_", "\\matrix_"):
            return self.big()
        if token == "if":
            self.take()
            condition = self.sentence()
            self.take("then")
            first = self.sum()
            self.take("else")
            second = self.sum()
            return lambda env: first(env) if condition(env) else second(env)
        if token in ("\\tr", "\\det", "diag_mx", "Num.sqrt"):
            self.take()
            inside = self.atom()
            return lambda env: FUNCTIONS[token](inside(env))
        if token == "delta_mx":
            self.take()
            i, l = self.atom(), self.atom()
            return lambda env: ("delta", i(env), l(env))
        head, args = self.atom(), []
        while re.fullmatch(r"[A-Za-z]\w*", self.next()) and self.next() not in ("then", "else"):
            args.append(self.atom())
        if not args:
            return head
        return lambda env: applied(head(env), [arg(env) for arg in args])

    def big(self) -> Meaning:
        """Read a sum, a product, a row or a matrix over indices."""
        sign = self.take()
        self.take("(")
        over, condition = [], None
        while self.next() != ")":
            name = self.take()
            self.take("<")
            over.append((name, self.sum()))
            if self.next() == "|":
                self.take()
                condition = self.sentence()
            elif self.next() == ",":
                self.take()
        self.take(")")
        body = self.application()

        def value(env: Env) -> Any:
            inside = [c for c in cases(over, env) if condition is None or condition(c)]
            found = [body(c) for c in inside]
            if sign == "\\sum_":
                return reduce(add, found) if found else fmpq(0)
            if sign == "\\prod_":
                return prod(found, start=fmpq(1))
            *rows, columns = (size(env) for _, size in over)
            return fmpq_mat(rows[0] if rows else 1, columns, found)

        return value

    def atom(self) -> Meaning:
        token = self.take()
        if token == "(":
            found = self.sentence()
            if self.next() == ",":  # the shape of a matrix
                self.take()
                self.sum()
            if self.next() in (":", ":>"):
                found = self.cast(found)
            self.take(")")
        else:
            found = literal(int(token)) if token.isdigit() else letter(token)
        while self.next() in ("%N", "%:R", "%:M", ".+1", "^T"):
            found = POSTFIX[self.take()](found)
        return found

    def cast(self, found: Meaning) -> Meaning:
        """Read the type of 0, of 1%:M, or of E_il; of other terms it says nothing new."""
        self.take()
        shape: list[Meaning] = []
        if self.take("F", "'M") == "'M":
            for part in "[F]_(":
                self.take(part)
            shape.append(self.sum())
            self.take(",")
            shape.append(self.sum())
            self.take(")")

        def value(env: Env) -> Any:
            inside = found(env)
            if not shape:
                return inside
            rows, cols = (size(env) for size in shape)
            entries = fmpq_mat(rows, cols)
            if inside == "unit":
                for i in range(rows):
                    entries[i, i] = 1
            elif isinstance(inside, tuple):
                entries[inside[1], inside[2]] = 1
            else:
                assert inside == 0
            return entries

        return value


def literal(n: int) -> Meaning:
    return lambda env: n


def letter(name: str) -> Meaning:
    return lambda env: env[name]


def both(f: Any, a: Meaning, b: Meaning) -> Meaning:
    return lambda env: f(a(env), b(env))


def divided(a: Any, b: Any) -> Any:
    return fmpq(a) / b if b != 0 else fmpq(0)


def applied(head: Any, args: list[int]) -> Any:
    return head[args[0], args[1]] if isinstance(head, fmpq_mat) else head(*args)


def square_root(x: fmpq) -> fmpq:
    root = fmpq(isqrt(int(x.p)), isqrt(int(x.q))) if x >= 0 else fmpq(0)
    assert x < 0 or root**2 == x, "a root that is not rational"
    return root


def trace(m: fmpq_mat) -> fmpq:
    return sum((m[i, i] for i in range(m.nrows())), start=fmpq(0))


def diagonal(row: fmpq_mat) -> fmpq_mat:
    found = fmpq_mat(row.ncols(), row.ncols())
    for i in range(row.ncols()):
        found[i, i] = row[0, i]
    return found


FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "\\tr": trace,
    "\\det": lambda m: m.det(),
    "diag_mx": diagonal,
    "Num.sqrt": square_root,
}
POSTFIX: Mapping[str, Callable[[Meaning], Meaning]] = {
    "%N": lambda f: f,
    "%:R": lambda f: lambda env: fmpq(f(env)),
    "%:M": lambda f: lambda env: "unit",
    ".+1": lambda f: lambda env: f(env) + 1,
    "^T": lambda f: lambda env: f(env).transpose(),
}


def cases(bound: list[tuple[str, Any]], env: Env) -> Iterator[Env]:
    """Yield the values of letters, of indices all of them, of natural numbers the first few."""
    if not bound:
        yield env
        return
    (name, size), *others = bound
    number = 6 if size == "nat" else size(env)
    for k in range(number):
        yield from cases(others, {**env, name: k})
