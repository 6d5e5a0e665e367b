"""The figures of the training experiments, and of the geometry, as a paper would print them.

What each shows and trains is said in :mod:`dlnproof.documents.figures.captions`. A module for
each, with ``trained(runs, seed)``, which trains that, and ``draw(data, note)``, which draws what
was trained, above a note of the settings where no caption says them. The look that they share and
the bytes of a file are :mod:`dlnproof.documents.figures.style`'s. matplotlib is an optional extra:
``pip install 'dlnproof[figures]'``.
"""

from dlnproof.limits import FIGURE_RUNS

FIGURES = {
    "norms": "norm-divergence",
    "outcomes": "rank-one-minimizers",
    "volume": "volume-corners",
    "outcomes-3x3": "diagonal-3x3",
    "descent-versus-flow": "norm-divergence",
    "noise": None,
    "entropy": None,
    "curvature": None,
    "geodesics": None,
}
"""The figures, each with the claim whose training it shows; None where no claim has it."""

UNTRAINED = ("curvature", "geodesics")
"""Those of the geometry alone: nothing is trained, and nothing drawn at random."""
_FEW = 20
RUNS = {
    **dict.fromkeys(FIGURES, FIGURE_RUNS.usual),
    "norms": _FEW,
    "descent-versus-flow": _FEW,
    **dict.fromkeys(UNTRAINED, 0),
}
"""How many runs each is meant for: few where they are drawn one by one."""


def of_claim(claim: str) -> list[str]:
    """Return the figures of a claim's training."""
    return [name for name, its in FIGURES.items() if its == claim]
