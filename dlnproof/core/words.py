"""Identities between noncommutative words: the letters are matrices, and ``X'`` transposes ``X``.

An expression is evaluated in the free algebra over the rationals: ``*`` is the matrix product,
``1`` the identity matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from dlnproof.core.engines import letters_of, refuse_shared_names
from dlnproof.core.expression import Expression
from dlnproof.core.identity import Decision, Difference
from dlnproof.core.verdict import Verdict

Word = tuple[str, ...]


@dataclass(frozen=True)
class Combination:
    """A finite sum of words with rational coefficients that are not zero."""

    terms: dict[Word, fmpq]

    def __add__(self, other: Combination) -> Combination:
        terms = dict(self.terms)
        for word, coefficient in other.terms.items():
            terms[word] = terms.get(word, fmpq(0)) + coefficient
        return Combination({word: c for word, c in terms.items() if c != 0})

    def __sub__(self, other: Combination) -> Combination:
        return self + Combination({word: -c for word, c in other.terms.items()})

    def __mul__(self, other: Combination) -> Combination:
        product = Combination({})
        for v, a in self.terms.items():
            for w, b in other.terms.items():
                product += Combination({v + w: a * b})
        return product


def combination_of(expression: Expression) -> Combination:
    """Return the expression as a combination of words. Raises ``TypeError`` for a quotient."""
    values = {x: Combination({(x.name,): fmpq(1)}) for x in expression.letters()}
    found: Combination = expression.at(
        values, lambda c: Combination({(): fmpq(c)} if c != 0 else {})
    )
    return found


def decide_words(left: Expression, right: Expression) -> Decision:
    """Decide whether two expressions are the same combination of words.

    PROVED: they are. Otherwise UNDECIDED, with the difference for matrices to refute.
    """
    refuse_shared_names(letters_of(left, right))
    a, b = combination_of(left).terms, combination_of(right).terms
    if a == b:
        return Decision(Verdict.PROVED, "the same words")
    question = Difference(left, right, None)
    return Decision(Verdict.UNDECIDED, f"different words: {a} and {b}", question=question)
