"""Plain text with formulas in it, as records and the catalogue hold it, as LaTeX.

Words stay words; what is visibly a formula (``N >= 2``, ``sigma_i^(2/N)``, ``|w11|``) is set as
one. Every character that LaTeX would read as a command is escaped: the text may be anybody's.
"""

from __future__ import annotations

import re
from typing import Final

from dlnproof.notation.mathpieces import Piece, escaped, number, pieces_of, printable, whole

__all__ = ["escaped", "latex", "number"]

_ROWS: Final = re.compile(r"\((-?[\d.]+(?: -?[\d.]+)*(?:; -?[\d.]+(?: -?[\d.]+)*)+)\)")
_IN_FORMULAS: Final = frozenset(["atom", "number", "relation", "binary", "dots", "article"])


def latex(text: str) -> str:
    r"""Return plain text as LaTeX, its formulas in dollars.

    >>> latex("sigma^(2/N) in place of N, for N >= 2")
    '$\\sigma^{2/N}$ in place of $N$, for $N\\ge 2$'

    Raises :class:`InputError` for what is no printable ASCII.
    """
    text = printable(text)
    out, at = "", 0
    for rows in _ROWS.finditer(text):
        out += _inline(text[at : rows.start()]) + _matrix(rows[1])
        at = rows.end()
    return out + _inline(text[at:])


def _matrix(rows: str) -> str:
    body = r"\\".join(row.strip().replace(" ", "&") for row in rows.split(";"))
    return rf"$\left(\begin{{smallmatrix}}{body}\end{{smallmatrix}}\right)$"


def _inline(text: str) -> str:
    return _joined(pieces_of(text))


def _joined(pieces: list[Piece]) -> str:
    """Return pieces as text, the stretches that are formulas in dollars."""
    out, at = "", 0
    while at < len(pieces):
        end = _stretch(pieces, at)
        if end > at:
            formula = pieces[at:end]
            out += f"${whole(formula)}$"
            at = end
        else:
            out += r"\dots{}" if pieces[at].latex == "..." else escaped(pieces[at].latex)
            at += 1
    return out


def _stretch(pieces: list[Piece], start: int) -> int:
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


def _opens(pieces: list[Piece], k: int) -> bool:
    """Whether a formula may begin with this piece: no sign without a number right behind it."""
    kind, text, _ = pieces[k]
    if kind == "article":
        return _operates(pieces, k)
    if kind in ("relation", "binary"):
        tight = k + 1 < len(pieces) and pieces[k + 1].kind in ("number", "atom")
        return kind == "relation" or (text == "-" and tight)
    return kind in ("atom", "number") or text == "..."


def _operates(pieces: list[Piece], k: int) -> bool:
    """Whether a sign follows, as in ``a + b``: then the letter is no word."""
    following = [p.kind for p in pieces[k + 1 : k + 3] if p.kind != "space"]
    return following[:1] in (["relation"], ["binary"])
