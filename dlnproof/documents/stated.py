"""Texts of records, which hold their formulas in plain text, as the catalogue states them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dlnproof.claims.schema import Claim
from dlnproof.claims.studies import known
from dlnproof.notation import texts
from dlnproof.notation.plain import plain


def in_latex(text: str) -> str:
    """Return a text as LaTeX, formulas set where it, or its end, is a text of the catalogue.

    What else a record says is shown word for word: no formula is guessed in it.
    """
    return texts.in_latex(stated(text))


def stated(text: str) -> str:
    r"""Return a record's text with its formulas in dollars, where the catalogue states it so.

    >>> stated("Seen. sigma in place of sigma^2 throughout"), stated("N = 2..5")
    ('Seen. $\\\\sigma$ in place of $\\\\sigma^2$ throughout', 'N = 2..5')
    """
    if "$" in text:
        return text
    marked = _marked(tuple(known()))
    longest = max((x for x in marked if text == x or text.endswith(f" {x}")), key=len, default="")
    return text.removesuffix(longest) + marked.get(longest, "")


@cache
def _marked(claims: tuple[str, ...]) -> dict[str, str]:
    every = (text for name in claims for text in _texts(known()[name]) if "$" in text)
    return {plain(text): text for text in every}


def _texts(claim: Claim) -> Iterator[str]:
    yield from (*claim.hypotheses, claim.speaks_of, claim.source.where)
    yield from (mutant.what for mutant in claim.mutants)
    for printed in claim.as_printed:
        yield from (printed.statement, printed.explanation, printed.source.where)
