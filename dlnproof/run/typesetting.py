"""What documents print of a claim, read back: is each formula printed as it was decided?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from dlnproof.claims.schema import AsPrinted, Claim, Mutant
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.product import PairProduct
from dlnproof.core.proof import Proof
from dlnproof.core.step import Side
from dlnproof.core.verdict import Verdict
from dlnproof.language.readback import read_back


@dataclass(frozen=True)
class Typesetting:
    """The formulas of a claim that are printed otherwise than they were decided, or not read.

    ``wrong`` says of each what is printed, and where that differs; ``unread`` names them.
    """

    wrong: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def typesetting(claim: Claim, proof: Proof, tex: Callable[[Side], str]) -> Typesetting:
    """Read back the parts of a claim's statement, and what variants and steps have typed LaTeX for.

    In ``proof``, which is the claim's, letters and names are what they stand for there.
    ``tex`` is what typesets them: it is examined, and nothing here relies on it.
    """
    wrong: list[str] = []
    unread: list[str] = []
    for name, what, side, values in (*_printed(claim), *_typed(claim, proof)):
        latex = tex(side)
        reading = read_back(side, latex, values, finite=claim.finite)
        if reading.verdict is Verdict.ERROR:
            wrong.append(f"{what} is printed as {' '.join(latex.split())}: {reading.why}")
        elif reading.verdict is not Verdict.PROVED:
            unread.append(name)
    return Typesetting(tuple(wrong), tuple(unread))


_Printed = tuple[str, str, Side, Mapping[Letter, Expression | PairProduct]]
"""The name of a formula beside the verdict, in a failure, and what letters stand for in it."""


def _printed(claim: Claim) -> Iterator[_Printed]:
    for name, part in claim.parts.items():
        yield name, f"the part {name}", part, {}
    variants: tuple[Mutant | AsPrinted, ...] = (*claim.mutants, *claim.as_printed)
    for variant in variants:
        for name, part in variant.parts.items():
            if isinstance(part, PairProduct) and part.latex:
                whole = f"{name} of the variant {variant.name}"
                yield whole, f"the part {whole}", part, {}


def _typed(claim: Claim, proof: Proof) -> Iterator[_Printed]:
    for step in proof.steps:
        for side in step.sides:
            if isinstance(side, PairProduct) and side.latex and side not in claim.parts.values():
                name = f"step {step.name}"
                yield name, f"a side of the {name}", side, proof.values
