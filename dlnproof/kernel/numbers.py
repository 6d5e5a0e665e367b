"""Equations between numbers: rational functions in letters, decided by two engines.

A letter is a term that is no sum, product, quotient, power, integer or rational. Powers with other
exponents than integers become letters as well: one for each base and each monomial of the exponent,
so that ``x^(N - 2 + 2j/N)`` is ``x^N x^(-2) (x^(j/N))^2``. What is divided by, and each base that
this takes apart, is not zero, or positive, by *hypothesis* of the theorem that is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as data_field
from fractions import Fraction
from math import lcm, prod
from typing import Any, Final

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpz

from dlnproof.kernel.logic import sides
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Term,
    at_most,
    constant_of,
    different,
    divide,
    equal,
    integer,
    less,
    log,
    monomials,
    number,
    power,
)
from dlnproof.kernel.theorem import Refused, Theorem, mint

_MOST: Final = 4096
"""The largest exponent, or its least denominator, that is multiplied out."""

Monomial = frozenset[tuple[Term, int]]
"""Letters with their exponents, which may be negative; the empty one is 1."""

Exponent = dict[Monomial, Fraction]
"""A Laurent polynomial."""

_ONE: Final[Monomial] = frozenset()


class EnginesDisagree(RuntimeError):  # noqa: N818 - what happened, in words
    """The two engines differ about an identity: one of them is wrong."""


def field(left: Term, right: Term, *combination: tuple[Term, Theorem]) -> Theorem:
    """Return left = right, for left - right = sum_k c_k (l_k - r_k) with theorems l_k = r_k.

    Hypotheses besides those of the theorems: what is divided by, or raised to a negative integer,
    is not zero; and those that :meth:`Reader.power` tells.
    """
    return field_in((), left, right, *combination)


def field_in(
    letters: Iterable[Term], left: Term, right: Term, *combination: tuple[Term, Theorem]
) -> Theorem:
    """Return left = right as :func:`field` does, with these terms as letters, whatever they are.

    A rational number stays one.
    """
    reader = Reader(frozenset(term for term in letters if term.op != "number"))
    difference = Apply("-", reader.read(_number(left)), reader.read(_number(right)))
    for coefficient, theorem in combination:
        a, b = (reader.read(number(side)) for side in sides(theorem))
        scaled = Apply("*", reader.read(number(coefficient)), Apply("-", a, b))
        difference = Apply("-", difference, scaled)
    answers = (zero_by_flint(difference, reader), zero_by_sympy(difference, reader))
    if answers[0] != answers[1]:
        raise EnginesDisagree(f"FLINT says {answers[0]}, sympy {answers[1]}: {left} = {right}")
    if answers[0] is not True:
        raise Refused(f"{left} = {right} is no identity")
    parents = [theorem for _, theorem in combination]
    return mint("field", equal(left, right), parents, more=reader.needed)


def _number(term: Term) -> Term:
    if term.sort != REAL:
        raise Refused(f"{term} is a {term.sort.kind}, no number")
    return term


# --- what a term is to the engines ----------------------------------------------------------------


@dataclass(frozen=True, eq=False, slots=True)
class Rational:
    """A rational number."""

    value: Fraction


@dataclass(frozen=True, eq=False, slots=True)
class Raised:
    """The base to a rational multiple of a monomial: ``base^(exponent * monomial)``."""

    base: Term
    monomial: Monomial
    exponent: Fraction


@dataclass(frozen=True, eq=False, slots=True)
class Whole:
    """A tree to an integer power."""

    base: Tree
    exponent: int


@dataclass(frozen=True, eq=False, slots=True)
class Apply:
    """A sum, difference, product or quotient."""

    op: str
    left: Tree
    right: Tree


Tree = Rational | Raised | Whole | Apply

_Fraction = tuple[Any, Counter[Any]]
"""A polynomial of sympy's, and polynomials with their exponents that it is divided by."""


