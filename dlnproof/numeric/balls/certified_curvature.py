"""The scalar curvature of g^N in balls, from certified squares of singular values."""

from itertools import combinations, permutations
from math import comb, inf

from flint import arb

from dlnproof import formulas as f
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import N, pair_values
from dlnproof.depth import Depth
from dlnproof.numeric.balls.certified_spectrum import CertifiedSpectrum
from dlnproof.numeric.balls.enclosure import ZERO, Enclosure


def scalar_curvature(spectrum: CertifiedSpectrum, depth: Depth) -> arb:
    """Return it ("mean" normalisation) of an invertible W, by its distinct singular values."""
    infinite, sizes = depth == inf, spectrum.multiplicities
    levels = []
    for square in spectrum.squares:
        log = square.log()
        root = arb(1) if infinite else (log / 2 / int(depth)).exp()  # arb's root has a largest N
        levels.append((square.sqrt(), root, log))
    gaps = [level[2] if infinite else level[1] ** 2 for level in levels]
    common = {} if infinite else {N: arb(int(depth))}

    def at(formula: Expression, i: int, l: int | None = None) -> arb:
        found = formula.at(pair_values(common, levels[i], None if l is None else levels[l]))
        return arb(found)

    pair, pair_same, share, twice, same = f.INFINITE_CURVATURE if infinite else f.CURVATURE
    total, places = arb(0), range(len(levels))
    for i in places:
        total += comb(sizes[i], 2) * at(pair_same, i) + comb(sizes[i], 3) * at(same, i)
    for i, l in combinations(places, 2):
        total += sizes[i] * sizes[l] * at(pair, i, l)
    for i, l in permutations(places, 2):
        if sizes[i] > 1:
            total += comb(sizes[i], 2) * sizes[l] * at(twice, i, l)
    for i, l, m in combinations(places, 3):
        shares = at(share, i, l) + at(share, l, m) + at(share, m, i)
        between = (gaps[i] - gaps[l]) * (gaps[l] - gaps[m]) * (gaps[m] - gaps[i])
        total += sizes[i] * sizes[l] * sizes[m] * (2 * shares / between)
    return total if infinite else total / int(depth)


def exceptional_curvature(spectrum: CertifiedSpectrum, depth: Depth) -> Enclosure | None:
    """Return it where it needs no ball: of one factor or one row it is 0; W may be singular."""
    flat = depth == 1 and spectrum.width == min(spectrum.shape)
    if spectrum.edges and not flat:
        reason = "its closed form is for square matrices of full rank"
        return Enclosure("nan", "0", reason)
    if depth == 1:
        return ZERO
    if spectrum.rank < spectrum.width:
        reason = f"W is singular (rank {spectrum.rank} of {spectrum.width}); there is no g^N there"
        return Enclosure("nan", "0", reason)
    return ZERO if spectrum.width == 1 else None
