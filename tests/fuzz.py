"""Fuzzing: inputs made from good and hostile ones by small changes, which the readers must bear.

Run: python tests/fuzz.py [--seconds S] [--seed N] [--only TARGET]

Held: a reader returns, or refuses with InputError; never another exception, more than 5 s of
processor time for an input, more than 1 GB of address space for all that a process is given (so for
each of them), something evaluated, or a file. In each round one input of some targets is given to
the command itself, in a process of its own. First the kept corpus runs
(tests/corpus/TARGET/, and the hostile input of the selftest), then what is drawn from it. Inputs
that are refused, or read, in a way not yet seen are drawn from, too: what a run tries depends on
its seed and on the number of rounds, not on the machine.

Why a driver of our own: libFuzzer, below atheris (3.0 has wheels for CPython 3.11), ends the
process at its first finding and cannot bound the time and memory of one input; hypothesis draws by
a grammar of ours, not from a corpus of bytes. Neither was measured against this one.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import io
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
from junk import JUNK, places

from dlnproof.claims.studies import checker
from dlnproof.cli import main as command_line
from dlnproof.errors import InputError
from dlnproof.judge.judgement import understand
from dlnproof.judge.targets import TARGETS as QUANTITIES
from dlnproof.language.authors import Notation
from dlnproof.language.reading import read
from dlnproof.language.tokens import joined
from dlnproof.numeric.matrix_file import read_matrix
from dlnproof.papers.displays import Mark, displays
from dlnproof.papers.macros import expanded, macros
from dlnproof.papers.sides import sides
from dlnproof.papers.source import source
from dlnproof.record.reading import counterexamples_in, read_record
from dlnproof.run.grid import Grid
from dlnproof.run.planning import plan
from dlnproof.run.runner import execute
from dlnproof.selftest.child import MOST_BYTES, MOST_SECONDS, bounded, ran
from dlnproof.selftest.corpus import FORMULAS, JUDGED, MATRICES, OPTIONS, RECORD_TEXTS, STORED
from dlnproof.selftest.forgeries import resealed
from dlnproof.training.batches import train
from dlnproof.training.completion import Completion
from dlnproof.training.sensing import Sensing
from dlnproof.training.store import load, save

CORPUS: Final = Path(__file__).with_name("corpus")
ROUND: Final = 200
"""Inputs tried in one process."""
LONGEST: Final = 20_000
"""Bytes of an input: hostile lengths are in the corpus of the selftest."""


MOST_ADDRESSED: Final = 2 * MOST_BYTES
"""Bytes that the command may address: what its libraries take, and as much again."""
START_SECONDS: Final = 3
"""Of processor time, for the command to start."""


class TooSlowError(BaseException):
    """An input took too much processor time."""


@dataclass(frozen=True)
class Target:
    """A reader of files or of text: what is tried first, words that matter, whether it is dear."""

    seeds: Callable[[], list[bytes]]
    reads: Callable[[bytes], object]
    words: tuple[bytes, ...]
    change: Callable[[bytes, random.Random], bytes] | None = None
    own_process: bool = False


# --- what is drawn from ---------------------------------------------------------------------------

_GOOD: Final = (
    "van(Sigma**2)",
    "prod(i<l, (s_i**2 - s_l**2)/(t_i**2 - t_l**2))",
    "N**(d*(d-1)/2) * van(Sigma**2)",
    "sqrt(van(Sigma**2) / van(Sigma**(2/N)))",
    "sum(i, s_i**(2 - 2/N)) / N",
    r"\operatorname{van}(\Sigma^2)",
    r"\prod_{i<l} \frac{\sigma_i^2 - \sigma_l^2}{\sigma_i^{2/N} - \sigma_l^{2/N}}",
    r"$N^{\frac{d(d-1)}{2}} \sqrt{\operatorname{van}(\Sigma^2)}$",
    r"\sum_{i=1}^{d} \sigma_i^{2 - \frac{2}{N}}, ",
)
_NUMBERS: Final = (b"0", b"-1", b"1e999999999", b"1/0", b"1e-999999999", b"9" * 400, b"nan", b"2")


def _encoded(*texts: str) -> list[bytes]:
    return [text.encode("utf-8", "surrogateescape") for text in texts]


def _formulas() -> list[bytes]:
    return _encoded(*_GOOD, *FORMULAS.values(), *JUDGED.values())


def _named(files: Mapping[str, bytes]) -> list[bytes]:
    return [f"{name}\n".encode() + content for name, content in files.items()]


def _matrices() -> list[bytes]:
    good = {"good.csv": b"1,2/3\n0.5,1e3\n", "good.json": b'[["1/3", 2], [0.5, -1]]'}
    return _named({**good, "good.txt": b"1 2 # one\n\n3 4\n", **MATRICES})


def _problems() -> list[bytes]:
    W, packing, measured = np.array([[1, np.nan], [0.5, 2]]), io.BytesIO(), io.BytesIO()
    np.savez(packing, values=W, mask=~np.isnan(W))
    np.savez_compressed(measured, A=np.ones((2, 1, 2)), y=np.arange(2))
    market = b"%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n2 1 5\n"
    good = {
        "good.csv": b"a;b\n1;\n0,5;-2\n",
        "quoted.csv": b'"a","b"\n"1",NA\n0.5,""\n',
        "coordinates.csv": b"i,j,b\n1,2,1/2\n2,1,-1\n",
        "good.json": b"[[1, null], [0.5, 2]]",
        "good.mtx": market,
        "good.gz": gzip.compress(market, mtime=0),
        "good.npz": packing.getvalue(),
        "measured.npz": measured.getvalue(),
    }
    return [*_named(good), *_matrices()]


@cache
def _record() -> dict[str, Any]:
    grid = Grid(depths=(1, 2), widths=(1, 2), points=2, runs=0)
    data: dict[str, Any] = execute(plan(["volume-form", "orbit-volume"], grid), "").record.as_json()
    return data


def _records() -> list[bytes]:
    found = [
        _record(),
        *(x["counterexample"] for c in _record()["claims"] for x in c["as_printed"]),
    ]
    return [json.dumps(x).encode() for x in found if x] + list(RECORD_TEXTS.values())


def _words() -> list[bytes]:
    return _encoded(*("\n".join(words) for words in OPTIONS.values()))


@cache
def _runs() -> tuple[bytes, bytes]:
    """Return the two files of stored training runs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "runs.npz"
        problem = Completion((2, 2), {(0, 0): 1.0})
        save(train(problem, depth=2, runs=2, scale=0.1, stop_loss=1e-1), path)
        return path.read_bytes(), path.with_suffix(".json").read_bytes()


