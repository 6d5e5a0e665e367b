"""Mutation testing: one small change of what is trusted at a time, and tests that must notice it.

Run: python tests/mutants.py AREA [--sample N] [--seed S] [--jobs J] [--only PATTERN] [--json FILE]

A change that no test notices has survived: it is a check that nothing checks, or it changes nothing
(it makes a rule refuse less of what is true as well, say) and is listed in survivors.toml, with the
reason. Exit status 1 if one survives that is not listed, or one is listed that does not.

A mutant costs a fork, not a start: tests and package are loaded once. A change within a function is
put in its place there, and every other change is tried with the package loaded anew. Examples of
hypothesis that fail are not made smaller; tests that are dear, or would notice any change of a
text, are left out, so that at most fewer are noticed.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import importlib.abc
import importlib.util
import io
import json
import multiprocessing
import os
import pickle
import random
import resource
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[1]
SURVIVORS: Final = Path(__file__).with_name("survivors.toml")
TIMES: Final = 5
"""How much longer than what is unchanged the tests may take; then they count as not ending."""


@dataclass(frozen=True)
class Area:
    """Modules that are mutated, and their tests.

    ``text``: the modules are read as text, and have to stay as they are but for the change.
    ``without``: tests that are left out.
    """

    modules: str
    tests: tuple[str, ...]
    arithmetic: bool = True
    text: bool = False
    without: str = ""


_CHECKER: Final = ("tests/record/test_verify_record.py", "tests/record/test_referee.py")
AREAS: Final = {
    "kernel": Area("dlnproof/kernel/*.py", ("tests/kernel",), arithmetic=False),
    "core": Area(
        "dlnproof/core/*.py",
        ("tests/core",),
        without="never_refuted",  # most of the area's time
    ),
    "quantities": Area("dlnproof/quantities/*.py", ("tests/quantities",)),
    "record": Area("dlnproof/record/*.py", ("tests/record", "tests/cli/test_cli_verify.py")),
    "checker": Area(
        "referee/**/*.py", _CHECKER, text=True, without="short_and_plain or spoilt or slips"
    ),
}

Place = tuple[str, str, int]
"""A function: its file, its name there, and its first line."""


@dataclass(frozen=True)
class Mutant:
    """A module with one change: where, of which kind, and the line as it was.

    ``place``: the function that the change is in the body of, if it is in one.
    """

    path: str
    line: int
    kind: str
    source: str
    number: int
    place: Place | None

    @property
    def keys(self) -> set[tuple[str, str]]:
        """How it may be listed: by file and name, or with all changes of its function."""
        return {(self.path, self.name), (self.path, f"{self.name.partition(':')[0]}: *")}

    @property
    def name(self) -> str:
        """What tells it apart within the file, without the number of the line, which moves."""
        return f"{self.place[1] if self.place else ''}: {self.kind}: {self.source}"


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
    lines, tree = text.splitlines(), ast.parse(text)
    places = dict(_places(tree, str(path)))
    for number, node, kind, _ in _changes(tree):
        if kind.startswith("another") and not arithmetic:
            continue
        line = lines[node.lineno - 1].strip()
        where = places.get(id(node))
        yield Mutant(str(path.relative_to(ROOT)), node.lineno, kind, line, number, where)


def _places(tree: ast.Module, path: str) -> Iterator[tuple[int, Place]]:
    """Yield what stands in the body of a function, or of a method, with where that is."""
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    bodies = [("", tree.body), *((f"{each.name}.", each.body) for each in classes)]
    for prefix, body in bodies:
        for node in body:
            if isinstance(node, ast.FunctionDef):
                first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
                for part in node.body:
                    for each in ast.walk(part):
                        yield id(each), (path, prefix + node.name, first)


def _annotations(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what says something and does nothing: types, and that two lengths are equal."""
    strict = node.value if isinstance(node, ast.keyword) and node.arg == "strict" else None
    named = isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Callable"
    alias = node if named else None
    for each in (getattr(node, "annotation", None), getattr(node, "returns", None), strict, alias):
        if each is not None:
            yield from ast.walk(each)


def _changes(tree: ast.Module) -> Iterator[tuple[int, Any, str, Any]]:
    count = 0
    said = {id(part) for each in ast.walk(tree) for part in _annotations(each)}
    for node in ast.walk(tree):
        if id(node) in said:  # nothing is done there
            continue
        for of in (_guards, _hypotheses, _arithmetic):
            for kind, change in of(node):
                yield count, node, kind, change
                count += 1


