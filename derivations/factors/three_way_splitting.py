"""Horizontal, vertical and normal directions of balanced factors, for every N and d."""

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import ADJOINT, BALANCED, DEPTH, PARTIAL
from dlnproof.definitions.letters import (
    SQUARE,
    N,
    X,
    Z,
    d,
    direction,
    factor,
    inverse_below,
    j,
    k,
    partial,
    skewed,
    stretched,
    whole,
)
from dlnproof.definitions.splitting import INVERTIBLE, MOVING, ends, linearised
from dlnproof.kernel import ranges
from dlnproof.kernel.logic import (
    assume,
    cut,
    generalise,
    instance,
    reflexive,
    sides,
    specialise,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import (
    Family,
    Symbol,
    Term,
    each,
    equal,
    fresh,
    identity,
    inner,
    integer,
    number,
    total,
    transpose,
    within,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.equations import body, then
from dlnproof.tactics.settle import settle

from .end_to_end_flow import above, balance, below, partial_value, turned
from .riemannian_submersion import derive as submersion
from .riemannian_submersion import paired

J: Final = j.term
K: Final = k.term
NEIGHBOURS: Final = within(j, 1, N - 1)
RANGE: Final = within(j, 1, N)
HALF: Final = number(1) / 2
ZERO: Final = number(0)


def moves(family: Symbol, at: Term = J) -> Term:
    """Return c_j W_j - W_j c_{j-1}."""
    return family(at) * factor(at) - factor(at) * family(at - 1)


TURNING: Final = each(j, 1, N, equal(direction(J), moves(skewed)))


# --- the kernel of the differential ---------------------------------------------------------------


@cache
def step(family: Symbol) -> Theorem:
    """dphi_j(c_j W_j - W_j c_{j-1}) is a difference of neighbours: of W_N ... c_j W_j ... W_1."""
    told = instance(partial_value(), {X: moves(family)})
    parted = above(J) * family(J) * below(J + 1), above(J - 1) * family(J - 1) * below(J)
    longer = ranges.top(below(J + 1)), ranges.bottom(above(J - 1))
    last = same_words(sides(told)[1], parted[0] - parted[1], *longer)
    return settle(transitive(told, last), *RANGE)


@cache
def kernel(family: Symbol) -> Theorem:
    """The sum of dphi_j(c_j W_j - W_j c_{j-1}) is O, for c_0 = c_N = O."""
    summed = ranges.congruence(total(j, 1, N, partial(J, moves(family))), step(family), j)
    summed = then(summed, ranges.telescope(sides(summed)[1]))
    first, last = map(assume, ends(family))
    found = transitive(summed, same_words(sides(summed)[1], zero(d), first, last))
    return settle(found, *DEPTH, *PARTIAL)


@cache
def horizontal(family: Symbol) -> Theorem:
    """The lift of Z is orthogonal to all c_j W_j - W_j c_{j-1}, for c_0 = c_N = O."""
    told = then(paired(Z.term, lambda at: moves(family, at)), kernel(family))
    found = transitive(told, traces(sides(told)[1], ZERO))
    return settle(found, *DEPTH, *PARTIAL, *ADJOINT)


# --- balance, linearised --------------------------------------------------------------------------

SKEW: Final = each(j, 0, N, equal(transpose(skewed(J)), -skewed(J)))
SYMMETRIC: Final = each(j, 0, N, equal(transpose(stretched(J)), stretched(J)))
H: Final = direction(J)


@cache
def tangent() -> Theorem:
    """a_j W_j - W_j a_{j-1} keeps balance, for skew a_j: W_j turns with its neighbours."""
    left, right = linearised(direction(J + 1), H).args
    turning = [specialise(assume(TURNING), at) for at in (J, J + 1)]
    skew = [specialise(assume(SKEW), at) for at in (J - 1, J, J + 1)]
    found = same_words(left, right, balance(J), *turning, *map(turned, turning), *skew)
    known = (*BALANCED, SKEW, TURNING, *NEIGHBOURS)
    return generalise(settle(found, *known), j, *NEIGHBOURS)


def crossed(at: Term) -> Term:
    """Return Tr((W_j b_{j-1})^T H_j)."""
    return inner(factor(at) * stretched(at - 1), direction(at))


@cache
def passes() -> Theorem:
    """Tr((b_j W_j - W_j b_{j-1})^T H_j) is a difference of neighbours, for tangent H."""
    b, upper, lower = stretched(J), factor(J + 1), factor(J)
    alike = specialise(assume(SYMMETRIC), J)
    found = traces(
        inner(moves(stretched), H),
        crossed(J + 1) - crossed(J),
        (-(HALF * b), specialise(assume(MOVING), J), None),
        (HALF * identity(d), alike, H * transpose(lower)),
        (-(HALF * identity(d)), alike, transpose(upper) * direction(J + 1)),
    )
    return settle(found, SYMMETRIC, MOVING, *NEIGHBOURS)


@cache
def normal() -> Theorem:
    """b_j W_j - W_j b_{j-1} is orthogonal to tangents, for symmetric b_j and b_0 = b_N = O."""
    first, last = map(assume, ends(stretched))
    parted = ranges.top(total(j, 1, N, inner(moves(stretched), H)))
    sum_, end = sides(parted)[1].args
    inner_ = ranges.congruence(sum_, passes(), j)
    inner_ = then(inner_, ranges.telescope(sides(inner_)[1]))
    nothing = traces(
        crossed(integer(1)), ZERO, (None, turned(first), transpose(factor(1)) * direction(1))
    )
    at_end = traces(end, -crossed(N), (transpose(factor(N)), turned(last), direction(N)))
    parts = ((number(1), parted), (number(1), inner_), (number(1), at_end), (number(-1), nothing))
    found = field(sides(parted)[0], ZERO, *parts)
    return settle(found, *DEPTH, SYMMETRIC, MOVING, *ends(stretched))


@cache
def vertical_normal() -> Theorem:
    """Vertical directions are tangent, so normal ones are orthogonal to them."""
    vertical = {direction: Family((j,), moves(skewed))}
    found = cut(instance(normal(), vertical), instance(tangent(), vertical))
    same = generalise(reflexive(moves(skewed)), j, *RANGE)
    return settle(found, same, *DEPTH, *BALANCED, SKEW, SYMMETRIC, *ends(stretched))


# --- the kernel, where the product is invertible -------------------------------------------------


def summed(at: Term) -> Term:
    """Return the sum of (W_j ... W_{k+1}) H_k (W_{k-1} ... W_1) over k = 1, ..., j."""
    return total(k, 1, at, whole(factor, K + 1, at) * direction(K) * below(K))


SOLVED: Final = each(j, 0, N, equal((skewed(J) + stretched(J)) * below(J + 1), summed(J)))
STILL: Final = equal(total(j, 1, N, partial(J, H)), zero(d))


@cache
def recursion() -> Theorem:
    """That sum is W_j times the one before, and H_j W_{j-1} ... W_1."""
    told = ranges.top(summed(J))
    before = sides(told)[1].args[0]
    longer = ranges.top(whole(factor, K + 1, J))
    shorter = factor(J) * (whole(factor, K + 1, J - 1) * direction(K) * below(K))
    each_term = same_words(body(before, K), shorter, longer)
    pulled = ranges.congruence(before, settle(each_term, *within(k, 1, J - 1)), k)
    z = fresh(SQUARE)
    out = ranges.linear_image(summed(J - 1), z, factor(J) * z.term)
    none = ranges.empty(whole(factor, J + 1, J))
    found = words(
        sides(told)[1],
        factor(J) * summed(J - 1) + H * below(J),
        (None, pulled, None),
        (-identity(d), out, None),
        (None, none, H * below(J)),
    )
    return settle(transitive(told, found), *RANGE)


@cache
def splits() -> Theorem:
    """H_j is the sum of a vertical and a normal direction."""
    here, before = (specialise(assume(SOLVED), at) for at in (J, J - 1))
    whole_, both = moves(skewed) + moves(stretched), skewed(J) + stretched(J)
    found = words(
        H * below(J),
        whole_ * below(J),
        (-identity(d), recursion(), None),
        (-identity(d), here, None),
        (factor(J), before, None),
        (both, ranges.top(below(J + 1)), None),
    )
    one = specialise(assume(INVERTIBLE), J - 1)
    found = words(H, whole_, (None, found, inverse_below(J - 1)), (-(H - whole_), one, None))
    return generalise(settle(found, *RANGE, INVERTIBLE, SOLVED), j, *RANGE)


@cache
def first_end() -> Theorem:
    """a_0 + b_0 = O."""
    here = specialise(assume(SOLVED), integer(0))
    both = skewed(0) + stretched(0)
    nothing, one = ranges.empty(summed(integer(0))), ranges.empty(below(integer(1)))
    found = words(both, zero(d), (None, here, None), (-both, one, None), (None, nothing, None))
    return settle(found, *DEPTH, SOLVED)


@cache
def last_end() -> Theorem:
    """a_N + b_N = O, where the product does not move."""
    here, one = (specialise(assume(h), N) for h in (SOLVED, INVERTIBLE))
    both = skewed(N) + stretched(N)
    parts = settle(instance(partial_value(), {X: H}), *RANGE)
    still = ranges.congruence(total(j, 1, N, partial(J, H)), parts, j)
    found = words(
        both,
        zero(d),
        (-both, one, None),
        (None, here, inverse_below(N)),
        (-identity(d), still, inverse_below(N)),
        (None, assume(STILL), inverse_below(N)),
    )
    return settle(found, *DEPTH, *PARTIAL, SOLVED, INVERTIBLE, STILL)


@cache
def derive() -> Deduction:
    """Return the theorems about directions of balanced factors, for all N and d."""
    proof = Deduction("three-way-splitting")
    proof.show("step", step(skewed), "The product moves by differences of neighbours,")
    kinds = (("vertical", skewed), ("normal", stretched))
    for (name, family), why in zip(kinds, ("whose sum telescopes:", "and the same"), strict=True):
        proof.conclude(f"kernel-{name}", generalise(kernel(family), (), *ends(family)), why)
    for (name, family), why in zip(
        kinds, ("By the definition of $d\\phi_j^*$", "and"), strict=True
    ):
        proof.conclude(f"horizontal-{name}", generalise(horizontal(family), Z, *ends(family)), why)
    found = generalise(tangent(), (), SKEW, TURNING)
    proof.conclude("vertical-tangent", found, "By balance the words cancel in pairs:")
    told = submersion().concluded["tangent"]
    proof.conclude("horizontal-tangent", told, "Lifts are tangent as well:")
    proof.show("passes", passes(), "Along a tangent, for neighbours that balance,")
    found = generalise(normal(), (), SYMMETRIC, *ends(stretched), MOVING)
    proof.conclude("normal", found, "so this sum telescopes too:")
    conditions = (SKEW, *ends(skewed), SYMMETRIC, *ends(stretched))
    found = generalise(vertical_normal(), (), *conditions)
    proof.conclude("vertical-normal", found, "In particular")
    proof.show("recursion", recursion(), "What moves the products from below is, by recursion,")
    found = generalise(splits(), (), INVERTIBLE, SOLVED)
    proof.conclude("sum", found, "So, as these products are invertible,")
    proof.conclude("first-end", generalise(first_end(), (), SOLVED), "There is nothing below:")
    found = generalise(last_end(), (), INVERTIBLE, SOLVED, STILL)
    proof.conclude("last-end", found, "At the other end this is how the product moves:")
    return proof
