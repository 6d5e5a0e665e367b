"""What the flow of one row pairs with other rows to, for every N and d."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from dlnproof.claims.deduction import lent
from dlnproof.definitions.letters import N, i, sigma
from dlnproof.definitions.rows import G, Y, moves, pull, row, unit
from dlnproof.kernel.entries import (
    diagonal_of_units,
    identity_is_diagonal,
    sum_of_units,
    trace_of_entries,
)
from dlnproof.kernel.logic import (
    instance,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import single
from dlnproof.kernel.terms import (
    Family,
    Symbol,
    Term,
    identity,
    inner,
    number,
    positive,
    power,
    root,
    trace,
    transpose,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.equations import changed, then
from dlnproof.tactics.settle import settle

from . import single_output

ONE = identity(1)
y = Y.term


@cache
def of_one_entry(matrix: Term) -> Theorem:
    """M = Tr(M) I, of one row and one column."""
    whole = sum_of_units(matrix)
    whole = then(whole, single(sides(whole)[1]))
    whole = then(whole, single(sides(whole)[1]))
    lengthened = trace_of_entries(matrix)
    lengthened = then(lengthened, single(sides(lengthened)[1]))
    unit_ = then(identity_is_diagonal(1), diagonal_of_units(sides(identity_is_diagonal(1))[1]))
    unit_ = then(unit_, single(sides(unit_)[1]))
    back = changed(trace(matrix) * ONE, lengthened, unit_)
    return transitive(whole, symmetric(transitive(back, words(sides(back)[1], sides(whole)[1]))))


def norm(at: Term) -> Term:
    """Return |w|^2."""
    return inner(at, at)


def closed(at: Term) -> Term:
    """Return |w|^(2-2/N) (<c, Y> + (N-1) <c, w> <w, Y> / |w|^2)."""
    q = norm(at)
    return q ** (1 - 1 / N) * (inner(pull, y) + ((N - 1) / q) * (inner(pull, at) * inner(at, y)))


@cache
def paired() -> Theorem:
    """<Y, N A_{N,w}(c)> in closed form, where 0 < |w|^2."""
    at = G.term
    q, length = norm(at), root(norm(at))
    inverse = power(q, Fraction(-1, 2))
    found = specialise(lent("single-output", single_output.derive().concluded["operator"]), pull)
    put: dict[Symbol, Term | Family] = {
        row.data: at,
        unit.data: inverse * transpose(at),
        sigma: Family((i,), length),
    }
    told = changed(inner(y, moves(N, at, pull)), instance(found, put))
    speed = length ** (2 - 2 / N)
    along = inner(y, pull * transpose(at) * at)
    plain = speed * inner(y, pull) + ((N - 1) * speed * inverse * inverse) * along
    told = transitive(told, traces(sides(told)[1], plain))
    over = of_one_entry(pull * transpose(at))
    parted = traces(along, trace(pull * transpose(at)) * inner(y, at), (transpose(y), over, at))
    turned = traces(trace(pull * transpose(at)), inner(pull, at))
    told = then(told, parted, turned, *(traces(inner(y, x), inner(x, y)) for x in (at, pull)))
    told = transitive(told, field(sides(told)[1], closed(at)))
    both, same = of_one_entry(at * transpose(at)), traces(trace(at * transpose(at)), q)
    back = transpose(inverse * transpose(at)) * (inverse * transpose(at))
    share = inverse * inverse
    normal = words(back, (share * trace(at * transpose(at))) * ONE, (share * ONE, both, None))
    normal = then(normal, same, field(share * q, number(1)))
    normal = transitive(normal, words(sides(normal)[1], ONE))
    return settle(told, normal, words(at, length * transpose(inverse * transpose(at))), positive(q))
