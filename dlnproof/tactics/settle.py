"""Settling hypotheses: those that follow plainly from what is known are discharged.

Nothing here is trusted: every step is a rule of the kernel. What does not follow stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Final

from dlnproof.kernel import signs
from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import absurd, assume, contradiction, cut, generalise, reflexive
from dlnproof.kernel.numbers import field, plain
from dlnproof.kernel.terms import (
    INT,
    REAL,
    SortError,
    Term,
    at_most,
    constant_of,
    different,
    equal,
    fresh_for,
    less,
    monomials,
    number,
    opened,
    power,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.matching import instances

_DEEP: Final = 40


def settle(theorem: Theorem, *known: Theorem | Term) -> Theorem:
    """Discharge the hypotheses of a theorem that follow from what is known.

    A sentence that is given stands for itself, assumed. Sentences about all are used where an
    instance is needed; integers by linear arithmetic; numbers by the signs of what they are made
    of. A hypothesis that does not follow in this way stays.
    """
    return _settling(known).settle(theorem)


def proved(goal: Term, *known: Theorem | Term) -> Theorem:
    """Return a theorem of the goal, from what is known, or raise :class:`Refused`."""
    found = _settling(known).prove(goal)
    if found is None:
        raise Refused(f"{goal} does not follow plainly")
    return found


@lru_cache(256)
def _settling(known: tuple[Theorem | Term, ...]) -> Settling:
    """Return what is known, with what was found to follow from it when it was known before."""
    return Settling(known)


class Settling:
    """What is known, and what was found to follow from it."""

    def __init__(self, known: tuple[Theorem | Term, ...], outer: Settling | None = None) -> None:
        theorems = [assume(k) if isinstance(k, Term) else k for k in known]
        self.facts: dict[Term, Theorem] = dict(outer.facts) if outer else {}
        self.general: list[Theorem] = list(outer.general) if outer else []
        self.integers: list[Theorem] = list(outer.integers) if outer else []
        self.allowed: frozenset[Term] = outer.allowed if outer else frozenset()
        self.found: dict[Term, Theorem | None] = {}
        self.sought: dict[Term, int] = dict(outer.sought) if outer else {}
        self.lowest = _DEEP  # how far out the search turned back that a failure depends on
        for theorem in theorems:
            self.allowed |= theorem.hypotheses
            self._learn(theorem)

    def _learn(self, theorem: Theorem) -> None:
        conclusion = theorem.conclusion
        best = self.facts.get(conclusion)
        if best is None or len(theorem.hypotheses) < len(best.hypotheses):
            self.facts[conclusion] = theorem
        if conclusion.op == "every":
            self.general.append(theorem)
        if conclusion.op in ("=", "!=", "<=", "<"):
            if conclusion.args[0].sort == INT:
                self.integers.append(theorem)
            elif conclusion.args[0].sort == REAL:
                learnt = _tried(lambda: signs.as_integers(theorem))
                self.integers += [learnt] if learnt else []

    def settle(self, theorem: Theorem) -> Theorem:
        """Discharge the hypotheses that follow; then those that follow from the others, too."""
        for sentence in sorted(theorem.hypotheses, key=repr):
            lemma = self.prove(sentence)
            if lemma is not None and sentence not in lemma.hypotheses:
                theorem = cut(theorem, lemma)
        for sentence in sorted(theorem.hypotheses - self.allowed, key=_weakest_first):
            others = theorem.hypotheses - {sentence}
            if others <= self.facts.keys():
                continue  # nothing more is known than before
            lemma = Settling(tuple(others), self).prove(sentence)
            if lemma is not None and sentence not in lemma.hypotheses:
                theorem = cut(theorem, lemma)
        return theorem

    def prove(self, goal: Term) -> Theorem | None:
        """Return a theorem of the goal, whose hypotheses are those of what is known, or None."""
        if goal in self.facts:
            return self.facts[goal]
        if goal in self.found:
            return self.found[goal]
        if goal in self.sought:  # no proof of a sentence needs the sentence
            self.lowest = min(self.lowest, self.sought[goal])
            return None
        depth = self.sought[goal] = len(self.sought)
        found = next(self._proofs(goal), None) if depth < _DEEP else None
        del self.sought[goal]
        if found is not None or self.lowest >= depth:
            self.found[goal] = found
        if self.lowest >= depth:
            self.lowest = _DEEP
        return found

    def _proofs(self, goal: Term) -> Iterator[Theorem]:
        for attempt in self._attempts(goal):
            lemma = _tried(attempt)
            whole = None if lemma is None else self._whole(lemma)
            if whole is not None and whole.conclusion == goal:
                yield whole

    def _whole(self, lemma: Theorem) -> Theorem | None:
        """Return a lemma whose hypotheses are all settled, or None."""
        for sentence in sorted(lemma.hypotheses - self.allowed, key=repr):
            needed = self.prove(sentence)
            if needed is None:
                return None
            lemma = cut(lemma, needed)
        return lemma

    def _attempts(self, goal: Term) -> Iterator[Callable[[], Theorem | None]]:
        for theorem in self.general:
            for found in instances(theorem, goal):
                yield partial(_same, found)
        if goal.op == "every":
            yield lambda: self._every(goal)
        if goal.op not in ("=", "!=", "<=", "<"):
            return
        a, b = goal.args
        yield lambda: signs.decided(goal)
        if a.sort == INT:
            yield from self._of_integers(goal)
        elif a.sort == REAL:
            yield from self._of_numbers(goal, a, b)
        elif goal.op == "=" and a == b:
            yield lambda: reflexive(a)

    def _every(self, goal: Term) -> Theorem | None:
        names = fresh_for(goal)
        *conditions, sentence = opened(goal, *(name.term for name in names))
        found = Settling(tuple(conditions), self).prove(sentence)
        return None if found is None else generalise(found, names, *conditions)

    # --- integers ---------------------------------------------------------------------------------

    def _of_integers(self, goal: Term) -> Iterator[Callable[[], Theorem | None]]:
        yield lambda: self._linear(goal, self.integers)
        a, b = goal.args
        if goal.op == "!=":
            factors = _common_letters(b - a) or _common_letters(a - b)
            if len(factors) > 1 and b == a * 0:
                yield lambda: self._integer_factors(factors)
        if any(sum(e for _, e in m) > 1 for m in monomials(b - a)):
            yield lambda: self._linear(goal, [*self.integers, *self._products(goal)])

    def _linear(self, goal: Term, facts: list[Theorem]) -> Theorem:
        found = indices(goal, *(fact.conclusion for fact in facts))
        used = [fact for fact in facts if fact.conclusion in found.hypotheses]
        return cut(found, *{fact.conclusion: fact for fact in used}.values())

    def _products(self, goal: Term) -> list[Theorem]:
        """Return products of the inequalities that have letters with the goal in common."""
        close = [
            fact
            for fact in self.integers
            if fact.conclusion.op == "<=" and fact.conclusion.free & goal.free
        ]
        for letter in {a for side in goal.args for m in monomials(side) for a, _ in m}:
            bound = self.prove(at_most(1, letter)) or self.prove(at_most(0, letter))
            close += [bound] if bound else []
        return [
            signs.product_of_integers(one, other)
            for k, one in enumerate(close)
            for other in close[k:]
        ]

    def _integer_factors(self, factors: list[Term]) -> Theorem | None:
        whole: Theorem | None = None
        for factor in factors:
            found = self.prove(different(factor, 0))
            if found is None:
                return None
            whole = found if whole is None else signs.product_nonzero(whole, found)
        return whole

    # --- numbers ----------------------------------------------------------------------------------

    def _of_numbers(self, goal: Term, a: Term, b: Term) -> Iterator[Callable[[], Theorem | None]]:
        if goal.op == "=":
            yield lambda: field(a, b)
            return
        if goal.op == "<=" and a == b:
            yield lambda: signs.weaker(reflexive(a))
        if goal.op == "<=":
            yield lambda: self._then(signs.weaker, less(a, b))
        if plain(a) == 0 and goal.op != "!=":
            yield from self._sign(goal, b)
        elif plain(b) == 0 and goal.op == "!=":
            yield from self._nonzero(goal, a)
        elif plain(b) == 0 and goal.op != "!=":
            yield from self._negative(goal, a)
        elif goal.op == "!=":
            yield lambda: self._then(signs.turned, different(b, a), literally=True)
            if a.op == b.op == "^" and a.args[1] == b.args[1]:
                yield lambda: self._unequal_powers(a, b)
            yield lambda: self._then(signs.apart, less(b, a))
            yield lambda: self._then(signs.turned, different(b, a))
            yield lambda: self._unequal(goal, different(b - a, 0))
        else:
            yield lambda: self._between_integers(goal)
            if a.op == b.op == "^" and a.args[1] == b.args[1]:
                yield lambda: self._monotone(goal, a, b)
            if a.op == b.op == "log":
                yield lambda: self._monotone(goal, a, b)
            if a.op == b.op == "*":
                yield lambda: self._monotone_product(goal, a, b)
            yield lambda: self._difference(goal, b - a)

    def _then(
        self, rule: Callable[[Theorem], Theorem], sentence: Term, *, literally: bool = False
    ) -> Theorem | None:
        found = self.facts.get(sentence) if literally else self.prove(sentence)
        return None if found is None else rule(found)

    def _unequal(self, goal: Term, sentence: Term) -> Theorem | None:
        found = self.prove(sentence)
        return None if found is None else signs.nonzero_certificate(goal, [found, -1])

    def _between_integers(self, goal: Term) -> Theorem | None:
        a, b = (signs._integer(side) for side in goal.args)
        if goal.op == "<":
            return None
        return self._then(signs.as_numbers, at_most(a, b))

    def _monotone_product(self, goal: Term, a: Term, b: Term) -> Theorem | None:
        """Return x y <= u v from 0 <= x <= u and 0 <= y <= v; strict from x < u and 0 < v."""
        strict, (x, y), (u, v) = goal.op == "<", a.args, b.args
        first = self.prove((less if strict else at_most)(x, u))
        above = first and self._compared(strict, v, 1)
        second = above and self.prove(at_most(y, v))
        low = second and self._compared(False, x, 1)
        if first is None or above is None or second is None or low is None:
            return None
        return signs.certificate(goal, [[first, above], [low, second]], (), [x, y, u, v])

    def _difference(self, goal: Term, value: Term) -> Theorem | None:
        """Return a <= b from 0 <= b - a."""
        found = self.prove((less if goal.op == "<" else at_most)(number(0), value))
        return None if found is None else signs.certificate(goal, [[found]], (), goal.args)

    def _unequal_powers(self, a: Term, b: Term) -> Theorem | None:
        """Return x^e != y^e from x != y, both >= 0: equal powers would have equal bases."""
        zero, x, y = number(0), a.args[0], b.args[0]
        one, other = self.prove(at_most(zero, x)), self.prove(at_most(zero, y))
        distinct = self.prove(different(x, y))
        if one is None or other is None or distinct is None:
            return None
        same = signs.power_injective(one, other, assume(equal(a, b)))
        return contradiction(absurd(same, distinct), different(a, b))

    def _monotone(self, goal: Term, a: Term, b: Term) -> Theorem | None:
        x, y = a.args[0], b.args[0]
        above = self._compared(a.op == "log", x, 1)
        ordered = above and self.prove((less if goal.op == "<" else at_most)(x, y))
        if above is None or ordered is None:
            return None
        if a.op == "log":
            return signs.log_monotone(above, ordered)
        return signs.power_monotone(above, ordered, a.args[1])

    def _sign(self, goal: Term, x: Term) -> Iterator[Callable[[], Theorem | None]]:
        """Yield ways to 0 < x, or 0 <= x."""
        strict = goal.op == "<"
        match x.op:
            case "real":
                yield lambda: self._integer_sign(strict, x.args[0])
            case "*" | "/":
                yield lambda: self._square(goal, x)
                yield lambda: self._product(goal, x, (1, 1))
                yield lambda: self._product(goal, x, (-1, -1))
            case "+" | "-":
                other = 1 if x.op == "+" else -1
                if x.op == "-":
                    yield lambda: self._minus(goal, x.args[1], x.args[0])
                yield lambda: self._sum(goal, x, (1, other), first=True)
                yield lambda: self._sum(goal, x, (1, other), first=False)
            case "^":
                yield from self._power(goal, x)
            case "sum" | "prod":
                yield lambda: self._range(strict, x)
            case "pi":
                yield signs.pi_positive
            case "gamma":
                yield lambda: self._then(signs.gamma_positive, less(number(0), x.args[0]))
            case "trace" if not strict and x.args[0].op == "*":
                yield lambda: signs.gram_trace_nonnegative(x.args[0].args[1])
        if strict:
            yield lambda: self._stricter(x)
        for fact in list(self.facts.values()):
            if fact.conclusion.op in ("<=", "<") and fact.conclusion.args[1] == x:
                yield partial(self._chained, goal, fact)

    def _chained(self, goal: Term, fact: Theorem) -> Theorem | None:
        """Return 0 < x, or 0 <= x, from y <= x that is known."""
        y = fact.conclusion.args[0]
        low = None if y == number(0) else self._compared(goal.op == "<", y, 1)
        if low is None and fact.conclusion.op == "<" and y != number(0):
            low = self._compared(False, y, 1)
        if low is None:
            return None
        found = signs.chain(low, fact)
        return found if found.conclusion == goal else signs.weaker(found)

    def _stricter(self, x: Term) -> Theorem | None:
        above = self.facts.get(at_most(number(0), x))
        distinct = self.facts.get(different(x, 0)) or self.facts.get(different(number(0), x))
        if above is None or distinct is None:
            return None
        return signs.stricter(above, distinct)

    def _integer_sign(self, strict: bool, n: Term) -> Theorem | None:
        found = self.prove(at_most(1 if strict else 0, n))
        if found is None:
            return None
        return signs.positive_integer(found) if strict else signs.as_numbers(found)

    def _square(self, goal: Term, x: Term) -> Theorem | None:
        a, b = x.args
        if x.op != "*" or a != b:
            return None
        if goal.op == "<=":
            return signs.certificate(goal, [[a]], (), [a])
        return self._then(
            lambda found: signs.certificate(goal, [[found]], (), [a]), different(a, 0)
        )

    def _product(self, goal: Term, x: Term, signs_: tuple[int, int]) -> Theorem | None:
        """Return the sign of a product or quotient from those of its two parts."""
        strict, (a, b) = goal.op == "<", x.args
        one = self._compared(strict, a, signs_[0])
        other = one and self._compared(strict or x.op == "/", b, signs_[1])
        if one is None or other is None:
            return None
        factors: list[signs.Factor] = [one, other]
        if x.op == "/":  # x/y = x y (1/y)^2
            distinct = signs.apart(other) if signs_[1] > 0 else signs.turned(signs.apart(other))
            factors.append(signs.turned(signs.power_nonzero(distinct, -1)))
        return signs.certificate(goal, [factors], (), [a, b])

    def _compared(self, strict: bool, value: Term, sign: int) -> Theorem | None:
        """Return 0 < value, 0 <= value, value < 0 or value <= 0."""
        ends = (number(0), value) if sign > 0 else (value, number(0))
        return self.prove((less if strict else at_most)(*ends))

    def _negative(self, goal: Term, x: Term) -> Iterator[Callable[[], Theorem | None]]:
        """Yield ways to x < 0, or x <= 0."""
        if x.op in ("*", "/"):
            yield lambda: self._product(goal, x, (-1, 1))
            yield lambda: self._product(goal, x, (1, -1))
        elif x.op in ("+", "-"):
            other = -1 if x.op == "+" else 1
            yield lambda: self._sum(goal, x, (-1, other), first=True)
            yield lambda: self._sum(goal, x, (-1, other), first=False)
        if x.op == "-":
            yield lambda: self._minus(goal, *x.args)

    def _sum(self, goal: Term, x: Term, signs_: tuple[int, int], *, first: bool) -> Theorem | None:
        """Return the sign of a sum or difference; a strict one from a strict first or second."""
        strict, (a, b) = goal.op == "<", x.args
        one = self._compared(strict and first, a, signs_[0])
        other = one and self._compared(strict and not first, b, signs_[1])
        if one is None or other is None:
            return None
        return signs.certificate(goal, [[one], [other]], (), [a, b])

    def _minus(self, goal: Term, a: Term, b: Term) -> Theorem | None:
        """Return the sign of a - b, or of b - a, from a < b or a <= b."""
        found = self.prove((less if goal.op == "<" else at_most)(a, b))
        return None if found is None else signs.certificate(goal, [[found]], (), [a, b])

    def _power(self, goal: Term, x: Term) -> Iterator[Callable[[], Theorem | None]]:
        strict, (base, exponent) = goal.op == "<", x.args
        even = constant_of(exponent) if exponent.sort == INT else None
        zero = number(0)
        if even is not None and even % 2 == 0 and even > 0:
            half = power(base, even // 2) if even > 2 else base
            if strict:
                yield lambda: self._then(
                    lambda found: signs.certificate(goal, [[found]], (), [base]),
                    different(half, 0),
                )
            else:
                yield lambda: signs.certificate(goal, [[half]], (), [base])
        if strict:
            yield lambda: self._then(
                lambda found: signs.power_positive(found, exponent), less(zero, base)
            )
        else:
            yield lambda: self._then(
                lambda found: signs.power_nonnegative(found, exponent), at_most(zero, base)
            )

    def _range(self, strict: bool, x: Term) -> Theorem | None:
        """Return the sign of a sum or product over a range, from that of all its terms."""
        lo, hi = x.args[:2]
        names = fresh_for(x)
        [body] = opened(x, *(name.term for name in names))
        [k] = names
        conditions = (at_most(lo, k.term), at_most(k.term, hi))
        found = Settling(conditions, self)._compared(strict, body, 1)
        if found is None:
            return None
        rule = signs.sum_nonnegative if x.op == "sum" else signs.product_nonnegative
        return rule(found, k, lo, hi)

    def _nonzero(self, goal: Term, x: Term) -> Iterator[Callable[[], Theorem | None]]:
        """Yield ways to x != 0."""
        zero = number(0)
        yield lambda: self._then(signs.turned, different(zero, x), literally=True)
        if x.op == "real":
            yield lambda: self._then(signs.as_numbers, different(x.args[0], 0))
        yield lambda: self._then(signs.apart, less(zero, x))
        if x.op in ("*", "/"):
            yield lambda: self._nonzero_product(goal, x)
        if x.op == "^" and x.args[1].sort == INT:
            yield lambda: self._then(
                lambda found: signs.power_nonzero(found, x.args[1]), different(x.args[0], 0)
            )
        if x.op == "prod" and x.sort == REAL:
            yield lambda: self._nonzero_range(x)
        if x.op == "-":
            yield lambda: self._nonzero_difference(goal, x)
        yield lambda: self._then(lambda found: signs.turned(signs.apart(found)), less(x, zero))

    def _nonzero_product(self, goal: Term, x: Term) -> Theorem | None:
        a, b = x.args
        one, other = self.prove(different(a, 0)), self.prove(different(b, 0))
        if one is None or other is None:
            return None
        if x.op == "*":
            return signs.product_nonzero(one, other)
        inverse = signs.power_nonzero(other, -1)
        return signs.nonzero_certificate(goal, [one, inverse, -1], (), [a, b])

    def _nonzero_range(self, x: Term) -> Theorem | None:
        lo, hi = x.args[:2]
        [k] = names = fresh_for(x)
        [body] = opened(x, *(name.term for name in names))
        conditions = (at_most(lo, k.term), at_most(k.term, hi))
        found = Settling(conditions, self).prove(different(body, 0))
        return None if found is None else signs.product_over_nonzero(found, k, lo, hi)

    def _nonzero_difference(self, goal: Term, x: Term) -> Theorem | None:
        a, b = x.args
        found = self.prove(different(a, b))
        return None if found is None else signs.nonzero_certificate(goal, [found], (), [a, b])


def _common_letters(value: Term) -> list[Term]:
    """Return the letters, with repetition, of a monomial with coefficient 1; else nothing."""
    found = monomials(value)
    if list(found.values()) != [1]:
        return []
    [m] = found
    return [letter for letter, e in m for _ in range(e)]


def _weakest_first(sentence: Term) -> tuple[int, str]:
    order = ("!=", "<=", "<", "=")
    return order.index(sentence.op) if sentence.op in order else len(order), repr(sentence)


def _same(theorem: Theorem) -> Theorem:
    return theorem


def _tried(attempt: Callable[[], Theorem | None]) -> Theorem | None:
    """Return what an attempt gives, or None where a rule refuses."""
    try:
        return attempt()
    except (Refused, SortError):
        return None
