r"""Claims in TOML: "this quantity is this formula", three lines for each.

    [my-volume-form]
    quantity = "volume-form"
    formula = 'N^(d(d-1)/2) det(Sigma^2)^((1-N)/(2N)) van(Sigma^(2/N))'

The formula is read as :func:`dlnproof.formula` reads it. Its claim says what the claim of the
catalogue says that states the quantity, with this formula in place of that one; it is derived from
that claim's theorem by the equality of both formulas, and checked by the quantity's measurements.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import gcd, lcm
from typing import Any, Final

from flint import fmpq, fmpq_mpoly

from dlnproof.claims import CLAIMS
from dlnproof.claims.deduction import Deduction
from dlnproof.claims.refereed import part as refereed
from dlnproof.claims.schema import CatalogueError, Claim, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.claims.studies import Study, theorem
from dlnproof.core.engines import (
    equal_by_flint,
    flint_ratio,
    letters_of,
    polynomial_expression,
    polynomial_ring,
)
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.product import PairProduct, per_index
from dlnproof.core.side import Side
from dlnproof.core.spectrum import ONE_INDEX, I
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import LETTERS
from dlnproof.errors import InputError, nearest
from dlnproof.files.fields import shortened
from dlnproof.language.authors import Notation
from dlnproof.language.bounds import bounded
from dlnproof.language.core_of import Under, eigenvalue_of, product_of
from dlnproof.language.exponents import ZERO, NotReducibleError
from dlnproof.language.factors import NoValueError
from dlnproof.language.forms import depth_minus_one
from dlnproof.language.meaning import check_meaning
from dlnproof.language.reading import bare, parsed
from dlnproof.language.reduction import factor_of
from dlnproof.language.renaming import free_indices, free_names, renamed
from dlnproof.language.sums import summed, vanishes
from dlnproof.language.tree import Node
from dlnproof.quantities.catalogue import QUANTITIES
from dlnproof.quantities.quantity import Quantity, Root

_FIELDS: Final = ("quantity", "formula", "coincident", "let", "title", "source", "references")
_QUOTED: Final = r"LaTeX goes in single quotes, as in formula = '\prod_{i<l} ...'"


def studies(text: str) -> tuple[Study, ...]:
    """Return the studies of a file's claims. Raises :class:`InputError`, with the line."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        hint = f"; {_QUOTED}" if "\\" in str(error) else ""
        raise InputError(f"is no TOML: {error}{hint}") from None
    found = []
    for name, given in tables.items():
        try:
            found.append(_study(name, given))
        except (InputError, CatalogueError) as error:
            raise InputError(f"line {_line(text, name, str(error))}: {error}") from None
    if not found:
        raise InputError("states no claim; expected a table for each, such as [my-claim]")
    return tuple(found)


def _line(text: str, name: str, error: str) -> int:
    """Return the line of the field of a table that an error is about, or of the table's head."""
    found = re.search(rf"^\s*\[?\s*[\"']?{re.escape(name)}\b", text, re.MULTILINE)
    if found is None:
        return 1
    field = error.removeprefix(f"{name}: ").partition(":")[0]
    if field in _FIELDS:
        ends = re.compile(r"^\s*\[", re.MULTILINE).search(text, found.end())
        inside = re.compile(rf"^\s*{field}\s*=", re.MULTILINE)
        found = inside.search(text, found.end(), ends.start() if ends else len(text)) or found
    return text.count("\n", 0, found.end()) + 1


def _study(name: str, given: Any) -> Study:
    if not isinstance(given, dict):
        raise InputError(f"{name}: got a value, expected a table [{name}] with its fields below")
    if odd := next((x for x in given if x not in _FIELDS), None):
        raise InputError(f"{name}: got the field {odd!r}, expected some of {', '.join(_FIELDS)}")
    for field, value in given.items():
        if not isinstance(value, str):
            raise InputError(f"{name}: {field}: got {shortened(repr(value))}, expected text")
    for field in ("quantity", "formula"):
        if field not in given:
            raise InputError(f"{name}: the field {field!r} is missing")
    root, stating = _stating(name, given["quantity"])
    parts = _parts(name, root, stating, given)
    made = _claim(name, root, stating, parts, given)
    references = given.get("references") or _unnamed(name)
    return Study(made, _derivation(made, stating), references=references, referee=refereed(made))


