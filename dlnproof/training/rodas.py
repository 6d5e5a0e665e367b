"""One step of Rodas5P, a stiffly accurate, L-stable Rosenbrock method of order 5(4).

Coefficients: G. Steinebach, "Construction of Rosenbrock-Wanner method Rodas5P and numerical
benchmarks within the Julia Differential Equations package", BIT Numer. Math. 63 (2023), 27. The
method is for y' = f(y) with the exact Jacobian of f at the step's start; eight stages share one
matrix. Each sample of the batch has its own step size.
"""

from collections.abc import Callable
from itertools import starmap
from operator import mul
from typing import Final

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.frames import apply, inverses

GAMMA: Final = 0.21193756319429014

# stage k is taken at y + sum_j ARGUMENTS[k][j] u_j; the last two at the one before plus its u
ARGUMENTS: Final = (
    (3.0,),
    (2.849394379747939, 0.45842242204463923),
    (-6.954028509809101, 2.489845061869568, -10.358996098473584),
    (2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641),
    (-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256,
     0.030198172008377946),
)  # fmt: skip
COUPLING: Final = (
    (-14.155112264123755,),
    (-17.97296035885952, -2.859693295451294),
    (147.12150275711716, -1.41221402718213, 71.68940251302358),
    (165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306),
    (24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125,
     -0.6610691825249471),
    (30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783,
     -19.097331116725623, -28.087943162872662),
    (37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047,
     -40.06618937091002, -54.66780262877968, -9.48861652309627),
)  # fmt: skip
ERROR_ORDER: Final = 5
"""The error estimate, the last stage, is O(h^5); the step itself is correct to O(h^6)."""


def rodas_step(
    field: Callable[[FloatArray], FloatArray],
    start: FloatArray,
    jacobian: FloatArray,
    h: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Return y after one step of length h from y = 0, and the estimate of its error.

    ``field``: f, from shape (k, batch) to the same; ``start``: f(0); ``jacobian``: f'(0), shape
    (k, k, batch); ``h``: shape (batch,). Where a stage overflows, the result is not finite.
    """
    k = np.arange(len(start))
    matrix = -jacobian
    matrix[k, k] += 1 / (GAMMA * h)
    inverse = inverses(matrix)
    stages = [apply(inverse, start)]
    y = stages[0]  # the shape; replaced below
    for number, coupling in enumerate(COUPLING):
        first = number < len(ARGUMENTS)
        y = _combination(ARGUMENTS[number], stages) if first else y + stages[-1]
        slope = field(y) + _combination(coupling, stages) / h
        stages.append(apply(inverse, slope))
    return y + stages[-1], stages[-1]


def _combination(weights: tuple[float, ...], stages: list[FloatArray]) -> FloatArray:
    first, *rest = starmap(mul, zip(weights, stages, strict=True))
    total: FloatArray = first
    for term in rest:
        total += term
    return total
