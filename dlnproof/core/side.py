"""What a formula of a statement is: a number or matrix, a product over pairs, an inequality."""

from dlnproof.core.expression import Expression
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct

Side = Expression | PairProduct | Inequality
