"""Terms and sentences: immutable, with their sorts, equal up to the names of bound variables.

A term is built by the functions of this module alone, which check sorts: an integer is no number, a
3 x 2 matrix no 2 x 3 matrix. Integer terms are polynomials in a canonical form, so that equal
indices and sizes are equal objects. A bound variable has the name of its height, the number of
binders nested inside its scope; so terms that differ in such names alone are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import count
from types import MappingProxyType
from typing import Any, Final, TypeVar


class SortError(TypeError):
    """A term is put together of what does not fit: a wrong sort, or a wrong shape."""


class Sort:
    """What a term is: an integer, a number, a matrix of a shape, or a sentence.

    ``letters`` are the symbols that are free in its shape.
    """

    __slots__ = ("_hash", "cols", "kind", "letters", "rows")

    def __init__(self, kind: str, rows: Term | None = None, cols: Term | None = None) -> None:
        self.kind, self.rows, self.cols = kind, rows, cols
        self._hash = hash((kind, rows, cols))
        self.letters: frozenset[Symbol] = union(size.free for size in (rows, cols) if size)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Sort)
            and self.kind == other.kind
            and self.rows == other.rows
            and self.cols == other.cols
        )

    def __repr__(self) -> str:
        return self.kind if self.rows is None else f"{self.rows} x {self.cols} {self.kind}"

    @property
    def shape(self) -> tuple[Term, Term]:
        """Rows and columns of a matrix."""
        if self.rows is None or self.cols is None:
            raise SortError(f"a matrix was expected, not {self}")
        return self.rows, self.cols

    def at(self, put: Put) -> Sort:
        """Return the sort with terms put for letters of its shape."""
        if self.letters.isdisjoint(put):
            return self
        rows, cols = self.shape
        return matrix_sort(substitute(rows, put), substitute(cols, put))


_T = TypeVar("_T")


def union(sets: Iterable[frozenset[_T]]) -> frozenset[_T]:
    """Return the union of sets: one of them where that has all, as most often."""
    found: frozenset[_T] = frozenset()
    for one in sets:
        if not one <= found:
            found = found | one if found else one
    return found


INT: Final = Sort("integer")
REAL: Final = Sort("number")
PROP: Final = Sort("sentence")


def matrix_sort(rows: Term | int, cols: Term | int | None = None) -> Sort:
    """Return the sort of matrices with so many rows and columns (as many as rows, if not said)."""
    return _matrix_sort(integer(rows), integer(rows if cols is None else cols))


@lru_cache(4096)
def _matrix_sort(rows: Term, cols: Term) -> Sort:
    return Sort("matrix", rows, cols)


_RESERVED: Final = ("?", "%", "#")
_ISSUED: Final[set[str]] = set()


def _issued(name: str, sort: Sort, latex: str = "") -> Symbol:
    """Return a symbol with a name that only this module gives."""
    _ISSUED.add(name)
    return Symbol(name, sort, latex=latex)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A free letter or family: ``sigma`` with an index is a number, ``W`` with one a matrix.

    The sort of its value may depend on its arguments, which stand in it as ``argument(0)``, ... .
    ``latex`` is how it is written, with ``{0}``, ... for its arguments.
    """

    name: str
    sort: Sort
    domain: tuple[Sort, ...] = ()
    latex: str = ""

    def __hash__(self) -> int:
        return hash(self.name)

    def __post_init__(self) -> None:
        if self.name[:1] in _RESERVED and self.name not in _ISSUED:
            raise SortError(f"'{self.name}' is no name: it begins like a bound or a new one")

    def __call__(self, *args: Term | int) -> Term:
        """Return the value at arguments."""
        return apply(self, *args)

    @property
    def term(self) -> Term:
        """The symbol, which has no arguments, as a term."""
        return apply(self)


@lru_cache(4096)
def _letters_of(symbol: Symbol) -> frozenset[Symbol]:
    """Return a symbol with those that are free in its shape, and in those of its arguments."""
    shapes = (sort.letters for sort in (symbol.sort, *symbol.domain))
    return frozenset((symbol, *(s for s in union(shapes) if s.name[0] != "#")))


@dataclass(frozen=True, slots=True)
class Definition:
    """A name for a term in parameters; its body may have free symbols besides."""

    name: str
    parameters: tuple[Symbol, ...]
    body: Term
    latex: str = ""

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def free(self) -> frozenset[Symbol]:
        """The symbols that are free in its body, and no parameters."""
        return self.body.free - frozenset(self.parameters)

    def __call__(self, *args: Term | int) -> Term:
        """Return the defined object at arguments."""
        return defined(self, *args)


@dataclass(frozen=True, slots=True)
class Family:
    """What is put for a symbol with arguments: a term in its parameters."""

    parameters: tuple[Symbol, ...]
    body: Term

    @property
    def free(self) -> frozenset[Symbol]:
        """The symbols that are free in its body, and no parameters."""
        return self.body.free - frozenset(self.parameters)

    def at(self, args: Sequence[Term]) -> Term:
        """Return the value at arguments."""
        return substitute(self.body, dict(zip(self.parameters, args, strict=True)))


