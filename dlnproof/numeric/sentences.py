"""Sentences at points: whether what a theorem says is true, by an evaluator of its own.

It shares the terms and the definitions with the kernel, and no rule. Rational where it can be, in
balls where not; limits, and what is said of all numbers, are sampled, and said to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, reduce
from itertools import islice, pairwise
from itertools import product as pairs
from math import prod
from random import Random
from typing import Any, Final

import flint
from flint import arb, arb_mat, fmpq, fmpq_poly

from dlnproof.kernel.terms import INT, REAL, Sort, Symbol, Term, monomials
from dlnproof.kernel.theorem import Theorem
from dlnproof.language.precision import working_precision
from dlnproof.numeric import values as v
from dlnproof.numeric.interpretation import Point, key, orthogonal, sort_size
from dlnproof.numeric.values import Jet, NotSmooth, Unknown, Value

BITS: Final = 320
"""Precision of balls, in bits: 96 digits."""
LIMIT_BITS: Final = 2600
"""Precision at the points e = 10^-2^k by which a limit is judged."""
CLOSE: Final = arb(10) ** -40
MOST_ENTRIES: Final = 10**4
_MOST_PARTS: Final = 60
"""Of how many intervals, halves and halves of halves, an integral is looked for."""

Env = Mapping[Symbol, Value]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a sentence holds at a point: ``value`` is None where it cannot be told.

    Then ``likely`` says what the balls suggest, which overlap in 40 digits; ``sampled``: not all
    cases were tried; ``vacuous``: there is no case, or none was found; ``shown`` is what was
    evaluated.
    """

    value: bool | None
    shown: str = ""
    sampled: bool = False
    likely: bool | None = None
    vacuous: bool = False

    @property
    def guess(self) -> bool | None:
        """What holds as far as can be seen."""
        return self.likely if self.value is None else self.value


def answer(sentence: Term, point: Point) -> Answer:
    """Return whether a sentence is true at a point."""
    return At(point).truth(sentence, {})


def value(term: Term, point: Point) -> Value:
    """Return the value of a term at a point: an int, a rational, a ball, or a matrix."""
    return At(point).value(term, {})


def holds(theorem: Theorem, point: Point, known: Known | None = None) -> Answer:
    """Return whether a theorem's conclusion is true at a point; None where its hypotheses are not.

    The value False means that the theorem is wrong, as far as its hypotheses could be seen to hold.
    ``known`` keeps answers about sentences whose symbols are all fixed at the point.
    """
    sampled = False
    for hypothesis in sorted(theorem.hypotheses, key=lambda h: (h.height, repr(h))):
        found = remembered(hypothesis, point, known)
        if not found.guess:
            return Answer(None, f"hypothesis {hypothesis}: {found.shown or found.value}")
        sampled |= found.sampled
    found = answer(theorem.conclusion, point)
    return replace(found, sampled=found.sampled or sampled)


Known = dict[Term, Answer]


def remembered(sentence: Term, point: Point, known: Known | None) -> Answer:
    """Return whether a sentence is true at a point, if need be from what is known there."""
    if known is None or any(x.name not in point.fixed for x in sentence.free):
        return answer(sentence, point)
    if sentence not in known:
        known[sentence] = answer(sentence, point)
    return known[sentence]


