"""Whether the flow of one row is that of a gradient: how far its Jacobian is from symmetric."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.letters import N, s
from dlnproof.definitions.rows import VALUE, G, Y, Z, pull, row, to
from dlnproof.kernel.calculus import derivative_congruence, derivative_difference
from dlnproof.kernel.entries import (
    entry_of,
    trace_of_entries,
)
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    rewrite,
    sides,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import single
from dlnproof.kernel.signs import Factor, certificate, gram_trace_nonnegative
from dlnproof.kernel.terms import (
    Term,
    identity,
    inner,
    integer,
    less,
    number,
    positive,
    root,
    substitute,
    trace,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import changed, then, valued
from dlnproof.tactics.settle import proved, settle

from .no_potential import GIVEN as OF_A_POTENTIAL
from .no_potential import around, both_growths, few_factors
from .row_flow import norm, paired
from .single_output import GIVEN, normed, svd

S, ZERO, ONE = s.term, number(0), identity(1)
y, z = Y.term, Z.term


# --- along a line ---------------------------------------------------------------------------------

AT = to(s, z)
SLOPE, LENGTH = inner(row, z), inner(z, z)
RISE = VALUE**2 + 2 * SLOPE * S + LENGTH * S**2
END = VALUE**2 / (1 + SLOPE**2)
"""For -END < s < END the row is not zero."""
NEAR = (less(-END, S), less(S, END))


@cache
def own_norm() -> Theorem:
    """|w|^2 = sigma^2."""
    opened = changed(norm(row), svd)
    own = traces(sides(opened)[1], VALUE**2 * trace(ONE), (VALUE**2 * ONE, normed, None))
    one = trace_of_entries(ONE)
    one = then(one, single(sides(one)[1]), entry_of(ONE, 1, 1))
    found = then(transitive(opened, own), one)
    return transitive(found, field(sides(found)[1], VALUE**2))


@cache
def expanded() -> Theorem:
    """|w + s Z|^2 = sigma^2 + 2 s <w, Z> + s^2 |Z|^2."""
    found = traces(norm(AT), norm(row) + 2 * SLOPE * S + LENGTH * S**2)
    return then(found, own_norm())


@cache
def apart() -> Theorem:
    """0 < |w + s Z|^2, near s = 0: it is (sigma + s <w, Z> / sigma)^2 + s^2 |Z - ...|^2."""
    low, high = map(assume, NEAR)
    half, rest = Fraction(1, 2), Fraction(3, 8)
    more, less_ = SLOPE + number(half), SLOPE - number(half)
    pieces: list[list[Factor]] = [[half, low, more], [rest, low], [half, high, less_], [rest, high]]
    ahead = certificate(positive(VALUE**2 + SLOPE * S), pieces)
    share = SLOPE / VALUE**2
    off = z - share * row
    crossed = then(traces(norm(off), LENGTH - 2 * share * SLOPE + share**2 * norm(row)), own_norm())
    beside = rewrite(gram_trace_nonnegative(off), crossed)
    over = proved(positive(1 / VALUE**2), *GIVEN)
    found = certificate(positive(RISE), [[over, ahead, ahead], [beside, S]])
    return settle(rewrite(found, symmetric(expanded())), *GIVEN, *NEAR)


def parts(direction: Term) -> Theorem:
    """<X, w + s Z> = <X, w> + s <X, Z>."""
    return traces(inner(direction, AT), inner(direction, row) + S * inner(direction, z))


@cache
def start() -> Theorem:
    """|w + s Z|^2 in powers of s, where s = 0."""
    return field(substitute(RISE, {s: ZERO}), VALUE**2)


def at_start(function: Term) -> Theorem:
    """Return the derivative of a function of s and |w + s Z|^2 in powers of s, at s = 0."""
    found = differentiate(function, s, ZERO)
    found = valued(found, changed(found.conclusion.args[1], start()))
    above = rewrite(proved(positive(VALUE**2), *GIVEN), symmetric(start()))
    return settle(found, above, *GIVEN)


@cache
def along() -> Theorem:
    """The derivative at s = 0 of <Y, N A_{N,w+sZ}(c)>."""
    moved = instance(paired(), {G: AT})
    turned = traces(inner(AT, y), inner(y, AT))
    plain = then(moved, expanded(), parts(pull), turned, parts(y))
    plain = settle(plain, apart(), *GIVEN, *NEAR)
    found = at_start(sides(plain)[1])
    found = derivative_congruence(found, symmetric(plain), s, -END, END)
    return settle(found, *GIVEN)


@cache
def curl() -> Theorem:
    """The derivative of <Y, N A(c)> along Z less that of <Z, N A(c)> along Y."""
    one = along()
    other = instance(one, {Y: z, Z: y})
    found = derivative_difference(one, other)
    told = changed(
        found.conclusion.args[1],
        *(traces(inner(a, b), inner(b, a)) for a, b in ((y, row), (z, row), (z, y))),
    )
    area = inner(pull, y) * inner(row, z) - inner(pull, z) * inner(row, y)
    target = ((N - 1) * (2 - number(N)) / N) / VALUE ** (2 / N) * area
    return settle(valued(found, transitive(told, field(sides(told)[1], target))), *GIVEN)


@cache
def potential() -> Theorem:
    """The derivative at s = 0 of |w + s Z| <c, w + s Z>, for two factors."""
    whole = root(norm(AT)) * inner(pull, AT)
    plain = changed(whole, expanded(), parts(pull))
    found = at_start(sides(plain)[1])
    found = derivative_congruence(found, symmetric(plain), s)
    two = instance(paired(), {N.data: integer(2), G: row, Y: z})
    two = then(two, own_norm())
    found = valued(
        found, transitive(field(found.conclusion.args[1], sides(two)[1]), symmetric(two))
    )
    own = rewrite(proved(positive(VALUE**2), *GIVEN), symmetric(own_norm()))
    return settle(found, own, *GIVEN)


@cache
def derive() -> Deduction:
    """Return the theorems about the Jacobian, for all N and d."""
    proof = Deduction("not-a-gradient")
    proof.show("paired", paired(), "Of any row")
    proof.show("norm", expanded(), "Along a line")
    proof.show("apart", apart(), "which is positive near the start;")
    proof.show("along", along(), "so the derivative there is")
    found = generalise(curl(), (Y, Z))
    proof.conclude("curl", found, "What is symmetric in $Y$ and $Z$ cancels:")
    last = generalise(potential(), Z)
    proof.conclude("two-factors", last, "Of two factors it is the derivative of one function:")
    proof.show("around", around(), "Where the flow is a gradient, on half a circle,")
    proof.show("growth", both_growths(), "along the ray through $c$ it grows otherwise:")
    depth = generalise(few_factors(), Z, *OF_A_POTENTIAL)
    proof.conclude("depth", depth, "So")
    return proof
