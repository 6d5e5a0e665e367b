"""What one step of gradient descent does to balancedness, for every N and d."""

from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DURING
from dlnproof.definitions.letters import d, e, factor_at, j, t, velocity_at
from dlnproof.kernel.logic import generalise, sides, transitive
from dlnproof.kernel.terms import Term, identity, transpose
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.equations import changed
from dlnproof.tactics.settle import settle

from .balancedness import NEIGHBOURS, J, T, defect, neighbours, velocity

E = e.term


def stepped(index: Term) -> Term:
    """Return W_j + epsilon W_j'."""
    return factor_at(index, T) + E * velocity_at(index, T)


@cache
def gradients() -> tuple[Theorem, Theorem]:
    """The two gradients, each with the factor that it has in common with the other."""
    this, following = neighbours(velocity())
    return settle(this, *NEIGHBOURS), settle(following, *NEIGHBOURS)


@cache
def shared() -> tuple[Theorem, Theorem]:
    """W_{j+1}^T W_{j+1}' = W_j' W_j^T, and transposed."""
    this, following = gradients()
    upper, lower = factor_at(J + 1, T), factor_at(J, T)
    found = words(
        transpose(upper) * velocity_at(J + 1, T),
        velocity_at(J, T) * transpose(lower),
        (transpose(upper), following, None),
        (-identity(d), this, transpose(lower)),
    )
    left, right = sides(found)
    plain = words(transpose(velocity_at(J + 1, T)) * upper, transpose(left))
    back = words(transpose(right), lower * transpose(velocity_at(J, T)))
    turned = transitive(transitive(plain, changed(transpose(left), found)), back)
    return settle(found, *NEIGHBOURS), settle(turned, *NEIGHBOURS)


@cache
def step() -> Theorem:
    """The terms with epsilon cancel; those with epsilon^2 stay."""
    moves = defect(velocity_at(J + 1, T), velocity_at(J, T))
    found = words(
        defect(stepped(J + 1), stepped(J)),
        defect(factor_at(J + 1, T), factor_at(J, T)) + E**2 * moves,
        *((E * identity(d), theorem, None) for theorem in shared()),
    )
    return settle(found, *NEIGHBOURS)


@cache
def derive() -> Deduction:
    """Return the theorem about a step of gradient descent."""
    proof = Deduction("gd-defect")
    this, following = gradients()
    proof.show("this", this, "Two neighbours have a factor in common:")
    proof.show("next", following, "and")
    proof.show("shared", shared()[0], "So")
    found = generalise(step(), (t, e), *DURING)
    found = generalise(settle(found, *NEIGHBOURS), j, *NEIGHBOURS)
    proof.conclude("step", found, "So the terms that are linear in the step cancel,")
    return proof
