"""Studies: claims with their derivations and checks, ours and the user's own.

Ours are modules named after the claim. A user's are objects in a Python file that is given on the
command line, or in an installed package that registers them under the entry point
``dlnproof.studies``. Once loaded all are alike.
"""

from __future__ import annotations

import hashlib
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import cache
from importlib import import_module, metadata, resources
from importlib.util import module_from_spec, spec_from_file_location
from inspect import signature
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Final, NoReturn

from dlnproof.claims import CLAIMS, module_of
from dlnproof.claims.bibtex import BibTexError, read_bibtex
from dlnproof.claims.check import Check
from dlnproof.claims.deduction import Deduction, lent
from dlnproof.claims.schema import CatalogueError, Claim
from dlnproof.core.verdict import Route
from dlnproof.errors import InputError
from dlnproof.kernel.theorem import Refused, Theorem

GROUP: Final = "dlnproof.studies"
CHECKER: Final = "verify_record.py"
"""The file of the package that documents carry along, as they do a user's files."""


@dataclass(frozen=True)
class Study:
    """A claim, its derivation, and its checks: one for each of its other routes.

    ``derive()`` returns theorems. It is not handed the statement: what it concludes is compared
    with the sentences, and with those of each wrong variant. ``references`` are BibTeX entries for
    the sources that the claim cites beside those of :mod:`dlnproof`. A route without a check is
    checked by what the claim says of quantities. ``referee`` is the source text of the claim's part
    of the standalone checker, which then stands, marked as its author's, in the one written beside
    records of it.
    Raises :class:`CatalogueError` where the routes of the checks are not those of the claim, a
    check covers no part of it, or the referee's part does not fit in.
    """

    claim: Claim
    derive: Callable[[], Deduction]
    checks: tuple[Check, ...] = ()
    references: str = ""
    referee: str = ""

    def __post_init__(self) -> None:
        try:
            signature(self.derive).bind()
        except TypeError:
            raise CatalogueError(
                f"claim '{self.claim.id}': derive: expected a function of no arguments, which "
                "returns a Deduction"
            ) from None
        if not str(self.references).isascii():
            raise CatalogueError(
                f"claim '{self.claim.id}': references: expected BibTeX in ASCII (LaTeX commands "
                "for other letters)"
            )
        try:
            read_bibtex(str(self.references))
        except BibTexError as error:
            raise CatalogueError(f"claim '{self.claim.id}': references: {error}") from None
        if self.referee:
            _assembled({self.claim.id: self.referee})
        if self.claim.quantities:
            from dlnproof.claims.measured import completed

            object.__setattr__(self, "checks", completed(self.claim, self.checks))
        routes = [check.route for check in self.checks]
        stated = [route for route in self.claim.routes if route is not Route.DERIVATION]
        if sorted(routes) != sorted(stated):
            raise CatalogueError(
                f"claim '{self.claim.id}': got checks of the routes {', '.join(routes) or 'none'}, "
                f"expected one of each of {', '.join(stated)}"
            )
        covered = frozenset[str]().union(*(check.covers for check in self.checks))
        if covered != set(self.claim.parts):
            odd = ", ".join(sorted(covered ^ set(self.claim.parts)))
            raise CatalogueError(
                f"claim '{self.claim.id}': checks cover {odd} or not, expected every part of the "
                "statement covered by some check, and nothing else"
            )


def _assembled(own: Mapping[str, str]) -> str:
    module = import_module("dlnproof.referee.assemble")
    try:
        text: str = module.assembled(resources.files("dlnproof.referee"), own.items())
    except module.PartError as error:
        raise CatalogueError(f"claim {', '.join(map(repr, own))}: referee: {error}") from None
    return text


@dataclass(frozen=True)
class _File:
    """A user's file of studies: its name without folders, its content's SHA-256, its claims."""

    path: Path
    digest: str
    studies: tuple[Study, ...]


