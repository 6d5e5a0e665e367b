"""The ratio of the singular values of 2 x 2 completions, by hand and of many matrices in floats."""

from importlib import import_module

import numpy as np
from flint import fmpq

from dlnproof.claims import CLAIMS
from dlnproof.claims.completion.norm_divergence import W12, W21, W22
from dlnproof.core.expression import Expression

checks = import_module("dlnproof.checks.completion.rc2020_constants")


def quarter(*entries: fmpq) -> fmpq:
    """Return the stated bound, by w_12, w_21 and |w_22|."""
    stated = CLAIMS["rc2020-constants"].parts["quarter"]
    assert isinstance(stated, Expression)
    found: fmpq = stated.at(dict(zip((W12, W21, W22), entries, strict=True)))
    return found


def test_an_extreme_matrix_by_hand() -> None:
    """With t = 1/2: [[17/6, 1], [1, 4/3]], whose values are 10/3 and 5/6."""
    W = checks.extreme(fmpq(1, 2))
    assert W.entries() == [fmpq(17, 6), 1, 1, fmpq(4, 3)]
    assert checks.ratio(W) == fmpq(1, 4)
    assert quarter(fmpq(1), fmpq(1), fmpq(4, 3)) == fmpq(4, 9)


def test_both_bounds_hold_of_many_matrices() -> None:
    """Of completions near the data, and of others; the second is nearly met."""
    rng, shares = np.random.default_rng(5), []
    for noise in (0.02, 0.3, 2.0):
        for drawn in rng.normal(size=(200, 4)):
            b, c, e = (fmpq(*float(x).as_integer_ratio()) for x in drawn[:3] * noise + (1, 1, 0))
            a = (b * c + fmpq(*float(abs(drawn[3])).as_integer_ratio())) / e
            first, second = np.linalg.svd(np.array([[a, b], [c, e]], float), compute_uv=False)
            if b * c > 0:
                assert second / first <= float(quarter(b, c, abs(e))) * (1 + 1e-6)
            rho = float((b - 1) ** 2 + (c - 1) ** 2 + e**2) ** 0.5
            if rho < 1:
                shares.append(second / first * 4 * (1 - rho) ** 2 / rho**2)
    assert len(shares) > 300
    assert 0.5 < max(shares) <= 1
