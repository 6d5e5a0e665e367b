"""What geodesics of balanced factors conserve, for every N and d."""

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions import shapes
from dlnproof.definitions.hypotheses import (
    BALANCED_AT,
    DEPTH,
    DURING,
    GEODESIC,
    POSITIVE_THEN,
    SVD_THEN,
    WIDTH,
    during,
)
from dlnproof.definitions.letters import (
    N,
    d,
    direction,
    factor,
    factor_at,
    i,
    j,
    left_at,
    r,
    right_at,
    s,
    sigma,
    sigma_at,
    stretched,
    stretched_at,
    t,
    t_0,
    t_1,
    velocity_at,
    whole,
    x,
)
from dlnproof.definitions.motion import after, before, crossed, energy, radius
from dlnproof.definitions.splitting import linearised
from dlnproof.kernel import ranges
from dlnproof.kernel.calculus import derivative_congruence, one_value
from dlnproof.kernel.logic import (
    assume,
    cut,
    generalise,
    instance,
    reflexive,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import (
    REAL,
    Family,
    Symbol,
    Term,
    fresh,
    inner,
    integer,
    number,
    substitute,
    total,
    within,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, valued
from dlnproof.tactics.settle import settle

from .end_to_end_flow import turned
from .factor_norms import derive as factor_norms
from .interval import same_at_two_times
from .three_way_splitting import derive as splitting

S, T, J, X = s.term, t.term, j.term, x.term
NEIGHBOURS: Final = within(j, 1, N - 1)
KNOWN: Final = (*DEPTH, *DURING, *GEODESIC, *BALANCED_AT)
MOVES: Final = tuple(map(assume, GEODESIC[:2]))
ZERO: Final = number(0)
AT_ONE_TIME: Final = (*WIDTH, *SVD_THEN, *POSITIVE_THEN)


def force(index: Term) -> Term:
    """Return b_j W_j - W_j b_{j-1}, the acceleration, at time t."""
    W = factor_at(index, T)
    return stretched_at(index, T) * W - W * stretched_at(index - 1, T)


def balance(time: Term, index: Term = J) -> Theorem:
    """W_{j+1}^T W_{j+1} = W_j W_j^T, at a time."""
    return specialise(specialise(assume(BALANCED_AT[0]), time), index)


def allowed(family: Symbol) -> tuple[Term, Term]:
    """Return the sides of balance, linearised at time t: of factors that move as a family says."""
    kept = linearised(family(J + 1, T), family(J, T))
    left, right = substitute(kept, {factor: Family((j,), factor_at(J, T))}).args
    return left, right


@cache
def tangent() -> Theorem:
    """The velocities keep balance, for 1 <= j < N."""
    here = balance(S)
    left, right = (differentiate(side, s, T, *MOVES) for side in sides(here))
    same = one_value(derivative_congruence(left, here, s, t_0, t_1), right)
    one, other = allowed(velocity_at)
    left, right = same_words(one, sides(same)[0]), same_words(sides(same)[1], other)
    return settle(transitive(left, same, right), *KNOWN, *NEIGHBOURS)


@cache
def scaled() -> Theorem:
    """Factors that grow keep balance: W_j moves by W_j."""
    return settle(same_words(*allowed(factor_at), balance(T)), *KNOWN, *NEIGHBOURS)


@cache
def orthogonal_to(family: Symbol) -> Theorem:
    """The sum of Tr((b_j W_j - W_j b_{j-1})^T M_j) is 0, where M_j is W_j' or W_j."""
    at_time = ((factor, factor_at), (stretched, stretched_at), (direction, family))
    put = {letter: Family((j,), moving(J, T)) for letter, moving in at_time}
    kept = tangent() if family == velocity_at else scaled()
    found = instance(specialise(splitting().concluded["normal"]), put)
    found = cut(found, generalise(kept, j, *NEIGHBOURS))
    return settle(found, *KNOWN)


# --- derivatives ----------------------------------------------------------------------------------


def twice(derivative: Theorem, one: Term) -> Theorem:
    """Return a derivative that is a sum of pairs of equal traces as 2 times the sum of one."""
    value = derivative.conclusion.args[1]
    plain = ranges.congruence(value, traces(body(value, J), 2 * one), j)
    y = fresh(REAL)
    out = ranges.linear_image(total(j, 1, N, one), y, 2 * y.term)
    return settle(valued(derivative, transitive(plain, symmetric(out))), *KNOWN)


@cache
def speed() -> Theorem:
    """The squared speed does not change."""
    one = inner(force(J), velocity_at(J, T))
    found = twice(differentiate(energy(S), s, T, *MOVES), one)
    none = orthogonal_to(velocity_at)
    return valued(found, field(found.conclusion.args[1], ZERO, (number(2), none)))


@cache
def rate() -> Theorem:
    """The square of the radius moves by 2 Tr(W_j^T W_j'), summed."""
    one = inner(factor_at(J, T), velocity_at(J, T))
    return twice(differentiate(radius(S), s, T, *MOVES), one)


@cache
def growth() -> Theorem:
    """That moves by twice the squared speed."""
    W, moves = factor_at(J, T), velocity_at(J, T)
    found = differentiate(crossed(S), s, T, *MOVES)
    value = found.conclusion.args[1]
    parts = inner(moves, moves) + inner(force(J), W)
    plain = ranges.congruence(value, traces(body(value, J), parts), j)
    apart = ranges.sum_of_sums(sides(plain)[1])
    none = field(sides(apart)[1], energy(T), (number(1), orthogonal_to(factor_at)))
    found = settle(valued(found, transitive(plain, apart, none)), *KNOWN)
    found = differentiate(2 * crossed(S), s, T, found)
    return valued(found, field(found.conclusion.args[1], 2 * energy(T)))


def constant(function: Term) -> Theorem:
    """Return: a function of the three is the same at two times, as its derivative is 0."""
    found = differentiate(function, s, T, speed(), rate(), growth())
    found = valued(found, field(found.conclusion.args[1], ZERO))
    return same_at_two_times(settle(found, *KNOWN))


@cache
def law() -> Theorem:
    """The square of the radius is a parabola."""
    m, E = 2 * crossed(S), energy(S)
    parts = (
        (-(X**2), constant(E)),
        (-X, constant(m - 2 * S * E)),
        (number(-1), constant(radius(S) - S * m + S**2 * E)),
    )
    gone = X - S
    value = radius(S) + 2 * gone * crossed(S) + gone**2 * E
    found = instance(field(radius(X), value, *parts), {s: T, x: T + S})
    value = radius(T) + 2 * S * crossed(T) + S**2 * energy(T)
    found = field(radius(T + S), value, (number(1), found))
    return settle(found, *KNOWN, *during(T + S))


@cache
def values() -> Theorem:
    """The square of the radius is the sum of N sigma_i^(2/N), as of factors of any shapes."""
    product = whole(factor_at, 1, N, T)
    put: dict[Symbol, Term | Family] = {
        shapes.size: Family((j,), d),
        shapes.factor: Family((j,), factor_at(J, T)),
        sigma: Family((i,), sigma_at(i.term, T)),
        r: d,
        shapes.LEFT.data: left_at(T),
        shapes.RIGHT.data: right_at(T),
        shapes.WHOLE.data: product,
    }
    found = instance(specialise(factor_norms().concluded["factors"]), put)
    balanced = specialise(assume(BALANCED_AT[0]), T)
    return settle(cut(found, balanced, reflexive(product)), *KNOWN, *AT_ONE_TIME)


# --- turning --------------------------------------------------------------------------------------


def kept(function: Term, *equations: Theorem) -> Theorem:
    """Return: the derivative of it is O, by what is known of b_j."""
    found = differentiate(function, s, T, *MOVES)
    return valued(found, same_words(found.conclusion.args[1], zero(d), *equations))


def alike(index: Term) -> Theorem:
    """b_j is symmetric."""
    return specialise(specialise(assume(GEODESIC[2]), T), index)


def end(place: int) -> Theorem:
    """b_0 = O, or b_N = O."""
    return specialise(assume(GEODESIC[3 + place]), T)


@cache
def left() -> Theorem:
    """What turns W on the left is constant."""
    return settle(kept(after(N, S), end(1), turned(end(1)), alike(N - 1)), *KNOWN)


@cache
def right() -> Theorem:
    """What turns W on the right is constant."""
    return settle(kept(before(integer(1), S), end(0), turned(end(0)), alike(integer(1))), *KNOWN)


@cache
def between() -> Theorem:
    """What turns neighbours against each other is constant, for 1 <= j < N."""
    symmetric_ = [alike(J + k) for k in (-1, 0, 1)]
    found = kept(after(J, S) - before(J + 1, S), balance(T), *symmetric_)
    return settle(found, *KNOWN, *NEIGHBOURS)


@cache
def derive() -> Deduction:
    """Return the theorems about geodesics of balanced factors, for all N and d."""
    proof = Deduction("geodesic-cone-law")
    proof.show("tangent", tangent(), "Balance, differentiated, is")
    proof.show("normal", orthogonal_to(velocity_at), "so, for normal directions,")
    proof.show("radial", orthogonal_to(factor_at), "and, as multiples of the factors balance,")
    for name, theorem, said in (
        ("speed", speed(), "By the first of these"),
        ("radius", rate(), "By the product rule"),
        ("growth", growth(), "and by the second"),
    ):
        proof.conclude(name, generalise(theorem, t, *DURING), said)
    found = generalise(law(), (t, s), *DURING, *during(T + S))
    proof.conclude("law", found, "With the three at hand, by the mean value theorem,")
    found = generalise(values(), t, *DURING, *AT_ONE_TIME)
    proof.conclude("values", found, "As $W_1,\\dots,W_N$ balance,")
    proof.conclude("left", generalise(left(), t, *DURING), "Words with $b_j$ cancel in pairs:")
    proof.conclude("right", generalise(right(), t, *DURING), "and")
    found = generalise(generalise(between(), t, *DURING), j, *NEIGHBOURS)
    proof.conclude("between", found, "By balance also")
    return proof
