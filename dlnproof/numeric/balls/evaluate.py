"""What g^N and the orbit have of numbers at one exact matrix, each with a certified radius."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from flint import arb, fmpq_mat

from dlnproof.depth import Depth, as_depth, show_depth
from dlnproof.errors import InputError
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.limits import EVALUATED_DIGITS, whole
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
from dlnproof.numeric.balls.certified_traces import (
    drifts,
    exceptional_drift,
    exceptional_norm,
    exceptional_slope,
    exceptional_trace,
    factors_squared_norm,
    metric_trace,
    operator_trace,
    slopes,
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
    depth the limit of that). ``operator_trace`` and ``metric_trace`` are those of A_{N,W} and of
    its inverse; ``factors_squared_norm`` is the sum of |W_j|_F^2 over balanced factors.
    ``volume_gradient`` and ``entropy_gradient`` have, in the order of ``singular_values``, the
    derivatives by sigma_i of ``log_volume_density`` and of ``log_orbit_volume`` (of that, at
    infinite depth, the limit): u_i^T G v_i of the gradient G. ``brownian_drift`` has
    u_i^T (Delta W) v_i, for the Laplacian of g^N of each entry of W, by its closed form (claim
    laplacian-of-matrix; at infinite depth the limit of that).
    ``entries`` is the binary type of entries that were taken as the exact numbers they are, or
    "exact"; ``warnings`` say which digits may be rounding of the entries.
    ``shape`` is that of W, (m, n), and ``width`` how many of its values count: min(m, n), or the
    rank where it was named. Then W is one of the m x n matrices of that rank: densities are with
    respect to the volume of the Frobenius norm on them (for full rank that is dW), traces of the
    operator on directions tangent to them. Hidden layers have the width min(m, n).
    """

    depth: Depth
    shape: tuple[int, int]
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
    operator_trace: Enclosure
    metric_trace: Enclosure
    factors_squared_norm: Enclosure
    volume_gradient: tuple[Enclosure, ...]
    entropy_gradient: tuple[Enclosure, ...]
    brownian_drift: tuple[Enclosure, ...]

    def __str__(self) -> str:
        """Return the quantities by the names of the fields, a line for each number."""
        told = {
            name: str(value) for name, value in vars(self).items() if isinstance(value, Enclosure)
        }
        told |= {
            f"{name}[{k}]": str(value)
            for name in ("singular_values", "volume_gradient", "entropy_gradient", "brownian_drift")
            for k, value in enumerate(getattr(self, name))
        }
        longest = max(map(len, told))
        sizes = f"depth {show_depth(self.depth)}, {self.size}"
        lines = (f"{name:{longest}}  {value}" for name, value in told.items())
        return "\n".join((sizes, *lines, *(f"warning: {x}" for x in self.warnings)))

    @property
    def along_rank(self) -> bool:
        """Whether W is taken as one of the matrices of a lower rank."""
        return self.width < min(self.shape)

    @property
    def size(self) -> str:
        """What is said of the shape and the rank."""
        m, n = self.shape
        size = f"width {m}" if m == n else f"shape {m} x {n}"
        along = ", among matrices of that rank" if self.along_rank else ""
        return f"{size}, rank {self.rank} (exact){along}"

    def as_json(self) -> dict[str, Any]:
        """Return the record the command line writes."""
        return {
            "depth": show_depth(self.depth),
            "shape": list(self.shape),
            "width": self.width,
            "rank": self.rank,
            "digits": self.digits,
            "entries": self.entries,
            "singular_values": [value.as_json() for value in self.singular_values],
            "log_volume_density": self.log_volume_density.as_json(),
            "log_volume_form": self.log_volume_form.as_json(),
            "log_det_metric": self.log_det_metric.as_json(),
            "log_orbit_volume": self.log_orbit_volume.as_json(),
            "scalar_curvature": self.scalar_curvature.as_json(),
            "operator_trace": self.operator_trace.as_json(),
            "metric_trace": self.metric_trace.as_json(),
            "factors_squared_norm": self.factors_squared_norm.as_json(),
            "volume_gradient": [value.as_json() for value in self.volume_gradient],
            "entropy_gradient": [value.as_json() for value in self.entropy_gradient],
            "brownian_drift": [value.as_json() for value in self.brownian_drift],
            "warnings": list(self.warnings),
        }


