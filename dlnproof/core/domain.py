"""Where an identity is claimed to hold, and what is certain there: signs, and what never vanishes.

Everything here is a sufficient criterion: "no" means "not seen", never "false".
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from math import prod
from operator import ge, gt, ne
from typing import Any, Final, NamedTuple

from flint import arb, fmpq, fmpq_mpoly

from dlnproof.core.engines import (
    flint_ratio,
    letters_of,
    polynomial_expression,
    polynomial_ring,
    refuse_shared_names,
)
from dlnproof.core.expression import Expression, Letter, Number

_SAMPLED: Final = tuple(
    fmpq(p, q) for p, q in ((1, 1), (1, 2), (2, 1), (1, 4), (3, 2), (0, 1), (4, 1))
)
_SAMPLES: Final = 20_000
_HOLDS: Final = {">": gt, ">=": ge, "!=": ne}
_ZERO: Final = Number(0)

Pair = tuple[Letter, Letter]


class Hypothesis(NamedTuple):
    """One of x > 0, x >= 0, x != y, x > y: ``right`` is another letter, or zero."""

    left: Letter
    sign: str
    right: Letter | Number = _ZERO

    def letters(self) -> frozenset[Letter]:
        """Return its one or two letters."""
        return frozenset(x for x in (self.left, self.right) if isinstance(x, Letter))


def _apart(*pair: Letter) -> Hypothesis:
    x, y = sorted(pair, key=lambda letter: letter.name)
    return Hypothesis(x, "!=", y)


def _weaker(hypotheses: Iterable[Hypothesis]) -> set[Hypothesis]:
    """Return what each > says besides: that a letter is >= 0, or that two are distinct."""
    return {
        _apart(x, y) if isinstance(y, Letter) else Hypothesis(x, ">=")
        for x, sign, y in hypotheses
        if sign == ">"
    }


@dataclass(frozen=True, init=False)
class Domain:
    """Hypotheses on real letters, and the recurrences of those that depend on the depth N.

    ``hypotheses`` is the set of all that no other one says. They are given as such or by kind:
    ``positive`` letters > 0, ``nonnegative`` letters >= 0, ``distinct`` pairs (x, y) with x != y,
    ``ordered`` pairs with x > y. ``sequences`` maps a letter to its value at N = 1 and its value at
    N + 1 in terms of the letters at N; in the field of fractions it is an indeterminate like any
    other, which is sound exactly as long as no denominator vanishes where the letters take their
    true values. ``logs`` maps a letter that stands for log x^2 to x: as functions of x the two are
    algebraically independent, so it too is an indeterminate; only points need its true values
    (balls).
    """

    hypotheses: frozenset[Hypothesis]
    sequences: Mapping[Letter, tuple[Expression, Expression]]
    logs: Mapping[Letter, Letter]

    def __init__(
        self,
        positive: Iterable[Letter] = (),
        *,
        nonnegative: Iterable[Letter] = (),
        distinct: Iterable[Pair] = (),
        ordered: Iterable[Pair] = (),
        hypotheses: frozenset[Hypothesis] = frozenset(),
        sequences: Mapping[Letter, tuple[Expression, Expression]] | None = None,
        logs: Mapping[Letter, Letter] | None = None,
    ) -> None:
        hypotheses |= {Hypothesis(x, ">") for x in positive}
        hypotheses |= {Hypothesis(x, ">=") for x in nonnegative}
        hypotheses |= {_apart(x, y) for x, y in distinct}
        hypotheses |= {Hypothesis(x, ">", y) for x, y in ordered}
        object.__setattr__(self, "hypotheses", hypotheses - _weaker(hypotheses))
        object.__setattr__(self, "sequences", sequences or {})
        object.__setattr__(self, "logs", logs or {})
        # signs replace x by y + h pair by pair: x > y > z would go wrong, and so would x > y, x > z
        larger = [x for x, _ in self.ordered]
        if set(larger) & {y for _, y in self.ordered} or len(set(larger)) < len(larger):
            raise ValueError("ordered pairs must not form a chain, nor share their larger letter")
        if any(x == y for x, y in self.distinct):
            raise ValueError("a letter is not distinct from itself")
        if set(self.logs) & {*self.logs.values(), *self.sequences}:
            raise ValueError("a logarithm must not be a sequence, nor that of a logarithm")
        if letters_of(*self.at_first().values()) & self.varying():
            raise ValueError("the value of a sequence at N = 1 must not refer to a sequence")

    @cached_property
    def positive(self) -> frozenset[Letter]:
        """The letters that are > 0."""
        return frozenset(x for x, sign, y in self.hypotheses if (sign, y) == (">", _ZERO))

    @cached_property
    def nonnegative(self) -> frozenset[Letter]:
        """The letters that are >= 0, and not said to be > 0."""
        return frozenset(x for x, sign, _ in self.hypotheses if sign == ">=")

    @cached_property
    def distinct(self) -> tuple[Pair, ...]:
        """The pairs (x, y) that are different, and not said to be ordered."""
        return self._pairs("!=")

    @cached_property
    def ordered(self) -> tuple[Pair, ...]:
        """The pairs (x, y) with x > y."""
        return self._pairs(">")

    def _pairs(self, sign: str) -> tuple[Pair, ...]:
        found = [(x, y) for x, s, y in self.hypotheses if s == sign and isinstance(y, Letter)]
        return tuple(sorted(found, key=lambda pair: [letter.name for letter in pair]))

    def __or__(self, other: Domain) -> Domain:
        for mine, others in ((self.sequences, other.sequences), (self.logs, other.logs)):
            for letter in mine:
                if mine[letter] != others.get(letter, mine[letter]):
                    raise ValueError(f"'{letter.name}' is given two meanings")
        return Domain(
            hypotheses=self.hypotheses | other.hypotheses,
            sequences={**self.sequences, **other.sequences},
            logs={**self.logs, **other.logs},
        )

    def letters(self) -> frozenset[Letter]:
        """Return every letter that a hypothesis, a recurrence or a logarithm mentions."""
        about = (hypothesis.letters() for hypothesis in self.hypotheses)
        return self._needed(frozenset(self.sequences).union(self.logs, *about))

    def varying(self) -> frozenset[Letter]:
        """Return every letter whose value depends on N: sequences, and logarithms of such."""
        return frozenset(
            {*self.sequences, *(g for g, x in self.logs.items() if x in self.sequences)}
        )

    def at_first(self) -> dict[Letter, Expression]:
        """Return the sequences' values at N = 1."""
        return {letter: first for letter, (first, _) in self.sequences.items()}

    def at_next(self) -> dict[Letter, Expression]:
        """Return the sequences' values at N + 1 in terms of the letters at N."""
        return {letter: after for letter, (_, after) in self.sequences.items()}

    # --- signs --------------------------------------------------------------------------------

    def is_positive(self, polynomial: fmpq_mpoly) -> bool:
        """Whether the polynomial is certainly > 0 on the domain.

        With x = y + h for each ordered pair x > y, every coefficient is > 0, every letter is >= 0,
        and something remains where those not known to be > 0 are 0.
        """
        shifted, positive = self._shifted(polynomial)
        least = shifted.subs(dict.fromkeys(_used(shifted) - positive, 0))
        return self._is_nonnegative(shifted, positive) and bool(least)

    def is_nonnegative(self, polynomial: fmpq_mpoly) -> bool:
        """Whether the polynomial is certainly >= 0 on the domain, by its coefficients' signs."""
        return self._is_nonnegative(*self._shifted(polynomial))

    def _is_nonnegative(self, shifted: fmpq_mpoly, positive: set[str]) -> bool:
        known = positive | {letter.name for letter in self.nonnegative}
        return _used(shifted) <= known and all(c > 0 for c in shifted.coeffs())

    def _shifted(self, polynomial: fmpq_mpoly) -> tuple[fmpq_mpoly, set[str]]:
        """Return the polynomial with x = y + h put for x > y, and which letters are then > 0."""
        context, used = polynomial.context(), _used(polynomial)
        generators = dict(zip(context.names(), context.gens(), strict=True))
        positive = {letter.name for letter in self.positive}
        for larger, smaller in ((x.name, y.name) for x, y in self.ordered):
            if {larger, smaller} <= used:
                images = generators | {larger: generators[larger] + generators[smaller]}
                polynomial = polynomial.compose(*images.values())
                positive.add(larger)  # which from here on stands for the increment h > 0
            elif smaller in positive:
                positive.add(larger)
        return polynomial, positive

    def is_nonzero(self, factor: fmpq_mpoly) -> bool:
        """Whether a polynomial certainly vanishes nowhere on the domain."""
        if self.is_positive(factor) or self.is_positive(-factor):
            return True
        context, known = factor.context(), {*factor.context().names()}
        pairs = [(x, y) for x, y in self.distinct + self.ordered if {x.name, y.name} <= known]
        differences = [flint_ratio(x - y, context).num for x, y in pairs]
        return any(factor.leading_coefficient() * d in (factor, -factor) for d in differences)

    def divisors(self, *sides: Expression) -> tuple[Expression, ...] | str:
        """Return the irreducible factors of all divisors, or the reason why one may vanish."""
        letters = letters_of(*sides)
        refuse_shared_names(letters | self.letters())
        context = polynomial_ring(letters)
        # two factors are one if they have the same terms: letters may be named like polynomials
        factors: dict[tuple[Any, ...], fmpq_mpoly] = {}
        for side in sides:
            for divisor in side.divisors():  # inner ones first
                num = flint_ratio(divisor, context).num
                if not num:
                    return "a denominator is identically zero"
                content, found = num.factor()
                if content * prod((f**power for f, power in found), start=num**0) != num:
                    raise ArithmeticError(f"FLINT's factors of {num} do not multiply back")
                factors |= {tuple(factor.terms()): factor for factor, _ in found}
        for factor in factors.values():
            if not self.is_nonzero(factor):
                return f"the denominator {factor} may vanish on the domain"
        return tuple(polynomial_expression(f, letters) for f in sorted(factors.values(), key=str))

    def shows(self, expression: Expression, *, strict: bool = True) -> bool:
        """Whether an expression is certainly > 0 (``strict``) or >= 0, and defined, everywhere."""
        if isinstance(self.divisors(expression), str):
            return False
        ratio = flint_ratio(expression, polynomial_ring(expression.letters()))
        above = self.is_positive if strict else self.is_nonnegative
        return above(ratio.num) and self.is_positive(ratio.den)

    # --- points -------------------------------------------------------------------------------

    def samples(self, letters: frozenset[Letter]) -> Iterator[dict[Letter, fmpq | arb]]:
        """Yield small points of the domain drawn at random, the same ones each time."""
        rng = random.Random(0)
        free = len(self.unbound(letters))
        depths = cycle((1, 2, 3) if letters & self.varying() else (1,))
        tried = ((next(depths), rng.choices(_SAMPLED, k=free)) for _ in range(_SAMPLES))
        return self.points(letters, tried)

    def points(
        self, letters: frozenset[Letter], tried: Iterable[tuple[int, Sequence[fmpq]]]
    ) -> Iterator[dict[Letter, fmpq | arb]]:
        """Yield those points of the domain that have a depth N and values of ``unbound`` letters.

        Sequences and logarithms have their true values there.
        """
        unbound = self.unbound(letters)
        for depth, values in tried:
            try:
                point = self._point(dict(zip(unbound, values, strict=True)), letters, depth)
            except ZeroDivisionError:
                continue
            if self.allows(point):
                yield point

    def unbound(self, letters: frozenset[Letter]) -> list[Letter]:
        """Return the letters that have no value made from others: of these, or behind them."""
        free = self._needed(letters) - set(self.sequences) - set(self.logs)
        return sorted(free, key=lambda letter: letter.name)

    def _point(
        self, base: Mapping[Letter, fmpq], letters: frozenset[Letter], depth: int
    ) -> dict[Letter, fmpq | arb]:
        """Return the values of the letters at a depth N from those that are not bound."""
        needed = self._needed(letters)

        def with_logs(point: dict[Letter, Any]) -> dict[Letter, Any]:
            logs = {g: x for g, x in self.logs.items() if g in needed and x in point}
            return point | {g: 2 * arb(point[x]).log() for g, x in logs.items()}

        point = with_logs(dict(base))
        for values in [self.at_first()] + [self.at_next()] * (depth - 1):
            point |= {s: value.at(point) for s, value in values.items() if s in needed}
            point = with_logs(point)
        return point

    def allows(self, point: Mapping[Letter, Any]) -> bool:
        """Whether these numbers satisfy every hypothesis that is about them alone."""
        return all(
            _HOLDS[sign](point[x], y.at(point, int))
            for x, sign, y in self.hypotheses
            if x in point and (isinstance(y, Number) or y in point)
        )

    def _needed(self, letters: frozenset[Letter]) -> frozenset[Letter]:
        """Return ``letters`` with those that their recurrences and logarithms refer to."""
        found = letters
        while True:
            more = found | {self.logs[letter] for letter in found & set(self.logs)}
            for letter in found & set(self.sequences):
                more |= letters_of(*self.sequences[letter])
            if more == found:
                return found
            found = more


def _used(polynomial: fmpq_mpoly) -> set[str]:
    names = polynomial.context().names()
    return {name for name, degree in zip(names, polynomial.degrees(), strict=True) if degree > 0}
