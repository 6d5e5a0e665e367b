"""Working precision of ball arithmetic, an argument, set and restored in one place."""

from collections.abc import Iterator
from contextlib import contextmanager

import flint


def bits_of(digits: int) -> int:
    """Return how many bits carry ``digits`` decimal digits."""
    return int(10**digits).bit_length()


@contextmanager
def working_precision(bits: int) -> Iterator[None]:
    """Run the block with FLINT's process-wide precision set to ``bits``; restore it after.

    The setting belongs to the process: parallel work uses processes, not threads.
    """
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before
