"""Refuting what the core left open: points and matrices at which a statement is false.

A search can turn UNDECIDED into REFUTED and nothing into PROVED, so it is no part of what has to be
trusted. A witness can be replayed: it is a point of the domain with the values of both sides.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from typing import Final

from flint import arb, fmpq, fmpz_mat

from dlnproof.core.domain import Domain
from dlnproof.core.engines import letters_of
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.identity import Decision, Difference, joint
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct, decide_product
from dlnproof.core.side import Side
from dlnproof.core.spectrum import STATED
from dlnproof.core.verdict import Verdict
from dlnproof.language.precision import working_precision

_SMALL: Final = tuple(map(fmpq, (3, 2, 5, 1, 7, 4)))  # simplest first

Witness = dict[str, str]


def examined(decision: Decision) -> Decision:
    """Return the decision, REFUTED with its witness where what it leaves open is seen false."""
    if decision.parts:
        return joint([examined(part) for part in decision.parts])
    match decision.question:
        case Difference(left, right, Domain() as domain):
            found, why = _unequal(left, right, domain), decision.why
        case Difference(left, right, None):
            found, why = _matrices(left, right), "different words"
        case _:
            return decision
    if found is not None:
        return Decision(Verdict.REFUTED, why, witness=found)
    without = "different functions, but no counterexample found"
    why = decision.why.replace("different rational functions", without)
    return replace(decision, why=why, question=None)


def unequal(left: Side, right: Side) -> bool:
    """Whether two formulas are seen to differ somewhere where statements speak of them."""
    if isinstance(left, Inequality) and isinstance(right, Inequality):
        return any(right.excess(point) < 0 for point in right.points())
    if isinstance(left, PairProduct) and isinstance(right, PairProduct):
        return examined(decide_product(left, right)).verdict is Verdict.REFUTED
    if not isinstance(left, Expression) or not isinstance(right, Expression):
        return False
    if any(letter.name.endswith("'") for letter in letters_of(left, right)):
        return _matrices(left, right) is not None
    return _unequal(left, right, STATED) is not None


def points(domain: Domain, letters: frozenset[Letter]) -> Iterator[dict[Letter, fmpq | arb]]:
    """Yield small rational points of the domain, N = 1, 2, 3; sequences and logs are true.

    The letters that are not bound take different values, simplest first.
    """
    free = len(domain.unbound(letters))
    tried = ((depth, values) for depth in (1, 2, 3) for values in permutations(_SMALL, free))
    return domain.points(letters, tried)


def _unequal(left: Expression, right: Expression, domain: Domain) -> Witness | None:
    with working_precision(128):
        for point in points(domain, letters_of(left, right)):
            try:
                a, b = left.at(point), right.at(point)
            except ZeroDivisionError:
                continue
            # exact unless a logarithm occurs; then a ball without zero is a difference
            difference = a - b
            if not difference.contains(0) if isinstance(difference, arb) else difference:
                return _named(point, left=a, right=b)
    return None


def _named(point: dict[Letter, fmpq | arb], **sides: fmpq | arb) -> Witness:
    values = {letter.name: value for letter, value in point.items()}
    return {name: str(value) for name, value in (values | sides).items()}


def _matrices(left: Expression, right: Expression) -> Witness | None:
    """Return 2 x 2 integer matrices at which the sides differ.

    A name that ends in ' is the transpose of the letter without it.
    """
    letters = letters_of(left, right)
    bases = sorted({letter.name.rstrip("'") for letter in letters})
    matrices = {
        name: fmpz_mat([[1 + k, 2 - k], [k * k - 3, 5 + 2 * k]]) for k, name in enumerate(bases)
    }
    values: dict[Letter, fmpz_mat] = {
        letter: matrices[letter.name.rstrip("'")].transpose()
        if letter.name.endswith("'")
        else matrices[letter.name]
        for letter in letters
    }

    def scalar(constant: int) -> fmpz_mat:
        return fmpz_mat([[constant, 0], [0, constant]])

    a, b = left.at(values, scalar), right.at(values, scalar)
    if a == b:
        return None
    found = {**matrices, "left": a, "right": b}
    return {name: str(matrix.tolist()) for name, matrix in found.items()}
