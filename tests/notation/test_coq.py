"""Statements in Coq: a reader of their own finds that they say what the sentences say."""

import re
import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from random import Random

import pytest
from coq_statements import true
from flint import fmpq

from dlnproof.kernel import terms as k
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    different,
    each,
    equal,
    every,
    less,
    matrix_sort,
    number,
    product,
    total,
    variable,
    within,
)
from dlnproof.notation.coq import OutsideError, statement
from dlnproof.numeric.interpretation import POSITIVE, Point
from dlnproof.numeric.sentences import value

n, d = variable("N"), variable("d")
i, l, m = variable("i"), variable("l"), variable("m")
x, y, z = (variable(name, REAL) for name in "xyz")
sigma = Symbol("sigma", REAL, (INT,))
SQUARE = matrix_sort(d.term)
W, X = variable("W", SQUARE), variable("X", SQUARE)
P = Symbol("P", SQUARE, (INT,))
K, M = variable("K").term, variable("M").term
f, counts = Symbol("f", REAL, (REAL,)), Symbol("k", INT, (INT,))
growing = Symbol("B", matrix_sort(k.argument(0)), (INT,))
N, D, x_, y_ = n.term, d.term, x.term, y.term


def above(v: Symbol) -> Term:
    return less(0, sigma(v.term))


ABOVE = each(i, 1, D, above(i))
GIVEN = (at_most(1, N), at_most(1, D), ABOVE, less(0, x_))


def test_letters_hypotheses_and_indices_have_one_order() -> None:
    below = every(
        (i, l),
        (*within(i, 1, D), *within(l, i.term + 1, D)),
        at_most(sigma(l.term), sigma(i.term)),
    )
    said = at_most(total(i, 1, D, sigma(i.term) ** (N - 1)), D * sigma(m.term) * x_)
    assert statement(said, [*GIVEN, below, *within(m, 1, D)]) == (
        "forall (N : nat) (d : nat) (sigma : 'I_d -> F) (x : F) (m : 'I_d), "
        "(0 < x) -> (1 <= N)%N -> (1 <= d)%N -> "
        "(forall (i : 'I_d) (i1 : 'I_d), (1 + i.+1 <= i1.+1)%N -> ((sigma i1) <= (sigma i))) -> "
        "(forall (i : 'I_d), (0 < (sigma i))) -> "
        r"((\sum_(i < d) ((sigma i) ^+ (N - 1)%N)) <= (((d)%:R * (sigma m)) * x))"
    )


def test_matrices_and_their_families() -> None:
    said = equal(k.trace(W.term * k.transpose(P(i.term))), k.entry(X.term, i.term, i.term))
    assert statement(said, [*within(i, 1, D), at_most(0, D)]) == (
        "forall (d : nat) (P : 'I_d -> 'M[F]_(d, d)) (W : 'M[F]_(d, d)) (X : 'M[F]_(d, d)) "
        "(i : 'I_d), (0 <= d)%N -> ((\\tr (W *m ((P i)^T))) = (X i i))"
    )


def test_what_no_type_says_stays_a_condition() -> None:
    above_m = at_most(m.term, N)
    said = statement(equal(sigma(m.term), y_), [*GIVEN, *within(m, 1, D), above_m])
    assert "(m : 'I_d), " in said
    assert " -> (m.+1 <= N)%N -> " in said

    from_0 = statement(each(i, 0, D, at_most(x_, number(i.term))), [at_most(0, D)])
    assert from_0.endswith("(forall (i : nat), (0 <= i)%N -> (i <= d)%N -> (x <= (i)%:R))")

    conditions = (at_most(1, i.term), at_most(i.term, l.term), *within(l, 1, D))
    both = statement(every((i, l), conditions, at_most(x_, number(i.term))), [at_most(0, D)])
    assert "(forall (i : nat) (i1 : 'I_d), (1 <= i)%N -> (i <= i1.+1)%N -> (x <= " in both


def test_names_do_not_meet() -> None:
    odd = [variable(name, REAL).term for name in ("F", "in", "x_1", "x1", "if")]
    said = every(variable("x", REAL), [], equal(sum(odd[1:], odd[0]), x_))
    text = statement(said)
    assert text.startswith("forall (F1 : F) (if1 : F) (in1 : F) (x1 : F) (x11 : F), ")
    assert "x11" in text.partition(", ")[2]


