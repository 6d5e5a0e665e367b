"""Norms along gradient flow."""

from typing import Final

from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.inequality import Inequality
from dlnproof.core.spectrum import I
from dlnproof.core.verdict import Route
from dlnproof.definitions.completion import (
    CONTINUOUS,
    END_FLOW,
    LOG_RANK,
    QUASI,
    SVD_OF_END,
    absolute,
    distance,
    nu,
)
from dlnproof.definitions.completion import RHO as RHO_IS
from dlnproof.definitions.formulas import LETTERS, part, sentence_part
from dlnproof.definitions.hypotheses import (
    DURING,
    INTERVAL,
    LATER,
    NONNEGATIVE,
    ORDERED,
    SVD,
    WIDTH,
)
from dlnproof.definitions.letters import (
    N,
    W,
    c,
    d,
    e,
    end_at,
    gradient_at,
    i,
    left_at,
    rho,
    right_at,
    s,
    sigma,
    sigma_at,
    t,
    x,
    y,
)
from dlnproof.kernel.terms import (
    Term,
    at_most,
    derivative,
    determinant,
    each,
    equal,
    every,
    less,
    log,
    number,
    positive,
    total,
    transpose,
    unit,
)
from dlnproof.kernel.terms import entry as entry_of

# W = [[w11, w12], [w21, w22]], with w12 = w21 = 1 and w22 = 0 observed
W11: Final = Letter("|w11|", "|(W)_{1,1}|")
W12: Final = Letter("w12", "w_{12}")
W21: Final = Letter("w21", "w_{21}")
W22: Final = Letter("|w22|", "|w_{22}|")
RHO: Final = Letter("rho", r"\rho")
"""sqrt(2 l)."""
SIGMA_1: Final = Letter("sigma_1", r"\sigma_{1}")
SIGMA_2: Final = Letter("sigma_2", r"\sigma_{2}")
THETA: Final = Letter("theta", r"\theta")
"""The share of the segment from W to a minimiser that lies before the first singular matrix."""
RATIO: Final = Letter("epsilon", r"\varepsilon")
LOG_INVERSE: Final = Letter("log(1/epsilon)", r"\log\tfrac{1}{\varepsilon}")
LOG_1P: Final = Letter("log(1+epsilon)", r"\log(1+\varepsilon)")
NORM: Final = Letter("|W|", r"\nu(W)")
REST: Final = Letter("|W - w11 E11|", r"\|W-w_{11}E_{11}\|")
TRIANGLE: Final = Letter("c", "c")
"""||A + B|| <= c (||A|| + ||B||)."""
E11, E12, E21, E22 = (Letter(f"|E{r}{k}|", rf"\nu(E_{{{r},{k}}})") for r in (1, 2) for k in (1, 2))

_ENTRY: Final = (1 - RHO) ** 2 / RHO
REST_BOUND: Final = TRIANGLE * ((1 + RHO) * E12) + TRIANGLE**2 * ((1 + RHO) * E21 + RHO * E22)


def entry(bound: Expression) -> Inequality:
    """Return |w11| >= bound, under what det W > 0 and rho <= 1 say of the entries."""
    given = (W11 * W22 - W12 * W21, RHO - W22, W12 - (1 - RHO), W21 - (1 - RHO), 1 - RHO)
    return Inequality(W11, bound, given, Domain(frozenset({RHO}), nonnegative=frozenset({W11})))


def small(bound: Expression) -> Inequality:
    """Return bound >= sigma_2, where the segment to a minimiser meets a singular matrix."""
    return Inequality(bound, SIGMA_2, (THETA * RHO - SIGMA_2, 1 - THETA), Domain(frozenset({RHO})))


def ratio(left: Expression) -> Inequality:
    """Return left >= (1 - rho)^2 sigma_2."""
    given = (RHO - SIGMA_2, RHO * SIGMA_1 - (1 - RHO) ** 2, 1 - RHO)
    return Inequality(left, (1 - RHO) ** 2 * SIGMA_2, given, Domain(frozenset({RHO, SIGMA_1})))


def entropy(bound: Expression) -> Inequality:
    """Return bound >= log erank(W), with epsilon = sigma_2 / sigma_1."""
    return Inequality(
        bound,
        LOG_1P + (RATIO / (1 + RATIO)) * LOG_INVERSE,
        (RATIO - LOG_1P,),
        Domain(frozenset({RATIO}), nonnegative=frozenset({LOG_INVERSE})),
    )


def norm(bound: Expression) -> Inequality:
    """Return c (|W| + what the other three entries can add) >= bound |E11|."""
    given = (TRIANGLE * (NORM + REST) - W11 * E11, REST_BOUND - REST, W11 - _ENTRY)
    domain = Domain(frozenset({RHO, TRIANGLE, E11}))
    return Inequality(TRIANGLE * (NORM + REST_BOUND), bound * E11, given, domain)


