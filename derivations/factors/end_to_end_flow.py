"""The flow of the end-to-end matrix on the balanced manifold, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import OPERATOR
from dlnproof.definitions.hypotheses import (
    ADJOINT,
    BALANCED,
    BALANCED_START,
    DEPTH,
    FLOW,
    GRADIENT,
    PARTIAL,
    PRODUCT,
)
from dlnproof.definitions.letters import (
    N,
    W,
    X,
    Z,
    adjoint,
    d,
    direction,
    factor,
    factor_at,
    gradient_at,
    j,
    k,
    m,
    partial,
    s,
    t,
    whole,
)
from dlnproof.derivations.factors import balancedness
from dlnproof.kernel import ranges
from dlnproof.kernel.calculus import derivative_unique, derivative_value, riesz
from dlnproof.kernel.entries import zero_is_diagonal
from dlnproof.kernel.induction import induction
from dlnproof.kernel.logic import (
    assume,
    cut,
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
from dlnproof.kernel.spectral import psd_gram, root_unique
from dlnproof.kernel.terms import (
    Family,
    Term,
    at_most,
    equal,
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
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.rewriting import at_place, by, converted
from dlnproof.tactics.settle import settle

M, J, K, T = m.term, j.term, k.term, t.term
GIVEN: Final = (*DEPTH, *BALANCED, *PRODUCT)
RANGE: Final = (at_most(1, J), at_most(J, N))
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


def counted(sentence: Term, base: Theorem, *used: Theorem, end: Term = N) -> Theorem:
    """Induction over m = 0, ..., end; in the step the equations are used in words."""
    left, right = substitute(sentence, {m: M + 1}).args
    step = same_words(left, right, *map(turned, used), *used, assume(sentence))
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
    base = same_words(*passes(zero).args, none)
    passing = counted(passes(M), base, longer, symmetric(balance(N - M - 1)), end=N - 1)
    sentence = equal(above(N - M) * transpose(above(N - M)), LAST**M)
    base = same_words(*substitute(sentence, {m: zero}).args, none, turned(none))
    return counted(sentence, base, longer, specialise(passing, M))


@cache
def first_powers() -> Theorem:
    """R^T R = (W_1^T W_1)^m for the product R of the first m factors."""
    longer = ranges.top(below(M + 2))
    none = ranges.empty(below(integer(1)))

    def passes(count: Term) -> Term:
        w = factor(count + 1)
        return equal(transpose(w) * w * below(count + 1), below(count + 1) * FIRST)

    zero = integer(0)
    base = same_words(*passes(zero).args, none)
    passing = counted(passes(M), base, longer, balance(M + 1), end=N - 1)
    sentence = equal(transpose(below(M + 1)) * below(M + 1), FIRST**M)
    base = same_words(*substitute(sentence, {m: zero}).args, none, turned(none))
    return counted(sentence, base, longer, specialise(passing, M))


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
    return settle(derivative_unique(given, derivative_value(found, plain)), *RANGE)


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
    plain = by(
        generalise(words(still, factor(K)), k), generalise(words(rate, direction(K)), k)
    )
    parts = converted(value, plain)
    told = instance(partial_value(), {X: direction(J)})
    summed = ranges.congruence(total(j, 1, N, partial(J, direction(J))), told, j)
    return settle(derivative_value(found, transitive(parts, symmetric(summed))), *DEPTH)


# --- the flow -------------------------------------------------------------------------------------


@cache
def balanced() -> Theorem:
    """W_{j+1}(t)^T W_{j+1}(t) = W_j(t) W_j(t)^T, for 1 <= j < N, at all times."""
    conserved = instance(DERIVED_BALANCE, {})
    same = specialise(specialise(conserved, J), T, number(0))
    start = specialise(assume(BALANCED_START[0]), J)
    one, other = factor_at(J + 1, T), factor_at(J, T)
    found = words(
        transpose(one) * one, other * transpose(other), (None, same, None), (None, start, None)
    )
    neighbours = (at_most(1, J), at_most(J, N - 1))
    return generalise(settle(found, *neighbours), j, *neighbours)


def along(theorem: Theorem) -> Theorem:
    """Return what holds of balanced factors for those along the flow, at a time."""
    here = whole(factor_at, 1, N, T)
    found = instance(theorem, {factor: Family((j,), factor_at(J, T)), W: here})
    return settle(found, reflexive(here), balanced(), *DEPTH)


@cache
def velocity() -> Theorem:
    """The derivative of W_N ... W_1 is -N A(G)."""
    moving = whole(factor_at, 1, N, s.term)
    found = differentiate(moving, s, T, assume(FLOW[0]))
    value = found.conclusion.args[1]
    g = gradient_at(T)
    used = (balancedness.velocity(), along(left_powers()), along(right_powers()))
    [summand] = opened(value, J)
    terms = along(rooted_at(g))
    parts = ranges.congruence(value, settle(same_words(summand, -terms, *used), *RANGE), j)
    whole_ = ranges.linear_image(total(j, 1, N, terms), X, -X.term)
    del whole_, parts
    return found


if __name__ == "__main__":
    for th in (partial_value(), adjoint_value(), operator(), composed(), differential()):
        print(th.conclusion, "\n   ", [h for h in th.hypotheses if h not in GIVEN])
