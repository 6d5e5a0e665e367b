"""Plain text read as pieces: words, and parts of formulas with their scripts and brackets."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from dlnproof.errors import InputError

_GREEK: Final = frozenset(
    [
        *("alpha", "beta", "gamma", "delta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi"),
        *("pi", "rho", "sigma", "tau", "phi", "psi", "omega"),
        *("Gamma", "Delta", "Lambda", "Sigma", "Phi", "Omega"),
    ]
)
_NAMED: Final = {
    "inf": r"\infty",
    "kron": r"\otimes",
    "epsilon": r"\varepsilon",
    "GL": r"\mathrm{GL}",
    "so": r"\mathfrak{so}",
    "dt": "dt",
    **{name: rf"\{name}" for name in _GREEK},
}
_FUNCTIONS: Final = {
    **{name: rf"\{name}" for name in ("log", "det", "exp", "cos", "sin")},
    **{name: rf"\operatorname{{{name}}}" for name in ("van", "Tr", "vol", "diag")},
}
"""Functions where an argument follows; sums and products where a script follows."""
_SUMS: Final = {name: rf"\{name}" for name in ("sum", "prod", "min", "max")}
_RELATIONS: Final = {
    ">=": r"\ge ", "<=": r"\le ", "!=": r"\ne ", "->": r"\to ", "|->": r"\mapsto ",
}  # fmt: skip
_BINARY: Final = {"*": r"\cdot ", "^": r"\wedge ", "x": r"\times "}
_BRACKETS: Final = {"(": ("(", ")"), "{": (r"\{", r"\}"), "<": (r"\langle ", r"\rangle ")}
_ESCAPED: Final = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    '"': "''",
    **{c: f"${c}$" for c in "<>|*"},
    **{c: rf"\{c}" for c in "_{}%&#$"},
    **{c: f"{{{c}}}" for c in "[]"},  # else an optional argument, where one may stand
}
_PUNCTUATION: Final = frozenset("(),;:")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?(?:e[-+]?\d+)?", re.ASCII)
_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
    |(?P<word>(?:i\.e|e\.g)\.|[A-Za-z]{2,}(?:-[A-Za-z0-9]+)+|[A-Z]+\d{4}|[A-Za-z]+'[a-z]+|\d+(?:\.\d+)?%)
    |(?P<number>\d+(?:\.\d+)?(?:e[-+]?\d+)?)
    |(?P<dots>\.{2,3})
    |(?P<open>[({]|<(?=[A-Z]|d[a-z]))|(?P<close>[)}]|(?<=[A-Za-z)])>(?=[\s,.;)]|$))
    |(?P<relation>\|->|>=|<=|!=|->|[=<>])
    |(?P<name>d[A-Z][a-z]*|[A-Za-z]+)
    |(?P<script>[_^])
    |(?P<sign>\+-(?=[\s(]))
    |(?P<binary>[-+*/])
    |(?P<bar>\|)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


class Piece(NamedTuple):
    """A stretch of text: ``kind`` is that of its token, ``atom`` for what formulas are made of.

    ``scripts`` are the marks of those that it has already: LaTeX refuses a second of a kind.
    """

    kind: str
    latex: str
    scripts: str = ""


def printable(text: str) -> str:
    """Return text with each line break as a space.

    Raises :class:`InputError` for what is no printable ASCII.
    """
    text = re.sub(r"[\t\n\r]", " ", text)
    if not text.isascii() or not text.isprintable():
        raise InputError(
            f"text {text[:40]!a}: got a character that is no printable ASCII; expected a "
            "record as dlnproof writes it"
        )
    return text


def escaped(text: str) -> str:
    r"""Return text as LaTeX word for word, nothing in it read as a formula.

    Raises :class:`InputError` for what is no printable ASCII.

    >>> escaped("not_observed")
    'not\\_observed'
    """
    return "".join(_ESCAPED.get(c, c) for c in printable(text))


def number(text: str) -> str:
    r"""Return a number as mathematics: 3.1e-47 as 3.1 times a power of ten.

    Raises :class:`ValueError` for what is no decimal number without a sign.

    >>> number("3.1e-47"), number("1e-06"), number("4.0")
    ('3.1\\cdot10^{-47}', '10^{-6}', '4.0')
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text[:40]!a} is no number")
    mantissa, _, exponent = text.partition("e")
    if not exponent or float(mantissa) == 0:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa}\cdot{power}"


def pieces_of(text: str) -> list[Piece]:
    """Return text as pieces, in order."""
    return _read([Piece(str(m.lastgroup), m[0]) for m in _TOKEN.finditer(text)], formula=False)


def _read(tokens: list[Piece], *, formula: bool) -> list[Piece]:
    """Return tokens as pieces, scripts and brackets put together; ``formula``: all of it is one."""
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens):
        kind, text, _ = tokens[at]
        before = tokens[at - 1].kind if at else "space"
        after = tokens[at + 1] if at + 1 < len(tokens) else Piece("", "")
        if text == "x" and _by(tokens, at):
            pieces.append(Piece("binary", text))
        elif kind == "name":
            pieces.append(_name(text, tokens[at + 1 :], formula=formula))
        elif kind == "number" and before == "name" and pieces[-1].kind in ("atom", "article"):
            pieces[-1] = _scripted(pieces[-1], "_", text)  # w11
        elif text == "^" and after.kind == "space":
            pieces.append(Piece("binary", text))
        elif _has_script(kind, pieces, after):
            script, at = _script(tokens, at + 1)
            pieces[-1] = _scripted(pieces[-1], text, script)
            continue
        elif kind == "open" and (end := _closing(tokens, at)):
            pieces += _bracket(tokens[at : end + 1], plain=pieces[-1:], formula=formula)
            at = end
        elif kind in ("bar", "sign"):
            pieces.append(Piece("atom", "|" if kind == "bar" else r"\pm"))
        else:
            pieces.append(tokens[at])
        at += 1
    return pieces


