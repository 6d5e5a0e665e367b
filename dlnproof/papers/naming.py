r"""Sides of an equation that only name the quantity: ``\log\operatorname{vol}(O_W)`` of an entropy.

In a chain they stand between other sides, and say what is computed there, not how.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dlnproof.language.measures import without_measure

_FONTS: Final = re.compile(
    r"\\(?:operatorname\*?|mathrm|mathcal|mathbf|mathsf|mathit|mathbb|text|textrm)"
    r"(?:\{([^{}]*)\}|([A-Za-z]))"
)
_SIZES: Final = re.compile(r"\\(?:left|right|[bB]igg?[lrm]?)(?![A-Za-z])|\\[,;:! ]|~|\s|\\middle")
_LETTER: Final = r"[A-Za-z]"
_G: Final = rf"g(?:[_^]{_LETTER}|[_^]\\infty)?(?:_W|\(W\))?"
_A: Final = rf"A(?:_{_LETTER}|_\\infty)?(?:,W|_W)?"
_ORBIT: Final = r"(?:[Vv]ol\(O_?W\)|[Vv]ol\(O\(W\)\)|\|O_W\||[Vv]ol_?O_W)"
_VOLUME: Final = rf"(?:\\sqrt\\det{_G}|\\sqrt\\det\({_G}\)|\(\\det{_G}\)\^1/2|\\det\({_G}\)\^1/2)"
_ENTROPY: Final = rf"S\(W\)|S_{_LETTER}\(W\)|\\(?:log|ln){_ORBIT}|\\(?:log|ln)\({_ORBIT}\)"

_LOG_VOLUME: Final = rf"\\(?:log|ln){_VOLUME}|\\frac12\\log\\det{_G}"


def _slope(of: str) -> str:
    """Return what the derivative by a singular value of one of these names is written as."""
    by = rf"\\(?:partial|nabla)_(?:\\sigma_)?{_LETTER}|\\frac\\partial\\partial\\sigma_{_LETTER}"
    return rf"(?:{by})(?:{of})|\\frac\\partial(?:{of})\\partial\\sigma_{_LETTER}"


_NAMES: Final[Mapping[str, str]] = {
    "entropy": _ENTROPY,
    "orbit-volume": rf"{_ORBIT}|(?:e\^|\\exp\(?)(?:{_ENTROPY})\)?",
    "volume-density": _VOLUME,
    "log-volume-density": _LOG_VOLUME,
    "volume-gradient": _slope(_LOG_VOLUME),
    "entropy-gradient": _slope(rf"{_ENTROPY}|S"),
    "volume-form": rf"{_VOLUME}|d\\?[Vv]ol(?:_{_G})?|dv_{_G}|d\\mu(?:_{_G})?",
    "metric-determinant": rf"\\det{_G}|\\det\({_G}\)|1/\\det{_A}|\\frac1\\det{_A}|\\det{_A}\^-1",
    "eigenvalue": rf"\\lambda_{_LETTER},?{_LETTER}",
    "metric-entry": rf"1/\\lambda_{_LETTER},?{_LETTER}|\\lambda_{_LETTER},?{_LETTER}\^-1",
    "operator-trace": rf"(?:\\?[Tt]r){_A}|(?:\\?[Tt]r)\({_A}\)",
    "scalar-curvature": rf"(?:[Ss]cal|R)(?:\((?:{_G}|W)\)|_(?:{_G}|W))?(?:\(W\))?",
    "factors-squared-norm": rf"\\sum_j(?:=1\^{_LETTER})?(?:\\\|W_j\\\|_F\^2|\\\|W_j\\\|\^2_F)",
    "svd-jacobian": r"\|?\\det(?:J|DF|dF)\|?|\|J\|",
}
"""How papers name quantities, in what is left of LaTeX without braces, fonts and space."""


def names(target: str, side: str) -> bool:
    r"""Whether a side only names a target's quantity.

    >>> names("entropy", r"\log \operatorname{vol}(\mathcal{O}_W)")
    True
    >>> names("entropy", r"\log \sigma_1")
    False
    >>> names("entropy-gradient", r"\frac{\partial S}{\partial\sigma_k}")
    True
    """
    pattern = _NAMES.get(target.removeprefix("submersion-").removeprefix("infinite-"))
    if pattern is None:
        return False
    plain = _FONTS.sub(lambda found: found[1] or found[2], without_measure(side))
    plain = plain.replace(r"\lVert", r"\|").replace(r"\rVert", r"\|").replace(r"\Vert", r"\|")
    plain = re.sub(r"\\(?:top|intercal)(?![A-Za-z])", "T", _SIZES.sub("", plain))
    plain = re.sub(r"\\[lr]?vert(?![A-Za-z])", "|", plain)
    return re.fullmatch(pattern, re.sub(r"[{}]", "", plain)) is not None
