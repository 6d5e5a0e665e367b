"""The trace of the operator, for every N and d: the sum of its eigenvalues."""

from __future__ import annotations

from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import OPERATOR
from dlnproof.definitions.letters import N, W, d, i, l
from dlnproof.kernel.entries import between_units, entry_of, trace_of_entries, trace_with_unit
from dlnproof.kernel.logic import assume, cases, cut, instance, sides, symmetric, transitive
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import chosen, exchange, linear_image, pairs
from dlnproof.kernel.signs import turned
from dlnproof.kernel.terms import (
    REAL,
    Term,
    choose,
    entry,
    fresh,
    identity,
    inner,
    psd_root,
    substitute,
    total,
    trace,
    transpose,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import settle

from .metric_diagonalization import summands
from .operator_spectrum import (
    DIFFERENT,
    GIVEN,
    PLACE,
    SAME,
    as_powers,
    coincident,
    distinct,
    left,
    right,
    root_left,
    root_power,
    root_right,
    traces_of_summands,
    value,
)

I, L = i.term, l.term


def over_places(summand: Term) -> Term:
    """Return the sum over all i and l."""
    return total(i, 1, d, total(l, 1, d, summand))


UNIT = unit(d, I, L)
TRACE = over_places(inner(UNIT, OPERATOR(N, W, UNIT)))


# --- Tr(E_il^T P E_il Q) = P_ii Q_ll --------------------------------------------------------------


@cache
def at_unit() -> Theorem:
    """Tr(E_il^T A(E_il)) = sum_j (1/N) ((W W^T)^((N-j)/N))_ii ((W^T W)^((j-1)/N))_ll."""
    opened = traces_of_summands(inner(UNIT, OPERATOR(N, W, UNIT)), UNIT, lambda z: inner(UNIT, z))
    whole = sides(opened)[1]

    def summand(j: Term) -> Theorem:
        here = body(whole, j)
        p, q = powers(j)
        between = between_units(unit(d, L, I), p, UNIT)
        last = trace_with_unit(unit(d, L, L), q)
        row, column = entry(p, I, I), entry(q, L, L)
        parts = (((1 / N) * identity(d), between, q), ((1 / N) * row, last, None))
        return traces(here, (1 / N) * (row * column), *parts)

    return settle(then(opened, inside(whole, summand, *GIVEN, *PLACE)), *GIVEN, *PLACE)


def powers(j: Term) -> tuple[Term, Term]:
    """Return (W W^T)^((N-j)/N) and (W^T W)^((j-1)/N)."""
    return psd_root(W * transpose(W), N) ** (N - j), psd_root(transpose(W) * W, N) ** (j - 1)


# --- sums of products, and products of sums -------------------------------------------------------


def multiplied(first: Term, second: Term) -> Theorem:
    """(1/N) (sum_i f(i)) (sum_l g(l)) = sum_i sum_l (1/N) f(i) g(l)."""
    x = fresh(REAL)
    outer = linear_image(first, x, (1 / N) * (x.term * second))
    whole = sides(outer)[1]

    def row(i: Term) -> Theorem:
        value = body(first, i)
        return linear_image(second, x, (1 / N) * (value * x.term))

    return then(outer, inside(whole, row))


def trace_of_power(power: Term, frame: Theorem, root: Theorem, exponent: Term) -> Theorem:
    """sum_k ((Q diag(sigma^(2/N)) Q^T)^n)_kk = sum_k (sigma_k^(2/N))^n, from Q^T Q = I."""
    told = changed(trace(power), root, root_power(frame, exponent))
    middle = sides(told)[1].args[0].args[0].args[1]
    plain = traces(sides(told)[1], trace(middle), (middle, frame, None))
    entries = trace_of_entries(middle)
    entries = then(entries, inside(sides(entries)[1], lambda k: entry_of(middle, k, k)))
    return transitive(symmetric(trace_of_entries(power)), told, plain, entries)


def outermost(triple: Term) -> Theorem:
    """A sum over i, l and j is one over j, i and l."""
    inner_ = inside(triple, lambda v: exchange(body(triple, v)), *GIVEN)
    return then(inner_, exchange(sides(inner_)[1]))


def innermost(triple: Term) -> Theorem:
    """A sum over j, i and l is one over i, l and j."""
    outer = exchange(triple)
    whole = sides(outer)[1]
    return then(outer, inside(whole, lambda v: exchange(body(whole, v)), *GIVEN))


def at_power(double: Term, j: Term) -> Theorem:
    """sum_i sum_l (1/N) P_ii Q_ll = sum_i sum_l (1/N) a_i^(N-j) a_l^(j-1), a = sigma^(2/N)."""
    p, q = powers(j)
    one = trace_of_power(p, left, root_left(), N - j)
    two = trace_of_power(q, right, root_right(), j - 1)
    together = symmetric(multiplied(sides(one)[0], sides(two)[0]))
    apart = multiplied(sides(one)[1], sides(two)[1])
    return transitive(together, changed(sides(together)[1], one, two), apart)


@cache
def over_values() -> Theorem:
    """The trace is the sum over i and l of lambda_il."""
    found = summands(TRACE, lambda _, v, w: instance(at_unit(), {i: v, l: w}))
    found = then(found, outermost(sides(found)[1]))
    whole = sides(found)[1]
    found = then(found, inside(whole, lambda j: at_power(body(whole, j), j), *GIVEN))
    found = then(found, innermost(sides(found)[1]))

    def eigenvalue(term: Term, v: Term, w: Term) -> Theorem:
        """sum_j (1/N) a_i^(N-j) a_l^(j-1) = lambda_il."""
        x = fresh(REAL)
        powers_ = instance(as_powers(), {i: v, l: w})
        pulled = linear_image(sides(powers_)[1], x, (1 / N) * x.term)
        return symmetric(transitive(changed(substitute(value(), {i: v, l: w}), powers_), pulled))

    return settle(then(found, summands(sides(found)[1], eigenvalue)), *GIVEN)


# --- by the diagonal, and by pairs ----------------------------------------------------------------


@cache
def on_diagonal() -> Theorem:
    """lambda_ii = sigma_i^(2 - 2/N)."""
    return settle(instance(coincident(), {l: I}), *GIVEN, *within(i, 1, d))


@cache
def of_pair() -> Theorem:
    """lambda_il + lambda_li, by cases."""
    both = value() + substitute(value(), {i: L, l: I})
    closed = {case: sides(told())[1] for case, told in ((SAME, coincident), (DIFFERENT, distinct))}
    choice = choose(SAME, 2 * closed[SAME], 2 * closed[DIFFERENT])
    found = []
    for case, one, back in (
        (SAME, coincident(), symmetric(assume(SAME))),
        (DIFFERENT, distinct(), turned(assume(DIFFERENT))),
    ):
        told = changed(both, one, cut(instance(one, {i: L, l: I}), back))
        equal_sizes = [assume(SAME)] if case == SAME else []
        told = then(told, *equal_sizes)
        want = changed(2 * closed[case], *equal_sizes)
        last = field(sides(told)[1], sides(want)[1])
        chosen_ = symmetric(chosen(choice, assume(case)))
        whole = transitive(told, last, symmetric(want), chosen_)
        found.append(settle(whole, *GIVEN, *PLACE, case, back))
    return settle(cases(*found, on=(SAME, DIFFERENT)), *GIVEN, *PLACE)


def derive() -> Deduction:
    """Return the derivation."""
    proof = Deduction("operator-trace")
    told = over_values()
    parted = pairs(sides(told)[1])
    first, second = sides(parted)[1].args
    diagonal = inside(first, lambda v: instance(on_diagonal(), {i: v}), *GIVEN)
    across = inside(
        second,
        lambda v: inside(
            body(second, v),
            lambda w: instance(of_pair(), {i: v, l: w}),
            *GIVEN,
            *within(v.data, 1, d),
        ),
        *GIVEN,
    )
    whole = transitive(told, parted, changed(sides(parted)[1], diagonal, across))
    proof.show("entries", at_unit(), "At a unit matrix")
    proof.show(
        "sum", over_values(), "The traces of the powers are those of their diagonal forms, so"
    )
    proof.conclude("trace", settle(whole, *GIVEN), "A pair of indices comes twice:")
    return proof
