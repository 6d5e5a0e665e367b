"""How fast the squared distance to a matrix falls, and what keeps the flow from losing rank."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, N
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.end_flow import END_FLOW, MARGIN, TARGET, TO_TARGET, form, misfit
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC, OPERATOR, pair
from dlnproof.definitions.hypotheses import (
    DEPTH,
    DURING,
    EULER,
    INTERVAL,
    LATER,
    ORDERED,
    POSITIVE,
    SVD,
    WIDTH,
    during,
)
from dlnproof.definitions.letters import N as DEPTH_TERM
from dlnproof.definitions.letters import W, Z, c, d, end_at, euler, i, s, sigma_at, t
from dlnproof.definitions.sharpness import square
from dlnproof.kernel.terms import (
    Term,
    at_most,
    derivative,
    equal,
    every,
    number,
    power,
    within,
)

_S, _T, _Z, _C = s.term, t.term, Z.term, c.term
_OFF: Final = end_at(_T) - TARGET
_GRADIENT: Final = number(DEPTH_TERM) * OPERATOR(DEPTH_TERM, W, _Z)
_LEAST: Final = part("least", i=d)
_LAST: Final = pair(d, d)


def _left(time: Term) -> Term:
    """Return e^(-r t)."""
    return power(euler, -(part("scale") * _C ** part("weight") * time))


CLAIM = claim(
    "deficiency-margin",
    title="Descent to a matrix from nearby",
    source=Source("CMV2023", "gradient flow on the balanced manifold; stated here"),
    given=(
        *DEPTH,
        *WIDTH,
        *SVD,
        *POSITIVE,
        *ORDERED,
        *END_FLOW,
        *TO_TARGET,
        *SVD_OF_END,
        INTERVAL[0],
        *EULER,
    ),
    chief=("bound", "decay"),
    sentences=(
        Sentence(
            "gradient",
            every(
                Z,
                (),
                equal((1 / DEPTH_TERM) * METRIC(DEPTH_TERM, W, _GRADIENT, _GRADIENT), form(W, _Z)),
            ),
            "the squared length of a gradient",
        ),
        Sentence("bound", every(Z, (), at_most(_LEAST * square(_Z), form(W, _Z))), "the smallest"),
        Sentence(
            "attained",
            equal(form(W, _LAST), _LEAST * square(_LAST)),
            "the last pair of singular vectors",
        ),
        Sentence(
            "speed",
            every(t, DURING, derivative(s, misfit(end_at(_S)), _T, -form(end_at(_T), _OFF))),
            "the loss along the flow",
        ),
        Sentence(
            "falls",
            every(
                (s, t),
                (*during(_S), *DURING, at_most(_S, _T)),
                at_most(misfit(end_at(_T)), misfit(end_at(_S))),
            ),
            "the loss at two times",
        ),
        Sentence(
            "margin",
            every((i, t), (*within(i, 1, d), *LATER, *MARGIN), at_most(_C, sigma_at(i.term, _T))),
            "singular values along the flow",
        ),
        Sentence(
            "decay",
            every(
                t,
                (*LATER, *MARGIN),
                at_most(misfit(end_at(_T)), _left(_T) * misfit(end_at(number(0)))),
            ),
            "the loss after a start with such a margin",
        ),
    ),
    parts={
        "least": f.SUM_EIGENVALUE_COINCIDENT,
        "scale": 2 * N,
        "weight": 2 - Number(2) / N,
    },
    routes=AT_POINTS,
    uses=("operator-spectrum",),
    mutants=(
        Mutant(
            "exponent",
            r"$\sigma^{2-1/N}$ in place of $\sigma^{2-2/N}$",
            {"least": N * (I.sigma**2 / I.root)},
        ),
        Mutant("mean", "the factor $N$ is left out", {"least": I.sigma**2 / I.root**2}),
        Mutant("roots", r"$\sigma^{2/N}$: as if of the factors", {"least": N * I.root**2}),
        Mutant("squared", r"$\sigma^2$, as if of one matrix", {"least": N * I.sigma**2}),
        Mutant("of-the-distance", "half the rate, that of the distance", {"scale": 1 * N}),
        Mutant("mean-rate", "the rate without the factor $N$", {"scale": Number(2)}),
        Mutant("rate-of-roots", "$c^{2/N}$: as if of the factors", {"weight": Number(2) / N}),
        Mutant("rate-exponent", "$c^{2-1/N}$ in place of $c^{2-2/N}$", {"weight": 2 - 1 / N}),
    ),
)
"""Where W is farther from losing rank than from Y, W' = -N A(W - Y) stays so and finds Y."""