def _height(parts: Sequence[Term]) -> int:
    return max([part.height for part in parts], default=0)


class Term:
    """A term or sentence. ``args[:outer]`` stand outside the scope of its ``variables``."""

    __slots__ = ("_hash", "_text", "args", "data", "free", "height", "op", "sort", "variables")

    def __init__(
        self,
        op: str,
        args: tuple[Term, ...],
        sort: Sort,
        data: Any = None,
        variables: tuple[Symbol, ...] = (),
    ) -> None:
        self.op, self.args, self.sort, self.data, self.variables = op, args, sort, data, variables
        self._hash = hash((op, args, data, variables))
        self.height: int = _height(args) + len(variables)
        free = union(
            (*(arg.free for arg in args), sort.letters, *(v.sort.letters for v in variables))
        )
        if op == "symbol":
            free |= _letters_of(data)
        elif op == "defined":
            free |= data.free
        self.free: frozenset[Symbol] = free - frozenset(variables) if variables else free
        self._text = ""

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Term)
            and self._hash == other._hash
            and self.op == other.op
            and self.data == other.data
            and self.variables == other.variables
            and self.args == other.args
        )

    def __repr__(self) -> str:
        return show(self)

    def __add__(self, other: Term | int) -> Term:
        return add(self, _like(self, other))

    def __radd__(self, other: int) -> Term:
        return add(_like(self, other), self)

    def __sub__(self, other: Term | int) -> Term:
        return subtract(self, _like(self, other))

    def __rsub__(self, other: int) -> Term:
        return subtract(_like(self, other), self)

    def __neg__(self) -> Term:
        return multiply(_like(self, -1) if self.sort.kind != "matrix" else number(-1), self)

    def __mul__(self, other: Term | int | Fraction) -> Term:
        return multiply(self, other)

    def __rmul__(self, other: int | Fraction) -> Term:
        return multiply(other, self)

    def __truediv__(self, other: Term | int) -> Term:
        return divide(self, other)

    def __rtruediv__(self, other: int) -> Term:
        return divide(number(other), self)

    def __pow__(self, exponent: Term | int | Fraction) -> Term:
        return power(self, exponent)

    def parts(self) -> Iterator[Term]:
        """Yield every term inside, itself last; those in scope of a binder with its variable."""
        for arg in self.args:
            yield from arg.parts()
        yield self


_term: Final = lru_cache(1 << 15)(Term)
"""Makes a term, or gives one that is equal: most terms are made again and again."""


# --- integers -------------------------------------------------------------------------------------

Monomial = tuple[tuple["Term", int], ...]


def integer(value: Term | int) -> Term:
    """Return an integer term."""
    if isinstance(value, Term):
        if value.sort != INT:
            raise SortError(f"an integer was expected, not the {value.sort.kind} {value}")
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise SortError(f"an integer was expected, not {value!r}")
    return _constant(value)


@cache
def _constant(value: int) -> Term:
    return _polynomial({(): value} if value else {})


def _polynomial(monomials: Mapping[Monomial, int]) -> Term:
    """Return an integer polynomial in canonical form; one that is a letter is that letter."""
    left = {m: c for m, c in monomials.items() if c}
    if len(left) == 1 and list(left.values()) == [1]:
        [m] = left
        if len(m) == 1 and m[0][1] == 1:
            return m[0][0]
    args = tuple(sorted({a for m in left for a, _ in m}, key=show))
    at = {a: k for k, a in enumerate(args)}
    data = tuple(sorted((tuple(sorted((at[a], e) for a, e in m)), c) for m, c in left.items()))
    return _term("polynomial", args, INT, data)


def monomials(value: Term) -> dict[Monomial, int]:
    """Return an integer term as coefficients of monomials in letters."""
    if value.op != "polynomial":
        return {((value, 1),): 1}
    return {tuple((value.args[k], e) for k, e in m): c for m, c in value.data}


def _times(one: Monomial, other: Monomial) -> Monomial:
    powers: dict[Term, int] = {}
    for letter, exponent in (*one, *other):
        powers[letter] = powers.get(letter, 0) + exponent
    return tuple(sorted(powers.items(), key=lambda item: show(item[0])))


def _integer_sum(left: Term, right: Term, sign: int) -> Term:
    found = dict(monomials(left))
    for m, c in monomials(right).items():
        found[m] = found.get(m, 0) + sign * c
    return _polynomial(found)


def _integer_product(left: Term, right: Term) -> Term:
    found: dict[Monomial, int] = {}
    for m, c in monomials(left).items():
        for n, e in monomials(right).items():
            both = _times(m, n)
            found[both] = found.get(both, 0) + c * e
    return _polynomial(found)