REFUSED = {
    "the integer N may be negative": (equal(x_**N, y_), ()),
    "the exponent (-2 + N) may be negative": (equal(x_ ** (N - 2), y_), GIVEN),
    "no hypothesis says that y, divided by, is not 0": (equal(x_ / y_, x_), GIVEN),
    "no hypothesis says that y, under a root, is >= 0": (equal(k.root(y_), x_), GIVEN),
    "the power": (equal(x_ ** Fraction(1, 3), y_), GIVEN),
    "(1 + i) is no index that runs": (
        equal(total(i, 1, D, sigma(i.term + 1)), y_), GIVEN
    ),
    "the indices of sigma do not run to one end": (
        equal(total(i, 1, D, sigma(i.term)), total(i, 1, N, sigma(i.term))), GIVEN
    ),
    "N is no index that runs": (equal(sigma(N), y_), GIVEN),
    "the number of terms (-1 + d) may be negative": (
        equal(total(i, 1, D - 1, number(i.term)), y_), ()
    ),
    "an index from": (equal(total(i, N - 3, N, x_), y_), GIVEN),
    "the integer K may be negative": (equal(x_**K, y_), (*GIVEN, at_most(M, K))),
    "the integer k(i) is no letter": (each(i, 1, D, equal(number(counts(i.term)), y_)), GIVEN),
    "f(x) is no letter, and no family": (equal(f(x_), y_), GIVEN),
    "matrix is not translated": (each(i, 1, D, equal(k.trace(growing(i.term)), y_)), GIVEN),
    "the indices of P have no end that is a letter": (
        each(i, 1, D, equal(total(l, 1, i.term, k.trace(P(l.term))), y_)), GIVEN[:2]
    ),
    "m is no index that runs": (equal(sigma(m.term), y_), (*GIVEN, *within(m, 0, D))),
    "the exponent (-2 + i) may be negative": (equal(total(i, 1, D, x_ ** (i.term - 2)), y_), GIVEN),
    "no hypothesis says that (x * y), divided by": (equal(1 / (x_ * y_), y_), GIVEN),
    "no hypothesis says that (y ^ 3), under a root": (equal(k.root(y_**3), y_), GIVEN),
    "no hypothesis says that (y ^ N), under a root": (equal(k.root(y_**N), y_), GIVEN),
    "'log' is not translated": (equal(k.log(x_), y_), GIVEN),
    "a product of matrices": (equal(product(i, 1, N, P(i.term)), W.term), GIVEN),
    "a sentence with 'psd' is not translated": (k.psd(W.term), GIVEN),
    "is too large for Coq's natural numbers": (equal(x_ + 1001, y_), GIVEN),
    "the numeral 1001 is too large": (at_most(N, 1001), GIVEN),
    "the index": (equal(k.entry(W.term, i.term, i.term), y_), (*GIVEN, *within(i, 1, N))),
}  # fmt: skip


@pytest.mark.parametrize("why", REFUSED)
def test_what_would_mean_something_else_is_refused(why: str) -> None:
    said, given = REFUSED[why]
    if why.startswith("the number of terms"):
        given = (at_most(0, D),)
    with pytest.raises(OutsideError, match=re.escape(why)):
        statement(said, given)


ADMITTED = [
    (equal(x_ ** (N - 1), y_), (at_most(1, N),), (at_most(0, N),)),
    (equal(x_ ** (N - 2), y_), (at_most(2, N),), (at_most(1, N),)),
    (equal(x_ / y_, x_), (less(y_, 0),), (at_most(y_, 0),)),
    (equal(x_ / (x_ * y_ + 1), x_), (at_most(0, y_), less(0, x_)), (less(0, x_),)),
    (equal(x_ / (y_ - x_), x_), (different(y_, x_),), (different(y_, 0),)),
    (equal(number(1) / N, y_), (at_most(1, N),), (at_most(0, N),)),
    (equal(k.root(y_), x_), (at_most(0, y_),), (at_most(-1, y_),)),
    (equal(k.root(x_ * y_**2), x_), (less(0, x_),), ()),
    (
        each(i, 1, D, equal(x_ / sigma(i.term), y_)),
        (at_most(1, D), ABOVE),
        (at_most(1, D), each(i, 1, D, at_most(0, sigma(i.term)))),
    ),
    (
        each(i, 1, D, equal(x_ / sigma(i.term), y_)),
        (at_most(1, D), less(x_, y_), every(i, (*within(i, 1, D), less(x_, y_)), above(i))),
        (at_most(1, D), every(i, (*within(i, 1, D), less(x_, y_)), above(i))),
    ),
    (
        each(i, 2, D, equal(x_ / sigma(i.term), y_)),
        (at_most(1, D), each(i, 2, D, above(i))),
        (at_most(1, D), each(i, 3, D, above(i))),
    ),
    (
        each(i, 1, D, each(l, i.term, D, equal(x_ / (sigma(i.term) - sigma(l.term)), y_))),
        (at_most(1, D), each(i, 1, D, each(l, 1, D, less(sigma(i.term), sigma(l.term))))),
        (at_most(1, D), each(i, 1, D, each(l, i.term, D, at_most(sigma(i.term), sigma(l.term))))),
    ),
    (every(z, [less(0, z.term)], equal(x_ / z.term, y_)), (), None),
    (equal(k.choose(equal(y_, 0), x_, x_ / y_), x_), (), None),
]


