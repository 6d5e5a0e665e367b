"""The volume of the matrices of any shape and rank along singular values and vectors."""

from types import MappingProxyType
from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core import spectrum
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import FIRST_ROWS, LAST_ROWS, I, L, N
from dlnproof.core.spectrum import RANK as RANK_LETTER
from dlnproof.definitions.formulas import LETTERS, part
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N as DEPTH_TERM
from dlnproof.definitions.letters import i, l, s, sigma
from dlnproof.definitions.rectangular import (
    BY_ROOTS,
    LEFT_ACROSS,
    LEFT_TURN,
    LIFTED,
    MOVING,
    RANKED,
    RATES,
    RIGHT_ACROSS,
    RIGHT_TURN,
    D,
    H,
    curve,
    tangent,
)
from dlnproof.definitions.shapes import POSITIVE, RANK, THIN_SVD, WIDE, size
from dlnproof.kernel.terms import (
    Term,
    choose,
    derivative,
    different,
    each,
    entry,
    equal,
    every,
    inner,
    number,
    power,
    product,
    total,
    transpose,
    within,
)

_I, _L = i.term, l.term
_LETTERS: Final = MappingProxyType(
    {
        **LETTERS,
        spectrum.RANK: number(RANK),
        spectrum.FIRST_ROWS: number(size(0)),
        spectrum.LAST_ROWS: number(size(DEPTH_TERM)),
    }
)
_PAIRS: Final = (*within(i, 1, RANK), *within(l, _I + 1, RANK))
_TOGETHER: Final = part("together", i, l)
_APART: Final = choose(equal(sigma(_I), sigma(_L)), part("coincident", i), part("apart", i, l))
_AREA: Final = 4 * (_TOGETHER * part("apart", i, l))
"""The determinant of x (a + b)^2 + y (a - b)^2 in a and b: 4 x y."""
_UNLIKE: Final = different(sigma(_I), sigma(_L))


def _over_values(value: Term) -> Term:
    return total(i, 1, RANK, value)


def _over_pairs(factor: Term, sign: int) -> Term:
    """Return the sum over pairs of a multiple of ((a_N)_il + (a_0)_il)^2, or of the difference."""
    one, other = (entry(turn, _I, _L) for turn in (LEFT_TURN, RIGHT_TURN))
    turns = one + other if sign == 1 else one - other
    return _over_values(total(l, _I + 1, RANK, factor * turns**2))


def _of_values(value: Term) -> Term:
    return product(i, 1, RANK, value)


def _of_pairs(value: Term) -> Term:
    return _of_values(product(l, _I + 1, RANK, value))


_LEAVING: Final = tuple(
    entry(transpose(columns) * columns, _I, _I) for columns in (LEFT_ACROSS, RIGHT_ACROSS)
)
_RADIAL: Final = _over_values(part("radial") * entry(D, _I, _I) ** 2)
_TURNS: Final = _over_pairs(_TOGETHER, 1) + _over_pairs(_APART, -1)
_EDGES: Final = _over_values(part("edge", i) * (_LEAVING[0] + _LEAVING[1]))
_EACH_EDGE: Final = tuple(
    product(l, RANK + 1, size(end), part("edge", i)) for end in (DEPTH_TERM, 0)
)
_BY_BLOCKS: Final = _of_values(part("radial") * (_EACH_EDGE[0] * _EACH_EDGE[1])) * _of_pairs(_AREA)
_CLOSED: Final = _of_values(part("scale") * power(part("root", i), 2 * part("across"))) * power(
    _of_pairs(part("gap", i, l)), 2
)
_APART_ALL: Final = each(i, 1, RANK, each(l, _I + 1, RANK, _UNLIKE))

CLAIM = claim(
    "volume-form-strata",
    title="Volume form, by rank and widths",
    source=Source("CMV2023", "Theorem 1.1; widths and ranks are added here"),
    given=(*DEPTH, *RANKED, *THIN_SVD, *POSITIVE, *MOVING, *LIFTED),
    chief=("metric", "density"),
    sentences=(
        Sentence(
            "moves",
            derivative(s, curve(BY_ROOTS), number(0), tangent(RATES)),
            "how the matrix moves with roots and vectors",
        ),
        Sentence(
            "metric",
            equal(inner(tangent(RATES), H), _RADIAL + _TURNS + _EDGES),
            "squared length",
        ),
        Sentence(
            "pair",
            every((i, l), (*_PAIRS, _UNLIKE), equal(_AREA, power(part("gap", i, l), 2))),
            "pairs of indices",
        ),
        Sentence(
            "density",
            every((), (*WIDE, _APART_ALL), equal(_BY_BLOCKS, _CLOSED)),
            "the squared density",
        ),
    ),
    parts={
        "radial": 1 * N,
        "together": f.SUM_METRIC_TOGETHER,
        "apart": f.SUM_METRIC_APART,
        "coincident": f.SUM_METRIC_APART_COINCIDENT,
        "edge": I.root**2,
        "scale": 1 * N,
        "gap": I.root**2 - L.root**2,
        "root": 1 * I.root,
        "across": LAST_ROWS - RANK_LETTER + (FIRST_ROWS - RANK_LETTER),
    },
    letters=_LETTERS,
    scope="all $N$, $d_j$ and $r$",
    routes=AT_POINTS,
    uses=("operator-spectrum", "metric-svd-frame"),
    mutants=(
        Mutant(
            "rows-alone",
            "the rows beyond $r$ without the columns",
            {"across": LAST_ROWS - RANK_LETTER},
        ),
        Mutant(
            "difference",
            "$d_N-d_0$, as at full rank, for any rank",
            {"across": LAST_ROWS - FIRST_ROWS},
        ),
        Mutant(
            "squares",
            r"$\sigma$ in place of $\sigma^{1/N}$ for edges",
            {"edge": I.sigma**2, "root": 1 * I.sigma},
        ),
        Mutant("mean", "the factor $N$ left out", {"radial": Number(1), "scale": Number(1)}),
        Mutant(
            "singular-values",
            r"$\sigma^2$ in place of $\sigma^{2/N}$ for pairs",
            {"gap": I.sigma**2 - L.sigma**2},
        ),
        Mutant(
            "exchanged",
            "turns in one sense and in the other exchanged",
            {
                "together": f.SUM_METRIC_APART,
                "apart": f.SUM_METRIC_TOGETHER,
                "coincident": Number(0),
            },
        ),
    ),
)
"""The volume of the matrices of rank r with d_N rows and d_0 columns, for every N."""
