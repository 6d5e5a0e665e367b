"""Factors in N and d alone, brought to one form: so what is 1 for all N and d is seen to be.

The class that is decided: rational functions of N and d; powers of -1, of positive rational numbers
and of polynomials in N and d that are visibly positive for all N, d >= 1, to exponents that are
polynomials in N, d and 1/N; absolute values, roots, exp(log(...)) of these; sums and products over
ranges whose body does not depend on the index. Exponents of -1 count by their parity, which is
decided for all N and d: an integer-valued polynomial is even everywhere exactly if all its
differences at N = d = 1 are. Whatever is divided by must visibly vanish nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb, prod
from typing import Final

from flint import fmpz, fmpz_mpoly, fmpz_mpoly_ctx

from dlnproof.language import tree
from dlnproof.language.exponents import (
    HALF,
    UNIT,
    ZERO,
    Exponent,
    NotReducibleError,
    constant,
    exponent,
    written,
)
from dlnproof.language.rows import free_indices
from dlnproof.language.tree import Call, Negative, Node, Operation, Over, Symbol, rebuilt, times

_RING: Final = fmpz_mpoly_ctx.get(("N", "d"), "lex")
_N, _D = _RING.gens()
_MOST_DEGREE: Final = 40
_MOST_NUMBER: Final = 10**12
_NAMES: Final = ("N", "d")
_COUNTS: Final = {
    "": _D * 2,
    "<": _D * (_D - 1),
    "<=": _D * (_D + 1),
    "!=": 2 * _D * (_D - 1),
    ",": 2 * _D * _D,
}
"""Twice the number of terms of a sum or product over indices, by their relation."""

Base = tuple[tuple[tuple[int, int], int], ...]
"""An irreducible polynomial in N and d, or a prime: its terms, by the powers of N and d."""


@dataclass(frozen=True)
class Scalar:
    """(-1)^sign times powers of irreducible polynomials in N and d, and of primes; or zero.

    A base that is not visibly positive has a whole number >= 0 as its exponent.
    """

    sign: Exponent = ZERO
    powers: Mapping[Base, Exponent] = None  # type: ignore[assignment]
    zero: bool = False

    def __post_init__(self) -> None:
        kept = {base: e for base, e in (self.powers or {}).items() if e.terms}
        object.__setattr__(self, "powers", kept)
        object.__setattr__(self, "sign", _parity(self.sign))

    def __mul__(self, other: Scalar) -> Scalar:
        if self.zero or other.zero:
            return Scalar(zero=True)
        powers = dict(self.powers)
        for base, e in other.powers.items():
            powers[base] = powers.get(base, ZERO) + e
        return Scalar(self.sign + other.sign, powers)

    def raised(self, power: Exponent) -> Scalar:
        """Return a power. Raises :class:`NotReducibleError` where it may have no value."""
        if not power.terms:
            return Scalar()
        fixed = not set(power.terms) - {()}
        if self.zero:
            if fixed and power.constant() > 0:
                return self
            raise NotReducibleError("a power of zero that may have no value")
        natural = fixed and power.constant().denominator == 1 and power.constant() > 0
        if not natural and not all(_visible(base) for base in self.powers):
            raise NotReducibleError("a power, root or inverse of what may vanish or be negative")
        if self.sign.terms and not is_whole(power):
            raise NotReducibleError("a root of what may be negative")
        sign = self.sign * power if self.sign.terms else ZERO
        return Scalar(sign, {base: e * power for base, e in self.powers.items()})

    def absolute(self) -> Scalar:
        """Return the absolute value. Raises :class:`NotReducibleError` where no sign is seen."""
        for base, e in self.powers.items():
            if not _visible(base) and e.constant() % 2:
                raise NotReducibleError("an absolute value of what has no visible sign")
        return Scalar(ZERO, self.powers, self.zero)

    def ratio(self) -> tuple[fmpz_mpoly, fmpz_mpoly] | None:
        """Return numerator and denominator where it is a rational function, not too large."""
        if self.zero:
            return _RING.from_dict({}), _RING.constant(1)
        sign = self.sign.terms.get((), Fraction(0))
        if set(self.sign.terms) - {()}:
            return None
        above, below = _RING.constant(-1 if sign % 2 else 1), _RING.constant(1)
        for base, e in self.powers.items():
            if set(e.terms) - {()} or e.constant().denominator != 1:
                return None
            power = int(e.constant())
            made = _polynomial(base)
            size = max(made.total_degree(), int(made.leading_coefficient()).bit_length() // 8, 1)
            if abs(power) * size > _MOST_DEGREE:
                return None
            if power > 0:
                above *= made**power
            else:
                below *= made**-power
        return (above, below) if max(above.total_degree(), below.total_degree()) < 60 else None

    def node(self) -> Node:
        """Return it as a formula."""
        if self.zero:
            return tree.ZERO
        above = [_power(tree.Negative(tree.ONE), self.sign)] if self.sign.terms else []
        below: list[Node] = []
        for base, e in self.powers.items():
            made = written(Exponent({_monomial(at): Fraction(c) for at, c in base}))
            negative = all(c < 0 for c in e.terms.values())
            (below if negative else above).append(_power(made, -e if negative else e))
        top = times(*above)
        return Operation("/", top, times(*below)) if below else top


def simplified(node: Node, bound: frozenset[str] = frozenset()) -> Node:
    """Return a formula that has the same value wherever N, d >= 1 are integers and it has one.

    Factors in N and d alone are brought to one form; what is not in the class stays as it is, and
    nothing that may have no value is left out. ``bound`` are the indices that run outside.
    """
    if is_scalar(node, bound):
        try:
            return scalar(node).node()
        except NotReducibleError:
            pass
    match node:
        case Operation("+" | "-"):
            return _collected(node, bound)
        case Negative() | Operation("*" | "/"):
            found, rest = _apart(node, bound)
            return _times(found, rest)
    inside = bound | {*node.indices} if isinstance(node, Over) else bound
    return rebuilt(node, [simplified(part, inside) for part in node.parts()])


Rest = tuple[tuple[Node, int], ...]
"""Factors with their powers 1 or -1."""


def _apart(node: Node, bound: frozenset[str]) -> tuple[Scalar, Rest]:
    """Return a product as one factor in N and d alone, and the others."""
    found, rest = Scalar(), []
    for factor, power in chain(node):
        if is_scalar(factor, bound):
            try:
                found = found * scalar(factor).raised(constant(power))
                continue
            except NotReducibleError:
                pass
        rest.append((simplified(factor, bound), power))
    return found, tuple(rest)


def _times(found: Scalar, rest: Rest) -> Node:
    above, below = ([node for node, p in rest if p == power] for power in (1, -1))
    top = times(found.node(), *above)
    return Operation("/", top, times(*below)) if below else top


def _collected(node: Operation, bound: frozenset[str]) -> Node:
    """Return a sum or difference of multiples of one product as one multiple, else its parts."""
    sign = Scalar() if node.sign == "+" else Scalar(UNIT)
    (first, rest), (second, other) = (_apart(x, bound) for x in (node.left, node.right))
    if rest == other:
        try:
            return _times(_sum(first, sign * second), rest)
        except NotReducibleError:
            pass
    if second.zero and not other:
        return _times(first, rest)
    return Operation(node.sign, _times(first, rest), _times(second, other))


def chain(node: Node) -> Iterator[tuple[Node, int]]:
    """Yield the factors of a product or quotient, each with its power 1 or -1."""
    match node:
        case Negative(of):
            yield Negative(tree.ONE), 1
            yield from chain(of)
        case Operation("*", left, right):
            yield from chain(left)
            yield from chain(right)
        case Operation("/", left, right):
            yield from chain(left)
            yield from ((factor, -power) for factor, power in chain(right))
        case _:
            yield node, 1


def is_scalar(node: Node, bound: frozenset[str] = frozenset()) -> bool:
    """Whether nothing but N and d enters: no singular value, and no index that runs outside."""
    return free_indices(node) <= {"N", "d"} and not any(
        isinstance(part, tree.Sigma)
        or part == tree.SIGMA
        or (isinstance(part, Over) and bound & {*part.indices})
        for part in node.walk()
    )


def scalar(node: Node) -> Scalar:
    """Return a formula in N and d in its one form. Raises :class:`NotReducibleError`."""
    match node:
        case tree.Number(value):
            return _of_ratio(_constant(value.numerator), _constant(value.denominator))
        case Symbol("N"):
            return _of_ratio(_N, _RING.constant(1))
        case Symbol("d"):
            return _of_ratio(_D, _RING.constant(1))
        case Negative(of):
            return Scalar(UNIT) * scalar(of)
        case Operation("*", left, right):
            return scalar(left) * scalar(right)
        case Operation("/", left, right):
            return scalar(left) * scalar(right).raised(-UNIT)
        case Operation("**", base, power):
            return scalar(base).raised(_exponent(power))
        case Operation(sign, left, right):
            second = scalar(right)
            return _sum(scalar(left), second if sign == "+" else Scalar(UNIT) * second)
        case Call("sqrt", of):
            return scalar(of).raised(HALF)
        case Call("abs", of):
            return scalar(of).absolute()
        case Call("exp", of):
            return _exponential(of)
        case Over():
            return _repeated(node)
    raise NotReducibleError("it is not a product of powers in N and d")


def _sum(first: Scalar, second: Scalar) -> Scalar:
    """Return a sum: of rational functions, or of a scalar and a rational multiple of it."""
    if first.zero or second.zero:
        return second if first.zero else first
    ratios = first.ratio(), second.ratio()
    outside = Scalar()
    if ratios[0] is None or ratios[1] is None:
        outside = first
        ratios = Scalar().ratio(), (second * first.raised(-UNIT)).ratio()
    if ratios[0] is None or ratios[1] is None:
        raise NotReducibleError("a sum of powers that have no rational quotient")
    (a, b), (c, e) = ratios[0], ratios[1]
    return outside * _of_ratio(a * e + c * b, b * e)


def _exponential(node: Node) -> Scalar:
    """Return exp of a sum of multiples of logarithms, or of what is zero."""
    try:
        if scalar(node).zero:
            return Scalar()
    except NotReducibleError:
        pass  # a logarithm occurs
    match node:
        case Call("log", of):
            found = scalar(of)
            if found.zero or found.sign.terms or not all(map(_visible, found.powers)):
                raise NotReducibleError("a logarithm of what is not seen to be positive")
            return found
        case Negative(of):
            return _exponential(of).raised(-UNIT)
        case Operation("+", left, right):
            return _exponential(left) * _exponential(right)
        case Operation("-", left, right):
            return _exponential(left) * _exponential(right).raised(-UNIT)
        case Operation("/", left, right):
            return _exponential(left).raised(_exponent(Operation("/", tree.ONE, right)))
        case Operation("*", left, right):
            try:
                return _exponential(right).raised(_exponent(left))
            except NotReducibleError:
                return _exponential(left).raised(_exponent(right))
    raise NotReducibleError("an exponential of something other than a sum of logarithms")


def _repeated(node: Over) -> Scalar:
    """Return a sum or product of what does not depend on its index."""
    if not is_scalar(node.body, frozenset(node.indices)):
        raise NotReducibleError("a sum or product whose terms depend on its index")
    body = scalar(node.body)
    if node.lower is None or node.upper is None:
        number = _of_ratio(_COUNTS[node.relation], _constant(2))
    else:
        first, last = _exponent(node.lower), _exponent(node.upper)
        if not (is_whole(first) and is_whole(last)):
            raise NotReducibleError("a sum or product with bounds that may not be integers")
        number = _of_exponent(last - first + UNIT)
    ratio = number.ratio()
    if ratio is None or not _seen(ratio[0], strict=False) or not _seen(ratio[1], strict=True):
        raise NotReducibleError("a sum or product over a range that may be empty")
    return number * body if node.kind == "sum" else body.raised(_as_exponent(number))


# --- exponents ------------------------------------------------------------------------------------


def _exponent(node: Node) -> Exponent:
    try:
        return exponent(node, frozenset())
    except NotReducibleError:
        return _as_exponent(scalar(node))


def _as_exponent(found: Scalar) -> Exponent:
    """Return a polynomial in N, d, 1/N and 1/d."""
    ratio = found.ratio()
    if ratio is None or len(ratio[1].monoms()) != 1:
        raise NotReducibleError("an exponent is not a polynomial in N, 1/N and d")
    above, below = ratio
    [(at, c)] = _base(below)
    total = ZERO
    for powers, coefficient in _base(above):
        monomial = _monomial((powers[0] - at[0], powers[1] - at[1]))
        total = total + Exponent({monomial: Fraction(coefficient, c)})
    return total


def _of_exponent(power: Exponent) -> Scalar:
    """Return a polynomial in N and d as a scalar."""
    below = 1
    for c in power.terms.values():
        below *= c.denominator
    terms = {}
    for monomial, c in power.terms.items():
        at = dict(monomial)
        if min(at.values(), default=0) < 0:
            raise NotReducibleError("a bound of a sum that is not a polynomial")
        terms[tuple(at.get(name, 0) for name in _NAMES)] = int(c * below)
    return _of_ratio(_RING.from_dict(terms), _constant(below))


def _values(power: Exponent) -> list[list[Fraction]] | None:
    """Return the differences at N = d = 1 of a polynomial; None where 1/N or 1/d occurs.

    p(N, d) is the sum of these times C(N-1, a) C(d-1, b), so they are all integers, or all even,
    exactly if the values of p at all integers N, d >= 1 are.
    """
    degrees = [0, 0]
    for monomial in power.terms:
        for name, at in monomial:
            if at < 0:
                return None
            place = _NAMES.index(name)
            degrees[place] = max(degrees[place], at)
    a_most, b_most = degrees
    if max(degrees) > _MOST_DEGREE:
        raise NotReducibleError("an exponent of too high a degree")
    table = [[_at(power, 1 + a, 1 + b) for b in range(b_most + 1)] for a in range(a_most + 1)]
    return [
        [
            sum(
                (
                    (-1) ** (a - x + b - y) * comb(a, x) * comb(b, y) * table[x][y]
                    for x, y in product(range(a + 1), range(b + 1))
                ),
                Fraction(0),
            )
            for b in range(b_most + 1)
        ]
        for a in range(a_most + 1)
    ]


def _at(power: Exponent, depth: int, width: int) -> Fraction:
    known = {"N": Fraction(depth), "d": Fraction(width)}
    return sum(
        (c * prod(known[name] ** at for name, at in term) for term, c in power.terms.items()),
        Fraction(0),
    )


def is_whole(power: Exponent) -> bool:
    """Whether an exponent is an integer for all integers N, d >= 1."""
    found = _values(power)
    return found is not None and all(x.denominator == 1 for row in found for x in row)


def _parity(sign: Exponent) -> Exponent:
    """Return the polynomial with differences 0 and 1 that has the same parity everywhere."""
    found = _values(sign)
    if found is None or any(x.denominator != 1 for row in found for x in row):
        raise NotReducibleError("-1 to a power that may be no integer")
    total = ZERO
    for a, row in enumerate(found):
        for b, x in enumerate(row):
            if x % 2:
                total = total + _binomial("N", a) * _binomial("d", b)
    return total


def _binomial(name: str, k: int) -> Exponent:
    """Return C(name - 1, k)."""
    made = UNIT
    for j in range(k):
        line = Exponent({((name, 1),): Fraction(1, j + 1), (): Fraction(-1 - j, j + 1)})
        made = made * line
    return made


# --- polynomials ----------------------------------------------------------------------------------


def _constant(value: int) -> fmpz_mpoly:
    return _RING.constant(value)


def _of_ratio(above: fmpz_mpoly, below: fmpz_mpoly) -> Scalar:
    """Return a rational function by its irreducible factors; ``below`` vanishes nowhere."""
    if not above:
        return Scalar(zero=True)
    common = above.gcd(below)
    return _factored(above // common) * _factored(below // common).raised(-UNIT)


def _factored(polynomial: fmpz_mpoly) -> Scalar:
    """Return a polynomial by its irreducible factors."""
    if max(map(abs, map(int, polynomial.coeffs()))) > _MOST_NUMBER:
        raise NotReducibleError("numbers too large to be factored")
    content, factors = polynomial.factor()
    powers = {
        _base(_constant(prime)): constant(power) for prime, power in _primes(abs(int(content)))
    }
    for factor, power in factors:  # of which the leading coefficients are positive
        powers[_base(factor)] = constant(int(power))
    return Scalar(constant(int(int(content) < 0)), powers)


def _primes(value: int) -> Iterator[tuple[int, int]]:
    if value > _MOST_NUMBER:
        raise NotReducibleError("numbers too large to be factored")
    yield from ((int(prime), int(power)) for prime, power in fmpz(value).factor())


def _base(polynomial: fmpz_mpoly) -> Base:
    """Return the terms of a polynomial, in Python's integers."""
    terms = ((tuple(map(int, at)), int(c)) for at, c in polynomial.to_dict().items())
    return tuple(sorted(terms))  # type: ignore[arg-type]


def _polynomial(base: Base) -> fmpz_mpoly:
    return _RING.from_dict(dict(base))


def _visible(base: Base) -> bool:
    """Whether a base is visibly positive for all N, d >= 1."""
    return _seen(_polynomial(base), strict=True)


def _seen(polynomial: fmpz_mpoly, *, strict: bool) -> bool:
    """Whether no coefficient in N - 1 and d - 1 is negative, and (strict) it is > 0 at (1, 1)."""
    shifted = polynomial.compose(_N + 1, _D + 1, ctx=_RING)
    return all(c >= 0 for c in shifted.coeffs()) and (not strict or polynomial(1, 1) > 0)


def _monomial(at: tuple[int, int]) -> tuple[tuple[str, int], ...]:
    return tuple((name, power) for name, power in zip(_NAMES, at, strict=True) if power)


def _power(base: Node, power: Exponent) -> Node:
    return base if power == UNIT else Operation("**", base, written(power))
