"""Identities between noncommutative words, decided by normal form under rewriting rules.

An expression is evaluated in the free algebra over the field of scalars: ``*`` is the matrix
product, ``1`` the identity matrix, and each rule replaces one word by a combination of words
(``U' * U -> 1``). Scalars commute with everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flint import fmpq_mpoly

from dlnproof.core.engines import letters_of, polynomial_ring, refuse_shared_names
from dlnproof.core.expression import Expression, Letter, Number, Operation, Power
from dlnproof.core.identity import Decision, Difference, Equation
from dlnproof.core.verdict import Verdict

Word = tuple[str, ...]

_MOST_STEPS = 10_000


class RewritingError(ValueError):
    """A rule does not start from a single word, or rewriting does not end."""


@dataclass(frozen=True)
class Combination:
    """A finite sum of words with polynomial coefficients, in no particular form."""

    terms: dict[Word, fmpq_mpoly]

    def __add__(self, other: Combination) -> Combination:
        terms = dict(self.terms)
        for word, coefficient in other.terms.items():
            terms[word] = terms[word] + coefficient if word in terms else coefficient
        return Combination({word: c for word, c in terms.items() if c})

    def __sub__(self, other: Combination) -> Combination:
        return self + Combination({word: -c for word, c in other.terms.items()})

    def __mul__(self, other: Combination) -> Combination:
        product = Combination({})
        for v, a in self.terms.items():
            for w, b in other.terms.items():
                product += Combination({v + w: a * b})
        return product


class Rewriting:
    """The rewriting system of some rules over some commuting scalars."""

    def __init__(self, scalars: frozenset[Letter], rules: tuple[Equation, ...]) -> None:
        context = polynomial_ring(scalars)
        self._one = context.constant(1)
        self._scalars = dict(zip(context.names(), context.gens(), strict=True))
        self._rules: list[tuple[Word, Combination]] = []
        for left, right in rules:
            pattern = self.evaluate(left).terms
            if [(word != (), c == self._one) for word, c in pattern.items()] != [(True, True)]:
                raise RewritingError(f"a rule must start from one word, got {pattern}")
            self._rules.append((next(iter(pattern)), self.evaluate(right)))

    def evaluate(self, expression: Expression) -> Combination:
        """Return the expression as a combination of words, not yet rewritten."""
        values = {
            x: Combination(
                {(): self._scalars[x.name]} if x.name in self._scalars else {(x.name,): self._one}
            )
            for x in expression.letters()
        }
        found: Combination = expression.at(values, lambda c: Combination({(): self._one * c}))
        return found

    def normal_form(self, expression: Expression) -> dict[Word, fmpq_mpoly]:
        """Return the expression with every rule applied, leftmost first, until none applies."""
        pending, normal = self.evaluate(expression), Combination({})
        for _ in range(_MOST_STEPS):
            if not pending.terms:
                return normal.terms
            word, coefficient = next(iter(pending.terms.items()))
            whole, rewritten = Combination({word: coefficient}), self._rewrite_once(word)
            pending -= whole
            if rewritten is None:
                normal += whole
            else:
                pending += rewritten * Combination({(): coefficient})
        raise RewritingError(f"rewriting did not end after {_MOST_STEPS} steps")

    def _rewrite_once(self, word: Word) -> Combination | None:
        for start in range(len(word)):
            for pattern, replacement in self._rules:
                if word[start : start + len(pattern)] == pattern:
                    before = Combination({word[:start]: self._one})
                    after = Combination({word[start + len(pattern) :]: self._one})
                    return before * replacement * after
        return None


def transpose_of(letter: Letter) -> Letter:
    """Return the letter for the transpose; that of a transpose is the letter itself."""
    if letter.name.endswith("'"):
        return Letter(letter.name[:-1], letter.latex, letter.exponent.removesuffix("T"))
    return Letter(f"{letter.name}'", letter.latex, f"{letter.exponent}T")


def transposed(expression: Expression, scalars: frozenset[Letter] = frozenset()) -> Expression:
    """Return the transpose: products reversed, and a prime for every letter but the scalars.

    The transpose of ``Letter("X", "X")`` is ``Letter("X'", "X", "T")``. Raises ``TypeError`` for a
    quotient: words have none.
    """
    if isinstance(expression, Number) or expression in scalars:
        return expression
    match expression:
        case Letter():
            return transpose_of(expression)
        case Power(base, exponent):
            return Power(transposed(base, scalars), exponent)
        case Operation("+" | "-" | "*" as sign, left, right):
            a, b = transposed(left, scalars), transposed(right, scalars)
            return Operation(sign, b, a) if sign == "*" else Operation(sign, a, b)
    raise TypeError(f"no transpose of {expression}")


def says(stated: Equation, rule: Equation, scalars: frozenset[Letter] = frozenset()) -> bool:
    """Whether an equation, read in either direction, is a rule or the rule's transpose."""
    if any(True for side in stated for _ in side.divisors()):
        return False  # of numbers: words have no quotient
    free = Rewriting(scalars, ())

    def words(equation: Equation) -> list[dict[Word, fmpq_mpoly]]:
        return [free.evaluate(side).terms for side in equation]

    there = words(stated)
    transposes = (transposed(rule[0], scalars), transposed(rule[1], scalars))
    return any(there in (found, found[::-1]) for found in map(words, (rule, transposes)))


