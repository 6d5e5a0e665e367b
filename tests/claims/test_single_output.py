"""One row: by hand, and in factors of any layers between."""

from importlib import import_module
from itertools import pairwise

import pytest
from flint import fmpq_mat

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.matrices import product
from dlnproof.numeric.exact.points import PointKey, Stratum, point

single_output = import_module("dlnproof.checks.factors.single_output")
not_a_gradient = import_module("dlnproof.checks.factors.not_a_gradient")
PARTS = CLAIMS["single-output"].parts


def test_of_one_number_by_hand() -> None:
    """w = t^3: N w^(2-2/N) is 3 t^4, of which 2 t^4 is the projection."""
    made = point(PointKey(3, 1, Stratum.SIMPLE, 1, 0, 0))
    [t] = made.roots
    assert single_output.measure_exact(made) == [[3 * t**4]]
    assert single_output.stated(PARTS, "projection", made) == 2 * t**4


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_layers_are_balanced_and_their_product_is_the_row(depth: int) -> None:
    made = point(PointKey(depth, 3, Stratum.SIMPLE, 1, 0, 0))
    layers = single_output.layers(made)
    assert product(layers) == not_a_gradient.row(made)
    for below, above in pairwise(layers):
        assert above.transpose() * above == below * below.transpose()


def test_across_the_row_one_summand_is_left() -> None:
    """A gradient with G v = 0 is multiplied by sigma^(2-2/N) alone."""
    made = point(PointKey(3, 2, Stratum.SIMPLE, 1, 0, 0))
    a, b = single_output.units(made)[0].entries()
    across = fmpq_mat([[b, -a]])
    found = single_output.pushed(single_output.layers(made), across)
    assert found == across * made.roots[0] ** 4
