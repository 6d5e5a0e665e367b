"""Sums: traces and norms are measured as what they are, exactly and in balls."""

import re
from itertools import pairwise, product
from math import inf

import pytest
from flint import arb, ctx, fmpq

from dlnproof import log_ball_volume
from dlnproof.judge.targets import SUMS
from dlnproof.language.arithmetic import ball
from dlnproof.language.radical import Radical
from dlnproof.numeric.exact.matrices import product as multiplied
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.quantities.catalogue import QUANTITIES
from dlnproof.quantities.norms import shaped
from dlnproof.run.jobs import alone


def of(name: str, at: ExactPoint) -> fmpq:
    [value] = QUANTITIES[name].values(at).values()
    assert isinstance(value, Radical)
    found = value.as_rational()
    assert found is not None
    return fmpq(found.numerator, found.denominator)


def eigenvalues(at: ExactPoint) -> list[fmpq]:
    """Return N lambda_il for all i and l, by the sum that defines them."""
    N = int(at.depth)
    return [
        sum((a ** (2 * (N - j)) * b ** (2 * (j - 1)) for j in range(1, N + 1)), fmpq(0))
        for a, b in product(at.roots, repeat=2)
    ]


@pytest.mark.parametrize("stratum", [Stratum.SIMPLE, Stratum.PAIR])
@pytest.mark.parametrize(("depth", "width"), [(1, 2), (2, 2), (3, 3)])
def test_sums_are_those_of_their_terms(depth: int, width: int, stratum: Stratum) -> None:
    at = point(PointKey(depth, width, stratum, 1, 0, 0))
    values, zero = eigenvalues(at), fmpq(0)
    assert of("submersion-operator-trace", at) == sum(values, zero)
    assert of("operator-trace", at) == sum(values, zero) / depth
    assert of("metric-trace", at) == sum((depth / value for value in values), zero)
    expected = {
        "squared-norm": sum((s**2 for s in at.sigma), zero),
        "factors-squared-norm": depth * sum((t**2 for t in at.roots), zero),
    }
    for name, value in expected.items():
        quantity = QUANTITIES[name]
        assert of(name, at) == value
        assert quantity.balls is not None
        for digits in (20, 60):
            with alone(digits):
                [ball] = quantity.balls(at)
                assert ball.overlaps(arb(value))
                assert ball.rad() < value / 2 ** (ctx.prec - 20)
    assert QUANTITIES["squared-norm"].scale(at) == at.sigma[0] ** 2
    assert QUANTITIES["factors-squared-norm"].scale(at) == depth * at.roots[0] ** 2


def test_at_infinite_depth_it_is_the_sum_of_the_eigenvalues() -> None:
    at = point(PointKey(inf, 2, Stratum.SIMPLE, 1, 0, 0))
    with alone(30):
        found, values = (
            QUANTITIES[name].balls for name in ("infinite-operator-trace", "infinite-eigenvalue")
        )
        assert found is not None
        assert values is not None
        [total] = found(at)
        assert total.overlaps(sum(values(at)[1:], values(at)[0]))


def test_which_are_sums_and_which_are_of_any_rank() -> None:
    ranked = {"squared-norm", "factors-squared-norm"}
    assert {q.name for q in QUANTITIES.values() if q.ranked} == ranked
    sums = {q.name for q in QUANTITIES.values() if q.additive}
    assert sums - ranked == {
        name for name in QUANTITIES if name.endswith("-trace") and not name.startswith("log")
    }


def test_which_are_logarithms() -> None:
    logs = {q.name for q in QUANTITIES.values() if q.root is not None and q.root.log}
    density = "log-volume-density"
    assert logs == {"entropy", density, f"submersion-{density}", f"infinite-{density}"}


def test_factors_are_balanced_and_of_other_shapes() -> None:
    at = point(PointKey(3, 2, Stratum.SIMPLE, 1, 0, 0))
    factors = shaped(at)
    assert [(W.nrows(), W.ncols()) for W in factors] == [(4, 3), (3, 4), (4, 3)]
    for below, above in pairwise(factors):
        assert above.transpose() * above == below * below.transpose()
    assert multiplied(factors).rank() == 2


@pytest.mark.parametrize("depth", [1, 3])
def test_the_volume_of_a_ball_is_that_of_floats_wherever_it_is_measured(depth: int) -> None:
    for stratum in (Stratum.SIMPLE, Stratum.PAIR, Stratum.TINY):
        at = point(PointKey(depth, 2, stratum, 1, 0, 0))
        for name, expected in (
            ("ball-volume", log_ball_volume(2, depth)),
            ("submersion-ball-volume", log_ball_volume(2, depth, normalization="sum")),
        ):
            [value] = QUANTITIES[name].values(at).values()
            assert float(ball(value).log()) == pytest.approx(expected, rel=1e-12)


def test_of_what_a_normalisation_changes_both_are_there() -> None:
    finite = {name for name, quantity in QUANTITIES.items() if quantity.finite}
    summed = {name for name in finite if name.startswith("submersion-")}
    assert set(SUMS.values()) == summed
    alike = finite - summed - set(SUMS)
    drops_out = {"volume-gradient", "entropy-gradient", "ricci-diagonal", "ricci-mixed"}
    for name in alike - drops_out:  # here the metric's unit does not enter
        assert not re.search(r"mathcal\{A\}|g\^", QUANTITIES[name].definition)
