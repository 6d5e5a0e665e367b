"""Plain text with formulas in it, as records and the catalogue hold it, as LaTeX.

Words stay words; what is visibly a formula (``N >= 2``, ``sigma_i^(2/N)``, ``|w11|``) is set as
one. Every character that LaTeX would read as a command is escaped: the text may be anybody's.
"""

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
}
_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
    |(?P<word>(?:i\.e|e\.g)\.|[A-Za-z]{2,}(?:-[A-Za-z0-9]+)+|[A-Z]+\d{4}|[A-Za-z]+'[a-z]+|\d+(?:\.\d+)?%)
    |(?P<number>\d+(?:\.\d+)?(?:e[-+]?\d+)?)
    |(?P<dots>\.{2,3})
    |(?P<open>[({]|<(?=[A-Z]|d[a-z]))|(?P<close>[)}]|(?<=[A-Za-z)])>(?=[\s,.;)]|$))
    |(?P<relation>\|->|>=|<=|!=|->|[=<>])
    |(?P<name>d[A-Z][a-z]*|[A-Za-z]+)
    |(?P<script>[_^])
    |(?P<binary>[-+*/])
    |(?P<bar>\|)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_ROWS: Final = re.compile(r"\((-?[\d.]+(?: -?[\d.]+)*(?:; -?[\d.]+(?: -?[\d.]+)*)+)\)")


class _Piece(NamedTuple):
    """A stretch of text: ``kind`` is that of its token, ``atom`` for what formulas are made of."""

    kind: str
    latex: str


_IN_FORMULAS: Final = frozenset(["atom", "number", "relation", "binary", "dots", "article"])


def latex(text: str) -> str:
    r"""Return plain text as LaTeX, its formulas in dollars.

    >>> latex("sigma^(2/N) in place of N, for N >= 2")
    '$\\sigma^{2/N}$ in place of $N$, for $N\\ge 2$'

    Raises :class:`InputError` for text that is not ASCII.
    """
    if not text.isascii() or not re.sub(r"\s", " ", text).isprintable():
        raise InputError(
            f"text {text[:40]!a}: got a character that is no printable ASCII; expected a "
            "record as dlnproof writes it"
        )
    out, at = "", 0
    for rows in _ROWS.finditer(text):
        out += _inline(text[at : rows.start()]) + _matrix(rows[1])
        at = rows.end()
    return out + _inline(text[at:])


def escaped(text: str) -> str:
    r"""Return text as LaTeX word for word, nothing in it read as a formula.

    >>> escaped("not_observed")
    'not\\_observed'
    """
    return "".join(_ESCAPED.get(c, c) for c in text)


def number(text: str) -> str:
    r"""Return a number as mathematics: 3.1e-47 as 3.1 times a power of ten.

    >>> number("3.1e-47"), number("1e-06"), number("4.0")
    ('3.1\\cdot10^{-47}', '10^{-6}', '4.0')
    """
    mantissa, _, exponent = text.partition("e")
    if not exponent or float(mantissa) == 0:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa}\cdot{power}"


def _matrix(rows: str) -> str:
    body = r"\\".join(row.strip().replace(" ", "&") for row in rows.split(";"))
    return rf"$\left(\begin{{smallmatrix}}{body}\end{{smallmatrix}}\right)$"


def _inline(text: str) -> str:
    tokens = [_Piece(str(m.lastgroup), m[0]) for m in _TOKEN.finditer(text)]
    return _joined(_read(tokens, formula=False))