def plain(term: Term) -> Fraction | None:
    """Return the rational number that a term without letters is, if it is one of + - * / ^."""
    if term.op == "number":
        return Fraction(term.data)
    if term.op not in ("+", "-", "*", "/", "^") or term.sort != REAL:
        return None
    a = plain(term.args[0])
    b = _whole(term.args[1]) if term.op == "^" else plain(term.args[1])
    if a is None or b is None:
        return None
    if term.op == "^":
        return a ** int(b) if a or b >= 0 else None
    if term.op == "/":
        return a / b if b else None
    return {"+": a + b, "-": a - b, "*": a * b}[term.op]


def _whole(exponent: Term) -> int | None:
    """Return an integer exponent that is a constant, and not large."""
    constant = constant_of(exponent) if exponent.sort == INT else None
    return None if constant is None or abs(constant) > _MOST else constant


def condition(op: str, term: Term) -> Term:
    """Return the sentence that a number is ``positive``, ``nonnegative`` or ``nonzero``.

    Of an integer as a number, it is the sentence about the integer.
    """
    value = term.args[0] if term.op == "real" else term
    if op == "nonzero":
        return different(value, 0)
    return less(0, value) if op == "positive" else at_most(0, value)


def obligation(op: str, term: Term) -> list[Term]:
    """Return the condition, or nothing where the term is a rational number that fulfils it."""
    value = plain(term)
    if value is None:
        return [condition(op, term)]
    if {"nonzero": value != 0, "positive": value > 0, "nonnegative": value >= 0}[op]:
        return []
    raise Refused(f"{term} is not {op}")


