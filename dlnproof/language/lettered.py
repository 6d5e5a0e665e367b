r"""LaTeX formulas with letters of their own: what each printed name stands for, and the tree.

The letters of a spectrum (N, d, sigma_i and its root, the logarithm) are read by the
grammar, whatever a formula calls them. Any other letter of a formula is read by the name that it
prints; two letters of one name, and a name that means something else already, are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import product
from typing import Final

from dlnproof.core.expression import Letter
from dlnproof.errors import InputError
from dlnproof.language.exponents import Exponent, NotReducibleError, constant, exponent
from dlnproof.language.meaning import check_meaning
from dlnproof.language.meant import KNOWN, symbol
from dlnproof.language.reading import read
from dlnproof.language.rows import free_indices
from dlnproof.language.tree import Node, Number, Operation, Sigma, Symbol, number, rebuilt

TRANSPOSED: Final = "T"
"""The exponent of a letter that is a transpose."""

_OF_SIGMA: Final = re.compile(r"\\(?:det|operatorname|tr|mathrm)(?![A-Za-z])")
"""What the grammar reads of Sigma; in a formula without it Sigma is a letter like others."""

_EIGENVALUE: Final = (
    r"\left(\frac{{1}}{{N}}\sum_{{j=1}}^{{N}}\sigma_{0}^{{2(N-j)/N}}\sigma_{1}^{{2(j-1)/N}}\right)"
)
r"""\lambda_{il} by its definition: the eigenvalue of the operator at finite depth."""

_WORDS: Final = r"\\(?:operatorname\*?|math[a-z]+|text[a-z]*)\s*\{[^{}]*\}|\\(?:[A-Za-z]+|.)"
"""What holds no name of a letter: a function's name, a command."""

_MOST_POWER: Final = 16


class MeaninglessError(ValueError):
    """A formula is printed with a name that stands for nothing, or for two things."""


@dataclass(frozen=True)
class Lettered:
    """The tree of a formula, and the letters that symbols in it stand for."""

    tree: Node
    letters: Mapping[str, Letter]

    @property
    def in_words(self) -> bool:
        """Whether the letters are matrices: one is a transpose."""
        return any(letter.exponent == TRANSPOSED for letter in self.letters.values())


def read_lettered(
    latex: str,
    letters: Iterable[Letter],
    *,
    free: tuple[str, ...],
    finite: bool,
) -> Lettered:
    r"""Return the tree of LaTeX that may print the given letters, in free indices.

    At finite depth \lambda_{il} is the eigenvalue of the operator. Raises :class:`InputError` for
    what is not read, and :class:`MeaninglessError`.
    """
    own = sorted(set(letters) - KNOWN.keys(), key=lambda letter: letter.name)
    names = _names(own, diagonal=_OF_SIGMA.search(latex) is not None)
    symbols = dict(zip(names, _unused(latex, len(names)), strict=True))
    tree = read(f"${_with_symbols(latex, symbols, finite=finite)}$")
    powers = {
        symbols[name]: {_with_symbols(e, symbols, finite=finite): x for e, x in found.items()}
        for name, found in names.items()
    }
    tree = _with_letters(tree, powers)
    meant = {symbol(letter).name: letter for letter in own}
    try:
        check_meaning(tree, (*free, *meant), finite=True, target="printed")
    except InputError as error:
        raise MeaninglessError(str(error)) from None
    return Lettered(tree, meant)


def _names(own: Iterable[Letter], *, diagonal: bool) -> dict[str, dict[str, Letter]]:
    """Return the names that letters print, with the exponents that they carry."""
    taken = {tokens(r"\Sigma")} if diagonal else set()
    names: dict[str, dict[str, Letter]] = {}
    spelled: dict[tuple[str, ...], str] = {}
    for letter in own:
        spelled_as = tokens(letter.latex)
        refused = spelled_as in taken or spelled_as == _LAMBDA
        refused |= _is_compound(spelled_as, {tokens(x.latex) for x in own} | _SPELLED)
        if not spelled_as or refused or _is_number(letter.latex):
            raise MeaninglessError(
                f"the letter {letter.name} is printed as {letter.latex or 'nothing'}, which means "
                "something else"
            )
        found = names.setdefault(spelled.setdefault(spelled_as, letter.latex), {})
        other = found.setdefault(letter.exponent, letter)
        if other != letter:
            raise MeaninglessError(f"the letters {other.name} and {letter.name} are printed alike")
    return names


_TOKEN: Final = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.DOTALL)


def tokens(latex: str) -> tuple[str, ...]:
    """Return what is printed, without spaces and without braces around a single token."""
    bare = re.sub(r"\{\s*(\\[A-Za-z]+|\\.|[^\\{}])\s*\}", r" \1 ", latex)
    return tuple(t for t in _TOKEN.findall(bare) if not t.isspace() and t not in (r"\,", r"\;"))