def _stating(name: str, quantity: str) -> tuple[Root, Claim]:
    """Return the quantity that a claim of the catalogue states, as a root of it, and that claim."""
    stated = [c for c in CLAIMS.values() if c.letters == LETTERS]
    found = {q: c for c in reversed(stated) for q in c.quantities}
    roots = {
        q: root
        for q, x in QUANTITIES.items()
        if (root := Root(x) if q in found else x.root) and root.of.name in found
    }
    if quantity not in roots:
        raise InputError(
            f"{name}: quantity: got {shortened(quantity)!r}{nearest(quantity, roots)}, "
            f"expected one that a claim states, or a root of one: {', '.join(roots)}"
        )
    return roots[quantity], found[roots[quantity].of.name]


def _parts(name: str, root: Root, stating: Claim, given: Mapping[str, str]) -> dict[str, Side]:
    """Return the formula, or what is under its root, as the parts that state the quantity."""
    quantity = QUANTITIES[given["quantity"]]
    names = stating.quantities[root.of.name]
    try:
        notation = _notation(quantity, given)
        tree = _read(given["formula"], notation)
        equal = _read(given["coincident"], notation) if "coincident" in given else None
        named = set(free_indices(tree)) if quantity.indices else set()
        if equal is not None and len(own := set(free_indices(equal))) == 1 and own <= named:
            equal = renamed(equal, dict.fromkeys(own, "i"))  # there l is i
        tree = renamed(tree, free_names(named, quantity.indices))
        check_meaning(tree, quantity.indices, finite=quantity.finite, target=quantity.name)
        if equal is not None:
            check_meaning(equal, ("i",), finite=quantity.finite, target=quantity.name)
        if quantity.additive:
            return _terms(names, tree, equal)
        if not quantity.indices:
            group = depth_minus_one() if root.group else ZERO
            found = product_of(tree, equal, Under(root.degree, group, root.log))
            index, pair = _cancelled(found.index), _cancelled(found.pair)
            coincident = _cancelled(found.at_coincidence())
            return {names[0]: PairProduct(index, pair, coincident)}
        both = map(_cancelled, eigenvalue_of(tree, equal or tree))
        return dict(zip(names, both, strict=True))
    except NoValueError:
        of = "the term of a pair" if quantity.additive else "the factor of a pair"
        of = "it" if quantity.indices else of
        raise InputError(
            f"{name}: formula: {of} has no value at sigma_i = sigma_l; give the limit there, in "
            "sigma_i, as the field 'coincident'"
        ) from None
    except NotReducibleError as error:
        raise InputError(
            f"{name}: formula: {error}; expected {_shape(quantity)}; 'dlnproof formula "
            f"{quantity.name} ...' compares any other at points"
        ) from None
    except InputError as error:
        field = "" if str(error).startswith("let: ") else "formula: "
        raise InputError(f"{name}: {field}{error}") from None


def _shape(quantity: Quantity) -> str:
    """Return what a claim's formula has to be made of, with an example."""
    if quantity.additive:
        return "sums over i and over pairs, as in 'sum(i, sigma_i^2) + sum(i<l, sigma_i sigma_l)'"
    if quantity.indices:
        return "a formula in sigma_i, sigma_l and N, as in 'sigma_i sigma_l'"
    return "products over i and over pairs, as in 'prod(i, 1/sigma_i) prod(i<l, sigma_i+sigma_l)'"


def _notation(quantity: Quantity, given: Mapping[str, str]) -> Notation:
    """Return what the letters of a formula stand for: r is the rank where there is one."""
    found = Notation(letters={"r": "d"} if quantity.ranked else {})
    if "let" in given:
        found = found.let(given["let"])
    if found.total:
        raise InputError("let: got normalization = sum, expected a formula for the quantity named")
    return found


def _read(text: str, notation: Notation) -> Node:
    if re.search(r"[\b\f]", text):  # what double quotes make of \beta and \frac
        raise InputError(f"got a control character; {_QUOTED}")
    inner, latex = bare(text)
    return notation.ordered(parsed(notation.ours(inner, latex=latex), latex))


def _terms(names: Sequence[str], tree: Node, equal: Node | None) -> dict[str, Side]:
    """Return a sum by its terms: of an index, and of a pair where the quantity has such."""
    found = summed(tree)
    if not vanishes(found.constant):
        raise NotReducibleError("it has a term that is in no sum over i or over pairs")
    if len(names) == 1:
        if not vanishes(found.pair):
            raise NotReducibleError("it has a sum over pairs, and the quantity is one over i")
        return {names[0]: _cancelled(found.index)}
    coincident = found.coincident
    if equal is not None:
        said = factor_of(equal, {"i": I}, ONE_INDEX).expression()
        if coincident is not None and not equal_by_flint(coincident, said):
            raise InputError(
                "the term of a pair has another value at sigma_i = sigma_l than the field "
                "'coincident' says; leave that field out"
            )
        coincident = said
    if coincident is None:
        raise NoValueError
    return dict(zip(names, map(_cancelled, (found.index, found.pair, coincident)), strict=True))