def _read(tokens: list[_Piece], *, formula: bool) -> list[_Piece]:
    """Return tokens as pieces, scripts and brackets put together; ``formula``: all of it is one."""
    pieces: list[_Piece] = []
    at = 0
    while at < len(tokens):
        kind, text = tokens[at]
        before = tokens[at - 1].kind if at else "space"
        after = tokens[at + 1] if at + 1 < len(tokens) else _Piece("", "")
        if text == "x" and _by(tokens, at):
            pieces.append(_Piece("binary", text))
        elif kind == "name":
            pieces.append(_name(text, tokens[at + 1 :], formula=formula))
        elif kind == "number" and before == "name" and pieces[-1].kind in ("atom", "article"):
            pieces[-1] = _Piece("atom", f"{pieces[-1].latex}_{{{text}}}")  # w11
        elif kind == "script" and after.kind == "space":
            pieces.append(_Piece("binary", text))
        elif kind == "script" and pieces and pieces[-1].kind in ("atom", "article", "number"):
            script, at = _script(tokens, at + 1)
            pieces[-1] = _Piece("atom", f"{pieces[-1].latex}{text}{{{script}}}")
            continue
        elif kind == "open" and (end := _closing(tokens, at)):
            pieces += _bracket(tokens[at : end + 1], plain=pieces[-1:], formula=formula)
            at = end
        elif kind == "bar":
            pieces.append(_Piece("atom", "|"))
        else:
            pieces.append(tokens[at])
        at += 1
    return pieces


def _by(tokens: list[_Piece], at: int) -> bool:
    """Whether the letter x at a place stands between equal sizes, as in 3 x 3."""
    return 2 <= at < len(tokens) - 2 and tokens[at - 2] == tokens[at + 2]


def _name(text: str, following: list[_Piece], *, formula: bool) -> _Piece:
    next_ = next((token for token in following if token.kind != "space"), _Piece("", ""))
    tight = following[0] if following else _Piece("", "")
    scripted, bracketed = tight.kind == "script", tight.kind == "open"
    argued = next_.kind in ("open", "script") or _is_letter(next_.latex)
    for known, wanted in (
        (_NAMED, text != "so" or bracketed),
        ({"sqrt": r"\sqrt"}, bracketed),
        (_FUNCTIONS, argued),
        (_SUMS, scripted),
    ):
        if text in known and wanted:
            return _Piece("atom", known[text])
    if text[0] == "d" and (re.fullmatch("[A-Z]", text[1:]) or text[1:] in _GREEK):
        return _Piece("atom", rf"d\{text[1:]}" if text[1:] in _GREEK else text)
    if len(text) > 1:
        return _Piece("atom" if formula and len(text) == 2 else "word", text)
    sure = text not in "aAI" or scripted or bracketed or formula
    letter = r"\mathcal{A}" if text == "A" and sure and not formula else text
    return _Piece("atom" if sure else "article", letter)


def _is_letter(text: str) -> bool:
    return (len(text) == 1 and text.isalpha()) or text in _NAMED


def _script(tokens: list[_Piece], at: int) -> tuple[str, int]:
    """Return what stands in a sub- or superscript, without its brackets, and where it ends."""
    if at < len(tokens) and tokens[at].kind == "open" and (end := _closing(tokens, at)):
        return _whole(_read(tokens[at + 1 : end], formula=True)), end + 1
    sign = ""
    if at < len(tokens) and tokens[at].latex == "-":
        sign, at = "-", at + 1
    if at < len(tokens) and tokens[at].kind in ("name", "number", "binary"):
        text = tokens[at].latex
        return sign + _NAMED.get(text, text), at + 1
    return sign, at


def _closing(tokens: list[_Piece], at: int) -> int:
    """Return where the bracket that opens at a place is closed, 0 if it is not."""
    depth = 0
    for k in range(at, len(tokens)):
        depth += {"open": 1, "close": -1}.get(tokens[k].kind, 0)
        if depth == 0:
            return k
    return 0


