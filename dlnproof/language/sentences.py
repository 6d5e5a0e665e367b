r"""Sentences read back: LaTeX, as documents print it, into terms of the kernel.

The reader shares no code with what writes. It knows symbols and definitions by their LaTeX alone;
what is read is compared with the sentence that was decided up to associativity, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from dlnproof.definitions.letters import SIGMA, U, V, d
from dlnproof.errors import InputError
from dlnproof.kernel.terms import (
    FALSE,
    INT,
    PI,
    PROP,
    REAL,
    Definition,
    Sort,
    SortError,
    Symbol,
    Term,
    apply,
    array,
    at_most,
    choose,
    cosine,
    defined,
    derivative,
    determinant,
    diagonal,
    different,
    divide,
    entry,
    equal,
    every,
    frame_determinant,
    fresh,
    gamma,
    gradient,
    identity,
    integer,
    integral,
    less,
    limit_at_infinity,
    limit_at_zero,
    linear,
    log,
    map_determinant,
    map_inverse,
    matrix_sort,
    multiply,
    number,
    orbit_volume,
    orthogonal_volume,
    orthonormal,
    pair_determinant,
    power,
    product,
    psd,
    psd_power,
    psd_root,
    root,
    sphere_volume,
    substitute,
    total,
    trace,
    transpose,
    unit,
    zero,
)
from dlnproof.language.alike import alike, same

_TOKEN: Final = re.compile(
    r"\\mathrm\{d\}|\\text\{otherwise\}|\\operatorname\{\w+\}|\\mathbb\{\w\}"
    r"|\\(?:left|right|Bigr)\||\\begin\{cases\}|\\end\{cases\}"
    r"|\\[A-Za-z]+|\\.|<<\w+>>|\d+|\S"
)
_IGNORED: Final = frozenset(
    {r"\,", r"\;", r"\ ", r"\quad", r"\qquad", r"\left", r"\right"}
    | {rf"\{size}{side}" for size in ("big", "Big") for side in "lr"}
)
_RELATIONS: Final[Mapping[str, Callable[[Term, Term], Term]]] = {
    "=": equal,
    r"\ne": different,
    r"\le": at_most,
    "<": less,
}
_FUNCTIONS: Final[Mapping[str, Callable[[Term], Term]]] = {
    r"\log": log,
    r"\cos": cosine,
    r"\Gamma": gamma,
    r"\operatorname{Tr}": trace,
    r"\det": determinant,
}


class UnreadError(InputError):
    """A text is no sentence that is known here."""


@dataclass(frozen=True)
class Vocabulary:
    """The symbols and definitions that a text may use, known by their LaTeX."""

    symbols: frozenset[Symbol]
    definitions: frozenset[Definition] = frozenset()

    def __post_init__(self) -> None:
        known: dict[tuple[str, int], Symbol | Definition] = {}
        for name in self.names:
            if isinstance(name, Symbol) and name.name.startswith("<"):
                continue
            at = (_latex(name), _arity(name))
            if known.setdefault(at, name) != name:
                raise UnreadError(f"two letters are printed as {at[0]}")

    @property
    def names(self) -> list[Symbol | Definition]:
        """All of them."""
        return [*self.symbols, *self.definitions]

    @classmethod
    def of(cls, *terms: Term) -> Vocabulary:
        """Return what terms are made of."""
        inside = [part for term in terms for part in _parts(term)]
        return cls(
            frozenset(part.data for part in inside if part.op == "symbol"),
            frozenset(part.data for part in inside if part.op == "defined"),
        )


def _parts(term: Term) -> Iterable[Term]:
    for part in term.parts():
        if not (part.op == "symbol" and part.data.name.startswith("%")):
            yield part
        for sort in (part.sort, *(v.sort for v in part.variables)):
            for size in (sort.rows, sort.cols):
                if size is not None:
                    yield from (x.term for x in size.free if not x.domain and x.name[0] != "%")


def _latex(name: Symbol | Definition) -> str:
    if isinstance(name, Definition):
        return name.latex or rf"\operatorname{{{name.name}}}"
    return name.latex or name.name


def _arity(name: Symbol | Definition) -> int:
    return len(name.parameters) if isinstance(name, Definition) else len(name.domain)


def read_sentence(text: str, vocabulary: Vocabulary) -> Term:
    r"""Return the sentence that a text says: words, with formulas in dollars and displays.

    Raises :class:`UnreadError` for what is none.
    """
    try:
        words = _Words(" ".join(text.split()), vocabulary)
        found = words.sentence({})
        words.end()
    except (SortError, IndexError, ValueError) as error:
        raise UnreadError(str(error)) from None
    return found


def read_statement(
    text: str, labels: Sequence[str], definitions: int, vocabulary: Vocabulary
) -> tuple[list[Term], str]:
    """Return the sentences of a statement, after their labels, its definitions, and the rest.

    Raises :class:`UnreadError` where it is not so many sentences and definitions.
    """
    words = _Words(" ".join(text.split()), vocabulary)
    found = []
    try:
        for label in (*labels, *["By definition"] * definitions):
            words.take(label)
            if label in labels and label:
                words.take(":")
            words.takes(" ")
            found.append(words.sentence({}))
            words.takes(".")
            words.takes(" ")
    except (SortError, IndexError, ValueError) as error:
        raise UnreadError(str(error)) from None
    return found, words.text[words.at :]


def read_formula(latex: str, vocabulary: Vocabulary) -> Term:
    """Return the term, or the sentence, that is written as a formula."""
    try:
        formula = _Formula.of(latex, vocabulary, {})
        found = formula.relation()
        formula.end()
    except (SortError, IndexError, ValueError) as error:
        raise UnreadError(str(error)) from None
    return found


def misread(term: Term, text: str, vocabulary: Vocabulary | None = None) -> str:
    """Return how a printed text says otherwise than the sentence; nothing where it says that."""
    vocabulary = Vocabulary.of(term) if vocabulary is None else vocabulary
    try:
        is_sentence = term.sort == PROP
        found = read_sentence(text, vocabulary) if is_sentence else read_formula(text, vocabulary)
    except UnreadError as error:
        return f"it is not read: {error}"
    return "" if same(found, term) else f"it is read as {found}, not as {term}"


def misnamed(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the names that are printed as something that says more, or says something else."""
    for name in sorted(vocabulary.names, key=_latex):
        if isinstance(name, Symbol) and name.name.startswith("<"):
            continue
        latex = re.sub(r"\^(\w)", r"^{\1}", _latex(name))
        apart = {*_outside(latex)}
        if apart & _BETWEEN or (isinstance(name, Symbol) and apart & _FUNCTIONS.keys()):
            yield f"{name.name} is printed as {latex}, which is not a name"
        elif _arity(name) == 0 and (meaning := _meaning(latex, name, vocabulary)) is not None:
            yield f"{name.name} is printed as {latex}, which means {meaning}"


