"""Closed forms of densities and the orbit's volume in balls; where they are infinite or undefined.

With rho = N sigma^{2/N} at finite depth and rho = log sigma^2 at infinite depth, lambda_il =
(sigma_i^2 - sigma_l^2) / (rho_i - rho_l), and N^{d(d-1)/2} van(Sigma^{2/N}) = van(rho): one
expression serves every depth. Normalisation "mean"; CMV2023 Lemma 2.4 and Theorem 1.1.
"""

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from flint import arb

from dlnproof.depth import Depth
from dlnproof.numeric.balls.certified_spectrum import CertifiedSpectrum
from dlnproof.numeric.balls.enclosure import ZERO, Enclosure

NO_FACTORS: Final = "no factor space at infinite depth"


def log_volume_density(
    squares: Sequence[arb], sizes: Sequence[int], depth: Depth, edges: int = 0
) -> arb:
    """Return log sqrt(det g^N) from the distinct sigma_i^2 > 0 and how often each occurs.

    ``edges`` are the directions beside each, of eigenvalue sigma_i^{2-2/N} / N at finite depth.
    """
    rho = heights(squares, depth)
    total = arb(0)
    if edges:
        for square, size in zip(squares, sizes, strict=True):
            total -= edges * size * (diagonal_exponent(depth) * square.log() - _log(depth)) / 2
    for square, size in zip(squares, sizes, strict=True):
        total -= size**2 * diagonal_exponent(depth) * square.log() / 2
    for i, j in combinations(range(len(squares)), 2):
        eigenvalue = (squares[i] - squares[j]) / (rho[i] - rho[j])
        total -= sizes[i] * sizes[j] * eigenvalue.log()
    return total


def log_volume_form(squares: Sequence[arb], depth: Depth, edges: int = 0) -> arb:
    """Return the log density of Theorem 1.1 from sigma_1^2 > ... > sigma_d^2 (0 only at N = 1).

    With edges each value stands there times (N sigma_i^{2/N})^{edges/2}.
    """
    total = sum(((a - b).log() for a, b in combinations(heights(squares, depth), 2)), arb(0))
    if edges:
        total += sum((edges * rho.log() / 2 for rho in heights(squares, depth)), arb(0))
    if depth > 1:
        total -= diagonal_exponent(depth) * sum((s.log() for s in squares), arb(0)) / 2
    return total


def log_orbit_volume(
    squares: Sequence[arb], sizes: Sequence[int], zeros: int, depth: int, wider: int = 0
) -> arb:
    """Return log vol(O_W), N >= 2, as :func:`log_volume_density` takes sigma; ``zeros`` <= 1.

    Hidden layers are by ``wider`` wider than there are values.
    """
    width = sum(sizes) + zeros + wider
    total = (depth - 1) * (_log_group_volume(width) - _log_group_volume(wider))
    rho = heights(squares, depth)
    if wider:
        logs = sum((n * s.log() for s, n in zip(squares, sizes, strict=True)), arb(0))
        total += diagonal_exponent(depth) * wider * logs / 2
    for square, size in zip(squares, sizes, strict=True):
        power = diagonal_exponent(depth) * square.log()  # N lambda is N times it, next to 0 it
        total += (size * (size - 1) // 2) * (
            power + arb(depth).log()
        ) / 2 + size * zeros * power / 2
    for i, j in combinations(range(len(squares)), 2):
        eigenvalue = depth * (squares[i] - squares[j]) / (rho[i] - rho[j])
        total += sizes[i] * sizes[j] * eigenvalue.log() / 2
    return total


def _log_group_volume(width: int) -> arb:
    """Return log c_d = (d(d-1)/4) log 2 + sum over k = 1..d of log vol(S^{k-1})."""
    half = [arb(k) / 2 for k in range(1, width + 1)]
    spheres = (arb(2).log() + k * arb.pi().log() - k.lgamma() for k in half)
    return sum(spheres, width * (width - 1) * arb(2).log() / 4)


def heights(squares: Sequence[arb], depth: Depth) -> list[arb]:
    """Return rho of each singular value, of which sigma^2 is given."""
    if depth == 1:
        return list(squares)
    if depth == math.inf:
        return [square.log() for square in squares]
    return [depth * (square.log() / int(depth)).exp() for square in squares]


def diagonal_exponent(depth: Depth) -> arb:
    """Return 1 - 1/N: lambda_ii = (sigma_i^2)^{1-1/N}."""
    return arb(1) if depth == math.inf else 1 - 1 / arb(int(depth))


def _log(depth: Depth) -> arb:
    return arb(int(depth)).log()


def without_metric(spectrum: CertifiedSpectrum, depth: Depth, mid: str = "nan") -> Enclosure | None:
    """Return that at infinite depth g^N is infinite along edges, if there are some."""
    if depth != math.inf or not spectrum.edges:
        return None
    m, n = spectrum.shape
    where = f"{m} x {n} matrices of rank {spectrum.width}"
    return Enclosure(mid, "0", f"g^N has no limit at infinite depth on {where}: finite depth only")


def exceptional_density(spectrum: CertifiedSpectrum, depth: Depth) -> Enclosure | None:
    """Return the density where it needs no ball: Euclidean (exactly 0), or W singular."""
    if depth == 1:
        return ZERO
    if none := without_metric(spectrum, depth):
        return none
    if spectrum.rank < spectrum.width:
        rank = f"rank {spectrum.rank} of {spectrum.width}"
        return Enclosure("inf", "0", f"W is singular ({rank}); the density diverges there")
    return None


def exceptional_form(spectrum: CertifiedSpectrum, depth: Depth) -> Enclosure | None:
    """Return the volume form where it is infinite or has no limit: zeros and coincidences."""
    zeros = spectrum.width - spectrum.rank
    if spectrum.edges:
        reason = "singular values are zero; the limit depends on N and on the shape: name the rank"
        none = without_metric(spectrum, depth)
        if none or zeros:
            return none or Enclosure("nan", "0", reason)
    return _square_form(zeros, any(size > 1 for size in spectrum.multiplicities), depth)


def _square_form(zeros: int, coincident: bool, depth: Depth) -> Enclosure | None:
    """Return the same where there are no edges, or no zeros."""
    if depth == 1 and zeros > 1:
        return Enclosure("-inf", "0", f"{zeros} singular values coincide at zero")
    if depth > 1 and zeros > 1:
        reason = f"{zeros} singular values are zero; the limit depends on their ratios"
        return Enclosure("nan", "0", reason)
    if depth > 1 and zeros and coincident:
        reason = "one singular value is zero and others coincide; the limit depends on the path"
        return Enclosure("nan", "0", reason)
    if coincident:
        return Enclosure("-inf", "0", "singular values coincide; the volume form vanishes there")
    if depth > 1 and zeros:
        return Enclosure("inf", "0", "one singular value is zero; the volume form diverges there")
    return None


def exceptional_orbit(spectrum: CertifiedSpectrum, depth: Depth) -> Enclosure | None:
    """Return the orbit's volume where it needs no ball: a point, an empty limit, or no orbit."""
    zeros = spectrum.width - spectrum.rank
    if depth == math.inf:
        return Enclosure("nan", "0", NO_FACTORS)
    if depth == 1:
        return ZERO
    if zeros > 1:
        reason = f"{zeros} singular values are zero; the formula's limit vanishes there"
        return Enclosure("-inf", "0", reason)
    return None
