"""Volumes over the complex numbers and the quaternions, against Gram determinants of tangents."""

import math
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from dlnproof import entropy, log_orbit_volume, log_volume_form, operator_eigenvalues
from dlnproof.errors import InputError
from dlnproof.numeric.floats import volume
from dlnproof.numeric.floats.fields import Field
from dlnproof.numeric.floats.volume import log_group_volume

Matrix = NDArray[np.complex128]
FIELDS: dict[Field, list[Any]] = {
    "real": [np.eye(1)],
    "complex": [np.eye(1), 1j * np.eye(1)],
    "quaternion": [
        np.eye(2),
        np.diag([1j, -1j]),
        np.array([[0, 1], [-1, 0]]),
        np.array([[0, 1j], [1j, 0]]),
    ],
}
"""The units, as complex matrices: quaternions are 2 x 2 ones."""
OTHER: Any = "octonion"
each_field = pytest.mark.parametrize("field", FIELDS)


def unit(e: Any, d: int, i: int, l: int) -> Matrix:
    """Return e E_il."""
    place = np.zeros((d, d), dtype=complex)
    place[i, l] = 1
    return np.kron(place, e)


def skew(field: Field, d: int) -> list[Matrix]:
    """Return a basis of the skew-Hermitian matrices: pairs of squared length 2, and indices."""
    units = FIELDS[field]
    pairs = [unit(e, d, i, l) for e in units for i, l in combinations(range(d), 2)]
    indices = [unit(e, d, i, i) for e in units[1:] for i in range(d)]
    return [E - E.conj().T for E in pairs] + indices


def unitary(field: Field, d: int, seed: int) -> Matrix:
    """Return a unitary matrix over the field."""
    rng = np.random.default_rng(seed)
    found = sum(
        (rng.normal() * a for a in skew(field, d)), start=0 * unit(FIELDS[field][0], d, 0, 0)
    )
    one = np.eye(len(found))
    return np.asarray(np.linalg.solve(one - found / 2, one + found / 2))


def gram(rows: list[Any], field: Field) -> float:
    """Return the logarithm of the root of the Gram determinant, for Re Tr X^* Y."""
    flat = np.array([np.ravel(row) for row in rows])
    products = (flat.conj() @ flat.T).real / len(FIELDS[field][0])
    return float(np.linalg.slogdet(products)[1]) / 2 if rows else 0.0


@each_field
@pytest.mark.parametrize(
    ("depth", "sigma"), [(2, [3.0]), (2, [4, 1.5]), (3, [2, 2]), (3, [3, 2, 1])]
)
def test_the_orbit_is_a_group_times_its_gram_determinant(
    field: Field, depth: int, sigma: list[float]
) -> None:
    d, e = len(sigma), FIELDS[field][0]
    middle = np.kron(np.diag(np.array(sigma) ** (1 / depth)), e)
    Q = [unitary(field, d, j) for j in range(depth + 1)]
    W = [b @ middle @ a.conj().T for a, b in pairwise(Q)]
    rows = []
    for j in range(1, depth):
        for a in skew(field, d):
            moved = [0 * M for M in W]
            moved[j - 1], moved[j] = a @ W[j - 1], -W[j] @ a
            rows.append(np.array(moved))
    beta = len(FIELDS[field])
    halves = (depth - 1) * beta * d * (d - 1) / 4 * math.log(2)
    expected = (depth - 1) * log_group_volume(d, beta) + gram(rows, field) - halves
    assert log_orbit_volume(sigma, depth, field=field) == pytest.approx(expected, rel=1e-10)
    if field != "quaternion":
        whole = np.linalg.multi_dot(W[::-1])
        found = entropy(whole.real if field == "real" else whole, depth, field=field)
        assert found == pytest.approx(expected, rel=1e-10)


