"""Straight lines of balanced factors in horizontal directions."""

from types import MappingProxyType
from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import (
    ALONG,
    ALONG_T,
    FRAME,
    FRAME_BEFORE_T,
    FRAME_T,
    JOINT,
    JOINT_T,
    POWER_AFTER,
    POWER_BEFORE,
    POWER_LESS,
    SHARED,
)
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import SQUARE, N, d, direction, factor, j, s
from dlnproof.definitions.orbits import TURNED, turned
from dlnproof.definitions.tower import HORIZONTAL, INVERSE, POLAR, TOWER, K, P
from dlnproof.kernel.terms import (
    INT,
    Term,
    at_most,
    each,
    equal,
    every,
    fresh,
    identity,
    integer,
    product,
    transpose,
)

_J, _S, _INDEX = j.term, s.term, fresh(INT)
_JOINT: Final = P ** (N - 1 - _J) * K * P ** (_J - 1)
_LETTERS: Final = MappingProxyType(
    {
        FRAME: turned(_J),
        FRAME_T: transpose(turned(_J)),
        FRAME_BEFORE_T: transpose(turned(_J - 1)),
        SHARED: P,
        POWER_AFTER: P ** (N - _J),
        POWER_BEFORE: P ** (_J - 1),
        POWER_LESS: P ** (N - 1),
        ALONG: K,
        ALONG_T: transpose(K),
        JOINT: _JOINT,
        JOINT_T: transpose(_JOINT),
    }
)


def _moved(at: Term) -> Term:
    """Return W_j + s H_j."""
    return factor(at) + _S * direction(at)


_UPPER, _LOWER = _moved(_J + 1), _moved(_J)
_GRAMS: Final = transpose(_UPPER) * _UPPER, _LOWER * transpose(_LOWER)
_STRAIGHT: Final = each(j, 1, N - 1, equal(*_GRAMS))
_ALWAYS: Final = every(s, (), _STRAIGHT)
_TWO, _MORE = equal(N, 2), at_most(3, N)
_NORMAL: Final = equal(transpose(K) * K, K * transpose(K))
_COMMUTES: Final = equal(K * P, P * K)
_SQUARE: Final = equal(transpose(K) * K, part("square", sort=SQUARE))
_ONE: Final = identity(d)
_IMAGE: Final = turned(N) * (P + _S * part("speed", sort=SQUARE)) ** N * transpose(turned(0))
_OF_TWO: Final = (
    turned(2)
    * (_ONE + _S * K)
    * P**2
    * (_ONE + _S * part("last", sort=SQUARE))
    * transpose(turned(0))
)

CLAIM = claim(
    "straight-horizontal-lines",
    title="Straight lines of balanced factors",
    source=Source("MY2025", "balanced factors; the classification is stated here"),
    given=(POLAR[0], *INVERSE, TURNED, *TOWER, *HORIZONTAL),
    chief=("straight", "commutes"),
    sentences=(
        Sentence(
            "lift",
            each(j, 1, N, equal(direction(_J), part("lift", j, sort=SQUARE))),
            "the direction",
        ),
        Sentence(
            "defect",
            each(
                j,
                1,
                N - 1,
                every(
                    s,
                    (),
                    equal(_GRAMS[0] - _GRAMS[1], _S**2 * part("defect", j, sort=SQUARE)),
                ),
            ),
            "the defect of balance along the line",
        ),
        Sentence(
            "straight-two",
            every(s, (_TWO, _NORMAL), _STRAIGHT),
            "two factors: balance along the line",
        ),
        Sentence(
            "straight",
            every(s, (_NORMAL, _COMMUTES), _STRAIGHT),
            "balance along the line",
        ),
        Sentence("normal-two", every((), (_TWO, _ALWAYS), _SQUARE), "two factors: the converse"),
        Sentence("normal", every((), (_MORE, _ALWAYS), _SQUARE), "the converse: normality"),
        Sentence(
            "commutes",
            every((), (_MORE, _ALWAYS), equal(K * P, part("commuted", sort=SQUARE))),
            "the converse: commuting",
        ),
        Sentence(
            "image",
            every(
                s, (*DEPTH, _COMMUTES), equal(product(_INDEX, 1, N, _moved(_INDEX.term)), _IMAGE)
            ),
            "the product along the line",
        ),
        Sentence(
            "image-two",
            every(s, (_TWO,), equal(_moved(integer(2)) * _moved(integer(1)), _OF_TWO)),
            "two factors: the product along the line",
        ),
    ),
    parts={
        "lift": FRAME * POWER_AFTER * ALONG * POWER_BEFORE * FRAME_BEFORE_T,
        "defect": FRAME * SHARED * (JOINT_T * JOINT - JOINT * JOINT_T) * SHARED * FRAME_T,
        "square": ALONG * ALONG_T,
        "commuted": SHARED * ALONG,
        "speed": POWER_LESS * ALONG,
        "last": ALONG,
    },
    letters=_LETTERS,
    routes=AT_POINTS,
    uses=("balanced-polar-tower",),
    mutants=(
        Mutant(
            "exchanged",
            "the exponents exchanged",
            {"lift": FRAME * POWER_BEFORE * ALONG * POWER_AFTER * FRAME_BEFORE_T},
        ),
        Mutant(
            "of-the-direction",
            "of $K$ alone what is not normal, as if there were two factors",
            {"defect": FRAME * SHARED * (ALONG_T * ALONG - ALONG * ALONG_T) * SHARED * FRAME_T},
        ),
        Mutant(
            "opposite-defect",
            "the opposite sign",
            {"defect": FRAME * SHARED * (JOINT * JOINT_T - JOINT_T * JOINT) * SHARED * FRAME_T},
        ),
        Mutant("symmetric", "$K$ symmetric in place of normal", {"square": ALONG * ALONG}),
        Mutant("transposed", "$K^T$ on the other side", {"commuted": SHARED * ALONG_T}),
        Mutant("without-power", "$K$ in place of $P^{N-1}K$", {"speed": ALONG}),
        Mutant("one-power-more", "$P^N K$", {"speed": POWER_LESS * SHARED * ALONG}),
        Mutant("congruence", "$K^T$ on the right, as of a congruence", {"last": ALONG_T}),
    ),
)
