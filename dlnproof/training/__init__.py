"""Training: completion and sensing, by descent on factors, by the end-to-end flow, by noise."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dlnproof.training import observables
    from dlnproof.training.batches import train
    from dlnproof.training.bins import Bins
    from dlnproof.training.completion import Completion
    from dlnproof.training.descent import gradient_descent
    from dlnproof.training.diffusion import Averages, langevin
    from dlnproof.training.flow import gradient_flow
    from dlnproof.training.runs import Ending, Runs
    from dlnproof.training.sensing import Sensing
    from dlnproof.training.store import load, save
    from dlnproof.training.sweeps import Sweep, sweep
    from dlnproof.training.tables import save_columns

_HOME: Final = {
    "Averages": "diffusion",
    "Bins": "bins",
    "Completion": "completion",
    "Ending": "runs",
    "Runs": "runs",
    "Sensing": "sensing",
    "Sweep": "sweeps",
    "gradient_descent": "descent",
    "gradient_flow": "flow",
    "langevin": "diffusion",
    "load": "store",
    "save": "store",
    "save_columns": "tables",
    "sweep": "sweeps",
    "train": "batches",
}

__all__ = [
    "Averages",
    "Bins",
    "Completion",
    "Ending",
    "Runs",
    "Sensing",
    "Sweep",
    "gradient_descent",
    "gradient_flow",
    "langevin",
    "load",
    "observables",
    "save",
    "save_columns",
    "sweep",
    "train",
]


def __getattr__(name: str) -> Any:
    if name == "observables":
        return import_module("dlnproof.training.observables")
    if name not in _HOME:
        raise AttributeError(f"module 'dlnproof.training' has no attribute {name!r}")
    value = getattr(import_module(f"dlnproof.training.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