def _stored() -> list[bytes]:
    """Return stored runs as one text each: the settings, a line, the arrays."""
    found = [_runs()]
    with tempfile.TemporaryDirectory() as folder:
        for spoil in STORED.values():
            path = Path(folder) / "runs.npz"
            path.write_bytes(_runs()[0])
            path.with_suffix(".json").write_bytes(_runs()[1])
            spoil(path)
            if path.exists() and path.with_suffix(".json").exists():
                found.append((path.read_bytes(), path.with_suffix(".json").read_bytes()))
    return [b"%s\n--\n%s" % (beside, data) for data, beside in found if len(data) < LONGEST]


def _papers() -> list[bytes]:
    written = (Path(__file__).parents[1] / "examples" / "paper").glob("*.tex")
    macro = rb"\newcommand{\a}[2][x]{#1\sigma_{#2}}\def\b#1{\a{#1}}\let\c=\b $\c{i} \a[y]2$"
    return [*(path.read_bytes() for path in sorted(written)), macro]


# --- what reads it --------------------------------------------------------------------------------


def _read_formula(data: bytes) -> object:
    text = data.decode("utf-8", "surrogateescape")
    tree = read(text)
    for target in QUANTITIES:
        with contextlib.suppress(InputError):
            understand(target, text)
    return type(tree).__name__


def _judged(data: bytes) -> object:
    text = data.decode("utf-8", "surrogateescape").replace("\0", " ")
    return _ended(["formula", "svd-jacobian", "--", text])