@each_field
@pytest.mark.parametrize("normalization", ["mean", "sum"])
@pytest.mark.parametrize("depth", [1, 2, 3, math.inf])
def test_the_volume_form_is_a_gram_determinant(
    field: Field, normalization: Any, depth: Any
) -> None:
    """Of dSigma + a Sigma - Sigma b, with imaginary diagonals of a - b alone."""
    if depth == math.inf and normalization == "sum":
        return
    sigma = [3.0, 1.5, 0.5]
    d, units = len(sigma), FIELDS[field]
    middle = np.kron(np.diag(sigma), units[0])
    pairs = len(units) * d * (d - 1) // 2
    basis = skew(field, d)
    moves = [unit(units[0], d, i, i) for i in range(d)]
    moves += [a @ middle for a in basis[:pairs]] + [-middle @ b for b in basis[:pairs]]
    moves += [a @ middle for a in basis[pairs:]]
    assert len(moves) == len(units) * d * d
    values = operator_eigenvalues(sigma, depth, normalization=normalization)
    scale = np.kron(values**-0.5, np.ones(units[0].shape))
    found = log_volume_form(sigma, depth, normalization=normalization, field=field)
    assert found == pytest.approx(gram([scale * Z for Z in moves], field), rel=1e-10)


def test_groups_by_hand() -> None:
    """U_1 is a circle, Sp_1 the sphere S^3; U_2 has 8 pi^3."""
    assert math.exp(log_group_volume(1, 2)) == pytest.approx(2 * math.pi)
    assert math.exp(log_group_volume(1, 4)) == pytest.approx(2 * math.pi**2)
    assert math.exp(log_group_volume(2, 2)) == pytest.approx(8 * math.pi**3)


@pytest.mark.parametrize("field", ["complex", "quaternion"])
def test_one_zero_is_enough(field: Field) -> None:
    """The orbit has no volume there, as U_1 is a circle; the form follows its exponent."""
    assert log_orbit_volume([2, 0], 2, field=field) == -math.inf
    assert log_orbit_volume([2, 0], 1, field=field) == 0
    beta = len(FIELDS[field])
    ends = [log_volume_form([2, 0], depth, field=field) for depth in (1, beta, beta + 1)]
    assert ends[0] == -math.inf
    assert math.isfinite(ends[1])
    assert ends[2] == math.inf


def test_in_batches() -> None:
    sigma = np.array([[[3.0, 1.0]], [[2.0, 2.0]]])
    for function in (log_orbit_volume, log_volume_form):
        found = function(sigma, 3, field="complex")
        assert found.shape == (2, 1)
        assert found[0, 0] == function([1.0, 3.0], 3, field="complex")
    W = np.array([[[1j, 2], [0, 1]], [[1, 0], [0, 1j]]])
    assert entropy(W, 2, field="complex")[1] == log_orbit_volume([1, 1], 2, field="complex")


@each_field
@pytest.mark.parametrize("depth", [1, 2, 3, math.inf])
@pytest.mark.parametrize("function", [log_orbit_volume, log_volume_form])
def test_what_is_differentiated_is_the_same_up_to_a_constant(
    function: Any, depth: float, field: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    if function is log_orbit_volume and depth in (1, math.inf):
        return
    sigma = np.array([[3.0, 2.0, 0.5], [0.1, 1.0, 7.0], [2.0, 1.9, 1.8]])
    values = function(sigma, depth, field=field)
    monkeypatch.setattr(volume, "differentiable", lambda value, by_pairs, at: by_pairs(at))
    constant = function(sigma, depth, field=field) - values
    np.testing.assert_allclose(constant, constant[0], atol=1e-12)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: log_orbit_volume([1], 2, field=OTHER), "expected 'real', 'complex' or"),
        (lambda: log_orbit_volume([1], 2, widths=2, field="complex"), "of real matrices only"),
        (lambda: log_volume_form([1], 2, shape=(2, 1), field="complex"), "of real matrices only"),
        (lambda: entropy([[1]], 2, rank=1, field="complex"), "of real matrices only"),
        (lambda: entropy([[1]], 2, field="quaternion"), "takes the singular values"),
        (lambda: entropy([[1, 2]], 2, field="complex"), "complex matrices are square"),
        (lambda: entropy([["x"]], 2, field="complex"), "no complex numbers"),
        (lambda: entropy([[math.nan]], 2, field="complex"), "not finite"),
    ],
)
def test_what_there_is_not_is_refused_in_a_line(call: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as error:
        call()
    assert "\n" not in str(error.value)


def test_complex_arrays_of_other_libraries_are_refused() -> None:
    torch = pytest.importorskip("torch")
    with pytest.raises(InputError, match="expected one of numpy"):
        entropy(torch.eye(2, dtype=torch.complex128), 2, field="complex")
