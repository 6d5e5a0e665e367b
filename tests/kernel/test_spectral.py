"""Definite matrices, roots, orthogonal matrices: true uses, and attacks on side conditions."""

from __future__ import annotations

import pytest

from dlnproof.kernel.logic import assume, specialise
from dlnproof.kernel.spectral import (
    ROOT,
    orthonormal_units,
    other_inverse,
    psd_congruence,
    psd_diagonal,
    psd_entry,
    psd_form,
    psd_gram,
    psd_identity,
    psd_multiple,
    psd_power,
    psd_sum,
    psd_total,
    psd_zero,
    root_power,
    root_psd,
    root_unique,
    symmetric_of,
)
from dlnproof.kernel.terms import (
    INT,
    REAL,
    SortError,
    Symbol,
    at_most,
    diagonal,
    different,
    each,
    equal,
    identity,
    integer,
    less,
    matrix_sort,
    number,
    orthonormal,
    psd,
    psd_root,
    total,
    trace,
    transpose,
    unit,
    variable,
    within,
)
from dlnproof.kernel.theorem import Refused

d, m, n, k, i, l = (variable(x) for x in "dmnkil")
SQUARE = matrix_sort(d.term)
A, B, U, V = (variable(x, SQUARE).term for x in "ABUV")
R = variable("R", matrix_sort(d.term, m.term)).term
c = variable("c", REAL).term
f = Symbol("f", REAL, (INT,))
M = Symbol("M", SQUARE, (INT,))
IS = assume(psd(A))
ZERO = number(0)


def test_what_is_positive_semidefinite() -> None:
    assert psd_gram(R).conclusion == psd(transpose(R) * R)
    assert psd_congruence(IS, transpose(R)).conclusion == psd(
        transpose(R) * A * transpose(transpose(R))
    )
    assert psd_congruence(IS, transpose(R)).hypotheses == IS.hypotheses
    assert psd_identity(d.term).conclusion == psd(identity(d.term))
    assert psd_zero(d.term).hypotheses == set()
    assert psd_sum(IS, assume(psd(B))).hypotheses == {psd(A), psd(B)}
    assert psd_multiple(assume(at_most(ZERO, c)), IS).conclusion == psd(c * A)
    assert psd_power(IS, n.term).hypotheses == {psd(A), at_most(0, n.term)}
    assert psd_power(IS, 2).hypotheses == {psd(A)}
    assert psd_power(IS, -1).hypotheses == {psd(A), at_most(0, integer(-1))}
    assert symmetric_of(IS).conclusion == equal(transpose(A), A)
    assert psd_form(IS, R).conclusion == at_most(ZERO, trace(transpose(R) * A * R))
    assert psd_entry(IS, i.term).hypotheses == {psd(A), *within(i, 1, d.term)}


def test_multiples_have_a_sign() -> None:
    for sentence in (at_most(c, ZERO), less(ZERO, c), equal(c, ZERO), at_most(number(-1), c)):
        with pytest.raises(Refused):
            psd_multiple(assume(sentence), IS)
    with pytest.raises(Refused):
        psd_multiple(IS, IS)
    with pytest.raises(Refused):
        psd_sum(IS, assume(equal(A, B)))
    with pytest.raises(SortError):
        psd_congruence(IS, R)


def test_diagonal() -> None:
    known = assume(each(i, 1, d.term, at_most(ZERO, f(i.term))))
    theorem = psd_diagonal(specialise(known, k.term), k, d.term)
    assert theorem.conclusion == psd(diagonal(k, d.term, f(k.term)))
    assert theorem.hypotheses == known.hypotheses
    with pytest.raises(Refused, match="free in the hypothesis"):
        psd_diagonal(assume(at_most(ZERO, f(k.term))), k, d.term)
    with pytest.raises(Refused, match="free in the hypothesis"):
        psd_diagonal(specialise(known, k.term), k, d.term + 1)
    with pytest.raises(Refused):
        psd_diagonal(assume(at_most(f(k.term), ZERO)), k, d.term)
    with pytest.raises(Refused):
        psd_diagonal(assume(at_most(number(-1), f(k.term))), k, d.term)
    for sentence in (different(ZERO, f(i.term)), at_most(number(-1), f(i.term))):
        other = specialise(assume(each(i, 1, d.term, sentence)), k.term)
        with pytest.raises(Refused, match=">= 0"):
            psd_diagonal(other, k, d.term)
    with pytest.raises(SortError):
        psd_diagonal(assume(at_most(ZERO, ZERO)), k, k.term)
    with pytest.raises(SortError):
        psd_diagonal(assume(at_most(ZERO, c)), variable("x", REAL), d.term)


