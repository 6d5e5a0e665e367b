"""The volume among the minimisers."""

from collections.abc import Callable

from dlnproof.claims.completion.letters import B11, B22, X
from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import I, L, N
from dlnproof.core.verdict import Route
from dlnproof.definitions import letters
from dlnproof.definitions.formulas import LETTERS, part
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import e, sigma
from dlnproof.definitions.small import (
    ABSOLUTE,
    DENSITY,
    NEAR,
    OBSERVED,
    ORTHOGONAL_2,
    OTHER_LEFT,
    OTHER_RIGHT,
    b_11,
    b_22,
    completed,
    density,
    infinite_density,
    near,
    r_1,
    r_2,
    s_1,
    s_2,
    through,
    w,
    x,
    x_0,
    y,
    y_0,
    z,
)
from dlnproof.kernel.terms import (
    Symbol,
    Term,
    at_most,
    equal,
    every,
    less,
    limit_at_zero,
    number,
    positive,
    root,
)

S, T, R, Q, E = (v.term for v in (s_1, s_2, r_1, r_2, e))
s1, s2 = sigma(1), sigma(2)
C = b_11 * b_22
SIZES = ABSOLUTE(b_11), ABSOLUTE(b_22)
DEEP = at_most(2, letters.N)
SINGULAR = equal(through(S, number(0)), completed(x.term, y.term))
CORNER = SIZES[0] + SIZES[1]
INSIDE, OUTSIDE = at_most(0, C * (C - x.term * y.term)), at_most(C * (C - x.term * y.term), 0)
_GAP = 1 - 1 / letters.N
_VALUES = (s_1, s_2, r_1, r_2)
_PRODUCT = equal(S * T, R * Q)
_ORDERED = (positive(T), at_most(T, S), positive(Q), at_most(Q, R))


def _at(name: str) -> Term:
    return part(name, i=1, l=2)


def _as_second_vanishes(value: Term) -> Term:
    return limit_at_zero(e, E**_GAP * density(s1, E), value)


def _alike(one: Symbol, other: Symbol) -> Term:
    return equal(one.term**2, other.term**2)


def _on_ray(side: Term, value: Term) -> Term:
    """Where |x| = |y| and x y has the sign of b_11 b_22, on a side of the hyperbola."""
    here = equal(through(S, T), completed(x.term, y.term))
    ray = (_alike(x, y), at_most(0, C * (x.term * y.term)))
    conditions = (here, positive(T), at_most(T, S), side, *ray)
    return every((s_1, s_2, x, y), conditions, equal(value, CORNER))


def _reached(entry: Term, *small: Term) -> Term:
    """On the rays there is a matrix with each second singular value, inside up to |b_ii|."""
    here = equal(through(S, T), completed(x.term, y.term))
    ray = (equal(x.term**2, entry), _alike(x, y), at_most(0, C * (x.term * y.term)))
    values = (at_most(0, T), at_most(T, S), at_most(0, Q))
    return every((s_1, s_2, r_2, x, y), (*values, *small, here, *ray), equal(T, Q))


def _largest(of: Callable[..., Term], conditions: tuple[Term, ...]) -> Term:
    """No density is larger than one on the rays, on the same side of the hyperbola."""
    here = equal(through(S, T), completed(x.term, y.term))
    there = equal(through(R, Q, OTHER_LEFT, OTHER_RIGHT), completed(z.term, w.term))
    side = at_most(0, (C - x.term * y.term) * (C - z.term * w.term))
    ray = (_alike(z, w), at_most(0, C * (z.term * w.term)))
    sentence = at_most(of(S, T), of(R, Q, OTHER_LEFT, OTHER_RIGHT))
    return every(
        (*_VALUES, x, y, z, w), (here, there, *_ORDERED, side, *ray, *conditions), sentence
    )


def _leading_near(first: Term, second: Term) -> Term:
    """N (r sigma_1^2)^(-(1-1/N)), r the distance from 0 in the plane of the free entries."""
    square = first**2 + second**2
    return letters.N * (root(square) * (b_11**2 + b_22**2 + square)) ** -_GAP


