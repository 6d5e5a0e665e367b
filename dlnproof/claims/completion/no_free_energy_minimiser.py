"""The free energy of completion where an entry is free."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Letter, Number
from dlnproof.core.spectrum import WIDTH as WIDTH_LETTER
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.completion import absolute
from dlnproof.definitions.formulas import LETTERS, part
from dlnproof.definitions.free_energy import TEMPERATURE, beta
from dlnproof.definitions.free_entry import (
    COFACTOR,
    FACTORED,
    FREE,
    LATER,
    LOSS,
    PLACE,
    entropy,
    free_energy,
    line,
)
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, W, X, d, i, l, loss, t, y
from dlnproof.kernel.terms import (
    FALSE,
    Term,
    at_most,
    determinant,
    entry,
    equal,
    every,
    log,
    number,
    orthogonal_volume,
)

TIME: Final = Letter("t", "t")
INVERSE: Final = Letter("inverse", r"(X)_{l,i}")
"""The entry of the inverse that the determinant moves with."""
SLOPE: Final = 1 + TIME * INVERSE

_T: Final = t.term
_LETTERS: Final = {**LETTERS, TIME: _T, INVERSE: entry(X.term, l.term, i.term)}
_EQUAL: Final = (number(N) - 1) * log(orthogonal_volume(d)) + number(d) * (number(d) - 1) / 4 * log(
    number(N)
)
"""The entropy of an orthogonal matrix."""


def _size(matrix: Term) -> Term:
    return log(absolute(determinant(matrix)))


def _later(sentence: Term) -> Term:
    return every(t, LATER, sentence)


_GROWN: Final = part("rate") * (_size(W) + log(part("slope", i, l, t)))

CLAIM = claim(
    "no-free-energy-minimiser",
    title="The free energy of completion",
    source=Source("MY2025", "free energy; its lack of minimisers is stated here"),
    given=(*DEPTH, *PLACE, *COFACTOR, *FACTORED, *LOSS, *FREE, *TEMPERATURE),
    chief=("entropy", "none"),
    sentences=(
        Sentence(
            "entropy",
            _later(at_most(_EQUAL + part("rate") * _size(line(_T)), entropy(_T))),
            "the entropy by the determinant",
        ),
        Sentence(
            "determinant",
            _later(equal(determinant(line(_T)), determinant(W) * part("slope", i, l, t))),
            "the determinant",
        ),
        Sentence("loss", every(t, (), equal(loss(line(_T)), loss(W))), "the loss"),
        Sentence(
            "bound",
            _later(at_most(free_energy(_T), loss(W) - _EQUAL / beta - _GROWN / beta)),
            "the free energy",
        ),
        Sentence(
            "none",
            every(
                y,
                (at_most(2, N), at_most(2, d), _later(at_most(y.term, free_energy(_T)))),
                FALSE,
            ),
            "lower bounds",
        ),
    ),
    letters=_LETTERS,
    parts={"rate": f.EQUILIBRIUM, "slope": SLOPE},
    routes=AT_POINTS,
    uses=("orbit-volume",),
    mutants=(
        Mutant("unhalved", "without the root of the volume", {"rate": 2 * f.EQUILIBRIUM}),
        Mutant(
            "all-indices",
            "$d$ in place of $d-1$: each value paired with itself",
            {"rate": WIDTH_LETTER * (DEPTH_LETTER - 1) / (2 * DEPTH_LETTER)},
        ),
        Mutant(
            "all-frames",
            "$N$ in place of $N-1$: a frame for each factor",
            {"rate": (WIDTH_LETTER - Number(1)) / 2},
        ),
        Mutant(
            "bounded",
            r"no growth: as if $F_\beta$ were bounded below",
            {"rate": Number(0)},
        ),
        Mutant(
            "other-sign",
            "the determinant that shrinks",
            {"slope": 1 - TIME * INVERSE},
        ),
        Mutant(
            "squared",
            "the square: as if two entries moved",
            {"slope": SLOPE**2},
        ),
        Mutant(
            "linear",
            "the determinant without that of $W$",
            {"slope": TIME * INVERSE},
        ),
    ),
)
"""F has no lower bound along W + t E_il, where (i, l) is free: no minimiser at any temperature."""