def test_total() -> None:
    known = assume(each(i, 1, n.term, psd(M(i.term))))
    theorem = psd_total(specialise(known, k.term), k, 1, n.term)
    assert theorem.conclusion == psd(total(k, 1, n.term, M(k.term)))
    assert theorem.hypotheses == known.hypotheses | {at_most(0, n.term)}
    with pytest.raises(Refused, match="free in the hypothesis"):
        psd_total(assume(psd(M(k.term))), k, 1, n.term)
    with pytest.raises(Refused, match="free in the hypothesis"):
        psd_total(specialise(known, k.term), k, 0, n.term)


def test_roots() -> None:
    equation = assume(equal(A**n.term, B))
    theorem = root_unique(IS, equation)
    assert theorem.conclusion == equal(psd_root(B, n.term), A)
    assert theorem.hypotheses == {psd(A), equal(A**n.term, B), at_most(1, n.term)}
    assert theorem.named == {ROOT}
    with pytest.raises(Refused):
        root_unique(assume(psd(B)), equation)
    with pytest.raises(Refused):
        root_unique(equation, equation)
    with pytest.raises(Refused):
        root_unique(IS, assume(equal(B, A**n.term)))
    zeroth = root_unique(IS, assume(equal(A**0, B)))
    assert at_most(integer(1), 0) in zeroth.hypotheses
    power, root = root_power(IS, n.term), root_psd(IS, n.term)
    assert power.conclusion == equal(psd_root(A, n.term) ** n.term, A)
    assert power.hypotheses == root.hypotheses == {psd(A), at_most(1, n.term)}
    assert root_power(IS, 2).hypotheses == {psd(A)}
    with pytest.raises(Refused):
        root_power(assume(equal(transpose(A), A)), 2)
    with pytest.raises(Refused):
        root_psd(assume(equal(transpose(A), A)), 2)


def test_other_inverse() -> None:
    theorem = other_inverse(assume(equal(A * B, identity(d.term))))
    assert theorem.conclusion == equal(B * A, identity(d.term))
    thin = transpose(R) * R
    S = variable("S", matrix_sort(m.term, d.term)).term
    for sentence in (
        equal(R * S, identity(d.term)),
        equal(thin, identity(m.term)),
        equal(A * B, B * A),
        equal(A + B, identity(d.term)),
        equal(A * B, 2 * identity(d.term)),
        equal(c * c, number(1)),
    ):
        with pytest.raises(Refused):
            other_inverse(assume(sentence))


def test_orthonormal_units() -> None:
    left, right = (assume(equal(transpose(x) * x, identity(d.term))) for x in (U, V))
    theorem = orthonormal_units(left, right)
    body = U * unit(d.term, i.term, l.term) * transpose(V)
    assert theorem.conclusion == orthonormal(i, l, d.term, body)
    assert theorem.hypotheses == left.hypotheses | right.hypotheses
    thin = assume(equal(transpose(R) * R, identity(m.term)))
    for wrong in (
        assume(equal(transpose(U) * V, identity(d.term))),
        assume(equal(U * transpose(U), identity(d.term))),
        assume(equal(transpose(U) * U, 2 * identity(d.term))),
        thin,
    ):
        with pytest.raises(Refused):
            orthonormal_units(wrong, right)
        with pytest.raises(Refused):
            orthonormal_units(left, wrong)
    W = variable("W", matrix_sort(m.term)).term
    with pytest.raises(Refused, match="sizes"):
        orthonormal_units(left, assume(equal(transpose(W) * W, identity(m.term))))
