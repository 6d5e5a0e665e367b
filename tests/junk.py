"""Values that do not belong in a file of ours, and where in it they may be put."""

from collections.abc import Iterator
from typing import Any

JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    2.5,
    10**30,
    "",
    "x",
    "1/0",
    "-7",
    [],
    {},
    [[]],
    "\u2028\nall confirmed",
)


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield where values stand: the container and the key or index."""
    for key in data if isinstance(data, dict) else range(len(data)):
        yield data, key
        if isinstance(data[key], dict | list):
            yield from places(data[key])
