"""Infinite depth: nothing there is rational, so no evidence is exact."""

from dlnproof.referee.geometry import states


@states("infinite-depth")
def infinite_depth(p):
    """Nothing."""
    return ()
