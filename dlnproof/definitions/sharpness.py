"""The quadratic form of dphi dphi^*, whose largest value is the sharpness of the loss."""

from dlnproof.definitions.letters import N, adjoint, j, partial
from dlnproof.kernel.terms import Term, inner, total


def square(matrix: Term) -> Term:
    """Return |M|^2."""
    return inner(matrix, matrix)


def curvature(matrix: Term) -> Term:
    """Return |dphi^*(Z)|^2, the quadratic form of dphi dphi^*."""
    return total(j, 1, N, square(adjoint(j.term, matrix)))


def image(matrix: Term) -> Term:
    """Return dphi(dphi^*(Z))."""
    return total(j, 1, N, partial(j.term, adjoint(j.term, matrix)))
