"""What documents print of a claim, read back: is each formula printed as it was decided?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dlnproof.core.claim import AsPrinted, Claim, Mutant
from dlnproof.core.product import PairProduct
from dlnproof.core.step import Side
from dlnproof.core.verdict import Verdict
from dlnproof.judge.readback import read_back


@dataclass(frozen=True)
class Typesetting:
    """The formulas of a claim that are printed otherwise than they were decided, or not read.

    ``wrong`` says of each what is printed, and where that differs; ``unread`` names them.
    """

    wrong: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def typesetting(claim: Claim, tex: Callable[[Side], str]) -> Typesetting:
    """Read back the parts of a claim's statement, and what its variants have typed LaTeX for.

    ``tex`` is what typesets them: it is examined, and nothing here relies on it.
    """
    wrong: list[str] = []
    unread: list[str] = []
    for name, part in _printed(claim):
        latex = tex(part)
        reading = read_back(part, latex, finite=claim.finite)
        if reading.verdict is Verdict.ERROR:
            wrong.append(f"the part {name} is printed as {' '.join(latex.split())}: {reading.why}")
        elif reading.verdict is not Verdict.PROVED:
            unread.append(name)
    return Typesetting(tuple(wrong), tuple(unread))


def _printed(claim: Claim) -> Iterator[tuple[str, Side]]:
    yield from claim.parts.items()
    variants: tuple[Mutant | AsPrinted, ...] = (*claim.mutants, *claim.as_printed)
    for variant in variants:
        for name, part in variant.parts.items():
            if isinstance(part, PairProduct) and part.latex:
                yield f"{name} of the variant {variant.name}", part
