r"""Sentences of the kernel as statements in Coq, over MathComp's ``rcfType``.

A statement says what the sentence says under its hypotheses, neither more nor less, or there is
none: what would have another meaning in Coq is refused. So

- an index that runs from 1 to d becomes ``i : 'I_d``, counted from 0: a number made of it is
  written with ``i.+1``; a family that has such indices alone is ``sigma : 'I_d -> F``;
- any other integer becomes a ``nat``, if hypotheses show that it is not negative, and so are
  exponents, and sums that are no shorter than empty; in comparisons what is subtracted goes to the
  other side;
- 1/x and the square root of x have some value in Coq for each x, in the kernel none that a rule
  knows, unless x differs from 0, or x >= 0: hypotheses have to say so.

The letters come in the order of their names, first natural numbers, then numbers and matrices with
their families, then indices; the hypotheses after them in the order of their texts, but those that
the types say already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import Final

from dlnproof.kernel.logic import negation
from dlnproof.kernel.terms import (
    BUILDERS,
    INT,
    REAL,
    Sort,
    Symbol,
    Term,
    at_most,
    constant_of,
    different,
    fresh_for,
    less,
    monomials,
    number,
    opened,
    rebuild,
    show,
    unfolded,
)

_MOST: Final = 1000
"""The largest numeral: Coq's natural numbers are written in unary."""
_DEEP: Final = 3
_WORDS: Final = frozenset(
    [
        "F",
        "Num",
        "as",
        "at",
        "by",
        "cofix",
        "delta_mx",
        "diag_mx",
        "else",
        "end",
        "exists",
        "fix",
        "for",
        "forall",
        "fun",
        "if",
        "in",
        "is",
        "let",
        "match",
        "mod",
        "of",
        "return",
        "then",
        "using",
        "where",
        "with",
        "Prop",
        "Set",
        "Type",
        "SProp",
    ]
)
"""Names that letters do not get: the field's, what a statement uses, Coq's own."""


class OutsideError(ValueError):
    """A sentence has no statement in Coq here: it says why."""


def statement(sentence: Term, given: Collection[Term] = ()) -> str:
    """Return the sentence under hypotheses as a proposition about a field ``F : rcfType``.

    Raises :class:`OutsideError` for what is outside of the fragment, in a few words.

    >>> from dlnproof.kernel.terms import at_most, less, variable
    >>> x, n = variable("x", REAL), variable("n")
    >>> statement(less(0, x.term**n.term), [less(0, x.term), at_most(1, n.term)])
    'forall (n : nat) (x : F), (0 < x) -> (1 <= n)%N -> (0 < (x ^+ n))'
    """
    told, hypotheses = _plain(sentence), [_plain(h) for h in given]
    free = sorted({s for t in (told, *hypotheses) for s in t.free}, key=lambda s: s.name)
    letters = [s for s in free if s.sort == INT and not s.domain]
    used = {x.data for t in (told, *hypotheses) for x in _indices(t)}
    scope = _Scope().knowing(*hypotheses)
    indices, implied = {}, set[Term]()
    for v in letters:
        if v in used and (found := _range(v, hypotheses, scope, set(letters) & used)):
            indices[v], ends = found
            implied |= ends
    scope = scope.naming(free).counting(indices)
    scope = scope.natural([v for v in letters if v not in indices])
    texts = {scope.sentence(h) for h in hypotheses if h not in implied}
    conclusion = scope.sentence(told)
    declared = [f"({scope.names[v]} : nat)" for v in letters if v not in indices]
    declared += [f"({scope.names[s]} : {scope.type(s)})" for s in free if s not in letters]
    declared += [f"({scope.names[v]} : 'I_{scope.size(indices[v])})" for v in indices]
    opening = f"forall {' '.join(declared)}, " if declared else ""
    return opening + " -> ".join([*sorted(texts), conclusion])


def _plain(term: Term) -> Term:
    """Return a term without what is defined in it."""
    if term.op == "defined":
        return _plain(unfolded(term))
    if term.op in BUILDERS:
        names = fresh_for(term)
        outer = [_plain(x) for x in term.args[: term.data]]
        inner = [_plain(x) for x in opened(term, *(v.term for v in names))]
        return BUILDERS[term.op](outer, names, inner)
    return rebuild(term, [_plain(x) for x in term.args], {})


