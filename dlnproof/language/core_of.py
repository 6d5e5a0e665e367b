"""What a source prints, as an object of the core: its strings are read, and then decided.

What a claim of ours states is never read from text: the language only has to agree with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from dlnproof.core import expression as core
from dlnproof.core.domain import Domain
from dlnproof.core.engines import equal_by_flint
from dlnproof.core.expression import Expression, Letter, as_expression
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct
from dlnproof.core.side import Side
from dlnproof.core.spectrum import ONE_INDEX, ORDERED, WIDTH, I, L, Level
from dlnproof.errors import InputError
from dlnproof.language import tree
from dlnproof.language.deciding import nonnegative
from dlnproof.language.exponents import ZERO, Exponent, NotReducibleError
from dlnproof.language.factors import ONE, Factor, NoValueError
from dlnproof.language.forms import form_of
from dlnproof.language.lettered import Lettered, read_lettered
from dlnproof.language.reduction import factor_of
from dlnproof.language.tree import Negative, Node, Operation, Sigma, Symbol, rebuilt

_SPECTRUM: Final = ORDERED | Domain({WIDTH})
"""Where what was read is compared: no sign is assumed of letters that are an author's."""


def core_of(latex: str, like: Side, *, finite: bool) -> Side:
    r"""Return what LaTeX says as a formula in the letters, and of the kind, of another.

    ``finite``: it is of finite depth, and ``\lambda_{il}`` the eigenvalue of the operator. Raises
    :class:`InputError` for what is not read, and :class:`NotReducibleError` for what is no formula
    of that kind.

    >>> from dlnproof.formulas import VAN_ROOT
    >>> read = core_of(r"\prod_{i<l}(\sigma_l-\sigma_i)", VAN_ROOT, finite=True)
    >>> read.pair.at({I.sigma: 3, L.sigma: 5}, int)
    2
    """
    if isinstance(like, Inequality):
        raise NotReducibleError("inequalities are not read as such")
    free = () if isinstance(like, PairProduct) else ("i", "l")
    found = read_lettered(latex, like.letters(), free=free, finite=finite)
    if isinstance(like, PairProduct):
        try:
            return product_of(found.tree)
        except NoValueError:
            raise NotReducibleError(
                "it is not a product over indices and pairs of indices"
            ) from None
    return expression_of(found, _SPECTRUM)


@dataclass(frozen=True)
class Under:
    """What of a formula is a product: P, where it is c_d^group P^(1/degree), or the log of that."""

    degree: int = 1
    group: Exponent = ZERO
    log: bool = False


WHOLE: Final = Under()


def product_of(node: Node, equal: Node | None = None, under: Under = WHOLE) -> PairProduct:
    """Return a formula, or what of it is ``under`` a root, as a product over indices and pairs.

    ``equal`` is the factor of a pair where sigma_i = sigma_l, if the formula has none there; where
    it has one, ``equal`` has to be that. Raises :class:`NotReducibleError` where it is no product,
    or not rational in sigma and its root, :class:`NoValueError` where it has no value at equal
    singular values, and :class:`InputError` for another ``equal``.
    """
    form = form_of(node, log=under.log)
    if form.coincident is None:
        if equal is None:
            raise NoValueError
        form = replace(form, coincident=factor_of(equal, {"i": I}, ONE_INDEX))
    elif equal is not None:
        said = _rational(factor_of(equal, {"i": I}, ONE_INDEX), under.degree)
        if not equal_by_flint(_rational(form.coincident, under.degree), said):
            raise InputError(
                "the factor of a pair has another value at sigma_i = sigma_l than the field "
                "'coincident' says; leave that field out"
            )
    if (form.group - under.group).terms:
        raise NotReducibleError("it has another power of c_d than the quantity")
    if form.constant != ONE:
        raise NotReducibleError("it has a factor that depends on neither i nor l")
    assert form.coincident is not None
    index = _rational(form.index, under.degree)
    pair = _rational(form.pair, under.degree, ORDERED)
    return PairProduct(index, pair, _rational(form.coincident, under.degree))


def eigenvalue_of(node: Node, equal: Node) -> tuple[Expression, Expression]:
    """Return a formula in indices i and l where the singular values differ, and ``equal`` else."""
    distinct = factor_of(node, {"i": I, "l": L}, ORDERED)
    return _rational(distinct), _rational(factor_of(equal, {"i": I, "l": I}, ONE_INDEX))


def _rational(factor: Factor, degree: int = 1, domain: Domain = ONE_INDEX) -> Expression:
    """Return a power of a factor as a rational function, which has the factor as its root.

    Raises :class:`NotReducibleError` for what is no such root.
    """
    rooted = factor.rooted()
    if degree % rooted.degree:
        raise NotReducibleError("it has a root")
    if degree % 2 == 0 and not nonnegative(rooted.outer, domain):
        raise NotReducibleError("it has a factor that is not seen to be positive")
    return rooted.to_power(degree)


def domain_of(found: Lettered) -> Domain:
    """Return where an expression that was read is compared: all its letters are positive."""
    return _SPECTRUM | Domain(found.letters.values())


def expression_of(found: Lettered, domain: Domain) -> Expression:
    """Return an expression that was read; where a letter is a transpose its products are ordered.

    A root, or an absolute value, is one where its sign is known on the domain. Raises
    :class:`NotReducibleError`.
    """
    if found.in_words:
        return _words(found.tree, found.letters)
    levels = {symbol: Level(x, x, x) for symbol, x in found.letters.items()}
    levels["d"] = Level(WIDTH, WIDTH, WIDTH)
    entries = _as_entries(found.tree, frozenset(levels))
    return factor_of(entries, {**levels, "i": I, "l": L}, domain).expression()


def _as_entries(node: Node, names: frozenset[str]) -> Node:
    """Return a tree in which letters stand as singular values do: these are looked up by name."""
    match node:
        case Symbol(name) if name in names:
            return Sigma(node)
        case Operation("**", base, power):
            return Operation("**", _as_entries(base, names), power)
    return rebuilt(node, [_as_entries(part, names) for part in node.parts()])


def _words(node: Node, letters: Mapping[str, Letter]) -> Expression:
    """Return a tree as an expression whose products keep their order."""
    match node:
        case tree.Number(value):
            return as_expression(value)
        case Symbol(name) if name in letters:
            return letters[name]
        case Negative(of):
            return 0 - _words(of, letters)
        case Operation("**", base, tree.Number(value)) if value.denominator == 1:
            return _words(base, letters) ** int(value)
        case Operation("+" | "-" | "*" as sign, left, right):
            return core.Operation(sign, _words(left, letters), _words(right, letters))
    raise NotReducibleError("it is not a sum of products of matrices")
