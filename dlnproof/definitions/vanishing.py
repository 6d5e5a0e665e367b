r"""The last k of d singular values vanish like epsilon: what statements about this speak of."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.hypotheses import FRAME
from dlnproof.definitions.letters import (
    SQUARE,
    D,
    N,
    U,
    V,
    a,
    b,
    d,
    differential,
    e,
    i,
    j,
    k,
    l,
    sigma,
)
from dlnproof.definitions.orbits import turned
from dlnproof.kernel.terms import (
    REAL,
    Definition,
    Family,
    Symbol,
    Term,
    at_most,
    choose,
    diagonal,
    every,
    log,
    number,
    orbit_volume,
    orthogonal_volume,
    positive,
    power,
    product,
    root,
    substitute,
    transpose,
)

_E, _I = e.term, i.term
LAST: Final = (at_most(1, k.term), at_most(k.term, d))
"""1 <= k <= d."""

VALUE: Final = Definition(
    "sigma(e)",
    (i, e),
    sigma(_I) * choose(at_most(_I, d - k.term), number(1), _E),
    r"\sigma_{0}({1})",
)
"""sigma_i(e): sigma_i for i <= d - k, and e sigma_i for the others."""


def moving_matrix(at: Term) -> Term:
    """Return U diag(sigma_i(e)) V^T."""
    return U * diagonal(i, d, VALUE(_I, at)) * transpose(V)


differential_at: Final = Symbol(
    "dW(e)", SQUARE, (REAL, SQUARE, SQUARE, SQUARE), r"dW_{0}({1},{2},{3})"
)
"""The differential of (Sigma, U, V) -> U Sigma V^T at Sigma(e)."""


_PUT: Final = {
    sigma: Family((i,), VALUE(_I, _E)),
    differential: Family((D, a, b), differential_at(_E, D.term, a.term, b.term)),
}
FRAME_AT: Final = tuple(every(e, (positive(_E),), substitute(h, _PUT)) for h in FRAME)
"""dW_e is the differential at Sigma(e), for all e > 0."""


def _pairs(value: Term, mixed: Term) -> Term:
    """Return the product over i < l; of another value where l alone is one of the last k."""
    inner = choose(at_most(l.term, d - k.term), value, mixed)
    each = choose(at_most(_I, d - k.term), inner, value)
    return product(i, 1, d, product(l, _I + 1, d, each))


_S_I, _S_L = sigma(_I), sigma(l.term)
_A_I, _A_L = _S_I ** (2 / N), _S_L ** (2 / N)
_SQUARES, _POWERS = _S_I**2 - _S_L**2, _A_I - _A_L
_LOGS = log(_S_I**2) - log(_S_L**2)
_ROOTS = product(i, 1, d, _S_I ** (1 / N) / _S_I)
_VALUES = product(i, 1, d, 1 / _S_I)
_GROUP = power(orthogonal_volume(d), N - 1)

FORM_LIMIT: Final = Definition("L_1", (), _ROOTS * _pairs(N * _POWERS, N * _A_I), "L_{1}")
DENSITY_LIMIT: Final = Definition(
    "L_2", (), _ROOTS * _pairs(N * _POWERS / _SQUARES, N * _A_I / _S_I**2), "L_{2}"
)
ORBIT_LIMIT: Final = Definition(
    "L_3", (), _GROUP * root(_pairs(_SQUARES / _POWERS, _S_I**2 / _A_I)), "L_{3}"
)
INFINITE_FORM_LIMIT: Final = _VALUES * _pairs(_LOGS, number(2))
INFINITE_DENSITY_LIMIT: Final = Definition(
    "L_4", (), _VALUES * _pairs(_LOGS / _SQUARES, 2 / _S_I**2), "L_{4}"
)

ORBIT_AT: Final = orbit_volume(
    j,
    N,
    turned(j.term) * diagonal(i, d, VALUE(_I, _E) ** (1 / N)) * transpose(turned(j.term - 1)),
)
"""The volume of the orbit of R_j Sigma(e)^(1/N) R_{j-1}^T."""