def constant_of(value: Term) -> int | None:
    """Return the integer that an integer term is, if it is one."""
    if value.op != "polynomial" or value.args:
        return None
    return int(value.data[0][1]) if value.data else 0


def _integer_at(value: Term, args: Sequence[Term]) -> Term:
    """Return a polynomial with its letters replaced by integer terms."""
    put = dict(zip(value.args, args, strict=True))
    total = integer(0)
    for m, c in monomials(value).items():
        product = integer(c)
        for letter, exponent in m:
            for _ in range(exponent):
                product = _integer_product(product, put[letter])
        total = _integer_sum(total, product, 1)
    return total


# --- letters --------------------------------------------------------------------------------------


@cache
def argument(position: int) -> Term:
    """The argument of a family, in the sort of its value."""
    return _term("symbol", (), INT, _issued(f"#{position}", INT))


def apply(symbol: Symbol, *args: Term | int) -> Term:
    """Return a symbol at arguments of its sorts."""
    if len(args) != len(symbol.domain):
        raise SortError(f"{symbol.name} has {len(symbol.domain)} arguments, not {len(args)}")
    given = tuple(_coerced(a, s) for a, s in zip(args, symbol.domain, strict=True))
    sort = symbol.sort
    if given and sort.rows is not None:
        places = {argument(k).data: a for k, a in enumerate(given) if symbol.domain[k] == INT}
        sort = sort.at(places)
    return _term("symbol", given, sort, symbol)


def _coerced(value: Term | int | Fraction, sort: Sort) -> Term:
    if sort == INT:
        return integer(value)  # type: ignore[arg-type]
    if sort == REAL:
        return number(value)
    if not isinstance(value, Term) or value.sort != sort:
        got = value.sort if isinstance(value, Term) else repr(value)
        raise SortError(f"a {sort} was expected, not {got}")
    return value


def defined(definition: Definition, *args: Term | int) -> Term:
    """Return a defined object at arguments."""
    if len(args) != len(definition.parameters):
        raise SortError(f"{definition.name} has {len(definition.parameters)} arguments")
    given = tuple(_coerced(a, p.sort) for a, p in zip(args, definition.parameters, strict=True))
    put = dict(zip(definition.parameters, given, strict=True))
    sort = definition.body.sort.at(put)
    return _term("defined", given, sort, definition)


def unfolded(term: Term) -> Term:
    """Return what a defined object stands for."""
    if term.op != "defined":
        raise SortError(f"{term} is not defined")
    put = dict(zip(term.data.parameters, term.args, strict=True))
    return substitute(term.data.body, put)


_FRESH = count()


def fresh(sort: Sort, name: str = "") -> Symbol:
    """Return a symbol that occurs nowhere."""
    return _issued(f"?{name}{next(_FRESH)}", sort, name)


def variable(name: str, sort: Sort = INT, latex: str = "") -> Symbol:
    """Return a symbol without arguments."""
    return Symbol(name, sort, latex=latex or name)


# --- numbers and matrices -------------------------------------------------------------------------


def number(value: Term | int | Fraction) -> Term:
    """Return a number: an integer term becomes one."""
    if isinstance(value, Term):
        if value.sort == REAL:
            return value
        if value.sort != INT:
            raise SortError(f"a number was expected, not the {value.sort.kind} {value}")
        known = constant_of(value)
        return _term("real", (value,), REAL) if known is None else number(known)
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise SortError(f"a number was expected, not {value!r}: no floats")
    return _term("number", (), REAL, Fraction(value))


def _like(self: Term, other: Term | int | Fraction) -> Term:
    if isinstance(other, Term):
        return other
    return integer(other) if self.sort == INT and isinstance(other, int) else number(other)


def _alike(left: Term, right: Term) -> tuple[Term, Term]:
    """Return two terms of one sort: an integer beside a number becomes one."""
    if {left.sort, right.sort} == {INT, REAL}:
        left, right = number(left), number(right)
    if left.sort != right.sort or left.sort == PROP:
        raise SortError(f"{left} is a {left.sort}, {right} a {right.sort}")
    return left, right


def add(left: Term, right: Term) -> Term:
    """Return a sum, of integers, numbers, or matrices of one shape."""
    left, right = _alike(left, right)
    if left.sort == INT:
        return _integer_sum(left, right, 1)
    return _term("+", (left, right), left.sort)


def subtract(left: Term, right: Term) -> Term:
    """Return a difference."""
    left, right = _alike(left, right)
    if left.sort == INT:
        return _integer_sum(left, right, -1)
    return _term("-", (left, right), left.sort)


