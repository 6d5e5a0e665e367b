"""Where the free energy of singular values is stationary."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import WIDTH as WIDTH_LETTER
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.formulas import part
from dlnproof.definitions.free_energy import ENERGY, TEMPERATURE, beta, force, of_equal, of_two
from dlnproof.definitions.hypotheses import DEPTH, WIDTH
from dlnproof.definitions.letters import N, d, s, x, y
from dlnproof.definitions.orbits import TURNED
from dlnproof.definitions.two_values import FACTORED, FIRST, FRAMES, SECOND, VALUES
from dlnproof.kernel.terms import Term, at_most, derivative, equal, every, less, number, positive

_S, _X, _Y = (v.term for v in (s, x, y))
_FIRST: Final = force(FIRST) - part("first", i=1, l=2) / beta
_SECOND: Final = force(SECOND) - part("second", i=1, l=2) / beta
_ABOVE: Final = (positive(_Y),)
_PLACE: Final = part("place")


def _stationary(at: Term) -> Term:
    """Return the derivative where all values are equal, over their number."""
    return force(at) - _PLACE / (beta * at)


CLAIM = claim(
    "free-energy-equilibria",
    title="Equilibria of the free energy",
    source=Source("MY2025", "entropy formula; equilibria are stated here"),
    given=(*DEPTH, *WIDTH, *FRAMES, *FACTORED, *VALUES, TURNED, *ENERGY, *TEMPERATURE),
    chief=("apart", "equilibrium"),
    sentences=(
        Sentence("first", derivative(s, of_two(_S, SECOND), FIRST, _FIRST), "two values"),
        Sentence("second", derivative(s, of_two(FIRST, _S), SECOND, _SECOND), "the other of two"),
        Sentence(
            "apart",
            every((), (at_most(2, N),), less(_SECOND, _FIRST)),
            "the two derivatives",
        ),
        Sentence(
            "together",
            every(y, _ABOVE, derivative(s, of_equal(_S), _Y, number(d) * _stationary(_Y))),
            "equal values",
        ),
        Sentence(
            "rises",
            every(
                (x, y),
                (positive(_X), less(_X, _Y)),
                less(_stationary(_X), _stationary(_Y)),
            ),
            "their derivative",
        ),
        Sentence(
            "equilibrium",
            every(y, (*_ABOVE, equal(_stationary(_Y), 0)), equal(_Y * force(_Y), _PLACE / beta)),
            "equal values at rest",
        ),
    ),
    parts={
        "first": f.ENTROPY_SLOPE,
        "second": f.ENTROPY_SLOPE_L,
        "place": f.EQUILIBRIUM,
    },
    scope="all $N$; two values that differ, or $d$ that are equal",
    routes=AT_POINTS,
    uses=("entropy-shape",),
    mutants=(
        Mutant(
            "unhalved",
            "the entropy without the root of the volume",
            {
                "first": 2 * f.ENTROPY_SLOPE,
                "second": 2 * f.ENTROPY_SLOPE_L,
                "place": 2 * f.EQUILIBRIUM,
            },
        ),
        Mutant(
            "other-sign",
            r"$E + S/\beta$ in place of $E - S/\beta$",
            {
                "first": 0 - f.ENTROPY_SLOPE,
                "second": 0 - f.ENTROPY_SLOPE_L,
                "place": 0 - f.EQUILIBRIUM,
            },
        ),
        Mutant(
            "exchanged",
            "the slope of each value for the other",
            {"first": f.ENTROPY_SLOPE_L, "second": f.ENTROPY_SLOPE},
        ),
        Mutant(
            "all-indices",
            "$d$ in place of $d-1$: each value paired with itself",
            {"place": WIDTH_LETTER * (DEPTH_LETTER - 1) / (2 * DEPTH_LETTER)},
        ),
        Mutant(
            "all-frames",
            "$N$ in place of $N-1$: a frame for each factor",
            {"place": (WIDTH_LETTER - Number(1)) / 2},
        ),
    ),
)
"""The free energy E - S / beta of singular values: no equilibrium but at equal ones, d = 2."""
