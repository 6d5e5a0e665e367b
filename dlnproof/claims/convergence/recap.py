"""Convergence, rate and descent from the origin."""

from typing import Final

from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.spectrum import I, N
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import LETTERS, part, sentence_part
from dlnproof.definitions.hypotheses import (
    BALANCED_START,
    DEPTH,
    DURING,
    FLOW,
    GRADIENT,
    INTERVAL,
    LATER,
)
from dlnproof.definitions.letters import N as DEPTH_N
from dlnproof.definitions.letters import factor_at, gradient_at, k, loss, s, sigma_at, t, whole
from dlnproof.definitions.letters import i as index
from dlnproof.definitions.regression import COEFFICIENTS as Z
from dlnproof.definitions.regression import (
    COLUMN,
    DATA,
    DESCENT,
    EIGENVALUES,
    SCALAR,
    SIZES,
    TARGET,
    TARGET_MINUS_ONE,
    common,
    g,
    iterate,
    length_squared,
    scalar,
    squares,
    u,
    w,
)
from dlnproof.definitions.regression import ROWS as HOW_MANY
from dlnproof.kernel.terms import (
    Term,
    at_most,
    derivative,
    entry,
    equal,
    every,
    gradient,
    less,
    limit_at_infinity,
    number,
    positive,
    trace,
    transpose,
    zero,
)

EQUAL: Final = Letter("w", "w")
"""The common value of two equal scalar factors."""
ROWS: Final = Letter("X", "X")
ROWS_T: Final = Letter("X'", "X", "T")
COEFFICIENTS: Final = Letter("z", "z")
TARGETS: Final = Letter("y", "y")


def stuck(bound: Expression) -> Inequality:
    """Return the loss of two equal factors with target -1 >= bound."""
    return Inequality((EQUAL**2 + 1) ** 2 / 2, bound, (), Domain())


_T = t.term
_PRODUCT = whole(factor_at, 1, DEPTH_N, _T)
_VALUE = sigma_at(1, _T)
_ONE_WIDE = (*DURING, *SCALAR, equal(_VALUE, entry(_PRODUCT, 1, 1)), positive(_VALUE))
_EQUAL_START = (
    *LATER,
    *SCALAR,
    equal(DEPTH_N, 2),
    *TARGET_MINUS_ONE,
    equal(factor_at(1, number(0)), factor_at(2, number(0))),
)
_COMMON = (*_EQUAL_START, equal(common, scalar(1, _T)))
_LOSS = (common**2 + 1) ** 2 / 2
_RATE = part("rate", i=1, t=_T)
_MOVES = derivative(
    s,
    entry(whole(factor_at, 1, DEPTH_N, s.term), 1, 1),
    _T,
    -(_RATE * entry(gradient_at(_T), 1, 1)),
)
_THRESHOLD = number(DEPTH_N) ** (-number(DEPTH_N) / (2 * DEPTH_N - 2))


def _from(column: Term) -> Term:
    """Return X^T z."""
    return transpose(DATA) * column


def _solves(column: Term) -> Term:
    """Return that X w = y."""
    return equal(DATA * column, TARGET)


_START = _from(Z)
_SOLVES = (_solves(_START),)
_GRADIENT = gradient(w, squares(w.term), _START, g.term)
_LETTERS: Final = {
    **LETTERS,
    I.sigma: sigma_at(index.term, _T),
    I.root: sigma_at(index.term, _T) ** (1 / DEPTH_N),
    EQUAL: common,
    ROWS: DATA,
    ROWS_T: transpose(DATA),
    COEFFICIENTS: Z,
    TARGETS: TARGET,
}

