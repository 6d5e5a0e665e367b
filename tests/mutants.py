"""Mutation testing: one small change of what is trusted at a time, and tests that must notice it.

Run: python tests/mutants.py AREA [--sample N] [--seed S] [--jobs J] [--only PATTERN]

A change that no test notices has survived: it is a check that nothing checks, or it changes nothing
(it makes a rule refuse less of what is true as well, say) and is listed in survivors.toml, with the
reason. Exit status 1 if one survives that is not listed, or one is listed that does not.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib.abc
import importlib.util
import io
import multiprocessing
import random
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
SURVIVORS: Final = Path(__file__).with_name("survivors.toml")
LONGEST: Final = 300
"""Seconds after which a mutant counts as noticed: it does not end."""


@dataclass(frozen=True)
class Area:
    """Modules that are mutated, and the tests of each: its own first, then all."""

    modules: str
    tests: str
    own: str
    arithmetic: bool = True


AREAS: Final = {
    "kernel": Area(
        "dlnproof/kernel/*.py", "tests/kernel", "tests/kernel/test_{}*.py", arithmetic=False
    ),
    "core": Area("dlnproof/core/*.py", "tests/core", "tests/core/test_core_{}*.py"),
    "record": Area("dlnproof/record/*.py", "tests/record", "tests/record/test_{}*.py"),
}


@dataclass(frozen=True)
class Mutant:
    """A module with one change: where, of which kind, and the line as it was."""

    path: str
    line: int
    kind: str
    source: str
    number: int

    @property
    def name(self) -> str:
        """What tells it apart, without the number of the line, which moves."""
        return f"{self.path}: {self.kind}: {self.source}"


# --- the changes ----------------------------------------------------------------------------------


def _guards(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """Yield changes of a check, and of what it asks: it never refuses, or asks less."""
    if not isinstance(node, ast.If) or not isinstance(node.body[-1], ast.Raise):
        return

    def never(new: ast.If) -> None:
        new.test = ast.Constant(value=False)

    yield "never refused", never
    if isinstance(node.test, ast.BoolOp):
        for k in range(len(node.test.values)):

            def less(new: ast.If, k: int = k) -> None:
                assert isinstance(new.test, ast.BoolOp)
                del new.test.values[k]

            yield f"condition {k + 1} not asked", less


def _hypotheses(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """Yield changes of what a theorem is made with: a hypothesis is lost."""
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg in ("more", "named"):

                def without(new: ast.Call, name: str = keyword.arg or "") -> None:
                    new.keywords = [k for k in new.keywords if k.arg != name]

                yield f"without {keyword.arg}", without
    if isinstance(node, ast.List) and isinstance(node.ctx, ast.Load):
        for k in range(len(node.elts) if len(node.elts) > 1 else 0):

            def shorter(new: ast.List, k: int = k) -> None:
                del new.elts[k]

            yield f"without entry {k + 1}", shorter


_OTHER: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_SIGNS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


def _arithmetic(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """Yield changes of comparisons, signs and numbers."""
    if isinstance(node, ast.Compare):
        for k, op in enumerate(node.ops):
            if type(op) in _OTHER:

                def compared(new: ast.Compare, k: int = k) -> None:
                    new.ops[k] = _OTHER[type(new.ops[k])]()

                yield f"another comparison {k + 1}", compared
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:

        def other(new: ast.BinOp) -> None:
            new.op = _SIGNS[type(new.op)]()

        yield "another operation", other
    if isinstance(node, ast.Constant) and type(node.value) in (int, bool):

        def next_(new: ast.Constant) -> None:
            assert isinstance(new.value, int)
            new.value = not new.value if isinstance(new.value, bool) else new.value + 1

        yield "another constant", next_


def mutants(path: Path, *, arithmetic: bool = True) -> Iterator[Mutant]:
    """Yield the changes of a module, each once; those of arithmetic too, if asked for."""
    text = path.read_text("utf-8")
    lines = text.splitlines()
    for number, node, kind, _ in _changes(ast.parse(text)):
        if kind.startswith("another") and not arithmetic:
            continue
        line = lines[node.lineno - 1].strip()
        yield Mutant(str(path.relative_to(ROOT)), node.lineno, kind, line, number)


def _changes(tree: ast.Module) -> Iterator[tuple[int, Any, str, Any]]:
    count = 0
    for node in ast.walk(tree):
        for of in (_guards, _hypotheses, _arithmetic):
            for kind, change in of(node):
                yield count, node, kind, change
                count += 1


def mutated(mutant: Mutant) -> str:
    """Return the source text of a mutant."""
    tree = ast.parse((ROOT / mutant.path).read_text("utf-8"))
    node, change = next((n, c) for k, n, _, c in _changes(tree) if k == mutant.number)
    change(node)
    if isinstance(node, ast.If) and isinstance(node.test, ast.BoolOp):
        [node.test] = node.test.values if len(node.test.values) == 1 else [node.test]
    return ast.unparse(ast.fix_missing_locations(tree))


# --- the tests ------------------------------------------------------------------------------------


class _Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from another text."""

    def __init__(self, module: str, source: str) -> None:
        self.module, self.source = module, source

    def find_spec(self, name: str, *_: Any) -> Any:
        """Return the module's, for its name alone."""
        return importlib.util.spec_from_loader(name, self) if name == self.module else None

    def exec_module(self, module: Any) -> None:
        """Run the text."""
        exec(compile(self.source, f"<mutant of {self.module}>", "exec"), module.__dict__)


