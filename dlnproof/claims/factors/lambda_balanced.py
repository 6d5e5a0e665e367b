"""Two factors out of balance by a multiple of the identity: what they are, and how they move."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import SPREAD_I, SPREAD_L, UNBALANCE, I
from dlnproof.definitions.completion import absolute
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import coefficient
from dlnproof.definitions.hypotheses import SVD
from dlnproof.definitions.letters import U, V, Z, d, i, l, s, unbalance
from dlnproof.definitions.two_layers import (
    FIRST,
    PRODUCT_OF_TWO,
    SECOND,
    UNBALANCED,
    in_frame,
    pulled,
)
from dlnproof.kernel.terms import (
    at_most,
    derivative,
    entry,
    equal,
    every,
    number,
    transpose,
    within,
)

_I, _L = i.term, l.term
_PLACE: Final = (*within(i, 1, d), *within(l, 1, d))
_SPEED: Final = part("speed", i, l)

CLAIM = claim(
    "lambda-balanced",
    title="Two factors out of balance by a multiple of the identity",
    source=Source("CMV2023", "balanced factors; the unbalanced ones are stated here"),
    given=(*UNBALANCED, *PRODUCT_OF_TWO, *SVD),
    chief=("last", "flow"),
    sentences=(
        Sentence(
            "last",
            equal(SECOND * transpose(SECOND), in_frame(U, part("last", i))),
            "the last factor",
        ),
        Sentence(
            "first",
            equal(transpose(FIRST) * FIRST, in_frame(V, part("first", i))),
            "the first factor",
        ),
        Sentence(
            "flow",
            every(
                (i, l, Z),
                _PLACE,
                derivative(
                    s,
                    entry(pulled(), _I, _L),
                    number(0),
                    -(_SPEED * coefficient(Z.term, _I, _L)),
                ),
            ),
            "the product along gradient flow of both",
        ),
        Sentence(
            "slowest",
            every((i, l), _PLACE, at_most(absolute(unbalance), _SPEED)),
            "a bound",
        ),
    ),
    parts={
        "last": (SPREAD_I + UNBALANCE) / 2,
        "first": (SPREAD_I - UNBALANCE) / 2,
        "speed": (SPREAD_I + SPREAD_L) / 2,
    },
    routes=AT_POINTS,
    scope="$N=2$, all $d$",
    mutants=(
        Mutant("exchanged", "that of the first", {"last": (SPREAD_I - UNBALANCE) / 2}),
        Mutant("balanced", "as if the factors were balanced", {"last": 1 * I.sigma}),
        Mutant("whole", r"$\lambda$ in place of its half", {"last": SPREAD_I / 2 + UNBALANCE}),
        Mutant("of-the-last", "that of the last", {"first": (SPREAD_I + UNBALANCE) / 2}),
        Mutant("doubled", "the sum in place of the mean", {"speed": SPREAD_I + SPREAD_L}),
    ),
)
"""W_2 W_2^T and W_1^T W_1 for W_2^T W_2 - W_1 W_1^T = lambda I, and the velocity of W_2 W_1."""
