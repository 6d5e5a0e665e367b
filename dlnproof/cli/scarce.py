"""Little memory: numpy's OpenBLAS, where it goes without, ends the process with a line of its own.

So where the address space is limited it is loaded in a child first, which may end as it likes.
"""

import os
import sys

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_SPARE = 64 * 2**20
"""Bytes that are to be left once it is loaded, for what is computed."""


class _Finder:
    """Asked for numpy, once, it finds nothing, as the next finder does, or memory too little."""

    def find_spec(
        self,
        name: str,
        path: "Sequence[str] | None" = None,
        target: "ModuleType | None" = None,
    ) -> "ModuleSpec | None":
        """Raise ``MemoryError`` where a child cannot load numpy and have it work."""
        if name == "numpy":
            sys.meta_path.remove(self)
            if not _loads():
                raise MemoryError
        return None


def _loads() -> bool:
    child = os.fork()
    if not child:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            import numpy as np

            spare = bytearray(_SPARE)
            np.linalg.svd(np.eye(64))
            os._exit(0 if spare else 1)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def watch() -> None:
    """From now on numpy is loaded only where it can be, if the address space is limited."""
    if "numpy" in sys.modules or not hasattr(os, "fork"):
        return
    from resource import RLIM_INFINITY, RLIMIT_AS, getrlimit

    if getrlimit(RLIMIT_AS)[0] != RLIM_INFINITY:
        sys.meta_path.insert(0, _Finder())
