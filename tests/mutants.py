"""Mutation testing: one small change of what is trusted at a time, and tests that must notice it.

Run: python tests/mutants.py AREA [--sample N] [--seed S] [--jobs J] [--only PATTERN]
     [--json FILE] [--kept FILE]

A change that no test notices has survived: it is a check that nothing checks, or it changes nothing
(it makes a rule refuse less of what is true as well, say) and is listed in survivors.toml, with the
reason. Exit status 1 if one survives that is not listed, or one is listed that does not.

With --kept a run that was broken off goes on where it was: each change that a test notices is
written there at once, and is not tried again while its module is what it was. Those that survived
are: a test may be new. Whether other modules and tests are what they were is for you to know.

A mutant costs a fork, not a start: tests and package are loaded once, and all tests run once on
what is unchanged, which shows what each calls. A change within a function is put in its place there
and tried on those that call it; of one in the parts of the checker the file is put together again,
and every other change is tried with the package loaded anew. Examples of hypothesis that fail are
not made smaller; tests that are dear, or would notice any change of a text, are left out, so that
at most fewer are noticed.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import importlib.abc
import importlib.util
import io
import itertools
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
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, Final
from zlib import crc32

import pytest
from hypothesis import Phase, settings

ROOT: Final = Path(__file__).parents[1]
SURVIVORS: Final = Path(__file__).with_name("survivors.toml")
TIMES: Final = 5
"""How much longer than what is unchanged the tests may take; then they count as not ending."""
_WAITED: Final = 3600
"""Seconds for one process, by the clock: for one that waits, since work is bounded by itself."""
_NAMELESS: Final = "<lambda>"
_UNCHANGED: Final = -1
"""The number of a change that changes nothing: how a mutant is put in place, and no mutant."""


@dataclass(frozen=True)
class Area:
    """Modules that are mutated, and their tests; ``without``: tests that are left out."""

    modules: str
    tests: tuple[str, ...]
    arithmetic: bool = True
    without: str = ""


_RECORD: Final = (
    "tests/record/test_control_characters.py",
    "tests/record/test_counterexamples.py",
    "tests/record/test_record.py",
    "tests/record/test_record_edits.py",
    "tests/record/test_record_file.py",
)
_CHECKER: Final = ("tests/record/test_verify_record.py", "tests/record/test_referee.py")
AREAS: Final = {
    "kernel": Area("dlnproof/kernel/*.py", ("tests/kernel",), arithmetic=False),
    "core": Area(
        "dlnproof/core/*.py",
        ("tests/core",),
        without="never_refuted",  # most of the area's time
    ),
    "quantities": Area("dlnproof/quantities/*.py", ("tests/quantities",)),
    "record": Area("dlnproof/record/*.py", (*_RECORD, "tests/cli/test_cli_verify.py")),
    "checker": Area(
        "referee/**/*.py",
        _CHECKER,
        # they would notice any change of a text, or are dear, or run the file as it lies there
        without="short_and_plain or spoilt or slips or whatever or alone or missing_file",
    ),
}

Place = tuple[str, str, int]
"""A function: its file, its name there, and its first line.

Of one that stands in the checker, where lines are others: no file, and what tells its code apart.
"""


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
        function = self.place[1].removesuffix(_NAMELESS) if self.place else ""
        return f"{function}: {self.kind}: {self.source}"

    @property
    def digest(self) -> str:
        """What tells it apart from those of all modules, as these are now."""
        text = (ROOT / self.path).read_bytes()
        return f"{self.path} {sha256(text).hexdigest()[:16]} {self.number}"

    @property
    def assembled(self) -> bool:
        """Whether it is one of a part of the checker, which is read as text."""
        return self.path.startswith("referee/") and not self.path.endswith("/assemble.py")


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
    """Yield what stands in the body of a function, of a method or of a lambda that is in none of
    them, with where that is.
    """
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    for prefix, parent in [("", tree), *((f"{each.name}.", each) for each in classes)]:
        waiting: list[ast.AST] = list(ast.iter_child_nodes(parent))
        for node in waiting:
            inside: list[ast.AST] = []
            if isinstance(node, ast.FunctionDef):
                first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
                place, inside = (path, prefix + node.name, first), [*node.body]
            elif isinstance(node, ast.Lambda):
                place, inside = (path, prefix + _NAMELESS, node.lineno), [node.body]
            if not isinstance(node, ast.ClassDef):
                waiting += [each for each in ast.iter_child_nodes(node) if each not in inside]
            yield from ((id(each), place) for part in inside for each in ast.walk(part))


def _annotations(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what says something and does nothing: types, and that two lengths are equal; and wrong
    variants in the checker, since a change of what is wrong is as wrong.
    """
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "wrong":
        yield from ast.walk(node)
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
    if mutant.number == _UNCHANGED:
        return raw.decode()
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
        if name != self.module:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def exec_module(self, module: Any) -> None:
        """Run the text."""
        exec(compile(self.source, self.path, "exec"), module.__dict__)


