"""What each figure of the training experiments shows, in words."""

from __future__ import annotations

from typing import Final

SHOWS: Final = {
    "norms": "The unobserved entry, in absolute value, against the loss along the gradient flow: "
    "depths from left to right, scales of the start from top to bottom",
    "descent-versus-flow": "Gradient descent at depth 2, for several step sizes, against the "
    "gradient flow from the same starts and the bound that is proved for the flow",
    "outcomes": "Where the gradient flow ends when the diagonal of a 2 x 2 matrix is observed, "
    "beside the hyperbola of the minimisers of rank one",
    "volume": "The density of the volume over the plane of minimisers, and where training ends "
    "in it",
    "outcomes-3x3": "Where the gradient flow ends when the diagonal of a 3 x 3 matrix is "
    "observed: ranks and largest clusters, by depth",
}
"""Captions without a final stop, by the names of :mod:`dlnproof.figures.catalogue`."""
