"""How many directions balanced factors have, by rank and widths."""

from types import MappingProxyType
from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core import spectrum
from dlnproof.definitions.formulas import LETTERS, part
from dlnproof.definitions.hypotheses import ADJOINT, BALANCED, DEPTH, PARTIAL, WIDTH
from dlnproof.definitions.letters import (
    N,
    Z,
    adjoint,
    d,
    direction,
    factor,
    i,
    inverse_below,
    j,
    k,
    l,
    skewed,
    whole,
)
from dlnproof.definitions.shapes import RANK, SOME_RANK, WIDE, size
from dlnproof.definitions.splitting import INVERTIBLE, MOVING, ends
from dlnproof.kernel.terms import Term, each, equal, every, number, total, transpose

_I, _J, _K = i.term, j.term, k.term
_LETTERS: Final = MappingProxyType(
    {
        **LETTERS,
        spectrum.RANK: number(RANK),
        spectrum.ROWS: number(size(_J)),
        spectrum.FIRST_ROWS: number(size(0)),
        spectrum.LAST_ROWS: number(size(N)),
    }
)

_ENDS = ends(skewed)
_TURNS: Final = skewed(_J) * factor(_J) - factor(_J) * skewed(_J - 1)
_TURNING: Final = each(j, 1, N, equal(direction(_J), _TURNS))
_FROM_BELOW: Final = whole(factor, _K + 1, _J) * direction(_K) * whole(factor, 1, _K - 1)
_RECOVERED: Final = total(k, 1, _J, _FROM_BELOW) * inverse_below(_J)
_SKEW: Final = equal(transpose(skewed(_J)), -skewed(_J))


def _pairs(rows: Term, lowest: Term, top: Term) -> Term:
    """Return how many i = 1, ..., n and l = lowest, ..., top there are."""
    return total(i, 1, rows, total(l, lowest, top, number(1)))


_PRODUCT: Final = total(i, 1, RANK, number(size(0))) + total(i, RANK + 1, size(N), number(RANK))

CLAIM = claim(
    "balanced-dimension",
    title="The dimension of the balanced manifold",
    source=Source("MY2025", "dimension at full rank; widths and ranks are added here"),
    given=(*DEPTH, *WIDTH, *BALANCED, *PARTIAL, *ADJOINT),
    chief=("skew", "full"),
    sentences=(
        Sentence(
            "lifts",
            every(
                Z,
                (INVERTIBLE,),
                equal(adjoint(N, Z.term) * transpose(inverse_below(N - 1)), Z.term),
            ),
            "the matrix of a lift",
        ),
        Sentence(
            "turns",
            every(
                (),
                (_TURNING, _ENDS[0], INVERTIBLE),
                each(j, 0, N, equal(skewed(_J), _RECOVERED)),
            ),
            "by what factors turn",
        ),
        Sentence(
            "skew",
            every((), (_TURNING, *_ENDS, MOVING, INVERTIBLE), each(j, 0, N, _SKEW)),
            "balance, linearised: the kernel",
        ),
        Sentence(
            "full",
            equal(
                number(d) ** 2 + total(j, 1, N - 1, _pairs(d, _I + 1, d)),
                part("full"),
            ),
            "equal widths: entries of lifts and turns",
        ),
        Sentence(
            "level",
            equal(
                number(N) * number(d) ** 2 - total(j, 1, N - 1, _pairs(d, _I, d)),
                part("full"),
            ),
            "equal widths: entries of factors, and equations of balance",
        ),
        Sentence(
            "frame",
            every(
                (),
                (*SOME_RANK, *WIDE),
                each(j, 0, N, equal(_pairs(RANK, _I + 1, size(_J)), part("frame", j))),
            ),
            "other widths: turns of a frame",
        ),
        Sentence(
            "product",
            every((), (*SOME_RANK, *WIDE), equal(_PRODUCT, part("product"))),
            "other widths: how the product moves",
        ),
    ),
    parts={
        "full": f.MANIFOLD_DIMENSION,
        "frame": f.FRAME_DIMENSION,
        "product": f.PRODUCT_DIMENSION,
        "dimension": f.MANIFOLD_DIMENSION,
    },
    letters=_LETTERS,
    measured=(
        r"Measured at rational points, as ranks: at an invertible $W$ balanced factors have "
        r"$<<dimension>>$ dimensions; those of a product of rank $r$, of widths $d_0,\dots,d_N$, "
        r"have $<<product>>$, and $<<frame>>$ more for each $0<j<N$."
    ),
    empirical=frozenset({"dimension"}),
    scope="all $N$, $d_j$ and $r$",
    routes=AT_POINTS,
    uses=("three-way-splitting",),
    mutants=(
        Mutant(
            "symmetric",
            "$d(d+1)/2$ in place of $d(d-1)/2$",
            dict.fromkeys(
                ("full", "dimension"),
                spectrum.WIDTH**2 + (spectrum.N - 1) * (spectrum.WIDTH * (spectrum.WIDTH + 1) / 2),
            ),
        ),
        Mutant(
            "each-layer",
            "$N$ in place of $N-1$",
            dict.fromkeys(
                ("full", "dimension"),
                spectrum.WIDTH**2 + spectrum.N * (spectrum.WIDTH * (spectrum.WIDTH - 1) / 2),
            ),
        ),
        Mutant(
            "equal-widths",
            "turns within the columns alone, as if $d_j=r$",
            {"frame": spectrum.RANK * (spectrum.RANK - 1) / 2},
        ),
        Mutant(
            "both-sides",
            "the columns and the rows counted apart",
            {"product": spectrum.RANK * (spectrum.LAST_ROWS + spectrum.FIRST_ROWS)},
        ),
    ),
)
