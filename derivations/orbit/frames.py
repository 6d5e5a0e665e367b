"""The volume of the orbit of factors W_j = Q_j Lambda Q_{j-1}^T, by pairs of indices."""

from __future__ import annotations

from functools import cache

from dlnproof.definitions.letters import N, d, i, j, k, l, m, n
from dlnproof.kernel.arrays import apart, by_pairs
from dlnproof.kernel.entries import diagonals, identity_is_diagonal
from dlnproof.kernel.logic import (
    assume,
    cases,
    generalise,
    instance,
    negation,
    reflexive,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.orbits import gram_determinant, volume_of_orbit, volume_of_orbit_at_corank_one
from dlnproof.kernel.ranges import congruence
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Symbol,
    Term,
    array,
    at_most,
    choose,
    determinant,
    diagonal,
    different,
    each,
    equal,
    identity,
    number,
    opened,
    orbit_volume,
    substitute,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.equations import changed, transport
from dlnproof.tactics.rewriting import by, decided, repeated, rules
from dlnproof.tactics.settle import proved, settle

from .jacobi import a, b, beside, closed_form, coincident, r
from .tangents import (
    ALL_FRAMES,
    APART,
    FACTS,
    FRAMES,
    LAMBDA,
    OTHER,
    PAIR,
    SIZES,
    I,
    J,
    K,
    L,
    M,
    Q,
    R,
    by_distance,
    factor,
    inner_products,
    one_pair,
    products,
    two_pairs,
    value,
)

ORBIT = orbit_volume(j, N, factor(J))
A, B, BETWEEN = value(I) * value(I), value(L) * value(L), value(I) * value(L)
SQUARES = A + B


def agree(left: Term, right: Term, *known: Term) -> Theorem:
    """Return left = right, which are made of choices by integers, in all cases of these."""
    one, other = (repeated(side, decided, *known) for side in (left, right))
    ends = sides(one)[1], sides(other)[1]
    open_ = [part for end in ends for part in end.parts() if part.op == "if"]
    if not open_:
        return transitive(one, field(*ends), symmetric(other))
    case = open_[0].args[0]
    on = [case, negation(case)]
    middle = cases(*(agree(*ends, *known, fact) for fact in on), on=on)
    return transitive(one, middle, symmetric(other))


def of_one_frame(goal: Term, interior: Theorem, first: Theorem, last: Theorem) -> Theorem:
    """Return an equation about the frames k = j from those for 1 <= j < N, for 0, and for N."""
    apart_ = (negation(equal(end, J)) for end in (N * 0, N))
    found = settle(interior, *ALL_FRAMES[:2], *apart_)
    for theorem, at in ((last, N), (first, N * 0)):
        case = equal(at, J)
        found = cases(transport(theorem, j, goal, assume(case)), found, on=[case, negation(case)])
    return found


@cache
def same_pair() -> Theorem:
    """Return the inner products of tangents of one pair, for all frames 0 <= j, k <= N."""
    own = inner_products()
    corner = choose(equal(J, 0), SQUARES, choose(equal(J, N), SQUARES, 2 * SQUARES))
    goal = equal(substitute(products(J, K), {m: I, n: L}), beside(J, K, corner, -(2 * BETWEEN)))

    def at(theorem: Theorem, put: dict[Symbol, Term], *known: Term) -> Theorem:
        right = substitute(goal.args[1], put)
        return transitive(one_pair(theorem), agree(sides(one_pair(theorem))[1], right, *known))

    inside_ = [negation(equal(end, J)) for end in (N * 0, N)]
    one = of_one_frame(
        substitute(goal, {k: J}),
        at(own.same, {k: J}, *inside_),
        at(own.first, {j: N * 0, k: N * 0}, *SIZES),
        at(own.last, {j: N, k: N}, *SIZES),
    )
    rest = (at(own.after, {k: J + 1}), at(own.before, {k: J - 1}), at(own.far, {}, *APART))
    return settle(by_distance(goal, one, *rest), FRAMES, *SIZES, *ALL_FRAMES, *PAIR)


@cache
def other_pairs(condition: Term) -> Theorem:
    """Return that tangents of two pairs are orthogonal, for all frames 0 <= j, k <= N."""
    own = inner_products()
    goal = equal(products(J, K), number(0))
    parts = [two_pairs(t, condition) for t in (own.same, own.first, own.last)]
    one = of_one_frame(substitute(goal, {k: J}), *parts)
    rest = [two_pairs(t, condition) for t in (own.after, own.before, own.far)]
    return settle(by_distance(goal, one, *rest), FRAMES, *SIZES, *ALL_FRAMES, *FACTS, condition)


def blocks(whole: Term, shift: int, entry: Term) -> Theorem:
    """Return: a Gram determinant of tangents is a product over pairs of determinants.

    Of the frames j - shift; ``entry`` is that of the matrix of a pair, in row j and column k.
    """
    count = whole.args[0]
    rows = (*within(j, 1, count), *within(k, 1, count))
    put = {j: J - shift, k: K - shift}
    zeros = []
    for sentence in apart(whole):
        *_, condition, zero = opened(sentence, J, I, L, K, M, R)
        told = instance(other_pairs(condition), put)
        told = field(zero.args[0], number(0), (_factor(zero.args[0]), told))
        told = settle(told, FRAMES, *SIZES, *rows, *FACTS, condition)
        names = (j, i, l, k, m, n)
        zeros.append(generalise(told, names, *rows[:2], *PAIR, *rows[2:], *OTHER, condition))
    split = by_pairs(whole, *zeros)
    [body_] = opened(whole, J, I, L, K, I, L)
    told = instance(same_pair(), put)
    times = _factor(body_)
    told = field(body_, times * sides(told)[1], (times, told))
    told = transitive(told, agree(sides(told)[1], entry, *rows))
    told = settle(told, FRAMES, *SIZES, *rows, *PAIR)
    matrix = congruence(array(j, k, count, count, body_), told, j, k)
    inside_ = changed(determinant(sides(matrix)[0]), matrix)
    each_pair = generalise(settle(inside_, FRAMES, *SIZES, *PAIR), (i, l), *PAIR)
    steps = repeated(sides(split)[1], by(each_pair))
    return settle(transitive(split, steps), FRAMES, *SIZES)


def _factor(multiple: Term) -> Term:
    """Return c of c times an inner product."""
    return multiple.args[0] if multiple.op == "*" else number(1)


@cache
def orbit_blocks() -> Theorem:
    """Return the Gram determinant of the orbit, by Jacobi determinants."""
    return blocks(gram_determinant(ORBIT, j, Q(J)), 0, beside(J, K, SQUARES, -BETWEEN))


@cache
def pair_entries() -> Theorem:
    """Return the entries of the matrix of a pair: halves of inner products."""
    half = number(1) / 2
    told = field(half * sides(same_pair())[0], half * sides(same_pair())[1], (half, same_pair()))
    inner_ = (*within(j, 1, N - 1), *within(k, 1, N - 1))
    told = transitive(told, agree(sides(told)[1], beside(J, K, SQUARES, -BETWEEN), *inner_))
    return settle(told, FRAMES, *SIZES, *inner_, *PAIR)


@cache
def pair_determinants() -> tuple[Theorem, Theorem, Theorem]:
    """Return the Jacobi determinant of a pair: its product with a - b; for b = a; and r^2 = a b."""
    letters = {a.data: A, b.data: B, r.data: BETWEEN}
    equal_ = {a.data: A, r.data: A}
    square = field(BETWEEN * BETWEEN, A * B)
    return instance(closed_form(), letters), instance(coincident(), equal_), square


@cache
def volume() -> Theorem:
    """Return vol(orbit) = c_d^(N-1) root(prod of Jacobi determinants), for all lambda_i != 0."""
    regular = each(i, 1, d, different(value(I), 0))
    orthogonal = proved(each(j, 1, N - 1, equal(transpose(Q(J)) * Q(J), identity(d))), FRAMES)
    inverse = diagonal(i, d, 1 / value(I))
    free = generalise(_inverse(inverse), j, at_most(1, J), at_most(J, N - 1))
    found = volume_of_orbit(ORBIT, j, Q(J), orthogonal, free)
    return settle(
        transitive(found, repeated(sides(found)[1], by(orbit_blocks()))), FRAMES, regular, *SIZES
    )


def _inverse(inverse: Term) -> Theorem:
    """Return W_j Q_{j-1} Lambda^-1 Q_j^T = I."""
    known = (at_most(1, J), at_most(J, N - 1))
    regular = each(i, 1, d, different(value(I), 0))
    lower, upper = (specialise(assume(FRAMES), at) for at in (J - 1, J))
    other = other_inverse(upper)
    ones = repeated(LAMBDA * inverse, rules(diagonals))
    one = field(value(I) * (1 / value(I)), number(1))
    one = congruence(sides(ones)[1], settle(one, regular, at_most(1, I), at_most(I, d)), i)
    unit_ = transitive(ones, one, symmetric(identity_is_diagonal(d)))
    whole = factor(J) * (Q(J - 1) * inverse * transpose(Q(J)))
    found = same_words(whole, identity(d), lower, unit_, other)
    return settle(found, FRAMES, regular, *SIZES, *known)


@cache
def volume_at_corank_one() -> Theorem:
    """Return 2^(N-1) vol(orbit) = c_d^(N-1) root(prod ...), for lambda_d = 0 alone."""
    regular = each(i, 1, d - 1, different(value(I), 0))
    singular = equal(value(d), number(0))
    factors = generalise(reflexive(factor(J)), j, at_most(1, J), at_most(J, N))
    known = (assume(FRAMES), factors, assume(regular), assume(singular))
    found = volume_of_orbit_at_corank_one(ORBIT, j, Q(J), *known)
    return settle(transitive(found, repeated(sides(found)[1], by(orbit_blocks()))), FRAMES, *SIZES)