@dataclass
class Reader:
    """Reads numbers as trees for the engines, and collects on what condition that is right.

    ``roots`` has each base and monomial that occurs, with the common denominator q of its
    rational multiples: the engines' letter is ``base^(monomial/q)``.
    """

    letters: frozenset[Term] = frozenset()
    needed: dict[Term, None] = data_field(default_factory=dict)
    roots: dict[tuple[Term, Monomial], int] = data_field(default_factory=dict)
    values: dict[Term, Tree] = data_field(default_factory=dict)

    def need(self, op: str, term: Term) -> None:
        """Add a condition to what is needed."""
        self.needed.update(dict.fromkeys(obligation(op, term)))

    def read(self, term: Term) -> Tree:
        """Return a number as a tree."""
        found = self.values.get(term)
        if found is None:
            found = self.values[term] = self._read(term)
        return found

    def _read(self, term: Term) -> Tree:
        if term in self.letters:
            return self.raised(term, _ONE, Fraction(1))
        match term.op:
            case "number":
                return Rational(Fraction(term.data))
            case "real" if term.args[0].op == "polynomial":
                return self._integer(term.args[0])
            case "+" | "-" | "*" | "/":
                if term.op == "/":
                    self.need("nonzero", term.args[1])
                return Apply(term.op, self.read(term.args[0]), self.read(term.args[1]))
            case "^":
                return self.power(*term.args)
        return self.raised(term, _ONE, Fraction(1))

    def _integer(self, value: Term) -> Tree:
        """Return an integer polynomial in its letters."""
        total: Tree = Rational(Fraction(0))
        for m, c in monomials(value).items():
            product: Tree = Rational(Fraction(c))
            for letter, e in m:
                atom = self.raised(number(letter), _ONE, Fraction(1))
                product = Apply("*", product, Whole(atom, e))
            total = Apply("+", total, product)
        return total

    def raised(self, base: Term, monomial: Monomial, exponent: Fraction) -> Tree:
        """Return the base to a multiple of a monomial."""
        q = lcm(self.roots.get((base, monomial), 1), exponent.denominator)
        if max(q, abs(exponent.numerator)) > _MOST:
            raise Refused(f"{base} to the {exponent} is not multiplied out")
        self.roots[base, monomial] = q
        return Raised(base, monomial, exponent)

    # --- powers -----------------------------------------------------------------------------------

    def power(self, base: Term, exponent: Term) -> Tree:
        """Return a power.

        - x^n, n an integer: as it is; x != 0 if n < 0.
        - x^e with e a monomial in integers, without a coefficient, and x neither a product, nor a
          quotient, nor a power: a letter, on no condition.
        - x^e with e of integers: x = prod_k f_k^(a_k), with products, quotients and powers taken
          apart, and x^e = prod_k prod_m (f_k^m)^c, with c m the monomials of a_k e: holds if all
          f_k != 0 and all a_k are of integers.
        - the same with a real e or a_k: all those f_k are positive; f_k >= 0 is enough where e, and
          all exponents that a_k is the product of, are positive constants: 0 to such a number is 0.

        1^e = 1 is the product of nothing.
        """
        constant = constant_of(exponent) if exponent.sort == INT else None
        if constant is not None:
            if abs(constant) > _MOST:
                raise Refused(f"{base} to the {constant} is not multiplied out")
            if constant < 0:
                self.need("nonzero", base)
            whole = Whole(self.read(base), constant)
            return whole if constant else Rational(Fraction(1))  # sympy knows no 0^0
        outer = self.exponent(exponent)
        tree: Tree = Rational(Fraction(1))
        for factor, inner, real, above in self._factors(base):
            both = _product(inner, outer)
            if real or exponent.sort == REAL:
                rooted = above and _is_positive(outer)
                self.need("nonnegative" if rooted else "positive", factor)
            elif factor != base or list(both.values()) != [1]:
                self.need("nonzero", factor)
            if factor.op != "number":
                self.read(factor)  # what is divided by in it
            for monomial, c in both.items():
                tree = Apply("*", tree, self.raised(factor, monomial, c))
        return tree

    def _factors(self, base: Term) -> Iterator[tuple[Term, Exponent, bool, bool]]:
        """Yield factors with exponents whose product is a base.

        And if exponents on the way are real numbers, and if all are positive constants.
        """
        once: Exponent = {_ONE: Fraction(1)}
        value = plain(base)
        if base in self.letters:
            yield base, once, False, True
        elif value:
            for prime, e in _primes(value):
                yield prime, e, False, _is_positive(e)
        elif base.op == "real" and len(monomials(base.args[0])) == 1:
            [(m, c)] = monomials(base.args[0]).items()
            for prime, e in _primes(Fraction(c)):
                yield prime, e, False, True
            for letter, times in m:
                yield number(letter), {_ONE: Fraction(times)}, False, True
        elif base.op in ("*", "/"):
            yield from self._factors(base.args[0])
            sign = 1 if base.op == "*" else -1
            if sign < 0:
                self.need("nonzero", base.args[1])
            for factor, e, real, above in self._factors(base.args[1]):
                yield factor, _product(e, {_ONE: Fraction(sign)}), real, above and sign > 0
        elif base.op == "^":
            outer, reals = self.exponent(base.args[1]), base.args[1].sort == REAL
            for factor, e, real, above in self._factors(base.args[0]):
                yield factor, _product(e, outer), real or reals, above and _is_positive(outer)
        else:
            yield base, once, False, True

    def exponent(self, term: Term) -> Exponent:
        """Return an exponent as a Laurent polynomial; what it divides by is not zero."""
        if term.sort == INT:
            return {frozenset(m): Fraction(c) for m, c in monomials(term).items()}
        if term.op == "number":
            return {_ONE: Fraction(term.data)} if term.data else {}
        if term.op == "real":
            return self.exponent(term.args[0])
        if term.op in ("+", "-"):
            left, right = self.exponent(term.args[0]), self.exponent(term.args[1])
            return _sum(left, _product(right, {_ONE: Fraction(1 if term.op == "+" else -1)}))
        if term.op == "*":
            return _product(self.exponent(term.args[0]), self.exponent(term.args[1]))
        if term.op == "/":
            self.need("nonzero", term.args[1])
            return _product(self.exponent(term.args[0]), self._inverse(term.args[1]))
        n = constant_of(term.args[1]) if term.op == "^" and term.args[1].sort == INT else None
        if n is None or abs(n) > _MOST:
            return {frozenset({(term, 1)}): Fraction(1)}
        if n < 0:
            self.need("nonzero", term.args[0])
        once = self.exponent(term.args[0]) if n >= 0 else self._inverse(term.args[0])
        found: Exponent = {_ONE: Fraction(1)}
        for _ in range(abs(n)):
            found = _product(found, once)
        return found

    def _inverse(self, term: Term) -> Exponent:
        """Return 1/term; a letter where the term is a sum."""
        found = self.exponent(term)
        if len(found) != 1:
            return {frozenset({(divide(number(1), term), 1)}): Fraction(1)}
        [(m, c)] = found.items()
        return {frozenset((letter, -e) for letter, e in m): 1 / c}