def _cancelled(formula: Expression) -> Expression:
    """Return a rational function as one quotient without common factors, monomials apart."""
    letters = letters_of(formula)
    ratio = flint_ratio(bounded(formula), polynomial_ring(letters))
    shared = ratio.num.gcd(ratio.den)
    coefficients = [c for x in (ratio.num, ratio.den) for c in (x / shared).coeffs()]
    shared *= fmpq(gcd(*(int(c.p) for c in coefficients)), lcm(*(int(c.q) for c in coefficients)))
    if ratio.den.leading_coefficient() < 0:
        shared = -shared
    above, below = (_parted(x / shared, letters) for x in (ratio.num, ratio.den))
    return above if below == Number(1) else above / below


def _parted(polynomial: fmpq_mpoly, letters: Iterable[Letter]) -> Expression:
    """Return a polynomial as a monomial times the rest."""
    context = polynomial.context()
    powers = [min(map(int, column)) for column in zip(*polynomial.monoms(), strict=True)]
    monomial = context.constant(1)
    for generator, power in zip(context.gens(), powers, strict=False):
        monomial *= generator**power
    parts = (polynomial_expression(x, letters) for x in (monomial, polynomial / monomial))
    first, second = parts
    return second if first == Number(1) else first if second == Number(1) else first * second


def _claim(
    name: str, root: Root, stating: Claim, parts: Mapping[str, Side], given: Mapping[str, str]
) -> Claim:
    quantity = root.of.name
    usual = f"A formula for the quantity {given['quantity']}"
    if given["quantity"] != quantity:
        usual += f", stated of {quantity}"
    key, _, where = given.get("source", f"{_key(name)}, its formula").partition(",")
    return claim(
        name,
        title=given.get("title", usual),
        source=Source(key.strip(), where.strip() or "its formula"),
        given=stating.given,
        sentences=tuple(_sentences(stating, parts)),
        parts=dict(parts),
        quantities={quantity: tuple(stating.quantities[quantity])},
        routes=tuple(_routes(QUANTITIES[quantity])),
        uses=(stating.id,),
        finite=stating.finite,
        infinite=stating.infinite,
        mutants=tuple(_mutants(parts)),
    )


def _sentences(stating: Claim, parts: Mapping[str, Side]) -> Iterator[Sentence]:
    """Yield the first sentences of a claim that together state the parts, and no others."""
    left = set(parts)
    for sentence in stating.sentences:
        if sentence.parts & left and sentence.parts <= set(parts):
            left -= sentence.parts
            yield sentence


def _routes(quantity: Quantity) -> Iterator[Route]:
    """Yield the routes by which a quantity is measured, after the derivation."""
    yield Route.DERIVATION
    measured = (quantity.exact, quantity.pullback, quantity.balls)
    for route, by in zip((Route.EXACT, Route.PULLBACK, Route.ENCLOSURE), measured, strict=True):
        if by is not None:
            yield route


def _mutants(parts: Mapping[str, Side]) -> Iterator[Mutant]:
    """Yield the square and a multiple: what every route has to reject."""
    squared: dict[str, Side] = {}
    doubled: dict[str, Side] = {}
    for name, part in parts.items():
        assert isinstance(part, Expression | PairProduct)
        squared[name] = part**2
        doubled[name] = per_index(Number(2)) * part if isinstance(part, PairProduct) else 2 * part
    yield Mutant("squared", "the square of the formula", squared)
    yield Mutant("doubled", "twice the formula, for each index", doubled)


def _key(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def _unnamed(name: str) -> str:
    """Return BibTeX for a claim that cites nothing."""
    return f"@misc{{{_key(name)},\n  title = {{{name}}},\n  note = {{a claim in TOML}}\n}}\n"


def _derivation(made: Claim, stating: Claim) -> Callable[[], Deduction]:
    def derive() -> Deduction:
        proof = Deduction(made.id)
        for sentence in made.sentences:
            known = theorem(stating.id, sentence.name)
            proof.conclude(sentence.name, known, "Both formulas are equal, so")
        return proof

    return derive
