"""Horizontal, vertical and normal directions of balanced factors."""

from types import MappingProxyType
from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import SKEW, SKEW_BEFORE, STRETCH, STRETCH_BEFORE, THIS
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import ADJOINT, BALANCED, DEPTH, PARTIAL
from dlnproof.definitions.letters import (
    SQUARE,
    N,
    Z,
    adjoint,
    d,
    direction,
    factor,
    j,
    k,
    partial,
    skewed,
    stretched,
    whole,
)
from dlnproof.definitions.splitting import INVERTIBLE, MOVING, ends, linearised
from dlnproof.kernel.terms import (
    Term,
    each,
    equal,
    every,
    inner,
    total,
    transpose,
    zero,
)

_J, _Z = j.term, Z.term
_LETTERS: Final = MappingProxyType(
    {
        THIS: factor(_J),
        SKEW: skewed(_J),
        SKEW_BEFORE: skewed(_J - 1),
        STRETCH: stretched(_J),
        STRETCH_BEFORE: stretched(_J - 1),
    }
)


def _part(name: str) -> Term:
    return part(name, j, sort=SQUARE)


def _sum(one: Term, other: Term) -> Term:
    return total(j, 1, N, inner(one, other))


_SKEW = each(j, 0, N, equal(transpose(skewed(_J)), -skewed(_J)))
_SYMMETRIC = each(j, 0, N, equal(transpose(stretched(_J)), stretched(_J)))
_VERTICAL, _NORMAL = ends(skewed), (_SYMMETRIC, *ends(stretched))
_TURNING = each(j, 1, N, equal(direction(_J), _part("vertical")))
_BELOW = whole(factor, 1, _J)
_BOTH = skewed(_J) + stretched(_J)
_FROM_BELOW = whole(factor, k.term + 1, _J) * direction(k.term) * whole(factor, 1, k.term - 1)
_SOLVED = each(j, 0, N, equal(_BOTH * _BELOW, total(k, 1, _J, _FROM_BELOW)))
_STILL = equal(total(j, 1, N, partial(_J, direction(_J))), zero(d))
_KINDS = (("vertical", _VERTICAL), ("normal", ends(stretched)))

CLAIM = claim(
    "three-way-splitting",
    title="Horizontal, vertical and normal directions",
    source=Source("MY2025", "tangents and normals of balanced factors; the form is stated here"),
    given=(*DEPTH, *BALANCED, *PARTIAL, *ADJOINT),
    chief=("horizontal-vertical", "horizontal-normal"),
    sentences=(
        *(
            Sentence(
                f"kernel-{kind}",
                every((), ends, equal(total(j, 1, N, partial(_J, _part(kind))), zero(d))),
                f"{kind} directions: the product",
            )
            for kind, ends in _KINDS
        ),
        *(
            Sentence(
                f"horizontal-{kind}",
                every(Z, ends, equal(_sum(adjoint(_J, _Z), _part(kind)), 0)),
                f"horizontal and {kind} directions",
            )
            for kind, ends in _KINDS
        ),
        Sentence(
            "vertical-normal",
            every(
                (),
                (_SKEW, *_VERTICAL, *_NORMAL),
                equal(_sum(_part("normal"), _part("vertical")), 0),
            ),
            "vertical and normal directions",
        ),
        Sentence(
            "vertical-tangent",
            every((), (_SKEW, _TURNING), MOVING),
            "vertical directions: balance, linearised",
        ),
        Sentence(
            "horizontal-tangent",
            each(j, 1, N - 1, every(Z, (), linearised(adjoint(_J + 1, _Z), adjoint(_J, _Z)))),
            "horizontal directions: balance, linearised",
        ),
        Sentence(
            "normal",
            every((), (*_NORMAL, MOVING), equal(_sum(_part("normal"), direction(_J)), 0)),
            "normal directions and tangents",
        ),
        Sentence(
            "sum",
            every(
                (),
                (INVERTIBLE, _SOLVED),
                each(j, 1, N, equal(direction(_J), _part("vertical") + _part("normal"))),
            ),
            "invertible products: the kernel",
        ),
        Sentence(
            "first-end",
            every((), (_SOLVED,), equal(skewed(0) + stretched(0), zero(d))),
            "invertible products: the first end",
        ),
        Sentence(
            "last-end",
            every((), (INVERTIBLE, _SOLVED, _STILL), equal(skewed(N) + stretched(N), zero(d))),
            "invertible products: the last end",
        ),
    ),
    parts={
        "vertical": SKEW * THIS - THIS * SKEW_BEFORE,
        "normal": STRETCH * THIS - THIS * STRETCH_BEFORE,
    },
    letters=_LETTERS,
    routes=AT_POINTS,
    uses=("riemannian-submersion",),
    singular=True,
    mutants=(
        Mutant(
            "added",
            "the sum in place of the difference, of vertical directions",
            {"vertical": SKEW * THIS + THIS * SKEW_BEFORE},
        ),
        Mutant(
            "stretched-added",
            "the sum in place of the difference, of normal directions",
            {"normal": STRETCH * THIS + THIS * STRETCH_BEFORE},
        ),
        Mutant(
            "free-end",
            "$b_j+jI$ in place of $b_j$, which is not $0$ at the end",
            {"normal": STRETCH * THIS - THIS * STRETCH_BEFORE + THIS},
        ),
        Mutant(
            "exchanged",
            "the neighbours exchanged",
            {
                "vertical": SKEW_BEFORE * THIS - THIS * SKEW,
                "normal": STRETCH_BEFORE * THIS - THIS * STRETCH,
            },
        ),
        Mutant(
            "vertical-alone",
            "no normal directions: the kernel is that of vertical ones",
            {"normal": STRETCH - STRETCH},
        ),
        Mutant(
            "one-sided", "the first term alone, of normal directions", {"normal": STRETCH * THIS}
        ),
    ),
)
