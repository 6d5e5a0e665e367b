"""The line of matrices along which one entry moves, and a loss that does not see this entry."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.free_energy import beta
from dlnproof.definitions.letters import N as DEPTH
from dlnproof.definitions.letters import W, X, Y, d, factor_at, i, j, k, l, loss, m, t
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    each,
    entry,
    equal,
    every,
    identity,
    log,
    multiply,
    number,
    orbit_volume,
    positive,
    product,
    total,
    transpose,
    unit,
    within,
)

_I, _L, _J, _T = i.term, l.term, j.term, t.term
seen: Final = Symbol("omega", REAL, (INT, INT), r"\omega_{{0},{1}}")
"""How much each entry counts in the loss."""
datum: Final = Symbol("b_kl", REAL, (INT, INT), r"b_{{0},{1}}")
"""What each entry is to be."""

PLACE: Final = (*within(i, 1, d), *within(l, 1, d))
FREE: Final = (equal(seen(_I, _L), 0),)
"""The entry (i, l) does not count: it is free."""
COFACTOR: Final = (equal(W * X.term, identity(d)), positive(entry(X.term, _L, _I)))
"""W is invertible, and its cofactor at (i, l) is not zero, with the sign of det W."""
LATER: Final = (at_most(number(0), _T),)


def line(at: Term) -> Term:
    """Return W + t E_il."""
    return W + multiply(at, unit(d, _I, _L))


def _balance(index: Term) -> Term:
    above, below = (factor_at(at, _T) for at in (index + 1, index))
    return equal(transpose(above) * above, below * transpose(below))


FACTORED: Final = (
    every(t, LATER, equal(line(_T), product(j, 1, DEPTH, factor_at(_J, _T)))),
    every(t, LATER, each(j, 1, DEPTH - 1, _balance(_J))),
)
"""All along the line there are balanced factors."""


def _misfit(at: Term) -> Term:
    row, column = k.term, m.term
    away = entry(at, row, column) - datum(row, column)
    return total(k, 1, d, total(m, 1, d, seen(row, column) * away**2)) / 2


LOSS: Final = (every(Y, (), equal(loss(Y.term), _misfit(Y.term))),)
"""The loss is half the sum of omega_km (W_km - b_km)^2."""


def entropy(at: Term) -> Term:
    """Return log vol(O_W) at W + t E_il."""
    return log(orbit_volume(j, DEPTH, factor_at(_J, at)))


def free_energy(at: Term) -> Term:
    """Return E - S / beta at W + t E_il."""
    return loss(line(at)) - entropy(at) / beta
