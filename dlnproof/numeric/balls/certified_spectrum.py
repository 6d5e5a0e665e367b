"""Singular values of an exact matrix: rank and coincidences decided, values enclosed in balls.

The characteristic polynomial of W^T W over the rationals is factored into squarefree factors, so
the multiplicities are exact. Its roots are approximated, then certified: f'/f is the sum of
1/(x - root) over the n roots of f, hence a root of f lies within n |f(x)/f'(x)| of any x. All
roots are real, so n disjoint such intervals hold exactly one root each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from flint import acb_mat, arb, arb_mat, fmpq_mat, fmpz_mat, fmpz_poly

from dlnproof.language.precision import working_precision

FIRST_BITS: Final = 128
LAST_BITS: Final = 2**18

Factors = Sequence[tuple[fmpz_poly, int]]


@dataclass(frozen=True)
class CertifiedSpectrum:
    """Spectrum of W^T W: rank and multiplicities exact, values enclosed.

    ``shape`` is that of W, ``width`` how many singular values count, zeros among them: the smaller
    side, or the rank where W is one of the matrices of that. ``squares`` holds the distinct sigma^2
    > 0, strictly descending, in disjoint balls; the i-th occurs ``multiplicities[i]`` times.
    ``bits`` is the working precision they were computed with.
    """

    shape: tuple[int, int]
    width: int
    rank: int
    squares: tuple[arb, ...]
    multiplicities: tuple[int, ...]
    bits: int

    @property
    def edges(self) -> int:
        """How many directions beside each singular value keep the rank."""
        return sum(self.shape) - 2 * self.width


def certified_spectra(matrix: fmpq_mat) -> Iterator[CertifiedSpectrum]:
    """Yield the singular spectrum of a matrix W at doubling precisions, ever more closely enclosed.

    Every spectrum yielded is certified; precisions too low to separate the values are passed over.
    Ends after ``LAST_BITS``, without a spectrum if that precision separates nothing.
    """
    integers, denominator = matrix.numer_denom()
    shape = matrix.nrows(), matrix.ncols()
    if shape[0] < shape[1]:
        integers = integers.transpose()
    gram = integers.transpose() * integers
    rank, factors = _squarefree_factors(gram)
    roots: list[tuple[arb, int]] = []
    bits = FIRST_BITS
    while bits <= LAST_BITS:
        with working_precision(bits):
            seeds = [root.mid() for root, _ in roots] or _approximate_eigenvalues(gram)
            roots = _enclose_roots(factors, seeds)
            squares = tuple(root / denominator**2 for root, _ in roots)
        if roots or rank == 0:
            multiplicities = tuple(multiplicity for _, multiplicity in roots)
            yield CertifiedSpectrum(shape, min(shape), rank, squares, multiplicities, bits)
        bits *= 2


def _squarefree_factors(gram: fmpz_mat) -> tuple[int, Factors]:
    """Return the rank and the squarefree factors, zero removed, of a Gram matrix's charpoly."""
    polynomial = gram.charpoly()
    nullity = next(k for k, coefficient in enumerate(polynomial.coeffs()) if coefficient != 0)
    _, factors = polynomial.right_shift(nullity).factor_squarefree()
    return gram.nrows() - nullity, factors


def _approximate_eigenvalues(gram: fmpz_mat) -> list[arb]:
    # floating-point QR, no guarantee: where to look, not what to believe
    return [value.real.mid() for value in acb_mat(arb_mat(gram)).eig(algorithm="approx")]


def _enclose_roots(factors: Factors, seeds: Sequence[arb]) -> list[tuple[arb, int]]:
    """Return every root, descending, in disjoint balls with its multiplicity; [] if undecided."""
    roots: list[tuple[arb, int]] = []
    for factor, multiplicity in factors:
        derivative = factor.derivative()
        candidates = [_newton(factor, derivative, seed) for seed in seeds]
        disjoint: list[arb] = []
        for ball in sorted((c for c in candidates if c.is_finite()), key=lambda c: c.rad()):
            if not any(ball.overlaps(other) for other in disjoint):
                disjoint.append(ball)
        if len(disjoint) != factor.degree():
            return []
        roots += [(ball, multiplicity) for ball in disjoint]
    roots.sort(key=lambda root: root[0].mid(), reverse=True)
    separated = all(a[0] > b[0] for a, b in pairwise(roots))
    return roots if separated and all(root > 0 for root, _ in roots) else []


def _newton(f: fmpz_poly, derivative: fmpz_poly, x: arb) -> arb:
    """Return the last ball of Newton's iteration from ``x`` that halved; it holds a root of f."""
    best: arb | None = None
    while True:
        step = f(x) / derivative(x)
        ball = x + step * arb(0, f.degree())
        if best is not None and not ball.rad() < best.rad() / 2:
            return best
        if not ball.is_finite():
            return ball
        best, x = ball, (x - step).mid()