class At:
    """Terms and sentences at one point, with the values of bound variables in ``env``."""

    def __init__(self, point: Point, bits: int = BITS) -> None:
        self.point, self.bits = point, bits
        self._told: dict[int, tuple[Value, int]] = {}

    # --- terms ------------------------------------------------------------------------------------

    def value(self, term: Term, env: Env) -> Value:
        """Return the value of a term."""
        with working_precision(self.bits):
            return self._value(term, env)

    def _value(self, term: Term, env: Env) -> Value:
        if self.point.work is not None:
            self.point.work.spend()
        if term.op not in _KEPT and (term.op != "^" or term.sort.rows is None):
            return _VALUES[term.op](self, term, env)
        kept, place = self.point.kept, self._place(term, env)
        if place not in kept:
            try:
                kept[place] = _VALUES[term.op](self, term, env)
            except Unknown as error:
                kept[place] = error
        found = kept[place]
        if isinstance(found, Unknown):
            raise found
        return found

    def _place(self, term: Term, env: Env) -> tuple[Any, ...]:
        """Return where the value of a term is kept: by what its variables are."""
        inside = tuple((x.name, self._exactly(env[x])) for x in term.free if x in env)
        return term, self.bits, inside

    def _exactly(self, x: Value) -> Any:
        """Return what tells a value from all others: of a ball its middle and its radius.

        Of a matrix a number that stands for its entries at this point, found for each object once.
        """
        if isinstance(x, Jet):
            return "jet", self._exactly(x.a), self._exactly(x.b)
        if isinstance(x, arb):
            return v.ball_of(x)
        if not v.is_matrix(x):
            return key(x)
        if id(x) not in self._told:
            place = "entries", v.entries_of(x) if isinstance(x, arb_mat) else key(x)
            # the object is kept: no other can have its id
            self._told[id(x)] = x, self.point.kept.setdefault(place, len(self.point.kept))
        return "matrix", self._told[id(x)][1]

    def _values(self, term: Term, env: Env) -> list[Value]:
        return [self._value(arg, env) for arg in term.args]

    def _int(self, term: Term, env: Env) -> int:
        found = self._value(term, env)
        assert isinstance(found, int)
        return found

    def _size(self, sort: Sort, env: Env) -> tuple[int, int] | None:
        size = sort_size(sort, lambda t: self._int(t, env))
        if size is not None and size[0] * size[1] > MOST_ENTRIES:
            raise Unknown(f"a matrix of more than {MOST_ENTRIES} entries")
        return size

    def size(self, term: Term, env: Env) -> tuple[int, int]:
        """Return the shape of a matrix."""
        return self._size(term.sort, env) or (0, 0)

    def _square(self, term: Term, env: Env) -> int:
        size = self._size(term.sort, env)
        assert size is not None
        return size[0]

    def _some(self, term: Term, env: Env, *args: Value) -> Value:
        return self.point.some(term.op, self._size(term.sort, env), *args)

    def _polynomial(self, term: Term, env: Env) -> int:
        letters = self._values(term, env)
        total = 0
        for m, c in term.data:
            total += c * prod(letters[k] ** e for k, e in m)
        return total

    def _symbol(self, term: Term, env: Env) -> Value:
        if term.data in env:
            return env[term.data]
        size = self._size(term.sort, env)
        return self.point.of(term.data, self._values(term, env), size)

    def _defined(self, term: Term, env: Env) -> Value:
        put = dict(zip(term.data.parameters, self._values(term, env), strict=True))
        return self._value(term.data.body, put)

    def _quotient(self, term: Term, env: Env) -> Value:
        x, y = self._values(term, env)
        below = y.a if isinstance(y, Jet) else y
        if v.is_zero(below):
            if isinstance(x, Jet) or isinstance(y, Jet):
                raise NotSmooth("a quotient where what is divided by vanishes")
            return self._some(term, env, x)
        return v.times(x, v.inverse_of(y))

    def _power(self, term: Term, env: Env) -> Value:
        x, e = self._values(term, env)
        if isinstance(e, int):
            return self._whole_power(term, env, x, e)
        base, exponent = (z.a if isinstance(z, Jet) else z for z in (x, e))
        where, above = v.sign(base), v.sign(exponent)
        if where == 1:
            return v.real_power(x, e)
        if isinstance(x, Jet) or isinstance(e, Jet):
            raise NotSmooth("a power that is not an integer, of a number that is not positive")
        if where is None:
            return self._power_of_small(x, e)
        if where == 0 and above is not None and above >= 0:
            return fmpq(int(above == 0))
        return self._some(term, env, x, e)

    def _whole_power(self, term: Term, env: Env, x: Value, e: int) -> Value:
        if e >= 0:
            return v.integer_power(x, e)
        if v.is_matrix(x):
            return self._some(term, env, x, e)
        if v.sign(x.a if isinstance(x, Jet) else x) == 0:
            if isinstance(x, Jet):
                raise NotSmooth("a negative power at 0")
            return self._some(term, env, x, e)
        return v.integer_power(v.inverse_of(x), -e)

    def _power_of_small(self, x: Value, e: Value) -> Value:
        """Enclose x^e, where a ball x >= 0 may be 0: in [0, u^e]."""
        if isinstance(x, Jet) or isinstance(e, Jet) or v.sign(e) != 1 or x.upper() <= 0:
            raise Unknown("a power of a number that may not be positive")
        high = v.real_power(x.upper(), e)
        return (high / 2).union(arb(0)).union(high)

    def _log(self, term: Term, env: Env) -> Value:
        [x] = self._values(term, env)
        where = v.sign(x.a if isinstance(x, Jet) else x)
        if where == 1:
            return v.logarithm(x)
        if where is None:
            raise Unknown("the logarithm of a number that may not be positive")
        return self._some(term, env, x)

    def _cos(self, term: Term, env: Env) -> Value:
        [x] = self._values(term, env)
        if isinstance(x, Jet):
            a = v.balls(x.a)
            return Jet(a.cos(), v.times(-a.sin(), x.b))
        return fmpq(1) if v.is_zero(x) else v.balls(x).cos()

    def _gamma(self, term: Term, env: Env) -> Value:
        [x] = self._values(term, env)
        if isinstance(x, Jet):
            raise NotSmooth("the derivative of Gamma")
        if v.exact(x) and x <= 0 and x.q == 1:
            return self._some(term, env, x)
        found = v.balls(x).gamma()
        if not found.is_finite():
            raise Unknown("Gamma at a pole")
        return found

    def _entry(self, term: Term, env: Env) -> Value:
        x, i, l = self._values(term, env)
        rows, cols = v.shape(x)
        if 1 <= i <= rows and 1 <= l <= cols:
            return v.entry(x, i - 1, l - 1)
        return self._some(term, env, x, i, l)

    def _unit(self, term: Term, env: Env) -> Value:
        size, i, l = self._values(term, env)
        if 1 <= i <= size and 1 <= l <= size:
            return v.unit(size, size, i - 1, l - 1)
        return self._some(term, env, size, i, l)

    def _root(self, term: Term, env: Env) -> Value:
        x, degree = self._values(term, env)
        if isinstance(x, Jet):
            raise NotSmooth("the derivative of a root of a matrix")
        if degree < 1 or v.is_psd(x) is False:
            return self._some(term, env, x, degree)
        return v.psd_root(x, degree)

    def _psd_power(self, term: Term, env: Env) -> Value:
        x, e = self._values(term, env)
        if isinstance(x, Jet) or isinstance(e, Jet):
            raise NotSmooth("the derivative of a power of a matrix")
        if v.is_psd(x) is False or v.sign(v.determinant(x)) == 0:
            return self._some(term, env, x, e)
        return v.psd_power(x, e)

    def _array(self, term: Term, env: Env) -> Value:
        rows, cols = self.size(term, env)
        f = self._map(term, env)
        places = pairs(range(1, rows + 1), range(1, cols + 1))
        return v.matrix(rows, cols, [f(i, l) for i, l in places])

    def _pairdet(self, term: Term, env: Env) -> Value:
        count, size = self._int(term.args[0], env), self._int(term.args[1], env)
        if count < 0 or size < 0:
            return self._some(term, env, count, size)
        f = self._map(term, env)
        twos = pairs(range(1, count + 1), range(1, size + 1), range(1, size + 1))
        rows = [(j, i, l) for j, i, l in twos if i < l]
        return v.determinant(
            v.matrix(len(rows), len(rows), [f(*row, *col) for row in rows for col in rows])
        )

    def _orthogonal_volume(self, term: Term, env: Env) -> Value:
        size = self._int(term.args[0], env)
        if size < 0:
            return self._some(term, env, size)
        return _group_volume(size)

    def _sphere_volume(self, term: Term, env: Env) -> Value:
        size = self._int(term.args[0], env)
        return _sphere(size) if size >= 1 else self._some(term, env, size)

    def _orbit(self, term: Term, env: Env) -> Value:
        """Return the volume of an orbit: by tangents, and by what leaves its point as it is."""
        depth = self._int(term.args[0], env)
        if depth < 1:
            return self._some(term, env, depth)
        f = self._map(term, env)
        factors = [f(j) for j in range(1, depth + 1)]
        if any(isinstance(W, Jet) for W in factors):
            raise NotSmooth("the derivative of a volume of an orbit")
        size = v.shape(factors[0])[0]
        turns = [
            v.minus(v.unit(size, size, i, l), v.unit(size, size, l, i))
            for i in range(size)
            for l in range(i + 1, size)
        ]
        tangents = []
        for j in range(depth - 1):
            for b in turns:
                moved = [v.null((size, size)) for _ in factors]
                moved[j] = v.times(b, factors[j])
                moved[j + 1] = v.negative(v.times(factors[j + 1], b))
                tangents.append([x for m in moved for x in v.flat(m)])
        count, length = len(tangents), depth * size * size
        frame = v.matrix(count, length, [x for row in tangents for x in row])
        gram = v.times(fmpq(1, 2), v.times(frame, v.transpose(frame)))
        volume = v.determinant(gram)
        if v.sign(volume) in (0, None):
            raise Unknown("the orbit of factors that a curve of frames leaves as they are")
        group = v.integer_power(_group_volume(size), depth - 1)
        density = v.times(group, v.real_power(volume, fmpq(1, 2)))
        return v.times(density, fmpq(1, _stabiliser(factors)))

    def _if(self, term: Term, env: Env) -> Value:
        found = self._truth(term.args[0], env)
        if found.value is None or (found.value and found.sampled):
            raise Unknown(f"a case that cannot be told: {found.shown}")
        return self._value(term.args[1 if found.value else 2], env)

    def _range(self, term: Term, env: Env) -> tuple[int, int, Iterator[Value]]:
        lo, hi = self._int(term.args[0], env), self._int(term.args[1], env)
        if hi - lo > 5000:
            raise Unknown("a range of more than 5000")
        [i] = term.variables
        body = term.args[2]
        return lo, hi, (self._value(body, {**env, i: k}) for k in range(lo, hi + 1))

    def _sum(self, term: Term, env: Env) -> Value:
        lo, hi, parts = self._range(term, env)
        if hi < lo - 1:
            return self._some(term, env, lo, hi)
        size = self._size(term.sort, env)
        total: Value = v.null(size)
        for part in parts:
            total = v.plus(total, part)
        return total

    def _prod(self, term: Term, env: Env) -> Value:
        lo, hi, parts = self._range(term, env)
        if hi < lo - 1:
            return self._some(term, env, lo, hi)
        size = self._size(term.sort, env)
        total: Value = fmpq(1) if size is None else v.eye(size[1])
        for part in parts:
            total = v.times(part, total)
        return total

    def _diag(self, term: Term, env: Env) -> Value:
        size = max(self._int(term.args[0], env), 0)
        [i] = term.variables
        found = [self._value(term.args[1], {**env, i: k}) for k in range(1, size + 1)]
        return _diagonal(found)

    def _map(self, term: Term, env: Env) -> Callable[..., Value]:
        body = term.args[-1]
        return lambda *x: self._value(body, {**env, **dict(zip(term.variables, x, strict=True))})

    def _mapdet(self, term: Term, env: Env) -> Value:
        found, wrong = self._matrix_of(term, env)
        return self._some(term, env, *wrong) if wrong else v.determinant(found)

    def _inverse(self, term: Term, env: Env) -> Value:
        at = self._value(term.args[0], env)
        found, wrong = self._matrix_of(term, env)
        volume = fmpq(0) if wrong else v.determinant(found.a if isinstance(found, Jet) else found)
        if wrong or v.is_zero(volume):
            return self._some(term, env, *(wrong or [found]), at)
        rows, cols = v.shape(at)
        return v.matrix(rows, cols, v.flat(v.solved(found, v.matrix(rows * cols, 1, v.flat(at)))))

    def _matrix_of(self, term: Term, env: Env) -> tuple[Value, list[Value]]:
        """Return the matrix of a map of matrices; where it is not linear, what it is known by."""
        size = self._size(term.variables[0].sort, env)
        assert size is not None
        rows, cols = size
        body = term.args[-1]
        place = (*self._place(body, env), rows, cols)
        if place not in self.point.kept:
            units = [v.unit(rows, cols, i, l) for i in range(rows) for l in range(cols)]
            found = self._of_columns(self._map(term, env), [(x,) for x in units], rows * cols)
            self.point.kept[place] = found
        kept: tuple[Value, list[Value]] = self.point.kept[place]
        return kept

    def _of_columns(
        self, f: Callable[..., Value], basis: Sequence[tuple[Value, ...]], size: int
    ) -> tuple[Value, list[Value]]:
        columns = [v.flat(f(*x)) for x in basis]
        entries = [column[k] for k in range(size) for column in columns]
        found = v.matrix(size, len(basis), entries)
        if not basis:
            return found, []
        rng = self.point.random("linear")
        weights = [fmpq(rng.randint(-9, 9), rng.randint(1, 4)) for _ in basis]
        mixed = [x * weights[0] for x in basis[0]]
        for w, x in zip(weights[1:], basis[1:], strict=True):
            mixed = [m + part * w for m, part in zip(mixed, x, strict=True)]
        there = f(*mixed)
        expected = v.times(found, v.matrix(len(basis), 1, weights))
        off = [v.minus(a, b) for a, b in zip(v.flat(expected), v.flat(there), strict=True)]
        if all(_zero(x.a if isinstance(x, Jet) else x) for x in off):
            return found, []
        return found, [found, there]

    def _framedet(self, term: Term, env: Env) -> Value:
        size = self._square_of(term.variables[0].sort, env)
        null = v.null((size, size))
        turns = [
            v.minus(v.unit(size, size, i, l), v.unit(size, size, l, i))
            for i in range(size)
            for l in range(i + 1, size)
        ]
        basis = [(v.unit(size, size, i, i), null, null) for i in range(size)]
        basis += [(null, turn, null) for turn in turns]
        basis += [(null, null, turn) for turn in turns]
        found, wrong = self._of_columns(self._map(term, env), basis, size * size)
        if wrong:
            return self._some(term, env, *wrong)
        volume = v.determinant(found)
        if isinstance(volume, Jet):
            return volume if volume.a > 0 else v.negative(volume)
        return abs(volume)

    def _square_of(self, sort: Sort, env: Env) -> int:
        size = self._size(sort, env)
        assert size is not None
        return size[0]

    def _integral(self, term: Term, env: Env) -> Value:
        lo, hi = self._value(term.args[0], env), self._value(term.args[1], env)
        if isinstance(lo, Jet) or isinstance(hi, Jet):
            raise NotSmooth("the derivative of an integral in its ends")
        f = self._map(term, env)
        if any(isinstance(x, Jet) for x in env.values()):
            raise NotSmooth("the derivative of an integral")
        return _integrated(f, lo, hi)

    # --- sentences --------------------------------------------------------------------------------

    def truth(self, sentence: Term, env: Env) -> Answer:
        """Return whether a sentence is true."""
        with working_precision(self.bits):
            try:
                return self._truth(sentence, env)
            except Unknown as error:
                return Answer(None, str(error))

    def _truth(self, sentence: Term, env: Env) -> Answer:
        return _TRUTHS[sentence.op](self, sentence, env)

    def _equal(self, sentence: Term, env: Env) -> Answer:
        x, y = self._values(sentence, env)
        return _same(x, y)

    def _different(self, sentence: Term, env: Env) -> Answer:
        x, y = self._values(sentence, env)
        return _not(_same(x, y))

    def _at_most(self, sentence: Term, env: Env) -> Answer:
        x, y = self._values(sentence, env)
        return _ordered(x, y, strict=False)

    def _less(self, sentence: Term, env: Env) -> Answer:
        x, y = self._values(sentence, env)
        return _ordered(x, y, strict=True)

    def _psd(self, sentence: Term, env: Env) -> Answer:
        [x] = self._values(sentence, env)
        if isinstance(x, Jet):
            raise NotSmooth("whether a matrix is psd nearby")
        found = v.is_psd(x)
        return Answer(found, f"psd {_text(x)}", likely=True if found is None else None)

    def _letter(self, sentence: Term, env: Env) -> Answer:
        return Answer(bool(self._symbol(sentence, env)), f"{sentence}")

    def _orthonormal(self, sentence: Term, env: Env) -> Answer:
        size = max(self._int(sentence.args[0], env), 0)
        f = self._map(sentence, env)
        basis = [
            v.matrix(1, size * size, v.flat(f(i, l)))
            for i, l in pairs(range(1, size + 1), repeat=2)
        ]
        rows = v.matrix(size * size, size * size, [x for row in basis for x in v.flat(row)])
        return _same(v.times(rows, v.transpose(rows)), v.eye(size * size))

    def _linear_map(self, sentence: Term, env: Env) -> Answer:
        size = self._size(sentence.variables[0].sort, env)
        assert size is not None
        f = self._map(sentence, env)
        for k in range(3):
            rng = self.point.random("linear", k)
            x, y = (
                [fmpq(rng.randint(-9, 9), rng.randint(1, 3)) for _ in range(size[0] * size[1])]
                for _ in "xy"
            )
            x, y, c = v.matrix(*size, x), v.matrix(*size, y), fmpq(rng.randint(-9, 9), 4)
            found = _same(f(v.plus(v.times(c, x), y)), v.plus(v.times(c, f(x)), f(y)))
            if found.guess is not True:
                return replace(found, sampled=True)
        return replace(found, sampled=True)

    def _derivative(self, sentence: Term, env: Env) -> Answer:
        at, slope = (self._value(arg, env) for arg in sentence.args[:2])
        return self._slope(self._map(sentence, env), at, fmpq(1), slope)

    def observed(self, sentence: Term, env: Env) -> Value | None:
        """Return the derivative, gradient or limit of a function, where it is plain."""
        with working_precision(self.bits):
            f = self._map(sentence, env)
            if sentence.op == "limit0":
                return f(fmpq(0))
            at = self._value(sentence.args[0], env)
            if sentence.op == "derivative":
                found = f(Jet(at, fmpq(1)))
                return found.b if isinstance(found, Jet) else v.fresh_zero(found)
            rows, cols = v.shape(at)
            units = [v.unit(rows, cols, i, l) for i, l in pairs(range(rows), range(cols))]
            slopes = [f(Jet(at, unit)) for unit in units]
            return v.matrix(rows, cols, [s.b if isinstance(s, Jet) else fmpq(0) for s in slopes])

    def _gradient(self, sentence: Term, env: Env) -> Answer:
        at, slope = (self._value(arg, env) for arg in sentence.args[:2])
        rows, cols = v.shape(at)
        found = Answer(True, "a matrix without entries")
        unlikely: Answer | None = None
        for i, l in pairs(range(rows), range(cols)):
            there = self._slope(
                self._map(sentence, env), at, v.unit(rows, cols, i, l), v.entry(slope, i, l)
            )
            found = found if found.sampled else there
            if there.value is False:
                return there
            if there.value is None:
                unlikely = there
        return unlikely or found

    def _slope(self, f: Callable[..., Value], at: Value, along: Value, slope: Value) -> Answer:
        """Whether f(at + h along) has the derivative at h = 0: by a jet, or by differences."""
        if isinstance(at, Jet) or isinstance(slope, Jet):
            raise Unknown("a derivative of a derivative")
        try:
            found = f(Jet(at, along))
            return _same(found.b if isinstance(found, Jet) else v.fresh_zero(found), slope)
        except NotSmooth:
            pass
        here = f(at)
        worst = arb(0)
        for step in (fmpq(1, 10**25), fmpq(-1, 10**25)):
            there = f(v.plus(at, v.times(step, along)))
            difference = v.minus(v.times(1 / step, v.minus(there, here)), slope)
            sizes = [
                abs(v.balls(x)).upper()
                for x in (v.flat(difference) if v.is_matrix(difference) else [difference])
            ]
            worst = max([worst, *sizes])
        shown = f"differences with a step of 10^-25 are off by {worst.str(3, radius=False)}"
        if worst < arb(10) ** -9:
            return Answer(True, shown, sampled=True)
        return Answer(False if worst > arb(10) ** -4 else None, shown, sampled=True)

    def _limit_at_zero(self, sentence: Term, env: Env) -> Answer:
        # an integral is steep near 0; it, and what has wide balls, is told at larger numbers alone
        if not _integrates(sentence):
            with suppress(Unknown):
                points = [fmpq(1, 10 ** (2**k)) for k in range(5, 9)]
                return self._tends(sentence, env, points, "e = 10^-256", LIMIT_BITS)
        points = [fmpq(1, 10 ** (2**k)) for k in range(1, 5)]
        return self._tends(sentence, env, points, "e = 10^-16", LIMIT_BITS)

    def _limit_at_infinity(self, sentence: Term, env: Env) -> Answer:
        [n] = sentence.variables
        # an integral whose interval grows is told at small numbers alone
        grows = any(x.op == "integral" and n in x.args[1].free for x in sentence.parts())
        points = [2**k + k % 2 for k in (range(2, 6) if grows else range(7, 11))]
        bits = BITS if grows else 2 * BITS
        return self._tends(sentence, env, points, f"n = {points[-1]}", bits)

    def _tends(
        self, sentence: Term, env: Env, points: Sequence[Value], last: str, bits: int
    ) -> Answer:
        finer = At(self.point, bits)
        with working_precision(bits):
            goal = finer._value(sentence.args[0], env)
            f = finer._map(sentence, env)
            distances = []
            for x in points:
                off = v.minus(f(x), goal)
                parts = [v.balls(y) for y in (v.flat(off) if v.is_matrix(off) else [off])]
                distances.append(max((abs(y) for y in parts), key=arb.upper, default=arb(0)))
            now, before = max(distances[2:], key=arb.upper), max(distances[:2], key=arb.upper)
            shown = f"up to {last} it is off by {now.str(5, radius=False)}"
            if now.upper() > 1 and now.contains(0):
                raise Unknown("the difference from a limit, in balls that are too wide")
            if now.upper() < arb(10) ** -20 or now < before * fmpq(4, 5):
                return Answer(True, shown, sampled=True)
            certain = now > before * fmpq(19, 20) and now > arb(10) ** -100
            return Answer(False if certain else None, shown, sampled=True)

    def _every(self, sentence: Term, env: Env) -> Answer:
        *conditions, claim = sentence.args
        tried, untold, unlikely, vacuous, sampled = 0, False, None, True, False
        cases = Cases(self, sentence.variables, conditions)
        for inside in cases.of(env):
            met = [self.truth(c, inside).guess for c in conditions]
            if not all(met):
                untold |= False not in met
                continue
            tried += 1
            found = self.truth(claim, inside)
            vacuous &= found.vacuous
            if found.guess is False:
                at = ", ".join(f"{x.name} = {_text(inside[x])}" for x in sentence.variables)
                return replace(found, shown=f"at {at}: {found.shown}" if at else found.shown)
            if found.value is None and (unlikely is None or unlikely.likely):
                unlikely = found  # what cannot be told at all comes before what is likely
            sampled |= found.sampled
        if unlikely is not None:
            return replace(unlikely, sampled=sampled or not cases.complete, vacuous=False)
        if not tried and untold:
            return Answer(None, "a case that cannot be told")
        if not tried and not cases.complete:
            return Answer(None, "no case found in which the conditions hold", vacuous=True)
        sampled |= untold or not cases.complete
        return Answer(True, f"in {tried} cases", sampled=sampled, vacuous=vacuous)

    def _false(self, sentence: Term, env: Env) -> Answer:
        return Answer(False, "what is false")


