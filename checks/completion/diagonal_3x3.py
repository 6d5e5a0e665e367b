"""Numeric checks of the minimisers of a 3 x 3 diagonal completion problem, and of training."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations, product
from math import inf
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from dlnproof.claims.check import (
    ExactCheck,
    Finding,
    Groups,
    Parts,
    Question,
    TrainingCheck,
    at_least_depth,
)
from dlnproof.claims.completion.diagonal_3x3 import U, V
from dlnproof.core.expression import Expression
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.violation import violation
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.completion import Completion
from dlnproof.training.experiments import flows
from dlnproof.training.findings import all_reached, compared, seen
from dlnproof.training.runs import Runs
from dlnproof.training.shares import Share

DEPTHS = (2, 3, 5, 10, inf)
UNIT = (1.0, 1.0, 1.0)
SCALE = 1e-3
MAIN = tuple((UNIT, SCALE, depth) for depth in DEPTHS)
"""Diagonals, scales of the start and depths: those of the statement."""
OTHERS = (
    (UNIT, 1e-1, 2),
    (UNIT, 1e-1, 5),
    ((1.0, 1.0, 0.0), 1e-3, 2),
    ((1.0, 1.0, 0.0), 1e-3, 3),
)
"""Further settings in which one cluster of rank two is looked for."""
STOP_LOSS = 1e-10
RADIUS = 0.3
RANK = 0.1
"""A singular value counts for the rank from this part of the largest on."""

GROUP = [
    np.diag(signs) @ np.eye(3)[list(order)]
    for order in permutations(range(3))
    for signs in product((1.0, -1.0), repeat=3)
]
"""The signed permutations."""


def vectors(point: ExactPoint) -> list[tuple[fmpq, fmpq, fmpq]]:
    """Return rational p for the minimisers p_i / p_j: from the point's numbers, and equal ones."""
    t = (*point.roots, fmpq(3, 2), fmpq(-2))
    return [(t[0], t[1], t[2]), (t[0], -t[0], t[0])]


def minimisers(point: ExactPoint) -> tuple[fmpq_mat, ...]:
    """Return the matrices (p_i / p_j)."""
    return tuple(fmpq_mat([[a / b for b in p] for a in p]) for p in vectors(point))


def defect(found: tuple[fmpq_mat, ...]) -> list[fmpq]:
    """By how much the ranks are not 1, and the diagonals not (1, 1, 1)."""
    return [x for W in found for x in (fmpq(W.rank() - 1), *(W[k, k] - 1 for k in range(3)))]


def wrong(found: tuple[fmpq_mat, ...]) -> list[tuple[fmpq_mat, ...]]:
    """The same with an entry of one of the matrices larger: beside the diagonal the rank grows."""
    made = []
    for place, W in enumerate(found):
        for row, column in ((0, 1), (0, 0), (1, 1), (2, 2)):
            changed = fmpq_mat(3, 3)
            changed[row, column] = fmpq(1)
            made.append((*found[:place], W + changed, *found[place + 1 :]))
    return made


