"""What ``explain`` prints: a claim, its source, and the files that a verdict on it relies on."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from textwrap import indent
from typing import Final

from dlnproof.claims import CLAIMS, module_of
from dlnproof.claims.schema import Claim
from dlnproof.claims.studies import study
from dlnproof.documents import bibliography
from dlnproof.documents.attestation import reading
from dlnproof.documents.layout import Screen, columns, paragraph
from dlnproof.notation.coq_lines import laid_out
from dlnproof.notation.plain import blocks, plain
from dlnproof.quantities.catalogue import quantity_named
from dlnproof.run.formal_table import Theorem, stating, theorems

_IN_COQ: Final = " " * 8
_UNKNOWN: Final = "no entry has this key, neither here nor in the claim's own references"


def explanation_text(claim: Claim, on: Screen, *, trusted: bool = False) -> str:
    """Return what a claim says and what a pass of its checks relies on.

    The files that are ``trusted`` are listed, or else counted.
    """
    text = on.styled(f"{claim.id}: {claim.title}", "bold") + "\n\n"
    for displayed, block in blocks(claim.written):
        if displayed:
            text += paragraph(block, on, first="    ", then="      ")
        else:
            text += paragraph(block, on)
    text += "\n"
    for name, entry in (
        ("hypotheses", plain("; ".join(claim.hypotheses))),
        ("source", f"{claim.source}: {reference(claim.source.key) or _UNKNOWN}"),
        ("builds on", ", ".join(claim.uses) or "no other claim"),
        ("routes", ", ".join(route.value for route in claim.routes)),
    ):
        text += paragraph(entry, on, first=f"{name:12}")
    for place, quantity in enumerate(map(quantity_named, claim.quantities)):
        about = f"{quantity.plain}: {plain(quantity.definition)}"
        text += paragraph(about, on, first=f"{'' if place else 'measured':12}")
    text += "\nwrong variants, which every route that applies must reject\n"
    for mutant in claim.mutants:
        text += paragraph(f"{mutant.name}: {plain(mutant.what)}", on, first="  ", then="    ")
    for printed in claim.as_printed:
        title = f"{reading(printed.witness)} ({printed.source}; {printed.witness})"
        text += "\n" + paragraph(title, on, then="  ")
        text += paragraph(plain(printed.statement), on, first="  ", then="    ")
        text += paragraph(plain(printed.explanation), on, first="  ")
    return text + _formal_text(claim, on) + _trusted_text(claim, on, listed=trusted)


def _formal_text(claim: Claim, on: Screen) -> str:
    """Return the Coq theorems about a claim by sentence, the headline also word for word."""
    if not (found := theorems(claim.id)):
        return "\n" + paragraph("no theorem in Coq is about this claim", on)
    title = "machine-checked in Coq (how to build it: formal/README.md), by the sentence that they "
    text = "\n" + paragraph(f"{title}state, from the definitions, paired by hand", on)
    stated, told = stating(claim.id), set[str]()
    groups = {f"sentence {name}": stated.get(name, []) for name in claim.names}
    groups["further theorems"] = [theorem for theorem in found if not theorem.sentences]
    for title, group in groups.items():
        names = [theorem.theorem for theorem in group if theorem.theorem in told]
        above = f": {', '.join(names)} (above)" if names else ""
        if group:
            text += paragraph(f"{title}{above}", on, first="  ", then="    ")
        for theorem in group:
            if theorem.theorem not in told:
                text += _theorem_text(theorem, on)
        told |= {theorem.theorem for theorem in group}
    if missing := [name for name in claim.names if name not in stated]:
        text += paragraph(f"no theorem states: {', '.join(missing)}", on, first="  ", then="    ")
    return text


def _theorem_text(theorem: Theorem, on: Screen) -> str:
    name = f"{theorem.theorem} (formal/{theorem.file}): {plain(theorem.says)}"
    text = paragraph(name, on, first="    ", then="      ")
    if theorem.headline:
        for written in (*theorem.context, theorem.statement):
            text += indent(laid_out(written, on.prose - len(_IN_COQ)), _IN_COQ) + "\n"
    return text


def _trusted_text(claim: Claim, on: Screen, *, listed: bool) -> str:
    proof, checks = trusted_files(claim)
    text = "\n" + paragraph(f"Trusted for the proof: {_ONLY_RULES}", on)
    if not listed:
        here, more = (f"{len(x)} files of {sum(n for _, n in x)} lines" for x in (proof, checks))
        return text + paragraph(
            f"These are {here}, for checks {more} more; --trusted lists them.", on
        )
    for what, chosen in (
        ("files to trust for the proof (beside Python, sympy and python-flint)", proof),
        ("further files to trust for the checks", checks),
    ):
        total = sum(lines for _, lines in chosen)
        rows = [(f"{lines:5d}", name) for name, lines in (*chosen, ("in all", total))]
        text += f"\n{what}\n" + (columns(("lines", "file"), rows, Screen(None, on.colour)) or "")
    return text


_ONLY_RULES: Final = (
    "the rules that make theorems, the definitions and the statement; no derivation, and nothing "
    "that finds proofs, can make a theorem."
)


_DECIDING: Final = tuple(
    f"dlnproof/{name}"
    for name in ("kernel/", "definitions/", "core/", "formulas", "claims/deduction")
)
"""What makes theorems, and compares them with statements."""


def trusted_files(*claims: Claim) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Return the files, with their line counts, that proofs and checks of claims rely on.

    Of what a claim's modules in ``claims/`` and ``derivations/`` import, directly or not within
    this package, only what can make a theorem counts, and what says what it has to be: no
    derivation, and no tactic. The second list is what its module in ``checks/``, the gathering of
    its evidence and the reading back of its formulas import beside.
    """
    proof: dict[str, str] = {}
    roots: list[str] = []
    checking = ["dlnproof.run.evidence", "dlnproof.run.typesetting"]
    checking += ["dlnproof.claims.measured"] * any(claim.quantities for claim in claims)
    for claim in claims:
        if claim.id in CLAIMS:
            stated = module_of(claim.id, "claims")
            proof |= _only(_imported([stated]), f"{stated.replace('.', '/')}.py")
            roots += [module_of(claim.id, "derivations"), stated]
            checking.append(module_of(claim.id, "checks"))
        else:  # a user's file holds the statement, the derivation and the checks
            path = Path(inspect.getfile(study(claim.id).derive))
            proof[path.name] = path.read_text(encoding="utf-8")
            theirs = _modules(ast.parse(proof[path.name]))
            roots += theirs
            checking += theirs
    proof |= _only(_imported(roots), _DECIDING)
    checks = _imported(checking)
    untold = (*proof, *(name for name in checks if name.startswith("dlnproof/tactics/")))
    return _counted(proof), _counted({k: v for k, v in checks.items() if k not in untold})


