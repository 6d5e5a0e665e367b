"""A small corpus of hostile input: what each is that is to be refused, by its name.

Whatever of it was evaluated would make a file beside it, which is looked for.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

_CODE: Final = "__import__('os').system('touch evaluated')"

RECORD_TEXTS: Final[Mapping[str, bytes]] = {
    "nothing": b"",
    "an open brace": b"{",
    "a list": b"[]",
    "an object": b"{}",
    "null": b"null",
    "a number": b"5",
    "text": b'"text"',
    "no text": b"\xff\xfe\x00",
    "an infinite number": b'{"schema": "dlnproof-record/4", "seed": 1e999}',
    "a long number": b'{"schema": ' + b"9" * 10**5 + b"}",
    "brackets": b"[" * 10**5,
    "braces": b'{"a":' * 10**5,
    "a lone surrogate": b'{"schema": "\\ud800", "points": ["\\ud800"], "claims": []}',
    "a terminal's orders": b'{"schema": "\\u001b[2J\\u0007"}',
    "a key twice": b'{"schema": "dlnproof-record/4", "schema": "dlnproof-record/4"}',
    "another schema": b'{"schema": "dlnproof-record/99", "claims": []}',
    "code": json.dumps({"schema": _CODE}).encode(),
}
"""Files in the place of a record, or of a counterexample."""


def _npy(descr: str, data: bytes = b"\0" * 32) -> bytes:
    """Return an .npy file with a header of one's own."""
    header = descr.encode("latin1")
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + data


def _dtype(descr: str, shape: str = "(2, 2)") -> str:
    return f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}}}\n"


def _npz() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("W.npy", b"\0" * 2**22)
    return stream.getvalue()


MATRICES: Final[Mapping[str, bytes]] = {
    "empty.txt": b"",
    "words.txt": b"one two\nthree four\n",
    "ragged.csv": b"1,2\n3\n",
    "comma.csv": b"1,2,\n3,4,\n",
    "bytes.txt": b"\xff\xfe\x00\x01",
    "code.txt": _CODE.encode(),
    "exponent.csv": b"1e999999999,0\n0,1\n",
    "zero.csv": b"1/0,0\n0,1\n",
    "nan.csv": b"nan,0\n0,1\n",
    "digits.csv": b"9" * 10**6 + b",0\n0,1\n",
    "wide.csv": (b"1," * 999 + b"1\n") * 1000,
    "lines.txt": b"\n" * 10**6,
    "deep.json": b"[" * 10**5,
    "object.json": b'{"W": [[1, 0], [0, 1]]}',
    "nested.json": b"[[[1], 0], [0, 1]]",
    "truth.json": b"[[true, 0], [0, 1]]",
    "null.json": b"[[null, 0], [0, 1]]",
    "infinite.json": b"[[Infinity, 0], [0, 1]]",
    "code.json": json.dumps([[_CODE, 0], [0, 1]]).encode(),
    "header.npy": b"\x93NUMPY\x01\x00\xff\xff",
    "version.npy": b"\x93NUMPY\x63\x00" + b"\0" * 20,
    "pickle.npy": _npy(_dtype("'|O'"), b"cos\nsystem\n(S'touch evaluated'\ntR."),
    "truths.npy": _npy(_dtype("'<f8'", "(True, True)")),
    "negative.npy": _npy(_dtype("'<f8'", "(-1, -1)")),
    "huge.npy": _npy(_dtype("'<f8'", "(999999999, 999999999)")),
    "vector.npy": _npy(_dtype("'<f8'", "(4,)")),
    "short.npy": _npy(_dtype("'<f8'"), b"\0" * 31),
    "complex.npy": _npy(_dtype("'<c16'"), b"\0" * 64),
    "nan.npy": _npy(_dtype("'<f8'"), struct.pack("<4d", 1, float("nan"), 0, 1)),
    "code.npy": _npy(_CODE),
    "call.npy": _npy(_dtype(_CODE)),
    "archive.npz": _npz(),
    "archive.npy": _npz(),
}
"""Files in the place of a matrix, by name: the suffix says how they are read."""

FORMULAS: Final[Mapping[str, str]] = {
    "nothing": "",
    "blanks": "   ",
    "code": _CODE,
    "code in a call": f"van({_CODE})",
    "an attribute": "Sigma.__class__.__mro__",
    "a lambda": "(lambda: 0)()",
    "a list": "[x for x in (1,)]",
    "a factorial": "factorial(10**9)",
    "a long number": "9" * 10**5,
    "a long sum": "+".join(["N"] * 10**5),
    "brackets": "(" * 10**5,
    "brackets that close": "(" * 5000 + "N" + ")" * 5000,
    "minus signs": "-" * 10**5 + "N",
    "an unknown letter": "theta",
    "a look-alike letter": "v\u0430n(Sigma)",
    "an invisible letter": "van\u200b(Sigma)",
    "a letter from right to left": "\u202evan(Sigma)",
    "full-width digits": "\uff12 * van(Sigma)",
    "a lone surrogate": "van(Sigma)\udcff",
    "a terminal's orders": "\x1b[2Jvan(Sigma)",
    "an inequality": "van(Sigma) < 1",
    "LaTeX that reads a file": "\\input{/etc/passwd}",
    "LaTeX that writes": "\\write18{touch evaluated}",
    "LaTeX that defines": "\\def\\x{\\x\\x}\\x",
    "LaTeX without an end": "\\frac{1}{" * 2000,
    "LaTeX braces": "{" * 10**5,
    "LaTeX powers": "N" + "^{N" * 1000 + "}" * 1000,
    "LaTeX of an unknown command": "\\Xi(\\Sigma)",
    "LaTeX of an unknown environment": "\\begin{tikzpicture}\\end{tikzpicture}",
    "LaTeX that changes letters": "\\catcode`\\@=11 \\Sigma",
}
"""Formulas in plain arithmetic and in LaTeX, each of which is refused."""
JUDGED: Final[Mapping[str, str]] = {
    "a tower": "9**9**9**9**9",
    "a power of N": "N**N**N**N",
    "division by zero": "1/(N-N)",
    "many zeros": "1/(10**999 - 10**999)",
}
"""Formulas that are understood, and are not right."""

