"""Matrix completion: the observed entries, the loss and its gradient."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray, as_real
from dlnproof.training.problem import Problem, checked_shape, checked_truth, whole_pair


@dataclass(frozen=True, eq=False)
class Completion(Problem):
    """Matrix completion: l(W) = 1/2 sum over observed (i, j) of (W_ij - b_ij)^2.

    ``shape`` is (d, d'); ``observed`` maps index pairs, from zero as in numpy, to finite values;
    ``truth``, if known, is the matrix to be found, (d, d'), or a file that holds it: what is
    trained is compared with it, above all at the entries not observed, and need not agree with it
    at the others. :meth:`from_dense` and :meth:`from_file` take the entries from arrays and files.
    Raises :class:`InputError` for an index outside the shape, a value that is no number, a truth of
    another shape or one with nothing left to test it on.
    Source: slides, problem formulation; G2017; RC2020; CMV2023.

    >>> problem = Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0})
    >>> float(problem.loss(np.zeros((2, 2))))
    1.0
    """

    shape: tuple[int, int]
    observed: Mapping[tuple[int, int], float]
    truth: Any = None

    def __post_init__(self) -> None:
        shape = checked_shape(self.shape)
        if not self.observed or not hasattr(self.observed, "items"):
            raise InputError(
                f"observed: got {self.observed!r}, expected at least one entry, as a mapping "
                "{(i, j): value}; with none the loss is constant"
            )
        kept = {}
        for index, value in self.observed.items():
            i, j = whole_pair(index, "observed")
            if not (0 <= i < shape[0] and 0 <= j < shape[1]):
                raise InputError(
                    f"observed: got the entry ({i}, {j}), expected 0 <= i < {shape[0]} and "
                    f"0 <= j < {shape[1]}; indices count from zero here"
                )
            kept[i, j] = float(as_real(value, f"observed[{i}, {j}]"))
        truth = checked_truth(self.truth, shape)
        if truth is not None and len(kept) == truth.size:
            raise InputError(
                f"truth: got one for a problem whose {len(kept)} entries are all observed, "
                "expected an entry left to test it on; observe fewer, or give no truth"
            )
        object.__setattr__(self, "shape", shape)
        object.__setattr__(self, "observed", dict(sorted(kept.items())))
        object.__setattr__(self, "truth", truth)

    @classmethod
    def from_dense(cls, values: Any, mask: Any = None, *, truth: Any = None) -> Completion:
        """Return the problem whose data are a matrix (d, d') with entries left open.

        Observed is what is no NaN; or, with a ``mask`` of the same shape, what it says True of; or
        of a masked array of numpy what it does not mask (there, True is what is left out). Raises
        :class:`InputError`, also where nothing is open: then use the constructor, if it is meant.

        >>> Completion.from_dense([[1, np.nan], [0.5, 2]]).observed
        {(0, 0): 1.0, (1, 0): 0.5, (1, 1): 2.0}
        """
        if mask is None and isinstance(values, np.ma.MaskedArray):
            values, mask = values.data, ~np.ma.getmaskarray(values)
        elif isinstance(values, np.ma.MaskedArray):
            raise InputError(
                "mask: got one with a masked array, which has its own; give one of the two"
            )
        try:
            if np.iscomplexobj(values):  # numpy would drop what is imaginary
                raise TypeError
            array = np.asarray(values, dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise InputError(
                "values: got something other than an array of real numbers, expected (d, d') "
                "with NaN where nothing is observed; rows of one length?"
            ) from error
        if array.ndim != 2 or array.size == 0:
            raise InputError(f"values: got shape {array.shape}, expected a matrix (d, d')")
        seen = ~np.isnan(array) if mask is None else _checked_mask(mask, array.shape)
        if seen.all():
            raise InputError(
                f"values: got all {seen.size} entries observed, expected some left open, as NaN or "
                "by a mask; are missing ones written as numbers, such as 0?"
            )
        if not seen.any():
            raise InputError(
                "values: got no observed entry, expected at least one; all are NaN or masked out"
            )
        entries = {(int(i), int(j)): array[i, j] for i, j in np.argwhere(seen)}
        return cls((array.shape[0], array.shape[1]), entries, truth)

    @classmethod
    def from_file(
        cls,
        path: str | os.PathLike[str],
        *,
        coordinates: bool = False,
        shape: tuple[int, int] | None = None,
        truth: Any = None,
    ) -> Completion:
        """Return the problem whose observed entries are in a file.

        A matrix with entries left open: ``.npy`` or ``.npz`` with NaN, or ``.npz`` with the arrays
        ``values`` and ``mask`` (True: observed); ``.csv`` or other text, separated by ``,``, ``;``
        (then with decimal points or commas), tabs or blanks, an entry left open being blank, NaN or
        NA, with or without a header of names; ``.json``, with null; Matrix Market, ``coordinate``
        (what is listed is observed). Each of them may be gzipped. With ``coordinates``
        the file is text whose lines are i, j, b_ij, indices from one. ``shape`` (d, d') is what the
        file is to have; of coordinates, by default, the smallest square with all entries.
        At most 1000 rows or columns. Raises :class:`InputError`.
        """
        from dlnproof.training.problem_file import read_coordinates, read_open_matrix

        where = f"observe file {os.fspath(path)!r}"
        if coordinates:
            shape, entries = read_coordinates(path, shape)
            return cls(shape, entries, truth)
        values, mask = read_open_matrix(path)
        if shape is not None and values.shape != tuple(shape):
            raise InputError(f"{where}: got shape {values.shape}, expected {tuple(shape)}")
        try:
            problem = cls.from_dense(values, mask)
        except InputError as error:
            raise InputError(f"{where}: {error}") from None
        return cls(problem.shape, problem.observed, truth)

    @cached_property
    def indices(self) -> tuple[Any, Any]:
        """The rows and the columns of the observed entries, as index arrays."""
        rows, columns = zip(*self.observed, strict=True)
        return np.array(rows), np.array(columns)

    @cached_property
    def values(self) -> FloatArray:
        """The observed values, in the order of ``indices``."""
        return np.array(list(self.observed.values()))

    @cached_property
    def unobserved(self) -> NDArray[np.bool_]:
        """Which entries are not observed, (d, d')."""
        mask = np.ones(self.shape, dtype=np.bool_)
        mask[self.indices] = False
        return mask

    @property
    def observations(self) -> int:
        """How many numbers are observed."""
        return len(self.values)

    def loss(self, W: FloatArray) -> FloatArray:
        """Return l(W), shape (...), for W of shape (..., d, d')."""
        rows, columns = self.indices
        # in order of memory: numpy's sums over other orders depend on how many matrices there are
        residual = np.ascontiguousarray(W[..., rows, columns] - self.values)
        return np.asarray((residual * residual).sum(axis=-1) / 2)

    def gradient(self, W: FloatArray) -> FloatArray:
        """Return G = grad l(W), shape (..., d, d'): the residuals, zero where not observed."""
        rows, columns = self.indices
        G = np.zeros_like(W)
        G[..., rows, columns] = W[..., rows, columns] - self.values
        return G


def _checked_mask(mask: Any, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    seen = np.asarray(mask)
    if seen.shape != shape:
        raise InputError(f"mask: got shape {seen.shape}, expected {shape}, that of the values")
    if seen.dtype.kind != "b" and not (seen.dtype.kind in "iuf" and np.isin(seen, (0, 1)).all()):
        raise InputError(
            "mask: got entries that are neither true nor false, expected True where observed"
        )
    return seen.astype(np.bool_)