_FILES: Final[dict[Path, _File]] = {}
"""The files loaded by this process: like an import, once for each path."""


def known() -> dict[str, Claim]:
    """Return every claim by id: ours, those of installed packages, those of files loaded."""
    return {**CLAIMS, **{name: study.claim for name, study in _others().items()}}


def study(claim: str) -> Study:
    """Return the study of a claim that is known."""
    if claim not in CLAIMS:
        return _others()[claim]
    derive = import_module(module_of(claim, "derivations")).derive
    return Study(CLAIMS[claim], derive, _own_checks(module_of(claim, "checks")))


def deduction(claim: str) -> Deduction:
    """Return the theorems of a claim's derivation, which are found once.

    Raises :class:`Refused` where it returns something else.
    """
    return _deduction(claim, study(claim).derive)


@cache
def _deduction(claim: str, derive: Callable[[], Deduction]) -> Deduction:
    """Return the theorems: ``derive`` tells apart two files with a claim of one id."""
    found: object = derive()
    if not isinstance(found, Deduction):
        raise Refused(f"it returns {type(found).__name__}, expected Deduction")
    if found.claim != claim:
        raise Refused(f"it returns theorems about '{found.claim}', expected '{claim}'")
    return found


def theorem(claim: str, name: str) -> Theorem:
    """Return a theorem that the derivation of a claim shows under a name, to build on it.

    A sentence of the claim has its own name. Raises :class:`Refused` where there is none.
    """
    if claim not in known():
        raise Refused(f"no claim '{claim}' is known")
    return lent(claim, deduction(claim).theorem(name))


def _own_checks(module: str) -> tuple[Check, ...]:
    """Return the checks in a module: none where a claim needs no such module."""
    try:
        found: tuple[Check, ...] = import_module(module).CHECKS
    except ModuleNotFoundError as error:
        if not module.startswith(error.name or "?"):  # one that it imports is missing
            raise
        return ()
    return found


def load(name: str) -> tuple[str, ...]:
    """Load a user's file and return the ids of its claims, in their order.

    A file in TOML is read (:mod:`dlnproof.claims.toml`). Any other is Python and is run, as an
    import would: give your own files only. It defines ``STUDIES``, a sequence of :class:`Study`.
    Raises :class:`InputError` where it cannot be read, where it raises, or where it restates a
    claim that is known.
    """
    try:
        path = Path(name).resolve()
        content = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(
            f"file {name!r}: cannot be read ({getattr(error, 'strerror', None) or error}); "
            "expected a Python file that defines STUDIES"
        ) from None
    if path not in _FILES:
        if path.name in (CHECKER, *(file.path.name for file in _FILES.values())):
            raise InputError(
                f"file {name!r}: its name is taken by another file, beside which documents carry "
                "it; rename it"
            )
        where = f"file {name!r}"
        module = _in_toml(content, where) if path.suffix == ".toml" else _run(path, name)
        found = _studies(module, where, known())
        _FILES[path] = _File(path, hashlib.sha256(content).hexdigest(), found)
    return tuple(study.claim.id for study in _FILES[path].studies)