def _indices(term: Term) -> Iterator[Term]:
    """Yield the letters that are arguments of families, or places in matrices."""
    for part in term.parts():
        found = {"symbol": part.args, "entry": part.args[1:], "unit": part.args[1:]}
        yield from (x for x in found.get(part.op, ()) if x.op == "symbol" and x.sort == INT)


def _range(
    v: Symbol, conditions: Collection[Term], scope: _Scope, later: Collection[Symbol]
) -> tuple[Term, set[Term]] | None:
    """Return the last value of an index that begins at 1 or after, and what its type says then."""
    low = [c for c in conditions if c.op == "<=" and c.args[1] == v.term]
    high = [c for c in conditions if c.op == "<=" and c.args[0] == v.term]
    high = [c for c in high if c.args[1].free.isdisjoint(later)]
    if not high or not any(scope.nonnegative(c.args[0] - 1) for c in low):
        return None
    return high[0].args[1], {high[0], at_most(1, v.term)}


@dataclass(frozen=True)
class _Scope:
    """Where a term stands: the names of its letters, which are indices, and what is known there.

    ``last`` is the last value of each index, ``naturals`` are the other integers; ``facts`` are
    integers that are not negative, ``known`` the sentences that hold. ``families`` collects the
    last values of the arguments of families.
    """

    names: Mapping[Symbol, str] = field(default_factory=dict)
    last: Mapping[Symbol, Term] = field(default_factory=dict)
    naturals: frozenset[Symbol] = frozenset()
    facts: tuple[Term, ...] = ()
    known: frozenset[Term] = frozenset()
    families: dict[Symbol, tuple[Term, ...]] = field(default_factory=dict)

    def knowing(self, *sentences: Term) -> _Scope:
        """Return the scope in which sentences hold besides."""
        facts = [s.args[1] - s.args[0] for s in sentences if s.op == "<=" and s.args[0].sort == INT]
        return replace(self, facts=(*self.facts, *facts), known=self.known.union(sentences))

    def naming(self, symbols: Iterable[Symbol]) -> _Scope:
        """Return the scope with names for more letters, like their own."""
        names = dict(self.names)
        for symbol in symbols:
            plain = re.sub("[^A-Za-z0-9]", "", symbol.name.lstrip("%?0123456789"))
            if not plain[:1].isalpha():
                plain = {INT: "i", REAL: "x"}.get(symbol.sort, "Z")
            taken, name, k = {*names.values(), *_WORDS}, plain, 1
            while name in taken:
                name, k = f"{plain}{k}", k + 1
            names[symbol] = name
        return replace(self, names=names)

    def counting(self, indices: Mapping[Symbol, Term]) -> _Scope:
        """Return the scope with more indices, each at least 1 and at most its last value."""
        inside = replace(self, last={**self.last, **indices})
        ends = (c for v, h in indices.items() for c in (at_most(1, v.term), at_most(v.term, h)))
        return inside.knowing(*ends)

    def natural(self, letters: Collection[Symbol]) -> _Scope:
        """Return the scope in which integers are natural numbers, as what is known shows."""
        scope, left = self, list(letters)
        while left:
            shown = [v for v in left if scope.nonnegative(v.term)]
            if not shown:
                raise OutsideError(
                    f"the integer {self.names[left[0]]} may be negative by its hypotheses"
                )
            scope = replace(scope, naturals=scope.naturals.union(shown))
            left = [v for v in left if v not in shown]
        return scope

    def nonnegative(self, value: Term, deep: int = _DEEP) -> bool:
        """Return whether an integer is a sum of integers that are seen not to be negative."""
        letters = {x for m in monomials(value) for x, _ in m}
        added = all(c >= 0 for c in monomials(value).values())
        if added and all(x.op == "symbol" and self._counted(x.data) for x in letters):
            return True
        return deep > 0 and any(self.nonnegative(value - f, deep - 1) for f in self.facts)

    def _counted(self, v: Symbol) -> bool:
        return v in self.naturals or v in self.last

    def told(self, x: Term) -> str:
        """Return a term as an error shows it: with the names of its letters."""
        text = show(x)
        for v in x.free:
            text = text.replace(v.name, self.names.get(v, v.name))
        return text

    # --- integers ---------------------------------------------------------------------------------

    def _halves(self, value: Term) -> tuple[str, str]:
        """Return what is added and what is subtracted in an integer, as natural numbers."""
        added, subtracted = list[str](), list[str]()
        for m, c in monomials(value).items():
            powers = [self._letter(x) for x, e in m for _ in range(e)]
            size = abs(c)
            if size > _MOST:
                raise OutsideError(f"the numeral {size} is too large for Coq's natural numbers")
            text = " * ".join(([str(size)] if size > 1 or not powers else []) + powers)
            (added if c > 0 else subtracted).append(text)
        return " + ".join(sorted(added)) or "0", " + ".join(sorted(subtracted)) or "0"

    def _letter(self, x: Term) -> str:
        if x.op != "symbol" or x.args or not self._counted(x.data):
            raise OutsideError(
                f"the integer {self.told(x)} is no letter that is known not to be negative"
            )
        return f"{self.names[x.data]}{'.+1' * (x.data in self.last)}"

    def size(self, value: Term) -> str:
        """Return an integer as a natural number, 0 if it is negative."""
        added, subtracted = self._halves(value)
        if subtracted != "0":
            taken = subtracted if subtracted.isalnum() else f"({subtracted})"
            return f"({added} - {taken})%N"
        return added if re.fullmatch(r"\w+", added) else f"({added})%N"

    def whole(self, value: Term, what: str) -> str:
        """Return an integer that is not negative."""
        text = self.size(value)
        if not self.nonnegative(value):
            raise OutsideError(f"the {what} {self.told(value)} may be negative by the hypotheses")
        return text

    # --- signs of numbers, as hypotheses say them ---------------------------------------------

    def _holds(self, sentence: Term) -> bool:
        """Return whether a sentence is known, or a case of one that is known for all indices."""
        return sentence in self.known or any(
            self._instance(rule, sentence) for rule in self.known if rule.op == "every"
        )

    def _instance(self, rule: Term, sentence: Term) -> bool:
        if any(v.sort != INT for v in rule.variables):
            return False
        mine = [v for v in self.last if v in sentence.free]
        for values in product(mine, repeat=len(rule.variables)):
            *conditions, said = opened(rule, *(v.term for v in values))
            found = said == sentence or (said.op == "every" and self._instance(said, sentence))
            if found and all(map(self._met, conditions)):
                return True
        return False

    def _met(self, condition: Term) -> bool:
        if condition.op == "<=" and condition.args[0].sort == INT:
            return self.nonnegative(condition.args[1] - condition.args[0])
        return condition in self.known

    def _positive(self, x: Term) -> bool:
        if self._holds(less(0, x)):
            return True
        if x.op == "number":
            return bool(x.data > 0)
        if x.op == "real":
            return self.nonnegative(x.args[0] - 1)
        if x.op == "^":
            return x.args[1].sort == INT and self._positive(x.args[0])
        if x.op == "+":
            return any(self._positive(a) and self.at_least_0(b) for a, b in (x.args, x.args[::-1]))
        return x.op in ("*", "/") and all(map(self._positive, x.args))

    def at_least_0(self, x: Term) -> bool:
        """Return whether a number is seen not to be negative."""
        if self._positive(x) or self._holds(at_most(0, x)):
            return True
        if x.op in ("number", "real"):
            return x.data == 0 if x.op == "number" else self.nonnegative(x.args[0])
        if x.op == "^":
            even = x.args[1].sort == INT and (constant_of(x.args[1]) or 1) % 2 == 0
            return even or self.at_least_0(x.args[0])
        return x.op in ("*", "/", "+") and all(map(self.at_least_0, x.args))

    def not_0(self, x: Term) -> bool:
        """Return whether a number is seen to differ from 0."""
        if x.op in ("*", "/"):
            return all(map(self.not_0, x.args))
        if x.op == "^" and x.args[1].sort == INT:
            return self.not_0(x.args[0])
        a, b = x.args if x.op == "-" else (x, number(0))
        said = [make(*two) for make in (less, different) for two in ((a, b), (b, a))]
        return (
            self._positive(x) or (x.op == "number" and x.data != 0) or any(map(self._holds, said))
        )

    # --- terms --------------------------------------------------------------------------------

    def term(self, x: Term) -> str:
        """Return a number or a matrix."""
        if x.op not in _TERMS:
            raise OutsideError(f"'{x.op}' is not translated")
        return _TERMS[x.op](self, x)

    def _terms(self, x: Term) -> list[str]:
        return [self.term(arg) for arg in x.args]

    def _symbol(self, x: Term) -> str:
        if x.data not in self.names or any(s != INT for s in x.data.domain):
            raise OutsideError(f"{self.told(x)} is no letter, and no family with indices")
        if not x.args:
            return self.names[x.data]
        lasts = tuple(self._last(arg) for arg in x.args)
        if self.families.setdefault(x.data, lasts) != lasts:
            raise OutsideError(f"the indices of {x.data.name} do not run to one end everywhere")
        return f"({' '.join([self.names[x.data], *(self.names[arg.data] for arg in x.args)])})"

    def _last(self, x: Term) -> Term:
        if x.op != "symbol" or x.data not in self.last:
            raise OutsideError(f"{self.told(x)} is no index that runs from 1 to an end")
        return self.last[x.data]

    def _place(self, x: Term, size: Term) -> str:
        if self._last(x) != size:
            raise OutsideError(
                f"the index {self.told(x)} does not run to the size {self.told(size)} of its matrix"
            )
        return self.names[x.data]

    def _number(self, x: Term) -> str:
        return _fraction(x.data)

    def _real(self, x: Term) -> str:
        added, subtracted = self._halves(x.args[0])
        text = f"({added})%:R"
        return text if subtracted == "0" else f"({text} - ({subtracted})%:R)"

    def _quotient(self, x: Term) -> str:
        if not self.not_0(x.args[1]):
            raise OutsideError(
                f"no hypothesis says that {self.told(x.args[1])}, divided by, is not 0"
            )
        return "({} / {})".format(*self._terms(x))

    def _product(self, x: Term) -> str:
        sign = "*m" if x.sort.kind == "matrix" else "*"
        return f"({f' {sign} '.join(self._terms(x))})"

    def _power(self, x: Term) -> str:
        base, exponent = x.args
        if exponent.op == "number" and exponent.data == Fraction(1, 2):
            if not self.at_least_0(base):
                raise OutsideError(
                    f"no hypothesis says that {self.told(base)}, under a root, is >= 0"
                )
            return f"(Num.sqrt {self.term(base)})"
        if exponent.sort != INT or base.sort != REAL:
            raise OutsideError(f"the power {self.told(x)} is not translated")
        return f"({self.term(base)} ^+ {self.whole(exponent, 'exponent')})"

    def _if(self, x: Term) -> str:
        condition, yes, no = x.args
        text, other = self._relation(condition, "=="), negation(condition)
        first, second = self.knowing(condition).term(yes), self.knowing(other).term(no)
        return f"(if {text} then {first} else {second})"

    def _entry(self, x: Term) -> str:
        rows, cols = x.args[0].sort.shape
        i, l = self._place(x.args[1], rows), self._place(x.args[2], cols)
        return f"({self.term(x.args[0])} {i} {l})"

    def _unit(self, x: Term) -> str:
        size, i, l = x.args
        return f"({self._of(x.sort, f'delta_mx {self._place(i, size)} {self._place(l, size)}')})"

    def _of(self, sort: Sort, text: str) -> str:
        return f"{text} : {self.sort(sort)}"

    def _identity(self, x: Term) -> str:
        return f"({self._of(x.sort, '1%:M')})"

    def _zero(self, x: Term) -> str:
        return f"({self._of(x.sort, '0')})"

    def _big(self, x: Term) -> str:
        """Return a sum or product; of indices from 0 none is an argument."""
        if x.op == "prod" and x.sort != REAL:
            raise OutsideError("a product of matrices over an index is not translated")
        lo, hi = x.args[:2]
        self.whole(hi - lo + 1, "number of terms")
        [v] = fresh_for(x)
        [body] = opened(x, v.term)
        sign = {"sum": r"\sum", "prod": r"\prod"}[x.op]
        if constant_of(lo) == 0:
            inside = self.naming([v]).knowing(at_most(0, v.term), at_most(v.term, hi))
            inside = inside.natural([v])
            over = f"{inside.names[v]} < {self.size(hi + 1)}"
        elif self.nonnegative(lo - 1):
            inside = self.naming([v]).counting({v: hi}).knowing(at_most(lo, v.term))
            over = f"{inside.names[v]} < {self.size(hi)}"
            if constant_of(lo) != 1:
                over += f" | {inside.sentence(at_most(lo, v.term))}"
        else:
            raise OutsideError(
                f"an index from {self.told(lo)}, which may be negative, is not translated"
            )
        return f"({sign}_({over}) {inside.term(body)})"

    def _rows(self, x: Term) -> str:
        named = fresh_for(x)
        [body] = opened(x, *(v.term for v in named))
        sizes = dict(zip(named, x.args[: x.data], strict=True))
        inside = self.naming(named).counting(sizes)
        over = ", ".join(f"{inside.names[v]} < {self.size(n)}" for v, n in sizes.items())
        if x.op == "diag":
            return rf"(diag_mx (\row_({over}) {inside.term(body)}))"
        return rf"(\matrix_({over}) {inside.term(body)})"

    # --- sentences ----------------------------------------------------------------------------

    def sentence(self, x: Term) -> str:
        """Return a sentence."""
        if x.op == "every":
            return self._every(x)
        if x.op == "false":
            return "False"
        return self._relation(x, "=")

    def _relation(self, x: Term, equal: str) -> str:
        if x.op not in ("=", "<=", "<", "!="):
            raise OutsideError(f"a sentence with '{x.op}' is not translated")
        left, right = x.args
        sign = equal if x.op == "=" else x.op
        if left.sort == INT:
            return f"({f' {sign} '.join(self._halves(left - right))})%N"
        # where no letter is a number or a matrix nothing else says what the numbers are
        kind = "" if any(s.sort != INT for s in x.free) else f" :> {self.sort(left.sort)}"
        return f"({self.term(left)} {sign} {self.term(right)}{kind})"

    def _every(self, x: Term) -> str:
        variables = fresh_for(x)
        *conditions, said = opened(x, *(v.term for v in variables))
        scope, declared, implied = self, [], set[Term]()
        for k, v in enumerate(variables):
            scope = scope.naming([v])
            found = None
            if v.sort == INT:
                found = _range(v, conditions, scope, variables[k:])
            if found:
                scope, implied = scope.counting({v: found[0]}), implied | found[1]
                kind = f"'I_{scope.size(found[0])}"
            elif v.sort == INT:
                scope = scope.knowing(*conditions).natural([v])
                kind = "nat"
            else:
                kind = scope.sort(v.sort)
            declared.append(f"({scope.names[v]} : {kind})")
        scope = scope.knowing(*conditions)
        texts = [scope.sentence(c) for c in conditions if c not in implied]
        opening = f"forall {' '.join(declared)}, " if declared else ""
        return f"({opening}{' -> '.join([*texts, scope.sentence(said)])})"

    # --- types ----------------------------------------------------------------------------------

    def sort(self, sort: Sort) -> str:
        """Return the type of numbers, or of matrices of a shape."""
        if sort == REAL:
            return "F"
        if sort.rows is None or any(s.name[:1] == "#" for s in sort.letters):
            raise OutsideError(f"a {sort} is not translated")
        rows, cols = (self.size(n) for n in sort.shape)
        return f"'M[F]_({rows}, {cols})"

    def type(self, symbol: Symbol) -> str:
        """Return the type of a letter or family."""
        lasts = self.families.get(symbol, ())
        if (symbol.domain and not lasts) or any(not n.free <= self.naturals for n in lasts):
            raise OutsideError(f"the indices of {symbol.name} have no end that is a letter")
        return " -> ".join([*(f"'I_{self.size(n)}" for n in lasts), self.sort(symbol.sort)])


