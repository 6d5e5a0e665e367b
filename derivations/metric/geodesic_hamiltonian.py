"""The geodesic flow by momenta: what it conserves, and in a frame, for every N and d."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.geometry import OPERATOR, coefficient, pair
from dlnproof.definitions.hypotheses import (
    BALANCED_AT,
    DEPTH,
    DISTINCT,
    DURING,
    FLOW,
    POSITIVE_AT,
    PRODUCT_AT,
    WIDTH,
    during,
)
from dlnproof.definitions.isometries import ORTHOGONAL, turned
from dlnproof.definitions.letters import (
    SIGMA,
    N,
    Q,
    R,
    U,
    V,
    W,
    X,
    Y,
    Z,
    d,
    end_at,
    factor,
    factor_at,
    i,
    j,
    l,
    left_at,
    right_at,
    s,
    sigma,
    sigma_at,
    t,
    t_0,
    t_1,
    whole,
)
from dlnproof.definitions.momenta import (
    HAMILTON,
    force_at,
    hamiltonian,
    momentum_at,
    on_the_left,
    on_the_right,
)
from dlnproof.kernel.calculus import (
    derivative_congruence,
    derivative_linear,
    gradient_chain,
    one_value,
)
from dlnproof.kernel.determinants import linear_multiple
from dlnproof.kernel.entries import entry_of, same_entries, trace_with_unit, unit_product
from dlnproof.kernel.logic import (
    assume,
    cases,
    generalise,
    instance,
    reflexive,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import linear_image, pairs, sum_of_sums
from dlnproof.kernel.spectral import (
    other_inverse,
    psd_congruence,
    psd_gram,
    root_power,
    root_psd,
    root_unique,
)
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Family,
    Symbol,
    Term,
    different,
    entry,
    equal,
    fresh,
    gradient,
    identity,
    inner,
    number,
    substitute,
    total,
    trace,
    transpose,
    unit,
    within,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.settle import settle
from dlnproof.tactics.spectra import conjugate, conjugate_power

from ..factors import end_to_end_flow
from . import metric_diagonalization, operator_spectrum
from .metric_diagonalization import linear_operator, summands
from .metric_svd_frame import termwise
from .operator_derivative import entries
from .operator_spectrum import DIFFERENT, GIVEN, left, right, svd

I, L, S, T = (letter.term for letter in (i, l, s, t))
x, y, z = (letter.term for letter in (X, Y, Z))
ZERO: Final = number(0)
PLACE: Final = (*within(i, 1, d), *within(l, 1, d))
UNLIKE: Final = different(I, L)


# --- the velocity ---------------------------------------------------------------------------------


def at_zero(path: Term) -> Term:
    """Return where a path is at s = 0."""
    return substitute(path, {s: ZERO})


def moving(path: Term, moves: Term) -> Theorem:
    """A path has this derivative at s = 0."""
    found = differentiate(path, s, ZERO)
    return valued(found, words(found.conclusion.args[1], moves))


def slope(path: Term, here: Term, moves: Term) -> Theorem:
    """H(W, M(s)) has at s = 0 the derivative N Tr(A(M)^T M'), as the operator is symmetric."""
    known = moving(path, moves)
    found = differentiate(
        hamiltonian(W, path), s, ZERO, known, derivative_linear(linear_operator(), known)
    )
    told = changed(found.conclusion.args[1], words(at_zero(path), here))
    adjoint = operator_spectrum.derive().concluded["self-adjoint"]
    crossed = specialise(adjoint, here, moves)
    image = OPERATOR(N, W, here)
    last = traces(sides(told)[1], N * inner(image, moves), (N / 2, crossed, None))
    return settle(valued(found, transitive(told, last)), *DEPTH)


@cache
def velocity() -> Theorem:
    """H(X, Y + s Z) has at s = 0 the derivative N Tr(A_X(Y)^T Z)."""
    found = instance(slope(y + S * z, y, z), {W.data: x})
    return generalise(found, (X, Y, Z))


# --- orthogonal matrices on both sides ------------------------------------------------------------


def root_turned(frame: Theorem, gram: Theorem, equation: Theorem) -> Theorem:
    """Return root(B, N) = Q root(M, N) Q^T, from B = Q M Q^T and that M is psd."""
    q, definite = sides(frame)[0].args[1], root_psd(gram, N)
    middle = definite.conclusion.args[0]
    power = conjugate_power(frame, middle, N)
    power = then(power, root_power(gram, N))
    return root_unique(psd_congruence(definite, q), transitive(power, symmetric(equation)))


@cache
def turned_operator() -> Theorem:
    """A at Q X R^T of Q Y R^T is Q A_X(Y) R^T."""
    rows, columns = map(assume, ORTHOGONAL)
    left_gram, right_gram = psd_gram(transpose(x)), psd_gram(x)
    left_gram = rewrite(left_gram, words(left_gram.conclusion.args[0], x * transpose(x)))
    image = turned(x)
    roots = (
        root_turned(
            rows,
            left_gram,
            same_words(image * transpose(image), conjugate(Q.term, x * transpose(x)), columns),
        ),
        root_turned(
            columns,
            right_gram,
            same_words(transpose(image) * image, conjugate(R, transpose(x) * x), rows),
        ),
    )
    told = then(unfold(OPERATOR(N, image, turned(y))), *roots)
    own = unfold(OPERATOR(N, x, y))
    summed, plain = sides(told)[1].args[1], sides(own)[1].args[1]

    def summand(v: Term) -> Theorem:
        here, there = body(plain, v), body(summed, v)
        first, last = there.args[0].args[0], there.args[1]
        parts = (
            conjugate_power(rows, first.args[0].args[0].args[1], N - v),
            conjugate_power(columns, last.args[0].args[0].args[1], v - 1),
        )
        return same_words(there, turned(here), *parts, rows, columns)

    found = then(told, inside(summed, summand, *DEPTH, *ORTHOGONAL))
    matrix = fresh(W.sort)
    out = symmetric(linear_image(plain, matrix, turned(matrix.term)))
    found = then(found, out)
    whole = words(sides(found)[1], turned(sides(own)[1]))
    found = transitive(found, whole, changed(sides(whole)[1], symmetric(own)))
    return settle(found, *DEPTH, *ORTHOGONAL)


@cache
def invariance() -> Theorem:
    """H(Q X R^T, Q Y R^T) = H(X, Y)."""
    told = changed(hamiltonian(turned(x), turned(y)), turned_operator())
    last = same_traces(sides(told)[1], hamiltonian(x, y), *map(assume, ORTHOGONAL))
    return settle(transitive(told, last), *DEPTH, *ORTHOGONAL)


# --- what turns conserve --------------------------------------------------------------------------

COSINE, SINE = -2 * S**2 / (1 + S**2), 2 * S / (1 + S**2)
"""cos - 1 and sin, of twice the angle with tangent s."""


def plane(sign: int) -> Term:
    """Return the turn in the plane of i and l, or (-1) the turn back."""
    both, turn = unit(d, I, I) + unit(d, L, L), unit(d, I, L) - unit(d, L, I)
    return identity(d) + COSINE * both + (sign * SINE) * turn


TURN: Final = unit(d, I, L) - unit(d, L, I)


@cache
def orthogonal_plane() -> Theorem:
    """The transpose of the turn is its inverse."""
    ends = [unit(d, a, b) for a, b in product((I, L), repeat=2)]
    products = [unit_product(a * b) for a, b in product(ends, repeat=2)]
    back = words(transpose(plane(1)), plane(-1))
    told = changed(transpose(plane(1)) * plane(1), back)
    found = transitive(told, same_words(plane(-1) * plane(1), identity(d), *products))
    return settle(found, *PLACE, UNLIKE)


FORCE: Final = gradient(X, hamiltonian(x, y), W, -z)
"""The momentum Y at W moves by Z."""
SPEED: Final = N * OPERATOR(N, W, y)


def turns(matrix: Term, sign: int, *, rows: bool) -> Term:
    """Return a matrix with its rows turned in the plane, or its columns turned back."""
    return plane(sign) * matrix if rows else matrix * plane(-sign)


@cache
def moved(*, rows: bool) -> Theorem:
    """H at W, turned, of Y is H at W of Y, turned back."""
    used, one = assume(ORTHOGONAL[1 - rows]), identity(d)
    free = R if rows else Q.term
    back = transpose(Q.term) * y if rows else y * R
    found = instance(invariance(), {X: W, Y: back, free.data: one})
    sign = words(transpose(one) * one, one)
    at = (Q.term * W) if rows else W * transpose(R)
    image = instance(reflexive(turned(W)), {free.data: one})
    whole = instance(reflexive(turned(back)), {free.data: one})
    parts = (
        words(sides(image)[0], at),
        same_words(sides(whole)[0], y, used, other_inverse(used)),
    )
    found = settle(rewrite(found, *parts), sign, *DEPTH)
    frame = Q if rows else R.data
    flip = words(transpose(plane(1)), plane(-1))
    found = rewrite(instance(found, {frame: plane(1)}), flip)
    return settle(found, orthogonal_plane(), *DEPTH, *PLACE, UNLIKE)


@cache
def balance(*, rows: bool) -> Theorem:
    """Both sides of that have the same derivative."""
    path, back = turns(W, 1, rows=rows), turns(y, -1, rows=rows)
    grown, shrunk = (2 * TURN * W, -2 * TURN * y) if rows else (-2 * (W * TURN), 2 * (y * TURN))
    outer, inside_ = assume(FORCE), moving(path, grown)
    found = gradient_chain(outer, inside_, words(at_zero(path), W))
    found = derivative_congruence(found, moved(rows=rows), s)
    return settle(one_value(found, slope(back, y, shrunk)), FORCE, *DEPTH, *PLACE, UNLIKE)


def value(*, rows: bool) -> Term:
    """Return how the momentum of turns moves."""
    half = z * transpose(W) + y * transpose(SPEED)
    other = transpose(W) * z + transpose(SPEED) * y
    return half - transpose(half) if rows else other - transpose(other)


@cache
def nothing(*, rows: bool) -> Theorem:
    """It does not move: entry by entry."""
    D = value(rows=rows)
    found = []
    for case in (equal(I, L), UNLIKE):
        at = entry(D, I, L)
        start = changed(at, symmetric(assume(case))) if case != UNLIKE else reflexive(at)
        end = I if case != UNLIKE else L
        single = unit(d, end, I)
        told = transitive(start, symmetric(trace_with_unit(single, D)))
        half = number(-1 if rows else 1) / 2
        parts = () if case != UNLIKE else ((half, balance(rows=rows), None),)
        told = transitive(told, traces(trace(single * D), ZERO, *parts))
        found.append(settle(told, case, FORCE, *DEPTH, *PLACE))
    none = transitive(cases(*found, on=(equal(I, L), UNLIKE)), symmetric(entry_of(zero(d), I, L)))
    return settle(same_entries(settle(none, *PLACE), i, l), FORCE, *DEPTH)


PATH: Final = tuple(map(assume, HAMILTON))


def kept(*, rows: bool) -> Theorem:
    """The momentum of turns of rows, or of columns, does not move along the flow."""
    momentum = on_the_left if rows else on_the_right
    found = differentiate(momentum(end_at(S), momentum_at(S)), s, T, *PATH[:2])
    here = {W.data: end_at(T), Y: momentum_at(T), Z: force_at(T)}
    none = instance(nothing(rows=rows), here)
    told = words(found.conclusion.args[1], sides(none)[0])
    found = valued(found, transitive(told, none))
    force = specialise(PATH[2], T)
    return generalise(settle(found, force, *DEPTH, *HAMILTON, *DURING), t, *DURING)


# --- the Hamiltonian, along balanced factors ------------------------------------------------------

FACTORS: Final = (FLOW[0], *BALANCED_AT, *PRODUCT_AT)
J: Final = j.term


def around(time: Term, matrix: Term) -> Term:
    """Return (W_N ... W_{j+1}) (W_N ... W_{j+1})^T M (W_{j-1} ... W_1)^T (W_{j-1} ... W_1)."""
    above, below = whole(factor_at, J + 1, N, time), whole(factor_at, 1, J - 1, time)
    return above * transpose(above) * matrix * (transpose(below) * below)


def summed(time: Term, one: Term, other: Term) -> Term:
    """Return the sum of Tr(A^T (...) B (...)) over the factors."""
    return total(j, 1, N, inner(one, around(time, other)))


@cache
def by_factors() -> Theorem:
    """Tr(X^T N A(Y)) is such a sum, at each time s."""
    told = instance(end_to_end_flow.operator(), {Z: y})
    powers = end_to_end_flow.left_powers(), end_to_end_flow.right_powers()
    rooted = sides(told)[1]
    outer = changed(inner(x, N * OPERATOR(N, W, y)), told)
    matrix = fresh(W.sort)
    out = linear_image(rooted, matrix, inner(x, matrix.term))
    back = inside(
        sides(out)[1],
        lambda v: changed(
            body(sides(out)[1], v), *(symmetric(instance(power, {j: v})) for power in powers)
        ),
        *end_to_end_flow.GIVEN,
    )
    found = settle(transitive(outer, out, back), *end_to_end_flow.GIVEN)
    found = instance(found, {factor: Family((j,), factor_at(J, S)), W.data: end_at(S)})
    return settle(found, *DEPTH, *FACTORS, *during(S))


def along(momentum: Term, *known: Theorem) -> Theorem:
    """Return the derivative of H(W(s), Y(s)) at t, half that of a sum over the factors."""
    half = number(1) / 2
    made = instance(by_factors(), {X: momentum, Y: momentum})
    found = differentiate(half * sides(made)[1], s, T, assume(FLOW[0]), *known)
    value = found.conclusion.args[1]
    found = valued(found, field(value, half * value.args[1].args[1]))
    same = traces(hamiltonian(end_at(S), momentum), half * sides(made)[0])
    found = derivative_congruence(found, symmetric(then(same, made)), s, t_0, t_1)
    return settle(found, *DEPTH, *FACTORS, *HAMILTON, *DURING)


@cache
def energy() -> Theorem:
    """H is constant: what W' adds is what P' takes."""
    force, momentum = force_at(T), momentum_at(T)
    still, found = instance(along(y), {Y: momentum}), along(momentum_at(S), PATH[1])
    lost = one_value(still, gradient_chain(specialise(PATH[2], T), specialise(PATH[0], T)))
    gained = instance(by_factors(), {X: force, Y: momentum, s: T})
    one, other = (side.conclusion.args[1].args[1] for side in (found, still))

    def summand(v: Term) -> Theorem:
        return traces(body(one, v), body(other, v) + 2 * body(sides(gained)[1], v))

    told = inside(one, summand)
    told = then(told, sum_of_sums(sides(told)[1]))
    number_ = fresh(REAL)
    out = linear_image(sides(gained)[1], number_, 2 * number_.term)
    half, whole_ = number(1) / 2, found.conclusion.args[1]
    opposite = traces(sides(lost)[1], -sides(gained)[0])
    parts = ((half, told), (-half, out), (number(1), lost), (number(-1), gained))
    found = valued(found, field(whole_, ZERO, *parts, (number(1), opposite)))
    found = settle(found, *DEPTH, *FACTORS, *HAMILTON, *DURING)
    return generalise(found, t, *DURING, *FACTORS)


# --- in the frame of the singular vectors ---------------------------------------------------------


@cache
def applied() -> Theorem:
    """A(Y) = sum_i sum_l (u_i^T Y v_l) lambda_il u_i v_l^T."""
    expanded = metric_diagonalization.expansion()
    whole = transitive(
        changed(OPERATOR(N, W, y), expanded),
        metric_diagonalization.through(linear_operator(), expanded),
    )

    def multiple(term: Term, v: Term, w: Term) -> Theorem:
        c, vector = coefficient(y, v, w), pair(v, w)
        told = linear_multiple(linear_operator(), c, vector)
        told = then(told, instance(operator_spectrum.eigenvector(), {i: v, l: w}))
        value = sides(told)[1].args[1].args[0]
        return transitive(told, words(sides(told)[1], (c * value) * vector))

    return settle(then(whole, summands(sides(whole)[1], multiple)), *GIVEN)


@cache
def split() -> Theorem:
    """Tr(X^T A(X)) is a sum over i, and over pairs of two terms each."""
    told = changed(inner(x, OPERATOR(N, W, y)), applied())
    told = specialise(metric_diagonalization.traced(told, applied()), x, x)
    return settle(then(told, pairs(sides(told)[1])), *GIVEN)


@cache
def on_diagonal() -> Theorem:
    """Return the term of i."""
    term = body(sides(split())[1].args[0], I)
    told = changed(term, instance(operator_spectrum.coincident(), {l: I}))
    told = settle(told, reflexive(sigma(I)), *GIVEN, *within(i, 1, d))
    momentum = N * sigma(I) ** (1 - 1 / N) * coefficient(x, I, I)
    target = 2 / N * (1 / (2 * number(N)) * momentum**2)
    return settle(transitive(told, field(sides(told)[1], target)), *GIVEN, *within(i, 1, d))


def turn(*, rows: bool) -> Theorem:
    """u_i^T (X W^T - W X^T) u_l = x_il s_l - s_i x_li; v_i^T (W^T X - X^T W) v_l likewise."""
    frame, momentum = (U, on_the_left) if rows else (V, on_the_right)
    framed = transpose(U) * x * V
    crossed = SIGMA * transpose(framed) if rows else transpose(framed) * SIGMA
    plain = (framed * SIGMA if rows else SIGMA * framed) - crossed
    whole_ = transpose(frame) * momentum(W, x) * frame
    told = changed(whole_, svd)
    told = transitive(told, same_words(sides(told)[1], plain, left, right))
    found = changed(entry(whole_, I, L), told)
    return then(found, entries(sides(found)[1]))


SHARE: Final = 2 / number(N)
"""By which Tr(X^T A(X)) is a multiple of H."""
ROOTS: Final = sigma(I) ** (2 / N) - sigma(L) ** (2 / N)
LESS, MORE = sigma(I) - sigma(L), sigma(I) + sigma(L)
TOGETHER: Final = MORE / (4 * ROOTS * LESS)
APART: Final = LESS / (4 * ROOTS * MORE)


@cache
def of_pair() -> Theorem:
    """Return the two terms of a pair."""
    term = body(body(sides(split())[1].args[1], I), L)
    own, crossed = (
        operator_spectrum.distinct(),
        instance(operator_spectrum.distinct(), {i: L, l: I}),
    )
    told = changed(term, own, crossed)
    rows, columns = turn(rows=True), turn(rows=False)
    a, b = sides(rows)[0], sides(columns)[0]
    goal = SHARE * (TOGETHER * (a - b) ** 2) + SHARE * (APART * (a + b) ** 2)
    back = changed(goal, rows, columns)
    found = transitive(told, field(sides(told)[1], sides(back)[1]), symmetric(back))
    return settle(found, DIFFERENT, *GIVEN, *within(i, 1, d), *within(l, I + 1, d))


def shared(whole: Term) -> Theorem:
    """Return: the sum of c f is c times that of f; of sums over pairs likewise."""
    v = fresh(INT)
    inner_ = body(whole, v.term)
    if inner_.op == "sum":
        told = inside(whole, lambda w: shared(body(whole, w)))
        return then(told, shared(sides(told)[1]))
    plain = total(v, whole.args[0], whole.args[1], inner_.args[1])
    number_ = fresh(REAL)
    return symmetric(linear_image(plain, number_, SHARE * number_.term))


@cache
def frame() -> Theorem:
    """Return the Hamiltonian in terms of the momenta of the values and of turns."""
    known = (*GIVEN, *DISTINCT)
    one, two = termwise(split(), on_diagonal(), of_pair(), *known)
    both = sides(two)[1].args
    told = then(split(), one, two, shared(sides(one)[1]), *map(shared, both))
    found = changed(hamiltonian(W, x), told)
    a, (b, c) = (
        sides(told)[1].args[0].args[1],
        (term.args[1] for term in sides(told)[1].args[1].args),
    )
    found = transitive(found, field(sides(found)[1], a + (b + c)))
    found = settle(found, *known)
    here: dict[Symbol, Term | Family] = {
        W.data: end_at(T),
        U.data: left_at(T),
        V.data: right_at(T),
        sigma: Family((i,), sigma_at(I, T)),
    }
    distinct = substitute(DISTINCT[0], here)
    found = settle(
        instance(found, here), distinct, *DEPTH, *WIDTH, *SVD_OF_END[:3], *POSITIVE_AT, *DURING
    )
    return generalise(found, (t, X), *DURING, distinct)


@cache
def derive() -> Deduction:
    """Return the theorems about the geodesic flow by momenta, for all N and d."""
    proof = Deduction("geodesic-hamiltonian")
    proof.conclude("velocity", velocity(), "As the operator is linear and symmetric,")
    proof.show("operator-turned", turned_operator(), "Roots of turned matrices are turned, so")
    found = generalise(invariance(), (X, Y))
    proof.conclude("turned", found, "and")
    proof.show(
        "plane", orthogonal_plane(), "For the turn in a plane, by twice the angle with tangent $s$,"
    )
    proof.show("rows", moved(rows=True), "this says that")
    proof.show("balance", balance(rows=True), "By the derivatives of both sides at $s=0$,")
    proof.conclude("left", kept(rows=True), "which is an entry of a matrix that is $O$. So")
    proof.conclude("right", kept(rows=False), "For the columns likewise")
    proof.show("factors", by_factors(), "Along balanced factors the operator is made of products,")
    proof.conclude("energy", energy(), "so it is differentiable, and by Hamilton's equations")
    proof.show("applied", applied(), "In the frame of the singular vectors")
    proof.show("rows-of-pair", turn(rows=True), "and turns of rows have")
    proof.conclude("frame", frame(), "With those of columns, pair by pair,")
    return proof
