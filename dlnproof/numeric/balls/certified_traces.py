"""Traces, gradients and the drift in balls, from certified squares of singular values."""

import math
from collections.abc import Iterator
from itertools import permutations

from flint import arb

from dlnproof.depth import Depth
from dlnproof.numeric.balls.certified_density import (
    NO_FACTORS,
    diagonal_exponent,
    heights,
    without_metric,
)
from dlnproof.numeric.balls.certified_spectrum import CertifiedSpectrum
from dlnproof.numeric.balls.enclosure import ZERO, Enclosure


def operator_trace(spectrum: CertifiedSpectrum, depth: Depth) -> arb:
    """Return Tr A_{N,W}, the sum of all lambda_il ("mean" normalisation)."""
    if depth == 1:
        return _dimension(spectrum)
    beside = 2 * (spectrum.width - spectrum.rank) + spectrum.edges
    total = sum((times * value for times, value in _eigenvalues(spectrum, depth)), arb(0))
    if beside and depth != math.inf:  # beside one vanishing value sigma^{2-2/N} / N is left
        for square, size in zip(spectrum.squares, spectrum.multiplicities, strict=True):
            total += beside * size * _diagonal(square, depth) / int(depth)
    return total


def _dimension(spectrum: CertifiedSpectrum) -> arb:
    """Return that of the matrices, of their rank if W is one of those."""
    return arb(spectrum.width * (spectrum.width + spectrum.edges))


def metric_trace(spectrum: CertifiedSpectrum, depth: Depth) -> arb:
    """Return Tr A_{N,W}^{-1}, the sum of all 1/lambda_il, of a W whose values count."""
    if depth == 1:
        return _dimension(spectrum)
    total = sum((times / value for times, value in _eigenvalues(spectrum, depth)), arb(0))
    if spectrum.edges:
        for square, size in zip(spectrum.squares, spectrum.multiplicities, strict=True):
            total += spectrum.edges * size * int(depth) / _diagonal(square, depth)
    return total


def factors_squared_norm(spectrum: CertifiedSpectrum, depth: int) -> arb:
    """Return the sum of |W_j|_F^2 over balanced factors, N times that of sigma_i^{2/N}."""
    rho = heights(spectrum.squares, depth)
    return sum((n * x for n, x in zip(spectrum.multiplicities, rho, strict=True)), arb(0))


def slopes(spectrum: CertifiedSpectrum, depth: Depth) -> Iterator[tuple[arb, arb]]:
    """Yield, of each distinct singular value of an invertible W, two derivatives by one of it.

    They are those of log sqrt(det g^N) and of log vol(O_W), where N >= 2; at infinite depth the
    second is the limit. At coincidences each is the entry u_i^T G v_i of the gradient G.
    """
    rho, levels = heights(spectrum.squares, depth), range(len(spectrum.squares))
    for i in levels:
        square = spectrum.squares[i]
        sigma = square.sqrt()
        same = diagonal_exponent(depth) / sigma
        steep = 2 * (arb(1) if depth == math.inf else rho[i] / int(depth)) / sigma
        others = arb(0)
        for l in levels:
            if l != i:
                slope = 2 * sigma / (square - spectrum.squares[l]) - steep / (rho[i] - rho[l])
                others += spectrum.multiplicities[l] * slope
        size = spectrum.multiplicities[i]
        wider = min(spectrum.shape) - spectrum.width
        volume = -((size + spectrum.edges) * same + others)
        yield volume, ((size - 1 + 2 * wider) * same + others) / 2


def drifts(spectrum: CertifiedSpectrum, depth: Depth) -> Iterator[arb]:
    """Yield u_i^T (Delta W) v_i = (1 - 1/N) sigma_i^{1-2/N} of each distinct singular value."""
    exponent = arb(1) if depth == math.inf else 1 - 2 / arb(int(depth))
    for square in spectrum.squares:
        yield diagonal_exponent(depth) * (exponent * square.log() / 2).exp()


def exceptional_drift(spectrum: CertifiedSpectrum, depth: Depth) -> Enclosure | None:
    """Return the drift's entries where they need no ball: of one factor they are 0."""
    if depth == 1:
        return ZERO
    if none := without_metric(spectrum, depth):
        return none
    if spectrum.rank == spectrum.width or depth not in (2, math.inf):
        return None
    why = "there is no g^N there" if depth == math.inf else "the drift of two factors jumps there"
    return _singular(spectrum, "nan", why)


def exceptional_trace(spectrum: CertifiedSpectrum, depth: Depth) -> Enclosure | None:
    """Return Tr A_{N,W}^{-1} where it needs no ball: W singular."""
    if none := without_metric(spectrum, depth, "inf"):
        return none
    if depth == 1 or spectrum.rank == spectrum.width:
        return None
    return _singular(spectrum, "inf", "the inverse diverges there")


def exceptional_slope(spectrum: CertifiedSpectrum, depth: Depth) -> Enclosure | None:
    """Return a gradient's entries where they need no ball: of one factor they are 0."""
    if depth == 1:
        return ZERO
    if none := without_metric(spectrum, depth):
        return none
    if spectrum.rank == spectrum.width:
        return None
    return _singular(spectrum, "nan", "there is no gradient there")


def exceptional_norm(depth: Depth) -> Enclosure | None:
    """Return the factors' squared norm where there are none."""
    return Enclosure("nan", "0", NO_FACTORS) if depth == math.inf else None


def _singular(spectrum: CertifiedSpectrum, mid: str, then: str) -> Enclosure:
    rank = f"rank {spectrum.rank} of {spectrum.width}"
    return Enclosure(mid, "0", f"W is singular ({rank}); {then}")


def _eigenvalues(spectrum: CertifiedSpectrum, depth: Depth) -> Iterator[tuple[int, arb]]:
    """Yield each lambda_il of two distinct levels, or of one, with how often it occurs."""
    squares, sizes = spectrum.squares, spectrum.multiplicities
    rho = heights(squares, depth)
    for square, size in zip(squares, sizes, strict=True):
        yield size**2, _diagonal(square, depth)
    for i, l in permutations(range(len(squares)), 2):
        yield sizes[i] * sizes[l], (squares[i] - squares[l]) / (rho[i] - rho[l])


def _diagonal(square: arb, depth: Depth) -> arb:
    """Return lambda_ii = sigma_i^{2-2/N}."""
    return (diagonal_exponent(depth) * square.log()).exp()