_BETWEEN: Final = frozenset({*"+-=<>,/", r"\ne", r"\le", r"\ge", r"\cdot", r"\times", r"\in"})


def _outside(latex: str) -> Iterator[str]:
    """Yield the tokens of a name that stand in no brackets."""
    depth = 0
    for token in _TOKEN.findall(latex):
        depth -= token in ("}", ")")
        if depth == 0:
            yield token
        depth += token in ("{", "(")


def _meaning(latex: str, name: Symbol | Definition, vocabulary: Vocabulary) -> Term | None:
    """Return what a name says where it is not known."""
    without = Vocabulary(
        frozenset(x for x in vocabulary.symbols if x != name),
        frozenset(x for x in vocabulary.definitions if x != name),
    )
    try:
        return read_formula(latex, without)
    except UnreadError:
        return None


# --- formulas -------------------------------------------------------------------------------------

_Scope = Mapping[str, Symbol]
_Item = Term | tuple[str, Term]
"""A factor: a term, or a column of U or V (with its index), transposed or not."""


@dataclass
class _Formula:
    tokens: list[str]
    vocabulary: Vocabulary
    scope: dict[str, Symbol]
    at: int = 0

    @classmethod
    def of(cls, latex: str, vocabulary: Vocabulary, scope: _Scope) -> _Formula:
        tokens = [t for t in _TOKEN.findall(latex) if t not in _IGNORED]
        return cls(tokens, vocabulary, dict(scope))

    # --- tokens

    @property
    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *expected: str) -> None:
        for token in expected:
            if self.next != token:
                before = " ".join(self.tokens[max(self.at - 6, 0) : self.at])
                raise UnreadError(f"got {self.next!r} after {before!r}, expected {token!r}")
            self.at += 1

    def takes(self, *expected: str) -> bool:
        if tuple(self.tokens[self.at : self.at + len(expected)]) != expected:
            return False
        self.at += len(expected)
        return True

    def end(self) -> None:
        if self.next:
            raise UnreadError(f"got {' '.join(self.tokens[self.at : self.at + 8])!r} at the end")

    def name(self) -> str:
        """Take the name of a variable that is bound here."""
        token = self.next
        if not re.fullmatch(r"[A-Za-z]|\\var[a-z]+", token):
            raise UnreadError(f"got {token!r}, expected a variable")
        self.at += 1
        return token

    def bind(self, name: str, sort: Sort) -> Symbol:
        """Return a new symbol that a name stands for from here on."""
        self.scope[name] = symbol = fresh(sort)
        return symbol

    def attempt(self, read: Callable[[], Term]) -> Term | None:
        """Return what is read, or go back."""
        at, scope = self.at, dict(self.scope)
        try:
            return read()
        except (UnreadError, SortError):
            self.at, self.scope = at, scope
            return None

    # --- relations

    def relation(self) -> Term:
        """Read a term, or a sentence that is a relation of two."""
        special = self.limit()
        if special is not None:
            return special
        left = self.sum()
        if self.next not in _RELATIONS:
            return left
        sign = self.next
        self.at += 1
        right = self.sum()
        return _RELATIONS[sign](*_matched(left, right))

    def limit(self) -> Term | None:
        """Read an equation for a derivative, a gradient, or a limit."""
        if self.takes(r"\frac", "{", r"\mathrm{d}", "}", "{", r"\mathrm{d}"):
            return self.derivative()
        if self.takes(r"\nabla", "_", "{"):
            name = self.name()
            self.take("=")
            point = self.sum()
            self.take("}")
            x = self.bind(name, point.sort)
            body = self.body()
            del self.scope[name]
            self.take("=")
            return gradient(x, body, point, self.valued(point.sort))
        if self.takes(r"\lim", "_", "{"):
            name = self.name()
            self.take(r"\to")
            infinite = self.takes(r"\infty", "}")
            if not infinite:
                self.take("0", "+", "}")
            x = self.bind(name, INT if infinite else REAL)
            body = self.body()
            del self.scope[name]
            self.take("=")
            make = limit_at_infinity if infinite else limit_at_zero
            return make(x, body, self.valued(body.sort))
        return None

    def derivative(self) -> Term:
        letter = self.next
        if self.tokens[self.at + 1 : self.at + 5] == ["}", r"\Bigr|", "_", "{"]:
            name = self.name()
            self.take("}", r"\Bigr|", "_", "{", name, "=")
            point = number(self.sum())
            self.take("}")
            s = self.bind(name, REAL)
            body = self.body()
            del self.scope[name]
        else:
            point = self.template()
            if point.op != "symbol" or point.args or point.sort != REAL:
                raise UnreadError(f"got {letter!r}, expected a letter for a number")
            self.take("}")
            s = fresh(REAL)
            body = substitute(self.body(), {point.data: s.term})
        self.take("=")
        return derivative(s, body, point, self.valued(body.sort))

    def body(self) -> Term:
        """Read what a limit is of: in square brackets, or a single thing."""
        if not self.takes("["):
            return _numeric(self.base())
        found = self.sum()
        self.take("]")
        return _numeric(found)

    def valued(self, sort: Sort) -> Term:
        """Read a term of a sort: 0 is a matrix where one is expected."""
        return _as(self.sum(), sort)

    # --- sums and products

    def sum(self) -> Term:
        negative = self.takes("-")
        found = self.quotient()
        if negative:
            found = -found
        while self.next in ("+", "-"):
            sign = self.next
            self.at += 1
            summand = self.quotient()
            found = found + summand if sign == "+" else found - summand
        return found

    def quotient(self) -> Term:
        found = self.product()
        return divide(found, self.factor_alone()) if self.takes("/") else found

    def product(self) -> Term:
        items: list[_Item] = [self.item()]
        while True:
            if self.takes(r"\cdots"):
                items[-1] = _between(_term(items[-1]), self.base())
            elif self.next == "|":  # it begins a factor, or ends what is around it
                factor = self.attempt(self.factor_alone)
                if factor is None:
                    return _multiplied(items)
                items.append(factor)
            elif self.takes(r"\cdot") or self.starts():
                items.append(self.item())
            else:
                return _multiplied(items)

    def starts(self) -> bool:
        """Whether a factor begins here."""
        token = self.next
        if token in ("", ")", "]", "}", ",", "+", "-", "/", "&", "=", "_", "^", "\\\\"):
            return False
        if token in _RELATIONS or token in (r"\mapsto", r"\times", r"\in", r"\cdots", r"\Bigr|"):
            return False
        return token not in (r"\right|", r"\mathrm{d}", r"\end{cases}", r"\to", r"\}")

    def item(self) -> _Item:
        if self.next in ("u", "v") and self.tokens[self.at + 1 : self.at + 3] == ["_", "{"]:
            column = self.column()
            if column is not None:
                return column
        return self.factor_alone()

    def column(self) -> tuple[str, Term] | None:
        start, letter = self.at, self.next
        if any(_latex(s)[:1] == letter for s in self.vocabulary.symbols):
            return None
        self.take(letter, "_", "{")
        index = self.sum()
        self.take("}")
        if index.sort != INT:
            self.at = start
            return None
        return (letter + "T" if self.takes("^", "{", "T", "}") else letter), index

    def factor_alone(self) -> Term:
        return self.raised(self.base())

    def raised(self, base: Term) -> Term:
        while self.takes("^", "{"):
            if base.sort.kind == "matrix" and self.takes("T", "}"):
                base = transpose(base)
                continue
            if base.sort.kind == "matrix":
                base = self.matrix_power(base)
                continue
            exponent = self.sum()
            self.take("}")
            base = power(number(base), exponent) if base.sort != INT else _power(base, exponent)
        return base

    def matrix_power(self, base: Term) -> Term:
        """Read an exponent: of a root where it has a slash, a number only of a real power."""
        start = self.at
        above = self.attempt(self.product)
        if above is not None and self.takes("/"):
            below = self.factor_alone()
            self.take("}")
            return power(psd_root(base, below), above)
        self.at = start
        exponent = self.sum()
        self.take("}")
        return power(base, exponent) if exponent.sort == INT else psd_power(base, exponent)

    # --- what stands alone

    def base(self) -> Term:
        found = self.attempt(self.template)
        if found is not None:
            return found
        token = self.next
        self.at += 1
        if token.isdigit():
            return integer(int(token))
        if token.startswith("<<"):
            return self.part(token[2:-2])
        if token == "[":
            return self.part_elsewhere()
        if token == "(":
            return self.bracket()
        if token == r"\frac":
            self.take("{")
            above = self.sum()
            self.take("}", "{")
            below = self.sum()
            self.take("}")
            return divide(above, below)
        if token == r"\sqrt":
            self.take("{")
            inside = self.sum()
            self.take("}")
            return root(number(inside))
        if token == r"\left|":
            return self.absolute()
        if token == r"\operatorname{vol}":
            return self.volume()
        if token == r"\operatorname{mat}":
            return self.array()
        if token == r"\det" and self.takes("_", "{"):
            return self.pairs()
        if token in _FUNCTIONS:
            self.take("(")
            if token == r"\det" and self.arrow_follows():
                [v], body = self.arrow()
                return map_determinant(v, body)
            inside = self.sum()
            self.take(")")
            return _FUNCTIONS[token](inside)
        if token in (r"\sum", r"\prod", r"\int"):
            return self.big(token)
        if token == r"\operatorname{diag}":
            return self.diagonal()
        if token == r"\begin{cases}":
            return self.cases()
        return self.constant(token)

    def constant(self, token: str) -> Term:
        match token:
            case r"\delta":
                self.take("_", "{")
                row = self.sum()
                self.take(",")
                column = self.sum()
                self.take("}")
                return choose(equal(row, column), number(1), number(0))
            case r"\pi":
                return PI
            case r"\Sigma":
                return SIGMA
            case "I":
                if not self.takes("_", "{"):
                    return identity(d)
                size = self.sum()
                self.take("}")
                return identity(size)
            case "O":
                if not self.takes("_", "{"):
                    return zero(d)
                rows = self.factor_alone()
                self.take(r"\times")
                cols = self.factor_alone()
                self.take("}")
                return zero(rows, cols)
            case "E":
                size = d
                if self.takes("^", "{", "("):
                    size = self.sum()
                    self.take(")", "}")
                self.take("_", "{")
                row = self.sum()
                self.take(",")
                column = self.sum()
                self.take("}")
                return unit(size, row, column)
        self.at -= 1
        before = " ".join(self.tokens[max(self.at - 6, 0) : self.at])
        raise UnreadError(f"got {token!r} after {before!r}, which is not known here")

    def bracket(self) -> Term:
        if self.arrow_follows():
            [v], body = self.arrow()
            self.take("^", "{", "-", "1", "}", "(")
            point = self.valued(body.sort)
            self.take(")")
            return map_inverse(v, body, point)
        found = self.sum()
        self.take(")")
        if self.takes("_", "{"):
            row = self.sum()
            self.take(",")
            column = self.sum()
            self.take("}")
            return entry(found, row, column)
        return found

    def arrow_follows(self) -> bool:
        rest = " ".join(self.tokens[self.at : self.at + 24])
        shape = r"( \\in \\mathbb\{R\} \^ \{[^()]*? \\times [^()]*? \})?"
        name = rf"[A-Za-z]{shape}"
        return bool(re.match(rf"({name}|\( {name}( , {name})* \)) \\mapsto( |$)", rest))

    def arrow(self) -> tuple[list[Symbol], Term]:
        """Read variables, and what they are mapped to, up to a closing bracket."""
        names: list[tuple[str, Sort]] = []
        several = self.takes("(")
        while True:
            names.append((self.name(), self.shape()))
            if not (several and self.takes(",")):
                break
        if several:
            self.take(")")
        self.take(r"\mapsto")
        before = dict(self.scope)
        bound = [self.bind(name, sort) for name, sort in names]
        body = self.sum()
        self.take(")")
        self.scope = before
        return bound, body

    def shape(self) -> Sort:
        r"""Read ``\in\mathbb{R}^{p\times q}``; without it matrices are d x d."""
        if not self.takes(r"\in"):
            return matrix_sort(d)
        if self.takes(r"\mathbb{Z}"):
            return INT
        self.take(r"\mathbb{R}")
        if not self.takes("^", "{"):
            return REAL
        rows = self.sum()
        self.take(r"\times")
        cols = self.sum()
        self.take("}")
        return matrix_sort(rows, cols)

    def absolute(self) -> Term:
        if self.tokens[self.at : self.at + 2] == [r"\det", "("]:
            start = self.at
            self.at += 2
            if self.next == "(" and self.arrow_follows():
                [*bound], body = self.arrow()
                self.take(r"\right|")
                if len(bound) != 3:
                    raise UnreadError("expected D, a and b")
                return frame_determinant(bound[0], bound[1], bound[2], body)
            self.at = start
        inside = self.sum()
        self.take(r"\right|")
        return root(power(number(inside), 2))

    def big(self, token: str) -> Term:
        if token == r"\int":
            return self.integral()
        names, ends = self.ranges()
        before = dict(self.scope)
        bound = [self.bind(name, INT) for name in names]
        body = self.quotient()
        self.scope = before
        if token == r"\prod" and body.sort.kind == "matrix":
            under, over = ends[0]  # the first factor, on the left, is the highest
            assert under is not None
            return product(bound[0], over, under, body)
        for v, (under, over) in reversed(list(zip(bound, ends, strict=True))):
            low = under if isinstance(under, Term) else bound[0].term + 1
            body = (total if token == r"\sum" else product)(v, low, over, body)
        return body

    def ranges(self) -> tuple[list[str], list[tuple[Term | None, Term]]]:
        """Read one index or two, with their ends; the second may begin after the first."""
        self.take("_", "{")
        if self.tokens[self.at + 1] in ("=", ","):
            names = [self.name()]
            names += [self.name()] if self.takes(",") else []
            self.take("=")
            under = self.sum()
            self.take("}", "^", "{")
            over = self.sum()
            self.take("}")
            return names, [(under, over)] * len(names)
        low = self.sum()
        self.take(r"\le")
        first = self.name()
        self.take("<")
        second = self.name()
        self.take(r"\le")
        high = self.sum()
        self.take("}")
        return [first, second], [(low, high), (None, high)]

    def integral(self) -> Term:
        self.take("_", "{")
        lo = self.sum()
        self.take("}", "^", "{")
        hi = self.sum()
        self.take("}")
        end = self.at
        depth = 0
        while depth or self.tokens[end] != r"\mathrm{d}":
            depth += (self.tokens[end] == r"\int") - (self.tokens[end] == r"\mathrm{d}")
            end += 1
        before = dict(self.scope)
        s = self.bind(self.tokens[end + 1], REAL)
        body = self.sum()
        self.scope = before
        self.take(r"\mathrm{d}", self.tokens[end + 1])
        return integral(s, lo, hi, _numeric(body))

    def diagonal(self) -> Term:
        if self.takes("("):
            v, first = fresh(INT), self.sum()
            self.take(",")
            second = self.sum()
            self.take(")")
            entries = choose(equal(v.term, 1), number(first), number(second))
            return diagonal(v, 2, entries)
        self.take("_", "{")
        name = self.name()
        self.take(r"\le")
        size = self.sum()
        self.take("}", "(")
        before = dict(self.scope)
        v = self.bind(name, INT)
        body = self.sum()
        self.scope = before
        self.take(")")
        return diagonal(v, size, body)

    def volume(self) -> Term:
        self.take("(")
        if self.takes("O", "_", "{"):
            size = self.sum()
            self.take("}", ")")
            return orthogonal_volume(size)
        if self.takes("S", "^", "{"):
            dimension = self.sum()
            self.take("}", ")")
            return sphere_volume(dimension + 1)
        self.take(r"\mathcal", "{", "O", "}", "(")
        start, depth = self.at, 1
        while depth:  # the name of the index stands after what it is the index of
            depth += (self.next == "(") - (self.next == ")")
            self.at += 1
        self.take("_", "{", "1", r"\le")
        name = self.name()
        self.take(r"\le")
        depth_of = self.sum()
        self.take("}", ")")
        end, self.at, before = self.at, start, dict(self.scope)
        v = self.bind(name, INT)
        body = self.sum()
        self.take(")", "_")
        self.at, self.scope = end, before
        return orbit_volume(v, depth_of, body)

    def array(self) -> Term:
        self.take("_", "{")
        row = self.name()
        square = self.next == ","
        rows = None if square else self._at_most()
        self.take(",")
        column = self.name()
        cols = self._at_most()
        rows = cols if rows is None else rows
        self.take("}", "(")
        before = dict(self.scope)
        bound = self.bind(row, INT), self.bind(column, INT)
        body = self.sum()
        self.scope = before
        self.take(")")
        return array(*bound, rows, cols, body)

    def _at_most(self) -> Term:
        self.take(r"\le")
        return self.sum()

    def pairs(self) -> Term:
        """Read the determinant of a matrix whose rows have an index and a pair."""
        j = self.name()
        self.take(",")
        k = self.name()
        self.take(r"\le")
        count = self.sum()
        names, sizes = [j], []
        for last in (k, ""):
            self.take(",")
            names.append(self.name())
            self.take("<")
            names.append(self.name())
            self.take(r"\le")
            sizes.append(self.sum())
            names += [last] if last else []
        self.take("}", "(")
        if sizes[0] != sizes[1]:
            raise UnreadError("the pairs of rows and columns differ")
        before = dict(self.scope)
        bound = [self.bind(name, INT) for name in names]
        body = number(self.sum())
        self.scope = before
        self.take(")")
        return pair_determinant(bound, count, sizes[0], body)

    def cases(self) -> Term:
        then = self.sum()
        self.take("&", "(")
        condition = self.relation()
        self.take(")", "\\\\")
        start = self.at
        otherwise = self.sum()
        if self.takes("&", "("):  # another row: a choice among what is otherwise
            self.at = start
            return choose(condition, number(then), self.cases())
        self.take("&", r"\text{otherwise}", r"\end{cases}")
        return choose(condition, number(then), number(otherwise))

    # --- letters

    def template(self) -> Term:
        """Read a letter with its arguments, or what is defined, by its LaTeX."""
        for name, symbol in self.scope.items():
            if self.next == name and self.tokens[self.at + 1 : self.at + 2] != ["_"]:
                found = self.attempt(lambda s=symbol: self._letter(s))  # type: ignore[misc]
                if found is not None:
                    return found
        for made in self.vocabulary.definitions:
            found = self.attempt(lambda x=made: self._inverse(x))  # type: ignore[misc]
            if found is not None:
                return found
        names = self.vocabulary.names
        for name_of in sorted(names, key=lambda x: (-len(_template(x)), _latex(x))):
            found = self.attempt(lambda x=name_of: self._filled(x))  # type: ignore[misc]
            if found is not None:
                return found
        raise UnreadError(f"got {self.next!r}, which is not known here")

    def _letter(self, symbol: Symbol) -> Term:
        self.at += 1
        return symbol.term

    def _inverse(self, made: Definition) -> Term:
        """Read the inverse of a map that is defined, at a point."""
        *tokens, opening, hole, closing = _template(made)
        if (opening, hole, closing) != ("(", f"#{_arity(made) - 1}", ")"):
            raise UnreadError("no map")
        args = self._arguments(tokens, made)
        self.take("^", "{", "-", "1", "}", "(")
        v = fresh(made.parameters[-1].sort)
        point = _as(self.sum(), v.sort)
        self.take(")")
        given = [args[k] for k in range(_arity(made) - 1)]
        return map_inverse(v, defined(made, *given, v.term), point)

    def _arguments(self, tokens: Sequence[str], name: Symbol | Definition) -> dict[int, Term]:
        """Read what stands for the arguments between the tokens of a letter's LaTeX."""
        sorts = [p.sort for p in name.parameters] if isinstance(name, Definition) else name.domain
        args: dict[int, Term] = {}
        for token in tokens:
            if token.startswith("#"):
                value = _as(self.sum(), sorts[int(token[1:])])
                if args.setdefault(int(token[1:]), value) != value:
                    raise UnreadError("an argument stands there twice, differently")
            else:
                self.take(token)
        return args

    def _filled(self, name: Symbol | Definition) -> Term:
        if isinstance(name, Symbol) and (name.name.startswith("<") or _latex(name) in self.scope):
            raise UnreadError("a part, or hidden by a variable")
        args = self._arguments(_template(name), name)
        given = [args[k] for k in range(_arity(name))]
        return defined(name, *given) if isinstance(name, Definition) else apply(name, *given)

    def _part_symbol(self, name: str) -> Symbol:
        for symbol in self.vocabulary.symbols:
            if symbol.name == f"<{name}>":
                return symbol
        raise UnreadError(f"no part is named {name}")

    def part(self, name: str, at: Mapping[str, Term] | None = None) -> Term:
        symbol, values = self._part_symbol(name), dict(at or {})
        letters = symbol.latex.split(",") if symbol.latex else []
        for letter in letters:
            if letter not in values:
                values[letter] = _Formula([letter], self.vocabulary, self.scope).template()
        return apply(symbol, *(values[letter] for letter in letters))

    def part_elsewhere(self) -> Term:
        name = self.next[2:-2]
        self.at += 1
        self.take("]", "_", "{")
        at: dict[str, Term] = {}
        while True:
            letter = self.name()
            self.take("=")
            at[letter] = self.sum()
            if not self.takes(","):
                break
        self.take("}")
        return self.part(name, at)


