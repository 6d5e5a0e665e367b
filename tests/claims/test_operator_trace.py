"""The claim operator-trace: what is measured of it is the sum of the eigenvalues."""

from fractions import Fraction

from dlnproof.language.radical import Radical
from dlnproof.numeric.exact.points import PointKey, Stratum, point
from dlnproof.quantities.operator import EIGENVALUE, TRACE


def test_the_trace_is_measured_as_the_sum_of_the_eigenvalues() -> None:
    at = point(PointKey(3, 3, Stratum.PAIR, 1, 0, 0))

    def total(values: object) -> Fraction:
        found = Fraction(0)
        for value in values:  # type: ignore[attr-defined]
            assert isinstance(value, Radical)
            found += Fraction(str(value.as_rational()))
        return found

    each, whole = (quantity.values(at).values() for quantity in (EIGENVALUE, TRACE))
    assert total(each) == total(whole)
