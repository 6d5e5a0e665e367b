"""Gradient descent by short and by long steps: at minima, beside the flow, and where det W = 0."""

from collections.abc import Sequence
from itertools import pairwise
from math import log2
from typing import Any, Final

import numpy as np

from dlnproof.claims.check import Finding, Parts, TrainingCheck
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import I, N
from dlnproof.training.discretised import (
    STEPS,
    Beside,
    SignChanges,
    beside,
    longest_step,
    sign_changes,
)
from dlnproof.training.findings import seen

DEPTHS: Final = (2, 3, 4)
"""Depths at which the longest step is measured."""
SETTINGS: Final = ((2, 0.03), (2, 0.1), (2, 0.3), (3, 0.2), (3, 0.3))
"""Depths and step sizes at which the sign of det W is looked at."""
_MOST: Final = 3000
_CLOSE: Final = 0.01
_ORDER: Final = 0.1


def followed(runs: int) -> int:
    """Return how many of ``runs`` starts are trained from."""
    return max(16, runs // 25)


def train(experiment: str, runs: int, seed: int) -> Any:
    """Return the largest singular value of a matrix and its longest steps, or runs of descent."""
    count = followed(runs)
    if experiment == "longest":
        W = np.random.default_rng(seed).standard_normal((2, 2))
        steps = [longest_step(W, depth) for depth in DEPTHS]
        return float(np.linalg.svd(W, compute_uv=False)[0]), steps
    if experiment == "beside":
        return [beside(depth, count, seed) for depth in DEPTHS[:2]]
    return [sign_changes(depth, step, count, seed, _MOST) for depth, step in SETTINGS]


def read(parts: Parts, data: Sequence[Any]) -> list[Finding]:
    """The longest step beside the one stated; orders; where det W changes its sign."""
    return [_longest(parts, *data[0]), *_orders(data[1]), _signs(data[2])]


def _longest(parts: Parts, sigma: float, measured: Sequence[float]) -> Finding:
    stated = parts["longest"]
    assert isinstance(stated, Expression)
    values = [{N: n, I.sigma: sigma, I.root: sigma ** (1 / n)} for n in DEPTHS]
    said = [float(stated.at(at, float)) for at in values]
    close = all(abs(x - y) < _CLOSE * y for x, y in zip(measured, said, strict=True))
    pairs = ", ".join(f"{x:.4f} ({y:.4f})" for x, y in zip(measured, said, strict=True))
    depths = ", ".join(map(str, DEPTHS))
    text = (
        "the longest step by which descent does not leave balanced factors of a matrix, "
        f"all observed, $N={depths}$, and the one stated: {pairs}"
    )
    return Finding("longest-step", text, seen(close))


def _orders(found: Sequence[Beside]) -> list[Finding]:
    """Report at which order in the step the balance, the flow and the modified loss are missed."""
    until = f"steps {STEPS[0]:g} to {STEPS[-1]:g}, $N=2$, 3"
    told = (
        ("balance", "the defect of balance at one time", "defect", 1),
        ("flow", "the distance from gradient flow at one time", "flow", 1),
        (
            "modified-loss",
            r"the distance from the flow of the loss with $(\eta/4)|\nabla|^2$ added, $\eta$ the "
            "step",
            "modified",
            2,
        ),
    )
    findings = []
    for name, what, field, expected in told:
        orders = [log2(a / b) for run in found for a, b in pairwise(getattr(run, field))]
        text = f"{what} is of order {min(orders):.2f} to {max(orders):.2f} in the step; {until}"
        close = all(abs(order - expected) < _ORDER for order in orders)
        findings.append(Finding(name, text, seen(close)))
    return findings


def _signs(found: Sequence[SignChanges]) -> Finding:
    """At depth 2 det W changes its sign by any step, at depth 3 after unstable ones."""
    two, three = ([run for run in found if run.depth == depth] for depth in (2, 3))
    all_changed = all(bool(run.changed.all()) for run in two)
    stable = max(float(run.before.max()) for run in two)
    unstable = min(float(run.before[run.changed].min(initial=np.inf)) for run in three)
    changed = sum(int(run.changed.sum()) for run in three)
    whole = sum(len(run.changed) for run in three)
    text = (
        rf"$N=2$: $\det W$ changes its sign in {'all' if all_changed else 'not all'} runs at the "
        f"steps {_listed(two)}, with steps of at most {stable:.2f} times the longest stable one; "
        f"$N=3$: in {changed} of {whole} runs at {_listed(three)}, after a step of at least "
        f"{unstable:.2f} times that"
    )
    return Finding("sign", text, seen(all_changed and stable < 1 < unstable and changed > 0))


def _listed(runs: Sequence[SignChanges]) -> str:
    return ", ".join(f"{run.step:g}" for run in runs)


CHECK = TrainingCheck(
    frozenset({"longest"}),
    ("longest", "beside", "sign"),
    train,
    read,
    settings=r"gradient descent; where nothing else is said with $w_{12}=w_{21}=1$, $w_{22}=0$ "
    r"observed, from balanced factors of $0.3$ times standard Gaussian entries with $\det W>0$, "
    "from a 25th of the starts, 16 at least; the longest stable step there is $2$ by the largest "
    r"eigenvalue of $P\,d\phi\,d\phi^*P$, $P$ the projection to observed entries",
    trained=lambda runs: (len(SETTINGS) + 2 * len(STEPS)) * followed(runs),
)