def _is_positive(exponent: Exponent) -> bool:
    """Whether an exponent is a positive rational constant."""
    return exponent.keys() == {_ONE} and exponent[_ONE] > 0


def _sum(left: Exponent, right: Exponent) -> Exponent:
    found = dict(left)
    for m, c in right.items():
        found[m] = found.get(m, Fraction(0)) + c
    return {m: c for m, c in found.items() if c}


def _product(left: Exponent, right: Exponent) -> Exponent:
    found: Exponent = {}
    for m, c in left.items():
        for n, e in right.items():
            powers = dict(m)
            for letter, k in n:
                powers[letter] = powers.get(letter, 0) + k
            both = frozenset((letter, k) for letter, k in powers.items() if k)
            found[both] = found.get(both, Fraction(0)) + c * e
    return {m: c for m, c in found.items() if c}


def _primes(value: Fraction) -> Iterator[tuple[Term, Exponent]]:
    """Yield -1, if the rational number is negative, and its primes."""
    if value < 0:
        yield number(-1), {_ONE: Fraction(1)}
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        for prime, e in fmpz(abs(part)).factor():
            yield number(int(prime)), {_ONE: Fraction(sign * int(e))}


# --- the engines, which share no code -------------------------------------------------------------


class Flint:
    """FLINT's polynomials; a number is a numerator over a denominator, not reduced."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        names = [f"x{k}" for k in range(len(reader.roots))]
        self.ring = fmpq_mpoly_ctx.get(names, Ordering.degrevlex)
        self.generators = dict(zip(reader.roots, self.ring.gens(), strict=True))
        self.one = self.ring.constant(1)
        self.found: dict[int, tuple[fmpq_mpoly, fmpq_mpoly]] = {}

    def value(self, tree: Tree) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        """Return numerator and denominator."""
        if id(tree) not in self.found:
            self.found[id(tree)] = self._value(tree)
        return self.found[id(tree)]

    def _value(self, tree: Tree) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        if isinstance(tree, Rational):
            value = tree.value
            return self.ring.constant(fmpq(value.numerator, value.denominator)), self.one
        if isinstance(tree, Whole):
            return self._raise(self.value(tree.base), tree.exponent)
        if isinstance(tree, Raised):
            q = self.reader.roots[tree.base, tree.monomial]
            if tree.monomial == _ONE and q == 1 and not is_letter(tree.base, self.reader):
                return self._raise(self.value(self.reader.read(tree.base)), int(tree.exponent))
            letter = self.generators[tree.base, tree.monomial]
            return self._raise((letter, self.one), int(tree.exponent * q))
        (a, b), (c, d) = self.value(tree.left), self.value(tree.right)
        if tree.op == "*":
            return a * c, b * d
        if tree.op == "/":
            if not c:
                raise ZeroDivisionError
            return a * d, b * c
        if tree.op == "-":
            c = -c
        if b == d:
            return a + c, b
        common = b.gcd(d)
        return a * (d / common) + c * (b / common), b * (d / common)

    @staticmethod
    def _raise(
        value: tuple[fmpq_mpoly, fmpq_mpoly], exponent: int
    ) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        if exponent < 0:
            if not value[0]:
                raise ZeroDivisionError
            value = value[1], value[0]
        return value[0] ** abs(exponent), value[1] ** abs(exponent)

    def reduced(self, top: fmpq_mpoly, key: tuple[Term, Monomial], q: int) -> fmpq_mpoly:
        """Return a multiple of a polynomial, with a/b put for u^q, where u = (a/b)^(1/q)."""
        position = list(self.generators).index(key)
        a, b = self.value(self.reader.read(key[0]))
        parts: dict[int, dict[tuple[int, ...], Any]] = {}
        for exponents, coefficient in top.terms():
            k, left = divmod(int(exponents[position]), q)
            rest = (*exponents[:position], left, *exponents[position + 1 :])
            parts.setdefault(k, {})[rest] = coefficient
        most = max(parts, default=0)
        found = self.ring.constant(0)
        for k, part in parts.items():
            found += self.ring.from_dict(part) * a**k * b ** (most - k)
        return found


def is_letter(base: Term, reader: Reader) -> bool:
    """Whether a base is a letter itself, and has no value in other letters."""
    tree = reader.read(base)
    return isinstance(tree, Raised) and tree.base == base and tree.monomial == _ONE


def relations(reader: Reader) -> Sequence[tuple[tuple[Term, Monomial], int]]:
    """Return the letters that are roots of what has a value: those that have others in it first."""
    return [
        (key, q)
        for key, q in reversed(reader.roots.items())
        if key[1] == _ONE and q > 1 and not is_letter(key[0], reader)
    ]


def zero_by_flint(tree: Tree, reader: Reader) -> bool | None:
    """Whether a tree is zero; None if it divides by zero."""
    engine = Flint(reader)
    try:
        top = engine.value(tree)[0]
        for key, q in relations(reader):
            top = engine.reduced(top, key, q)
    except ZeroDivisionError:
        return None
    return not top


class Sympy:
    """Sympy's polynomials with integers; a number is a numerator over a product of polynomials.

    No polynomial is divided by another: two numbers are added over the least common multiple of
    their lists of factors.
    """

    def __init__(self, reader: Reader) -> None:
        from sympy.polys.domains import ZZ
        from sympy.polys.orderings import lex
        from sympy.polys.rings import PolyRing

        self.reader = reader
        names = [f"x{k}" for k in range(len(reader.roots))]
        self.ring = PolyRing(names, ZZ, lex)
        self.letters = dict(zip(reader.roots, self.ring.gens, strict=True))
        self.known: dict[Tree, _Fraction] = {}

    def value(self, tree: Tree) -> _Fraction:
        """Return numerator and denominator."""
        if tree not in self.known:
            self.known[tree] = self._value(tree)
        return self.known[tree]

    def _value(self, tree: Tree) -> _Fraction:
        match tree:
            case Rational():
                p, q = tree.value.numerator, tree.value.denominator
                return self.ring(p), Counter({self.ring(q): 1} if q > 1 else {})
            case Whole():
                return self._raised(self.value(tree.base), tree.exponent)
            case Apply("+"):
                return self._sum(self.value(tree.left), self.value(tree.right))
            case Apply("-"):
                top, below = self.value(tree.right)
                return self._sum(self.value(tree.left), (-top, below))
            case Apply("*"):
                (a, b), (c, d) = self.value(tree.left), self.value(tree.right)
                return a * c, b + d
            case Apply():
                (a, b), (c, d) = self.value(tree.left), self._raised(self.value(tree.right), -1)
                return a * c, b + d
        n = tree.exponent * self.reader.roots[tree.base, tree.monomial]
        if tree.monomial != _ONE or n != tree.exponent or is_letter(tree.base, self.reader):
            return self._raised((self.letters[tree.base, tree.monomial], Counter()), int(n))
        return self._raised(self.value(self.reader.read(tree.base)), int(n))

    def _sum(self, left: _Fraction, right: _Fraction) -> _Fraction:
        (a, b), (c, d) = left, right
        below = b | d
        return a * self.multiplied(below - b) + c * self.multiplied(below - d), below

    def _raised(self, value: _Fraction, exponent: int) -> _Fraction:
        top, below = value
        if exponent < 0:
            if not top:
                raise ZeroDivisionError
            top, below, exponent = self.multiplied(below), Counter({top: 1}), -exponent
        if not exponent:
            return self.ring.one, Counter()
        return top**exponent, Counter({factor: k * exponent for factor, k in below.items()})

    def multiplied(self, factors: Counter[Any]) -> Any:
        """Return the product of factors."""
        return prod((factor**k for factor, k in factors.items()), start=self.ring.one)

    def reduced(self, top: Any, key: tuple[Term, Monomial], q: int) -> Any:
        """Return a multiple of a polynomial, with a/b put for u^q, where u = (a/b)^(1/q)."""
        at = self.ring.gens.index(self.letters[key])
        a, below = self.value(self.reader.read(key[0]))
        b = self.multiplied(below)
        parts: dict[int, Any] = {}
        for exponents, coefficient in top.terms():
            k, left = divmod(exponents[at], q)
            part = parts.setdefault(k, self.ring.zero.copy())
            part[(*exponents[:at], left, *exponents[at + 1 :])] = coefficient
        most = max(parts, default=0)
        return sum((part * a**k * b ** (most - k) for k, part in parts.items()), self.ring.zero)


def zero_by_sympy(tree: Tree, reader: Reader) -> bool | None:
    """Whether a tree is zero, by sympy's polynomials; None if it divides by zero."""
    engine = Sympy(reader)
    try:
        top, _ = engine.value(tree)
        for key, q in relations(reader):
            top = engine.reduced(top, key, q)
    except ZeroDivisionError:
        return None
    return not top


