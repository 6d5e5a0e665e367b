"""How the entropy of 2 x 2 matrices grows with their singular values."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, s
from dlnproof.definitions.two_values import FACTORED, FIRST, FRAMES, SECOND, VALUES, entropy
from dlnproof.kernel.terms import Term, at_most, derivative, equal, every, less, positive

_S: Final = s.term
_FIRST: Final = part("first", i=1, l=2)
_SECOND: Final = part("second", i=1, l=2)


def _relative(value: Term, rate: Term) -> Term:
    """Return a slope times N sigma^(2-2/N), as in the gradient for the metric, by the value."""
    return N * value ** (2 - 2 / N) * rate / value


_DEEP: Final = (at_most(2, N),)

CLAIM = claim(
    "entropy-shape",
    title="The entropy of two singular values",
    source=Source("MY2025", "entropy formula; its growth is stated here"),
    given=(*DEPTH, *FRAMES, *FACTORED, *VALUES),
    chief=("ratio", "two-factors"),
    sentences=(
        Sentence("first", derivative(s, entropy(_S, SECOND), FIRST, _FIRST), "its slopes"),
        Sentence("second", derivative(s, entropy(FIRST, _S), SECOND, _SECOND), "the other slope"),
        Sentence("first-grows", every((), _DEEP, positive(_FIRST)), "signs"),
        Sentence("second-grows", every((), _DEEP, positive(_SECOND)), "the sign of the other"),
        Sentence("gap", every((), _DEEP, at_most(_FIRST, _SECOND)), "the two slopes"),
        Sentence(
            "ratio",
            every(
                (),
                (at_most(3, N),),
                less(_relative(SECOND, _SECOND), _relative(FIRST, _FIRST)),
            ),
            "the gradient in the metric by the values",
        ),
        Sentence("two-factors", every((), (equal(N, 2),), equal(_FIRST, _SECOND)), "two factors"),
    ),
    parts={"first": f.ENTROPY_SLOPE, "second": f.ENTROPY_SLOPE_L},
    scope="all $N$, $d=2$",
    routes=AT_POINTS,
    uses=("orbit-volume",),
    mutants=(
        Mutant(
            "unhalved",
            "without the root of the volume",
            {"first": 2 * f.ENTROPY_SLOPE, "second": 2 * f.ENTROPY_SLOPE_L},
        ),
        Mutant(
            "shrinks",
            "the opposite sign: larger orbits at smaller values",
            {"first": 0 - f.ENTROPY_SLOPE, "second": 0 - f.ENTROPY_SLOPE_L},
        ),
        Mutant(
            "exchanged",
            "the slope of each value for the other",
            {"first": f.ENTROPY_SLOPE_L, "second": f.ENTROPY_SLOPE},
        ),
        Mutant(
            "undivided",
            "$1$ in place of $1/N$",
            {
                "second": f.ENTROPY_SLOPE_L * DEPTH_LETTER
                + (DEPTH_LETTER - 1) * L.sigma / (I.sigma**2 - L.sigma**2)
            },
        ),
    ),
    as_printed=(
        AsPrinted(
            "low-rank",
            Source("slides4", "summary of findings"),
            Witness.SOURCE_FILE,
            "the entropic term of the free energy favours solutions of low rank",
            r"\sigma_2\to0\ \Rightarrow\ S\to\max",
            r"At $d=2$ the entropy grows with both singular values: at a given $\sigma_1$ it is "
            r"less the smaller $\sigma_2$ is. Along its gradient in $g^{N}$ the ratio "
            r"$\sigma_1/\sigma_2$ grows for $N\ge3$, and stays for $N=2$.",
            least_depth=2,
        ),
        AsPrinted(
            "away-from-low-rank",
            Source("slides4", "gradient of the free energy"),
            Witness.SOURCE_FILE,
            "the entropic force pushes away from low rank",
            r"\Sigma'_{22}>0",
            r"Holds at $d=2$, as both singular values grow. (The slides call it a repulsion of "
            r"singular values, too: the ratio $\sigma_1/\sigma_2$ grows for $N\ge3$ alone.)",
            as_stated=True,
            least_depth=2,
        ),
    ),
)
"""The entropy, log vol(O_W), of 2 x 2 matrices by their singular values, for every N."""
