"""Numeric checks of the minimisers of rank one, and where training ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from dlnproof.claims.check import (
    ExactCheck,
    Finding,
    Groups,
    Parts,
    TrainingCheck,
    at_least_depth,
)
from dlnproof.claims.completion.letters import B11, B22, X, Y
from dlnproof.core.expression import Expression
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.training.experiments import DIAGONAL, flows
from dlnproof.training.findings import all_reached, compared, seen
from dlnproof.training.runs import Runs
from dlnproof.training.shares import INTERVAL, Share

COVERS = frozenset({"determinant"})
DEPTHS = (2, 5, 10, 20, inf)
SCALES = (1e-3, 1e-2, 1e-4)
"""The first is that of the statement."""
NEAR = 0.1
CORNER = "near a corner"
STOP_LOSS = 1e-12


def matrices(point: ExactPoint) -> list[fmpq_mat]:
    """Return matrices with the point's numbers as diagonal: on the hyperbola, and beside it."""
    t = (*point.roots, fmpq(3, 2))
    b, c, x = t[0], -t[-1], t[1]
    on = fmpq_mat([[b, x], [b * c / x, c]])
    return [on, fmpq_mat([[b, x], [b * c / x + 1, c]]), fmpq_mat([[b, -x], [x, c]])]


def measure_exact(point: ExactPoint) -> Groups:
    """The determinants; and the ranks, on the hyperbola first."""
    return [[W.det() for W in matrices(point)], [fmpq(W.rank()) for W in matrices(point)]]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The closed form; rank one exactly where it vanishes."""
    part = parts["determinant"]
    assert isinstance(part, Expression)
    values = [
        part.at({B11: W[0, 0], X: W[0, 1], Y: W[1, 0], B22: W[1, 1]}) for W in matrices(point)
    ]
    return [values, [fmpq(1 if value == 0 else 2) for value in values]]


# --- training ------------------------------------------------------------------------------------


def train(scale: float, runs: int, seed: int) -> list[Runs]:
    """Return the outcomes at each depth."""
    return flows(DIAGONAL, DEPTHS, scale=scale, runs=runs, seed=seed, stop_loss=STOP_LOSS)


def near(found: Runs) -> Any:
    """Return which outcomes have (w12, w21) within 0.1 of (1, 1) or (-1, -1)."""
    (a, x), (y, b) = np.moveaxis(found.W, 0, -1)
    distance = np.minimum(np.hypot(x - 1, y - 1), np.hypot(x + 1, y + 1))
    return (distance <= NEAR) & (np.hypot(a - 1, b - 1) < 1e-3)


def read(parts: Parts, data: Sequence[list[Runs]]) -> list[Finding]:
    """Compare the shares near a corner with those stated; report the rest."""
    two, *deeper = data[0]
    reached = Share.where(np.concatenate([f.reached for depths in data for f in depths]))
    findings = [all_reached(reached, STOP_LOSS)]
    for name, found in zip(("near_5", "near_10", "near_20", "near_infinite"), deeper, strict=True):
        findings.append(compared(parts, name, CORNER, Share.where(near(found))))
    findings.append(compared(parts, "near_2", CORNER, Share.where(near(two)[two.det_sign > 0])))
    negative = Share.where(near(two)[two.det_sign < 0])
    text = f"{CORNER}: {negative.count}"
    findings.append(Finding(r"$N=2$, $\det W(0)<0$", text, negative.all()))
    return [*findings, _trend(data), _by_sign(data)]


def _trend(data: Sequence[list[Runs]]) -> Finding:
    """Deeper networks and larger starts end less often near a corner (N = 5 and more).

    Decided on the counts: the starts are the same at every depth and scale.
    """
    shares = {
        scale: [Share.where(near(found)) for found in depths[1:]]
        for scale, depths in zip(SCALES, data, strict=True)
    }
    rows = [[share.seen for share in shares[scale]] for scale in sorted(SCALES)]
    columns = list(zip(*rows, strict=True))
    falling = all(a >= b for counts in (*rows, *columns) for a, b in pairwise(counts))
    counted = (
        f"scale {scale:g}: {', '.join(str(share.seen) for share in row)} of {row[0].of}"
        for scale, row in sorted(shares.items())
    )
    return Finding(
        "trend",
        r"near a corner at $N=5$, 10, 20, $\infty$, from the same starts, falling with $N$ and "
        f"with the scale: {'; '.join(counted)}",
        seen(falling),
    )


def _by_sign(data: Sequence[list[Runs]]) -> Finding:
    """The shares by the sign of det W(0): more with det W(0) < 0, where the intervals differ."""
    pieces, pairs = [], []
    for scale, depths in zip(SCALES, data, strict=True):
        listed = []
        for depth, found in zip(DEPTHS[1:], depths[1:], strict=True):
            plus, minus = (Share.where(near(found)[found.det_sign == sign]) for sign in (1, -1))
            apart = plus.interval()[0] - minus.interval()[1]
            pairs.append((apart, f"scale {scale:g}, $N={_shown(depth)}$: {plus} / {minus}"))
            listed.append(f"{plus.percent}/{minus.percent}")
        pieces.append(f"scale {scale:g}: {', '.join(listed)}")
    most, which = max(pairs)
    return Finding(
        "signs",
        r"near a corner at $N=5$, 10, 20, $\infty$, $\det W(0)>0$ / $\det W(0)<0$, nowhere more "
        rf"with $\det W(0)>0$ by {INTERVAL}s that are apart: {'; '.join(pieces)}. Nearest to it, "
        f"{which}",
        seen(most <= 0),
    )


def _shown(depth: float) -> str:
    return r"\infty" if depth == inf else f"{depth:g}"


def _percents(shares: Sequence[Share]) -> str:
    return ", ".join(share.percent for share in shares)


def cluster(data: Sequence[list[Runs]]) -> Finding:
    """Whether a majority of the outcomes is near a corner at the four depths that are printed."""
    pieces, least = [], []
    for scale, depths in zip(SCALES, data, strict=True):
        shares = [Share.where(near(found)) for found in depths[1:]]
        pieces.append(f"{scale:g}: {_percents(shares)}")
        least.append(min(shares, key=lambda share: share.seen))
    two = data[0][0]
    positive = Share.where(near(two)[two.det_sign > 0])
    return Finding(
        "cluster-at-corners",
        rf"Within {NEAR:g} of a corner at $N=5$, 10, 20, $\infty$, by the scale of the start: "
        f"{'; '.join(pieces)}. The least at {SCALES[0]:g}: {least[0]}. At $N=2$, "
        rf"$\det W(0)>0$: {positive.count}.",
        least[0].exceeds(0.5),
    )


def effective_rank(data: Sequence[list[Runs]]) -> Finding:
    """Whether nearly all effective ranks are below 1.06, where the printed histograms end.

    Depths share their starts: their runs are not independent, and the mean of their shares is as
    uncertain as the share of one depth.
    """
    two, *deeper = data[0]
    below = [Share.where(found.effective_rank < 1.06) for found in deeper]
    mean = Share(sum(share.seen for share in below) // len(below), below[0].of)
    other = np.median(two.effective_rank[two.det_sign > 0])
    return Finding(
        "erank-near-one",
        rf"Below 1.06 at $N=5$, 10, 20, $\infty$: {', '.join(share.count for share in below)}, in "
        rf"the mean {mean}; median at $N=2$, $\det W(0)>0$: {other:.3f}.",
        mean.exceeds(0.95),
    )


CHECKS = (
    ExactCheck(
        COVERS, measure_exact, predict_exact, visits=at_least_depth, scope="$b$, $x$, $y$ rational"
    ),
    TrainingCheck(
        frozenset({"near_2", "near_5", "near_10", "near_20", "near_infinite"}),
        SCALES,
        train,
        read,
        settings=r"flow to loss $10^{-12}$, $b=(1, 1)$, $N=2$, 5, 10, 20, $\infty$, $W(0)=s$ "
        "times standard Gaussian entries, $s=10^{-3}$, $10^{-2}$, $10^{-4}$, the same "
        "entries at every depth and scale",
        trained=lambda runs: len(SCALES) * len(DEPTHS) * runs,
        printed={"cluster-at-corners": cluster, "erank-near-one": effective_rank},
    ),
)
