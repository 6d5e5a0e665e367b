"""Whatever the tests of the rules try: no rule forgets a theorem that it is given, or leans on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import CO_GENERATOR, CO_VARARGS, BoundArguments, signature
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, Final

from dlnproof import kernel
from dlnproof.kernel import (
    calculus,
    determinants,
    existence,
    integrals,
    limits,
    logic,
    orbits,
    powers,
    spectral,
)
from dlnproof.kernel.terms import REAL, Term, equal, fresh
from dlnproof.kernel.theorem import Named, Theorem

KERNEL: Final = str(Path(kernel.__file__).parent)
LITERATURE: Final[dict[str, Named]] = {
    "arrays.by_pairs": determinants.BLOCKS,
    "arrays.last_row": determinants.LAPLACE,
    "calculus.constant": calculus.MEAN_VALUE,
    "calculus.derivative_determinant": calculus.JACOBI,
    "calculus.keeps_sign": calculus.INTERMEDIATE_VALUE,
    "calculus.monotone": calculus.MEAN_VALUE,
    "calculus.riesz": calculus.RIESZ,
    "calculus.singular_value": calculus.SINGULAR_VALUE,
    "determinants.eigenbasis_determinant": determinants.EIGENBASIS,
    "determinants.frame_by_pairs": determinants.BLOCKS,
    "existence.bounded": existence.BOUNDED,
    "existence.decomposed": existence.DECOMPOSITION,
    "integrals.fundamental": integrals.FUNDAMENTAL,
    "integrals.euler": integrals.EULER,
    "limits.limit_power_log": limits.LOGARITHM,
    "limits.squeeze": limits.SQUEEZE,
    "orbits.volume_of_group": orbits.SPHERES,
    "orbits.volume_of_no_group": orbits.SPHERES,
    "orbits.volume_of_orbit": orbits.AREA,
    "orbits.volume_of_orbit_at_corank_one": orbits.AREA,
    "orbits.volume_of_sphere": orbits.SURFACE,
    "powers.psd_power_by_eigenvalues": powers.SPECTRAL,
    "spectral.root_power": spectral.ROOT,
    "spectral.root_psd": spectral.ROOT,
    "spectral.root_unique": spectral.ROOT,
}
"""The rules that lean on theorems of the literature: no other adds one to what it is given."""

AGAIN: Final = 3
"""How many calls of a rule in a test are made again, with more hypotheses."""


def theorems_in(value: object) -> Iterator[Theorem]:
    """Yield the theorems of an argument, or within it."""
    if isinstance(value, Theorem):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from theorems_in(each)


def rests_on(made: Theorem, given: Theorem) -> bool:
    """Whether a theorem was made from another one, in a few steps."""
    level = [made]
    for _ in range(5):
        if any(each is given for each in level):
            return True
        level = [parent for each in level for parent in each.parents]
    return False


def leans_as_said(made: Theorem, rule: str) -> bool:
    """Whether a rule adds the theorem of the literature that it leans on, and no other."""
    before = frozenset[Named]().union(*(parent.named for parent in made.parents))
    own = {LITERATURE[rule]} if rule in LITERATURE else set()
    return made.named == before | own


def weakened(value: object, theorem: Theorem, more: Term) -> object:
    """Return an argument with a hypothesis more of one theorem in it."""
    if value is theorem:
        return logic.weaken(theorem, more)
    if isinstance(value, tuple | list):
        return type(value)(weakened(each, theorem, more) for each in value)
    return value


def keeps_hypotheses(rule: FunctionType, arguments: dict[str, Any]) -> bool:
    """Whether what a rule makes has a hypothesis that a theorem given to it has, each in turn."""
    more = equal(fresh(REAL).term, 0)
    for theorem in theorems_in(list(arguments.values())):
        changed = {name: weakened(value, theorem, more) for name, value in arguments.items()}
        called = BoundArguments(signature(rule), changed)
        if more not in rule(*called.args, **called.kwargs).hypotheses:
            return False
    return True


@contextmanager
def none_forgotten() -> Iterator[None]:
    """Look at each call of a rule: what it returns was made from the theorems that it was given.

    It rests on what the rule leans on, and has each hypothesis more that one of the theorems has.
    """
    given: dict[FrameType, dict[str, Any]] = {}
    calls: dict[CodeType, list[dict[str, Any]]] = {}
    forgotten: set[str] = set()

    def look(frame: FrameType, event: str, value: Any) -> None:
        code = frame.f_code
        if not code.co_filename.startswith(KERNEL) or code.co_name.startswith(("_", "<", "mint")):
            return
        if code.co_flags & CO_GENERATOR:  # what it yields is not made by it
            return
        if event == "call":
            count = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & CO_VARARGS)
            here = frame.f_locals
            given[frame] = {name: here[name] for name in code.co_varnames[:count] if name in here}
        elif event == "return" and frame in given:
            arguments = given.pop(frame)
            if isinstance(value, Theorem):
                rule = f"{Path(code.co_filename).stem}.{code.co_name}"
                for each in theorems_in(list(arguments.values())):
                    if not rests_on(value, each):
                        forgotten.add(rule)
                if not leans_as_said(value, rule):
                    forgotten.add(f"{rule}: its theorem of the literature")
                if len(of := calls.setdefault(code, [])) < AGAIN:
                    of.append(arguments)

    sys.setprofile(look)
    yield
    sys.setprofile(None)
    for code, of in calls.items():
        module = sys.modules[f"{kernel.__name__}.{Path(code.co_filename).stem}"]
        rule = getattr(module, code.co_name)
        if not all(keeps_hypotheses(rule, arguments) for arguments in of):
            forgotten.add(f"{code.co_qualname}: a hypothesis")
    assert not forgotten
