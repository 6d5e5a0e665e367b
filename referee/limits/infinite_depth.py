"""Infinite depth: nothing there is rational, so no evidence is exact."""

from dlnproof.referee.geometry import states


@states("infinite-depth", said="9009dacd6392df8ed128e98be5562def")
def infinite_depth(p):
    """Nothing."""
    return ()
