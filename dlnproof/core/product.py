"""Products over i and over pairs i < l, for every d at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import mul
from typing import Any

from flint import fmpq

from dlnproof.core.engines import letters_of
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.identity import Decision, decide_identity, joint
from dlnproof.core.spectrum import MERGE, ONE_INDEX, ORDERED, SWAP, pair_values
from dlnproof.core.verdict import Verdict

_ONE = Number(1)


@dataclass(frozen=True)
class PairProduct:
    """prod_i index(i) * prod_{i<l} pair(i, l): one number for every width d.

    ``coincident`` is the pair factor where sigma_i = sigma_l, when ``pair`` is 0/0 there; without
    it ``pair`` itself is used. ``latex`` is the product as the field writes it, in the author's
    order; a run reads it back and proves it equal to the factors. Without it the factors are
    printed. Multiplication, inverse and powers act factor by factor.
    """

    index: Expression = _ONE
    pair: Expression = _ONE
    coincident: Expression | None = None
    latex: str = ""

    def at_coincidence(self) -> Expression:
        """Return the pair factor at sigma_i = sigma_l, in the letters of i."""
        return (self.pair if self.coincident is None else self.coincident).substitute(MERGE)

    def letters(self) -> frozenset[Letter]:
        """Return the letters that occur in any factor."""
        return letters_of(*self._factors())

    def __mul__(self, other: PairProduct) -> PairProduct:
        latex = rf"{self.latex}\,{other.latex}" if self.latex and other.latex else ""
        i, pair, merged = map(mul, self._factors(), other._factors())
        return PairProduct(i, pair, merged, latex)

    def __pow__(self, exponent: int) -> PairProduct:
        latex = rf"\Bigl({self.latex}\Bigr)^{{{exponent}}}" if self.latex else ""
        i, pair, merged = (factor**exponent for factor in self._factors())
        return PairProduct(i, pair, merged, latex)

    def _factors(self) -> tuple[Expression, Expression, Expression]:
        return self.index, self.pair, self.at_coincidence()

    def substitute(
        self, pair: Mapping[Letter, Expression], alone: Mapping[Letter, Expression]
    ) -> PairProduct:
        """Return the product with letters replaced: ``pair`` where sigma_i > sigma_l.

        ``alone`` replaces them for a single index, and where sigma_i = sigma_l: what holds only
        where the two differ must not be put there.
        """
        coincident = self.pair if self.coincident is None else self.coincident
        return replace(
            self,
            index=self.index.substitute(alone),
            pair=self.pair.substitute(pair),
            coincident=coincident.substitute(alone),
        )

    def named(self, latex: str) -> PairProduct:
        """Return the same product, written differently."""
        return replace(self, latex=latex)

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


def over_all_pairs(diagonal: Expression, entry: Expression, latex: str = "") -> PairProduct:
    """Return prod_{i,l} of ``entry`` over all ordered pairs, with ``diagonal`` where i = l.

    Where sigma_i = sigma_l with i != l the entry is ``diagonal`` too.
    """
    return PairProduct(diagonal, entry * entry.substitute(SWAP), diagonal * diagonal, latex)


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