# --- sentences ------------------------------------------------------------------------------------

_T = t.term
_FREE, _C, _EPSILON = entry_of(W, 1, 1), c.term, e.term
_UNITS = {letter: nu(unit(d, r, k)) for letter, r, k in ((E11, 1, 1), (E12, 1, 2), (E21, 2, 1))}
_SIGMA, _ROOT = sigma_at(i.term, _T), sigma_at(i.term, _T) ** (1 / N)
_LETTERS: Final = {
    **LETTERS,
    I.sigma: _SIGMA,
    I.root: _ROOT,
    W11: absolute(_FREE),
    RHO: rho.term,
    SIGMA_1: sigma(1),
    SIGMA_2: sigma(2),
    RATIO: _EPSILON,
    LOG_INVERSE: log(1 / _EPSILON),
    LOG_1P: log(1 + _EPSILON),
    NORM: nu(W),
    TRIANGLE: _C,
    **_UNITS,
    E22: nu(unit(d, 2, 2)),
}
"""What letters of the inequalities stand for."""
_ENTROPY = log(1 + _EPSILON) + (_EPSILON / (1 + _EPSILON)) * log(1 / _EPSILON)
_OBSERVED = (equal(d, 2), positive(determinant(W)), less(rho.term, 1))
_RATIO = equal(_EPSILON, sigma(2) / sigma(1))


def _if(sentence: Term, *more: Term) -> Term:
    """Return a sentence about 2 x 2 matrices with det W > 0, rho < 1."""
    return every((), (*_OBSERVED, *more), sentence)


_SLOPE = entry_of(transpose(left_at(_T)) * gradient_at(_T) * right_at(_T), i.term, i.term)
_RATE = every(
    t,
    (*DURING, each(i, 1, d, positive(sigma_at(i.term, _T)))),
    derivative(
        s,
        log(absolute(determinant(end_at(s.term)))),
        _T,
        -total(i, 1, d, part("rate", i, t) * _SLOPE),
    ),
)


_SIGN = every(
    t,
    (*LATER, positive(determinant(end_at(number(0))))),
    positive(determinant(end_at(_T))),
)
_OTHERS = 2 * _UNITS[E12] + _C * (2 * _UNITS[E21] + 2 * nu(unit(d, 2, 2)))


def _near(bound: Term, distance_: Term) -> tuple[Term, Term]:
    """Return that a distance is so small that norms exceed a bound."""
    small = at_most(4 * _C * (bound + _C * _OTHERS) * distance_, _UNITS[E11])
    return at_most(2 * distance_, 1), small


_DIVERGENCE = every(t, (*_OBSERVED, *_near(_T, rho.term)), at_most(_T, nu(W)))
_ALONG = every(
    (t, y, x),
    (
        *LATER,
        equal(d, 2),
        positive(determinant(end_at(number(0)))),
        equal(x.term, distance(end_at(_T))),
        *_near(y.term, x.term),
    ),
    at_most(y.term, nu(end_at(_T))),
)