@cache
def _template(name: Symbol | Definition) -> tuple[str, ...]:
    """Return the LaTeX of a letter in tokens, with ``#0``, ... for its arguments."""
    arity = _arity(name)

    def hole(match: re.Match[str]) -> str:
        if int(match[2]) >= arity:
            return match[0]
        return f"{match[1]}{{ #{match[2]} }}" if match[1] else f" #{match[2]} "

    marked = re.sub(r"([_^]?)\{(\d)\}", hole, _latex(name))
    tokens = re.findall(rf"#\d|{_TOKEN.pattern}", marked)
    return tuple(token for token in tokens if token not in _IGNORED)


def _numeric(value: Term) -> Term:
    """Return a matrix, or a number."""
    return value if value.sort.kind == "matrix" else number(value)


def _as(value: Term, sort: Sort) -> Term:
    """Return a term as one of a sort: 0 as the zero matrix, an integer as a number."""
    if sort.kind == "matrix" and value == integer(0):
        return zero(*sort.shape)
    if sort == REAL:
        return number(value)
    if value.sort != sort:
        raise UnreadError(f"{value} is a {value.sort}, expected a {sort}")
    return value


def _matched(left: Term, right: Term) -> tuple[Term, Term]:
    if left.sort.kind == "matrix":
        return left, _as(right, left.sort)
    return left, right


