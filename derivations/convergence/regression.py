"""Gradient descent on least squares from zero: it finds the solution of least norm."""

from functools import cache
from typing import Final

from dlnproof.definitions.letters import i, k, s
from dlnproof.definitions.regression import (
    COEFFICIENTS,
    COLS,
    COLUMN,
    DATA,
    DESCENT,
    EIGENVALUES,
    FRAME,
    ROWS,
    SIZES,
    TARGET,
    g,
    iterate,
    length_squared,
    squares,
    step,
    u,
    value,
    w,
)
from dlnproof.kernel import ranges
from dlnproof.kernel.calculus import gradient_chain, one_value, riesz
from dlnproof.kernel.entries import (
    between_units,
    diagonal_of_units,
    diagonals,
    entry_of,
    identity_is_diagonal,
)
from dlnproof.kernel.induction import induction
from dlnproof.kernel.limits import (
    INFINITY,
    limit_congruence,
    limit_constant,
    limit_difference,
    limit_product,
    limit_total,
)
from dlnproof.kernel.logic import (
    assume,
    cases,
    generalise,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field_in, zeroth_power
from dlnproof.kernel.signs import (
    certificate,
    gram_trace_nonnegative,
    gram_trace_zero,
    stricter,
    weaker,
)
from dlnproof.kernel.spectral import other_inverse, psd_entry, psd_gram
from dlnproof.kernel.terms import (
    Term,
    at_most,
    diagonal,
    different,
    equal,
    fresh,
    gradient,
    identity,
    inner,
    less,
    multiply,
    number,
    trace,
    transpose,
    unit,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.absolute import absolute, absolute_of_negative, absolute_of_nonnegative
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.rewriting import at_place
from dlnproof.tactics.sequences import next_power, powers_vanish
from dlnproof.tactics.settle import settle

ONE, ZERO = number(1), number(0)
I, K, S = i.term, k.term, s.term
BACK: Final = transpose(DATA)
START: Final = BACK * COEFFICIENTS
"""X^T z."""
SOLVES: Final = equal(DATA * START, TARGET)
NOTHING: Final = zero(COLS, 1)
LATER: Final = at_most(0, K)


def descent() -> Theorem:
    """X^T z minus the gradient of |X w - y|^2 / 2 there is X^T (z - (X X^T z - y))."""
    known = gradient(w, squares(w.term), START, g.term)
    h = fresh(COLUMN)
    line = START + S * h.term
    moving = differentiate(line, s, ZERO)
    moving = valued(moving, words(moving.conclusion.args[1], h.term))
    at = words(START + ZERO * h.term, START)
    by_gradient = gradient_chain(assume(known), moving, at)
    direct = differentiate(squares(line), s, ZERO)
    same = one_value(by_gradient, direct)
    slope = BACK * (DATA * START - TARGET)
    plain = traces(sides(same)[1], inner(slope, h.term))
    found = riesz(transitive(same, plain), h)
    after = START - g.term
    last = words(after, step(START), (-identity(COLS), found, None))
    return generalise(last, g, known)


def row_space() -> Theorem:
    """Every iterate is orthogonal to what X maps to zero."""
    kernel = assume(equal(DATA * w.term, zero(ROWS, 1)))
    turned = at_place(transpose(DATA * w.term), 0, kernel)
    sentence = equal(trace(transpose(w.term) * iterate(K)), 0)
    start, following = (assume(given) for given in DESCENT)
    base = changed(trace(transpose(w.term) * iterate(0)), start)
    base = transitive(base, traces(sides(base)[1], ZERO))
    later = changed(trace(transpose(w.term) * iterate(K + 1)), specialise(following, K))
    rest = DATA * iterate(K) - TARGET
    moved = traces(
        sides(later)[1],
        trace(transpose(w.term) * iterate(K)),
        (-identity(1), turned, rest),
    )
    found = transitive(later, moved, assume(sentence))
    whole = induction(k, sentence, base, settle(found, LATER), start=0)
    return generalise(settle(specialise(whole, K), LATER), (k, w), LATER, kernel.conclusion)


def unique() -> Theorem:
    """X^T u = X^T z if X maps both to y: their difference has the length 0."""
    solves = (assume(SOLVES), assume(equal(DATA * (BACK * u.term), TARGET)))
    apart = BACK * (u.term - COEFFICIENTS)
    minus = -transpose(u.term - COEFFICIENTS)
    none = traces(
        trace(transpose(apart) * apart),
        ZERO,
        (minus, solves[0], None),
        (-minus, solves[1], None),
    )
    same = gram_trace_zero(none)
    found = words(BACK * u.term, START, (None, same, None))
    return generalise(found, u, *(theorem.conclusion for theorem in solves))


def least_norm() -> Theorem:
    """|X^T z|^2 <= |w|^2 if X maps both to y: the difference is orthogonal to X^T z."""
    solves = (assume(SOLVES), assume(equal(DATA * w.term, TARGET)))
    apart = w.term - START
    rest = transpose(COEFFICIENTS)
    pythagoras = traces(
        length_squared(w.term),
        length_squared(START) + length_squared(apart),
        (2 * rest, solves[1], None),
        (-2 * rest, solves[0], None),
    )
    found = certificate(
        at_most(length_squared(START), length_squared(w.term)),
        [[gram_trace_nonnegative(apart)]],
        [(ONE, pythagoras)],
    )
    return generalise(found, w, *(theorem.conclusion for theorem in solves))


# --- convergence ----------------------------------------------------------------------------------

spectrum, orthogonal, below_two = (assume(given) for given in EIGENVALUES)
TURNED: Final = transpose(FRAME) * START
"""X^T z in the eigenvectors."""
PLACE: Final = (at_most(1, I), at_most(I, COLS))
VALUES: Final = diagonal(i, COLS, value(I))


def powers(exponent: Term) -> Term:
    """Return diag((1 - lambda_i)^k)."""
    return diagonal(i, COLS, (1 - value(I)) ** exponent)


def one_more() -> Theorem:
    """diag((1 - lambda_i)^k) - Lambda diag((1 - lambda_i)^k) has the powers k + 1."""
    product = diagonals(VALUES * powers(K))
    difference = diagonals(powers(K) - sides(product)[1])
    whole = sides(difference)[1]

    def entry_(index: Term) -> Theorem:
        x = 1 - value(index)
        found = body(whole, index)
        return field_in([x**K, x ** (K + 1)], found, x ** (K + 1), (-ONE, next_power(x, K)))

    told = transitive(difference, inside(whole, entry_, LATER))
    plain = words(
        powers(K) - VALUES * powers(K),
        powers(K) - sides(product)[1],
        (-identity(COLS), product, None),
    )
    return transitive(plain, told)


@cache
def iterates() -> Theorem:
    """w_k = X^T z - Q diag((1 - lambda_i)^k) Q^T X^T z."""
    start, following = (assume(given) for given in DESCENT)
    solves = assume(SOLVES)

    def form(exponent: Term) -> Term:
        return START - FRAME * powers(exponent) * TURNED

    sentence = equal(iterate(K), form(K))
    zeroth = powers(K * 0)
    ones = inside(zeroth, lambda v: zeroth_power(1 - value(v)))
    ones = transitive(ones, symmetric(identity_is_diagonal(COLS)))
    base = words(
        iterate(0),
        form(K * 0),
        (None, start, None),
        (FRAME, ones, TURNED),
        (None, other_inverse(orthogonal), START),
    )
    known = assume(sentence)
    moved = words(
        step(iterate(K)),
        form(K + 1),
        (None, known, None),
        (-BACK * DATA, known, None),
        (-BACK, solves, None),
        (None, spectrum, FRAME * powers(K) * TURNED),
        (FRAME * VALUES, orthogonal, powers(K) * TURNED),
        (-FRAME, one_more(), TURNED),
    )
    later = settle(transitive(specialise(following, K), moved), LATER)
    return induction(k, sentence, base, later, start=0)


def no_negative_value() -> Theorem:
    """0 <= lambda_i: it is a diagonal entry of (X Q)^T X Q."""
    both = DATA * FRAME
    above = settle(psd_entry(psd_gram(both), I), *PLACE)
    gram = above.conclusion.args[1]
    plain = changed(gram, gram_of_values())
    plain = then(plain, entry_of(VALUES, I, I))
    return settle(rewrite(above, plain), *PLACE)


def gram_of_values() -> Theorem:
    """(X Q)^T X Q = Lambda."""
    both, turned = DATA * FRAME, transpose(FRAME)
    return words(
        transpose(both) * both,
        VALUES,
        (turned, spectrum, FRAME),
        (None, orthogonal, VALUES * turned * FRAME),
        (VALUES, orthogonal, None),
    )


def part(index: Term) -> Term:
    """Return the component of X^T z along an eigenvector."""
    return FRAME * unit(COLS, index, index) * TURNED


def in_the_kernel() -> Theorem:
    """The component of X^T z is zero where lambda_i = 0, as X maps the eigenvector to zero."""
    is_zero = assume(equal(value(I), 0))
    e = unit(COLS, I, I)
    image = DATA * FRAME * e
    between = between_units(e, VALUES, e)
    none = traces(
        trace(transpose(image) * image),
        ZERO,
        (e, gram_of_values(), e),
        (None, between, None),
        (trace(e), entry_of(VALUES, I, I), None),
        (trace(e), is_zero, None),
    )
    gone = gram_trace_zero(none)
    turned = at_place(transpose(image), 0, gone)
    return settle(words(part(I), NOTHING, (FRAME, turned, COEFFICIENTS)), *PLACE)


def below_one(positive: Theorem) -> Theorem:
    """|1 - lambda| < 1, from 0 < lambda and lambda < 2."""
    x = 1 - value(I)
    goal = less(absolute(x), ONE)
    above, below = assume(at_most(ZERO, x)), assume(less(x, ZERO))
    high = specialise(below_two, I)
    one = certificate(goal, [[positive]], [(-ONE, absolute_of_nonnegative(above))], [absolute(x)])
    same = absolute_of_negative(weaker(below))
    other = certificate(goal, [[high]], [(-ONE, same)], [absolute(x)])
    return settle(cases(one, other, on=(above.conclusion, below.conclusion)), *PLACE)


def vanishing() -> Theorem:
    """(1 - lambda_i)^k times a component of X^T z tends to zero."""
    x = 1 - value(I)
    above = no_negative_value()
    is_zero, distinct = equal(value(I), 0), different(value(I), 0)
    term = multiply(x**K, part(I))

    gone = in_the_kernel()
    constant = limit_constant(INFINITY, NOTHING)
    one = limit_congruence(
        constant, symmetric(words(term, NOTHING, (x**K * identity(COLS), gone, None))), k, 0
    )
    positive = stricter(above, assume(distinct))
    small = powers_vanish(x, k, below_one(positive))
    other = limit_product(small, limit_constant(INFINITY, part(I)))
    other = valued(other, words(other.conclusion.args[0], NOTHING))
    return settle(cases(one, other, on=(is_zero, distinct)), *PLACE)


def convergence() -> Theorem:
    """w_k tends to X^T z."""
    units = changed(FRAME * powers(K) * TURNED, diagonal_of_units(powers(K)))
    whole = sides(units)[1].args[0].args[1]
    x = fresh(whole.sort)
    spread = ranges.linear_image(whole, x, FRAME * x.term * TURNED)
    summed = sides(spread)[1]

    def summand(index: Term) -> Theorem:
        return words(body(summed, index), multiply((1 - value(index)) ** K, part(index)))

    told = transitive(units, spread, inside(summed, summand))
    limit = limit_total(vanishing(), i, 1, COLS)
    nothing = ranges.constant(limit.conclusion.args[0])
    nothing = transitive(nothing, words(sides(nothing)[1], NOTHING))
    limit = valued(limit, nothing)
    limit = limit_difference(limit_constant(INFINITY, START), limit)
    limit = valued(limit, words(START - NOTHING, START))
    same = specialise(iterates(), K)
    written = words(
        START - sides(told)[1], START - FRAME * powers(K) * TURNED, (identity(COLS), told, None)
    )
    equation = transitive(written, symmetric(same))
    found = limit_congruence(limit, settle(equation, *SIZES, LATER), k, 0)
    return generalise(settle(found, *SIZES), (), SOLVES)
