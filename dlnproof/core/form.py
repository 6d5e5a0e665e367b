"""How a product is written: what it was made from, and its factors with it.

A form holds no text. Documents write it in letters, and what they write is read back.
"""

from __future__ import annotations

from dataclasses import dataclass

from dlnproof.core.expression import Expression


@dataclass(frozen=True)
class Factors:
    """prod_i index(i) prod_{i<l} pair(i, l)."""

    index: Expression
    pair: Expression


@dataclass(frozen=True)
class Van:
    """van(x) = prod_{i<l} (x_i - x_l) of a diagonal matrix, by its entry x_i."""

    entry: Expression


@dataclass(frozen=True)
class Determinant:
    """det(Sigma)^(root/N + sigma)."""

    root: int
    sigma: int


@dataclass(frozen=True)
class PerPair:
    """A number to the power d(d-1)/2."""

    base: Expression


@dataclass(frozen=True)
class PerIndex:
    """A number to the power d."""

    base: Expression


@dataclass(frozen=True)
class PerPlace:
    """A number to the power d(d+1)/2."""

    base: Expression


@dataclass(frozen=True)
class AllPairs:
    """prod_{i,l=1}^d of an entry."""

    entry: Expression


@dataclass(frozen=True)
class Times:
    """A product of two."""

    left: Form
    right: Form


@dataclass(frozen=True)
class Over:
    """A quotient of two."""

    above: Form
    below: Form


@dataclass(frozen=True)
class Raised:
    """A power."""

    base: Form
    exponent: int


@dataclass(frozen=True)
class Root:
    """The square root."""

    of: Form


Form = (
    Factors
    | Van
    | Determinant
    | PerPair
    | PerIndex
    | PerPlace
    | AllPairs
    | Times
    | Over
    | Raised
    | Root
)
