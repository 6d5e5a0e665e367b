"""Values of terms: rationals and rational matrices, balls where these do not suffice, and jets.

A jet a + b h, h^2 = 0, has the value of a function and its derivative. Arithmetic here is FLINT's,
and shares nothing with the rules of the kernel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import flint
from flint import acb_mat, arb, arb_mat, fmpq, fmpq_mat, fmpq_poly, fmpz

Value = Any
"""An int, an ``fmpq``, an ``arb``, an ``fmpq_mat``, an ``arb_mat`` or a :class:`Jet` of these."""

_NUMBERS = frozenset({bool, int, fmpq})
_EXACT = _NUMBERS | {fmpq_mat}
_MATRICES = frozenset({fmpq_mat, arb_mat})
# types, which are asked for at every value: nothing is derived from these

MOST_BITS = 50_000
"""Rationals that would be longer become balls."""


class Unknown(ArithmeticError):  # noqa: N818 - what it is, in a word
    """A value cannot be told."""


class NotSmooth(Unknown):
    """A derivative cannot be told from the values of the parts at the point alone."""


@dataclass(frozen=True, slots=True)
class Jet:
    """a + b h with h^2 = 0: numbers, or matrices of one shape."""

    a: Value
    b: Value

    def __add__(self, other: Value) -> Value:
        return plus(self, other)

    def __radd__(self, other: Value) -> Value:
        return plus(self, other)

    def __sub__(self, other: Value) -> Value:
        return plus(self, negative(other))

    def __rsub__(self, other: Value) -> Value:
        return plus(other, negative(self))

    def __mul__(self, other: Value) -> Value:
        return times(self, other)

    def __rmul__(self, other: Value) -> Value:
        return times(other, self)

    def __neg__(self) -> Value:
        return negative(self)

    def __pow__(self, exponent: int) -> Value:
        return integer_power(self, exponent)


def is_matrix(x: Value) -> bool:
    """Whether a value is a matrix."""
    return type(x.a if type(x) is Jet else x) in _MATRICES


def exact(x: Value) -> bool:
    """Whether a value is known exactly."""
    return type(x) in _EXACT


def ball_of(x: arb) -> Any:
    """Return what tells a ball from all others: its middle and its radius."""
    return (x.mid().man_exp(), x.rad().man_exp()) if x.is_finite() else str(x)


def entries_of(x: arb_mat) -> tuple[Any, ...]:
    """Return what tells a matrix of balls from all others."""
    return (*shape(x), *map(ball_of, x.entries()))


def is_zero(x: Value) -> bool:
    """Whether a value is 0, exactly."""
    return bool(exact(x) and x == 0)


def fresh_zero(x: Value) -> Value:
    """Return the zero of the kind of x."""
    return fmpq_mat(x.nrows(), x.ncols()) if is_matrix(x) else fmpq(0)


def _linear(f: Callable[[Value], Value], x: Value) -> Value:
    return Jet(f(x.a), f(x.b)) if isinstance(x, Jet) else f(x)


def _bilinear(f: Callable[[Value, Value], Value], x: Value, y: Value) -> Value:
    if not isinstance(x, Jet) and not isinstance(y, Jet):
        return f(x, y)
    a, b = (x.a, x.b) if isinstance(x, Jet) else (x, fresh_zero(x))
    c, d = (y.a, y.b) if isinstance(y, Jet) else (y, fresh_zero(y))
    return Jet(f(a, c), _plus(f(a, d), f(b, c)))


def balls(x: Value) -> Value:
    """Return a number or a matrix as balls."""
    if isinstance(x, fmpq_mat):
        return arb_mat(x)
    return x if isinstance(x, (arb, arb_mat)) else arb(fmpq(x))


def _same(x: Value, y: Value) -> tuple[Value, Value]:
    return (x, y) if exact(x) and exact(y) else (balls(x), balls(y))


def _plus(x: Value, y: Value) -> Value:
    x, y = _same(x, y)
    return x + y


def plus(x: Value, y: Value) -> Value:
    """Return x + y, of numbers or of matrices."""
    if type(x) in _NUMBERS and type(y) in _NUMBERS:
        return x + y
    if isinstance(x, Jet) or isinstance(y, Jet):
        a, b = (x.a, x.b) if isinstance(x, Jet) else (x, fresh_zero(x))
        c, d = (y.a, y.b) if isinstance(y, Jet) else (y, fresh_zero(y))
        return Jet(_plus(a, c), _plus(b, d))
    return _plus(x, y)


def negative(x: Value) -> Value:
    """Return -x."""
    return _linear(lambda m: m * fmpq(-1) if isinstance(m, fmpq_mat) else -m, x)


def minus(x: Value, y: Value) -> Value:
    """Return x - y."""
    return plus(x, negative(y))


def _times(x: Value, y: Value) -> Value:
    if is_matrix(x) != is_matrix(y):
        x, y = (y, x) if is_matrix(x) else (x, y)
        if exact(x) and exact(y):
            return y * fmpq(x)
        return balls(y) * balls(x)
    x, y = _same(x, y)
    return x * y


def times(x: Value, y: Value) -> Value:
    """Return x y, of two numbers, a number and a matrix, or two matrices."""
    if type(x) in _NUMBERS and type(y) in _NUMBERS:
        return x * y
    return _bilinear(_times, x, y)


def integer_power(x: Value, n: int) -> Value:
    """Return x^n, 0 <= n, of a number or a square matrix."""
    if isinstance(x, fmpq) and n * x.height_bits() > MOST_BITS:
        x = arb(x)
    if isinstance(x, (fmpq, arb)):
        return x**n
    if is_matrix(x):
        size = (x.a if isinstance(x, Jet) else x).nrows()
        found: Value = eye(size)
    else:
        found = fmpq(1)
    while n:
        if n & 1:
            found = times(found, x)
        x, n = (times(x, x), n >> 1) if n > 1 else (x, 0)
    return found


def inverse_of(x: Value) -> Value:
    """Return 1/x of a number that is not zero; where it may be, the value is unknown."""
    if isinstance(x, Jet):
        over = inverse_of(x.a)
        return Jet(over, -_times(_times(over, over), x.b))
    if x.contains(0) if isinstance(x, arb) else x == 0:
        raise Unknown("a divisor that may be zero")
    return 1 / x if isinstance(x, arb) else 1 / fmpq(x)


def exact_root(x: fmpq, degree: int) -> fmpq | None:
    """Return the rational n-th root of x > 0, if there is one."""
    top, bottom = (fmpz(part).root(degree) for part in (x.p, x.q))
    found = fmpq(top, bottom)
    return found if found**degree == x else None


def real_power(x: Value, e: Value) -> Value:
    """Return x^e = exp(e log x), 0 < x: a rational where it is one."""
    if isinstance(x, Jet) or isinstance(e, Jet):
        a, b = (x.a, x.b) if isinstance(x, Jet) else (x, fmpq(0))
        c, d = (e.a, e.b) if isinstance(e, Jet) else (e, fmpq(0))
        here = real_power(a, c)
        slope = plus(times(d, logarithm(a)), times(c, times(b, inverse_of(a))))
        return Jet(here, times(here, slope))
    if isinstance(x, fmpq) and isinstance(e, fmpq):
        if x == 1:
            return x
        top, bottom = int(e.p), int(e.q)
        root = x if bottom == 1 else exact_root(x, bottom) if bottom < 1000 else None
        if root is not None and abs(top) * root.height_bits() <= MOST_BITS:
            return root**top
    return (balls(e) * balls(x).log()).exp()


def logarithm(x: Value) -> Value:
    """Return log x, 0 < x."""
    if isinstance(x, Jet):
        return Jet(logarithm(x.a), times(x.b, inverse_of(x.a)))
    if isinstance(x, fmpq) and x == 1:
        return fmpq(0)
    return balls(x).log()


def sign(x: Value) -> int | None:
    """Return the sign of a number, or None where a ball does not tell."""
    if isinstance(x, arb):
        if not x.contains(0):
            return 1 if x > 0 else -1
        return 0 if x.is_zero() else None
    return int(x > 0) - int(x < 0)


# --- matrices -------------------------------------------------------------------------------------


def eye(size: int) -> fmpq_mat:
    """Return the identity matrix."""
    return (
        fmpq_mat([[int(r == c) for c in range(size)] for r in range(size)])
        if size
        else fmpq_mat(0, 0)
    )


def null(size: tuple[int, int] | None) -> Value:
    """Return the matrix of zeros; the number 0, if no size is given."""
    return fmpq(0) if size is None else fmpq_mat(*size)


def unit(rows: int, cols: int, i: int, l: int) -> fmpq_mat:
    """Return the matrix with one 1, in row i and column l, which count from 0."""
    found = fmpq_mat(rows, cols)
    found[i, l] = fmpq(1)
    return found


def shape(x: Value) -> tuple[int, int]:
    """Return rows and columns."""
    x = x.a if isinstance(x, Jet) else x
    return int(x.nrows()), int(x.ncols())


def transpose(x: Value) -> Value:
    """Return the transpose."""
    return _linear(lambda m: m.transpose(), x)


def entry(x: Value, i: int, l: int) -> Value:
    """Return an entry; rows and columns count from 0."""
    return _linear(lambda m: m[i, l], x)


def trace(x: Value) -> Value:
    """Return the trace of a square matrix."""
    total: Value = fmpq(0)
    for k in range(shape(x)[0]):
        total = plus(total, entry(x, k, k))
    return total


def matrix(rows: int, cols: int, entries: Sequence[Value]) -> Value:
    """Return the matrix with entries, by rows."""
    if any(isinstance(x, Jet) for x in entries):
        split = [x if isinstance(x, Jet) else Jet(x, fmpq(0)) for x in entries]
        return Jet(
            matrix(rows, cols, [x.a for x in split]), matrix(rows, cols, [x.b for x in split])
        )
    if not entries:
        return fmpq_mat(rows, cols)
    if all(exact(x) for x in entries):
        return fmpq_mat(rows, cols, [fmpq(x) for x in entries])
    return arb_mat(rows, cols, [balls(x) for x in entries])


def flat(x: Value) -> list[Value]:
    """Return the entries, by rows."""
    rows, cols = shape(x)
    return [entry(x, i, l) for i in range(rows) for l in range(cols)]


def determinant(x: Value) -> Value:
    """Return the determinant; of a jet by Jacobi's formula."""
    if isinstance(x, Jet):
        here = determinant(x.a)
        if sign(here) in (0, None):
            raise NotSmooth("the derivative of a determinant where it vanishes")
        return Jet(here, times(here, trace(solved(x.a, x.b))))
    return x.det() if x.nrows() else fmpq(1)


