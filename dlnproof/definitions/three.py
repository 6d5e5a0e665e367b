"""3 x 3 matrices with an observed unit diagonal, and those of rank one among them."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import W, X, Y, d, i, k, l, sigma
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Definition,
    Symbol,
    at_most,
    diagonal,
    different,
    each,
    entry,
    equal,
    every,
    identity,
    number,
    total,
    transpose,
    variable,
)

_I, _K, _L = i.term, k.term, l.term
THREE: Final = (equal(d, 3),)
"""Matrices are 3 x 3."""
p: Final = Symbol("p", REAL, (INT,), r"p_{0}")
u_ratio: Final = variable("u", REAL).term
v_ratio: Final = variable("v", REAL).term

RANK_ONE: Final = (equal(sigma(2), 0), each(i, 1, d, equal(entry(W, _I, _I), 1)))
"""Only one singular value of W is not zero, and its diagonal is 1."""
QUOTIENTS: Final = (
    each(i, 1, d, different(p(_I), 0)),
    each(i, 1, d, each(l, 1, d, equal(entry(W, _I, _L), p(_I) / p(_L)))),
)
"""w_il = p_i / p_l."""

COST: Final = Definition(
    "loss_3",
    (X,),
    (number(1) / 2) * total(i, 1, d, (entry(X.term, _I, _I) - 1) ** 2),
    r"\ell_{\operatorname{diag}}({0})",
)
"""The loss of the unit diagonal."""
SIGNS: Final = diagonal(i, d, entry(W, _I, 1))
"""diag(w_11, w_21, w_31)."""
SIGNED: Final = (
    equal(transpose(Y.term) * Y.term, identity(d)),
    every(
        (i, k, l),
        (
            at_most(1, _I),
            at_most(_I, d),
            at_most(1, _K),
            at_most(_K, d),
            at_most(1, _L),
            at_most(_L, d),
            different(_K, _L),
        ),
        equal(entry(Y.term, _I, _K) * entry(Y.term, _I, _L), 0),
    ),
)
"""Y is a signed permutation: it is orthogonal, with one entry in each row that is not zero."""
