"""The Laplacian at infinite depth: nothing there is rational, so no evidence is exact."""

from dlnproof.referee.geometry import states


@states("dyson-at-infinite-depth", said="5c256bd79e37d32b2e6b9996e1ed644d")
def dyson_at_infinite_depth(p):
    """Nothing."""
    return ()