def _power(base: Term, exponent: Term) -> Term:
    """Return a power of an integer: an integer where the exponent is a number."""
    known = alike(exponent)
    if known[0] == "number" and known[1].denominator == 1 and known[1] >= 0:
        return power(base, int(known[1]))
    return power(number(base), exponent)


def _term(item: _Item) -> Term:
    if isinstance(item, Term):
        return item
    raise UnreadError("a column of U or V stands alone")


def _between(first: Term, last: Term) -> Term:
    r"""Return the product ``W_N \cdots W_1``, of the members of a family from one to another."""
    if first.op != "symbol" or last.op != "symbol" or first.data != last.data:
        raise UnreadError(f"no product from {first} to {last}")
    hi, *others = first.args
    lo, *same_others = last.args
    if others != same_others or hi.sort != INT:
        raise UnreadError(f"no product from {first} to {last}")
    v = fresh(INT)
    return product(v, lo, hi, apply(first.data, v.term, *others))


def _multiplied(items: Sequence[_Item]) -> Term:
    """Return a product from the left; u_i v_l^T is U E_il V^T, u_i^T M v_l an entry of U^T M V."""
    left = list(items)
    found: list[Term] = []
    while left:
        item = left.pop(0)
        if isinstance(item, Term):
            found.append(item)
        elif item[0] == "u" and left and isinstance(left[0], tuple) and left[0][0] == "vT":
            found.append(U * unit(d, item[1], left.pop(0)[1]) * transpose(V))  # type: ignore[index]
        elif item[0] == "uT":
            inside: list[Term] = []
            while left and isinstance(left[0], Term):
                inside.append(_term(left.pop(0)))
            if not left or not inside or left[0][0] != "v":  # type: ignore[index]
                raise UnreadError("a row u^T without its column v")
            matrix = transpose(U) * _times(inside) * V
            found.append(entry(matrix, item[1], left.pop(0)[1]))  # type: ignore[index]
        else:
            raise UnreadError("a column of U or V stands alone")
    return _times(found)


