r"""What an author assumes of N, d and the singular values, in the words of a closed vocabulary.

Beyond what every quantity has (W invertible, sigma_1 >= ... >= sigma_d > 0) a formula can be stated
``where sigma distinct, N >= 2``. Then it is compared with the definition nowhere else, and what is
decided of it is decided there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from operator import eq, ge, lt, ne
from typing import Any, Final

from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.files.fields import shortened
from dlnproof.language.deciding import Cases
from dlnproof.limits import MOST_FORMULA_DEPTH, MOST_FORMULA_WIDTH

_OF_ALL: Final = ("sigma distinct", "N = 2", "N >= 2", "d = 2", "d >= 2")
_OF_INDICES: Final = ("i != l", "i = l", "i < l", "sigma_i != sigma_l", "sigma_i = sigma_l")
VOCABULARY: Final = (*_OF_ALL, *_OF_INDICES)
"""What can be said (and other numbers than 2); the last five where a formula has free indices."""

_SIGNS: Final[dict[str, Callable[[Any, Any], bool]]] = {"=": eq, "!=": ne, "<": lt, ">=": ge}
_SPELLED: Final = (
    (r"\\neq?(?![A-Za-z])|\\not\s*=", "!="),
    (r"\\(?:geq?|geqslant)(?![A-Za-z])", ">="),
    (r"\\lt(?![A-Za-z])", "<"),
    (r"\\sigma(?![A-Za-z])", "sigma"),
    (r"[${}\s]|\\[,;:! ]", ""),
)
_DOTS: Final = r"(?:\\[cl]?dots[bcm]?|\.\.\.)"
_STANDING: Final = re.compile(
    r"W=U(?:\\?Sigma)V\^(?:T|\\top|\\intercal|\\(?:mathsf|mathrm)T)"
    rf"|sigma_1>={_DOTS}>=sigma_d>0"
)
"""What every quantity has, and may be said all the same."""
_DISTINCT: Final = re.compile(rf"sigma_1>{_DOTS}>sigma_d(?:>0)?")
_BETWEEN: Final = re.compile(r",|\band\b")
_MOST: Final = {"N": MOST_FORMULA_DEPTH, "d": MOST_FORMULA_WIDTH}


@dataclass(frozen=True)
class Hypothesis:
    """One word of the vocabulary: ``left`` and ``right`` are related by ``sign``."""

    left: str
    sign: str
    right: str

    def __str__(self) -> str:
        return "sigma distinct" if not self.sign else f"{self.left} {self.sign} {self.right}"

    def admits(self, depth: Depth, roots: tuple[str, ...], indices: tuple[int, ...]) -> bool:
        """Whether it holds at a depth, a spectrum, and free indices i and l."""
        if not self.sign:
            return len(set(roots)) == len(roots)
        sizes: dict[str, Any] = {"N": depth, "d": len(roots)}
        if self.left in sizes:
            return _SIGNS[self.sign](sizes[self.left], int(self.right))
        both = indices[:2]
        pair = tuple(roots[k - 1] for k in both) if self.left == "sigma_i" else both
        return _SIGNS[self.sign](*pair)


@dataclass(frozen=True)
class Hypotheses:
    """Where a formula is stated: wherever all of them hold."""

    all: tuple[Hypothesis, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.all)

    def __str__(self) -> str:
        return ", ".join(map(str, self.all))

    def scope(self, *, finite: bool) -> str:
        """Return for what a formula is decided, under all of them."""
        said: dict[str, list[str]] = {"N": [], "d": [], "": []}
        for each in self.all:
            said[each.left if each.left in said else ""].append(str(each))
        sizes = ("N", "d") if finite else ("d",)
        text = ", ".join(", ".join(said[name]) or f"all {name}" for name in sizes)
        return text + (f" where {', '.join(said[''])}" if said[""] else "")

    def admit(self, depth: Depth, roots: tuple[str, ...], indices: tuple[int, ...]) -> bool:
        """Whether they hold at a depth, a spectrum, and free indices."""
        return all(each.admits(depth, roots, indices) for each in self.all)

    def admit_size(self, depth: Depth, width: int) -> bool:
        """Whether what they say of N and d holds."""
        return all(x.admits(depth, ("",) * width, ()) for x in self.all if x.left in ("N", "d"))

    def fixed(self, name: str) -> int | None:
        """Return the number that N or d is, or None."""
        found = (each for each in self.all if (each.left, each.sign) == (name, "="))
        return next((int(each.right) for each in found), None)

    def cases(self, free: tuple[str, ...]) -> Cases:
        """Return the orders of sigma_i and sigma_l that may occur."""
        said, alone = set(map(str, self.all)), self.fixed("d") == 1
        if len(free) < 2:
            apart = alone or "sigma distinct" in said
            return Cases(before=not alone, after=not alone, coincident=not apart)
        equal = alone or bool({"i = l", "sigma_i = sigma_l"} & said)
        apart = "sigma distinct" in said and bool({"i != l", "i < l"} & said)
        return Cases(
            before=not equal,
            after=not equal and "i < l" not in said,
            coincident=not apart and "sigma_i != sigma_l" not in said,
        )


NONE: Final = Hypotheses()


def shared(cases: Sequence[Hypotheses]) -> Hypotheses | None:
    """Return what all cases assume, if one of them holds wherever that does, or None.

    Looked at are N and d beyond each number that is named, all pairs of three indices, and singular
    values that differ, two that coincide, all that do: nothing else can be said.

    >>> said = ("N = 2, i = l", "N = 2, i != l")
    >>> print(shared([hypotheses(each, ("i", "l")) for each in said]))
    N = 2
    """
    words = [each for case in cases for each in case.all]
    common = Hypotheses(tuple(x for x in cases[0].all if all(x in case.all for case in cases)))
    most = 1 + max((int(x.right) for x in words if x.left in _MOST), default=2)
    for depth, width in product(range(1, most + 1), repeat=2):
        apart = tuple(map(str, range(width)))
        for roots in (apart, (apart[0], *apart)[:width], apart[:1] * width):
            for pair in product(range(1, min(width, 3) + 1), repeat=2):
                at = (depth, roots, pair)
                if common.admit(*at) and not any(case.admit(*at) for case in cases):
                    return None
    return common


_FORMULA: Final = re.compile(
    r"(?<=all )[Nd]\b|\bsigma(?= distinct)"
    r"|\b(?:N|d|i|l|sigma_[il]) (?:!=|>=|=|<) (?:l\b|sigma_l\b|[0-9.]+(?:, [0-9.]+)*)"
)


def in_dollars(scope: str) -> str:
    r"""Return for what a formula is decided, or where it fails, with its formulas in dollars.

    >>> in_dollars("all N, d >= 2 where sigma_i != sigma_l")
    'all $N$, $d \\ge 2$ where $\\sigma_i \\ne \\sigma_l$'
    """

    def set_(found: re.Match[str]) -> str:
        text = found[0].replace("!=", r"\ne").replace(">=", r"\ge")
        return f"${text.replace('sigma', chr(92) + 'sigma')}$"

    return _FORMULA.sub(set_, scope)


def hypotheses(says: str, free: tuple[str, ...], *, finite: bool = True) -> Hypotheses:
    """Return what is said, separated by commas or "and"; ``free`` are a quantity's free indices.

    ``finite``: it has a depth N.

    Raises :class:`InputError` for what the vocabulary does not have.

    >>> print(hypotheses(r"N >= 2, \\sigma_i \\ne \\sigma_l", ("i", "l")))
    N >= 2, sigma_i != sigma_l
    """
    said = VOCABULARY if len(free) > 1 else _OF_ALL
    known = tuple(each for each in said if finite or not each.startswith("N "))
    parts = (part for part in _BETWEEN.split(says) if not _STANDING.fullmatch(_spelled(part)))
    return Hypotheses(tuple(_hypothesis(part, known) for part in parts))


def _spelled(says: str) -> str:
    for pattern, other in _SPELLED:
        says = re.sub(pattern, other, says)
    return says


def _hypothesis(says: str, known: tuple[str, ...]) -> Hypothesis:
    plain = _spelled(says)
    if plain == "sigmadistinct" or _DISTINCT.fullmatch(plain):
        return Hypothesis("sigma", "", "distinct")
    found = re.fullmatch(r"([Nd])(>=|=)([0-9]{1,2})", plain)
    if found and f"{found[1]} = 2" in known and 1 <= int(found[3]) <= _MOST[found[1]]:
        return Hypothesis(found[1], found[2], str(int(found[3])))
    for each in known:
        if each in _OF_INDICES and plain == each.replace(" ", ""):
            return Hypothesis(*each.split(" "))
    raise InputError(
        f"where: got {shortened(says.strip())!r}, expected some of {', '.join(known)}, joined by "
        f"commas or 'and' (or another number: N up to {_MOST['N']}, d up to {_MOST['d']})"
    )