def _load_anew(mutant: Mutant) -> None:
    """Forget the package and its tests, and let the mutant be what is imported."""
    path, source = ROOT / mutant.path, mutated(mutant)
    for name, loaded in list(sys.modules.items()):
        file = getattr(loaded, "__file__", None) or ""
        if name.partition(".")[0] == "dlnproof" or file.startswith(f"{ROOT}/tests/"):
            del sys.modules[name]
    prefix = "" if mutant.path.startswith("dlnproof") else "dlnproof."
    module = prefix + mutant.path.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, _Mutated(module, str(path), source))


def _assemble_anew(mutant: Mutant) -> None:
    """Let the mutant be what is read, and put the checker together of it, in the place of ours."""
    path, source, read = ROOT / mutant.path, mutated(mutant), Path.read_text

    def read_text(self: Path, *args: Any, **options: Any) -> str:
        return source if self == path else read(self, *args, **options)

    Path.read_text = read_text  # type: ignore[method-assign]
    tests: Any = sys.modules["test_verify_record"]
    tests.SOURCE = sys.modules["dlnproof.claims.studies"].checker(())
    vars(tests.CHECKER).clear()
    vars(tests.CHECKER).update(vars(tests.module(tests.SOURCE)))


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


_LOADED: Final[dict[Place, list[FunctionType]]] = {}


def _place(code: CodeType) -> Place:
    if code.co_filename != "verify_record.py":
        return code.co_filename, code.co_qualname, code.co_firstlineno
    # its instructions may be others there: a call by an imported name is compiled otherwise
    names = code.co_names, code.co_varnames, code.co_freevars
    constants = [x for x in code.co_consts if not isinstance(x, CodeType)]
    return "", code.co_qualname, crc32(repr((names, constants)).encode())


def _swap(mutant: Mutant) -> bool:
    """Put a change into the function that it is in the body of, where one is loaded."""
    codes = _codes(compile(mutated(mutant), str(ROOT / mutant.path), "exec"))
    found = [code for code in codes if _place(code) == mutant.place]
    if mutant.place not in _LOADED or len(found) > 1:
        return False
    for function in _LOADED[mutant.place]:
        function.__code__ = found[0]
    return True


def _concerned(mutant: Mutant) -> set[Place] | None:
    """Return the functions that a change is about, as tests call them; None: any that there is."""
    if not mutant.assembled:
        return {mutant.place} if mutant.place in _LOADED else None
    codes = _codes(
        compile((ROOT / mutant.path).read_text("ascii"), str(ROOT / mutant.path), "exec")
    )
    found = [x for x in codes if mutant.place in (None, _place(x))]
    return {_place(code.replace(co_filename="verify_record.py")) for code in found}


# --- the tests ------------------------------------------------------------------------------------

Noted = dict[str, tuple[float, set[Place]]]
"""Of each test: how long it took, and the functions of ours that it called."""


def _run(session: pytest.Session, names: Sequence[str]) -> bool:
    """Run tests that are loaded; return whether all pass. It ends with the first that fails."""
    items = {item.nodeid: item for item in session.items}
    chosen: list[pytest.Item | None] = [items[name] for name in names]
    for item, following in itertools.pairwise([*chosen, None]):
        assert item is not None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return False
    return True


class _Chosen:
    """Lets pytest run some tests alone, in an order."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = {name: k for k, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep what is chosen."""
        items[:] = [item for item in items if item.nodeid in self.names]
        items.sort(key=lambda item: self.names[item.nodeid])


class _Watched:
    """Notes what there is to know of each test."""

    def __init__(self) -> None:
        self.tests: Noted = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Look at all calls while a test runs; kernel's tests look at their returns themselves."""
        called, began = dict[int, CodeType](), time.process_time()

        def see(frame: FrameType, *_: object) -> None:
            code = frame.f_code  # by id: to hash a code takes long, and this is every call
            called[id(code)] = code

        sys.settrace(see)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            ours = {_place(code) for code in called.values()}
            ours = {each for each in ours if not each[0] or each in _LOADED}
            self.tests[item.nodeid] = (time.process_time() - began, ours)


def _watch(session: pytest.Session, noted: Path) -> None:
    """Run all tests on what is unchanged, and write what was noted of them."""
    watched = _Watched()
    session.config.pluginmanager.register(watched)
    if not _run(session, [item.nodeid for item in session.items]):
        os._exit(1)
    noted.write_bytes(pickle.dumps(watched.tests))
    os._exit(0)