def evaluate(
    matrix: fmpq_mat,
    depth: Depth,
    digits: int = EVALUATED_DIGITS.usual,
    *,
    entries: str = EXACT,
    rank: int | None = None,
) -> Evaluation:
    """Return the singular values of W, and volumes, curvature, traces and slopes, enclosed.

    Certified: rank and coincidences are exact, and each printed interval holds its value. Radii:
    at most 10^-digits sigma_i for a singular value, 10^-digits max(1, |mid|) for all others.
    Singular W, coincidences and infinite depth give infinite or undefined volumes, with the
    reason. W may be rectangular; with ``rank``, which has to be its own, it is one of the matrices
    of that rank. ``entries`` is the binary type they were read from, if any: the result says so,
    and warns of digits that are rounding. Raises :class:`InputError`. Source: CMV2023 Lemma 2.4 and
    Theorem 1.1; MY2025.

    >>> result = evaluate(fmpq_mat([[2, 0], [0, 1]]), depth=2, digits=6)
    >>> result.log_volume_density.mid
    '-0.7520387'
    """
    depth, digits = as_depth(depth), EVALUATED_DIGITS.checked("digits", digits)
    if matrix.nrows() == 0 or matrix.ncols() == 0:
        shape = f"{matrix.nrows()} x {matrix.ncols()}"
        raise InputError(f"matrix: got shape {shape}, expected rows and columns")
    if rank is not None:
        found = matrix.rank()
        if whole("rank", rank, 1, min(matrix.nrows(), matrix.ncols())) != found:
            raise InputError(f"rank: got {rank}, expected {found}, the rank of W (exact)")
    for whole_spectrum in certified_spectra(matrix):
        spectrum = replace(whole_spectrum, width=rank or whole_spectrum.width)
        if spectrum.bits >= bits_of(digits):
            with suppress(_TooWideError):
                return _evaluate_at(spectrum, depth, digits, entries)
    raise InputError(
        f"matrix: {digits} digits are out of reach at {LAST_BITS} bits of working precision:"
        " singular values too close together or too widely spread; ask for fewer digits or"
        " rescale the matrix"
    )


class _TooWideError(Exception):
    """At this working precision a radius is larger than was asked for."""


def _evaluate_at(
    spectrum: CertifiedSpectrum, depth: Depth, digits: int, entries: str
) -> Evaluation:
    """Return the evaluation; raises :class:`_TooWideError`."""
    squares, sizes = spectrum.squares, spectrum.multiplicities
    zeros = spectrum.width - spectrum.rank

    def narrow(ball: arb, *, relative: bool = False) -> Enclosure:
        found = enclose(ball, digits, relative=relative)
        if found is None:
            raise _TooWideError
        return found

    def enclosed(value: Callable[[], arb], exception: Enclosure | None = None) -> Enclosure:
        return exception or narrow(value())

    def repeated(balls: Sequence[arb], *, relative: bool = False) -> Iterator[Enclosure]:
        for ball, size in zip(balls, sizes, strict=True):
            yield from [narrow(ball, relative=relative)] * size

    with working_precision(spectrum.bits):
        roots = [square.sqrt() for square in squares]
        singular = exceptional_density(spectrum, depth)
        flat = exceptional_slope(spectrum, depth)
        gradients = ((flat,) * spectrum.width,) * 2 if flat else None
        by_volume, by_entropy = gradients or map(
            tuple, map(repeated, zip(*slopes(spectrum, depth), strict=True))
        )
        return Evaluation(
            depth=depth,
            shape=spectrum.shape,
            width=spectrum.width,
            digits=digits,
            entries=entries,
            warnings=rounding_warnings(roots, sizes, max(spectrum.shape), entries),
            rank=spectrum.rank,
            multiplicities=sizes,
            singular_values=(*repeated(roots, relative=True), *[ZERO] * zeros),
            log_volume_density=enclosed(
                lambda: log_volume_density(squares, sizes, depth, spectrum.edges), singular
            ),
            log_volume_form=enclosed(
                lambda: log_volume_form([*squares, *[arb(0)] * zeros], depth, spectrum.edges),
                exceptional_form(spectrum, depth),
            ),
            log_det_metric=enclosed(
                lambda: 2 * log_volume_density(squares, sizes, depth, spectrum.edges), singular
            ),
            log_orbit_volume=enclosed(
                lambda: log_orbit_volume(
                    squares, sizes, zeros, int(depth), min(spectrum.shape) - spectrum.width
                ),
                exceptional_orbit(spectrum, depth),
            ),
            scalar_curvature=enclosed(
                lambda: scalar_curvature(spectrum, depth), exceptional_curvature(spectrum, depth)
            ),
            operator_trace=enclosed(lambda: operator_trace(spectrum, depth)),
            metric_trace=enclosed(
                lambda: metric_trace(spectrum, depth), exceptional_trace(spectrum, depth)
            ),
            factors_squared_norm=enclosed(
                lambda: factors_squared_norm(spectrum, int(depth)), exceptional_norm(depth)
            ),
            volume_gradient=by_volume,
            entropy_gradient=by_entropy,
            brownian_drift=(still,) * spectrum.width
            if (still := exceptional_drift(spectrum, depth))
            else (*repeated(list(drifts(spectrum, depth))), *[ZERO] * zeros),
        )
