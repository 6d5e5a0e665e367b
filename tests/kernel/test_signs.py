"""Inequalities: true uses of every rule, and each of its conditions left out or spoilt."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from dlnproof.kernel import signs
from dlnproof.kernel import terms as t
from dlnproof.kernel.logic import assume, specialise, weaken
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    different,
    equal,
    less,
    log,
    number,
    positive,
    power,
    product,
    root,
    total,
    trace,
    transpose,
    variable,
    within,
)
from dlnproof.kernel.theorem import Refused, Theorem

x, y, z, e = (variable(name, REAL).term for name in ("x", "y", "z", "e"))
a, b = (variable(name, REAL).term for name in "ab")
N, j, lo, hi = (variable(name).term for name in ("N", "j", "lo", "hi"))
k = variable("k")
f, g = (Symbol(name, REAL, (INT,)) for name in "fg")
M = variable("M", t.matrix_sort(N)).term
R, ZERO = number, number(0)


def given(theorem: Theorem) -> set[Term]:
    return set(theorem.hypotheses)


def about(theorem: Theorem, conclusion: Term, *hypotheses: Term) -> None:
    assert theorem.conclusion == conclusion
    assert given(theorem) == set(hypotheses)


def known(*sentences: Term) -> list[Theorem]:
    return [assume(s) for s in sentences]


# --- certificates ---------------------------------------------------------------------------------


def test_a_certificate() -> None:
    about(signs.certificate(at_most(2 * x * y, x**2 + y**2), [[x - y]]),
          at_most(2 * x * y, x**2 + y**2))  # fmt: skip
    above, below = known(positive(x), less(x, y))
    about(signs.certificate(less(x**2, x * y), [[above, below]]), less(x**2, x * y),
          positive(x), less(x, y))  # fmt: skip
    [apart] = known(different(x, y))
    goal = less(R(0), (x - y) ** 2)
    about(signs.certificate(goal, [[apart]]), goal, different(x, y))
    [whole] = known(at_most(1, N))
    about(signs.certificate(at_most(1, R(N)), [[whole]]), at_most(1, R(N)), at_most(1, N))
    goal = less(x, x + 2)
    about(signs.certificate(goal, [[Fraction(1, 2)], [Fraction(3, 2)]]), goal)


def test_a_certificate_is_strict_only_with_a_product_of_what_is_positive() -> None:
    [above, below] = known(at_most(0, x), less(ZERO, y))
    attempts: list[list[signs.Factor]] = [[x], [above], [above, below], [x, 1]]
    for terms in attempts:
        goal = less(ZERO, x**2 if terms == [x] else x)
        with pytest.raises(Refused):
            signs.certificate(goal, [terms])
    with pytest.raises(Refused, match="strict"):
        signs.certificate(less(ZERO, x * y), [[above, below]])
    signs.certificate(at_most(ZERO, x * y), [[above, below]])
    with pytest.raises(Refused, match="strict"):
        signs.certificate(less(x, x), [])
    signs.certificate(at_most(x, x), [])


def test_a_certificate_has_no_negative_weights_and_the_right_difference() -> None:
    [above] = known(positive(x))
    for weight in (0, -1, Fraction(-1, 2)):
        with pytest.raises(Refused, match="positive"):
            signs.certificate(at_most(x, ZERO), [[above, weight]])
    with pytest.raises(Refused, match="identity"):
        signs.certificate(at_most(x, ZERO), [[above]])
    with pytest.raises(Refused):
        signs.certificate(equal(x, ZERO), [[above]])
    with pytest.raises(Refused):
        signs.certificate(different(x, x), [])
    with pytest.raises(Refused):
        signs.certificate(at_most(0, N), [])
    with pytest.raises(Refused, match="no inequality of numbers"):
        signs.certificate(at_most(N, N), [])
    with pytest.raises(Refused):
        signs.certificate(at_most(ZERO, x), [known(equal(x, y))])
    with pytest.raises((Refused, t.SortError)):
        signs.certificate(at_most(ZERO, x), [known(different(M, M))])


def test_a_certificate_keeps_the_hypotheses_of_everything() -> None:
    equation = weaken(assume(equal(x, y)), less(ZERO, e))
    bound = weaken(assume(at_most(y, z)), less(R(1), e))
    theorem = signs.certificate(at_most(x, z), [[bound]], [(R(-1), equation)])
    about(theorem, at_most(x, z), equal(x, y), less(ZERO, e), at_most(y, z), less(R(1), e))
    goal = at_most(ZERO, x * x / y)
    assert different(y, 0) in signs.certificate(goal, [[x / y, *known(positive(y))]]).hypotheses


def test_a_certificate_of_what_is_not_zero() -> None:
    distinct, above = known(different(x, y), positive(x + y))
    goal = different(x**2, y**2)
    about(signs.nonzero_certificate(goal, [distinct, above]), goal,
          different(x, y), positive(x + y))  # fmt: skip
    with pytest.raises(Refused, match="zero"):
        signs.nonzero_certificate(different(x, x), [distinct, 0])
    with pytest.raises(Refused, match="identity"):
        signs.nonzero_certificate(goal, [distinct])
    with pytest.raises(Refused):
        signs.nonzero_certificate(equal(x, y), [distinct])
    goal = different(ZERO, (y - x) * z / z)
    about(signs.nonzero_certificate(goal, [distinct]), goal, different(x, y), different(z, 0))
    with pytest.raises(Refused):
        signs.nonzero_certificate(goal, [distinct, *known(at_most(0, x + y))])
    with pytest.raises(Refused):
        signs.nonzero_certificate(different(N, j), [])
    with pytest.raises(Refused, match="of numbers"):
        signs.nonzero_certificate(different(N, N), [0])


def test_constants() -> None:
    one, two, three = (t.integer(n) for n in (1, 2, 3))
    numbers = (less(R(1), R(2)), at_most(R(2), R(2)), different(R(1) / 2, 2), equal(R(4), R(2) * 2))
    for sentence in (*numbers, at_most(one, two), different(one, two)):
        about(signs.decided(sentence), sentence)
    false = (less(R(2), R(2)), at_most(R(3), R(2)), different(R(1), 1), equal(R(4), R(2)))
    unclear = (
        less(R(1), x),
        less(x, R(1)),
        at_most(1, N),
        equal(R(1) / 0, R(1) / 0),
        t.FALSE,
        t.psd(M),
    )
    for sentence in (*false, *unclear, at_most(three, two), different(one, one)):
        with pytest.raises(Refused):
            signs.decided(sentence)


def test_an_inequality_of_integers_is_none_of_numbers() -> None:
    assert signs.inequality(assume(less(x, y))) == (x, y, True)
    for other in (at_most(1, N), equal(x, y)):
        with pytest.raises(Refused):
            signs.inequality(assume(other))


# --- one relation from another: (rule, what is given, what follows, or None) ----------------------

Rule = Callable[..., Theorem]
half = Fraction(1, 2)


@pytest.mark.parametrize(
    ("rule", "sentences", "conclusion", "needed"),
    [
        (signs.weaker, [less(x, y)], at_most(x, y), []),
        (signs.weaker, [equal(x, y)], at_most(x, y), []),
        (signs.weaker, [equal(N, j)], at_most(N, j), []),
        (signs.weaker, [different(x, y)], None, []),
        (signs.weaker, [equal(M, M)], None, []),
        (signs.apart, [less(x, y)], different(y, x), []),
        (signs.apart, [positive(x)], different(x, 0), []),
        (signs.apart, [at_most(1, N)], different(N, 0), []),
        (signs.apart, [less(N, j)], different(j, N), []),
        (signs.apart, [at_most(x, y)], None, []),
        (signs.turned, [different(x, y)], different(y, x), []),
        (signs.turned, [equal(x, y)], None, []),
        (signs.antisymmetric, [at_most(x, y), at_most(y, x)], equal(x, y), []),
        (signs.antisymmetric, [at_most(x, y), at_most(x, y)], None, []),
        (signs.antisymmetric, [at_most(x, y), at_most(y, z)], None, []),
        (signs.stricter, [at_most(x, y), different(y, x)], less(x, y), []),
        (signs.stricter, [at_most(N, j), different(N, j)], less(N, j), []),
        (signs.stricter, [at_most(x, y), different(x, z)], None, []),
        (signs.stricter, [at_most(x, y), equal(x, y)], None, []),
        (signs.chain, [at_most(x, y), at_most(y, z)], at_most(x, z), []),
        (signs.chain, [at_most(x, y), less(y, z)], less(x, z), []),
        (signs.chain, [equal(x, y), equal(y, z)], at_most(x, z), []),
        (signs.chain, [at_most(x, y), at_most(z, y)], None, []),
        (signs.chain, [at_most(x, y), different(y, z)], None, []),
        (signs.as_numbers, [at_most(1, N)], at_most(R(1), R(N)), []),
        (signs.as_numbers, [different(N, j)], different(R(N), R(j)), []),
        (signs.as_numbers, [less(x, y)], None, []),
        (signs.as_numbers, [at_most(x, y)], None, []),
        (signs.as_integers, [less(R(0), R(N))], at_most(1, N), []),
        (signs.as_integers, [equal(R(N), R(j))], equal(N, j), []),
        (signs.as_integers, [at_most(R(N), number(half))], None, []),
        (signs.as_integers, [at_most(R(N), x)], None, []),
        (signs.positive_integer, [at_most(1, N)], positive(R(N)), []),
        (signs.positive_integer, [at_most(j, N)], positive(R(N - j + 1)), []),
        (signs.positive_integer, [at_most(x, y)], None, []),
        (signs.product_nonzero, [different(x, 0), different(y, 0)], different(x * y, 0), []),
        (signs.product_nonzero, [different(N, 0), different(j, 0)], different(N * j, 0), []),
        (signs.product_nonzero, [different(x, 0), different(y, 1)], None, []),
        (signs.product_nonzero, [different(x, 0), different(N, 0)], None, []),
        (signs.product_nonzero, [different(M, t.zero(N)), different(M, t.zero(N))], None, []),
        (signs.product_of_integers, [at_most(1, N), at_most(j, N)],
         at_most(0, (N - 1) * (N - j)), []),
        (signs.product_of_integers, [at_most(x, y), at_most(x, y)], None, []),
        (signs.product_of_integers, [at_most(1, N), at_most(x, y)], None, []),
        (signs.product_of_integers, [at_most(x, y), at_most(1, N)], None, []),
        (signs.log_monotone, [positive(x), less(x, y)], less(log(x), log(y)), []),
        (signs.log_monotone, [positive(x), at_most(x, y)], at_most(log(x), log(y)), []),
        (signs.log_monotone, [at_most(0, x), less(x, y)], None, []),
        (signs.log_monotone, [positive(y), less(x, y)], None, []),
        (signs.log_monotone, [less(R(-1), x), less(x, y)], None, []),
        (signs.log_injective, [equal(log(x), log(y))], equal(x, y), [positive(x), positive(y)]),
        (signs.log_injective, [equal(log(x), y)], None, []),
        (signs.log_injective, [equal(log(R(-1)), log(R(-2)))], None, []),
        (signs.gamma_positive, [positive(x)], positive(t.gamma(x)), []),
        (signs.gamma_positive, [at_most(0, x)], None, []),
        (signs.gamma_positive, [less(R(-1), x)], None, []),
        (signs.exponent_monotone, [less(R(1), x), less(a, b)], less(power(x, a), power(x, b)), []),
        (signs.exponent_monotone, [at_most(1, x), less(a, b)],
         at_most(power(x, a), power(x, b)), []),
        (signs.exponent_monotone, [at_most(1, x), at_most(N, j)], at_most(x**N, x**j), []),
        (signs.exponent_monotone, [positive(x), less(a, b)], None, []),
        (signs.exponent_monotone, [at_most(1, x), different(a, b)], None, []),
        (signs.exponent_antitone, [positive(x), less(x, R(1)), less(a, b)],
         less(power(x, b), power(x, a)), []),
        (signs.exponent_antitone, [positive(x), at_most(x, R(1)), less(a, b)],
         at_most(power(x, b), power(x, a)), []),
        (signs.exponent_antitone, [at_most(0, x), at_most(x, R(1)), less(a, b)], None, []),
        (signs.exponent_antitone, [positive(x), at_most(x, R(2)), less(a, b)], None, []),
        (signs.exponent_antitone, [positive(y), at_most(x, R(1)), less(a, b)], None, []),
        (signs.exponent_antitone, [less(R(-1), x), at_most(x, R(1)), less(a, b)], None, []),
        (signs.gram_trace_zero, [equal(trace(transpose(M) * M), ZERO)], equal(M, t.zero(N)), []),
        (signs.gram_trace_zero, [equal(trace(M * M), ZERO)], None, []),
        (signs.gram_trace_zero, [equal(trace(transpose(M) + M), ZERO)], None, []),
        (signs.gram_trace_zero, [equal(trace(transpose(M) * M), R(1))], None, []),
        (signs.gram_trace_zero, [equal(transpose(M) * M, t.zero(N))], None, []),
    ],
)  # fmt: skip
def test_one_relation_from_others(
    rule: Rule, sentences: list[Term], conclusion: Term | None, needed: list[Term]
) -> None:
    if conclusion is None:
        with pytest.raises((Refused, t.SortError)):
            rule(*known(*sentences))
    else:
        about(rule(*known(*sentences)), conclusion, *sentences, *needed)


# --- powers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "sentences", "exponent", "conclusion", "needed"),
    [
        (signs.power_positive, [positive(x)], e, positive(power(x, e)), []),
        (signs.power_positive, [positive(x)], -N, positive(x ** (-N)), []),
        (signs.power_positive, [at_most(0, x)], 2, None, []),
        (signs.power_positive, [less(R(-1), x)], 2, None, []),
        (signs.power_nonnegative, [at_most(0, x)], N, at_most(0, x**N), [at_most(0, N)]),
        (signs.power_nonnegative, [at_most(0, x)], e, at_most(0, power(x, e)), [positive(e)]),
        (signs.power_nonnegative, [at_most(0, x)], half, at_most(0, root(x)), []),
        (signs.power_nonnegative, [at_most(0, x)], 0, at_most(0, x**0), []),
        (signs.power_nonnegative, [at_most(0, x)], -1, None, []),
        (signs.power_nonnegative, [at_most(0, N)], 2, None, []),
        (signs.power_nonnegative, [at_most(0, x)], R(0), None, []),
        (signs.power_nonnegative, [at_most(0, x)], -half, None, []),
        (signs.power_nonnegative, [at_most(R(-1), x)], 3, None, []),
        (signs.power_nonzero, [different(x, 0)], N, different(x**N, 0), []),
        (signs.power_nonzero, [different(x, 1)], N, None, []),
        (signs.power_nonzero, [different(N, 0)], 2, None, []),
        (signs.power_nonzero, [positive(x)], N, None, []),
        (signs.power_nonzero, [different(x, 0)], e, None, []),
        (signs.power_nonzero, [different(M, t.zero(N))], 2, None, []),
        (signs.power_monotone, [at_most(0, x), at_most(x, y)], N, at_most(x**N, y**N),
         [at_most(0, N)]),
        (signs.power_monotone, [at_most(0, x), less(x, y)], N, less(x**N, y**N), [at_most(1, N)]),
        (signs.power_monotone, [positive(x), less(x, y)], half, less(root(x), root(y)), []),
        (signs.power_monotone, [at_most(0, x), at_most(x, y)], e,
         at_most(power(x, e), power(y, e)), [positive(e)]),
        (signs.power_monotone, [at_most(0, x), less(x, y)], 0, None, []),
        (signs.power_monotone, [at_most(0, x), at_most(x, y)], -1, None, []),
        (signs.power_monotone, [at_most(R(-2), x), at_most(x, y)], 2, None, []),
        (signs.power_monotone, [at_most(0, y), at_most(x, y)], 2, None, []),
        (signs.power_antitone, [positive(x), at_most(x, y)], N, at_most(y ** (-N), x ** (-N)),
         [at_most(0, N)]),
        (signs.power_antitone, [positive(x), less(x, y)], 1, less(y**-1, x**-1), []),
        (signs.power_antitone, [positive(x), less(x, y)], 0, None, []),
        (signs.power_antitone, [at_most(0, x), less(x, y)], 1, None, []),
        (signs.power_antitone, [positive(y), less(x, y)], 1, None, []),
        (signs.power_antitone, [less(R(-1), x), less(x, y)], 1, None, []),
        (signs.power_antitone, [positive(x), less(x, y)], -1, None, []),
    ],
)  # fmt: skip
def test_powers(
    rule: Rule, sentences: list[Term], exponent: Term, conclusion: Term | None, needed: list[Term]
) -> None:
    if conclusion is None:
        with pytest.raises((Refused, t.SortError)):
            rule(*known(*sentences), exponent)
    else:
        about(rule(*known(*sentences), exponent), conclusion, *sentences, *needed)


def test_even_powers() -> None:
    about(signs.even_power_nonnegative(x, N), at_most(0, x ** (2 * N)), at_most(0, N))
    about(signs.even_power_nonnegative(x, 1), at_most(0, x**2))
    with pytest.raises(Refused):
        signs.even_power_nonnegative(x, -1)
    with pytest.raises(Refused):
        signs.even_power_nonnegative(M, 1)


def test_equal_powers_have_equal_bases_if_these_are_not_negative() -> None:
    one, other, same = known(at_most(0, x), at_most(0, y), equal(x**N, y**N))
    about(signs.power_injective(one, other, same), equal(x, y),
          at_most(0, x), at_most(0, y), equal(x**N, y**N), at_most(1, N))  # fmt: skip
    minus = assume(at_most(R(-1), y))
    for wrong in ((one, one, same), (one, minus, same), (other, one, same)):
        with pytest.raises(Refused):
            signs.power_injective(*wrong)
    for equation in (equal(x**2, y**3), equal(x**0, y**0), equal(x**-1, y**-1), equal(x**2, y),
                     equal(x, y)):  # fmt: skip
        with pytest.raises(Refused):
            signs.power_injective(one, other, assume(equation))
    with pytest.raises((Refused, t.SortError)):
        signs.power_injective(one, other, assume(equal(M**2, M**2)))


def test_the_root_is_the_one_that_is_not_negative() -> None:
    above, square = known(at_most(0, y), equal(y**2, x))
    about(signs.unique_root(above, square), equal(root(x), y), at_most(0, y), equal(y**2, x))
    general = equal(y**N, x)
    about(signs.unique_root(above, assume(general)), equal(power(x, R(1) / R(N)), y),
          at_most(0, y), general, at_most(1, N))  # fmt: skip
    for wrong in (at_most(R(-1), y), at_most(0, x), at_most(y, ZERO), different(y, 0)):
        with pytest.raises(Refused):
            signs.unique_root(assume(wrong), square)
    for wrong in (equal(y**0, x), equal(y**-1, x), equal(x, y**2), equal(y * y, x), equal(z**2, x)):
        with pytest.raises(Refused):
            signs.unique_root(above, assume(wrong))


def test_constants_of_analysis() -> None:
    about(signs.pi_positive(), positive(t.PI))
    about(signs.gram_trace_nonnegative(M), at_most(0, trace(transpose(M) * M)))


# --- over ranges ----------------------------------------------------------------------------------

RANGE = within(k, lo, hi)
AT = k.term


def in_range(sentence: Term) -> Theorem:
    """Return range, "the sentence for all" |- sentence, about the free index k."""
    return weaken(assume_all(sentence), *RANGE)


def assume_all(sentence: Term) -> Theorem:
    return specialise(assume(t.every(k, (), sentence)), AT)


OVER: list[tuple[Rule, list[Term], Term, Term]] = [
    (signs.sum_nonnegative, [at_most(0, f(AT))], at_most(0, total(k, lo, hi, f(AT))),
     at_most(lo - 1, hi)),
    (signs.sum_nonnegative, [positive(f(AT))], positive(total(k, lo, hi, f(AT))),
     at_most(lo, hi)),
    (signs.sum_monotone, [at_most(f(AT), g(AT))],
     at_most(total(k, lo, hi, f(AT)), total(k, lo, hi, g(AT))), at_most(lo - 1, hi)),
    (signs.sum_monotone, [less(f(AT), g(AT))],
     less(total(k, lo, hi, f(AT)), total(k, lo, hi, g(AT))), at_most(lo, hi)),
    (signs.product_nonnegative, [at_most(0, f(AT))], at_most(0, product(k, lo, hi, f(AT))),
     at_most(lo - 1, hi)),
    (signs.product_nonnegative, [positive(f(AT))], positive(product(k, lo, hi, f(AT))),
     at_most(lo - 1, hi)),
    (signs.product_over_nonzero, [different(f(AT), 0)], different(product(k, lo, hi, f(AT)), 0),
     at_most(lo - 1, hi)),
    (signs.product_monotone, [at_most(0, f(AT)), at_most(f(AT), g(AT))],
     at_most(product(k, lo, hi, f(AT)), product(k, lo, hi, g(AT))), at_most(lo - 1, hi)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "sentences", "conclusion", "needed"), OVER)
def test_over_a_range(rule: Rule, sentences: list[Term], conclusion: Term, needed: Term) -> None:
    theorems = [in_range(s) for s in sentences]
    alls = [t.every(k, (), s) for s in sentences]
    about(rule(*theorems, k, lo, hi), conclusion, *alls, needed)
    with pytest.raises(Refused, match="free in"):  # other ends than those of the hypotheses
        rule(*theorems, k, lo - 1, hi)
    with pytest.raises(Refused, match="free in"):
        rule(*theorems, k, lo, hi + 1)
    with pytest.raises(Refused, match="free in"):  # what is assumed of one k is not so for all
        rule(*(assume(s) for s in sentences), k, lo, hi)
    with pytest.raises(t.SortError):  # the end speaks of the index
        rule(*(assume_all(s) for s in sentences), k, 1, AT)
    with pytest.raises(Refused, match="fewer"):
        rule(*(assume_all(s) for s in sentences), k, 3, 1)
    with pytest.raises(Refused, match="no index"):
        rule(*theorems, variable("k", REAL), lo, hi)
    everywhere = [assume_all(s) for s in sentences]
    if needed == at_most(lo - 1, hi):  # an empty range will do, but no more
        assert given(rule(*everywhere, k, 1, N)) == {*alls, at_most(0, N)}
        assert given(rule(*everywhere, k, 1, 0)) == set(alls)
    else:
        with pytest.raises(Refused, match="fewer"):  # an empty sum is not positive
            rule(*everywhere, k, 1, 0)


@pytest.mark.parametrize(
    ("rule", "sentences"),
    [
        (signs.sum_nonnegative, [at_most(R(-1), f(AT))]),
        (signs.sum_nonnegative, [at_most(0, Symbol("n", INT, (INT,))(AT))]),
        (signs.sum_monotone, [different(f(AT), g(AT))]),
        (signs.product_nonnegative, [at_most(R(-1), f(AT))]),
        (signs.product_over_nonzero, [different(f(AT), 1)]),
        (signs.product_monotone, [at_most(0, g(AT)), at_most(f(AT), g(AT))]),
        (signs.product_monotone, [at_most(R(-1), f(AT)), at_most(f(AT), g(AT))]),
    ],
)
def test_what_says_too_little_over_a_range(rule: Rule, sentences: list[Term]) -> None:
    with pytest.raises((Refused, t.SortError)):
        rule(*(in_range(s) for s in sentences), k, lo, hi)
