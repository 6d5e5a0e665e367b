"""What a file of your own claims imports: the public interface to claims, proofs and checks.

One claim is a :class:`Study`: the statement (:func:`claim`), a function that returns its
:class:`Proof`, and a check for each of its numeric routes. A file that defines ``STUDIES``, a list
of them, is run by ``dlnproof check my_claims.py`` and rendered, recorded and cited like the claims
built in; ``examples/my_claims.py`` is a worked one, ``docs/your_claims.md`` explains it.
"""

from dlnproof.claims import measured
from dlnproof.claims.check import (
    ConvergentCheck,
    EnclosureCheck,
    ExactCheck,
    Finding,
    Groups,
    Parts,
    Question,
    Readings,
    Sides,
    TrainingCheck,
)
from dlnproof.claims.schema import AsPrinted, Claim, Mutant, Source, Witness, claim
from dlnproof.claims.studies import Study
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import (
    PairProduct,
    determinant,
    over_all_pairs,
    per_index,
    per_pair,
    van,
)
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import DISTINCT, ONE_INDEX, ORDERED, WIDTH, I, L, N
from dlnproof.core.step import Side
from dlnproof.core.verdict import Route
from dlnproof.numeric.exact import exact_geometry, points, predictions, pullback, stencil
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.quantities.quantity import Pullback, Quantity

__all__ = [
    "DISTINCT",
    "ONE_INDEX",
    "ORDERED",
    "WIDTH",
    "AsPrinted",
    "Claim",
    "ConvergentCheck",
    "EnclosureCheck",
    "ExactCheck",
    "ExactPoint",
    "Expression",
    "Finding",
    "Groups",
    "I",
    "Inequality",
    "L",
    "Letter",
    "Mutant",
    "N",
    "Number",
    "PairProduct",
    "Parts",
    "Proof",
    "Pullback",
    "Quantity",
    "Question",
    "Readings",
    "Route",
    "Side",
    "Sides",
    "Source",
    "Study",
    "TrainingCheck",
    "Witness",
    "claim",
    "determinant",
    "exact_geometry",
    "measured",
    "over_all_pairs",
    "per_index",
    "per_pair",
    "points",
    "predictions",
    "pullback",
    "stencil",
    "van",
]