def _fraction(value: Fraction) -> str:
    """Return a rational number."""
    if max(abs(value.numerator), value.denominator) > _MOST:
        raise OutsideError(f"the number {value} is too large for Coq's natural numbers")
    size = abs(value.numerator)
    text = str(size) if size < 2 else f"{size}%:R"
    if value.denominator > 1:
        text = f"({text} / {value.denominator}%:R)"
    return text if value >= 0 else f"(- {text})"


def _joined(sign: str) -> Callable[[_Scope, Term], str]:
    return lambda scope, x: f"({f' {sign} '.join(scope._terms(x))})"


def _applied(name: str) -> Callable[[_Scope, Term], str]:
    return lambda scope, x: f"({name} {scope.term(x.args[0])})"


_TERMS: Final[Mapping[str, Callable[[_Scope, Term], str]]] = {
    "symbol": _Scope._symbol,
    "number": _Scope._number,
    "real": _Scope._real,
    "+": _joined("+"),
    "-": _joined("-"),
    "*": _Scope._product,
    "scale": _joined("*:"),
    "/": _Scope._quotient,
    "^": _Scope._power,
    "if": _Scope._if,
    "T": lambda scope, x: f"({scope.term(x.args[0])}^T)",
    "trace": _applied(r"\tr"),
    "det": _applied(r"\det"),
    "entry": _Scope._entry,
    "unit": _Scope._unit,
    "I": _Scope._identity,
    "O": _Scope._zero,
    "sum": _Scope._big,
    "prod": _Scope._big,
    "diag": _Scope._rows,
    "array": _Scope._rows,
}
