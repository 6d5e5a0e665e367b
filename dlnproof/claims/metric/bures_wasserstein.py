"""Two factors at positive semidefinite matrices: the Bures-Wasserstein metric."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC, OPERATOR
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, W, X, Y, Z, d, j, t
from dlnproof.kernel.terms import (
    Term,
    different,
    equal,
    every,
    identity,
    inner,
    map_determinant,
    number,
    psd,
    psd_root,
    total,
    transpose,
)

_X, _Y, _T = X.term, Y.term, t.term
_HALF: Final = number(1) / 2
_ROOT: Final = psd_root(W, N)
TWO: Final = (equal(N, 2),)
REGULAR: Final = (different(map_determinant(Z, OPERATOR(N, W, Z.term)), 0),)
SYMMETRIC: Final = (equal(transpose(_X), _X),)


def _moved(one: Term) -> Term:
    """Return W X + X W."""
    return W * one + one * W


def _submersed(one: Term, other: Term) -> Term:
    """Return the inner product in the metric of the submersion, g^N / N."""
    return (1 / N) * METRIC(N, W, one, other)


_STRAIGHT: Final = identity(d) + _T * _X
_END: Final = identity(d) + _X

CLAIM = claim(
    "bures-wasserstein",
    title="Two factors at positive semidefinite matrices",
    source=Source("MY2025", "Riemannian submersion; stated here for two factors"),
    given=(psd(W),),
    sentences=(
        Sentence(
            "operator",
            every(
                X,
                DEPTH,
                equal(
                    OPERATOR(N, W, _X),
                    part("share")
                    * total(
                        j, 1, N, _ROOT ** (2 * (N - j.term)) * _X * _ROOT ** (2 * (j.term - 1))
                    ),
                ),
            ),
            "the operator",
        ),
        Sentence(
            "lyapunov",
            every(X, TWO, equal(OPERATOR(N, W, _X), part("half") * _moved(_X))),
            "the operator of two factors",
        ),
        Sentence(
            "metric",
            every(
                (X, Y),
                (*TWO, *REGULAR),
                equal(_submersed(_Y, _moved(_X)), part("weight") * (inner(_Y, _X) / 2)),
            ),
            "the metric of two factors",
        ),
        Sentence(
            "length",
            every(
                X,
                (*TWO, *REGULAR, *SYMMETRIC),
                equal(_submersed(_moved(_X), _moved(_X)), part("weight") * inner(_X, W * _X)),
            ),
            "squared lengths",
        ),
        Sentence(
            "path",
            every(
                (X, t),
                (),
                equal(
                    _STRAIGHT * W * _STRAIGHT,
                    (1 - _T) ** 2 * W
                    + _T**2 * (_END * W * _END)
                    + part("cross") * _T * (1 - _T) * (_HALF * (W * _END + _END * W)),
                ),
            ),
            "a path between two matrices",
        ),
    ),
    parts={
        "share": 1 / DEPTH_LETTER,
        "half": Number(1) / 2,
        "weight": Number(2),
        "cross": Number(2),
    },
    routes=AT_POINTS,
    mutants=(
        Mutant("without-depth", "without the factor $1/N$", {"share": Number(1)}),
        Mutant("undivided", "without the factor $1/2$: the sum normalisation", {"half": Number(1)}),
        Mutant(
            "bures", "the factor $1$: the Bures-Wasserstein metric itself", {"weight": Number(1)}
        ),
        Mutant("mean-normalisation", "the factor $4$ of $g^{N}$", {"weight": Number(4)}),
        Mutant("once", "the mixed terms once", {"cross": Number(1)}),
    ),
)
