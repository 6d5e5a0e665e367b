"""The claim volume-form: the sign of the density, and what the slides print, in fractions."""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy

from dlnproof.claims.check import TrainingCheck
from dlnproof.claims.volume.volume_form import CLAIM
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact.points import PointKey, Stratum, point
from dlnproof.quantities.volume_form import form
from dlnproof.run.jobs import alone, checks_of
from dlnproof.run.point import comparer

ID = "volume-form"

Matrix = npt.NDArray[Any]
"""Of fractions: all arithmetic is theirs."""


def test_the_sign_of_the_density_is_checked_by_every_numeric_route() -> None:
    turned = CLAIM.as_printed[1].parts
    at = point(PointKey(2, 2, Stratum.SIMPLE, 1, 0, 0))
    for checked in checks_of(CLAIM):
        assert not isinstance(checked, TrainingCheck)
        with alone(50):
            compare = comparer(checked, at, 50)
            right = compare(checked.predict(CLAIM.parts, at), CLAIM.parts)
            parts = CLAIM.with_parts(turned)
            wrong = compare(checked.predict(parts, at), parts)
        assert right.verdict.holds
        assert wrong.verdict is Verdict.REFUTED


# --- as printed -----------------------------------------------------------------------------------


def exact(rows: Any) -> Matrix:
    return np.array([[Fraction(x) for x in row] for row in rows])


def squared_density(t: list[Fraction], Q: list[Matrix]) -> Any:
    """det(J)^2 / det(A) at d = 2, with A(Z) from its factors and J from the product rule."""
    depth = len(Q) - 1
    Lambda, Sigma = np.diag(np.array(t)), np.diag(np.array(t) ** depth)
    factors = [after @ Lambda @ before.T for before, after in pairwise(Q)]
    U, V = Q[-1], Q[0]
    one, turn = exact([[1, 0], [0, 1]]), exact([[0, 1], [-1, 0]])
    units = exact(np.eye(4, dtype=int).tolist()).reshape(4, 2, 2)
    partials = [U @ units[0] @ V.T, U @ units[3] @ V.T]
    partials += [U @ turn @ Sigma @ V.T, U @ Sigma @ turn.T @ V.T]
    columns = []
    for Z in units:
        total = 0 * Z
        for j in range(depth):
            after = reduce(np.matmul, reversed(factors[j + 1 :]), one)
            before = reduce(np.matmul, reversed(factors[:j]), one)
            total += after @ after.T @ Z @ before.T @ before
        columns.append(total.ravel() / depth)
    J = [Z.ravel() for Z in partials]
    return sympy.Matrix(J).det() ** 2 / sympy.Matrix(columns).det()


def test_van_reversed_is_negative_at_its_counterexample(
    refuted: Callable[[str, str], Any],
) -> None:
    found = refuted(ID, "van-reversed")
    depth, t = found.N, found.t
    assert (found.d, len(found.Q)) == (2, depth + 1)
    assert found.left > 0  # a density
    assert found.left**2 == squared_density(t, found.Q)
    reversed_van = t[1] ** 2 - t[0] ** 2
    assert found.right == depth * (t[0] * t[1]) ** (1 - depth) * reversed_van == -found.left


def test_what_is_measured_agrees_with_fractions_alone() -> None:
    for depth in (1, 2, 3):
        at = point(PointKey(depth, 2, Stratum.SIMPLE, -1, 0, 0))
        t = [Fraction(str(x)) for x in at.roots]
        Q = [exact([[str(x) for x in row] for row in frame.tolist()]) for frame in at.frames]
        assert Fraction(str(form(at))) ** 2 == squared_density(t, Q)
