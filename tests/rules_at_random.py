"""Each rule of the kernel, applied to random terms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attack import Rule
from random_terms import SIGMA, D, I, N, Terms, Y

from dlnproof.kernel import indices as x_indices
from dlnproof.kernel import induction as x_induction
from dlnproof.kernel import logic, numbers, ranges
from dlnproof.kernel.terms import (
    BUILDERS,
    FALSE,
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    choose,
    derivative,
    diagonal,
    different,
    divide,
    entry,
    equal,
    every,
    fresh,
    integer,
    integral,
    less,
    limit_at_zero,
    multiply,
    number,
    positive,
    power,
    product,
    substitute,
    subtract,
    total,
    trace,
    transpose,
    variable,
    within,
)
from dlnproof.kernel.theorem import Theorem


def a_range(
    t: Terms, body: Callable[[Symbol], Term], bind: Callable[..., Term] | None = None
) -> Term:
    """Return a sum or product over a range of what is made of its index."""
    v = fresh(INT)
    ends: tuple[Term, Term] = t.ends()
    kind = t.rng.random()
    if kind < 0.1:
        ends = (ends[0], ends[0])
    elif kind < 0.2:
        ends = (ends[0], ends[0] - 1)
    return (bind or t.rng.choice((total, product)))(v, *ends, body(v))


def some_body(t: Terms) -> Callable[[Symbol], Term]:
    """Return a number or a matrix with an index in it."""
    if t.rng.random() < 0.5:
        return lambda v: t.number(t.rng.randint(0, 2), (v,))
    return lambda v: t.square(t.rng.randint(0, 2), (v,))


def numbers_of(t: Terms) -> Callable[[Symbol], Term]:
    """Return a number with an index in it."""
    return lambda v: t.number(t.rng.randint(0, 1), (v,))


def a_double(t: Terms) -> Term:
    """Return a double sum or product."""
    bind = t.rng.choice((total, product))
    v, w = fresh(INT), fresh(INT)
    low, high = t.ends()
    inner = t.rng.choice(
        (t.ends(), (v.term, high), (v.term + 1, high), (low, high), (low, v.term), t.ends((v,)))
    )
    body = t.number(1, (v, w))
    return bind(v, low, high, bind(w, *inner, body))


def equation(t: Terms, v: Symbol, conditions: tuple[Term, ...] = ()) -> Theorem:
    """Return an equation about an index, under some of some conditions and another hypothesis."""
    rng = t.rng
    scope = (v,) if v.sort == INT else ()
    if rng.random() < 0.5:
        left, right = t.number(1, scope), t.number(1, scope)
        if v.sort != INT:
            left, right = left * v.term, right + v.term
        theorem = logic.assume(equal(left, right))
        if rng.random() < 0.5:
            return theorem  # with a hypothesis about the index
    else:
        left = SIGMA(v.term) if v.sort == INT else Symbol("f", REAL, (REAL,))(v.term)
        right = t.number(1, scope)
        theorem = logic.assume(equal(left, right))
    kept = [c for c in conditions if rng.random() < 0.8]
    stated = logic.assume(every(v, kept, theorem.conclusion))
    return logic.specialise(stated, v.term)


def congruence(t: Terms) -> Theorem:
    """The rule for equations in a scope."""
    v = fresh(INT)
    low, high = t.ends()
    kind = t.rng.randrange(4)
    conditions = within(v, 1, D.term) if kind == 2 else within(v, low, high)
    if kind == 3:
        x = fresh(REAL)
        known = (at_most(number(0), x.term), at_most(x.term, number(1)))
        theorem = equation(t, x, known)
        left, _ = logic.sides(theorem)
        y = t.rng.choice((x, Y))
        return ranges.congruence(integral(y, number(0), number(1), left), theorem, y)
    theorem = equation(t, v, conditions)
    left, _ = logic.sides(theorem)
    name = v if t.rng.random() < 0.9 else I
    if kind == 2:
        return ranges.congruence(diagonal(name, D.term, left), theorem, name)
    return ranges.congruence((total, product)[kind](name, low, high, left), theorem, name)


def within_scope(t: Terms) -> Theorem:
    """The rule for equations in sentences about functions."""
    x = fresh(REAL)
    theorem = equation(t, x, (positive(x.term),))
    if t.rng.random() < 0.6:
        a, b = t.number(0), t.number(0)
        theorem = numbers.field(a * x.term + b, b + x.term * a)
    left, _ = logic.sides(theorem)
    if t.rng.random() < 0.5:
        stated = limit_at_zero(x, left, variable("limit", REAL).term)
    else:
        stated = derivative(x, left, t.number(0), variable("slope", REAL).term)
    return ranges.within_scope(logic.assume(stated), theorem, x)


def a_step(t: Terms, image: Term, x: Symbol) -> Term:
    """Return a term made of another one that may be linear in a letter."""
    if image.sort == REAL:
        ways: list[Callable[[], Term]] = [
            lambda: image * t.number(1),
            lambda: t.number(1) * image,
            lambda: image + x.term if x.sort == REAL else image,
            lambda: image + t.number(0),
            lambda: image - image,
            lambda: multiply(image, t.square(0)),
            lambda: multiply(image, image),
        ]
    else:
        ways = [
            lambda: image * t.matrix(image.sort.shape[1], D.term, 1),
            lambda: t.matrix(D.term, image.sort.shape[0], 1) * image,
            lambda: transpose(image),
            lambda: trace(image),
            lambda: entry(image, t.index(), t.index()),
            lambda: multiply(t.number(1), image),
            lambda: image - t.square(0),
            lambda: image + image,
        ]
    return t.rng.choice(ways)()


def linear_image(t: Terms) -> Theorem:
    """The rule for linear images of sums."""
    term = a_range(t, some_body(t), total)
    x = variable("argument", term.sort)
    rng = t.rng
    image = x.term
    for _ in range(rng.randint(1, 3)):
        image = a_step(t, image, x)
    return ranges.linear_image(term, x, image)


def chosen(t: Terms) -> Theorem:
    """The rule for choices."""
    condition = t.sentence(1)
    if t.rng.random() < 0.5:
        theorem = logic.assume(condition)
    else:
        theorem = logic.assume(logic.negation(condition))
    return ranges.chosen(choose(condition, t.number(1), t.number(1)), theorem)


def telescope(t: Terms) -> Theorem:
    """The rule for telescoping sums."""
    w = fresh(INT)
    f = t.number(1, (w,))
    v = fresh(INT)
    step = t.rng.choice((1, 1, 1, 2))
    parts = [substitute(f, {w: v.term + step}), substitute(f, {w: v.term})]
    t.rng.shuffle(parts)
    return ranges.telescope(a_range(t, lambda u: substitute(subtract(*parts), {v: u.term}), total))


def an_integer_sentence(t: Terms) -> Term:
    """Return a sentence about integers."""
    relation = t.rng.choice((at_most, at_most, at_most, equal, different, less))
    return relation(t.integer(2), t.integer(2))


def indices(t: Terms) -> Theorem:
    """Linear arithmetic: a goal that follows by chance, or what is false."""
    given = [an_integer_sentence(t) for _ in range(t.rng.randint(1, 6))]
    if t.rng.random() < 0.3:
        return x_indices.indices(FALSE, *given)
    a, b = t.rng.choice(given).args
    goal = t.rng.choice((at_most, different, equal))(
        a - t.rng.randint(0, 2), b + t.rng.randint(0, 2)
    )
    return x_indices.indices(goal, *given)


def induction(t: Terms) -> Theorem:
    """Induction, from a step that is assumed as a sentence about all, or that is too much."""
    rng = t.rng
    n = rng.choice((fresh(INT), N, I))
    sentence = t.sentence(1, (n,))
    start = t.integer(1) if rng.random() < 0.6 else integer(rng.randint(0, 2))
    end = rng.choice((None, D.term, t.integer(1)))
    base = logic.assume(substitute(sentence, {n: start}))
    conditions = [c for c in (sentence, at_most(start, n.term)) if rng.random() < 0.9]
    if end is not None and rng.random() < 0.8:
        conditions.append(at_most(n.term + 1, end))
    follows = substitute(sentence, {n: n.term + 1})
    if rng.random() < 0.5:
        step = logic.specialise(logic.assume(every(n, conditions, follows)), n.term)
    else:
        step = logic.weaken(logic.assume(follows), *conditions)
    return x_induction.induction(n, sentence, base, step, start=start, end=end)


def replaced(t: Terms) -> Theorem:
    """Put a part of a sentence, in no scope, for what it is equal to: by a rule, or as given."""
    sentence = t.sentence(1)
    path: list[int] = []
    part = sentence
    while part.args and (not path or t.rng.random() < 0.6):
        outer = part.data if part.op in BUILDERS else len(part.args)
        if not outer:
            break
        path.append(t.rng.randrange(outer))
        part = part.args[path[-1]]
    if part.sort == REAL and t.rng.random() < 0.7:
        x = t.number(0)
        equation = numbers.field(part, part + x - x)
    else:
        value = t.integer(0) if part.sort == INT else t.number(0)
        equation = logic.assume(equal(part, value))
    return logic.replace_at(logic.assume(sentence), equation, *path)


RANGES: dict[str, Rule] = {
    "part replaced": replaced,
    "empty": lambda t: ranges.empty(a_range(t, some_body(t))),
    "single": lambda t: ranges.single(a_range(t, some_body(t))),
    "split": lambda t: ranges.split(a_range(t, some_body(t)), t.integer(1)),
    "top": lambda t: ranges.top(a_range(t, some_body(t))),
    "bottom": lambda t: ranges.bottom(a_range(t, some_body(t))),
    "shift": lambda t: ranges.shift(a_range(t, some_body(t)), t.integer(1)),
    "reverse": lambda t: ranges.reverse(a_range(t, some_body(t))),
    "congruence": congruence,
    "within scope": within_scope,
    "sum of sums": lambda t: ranges.sum_of_sums(
        a_range(t, lambda v: t.number(0, (v,)) + t.number(1, (v,)), total)
    ),
    "sum of matrices": lambda t: ranges.sum_of_sums(
        a_range(t, lambda v: t.square(0, (v,)) - t.square(1, (v,)), total)
    ),
    "linear image": linear_image,
    "product of products": lambda t: ranges.product_of_products(
        a_range(
            t,
            lambda v: t.rng.choice((multiply, divide))(t.number(0, (v,)), t.number(1, (v,))),
            product,
        )
    ),
    "product of powers": lambda t: ranges.product_of_powers(
        a_range(
            t,
            lambda v: power(
                t.number(0, (v,)), t.rng.choice((t.integer(1), Fraction(1, 2), t.number(0)))
            ),
            product,
        ),
        natural=t.rng.random() < 0.4,
    ),
    "power of a sum": lambda t: ranges.power_of_sum(
        a_range(
            t,
            lambda v: power(t.number(0), t.rng.choice((t.integer(1, (v,)), t.number(0, (v,))))),
            product,
        )
    ),
    "log of a product": lambda t: ranges.log_of_product(a_range(t, numbers_of(t), product)),
    "constant": lambda t: ranges.constant(
        a_range(t, lambda v: t.number(1) if t.rng.random() < 0.5 else t.square(1))
    ),
    "transposed": lambda t: ranges.transposed(a_range(t, lambda v: t.square(1, (v,)), product)),
    "telescope": telescope,
    "exchange": lambda t: ranges.exchange(a_double(t)),
    "pairs": lambda t: ranges.pairs(a_double(t)),
    "split pairs": lambda t: ranges.split_pairs(a_double(t), t.integer(1)),
    "chosen": chosen,
    "indices": indices,
    "induction": induction,
}
