"""Riemannian submersion."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core import spectrum
from dlnproof.core.spectrum import I, L
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC, OPERATOR, coefficient, pair
from dlnproof.definitions.hypotheses import (
    ADJOINT,
    BALANCED,
    DEPTH,
    NONNEGATIVE,
    PARTIAL,
    POSITIVE,
    PRODUCT,
    SVD,
    WIDTH,
)
from dlnproof.definitions.letters import (
    N,
    U,
    V,
    W,
    X,
    Y,
    Z,
    adjoint,
    d,
    direction,
    factor,
    i,
    j,
    k,
    l,
    m,
    partial,
    s,
    sigma,
)
from dlnproof.kernel.terms import (
    Term,
    at_most,
    derivative,
    different,
    each,
    equal,
    every,
    identity,
    inner,
    map_inverse,
    number,
    positive,
    total,
    transpose,
    unit,
    within,
    zero,
)

_J, _I, _L, _Z = j.term, sigma(i.term), sigma(l.term), Z.term
_PAIR = pair(i.term, l.term)
_PLACE = (*within(i, 1, d), *within(l, 1, d))
_OTHER = (*within(k, 1, d), *within(m, 1, d))
_CASES = (
    ("distinct", (different(_I, _L),), "different singular values"),
    ("coincident", (equal(_I, _L), positive(_I)), "equal singular values"),
    ("edge", (positive(_I), equal(_L, 0)), "the edge of the rank"),
)


def _differential(matrix: Term) -> Term:
    """Return dphi(dphi^*(M))."""
    return total(j, 1, N, partial(_J, adjoint(_J, matrix)))


def _inner(one: Term, other: Term) -> Term:
    """Return the inner product of dphi^*(M) and dphi^*(M')."""
    return total(j, 1, N, inner(adjoint(_J, one), adjoint(_J, other)))


def _lift(name: str) -> Term:
    """Return: dphi^*(c u_i v_l^T) is a preimage of u_i v_l^T."""
    return equal(_differential(part(name, i, l) * _PAIR), _PAIR)


def _norm(name: str) -> Term:
    """Return: this preimage has the squared norm c."""
    lifted = part(name, i, l) * _PAIR
    return equal(_inner(lifted, lifted), part(name, i, l))


_ORTHOGONAL = equal(_inner(_PAIR, pair(k.term, m.term)), 0)
_MOVED = total(j, 1, N, partial(_J, direction(_J)))
_BEYOND = (equal(_I, 0), equal(_L, 0))
_ONE, _S = identity(d), s.term
_CURVE = (_ONE + _S * X.term) * W * (_ONE + _S * Y.term)


def _turned(value: Term, frame: Term) -> Term:
    """Return I + s q_i q_l^T / c, for the columns of a matrix Q."""
    q = frame * unit(d, i.term, l.term) * transpose(frame)
    return _ONE + _S * ((1 / value) * q)


_SPANNED = (
    ("left", _I, W * _turned(_I, V)),
    ("right", _L, _turned(_L, U) * W),
)
_MIXED = total(j, 1, N, inner(adjoint(_J, _Z), direction(_J)))
_LENGTH = total(j, 1, N, inner(direction(_J), direction(_J)))
_ISOMETRY = equal(_inner(Y.term, _Z), inner(Y.term, number(N) * OPERATOR(N, W, _Z)))


_UPPER, _LOWER = factor(_J + 1), factor(_J)
_UP, _DOWN = adjoint(_J + 1, _Z), adjoint(_J, _Z)
_TANGENT = equal(
    transpose(_UPPER) * _UP + transpose(_UP) * _UPPER,
    _LOWER * transpose(_DOWN) + _DOWN * transpose(_LOWER),
)
_KERNELS = (
    equal(transpose(X.term) * _LOWER, zero(d)),
    equal(_LOWER * Y.term, zero(d)),
)
_RANK = equal(transpose(X.term) * _DOWN * Y.term, zero(d))
_METRIC = equal(
    inner(X.term, map_inverse(Z, number(N) * OPERATOR(N, W, _Z), Y.term)),
    (1 / N) * METRIC(N, W, X.term, Y.term),
)

CLAIM = claim(
    "riemannian-submersion",
    title="Riemannian submersion",
    source=Source("MY2025", "Riemannian submersion; the slides' Theorem 13"),
    given=(*DEPTH, *WIDTH, *PRODUCT, *BALANCED, *PARTIAL, *ADJOINT, *SVD, *NONNEGATIVE),
    chief=("horizontal", "isometry", "shortest"),
    sentences=(
        *(
            Sentence(f"{sentence}-{name}", every((i, l), (*_PLACE, *conditions), term), topic)
            for name, conditions, topic in _CASES
            for sentence, term in (("lift", _lift(name)), ("norm", _norm(name)))
        ),
        *(
            Sentence(
                f"orthogonal-{name}",
                every((i, l, k, m), (*_PLACE, *_OTHER, distinct), _ORTHOGONAL),
                "other singular vectors",
            )
            for name, distinct in (
                ("rows", different(k.term, i.term)),
                ("columns", different(m.term, l.term)),
            )
        ),
        Sentence(
            "kernel",
            every(
                (i, l),
                (*_PLACE, *_BEYOND, at_most(2, N)),
                equal(_differential(_PAIR), zero(d)),
            ),
            "beyond the rank",
        ),
        Sentence(
            "beyond",
            every(
                (i, l),
                (*_PLACE, *_BEYOND, at_most(2, N)),
                equal(coefficient(_MOVED, i.term, l.term), 0),
            ),
            "the image of the differential",
        ),
        Sentence(
            "tangents",
            every(
                (X, Y, Z, i, l),
                (*_PLACE, derivative(s, _CURVE, number(0), _Z), *_BEYOND),
                equal(coefficient(_Z, i.term, l.term), 0),
            ),
            "tangents of curves of fixed rank",
        ),
        *(
            Sentence(
                f"spanned-{name}",
                every(
                    (i, l),
                    (*_PLACE, positive(value)),
                    derivative(s, curve, number(0), _PAIR),
                ),
                "curves of fixed rank",
            )
            for name, value, curve in _SPANNED
        ),
        Sentence("horizontal", every(Z, (equal(_MOVED, zero(d)),), equal(_MIXED, 0)), "kernel"),
        Sentence("isometry", every((Y, Z), (), _ISOMETRY), "inner products of lifts"),
        Sentence(
            "shortest",
            every(Z, (equal(_MOVED, _differential(_Z)),), at_most(_inner(_Z, _Z), _LENGTH)),
            "the shortest preimage",
        ),
        Sentence("tangent", each(j, 1, N - 1, every(Z, (), _TANGENT)), "balance, linearised"),
        Sentence(
            "rank",
            every((j, X, Y, Z), (*within(j, 1, N), at_most(2, N), *_KERNELS), _RANK),
            "rank, linearised",
        ),
        Sentence("metric", every((X, Y), POSITIVE, _METRIC), "invertible matrices"),
    ),
    parts={
        "distinct": (I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2),
        "coincident": I.root**2 / (spectrum.N * I.sigma**2),
        "edge": I.root**2 / I.sigma**2,
    },
    routes=AT_POINTS,
    uses=("operator-spectrum",),
    singular=True,
    mutants=(
        Mutant(
            "mean-normalisation",
            "the metric $g^N$ itself: $N$ times too large",
            {
                "distinct": f.METRIC_ENTRY,
                "coincident": f.METRIC_ENTRY_COINCIDENT,
                "edge": spectrum.N * (I.root**2 / I.sigma**2),
            },
        ),
        Mutant(
            "inverted",
            "the eigenvalues of the operator in place of their reciprocals",
            {
                "distinct": f.SUM_EIGENVALUE,
                "coincident": f.SUM_EIGENVALUE_COINCIDENT,
                "edge": f.SUM_EIGENVALUE_EDGE,
            },
        ),
        Mutant(
            "edge-as-limit",
            r"the coincident value in place of the limit $\sigma_l\to0$ at a singular $W$",
            {"edge": I.root**2 / (spectrum.N * I.sigma**2)},
        ),
        Mutant(
            "unsquared",
            r"$\sigma$ in place of $\sigma^2$ throughout",
            {
                "distinct": (I.root - L.root) / (I.sigma - L.sigma),
                "coincident": I.root / (spectrum.N * I.sigma),
                "edge": I.root / I.sigma,
            },
        ),
    ),
    as_printed=(
        AsPrinted(
            "theorem-13",
            Source("slides", "Theorem 13, with the $1/N$ of Lemma 2.4"),
            Witness.SINGLE,
            r"the metric $g^N$ on the matrices of rank $r$, $g^N=\operatorname{Tr}(Z_{1}^T "
            r"\mathcal{A}_{N,W}^{-1} Z_{2})$ with the $1/N$ of Lemma 2.4, is obtained from "
            r"$\phi$ by Riemannian submersion",
            r"g^{N}\text{ is obtained from }\phi\text{ by Riemannian submersion}",
            "With the factor $1/N$ of Lemma 2.4, as extracted from the slides, the metric "
            "$g^N$ is $N$ times the one of the submersion; it becomes true when the metric "
            "upstairs is scaled by $N$.",
            {
                "distinct": f.METRIC_ENTRY,
                "coincident": f.METRIC_ENTRY_COINCIDENT,
                "edge": spectrum.N * (I.root**2 / I.sigma**2),
            },
        ),
    ),
)