# --- rules of logarithms, and of powers of what may be zero ---------------------------------------


def log_of_product(x: Term, y: Term) -> Theorem:
    """Return log(x y) = log x + log y, for 0 < x and 0 < y."""
    needed = obligation("positive", x) + obligation("positive", y)
    return mint("log of product", equal(log(x * y), log(x) + log(y)), more=needed)


def log_of_quotient(x: Term, y: Term) -> Theorem:
    """Return log(x / y) = log x - log y, for 0 < x and 0 < y."""
    needed = obligation("positive", x) + obligation("positive", y)
    return mint("log of quotient", equal(log(x / y), log(x) - log(y)), more=needed)


def log_of_power(x: Term, exponent: Term | int | Fraction) -> Theorem:
    """Return log(x^e) = e log x, for 0 < x."""
    raised = power(x, exponent)
    e = number(exponent) if isinstance(exponent, Term) else number(Fraction(exponent))
    return mint("log of power", equal(log(raised), e * log(x)), more=obligation("positive", x))


def log_of_one() -> Theorem:
    """Return log 1 = 0."""
    return mint("log of one", equal(log(number(1)), number(0)))


def power_of_sum(x: Term, a: Term | int, b: Term | int) -> Theorem:
    """Return x^(a + b) = x^a x^b for integers 0 <= a and 0 <= b, and any x, as 0^0 = 1."""
    a, b = integer(a), integer(b)
    sentence = equal(power(x, a + b), power(x, a) * power(x, b))
    return mint("power of sum", sentence, more=_natural(a) + _natural(b))