CLAIM = claim(
    "norm-divergence",
    title="Norms along gradient flow",
    source=Source("RC2020", "Theorem 1"),
    given=(
        at_most(2, N),
        *WIDTH,
        INTERVAL[0],
        *END_FLOW,
        *CONTINUOUS,
        *SVD_OF_END,
        *RHO_IS,
        *SVD,
        *NONNEGATIVE,
        *ORDERED,
        *QUASI,
    ),
    chief=("ratio", "divergence"),
    sentences=(
        Sentence("rate", _RATE, "the determinant along the flow"),
        Sentence("sign", _SIGN, "its sign"),
        Sentence("entry", _if(sentence_part("entry")), "the unobserved entry"),
        Sentence("small", _if(sentence_part("small")), "the second singular value"),
        Sentence("ratio", _if(sentence_part("ratio")), "their ratio"),
        Sentence("erank", _if(equal(LOG_RANK(), _ENTROPY), _RATIO), "the effective rank"),
        Sentence("entropy", _if(sentence_part("entropy"), _RATIO), "bounded"),
        Sentence("rank", _if(at_most(LOG_RANK(), 2 * rho.term / (1 - rho.term))), "by the loss"),
        Sentence("norm", _if(sentence_part("norm")), "quasi-norms"),
        Sentence("divergence", _DIVERGENCE, "an arbitrary bound"),
        Sentence("along", _ALONG, "an arbitrary bound, along the flow"),
    ),
    letters=_LETTERS,
    parts={
        "rate": I.sigma / I.root**2,
        "entry": entry(_ENTRY),
        "small": small(RHO),
        "ratio": ratio(RHO**2 * SIGMA_1),
        "entropy": entropy(RATIO * (1 + LOG_INVERSE)),
        "norm": norm(_ENTRY),
    },
    routes=(Route.DERIVATION, Route.EXACT, Route.ENCLOSURE, Route.TRAINING),
    uses=("operator-spectrum",),
    least_depth=2,
    scope=r"$N\ge2$",
    mutants=(
        Mutant("squared-rate", r"$\sigma^{2 - 2/N}$", {"rate": I.sigma**2 / I.root**2}),
        Mutant("rootless-rate", r"$\sigma$ in place of $\sigma^{1 - 2/N}$", {"rate": I.sigma}),
        Mutant("grown-entry", r"$(1 + \rho)^2 / \rho$", {"entry": entry((1 + RHO) ** 2 / RHO)}),
        Mutant("squared-entry", r"$(1 - \rho)^2 / \rho^2$", {"entry": entry(_ENTRY / RHO)}),
        Mutant("halved", r"$\sigma_2\le\rho / 2$", {"small": small(RHO / 2)}),
        Mutant("cubed", r"$\rho^3$ in place of $\rho^2$", {"ratio": ratio(RHO**3 * SIGMA_1)}),
        Mutant(
            "log-only",
            r"$\varepsilon\log(1/\varepsilon)$, without $\varepsilon$",
            {"entropy": entropy(RATIO * LOG_INVERSE)},
        ),
        Mutant("squared-norm", r"$(1 - \rho)^2 / \rho^2$", {"norm": norm(_ENTRY / RHO)}),
    ),
    as_printed=(
        AsPrinted(
            "theorem-1",
            Source("slides", "Theorem 1 as restated there"),
            Witness.SINGLE,
            r"if $\det W(0)>0$ (a 50% chance), then as the loss tends to 0 every norm and "
            "quasi-norm of $W(t)$ diverges and the effective rank tends to 1",
            r"\det W(0)>0:\quad\|W(t)\|\to\infty,\quad\operatorname{erank}(W(t))\to1",
            r"Holds as extracted, for the flow and $N\ge2$. The chance is one half for any "
            "start whose distribution is symmetric under a change of sign of one row.",
            as_stated=True,
        ),
        AsPrinted(
            "unconditioned",
            Source("slides", "sentence before Theorem 1"),
            Witness.SINGLE,
            r"gradient flow on a deep matrix factorization ($L\ge2$) drives the unobserved "
            "entry to infinity",
            r"|w_{11}(t)|\to\infty",
            r"True for $\det W(0)>0$, as the theorem says. Of $\det W(0)<0$ it says nothing: "
            "flows from such starts are what is held against its bound here.",
        ),
        AsPrinted(
            "entry-grows",
            Source("slides", "verification of hypothesis 1"),
            Witness.DUPLICATED,
            "as the loss decreases, the absolute value of the unobserved entry increases",
            r"\ell\downarrow\ \Rightarrow\ |w_{11}|\uparrow",
            "$|w_{11}|$ tends to infinity, and exceeds an earlier value for good as soon as "
            r"$(1 - \rho)^2 / \rho$ does; but it need not grow at every time.",
            least_depth=2,
        ),
        AsPrinted(
            "figure-1",
            Source("slides", "verification of hypothesis 1"),
            Witness.DUPLICATED,
            "the experiments (Figure 1 of RC2020) validate the theorem: as the loss decreases, the "
            "unobserved entry grows",
            r"\ell\downarrow\ \Rightarrow\ |w_{11}|\uparrow",
            "The theorem, and its bound, are about the flow. What is held against the bound here "
            "is descent at depth 2, with two step sizes of the figure's legend as extracted and a "
            "smaller one, from starts of our own: the published figure is not run again.",
        ),
        AsPrinted(
            "descent-drives",
            Source("slides", "summary of findings"),
            Witness.DUPLICATED,
            "there are natural problems where gradient descent drives all norms to infinity",
            r"\|W\|\to\infty",
            r"Gradient flow does, from $\det W(0)>0$. Descent is followed here on this "
            "problem, at depth 2: what is looked for is that $|w_{11}|$ does not level off.",
        ),
        AsPrinted(
            "norms-grow",
            Source("slides", "verification of hypothesis 1"),
            Witness.DUPLICATED,
            "all norms must grow with the unobserved entry",
            r"|w_{11}|\uparrow\ \Rightarrow\ \|W\|\uparrow",
            "All norms are unbounded as $|w_{11}|$ is, but they need not grow with it at every "
            "time.",
            least_depth=2,
        ),
    ),
)
