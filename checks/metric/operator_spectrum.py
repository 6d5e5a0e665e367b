"""What the spectrum of A_{N,W} is checked by beside its eigenvalues: symmetry and positivity."""

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import Question
from dlnproof.claims.measured import exact
from dlnproof.claims.metric.operator_spectrum import CLAIM
from dlnproof.numeric.exact.exact_geometry import pivots
from dlnproof.quantities.operator import mean_operator


def asymmetry(A: fmpq_mat) -> list[fmpq]:
    """The entries of A - A^T."""
    return (A - A.transpose()).entries()


def asymmetric(A: fmpq_mat) -> list[fmpq_mat]:
    """A with another number in one corner: none at d = 1, where nothing is asymmetric."""
    last = A.nrows() - 1
    return [_with(A, 0, last, A[0, last] + 1)] if last else []


def not_positive(A: fmpq_mat) -> list[fmpq]:
    """How many pivots of A are not positive."""
    return [A.nrows() - fmpq(sum(p > 0 for p in pivots(A)))]


def indefinite(A: fmpq_mat) -> list[fmpq_mat]:
    """A with its last pivot made negative: no other one changes."""
    last = A.nrows() - 1
    return [_with(A, last, last, fmpq(-1))]


def _with(A: fmpq_mat, row: int, column: int, entry: fmpq) -> fmpq_mat:
    changed = fmpq_mat(A)
    changed[row, column] = entry
    return changed


CHECKS = (
    exact(
        CLAIM.quantities,
        questions=(
            Question(
                r"an entry of $\mathcal{A}-\mathcal{A}^{T}$", mean_operator, asymmetry, asymmetric
            ),
            Question(
                r"how many pivots of $\mathcal{A}$ are not positive",
                mean_operator,
                not_positive,
                indefinite,
            ),
        ),
    ),
)