class Cases:
    """Values for the variables of a sentence about all: all of them where conditions bound them."""

    MOST, MOST_SAMPLED = 150, 60
    BRANCH = (None, 5, 10, 20)
    """How many cases are tried with the same first values, when 0, 1, 2, 3 others are sampled."""

    def __init__(self, at: At, variables: Sequence[Symbol], conditions: Sequence[Term]) -> None:
        self.at, self.conditions = at, conditions
        self.given = tuple(variables)
        # indices first: where there are none, no matrix is made
        self.variables = sorted(variables, key=lambda x: x.sort != INT)
        self.matrices = sum(x.sort.rows is not None for x in variables)
        self.complete = True
        self._ends = {x: self._ends_of(x) for x in self.variables if x.sort == INT}

    def of(self, env: Env) -> Iterator[dict[Symbol, Value]]:
        """Yield values for all variables."""
        others = [x for x in self.given if x.sort != INT]
        for values in self._together(others):
            inside = {**env, **dict(zip(others, values, strict=True))}
            yield from Cases(self.at, [x for x in self.given if x.sort == INT], self.conditions).of(
                inside
            )
            self.complete = False
        if not self.complete and all(x.sort == REAL for x in others):
            return
        most = self.MOST_SAMPLED if others else self.MOST
        for count, case in enumerate(self._from(0, dict(env))):
            if count >= most:
                self.complete = False
                return
            yield case

    def _together(self, variables: Sequence[Symbol]) -> Iterator[tuple[Value, ...]]:
        """Yield the values that the point has for such variables, all of them."""
        sorts = [x.sort == REAL for x in variables]
        for values in self.at.point.together if variables else ():
            if [not v.is_matrix(value) for value in values] == sorts:
                yield values

    def _from(self, place: int, env: dict[Symbol, Value]) -> Iterator[dict[Symbol, Value]]:
        if place == len(self.variables):
            yield env
            return
        x = self.variables[place]
        later = set(self.variables[place:])
        sampled = sum(y.sort != INT for y in self.variables[place + 1 :])
        most = self.BRANCH[min(sampled, 3)]
        for candidate in self._candidates(x, later, env):
            inside = {**env, x: candidate}
            ready = [c for c in self.conditions if x in c.free and not c.free & later - {x}]
            if all(self.at.truth(c, inside).guess is not False for c in ready):
                yield from islice(self._from(place + 1, inside), most)

    def _candidates(self, x: Symbol, later: set[Symbol], env: Env) -> list[Value]:
        if x.sort == INT:
            low, high = self._bounds(x, later, env)
            if low is None or high is None or high - low > self.MOST:
                self.complete = False
                start = (high - 16 if high is not None else -8) if low is None else low
                return list(
                    range(start, (start + 24) if high is None else min(high, start + 24) + 1)
                )
            return list(range(low, high + 1))
        if x.sort == REAL and self._is_empty(x, later, env):
            return []
        self.complete = False
        rng = self.at.point.random("all", x.name, *self._known(env))
        if x.sort == REAL:
            return self._numbers(x, later, env, rng)
        size = self.at._size(x.sort, env)
        assert size is not None
        own = [m for m in self.at.point.tried if v.shape(m) == size]
        return own + _matrices(size, rng)[:: min(self.matrices, 3)]

    @staticmethod
    def _known(env: Env) -> list[str]:
        found = []
        for x in env.values():
            try:
                found.append(key(x))
            except Unknown:
                found.append("")
        return found

    def _ends_of(self, x: Symbol) -> list[tuple[str, Term, int, frozenset[Symbol]]]:
        """Return the conditions rest + slope x >= 0, or = 0, on an integer, slope 1 or -1."""
        found = []
        for c in self.conditions:
            if c.op in ("<=", "=") and c.args[0].sort == INT:
                rest, slope = _split(c.args[1] - c.args[0], x)
                if slope in (1, -1):
                    found.append((c.op, rest, slope, rest.free))
        return found

    def _bounds(self, x: Symbol, later: set[Symbol], env: Env) -> tuple[int | None, int | None]:
        lows: list[int] = []
        highs: list[int] = []
        for op, rest, slope, letters in self._ends[x]:
            if letters & later:
                continue
            end = -slope * self.at._int(rest, env)
            if slope == 1 or op == "=":
                lows.append(end)
            if slope == -1 or op == "=":
                highs.append(end)
        return max(lows, default=None), min(highs, default=None)

    def _is_empty(self, x: Symbol, later: set[Symbol], env: Env) -> bool:
        """Whether conditions a < x and x < b leave no number x."""
        near = [c for c in self.conditions if c.op == "<" and not c.free & (later - {x})]
        low, high = (
            [self.at._value(c.args[1 - k], env) for c in near if c.args[k] == x.term]
            for k in (1, 0)
        )
        return any(v.sign(v.minus(b, a)) in (0, -1) for a in low for b in high)

    def _numbers(self, x: Symbol, later: set[Symbol], env: Env, rng: Random) -> list[Value]:
        found: list[Value] = [fmpq(0), fmpq(1), fmpq(-1), fmpq(1, 2), fmpq(3)]
        ends: list[fmpq] = []
        for c in self.conditions:
            if c.op in ("<", "<=", "=", "!=") and not c.free & (later - {x}):
                for side, other in (c.args, c.args[::-1]):
                    if side.op == "symbol" and side.data == x and x not in other.free:
                        end = self.at._value(other, env)
                        if isinstance(end, fmpq):
                            ends.append(end)
        found += ends + [a + s for a in ends for s in (fmpq(1, 3), fmpq(-1, 3), fmpq(2))]
        found += [(a + b) / 2 for a in ends for b in ends if a < b]
        found += [a + (b - a) / 7 for a in ends for b in ends if a < b]
        found += [fmpq(rng.randint(-20, 20), rng.randint(1, 7)) for _ in range(4)]
        return list(dict.fromkeys(found))