def multiply(left: Term | int | Fraction, right: Term | int | Fraction) -> Term:
    """Return a product: of two numbers, a number and a matrix, or two matrices that fit."""
    if not isinstance(left, Term):
        assert isinstance(right, Term)
        left = integer(left) if right.sort == INT and isinstance(left, int) else number(left)
    if not isinstance(right, Term):
        right = integer(right) if left.sort == INT and isinstance(right, int) else number(right)
    kinds = (left.sort.kind, right.sort.kind)
    if kinds == ("integer", "integer"):
        return _integer_product(left, right)
    if kinds == ("matrix", "matrix"):
        (rows, inner), (middle, cols) = left.sort.shape, right.sort.shape
        if inner != middle:
            raise SortError(f"a product of a {left.sort} and a {right.sort}")
        return _term("*", (left, right), matrix_sort(rows, cols))
    if kinds[1] == "matrix":
        return _term("scale", (number(left), right), right.sort)
    return _term("*", (number(left), number(right)), REAL)


def divide(left: Term, right: Term | int) -> Term:
    """Return a quotient of numbers; what is divided by becomes a hypothesis of what uses it."""
    return _term("/", (number(left), number(right)), REAL)


def power(base: Term, exponent: Term | int | Fraction) -> Term:
    """Return a power: of a number with any exponent, of a square matrix with an integer one."""
    if base.sort.kind == "matrix":
        rows, cols = base.sort.shape
        if rows != cols:
            raise SortError(f"a power of a {base.sort}")
        if isinstance(exponent, Fraction):
            raise SortError("a matrix has integer powers")
        return _term("^", (base, integer(exponent)), base.sort)
    if base.sort == INT and isinstance(exponent, int) and exponent >= 0:
        total = integer(1)
        for _ in range(exponent):
            total = _integer_product(total, base)
        return total
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        exponent = int(exponent)
    if isinstance(exponent, int):
        exponent = integer(exponent)
    if isinstance(exponent, Fraction):
        exponent = number(exponent)
    if exponent.sort not in (INT, REAL):
        raise SortError(f"the exponent is a {exponent.sort}")
    return _term("^", (number(base), exponent), REAL)


def root(base: Term) -> Term:
    """Return the square root of a number."""
    return power(base, Fraction(1, 2))


def log(value: Term) -> Term:
    """Return the natural logarithm."""
    return _term("log", (number(value),), REAL)


def transpose(value: Term) -> Term:
    """Return the transpose."""
    rows, cols = value.sort.shape
    return _term("T", (value,), matrix_sort(cols, rows))


def trace(value: Term) -> Term:
    """Return the trace of a square matrix."""
    rows, cols = value.sort.shape
    if rows != cols:
        raise SortError(f"the trace of a {value.sort}")
    return _term("trace", (value,), REAL)


def inner(left: Term, right: Term) -> Term:
    """Return the Frobenius inner product Tr(X^T Y)."""
    return trace(multiply(transpose(left), right))


def entry(value: Term, i: Term | int, l: Term | int) -> Term:
    """Return the entry in row i and column l."""
    value.sort.shape  # noqa: B018 - a matrix
    return _term("entry", (value, integer(i), integer(l)), REAL)


def determinant(value: Term) -> Term:
    """Return the determinant of a square matrix."""
    rows, cols = value.sort.shape
    if rows != cols:
        raise SortError(f"the determinant of a {value.sort}")
    return _term("det", (value,), REAL)


def identity(size: Term | int) -> Term:
    """Return the identity matrix."""
    return _term("I", (integer(size),), matrix_sort(size))


def zero(rows: Term | int, cols: Term | int | None = None) -> Term:
    """Return the matrix of zeros."""
    cols = rows if cols is None else cols
    return _term("O", (integer(rows), integer(cols)), matrix_sort(rows, cols))


def unit(size: Term | int, i: Term | int, l: Term | int) -> Term:
    """Return the square matrix with a 1 in row i, column l, and zeros elsewhere."""
    return _term("unit", (integer(size), integer(i), integer(l)), matrix_sort(size))


def psd_root(base: Term, degree: Term | int) -> Term:
    """Return the positive semidefinite n-th root of a positive semidefinite matrix."""
    rows, cols = base.sort.shape
    if rows != cols:
        raise SortError(f"a root of a {base.sort}")
    return _term("root", (base, integer(degree)), base.sort)


def psd_power(base: Term, exponent: Term | int | Fraction) -> Term:
    """Return the real power of a symmetric positive definite matrix."""
    rows, cols = base.sort.shape
    if rows != cols:
        raise SortError(f"a power of a {base.sort}")
    return _term("psdpower", (base, number(exponent)), base.sort)


def orthogonal_volume(size: Term | int) -> Term:
    """Return the volume of the group of orthogonal matrices, for Tr(a^T a) of skew matrices."""
    return _term("volO", (integer(size),), REAL)


def sphere_volume(size: Term | int) -> Term:
    """Return the volume of the unit sphere of the vectors with so many entries."""
    return _term("volS", (integer(size),), REAL)