def _times(factors: Sequence[Term]) -> Term:
    found = factors[0]
    for factor in factors[1:]:
        found = multiply(found, factor)
    return found


# --- words ----------------------------------------------------------------------------------------

_KINDS: Final = (" is positive semidefinite", " is linear")


@dataclass
class _Words:
    text: str
    vocabulary: Vocabulary
    at: int = 0

    def takes(self, words: str) -> bool:
        if not self.text.startswith(words, self.at):
            return False
        self.at += len(words)
        return True

    def take(self, words: str) -> None:
        if not self.takes(words):
            raise UnreadError(f"got {self.text[self.at : self.at + 40]!r}, expected {words!r}")

    def end(self) -> None:
        if self.text[self.at :].strip(" .,;"):
            raise UnreadError(f"got {self.text[self.at : self.at + 40]!r} at the end")

    def math(self) -> str:
        """Take a formula in dollars, or a display."""
        for start, stop in (("$", "$"), (r"\[", r"\]")):
            if self.takes(start):
                end = self.text.index(stop, self.at)
                found = self.text[self.at : end]
                self.at = end + len(stop)
                return found.rstrip(".,; ")
        raise UnreadError(f"got {self.text[self.at : self.at + 40]!r}, expected a formula")

    def sentence(self, scope: _Scope) -> Term:
        if self.takes("for all "):
            return self.every(dict(scope))
        if self.takes("if "):
            conditions = self.conditions(scope)
            self.take(": ")
            return every((), conditions, self.sentence(scope))
        if self.takes("the matrices "):
            return self.orthonormal(scope)
        if self.takes("this is impossible"):
            return FALSE
        return self.plain(scope)

    def plain(self, scope: _Scope) -> Term:
        formula = _Formula.of(self.math(), self.vocabulary, scope)
        if formula.arrow_follows():
            name = formula.name()
            sort = formula.shape()
            formula.take(r"\mapsto")
            v = formula.bind(name, sort)
            found = linear(v, formula.sum())
            self.take(" is linear")
        elif self.takes(" is positive semidefinite"):
            found = psd(formula.sum())
        else:
            found = formula.relation()
        formula.end()
        if found.sort != PROP:
            raise UnreadError(f"{found} is not a sentence")
        return found

    def every(self, scope: dict[str, Symbol]) -> Term:
        names: list[Symbol] = []
        conditions: list[Term] = []
        while True:
            more, told = self.declaration(scope)
            names += more
            conditions += told
            if not self.takes(" and "):
                break
        if self.takes(" with "):
            conditions += self.conditions(scope)
        self.take(": ")
        return every(names, conditions, self.sentence(scope))

    def declaration(self, scope: dict[str, Symbol]) -> tuple[list[Symbol], list[Term]]:
        """Read variables with their range, or where they are from; they come into scope."""
        formula = _Formula.of(self.math(), self.vocabulary, scope)
        names = r"[A-Za-z]( , [A-Za-z])*"
        if re.match(rf"{names} \\in ", " ".join(formula.tokens)):
            letters = [formula.name()]
            while formula.takes(","):
                letters.append(formula.name())
            sort = formula.shape()
            formula.end()
            return [self.known(scope, letter, sort) for letter in letters], []
        low, below = formula.sum(), formula.next
        formula.at += 1
        letters = [formula.name()]
        while formula.takes(","):
            letters.append(formula.name())
        above = formula.next
        formula.at += 1
        high = formula.sum()
        formula.end()
        if not {below, above} <= {"<", r"\le"}:
            raise UnreadError(f"got {below!r} and {above!r}, expected a range")
        sort = REAL if REAL in (low.sort, high.sort) else INT
        found = [self.known(scope, letter, sort) for letter in letters]
        told: list[Term] = []
        for v in found:
            told += [_RELATIONS[below](low, v.term), _RELATIONS[above](v.term, high)]
        return found, told

    @staticmethod
    def known(scope: dict[str, Symbol], letter: str, sort: Sort) -> Symbol:
        scope[letter] = symbol = fresh(sort)
        return symbol

    def conditions(self, scope: _Scope) -> list[Term]:
        found = []
        while True:
            if self.takes("("):
                found.append(self.sentence(scope))
                self.take(")")
            else:
                found.append(self.plain(scope))
            if not self.takes(" and "):
                return found

    def orthonormal(self, scope: _Scope) -> Term:
        body = self.math()
        self.take(", ")
        found = re.fullmatch(r"1\\le ([A-Za-z]),([A-Za-z])\\le (.+)", self.math())
        if found is None:
            raise UnreadError("expected two indices with one range")
        self.take(", are an orthonormal basis")
        row, column = fresh(INT), fresh(INT)
        size = _Formula.of(found[3], self.vocabulary, scope)
        formula = _Formula.of(body, self.vocabulary, {**scope, found[1]: row, found[2]: column})
        made = orthonormal(row, column, size.sum(), formula.sum())
        formula.end()
        size.end()
        return made