def _split(value: Term, x: Symbol) -> tuple[Term, int]:
    """Return an integer term as rest + slope x; a slope of 0 where it is not so."""
    slope = 0
    rest = value
    for m, c in monomials(value).items():
        if any(x in letter.free for letter, _ in m):
            [*others] = [(letter, e) for letter, e in m]
            if len(others) == 1 and others[0][0].op == "symbol" and others[0][1] == 1 and not slope:
                slope, rest = c, rest - others[0][0] * c
            else:
                return value, 0
    return rest, slope


def _matrices(size: tuple[int, int], rng: Random) -> list[Value]:
    """Return matrices to try, of many forms; each third: any, skew, diagonal, orthogonal."""
    rows, cols = size
    x, y = (
        v.matrix(
            rows, cols, [fmpq(rng.randint(-4, 4), rng.randint(1, 3)) for _ in range(rows * cols)]
        )
        for _ in range(2)
    )
    found: list[Value] = [x, y, v.null(size)]
    if rows == cols:
        entries = [fmpq(rng.randint(-3, 3)) for _ in range(rows)]
        found += [x - x.transpose(), x * x.transpose(), v.eye(rows), _diagonal(entries)]
        found.append(x + x.transpose())
    if rows and cols:
        found.append(v.unit(rows, cols, 0, cols - 1))
    if rows == cols:
        found.append(orthogonal(rng, rows))
    return list({key(z): z for z in found}.values())