def _try(session: pytest.Session, mutant: Mutant, area: Area, tests: Noted) -> None:
    """Run tests on a mutant, in a process of its own: it ends with 0 where none notices.

    Those that call what is changed. The quick ones are first.
    """
    concerned = None if mutant.number == _UNCHANGED else _concerned(mutant)
    chosen = sorted(tests, key=lambda name: tests[name][0])
    if concerned is not None:
        chosen = [name for name in chosen if concerned & tests[name][1]]
    longest = 10 + TIMES * int(sum(tests[name][0] for name in chosen))
    resource.setrlimit(resource.RLIMIT_CPU, (longest, longest))
    if not chosen:
        os._exit(0)
    if mutant.assembled:
        _assemble_anew(mutant)
    elif not _swap(mutant):
        _load_anew(mutant)
        files = sorted({str(ROOT / name.partition("::")[0]) for name in chosen})
        os._exit(_pytest(area, *files, plugin=_Chosen(chosen)))
    os._exit(not _run(session, chosen))


def _alone(do: Callable[..., None], *args: object) -> int | None:
    """Call a function in a process of its own; return the status that it ends with."""
    process = multiprocessing.get_context("fork").Process(target=do, args=args)
    process.start()
    process.join(_WAITED)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode


class _Trials:
    """In the place of a run of the tests that pytest has loaded: each mutant is tried on them."""

    def __init__(self, area: Area, found: Sequence[Mutant], jobs: int, made: Path) -> None:
        self.area, self.found, self.jobs, self.made = area, found, jobs, made
        self.say: Callable[[Mutant, bool], None] = lambda mutant, noticed: None
        self.survivors: list[Mutant] | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try what is unchanged as the mutants are: what fails would count all as noticed."""
        config: Any = session.config
        config._tmp_path_factory.getbasetemp()  # one for all processes, none of which clears it
        gc.collect()
        for each in gc.get_objects():
            if type(each) is FunctionType:
                place = _place(each.__code__)
                if place[0].startswith((f"{ROOT}/dlnproof/", f"{ROOT}/referee/")):
                    _LOADED.setdefault(place, []).append(each)
        gc.freeze()  # after this it names none of them
        noted = self.made / "noted"
        if _alone(_watch, session, noted) != 0:
            return True
        tests = pickle.loads(noted.read_bytes())
        ways = {m.assembled: m for m in self.found if m.assembled or m.place not in _LOADED}
        unchanged = [replace(m, number=_UNCHANGED) for m in ways.values()]
        with ThreadPoolExecutor(self.jobs) as pool:

            def ends(of: Sequence[Mutant]) -> Iterator[int | None]:
                return pool.map(lambda m: _alone(_try, session, m, self.area, tests), of)

            if any(status != 0 for status in ends(unchanged)):
                return True
            self.survivors = []
            for mutant, status in zip(self.found, ends(self.found), strict=True):
                self.say(mutant, status != 0)
                if status == 0:
                    self.survivors.append(mutant)
        return True


def _pytest(area: Area, *words: str, plugin: object) -> int:
    """Run pytest in this process, silently; return its exit status."""
    options = ["-x", "-q", "--tb=no", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist"]
    options += ["-s", "-W", "ignore::pytest.PytestAssertRewriteWarning", *words]
    if area.without:
        options += ["-k", f"not ({area.without})"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return int(pytest.main(options, plugins=[plugin]))


def main() -> int:
    """Try the mutants of an area, or some of them, and print those that survive."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("area", choices=AREAS)
    parser.add_argument("--sample", type=int, help="so many, drawn at random (default: all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="*", help="modules whose names match")
    parser.add_argument("--json", type=Path, help="a file whose figures of the area are replaced")
    parser.add_argument("--kept", type=Path, help="a file of what was noticed, which grows")
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
    kept = given.kept if given.kept and given.kept.exists() else None
    before = set(kept.read_text("ascii").splitlines()) if kept else set()
    waiting = [mutant for mutant in found if mutant.digest not in before]
    began, out = time.monotonic(), sys.stdout

    def say(mutant: Mutant, noticed: bool) -> None:
        if noticed:
            if given.kept:
                with given.kept.open("a", encoding="ascii") as file:
                    file.write(f"{mutant.digest}\n")
            return
        known = " (listed)" if mutant.keys & listed.keys() else ""
        print(f"{mutant.path}:{mutant.line}: {mutant.name}{known}", file=out, flush=True)

    with tempfile.TemporaryDirectory() as made:
        os.environ.setdefault("DLNPROOF_MADE_ONCE", made)
        trials = _Trials(area, waiting, given.jobs, Path(made))
        trials.say = say
        settings.register_profile("mutants", phases=(Phase.explicit, Phase.generate), database=None)
        settings.load_profile("mutants")
        _pytest(
            area, f"--basetemp={made}/tests", *(str(ROOT / t) for t in area.tests), plugin=trials
        )
    survivors = trials.survivors
    if survivors is None:
        print(
            f"{given.area}: its tests fail without any change, or cannot be loaded", file=sys.stderr
        )
        return 1
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
