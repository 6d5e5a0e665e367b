"""How sharp the loss is at factors of one matrix, and how long steps may be there."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core import spectrum
from dlnproof.core.spectrum import I
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import pair
from dlnproof.definitions.hypotheses import (
    ADJOINT,
    BALANCED,
    DEPTH,
    ORDERED,
    PARTIAL,
    POSITIVE,
    PRODUCT,
    SVD,
    WIDTH,
)
from dlnproof.definitions.letters import (
    N,
    W,
    Z,
    d,
    direction,
    e,
    factor,
    i,
    j,
    k,
    partial,
)
from dlnproof.definitions.sharpness import curvature, image, square
from dlnproof.kernel.terms import (
    Term,
    at_most,
    each,
    equal,
    every,
    integer,
    less,
    limit_at_zero,
    product,
    total,
)

_I, _J, _E, _Z = i.term, j.term, e.term, Z.term


def _stepped(residual: Term) -> Term:
    """Return what a step of gradient descent leaves of a residual, to first order."""
    return residual - _E * image(residual)


_MOVED: Final = product(k, 1, N, factor(k.term) + _E * direction(k.term)) - W
_IMAGE: Final = total(j, 1, N, partial(_J, direction(_J)))
_SHARP: Final = part("sharpness", i)
_SHARPEST: Final = part("sharpness", i=1)
_LONGEST: Final = part("longest", i=1)
_AT: Final = pair(_I, _I)
_TOP: Final = pair(integer(1), integer(1))

CLAIM = claim(
    "balanced-is-flattest",
    title="Sharpness of the loss at factors of a matrix",
    source=Source("slides", "closing question on discretization; stated here"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE, *ORDERED, *PRODUCT, *PARTIAL, *ADJOINT),
    chief=("bound", "largest"),
    sentences=(
        Sentence(
            "hessian",
            limit_at_zero(e, square(_MOVED) / (2 * _E**2), square(_IMAGE) / 2),
            "the loss near its zeros",
        ),
        Sentence("bound", each(i, 1, d, at_most(_SHARP, curvature(_AT))), "along singular vectors"),
        Sentence(
            "attained",
            every((), BALANCED, each(i, 1, d, equal(curvature(_AT), _SHARP))),
            "the same at balanced factors",
        ),
        Sentence(
            "largest",
            every(Z, BALANCED, at_most(curvature(_Z), _SHARPEST * square(_Z))),
            "balanced factors in other directions",
        ),
        Sentence(
            "long-step",
            every(e, (less(_LONGEST, _E),), less(1, square(_stepped(_TOP)))),
            "residuals after a long step",
        ),
        Sentence(
            "short-step",
            every(
                (e, Z),
                (*BALANCED, at_most(0, _E), at_most(_E, _LONGEST)),
                at_most(square(_stepped(_Z)), square(_Z)),
            ),
            "residuals after a short step of balanced factors",
        ),
    ),
    parts={"sharpness": f.SUM_EIGENVALUE_COINCIDENT, "longest": f.LONGEST_STEP},
    routes=(*AT_POINTS, Route.TRAINING),
    uses=("operator-spectrum", "end-to-end-flow"),
    mutants=(
        Mutant(
            "exponent",
            r"$\sigma^{2-1/N}$ in place of $\sigma^{2-2/N}$",
            {"sharpness": spectrum.N * (I.sigma**2 / I.root)},
        ),
        Mutant("mean", "the factor $N$ is left out", {"sharpness": I.sigma**2 / I.root**2}),
        Mutant(
            "squared",
            r"$\sigma^2$, as if the depth did not matter",
            {"sharpness": spectrum.N * I.sigma**2},
        ),
        Mutant(
            "half-step",
            "the reciprocal of the sharpness, not twice that",
            {"longest": f.LONGEST_STEP / 2},
        ),
        Mutant("mean-step", "the factor $N$ is left out", {"longest": 2 * I.root**2 / I.sigma**2}),
        Mutant(
            "depth-free-step",
            r"$\sigma^2$, as if the depth were a factor alone",
            {"longest": f.LONGEST_STEP / I.root**2},
        ),
    ),
)