def _in_toml(content: bytes, where: str) -> SimpleNamespace:
    """Return the studies of a file in TOML, as a module of Python has them."""
    from dlnproof.claims import toml

    try:
        return SimpleNamespace(STUDIES=toml.studies(content.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise InputError(f"{where}: is no UTF-8 text; expected claims in TOML") from None
    except InputError as error:
        raise InputError(f"{where}: {error}") from None


def origin(claim: str) -> str:
    """Return the path of the file that a claim was loaded from; "" for ours and installed ones."""
    for file in _FILES.values():
        if any(study.claim.id == claim for study in file.studies):
            return str(file.path)
    return ""


def files_of(claims: Iterable[str]) -> dict[str, str]:
    """Return the files that claims were loaded from: SHA-256 by name, without folders."""
    paths = {origin(claim) for claim in claims}
    return {path.name: file.digest for path, file in _FILES.items() if str(path) in paths}


def contents(claims: Iterable[str]) -> dict[str, bytes]:
    """Return the files that claims were loaded from, by name: documents carry them along."""
    return {Path(path).name: Path(path).read_bytes() for c in claims if (path := origin(c))}


def own_parts(claims: Iterable[str]) -> dict[str, str]:
    """Return the parts of the standalone checker that come with claims, by claim: none of ours."""
    others = _others()
    found = {claim: others[claim].referee for claim in claims if claim in others}
    return {claim: text for claim, text in found.items() if text}


def checker(claims: Iterable[str]) -> str:
    """Return the standalone checker, with the parts of those claims that bring their own."""
    try:
        return _assembled(own_parts(claims))
    except CatalogueError as error:  # of several: one alone was seen to fit in
        raise InputError(str(error)) from None


def references(claims: Iterable[str]) -> dict[str, str]:
    """Return the BibTeX that comes with claims, by claim: none with ours, the package has it."""
    return {claim: _others()[claim].references for claim in claims if claim not in CLAIMS}


def _others() -> dict[str, Study]:
    loaded = {s.claim.id: s for file in _FILES.values() for s in file.studies}
    return {**_installed(), **loaded}


class ExitError(BaseException):
    """Somebody's code asked to end this process."""


@contextmanager
def contained() -> Iterator[None]:
    """Let code of others neither write on standard output, which is ours, nor end this process.

    What it raises is the caller's business. Whoever ends processes here has ``os._exit`` by itself.
    """
    ends = os._exit

    def refuse(status: int) -> NoReturn:
        raise ExitError(f"os._exit({status})")

    os._exit = refuse
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        os._exit = ends


@cache
def _installed() -> Mapping[str, Study]:
    """Return the studies that installed packages register. A broken one is named."""
    found: dict[str, Study] = {}
    for entry in metadata.entry_points(group=GROUP):
        where = f"entry point {entry.name!r} of {GROUP}"
        try:
            with contained():
                module = entry.load()
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            raise InputError(
                f"{where}: cannot be loaded ({_said(error)}); mend or uninstall the package that "
                "registers it"
            ) from None
        new = _studies(module, where, {**CLAIMS, **{k: s.claim for k, s in found.items()}})
        found |= {study.claim.id: study for study in new}
    return found


def _run(path: Path, name: str) -> ModuleType:
    """Import a file by its path; what goes wrong in it is one line with its place."""
    spec = spec_from_file_location(f"dlnproof_studies_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise InputError(f"file {name!r}: is not a Python file; expected one that ends in .py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    try:
        with contained():
            spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise InputError(f"file {name!r}: {_place(error, path)}{_said(error)}") from None
    return module


def _place(error: BaseException, path: Path) -> str:
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return f"line {error.lineno}: "
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
    return f"line {lines[-1]}: " if lines else ""


def _said(error: BaseException) -> str:
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}: {' '.join(said.split())}"


def _studies(module: Any, where: str, before: Mapping[str, Claim]) -> tuple[Study, ...]:
    """Return the studies of a module; none of their claims is stated already."""
    given = getattr(module, "STUDIES", None)
    if not isinstance(given, list | tuple) or not given:
        raise InputError(f"{where}: defines no STUDIES; expected a list of dlnproof.author.Study")
    names: set[str] = set()
    for one in given:
        if not isinstance(one, Study):
            raise InputError(
                f"{where}: STUDIES holds {type(one).__name__}, expected dlnproof.author.Study"
            )
        name = one.claim.id
        if name in before or name in names:
            raise InputError(f"{where}: claim {name!r} is stated already; choose another id")
        names.add(name)
        for used in one.claim.uses:
            if used not in before and used not in names:
                raise InputError(f"{where}: claim {name!r} uses {used!r}, which is not known")
    return tuple(given)