def _in_file(name: str, data: bytes, reads: Callable[[str], object]) -> object:
    path = Path(name)
    path.write_bytes(data)
    try:
        return reads(name)
    finally:
        path.unlink()


def _read_matrix(data: bytes) -> object:
    name, _, content = data.partition(b"\n")
    suffix = Path(name.decode("latin1")).suffix
    suffix = suffix if suffix in (".npy", ".npz", ".json", ".csv") else ".txt"
    return _in_file(f"input{suffix}", content, read_matrix)


def _read_problem(data: bytes) -> object:
    name, _, content = data.partition(b"\n")
    suffix = Path(name.decode("latin1")).suffix
    suffix = suffix if suffix in (".npy", ".npz", ".json", ".csv", ".gz") else ".txt"

    def reads(name: str) -> object:
        said: list[Any] = []
        for problem in (Completion.from_file, _coordinates, Sensing.from_file):
            try:
                said.append(len(problem(name).shape))
            except InputError as error:
                said.append(str(error))
                assert "\n" not in said[-1], said[-1]
        return said

    return _in_file(f"input{suffix}", content, reads)


def _coordinates(name: str) -> Completion:
    return Completion.from_file(name, coordinates=True)


def _read_paper(data: bytes) -> object:
    """Read all that can be marked: judging it is what the formulas' own targets try."""

    def reads(name: str) -> int:
        found = source(Path(name))
        known, notation, said = macros(found.tokens), Notation(), 0
        for display in displays(found.tokens):
            if isinstance(display, Mark):
                notation = notation.let(display.says)
                continue
            for equation in display.equations:
                with contextlib.suppress(InputError):
                    said += len(sides(equation.tokens))
                    for side in sides(expanded(equation.tokens, known)):
                        read(f"${notation.ours(joined(side.tokens), latex=True)}$")
        return said

    return _in_file("input.tex", data, reads)


def _read_record(data: bytes) -> object:
    return _in_file("input.json", data, lambda name: read_record(name).intact)


def _read_counterexample(data: bytes) -> object:
    return _in_file("input.json", data, counterexamples_in)


@cache
def _the_checker() -> dict[str, Any]:
    made: dict[str, Any] = {"__name__": "checker"}
    exec(compile(checker(()), "checker", "exec"), made)
    return made


def _checked(data: bytes) -> object:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = _in_file("input.json", data, _the_checker()["main"])
    said = out.getvalue()
    assert status in (0, 1, 2), said
    assert said.isascii(), said
    assert status != 2 or said.count("\n") == 1, said
    return said if status == 2 else status


_CHEAP: Final = ("list", "explain", "cite", "evaluate", "replay", "errata")


def _ended(words: list[str]) -> object:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = command_line.main(words)
    said = err.getvalue()
    assert status in (0, 1, 4, 5, 6), f"status {status}: {said}"
    assert "Traceback" not in said, said
    assert status in (0, 1, 6) or said.count("\n") == 1, said
    return said if status in (4, 5) else status


def _read_only(verb: str) -> object:
    """Return a verb that would work for long: what is given is read, and left."""
    return SimpleNamespace(declare=_MODULE(verb).declare, run=lambda _: 0)


def _options(data: bytes) -> object:
    words = data.decode("utf-8", "surrogateescape").split("\n")
    if words[0] not in _CHEAP:
        command_line._module = _read_only
    try:
        return _ended(words)
    finally:
        command_line._module = _MODULE


_MODULE: Final = command_line._module


def _load_runs(data: bytes) -> object:
    beside, _, arrays = data.partition(b"\n--\n")
    Path("input.json").write_bytes(beside)
    try:
        return _in_file("input.npz", arrays, lambda name: bool(load(name)))
    finally:
        Path("input.json").unlink()


# --- by the command -------------------------------------------------------------------------------


def _given(words: list[str], name: str, content: bytes) -> tuple[list[str], dict[str, bytes]]:
    return words, {name: content}


