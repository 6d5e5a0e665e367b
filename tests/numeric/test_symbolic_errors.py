"""Bad input to dlnproof.symbolic: one clear line each."""

import math
from collections.abc import Callable
from typing import Any

import pytest
import sympy
from sympy import Function, Symbol, eye, ones, oo, sqrt

from dlnproof import symbolic
from dlnproof.errors import InputError

d = Symbol("d", integer=True, positive=True)
i = Symbol("i", integer=True, positive=True)
plain = Symbol("N")
f, g = (Function(name)(Symbol("y")) for name in "fg")
G: Callable[..., Any] = symbolic.metric_matrix
form: Callable[..., Any] = symbolic.volume_form
eigenvalue: Callable[..., Any] = symbolic.eigenvalue

BAD: list[tuple[str, Callable[[], Any]]] = [
    ("depth: got 0, expected an integer >= 1", lambda: G(0, 2)),
    ("depth: got 2.0, expected", lambda: G(2.0, 2)),
    ("depth: got 1/2, expected .* oo, or Symbol", lambda: G(sympy.S.Half, 2)),
    ("depth: got N, .*integer=True, positive=True", lambda: G(plain, 2)),
    ("depth: got nan", lambda: form(math.nan, 2)),
    ("depth: got i, expected other letters", lambda: form(i, d)),
    ("width: got i, expected other letters", lambda: form(2, i)),
    ("width: got 0, expected an integer >= 1$", lambda: G(2, 0)),
    ("width: got True", lambda: G(2, True)),
    ("width: got d, expected an integer >= 1$", lambda: G(2, d)),
    ("width: got N, expected .* or Symbol", lambda: form(2, plain)),
    ("width: got 1.5", lambda: symbolic.singular_values(1.5)),
    ("sigma: got 1 values, expected 2", lambda: G(2, 2, [1])),
    ("sigma: got 0 values, expected 1", lambda: eigenvalue(1, 1, 2, [])),
    ("sigma: got 0, expected positive", lambda: G(2, 2, [1, 0])),
    ("sigma: got -1, expected positive", lambda: form(2, 2, [1, -1])),
    ("sigma: got I, expected positive", lambda: form(2, 2, [1, sympy.I])),
    ("sigma: got oo, expected a finite", lambda: form(2, 2, [oo, 1])),
    ("sigma: got 0.5, .* float", lambda: G(2, 2, [1, 0.5])),
    ("sigma: got None, expected", lambda: G(2, 2, [1, None])),
    ("sigma: got True, expected a scalar", lambda: G(2, 2, [2, True])),
    ("sigma: got 5, expected a sequence of 2", lambda: G(2, 2, 5)),
    ("sigma: got 1 before 2, expected descending", lambda: form(2, 2, [1, 2])),
    ("sigma: got 1 before sqrt.2", lambda: symbolic.svd_jacobian(2, [1, sqrt(2)])),
    ("sigma: got f.*equal or different", lambda: G(2, 2, [g, f])),
    ("sigma: got .2, 1., expected an IndexedBase", lambda: form(2, d, [2, 1])),
    ("U: got 3 x 3, expected 2 x 2", lambda: G(2, 2, U=eye(3))),
    ("U: got U.T U different from I", lambda: G(2, 2, U=ones(2))),
    ("V: got V.T V different from I", lambda: symbolic.svd_jacobian_matrix(2, V=2 * eye(2))),
    ("U: got str, expected a sympy Matrix", lambda: G(2, 2, U="rotation")),
    ("V: got 0.6.* float", lambda: G(2, 2, V=[[0.6, -0.8], [0.8, 0.6]])),
    ("Z: got 1 x 2, expected d x d", lambda: symbolic.operator([[1, 2]], 2)),
    ("Z: got 0 x 0, expected d x d", lambda: symbolic.operator([], 2)),
    ("Z: got list, expected", lambda: symbolic.operator([[1, 2], [3]], 2)),
    ("i: got 0, expected an integer >= 1; indices start at 1", lambda: eigenvalue(0, 1, 2)),
    ("l: got 3, expected an integer in 1..2", lambda: eigenvalue(1, 3, 2, [2, 1])),
    ("i: got 1.0, expected", lambda: eigenvalue(1.0, 1, 2)),
    ("i: got True, expected", lambda: eigenvalue(True, 1, 2)),
    ("angle: got 0.5, .* float", lambda: symbolic.rotation(0.5)),
    ("normalization: got 'total'", lambda: form(2, 2, normalization="total")),
    *(
        ("depth: got infinity, but the 'sum' normalisation", call)
        for call in (
            lambda: form(oo, 2, normalization="sum"),
            lambda: form(math.inf, d, normalization="sum"),
            lambda: G(oo, 2, normalization="sum"),
            lambda: eigenvalue(1, 1, oo, normalization="sum"),
            lambda: symbolic.operator([[1]], oo, normalization="sum"),
            lambda: symbolic.metric_determinant(oo, 2, normalization="sum"),
        )
    ),
]


@pytest.mark.parametrize(("message", "call"), BAD, ids=[message for message, _ in BAD])
def test_bad_input(message: str, call: Callable[[], Any]) -> None:
    with pytest.raises(InputError, match=f"^{message}") as caught:
        call()
    assert "\n" not in str(caught.value)


def test_ascending_values_are_fine_where_no_order_is_used() -> None:
    assert symbolic.eigenvalues(2, 2, [1, 4]) == symbolic.eigenvalues(2, 2, [4, 1])[::-1, ::-1]
    assert symbolic.metric_determinant(2, 2, [1, 4]) == symbolic.metric_determinant(2, 2, [4, 1])
    assert symbolic.svd_jacobian_matrix(2, [1, 2]).shape == (4, 4)
