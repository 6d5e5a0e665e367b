"""Two factors at positive semidefinite matrices, for every d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import METRIC, OPERATOR
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, W, X, Y, Z, d, t
from dlnproof.kernel.determinants import inverse_value, linear_by_form
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    sides,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.ranges import bottom, single, within_scope
from dlnproof.kernel.spectral import psd_power, root_power, root_psd, root_unique, symmetric_of
from dlnproof.kernel.terms import (
    Term,
    different,
    equal,
    identity,
    inner,
    map_determinant,
    number,
    psd,
    psd_root,
    transpose,
    unfolded,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_traces
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import settle

GIVEN: Final = (*DEPTH, psd(W))
TWO: Final = equal(N, 2)
A_OF_Z: Final = OPERATOR(N, W, Z.term)
REGULAR: Final = different(map_determinant(Z, A_OF_Z), 0)
ROOT: Final = psd_root(W, N)
x, y = X.term, Y.term
definite = assume(psd(W))
flat = symmetric_of(definite)


@cache
def roots() -> tuple[Theorem, Theorem]:
    """(W W^T)^(1/N) and (W^T W)^(1/N) are (W^(1/N))^2."""
    square, whole = psd_power(root_psd(definite, N), 2), root_power(definite, N)
    raised = words((ROOT**2) ** N, ROOT**N * ROOT**N)
    raised = then(raised, whole)
    found = []
    for gram in (W * transpose(W), transpose(W) * W):
        told = transitive(raised, symmetric(changed(gram, flat)))
        found.append(settle(root_unique(square, told), *GIVEN))
    return found[0], found[1]


@cache
def operator() -> Theorem:
    """A(X) = (1/N) sum_j W^(2(N-j)/N) X W^(2(j-1)/N)."""
    opened = then(unfold(OPERATOR(N, W, x)), *roots())
    whole = sides(opened)[1].args[1]

    def summand(j: Term) -> Theorem:
        here = body(whole, j)
        return words(here, ROOT ** (2 * (N - j)) * x * ROOT ** (2 * (j - 1)))

    return settle(then(opened, inside(whole, summand, *GIVEN)), *GIVEN)


@cache
def lyapunov() -> Theorem:
    """A(X) = (W X + X W) / 2 for N = 2."""
    told = then(operator(), assume(TWO))
    whole = sides(told)[1].args[1]
    first = bottom(whole)
    told = then(told, first, single(sides(first)[1].args[1]))
    square = root_power(definite, 2)
    half = number(1) / 2
    last = words(
        sides(told)[1],
        half * moved(x),
        (half * identity(d), square, x),
        (half * x, square, None),
    )
    return settle(transitive(told, last), psd(W), TWO)


def moved(one: Term) -> Term:
    """Return W X + X W."""
    return W * one + one * W


@cache
def metric() -> Theorem:
    """g(Y, W X + X W) / N = Tr(Y^T X) for N = 2: A of 2 X is W X + X W."""
    twice = 2 * x
    image = instance(lyapunov(), {X: twice})
    image = transitive(image, words(sides(image)[1], moved(x)))
    linear = within_scope(linear_by_form(Z, unfolded(A_OF_Z)), symmetric(unfold(A_OF_Z)), Z)
    solved = settle(inverse_value(settle(linear, psd(W), TWO), image, twice), psd(W), TWO, REGULAR)
    told = then(unfold(METRIC(N, W, y, moved(x))), solved)
    scaled = changed((1 / N) * METRIC(N, W, y, moved(x)), told, assume(TWO))
    last = traces(sides(scaled)[1], inner(y, x))
    return settle(transitive(scaled, last), psd(W), TWO, REGULAR)


@cache
def length() -> Theorem:
    """The same at Y = W X + X W, for a symmetric X: 2 Tr(X W X)."""
    symmetric_ = equal(transpose(x), x)
    told = instance(metric(), {Y: moved(x)})
    target = 2 * inner(x, W * x)
    last = same_traces(sides(told)[1], target, assume(symmetric_), flat)
    return settle(transitive(told, last), psd(W), TWO, REGULAR, symmetric_)


@cache
def path() -> Theorem:
    """(I + t X) W (I + t X) by its ends, for any X and t."""
    s, end = t.term, identity(d) + x
    straight = identity(d) + s * x
    mixed = 2 * s * (1 - s) * (number(1) / 2 * (W * end + end * W))
    return words(straight * W * straight, (1 - s) ** 2 * W + s**2 * (end * W * end) + mixed)


@cache
def derive() -> Deduction:
    """Return the theorems about two factors at positive semidefinite matrices."""
    proof = Deduction("bures-wasserstein")
    regular, symmetric_ = (TWO, REGULAR), equal(transpose(x), x)
    proof.show("roots", roots()[0], "A positive semidefinite root is unique, so")
    found = generalise(operator(), X, *DEPTH)
    proof.conclude("operator", found, "as on the other side. In each summand of the operator")
    proof.conclude("lyapunov", generalise(lyapunov(), X, TWO), "Of two factors")
    proof.conclude("metric", generalise(metric(), (X, Y), *regular), "Here $2X$ is the inverse:")
    proof.conclude("length", generalise(length(), X, *regular, symmetric_), "By the trace")
    proof.conclude("path", generalise(path(), (X, t)), "Multiplied out")
    return proof
