"""What lies beside a record: its documents, made again from it and compared byte by byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import product, zip_longest
from os.path import lexists
from pathlib import Path
from typing import Final

from dlnproof.claims.studies import CHECKER, checker
from dlnproof.documents.appendix.tree import appendix_files
from dlnproof.documents.figures.catalogue import of_record
from dlnproof.documents.site.site import site
from dlnproof.errors import InputError
from dlnproof.files.tree import SUMS
from dlnproof.record.reading import RecordFile
from dlnproof.record.record import Record
from dlnproof.version import __version__, commit

_ALL: Final = "the documents beside the record"
_UP: Final = "../"
_UNCOMPARED: Final = (".bbl", ".pdf", ".svg")
"""What LaTeX writes, and figures: machines differ in them, as in the training runs they show."""
Draw = Callable[[Record, str], Mapping[str, bytes]]
"""Draws the figures of a record, by name, as files with an extension; none without matplotlib."""


class _State(Enum):
    """What became of one file."""

    SAME = auto()
    OTHER = auto()
    ABSENT = auto()
    UNCOMPARED = auto()


@dataclass(frozen=True)
class Beside:
    """What became of the files beside a record.

    ``amiss``: those that are not what the record gives; ``left_out``: what cannot be made again;
    ``notes``: what else there is to say.
    """

    amiss: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def made_again(name: str, file: RecordFile, draw: Draw | None = None) -> Beside:
    """Make the documents of a record again, and compare what lies beside it.

    That is an appendix, of which ``anc/`` may have been handed out by itself, a web page, or the
    checker alone. Which files are read is for us to say, never for a file there. Figures are drawn
    again by ``draw``, if any lie there; those that do not come out the same are left out: another
    machine draws others.
    """
    record, here = file.record, Path(name).parent
    page = lexists(here / "index.html")
    appendix = lexists(here / f"{_UP}appendix.tex") or (lexists(here / SUMS) and not page)
    if name == "-" or not (page or appendix or lexists(here / CHECKER)):
        return Beside()
    if not file.intact:  # other documents would come of it
        return Beside(left_out=(_ALL,))
    if (record.version, record.commit) != (__version__, commit()):
        why = "of another version of dlnproof, which alone can make them again"
        return Beside(left_out=(_ALL,), notes=(f"{_ALL.capitalize()} are {why}: not compared.",))
    try:
        best, made = _nearest(here, _candidates(record, here, page=page, appendix=appendix))
    except InputError as error:
        return Beside(amiss=(f"{_ALL.capitalize()} cannot be made again: {error}",))
    left, why = [x for x in best[_State.UNCOMPARED] if Path(x).stem in of_record(record)], ""
    if left and draw is not None:
        drawn = draw(record, Path(left[0]).suffix[1:])
        same = [x for x in left if _holds(here / x, drawn.get(Path(x).stem))]
        best[_State.SAME] += same
        for found in (best[_State.UNCOMPARED], left):
            found[:] = [x for x in found if x not in same]
        why = ", which are others where they are drawn now" if drawn else ", for want of matplotlib"
    return _told(here, best, made, (f"figures{why} ({_listed(left)})",) if left else ())


def _candidates(
    record: Record, here: Path, *, page: bool, appendix: bool
) -> Iterator[dict[str, bytes]]:
    """Yield what may lie there, by its place as seen from the record.

    There are several: nothing says with which options the documents were written.
    """
    figures = dict.fromkeys(of_record(record), b"")
    short = page and appendix
    flattened = appendix and not short and not lexists(here / f"{_UP}claims")
    for drawn, flat, columns in product(
        [figures, {}] if figures and not short else [{}],
        [False, True][: 1 + flattened],
        [1, 2] if appendix and not short else [1],
    ):
        made = site(record, drawn) if page and not appendix else {}
        made[CHECKER] = checker(claim.id for claim in record.claims).encode("ascii")
        files = (
            appendix_files(record, drawn, flat=flat, columns=columns, short=short)
            if appendix
            else {}
        )
        for name, content in files.items():
            own = name.removeprefix("anc/")
            made[f"{_UP}{name}" if own == name else own] = content
        if appendix and lexists(here / f"{_UP}main.pdf"):
            made[f"{_UP}main.pdf"] = b""
        yield made


_Found = dict[_State, list[str]]


def _nearest(
    here: Path, candidates: Iterable[Mapping[str, bytes]]
) -> tuple[_Found, Mapping[str, bytes]]:
    """Compare what is there with the candidate that most of it agrees with; return it, too."""
    tried: list[tuple[_Found, Mapping[str, bytes]]] = []
    for made in candidates:
        found: _Found = {state: [] for state in _State}
        tried.append((found, made))
        for name, content in made.items():
            found[_state(here / name, content)].append(name)
        if not found[_State.OTHER]:
            break
    return max(tried, key=lambda each: len(each[0][_State.SAME]))


def _told(here: Path, best: _Found, made: Mapping[str, bytes], left_out: Sequence[str]) -> Beside:
    """Say what became of the files."""
    same, other = len(best[_State.SAME]), best[_State.OTHER]
    notes = [f"Files beside the record, made again: {same} of {same + len(other)} are the same."]
    if best[_State.UNCOMPARED]:
        listed = _listed(best[_State.UNCOMPARED])
        notes.append(f"Not compared, figures and what LaTeX writes: {listed}.")
    absent, there = best[_State.ABSENT], [*best[_State.SAME], *other]
    sums = f"{_UP if any(name.startswith(_UP) for name in there) else ''}{SUMS}"
    if lexists(here / sums) and not any(sums in names for names in best.values()):
        notes.append(f"Not compared, sums of the files as they lie here: sha256sum -c {SUMS} does.")
    if not any(name.startswith(_UP) for name in there) and any(n.startswith(_UP) for n in absent):
        notes.append("The appendix, one folder up from its anc/, is not here: not compared.")
        absent = [name for name in absent if not name.startswith(_UP)]
    if absent:
        notes.append(f"Not here, and not compared: {_listed(absent)}.")
    amiss = tuple(_amiss(here, name, made[name]) for name in other)
    return Beside(amiss, tuple(left_out), tuple(notes))


def _state(path: Path, content: bytes) -> _State:
    """Compare a file, if it is one that is compared."""
    if not lexists(path):
        return _State.ABSENT
    if path.suffix in _UNCOMPARED:
        return _State.UNCOMPARED
    return _State.SAME if _holds(path, content) else _State.OTHER


def _holds(path: Path, content: bytes | None) -> bool:
    """Whether a file has a content."""
    return content is not None and _read(path, len(content)) == content


def _read(path: Path, size: int) -> bytes | None:
    """Return what a file holds, if it is a regular one: of a longer one, a byte more than asked."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return stream.read(min(size + 1, path.stat().st_size))  # kernel's files have size 0
    except OSError:
        return None


def _amiss(here: Path, name: str, content: bytes) -> str:
    if name == CHECKER:
        return (
            f"{name}: is not the checker of dlnproof {__version__}; do not run it, take the "
            f"package's: python3 -P -m dlnproof.{Path(CHECKER).stem} record.json"
        )
    there = _read(here / name, len(content))
    if there is None:
        return f"{_listed([name])}: is not a file that can be compared."
    lines = zip_longest(there.split(b"\n"), content.split(b"\n"))
    line = next((n for n, (old, new) in enumerate(lines, 1) if old != new), 1)
    return (
        f"{_listed([name])}: is not what is made again from the record: line {line} is the first "
        "that differs (the file was edited, or is of another record)."
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name.removeprefix(_UP) for name in names)
