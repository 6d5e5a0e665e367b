"""Where an identity is claimed to hold, and which denominators cannot vanish there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

from flint import Ordering, arb, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from dlnproof.core.expression import Expression, Letter

_SMALL = (3, 2, 5, 1, 7, 4)  # values tried when looking for a counterexample, simplest first


@dataclass(frozen=True)
class Domain:
    """Hypotheses on real letters, and the recurrences of those that depend on the depth N.

    ``positive``: letters > 0. ``distinct``: pairs (x, y) with x != y. ``ordered``: pairs with
    x > y. ``sequences`` maps a letter to its value at N = 1 and its value at N + 1 in terms of
    the letters at N; in the field of fractions it is an indeterminate like any other, which is
    sound exactly as long as no denominator vanishes where the letters take their true values.
    ``logs`` maps a letter that stands for log x^2 to x: as functions of x the two are algebraically
    independent, so it too is an indeterminate; only counterexamples need its true values (balls).
    """

    positive: frozenset[Letter] = frozenset()
    distinct: tuple[tuple[Letter, Letter], ...] = ()
    ordered: tuple[tuple[Letter, Letter], ...] = ()
    sequences: Mapping[Letter, tuple[Expression, Expression]] = field(default_factory=dict)
    logs: Mapping[Letter, Letter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # is_positive replaces x by y + h pair by pair: a chain x > y > z would go wrong
        if {x for x, _ in self.ordered} & {y for _, y in self.ordered}:
            raise ValueError("ordered pairs must not form a chain")

    def __or__(self, other: Domain) -> Domain:
        return Domain(
            self.positive | other.positive,
            self.distinct + other.distinct,
            self.ordered + other.ordered,
            {**self.sequences, **other.sequences},
            {**self.logs, **other.logs},
        )

    def implies(self, other: Domain) -> bool:
        """Whether every hypothesis of ``other`` is one of this domain's, or follows from one."""
        distinct = {frozenset(pair) for pair in self.distinct + self.ordered}
        return (
            other.positive <= self.positive
            and {frozenset(pair) for pair in other.distinct} <= distinct
            and set(other.ordered) <= set(self.ordered)
        )

    def at_first(self) -> dict[Letter, Expression]:
        """Return the sequences' values at N = 1."""
        return {letter: first for letter, (first, _) in self.sequences.items()}

    def at_next(self) -> dict[Letter, Expression]:
        """Return the sequences' values at N + 1 in terms of the letters at N."""
        return {letter: after for letter, (_, after) in self.sequences.items()}

    def is_positive(self, polynomial: fmpq_mpoly) -> bool:
        """Whether the polynomial is certainly > 0 on the domain (a sufficient criterion).

        With x = y + h for each ordered pair x > y, every coefficient is >= 0 and one is > 0.
        """
        context = polynomial.context()
        generators = dict(zip(context.names(), context.gens(), strict=True))
        shifted, known = polynomial, {letter.name for letter in self.positive}
        for larger, smaller in self.ordered:
            known.add(larger.name)  # which stands for the increment h > 0 after the shift
            if larger.name in generators and smaller.name in generators:
                increment = generators[larger.name] + generators[smaller.name]
                images = [
                    increment if name == larger.name else generator
                    for name, generator in generators.items()
                ]
                shifted = shifted.compose(*images)
        used = {name for name, used in zip(context.names(), shifted.degrees(), strict=True) if used}
        return bool(used <= known and len(shifted) and all(c > 0 for c in shifted.coeffs()))

    def is_nonzero(self, factor: fmpq_mpoly) -> bool:
        """Whether an irreducible polynomial certainly vanishes nowhere on the domain."""
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

    def points(self, letters: frozenset[Letter]) -> Iterator[dict[Letter, fmpq | arb]]:
        """Yield small rational points of the domain, N = 1, 2, 3; sequences and logs are true."""
        needed = self._needed(letters)
        recurrences = {s: self.sequences[s] for s in needed & set(self.sequences)}
        logs = {g: x for g, x in self.logs.items() if g in needed}
        free = sorted(needed - set(recurrences) - set(logs), key=lambda letter: letter.name)
        for depth in (1, 2, 3):
            for values in permutations(_SMALL, len(free)):
                base = {letter: fmpq(v) for letter, v in zip(free, values, strict=True)}
                point: dict[Letter, Any] = base | {
                    s: fmpq(first.at(base)) for s, (first, _) in recurrences.items()
                }
                for _ in range(depth - 1):
                    point |= {s: fmpq(after.at(point)) for s, (_, after) in recurrences.items()}
                point |= {g: 2 * arb(point[x]).log() for g, x in logs.items()}
                if all(point[x] > point[y] for x, y in self.ordered if {x, y} <= set(point)):
                    yield point

    def _needed(self, letters: frozenset[Letter]) -> frozenset[Letter]:
        """Return ``letters`` with those that their recurrences and logarithms refer to."""
        found = letters
        while True:
            more = found | {self.logs[letter] for letter in found & set(self.logs)}
            for letter in found & set(self.sequences):
                more = more.union(*(side.letters() for side in self.sequences[letter]))
            if more == found:
                return found
            found = more


def polynomial_ring(letters: frozenset[Letter]) -> fmpq_mpoly_ctx:
    """Return FLINT's ring of polynomials over QQ in the given letters, sorted by name."""
    return fmpq_mpoly_ctx.get(sorted(letter.name for letter in letters), Ordering.degrevlex)
