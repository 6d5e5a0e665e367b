"""Norms of the minimisers of a completion problem."""

from typing import Final

from dlnproof.claims.completion.letters import X
from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.verdict import Route

POWER: Final = Letter("m", r"\sigma_{1}", "p")
"""sigma_1^p of W_x; sigma_2^p is its inverse."""


def schatten(bound: Expression) -> Inequality:
    """Return sigma_1^p + sigma_2^p >= bound."""
    return Inequality(POWER + 1 / POWER, bound, (), Domain(frozenset({POWER})))


CLAIM = claim(
    "norm-conjecture",
    title="Norms of the minimisers of a completion problem",
    source=Source("G2017", "Conjecture 1; the slides' hypothesis 1"),
    statement=(
        r"The $2\times2$ matrices with $w_{12}=w_{21}=1$, $w_{22}=0$ are $W_x$ with $w_{11}=x$. "
        r"Then $\det W_x=<<determinant>>$, so that none is positive semidefinite, and "
        r"\[\|W_x\|_F^2=<<frobenius>>,\qquad\|W_x\|_{*}^2=<<nuclear>>.\] "
        r"For every $p>0$ \[<<schatten>>,\] with "
        r"equality at $x=0$ only: every Schatten norm and quasi-norm is least there, and so is "
        r"every unitarily invariant norm. Not every norm is: $\|W\|=|w_{11}+w_{12}|+|w_{12}|+"
        r"|w_{21}|+|w_{22}|$ has the value $<<tilted>>$ at $W_{-1}$, less than at $W_0$."
    ),
    hypotheses=("$x$ real",),
    parts={
        "determinant": Number(-1),
        "frobenius": X**2 + 2,
        "nuclear": X**2 + 4,
        "schatten": schatten(Number(2)),
        "tilted": Number(2),
    },
    routes=(Route.DERIVATION, Route.EXACT, Route.ENCLOSURE),
    scope="all $x$",
    mutants=(
        Mutant("reversed", r"$\det W_x=1$", {"determinant": Number(1)}),
        Mutant("single", "$|W_x|_F^2=x^2 + 1$", {"frobenius": X**2 + 1}),
        Mutant("frobenius", "$|W_x|_*^2=x^2 + 2$", {"nuclear": X**2 + 2}),
        Mutant("greater", "at least 3", {"schatten": schatten(Number(3))}),
        Mutant("at-zero", "the tilted norm's value at $W_0$", {"tilted": Number(3)}),
    ),
    as_printed=(
        AsPrinted(
            "minimum-at-zero",
            Source("slides", "counterexample to hypothesis 1"),
            Witness.SINGLE,
            "minimizing any norm requires $x$ to be bounded (minimum at $x=0$)",
            r"\arg\min_x\|W_x\|=0",
            "As extracted. Every norm forces $x$ to be bounded, and every unitarily invariant "
            "one has its minimum at $x=0$; a general norm need not: $|w_{11} + w_{12}| + "
            "|w_{12}| + |w_{21}| + |w_{22}|$ is 3 at $x=0$ and 2 at $x= -1$.",
        ),
        AsPrinted(
            "conjecture-1",
            Source("slides", "Conjecture 1 as restated there"),
            Witness.DUPLICATED,
            "for matrix completion, gradient descent with small initialization converges to the "
            "solution of minimum nuclear norm",
            r"\lim W=\arg\min\|W\|_{*}",
            r"Refuted in this form by norm-divergence, for the flow: from $\det W(0)>0$ the "
            "nuclear norm tends to infinity. G2017 conjecture it for $W=X X^T$ positive "
            "semidefinite and a limit of zero loss: that is untouched here, since no $W_x$ is "
            "positive semidefinite.",
            least_depth=2,
        ),
    ),
)
