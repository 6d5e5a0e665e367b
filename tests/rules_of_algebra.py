"""Rules about numbers, signs, matrices and determinants, applied to random terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from attack import Rule
from random_terms import SIGMA, D, I, K, M, N, Terms, W, X, matrix_letter

from dlnproof.kernel import (
    arrays,
    determinants,
    entries,
    logic,
    numbers,
    orbits,
    powers,
    signs,
    spectral,
    words,
)
from dlnproof.kernel.terms import (
    INT,
    Symbol,
    Term,
    array,
    at_most,
    choose,
    determinant,
    diagonal,
    different,
    divide,
    each,
    entry,
    equal,
    every,
    frame_determinant,
    fresh,
    identity,
    integer,
    less,
    linear,
    log,
    multiply,
    number,
    opened,
    pair_determinant,
    positive,
    power,
    psd,
    substitute,
    subtract,
    total,
    trace,
    transpose,
    unit,
    variable,
    within,
)
from dlnproof.kernel.theorem import Theorem

ZERO = number(0)


def given(t: Terms, sentence: Term) -> Theorem:
    """Return a theorem with a conclusion: assumed, perhaps with more hypotheses."""
    theorem = logic.assume(sentence)
    return logic.weaken(theorem, t.sentence(0)) if t.rng.random() < 0.2 else theorem


def about(t: Terms, v: Symbol, conditions: Sequence[Term], sentence: Term) -> Theorem:
    """Return a theorem about a letter: from what is said of all of them, or assumed of it alone."""
    if t.rng.random() < 0.15:
        return given(t, sentence)
    kept = [c for c in conditions if t.rng.random() < 0.9]
    return logic.specialise(given(t, every(v, kept, sentence)), v.term)


# --- numbers --------------------------------------------------------------------------------------


def same_number(t: Terms, value: Term, depth: int = 3) -> Term:
    """Return a number that should be the same, where all is well: written in another way."""
    rng = t.rng
    if depth <= 0:
        return value
    again: Callable[[Term], Term] = lambda x: same_number(t, x, depth - 1)  # noqa: E731
    other = t.number(rng.randint(0, 1))
    ways: list[Callable[[], Term]] = [
        lambda: divide(again(value * other), other),
        lambda: subtract(again(value + other), other),
        lambda: again(value) * power(other, 0),
        lambda: power(power(value, 2), Fraction(1, 2)),
        lambda: power(power(value, Fraction(1, 2)), 2),
        lambda: power(power(value, N.term), divide(number(1), number(N.term))),
        lambda: power(power(value, Fraction(1, 3)), 3),
        lambda: divide(number(1), divide(number(1), value)),
        lambda: power(power(value, -1), -1),
    ]
    if value.op in ("+", "*"):
        a, b = value.args
        ways.append(lambda: again(b) + again(a) if value.op == "+" else again(b) * again(a))
    if value.op in ("+", "-") and value.args[0].op == "*":
        (a, b), c = value.args[0].args, value.args[1]
        ways.append(
            lambda: (
                multiply(a, b + divide(c, a)) if value.op == "+" else multiply(a, b - divide(c, a))
            )
        )
    if value.op == "^":
        x, e = value.args
        one = t.rng.choice((1, 2, -1))
        ways += [
            lambda: power(x, e + one) * power(x, -one),
            lambda: power(x, e - one) * power(x, one),
            lambda: divide(power(x, e + one), power(x, one)),
        ]
        if x.op == "*":
            ways.append(lambda: power(x.args[0], e) * power(x.args[1], e))
        if x.op == "/":
            ways.append(lambda: divide(power(x.args[0], e), power(x.args[1], e)))
        if x.op == "^":
            ways.append(lambda: power(x.args[0], multiply(x.args[1], e)))
        if e.op == "polynomial":
            ways.append(lambda: power(x, e - K.term) * power(x, K.term))
            ways.append(lambda: power(x, number(e)))
    if value.op == "*" and value.args[0].op == value.args[1].op == "^":
        (x, e), (y, f) = (arg.args for arg in value.args)
        if x == y:
            ways.append(lambda: power(x, e + f))
        if e == f:
            ways.append(lambda: power(x * y, e))
    return again(rng.choice(ways)())


def base_number(t: Terms) -> Term:
    """Return a number with powers in it."""
    rng = t.rng
    exponents: tuple[Callable[[], Term | int | Fraction], ...] = (
        lambda: rng.randint(-3, 3),
        lambda: t.integer(1),
        lambda: Fraction(rng.choice((1, -1, 3)), 2),
        lambda: divide(number(t.integer(0)), number(t.integer(0))),
        lambda: t.number(0),
        lambda: number(rng.choice((0, 1, 2))) if rng.random() < 0.3 else t.integer(0),
    )
    a = power(t.number(rng.randint(0, 1)), rng.choice(exponents)())
    b = power(t.number(0), rng.choice(exponents)())
    return rng.choice((a, a * b, a + b, a * t.number(0), divide(a, b), t.number(1)))


def field(t: Terms) -> Theorem:
    """An equation of numbers that is decided."""
    value = base_number(t)
    left, right = same_number(t, value), same_number(t, value)
    if t.rng.random() < 0.3:
        known = given(t, equal(t.rng.choice((X.term, SIGMA(I.term))), t.number(1)))
        a, b = logic.sides(known)
        factor = t.number(1)
        return numbers.field(left + factor * a, right + factor * b, (factor, known))
    if t.rng.random() < 0.2:
        return numbers.field_in((value,), left, right)
    return numbers.field(left, right)


def small_rule(t: Terms) -> Theorem:
    """One of the rules of logarithms and powers."""
    x, y, a, b = t.number(1), t.number(1), t.integer(1), t.integer(1)
    e = t.rng.choice((a, t.number(0), t.rng.randint(-2, 3), Fraction(1, 2)))
    return t.rng.choice(
        (
            lambda: numbers.log_of_product(x, y),
            lambda: numbers.log_of_quotient(x, y),
            lambda: numbers.log_of_power(x, e),
            lambda: numbers.power_of_sum(x, a, b),
            lambda: numbers.power_of_product(x, y, a),
            lambda: numbers.power_of_power(x, a, b),
            lambda: numbers.power_of_zero(e),
            lambda: numbers.power_of_one(e),
            lambda: numbers.zeroth_power(x),
            lambda: numbers.sign_squared(a),
        )
    )()


# --- signs ----------------------------------------------------------------------------------------


def relation(t: Terms, *kinds: Callable[..., Term]) -> Theorem:
    """Return a relation of numbers, as a theorem."""
    return given(
        t, t.rng.choice(kinds)(t.number(t.rng.randint(0, 1)), t.number(t.rng.randint(0, 1)))
    )


def above(t: Terms, value: Term) -> Theorem:
    """Return 0 <= value, 0 < value, or something near."""
    low = t.rng.choice((ZERO, ZERO, ZERO, number(1), number(-1)))
    return given(t, t.rng.choice((at_most, less))(low, value))


def certificate(t: Terms) -> Theorem:
    """An inequality by a certificate, its goal the sum of it, written in another way."""
    rng = t.rng
    terms: list[list[signs.Factor]] = []
    whole = ZERO
    for _ in range(rng.randint(1, 2)):
        factors: list[signs.Factor] = []
        part = number(1)
        for _ in range(rng.randint(1, 2)):
            kind = rng.randrange(4)
            if kind == 0:
                factors.append(x := t.number(0))
                part = part * power(x, 2)
            elif kind == 1:
                factors.append(c := Fraction(rng.randint(0, 3), 2))
                part = part * number(c)
            else:
                theorem = relation(t, at_most, less, different)
                a, b = theorem.conclusion.args
                factors.append(theorem)
                part = part * (power(b - a, 2) if theorem.conclusion.op == "!=" else b - a)
        terms.append(factors)
        whole = whole + part
    a = t.number(1)
    order = rng.choice((at_most, less))
    return signs.certificate(order(a, a + same_number(t, whole, 1)), terms)


def nonzero_certificate(t: Terms) -> Theorem:
    """That two numbers differ."""
    theorems = [relation(t, different, less) for _ in range(t.rng.randint(1, 2))]
    whole = number(1)
    for theorem in theorems:
        a, b = theorem.conclusion.args
        whole = whole * (b - a)
    a = t.number(0)
    return signs.nonzero_certificate(different(a, a + same_number(t, whole, 1)), theorems)


def sign_rule(t: Terms) -> Theorem:
    """One of the rules about relations."""
    rng = t.rng
    x, y = t.number(1), t.number(1)
    e = rng.choice(
        (t.integer(1), t.integer(0), Fraction(1, 2), Fraction(-1, 3), 2, -1, 0, t.number(0))
    )
    relations = (at_most, less, equal, different)
    one = relation(t, *relations)
    ints = given(t, rng.choice((at_most, equal, different))(t.integer(1), t.integer(1)))
    real_ints = given(t, rng.choice(relations)(number(t.integer(1)), number(t.integer(1))))
    ordered = given(t, rng.choice((at_most, less))(x, y))
    exponents = given(t, at_most(t.integer(1), t.integer(1))) if rng.random() < 0.5 else ordered
    return rng.choice(
        (
            lambda: signs.weaker(one),
            lambda: signs.apart(rng.choice((one, ints))),
            lambda: signs.turned(one),
            lambda: signs.antisymmetric(given(t, at_most(x, y)), given(t, at_most(y, x))),
            lambda: signs.stricter(
                given(t, at_most(x, y)), given(t, different(*rng.sample((x, y), 2)))
            ),
            lambda: signs.chain(ordered, given(t, rng.choice(relations)(y, t.number(1)))),
            lambda: signs.as_numbers(ints),
            lambda: signs.as_integers(real_ints),
            lambda: signs.positive_integer(ints),
            lambda: signs.power_positive(above(t, x), e),
            lambda: signs.power_nonnegative(above(t, x), e),
            lambda: signs.power_nonzero(given(t, different(x, 0)), t.integer(1)),
            lambda: signs.even_power_nonnegative(x, t.integer(1)),
            lambda: signs.power_monotone(above(t, x), ordered, e),
            lambda: signs.power_antitone(above(t, x), ordered, e),
            lambda: signs.exponent_monotone(
                given(t, rng.choice((at_most, less))(number(1), x)), exponents
            ),
            lambda: signs.exponent_antitone(
                above(t, x), given(t, rng.choice((at_most, less))(x, number(1))), exponents
            ),
            lambda: signs.power_injective(
                above(t, x), above(t, y), given(t, equal(power(x, e), power(y, e)))
            ),
            lambda: signs.unique_root(above(t, x), given(t, equal(power(x, e), y))),
            lambda: signs.log_monotone(above(t, x), ordered),
            lambda: signs.log_injective(given(t, equal(log(x), log(y)))),
            lambda: signs.gamma_positive(above(t, x)),
            lambda: signs.product_nonzero(given(t, different(x, 0)), given(t, different(y, 0))),
            lambda: signs.product_of_integers(ints, given(t, at_most(t.integer(1), t.integer(1)))),
            lambda: signs.gram_trace_nonnegative(t.matrix(D.term, M.term, 1)),
            lambda: signs.gram_trace_zero(
                given(t, equal(trace(transpose(W(I.term)) * W(I.term)), 0))
            ),
            lambda: signs.decided(
                rng.choice(relations)(number(rng.randint(-1, 1)), number(rng.randint(-1, 1)))
            ),
        )
    )()


def over_range(t: Terms) -> Theorem:
    """One of the rules about inequalities of sums and products."""
    rng = t.rng
    k = fresh(INT)
    low, high = t.ends()
    f, g = t.number(rng.randint(0, 1), (k,)), t.number(rng.randint(0, 1), (k,))
    if rng.random() < 0.5:
        f = f * f + rng.randint(0, 1)
    conditions = within(k, low, high)
    index = k if rng.random() < 0.9 else I
    order = rng.choice((at_most, less))
    return rng.choice(
        (
            lambda: signs.sum_monotone(about(t, k, conditions, order(f, g)), index, low, high),
            lambda: signs.sum_monotone(about(t, k, conditions, order(f - 1, f)), index, low, high),
            lambda: signs.sum_nonnegative(
                about(t, k, conditions, order(ZERO, f)), index, low, high
            ),
            lambda: signs.product_nonnegative(
                about(t, k, conditions, order(ZERO, f)), index, low, high
            ),
            lambda: signs.product_over_nonzero(
                about(t, k, conditions, different(f, 0)), index, low, high
            ),
            lambda: signs.product_monotone(
                about(t, k, conditions, order(ZERO, f)),
                about(t, k, conditions, order(f, f + g * g)),
                index,
                low,
                high,
            ),
        )
    )()


# --- matrices -------------------------------------------------------------------------------------


def same_matrix(t: Terms, value: Term, depth: int = 3) -> Term:
    """Return a matrix that should be the same, where all is well: written in another way."""
    rng = t.rng
    if depth <= 0:
        return value
    rows, cols = value.sort.shape
    again: Callable[[Term], Term] = lambda x: same_matrix(t, x, depth - 1)  # noqa: E731
    other, c = t.matrix(rows, cols, 1), t.number(0)
    ways: list[Callable[[], Term]] = [
        lambda: subtract(again(value + other), other),
        lambda: transpose(again(transpose(value))),
        lambda: again(identity(rows) * value),
        lambda: again(value) * identity(cols),
        lambda: multiply(divide(number(1), c), multiply(c, again(value))),
        lambda: again(value) + multiply(ZERO, other),
    ]
    if value.op == "+":
        ways.append(lambda: again(value.args[1]) + again(value.args[0]))
    if value.op == "T" and value.args[0].op == "*":
        a, b = value.args[0].args
        ways.append(lambda: transpose(b) * transpose(a))
    if value.op == "T" and value.args[0].op == "unit":
        size, i, l = value.args[0].args
        ways.append(lambda: unit(size, l, i))
    if value.op == "*":
        a, b = value.args
        if b.op == "+":
            ways.append(lambda: a * b.args[0] + a * b.args[1])
        if a.op == "*":
            ways.append(lambda: a.args[0] * (a.args[1] * b))
    if value.op == "^":
        a, e = value.args
        n = t.rng.choice((integer(1), K.term, integer(2)))
        ways += [lambda: power(a, e - n) * power(a, n), lambda: power(a, e + n - n)]
        ways.append(lambda: transpose(power(transpose(a), e)))
        if a.op == "^":
            ways.append(lambda: power(a.args[0], a.args[1] * e))
    return again(rng.choice(ways)())


def base_matrix(t: Terms) -> Term:
    """Return a matrix with powers in it."""
    rng = t.rng
    a = t.square(rng.randint(0, 2))
    if rng.random() < 0.5:
        a = power(t.square(rng.randint(0, 1)), rng.choice((t.integer(1), t.integer(0), integer(2))))
    if rng.random() < 0.3:
        a = transpose(a)
    return rng.choice((a, a * t.square(0), a + t.square(1), transpose(a * t.square(1))))


def word(t: Terms) -> Theorem:
    """An equation of matrices that is decided."""
    value = base_matrix(t)
    left, right = same_matrix(t, value), same_matrix(t, value)
    if t.rng.random() < 0.3:
        known = given(t, equal(W(I.term), t.square(1)))
        a, b = logic.sides(known)
        c, e = t.square(0), t.rng.choice((None, t.square(0)))
        around = (c * a, c * b) if e is None else (c * a * e, c * b * e)
        return words.words(left + around[0], right + around[1], (c, known, e))
    if t.rng.random() < 0.2:
        known = given(t, equal(X.term, t.number(1)))
        c = t.square(0)
        return words.words(
            left + multiply(X.term, c), right + multiply(logic.sides(known)[1], c), (c, known, None)
        )
    return words.words(left, right)


def word_of_traces(t: Terms) -> Theorem:
    """An equation of traces that is decided."""
    a, b = t.matrix(D.term, M.term, 1), t.matrix(M.term, D.term, 1)
    c = base_matrix(t)
    left, right = t.rng.choice(
        (
            (trace(a * b), trace(b * a)),
            (trace(c), trace(transpose(same_matrix(t, c, 1)))),
            (trace(a * b * c), trace(transpose(a) * transpose(c) * transpose(b))),
            (trace(c * c), trace(c * transpose(c))),
            (trace(power(c, N.term)), trace(c * power(c, N.term - 1))),
            (trace(identity(D.term)) * trace(c), trace(c) * trace(identity(D.term))),
        )
    )
    x = t.number(1)
    return words.traces(left + x, x + right)


def entries_rule(t: Terms) -> Theorem:
    """One of the rules about entries, diagonal matrices and units."""
    rng = t.rng
    v, i, l = fresh(INT), fresh(INT), fresh(INT)
    f, g = t.number(1, (v,)), t.number(1, (v,))
    a, b = diagonal(v, D.term, f), diagonal(v, D.term, g)
    n, k, m, p, q = t.integer(1), t.index(), t.index(), t.index(), t.index()
    u, w = unit(D.term, k, m), unit(D.term, rng.choice((m, p)), q)
    A, B = t.square(1), t.square(1)
    terms = (a + b, a - b, a * b, multiply(t.number(1), a), power(a, n), transpose(a))
    matrices = (
        A,
        A + B,
        A * B,
        A * a,
        b * B,
        transpose(A),
        a,
        u,
        identity(D.term),
        t.sum_of(D.term, D.term, 1, ()),
    )
    row = (i.term, l.term)
    same = (*within(i, 1, D.term), *within(l, 1, D.term))
    x = variable("H", A.sort)
    return rng.choice(
        (
            lambda: entries.diagonals(rng.choice(terms)),
            lambda: entries.identity_is_diagonal(n),
            lambda: entries.zero_is_diagonal(n),
            lambda: entries.unit_scaled(rng.choice((a * u, u * a))),
            lambda: entries.unit_product(u * w),
            lambda: entries.between_units(u, A, w),
            lambda: entries.sum_of_units(rng.choice(matrices)),
            lambda: entries.diagonal_of_units(a),
            lambda: entries.trace_of_entries(rng.choice(matrices)),
            lambda: entries.trace_of_unit(u),
            lambda: entries.trace_with_unit(u, A),
            lambda: entries.entry_of(rng.choice(matrices), k, rng.choice((k, m))),
            lambda: entries.entry_of(rng.choice(matrices), k, m),
            lambda: entries.entry_off_unit(u, p, q, by_row=rng.random() < 0.5),
            lambda: entries.same_entries(
                about_two(t, i, l, same, equal(entry(A, *row), entry(B, *row))), i, l
            ),
            lambda: entries.same_orthonormal_parts(
                logic.specialise(
                    given(
                        t,
                        every(
                            x, (), equal(trace(transpose(x.term) * A), trace(transpose(x.term) * B))
                        ),
                    ),
                    x.term,
                ),
                x,
            ),
        )
    )()


def about_two(
    t: Terms, i: Symbol, l: Symbol, conditions: Sequence[Term], sentence: Term
) -> Theorem:
    """Return a theorem about two indices, from what is said of all of them."""
    kept = [c for c in conditions if t.rng.random() < 0.9]
    return logic.specialise(given(t, every((i, l), kept, sentence)), i.term, l.term)


def orthogonal(t: Terms, name: str) -> Theorem:
    """Return X^T X = I, perhaps with another matrix on a side."""
    a = matrix_letter(name, D.term, D.term)
    return given(t, equal(transpose(a) * a, identity(D.term)))


def spectral_rule(t: Terms) -> Theorem:
    """One of the rules about psd matrices, roots and orthogonal matrices."""
    rng = t.rng
    A, P = t.square(1), matrix_letter("P", D.term, D.term)
    known = given(t, psd(rng.choice((P, A, P, transpose(A) * A))))
    [a] = known.conclusion.args
    v, n = fresh(INT), t.rng.choice((t.integer(1), integer(2), integer(rng.randint(0, 3))))
    f = t.number(1, (v,))
    low, high = t.ends()
    w = t.square(1, (v,))
    x = t.number(1)
    return rng.choice(
        (
            lambda: spectral.psd_gram(t.matrix(D.term, M.term, 1)),
            lambda: spectral.psd_congruence(known, t.matrix(M.term, D.term, 1)),
            lambda: spectral.psd_identity(D.term),
            lambda: spectral.psd_zero(D.term),
            lambda: spectral.psd_diagonal(
                about(t, v, within(v, 1, D.term), at_most(number(0), f)), v, D.term
            ),
            lambda: spectral.psd_diagonal(
                about(t, v, within(v, 1, N.term), at_most(number(0), f)), v, D.term
            ),
            lambda: spectral.psd_sum(known, given(t, psd(matrix_letter("Q", D.term, D.term)))),
            lambda: spectral.psd_multiple(above(t, x), known),
            lambda: spectral.psd_total(
                about(t, v, within(v, low, high), psd(transpose(w) * w)), v, low, high
            ),
            lambda: spectral.psd_power(known, n),
            lambda: spectral.symmetric_of(known),
            lambda: spectral.psd_form(known, t.matrix(D.term, M.term, 1)),
            lambda: spectral.psd_entry(known, t.integer(1)),
            lambda: spectral.root_unique(
                known, given(t, equal(power(a, n), matrix_letter("B", D.term, D.term)))
            ),
            lambda: spectral.root_unique(known, logic.reflexive(power(a, n))),
            lambda: spectral.root_power(known, n),
            lambda: spectral.root_psd(known, n),
            lambda: spectral.other_inverse(given(t, equal(P * A, identity(D.term)))),
            lambda: spectral.other_inverse(orthogonal(t, "A")),
            lambda: spectral.orthonormal_units(orthogonal(t, "A"), orthogonal(t, rng.choice("AB"))),
            lambda: powers.psd_power_by_eigenvalues(
                orthogonal(t, "A"),
                about(t, v, within(v, 1, D.term), positive(rng.choice((SIGMA(v.term), f)))),
                v,
                t.number(0),
            ),
        )
    )()


def a_map(t: Terms, x: Symbol) -> Term:
    """Return a term in a matrix that is linear in it, or nearly so."""
    rng = t.rng
    body = x.term
    for _ in range(rng.randint(1, 3)):
        body = rng.choice(
            (
                lambda b: b * t.square(0),
                lambda b: t.square(0) * b,
                transpose,
                lambda b: multiply(t.number(0), b),
                lambda b: b + x.term,
                lambda b: b - t.square(0) if rng.random() < 0.2 else b - x.term * t.square(0),
                lambda b: b * b if rng.random() < 0.2 else b,
                lambda b: multiply(trace(b), t.square(0)),
                lambda b: multiply(entry(b, t.index(), t.index()), t.square(0)),
                lambda b: multiply(divide(trace(b), t.number(0)), t.square(0)),
                lambda b: summed(t, b),
                lambda b: diagonal(
                    v := fresh(INT), D.term, divide(entry(b, v.term, t.index((v,))), SIGMA(v.term))
                ),
            )
        )(body)
    return body


def summed(t: Terms, body: Term) -> Term:
    """Return a sum over a range of multiples of a matrix."""
    v = fresh(INT)
    low, high = t.ends()
    return total(v, low, high, multiply(t.number(1, (v,)), t.square(0, (v,)) * body))


def maps_rule(t: Terms) -> Theorem:
    """One of the rules about linear maps, their inverses and determinants."""
    rng = t.rng
    x = variable("H", t.square(0).sort)
    body = a_map(t, x)
    known = given(t, linear(x, body))
    a, b = t.square(1), t.square(0)
    i, l = fresh(INT), fresh(INT)
    basis = spectral.orthonormal_units(orthogonal(t, "U"), orthogonal(t, rng.choice("UV")))
    [element] = opened(basis.conclusion, i.term, l.term)
    u = matrix_letter("U", D.term, D.term)
    own = rng.choice((body, multiply(t.number(0), x.term), u * transpose(u) * x.term, x.term))
    mu = t.number(1, (i, l))
    images = given(
        t,
        every(
            (i, l),
            determinants.square(i, l, D.term if rng.random() < 0.9 else N.term),
            equal(substitute(own, {x: element}), multiply(mu, element)),
        ),
    )
    square = rng.choice(
        (
            a * b,
            transpose(a),
            multiply(t.number(0), a),
            power(a, t.integer(1)),
            identity(D.term),
            t.diagonal(D.term, 1, ()),
        )
    )
    return rng.choice(
        (
            lambda: determinants.linear_by_form(x, body),
            lambda: determinants.linear_by_form(x, body),
            lambda: determinants.linear_sum(known, a, b),
            lambda: determinants.linear_multiple(known, t.number(0), a),
            lambda: determinants.inverse_value(known, logic.reflexive(substitute(body, {x: a})), a),
            lambda: determinants.inverse_solves(known, a),
            lambda: determinants.inverse_linear(known),
            lambda: determinants.inverse_determinant(known),
            lambda: determinants.eigenbasis_determinant(basis, images, x, own),
            lambda: determinants.determinant_of(determinant(square)),
            lambda: determinants.orthogonal_determinant(orthogonal(t, "U")),
        )
    )()


def frame_rule(t: Terms) -> Theorem:
    """The determinant of a frame by pairs, of a map that is made to fit or not quite."""
    rng = t.rng
    sort = matrix_letter("U", D.term, D.term).sort
    d, a, b = (variable(name, sort) for name in ("DD", "aa", "bb"))
    i, l = fresh(INT), fresh(INT)
    j, k = fresh(INT), fresh(INT)
    alpha = t.number(0, (i,))
    coefficients = [t.number(0, (i, l)) for _ in range(4)]

    def at(value: Term, *where: Term) -> Term:
        return substitute(value, dict(zip((i, l), where, strict=False)))

    p, q, r, s = coefficients
    low = [at(c, k.term, j.term) for c in (r, s)]
    up = [at(c, j.term, k.term) for c in (p, q)]
    upper = up[0] * entry(a.term, j.term, k.term) + up[1] * entry(b.term, j.term, k.term)
    lower = low[0] * entry(a.term, k.term, j.term) + low[1] * entry(b.term, k.term, j.term)
    own = at(alpha, j.term) * entry(d.term, j.term, j.term)
    inside = choose(less(j.term, k.term), upper, choose(equal(j.term, k.term), own, lower))
    body = array(j, k, D.term, D.term, inside)
    whole = frame_determinant(d, a, b, body)
    left, right = orthogonal(t, "U"), orthogonal(t, "V")
    if rng.random() < 0.6:
        eye = identity(D.term)
        left = right = words.words(transpose(eye) * eye, eye)
    u, v = spectral.orthogonal(left), spectral.orthogonal(right)
    value = transpose(u) * body * v
    frames = determinants.frame(d, a, b)
    pairs = (at_most(1, i.term), at_most(i.term + 1, l.term), at_most(l.term, D.term))
    skew = entry(a.term, i.term, l.term), entry(b.term, i.term, l.term)
    on = every(
        (d, a, b, i),
        (*frames, *within(i, 1, D.term)),
        equal(entry(value, i.term, i.term), alpha * entry(d.term, i.term, i.term)),
    )
    off = [
        every(
            (d, a, b, i, l),
            (*frames, *pairs),
            equal(entry(value, *where), m * skew[0] + n * skew[1]),
        )
        for where, m, n in (((i.term, l.term), p, q), ((l.term, i.term), r, s))
    ]
    return determinants.frame_by_pairs(
        left, right, whole, given(t, on), *(given(t, x) for x in off)
    )


def tridiagonal(t: Terms) -> Theorem:
    """Determinants of small arrays, and of tridiagonal ones by the last row."""
    rng = t.rng
    i, l, k = fresh(INT), fresh(INT), fresh(INT)
    size = rng.choice((D.term, t.integer(1), integer(rng.randint(-1, 3))))
    near = choose(at_most(i.term, l.term + 1), t.number(1, (i, l)), ZERO)
    body = choose(at_most(l.term, i.term + 1), near, ZERO)
    if rng.random() < 0.3:
        body = t.number(0, (i, l))
    matrix = array(i, l, size, size, body)

    def zero_at(row: Term, col: Term) -> Theorem:
        where = substitute(body, {i: row, l: col})
        return given(t, each(k, 1, size - 2, equal(where, 0)))

    rule = rng.choice((arrays.empty_determinant, arrays.single_determinant, None, None, None))
    if rule is not None:
        return rule(determinant(array(i, l, rng.randint(0, 1), rng.randint(0, 1), body)))
    return arrays.last_row(determinant(matrix), zero_at(size, k.term), zero_at(k.term, size))


def array_rule(t: Terms) -> Theorem:
    """Rules about arrays, and determinants over pairs."""
    rng = t.rng
    i, l = fresh(INT), fresh(INT)
    names = tuple(fresh(INT) for _ in range(6))
    _j, p, q, _k, m, n = names
    body = t.number(0, names)
    one = choose(equal(p.term, m.term), choose(equal(q.term, n.term), body, ZERO), ZERO)
    if rng.random() < 0.3:
        one = choose(equal(p.term, m.term), body, ZERO)
    term = pair_determinant(names, t.integer(0), rng.choice((D.term, integer(2))), one)
    wanted = arrays.apart(term)
    return rng.choice(
        (
            lambda: arrays.entry_of_array(
                array(i, l, D.term, t.integer(0), t.number(1, (i, l))), t.index(), t.index()
            ),
            lambda: arrays.by_pairs(term, *(given(t, w) for w in wanted)),
            lambda: arrays.by_pairs(term, *(given(t, w) for w in wanted)),
        )
    )()


def orbit_rule(t: Terms) -> Theorem:
    """The volume of the orthogonal group."""
    size = t.rng.choice((D.term, integer(t.rng.randint(-1, 3)), t.integer(1)))
    i = fresh(INT)
    a = orbits.skew(size, size, i.term)
    length = t.rng.choice((number(2), number(2), number(-1), t.number(0), X.term))
    return orbits.volume_of_group(
        size, given(t, each(i, 1, size - 1, equal(trace(transpose(a) * a), length)))
    )


ALGEBRA: dict[str, Rule] = {
    "field": field,
    "powers and logarithms": small_rule,
    "certificate": certificate,
    "nonzero certificate": nonzero_certificate,
    "signs": sign_rule,
    "signs over ranges": over_range,
    "words": word,
    "traces": word_of_traces,
    "slide": lambda t: words.slide(
        t.matrix(D.term, M.term, 1), t.matrix(M.term, D.term, 1), t.integer(1)
    ),
    "entries": entries_rule,
    "spectral": spectral_rule,
    "maps": maps_rule,
    "frames": frame_rule,
    "tridiagonal": tridiagonal,
    "arrays": array_rule,
    "group": orbit_rule,
}
