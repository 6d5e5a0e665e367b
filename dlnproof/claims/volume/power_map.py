"""The volume of the metric is the image of Lebesgue measure under the power map."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.product import per_index
from dlnproof.core.spectrum import I
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC_DETERMINANT, sum_metric_determinant
from dlnproof.definitions.hypotheses import DEPTH, ORDERED, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import (
    D,
    N,
    R,
    W,
    a,
    b,
    image_differential,
    root_differential,
)
from dlnproof.definitions.power_map import ROOT, ROOT_FRAME
from dlnproof.kernel.terms import (
    Symbol,
    Term,
    equal,
    frame_determinant,
    power,
    psd_power,
    root,
    transpose,
)


def _moved(differential: Symbol) -> Term:
    """Return |det| of (D, a, b) -> the differential."""
    return frame_determinant(D, a, b, differential(D.term, a.term, b.term))


_ROOTS, _IMAGES = map(_moved, (root_differential, image_differential))
_DENSITY: Final = root(METRIC_DETERMINANT(N, W)) * _IMAGES
_SUBMERSED: Final = sum_metric_determinant(W) * power(_IMAGES, 2)

CLAIM = claim(
    "power-map",
    title="The volume as an image of Lebesgue measure",
    source=Source("CMV2023", "Theorem 1.1, restated here"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE, *ORDERED, *ROOT, *ROOT_FRAME),
    sentences=(
        Sentence(
            "image",
            equal(R * psd_power(transpose(R) * R, part("exponent")), W),
            "the image of $R$",
        ),
        Sentence(
            "volume",
            equal(_DENSITY, part("constant") * _ROOTS),
            "the volume of the metric and of $dR$",
        ),
        Sentence(
            "submersion",
            equal(_SUBMERSED, part("squared") * power(_ROOTS, 2)),
            "the same of the metric of the submersion, squared",
        ),
        Sentence("density", equal(_DENSITY, part("density")), "along values and vectors"),
    ),
    parts={
        "exponent": f.POWER_EXPONENT,
        "constant": f.N_PER_PLACE,
        "squared": f.N_PER_INDEX,
        "density": f.POWER_DENSITY,
    },
    routes=AT_POINTS,
    uses=("operator-spectrum", "metric-diagonalization", "svd-jacobian"),
    mutants=(
        Mutant("half-depth", "the exponent $N/2$", {"exponent": DEPTH_LETTER / 2}),
        Mutant("pairs-alone", "$N^{d(d-1)/2}$, for the pairs alone", {"constant": f.N_PER_PAIR}),
        Mutant(
            "singular-values",
            r"$\operatorname{van}(\Sigma^2)$ in place of $\operatorname{van}(\Sigma^{2/N})$",
            {"density": f.N_PER_PLACE * f.VAN_SIGMA2},
        ),
        Mutant(
            "in-singular-values",
            r"the density in place of $d\Sigma$, as in Theorem 1.1",
            {"density": f.VOLUME_FORM},
        ),
        Mutant(
            "both-normalisations",
            "$N^{d}$ squared, as if the density were meant",
            {"squared": per_index(DEPTH_LETTER**2)},
        ),
        Mutant(
            "unit-jacobian",
            r"$\Sigma^{1/N}$ in place of what it moves by",
            {"constant": f.N_PER_PLACE * per_index(I.root)},
        ),
    ),
)