_CHECK: Final = ("check", "svd-jacobian", "--jobs", "1")
_TRAIN: Final = ("train", "--observe", "1,1=1", "--depth", "2", "-o", "o.npz", "--jobs", "1")
OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "no verb": (),
    "an unknown verb": ("chekc",),
    "a verb that no terminal shows": ("\x1b[2J\udcff",),
    "an unknown option": ("list", "--everything"),
    "an unknown claim": ("check", "perpetual-motion"),
    "a claim with a path": ("check", "../../etc/passwd"),
    "a depth without bound": (*_CHECK, "--depth", "1..999999999"),
    "a depth of many digits": (*_CHECK, "--depth", "9" * 10**5),
    "a depth below one": (*_CHECK, "--depth", "0"),
    "a range that goes down": (*_CHECK, "--depth", "3..1"),
    "no width": (*_CHECK, "--width", ""),
    "a width without bound": (*_CHECK, "--width", "99999"),
    "digits without bound": (*_CHECK, "--digits", "1000000000"),
    "points without bound": (*_CHECK, "--points", "1000000000"),
    "runs below zero": (*_CHECK, "--runs", "-1"),
    "a seed below zero": (*_CHECK, "--seed", "-1"),
    "full-width digits": (*_CHECK, "--digits", "\uff12\uff10"),
    "no process": ("check", "svd-jacobian", "--jobs", "0"),
    "many processes": ("check", "svd-jacobian", "--jobs", "1000000"),
    "code in an expression": (*_CHECK, "-k", _CODE),
    "brackets in an expression": (*_CHECK, "-k", "(" * 10**4),
    "a file of the user's that is not there": ("check", "nowhere.py"),
    "a file name with no end": (*_CHECK, "--json", "x" * 5000),
    "a file name with a zero": (*_CHECK, "--json", "a\0b"),
    "a tree in no place": ("appendix", "svd-jacobian", "-o", "\0"),
    "two outputs in one place": (*_CHECK, "--json", "-", "--junit", "-"),
    "an entry outside": (*_TRAIN, "--observe", "9,9=1", "--shape", "2x2"),
    "an entry that is no number": (*_TRAIN, "--observe", f"1,2={_CODE}"),
    "an entry that is infinite": (*_TRAIN, "--observe", "1,2=1e999"),
    "an entry of two values": (*_TRAIN, "--observe", "1,1=2"),
    "a shape without bound": (*_TRAIN, "--shape", "99999999x2"),
    "a scale of nothing": (*_TRAIN, "--scale", "0"),
    "a digest of nothing": ("verify", "x.json", "--digest", "0"),
    "a record that is a folder": ("verify", "."),
    "a record that is a device": ("cite", "/dev/zero"),
    "a matrix that is a device": ("evaluate", "/dev/zero", "--depth", "2"),
}
"""Words that are refused."""


def _described(path: Path, **changes: Any) -> None:
    beside = path.with_suffix(".json")
    data = json.loads(beside.read_text(encoding="utf-8")) | changes
    beside.write_text(json.dumps(data), encoding="utf-8")


def _holds(path: Path, data: bytes) -> None:
    """Put something else in the place of stored arrays, with its checksum."""
    path.write_bytes(data)
    _described(path, npz_sha256=hashlib.sha256(data).hexdigest())


def _bomb() -> bytes:
    """Return an archive that would be a gigabyte."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("W.npy", "w", force_zip64=True) as entry,
    ):
        entry.write(_npy(_dtype("'<f8'", f"({2**27},)"), b""))
        for _ in range(2**6):
            entry.write(b"\0" * 2**24)
    return stream.getvalue()


def _flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]


STORED: Final[Mapping[str, Callable[[Path], object]]] = {
    "no arrays": lambda path: path.unlink(),
    "no settings": lambda path: path.with_suffix(".json").unlink(),
    "settings that are no JSON": lambda path: path.with_suffix(".json").write_bytes(b"{"),
    "settings that are no text": lambda path: path.with_suffix(".json").write_bytes(b"\xff\xfe"),
    "settings that are a list": lambda path: path.with_suffix(".json").write_bytes(b"[]"),
    "settings of brackets": lambda path: path.with_suffix(".json").write_bytes(b"[" * 10**5),
    "another schema": lambda path: _described(path, schema="dlnproof-record/1"),
    "another problem": lambda path: _described(path, problem={"shape": [2, 3]}),
    "a byte changed": lambda path: path.write_bytes(_flipped(path.read_bytes())),
    "half a file": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "no archive": lambda path: _holds(path, b"PK no zip"),
    "a byte changed, its checksum made again": lambda path: _holds(
        path, _flipped(path.read_bytes())
    ),
    "an archive of other arrays": lambda path: _holds(path, _npz()),
    "an archive that is a gigabyte": lambda path: _holds(path, _bomb()),
}
"""What is done to the files of stored training runs."""
