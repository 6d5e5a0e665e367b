"""Singular values that rounded entries cannot tell apart, or cannot tell from zero.

An evaluation is of the exact matrix in the file. Where that is a rounded one, a gap of the order of
the rounding, and every digit that depends on it, says nothing about the matrix that was meant.
"""

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise
from typing import Final

from flint import arb

EXACT: Final = "exact"
"""The type of entries that are integers, or written as decimals and fractions."""
_EPSILON: Final = {"float16": 2.0**-10, "float32": 2.0**-23, "float64": 2.0**-52}


def rounding_warnings(
    sigma: Sequence[arb], sizes: Sequence[int], width: int, entries: str
) -> tuple[str, ...]:
    """Return a sentence for each group of singular values with gaps of at most d eps sigma_1.

    ``sigma`` are the distinct positive values, descending, ``sizes`` how often each occurs; zero
    counts as a value. ``entries`` is the entries' binary type or ``EXACT``, for which eps is that
    of float64, in which they may have been computed. By this rule
    ``dlnproof.numeric.floats.decomposition`` takes a float matrix for singular.
    """
    kind = "float64" if entries == EXACT else entries
    bound = width * _EPSILON[kind]
    values, ends = [*sigma, arb(0)], [0, *accumulate(sizes)]
    near = [float(((a - b) / sigma[0]).mid()) <= bound for a, b in pairwise(values)]
    sentences = []
    for together, places in groupby(range(len(near)), near.__getitem__):
        if together:
            first, *_, last = (k for place in places for k in (place, place + 1))
            spread = f"{float(((values[first] - values[last]) / sigma[0]).mid()):.1e} sigma_1"
            upper, lower = f"sigma_{ends[first] + 1}", f"sigma_{ends[last] + 1}"
            if last < len(sigma):
                what = f"{upper} - {lower} = {spread}"
            elif ends[last] == ends[first] + 1:
                what = f"{upper} = {spread}"
            else:
                what = f"{upper}, ..., sigma_{ends[last]} <= {spread}"
            sentences.append(
                f"{what}, no more than rounding to {kind} may do (d eps = {bound:.1e}): digits "
                "that depend on it are rounding"
                + (", unless the entries are meant exactly." if entries == EXACT else ".")
            )
    return tuple(sentences)
