"""Products over i and over pairs i < l, for every d at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import mul
from typing import Any

from flint import fmpq

from dlnproof.core.engines import equal_by_flint, letters_of
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.form import (
    AllPairs,
    Determinant,
    Factors,
    Form,
    Over,
    PerIndex,
    PerPair,
    PerPlace,
    Raised,
    Root,
    Times,
    Van,
)
from dlnproof.core.identity import Decision, decide_identity, joint
from dlnproof.core.spectrum import MERGE, ONE_INDEX, ORDERED, SWAP, I, pair_values
from dlnproof.core.verdict import Verdict

_ONE = Number(1)


@dataclass(frozen=True)
class PairProduct:
    """prod_i index(i) * prod_{i<l} pair(i, l): one number for every width d.

    ``coincident`` is the pair factor where sigma_i = sigma_l, when ``pair`` is 0/0 there; without
    it ``pair`` itself is used. ``form`` is how the product is written; without it by its factors.
    The functions below make factors and form from the same arguments. Multiplication, division,
    inverse and powers act factor by factor.
    """

    index: Expression = _ONE
    pair: Expression = _ONE
    coincident: Expression | None = None
    form: Form | None = None

    @property
    def written(self) -> Form:
        """How the product is written."""
        return Factors(self.index, self.pair) if self.form is None else self.form

    def at_coincidence(self) -> Expression:
        """Return the pair factor at sigma_i = sigma_l, in the letters of i."""
        return (self.pair if self.coincident is None else self.coincident).substitute(MERGE)

    @property
    def needs_limit(self) -> bool:
        """Whether the pair factor is written as 0/0 where sigma_i = sigma_l."""
        merged = self.pair.substitute(MERGE)
        written = isinstance(self.written, AllPairs)  # by its entry, whatever the pair
        return not written and equal_by_flint(merged, merged) is None

    def letters(self) -> frozenset[Letter]:
        """Return the letters that occur in any factor."""
        return letters_of(self.index, self.pair, self.at_coincidence())

    def __mul__(self, other: PairProduct) -> PairProduct:
        by_factors = self.form is None and other.form is None
        return PairProduct(
            self.index * other.index,
            self.pair * other.pair,
            self.at_coincidence() * other.at_coincidence(),
            None if by_factors else Times(self.written, other.written),
        )

    def __pow__(self, exponent: int) -> PairProduct:
        return PairProduct(
            self.index**exponent,
            self.pair**exponent,
            self.at_coincidence() ** exponent,
            None if self.form is None else Raised(self.form, exponent),
        )

    def over(self, other: PairProduct, coincident: Expression) -> PairProduct:
        """Return the quotient, whose pair factor has a limit where sigma_i = sigma_l."""
        return PairProduct(
            _quotient(self.index, other.index),
            _quotient(self.pair, other.pair),
            coincident,
            Over(self.written, other.written),
        )

    def root_of(self, other: PairProduct) -> PairProduct:
        """Return the same product, written as the square root of another."""
        return replace(self, form=Root(other.written))

    def at(
        self,
        common: Mapping[Letter, Any],
        levels: Sequence[Sequence[Any]],
        number: Callable[[int], Any] = fmpq,
    ) -> Any:
        """Return the product at a spectrum, over any number type.

        ``levels``: (sigma, root, log) of sigma_1 >= ... >= sigma_d; ``common``: N and the width.
        """
        value = number(1)
        for position, level in enumerate(levels):
            value = value * self.index.at(pair_values(common, level), number)
            for other in levels[position + 1 :]:
                factor = self.pair
                if self.coincident is not None and level[0] == other[0]:
                    factor = self.coincident
                value = value * factor.at(pair_values(common, level, other), number)
        return value


def _quotient(above: Expression, below: Expression) -> Expression:
    return above if below == _ONE else above / below


def van(entry: Expression) -> PairProduct:
    """Return van(x) = prod_{i<l} (x_i - x_l), which is >= 0 for x_1 >= ... >= x_d, by x_i."""
    return PairProduct(pair=entry - entry.substitute(SWAP), form=Van(entry))


def determinant(root: int = 0, sigma: int = 0) -> PairProduct:
    """Return det(Sigma)^(root/N + sigma), the product over i of sigma_i to that power."""
    powers = ((I.root, root), (I.sigma, sigma))
    above = _multiplied([x if n == 1 else x**n for x, n in powers if n > 0])
    below = _multiplied([x if n == -1 else x**-n for x, n in powers if n < 0])
    return PairProduct(_quotient(above, below), form=Determinant(root, sigma))


def _multiplied(factors: Sequence[Expression]) -> Expression:
    return reduce(mul, factors) if factors else _ONE


def per_pair(factor: Expression) -> PairProduct:
    """Return a number to the power d(d-1)/2: once for each pair i < l, on which it cannot depend.

    Raises :class:`ValueError` where it does.
    """
    if factor.letters() & set(SWAP):
        raise ValueError("a power for each pair: expected a number that depends on no index")
    return PairProduct(pair=factor, form=PerPair(factor))


def per_place(factor: Expression) -> PairProduct:
    """Return a number to the power d(d+1)/2: once for each i, and once for each pair i < l.

    Raises :class:`ValueError` where it depends on these.
    """
    return replace(per_pair(factor), index=factor, form=PerPlace(factor))


def per_index(factor: Expression) -> PairProduct:
    """Return prod_i of a factor: a power of one that depends on no index."""
    alone = factor != _ONE and not factor.letters() & set(SWAP)
    return PairProduct(factor, form=PerIndex(factor) if alone else Factors(factor, _ONE))


def over_all_pairs(entry: Expression, distinct: Expression, coincident: Expression) -> PairProduct:
    """Return prod_{i,l} over all ordered pairs, written by its entry.

    That is ``distinct`` where sigma_i and sigma_l differ, and ``coincident``, in the letters of i,
    where not, i = l included.
    """
    swapped = distinct.substitute(SWAP)
    pair = distinct**2 if swapped == distinct else distinct * swapped
    return PairProduct(coincident, pair, coincident**2, AllPairs(entry))


def decide_product(left: PairProduct, right: PairProduct) -> Decision:
    """Decide whether two products agree for every d, N and sigma_1 >= ... >= sigma_d > 0.

    They do when the index factors agree (take d = 1) and the pair factors (d = 2), the latter both
    where sigma_i > sigma_l and where sigma_i = sigma_l. What fails is named; a pair factor is only
    left open to be refuted where the index factors are known to agree, and nowhere zero.
    """
    index = decide_identity(left.index, right.index, ONE_INDEX)
    if index.verdict is not Verdict.PROVED:
        return replace(index, why=f"index factor: {index.why}")
    decisions = [index]
    for name, a, b, domain in (
        ("pair factor", left.pair, right.pair, ORDERED),
        ("coincident pair factor", left.at_coincidence(), right.at_coincidence(), ONE_INDEX),
    ):
        decision = decide_identity(a, b, domain)
        decisions.append(replace(decision, why=f"{name}: {decision.why}"))
    decision = joint(decisions)
    if decision.verdict is Verdict.PROVED:
        return replace(decision, why="equal factor by factor")
    return decision if ONE_INDEX.shows(left.index**2) else replace(decision, parts=())