def _formula_given(data: bytes) -> tuple[list[str], dict[str, bytes]]:
    return ["formula", "svd-jacobian", "--", os.fsdecode(data.replace(b"\0", b" "))], {}


def _matrix_given(data: bytes) -> tuple[list[str], dict[str, bytes]]:
    content = data.partition(b"\n")[2]
    return _given(["evaluate", "input.csv", "--depth", "2"], "input.csv", content)


COMMANDS: Final[Mapping[str, Callable[[bytes], tuple[list[str], dict[str, bytes]]]]] = {
    "judgements": _formula_given,
    "matrices": _matrix_given,
    "records": lambda data: _given(["cite", "input.json"], "input.json", data),
    "counterexamples": lambda data: _given(["replay", "input.json"], "input.json", data),
}
"""By target, the words that give an input to the command, and the files that they name."""


def by_command(words: list[str], files: Mapping[str, bytes]) -> str:
    """Give input to the command; return what was not borne, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        for name, content in files.items():
            (here / name).write_bytes(content)
        used = os.times()
        ended = ran(words, here, shell=f'ulimit -v {MOST_ADDRESSED >> 10}; exec "$@"')
        spent = sum(os.times()[2:4]) - sum(used[2:4])
        left = {path.name: path.read_bytes() for path in here.iterdir() if path.is_file()}
    if ended.status not in (0, 1, 4, 5, 6) or (ended.status in (4, 5) and not ended.one_line):
        return ended.shown
    if spent > MOST_SECONDS + START_SECONDS:
        return f"took {spent:.1f} s"
    return "" if left == files else f"files: {sorted(left)}"


# --- how it is changed ----------------------------------------------------------------------------


def changed(data: bytes, words: tuple[bytes, ...], pool: list[bytes], rng: random.Random) -> bytes:
    """Return input with one to four small changes."""
    for _ in range(rng.choice((1, 1, 1, 2, 2, 4))):
        a, b = sorted((rng.randint(0, len(data)), rng.randint(0, len(data))))
        b = min(b, a + rng.choice((1, 4, 16, 1000)))
        match rng.randrange(8):
            case 0:
                data = data[:a] + data[b:]
            case 1:
                data = data[:a] + data[a:b] * 2 + data[b:]
            case 2:
                data = data[:a] + bytes([rng.randrange(256)]) + data[a + 1 :]
            case 3:
                other = rng.choice(pool)
                start = rng.randint(0, len(other))
                data = data[:a] + other[start : start + rng.choice((3, 20, 2000))] + data[b:]
            case 4 if numbers := list(re.finditer(rb"[0-9]+", data)):
                found = rng.choice(numbers)
                data = data[: found.start()] + rng.choice(_NUMBERS) + data[found.end() :]
            case 5:
                around = rng.choice(words)
                data = data[:a] + around * rng.choice((1, 1, 60)) + data[a:]
            case _:
                data = data[:a] + rng.choice(words) + data[b:]
    return data[:LONGEST]


def _in_json(data: bytes, rng: random.Random) -> bytes:
    """Return JSON with some values that are others, its digest made again or not."""
    try:
        made = json.loads(data)
    except (ValueError, RecursionError):
        return data
    if not isinstance(made, dict):
        return data
    for _ in range(rng.choice((1, 1, 2, 3))):
        found = list(places(made))
        if not found:
            break
        holder, key = rng.choice(found)
        other, another = rng.choice(found)
        match rng.randrange(4):
            case 0:
                holder[key] = rng.choice((*JUNK, 0, "\x1b[2J"))
            case 1:
                holder[key] = json.loads(json.dumps(other[another]))
            case 2:
                del holder[key]
            case _:
                value = holder[key]
                holder[key] = [value] * 2 if rng.random() < 0.5 else {"N": value}
    if "digest" in made and rng.random() < 0.8:
        made = resealed(made)
    return json.dumps(made).encode()


def _in_runs(data: bytes, rng: random.Random) -> bytes:
    """Return stored runs with other settings, or other arrays, its checksum made again or not."""
    beside, _, arrays = data.partition(b"\n--\n")
    if rng.random() < 0.5:
        beside = _in_json(beside, rng)
    else:
        arrays = changed(arrays, (b"\0", b"\xff" * 4, b"PK\x05\x06"), [arrays], rng)
    with contextlib.suppress(ValueError, TypeError, RecursionError):
        if isinstance(made := json.loads(beside), dict):
            made["npz_sha256"] = hashlib.sha256(arrays).hexdigest()
            beside = json.dumps(made).encode()
    return b"%s\n--\n%s" % (beside, arrays)


_LETTERS: Final = tuple(
    rb"( ) [ ] { } + - * / ** ^ _ , i<l i l N d van Sigma s_i t_l prod( sum( sqrt( abs( log("
    rb" \frac{ \prod_{i<l} \sum_i \sqrt{ \sigma_i \Sigma ^{1/N} \operatorname{van} \left( \right)"
    rb" $ $$ \[ \] \begin{equation} \, & \\ 1/2 0 = < ; . ' ! | \det \pi \cdot".split()
)
_BINARY: Final = (
    b"\0",
    b"\xff",
    b"\x93NUMPY",
    b"\x01\x00",
    b"'<f8'",
    b"(2, 2)",
    b"'|O'",
    b"PK",
    b"<c8",
)
_CELLS: Final = (*_NUMBERS, b",", b"\n", b" ", b"#", b"[", b"]", b'"', b"{", b"true", b"Infinity")
_OPTION_WORDS: Final = tuple(
    b"\n--depth"
    b" \n--width \n--json \n-o \n-k \n--quick \n--seed \n--points \n--digits \n--jobs \n--help"
    b" \n--record \n--with \n--version \n-- \n- \n-x =1 .. , inf 2 and or not ( ) volume-form list"
    b" explain cite evaluate errata replay \n--durations \n--junit \n\xff \x00 \xe2\x80\xae".split(
        b" "
    )
)
_SOURCE: Final = (
    *rb"\begin{align} \end{align} \begin{verbatim} \end{split} \newcommand{\a} \def\a#1".split(),
    *rb"\let\a\b [2] #1 #2 \a \b \input{input} \input{ \label{ \dlncheck[entropy]{ \\ %".split(),
    *(rb"\verb|", b":=", rb"\quad", b"\n", b" % ", b"\n% dlnproof: eigenvalue\n"),
    b" % dlnproof: let L = N, s = sigma\n",
)
_JSON: Final = (b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\u0000", b"null", *_NUMBERS)

TARGETS: Final[Mapping[str, Target]] = {
    "formulas": Target(_formulas, _read_formula, _LETTERS),
    "judgements": Target(_formulas, _judged, _LETTERS, own_process=True),
    "matrices": Target(_matrices, _read_matrix, (*_CELLS, *_BINARY)),
    "problems": Target(_problems, _read_problem, (*_CELLS, *_BINARY, b";", b"\t", b"NaN", b"null")),
    "papers": Target(_papers, _read_paper, (*_LETTERS, *_SOURCE)),
    "records": Target(_records, _read_record, _JSON, _in_json),
    "counterexamples": Target(_records, _read_counterexample, _JSON, _in_json),
    "checker": Target(_records, _checked, _JSON, _in_json),
    "options": Target(_words, _options, (*_OPTION_WORDS, *_NUMBERS)),
    "runs": Target(_stored, _load_runs, (b"\0", b"PK"), _in_runs),
}


# --- trying ---------------------------------------------------------------------------------------


@dataclass
class Findings:
    """What was tried, and what was not borne: the target, the input, what was seen."""

    tried: dict[str, int] = field(default_factory=dict)
    found: list[tuple[str, bytes, str]] = field(default_factory=list)


def outcome(target: Target, data: bytes) -> str:
    """Return how an input was borne, without its words. Raises what was not borne."""
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        said = str(target.reads(data))
    except InputError as error:
        said = str(error)
        assert said.count("\n") == 0, said
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return re.sub(r"'.*'|\".*\"|[0-9]+|0x[0-9a-f]+", "", said)[:80]


def _slow(*_: object) -> None:
    raise TooSlowError


def in_child(target: Target, inputs: list[bytes]) -> tuple[list[str | None], str]:
    """Try inputs in a fork, in an empty folder; return how each was borne, and what was not.

    None stands for an input that was not borne, and for all after it.
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile() as answer:
        here = Path(folder)

        def work() -> int:
            signal.signal(signal.SIGPROF, _slow)
            said: list[str] = []
            why = ""
            for data in inputs:
                try:
                    how = outcome(target, data)
                    if left := os.listdir(here):  # noqa: PTH208 - the fastest, for each input
                        raise AssertionError(f"wrote {left}")
                    said.append(how)
                except BaseException as error:
                    why = "".join(traceback.format_exception(error)[-3:])
                    break
            Path(answer.name).write_text(json.dumps([said, why]))
            return 0

        ended = bounded(work, here, seconds=len(inputs) * MOST_SECONDS)
        text = Path(answer.name).read_text()
        said, why = json.loads(text) if text else ([], f"ended: {ended.shown}")
    return said + [None] * (len(inputs) - len(said)), why