def choose(condition: Term, then: Term, otherwise: Term) -> Term:
    """Return one number where the condition holds, and another where not."""
    if condition.sort != PROP:
        raise SortError(f"{condition} is no sentence")
    return _term("if", (condition, number(then), number(otherwise)), REAL)


def cosine(value: Term) -> Term:
    """Return the cosine."""
    return _term("cos", (number(value),), REAL)


def gamma(value: Term) -> Term:
    """Return Euler's Gamma function."""
    return _term("gamma", (number(value),), REAL)


PI: Final = _term("pi", (), REAL)
"""The number pi."""


# --- binders --------------------------------------------------------------------------------------


def _bind(
    op: str, outer: Sequence[Term], variables: Sequence[Symbol], inner: Sequence[Term], sort: Sort
) -> Term:
    """Return a binder over variables without arguments, which get the names of their heights."""
    if any(v.domain for v in variables) or len(set(variables)) < len(variables):
        raise SortError("a bound variable has no arguments, and a name of its own")
    for v in variables:
        if any(v in part.free for part in outer):
            raise SortError(f"the variable {v.name} stands outside its scope")
    height = _height(inner)
    put: dict[Symbol, Term] = {}
    names: list[Symbol] = []
    for k, v in enumerate(variables):
        names.append(_bound(height + len(variables) - k, v.sort.at(put)))
        put[v] = names[-1].term
    if names == list(variables):
        return _term(op, (*outer, *inner), sort, len(outer), tuple(names))
    if any(name in part.free for name in names for part in (*inner, *outer)):
        raise SortError("a bound variable is taken out of its scope")
    args = (*outer, *(substitute(part, put) for part in inner))
    return _term(op, args, sort, len(outer), tuple(names))


@lru_cache(4096)
def _bound(height: int, sort: Sort) -> Symbol:
    """Return the bound variable of a binder of a height."""
    return _issued(f"%{height}", sort)


def opened(term: Term, *values: Term) -> tuple[Term, ...]:
    """Return what stands in the scope of a binder, with values for its variables."""
    put: dict[Symbol, Term] = {}
    for v, value in zip(term.variables, values, strict=True):
        if value.sort != v.sort.at(put):
            raise SortError(f"{value} is a {value.sort}, the bound variable a {v.sort}")
        put[v] = value
    return tuple(substitute(arg, put) for arg in term.args[term.data :])


def _indexed(v: Symbol, body: Term) -> Term:
    if v.sort != INT:
        raise SortError(f"{v.name} is no index")
    return number(body) if body.sort == INT else body


def total(v: Symbol, lo: Term | int, hi: Term | int, body: Term) -> Term:
    """Return the sum over v = lo, ..., hi of numbers, or of matrices of one shape."""
    body = _indexed(v, body)
    if v in body.sort.letters:
        raise SortError("a sum of matrices of different shapes")
    return _bind("sum", (integer(lo), integer(hi)), (v,), (body,), body.sort)


def product(v: Symbol, lo: Term | int, hi: Term | int, body: Term) -> Term:
    """Return the product over v = lo, ..., hi; of matrices with the highest index on the left."""
    body, ends = _indexed(v, body), (integer(lo), integer(hi))
    if body.sort == REAL:
        return _bind("prod", ends, (v,), (body,), REAL)
    rows, cols = body.sort.shape
    if substitute(cols, {v: v.term + 1}) != rows:
        raise SortError("neighbours of the product do not fit")
    first, last = {v: integer(lo)}, {v: integer(hi)}
    sort = matrix_sort(substitute(rows, last), substitute(cols, first))
    return _bind("prod", ends, (v,), (body,), sort)


def diagonal(v: Symbol, size: Term | int, body: Term) -> Term:
    """Return the diagonal matrix with entries ``body`` at v = 1, ..., size."""
    body = number(_indexed(v, body))
    return _bind("diag", (integer(size),), (v,), (body,), matrix_sort(size))


def array(i: Symbol, l: Symbol, rows: Term | int, cols: Term | int, body: Term) -> Term:
    """Return the matrix with the entries ``body`` in row i and column l."""
    body, sizes = number(_indexed(l, _indexed(i, body))), (integer(rows), integer(cols))
    return _bind("array", sizes, (i, l), (body,), matrix_sort(*sizes))


def pair_determinant(
    names: Sequence[Symbol], count: Term | int, size: Term | int, body: Term
) -> Term:
    """Return the determinant of a matrix with a row for each j = 1, ..., count and each pair.

    The pairs are those of 1 <= i < l <= size; the six names are j, i, l of the row and of the
    column, in the same order of both, with the entry ``body``.
    """
    if len(names) != 6 or any(v.sort != INT for v in names) or body.sort != REAL:
        raise SortError("a row and a column have an index and a pair of indices each")
    return _bind("pairdet", (integer(count), integer(size)), tuple(names), (body,), REAL)


