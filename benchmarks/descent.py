"""gradient_descent against the same iteration with batched numpy.matmul, and a plain numpy loop.

First the loop, as a user writes it for one run: 100 x 100 of rank 5, depth 3. Then batches: 2 x 2,
depth 3. Both take the same steps from the same 50,000 Gaussian factors and compute every loss. CPU
time of this process, one BLAS thread; the two alternate, and each is represented by its fastest
round.
Then: the same for 500 to 50,000 runs and for wider and deeper networks, and two floors for one
iteration. The arithmetic floor is the multiplications and additions that an iteration needs, at the
speed of numpy's own multiply in cache; the memory floor is reading and writing each factor once an
iteration, at the speed of a copy that does not fit in cache, which blocks that iterate in cache
do not even pay.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training import Completion, gradient_descent
from dlnproof.training.block import Block

CORNER = Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0})
RUNS = 50_000
LR = 1e-3  # nothing ends within the iterations timed
ITERATIONS = 200
ROUNDS = 3
TARGET = 4.0
MOST = 1.3


def matmul_descent(problem: Completion, factors: Sequence[FloatArray], steps: int) -> FloatArray:
    """Return the losses after some steps of gradient descent, by batched matmul."""
    layers = list(factors)
    loss = np.empty(0)
    for step in range(steps + 1):
        prefixes = [layers[0]]
        for layer in layers[1:]:
            prefixes.append(layer @ prefixes[-1])
        loss = problem.loss(prefixes[-1])
        if step == steps:
            break
        D = problem.gradient(prefixes[-1])
        for j in range(len(layers) - 1, 0, -1):
            update = D @ prefixes[j - 1].swapaxes(1, 2)
            D = layers[j].swapaxes(1, 2) @ D
            layers[j] = layers[j] - LR * update
        layers[0] = layers[0] - LR * D
    return loss


def seconds(call: Callable[[], object]) -> float:
    """Return the CPU time of one call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def gaussian(widths: Sequence[int], runs: int) -> list[FloatArray]:
    """Return Gaussian factors of these widths."""
    rng = np.random.default_rng(0)
    pairs = pairwise(widths)
    return [rng.standard_normal((runs, b, a)) / (2 * np.sqrt(a)) for a, b in pairs]


def side_by_side(
    problem: Completion, widths: Sequence[int], runs: int, iterations: int
) -> tuple[float, float]:
    """Return ns for each run and iteration, ours and matmul's; the losses must agree."""
    factors = gaussian(widths, runs)
    best = [np.inf, np.inf]
    found: list[FloatArray] = [np.empty(0), np.empty(0)]

    def ours() -> None:
        done = gradient_descent(problem, factors, lr=LR, stop_loss=0, max_iterations=iterations)
        found[0] = done.loss

    def theirs() -> None:
        found[1] = matmul_descent(problem, factors, iterations)

    for _ in range(ROUNDS):
        for k, call in enumerate((ours, theirs)):
            best[k] = min(best[k], seconds(call))
    if not np.allclose(found[0], found[1], rtol=1e-9, atol=1e-12):
        raise SystemExit("expected the same losses")
    return best[0] / (runs * iterations) * 1e9, best[1] / (runs * iterations) * 1e9


def diagonal(d: int) -> Completion:
    """Return the completion of the identity from its diagonal."""
    return Completion((d, d), {(i, i): 1 for i in range(d)})


def rate(size: int, repetitions: int, call: Callable[[FloatArray, FloatArray], object]) -> float:
    """Return ns for each float64 of a call on two arrays of a size."""
    a, b = np.ones(size), np.ones(size)

    def repeat() -> None:
        for _ in range(repetitions):
            call(a, b)

    return min(seconds(repeat) for _ in range(ROUNDS)) / (size * repetitions) * 1e9


def floors() -> None:
    """Print what one iteration of 2 x 2 at depth 3 costs at least."""
    lanes = 4096
    widths = [2, 2, 2, 2]
    block = Block(CORNER, widths, lanes, LR)
    for mine, given in zip(block.now.factors, gaussian(widths, lanes), strict=True):
        mine[:] = np.moveaxis(given, 0, -1)

    def iterate() -> None:
        for _ in range(ITERATIONS):
            block.evaluate()
            block.advance()

    kernel = min(seconds(iterate) for _ in range(ROUNDS)) / (lanes * ITERATIONS) * 1e9
    out = np.empty(lanes)
    multiply = rate(lanes, 5000, lambda a, b: np.multiply(a, b, out))
    copy = rate(1 << 24, 2, np.copyto)
    multiplications, additions = block.count(np.multiply), block.count(np.add, np.subtract)
    entries = sum(b * a for a, b in pairwise(widths))
    arithmetic = (multiplications + additions) * multiply
    print(
        f"  {multiplications} multiplications and {additions} additions for each run: at "
        f"{multiply:.3f} ns (numpy's multiply, in cache) {arithmetic:.1f} ns"
    )
    print(
        f"  {16 * entries} bytes of factors read and written for each run: at {copy:.3f} ns for 16 "
        f"bytes (a copy, out of cache) {copy * entries:.1f} ns"
    )
    print(
        f"  achieved by the block alone {kernel:.1f} ns, {kernel / arithmetic:.2f} times the "
        f"arithmetic floor; {block.bytes // lanes} bytes of buffers for each run"
    )