def _has_script(kind: str, pieces: list[Piece], after: Piece) -> bool:
    scriptable = bool(pieces) and pieces[-1].kind in ("atom", "article", "number")
    return kind == "script" and after.kind != "space" and scriptable


def _scripted(piece: Piece, mark: str, script: str) -> Piece:
    """Return a piece with one more script; with the second of a kind, the first is of its base."""
    base, scripts = piece.latex, piece.scripts
    if mark in scripts:
        base, scripts = f"{{{base}}}", ""
    return Piece("atom", f"{base}{mark}{{{script}}}", scripts + mark)


def _by(tokens: list[Piece], at: int) -> bool:
    """Whether the letter x at a place stands between equal sizes, as in 3 x 3."""
    return 2 <= at < len(tokens) - 2 and tokens[at - 2] == tokens[at + 2]


def _name(text: str, following: list[Piece], *, formula: bool) -> Piece:
    next_ = next((token for token in following if token.kind != "space"), Piece("", ""))
    tight = following[0] if following else Piece("", "")
    scripted, bracketed = tight.kind == "script", tight.kind == "open"
    argued = next_.kind in ("open", "script") or _is_letter(next_.latex)
    for known, wanted in (
        (_NAMED, text != "so" or bracketed),
        ({"sqrt": r"\sqrt"}, bracketed and _closing(following, 0)),
        (_FUNCTIONS, argued),
        (_SUMS, scripted),
    ):
        if text in known and wanted:
            return Piece("atom", known[text])
    if text[0] == "d" and (re.fullmatch("[A-Z]", text[1:]) or text[1:] in _GREEK):
        return Piece("atom", rf"d\{text[1:]}" if text[1:] in _GREEK else text)
    if len(text) > 1:
        return Piece("atom" if formula and len(text) == 2 else "word", text)
    sure = text not in "aAI" or scripted or bracketed or formula
    letter = r"\mathcal{A}" if text == "A" and sure and not formula else text
    return Piece("atom" if sure else "article", letter)


def _is_letter(text: str) -> bool:
    return (len(text) == 1 and text.isalpha()) or text in _NAMED


def _script(tokens: list[Piece], at: int) -> tuple[str, int]:
    """Return what stands in a sub- or superscript, without its brackets, and where it ends."""
    if at < len(tokens) and tokens[at].kind == "open" and (end := _closing(tokens, at)):
        return whole(_read(tokens[at + 1 : end], formula=True)), end + 1
    sign = ""
    if at < len(tokens) and tokens[at].latex == "-":
        sign, at = "-", at + 1
    if at < len(tokens) and tokens[at].kind in ("name", "number", "binary"):
        text = tokens[at].latex
        return sign + _NAMED.get(text, text), at + 1
    return sign, at


def _closing(tokens: list[Piece], at: int) -> int:
    """Return where the bracket that opens at a place is closed, 0 if it is not."""
    depth = 0
    for k in range(at, len(tokens)):
        depth += {"open": 1, "close": -1}.get(tokens[k].kind, 0)
        if depth == 0:
            return k
    return 0


def _bracket(tokens: list[Piece], plain: list[Piece], *, formula: bool) -> list[Piece]:
    """Return a bracket as one piece of a formula, or as its pieces where it holds words."""
    if plain and plain[0].latex == r"\sqrt":
        return [Piece("atom", f"{{{whole(_read(tokens[1:-1], formula=True))}}}")]
    inside = _read(tokens[1:-1], formula=formula)
    wordy = any(p.kind in ("word", "close", "open") for p in inside)
    others = "".join(p.latex for p in inside if p.kind == "other")
    after_word = bool(plain) and plain[0].kind == "word"
    if wordy or after_word or not inside or others.strip(",;"):
        return [Piece("other", tokens[0].latex), *inside, Piece("other", tokens[-1].latex)]
    left, right = _BRACKETS[tokens[0].latex]
    return [Piece("atom", f"{left}{whole(inside)}{right}")]


def whole(pieces: list[Piece]) -> str:
    """Return pieces as one formula; spaces are kept beside words only."""
    text = ""
    for k, piece in enumerate(pieces):
        if piece.kind != "space":
            text += _math(piece)
        elif "word" in (near.kind for near in pieces[max(k - 1, 0) : k + 2]):
            text += r"\ "
    return re.sub(r"(?<!wedge)(?<=[A-Za-z)}]) ?(?=d(\\Sigma|[UVW]))", r"\\,", text).strip()


def _math(piece: Piece) -> str:
    """Return a piece within a formula."""
    kind, text, _ = piece
    if kind == "relation":
        return _RELATIONS.get(text, text)
    if kind == "binary":
        return _BINARY.get(text, text)
    if kind == "dots":
        return r"\dots " if text == "..." else r",\dots,"
    if kind == "number":
        return number(text)
    if kind in ("atom", "article"):
        return text + " " * bool(re.search(r"\\[A-Za-z]+$", text))
    return f"{text} " if text in _PUNCTUATION else rf"\text{{{escaped(text)}}}"
