"""What a file of your own claims imports: the public interface to claims, proofs and checks.

One claim is a :class:`Study`: the statement (:func:`claim`), made of typed sentences; a function
that returns its theorems (:class:`Deduction`); and a check for each of its numeric routes. A file
that defines ``STUDIES``, a list of them, is run by ``dlnproof check my_claims.py`` and rendered,
recorded and cited like the claims built in; ``examples/my_claims.py`` is a worked one,
``docs/your_claims.md`` explains it.
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
from dlnproof.claims.deduction import Deduction
from dlnproof.claims.schema import AsPrinted, Claim, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.claims.studies import Study, theorem
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import (
    PairProduct,
    determinant,
    over_all_pairs,
    per_index,
    per_pair,
    per_place,
    van,
)
from dlnproof.core.side import Side
from dlnproof.core.spectrum import WIDTH, I, L, N
from dlnproof.core.verdict import Route
from dlnproof.definitions import geometry, hypotheses, letters
from dlnproof.definitions.formulas import part, sentence_part
from dlnproof.kernel import (
    calculus,
    determinants,
    entries,
    indices,
    induction,
    integrals,
    limits,
    logic,
    numbers,
    ranges,
    signs,
    spectral,
    terms,
    words,
)
from dlnproof.kernel.theorem import Theorem, premise
from dlnproof.notation.coq import statement as coq_statement
from dlnproof.numeric.exact import exact_geometry, points, predictions, pullback, stencil
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.quantities.quantity import Pullback, Quantity
from dlnproof.tactics import agreement, equations, settle

__all__ = [
    "WIDTH",
    "AsPrinted",
    "Claim",
    "ConvergentCheck",
    "Deduction",
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
    "Pullback",
    "Quantity",
    "Question",
    "Readings",
    "Route",
    "Sentence",
    "Side",
    "Sides",
    "Source",
    "Study",
    "Theorem",
    "TrainingCheck",
    "Witness",
    "agreement",
    "calculus",
    "claim",
    "coq_statement",
    "determinant",
    "determinants",
    "entries",
    "equations",
    "exact_geometry",
    "geometry",
    "hypotheses",
    "indices",
    "induction",
    "integrals",
    "letters",
    "limits",
    "logic",
    "measured",
    "numbers",
    "over_all_pairs",
    "part",
    "per_index",
    "per_pair",
    "per_place",
    "points",
    "predictions",
    "premise",
    "pullback",
    "ranges",
    "sentence_part",
    "settle",
    "signs",
    "spectral",
    "stencil",
    "terms",
    "theorem",
    "van",
    "words",
]
