"""The path to a truncated decomposition, and how fast singular values move at most."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC, coefficient, infinite_metric
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import N, U, V, W, X, d, end_at, end_velocity_at, i, r, sigma, t
from dlnproof.definitions.truncation import BEFORE, LOST, PATH, RANK, moves
from dlnproof.kernel.terms import (
    Term,
    at_most,
    choose,
    diagonal,
    equal,
    every,
    number,
    total,
    transpose,
)

_T, _X, _I = t.term, X.term, i.term
_OWN: Final = coefficient(_X, _I, _I)
_KEPT: Final = choose(at_most(_I, r.term), sigma(_I), number(0))
_VELOCITY: Final = end_velocity_at(_T)


def _of_values(weight: Term) -> Term:
    return total(i, 1, d, weight * _OWN**2)


CLAIM = claim(
    "eckart-young",
    title="The path to a truncated decomposition",
    source=Source("MY2025", "Riemannian submersion; the path is stated here"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE, *RANK, *LOST, *PATH),
    chief=("speed", "infinite-bound"),
    sentences=(
        Sentence("start", equal(end_at(number(0)), W), "the start"),
        Sentence(
            "end", equal(end_at(number(1)), U * diagonal(i, d, _KEPT) * transpose(V)), "the end"
        ),
        Sentence(
            "velocity",
            every(t, BEFORE, equal(_VELOCITY, moves(_T, part("rate", i)))),
            "the velocity",
        ),
        Sentence(
            "speed",
            every(
                t,
                BEFORE,
                equal(
                    (1 / N) * METRIC(N, end_at(_T), _VELOCITY, _VELOCITY),
                    part("scale") * total(i, r.term + 1, d, part("value", i)),
                ),
            ),
            "the squared speed",
        ),
        Sentence(
            "bound",
            every(X, (), at_most(_of_values(sigma(_I) ** (2 / N - 2)), METRIC(N, W, _X, _X))),
            "the speed of singular values",
        ),
        Sentence(
            "infinite-bound",
            every(X, (), at_most(_of_values(1 / sigma(_I) ** 2), infinite_metric(W, _X, _X))),
            "the speed of their logarithms at infinite depth",
        ),
    ),
    parts={
        "rate": DEPTH_LETTER * I.sigma,
        "scale": DEPTH_LETTER + 0,
        "value": I.root**2,
    },
    routes=AT_POINTS,
    uses=("metric-diagonalization", "infinite-depth", "polar-action"),
    mutants=(
        Mutant("undivided", "without the factor $N$", {"rate": I.sigma + 0}),
        Mutant("unscaled", "without the factor $N$", {"scale": Number(1)}),
        Mutant("squared-depth", "$N^2$, as in the mean normalisation", {"scale": DEPTH_LETTER**2}),
        Mutant("frobenius", "the squares of the values", {"value": I.sigma**2}),
        Mutant("unsquared", "the roots unsquared", {"value": I.root + 0}),
    ),
)
