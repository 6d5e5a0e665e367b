"""Working precision of ball arithmetic, an argument, set and restored in one place."""

import math
from collections.abc import Iterator
from contextlib import contextmanager

import flint


def bits_of(digits: int) -> int:
    """Return how many bits carry ``digits`` decimal digits."""
    return math.ceil(digits * math.log2(10))


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
