"""The sides of equations as boxes, and so as LaTeX."""

from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct
from dlnproof.core.side import Side
from dlnproof.notation.boxes import Row
from dlnproof.notation.expressions import total
from dlnproof.notation.latex import latex
from dlnproof.notation.products import product
from dlnproof.notation.reading import written


def tex(side: Side) -> str:
    """Return the LaTeX of one side of an equation."""
    return latex(boxes(side))


def boxes(side: Side) -> Row:
    """Return one side of an equation as boxes."""
    if isinstance(side, PairProduct):
        return product(side.written)
    if isinstance(side, Inequality):
        return written(total(side.left), r"\ge ", total(side.right))
    return total(side)
