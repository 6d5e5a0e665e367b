"""Products over i and over pairs i < l as boxes."""

from collections.abc import Callable

from dlnproof.core.expression import Expression
from dlnproof.core.product import PairProduct
from dlnproof.notation.boxes import Row, row
from dlnproof.notation.reading import as_written


def product_boxes(product: PairProduct, body: Callable[[Expression], Row | None]) -> Row:
    r"""Return a product as the field writes it, or by its factors: \\prod_i and \\prod_{i<l}.

    ``body`` makes of a factor what a product sign can stand before, None of 1.
    """
    if product.latex:
        return as_written(product.latex)
    found = [
        row(as_written(sign), factor)
        for sign, x in ((r"\prod_{i}", product.index), (r"\prod_{i<l}", product.pair))
        if (factor := body(x)) is not None
    ]
    if len(found) == 2:
        found.insert(1, as_written(r"\,"))
    return row(*found) if found else as_written("1")
