"""What a step of gradient descent has that gradient flow has not: the flow of another loss."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core import spectrum
from dlnproof.core.expression import Number
from dlnproof.definitions.end_flow import TARGET, misfit
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import coefficient
from dlnproof.definitions.hypotheses import BALANCED, DEPTH, POSITIVE, PRODUCT, SVD, WIDTH
from dlnproof.definitions.letters import N, W, d, direction, factor, i, l, s, sigma
from dlnproof.definitions.steps import downhill, energy, line, over, pairing
from dlnproof.kernel.terms import choose, derivative, equal, every, number, total

_ZERO: Final = number(0)
_ALONG: Final = line(direction)
_MISSED: Final = (number(1) / 2) * pairing(line(downhill))
_SAME: Final = equal(sigma(i.term), sigma(l.term))
_LENGTH: Final = choose(_SAME, part("coincident", i), part("distinct", i, l))
_SQUARES: Final = total(
    i, 1, d, total(l, 1, d, _LENGTH * coefficient(W - TARGET, i.term, l.term) ** 2)
)

CLAIM = claim(
    "gd-backward-error",
    title="The loss whose flow a step of gradient descent follows",
    source=Source("slides", "closing question on discretization; stated here"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE, *PRODUCT),
    chief=("balanced",),
    sentences=(
        Sentence(
            "gradient",
            derivative(s, misfit(over(_ALONG, 1, N)), _ZERO, pairing(factor)),
            "the loss along a line of factors",
        ),
        Sentence(
            "correction",
            derivative(s, part("correction") * energy(_ALONG) - _MISSED, _ZERO, _ZERO),
            "the squared gradients along that line, and the gradients along themselves",
        ),
        Sentence(
            "balanced",
            every((), BALANCED, equal(energy(factor), _SQUARES)),
            "the squared gradients at balanced factors",
        ),
    ),
    parts={
        "correction": Number(1) / 4,
        "distinct": f.SUM_EIGENVALUE,
        "coincident": f.SUM_EIGENVALUE_COINCIDENT,
    },
    routes=AT_POINTS,
    uses=("operator-spectrum",),
    mutants=(
        Mutant("half", "a half in place of a quarter", {"correction": Number(1) / 2}),
        Mutant("opposite", "the opposite sign", {"correction": Number(-1) / 4}),
        Mutant("none", "gradient flow itself, uncorrected", {"correction": Number(0)}),
        Mutant(
            "euclidean",
            "the squared gradient in $W$, as if of one matrix",
            {"distinct": Number(1), "coincident": Number(1)},
        ),
        Mutant(
            "mean",
            "the factor $N$ is left out",
            {"distinct": f.EIGENVALUE, "coincident": f.EIGENVALUE_COINCIDENT},
        ),
        Mutant(
            "coincident-exponent",
            r"$\sigma^{2 - 1/N}$ in place of $\sigma^{2 - 2/N}$ where the values coincide",
            {"coincident": spectrum.N * (spectrum.I.sigma**2 / spectrum.I.root)},
        ),
    ),
)
"""A step of size e ends where the flow of L + (e/4) |grad L|^2 is after the time e, up to e^3."""
