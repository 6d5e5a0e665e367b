"""Closed forms at an exact point: what the formulas of a statement predict there."""

from collections.abc import Mapping

from flint import fmpq

from dlnproof.core.expression import Expression, Letter
from dlnproof.core.product import PairProduct
from dlnproof.core.side import Side
from dlnproof.core.spectrum import DOUBLED, WIDTH, N, pair_values
from dlnproof.depth import INFINITE
from dlnproof.numeric.exact.points import ExactPoint

Value = fmpq  # or a ball, where a logarithm occurs


def common(point: ExactPoint) -> dict[Letter, fmpq]:
    """Return the values of N (at finite depth) and of the width."""
    values = {WIDTH: fmpq(point.width)}
    if point.depth != INFINITE:
        depth = int(point.depth)
        values |= {N: fmpq(depth), DOUBLED: fmpq(2) ** (depth - 1)}
    return values


def over_pairs(distinct: Side, coincident: Side, point: ExactPoint) -> list[list[Value]]:
    """Return [i][l]: one formula where sigma_i != sigma_l, the other where they are equal."""
    assert isinstance(distinct, Expression)
    assert isinstance(coincident, Expression)
    levels, shared = point.levels(), common(point)
    return [
        [
            coincident.at(pair_values(shared, a))
            if a[0] == b[0]
            else distinct.at(pair_values(shared, a, b))
            for b in levels
        ]
        for a in levels
    ]


def product_value(product: Side, point: ExactPoint) -> Value:
    """Return the value of a product over i and i < l."""
    assert isinstance(product, PairProduct)
    value: Value = product.at(common(point), point.levels())
    return value


def over_index(formula: Side, point: ExactPoint) -> list[Value]:
    """Return what an expression in sigma_i is for each i."""
    assert isinstance(formula, Expression)
    shared = common(point)
    return [formula.at(pair_values(shared, level)) for level in point.levels()]


def sum_over_index(summand: Side, point: ExactPoint) -> Value:
    """Return the sum over i of an expression in sigma_i."""
    return sum(over_index(summand, point), fmpq(0))


def sum_over_pairs(distinct: Side, coincident: Side, point: ExactPoint) -> Value:
    """Return the sum over i < l of one formula where sigma_i != sigma_l, and another where not."""
    table = over_pairs(distinct, coincident, point)
    return sum((x for i, row in enumerate(table) for x in row[i + 1 :]), fmpq(0))


def in_order(table: list[list[Value]]) -> list[Value]:
    """Return the entries [i][l] in the order of the columns of V kron U: l first, then i."""
    return [table[i][l] for l in range(len(table)) for i in range(len(table))]


Parts = Mapping[str, Side]