def _diagonal(entries: Sequence[Value]) -> Value:
    size = len(entries)
    return v.matrix(
        size, size, [entries[i] if i == l else fmpq(0) for i in range(size) for l in range(size)]
    )


def _zero(x: Value) -> bool:
    return bool(x == 0) if v.exact(x) else bool(x.contains(0))


def _same(x: Value, y: Value) -> Answer:
    if isinstance(x, Jet) or isinstance(y, Jet):
        a, b = (z.a if isinstance(z, Jet) else z for z in (x, y))
        found = _same(a, b)
        if found.value is False:
            return found
        raise NotSmooth("whether two functions are equal nearby")
    shown = f"{_text(x)} and {_text(y)}"
    if isinstance(x, int) or (v.exact(x) and v.exact(y)):
        return Answer(bool(x == y), shown)
    off = v.minus(x, y)
    parts = [v.balls(z) for z in (v.flat(off) if v.is_matrix(off) else [off])]
    if not all(z.is_finite() for z in parts):
        return Answer(None, shown)
    if x is y:  # one number, however little is known of it
        return Answer(True, shown)
    if any(not z.contains(0) for z in parts):
        return Answer(False, shown)
    scale = max(
        [abs(v.balls(z)).upper() for m in (x, y) for z in (v.flat(m) if v.is_matrix(m) else [m])]
        + [arb(1)]
    )
    return _alike(max(abs(z).upper() for z in parts) / scale, shown)


