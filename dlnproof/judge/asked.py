"""What somebody asks: a formula with a meaning for a target, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import Final

from dlnproof.errors import InputError
from dlnproof.judge.hypotheses import NONE, Hypotheses, hypotheses
from dlnproof.judge.measured_by import measure_of
from dlnproof.judge.targets import SUMS, TARGETS, Target, formula_target, target_named
from dlnproof.language.authors import Notation
from dlnproof.language.meaning import check_meaning
from dlnproof.language.measures import refuse_differentials
from dlnproof.language.reading import bare, parsed, read
from dlnproof.language.relations import last_side
from dlnproof.language.renaming import (
    free_indices,
    free_indices_of_sigma,
    free_names,
    held_indices,
    renamed,
    waves,
)
from dlnproof.language.spellings import as_latex
from dlnproof.language.tree import Node
from dlnproof.language.typeset import latex_text
from dlnproof.language.written import plain_text

_USUAL: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "L": ("N", "the depth"),
        "n": ("d", "the width"),
        "s": ("sigma", "the singular values"),
        r"\Delta": ("van", "the product over i < l of x_i - x_l"),
        "Delta": ("van", "the product over i < l of x_i - x_l"),
        "V": ("van", "the product over i < l of x_i - x_l"),
    }
)
"""What letters mean in papers; they are read so where they would mean nothing otherwise."""

_RANK: Final = {"r": ("d", "the number of singular values that are not zero")}
"""The same, of a matrix of any rank."""


_INDEX: Final = re.compile(r"(?<![A-Za-z\\])[a-ce-z](?![A-Za-z])")
_PAIR: Final = ("i", "l")
_WAVE: Final = (*_PAIR, "m")
_APART: Final = re.compile(
    r"(?:\\?sigma_?)?[{\[]?[a-z][}\]]?\s*(?:!=|\\neq?(?![A-Za-z]))\s*(?:\\?sigma_?)?[{\[]?[a-z][}\]]?"
)
"""k != l or sigma_k != sigma_l, said of a formula in one index and of those that sums run over."""


@dataclass(frozen=True)
class Understood:
    """A formula in plain text and in LaTeX; either is read as the same formula."""

    plain: str
    latex: str


@dataclass(frozen=True)
class Asked:
    """A formula that was read, and how.

    ``indices`` are the author's names for our free indices, by ours; ``proportional``: it is meant
    up to a constant. ``notes`` say what was guessed. ``text`` is read as the same formula, with
    nothing assumed of notation.
    """

    target: Target
    tree: Node
    text: str
    proportional: bool
    notation: Notation
    indices: Mapping[str, str]
    notes: tuple[str, ...]

    def theirs(self, tree: Node) -> Understood:
        """Return a formula of ours in the letters and the conventions of the author."""
        own = renamed(self.notation.ordered(tree), self.indices)
        return Understood(
            self.notation.back_plain(plain_text(own)), self.notation.back(latex_text(own))
        )

    def told(self, text: str) -> Understood:
        """Return words with formulas of ours between dollars in the letters of the author.

        In LaTeX the dollars stay; in plain text a formula stands as it does between them, if the
        author has no letters.
        """
        plain, latex = "", ""
        for number, piece in enumerate(text.split("$")):
            if number % 2 == 0:
                plain, latex = plain + piece, latex + piece
                continue
            try:
                found = self.theirs(read(piece))
            except InputError:  # no formula by itself, such as sigma^(1/N)
                found = Understood(
                    self.notation.back_plain(piece), self.notation.back(as_latex(piece))
                )
            plain += found.plain if self.notation.rewrites or self.indices else piece
            latex += f"${found.latex}$"
        return Understood(plain, latex)


def asked(target: str, text: str, where: str = "", notation: Notation | None = None) -> Asked:
    """Return the formula that a text is for a target. Raises :class:`InputError`.

    ``target`` is a name of a quantity, or ``= FORMULA``, to which the text should be equal.
    """
    if not isinstance(text, str):
        raise InputError(f"formula: got {type(text).__name__}, expected text")
    given = Notation() if notation is None else notation
    chosen = _target(target, given)
    try:
        return _read(chosen, text, where, given)
    except InputError as error:
        raise InputError(f"formula: {error}") from None


def _target(name: str, notation: Notation) -> Target:
    if not name.startswith("="):
        target = target_named(name)
        return TARGETS[SUMS.get(name, name)] if notation.total else target
    try:
        text, latex = bare(name[1:].strip())
        tree = notation.ordered(parsed(notation.ours(text, latex=latex), latex))
        free = _PAIR if any(free_indices_of_sigma(tree)) else ()
        names = free_names(free_indices(tree), free)
        tree = _apart(tree, free)
        check_meaning(renamed(tree, names), free, finite=True, target="the first formula")
    except InputError as error:
        raise InputError(f"the first formula: {error}") from None
    return formula_target(name, tree, free)


def _apart(tree: Node, free: tuple[str, ...]) -> Node:
    """Return a formula in which l, where it is not free, is the name of no index of sums either."""
    return tree if set(free) <= {*free_indices(tree)} | {"i"} else renamed(tree, {"": "l"})


def _with_names(target: Target, names: Mapping[str, str], free: tuple[str, ...]) -> Target:
    """Return the target that is another formula, its indices named as those of a formula are."""
    assert target.other is not None
    other = _apart(renamed(target.other, names), free)
    check_meaning(other, free, finite=True, target="the first formula")
    return formula_target(f"= {plain_text(other)}", other, free)


def _names(target: Target, tree: Node, assumed: str, free: tuple[str, ...]) -> Mapping[str, str]:
    """Return our names for the author's free indices: one name for each, wherever it stands.

    Those are of the formula, of the one that it should equal, and of what is assumed: what one
    name means in one of them it means in all.
    """
    used = set(free_indices(tree))
    if target.other is None and len(free) == len(_WAVE):
        return _of_waves(tree, used, set(_INDEX.findall(assumed)))
    if target.other is None and len(free) == 1:
        used = used or set(held_indices(tree))
        if len(used) > 1:
            raise InputError(
                f"got the free indices {', '.join(sorted(used))}, expected one: the others are "
                "those of sums, such as sum(l != i, ...)"
            )
    if target.other is not None:
        used |= set(free_indices(target.other))
    said = set(_INDEX.findall(assumed)) if free else set()
    if target.other is not None and len(used) > len(_PAIR):
        raise InputError(
            f"got the free indices {', '.join(sorted(used))} in the two formulas together, "
            "expected at most two"
        )
    if len(used) <= len(free) < len(used | said):
        one = target.other is None and len(used) == 1
        one = one and len(free) == len(_PAIR)
        same = f"; where the quantity's two are one, write {min(used)} = l" if one else ""
        raise InputError(
            f"where: got {', '.join(sorted(said - used))}, expected the free indices of the "
            f"formula: {', '.join(sorted(used))}{same}"
        )
    return free_names(used | said, free)


def _of_waves(tree: Node, used: set[str], said: set[str]) -> Mapping[str, str]:
    """Return our names where one index is that of a wave: what stands in the cosine is m."""
    found = set(waves(tree))
    if len(found) > 1:
        raise InputError(f"got cosines of {', '.join(sorted(found))}, expected one free index")
    if len(pair := (used | said) - found) > len(_PAIR):
        raise InputError(f"got the free indices {', '.join(sorted(pair))}, expected two")
    return {**free_names(pair, _PAIR), **dict.fromkeys(found - {"m"}, "m")}


def _read(target: Target, text: str, where: str, given: Notation) -> Asked:
    inner, latex = bare(text)
    last, proportional = last_side(inner)
    measured = measure_of(target.name, last, given) if latex else None
    bare_side = last if measured is None else last[: measured.end]
    if latex:
        refuse_differentials(bare_side, given)
    side = _eigenvalues(bare_side, target, given)
    ranked = target.quantity is not None and target.quantity.ranked
    usual = {**_USUAL, **_RANK} if ranked else _USUAL
    refusal: InputError | None = None
    for notation, notes in _notations(side, latex, given, usual):
        try:
            tree = notation.ordered(parsed(notation.ours(side, latex=latex), latex))
            assumed = notation.ours(where, latex="\\" in where)
            if len(target.free) == 1:
                assumed = _APART.sub("sigma distinct", assumed)
            indexed = any(free_indices_of_sigma(tree)) or _INDEX.search(assumed)
            free = _PAIR if target.other is not None and indexed else target.free
            names = _names(target, tree, assumed, free)
            judged = target if target.other is None else _with_names(target, names, free)
            tree = (
                renamed(tree, names) if target.other is None else _apart(renamed(tree, names), free)
            )
            check_meaning(tree, free, finite=target.finite, target=target.name)
            judged = replace(judged, where=_where(judged, assumed, names))
        except InputError as error:
            refusal = refusal or error
            continue
        changed = notation.rewrites or names or side != bare_side
        statement = plain_text(tree) if changed else " ".join(text.split())
        indices = {ours: theirs for theirs, ours in names.items()}
        return Asked(judged, tree, statement, proportional, notation, indices, notes)
    assert refusal is not None
    raise refusal


def _eigenvalues(text: str, target: Target, notation: Notation) -> str:
    r"""Return a formula in LaTeX with \lambda_{il}, the eigenvalue of the operator, written out.

    In a formula of an eigenvalue, or of its inverse, it would say nothing, and is left.
    """
    unused = next((x for x in "jkmpqrtuvwxyz" if x not in text), "")
    if target.free or not target.finite or r"\lambda" in notation.letters or not unused:
        return text
    depth, sigma = (
        next((theirs for theirs, ours in notation.letters.items() if ours == name), usual)
        for name, usual in (("N", "N"), ("sigma", r"\sigma"))
    )
    above = rf"\s*\^\s*(?:{re.escape(depth)}|\{{\s*\(?\s*{re.escape(depth)}\s*\)?\s*\}})"
    if re.search(rf"\\lambda\s*(?:{above}\s*_|_\s*\{{[^{{}}]*\}}{above})", text):
        raise InputError(
            rf"got \lambda_{{il}} with {depth} above, a power or a name; write \lambda_{{il}}, or "
            rf"(\lambda_{{il}})^{depth} for the power"
        )
    exponents = (f"{{2({depth}-{unused})/{depth}}}", f"{{2({unused}-1)/{depth}}}")

    def written(found: re.Match[str]) -> str:
        powers = "".join(
            f"{sigma}_{{{index}}}^{power}"
            for index, power in zip(found.groups(), exponents, strict=True)
        )
        over = "1" if notation.total else rf"\frac{{1}}{{{depth}}}"
        return rf"\left({over}\sum_{{{unused}=1}}^{{{depth}}}{powers}\right)"

    return re.sub(r"\\lambda\s*_\s*\{\s*([a-z])\s*,?\s*([a-z])\s*\}", written, text)


def _where(target: Target, says: str, names: Mapping[str, str]) -> Hypotheses:
    """Return what is assumed, of indices by the author's names."""
    if not says.strip():
        return NONE
    ours = _INDEX.sub(lambda found: names.get(found[0], found[0]), says)
    return hypotheses(ours, target.free, finite=target.finite)


def _notations(
    text: str, latex: bool, given: Notation, usual: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[Notation, tuple[str, ...]]]:
    """Yield the notation that is given, and it with usual letters that occur, fewest first."""
    yield given, ()
    words = set(re.findall(r"\\[A-Za-z]+|[A-Za-z]" if latex else "[A-Za-z]+", text))
    occurring = [name for name in usual if name in words and name not in given.letters]
    for number in range(1, len(occurring) + 1):
        for chosen in combinations(occurring, number):
            letters = {name: usual[name][0] for name in chosen}
            notes = tuple(f"{name} is read as {': '.join(usual[name])}" for name in chosen)
            yield replace(given, letters={**given.letters, **letters}), notes
