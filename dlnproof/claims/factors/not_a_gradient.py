"""Whether the flow of one row, of a constant gradient, is that of a gradient."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, N
from dlnproof.definitions import letters
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import s
from dlnproof.definitions.rows import ROW_SVD, Y, Z, has_potential, moves, pull, row, to
from dlnproof.kernel.terms import (
    Term,
    at_most,
    derivative,
    equal,
    every,
    inner,
    number,
    positive,
    root,
)

_Y, _Z, _NONE = Y.term, Z.term, number(0)


def _pulled(one: Term, other: Term) -> Term:
    """Return <Y, N A(c)> at w + s Z."""
    return inner(one, moves(letters.N, to(s, other), pull))


_AREA: Final = inner(pull, _Y) * inner(row, _Z) - inner(pull, _Z) * inner(row, _Y)
_AT: Final = to(s, _Z)
_CURL: Final = (N - 1) * (2 - N) / N / I.root**2

CLAIM = claim(
    "not-a-gradient",
    title="The Jacobian of the flow of one row",
    chief=("curl", "depth"),
    source=Source("slides2", "Claim 2, after Arora, Cohen and Hazan; differentiated here"),
    given=(*DEPTH, *ROW_SVD),
    sentences=(
        Sentence(
            "curl",
            every(
                (Y, Z),
                (),
                derivative(s, _pulled(_Y, _Z) - _pulled(_Z, _Y), _NONE, part("curl", i=1) * _AREA),
            ),
            "how far from symmetric",
        ),
        Sentence(
            "two-factors",
            every(
                Z,
                (),
                derivative(
                    s,
                    root(inner(_AT, _AT)) * inner(pull, _AT),
                    _NONE,
                    inner(_Z, moves(2, row, pull)),
                ),
            ),
            "two factors",
        ),
        Sentence(
            "depth",
            every(
                Z,
                (
                    has_potential(letters.N),
                    equal(inner(pull, _Z), 0),
                    equal(inner(_Z, _Z), inner(pull, pull)),
                    positive(inner(pull, pull)),
                ),
                at_most(letters.N, 2),
            ),
            "a potential on rows of two entries or longer",
        ),
    ),
    parts={"curl": _CURL},
    routes=AT_POINTS,
    uses=("single-output",),
    mutants=(
        Mutant(
            "squared", "$(N-1)^2$ in place of $(N-1)(2-N)$", {"curl": (N - 1) ** 2 / N / I.root**2}
        ),
        Mutant("always", "a gradient at every depth", {"curl": Number(0)}),
        Mutant(
            "exponent", r"$\sigma^{-1/N}$ in place of $\sigma^{-2/N}$", {"curl": _CURL * I.root}
        ),
        Mutant("turned", "the opposite sign", {"curl": 0 - _CURL}),
    ),
)
"""The Jacobian of the flow of a row with a constant gradient, for every N and d."""
