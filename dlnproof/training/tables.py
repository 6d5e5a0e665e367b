"""Training runs as tables: columns of plain arrays, and what other libraries make of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dlnproof.errors import InputError
from dlnproof.files.atomic import write_bytes, write_text
from dlnproof.files.output import output_file
from dlnproof.training import observables

if TYPE_CHECKING:
    from dlnproof.numeric.floats.arrays import FloatArray
    from dlnproof.training.runs import Runs

Columns = dict[str, Any]
"""Arrays of shape (rows,) by name."""

ALONG: Final = {
    "level": ("levels", "W_at", "at_loss=[1e-1, 1e-2]"),
    "time": ("times", "W_at_time", "at_time=[1, 10]"),
}
"""By what a trajectory is along: where it is kept, the matrices there, and how to ask for them."""
FORMATS: Final = (".csv", ".parquet")


def of_runs(runs: Runs, *, entries: bool) -> Columns:
    """Return a row for each run; views of the runs' arrays, where these have the numbers."""
    plain = {name: getattr(runs, name) for name in ("ending", "loss", "steps", "time", "det_sign")}
    derived = {"effective_rank": runs.effective_rank, **runs.norms, **runs.errors}
    return {
        **plain,
        **derived,
        **_numbered("log_sigma", runs.log_singular_values),
        **(_entries(runs.W) if entries else {}),
    }


def along(runs: Runs, what: str, *, entries: bool) -> Columns:
    """Return a row for each run and place of its trajectory, run after run."""
    places, W = trajectory(runs, what)
    n, k = W.shape[:2]
    flat = W.reshape(n * k, *W.shape[2:])
    seen = _seen(flat)
    return {
        "run": np.repeat(np.arange(n), k),
        what: np.tile(places, n),
        **{name: seen[name] for name in seen if name != "singular_values"},
        **_numbered("sigma", seen["singular_values"]),
        **(_entries(flat) if entries else {}),
    }


def trajectory(runs: Runs, what: str) -> tuple[FloatArray, FloatArray]:
    """Return levels or times, (k,), and W there, (n, k, d, d'). Raises :class:`InputError`."""
    if what not in ALONG:
        raise InputError(f"along: got {what!r}, expected one of {', '.join(ALONG)}")
    asked, name, how = ALONG[what]
    if not getattr(runs, asked):
        raise InputError(
            f"along: got {what!r}, but these runs kept no W on the way; expected runs that were "
            f"told where to keep it, such as train(..., {how})"
        )
    return np.array(getattr(runs, asked), dtype=np.float64), getattr(runs, name)


def _seen(W: FloatArray) -> dict[str, FloatArray]:
    """Return what is looked at along trajectories, by name: of each matrix, from one SVD."""
    sigma = observables.singular_values(W)
    return {
        "effective_rank": observables.effective_rank_of(sigma),
        "frobenius": observables.schatten_of(sigma, 2),
        "nuclear": observables.schatten_of(sigma, 1),
        "spectral": observables.schatten_of(sigma, np.inf),
        "singular_values": sigma,
    }


def _numbered(name: str, values: FloatArray) -> Columns:
    return {f"{name}_{k}": values[..., k - 1] for k in range(1, values.shape[-1] + 1)}


def _entries(W: FloatArray) -> Columns:
    """Return the entries of W, counted from one, as in the mathematics."""
    rows, columns = W.shape[-2:]
    return {
        f"W_{i}_{j}": W[..., i - 1, j - 1]
        for i in range(1, rows + 1)
        for j in range(1, columns + 1)
    }


def frame(columns: Mapping[str, Any]) -> Any:
    """Return columns as a data frame of pandas. Raises :class:`InputError` without it."""
    require("pandas", "to_frame", "columns() gives the same as arrays")
    import pandas as pd

    return pd.DataFrame(dict(columns), copy=False)