def measure_exact(point: ExactPoint) -> Groups:
    """The sums of the squares of the entries; no violation."""
    squares = [sum((x * x for x in W.entries()), fmpq(0)) for W in minimisers(point)]
    return [group for square in squares for group in ([square], [fmpq(0)])]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The same by the closed forms."""
    square = parts["square"]
    assert isinstance(square, Expression)
    groups: list[list[fmpq]] = []
    for p in vectors(point):
        values = {U: (p[0] / p[1]) ** 2, V: (p[1] / p[2]) ** 2}
        groups += [[square.at(values)], [violation(parts["least"], values)]]
    return groups


# --- training ------------------------------------------------------------------------------------


def train(setting: tuple[tuple[float, ...], float, float], runs: int, seed: int) -> Runs:
    """Return the outcomes for one diagonal, scale and depth."""
    diagonal, scale, depth = setting
    problem = Completion((3, 3), {(k, k): value for k, value in enumerate(diagonal)})
    chosen = depth if depth == inf else int(depth)
    [found] = flows(problem, [chosen], scale=scale, runs=runs, seed=seed, stop_loss=STOP_LOSS)
    return found


def at_corner(W: FloatArray) -> Any:
    """Return which outcomes are within 0.3 (Frobenius) of a sign pattern of rank one."""
    signs = np.sign(W)
    pattern = signs[:, :, :1] * signs[:, :1, :]
    return np.linalg.norm(W - pattern, axis=(1, 2)) <= RADIUS


def ranks(found: Runs) -> Any:
    """Return how many singular values are more than a tenth of the largest."""
    logs = found.log_singular_values
    return (logs > logs[:, :1] + np.log(RANK)).sum(axis=1)


def largest_cluster(W: FloatArray, diagonal: Sequence[float] = UNIT) -> tuple[Share, FloatArray]:
    """Return how many outcomes lie within 0.3 of one of them, up to symmetry, and which one.

    The centre is the outcome, among the first fifty, with the most others around it. The
    symmetries are transposition and W -> g W h^T with signed permutations g and h that keep the
    diagonal (for the unit diagonal g = h).
    """
    return _largest_cluster(np.ascontiguousarray(W).tobytes(), tuple(diagonal))


@lru_cache(maxsize=32)  # every wrong variant of the statement is read from the same outcomes
def _largest_cluster(data: bytes, diagonal: tuple[float, ...]) -> tuple[Share, FloatArray]:
    W, D = np.frombuffer(data).reshape(-1, 9), np.diag(diagonal)
    kept = [(g, h) for g in GROUP for h in GROUP if np.array_equal(g @ D @ h.T, D)]
    square = (W * W).sum(axis=1)
    best, centre = Share(0, len(W)), np.zeros((3, 3))
    for candidate, its_square in zip(W[:50].reshape(-1, 3, 3), square, strict=False):
        images = [g @ M @ h.T for g, h in kept for M in (candidate, candidate.T)]
        nearest = (W @ np.reshape(images, (-1, 9)).T).max(axis=1)  # all images have one norm
        inside = Share.where(square + its_square - 2 * nearest <= RADIUS**2)
        if inside.seen > best.seen:
            best, centre = inside, candidate
    return best, centre


def read(parts: Parts, data: Sequence[Runs]) -> list[Finding]:
    """Compare the shares near a sign pattern, and of rank two at N = 2, with those stated."""
    data = data[: len(MAIN)]
    reached = Share.where(np.concatenate([found.reached for found in data]))
    findings = [all_reached(reached, STOP_LOSS)]
    names = ("corner_2", "corner_3", "corner_5", "corner_10", "corner_infinite")
    for name, found in zip(names, data, strict=True):
        what = "near a sign pattern"
        findings.append(compared(parts, name, what, Share.where(at_corner(found.W))))
    two = Share.where(ranks(data[0]) == 2)
    findings.append(compared(parts, "rank_two_2", "of rank two at N = 2", two))
    return findings + [_cluster(depth, found) for depth, found in zip(DEPTHS, data, strict=True)]


def _cluster(depth: float, found: Runs) -> Finding:
    """Report the largest cluster at one depth: its share, its rank and its centre."""
    share, centre = largest_cluster(found.W)
    sigma = np.linalg.svd(centre, compute_uv=False)
    rows = "; ".join(" ".join(f"{x:.2f}" for x in row) for row in centre)
    text = (
        f"{share.count} within {RADIUS} of one outcome up to symmetry, of rank "
        f"{int((sigma > RANK * sigma[0]).sum())}: ({rows})"
    )
    return Finding(f"largest cluster, $N={depth}$", text, seen(share.seen > 0))


def one_cluster(data: Sequence[Runs]) -> Finding:
    """Whether in some setting a majority lies around one outcome of rank two."""
    pieces, most = [], Share(0, len(data[0].W))
    for (diagonal, scale, depth), found in zip((*MAIN, *OTHERS), data, strict=True):
        share, centre = largest_cluster(found.W, diagonal)
        sigma = np.linalg.svd(centre, compute_uv=False)
        if (sigma > RANK * sigma[0]).sum() == 2:
            most = max(most, share, key=lambda share: share.seen)
        values = ", ".join(f"{s:.2f}" for s in sigma)
        where = "" if diagonal == UNIT else f", diagonal {', '.join(f'{b:g}' for b in diagonal)}"
        at = "" if scale == SCALE else f", scale {scale:g}"
        pieces.append(f"N = {depth}{at}{where}: {share.percent} (sigma = {values})")
    return Finding(
        "one-rank-two",
        f"Largest cluster of radius {RADIUS} up to symmetry, unit diagonal and starts of scale "
        f"{SCALE:g} unless said: {'; '.join(pieces)}. The largest of rank two: {most}.",
        most.exceeds(0.5),
    )


CHECKS = (
    ExactCheck(
        frozenset({"square", "least"}),
        measure_exact,
        predict_exact,
        visits=at_least_depth,
        questions=(
            Question(
                "a minimiser's rank or an entry of its diagonal, less 1", minimisers, defect, wrong
            ),
        ),
        scope="$u$, $v$ rational squares",
    ),
    TrainingCheck(
        frozenset(
            {"corner_2", "corner_3", "corner_5", "corner_10", "corner_infinite", "rank_two_2"}
        ),
        (*MAIN, *OTHERS),
        train,
        read,
        settings=r"flow to loss $10^{-10}$, unit diagonal, $N=2$, 3, 5, 10, $\infty$, "
        "$W(0)=10^{-3}$ times standard Gaussian entries, the same at every depth; "
        "four further settings for the printed statement",
        trained=lambda runs: (len(MAIN) + len(OTHERS)) * runs,
        printed={"one-rank-two": one_cluster},
    ),
)