def _bracket(tokens: list[_Piece], plain: list[_Piece], *, formula: bool) -> list[_Piece]:
    """Return a bracket as one piece of a formula, or as its pieces where it holds words."""
    if plain and plain[0].latex == r"\sqrt":
        return [_Piece("atom", f"{{{_whole(_read(tokens[1:-1], formula=True))}}}")]
    inside = _read(tokens[1:-1], formula=formula)
    wordy = any(p.kind in ("word", "close", "open") for p in inside)
    others = "".join(p.latex for p in inside if p.kind == "other")
    after_word = bool(plain) and plain[0].kind == "word"
    if wordy or after_word or not inside or others.strip(",;"):
        return [_Piece("other", tokens[0].latex), *inside, _Piece("other", tokens[-1].latex)]
    left, right = _BRACKETS[tokens[0].latex]
    return [_Piece("atom", f"{left}{_whole(inside)}{right}")]


def _whole(pieces: list[_Piece]) -> str:
    """Return pieces as one formula; spaces are kept beside words only."""
    text = ""
    for k, piece in enumerate(pieces):
        if piece.kind != "space":
            text += _math(piece)
        elif "word" in (near.kind for near in pieces[max(k - 1, 0) : k + 2]):
            text += r"\ "
    return re.sub(r"(?<!wedge)(?<=[A-Za-z)}]) ?(?=d(\\Sigma|[UVW]))", r"\\,", text).strip()


def _math(piece: _Piece) -> str:
    """Return a piece within a formula."""
    kind, text = piece
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
    return f"{escaped(text)} " if kind == "other" else rf"\text{{{escaped(text)}}}"


def _joined(pieces: list[_Piece]) -> str:
    """Return pieces as text, the stretches that are formulas in dollars."""
    out, at = "", 0
    while at < len(pieces):
        end = _stretch(pieces, at)
        if end > at:
            formula = pieces[at:end]
            out += f"${_whole(formula)}$"
            at = end
        else:
            out += r"\dots{}" if pieces[at].latex == "..." else escaped(pieces[at].latex)
            at += 1
    return out


def _stretch(pieces: list[_Piece], start: int) -> int:
    """Return where the formula that begins at a place ends; the place itself if none does."""
    end, related = start, False
    if pieces[start].kind == "space":
        return start
    for k in range(start, len(pieces)):
        kind = pieces[k].kind
        gap = k > start and pieces[k - 1].kind == "space"
        last = next((p for p in reversed(pieces[start:k]) if p.kind != "space"), None)
        if kind == "space":
            continue
        if kind not in _IN_FORMULAS or (last is None and not _opens(pieces, k)):
            break
        following = pieces[k + 1].kind if k + 1 < len(pieces) else ""
        if gap and last is not None:
            entry = kind == "binary" and following != "space"  # 1.00 -0.42
            if last.kind in ("number", "atom") and entry:
                break
            alone = related or sum(p.kind != "space" for p in pieces[start:k]) == 1
            if last.kind == "number" and (kind == "number" or (alone and kind == "atom")):
                break
            led = last.kind in ("relation", "binary")
            if kind == "article" and not led and not _operates(pieces, k):
                break
        related = related or kind == "relation"
        if kind not in ("relation", "binary", "dots"):
            end = k + 1
        elif kind == "dots":
            end = k + 1 if pieces[k].latex == "..." else end
    whole = [p for p in pieces[start:end] if p.kind != "space"]
    if len(whole) == 1 and whole[0].kind == "number" and "e" not in whole[0].latex:
        return start
    return end


def _opens(pieces: list[_Piece], k: int) -> bool:
    """Whether a formula may begin with this piece: no sign without a number right behind it."""
    kind, text = pieces[k]
    if kind == "article":
        return _operates(pieces, k)
    if kind in ("relation", "binary"):
        tight = k + 1 < len(pieces) and pieces[k + 1].kind in ("number", "atom")
        return kind == "relation" or (text == "-" and tight)
    return kind in ("atom", "number") or text == "..."


def _operates(pieces: list[_Piece], k: int) -> bool:
    """Whether a sign follows, as in ``a + b``: then the letter is no word."""
    following = [p.kind for p in pieces[k + 1 : k + 3] if p.kind != "space"]
    return following[:1] in (["relation"], ["binary"])
