"""Checks of the Laplacian at infinite depth: of functions of singular values, and of W itself."""

from collections.abc import Sequence

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, EnclosureCheck, Groups, halving
from dlnproof.core.expression import Number
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.curvature import Series
from dlnproof.numeric.exact.laplacian import laplacian_on, limit_laplacian
from dlnproof.numeric.exact.limit_laplacian import EntryLattice, LimitMetric
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum
from dlnproof.numeric.exact.predictions import Parts, over_index, over_pairs

from ..volume.radial_laplacian import powers, traces, traces_of_column
from ..volume.volume_gradient import by_value, distinct

DIFFERENCES = frozenset({"drift", "first", "second", "laplacian", "value"})
COVERS = DIFFERENCES | {"length"}


def log_determinant(W: Series) -> Series:
    """Return log |det W| with its derivatives: Tr(W^-1 X), and -Tr(W^-1 X W^-1 Y)."""
    inverse, d = W.value.inv(), W.value.nrows()

    def traced(matrix: fmpq_mat) -> fmpq_mat:
        return fmpq_mat([[sum((matrix[k, k] for k in range(d)), fmpq(0))]])

    slopes = [inverse * x for x in W.first]
    second = {(a, b): traced(-(slopes[a] * slopes[b])) for a, b in W.second}
    return Series(fmpq_mat(1, 1), [traced(x) for x in slopes], second)  # its value is not used


def measure_enclosed(point: ExactPoint) -> Groups:
    """The metric along log sigma_i; Laplacians: traces, log |det W| (beside 1), entries."""
    found, entries = limit_laplacian(point, lambda W: [*traces(W), log_determinant(W)])
    d, form = point.width, LimitMetric(point).value
    along = [form[k * (d + 1), i * (d + 1)] * point.sigma[i] for i in range(d) for k in range(d)]
    return [along, *laid_out(found, entries, d)]


def laid_out(found: Sequence[arb], entries: Sequence[arb], d: int) -> list[list[arb]]:
    """Return Laplacians in groups: what two formulas state stands there twice."""
    *whole, logarithm = found
    twice = [[x] for x in whole for _ in range(2)]
    own = [entries[k * (d + 1)] for k in range(d)]
    return [*twice, [logarithm, logarithm, arb(1)], list(entries), own]


def stated(drifts: Sequence[arb], point: ExactPoint) -> list[arb]:
    """Return what is stated of the traces: of sums of e^(2 k x), x = log sigma_i."""
    found = []
    for k in powers(point.width):
        pairs = zip(point.sigma, drifts, strict=True)
        found.append(sum((s ** (2 * k) * (2 * k) * (2 * k + a) for s, a in pairs), arb(0)))
    return found


def whole_drift(parts: Parts, point: ExactPoint) -> list[arb]:
    """Return by how much they drift, from what each has beside each other."""
    table = over_pairs(parts["drift"], Number(0), point)
    return [sum(map(arb, row), arb(0)) for row in table]


def predict_enclosed(parts: Parts, point: ExactPoint) -> Groups:
    """The same from the closed forms."""
    d, lengths = point.width, over_index(parts["length"], point)
    along = [lengths[i] if i == k else fmpq(0) for i in range(d) for k in range(d)]
    drifts, [pairs] = whole_drift(parts, point), by_value(parts, Number(0), point)
    by_pairs = list(map(arb, pairs))
    both = (stated(x, point) for x in (drifts, by_pairs))
    twice = [[x] for pair in zip(*both, strict=True) for x in pair]
    images = over_index(parts["laplacian"], point)
    entries = [images[i] if i == l else fmpq(0) for l in range(d) for i in range(d)]
    sums = [sum(x, arb(0)) for x in (drifts, by_pairs)]
    return [along, *twice, [*sums, arb(1)], entries, over_index(parts["value"], point)]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The Laplacians, and that of the entries in the frames, by differences in the entries of W."""
    d = point.width

    def functions(column: arb_mat) -> list[arb]:
        entries = column.entries()
        whole = arb_mat(d, d, entries)
        return [*traces_of_column(column), abs(whole.det()).log(), *entries]

    with working_precision(bits_of(2 * digits)):
        found = laplacian_on(EntryLattice(point, step), functions)
        turned = arb_mat(d, d, found[-d * d :])  # by columns: the transpose
        framed = arb_mat(point.V.transpose()) * turned * arb_mat(point.U)
        return laid_out(found[: -d * d], framed.entries(), d)


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated, but for the metric."""
    return predict_enclosed(parts, point)[1:]


def narrow(keys: Sequence[PointKey]) -> list[PointKey]:
    """Return those of two or three distinct values; of close ones only rounding is seen."""
    far = [key for key in distinct(keys) if key.stratum is not Stratum.NEAR]
    return [key for key in far if 1 < key.width < 4 and key.sign == 1]


def few(keys: Sequence[PointKey]) -> list[PointKey]:
    """Return of two values that are not tiny either one point."""
    calm = [key for key in narrow(keys) if key.stratum is Stratum.SIMPLE]
    return [key for key in calm if key.width < 3 and key.index == 0]


CHECKS = (
    EnclosureCheck(COVERS, measure_enclosed, predict_enclosed, visits=narrow),
    ConvergentCheck(
        DIFFERENCES,
        measure_pullback,
        predict_pullback,
        order=2,
        ladder=halving(256),
        fine=lambda digits: fmpq(1, 10 ** (digits // 4)),
        reach=lambda digits: fmpq(1, 10 ** (digits // 3)),
        visits=few,
    ),
)
