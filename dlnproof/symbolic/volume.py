"""det g^N, the SVD Jacobian and the volume form: products over i and i < l, for every width."""

from itertools import combinations, pairwise
from typing import Any

import sympy

from dlnproof import formulas
from dlnproof.core.expression import Expression
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import N, pair_values
from dlnproof.errors import InputError
from dlnproof.numeric.normalization import Normalization
from dlnproof.symbolic.arguments import Expr, as_width, depth_and_scale, is_natural
from dlnproof.symbolic.spectrum import level
from dlnproof.symbolic.svd import as_sigma, singular_values

_i, _l = sympy.symbols("i l", integer=True, positive=True)
_depth = sympy.Dummy("N", integer=True, positive=True)


def _product(
    product: PairProduct, depth: Expr, width: Expr, sigma: Any, *, descending: bool = False
) -> Expr:
    """Return the product at a spectrum, unevaluated over i and i < l where d is a symbol."""
    if is_natural(width):
        return _unevaluated(product, depth, width, sigma)
    values = as_sigma(sigma, int(width))
    for s, t in pairwise(values):
        if descending and (s - t).is_negative:
            raise InputError(f"sigma: got {s} before {t}, expected descending order")
    # one multiplication of all factors: PairProduct.at would make d^2 of them, each slower
    factors = [_factor(product.index, depth, s) for s in values]
    for s, t in combinations(values, 2):
        factors.append(_factor(product.at_coincidence() if s == t else product.pair, depth, s, t))
    # N is a letter until then, or sympy would make 2 (x - y) into 2 x - 2 y
    return sympy.Mul(*factors).xreplace({_depth: depth})


def _factor(factor: Expression, depth: Expr, s: Expr, t: Expr | None = None) -> Expr:
    """Return a factor of the product for the index of s, or for the pair of s and t."""
    second = None if t is None else level(t, depth)
    return factor.at(pair_values({N: _depth}, level(s, depth), second), sympy.Integer)


def _unevaluated(product: PairProduct, depth: Expr, width: Expr, sigma: Any) -> Expr:
    base = singular_values(width) if sigma is None else sigma
    if not isinstance(base, sympy.IndexedBase):
        raise InputError(f"sigma: got {sigma!r}, expected an IndexedBase, the width being {width}")
    for name, value in (("depth", depth), ("width", width)):
        if {_i, _l} & value.free_symbols:
            raise InputError(f"{name}: got {value}, expected other letters than the indices i, l")
    index = _factor(product.index, depth, base[_i]).xreplace({_depth: depth})
    pair = _factor(product.pair, depth, base[_i], base[_l]).xreplace({_depth: depth})
    value = sympy.Integer(1)
    if index != 1:
        value *= sympy.Product(index, (_i, 1, width))
    if pair != 1:
        # sympy merges directly nested products into one that doit() often cannot multiply out
        over_l = sympy.UnevaluatedExpr(sympy.Product(pair, (_l, _i + 1, width)))
        value *= sympy.Product(over_l, (_i, 1, width - 1))
    return value


def metric_determinant(
    depth: Any, width: Any, sigma: Any = None, *, normalization: Normalization = "mean"
) -> Expr:
    """Return det g^N, the product of all 1/lambda_il (over N^{d^2} for "sum").

    ``depth`` and ``sigma`` as for :func:`metric_matrix`. ``width`` may be
    ``Symbol("d", integer=True, positive=True)``: then products over i and i < l, of the elements
    of an ``IndexedBase`` sigma, which ``.subs(d, 3).doit()`` multiplies out.
    Raises :class:`~dlnproof.errors.InputError`. Source: CMV2023.

    >>> metric_determinant(2, 2)
    4*(sigma_1 - sigma_2)**2/(sigma_1*sigma_2*(sigma_1**2 - sigma_2**2)**2)
    >>> metric_determinant(2, 2, sigma=[4, 1]), metric_determinant(2, 2, sigma=[4, 4])
    (1/25, 1/256)
    """
    d = as_width(width, symbol=True)
    M, scale = depth_and_scale(depth, normalization)
    infinite = sympy.oo == M
    form = formulas.INFINITE_METRIC_DETERMINANT if infinite else formulas.METRIC_DETERMINANT
    # 1/lambda_il and 1/lambda_li differ in print by two signs; signsimp makes one square of them
    return sympy.signsimp(_product(form, M, d, sigma)) / scale ** (d**2)


def svd_jacobian(width: Any, sigma: Any = None) -> Expr:
    """Return van(Sigma^2), the density of dW with respect to dSigma dU dV (up to orientation).

    ``width`` and ``sigma`` as for :func:`metric_determinant`, sigma descending.
    Raises :class:`~dlnproof.errors.InputError`. Source: CMV2023, Lemma 2.7.

    >>> svd_jacobian(2)
    sigma_1**2 - sigma_2**2
    """
    d = as_width(width, symbol=True)
    return _product(formulas.SVD_JACOBIAN, sympy.Integer(1), d, sigma, descending=True)


def volume_form(
    depth: Any, width: Any, sigma: Any = None, *, normalization: Normalization = "mean"
) -> Expr:
    """Return the density of sqrt(det g^N) dW with respect to dSigma dU dV.

    It is N^{d(d-1)/2} det(Sigma^2)^{(1-N)/(2N)} van(Sigma^{2/N}), over N^{d^2/2} for "sum"; at
    infinite depth det(Sigma^2)^{-1/2} van(log Sigma^2). Arguments and errors as for
    :func:`svd_jacobian` and :func:`metric_determinant`. Source: CMV2023, Theorem 1.1.

    >>> volume_form(2, 2)
    2*(sigma_1 - sigma_2)/(sqrt(sigma_1)*sqrt(sigma_2))
    """
    d = as_width(width, symbol=True)
    M, scale = depth_and_scale(depth, normalization)
    form = formulas.INFINITE_VOLUME_FORM if sympy.oo == M else formulas.VOLUME_FORM
    return _product(form, M, d, sigma, descending=True) / scale ** (d**2 / sympy.Integer(2))