def _only(sources: dict[str, str], start: str | tuple[str, ...]) -> dict[str, str]:
    return {name: text for name, text in sources.items() if name.startswith(start)}


def _counted(sources: dict[str, str]) -> list[tuple[str, int]]:
    return [(name, len(text.splitlines())) for name, text in sorted(sources.items())]


def _imported(modules: Iterable[str]) -> dict[str, str]:
    """Return the modules and what they import within the package: source text by file name."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in seen and (read := _module(module)) is not None:
            found[module.replace(".", "/") + ".py"], further = read
            waiting += further
        seen.add(module)
    return found


@cache
def _module(module: str) -> tuple[str, list[str]] | None:
    """Return a module's source text and the modules of this package that it imports."""
    package, _, name = module.rpartition(".")
    file = files(package) / f"{name}.py"
    if not file.is_file():
        return None  # a package, whose own module holds a sentence
    source = file.read_text(encoding="utf-8")
    return source, _modules(ast.parse(source), package)


def _modules(tree: ast.Module, package: str = "") -> list[str]:
    """Return the modules of this package that a module imports, all by their full names."""
    names: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:  # 'from .x import X', 'from ..x.y import X'
                above = package.split(".")[: len(package.split(".")) + 1 - node.level]
                module = ".".join([*above, *([module] if module else [])])
            # 'from dlnproof import formulas' names modules, 'from dlnproof.core.words import X' one
            inside = (files("dlnproof") / "/".join(module.split(".")[1:])).is_dir()
            names += [f"{module}.{a.name}" for a in node.names] if inside else [module]
    return [name for name in names if name.startswith("dlnproof.") and "__" not in name]


def reference(key: str) -> str:
    """Return a source in full (authors, title, where, year); "" if the bibliography lacks it.

    >>> reference("MY2025")
    'Menon and Yu, An Entropy Formula for the Deep Linear Network, 2025, arXiv:2509.09088'
    """
    return bibliography.as_text(bibliography.in_full(key))
