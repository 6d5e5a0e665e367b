"""What each figure shows, and which training runs it is made of: what is drawn, and said of it.

No figure is drawn here, so that a caption needs no matplotlib.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from dlnproof.depth import INFINITE, Depth, show_depth
from dlnproof.documents.figures import RUNS
from dlnproof.notation.texts import number
from dlnproof.training import orbit_volume
from dlnproof.training.shares import INTERVAL

_CORNERS: Final[Any] = import_module("dlnproof.checks.completion.rank_one_minimizers")
_PATTERNS: Final[Any] = import_module("dlnproof.checks.completion.diagonal_3x3")
"""What the claims train, and how they count: their figures show nothing else."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A figure in words (``shows``), at some depths, of at most so many training runs.

    ``reading`` says how to read the picture. Formulas in these texts stand in dollars.
    """

    shows: str
    depths: tuple[Depth, ...]
    reading: str
    runs: int = 0

    def settings(self, runs: int, seed: int) -> str:
        """Return how to read it: where there are no runs, nothing is drawn at random."""
        return f"{self.reading}."

    def caption(self, runs: int, seed: int) -> str:
        """Return what a figure with at most ``runs`` starts shows, and its settings."""
        return f"{self.shows}. {self.settings(runs, seed)}"


@dataclass(frozen=True, kw_only=True)
class Trained(Shown):
    """The same of training, with the settings of the runs that are drawn.

    They follow the flow of the problem in which the entries ``observed`` are given, at each depth
    and from each scale, to a loss; with ``steps``, gradient descent too, and both from the starts
    with det W(0) > 0 alone.
    """

    observed: str
    scales: tuple[float, ...]
    stop_loss: float
    steps: tuple[float, ...] = ()

    def settings(self, runs: int, seed: int) -> str:
        """Return the settings of a figure with ``runs`` starts at most, and how to read it."""
        depths, scales, steps = map(_listed, (self.depths, self.scales, self.steps))
        descent = (
            f", and gradient descent on balanced factors with steps ${steps}$," if steps else ""
        )
        scale, which = (scales, "") if len(self.scales) == 1 else ("s", f", $s={scales}$")
        starts = f"{min(runs, self.runs)} starts (seed {seed})"
        if steps:
            starts = rf"of {starts} those with $\det W(0)>0$"
        elif len(self.depths) > 1:
            starts += f", the same at every depth{' and scale' if which else ''}"
        return (
            f"{self.observed} observed. Gradient flow of the end-to-end matrix{descent} at "
            f"$N={depths}$ to the loss ${_set(self.stop_loss)}$, from $W(0)={scale}$ times "
            f"standard Gaussian entries{which}: {starts}. {self.reading}."
        )


@dataclass(frozen=True, kw_only=True)
class Noisy(Trained):
    """The same of runs with noise, at each inverse temperature, along the orbits or not.

    There is no loss at which they end.
    """

    betas: tuple[float, ...] = ()
    verticals: tuple[float, ...] = ()
    step: float = 0.0
    time: float = 0.0

    def settings(self, runs: int, seed: int) -> str:
        """Return the settings of a figure with ``runs`` starts at most, and how to read it."""
        [scale] = self.scales
        verticals = " and ".join(f"{value:g}" for value in self.verticals)
        betas = "$, $".join(f"{value:g}" for value in self.betas)
        return (
            f"{self.observed} observed. Langevin's equation at $N={_listed(self.depths)}$, "
            rf"$\beta={betas}$, $\kappa=1$, noise along the orbits {verticals}, to "
            f"the time {self.time:g} in steps of ${_set(self.step)}$, from $W(0)={_set(scale)}$ "
            f"times standard Gaussian entries: {min(runs, self.runs)} starts (seed {seed}), the "
            f"same for all. {self.reading}."
        )


def written(value: Depth) -> str:
    """Return a depth, or a small number, as people write it.

    >>> written(7.5e-4), written(1e-12), written(20), written(float("inf"))
    ('7.5e-4', '1e-12', '20', 'inf')
    """
    if isinstance(value, int) or value == INFINITE:
        return str(show_depth(value))
    digits, _, power = f"{value:.1e}".partition("e")
    return f"{digits.removesuffix('.0')}e{int(power)}"


def _listed(values: Sequence[Depth]) -> str:
    return "$, $".join(map(_set, values))


def _set(value: Depth) -> str:
    """Return the LaTeX of a depth or of a small number."""
    return r"\infty" if value == INFINITE else number(written(value))


_MEDIAN: Final = "Thin: runs, bold: their median"
CLIP: Final = 4.0
"""The logarithm of the density above which all is one colour."""

DRAWN: Final = (5, 20.0)
"""Depth and beta of the outcomes with noise that are drawn one by one."""

ENTROPY: Final = Noisy(
    shows=r"The entropy $S=\log\,$vol$(O_W)$ over the plane of minimisers, and outcomes with noise",
    observed="$w_{11}=w_{22}=1$",
    depths=orbit_volume.DEPTHS,
    scales=(orbit_volume.SCALE,),
    stop_loss=0.0,
    runs=RUNS["entropy"],
    reading="The colours are $S$ beside its value at the corners, where it is least on the "
    "hyperbola of rank one, which is dashed; lines are a quarter apart",
    betas=orbit_volume.BETAS[1:],
    verticals=(orbit_volume.WITH,),
    step=orbit_volume.STEP,
    time=orbit_volume.TIME,
)

NORMS: Final = Trained(
    shows="The unobserved entry, in absolute value, against the loss along the gradient flow: "
    "depths from left to right, scales of the start from top to bottom",
    observed="$w_{12}=w_{21}=1$, $w_{22}=0$",
    depths=(2, 3, 4, float("inf")),
    scales=(1e-1, 1e-3, 1e-6),
    stop_loss=1e-6,
    runs=RUNS["norms"],
    reading=_MEDIAN,
)

DESCENT_VERSUS_FLOW: Final = Trained(
    shows="Gradient descent at depth 2, for several step sizes, against the gradient flow from the "
    "same starts and the bound for the flow",
    observed="$w_{12}=w_{21}=1$, $w_{22}=0$",
    depths=(2,),
    scales=(1e-3,),
    stop_loss=1e-4,
    runs=RUNS["descent-versus-flow"],
    reading=f"{_MEDIAN}. Marks: where the median of descent falls below the bound, which only "
    r"$\det W<0$ allows",
    steps=(6e-3, 3e-3, 1.5e-3, 7.5e-4),
)

OUTCOMES: Final = Trained(
    shows=r"Where the gradient flow ends when the diagonal of a $2\times 2$ matrix is observed, "
    "beside the hyperbola of the minimisers of rank one",
    observed="$w_{11}=w_{22}=1$",
    depths=_CORNERS.DEPTHS,
    scales=_CORNERS.SCALES,
    stop_loss=_CORNERS.STOP_LOSS,
    runs=RUNS["outcomes"],
    reading=f"The outcomes shown are those of $s={_set(_CORNERS.SCALES[0])}$. Near: within "
    rf"{_CORNERS.NEAR:g} of a corner $\pm(1, 1)$, in the circles. Bars beside the shares: the "
    f"{INTERVAL} (Wilson)",
)

VOLUME: Final = Trained(
    shows="The density of the volume over the plane of minimisers, and where training ends in it",
    observed="$w_{11}=w_{22}=1$",
    depths=(5, 10, 20, float("inf")),
    scales=_CORNERS.SCALES[:1],
    stop_loss=_CORNERS.STOP_LOSS,
    runs=RUNS["volume"],
    reading="The density is infinite on the dashed hyperbola $w_{12} w_{21}=1$; the colours of "
    f"its logarithm are clipped at {CLIP:g}, lines are at integers below. Circles of radius "
    rf"{_CORNERS.NEAR:g} mark the corners $\pm(1, 1)$",
)

OUTCOMES_3X3: Final = Trained(
    shows=r"Where the gradient flow ends when the diagonal of a $3\times 3$ matrix is observed: "
    "ranks and largest clusters, by depth",
    observed="$w_{11}=w_{22}=w_{33}=1$",
    depths=_PATTERNS.DEPTHS,
    scales=(_PATTERNS.SCALE,),
    stop_loss=_PATTERNS.STOP_LOSS,
    runs=RUNS["outcomes-3x3"],
    reading=rf"Rank: singular values above ${_PATTERNS.RANK:g} \sigma_1$. Largest cluster: "
    f"outcomes within Frobenius distance {_PATTERNS.RADIUS:g} of one, up to signed "
    "permutations and transposition",
)

NOISE: Final = Noisy(
    shows="What noise along the orbits does to the outcomes of completion, and to log vol(O_W)",
    observed="$w_{11}=w_{22}=1$",
    depths=orbit_volume.DEPTHS,
    scales=(orbit_volume.SCALE,),
    stop_loss=0.0,
    runs=RUNS["noise"],
    reading=rf"(a), (b): outcomes at $N={DRAWN[0]}$, $\beta={DRAWN[1]:g}$. (c): how much "
    "larger log vol$(O_W)$ is with that noise, in the mean over pairs of runs with the same "
    f"noise across; bars: the {INTERVAL}",
    betas=orbit_volume.BETAS,
    verticals=(orbit_volume.WITHOUT, orbit_volume.WITH),
    step=orbit_volume.STEP,
    time=orbit_volume.TIME,
)

CURVATURE: Final = Shown(
    shows=r"The scalar curvature of $g^N$ over the singular values of $2\times 2$ matrices",
    depths=(2, 3, 10, INFINITE),
    reading='The metric is $g^N$ ("mean"). The curvature is positive, where the values coincide '
    r"too, and of degree $-2/N$ in them: in the limit it depends on $\sigma_1/\sigma_2$ alone, and "
    "is at most $1/3$. Lines are a twentieth apart",
)

GEODESICS: Final = Shown(
    shows="Geodesics of $g^N$ through diagonal matrices, beside straight lines",
    depths=(1, 2, 4, INFINITE),
    reading='Geodesics of $g^N$ ("mean") from diag$(1.5, 1)$ that stay diagonal, to the length 3, '
    r"straight lines in the same directions (dashed), and circles of radius $1/2$, $1$, "
    r"$\ldots$. For finite $N\geq 2$ the metric ends at the singular matrices, on the axes: "
    "the nearest is at the distance $N$",
)

SHOWN: Final[Mapping[str, Shown]] = {
    "norms": NORMS,
    "descent-versus-flow": DESCENT_VERSUS_FLOW,
    "outcomes": OUTCOMES,
    "volume": VOLUME,
    "outcomes-3x3": OUTCOMES_3X3,
    "noise": NOISE,
    "entropy": ENTROPY,
    "curvature": CURVATURE,
    "geodesics": GEODESICS,
}
"""The figures by name: what their modules draw, and what documents say below them."""
