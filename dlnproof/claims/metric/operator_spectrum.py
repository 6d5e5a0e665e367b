"""Spectrum of the operator."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import I, L, N
from dlnproof.definitions import letters
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import OPERATOR, pair
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, SVD
from dlnproof.definitions.letters import W, X, Y, d, i, j, l, sigma
from dlnproof.kernel.terms import (
    Term,
    different,
    equal,
    every,
    inner,
    orthonormal,
    positive,
    total,
    within,
    zero,
)

PLACE = (*within(i, 1, d), *within(l, 1, d))
s_i, s_l = sigma(i.term), sigma(l.term)
x, y = X.term, Y.term
n = letters.N
_SUM = (1 / n) * total(j, 1, n, (s_i**2) ** ((n - j.term) / n) * (s_l**2) ** ((j.term - 1) / n))


def operator(matrix: Term) -> Term:
    """Return A(X)."""
    return OPERATOR(n, W, matrix)


def eigenvector(value: Term) -> Term:
    """Return the sentence that u_i v_l^T is an eigenvector, with a value."""
    vector = pair(i.term, l.term)
    return equal(operator(vector), value * vector)


CLAIM = claim(
    "operator-spectrum",
    title="Spectrum of the operator",
    source=Source("CMV2023", "Lemma 2.4"),
    given=(*DEPTH, *SVD, *POSITIVE),
    chief=("distinct", "coincident"),
    sentences=(
        Sentence("sum", every((i, l), PLACE, eigenvector(_SUM)), "eigenvectors"),
        Sentence(
            "distinct",
            every((i, l), (*PLACE, different(s_i, s_l)), eigenvector(part("distinct", i, l))),
            "eigenvalues",
        ),
        Sentence(
            "coincident",
            every((i, l), (*PLACE, equal(s_i, s_l)), eigenvector(part("coincident", i, l))),
            "equal singular values",
        ),
        Sentence("basis", orthonormal(i, l, d, pair(i.term, l.term)), "the basis"),
        Sentence(
            "self-adjoint",
            every((X, Y), (), equal(inner(x, operator(y)), inner(operator(x), y))),
            "symmetry",
        ),
        Sentence(
            "positive",
            every(X, (different(x, zero(d)),), positive(inner(x, operator(x)))),
            "sign",
        ),
    ),
    parts={"distinct": f.EIGENVALUE, "coincident": f.EIGENVALUE_COINCIDENT},
    quantities={"eigenvalue": ("distinct", "coincident")},
    routes=AT_POINTS,
    mutants=(
        Mutant(
            "sum-normalisation",
            "the factor $1/N$ is left out",
            {"distinct": N * f.EIGENVALUE, "coincident": N * f.EIGENVALUE_COINCIDENT},
        ),
        Mutant(
            "shifted-index",
            "the exponent $j - 1$ is replaced by $j$",
            {
                "distinct": f.EIGENVALUE * L.root**2,
                "coincident": f.EIGENVALUE_COINCIDENT * I.root**2,
            },
        ),
        Mutant(
            "unsquared",
            r"$\sigma$ in place of $\sigma^2$ throughout",
            {
                "distinct": (I.sigma - L.sigma) / (N * (I.root - L.root)),
                "coincident": I.sigma / I.root,
            },
        ),
        Mutant(
            "unsquared-root",
            r"$\sigma^{1/N}$ in place of $\sigma^{2/N}$",
            {"distinct": (I.sigma**2 - L.sigma**2) / (N * (I.root - L.root))},
        ),
        Mutant(
            "coincident-limit",
            r"$\sigma^2$ in place of $(\sigma^2)^{(N-1)/N}$ where the values coincide",
            {"coincident": I.sigma**2},
        ),
    ),
)
