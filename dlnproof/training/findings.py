"""What the readings of training runs share: a share against the one stated, and verdicts."""

from dlnproof.claims.check import Finding, Parts
from dlnproof.core.expression import Expression
from dlnproof.core.verdict import Verdict
from dlnproof.training.shares import Share


def seen(holds: bool) -> Verdict:
    """Return OBSERVED for what was seen, NOT_OBSERVED for what was looked for and was not."""
    return Verdict.OBSERVED if holds else Verdict.NOT_OBSERVED


def compared(parts: Parts, name: str, what: str, share: Share) -> Finding:
    """Compare a share of the runs with the per cent that the part ``name`` states."""
    part = parts[name]
    assert isinstance(part, Expression)
    stated = part.at({}, float)
    return Finding(name, f"{what}: {share}; stated: {stated:g}%", share.compared(stated / 100))


def all_reached(share: Share, loss: float) -> Finding:
    """Report how many runs came down to the loss they were to reach: all of them should."""
    return Finding("endings", f"loss {loss:g} reached by {share.count}", share.all())