def _alike(off: arb, shown: str) -> Answer:
    """Return what numbers say that differ by so much, relative to the largest, or by nothing."""
    if off < CLOSE:
        return Answer(None, shown, likely=True)
    known, wanted = (x.str(2, radius=False) for x in (off, CLOSE))
    return Answer(
        None, f"{shown}, equal to {known} of the largest number, where {wanted} is wanted"
    )


def _not(found: Answer) -> Answer:
    return replace(
        found,
        value=None if found.value is None else not found.value,
        likely=None if found.likely is None else not found.likely,
    )


def _ordered(x: Value, y: Value, *, strict: bool) -> Answer:
    nearby = isinstance(x, Jet) or isinstance(y, Jet)
    x, y = (z.a if isinstance(z, Jet) else z for z in (x, y))
    shown = f"{_text(x)} and {_text(y)}"
    if isinstance(x, int):
        return Answer(x < y if strict else x <= y, shown)
    difference = v.minus(y, x)
    where = v.sign(difference)
    if nearby and where in (0, None):
        raise NotSmooth("the order of two functions that meet")
    if where is None:
        near = abs(difference).upper() < CLOSE
        return Answer(None, shown, likely=(not strict) if near else None)
    return Answer(where > 0 or (where == 0 and not strict), shown)