@pytest.mark.parametrize(("said", "given", "too_little"), ADMITTED)
def test_hypotheses_say_what_it_needs(
    said: Term, given: tuple[Term, ...], too_little: tuple[Term, ...] | None
) -> None:
    statement(said, given)
    if too_little is not None:
        with pytest.raises(OutsideError):
            statement(said, too_little)


# --- random terms, evaluated on both sides -----------------------------------------------------


class Terms:
    """Random numbers in the fragment, which GIVEN makes defined; ``scope`` are indices in 1..d."""

    def __init__(
        self, rng: Random, scope: tuple[Symbol, ...] = (), layers: tuple[Symbol, ...] = ()
    ):
        self.rng, self.scope, self.layers = rng, scope, layers

    def whole(self) -> Term:
        found = [
            N,
            D,
            *(v.term for v in (*self.scope, *self.layers)),
            k.integer(self.rng.randint(0, 3)),
        ]
        a, b = self.rng.choice(found), self.rng.choice(found)
        return self.rng.choice([a, a + b, a - b, a * b])

    def number(self, deep: int) -> Term:
        rng, inside = self.rng, partial(self.number, deep - 1)
        made: list[Callable[[], Term]] = [
            lambda: x_,
            lambda: number(Fraction(rng.randint(-3, 3), rng.randint(1, 3))),
            lambda: number(self.whole()),
            *[lambda v=v: sigma(v.term) for v in self.scope * 2],
            *[lambda v=v: x_ ** (N - v.term) for v in self.layers],
            *[lambda v=v: k.entry(W.term, v.term, self.scope[0].term) for v in self.scope],
        ]
        if deep > 0:
            made += [lambda v=v: k.entry(self.matrix(deep - 1), v.term, v.term) for v in self.scope]  # type: ignore[misc]
            made += [
                *[lambda: inside() + inside(), lambda: inside() - inside()],
                *[lambda: inside() * inside(), lambda: -inside(), lambda: inside() / x_],
                *[lambda: inside() ** rng.randint(0, 2), lambda: inside() / (inside() ** 2 + 1)],
                lambda: k.choose(self.relation(deep - 1), inside(), inside()),
                *[
                    lambda: k.trace(self.matrix(deep - 1)),
                    lambda: k.determinant(self.matrix(deep - 1)),
                ],
                *[lambda: self.over(deep)] * 4,
                lambda: self.over_layers(deep),
            ]
        return rng.choice(made)()

    def over(self, deep: int) -> Term:
        v = k.fresh(INT)
        within_ = Terms(self.rng, (*self.scope, v), self.layers)
        lo: Term = k.integer(1)
        if self.scope and self.rng.random() < 0.6:
            at = self.rng.choice(self.scope)
            lo = self.rng.choice([at.term, at.term + 1])
        return self.rng.choice((total, product))(v, lo, D, within_.number(deep - 1))

    def over_layers(self, deep: int) -> Term:
        v = k.fresh(INT)
        within_ = Terms(self.rng, self.scope, (*self.layers, v))
        lo, hi = self.rng.choice([(0, N), (1, N), (2, N), (0, N - 1)])
        return total(v, lo, hi, within_.number(deep - 1))

    def matrix(self, deep: int) -> Term:
        rng, again = self.rng, partial(self.matrix, deep - 1)
        a, b = k.fresh(INT), k.fresh(INT)
        inside = Terms(rng, (*self.scope, a, b), self.layers)
        one = Terms(rng, (*self.scope, a), self.layers)
        made: list[Callable[[], Term]] = [lambda: W.term, lambda: X.term, lambda: k.identity(D)]
        made += [lambda v=v: k.unit(D, v.term, v.term) for v in self.scope]  # type: ignore[misc]
        made += [lambda v=v: P(v.term) for v in self.scope]  # type: ignore[misc]
        if deep > 0:
            made += [
                *[
                    lambda: again() * again(),
                    lambda: again() + again(),
                    lambda: k.transpose(again()),
                ],
                *[lambda: self.number(deep - 1) * again(), lambda: again() - k.zero(D)],
                lambda: k.array(a, b, D, D, inside.number(deep - 1)),
                lambda: k.diagonal(a, D, one.number(deep - 1)),
            ]
        return rng.choice(made)()

    def relation(self, deep: int) -> Term:
        make = self.rng.choice((equal, at_most, less, different))
        if self.rng.random() < 0.4:
            return make(self.whole(), self.whole())
        return make(self.number(deep), self.number(deep))


