"""What a formula can be a formula of: quantities, with the closed forms that claims prove of them.

A formula of the user's is judged like a claim about the quantity whose formula is theirs. The
closed form is the claim's, and decides for all N and d; at points a formula is compared with what
is measured from the quantity's definition, never with a closed form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dlnproof.claims import CLAIMS
from dlnproof.core.expression import Expression
from dlnproof.core.product import PairProduct
from dlnproof.errors import InputError
from dlnproof.files.fields import shortened
from dlnproof.formulas import INFINITE_METRIC_DETERMINANT
from dlnproof.language.deciding import Eigenvalues, Rooted
from dlnproof.quantities.catalogue import QUANTITIES
from dlnproof.quantities.quantity import Quantity, Root


@dataclass(frozen=True)
class Target:
    """A quantity that formulas are judged for, its closed form, and the claims that prove it."""

    quantity: Quantity
    closed: Eigenvalues | Rooted
    claims: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name by which the quantity is asked for."""
        return self.quantity.name

    @property
    def free(self) -> tuple[str, ...]:
        """The indices that a formula of it may use without binding them."""
        return self.quantity.indices

    @property
    def finite(self) -> bool:
        """Whether it is a quantity of finite depth."""
        return self.quantity.finite


_PRODUCTS: Final[Mapping[str, tuple[str, PairProduct]]] = MappingProxyType(
    {"infinite-metric-determinant": ("infinite-depth", INFINITE_METRIC_DETERMINANT)}
)
"""What no claim states: it is the product of what a claim states of each pair."""

_BESIDE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "submersion-eigenvalue": ("operator-spectrum", "end-to-end-flow"),
        "infinite-metric-determinant": ("infinite-depth", "metric-diagonalization"),
        "infinite-volume-density": ("infinite-depth", "metric-diagonalization"),
    }
)
"""All claims that a closed form rests on, where that is not only the one that states it."""


def _target(quantity: Quantity) -> Target:
    root = quantity.root or Root(quantity)
    claim, closed = _closed(root)
    return Target(quantity, closed, _BESIDE.get(quantity.name, (claim,)))


def _closed(root: Root) -> tuple[str, Eigenvalues | Rooted]:
    """Return the claim that states a quantity, and the closed form of the root."""
    name = root.of.name
    if name in _PRODUCTS:
        claim, product = _PRODUCTS[name]
        return claim, Rooted(product, root.degree, root.group, root.log)
    stating = next(claim for claim in CLAIMS.values() if name in claim.quantities)
    match [stating.parts[part] for part in stating.quantities[name]]:
        case [PairProduct() as product]:
            return stating.id, Rooted(product, root.degree, root.group, root.log)
        case [Expression() as distinct, Expression() as coincident]:
            return stating.id, Eigenvalues(distinct, coincident)
        case parts:
            raise TypeError(f"{stating.id}: got {parts}, expected a product or two expressions")


TARGETS: Final = {name: _target(each) for name, each in QUANTITIES.items() if each.judged}


def target_named(name: str) -> Target:
    """Return the target of this name. Raises :class:`InputError`."""
    if name in TARGETS:
        return TARGETS[name]
    from difflib import get_close_matches

    near = get_close_matches(name, TARGETS, n=1)
    hint = f" (did you mean {near[0]}?)" if near else ""
    raise InputError(f"target: got {shortened(name)!r}, expected one of {', '.join(TARGETS)}{hint}")
