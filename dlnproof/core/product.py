"""Products over i and over pairs i < l, for every d at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flint import fmpq

from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.identity import Decision, decide_identity
from dlnproof.core.spectrum import MERGE, ONE_INDEX, ORDERED, SWAP, pair_values
from dlnproof.core.verdict import Verdict, worst

_ONE = Number(1)


@dataclass(frozen=True)
class PairProduct:
    """prod_i index(i) * prod_{i<l} pair(i, l): one number for every width d.

    ``coincident`` is the pair factor where sigma_i = sigma_l, when ``pair`` is 0/0 there; without
    it ``pair`` itself is used. ``latex`` is the product as the field writes it, in the author's
    order. Multiplication, inverse and powers act factor by factor.
    """

    index: Expression = _ONE
    pair: Expression = _ONE
    coincident: Expression | None = None
    latex: str = ""

    def at_coincidence(self) -> Expression:
        """Return the pair factor at sigma_i = sigma_l."""
        return self.pair.substitute(MERGE) if self.coincident is None else self.coincident

    def __mul__(self, other: PairProduct) -> PairProduct:
        return PairProduct(
            self.index * other.index,
            self.pair * other.pair,
            self.at_coincidence() * other.at_coincidence(),
            rf"{self.latex}\,{other.latex}".strip(),
        )

    def __pow__(self, exponent: int) -> PairProduct:
        return PairProduct(
            self.index**exponent,
            self.pair**exponent,
            self.at_coincidence() ** exponent,
            rf"\Bigl({self.latex}\Bigr)^{{{exponent}}}",
        )

    def substitute(self, values: Mapping[Letter, Expression]) -> PairProduct:
        """Return the product with letters replaced in every factor."""
        return replace(
            self,
            index=self.index.substitute(values),
            pair=self.pair.substitute(values),
            coincident=self.coincident and self.coincident.substitute(values),
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


def over_all_pairs(diagonal: Expression, entry: Expression, latex: str) -> PairProduct:
    """Return prod_{i,l} of ``entry`` over all ordered pairs, with ``diagonal`` where i = l.

    Where sigma_i = sigma_l with i != l the entry is ``diagonal`` too.
    """
    return PairProduct(diagonal, entry * entry.substitute(SWAP), diagonal * diagonal, latex)


def decide_product(left: PairProduct, right: PairProduct) -> Decision:
    """Decide whether two products agree for every d, N and sigma_1 >= ... >= sigma_d > 0.

    They do exactly when the index factors agree (take d = 1) and then the pair factors (d = 2),
    the latter both where sigma_i > sigma_l and where sigma_i = sigma_l. REFUTED names the factor
    and carries its witness.
    """
    compared: list[tuple[str, Expression, Expression, Domain]] = [
        ("index factor", left.index, right.index, ONE_INDEX),
        ("pair factor", left.pair, right.pair, ORDERED),
        ("coincident pair factor", left.at_coincidence(), right.at_coincidence(), ONE_INDEX),
    ]
    decisions = {name: decide_identity(a, b, domain) for name, a, b, domain in compared}
    verdict = worst(decision.verdict for decision in decisions.values())
    if verdict is Verdict.PROVED:
        divisors = dict.fromkeys(x for d in decisions.values() for x in d.divisors)
        return Decision(verdict, "equal factor by factor", tuple(divisors))
    name, decision = next((n, d) for n, d in decisions.items() if d.verdict is verdict)
    return replace(decision, why=f"{name}: {decision.why}")