def orbit_volume(j: Symbol, depth: Term | int, body: Term) -> Term:
    """Return the volume of an orbit of factors W_j, ``body``, j = 1, ..., depth.

    It is the set of all (Q_N W_N Q_{N-1}^T, ..., Q_1 W_1 Q_0^T) with orthogonal matrices Q_j,
    Q_N = Q_0 = I, with the Frobenius metric; N is the depth.
    """
    rows, cols = body.sort.shape
    if j.sort != INT or rows != cols or j in rows.free:
        raise SortError("factors are square matrices of one size, with an index")
    return _bind("orbit", (integer(depth),), (j,), (body,), REAL)


def map_determinant(v: Symbol, body: Term) -> Term:
    """Return the determinant of the linear map v -> body of the matrices of one shape."""
    if v.sort.kind != "matrix" or body.sort != v.sort:
        raise SortError("the determinant of a map from matrices to others")
    return _bind("mapdet", (), (v,), (body,), REAL)


def map_inverse(v: Symbol, body: Term, point: Term) -> Term:
    """Return the X with L(X) = point, for the linear bijection L : v -> body."""
    if v.sort.kind != "matrix" or body.sort != v.sort or point.sort != v.sort:
        raise SortError("the inverse of a map from matrices to others")
    return _bind("inverse", (point,), (v,), (body,), v.sort)


def frame_determinant(d: Symbol, a: Symbol, b: Symbol, body: Term) -> Term:
    """Return |det| of the linear map (D, a, b) -> body, D diagonal, a and b skew.

    In the bases E_ii, and E_il - E_li for i < l, of the arguments, and E_il of the values.
    """
    if not (d.sort == a.sort == b.sort == body.sort) or body.sort.kind != "matrix":
        raise SortError("the determinant of a map from matrices to others")
    return _bind("framedet", (), (d, a, b), (body,), REAL)


def integral(v: Symbol, lo: Term, hi: Term, body: Term) -> Term:
    """Return the integral of a number or a matrix over v from lo to hi."""
    if v.sort != REAL or body.sort.kind not in ("number", "matrix"):
        raise SortError("an integral is over a number")
    return _bind("integral", (number(lo), number(hi)), (v,), (body,), body.sort)


# --- sentences ------------------------------------------------------------------------------------


def equal(left: Term, right: Term | int) -> Term:
    """Return the sentence that two terms of one sort are equal."""
    left, right = _alike(left, _like(left, right))
    return _term("=", (left, right), PROP)


def at_most(left: Term | int, right: Term | int) -> Term:
    """Return the sentence left <= right, of integers or numbers."""
    return _ordered("<=", left, right)


def less(left: Term | int, right: Term | int) -> Term:
    """Return the sentence left < right; of integers it is left + 1 <= right."""
    return _ordered("<", left, right)


def _ordered(op: str, left: Term | int, right: Term | int) -> Term:
    if not isinstance(left, Term):
        assert isinstance(right, Term)
        left = _like(right, left)
    left, right = _alike(left, _like(left, right))
    if left.sort.kind == "matrix":
        raise SortError("matrices are not ordered")
    if op == "<" and left.sort == INT:
        return _term("<=", (left + 1, right), PROP)
    return _term(op, (left, right), PROP)


def positive(value: Term) -> Term:
    """Return the sentence 0 < value."""
    return less(0, value)


def different(left: Term, right: Term | int) -> Term:
    """Return the sentence that two terms of one sort differ."""
    left, right = _alike(left, _like(left, right))
    return _term("!=", (left, right), PROP)


def psd(value: Term) -> Term:
    """Return the sentence that a square matrix is symmetric and positive semidefinite."""
    rows, cols = value.sort.shape
    if rows != cols:
        raise SortError(f"a {value.sort} is not square")
    return _term("psd", (value,), PROP)


def every(v: Symbol | Sequence[Symbol], conditions: Sequence[Term], sentence: Term) -> Term:
    """Return: for all v with the conditions, the sentence; without a variable, an implication."""
    variables = (v,) if isinstance(v, Symbol) else tuple(v)
    for part in (*conditions, sentence):
        if part.sort != PROP:
            raise SortError(f"{part} is no sentence")
    return _bind("every", (), variables, (*conditions, sentence), PROP)


def within(v: Symbol, lo: Term | int, hi: Term | int) -> tuple[Term, Term]:
    """Return the conditions lo <= v and v <= hi, of an index that lo and hi do not depend on."""
    lo, hi = integer(lo), integer(hi)
    if v in lo.free | hi.free:
        raise SortError(f"a range of {v.name} has ends that depend on it")
    return at_most(lo, v.term), at_most(v.term, hi)


def each(v: Symbol, lo: Term | int, hi: Term | int, sentence: Term) -> Term:
    """Return: the sentence for every v from lo to hi."""
    return every(v, within(v, lo, hi), sentence)


