"""Sums and products: true uses, evaluated at small ranges, and every side condition left out."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product as grid

import pytest

from dlnproof.kernel import ranges
from dlnproof.kernel import terms as t
from dlnproof.kernel.logic import assume, specialise, weaken
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    different,
    each,
    equal,
    integer,
    number,
    power,
    product,
    total,
    variable,
)
from dlnproof.kernel.theorem import Refused, Theorem

a, b, d, m = (variable(name).term for name in ("a", "b", "d", "m"))
i, k, l = (variable(name) for name in ("i", "k", "l"))
c, x, e = (variable(name, REAL) for name in ("c", "x", "e"))
f, g = (Symbol(name, REAL, (INT,)) for name in "fg")
h = Symbol("h", REAL, (INT, INT))
M = Symbol("M", t.matrix_sort(d), (INT,))
P = Symbol("P", t.matrix_sort(t.argument(0) + 1, t.argument(0)), (INT,))
A, B, X = (variable(name, t.matrix_sort(d)) for name in "ABX")
ORDERED = at_most(a - 1, b)


# --- numbers, to look at what is concluded -------------------------------------------------------


class At:
    """Values of letters and families; sums and products over hi < lo - 1 have odd values."""

    def __init__(self, seed: int, **letters: int) -> None:
        self.seed, self.letters = seed, letters

    def odd(self, *what: object) -> Fraction:
        return Fraction(random.Random(repr((self.seed, *what))).randint(1, 99), 7)

    def value(self, term: Term) -> Fraction:  # noqa: PLR0911, PLR0912 - a case for each term
        args = term.args
        match term.op:
            case "number":
                return Fraction(term.data)
            case "polynomial":
                at = [self.value(arg) for arg in args]
                found = Fraction(0)
                for monomial, coefficient in term.data:
                    part = Fraction(coefficient)
                    for letter, exponent in monomial:
                        part *= at[letter] ** exponent
                    found += part
                return found
            case "symbol" if not args:
                return Fraction(self.letters.get(term.data.name, 2))
            case "symbol":
                return self.odd(term.data.name, *map(self.value, args))
            case "real":
                return self.value(args[0])
            case "+" | "-" | "*" | "/" | "^":
                one, two = map(self.value, args)
                return {
                    "+": lambda: one + two,
                    "-": lambda: one - two,
                    "*": lambda: one * two,
                    "/": lambda: one / two,
                    "^": lambda: Fraction(one ** int(two)),
                }[term.op]()
            case "if":
                return self.value(args[1] if self.true(args[0]) else args[2])
            case "sum" | "prod":
                lo, hi = int(self.value(args[0])), int(self.value(args[1]))
                if hi < lo - 1:
                    return self.odd(t.show(term))
                parts = [self.value(t.opened(term, integer(n))[0]) for n in range(lo, hi + 1)]
                if term.op == "sum":
                    return sum(parts, Fraction(0))
                whole = Fraction(1)
                for part in parts:
                    whole *= part
                return whole
        raise AssertionError(term.op)

    def true(self, sentence: Term) -> bool:
        if sentence.op == "every":  # conditions 0 < f(k), f(k) != 0: all values here are positive
            return True
        one, two = map(self.value, sentence.args)
        return {"=": one == two, "<=": one <= two, "<": one < two, "!=": one != two}[sentence.op]


def is_true(theorem: Theorem, *letters: str) -> None:
    """The theorem holds at all small values of the letters; some hypothesis is needed."""
    held = 0
    for values in grid(range(-1, 4), repeat=len(letters)):
        at = At(3, **dict(zip(letters, values, strict=True)))
        if all(at.true(sentence) for sentence in theorem.hypotheses):
            held += 1
            assert at.true(theorem.conclusion), (theorem, values)
    assert held > 3


def is_needed(theorem: Theorem, *letters: str) -> None:
    """Without its hypotheses, the theorem would be false somewhere."""
    assert not all(
        At(3, **dict(zip(letters, values, strict=True))).true(theorem.conclusion)
        for values in grid(range(-1, 4), repeat=len(letters))
    )


SUM, PRODUCT = total(k, a, b, f(k.term)), product(k, a, b, f(k.term))


@pytest.mark.parametrize("term", [SUM, PRODUCT])
def test_parts(term: Term) -> None:
    for theorem, hypotheses, letters in (
        (ranges.split(term, m), {at_most(a - 1, m), at_most(m, b)}, "abm"),
        (ranges.top(term), {at_most(a, b)}, "ab"),
        (ranges.bottom(term), {at_most(a, b)}, "ab"),
        (ranges.shift(term, m), {ORDERED}, "abm"),
        (ranges.reverse(term), {ORDERED}, "ab"),
    ):
        assert theorem.hypotheses == hypotheses
        assert theorem.conclusion.args[0] == term
        is_true(theorem, *letters)
        is_needed(theorem, *letters)


def test_an_empty_range_and_one_index() -> None:
    assert ranges.empty(total(k, a, a - 1, f(k.term))).conclusion.args[1] == number(0)
    assert ranges.empty(product(k, a, a - 1, f(k.term))).conclusion.args[1] == number(1)
    assert ranges.single(total(k, a, a, f(k.term))).conclusion.args[1] == f(a)
    for term in (SUM, total(k, a, a - 2, f(k.term)), total(k, a, a, f(k.term))):
        with pytest.raises(Refused):
            ranges.empty(term)
    for term in (SUM, total(k, a, a - 1, f(k.term)), total(k, a, a + 1, f(k.term))):
        with pytest.raises(Refused):
            ranges.single(term)


def test_empty_matrices_have_the_shape_at_the_start() -> None:
    chain = product(k, a, a - 1, P(k.term))
    assert ranges.empty(chain).conclusion.args[1] == t.identity(a)
    assert ranges.empty(total(k, a, a - 1, M(k.term))).conclusion.args[1] == t.zero(d)


def test_a_product_of_matrices_has_the_highest_index_on_the_left() -> None:
    chain = product(k, a, b, P(k.term))
    assert ranges.top(chain).conclusion.args[1] == P(b) * product(k, a, b - 1, P(k.term))
    assert ranges.bottom(chain).conclusion.args[1] == product(k, a + 1, b, P(k.term)) * P(a)
    parts = product(k, m + 1, b, P(k.term)) * product(k, a, m, P(k.term))
    assert ranges.split(chain, m).conclusion.args[1] == parts
    turned = product(k, a, b, t.transpose(P(a + b - k.term)))
    assert ranges.transposed(chain).conclusion == equal(t.transpose(chain), turned)
    assert ranges.transposed(chain).hypotheses == {ORDERED}
    for rule in (ranges.reverse, ranges.product_of_products, ranges.exchange, ranges.pairs):
        with pytest.raises(Refused):
            rule(product(k, a, b, M(k.term) * M(k.term)))


def test_plain_ranges_need_no_hypothesis() -> None:
    assert ranges.top(total(k, 1, 3, f(k.term))).hypotheses == set()
    assert ranges.top(total(k, m, m + 2, f(k.term))).hypotheses == set()
    assert ranges.shift(total(k, m, m - 1, f(k.term)), 1).hypotheses == set()
    assert ranges.shift(total(k, m, m - 2, f(k.term)), 1).hypotheses == {at_most(m - 1, m - 2)}
    assert ranges.top(total(k, 1, 0, f(k.term))).hypotheses == {at_most(1, integer(0))}


def test_what_is_no_sum_is_refused() -> None:
    for rule in (ranges.empty, ranges.single, ranges.top, ranges.telescope, ranges.pairs):
        with pytest.raises(Refused):
            rule(f(1))
    with pytest.raises(Refused):
        ranges.top(t.diagonal(k, d, f(k.term)))


# --- congruence -----------------------------------------------------------------------------------

SAME = equal(f(k.term), g(k.term))
IN_RANGE = (at_most(a, k.term), at_most(k.term, b))


def test_congruence_from_what_holds_for_all() -> None:
    general = t.every(k, [], SAME)
    theorem = ranges.congruence(SUM, specialise(assume(general), k.term), k)
    assert theorem.conclusion == equal(SUM, total(k, a, b, g(k.term)))
    assert theorem.hypotheses == {general}  # f = g everywhere: no matter what the range is


def test_congruence_in_range_discharges_the_range_and_orders_it() -> None:
    general = each(k, a, b, SAME)
    for term in (SUM, PRODUCT):
        theorem = ranges.congruence(term, specialise(assume(general), k.term), k)
        assert theorem.hypotheses == {general, ORDERED}


def test_congruence_refuses_the_index_in_a_hypothesis() -> None:
    with pytest.raises(Refused, match="free"):  # f(k) = g(k) at one k
        ranges.congruence(SUM, assume(SAME), k)
    for more in (at_most(a, k.term - 1), at_most(k.term + 1, b), at_most(k.term, b + 1)):
        lemma = weaken(ranges_equation(), more)
        with pytest.raises(Refused, match="free"):
            ranges.congruence(SUM, lemma, k)


def ranges_equation() -> Theorem:
    return specialise(assume(t.every(k, [], SAME)), k.term)


def test_congruence_refuses_a_name_that_is_free_in_the_binder() -> None:
    # the sum over k of h(k, l): from h(l, l) = 0 for all l, not that it is 0
    term = total(k, a, b, h(k.term, l.term))
    diagonal = assume(t.every(l, [], equal(h(l.term, l.term), number(0))))
    with pytest.raises(Refused, match="free"):
        ranges.congruence(term, specialise(diagonal, l.term), l)
    bound = total(k, a, l.term, h(k.term, k.term))
    with pytest.raises(Refused, match="free"):
        ranges.congruence(bound, specialise(diagonal, l.term), l)


def test_congruence_refuses_another_side_and_other_names() -> None:
    lemma = ranges_equation()
    for names in ((), (l,), (k, k), (k, l)):
        with pytest.raises(Refused):
            ranges.congruence(SUM, lemma, *names)
    with pytest.raises(Refused):
        ranges.congruence(total(k, a, b, g(k.term)), lemma, k)
    with pytest.raises(Refused):
        ranges.congruence(f(1), lemma, k)
    with pytest.raises(Refused):
        ranges.congruence(t.transpose(A.term), assume(equal(A.term, B.term)))
    with pytest.raises((Refused, t.SortError)):
        ranges.congruence(t.integral(x, number(0), number(1), f(1)), lemma, k)


def test_congruence_of_diagonal_matrices_and_integrals() -> None:
    diagonal = t.diagonal(k, d, f(k.term))
    general = each(k, 1, d, SAME)
    theorem = ranges.congruence(diagonal, specialise(assume(general), k.term), k)
    assert theorem.conclusion.args[1] == t.diagonal(k, d, g(k.term))
    assert theorem.hypotheses == {general}
    early = each(k, 0, d - 1, SAME)
    with pytest.raises(Refused, match="free"):
        ranges.congruence(diagonal, specialise(assume(early), k.term), k)

    lo, hi = number(0), c.term
    square = equal(x.term * x.term, power(x.term, 2))
    inside = t.every(x, [at_most(lo, x.term), at_most(x.term, hi)], square)
    whole = t.integral(x, lo, hi, x.term * x.term)
    theorem = ranges.congruence(whole, specialise(assume(inside), x.term), x)
    assert theorem.hypotheses == {inside, at_most(lo, hi)}
    further = t.every(x, [at_most(lo, x.term)], square)
    theorem = ranges.congruence(whole, specialise(assume(further), x.term), x)
    assert theorem.hypotheses == {further, at_most(lo, hi)}


def test_congruence_of_determinants_of_maps_knows_nothing_of_the_matrix() -> None:
    double = equal(X.term + X.term, 2 * X.term)
    whole = t.map_determinant(X, X.term + X.term)
    general = t.every(X, [], double)
    theorem = ranges.congruence(whole, specialise(assume(general), X.term), X)
    assert theorem.conclusion.args[1] == t.map_determinant(X, 2 * X.term)
    psd = weaken(specialise(assume(general), X.term), t.psd(X.term))
    with pytest.raises(Refused, match="free"):
        ranges.congruence(whole, psd, X)


def test_a_function_in_a_sentence() -> None:
    s = variable("s", REAL)
    same = equal(s.term * s.term, power(s.term, 2))
    known = assume(t.derivative(s, s.term * s.term, c.term, 2 * c.term))
    general = assume(t.every(s, [], same))
    theorem = ranges.within_scope(known, specialise(general, s.term), s)
    assert theorem.conclusion == t.derivative(s, power(s.term, 2), c.term, 2 * c.term)
    assert theorem.hypotheses == known.hypotheses | general.hypotheses
    with pytest.raises(Refused, match="free"):  # at one s, as at the point alone
        ranges.within_scope(known, assume(same), s)
    positive = assume(t.every(s, [t.positive(s.term)], same))
    with pytest.raises(Refused, match="free"):  # for 0 < s alone: not for derivatives
        ranges.within_scope(known, specialise(positive, s.term), s)
    limit = assume(t.limit_at_zero(s, s.term * s.term, number(0)))
    theorem = ranges.within_scope(limit, specialise(positive, s.term), s)
    assert theorem.conclusion == t.limit_at_zero(s, power(s.term, 2), number(0))
    assert theorem.hypotheses == limit.hypotheses | positive.hypotheses


def test_a_hypothesis_of_the_sentence_itself_stays() -> None:
    s = variable("s", REAL)
    same = equal(s.term * s.term, power(s.term, 2))
    positive = assume(t.every(s, [t.positive(s.term)], same))
    limit = weaken(assume(t.limit_at_zero(s, s.term * s.term, number(0))), t.positive(s.term))
    theorem = ranges.within_scope(limit, specialise(positive, s.term), s)
    assert t.positive(s.term) in theorem.hypotheses


def test_sentences_about_all_are_left_to_logic() -> None:
    with pytest.raises(Refused):
        ranges.within_scope(assume(t.every(k, [], SAME)), ranges_equation(), k)


# --- sums and products of sums and products -------------------------------------------------------


def test_sums_and_products_apart() -> None:
    both, less = f(k.term) + g(k.term), f(k.term) - g(k.term)
    times, over = f(k.term) * g(k.term), f(k.term) / g(k.term)
    for theorem in (
        ranges.sum_of_sums(total(k, a, b, both)),
        ranges.sum_of_sums(total(k, a, b, less)),
        ranges.product_of_products(product(k, a, b, times)),
        ranges.product_of_products(product(k, a, b, over)),
        ranges.product_of_powers(product(k, a, b, power(f(k.term), 2)), natural=True),
        ranges.product_of_powers(product(k, a, b, power(f(k.term), d))),
        ranges.constant(total(k, a, b, c.term)),
        ranges.constant(product(k, a, b, c.term)),
        ranges.telescope(total(k, a, b, f(k.term + 1) - f(k.term))),
        ranges.telescope(total(k, a, b, f(k.term) - f(k.term + 1))),
        ranges.power_of_sum(product(k, a, b, power(c.term, k.term))),
    ):
        assert ORDERED in theorem.hypotheses
        is_true(theorem, "a", "b")
        is_needed(theorem, "a", "b")


def test_of_which_kind_they_are() -> None:
    times = f(k.term) * g(k.term)
    for rule, term in (
        (ranges.sum_of_sums, total(k, a, b, times)),
        (ranges.sum_of_sums, product(k, a, b, f(k.term) + g(k.term))),
        (ranges.product_of_products, total(k, a, b, times)),
        (ranges.product_of_products, product(k, a, b, f(k.term) + g(k.term))),
        (ranges.product_of_powers, total(k, a, b, power(f(k.term), 2))),
        (ranges.product_of_powers, product(k, a, b, power(f(k.term), k.term))),
        (ranges.product_of_powers, product(k, a, b, f(k.term) + c.term)),
        (ranges.power_of_sum, product(k, a, b, c.term + f(k.term))),
        (ranges.power_of_sum, product(k, a, b, power(k.term, d))),
        (ranges.power_of_sum, total(k, a, b, power(c.term, k.term))),
        (ranges.constant, SUM),
        (ranges.telescope, total(k, a, b, f(k.term + 2) - f(k.term))),
        (ranges.telescope, total(k, a, b, f(k.term + 1) + f(k.term))),
        (ranges.telescope, product(k, a, b, f(k.term + 1) - f(k.term))),
        (ranges.transposed, SUM),
        (ranges.log_of_product, SUM),
    ):
        with pytest.raises(Refused):
            rule(term)


def test_what_is_divided_by_or_raised_to_a_power_is_a_hypothesis() -> None:
    over = ranges.product_of_products(product(k, a, b, f(k.term) / g(k.term)))
    assert over.hypotheses == {ORDERED, each(k, a, b, different(g(k.term), 0))}
    positive = each(k, a, b, t.positive(f(k.term)))
    rooted = ranges.product_of_powers(product(k, a, b, power(f(k.term), e.term)))
    assert rooted.hypotheses == {ORDERED, positive}
    with pytest.raises((Refused, t.SortError)):  # a real exponent is not natural
        ranges.product_of_powers(product(k, a, b, power(f(k.term), e.term)), natural=True)
    natural = ranges.product_of_powers(product(k, a, b, power(f(k.term), m)), natural=True)
    assert natural.hypotheses == {ORDERED, at_most(0, m)}
    negative = ranges.product_of_powers(product(k, a, b, power(f(k.term), -1)), natural=True)
    assert at_most(0, integer(-1)) in negative.hypotheses
    based = ranges.power_of_sum(product(k, a, b, power(c.term, e.term * f(k.term))))
    assert based.hypotheses == {ORDERED, t.positive(c.term)}
    logs = ranges.log_of_product(PRODUCT)
    assert logs.conclusion == equal(t.log(PRODUCT), total(k, a, b, t.log(f(k.term))))
    assert logs.hypotheses == {ORDERED, positive}


def test_a_constant_depends_on_no_index() -> None:
    theorem = ranges.constant(total(k, a, b, A.term))
    assert theorem.conclusion.args[1] == number(b - a + 1) * A.term
    theorem = ranges.constant(product(k, a, b, A.term))
    assert theorem.conclusion.args[1] == A.term ** (b - a + 1)
    assert theorem.hypotheses == {ORDERED}


SUM_OF_MATRICES = total(k, a, b, M(k.term))


@pytest.mark.parametrize(
    "image",
    [
        lambda z: 3 * z,
        lambda z: A.term * z * B.term,
        lambda z: z * A.term - B.term * z,
        lambda z: t.trace(A.term * t.transpose(z)),
        lambda z: t.trace(A.term) * z,
        lambda z: t.trace(z) * A.term,
        lambda z: c.term * t.entry(A.term * z, 1, 1),
    ],
)
def test_linear_images(image: object) -> None:
    assert callable(image)
    theorem = ranges.linear_image(SUM_OF_MATRICES, X, image(X.term))
    parts = total(k, a, b, image(M(k.term)))
    assert theorem.conclusion == equal(image(SUM_OF_MATRICES), parts)
    assert ORDERED in theorem.hypotheses


def test_entries_are_linear_where_they_are_in_range() -> None:
    theorem = ranges.linear_image(SUM_OF_MATRICES, X, t.entry(X.term, m, 1))
    rows = {at_most(1, m), at_most(m, d), at_most(1, d)}
    assert theorem.hypotheses == {ORDERED, *rows}
    both = ranges.linear_image(SUM_OF_MATRICES, X, t.entry(X.term, m, 1) + t.entry(X.term, 1, a))
    assert both.hypotheses == {ORDERED, *rows, at_most(1, a), at_most(a, d)}
    inside = t.entry(t.multiply(t.entry(X.term, m, 1), A.term), 1, a)
    nested = ranges.linear_image(SUM_OF_MATRICES, X, inside)
    assert nested.hypotheses == both.hypotheses
    with pytest.raises(Refused, match="linear"):
        ranges.linear_image(SUM, x, t.diagonal(k, d, x.term))


@pytest.mark.parametrize(
    "image",
    [
        lambda z: z * z,
        lambda z: z + A.term,
        lambda z: A.term,
        lambda z: A.term - z,
        lambda z: t.trace(z) * z,
        lambda z: power(z, 1),
        t.determinant,
        lambda z: t.psd_root(z, 2),
        lambda z: t.trace(z) / t.trace(z),
        lambda z: t.trace(z) / c.term,
        lambda z: t.log(t.trace(z)),
        lambda z: t.choose(t.psd(z), t.trace(z), number(0)),
        t.Symbol("Q", t.matrix_sort(d), (t.matrix_sort(d),)),
        lambda z: product(i, 1, 1, t.trace(z)),
    ],
)
def test_what_is_not_linear_by_its_form_is_refused(image: object) -> None:
    assert callable(image)
    with pytest.raises(Refused, match="linear"):
        ranges.linear_image(SUM_OF_MATRICES, X, image(X.term))


def test_a_linear_image_has_a_letter_of_the_sort_of_the_sum_and_captures_nothing() -> None:
    with pytest.raises(Refused):
        ranges.linear_image(SUM_OF_MATRICES, x, 2 * x.term)
    with pytest.raises(Refused):
        ranges.linear_image(PRODUCT, x, 2 * x.term)
    # k in the image is not the bound one: f(k) times the sum
    theorem = ranges.linear_image(SUM, x, f(k.term) * x.term)
    assert theorem.conclusion == equal(f(k.term) * SUM, total(l, a, b, f(k.term) * f(l.term)))
    # the letter itself may stand in what is added
    theorem = ranges.linear_image(total(k, a, b, x.term), x, 2 * x.term)
    assert theorem.conclusion == equal(2 * total(k, a, b, x.term), total(k, a, b, 2 * x.term))


def delta(at: Term) -> Term:
    return t.choose(equal(k.term, at), number(1), number(0))


def test_one_index_is_picked() -> None:
    theorem = ranges.picked(total(k, a, b, delta(m) * f(k.term)))
    assert theorem.conclusion.args[1] == f(m)
    assert theorem.hypotheses == {at_most(a, m), at_most(m, b)}
    is_true(theorem, "a", "b", "m")
    is_needed(theorem, "a", "b", "m")
    assert ranges.picked(total(k, a, b, delta(m) * M(k.term))).conclusion.args[1] == M(m)


def test_what_is_picked_by_another_condition_is_refused() -> None:
    one, none = number(1), number(0)
    for weight in (
        delta(k.term),  # true of each index
        delta(2 * k.term),
        t.choose(equal(m, k.term), one, none),
        t.choose(different(k.term, m), one, none),
        t.choose(at_most(k.term, m), one, none),
        t.choose(equal(k.term, m), none, one),
        t.choose(equal(k.term, m), one, one),
        t.choose(equal(k.term + 1, m), one, none),
        f(k.term),
    ):
        with pytest.raises(Refused):
            ranges.picked(total(k, a, b, weight * f(k.term)))
    with pytest.raises(Refused):
        ranges.picked(product(k, a, b, delta(m) * f(k.term)))
    for other in (f(k.term) + delta(m), delta(m) + f(k.term), delta(m) / f(k.term)):
        with pytest.raises(Refused):
            ranges.picked(total(k, a, b, other))


def test_factors_of_an_orbit_and_entries_are_known_in_range() -> None:
    same = equal(M(k.term), A.term)
    theorem = ranges.congruence(
        t.orbit_volume(k, m, M(k.term)), specialise(assume(each(k, 1, m, same)), k.term), k
    )
    assert theorem.conclusion.args[1] == t.orbit_volume(k, m, A.term)
    early = specialise(assume(each(k, 0, m - 1, same)), k.term)
    with pytest.raises(Refused, match="free"):
        ranges.congruence(t.orbit_volume(k, m, M(k.term)), early, k)
    entries = t.array(i, l, a, b, h(i.term, l.term))
    zero = equal(h(i.term, l.term), number(0))
    known = each(i, 1, a, each(l, 1, b, zero))
    inside = specialise(specialise(assume(known), i.term), l.term)
    assert ranges.congruence(entries, inside, i, l).hypotheses == {known}
    square = each(i, 1, b, each(l, 1, a, zero))
    crossed = specialise(specialise(assume(square), i.term), l.term)
    with pytest.raises(Refused, match="free"):
        ranges.congruence(entries, crossed, i, l)


# --- double ---------------------------------------------------------------------------------------

H = h(i.term, l.term)


@pytest.mark.parametrize("bind", [total, product])
def test_double(bind: object) -> None:
    assert callable(bind)
    square = bind(i, a, b, bind(l, a, b, H))
    for theorem, hypotheses, letters in (
        (ranges.exchange(bind(i, a, b, bind(l, 1, d, H))), {ORDERED, at_most(0, d)}, "abd"),
        (ranges.exchange(bind(i, a, b, bind(l, i.term, b, H))), {ORDERED}, "ab"),
        (ranges.exchange(bind(i, a, b, bind(l, i.term + 1, b, H))), {ORDERED}, "ab"),
        (ranges.pairs(square), {ORDERED}, "ab"),
        (
            ranges.split_pairs(bind(i, a, b, bind(l, i.term + 1, b, H)), m),
            {at_most(a - 1, m), at_most(m, b)},
            "abm",
        ),
    ):
        assert theorem.hypotheses == hypotheses
        is_true(theorem, *letters)
        is_needed(theorem, *letters)


def test_other_double_ranges_are_refused() -> None:
    for inner in (
        total(l, i.term + 2, b, H),
        total(l, i.term - 1, b, H),
        total(l, a, i.term, H),
        total(l, i.term + 1, b + 1, H),
        total(l, 2 * i.term, b, H),
        product(l, i.term + 1, b, H),
    ):
        with pytest.raises(Refused):
            ranges.exchange(total(i, a, b, inner))
        with pytest.raises(Refused):
            ranges.pairs(total(i, a, b, inner))
    with pytest.raises(Refused):
        ranges.split_pairs(total(i, a, b, total(l, i.term, b, H)), m)
    with pytest.raises(Refused):
        ranges.split_pairs(total(i, a, b, total(l, i.term + 1, b - 1, H)), m)
    with pytest.raises(Refused):
        ranges.pairs(total(i, a, b, total(l, a, b - 1, H)))


def test_inner_and_outer_indices_of_one_name_are_kept_apart() -> None:
    shadowed = total(k, a, b, total(k, a, b, f(k.term)))
    theorem = ranges.exchange(shadowed)
    assert theorem.conclusion.args[1] == total(l, a, b, total(i, a, b, f(l.term)))
    is_true(theorem, "a", "b")
    is_true(ranges.pairs(shadowed), "a", "b")


# --- choices --------------------------------------------------------------------------------------


def test_a_choice_is_made_by_a_theorem() -> None:
    same = equal(i.term, l.term)
    choice = t.choose(same, f(1), g(1))
    assert ranges.chosen(choice, assume(same)).conclusion == equal(choice, f(1))
    against = assume(different(i.term, l.term))
    assert ranges.chosen(choice, against).conclusion == equal(choice, g(1))
    assert ranges.chosen(choice, against).hypotheses == against.hypotheses
    for other in (equal(l.term, k.term), different(l.term, k.term), at_most(i.term, l.term)):
        with pytest.raises(Refused):
            ranges.chosen(choice, assume(other))
    with pytest.raises(Refused):
        ranges.chosen(f(1), assume(same))
    with pytest.raises(Refused):  # a condition without a negation among sentences
        ranges.chosen(t.choose(t.psd(A.term), f(1), g(1)), assume(t.psd(B.term)))