def tried(name: str, inputs: list[bytes], findings: Findings) -> list[str | None]:
    """Try inputs, and go on after those that are not borne."""
    target, done = TARGETS[name], list[str | None]()
    size = 1 if target.own_process else ROUND
    while len(done) < len(inputs):
        rest = inputs[len(done) : len(done) + size]
        said, why = in_child(target, rest)
        borne = [x for x in said if x is not None]
        if why and not borne and len(rest) > 1:  # what ended the process is found one by one
            size = 1
            continue
        done += borne
        if why:
            findings.found.append((name, rest[len(borne)], why))
            done.append(None)
    findings.tried[name] = findings.tried.get(name, 0) + len(inputs)
    return done


def kept(name: str) -> list[bytes]:
    """Return the kept corpus of a target."""
    return [path.read_bytes() for path in sorted((CORPUS / name).glob("*"))]


def fuzz(names: list[str], seconds: float, seed: int) -> Findings:
    """Try the kept corpus of each target, then what is drawn from it, for so long."""
    findings, latest = Findings(), time.monotonic() + seconds
    pools, seen = dict[str, list[bytes]](), dict[str, set[str | None]]()
    for name in names:
        inputs = kept(name) + TARGETS[name].seeds()
        seen[name] = set(tried(name, inputs, findings))
        pools[name] = [data for data in inputs if len(data) < LONGEST]
    for turn in count():
        for name in names:
            if time.monotonic() > latest:
                return findings
            target, rng = TARGETS[name], random.Random(f"{seed} {name} {turn}")
            inputs = []
            for _ in range(8 if target.own_process else ROUND):
                data = rng.choice(pools[name])
                if target.change is not None and rng.random() < 0.8:
                    inputs.append(target.change(data, rng))
                else:
                    inputs.append(changed(data, target.words, pools[name], rng))
            for data, how in zip(inputs, tried(name, inputs, findings), strict=True):
                if how is not None and how not in seen[name]:
                    seen[name].add(how)
                    pools[name].append(data)
            if name in COMMANDS:
                why = by_command(*COMMANDS[name](inputs[0]))
                findings.tried["commands"] = findings.tried.get("commands", 0) + 1
                if why:
                    findings.found.append((name, inputs[0], f"by the command: {why}"))
    raise AssertionError("it counts for ever")


def main() -> int:
    """Fuzz for a time; print what was tried, and each input that was not borne."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=TARGETS, action="append")
    parser.add_argument("--keep", type=Path, help="a folder where inputs not borne are written")
    given = parser.parse_args()
    findings = fuzz(given.only or list(TARGETS), given.seconds, given.seed)
    for name, data, why in findings.found:
        print(f"{name}: {data[:200]!r}\n{why}")
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
            (given.keep / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)
    for name, number in findings.tried.items():
        print(f"{number:8d} {name}")
    print(f"{sum(findings.tried.values())} inputs, {len(findings.found)} not borne")
    return 1 if findings.found else 0


if __name__ == "__main__":
    sys.exit(main())
