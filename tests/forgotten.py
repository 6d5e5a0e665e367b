"""Whatever the tests of the rules try: no rule forgets a theorem that it is given, or leans on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import CO_GENERATOR
from pathlib import Path
from types import FrameType
from typing import Any, Final

from dlnproof import kernel
from dlnproof.kernel import (
    arrays,
    calculus,
    determinants,
    existence,
    integrals,
    limits,
    orbits,
    powers,
    spectral,
)
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
    "limits.limit_power_log": limits.LOGARITHM,
    "limits.squeeze": limits.SQUEEZE,
    "orbits.volume_of_group": orbits.SPHERES,
    "orbits.volume_of_no_group": orbits.SPHERES,
    "orbits.volume_of_orbit": orbits.AREA,
    "orbits.volume_of_orbit_at_corank_one": orbits.AREA,
    "powers.psd_power_by_eigenvalues": powers.SPECTRAL,
    "spectral.root_power": spectral.ROOT,
    "spectral.root_psd": spectral.ROOT,
    "spectral.root_unique": spectral.ROOT,
}
"""The rules that lean on theorems of the literature: no other adds one to what it is given."""


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


@contextmanager
def none_forgotten() -> Iterator[None]:
    """Look at each call of a rule: what it returns was made from the theorems that it was given.

    And it rests on what the rule leans on.
    """
    given: dict[FrameType, list[Theorem]] = {}
    forgotten: set[str] = set()

    def look(frame: FrameType, event: str, value: Any) -> None:
        code = frame.f_code
        if not code.co_filename.startswith(KERNEL) or code.co_name.startswith(("_", "<", "mint")):
            return
        if code.co_flags & CO_GENERATOR:  # what it yields is not made by it
            return
        if event == "call":
            names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + 1]
            given[frame] = [t for n in names for t in theorems_in(frame.f_locals.get(n))]
        elif event == "return" and frame in given:
            before = given.pop(frame)
            if isinstance(value, Theorem):
                for each in before:
                    if not rests_on(value, each):
                        forgotten.add(code.co_qualname)
                rule = f"{Path(code.co_filename).stem}.{code.co_name}"
                if not leans_as_said(value, rule):
                    forgotten.add(f"{rule}: its theorem of the literature")

    sys.setprofile(look)
    yield
    sys.setprofile(None)
    assert not forgotten