_LAMBDA: Final = tokens(r"\lambda_{il}")
"""What means something in every formula, and is no number that the grammar reads."""


_SPELLED: Final = frozenset({("N",), ("d",)})
_OPENING, _CLOSING, _BARS = frozenset("{[("), frozenset("}])"), frozenset({"|", r"\|"})
_GROUPING: Final = _OPENING | _CLOSING | _BARS | {*"^_'", r"\Bigl", r"\Bigr", r"\left", r"\right"}
_BETWEEN: Final = frozenset(
    {*"+-=<>,/%&~", r"\!", r"\cdot", r"\pm", r"\phantom", r"\hphantom", r"\vphantom"}
)
"""What makes of a name more than one thing, or is not seen."""


def _is_compound(name: tuple[str, ...], names: Set[tuple[str, ...]]) -> bool:
    """Whether a name is made of others, so that a formula with it can be read in two ways."""
    depth, barred, base = 0, False, list[str]()
    for before, token in zip(("", *name), name, strict=False):
        depth -= token in _CLOSING
        barred ^= token in _BARS
        if depth < 0:
            return True
        if depth == 0 and not barred and token not in _GROUPING and before not in ("^", "_"):
            base.append(token)
        depth += token in _OPENING
    if depth or barred or _BETWEEN & {*base}:
        return True
    if base[:1] == ["d"]:
        return False  # a differential
    others = names - {name}
    made_of_others = all((token,) in others or token.isdigit() for token in base)
    return len(name) > 1 and base != [] and made_of_others


def _is_number(latex: str) -> bool:
    """Whether a name reads as a number already; those of sigma_1, sigma_2, ... are free to take."""
    try:
        tree = read(f"${latex}$")
        check_meaning(tree, ("i", "l"), finite=True, target="printed")
    except InputError:
        return False
    return not (isinstance(tree, Sigma) and isinstance(tree.index, Number))


def _unused(latex: str, count: int) -> list[str]:
    """Return letters that do not occur in a formula, to stand for its names."""
    spare = [x for x in "ABCDEFGHJKLMOPQRSUVWXYZabfghkmnopqrstuvwxyz" if x not in latex]
    if len(spare) < count:
        raise InputError("it has too many letters")
    return spare[:count]


def _with_symbols(latex: str, symbols: Mapping[str, str], *, finite: bool) -> str:
    """Return a formula with a symbol for each name, the longest first."""
    eigenvalue = r"\\lambda_\{\s*([a-z])\s*([a-z])\s*\}" if finite else "(?!)()()"
    ordered = sorted(symbols, key=len, reverse=True)
    named = "|".join(
        re.escape(name) + (r"(?![A-Za-z])" if re.search(r"\\[A-Za-z]+$", name) else "")
        for name in ordered
    )

    def put(found: re.Match[str]) -> str:
        if found[0] in symbols:
            return f" {symbols[found[0]]} "
        return _EIGENVALUE.format(found[1], found[2]) if found[1] else found[0]

    return re.sub(rf"{eigenvalue}|{named or '(?!)'}|{_WORDS}", put, latex)


def _with_letters(node: Node, powers: Mapping[str, Mapping[str, Letter]]) -> Node:
    """Return a tree in which each symbol is a letter, a name with its exponent being one."""
    match node:
        case Symbol(name) if name in powers:
            return _letter(powers[name], number(1))
        case Operation("**", Symbol(name), power) if name in powers:
            return _letter(powers[name], power)
    return rebuilt(node, [_with_letters(part, powers) for part in node.parts()])


def _letter(found: Mapping[str, Letter], power: Node) -> Node:
    """Return the power of a letter that a name to a power is."""
    if isinstance(power, Number) and "" in found:
        return _raised(found[""], power)
    if power == Symbol(TRANSPOSED) and TRANSPOSED in found:
        return symbol(found[TRANSPOSED])
    for (carried, letter), times in product(found.items(), range(1, _MOST_POWER + 1)):
        if carried not in ("", TRANSPOSED) and _polynomial(read(f"${carried}$")) * constant(
            times
        ) == _polynomial(power):
            return _raised(letter, number(times))
    raise InputError("it has an exponent that none of its letters carries")


def _raised(letter: Letter, power: Node) -> Node:
    return symbol(letter) if power == number(1) else Operation("**", symbol(letter), power)


def _polynomial(power: Node) -> Exponent:
    try:
        return exponent(power, free_indices(power))
    except NotReducibleError as error:
        raise InputError(str(error)) from None
