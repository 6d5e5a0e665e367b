"""The claim factor-norms: its points are of a product that is not of full rank."""

from dlnproof.claims import CLAIMS
from dlnproof.numeric.exact.matrices import columns
from dlnproof.numeric.exact.points import identity
from dlnproof.numeric.sentences import answer
from dlnproof.numeric.shaped_points import shaped


def test_the_columns_are_orthonormal() -> None:
    for rows, cols in ((1, 1), (4, 2), (3, 3)):
        matrix = columns(rows, cols)
        assert matrix.transpose() * matrix == identity(cols)


def test_it_is_true_of_factors_that_are_not_square() -> None:
    [name, point] = next(x for x in shaped(0, (3,), (2,)) if "1 and 2 more" in x[0])
    sizes = [point.values["d_j"](j) for j in range(4)]
    assert sizes == [3, 4, 3, 4], name
    claim = CLAIMS["factor-norms"]
    assert all(answer(given, point).value for given in claim.given)
    assert all(answer(sentence, point).guess for sentence in claim.says().values())