def _tests(mutant: Mutant | None, area: Area) -> list[str]:
    if mutant is None:
        return [area.tests]
    name = Path(mutant.path).stem
    own = sorted(str(p.relative_to(ROOT)) for p in ROOT.glob(area.own.format(name)))
    return [*own, area.tests]


def _try(mutant: Mutant | None, tests: Sequence[str]) -> None:
    """Run tests on a mutant, in a process of its own: it ends with 0 where none notices."""
    import pytest

    if mutant is not None:
        module = mutant.path.removesuffix(".py").replace("/", ".")
        sys.meta_path.insert(0, _Mutated(module, mutated(mutant)))
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--no-header"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for test in tests:
            if (status := pytest.main([*options, str(ROOT / test)])) != 0:
                sys.exit(int(status))
    sys.exit(0)


def survives(mutant: Mutant | None, area: Area) -> bool:
    """Whether no test notices a mutant; without one, whether the tests pass."""
    process = multiprocessing.get_context("fork").Process(
        target=_try, args=(mutant, _tests(mutant, area))
    )
    process.start()
    process.join(LONGEST)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode == 0


def main() -> int:
    """Try the mutants of an area, or some of them, and print those that survive."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("area", choices=AREAS)
    parser.add_argument("--sample", type=int, help="so many, drawn at random (default: all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="*", help="modules whose names match")
    given = parser.parse_args()
    area = AREAS[given.area]
    paths = [p for p in sorted(ROOT.glob(area.modules)) if fnmatch(p.stem, given.only)]
    found = [mutant for path in paths for mutant in mutants(path, arithmetic=area.arithmetic)]
    if given.sample is not None and given.sample < len(found):
        found = random.Random(given.seed).sample(found, given.sample)
    listed = tomllib.loads(SURVIVORS.read_text("utf-8")) if SURVIVORS.exists() else {}
    began, survivors = time.monotonic(), list[Mutant]()
    import flint  # noqa: F401 - once, for all processes
    import sympy  # noqa: F401

    if not survives(None, area):
        print(f"{given.area}: its tests fail without any change", file=sys.stderr)
        return 1
    with ThreadPoolExecutor(given.jobs) as pool:
        for mutant, alive in zip(found, pool.map(lambda m: survives(m, area), found), strict=True):
            if alive:
                survivors.append(mutant)
                known = " (listed)" if mutant.name in listed else ""
                print(f"{mutant.path}:{mutant.line}: {mutant.kind}: {mutant.source}{known}")
                sys.stdout.flush()
    new = [m for m in survivors if m.name not in listed]
    stale = [m.name for m in found if m.name in listed and m not in survivors]
    for name in stale:
        print(f"listed, and noticed by a test: {name}")
    print(
        f"{given.area}: {len(found) - len(survivors)} of {len(found)} mutants noticed, "
        f"{len(survivors) - len(new)} listed with a reason, {len(new)} not; "
        f"{time.monotonic() - began:.0f} s"
    )
    return 1 if new or stale else 0


if __name__ == "__main__":
    sys.exit(main())
