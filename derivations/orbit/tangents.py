"""Inner products of tangents of the balanced factors W_j = Q_j Lambda Q_{j-1}^T.

Where the frame Q_j turns by b = Q_j (E_il - E_li) Q_j^T, the factor W_j moves by b W_j, and W_{j+1}
by -W_{j+1} b. For all N, d, all orthogonal frames Q_0, ..., Q_N and all values of Lambda.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dlnproof.definitions.letters import SQUARE, N, d, i, j, k, l, m, n
from dlnproof.kernel.entries import diagonals, entry_of, entry_off_unit, trace_with_unit
from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import (
    assume,
    cases,
    instance,
    negation,
    sides,
    specialise,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.orbits import moved, skew
from dlnproof.kernel.ranges import chosen, congruence, constant, picked, sum_of_sums
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    choose,
    diagonal,
    different,
    each,
    entry,
    equal,
    fresh,
    identity,
    inner,
    integer,
    number,
    opened,
    total,
    trace,
    transpose,
    unit,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.cancelling import same_traces
from dlnproof.tactics.equations import transport
from dlnproof.tactics.rewriting import Known, by, decided, first, repeated, rules
from dlnproof.tactics.settle import settle

Q = Symbol("Q_j", SQUARE, (INT,), "Q_{0}")
value = Symbol("lambda", REAL, (INT,), r"\lambda_{0}")
LAMBDA = diagonal(i, d, value(i.term))
FRAMES = each(j, 0, N, equal(transpose(Q(j.term)) * Q(j.term), identity(d)))
"""Q_0, ..., Q_N are orthogonal."""

J, K, I, L, M, R = (v.term for v in (j, k, i, l, m, n))
SIZES = (at_most(1, N), at_most(1, d))
PAIR = (at_most(1, I), at_most(I + 1, L), at_most(L, d))
OTHER = (at_most(1, M), at_most(M + 1, R), at_most(R, d))
THIS, THAT = skew(d, I, L), skew(d, M, R)


def factor(at: Term) -> Term:
    """Return W_j = Q_j Lambda Q_{j-1}^T."""
    return Q(at) * LAMBDA * transpose(Q(at - 1))


def turn(at: Term, skewed: Term) -> Term:
    """Return Q_j (E_il - E_li) Q_j^T."""
    return Q(at) * skewed * transpose(Q(at))


def products(first_frame: Term, second_frame: Term) -> Term:
    """Return the inner product of two tangents: of frames j and k, and pairs (i, l) and (m, n)."""
    place = fresh(INT)
    one = moved(place.term, factor(place.term), first_frame, turn(first_frame, THIS))
    other = moved(place.term, factor(place.term), second_frame, turn(second_frame, THAT))
    return total(place, 1, N, inner(one, other))


def _orthogonal(at: Term) -> Theorem:
    return specialise(assume(FRAMES), at)


def _delta(place: Term, at: Term) -> Term:
    return choose(equal(place, at), number(1), number(0))


def picking(term: Term, known: Known) -> Theorem | None:
    """Sum over one index that is in the range; add up what is 0, or 1 times something."""
    if term.op == "*" and term.args[0] in (number(0), number(1)):
        return field(term, number(0) if term.args[0] == number(0) else term.args[1])
    if term.op != "sum":
        return None
    for rule in (sum_of_sums, picked, constant):
        try:
            found = settle(rule(term), *known)
        except (Refused, ValueError):
            continue
        if found.hypotheses <= set(known):
            return found
    return None


def never(term: Term, known: Known) -> Theorem | None:
    """Return that a product of choices, of which at most one is 1, is 0."""
    if term.op != "*" or term.args[0].op != "if" or term.args[1].op != "*":
        return None
    here, there = term.args[0], term.args[1].args[0]
    if there.op != "if" or here.args[0] == there.args[0]:
        return None
    same = here.args[0]
    facts = [known_.conclusion if isinstance(known_, Theorem) else known_ for known_ in known]
    try:
        apart = chosen(there, indices(negation(there.args[0]), same, *facts))
    except Refused:
        return None
    other = chosen(here, assume(negation(same)))
    first_ = field(term, number(0), (here * term.args[1].args[1], apart))
    second = field(term, number(0), (term.args[1], other))
    return cases(first_, second, on=[same, negation(same)])


def _summed(first_frame: Term, second_frame: Term, *known: Term) -> Theorem:
    """Return the inner product of two tangents as a sum of the traces that are not 0."""
    whole = products(first_frame, second_frame)
    place = fresh(INT)
    q = place.term
    [body] = opened(whole, q)
    ends = []
    for at, skewed in ((first_frame, THIS), (second_frame, THAT)):
        turned, here = turn(at, skewed), factor(q)
        ends.append(((at, turned * here, 1), (at + 1, here * turned, -1)))
    parts: Term | None = None
    for at, a, sign in ends[0]:
        for beside, b, other in ends[1]:
            part = _delta(q, at) * (_delta(q, beside) * inner(a, b))
            parts = part if parts is None else parts + part if sign == other else parts - part
    assert parts is not None
    found = congruence(whole, same_traces(body, parts), place)
    facts = (*SIZES, *known)
    steps = repeated(sides(found)[1], first(decided, picking, never), *facts)
    return settle(transitive(found, steps), *facts)


_SQUARE = diagonals(LAMBDA * LAMBDA)
_HERE, _THERE = entry(THAT, I, L), entry(THAT, L, I)


def _with_this(x: Term) -> Theorem:
    """Return Tr((E_il - E_li)^T X) = X_il - X_li, by the entries of E_mn - E_nm."""
    whole = trace(transpose(THIS) * x)
    parts = same_traces(whole, trace(unit(d, L, I) * x) - trace(unit(d, I, L) * x))
    entries = by(trace_with_unit(unit(d, L, I), x), trace_with_unit(unit(d, I, L), x))
    inside = rules(lambda t: entry_of(*t.args) if t.op == "entry" and t.args[0] != THAT else None)
    for ways in (entries, by(_SQUARE), inside):
        parts = transitive(parts, repeated(sides(parts)[1], ways))
    return settle(parts, *SIZES, *PAIR)


@cache
def _ways() -> tuple[Theorem, Theorem, Theorem]:
    """Return Tr((E_il - E_li)^T X) for what is X in inner products of tangents."""
    square = LAMBDA * LAMBDA
    return _with_this(square * THAT), _with_this(THAT * square), _with_this(LAMBDA * THAT * LAMBDA)


def _inner(first_frame: Term, second_frame: Term, ways: Sequence[Theorem], *known: Term) -> Theorem:
    """Return an inner product of tangents by entries of E_mn - E_nm."""
    found = _summed(first_frame, second_frame, *known)
    frames = {at for t in (first_frame, second_frame) for at in (t - 1, t, t + 1)}
    orthogonal = [_orthogonal(at) for at in frames]
    sign = 1 if first_frame == second_frame else -1
    target = values = number(0)
    for way in ways:
        left, right = sides(way)
        target, values = target + left, values + right
    middle = same_traces(sides(found)[1], sign * target, *orthogonal)
    last = field(sign * target, sign * values, *((number(sign), way) for way in ways))
    return settle(transitive(found, middle, last), FRAMES, *SIZES, *known)


FACTS = (*PAIR, *OTHER)
_AFTER = (at_most(0, J), at_most(J + 1, N))
_BEFORE = (at_most(0, J - 1), at_most(J, N))
APART = (different(J, K), different(J + 1, K), different(J - 1, K))
ALL_FRAMES = (at_most(0, J), at_most(J, N), at_most(0, K), at_most(K, N))


@dataclass(frozen=True)
class Products:
    """Inner products of tangents, by the entries of E_mn - E_nm in row i, column l, and in l, i.

    Of one frame, 1 <= j = k < N, of the first, 0, and the last, N; of a frame and the next, or the
    one before; of others.
    """

    same: Theorem
    first: Theorem
    last: Theorem
    after: Theorem
    before: Theorem
    far: Theorem


@cache
def inner_products() -> Products:
    """Return the inner products of tangents."""
    left, right, between = _ways()
    return Products(
        same=_inner(J, J, (left, right), at_most(1, J), at_most(J, N - 1), *FACTS),
        first=_inner(integer(0), integer(0), (left,), *FACTS),
        last=_inner(N, N, (right,), *FACTS),
        after=_inner(J, J + 1, (between,), *_AFTER, *FACTS),
        before=_inner(J, J - 1, (between,), *_BEFORE, *FACTS),
        far=_inner(J, K, (), *ALL_FRAMES, *APART, *FACTS),
    )


def one_pair(theorem: Theorem) -> Theorem:
    """Return an inner product of tangents of one pair: m = i and n = l."""
    found = instance(theorem, {m: I, n: L})
    off = by(*(entry_off_unit(unit(d, *u), *u[::-1], by_row=True) for u in ((I, L), (L, I))))
    inside = rules(lambda t: entry_of(*t.args) if t.op == "entry" else None)
    values = repeated(sides(found)[1], first(off, inside))
    return settle(transitive(found, values), *SIZES, *PAIR)


def _apart(condition: Term) -> tuple[Theorem, Theorem]:
    """Return that the entries of E_mn - E_nm are 0, for pairs of which one index differs."""
    differing = set(condition.args)
    found = []
    for row, column in ((I, L), (L, I)):
        whole = entry_of(THAT, row, column)
        values = sides(whole)[1].args
        parts = []
        for part, k_ in zip(values, (M, R), strict=True):
            u = part.args[0]
            if {row, k_} in ({I, M}, {L, R}):
                by_row = {row, k_} == differing
                parts.append(entry_off_unit(u, row, column, by_row=by_row))
                continue
            differ = different(row, k_)
            first_ = entry_off_unit(u, row, column, by_row=True)
            second = settle(entry_off_unit(u, row, column, by_row=False), negation(differ), *FACTS)
            parts.append(cases(first_, second, on=[differ, negation(differ)]))
        zero = field(
            sides(whole)[0],
            number(0),
            (number(1), whole),
            (number(1), parts[0]),
            (-number(1), parts[1]),
        )
        found.append(settle(zero, *SIZES, *FACTS, condition))
    return found[0], found[1]


def two_pairs(theorem: Theorem, condition: Term) -> Theorem:
    """Return that an inner product of tangents of two different pairs is 0."""
    here, there = _apart(condition)
    _, right = sides(theorem)
    steps = repeated(right, by(here, there))
    return transitive(theorem, steps, field(sides(steps)[1], number(0)))


def by_distance(
    goal: Term,
    same: Theorem,
    after: Theorem,
    before: Theorem,
    far: Theorem,
    *,
    known: Known = (),
) -> Theorem:
    """Return an equation about frames j and k from those for k = j, j + 1, j - 1, and others.

    What is known of the frames is used, beside that they are in range.
    """
    at = [equal(J, K), equal(J + 1, K), equal(J - 1, K)]
    found = far
    for case, theorem in zip(reversed(at), (before, after, same), strict=True):
        near = settle(transport(theorem, k, goal, assume(case)), case, *ALL_FRAMES, *known)
        found = cases(near, found, on=[case, negation(case)])
    return found