def randocountcases(seed: int) -> list[tuple[Term, Point]]:
    """Return equations t = y with points at which they hold: y is the value of t."""
    found = []
    for count in range(150):
        rng = Random(1000 * seed + count)
        term = Terms(rng).number(3)
        if (
            count < 10
        ):  # of one matrix alone the trace and the determinant do not tell its transpose
            term = k.trace(W.term * k.transpose(Terms(rng).matrix(2)) * X.term)
        letters = {"N": rng.randint(1, 3), "d": rng.randint(1, 3)}
        point = Point(letters, seed=rng.randrange(10**6), numbers=POSITIVE, defined=True)
        found.append((equal(term, y_), point.with_values(y=value(term, point))))
    return found


def environment(sentence: Term, point: Point) -> dict[str, object]:
    """Return the values of a sentence's letters, those of families counted from 0."""
    size = point.values["d"]

    def at(symbol: Symbol) -> object:
        shape = None if symbol.sort in (INT, REAL) else (size, size)
        if symbol.domain:
            return lambda index: point.of(symbol, [index + 1], shape)
        return point.of(symbol, [], shape)

    free = sentence.free.union(*(h.free for h in GIVEN))
    return {symbol.name: at(symbol) for symbol in free}


def test_a_statement_is_true_where_the_sentence_is_and_false_where_not() -> None:
    for said, point in randocountcases(1):
        text, env = statement(said, GIVEN), environment(said, point)
        assert true(text, env), (said, text)
        env["y"] += fmpq(1, 7)  # type: ignore[operator]
        assert not true(text, env), (said, text)


SPOILT = [
    (".+1", ""), ("<=", "<"), (r"\sum", r"\prod"), (" - ", " + "), ("*m", "+"), ("^T", ""),
    ("1 +", "2 +"), ("==", "!="), ("/", "*"), ("(0 < x)", "(x < 0)"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), SPOILT)
def test_a_spoilt_statement_is_noticed(old: str, new: str) -> None:
    noticed = 0
    for said, point in randocountcases(2):
        text, env = statement(said, GIVEN), environment(said, point)
        head, _, conclusion = text.rpartition(" -> ")
        spoilt = f"{head} -> {conclusion.replace(old, new)}"
        if old.startswith("(0"):
            spoilt, env["y"] = text.replace(old, new), env["y"] + 1  # type: ignore[operator]
            noticed += true(spoilt, env)
        elif spoilt != text:
            noticed += not true(spoilt, env)
    assert noticed >= 2


@pytest.mark.long
@pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
def test_coq_reads_each_statement(tmp_path: Path) -> None:
    said = [(s, GIVEN) for s, _ in randocountcases(3)] + [(s, given) for s, given, _ in ADMITTED]
    lines = [
        "From mathcomp Require Import all_ssreflect all_algebra.",
        "Local Open Scope ring_scope.",
    ]
    for number_, (sentence, given) in enumerate(said):
        text = statement(sentence, given)
        lines.append(f"Definition s{number_} (F : rcfType) : Prop := {text}.")
    (tmp_path / "read.v").write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        ["coqc", "-w", "none", "read.v"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[:2000]
