"""What of an equation is a formula: its last side."""

from __future__ import annotations

import re
from typing import Final

from dlnproof.errors import InputError

_RELATION: Final = re.compile(
    r"(?P<propto>\\propto(?![A-Za-z]))"
    r"|:=|\\(?:coloneqq|equiv|triangleq)(?![A-Za-z])|(?<![<>!=])=(?!=)"
    r"|[({\[]|[)}\]]|\\(?:[A-Za-z]+|.)"
)


def last_side(text: str) -> tuple[str, bool]:
    r"""Return the formula of an equation, and whether it is one up to a constant (``\propto``).

    What stands before the relation names the quantity, and is not read. Raises
    :class:`InputError` where there are several relations.

    >>> last_side(r"S(W) := \log \sum_{i=1}^d x_i")
    ('\\log \\sum_{i=1}^d x_i', False)
    """
    deep, found = 0, None
    for match in _RELATION.finditer(text):
        sign = match[0]
        if len(sign) == 1 and sign in "({[)}]":
            deep += 1 if sign in "({[" else -1
        elif deep == 0 and (sign in ("=", ":=") or sign.startswith("\\")):
            if sign.startswith("\\") and not re.match(
                r"\\(?:propto|coloneqq|equiv|triangleq)$", sign
            ):
                continue
            if found is not None:
                raise InputError(
                    "got more than one relation such as =; expected one formula: judge each side "
                    "of a chain by itself"
                )
            found = match
    if found is None:
        return text, False
    rest = text[found.end() :].strip()
    if not rest:
        raise InputError("got nothing after the relation, expected a formula")
    return rest, found["propto"] is not None
