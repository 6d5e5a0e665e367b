"""The minimisers of rank one of a 3 x 3 diagonal completion problem."""

from functools import cache
from itertools import combinations, permutations
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import NONNEGATIVE, ORDERED, SVD
from dlnproof.definitions.letters import SIGMA, Q, U, V, W, X, d, i, k, l, m, sigma
from dlnproof.definitions.three import (
    ONES,
    RANK_ONE,
    RATIOS,
    SIGN_CHANGE,
    SIGNED_PERMUTATION,
    SIGNS,
    SQUARED_RATIOS,
    THREE,
    UNIT_DIAGONAL,
    loss,
    signed,
    u,
    v,
    weight,
)
from dlnproof.kernel.arrays import entry_of_array
from dlnproof.kernel.entries import diagonals, entry_of, identity_is_diagonal, same_entries
from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import (
    absurd,
    assume,
    cases,
    contradiction,
    generalise,
    instance,
    sides,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import antisymmetric, certificate, decided, power_positive
from dlnproof.kernel.spectral import other_inverse
from dlnproof.kernel.terms import (
    Term,
    at_most,
    different,
    entry,
    equal,
    identity,
    less,
    number,
    trace,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.absolute import zero_of_square
from dlnproof.tactics.cancelling import same_traces
from dlnproof.tactics.entrywise import at_each, same_numbers, written_out
from dlnproof.tactics.equations import changed, inside, then
from dlnproof.tactics.settle import proved, settle

ONE, ZERO = number(1), number(0)
VALUES: Final = tuple(sigma(k) for k in (1, 2, 3))
FIRST, SECOND, THIRD = VALUES
PLACES: Final = [(row, col) for row in (1, 2, 3) for col in (1, 2, 3)]
VALUED: Final = (*THREE, *NONNEGATIVE, *ORDERED)
KNOWN: Final = (*VALUED, *UNIT_DIAGONAL)
I, L = i.term, l.term
HERE: Final = within(i, 1, d)
THERE: Final = within(l, 1, d)


def in_entries(sentence: Theorem) -> Theorem:
    """Return a fact about w_il for each i and l."""
    return generalise(generalise(settle(sentence, *KNOWN), l, *THERE), i, *HERE)


# --- rank one -------------------------------------------------------------------------------------


@cache
def third() -> Theorem:
    """sigma_3 = 0, from sigma_2 = 0."""
    below = certificate(
        at_most(THIRD, ZERO),
        [[proved(at_most(THIRD, SECOND), *VALUED)]],
        [(-ONE, assume(RANK_ONE[0]))],
    )
    return settle(antisymmetric(below, proved(at_most(ZERO, THIRD), *VALUED)), *VALUED)


@cache
def product(row: Term | int, col: Term | int) -> Theorem:
    """w_il = sigma_1 u_i1 v_l1, where sigma_2 = sigma_3 = 0."""
    w = entry(W, row, col)
    plain = changed(w, assume(SVD[0]))
    out = transitive(plain, written_out(sides(plain)[1], rows=3))
    a, b = ([entry(side, at, k) for k in (1, 2, 3)] for side, at in ((U, row), (V, col)))
    found = field(
        w,
        FIRST * a[0] * b[0],
        (ONE, out),
        (a[1] * b[1], assume(RANK_ONE[0])),
        (a[2] * b[2], third()),
    )
    return settle(found, *KNOWN, *HERE, *THERE)


@cache
def one(at: Term | int) -> Theorem:
    """w_ii = 1."""
    return proved(equal(entry(W, at, at), 1), *KNOWN, *HERE, *THERE)


@cache
def nonzero() -> Theorem:
    """u_l1 != 0: else w_ll = 0."""
    a, b = entry(U, L, 1), entry(V, L, 1)
    none = field(ONE, ZERO, (ONE, product(L, L)), (-ONE, one(L)), (FIRST * b, assume(equal(a, 0))))
    false = absurd(none, decided(different(ONE, ZERO)))
    return settle(contradiction(false, different(a, 0)), *KNOWN)


def ratio() -> Theorem:
    """w_il = u_i1 / u_l1, as sigma_1 v_l1 is the inverse of u_l1."""
    a, b = entry(U, I, 1), entry(U, L, 1)
    found = field(
        entry(W, I, L), a / b, (ONE, product(I, L)), (-a / b, product(L, L)), (a / b, one(L))
    )
    return settle(found, nonzero(), *KNOWN, *HERE, *THERE)


@cache
def minor(row: Term | int, middle: Term | int, col: Term | int) -> Theorem:
    """w_im w_ml = w_il."""
    a, b, e = entry(U, row, 1), entry(V, middle, 1), entry(V, col, 1)
    found = field(
        entry(W, row, middle) * entry(W, middle, col),
        entry(W, row, col),
        (entry(W, middle, col), product(row, middle)),
        (FIRST * a * b, product(middle, col)),
        (-FIRST * a * e, product(middle, middle)),
        (FIRST * a * e, one(middle)),
        (-ONE, product(row, col)),
    )
    return settle(found, *KNOWN, *HERE, *THERE)


# --- singular values ------------------------------------------------------------------------------


@cache
def of_values(power: int) -> Theorem:
    """Tr((W^T W)^n) = sigma_1^2n + sigma_2^2n + sigma_3^2n, for n = 1, 2."""
    svd, left, right = map(assume, SVD)
    gram = transpose(W) * W
    whole = trace(gram if power == 1 else gram * gram)
    plain = changed(whole, svd)
    middle = SIGMA * SIGMA if power == 1 else SIGMA * SIGMA * SIGMA * SIGMA
    inside = same_traces(sides(plain)[1], trace(middle), left, right)
    added = FIRST ** (2 * power) + SECOND ** (2 * power) + THIRD ** (2 * power)
    values = same_numbers(trace(middle), added, rows=3)
    return settle(transitive(plain, inside, values), *VALUED)


@cache
def weights() -> list[Theorem]:
    """w_il = p_i / p_l, for the nine entries."""
    return [
        proved(equal(entry(W, row, col), weight(row) / weight(col)), *THREE, *RATIOS)
        for row, col in PLACES
    ]


@cache
def squares() -> Theorem:
    """sigma_1^2 + sigma_2^2 + sigma_3^2 = sum of (p_i / p_l)^2."""
    found = of_values(1)
    ratios = [(weight(row) / weight(col)) ** 2 for row, col in PLACES]
    out = written_out(sides(found)[0], *weights(), rows=3)
    same = field(sides(found)[0], sum(ratios[1:], ratios[0]), (ONE, out))
    return settle(transitive(symmetric(found), same), *VALUED, *RATIOS)


@cache
def second() -> Theorem:
    """sigma_2 = 0 for w_il = p_i / p_l: the sum of sigma^4 is the square of that of sigma^2."""
    two, four = of_values(1), of_values(2)
    gram, fourth = sides(two)[0], sides(four)[0]
    out, outer = (written_out(x, *weights(), rows=3) for x in (gram, fourth))
    same = field(fourth, gram**2, (ONE, outer), (-(gram + sides(out)[1]), out))
    added = sides(two)[1]
    both = FIRST * SECOND
    below = certificate(
        at_most(both**2, ZERO),
        [[FIRST * THIRD], [SECOND * THIRD]],
        [
            (ONE / 2, same),
            (-ONE / 2, four),
            ((gram + added) / 2, two),
        ],
    )
    above = certificate(at_most(ZERO, both**2), [[both]])
    none = zero_of_square(settle(antisymmetric(below, above), *VALUED, *RATIOS))
    gap = proved(at_most(SECOND, FIRST), *VALUED)
    positive = proved(at_most(ZERO, SECOND), *VALUED)
    small = certificate(at_most(SECOND**2, ZERO), [[gap, positive]], [(-ONE, none)])
    square = antisymmetric(small, certificate(at_most(ZERO, SECOND**2), [[SECOND]]))
    return settle(zero_of_square(square), *VALUED, *RATIOS)


def formula(one_: Term, other: Term) -> Term:
    """Return 3 + u + 1/u + v + 1/v + u v + 1/(u v)."""
    three = [x + 1 / x for x in (one_, other, one_ * other)]
    return 3 + three[0] + three[1] + three[2]


@cache
def square() -> Theorem:
    """sigma_1^2 is that of u and v."""
    asked, known = (assume(s) for s in SQUARED_RATIOS)
    there = changed(formula(u, v), asked, known)
    at_ratios = field(
        FIRST**2,
        sides(there)[1],
        (ONE, squares()),
        (-SECOND, second()),
        (-THIRD, settle(third(), second())),
    )
    found = transitive(settle(at_ratios, *VALUED, *RATIOS), symmetric(there))
    return settle(found, *VALUED, *RATIOS, *SQUARED_RATIOS)


@cache
def positive(at: int) -> Theorem:
    """0 < u, or 0 < v."""
    equation = assume(SQUARED_RATIOS[at])
    above, below = (proved(different(weight(at + k), 0), *THREE, RATIOS[0]) for k in (1, 2))
    ratio_ = proved(different(weight(at + 1) / weight(at + 2), 0), above, below)
    found = certificate(less(ZERO, sides(equation)[0]), [[ratio_]], [(ONE, equation)])
    return settle(found, *THREE, *RATIOS)


@cache
def least() -> Theorem:
    """9 <= 3 + u + 1/u + ...: a number and its inverse add up to at least 2."""
    one_, other = positive(0), positive(1)
    both = proved(less(ZERO, u * v), one_, other)
    terms: list[list[Theorem | Term]] = [
        [x - 1, power_positive(above, -1)] for x, above in ((u, one_), (v, other), (u * v, both))
    ]
    found = certificate(at_most(number(9), formula(u, v)), terms)
    return settle(found, one_, other, *THREE, *RATIOS)


# --- equality -------------------------------------------------------------------------------------

NINE: Final = equal(FIRST**2, 9)


@cache
def entries_squared() -> Theorem:
    """sigma_1^2 = sum of w_il^2, where sigma_2 = 0."""
    two = of_values(1)
    gram = sides(two)[0]
    all_ = [entry(W, row, col) ** 2 for row, col in PLACES]
    found = field(
        FIRST**2,
        sum(all_[1:], all_[0]),
        (-ONE, two),
        (ONE, written_out(gram, rows=3)),
        (-SECOND, assume(RANK_ONE[0])),
        (-THIRD, third()),
    )
    return settle(found, *KNOWN)


@cache
def gaps() -> dict[tuple[int, int], Theorem]:
    """w_il - w_li = 0 for i < l: the squares of these are what sigma_1^2 - 9 is made of."""
    pairs = list(combinations((1, 2, 3), 2))
    gap = {(a, b): entry(W, a, b) - entry(W, b, a) for a, b in pairs}
    given = [(-ONE, assume(NINE)), (ONE, entries_squared())]
    given += [(entry(W, k, k) + 1, one(k)) for k in (1, 2, 3)]
    given += [(number(2), minor(a, b, a)) for a, b in pairs]
    given += [(number(2), one(a)) for a, _ in pairs]
    found = {}
    for pair, value in gap.items():
        others = [[other] for at, other in gap.items() if at != pair]
        below = certificate(at_most(value**2, ZERO), others, given)
        above = certificate(at_most(ZERO, value**2), [[value]])
        found[pair] = settle(zero_of_square(antisymmetric(below, above)), *KNOWN)
    return found


def sign(row: int, col: int) -> Theorem:
    """w_il^2 = 1, where sigma_1^2 = 9."""
    w = entry(W, row, col)
    if row == col:
        return field(w**2, ONE, (w + 1, one(row)))
    gap = gaps()[min(row, col), max(row, col)]
    turned = w if row < col else -w
    return field(w**2, ONE, (ONE, minor(row, col, row)), (ONE, one(row)), (turned, gap))


@cache
def signs() -> Theorem:
    """w_il^2 = 1 for each i and l, where sigma_1^2 = 9."""
    rows = [
        at_each([sign(row, col) for col in (1, 2, 3)], l, equal(entry(W, row, L) ** 2, 1), d)
        for row in (1, 2, 3)
    ]
    return in_entries(at_each(rows, i, equal(entry(W, I, L) ** 2, 1), d))


def attained() -> Theorem:
    """sigma_1^2 = 9, where w_il^2 = 1 for each i and l."""
    each_ = [proved(equal(entry(W, row, col) ** 2, 1), *THREE, *SIGNS) for row, col in PLACES]
    found = field(FIRST**2, number(9), (ONE, entries_squared()), *((ONE, s) for s in each_))
    return settle(found, *KNOWN, *SIGNS)


# --- symmetries -----------------------------------------------------------------------------------


def unsigned() -> Theorem:
    """D^T = D for the diagonal matrix D of the first column."""
    return diagonals(transpose(SIGN_CHANGE))


def first_column(at: Term) -> Theorem:
    """w_i1^2 = 1 for a sign pattern."""
    return proved(equal(entry(W, at, 1) ** 2, 1), *THREE, *SIGNS, *within(at.data, 1, d))


@cache
def orbit() -> Theorem:
    """W = D J D^T for a sign pattern, J the matrix of ones: w_il = w_i1 w_l1."""
    a, b, c = entry(W, I, 1), entry(W, 1, L), entry(W, L, 1)
    through = field(
        entry(W, I, L),
        a * c,
        (-ONE, minor(I, 1, L)),
        (-a * b, first_column(L)),
        (a * c, minor(1, L, 1)),
        (a * c, one(1)),
    )
    turned = changed(SIGN_CHANGE * ONES * transpose(SIGN_CHANGE), unsigned())
    whole = sides(turned)[1]
    outer = entry_of(whole, I, L)
    inner = entry_of(SIGN_CHANGE * ONES, I, L)
    found = field(
        entry(W, I, L),
        entry(whole, I, L),
        (ONE, through),
        (-ONE, outer),
        (-c, inner),
        (-a * c, entry_of_array(ONES, I, L)),
    )
    found = same_entries(settle(found, *KNOWN, *SIGNS, *HERE, *THERE), i, l)
    return transitive(settle(found, *KNOWN, *SIGNS), symmetric(turned))


def orthogonal() -> Theorem:
    """D^T D = I for a sign pattern."""

    def squared(at: Term) -> Theorem:
        return field(entry(W, at, 1) * entry(W, at, 1), ONE, (ONE, first_column(at)))

    turned = changed(transpose(SIGN_CHANGE) * SIGN_CHANGE, unsigned())
    whole = then(turned, diagonals(SIGN_CHANGE * SIGN_CHANGE))
    found = transitive(whole, inside(sides(whole)[1], squared, *THREE, *SIGNS))
    return settle(transitive(found, symmetric(identity_is_diagonal(d))), *THREE, *SIGNS)


def alone() -> Theorem:
    """D_ik D_im = 0 for k != m: one of them is off the diagonal."""
    first, second_ = entry(SIGN_CHANGE, I, k.term), entry(SIGN_CHANGE, I, m.term)
    here, other = equal(I, k.term), different(I, k.term)
    away = indices(different(I, m.term), here, different(k.term, m.term))
    at_first = field(first * second_, ZERO, (first, settle(entry_of(SIGN_CHANGE, I, m.term), away)))
    at_second = field(first * second_, ZERO, (second_, entry_of(SIGN_CHANGE, I, k.term)))
    found = cases(at_first, at_second, on=(here, other))
    conditions = (*HERE, *within(k, 1, d), *within(m, 1, d), different(k.term, m.term))
    return generalise(settle(found, *conditions), (i, k, m), *conditions)


@cache
def closed() -> Theorem:
    """(Q J Q^T)_il^2 = 1 for a signed permutation Q: it is (sum of a row)^2 (of another)^2."""
    rows = [[entry(Q.term, at, col) for col in (1, 2, 3)] for at in (I, L)]
    ones = [entry_of_array(ONES, *at) for at in PLACES]
    value = entry(signed(ONES), I, L)
    a, b = (row[0] + row[1] + row[2] for row in rows)
    out = written_out(value, *ones, rows=3)
    one_, other = (
        field(
            (row[0] + row[1] + row[2]) ** 2,
            ONE,
            (ONE, _unit_length(at)),
            *((2 * ONE, _zero(at, *pair)) for pair in combinations((1, 2, 3), 2)),
        )
        for at, row in zip((I, L), rows, strict=True)
    )
    found = field(value**2, ONE, (value + a * b, out), (b**2, one_), (ONE, other))
    found = settle(found, *THREE, *SIGNED_PERMUTATION, *HERE, *THERE)
    found = generalise(generalise(found, l, *THERE), i, *HERE)
    return generalise(found, Q, *SIGNED_PERMUTATION)


def moved(row: int) -> tuple[Term, Theorem]:
    """(x_ii - 1)^2 for Q X Q^T is sum_k q_ik^2 (x_kk - 1)^2, as q_ik q_im = 0 and |q_i| = 1."""
    columns = (1, 2, 3)
    q = [entry(Q.term, row, k) for k in columns]
    gaps_ = [entry(X.term, k, k) - 1 for k in columns]
    none = {(a, b): _zero(row, a + 1, b + 1) for a, b in permutations(range(3), 2)}
    length = _unit_length(row)
    value = entry(signed(X.term), row, row)
    out = written_out(value, rows=3)
    linear = q[0] ** 2 * gaps_[0] + q[1] ** 2 * gaps_[1] + q[2] ** 2 * gaps_[2]
    crossed = [(entry(X.term, k + 1, m + 1), zero) for (k, m), zero in none.items()]
    plain = field(value - 1, linear, (ONE, out), *crossed, (ONE, length))
    fourth = [
        field(
            q[k] ** 4,
            q[k] ** 2,
            (q[k] ** 2, length),
            *((-q[k] * q[m], none[k, m]) for m in range(3) if m != k),
        )
        for k in range(3)
    ]
    squares_ = [x**2 * gap**2 for x, gap in zip(q, gaps_, strict=True)]
    whole = squares_[0] + squares_[1] + squares_[2]
    found = field(
        (value - 1) ** 2,
        whole,
        (value - 1 + linear, plain),
        *((gap**2, one_) for gap, one_ in zip(gaps_, fourth, strict=True)),
        *((gaps_[k] * gaps_[m] * q[k] * q[m], zero) for (k, m), zero in none.items()),
    )
    return whole, settle(found, *THREE, *SIGNED_PERMUTATION)


@cache
def _zero(row: Term | int, one_: int, other: int) -> Theorem:
    """q_ik q_im = 0."""
    product_ = entry(Q.term, row, one_) * entry(Q.term, row, other)
    known = (*HERE, *THERE) if isinstance(row, Term) else ()
    return proved(equal(product_, 0), *THREE, *SIGNED_PERMUTATION, *known)


@cache
def _unit_length(row: Term | int) -> Theorem:
    """q_i1^2 + q_i2^2 + q_i3^2 = 1, as Q Q^T = I."""
    return _diagonal_of(other_inverse(assume(SIGNED_PERMUTATION[0])), row)


def _diagonal_of(equation: Theorem, at: Term | int) -> Theorem:
    """Return what stands at one place of the diagonal of an equation of matrices, written out."""
    left, _ = sides(equation)
    same = changed(entry(left, at, at), equation)
    one_ = transitive(same, entry_of(identity(d), at, at))
    return settle(transitive(symmetric(written_out(entry(left, at, at), rows=3)), one_), *THREE)


@cache
def symmetry() -> Theorem:
    """The loss of Q X Q^T is that of X, for a signed permutation Q."""
    rows = [moved(row) for row in (1, 2, 3)]
    columns = [_diagonal_of(assume(SIGNED_PERMUTATION[0]), k) for k in (1, 2, 3)]
    old, new = loss(X.term), loss(signed(X.term))
    outs = [written_out(entry(signed(X.term), k, k), rows=3) for k in (1, 2, 3)]
    found = field(
        new,
        old,
        (ONE, written_out(new, rows=3)),
        (-ONE, written_out(old, rows=3)),
        *((-(sides(out)[0] + sides(out)[1] - 2) / 2, out) for out in outs),
        *((ONE / 2, square_) for _, square_ in rows),
        *(
            ((entry(X.term, k, k) - 1) ** 2 / 2, column)
            for k, column in zip((1, 2, 3), columns, strict=True)
        ),
    )
    found = settle(found, *THREE, *SIGNED_PERMUTATION)
    return generalise(found, (Q, X), *SIGNED_PERMUTATION)


def transposition() -> Theorem:
    """The loss of X^T is that of X."""
    found = same_numbers(loss(transpose(X.term)), loss(X.term), rows=3)
    return generalise(settle(found, *THREE), X)


def derive() -> Deduction:
    """Return the derivation of what is not measured: the sign patterns have the least sigma_1."""
    proof = Deduction("diagonal-3x3")
    proof.show("third", third(), "The third singular value is at most the second,")
    proof.show("product", in_entries(product(I, L)), "so that the entries are products,")
    first = generalise(instance(nonzero(), {l: I}), i, *HERE)
    proof.conclude("nonzero", generalise(first, (), *RANK_ONE), "which are 1 on the diagonal:")
    entries = in_entries(ratio())
    proof.conclude("ratios", generalise(entries, (), *RANK_ONE), "Therefore")
    proof.show("squares", squares(), "The squares of the singular values add up to")
    rank = generalise(second(), (), *RATIOS)
    proof.conclude(
        "rank", rank, "and their fourth powers to the square of that, so that conversely"
    )
    proof.conclude("square", generalise(square(), (), *RATIOS), "One value is left:")
    proof.conclude(
        "least",
        generalise(least(), (), *RATIOS),
        "A number and its inverse add up to at least $2$:",
    )
    proof.conclude(
        "signs",
        generalise(signs(), (), *RANK_ONE, NINE),
        "Equality is for $w_{il}=w_{li}$, whose product is 1:",
    )
    proof.conclude("attained", generalise(attained(), (), *RANK_ONE, *SIGNS), "and conversely.")
    proof.conclude(
        "orbit", generalise(orbit(), (), *RANK_ONE, *SIGNS), "Signs lead to the matrix of ones:"
    )
    proof.conclude("sign-change", generalise(orthogonal(), (), *SIGNS), "by a matrix with")
    proof.conclude("alone", settle(alone(), *THREE), "and one entry in each row.")
    proof.conclude("closed", closed(), "Signed permutations lead from there to sign patterns:")
    proof.conclude("symmetry", symmetry(), "The loss does not change")
    proof.conclude("transposition", transposition(), "nor does it here:")
    return proof
