"""Matrix Market: a text format of sparse and dense matrices, read exactly.

Source: R. F. Boisvert, R. Pozo, K. A. Remington, The Matrix Market Exchange Formats (1996).
"""

from typing import Any, Final

from dlnproof.errors import InputError

_SIGN: Final = {"symmetric": "", "skew-symmetric": "-"}


def matrix_market_rows(text: str, widest: int) -> list[list[Any]]:
    """Return the rows of a Matrix Market file, each entry as written.

    Formats ``array`` and ``coordinate``, fields ``real`` and ``integer``, symmetries ``general``,
    ``symmetric`` and ``skew-symmetric``. Raises :class:`InputError`.

    >>> matrix_market_rows("%%MatrixMarket matrix array real general\\n1 1\\n0.5", 9)
    [['0.5']]
    """
    first, *rest = text.splitlines()
    header = first.lower().split()
    known = (["matrix"], ["array", "coordinate"], ["real", "integer"], ["general", *_SIGN])
    if len(header) != 5 or any(w not in k for w, k in zip(header[1:], known, strict=True)):
        raise InputError(
            f"got the Matrix Market header {first[:60]!r}, expected matrix, array or coordinate,"
            " real or integer, general, symmetric or skew-symmetric"
        )
    _, _, layout, _, symmetry = header
    lines = [line.split() for line in rest if line.strip() and not line.startswith("%")]
    size = _integers(lines[0], 2 if layout == "array" else 3) if lines else None
    if size is None:
        raise InputError("got no line of sizes after the Matrix Market header; write it again")
    height, width = size[:2]
    if height != width:
        raise InputError(f"got {height} rows of {width} entries, expected a square matrix")
    if width > widest:
        raise InputError(f"got width {width}, expected at most {widest}")
    if layout == "array":
        entries = _dense(lines[1:], height, symmetry)
    else:
        entries = _sparse(lines[1:], height, size[2])
    return _filled(entries, height, symmetry)


def _integers(words: list[str], count: int) -> list[int] | None:
    plain = len(words) == count and all(w.isascii() and w.isdigit() and len(w) < 8 for w in words)
    return [int(w) for w in words] if plain else None


def _dense(lines: list[list[str]], width: int, symmetry: str) -> dict[tuple[int, int], str]:
    """Return the entries of columns, below (skew: strictly below) the diagonal if symmetric."""
    begin = {"general": 0, "symmetric": 0, "skew-symmetric": 1}[symmetry]
    columns = (range(0 if symmetry == "general" else j + begin, width) for j in range(width))
    places = [(i, j) for j, column in enumerate(columns) for i in column]
    words = [word for line in lines for word in line]
    if len(words) != len(places):
        raise InputError(
            f"got {len(words)} entries, expected {len(places)}; truncated? Write it again"
        )
    return dict(zip(places, words, strict=True))


def _sparse(lines: list[list[str]], width: int, count: int) -> dict[tuple[int, int], str]:
    if len(lines) != count:
        raise InputError(f"got {len(lines)} entries, expected {count}; truncated? Write it again")
    entries: dict[tuple[int, int], str] = {}
    for number, line in enumerate(lines, 1):
        place = _integers(line[:2], 2)
        if place is None or len(line) != 3 or min(place) < 1 or max(place) > width:
            raise InputError(
                f"entry {number}: got {' '.join(line)[:40]!r}, expected a row and a column from 1"
                f" to {width}, and a number"
            )
        i, j = place
        if (i - 1, j - 1) in entries:
            raise InputError(f"entry {number}: got row {i}, column {j} twice, expected it once")
        entries[i - 1, j - 1] = line[2]
    return entries


def _filled(entries: dict[tuple[int, int], str], width: int, symmetry: str) -> list[list[Any]]:
    rows: list[list[Any]] = [["0"] * width for _ in range(width)]
    for (i, j), word in entries.items():
        rows[i][j] = word
        if symmetry in _SIGN and i != j:
            if i < j:
                raise InputError(f"got an entry above the diagonal of a {symmetry} matrix")
            rows[j][i] = _negated(word) if _SIGN[symmetry] else word
    return rows


def _negated(word: str) -> str:
    return word[1:] if word.startswith("-") else "-" + word.removeprefix("+")
