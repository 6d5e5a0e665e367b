"""The checker of records as one file: definitions, the part of each claim, the examination.

``python3 referee/assemble.py`` prints it. Python 3.9 will do, and its standard library.
"""

import ast
import sys
from functools import lru_cache
from pathlib import Path

HOME = "dlnproof.referee.geometry"  # what parts import from there stands above them in the file
WIDTH = 100


class PartError(ValueError):
    """A part does not fit into the file; the message says why."""


class _Part:
    """A module's docstring, imports, keys it states, names by what they mean; the rest as text."""

    def __init__(self, text):
        tree, lines = ast.parse(text), text.splitlines()
        self.doc = ast.get_docstring(tree) or ""
        self.nodes = tree.body[1:] if self.doc else tree.body
        self.names, self.imports, self.wanted, self.keys = {}, set(), set(), set()
        for node in tree.body:
            if node not in self.nodes or isinstance(node, (ast.Import, ast.ImportFrom)):
                self._take(node)
                for k in range(node.lineno - 1, node.end_lineno):
                    lines[k] = ""
            elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                self.names[node.name] = self
                self.keys |= {_key(decorator) for decorator in node.decorator_list} - {None}
            else:
                stored = getattr(node, "targets", [getattr(node, "target", node)])
                found = (x.id for one in stored for x in ast.walk(one) if isinstance(x, ast.Name))
                self.names.update(dict.fromkeys(found, self))
        self.body = "\n".join(lines).strip("\n")

    def _take(self, node):
        """Note an import, by (module, name, other name)."""
        module = "." * getattr(node, "level", 0) + (getattr(node, "module", "") or "")
        for alias in getattr(node, "names", ()):
            if module == HOME:
                self.wanted.add(alias.name)
                continue
            one = (module, alias.name) if module else (alias.name, "")
            self.imports.add((*one, alias.asname or ""))
            self.names[alias.asname or alias.name] = one


def _key(decorator, names=("states",)):
    """Return the key in @states("key"), of a claim or of "claim: what is printed"."""
    if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") in names:
        key = getattr(decorator.args[0], "value", None) if decorator.args else None
        return key if isinstance(key, str) else None
    return None


def _does_nothing(node):
    """Whether a statement only defines: it runs nothing when the file is imported."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return all(alias.name != "*" for alias in node.names)
    if isinstance(node, ast.FunctionDef):
        found = [node.returns, *_given(node.args)]
        for decorator in node.decorator_list:
            if not _key(decorator, ("states", "wrong")):
                return False
            found += [*decorator.args, *(keyword.value for keyword in decorator.keywords)]
        return all(map(_is_still, filter(None, found)))
    return isinstance(node, ast.Assign) and _is_still(node.value)


def _given(arguments):
    """Return what is evaluated where a function with these arguments is defined."""
    said = [getattr(x, "annotation", None) for x in ast.walk(arguments)]
    return [*arguments.defaults, *arguments.kw_defaults, *said]


def _is_still(node):
    """Whether an expression runs nothing: a literal, a name, a function."""
    if isinstance(node, ast.Lambda):
        return all(map(_is_still, filter(None, _given(node.args))))
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return isinstance(node, ast.Name)
    return True


# what the checker keeps, and ways to it: a part neither reads nor changes them
KEPT = {"PAIRS", "WRONG", "SAID", "SCOPES", "AUTHORS", "states", "wrong", "globals", "locals"}
KEPT |= {"vars", "exec", "eval", "__import__", "compile", "setattr", "getattr", "sys", "builtins"}
KEPT |= {"importlib", "inspect"}


def _reaches(tree):
    """Return a name in a part by which it could reach what the checker keeps, or None."""
    decorating = {
        id(one.func)
        for node in ast.walk(tree)
        for one in getattr(node, "decorator_list", ())
        if isinstance(one, ast.Call)
    }
    for node in ast.walk(tree):
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            return node.names[0]
        names = [getattr(node, "id", None), getattr(node, "attr", None)]
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            modules = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            home = HOME in modules
            ours = (HOME, "states", "wrong") if home else ()
            names = [x.partition(".")[0] for x in modules if x not in ours]
        for name in filter(None, names):
            hidden = name.startswith("__") or name in KEPT
            if hidden and id(node) not in decorating:
                return name
    return None


def part_of(claim, text):
    """Return the part of a claim that is not dlnproof's, or raise :class:`PartError`."""
    try:
        part = _Part(str(text))
    except (SyntaxError, ValueError) as error:
        why = getattr(error, "msg", error)
        raise PartError(f"line {getattr(error, 'lineno', None) or 1}: {why}") from None
    foreign = {module.partition(".")[0] for module, *_ in part.imports} - sys.stdlib_module_names
    if not text.isascii():
        raise PartError("expected ASCII")
    for node in part.nodes:
        if not _does_nothing(node):
            raise PartError(f"line {node.lineno}: expected imports, functions and constants only")
    if reached := _reaches(ast.parse(text)):
        raise PartError(f"names {reached!r}, which a claim's part has no business with")
    if foreign:
        raise PartError(f"imports {min(foreign)!r}, expected Python's standard library only")
    if claim not in part.keys or {key.partition(": ")[0] for key in part.keys} != {claim}:
        raise PartError(f'expected a function under @states("{claim}"), none of another claim')
    return part


def _read(file):
    return _ours(file.read_text("ascii"))


_ours = lru_cache(maxsize=None)(_Part)  # read once, however many files of claims are loaded


def assembled(folder=Path(__file__).parent, own=()):
    """Return the file: the modules in a folder, and ``own`` parts, (claim, source text) each.

    Raises :class:`PartError`.
    """

    def within(folder):
        return sorted(folder.iterdir(), key=lambda path: path.name)

    first, last = _read(folder / "geometry.py"), _read(folder / "examination.py")
    parts = {"what is computed": first}
    for chapter in filter(lambda path: path.is_dir(), within(folder)):
        for file in within(chapter):
            if file.name.endswith(".py") and not file.name.startswith("__"):
                parts[f"{chapter.name}/{file.name}"] = _read(file)
    for claim, text in own:
        title = f"'{claim}': a part by its author, not by dlnproof"
        parts[title] = part_of(claim, text)
        parts[title].body = f'AUTHORS.add("{claim}")\n\n\n{parts[title].body}'
    parts["what is examined"] = last
    said = [f'"""{last.doc}\n"""', _imports(part.imports for part in parts.values())]
    taken = {**last.names, **first.names}
    for title, part in parts.items():
        for name in sorted(part.names):
            if taken.setdefault(name, part.names[name]) != part.names[name]:
                raise PartError(f"{name!r} means something else in the checker; rename it")
        if unknown := part.wanted - first.names.keys():
            raise PartError(f"imports {min(unknown)!r}, which {HOME} does not define")
        doc = "" if part is last else "".join(f"# {line}\n" for line in part.doc.splitlines())
        said.append(f"# --- {title} {'-' * (WIDTH - 7 - len(title))}\n{doc}\n\n{part.body}")
    return "\n\n\n".join(said) + "\n"


def _imports(imports):
    """Return what the file imports, each module once."""
    modules = {}
    for module, name, other in sorted(set().union(*imports)):
        what = f"{name or module} as {other}" if other else name or module
        modules.setdefault((bool(name), module), []).append(what)
    lines = [
        f"from {module} import {', '.join(what)}" if name else f"import {', '.join(what)}"
        for (name, module), what in sorted(modules.items())
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(assembled())
