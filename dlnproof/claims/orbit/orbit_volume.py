"""Volume of the orbit of balanced factorizations."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import COSINE, I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import BALANCED, DEPTH, POSITIVE, PRODUCT, SVD, WIDTH
from dlnproof.definitions.letters import N, U, V, d, factor, i, j, k, l, m
from dlnproof.definitions.orbits import (
    FRAME,
    GRAM,
    ORBIT,
    SINGULAR,
    TURNED,
    TURNED_ORBIT,
    from_frames,
    wave,
)
from dlnproof.kernel.terms import (
    PI,
    Term,
    each,
    entry,
    equal,
    every,
    gamma,
    identity,
    less,
    number,
    orthogonal_volume,
    power,
    product,
    root,
    sphere_volume,
    transpose,
)

_I, _J, _L, _M = i.term, j.term, l.term, m.term
_WAVE = wave(_M)
_EIGENVECTOR = equal(GRAM(_I, _L) * _WAVE, part("eigenvalue", i, l, m) * _WAVE)
_VOLUME = power(orthogonal_volume(d), N - 1) * root(part("squared"))
_HALF = number(k.term) / 2
_SPHERE = number(2) * power(PI, _HALF) / gamma(_HALF)
_GROUP = product(k, 1, d, power(number(2), number(k.term - 1) / 2) * _SPHERE)


def _invertible(sentence: Term) -> Term:
    """Return a sentence about an invertible W."""
    return every((), POSITIVE, sentence)


CLAIM = claim(
    "orbit-volume",
    title="Volume of the orbit of balanced factorizations",
    source=Source("MY2025", "entropy formula; the slides' Theorem 10"),
    given=(*DEPTH, *WIDTH, *SVD, *BALANCED, *PRODUCT),
    chief=("volume", "group"),
    sentences=(
        Sentence(
            "frames",
            _invertible(each(j, 0, N, equal(transpose(FRAME(_J)) * FRAME(_J), identity(d)))),
            "balanced factors: their frames",
        ),
        Sentence(
            "factors",
            _invertible(each(j, 1, N, equal(factor(_J), from_frames(FRAME, _J)))),
            "balanced factors",
        ),
        Sentence("first", _invertible(equal(FRAME(0), V)), "the first frame"),
        Sentence("last", _invertible(equal(FRAME(N), U)), "the last frame"),
        Sentence("volume", _invertible(equal(ORBIT, _VOLUME)), "the volume of the orbit"),
        Sentence(
            "corank-one",
            every((), (TURNED, *SINGULAR), equal(power(number(2), N - 1) * TURNED_ORBIT, _VOLUME)),
            "the volume at a vanishing value",
        ),
        Sentence(
            "eigenvector",
            _invertible(each(i, 1, d, each(l, _I + 1, d, each(m, 1, N - 1, _EIGENVECTOR)))),
            "eigenvectors of the Gram matrix of a pair",
        ),
        Sentence(
            "not-zero",
            each(m, 1, N - 1, less(number(0), entry(_WAVE, 1, 1))),
            "first entries of the eigenvectors",
        ),
        Sentence(
            "group",
            equal(
                orthogonal_volume(d),
                orthogonal_volume(d - 1)
                * power(part("length"), number(d - 1) / 2)
                * sphere_volume(d),
            ),
            "the volume of the group",
        ),
        Sentence("no-group", equal(orthogonal_volume(0), number(1)), "the group of no matrices"),
        Sentence("group-product", equal(orthogonal_volume(d), _GROUP), "the group, written out"),
    ),
    parts={
        "squared": f.ORBIT_SQUARED,
        "eigenvalue": f.ORBIT_EIGENVALUE,
        "length": f.SKEW_LENGTH,
    },
    quantities={"orbit-squared": ("squared",)},
    routes=(*AT_POINTS, Route.ENCLOSURE),
    singular=True,
    mutants=(
        Mutant(
            "inverted",
            "the inverse ratio",
            {
                "squared": PairProduct(
                    pair=1 / f.SUM_EIGENVALUE, coincident=1 / f.SUM_EIGENVALUE_COINCIDENT
                )
            },
        ),
        Mutant(
            "mean-normalisation",
            "an extra factor $1/N$ for each pair",
            {"squared": PairProduct(pair=f.EIGENVALUE, coincident=f.EIGENVALUE_COINCIDENT)},
        ),
        Mutant(
            "unsquared",
            r"$\operatorname{van}(\Sigma) / \operatorname{van}(\Sigma^{1/N})$ under the root",
            {
                "squared": PairProduct(
                    pair=(I.sigma - L.sigma) / (I.root - L.root),
                    coincident=DEPTH_LETTER * (I.sigma / I.root),
                )
            },
        ),
        Mutant(
            "coincident-limit",
            r"$\sigma^2$ in place of $N \sigma^{2 - 2/N}$ where the values coincide",
            {"squared": PairProduct(pair=f.SUM_EIGENVALUE, coincident=I.sigma**2)},
        ),
        Mutant(
            "circular",
            r"eigenvalues $a + b + 2 \cos(m \pi / N)$, without $\sqrt{ab}$",
            {"eigenvalue": I.root**2 + L.root**2 + 2 * COSINE},
        ),
        Mutant(
            "single-cosine",
            "eigenvalues without the factor 2 of the cosine",
            {"eigenvalue": I.root**2 + L.root**2 - I.root * L.root * COSINE},
        ),
        Mutant(
            "unit-metric",
            r"the volume of $O_d$ for the metric $\operatorname{Tr}(a^T a) / 2$",
            {"length": Number(1)},
        ),
        Mutant(
            "double-metric",
            r"the volume of $O_d$ for $2 \operatorname{Tr}(a^T a)$",
            {"length": Number(4)},
        ),
        Mutant("layered", "a factor $N$ in the length", {"length": 2 * DEPTH_LETTER}),
    ),
    as_printed=(
        AsPrinted(
            "without-root",
            Source("slides", "Theorem 10"),
            Witness.SOURCE_FILE,
            r"$\operatorname{vol}(O_W)=c_d^{N-1} \operatorname{van}(\Sigma^2) / "
            r"\operatorname{van}(\Sigma^{2/N})$",
            r"\operatorname{vol}(O_W)=c_d^{N-1}\frac{\operatorname{van}(\Sigma^{2})}"
            r"{\operatorname{van}(\Sigma^{2/N})}",
            "The square root is missing: this is the square of the volume, over $c_d^{N-1}$.",
            {"squared": f.ORBIT_SQUARED**2},
        ),
        AsPrinted(
            "whole-fibre",
            Source("slides", "before Theorem 10"),
            Witness.DUPLICATED,
            r"the set of all weights $(W_N, \dots, W_1)$ with product $W$ is the group orbit "
            "$O_W$",
            r"\phi^{-1}(W)=O_W",
            r"True of balanced weights. The whole fibre is larger and unbounded: $(W_N, \dots, "
            "W_2/2, 2 W_1)$ has the same product, and is not balanced.",
            least_depth=2,
        ),
    ),
)
