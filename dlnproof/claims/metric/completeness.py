"""The matrices of full rank: not complete at any depth, complete at infinite depth."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.core.verdict import Route
from dlnproof.definitions.completeness import (
    GROWN,
    INFINITELY_SLOW,
    LAST,
    LENGTH,
    SLOW,
    SPEED,
    TIMES,
    square_between,
)
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC, infinite_metric, pair
from dlnproof.definitions.hypotheses import (
    DEPTH,
    EULER,
    PATH,
    POSITIVE,
    POSITIVE_AT,
    SVD,
    TURNING,
    WIDTH,
)
from dlnproof.definitions.letters import N, W, d, i, s, sigma_at, t
from dlnproof.definitions.truncation import BEFORE, moves, path
from dlnproof.kernel.terms import (
    Term,
    at_most,
    derivative,
    determinant,
    equal,
    every,
    log,
    number,
    within,
)

_I, _S, _T = i.term, s.term, t.term
_PLACE: Final = within(i, 1, d)
_MOVES: Final = moves(_T, part("rate", i))
_THEN, _NOW = sigma_at(_I, _S), sigma_at(_I, _T)
_SHARE: Final = (number(1) - _T) ** N


def _along(slow: tuple[Term, ...], sentence: Term) -> Term:
    return every((i, t, s), (*_PLACE, *TIMES, *slow), sentence)


CLAIM = claim(
    "completeness",
    title="Distances to matrices of lower rank, by depth",
    source=Source("MY2025", "Riemannian submersion; stated here"),
    given=(
        *DEPTH,
        *WIDTH,
        *SVD,
        *POSITIVE,
        *LAST,
        *PATH,
        *SVD_OF_END[:3],
        *POSITIVE_AT,
        *TURNING,
        *SPEED,
        *EULER,
    ),
    chief=("speed", "logarithms"),
    sentences=(
        Sentence(
            "velocity",
            every(t, BEFORE, derivative(s, path(_S), _T, _MOVES)),
            "a path from $W$",
        ),
        Sentence(
            "speed",
            every(
                t,
                BEFORE,
                equal(
                    (1 / N) * METRIC(N, path(_T), _MOVES, _MOVES),
                    part("scale") * part("value", i=d),
                ),
            ),
            "its squared speed",
        ),
        Sentence(
            "determinant",
            every(t, (), equal(determinant(path(_T)), _SHARE * determinant(W))),
            "its determinant",
        ),
        Sentence(
            "roots",
            _along(SLOW, at_most(part("scale") * square_between(_NOW ** (1 / N)), LENGTH**2)),
            "singular values on a path",
        ),
        Sentence(
            "logarithms",
            _along(INFINITELY_SLOW, at_most(square_between(log(_NOW)), LENGTH**2)),
            "at infinite depth",
        ),
        Sentence(
            "above",
            _along(INFINITELY_SLOW, at_most(_NOW, GROWN * _THEN)),
            "from above",
        ),
        Sentence(
            "below",
            _along(INFINITELY_SLOW, at_most(_THEN, GROWN * _NOW)),
            "from below",
        ),
        Sentence(
            "radial",
            every(
                i,
                _PLACE,
                equal(infinite_metric(W, pair(_I, _I), pair(_I, _I)), part("square", i)),
            ),
            "one value alone at infinite depth",
        ),
    ),
    parts={
        "rate": DEPTH_LETTER * I.sigma,
        "scale": DEPTH_LETTER + 0,
        "value": I.root**2,
        "square": 1 / I.sigma**2,
    },
    routes=(*AT_POINTS, Route.ENCLOSURE),
    uses=("operator-derivative", "kubo-mori", "eckart-young"),
    mutants=(
        Mutant("undivided", "without the factor $N$", {"rate": I.sigma + 0}),
        Mutant("unscaled", "without the factor $N$", {"scale": Number(1)}),
        Mutant("squared-depth", "$N^2$, as in the mean normalisation", {"scale": DEPTH_LETTER**2}),
        Mutant("twice-the-exponent", r"$\sigma^{2/N}$ for $\sigma^{1/N}$", {"value": I.root**4}),
        Mutant("unsquared", "the roots unsquared", {"value": I.root + 0}),
        Mutant(
            "of-the-logarithm",
            "of the last value: as if no depth were incomplete",
            {"rate": DEPTH_LETTER * I.root, "value": Number(1)},
        ),
        Mutant(
            "of-the-value",
            "of the value in place of its logarithm: as if infinite depth were incomplete",
            {"square": Number(1)},
        ),
        Mutant("of-the-root", "of its square root", {"square": 1 / I.sigma}),
        Mutant("halved", "half the speed", {"square": 1 / (4 * I.sigma**2)}),
    ),
)
"""The path from W comes to det = 0 after the length sqrt(N) sigma_d^(1/N), and by `roots` no other
one with differentiable frames after less: at no depth N are the matrices of full rank complete. At
infinite depth a path of bounded speed keeps all singular values in a compact part of (0, infinity)
as long as it lasts; so geodesics, whose frames are differentiable as they are analytic, do not end,
and by the theorem of Hopf and Rinow both components are complete."""