def solved(left: Value, right: Value) -> Value:
    """Return X with left X = right, where det left != 0."""
    if isinstance(left, Jet) or isinstance(right, Jet):
        a, b = (left.a, left.b) if isinstance(left, Jet) else (left, fresh_zero(left))
        c, d = (right.a, right.b) if isinstance(right, Jet) else (right, fresh_zero(right))
        here = solved(a, c)
        return Jet(here, solved(a, minus(d, times(b, here))))
    left, right = _same(left, right)
    if not left.nrows():
        return right
    try:
        return left.solve(right)
    except ZeroDivisionError as error:
        raise Unknown("a matrix that may have no inverse") from error


def is_symmetric(x: Value) -> bool | None:
    """Whether a matrix is symmetric; None where balls overlap."""
    difference = flat(minus(x, transpose(x)))
    if all(exact(y) for y in difference):
        return all(y == 0 for y in difference)
    return None if all(balls(y).contains(0) for y in difference) else False


def is_psd(x: Value) -> bool | None:
    """Whether a matrix is symmetric with roots >= 0: by the signs of its characteristic polynomial.

    None where balls do not tell.
    """
    symmetric = is_symmetric(x)
    size = shape(x)[0]
    if symmetric is False or size == 0:
        return symmetric
    signs = [sign(c) for c in x.charpoly().coeffs()]
    wrong = [s is not None and s * (-1) ** (size - k) < 0 for k, s in enumerate(signs)]
    if any(wrong):
        return False
    return None if symmetric is None or None in signs else True


