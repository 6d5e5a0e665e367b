"""Arrays whose last axis is the batch, selected, exchanged and joined together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray


class Batch:
    """A dataclass of arrays whose last axis is the batch; a field may be such a batch itself."""

    def take(self, where: Any) -> Self:
        """Return the selected samples."""
        return _each(lambda array: array[..., where], self)

    def replaced(self, where: NDArray[np.bool_], other: Self) -> Self:
        """Return these samples, those of ``other`` where told."""
        return _each(lambda mine, theirs: np.where(where, theirs, mine), self, other)


_B = TypeVar("_B", bound=Batch)


def joined(batches: Sequence[_B]) -> _B:
    """Return all samples, in order, as one batch."""
    return _each(lambda *arrays: np.concatenate(arrays, axis=-1), *batches)


def _each(function: Callable[..., Any], *batches: _B) -> _B:
    fields = zip(*(vars(batch).values() for batch in batches), strict=True)
    return type(batches[0])(
        *(
            _each(function, *parts) if isinstance(parts[0], Batch) else function(*parts)
            for parts in fields
        )
    )