def mutated(mutant: Mutant) -> str:
    """Return the source text of a mutant: the text as it was, but for one expression."""
    raw = (ROOT / mutant.path).read_bytes()
    tree = ast.parse(raw)
    node, change = next((n, c) for k, n, _, c in _changes(tree) if k == mutant.number)
    asked: Any = node.test if isinstance(node, ast.If) else node
    lines = [0, *(k + 1 for k, byte in enumerate(raw) if byte == ord("\n"))]
    start = lines[asked.lineno - 1] + asked.col_offset
    end = lines[asked.end_lineno - 1] + asked.end_col_offset
    # what stands in an f-string has no true place before Python 3.12
    placed = _same(raw[start:end].decode(errors="replace"), asked)
    change(node)
    if isinstance(node, ast.If) and isinstance(node.test, ast.BoolOp):
        [node.test] = node.test.values if len(node.test.values) == 1 else [node.test]
    if not placed:
        return ast.unparse(ast.fix_missing_locations(tree))
    new = ast.unparse(node.test if isinstance(node, ast.If) else node)
    return (raw[:start] + f"({new})".encode() + raw[end:]).decode()


def _same(text: str, node: ast.expr) -> bool:
    try:
        return ast.dump(ast.parse(f"({text})", mode="eval").body) == ast.dump(node)
    except SyntaxError:
        return False


# --- a mutant in the place of the module ----------------------------------------------------------


class _Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from another text."""

    def __init__(self, module: str, path: str, source: str) -> None:
        self.module, self.path, self.source = module, path, source

    def find_spec(self, name: str, *_: Any) -> Any:
        """Return the module's, for its name alone."""
        return importlib.util.spec_from_loader(name, self) if name == self.module else None

    def exec_module(self, module: Any) -> None:
        """Run the text."""
        exec(compile(self.source, self.path, "exec"), module.__dict__)


def _load_anew(mutant: Mutant) -> None:
    """Forget the package and its tests, and let the mutant be what is imported, or read."""
    path, source = ROOT / mutant.path, mutated(mutant)
    for name, loaded in list(sys.modules.items()):
        file = getattr(loaded, "__file__", None) or ""
        if name.partition(".")[0] == "dlnproof" or file.startswith(f"{ROOT}/tests/"):
            del sys.modules[name]
    prefix = "" if mutant.path.startswith("dlnproof") else "dlnproof."
    module = prefix + mutant.path.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, _Mutated(module, str(path), source))
    read = Path.read_text

    def read_text(self: Path, *args: Any, **options: Any) -> str:
        return source if self == path else read(self, *args, **options)

    Path.read_text = read_text  # type: ignore[method-assign]


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


_LOADED: Final[dict[Place, list[FunctionType]]] = {}


def _place(code: CodeType) -> Place:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _swap(mutant: Mutant) -> bool:
    """Put a change into the function that it is in the body of, where it is loaded."""
    if mutant.place not in _LOADED:
        return False
    codes = _codes(compile(mutated(mutant), mutant.place[0], "exec"))
    [code] = (code for code in codes if _place(code) == mutant.place)
    for function in _LOADED[mutant.place]:
        function.__code__ = code
    return True


# --- the tests ------------------------------------------------------------------------------------


