"""Sums of the squares of x^k - x^(-k), for x > 1: a mean of these, weighted by k, is larger.

Sums stand in closed form: of each only what the next n adds is used, and that it is 0 at n = 0.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from dlnproof.definitions import letters
from dlnproof.definitions.letters import k, m, n, x
from dlnproof.kernel.induction import induction
from dlnproof.kernel.logic import assume, generalise, instance, specialise
from dlnproof.kernel.signs import Factor, as_numbers, certificate, power_positive
from dlnproof.kernel.terms import Term, at_most, integer, less, number
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.settle import proved, settle

from .entropy_shape import DEEP, DEEPER

D, SIZE = letters.N, number(letters.N)
K, M, N, X = k.term, m.term, n.term, x.term
ZERO, ONE = number(0), number(1)
ABOVE = less(ONE, X)
"""1 < x."""


def gap(index: Term) -> Term:
    """Return x^k - x^(-k)."""
    return X**index - 1 / X**index


def square(index: Term) -> Term:
    """Return (x^k - x^(-k))^2."""
    return gap(index) ** 2


def count(index: Term) -> Term:
    """Return 1^2 + ... + n^2, in closed form."""
    at = number(index)
    return at * (at + 1) * (2 * at + 1) / 6


def cubes(index: Term) -> Term:
    """Return 1^3 + ... + n^3, in closed form."""
    at = number(index)
    return (at * (at + 1) / 2) ** 2


def squares(index: Term) -> Term:
    """Return the sum of the squares of x^k - x^(-k) for k = 1..n, in closed form."""
    at, high = number(index), X ** (2 * number(index))
    return (X**2 * high - 1 / high) / (X**2 - 1) - 1 - 2 * at


def weighted(index: Term) -> Term:
    """Return the sum of these squares, times k, in closed form."""
    at, high = number(index), X ** (2 * number(index))
    up = at * X**4 * high - (at + 1) * X**2 * high + 2 * X**2
    down = (at - (at + 1) * X**2) / high
    return (up + down) / (X**2 - 1) ** 2 - at * (at + 1)


def known() -> tuple[Theorem, ...]:
    """0 < x, and 0 < x^2 - 1."""
    above = assume(ABOVE)
    return (
        certificate(less(ZERO, X), [[above], [1]]),
        certificate(less(ZERO, X**2 - 1), [[above, above], [2, above]]),
    )


@cache
def nonnegative() -> Theorem:
    """0 <= x^k - x^(-k), for 0 <= k."""
    sentence = at_most(ZERO, gap(K))
    positive, square_ = known()
    base = certificate(at_most(ZERO, gap(integer(0))), [])
    lower = power_positive(positive, -1 - number(K))
    step = certificate(at_most(ZERO, gap(K + 1)), [[assume(sentence), positive], [square_, lower]])
    return induction(k, sentence, settle(base, *known()), settle(step, *known(), sentence), start=0)


@cache
def next_share() -> Theorem:
    """(k + 1)(x^k - x^(-k)) <= k (x^(k+1) - x^(-k-1)), for 0 <= k."""

    def sentence(index: Term) -> Term:
        return at_most(number(index + 1) * gap(index), number(index) * gap(index + 1))

    base = certificate(sentence(integer(0)), [])
    inverse = power_positive(known()[0], -1)
    above = settle(specialise(nonnegative(), K + 1), at_most(0, K))
    natural = proved(at_most(ZERO, number(K + 1)), at_most(0, K))
    step = certificate(sentence(K + 1), [[assume(sentence(K))], [natural, X - 1, inverse, above]])
    step = settle(step, *known(), at_most(0, K), sentence(K))
    return induction(k, sentence(K), settle(base, *known()), step, start=0)


@cache
def shares() -> Theorem:
    """n (x^k - x^(-k)) <= k (x^n - x^(-n)), for 1 <= k <= n."""

    def sentence(index: Term) -> Term:
        return at_most(number(index) * gap(K), number(K) * gap(index))

    base = certificate(sentence(K), [])
    later = settle(specialise(next_share(), N), at_most(1, K), at_most(K, N))
    whole = proved(less(ZERO, number(N)), at_most(1, K), at_most(K, N))
    natural, first = (
        proved(at_most(ZERO, number(size)), at_most(1, K), at_most(K, N)) for size in (N + 1, K)
    )
    share = power_positive(whole, -1)
    step = certificate(
        sentence(N + 1), [[share, first, later], [share, natural, assume(sentence(N))]]
    )
    step = settle(step, whole, *known(), at_most(1, K), at_most(K, N), sentence(N))
    found = induction(n, sentence(N), settle(base, *known(), at_most(1, K)), step, start=K)
    return generalise(found, k, at_most(1, K))


@cache
def square_shares() -> Theorem:
    """n^2 (x^k - x^(-k))^2 <= k^2 (x^n - x^(-n))^2, for 1 <= k <= n."""
    conditions = (at_most(1, K), at_most(K, N))
    found = settle(specialise(specialise(shares(), K), N), *conditions)
    signs = [
        settle(specialise(nonnegative(), index), at_most(0, index), *conditions) for index in (K, N)
    ]
    sizes = [proved(at_most(ZERO, number(size)), *conditions) for size in (N, K)]
    goal = at_most(number(N) ** 2 * square(K), number(K) ** 2 * square(N))
    pairs = zip(sizes, signs, strict=True)
    found = certificate(goal, [[found, size, sign] for size, sign in pairs])
    return settle(found, *known(), *conditions)


@cache
def last() -> Theorem:
    """0 <= sum_k (n - k)(k^2 (x^n - x^(-n))^2 - n^2 (x^k - x^(-k))^2) over k = 1..m, for m <= n."""
    size = number(N)

    def sentence(index: Term) -> Term:
        ends = square(N) * (size * count(index) - cubes(index))
        return at_most(ZERO, ends - size**3 * squares(index) + size**2 * weighted(index))

    base = certificate(sentence(integer(0)), [])
    conditions = (at_most(0, M), at_most(M + 1, N))
    left = proved(at_most(ZERO, number(N - (M + 1))), *conditions)
    one = instance(square_shares(), {k: M + 1})
    step = certificate(sentence(M + 1), [[assume(sentence(M))], [left, one]])
    step = settle(step, *known(), *conditions, sentence(M))
    return induction(m, sentence(M), settle(base, *known()), step, start=0, end=N)


@cache
def chebyshev() -> Theorem:
    """0 <= sum k^2 sum k T_k - sum k^3 sum T_k, of the squares T_k, for 0 <= n."""

    def sentence(index: Term) -> Term:
        return at_most(ZERO, count(index) * weighted(index) - cubes(index) * squares(index))

    base = certificate(sentence(integer(0)), [])
    more = settle(instance(specialise(last(), N), {n: N + 1}), at_most(0, N))
    step = certificate(sentence(N + 1), [[assume(sentence(N))], [more]])
    step = settle(step, *known(), at_most(0, N), sentence(N))
    return induction(n, sentence(N), settle(base, *known()), step, start=0)


@cache
def positive_squares() -> Theorem:
    """0 < sum_k (x^k - x^(-k))^2 over k = 1..n, for 1 <= n."""
    sentence = less(ZERO, squares(N))
    positive, square_ = known()
    inverse = power_positive(positive, -1)
    pieces = [square_, square_, inverse, inverse]
    first = certificate(less(ZERO, squares(integer(1))), [pieces])
    step = certificate(less(ZERO, squares(N + 1)), [[assume(sentence)], [gap(N + 1)]])
    return induction(
        n, sentence, settle(first, *known()), settle(step, *known(), sentence), start=1
    )


def balanced() -> Term:
    """Return N^2 S (x^(N-1) + x^(1-N)) + N^2 (N - 2) - (3 N - 2) S^2.

    S is x^N - x^(-N) over x - 1/x.
    """
    high = X**D
    share = (high - 1 / high) * X / (X**2 - 1)
    return (
        SIZE**2 * share * (X ** (D - 1) + X ** (1 - D))
        + SIZE**2 * (SIZE - 2)
        - (3 * SIZE - 2) * share**2
    )


@cache
def balance(*, strict: bool = False) -> Theorem:
    """0 <= that, for 2 <= N, and 0 < for 3 <= N.

    It is the sum of ((3 N - 2) k - 2 N (N - 1)) (x^k - x^(-k))^2 over k = 1..N-1.
    """
    least, case = (3, DEEPER) if strict else (2, DEEP)
    deep = as_numbers(assume(case))

    def above(times: int, off: int) -> Theorem:
        """0 < a N + b."""
        pieces: list[list[Factor]] = [[times * least + off], [times, deep]]
        return certificate(less(ZERO, times * SIZE + off), pieces)

    one, two, three = (above(*line) for line in ((1, -1), (2, -1), (3, -2)))
    over_one, over_two = (power_positive(size, -1) for size in (one, two))
    over_size, size = (power_positive(above(1, 0), exponent) for exponent in (-1, 1))
    rest = certificate(less(ZERO, SIZE - 2), [[1], [deep]]) if strict else deep
    mean = settle(specialise(chebyshev(), D - 1), case)
    whole = settle(specialise(positive_squares(), D - 1), case)
    goal = less(ZERO, balanced()) if strict else at_most(ZERO, balanced())
    pieces: list[list[Factor]] = [
        [6, three, over_one, over_size, over_two, mean],
        [Fraction(1, 2), one, size, rest, over_two, whole],
    ]
    return settle(certificate(goal, pieces), one, two, *known(), case)