def wide(d: int) -> Completion:
    """Return the completion of a matrix of rank 5 from a fifth of its entries."""
    rng = np.random.default_rng(0)
    T = rng.standard_normal((d, 5)) @ rng.standard_normal((5, d)) / np.sqrt(5)
    entries = rng.choice(d * d, d * d // 5, replace=False)
    return Completion((d, d), {(int(k // d), int(k % d)): T[k // d, k % d] for k in entries})


def plain_loop(problem: Completion, factors: Sequence[FloatArray], steps: int) -> float:
    """Return the loss after some steps of one run at depth 3, as a user writes it."""
    mask, target = np.zeros((2, *problem.shape))
    mask[problem.indices], target[problem.indices] = 1, problem.values
    W1, W2, W3 = factors
    for step in range(steps + 1):
        right = W2 @ W1
        G = mask * (W3 @ right) - target
        loss = (G * G).sum() / 2
        if step == steps:
            break
        D = W3.T @ G
        W3, W2, W1 = W3 - LR * G @ right.T, W2 - LR * D @ W1.T, W1 - LR * W2.T @ D
    return float(loss)


def against_the_loop() -> float:
    """Print what an iteration of one wide run costs beside a plain loop; return the ratio."""
    problem, iterations = wide(100), 200
    factors = gaussian([100] * 4, 1)
    best, found = [np.inf, np.inf], [0.0, 0.0]

    def ours() -> None:
        done = gradient_descent(problem, factors, lr=LR, stop_loss=0, max_iterations=iterations)
        found[0] = float(done.loss[0])

    def theirs() -> None:
        found[1] = plain_loop(problem, [F[0] for F in factors], iterations)

    for _ in range(ROUNDS):
        for k, call in enumerate((ours, theirs)):
            best[k] = min(best[k], seconds(call) / iterations * 1e6)
    if not np.isclose(found[0], found[1], rtol=1e-9):
        raise SystemExit("expected the same loss")
    print("100 x 100, depth 3, one run, us for each iteration")
    print(f"  plain numpy loop {best[1]:8.1f}")
    print(f"  gradient_descent {best[0]:8.1f}   {best[0] / best[1]:.2f} times that")
    return best[0] / best[1]


def engines() -> None:
    """Print where products of matrices overtake lanes, by width and number of runs."""
    print("width, runs, depth 3: us for an iteration of all, of lanes and by numpy's products")
    for d in (2, 3, 4, 5, 6, 8, 10):
        for runs in (1, 100, 5_000):
            problem, factors, best = diagonal(d), gaussian([d] * 4, runs), [np.inf, np.inf]
            steps = max(20, min(1000, 200_000 // runs // d))
            for _ in range(ROUNDS):
                for k, engine in enumerate(("lanes", "numpy")):
                    options = {"max_iterations": steps, "engine": engine}
                    call = partial(gradient_descent, problem, factors, lr=LR, stop_loss=0)
                    best[k] = min(best[k], seconds(partial(call, **options)) / steps * 1e6)
            print(f"  {d:2} {runs:6,}   {best[0]:8.1f} {best[1]:8.1f}   {best[0] / best[1]:6.2f}")


def main() -> None:
    """Print the ratios; fail below the target."""
    ratio = against_the_loop()
    ours, theirs = side_by_side(CORNER, [2, 2, 2, 2], RUNS, ITERATIONS)
    print(f"2 x 2, depth 3, {RUNS:,} runs, {ITERATIONS} iterations, ns for each run and iteration")
    print(f"  batched matmul   {theirs:8.1f}")
    print(f"  gradient_descent {ours:8.1f}   {theirs / ours:.1f} times faster")
    floors()
    print("scaling, 2 x 2, depth 3: runs, ns for each run and iteration, times faster than matmul")
    for runs in (500, 1_000, 5_000, 10_000, 20_000, 50_000):
        one, other = side_by_side(CORNER, [2, 2, 2, 2], runs, ITERATIONS)
        print(f"  {runs:6,}   {one:8.1f}   {other / one:6.1f}")
    print("width, depth, at 5,000 runs: ns for each run and iteration, times faster than matmul")
    for d, N in ((2, 2), (2, 10), (3, 3), (3, 10), (5, 3), (10, 3)):
        one, other = side_by_side(diagonal(d), [d] * (N + 1), 5_000, 200)
        print(f"  {d:2} {N:3}   {one:8.1f}   {other / one:6.1f}")
    engines()
    if theirs / ours < TARGET:
        raise SystemExit(f"expected at least {TARGET} times")
    if ratio > MOST:
        raise SystemExit(f"expected at most {MOST} times a plain loop at 100 x 100")


if __name__ == "__main__":
    main()
