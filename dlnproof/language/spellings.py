r"""What papers write for what the grammars know: ``WW^T``, ``\operatorname{vol}(O_d)``, dots.

W W^T and W^T W have the eigenvalues sigma_i^2, and stand where Sigma^2 could: in determinants and
traces. |det W| is det(Sigma); the square of the Frobenius norm of W, and its nuclear norm, are
traces. The volume of O_d is c_d, for the metric Tr(a^T a).
"""

from __future__ import annotations

import re
from typing import Final

_S: Final = r"(?:\s|\\[,;:! ]|\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z|])(?!\s*\|))*"
_T: Final = (
    r"\s*\^\s*(?:\{\s*(?:T|\\top|\\intercal|\\(?:mathsf|mathrm|rm)\s*\{?\s*T\s*\}?)\s*\}"
    r"|T|\\(?:top|intercal)(?![A-Za-z]))"
)
_O: Final = r"(?:\\(?:mathrm|mathcal|mathbb|operatorname)\s*\{\s*O\s*\}|\\mathcal\s+O|O)"
_GROUP: Final = rf"{_O}\s*(?:_\s*d|_\s*\{{\s*d\s*\}}|\(\s*d\s*\))"
_VOL: Final = r"(?:\\(?:operatorname|mathrm|text)\s*\{\s*[Vv]ol\s*\}|\\[Vv]ol(?![A-Za-z]))"
_LEFT: Final = r"(?:\\left\s*\||\\lvert(?![A-Za-z])|\|)"
_RIGHT: Final = r"(?:\\right\s*\||\\rvert(?![A-Za-z])|\|)"
_NORM: Final = r"(?:(?:\\left|\\right|\\[bB]igg?[lr]?)?\s*(?:\\\||\\[lr]?Vert(?![A-Za-z])))"
_F: Final = r"\s*_\s*(?:F|\{\s*(?:F|\\(?:mathrm|text|rm)\s*\{?\s*F\s*\}?)\s*\})"
_SQUARE: Final = r"\s*\^\s*(?:2|\{\s*2\s*\})"
_NORMED: Final = rf"(?:{_NORM}{_S}W{_S}{_NORM}|\\norm\*?\s*\{{\s*W\s*\}})"
_NUCLEAR: Final = r"\s*_\s*(?:\*|\\ast(?![A-Za-z])|\{\s*(?:\*|\\ast)\s*\})"
_X: Final = r"(?P<x>(?:\s*\^\s*(?:\{[^{}]*\}|[0-9a-zN]))?)"
_FIRST: Final = rf"\\sigma\s*_\s*(?:1|\{{\s*1\s*\}})\s*{_X}"
_LAST: Final = r"\\sigma\s*_\s*(?:d|\{\s*d\s*\})\s*(?P=x)(?!\s*\^|[A-Za-z0-9])"
_DOTS: Final = r"\\(?:dots|ldots|cdots|dotsc|dotsb|dotsm)(?![A-Za-z])"

_LATEX: Final = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (rf"{_LEFT}{_S}\\det{_S}(?:W|\({_S}W{_S}\)|\{{\s*W\s*\}}){_S}{_RIGHT}", r"\\det(\\Sigma)"),
        (rf"(?<![A-Za-z\\])W{_S}W{_T}|(?<![A-Za-z\\])W{_T}{_S}W(?![A-Za-z])", r"{\\Sigma^{2}}"),
        (rf"{_NORMED}\s*(?:{_F}{_SQUARE}|{_SQUARE}{_F})", r"\\operatorname{tr}(\\Sigma^{2})"),
        (rf"{_NORMED}{_NUCLEAR}", r"(\\operatorname{tr}(\\Sigma))"),
        (rf"{_VOL}{_S}\({_S}{_GROUP}{_S}\)|{_LEFT}{_S}{_GROUP}{_S}{_RIGHT}", r" c_{d}"),
        (rf"{_FIRST}{_S},{_S}{_DOTS}{_S},{_S}{_LAST}", r"\\Sigma\g<x>"),
    )
)
_WITH_DOTS: Final = re.compile(rf"{_FIRST}{_S}(?P<plus>\+)?{_S}{_DOTS}{_S}(?(plus)\+){_S}{_LAST}")
_TRANSPOSE: Final = r"\s*(?:\^|\*\*)\s*T\b"
_PLAIN: Final = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"\babs\s*\(\s*det\s*\(\s*W\s*\)\s*\)", "det(Sigma)"),
        (rf"\bW\s*\*?\s*W{_TRANSPOSE}|\bW{_TRANSPOSE}\s*\*?\s*W\b", "(Sigma**2)"),
        (r"\b[Vv]ol\s*\(\s*O\s*(?:_\s*d|\(\s*d\s*\))\s*\)", "c(d)"),
    )
)


def spelled(text: str, *, latex: bool) -> str:
    r"""Return a formula in the spelling that the grammars know.

    >>> spelled(r"\det(WW^\top)^{1/2}", latex=True)
    '\\det({\\Sigma^{2}})^{1/2}'
    """
    for pattern, other in _LATEX if latex else _PLAIN:
        text = pattern.sub(other, text)
    return _WITH_DOTS.sub(_without_dots, text) if latex else text


def _without_dots(found: re.Match[str]) -> str:
    """Return a product with dots as a determinant, a sum as a trace, where it stands by itself.

    A factor or a minus beside a sum belongs to one end of it, and so may what a product divides.
    """
    before, after = found.string[: found.start()].rstrip(), found.string[found.end() :].lstrip()
    if not found["plus"]:
        return found[0] if before[-1:] == "/" else rf"\det(\Sigma{found['x']})"
    ends = after[:1] in ("", *")}]|,+-=") or after.startswith(r"\right")
    if not ends or before[-1:] not in ("", *"({[|,+="):
        return found[0]
    return rf"\operatorname{{tr}}(\Sigma{found['x']})"


_WORDS: Final = re.compile(
    r"(?<![A-Za-z\\])(sigma|Sigma|sum|prod|det|log|exp|tr|pi|van|sqrt)(?![A-Za-z])"
)
_SIGNS: Final = (("**", "^"), ("<=", r"\le "), (">=", r"\ge "), ("!=", r"\ne "))


def as_latex(text: str) -> str:
    """Return what terminals show, such as ``sum_{j=1}^N sigma_i^(2/N)``, as LaTeX.

    >>> as_latex("prod_{i<l} (sigma_i^(2/N))")
    '\\\\prod_{i<l} (\\\\sigma_i^{2/N})'
    """
    text = re.sub(r"(?<![A-Za-z\\])lambda_([a-z])([a-z])\b", r"\\lambda_{\1\2}", text)
    for sign, other in _SIGNS:
        text = text.replace(sign, other)
    text = _WORDS.sub(
        lambda found: r"\operatorname{van}" if found[1] == "van" else f"\\{found[1]}", text
    )
    opened, closes = list[str](), {"(": ")", "{": "}"}
    made, before = "", ""
    for character in text:
        if character == "(" and (before == "^" or made.rstrip().endswith(r"\sqrt")):
            opened.append("}")
            made += "{"
        elif character in closes:
            opened.append(closes[character])
            made += character
        elif character in ")}" and opened:
            made += opened.pop()
        else:
            made += character
        before = character if not character.isspace() else before
    return made
