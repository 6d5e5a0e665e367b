"""What depth and normalisation mean for the kernels: two numbers."""

from typing import Any, Final, Literal

from dlnproof.depth import as_depth
from dlnproof.errors import InputError

Normalization = Literal["mean", "sum"]
"""``"mean"``: A_{N,W}, with the factor 1/N (CMV2023). ``"sum"``: N A_{N,W} (M2024, MY2025)."""

_DEEPEST: Final = 10**15


def inverse_depth_and_scale(depth: Any, normalization: object) -> tuple[float, float]:
    """Return q = 1/N (0 at infinite depth), and the factor of A_{N,W}: 1 ("mean") or N ("sum").

    Raises :class:`InputError`.
    """
    if not isinstance(normalization, str) or normalization not in ("mean", "sum"):
        raise InputError(
            f"normalization: got {normalization!r}, expected 'mean' (CMV2023, with the factor 1/N) "
            "or 'sum' (MY2025, without)"
        )
    summed = normalization == "sum"
    depth = as_depth(depth, finite_for="the 'sum' normalisation" if summed else "")
    if _DEEPEST < depth < float("inf"):
        raise InputError(
            "depth: got an integer above 10^15, expected at most that; "
            "beyond it no float64 result differs from infinite depth's: use math.inf"
        )
    return 1 / depth, float(depth) if summed else 1.0
