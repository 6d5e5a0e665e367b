"""The section of hostile input, by format: one line and the documented status, within bounds."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Final

from dlnproof.errors import FAILED, OK, USAGE, InputError
from dlnproof.selftest.bench import CLAIM, Bench
from dlnproof.selftest.case import Case, Section
from dlnproof.selftest.child import Ended, bounded
from dlnproof.selftest.corpus import FORMULAS, JUDGED, MATRICES, OPTIONS, RECORD_TEXTS, STORED
from dlnproof.selftest.forgeries import Data, resealed
from dlnproof.selftest.forging import by_checker, the_checker
from dlnproof.training.batches import train
from dlnproof.training.completion import Completion
from dlnproof.training.store import load, save

READERS: Final = (
    ("verify", "x.json", "--jobs", "1"),
    ("cite", "x.json"),
    ("replay", "x.json"),
    ("appendix", "--record", "x.json", "--no-figures", "--jobs", "1", "-o", "o"),
    ("report", "--record", "x.json", "--no-figures", "--jobs", "1", "-o", "o"),
    ("errata", "--record", "x.json"),
)
"""The verbs that read a record."""
UNREADABLE: Final = 2
"""The checker's status for what is no record that can be read."""


@dataclass(frozen=True)
class Hostile:
    """Input that is to be refused in one line, or with status 1 by an answer: words, files."""

    kind: str
    name: str
    words: tuple[str, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    status: int = USAGE


@dataclass(frozen=True)
class Malformed:
    """A value of a record that is something else; with which status ``verify`` and the checker end.

    The checker does not look at the settings of the run.
    """

    name: str
    change: Callable[[Data], object]
    verify: int = USAGE
    checker: int = UNREADABLE

    def of_data(self, record: Data) -> Data:
        """Return the record with that value, its digest made again."""
        data = deepcopy(record)
        self.change(data)
        return resealed(data)


def _point(**values: Any) -> Callable[[Data], object]:
    return lambda data: data["points"][0].update(values)


MALFORMED: Final = (
    Malformed("no schema", lambda d: d.pop("schema")),
    Malformed("no claims", lambda d: d.pop("claims")),
    Malformed("claims a number", lambda d: d.update(claims=5)),
    Malformed("claims of text", lambda d: d.update(claims=[CLAIM])),
    Malformed("no id", lambda d: d["claims"][0].pop("id")),
    Malformed("id a list", lambda d: d["claims"][0].update(id=[])),
    Malformed("unknown verdict", lambda d: d["claims"][0]["evidence"][0].update(verdict="true")),
    Malformed("no route", lambda d: d["claims"][0]["evidence"][0].pop("route")),
    Malformed("variants of text", lambda d: d["claims"][0]["evidence"][0].update(mutants="9")),
    Malformed("seed of text", lambda d: d.update(seed="0"), checker=FAILED),
    Malformed("no depths", lambda d: d["run"].update(depths=[]), checker=OK),
    Malformed("depths below one", lambda d: d["run"].update(depths=[0]), checker=OK),
    Malformed("depths without bound", lambda d: d["run"].update(depths=[10**9]), checker=OK),
    Malformed("widths of text", lambda d: d["run"].update(widths=["2"]), checker=OK),
    Malformed("points without bound", lambda d: d["run"].update(points=10**9), checker=OK),
    Malformed(
        "code in an expression",
        lambda d: d["run"].update(expression="__import__('os')"),
        checker=OK,
    ),
    Malformed("t a number", _point(t=[1])),
    Malformed("t with a denominator 0", _point(t=["1/0"]), verify=FAILED),
    Malformed("t of a long number", _point(t=["9" * 10**5]), verify=FAILED),
    Malformed("t of a long exponent", _point(t=["1e999999999"]), verify=FAILED),
    Malformed("a huge N", _point(N=10**12)),
    Malformed("a huge d", _point(d=10**12)),
    Malformed("N of text", _point(N="two")),
    Malformed("a ragged frame", lambda d: d["points"][0]["Q"][0].append(["1"]), verify=FAILED),
)
"""Records of which one value is something else."""


def _corpus(bench: Bench) -> Iterator[Hostile]:
    record = json.loads(bench.record.dumps())
    for each in MALFORMED:
        files = {"x.json": json.dumps(each.of_data(record)).encode()}
        yield Hostile("records", f"verify: {each.name}", READERS[0], files, each.verify)
    for words, (name, text) in product(
        READERS if bench.long else READERS[:1], RECORD_TEXTS.items()
    ):
        yield Hostile("records", f"{words[0]}: {name}", words, {"x.json": text})
    for name, text in RECORD_TEXTS.items():
        yield Hostile("counterexamples", name, ("replay", "x.json"), {"x.json": text})
    for name, content in MATRICES.items():
        yield Hostile("matrices", name, ("evaluate", name, "--depth", "2"), {name: content})
    for target in ("svd-jacobian", CLAIM) if bench.long else ("svd-jacobian",):
        for name, formula in FORMULAS.items():
            yield Hostile("formulas", f"{target}: {name}", ("formula", target, formula))
        for name, formula in JUDGED.items():
            words = ("formula", target, formula)
            yield Hostile("formulas", f"{target}: {name}", words, status=FAILED)
    for name, words in OPTIONS.items():
        yield Hostile("options", name, words)


def _cases(bench: Bench) -> Iterator[Case]:
    for each in _corpus(bench):
        here = bench.new_folder("hostile")
        for name, content in each.files.items():
            (here / name).write_bytes(content)
        ended = bounded(lambda each=each: bench.verbs.main(each.words), here)  # type: ignore[misc]
        yield _case(each, ended, here)
    yield from _checked(bench)
    yield from _stored(bench)


def _checked(bench: Bench) -> Iterator[Case]:
    """Yield what the standalone checker says of the same records."""
    here = bench.new_folder("hostile")
    program, path, record = the_checker(here), here / "x.json", json.loads(bench.record.dumps())
    texts = [(name, text, UNREADABLE) for name, text in RECORD_TEXTS.items()]
    for each in MALFORMED:
        texts.append((each.name, json.dumps(each.of_data(record)).encode(), each.checker))
    for name, text, status in texts:
        path.write_bytes(text)
        answer = by_checker(path, program)
        line = answer.said.count("\n") == 1 or status != UNREADABLE
        held = answer.status == status and line and answer.said.isascii()
        outcome = "refused" if answer.status else "taken as written"
        yield Case("hostile records, by the checker", name, outcome, held, answer.said)


def _case(each: Hostile, ended: Ended, here: Path) -> Case:
    kind, outcome = f"hostile {each.kind}", "refused"
    stray = sorted({path.name for path in here.iterdir()} - {*each.files})
    if stray:
        return Case(kind, each.name, "wrote", False, f"left there: {', '.join(stray)}")
    alone = ended.one_line and not ended.out
    answered = each.status == FAILED and not ended.err and ended.out.replace("\n", "").isprintable()
    held = ended.status == each.status and (alone or answered)
    return Case(kind, each.name, outcome if held else "not refused", held, ended.shown)


def _stored(bench: Bench) -> Iterator[Case]:
    """Yield what becomes of stored training runs whose files were changed."""
    problem = Completion((2, 2), {(0, 0): 1.0})
    runs = train(problem, depth=2, runs=2, scale=0.1, stop_loss=1e-1)
    for name, spoil in STORED.items():
        here = bench.new_folder("hostile")
        save(runs, here / "runs.npz")
        spoil(here / "runs.npz")
        before = {path.name for path in here.iterdir()}
        ended = bounded(lambda here=here: _loaded(here / "runs.npz"), here)  # type: ignore[misc]
        yield _case(Hostile("stored runs", name, (), dict.fromkeys(before, b"")), ended, here)


def _loaded(path: Path) -> int:
    try:
        load(path)
    except InputError as error:
        print(f"dlnproof: {error}", file=sys.stderr)
        return USAGE
    return 0


SECTION: Final = Section("hostile", "Hostile input, format by format", _cases)
