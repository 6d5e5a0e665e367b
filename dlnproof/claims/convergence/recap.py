"""Convergence, rate and the root of hypothesis 1."""

from typing import Final

from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.spectrum import I, N
from dlnproof.core.verdict import Route

EQUAL: Final = Letter("w", "w")
"""The common value of two equal scalar factors."""
ROWS: Final = Letter("X", "X")
ROWS_T: Final = Letter("X'", "X", "T")
COEFFICIENTS: Final = Letter("z", "z")
TARGETS: Final = Letter("y", "y")


def stuck(bound: Expression) -> Inequality:
    """Return the loss of two equal factors with target -1 >= bound."""
    return Inequality((EQUAL**2 + 1) ** 2 / 2, bound, (), Domain())


CLAIM = claim(
    "recap",
    title="Convergence, rate and the root of hypothesis 1",
    source=Source("slides", "opening and closing lists"),
    statement=(
        r"Balanced gradient flow need not converge to a global minimum: for $d=1$, $N=2$ and the "
        r"target $-1$, from $w_1=w_2$ the factors stay equal, and with $w$ their common value "
        r"\[<<stuck>>.\] At $d=1$ the gradient flow of balanced factors moves their product "
        r"$\sigma_i>0$ by $-<<rate>>$ times the derivative of the loss, against $-1$ at $N=1$: for "
        r"$N\ge2$ faster where $\sigma_i>N^{-N/(2N-2)}$, slower below. A step of gradient descent "
        r"on least squares $\frac12|Xw-y|^{2}$, of length one in the units of $X$, takes "
        r"$w=X^{T}z$ to \[<<iterate>>:\] from $w=0$ it stays in the row space of $X$, whose only "
        r"solution, if there is one, is that of least norm, and it converges to it if all "
        r"eigenvalues of $X^{T}X$ are below $2$."
    ),
    hypotheses=(r"$N\ge2$ for the comparison of rates",),
    parts={
        "stuck": stuck(Number(1) / 2),
        "rate": N * (I.sigma / I.root) ** 2,
        "iterate": ROWS_T * (COEFFICIENTS - (ROWS * ROWS_T * COEFFICIENTS - TARGETS)),
    },
    routes=(Route.DERIVATION, Route.EXACT, Route.TRAINING),
    uses=("balancedness", "end-to-end-flow"),
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