CLAIM = claim(
    "recap",
    title="Convergence, rate and descent from the origin",
    source=Source("slides", "opening and closing lists"),
    given=(
        *DEPTH,
        *INTERVAL,
        *GRADIENT,
        *FLOW,
        *BALANCED_START,
        *SIZES,
        *DESCENT,
        *EIGENVALUES,
    ),
    chief=("stuck", "convergence"),
    sentences=(
        Sentence("equal", every(t, _EQUAL_START, equal(scalar(1, _T), scalar(2, _T))), "factors"),
        Sentence("loss", every(t, _COMMON, equal(loss(_PRODUCT), _LOSS)), "their loss"),
        Sentence("stuck", every(t, _COMMON, sentence_part("stuck")), "its least value"),
        Sentence("rate", every(t, _ONE_WIDE, _MOVES), "the rate at width one"),
        Sentence("one", every(t, (*_ONE_WIDE, equal(DEPTH_N, 1)), equal(_RATE, 1)), "at depth one"),
        Sentence(
            "faster",
            every(t, (*_ONE_WIDE, at_most(2, DEPTH_N), less(_THRESHOLD, _VALUE)), less(1, _RATE)),
            "above",
        ),
        Sentence(
            "slower",
            every(t, (*_ONE_WIDE, at_most(2, DEPTH_N), less(_VALUE, _THRESHOLD)), less(_RATE, 1)),
            "below",
        ),
        Sentence(
            "iterate",
            every(g, (_GRADIENT,), equal(_START - g.term, part("iterate", sort=COLUMN))),
            "a step of descent",
        ),
        Sentence(
            "row-space",
            every(
                (k, w),
                (at_most(0, k.term), equal(DATA * w.term, zero(HOW_MANY, 1))),
                equal(trace(transpose(w.term) * iterate(k.term)), 0),
            ),
            "the row space",
        ),
        Sentence(
            "unique",
            every(u, (*_SOLVES, _solves(_from(u.term))), equal(_from(u.term), _START)),
            "solutions in it",
        ),
        Sentence(
            "least-norm",
            every(
                w,
                (*_SOLVES, _solves(w.term)),
                at_most(length_squared(_START), length_squared(w.term)),
            ),
            "their norm",
        ),
        Sentence(
            "convergence",
            every((), _SOLVES, limit_at_infinity(k, iterate(k.term), _START)),
            "the limit",
        ),
    ),
    letters=_LETTERS,
    parts={
        "stuck": stuck(Number(1) / 2),
        "rate": N * (I.sigma / I.root) ** 2,
        "iterate": ROWS_T * (COEFFICIENTS - (ROWS * ROWS_T * COEFFICIENTS - TARGETS)),
    },
    routes=(Route.DERIVATION, Route.EXACT, Route.TRAINING),
    uses=("operator-spectrum", "end-to-end-flow"),
    scope="all $N$",
    mutants=(
        Mutant("greater", "loss at least 1", {"stuck": stuck(Number(1))}),
        Mutant("mean-rate", "the factor $N$ left out", {"rate": (I.sigma / I.root) ** 2}),
        Mutant("inverted-rate", "the inverse power", {"rate": N * (I.root / I.sigma) ** 2}),
        Mutant(
            "ascent",
            "a step up in place of down",
            {"iterate": ROWS_T * (COEFFICIENTS + (ROWS * ROWS_T * COEFFICIENTS - TARGETS))},
        ),
        Mutant(
            "untargeted",
            "without $y$",
            {"iterate": ROWS_T * (COEFFICIENTS - ROWS * ROWS_T * COEFFICIENTS)},
        ),
    ),
    as_printed=(
        AsPrinted(
            "convergence",
            Source("slides", "opening list of questions"),
            Witness.DUPLICATED,
            "convergence guarantees: yes, for balanced cases",
            r"\ell(W(t))\to\min\ell",
            r"Not to a global minimum in general: $\det W$ keeps its sign for $N\ge2$, so "
            r"$\det W(0) \det B<0$ is an obstruction.",
            least_depth=2,
        ),
        AsPrinted(
            "accelerated",
            Source("slides", "opening list of questions"),
            Witness.DUPLICATED,
            "the convergence rate can be accelerated by depth",
            r"N\sigma^{2-2/N}>1",
            "It can: at $d=1$ wherever the product exceeds $N^{-N/(2N-2)}$. Below, and so from "
            "small starts, depth slows it down.",
            as_stated=True,
        ),
        AsPrinted(
            "least-norm",
            Source("slides", "hypothesis 1"),
            Witness.SINGLE,
            "in linear regression gradient descent with zero initialization converges to the "
            "solution of minimum l2 norm",
            r"w\to\arg\min\{|w|:Xw=y\}",
            "Holds as extracted, for steps below 2 over the largest eigenvalue of $X^T X$ and "
            "$y$ in the range of $X$.",
            as_stated=True,
        ),
    ),
)