CLAIM = claim(
    "volume-corners",
    title="The volume among the minimisers",
    source=Source("CMV2023", r"$2\times 2$ diagonal completion; the slides' hypothesis 3"),
    given=(*DEPTH, *ORTHOGONAL_2, *OBSERVED, *NEAR),
    chief=("leading", "corner-bound"),
    sentences=(
        Sentence(
            "density",
            every((), (positive(s2), less(s2, s1)), equal(density(s1, s2), _at("density"))),
            "the density with respect to $dW$",
        ),
        Sentence(
            "leading",
            every((), (positive(s1),), _as_second_vanishes(_at("leading"))),
            "a vanishing second singular value",
        ),
        Sentence(
            "singular",
            every(s_1, (DEEP, positive(S)), limit_at_zero(e, 1 / density(S, E), number(0))),
            "the density at matrices of rank one",
        ),
        Sentence(
            "largest",
            every((), (SINGULAR,), equal(S**2, part("largest"))),
            "the singular value on the hyperbola",
        ),
        Sentence(
            "corner-bound",
            every((s_1, x, y), (SINGULAR,), at_most(CORNER**2, S**2)),
            "on the hyperbola",
        ),
        Sentence(
            "corner",
            every((s_1, x, y), (SINGULAR, _alike(x, y)), equal(S**2, CORNER**2)),
            "at the corners",
        ),
        Sentence(
            "second",
            every(
                (s_1, r_1, s_2),
                (DEEP, positive(S), positive(T), less(S, R)),
                less(density(R, T), density(S, T)),
            ),
            "a fixed second singular value",
        ),
        Sentence(
            "determinant",
            every(
                _VALUES,
                (DEEP, *_ORDERED, less(S, R), _PRODUCT),
                less(density(R, Q), density(S, T)),
            ),
            "a fixed determinant",
        ),
        Sentence("ray-inside", _on_ray(INSIDE, S + T), "rays inside the hyperbola"),
        Sentence("ray-outside", _on_ray(OUTSIDE, S - T), "rays outside the hyperbola"),
        Sentence(
            "reached-inside",
            _reached((SIZES[0] - Q) * (SIZES[1] - Q), *(at_most(Q, size) for size in SIZES)),
            "second singular values on the rays inside",
        ),
        Sentence(
            "reached-outside",
            _reached((SIZES[0] + Q) * (SIZES[1] + Q)),
            "second singular values on the rays outside",
        ),
        Sentence(
            "largest-second",
            _largest(density, (DEEP, equal(Q, T))),
            "at a fixed second singular value, on either side",
        ),
        Sentence(
            "largest-determinant",
            _largest(density, (DEEP, _PRODUCT)),
            "at a fixed determinant, on either side",
        ),
        Sentence(
            "distance",
            limit_at_zero(e, E**_GAP * DENSITY(letters.N, near(E)), _leading_near(x_0, y_0)),
            "at a small distance from the hyperbola",
        ),
        Sentence(
            "distance-corners",
            every(
                (x, y, z, w),
                (
                    DEEP,
                    equal(x.term * y.term, C),
                    equal(z.term * w.term, C),
                    _alike(z, w),
                ),
                at_most(_leading_near(x.term, y.term), _leading_near(z.term, w.term)),
            ),
            "at a small distance from the corners",
        ),
        Sentence(
            "infinite-second",
            every(
                (s_1, r_1, s_2),
                (positive(T), less(T, S), less(S, R)),
                less(infinite_density(R, T), infinite_density(S, T)),
            ),
            "infinite depth, a fixed second singular value",
        ),
        Sentence(
            "infinite-determinant",
            every(
                _VALUES,
                (positive(T), less(T, S), positive(Q), less(Q, R), less(S, R), _PRODUCT),
                less(infinite_density(R, Q), infinite_density(S, T)),
            ),
            "infinite depth, a fixed determinant",
        ),
        Sentence(
            "infinite-largest-second",
            _largest(infinite_density, (less(T, S), less(Q, R), equal(Q, T))),
            "infinite depth, at a fixed second singular value",
        ),
        Sentence(
            "infinite-largest-determinant",
            _largest(infinite_density, (less(T, S), less(Q, R), _PRODUCT)),
            "infinite depth, at a fixed determinant",
        ),
    ),
    letters={
        **LETTERS,
        B11: ABSOLUTE(b_11),
        B22: ABSOLUTE(b_22),
        X: ABSOLUTE(x.term),
    },
    parts={
        "density": N
        * ((I.root * L.root) / (I.sigma * L.sigma))
        * ((I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2)),
        "leading": N * (I.root / I.sigma) ** 3,
        "largest": (B11 + B22) ** 2 + (X - B11 * B22 / X) ** 2,
    },
    routes=(Route.DERIVATION, Route.EXACT, Route.PULLBACK),
    uses=("metric-diagonalization",),
    scope="all $N$",
    mutants=(
        Mutant(
            "form",
            r"the density with respect to $d\Sigma\,dU\,dV$",
            {"density": N * ((I.root * L.root) / (I.sigma * L.sigma)) * (I.root**2 - L.root**2)},
        ),
        Mutant(
            "sum-normalisation",
            "the factor $N$ left out",
            {
                "density": ((I.root * L.root) / (I.sigma * L.sigma))
                * ((I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2))
            },
        ),
        Mutant(
            "sum-leading",
            "the factor $N$ left out of the leading coefficient",
            {"leading": (I.root / I.sigma) ** 3},
        ),
        Mutant("two-powers", r"$\sigma_1^{-2(1 - 1/N)}$", {"leading": N * (I.root / I.sigma) ** 2}),
        Mutant(
            "one-power",
            "the square of the leading coefficient",
            {"leading": (N * (I.root / I.sigma) ** 3) ** 2},
        ),
        Mutant(
            "product",
            "$(b_{11} + b_{22})^2 + (x + y)^2$",
            {"largest": (B11 + B22) ** 2 + (X + B11 * B22 / X) ** 2},
        ),
        Mutant(
            "diagonal-only",
            "$b_{11}^2 + b_{22}^2 + (x - y)^2$",
            {"largest": B11**2 + B22**2 + (X - B11 * B22 / X) ** 2},
        ),
    ),
    as_printed=(
        AsPrinted(
            "highest-at-corners",
            Source("slides", "volume as the predictor"),
            Witness.SINGLE,
            "the volume is highest precisely at the corners of the hyperbola",
            r"\arg\max\sqrt{\det g^{N}}=\pm(1,1)",
            "As extracted. On all of the hyperbola the density is infinite. It is highest on the "
            "rays through the corners at a fixed second singular value, determinant or (to leading "
            "order) distance, not otherwise.",
            least_depth=2,
        ),
        AsPrinted(
            "near-low-rank",
            Source("slides", "summary of findings"),
            Witness.DUPLICATED,
            "the volume is largest near low-rank solutions",
            r"\sigma_2\to0\ \Rightarrow\ \sqrt{\det g^{N}}\to\infty",
            r"Holds as printed, with respect to $dW$ and for $N\ge2$. (The slides add that it "
            "distinguishes solutions of the same rank. The density does not, being infinite at "
            "all of rank one; its leading coefficient does.)",
            as_stated=True,
        ),
    ),
)
