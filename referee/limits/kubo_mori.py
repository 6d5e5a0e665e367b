"""The inverse at infinite depth: nothing there is rational, so no evidence is exact."""

from dlnproof.referee.geometry import states


@states("kubo-mori", said="3428d120d268f7bace1f973d71ffc0f6")
def kubo_mori(p):
    """Nothing."""
    return ()
