"""Numeric checks of the flow of the end-to-end matrix on the balanced manifold."""

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.gradient import product_velocity, velocities
from dlnproof.numeric.exact.matrices import generic, product
from dlnproof.numeric.exact.points import ExactPoint, diagonal
from dlnproof.numeric.exact.predictions import Parts, over_pairs
from dlnproof.numeric.exact.stencil import derivative

COVERS = frozenset({"distinct", "coincident"})


def gradient(point: ExactPoint) -> fmpq_mat:
    """The gradient at W of the loss |W - B|^2 / 2."""
    return point.W - generic(point.width)


def measure_exact(point: ExactPoint) -> Groups:
    """dW/dt in the singular frames, by dual numbers."""
    velocity = product_velocity(point.factors, gradient(point))
    return [(point.U.transpose() * velocity * point.V).entries()]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """Minus the coefficient times the gradient."""
    return [_predicted_velocity(parts, point)]


Tails = tuple[tuple[fmpq_mat, fmpq_mat], ...]


def tails(point: ExactPoint) -> Tails:
    """For each j < N the product W_N ... W_{j+1}, and (W W^T)^((N-j)/N)."""
    depth = int(point.depth)
    return tuple(
        (
            product(point.factors[j:]),
            point.U
            * diagonal(tuple(t ** (2 * (depth - j)) for t in point.roots))
            * point.U.transpose(),
        )
        for j in range(1, depth)
    )


def no_roots(found: Tails) -> list[fmpq]:
    """The entries of P P^T - (W W^T)^((N-j)/N), P the product, for each j."""
    return [x for P, root in found for x in (P * P.transpose() - root).entries()]


def one_doubled(found: Tails) -> list[Tails]:
    """The same with one of the products doubled."""
    return [(*found[:k], (P * 2, root), *found[k + 1 :]) for k, (P, root) in enumerate(found)]


def _predicted_velocity(parts: Parts, point: ExactPoint) -> list[fmpq]:
    speeds = over_pairs(parts["distinct"], parts["coincident"], point)
    inner = (point.U.transpose() * gradient(point) * point.V).tolist()
    return [
        -speed * entry
        for row, entries in zip(speeds, inner, strict=True)
        for speed, entry in zip(row, entries, strict=True)
    ]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The derivative of the product along the factors' flow, by finite differences."""
    # small singular values move far less than they are: twice the digits keep both
    with working_precision(bits_of(2 * digits)):
        flow = [arb_mat(V) for V in velocities(point.factors, gradient(point))]
        start = [arb_mat(W) for W in point.factors]

        def moved(h: arb) -> list[arb_mat]:
            # any curve with this velocity: sin h, so that there is a truncation error to observe
            return [product([W + V * h.sin() for W, V in zip(start, flow, strict=True)])]

        # a step relative to how fast the fastest factor moves
        speed = max(float(abs(x).upper()) for V in flow for x in V.entries())
        [rate] = derivative(moved, step / fmpq(max(1, int(speed))))
        U, V = arb_mat(point.U.transpose()), arb_mat(point.V)
        return [(U * rate * V).entries()]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """Minus the coefficient times the gradient."""
    return [_predicted_velocity(parts, point)]


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict_exact,
        questions=(
            Question(
                r"an entry of $(W_{N}\cdots W_{j+1})(W_{N}\cdots W_{j+1})^{T}-(WW^{T})^{(N-j)/N}$",
                tails,
                no_roots,
                one_doubled,
            ),
        ),
    ),
    ConvergentCheck(COVERS, measure_pullback, predict_pullback),
)
