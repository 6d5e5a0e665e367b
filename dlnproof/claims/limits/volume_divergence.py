"""Behaviour of the volumes at vanishing singular values."""

from dlnproof.claims.schema import AT_POINTS, AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import VANISHING, N
from dlnproof.core.spectrum import WIDTH as WIDTH_LETTER
from dlnproof.core.verdict import Route
from dlnproof.definitions import letters
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import INFINITE_METRIC_DETERMINANT, METRIC_DETERMINANT
from dlnproof.definitions.hypotheses import DEPTH, ORTHOGONAL, POSITIVE, STRICT
from dlnproof.definitions.letters import D, a, b, e
from dlnproof.definitions.orbits import TURNED
from dlnproof.definitions.vanishing import (
    DENSITY_LIMIT,
    FORM_LIMIT,
    FRAME_AT,
    INFINITE_DENSITY_LIMIT,
    INFINITE_FORM_LIMIT,
    LAST,
    ORBIT_AT,
    ORBIT_LIMIT,
    differential_at,
    moving_matrix,
)
from dlnproof.kernel.terms import Term, frame_determinant, limit_at_zero, log, positive, root

k = VANISHING
_E = e.term
_DENSITY = root(METRIC_DETERMINANT(letters.N, moving_matrix(_E)))
_INFINITE_DENSITY = root(INFINITE_METRIC_DETERMINANT(moving_matrix(_E)))
_JACOBIAN = frame_determinant(D, a, b, differential_at(_E, D.term, a.term, b.term))
_FORM, _INFINITE_FORM = _DENSITY * _JACOBIAN, _INFINITE_DENSITY * _JACOBIAN
_LOGS = log(1 / _E) ** part("logarithms")
_TOPICS = {
    "form": "the density in the coordinates",
    "density": "the density of matrices",
    "orbit": "the volume of the orbit",
    "infinite-form": "the density in the coordinates, without a depth",
    "infinite-density": "the density of matrices, without a depth",
}


def _behaves(name: str, quotient: Term, limit: Term) -> tuple[Sentence, Sentence]:
    """Return that a quotient tends to a limit as e -> 0, and that this is positive."""
    return (
        Sentence(name, limit_at_zero(e, quotient, limit), _TOPICS[name]),
        Sentence(f"{name}-positive", positive(limit), f"{_TOPICS[name]}: the limit"),
    )


CLAIM = claim(
    "volume-divergence",
    title="Behaviour of the volumes at vanishing singular values",
    source=Source("CMV2023", "consequence of Theorem 1.1"),
    given=(*DEPTH, *ORTHOGONAL, *POSITIVE, *STRICT, *LAST, *FRAME_AT, TURNED),
    chief=("form", "form-positive", "orbit", "orbit-positive"),
    sentences=(
        *_behaves("form", _FORM / _E ** part("form"), FORM_LIMIT()),
        *_behaves("density", _DENSITY / _E ** part("density"), DENSITY_LIMIT()),
        *_behaves("orbit", ORBIT_AT / _E ** part("orbit"), ORBIT_LIMIT()),
        *_behaves(
            "infinite-form",
            _INFINITE_FORM / (_E ** part("infinite_form") * _LOGS),
            INFINITE_FORM_LIMIT,
        ),
        *_behaves(
            "infinite-density",
            _INFINITE_DENSITY / (_E ** part("infinite_density") * _LOGS),
            INFINITE_DENSITY_LIMIT(),
        ),
    ),
    parts={
        "form": k * (k - N) / N,
        "density": 0 - k**2 * (N - 1) / N,
        "orbit": (k * (k - 1) / 2) * (1 - 1 / N),
        "infinite_form": 0 - k,
        "infinite_density": 0 - k**2,
        "logarithms": k * (WIDTH_LETTER - k),
    },
    routes=(*AT_POINTS, Route.ENCLOSURE),
    uses=("metric-diagonalization", "volume-form", "infinite-depth"),
    infinite=True,
    mutants=(
        Mutant(
            "one-at-a-time",
            "$k$ times the exponent for one vanishing value",
            {"form": k * (1 - N) / N},
        ),
        Mutant(
            "doubled-pairs",
            "ordered in place of unordered pairs",
            {"form": k * (2 * k - 1 - N) / N, "orbit": k * (k - 1) * (1 - 1 / N)},
        ),
        Mutant(
            "infinite",
            "the exponents, without a depth",
            {"form": 0 - k, "density": 0 - k**2},
        ),
        Mutant(
            "unrooted-orbit",
            "the exponent of the squared volume",
            {"orbit": k * (k - 1) * (1 - 1 / N)},
        ),
        Mutant(
            "no-logarithms",
            "the infinite-depth densities without their logarithms",
            {"logarithms": 0 * k},
        ),
        Mutant(
            "exchanged-measures",
            "the two infinite-depth exponents exchanged",
            {"infinite_form": 0 - k**2, "infinite_density": 0 - k},
        ),
        Mutant(
            "independent",
            "$k$ times the behaviour for one vanishing value,, without a depth",
            {"infinite_density": 0 - k, "logarithms": k * (WIDTH_LETTER - 1)},
        ),
    ),
    as_printed=(
        AsPrinted(
            "any-singular-value",
            Source("slides", "after Theorem 1.1"),
            Witness.DUPLICATED,
            r"the density of Theorem 1.1 diverges, like $\sigma_i^{1/N - 1}$, as any singular "
            "value tends to zero, that is, as $W$ approaches a lower rank",
            r"\sigma_i^{\frac{1}{N}-1}\to\infty",
            r"True for one vanishing value and $N\ge2$, and with respect to $dW$ for every "
            r"$N\ge2$. With respect to $d\Sigma\,dU\,dV$ and with $k$ values vanishing "
            "together it tends to a constant for $k=N$ and to zero for $k>N$.",
            {"form": r"k\Bigl(\frac{1}{N}-1\Bigr)"},
            least_depth=2,
        ),
        AsPrinted(
            "orbit-diverges",
            Source("slides", "after Theorem 10"),
            Witness.SOURCE_FILE,
            "the volume of the orbit diverges as singular values tend to zero",
            r"\operatorname{vol}(O_W)\to\infty",
            "The orbit is compact and its volume bounded: its exponent is never negative, and it "
            "tends to zero when two or more values vanish. What diverges has a negative exponent.",
            least_depth=2,
        ),
    ),
)