class _Chosen:
    """Lets pytest run some tests alone, in an order."""

    def __init__(self, names: list[str]) -> None:
        self.names = {name: k for k, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep what is chosen."""
        items[:] = [item for item in items if item.nodeid in self.names]
        items.sort(key=lambda item: self.names[item.nodeid])


class _Watched:
    """Notes for each test how long it took, and the functions of ours that it called."""

    def __init__(self) -> None:
        self.tests: dict[str, tuple[float, set[Place]]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Look at all calls while a test runs; kernel's tests look at their returns themselves."""
        called, began = set[Place](), time.process_time()
        sys.settrace(lambda frame, *_: called.add(_place(frame.f_code)))
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.tests[item.nodeid] = (time.process_time() - began, called & _LOADED.keys())


def _pytest(area: Area, *words: str, plugin: object = None) -> int:
    """Run pytest in this process, silently; return its exit status."""
    options = ["-x", "-q", "--tb=no", "--no-header", "-p", "no:cacheprovider"]
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning", *words]
    if area.without:
        options += ["-k", f"not ({area.without})"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return int(pytest.main(options, plugins=[plugin] if plugin else None))


def _watch(area: Area, noted: Path) -> None:
    """Run all tests on what is unchanged, and write what was noted of them."""
    watched = _Watched()
    if _pytest(area, *(str(ROOT / test) for test in area.tests), plugin=watched):
        sys.exit(1)
    noted.write_bytes(pickle.dumps(watched.tests))


def _try(mutant: Mutant, area: Area, tests: dict[str, tuple[float, set[Place]]]) -> None:
    """Run tests on a mutant, in a process of its own: it ends with 0 where none notices.

    Of a change within a function, those that call it. The quick ones are first.
    """
    chosen = sorted(tests, key=lambda name: tests[name][0])
    if area.text or not _swap(mutant):
        _load_anew(mutant)
    else:
        chosen = [name for name in chosen if mutant.place in tests[name][1]]
    longest = 10 + TIMES * int(sum(tests[name][0] for name in chosen))
    resource.setrlimit(resource.RLIMIT_CPU, (longest, longest))
    files = sorted({str(ROOT / name.partition("::")[0]) for name in chosen})
    os._exit(_pytest(area, *files, plugin=_Chosen(chosen)) if chosen else 0)


def _alone(do: Callable[..., None], *args: object) -> int | None:
    """Call a function in a process of its own; return the status that it ends with."""
    process = multiprocessing.get_context("fork").Process(target=do, args=args)
    process.start()
    process.join(600)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode


def _load(area: Area) -> None:
    """Load the tests of an area, and with them the package, for all processes."""
    from hypothesis import Phase, settings

    settings.register_profile("mutants", phases=(Phase.explicit, Phase.generate), database=None)
    settings.load_profile("mutants")
    if _pytest(area, "--collect-only", *(str(ROOT / test) for test in area.tests)):
        raise SystemExit("the tests cannot be loaded")
    gc.collect()
    for each in gc.get_objects():
        if type(each) is FunctionType and each.__code__.co_filename.startswith(f"{ROOT}/dlnproof/"):
            _LOADED.setdefault(_place(each.__code__), []).append(each)
    gc.freeze()  # after this it names none of them


def main() -> int:
    """Try the mutants of an area, or some of them, and print those that survive."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("area", choices=AREAS)
    parser.add_argument("--sample", type=int, help="so many, drawn at random (default: all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="*", help="modules whose names match")
    parser.add_argument("--json", type=Path, help="a file whose figures of the area are replaced")
    given = parser.parse_args()
    area = AREAS[given.area]
    paths = [p for p in sorted(ROOT.glob(area.modules)) if fnmatch(p.stem, given.only)]
    every = [mutant for path in paths for mutant in mutants(path, arithmetic=area.arithmetic)]
    found = every
    if given.sample is not None and given.sample < len(every):
        found = random.Random(given.seed).sample(every, given.sample)
    listed = {
        (path, name): reason
        for path, names in tomllib.loads(SURVIVORS.read_text("utf-8")).items()
        for name, reason in names.items()
    }
    began, survivors = time.monotonic(), list[Mutant]()
    with tempfile.TemporaryDirectory() as made:
        os.environ.setdefault("DLNPROOF_MADE_ONCE", made)
        _load(area)
        noted = Path(made, "noted")
        # as the mutants are tried: what fails here would count each of them as noticed
        if _alone(_watch, area, noted) != 0:
            print(f"{given.area}: its tests fail without any change", file=sys.stderr)
            return 1
        tests = pickle.loads(noted.read_bytes())
        with ThreadPoolExecutor(given.jobs) as pool:
            ends = pool.map(lambda m: _alone(_try, m, area, tests), found)
            for mutant, status in zip(found, ends, strict=True):
                if status == 0:
                    survivors.append(mutant)
                    known = " (listed)" if mutant.keys & listed.keys() else ""
                    print(f"{mutant.path}:{mutant.line}: {mutant.name}{known}", flush=True)
    new = [m for m in survivors if not m.keys & listed.keys()]
    files = {m.path for m in every}
    # of changes with one name, or in one function, all were tried and none survived
    names, tried = (Counter(key for m in of for key in m.keys) for of in (every, found))
    alive = {key for m in survivors for key in m.keys}
    stale = {k for k in listed if k[0] in files and k not in alive and names[k] == tried[k]}
    for path, name in sorted(stale):
        print(f"listed, and noticed by a test, or gone: {path}: {name}")
    counts = {
        "mutants": len(every),
        "tried": len(found),
        "noticed": len(found) - len(survivors),
        "listed": len(survivors) - len(new),
    }
    print(
        f"{given.area}: {counts['noticed']} of {len(found)} mutants noticed, "
        f"{counts['listed']} listed with a reason, {len(new)} not; "
        f"{time.monotonic() - began:.0f} s"
    )
    if given.json:
        figures = json.loads(given.json.read_text("ascii")) if given.json.exists() else {}
        figures[given.area] = counts
        given.json.write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n", "ascii")
    return 1 if new or stale else 0


if __name__ == "__main__":
    sys.exit(main())
