"""The flow of the end-to-end matrix on the balanced manifold, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import OPERATOR, coefficient, framed, pair
from dlnproof.definitions.hypotheses import (
    ADJOINT,
    BALANCED,
    BALANCED_START,
    DEPTH,
    DURING,
    FLOW,
    INTERVAL,
    ORDERED_AT,
    PARTIAL,
    POSITIVE,
    POSITIVE_AT,
    PRODUCT,
    SVD,
    SVD_AT,
)
from dlnproof.definitions.letters import (
    N,
    U,
    V,
    W,
    X,
    Z,
    adjoint,
    d,
    direction,
    factor,
    factor_at,
    gradient_at,
    i,
    j,
    k,
    l,
    left_at,
    m,
    partial,
    r,
    right_at,
    s,
    sigma,
    sigma_at,
    t,
    t_0,
    t_1,
    whole,
)
from dlnproof.kernel import ranges
from dlnproof.kernel.calculus import (
    derivative_entry,
    one_value,
    riesz,
    singular_value,
)
from dlnproof.kernel.entries import entry_of, trace_with_unit
from dlnproof.kernel.induction import induction
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
    unfold,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.spectral import psd_gram, root_unique
from dlnproof.kernel.terms import (
    Family,
    Term,
    at_most,
    different,
    equal,
    every,
    identity,
    inner,
    integer,
    number,
    opened,
    product,
    psd_root,
    substitute,
    total,
    transpose,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import valued
from dlnproof.tactics.rewriting import at_place, by, converted
from dlnproof.tactics.settle import settle

from ..factors import balancedness
from ..metric import operator_spectrum

I, J, K, L, M, R, T = i.term, j.term, k.term, l.term, m.term, r.term, t.term
GIVEN: Final = (*DEPTH, *BALANCED, *PRODUCT)
RANGE: Final = within(j, 1, N)
PLACE: Final = (*within(i, 1, d), *within(l, 1, d))
LAST: Final = factor(N) * transpose(factor(N))
FIRST: Final = transpose(factor(1)) * factor(1)
LEFT: Final = W * transpose(W)
RIGHT: Final = transpose(W) * W


# --- products of neighbours are powers ------------------------------------------------------------


def above(index: Term) -> Term:
    """Return W_N ... W_{index + 1}."""
    return whole(factor, index + 1, N)


def below(index: Term) -> Term:
    """Return W_{index - 1} ... W_1."""
    return whole(factor, 1, index - 1)


def balance(index: Term) -> Theorem:
    """W_{j+1}^T W_{j+1} = W_j W_j^T."""
    return specialise(assume(BALANCED[0]), index)


def turned(equation: Theorem) -> Theorem:
    """a^T = b^T from a = b."""
    return at_place(transpose(sides(equation)[0]), 0, equation)


def holds(sentence: Term, *used: Theorem) -> Theorem:
    """Return an equation of matrices, by equations that are used in its words."""
    left, right = sentence.args
    return same_words(left, right, *used, *map(turned, used))


def counted(sentence: Term, base: Theorem, *used: Theorem, end: Term = N) -> Theorem:
    """Induction over m = 0, ..., end; in the step the equations are used in words."""
    step = holds(substitute(sentence, {m: M + 1}), *used, assume(sentence))
    step = settle(step, *BALANCED, at_most(0, M), at_most(M + 1, end))
    return settle(induction(m, sentence, base, step, start=0, end=end), *DEPTH)


@cache
def last_powers() -> Theorem:
    """L L^T = (W_N W_N^T)^m for the product L of the last m factors."""
    longer = ranges.bottom(above(N - M - 1))
    none = ranges.empty(above(N))

    # With the next factor W to the right of L: L (W W^T) = (W_N W_N^T) L.
    def passes(count: Term) -> Term:
        w = factor(N - count)
        return equal(above(N - count) * (w * transpose(w)), LAST * above(N - count))

    zero = integer(0)
    base = holds(passes(zero), none)
    passing = counted(passes(M), base, longer, symmetric(balance(N - M - 1)), end=N - 1)
    sentence = equal(above(N - M) * transpose(above(N - M)), LAST**M)
    base = holds(substitute(sentence, {m: zero}), none)
    return counted(sentence, base, longer, specialise(passing, M))


@cache
def first_passes() -> Theorem:
    """W^T W R = R (W_1^T W_1), R the product of the first m factors and W the next, m < N."""

    def passes(count: Term) -> Term:
        w = factor(count + 1)
        return equal(transpose(w) * w * below(count + 1), below(count + 1) * FIRST)

    base = holds(passes(integer(0)), ranges.empty(below(integer(1))))
    return counted(passes(M), base, ranges.top(below(M + 2)), balance(M + 1), end=N - 1)


@cache
def first_powers() -> Theorem:
    """R^T R = (W_1^T W_1)^m for the product R of the first m factors."""
    sentence = equal(transpose(below(M + 1)) * below(M + 1), FIRST**M)
    base = holds(substitute(sentence, {m: integer(0)}), ranges.empty(below(integer(1))))
    return counted(sentence, base, ranges.top(below(M + 2)), specialise(first_passes(), M))


@cache
def left_root() -> Theorem:
    """(W W^T)^(1/N) = W_N W_N^T."""
    power = specialise(last_powers(), N)
    power = rewrite(power, symmetric(assume(PRODUCT[0])))
    gram = psd_gram(transpose(factor(N)))
    gram = rewrite(gram, words(gram.conclusion.args[0], LAST))
    return settle(root_unique(gram, symmetric(power)), *GIVEN)


@cache
def right_root() -> Theorem:
    """(W^T W)^(1/N) = W_1^T W_1."""
    power = specialise(first_powers(), N)
    power = rewrite(power, symmetric(assume(PRODUCT[0])))
    return settle(root_unique(psd_gram(factor(1)), symmetric(power)), *GIVEN)


@cache
def left_powers() -> Theorem:
    """(W_N ... W_{j+1}) (W_N ... W_{j+1})^T = (W W^T)^((N-j)/N), for 0 <= j <= N."""
    return settle(rewrite(specialise(last_powers(), N - J), symmetric(left_root())), *GIVEN)


@cache
def right_powers() -> Theorem:
    """(W_{j-1} ... W_1)^T (W_{j-1} ... W_1) = (W^T W)^((j-1)/N), for 1 <= j <= N + 1."""
    return settle(rewrite(specialise(first_powers(), J - 1), symmetric(right_root())), *GIVEN)


# --- the differential and its adjoint -------------------------------------------------------------


@cache
def partial_value() -> Theorem:
    """dphi_j(X) = (W_N ... W_{j+1}) X (W_{j-1} ... W_1)."""
    given = specialise(specialise(assume(PARTIAL[0]), J), X.term)
    [function] = opened(given.conclusion, s.term)
    found = differentiate(function, s, number(0))
    plain = words(found.conclusion.args[1], above(J) * X.term * below(J))
    return settle(one_value(given, valued(found, plain)), *RANGE)


@cache
def adjoint_value() -> Theorem:
    """dphi_j^*(Z) = (W_N ... W_{j+1})^T Z (W_{j-1} ... W_1)^T."""
    given = specialise(specialise(assume(ADJOINT[0]), J), X.term, Z.term)
    given = rewrite(given, partial_value())
    back = transpose(above(J)) * Z.term * transpose(below(J))
    same = traces(sides(given)[1], inner(back, X.term))
    return settle(riesz(transitive(given, same), X), *RANGE)


def rooted(z: Term) -> Term:
    """Return (W W^T)^((N-j)/N) Z (W^T W)^((j-1)/N)."""
    return psd_root(LEFT, N) ** (N - J) * z * psd_root(RIGHT, N) ** (J - 1)


@cache
def operator() -> Theorem:
    """N A(Z) is the sum of those."""
    spelled = unfold(OPERATOR(N, W, Z.term))
    summed = total(j, 1, N, rooted(Z.term))
    whole_ = number(N) * OPERATOR(N, W, Z.term)
    return settle(words(whole_, summed, (number(N) * identity(d), spelled, None)), *DEPTH)


@cache
def composed() -> Theorem:
    """The sum of dphi_j(dphi_j^*(Z)) is N A(Z)."""
    z = Z.term
    moved = instance(partial_value(), {X: adjoint(J, z)})
    used = (moved, adjoint_value(), left_powers(), right_powers())
    each_term = settle(same_words(partial(J, adjoint(J, z)), rooted(z), *used), *RANGE)
    summed = ranges.congruence(total(j, 1, N, partial(J, adjoint(J, z))), each_term, j)
    return settle(transitive(summed, symmetric(operator())), *GIVEN)


@cache
def differential() -> Theorem:
    """The product of the W_k + s H_k has at s = 0 the derivative sum of dphi_j(H_j)."""
    moving = product(k, 1, N, factor(K) + s.term * direction(K))
    found = differentiate(moving, s, number(0))
    value = found.conclusion.args[1]
    still = factor(K) + number(0) * direction(K)
    rate = differentiate(factor(K) + s.term * direction(K), s, number(0)).conclusion.args[1]
    plain = by(generalise(words(still, factor(K)), k), generalise(words(rate, direction(K)), k))
    parts = converted(value, plain)
    told = instance(partial_value(), {X: direction(J)})
    summed = ranges.congruence(total(j, 1, N, partial(J, direction(J))), told, j)
    return settle(valued(found, transitive(parts, symmetric(summed))), *DEPTH)


# --- the flow -------------------------------------------------------------------------------------


@cache
def balanced() -> Theorem:
    """W_{j+1}(t)^T W_{j+1}(t) = W_j(t) W_j(t)^T, for 1 <= j < N."""
    conserved = specialise(balancedness.derive().concluded["constant"], J)
    same = specialise(conserved, number(0), T)
    start = specialise(assume(BALANCED_START[0]), J)
    one, other = factor_at(J + 1, T), factor_at(J, T)
    minus = -identity(d)
    found = words(
        transpose(one) * one, other * transpose(other), (minus, same, None), (None, start, None)
    )
    neighbours = (at_most(1, J), at_most(J, N - 1))
    return generalise(settle(found, *neighbours, *INTERVAL, *DURING), j, *neighbours)


HERE: Final = whole(factor_at, 1, N, T)


def along(theorem: Theorem) -> Theorem:
    """Return what holds of balanced factors for those along the flow, at a time."""
    found = instance(
        theorem,
        {
            factor: Family((j,), factor_at(J, T)),
            W.data: HERE,
            U.data: left_at(T),
            V.data: right_at(T),
            sigma: Family((i,), sigma_at(I, T)),
            Z: gradient_at(T),
        },
    )
    known = (specialise(assume(h), T) for h in (*SVD_AT, *POSITIVE_AT))
    return settle(found, reflexive(HERE), balanced(), *known, *DEPTH, *DURING)


@cache
def velocity() -> Theorem:
    """The derivative of W_N ... W_1 is -N A(G)."""
    found = differentiate(whole(factor_at, 1, N, s.term), s, T, assume(FLOW[0]))
    value = found.conclusion.args[1]
    [summand] = opened(value, J)
    told = along(operator())
    operated, summed = sides(told)
    [rooted_here] = opened(summed, J)
    used = (balancedness.velocity(), along(left_powers()), along(right_powers()))
    parts = ranges.congruence(value, settle(same_words(summand, -rooted_here, *used), *RANGE), j)
    outside = ranges.linear_image(summed, X, -X.term)
    last = words(-summed, -operated, (identity(d), told, None))
    return settle(valued(found, transitive(parts, symmetric(outside), last)), *DEPTH)


# --- in singular vectors --------------------------------------------------------------------------


def coefficient_of(eigenvector: Theorem) -> Theorem:
    """u_i^T A(Z) v_l = c u_i^T Z v_l, from A(u_i v_l^T) = c u_i v_l^T: A is symmetric."""
    spectrum = operator_spectrum.derive().concluded
    vector, z = pair(I, L), Z.term

    def paired(matrix: Term) -> Theorem:
        at_unit = trace_with_unit(unit(d, L, I), transpose(U) * matrix * V)
        same = traces(inner(vector, matrix), sides(at_unit)[0])
        return transitive(same, at_unit)

    turned_ = specialise(spectrum["self-adjoint"], vector, z)
    value = sides(eigenvector)[1].args[0]
    multiple = traces(sides(turned_)[1], value * inner(vector, z), (None, turned(eigenvector), z))
    image = OPERATOR(N, W, z)
    last = field(
        coefficient(image, I, L),
        value * coefficient(z, I, L),
        (number(-1), paired(image)),
        (number(1), turned_),
        (number(1), multiple),
        (value, paired(z)),
    )
    return settle(last, *DEPTH, *SVD, *POSITIVE)


def of_kind(name: str) -> Theorem:
    """u_i^T A(Z) v_l = lambda_il u_i^T Z v_l, from the eigenvalues of one kind."""
    return coefficient_of(specialise(operator_spectrum.derive().concluded[name], I, L))


FRAME: Final = (left_at(T), right_at(T))


@cache
def rate(name: str) -> Theorem:
    """u_i^T (-N A(G)) v_l = -N lambda_il u_i^T G v_l, at a time."""
    static = along(of_kind(name))
    image, right = sides(static)
    moves = velocity().conclusion.args[1]
    multiple = words(framed(moves, I, L).args[0], -number(N) * image.args[0])
    out = entry_of(sides(multiple)[1], I, L)
    value = -(number(N) * right.args[0] * right.args[1])
    last = field(sides(out)[1], value, (-number(N), static))
    whole_ = transitive(at_place(framed(moves, I, L), 0, multiple), out, last)
    return settle(whole_, *DEPTH, *POSITIVE_AT, *PLACE)


def component(name: str, condition: Term) -> Theorem:
    """u_i^T W' v_l = -N lambda_il u_i^T G v_l."""
    u, v = FRAME
    moving = transpose(u) * whole(factor_at, 1, N, s.term) * v
    found = differentiate(moving, s, T, velocity())
    plain = words(found.conclusion.args[1], transpose(u) * velocity().conclusion.args[1] * v)
    found = derivative_entry(valued(found, plain), I, L)
    return generalise(
        settle(valued(found, rate(name)), *PLACE),
        (i, l, t),
        *PLACE,
        *DURING,
        condition,
    )