def derivative(expression: Expression, velocities: Mapping[Letter, Expression]) -> Expression:
    """Return the derivative by the product rule; a transpose moves as the transpose.

    Raises ``ValueError`` for a letter without a velocity, and for a transpose that is given one of
    its own; ``TypeError`` for a quotient: words have none.
    """
    for letter in velocities:
        if letter.name.endswith("'"):
            raise ValueError(f"'{letter.name}' moves as the transpose: expected no velocity of it")
    return _derivative(expression, velocities)


def _derivative(expression: Expression, velocities: Mapping[Letter, Expression]) -> Expression:
    zero = Number(0)
    match expression:
        case Number():
            return zero
        case Letter():
            if expression in velocities:
                return velocities[expression]
            transpose = transpose_of(expression)
            if transpose in velocities:
                return transposed(velocities[transpose])
            raise ValueError(f"'{expression.name}' has no velocity")
        case Power(base, exponent):
            product: Expression = Number(1)
            for _ in range(exponent):
                product = product * base
            return _derivative(product, velocities)
        case Operation("+" | "-" as sign, left, right):
            a, b = _derivative(left, velocities), _derivative(right, velocities)
            return a if b == zero else Operation(sign, a, b)
        case Operation("*", left, right):
            a, b = _derivative(left, velocities), _derivative(right, velocities)
            terms = [term for rate, term in ((a, a * right), (b, left * b)) if rate != zero]
            return zero if not terms else terms[0] if len(terms) == 1 else terms[0] + terms[1]
    raise TypeError(f"no product rule for {expression}")


def decide_words(
    left: Expression,
    right: Expression,
    rules: tuple[Equation, ...],
    scalars: frozenset[Letter] = frozenset(),
    *,
    cyclic: bool = False,
) -> Decision:
    """Decide whether two noncommutative expressions have the same normal form.

    PROVED: they do (with ``cyclic``: up to rotating each word, that is, under the trace). Otherwise
    UNDECIDED: rules that are not confluent can miss an equality, so that only matrices may refute.
    """
    letters = letters_of(left, right, *(side for rule in rules for side in rule))
    refuse_shared_names(letters)
    rewriting = Rewriting(scalars & letters, rules)
    try:
        a, b = rewriting.normal_form(left), rewriting.normal_form(right)
    except RewritingError as error:
        return Decision(Verdict.UNDECIDED, str(error))
    if cyclic:
        a, b = _up_to_rotation(a), _up_to_rotation(b)
    if a == b:
        return Decision(Verdict.PROVED, "equal normal forms")
    question = None if cyclic or scalars else Difference(left, right, rules)
    return Decision(Verdict.UNDECIDED, f"normal forms differ: {a} and {b}", question=question)


def _up_to_rotation(terms: dict[Word, fmpq_mpoly]) -> dict[Word, fmpq_mpoly]:
    found: dict[Word, fmpq_mpoly] = {}
    for word, coefficient in terms.items():
        least = min((word[k:] + word[:k] for k in range(len(word))), default=word)
        found[least] = found[least] + coefficient if least in found else coefficient
    return {word: coefficient for word, coefficient in found.items() if coefficient}
