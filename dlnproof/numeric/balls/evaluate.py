"""The volumes of g^N and of the orbit at one exact matrix, every number with a certified radius."""

from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq_mat

from dlnproof.depth import Depth, as_depth, show_depth
from dlnproof.errors import InputError
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.limits import EVALUATED_DIGITS
from dlnproof.numeric.balls.certified_curvature import exceptional_curvature, scalar_curvature
from dlnproof.numeric.balls.certified_density import (
    exceptional_density,
    exceptional_form,
    exceptional_orbit,
    log_orbit_volume,
    log_volume_density,
    log_volume_form,
)
from dlnproof.numeric.balls.certified_spectrum import (
    LAST_BITS,
    CertifiedSpectrum,
    certified_spectra,
)
from dlnproof.numeric.balls.enclosure import ZERO, Enclosure, enclose
from dlnproof.numeric.rounding import EXACT, rounding_warnings


@dataclass(frozen=True)
class Evaluation:
    """Certified quantities of g^N ("mean" normalisation) at one matrix W.

    ``singular_values`` descend, with multiplicity; ``multiplicities`` (exact) are those of the
    distinct positive ones. ``log_volume_density`` is log sqrt(det g^N), with respect to dW;
    ``log_volume_form`` is the log density with respect to dSigma dU dV (CMV2023 Theorem 1.1);
    ``log_det_metric`` is log det g^N; ``log_orbit_volume`` is log vol(O_W) (MY2025), with one zero
    singular value the limit of the formula, which is 2^{N-1} times the volume of that fibre.
    ``scalar_curvature`` is that of g^N, by its closed form (claim scalar-curvature; at infinite
    depth the limit of that).
    ``entries`` is the binary type of entries that were taken as the exact numbers they are, or
    "exact"; ``warnings`` say which digits may be rounding of the entries.
    """

    depth: Depth
    width: int
    digits: int
    entries: str
    warnings: tuple[str, ...]
    rank: int
    multiplicities: tuple[int, ...]
    singular_values: tuple[Enclosure, ...]
    log_volume_density: Enclosure
    log_volume_form: Enclosure
    log_det_metric: Enclosure
    log_orbit_volume: Enclosure
    scalar_curvature: Enclosure

    def as_json(self) -> dict[str, Any]:
        """Return the record the command line writes."""
        return {
            "depth": show_depth(self.depth),
            "width": self.width,
            "digits": self.digits,
            "entries": self.entries,
            "singular_values": [value.as_json() for value in self.singular_values],
            "log_volume_density": self.log_volume_density.as_json(),
            "log_volume_form": self.log_volume_form.as_json(),
            "log_det_metric": self.log_det_metric.as_json(),
            "log_orbit_volume": self.log_orbit_volume.as_json(),
            "scalar_curvature": self.scalar_curvature.as_json(),
            "warnings": list(self.warnings),
        }


def evaluate(
    matrix: fmpq_mat, depth: Depth, digits: int = EVALUATED_DIGITS.usual, *, entries: str = EXACT
) -> Evaluation:
    """Return the singular values of W, and volumes and the scalar curvature of g^N, enclosed.

    Certified: rank and coincidences are exact, and each printed interval holds its value. Radii:
    at most 10^-digits sigma_i for a singular value, 10^-digits max(1, |mid|) for all others.
    Singular W, coincidences and infinite depth give infinite or undefined volumes, with the
    reason. ``entries`` is the binary type they were read from, if any: the result says so, and
    warns of digits that are rounding. Raises :class:`InputError`. Source: CMV2023 Lemma 2.4 and
    Theorem 1.1; MY2025.

    >>> result = evaluate(fmpq_mat([[2, 0], [0, 1]]), depth=2, digits=6)
    >>> result.log_volume_density.mid
    '-0.7520387'
    """
    depth, digits = as_depth(depth), EVALUATED_DIGITS.checked("digits", digits)
    if matrix.nrows() != matrix.ncols() or matrix.nrows() == 0:
        shape = f"{matrix.nrows()} x {matrix.ncols()}"
        raise InputError(f"matrix: got shape {shape}, expected a square matrix of width >= 1")
    for spectrum in certified_spectra(matrix):
        if spectrum.bits >= bits_of(digits):
            result = _evaluate_at(spectrum, depth, digits, entries)
            if result is not None:
                return result
    raise InputError(
        f"matrix: {digits} digits are out of reach at {LAST_BITS} bits of working precision:"
        " singular values too close together or too widely spread; ask for fewer digits or"
        " rescale the matrix"
    )


def _evaluate_at(
    spectrum: CertifiedSpectrum, depth: Depth, digits: int, entries: str
) -> Evaluation | None:
    """Return the evaluation, or None if the spectrum's precision leaves a radius too large."""
    sizes, zeros = spectrum.multiplicities, spectrum.width - spectrum.rank
    with working_precision(spectrum.bits):
        roots = [square.sqrt() for square in spectrum.squares]
        warnings = rounding_warnings(roots, sizes, spectrum.width, entries)
        sigma = [enclose(root, digits, relative=True) for root in roots]
        density = det = exceptional_density(spectrum, depth)
        if density is None:
            ball = log_volume_density(spectrum.squares, sizes, depth)
            density = enclose(ball, digits, relative=False)
            det = enclose(2 * ball, digits, relative=False)
        form = exceptional_form(spectrum, depth)
        if form is None:
            ball = log_volume_form([*spectrum.squares, *[arb(0)] * zeros], depth)
            form = enclose(ball, digits, relative=False)
        orbit = exceptional_orbit(spectrum, depth)
        if orbit is None:
            ball = log_orbit_volume(spectrum.squares, sizes, zeros, int(depth))
            orbit = enclose(ball, digits, relative=False)
        curvature = exceptional_curvature(spectrum, depth)
        if curvature is None:
            curvature = enclose(scalar_curvature(spectrum, depth), digits, relative=False)
    values = [value for value, size in zip(sigma, sizes, strict=True) for _ in range(size)]
    values += [ZERO] * zeros
    singular_values = tuple(value for value in values if value is not None)
    numbers = (density, form, det, orbit, curvature)
    found = [value for value in numbers if value is not None]
    if len(singular_values) < spectrum.width or len(found) < len(numbers):
        return None
    return Evaluation(
        depth,
        spectrum.width,
        digits,
        entries,
        warnings,
        spectrum.rank,
        sizes,
        singular_values,
        *found,
    )