def power_of_product(x: Term, y: Term, a: Term | int) -> Theorem:
    """Return (x y)^a = x^a y^a for an integer 0 <= a, and any x and y."""
    a = integer(a)
    sentence = equal(power(x * y, a), power(x, a) * power(y, a))
    return mint("power of product", sentence, more=_natural(a))


def power_of_power(x: Term, a: Term | int, b: Term | int) -> Theorem:
    """Return (x^a)^b = x^(a b) for integers 0 <= a and 0 <= b, and any x."""
    a, b = integer(a), integer(b)
    sentence = equal(power(power(x, a), b), power(x, a * b))
    return mint("power of power", sentence, more=_natural(a) + _natural(b))


def power_of_zero(exponent: Term | int | Fraction) -> Theorem:
    """Return 0^e = 0 for 0 < e."""
    raised = power(number(0), exponent)
    return mint("power of zero", equal(raised, number(0)), more=_above(raised.args[1]))


def power_of_one(exponent: Term | int | Fraction) -> Theorem:
    """Return 1^e = 1."""
    return mint("power of one", equal(power(number(1), exponent), number(1)))


def zeroth_power(x: Term) -> Theorem:
    """Return x^0 = 1, for the integer 0."""
    return mint("zeroth power", equal(power(x, 0), number(1)))


def sign_squared(exponent: Term | int) -> Theorem:
    """Return ((-1)^n)^2 = 1, for an integer n."""
    sign = power(number(-1), integer(exponent))
    return mint("sign squared", equal(power(sign, 2), number(1)))


def _natural(value: Term) -> list[Term]:
    """Return 0 <= n of an integer, or nothing where it is a constant for which that holds."""
    constant = constant_of(value)
    if constant is not None and constant < 0:
        raise Refused(f"{value} is negative")
    return [at_most(0, value)] if constant is None else []


def _above(value: Term) -> list[Term]:
    """Return 0 < e of an exponent, or nothing where it is a constant for which that holds."""
    return obligation("positive", number(value))
