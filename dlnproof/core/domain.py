"""Where an identity is claimed to hold, and what is certain there: signs, and what never vanishes.

Everything here is a sufficient criterion: "no" means "not seen", never "false".
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle, permutations
from math import prod
from typing import Any

from flint import arb, fmpq, fmpq_mpoly

from dlnproof.core.engines import (
    flint_ratio,
    letters_of,
    polynomial_expression,
    polynomial_ring,
    refuse_shared_names,
)
from dlnproof.core.expression import Expression, Letter

_SMALL = (3, 2, 5, 1, 7, 4)  # values tried when looking for a counterexample, simplest first
_SAMPLED = tuple(fmpq(p, q) for p, q in ((1, 1), (1, 2), (2, 1), (1, 4), (3, 2), (0, 1), (4, 1)))
_SAMPLES = 20_000

Pair = tuple[Letter, Letter]


@dataclass(frozen=True)
class Domain:
    """Hypotheses on real letters, and the recurrences of those that depend on the depth N.

    ``positive``: letters > 0. ``nonnegative``: letters >= 0. ``distinct``: pairs (x, y) with
    x != y. ``ordered``: pairs with x > y. ``sequences`` maps a letter to its value at N = 1 and its
    value at N + 1 in terms of the letters at N; in the field of fractions it is an indeterminate
    like any other, which is sound exactly as long as no denominator vanishes where the letters take
    their true values. ``logs`` maps a letter that stands for log x^2 to x: as functions of x the
    two are algebraically independent, so it too is an indeterminate; only counterexamples need its
    true values (balls).
    """

    positive: frozenset[Letter] = frozenset()
    distinct: tuple[Pair, ...] = ()
    ordered: tuple[Pair, ...] = ()
    sequences: Mapping[Letter, tuple[Expression, Expression]] = field(default_factory=dict)
    logs: Mapping[Letter, Letter] = field(default_factory=dict)
    nonnegative: frozenset[Letter] = frozenset()

    def __post_init__(self) -> None:
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

    def __or__(self, other: Domain) -> Domain:
        for mine, others in ((self.sequences, other.sequences), (self.logs, other.logs)):
            for letter in mine:
                if mine[letter] != others.get(letter, mine[letter]):
                    raise ValueError(f"'{letter.name}' is given two meanings")
        return Domain(
            self.positive | other.positive,
            tuple(dict.fromkeys(self.distinct + other.distinct)),
            tuple(dict.fromkeys(self.ordered + other.ordered)),
            {**self.sequences, **other.sequences},
            {**self.logs, **other.logs},
            self.nonnegative | other.nonnegative,
        )

    def letters(self) -> frozenset[Letter]:
        """Return every letter that a hypothesis, a recurrence or a logarithm mentions."""
        pairs = {letter for pair in self.distinct + self.ordered for letter in pair}
        depending = frozenset(self.sequences) | frozenset(self.logs)
        return self._needed(self.positive | self.nonnegative | pairs | depending)

    def varying(self) -> frozenset[Letter]:
        """Return every letter whose value depends on N: sequences, and logarithms of such."""
        return frozenset(
            {*self.sequences, *(g for g, x in self.logs.items() if x in self.sequences)}
        )

    def unknown_next(self, *sides: Expression) -> frozenset[Letter]:
        """Return the letters of the sides that depend on N by no recurrence: some logarithms."""
        return letters_of(*sides) & self.varying() - set(self.sequences)

    def at_first(self) -> dict[Letter, Expression]:
        """Return the sequences' values at N = 1."""
        return {letter: first for letter, (first, _) in self.sequences.items()}

    def at_next(self) -> dict[Letter, Expression]:
        """Return the sequences' values at N + 1 in terms of the letters at N."""
        return {letter: after for letter, (_, after) in self.sequences.items()}

    # --- fewer hypotheses ---------------------------------------------------------------------

    def implies(self, other: Domain) -> bool:
        """Whether every hypothesis of ``other`` is one of this domain's, or follows from one."""
        distinct = {frozenset(pair) for pair in self.distinct + self.ordered}
        return (
            other.positive <= self.positive
            and other.nonnegative <= self.nonnegative | self.positive
            and {frozenset(pair) for pair in other.distinct} <= distinct
            and set(other.ordered) <= set(self.ordered)
        )

    def within(self, other: Domain) -> Domain:
        """Return the domain with only those hypotheses that ``other`` makes too."""
        return replace(
            self,
            positive=self.positive & other.positive,
            nonnegative=self.nonnegative & (other.nonnegative | other.positive),
            distinct=tuple(p for p in self.distinct if other.implies(Domain(distinct=(p,)))),
            ordered=tuple(p for p in self.ordered if p in other.ordered),
        )

    def about(self, letters: frozenset[Letter]) -> Domain:
        """Return the domain without pairs that have nothing to do with one of the letters."""
        reach = self._needed(letters)

        def touches(x: Letter) -> bool:
            return bool(self._needed(frozenset({x})) & reach)

        return self._keeping(lambda x: True, lambda x, y: touches(x) and touches(y))

    def free(self) -> Domain:
        """Return the domain with only the hypotheses that are not about a sequence."""
        return self._keeping(
            lambda x: x not in self.sequences, lambda x, y: not {x, y} & set(self.sequences)
        )

    def shown(self) -> Domain:
        """Return the domain with only those hypotheses on sequences that hold for every N >= 1.

        By simultaneous induction: what is kept holds at N = 1, and at N + 1 if all that is kept
        holds at N. A sequence that is only seen to be >= 0 becomes ``nonnegative``. A logarithm is
        larger than another where its argument is, and that other's is positive.
        """
        kept, fewer = self, self._shown_once()
        while fewer != kept:
            kept, fewer = fewer, fewer._shown_once()
        return kept

    def _shown_once(self) -> Domain:
        first, after, varying = self.at_first(), self.at_next(), self.varying()

        def has_sign(x: Letter, *, strict: bool) -> bool:
            cases = self.sequences.get(x, ())
            shown = all(self.shows(case, strict=strict) for case in cases)
            return shown and not self.unknown_next(x)

        def is_above(x: Letter, y: Letter) -> bool:
            if not varying & {x, y}:
                return True
            if x in self.logs and y in self.logs:
                of_x, of_y = self.logs[x], self.logs[y]
                return (of_x, of_y) in self.ordered and of_y in self.positive
            cases = [x.substitute(at) - y.substitute(at) for at in (first, after)]
            return not self.unknown_next(x, y) and all(self.shows(case) for case in cases)

        positive = frozenset(x for x in self.positive if has_sign(x, strict=True))
        known = (x for x in self.positive | self.nonnegative if has_sign(x, strict=False))
        return replace(
            self,
            positive=positive,
            nonnegative=frozenset(known) - positive,
            distinct=tuple(pair for pair in self.distinct if not varying & {*pair}),
            ordered=tuple(pair for pair in self.ordered if is_above(*pair)),
        )

    def _keeping(
        self, one: Callable[[Letter], bool], two: Callable[[Letter, Letter], bool]
    ) -> Domain:
        return replace(
            self,
            positive=frozenset(x for x in self.positive if one(x)),
            nonnegative=frozenset(x for x in self.nonnegative if one(x)),
            distinct=tuple(pair for pair in self.distinct if two(*pair)),
            ordered=tuple(pair for pair in self.ordered if two(*pair)),
        )

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
        context = factor.context()
        generators = dict(zip(context.names(), context.gens(), strict=True))
        for x, y in self.distinct + self.ordered:
            if x.name in generators and y.name in generators:
                difference = generators[x.name] - generators[y.name]
                if factor.leading_coefficient() * difference in (factor, -factor):
                    return True
        return False

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

    def points(self, letters: frozenset[Letter]) -> Iterator[dict[Letter, fmpq | arb]]:
        """Yield small rational points of the domain, N = 1, 2, 3; sequences and logs are true.

        The letters that are not bound take different values, simplest first.
        """
        numbers = [fmpq(value) for value in _SMALL]
        free = len(self._unbound(letters))
        tried = ((n, values) for n in (1, 2, 3) for values in permutations(numbers, free))
        yield from self._allowed(letters, tried)

    def samples(self, letters: frozenset[Letter]) -> Iterator[dict[Letter, fmpq | arb]]:
        """Yield small points of the domain drawn at random, the same ones each time."""
        rng = random.Random(0)
        free = len(self._unbound(letters))
        depths = cycle((1, 2, 3) if letters & self.varying() else (1,))
        tried = ((next(depths), rng.choices(_SAMPLED, k=free)) for _ in range(_SAMPLES))
        yield from self._allowed(letters, tried)

    def _allowed(
        self, letters: frozenset[Letter], tried: Iterable[tuple[int, Sequence[fmpq]]]
    ) -> Iterator[dict[Letter, fmpq | arb]]:
        unbound = self._unbound(letters)
        for depth, values in tried:
            try:
                point = self._point(dict(zip(unbound, values, strict=True)), letters, depth)
            except ZeroDivisionError:
                continue
            if self.allows(point):
                yield point

    def _unbound(self, letters: frozenset[Letter]) -> list[Letter]:
        """Return the letters that have no value made from others: of these, or behind them."""
        free = self._needed(letters) - set(self.sequences) - set(self.logs)
        return sorted(free, key=lambda letter: letter.name)

    def _point(
        self, base: Mapping[Letter, fmpq], letters: frozenset[Letter], depth: int
    ) -> dict[Letter, fmpq | arb]:
        """Return the values of the letters at a depth N from those that are not bound."""
        needed = self._needed(letters)
        recurrences = {s: self.sequences[s] for s in needed & set(self.sequences)}
        point: dict[Letter, Any] = dict(base)

        def with_logs() -> dict[Letter, Any]:
            logs = {g: x for g, x in self.logs.items() if g in needed and x in point}
            return point | {g: 2 * arb(point[x]).log() for g, x in logs.items()}

        point = with_logs()
        point |= {s: first.at(point) for s, (first, _) in recurrences.items()}
        for _ in range(depth - 1):
            point = with_logs()
            point |= {s: after.at(point) for s, (_, after) in recurrences.items()}
        return with_logs()

    def allows(self, point: Mapping[Letter, Any]) -> bool:
        """Whether these numbers satisfy every hypothesis that is about them alone."""
        here = set(point)
        return (
            all(point[x] > 0 for x in self.positive & here)
            and all(point[x] >= 0 for x in self.nonnegative & here)
            and all(point[x] != point[y] for x, y in self.distinct if {x, y} <= here)
            and all(point[x] > point[y] for x, y in self.ordered if {x, y} <= here)
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
