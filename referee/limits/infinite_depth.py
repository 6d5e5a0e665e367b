"""Infinite depth: nothing there is rational, so no evidence is exact."""

from dlnproof.referee.geometry import states


@states("infinite-depth", said="3814f0283b3ca766a2977b8bc77c4b18")
def infinite_depth(p):
    """Nothing."""
    return ()