def dataset(runs: Runs) -> Any:
    """Return runs as a data set of xarray. Raises :class:`InputError` without it."""
    require("xarray", "to_xarray", "columns() gives arrays")
    import xarray as xr

    one_a_run = {name: ("run", values) for name, values in of_runs(runs, entries=False).items()}
    kept: Columns = {name: v for name, v in one_a_run.items() if not name.startswith("log_sigma_")}
    kept["end_time"] = kept.pop("time")  # "time" is that of the trajectories
    kept["log_singular_values"] = (("run", "index"), runs.log_singular_values)
    kept["W"] = (("run", "row", "column"), runs.W)
    places: Columns = {"run": np.arange(len(runs))}
    for what, (asked, name, _) in ALONG.items():
        if not getattr(runs, asked):
            continue
        places[what], W = trajectory(runs, what)
        kept[name] = (("run", what, "row", "column"), W)
        for seen, values in _seen(W).items():
            kept[f"{seen}_at_{what}"] = (("run", what, "index")[: values.ndim], values)
    for axis, length in zip(("row", "column", "index"), (*runs.W.shape[1:], 0), strict=True):
        places[axis] = np.arange(1, 1 + (length or runs.log_singular_values.shape[1]))
    settings = {name: str(value) for name, value in runs.settings.items()}
    return xr.Dataset(kept, places, attrs=settings)


def require(package: str, what: str, otherwise: str) -> None:
    """Raise :class:`InputError` where an optional package is not installed."""
    if find_spec(package) is None:
        raise InputError(
            f"{what}: {package} is not installed; install it with: "
            f"pip install {package}; {otherwise}"
        )


def save_columns(columns: Mapping[str, Any], path: str | Path) -> None:
    """Write columns as CSV, or as Parquet where pyarrow is installed, by how the name ends.

    ``columns``: arrays of one shape (rows,), or lists, by name. The file is written whole or not
    at all, and with the same bytes for the same columns. A number in CSV is the shortest text that
    reads back as it. Raises :class:`InputError`.
    """
    arrays = {name: np.ascontiguousarray(values) for name, values in columns.items()}
    shapes = {values.shape for values in arrays.values()}
    if len(shapes) != 1 or len(next(iter(shapes))) != 1:
        raise InputError(
            f"columns: got {len(arrays)} of the shapes {sorted(shapes)}, expected at least one, "
            "and all of one shape (rows,)"
        )
    file = output_file("path", str(path))
    if file is None or file.suffix not in FORMATS:
        raise InputError(
            f"path: got {str(path)!r}, expected a file name that ends in {' or '.join(FORMATS)}"
        )
    if file.suffix == ".csv":
        write_text(file.resolve(), _csv(arrays))
        return
    require("pyarrow", "save", "a name that ends in .csv needs nothing")
    import pyarrow
    from pyarrow import parquet

    stream = io.BytesIO()
    parquet.write_table(pyarrow.table(arrays), stream)
    write_bytes(file.resolve(), stream.getvalue())


def _csv(columns: Mapping[str, Any]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*(values.tolist() for values in columns.values()), strict=True))
    return stream.getvalue()


def joined(parts: Sequence[Mapping[str, Any]]) -> Columns:
    """Return tables of the same columns as one, in order."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def endings(found: Iterable[str]) -> str:
    """Return how many of each ending there are, the most frequent first.

    >>> endings(["reached", "diverged", "reached"])
    '2 reached, 1 diverged'
    """
    values, counts = np.unique(list(found), return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return ", ".join(f"{counts[k]} {values[k]}" for k in order)


def median(values: FloatArray) -> str:
    """Return the median of what is known, as text.

    >>> import numpy as np
    >>> median(np.array([1.0, np.nan, 3.0])), median(np.array([]))
    ('2', 'unknown')
    """
    known = values[~np.isnan(values)]
    return f"{np.median(known):.4g}" if len(known) else "unknown"
