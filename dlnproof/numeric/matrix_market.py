"""Matrix Market: a text format of sparse and dense matrices, read exactly.

Source: R. F. Boisvert, R. Pozo, K. A. Remington, The Matrix Market Exchange Formats (1996).
"""

from typing import Any, Final

from dlnproof.errors import InputError

_SIGN: Final = {"symmetric": "", "skew-symmetric": "-"}


def matrix_market_rows(text: str, widest: int, *, square: bool = True) -> list[list[Any]]:
    """Return the rows of a Matrix Market file, each entry as written, 0 where there is none.

    Raises :class:`InputError`.

    >>> matrix_market_rows("%%MatrixMarket matrix array real general\\n1 1\\n0.5", 9)
    [['0.5']]
    """
    (height, width), entries = matrix_market_entries(text, widest, square=square)
    return [[entries.get((i, j), "0") for j in range(width)] for i in range(height)]


def matrix_market_entries(
    text: str, widest: int, *, square: bool = False
) -> tuple[tuple[int, int], dict[tuple[int, int], str]]:
    """Return the shape of a Matrix Market file, and the entries that stand in it, as written.

    Indices count from zero. Formats ``array`` and ``coordinate``, fields ``real`` and ``integer``,
    symmetries ``general``, ``symmetric`` and ``skew-symmetric``. Raises :class:`InputError`.
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
    if height != width and (square or symmetry != "general"):
        raise InputError(f"got {height} rows of {width} entries, expected a square matrix")
    if max(height, width) > widest:
        raise InputError(f"got width {max(height, width)}, expected at most {widest}")
    if layout == "array":
        entries = _dense(lines[1:], height, width, symmetry)
    else:
        entries = _sparse(lines[1:], height, width, size[2])
    return (height, width), _mirrored(entries, symmetry)


def _integers(words: list[str], count: int) -> list[int] | None:
    plain = len(words) == count and all(w.isascii() and w.isdigit() and len(w) < 8 for w in words)
    return [int(w) for w in words] if plain else None


def _dense(
    lines: list[list[str]], height: int, width: int, symmetry: str
) -> dict[tuple[int, int], str]:
    """Return the entries of columns, below (skew: strictly below) the diagonal if symmetric."""
    begin = {"general": 0, "symmetric": 0, "skew-symmetric": 1}[symmetry]
    columns = (range(0 if symmetry == "general" else j + begin, height) for j in range(width))
    places = [(i, j) for j, column in enumerate(columns) for i in column]
    words = [word for line in lines for word in line]
    if len(words) != len(places):
        raise InputError(
            f"got {len(words)} entries, expected {len(places)}; truncated? Write it again"
        )
    return dict(zip(places, words, strict=True))


def _sparse(
    lines: list[list[str]], height: int, width: int, count: int
) -> dict[tuple[int, int], str]:
    if len(lines) != count:
        raise InputError(f"got {len(lines)} entries, expected {count}; truncated? Write it again")
    entries: dict[tuple[int, int], str] = {}
    for number, line in enumerate(lines, 1):
        place = _integers(line[:2], 2)
        i, j = place or (0, 0)
        if len(line) != 3 or not (1 <= i <= height and 1 <= j <= width):
            columns = "" if height == width else f" and to {width}"
            raise InputError(
                f"entry {number}: got {' '.join(line)[:40]!r}, expected a row and a column from 1"
                f" to {height}{columns}, and a number"
            )
        if (i - 1, j - 1) in entries:
            raise InputError(f"entry {number}: got row {i}, column {j} twice, expected it once")
        entries[i - 1, j - 1] = line[2]
    return entries


def _mirrored(entries: dict[tuple[int, int], str], symmetry: str) -> dict[tuple[int, int], str]:
    """Return the entries of both triangles."""
    if symmetry not in _SIGN:
        return entries
    if any(i < j for i, j in entries):
        raise InputError(f"got an entry above the diagonal of a {symmetry} matrix")
    turned = _negated if _SIGN[symmetry] else str
    return entries | {(j, i): turned(word) for (i, j), word in entries.items() if i != j}


def _negated(word: str) -> str:
    return word[1:] if word.startswith("-") else "-" + word.removeprefix("+")