def derivative(s: Symbol, function: Term, point: Term, value: Term) -> Term:
    """Return: the function of the number s is differentiable at the point, with the derivative."""
    if s.sort != REAL or function.sort.kind not in ("number", "matrix"):
        raise SortError("a derivative is of a number or a matrix, in a number")
    if value.sort != function.sort:
        raise SortError(f"the derivative is a {value.sort}, the function a {function.sort}")
    return _bind("derivative", (number(point), value), (s,), (function,), PROP)


def gradient(x: Symbol, function: Term, point: Term, value: Term) -> Term:
    """Return: the function of the matrix x is differentiable at the point, with the gradient.

    For the Frobenius inner product: f(point + H) = f(point) + Tr(value^T H) + o(|H|).
    """
    if function.sort != REAL or not x.sort == point.sort == value.sort or x.sort.rows is None:
        raise SortError("a gradient is of a number, in a matrix")
    return _bind("gradient", (point, value), (x,), (function,), PROP)


def limit_at_zero(e: Symbol, function: Term, value: Term) -> Term:
    """Return: the function of the number e tends to the value as e > 0 tends to 0."""
    if e.sort != REAL:
        raise SortError("a limit at 0 is in a number")
    return _bind("limit0", (number(value),), (e,), (number(function),), PROP)


def limit_at_infinity(n: Symbol, function: Term, value: Term) -> Term:
    """Return: the function of the integer n tends to the value as n tends to infinity."""
    if n.sort != INT or function.sort.kind not in ("number", "matrix"):
        raise SortError("a limit is of a number or a matrix, in an integer")
    if function.sort != value.sort:
        raise SortError("a limit is of the sort of the function")
    return _bind("limit", (value,), (n,), (function,), PROP)


def orthonormal(i: Symbol, l: Symbol, size: Term, body: Term) -> Term:
    """Return: the matrices ``body``, i and l = 1, ..., size, are an orthonormal basis.

    Of all size x size matrices, for the inner product Tr(X^T Y).
    """
    if i.sort != INT or l.sort != INT or body.sort != matrix_sort(size):
        raise SortError("a basis of square matrices has two indices")
    return _bind("orthonormal", (integer(size),), (i, l), (body,), PROP)


def linear(x: Symbol, body: Term) -> Term:
    """Return: the map x -> body is linear."""
    if x.sort.kind != "matrix" or body.sort.kind not in ("matrix", "number"):
        raise SortError("a linear map is of a matrix")
    return _bind("linear", (), (x,), (body,), PROP)


FALSE: Final = _term("false", (), PROP)


# --- substitution ---------------------------------------------------------------------------------

Put = Mapping[Symbol, Term | Family]

_PLAIN: Final[Mapping[str, Callable[..., Term]]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "scale": multiply,
    "/": divide,
    "^": power,
    "real": number,
    "log": log,
    "T": transpose,
    "trace": trace,
    "entry": entry,
    "det": determinant,
    "if": choose,
    "cos": cosine,
    "volO": orthogonal_volume,
    "volS": sphere_volume,
    "gamma": gamma,
    "I": identity,
    "O": zero,
    "unit": unit,
    "root": psd_root,
    "psdpower": psd_power,
    "=": equal,
    "<=": at_most,
    "<": less,
    "!=": different,
    "psd": psd,
}

_Builder = Callable[[Sequence[Term], tuple[Symbol, ...], Sequence[Term]], Term]

BUILDERS: Final[Mapping[str, _Builder]] = {
    "sum": lambda outer, v, inner: total(v[0], *outer, *inner),
    "prod": lambda outer, v, inner: product(v[0], *outer, *inner),
    "diag": lambda outer, v, inner: diagonal(v[0], *outer, *inner),
    "array": lambda outer, v, inner: array(v[0], v[1], *outer, *inner),
    "pairdet": lambda outer, v, inner: pair_determinant(v, *outer, *inner),
    "orbit": lambda outer, v, inner: orbit_volume(v[0], *outer, *inner),
    "mapdet": lambda outer, v, inner: map_determinant(v[0], *inner),
    "inverse": lambda outer, v, inner: map_inverse(v[0], *inner, *outer),
    "framedet": lambda outer, v, inner: frame_determinant(v[0], v[1], v[2], inner[0]),
    "integral": lambda outer, v, inner: integral(v[0], *outer, *inner),
    "every": lambda outer, v, inner: every(v, inner[:-1], inner[-1]),
    "derivative": lambda outer, v, inner: derivative(v[0], *inner, *outer),
    "gradient": lambda outer, v, inner: gradient(v[0], *inner, *outer),
    "limit0": lambda outer, v, inner: limit_at_zero(v[0], *inner, *outer),
    "limit": lambda outer, v, inner: limit_at_infinity(v[0], *inner, *outer),
    "orthonormal": lambda outer, v, inner: orthonormal(v[0], v[1], outer[0], inner[0]),
    "linear": lambda outer, v, inner: linear(v[0], *inner),
}