def _stabiliser(factors: Sequence[Value]) -> int:
    """Return how many Q_1, ..., Q_{N-1}, with Q_0 = Q_N = I, have Q_j W_j = W_j Q_{j-1}.

    Where Q_{j-1} leaves all rows of W_j as they are: then Q_j is I, or the reflection in the image
    of a W_j of corank 1.
    """
    count = 1
    for k, x in enumerate(factors[:-1]):
        corank = v.shape(x)[0] - x.rank() if v.exact(x) else 0
        if not v.exact(x) and v.sign(v.determinant(x)) in (0, None):
            raise Unknown("the corank of a factor that is known in balls")
        if corank > 1:
            raise Unknown("the orbit of factors of corank 2")
        if corank:
            normal = _normal(x)
            if any(y != 0 for y in v.flat(v.times(factors[k + 1], normal))):
                raise Unknown("the orbit of factors whose kernels do not fit")
            count *= 2
    return count


def _normal(x: Value) -> Value:
    """Return a column that spans the kernel of x^T, for an x of corank 1."""
    size = x.nrows()
    reduced, rank = x.transpose().rref()
    leading = [next(c for c in range(size) if reduced[r, c] != 0) for r in range(rank)]
    [rest] = [c for c in range(size) if c not in leading]
    found = [fmpq(0)] * size
    found[rest] = fmpq(1)
    for r, c in enumerate(leading):
        found[c] = -reduced[r, rest]
    return v.matrix(size, 1, found)


def _sphere(size: int) -> Value:
    """Return the volume of the unit sphere in R^n: 2 pi^(n/2) / Gamma(n/2)."""
    half = arb(fmpq(size, 2))
    return 2 * arb.pi() ** half / half.gamma()


def _group_volume(size: int) -> Value:
    """Return the volume of O_d for Tr(a^T a): columns on spheres, E_il - E_li of length 2^(1/2)."""
    found: Value = fmpq(1)
    for k in range(1, size + 1):
        found = v.times(found, _sphere(k)) if k > 1 else fmpq(2)
    return v.times(found, v.real_power(fmpq(2), fmpq(size * (size - 1), 4)))


@cache
def _integrates(term: Term) -> bool:
    """Return whether there is an integral in a term, or in what it names."""
    return any(
        part.op == "integral" or (part.op == "defined" and _integrates(part.data.body))
        for part in term.parts()
    )


def _integrated(f: Callable[[Value], Value], lo: Value, hi: Value) -> Value:
    """Return an integral: of a polynomial exactly, of others by Gauss and Legendre, in balls."""
    if v.exact(lo) and v.exact(hi):
        if lo == hi:
            return v.fresh_zero(f(lo))
        nodes = [lo + (hi - lo) * fmpq(k, 9) for k in range(10)]
        check = lo + (hi - lo) * fmpq(5, 17)
        heights: list[Value] = []
        for x in (check, *nodes):
            heights.append(f(x))
            if not v.exact(heights[-1]):
                break
        else:
            there, *rest = (_parts(y) for y in heights)
            columns = [list(column) for column in zip(*rest, strict=True)]
            if [_interpolated(nodes, column, check) for column in columns] == there:
                found = [_interpolated_integral(nodes, column, lo, hi) for column in columns]
                return _like(heights[0], found)
    return _by_rules(f, lo, hi)


def _by_rules(f: Callable[[Value], Value], lo: Value, hi: Value) -> Value:
    """Return an integral by Gauss and Legendre: of halves, where no two rules agree on it."""
    total, largest, waiting = None, arb(0), [(lo, hi)]
    for _ in range(_MOST_PARTS):
        lo, hi = waiting.pop()
        part, largest = _agreed(f, lo, hi, largest)
        if part is None:
            middle = v.times(fmpq(1, 2), v.plus(lo, hi))
            waiting += [(lo, middle), (middle, hi)]
        else:
            total = part if total is None else v.plus(total, part)
        if not waiting:
            return total
    raise Unknown("an integral that two rules do not agree on")


