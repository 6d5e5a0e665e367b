"""How the entropy of 2 x 2 matrices grows with their singular values, for every N."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions import letters
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, W, d, i, j, k, l, s
from dlnproof.definitions.small import s_1, s_2, through
from dlnproof.definitions.two_values import (
    FACTORED,
    FIRST,
    FRAMES,
    SECOND,
    VALUES,
    apart,
    factor,
    slope_of_first,
    slope_of_second,
)
from dlnproof.kernel.calculus import derivative_congruence
from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import (
    assume,
    cases,
    generalise,
    instance,
    reflexive,
    replace_at,
    rewrite,
    sides,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import bottom, chosen, constant, reverse, sum_of_sums, top
from dlnproof.kernel.signs import (
    certificate,
    power_monotone,
    power_positive,
    sum_monotone,
    weaker,
)
from dlnproof.kernel.terms import (
    INT,
    Family,
    Symbol,
    Term,
    at_most,
    choose,
    different,
    equal,
    fresh,
    integer,
    less,
    log,
    number,
    orthogonal_volume,
    positive,
    substitute,
    total,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import then, transport, valued
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.small import written_out
from dlnproof.tactics.spectra import geometric

from . import entropy_gradient

I, L = i.term, l.term
x, y, S = s_1.term, s_2.term, s.term
GIVEN = (*DEPTH, *FRAMES, *FACTORED)
CHOICE = choose(equal(k.term, 1), x, y)
PUT: dict[Symbol, Term | Family] = {
    d.data: integer(2),
    letters.sigma: Family((k,), CHOICE),
    W.data: through(x, y),
    letters.factor: Family((j,), factor(j.term, x, y)),
}


def chosen_at(index: Term, place: Term, *known: Term) -> Theorem:
    """Return which of the two values the one with an index is: 1 or not, as is known of it."""
    choice = choose(equal(index, 1), x, y)
    return chosen(choice, indices(place, *known))


@cache
def positive_values() -> Theorem:
    """Both values are positive."""
    known = within(k, 1, 2)
    first, second = equal(k.term, 1), different(k.term, 1)
    found = []
    for case, value in ((first, x), (second, y)):
        told = symmetric(chosen(CHOICE, assume(case)))
        found.append(replace_at(assume(positive(value)), told, 1))
    return generalise(cases(*found, on=(first, second)), k, *known)


@cache
def ordered_values() -> Theorem:
    """The second is less than the first."""
    known = (at_most(1, I), at_most(I + 1, L), at_most(L, 2))
    lower = symmetric(chosen_at(L, different(L, 1), *known))
    upper = symmetric(chosen_at(I, equal(I, 1), *known))
    found = replace_at(replace_at(assume(less(y, x)), lower, 0), upper, 1)
    found = generalise(found, l, *known[1:])
    return generalise(found, i, at_most(1, I), at_most(I, 2))


QUOTIENT = (x**2 - y**2) / (x ** (2 / N) - y ** (2 / N))
"""N lambda_12."""


@cache
def logarithm() -> Theorem:
    """log vol(O_W) = (N - 1) log c_2 + 1/2 log(N lambda_12), where 0 < y < x."""
    found = written_out(instance(entropy_gradient.logarithm(), PUT))
    plain = (N - 1) * log(orthogonal_volume(2)) + Fraction(1, 2) * log(QUOTIENT)
    found = transitive(found, field(sides(found)[1], plain))
    positives = settle(positive_values(), *apart(x, y), proved(positive(x), *apart(x, y)))
    here = reflexive(through(x, y))
    return settle(found, positives, ordered_values(), here, *GIVEN, *apart(x, y))


KNOWN = (*GIVEN, *VALUES)
TOP, LOW = FIRST ** (2 / N), SECOND ** (2 / N)
SQUARES, ROOTS = FIRST**2 - SECOND**2, TOP - LOW
P, Q = slope_of_first(FIRST, SECOND), slope_of_second(FIRST, SECOND)
"""The derivatives of the entropy by the two values."""


@cache
def slope(one: Term, other: Term, *, first: bool) -> Theorem:
    """The derivative of the entropy by one of two values, where it is positive and they differ."""
    put = {s_1: S, s_2: other} if first else {s_1: one, s_2: S}
    told = instance(logarithm(), put)
    point, rate = (one, slope_of_first) if first else (other, slope_of_second)
    after, before = (other, None) if first else (number(0), one)
    found = differentiate(sides(told)[1], s, point)
    found = valued(found, field(found.conclusion.args[1], rate(one, other)))
    found = derivative_congruence(found, symmetric(settle(told, *GIVEN)), s, after, before)
    return settle(found, *GIVEN, *apart(one, other))


# --- signs ----------------------------------------------------------------------------------------

J = j.term
SUM = total(j, 1, N, TOP ** (N - J) * LOW ** (J - 1))
"""N lambda_12 as a geometric sum."""
DEEP, DEEPER = at_most(2, N), at_most(3, N)


@cache
def below() -> Theorem:
    """sigma_2^(2/N) < sigma_1^(2/N)."""
    under = proved(at_most(number(0), SECOND), *VALUES)
    return settle(power_monotone(under, assume(VALUES[1]), 2 / N), *KNOWN)


def powers(index: Term, *, strict: bool = False) -> Theorem:
    """B^n <= A^n, or B^n < A^n for 1 <= n, A and B being the roots."""
    under = proved(at_most(number(0), LOW), *KNOWN)
    return power_monotone(under, below() if strict else weaker(below()), index)


def positive_power(base: Term, index: Term) -> Theorem:
    """0 < A^n."""
    return power_positive(proved(positive(base), *KNOWN), index)


@cache
def telescoped() -> Theorem:
    """(A - B) (A^(N-1) + ... + B^(N-1)) = sigma_1^2 - sigma_2^2."""
    found = settle(geometric(TOP, LOW, N), *KNOWN)
    return settle(then(found, field(sides(found)[1], FIRST**2 - SECOND**2)), *KNOWN)


def of_sums(step: Theorem, lo: Term | int, hi: Term) -> Theorem:
    """Return an inequality of sums, of which the right one is of equal things."""
    found = sum_monotone(settle(step, *KNOWN, *within(j, lo, hi)), j, lo, hi)
    found = rewrite(found, constant(found.conclusion.args[1]))
    return settle(found, *KNOWN, DEEP)


MOST, LEAST = TOP ** (N - 1), LOW ** (N - 1)
TERM = TOP ** (N - J) * LOW ** (J - 1)


@cache
def at_most_the_first() -> Theorem:
    """A^(N-1) + ... + B^(N-1) < N A^(N-1), for two factors or more."""
    step = certificate(at_most(TERM, MOST), [[positive_power(TOP, N - J), powers(J - 1)]])
    rest = of_sums(step, 1, N - 1)
    parted = top(SUM)
    last = powers(N - 1, strict=True)
    found = certificate(less(SUM, N * MOST), [[rest], [last]], [(number(-1), parted)])
    return settle(found, *KNOWN, DEEP)


@cache
def at_least_the_last() -> Theorem:
    """N B^(N-1) < A^(N-1) + ... + B^(N-1), for two factors or more."""
    step = certificate(at_most(LEAST, TERM), [[positive_power(LOW, J - 1), powers(N - J)]])
    found = sum_monotone(settle(step, *KNOWN, *within(j, 2, N)), j, 2, N)
    rest = settle(rewrite(found, constant(found.conclusion.args[0])), *KNOWN, DEEP)
    parted = bottom(SUM)
    first = powers(N - 1, strict=True)
    found = certificate(less(N * LEAST, SUM), [[rest], [first]], [(number(1), parted)])
    return settle(found, *KNOWN, DEEP)


def both_ways(count: Term) -> tuple[Theorem, Term]:
    """Return 2 sum_j A^(n-j) B^(j-1) = sum_j (A^(n-j) B^(j-1) + A^(j-1) B^(n-j)), and its term."""
    one = TOP ** (count - J) * LOW ** (J - 1)
    other = TOP ** (J - 1) * LOW ** (count - J)
    single, turned = total(j, 1, count, one), total(j, 1, count, other)
    joined = sum_of_sums(total(j, 1, count, one + other))
    same = field(2 * single, single + turned, (number(1), symmetric(reverse(turned))))
    return transitive(same, symmetric(joined)), one + other


@cache
def both_ends() -> Theorem:
    """2 (A^(N-1) + ... + B^(N-1)) < N (A^(N-1) + B^(N-1)), for three factors or more."""
    double, term = both_ways(N)
    ends = MOST + LEAST
    step = certificate(at_most(term, ends), [[powers(N - J), powers(J - 1)]])
    whole = sides(double)[1]
    first = bottom(whole)
    second = bottom(sides(first)[1].args[1])
    rest = sum_monotone(settle(step, *KNOWN, *within(j, 3, N)), j, 3, N)
    rest = rewrite(rest, constant(rest.conclusion.args[1]))
    strict = [powers(N - 2, strict=True), below()]
    pieces = [(number(-1), first), (number(-1), second), (number(-1), double)]
    found = certificate(less(2 * SUM, N * ends), [[rest], strict], pieces)
    return settle(found, *KNOWN, DEEPER)


@cache
def middle() -> Theorem:
    """(N - 1) (a b)^(N-2) <= A^(N-2) + ... + B^(N-2), with the roots a and b of A and B."""
    double, term = both_ways(N - 1)
    a, b = FIRST ** (1 / N), SECOND ** (1 / N)
    both = (a * b) ** (N - 2)
    apart_ = a ** (N - 1 - J) * b ** (J - 1) - a ** (J - 1) * b ** (N - 1 - J)
    step = certificate(at_most(2 * both, term), [[apart_]])
    rest = sum_monotone(settle(step, *KNOWN, *within(j, 1, N - 1)), j, 1, N - 1)
    rest = rewrite(rest, constant(rest.conclusion.args[0]))
    goal = at_most((N - 1) * both, sides(double)[0].args[1])
    found = certificate(goal, [[rest, Fraction(1, 2)]], [(number(Fraction(1, 2)), double)])
    return settle(found, *KNOWN, DEEP)


# --- the slopes -----------------------------------------------------------------------------------


def settled(theorem: Theorem, *known: Term) -> Theorem:
    """Return a theorem under the hypotheses, and these."""
    return settle(theorem, proved(less(SECOND, FIRST), *VALUES), below(), *KNOWN, *known)


@cache
def differ() -> Theorem:
    """sigma_2^2 < sigma_1^2."""
    under = proved(at_most(number(0), SECOND), *VALUES)
    return power_monotone(under, assume(VALUES[1]), 2)


def above(value: Term) -> Theorem:
    """Return 0 < x, which has differences of squares or of roots in it."""
    return proved(positive(value), differ(), below(), *KNOWN)


@cache
def first_grows() -> Theorem:
    """The entropy grows with the first value."""
    share = TOP / (FIRST * N * SQUARES)
    pieces = [[at_most_the_first(), above(share)]]
    found = certificate(positive(P), pieces, [(share / ROOTS, telescoped())])
    return settled(found, DEEP)


@cache
def second_grows() -> Theorem:
    """The entropy grows with the second value."""
    share = LOW / (SECOND * N * SQUARES)
    pieces = [[at_least_the_last(), above(share)]]
    found = certificate(positive(Q), pieces, [(-(share / ROOTS), telescoped())])
    return settled(found, DEEP)


def relative(value: Term, rate: Term) -> Term:
    """Return N sigma^(2-2/N) times a slope, by the value."""
    return N * value ** (1 - 2 / N) * rate


@cache
def ratio() -> Theorem:
    """Relative to the values, the gradient in the metric is larger for the first."""
    share = 1 / SQUARES
    pieces = [[both_ends(), above(share)]]
    goal = less(relative(SECOND, Q), relative(FIRST, P))
    found = certificate(goal, pieces, [(2 * share / ROOTS, telescoped())])
    return settled(found, DEEPER)


@cache
def gap() -> Theorem:
    """Without the metric the second value gains no less."""
    a, b = FIRST ** (1 / N), SECOND ** (1 / N)
    share = (a * b) ** (2 - number(N)) / (N * (FIRST - SECOND))
    ahead = proved(positive(FIRST - SECOND), assume(VALUES[1]))
    over = proved(positive(share), ahead, *KNOWN)
    summed = geometric(TOP, LOW, N - 1)
    pieces = [(-(share / ROOTS), summed)]
    found = certificate(at_most(P, Q), [[middle(), over]], pieces)
    return settled(found, DEEP)


@cache
def two_factors() -> Theorem:
    """Of two factors the slopes are equal."""
    depth = fresh(INT)
    both = substitute(equal(P, Q), {N.data: depth.term})
    left, right = substitute(both, {depth: integer(2)}).args
    two = field(left, right)
    two = settle(two, differ(), instance(below(), {N.data: integer(2)}), *VALUES)
    same = assume(equal(N, 2))
    return settle(transport(two, depth, both, symmetric(same)), *KNOWN)


@cache
def derive() -> Deduction:
    """Return the theorems about the entropy of two values, for all N."""
    proof = Deduction("entropy-shape")
    proof.show("logarithm", logarithm(), "Of two values there is one pair:")
    proof.conclude("first", slope(FIRST, SECOND, first=True), "so the derivatives are")
    proof.conclude("second", slope(FIRST, SECOND, first=False), "and")
    proof.show("sum", telescoped(), "With $N\\lambda_{12}$ as a sum of $N$ powers,")
    proof.show("most", at_most_the_first(), "of which the first is the largest,")
    proof.conclude("first-grows", generalise(first_grows(), (), DEEP), "the first is positive,")
    proof.show("least", at_least_the_last(), "and, as the last is the smallest,")
    proof.conclude("second-grows", generalise(second_grows(), (), DEEP), "so is the second.")
    proof.show("middle", middle(), "The mean of powers is no less than that in the middle,")
    proof.conclude("gap", generalise(gap(), (), DEEP), "and so the second is no less.")
    proof.show("ends", both_ends(), "It is less than that of the ends,")
    proof.conclude("ratio", generalise(ratio(), (), DEEPER), "and so, with the metric,")
    two = generalise(two_factors(), (), equal(N, 2))
    proof.conclude("two-factors", two, "Of two factors both are $1/(2\\sigma_1+2\\sigma_2)$:")
    return proof