def psd_root(x: Value, degree: int) -> Value:
    """Return the psd n-th root of a psd matrix."""
    return _of_spectrum(x, lambda r: fmpq(0) if sign(r) == 0 else real_power(r, fmpq(1, degree)))


def psd_power(x: Value, exponent: Value) -> Value:
    """Return a real power of a positive definite matrix."""
    return _of_spectrum(x, lambda r: real_power(r, exponent))


def _of_spectrum(x: Value, f: Callable[[Value], Value]) -> Value:
    """Return a function of a symmetric matrix: a polynomial in it that takes the values.

    Of a rational matrix with distinct eigenvalues r: sum_r f(r) prod_{s != r} (x - s) / (r - s).
    """
    if isinstance(x, Jet):
        raise NotSmooth("the derivative of a function of a matrix")
    if isinstance(x, arb_mat):
        return _of_spectrum_of_balls(x, f)
    size = shape(x)[0]
    total: Value = fmpq_mat(size, size)
    for r, projection in _projections(size, tuple(x.entries()), flint.ctx.prec):
        total = plus(total, times(f(r), projection))
    return total


def eigenspaces(x: Value) -> list[tuple[Value, Value]]:
    """Return the distinct eigenvalues of a rational symmetric matrix, and the projections to their
    spaces: rational where they are, enclosed elsewhere."""
    return list(_projections(shape(x)[0], tuple(x.entries()), flint.ctx.prec))


