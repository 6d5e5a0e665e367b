"""How many directions balanced factors have, for every N, for all widths and every rank."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction, lent
from dlnproof.definitions.hypotheses import ADJOINT, BALANCED, DEPTH, PARTIAL, WIDTH
from dlnproof.definitions.letters import (
    N,
    Z,
    adjoint,
    d,
    direction,
    factor,
    i,
    inverse_below,
    j,
    k,
    l,
    skewed,
    stretched,
    whole,
)
from dlnproof.definitions.shapes import RANK, SOME_RANK, WIDE, size
from dlnproof.definitions.splitting import INVERTIBLE, MOVING, ends, linearised
from dlnproof.kernel import ranges
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    reflexive,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import (
    antisymmetric,
    chain,
    gram_trace_nonnegative,
    gram_trace_zero,
    weaker,
)
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Family,
    Term,
    identity,
    integer,
    number,
    substitute,
    total,
    transpose,
    within,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import settle
from dlnproof.tactics.summands import one_of

from .end_to_end_flow import adjoint_value, below, turned
from .three_way_splitting import (
    HALF,
    TURNING,
    moves,
    normal,
    summed,
    tangent,
)

I, J, K, L = i.term, j.term, k.term, l.term
PLACES: Final = within(j, 0, N)
RANGE: Final = within(j, 1, N)
ONE: Final = number(1)
ENDS: Final = ends(skewed)
"""a_0 = O and a_N = O."""
SPLITTING: Final = "three-way-splitting"
KNOWN: Final = (*DEPTH, *BALANCED, TURNING, *ENDS, MOVING, INVERTIBLE)


# --- directions ----------------------------------------------------------------------------------


@cache
def lifts() -> Theorem:
    """Z is dphi_N^*(Z) = Z (W_{N-1} ... W_1)^T times the inverse of this."""
    told = instance(adjoint_value(), {j: N})
    none = ranges.empty(whole(factor, N + 1, N))
    inverse = other_inverse(specialise(assume(INVERTIBLE), N - 1))
    found = same_words(
        adjoint(N, Z.term) * transpose(inverse_below(N - 1)),
        Z.term,
        told,
        turned(none),
        turned(inverse),
    )
    return generalise(settle(found, *DEPTH, *PARTIAL, *ADJOINT, INVERTIBLE), Z, INVERTIBLE)


def moved(index: Term) -> Term:
    """Return (W_j ... W_k) a_{k-1} (W_{k-1} ... W_1)."""
    return whole(factor, index, J) * skewed(index - 1) * below(index)


@cache
def recovered() -> Theorem:
    """a_j is the sum of (W_j ... W_{k+1}) H_k (W_{k-1} ... W_1), times E_j: it telescopes."""
    scope = summed(J)
    step = same_words(
        body(scope, K),
        moved(K + 1) - moved(K),
        specialise(assume(TURNING), K),
        ranges.top(below(K + 1)),
        ranges.bottom(whole(factor, K, J)),
    )
    step = settle(step, TURNING, *PLACES, *within(k, 1, J))
    told = ranges.congruence(scope, step, k)
    told = then(told, ranges.telescope(sides(told)[1]))
    found = same_words(
        skewed(J),
        scope * inverse_below(J),
        told,
        ranges.empty(whole(factor, J + 1, J)),
        assume(ENDS[0]),
        specialise(assume(INVERTIBLE), J),
    )
    return settle(found, *DEPTH, *PLACES, TURNING, ENDS[0], INVERTIBLE)


def half(sign: int) -> Term:
    """Return (a_j + a_j^T) / 2, or (``sign`` -1) (a_j - a_j^T) / 2."""
    back = transpose(skewed(J))
    return HALF * (skewed(J) + back if sign == 1 else skewed(J) - back)


SKEWED, EVEN = Family((j,), half(-1)), Family((j,), half(1))
NORMAL: Final = substitute(moves(stretched), {stretched: EVEN})
"""The normal direction of the symmetric parts of the a_j."""


@cache
def normal_moves() -> Theorem:
    """It keeps balance: H_j does, and so does the vertical direction of the skew parts."""
    turning = [specialise(assume(TURNING), at) for at in (J, J + 1)]
    known = rewrite(specialise(assume(MOVING), J), *turning)
    vertical = substitute(moves(skewed), {skewed: SKEWED})
    flat = instance(lent(SPLITTING, tangent()), {skewed: SKEWED, direction: Family((j,), vertical)})
    same = generalise(reflexive(vertical), j, *RANGE)
    skew = generalise(words(transpose(half(-1)), -half(-1)), j, *PLACES)
    flat = specialise(settle(flat, same, skew), J)
    above = substitute(NORMAL, {j: J + 1})
    left, right = linearised(above, NORMAL).args
    found = words(left, right, (None, known, None), (-identity(d), flat, None))
    found = settle(found, *DEPTH, *BALANCED, MOVING, TURNING, *within(j, 1, N - 1))
    return generalise(found, j, *within(j, 1, N - 1))


@cache
def at_ends() -> tuple[Theorem, Theorem]:
    """The symmetric parts of a_0 and a_N are O."""
    found = []
    for end, at in zip(ENDS, (integer(0), N), strict=True):
        nothing = assume(end)
        part = substitute(half(1), {j: at})
        found.append(same_words(part, zero(d), nothing, turned(nothing)))
    return found[0], found[1]


@cache
def no_normal() -> Theorem:
    """It is O: tangent and normal, it is orthogonal to itself."""
    lengths = instance(lent(SPLITTING, normal()), {direction: Family((j,), moves(stretched))})
    lengths = instance(lengths, {stretched: EVEN})
    symmetric_ = generalise(words(transpose(half(1)), half(1)), j, *PLACES)
    lengths = settle(lengths, *KNOWN, normal_moves(), symmetric_, *at_ends())
    short = chain(one_of(sides(lengths)[0], J, *RANGE), weaker(lengths))
    none = gram_trace_zero(antisymmetric(short, gram_trace_nonnegative(NORMAL)))
    return generalise(settle(none, *KNOWN, *RANGE), j, *RANGE)


@cache
def skew() -> Theorem:
    """a_j^T = -a_j: what has no normal direction has no symmetric part."""
    told = instance(recovered(), {skewed: EVEN, direction: Family((j,), zero(d))})
    still = generalise(symmetric(specialise(no_normal(), J)), j, *RANGE)
    told = settle(told, still, at_ends()[0], *KNOWN, *PLACES)
    scope = sides(told)[1].args[0]
    nothing = ranges.congruence(scope, words(body(scope, K), zero(d)), k)
    nothing = then(nothing, ranges.constant(sides(nothing)[1]))
    found = words(
        transpose(skewed(J)),
        -skewed(J),
        (2 * identity(d), told, None),
        (2 * identity(d), nothing, inverse_below(J)),
    )
    return generalise(settle(found, *KNOWN, *PLACES), j, *PLACES)


# --- how many there are --------------------------------------------------------------------------


def before(top: Term, at: Term) -> Term:
    """Return the sum of c - k over k = 1, ..., i - 1."""
    return (number(at) - 1) * number(top) - number(at) * (number(at) - 1) / 2


def pairs(rows: Term, shift: int, top: Term, *known: Theorem | Term) -> Theorem:
    """The number of i = 1, ..., n and l = i + shift, ..., c: it telescopes."""
    scope = total(i, 1, rows, total(l, I + shift, top, ONE))
    told = inside(scope, lambda at: ranges.constant(body(scope, at)), *known)
    more = top - shift + 1

    def step(at: Term) -> Theorem:
        return field(body(sides(told)[1], at), before(more, at + 1) - before(more, at))

    found = then(told, inside(sides(told)[1], step))
    found = then(found, ranges.telescope(sides(found)[1]))
    return settle(found, *known)


@cache
def of_equal_widths() -> tuple[Theorem, Theorem]:
    """Of skew matrices between the factors and one beside; of the equations of balance."""
    found = []
    for shift, start, sign in ((1, number(d) ** 2, 1), (0, number(N) * number(d) ** 2, -1)):
        scope = total(j, 1, N - 1, total(i, 1, d, total(l, I + shift, d, ONE)))
        told = ranges.congruence(scope, pairs(d, shift, d, *WIDTH), j)
        told = then(told, ranges.constant(sides(told)[1]))
        whole_ = start + scope if sign == 1 else start - scope
        told = changed(whole_, told)
        d_, n_ = number(d), number(N)
        told = transitive(told, field(sides(told)[1], d_**2 + (n_ - 1) * (d_ * (d_ - 1) / 2)))
        found.append(settle(told, *DEPTH, *WIDTH))
    return found[0], found[1]


@cache
def of_a_frame() -> Theorem:
    """Of r columns in d_j rows, that turn in themselves and move out of themselves."""
    told = pairs(RANK, 1, size(J), *SOME_RANK, specialise(assume(WIDE[0]), J))
    r_, d_ = number(RANK), number(size(J))
    told = transitive(told, field(sides(told)[1], r_ * d_ - r_ * (r_ + 1) / 2))
    return generalise(settle(told, *SOME_RANK, *WIDE, *PLACES), j, *PLACES)


@cache
def of_the_product() -> Theorem:
    """Of the u_i v_l^T with i <= r or l <= r."""
    upper = total(i, 1, RANK, number(size(0)))
    lower = total(i, RANK + 1, size(N), number(RANK))
    ends_ = [specialise(assume(WIDE[0]), at) for at in (integer(0), N)]
    parts = map(ranges.constant, (upper, lower))
    told = changed(upper + lower, *parts)
    r_, last, first = (number(x) for x in (RANK, size(N), size(0)))
    told = transitive(told, field(sides(told)[1], r_ * (last + first - r_)))
    return settle(settle(told, *SOME_RANK, *ends_), *DEPTH)


@cache
def derive() -> Deduction:
    """Return the theorems about how many directions there are, for all N, widths and ranks."""
    proof = Deduction("balanced-dimension")
    proof.conclude("lifts", lifts(), "By the definition of $d\\phi_N^*$")
    proof.show("recovered", recovered(), "The sum telescopes:")
    found = generalise(recovered(), j, *PLACES)
    found = generalise(found, (), TURNING, ENDS[0], INVERTIBLE)
    proof.conclude("turns", found, "so, as these products are invertible,")
    proof.show("ends", at_ends()[1], "Symmetric parts vanish at the ends,")
    proof.show("normal-moves", normal_moves(), "and between they keep balance, as skew ones do.")
    proof.show("no-normal", no_normal(), "As they are orthogonal to what does,")
    found = generalise(skew(), (), TURNING, *ENDS, MOVING, INVERTIBLE)
    proof.conclude("skew", found, "and by the sum above")
    full, level = of_equal_widths()
    proof.show("pairs", pairs(d, 1, d, *WIDTH), "Indices are counted by a sum that telescopes,")
    proof.conclude("full", full, "so that")
    proof.conclude("level", level, "and likewise")
    proof.conclude("frame", of_a_frame(), "For other numbers of rows")
    proof.conclude("product", of_the_product(), "and where one index is at most $r$")
    return proof