def rebuild(term: Term, args: Sequence[Term], put: Put) -> Term:
    """Return the term with other arguments: built, and its sorts checked, anew."""
    if term.op in ("number", "pi", "false"):
        return term
    if term.op == "polynomial":
        return _integer_at(term, args)
    if term.op == "symbol":
        return apply(_symbol(term.data, put), *args)
    if term.op == "defined":
        return defined(term.data, *args)
    return _PLAIN[term.op](*args)


def _symbol(symbol: Symbol, put: Put) -> Symbol:
    """Return a symbol whose sort has letters in it, with these replaced."""
    if _letters_of(symbol).isdisjoint(put):
        return symbol
    return Symbol(
        symbol.name,
        symbol.sort.at(put),
        tuple(part.at(put) for part in symbol.domain),
        symbol.latex,
    )


def substitute(term: Term, put: Put) -> Term:
    """Return the term with terms, or families, in place of free symbols, all at once.

    A defined object whose body has one of the symbols is unfolded first.
    """
    if term.free.isdisjoint(put):
        return term
    if term.op == "symbol" and term.data in put:
        value = put[term.data]
        args = tuple(substitute(arg, put) for arg in term.args)
        found = value.at(args) if isinstance(value, Family) else value
        sort = term.sort.at(put)
        if found.sort != sort or (args and not isinstance(value, Family)):
            raise SortError(f"{found} is a {found.sort}, {term} a {sort}")
        return found
    if term.op == "defined" and not term.data.free.isdisjoint(put):
        return substitute(unfolded(term), put)
    if term.op in BUILDERS:
        return _substitute_in_scope(term, put)
    return rebuild(term, tuple(substitute(arg, put) for arg in term.args), put)


def _substitute_in_scope(term: Term, put: Put) -> Term:
    """Return a binder with terms put for symbols that are free in it.

    Its variables keep their names where these do; else they get new ones first.
    """
    outer = tuple(substitute(arg, put) for arg in term.args[: term.data])
    kept = _in_own_scope(term, put)
    if kept is not None:
        return BUILDERS[term.op](outer, term.variables, kept)
    names = fresh_for(term, put)
    inside = {**put, **{v: x.term for v, x in zip(term.variables, names, strict=True)}}
    inner = tuple(substitute(arg, inside) for arg in term.args[term.data :])
    return BUILDERS[term.op](outer, names, inner)


def _in_own_scope(term: Term, put: Put) -> tuple[Term, ...] | None:
    """Return what stands in the scope of a binder after, if its variables keep their names.

    They do not where one stands in what is put, or in a sort that changes, nor where the scope has
    another height after, or a binder inside would take the name of one outside.
    """
    if not _apart(term.variables, put):
        return None
    before = term.args[term.data :]
    try:
        after = tuple(substitute(arg, put) for arg in before)
    except SortError:
        return None
    return after if _height(after) == _height(before) else None


def _apart(names: Sequence[Symbol], put: Put) -> bool:
    """Return whether bound variables have nothing to do with what is put for symbols."""
    return not any(
        v in put
        or any(v in value.free for value in put.values())
        or not v.sort.letters.isdisjoint(put)
        for v in names
    )


def fresh_for(term: Term, put: Put = MappingProxyType({})) -> tuple[Symbol, ...]:
    """Return new symbols for the variables of a binder, in sorts where letters are replaced."""
    inside = dict(put)
    names: list[Symbol] = []
    for v in term.variables:
        names.append(fresh(v.sort.at(inside)))
        inside[v] = names[-1].term
    return tuple(names)


# --- in print, for people who look at theorems and for sorting ------------------------------------


def show(term: Term) -> str:
    """Return the term in one line of plain text."""
    if not term._text:
        term._text = _text(term)
    return term._text


def _text(term: Term) -> str:
    args = [show(arg) for arg in term.args]
    if term.op in ("number", "polynomial"):
        return _number_text(term)
    if term.op in ("symbol", "defined"):
        return f"{term.data.name}({', '.join(args)})" if args else str(term.data.name)
    if term.op in ("+", "-", "*", "/", "^", "scale", "="):
        return f"({f' {term.op} '.join(args)})"
    if term.variables:
        names = " ".join(v.name for v in term.variables)
        return (
            f"{term.op}[{'; '.join([*args[: term.data], names])}]({', '.join(args[term.data :])})"
        )
    return f"{term.op}({', '.join(args)})"


def _number_text(term: Term) -> str:
    if term.op == "number":
        return str(term.data) if term.data.denominator == 1 else f"({term.data})"
    terms = []
    for m, c in term.data:
        powers = [f"{show(term.args[k])}^{e}" if e > 1 else show(term.args[k]) for k, e in m]
        terms.append("*".join(powers if c == 1 and powers else [str(c), *powers]))
    return f"({' + '.join(terms)})" if len(terms) > 1 else (terms or ["0"])[0]
