"""Whatever the tests of the rules try: no rule forgets a theorem that it is given."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import CO_GENERATOR
from pathlib import Path
from types import FrameType
from typing import Any, Final

from dlnproof import kernel
from dlnproof.kernel.theorem import Theorem

KERNEL: Final = str(Path(kernel.__file__).parent)


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


@contextmanager
def none_forgotten() -> Iterator[None]:
    """Look at each call of a rule: what it returns was made from the theorems that it was given."""
    given: dict[FrameType, list[Theorem]] = {}
    forgotten: set[str] = set()

    def look(frame: FrameType, event: str, value: Any) -> None:
        code = frame.f_code
        if not code.co_filename.startswith(KERNEL) or code.co_name.startswith(("_", "<")):
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

    sys.setprofile(look)
    yield
    sys.setprofile(None)
    assert not forgotten