def singular_value_moves() -> Theorem:
    """sigma_r' = -N lambda_rr u_r^T G v_r, for a simple singular value."""
    u, v = left_at(s.term), right_at(s.term)
    found = singular_value(velocity(), s, u, k, sigma_at(K, s.term), v, R, (t_0, t_1))
    found = valued(found, instance(rate("coincident"), {i: R, l: R}))
    place = within(r, 1, d)
    simple = every(
        i, (*within(i, 1, d), different(I, R)), different(sigma_at(I, T), sigma_at(R, T))
    )
    found = settle(
        found, *SVD_AT, *ORDERED_AT, *POSITIVE_AT, *place, simple, reflexive(sigma_at(R, T))
    )
    return generalise(found, (r, t), *place, *DURING, simple)


@cache
def derive() -> Deduction:
    """Return the theorems about the flow of the product, for all N and d."""
    proof = Deduction("end-to-end-flow")
    proof.show("last-factors", last_powers(), "By induction over the number $m$ of factors")
    proof.show("root", left_root(), "As a positive semidefinite root is unique,")
    here = within(j, 0, N)
    proof.conclude("powers", generalise(settle(left_powers(), *here), j, *here), "So")
    powers = generalise(settle(right_powers(), *RANGE), j, *RANGE)
    proof.conclude("first-powers", powers, "and in the same way")
    proof.show("partial", partial_value(), "By the product rule")
    proof.show("adjoint", adjoint_value(), "and, as both sides are linear in $X$,")
    proof.conclude("differential", differential(), "Each factor contributes to the derivative")
    proof.conclude("composition", generalise(composed(), Z), "With the powers above")
    proof.show("balanced", balanced(), "The factors stay balanced,")
    proof.conclude(
        "flow", generalise(velocity(), t, *DURING), "so the same powers stand around $G$."
    )
    differ, same = different(sigma_at(I, T), sigma_at(L, T)), equal(sigma_at(I, T), sigma_at(L, T))
    proof.show("component", of_kind("distinct"), "As the operator is symmetric,")
    proof.conclude("distinct", component("distinct", differ), "and along the flow")
    proof.conclude("coincident", component("coincident", same), "and, for equal singular values,")
    proof.conclude("singular-value", singular_value_moves(), "A simple singular value moves with")
    return proof