@lru_cache(maxsize=512)
def _projections(size: int, entries: tuple[fmpq, ...], _bits: int) -> list[tuple[Value, Value]]:
    """Return the distinct eigenvalues of a symmetric matrix, and the projections to their spaces.

    With so many bits, where they are no rationals.
    """
    x = matrix(size, size, entries)
    spectrum = _roots_of(x.charpoly()) if size else []
    found = []
    for r in spectrum:
        part: Value = eye(size)
        for s in spectrum:
            if s is not r:
                shifted = minus(x, times(s, eye(size)))
                part = times(times(part, shifted), inverse_of(minus(r, s)))
        found.append((r, part))
    return found


def _roots_of(polynomial: fmpq_poly) -> list[Value]:
    """Return the distinct roots of a polynomial with real ones: rational, where they are."""
    found: list[Value] = []
    for factor, _ in polynomial.factor()[1]:
        if factor.degree() == 1:
            found.append(-fmpq(factor[0]) / fmpq(factor[1]))
        else:
            multiple: Any = factor.complex_roots()  # pairs of a root and how often it occurs
            found.extend(root.real for root, _ in multiple)
    return found


@dataclass(frozen=True)
class _Told:
    """A matrix of balls, as what tells it from others."""

    entries: tuple[Any, ...]
    matrix: arb_mat = field(compare=False)


@lru_cache(maxsize=64)
def _decomposed(told: _Told, bits: int) -> tuple[list[Any], acb_mat, acb_mat, arb]:
    """Return eigenvalues of a symmetric matrix, eigenvectors, their inverse, and an error.

    An integral takes many functions of one matrix.
    """
    x, error = told.matrix, arb(0)
    try:
        roots, right = acb_mat(x).eig(right=True)
    except ValueError:
        error = arb(0, 1) * arb(2) ** -(bits // 2)
        roots, right = acb_mat(x.mid()).eig(right=True, algorithm="approx")
        roots = [root.real.mid() for root in roots]
    try:
        return roots, right, right.inv(), error
    except ZeroDivisionError as singular:
        raise Unknown("a function of a matrix of balls") from singular


def _of_spectrum_of_balls(x: arb_mat, f: Callable[[Value], Value]) -> Value:
    """Return a function of a symmetric matrix of balls; where values coincide, not enclosed."""
    size, bits = x.nrows(), flint.ctx.prec
    roots, right, back, error = _decomposed(_Told(entries_of(x), x), bits)
    values = acb_mat(size, size)
    for k, root in enumerate(roots):
        r = arb(root.real)
        if sign(r) in (None, -1) and abs(r).upper() > arb(10) ** -30:
            raise Unknown("a function of a matrix that may not be psd")
        values[k, k] = fmpq(0) if sign(r) != 1 or r < arb(2) ** -(bits * 5 // 8) else f(r)
    found = right * values * back
    return arb_mat(size, size, [z.real * (1 + error) + error for z in found.entries()])
