"""Pictures of training runs on axes of your own: each function takes ``ax=`` and returns it.

Without ``ax`` they draw on pyplot's current axes. They change no setting of matplotlib, which is an
optional extra: ``pip install 'dlnproof[figures]'``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dlnproof.plots.lines import spectrum, trajectories
    from dlnproof.plots.planes import outcomes, phase_plane

_HOME: Final = {
    "outcomes": "planes",
    "phase_plane": "planes",
    "spectrum": "lines",
    "trajectories": "lines",
}

__all__ = ["outcomes", "phase_plane", "spectrum", "trajectories"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'dlnproof.plots' has no attribute {name!r}")
    from dlnproof.documents.figures.catalogue import require_matplotlib

    require_matplotlib()
    value = getattr(import_module(f"dlnproof.plots.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