def _agreed(
    f: Callable[[Value], Value], lo: Value, hi: Value, largest: arb
) -> tuple[Value | None, arb]:
    """Return an integral on which two rules agree, or None, and the largest number seen.

    They have to in more digits than are compared, unless the balls of the values have fewer. The
    error of a rule is about that of another to the power of their numbers of nodes: where no rule
    can be expected to do, none is tried.
    """
    bits = flint.ctx.prec
    digits = max(min(bits, 640) // 4, bits // 8)
    counts = (24, 32, 64) if bits <= 640 else (24, 32, 64, 128, 192)  # many digits, many nodes
    coarse = _gauss(f, lo, hi, counts[0])
    for count, finer in pairwise(counts):
        fine = _gauss(f, lo, hi, finer)
        both = list(zip(_parts(coarse), _parts(fine), strict=True))
        off = [abs(x - y).upper() for x, y in both]
        largest = max([largest, *(abs(y).upper() for _, y in both)])
        radii = largest * arb(2) ** -(bits // 8)
        if all(
            z <= largest * arb(2) ** -digits or (z <= radii and z <= 4 * (x.rad() + y.rad()))
            for z, (x, y) in zip(off, both, strict=True)
        ):
            found = [y + arb(0, z * 4) for z, (_, y) in zip(off, both, strict=True)]
            return _like(fine, found), largest
        if max(off) > largest * arb(2) ** -(digits * count * 3 // (4 * counts[-2])):
            break
        coarse = fine
    return None, largest


def _parts(x: Value) -> list[Value]:
    return v.flat(x) if v.is_matrix(x) else [x]


def _like(x: Value, parts: Sequence[Value]) -> Value:
    """Return parts as what they are parts of: a number or a matrix, like x."""
    return v.matrix(*v.shape(x), parts) if v.is_matrix(x) else parts[0]


def _gauss(f: Callable[[Value], Value], lo: Value, hi: Value, count: int) -> Value:
    middle, half = v.balls(v.plus(lo, hi)) / 2, v.balls(v.minus(hi, lo)) / 2
    parts = (
        v.times(w * half, v.balls(f(middle + half * x))) for x, w in _nodes(count, flint.ctx.prec)
    )
    return reduce(v.plus, parts)


@cache
def _nodes(count: int, _bits: int) -> list[tuple[arb, arb]]:
    """Return nodes and weights, with so many bits."""
    return [arb.legendre_p_root(count, k, weight=True) for k in range(count)]


def _interpolated(nodes: Sequence[fmpq], heights: Sequence[fmpq], x: fmpq) -> fmpq:
    total = fmpq(0)
    for k, a in enumerate(nodes):
        part = heights[k]
        for b in nodes:
            if b != a:
                part *= (x - b) / (a - b)
        total += part
    return total


def _interpolated_integral(
    nodes: Sequence[fmpq], heights: Sequence[fmpq], lo: fmpq, hi: fmpq
) -> fmpq:
    total = fmpq(0)
    for k, a in enumerate(nodes):
        part = fmpq_poly([heights[k]])
        for b in nodes:
            if b != a:
                part *= fmpq_poly([-b, 1]) / (a - b)
        primitive = part.integral()
        total += primitive(hi) - primitive(lo)
    return total


def _text(x: Value) -> str:
    """Return a value in short, for print."""
    if isinstance(x, Jet):
        return f"{_text(x.a)} + {_text(x.b)} h"
    if v.is_matrix(x):
        rows, cols = v.shape(x)
        return (
            "["
            + "; ".join(" ".join(_text(x[i, l]) for l in range(cols)) for i in range(rows))
            + "]"
        )
    if isinstance(x, arb):
        return str(x.str(12, radius=False))
    if isinstance(x, fmpq) and x.height_bits() > 120:
        return str(arb(x).str(12, radius=False))
    return str(x)


_KEPT: Final = frozenset(
    (
        *("det", "root", "psdpower", "pairdet", "orbit", "sum", "prod", "array"),
        *("mapdet", "inverse", "framedet", "integral", "defined"),
    )
)
"""Operations that take long, beside powers of matrices: their values at a point are kept."""

_VALUES: Final[Mapping[str, Callable[[At, Term, Env], Value]]] = {
    "polynomial": At._polynomial,
    "symbol": At._symbol,
    "defined": At._defined,
    "number": lambda at, t, env: fmpq(t.data.numerator, t.data.denominator),
    "real": lambda at, t, env: fmpq(at._int(t.args[0], env)),
    "pi": lambda at, t, env: arb.pi(),
    "+": lambda at, t, env: v.plus(*at._values(t, env)),
    "-": lambda at, t, env: v.minus(*at._values(t, env)),
    "*": lambda at, t, env: v.times(*at._values(t, env)),
    "scale": lambda at, t, env: v.times(*at._values(t, env)),
    "/": At._quotient,
    "^": At._power,
    "log": At._log,
    "cos": At._cos,
    "gamma": At._gamma,
    "T": lambda at, t, env: v.transpose(*at._values(t, env)),
    "trace": lambda at, t, env: v.trace(*at._values(t, env)),
    "entry": At._entry,
    "det": lambda at, t, env: v.determinant(*at._values(t, env)),
    "I": lambda at, t, env: v.eye(at._square(t, env)),
    "O": lambda at, t, env: v.null(at._size(t.sort, env)),
    "unit": At._unit,
    "root": At._root,
    "psdpower": At._psd_power,
    "if": At._if,
    "array": At._array,
    "pairdet": At._pairdet,
    "volO": At._orthogonal_volume,
    "volS": At._sphere_volume,
    "orbit": At._orbit,
    "sum": At._sum,
    "prod": At._prod,
    "diag": At._diag,
    "mapdet": At._mapdet,
    "inverse": At._inverse,
    "framedet": At._framedet,
    "integral": At._integral,
}

_TRUTHS: Final[Mapping[str, Callable[[At, Term, Env], Answer]]] = {
    "=": At._equal,
    "!=": At._different,
    "<=": At._at_most,
    "<": At._less,
    "psd": At._psd,
    "symbol": At._letter,
    "every": At._every,
    "derivative": At._derivative,
    "gradient": At._gradient,
    "limit0": At._limit_at_zero,
    "limit": At._limit_at_infinity,
    "orthonormal": At._orthonormal,
    "linear": At._linear_map,
    "false": At._false,
}
